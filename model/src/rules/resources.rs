//! The GPU and the Neural Engine in the background.

use super::prelude::*;

/// The rule RES-1.
pub static SUPPORTED_RESOURCES_TELL_DEVICE: Rule = Rule {
    id: Id::new(Area::Resources, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::StaffCited],
    switch: None,
    text: "supportedResources tells what the device has, whatever the app's entitlements. Staff: background GPU \
        is on iPads with an M3 or later, on no iPhone.",
    sources: &[
        "BGTaskScheduler.supportedResources",
        "forum 797538",
        "forum tag page Background Tasks, Nov 2025",
    ],
};

pub(super) fn supported(see: &mut See<'_>) {
    let gpu = see.cx.gpu;
    see.allow(
        &SUPPORTED_RESOURCES_TELL_DEVICE,
        Allowed::Resources(gpu),
        Effect::Happens(Drops::NONE),
    );
}

/// The rule RES-2.
pub static GPU_REFUSED_WITHOUT_HARDWARE: Rule = Rule {
    id: Id::new(Area::Resources, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "A request that requires the GPU on a device without it is refused with notPermitted (3), raising \
        nothing.",
    sources: &[
        "BGTaskScheduler.h (26)",
        "react-native-continued-task device QA 2026-09-01 (26.6.1)",
    ],
};

pub(super) fn gpu_is_missing(see: &mut See<'_>, submission: &Submission) -> Holds {
    Holds::when(see.cx.models(Area::Resources) && submission.request.gpu && !see.cx.gpu)
}

/// The rule RES-3.
pub static GPU_REFUSED_WITHOUT_ENTITLEMENT: Rule = Rule {
    id: Id::new(Area::Resources, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A request that requires the GPU without the entitlement \
        com.apple.developer.background-tasks.continued-processing.gpu is refused, on a device with the GPU \
        and without it; the code is not documented (1 and 3 are allowed).",
    sources: &["BGTaskRequest.h (26)"],
};

pub(super) fn gpu_is_not_entitled(see: &mut See<'_>, submission: &Submission) -> Holds {
    Holds::when(see.cx.models(Area::Resources) && submission.request.gpu && !see.cx.app.gpu_entitlement)
}

/// The rule RES-4.
pub static BACKGROUND_GPU_NEEDS_GRANT: Rule = Rule {
    id: Id::new(Area::Resources, 4),
    bound: Party::Device,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(8)],
    switch: None,
    text: "GPU work from the background outside a running continued task whose accepted request required the \
        GPU fails with 'Insufficient Permission (to submit GPU work from background)'.",
    sources: &[
        "forum 797538",
        "mlx-swift 274",
        "kokoro-ios 18",
        "forum tag page Background Tasks, Nov 2025",
    ],
};

/// The app used the GPU.
pub(super) fn gpu_work(see: &mut See<'_>) {
    if see.foreground() {
        return see.allow(&GRANTED_TASK_HAS_GPU, Allowed::Works(true), Effect::Nothing);
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
        see.exercise(&OTHER_KINDS_GIVE_NO_GPU);
        see.also_breaks(&OTHER_KINDS_GIVE_NO_GPU);
    }
    if may || see.from_before() {
        see.allow(&GRANTED_TASK_HAS_GPU, Allowed::Works(true), Effect::Nothing);
    }
    if !runs {
        see.allow(&BACKGROUND_GPU_NEEDS_GRANT, Allowed::Works(false), Effect::Nothing);
    }
}

/// The rule RES-5.
pub static GRANTED_TASK_HAS_GPU: Rule = Rule {
    id: Id::new(Area::Resources, 5),
    bound: Party::Device,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "While a continued task whose accepted request required the GPU runs, background GPU work is allowed; \
        between its expiry and its completion it may be; in the foreground it always is.",
    sources: &[
        "article Performing long-running tasks on iOS and iPadOS",
        "WWDC25 session 227",
    ],
};

/// The rule RES-6.
pub static GPU_CONTENTION: Rule = Rule {
    id: Id::new(Area::Resources, 6),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Under heavy GPU contention, which is pressure, a request that requires the GPU may wait or be \
        refused, and a running one may be expired.",
    sources: &["BGTaskRequest.h (26)"],
};

pub(super) fn gpu_may_be_contended(see: &mut See<'_>, submission: &Submission) -> Holds {
    let request = &submission.request;
    let concerned = request.gpu && request.strategy == Strategy::Queue;
    if concerned && !see.calm() {
        Holds::Maybe
    } else {
        Holds::No
    }
}

/// The rule RES-7.
pub static ASK_BEFORE_REQUIRING_GPU: Rule = Rule {
    id: Id::new(Area::Resources, 7),
    bound: Party::App,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "The app requires the GPU only after supportedResources, read in the same process, said that the \
        device has it, and only with the entitlement (RES-3).",
    sources: &["article Performing long-running tasks on iOS and iPadOS"],
};

pub(super) fn asked_for_gpu(see: &mut See<'_>, request: &Outstanding) -> bool {
    let told = see.state.process.and_then(|process| process.gpu_told);
    !request.gpu || told == Some(true) && see.cx.app.gpu_entitlement
}

/// The rule RES-8.
pub static OTHER_KINDS_GIVE_NO_GPU: Rule = Rule {
    id: Id::new(Area::Resources, 8),
    bound: Party::Device,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "Refresh, processing and health research give no background GPU.",
    sources: &["RES-4", "requiredResources exists on continued requests only"],
};

/// The rule RES-9.
pub static NEURAL_ENGINE_NEEDS_ENTITLEMENT: Rule = Rule {
    id: Id::new(Area::Resources, 9),
    bound: Party::Device,
    force: Force::Must,
    since: Version::new(27, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "From 27.0 background use of the Neural Engine needs the entitlement \
        com.apple.developer.background-tasks.continued-processing.inference.",
    sources: &["entitlement reference (27)"],
};

/// The app used the Neural Engine.
pub(super) fn neural_engine_work(see: &mut See<'_>) {
    let free = see.foreground() || !see.cx.since(27);
    if free || see.cx.app.inference_entitlement {
        see.allow(&NEURAL_ENGINE_NEEDS_ENTITLEMENT, Allowed::Works(true), Effect::Nothing);
    }
    if !free {
        see.allow(&NEURAL_ENGINE_NEEDS_ENTITLEMENT, Allowed::Works(false), Effect::Nothing);
    }
}

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &SUPPORTED_RESOURCES_TELL_DEVICE,
    &GPU_REFUSED_WITHOUT_HARDWARE,
    &GPU_REFUSED_WITHOUT_ENTITLEMENT,
    &BACKGROUND_GPU_NEEDS_GRANT,
    &GRANTED_TASK_HAS_GPU,
    &GPU_CONTENTION,
    &ASK_BEFORE_REQUIRING_GPU,
    &OTHER_KINDS_GIVE_NO_GPU,
    &NEURAL_ENGINE_NEEDS_ENTITLEMENT,
];
