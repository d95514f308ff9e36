//! States, packed: each part (the facts, the process, the requests, the tasks) is kept once, however many states have it.

use std::hash::{BuildHasherDefault, Hash};

use indexmap::IndexSet;

use crate::facts::Facts;
use crate::interner::TextHasher;
use crate::state::{CardOf, Flight, Handler, NEVER, Outstanding, Process, State, Sym, Task, Text};
use crate::vocabulary::Millis;

/// A state, each part by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Packed {
    rest: u32,
    process: u32,
    handlers: u32,
    requests: u32,
    spent: u32,
    tasks: u32,
    cards: u32,
    flights: u32,
    /// The time of the earliest obligation; none if it is far.
    due: u32,
}

/// What is left of a state without its collections.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Rest {
    facts: Facts,
    installed: bool,
    locked_at: Option<Millis>,
    places_taken: u16,
    places_open: bool,
    granted: Option<Sym>,
    unheard: bool,
    working: Vec<Sym>,
    blocked: Vec<Text>,
}

/// Things that are kept once, by number.
#[derive(Debug)]
struct Kept<T>(IndexSet<T, BuildHasherDefault<TextHasher>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(IndexSet::default())
    }
}

impl<T: Hash + Eq + Clone> Kept<T> {
    fn keep(&mut self, thing: T) -> u32 {
        // No system has four thousand million different lists.
        self.0.insert_full(thing).0 as u32
    }

    fn get(&self, number: u32) -> T {
        self.0[number as usize].clone()
    }
}

/// Every part of a state that was met.
#[derive(Debug, Default)]
pub(super) struct Parts {
    rest: Kept<Rest>,
    process: Kept<Option<Process>>,
    handlers: Kept<Vec<Handler>>,
    /// With the order in which some of them wait.
    requests: Kept<(Vec<Outstanding>, Vec<Sym>)>,
    spent: Kept<Vec<Outstanding>>,
    tasks: Kept<Vec<Task>>,
    cards: Kept<Vec<CardOf>>,
    flights: Kept<Vec<Flight>>,
}

impl Parts {
    pub(super) fn pack(&mut self, state: State) -> Packed {
        let State {
            // Nobody but the one process calls, and each call is of one moment.
            open: _,
            facts,
            installed,
            process,
            locked_at,
            places_taken,
            places_open,
            handlers,
            requests,
            waiting,
            spent,
            tasks,
            cards,
            flights,
            granted,
            unheard,
            working,
            blocked,
            due,
        } = state;
        Packed {
            rest: self.rest.keep(Rest {
                facts,
                installed,
                locked_at,
                places_taken,
                places_open,
                granted,
                unheard,
                working,
                blocked,
            }),
            process: self.process.keep(process),
            handlers: self.handlers.keep(handlers),
            requests: self.requests.keep((requests, waiting)),
            spent: self.spent.keep(spent),
            tasks: self.tasks.keep(tasks),
            cards: self.cards.keep(cards),
            flights: self.flights.keep(flights),
            due: u32::try_from(due).unwrap_or(u32::MAX),
        }
    }

    pub(super) fn unpack(&self, packed: Packed) -> State {
        let rest = self.rest.get(packed.rest);
        let (requests, waiting) = self.requests.get(packed.requests);
        State {
            open: 0,
            facts: rest.facts,
            installed: rest.installed,
            locked_at: rest.locked_at,
            places_taken: rest.places_taken,
            places_open: rest.places_open,
            granted: rest.granted,
            unheard: rest.unheard,
            working: rest.working,
            blocked: rest.blocked,
            process: self.process.get(packed.process),
            handlers: self.handlers.get(packed.handlers),
            requests,
            waiting,
            spent: self.spent.get(packed.spent),
            tasks: self.tasks.get(packed.tasks),
            cards: self.cards.get(packed.cards),
            flights: self.flights.get(packed.flights),
            due: if packed.due == u32::MAX {
                NEVER
            } else {
                Millis::from(packed.due)
            },
        }
    }
}
