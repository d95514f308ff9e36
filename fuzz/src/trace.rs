//! Whatever the bytes are, reading them as a trace, judging and explaining it ends with an answer and never with a panic,
//! and what is said of it is plain.

use bgspec_conformance::campaign::story;
use bgspec_conformance::explain::{Asked, explain};
use bgspec_conformance::trace::{Error, Mistakes, Places, Reader};
use bgspec_model::oracle::{Oracle, Terms};

use crate::shown::is_plain;

/// As a trace.
pub fn run(bytes: &[u8]) {
    let mut reader = match Reader::new(bytes, "fuzz.jsonl") {
        Ok(reader) => reader,
        Err(error) => return told(bytes, error),
    };
    let terms = Terms::default();
    let Ok(mut oracle) = Oracle::new(reader.header(), &terms) else {
        return;
    };
    let header = reader.header().clone();
    is_plain(&story::setting(&header));
    let mut records = Vec::new();
    while let Some(record) = reader.next() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                told(bytes, error);
                break;
            }
        };
        is_plain(&story::line(1, &record));
        if let Err(malformed) = oracle.step(&record) {
            // It has a place and words.
            let error = reader.malformed(malformed).to_string();
            assert!(!error.is_empty());
            is_plain(&error);
            break;
        }
        records.push(record);
    }
    let report = oracle.finish();
    for finding in &report.findings {
        assert!(finding.event <= report.events + 1);
        story::finding(finding).iter().for_each(|line| is_plain(line));
    }
    let asked = Asked {
        header: &header,
        records: &records,
        terms: &terms,
        places: &Places::default(),
        request: None,
    };
    if let Err((_, malformed)) = explain(&asked) {
        assert!(!malformed.what().is_empty());
    }
}

/// What is wrong with it is told, in the order of the lines.
fn told(bytes: &[u8], error: Error) {
    let mistakes = Mistakes::of(bytes, error);
    assert!(!mistakes.told.is_empty());
    assert!(mistakes.told.is_sorted_by_key(|error| error.line));
    mistakes.told.iter().for_each(|error| is_plain(&error.to_string()));
}
