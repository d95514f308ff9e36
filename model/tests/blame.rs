//! One fault is one finding: a party that was left no chance is not named, and a finding names the rules that fit it.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use bgspec_model::oracle::{Oracle, Terms};

/// The findings of a trace: the party and the rules, such as `app CMP-1`.
fn findings(os: &str, pins: &[(&str, &str)], then: &[&str]) -> Vec<String> {
    let header = format!(
        r#"{{"bgspec":1,"os":"{os}","origin":"made up","bundle":"app","permitted":["a","b"],"modes":["fetch","processing"],"initial":"known"}}"#
    );
    let terms = Terms {
        pins: pins
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        ..Terms::default()
    };
    let mut oracle = Oracle::new(&serde_json::from_str(&header).unwrap(), &terms).unwrap();
    for line in then {
        oracle.step(&serde_json::from_str(line).unwrap()).unwrap();
    }
    let report = oracle.finish();
    let finding = |finding: &bgspec_model::report::Finding| {
        let rules: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
        format!("{} {}", finding.party, rules.join(", "))
    };
    report.findings.iter().map(finding).collect()
}

const RUNS: [&str; 8] = [
    r#"{"at":0,"pid":1,"event":{"started":{"by":"person"}}}"#,
    r#"{"at":10,"pid":1,"event":{"register":{"id":"a","answer":true}}}"#,
    r#"{"at":20,"pid":1,"event":{"launch_finished":{}}}"#,
    r#"{"at":30,"pid":1,"event":{"submit":{"id":"a","kind":"refresh","answer":"accepted"}}}"#,
    r#"{"at":40,"pid":1,"event":{"background":{}}}"#,
    r#"{"at":50,"pid":1,"event":{"suspended":{}}}"#,
    r#"{"at":60000,"pid":1,"event":{"delivered":{"task":"a#1","kind":"refresh"}}}"#,
    r#"{"at":60010,"pid":1,"event":{"set_expiration_handler":{"task":"a#1"}}}"#,
];

fn running(pins: &[(&str, &str)], then: &[&str]) -> Vec<String> {
    findings("16.0", pins, &[&RUNS, then].concat())
}

#[test]
fn an_app_with_a_handler_does_not_answer_for_a_completion_by_the_system() {
    let completed = r#"{"at":61000,"pid":1,"event":{"completed_by_system":{"task":"a#1"}}}"#;
    assert_eq!(running(&[], &[completed]), ["scheduler EXP-5"]);
    let expired = r#"{"at":60900,"pid":1,"event":{"expired":{"task":"a#1"}}}"#;
    assert_eq!(running(&[], &[expired, completed]), ["scheduler EXP-5"]);
    let complete = r#"{"at":60900,"pid":1,"event":{"complete":{"task":"a#1","success":true}}}"#;
    assert_eq!(running(&[], &[complete, completed]), ["scheduler CMP-2"]);
    let without = findings("16.0", &[], &[&RUNS[..7], &[completed]].concat());
    assert_eq!(without, ["app CMP-1"]);
}

#[test]
fn an_app_killed_within_its_grace_does_not_answer_for_the_open_task() {
    let expired = r#"{"at":61000,"pid":1,"event":{"expired":{"task":"a#1"}}}"#;
    let killed = r#"{"at":63000,"pid":1,"event":{"killed":{"cause":"time"}}}"#;
    let grace = [("expiration_grace", "5 s")];
    assert_eq!(running(&grace, &[expired, killed]), ["scheduler EXP-7"]);
    assert_eq!(running(&[], &[expired, killed]), ["app CMP-1"]);
    let over = r#"{"at":66000,"pid":1,"event":{"killed":{"cause":"time"}}}"#;
    assert_eq!(running(&grace, &[expired, over]), ["app CMP-1"]);
}
