//! An adapter behind the wire, without a process.

use std::collections::BTreeMap;
use std::sync::Barrier;

use bgspec_model::vocabulary::{Discretion, Header, Record};

use super::*;
use crate::play::adapter::{Applied, Failure, Hello, PROTOCOL};

/// Reaches whatever time it is sent to; where it is concurrent, only when two calls have come.
struct Echo {
    concurrent: bool,
    together: Barrier,
}

impl Echo {
    fn new(concurrent: bool) -> Self {
        Self {
            concurrent,
            together: Barrier::new(2),
        }
    }
}

impl Adapter for Echo {
    fn hello(&self) -> Result<Hello, Failure> {
        Ok(Hello {
            protocol: PROTOCOL,
            name: "echo".into(),
            version: "1".into(),
            kinds: vec![],
            areas: vec![],
            unmodelled: vec![],
            observes: vec![],
            pins: BTreeMap::new(),
            discretion: Discretion::Driven,
            concurrent: self.concurrent,
            device: false,
            tolerance: 0,
            speed: None,
        })
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        match &*header.bundle {
            "broken" => Err(Failure::Nonsense {
                what: "a broken bundle".into(),
            }),
            _ => Ok(()),
        }
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        if self.concurrent {
            self.together.wait();
        }
        Ok(Applied {
            reached: Some(input.at),
            ..Applied::default()
        })
    }
}

fn session(adapter: &Echo, requests: &str) -> Vec<String> {
    let mut output = Vec::new();
    serve(adapter, requests.as_bytes(), &mut output).unwrap();
    String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn requests_are_answered_one_after_another() {
    let replies = session(
        &Echo::new(false),
        r#"{"id":1,"hello":{}}
{"id":2,"reset":{"bgspec":1,"os":"26.1","origin":"made up","bundle":"a","initial":"known"}}

{"id":3,"apply":{"at":5,"event":{"clock":{}}}}
"#,
    );
    assert_eq!(
        replies,
        [
            r#"{"id":1,"hello":{"protocol":1,"name":"echo","version":"1","kinds":[],"areas":[],"observes":[],"discretion":"driven","concurrent":false,"device":false,"tolerance":0}}"#,
            r#"{"id":2,"done":{}}"#,
            r#"{"id":3,"applied":{"reached":5}}"#,
        ]
    );
}

#[test]
fn what_is_no_request_is_answered_with_an_error_and_serving_goes_on() {
    let replies = session(
        &Echo::new(false),
        r#"hello
{"id":1}
{"id":2,"aply":{}}
{"id":3,"reset":{"bgspec":1,"os":"26.1","origin":"made up","bundle":"broken","initial":"known"}}
{"id":4,"apply":{"at":5,"event":{"clock":{}}}}"#,
    );
    let expected = [
        r#"{"id":0,"error":"column 1: no JSON object: expected `{`, found `hello`"}"#,
        r#"{"id":1,"error":"it asks nothing, or several things: expected one of {\"id\":1,\"hello\":{}}, {\"id\":1,\"reset\":{…}}, {\"id\":1,\"apply\":{…}}"}"#,
        r#"{"id":2,"error":"column 14: unknown field `aply`, did you mean `apply`? Expected one of `id`, `hello`, `reset`, `apply`"}"#,
        r#"{"id":3,"error":"the adapter answered nonsense: a broken bundle"}"#,
        r#"{"id":4,"applied":{"reached":5}}"#,
    ];
    assert_eq!(replies, expected);
}

#[test]
fn calls_of_a_concurrent_adapter_run_side_by_side() {
    let apply = |id| format!("{{\"id\":{id},\"apply\":{{\"at\":{id},\"event\":{{\"clock\":{{}}}}}}}}\n");
    let mut replies = session(&Echo::new(true), &(1..=8).map(apply).collect::<String>());
    replies.sort();
    let expected: Vec<_> = (1..=8)
        .map(|id| format!("{{\"id\":{id},\"applied\":{{\"reached\":{id}}}}}"))
        .collect();
    assert_eq!(replies, expected);
}

#[test]
fn a_flood_ends_the_session() {
    let flood = vec![b'x'; LINE_LIMIT + 2];
    let mut output = Vec::new();
    let error = serve(&Echo::new(false), &*flood, &mut output).unwrap_err();
    assert_eq!(error.to_string(), "a line of more than 8388608 bytes");
    assert_eq!(output, b"{\"id\":0,\"error\":\"a line of more than 8388608 bytes\"}\n");
}
