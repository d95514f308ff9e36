//! Whatever the text is, it is a feature file or every mistake has a place in it; what is read can be judged; and the
//! reports of it are well-formed and plain.

use bgspec_conformance::features::file::{Error, File};
use bgspec_conformance::features::judge::{Overlay, rounds, told};
use bgspec_conformance::features::report::{human, junit};
use bgspec_conformance::features::script::{Sort, of_file};
use bgspec_conformance::play::adapter::Hello;

use crate::shown::is_plain;

/// As a feature file.
pub fn run(bytes: &[u8]) {
    match File::read("fuzz.feature", bytes) {
        Err(errors) => placed(bytes, &errors),
        Ok(file) => {
            let (scripts, errors) = of_file(&file);
            assert!(!scripts.is_empty() || !errors.is_empty());
            if !errors.is_empty() {
                placed(bytes, &errors);
            }
            for script in scripts.iter().filter(|script| script.sort == Sort::Trace) {
                for (terms, _) in rounds(script, &Overlay::default()) {
                    if let Err((_, what)) = told(script, &terms) {
                        assert!(!what.is_empty());
                    }
                }
            }
        }
    }
}

/// There are mistakes, each with a place in the file and words; and the reports of them hold.
fn placed(bytes: &[u8], errors: &[Error]) {
    assert!(!errors.is_empty());
    let lines = bytes.split(|byte| *byte == b'\n').count();
    for error in errors {
        assert!(error.line <= lines + 1, "{error}: of {lines} lines");
        is_plain(&error.to_string());
    }
    let mut page = Vec::new();
    human(&mut page, &[], errors, &Hello::new("fuzz", "0")).expect("memory is written");
    is_plain(std::str::from_utf8(&page).expect("text"));
    let mut report = Vec::new();
    junit(&mut report, &[], errors).expect("memory is written");
    let report = std::str::from_utf8(&report).expect("text");
    roxmltree::Document::parse(report).unwrap_or_else(|error| panic!("{error}: {report}"));
}
