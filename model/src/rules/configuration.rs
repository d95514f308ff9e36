//! What the app's bundle, the platform and the caller allow at all.

use crate::facts::Fact;
use crate::op::Submission;
use crate::see::{Holds, See};
use crate::setting::{ContinuedMode, MacScheduler};
use crate::vocabulary::{Area, Kind, Platform, Version};

rule! {
    CFG_1, "malformed list permits nothing": Must Scheduler
    basis Documented, Observed(3)
    "A BGTaskSchedulerPermittedIdentifiers that is absent or no array of strings (a string, a dictionary) \
        permits nothing: every registration answers as REG-2 says and every submission is refused with \
        notPermitted (3)."
    from "BGTaskSchedulerPermittedIdentifiers", "multiplatform-work-manager 8", "two field reports of a build setting that wrote a string"
}

pub(super) fn permits_nothing(see: &mut See<'_>, _: &Submission) -> Holds {
    declared(see, see.cx.app.permits_nothing())
}

/// A reason that holds where the area is declared, and may where it is not.
fn declared(see: &See<'_>, holds: bool) -> Holds {
    let holds = Holds::when(holds || see.cx.facts_open);
    if see.cx.models(Area::Configuration) && !see.cx.facts_open {
        holds
    } else {
        holds.or_open()
    }
}

rule! {
    CFG_2, "kinds need background modes": Must Scheduler
    basis Documented, Observed(3), Inferred
    "Refresh needs the background mode `fetch`, processing and health research need `processing`. A missing \
        mode is refused at submission with notPermitted (3); registration does not look at modes. (For health \
        research the mode is inferred: its request is a processing request.)"
    from "article Using background tasks to update your app", "BGTaskScheduler.Error.notPermitted", "openclaw PR 136722", "flutter_background_service 254"
}

pub(super) fn mode_is_missing(see: &mut See<'_>, submission: &Submission) -> Holds {
    let missing = match submission.request.kind {
        Kind::Refresh => !see.cx.app.mode_fetch,
        Kind::Processing | Kind::HealthResearch => !see.cx.app.mode_processing,
        Kind::Continued => false,
    };
    declared(see, missing)
}

rule! {
    CFG_3, "health research needs entitlement": Must Scheduler
    since 17.0
    changes 17.0, 17.1
    basis Documented
    "A health research request needs the entitlement com.apple.developer.backgroundtasks.healthresearch, the \
        background mode `processing` (CFG-2) and the user's opt-in to the study; without any one of them the \
        submission is refused. The code for a missing entitlement or opt-in is not documented: 1 and 3 are both \
        allowed. On 17.0 a submission that lacks none of them may be refused all the same: the headers say 17.0, \
        the entitlement's page says 17.1."
    from "BGTask.h (17, 26)", "BGHealthResearchTask", "page Background Health Research Task entitlement"
}

pub(super) fn health_research_is_not_entitled(see: &mut See<'_>, _: &Submission) -> Holds {
    let app = &see.cx.app;
    let lacks = !(app.health_entitlement && app.opted_in);
    // The headers have it from 17.0 on, the entitlement's page from 17.1.
    if !lacks && see.cx.os == Version::new(17, 0) {
        return Holds::Maybe;
    }
    declared(see, lacks)
}

rule! {
    CFG_4, "continued mode": May Scheduler
    since 26.0
    basis Documented, Observed(1), Inferred
    decided by ContinuedMode
    "A continued processing request needs no background mode (seen on a device), or the mode \
        `processing`: no page names one for it."
    from "OpenReader ADR 0053 (27.0): works with only `audio`", "BGTaskScheduler.h (26)"
}

pub(super) fn continued_mode_is_missing(see: &mut See<'_>, _: &Submission) -> Holds {
    if !see.cx.models(Area::Configuration) || see.cx.facts_open {
        return Holds::when(see.cx.facts_open || !see.cx.app.mode_processing).or_open();
    }
    let missing = !see.cx.app.mode_processing;
    Holds::when(missing && see.chose(ContinuedMode::Processing))
}

rule! {
    CFG_5, "simulator refuses submission": Must Scheduler
    basis Documented, Observed(6)
    "On the simulator registration works as on a device, every submission fails with unavailable (1) (or \
        for another reason that holds too: SUB-23), and nothing is ever outstanding."
    from "BGTaskScheduler.h (26)", "bhaval-patel/BackgroundTask 2", "flutter_background_fetch 163", "react-native-background-fetch 447"
}

pub(super) fn runs_on_simulator(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(see.is(Fact::Simulator))
}

rule! {
    CFG_6, "mac may be inert": May Scheduler
    basis Documented, Staff
    decided by MacScheduler
    "On the Mac (Catalyst, or an iPad app on a Mac) the reference lists refresh and processing as \
        supported (`works`); staff say that submission succeeds, nothing is pending and nothing is ever \
        launched (`inert`)."
    from "reference pages", "WWDC19 session 707", "forum 757695"
}

pub(super) fn is_inert(see: &mut See<'_>) -> bool {
    if see.cx.platform != Platform::Mac {
        return false;
    }
    see.exercise(&CFG_6);
    see.chooses(&CFG_6, MacScheduler::Inert)
}

rule! {
    CFG_7, "extensions submit for the app": Must Scheduler
    basis Documented
    "An app extension may submit; only the containing app is launched for the task. The request is the \
        app's: it counts in its limits, is listed to it and cancelled by it. An extension kind without \
        background scheduling, or a keyboard without granted open access, gets unavailable (1)."
    from "BGTaskScheduler.h (13, 26, 27)", "WWDC19 session 707", "article Using background tasks to update your app"
}

pub(super) fn caller_may_not_schedule(see: &mut See<'_>, _: &Submission) -> Holds {
    let caller = see.now.caller;
    Holds::when(!caller.app && !caller.schedules)
}

rule! {
    CFG_8, "extensions do not register": Must App
    until 27.0
    changes 27.0
    basis Documented
    "An extension does not register launch handlers. (Marked unavailable to extensions up to the header \
        of 26; the mark is gone in the stored header of 27, the sentence that only the host app is launched \
        is not.)"
    from "BGTaskScheduler.h (13, 26, 27)", "article Using background tasks to update your app"
}

rule! {
    CFG_9, "every launchable identifier has handler": Must App
    basis Documented, Observed(3)
    "Every concrete identifier that can be launched, permitted or still pending from an earlier version, has \
        a handler in each process that may be launched for it, the process after an update included. Broken only \
        where the process had none when it finished launching, not where the scheduler lost one (REG-8)."
    from "BGTaskScheduler.h (26)", "WordPress-iOS PR 18162", "flutter_workmanager 660"
}

rule! {
    CFG_10, "what exists where": Must Scheduler
    changes 16.0, 17.0, 26.0, 27.0
    basis Documented
    "What exists where: scheduler, refresh, processing iOS, iPadOS, tvOS 13, Mac Catalyst 13.1, visionOS 1; \
        health research and its protection class iOS, iPadOS, Catalyst 17 (17.0: CFG-3), visionOS 1 (on tvOS the \
        request is listed and the task is not: treated as absent); SwiftUI's `.backgroundTask` 16, visionOS 1, \
        for refresh (from 27.0 for processing too); the network and power requirements processing and health \
        research only; continued processing, with title, subtitle, strategy, required resources, progress, \
        cards, prompts, the person's Stop, Continue and dismissal and the places that other apps take, and \
        supportedResources iOS and iPadOS 26; the denial of background launches 26 everywhere; the asynchronous \
        submit 27 everywhere. An event, an answer or an attribute (other than its default) that the version, the \
        platform or the kind does not have is malformed (exit 2), never a finding: so are cards, progress, \
        titles, Stop and prompts of a refresh, processing or health research task or request. An error code is \
        no such answer: a wrong one is a finding. The runner sends nothing else."
    from "reference pages", "SDK headers 13 to 27", "SwiftUI BackgroundTask.appRefresh(_:)"
}

rule! {
    CFG_11, "entry disables older fetch": Must Device
    basis Documented
    "A BGTaskSchedulerPermittedIdentifiers entry in Info.plist disables the older performFetch callback \
        and setMinimumBackgroundFetchInterval. (One app says that the callback still came.) Not observable \
        through an adapter: for the rulebook only."
    from "article Using background tasks to update your app"
}
