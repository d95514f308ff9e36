//! The conditions under which a request is launched. All must hold at the launch.

use super::prelude::*;
use crate::vocabulary::{BackgroundRefresh, Device};

/// Conditions of the device change; pending requests may go.
pub(super) fn device_changes(see: &mut See<'_>, change: &Device) {
    let refresh_off = change
        .background_refresh
        .is_some_and(|status| status != BackgroundRefresh::Available);
    let denied = see.cx.since(26) && change.background_launches_denied == Some(true);
    let drops = if refresh_off || denied {
        drops_when_off(see)
    } else {
        Drops::NONE
    };
    if change.in_use == Some(true) {
        asks_whether_use_expires_health_research(see);
    }
    see.occurs(drops);
}

/// Somebody may begin to use the device: whether running health research has to be expired hangs on the setting.
pub(super) fn asks_whether_use_expires_health_research(see: &mut See<'_>) {
    const YES: u8 = 0;
    if see.state.tasks.iter().any(|task| task.kind == Kind::HealthResearch) {
        see.setting(Setting::HealthNeedsIdle, YES);
    }
}

/// Whether a task of the identifier runs while this one would be delivered.
pub(super) fn runs_beside(see: &mut See<'_>, request: &Outstanding) -> bool {
    runs_already(see, request)
}

/// Whether every condition holds, and none by a value that allows and never demands (CON-10).
pub(super) fn is_demanded(see: &mut See<'_>, request: &Outstanding) -> bool {
    let tolerated = clauses::LONG_KINDS.contains(&request.kind) && see.is(Fact::ForceQuit);
    !tolerated && clauses::is_eligible(see, request)
}

/// The rule CON-1.
pub static NOT_BEFORE_BEGIN_DATE: Rule = Rule {
    id: Id::new(Area::Conditions, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A request is launched at its earliestBeginDate or later, never before. The date is a floor, never a \
        promise.",
    sources: &["BGTaskRequest.earliestBeginDate", "cocoabytes guide to BackgroundTasks"],
};

pub(super) fn is_too_early(see: &mut See<'_>, request: &Outstanding) -> bool {
    !request.vague && request.earliest > see.now.latest
}

/// The rule CON-2.
pub static POWER_AS_REQUIRED: Rule = Rule {
    id: Id::new(Area::Conditions, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A request that requires external power is launched only on external power.",
    sources: &["BGTaskRequest.h"],
};

pub(super) fn lacks_power(see: &mut See<'_>, request: &Outstanding) -> bool {
    (request.power || see.lacks(&UNREQUIRED_IS_FREE)) && !see.device(Condition::Power)
}

/// The rule CON-3.
pub static NETWORK_AS_REQUIRED: Rule = Rule {
    id: Id::new(Area::Conditions, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A request that requires network connectivity is launched only with a network.",
    sources: &["BGTaskRequest.h"],
};

pub(super) fn lacks_network(see: &mut See<'_>, request: &Outstanding) -> bool {
    (request.network || see.lacks(&UNREQUIRED_IS_FREE)) && !see.device(Condition::Network)
}

/// The rule CON-4.
pub static PROCESSING_WHILE_UNUSED: Rule = Rule {
    id: Id::new(Area::Conditions, 4),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Staff, Basis::Observed(1)],
    switch: None,
    text: "Processing is launched only while nobody uses the device. Refresh does not wait for that. (Health \
        research inherits from processing and says nothing of its own: CON-16.)",
    sources: &["BGProcessingTask", "forum 119758", "cocoa 644"],
};

pub(super) fn device_is_in_use(see: &mut See<'_>, _: &Outstanding) -> bool {
    see.device(Condition::InUse)
}

/// The rule CON-5.
pub static NOTHING_BEFORE_FIRST_UNLOCK: Rule = Rule {
    id: Id::new(Area::Conditions, 5),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "Nothing is launched between a boot and the first unlock.",
    sources: &["WWDC19 session 707"],
};

pub(super) fn was_never_unlocked(see: &mut See<'_>, _: &Outstanding) -> bool {
    !see.device(Condition::UnlockedOnce)
}

/// The rule CON-6.
pub static NOTHING_WITH_REFRESH_OFF: Rule = Rule {
    id: Id::new(Area::Conditions, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "While Background App Refresh is denied or restricted for the app, or (from 26.0) background launches \
        are denied to it, no refresh, processing or health research request of it is launched. Whether the \
        pending ones are kept: CON-17. What happens to running tasks is unspecified.",
    sources: &["BGTaskScheduler.h", "WWDC20 session 10063"],
};

pub(super) fn refresh_is_off(see: &mut See<'_>, _: &Outstanding) -> bool {
    !see.device(Condition::BackgroundRefresh) || see.cx.since(26) && see.device(Condition::BackgroundLaunches)
}

/// The rule CON-7.
pub static NO_REFRESH_IN_LOW_POWER: Rule = Rule {
    id: Id::new(Area::Conditions, 7),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: Some(Setting::LowPowerBlocksRefresh),
    text: "In Low Power Mode no refresh request is launched.",
    sources: &["UIApplication.backgroundRefreshStatus", "WWDC20 session 10063"],
};

pub(super) fn low_power_blocks(see: &mut See<'_>, _: &Outstanding) -> bool {
    const YES: u8 = 0;
    see.device(Condition::LowPower) && see.setting(Setting::LowPowerBlocksRefresh, YES)
}

/// The rule CON-8.
pub static NOT_INTO_FOREGROUND: Rule = Rule {
    id: Id::new(Area::Conditions, 8),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "Refresh, processing and health research are not launched into an app that is in the foreground, \
        simulated launches (DBG-2) excepted; the request stays pending. Where the app comes to the \
        foreground between launch and delivery, the task may be delivered there.",
    sources: &["BGTask", "react-native-background-fetch 513"],
};

pub(super) fn is_in_foreground(see: &mut See<'_>, _: &Outstanding) -> bool {
    see.foreground()
}

/// The rule CON-9.
pub static NO_REFRESH_AFTER_FORCE_QUIT: Rule = Rule {
    id: Id::new(Area::Conditions, 9),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Staff, Basis::Observed(3)],
    switch: None,
    text: "Between a force-quit and the user's next launch of the app no refresh request is launched. A reboot \
        may end it: LIF-3.",
    sources: &[
        "forum 685525",
        "forum 719222",
        "forum 'Does BGAppRefreshTask Run After a User Force-Quits the App?' (tag page, Nov 2025)",
    ],
};

pub(super) fn was_force_quit(see: &mut See<'_>, _: &Outstanding) -> bool {
    see.is(Fact::ForceQuit)
}

/// The rule CON-10.
pub static PROCESSING_AFTER_FORCE_QUIT: Rule = Rule {
    id: Id::new(Area::Conditions, 10),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Staff, Basis::Observed(2)],
    switch: Some(Setting::ProcessingAfterForceQuit),
    text: "Between a force-quit and the user's next launch (a reboot: LIF-3) processing (and health research) \
        is not launched where the setting says `blocked`, and may be where it says `allowed`. Staff called \
        it intended for 18.3 to 18.5; it was reported in March 2024 already; staff text of 2019 to 2022 says \
        blocked. The first version is not known: `allowed` is taken from 17.0.",
    sources: &["forum 793189", "forum 119758", "forum 719222", "immich 8274"],
};

pub(super) fn force_quit_blocks_processing(see: &mut See<'_>, _: &Outstanding) -> bool {
    const BLOCKED: u8 = 0;
    let waits = |see: &mut See<'_>| {
        see.lacks(&PROCESSING_AFTER_FORCE_QUIT) || see.setting(Setting::ProcessingAfterForceQuit, BLOCKED)
    };
    see.is(Fact::ForceQuit) && waits(see)
}

/// The rule CON-11.
pub static ONE_TASK_OF_AN_IDENTIFIER: Rule = Rule {
    id: Id::new(Area::Conditions, 11),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "At most one task of an identifier runs at a time.",
    sources: &["react-native-background-fetch 367"],
};

pub(super) fn runs_already(see: &mut See<'_>, request: &Outstanding) -> bool {
    let unseen = see.from_before() && see.state.running(request.id).is_none();
    see.running(request.id).is_some() || unseen && see.either()
}

/// The rule CON-12.
pub static LAUNCH_IS_NEVER_OWED: Rule = Rule {
    id: Id::new(Area::Conditions, 12),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Staff, Basis::Observed(5)],
    switch: Some(Setting::Promptness),
    text: "A launch is never owed: with every condition met the scheduler may wait, or never launch. Only an \
        implementation that declares a promptness is held to it. (Two days and use within the past week for \
        processing are attempts, not duties.)",
    sources: &[
        "BGTaskRequest.earliestBeginDate",
        "BGTaskRequest.h",
        "WWDC19 session 707",
        "forum 685525",
        "cocoabytes guide to BackgroundTasks",
    ],
};

/// The rule CON-13.
pub static HEALTH_RESEARCH_NEEDS_READABLE_DATA: Rule = Rule {
    id: Id::new(Area::Conditions, 13),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(17, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "A health research request is launched only while data of its protection class can be read: \
        `complete` needs an unlocked device, `completeUntilFirstUserAuthentication` and `none` nothing \
        beyond CON-5. For `completeUnlessOpen` and `completeWhenUserInactive` both are allowed while the \
        device is locked.",
    sources: &[
        "BGHealthResearchTaskRequest.protectionTypeOfRequiredData",
        "FileProtectionType",
    ],
};

pub(super) fn data_is_locked(see: &mut See<'_>, request: &Outstanding) -> bool {
    match request.protection {
        Protection::Complete => see.device(Condition::Locked),
        Protection::CompleteUnlessOpen | Protection::CompleteWhenUserInactive => {
            see.device(Condition::Locked) && see.either()
        }
        Protection::None | Protection::CompleteUntilFirstUserAuthentication => false,
    }
}

/// The rule CON-14.
pub static UNREQUIRED_IS_FREE: Rule = Rule {
    id: Id::new(Area::Conditions, 14),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A request that does not require the network may be launched without one, and one that does not \
        require power may be launched on battery or never on battery.",
    sources: &["BGTaskRequest.h", "cwa-app-ios 916"],
};

/// The rule CON-15.
pub static BEGIN_DATE_WITHIN_A_WEEK: Rule = Rule {
    id: Id::new(Area::Conditions, 15),
    bound: Party::App,
    force: Force::Should,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "earliestBeginDate lies at most a week ahead; much later ones may never launch.",
    sources: &["WWDC19 session 707"],
};

pub(super) fn begins_within_a_week(see: &mut See<'_>, request: &Outstanding) -> bool {
    const WEEK: Millis = 7 * 24 * 3_600_000;
    request.earliest <= see.now.latest + WEEK
}

/// The rule CON-16.
pub static HEALTH_RESEARCH_MAY_NEED_IDLE: Rule = Rule {
    id: Id::new(Area::Conditions, 16),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(17, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: Some(Setting::HealthNeedsIdle),
    text: "Health research may or may not wait for an unused device, and may or may not be expired when \
        somebody starts to use it.",
    sources: &["BGHealthResearchTask is a BGProcessingTask"],
};

pub(super) fn use_blocks_health_research(see: &mut See<'_>, _: &Outstanding) -> bool {
    const YES: u8 = 0;
    let waits =
        |see: &mut See<'_>| see.lacks(&HEALTH_RESEARCH_MAY_NEED_IDLE) || see.setting(Setting::HealthNeedsIdle, YES);
    see.device(Condition::InUse) && waits(see)
}

/// The rule CON-17.
pub static PENDING_WITH_REFRESH_OFF: Rule = Rule {
    id: Id::new(Area::Conditions, 17),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::PendingKeptWhenRefreshOff),
    text: "While Background App Refresh is denied or restricted, or background launches are denied, the pending \
        requests may be kept (blocked) or dropped.",
    sources: &["no source says"],
};

/// Which pending requests go when Background App Refresh or background launches are switched off.
pub(super) fn drops_when_off(see: &mut See<'_>) -> Drops {
    const NO: u8 = 1;
    let pending = see.state.requests.iter().any(|request| request.kind != Kind::Continued);
    if !pending {
        return Drops::NONE;
    }
    see.exercise(&PENDING_WITH_REFRESH_OFF);
    let drops = see.chooses(&PENDING_WITH_REFRESH_OFF, Setting::PendingKeptWhenRefreshOff, NO);
    Drops {
        refresh: drops,
        processing: drops,
        waiting: false,
    }
}

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &NOT_BEFORE_BEGIN_DATE,
    &POWER_AS_REQUIRED,
    &NETWORK_AS_REQUIRED,
    &PROCESSING_WHILE_UNUSED,
    &NOTHING_BEFORE_FIRST_UNLOCK,
    &NOTHING_WITH_REFRESH_OFF,
    &NO_REFRESH_IN_LOW_POWER,
    &NOT_INTO_FOREGROUND,
    &NO_REFRESH_AFTER_FORCE_QUIT,
    &PROCESSING_AFTER_FORCE_QUIT,
    &ONE_TASK_OF_AN_IDENTIFIER,
    &LAUNCH_IS_NEVER_OWED,
    &HEALTH_RESEARCH_NEEDS_READABLE_DATA,
    &UNREQUIRED_IS_FREE,
    &BEGIN_DATE_WITHIN_A_WEEK,
    &HEALTH_RESEARCH_MAY_NEED_IDLE,
    &PENDING_WITH_REFRESH_OFF,
];
