//! One fault is one finding: a party that was left no chance is not named, and a finding names the rules that fit it.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::{Report, Verdict};

fn report(os: &str, pins: &[(&str, &str)], then: &[&str]) -> Report {
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
    oracle.finish()
}

/// The findings of a trace: the party and the rules, such as `app CMP-1`.
fn findings(os: &str, pins: &[(&str, &str)], then: &[&str]) -> Vec<String> {
    let report = report(os, pins, then);
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

const STARTS: &[&str] = RUNS.split_at(3).0;

#[test]
fn a_wrong_refusal_is_named_by_what_it_claims() {
    let names = |answer: &str, kind: &str, before: &[&str]| {
        let submit =
            format!(r#"{{"at":5000,"pid":1,"event":{{"submit":{{"id":"a","kind":"{kind}","answer":{answer}}}}}}}"#);
        findings("16.0", &[], &[STARTS, before, &[&submit]].concat())
    };
    assert_eq!(names(r#"{"refused":1}"#, "refresh", &[]), ["scheduler SUB-1"]);
    let locked = [
        r#"{"at":90,"pid":1,"event":{"background":{}}}"#,
        r#"{"at":100,"event":{"device":{"locked":true}}}"#,
    ];
    assert_eq!(
        names(r#"{"refused":1}"#, "refresh", &locked),
        ["scheduler SUB-1, SUB-11"]
    );
    assert_eq!(names(r#"{"refused":2}"#, "refresh", &[]), ["scheduler SUB-1, SUB-5"]);
    assert_eq!(names(r#"{"refused":2}"#, "processing", &[]), ["scheduler SUB-1, SUB-6"]);
    let raised = r#"{"raised":"No launch handler registered for task with identifier a"}"#;
    assert_eq!(names(raised, "refresh", &[]), ["scheduler SUB-1, REG-8"]);
    let cancelled = [
        r#"{"at":100,"pid":1,"event":{"submit":{"id":"a","kind":"refresh","answer":"accepted"}}}"#,
        r#"{"at":200,"pid":1,"event":{"cancel":{"id":"a"}}}"#,
    ];
    assert_eq!(
        names(raised, "refresh", &cancelled),
        ["scheduler SUB-1, REG-8, CAN-3, CAN-5"]
    );
}

#[test]
fn a_launch_without_a_handler_that_comes_to_nothing_should_have_raised() {
    let launched = [
        RUNS[0],
        RUNS[1],
        RUNS[2],
        RUNS[3],
        RUNS[4],
        r#"{"at":60,"pid":1,"event":{"memory_killed":{}}}"#,
        r#"{"at":90000,"pid":2,"event":{"launched":{"ids":["a"]}}}"#,
    ];
    let finished = r#"{"at":90010,"pid":2,"event":{"launch_finished":{}}}"#;
    let end = r#"{"at":990000,"end":"closed"}"#;
    assert_eq!(
        findings("16.0", &[], &[&launched[..], &[finished, end]].concat()),
        ["scheduler LAU-3"]
    );
    let register = r#"{"at":90005,"pid":2,"event":{"register":{"id":"a","answer":true}}}"#;
    assert_eq!(
        findings("16.0", &[], &[&launched[..], &[register, finished, end]].concat()),
        ["scheduler LAU-2"]
    );
}

#[test]
fn a_gap_that_names_what_is_missing_leaves_the_rest_as_it_stands() {
    let judge = |events: &str, listed: &str| {
        let register = r#"{"at":15,"pid":1,"event":{"register":{"id":"b","answer":true}}}"#;
        let submit = r#"{"at":50,"pid":1,"event":{"submit":{"id":"b","kind":"processing","answer":"accepted"}}}"#;
        let gap = format!(r#"{{"at":900,"event":{{"gap":{{"from":100,"ids":["a"]{events}}}}}}}"#);
        let list = format!(r#"{{"at":1000,"pid":1,"event":{{"pending":{{"answer":[{listed}]}}}}}}"#);
        findings(
            "16.0",
            &[],
            &[&STARTS[..2], &[register], &STARTS[2..], &[submit, &gap, &list]].concat(),
        )
    };
    let (a, b) = (r#"{"id":"a","kind":"refresh"}"#, r#"{"id":"b","kind":"processing"}"#);
    let calls = r#","events":["submit","cancel"]"#;
    assert_eq!(judge(calls, ""), ["scheduler PEN-1, SUB-1"]);
    assert!(judge(calls, b).is_empty());
    assert!(judge(calls, &format!("{a},{b}")).is_empty());
    // A process may have died, or everything may have been cancelled.
    assert!(judge("", "").is_empty());
    assert!(judge(r#","events":["submit","cancel_all"]"#, "").is_empty());
}

#[test]
fn a_cut_leaves_open_whether_an_expired_task_was_completed() {
    let expired = r#"{"at":61000,"pid":1,"event":{"expired":{"task":"a#1"}}}"#;
    let closed = r#"{"at":62000,"end":"closed"}"#;
    let cut = r#"{"at":62000,"end":"cut"}"#;
    let verdict = |end: &str| report("16.0", &[], &[&RUNS[..], &[expired, end]].concat()).verdict;
    assert_eq!(verdict(closed), Verdict::Breaks);
    assert_eq!(verdict(cut), Verdict::Inconclusive);
}

#[test]
fn without_a_passcode_a_read_may_fail_at_any_time() {
    let judge = |passcode: bool| {
        let header = format!(
            r#"{{"bgspec":1,"os":"16.0","origin":"made up","bundle":"app","initial":"known","passcode":{passcode}}}"#
        );
        let mut oracle = Oracle::new(&serde_json::from_str(&header).unwrap(), &Terms::default()).unwrap();
        let read = r#"{"at":90,"pid":1,"event":{"protected_read":{"class":"complete","answer":"failed"}}}"#;
        for line in [RUNS[0], RUNS[2], read] {
            oracle.step(&serde_json::from_str(line).unwrap()).unwrap();
        }
        oracle.finish().verdict
    };
    assert_eq!(judge(true), Verdict::Breaks);
    assert_eq!(judge(false), Verdict::Conforms);
}
