//! What the oracle has to say: findings and the verdict.

use std::fmt;

use serde::Serialize;

use crate::rule::{Force, Party, Rule};
use crate::setting::Setting;
use crate::vocabulary::{Event, Identifier, Millis, Subject, TaskName};

/// The verdict on a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No `must` was broken.
    Conforms,
    /// It cannot be told; the report says why.
    Inconclusive,
    /// Somebody broke a `must`.
    Breaks,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Conforms => "conforms",
            Self::Inconclusive => "inconclusive",
            Self::Breaks => "breaks",
        })
    }
}

/// One breach, or one piece of advice.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// Who broke it.
    pub party: Party,
    /// The rules that it names: first those that were surely broken, then those of which one was. A `may` is among them only
    /// where the value of its setting binds it.
    pub rules: Vec<&'static Rule>,
    /// So many of them were surely broken.
    pub sure: usize,
    /// The event's number in the trace, from 1 for the first line behind the header; the end counts as one.
    pub event: u64,
    /// When.
    pub at: Millis,
    /// Whom it is about.
    pub about: About,
    /// What happened, in one line.
    pub what: String,
    /// What was allowed instead, each with the rule that allows it.
    pub instead: Vec<Alternative>,
    /// Which choices of the implementation it contradicts, and where they were made.
    pub fixed: Vec<Fixed>,
    /// The earlier event that it contradicts, as in [`Finding::event`]: the first registration of what is registered twice
    /// (REG-12), where the card went that does something all the same (UIX-1), or since when the device is in use (CON-4).
    pub earlier: Option<u64>,
}

/// A choice that an implementation made, and is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    /// The setting.
    pub setting: Setting,
    /// The value that it showed.
    pub value: &'static str,
    /// The event that showed it, as in [`Finding::event`].
    pub event: u64,
}

impl Serialize for Fixed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.setting.entry().name, self.value, self.event).serialize(serializer)
    }
}

impl Finding {
    /// The rules that were surely broken.
    #[must_use]
    pub fn breaks(&self) -> &[&'static Rule] {
        &self.rules[..self.sure.min(self.rules.len())]
    }

    /// The rules of which one was broken, perhaps.
    #[must_use]
    pub fn perhaps(&self) -> &[&'static Rule] {
        &self.rules[self.sure.min(self.rules.len())..]
    }

    /// Whether it is advice, which never fails.
    #[must_use]
    pub fn is_advice(&self) -> bool {
        self.rules.iter().all(|rule| rule.force == Force::Should)
    }
}

/// Whom a finding is about, as far as its event or its obligation says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct About {
    /// The identifiers.
    pub ids: Vec<Identifier>,
    /// The task, where it is about one.
    pub task: Option<TaskName>,
}

impl About {
    /// Whom an event is about.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        match event.subject() {
            Subject::Nothing | Subject::EveryIdentifier | Subject::Identifiers(None) => Self {
                ids: listed(event),
                task: None,
            },
            Subject::Identifier(id) => Self::id(id.clone()),
            Subject::Identifiers(Some(ids)) => Self {
                ids: ids.to_vec(),
                task: None,
            },
            Subject::Task(task) => Self::task(task.clone()),
        }
    }

    /// About an identifier.
    #[must_use]
    pub fn id(id: Identifier) -> Self {
        Self {
            ids: vec![id],
            task: None,
        }
    }

    /// About a task.
    #[must_use]
    pub fn task(task: TaskName) -> Self {
        Self {
            ids: vec![task.id.clone()],
            task: Some(task),
        }
    }

    /// Whether it is about this identifier.
    #[must_use]
    pub fn concerns(&self, id: &str) -> bool {
        self.ids.iter().any(|other| other.as_str() == id)
    }
}

/// What a pending list holds.
fn listed(event: &Event) -> Vec<Identifier> {
    match event {
        Event::Pending(pending) => pending
            .answer
            .iter()
            .flatten()
            .map(|request| request.id.clone())
            .collect(),
        _ => Vec::new(),
    }
}

/// Something that was allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// What.
    pub what: String,
    /// The rule that allows it.
    pub rule: &'static Rule,
}

/// The same rules, broken again and again: how often behind the findings that are told one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// Who broke them.
    pub party: Party,
    /// The rules, as in [`Finding::rules`].
    pub rules: Vec<&'static Rule>,
    /// How many times more.
    pub times: u64,
    /// The event of the last time.
    pub event: u64,
    /// When that was.
    pub at: Millis,
}

impl Repeat {
    /// Whether it is advice, which never fails.
    #[must_use]
    pub fn is_advice(&self) -> bool {
        self.rules.iter().all(|rule| rule.force == Force::Should)
    }
}

/// Why a verdict is inconclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// The event's number, as in [`Finding::event`].
    pub event: u64,
    /// Where a stretch was not judged that begins with this event: the number of its last one.
    pub until: Option<u64>,
    /// When.
    pub at: Millis,
    /// Why, in one line.
    pub why: String,
    /// Whose breach hangs on it, where it is one party's.
    pub party: Option<Party>,
}

/// What was not told, and has to have been so for the trace to conform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assumption {
    /// The event's number, as in [`Finding::event`].
    pub event: u64,
    /// When.
    pub at: Millis,
    /// What, as in "nobody used the device".
    pub what: String,
}

/// Everything that the oracle has to say about a trace.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The verdict.
    pub verdict: Verdict,
    /// The breaches, in the order of their events.
    pub findings: Vec<Finding>,
    /// The advice, in the order of its events.
    pub advice: Vec<Finding>,
    /// What was found more often than is told one by one, so that a trace of any length needs no more memory. Of the
    /// same rules the first fifty findings are told.
    pub repeats: Vec<Repeat>,
    /// Why the verdict is inconclusive, if it is.
    pub doubts: Vec<Doubt>,
    /// What was not told, and has to have been so where no rule was broken.
    pub assumes: Vec<Assumption>,
    /// How many events were checked.
    pub events: u64,
    /// What is still owed at the end and not yet due.
    pub open: Vec<String>,
    /// The largest number of states that were possible at once.
    pub most_states: usize,
    /// How often each rule was exercised, most-used bookkeeping left out.
    pub exercised: Vec<(&'static Rule, u64)>,
    /// The settings of fixed consistency that the trace has decided.
    pub chosen: Vec<(&'static str, &'static str)>,
}
