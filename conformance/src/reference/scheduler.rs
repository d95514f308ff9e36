//! The scheduler as its callers see it: a handle that any thread may use.
//!
//! One lock holds the whole state. Every call takes it once, first lets the time that has passed take its effect, then
//! takes its own effect, and then does what has fallen due by it: so calls of several threads behave as if they had come
//! one after another, and every event belongs to the call that caused it. Listeners run without the lock and may call
//! the scheduler.

use bgspec_model::vocabulary::{
    Answer, Device, Empty, Event, Identifier, Millis, Record, Request, Started, Starter, TaskName,
};

use super::choices::Choices;
use super::clock::Clock;
use super::conditions::Obstacle;
use super::errors::{Raised, SubmitError};
use super::facts::Facts;
use super::outlet::Outlet;
use super::state::State;
use super::sync::{Arc, Mutex, lock};
#[cfg(test)]
use super::sync::{Race, between, is_torn, seeded};

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Caller {
    /// The app.
    #[default]
    App,
    /// The extension of this name.
    Extension(String),
}

/// A scheduler of one app on one device. Its clones are the same scheduler.
#[derive(Clone)]
pub struct Scheduler {
    shared: Arc<Shared>,
}

struct Shared {
    clock: Box<dyn Clock>,
    state: Mutex<State>,
    outlet: Outlet,
}

impl Scheduler {
    /// A scheduler with the default choices: nothing is outstanding, no process of the app lives, and nothing is
    /// launched unless it is granted ([`Scheduler::grant`]).
    #[must_use]
    pub fn new(clock: impl Clock, facts: Facts) -> Self {
        Self::with(clock, facts, Choices::default())
    }

    /// A scheduler that chooses otherwise where the rules leave it the choice.
    #[must_use]
    pub fn with(clock: impl Clock, facts: Facts, choices: Choices) -> Self {
        let state = Mutex::new(State::new(facts, choices, clock.now()));
        let shared = Shared {
            clock: Box::new(clock),
            state,
            outlet: Outlet::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    // ---- calls of the app

    /// `register(forTaskWithIdentifier:using:launchHandler:)`, on the named queue or on the scheduler's own.
    ///
    /// The launch handler is whoever reads the events: [`Scheduler::take_events`], [`Scheduler::listen`].
    ///
    /// # Errors
    /// The exception: registered twice, or (before iOS 26) after the end of launching.
    pub fn register(&self, id: impl Into<Identifier>, queue: Option<&str>) -> Result<bool, Raised> {
        let id = id.into();
        self.act(|state| state.register(&Caller::App, &id, queue))
    }

    /// `submit(_:)`.
    ///
    /// # Errors
    /// The refusal with its code, or the exception where the identifier has no handler.
    pub fn submit(&self, request: Request) -> Result<(), SubmitError> {
        self.submit_by(&Caller::App, request)
    }

    /// `submit(_:)` by the app or by one of its extensions.
    ///
    /// # Errors
    /// As for [`Scheduler::submit`].
    pub fn submit_by(&self, caller: &Caller, request: Request) -> Result<(), SubmitError> {
        self.act(|state| state.submit(caller, request))
    }

    /// `cancel(taskRequestWithIdentifier:)`.
    pub fn cancel(&self, id: impl Into<Identifier>) {
        let id = id.into();
        self.act(|state| state.cancel(&Caller::App, &id));
    }

    /// `cancelAllTaskRequests()`.
    pub fn cancel_all(&self) {
        self.act(|state| state.cancel_all(&Caller::App));
    }

    /// `getPendingTaskRequests`: copies.
    #[must_use]
    pub fn pending(&self) -> Vec<Request> {
        self.act(|state| state.pending())
    }

    /// Sets a task's expiration handler.
    pub fn set_expiration_handler(&self, task: &TaskName) {
        self.act(|state| state.set_expiration_handler(task, true));
    }

    /// `setTaskCompleted(success:)`.
    pub fn complete(&self, task: &TaskName, success: bool) {
        self.act(|state| state.complete(task, success));
    }

    // ---- the world

    /// A process of the app starts: by the person into the foreground, or by something else into the background.
    pub fn start(&self, by: Starter) {
        self.put(&Event::Started(Started { by }));
    }

    /// The process has finished launching.
    pub fn launch_finished(&self) {
        self.put(&Event::LaunchFinished(Empty {}));
    }

    /// The app comes to the foreground: somebody uses the device.
    pub fn foreground(&self) {
        self.put(&Event::Foreground(Empty {}));
    }

    /// The app leaves the foreground. The device stays in use until [`Scheduler::device`] says otherwise.
    pub fn background(&self) {
        self.put(&Event::Background(Empty {}));
    }

    /// Conditions of the device change; what is left out stays as it was.
    ///
    /// ```
    /// # use bgspec_conformance::reference::{Facts, Scheduler, VirtualClock};
    /// # use bgspec_model::vocabulary::{Device, Version};
    /// # let scheduler = Scheduler::new(VirtualClock::new(), Facts::new(Version::new(26, 0), "com.example.app"));
    /// scheduler.device(Device { network: Some(false), ..Device::default() });
    /// ```
    pub fn device(&self, change: Device) {
        self.put(&Event::Device(change));
    }

    /// Anything else that can happen to a scheduler, in the words of a trace: an input of the world, or a call of the
    /// app with its answer. An event that is neither, an observation for example, changes nothing.
    pub fn put(&self, event: &Event) -> Option<Answer> {
        let answer = self.act(|state| state.input(&Caller::App, event));
        answer.ok().flatten()
    }

    /// A driver's grant: the pending request is launched if it may be.
    ///
    /// # Errors
    /// What stands in the way of the launch.
    pub fn grant(&self, id: impl Into<Identifier>) -> Result<(), Obstacle> {
        let id = id.into();
        self.act(|state| match state.obstacle(&id) {
            Some(obstacle) => Err(obstacle),
            None => {
                state.grant(&id);
                Ok(())
            }
        })
    }

    /// What stands in the way of launching the pending request of this identifier now.
    #[must_use]
    pub fn obstacle(&self, id: impl Into<Identifier>) -> Option<Obstacle> {
        let id = id.into();
        self.act(|state| state.obstacle(&id))
    }

    // ---- time

    /// Lets this much time pass, with everything that falls due in it. A clock that runs by itself cannot be hurried.
    pub fn advance(&self, by: Millis) {
        #[cfg(test)]
        if seeded(Race::ReadsTheClockBefore) {
            let at = self.shared.clock.now().saturating_add(by);
            return self.after(|state, clock| {
                clock.pass_to(at);
                state.pass_to(clock.now());
            });
        }
        self.after(|state, clock| {
            clock.pass_to(clock.now().saturating_add(by));
            state.pass_to(clock.now());
        });
    }

    /// Does what has fallen due by the clock. Every call does so too: only a driver needs it.
    pub fn catch_up(&self) {
        self.published(|state, clock| state.pass_to(clock.now()));
    }

    /// When something is next due by itself.
    #[must_use]
    pub fn next_due(&self) -> Option<Millis> {
        lock(&self.shared.state).next_due()
    }

    /// Calls `change` after every call that may have changed what is due next. A driver in real time needs it.
    pub fn on_change(&self, change: impl Fn() + Send + Sync + 'static) {
        self.shared.outlet.on_change(Arc::new(change));
    }

    // ---- events

    /// What the scheduler did since the last call, in order: launches, deliveries, expirations and the rest. With a
    /// listener there is nothing left to take.
    #[must_use]
    pub fn take_events(&self) -> Vec<Record> {
        self.catch_up();
        self.shared.outlet.take()
    }

    /// Calls `listener` with every event from now on, one at a time and in order. It may call the scheduler.
    pub fn listen(&self, listener: impl Fn(&Record) + Send + Sync + 'static) {
        self.shared.outlet.listen(Arc::new(listener));
    }

    // ---- for whoever runs sequences

    /// As [`Scheduler::put`], with all that it caused. These events reach no listener.
    ///
    /// # Errors
    /// The event is an observation, or another thing that no scheduler is told.
    pub(super) fn apply(&self, caller: &Caller, event: &Event) -> Result<(Option<Answer>, Vec<Record>), NoInput> {
        let (answer, events) = self.locked(|state, clock| {
            state.pass_to(clock.now());
            let answer = state.input(caller, event);
            state.settle();
            answer
        });
        answer.map(|answer| (answer, events))
    }

    /// Lets time pass until `at`, or until the first moment at which something happens. Answers with that moment.
    pub(super) fn run_until(&self, at: Millis) -> (Millis, Vec<Record>) {
        self.locked(|state, clock| {
            while state.out.is_empty() && state.pass_towards(at).is_some() {}
            clock.pass_to(state.now);
            state.now
        })
    }

    fn act<R>(&self, effect: impl FnOnce(&mut State) -> R) -> R {
        self.after(|state, _| effect(state))
    }

    fn after<R>(&self, effect: impl FnOnce(&mut State, &dyn Clock) -> R) -> R {
        #[cfg(test)]
        if seeded(Race::SaysChangedBefore) {
            self.shared.outlet.changed();
        }
        let result = self.published(|state, clock| {
            state.pass_to(clock.now());
            let result = effect(state, clock);
            state.settle();
            result
        });
        #[cfg(test)]
        if seeded(Race::SaysChangedBefore) {
            return result;
        }
        self.shared.outlet.changed();
        result
    }

    /// Under the lock; what happened goes to the outlet.
    fn published<R>(&self, effect: impl FnOnce(&mut State, &dyn Clock) -> R) -> R {
        #[cfg(test)]
        if seeded(Race::PublishesAfterwards) {
            let (result, events) = self.locked(effect);
            self.shared.outlet.push(events);
            self.shared.outlet.speak();
            return result;
        }
        let result = self.within(|state, clock| {
            let result = effect(state, clock);
            self.shared.outlet.push(std::mem::take(&mut state.out));
            result
        });
        self.shared.outlet.speak();
        result
    }

    /// Under the lock; what happened is handed back.
    fn locked<R>(&self, effect: impl FnOnce(&mut State, &dyn Clock) -> R) -> (R, Vec<Record>) {
        self.within(|state, clock| {
            let result = effect(state, clock);
            (result, std::mem::take(&mut state.out))
        })
    }

    /// The one place where the lock is taken to change something.
    fn within<R>(&self, effect: impl FnOnce(&mut State, &dyn Clock) -> R) -> R {
        #[cfg(test)]
        if is_torn() {
            let mut copy = lock(&self.shared.state).clone();
            let result = effect(&mut copy, &*self.shared.clock);
            between();
            *lock(&self.shared.state) = copy;
            return result;
        }
        effect(&mut lock(&self.shared.state), &*self.shared.clock)
    }
}

/// Something that is no input of a scheduler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoInput(pub &'static str);

impl std::fmt::Debug for Scheduler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scheduler")
            .field("now", &self.shared.clock.now())
            .finish_non_exhaustive()
    }
}
