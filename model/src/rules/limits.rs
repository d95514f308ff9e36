//! How many requests may be pending at once.

use super::conditions;
use crate::op::Submission;
use crate::rule::Rule;
use crate::see::{Holds, See};
use crate::setting::HealthSharesProcessingLimit;
use crate::state::{Mark, Outstanding, State};
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
        full => {
            // Either answer shows the choice.
            see.exercise(&SUB_7);
            if see.chooses(&SUB_7, HealthSharesProcessingLimit::Yes) {
                full
            } else {
                Holds::No
            }
        }
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
    let counted = |see: &See<'_>, other: &Outstanding| {
        other.id != request.id && (other.vague || kinds.contains(&other.kind)) && !see.supposes_launched(other.id)
    };
    let open = |other: &Outstanding| other.unsure || other.vague;
    let (mut sure, mut unsure) = (0, 0);
    for other in state.requests.iter().filter(|other| counted(see, other)) {
        if open(other) {
            unsure += 1;
        } else {
            sure += 1;
        }
    }
    let full = |count: usize| count as i64 >= limit;
    if !full(sure + unsure) {
        return Holds::No;
    }
    let mut stays = sure;
    for other in state.requests.iter().filter(|other| !open(other)) {
        stays -= usize::from(counted(see, other) && may_be_launched(see, other));
    }
    let holds = if full(stays) {
        Holds::Yes
    } else {
        let counted: Vec<_> = state.requests.iter().filter(|other| counted(see, other)).collect();
        let mut launched = counted.clone();
        launched.retain(|other| may_be_launched(see, other));
        let vague = counted.iter().any(|other| other.vague);
        if unsure > FEW || vague || cannot_tell_launched(state, &launched) {
            Holds::Maybe
        } else {
            Holds::when(!has_room(see, &counted, &launched, limit))
        }
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

/// Whether enough of the counted requests that are there were launched unseen, so that there is room for one more. So many
/// of them are taken for launched as there have to be, and no more: another may be launched at any moment as before.
fn has_room(see: &mut See<'_>, counted: &[&Outstanding], launched: &[&Outstanding], limit: i64) -> bool {
    let mut there = counted.to_vec();
    there.retain(|other| !other.unsure || see.outstanding(other.id).is_some());
    let mut too_many = there.len() as i64 + 1 - limit;
    for other in there.iter().filter(|other| launched.contains(other)) {
        if too_many > 0 && see.suppose_launched(other.id) {
            too_many -= 1;
        }
    }
    too_many <= 0
}

/// Whether it is left open which requests were launched unseen: where nothing of the process is known, or of an earlier launch
/// of one of them that has not come or still runs (CON-11), and where it would be too many to tell apart.
fn cannot_tell_launched(state: &State, launched: &[&Outstanding]) -> bool {
    /// So many that made room are told apart.
    const TOLD: usize = 3;
    /// Of so many.
    const AMONG: usize = 16;
    let made_room = state.spent.iter().filter(|spent| spent.mark == Mark::MadeRoom);
    let before = |spent: &Outstanding| launched.iter().any(|other| other.id == spent.id);
    let runs = |other: &&Outstanding| state.running(other.id).is_some();
    !launched.is_empty()
        && (state.process.is_none_or(|process| process.from_before)
            || state.spent.iter().any(before)
            || launched.iter().any(runs)
            || made_room.count() >= TOLD
            || launched.len() > AMONG)
}

/// Whether a request may have been launched where nobody could see it: it is pending no more then (LAU-1, LAU-2).
fn may_be_launched(see: &mut See<'_>, request: &Outstanding) -> bool {
    let unseen = !see.cx.driven && see.state.may_be_launching();
    matches!(request.mark, Mark::Maybe | Mark::Later)
        || unseen && see.any_way(|aside| conditions::may_launch_unseen(aside, request))
}

/// The rule that says how many requests of a kind may be pending.
pub(super) const fn of(kind: Kind) -> &'static Rule {
    match kind {
        Kind::Refresh => &SUB_5,
        Kind::Processing | Kind::HealthResearch | Kind::Continued => &SUB_6,
    }
}

rule! {
    SUB_8, "running task does not count": Must Scheduler
    basis Documented, Inferred
    "A running task does not count against the limits: its identifier can be submitted again from its \
        handler, and the running task is not disturbed."
    from "article Using background tasks to update your app", "WWDC19 session 707"
}
