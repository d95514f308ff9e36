//! Frozen vectors: few traces that together put every reachable rule to use, and every outcome, each with the answers that
//! are allowed at each call, readable without this program.
//!
//! An *outcome* is what a line shows, together with a rule that allows it: `submit accepted (SUB-1)`. Reachable is what some
//! candidate has: the traces and scenarios in which nobody but the app breaks a rule ([`candidates`]), and the campaign on the
//! reference scheduler. The cover is greedy, then nothing in it can be left out, and no two of it can be exchanged for one candidate ([`cover`]);
//! then each trace is shortened as long as it has what it alone has ([`shorter`]). That is a local minimum: a smaller set may
//! exist. [`mod@line`] asks the oracle what is allowed at each line; [`files`] writes them, and touches nothing of others.
//! The same program writes the same bytes.

mod candidates;
mod cover;
pub mod files;
mod items;
mod line;
mod shorter;

use std::collections::BTreeMap;

use bgspec_model::rule::Id;
use bgspec_model::rules;
use bgspec_model::vocabulary::{Header, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::corpus;
use crate::parallel;

pub(crate) use candidates::carried;
pub use line::Line;

/// The version of the form of the files.
pub const FORM: u32 = 1;

/// One trace of the set.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Vector {
    /// The version of this form: 1.
    pub bgspec_vector: u32,
    /// Its number in the set.
    pub name: String,
    /// The rules that it puts to use.
    pub rules: Vec<String>,
    /// What its lines show, each with a rule that allows it.
    pub outcomes: Vec<String>,
    /// The version of iOS, the app, the device: the first line of the trace, as an adapter is told at its `reset`.
    pub header: Header,
    /// What happens, in order.
    pub lines: Vec<Line>,
}

/// Which rulebook the vectors were made from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Rulebook {
    /// The version of the program.
    pub version: String,
    /// How many rules there are.
    pub rules: usize,
    /// A number that changes with any id, sentence, force or version of a rule (FNV-1a, 64 bits).
    pub hash: String,
}

/// A rule that no vector puts to use.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Unreachable {
    /// Its id.
    pub rule: String,
    /// Why.
    pub why: String,
}

/// What the set covers, and how it was made.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Index {
    /// The version of this form: 1.
    pub bgspec_vectors: u32,
    /// The rulebook.
    pub rulebook: Rulebook,
    /// How small the set is.
    pub method: String,
    /// How many candidates it was chosen from.
    pub candidates: usize,
    /// Each rule that is covered, with the first vector that puts it to use.
    pub rules: BTreeMap<String, String>,
    /// Each outcome that is covered, with the first vector that has it.
    pub outcomes: BTreeMap<String, String>,
    /// The rules that no candidate puts to use.
    pub unreachable: Vec<Unreachable>,
}

/// The vectors and their index.
#[derive(Debug, Clone)]
pub struct Set {
    /// The vectors.
    pub vectors: Vec<Vector>,
    /// What they cover.
    pub index: Index,
}

const METHOD: &str = "greedy cover of the candidates; nothing in it can be left out, no two of it can be exchanged for one \
                      candidate, and no line can be left out of one whose absence another vector does not make up for: a \
                      local minimum, not proved to be the smallest";

/// Makes the set.
///
/// # Errors
/// Something that the program carries cannot be read.
pub fn build() -> Result<Set, String> {
    let candidates = candidates::all()?;
    let chosen = cover::of(&candidates);
    let count = candidates.len();
    let traces = shorter::each(chosen.into_iter().map(|place| candidates[place].clone()).collect());
    let places: Vec<usize> = (0..traces.len()).collect();
    let vectors = parallel::map(&places, |place| {
        let trace = &traces[*place];
        let (rules, outcomes) = trace.items.iter().cloned().partition(|item| item.parse::<Id>().is_ok());
        Vector {
            bgspec_vector: FORM,
            name: format!("{:03}", place + 1),
            rules: sorted(rules),
            outcomes,
            header: trace.header.clone(),
            lines: line::all(&trace.header, &trace.records),
        }
    });
    let index = index(&vectors, count);
    Ok(Set { vectors, index })
}

/// Ids in the order of the rulebook.
fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort_by_key(|id| id.parse::<Id>().ok());
    ids
}

fn index(vectors: &[Vector], candidates: usize) -> Index {
    let mut rules_by = BTreeMap::new();
    let mut outcomes = BTreeMap::new();
    for vector in vectors {
        for rule in &vector.rules {
            rules_by.entry(rule.clone()).or_insert_with(|| vector.name.clone());
        }
        for outcome in &vector.outcomes {
            outcomes.entry(outcome.clone()).or_insert_with(|| vector.name.clone());
        }
    }
    let missing = rules::all().map(|rule| rule.id.to_string());
    let missing: Vec<_> = missing.filter(|rule| !rules_by.contains_key(rule)).collect();
    let unreachable = missing.into_iter().map(|rule| Unreachable {
        why: why_not(&rule),
        rule,
    });
    Index {
        bgspec_vectors: FORM,
        rulebook: rulebook(),
        method: METHOD.to_owned(),
        candidates,
        unreachable: unreachable.collect(),
        rules: rules_by,
        outcomes,
    }
}

/// Why no trace puts a rule to use in which the scheduler keeps every rule.
fn why_not(rule: &str) -> String {
    let manifest = corpus::embedded().ok();
    let listed = manifest.as_ref().and_then(|manifest| {
        let untestable = manifest.untestable.iter().map(|row| (&row.rule, &row.reason));
        let refused = manifest.refused.iter().map(|row| (&row.rule, &row.says));
        untestable
            .chain(refused)
            .find(|(id, _)| *id == rule)
            .map(|(_, why)| why.clone())
    });
    let known = NEVER
        .iter()
        .find(|(id, _)| *id == rule)
        .map(|(_, why)| (*why).to_owned());
    listed
        .or(known)
        .unwrap_or_else(|| "no candidate puts it to use: whether one can is open".to_owned())
}

/// Rules that no line of a trace asks.
const NEVER: &[(&str, &str)] = &[
    ("CMP-9", "it promises nothing: the model allows it by demanding nothing"),
    (
        "DBG-7",
        "it takes a demand away: the model allows it by demanding nothing",
    ),
];

fn rulebook() -> Rulebook {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut count = 0;
    for rule in rules::all() {
        count += 1;
        let text = format!(
            "{} {:?} {:?} {:?} {}\n",
            rule.id, rule.force, rule.since, rule.until, rule.text
        );
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Rulebook {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rules: count,
        hash: format!("{hash:016x}"),
    }
}

/// A trace, and what it puts to use.
#[derive(Debug, Clone)]
struct Trace {
    header: Header,
    records: Vec<Record>,
    /// The rules and the outcomes, sorted.
    items: Vec<String>,
    /// It was played on the reference scheduler, and can be played again with less.
    played: bool,
}

impl Trace {
    /// A trace of these lines, where nobody but the app breaks a rule.
    fn of(header: &Header, records: &[Record], played: bool) -> Option<Self> {
        Some(Self {
            items: items::of(header, records)?,
            header: header.clone(),
            records: records.to_vec(),
            played,
        })
    }
}
