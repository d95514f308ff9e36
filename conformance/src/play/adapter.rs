//! The door for implementations: a trait that stands for one scheduler under test.
//!
//! The runner plays the app, the person and the device; the implementation plays the scheduler. An adapter passes on
//! what its library does and imitates no rule.

use std::collections::BTreeMap;

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

/// The adapter failed: this says nothing about the rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It could not be started.
    #[error("cannot start the adapter `{command}`: {why}")]
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
    #[error("the adapter hangs: no answer to {to} within {seconds} s")]
    Hangs {
        /// What it was asked.
        to: String,
        /// How long the runner waited.
        seconds: u64,
    },
    /// It answered something that the protocol does not have.
    #[error("the adapter answered nonsense: {what}")]
    Nonsense {
        /// What it answered, where, and what was expected.
        what: String,
    },
    /// It says itself that it cannot do what it was asked.
    #[error("the adapter reports an error at {to}: {text}")]
    Reports {
        /// What it was asked.
        to: String,
        /// What it says.
        text: String,
    },
    /// It wrote more than a line may hold.
    #[error("the adapter floods: a line of more than {limit} bytes")]
    Floods {
        /// The limit.
        limit: usize,
    },
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
}
