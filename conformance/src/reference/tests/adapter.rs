//! The adapter under a runner's conventions.

use bgspec_model::vocabulary::{Header, Permitted, RegisterAnswer, Role};

use super::super::InProcess;
use super::*;
use crate::play::adapter::{Adapter, Applied, Failure};

fn adapter() -> InProcess {
    let adapter = InProcess::new();
    let mut header = Header::new(Version::new(26, 1), "app");
    header.permitted = Permitted::List(vec!["app.a".to_owned()]);
    header.modes = vec!["fetch".to_owned()];
    adapter.reset(&header).unwrap();
    adapter
}

fn apply(adapter: &InProcess, line: &str) -> Applied {
    let record: Record = serde_json::from_str(line).unwrap();
    adapter.apply(&record).unwrap()
}

fn reached(adapter: &InProcess, at: Millis) -> (Millis, Vec<String>) {
    let applied = apply(adapter, &format!(r#"{{"at":{at},"event":{{"clock":{{}}}}}}"#));
    (applied.reached.unwrap(), applied.observed.iter().map(short).collect())
}

#[test]
fn the_clock_stops_at_the_first_observation_and_says_where() {
    let adapter = adapter();
    for line in [
        r#"{"at":0,"pid":1,"event":{"started":{"by":"person"}}}"#,
        r#"{"at":0,"pid":1,"event":{"register":{"id":"app.a"}}}"#,
        r#"{"at":0,"pid":1,"event":{"launch_finished":{}}}"#,
        r#"{"at":0,"pid":1,"event":{"submit":{"id":"app.a","kind":"refresh"}}}"#,
        r#"{"at":0,"pid":1,"event":{"background":{}}}"#,
    ] {
        assert!(apply(&adapter, line).observed.is_empty(), "{line}");
    }
    assert_eq!(reached(&adapter, 3_000), (3_000, vec![]));
    assert_eq!(reached(&adapter, 10_000), (5_000, vec!["5000 suspended".to_owned()]));
    let granted = apply(&adapter, r#"{"at":5000,"event":{"grant":{"id":"app.a"}}}"#);
    assert_eq!(
        granted.observed.iter().map(short).collect::<Vec<_>>(),
        ["5000 delivered app.a#1"]
    );
    assert!(
        granted.observed.iter().all(|record| record.pid.is_none()),
        "the runner numbers the processes"
    );
    let expired = vec!["35000 completed_by_system app.a#1".to_owned()];
    assert_eq!(reached(&adapter, 35_000), (35_000, expired));
}

#[test]
fn a_new_process_without_a_beginning_was_launched_by_the_person() {
    let adapter = adapter();
    let applied = apply(&adapter, r#"{"at":0,"pid":1,"event":{"register":{"id":"app.a"}}}"#);
    assert_eq!(applied.answer, Some(Answer::Register(RegisterAnswer::Returned(true))));
    let applied = apply(
        &adapter,
        r#"{"at":0,"pid":1,"event":{"submit":{"id":"app.a","kind":"continued"}}}"#,
    );
    assert!(applied.observed.is_empty(), "it is still launching");
    let applied = apply(&adapter, r#"{"at":0,"pid":1,"event":{"launch_finished":{}}}"#);
    assert_eq!(
        applied.observed.iter().map(short).collect::<Vec<_>>(),
        ["0 delivered app.a#1"]
    );
}

#[test]
fn what_no_scheduler_is_told_is_refused_by_name() {
    let record = serde_json::from_str(r#"{"at":7,"event":{"suspended":{}}}"#).unwrap();
    let failure = adapter().apply(&record).unwrap_err();
    let what = "the event `suspended` at 0.007 s, expected an input of the world or a call".to_owned();
    assert_eq!(failure, Failure::Nonsense { what });
    let fresh = InProcess::new();
    assert!(matches!(
        fresh.apply(&Record::new(0, Event::Background(Empty {}))),
        Err(Failure::Nonsense { .. })
    ));
}

#[test]
fn what_it_says_that_it_observes_are_observations() {
    let hello = InProcess::new().hello().unwrap();
    let samples = [
        r#"{"launched":{}}"#,
        r#"{"delivered":{"task":"a#1","kind":"refresh"}}"#,
        r#"{"delivery_raised":{"id":"a","text":""}}"#,
        r#"{"expired":{"task":"a#1"}}"#,
        r#"{"completed_by_system":{"task":"a#1"}}"#,
        r#"{"suspended":{}}"#,
        r#"{"killed":{"cause":"time"}}"#,
        r#"{"card":{"task":"a#1","is":"shown"}}"#,
        r#"{"submission_completed":{"submission":1}}"#,
    ];
    let names: Vec<_> = samples
        .map(|line| serde_json::from_str::<Event>(line).unwrap())
        .to_vec();
    assert!(names.iter().all(|event| event.role() == Role::Observation));
    assert_eq!(hello.observes, names.iter().map(Event::name).collect::<Vec<_>>());
}
