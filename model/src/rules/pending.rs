//! The pending list.

use super::prelude::*;

/// The rule PEN-1.
pub static LISTS_EACH_PENDING_ONCE: Rule = Rule {
    id: Id::new(Area::PendingList, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "The pending list holds each pending request once, as last submitted, in any order; it is empty where \
        there is none. It shows one state that held between the call and the answer.",
    sources: &["BGTaskScheduler.getPendingTaskRequests"],
};

/// Compares a list with the state. Requests whose presence is open are decided by it.
pub(super) fn list(see: &mut See<'_>) {
    let state = see.state;
    let listed = &see.ask.listed;
    if see.ask.reply == Reply::Open {
        return see.permit(&LISTS_EACH_PENDING_ONCE, Effect::Nothing);
    }
    let waiting = state.requests.iter().any(|request| request.kind == Kind::Continued) && lists_waiting(see);
    let unseen = see.from_before();
    let running = (!state.tasks.is_empty() || unseen) && lists_running(see);
    let unseen_launches = !see.cx.driven && state.process.is_some() && !state.facts.surely(Fact::Foreground);
    let launching = unseen_launches && !state.facts.surely(Fact::Finished);
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
            0 if request.unsure => see.shows(request.id, false),
            // Launched into a process that is still launching, which nobody can see.
            0 if launching && request.kind != Kind::Continued => {}
            0 if matches!(request.mark, Mark::Maybe | Mark::Later) => {}
            0 => {
                fits = false;
                blame_missing(see, request);
            }
            1 if is_listed || running && unseen || runs_and_is_listed(state, request.id, running) => {
                see.shows(request.id, true)
            }
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
            .any(|request| request.same_attributes(seen) || request.vague);
        if !(outstanding || as_running || as_spent) {
            fits = false;
            blame_entry(see, seen);
        }
    }
    if running {
        let tasks = state
            .tasks
            .iter()
            .filter(|task| task.kind != Kind::Continued && !task.maybe_over);
        fits &= tasks.clone().all(|task| listed.iter().any(|seen| seen.id == task.id));
        expected += tasks.count() as u32;
    }
    see.exercise(&submission::REQUEST_DEFAULTS);
    see.lists(&LISTS_EACH_PENDING_ONCE, fits, expected);
}

/// Which rules an entry breaks that should not be there.
fn blame_entry(see: &mut See<'_>, seen: &Outstanding) {
    let state = see.state;
    see.refuse(&LISTS_EACH_PENDING_ONCE);
    let past = see.cx.named(seen.id).past;
    if let Some(request) = state.request(seen.id) {
        see.refuse(&submission::REPLACES_OUTSTANDING);
        if past.changed_submitted {
            see.refuse(&submission::SCHEDULER_KEEPS_COPY);
        }
        if past.changed_listed {
            see.refuse(&LISTED_ARE_COPIES);
        }
        if past.was_cancelled {
            see.refuse(&cancelling::CANCELLED_CAN_BE_SUBMITTED_AGAIN);
        }
        if adds_to_defaults(request, seen) {
            see.refuse(&submission::REQUEST_DEFAULTS);
        }
    } else {
        cancelling::blame_survivor(see, seen.id);
    }
    let kind = |request: &&Outstanding| request.kind == seen.kind && request.id != seen.id;
    let others = see.ask.listed.iter().filter(kind).count() as i64;
    if seen.kind == Kind::Refresh && see.cx.limits.refresh.is_some_and(|limit| others >= limit) {
        see.refuse(&limits::ONE_REFRESH_PENDING);
    }
    if seen.kind == Kind::Processing && see.cx.limits.processing.is_some_and(|limit| others >= limit) {
        see.refuse(&limits::TEN_PROCESSING_PENDING);
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
    let past = see.cx.named(request.id).past;
    see.refuse(&LISTS_EACH_PENDING_ONCE);
    if see.ask.listed.iter().any(|seen| seen.id == request.id) {
        // It is listed as something else, and named for that.
        return;
    }
    if see.cx.story.refused {
        see.refuse(&submission::REFUSAL_LEAVES_OUTSTANDING);
    }
    if past.outlived_process(&see.cx.story) {
        see.refuse(&life::PENDING_SURVIVES_PROCESS);
    }
    if past.by_extension {
        see.refuse(&configuration::EXTENSIONS_SUBMIT_FOR_THE_APP);
    }
}

fn runs_and_is_listed(state: &State, id: Sym, running: bool) -> bool {
    running && state.running(id).is_some()
}

/// The rule PEN-2.
pub static RUNNING_MAY_BE_LISTED: Rule = Rule {
    id: Id::new(Area::PendingList, 2),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: Some(Setting::PendingIncludesRunning),
    text: "The request of a running task: the reference says 'unexecuted' (not listed), the header 'not yet \
        completed' (listed). Both are allowed; with the limit of one refresh the first is likelier (SUB-8).",
    sources: &["BGTaskScheduler.getPendingTaskRequests", "BGTaskScheduler.h"],
};

fn lists_running(see: &mut See<'_>) -> bool {
    const YES: u8 = 0;
    see.exercise(&RUNNING_MAY_BE_LISTED);
    see.chooses(&RUNNING_MAY_BE_LISTED, Setting::PendingIncludesRunning, YES)
}

/// The rule PEN-3.
pub static LISTED_ARE_COPIES: Rule = Rule {
    id: Id::new(Area::PendingList, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "The listed requests are copies: changing one changes nothing.",
    sources: &["BGTaskScheduler.h"],
};

/// The rule PEN-4.
pub static WAITING_MAY_BE_LISTED: Rule = Rule {
    id: Id::new(Area::PendingList, 4),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::ContinuedInPending),
    text: "Waiting continued requests may or may not be listed.",
    sources: &["no source says"],
};

fn lists_waiting(see: &mut See<'_>) -> bool {
    const YES: u8 = 0;
    see.exercise(&WAITING_MAY_BE_LISTED);
    see.chooses(&WAITING_MAY_BE_LISTED, Setting::ContinuedInPending, YES)
}

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &LISTS_EACH_PENDING_ONCE,
    &RUNNING_MAY_BE_LISTED,
    &LISTED_ARE_COPIES,
    &WAITING_MAY_BE_LISTED,
];
