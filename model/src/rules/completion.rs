//! Completing tasks.

use super::{expiration, life, progress};
use crate::op::TaskRef;
use crate::see::{Allowed, Drops, Effect, See};
use crate::vocabulary::{Area, Kind};

/// What an app owes when it completes.
pub(super) fn duties(see: &mut See<'_>, task: TaskRef, success: bool) {
    let state = see.state;
    let once = match state.task(task.id, task.n) {
        Some(task) => !success || !task.expired && !state.working.contains(&task.id),
        None => false,
    };
    see.duty(&CMP_3, once);
    if let Some(task) = state.task(task.id, task.n).copied() {
        let has_successor = life::has_successor(see, &task);
        see.duty(&life::LIF_10, has_successor);
        let handled = task.handler || task.expired;
        see.duty(&expiration::EXP_14, handled || !see.cx.models(Area::Expiration));
        let seeded = task.kind != Kind::Continued || task.seeded;
        see.duty(&progress::PRG_11, seeded);
    }
}

/// A completion returns, whatever it meets: the first counts (CMP-2), a late one touches nothing (CMP-8).
pub(super) fn complete(see: &mut See<'_>, task: TaskRef, success: bool) {
    if !success {
        see.exercise(&CMP_4);
    }
    let state = see.state;
    match state.task(task.id, task.n) {
        Some(task) if task.expired => see.exercise(&CMP_6),
        Some(_) => {}
        None if state.running(task.id).is_some() => see.exercise(&CMP_8),
        None => {}
    }
    see.allow(&CMP_2, Allowed::Nothing, Effect::Happens(Drops::NONE));
}

rule! {
    CMP_1, "every task is completed": Must App
    basis Documented, Observed(6)
    "Every delivered task is completed by the app, the expired ones included. The breach falls due when \
        the process is killed for it (CMP-7), when the system completes it (EXP-5), at the end of the grace \
        where `expiration_grace` has a number, or at the end of the trace with the task expired and open. A \
        process that dies for another reason owes nothing."
    from "BGTask.setTaskCompleted", "WWDC19 session 707", "SakuraRSS PR 254"
}

rule! {
    CMP_2, "first completion counts": Must Scheduler
    basis Inferred, Observed(2)
    "The first completion counts, the system's (EXP-5) included; a later one has no effect and does no \
        harm."
    from "romm DownloadContinuedTaskController", "EhPanda 15-UAT"
}

rule! {
    CMP_3, "completed once from one place": Should App
    basis Observed(6)
    "A task is completed once, from one place, and never as a success after it expired or while its work \
        still runs."
    from "SwissTransfer UploadContinuationCoordinator", "noop 654", "zingo-mobile PR 599"
}

rule! {
    CMP_4, "failure is not rerun": Must Scheduler
    basis Documented
    "success: false is not run again unless it is submitted again."
    from "BGTask.setTaskCompleted"
}

rule! {
    CMP_5, "suspended after completion": May Scheduler
    basis Documented
    "A background app whose tasks have all completed is suspended, unless something else keeps it awake."
    from "BGTask.setTaskCompleted", "WWDC19 session 707"
}

rule! {
    CMP_6, "completion within grace": Must Scheduler
    basis Documented
    "Completion after expiry and within the grace, inside the expiration handler too, is accepted, and no \
        kill follows."
    from "WWDC19 session 707", "BGTask.h"
}

rule! {
    CMP_7, "not completing may be killed": May Scheduler
    basis Documented
    "An app that does not complete may be killed when its time and grace are over, and throttled later."
    from "BGTask.setTaskCompleted", "WWDC22 session 10142", "cocoabytes guide to BackgroundTasks"
}

rule! {
    CMP_8, "late completion touches no later task": Must Scheduler
    basis Inferred
    "A late completion of an earlier task touches no later task of the same identifier."
    from "Klaud continued task harness"
}

rule! {
    CMP_9, "past may matter": May Scheduler
    basis Documented, Observed(1)
    "How often and how long an app is launched may depend on its past (failures, expiries, use of the \
        app): nothing of it is promised, and no penalty for success: false is documented."
    from "WWDC22 session 10142", "WWDC19 session 707", "cocoabytes guide to BackgroundTasks"
}
