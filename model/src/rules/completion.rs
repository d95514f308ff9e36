//! Completing tasks.

use super::prelude::*;

/// What an app owes when it completes.
pub(super) fn duties(see: &mut See<'_>, task: TaskRef, success: bool) {
    let state = see.state;
    let once = match state.task(task.id, task.n) {
        Some(task) => !(task.expired && success),
        None => false,
    };
    see.duty(&COMPLETED_ONCE_FROM_ONE_PLACE, once);
    if let Some(task) = state.task(task.id, task.n).copied() {
        let has_successor = life::has_successor(see, &task);
        see.duty(&life::RESUBMIT_IN_HANDLER, has_successor);
        let handled = task.handler || task.expired;
        see.duty(
            &expiration::HANDLER_SET_FIRST,
            handled || !see.cx.models(Area::Expiration),
        );
        let seeded = task.kind != Kind::Continued || task.seeded;
        see.duty(&progress::FINE_PROGRESS, seeded);
    }
}

/// A completion returns, whatever it meets: the first counts (CMP-2), a late one touches nothing (CMP-8).
pub(super) fn complete(see: &mut See<'_>, task: TaskRef, success: bool) {
    if !success {
        see.exercise(&FAILURE_IS_NOT_RERUN);
    }
    let state = see.state;
    match state.task(task.id, task.n) {
        Some(task) if task.expired => see.exercise(&COMPLETION_WITHIN_GRACE),
        Some(_) => {}
        None if state.running(task.id).is_some() => see.exercise(&LATE_COMPLETION_TOUCHES_NO_LATER_TASK),
        None => {}
    }
    see.allow(&FIRST_COMPLETION_COUNTS, Allowed::Nothing, Effect::Happens(Drops::NONE));
}

/// The rule CMP-1.
pub static EVERY_TASK_IS_COMPLETED: Rule = Rule {
    id: Id::new(Area::Completion, 1),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(6)],
    switch: None,
    text: "Every delivered task is completed by the app, the expired ones included. The breach falls due when \
        the process is killed for it (CMP-7), when the system completes it (EXP-5), at the end of the grace \
        where `expiration_grace` has a number, or at the end of the trace with the task expired and open. A \
        process that dies for another reason owes nothing.",
    sources: &["BGTask.setTaskCompleted", "WWDC19 session 707", "SakuraRSS PR 254"],
};

/// The rule CMP-2.
pub static FIRST_COMPLETION_COUNTS: Rule = Rule {
    id: Id::new(Area::Completion, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred, Basis::Observed(2)],
    switch: None,
    text: "The first completion counts, the system's (EXP-5) included; a later one has no effect and does no \
        harm.",
    sources: &["romm DownloadContinuedTaskController", "EhPanda 15-UAT"],
};

/// The rule CMP-3.
pub static COMPLETED_ONCE_FROM_ONE_PLACE: Rule = Rule {
    id: Id::new(Area::Completion, 3),
    bound: Party::App,
    force: Force::Should,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Observed(6)],
    switch: None,
    text: "A task is completed once, from one place, and never as a success after it expired or while its work \
        still runs.",
    sources: &[
        "SwissTransfer UploadContinuationCoordinator",
        "noop 654",
        "zingo-mobile PR 599",
    ],
};

/// The rule CMP-4.
pub static FAILURE_IS_NOT_RERUN: Rule = Rule {
    id: Id::new(Area::Completion, 4),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "success: false is not run again unless it is submitted again.",
    sources: &["BGTask.setTaskCompleted"],
};

/// The rule CMP-5.
pub static SUSPENDED_AFTER_COMPLETION: Rule = Rule {
    id: Id::new(Area::Completion, 5),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A background app whose tasks have all completed is suspended, unless something else keeps it awake.",
    sources: &["BGTask.setTaskCompleted", "WWDC19 session 707"],
};

/// The rule CMP-6.
pub static COMPLETION_WITHIN_GRACE: Rule = Rule {
    id: Id::new(Area::Completion, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Completion after expiry and within the grace, inside the expiration handler too, is accepted, and no \
        kill follows.",
    sources: &["WWDC19 session 707", "BGTask.h"],
};

/// The rule CMP-7.
pub static NOT_COMPLETING_MAY_BE_KILLED: Rule = Rule {
    id: Id::new(Area::Completion, 7),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "An app that does not complete may be killed when its time and grace are over, and throttled later.",
    sources: &[
        "BGTask.setTaskCompleted",
        "WWDC22 session 10142",
        "cocoabytes guide to BackgroundTasks",
    ],
};

/// The rule CMP-8.
pub static LATE_COMPLETION_TOUCHES_NO_LATER_TASK: Rule = Rule {
    id: Id::new(Area::Completion, 8),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "A late completion of an earlier task touches no later task of the same identifier.",
    sources: &["Klaud continued task harness"],
};

/// The rule CMP-9.
pub static PAST_MAY_MATTER: Rule = Rule {
    id: Id::new(Area::Completion, 9),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "How often and how long an app is launched may depend on its past (failures, expiries, use of the \
        app): nothing of it is promised, and no penalty for success: false is documented.",
    sources: &[
        "WWDC22 session 10142",
        "WWDC19 session 707",
        "cocoabytes guide to BackgroundTasks",
    ],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &EVERY_TASK_IS_COMPLETED,
    &FIRST_COMPLETION_COUNTS,
    &COMPLETED_ONCE_FROM_ONE_PLACE,
    &FAILURE_IS_NOT_RERUN,
    &SUSPENDED_AFTER_COMPLETION,
    &COMPLETION_WITHIN_GRACE,
    &NOT_COMPLETING_MAY_BE_KILLED,
    &LATE_COMPLETION_TOUCHES_NO_LATER_TASK,
    &PAST_MAY_MATTER,
];
