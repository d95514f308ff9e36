//! The set of possible states: equal ones are merged, and those that differ in one fact are joined.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use crate::interner::TextHasher;
use crate::state::State;

use super::factors::Factor;

/// One possible state, with what the app has to answer for if it is the true one.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    pub(super) state: State,
    /// What is open of requests that do not hang on each other: see [`super::factors`].
    pub(super) factors: Vec<Factor>,
    /// The last of the app's breaches that this branch alone has, by its place in `Pass::blames` plus one.
    pub(super) blame: usize,
    /// How much the app has to answer for. Of equal states the cheaper is kept.
    pub(super) cost: u64,
}

impl Branch {
    /// A state with nothing to answer for.
    pub(super) const fn of(state: State) -> Self {
        Self {
            state,
            factors: Vec::new(),
            blame: 0,
            cost: 0,
        }
    }
}

/// Merges equal states, and states that differ in what is known of one fact only.
pub(super) fn merge(set: &mut Vec<Branch>) {
    const FEW: usize = 8;
    if set.len() < 2 {
        return;
    }
    if set.len() <= FEW {
        let mut kept = 1;
        for place in 1..set.len() {
            let found = (0..kept).find(|other| same(&set[*other], &set[place]));
            match found {
                Some(other) => keep_cheaper(set, other, place),
                None => {
                    set.swap(kept, place);
                    kept += 1;
                }
            }
        }
        set.truncate(kept);
    } else {
        let hasher = BuildHasherDefault::<TextHasher>::default();
        let mut seen: HashMap<u64, Vec<usize>, BuildHasherDefault<TextHasher>> = HashMap::default();
        let mut kept = 0;
        for place in 0..set.len() {
            let same_hash = seen.entry(hasher.hash_one(&set[place].state)).or_default();
            match same_hash.iter().copied().find(|other| same(&set[*other], &set[place])) {
                Some(other) => keep_cheaper(set, other, place),
                None => {
                    same_hash.push(kept);
                    set.swap(kept, place);
                    kept += 1;
                }
            }
        }
        set.truncate(kept);
    }
    join_facts(set);
}

fn same(one: &Branch, other: &Branch) -> bool {
    one.state == other.state && one.factors == other.factors
}

fn keep_cheaper(set: &mut [Branch], kept: usize, other: usize) {
    if set[other].cost < set[kept].cost {
        (set[kept].blame, set[kept].cost) = (set[other].blame, set[other].cost);
    }
}

fn join_facts(set: &mut Vec<Branch>) {
    /// Beyond this many states the search for pairs costs more than it saves.
    const MANY: usize = 64;
    if set.len() > MANY {
        return;
    }
    let mut place = 0;
    while place < set.len() {
        let mut other = place + 1;
        while other < set.len() {
            let joined = set[place].state.facts.joined(set[other].state.facts);
            let same = joined.is_some()
                && set[place].blame == set[other].blame
                && set[place].factors == set[other].factors
                && {
                    let (own, facts) = (set[place].state.facts, set[other].state.facts);
                    set[place].state.facts = facts;
                    let alike = set[place].state == set[other].state;
                    set[place].state.facts = own;
                    alike
                };
            match joined {
                Some(facts) if same => {
                    set[place].state.facts = facts;
                    set.swap_remove(other);
                    other = place + 1;
                }
                _ => other += 1,
            }
        }
        place += 1;
    }
}
