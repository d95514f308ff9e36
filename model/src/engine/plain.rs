//! The plain oracle: what it means that a history conforms.
//!
//! It carries every state that the lines so far allow. Before each line, and as soon as a call has begun, anything
//! unseen may happen, and any open call may take effect, in any order. A line then moves every state on, each choice to a state of its own, and
//! equal states are one. Where no state is left, nothing that the rules allow looks like this: the line is the first
//! breach, and here the account ends. Nothing is guessed afterwards, and nobody is blamed.
//!
//! The fast oracle ([`crate::oracle`]) does the same with less: it tries only the calls on which a line depends, keeps
//! open questions as masks and flags of one state, and goes on after a breach. No verdict may hang on that.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use super::Specification;

/// One line of a history.
#[derive(Debug, Clone)]
pub enum Line<E> {
    /// Something happens at one moment.
    Event(E),
    /// A call begins. It takes effect once, at some moment until its end.
    Begin(u32, E),
    /// A call ends: it has taken effect by now.
    End(u32),
    /// A call is gone: it took effect, or never will.
    Gone(u32),
}

/// A state that may hold, with the open calls that have not taken effect in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Possible<S> {
    state: S,
    open: BTreeSet<u32>,
}

/// More states are possible than the oracle was told to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// As many as it was to follow.
    pub most: usize,
}

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {} states are possible", self.most)
    }
}

impl std::error::Error for TooMany {}

/// The set of states that a history so far allows.
///
/// ```
/// use bgspec_model::engine::plain::{Line, Plain};
/// use bgspec_model::engine::workload::{Event, Workload};
///
/// let mut oracle = Plain::new(Workload { tasks: 2, active: 1 }, Workload::START, 100);
/// assert!(oracle.step(Line::Event(Event::Submit(0)))?);
/// assert!(oracle.step(Line::Event(Event::Launch(0)))?);
/// // One task may be active, and it is.
/// assert!(oracle.step(Line::Event(Event::Submit(1)))?);
/// assert!(!oracle.step(Line::Event(Event::Launch(1)))?);
/// # Ok::<(), bgspec_model::engine::plain::TooMany>(())
/// ```
#[derive(Debug)]
pub struct Plain<S: Specification> {
    /// What may happen.
    pub specification: S,
    set: HashSet<Possible<S::State>>,
    calls: BTreeMap<u32, S::Event>,
    most: usize,
}

impl<S: Specification> Plain<S> {
    /// An oracle before the first line. It follows at most so many states.
    pub fn new(specification: S, start: S::State, most: usize) -> Self {
        let open = BTreeSet::new();
        Self {
            specification,
            set: HashSet::from([Possible { state: start, open }]),
            calls: BTreeMap::new(),
            most,
        }
    }

    /// Takes a line in. Answers false where no state is left that allows it.
    ///
    /// # Errors
    /// More states are possible than it follows.
    pub fn step(&mut self, line: Line<S::Event>) -> Result<bool, TooMany> {
        self.close()?;
        match line {
            Line::Event(event) => {
                let mut next = HashSet::new();
                for Possible { state, open } in &self.set {
                    self.specification.follow(state, &event, |state| {
                        let open = open.clone();
                        next.insert(Possible { state, open });
                    });
                }
                self.set = next;
            }
            Line::Begin(number, event) => {
                self.calls.insert(number, event);
                self.each_open(|open| {
                    open.insert(number);
                });
                self.close()?;
            }
            Line::End(number) => {
                self.calls.remove(&number);
                self.set.retain(|possible| !possible.open.contains(&number));
            }
            Line::Gone(number) => {
                self.calls.remove(&number);
                self.each_open(|open| {
                    open.remove(&number);
                });
            }
        }
        Ok(!self.set.is_empty())
    }

    /// Adds every state to which something unseen leads, or a call that takes effect.
    ///
    /// # Errors
    /// More states are possible than it follows.
    pub fn close(&mut self) -> Result<(), TooMany> {
        let Self {
            specification,
            set,
            calls,
            most,
        } = self;
        let mut new: Vec<_> = set.iter().cloned().collect();
        while let Some(Possible { state, open }) = new.pop() {
            let mut reach = |state, open| {
                let possible = Possible { state, open };
                if !set.contains(&possible) {
                    set.insert(possible.clone());
                    new.push(possible);
                }
            };
            specification.unseen(&state, |next| reach(next, open.clone()));
            for number in &open {
                let mut rest = open.clone();
                rest.remove(number);
                if let Some(call) = calls.get(number) {
                    specification.follow(&state, call, |next| reach(next, rest.clone()));
                }
            }
            if set.len() > *most {
                return Err(TooMany { most: *most });
            }
        }
        Ok(())
    }

    /// The states that may hold.
    pub fn states(&self) -> impl Iterator<Item = &S::State> {
        self.set.iter().map(|possible| &possible.state)
    }

    /// The calls that have begun and not ended, by number.
    pub fn calls(&self) -> impl Iterator<Item = (u32, &S::Event)> {
        self.calls.iter().map(|(number, call)| (*number, call))
    }

    /// Changes each state by what is no event: what nobody looked at, or could.
    pub fn change(&mut self, mut change: impl FnMut(&mut S, &mut S::State)) {
        let set = std::mem::take(&mut self.set);
        for Possible { mut state, open } in set {
            change(&mut self.specification, &mut state);
            self.set.insert(Possible { state, open });
        }
    }

    fn each_open(&mut self, change: impl Fn(&mut BTreeSet<u32>)) {
        let set = std::mem::take(&mut self.set).into_iter();
        self.set = set
            .map(|mut possible| {
                change(&mut possible.open);
                possible
            })
            .collect();
    }
}
