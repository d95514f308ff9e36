//! The rulebook as a closed system: an app, a person, a device and a scheduler, of which each does what an
//! [`Area`](super::areas::Area) lets it.
//!
//! Every state is canonical, and it is always time zero: time passes as an event, by the area's tick, as long as a rule may
//! tell. Where the rules leave a choice, each is a state of its own, a refusal without a word included. An
//! implementation is free to choose anew each time: what an answer tells of a setting is forgotten.
//!
//! States are packed: each part (the facts, the process, the requests, the tasks) is kept once, however many states have
//! it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{BuildHasherDefault, Hash};

use indexmap::IndexSet;

use crate::apply::{apply, finish};
use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::interner::TextHasher;
use crate::op::{Ask, Caller, Death, Now, Op, Reply, Seen, Submission, TaskRef};
use crate::oracle::profile_of;
use crate::oracle::{Malformed, Terms};
use crate::rule::{Id, Party, Rule};
use crate::rules;
use crate::see::{Counts, Effect, Outcome, Path, Place, Said, See};
use crate::state::{CardOf, Flight, Handler, Outstanding, Process, State, Sym, Task, Text};
use crate::vocabulary::{Millis, Strategy};

use super::areas::{Area, Request, Step};
use super::canonical::{Canonical, unlearn};
use super::explore::System;
use super::{Specification, names};

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
    granted: Option<Sym>,
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
struct Parts {
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
    fn pack(&mut self, state: State) -> Packed {
        Packed {
            rest: self.rest.keep(Rest {
                facts: state.facts,
                installed: state.installed,
                locked_at: state.locked_at,
                places_taken: state.places_taken,
                granted: state.granted,
                blocked: state.blocked,
            }),
            process: self.process.keep(state.process),
            handlers: self.handlers.keep(state.handlers),
            requests: self.requests.keep((state.requests, state.waiting)),
            spent: self.spent.keep(state.spent),
            tasks: self.tasks.keep(state.tasks),
            cards: self.cards.keep(state.cards),
            flights: self.flights.keep(state.flights),
            due: u32::try_from(state.due).unwrap_or(u32::MAX),
        }
    }

    fn unpack(&self, packed: Packed, cx: &Context) -> State {
        let rest = self.rest.get(packed.rest);
        let (requests, waiting) = self.requests.get(packed.requests);
        State {
            facts: rest.facts,
            installed: rest.installed,
            locked_at: rest.locked_at,
            places_taken: rest.places_taken,
            granted: rest.granted,
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
                crate::state::NEVER
            } else {
                Millis::from(packed.due)
            },
            ..State::at_zero(cx)
        }
    }
}

/// What the search has met.
#[derive(Debug, Default)]
struct Met {
    path: Path,
    said: Said,
    /// Which rule led to which effect.
    outcomes: BTreeSet<(Option<Id>, &'static str)>,
    /// In how many states the scheduler can no longer do what it owes.
    cornered: u64,
    /// Parts of the vocabulary of states, events and effects.
    parts: BTreeSet<&'static str>,
}

/// One area, closed.
#[derive(Debug)]
pub struct World {
    cx: Context,
    area: &'static Area,
    ids: Vec<Sym>,
    queue: Text,
    canonical: Canonical,
    parts: RefCell<Parts>,
    met: RefCell<Met>,
}

/// What is put to a state.
#[derive(Debug, Clone)]
pub enum Put {
    /// Time passes.
    TimePasses,
    /// An event, whatever is answered to it.
    Event(Box<Ask>, Caller),
}

const APP: Caller = Caller {
    app: true,
    schedules: false,
    person: true,
    main_thread: false,
};

/// All of it at one moment.
const fn moment(at: Millis, caller: Caller) -> Now {
    Now {
        earliest: at,
        at,
        latest: at,
        caller,
    }
}

impl World {
    /// The system of an area.
    ///
    /// # Errors
    /// The area pins a setting that there is not.
    pub fn new(area: &'static Area) -> Result<Self, Malformed> {
        let header = area.header();
        let (_, os, profile) = profile_of(&header, &Terms::default())?;
        let mut cx = Context::new(&header, os, profile, 0);
        let ids: Vec<_> = area.ids.iter().map(|(id, _)| cx.id(id)).collect();
        let queue = cx.text(Some("work"));
        cx.text(Some("Title"));
        let mut alike: Vec<Vec<Sym>> = Vec::new();
        for (id, (_, kind)) in ids.iter().zip(area.ids) {
            let kind_of = |group: &Vec<Sym>| area.ids[group[0].0 as usize].1;
            match alike.iter_mut().find(|group| kind_of(group) == *kind) {
                Some(group) => group.push(*id),
                None => alike.push(vec![*id]),
            }
        }
        alike.retain(|group| group.len() > 1);
        Ok(Self {
            canonical: Canonical::new(&cx, alike),
            cx,
            area,
            ids,
            queue,
            parts: RefCell::default(),
            met: RefCell::default(),
        })
    }

    /// The state, whole.
    #[must_use]
    pub fn unpack(&self, packed: Packed) -> State {
        self.parts.borrow().unpack(packed, &self.cx)
    }

    /// How often each rule had a say.
    #[must_use]
    pub fn exercised(&self) -> Counts {
        self.met.borrow().said.exercised.clone()
    }

    /// Which rule led to which effect; none where no rule has a say.
    #[must_use]
    pub fn outcomes(&self) -> BTreeSet<(Option<Id>, &'static str)> {
        self.met.borrow().outcomes.clone()
    }

    /// In how many states the scheduler owes something before time passes and may do nothing at all: an earlier choice
    /// that no rule forbade led there, and what follows is a breach.
    #[must_use]
    pub fn cornered(&self) -> u64 {
        self.met.borrow().cornered
    }

    /// The parts of states, the events and the effects that were met, by name.
    #[must_use]
    pub fn parts(&self) -> BTreeSet<&'static str> {
        self.met.borrow().parts.clone()
    }

    fn settle(&self, mut state: State, now: Millis) -> Packed {
        unlearn(&mut state, &self.cx);
        self.canonical.settle(&mut state, now);
        self.parts.borrow_mut().pack(state)
    }

    /// Each state that follows if something happens at this moment.
    fn happen(&self, state: &State, ask: &Ask, caller: Caller, rule: fn(&mut See<'_>), mut each: impl FnMut(State)) {
        let now = moment(0, caller);
        let outcomes = self.outcomes_of(state, ask, &now, rule);
        for outcome in &outcomes {
            let mut next = state.clone();
            apply(&mut next, &self.cx, &now, ask, outcome);
            each(next);
        }
        self.met.borrow_mut().said.outcomes = outcomes;
    }

    fn outcomes_of(&self, state: &State, ask: &Ask, now: &Now, rule: fn(&mut See<'_>)) -> Vec<Outcome> {
        let Met {
            path,
            said,
            outcomes,
            parts,
            ..
        } = &mut *self.met.borrow_mut();
        said.forbidden.clear();
        said.instead.clear();
        said.also.clear();
        said.outcomes.clear();
        path.clear();
        rule(&mut See::new(state, &self.cx, now, ask, path, said));
        while path.next_way() {
            rule(&mut See::new(state, &self.cx, now, ask, path, said));
        }
        let mut found = std::mem::take(&mut said.outcomes);
        for place in 0..found.len() {
            outcomes.insert((found[place].by.map(|rule| rule.id), names::effect(&found[place].effect)));
            parts.insert(names::effect(&found[place].effect));
            if found[place].effect == Effect::MayPut {
                let refused = Outcome {
                    effect: Effect::Nothing,
                    ..found[place].clone()
                };
                found[place].effect = Effect::Put(Place::Back);
                found.push(refused);
            }
        }
        if !found.is_empty() {
            parts.insert(names::op(&ask.op));
        }
        found
    }

    fn note_duties(&self, state: &State, ask: &Ask, caller: Caller) {
        if rules::has_duties(&ask.op) {
            let Met { path, said, .. } = &mut *self.met.borrow_mut();
            said.duties.clear();
            path.clear();
            let now = moment(0, caller);
            rules::duties(&mut See::new(state, &self.cx, &now, ask, path, said));
        }
    }

    /// Time passes. None: the scheduler owes something before.
    fn pass_time(&self, state: &State) -> Option<Packed> {
        let to = self.area.tick;
        let mut state = state.clone();
        while state.due < to {
            let mut debts = Vec::new();
            rules::each_debt(&state, &self.cx, |by, debt| {
                if by < to {
                    debts.push(debt);
                }
            });
            for debt in debts {
                let (party, rule) = rules::blame_of(&state, &self.cx, debt);
                self.met.borrow_mut().said.exercised.add(rule);
                match debt {
                    rules::Debt::Absence(id) => crate::apply::remove(&mut state, id),
                    rules::Debt::Wait(_) => rules::learn_to_wait(&mut state),
                    _ if party == Party::Scheduler => return None,
                    _ => rules::forgive(&mut state, debt),
                }
            }
            finish(&mut state, &self.cx, &moment(to, APP));
        }
        Some(self.settle(state, to))
    }

    // ---- what may be put to a state

    fn ask(&self, step: Step, state: &State, mut put: impl FnMut(Op)) {
        let alive = state.process.is_some();
        let awake = state.process.is_some_and(|process| !process.suspended);
        let foreground = state.facts.surely(Fact::Foreground);
        let finished = state.facts.surely(Fact::Finished);
        let each_task = |put: &mut dyn FnMut(TaskRef)| {
            for task in &state.tasks {
                put(TaskRef { id: task.id, n: task.n });
            }
        };
        let each_id = |put: &mut dyn FnMut(Sym)| self.ids.iter().for_each(|id| put(*id));
        match step {
            Step::TimePasses => {}
            Step::Starts(by) if !alive && state.installed => put(Op::Started { pid: 1, by }),
            Step::FinishesLaunching if alive && !finished => put(Op::LaunchFinished),
            Step::Foreground if alive && !foreground => put(Op::Foreground),
            Step::Background if foreground => put(Op::Background),
            Step::KeptAwake if alive => {
                let kept = state.process.is_some_and(|process| process.kept_awake);
                put(Op::KeptAwake(!kept));
            }
            Step::Dies(Death::ForceQuit) if state.installed => put(Op::Dies(Death::ForceQuit)),
            Step::Dies(death) if alive => put(Op::Dies(death)),
            Step::Reboots => put(Op::Reboot),
            Step::Updated if state.installed => put(Op::Updated { upgrades: false }),
            Step::Uninstalled if state.installed => put(Op::Uninstalled),
            Step::Installed if !state.installed => put(Op::Installed),
            Step::Device(change) => {
                let locked_in_front = foreground && change.locked == Some(true);
                let mut facts = state.facts;
                crate::context::tell(&mut facts, &change);
                let places = change.places_taken.is_some_and(|places| places != state.places_taken);
                if !locked_in_front && (facts != state.facts || places) {
                    put(Op::Device(change));
                }
            }
            Step::Person(does) => {
                let cards = state.cards.iter().map(|card| TaskRef { id: card.id, n: card.n });
                cards.for_each(|card| put(Op::Person(does, card)));
            }
            Step::Debugger if alive => {
                let attached = state.process.is_some_and(|process| process.debugger);
                put(Op::Debugger(!attached));
            }
            Step::SimulatesLaunch if awake => each_id(&mut |id| put(Op::SimulateLaunch(id))),
            Step::SimulatesExpiration if awake => each_id(&mut |id| put(Op::SimulateExpiration(id))),
            Step::Grants if !state.awaits_answer() => each_id(&mut |id| put(Op::Grant(id))),
            Step::TakesBack if !state.awaits_answer() => each_task(&mut |task| put(Op::TakeBack(task))),
            Step::Settles if state.awaits_answer() => put(Op::Settle),
            Step::Registers if awake => each_id(&mut |id| {
                put(Op::Register {
                    id,
                    queue: self.queue,
                    swiftui: false,
                })
            }),
            Step::Submits(request) if awake => self.submits(request, |request| {
                put(Op::Submit(Submission { request, number: None }));
            }),
            Step::SubmitsInFlight(request) if awake && state.flights.len() < self.area.flights => {
                let number = Some(state.flights.len() as u32);
                self.submits(request, |request| put(Op::Submit(Submission { request, number })));
            }
            Step::Cancels if awake => each_id(&mut |id| put(Op::Cancel(id))),
            Step::CancelsAll if awake => put(Op::CancelAll),
            Step::Lists if awake => put(Op::Pending),
            Step::SetsHandler(set) if awake => each_task(&mut |task| put(Op::SetExpirationHandler { task, set })),
            Step::Progresses(total, completed, child) if awake => each_task(&mut |task| {
                put(Op::Progress {
                    task,
                    total,
                    completed,
                    child,
                });
            }),
            Step::Completes(success) if awake => each_task(&mut |task| put(Op::Complete { task, success })),
            Step::BlocksQueue if awake => put(Op::BlockQueue(self.queue)),
            Step::UnblocksQueue if awake => put(Op::UnblockQueue(self.queue)),
            Step::Reads(class) if awake => put(Op::ProtectedRead(class)),
            Step::Launched if !alive && state.installed => put(Op::Launched { pid: 1, known: false }),
            Step::Delivered if alive => self.deliveries(state, |task, kind| {
                let queue = Seen::No;
                put(Op::Delivered { task, kind, queue });
            }),
            Step::DeliveryRaised if alive => each_id(&mut |id| {
                put(Op::DeliveryRaised(id, crate::op::Exception::NoHandler));
            }),
            Step::Expires if alive => each_task(&mut |task| put(Op::Expired { task, queue: Seen::No })),
            Step::CompletedBySystem if alive => each_task(&mut |task| put(Op::CompletedBySystem(task))),
            Step::Suspended if awake => put(Op::Suspended),
            Step::Killed(cause) if alive => put(Op::Killed(cause)),
            Step::Card(is) => {
                for card in &state.cards {
                    let task = TaskRef { id: card.id, n: card.n };
                    let (title, subtitle) = (None, None);
                    put(Op::Card {
                        task,
                        is,
                        title,
                        subtitle,
                    });
                }
            }
            Step::SubmissionCompletes(error) => {
                for flight in &state.flights {
                    let number = flight.number;
                    put(Op::SubmissionCompleted {
                        number,
                        error,
                        foreign: false,
                    });
                }
            }
            _ => {}
        }
    }

    fn submits(&self, of: Request, mut put: impl FnMut(Outstanding)) {
        for (id, (_, kind)) in self.ids.iter().zip(self.area.ids) {
            if !of.kinds.contains(kind) {
                continue;
            }
            let continued = *kind == crate::vocabulary::Kind::Continued;
            let title = if continued { Text(self.queue.0 + 1) } else { Text::NONE };
            put(Outstanding {
                earliest: of.in_ms.unwrap_or(Millis::MIN),
                network: of.network,
                power: of.power,
                strategy: if of.fails { Strategy::Fail } else { Strategy::default() },
                title,
                subtitle: title,
                ..Outstanding::of(*id, of.as_kind.unwrap_or(*kind))
            });
        }
    }

    /// Each request that is there, as the delivery that it would be.
    fn deliveries(&self, state: &State, mut put: impl FnMut(TaskRef, crate::vocabulary::Kind)) {
        for id in &self.ids {
            let of = |request: &&Outstanding| request.id == *id;
            let mut kinds: Vec<_> = state
                .requests
                .iter()
                .chain(&state.spent)
                .filter(of)
                .map(|request| request.kind)
                .collect();
            kinds.sort_unstable();
            kinds.dedup();
            let tasks = state.tasks.iter().filter(|task| task.id == *id).map(|task| task.n);
            let cards = state.cards.iter().filter(|card| card.id == *id).map(|card| card.n);
            let n = tasks.chain(cards).max().unwrap_or(0) + 1;
            if n as usize <= self.area.tasks {
                kinds.iter().for_each(|kind| put(TaskRef { id: *id, n }, *kind));
            }
        }
    }
}

impl Specification for World {
    type State = Packed;
    type Event = Put;

    fn follow(&self, packed: &Packed, event: &Put, mut each: impl FnMut(Packed)) {
        let state = self.unpack(*packed);
        match event {
            Put::TimePasses => self.pass_time(&state).into_iter().for_each(each),
            Put::Event(ask, caller) => {
                self.note_duties(&state, ask, *caller);
                let land = matches!(&ask.op, Op::Submit(Submission { number: Some(number), .. })
                    if state.flights.iter().any(|flight| flight.number == *number && flight.result.is_none()));
                let rule = if land { super::rulebook::land } else { rules::decide };
                self.happen(&state, ask, *caller, rule, |next| each(self.settle(next, 0)));
            }
        }
    }
}

impl System for World {
    fn start(&self) -> Packed {
        self.settle(State::at_zero(&self.cx), 0)
    }

    fn events(&self, packed: &Packed, mut each: impl FnMut(Put)) {
        let mut state = self.unpack(*packed);
        let mut put = |op: Op, caller| {
            // What the runner asked for is answered, or the line settles it, before anything else.
            if state.awaits_answer() && !op.is_observation() && !matches!(op, Op::Settle) {
                return;
            }
            let reply = if op.is_observation() {
                Reply::Nothing
            } else {
                Reply::Open
            };
            each(Put::Event(Box::new(Ask { reply, ..Ask::of(op) }), caller));
        };
        for step in self.area.steps {
            self.ask(*step, &state, |op| put(op, APP));
        }
        for flight in state.flights.iter().filter(|flight| flight.result.is_none()) {
            let caller = Caller {
                schedules: true,
                person: false,
                ..APP
            };
            let (request, number) = (flight.request, Some(flight.number));
            put(Op::Submit(Submission { request, number }), caller);
        }
        let waits = state.awaits_answer();
        if !waits && self.area.steps.contains(&Step::TimePasses) && self.canonical.has_clocks(&mut state, 0) {
            each(Put::TimePasses);
        }
    }

    fn broken(&self, packed: &Packed) -> Option<&'static str> {
        let state = self.unpack(*packed);
        names::each_of(&state, |name| {
            self.met.borrow_mut().parts.insert(name);
        });
        if self.is_cornered(&state) {
            self.met.borrow_mut().cornered += 1;
        }
        super::invariants::INVARIANTS
            .iter()
            .find(|(_, holds)| !holds(&state, &self.cx))
            .map(|(what, _)| *what)
    }
}

impl World {
    /// The scheduler owes something before time passes, and may do nothing at all.
    fn is_cornered(&self, state: &State) -> bool {
        if !self.area.steps.contains(&Step::TimePasses) || state.due >= self.area.tick {
            return false;
        }
        let lands = state.flights.iter().any(|flight| flight.result.is_none());
        if lands || self.pass_time(state).is_some() {
            return false;
        }
        let mut may = false;
        for step in self.area.steps {
            self.ask(*step, state, |op| {
                if op.is_observation() {
                    let ask = Ask::of(op);
                    self.happen(state, &ask, APP, rules::decide, |_| may = true);
                }
            });
        }
        !may
    }
}

/// Every rule of the areas that a system takes in, in force in its version.
pub fn rules_of(area: &Area) -> impl Iterator<Item = &'static Rule> {
    let os = area.version();
    rules::all().filter(move |rule| area.about.contains(&rule.id.area) && rule.in_force(os))
}

/// The name of every part of a state, every event and every effect that the model knows.
#[must_use]
pub fn all_parts() -> BTreeSet<&'static str> {
    names::all().collect()
}

/// What holds in every state, in words.
pub fn invariants() -> impl Iterator<Item = &'static str> {
    super::invariants::INVARIANTS.iter().map(|(what, _)| *what)
}
