//! A task between its delivery and its completion.

use crate::vocabulary::{Kind, Millis};

use super::{NEVER, Outstanding, Sym, Text};

/// A task between its delivery and its completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Task {
    /// The identifier.
    pub id: Sym,
    /// Which delivery of the identifier it is.
    pub n: u32,
    /// The kind.
    pub kind: Kind,
    /// The request that it was made from.
    pub request: Outstanding,
    /// Its expiration handler is set, and was not called.
    pub handler: bool,
    /// Its expiration handler was called.
    pub expired: bool,
    /// It is SwiftUI's, and its expiration may go unseen: it is the cancellation of a Swift task.
    pub expires_unseen: bool,
    /// When it expired, where a rule still asks.
    pub expired_at: Millis,
    /// The queue of its launch handler.
    pub queue: Text,
    /// When its time began: the start of a process that was launched for it, else its delivery.
    pub since: Millis,
    /// A task of another kind shares its launch.
    pub shared: bool,
    /// It may be over: it has no handler, and a completion by the system would not be seen.
    pub maybe_over: bool,
    /// The runner takes its time back: it expires before the next input.
    pub taken_back: bool,
    /// The earliest time by which it has to be expired, and why.
    pub expire_by: Owed,
    /// Until then no call is owed that comes on the registration queue: the app blocked it, and unblocked it.
    pub held_until: Millis,
    /// Why a calm device may expire it, besides a stall.
    pub reasons: Reasons,
    /// The last moment that surely counts as progress, the delivery included, and child progress apart.
    pub progress_at: Millis,
    /// The last moment that may count as progress.
    pub maybe_progress_at: Millis,
    /// The last rise of child progress.
    pub child_at: Millis,
    /// The highest completed count so far.
    pub highest: i64,
    /// The last completed count.
    pub completed: i64,
    /// The last total.
    pub total: i64,
    /// Its progress was set early on.
    pub seeded: bool,
    /// Child progress, in millionths.
    pub child: i64,
    /// The stall since the last progress was laid to the app already.
    pub stall_blamed: bool,
    /// Not completing it was laid to the app already.
    pub blamed: bool,
    /// Born of a breach: it owes no deadline.
    pub in_doubt: bool,
}

impl Task {
    /// It was delivered as another kind than it should have been: which it is, is not known.
    #[must_use]
    pub const fn kind_in_doubt(&self) -> bool {
        self.in_doubt && self.request.vague
    }
}

/// A rule's obligation to expire a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Owed {
    /// The latest time; [`NEVER`] for no obligation.
    pub by: Millis,
    /// The demand.
    pub why: Why,
}

impl Owed {
    /// Nothing is owed.
    pub const NOTHING: Self = Self {
        by: NEVER,
        why: Why::Budget,
    };
}

/// Why a task has to be expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Its time is over.
    Budget,
    /// Somebody uses the device.
    Use,
    /// The person stopped it.
    Stop,
    /// It was cancelled.
    Cancel,
    /// The debugger simulates an expiration.
    Simulated,
}

/// Why a task may be expired, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Reasons(u16);

impl Reasons {
    /// The person stopped it.
    pub const STOP: Self = Self(1);
    /// A prompt was left unanswered.
    pub const IGNORED: Self = Self(2);
    /// It was cancelled.
    pub const CANCEL: Self = Self(4);
    /// The device was locked while it ran.
    pub const LOCK: Self = Self(8);
    /// The debugger simulated an expiration.
    pub const SIMULATED: Self = Self(16);
    /// The device was or may have been pressed at its last change of pressure.
    pub const USE: Self = Self(32);
    /// Its required power or network went away.
    pub const LOST: Self = Self(64);
    /// A task of the same launch was expired.
    pub const LAUNCH: Self = Self(128);

    /// The person let it go on.
    pub const CONTINUED: Self = Self(256);
    /// The app came back to the foreground while it ran.
    pub const FOREGROUND: Self = Self(512);

    /// Adds a reason.
    pub const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether it has a reason.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
