//! What the cases of a campaign add up to: counts, and for each distinct failure the shortest case that shows it.
//!
//! The order in which cases are added does not matter, so that threads may share them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use bgspec_model::report::Finding;
use bgspec_model::rule::{Id, Party};
use bgspec_model::vocabulary::Millis;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::shrink::Case;
use crate::play::adapter::{Manner, Trail};
use crate::play::runner::{Played, Trouble};

/// What identifies a failure: cases that fail in the same way count as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// The scheduler broke one of these rules, or each.
    Broken(Vec<Id>),
    /// The adapter failed in this manner.
    Adapter(Manner),
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

    /// A name for files.
    #[must_use]
    pub fn slug(&self) -> String {
        match self {
            Self::Broken(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("-or-"),
            Self::Adapter(manner) => format!("adapter-{}", manner.words().replace(' ', "-")),
            Self::Runner => "bgspec".to_owned(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(ids) => {
                let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
                write!(f, "the scheduler breaks {}", ids.join(" or "))
            }
            Self::Adapter(manner) => write!(f, "the adapter {manner}"),
            Self::Runner => f.write_str("bgspec itself failed"),
        }
    }
}

/// Which case: one that was stored before, or the so manieth that is generated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Which {
    /// Its name.
    Stored(String),
    /// Its number.
    Case(u64),
    /// The number of a history, in which several threads call at once.
    History(u64),
}

impl Which {
    /// Its number, where it is generated.
    #[must_use]
    pub const fn number(&self) -> Option<u64> {
        match self {
            Self::Stored(_) | Self::History(_) => None,
            Self::Case(number) => Some(*number),
        }
    }
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stored(name) => write!(f, "stored case {name}"),
            Self::Case(number) => write!(f, "case {number}"),
            Self::History(number) => write!(f, "{HISTORY}{number}"),
        }
    }
}

const HISTORY: &str = "history ";

/// A number, or the name of what was stored.
impl<'de> Deserialize<'de> for Which {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(name) => {
                let number = name.strip_prefix(HISTORY).and_then(|number| number.parse().ok());
                Ok(number.map_or(Self::Stored(name), Self::History))
            }
            other => other
                .as_u64()
                .map(Self::Case)
                .ok_or_else(|| serde::de::Error::custom("expected the number of a case, or the name of a stored one")),
        }
    }
}

impl JsonSchema for Which {
    fn schema_name() -> Cow<'static, str> {
        "Which".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The number of a generated case, `history` with its number, or the name of a stored case.",
            "type": ["integer", "string"],
        })
    }
}

impl Serialize for Which {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Stored(name) => serializer.serialize_str(name),
            Self::Case(number) => serializer.serialize_u64(*number),
            Self::History(_) => serializer.collect_str(self),
        }
    }
}

/// A case as it was played, and what lay around it.
#[derive(Debug)]
pub struct Try {
    /// What came of it.
    pub played: Played,
    /// The wire and stderr, where it failed.
    pub trail: Trail,
}

/// What all cases together showed; the order in which cases are added does not matter.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) cases: u64,
    pub(super) histories: u64,
    pub(super) events: u64,
    pub(super) deliveries: u64,
    pub(super) exercised: BTreeMap<Id, u64>,
    pub(super) uncounted: BTreeMap<Id, u64>,
    pub(super) inconclusive: (u64, Option<String>),
    pub(super) first_inconclusive: Option<Which>,
    pub(super) most_states: usize,
    pub(super) troubles: u64,
    pub(super) seen: BTreeMap<Fault, Seen>,
}

/// The shortest cases with a failure, the first one as it was played, and how many there were.
#[derive(Debug)]
pub(super) struct Seen {
    /// The shortest, the least first, one at least.
    pub(super) shortest: Vec<Short>,
    pub(super) first: Arc<Try>,
    pub(super) first_which: Which,
    pub(super) times: u64,
}

impl Seen {
    /// The shortest: it is played anew.
    pub(super) fn least(&self) -> &Short {
        &self.shortest[0]
    }
}

/// How many cases of a failure are kept to be shrunk.
const KEPT: usize = 4;

/// A short case with a failure.
#[derive(Debug)]
pub(super) struct Short {
    /// Another breach came before it or it is a history, then what it costs.
    pub(super) cost: (bool, (usize, Millis)),
    pub(super) which: Which,
    pub(super) case: Case,
}

/// Counts a failing case, and keeps it where it is one of the shortest or the first of its failure; true where it is new.
pub(super) fn saw(tally: &mut Tally, fault: Fault, which: &Which, tried: &Arc<Try>, behind: bool) -> bool {
    let case = Case {
        header: tried.played.header.clone(),
        actions: tried.played.actions.clone(),
    };
    let short = Short {
        // A history is not shrunk: any case is better.
        cost: (behind || matches!(which, Which::History(_)), case.cost()),
        which: which.clone(),
        case,
    };
    match tally.seen.get_mut(&fault) {
        Some(seen) => {
            seen.times += 1;
            let least = |other: &Short| (other.cost, &other.which) < (short.cost, &short.which);
            let place = seen.shortest.partition_point(least);
            seen.shortest.insert(place, short);
            seen.shortest.truncate(KEPT);
            if *which < seen.first_which {
                (seen.first, seen.first_which) = (Arc::clone(tried), which.clone());
            }
            false
        }
        None => {
            let seen = Seen {
                shortest: vec![short],
                first: Arc::clone(tried),
                first_which: which.clone(),
                times: 1,
            };
            tally.seen.insert(fault, seen);
            true
        }
    }
}

/// What a trouble counts as; nothing where the run was interrupted.
pub(super) fn fault_of(trouble: &Trouble) -> Option<Fault> {
    match trouble {
        Trouble::Adapter { failure, .. } => failure.manner().map(Fault::Adapter),
        Trouble::Runner { .. } => Some(Fault::Runner),
    }
}

/// The scheduler's first breach in a case, whether it counts or not.
pub(super) fn first_broken(played: &Played) -> Option<&Finding> {
    let mut findings = played.report.findings.iter();
    findings.find(|finding| finding.party == Party::Scheduler && !finding.is_advice())
}
