//! The debugger's hooks.

use super::prelude::*;

/// The rule DBG-1.
pub static SIMULATED_LAUNCH_NEEDS_PENDING: Rule = Rule {
    id: Id::new(Area::Debugging, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(5)],
    switch: None,
    text: "A simulated launch needs a pending request of that identifier; without one nothing happens but a \
        message.",
    sources: &[
        "Starting and Terminating Tasks During Development",
        "react-native-background-fetch 408",
    ],
};

/// The debugger simulates a launch: without a pending request nothing happens.
pub(super) fn simulate_launch(see: &mut See<'_>, id: Sym) {
    if see.cx.platform == Platform::Simulator {
        return see.permit(&HOOKS_ON_DEVICES_ONLY, Effect::Nothing);
    }
    let unseen = see.from_before() && see.state.running(id).is_none();
    if see.running(id).is_some() || unseen && see.either() {
        return see.permit(&NO_SECOND_SIMULATED_TASK, Effect::Nothing);
    }
    match see.outstanding(id) {
        Some(request) if request.kind == Kind::Continued => {
            // Undefined.
            see.permit(&SIMULATED_LAUNCH_RUNS, Effect::Simulates(Sureness::Unsure));
        }
        Some(_) => see.permit(&SIMULATED_LAUNCH_RUNS, Effect::Simulates(Sureness::Sure)),
        None => see.permit(&SIMULATED_LAUNCH_NEEDS_PENDING, Effect::Nothing),
    }
}

/// The rule DBG-2.
pub static SIMULATED_LAUNCH_RUNS: Rule = Rule {
    id: Id::new(Area::Debugging, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A simulated launch spends the pending request and runs its handler within `reaction_time`, whatever \
        the date, the device's conditions and the app's state, the foreground included; the process must \
        live. For continued requests it is undefined.",
    sources: &[
        "Starting and Terminating Tasks During Development",
        "WWDC19 session 707",
    ],
};

/// The rule DBG-3.
pub static SIMULATED_EXPIRATION_EXPIRES: Rule = Rule {
    id: Id::new(Area::Debugging, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "A simulated expiration expires, within `reaction_time`, the task of that identifier that a simulated \
        launch started (handler or EXP-5), even where the app blocks the registration queue. For a task \
        launched otherwise it may do the same or nothing; with no running task nothing happens.",
    sources: &[
        "Starting and Terminating Tasks During Development, steps 2 and 5",
        "WWDC19 session 707",
        "duckduckgo iOS 782",
    ],
};

/// The debugger simulates an expiration.
pub(super) fn simulate_expiration(see: &mut See<'_>, id: Sym) {
    if see.cx.platform == Platform::Simulator {
        return see.permit(&HOOKS_ON_DEVICES_ONLY, Effect::Nothing);
    }
    let effect = if see.running(id).is_some() {
        Effect::Happens(Drops::NONE)
    } else {
        Effect::Nothing
    };
    see.permit(&SIMULATED_EXPIRATION_EXPIRES, effect);
}

/// The rule DBG-4.
pub static NO_SECOND_SIMULATED_TASK: Rule = Rule {
    id: Id::new(Area::Debugging, 4),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Observed(2)],
    switch: None,
    text: "A simulated launch while a task of that identifier runs starts no second one; it may raise as LAU-3.",
    sources: &["react-native-background-fetch 367", "react-native-background-fetch 495"],
};

/// The rule DBG-5.
pub static NO_HOOKS_IN_SHIPPING_CODE: Rule = Rule {
    id: Id::new(Area::Debugging, 5),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Shipping code holds no reference to the simulation hooks.",
    sources: &["Starting and Terminating Tasks During Development"],
};

/// The rule DBG-6.
pub static HOOKS_ON_DEVICES_ONLY: Rule = Rule {
    id: Id::new(Area::Debugging, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "The simulation hooks work on devices only: on the simulator nothing is launched or expired.",
    sources: &["Starting and Terminating Tasks During Development"],
};

/// The rule DBG-7.
pub static DEBUGGER_LIFTS_LIMITS: Rule = Rule {
    id: Id::new(Area::Debugging, 7),
    bound: Party::Device,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Staff],
    switch: None,
    text: "With a debugger attached the process is neither suspended nor killed for its time, and a task \
        started by a simulated launch need not be expired by its budget: what works there proves nothing for \
        a release.",
    sources: &["forum 119758", "forum 796528"],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &SIMULATED_LAUNCH_NEEDS_PENDING,
    &SIMULATED_LAUNCH_RUNS,
    &SIMULATED_EXPIRATION_EXPIRES,
    &NO_SECOND_SIMULATED_TASK,
    &NO_HOOKS_IN_SHIPPING_CODE,
    &HOOKS_ON_DEVICES_ONLY,
    &DEBUGGER_LIFTS_LIMITS,
];
