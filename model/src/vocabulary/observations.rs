//! What observations of the scheduler carry.

use serde::{Deserialize, Serialize};

use super::*;

/// The scheduler launched the app in the background.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Launched {
    /// The identifiers that it was launched for, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<Identifier>>,
}

/// A task was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    /// The task's name.
    pub task: TaskName,
    /// Its kind.
    pub kind: Kind,
    /// The queue that its handler ran on, where it is seen: a name given to `register`, or `own` for the scheduler's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
}

/// An exception in place of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeliveryRaised {
    /// The identifier that was launched.
    pub id: Identifier,
    /// The exception's text.
    pub text: String,
}

/// An expiration handler was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Expired {
    /// The task.
    pub task: TaskName,
    /// The queue that its expiration handler ran on, where it is seen: a name given to `register`, or `own`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
}

/// The system killed the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Killed {
    /// Why.
    pub cause: KillCause,
}

/// Why the system killed a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum KillCause {
    /// It overran the time of its tasks.
    Time,
    /// It used too much CPU.
    Cpu,
    /// Memory.
    Memory,
    /// Launching took too long, or the process did not answer while it launched.
    LaunchWatchdog,
    /// Something else that is known.
    Other,
    /// Not known: never a breach.
    Unknown,
}

impl KillCause {
    /// Every cause.
    pub const ALL: [Self; 6] = [
        Self::Time,
        Self::Cpu,
        Self::Memory,
        Self::LaunchWatchdog,
        Self::Other,
        Self::Unknown,
    ];
}

/// What is seen of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The task that the card is of; for a waiting request, the task that it would become.
    pub task: TaskName,
    /// What happened to it.
    pub is: CardIs,
    /// The title that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The subtitle that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
}

/// What happened to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CardIs {
    /// It appeared.
    Shown,
    /// It shows something else.
    Changed,
    /// It asks the person whether to go on.
    Prompting,
    /// It says that the task finished.
    Finished,
    /// It says that the task failed.
    Failed,
    /// It went away.
    Gone,
}

impl CardIs {
    /// Everything that may happen to one.
    pub const ALL: [Self; 6] = [
        Self::Shown,
        Self::Changed,
        Self::Prompting,
        Self::Finished,
        Self::Failed,
        Self::Gone,
    ];
}

/// An asynchronous submission completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmissionCompleted {
    /// The number that `submit_async` gave.
    pub submission: u32,
    /// The reason of the refusal; none where it reports success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Code>,
    /// The error's domain; left out, it is the scheduler's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The error's text, as it was logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl SubmissionCompleted {
    /// A completion without an error, or with one of the scheduler's.
    #[must_use]
    pub const fn new(submission: u32, error: Option<Code>) -> Self {
        Self {
            submission,
            error,
            domain: None,
            text: None,
        }
    }

    /// Its error, as that of a refusal.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        Some(Refusal {
            code: self.error?,
            domain: self.domain.clone(),
            text: self.text.clone(),
        })
    }
}

/// Lines may be missing. Where both `events` and `ids` are given, and the events are calls about one identifier that move
/// no process (such as `submit`, `cancel`, `register`), everything else stands; any other gap is taken as if anything
/// were missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Since when; until the line's `at`.
    pub from: Millis,
    /// The names of the events that may be missing; left out: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<String>>,
    /// The identifiers that missing lines may be about; left out: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<Identifier>>,
}
