//! Progress of continued tasks: what counts as progress, and when a task has stalled.

use bgspec_model::vocabulary::{Millis, Progress};

use super::faults::Fault;
use super::state::{Running, State};

/// How far a continued task has come.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Advance {
    total: i64,
    completed: i64,
    /// The highest completed count so far.
    highest: i64,
    child: f64,
    /// When it last made progress, its delivery included.
    last: Millis,
}

impl Advance {
    pub fn new(now: Millis) -> Self {
        Self {
            total: 0,
            completed: 0,
            highest: 0,
            child: 0.0,
            last: now,
        }
    }

    /// The app sets its progress. A completed count above the highest so far is progress; any value is valid.
    fn set(&mut self, progress: &Progress, now: Millis, child_counts: bool) {
        self.total = progress.total.unwrap_or(self.total);
        self.completed = progress.completed.unwrap_or(self.completed);
        let child = progress.child.unwrap_or(self.child);
        if self.completed > self.highest {
            self.highest = self.completed;
            self.last = now;
        }
        if child_counts && child > self.child {
            self.last = now;
        }
        self.child = child;
    }

    /// The highest completed count so far.
    pub const fn highest(&self) -> i64 {
        self.highest
    }

    /// It is not half done, or cannot tell.
    pub fn is_slow(&self) -> bool {
        self.total <= 0 || self.completed < self.total - self.completed
    }
}

impl State {
    /// Progress of a running continued task; of any other it means nothing.
    pub fn progress(&mut self, progress: &Progress) {
        let faulty = self.choices.fault;
        let (now, child_counts) = (self.now, self.choices.child_progress_counts);
        if let Some(task) = self.task_mut(&progress.task).filter(|task| task.is_continued()) {
            let last = task.progress.last;
            task.progress.set(progress, now, child_counts);
            match faulty {
                Some(Fault::ProgressCountsNothing) => task.progress.last = last,
                Some(Fault::OnlyTheFirstProgress) if task.moved => task.progress.last = last,
                _ => {}
            }
            task.moved |= task.progress.last == now;
        }
    }

    /// When a continued task has stalled, if it goes on as it is.
    pub fn stalled_at(&self, task: &Running) -> Option<Millis> {
        let timeout = self.choices.stall_timeout.filter(|_| task.is_continued())?;
        Some(task.progress.last.saturating_add(timeout))
    }
}
