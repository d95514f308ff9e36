//! What the model can reach: a walk from the initial state by its own inputs, and everything that it met.
//!
//! The walk is seeded and bounded. It sends inputs of a small app, answers each call as the oracle offers, and lets
//! happen what breaks no rule; now and then what does, since the model has states of its own for what follows a breach.
//! Every part of the vocabulary of states that it never met is reported, and stands in a list with the reason, or is
//! deleted from the model.

mod calls;
mod cast;
mod inputs;
mod walk;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::engine::names;
use crate::op::Ask;
use crate::rules;
use crate::see::{Drops, Effect};
use crate::state::State;

use cast::Random;
use walk::Walk;

/// What was met.
#[derive(Debug, Default)]
struct Met {
    /// Before any breach, in traces that saw everything.
    cleanly: BTreeSet<&'static str>,
    /// At all.
    at_all: BTreeMap<&'static str, u32>,
    /// What was met for the first time since somebody asked.
    fresh: Vec<&'static str>,
    /// A line is taken in: in a trace that still saw everything, and in which nothing was broken, or in another.
    clean: Option<bool>,
}

impl Met {
    fn note(&mut self, name: &'static str) {
        let Some(clean) = self.clean else { return };
        let times = self.at_all.entry(name).or_default();
        *times += 1;
        if *times == 1 || clean && self.cleanly.insert(name) {
            self.fresh.push(name);
        }
    }
}

thread_local! {
    static MET: RefCell<Met> = RefCell::default();
}

/// What is met from now on counts, in a clean trace or not, or not at all.
fn record(clean: Option<bool>) {
    MET.with_borrow_mut(|met| met.clean = clean);
}

/// A place that other walks go on from: something was met there for the first time.
struct Turn {
    met: Vec<&'static str>,
    walk: Walk,
}

/// One of the turns, rather one whose find was seldom met since.
fn choose<'a>(turns: &'a [Turn], random: &mut Random) -> Option<&'a Turn> {
    const LOOKED_AT: usize = 8;
    let looked_at = (0..LOOKED_AT).filter_map(|_| turns.get(random.below(turns.len())));
    MET.with_borrow(|met| {
        let times = |turn: &&Turn| turn.met.iter().filter_map(|name| met.at_all.get(name)).min().copied();
        looked_at.min_by_key(times)
    })
}

/// An event was carried out with this effect.
pub(crate) fn carried_out(ask: &Ask, effect: Effect) {
    MET.with_borrow_mut(|met| {
        met.note(names::op(&ask.op));
        met.note(names::effect(&effect));
        if let Effect::Happens(drops) = effect
            && drops != Drops::NONE
        {
            for (dropped, name) in [
                (drops.refresh, "Drops::refresh"),
                (drops.processing, "Drops::processing"),
                (drops.waiting, "Drops::waiting"),
            ] {
                if dropped {
                    met.note(name);
                }
            }
        }
    });
}

/// A state was passed.
pub(crate) fn passed(state: &State) {
    MET.with_borrow_mut(|met| {
        if met.clean.is_some() {
            names::each_of(state, |name| met.note(name));
        }
    });
}

/// How many walks, and how long each is.
const WALKS: u64 = 5_000;
const STEPS: usize = 80;

/// What the walk never meets, and why it stays.
const NEVER: &[(&str, &str)] = &[
    (
        "CFG-10",
        "a trace that shows what its version or platform lacks is malformed, and no rule is asked",
    ),
    ("CFG-11", "the older callback is no event"),
    ("CMP-9", "it promises nothing: the model allows it by demanding nothing"),
    ("DBG-5", "a fact of the binary, not of its run"),
    (
        "DBG-7",
        "it takes a demand away: the model allows it by demanding nothing",
    ),
    (
        "FlightResult::Unheard",
        "the walk records deliveries: without them nearly everything is in doubt",
    ),
];

/// What the walk meets or not, by luck: `bgspec explore` meets it, and its golden counts say so.
const SELDOM: &[(&str, &str)] = &[
    ("Mark::MadeRoom", "in the areas `requests` and `launches`"),
    ("UIX-8", "in the area `cards`"),
];

/// What no rule leads to: it stands for what the trace did not see, or for what follows a breach.
const IN_DOUBT: &[&str] = &[
    "Presence::No",
    "Presence::Open",
    "State::places_open",
    "State::unheard",
    "State::blocked, any",
    "Handler::queue, any",
    "Process::owes_delivery, forgiven",
    "Process::from_before",
    "Outstanding::vague",
    "spent Outstanding::by, forgiven",
    "Task::in_doubt",
    "Fact::Finished, open",
];

#[test]
fn every_part_of_a_state_and_every_rule_is_reached_or_has_a_reason() {
    let mut exercised = BTreeSet::new();
    // Where something was met for the first time, other walks go on.
    let mut turns: Vec<Turn> = Vec::new();
    for seed in 0..WALKS {
        let mut random = Random::new(seed);
        let mut walk = match choose(&turns, &mut random) {
            Some(turn) if seed % 3 > 0 => turn.walk.turn(random),
            _ => Walk::new(random),
        };
        for _ in 0..STEPS {
            walk.step();
            let met = MET.with_borrow_mut(|met| std::mem::take(&mut met.fresh));
            if !met.is_empty() {
                turns.push(Turn {
                    met,
                    walk: walk.clone(),
                });
            }
        }
        let report = walk.finish();
        let found = report
            .findings
            .iter()
            .chain(&report.advice)
            .flat_map(|finding| &finding.rules);
        exercised.extend(
            found
                .chain(report.exercised.iter().map(|(rule, _)| rule))
                .map(|rule| rule.id),
        );
    }
    let met = MET.take();
    let mut never = BTreeSet::new();
    let mut wrong = Vec::new();
    for name in names::all() {
        if !met.at_all.contains_key(name) {
            never.insert(name.to_owned());
        }
        if IN_DOUBT.contains(&name) && met.cleanly.contains(name) {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "reached without a breach or a gap: {wrong:?}");
    for rule in rules::all() {
        if !exercised.contains(&rule.id) {
            never.insert(rule.id.to_string());
        }
    }
    let expected: BTreeSet<_> = NEVER.iter().map(|(name, _)| (*name).to_owned()).collect();
    never.retain(|name| SELDOM.iter().all(|(seldom, _)| seldom != name));
    let unexpected: Vec<_> = never.difference(&expected).collect();
    let reached: Vec<_> = expected.difference(&never).collect();
    assert!(
        unexpected.is_empty() && reached.is_empty(),
        "never reached, and not in the list: {unexpected:#?}\nin the list, and reached: {reached:#?}"
    );
}
