//! The asynchronous submit: its call, the moment at which it takes effect, its completion.

use super::prelude::*;
use super::reasons::Reason;

/// The rule SUB-13.
pub static ASYNC_COMPLETES_ONCE: Rule = Rule {
    id: Id::new(Area::Submission, 13),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(27, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "The asynchronous submit completes exactly once within `reaction_time`, on any queue, with no error \
        or with the reason of the refusal, unless the process dies first. Exceptions (SUB-2) come at the \
        call. The launch may come before the completion.",
    sources: &["BGTaskScheduler.submitTaskRequest(_:completionHandler:)"],
};

/// The call of the asynchronous submit: it returns, and the submission is on its way, or it raises.
pub(super) fn submit_asynchronously(see: &mut See<'_>, submission: &Submission) {
    if submission::refuse_without_handler(see, submission) {
        // Another reason may be reported instead, on completion.
        let other = Reason::of(submission.request.kind, see.cx.named(submission.request.id))
            .any(|reason| !see.lacks(reason.rule) && (reason.holds)(see, submission) != Holds::No);
        if !other {
            return;
        }
    }
    see.allow(&ASYNC_COMPLETES_ONCE, Allowed::Nothing, Effect::Happens(Drops::NONE));
}

/// What an asynchronous submission may come to where it takes effect (SUB-30): which of the codes that its reasons allow
/// reports a refusal is told by the completion.
pub(crate) fn land(see: &mut See<'_>, submission: &Submission) {
    let request = &submission.request;
    let mut refused = false;
    let mut codes: Option<(Codes, &'static Rule)> = None;
    for reason in Reason::of(request.kind, see.cx.named(request.id)).filter(|reason| !see.cx.lacks(reason.rule)) {
        let holds = (reason.holds)(see, submission);
        let is_named = codes.is_none() || !see.lacks(&reasons::ANY_REASON_MAY_ANSWER);
        if holds != Holds::No && is_named {
            codes = Some(codes.map_or((reason.codes, reason.rule), |(codes, rule)| {
                (codes.or(reason.codes), rule)
            }));
            refused |= holds == Holds::Yes;
        }
    }
    if let Some((codes, rule)) = codes {
        see.permit(rule, Effect::Lands(Landing::Refused(codes)));
    }
    if !refused {
        let inert = request.kind != Kind::Continued && configuration::is_inert(see);
        let dropped = identifiers::is_dropped_for_prefix(see, submission);
        let landing = if inert || dropped {
            Landing::Inert
        } else {
            Landing::Kept
        };
        see.permit(&ASYNC_TAKES_EFFECT_ONCE, Effect::Lands(landing));
    }
}

/// The completion of an asynchronous submission.
pub(super) fn completes(see: &mut See<'_>, number: u32, error: Option<Code>) {
    let state = see.state;
    let Some(flight) = state.flights.iter().find(|flight| flight.number == number) else {
        return see.refuse(&ASYNC_COMPLETES_ONCE);
    };
    let fits = match (flight.result, error) {
        (Some(FlightResult::Accepted), None) => true,
        (Some(FlightResult::Refused(codes)), Some(seen)) => codes.has(seen),
        _ => false,
    };
    if fits {
        see.permit(&ASYNC_COMPLETES_ONCE, Effect::Happens(Drops::NONE));
    } else if flight.request.kind == Kind::Continued && error.is_none() && !see.foreground() {
        see.refuse(&continued::CONTINUED_REFUSED_IN_BACKGROUND);
    } else {
        see.refuse(&ASYNC_COMPLETES_ONCE);
    }
}

/// The rule SUB-30.
pub static ASYNC_TAKES_EFFECT_ONCE: Rule = Rule {
    id: Id::new(Area::Submission, 30),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(27, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "An asynchronous submission takes effect at one moment between its call and its completion: until \
        then it may be missing from the list, and a cancel or another submission of the identifier may fall \
        before or after it.",
    sources: &["BGTaskScheduler.submitTaskRequest(_:completionHandler:)"],
};

/// The rule SUB-31.
pub static ASYNC_NOT_ON_MAIN_THREAD: Rule = Rule {
    id: Id::new(Area::Submission, 31),
    bound: Party::App,
    force: Force::Should,
    since: Version::new(27, 0),
    until: None,
    basis: &[Basis::Documented, Basis::StaffCited],
    switch: None,
    text: "The asynchronous submit is not called on the main thread. (The header says so; staff said that any \
        thread will do.)",
    sources: &["BGTaskScheduler.h (27)", "forum 840876"],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &ASYNC_COMPLETES_ONCE,
    &ASYNC_TAKES_EFFECT_ONCE,
    &ASYNC_NOT_ON_MAIN_THREAD,
];
