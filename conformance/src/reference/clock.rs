//! The scheduler's clock, behind a small trait, and the virtual one. The real one is in [`super::realtime`].

use bgspec_model::vocabulary::Millis;

use super::sync::{Arc, AtomicI64, Ordering};

/// A clock: milliseconds since the zero of its own choice. It never goes back.
pub trait Clock: Send + Sync + 'static {
    /// The time.
    fn now(&self) -> Millis;

    /// Lets time pass until `at`, where somebody drives this clock. A clock that runs by itself does nothing here.
    fn pass_to(&self, at: Millis);
}

/// A clock that can be waited on. Only what runs in real time needs it.
pub trait SleepUntil: Clock {
    /// Returns when the clock says `at` or later.
    fn sleep_until(&self, at: Millis) -> impl Future<Output = ()> + Send;
}

/// A clock that stands still until somebody moves it. Its clones are the same clock.
///
/// ```
/// use bgspec_conformance::reference::{Clock, VirtualClock};
/// let clock = VirtualClock::new();
/// clock.pass_to(1_500);
/// clock.pass_to(1_000); // It never goes back.
/// assert_eq!(clock.now(), 1_500);
/// ```
#[derive(Debug, Clone)]
pub struct VirtualClock(Arc<AtomicI64>);

impl VirtualClock {
    /// A clock that says zero.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(0)))
    }
}

impl Default for VirtualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::Acquire)
    }

    fn pass_to(&self, at: Millis) {
        self.0.fetch_max(at, Ordering::AcqRel);
    }
}
