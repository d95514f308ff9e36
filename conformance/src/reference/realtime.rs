//! The scheduler in real time, on tokio. Nothing here holds a lock of the scheduler's.

use std::sync::Arc;
use std::time::Duration;

use bgspec_model::vocabulary::Millis;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::clock::{Clock, SleepUntil};
use super::scheduler::Scheduler;
#[cfg(test)]
use super::sync::{Race, seeded};

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
    drive_by(scheduler, clock, Arc::new(Notify::new())).await;
}

/// What wakes a driver up. A notice that comes while the driver does not wait is kept.
pub(super) trait Notice: Send + Sync + 'static {
    fn give(&self);

    fn given(&self) -> impl Future<Output = ()> + Send;
}

impl Notice for Notify {
    fn give(&self) {
        self.notify_one();
    }

    async fn given(&self) {
        self.notified().await;
    }
}

/// [`drive`], whatever wakes it up.
pub(super) async fn drive_by(scheduler: Scheduler, clock: impl SleepUntil, changed: Arc<impl Notice>) {
    let listen = || {
        let changed = Arc::clone(&changed);
        scheduler.on_change(move || changed.give());
    };
    // Before it asks what is due: a change after that is one that it hears of.
    #[cfg(test)]
    let late = seeded(Race::DrivesBeforeItListens);
    #[cfg(not(test))]
    let late = false;
    if !late {
        listen();
    }
    loop {
        scheduler.catch_up();
        let due = scheduler.next_due();
        if late {
            listen();
        }
        match due {
            // In this order, so that it goes the same way every time.
            Some(at) => tokio::select! {
                biased;
                () = changed.given() => {}
                () = clock.sleep_until(at) => {}
            },
            None => changed.given().await,
        }
    }
}
