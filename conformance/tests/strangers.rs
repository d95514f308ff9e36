//! Traces that were written from the sentences of the rules alone, each with what it must come to before the oracle was
//! asked: limits at their very millisecond, excuses that end, beginnings and gaps that tell little.
#![expect(clippy::unwrap_used, reason = "a test fails where a trace cannot be read")]

use std::collections::BTreeSet;
use std::path::Path;

use bgspec_conformance::trace::Source;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::{Report, Verdict};
use serde::Deserialize;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/strangers");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    trace: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    profile: String,
    /// Who breaks which rule; `inconclusive`; none where nobody does.
    breaks: Vec<String>,
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string(Path::new(FOLDER).join("expected.toml")).unwrap();
    toml::from_str::<Table>(&text).unwrap().trace
}

fn judge(row: &Row) -> Report {
    let source = Source::new(&format!("{FOLDER}/{}.jsonl", row.name)).unwrap();
    let (reader, foresight) = (source.reader().unwrap(), source.foresight().unwrap());
    let terms = Terms {
        profile: Some(row.profile.clone()),
        ..Terms::default()
    };
    let mut oracle = Oracle::new(reader.header(), &terms).unwrap();
    oracle.foresee(foresight);
    reader.for_each(|record| oracle.step(&record.unwrap()).unwrap());
    oracle.finish()
}

#[test]
fn what_the_sentences_say_is_what_the_oracle_says() {
    let mut wrong = Vec::new();
    for row in rows() {
        let report = judge(&row);
        let found: Vec<BTreeSet<String>> = report
            .findings
            .iter()
            .map(|finding| {
                let rules = finding.rules.iter();
                rules.map(|rule| format!("{} {}", finding.party, rule.id)).collect()
            })
            .collect();
        let right = match row.breaks.as_slice() {
            [] => report.verdict == Verdict::Conforms,
            [one] if one == "inconclusive" => report.verdict == Verdict::Inconclusive,
            // Each of them, and nothing of another party.
            all => {
                let named = all.iter().all(|rule| found.iter().any(|names| names.contains(rule)));
                let parties: BTreeSet<_> = all.iter().filter_map(|rule| rule.split(' ').next()).collect();
                let others = report.findings.iter().any(|finding| {
                    let party = finding.party.to_string();
                    !parties.contains(party.as_str())
                });
                named && !others
            }
        };
        if !right {
            wrong.push(format!(
                "{}: expected {:?}, found {} {found:?}",
                row.name, row.breaks, report.verdict
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_names_every_trace_once() {
    let rows = rows();
    let named: BTreeSet<_> = rows.iter().map(|row| format!("{}.jsonl", row.name)).collect();
    assert_eq!(named.len(), rows.len(), "a name stands twice");
    let files = std::fs::read_dir(FOLDER).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<_> = files.filter(|name| name != "expected.toml").collect();
    assert_eq!(named, files);
    assert!(rows.len() >= 60, "{}", rows.len());
}
