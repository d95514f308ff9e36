//! Whatever the filter is, it is read or its mistake has a column; and what is read means what its words mean.

use bgspec_conformance::campaign::filter::Filter;
use bgspec_model::rules;
use bgspec_model::vocabulary::Version;

use crate::shown::is_plain;

/// As a filter.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Filter::read(text, rules::all()) {
        Err(error) => {
            assert!(error.column >= 1 && error.column <= text.chars().count() + 1, "{error}");
            is_plain(&error.to_string());
        }
        Ok(filter) => {
            // Whatever is inside the brackets, this is everything else, and both together are nothing.
            let not = format!("not ({text})");
            let not = Filter::read(&not, rules::all()).unwrap_or_else(|error| panic!("{not:?}: {error}"));
            let neither = format!("({text}) and not ({text})");
            let neither = Filter::read(&neither, rules::all()).unwrap_or_else(|error| panic!("{neither:?}: {error}"));
            for os in [
                Version::new(13, 0),
                Version::new(26, 0),
                Version::new(26, 1),
                Version::new(27, 0),
            ] {
                for rule in rules::all() {
                    assert_ne!(
                        filter.matches(rule, os),
                        not.matches(rule, os),
                        "{text:?}: {} on {os}",
                        rule.id
                    );
                    assert!(!neither.matches(rule, os), "{text:?}: {} on {os}", rule.id);
                }
            }
        }
    }
}
