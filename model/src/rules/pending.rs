//! The pending list.

use super::{cancelling, configuration, life, limits, submission};
use crate::facts::Fact;
use crate::op::Reply;
use crate::see::{Effect, See};
use crate::setting::{ContinuedInPending, PendingIncludesRunning};
use crate::state::{Mark, Outstanding, State, Sym, Task};
use crate::vocabulary::{Kind, Millis, Protection, Strategy};

rule! {
    PEN_1, "lists each pending once": Must Scheduler
    basis Documented
    "The pending list holds each pending request once, as last submitted, in any order; it is empty where \
        there is none. It shows one state that held between the call and the answer."
    from "BGTaskScheduler.getPendingTaskRequests"
}

/// Compares a list with the state. Requests whose presence is open are decided by it.
pub(super) fn list(see: &mut See<'_>) {
    let state = see.state;
    let listed = &see.ask.listed;
    if see.ask.reply == Reply::Open {
        return see.permit(&PEN_1, Effect::Nothing);
    }
    let waiting = state.requests.iter().any(|request| request.kind == Kind::Continued) && lists_waiting(see);
    let unseen = see.from_before();
    let running = (!state.tasks.is_empty() || unseen) && lists_running(see);
    let launching = !see.cx.driven && state.may_be_launching() && !state.facts.surely(Fact::Foreground);
    let mut expected = 0;
    let mut fits = true;
    for request in &state.requests {
        let seen = listed
            .iter()
            .filter(|seen| request.vague && seen.id == request.id || request.same_attributes(seen));
        let count = seen.count();
        let is_listed = request.kind != Kind::Continued || waiting;
        match count {
            0 if !is_listed => {}
            // Of one of which nothing is known it is not known either whether it would be listed.
            0 if request.vague && see.cx.platform.has_kind(Kind::Continued, see.cx.os) && !lists_waiting(see) => {}
            0 if request.unsure => see.shows(request.id, false),
            // Launched into a process that is still launching, which nobody can see.
            0 if launching && request.kind != Kind::Continued => {}
            0 if matches!(request.mark, Mark::Maybe | Mark::Later) => {}
            0 => {
                fits = false;
                blame_missing(see, request);
            }
            // It may be the running one that is listed.
            1 if request.unsure && (running && unseen || runs_and_is_listed(state, request.id, running)) => {}
            1 if is_listed || running && unseen || runs_and_is_listed(state, request.id, running) => {
                see.shows(request.id, true)
            }
            // Once as pending, and once as running (PEN-2).
            2 if is_listed && running && runs_alike(state, request) => see.shows(request.id, true),
            _ => fits = false,
        }
        expected += u32::from(is_listed);
    }
    for seen in listed {
        let outstanding = state
            .request(seen.id)
            .is_some_and(|request| request.vague || request.same_attributes(seen));
        let is_of = |task: &Task| task.request.same_attributes(seen) || task.request.vague && task.id == seen.id;
        let as_running = running && (unseen || state.tasks.iter().any(is_of));
        let as_spent = state
            .spent
            .iter()
            // One that was cancelled is listed no longer, whether its delivery comes too late or not.
            .filter(|request| request.mark != Mark::Free)
            .any(|request| request.same_attributes(seen) || request.vague && request.id == seen.id);
        let copies = listed.iter().filter(|other| other.same_attributes(seen)).count();
        // Each once: what is pending was counted above.
        let too_often = !outstanding && !unseen && copies > usize::from(as_running) + usize::from(as_spent);
        if too_often || !(outstanding || as_running || as_spent) {
            fits = false;
            blame_entry(see, seen);
        }
    }
    if running {
        let tasks = state
            .tasks
            .iter()
            .filter(|task| task.kind != Kind::Continued && !task.maybe_over && !task.kind_in_doubt())
            // No source says that it stays listed after a cancel.
            .filter(|task| !task.cancelled);
        fits &= tasks.clone().all(|task| listed.iter().any(|seen| seen.id == task.id));
        expected += tasks.count() as u32;
    }
    see.exercise(&submission::SUB_26);
    see.lists(&PEN_1, fits, expected);
}

/// Which rules an entry breaks that should not be there.
fn blame_entry(see: &mut See<'_>, seen: &Outstanding) {
    let state = see.state;
    see.refuse(&PEN_1);
    let past = see.cx.named(seen.id).past;
    if let Some(request) = state.request(seen.id) {
        if past.replaced {
            see.suspect(&submission::SUB_4);
        }
        if past.changed_submitted {
            see.suspect(&submission::SUB_15);
        }
        if past.changed_listed {
            see.suspect(&PEN_3);
        }
        if past.was_cancelled {
            see.suspect(&cancelling::CAN_5);
        }
        if past.was_refused {
            see.suspect(&submission::SUB_9);
        }
        if adds_to_defaults(request, seen) {
            see.suspect(&submission::SUB_26);
        }
    } else {
        cancelling::blame_survivor(see, seen.id);
    }
    let kind = |request: &&Outstanding| request.kind == seen.kind && request.id != seen.id;
    let others = see.ask.listed.iter().filter(kind).count() as i64;
    if seen.kind == Kind::Refresh && see.cx.limits.refresh.is_some_and(|limit| others >= limit) {
        see.suspect(&limits::SUB_5);
    }
    if seen.kind == Kind::Processing && see.cx.limits.processing.is_some_and(|limit| others >= limit) {
        see.suspect(&limits::SUB_6);
    }
}

/// Whether an entry has an attribute that the request left at its default.
fn adds_to_defaults(request: &Outstanding, seen: &Outstanding) -> bool {
    !request.network && seen.network
        || !request.power && seen.power
        || !request.gpu && seen.gpu
        || request.earliest == Millis::MIN && seen.earliest != Millis::MIN
        || request.strategy == Strategy::default() && seen.strategy != request.strategy
        || request.protection == Protection::default() && seen.protection != request.protection
}

/// Which rules a list breaks from which a request is missing.
fn blame_missing(see: &mut See<'_>, request: &Outstanding) {
    let past = see.cx.past(request.id);
    see.refuse(&PEN_1);
    if see.ask.listed.iter().any(|seen| seen.id == request.id) {
        // It is listed as something else, and named for that.
        return;
    }
    if see.cx.story.refused {
        see.suspect(&submission::SUB_9);
    }
    if past.outlived_process(&see.cx.story) {
        see.suspect(&life::LIF_1);
    } else if see.ask.listed.is_empty() && request.kind != Kind::Continued {
        // Where others are listed, the list is what is short.
        see.suspect(&submission::SUB_1);
    }
    if past.by_extension {
        see.suspect(&configuration::CFG_7);
    }
}

/// Whether a task runs whose request looks the same as the one that is pending.
fn runs_alike(state: &State, request: &Outstanding) -> bool {
    let alike = |task: &Task| task.request.vague || request.vague || task.request.same_attributes(request);
    state.running(request.id).is_some_and(alike)
}

fn runs_and_is_listed(state: &State, id: Sym, running: bool) -> bool {
    running && state.running(id).is_some()
}

rule! {
    PEN_2, "running may be listed": May Scheduler
    basis Documented
    decided by PendingIncludesRunning
    "The request of a running task: the reference says 'unexecuted' (not listed), the header 'not yet \
        completed' (listed). Both are allowed; with the limit of one refresh the first is likelier (SUB-8)."
    from "BGTaskScheduler.getPendingTaskRequests", "BGTaskScheduler.h"
}

fn lists_running(see: &mut See<'_>) -> bool {
    see.exercise(&PEN_2);
    see.chooses(&PEN_2, PendingIncludesRunning::Yes)
}

rule! {
    PEN_3, "listed are copies": Must Scheduler
    basis Documented
    "The listed requests are copies: changing one changes nothing."
    from "BGTaskScheduler.h"
}

rule! {
    PEN_4, "waiting may be listed": May Scheduler
    since 26.0
    basis Inferred
    decided by ContinuedInPending
    "Waiting continued requests may or may not be listed."
    from "no source says"
}

fn lists_waiting(see: &mut See<'_>) -> bool {
    see.exercise(&PEN_4);
    see.chooses(&PEN_4, ContinuedInPending::Yes)
}
