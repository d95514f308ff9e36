//! The door for implementations: a trait that stands for one scheduler under test.
//!
//! The runner plays the app, the person and the device; the implementation plays the scheduler. An adapter passes on
//! what its library does and imitates no rule.

use std::collections::BTreeMap;
use std::fmt;

use bgspec_model::rule::Id;
use bgspec_model::unmodelled;
use bgspec_model::vocabulary::{Answer, Area, Discretion, Header, Kind, Millis, Record};
use serde::{Deserialize, Serialize};

/// The version of the adapter protocol.
pub const PROTOCOL: u32 = 1;

/// What an implementation says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// The version of the protocol: 1.
    pub protocol: u32,
    /// The implementation's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The kinds of tasks that it has.
    pub kinds: Vec<Kind>,
    /// The areas of rules that it models. What is not declared is not applicable.
    pub areas: Vec<Area>,
    /// Of these areas, what it does not model: single rules by id, such as SUB-5, and conditions of the device by name,
    /// such as `in_use`, which stand for the rules that look at them. Not applicable, and open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmodelled: Vec<String>,
    /// The names of the observations that it can make.
    pub observes: Vec<String>,
    /// Settings that it declares: name and value. It is held to them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pins: BTreeMap<String, String>,
    /// Who decides when a request is launched.
    pub discretion: Discretion,
    /// It takes calls from several threads at once.
    #[serde(default)]
    pub concurrent: bool,
    /// It answers GPU work, Neural Engine work and protected reads.
    #[serde(default)]
    pub device: bool,
    /// How exact its times are, in milliseconds; 0 for virtual time.
    #[serde(default)]
    pub tolerance: Millis,
    /// How many times faster than the runner's its clock runs, where it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
}

impl Hello {
    /// An implementation that declares nothing yet, launches what the runner grants, and is exact.
    #[must_use]
    pub fn new(name: &str, version: &str) -> Self {
        Self {
            protocol: PROTOCOL,
            name: name.to_owned(),
            version: version.to_owned(),
            kinds: Vec::new(),
            areas: Vec::new(),
            unmodelled: Vec::new(),
            observes: Vec::new(),
            pins: BTreeMap::new(),
            discretion: Discretion::Driven,
            concurrent: false,
            device: false,
            tolerance: 0,
            speed: None,
        }
    }

    /// The word by which it says that it does not model a rule of an area that it declares.
    #[must_use]
    pub fn leaves_out(&self, rule: Id) -> Option<&str> {
        let stands_for = |name: &&String| {
            let rules = unmodelled::rules_of(name).unwrap_or_default();
            rules.iter().any(|other| other.id == rule)
        };
        self.unmodelled.iter().find(stands_for).map(String::as_str)
    }

    /// Whether it models a rule.
    #[must_use]
    pub fn models(&self, rule: Id) -> bool {
        self.areas.contains(&rule.area) && self.leaves_out(rule).is_none()
    }
}

/// What came of one input.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Applied {
    /// Of `clock` alone: the time reached. It stops at the first observation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Millis>,
    /// Of a call: its answer. A call that returns nothing answers `{"void":"returned"}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What was observed since the last reply, in order, each with its time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub observed: Vec<Record>,
}

/// How an adapter failed. Failures of one manner count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// It did not start.
    DidNotStart,
    /// It died.
    Died,
    /// It hung.
    Hung,
    /// It left a process of its own behind.
    Leaked,
    /// It answered a request twice.
    AnsweredTwice,
    /// It answered nonsense.
    Nonsense,
    /// It wrote more than anybody reads.
    Flooded,
    /// It did what it says that it cannot.
    Lied,
    /// It says of itself something else than before.
    ChangedHello,
    /// It reported an error of its own.
    Reported,
}

impl Manner {
    /// Every manner.
    pub const ALL: [Self; 10] = [
        Self::DidNotStart,
        Self::Died,
        Self::Hung,
        Self::Leaked,
        Self::AnsweredTwice,
        Self::Nonsense,
        Self::Flooded,
        Self::Lied,
        Self::ChangedHello,
        Self::Reported,
    ];

    /// The verdict, in a few words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::DidNotStart => "did not start",
            Self::Died => "died",
            Self::Hung => "hung",
            Self::Leaked => "leaked a child",
            Self::AnsweredTwice => "answered twice",
            Self::Nonsense => "answered nonsense",
            Self::Flooded => "flooded",
            Self::Lied => "lied about a capability",
            Self::ChangedHello => "changed its hello",
            Self::Reported => "reported an error",
        }
    }
}

impl fmt::Display for Manner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// The adapter failed: this says nothing about the rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It could not be started.
    #[error("the adapter did not start: `{command}`: {why}")]
    Start {
        /// The command line.
        command: String,
        /// The system's reason.
        why: String,
    },
    /// It ended before it answered.
    #[error("the adapter died: {how}{stderr}")]
    Died {
        /// Its exit status.
        how: String,
        /// The end of what it wrote to stderr, on lines of its own, or nothing.
        stderr: String,
    },
    /// It did not answer in time.
    #[error("the adapter hung: no answer to {to} within {seconds} s{stderr}")]
    Hangs {
        /// What it was asked.
        to: String,
        /// How many seconds the runner waited.
        seconds: String,
        /// As for [`Failure::Died`].
        stderr: String,
    },
    /// It ended and left a process of its own behind.
    #[error("the adapter leaked a child: {how}")]
    Leaks {
        /// How it ended, and what was left.
        how: String,
    },
    /// It answered a request that it had answered.
    #[error("the adapter answered twice: {what}")]
    Twice {
        /// Which request, and the line that is too much.
        what: String,
    },
    /// It answered something that the protocol does not have.
    #[error("the adapter answered nonsense: {what}")]
    Nonsense {
        /// What it answered, where, and what was expected.
        what: String,
    },
    /// It did what its hello does not declare.
    #[error("the adapter lied about a capability: {what}")]
    Lies {
        /// What it did, and what it declares.
        what: String,
    },
    /// It was asked again what it is, and said something else.
    #[error("the adapter changed its hello: {what}")]
    Changes {
        /// What differs.
        what: String,
    },
    /// It says itself that it cannot do what it was asked.
    #[error("the adapter reported an error at {to}: {text}")]
    Reports {
        /// What it was asked.
        to: String,
        /// What it says.
        text: String,
    },
    /// It wrote more than a line or a reply may hold.
    #[error("the adapter flooded: {what}")]
    Floods {
        /// How much it wrote, and the limit.
        what: String,
    },
    /// Nobody waits for the answer any more: the run was interrupted. This is no failure of the adapter's.
    #[error("the run was interrupted before the adapter answered {to}")]
    Interrupted {
        /// What it was asked.
        to: String,
    },
}

impl Failure {
    /// In which manner it failed; none where the run was interrupted.
    #[must_use]
    pub const fn manner(&self) -> Option<Manner> {
        Some(match self {
            Self::Start { .. } => Manner::DidNotStart,
            Self::Died { .. } => Manner::Died,
            Self::Hangs { .. } => Manner::Hung,
            Self::Leaks { .. } => Manner::Leaked,
            Self::Twice { .. } => Manner::AnsweredTwice,
            Self::Nonsense { .. } => Manner::Nonsense,
            Self::Lies { .. } => Manner::Lied,
            Self::Changes { .. } => Manner::ChangedHello,
            Self::Reports { .. } => Manner::Reported,
            Self::Floods { .. } => Manner::Flooded,
            Self::Interrupted { .. } => return None,
        })
    }
}

/// What lies around a failure, for whoever looks for its reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    /// The last lines on the wire, both ways, each with `>` (to the adapter) or `<` (from it) before it.
    pub wire: Vec<String>,
    /// The end of what it wrote to stderr.
    pub stderr: String,
}

/// One scheduler under test. Methods take `&self`: an adapter that declares `concurrent` is called from several
/// threads at once; any other is called from one thread at a time.
pub trait Adapter: Send + Sync {
    /// What the implementation says of itself.
    ///
    /// # Errors
    /// The implementation cannot be reached or answers nonsense.
    fn hello(&self) -> Result<Hello, Failure>;

    /// Starts afresh at time zero with the facts of this header. Nothing is outstanding and no process lives.
    ///
    /// # Errors
    /// As for [`Adapter::hello`].
    fn reset(&self, header: &Header) -> Result<(), Failure>;

    /// Applies one input of the world or one call of the app, at the time that the record says.
    ///
    /// `clock` asks the implementation to let time pass until `at`; it stops at the first observation.
    ///
    /// # Errors
    /// As for [`Adapter::hello`].
    fn apply(&self, input: &Record) -> Result<Applied, Failure>;

    /// A case is over: what is wrong with the answers so far and was not seen yet is to be told now, and not in the
    /// next case. An implementation that answers by returning has nothing to add.
    ///
    /// # Errors
    /// As for [`Adapter::hello`].
    fn settle(&self) -> Result<(), Failure> {
        Ok(())
    }

    /// The run is over: ends what belongs to the implementation. Nothing is asked of it afterwards.
    ///
    /// # Errors
    /// It left something behind.
    fn end(&self) -> Result<(), Failure> {
        Ok(())
    }

    /// What lies around the last failure: nothing where there is no wire.
    fn trail(&self) -> Trail {
        Trail::default()
    }
}
