//! What the model can reach: a walk from the initial state by its own inputs, and everything that it met.
//!
//! The walk is seeded and bounded. It sends inputs of a small app, answers each call as the oracle offers, and lets
//! happen what breaks no rule; now and then what does, since the model has states of its own for what follows a breach.
//! Every part of the vocabulary of states that it never met is reported, and stands in a list with the reason, or is
//! deleted from the model.

mod names;
mod walk;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::op::Ask;
use crate::rules;
use crate::see::{Drops, Effect};
use crate::state::State;

use walk::Random;

/// What was met.
#[derive(Debug, Default)]
struct Met {
    /// Before any breach, in traces that saw everything.
    cleanly: BTreeSet<&'static str>,
    /// At all.
    at_all: BTreeSet<&'static str>,
    /// The trace still saw everything, and nothing was broken.
    clean: bool,
}

impl Met {
    fn note(&mut self, name: &'static str) {
        self.at_all.insert(name);
        if self.clean {
            self.cleanly.insert(name);
        }
    }
}

thread_local! {
    static MET: RefCell<Option<Met>> = const { RefCell::new(None) };
}

/// An event was carried out with this effect.
pub(crate) fn carried_out(ask: &Ask, effect: Effect) {
    MET.with_borrow_mut(|met| {
        let Some(met) = met else { return };
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
        if let Some(met) = met {
            names::each_of(state, |name| met.note(name));
        }
    });
}

/// How many walks, and how long each is.
const WALKS: u64 = 1_500;
const STEPS: usize = 90;

/// What the walk never meets, and why it stays.
const NEVER: &[(&str, &str)] = &[];

#[test]
fn every_part_of_a_state_and_every_rule_is_reached_or_has_a_reason() {
    MET.set(Some(Met::default()));
    let mut exercised: BTreeMap<String, u64> = BTreeMap::new();
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for seed in 0..WALKS {
        let report = walk::walk(&mut Random::new(seed), STEPS, &|clean| {
            MET.with_borrow_mut(|met| met.as_mut().map(|met| met.clean = clean));
        });
        for (rule, count) in report.exercised {
            *exercised.entry(rule.id.to_string()).or_default() += count;
        }
        for rule in report
            .findings
            .iter()
            .chain(&report.advice)
            .flat_map(|finding| &finding.rules)
        {
            *found.entry(rule.id.to_string()).or_default() += 1;
        }
    }
    let met = MET.take().unwrap_or_default();
    let mut never = BTreeSet::new();
    let mut text = String::new();
    for name in names::all() {
        if !met.at_all.contains(name) {
            never.insert(name.to_owned());
        } else if !met.cleanly.contains(name) {
            let _ = writeln!(text, "only behind a breach or a gap: {name}");
        }
    }
    for rule in rules::all() {
        let id = rule.id.to_string();
        if !exercised.contains_key(&id) && !found.contains_key(&id) {
            never.insert(id);
        }
    }
    let expected: BTreeSet<_> = NEVER.iter().map(|(name, _)| (*name).to_owned()).collect();
    let unexpected: Vec<_> = never.difference(&expected).collect();
    let reached: Vec<_> = expected.difference(&never).collect();
    assert!(
        unexpected.is_empty() && reached.is_empty(),
        "never reached, and not in the list: {unexpected:#?}\nin the list, and reached: {reached:#?}\n{text}"
    );
    for (name, reason) in NEVER {
        let _ = writeln!(text, "never: {name}: {reason}");
    }
    insta::assert_snapshot!(text);
}
