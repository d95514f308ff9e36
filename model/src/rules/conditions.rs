//! The conditions under which a request is launched. All must hold at the launch.

use super::clauses;
use crate::context::Context;
use crate::facts::Fact;
use crate::see::{Drops, See};
use crate::setting::{
    HealthNeedsIdle, LowPowerBlocksRefresh, PendingKeptWhenRefreshOff, ProcessingAfterForceQuit, ProcessingNeedsIdle,
};
use crate::state::Outstanding;
use crate::vocabulary::{BackgroundRefresh, Device};
use crate::vocabulary::{Condition, Kind, Millis, Protection};

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
    if see.state.tasks.iter().any(|task| task.kind == Kind::HealthResearch) {
        see.chose(HealthNeedsIdle::Yes);
    }
}

/// Whether a task of the identifier runs while this one would be delivered.
pub(super) fn runs_beside(see: &mut See<'_>, request: &Outstanding) -> bool {
    runs_already(see, request)
}

/// Whether every condition holds, and none by a value that allows and never demands (CON-10).
pub(super) fn is_demanded(see: &mut See<'_>, request: &Outstanding) -> bool {
    let tolerated = clauses::LONG_KINDS.contains(&request.kind) && see.is(Fact::ForceQuit)
        || request.kind == Kind::Processing && may_run_while_used(see.cx) && see.device(Condition::InUse)
        // Without a passcode there is no first unlock to wait for, and nothing says that nobody may wait all the same.
        || !see.device(Condition::UnlockedOnce) && !see.is(Fact::Passcode);
    !tolerated && clauses::is_surely_eligible(see, request)
}

/// Whether every condition holds for a launch that nobody sees. What is seen may rest on a device in use (CON-4); what is only
/// supposed does not.
pub(super) fn may_launch_unseen(see: &mut See<'_>, request: &Outstanding) -> bool {
    let used = request.kind == Kind::Processing && may_run_while_used(see.cx) && see.device(Condition::InUse);
    !used && clauses::is_eligible(see, request)
}

rule! {
    CON_1, "not before begin date": Must Scheduler
    basis Documented
    "A request is launched at its earliestBeginDate or later, never before. The date is a floor, never a \
        promise."
    from "BGTaskRequest.earliestBeginDate", "cocoabytes guide to BackgroundTasks"
}

pub(super) fn is_too_early(see: &mut See<'_>, request: &Outstanding) -> bool {
    // Of a time against a date only the one may be wrong.
    !request.vague && request.earliest > see.now.latest.saturating_sub(see.cx.tolerance)
}

rule! {
    CON_2, "power as required": Must Scheduler
    basis Documented
    "A request that requires external power is launched only on external power."
    from "BGTaskRequest.h"
}

pub(super) fn lacks_power(see: &mut See<'_>, request: &Outstanding) -> bool {
    (see.holds(&CON_14, request.power) || see.lacks(&CON_14)) && !see.device(Condition::Power)
}

rule! {
    CON_3, "network as required": Must Scheduler
    basis Documented
    "A request that requires network connectivity is launched only with a network."
    from "BGTaskRequest.h"
}

pub(super) fn lacks_network(see: &mut See<'_>, request: &Outstanding) -> bool {
    (see.holds(&CON_14, request.network) || see.lacks(&CON_14)) && !see.device(Condition::Network)
}

rule! {
    CON_4, "processing while unused": Must Scheduler
    basis Documented, Staff, Observed(2)
    decided by ProcessingNeedsIdle
    "Processing is launched only while nobody uses the device; where the setting is `no` it may be launched \
        while somebody does (one app on 18.7.10 saw it four times). Refresh does not wait for that. (Health \
        research inherits from processing and says nothing of its own: CON-16.)"
    from "BGProcessingTask", "forum 119758", "cocoa 644", "Athan runbook (18.7.10, 2026-09)"
}

pub(super) fn device_is_in_use(see: &mut See<'_>, _: &Outstanding) -> bool {
    !may_run_while_used(see.cx) && see.device(Condition::InUse)
}

/// Whether processing may be launched while somebody uses the device.
fn may_run_while_used(cx: &Context) -> bool {
    cx.allows(ProcessingNeedsIdle::No)
}

rule! {
    CON_5, "nothing before first unlock": Must Scheduler
    basis Documented, Observed(1), Inferred
    "Nothing is launched between a boot and the first unlock. A device without a passcode has no first unlock \
        to wait for."
    from "WWDC19 session 707", "Athan runbook (18.7.10, 2026-09): launched after a boot, no passcode, nobody unlocked"
}

pub(super) fn was_never_unlocked(see: &mut See<'_>, _: &Outstanding) -> bool {
    !see.device(Condition::UnlockedOnce) && see.is(Fact::Passcode)
}

rule! {
    CON_6, "nothing with refresh off": Must Scheduler
    changes 26.0
    basis Documented, Inferred
    "While Background App Refresh is denied or restricted for the app, or (from 26.0) background launches \
        are denied to it, no refresh, processing or health research request of it is launched. Whether the \
        pending ones are kept: CON-17. What happens to running tasks is unspecified."
    from "BGTaskScheduler.h", "WWDC20 session 10063"
}

pub(super) fn refresh_is_off(see: &mut See<'_>, _: &Outstanding) -> bool {
    !see.device(Condition::BackgroundRefresh) || see.cx.since(26) && see.device(Condition::BackgroundLaunches)
}

rule! {
    CON_7, "no refresh in low power": Must Scheduler
    basis Documented
    decided by LowPowerBlocksRefresh
    "In Low Power Mode no refresh request is launched."
    from "UIApplication.backgroundRefreshStatus", "WWDC20 session 10063"
}

pub(super) fn low_power_blocks(see: &mut See<'_>, _: &Outstanding) -> bool {
    see.device(Condition::LowPower) && see.chose(LowPowerBlocksRefresh::Yes)
}

rule! {
    CON_8, "not into foreground": Must Scheduler
    basis Documented, Observed(2)
    "Refresh, processing and health research are not launched into an app that is in the foreground, \
        simulated launches (DBG-2) excepted; the request stays pending. Under `processing_needs_idle` = `no` \
        processing may be. Where the app comes to the foreground between launch and delivery, the task may be \
        delivered there."
    from "BGTask", "react-native-background-fetch 513", "Athan runbook (18.7.10, 2026-09)"
}

pub(super) fn is_in_foreground(see: &mut See<'_>, request: &Outstanding) -> bool {
    let may = request.kind == Kind::Processing && may_run_while_used(see.cx);
    !may && see.foreground()
}

rule! {
    CON_9, "no refresh after force quit": Must Scheduler
    basis Staff, Observed(3)
    "Between a force-quit and the user's next launch of the app no refresh request is launched. A reboot \
        may end it: LIF-3."
    from "forum 685525", "forum 719222", "forum 'Does BGAppRefreshTask Run After a User Force-Quits the App?' (tag page, Nov 2025)"
}

pub(super) fn was_force_quit(see: &mut See<'_>, _: &Outstanding) -> bool {
    see.is(Fact::ForceQuit)
}

rule! {
    CON_10, "processing after force quit": May Scheduler
    changes 17.0
    basis Staff, Observed(2)
    decided by ProcessingAfterForceQuit
    "Between a force-quit and the user's next launch (a reboot: LIF-3) processing (and health research) \
        is not launched where the setting says `blocked`, and may be where it says `allowed`. Staff called \
        it intended for 18.3 to 18.5; it was reported in March 2024 already; staff text of 2019 to 2022 says \
        blocked. The first version is not known: `allowed` is taken from 17.0."
    from "forum 793189", "forum 119758", "forum 719222", "immich 8274"
}

pub(super) fn force_quit_blocks_processing(see: &mut See<'_>, _: &Outstanding) -> bool {
    let waits = |see: &mut See<'_>| see.lacks(&CON_10) || see.chose(ProcessingAfterForceQuit::Blocked);
    see.is(Fact::ForceQuit) && waits(see)
}

rule! {
    CON_11, "one task of an identifier": Must Scheduler
    basis Inferred
    "At most one task of an identifier runs at a time."
    from "react-native-background-fetch 367"
}

pub(super) fn runs_already(see: &mut See<'_>, request: &Outstanding) -> bool {
    let unseen = see.from_before() && see.state.running(request.id).is_none();
    see.running(request.id).is_some() || unseen && see.either()
}

rule! {
    CON_12, "launch is never owed": May Scheduler
    basis Documented, Staff, Observed(5)
    decided by Promptness
    "A launch is never owed: with every condition met the scheduler may wait, or never launch. Only an \
        implementation that declares a promptness is held to it. (Two days and use within the past week for \
        processing are attempts, not duties.)"
    from "BGTaskRequest.earliestBeginDate", "BGTaskRequest.h", "WWDC19 session 707", "forum 685525", "cocoabytes guide to BackgroundTasks"
}

rule! {
    CON_13, "health research needs readable data": Must Scheduler
    since 17.0
    basis Documented, Inferred
    "A health research request is launched only while data of its protection class can be read: \
        `complete` needs an unlocked device, `completeUntilFirstUserAuthentication` and `none` nothing \
        beyond CON-5. For `completeUnlessOpen` and `completeWhenUserInactive` both are allowed while the \
        device is locked."
    from "BGHealthResearchTaskRequest.protectionTypeOfRequiredData", "FileProtectionType"
}

pub(super) fn data_is_locked(see: &mut See<'_>, request: &Outstanding) -> bool {
    match request.protection {
        Protection::Complete => see.device(Condition::Locked),
        Protection::CompleteUnlessOpen | Protection::CompleteWhenUserInactive => {
            see.device(Condition::Locked) && see.either()
        }
        Protection::None | Protection::CompleteUntilFirstUserAuthentication => false,
    }
}

rule! {
    CON_14, "unrequired is free": May Scheduler
    basis Documented
    "A request that does not require the network may be launched without one, and one that does not \
        require power may be launched on battery or never on battery."
    from "BGTaskRequest.h", "cwa-app-ios 916"
}

rule! {
    CON_15, "begin date within a week": Should App
    basis Documented
    "earliestBeginDate lies at most a week ahead; much later ones may never launch."
    from "WWDC19 session 707"
}

/// A week.
pub(crate) const WEEK: Millis = 7 * 24 * 3_600_000;

pub(super) fn begins_within_a_week(see: &mut See<'_>, request: &Outstanding) -> bool {
    request.earliest <= see.now.latest + see.cx.limits.week
}

rule! {
    CON_16, "health research may need idle": May Scheduler
    since 17.0
    basis Documented, Inferred
    decided by HealthNeedsIdle
    "Health research may or may not wait for an unused device, and may or may not be expired when \
        somebody starts to use it."
    from "BGHealthResearchTask is a BGProcessingTask"
}

pub(super) fn use_blocks_health_research(see: &mut See<'_>, _: &Outstanding) -> bool {
    let waits = |see: &mut See<'_>| see.lacks(&CON_16) || see.chose(HealthNeedsIdle::Yes);
    see.device(Condition::InUse) && waits(see)
}

rule! {
    CON_17, "pending with refresh off": May Scheduler
    basis Inferred
    decided by PendingKeptWhenRefreshOff
    "While Background App Refresh is denied or restricted, or background launches are denied, the pending \
        requests may be kept (blocked) or dropped."
    from "no source says"
}

/// Which pending requests go when Background App Refresh or background launches are switched off.
pub(super) fn drops_when_off(see: &mut See<'_>) -> Drops {
    let pending = see.state.requests.iter().any(|request| request.kind != Kind::Continued);
    if !pending {
        return Drops::NONE;
    }
    see.exercise(&CON_17);
    let drops = see.chooses(&CON_17, PendingKeptWhenRefreshOff::No);
    Drops {
        refresh: drops,
        processing: drops,
        waiting: false,
    }
}
