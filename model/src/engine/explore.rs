//! Every state that a closed system can reach, breadth first.
//!
//! A closed [`System`] is a specification together with all that may be put to it. The search ends when no state is new;
//! it has no depth. It says how many states and transitions there are, and stops at the first state in which something
//! does not hold that has to, with the shortest way there.

use std::hash::BuildHasherDefault;

use indexmap::IndexSet;

use crate::interner::TextHasher;

use super::Specification;

/// A specification with everything that may be put to it.
pub trait System: Specification {
    /// The state at the beginning.
    fn start(&self) -> Self::State;

    /// Each event that may be put to a state, whether it is allowed there or not.
    fn events(&self, state: &Self::State, each: impl FnMut(Self::Event));

    /// What does not hold in a state, and has to in every one. Called once for each state.
    fn broken(&self, state: &Self::State) -> Option<&'static str> {
        let _ = state;
        None
    }
}

/// What a search came to.
#[derive(Debug)]
pub struct Explored<S> {
    /// How many states there are.
    pub states: usize,
    /// How often a state was generated, the initial one included.
    pub transitions: u64,
    /// How many steps the farthest state is away.
    pub depth: usize,
    /// Where the search stopped, if it did before every state was visited.
    pub stopped: Option<Stopped<S>>,
}

/// Why a search stopped.
#[derive(Debug)]
pub enum Stopped<S> {
    /// Something does not hold.
    Broken {
        /// What.
        what: &'static str,
        /// The states on the shortest way there, the initial one first.
        way: Vec<S>,
    },
    /// There are more states than it was told to visit.
    TooMany,
}

/// Visits every state of a system, but no more than so many.
pub fn explore<S: System>(system: &S, most: usize) -> Explored<S::State> {
    let mut found: IndexSet<S::State, BuildHasherDefault<TextHasher>> = IndexSet::default();
    let mut from: Vec<u32> = vec![0];
    found.insert(system.start());
    let mut explored = Explored {
        states: 1,
        transitions: 1,
        depth: 0,
        stopped: None,
    };
    let mut level = 1;
    let mut events = Vec::new();
    let mut at = 0;
    while let Some(state) = found.get_index(at) {
        if at == level {
            (explored.depth, level) = (explored.depth + 1, found.len());
        }
        if let Some(what) = system.broken(state) {
            let way = way(&found, &from, at);
            explored.stopped = Some(Stopped::Broken { what, way });
            break;
        }
        let state = state.clone();
        system.events(&state, |event| events.push(event));
        for event in events.drain(..) {
            system.follow(&state, &event, |next| {
                explored.transitions += 1;
                if found.insert(next) {
                    from.push(at as u32);
                }
            });
        }
        if found.len() > most {
            explored.stopped = Some(Stopped::TooMany);
            break;
        }
        at += 1;
    }
    explored.states = found.len();
    explored
}

fn way<S: Clone, H>(found: &IndexSet<S, H>, from: &[u32], mut at: usize) -> Vec<S> {
    let mut way = Vec::new();
    loop {
        way.extend(found.get_index(at).cloned());
        if at == 0 {
            break;
        }
        at = from[at] as usize;
    }
    way.reverse();
    way
}
