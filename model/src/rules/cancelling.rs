//! Cancelling requests.

use super::{completion, conditions, continued, debugging, launch, life, submission};
use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::Now;
use crate::past::Fate;
use crate::see::{Allowed, Effect, See};
use crate::setting::CancelRunningContinued;
use crate::state::{NEVER, Outstanding, State, Sym, Task};
use crate::vocabulary::{Kind, Millis};

/// What cancelling one identifier does.
pub(super) fn cancel(see: &mut See<'_>, id: Sym) {
    if let Some(request) = see.state.request(id) {
        races(see, request);
    }
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
    for request in &state.requests {
        races(see, request);
    }
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
        Fate::Open if past.continued && past.overdue.is_none() => {
            see.suspect(if past.at_once {
                &continued::SUB_18
            } else {
                &continued::SUB_19
            });
        }
        Fate::Open => {}
        Fate::Refused => see.suspect(&submission::SUB_9),
        Fate::Unreported(rule) => {
            see.refuse(rule);
            see.suspect(&submission::SUB_9);
        }
        Fate::Cancelled => see.refuse(&CAN_1),
        Fate::CancelledWithAll => see.refuse(&CAN_2),
        Fate::Delivered | Fate::Succeeded => see.refuse(&launch::LAU_2),
        Fate::Failed => {
            see.refuse(&completion::CMP_4);
            see.suspect(&launch::LAU_2);
        }
        Fate::Lost => see.refuse(&life::LIF_7),
        Fate::ForceQuit => see.refuse(&life::LIF_8),
        Fate::Ended => see.refuse(&life::LIF_16),
        Fate::Uninstalled => see.refuse(&life::LIF_6),
    }
    if let Some(rule) = past.overdue {
        see.suspect(rule);
    }
    if past.simulated {
        see.suspect(&debugging::DBG_1);
        if matches!(past.fate, Fate::Delivered | Fate::Succeeded | Fate::Failed | Fate::Lost) {
            see.suspect(&debugging::DBG_2);
        }
        if see.state.running(id).is_some() {
            see.suspect(&debugging::DBG_4);
        }
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
    "A cancel or a replacement that comes between a launch and its delivery may prevent the delivery or come \
        too late: the delivery is then allowed within `reaction_time` of it (of the end of launching, where the \
        process was still launching), and not after."
    from "BGTaskScheduler.cancel"
}

/// Notes that a request which goes now may have been launched just before: in a process that lives, launching or not,
/// nobody sees a launch before its delivery.
pub(super) fn races(see: &mut See<'_>, request: &Outstanding) {
    let lives = see.state.process.is_some();
    // Where the runner decides, only what it granted is launched.
    let waits = see.cx.driven && request.kind != Kind::Continued && see.state.granted != Some(request.id);
    if see.lacks(&CAN_6) || !see.holds(&CAN_6, lives && !waits) {
        return;
    }
    if request.vague {
        // Of one of which nothing is known, that is not known either. Where lines may be missing, too much is open as it is.
        if !see.cx.partial {
            see.mark(request.id);
        }
        return;
    }
    if see.any_way(|aside| conditions::may_launch_unseen(aside, request)) {
        see.mark(request.id);
    }
}

/// Until when a delivery may come too late for a cancel or a replacement: within `reaction_time` of it or, while the process
/// is launching, of the end of launching.
pub(crate) fn too_late_until(state: &State, cx: &Context, now: &Now) -> Millis {
    if state.facts.mask(Fact::Finished) == Facts::NO {
        return NEVER;
    }
    cx.limits.reaction.map_or(NEVER, |reaction| now.at + reaction)
}
