//! What Info.plist permits: exact entries, and from iOS 26 wildcard entries.

use bgspec_model::vocabulary::{Identifier, Permitted, Version};

use super::faults::Fault;
use super::state::State;

/// How an identifier is permitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Permit {
    /// By an entry of its own.
    Exact,
    /// By a wildcard entry alone.
    Wildcard,
    /// It is an entry with a star: a pattern, and nothing to submit.
    Pattern,
    /// Not at all.
    None,
}

impl State {
    pub fn permit(&self, id: &Identifier) -> Permit {
        let id = id.as_str();
        let entries = self.facts.permitted.entries();
        if id.is_empty() {
            return if self.has(Fault::EmptyIsPermitted) {
                Permit::Exact
            } else {
                Permit::None
            };
        }
        if self.has(Fault::PermitsWithoutList) && self.facts.permitted == Permitted::Malformed {
            return Permit::Exact;
        }
        let same = |entry: &str| match self.choices.fault {
            Some(Fault::IgnoresCase) => entry.eq_ignore_ascii_case(id),
            Some(Fault::TrimsSpace) => entry.trim() == id.trim(),
            _ => entry == id,
        };
        let wildcards = self.facts.os >= Version::new(26, 0);
        let hidden = self.has(Fault::WildcardHidesExact) && self.is_covered_text(id);
        if !hidden && entries.iter().any(|entry| same(entry)) {
            return if wildcards && id.contains('*') {
                Permit::Pattern
            } else {
                Permit::Exact
            };
        }
        if self.is_covered_text(id) {
            Permit::Wildcard
        } else {
            Permit::None
        }
    }
}

impl State {
    /// Whether a wildcard entry covers an identifier, whatever exact entries permit.
    pub fn is_covered(&self, id: &Identifier) -> bool {
        self.is_covered_text(id.as_str())
    }

    /// What everything under an entry begins with, if it covers anything.
    fn covering_prefix<'a>(&self, entry: &'a str) -> Option<&'a str> {
        let prefix = wildcard_prefix(entry, &self.facts.bundle);
        match self.choices.fault {
            Some(Fault::StrayStarCovers) => entry.strip_suffix('*'),
            Some(Fault::WildcardCoversLetters) => prefix.and_then(|prefix| prefix.strip_suffix('.')),
            Some(Fault::BundleWildcardCoversNothing) => {
                prefix.filter(|prefix| prefix.strip_suffix('.') != Some(self.facts.bundle.as_str()))
            }
            _ => prefix,
        }
    }

    fn is_covered_text(&self, id: &str) -> bool {
        let one_component = self.choices.wildcard_covers_one_component;
        self.facts.os >= Version::new(26, 0)
            && self
                .facts
                .permitted
                .entries()
                .iter()
                .filter_map(|entry| self.covering_prefix(entry))
                .filter_map(|prefix| id.strip_prefix(prefix))
                .any(|rest| {
                    let goes_on = !rest.is_empty() || self.has(Fault::WildcardCoversItsPrefix);
                    goes_on && (!one_component || !rest.contains('.'))
                })
    }
}

/// Whether an entry is a well-formed wildcard entry of this app.
pub(super) fn is_wildcard(entry: &str, bundle: &str) -> bool {
    wildcard_prefix(entry, bundle).is_some()
}

/// What everything under a wildcard entry begins with, the last dot included; none where the entry is no wildcard.
///
/// A wildcard entry is the bundle identifier, dot-separated components without a star, and a last component `*`.
fn wildcard_prefix<'a>(entry: &'a str, bundle: &str) -> Option<&'a str> {
    let prefix = entry.strip_suffix('*')?;
    let mut components = prefix.strip_prefix(bundle)?.strip_suffix('.')?.split('.');
    let starts_after_dot = components.next() == Some("");
    let plain = components.all(|component| !component.is_empty() && !component.contains('*'));
    (starts_after_dot && plain).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::is_wildcard;

    #[test]
    fn a_wildcard_entry_is_the_bundle_identifier_a_context_and_a_final_star() {
        for entry in ["com.foo.App.*", "com.foo.App.export.*", "com.foo.App.a.b.*"] {
            assert!(is_wildcard(entry, "com.foo.App"), "{entry}");
        }
        let strays = [
            "*",
            ".*",
            "com.foo.App*",
            "com.foo.App.ex*",
            "com.*.App.*",
            "com.foo.App.*.*",
            "com.foo.App..*",
            "com.bar.App.*",
            "com.foo.Apple.*",
        ];
        for entry in strays {
            assert!(!is_wildcard(entry, "com.foo.App"), "{entry}");
        }
    }
}
