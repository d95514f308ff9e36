//! Launches and deliveries.

use super::prelude::*;

/// The scheduler started the app's process in the background. For which requests is known or not.
pub(super) fn launched(see: &mut See<'_>, known: bool) {
    if see.state.process.is_some() {
        return see.refuse(&LIVING_PROCESS_IS_USED);
    }
    let state = see.state;
    let mut refused = false;
    let mut any = false;
    if known {
        let asked = see.ask;
        for id in &asked.ids {
            match see.outstanding(*id) {
                None => {
                    without_request(see, *id);
                    refused = true;
                }
                Some(request) => {
                    refused |= clauses::blockers(see, request, |see, rule| see.refuse(rule));
                    refused |= was_not_granted(see, request);
                    any = true;
                }
            }
        }
    } else {
        let mut against = Vec::new();
        // One that may not be there is marked all the same: to ask for each would double the states each time.
        for request in &state.requests {
            if was_not_granted(see, request) {
                continue;
            }
            if clauses::blockers(see, request, |_, rule| against.push(rule)) {
                continue;
            }
            see.mark(request.id);
            any = true;
        }
        if !any {
            against.iter().for_each(|rule| see.refuse(rule));
        }
    }
    if !any && !refused {
        see.refuse(&NO_LAUNCH_WITHOUT_REQUEST);
    } else if any && !refused {
        see.permit(&ONE_REQUEST_ONE_LAUNCH, Effect::Happens(Drops::NONE));
    }
}

/// Whether a request may have been launched with the process, or while it was launching.
fn was_launched(see: &See<'_>, request: &Outstanding) -> bool {
    let until = see.state.process.map_or(NEVER, |process| process.marks_until);
    matches!(request.mark, Mark::Maybe | Mark::Later) && see.now.earliest <= until
}

/// A task came to its launch handler.
pub(super) fn delivered(see: &mut See<'_>, task: TaskRef, kind: Kind, queue: Seen) {
    let state = see.state;
    let mut refused = false;
    exercised_by_delivery(see, task, kind);
    refused |= !state.tasks.is_empty() && !see.leaves(&ONE_LAUNCH_SEVERAL_TASKS);
    refused |= comes_before_others(see, task.id, kind) && !see.leaves(&ANY_ORDER_OF_LAUNCHES);
    if !see.is(Fact::Finished) {
        refused |= see.forbid(&NOT_BEFORE_LAUNCH_FINISHED);
    }
    if see.cx.models(Area::Registration) {
        refused |= has_no_handler(see, task, queue);
    }
    if let Some(spent) = state.spent.iter().find(|spent| spent.id == task.id) {
        if conditions::runs_beside(see, spent) {
            refused |= see.forbid(&conditions::ONE_TASK_OF_AN_IDENTIFIER);
        }
        refused |= is_of_other_kind(see, spent, kind);
        if !refused {
            see.permit(&ONE_REQUEST_ONE_LAUNCH, Effect::DeliverSpent);
        }
        if spent.mark != Mark::Free || spent.unsure || see.state.request(task.id).is_none() {
            return;
        }
        // It was submitted anew before: the task may be of the later request.
    }
    let Some(request) = see.outstanding(task.id) else {
        return without_request(see, task.id);
    };
    refused |= is_of_other_kind(see, request, kind);
    let request = Outstanding { kind, ..*request };
    if !was_launched(see, &request) {
        refused |= clauses::blockers_of(see, &request, Some(kind), |see, rule| see.refuse(rule));
        refused |= was_not_granted(see, &request);
        let past = see.cx.named(task.id).past;
        if past.simulated && state.running(task.id).is_some() {
            see.also_breaks(&debugging::NO_SECOND_SIMULATED_TASK);
        }
        if past.simulated && see.cx.platform == Platform::Simulator {
            see.also_breaks(&debugging::HOOKS_ON_DEVICES_ONLY);
        }
    }
    if !refused {
        let by = if kind == Kind::Continued {
            &CONTINUED_STARTS_PROMPTLY
        } else {
            &ONE_REQUEST_ONE_LAUNCH
        };
        see.exercise(&LIVING_PROCESS_IS_USED);
        see.exercise(&conditions::LAUNCH_IS_NEVER_OWED);
        see.permit(by, Effect::DeliverOutstanding);
    }
}

/// The rules that a delivery puts to use, whatever comes of it.
fn exercised_by_delivery(see: &mut See<'_>, task: TaskRef, kind: Kind) {
    let state = see.state;
    see.exercise(&NOT_BEFORE_LAUNCH_FINISHED);
    let past = see.cx.named(task.id).past;
    if past.outlived_process(&see.cx.story) && see.cx.story.died {
        see.exercise(&life::DEATH_LEAVES_ELIGIBLE);
    }
    let request = state
        .spent
        .iter()
        .chain(&state.requests)
        .find(|request| request.id == task.id);
    let Some(request) = request else { return };
    if kind == Kind::Continued && request.earliest != Millis::MIN {
        see.exercise(&continued::CONTINUED_IGNORES_BEGIN_DATE);
    }
    if matches!(kind, Kind::Processing | Kind::HealthResearch) && !(request.network && request.power) {
        see.exercise(&conditions::UNREQUIRED_IS_FREE);
    }
    if request.mark == Mark::Free {
        see.exercise(&cancelling::CANCEL_BETWEEN_LAUNCH_AND_DELIVERY);
    }
}

/// Whether a pending request is left behind that is as old or older by its date.
fn comes_before_others(see: &See<'_>, id: Sym, kind: Kind) -> bool {
    let requests = &see.state.requests;
    let date = requests
        .iter()
        .find(|request| request.id == id)
        .map(|request| request.earliest);
    let other = |other: &&Outstanding| other.id != id && other.kind != Kind::Continued && !other.vague;
    let mut others = requests.iter().filter(other);
    kind != Kind::Continued && others.any(|other| date.is_none_or(|date| other.earliest <= date))
}

fn without_request(see: &mut See<'_>, id: Sym) {
    see.refuse(&NO_LAUNCH_WITHOUT_REQUEST);
    cancelling::blame_survivor(see, id);
}

fn has_no_handler(see: &mut See<'_>, task: TaskRef, queue: Seen) -> bool {
    match see.handler(task.id) {
        None => {
            let raises = see.forbid(&LAUNCH_WITHOUT_HANDLER_RAISES);
            raises & (!see.cx.since(26) || see.forbid(&identifiers::HANDLER_SERVES_EXACT_IDENTIFIER))
        }
        Some(handler) if !registration::runs_on_its_queue(see, &handler, queue) => {
            see.forbid(&registration::HANDLER_RUNS_ON_GIVEN_QUEUE)
        }
        Some(_) => false,
    }
}

/// An exception came in place of a delivery.
pub(super) fn raised(see: &mut See<'_>, id: Sym, exception: Exception) {
    let state = see.state;
    let mut refused = false;
    if see.handler(id).is_some() {
        refused |= see.forbid(&registration::REGISTRATION_LASTS_FOR_PROCESS);
    }
    if !matches!(exception, Exception::NoHandler | Exception::Other) {
        refused |= see.forbid(&LAUNCH_WITHOUT_HANDLER_RAISES);
    }
    let spent = state.spent.iter().any(|spent| spent.id == id);
    if !spent {
        match see.outstanding(id) {
            None => return without_request(see, id),
            Some(request) if !was_launched(see, request) => {
                refused |= clauses::blockers(see, request, |see, rule| see.refuse(rule));
                refused |= was_not_granted(see, request);
            }
            Some(_) => {}
        }
    }
    if !refused {
        let effect = if spent {
            Effect::DeliverSpent
        } else {
            Effect::DeliverOutstanding
        };
        see.permit(&LAUNCH_WITHOUT_HANDLER_RAISES, effect);
    }
}

/// The rule LAU-1.
pub static NOT_BEFORE_LAUNCH_FINISHED: Rule = Rule {
    id: Id::new(Area::Launch, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A handler never runs before its process has finished launching; a launch that came earlier is \
        delivered after.",
    sources: &["WWDC19 session 707", "BGTaskScheduler.register"],
};

/// The rule LAU-2.
pub static ONE_REQUEST_ONE_LAUNCH: Rule = Rule {
    id: Id::new(Area::Launch, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "One request, one launch. A launched request is spent and its handler runs at most once; it runs \
        within `reaction_time` of the end of launching (of the launch, where the process lives), unless the \
        process dies, is force-quit or the request is cancelled or submitted anew before (CAN-6).",
    sources: &["WWDC19 session 707", "nextcloud 2158"],
};

/// The rule LAU-3.
pub static LAUNCH_WITHOUT_HANDLER_RAISES: Rule = Rule {
    id: Id::new(Area::Launch, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Observed(3)],
    switch: None,
    text: "A launch for an identifier with no handler when launching has finished raises 'No launch handler \
        registered for task with identifier <id>', the process dies and the request is spent.",
    sources: &["WordPress-iOS 18156 and PR 18162", "flutter_workmanager 660, PR 692"],
};

/// The rule LAU-4.
pub static ONE_LAUNCH_SEVERAL_TASKS: Rule = Rule {
    id: Id::new(Area::Launch, 4),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "One launch may deliver several tasks, in any order, running side by side.",
    sources: &["WWDC19 session 707"],
};

/// The rule LAU-5.
pub static TASK_IS_OF_ITS_REQUEST: Rule = Rule {
    id: Id::new(Area::Launch, 5),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "The delivered task carries the identifier and the kind of the request it was made from.",
    sources: &["BGTask"],
};

fn is_of_other_kind(see: &mut See<'_>, request: &Outstanding, kind: Kind) -> bool {
    see.exercise(&TASK_IS_OF_ITS_REQUEST);
    !request.vague && request.kind != kind && see.forbid(&TASK_IS_OF_ITS_REQUEST)
}

/// The rule LAU-6.
pub static LIVING_PROCESS_IS_USED: Rule = Rule {
    id: Id::new(Area::Launch, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Staff, Basis::Observed(1)],
    switch: None,
    text: "A suspended or background process is used as it is: the task goes to that process, and it does not \
        launch again. In the foreground: CON-8.",
    sources: &["forum 701945", "flutter_background_geolocation 295"],
};

/// The rule LAU-7.
pub static CONTINUED_STARTS_PROMPTLY: Rule = Rule {
    id: Id::new(Area::Launch, 7),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(5)],
    switch: Some(Setting::ContinuedLaunchLoss),
    text: "A continued request accepted in the foreground under strategy `fail` is delivered within \
        `reaction_time`, as long as the app stays in the foreground; under `queue` the same holds only where \
        `continued_capacity` has a number and there is room. In the field one in several was accepted and \
        never delivered: allowed under `possible`. (`dropped` of IDN-11 excepted.)",
    sources: &[
        "BGTaskRequest.h (26)",
        "WWDC25 session 227",
        "forum 807370",
        "forum 805088",
        "phovo README",
    ],
};

/// By when an accepted continued request has to be delivered, as long as the app stays in the foreground.
pub(crate) fn continued_start_by(cx: &Context, request: &Outstanding, has_room: bool, at: Millis) -> Millis {
    const POSSIBLE: u8 = 1;
    let promised = match request.strategy {
        Strategy::Fail => true,
        Strategy::Queue => has_room,
    };
    // What becomes of one without a title is undefined.
    let promised = promised && !continued::lacks_title(request);
    match cx.limits.reaction {
        Some(reaction) if promised && !cx.allows(Setting::ContinuedLaunchLoss, POSSIBLE) => at + reaction,
        _ => NEVER,
    }
}

/// The rule LAU-8.
pub static WORK_DOES_NOT_WAIT_FOR_HANDLER: Rule = Rule {
    id: Id::new(Area::Launch, 8),
    bound: Party::App,
    force: Force::Should,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::StaffCited],
    switch: None,
    text: "Continued work does not wait for the handler for ever: it starts at once and the task is attached \
        when it comes. Reported only where an accepted request was not delivered and the work never began. \
        (Apple's article puts the work into the handler.)",
    sources: &["forum 807370", "forum 796944"],
};

/// The rule LAU-9.
pub static NO_LAUNCH_WITHOUT_REQUEST: Rule = Rule {
    id: Id::new(Area::Launch, 9),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Nothing is launched without an outstanding request: none from a refused submission, a cancelled or a \
        replaced request.",
    sources: &["WWDC19 session 707"],
};

/// The rule LAU-10.
pub static GRANTED_IS_LAUNCHED: Rule = Rule {
    id: Id::new(Area::Launch, 10),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "An implementation that leaves the decision to the runner (driven) launches a granted request for \
        which every CON rule holds, within the answer to the grant, and launches nothing that was not \
        granted. Continued requests start by LAU-7 and simulated launches by DBG-2, without a grant. Where \
        it is unknown whether every CON rule holds, launching and not launching are both allowed.",
    sources: &["the adapter contract"],
};

fn was_not_granted(see: &mut See<'_>, request: &Outstanding) -> bool {
    if !see.cx.driven || see.state.unheard || request.kind == Kind::Continued || see.state.granted == Some(request.id) {
        return false;
    }
    see.forbid(&GRANTED_IS_LAUNCHED)
}

/// The runner goes on: a grant that every condition supported should have been answered by a launch.
pub(super) fn settle_grant(see: &mut See<'_>, id: Sym) -> bool {
    // Of what kind a vague one is, and what it requires, is not known.
    let Some(request) = see
        .outstanding(id)
        .filter(|request| request.mark == Mark::None && !request.vague)
    else {
        return true;
    };
    let demanded = conditions::is_demanded(see, request);
    if see.state.process.is_some() && !see.is(Fact::Finished) {
        // The launch is seen when launching has finished. Where nothing demands it, it may have come or not.
        see.exercise(&NOT_BEFORE_LAUNCH_FINISHED);
        if demanded || clauses::is_eligible(see, request) && see.either() {
            see.mark(id);
        }
        return true;
    }
    let owed = demanded && see.forbid(&GRANTED_IS_LAUNCHED);
    if owed {
        let outlived = see.cx.named(id).past.outlived_process(&see.cx.story);
        if outlived && see.cx.story.died {
            see.also_breaks(&life::DEATH_LEAVES_ELIGIBLE);
        }
    }
    !owed
}

/// The rule LAU-11.
pub static ANY_ORDER_OF_LAUNCHES: Rule = Rule {
    id: Id::new(Area::Launch, 11),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Pending requests are launched in any order, whatever the order of their submission or of their \
        dates.",
    sources: &["no order is documented: BGTaskScheduler.submit, WWDC19 session 707"],
};

/// The rule LAU-12.
pub static WAITING_MAY_START_IN_BACKGROUND: Rule = Rule {
    id: Id::new(Area::Launch, 12),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::WaitingStartsInBackground),
    text: "A waiting continued request may or may not start while the app is in the background or suspended.",
    sources: &[
        "article Performing long-running tasks on iOS and iPadOS: as soon as possible",
        "forum 808756",
    ],
};

pub(super) fn background_blocks_waiting(see: &mut See<'_>, request: &Outstanding) -> bool {
    const YES: u8 = 0;
    let may = see.cx.allows(Setting::WaitingStartsInBackground, YES) && !see.lacks(&WAITING_MAY_START_IN_BACKGROUND);
    request.strategy == Strategy::Queue && !may && !see.foreground()
}

/// Whether a waiting request may not start yet: an earlier one waits, or a known capacity is taken.
pub(super) fn has_to_wait(see: &mut See<'_>, request: &Outstanding) -> bool {
    let state = see.state;
    let contends_not = see.lacks(&resources::GPU_CONTENTION);
    // Of one of which nothing is known it is not known either where it waits.
    let queue = if request.vague { &[][..] } else { &state.waiting };
    let earlier = queue.iter().take_while(|id| **id != request.id);
    for id in earlier {
        // One that may not be there is not there if this one starts.
        let waits = see
            .outstanding(*id)
            .is_some_and(|other| (!other.gpu || contends_not) && !other.vague);
        if waits && request.strategy == Strategy::Queue {
            return true;
        }
    }
    let running = state
        .tasks
        .iter()
        .filter(|task| task.kind == Kind::Continued && !task.maybe_over && !task.kind_in_doubt())
        .count();
    let taken = running + usize::from(state.places_taken);
    see.cx.limits.capacity.is_some_and(|capacity| taken as i64 >= capacity)
}

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &NOT_BEFORE_LAUNCH_FINISHED,
    &ONE_REQUEST_ONE_LAUNCH,
    &LAUNCH_WITHOUT_HANDLER_RAISES,
    &ONE_LAUNCH_SEVERAL_TASKS,
    &TASK_IS_OF_ITS_REQUEST,
    &LIVING_PROCESS_IS_USED,
    &CONTINUED_STARTS_PROMPTLY,
    &WORK_DOES_NOT_WAIT_FOR_HANDLER,
    &NO_LAUNCH_WITHOUT_REQUEST,
    &GRANTED_IS_LAUNCHED,
    &ANY_ORDER_OF_LAUNCHES,
    &WAITING_MAY_START_IN_BACKGROUND,
];
