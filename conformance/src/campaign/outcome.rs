//! What comes of a campaign.

use std::collections::BTreeMap;
use std::time::Duration;

use bgspec_model::oracle::Malformed;
use bgspec_model::report::Finding;
use bgspec_model::rule::Id;

use super::tally::Fault;
use crate::play::adapter::{Failure, Hello};
use crate::play::runner::Played;

/// A failure, shrunk.
#[derive(Debug)]
pub struct Counterexample {
    /// What failed.
    pub fault: Fault,
    /// The case as it was played last.
    pub played: Played,
    /// The finding in it, where a rule was broken.
    pub finding: Option<Finding>,
    /// The number of the case that it was found in.
    pub case: u64,
    /// How many cases failed in this way.
    pub times: u64,
}

/// A breach that was seen only behind another one.
#[derive(Debug)]
pub struct Follower {
    /// The rules that were broken.
    pub rules: Vec<Id>,
    /// The rules that were broken before.
    pub behind: Vec<Id>,
}

/// What came of a campaign.
#[derive(Debug)]
pub struct Outcome {
    /// The implementation.
    pub hello: Hello,
    /// How many cases were played.
    pub cases: u64,
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
