//! The GPU and the Neural Engine in the background.

use crate::op::{Reply, Submission};
use crate::see::{Allowed, Drops, Effect, Holds, See};
use crate::state::{Outstanding, Task};
use crate::vocabulary::{Area, Kind, Strategy};

rule! {
    RES_1, "supported resources tell device": Must Scheduler
    since 26.0
    basis Documented, StaffCited
    "supportedResources tells what the device has, whatever the app's entitlements. Staff: background GPU \
        is on iPads with an M3 or later, on no iPhone."
    from "BGTaskScheduler.supportedResources", "forum 797538", "forum tag page Background Tasks, Nov 2025"
}

pub(super) fn supported(see: &mut See<'_>) {
    let gpu = see.cx.gpu;
    see.allow(&RES_1, Allowed::Resources(gpu), Effect::Happens(Drops::NONE));
}

rule! {
    RES_2, "gpu refused without hardware": Must Scheduler
    since 26.0
    basis Documented, Observed(1)
    "A request that requires the GPU on a device without it is refused with notPermitted (3), raising \
        nothing."
    from "BGTaskScheduler.h (26)", "react-native-continued-task device QA 2026-09-01 (26.6.1)"
}

pub(super) fn gpu_is_missing(see: &mut See<'_>, submission: &Submission) -> Holds {
    declared(see, submission.request.gpu && !see.cx.gpu)
}

/// A reason that holds where the area is declared, and may where it is not.
fn declared(see: &See<'_>, holds: bool) -> Holds {
    let holds = Holds::when(holds);
    if see.cx.models(Area::Resources) && !see.cx.facts_open {
        holds
    } else {
        holds.or_open()
    }
}

rule! {
    RES_3, "gpu refused without entitlement": Must Scheduler
    since 26.0
    basis Documented
    "A request that requires the GPU without the entitlement \
        com.apple.developer.background-tasks.continued-processing.gpu with the value true is refused, on a \
        device with the GPU and without it; the code is not documented (1 and 3 are allowed)."
    from "BGTaskRequest.h (26)"
}

pub(super) fn gpu_is_not_entitled(see: &mut See<'_>, submission: &Submission) -> Holds {
    declared(
        see,
        submission.request.gpu && (!see.cx.app.gpu_entitlement || see.cx.facts_open),
    )
}

rule! {
    RES_4, "background gpu needs grant": Must Device
    basis Documented, Observed(8)
    "GPU work from the background outside a running continued task whose accepted request required the \
        GPU fails with 'Insufficient Permission (to submit GPU work from background)'."
    from "forum 797538", "mlx-swift 274", "kokoro-ios 18", "forum tag page Background Tasks, Nov 2025"
}

/// The app used the GPU.
pub(super) fn gpu_work(see: &mut See<'_>) {
    if see.foreground() {
        return see.allow(&RES_5, Allowed::Works(true), Effect::Nothing);
    }
    let granted = |task: &&Task| task.kind == Kind::Continued && task.request.gpu;
    let state = see.state;
    let runs = state
        .tasks
        .iter()
        .filter(granted)
        .any(|task| !task.expired && !task.maybe_over && !task.in_doubt);
    let may = state
        .tasks
        .iter()
        .any(|task| task.kind == Kind::Continued && (task.request.gpu || task.request.vague) || task.kind_in_doubt());
    if state.tasks.iter().any(|task| task.kind != Kind::Continued) {
        see.exercise(&RES_8);
        if see.ask.reply == Reply::Worked(true) {
            see.also_breaks(&RES_8);
        }
    }
    if may || see.from_before() {
        see.allow(&RES_5, Allowed::Works(true), Effect::Nothing);
    }
    if !runs {
        see.allow(&RES_4, Allowed::Works(false), Effect::Nothing);
    }
}

rule! {
    RES_5, "granted task has gpu": Must Device
    since 26.0
    basis Documented
    "While a continued task whose accepted request required the GPU runs, background GPU work is allowed; \
        between its expiry and its completion it may be; in the foreground it always is."
    from "article Performing long-running tasks on iOS and iPadOS", "WWDC25 session 227"
}

rule! {
    RES_6, "gpu contention": May Scheduler
    since 26.0
    basis Documented
    "Under heavy GPU contention, which is pressure, a request that requires the GPU may wait or be \
        refused, and a running one may be expired."
    from "BGTaskRequest.h (26)"
}

pub(super) fn gpu_may_be_contended(see: &mut See<'_>, submission: &Submission) -> Holds {
    let request = &submission.request;
    let concerned = request.gpu && request.strategy == Strategy::Queue;
    if concerned && !see.calm() {
        Holds::Maybe
    } else {
        Holds::No
    }
}

rule! {
    RES_7, "ask before requiring gpu": Must App
    since 26.0
    basis Documented
    "The app requires the GPU only after supportedResources, read in the same process, said that the \
        device has it, and only with the entitlement (RES-3)."
    from "article Performing long-running tasks on iOS and iPadOS"
}

pub(super) fn asked_for_gpu(see: &mut See<'_>, request: &Outstanding) -> bool {
    let told = see.state.process.and_then(|process| process.gpu_told);
    !request.gpu || told == Some(true) && see.cx.app.gpu_entitlement
}

rule! {
    RES_8, "other kinds give no gpu": Must Device
    basis Inferred
    "Refresh, processing and health research give no background GPU."
    from "RES-4", "requiredResources exists on continued requests only"
}

rule! {
    RES_9, "neural engine needs entitlement": Must Device
    since 27.0
    basis Documented
    "From 27.0 (iOS, iPadOS, macOS, tvOS, visionOS, watchOS) any background use of the Neural Engine, inside \
        a task or not, needs the entitlement \
        com.apple.developer.background-tasks.continued-processing.inference."
    from "entitlement reference (27)"
}

/// The app used the Neural Engine.
pub(super) fn neural_engine_work(see: &mut See<'_>) {
    if !see.cx.since(27) {
        // No rule speaks of it.
        return see.allow(&RES_9, Allowed::Anything, Effect::Nothing);
    }
    let free = see.foreground();
    if free || see.cx.app.inference_entitlement {
        see.allow(&RES_9, Allowed::Works(true), Effect::Nothing);
    }
    if !free {
        see.allow(&RES_9, Allowed::Works(false), Effect::Nothing);
    }
}
