//! One total function from a stream of choices to a sequence of actions.
//!
//! Every stream decodes: a choice out of range wraps, the end of the stream is the end of the case. The sequence is
//! decoded lazily, each action against the [`World`] as the runner believes it to be at that moment, so that it hits
//! what the scheduler really did. A longer stream begins with the same actions as its beginning does (the settling at
//! the end apart), as long as the implementation does the same.
//!
//! The streams come from proptest now, and from a fuzzer or a file as well: nothing here knows where they come from.
//! A block of choices picks a *verb* (`verbs`, the longer ones in `scripts` and `situations`); a verb is a few *intents*, which become
//! actions one after another (`intent`). What verbs speak of is the [`cast`]; attributes, times and changes of the
//! device are in `details`.

pub mod cast;
pub mod choices;
mod details;
mod intent;
mod scripts;
mod situations;
#[cfg(test)]
mod tests;
mod verbs;

use std::collections::VecDeque;

use bgspec_model::vocabulary::{Header, Kind, Millis};

use self::cast::Limits;
use self::choices::Choices;
use self::intent::Intent;
use crate::play::action::{Action, Source};
use crate::play::world::World;

/// A little longer than any reaction that a rule demands: what is owed falls due.
const SETTLING: Millis = 61_000;
/// How often settling goes on after an observation.
const SETTLINGS: u8 = 4;

/// Decodes a stream of choices.
#[derive(Debug)]
pub struct Decoder<'a> {
    choices: Choices<'a>,
    limits: &'a Limits,
    kinds: Vec<Kind>,
    queue: VecDeque<Intent>,
    settled: Millis,
    settlings: u8,
}

impl<'a> Decoder<'a> {
    /// The header that a stream begins with, and the source of what follows.
    #[must_use]
    pub fn new(choices: &'a [u32], limits: &'a Limits) -> (Header, Self) {
        let mut choices = Choices::new(choices);
        let header = cast::header(&mut choices.header(), limits);
        let kinds = Kind::ALL.into_iter().filter(|kind| limits.hello.kinds.contains(kind));
        let kinds = kinds
            .filter(|kind| header.platform().has_kind(*kind, header.os))
            .collect();
        let decoder = Self {
            choices,
            limits,
            kinds,
            queue: VecDeque::new(),
            settled: 0,
            settlings: 0,
        };
        (header, decoder)
    }

    /// Whether an action submits no request of a kind that is not declared, or not there in this version.
    fn is_of_a_kind_that_is_there(&self, action: &Action) -> bool {
        let submitted = match action {
            Action::Do(input) => input.event.request(),
            Action::Wait(_) => None,
        };
        submitted.is_none_or(|request| self.kinds.contains(&request.kind))
    }

    /// Puts intents in front of what is still to be done.
    fn first(&mut self, intents: Vec<Intent>) {
        for intent in intents.into_iter().rev() {
            self.queue.push_front(intent);
        }
    }

    fn settle(&mut self, world: &World) -> Option<Action> {
        if self.settlings == 0 {
            self.settled = world.now.saturating_add(SETTLING);
        }
        let left = self.settled - world.now;
        (left > 0 && self.settlings < SETTLINGS).then(|| {
            self.settlings += 1;
            Action::Wait(left)
        })
    }
}

impl Source for Decoder<'_> {
    fn next(&mut self, world: &World) -> Option<Action> {
        loop {
            if let Some(intent) = self.queue.pop_front() {
                match intent {
                    Intent::Do(action) if self.is_of_a_kind_that_is_there(&action) && world.admits(&action).is_ok() => {
                        return Some(action);
                    }
                    // The world went another way than the script: the line falls away.
                    Intent::Do(_) => {}
                    other => {
                        let intents = self.expand(other, world);
                        self.first(intents);
                    }
                }
            } else if let Some(block) = self.choices.step() {
                let intents = self.plan(block, world);
                self.first(intents);
            } else {
                return self.settle(world);
            }
        }
    }
}
