//! Launches and deliveries.

use super::{cancelling, clauses, conditions, continued, debugging, identifiers, life, registration, resources};
use crate::context::Context;
use crate::facts::Fact;
use crate::op::{Exception, Now, Seen, TaskRef};
use crate::see::{Drops, Effect, See};
use crate::setting::{ContinuedLaunchLoss, WaitingStartsInBackground};
use crate::state::{By, FORGIVEN, Mark, NEVER, Outstanding, Process, State, Sym, Task};
use crate::vocabulary::{Area, Kind, Millis, Strategy};

/// The scheduler started the app's process in the background. For which requests is known or not.
pub(super) fn launched(see: &mut See<'_>, known: bool) {
    if see.holds(&LAU_6, see.state.process.is_some()) {
        return see.refuse(&LAU_6);
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
    if refused {
        return;
    }
    if see.holds(&LAU_9, !any) {
        see.refuse(&LAU_9);
    } else {
        see.permit(&LAU_2, Effect::Happens(Drops::NONE));
    }
}

/// Whether a request may have been launched with the process, or while it was launching.
fn was_launched(see: &See<'_>, request: &Outstanding) -> bool {
    let until = see.state.process.map_or(NEVER, |process| process.launches_until);
    matches!(request.mark, Mark::Maybe | Mark::Later) && see.now.earliest <= until
}

/// A task came to its launch handler.
pub(super) fn delivered(see: &mut See<'_>, task: TaskRef, kind: Kind, queue: Seen) {
    let state = see.state;
    let mut refused = false;
    exercised_by_delivery(see, task, kind);
    if see.cx.models(Area::Identifiers) {
        refused |= see.forbids(&identifiers::IDN_6, see.cx.named(task.id).wildcard_string);
    }
    refused |= !state.tasks.is_empty() && !see.leaves(&LAU_4);
    refused |= comes_before_others(see, task.id, kind) && !see.leaves(&LAU_11);
    let finished = see.is(Fact::Finished);
    refused |= see.forbids(&LAU_1, !finished);
    if see.cx.models(Area::Registration) {
        refused |= has_no_handler(see, task, queue);
    }
    if let Some(spent) = state.spent.iter().find(|spent| spent.id == task.id) {
        let mut refused = refused;
        let beside = conditions::runs_beside(see, spent);
        refused |= see.forbids(&conditions::CON_11, beside);
        let other = is_of_other_kind(see, spent, kind);
        if !refused && !other {
            see.permit(&LAU_2, Effect::DeliverSpent);
        }
        if spent.mark != Mark::Free || see.state.request(task.id).is_none() {
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
            see.also_breaks(&debugging::DBG_4);
        }
        if past.simulated && see.state.facts.surely(Fact::Simulator) {
            see.also_breaks(&debugging::DBG_6);
        }
    }
    if !refused {
        let by = if kind == Kind::Continued { &LAU_7 } else { &LAU_2 };
        see.exercise(&LAU_6);
        see.exercise(&conditions::CON_12);
        see.permit(by, Effect::DeliverOutstanding);
    }
}

/// The rules that a delivery puts to use, whatever comes of it.
fn exercised_by_delivery(see: &mut See<'_>, task: TaskRef, kind: Kind) {
    let state = see.state;
    see.exercise(&LAU_1);
    let past = see.cx.named(task.id).past;
    if past.outlived_process(&see.cx.story) && see.cx.story.died {
        see.exercise(&life::LIF_2);
    }
    let request = state
        .spent
        .iter()
        .chain(&state.requests)
        .find(|request| request.id == task.id);
    let Some(request) = request else { return };
    if kind == Kind::Continued && request.earliest != Millis::MIN {
        see.exercise(&continued::SUB_20);
    }
    if matches!(kind, Kind::Processing | Kind::HealthResearch) && !(request.network && request.power) {
        see.exercise(&conditions::CON_14);
    }
    if request.mark == Mark::Free {
        see.exercise(&cancelling::CAN_6);
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
    see.refuse(&LAU_9);
    cancelling::blame_survivor(see, id);
}

fn has_no_handler(see: &mut See<'_>, task: TaskRef, queue: Seen) -> bool {
    let handler = see.handler(task.id);
    let raises = see.forbids(&LAU_3, handler.is_none());
    match handler {
        None => raises & (!see.cx.since(26) || see.forbid(&identifiers::IDN_4)),
        Some(handler) => {
            let elsewhere = !registration::runs_on_its_queue(see, &handler, queue);
            raises | see.forbids(&registration::REG_9, elsewhere)
        }
    }
}

/// An exception came in place of a delivery.
pub(super) fn raised(see: &mut See<'_>, id: Sym, exception: Exception) {
    let state = see.state;
    if debugging::answers_hook(see, id) {
        return see.permit(&debugging::DBG_4, Effect::Nothing);
    }
    let mut refused = false;
    if see.cx.models(Area::Registration) {
        let handled = see.handler(id).is_some();
        refused |= see.forbids(&registration::REG_8, handled) & see.forbids(&LAU_3, handled);
        if see.cx.named(id).past.was_cancelled {
            see.also_breaks(&cancelling::CAN_3);
        }
    }
    let finished = see.is(Fact::Finished);
    refused |= see.forbids(&LAU_1, !finished) & see.forbids(&LAU_3, !finished);
    refused |= see.forbids(&LAU_3, !matches!(exception, Exception::NoHandler | Exception::Other));
    if let Some(spent) = state.spent.iter().find(|spent| spent.id == id) {
        if !refused {
            see.permit(&LAU_3, Effect::DeliverSpent);
        }
        if spent.mark != Mark::Free || state.request(id).is_none() {
            return;
        }
        // It was submitted anew before: the launch may be of the later request.
    }
    let Some(request) = see.outstanding(id) else {
        return without_request(see, id);
    };
    if !was_launched(see, request) {
        refused |= clauses::blockers(see, request, |see, rule| see.refuse(rule));
        refused |= !request.vague && was_not_granted(see, request);
    }
    if !refused {
        see.permit(&LAU_3, Effect::DeliverOutstanding);
    }
}

rule! {
    LAU_1, "not before launch finished": Must Scheduler
    basis Documented
    "A handler never runs before its process has finished launching; a launch that came earlier is \
        delivered after."
    from "WWDC19 session 707", "BGTaskScheduler.register"
}

rule! {
    LAU_2, "one request one launch": Must Scheduler
    basis Documented, Inferred
    "One request, one launch. A launched request is spent and its handler runs at most once; it runs within \
        `reaction_time` of the end of launching (of the launch, where the process lives), unless the process \
        dies, is force-quit or the request is cancelled or submitted anew before (CAN-6). A launch that nobody \
        saw, while the process was launching or before the trace begins, is no exception: after that time, or \
        with its process, it is over and excuses no delivery (LAU-9)."
    from "WWDC19 session 707", "nextcloud 2158"
}

rule! {
    LAU_3, "launch without handler raises": Must Scheduler
    basis Observed(3)
    "A launch for an identifier with no handler when launching has finished raises 'No launch handler \
        registered for task with identifier <id>', the process dies and the request is spent. Where the process \
        has a handler for it nothing raises (REG-8)."
    from "WordPress-iOS 18156 and PR 18162", "flutter_workmanager 660, PR 692"
}

rule! {
    LAU_4, "one launch several tasks": May Scheduler
    basis Documented
    "One launch may deliver several tasks, in any order, running side by side."
    from "WWDC19 session 707"
}

rule! {
    LAU_5, "task is of its request": Must Scheduler
    basis Documented
    "The delivered task carries the identifier and the kind of the request it was made from."
    from "BGTask"
}

/// Whether what is delivered now was launched by the start of its process in the background.
pub(crate) fn delivers_with_start(state: &State, now: &Now) -> bool {
    let starts = |process: &Process| process.by != By::Person && now.earliest <= process.launches_until;
    state.process.as_ref().is_some_and(starts)
}

/// Whether two tasks are, or may be, of one launch: the start of one process in the background delivered both, or they came
/// within a second of one another.
pub(crate) fn are_of_one_launch(cx: &Context, one: &Task, other: &Task) -> bool {
    let apart = (one.since - other.since).abs();
    one.with_start && other.with_start || apart <= together(cx)
}

/// Tasks that came so near one another may be of one launch.
pub(crate) const TOGETHER: Millis = 1000;

/// The same, as exact as the times of the trace are.
pub(crate) const fn together(cx: &Context) -> Millis {
    cx.limits.together + 2 * cx.tolerance
}

/// Whether a processing or health research request may still be delivered by the launch that delivered a task.
pub(super) fn has_more_to_deliver(state: &State) -> bool {
    let long = |request: &Outstanding| matches!(request.kind, Kind::Processing | Kind::HealthResearch) || request.vague;
    let open = state.process.is_some_and(|process| !process.launches_over);
    let marked = |request: &Outstanding| matches!(request.mark, Mark::Maybe | Mark::Later) && long(request);
    state.spent.iter().any(long) || open && state.requests.iter().any(marked)
}

fn is_of_other_kind(see: &mut See<'_>, request: &Outstanding, kind: Kind) -> bool {
    see.exercise(&LAU_5);
    !request.vague && see.forbids(&LAU_5, request.kind != kind)
}

rule! {
    LAU_6, "living process is used": Must Scheduler
    basis Staff, Observed(1)
    "A suspended or background process is used as it is: the task goes to that process, and it does not \
        launch again. In the foreground: CON-8."
    from "forum 701945", "flutter_background_geolocation 295"
}

rule! {
    LAU_7, "continued starts promptly": Must Scheduler
    since 26.0
    basis Documented, Observed(5)
    decided by ContinuedLaunchLoss
    "A continued request accepted in the foreground under strategy `fail` is delivered within \
        `reaction_time`. The duty lasts while the app is in the foreground: leaving ends it for this request, \
        and coming back does not renew it (what may follow: LAU-12, and under `fail` SUB-18). Under `queue` the \
        same holds only where `continued_capacity` has a number and there is room. In the field one in several \
        was accepted and never delivered: allowed under `possible`. (`dropped` of IDN-11 excepted.)"
    from "BGTaskRequest.h (26)", "WWDC25 session 227", "forum 807370", "forum 805088", "phovo README"
}

/// Whether an accepted continued request has to start now: the app is in the foreground and has finished launching.
/// Where tasks may run unseen, one of its identifier may be among them.
pub(crate) fn starts_continued(state: &State) -> bool {
    state.process.is_some_and(|process| !process.from_before)
        && state.facts.surely(Fact::Foreground)
        && state.facts.surely(Fact::Finished)
}

/// The app leaves the foreground, or is not there when it is accepted: nothing is owed for a continued request, and coming
/// back does not renew it.
pub(crate) fn leaves_foreground(state: &mut State) {
    let owed = |request: &&mut Outstanding| request.kind == Kind::Continued;
    state
        .requests
        .iter_mut()
        .filter(owed)
        .for_each(|request| request.by = FORGIVEN);
}

/// By when an accepted continued request has to be delivered, as long as the app stays in the foreground.
pub(crate) fn continued_start_by(cx: &Context, request: &Outstanding, has_room: bool, at: Millis) -> Millis {
    let promised = match request.strategy {
        Strategy::Fail => true,
        Strategy::Queue => has_room,
    };
    // What becomes of one without a title is undefined.
    let promised = promised && !continued::lacks_title(request);
    match cx.limits.reaction {
        Some(reaction) if promised && !cx.allows(ContinuedLaunchLoss::Possible) => at + reaction,
        _ => NEVER,
    }
}

rule! {
    LAU_8, "work does not wait for handler": Should App
    since 26.0
    basis StaffCited
    "Continued work does not wait for the handler for ever: it starts at once and the task is attached \
        when it comes. Reported only where an accepted request was not delivered and the work never began. \
        (Apple's article puts the work into the handler.)"
    from "forum 807370", "forum 796944"
}

rule! {
    LAU_9, "no launch without request": Must Scheduler
    basis Documented
    "Nothing is launched without an outstanding request: none from a refused submission, a cancelled or a \
        replaced request."
    from "WWDC19 session 707"
}

rule! {
    LAU_10, "granted is launched": Must Scheduler
    basis Inferred
    "An implementation that leaves the decision to the runner (driven) launches a granted request for which \
        every CON rule holds, within the answer to the grant, and launches nothing that was not granted. \
        Continued requests start by LAU-7 and simulated launches by DBG-2, without a grant. Where it is unknown, \
        or left open by a setting or a permissive value, whether every CON rule holds, launching and not \
        launching are both allowed."
    from "the adapter contract"
}

fn was_not_granted(see: &mut See<'_>, request: &Outstanding) -> bool {
    if !see.cx.driven || see.cx.hides_answers || see.state.unheard || request.kind == Kind::Continued {
        return false;
    }
    see.forbids(&LAU_10, see.state.granted != Some(request.id))
}

/// The runner goes on: a grant that every condition supported should have been answered by a launch.
pub(super) fn settle_grant(see: &mut See<'_>, id: Sym) -> bool {
    // A continued one starts without a grant.
    let Some(request) = see
        .outstanding(id)
        .filter(|request| request.mark == Mark::None && request.kind != Kind::Continued)
    else {
        return true;
    };
    // Of what kind a vague one is, and what it requires, is not known, nor what answers a grant where nobody sees it.
    let demanded = !request.vague && !see.cx.hides_answers && conditions::is_demanded(see, request);
    if see.state.process.is_some() && !see.is(Fact::Finished) {
        // The launch is seen when launching has finished. Where nothing demands it, it may have come or not.
        see.exercise(&LAU_1);
        let may = |see: &mut See<'_>| (request.vague || clauses::is_eligible(see, request)) && see.either();
        if demanded || may(see) {
            see.mark(id);
        }
        return true;
    }
    let owed = see.forbids(&LAU_10, demanded);
    if owed {
        if see.cx.named(id).past.outlived_process(&see.cx.story) {
            see.also_breaks(&life::LIF_1);
            if see.cx.story.died {
                see.also_breaks(&life::LIF_2);
            }
        }
        if see.cx.story.reopened {
            see.also_breaks(&life::LIF_3);
        }
    }
    !owed
}

rule! {
    LAU_11, "any order of launches": May Scheduler
    basis Documented
    "Pending requests are launched in any order, whatever the order of their submission or of their \
        dates."
    from "no order is documented: BGTaskScheduler.submit, WWDC19 session 707"
}

rule! {
    LAU_12, "waiting may start in background": May Scheduler
    since 26.0
    basis Inferred
    decided by WaitingStartsInBackground
    "A waiting continued request may or may not start while the app is in the background or suspended."
    from "article Performing long-running tasks on iOS and iPadOS: as soon as possible", "forum 808756"
}

pub(super) fn background_blocks_waiting(see: &mut See<'_>, request: &Outstanding) -> bool {
    let may = see.cx.allows(WaitingStartsInBackground::Yes) && !see.lacks(&LAU_12);
    request.strategy == Strategy::Queue && !may && !see.foreground()
}

/// Whether a waiting request may not start yet: an earlier one waits, or a known capacity is taken.
pub(super) fn has_to_wait(see: &mut See<'_>, request: &Outstanding) -> bool {
    let state = see.state;
    if request.loose {
        return false;
    }
    let contends_not = see.lacks(&resources::RES_6);
    // Of one of which nothing is known it is not known either where it waits, and under `fail` it waits for nothing.
    let at_once = request.vague || request.strategy == Strategy::Fail;
    let queue = if at_once { &[][..] } else { &state.waiting };
    let earlier = queue.iter().take_while(|id| **id != request.id);
    let holds_up = |other: &Outstanding| {
        (!other.gpu || contends_not) && !other.vague && !other.loose && other.strategy == Strategy::Queue
    };
    for id in earlier.filter(|id| state.request(**id).is_some_and(holds_up)) {
        // One that may not be there is not there if this one starts.
        if see.outstanding(*id).is_some() {
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
