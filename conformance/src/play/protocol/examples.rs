//! What a right reply looks like: each message about a wrong one shows it.

use std::fmt;

use bgspec_model::vocabulary::{Answers, Event, Millis, Name, Record, Role};

use super::Ask;

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
