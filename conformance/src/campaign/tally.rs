//! What the cases of a campaign add up to: counts, and for each distinct failure the shortest case that shows it.
//!
//! The order in which cases are added does not matter, so that threads may share them.

use std::collections::BTreeMap;

use bgspec_model::report::Finding;
use bgspec_model::rule::{Id, Party};
use bgspec_model::vocabulary::Millis;

use super::shrink::Case;
use crate::play::adapter::Failure;
use crate::play::runner::{Played, Trouble};

/// What identifies a failure: cases that fail in the same way count as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The scheduler broke one of these rules, or each.
    Broken(Vec<Id>),
    /// The adapter failed in this way.
    Adapter(&'static str),
    /// bgspec itself failed.
    Runner,
}

impl Fault {
    /// The rules that were broken: one of them, or each; none where the adapter failed.
    #[must_use]
    pub fn rules(&self) -> &[Id] {
        match self {
            Self::Broken(ids) => ids,
            Self::Adapter(_) | Self::Runner => &[],
        }
    }
}

/// What all cases together showed; the order in which cases are added does not matter.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) cases: u64,
    pub(super) events: u64,
    pub(super) deliveries: u64,
    pub(super) exercised: BTreeMap<Id, u64>,
    pub(super) uncounted: BTreeMap<Id, u64>,
    pub(super) inconclusive: (u64, Option<String>),
    pub(super) first_inconclusive: Option<u64>,
    pub(super) most_states: usize,
    pub(super) troubles: u64,
    pub(super) seen: BTreeMap<Fault, Seen>,
}

/// The shortest case with a failure, and how many there were.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) cost: (usize, Millis),
    pub(super) case: u64,
    pub(super) first: Case,
    pub(super) times: u64,
}

/// Counts a failing case, and keeps it where it is the shortest of its failure.
pub(super) fn saw(tally: &mut Tally, fault: Fault, case: u64, first: Case) {
    let cost = first.cost();
    match tally.seen.get_mut(&fault) {
        Some(seen) => {
            seen.times += 1;
            if (cost, case) < (seen.cost, seen.case) {
                (seen.cost, seen.case, seen.first) = (cost, case, first);
            }
        }
        None => {
            let times = 1;
            let seen = Seen {
                cost,
                case,
                first,
                times,
            };
            tally.seen.insert(fault, seen);
        }
    }
}

/// What a trouble counts as.
pub(super) fn fault_of(trouble: &Trouble) -> Fault {
    match trouble {
        Trouble::Adapter { failure, .. } => Fault::Adapter(kind_of(failure)),
        Trouble::Runner { .. } => Fault::Runner,
    }
}

/// How an adapter failed, in two words.
pub(super) fn kind_of(failure: &Failure) -> &'static str {
    match failure {
        Failure::Start { .. } => "does not start",
        Failure::Died { .. } => "dies",
        Failure::Hangs { .. } => "hangs",
        Failure::Nonsense { .. } => "answers nonsense",
        Failure::Reports { .. } => "reports an error",
        Failure::Floods { .. } => "floods",
    }
}

/// The scheduler's first breach in a case, whether it counts or not.
pub(super) fn first_broken(played: &Played) -> Option<&Finding> {
    let mut findings = played.report.findings.iter();
    findings.find(|finding| finding.party == Party::Scheduler && !finding.is_advice())
}
