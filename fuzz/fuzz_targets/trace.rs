//! Whatever the bytes are, reading them as a trace and judging it ends with an answer and never with a panic.
#![no_main]

use bgspec_conformance::trace::{Error, Mistakes, Reader};
use bgspec_model::oracle::{Oracle, Terms};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut reader = match Reader::new(bytes, "fuzz.jsonl") {
        Ok(reader) => reader,
        Err(error) => return told(bytes, error),
    };
    let Ok(mut oracle) = Oracle::new(reader.header(), &Terms::default()) else {
        return;
    };
    while let Some(record) = reader.next() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                told(bytes, error);
                break;
            }
        };
        if let Err(malformed) = oracle.step(&record) {
            // It has a place and words.
            assert!(!reader.malformed(malformed).to_string().is_empty());
            break;
        }
    }
    let report = oracle.finish();
    assert!(report.findings.iter().all(|finding| finding.event <= report.events + 1));
});

/// What is wrong with it is told, in the order of the lines.
fn told(bytes: &[u8], error: Error) {
    let mistakes = Mistakes::of(bytes, error);
    assert!(!mistakes.told.is_empty());
    assert!(mistakes.told.is_sorted_by_key(|error| error.line));
}
