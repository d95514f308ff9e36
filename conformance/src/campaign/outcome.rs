//! What comes of a campaign.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bgspec_model::oracle::Malformed;
use bgspec_model::report::Finding;
use bgspec_model::rule::Id;

use super::tally::{Fault, Try, Which};
use crate::play::adapter::{Failure, Hello};

/// A failure, shrunk.
#[derive(Debug)]
pub struct Counterexample {
    /// What failed.
    pub fault: Fault,
    /// The shortest case that is known to fail so: as shrunk, or as first seen where it did not fail again.
    pub shown: Arc<Try>,
    /// The finding in it, where a rule was broken.
    pub finding: Option<Finding>,
    /// The first case that failed so, as it was played then.
    pub first: Arc<Try>,
    /// Which case that is.
    pub first_case: Which,
    /// Played anew by a fresh instance it did not fail so: how it ended then.
    pub flaky: Option<Arc<Try>>,
    /// Which case it was shrunk from.
    pub case: Which,
    /// How many cases failed in this way.
    pub times: u64,
    /// Shrinking was stopped by its limit of time: it may be longer than need be.
    pub cut_short: bool,
}

/// A breach that was seen only behind another one.
#[derive(Debug)]
pub struct Follower {
    /// The rules that were broken.
    pub rules: Vec<Id>,
    /// The rules that were broken before.
    pub behind: Vec<Id>,
}

/// Why cases were left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The adapter failed so often.
    Failures(u64),
    /// The first failure was to be the last.
    FailFast,
    /// The time was over.
    Time(Duration),
    /// Somebody interrupted it.
    Interrupted,
}

/// What came of a campaign.
#[derive(Debug)]
pub struct Outcome {
    /// The implementation.
    pub hello: Hello,
    /// How many cases were played.
    pub cases: u64,
    /// How many histories of several threads.
    pub histories: u64,
    /// How many events were judged.
    pub events: u64,
    /// How many tasks were delivered.
    pub deliveries: u64,
    /// How often each rule was exercised.
    pub exercised: BTreeMap<Id, u64>,
    /// Rules that the scheduler broke and that do not count here.
    pub uncounted: BTreeMap<Id, u64>,
    /// How many cases are inconclusive, and why the first one is.
    pub inconclusive: (u64, Option<String>),
    /// The largest set of states that was possible at once.
    pub most_states: usize,
    /// The counterexamples, one a failure.
    pub failures: Vec<Counterexample>,
    /// Breaches that were seen only behind another one, also when shrunk: they may follow from it, and are not
    /// counted.
    pub followers: Vec<Follower>,
    /// Why not all cases were played.
    pub stopped: Option<Stop>,
    /// How often cases were played to shrink failures.
    pub shrinking_plays: u64,
    /// How often the implementation was started.
    pub starts: u64,
    /// How long the cases took, without the shrinking.
    pub elapsed: Duration,
}

/// Why a campaign did not run.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The implementation cannot be started, or does not introduce itself.
    #[error(transparent)]
    Start(#[from] Failure),
    /// A profile or setting that does not exist.
    #[error("{0}")]
    Terms(Malformed),
}
