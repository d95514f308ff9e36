//! `bgspec independence`: for two rules a trace that breaks the one and keeps the other.
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::process::{Command, Output};

use bgspec_conformance::independence::musts;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Report;
use bgspec_model::vocabulary::{Area, Header, Record};

const PAGE: &str = include_str!("../INDEPENDENCE.md");

fn independence(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .arg("independence")
        .args(arguments)
        .output()
        .unwrap()
}

fn judge(trace: &str) -> Report {
    let mut lines = trace.lines();
    let header: Header = serde_json::from_str(lines.next().unwrap()).unwrap();
    let records: Vec<Record> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    Oracle::new(&header, &Terms::default())
        .unwrap()
        .judged(&records)
        .unwrap()
        .finish()
}

#[test]
fn the_trace_that_is_printed_breaks_the_one_rule_and_keeps_the_other() {
    // The whole search, which `.ci/run` makes once for the page: here in the long run alone.
    if std::env::var_os("BGSPEC_LONG").is_none() {
        return;
    }
    let output = independence(&["SUB-1", "SUB-4"]);
    assert_eq!(output.status.code(), Some(0));
    let report = judge(&String::from_utf8(output.stdout).unwrap());
    let names = |id: &str| {
        report
            .findings
            .iter()
            .any(|finding| finding.rules.iter().any(|rule| rule.id.to_string() == id))
    };
    assert!(names("SUB-1") && !names("SUB-4"), "{report:?}");
}

#[test]
fn what_cannot_be_asked_is_told_before_the_search() {
    for (rules, says) in [
        (["SUB-1", "SUB-1"], "SUB-1 twice: expected two rules"),
        (["SUB-1", "CAN-1"], "SUB-1 and CAN-1 are of two areas: expected one"),
        (["SUB-1", "SUB-24"], "SUB-24 is no `must`"),
        (["SUB-1", "SUB-99"], "SUB-99"),
    ] {
        let output = independence(&rules);
        assert_eq!(output.status.code(), Some(2), "{rules:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(says), "{output:?}");
    }
}

#[test]
fn the_page_tells_of_each_rule_with_which_others_it_stands_or_why_not() {
    for area in Area::ALL.iter().copied() {
        if musts(area).count() < 2 {
            continue;
        }
        let begin = PAGE.find(&format!("\n## {area}\n")).unwrap();
        let part = &PAGE[begin + 4..];
        let part = &part[..part.find("\n## ").unwrap_or(part.len())];
        for rule in musts(area) {
            let id = rule.id.to_string();
            let row = [
                format!("\n| {id} | "),
                format!("\n| {id} (perhaps) | "),
                format!("\n- {id} and keeps "),
            ];
            assert!(row.iter().any(|row| part.contains(row)), "{id}");
        }
    }
}
