//! Registering launch handlers.

use super::prelude::*;

/// What an app owes when it registers.
pub(super) fn duties(see: &mut See<'_>, id: Sym) {
    see.duty(&configuration::EXTENSIONS_DO_NOT_REGISTER, see.now.caller.app);
    if see.now.caller.app {
        let late = see.is(Fact::Finished);
        see.duty(&REGISTER_BEFORE_LAUNCH_FINISHES, !late || see.cx.since(26));
        let taken = see.handler(id).is_some();
        see.duty(&REGISTER_ONCE, !taken);
    }
}

/// What a registration may answer. Where several reasons speak against `true`, any of them may be the answer (SUB-23).
pub(super) fn register(see: &mut See<'_>, id: Sym) {
    if !see.now.caller.app {
        return see.allow(
            &configuration::EXTENSIONS_DO_NOT_REGISTER,
            Allowed::Anything,
            Effect::Nothing,
        );
    }
    if !see.cx.models(Area::Registration) {
        return see.allow(
            &REGISTERS_WHILE_LAUNCHING,
            Allowed::Anything,
            Effect::Happens(Drops::NONE),
        );
    }
    let named = *see.cx.named(id);
    let late = see.is(Fact::Finished);
    let taken = see.handler(id).is_some();
    let permitted = identifiers::permits(see, id);
    let mut spoken = false;
    if taken {
        see.allow(
            &SECOND_REGISTRATION_RAISES,
            Allowed::Raises(Exception::AlreadyRegistered),
            Effect::Nothing,
        );
        spoken = true;
    }
    if late && !see.cx.since(26) {
        see.allow(
            &LATE_REGISTRATION_RAISES,
            Allowed::Raises(Exception::LaunchFinished),
            Effect::Nothing,
        );
        spoken = true;
    }
    if named.wildcard_string && see.cx.models(Area::Identifiers) {
        identifiers::register_wildcard_string(see);
        spoken = true;
    } else if named.stray {
        see.allow(
            &identifiers::STRAY_STAR_COVERS_NOTHING,
            Allowed::Returns(false),
            Effect::Nothing,
        );
        see.allow(
            &identifiers::STRAY_STAR_COVERS_NOTHING,
            Allowed::Returns(true),
            Effect::Happens(Drops::NONE),
        );
        spoken = true;
    } else if !permitted {
        unpermitted(see, id, named.empty);
        spoken = true;
    } else if late && !identifiers::is_covered(see, id) && late_exact_raises(see) {
        see.allow(
            &LATE_EXACT_REGISTRATION,
            Allowed::Raises(Exception::LaunchFinished),
            Effect::Nothing,
        );
        spoken = true;
    }
    if named.long {
        see.allow(
            &identifiers::LONG_IDENTIFIERS_MAY_BE_REFUSED,
            Allowed::Returns(false),
            Effect::Nothing,
        );
    }
    if !spoken {
        let by = match (late, named.covered || named.covered_deep) {
            (_, true) => &WILDCARD_COVERED_REGISTERS_ANY_TIME,
            (true, false) => &LATE_EXACT_REGISTRATION,
            (false, false) => &REGISTERS_WHILE_LAUNCHING,
        };
        see.exercise(&REGISTRATION_IGNORES_CONDITIONS);
        see.exercise(&REGISTRATION_LASTS_FOR_PROCESS);
        see.allow(by, Allowed::Returns(true), Effect::Happens(Drops::NONE));
        see.also(Allowed::Returns(true), &REGISTRATION_IGNORES_CONDITIONS);
        if see.ask.reply == Reply::Raised(Exception::AlreadyRegistered) {
            see.also_breaks(&REGISTRATION_LASTS_FOR_PROCESS);
        }
        if named.covered {
            see.also(Allowed::Returns(true), &identifiers::WILDCARD_ENTRY_FORM);
            see.also(Allowed::Returns(true), &identifiers::WILDCARD_COVERS_ONE_CHARACTER_MORE);
        }
    }
}

/// The rule REG-1.
pub static REGISTERS_WHILE_LAUNCHING: Rule = Rule {
    id: Id::new(Area::Registration, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Registering a permitted concrete identifier while the app is still launching returns true. (Very \
        long ones: IDN-9.)",
    sources: &["BGTaskScheduler.h"],
};

/// The rule REG-2.
pub static UNPERMITTED_RETURNS_FALSE: Rule = Rule {
    id: Id::new(Area::Registration, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(3)],
    switch: Some(Setting::UnpermittedRegister),
    text: "Registering an identifier that Info.plist does not permit returns false, raises nothing and \
        registers nothing. (The cocoabytes guide says instead that it silently succeeds and never runs: kept \
        as the setting `silently_true`.)",
    sources: &["BGTaskScheduler.h", "cocoabytes guide to BackgroundTasks"],
};

fn unpermitted(see: &mut See<'_>, id: Sym, empty: bool) {
    const SILENTLY_TRUE: u8 = 1;
    let returns = see.setting(Setting::UnpermittedRegister, SILENTLY_TRUE);
    if see.cx.app.permits_nothing() {
        see.allow(
            &configuration::MALFORMED_LIST_PERMITS_NOTHING,
            Allowed::Returns(returns),
            Effect::Nothing,
        );
    }
    let by = if empty {
        &EMPTY_IDENTIFIER_NOT_PERMITTED
    } else {
        &UNPERMITTED_RETURNS_FALSE
    };
    see.allow(by, Allowed::Returns(returns), Effect::Nothing);
    if !returns {
        identifiers::not_covered(see, id);
    }
}

/// The rule REG-3.
pub static SECOND_REGISTRATION_RAISES: Rule = Rule {
    id: Id::new(Area::Registration, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(6)],
    switch: None,
    text: "Registering an identifier a second time in one process raises 'Launch handler for task with \
        identifier <id> has already been registered' and the process dies; where it survives, the first \
        handler stays.",
    sources: &[
        "BGTaskScheduler.h (26)",
        "transistor-background-fetch 14",
        "flutter_workmanager 427",
        "CommonsFinder 50",
    ],
};

/// The rule REG-4.
pub static LATE_REGISTRATION_RAISES: Rule = Rule {
    id: Id::new(Area::Registration, 4),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: Some(Version::new(26, 0)),
    basis: &[Basis::Documented, Basis::Observed(5)],
    switch: None,
    text: "Registering a permitted identifier after launch has finished raises 'All launch handlers must be \
        registered before application finishes launching' and the process dies.",
    sources: &[
        "BGTaskScheduler.h",
        "shiny 280",
        "flutter_background_fetch 414 (18.3.1), 415",
    ],
};

/// The rule REG-5.
pub static WILDCARD_COVERED_REGISTERS_ANY_TIME: Rule = Rule {
    id: Id::new(Area::Registration, 5),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::StaffCited, Basis::Observed(4)],
    switch: None,
    text: "A first registration of an identifier that a wildcard entry covers returns true at any time, also \
        just before its submission; registration carries no kind.",
    sources: &[
        "BGTaskScheduler.h (26)",
        "WWDC25 session 227",
        "forum 799126",
        "simplex-chat 7222",
    ],
};

/// The rule REG-6.
pub static LATE_EXACT_REGISTRATION: Rule = Rule {
    id: Id::new(Area::Registration, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(3)],
    switch: Some(Setting::LateLaunchRegistration),
    text: "A late registration of an identifier that only an exact entry permits returns true: it may be meant \
        for continued processing, as in Apple's samples. (One trace of 26.3.1 shows an exception in \
        register, reason not visible: kept as `raises`.)",
    sources: &[
        "WWDC25 session 227",
        "article Performing long-running tasks on iOS and iPadOS",
        "forum 807370",
        "flutter_background_fetch 414",
    ],
};

fn late_exact_raises(see: &mut See<'_>) -> bool {
    const RAISES: u8 = 0;
    see.cx.since(26) && see.setting(Setting::LateLaunchRegistration, RAISES)
}

/// The rule REG-7.
pub static REGISTER_BEFORE_LAUNCH_FINISHES: Rule = Rule {
    id: Id::new(Area::Registration, 7),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Handlers for refresh, processing and health research are registered before launch finishes. Up to 18 \
        the late registration is the breach; from 26.0, where registration may be for continued processing, \
        the submission of another kind under a late identifier is.",
    sources: &[
        "BGTaskScheduler.h",
        "WWDC25 session 227",
        "cocoabytes guide to BackgroundTasks",
    ],
};

/// The rule REG-8.
pub static REGISTRATION_LASTS_FOR_PROCESS: Rule = Rule {
    id: Id::new(Area::Registration, 8),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Staff],
    switch: None,
    text: "A registration lasts for its process: it survives backgrounding and suspension, it is gone in the \
        next process, and nothing unregisters it.",
    sources: &["forum 728585", "cocoabytes guide to BackgroundTasks"],
};

/// The rule REG-9.
pub static HANDLER_RUNS_ON_GIVEN_QUEUE: Rule = Rule {
    id: Id::new(Area::Registration, 9),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "The handler, when launched, runs on the queue given at registration; with none given, on a serial \
        background queue of the scheduler's.",
    sources: &["BGTaskScheduler.h", "WWDC19 session 707"],
};

/// Whether a handler ran on its queue.
pub(super) fn runs_on_its_queue(see: &mut See<'_>, handler: &Handler, seen: Seen) -> bool {
    match seen {
        Seen::No => return true,
        Seen::Own | Seen::Given(_) => see.exercise(&HANDLER_RUNS_ON_GIVEN_QUEUE),
    }
    handler.queue == Text::ANY || seen == handler.queue_seen()
}

/// The rule REG-10.
pub static REGISTRATION_IGNORES_CONDITIONS: Rule = Rule {
    id: Id::new(Area::Registration, 10),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Observed(6), Basis::Inferred],
    switch: None,
    text: "Registration does not depend on Background App Refresh, on the simulator or on any device condition.",
    sources: &["flutter_background_fetch 163", "react-native-background-fetch 447"],
};

/// The rule REG-11.
pub static EMPTY_IDENTIFIER_NOT_PERMITTED: Rule = Rule {
    id: Id::new(Area::Registration, 11),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "An empty identifier is not permitted.",
    sources: &["REG-2"],
};

/// The rule REG-12.
pub static REGISTER_ONCE: Rule = Rule {
    id: Id::new(Area::Registration, 12),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(6)],
    switch: None,
    text: "An identifier is registered once in a process. SwiftUI's `.backgroundTask(.appRefresh(id))` counts \
        as its registration.",
    sources: &[
        "BGTaskScheduler.h (26)",
        "WWDC22 session 10142",
        "CommonsFinder 50",
        "transistor-background-fetch 14",
    ],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &REGISTERS_WHILE_LAUNCHING,
    &UNPERMITTED_RETURNS_FALSE,
    &SECOND_REGISTRATION_RAISES,
    &LATE_REGISTRATION_RAISES,
    &WILDCARD_COVERED_REGISTERS_ANY_TIME,
    &LATE_EXACT_REGISTRATION,
    &REGISTER_BEFORE_LAUNCH_FINISHES,
    &REGISTRATION_LASTS_FOR_PROCESS,
    &HANDLER_RUNS_ON_GIVEN_QUEUE,
    &REGISTRATION_IGNORES_CONDITIONS,
    &EMPTY_IDENTIFIER_NOT_PERMITTED,
    &REGISTER_ONCE,
];
