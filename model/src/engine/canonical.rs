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

mod alike;

use std::cmp::Reverse;

use crate::apply::SEEDED_BY;
use crate::context::Context;
use crate::facts::Fact;
use crate::rules::data::JUST_LOCKED;
use crate::rules::launch::together;
use crate::rules::registration::SOON;
use crate::setting::Setting;
use crate::state::{CardOf, Excuses, FORGIVEN, Flight, Outstanding, Owed, Process, State, Sym, Task};
use crate::vocabulary::{Kind, Millis};

/// What a time in a state is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// The last moment of something: over, it is all the same when.
    Until,
    /// A moment that rules look back at for so long.
    Since(Millis),
    /// The beginning of a task: looked back at as long as a budget lasts, and for how far two of them lie apart.
    Begin,
    /// A date, looked at until it has come. Of two dates that have come, the order may matter.
    Date,
}

/// A moment that no rule looks back at.
const UNASKED: Clock = Clock::Since(-1);

/// How far back rules look, and which identifiers are alike. A length that has no number asks for no time.
#[derive(Debug, Clone)]
pub(crate) struct Canonical {
    budget: Option<Millis>,
    grace: Clock,
    stall: Option<Millis>,
    leaving: Clock,
    /// Two tasks that begin further apart than this are not of one launch.
    together: Millis,
    alike: Vec<Vec<Sym>>,
}

/// No time at all.
const NONE: Millis = Millis::MIN;

fn since(length: Option<Millis>) -> Clock {
    length.map_or(UNASKED, Clock::Since)
}

impl Canonical {
    /// For states of this context, where each of these groups of identifiers means the same to every rule.
    pub(crate) fn new(cx: &Context, alike: Vec<Vec<Sym>>) -> Self {
        let limits = &cx.limits;
        Self {
            // Otherwise the budget is owed from the delivery on, and what began it is not asked again (EXP-17).
            budget: limits
                .refresh_budget
                .max(limits.processing_budget)
                .filter(|_| cx.driven),
            grace: since(limits.grace),
            stall: limits.stall,
            // Only continued requests ask when the app left the foreground.
            leaving: since(limits.leaving.filter(|_| cx.since(26))),
            together: together(cx),
            alike,
        }
    }

    /// Brings a state into its canonical form. From here on it is time zero.
    pub(crate) fn settle(&self, state: &mut State, now: Millis) {
        self.forget(state, now);
        forget_dates(state, now);
        self.each_clock(state, |time, _| *time -= now);
        number(state);
        alike::order(state, &self.alike);
    }

    /// Forgets of each moment what no rule can tell any more.
    fn forget(&self, state: &mut State, now: Millis) {
        for task in state.tasks.iter_mut().filter(|task| !task.expired) {
            task.expired_at = NONE;
        }
        if let Some(process) = &mut state.process
            && process.suspended
        {
            // The time of a suspension is nobody's: it may as well have begun now.
            let slept = now - process.suspended_at;
            process.suspended_at = now;
            crate::rules::progress::sleeps(state, slept);
        }
        if let Some(process) = &mut state.process
            && process.launches_until < now
        {
            // Whether there was anything to be over or not.
            process.launches_over = true;
        }
        self.forget_begins(state, now);
        self.each_clock(state, |time, clock| match clock {
            Clock::Until if *time < now => *time = NONE,
            Clock::Since(far) if now - *time > far => *time = now - far - 1,
            Clock::Until | Clock::Since(_) | Clock::Begin | Clock::Date => {}
        });
    }

    /// Whether some rule may ever tell that time has passed.
    pub(crate) fn has_clocks(&self, state: &mut State, now: Millis) -> bool {
        let mut some = false;
        let budget = self.budget.unwrap_or(-1);
        self.each_clock(state, |time, clock| {
            some |= match clock {
                Clock::Until => *time >= now,
                Clock::Since(far) => now - *time <= far,
                Clock::Begin => now - *time <= budget,
                Clock::Date => *time > now,
            };
        });
        some
    }

    /// Visits every time in a state that is one. Whoever adds a field says here what it is.
    fn each_clock(&self, state: &mut State, mut visit: impl FnMut(&mut Millis, Clock)) {
        let mut clock = |time: &mut Millis, clock: Clock| {
            if *time != NONE && *time < FORGIVEN {
                visit(time, clock);
            }
        };
        let State {
            open: _,
            facts: _,
            installed: _,
            process,
            locked_at,
            places_taken: _,
            places_open: _,
            handlers: _,
            requests,
            waiting: _,
            spent,
            tasks,
            cards,
            flights,
            granted: _,
            unheard: _,
            working: _,
            blocked: _,
            due,
        } = state;
        if let Some(process) = process {
            self.each_clock_of_process(process, &mut clock);
        }
        if let Some(locked) = locked_at {
            clock(locked, Clock::Since(JUST_LOCKED));
        }
        for request in requests.iter_mut().chain(spent) {
            each_clock_of_request(request, &mut clock);
        }
        for task in tasks {
            self.each_clock_of_task(task, &mut clock);
        }
        for card in cards {
            each_clock_of_card(card, &mut clock);
        }
        for flight in flights {
            let Flight {
                number: _,
                request,
                result: _,
                by,
                from_app: _,
            } = flight;
            each_clock_of_request(request, &mut clock);
            clock(by, Clock::Until);
        }
        clock(due, Clock::Until);
    }

    fn each_clock_of_process(&self, process: &mut Process, clock: &mut impl FnMut(&mut Millis, Clock)) {
        let Process {
            pid: _,
            by: _,
            suspended: _,
            suspended_at,
            delivered_on_own,
            left_foreground,
            owes_delivery,
            launches_until,
            launches_over: _,
            kept_awake: _,
            debugger: _,
            gpu_told: _,
            from_before: _,
            work_began: _,
        } = process;
        // Where it is suspended, that is now.
        clock(suspended_at, UNASKED);
        clock(launches_until, Clock::Until);
        let mut optional = |time: &mut Option<Millis>, is: Clock| {
            if let Some(time) = time {
                clock(time, is);
            }
        };
        optional(delivered_on_own, Clock::Since(SOON));
        optional(left_foreground, self.leaving);
        optional(owes_delivery, Clock::Until);
    }

    fn each_clock_of_task(&self, task: &mut Task, clock: &mut impl FnMut(&mut Millis, Clock)) {
        let Task {
            id: _,
            n: _,
            kind,
            request,
            handler: _,
            expired: _,
            expires_unseen: _,
            expired_at,
            queue: _,
            since: begin,
            with_start: _,
            company: _,
            maybe_over: _,
            taken_back: _,
            expire_by: Owed { by, why: _ },
            held_until,
            excuses,
            texts: _,
            cancelled: _,
            continued: _,
            returned: _,
            hook_raises,
            progress_at,
            maybe_progress_at,
            child_at,
            highest: _,
            completed: _,
            total: _,
            seeded,
            child: _,
            stall_blamed: _,
            blamed: _,
            in_doubt: _,
        } = task;
        let stall = self.stall.filter(|_| *kind == Kind::Continued);
        let seeded = (*kind == Kind::Continued && !*seeded).then_some(SEEDED_BY);
        each_clock_of_request(request, clock);
        clock(begin, Clock::Begin);
        clock(expired_at, self.grace);
        clock(by, Clock::Until);
        clock(held_until, Clock::Until);
        clock(hook_raises, Clock::Until);
        clock(progress_at, since(stall.max(seeded)));
        clock(maybe_progress_at, since(stall));
        clock(child_at, since(stall));
        let Excuses {
            stop,
            cancel,
            simulated,
            launch,
            prompt,
            // It begins and ends by events alone.
            lock: _,
            lost,
            used,
        } = excuses;
        for excuse in [stop, cancel, simulated, launch, prompt, lost, used] {
            clock(excuse.end_mut(), Clock::Until);
        }
    }

    /// Tasks that began longer ago than any budget lasts: how far apart they lie is told apart as long as they may be of
    /// one launch.
    fn forget_begins(&self, state: &mut State, now: Millis) {
        let line = now - self.budget.unwrap_or(-1);
        let mut begins: Vec<_> = state.tasks.iter_mut().map(|task| &mut task.since).collect();
        begins.sort_unstable_by_key(|begin| Reverse(**begin));
        // The one that began next, as it was and as it is now.
        let mut next: Option<(Millis, Millis)> = None;
        for begin in begins {
            let was = *begin;
            if was < line {
                let near = |(then, is): (Millis, Millis)| is - (then - was).min(self.together + 1);
                *begin = next.map_or(line - 1, near).min(line - 1);
            }
            next = Some((was, *begin));
        }
    }
}

fn each_clock_of_request(request: &mut Outstanding, clock: &mut impl FnMut(&mut Millis, Clock)) {
    let Outstanding {
        id: _,
        kind: _,
        unsure: _,
        vague: _,
        mark: _,
        earliest,
        network: _,
        power: _,
        protection: _,
        strategy: _,
        gpu: _,
        title: _,
        subtitle: _,
        by,
        until,
        simulated: _,
        loose: _,
    } = request;
    clock(earliest, Clock::Date);
    clock(by, Clock::Until);
    clock(until, Clock::Until);
}

fn each_clock_of_card(card: &mut CardOf, clock: &mut impl FnMut(&mut Millis, Clock)) {
    let CardOf {
        id: _,
        n: _,
        shown: _,
        owes: _,
        by,
        texts: _,
        before: _,
        painted: _,
        settled,
        fate: _,
        dismissed: _,
        stays,
        maybe_gone: _,
        vague: _,
    } = card;
    clock(by, Clock::Until);
    clock(settled, Clock::Until);
    clock(stays, Clock::Until);
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
