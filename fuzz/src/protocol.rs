//! Whatever an adapter writes, a line of it is a reply or there are words for what is wrong, and a reply that is written
//! again is the same one. A line to an adapter is answered.

use bgspec_conformance::play::protocol::{
    Ask, Reply, Request, Said, Sort, change_of_hello, check, check_hello, read_reply,
};
use bgspec_model::vocabulary::{Empty, Event, Record};

use crate::shown::is_plain;

/// As a line of the protocol, in both directions.
pub fn run(bytes: &[u8]) {
    let example = || Sort::of(&Ask::Hello).example(1);
    match read_reply(bytes, &example) {
        Err(what) => is_plain(&what),
        Ok((id, said)) => {
            judged(&said);
            let line = serde_json::to_string(&Reply::new(id, said.clone())).expect("a reply has a form");
            let again = read_reply(line.as_bytes(), &example);
            assert_eq!(again, Ok((id, said)), "{line}");
        }
    }
    if let Ok(request) = serde_json::from_slice::<Request>(bytes) {
        let id = request.id;
        if let Some(ask) = request.ask() {
            let line = serde_json::to_string(&Request::new(id, ask.clone())).expect("a request has a form");
            let again: Request = serde_json::from_str(&line).expect("what was written can be read");
            assert_eq!(again.ask(), Some(ask), "{line}");
        }
    }
}

/// What it says is looked over before anybody builds on it.
fn judged(said: &Said) {
    match said {
        Said::Hello(hello) => {
            if let Err(what) = check_hello(hello) {
                is_plain(&what);
            }
            assert_eq!(change_of_hello(hello, hello), None);
        }
        Said::Applied(applied) => {
            for event in [Event::Clock(Empty {}), Event::CancelAll(Empty {})] {
                if let Err(what) = check(&Record::of(10, 1, event), applied) {
                    is_plain(&what);
                }
            }
        }
        Said::Done | Said::Error(_) => {}
    }
}
