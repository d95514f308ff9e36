//! Lines that were written before, played again: what the world and the app did, each at its time.
//!
//! Where an implementation lets something be seen on the way, the wait goes on to its end. What only it can say is left
//! out of the lines.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use bgspec_model::vocabulary::{Empty, Event, Record, Role};

use super::action::{Action, Input, Source};
use super::world::World;

/// Lines, played one after another. They are inputs without answers.
#[derive(Debug)]
pub struct Replay<'a, I> {
    records: I,
    /// The line that comes next, where time has still to pass before it.
    next: Option<&'a Record>,
}

impl<'a, I: Iterator<Item = &'a Record>> Replay<'a, I> {
    /// These lines in this order.
    pub fn new(records: impl IntoIterator<Item = &'a Record, IntoIter = I>) -> Self {
        Self {
            records: records.into_iter(),
            next: None,
        }
    }
}

impl<'a, I: Iterator<Item = &'a Record>> Source for Replay<'a, I> {
    fn next(&mut self, world: &World) -> Option<Action> {
        loop {
            let record = self.next.take().or_else(|| self.records.next())?;
            if world.now < record.at {
                self.next = Some(record);
                return Some(Action::Wait(record.at - world.now));
            }
            let event = record.event.as_ref()?;
            if matches!(event, Event::Clock(_)) {
                continue;
            }
            return Some(Action::Do(input(record, event.clone())));
        }
    }
}

/// A line's event as an input.
pub(crate) fn input(record: &Record, mut event: Event) -> Input {
    // The runner counts dates from the call.
    if let Some(date) = event.date_mut() {
        *date = date.saturating_sub(record.at);
    }
    Input {
        event,
        by: record.by.as_deref().map(lasting),
        person: record.person,
        main: record.thread.as_deref() == Some("main"),
    }
}

/// What the world and the app do in a trace, without the answers; the time until its end passes.
#[must_use]
pub fn inputs(records: Vec<Record>) -> Vec<Record> {
    let mut inputs: Vec<Record> = Vec::new();
    for mut record in records {
        let last = inputs.last().map_or(0, |record| record.at);
        match &mut record.event {
            None if record.at > last => inputs.push(Record::new(record.at, Event::Clock(Empty {}))),
            Some(event) if matches!(event.role(), Role::World | Role::Call) => {
                event.unanswer();
                record.call = None;
                inputs.push(record);
            }
            _ => {}
        }
    }
    inputs
}

/// The name of an extension for as long as the program runs: there are as many as the files name.
fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(name);
    name
}
