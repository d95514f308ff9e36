//! A task between its delivery and its completion.

use crate::vocabulary::{Kind, Millis};

use super::{Excuses, NEVER, Outstanding, Sym, Text};

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
    /// When it was delivered: its time counts from then.
    pub since: Millis,
    /// The start of its process in the background delivered it, and not a process that lived: tasks of which that holds
    /// are of one launch.
    pub with_start: bool,
    /// Another task of its launch, whose time it may share, runs or is still to be delivered (EXP-1).
    pub company: bool,
    /// It may be over: it has no handler, and a completion by the system would not be seen.
    pub maybe_over: bool,
    /// The runner takes its time back: it expires before the next input.
    pub taken_back: bool,
    /// The earliest time by which it has to be expired, and why.
    pub expire_by: Owed,
    /// Until then no call is owed that comes on the registration queue: the app blocked it, and unblocked it.
    pub held_until: Millis,
    /// Why it may be expired besides, each reason with its end.
    pub excuses: Excuses,
    /// Title and subtitle, as last set.
    pub texts: (Text, Text),
    /// Its identifier was cancelled while it ran.
    pub cancelled: bool,
    /// The person let it go on.
    pub continued: bool,
    /// The app came back to the foreground while it ran.
    pub returned: bool,
    /// Until then the answer of a simulated launch, which met it running, may be an exception (DBG-4).
    pub hook_raises: Millis,
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
    /// The runner took its time back, and the call waits for a blocked queue.
    TakenBack,
}
