//! What the scheduler knows, and how time moves it.
//!
//! Everything here is touched with the lock of [`super::scheduler`] held. Each area has its own file with its own
//! `impl State`. Invariants:
//! - a request is either in `book` (outstanding), or parked with the process (launched), or spent;
//! - a task is in `running` from its delivery to its completion or the end of the process;
//! - nothing stores a timer: what is due next is asked of the state, so no timer can be stale.

use std::collections::{HashMap, HashSet};

use bgspec_model::vocabulary::{Discretion, Event, Identifier, Kind, Millis, Record, Request, TaskName};

use super::cards::Face;
use super::choices::Choices;
use super::device::Conditions;
use super::facts::Facts;
use super::progress::Advance;
use super::submission::InFlight;

/// The queue that runs a handler registered with none.
pub(super) const OWN_QUEUE: &str = "own";

#[cfg_attr(test, derive(Clone))]
pub(super) struct State {
    pub now: Millis,
    pub choices: Choices,
    pub facts: Facts,
    pub conditions: Conditions,
    pub installed: bool,
    /// The person closed the app in the app switcher and has not launched it since.
    pub force_quit: bool,
    pub debugger: bool,
    pub process: Option<Process>,
    /// The outstanding requests, in the order of their submission.
    pub book: Vec<Held>,
    pub running: Vec<Running>,
    /// How many tasks of an identifier were delivered.
    pub deliveries: HashMap<Identifier, u32>,
    pub cards: Vec<Face>,
    pub in_flight: Vec<InFlight>,
    /// When the app is killed for a task that it completed in time.
    pub late_kill: Option<Millis>,
    /// What the last process had registered, for whoever forgets nothing.
    pub outlived: HashMap<Identifier, Option<String>>,
    /// Identifiers that were cancelled, for whoever forgets nothing.
    pub forgotten: HashSet<Identifier>,
    /// What happened and was not fetched yet.
    pub out: Vec<Record>,
}

/// The app's process.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Process {
    pub foreground: bool,
    /// It has finished launching.
    pub finished: bool,
    pub suspended: bool,
    /// An exception at a delivery ended it; its crash is still to be told.
    pub doomed: bool,
    pub kept_awake: bool,
    /// Since when it had nothing to do, as far as the scheduler cares.
    pub idle_since: Millis,
    /// The registered handlers, each with its queue.
    pub handlers: HashMap<Identifier, Option<String>>,
    /// Those of them that SwiftUI registered: it sets the expiration handler of their tasks by itself.
    pub swiftui: HashSet<Identifier>,
    /// The queues that the app blocks.
    pub blocked: HashSet<String>,
    /// What was launched and waits for the end of launching.
    pub parked: Vec<Launch>,
}

/// An outstanding request.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Held {
    pub request: Request,
    /// Since when everything but its date allows its launch.
    pub ready_since: Option<Millis>,
    /// It was accepted under `fail` beside a task of another kind of its identifier: it never runs, and is gone after that
    /// time.
    pub until: Option<Millis>,
}

/// A launch: a request on its way to its handler.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Launch {
    pub request: Request,
    pub simulated: bool,
}

/// A task from its delivery to its completion.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Running {
    pub name: TaskName,
    pub request: Request,
    pub queue: String,
    /// Its expiration handler is set.
    pub handler: bool,
    /// It has made progress.
    pub moved: bool,
    /// The debugger launched it.
    pub simulated: bool,
    /// When its time is up.
    pub deadline: Option<Millis>,
    /// When its expiration handler was called.
    pub expired: Option<Millis>,
    /// Since when its expiration handler should have been called, were its queue not blocked.
    pub owed: Option<Millis>,
    pub delivered: Millis,
    pub progress: Advance,
    pub prompted: bool,
    /// The highest completed count when the person was asked.
    pub prompted_at: i64,
    pub dismissed: bool,
    pub title: Option<String>,
    pub subtitle: Option<String>,
}

impl Running {
    pub fn kind(&self) -> Kind {
        self.request.kind
    }

    pub fn is_continued(&self) -> bool {
        self.kind() == Kind::Continued
    }
}

impl Process {
    pub fn new(foreground: bool, now: Millis) -> Self {
        Self {
            foreground,
            finished: false,
            suspended: false,
            doomed: false,
            kept_awake: false,
            idle_since: now,
            handlers: HashMap::new(),
            swiftui: HashSet::new(),
            blocked: HashSet::new(),
            parked: Vec::new(),
        }
    }
}

impl State {
    pub fn new(facts: Facts, choices: Choices, now: Millis) -> Self {
        Self {
            now,
            choices: choices.go_wrong(),
            late_kill: None,
            outlived: HashMap::new(),
            forgotten: HashSet::new(),
            conditions: Conditions::of(facts.device),
            facts,
            installed: true,
            force_quit: false,
            debugger: false,
            process: None,
            book: Vec::new(),
            running: Vec::new(),
            deliveries: HashMap::new(),
            cards: Vec::new(),
            in_flight: Vec::new(),
            out: Vec::new(),
        }
    }

    pub fn emit(&mut self, event: Event) {
        self.out.push(Record::new(self.now, event));
    }

    pub fn is_driven(&self) -> bool {
        self.choices.discretion == Discretion::Driven
    }

    /// The app is in the foreground, still launching or not.
    pub fn in_foreground(&self) -> bool {
        self.process.as_ref().is_some_and(|process| process.foreground)
    }

    pub fn held(&self, id: &Identifier) -> Option<&Held> {
        self.book.iter().find(|held| held.request.id == *id)
    }

    pub fn task(&self, name: &TaskName) -> Option<&Running> {
        self.running.iter().find(|task| task.name == *name)
    }

    pub fn task_mut(&mut self, name: &TaskName) -> Option<&mut Running> {
        self.running.iter_mut().find(|task| task.name == *name)
    }

    /// A task of this identifier runs, or is launched and not yet delivered.
    pub fn is_busy(&self, id: &Identifier) -> bool {
        let parked = || self.process.iter().flat_map(|process| &process.parked);
        self.running.iter().any(|task| task.name.id == *id) || parked().any(|launch| launch.request.id == *id)
    }

    /// The app's process, unless an exception has ended it and its crash is only still to be told.
    pub fn living(&self) -> Option<&Process> {
        self.process.as_ref().filter(|process| !process.doomed)
    }

    /// The next moment at which something happens by itself. To a doomed process nothing happens any more.
    pub fn next_due(&self) -> Option<Millis> {
        if self.process.is_some() && self.living().is_none() {
            return self.next_card_gone();
        }
        [
            self.next_submission(),
            self.next_launch(),
            self.next_expiry(),
            self.next_kill(),
            self.next_card_gone(),
            self.next_prompt(),
            self.next_suspension(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Lets time pass until `at`; everything happens at its own moment.
    pub fn pass_to(&mut self, at: Millis) {
        while self.pass_towards(at).is_some() {}
    }

    /// Lets time pass until the next due moment, or until `at` where none comes before. Answers with that moment.
    pub fn pass_towards(&mut self, at: Millis) -> Option<Millis> {
        match self.next_due().filter(|due| *due <= at) {
            Some(due) => {
                self.move_to(due);
                self.settle();
                Some(self.now)
            }
            None => {
                self.move_to(at);
                None
            }
        }
    }

    fn move_to(&mut self, at: Millis) {
        let now = self.now.max(at);
        self.now = now;
        self.book.retain(|held| held.until.is_none_or(|until| until >= now));
    }

    /// Does what is due now, the consequences included.
    pub fn settle(&mut self) {
        loop {
            self.start_waiting();
            self.note_ready();
            if self.next_due().is_none_or(|due| due > self.now) {
                return;
            }
            self.move_cards();
            if self.process.is_some() && self.living().is_none() {
                continue;
            }
            self.complete_submissions();
            self.launch_due();
            self.expire_due();
            self.kill_due();
            self.prompt_due();
            self.suspend_due();
        }
    }
}
