//! Submitting requests: what every kind has in common. What continued processing adds stands in [`super::continued`].

use super::prelude::*;

/// Why a submission is refused. Any reason that holds may be the one reported (SUB-23).
struct Reason {
    rule: &'static Rule,
    /// Which kinds it concerns.
    kinds: &'static [Kind],
    /// Whether it holds.
    holds: fn(&mut See<'_>, &Submission) -> Holds,
    /// The codes that may report it.
    codes: Codes,
    /// The synchronous submit may report success all the same (SUB-12).
    may_go_unreported: bool,
}

const ALL_KINDS: &[Kind] = &Kind::ALL;
const PENDING_KINDS: &[Kind] = &[Kind::Refresh, Kind::Processing, Kind::HealthResearch];

static REASONS: &[Reason] = &[
    Reason::reported(
        &configuration::MALFORMED_LIST_PERMITS_NOTHING,
        ALL_KINDS,
        configuration::permits_nothing,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(&UNPERMITTED_REFUSED, ALL_KINDS, is_not_permitted, Codes::NOT_PERMITTED),
    Reason::reported(
        &identifiers::WILDCARD_STRING_NOT_SUBMITTABLE,
        ALL_KINDS,
        identifiers::is_wildcard_string,
        Codes::ANY,
    ),
    Reason::reported(
        &identifiers::WILDCARD_FOR_OTHER_KINDS,
        PENDING_KINDS,
        identifiers::wildcard_is_for_continued,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(
        &identifiers::STRAY_STAR_COVERS_NOTHING,
        ALL_KINDS,
        identifiers::is_stray_string,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(
        &identifiers::LONG_IDENTIFIERS_MAY_BE_REFUSED,
        ALL_KINDS,
        identifiers::is_very_long,
        Codes::ANY,
    ),
    Reason::quiet(
        &configuration::KINDS_NEED_BACKGROUND_MODES,
        PENDING_KINDS,
        configuration::mode_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::quiet(
        &configuration::CONTINUED_MODE,
        &[Kind::Continued],
        configuration::continued_mode_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(
        &configuration::HEALTH_RESEARCH_NEEDS_ENTITLEMENT,
        &[Kind::HealthResearch],
        configuration::health_research_is_not_entitled,
        Codes::UNAVAILABLE_OR_NOT_PERMITTED,
    ),
    Reason::reported(
        &configuration::SIMULATOR_REFUSES_SUBMISSION,
        ALL_KINDS,
        configuration::runs_on_simulator,
        Codes::UNAVAILABLE,
    ),
    Reason::reported(
        &configuration::EXTENSIONS_SUBMIT_FOR_THE_APP,
        ALL_KINDS,
        configuration::caller_may_not_schedule,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(&ONE_REFRESH_PENDING, &[Kind::Refresh], refresh_is_full, Codes::TOO_MANY),
    Reason::quiet(
        &TEN_PROCESSING_PENDING,
        &[Kind::Processing],
        processing_is_full,
        Codes::TOO_MANY,
    ),
    Reason::quiet(
        &HEALTH_RESEARCH_COUNTS_WITH_PROCESSING,
        &[Kind::HealthResearch],
        shared_limit_is_full,
        Codes::TOO_MANY,
    ),
    Reason::quiet(
        &REFUSED_WITH_REFRESH_OFF,
        PENDING_KINDS,
        refresh_is_off,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &LOW_POWER_MAY_REFUSE,
        &[Kind::Refresh],
        low_power_refuses,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &REFUSED_WITH_LAUNCHES_DENIED,
        ALL_KINDS,
        launches_are_denied,
        Codes::NOT_PERMITTED,
    ),
    Reason::quiet(
        &REFUSED_WITH_LAUNCHES_DENIED,
        ALL_KINDS,
        launches_are_denied_since_27,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &continued::REFRESH_OFF_MAY_REFUSE_CONTINUED,
        &[Kind::Continued],
        continued::refresh_off_refuses,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &continued::CONTINUED_REFUSED_IN_BACKGROUND,
        &[Kind::Continued],
        continued::queued_in_background,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::quiet(
        &continued::CONTINUED_REFUSED_IN_BACKGROUND,
        &[Kind::Continued],
        continued::failing_in_background,
        Codes::ANY,
    ),
    Reason::quiet(
        &identifiers::CONTINUED_BUNDLE_PREFIX,
        &[Kind::Continued],
        identifiers::lacks_bundle_prefix,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::FAIL_IS_REFUSED_WITHOUT_ROOM,
        &[Kind::Continued],
        continued::cannot_start_at_once,
        Codes::INELIGIBLE,
    ),
    Reason::quiet(
        &resources::GPU_REFUSED_WITHOUT_HARDWARE,
        &[Kind::Continued],
        resources::gpu_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::quiet(
        &resources::GPU_REFUSED_WITHOUT_ENTITLEMENT,
        &[Kind::Continued],
        resources::gpu_is_not_entitled,
        Codes::UNAVAILABLE_OR_NOT_PERMITTED,
    ),
    Reason::quiet(
        &resources::GPU_CONTENTION,
        &[Kind::Continued],
        resources::gpu_may_be_contended,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::RESUBMISSION_WHILE_RUNNING,
        &[Kind::Continued],
        continued::queued_again_while_running,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::RESUBMISSION_WHILE_RUNNING,
        &[Kind::Continued],
        continued::failing_again_while_running,
        Codes::ANY,
    ),
    Reason::quiet(
        &continued::QUEUE_MAY_BE_FULL,
        &[Kind::Continued],
        continued::is_queued,
        Codes::TOO_MANY,
    ),
];

/// What an app owes when it submits: judged before the answer is looked at.
pub(super) fn duties(see: &mut See<'_>, submission: &Submission) {
    let request = &submission.request;
    let permitted = is_not_permitted(see, submission) != Holds::Yes && !see.cx.named(request.id).wildcard_string;
    let handler = see.handler(request.id);
    let handled = !see.cx.models(Area::Registration) || !see.now.caller.app || handler.is_some();
    see.duty(&SUBMIT_PERMITTED_AND_REGISTERED, permitted && handled);
    if request.kind == Kind::Continued {
        continued::duties(see, request);
    } else {
        let late = handler.is_some_and(|handler| handler.late) && see.now.caller.app && see.cx.since(26);
        see.duty(&registration::REGISTER_BEFORE_LAUNCH_FINISHES, !late);
        let within = conditions::begins_within_a_week(see, request);
        see.duty(&conditions::BEGIN_DATE_WITHIN_A_WEEK, within);
        let asked_first = life::asked_before_replacing(see, request);
        see.duty(&life::RESUBMIT_IN_HANDLER, asked_first);
    }
    see.duty(
        &ASYNC_NOT_ON_MAIN_THREAD,
        submission.number.is_none() || !see.now.caller.main_thread,
    );
}

/// The answers that a submission may get where it takes effect, and what each does.
pub(super) fn submit(see: &mut See<'_>, submission: &Submission) {
    let request = &submission.request;
    if submission.number.is_some() {
        return submit_asynchronously(see, submission);
    }
    if continued::lacks_title(request) {
        return continued::submit_without_title(see);
    }
    if configuration::is_inert(see) && request.kind != Kind::Continued {
        see.allow(&configuration::MAC_MAY_BE_INERT, Allowed::Accepts, Effect::Nothing);
    }
    let mut refused = refuse_without_handler(see, submission);
    let mut reported = refused;
    let mut may_be_lost = false;
    for reason in REASONS.iter().filter(|reason| reason.kinds.contains(&request.kind)) {
        let holds = (reason.holds)(see, submission);
        if holds == Holds::No {
            continue;
        }
        see.allow(reason.rule, Allowed::Refuses(reason.codes), Effect::Nothing);
        refused |= holds == Holds::Yes;
        reported |= holds == Holds::Yes && !reason.may_go_unreported;
        may_be_lost |= reason.may_go_unreported;
    }
    let lost = may_be_lost && !reported && refusals_may_go_unreported(see);
    match (refused, lost) {
        (true, true) => see.allow(&REFUSAL_MAY_GO_UNREPORTED, Allowed::Accepts, Effect::Nothing),
        (true, false) => see.exercise(&REFUSAL_LEAVES_OUTSTANDING),
        (false, _) if identifiers::is_dropped_for_prefix(see, submission) => {
            see.allow(&identifiers::CONTINUED_BUNDLE_PREFIX, Allowed::Accepts, Effect::Nothing);
        }
        (false, lost) => accept(see, request, if lost { Sureness::Unsure } else { Sureness::Sure }),
    }
}

/// Which rules a refusal breaks besides the one that promises acceptance.
fn names_of_a_wrong_refusal(see: &mut See<'_>, request: &Outstanding) {
    let named = *see.cx.named(request.id);
    if request.kind == Kind::Continued {
        if see.ask.reply == Reply::Refused(Code::IMMEDIATE_RUN_INELIGIBLE) {
            see.also_breaks(&continued::FAIL_IS_REFUSED_WITHOUT_ROOM);
        }
        return;
    }
    see.exercise(&CONDITIONS_NEVER_REFUSE);
    see.also(Allowed::Accepts, &CONDITIONS_NEVER_REFUSE);
    if request.earliest != Millis::MIN {
        see.exercise(&PAST_DATE_MEANS_NO_DELAY);
        see.also(Allowed::Accepts, &PAST_DATE_MEANS_NO_DELAY);
    }
    if see.state.running(request.id).is_some() {
        see.exercise(&RUNNING_TASK_DOES_NOT_COUNT);
        see.also(Allowed::Accepts, &RUNNING_TASK_DOES_NOT_COUNT);
        if see.ask.reply == Reply::Raised(Exception::NoHandler) {
            see.also_breaks(&cancelling::CANCEL_LEAVES_RUNNING);
        }
    }
    if named.exact && (named.covered || named.covered_deep) {
        see.exercise(&identifiers::EXACT_ENTRY_PERMITS_EVERY_KIND);
        see.also(Allowed::Accepts, &identifiers::EXACT_ENTRY_PERMITS_EVERY_KIND);
    }
    if matches!(named.past.fate, Fate::Cancelled | Fate::CancelledWithAll) {
        see.exercise(&cancelling::CANCELLED_CAN_BE_SUBMITTED_AGAIN);
        see.also(Allowed::Accepts, &cancelling::CANCELLED_CAN_BE_SUBMITTED_AGAIN);
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
        return see.allow(&REFUSAL_MAY_GO_UNREPORTED, Allowed::Accepts, Effect::Nothing);
    }
    let older = see.outstanding(request.id).copied();
    let by = match (request.kind, older) {
        (_, Some(_)) => &REPLACES_OUTSTANDING,
        (Kind::Continued, None) => continued::acceptance(request),
        (_, None) => &ACCEPTED_IS_PENDING,
    };
    names_of_a_wrong_refusal(see, request);
    if request.kind == Kind::Continued {
        card::retries(see, request.id);
    }
    if sureness == Sureness::Unsure && older.is_some_and(|older| !older.same_attributes(request)) {
        // What is there hangs together with its attributes: two states, not a flag.
        see.allow(&REFUSAL_MAY_GO_UNREPORTED, Allowed::Accepts, Effect::Nothing);
        return see.allow(by, Allowed::Accepts, Effect::Put(Sureness::Sure, Place::Back));
    }
    see.allow(by, Allowed::Accepts, Effect::Put(sureness, Place::Back));
    if older.is_some() && continued::keeps_its_place(see, request) {
        see.allow(
            &REPLACES_OUTSTANDING,
            Allowed::Accepts,
            Effect::Put(sureness, Place::Kept),
        );
    }
}

/// The rule SUB-1.
pub static ACCEPTED_IS_PENDING: Rule = Rule {
    id: Id::new(Area::Submission, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "An accepted refresh, processing or health research request is pending until it is launched, \
        cancelled, replaced or removed by a LIF rule, CON-17 or CFG-6. It may be submitted from the moment \
        its handler is registered, while the app is still launching too.",
    sources: &["BGTaskScheduler.submit", "WWDC19 session 707"],
};

/// The rule SUB-2.
pub static NO_HANDLER_RAISES: Rule = Rule {
    id: Id::new(Area::Submission, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(4)],
    switch: None,
    text: "The app submitting a permitted identifier that has no handler in its process raises 'No launch \
        handler registered for task with identifier <id>', and the process dies; nothing is accepted. An \
        extension is exempt. Where a reason for a refusal holds too, that error may come instead (SUB-23).",
    sources: &[
        "BGTaskScheduler.submit",
        "expo 39406 and PR 39769",
        "firefox-ios 19031",
        "forum 799126",
    ],
};

/// Whether the submission has to raise, unless another reason is reported.
fn refuse_without_handler(see: &mut See<'_>, submission: &Submission) -> bool {
    if !see.now.caller.app || !see.cx.models(Area::Registration) {
        return false;
    }
    let id = submission.request.id;
    let unhandled = see.handler(id).is_none() && identifiers::permits(see, id);
    if unhandled {
        see.allow(
            &NO_HANDLER_RAISES,
            Allowed::Raises(Exception::NoHandler),
            Effect::Nothing,
        );
        if see.cx.since(26) && !see.cx.named(id).exact {
            see.exercise(&identifiers::HANDLER_SERVES_EXACT_IDENTIFIER);
        }
    }
    unhandled
}

/// The rule SUB-3.
pub static UNPERMITTED_REFUSED: Rule = Rule {
    id: Id::new(Area::Submission, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(4)],
    switch: None,
    text: "Submitting an identifier that is not permitted fails with notPermitted (3), raising nothing.",
    sources: &["BGTaskScheduler.Error.notPermitted", "flutter_workmanager 479"],
};

fn is_not_permitted(see: &mut See<'_>, submission: &Submission) -> Holds {
    let id = submission.request.id;
    let named = *see.cx.named(id);
    Holds::when(!named.wildcard_string && !named.stray && !identifiers::permits(see, id))
}

/// The rule SUB-4.
pub static REPLACES_OUTSTANDING: Rule = Rule {
    id: Id::new(Area::Submission, 4),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(2)],
    switch: None,
    text: "Submitting an identifier that is outstanding replaces that request with all of its attributes, the \
        kind and earliestBeginDate included; there is still one request. A replacement by the same kind \
        meets no limit; one by another kind counts against the limit of that kind and, if refused, leaves \
        the old request as it was (SUB-9). A waiting continued request may keep its place or go to the back.",
    sources: &[
        "BGTaskScheduler.submit",
        "article Using background tasks to update your app",
        "flutter_workmanager 557",
    ],
};

/// The rule SUB-5.
pub static ONE_REFRESH_PENDING: Rule = Rule {
    id: Id::new(Area::Submission, 5),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: Some(Setting::RefreshLimit),
    text: "At most 1 refresh request of the app and its extensions is pending; one more under another \
        identifier fails with tooManyPendingTaskRequests (2). (Apps that keep two are in the field; nobody \
        showed both accepted.)",
    sources: &["BGTaskScheduler.submit", "Home Assistant BackgroundRefreshManager"],
};

fn refresh_is_full(see: &mut See<'_>, submission: &Submission) -> Holds {
    is_full(see, submission, &[Kind::Refresh], see.cx.limits.refresh)
}

/// The rule SUB-6.
pub static TEN_PROCESSING_PENDING: Rule = Rule {
    id: Id::new(Area::Submission, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: Some(Setting::ProcessingLimit),
    text: "At most 10 processing requests are pending: the tenth is accepted, one more under another identifier \
        fails with tooManyPendingTaskRequests (2).",
    sources: &["BGTaskScheduler.submit"],
};

fn processing_is_full(see: &mut See<'_>, submission: &Submission) -> Holds {
    match is_full(see, submission, &[Kind::Processing], see.cx.limits.processing) {
        Holds::No => shared_limit_is_full(see, submission),
        full => full,
    }
}

/// The rule SUB-7.
pub static HEALTH_RESEARCH_COUNTS_WITH_PROCESSING: Rule = Rule {
    id: Id::new(Area::Submission, 7),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(17, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::HealthSharesProcessingLimit),
    text: "Whether health research requests count against the 10 is not documented: both are allowed.",
    sources: &["BGHealthResearchTaskRequest is a BGProcessingTaskRequest"],
};

fn shared_limit_is_full(see: &mut See<'_>, submission: &Submission) -> Holds {
    const YES: u8 = 0;
    let concerned = submission.request.kind == Kind::HealthResearch
        || see
            .state
            .requests
            .iter()
            .any(|request| request.kind == Kind::HealthResearch);
    if !concerned {
        return Holds::No;
    }
    match is_full(
        see,
        submission,
        &[Kind::Processing, Kind::HealthResearch],
        see.cx.limits.processing,
    ) {
        Holds::No => Holds::No,
        full if see.setting(Setting::HealthSharesProcessingLimit, YES) => full,
        _ => Holds::No,
    }
}

/// Whether the pending requests of these kinds leave no room for one more. A replacement of its own kind meets no
/// limit (SUB-4), and a running task does not count (SUB-8): it is no request any more.
fn is_full(see: &mut See<'_>, submission: &Submission, kinds: &[Kind], limit: Option<i64>) -> Holds {
    /// With more than this many requests whose presence is open the answer is open as a whole.
    const FEW: usize = 5;
    let Some(limit) = limit else { return Holds::Maybe };
    let state = see.state;
    let request = &submission.request;
    let counted = |other: &&Outstanding| other.id != request.id && (other.vague || kinds.contains(&other.kind));
    let open = |other: &&Outstanding| other.unsure || other.vague;
    let sure = state
        .requests
        .iter()
        .filter(counted)
        .filter(|other| !open(other))
        .count();
    let unsure = state.requests.iter().filter(counted).filter(open).count();
    let full = |count: usize| count as i64 >= limit;
    let holds = if full(sure) {
        Holds::Yes
    } else if !full(sure + unsure) {
        Holds::No
    } else if unsure > FEW || state.requests.iter().any(|other| other.vague) {
        Holds::Maybe
    } else {
        let mut there = sure;
        for other in state.requests.iter().filter(counted).filter(open) {
            there += usize::from(see.outstanding(other.id).is_some());
        }
        Holds::when(full(there))
    };
    if holds == Holds::No {
        return Holds::No;
    }
    if state.request(request.id).is_some_and(|older| older.vague) {
        return Holds::Maybe;
    }
    let replaces = see
        .outstanding(request.id)
        .is_some_and(|older| older.kind == request.kind);
    if replaces { Holds::No } else { holds }
}

/// The rule SUB-8.
pub static RUNNING_TASK_DOES_NOT_COUNT: Rule = Rule {
    id: Id::new(Area::Submission, 8),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "A running task does not count against the limits: its identifier can be submitted again from its \
        handler, and the running task is not disturbed.",
    sources: &[
        "article Using background tasks to update your app",
        "WWDC19 session 707",
    ],
};

/// The rule SUB-9.
pub static REFUSAL_LEAVES_OUTSTANDING: Rule = Rule {
    id: Id::new(Area::Submission, 9),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred, Basis::Observed(1)],
    switch: None,
    text: "A refused submission leaves the outstanding requests as they were, with their old dates, also where \
        SUB-12 hides the refusal, and a later one is judged afresh.",
    sources: &["actuali PR 177", "PodHaven background task investigation"],
};

/// The rule SUB-10.
pub static REFUSED_WITH_REFRESH_OFF: Rule = Rule {
    id: Id::new(Area::Submission, 10),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "With Background App Refresh denied or restricted a refresh, processing or health research submission \
        fails with unavailable (1).",
    sources: &["BGTaskScheduler.h (13, 27)", "UIBackgroundRefreshStatus"],
};

fn refresh_is_off(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(!see.device(Condition::BackgroundRefresh))
}

/// The rule SUB-11.
pub static CONDITIONS_NEVER_REFUSE: Rule = Rule {
    id: Id::new(Area::Submission, 11),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "The network, external power, a lock or use of the device never make a refresh, processing or health \
        research submission fail.",
    sources: &["these are conditions of the launch: BGTaskRequest.h"],
};

/// The rule SUB-12.
pub static REFUSAL_MAY_GO_UNREPORTED: Rule = Rule {
    id: Id::new(Area::Submission, 12),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::StaffCited, Basis::Observed(5)],
    switch: Some(Setting::SyncSubmitErrors),
    text: "The synchronous submit may report success for a request that the system then refuses (the limits of \
        SUB-5 to SUB-7 and SUB-32, modes, foreground, the person's switches of SUB-10, SUB-22, SUB-28 and \
        SUB-29, the GPU, bundle prefix; not lack of room, SUB-18): the request is not outstanding, never \
        runs, and an older pending one of that identifier stays as it was. A missing handler (SUB-2) and an \
        unpermitted identifier (SUB-3) are always reported: no loss of these was seen. Earlier versions: not \
        known.",
    sources: &[
        "deprecation text of iOS 27",
        "forum 807370",
        "PodHaven background task investigation (2026-03)",
        "SideStore 1475",
        "field reports on 26.1, 26.6.1, 27",
    ],
};

fn refusals_may_go_unreported(see: &mut See<'_>) -> bool {
    const LOSSY: u8 = 1;
    see.cx.since(26) && see.cx.allows(Setting::SyncSubmitErrors, LOSSY)
}

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
fn submit_asynchronously(see: &mut See<'_>, submission: &Submission) {
    if refuse_without_handler(see, submission) {
        // Another reason may be reported instead, on completion.
        let other = REASONS
            .iter()
            .filter(|reason| reason.kinds.contains(&submission.request.kind))
            .any(|reason| (reason.holds)(see, submission) != Holds::No);
        if !other {
            return;
        }
    }
    see.allow(&ASYNC_COMPLETES_ONCE, Allowed::Nothing, Effect::Happens(Drops::NONE));
}

/// What an asynchronous submission may come to where it takes effect (SUB-30).
pub(crate) fn land(see: &mut See<'_>, submission: &Submission) {
    let request = &submission.request;
    let mut refused = false;
    for reason in REASONS.iter().filter(|reason| reason.kinds.contains(&request.kind)) {
        let holds = (reason.holds)(see, submission);
        if holds == Holds::No {
            continue;
        }
        for code in reason.codes.iter() {
            see.permit(reason.rule, Effect::Lands(Some(code), Sureness::Sure));
        }
        refused |= holds == Holds::Yes;
    }
    if !refused {
        see.permit(&ASYNC_TAKES_EFFECT_ONCE, Effect::Lands(None, Sureness::Sure));
    }
}

/// The completion of an asynchronous submission.
pub(super) fn completes(see: &mut See<'_>, number: u32, error: Option<Code>) {
    let state = see.state;
    let Some(flight) = state.flights.iter().find(|flight| flight.number == number) else {
        return see.forbid(&ASYNC_COMPLETES_ONCE);
    };
    let fits = match (flight.result, error) {
        (Some(FlightResult::Accepted), None) => true,
        (Some(FlightResult::Refused(code)), Some(seen)) => code == seen.0,
        _ => false,
    };
    if fits {
        see.permit(&ASYNC_COMPLETES_ONCE, Effect::Happens(Drops::NONE));
    } else if flight.request.kind == Kind::Continued && error.is_none() && !see.foreground() {
        see.forbid(&continued::CONTINUED_REFUSED_IN_BACKGROUND);
    } else {
        see.forbid(&ASYNC_COMPLETES_ONCE);
    }
}

/// The rule SUB-14.
pub static PAST_DATE_MEANS_NO_DELAY: Rule = Rule {
    id: Id::new(Area::Submission, 14),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "No earliestBeginDate, or one in the past, means no delay. A far one is accepted.",
    sources: &["BGTaskRequest.earliestBeginDate"],
};

/// The rule SUB-15.
pub static SCHEDULER_KEEPS_COPY: Rule = Rule {
    id: Id::new(Area::Submission, 15),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "The scheduler keeps a copy: changing the request object afterwards changes nothing.",
    sources: &["BGTaskScheduler.h"],
};

/// Changing a request object that was submitted, or one that the pending list gave (PEN-3), changes nothing.
pub(super) fn change_object(see: &mut See<'_>) {
    see.exercise(&pending::LISTED_ARE_COPIES);
    see.allow(&SCHEDULER_KEEPS_COPY, Allowed::Nothing, Effect::Nothing);
}

/// The rule SUB-22.
pub static REFUSED_WITH_LAUNCHES_DENIED: Rule = Rule {
    id: Id::new(Area::Submission, 22),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A user's explicit denial of background launches for the app makes a submission of any kind fail with \
        notPermitted (3); from 27.0 unavailable (1) is allowed too. Before 26.0 there is no such denial.",
    sources: &["BGTaskScheduler.h (26, 27)"],
};

fn launches_are_denied(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(see.cx.since(26) && see.device(Condition::BackgroundLaunches))
}

fn launches_are_denied_since_27(see: &mut See<'_>, submission: &Submission) -> Holds {
    if see.cx.since(27) {
        launches_are_denied(see, submission)
    } else {
        Holds::No
    }
}

/// The rule SUB-23.
pub static ANY_REASON_MAY_ANSWER: Rule = Rule {
    id: Id::new(Area::Submission, 23),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "Where several reasons hold against a call, any one of them may be the answer: no precedence is \
        documented. This includes the exceptions: a late registration of an unpermitted identifier returns \
        false or raises; a submission without a handler that is refused for another reason too raises or \
        fails.",
    sources: &["BGTaskScheduler.h"],
};

/// The rule SUB-25.
pub static CALLS_ARE_LINEARIZABLE: Rule = Rule {
    id: Id::new(Area::Submission, 25),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "Calls from several threads behave as if they had happened one after another, each between its start \
        and its return.",
    sources: &["expo 39406", "kmpworkmanager 79"],
};

/// The rule SUB-26.
pub static REQUEST_DEFAULTS: Rule = Rule {
    id: Id::new(Area::Submission, 26),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "The defaults are: no network requirement, no power requirement, no begin date, strategy `queue`, \
        default resources, protection completeUntilFirstUserAuthentication.",
    sources: &["BGTaskRequest.h (13, 17, 26)"],
};

/// The rule SUB-27.
pub static SUBMIT_PERMITTED_AND_REGISTERED: Rule = Rule {
    id: Id::new(Area::Submission, 27),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(5)],
    switch: None,
    text: "The app submits only identifiers that Info.plist permits and, unless the caller is an extension, \
        that have a handler in its process.",
    sources: &[
        "BGTaskScheduler.submit: 'a previously registered background task'",
        "expo 39769",
        "firefox-ios 19031",
    ],
};

/// The rule SUB-28.
pub static LOW_POWER_MAY_REFUSE: Rule = Rule {
    id: Id::new(Area::Submission, 28),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: Some(Setting::LowPowerRefusesSubmit),
    text: "In Low Power Mode a refresh submission may be accepted or fail with unavailable (1): one page says \
        that Background App Refresh is disabled then, none names the error.",
    sources: &[
        "UIApplication.backgroundRefreshStatus",
        "BGTaskScheduler.h",
        "expo 11505",
    ],
};

fn low_power_refuses(see: &mut See<'_>, _: &Submission) -> Holds {
    const YES: u8 = 0;
    Holds::when(see.device(Condition::LowPower) && see.setting(Setting::LowPowerRefusesSubmit, YES))
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

impl Reason {
    /// A reason that is always reported.
    const fn reported(
        rule: &'static Rule,
        kinds: &'static [Kind],
        holds: fn(&mut See<'_>, &Submission) -> Holds,
        codes: Codes,
    ) -> Self {
        Self {
            rule,
            kinds,
            holds,
            codes,
            may_go_unreported: false,
        }
    }

    /// A reason that the synchronous submit may keep quiet about.
    const fn quiet(
        rule: &'static Rule,
        kinds: &'static [Kind],
        holds: fn(&mut See<'_>, &Submission) -> Holds,
        codes: Codes,
    ) -> Self {
        Self {
            rule,
            kinds,
            holds,
            codes,
            may_go_unreported: true,
        }
    }
}

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &ACCEPTED_IS_PENDING,
    &NO_HANDLER_RAISES,
    &UNPERMITTED_REFUSED,
    &REPLACES_OUTSTANDING,
    &ONE_REFRESH_PENDING,
    &TEN_PROCESSING_PENDING,
    &HEALTH_RESEARCH_COUNTS_WITH_PROCESSING,
    &RUNNING_TASK_DOES_NOT_COUNT,
    &REFUSAL_LEAVES_OUTSTANDING,
    &REFUSED_WITH_REFRESH_OFF,
    &CONDITIONS_NEVER_REFUSE,
    &REFUSAL_MAY_GO_UNREPORTED,
    &ASYNC_COMPLETES_ONCE,
    &PAST_DATE_MEANS_NO_DELAY,
    &SCHEDULER_KEEPS_COPY,
    &REFUSED_WITH_LAUNCHES_DENIED,
    &ANY_REASON_MAY_ANSWER,
    &CALLS_ARE_LINEARIZABLE,
    &REQUEST_DEFAULTS,
    &SUBMIT_PERMITTED_AND_REGISTERED,
    &LOW_POWER_MAY_REFUSE,
    &ASYNC_TAKES_EFFECT_ONCE,
    &ASYNC_NOT_ON_MAIN_THREAD,
];
