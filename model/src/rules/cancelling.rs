//! Cancelling requests.

use super::{completion, continued, debugging, launch, life, submission};
use crate::facts::Fact;
use crate::past::Fate;
use crate::see::{Allowed, Effect, See};
use crate::setting::CancelRunningContinued;
use crate::state::{Sym, Task};
use crate::vocabulary::Kind;

/// What cancelling one identifier does.
pub(super) fn cancel(see: &mut See<'_>, id: Sym) {
    let runs = see.running(id).copied();
    let expires = runs.is_some_and(|task| is_expired_by_cancel(see, &task));
    if runs.is_some_and(|task| task.kind != Kind::Continued) {
        see.exercise(&CAN_3);
    }
    see.allow(&CAN_1, Allowed::Nothing, Effect::Cancels { expires });
    if see.lacks(&CAN_1) {
        see.allow(&CAN_1, Allowed::Nothing, Effect::Nothing);
    }
}

/// What cancelling everything does.
pub(super) fn cancel_all(see: &mut See<'_>) {
    let state = see.state;
    let mut expires = false;
    for task in &state.tasks {
        expires = expires || is_expired_by_cancel(see, task);
    }
    see.allow(&CAN_2, Allowed::Nothing, Effect::Cancels { expires });
    if see.lacks(&CAN_2) {
        see.allow(&CAN_2, Allowed::Nothing, Effect::Nothing);
    }
}

/// Names the rules that a request breaks which is listed or launched though it should be gone.
pub(super) fn blame_survivor(see: &mut See<'_>, id: Sym) {
    let past = see.cx.named(id).past;
    match past.fate {
        Fate::Open if past.continued && past.overdue.is_none() => see.refuse(&continued::SUB_19),
        Fate::Open => {}
        Fate::Refused => see.refuse(&submission::SUB_9),
        Fate::Unreported(rule) => {
            see.refuse(rule);
            see.refuse(&submission::SUB_9);
        }
        Fate::Cancelled => see.refuse(&CAN_1),
        Fate::CancelledWithAll => see.refuse(&CAN_2),
        Fate::Delivered | Fate::Succeeded => see.refuse(&launch::LAU_2),
        Fate::Failed => see.refuse(&completion::CMP_4),
        Fate::Lost => see.refuse(&life::LIF_7),
        Fate::ForceQuit => see.refuse(&life::LIF_8),
        Fate::Ended => see.refuse(&life::LIF_16),
        Fate::Uninstalled => see.refuse(&life::LIF_6),
    }
    if let Some(rule) = past.overdue {
        see.refuse(rule);
    }
    if past.simulated {
        see.refuse(&debugging::DBG_1);
        if see.state.facts.surely(Fact::Simulator) {
            see.refuse(&debugging::DBG_6);
        }
    }
}

rule! {
    CAN_1, "cancel removes": Must Scheduler
    basis Documented, Observed(2)
    "Cancelling an identifier removes its outstanding request, pending or waiting: it is no longer listed \
        and never launched. An identifier without one is a no-op without an error."
    from "BGTaskScheduler.cancel", "phovo README"
}

rule! {
    CAN_2, "cancel all removes every": Must Scheduler
    basis Documented
    "Cancelling all removes every outstanding request of the app, of every kind and of its extensions."
    from "BGTaskScheduler.cancelAllTaskRequests"
}

rule! {
    CAN_3, "cancel leaves running": Must Scheduler
    basis Documented, Observed(1)
    "Cancelling does not end a running refresh, processing or health research task, and unregisters \
        nothing."
    from "flutter_workmanager 451"
}

rule! {
    CAN_4, "cancel may expire continued": May Scheduler
    since 26.0
    basis Inferred
    decided by CancelRunningContinued
    "A cancel or cancel-all that meets a running continued task may expire it or leave it alone: no \
        source says. Where it expires the task, within `reaction_time`."
    from "forum 808756"
}

fn is_expired_by_cancel(see: &mut See<'_>, task: &Task) -> bool {
    if task.kind != Kind::Continued || task.expired {
        return false;
    }
    see.exercise(&CAN_4);
    see.chooses(&CAN_4, CancelRunningContinued::Expires)
}

rule! {
    CAN_5, "cancelled can be submitted again": Must Scheduler
    basis Inferred
    "After a cancel the identifier can be submitted again, with nothing left of the old request."
    from "CAN-1"
}

rule! {
    CAN_6, "cancel between launch and delivery": May Scheduler
    basis Inferred
    "A cancel or a replacement that comes between a launch and its delivery may prevent the delivery or \
        come too late."
    from "BGTaskScheduler.cancel"
}
