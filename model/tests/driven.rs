//! A grant is answered at the moment of the grant, by a launch or by nothing.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Report;

const HEADER: &str = r#"{"bgspec":1,"os":"26.1","origin":"made up","bundle":"com.example.app","permitted":["com.example.app.sync"],"modes":["fetch"],"initial":"known","discretion":"driven"}"#;

/// What the oracle says of an app that submitted with a floor of two minutes and left, and of what follows.
fn judge(lines: &[&str]) -> Report {
    let before = [
        r#"{"at":0,"pid":1,"event":{"register":{"id":"com.example.app.sync","answer":true}}}"#,
        r#"{"at":5,"pid":1,"event":{"launch_finished":{}}}"#,
        r#"{"at":10,"pid":1,"event":{"submit":{"id":"com.example.app.sync","kind":"refresh","earliest":120000,"answer":"accepted"}}}"#,
        r#"{"at":20,"pid":1,"event":{"background":{}}}"#,
    ];
    let mut oracle = Oracle::new(&serde_json::from_str(HEADER).unwrap(), &Terms::default()).unwrap();
    for line in before.iter().chain(lines) {
        oracle.step(&serde_json::from_str(line).unwrap()).unwrap();
    }
    oracle.finish()
}

fn rules(report: &Report) -> Vec<String> {
    report
        .findings
        .iter()
        .flat_map(|finding| &finding.rules)
        .map(|rule| rule.id.to_string())
        .collect()
}

#[test]
fn a_grant_before_the_date_is_rightly_unanswered_whatever_time_passes_after_it() {
    let report = judge(&[
        r#"{"at":90000,"event":{"grant":{"id":"com.example.app.sync"}}}"#,
        r#"{"at":120000,"event":{"clock":{}}}"#,
        r#"{"at":120000,"event":{"device":{"power":true}}}"#,
        r#"{"at":125000,"end":"closed"}"#,
    ]);
    assert_eq!(rules(&report), [""; 0], "{report:#?}");
}

#[test]
fn a_grant_at_the_date_is_answered_before_time_passes() {
    let report = judge(&[
        r#"{"at":120000,"event":{"grant":{"id":"com.example.app.sync"}}}"#,
        r#"{"at":130000,"event":{"clock":{}}}"#,
        r#"{"at":130000,"end":"closed"}"#,
    ]);
    assert_eq!(rules(&report), ["LAU-10"], "{report:#?}");
    assert_eq!(report.findings[0].event, 6, "the clock went on");
}

#[test]
fn what_was_cancelled_and_lives_on_breaks_the_rule_of_cancelling() {
    let cancel = r#"{"at":30,"pid":1,"event":{"cancel":{"id":"com.example.app.sync"}}}"#;
    let cancel_all = r#"{"at":30,"pid":1,"event":{"cancel_all":{}}}"#;
    let listed = r#"{"at":31,"pid":1,"event":{"pending":{"answer":[{"id":"com.example.app.sync","kind":"refresh","earliest":120000}]}}}"#;
    let grant = r#"{"at":120000,"event":{"grant":{"id":"com.example.app.sync"}}}"#;
    let delivered = r#"{"at":120000,"pid":1,"event":{"delivered":{"task":"com.example.app.sync#1","kind":"refresh"}}}"#;
    for (cancel, rule) in [(cancel, "CAN-1"), (cancel_all, "CAN-2")] {
        for lines in [&[cancel, listed][..], &[cancel, grant, delivered]] {
            let rules = rules(&judge(lines));
            assert!(
                rules.iter().any(|found| found == rule),
                "{rule} is to be named: {rules:?}"
            );
        }
    }
}
