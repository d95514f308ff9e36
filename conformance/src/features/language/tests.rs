//! The language against itself and against every trace of the corpus.

use std::fs;
use std::path::Path;

use bgspec_model::vocabulary::Record;

use super::*;
use crate::features::language::steps::{Keyword, STEPS, What};
use crate::trace::Reader;

#[test]
fn every_example_is_its_step_and_no_other() {
    for step in STEPS.iter() {
        let table = None;
        let context = value::Context {
            bundle: "com.example.app",
            at: 0,
            table,
        };
        let matching: Vec<_> = STEPS
            .iter()
            .filter(|other| other.pattern.match_text(step.example, &context).is_ok())
            .map(|other| other.text)
            .collect();
        // `2 hours pass` takes time of its own.
        assert_eq!(matching, [step.text], "{}", step.example);
        let said = Story::new("com.example.app").read(step.keyword, step.example, table);
        assert!(said.is_ok(), "{}: {said:?}", step.example);
    }
}

#[test]
fn every_event_has_a_step() {
    for name in bgspec_model::vocabulary::Name::ALL {
        assert!(STEPS.iter().any(|step| step.what == What::Event(*name)), "{name:?}");
    }
}

#[test]
fn every_trace_goes_there_and_back() {
    let mut count = 0;
    for folder in ["claims", "field", "forum", "rules"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces").join(folder);
        for file in fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            let trace = Reader::open(file.to_str().unwrap()).unwrap();
            let header = trace.header().clone();
            let mut facts = Facts::default();
            for line in write_header(&header, false).unwrap() {
                match Story::new(&header.bundle).read(Keyword::Given, &line.text, line.table.as_deref()) {
                    Ok(Said::Facts(fields)) => facts.add(fields).unwrap(),
                    other => panic!("{}: {other:?}", line.text),
                }
            }
            assert_eq!(facts.header(None).as_ref(), Ok(&header), "{}", file.display());
            let (mut writer, mut reader) = (Story::new(&header.bundle), Story::new(&header.bundle));
            for record in trace {
                let record: Record = record.unwrap();
                let line = writer
                    .write(&record)
                    .unwrap_or_else(|| panic!("{}: {record:?}", file.display()));
                let said = reader.read(line.keyword, &line.written.text, line.written.table.as_deref());
                assert_eq!(said, Ok(Said::Record(record)), "{}: {line:?}", file.display());
                count += 1;
            }
        }
    }
    assert!(count > 8_000, "{count} records only");
}
