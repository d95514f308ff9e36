//! Running time: expiration, grace, completion, suspension.

use bgspec_model::vocabulary::{Event, Expired, KillCause, Killed, Kind, Millis, OfTask, Request, TaskName};

use super::faults::Fault;
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
        let calls_anyway = self.choices.fault == Some(Fault::CallsNoHandler);
        if !task.handler && !calls_anyway {
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
        let expired = Event::Expired(Expired {
            task: name.clone(),
            queue,
        });
        if self.has(Fault::ExpiresTwice) {
            self.emit(expired.clone());
        }
        self.emit(expired);
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
        let limit =
            (self.has(Fault::HasARunLimit) && task.is_continued()).then(|| task.delivered.saturating_add(600_000));
        [deadline, self.stalled_at(task), limit].into_iter().flatten().min()
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
        if self.has(Fault::KillsWithoutCall)
            && names
                .iter()
                .any(|name| self.task(name).is_some_and(|task| task.handler))
        {
            self.emit(Event::Killed(Killed { cause: KillCause::Time }));
            return self.end_process(Death::Killed);
        }
        for name in &names {
            self.expire(name);
        }
    }

    /// When the app is killed for a task that it does not complete.
    fn kill_time(&self, task: &Running) -> Option<Millis> {
        let after = self.choices.kill_after_grace?;
        let powered = task.request.power && task.kind() != Kind::Continued;
        if self.has(Fault::KillsForCpu) && powered {
            return Some(task.delivered.saturating_add(60_000));
        }
        let since = task.expired.or(task.owed)?;
        Some(since.saturating_add(self.choices.grace).saturating_add(after))
    }

    pub fn next_kill(&self) -> Option<Millis> {
        let ends = self.process.as_ref().is_some_and(|process| process.doomed);
        if self.debugger || ends {
            return None;
        }
        let late = self.late_kill.filter(|_| self.has(Fault::GraceIsOver));
        let times = self.running.iter().filter_map(|task| self.kill_time(task));
        times.chain(late).min()
    }

    pub fn kill_due(&mut self) {
        if self.next_kill().is_some_and(|at| at <= self.now) {
            let cause = if self.has(Fault::KillsForCpu) {
                KillCause::Cpu
            } else {
                KillCause::Time
            };
            self.late_kill = None;
            self.emit(Event::Killed(Killed { cause }));
            self.end_process(Death::Killed);
        }
    }

    pub fn set_expiration_handler(&mut self, name: &TaskName, set: bool) {
        let expired = self.task(name).is_some_and(|task| task.expired.is_some());
        if self.has(Fault::CallsTheLateHandler) && expired && set {
            return self.emit(Event::Expired(Expired {
                task: name.clone(),
                queue: Some(super::state::OWN_QUEUE.to_owned()),
            }));
        }
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
        let task = self.task(name);
        let expired = task.and_then(|task| task.expired);
        let (runs, retried) = (task.is_some(), task.filter(|task| !task.is_continued() && !success));
        match self.choices.fault {
            Some(Fault::LateCompletionKills) if !runs => {
                self.emit(Event::Killed(Killed { cause: KillCause::Time }));
                return self.end_process(Death::Killed);
            }
            Some(Fault::CompletesTheNext) if !runs => {
                let next = self.running.iter().find(|task| task.name.id == name.id);
                if let Some(next) = next.map(|task| task.name.clone()) {
                    self.finish(&next, success);
                }
            }
            Some(Fault::FailureIsRetried) => {
                if let Some(request) = retried.map(|task| task.request.clone()) {
                    self.put(request);
                }
            }
            Some(Fault::GraceIsOver) => {
                self.late_kill = expired.map(|since| since.saturating_add(self.choices.grace).saturating_add(1));
            }
            Some(Fault::ExpiresTheCompleted) if runs && expired.is_none() => {
                self.finish(name, success);
                return self.emit(Event::Expired(Expired {
                    task: name.clone(),
                    queue: None,
                }));
            }
            _ => {}
        }
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
            || process.kept_awake && !self.has(Fault::SuspendsTheAwake)
            || self.debugger
            || !self.running.is_empty() && !self.has(Fault::SuspendsTheRunning)
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
