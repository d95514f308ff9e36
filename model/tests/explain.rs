//! What stands in the way of a launch, and how each state refused a breach.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use bgspec_model::oracle::explain::{Holds, Standing, Waiting};
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::past::Fate;
use bgspec_model::vocabulary::Header;

const ID: &str = "com.example.app.sync";

/// An app that submitted a processing request for power, not before an hour, and left.
fn submitted(header: impl FnOnce(&mut Header)) -> Oracle {
    let mut read: Header = serde_json::from_str(
        r#"{"bgspec":1,"os":"16.4","origin":"made up","bundle":"com.example.app","permitted":["com.example.app.sync"],"modes":["processing"],"initial":"known"}"#,
    )
    .unwrap();
    header(&mut read);
    let mut oracle = Oracle::new(&read, &Terms::default()).unwrap();
    oracle.watch();
    for line in [
        r#"{"at":0,"pid":1,"event":{"register":{"id":"com.example.app.sync","answer":true}}}"#,
        r#"{"at":5,"pid":1,"event":{"launch_finished":{}}}"#,
        r#"{"at":10,"pid":1,"event":{"submit":{"id":"com.example.app.sync","kind":"processing","earliest":3600000,"power":true,"answer":"accepted"}}}"#,
        r#"{"at":20,"pid":1,"event":{"background":{}}}"#,
    ] {
        step(&mut oracle, line);
    }
    oracle
}

fn step(oracle: &mut Oracle, line: &str) {
    oracle.step(&serde_json::from_str(line).unwrap()).unwrap();
}

fn that(waiting: &Waiting, holds: Holds) -> Vec<String> {
    waiting
        .that(holds)
        .map(|condition| condition.rule.id.to_string())
        .collect()
}

#[test]
fn every_condition_is_asked_though_another_stands_in_the_way() {
    let oracle = submitted(|_| {});
    let waiting = oracle.why_not(ID, 20).unwrap();
    assert_eq!(waiting.standings, [Standing::Outstanding]);
    assert_eq!(waiting.request.as_ref().unwrap().earliest, Some(3_600_000));
    assert_eq!(that(&waiting, Holds::InTheWay), ["CON-1", "CON-2", "CON-4"]);
    assert_eq!(that(&waiting, Holds::NotKnown), [""; 0]);
    let held = that(&waiting, Holds::Holds);
    for rule in ["CON-3", "CON-5", "CON-6", "CON-8", "CON-10", "CON-11"] {
        assert!(held.iter().any(|id| id == rule), "{rule} is not asked: {held:?}");
    }
}

#[test]
fn the_date_comes_with_the_time() {
    let oracle = submitted(|_| {});
    let blocked = |at| that(&oracle.why_not(ID, at).unwrap(), Holds::InTheWay);
    assert_eq!(blocked(3_599_999), ["CON-1", "CON-2", "CON-4"]);
    assert_eq!(blocked(3_600_000), ["CON-2", "CON-4"]);
}

#[test]
fn what_the_trace_does_not_say_is_named() {
    use bgspec_model::vocabulary::Condition;
    let oracle = submitted(|header| header.untracked = vec![Condition::Power]);
    let waiting = oracle.why_not(ID, 20).unwrap();
    assert_eq!(that(&waiting, Holds::NotKnown), ["CON-2"]);
    let power = waiting.that(Holds::NotKnown).next().unwrap();
    assert_eq!(power.open, ["whether the device is on external power"]);
}

#[test]
fn a_request_that_may_have_gone_is_in_two_places() {
    let mut oracle = submitted(|_| {});
    step(&mut oracle, r#"{"at":30000,"event":{"reboot":{}}}"#);
    let waiting = oracle.why_not(ID, 30_000).unwrap();
    assert_eq!(waiting.standings, [Standing::Outstanding, Standing::Absent]);
    assert!(
        waiting
            .that(Holds::InTheWay)
            .any(|condition| condition.rule.id.to_string() == "CON-5")
    );
}

#[test]
fn what_became_of_a_request_is_told() {
    let mut oracle = submitted(|_| {});
    step(
        &mut oracle,
        r#"{"at":30,"pid":1,"event":{"cancel":{"id":"com.example.app.sync"}}}"#,
    );
    let waiting = oracle.why_not(ID, 30).unwrap();
    assert_eq!(
        (waiting.standings.as_slice(), waiting.fate),
        (&[Standing::Absent][..], Fate::Cancelled)
    );
    assert!(waiting.conditions.is_empty());
    assert!(oracle.why_not("com.example.app.other", 30).is_none());
}

#[test]
fn a_breach_is_refused_by_each_state_for_its_own_reason() {
    let mut oracle = submitted(|_| {});
    step(&mut oracle, r#"{"at":30000,"event":{"reboot":{}}}"#);
    assert!(oracle.accounts().is_empty());
    step(
        &mut oracle,
        r#"{"at":7200000,"pid":2,"event":{"launched":{"ids":["com.example.app.sync"]}}}"#,
    );
    let [account] = oracle.accounts() else {
        panic!("{:?}", oracle.accounts())
    };
    assert_eq!((account.event, account.at), (6, 7_200_000));
    let mut refused: Vec<Vec<String>> = account
        .states
        .iter()
        .map(|state| state.rules.iter().map(|rule| rule.id.to_string()).collect())
        .collect();
    refused.sort();
    // Whether somebody uses the device after a boot is not told.
    assert_eq!(
        refused,
        [vec!["CON-2", "CON-4", "CON-5"], vec!["CON-2", "CON-5"], vec!["LAU-9"]]
    );
}

#[test]
fn what_may_come_next_is_asked_without_a_step() {
    let oracle = submitted(|_| {});
    let record = |line| serde_json::from_str(line).unwrap();
    let cancel = record(r#"{"at":30,"pid":1,"event":{"cancel":{"id":"com.example.app.sync"}}}"#);
    let by = oracle.allows(&cancel).unwrap();
    assert!(by.iter().any(|rule| rule.id.to_string() == "CAN-1"), "{by:?}");
    let delivered =
        record(r#"{"at":30,"pid":1,"event":{"delivered":{"task":"com.example.app.sync#1","kind":"processing"}}}"#);
    assert!(oracle.allows(&delivered).is_none());
    assert!(oracle.findings().is_empty());
}
