//! The rulebook as a closed system: an app, a person, a device and a scheduler, of which each does what an
//! [`Area`] lets it.
//!
//! Every state is canonical, and it is always time zero: time passes as an event, by the area's tick, as long as a rule may
//! tell. Where the rules leave a choice, each is a state of its own, a refusal without a word included. An
//! implementation is free to choose anew each time: what an answer tells of a setting is forgotten.
//!
//! What may be put to a state is in `puts`, how states are kept in `parts`.

mod parts;
mod puts;

pub use parts::Packed;
use parts::Parts;

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::apply::{apply, finish};
use crate::context::Context;
use crate::op::{Ask, Caller, Exception, Now, Op, Reply, Submission};
use crate::oracle::{Malformed, Terms, eligible, profile_of};
use crate::rule::{Id, Party, Rule};
use crate::rules::{self, Debt};
use crate::see::{Counts, Effect, Outcome, Path, Place, Said, See};
use crate::state::{State, Sym, Text};
use crate::vocabulary::Millis;

use super::areas::{Area, Step};
use super::canonical::{Canonical, unlearn};
use super::explore::System;
use super::{Specification, names};

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
        self.parts.borrow().unpack(packed)
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
        if self.cx.limits.promptness.is_some() {
            let now = Now::moment(now, APP);
            eligible::promise(&mut state, &self.cx, &now, &mut Path::default());
            finish(&mut state, &self.cx, &now);
        }
        unlearn(&mut state, &self.cx);
        self.canonical.settle(&mut state, now);
        self.parts.borrow_mut().pack(state)
    }

    /// Each state that follows if something happens at this moment.
    fn happen(&self, state: &State, ask: &Ask, caller: Caller, rule: fn(&mut See<'_>), mut each: impl FnMut(State)) {
        let now = Now::moment(0, caller);
        let mut launching = None;
        if ask.op.may_have_launched() && !self.cx.driven {
            let state = launching.insert(state.clone());
            eligible::suppose_launches(state, &self.cx, &now, &mut Path::default());
        }
        let state = launching.as_ref().unwrap_or(state);
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
            let now = Now::moment(0, caller);
            rules::duties(&mut See::new(state, &self.cx, &now, ask, path, said));
        }
    }

    /// Time passes. None: the scheduler owes something before.
    fn pass_time(&self, state: &State) -> Option<Packed> {
        let to = self.area.tick;
        let now = Now::moment(to, APP);
        let mut state = state.clone();
        while state.due < to {
            let due = state.due;
            let mut debts = Vec::new();
            rules::each_debt(&state, &self.cx, |by, debt| {
                if by <= due {
                    debts.push(debt);
                }
            });
            if debts.iter().any(|debt| debt.only_tells()) {
                debts.retain(|debt| debt.only_tells());
            }
            for debt in debts {
                let (party, rule) = rules::blame_of(&state, &self.cx, debt);
                if !matches!(debt, Debt::Over(..) | Debt::LaunchesOver | Debt::Landing(_)) {
                    self.met.borrow_mut().said.exercised.add(rule);
                }
                match debt {
                    Debt::Absence(id) => crate::apply::remove(&mut state, id),
                    Debt::Over(..) | Debt::LaunchesOver | Debt::Landing(_) => rules::pass_over(&mut state, debt),
                    Debt::Wait(_) => rules::learn_to_wait(&mut state),
                    _ if party == Party::Scheduler => return None,
                    _ => rules::forgive(&mut state, debt),
                }
            }
            finish(&mut state, &self.cx, &now);
        }
        Some(self.settle(state, to))
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
    /// The scheduler owes something before time passes, and may do nothing at all: nothing that the area has, nor any delivery
    /// that it leaves out, raised or not.
    fn is_cornered(&self, state: &State) -> bool {
        if !self.area.steps.contains(&Step::TimePasses) || state.due >= self.area.tick {
            return false;
        }
        let lands = state.flights.iter().any(|flight| flight.result.is_none());
        if lands || self.pass_time(state).is_some() {
            return false;
        }
        // It is asked aside: what has a say here was not met.
        let met = self.met.replace(Met::default());
        let mut may = false;
        let mut put = |op: Op| {
            if op.is_observation() {
                let ask = Ask::of(op);
                self.happen(state, &ask, APP, rules::decide, |_| may = true);
            }
        };
        for step in self.area.steps {
            self.ask(*step, state, &mut put);
        }
        if state.process.is_some() {
            self.deliveries(state, usize::MAX, &mut put);
            let raised = |id: &Sym| put(Op::DeliveryRaised(*id, Exception::NoHandler));
            self.ids.iter().for_each(raised);
        }
        self.met.replace(met);
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
