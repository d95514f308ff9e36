//! A trace that contradicts itself is malformed, at its line, and no finding: what lies near it is told.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use bgspec_model::oracle::{Malformed, Oracle, Terms};
use bgspec_model::vocabulary::{Header, Record};

const HEAD: &str = r#"{"bgspec":1,"os":"18.5","origin":"made up","bundle":"app","permitted":["app.sync"],"modes":["fetch"],"initial":"known"}"#;

/// Reads the lines; the number of the line that is refused, and why.
fn read(head: &str, lines: &[&str]) -> Result<(), (usize, Malformed)> {
    let header: Header = serde_json::from_str(head).unwrap();
    let mut oracle = Oracle::new(&header, &Terms::default()).map_err(|malformed| (0, malformed))?;
    for (place, line) in lines.iter().enumerate() {
        let record: Record = serde_json::from_str(line).unwrap();
        oracle.step(&record).map_err(|malformed| (place + 1, malformed))?;
    }
    Ok(())
}

const STARTED: &str = r#"{"at":0,"pid":1,"event":{"started":{"by":"person"}}}"#;
const FINISHED: &str = r#"{"at":1,"pid":1,"event":{"launch_finished":{}}}"#;
const LEFT: &str = r#"{"at":2,"pid":1,"event":{"background":{}}}"#;
const CAME: &str = r#"{"at":3,"pid":1,"event":{"foreground":{}}}"#;

#[test]
fn a_process_finishes_launching_once_and_the_next_one_again() {
    let (line, _) = read(HEAD, &[STARTED, FINISHED, FINISHED]).unwrap_err();
    assert_eq!(line, 3);
    let crashed = r#"{"at":4,"pid":1,"event":{"crashed":{}}}"#;
    let next = r#"{"at":5,"pid":2,"event":{"started":{"by":"person"}}}"#;
    let again = r#"{"at":6,"pid":2,"event":{"launch_finished":{}}}"#;
    assert_eq!(read(HEAD, &[STARTED, FINISHED, crashed, next, again]), Ok(()));
}

#[test]
fn the_app_comes_to_the_foreground_from_the_background() {
    let (line, _) = read(HEAD, &[STARTED, FINISHED, LEFT, CAME, CAME]).unwrap_err();
    assert_eq!(line, 5);
    let gone = r#"{"at":3,"pid":1,"event":{"background":{}}}"#;
    assert_eq!(read(HEAD, &[STARTED, FINISHED, LEFT, CAME, gone, CAME]), Ok(()));
}

#[test]
fn a_device_that_is_not_locked_was_unlocked_once() {
    let with = |device: &str| HEAD.replace(r#""initial""#, &format!(r#""device":{device},"initial""#));
    let (line, _) = read(&with(r#"{"locked":false,"unlocked_once":false}"#), &[]).unwrap_err();
    assert_eq!(line, 0);
    assert_eq!(read(&with(r#"{"locked":true,"unlocked_once":false}"#), &[]), Ok(()));
    let without =
        with(r#"{"locked":false,"unlocked_once":false}"#).replace(r#""bundle""#, r#""passcode":false,"bundle""#);
    assert_eq!(read(&without, &[]), Ok(()));
}

/// The person closed the app, and its expiration handler is called: sayable, and a breach (LIF-8).
#[test]
fn a_call_to_a_process_that_was_closed_can_be_told_until_another_starts() {
    let quit = r#"{"at":3,"pid":1,"event":{"force_quit":{}}}"#;
    let expired = r#"{"at":4,"pid":1,"event":{"expired":{"task":"app.sync#1"}}}"#;
    let submitted = r#"{"at":1,"pid":1,"event":{"submit":{"id":"app.sync","kind":"refresh","answer":"accepted"}}}"#;
    let registered = r#"{"at":0,"pid":1,"event":{"register":{"id":"app.sync","answer":true}}}"#;
    let delivered = r#"{"at":2,"pid":1,"event":{"delivered":{"task":"app.sync#1","kind":"refresh"}}}"#;
    let before = [STARTED, registered, FINISHED, submitted, LEFT, delivered];
    assert_eq!(read(HEAD, &[&before[..], &[quit, expired]].concat()), Ok(()));
    let next = r#"{"at":3,"pid":2,"event":{"started":{"by":"person"}}}"#;
    let (line, _) = read(HEAD, &[&before[..], &[quit, next, expired]].concat()).unwrap_err();
    assert_eq!(line, 9);
}
