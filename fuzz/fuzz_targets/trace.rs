//! Whatever the bytes are, reading them as a trace and judging it ends with an answer and never with a panic.
#![no_main]

use bgspec_conformance::trace::Reader;
use bgspec_model::oracle::{Oracle, Terms};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut reader) = Reader::new(bytes, "fuzz.jsonl") else {
        return;
    };
    let Ok(mut oracle) = Oracle::new(reader.header(), &Terms::default()) else {
        return;
    };
    while let Some(Ok(record)) = reader.next() {
        if let Err(malformed) = oracle.step(&record) {
            // It has a place and words.
            assert!(!reader.malformed(malformed).to_string().is_empty());
            break;
        }
    }
    let report = oracle.finish();
    assert!(report.findings.iter().all(|finding| finding.event <= report.events + 1));
});
