//! A scheduler so small that every tool can state it: for comparing tools, not for judging schedulers.
//!
//! Tasks are submitted, launched where their needs are met and a place is free, kept alive by reports, and expire where
//! two ticks pass without one. There are N of them, of which K may be active at once, and two conditions, network and power,
//! neither of which holds at the start. Task `i`, counted from 0, needs the network if `i` is odd, and power if bit 1 of `i`
//! is set.
//!
//! - `Network` and `Power` may always come or go.
//! - `Submit(i)` makes an idle task pending, `Cancel(i)` a pending one idle.
//! - `Launch(i)` makes a pending task active where its needs are met and fewer than K are; it is fresh.
//! - `Tick`, where any task runs: what was stale is expiring, what was fresh is stale.
//! - `Report(i)` makes a stale task fresh; `Complete(i)` an active one idle.
//!
//! | N | K | states | transitions, the initial state included |
//! |---|---|---|---|
//! | 6 | 2 | 11,200 | 109,425 |
//! | 8 | 3 | 271,360 | 3,341,505 |
//! | 10 | 3 | 2,139,136 | 30,806,017 |
//!
//! The states of ten tasks lie on 20 levels, the start included. Tests assert these counts, by our search and by another model checker.

use super::Specification;
use super::explore::System;

/// So many tasks, of which so many may be active at once.
#[derive(Debug, Clone, Copy)]
pub struct Workload {
    /// How many tasks there are, ten at most.
    pub tasks: u32,
    /// How many of them may be active.
    pub active: u32,
}

/// A state: three bits a task, and a bit for each condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct State(u32);

/// What a task does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
enum Task {
    Idle,
    Pending,
    /// It runs, and has just reported.
    Fresh,
    /// It runs, and a tick has passed since.
    Stale,
    Expiring,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The network comes or goes.
    Network,
    /// Power comes or goes.
    Power,
    /// An idle task is submitted.
    Submit(u32),
    /// A pending task is cancelled.
    Cancel(u32),
    /// A pending task is launched.
    Launch(u32),
    /// A task that was stale reports.
    Report(u32),
    /// Time passes for every running task.
    Tick,
    /// An active task completes.
    Complete(u32),
}

const NETWORK: u32 = 1 << 30;
const POWER: u32 = 1 << 31;

impl State {
    fn task(self, task: u32) -> Task {
        match self.0 >> (3 * task) & 7 {
            0 => Task::Idle,
            1 => Task::Pending,
            2 => Task::Fresh,
            3 => Task::Stale,
            _ => Task::Expiring,
        }
    }

    fn with(self, task: u32, is: Task) -> Self {
        Self(self.0 & !(7 << (3 * task)) | (is as u32) << (3 * task))
    }

    fn is_active(self, task: u32) -> bool {
        matches!(self.task(task), Task::Fresh | Task::Stale | Task::Expiring)
    }

    fn meets_needs_of(self, task: u32) -> bool {
        let network = task & 1 == 0 || self.0 & NETWORK != 0;
        let power = task & 2 == 0 || self.0 & POWER != 0;
        network && power
    }
}

impl Workload {
    /// Every task is idle, and there is neither network nor power.
    pub const START: State = State(0);

    /// Whether no more are active than may be.
    #[must_use]
    pub fn keeps_limit(&self, state: State) -> bool {
        self.active_in(state) <= self.active
    }

    /// Every event, whether it may happen now or not.
    pub fn events(&self) -> impl Iterator<Item = Event> {
        let of_tasks = (0..self.tasks).flat_map(|task| {
            [
                Event::Submit(task),
                Event::Cancel(task),
                Event::Launch(task),
                Event::Report(task),
                Event::Complete(task),
            ]
        });
        [Event::Network, Event::Power, Event::Tick].into_iter().chain(of_tasks)
    }

    fn active_in(&self, state: State) -> u32 {
        (0..self.tasks).map(|task| u32::from(state.is_active(task))).sum()
    }

    fn tick(&self, state: State) -> Option<State> {
        let mut next = state;
        for task in 0..self.tasks {
            next = match state.task(task) {
                Task::Fresh => next.with(task, Task::Stale),
                Task::Stale => next.with(task, Task::Expiring),
                Task::Idle | Task::Pending | Task::Expiring => next,
            };
        }
        (next != state).then_some(next)
    }

    /// The state that follows, if the event may happen.
    #[must_use]
    pub fn next(&self, state: State, event: Event) -> Option<State> {
        let moves = |task, from: Task, to| (state.task(task) == from).then(|| state.with(task, to));
        match event {
            Event::Network => Some(State(state.0 ^ NETWORK)),
            Event::Power => Some(State(state.0 ^ POWER)),
            Event::Submit(task) => moves(task, Task::Idle, Task::Pending),
            Event::Cancel(task) => moves(task, Task::Pending, Task::Idle),
            Event::Launch(task) => {
                let may = state.meets_needs_of(task) && self.active_in(state) < self.active;
                moves(task, Task::Pending, Task::Fresh).filter(|_| may)
            }
            Event::Report(task) => moves(task, Task::Stale, Task::Fresh),
            Event::Tick => self.tick(state),
            Event::Complete(task) => state.is_active(task).then(|| state.with(task, Task::Idle)),
        }
    }
}

impl Specification for Workload {
    type State = State;
    type Event = Event;

    fn follow(&self, state: &State, event: &Event, each: impl FnMut(State)) {
        self.next(*state, *event).into_iter().for_each(each);
    }
}

impl System for Workload {
    fn start(&self) -> State {
        Self::START
    }

    fn events(&self, _: &State, each: impl FnMut(Event)) {
        Workload::events(self).for_each(each);
    }

    fn broken(&self, state: &State) -> Option<&'static str> {
        (!self.keeps_limit(*state)).then_some("no more are active than may be")
    }
}
