//! Where events wait for their reader: to be taken, or to be heard by a listener.
//!
//! The listener runs with no lock held, one event at a time and in order. A thread that finds another one speaking
//! leaves its events to that one.

use std::collections::VecDeque;

use bgspec_model::vocabulary::Record;

use super::sync::{Arc, Mutex, lock};
#[cfg(test)]
use super::sync::{Race, breathe, seeded};

type Listener = Arc<dyn Fn(&Record) + Send + Sync>;
type Change = Arc<dyn Fn() + Send + Sync>;

#[derive(Default)]
pub(super) struct Outlet {
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    events: VecDeque<Record>,
    listener: Option<Listener>,
    speaking: bool,
    change: Option<Change>,
}

impl Outlet {
    pub fn listen(&self, listener: Listener) {
        #[cfg(test)]
        if seeded(Race::ListensTooLate) {
            self.speak();
            lock(&self.queue).listener = Some(listener);
            return;
        }
        lock(&self.queue).listener = Some(listener);
        self.speak();
    }

    pub fn on_change(&self, change: Change) {
        lock(&self.queue).change = Some(change);
    }

    pub fn take(&self) -> Vec<Record> {
        #[cfg(test)]
        if seeded(Race::TakesInTwoSteps) {
            let events = lock(&self.queue).events.iter().cloned().collect();
            lock(&self.queue).events.clear();
            return events;
        }
        lock(&self.queue).events.drain(..).collect()
    }

    /// Puts events behind those that wait. Called with the scheduler's lock held, so that their order is its order.
    pub fn push(&self, events: Vec<Record>) {
        if !events.is_empty() {
            lock(&self.queue).events.extend(events);
        }
    }

    /// Hands what waits to the listener. Called without the scheduler's lock.
    pub fn speak(&self) {
        while let Some((listener, event)) = self.next() {
            let _turn = Turn(self);
            listener(&event);
            #[cfg(test)]
            if seeded(Race::LooksBeforeItLeaves) && lock(&self.queue).events.is_empty() {
                return;
            }
        }
    }

    /// Says that what is due next may have changed.
    pub fn changed(&self) {
        let change = lock(&self.queue).change.clone();
        if let Some(change) = change {
            change();
        }
    }

    fn next(&self) -> Option<(Listener, Record)> {
        let mut queue = lock(&self.queue);
        if queue.speaking {
            return None;
        }
        let listener = queue.listener.clone()?;
        let event = queue.events.pop_front()?;
        #[cfg(test)]
        let mut queue = breathe(Race::TwoSpeakers, queue, &self.queue);
        queue.speaking = true;
        Some((listener, event))
    }
}

/// A turn of the listener. It ends also where the listener panics.
struct Turn<'a>(&'a Outlet);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        lock(&self.0.queue).speaking = false;
    }
}
