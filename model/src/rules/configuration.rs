//! What the app's bundle, the platform and the caller allow at all.

use super::prelude::*;

/// The rule CFG-1.
pub static MALFORMED_LIST_PERMITS_NOTHING: Rule = Rule {
    id: Id::new(Area::Configuration, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(3)],
    switch: None,
    text: "A BGTaskSchedulerPermittedIdentifiers that is absent or no array of strings (a string, a dictionary) \
        permits nothing: every registration answers as REG-2 says and every submission is refused with \
        notPermitted (3).",
    sources: &[
        "BGTaskSchedulerPermittedIdentifiers",
        "multiplatform-work-manager 8",
        "two field reports of a build setting that wrote a string",
    ],
};

pub(super) fn permits_nothing(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(see.cx.models(Area::Configuration) && see.cx.app.permits_nothing())
}

/// The rule CFG-2.
pub static KINDS_NEED_BACKGROUND_MODES: Rule = Rule {
    id: Id::new(Area::Configuration, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(3)],
    switch: None,
    text: "Refresh needs the background mode `fetch`, processing and health research need `processing`. A \
        missing mode is refused at submission with notPermitted (3); registration does not look at modes.",
    sources: &[
        "article Using background tasks to update your app",
        "BGTaskScheduler.Error.notPermitted",
        "openclaw PR 136722",
        "flutter_background_service 254",
    ],
};

pub(super) fn mode_is_missing(see: &mut See<'_>, submission: &Submission) -> Holds {
    Holds::when(match submission.request.kind {
        _ if !see.cx.models(Area::Configuration) => false,
        Kind::Refresh => !see.cx.app.mode_fetch,
        Kind::Processing | Kind::HealthResearch => !see.cx.app.mode_processing,
        Kind::Continued => false,
    })
}

/// The rule CFG-3.
pub static HEALTH_RESEARCH_NEEDS_ENTITLEMENT: Rule = Rule {
    id: Id::new(Area::Configuration, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(17, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A health research request needs the entitlement com.apple.developer.backgroundtasks.healthresearch, \
        the background mode `processing` (CFG-2) and the user's opt-in to the study; without any one of them \
        the submission is refused. The code for a missing entitlement or opt-in is not documented: 1 and 3 \
        are both allowed.",
    sources: &["BGTask.h (17, 26)", "BGHealthResearchTask"],
};

pub(super) fn health_research_is_not_entitled(see: &mut See<'_>, _: &Submission) -> Holds {
    let app = &see.cx.app;
    Holds::when(see.cx.models(Area::Configuration) && !(app.health_entitlement && app.opted_in))
}

/// The rule CFG-4.
pub static CONTINUED_MODE: Rule = Rule {
    id: Id::new(Area::Configuration, 4),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1), Basis::Inferred],
    switch: Some(Setting::ContinuedMode),
    text: "A continued processing request needs no background mode (seen on a device), or the mode \
        `processing`: no page names one for it.",
    sources: &[
        "OpenReader ADR 0053 (27.0): works with only `audio`",
        "BGTaskScheduler.h (26)",
    ],
};

pub(super) fn continued_mode_is_missing(see: &mut See<'_>, _: &Submission) -> Holds {
    const PROCESSING: u8 = 1;
    let missing = see.cx.models(Area::Configuration) && !see.cx.app.mode_processing;
    Holds::when(missing && see.setting(Setting::ContinuedMode, PROCESSING))
}

/// The rule CFG-5.
pub static SIMULATOR_REFUSES_SUBMISSION: Rule = Rule {
    id: Id::new(Area::Configuration, 5),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(6)],
    switch: None,
    text: "On the simulator registration works as on a device, every submission fails with unavailable (1) (or \
        for another reason that holds too: SUB-23), and nothing is ever outstanding.",
    sources: &[
        "BGTaskScheduler.h (26)",
        "bhaval-patel/BackgroundTask 2",
        "flutter_background_fetch 163",
        "react-native-background-fetch 447",
    ],
};

pub(super) fn runs_on_simulator(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(see.cx.platform == Platform::Simulator)
}

/// The rule CFG-6.
pub static MAC_MAY_BE_INERT: Rule = Rule {
    id: Id::new(Area::Configuration, 6),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Staff],
    switch: Some(Setting::MacScheduler),
    text: "On the Mac (Catalyst, or an iPad app on a Mac) the reference lists refresh and processing as \
        supported (`works`); staff say that submission succeeds, nothing is pending and nothing is ever \
        launched (`inert`).",
    sources: &["reference pages", "WWDC19 session 707", "forum 757695"],
};

pub(super) fn is_inert(see: &mut See<'_>) -> bool {
    const INERT: u8 = 1;
    if see.cx.platform != Platform::Mac {
        return false;
    }
    see.exercise(&MAC_MAY_BE_INERT);
    see.chooses(&MAC_MAY_BE_INERT, Setting::MacScheduler, INERT)
}

/// The rule CFG-7.
pub static EXTENSIONS_SUBMIT_FOR_THE_APP: Rule = Rule {
    id: Id::new(Area::Configuration, 7),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "An app extension may submit; only the containing app is launched for the task. The request is the \
        app's: it counts in its limits, is listed to it and cancelled by it. An extension kind without \
        background scheduling, or a keyboard without granted open access, gets unavailable (1).",
    sources: &[
        "BGTaskScheduler.h (13, 26, 27)",
        "WWDC19 session 707",
        "article Using background tasks to update your app",
    ],
};

pub(super) fn caller_may_not_schedule(see: &mut See<'_>, _: &Submission) -> Holds {
    let caller = see.now.caller;
    Holds::when(!caller.app && !caller.schedules)
}

/// The rule CFG-8.
pub static EXTENSIONS_DO_NOT_REGISTER: Rule = Rule {
    id: Id::new(Area::Configuration, 8),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: Some(Version::new(27, 0)),
    basis: &[Basis::Documented],
    switch: None,
    text: "An extension does not register launch handlers. (Marked unavailable to extensions up to the header \
        of 26; the mark is gone in the stored header of 27, the sentence that only the host app is launched \
        is not.)",
    sources: &[
        "BGTaskScheduler.h (13, 26, 27)",
        "article Using background tasks to update your app",
    ],
};

/// The rule CFG-9.
pub static EVERY_LAUNCHABLE_IDENTIFIER_HAS_HANDLER: Rule = Rule {
    id: Id::new(Area::Configuration, 9),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(3)],
    switch: None,
    text: "Every concrete identifier that can be launched, permitted or still pending from an earlier version, \
        has a handler in each process that may be launched for it, the process after an update included.",
    sources: &[
        "BGTaskScheduler.h (26)",
        "WordPress-iOS PR 18162",
        "flutter_workmanager 660",
    ],
};

/// The rule CFG-10.
pub static WHAT_EXISTS_WHERE: Rule = Rule {
    id: Id::new(Area::Configuration, 10),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "What exists where: scheduler, refresh, processing iOS, iPadOS, tvOS 13, Mac Catalyst 13.1, visionOS \
        1; health research iOS, iPadOS, Catalyst 17, visionOS 1 (on tvOS the request is listed and the task \
        is not: treated as absent); continued processing and supportedResources iOS and iPadOS 26; the \
        asynchronous submit 27 everywhere. The runner sends nothing else; a trace that shows more is \
        malformed.",
    sources: &["reference pages", "SDK headers 13 to 27"],
};

/// The rule CFG-11.
pub static ENTRY_DISABLES_OLDER_FETCH: Rule = Rule {
    id: Id::new(Area::Configuration, 11),
    bound: Party::Device,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A BGTaskSchedulerPermittedIdentifiers entry in Info.plist disables the older performFetch callback \
        and setMinimumBackgroundFetchInterval. (One app says that the callback still came.) Not observable \
        through an adapter: for the rulebook only.",
    sources: &["article Using background tasks to update your app"],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &MALFORMED_LIST_PERMITS_NOTHING,
    &KINDS_NEED_BACKGROUND_MODES,
    &HEALTH_RESEARCH_NEEDS_ENTITLEMENT,
    &CONTINUED_MODE,
    &SIMULATOR_REFUSES_SUBMISSION,
    &MAC_MAY_BE_INERT,
    &EXTENSIONS_SUBMIT_FOR_THE_APP,
    &EXTENSIONS_DO_NOT_REGISTER,
    &EVERY_LAUNCHABLE_IDENTIFIER_HAS_HANDLER,
    &WHAT_EXISTS_WHERE,
    &ENTRY_DISABLES_OLDER_FETCH,
];
