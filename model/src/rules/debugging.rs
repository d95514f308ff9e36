//! The debugger's hooks.

use crate::facts::Fact;
use crate::see::{Drops, Effect, See, Sureness};
use crate::state::{State, Sym};
use crate::vocabulary::{Kind, Millis};

rule! {
    DBG_1, "simulated launch needs pending": Must Scheduler
    basis Documented, Observed(5)
    "A simulated launch needs a pending request of that identifier; without one nothing happens but a \
        message."
    from "Starting and Terminating Tasks During Development", "react-native-background-fetch 408"
}

/// The debugger simulates a launch: without a pending request nothing happens.
pub(super) fn simulate_launch(see: &mut See<'_>, id: Sym) {
    if see.is(Fact::Simulator) {
        return see.permit(&DBG_6, Effect::Nothing);
    }
    let unseen = see.from_before() && see.state.running(id).is_none();
    if see.running(id).is_some() || unseen && see.either() {
        return see.permit(&DBG_4, Effect::Happens(Drops::NONE));
    }
    match see.outstanding(id) {
        Some(request) if request.kind == Kind::Continued => {
            // Undefined.
            see.permit(&DBG_2, Effect::Simulates(Sureness::Unsure));
        }
        Some(_) => see.permit(&DBG_2, Effect::Simulates(Sureness::Sure)),
        None => see.permit(&DBG_1, Effect::Nothing),
    }
}

rule! {
    DBG_2, "simulated launch runs": Must Scheduler
    basis Documented
    "A simulated launch spends the pending request and runs its handler within `reaction_time`, whatever \
        the date, the device's conditions and the app's state, the foreground included; the process must \
        live. For continued requests it is undefined."
    from "Starting and Terminating Tasks During Development", "WWDC19 session 707"
}

rule! {
    DBG_3, "simulated expiration expires": Must Scheduler
    basis Documented, Observed(1)
    "A simulated expiration expires, within `reaction_time`, the task of that identifier that a simulated \
        launch started (handler or EXP-5), even where the app blocks the registration queue. For a task \
        launched otherwise it may do the same or nothing; with no running task nothing happens."
    from "Starting and Terminating Tasks During Development, steps 2 and 5", "WWDC19 session 707", "duckduckgo iOS 782"
}

/// The debugger simulates an expiration.
pub(super) fn simulate_expiration(see: &mut See<'_>, id: Sym) {
    if see.is(Fact::Simulator) {
        return see.permit(&DBG_6, Effect::Nothing);
    }
    let effect = if see.running(id).is_some() {
        Effect::Happens(Drops::NONE)
    } else {
        Effect::Nothing
    };
    see.permit(&DBG_3, effect);
}

rule! {
    DBG_4, "no second simulated task": Must Scheduler
    basis Observed(2)
    "A simulated launch while a task of that identifier runs starts no second one: nothing happens, or the \
        simulated launch raises (as LAU-3, or with a text of its own). That is its answer and no delivery: \
        nobody has broken a rule by it."
    from "react-native-background-fetch 367", "react-native-background-fetch 495"
}

/// A simulated launch met a running task: for as long as it may be answered, its answer may be an exception.
pub(crate) fn meets_running(state: &mut State, id: Sym, until: Millis) {
    for task in state.tasks.iter_mut().filter(|task| task.id == id) {
        task.hook_raises = until;
    }
}

/// Whether an exception is the answer of a simulated launch that met a running task, and no delivery.
pub(super) fn answers_hook(see: &See<'_>, id: Sym) -> bool {
    let running = see.state.running(id);
    let unseen = see.from_before() && see.cx.named(id).past.simulated;
    running.is_some_and(|task| see.now.earliest <= task.hook_raises) || unseen
}

rule! {
    DBG_5, "no hooks in shipping code": Must App
    basis Documented
    "Shipping code holds no reference to the simulation hooks."
    from "Starting and Terminating Tasks During Development"
}

rule! {
    DBG_6, "hooks on devices only": Must Scheduler
    basis Documented
    "The simulation hooks work on devices only: on the simulator nothing is launched or expired."
    from "Starting and Terminating Tasks During Development"
}

rule! {
    DBG_7, "debugger lifts limits": May Device
    basis Staff
    "With a debugger attached the process is neither suspended nor killed for its time, and a task \
        started by a simulated launch need not be expired by its budget: what works there proves nothing for \
        a release."
    from "forum 119758", "forum 796528"
}
