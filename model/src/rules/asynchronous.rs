//! The asynchronous submit: its call, the moment at which it takes effect, its completion.

use super::reasons::Reason;
use super::{cancelling, configuration, continued, identifiers, reasons, submission};
use crate::context::Context;
use crate::op::Submission;
use crate::rule::Rule;
use crate::see::{Allowed, Codes, Drops, Effect, Holds, Landing, Place, See};
use crate::setting::ForeignSubmitErrors;
use crate::state::FlightResult;
use crate::vocabulary::{Code, Kind};

rule! {
    SUB_13, "async completes once": Must Scheduler
    since 27.0
    basis Documented, Inferred
    "The asynchronous submit completes exactly once within `reaction_time`, on any queue, with no error \
        or with the reason of the refusal, unless the process dies first. Exceptions (SUB-2) come at the \
        call. The launch may come before the completion."
    from "BGTaskScheduler.submitTaskRequest(_:completionHandler:)"
}

/// The call of the asynchronous submit: it returns, and the submission is on its way, or it raises.
pub(super) fn submit_asynchronously(see: &mut See<'_>, submission: &Submission) {
    if continued::lacks_title(&submission.request) {
        // What becomes of it is undefined.
        return see.allow(&continued::SUB_21, Allowed::Anything, Effect::Happens(Drops::NONE));
    }
    if submission::refuse_without_handler(see, submission) {
        // Another reason may be reported instead, on completion.
        let other = Reason::of(submission.request.kind, see.cx.named(submission.request.id))
            .any(|reason| reason.in_force(see, submission) != Holds::No);
        if !other {
            return;
        }
    }
    see.allow(&SUB_13, Allowed::Nothing, Effect::Happens(Drops::NONE));
}

/// What an asynchronous submission may come to where it takes effect (SUB-30): which of the codes that its reasons allow
/// reports a refusal is told by the completion.
pub(crate) fn land(see: &mut See<'_>, submission: &Submission) {
    let request = &submission.request;
    if continued::lacks_title(request) {
        see.permit(&continued::SUB_21, Effect::Lands(Landing::Refused(Codes::ANY)));
        return see.permit(&continued::SUB_21, Effect::Lands(Landing::Kept(Place::Back)));
    }
    if may_fail_elsewhere(see.cx) {
        see.permit(&SUB_34, Effect::Lands(Landing::Failed));
    }
    let mut refused = false;
    let mut codes: Option<(Codes, &'static Rule)> = None;
    for reason in Reason::of(request.kind, see.cx.named(request.id)) {
        let holds = reason.in_force(see, submission);
        let is_named = codes.is_none() || !see.lacks(&reasons::SUB_23);
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
            Landing::Kept(Place::Back)
        };
        let older = see.outstanding(request.id).copied().filter(|_| !inert && !dropped);
        if let Some(older) = &older {
            cancelling::races(see, older);
        }
        see.permit(&SUB_30, Effect::Lands(landing));
        if see.lacks(&submission::SUB_4) && older.is_some() {
            see.permit(&SUB_30, Effect::Lands(Landing::Inert));
        }
        if older.is_some() && continued::keeps_its_place(see, request) {
            see.permit(&submission::SUB_4, Effect::Lands(Landing::Kept(Place::Kept)));
        }
    }
}

/// The completion of an asynchronous submission.
pub(super) fn completes(see: &mut See<'_>, number: u32, error: Option<Code>, foreign: bool) {
    let state = see.state;
    let mut heard = state
        .flights
        .iter()
        .filter(|flight| flight.result != Some(FlightResult::Unheard));
    let Some(flight) = heard.find(|flight| flight.number == number) else {
        if !see.cx.records("submission_completed") {
            // It may have taken effect before.
            return see.permit(&SUB_13, Effect::Happens(Drops::NONE));
        }
        return see.refuse(&SUB_13);
    };
    if continued::lacks_title(&flight.request) {
        return see.permit(&continued::SUB_21, Effect::Happens(Drops::NONE));
    }
    let fits = match (flight.result, error) {
        (Some(FlightResult::Accepted), None) => true,
        (Some(FlightResult::Refused(codes)), Some(seen)) => !foreign && codes.has(seen),
        (Some(FlightResult::Failed), Some(_)) => foreign,
        _ => false,
    };
    if fits {
        see.permit(&SUB_13, Effect::Happens(Drops::NONE));
    } else if flight.request.kind == Kind::Continued && error.is_none() && !see.foreground() {
        see.refuse(&continued::SUB_17);
    } else {
        see.refuse(&SUB_13);
    }
}

rule! {
    SUB_30, "async takes effect once": May Scheduler
    since 27.0
    basis Inferred
    "An asynchronous submission takes effect at one moment between its call and its completion: until \
        then it may be missing from the list, and a cancel or another submission of the identifier may fall \
        before or after it."
    from "BGTaskScheduler.submitTaskRequest(_:completionHandler:)"
}

rule! {
    SUB_31, "async not on main thread": Should App
    since 27.0
    basis Documented, StaffCited
    "The asynchronous submit is not called on the main thread. (The header says so; staff said that any \
        thread will do.)"
    from "BGTaskScheduler.h (27)", "forum 840876"
}

rule! {
    SUB_34, "foreign error": May Scheduler
    since 27.0
    basis StaffCited
    decided by ForeignSubmitErrors
    "Any submission, the asynchronous one too, may fail with an error of another domain than the scheduler's \
        (a connection to the system that broke), though no reason of these rules holds: nothing is accepted, and \
        what was outstanding stays (SUB-9). A submission that has to raise (SUB-2) raises all the same."
    from "forum 838434 (27.0)"
}

/// Whether a submission may fail with an error of another domain.
pub(super) fn may_fail_elsewhere(cx: &Context) -> bool {
    cx.since(27) && cx.allows(ForeignSubmitErrors::Possible) && !cx.lacks(&SUB_34)
}
