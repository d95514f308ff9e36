//! What a case asks the runner to do: actions, without the answers.
//!
//! A list of actions is what shrinking works on, so an action says nothing that the removal of another would make
//! wrong: waits are lengths, dates of requests are counted from the call, tasks are named `identifier#n`, and numbers
//! of submissions and processes are the runner's.

use bgspec_model::vocabulary::{Event, Millis};

/// One action of the app, the person or the device.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Time passes, until something is observed or this long.
    Wait(Millis),
    /// An input of the world other than the clock, or a call of the app.
    Do(Input),
}

/// An input of the world or a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What happens. A request's date counts from the time of the call.
    pub event: Event,
    /// The extension that calls; none for the app.
    pub by: Option<&'static str>,
    /// A person's action caused the call.
    pub person: bool,
    /// It is called on the main thread.
    pub main: bool,
}

impl From<Event> for Action {
    fn from(event: Event) -> Self {
        Self::Do(Input {
            event,
            by: None,
            person: false,
            main: false,
        })
    }
}

impl Input {
    /// The event with the dates of its request moved by `now`.
    #[must_use]
    pub fn event_at(&self, now: Millis) -> Event {
        let mut event = self.event.clone();
        if let Some(earliest) = event.date_mut() {
            *earliest = earliest.saturating_add(now);
        }
        event
    }
}

/// Where actions come from: one after another, each chosen when the world before it is known.
pub trait Source {
    /// The next action; none at the end.
    fn next(&mut self, world: &super::world::World) -> Option<Action>;
}

/// A list of actions, as shrinking and replay have it.
#[derive(Debug)]
pub struct Listed<'a>(std::slice::Iter<'a, Action>);

impl<'a> Listed<'a> {
    /// These actions in this order.
    #[must_use]
    pub fn new(actions: &'a [Action]) -> Self {
        Self(actions.iter())
    }
}

impl Source for Listed<'_> {
    fn next(&mut self, _: &super::world::World) -> Option<Action> {
        self.0.next().cloned()
    }
}
