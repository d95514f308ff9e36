//! The scheduler in real time, on tokio. Nothing here holds a lock of the scheduler's.

use std::sync::Arc;
use std::time::Duration;

use bgspec_model::vocabulary::Millis;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::clock::{Clock, SleepUntil};
use super::scheduler::Scheduler;

/// Tokio's clock: milliseconds since it was made.
#[derive(Debug, Clone, Copy)]
pub struct RealClock {
    zero: Instant,
}

impl RealClock {
    /// A clock that says zero now.
    #[must_use]
    pub fn new() -> Self {
        Self { zero: Instant::now() }
    }
}

impl Default for RealClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for RealClock {
    fn now(&self) -> Millis {
        Millis::try_from(self.zero.elapsed().as_millis()).unwrap_or(Millis::MAX)
    }

    fn pass_to(&self, _: Millis) {}
}

impl SleepUntil for RealClock {
    async fn sleep_until(&self, at: Millis) {
        let since_zero = Duration::from_millis(u64::try_from(at).unwrap_or(0));
        // Later than tokio can count is never.
        match self.zero.checked_add(since_zero) {
            Some(instant) => tokio::time::sleep_until(instant).await,
            None => std::future::pending().await,
        }
    }
}

/// Lets a scheduler act when its time comes, for as long as this future is polled: run it as a task beside the app.
///
/// It sleeps until the next thing is due and wakes up earlier when a call changes what that is.
pub async fn drive(scheduler: Scheduler, clock: impl SleepUntil) {
    let changed = Arc::new(Notify::new());
    let notify = Arc::clone(&changed);
    scheduler.on_change(move || notify.notify_one());
    loop {
        scheduler.catch_up();
        match scheduler.next_due() {
            Some(at) => tokio::select! {
                () = clock.sleep_until(at) => {}
                () = changed.notified() => {}
            },
            None => changed.notified().await,
        }
    }
}
