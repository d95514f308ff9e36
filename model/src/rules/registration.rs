//! Registering launch handlers.

use super::{cancelling, configuration, identifiers};
use crate::facts::Fact;
use crate::op::{Exception, Reply, Seen};
use crate::see::{Allowed, Drops, Effect, See};
use crate::setting::{LateLaunchRegistration, UnpermittedRegister};
use crate::state::{Handler, Sym, Text};
use crate::vocabulary::{Area, Millis};

/// What an app owes when it registers.
pub(super) fn duties(see: &mut See<'_>, id: Sym) {
    see.duty(&configuration::CFG_8, see.now.caller.app);
    if see.now.caller.app {
        let late = see.is(Fact::Finished);
        see.duty(&REG_7, !late || see.cx.since(26));
        let taken = see.handler(id).is_some();
        see.duty(&REG_12, !taken);
    }
}

/// What a registration may answer. Where several reasons speak against `true`, any of them may be the answer (SUB-23).
pub(super) fn register(see: &mut See<'_>, id: Sym) {
    if !see.now.caller.app {
        return see.allow(&configuration::CFG_8, Allowed::Anything, Effect::Nothing);
    }
    if !see.cx.models(Area::Registration) {
        let effect = match see.ask.reply {
            Reply::Returned(false) | Reply::Raised(_) => Effect::Nothing,
            _ => Effect::Happens(Drops::NONE),
        };
        return see.allow(&REG_1, Allowed::Anything, effect);
    }
    let named = *see.cx.named(id);
    let late = see.is(Fact::Finished);
    let taken = see.handler(id).is_some();
    let permitted = identifiers::permits(see, id);
    let mut spoken = false;
    if taken {
        see.allow(&REG_3, Allowed::Raises(Exception::AlreadyRegistered), Effect::Nothing);
        if see.cx.named(id).past.was_ever_cancelled() {
            see.also(Allowed::Raises(Exception::AlreadyRegistered), &cancelling::CAN_3);
        }
        spoken = true;
    }
    if late && !see.cx.since(26) {
        see.allow(&REG_4, Allowed::Raises(Exception::LaunchFinished), Effect::Nothing);
        spoken = true;
    }
    if named.wildcard_string && see.cx.models(Area::Identifiers) {
        identifiers::register_wildcard_string(see);
        spoken = true;
    } else if named.stray {
        see.allow(&identifiers::IDN_8, Allowed::Returns(false), Effect::Nothing);
        see.allow(
            &identifiers::IDN_8,
            Allowed::Returns(true),
            Effect::Happens(Drops::NONE),
        );
        spoken = true;
    } else if !permitted {
        unpermitted(see, id, named.empty);
        spoken = true;
    } else if late && !identifiers::is_covered(see, id) && late_exact_raises(see) {
        see.allow(&REG_6, Allowed::Raises(Exception::LaunchFinished), Effect::Nothing);
        spoken = true;
    }
    if named.long {
        see.allow(&identifiers::IDN_9, Allowed::Returns(false), Effect::Nothing);
    }
    if !spoken {
        let by = match (late, named.covered || named.covered_deep) {
            (_, true) => &REG_5,
            (true, false) => &REG_6,
            (false, false) => &REG_1,
        };
        see.exercise(&REG_8);
        see.allow(by, Allowed::Returns(true), Effect::Happens(Drops::NONE));
        if see.is_out_of_the_ordinary() {
            see.exercise(&REG_10);
            see.also(Allowed::Returns(true), &REG_10);
        }
        if see.ask.reply == Reply::Raised(Exception::AlreadyRegistered) {
            see.also_breaks(&REG_8);
        }
        if named.covered {
            see.also(Allowed::Returns(true), &identifiers::IDN_1);
            see.also(Allowed::Returns(true), &identifiers::IDN_2);
        }
    }
}

rule! {
    REG_1, "registers while launching": Must Scheduler
    basis Documented
    "Registering a permitted concrete identifier while the app is still launching returns true. (Very \
        long ones: IDN-9.)"
    from "BGTaskScheduler.h"
}

rule! {
    REG_2, "unpermitted returns false": Must Scheduler
    basis Documented, Observed(3)
    decided by UnpermittedRegister
    "Registering an identifier that Info.plist does not permit returns false, raises nothing and \
        registers nothing. (The cocoabytes guide says instead that it silently succeeds and never runs: kept \
        as the setting `silently_true`.)"
    from "BGTaskScheduler.h", "cocoabytes guide to BackgroundTasks"
}

fn unpermitted(see: &mut See<'_>, id: Sym, empty: bool) {
    let returns = see.chose(UnpermittedRegister::SilentlyTrue);
    if see.cx.app.permits_nothing() {
        see.allow(&configuration::CFG_1, Allowed::Returns(returns), Effect::Nothing);
    }
    let by = if empty { &REG_11 } else { &REG_2 };
    see.allow(by, Allowed::Returns(returns), Effect::Nothing);
    if !returns {
        identifiers::not_covered(see, id);
    }
}

rule! {
    REG_3, "second registration raises": Must Scheduler
    basis Documented, Observed(6)
    "Registering an identifier a second time in one process raises 'Launch handler for task with \
        identifier <id> has already been registered' and the process dies; where it survives, the first \
        handler stays."
    from "BGTaskScheduler.h (26)", "transistor-background-fetch 14", "flutter_workmanager 427", "CommonsFinder 50"
}

rule! {
    REG_4, "late registration raises": Must Scheduler
    until 26.0
    basis Documented, Observed(5)
    "Registering a permitted identifier after launch has finished raises 'All launch handlers must be \
        registered before application finishes launching' and the process dies."
    from "BGTaskScheduler.h", "shiny 280", "flutter_background_fetch 414 (18.3.1), 415"
}

rule! {
    REG_5, "wildcard covered registers any time": Must Scheduler
    since 26.0
    basis Documented, StaffCited, Observed(4)
    "A first registration of an identifier that a wildcard entry covers returns true at any time, also \
        just before its submission; registration carries no kind."
    from "BGTaskScheduler.h (26)", "WWDC25 session 227", "forum 799126", "simplex-chat 7222"
}

rule! {
    REG_6, "late exact registration": Must Scheduler
    since 26.0
    basis Documented, Observed(3)
    decided by LateLaunchRegistration
    "A late registration of an identifier that only an exact entry permits returns true: it may be meant \
        for continued processing, as in Apple's samples. (One trace of 26.3.1 shows an exception in \
        register, reason not visible: kept as `raises`.)"
    from "WWDC25 session 227", "article Performing long-running tasks on iOS and iPadOS", "forum 807370", "flutter_background_fetch 414"
}

fn late_exact_raises(see: &mut See<'_>) -> bool {
    see.cx.since(26) && see.chose(LateLaunchRegistration::Raises)
}

rule! {
    REG_7, "register before launch finishes": Must App
    changes 26.0
    basis Documented
    "Handlers for refresh, processing and health research are registered before launch finishes. Up to 18 \
        the late registration is the breach; from 26.0, where registration may be for continued processing, \
        the submission of another kind under a late identifier is."
    from "BGTaskScheduler.h", "WWDC25 session 227", "cocoabytes guide to BackgroundTasks"
}

rule! {
    REG_8, "registration lasts for process": Must Scheduler
    basis Documented, Staff
    "A registration lasts for its process: it survives backgrounding and suspension, it is gone in the \
        next process, and nothing unregisters it."
    from "forum 728585", "cocoabytes guide to BackgroundTasks"
}

rule! {
    REG_9, "handler runs on given queue": Must Scheduler
    basis Documented
    "The handler, when launched, runs on the queue given at registration; with none given, on a serial \
        background queue of the scheduler's."
    from "BGTaskScheduler.h", "WWDC19 session 707"
}

/// Whether a handler ran on its queue.
pub(super) fn runs_on_its_queue(see: &mut See<'_>, handler: &Handler, seen: Seen) -> bool {
    match seen {
        Seen::No => return true,
        Seen::Own | Seen::Given(_) => see.exercise(&REG_9),
    }
    handler.queue == Text::ANY || seen == handler.queue_seen()
}

rule! {
    REG_10, "registration ignores conditions": Must Scheduler
    basis Observed(6), Inferred
    "Registration does not depend on Background App Refresh, on the simulator or on any device condition."
    from "flutter_background_fetch 163", "react-native-background-fetch 447"
}

rule! {
    REG_11, "empty identifier not permitted": Must Scheduler
    basis Inferred
    "An empty identifier is not permitted."
    from "REG-2"
}

rule! {
    REG_12, "register once": Must App
    basis Documented, Observed(6)
    "An identifier is registered once in a process. SwiftUI's `.backgroundTask(.appRefresh(id))` counts \
        as its registration."
    from "BGTaskScheduler.h (26)", "WWDC22 session 10142", "CommonsFinder 50", "transistor-background-fetch 14"
}

rule! {
    REG_13, "handler off the main thread": Should App
    basis Observed(9), Inferred
    "A handler registered without a queue is called on a background queue of the scheduler's (REG-9): it is \
        not confined to the main actor, and no object of the main thread is touched in it. (Where it is, the \
        process traps within milliseconds of each delivery.) Reported where the process crashes within a second \
        of a delivery and the registration gave no queue; SwiftUI's `.backgroundTask` is excepted."
    from "Otto (26.x)", "VivaDicta PR 316", "SakuraRSS PR 183 and PR 186", "reports of six more projects (2026)"
}

/// So soon behind the delivery.
pub(crate) const SOON: Millis = 1000;

/// The process crashed: just behind a delivery to a handler without a queue, that is the sign of it.
pub(super) fn crashes(see: &mut See<'_>) {
    let delivered = see.state.process.and_then(|process| process.delivered_on_own);
    let Some(delivered) = delivered else { return };
    see.duty(&REG_13, see.now.earliest > delivered + see.cx.limits.soon);
}
