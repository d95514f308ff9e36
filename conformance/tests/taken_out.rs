//! Every rule makes a difference: with it taken out of the model, some trace of the corpus gets another verdict.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bgspec_conformance::corpus::{self, Manifest, Row};
use bgspec_model::oracle::{Malformed, Oracle, Terms};
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::{Party, Rule};
use bgspec_model::rules;
use bgspec_model::vocabulary::{Header, Record};

struct Trace {
    header: Header,
    records: Vec<Record>,
}

fn traces(all: &Manifest) -> BTreeMap<String, Trace> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces");
    let read = |row: &Row| {
        let text = fs::read_to_string(top.join(&row.trace)).unwrap();
        let (header, records) = text.split_once('\n').unwrap();
        let header = serde_json::from_str(header).unwrap();
        let records = records.lines().map(|line| serde_json::from_str(line).unwrap());
        let trace = Trace {
            header,
            records: records.collect(),
        };
        (row.trace.clone(), trace)
    };
    all.expect.iter().map(read).collect()
}

fn judge(row: &Row, trace: &Trace, without: Option<&'static Rule>) -> Result<Report, Malformed> {
    let terms = Terms {
        profile: Some(row.profile.clone()),
        os: row.os.as_ref().map(|os| os.parse().unwrap()),
        pins: row.pins.clone().into_iter().collect(),
    };
    let mut oracle = Oracle::new(&trace.header, &terms)?;
    if let Some(rule) = without {
        oracle = oracle.without(rule);
    }
    for record in &trace.records {
        oracle.step(record)?;
    }
    Ok(oracle.finish())
}

/// Whether a report is what the row expects.
fn agrees(row: &Row, report: &Report) -> bool {
    let named = |found: &[Finding], expected: &[(Option<Party>, &String)]| {
        found.len() == expected.len()
            && found.iter().zip(expected).all(|(finding, (party, rule))| {
                party.is_none_or(|party| party == finding.party)
                    && finding.rules.iter().any(|named| named.id.to_string() == **rule)
            })
    };
    let breaches: Vec<_> = row
        .findings
        .iter()
        .map(|breach| (Some(breach.party), &breach.rule))
        .collect();
    let advice: Vec<_> = row.advice.iter().map(|rule| (None, rule)).collect();
    report.verdict.to_string() == row.verdict && named(&report.findings, &breaches) && named(&report.advice, &advice)
}

/// A verdict that changes with the rule, the traces of the rule first.
fn notices(rule: &'static Rule, all: &Manifest, traces: &BTreeMap<String, Trace>) -> Option<String> {
    let own = |row: &&Row| row.case == rule.id.to_string();
    let rows = &all.expect;
    let mut rows = rows.iter().filter(own).chain(rows.iter().filter(|row| !own(row)));
    let differs = |row: &&Row| judge(row, &traces[&row.trace], Some(rule)).map_or(true, |report| !agrees(row, &report));
    rows.find(differs).map(Row::name)
}

/// The rules that no trace of the corpus notices, and why.
const UNNOTICED: &[(&str, &str)] = &[
    (
        "CFG-10",
        "what does not exist is refused by the reader: exit 2, whatever rules the model has",
    ),
    (
        "EXP-8",
        "EXP-4 lets each task expire at any moment; it counts where a runner decides, who grants one task at a time",
    ),
    (
        "EXP-12",
        "a crash, and the memory of the device, are the world's doing: they happen whatever the rules allow",
    ),
    ("CMP-9", "nothing of it is promised, and no code enforces it"),
    ("LIF-12", "a priority is no event of the format"),
    (
        "RES-6",
        "where the device is not calm, SUB-18, SUB-32 and a queue of unknown length leave the same choices",
    ),
];

#[test]
fn the_corpus_notices_each_rule_that_is_taken_out() {
    let all = corpus::embedded().unwrap();
    let traces = traces(&all);
    let testable = |rule: &&Rule| all.untestable.iter().all(|entry| entry.rule != rule.id.to_string());
    let unnoticed = rules::all()
        .filter(testable)
        .filter(|rule| notices(rule, &all, &traces).is_none());
    let unnoticed: Vec<_> = unnoticed.map(|rule| rule.id.to_string()).collect();
    let expected: Vec<_> = UNNOTICED.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(
        unnoticed, expected,
        "the rules without which every trace gets its verdict all the same"
    );
}
