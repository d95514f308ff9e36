//! How many requests may be pending at once.

use super::conditions;
use crate::op::Submission;
use crate::see::{Holds, See};
use crate::setting::HealthSharesProcessingLimit;
use crate::state::{Mark, Outstanding};
use crate::vocabulary::Kind;

rule! {
    SUB_5, "one refresh pending": Must Scheduler
    basis Documented
    decided by RefreshLimit
    "At most 1 refresh request of the app and its extensions is pending; one more under another \
        identifier fails with tooManyPendingTaskRequests (2). (Apps that keep two are in the field; nobody \
        showed both accepted.)"
    from "BGTaskScheduler.submit", "Home Assistant BackgroundRefreshManager"
}

pub(super) fn refresh_is_full(see: &mut See<'_>, submission: &Submission) -> Holds {
    is_full(see, submission, &[Kind::Refresh], see.cx.limits.refresh)
}

rule! {
    SUB_6, "ten processing pending": Must Scheduler
    basis Documented
    decided by ProcessingLimit
    "At most 10 processing requests are pending: the tenth is accepted, one more under another identifier \
        fails with tooManyPendingTaskRequests (2)."
    from "BGTaskScheduler.submit"
}

pub(super) fn processing_is_full(see: &mut See<'_>, submission: &Submission) -> Holds {
    match is_full(see, submission, &[Kind::Processing], see.cx.limits.processing) {
        Holds::No => shared_limit_is_full(see, submission),
        full => full,
    }
}

rule! {
    SUB_7, "health research counts with processing": May Scheduler
    since 17.0
    basis Inferred
    decided by HealthSharesProcessingLimit
    "Whether health research requests count against the 10 is not documented: both are allowed."
    from "BGHealthResearchTaskRequest is a BGProcessingTaskRequest"
}

pub(super) fn shared_limit_is_full(see: &mut See<'_>, submission: &Submission) -> Holds {
    let concerned = submission.request.kind == Kind::HealthResearch
        || see
            .state
            .requests
            .iter()
            .any(|request| request.kind == Kind::HealthResearch);
    if !concerned {
        return Holds::No;
    }
    match is_full(
        see,
        submission,
        &[Kind::Processing, Kind::HealthResearch],
        see.cx.limits.processing,
    ) {
        Holds::No => Holds::No,
        full if see.chooses(&SUB_7, HealthSharesProcessingLimit::Yes) => full,
        _ => Holds::No,
    }
}

/// Whether the pending requests of these kinds leave no room for one more. A replacement of its own kind meets no
/// limit (SUB-4), and a running task does not count (SUB-8): it is no request any more.
pub(super) fn is_full(see: &mut See<'_>, submission: &Submission, kinds: &[Kind], limit: Option<i64>) -> Holds {
    /// With more than this many requests whose presence is open the answer is open as a whole.
    const FEW: usize = 5;
    let Some(limit) = limit else { return Holds::Maybe };
    let state = see.state;
    let request = &submission.request;
    let counted = |other: &&Outstanding| other.id != request.id && (other.vague || kinds.contains(&other.kind));
    let open = |other: &&Outstanding| other.unsure || other.vague;
    let (mut sure, mut unsure) = (0, 0);
    for other in state.requests.iter().filter(counted) {
        if open(&other) {
            unsure += 1;
        } else {
            sure += 1;
        }
    }
    let full = |count: usize| count as i64 >= limit;
    let launched = if full(sure + unsure) {
        let sure = state.requests.iter().filter(counted).filter(|other| !open(other));
        sure.filter(|other| may_be_launched(see, other)).count()
    } else {
        0
    };
    let holds = if full(sure - launched) {
        Holds::Yes
    } else if !full(sure + unsure) {
        Holds::No
    } else if launched > 0 || unsure > FEW || state.requests.iter().any(|other| other.vague) {
        Holds::Maybe
    } else {
        let mut there = sure;
        for other in state.requests.iter().filter(counted).filter(open) {
            there += usize::from(see.outstanding(other.id).is_some());
        }
        Holds::when(full(there))
    };
    if holds == Holds::No {
        return Holds::No;
    }
    if state.request(request.id).is_some_and(|older| older.vague) {
        // Where others fill it for sure, what it replaces was of another kind, or one was too many before.
        return holds;
    }
    let replaces = see
        .outstanding(request.id)
        .is_some_and(|older| older.kind == request.kind);
    if replaces { Holds::No } else { holds }
}

/// Whether a request may have been launched where nobody could see it: it is pending no more then (LAU-1, LAU-2).
fn may_be_launched(see: &mut See<'_>, request: &Outstanding) -> bool {
    let unseen = !see.cx.driven && see.state.may_be_launching();
    matches!(request.mark, Mark::Maybe | Mark::Later)
        || unseen && see.any_way(|aside| conditions::may_launch_unseen(aside, request))
}

rule! {
    SUB_8, "running task does not count": Must Scheduler
    basis Documented, Inferred
    "A running task does not count against the limits: its identifier can be submitted again from its \
        handler, and the running task is not disturbed."
    from "article Using background tasks to update your app", "WWDC19 session 707"
}
