//! Why a task may be expired though its time is not over: excuses, each with a beginning and an end.
//!
//! An excuse begins where its rule says so, and holds until its time. What a condition of the device excuses (a lost network,
//! use of the device) is no excuse in this sense: it is read off the device while it lasts.

use crate::vocabulary::Millis;

use super::NEVER;

/// An excuse: whether it began, and until when it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Excuse {
    until: Millis,
}

impl Excuse {
    /// It has not begun, or is over.
    pub const NONE: Self = Self { until: Millis::MIN };

    /// It began, and its end has not come.
    pub const OPEN: Self = Self { until: NEVER };

    /// It began, and ends at that time.
    #[must_use]
    pub const fn until(until: Millis) -> Self {
        Self { until }
    }

    /// Whether it holds for what may have happened as early as this.
    #[must_use]
    pub const fn holds(self, earliest: Millis) -> bool {
        earliest <= self.until
    }

    /// Whether it began and nothing has ended it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.until == NEVER
    }

    /// The time of its end: the beginning of time where it has not begun.
    pub(crate) const fn end_mut(&mut self) -> &mut Millis {
        &mut self.until
    }

    /// It ends at that time, where no end has been set.
    pub const fn ends_by(&mut self, until: Millis) {
        if self.is_open() {
            self.until = until;
        }
    }
}

impl Default for Excuse {
    fn default() -> Self {
        Self::NONE
    }
}

/// The excuses of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Excuses {
    /// The person stopped it (UIX-3).
    pub stop: Excuse,
    /// It was cancelled (CAN-4).
    pub cancel: Excuse,
    /// The debugger simulated an expiration (DBG-3).
    pub simulated: Excuse,
    /// A task of the same launch was expired (EXP-8).
    pub launch: Excuse,
    /// The person was asked whether to go on, and has not answered (PRG-7).
    pub prompt: Excuse,
    /// The device was locked, or may have been (PRG-9).
    pub lock: Excuse,
    /// The network or the power that it requires may have been gone where nobody followed them (EXP-10).
    pub lost: Excuse,
    /// Somebody may have used the device where nobody followed it (EXP-9).
    pub used: Excuse,
}
