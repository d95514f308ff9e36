//! The wire protocol: what the runner and an adapter say to each other, one JSON object a line.
//!
//! The runner sends [`Request`]s with a number, the adapter answers each with one [`Reply`] of the same number; from
//! an adapter that declares `concurrent` replies may come in another order than the requests went. The words inside
//! are those of traces and of the trait ([`crate::play::adapter`]). `PROTOCOL.md` shows a session.
//!
//! [`check`] says whether what an adapter applied is an answer to what it was asked at all; whether it is *right* is
//! the oracle's to judge.

mod checks;
mod examples;

use bgspec_model::vocabulary::{Empty, Header, Name, Record, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use checks::{change_of_hello, check, check_hello};
pub use examples::{Sort, right_replies};

use crate::lines::{self, Unfit};
use crate::play::adapter::{Applied, Hello, PROTOCOL};
use crate::text::clip;

/// The most bytes that a line of the protocol may have.
pub const LINE_LIMIT: usize = 8 << 20;

/// A line from the runner to the adapter: a number, and one of the three things that it may ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 2, "maxProperties" = 2))]
#[schemars(rename = "RequestLine")]
pub struct Request {
    /// The number that the reply repeats, from 1; no two requests of a session share one.
    pub id: u64,
    /// What are you? Asked first; may be asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hello: Option<Empty>,
    /// Start afresh at time zero with the facts of this header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset: Option<Box<Header>>,
    /// One input of the world or one call of the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply: Option<Box<Record>>,
}

/// What a request asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// What are you?
    Hello,
    /// Start afresh with these facts.
    Reset(Box<Header>),
    /// Apply this.
    Apply(Box<Record>),
}

impl Request {
    /// The request with this number.
    #[must_use]
    pub fn new(id: u64, ask: Ask) -> Self {
        let (mut hello, mut reset, mut apply) = (None, None, None);
        match ask {
            Ask::Hello => hello = Some(Empty {}),
            Ask::Reset(header) => reset = Some(header),
            Ask::Apply(record) => apply = Some(record),
        }
        Self {
            id,
            hello,
            reset,
            apply,
        }
    }

    /// What it asks; none where it asks nothing or several things at once.
    #[must_use]
    pub fn ask(self) -> Option<Ask> {
        match (self.hello, self.reset, self.apply) {
            (Some(Empty {}), None, None) => Some(Ask::Hello),
            (None, Some(header), None) => Some(Ask::Reset(header)),
            (None, None, Some(record)) => Some(Ask::Apply(record)),
            _ => None,
        }
    }
}

/// A line from the adapter to the runner: the number of the request, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 2, "maxProperties" = 2))]
#[schemars(rename = "ReplyLine")]
pub struct Reply {
    /// The number of the request; 0 for an `error` about a line that has none.
    pub id: u64,
    /// To `hello`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hello: Option<Box<Hello>>,
    /// To `reset`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Empty>,
    /// To `apply`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<Box<Applied>>,
    /// To anything: the adapter cannot do this, and why. It is a failure of the adapter and says nothing of a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What a reply says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// To `hello`.
    Hello(Box<Hello>),
    /// To `reset`.
    Done,
    /// To `apply`.
    Applied(Box<Applied>),
    /// To anything: it cannot.
    Error(String),
}

impl Said {
    /// The name of the reply's field.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Hello(_) => "hello",
            Self::Done => "done",
            Self::Applied(_) => "applied",
            Self::Error(_) => "error",
        }
    }
}

impl Reply {
    /// The reply to the request with this number.
    #[must_use]
    pub fn new(id: u64, said: Said) -> Self {
        let mut reply = Self {
            id,
            hello: None,
            done: None,
            applied: None,
            error: None,
        };
        match said {
            Said::Hello(hello) => reply.hello = Some(hello),
            Said::Done => reply.done = Some(Empty {}),
            Said::Applied(applied) => reply.applied = Some(applied),
            Said::Error(text) => reply.error = Some(text),
        }
        reply
    }

    /// What it says; none where it says nothing or several things at once.
    #[must_use]
    pub fn said(self) -> Option<Said> {
        match (self.hello, self.done, self.applied, self.error) {
            (Some(hello), None, None, None) => Some(Said::Hello(hello)),
            (None, Some(Empty {}), None, None) => Some(Said::Done),
            (None, None, Some(applied), None) => Some(Said::Applied(applied)),
            (None, None, None, Some(text)) => Some(Said::Error(text)),
            _ => None,
        }
    }
}

/// Takes a line from an adapter apart: the number of its request, and what it says. `example` is a right one.
///
/// # Errors
/// It is no reply: what was found and expected.
pub fn read_reply(line: &[u8], example: &dyn Fn() -> String) -> Result<(u64, Said), String> {
    #[derive(Deserialize)]
    struct Version {
        hello: Protocol,
    }
    #[derive(Deserialize)]
    struct Protocol {
        protocol: u32,
    }
    let found = || clip(&String::from_utf8_lossy(line), 120);
    let expected = || format!("expected a reply, such as {}", example());
    let text = str::from_utf8(line).map_err(|_| format!("no UTF-8: found `{}`, {}", found(), expected()))?;
    let reply: Reply = lines::parse(text).map_err(|(column, unfit)| match lines::parse::<Version>(text) {
        // A newer protocol is named as such, whatever else is new in it.
        Ok(Version {
            hello: Protocol { protocol },
        }) if protocol != PROTOCOL => {
            format!("protocol {protocol}, expected protocol {PROTOCOL}")
        }
        _ => match unfit {
            Unfit::Json { .. } => format!("column {column}: {unfit}, {}", expected()),
            Unfit::Form(_) => format!("column {column}: {unfit}; found `{}`, {}", found(), expected()),
        },
    })?;
    let id = reply.id;
    let said = reply
        .said()
        .ok_or_else(|| format!("no reply, or several at once; found `{}`, {}", found(), expected()))?;
    Ok((id, said))
}

/// Every observation by name, for `observes`.
#[must_use]
pub fn every_observation() -> Vec<String> {
    Name::of(Role::Observation).map(|name| name.text().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use bgspec_model::vocabulary::{Answer, Code, Event, Launched, OfIdentifier, ReturnAnswer, SubmitAnswer};

    use super::*;

    fn cancel(at: i64) -> Record {
        Record::new(at, Event::Cancel(OfIdentifier { id: "a".into() }))
    }

    fn applied(json: &str) -> Applied {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn requests_and_replies_are_written_as_documented() {
        let request = Request::new(3, Ask::Apply(Box::new(cancel(5))));
        let text = r#"{"id":3,"apply":{"at":5,"event":{"cancel":{"id":"a"}}}}"#;
        assert_eq!(serde_json::to_string(&request).unwrap(), text);
        assert_eq!(serde_json::from_str::<Request>(text).unwrap(), request);
        assert_eq!(request.ask(), Some(Ask::Apply(Box::new(cancel(5)))));
        let answer = Answer::Submit(SubmitAnswer::Refused(Code::NOT_PERMITTED.into()));
        let observed = vec![Record::new(5, Event::Launched(Launched::default()))];
        let said = Said::Applied(Box::new(Applied {
            reached: None,
            answer: Some(answer),
            observed,
        }));
        let text =
            r#"{"id":3,"applied":{"answer":{"submit":{"refused":3}},"observed":[{"at":5,"event":{"launched":{}}}]}}"#;
        assert_eq!(serde_json::to_string(&Reply::new(3, said.clone())).unwrap(), text);
        assert_eq!(serde_json::from_str::<Reply>(text).unwrap().said(), Some(said));
    }

    #[test]
    fn every_right_reply_is_one() {
        for (asked, reply) in right_replies() {
            let read = serde_json::from_str::<Reply>(&reply);
            assert!(read.is_ok_and(|reply| reply.said().is_some()), "{asked}: {reply}");
        }
    }

    #[test]
    fn a_line_asks_and_says_one_thing() {
        assert_eq!(serde_json::from_str::<Request>(r#"{"id":1}"#).unwrap().ask(), None);
        let two = r#"{"id":1,"done":{},"error":"no"}"#;
        assert_eq!(serde_json::from_str::<Reply>(two).unwrap().said(), None);
    }

    #[test]
    fn each_example_of_a_right_reply_is_one() {
        for name in Name::ALL
            .iter()
            .filter(|name| matches!(name.row().role, Role::Call | Role::World))
        {
            let sort = Sort::Apply {
                event: Some(*name),
                at: 9,
            };
            let reply: Reply = serde_json::from_str(&sort.example(3)).unwrap();
            let Some(Said::Applied(applied)) = reply.said() else {
                panic!("{name:?}")
            };
            let answered = applied.answer.as_ref().and_then(|answer| answer.answered().of().name());
            assert_eq!(answered, name.row().answer.name());
            assert_eq!(applied.reached.is_some(), *name == Name::Clock);
        }
        let hello: Reply = serde_json::from_str(&Sort::Hello.example(1)).unwrap();
        let Some(Said::Hello(hello)) = hello.said() else {
            panic!("a hello")
        };
        assert_eq!(check_hello(&hello), Ok(()));
    }

    #[test]
    fn an_answer_fits_its_call() {
        let returned = Applied {
            answer: Some(Answer::Void(ReturnAnswer::Returned)),
            ..Applied::default()
        };
        assert_eq!(check(&cancel(5), &returned), Ok(()));
        let expect =
            |input: &Record, json: &str, error: &str| assert_eq!(check(input, &applied(json)), Err(error.to_owned()));
        expect(&cancel(5), "{}", "no answer to `cancel`, expected the answer `void`");
        let wrong = r#"{"answer":{"submit":"accepted"}}"#;
        expect(
            &cancel(5),
            wrong,
            "the answer `submit` to `cancel`, expected the answer `void`",
        );
        let clock = Record::new(9, Event::Clock(Empty {}));
        expect(&clock, "{}", "no `reached`, expected the time that `clock` reached");
        expect(
            &clock,
            r#"{"reached":10}"#,
            "`reached` 10, expected at most 9, the time that `clock` asked for",
        );
    }

    #[test]
    fn what_is_observed_are_observations_in_order_and_without_a_process() {
        let expect = |json: &str, error: &str| {
            let input = Record::new(9, Event::Clock(Empty {}));
            let applied = applied(&format!(r#"{{"reached":8,"observed":[{json}]}}"#));
            assert_eq!(check(&input, &applied), Err(error.to_owned()));
        };
        expect(
            r#"{"at":8,"event":{"cancel":{"id":"a"}}}"#,
            "`cancel` among what was observed, expected observations, such as `delivered`",
        );
        expect(
            r#"{"at":8,"pid":1,"event":{"launched":{}}}"#,
            "`launched` with a `pid`, expected none: the runner numbers the processes",
        );
        expect(
            r#"{"at":9,"event":{"launched":{}}}"#,
            "`launched` at 9, expected at most 8",
        );
        expect(
            r#"{"at":8,"event":{"launched":{}}},{"at":7,"event":{"launched":{}}}"#,
            "`launched` at 7, expected at least 8 and at most 8",
        );
    }
}
