//! Cancelling requests.

use super::prelude::*;

/// What cancelling one identifier does.
pub(super) fn cancel(see: &mut See<'_>, id: Sym) {
    let runs = see.running(id).copied();
    let expires = runs.is_some_and(|task| is_expired_by_cancel(see, &task));
    if runs.is_some_and(|task| task.kind != Kind::Continued) {
        see.exercise(&CANCEL_LEAVES_RUNNING);
    }
    see.allow(&CANCEL_REMOVES, Allowed::Nothing, Effect::Cancels { expires });
    if see.lacks(&CANCEL_REMOVES) {
        see.allow(&CANCEL_REMOVES, Allowed::Nothing, Effect::Nothing);
    }
}

/// What cancelling everything does.
pub(super) fn cancel_all(see: &mut See<'_>) {
    let state = see.state;
    let mut expires = false;
    for task in &state.tasks {
        expires = expires || is_expired_by_cancel(see, task);
    }
    see.allow(&CANCEL_ALL_REMOVES_EVERY, Allowed::Nothing, Effect::Cancels { expires });
    if see.lacks(&CANCEL_ALL_REMOVES_EVERY) {
        see.allow(&CANCEL_ALL_REMOVES_EVERY, Allowed::Nothing, Effect::Nothing);
    }
}

/// Names the rules that a request breaks which is listed or launched though it should be gone.
pub(super) fn blame_survivor(see: &mut See<'_>, id: Sym) {
    let past = see.cx.named(id).past;
    match past.fate {
        Fate::Open if past.continued => see.refuse(&continued::QUEUE_WAITS_IN_ORDER),
        Fate::Open => {}
        Fate::Refused => see.refuse(&submission::REFUSAL_LEAVES_OUTSTANDING),
        Fate::Unreported(rule) => {
            see.refuse(rule);
            see.refuse(&submission::REFUSAL_LEAVES_OUTSTANDING);
        }
        Fate::Cancelled => see.refuse(&CANCEL_REMOVES),
        Fate::CancelledWithAll => see.refuse(&CANCEL_ALL_REMOVES_EVERY),
        Fate::Delivered | Fate::Succeeded => see.refuse(&launch::ONE_REQUEST_ONE_LAUNCH),
        Fate::Failed => see.refuse(&completion::FAILURE_IS_NOT_RERUN),
        Fate::Lost => see.refuse(&life::DEATH_ENDS_TASKS),
        Fate::ForceQuit => see.refuse(&life::FORCE_QUIT_ENDS_CONTINUED),
        Fate::Ended => see.refuse(&life::REBOOT_ENDS_EVERYTHING_RUNNING),
        Fate::Uninstalled => see.refuse(&life::UNINSTALL_REMOVES),
    }
    if past.simulated {
        see.refuse(&debugging::SIMULATED_LAUNCH_NEEDS_PENDING);
        if see.cx.platform == Platform::Simulator {
            see.refuse(&debugging::HOOKS_ON_DEVICES_ONLY);
        }
    }
}

/// The rule CAN-1.
pub static CANCEL_REMOVES: Rule = Rule {
    id: Id::new(Area::Cancelling, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(2)],
    switch: None,
    text: "Cancelling an identifier removes its outstanding request, pending or waiting: it is no longer listed \
        and never launched. An identifier without one is a no-op without an error.",
    sources: &["BGTaskScheduler.cancel", "phovo README"],
};

/// The rule CAN-2.
pub static CANCEL_ALL_REMOVES_EVERY: Rule = Rule {
    id: Id::new(Area::Cancelling, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Cancelling all removes every outstanding request of the app, of every kind and of its extensions.",
    sources: &["BGTaskScheduler.cancelAllTaskRequests"],
};

/// The rule CAN-3.
pub static CANCEL_LEAVES_RUNNING: Rule = Rule {
    id: Id::new(Area::Cancelling, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "Cancelling does not end a running refresh, processing or health research task, and unregisters \
        nothing.",
    sources: &["flutter_workmanager 451"],
};

/// The rule CAN-4.
pub static CANCEL_MAY_EXPIRE_CONTINUED: Rule = Rule {
    id: Id::new(Area::Cancelling, 4),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::CancelRunningContinued),
    text: "A cancel or cancel-all that meets a running continued task may expire it or leave it alone: no \
        source says. Where it expires the task, within `reaction_time`.",
    sources: &["forum 808756"],
};

fn is_expired_by_cancel(see: &mut See<'_>, task: &Task) -> bool {
    const EXPIRES: u8 = 0;
    if task.kind != Kind::Continued || task.expired {
        return false;
    }
    see.exercise(&CANCEL_MAY_EXPIRE_CONTINUED);
    see.chooses(&CANCEL_MAY_EXPIRE_CONTINUED, Setting::CancelRunningContinued, EXPIRES)
}

/// The rule CAN-5.
pub static CANCELLED_CAN_BE_SUBMITTED_AGAIN: Rule = Rule {
    id: Id::new(Area::Cancelling, 5),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "After a cancel the identifier can be submitted again, with nothing left of the old request.",
    sources: &["CAN-1"],
};

/// The rule CAN-6.
pub static CANCEL_BETWEEN_LAUNCH_AND_DELIVERY: Rule = Rule {
    id: Id::new(Area::Cancelling, 6),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "A cancel or a replacement that comes between a launch and its delivery may prevent the delivery or \
        come too late.",
    sources: &["BGTaskScheduler.cancel"],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &CANCEL_REMOVES,
    &CANCEL_ALL_REMOVES_EVERY,
    &CANCEL_LEAVES_RUNNING,
    &CANCEL_MAY_EXPIRE_CONTINUED,
    &CANCELLED_CAN_BE_SUBMITTED_AGAIN,
    &CANCEL_BETWEEN_LAUNCH_AND_DELIVERY,
];
