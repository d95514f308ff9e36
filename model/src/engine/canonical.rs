//! The canonical form of a state: two states with the same future become one.
//!
//! A state of the model says when things happened, which process it was, and which delivery of an identifier a task is.
//! What may follow hangs on less: how long ago something was, as far as a rule can tell the lengths apart, and which of
//! several alike things goes with which. So
//! - a moment that lies back further than any rule looks is put at the same small distance behind that;
//! - times are told from now on, which is zero;
//! - tasks, processes and submissions are numbered in their order, and identifiers that mean the same to every rule
//!   change places until their states stand in one order.
//!
//! Names and times are then to be read relative to the state, as the explorer does.

use std::hash::{BuildHasher, BuildHasherDefault, Hash};

use crate::apply::SEEDED_BY;
use crate::context::Context;
use crate::facts::Fact;
use crate::interner::TextHasher;
use crate::rules::continued::JUST_LEFT;
use crate::rules::data::JUST_LOCKED;
use crate::setting::Setting;
use crate::state::{By, FORGIVEN, Outstanding, State, Sym, Task};
use crate::vocabulary::{Kind, Millis};

/// What a time in a state is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// The last moment of something: over, it is all the same when.
    Until,
    /// A moment that rules look back at for so long.
    Since(Millis),
    /// A date, looked at until it has come. Of two dates that have come, the order may matter.
    Date,
}

/// How far back rules look, and which identifiers are alike.
#[derive(Debug, Clone)]
pub(crate) struct Canonical {
    budget: Millis,
    grace: Millis,
    stall: Millis,
    leaving: Millis,
    alike: Vec<Vec<Sym>>,
}

/// No time at all.
const NONE: Millis = Millis::MIN;

impl Canonical {
    /// For states of this context, where each of these groups of identifiers means the same to every rule.
    pub(crate) fn new(cx: &Context, alike: Vec<Vec<Sym>>) -> Self {
        let limits = &cx.limits;
        Self {
            budget: limits.refresh_budget.max(limits.processing_budget).unwrap_or(0),
            grace: limits.grace.unwrap_or(0),
            stall: limits.stall.unwrap_or(0),
            // Only continued requests ask when the app left the foreground.
            leaving: if cx.since(26) { JUST_LEFT } else { 0 },
            alike,
        }
    }

    /// Brings a state into its canonical form. From here on it is time zero.
    pub(crate) fn settle(&self, state: &mut State, now: Millis) {
        self.forget(state, now);
        forget_dates(state, now);
        self.each_clock(state, |time, _| *time -= now);
        number(state);
        self.order_alike(state);
    }

    /// Forgets of each moment what no rule can tell any more.
    pub(crate) fn forget(&self, state: &mut State, now: Millis) {
        for task in state.tasks.iter_mut().filter(|task| !task.expired) {
            task.expired_at = NONE;
        }
        if let Some(process) = &mut state.process {
            // Whether it is there is all that is ever asked.
            process.came_foreground = process.came_foreground.map(|_| NONE);
            if process.by != By::Scheduler {
                process.started = NONE;
            }
        }
        self.forget_launches(state, now);
        self.each_clock(state, |time, clock| match clock {
            Clock::Until if *time < now => *time = NONE,
            Clock::Since(far) if now - *time > far => *time = now - far - 1,
            Clock::Until | Clock::Since(_) | Clock::Date => {}
        });
    }

    /// Whether some rule may ever tell that time has passed.
    pub(crate) fn has_clocks(&self, state: &mut State, now: Millis) -> bool {
        let mut some = false;
        self.each_clock(state, |time, clock| {
            some |= match clock {
                Clock::Until | Clock::Date => *time >= now,
                Clock::Since(far) => now - *time <= far,
            };
        });
        some
    }

    /// Visits every time in a state that is one.
    fn each_clock(&self, state: &mut State, mut visit: impl FnMut(&mut Millis, Clock)) {
        let mut clock = |time: &mut Millis, clock: Clock| {
            if *time != NONE && *time < FORGIVEN {
                visit(time, clock);
            }
        };
        let State {
            process,
            locked_at,
            requests,
            spent,
            tasks,
            cards,
            flights,
            due,
            ..
        } = state;
        if let Some(process) = process {
            clock(&mut process.started, Clock::Since(self.budget));
            clock(&mut process.marks_until, Clock::Until);
            if let Some(by) = &mut process.owes_delivery {
                clock(by, Clock::Until);
            }
            if let Some(left) = &mut process.left_foreground {
                clock(left, Clock::Since(self.leaving));
            }
        }
        if let Some(locked) = locked_at {
            clock(locked, Clock::Since(JUST_LOCKED));
        }
        let mut request = |request: &mut Outstanding| {
            clock(&mut request.by, Clock::Until);
            clock(&mut request.earliest, Clock::Date);
        };
        requests.iter_mut().chain(spent).for_each(&mut request);
        flights.iter_mut().for_each(|flight| request(&mut flight.request));
        tasks.iter_mut().for_each(|task| request(&mut task.request));
        for task in tasks {
            self.each_clock_of(task, &mut clock);
        }
        for card in cards {
            clock(&mut card.by, Clock::Until);
            clock(&mut card.settled, Clock::Until);
        }
        for flight in flights {
            clock(&mut flight.by, Clock::Until);
        }
        clock(due, Clock::Until);
    }

    fn each_clock_of(&self, task: &mut Task, clock: &mut impl FnMut(&mut Millis, Clock)) {
        let stall = if task.kind == Kind::Continued { self.stall } else { 0 };
        let seeded = if task.seeded { 0 } else { SEEDED_BY };
        clock(&mut task.since, Clock::Since(self.budget));
        clock(&mut task.expired_at, Clock::Since(self.grace));
        clock(&mut task.expire_by.by, Clock::Until);
        clock(&mut task.held_until, Clock::Until);
        clock(&mut task.progress_at, Clock::Since(stall.max(seeded)));
        clock(&mut task.maybe_progress_at, Clock::Since(stall));
        clock(&mut task.child_at, Clock::Since(stall));
    }

    /// Tasks of one launch began at one time. Launches that lie back too far for their length are told apart by a
    /// millisecond each.
    fn forget_launches(&self, state: &mut State, now: Millis) {
        let far = now - self.budget;
        let State { process, tasks, .. } = state;
        let mut begins = process
            .iter_mut()
            .map(|process| &mut process.started)
            .chain(tasks.iter_mut().map(|task| &mut task.since))
            .filter(|begin| **begin != NONE && **begin < far)
            .collect::<Vec<_>>();
        begins.sort_unstable_by_key(|begin| std::cmp::Reverse(**begin));
        let (mut last, mut place) = (None, far);
        for begin in begins {
            if last.replace(*begin) != Some(*begin) {
                place -= 1;
            }
            *begin = place;
        }
    }

    /// Lets identifiers that are alike change names until what is held of each stands in one order.
    fn order_alike(&self, state: &mut State) {
        for group in &self.alike {
            let mut order = group.clone();
            order.sort_by_cached_key(|id| digest(state, *id));
            if order == *group {
                continue;
            }
            each_id(state, |id| {
                if let Some(place) = order.iter().position(|old| *old == *id) {
                    *id = group[place];
                }
            });
            sort(state);
        }
    }
}

/// Nothing that an answer taught of a setting is left, but that a call to expire waits for its queue: a task may be
/// waiting.
pub(crate) fn unlearn(state: &mut State, cx: &Context) {
    let taught = |setting: &&Setting| **setting != Setting::ExpirationQueue;
    for setting in Setting::ALL.iter().filter(taught) {
        let fact = Fact::Setting(*setting);
        state.facts.set(fact, cx.at_zero.mask(fact));
    }
}

/// Dates that have come keep their order and nothing else.
fn forget_dates(state: &mut State, now: Millis) {
    let State {
        requests,
        spent,
        tasks,
        flights,
        ..
    } = state;
    let requests = requests.iter_mut().chain(spent);
    let requests = requests.chain(tasks.iter_mut().map(|task| &mut task.request));
    let requests = requests.chain(flights.iter_mut().map(|flight| &mut flight.request));
    let come = |date: &Millis| *date != NONE && *date <= now;
    let mut dates: Vec<_> = requests
        .map(|request| &mut request.earliest)
        .filter(|date| come(date))
        .collect();
    dates.sort_unstable_by_key(|date| std::cmp::Reverse(**date));
    let (mut last, mut place) = (None, now + 1);
    for date in dates {
        if last.replace(*date) != Some(*date) {
            place -= 1;
        }
        *date = place;
    }
}

/// Numbers processes, tasks and submissions in their order.
fn number(state: &mut State) {
    if let Some(process) = &mut state.process {
        process.pid = 1;
    }
    for (place, flight) in (0..).zip(&mut state.flights) {
        flight.number = place;
    }
    let mut names: Vec<_> = state
        .tasks
        .iter()
        .map(|task| (task.id, task.n))
        .chain(state.cards.iter().map(|card| (card.id, card.n)))
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut n = 0;
    for place in 0..names.len() {
        let (id, old) = names[place];
        n = if place > 0 && names[place - 1].0 == id {
            n + 1
        } else {
            1
        };
        for task in state.tasks.iter_mut().filter(|task| (task.id, task.n) == (id, old)) {
            task.n = n;
        }
        for card in state.cards.iter_mut().filter(|card| (card.id, card.n) == (id, old)) {
            card.n = n;
        }
    }
}

/// All that a state holds of an identifier, its name apart.
fn digest(state: &State, id: Sym) -> u64 {
    let nameless = |request: &Outstanding| Outstanding { id: Sym(0), ..*request };
    let of = |requests: &[Outstanding]| requests.iter().find(|request| request.id == id).map(nameless);
    let tasks = state.tasks.iter().filter(|task| task.id == id).map(|task| Task {
        id: Sym(0),
        request: nameless(&task.request),
        ..*task
    });
    let cards = state.cards.iter().filter(|card| card.id == id);
    let cards = cards.map(|card| crate::state::CardOf { id: Sym(0), ..*card });
    let flights = state.flights.iter().filter(|flight| flight.request.id == id);
    let flights = flights.map(|flight| (flight.number, flight.result, flight.by, nameless(&flight.request)));
    let handler = state
        .handler(id)
        .map(|handler| (handler.there, handler.late, handler.queue, handler.swiftui));
    let waits = state.waiting.iter().position(|waiting| *waiting == id);
    let all = (
        (
            of(&state.requests),
            of(&state.spent),
            handler,
            waits,
            state.granted == Some(id),
        ),
        (
            tasks.collect::<Vec<_>>(),
            cards.collect::<Vec<_>>(),
            flights.collect::<Vec<_>>(),
        ),
    );
    hash(&all)
}

fn hash(value: &impl Hash) -> u64 {
    BuildHasherDefault::<TextHasher>::default().hash_one(value)
}

fn each_id(state: &mut State, mut visit: impl FnMut(&mut Sym)) {
    state.handlers.iter_mut().for_each(|handler| visit(&mut handler.id));
    for request in state.requests.iter_mut().chain(&mut state.spent) {
        visit(&mut request.id);
    }
    state.waiting.iter_mut().for_each(&mut visit);
    for task in &mut state.tasks {
        visit(&mut task.id);
        visit(&mut task.request.id);
    }
    state.cards.iter_mut().for_each(|card| visit(&mut card.id));
    for flight in &mut state.flights {
        visit(&mut flight.request.id);
    }
    state.granted.iter_mut().for_each(visit);
}

/// Puts every collection back into its order.
fn sort(state: &mut State) {
    state.handlers.sort_unstable_by_key(|handler| handler.id);
    state.requests.sort_unstable_by_key(|request| request.id);
    state.spent.sort_unstable_by_key(|request| request.id);
    state.tasks.sort_unstable_by_key(|task| (task.id, task.n));
    state.cards.sort_unstable_by_key(|card| (card.id, card.n));
}
