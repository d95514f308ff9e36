//! One state that may hold: what the scheduler, the app and the device are like, as far as a rule can ask.
//!
//! A state holds nothing that no rule reads: no history, no serial numbers, no findings. Collections are in canonical
//! order, so that equal states compare equal. What is open is in [`Facts`] (settings, conditions, life of the app) or
//! in a flag (`unsure`), never a copy of the state, unless the open things hang together.

use crate::facts::Facts;
use crate::vocabulary::{Kind, Millis, Protection, Strategy};

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
    /// The waiting continued requests, first first.
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
    /// Registration queues that the app blocks.
    pub blocked: Vec<Text>,
    /// The time of the earliest obligation.
    pub due: Millis,
}

/// No obligation falls due.
pub const NEVER: Millis = Millis::MAX;

/// An obligation that was broken, named, and is owed no more.
pub const FORGIVEN: Millis = Millis::MAX - 1;

/// A process of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Process {
    /// Its id in the trace.
    pub pid: u32,
    /// Who started it.
    pub by: By,
    /// When it started.
    pub started: Millis,
    /// It is suspended.
    pub suspended: bool,
    /// When it left the foreground, if it was there.
    pub left_foreground: Option<Millis>,
    /// When it came to the foreground, if it is there.
    pub came_foreground: Option<Millis>,
    /// Started by the scheduler, and nothing was delivered to it yet: something has to be by then.
    pub owes_delivery: Option<Millis>,
    /// Until then a request marked [`Mark::Maybe`] may be delivered for the launch that it was marked for.
    pub marks_until: Millis,
    /// Something else keeps it awake.
    pub kept_awake: bool,
    /// A debugger is attached.
    pub debugger: bool,
    /// `supportedResources`, read in this process, said that the device has the GPU.
    pub gpu_told: Option<bool>,
    /// It may have lived where the trace did not look: what it registered there is not known, nor what runs in it.
    pub from_before: bool,
    /// The work of an accepted continued request has begun in it.
    pub work_began: bool,
}

/// Who started a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// The person.
    Person,
    /// The scheduler, for a task.
    Scheduler,
    /// The system, for another reason.
    Other,
}

/// A launch handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Handler {
    /// The identifier that it serves.
    pub id: Sym,
    /// Whether it is there.
    pub there: Presence,
    /// Registered after launch had finished.
    pub late: bool,
    /// The queue given at registration.
    pub queue: Text,
}

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Not known.
    Open,
}

impl Handler {
    /// The queue as a delivery shows it.
    #[must_use]
    pub fn queue_seen(&self) -> crate::op::Seen {
        if self.queue == Text::NONE {
            crate::op::Seen::Own
        } else {
            crate::op::Seen::Given(self.queue)
        }
    }
}

impl Outstanding {
    /// Whether another has the same identifier, kind and attributes.
    #[must_use]
    pub fn same_attributes(&self, other: &Self) -> bool {
        let key = |request: &Self| {
            let Self {
                id,
                kind,
                earliest,
                network,
                power,
                protection,
                strategy,
                gpu,
                title,
                subtitle,
                ..
            } = *request;
            (
                id, kind, earliest, network, power, protection, strategy, gpu, title, subtitle,
            )
        };
        key(self) == key(other)
    }

    /// Whether it is a continued request that waits for nothing.
    #[must_use]
    pub fn starts_at_once(&self) -> bool {
        self.kind == Kind::Continued && self.strategy == Strategy::Fail
    }
}

/// An accepted request that was not launched yet, or (in [`State::spent`]) not delivered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outstanding {
    /// The identifier.
    pub id: Sym,
    /// The kind.
    pub kind: Kind,
    /// Whether it is there is not known.
    pub unsure: bool,
    /// Its attributes are not known, the kind included.
    pub vague: bool,
    /// What the launch of the process says of it.
    pub mark: Mark,
    /// The earliest begin date; `Millis::MIN` for none.
    pub earliest: Millis,
    /// It requires the network.
    pub network: bool,
    /// It requires external power.
    pub power: bool,
    /// The class of data that health research needs.
    pub protection: Protection,
    /// The strategy of a continued request.
    pub strategy: Strategy,
    /// It requires the GPU.
    pub gpu: bool,
    /// The title.
    pub title: Text,
    /// The subtitle.
    pub subtitle: Text,
    /// When it has to be launched or, once launched, delivered; [`NEVER`] if never.
    pub by: Millis,
    /// The launch was simulated by the debugger.
    pub simulated: bool,
}

/// What the background launch of the process says of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Nothing.
    None,
    /// The process may have been launched for it: every condition held at that moment.
    Maybe,
    /// It may have been launched while the process was launching, which nobody could see.
    Later,
    /// The process was launched for it.
    WithProcess,
    /// It was launched, then cancelled or submitted anew: its delivery is not owed (CAN-6).
    Free,
}

/// A task between its delivery and its completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Task {
    /// The identifier.
    pub id: Sym,
    /// Which delivery of the identifier it is.
    pub n: u32,
    /// The kind.
    pub kind: Kind,
    /// The request that it was made from.
    pub request: Outstanding,
    /// Its expiration handler is set, and was not called.
    pub handler: bool,
    /// Its expiration handler was called.
    pub expired: bool,
    /// When it expired, where a rule still asks.
    pub expired_at: Millis,
    /// The queue of its launch handler.
    pub queue: Text,
    /// When its time began: the start of a process that was launched for it, else its delivery.
    pub since: Millis,
    /// A task of another kind shares its launch.
    pub shared: bool,
    /// It may be over: it has no handler, and a completion by the system would not be seen.
    pub maybe_over: bool,
    /// The runner takes its time back: it expires before the next input.
    pub taken_back: bool,
    /// The earliest time by which it has to be expired, and why.
    pub expire_by: Owed,
    /// Until then no call is owed that comes on the registration queue: the app blocked it, and unblocked it.
    pub held_until: Millis,
    /// Why a calm device may expire it, besides a stall.
    pub reasons: Reasons,
    /// The last moment that surely counts as progress, the delivery included, and child progress apart.
    pub progress_at: Millis,
    /// The last moment that may count as progress.
    pub maybe_progress_at: Millis,
    /// The last rise of child progress.
    pub child_at: Millis,
    /// The highest completed count so far.
    pub highest: i64,
    /// The last completed count.
    pub completed: i64,
    /// The last total.
    pub total: i64,
    /// Its progress was set early on.
    pub seeded: bool,
    /// Child progress, in millionths.
    pub child: i64,
    /// The stall since the last progress was laid to the app already.
    pub stall_blamed: bool,
    /// Not completing it was laid to the app already.
    pub blamed: bool,
    /// Born of a breach: it owes no deadline.
    pub in_doubt: bool,
}

impl Task {
    /// It was delivered as another kind than it should have been: which it is, is not known.
    #[must_use]
    pub const fn kind_in_doubt(&self) -> bool {
        self.in_doubt && self.request.vague
    }
}

/// A rule's obligation to expire a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Owed {
    /// The latest time; [`NEVER`] for no obligation.
    pub by: Millis,
    /// The demand.
    pub why: Why,
}

impl Owed {
    /// Nothing is owed.
    pub const NOTHING: Self = Self {
        by: NEVER,
        why: Why::Budget,
    };
}

/// Why a task has to be expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Its time is over.
    Budget,
    /// Somebody uses the device.
    Use,
    /// The person stopped it.
    Stop,
    /// It was cancelled.
    Cancel,
    /// The debugger simulates an expiration.
    Simulated,
}

/// Why a task may be expired, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Reasons(u16);

impl Reasons {
    /// The person stopped it.
    pub const STOP: Self = Self(1);
    /// A prompt was left unanswered.
    pub const IGNORED: Self = Self(2);
    /// It was cancelled.
    pub const CANCEL: Self = Self(4);
    /// The device was locked while it ran.
    pub const LOCK: Self = Self(8);
    /// The debugger simulated an expiration.
    pub const SIMULATED: Self = Self(16);
    /// The device was or may have been pressed at its last change of pressure.
    pub const USE: Self = Self(32);
    /// Its required power or network went away.
    pub const LOST: Self = Self(64);
    /// A task of the same launch was expired.
    pub const LAUNCH: Self = Self(128);

    /// The person let it go on.
    pub const CONTINUED: Self = Self(256);
    /// The app came back to the foreground while it ran.
    pub const FOREGROUND: Self = Self(512);

    /// Adds a reason.
    pub const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether it has a reason.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CardOf {
    /// The identifier of its task.
    pub id: Sym,
    /// The number of its task.
    pub n: u32,
    /// It is shown.
    pub shown: bool,
    /// What it has to do.
    pub owes: CardOwes,
    /// The latest time for that; [`NEVER`] if nothing is owed.
    pub by: Millis,
    /// Title and subtitle, as last set.
    pub texts: (Text, Text),
    /// Title and subtitle before, which it may show until `settled`.
    pub before: (Text, Text),
    /// When the last change of the texts has to have arrived.
    pub settled: Millis,
    /// What became of its task.
    pub fate: Fate,
    /// The person dismissed it.
    pub dismissed: bool,
    /// A retry may not take it away (UIX-6).
    pub stays: bool,
    /// Its texts are not known.
    pub vague: bool,
}

/// What a card has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardOwes {
    /// Nothing.
    Nothing,
    /// Appear.
    Show,
    /// Say that the task finished, or go.
    Finish,
    /// Go, since a retry replaces it.
    Go,
}

/// What became of the task of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It runs.
    Runs,
    /// It succeeded.
    Succeeded,
    /// It failed or died.
    Failed,
    /// It expired; how it was completed may show or not.
    Expired,
}

/// An asynchronous submission between its call and its completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flight {
    /// The number that the trace gives it.
    pub number: u32,
    /// The request.
    pub request: Outstanding,
    /// It has taken effect, and with which result.
    pub result: Option<FlightResult>,
    /// By when it has to complete.
    pub by: Millis,
    /// The submission came from the app itself, not from an extension.
    pub from_app: bool,
}

/// What an asynchronous submission came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlightResult {
    /// The request was accepted.
    Accepted,
    /// The request was refused with one of these codes.
    Refused(crate::see::Codes),
}

impl State {
    /// The place of the outstanding request of an identifier.
    #[must_use]
    #[inline]
    pub fn request(&self, id: Sym) -> Option<&Outstanding> {
        // Few are outstanding at once; a linear search is the fastest.
        self.requests.iter().find(|request| request.id == id)
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
            _ => self.handlers.iter().find(|handler| handler.id == id),
        }
    }
}

impl State {
    /// The state at time zero.
    #[must_use]
    pub(crate) fn at_zero(cx: &crate::context::Context) -> Self {
        Self {
            facts: cx.at_zero,
            installed: true,
            process: None,
            locked_at: None,
            places_taken: cx.places_taken.unwrap_or(0),
            places_open: false,
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
            blocked: Vec::new(),
            due: NEVER,
        }
    }

    /// Whether the runner granted or took back something that was not answered yet.
    #[must_use]
    pub fn awaits_answer(&self) -> bool {
        self.granted.is_some() || self.unheard || self.tasks.iter().any(|task| task.taken_back)
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
        self.tasks.iter_mut().for_each(|task| visit(&mut task.queue));
        for card in &mut self.cards {
            for (title, subtitle) in [&mut card.texts, &mut card.before] {
                visit(title);
                visit(subtitle);
            }
        }
        self.blocked.iter_mut().for_each(visit);
    }
}
