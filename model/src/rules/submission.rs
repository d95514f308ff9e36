//! Submitting requests: what every kind has in common. What continued processing adds stands in [`super::continued`].

use super::reasons::{Reason, Report};
use super::{
    asynchronous, cancelling, card, conditions, configuration, continued, identifiers, life, limits, pending, reasons,
    registration,
};
use crate::facts::{Fact, Facts};
use crate::op::{Exception, Reply, Submission};
use crate::past::Fate;
use crate::see::{Allowed, Effect, Holds, Place, See, Sureness};
use crate::setting::SyncSubmitErrors;
use crate::state::{Handler, Mark, NEVER, Outstanding, Presence, Sym};
use crate::vocabulary::{Area, Code, Condition, Kind, Millis};

/// What an app owes when it submits: judged before the answer is looked at.
pub(super) fn duties(see: &mut See<'_>, submission: &Submission) {
    let request = &submission.request;
    let permitted = is_not_permitted(see, submission) != Holds::Yes && !see.cx.named(request.id).wildcard_string;
    let handler = see.handler(request.id);
    let handled = !see.cx.models(Area::Registration) || !see.now.caller.app || handler.is_some();
    see.duty(&SUB_27, permitted && handled);
    if request.kind == Kind::Continued {
        continued::duties(see, request);
    } else {
        let late = handler.is_some_and(|handler| handler.late) && see.now.caller.app && see.cx.since(26);
        see.duty(&registration::REG_7, !late);
        let within = conditions::begins_within_a_week(see, request);
        see.duty(&conditions::CON_15, within);
        let asked_first = life::asked_before_replacing(see, request);
        see.duty(&life::LIF_10, asked_first);
    }
    see.duty(
        &asynchronous::SUB_31,
        submission.number.is_none() || !see.now.caller.main_thread,
    );
}

/// The answers that a submission may get where it takes effect, and what each does.
pub(super) fn submit(see: &mut See<'_>, submission: &Submission) {
    let request = &submission.request;
    if submission.number.is_some() {
        return asynchronous::submit_asynchronously(see, submission);
    }
    if continued::lacks_title(request) {
        return continued::submit_without_title(see, request);
    }
    let mut refused = refuse_without_handler(see, submission);
    if !refused && asynchronous::may_fail_elsewhere(see.cx) && matches!(see.ask.reply, Reply::Failed(_) | Reply::Open) {
        see.permit(&asynchronous::SUB_34, Effect::Nothing);
    }
    if !refused {
        names_of_a_wrong_exception(see, request.id);
    }
    // As if it were permitted.
    let as_permitted = matches!(see.ask.reply, Reply::Accepted | Reply::Raised(Exception::NoHandler));
    if as_permitted && see.cx.named(request.id).empty {
        see.also_breaks(&registration::REG_11);
    }
    let mut reported = refused;
    let mut may_be_lost = false;
    let mut reasons = usize::from(refused);
    for reason in Reason::of(request.kind, see.cx.named(request.id)) {
        let holds = reason.in_force(see, submission);
        if holds == Holds::No {
            continue;
        }
        if reasons == 0 || !see.lacks(&reasons::SUB_23) {
            see.allow(reason.rule, Allowed::Refuses(reason.codes), Effect::Nothing);
        } else if see.ask.reply != Reply::Accepted {
            see.refuse(&reasons::SUB_23);
        }
        reasons += 1;
        if holds == Holds::Yes && !Allowed::Refuses(reason.codes).matches(see.ask.reply) {
            see.demands(reason.rule);
        }
        refused |= holds == Holds::Yes;
        reported |= holds == Holds::Yes && reason.report == Report::Always;
        may_be_lost |= reason.report == Report::Quiet;
    }
    if reasons > 1 {
        see.exercise(&reasons::SUB_23);
    }
    let lost = may_be_lost && !reported && refusals_may_go_unreported(see);
    match (refused, lost) {
        (true, true) => see.allow(&SUB_12, Allowed::Accepts, Effect::Nothing),
        (true, false) => leave_outstanding(see),
        (false, _) if identifiers::is_dropped_for_prefix(see, submission) => {
            see.allow(&identifiers::IDN_11, Allowed::Accepts, Effect::Nothing);
        }
        (false, _) if request.kind != Kind::Continued && configuration::is_inert(see) => {
            see.allow(&configuration::CFG_6, Allowed::Accepts, Effect::Nothing);
        }
        (false, lost) => accept(see, request, if lost { Sureness::Unsure } else { Sureness::Sure }),
    }
}

/// Which rules are broken where the handler is missing that is there.
fn names_of_a_wrong_exception(see: &mut See<'_>, id: Sym) {
    let raised = see.ask.reply == Reply::Raised(Exception::NoHandler);
    let certain = |handler: &Handler| handler.there == Presence::Yes;
    if !raised || !see.now.caller.app || !see.state.handler(id).is_some_and(certain) {
        return;
    }
    see.also_breaks(&registration::REG_8);
    if see.cx.named(id).past.was_ever_cancelled() {
        see.also_breaks(&cancelling::CAN_3);
    }
}

/// A refused submission leaves what is outstanding as it was.
fn leave_outstanding(see: &mut See<'_>) {
    see.exercise(&SUB_9);
    if see.lacks(&SUB_9) && matches!(see.ask.reply, Reply::Refused(_)) {
        see.permit(&SUB_9, Effect::MayPut);
    }
}

/// Which rules a refusal breaks besides the one that promises acceptance.
fn names_of_a_wrong_refusal(see: &mut See<'_>, request: &Outstanding) {
    let named = *see.cx.named(request.id);
    if request.kind == Kind::Continued {
        if see.ask.reply == Reply::Refused(Code::IMMEDIATE_RUN_INELIGIBLE) {
            see.also_breaks(&continued::SUB_18);
        }
        return;
    }
    // What is taken out is not named: without a limit nobody is refused for it.
    let claimed = match (see.ask.reply, request.kind) {
        (Reply::Refused(Code::TOO_MANY_PENDING), Kind::Refresh) => Some(&limits::SUB_5),
        (Reply::Refused(Code::TOO_MANY_PENDING), _) => Some(&limits::SUB_6),
        (Reply::Raised(Exception::NoHandler), _) => Some(&registration::REG_8),
        _ => None,
    };
    match claimed {
        Some(claimed) if !see.lacks(claimed) => see.also(Allowed::Accepts, claimed),
        None | Some(_) => {}
    }
    if lacks_what_it_requires(see, request) {
        see.exercise(&SUB_11);
        if claimed.is_none() {
            see.also(Allowed::Accepts, &SUB_11);
        }
    }
    if is_past_or_far(see, request) {
        see.exercise(&SUB_14);
        see.also(Allowed::Accepts, &SUB_14);
    }
    if !see.state.tasks.is_empty() {
        see.exercise(&limits::SUB_8);
        see.also(Allowed::Accepts, &limits::SUB_8);
    }
    if named.exact && (named.covered || named.covered_deep) {
        see.exercise(&identifiers::IDN_10);
        see.also(Allowed::Accepts, &identifiers::IDN_10);
    }
    if matches!(named.past.fate, Fate::Cancelled | Fate::CancelledWithAll) {
        see.exercise(&cancelling::CAN_5);
        see.also(Allowed::Accepts, &cancelling::CAN_5);
    }
}

fn accept(see: &mut See<'_>, request: &Outstanding, sureness: Sureness) {
    if sureness == Sureness::Unsure
        && see
            .state
            .request(request.id)
            .is_some_and(|older| older.unsure && older.vague)
    {
        // As before: it may be there, and nothing is known of it.
        return see.allow(&SUB_12, Allowed::Accepts, Effect::Nothing);
    }
    let older = see.outstanding(request.id).copied();
    if let Some(older) = &older {
        cancelling::races(see, older);
    }
    let by = match (request.kind, older) {
        (_, Some(_)) => &SUB_4,
        (Kind::Continued, None) => continued::acceptance(request),
        (_, None) => &SUB_1,
    };
    names_of_a_wrong_refusal(see, request);
    if !matches!(see.ask.reply, Reply::Accepted | Reply::Open) {
        see.demands(by);
    }
    if see.lacks(&SUB_4) && older.is_some() {
        see.allow(by, Allowed::Accepts, Effect::Nothing);
    }
    let sureness = match sureness {
        Sureness::Sure if see.lacks(&SUB_1) && older.is_none() => Sureness::Unsure,
        as_it_is => as_it_is,
    };
    if request.kind == Kind::Continued {
        card::retries(see, request.id);
    }
    let sureness = match older {
        // It is there, the old one or the new.
        Some(older) if stays_the_same(older, request) => Sureness::Sure,
        _ => sureness,
    };
    if sureness == Sureness::Unsure && (older.is_some() || hangs_together(see, request)) {
        // What is there hangs together with something else: two states, not a flag.
        see.allow(&SUB_12, Allowed::Accepts, Effect::Nothing);
    } else if sureness == Sureness::Unsure {
        return see.allow(by, Allowed::Accepts, Effect::MayPut);
    }
    see.allow(by, Allowed::Accepts, Effect::Put(Place::Back));
    if older.is_some() && continued::keeps_its_place(see, request) {
        see.allow(&SUB_4, Allowed::Accepts, Effect::Put(Place::Kept));
    }
}

/// Whether it makes no difference which of the two is there.
fn stays_the_same(older: Outstanding, request: &Outstanding) -> bool {
    let pending = request.kind != Kind::Continued && older.mark == Mark::None && older.by == NEVER;
    pending && older.same_attributes(request)
}

/// Whether something else hangs on whether a continued request is there: the places of others where their number is
/// known, and the card of a failed task (UIX-6).
pub(super) fn hangs_together(see: &See<'_>, request: &Outstanding) -> bool {
    request.kind == Kind::Continued && (see.cx.limits.capacity.is_some() || card::has_failed(see.state, request.id))
}

rule! {
    SUB_1, "accepted is pending": Must Scheduler
    basis Documented
    "An accepted refresh, processing or health research request is pending until it is launched, \
        cancelled, replaced or removed by a LIF rule, CON-17 or CFG-6. It may be submitted from the moment \
        its handler is registered, while the app is still launching too."
    from "BGTaskScheduler.submit", "WWDC19 session 707"
}

rule! {
    SUB_2, "no handler raises": Must Scheduler
    basis Observed(4)
    "The app submitting a permitted identifier that has no handler in its process raises 'No launch handler \
        registered for task with identifier <id>', and the process dies; nothing is accepted. An extension is \
        exempt. Where a reason for a refusal holds too, that error may come instead (SUB-23). (The page says \
        that the task must be registered before; that the call raises was observed.)"
    from "BGTaskScheduler.submit", "expo 39406 and PR 39769", "firefox-ios 19031", "forum 799126"
}

/// Whether the submission has to raise, unless another reason is reported.
pub(super) fn refuse_without_handler(see: &mut See<'_>, submission: &Submission) -> bool {
    if !see.now.caller.app {
        return false;
    }
    if !see.cx.models(Area::Registration) {
        // Whether it looks for a handler is not declared.
        if see.handler(submission.request.id).is_some() {
            return false;
        }
        see.allow(&SUB_2, Allowed::Raises(Exception::NoHandler), Effect::Nothing);
        return false;
    }
    let id = submission.request.id;
    let unhandled = see.handler(id).is_none() && identifiers::permits(see, id);
    // Without the rule the handler of another identifier serves this one too.
    let served = see.cx.since(26) && !see.cx.named(id).exact && see.goes_without(&identifiers::IDN_4);
    let unhandled = unhandled && !served;
    if unhandled {
        if !Allowed::Raises(Exception::NoHandler).matches(see.ask.reply) {
            see.demands(&SUB_2);
        }
        see.allow(&SUB_2, Allowed::Raises(Exception::NoHandler), Effect::Nothing);
        if see.cx.since(26) && !see.cx.named(id).exact {
            see.exercise(&identifiers::IDN_4);
        }
    }
    unhandled
}

rule! {
    SUB_3, "unpermitted refused": Must Scheduler
    basis Documented, Observed(4)
    "Submitting an identifier that is not permitted fails with notPermitted (3), raising nothing."
    from "BGTaskScheduler.Error.notPermitted", "flutter_workmanager 479"
}

pub(super) fn is_not_permitted(see: &mut See<'_>, submission: &Submission) -> Holds {
    let id = submission.request.id;
    let named = *see.cx.named(id);
    Holds::when(!named.wildcard_string && !named.stray && !identifiers::permits(see, id))
}

rule! {
    SUB_4, "replaces outstanding": Must Scheduler
    basis Documented, Observed(2)
    "Submitting an identifier that is outstanding replaces that request with all of its attributes, the \
        kind and earliestBeginDate included; there is still one request. A replacement by the same kind \
        meets no limit; one by another kind counts against the limit of that kind and, if refused, leaves \
        the old request as it was (SUB-9). A waiting continued request may keep its place or go to the back."
    from "BGTaskScheduler.submit", "article Using background tasks to update your app", "flutter_workmanager 557"
}

rule! {
    SUB_9, "refusal leaves outstanding": Must Scheduler
    basis Inferred, Observed(1)
    "A refused submission leaves the outstanding requests as they were, with their old dates, also where \
        SUB-12 hides the refusal, and a later one is judged afresh."
    from "actuali PR 177", "PodHaven background task investigation"
}

rule! {
    SUB_11, "conditions never refuse": Must Scheduler
    basis Inferred
    "The network, external power, a lock or use of the device never make a refresh, processing or health \
        research submission fail."
    from "these are conditions of the launch: BGTaskRequest.h"
}

/// Whether a condition that the request requires is missing, or the device is locked.
fn lacks_what_it_requires(see: &See<'_>, request: &Outstanding) -> bool {
    let mask = |condition| see.state.facts.mask(Fact::Device(condition));
    request.network && mask(Condition::Network) != Facts::YES
        || request.power && mask(Condition::Power) != Facts::YES
        || mask(Condition::Locked) == Facts::YES
}

rule! {
    SUB_12, "refusal may go unreported": May Scheduler
    since 26.0
    basis Documented, StaffCited, Observed(5)
    decided by SyncSubmitErrors
    "The synchronous submit may report success for a request that the system then refuses (the limits of \
        SUB-5 to SUB-7 and SUB-32, modes, foreground, the person's switches of SUB-10, SUB-22, SUB-28 and \
        SUB-29, the GPU, bundle prefix; not lack of room, SUB-18): the request is not outstanding, never runs, \
        and an older pending one of that identifier stays as it was. A missing handler (SUB-2) and an \
        unpermitted identifier (SUB-3) are always reported: no loss of these was seen. Earlier versions report \
        every refusal: many reported errors were seen there, and no lost one."
    from "deprecation text of iOS 27", "forum 807370", "PodHaven background task investigation (2026-03)", "SideStore 1475", "field reports on 26.1, 26.6.1, 27"
}

fn refusals_may_go_unreported(see: &mut See<'_>) -> bool {
    see.cx.since(26) && see.cx.allows(SyncSubmitErrors::Lossy) && !see.lacks(&SUB_12)
}

rule! {
    SUB_14, "past date means no delay": Must Scheduler
    basis Documented, Inferred
    "No earliestBeginDate, or one in the past, means no delay. A far one is accepted."
    from "BGTaskRequest.earliestBeginDate"
}

/// Whether a begin date lies in the past or far ahead.
fn is_past_or_far(see: &See<'_>, request: &Outstanding) -> bool {
    /// A day ahead is far.
    const FAR: Millis = 24 * 3_600_000;
    let dated = request.earliest != Millis::MIN;
    dated && (request.earliest <= see.now.at || request.earliest >= see.now.at + FAR)
}

rule! {
    SUB_15, "scheduler keeps copy": Must Scheduler
    basis Documented
    "The scheduler keeps a copy: changing the request object afterwards changes nothing."
    from "BGTaskScheduler.h"
}

/// Changing a request object that was submitted, or one that the pending list gave (PEN-3), changes nothing.
pub(super) fn change_object(see: &mut See<'_>) {
    see.exercise(&pending::PEN_3);
    see.allow(&SUB_15, Allowed::Nothing, Effect::Nothing);
}

rule! {
    SUB_25, "calls are linearizable": Must Scheduler
    basis Inferred
    "Calls from several threads behave as if they had happened one after another, each between its start \
        and its return."
    from "expo 39406", "kmpworkmanager 79"
}

rule! {
    SUB_26, "request defaults": Must Scheduler
    basis Documented
    "The defaults are: no network requirement, no power requirement, no begin date, strategy `queue`, \
        default resources, protection completeUntilFirstUserAuthentication."
    from "BGTaskRequest.h (13, 17, 26)"
}

rule! {
    SUB_27, "submit permitted and registered": Must App
    basis Documented, Observed(5)
    "The app submits only identifiers that Info.plist permits and, unless the caller is an extension, \
        that have a handler in its process."
    from "BGTaskScheduler.submit: 'a previously registered background task'", "expo 39769", "firefox-ios 19031"
}
