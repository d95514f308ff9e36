//! Every rule makes a difference: with it taken out of the model, some trace of the corpus gets another verdict.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
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
    let breaches: Vec<_> = row.findings.iter().map(|breach| (Some(breach.party), &breach.rule)).collect();
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

#[test]
fn the_corpus_notices_each_rule_that_is_taken_out() {
    let all = corpus::embedded().unwrap();
    let traces = traces(&all);
    let untestable = |rule: &Rule| all.untestable.iter().any(|entry| entry.rule == rule.id.to_string());
    let mut text = String::new();
    for rule in rules::all().filter(|rule| !untestable(rule)) {
        match notices(rule, &all, &traces) {
            None => {
                let _ = writeln!(text, "{}: nothing ({})", rule.id, rule.force);
            }
            Some(row) if !row.contains(&rule.id.to_string()) => {
                let _ = writeln!(text, "{}: only {row} ({})", rule.id, rule.force);
            }
            Some(_) => {}
        }
    }
    insta::assert_snapshot!("rules_that_the_corpus_does_not_notice", text);
}
