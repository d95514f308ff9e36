//! One state that may hold: what the scheduler, the app and the device are like, as far as a rule can ask.
//!
//! A state holds nothing that no rule reads: no history, no serial numbers, no findings. Collections are in canonical
//! order, so that equal states compare equal. What is open is in [`Facts`] (settings, conditions, life of the app) or
//! in a flag (`unsure`), never a copy of the state, unless the open things hang together.

mod card;
mod excuse;
mod process;
mod request;
mod task;

use crate::facts::Facts;
use crate::vocabulary::Millis;

pub use card::{CardOf, CardOwes, Fate, Flight, FlightResult};
pub use excuse::{Excuse, Excuses};
pub use process::{By, Handler, Presence, Process};
pub use request::{Mark, Outstanding};
pub use task::{Owed, Task, Why};

/// An interned identifier: its place in the [`crate::context::Context`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(pub u32);

/// An interned text: a title, a queue. `Text::NONE` stands for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub u32);

impl Text {
    /// No text.
    pub const NONE: Self = Self(u32::MAX);
    /// One that is not known.
    pub const ANY: Self = Self(u32::MAX - 1);
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    /// The calls that have begun and not taken effect, by their places, as a set. First, since it tells states apart
    /// the soonest.
    pub open: u64,
    /// Settings, conditions and the app's life, as far as they are known.
    pub facts: Facts,
    /// The app is installed.
    pub installed: bool,
    /// The app's process, if one lives.
    pub process: Option<Process>,
    /// When the device was locked, if it is.
    pub locked_at: Option<Millis>,
    /// How many places for continued tasks other apps take.
    pub places_taken: u16,
    /// They may take more: how many is not known.
    pub places_open: bool,
    /// The launch handlers of the process, by identifier.
    pub handlers: Vec<Handler>,
    /// Outstanding requests, by identifier.
    pub requests: Vec<Outstanding>,
    /// The continued requests that have not started, those under `fail` among them, first first.
    pub waiting: Vec<Sym>,
    /// Requests whose launch was seen and whose delivery was not, by identifier.
    pub spent: Vec<Outstanding>,
    /// Tasks that run, or expired and were not completed, by identifier and number.
    pub tasks: Vec<Task>,
    /// Cards, by task.
    pub cards: Vec<CardOf>,
    /// Asynchronous submissions that have not completed, by number.
    pub flights: Vec<Flight>,
    /// The identifier that the runner granted a launch of, until the next input.
    pub granted: Option<Sym>,
    /// Until the next input: the runner may have granted anything, or taken anything back, where the trace did not look.
    pub unheard: bool,
    /// Identifiers whose work began in the process and has not ended.
    pub working: Vec<Sym>,
    /// Registration queues that the app blocks.
    pub blocked: Vec<Text>,
    /// The time of the earliest obligation.
    pub due: Millis,
}

/// No obligation falls due.
pub const NEVER: Millis = Millis::MAX;

/// An obligation that was broken, named, and is owed no more.
pub const FORGIVEN: Millis = Millis::MAX - 1;

impl State {
    /// The place of the outstanding request of an identifier.
    #[must_use]
    #[inline]
    pub fn request(&self, id: Sym) -> Option<&Outstanding> {
        /// A search one by one is the fastest up to this many.
        const FEW: usize = 16;
        if self.requests.len() <= FEW {
            return self.requests.iter().find(|request| request.id == id);
        }
        let place = self.requests.binary_search_by_key(&id, |request| request.id);
        place.ok().map(|place| &self.requests[place])
    }

    /// The running task of an identifier: one that was delivered and not completed.
    #[must_use]
    #[inline]
    pub fn running(&self, id: Sym) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// A task by name.
    #[must_use]
    #[inline]
    pub fn task(&self, id: Sym, n: u32) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id && task.n == n)
    }

    /// The card of a task.
    #[must_use]
    pub fn card(&self, id: Sym, n: u32) -> Option<&CardOf> {
        self.cards.iter().find(|card| card.id == id && card.n == n)
    }

    /// The handler entry of an identifier.
    #[must_use]
    #[inline]
    pub fn handler(&self, id: Sym) -> Option<&Handler> {
        // An app registers first what it names first: mostly the place is the number.
        match self.handlers.get(id.0 as usize) {
            Some(handler) if handler.id == id => Some(handler),
            _ => self.search_handler(id),
        }
    }
}

impl State {
    #[inline(never)]
    fn search_handler(&self, id: Sym) -> Option<&Handler> {
        let place = self.handlers.binary_search_by_key(&id, |handler| handler.id);
        place.ok().map(|place| &self.handlers[place])
    }

    /// The state at time zero.
    #[must_use]
    pub(crate) fn at_zero(cx: &crate::context::Context) -> Self {
        Self {
            facts: cx.at_zero,
            installed: true,
            process: None,
            locked_at: None,
            places_taken: cx.places_taken.unwrap_or(0),
            places_open: cx.places_taken.is_none(),
            handlers: Vec::new(),
            requests: Vec::new(),
            waiting: Vec::new(),
            spent: Vec::new(),
            tasks: Vec::new(),
            cards: Vec::new(),
            flights: Vec::new(),
            open: 0,
            granted: None,
            unheard: false,
            working: Vec::new(),
            blocked: Vec::new(),
            due: NEVER,
        }
    }

    /// Whether the runner granted or took back something that was not answered yet.
    #[must_use]
    pub fn awaits_answer(&self) -> bool {
        self.granted.is_some() || self.unheard || self.tasks.iter().any(|task| task.taken_back)
    }

    /// Whether a process lives that may be launching still: a launch into it is not seen before it has finished (LAU-1).
    #[must_use]
    pub fn may_be_launching(&self) -> bool {
        self.process.is_some() && !self.facts.surely(crate::facts::Fact::Finished)
    }

    /// Whether an asynchronous submission or an open call has not taken effect yet.
    #[must_use]
    pub fn is_in_flight(&self) -> bool {
        self.open != 0 || self.flights.iter().any(|flight| flight.result.is_none())
    }

    /// A call begins; it has not taken effect.
    pub(crate) fn begin(&mut self, place: usize) {
        self.open |= 1 << place;
    }

    /// A call has taken effect.
    pub(crate) fn end(&mut self, place: usize) {
        self.open &= !(1 << place);
    }

    /// Whether a call has begun and not taken effect.
    #[must_use]
    pub fn is_open(&self, place: usize) -> bool {
        self.open >> place & 1 == 1
    }

    /// Visits every text that the state holds.
    pub(crate) fn each_text(&self, mut visit: impl FnMut(Text)) {
        let mut changing = self.clone();
        changing.texts(|text| visit(*text));
    }

    /// Gives every text its new number.
    pub(crate) fn move_texts(&mut self, moved: &[u32]) {
        self.texts(|text| {
            if let Some(place) = moved.get(text.0 as usize) {
                *text = Text(*place);
            }
        });
    }

    fn texts(&mut self, mut visit: impl FnMut(&mut Text)) {
        self.handlers.iter_mut().for_each(|handler| visit(&mut handler.queue));
        let flights = self.flights.iter_mut().map(|flight| &mut flight.request);
        let tasks = self.tasks.iter_mut().map(|task| &mut task.request);
        for request in self
            .requests
            .iter_mut()
            .chain(&mut self.spent)
            .chain(flights)
            .chain(tasks)
        {
            visit(&mut request.title);
            visit(&mut request.subtitle);
        }
        for task in &mut self.tasks {
            visit(&mut task.queue);
            visit(&mut task.texts.0);
            visit(&mut task.texts.1);
        }
        for card in &mut self.cards {
            for (title, subtitle) in [&mut card.texts, &mut card.before, &mut card.painted] {
                visit(title);
                visit(subtitle);
            }
        }
        self.blocked.iter_mut().for_each(visit);
    }
}
