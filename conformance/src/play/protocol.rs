//! The wire protocol: what the runner and an adapter say to each other, one JSON object a line.
//!
//! The runner sends [`Request`]s with a number, the adapter answers each with one [`Reply`] of the same number; from
//! an adapter that declares `concurrent` replies may come in another order than the requests went. The words inside
//! are those of traces and of the trait ([`crate::play::adapter`]). `PROTOCOL.md` shows a session.
//!
//! [`check`] says whether what an adapter applied is an answer to what it was asked at all; whether it is *right* is
//! the oracle's to judge.

use std::fmt;

use bgspec_model::profile::{Named, Profile};
use bgspec_model::vocabulary::{Answer, Answers, Empty, Event, Header, Millis, Name, Record, Role, Version};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

/// Every observation by name, for `observes`.
#[must_use]
pub fn every_observation() -> Vec<String> {
    Name::of(Role::Observation).map(|name| name.text().to_owned()).collect()
}

/// What sort of reply a request is to get: enough to name the request, and to show a right reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// To `hello`.
    Hello,
    /// To `reset`.
    Reset,
    /// To `apply`.
    Apply {
        /// The event; none where the record has none.
        event: Option<Name>,
        /// The time of the event.
        at: Millis,
    },
}

impl Sort {
    /// What a request is to get.
    #[must_use]
    pub fn of(ask: &Ask) -> Self {
        match ask {
            Ask::Hello => Self::Hello,
            Ask::Reset(_) => Self::Reset,
            Ask::Apply(record) => Self::applying(record),
        }
    }

    /// What the application of a record is to get.
    #[must_use]
    pub fn applying(record: &Record) -> Self {
        Self::Apply {
            event: record.event.as_ref().map(Event::name_of),
            at: record.at,
        }
    }

    /// A right reply of this sort to the request of that number, as it stands on the wire.
    #[must_use]
    pub fn example(self, id: u64) -> String {
        let body = match self {
            Self::Hello => concat!(
                r#""hello":{"protocol":1,"name":"mine","version":"0.1","kinds":["refresh"],"areas":["REG","SUB","PEN"],"#,
                r#""observes":["launched","delivered"],"discretion":"driven"}"#
            )
            .to_owned(),
            Self::Reset => r#""done":{}"#.to_owned(),
            Self::Apply { event: Some(Name::Clock), at } => format!(r#""applied":{{"reached":{at}}}"#),
            Self::Apply { event, .. } => match event.and_then(|event| example_of(event.row().answer)) {
                None => r#""applied":{}"#.to_owned(),
                Some(answer) => format!(r#""applied":{{"answer":{answer}}}"#),
            },
        };
        format!(r#"{{"id":{id},{body}}}"#)
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello => f.write_str("hello"),
            Self::Reset => f.write_str("reset"),
            Self::Apply { event, .. } => write!(f, "apply {}", event.map_or("nothing", Name::text)),
        }
    }
}

/// Every right reply: what asks for it, and the reply as it stands on the wire.
#[must_use]
pub fn right_replies() -> Vec<(String, String)> {
    let mut replies = vec![
        ("hello".to_owned(), Sort::Hello.example(1)),
        ("reset".to_owned(), Sort::Reset.example(2)),
    ];
    let mut add = |asked: String, event: Name| {
        let sort = Sort::Apply {
            event: Some(event),
            at: 60_000,
        };
        replies.push((asked, sort.example(replies.len() as u64 + 1)));
    };
    add("clock".to_owned(), Name::Clock);
    add("any other input".to_owned(), Name::Started);
    let mut calls: Vec<(Answers, Vec<Name>)> = Vec::new();
    for call in Name::of(Role::Call) {
        let answers = call.row().answer;
        match calls.iter_mut().find(|(same, _)| *same == answers) {
            Some((_, names)) => names.push(call),
            None => calls.push((answers, vec![call])),
        }
    }
    for (_, names) in calls {
        let texts: Vec<_> = names.iter().map(|name| name.text()).collect();
        add(texts.join(", "), names[0]);
    }
    let others = [
        ("what is refused", r#""applied":{"answer":{"submit":{"refused":3}}}"#),
        (
            "what raises",
            r#""applied":{"answer":{"register":{"raised":"its text"}}}"#,
        ),
        (
            "a list of one",
            r#""applied":{"answer":{"pending":[{"id":"com.example.app.sync","kind":"refresh"}]}}"#,
        ),
        (
            "where something happened",
            r#""applied":{"observed":[{"at":60000,"event":{"delivered":{"task":"com.example.app.sync#1","kind":"refresh"}}}]}"#,
        ),
    ];
    for (asked, body) in others {
        let id = replies.len() + 1;
        replies.push((asked.to_owned(), format!(r#"{{"id":{id},{body}}}"#)));
    }
    replies
}

/// A right answer of a sort; none where it is no call.
const fn example_of(answers: Answers) -> Option<&'static str> {
    Some(match answers {
        Answers::None => return None,
        Answers::Register => r#"{"register":true}"#,
        Answers::Submit => r#"{"submit":"accepted"}"#,
        Answers::Pending => r#"{"pending":[]}"#,
        Answers::SupportedResources => r#"{"supported_resources":{"gpu":false}}"#,
        Answers::Work => r#"{"work":"succeeded"}"#,
        Answers::Void => r#"{"void":"returned"}"#,
    })
}

/// Whether an adapter of this protocol says hello, and means something by each word of it.
///
/// # Errors
/// What was found, and what was expected.
pub fn check_hello(hello: &Hello) -> Result<(), String> {
    if hello.protocol != PROTOCOL {
        return Err(format!("protocol {}, expected protocol {PROTOCOL}", hello.protocol));
    }
    let all = every_observation();
    if let Some(name) = hello.observes.iter().find(|name| !all.contains(name)) {
        return Err(format!(
            "`observes` names `{}`, expected names of observations: {}",
            clip(name, 64),
            all.join(", ")
        ));
    }
    bgspec_model::unmodelled::rules_of_all(&hello.unmodelled).map_err(|what| format!("`unmodelled`: {what}"))?;
    let mut profile = Profile::new(Named::Contract, Version::NEWEST);
    for (setting, value) in &hello.pins {
        profile
            .pin(setting, value)
            .map_err(|error| format!("`pins`: {}", clip(&error.to_string(), 300)))?;
    }
    if !(0..=MOST_TOLERANCE).contains(&hello.tolerance) {
        return Err(format!(
            "`tolerance` {}, expected milliseconds from 0 to {MOST_TOLERANCE}, a day",
            hello.tolerance
        ));
    }
    match hello.speed {
        Some(speed) if !(speed.is_finite() && speed > 0.0) => Err(format!(
            "`speed` {speed}, expected a number above 0: how many times faster than the runner's its clock runs"
        )),
        _ => Ok(()),
    }
}

/// The most that an adapter's times may be inexact.
const MOST_TOLERANCE: Millis = 86_400_000;

/// What an adapter says of itself differently than before, the first field that differs; none where nothing does.
#[must_use]
pub fn change_of_hello(before: &Hello, now: &Hello) -> Option<String> {
    let fields = |hello: &Hello| serde_json::to_value(hello).unwrap_or_default();
    let (before, now) = (fields(before), fields(now));
    let names = before
        .as_object()
        .into_iter()
        .chain(now.as_object())
        .flat_map(|fields| fields.keys());
    let absent = serde_json::Value::Null;
    let mut changed = names.filter_map(|name| {
        let (before, now) = (before.get(name).unwrap_or(&absent), now.get(name).unwrap_or(&absent));
        (before != now).then(|| {
            let (before, now) = (clip(&before.to_string(), 120), clip(&now.to_string(), 120));
            format!("`{name}` was {before} and is {now}, expected the same whenever it is asked")
        })
    });
    changed.next()
}

/// Whether what was applied answers this input at all: the answer is of the call's kind, the observations are
/// observations, their times lie in order and not behind the time reached.
///
/// # Errors
/// What was found, and what was expected.
pub fn check(input: &Record, applied: &Applied) -> Result<(), String> {
    let Some(event) = &input.event else { return Ok(()) };
    let asked = event.name();
    let reached = match (event, applied.reached) {
        (Event::Clock(_), None) => return Err("no `reached`, expected the time that `clock` reached".to_owned()),
        (Event::Clock(_), Some(reached)) if reached > input.at => {
            return Err(format!(
                "`reached` {reached}, expected at most {}, the time that `clock` asked for",
                input.at
            ));
        }
        (Event::Clock(_), Some(reached)) => reached,
        (_, Some(_)) => {
            return Err(format!(
                "`reached` in the reply to `{asked}`, expected it of `clock` alone"
            ));
        }
        (_, None) => input.at,
    };
    check_answer(event, applied.answer.as_ref())?;
    let mut last = None;
    for record in &applied.observed {
        let Some(event) = record.event.as_ref().filter(|event| event.role() == Role::Observation) else {
            let found = record.event.as_ref().map_or("a line without an event", Event::name);
            return Err(format!(
                "`{found}` among what was observed, expected observations, such as `delivered`"
            ));
        };
        let name = event.name();
        if record.pid.is_some() {
            return Err(format!(
                "`{name}` with a `pid`, expected none: the runner numbers the processes"
            ));
        }
        if last.is_some_and(|last| record.at < last) || record.at > reached {
            let least = last.map_or(String::new(), |last| format!("at least {last} and "));
            return Err(format!("`{name}` at {}, expected {least}at most {reached}", record.at));
        }
        last = Some(record.at);
    }
    Ok(())
}

fn check_answer(event: &Event, answer: Option<&Answer>) -> Result<(), String> {
    let expected = event.row().answer.name();
    let found = answer.and_then(|answer| answer.answered().of().name());
    if found == expected {
        return Ok(());
    }
    let words = |name: Option<&str>| name.map_or("no answer".to_owned(), |name| format!("the answer `{name}`"));
    Err(format!(
        "{} to `{}`, expected {}",
        words(found),
        event.name(),
        words(expected)
    ))
}

#[cfg(test)]
mod tests {
    use bgspec_model::vocabulary::{Code, Launched, OfIdentifier, ReturnAnswer, SubmitAnswer};

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
