//! Submitting continued processing: foreground, strategy, room, resubmission.

use super::{identifiers, launch, resources, submission};
use crate::context::Context;
use crate::facts::Fact;
use crate::op::{Now, Reply, Submission};
use crate::rule::Rule;
use crate::see::{Allowed, Effect, Holds, Place, See};
use crate::setting::{BarRefusesContinued, ContinuedResubmitWhileRunning};
use crate::state::{By, FORGIVEN, NEVER, Outstanding, State, Text};
use crate::vocabulary::{Condition, Kind, Millis, Strategy};

/// What an app owes when it submits continued processing.
pub(super) fn duties(see: &mut See<'_>, request: &Outstanding) {
    let foreground = see.foreground();
    see.duty(&SUB_16, foreground);
    let past = see.cx.named(request.id).past;
    see.duty(&identifiers::IDN_13, !past.succeeded);
    let by_person = see.now.caller.person || !see.cx.story.marks_persons;
    see.duty(&SUB_33, by_person);
    see.duty(&SUB_21, !lacks_title(request));
    let asked = resources::asked_for_gpu(see, request);
    see.duty(&resources::RES_7, asked);
}

rule! {
    SUB_16, "submit continued in foreground": Must App
    since 26.0
    basis Documented, Staff
    "Continued processing is submitted while the app is in the foreground."
    from "BGContinuedProcessingTaskRequest", "forum 808756"
}

rule! {
    SUB_17, "continued refused in background": Must Scheduler
    since 26.0
    basis Documented, Staff, Observed(3)
    "A continued request submitted while the app is not in the foreground is refused, with any code (4 under \
        `fail` only), and never launches; SUB-12 says when a refusal may go unreported. Within `leaving_grace` \
        of really leaving the foreground either answer is allowed; a process that never was there has no such \
        grace. While an app that the person started is still launching either answer is allowed too. (That it \
        must come from a person's action is not checked: seen on 27.0.)"
    from "BGContinuedProcessingTaskRequest", "forum 808756", "forum 807370", "OpenReader ADR 0053"
}

/// With strategy `queue` any code but 4 reports it.
pub(super) fn queued_in_background(see: &mut See<'_>, submission: &Submission) -> Holds {
    if submission.request.strategy == Strategy::Queue {
        in_background(see)
    } else {
        Holds::No
    }
}

/// With strategy `fail` any code reports it.
pub(super) fn failing_in_background(see: &mut See<'_>, submission: &Submission) -> Holds {
    if submission.request.strategy == Strategy::Fail {
        in_background(see)
    } else {
        Holds::No
    }
}

fn in_background(see: &mut See<'_>) -> Holds {
    let process = see.state.process;
    let launching = process.is_some_and(|process| process.by == By::Person && !process.from_before);
    if launching && !see.is(Fact::Finished) {
        // An app that the person started is in the foreground soon, or already.
        return Holds::Maybe;
    }
    if see.foreground() {
        return Holds::No;
    }
    let left = process.and_then(|process| process.left_foreground);
    // A grace of unknown length is over at no moment.
    let grace = |left: Millis| {
        see.cx
            .limits
            .leaving
            .is_none_or(|grace| see.now.earliest <= left + grace)
    };
    if left.is_some_and(grace) {
        Holds::Maybe
    } else {
        Holds::Yes
    }
}

rule! {
    SUB_18, "fail is refused without room": Must Scheduler
    since 26.0
    basis Documented
    decided by ContinuedCapacity
    "With strategy `fail` a request that cannot start at once, for lack of room or for load, is refused with \
        immediateRunIneligible (4); it never waits: one that was accepted is delivered within `reaction_time` of \
        its acceptance or never. That code comes with no other strategy. Where the capacity is unknown any such \
        refusal is allowed; where it has a number, a calm device with room does not refuse."
    from "BGTaskRequest.h (26)", "BGTaskScheduler.Error.immediateRunIneligible"
}

pub(super) fn cannot_start_at_once(see: &mut See<'_>, submission: &Submission) -> Holds {
    if submission.request.strategy != Strategy::Fail {
        return Holds::No;
    }
    match room(see) {
        Room::None => Holds::Yes,
        Room::Some if see.calm() => Holds::No,
        Room::Some | Room::Unknown => Holds::Maybe,
    }
}

/// Whether one more continued task may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    None,
    Some,
    Unknown,
}

pub(super) fn room(see: &See<'_>) -> Room {
    let Some(capacity) = see.cx.limits.capacity else {
        return Room::Unknown;
    };
    let running = see
        .state
        .tasks
        .iter()
        .filter(|task| task.kind == Kind::Continued)
        .count();
    let starting = see
        .state
        .requests
        .iter()
        .filter(|request| request.starts_at_once())
        .count();
    let taken = running + starting + usize::from(see.state.places_taken);
    let over = see
        .state
        .tasks
        .iter()
        .any(|task| task.maybe_over || task.kind_in_doubt());
    if see.state.places_open || see.from_before() || over {
        Room::Unknown
    } else if (taken as i64) < capacity {
        Room::Some
    } else {
        Room::None
    }
}

/// A continued request is accepted: nothing is owed where the app is not in the foreground (LAU-7), and one under `fail`
/// does not wait: it comes within `reaction_time`, or never.
pub(crate) fn is_accepted(state: &State, cx: &Context, now: &Now, request: &mut Outstanding) {
    if request.kind != Kind::Continued {
        return;
    }
    if !launch::starts_continued(state) {
        request.by = FORGIVEN;
    }
    request.loose = lacks_title(request);
    if request.starts_at_once() && !request.vague && !cx.lacks(&SUB_18) && !lacks_title(request) {
        request.until = cx.limits.reaction.map_or(NEVER, |reaction| now.at + reaction);
    }
}

/// An asynchronous submission completes: it was accepted then at the latest.
pub(crate) fn completes(state: &mut State, cx: &Context, now: &Now, number: u32) {
    let Some(id) = state
        .flights
        .iter()
        .find(|flight| flight.number == number)
        .map(|flight| flight.request.id)
    else {
        return;
    };
    let waits_not = |request: &&mut Outstanding| request.id == id && request.until != NEVER;
    for request in state.requests.iter_mut().filter(waits_not) {
        request.until = cx.limits.reaction.map_or(NEVER, |reaction| now.at + reaction);
    }
}

/// A process ends, and with it what it submitted under `fail`: nothing of it is left behind. Of a request without a title
/// nobody knows what becomes (SUB-21).
pub(crate) fn process_ends(state: &mut State) {
    let undefined = |request: &&mut Outstanding| request.starts_at_once() && lacks_title(request);
    for request in state.requests.iter_mut().filter(undefined) {
        request.unsure = true;
    }
    let gone = state.requests.extract_if(.., |request| request.until != NEVER);
    for gone in gone {
        state.waiting.retain(|id| *id != gone.id);
    }
}

rule! {
    SUB_19, "queue waits in order": Must Scheduler
    since 26.0
    basis Documented, Inferred
    "With strategy `queue`, the default, a request that cannot start at once waits; waiting requests of \
        an app start in the order of their submission, one that waits for the GPU excepted. With unknown \
        capacity every wait is allowed."
    from "BGTaskRequest.h (26)"
}

/// The rule by which a request is accepted.
pub(super) fn acceptance(request: &Outstanding) -> &'static Rule {
    match request.strategy {
        Strategy::Queue => &SUB_19,
        Strategy::Fail => &SUB_18,
    }
}

/// Whether a waiting request that replaces another may keep its place (SUB-4).
pub(super) fn keeps_its_place(see: &See<'_>, request: &Outstanding) -> bool {
    let waiting = &see.state.waiting;
    let waits = waiting.iter().position(|id| *id == request.id);
    let loose = see.state.request(request.id).is_some_and(|older| older.loose);
    request.kind == Kind::Continued && waits.is_some_and(|place| place + 1 < waiting.len() || loose && place > 0)
}

rule! {
    SUB_20, "continued ignores begin date": Must Scheduler
    since 26.0
    basis Documented
    "Continued processing ignores earliestBeginDate."
    from "BGTaskRequest.h (26)"
}

rule! {
    SUB_21, "continued carries title": Must App
    since 26.0
    basis Documented
    "Continued processing requests carry a title and a subtitle; empty strings are strings. What the \
        scheduler does with a request that lacks one is undefined. That holds for the asynchronous submit too: \
        SUB-13 does not bind there."
    from "BGTaskRequest.h (26)"
}

pub(crate) fn lacks_title(request: &Outstanding) -> bool {
    request.kind == Kind::Continued && (request.title == Text::NONE || request.subtitle == Text::NONE)
}

/// What the scheduler does with a request that lacks a title or subtitle is undefined.
pub(super) fn submit_without_title(see: &mut See<'_>, request: &Outstanding) {
    // An older one may be left as it was.
    let apart = see.outstanding(request.id).is_some() || submission::hangs_together(see, request);
    if apart {
        see.allow(&SUB_21, Allowed::Accepts, Effect::Nothing);
    }
    let effect = if apart {
        Effect::Put(Place::Back)
    } else {
        Effect::MayPut
    };
    see.allow(&SUB_21, Allowed::Accepts, effect);
    if see.ask.reply != Reply::Accepted {
        see.allow(&SUB_21, Allowed::Anything, Effect::Nothing);
    }
}

rule! {
    SUB_24, "resubmission while running": May Scheduler
    since 26.0
    basis Inferred
    decided by ContinuedResubmitWhileRunning
    "Under `queue`, resubmitting the identifier of a running continued task may be refused with any code \
        but 4, or be accepted to run after it (never beside it: CON-11); while it waits SUB-4 holds. Under \
        `fail` it is refused, with 4 or another code."
    from "BGTaskScheduler.submit"
}

pub(super) fn queued_again_while_running(see: &mut See<'_>, submission: &Submission) -> Holds {
    let request = &submission.request;
    let again = request.strategy == Strategy::Queue && runs(see, request);
    Holds::when(again && see.chose(ContinuedResubmitWhileRunning::Refused))
}

/// Under `fail` it is always refused.
pub(super) fn failing_again_while_running(see: &mut See<'_>, submission: &Submission) -> Holds {
    let request = &submission.request;
    Holds::when(request.strategy == Strategy::Fail && runs(see, request))
}

fn runs(see: &mut See<'_>, request: &Outstanding) -> bool {
    let unseen = see.from_before() && see.state.running(request.id).is_none();
    match see.running(request.id) {
        Some(task) if task.kind_in_doubt() => see.either(),
        Some(task) => task.kind == Kind::Continued,
        None => unseen && see.either(),
    }
}

rule! {
    SUB_29, "refresh off may refuse continued": May Scheduler
    since 26.0
    basis Documented, Inferred
    decided by BarRefusesContinued
    "With Background App Refresh denied or restricted a continued submission may fail with unavailable \
        (1) or be accepted: the header names no kind, no report exists."
    from "BGTaskScheduler.h (26)"
}

pub(super) fn refresh_off_refuses(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(!see.device(Condition::BackgroundRefresh) && see.chose(BarRefusesContinued::Yes))
}

rule! {
    SUB_32, "queue may be full": May Scheduler
    since 26.0
    basis Documented, Inferred
    "A continued submission under `queue` may fail with tooManyPendingTaskRequests (2): no length of the \
        queue is documented."
    from "BGTaskScheduler.h (26): too many pending tasks of the type requested"
}

pub(super) fn is_queued(_: &mut See<'_>, submission: &Submission) -> Holds {
    if submission.request.strategy == Strategy::Queue {
        Holds::Maybe
    } else {
        Holds::No
    }
}

rule! {
    SUB_33, "continued on persons action": Should App
    since 26.0
    basis Documented
    "Continued processing is submitted on a person's action; judged only where the trace marks what a \
        person caused. The system does not check it (27.0)."
    from "BGContinuedProcessingTaskRequest", "WWDC25 session 227", "OpenReader ADR 0053"
}
