//! Running time: expiration, grace, completion, suspension.

use bgspec_model::vocabulary::{Event, Expired, KillCause, Killed, Millis, OfTask, Request, TaskName};

use super::life::Death;
use super::state::{Running, State};

impl State {
    /// Expires a running task: its handler is called, or without one the system completes it as unsuccessful.
    ///
    /// Every reason comes here, and none reaches the app. A task is expired once.
    pub fn expire(&mut self, name: &TaskName) {
        self.expire_on(name, !self.choices.expires_on_registration_queue);
    }

    /// As [`State::expire`], and where `anyway` a blocked queue does not hold the call back.
    pub fn expire_on(&mut self, name: &TaskName, anyway: bool) {
        let now = self.now;
        let on_registration_queue = self.choices.expires_on_registration_queue;
        let Some(index) = self.running.iter().position(|task| task.name == *name) else {
            return;
        };
        let blocked = self.is_blocked(&self.running[index].queue);
        let task = &mut self.running[index];
        if task.expired.is_some() {
            return;
        }
        if !task.handler {
            self.emit(Event::CompletedBySystem(OfTask { task: name.clone() }));
            return self.finish(name, false);
        }
        if blocked && !anyway {
            task.owed.get_or_insert(now);
            return;
        }
        task.handler = false;
        task.owed = None;
        task.expired = Some(now);
        let queue = match (on_registration_queue, blocked) {
            (true, false) => Some(task.queue.clone()),
            (true, true) => None,
            (false, _) => Some(super::state::OWN_QUEUE.to_owned()),
        };
        self.emit(Event::Expired(Expired {
            task: name.clone(),
            queue,
        }));
    }

    /// Expires every running task that `which` picks.
    pub fn expire_where(&mut self, which: impl Fn(&Running) -> bool) {
        let names: Vec<_> = self
            .running
            .iter()
            .filter(|task| which(task))
            .map(|task| task.name.clone())
            .collect();
        for name in &names {
            self.expire(name);
        }
    }

    /// When a task that still has its time is out of it. Under the debugger that launched it it has all the time.
    fn time_up(&self, task: &Running) -> Option<Millis> {
        if task.expired.is_some() || task.owed.is_some() {
            return None;
        }
        let timeless = task.simulated && self.debugger;
        let deadline = task.deadline.filter(|_| !timeless);
        [deadline, self.stalled_at(task)].into_iter().flatten().min()
    }

    pub fn next_expiry(&self) -> Option<Millis> {
        self.running.iter().filter_map(|task| self.time_up(task)).min()
    }

    pub fn expire_due(&mut self) {
        let now = self.now;
        let up = |state: &Self, task: &Running| state.time_up(task).is_some_and(|at| at <= now);
        let names: Vec<_> = self
            .running
            .iter()
            .filter(|task| up(self, task))
            .map(|task| task.name.clone())
            .collect();
        for name in &names {
            self.expire(name);
        }
    }

    /// When the app is killed for a task that it does not complete.
    fn kill_time(&self, task: &Running) -> Option<Millis> {
        let after = self.choices.kill_after_grace?;
        let since = task.expired.or(task.owed)?;
        Some(since.saturating_add(self.choices.grace).saturating_add(after))
    }

    pub fn next_kill(&self) -> Option<Millis> {
        let ends = self.process.as_ref().is_some_and(|process| process.doomed);
        if self.debugger || ends {
            return None;
        }
        self.running.iter().filter_map(|task| self.kill_time(task)).min()
    }

    pub fn kill_due(&mut self) {
        if self.next_kill().is_some_and(|at| at <= self.now) {
            self.emit(Event::Killed(Killed { cause: KillCause::Time }));
            self.end_process(Death::Killed);
        }
    }

    pub fn set_expiration_handler(&mut self, name: &TaskName, set: bool) {
        let Some(task) = self.task_mut(name).filter(|task| task.expired.is_none()) else {
            return;
        };
        task.handler = set;
        if task.owed.is_some() && !set {
            self.expire(name);
        }
    }

    /// The app completes a task. The first completion counts; for any other there is no such task any more.
    pub fn complete(&mut self, name: &TaskName, success: bool) {
        self.finish(name, success);
    }

    fn finish(&mut self, name: &TaskName, success: bool) {
        let Some(index) = self.running.iter().position(|task| task.name == *name) else {
            return;
        };
        let task = self.running.remove(index);
        if let Some(process) = &mut self.process {
            process.idle_since = self.now;
        }
        if task.is_continued() {
            self.card_at_end(name, success);
        }
    }

    pub fn block_queue(&mut self, queue: &str) {
        if let Some(process) = &mut self.process {
            process.blocked.insert(queue.to_owned());
        }
    }

    /// The calls that the queue held back come now.
    pub fn unblock_queue(&mut self, queue: &str) {
        if let Some(process) = &mut self.process {
            process.blocked.remove(queue);
        }
        self.expire_where(|task| task.owed.is_some() && task.queue == queue);
    }

    fn is_blocked(&self, queue: &str) -> bool {
        self.process
            .as_ref()
            .is_some_and(|process| process.blocked.contains(queue))
    }

    /// Whether the device has what the request requires.
    pub fn has_needs(&self, request: &Request) -> bool {
        !self.choices.expire_on_lost_condition
            || ((!request.power || self.conditions.power) && (!request.network || self.conditions.network))
    }

    pub fn next_suspension(&self) -> Option<Millis> {
        let after = self.choices.suspend_after?;
        let process = self.process.as_ref()?;
        let awake = process.foreground
            || !process.finished
            || process.suspended
            || process.kept_awake
            || self.debugger
            || !self.running.is_empty()
            || !self.in_flight.is_empty();
        (!awake).then(|| process.idle_since.saturating_add(after))
    }

    pub fn suspend_due(&mut self) {
        if self.next_suspension().is_some_and(|at| at <= self.now) {
            if let Some(process) = &mut self.process {
                process.suspended = true;
            }
            self.emit(Event::Suspended(bgspec_model::vocabulary::Empty {}));
        }
    }
}
