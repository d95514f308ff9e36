//! Which operations depend on each other: the one place where it is said.
//!
//! Two operations are independent if they come to the same in either order: the same answers are allowed, and the same
//! states follow. A call that is open need not be tried before an operation that is independent of it, since it may as
//! well take effect afterwards. Too much dependence costs time, too little is a wrong verdict: so most operations in
//! [`Touches::of`] depend on everything, and so does everything in a state that [`entangles`].
//!
//! An operation that has an arm of its own there
//! - reads of the state nothing but the identifiers, the parts and the limits named with it, and facts that events alone
//!   change (conditions of the device, the life of the process) or that a reading narrows (open settings): to narrow
//!   two facts, or one twice, comes to the same in either order;
//! - changes nothing else;
//! - reads no time and leaves none behind, so that it may take effect later than it did.
//!
//! A law compares the verdicts with those of an oracle that lets every call be tried before everything.

use crate::context::Context;
use crate::op::Op;
use crate::state::{State, Sym};
use crate::vocabulary::Kind;

/// What an operation reads and changes.
#[derive(Debug, Clone, Copy)]
pub(in crate::oracle) struct Touches {
    of: Of,
    parts: u8,
    /// It changes what it touches; otherwise it only reads, and may narrow what is open.
    changes: bool,
    /// How many requests of some kinds are pending: it changes it.
    counts: bool,
    /// The limit that it is held against, by its place in the list of limits.
    limit: Option<usize>,
}

/// Which requests an operation reads or changes, limits apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::oracle) enum Requests {
    /// None.
    None,
    /// That of an identifier.
    Of(Sym),
    /// Each, whatever the others are.
    Each,
    /// All of them, together.
    All,
}

/// Whose parts.
#[derive(Debug, Clone, Copy)]
enum Of {
    Identifier(Sym),
    EveryIdentifier,
    Everything,
}

/// The outstanding request of an identifier: pending, waiting, or launched and not delivered.
const REQUEST: u8 = 1;
/// Its launch handler.
const HANDLER: u8 = 2;
/// Its running task.
const TASK: u8 = 4;

/// How many limits there are.
pub(in crate::oracle) const LIMITS: usize = 2;

impl Touches {
    const EVERYTHING: Self = Self {
        of: Of::Everything,
        parts: 0,
        changes: true,
        counts: true,
        limit: None,
    };

    const fn only(of: Of, parts: u8, changes: bool) -> Self {
        Self {
            of,
            parts,
            changes,
            counts: false,
            limit: None,
        }
    }

    /// What an operation touches.
    pub(in crate::oracle) fn of(op: &Op) -> Self {
        match op {
            // It needs the handler (SUB-2), replaces the request (SUB-4) and does not count the task (SUB-8). It may be
            // one too many (SUB-5 to SUB-7). Continued requests wait for each other and for the process, and start by
            // a time (LAU-7); what an asynchronous one does is owed by a time (SUB-13).
            Op::Submit(submission) if submission.number.is_none() && submission.request.kind != Kind::Continued => {
                Self {
                    counts: true,
                    limit: Some(limit_of(submission.request.kind)),
                    ..Self::only(Of::Identifier(submission.request.id), REQUEST | HANDLER | TASK, true)
                }
            }
            // It takes the request away (CAN-1) and leaves the task alone (CAN-3), a continued one apart (CAN-4).
            Op::Cancel(id) => Self {
                counts: true,
                ..Self::only(Of::Identifier(*id), REQUEST | TASK, true)
            },
            // The same for all of them (CAN-2).
            Op::CancelAll => Self {
                counts: true,
                ..Self::only(Of::EveryIdentifier, REQUEST | TASK, true)
            },
            // It shows every request (PEN-1), and perhaps those of running tasks (PEN-2).
            Op::Pending => Self::only(Of::EveryIdentifier, REQUEST | TASK, false),
            // One handler for an identifier (REG-3); when launching has finished is an event, and no call (REG-2).
            Op::Register { id, .. } => Self::only(Of::Identifier(*id), HANDLER, true),
            // Of its task only (EXP-5).
            Op::SetExpirationHandler { task, .. } => Self::only(Of::Identifier(task.id), TASK, true),
            // The task is over (CMP-3), and the app should have submitted its successor before (LIF-10).
            Op::Complete { task, .. } => Self::only(Of::Identifier(task.id), TASK | REQUEST, true),
            // The scheduler keeps a copy (SUB-15, PEN-3).
            Op::ChangeObject { .. } => Self::only(Of::EveryIdentifier, 0, false),
            Op::Settle
            | Op::Clock
            | Op::Device(_)
            | Op::Installed
            | Op::Updated { .. }
            | Op::Uninstalled
            | Op::Started { .. }
            | Op::LaunchFinished
            | Op::Foreground
            | Op::Background
            | Op::KeptAwake(_)
            | Op::Dies(_)
            | Op::Reboot
            | Op::Person(..)
            | Op::Debugger(_)
            | Op::SimulateLaunch(_)
            | Op::SimulateExpiration(_)
            | Op::Grant(_)
            | Op::TakeBack(_)
            | Op::Submit(_)
            | Op::SupportedResources
            | Op::Progress { .. }
            | Op::UpdateTitle { .. }
            | Op::BlockQueue(_)
            | Op::UnblockQueue(_)
            | Op::WorkBegan(_)
            | Op::WorkEnded(_)
            | Op::GpuWork
            | Op::NeuralEngineWork
            | Op::ProtectedRead(_)
            | Op::Launched { .. }
            | Op::Delivered { .. }
            | Op::DeliveryRaised(..)
            | Op::Expired { .. }
            | Op::CompletedBySystem(_)
            | Op::Suspended
            | Op::Killed(_)
            | Op::Card { .. }
            | Op::SubmissionCompleted { .. } => Self::EVERYTHING,
        }
    }

    /// Whether it depends on every other operation.
    pub(super) const fn everything(self) -> bool {
        matches!(self.of, Of::Everything)
    }

    /// The limit that it is held against.
    pub(in crate::oracle) const fn limit(self) -> Option<usize> {
        self.limit
    }

    /// The identifier whose request it is about, where it is a call that changes nothing else.
    pub(super) const fn request_of(self) -> Option<Sym> {
        match self.of {
            Of::Identifier(id) if self.counts => Some(id),
            _ => None,
        }
    }

    /// Which requests it reads or changes.
    pub(in crate::oracle) const fn requests(self) -> Requests {
        match self.of {
            Of::Everything => Requests::All,
            _ if self.parts & REQUEST == 0 => Requests::None,
            Of::Identifier(id) => Requests::Of(id),
            Of::EveryIdentifier => Requests::Each,
        }
    }

    /// Whether two operations depend on each other, limits apart.
    pub(super) fn meets(self, other: Self) -> bool {
        let same = match (self.of, other.of) {
            (Of::Everything, _) | (_, Of::Everything) => return true,
            (Of::Identifier(one), Of::Identifier(another)) => one == another,
            (Of::EveryIdentifier, _) | (_, Of::EveryIdentifier) => true,
        };
        same && self.parts & other.parts != 0
    }

    /// Whether what the app owes at the begin of a call hangs on an open one. A call that only shows what was open can
    /// make no innocent app guilty.
    pub(super) fn changes_duties_of(self, begun: Self) -> bool {
        self.changes && self.meets(begun)
    }

    /// Whether two operations depend on each other where a limit is within reach: the answer of one hangs on how many
    /// requests the other leaves.
    pub(super) fn meets_at(self, limit: usize, other: Self) -> bool {
        self.counts && other.counts && (self.limit == Some(limit) || other.limit == Some(limit))
    }
}

/// Health research may share the limit of processing (SUB-7).
const fn limit_of(kind: Kind) -> usize {
    match kind {
        Kind::Refresh => 0,
        _ => 1,
    }
}

/// For each limit, whether it is within reach: whether so many further submissions could meet it, in some order.
pub(super) fn within_reach(state: &State, cx: &Context, more: [u32; LIMITS]) -> [bool; LIMITS] {
    if more == [0; LIMITS] {
        return [false; LIMITS];
    }
    let mut count = more;
    for request in &state.requests {
        if request.vague {
            count.iter_mut().for_each(|count| *count += 1);
        } else {
            count[limit_of(request.kind)] += 1;
        }
    }
    let reached = |place: usize, limit: Option<i64>| {
        more[place] > 0 && limit.is_some_and(|limit| i64::from(count[place]) > limit)
    };
    [reached(0, cx.limits.refresh), reached(1, cx.limits.processing)]
}

/// Whether in this state everything depends on everything.
pub(super) fn entangles(state: &State, cx: &Context) -> bool {
    let continued = |kind: Kind| kind == Kind::Continued;
    // What the trace did not look at hangs together, and a promise starts a time at every moment (CON-12).
    cx.partial
        // What is said here is said of the rules as they are.
        || cx.lacks_any()
        || cx.limits.promptness.is_some()
        // The runner waits for what it granted or took back.
        || state.awaits_answer()
        // Continued requests and tasks share room, an order and times to start, and a cancel may expire them.
        || !state.waiting.is_empty()
        || state.requests.iter().chain(&state.spent).any(|request| continued(request.kind))
        || state.tasks.iter().any(|task| continued(task.kind))
        || !state.cards.is_empty()
        // A submission in flight takes effect by itself.
        || !state.flights.is_empty()
}
