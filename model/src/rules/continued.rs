//! Submitting continued processing: foreground, strategy, room, resubmission.

use super::prelude::*;

/// What an app owes when it submits continued processing.
pub(super) fn duties(see: &mut See<'_>, request: &Outstanding) {
    let foreground = see.foreground();
    see.duty(&SUBMIT_CONTINUED_IN_FOREGROUND, foreground);
    let past = see.cx.named(request.id).past;
    see.duty(&identifiers::FRESH_IDENTIFIER_EACH_CONTINUED_TASK, !past.succeeded);
    let by_person = see.now.caller.person || !see.cx.story.marks_persons;
    see.duty(&CONTINUED_ON_PERSONS_ACTION, by_person);
    see.duty(&CONTINUED_CARRIES_TITLE, !lacks_title(request));
    let asked = resources::asked_for_gpu(see, request);
    see.duty(&resources::ASK_BEFORE_REQUIRING_GPU, asked);
}

/// The rule SUB-16.
pub static SUBMIT_CONTINUED_IN_FOREGROUND: Rule = Rule {
    id: Id::new(Area::Submission, 16),
    bound: Party::App,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Staff],
    switch: None,
    text: "Continued processing is submitted while the app is in the foreground.",
    sources: &["BGContinuedProcessingTaskRequest", "forum 808756"],
};

/// The rule SUB-17.
pub static CONTINUED_REFUSED_IN_BACKGROUND: Rule = Rule {
    id: Id::new(Area::Submission, 17),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Staff, Basis::Observed(3)],
    switch: None,
    text: "A continued request submitted while the app is not in the foreground is refused, with any code (4 \
        under `fail` only), and never launches; SUB-12 says when a refusal may go unreported. Within a \
        second of leaving the foreground either answer is allowed. (That it must come from a person's action \
        is not checked: seen on 27.0.)",
    sources: &[
        "BGContinuedProcessingTaskRequest",
        "forum 808756",
        "forum 807370",
        "OpenReader ADR 0053",
    ],
};

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
    /// Within this time of leaving the foreground either answer is allowed.
    const JUST_LEFT: Millis = 1000;
    if see.foreground() {
        return Holds::No;
    }
    let left = see.state.process.and_then(|process| process.left_foreground);
    if left.is_some_and(|left| see.now.earliest <= left + JUST_LEFT) {
        Holds::Maybe
    } else {
        Holds::Yes
    }
}

/// The rule SUB-18.
pub static FAIL_IS_REFUSED_WITHOUT_ROOM: Rule = Rule {
    id: Id::new(Area::Submission, 18),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: Some(Setting::ContinuedCapacity),
    text: "With strategy `fail` a request that cannot start at once, for lack of room or for load, is refused \
        with immediateRunIneligible (4); it never waits. That code comes with no other strategy. Where the \
        capacity is unknown any such refusal is allowed; where it has a number, a calm device with room does \
        not refuse.",
    sources: &["BGTaskRequest.h (26)", "BGTaskScheduler.Error.immediateRunIneligible"],
};

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

/// The rule SUB-19.
pub static QUEUE_WAITS_IN_ORDER: Rule = Rule {
    id: Id::new(Area::Submission, 19),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "With strategy `queue`, the default, a request that cannot start at once waits; waiting requests of \
        an app start in the order of their submission, one that waits for the GPU excepted. With unknown \
        capacity every wait is allowed.",
    sources: &["BGTaskRequest.h (26)"],
};

/// The rule by which a request is accepted.
pub(super) fn acceptance(request: &Outstanding) -> &'static Rule {
    match request.strategy {
        Strategy::Queue => &QUEUE_WAITS_IN_ORDER,
        Strategy::Fail => &FAIL_IS_REFUSED_WITHOUT_ROOM,
    }
}

/// Whether a waiting request that replaces another may keep its place (SUB-4).
pub(super) fn keeps_its_place(see: &See<'_>, request: &Outstanding) -> bool {
    let waits = see.state.waiting.iter().position(|id| *id == request.id);
    request.kind == Kind::Continued && waits.is_some_and(|place| place + 1 < see.state.waiting.len())
}

/// The rule SUB-20.
pub static CONTINUED_IGNORES_BEGIN_DATE: Rule = Rule {
    id: Id::new(Area::Submission, 20),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Continued processing ignores earliestBeginDate.",
    sources: &["BGTaskRequest.h (26)"],
};

/// The rule SUB-21.
pub static CONTINUED_CARRIES_TITLE: Rule = Rule {
    id: Id::new(Area::Submission, 21),
    bound: Party::App,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Continued processing requests carry a title and a subtitle; empty strings are strings. What the \
        scheduler does with a request that lacks one is undefined.",
    sources: &["BGTaskRequest.h (26)"],
};

pub(super) fn lacks_title(request: &Outstanding) -> bool {
    request.kind == Kind::Continued && (request.title == Text::NONE || request.subtitle == Text::NONE)
}

/// What the scheduler does with a request that lacks a title or subtitle is undefined.
pub(super) fn submit_without_title(see: &mut See<'_>, request: &Outstanding) {
    let apart = submission::hangs_together(see, request);
    if apart {
        see.allow(&CONTINUED_CARRIES_TITLE, Allowed::Accepts, Effect::Nothing);
    }
    let effect = if apart {
        Effect::Put(Place::Back)
    } else {
        Effect::MayPut
    };
    see.allow(&CONTINUED_CARRIES_TITLE, Allowed::Accepts, effect);
    if see.ask.reply != Reply::Accepted {
        see.allow(&CONTINUED_CARRIES_TITLE, Allowed::Anything, Effect::Nothing);
    }
}

/// The rule SUB-24.
pub static RESUBMISSION_WHILE_RUNNING: Rule = Rule {
    id: Id::new(Area::Submission, 24),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::ContinuedResubmitWhileRunning),
    text: "Under `queue`, resubmitting the identifier of a running continued task may be refused with any code \
        but 4, or be accepted to run after it (never beside it: CON-11); while it waits SUB-4 holds. Under \
        `fail` it is refused, with 4 or another code.",
    sources: &["BGTaskScheduler.submit"],
};

pub(super) fn queued_again_while_running(see: &mut See<'_>, submission: &Submission) -> Holds {
    const REFUSED: u8 = 0;
    let request = &submission.request;
    let again = request.strategy == Strategy::Queue && runs(see, request);
    Holds::when(again && see.setting(Setting::ContinuedResubmitWhileRunning, REFUSED))
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

/// The rule SUB-29.
pub static REFRESH_OFF_MAY_REFUSE_CONTINUED: Rule = Rule {
    id: Id::new(Area::Submission, 29),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: Some(Setting::BarRefusesContinued),
    text: "With Background App Refresh denied or restricted a continued submission may fail with unavailable \
        (1) or be accepted: the header names no kind, no report exists.",
    sources: &["BGTaskScheduler.h (26)"],
};

pub(super) fn refresh_off_refuses(see: &mut See<'_>, _: &Submission) -> Holds {
    const YES: u8 = 0;
    Holds::when(!see.device(Condition::BackgroundRefresh) && see.setting(Setting::BarRefusesContinued, YES))
}

/// The rule SUB-32.
pub static QUEUE_MAY_BE_FULL: Rule = Rule {
    id: Id::new(Area::Submission, 32),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "A continued submission under `queue` may fail with tooManyPendingTaskRequests (2): no length of the \
        queue is documented.",
    sources: &["BGTaskScheduler.h (26): too many pending tasks of the type requested"],
};

pub(super) fn is_queued(_: &mut See<'_>, submission: &Submission) -> Holds {
    if submission.request.strategy == Strategy::Queue {
        Holds::Maybe
    } else {
        Holds::No
    }
}

/// The rule SUB-33.
pub static CONTINUED_ON_PERSONS_ACTION: Rule = Rule {
    id: Id::new(Area::Submission, 33),
    bound: Party::App,
    force: Force::Should,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Continued processing is submitted on a person's action; judged only where the trace marks what a \
        person caused. The system does not check it (27.0).",
    sources: &[
        "BGContinuedProcessingTaskRequest",
        "WWDC25 session 227",
        "OpenReader ADR 0053",
    ],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &SUBMIT_CONTINUED_IN_FOREGROUND,
    &CONTINUED_REFUSED_IN_BACKGROUND,
    &FAIL_IS_REFUSED_WITHOUT_ROOM,
    &QUEUE_WAITS_IN_ORDER,
    &CONTINUED_IGNORES_BEGIN_DATE,
    &CONTINUED_CARRIES_TITLE,
    &RESUBMISSION_WHILE_RUNNING,
    &REFRESH_OFF_MAY_REFUSE_CONTINUED,
    &QUEUE_MAY_BE_FULL,
    &CONTINUED_ON_PERSONS_ACTION,
];
