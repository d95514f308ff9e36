//! Running time: expiration, the completion by the system, suspension and kills.

use super::prelude::*;

/// A task's expiration handler was called.
pub(super) fn expired(see: &mut See<'_>, task: TaskRef, queue: Seen) {
    let state = see.state;
    let Some(task) = state.task(task.id, task.n) else {
        see.refuse(&EXPIRES_ONCE);
        return see.refuse(&HANDLER_CLEARED);
    };
    let mut refused = false;
    see.exercise(&EXPIRES_ONCE);
    if task.expired {
        refused |= see.forbid(&EXPIRES_ONCE) & see.forbid(&HANDLER_CLEARED);
    } else if !task.handler && !task.in_doubt {
        refused |= see.forbid(&HANDLER_CLEARED) & see.forbid(&NO_HANDLER_COMPLETED_BY_SYSTEM);
    }
    refused |= is_on_other_queue(see, task, queue);
    may_expire(see, task, refused);
}

/// The system completed a task as unsuccessful: only one without an expiration handler.
pub(super) fn completed_by_system(see: &mut See<'_>, task: TaskRef) {
    let state = see.state;
    let Some(task) = state.task(task.id, task.n) else {
        return see.refuse(&completion::FIRST_COMPLETION_COUNTS);
    };
    let handled = task.handler && !task.in_doubt || task.expired;
    let refused = handled && see.forbid(&NO_HANDLER_COMPLETED_BY_SYSTEM);
    if !handled {
        see.exercise(&NO_HANDLER_COMPLETED_BY_SYSTEM);
    }
    may_expire(see, task, refused);
}

/// Permits an expiry, unless the device is calm or the runner decides, and no rule names a reason.
fn may_expire(see: &mut See<'_>, task: &Task, mut refused: bool) {
    if task.kind == Kind::Continued {
        refused |= progress::has_no_reason(see, task);
    }
    refused |= was_not_taken_back(see, task);
    let named = [
        (Reasons::LAUNCH, &TASKS_OF_LAUNCH_EXPIRE_TOGETHER),
        (Reasons::LOST, &LOST_CONDITION_MAY_EXPIRE),
        (Reasons::LOCK, &progress::LOCK_DOES_NOT_STOP),
    ];
    for (_, rule) in named.into_iter().filter(|(reason, _)| task.reasons.has(*reason)) {
        see.exercise(rule);
    }
    if task.taken_back {
        see.exercise(&DRIVEN_EXPIRES_WHEN_TAKEN_BACK);
    }
    if !refused {
        let by = match task.expire_by.why {
            _ if task.expire_by.by == NEVER && task.kind == Kind::Continued && see.calm() => progress::reason_of(task),
            _ if task.expire_by.by == NEVER => &MAY_EXPIRE_ANY_TIME,
            Why::Budget if see.now.latest < task.expire_by.by => &MAY_EXPIRE_ANY_TIME,
            Why::Budget if task.kind == Kind::Refresh => &REFRESH_EXPIRES_BY_BUDGET,
            Why::Budget => &PROCESSING_RUNS_FOR_MINUTES,
            Why::Use => &PROCESSING_EXPIRES_ON_USE,
            Why::Stop => &card::STOP_EXPIRES,
            Why::Cancel => &cancelling::CANCEL_MAY_EXPIRE_CONTINUED,
            Why::Simulated => &debugging::SIMULATED_EXPIRATION_EXPIRES,
        };
        see.exercise(&EXPIRATION_TELLS_NO_REASON);
        see.permit(by, Effect::Happens(Drops::NONE));
    }
}

/// The rule EXP-1.
pub static REFRESH_EXPIRES_BY_BUDGET: Rule = Rule {
    id: Id::new(Area::Expiration, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: Some(Setting::RefreshBudget),
    text: "In a launch that delivers refresh alone, the refresh task is expired 30 seconds after the launch at \
        the latest, if it still runs. Whether the time to wrap up lies within the 30 seconds or after them \
        is not documented. In a launch that delivers other kinds too, the refresh may share their time.",
    sources: &[
        "Choosing Background Strategies for Your App",
        "WWDC19 session 707",
        "BGTask.expirationHandler",
    ],
};

/// The rule EXP-2.
pub static PROCESSING_RUNS_FOR_MINUTES: Rule = Rule {
    id: Id::new(Area::Expiration, 2),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: Some(Setting::ProcessingBudget),
    text: "A processing or health research task runs for minutes; no number is documented. Where the setting \
        has a number the task is expired by then.",
    sources: &["BGProcessingTask", "WWDC19 session 707"],
};

/// The rule EXP-3.
pub static EXPIRES_ONCE: Rule = Rule {
    id: Id::new(Area::Expiration, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "The expiration handler of a task is called once at most, and never after the task completed.",
    sources: &["BGTask.h (26)"],
};

/// The rule EXP-4.
pub static MAY_EXPIRE_ANY_TIME: Rule = Rule {
    id: Id::new(Area::Expiration, 4),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(2)],
    switch: None,
    text: "A task may be expired at any time, well before its budget (2 to 5 seconds were seen for refresh). A \
        continued task on a calm device is excepted: PRG-6.",
    sources: &["BGTask.h", "forum 780956"],
};

/// The rule EXP-5.
pub static NO_HANDLER_COMPLETED_BY_SYSTEM: Rule = Rule {
    id: Id::new(Area::Expiration, 5),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A task expired with no handler set is completed as unsuccessful, without a warning. Where that \
        completion cannot be observed, such a task may be over at any moment.",
    sources: &["BGTask.expirationHandler", "BGTask.h (26)"],
};

/// The rule EXP-6.
pub static HANDLER_CLEARED: Rule = Rule {
    id: Id::new(Area::Expiration, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "The handler is cleared by its call and by completion; one set later is never called.",
    sources: &["BGTask.h (13, 26)"],
};

/// The rule EXP-7.
pub static KILLED_ONLY_AFTER_GRACE: Rule = Rule {
    id: Id::new(Area::Expiration, 7),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: Some(Setting::ExpirationGrace),
    text: "For overrunning its time an app is killed only after the expiration handler of the task was called, \
        or could not be called because the app blocks its queue (EXP-13), and the grace is over. The grace \
        is not documented: a setting, one for all tasks of the app. A task completed by the system (EXP-5) \
        is no reason to kill. A kill of unknown cause is never a breach.",
    sources: &["BGTask.h", "BGTask.expirationHandler", "SakuraRSS PR 254"],
};

/// Whether a task expired and may have had its grace, so that the app may be killed for it.
pub(super) fn is_grace_over(now: &crate::op::Now, cx: &Context, task: &Task) -> bool {
    task.expired && now.latest >= task.expired_at + cx.limits.grace.unwrap_or(0)
}

/// The system killed the process.
pub(super) fn killed(see: &mut See<'_>, cause: KillCause) {
    let state = see.state;
    see.exercise(&KILLED_ONLY_AFTER_GRACE);
    if cause == KillCause::Cpu {
        see.exercise(&POWERED_PROCESSING_NOT_KILLED_FOR_CPU);
    }
    let allowed = match cause {
        KillCause::Time => {
            let blocked = !state.blocked.is_empty() && !state.tasks.is_empty();
            let ran_out = state.tasks.iter().any(|task| is_grace_over(see.now, see.cx, task));
            (ran_out || blocked || see.from_before()).then_some(&completion::NOT_COMPLETING_MAY_BE_KILLED)
        }
        KillCause::Cpu => (!is_free_of_cpu_monitor(see)).then_some(&KILLED_ONLY_AFTER_GRACE),
        KillCause::Memory | KillCause::Other | KillCause::Unknown => Some(&MEMORY_AND_CRASH_END_WITHOUT_CALL),
    };
    match allowed {
        Some(by) => life::ends(see, by),
        None if cause == KillCause::Cpu => see.refuse(&POWERED_PROCESSING_NOT_KILLED_FOR_CPU),
        None => {
            see.refuse(&KILLED_ONLY_AFTER_GRACE);
            if state.tasks.is_empty() {
                see.refuse(&completion::COMPLETION_WITHIN_GRACE);
            }
        }
    }
}

/// The rule EXP-8.
pub static TASKS_OF_LAUNCH_EXPIRE_TOGETHER: Rule = Rule {
    id: Id::new(Area::Expiration, 8),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "The time is given to the launch, not to the task: tasks of one launch may expire together, at any \
        moment that one of them may.",
    sources: &["WWDC19 session 707"],
};

/// The rule EXP-9.
pub static PROCESSING_EXPIRES_ON_USE: Rule = Rule {
    id: Id::new(Area::Expiration, 9),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Processing that runs when somebody starts to use the device is expired within `reaction_time`, \
        through its expiration handler; coming to the foreground is use of the device. Use of the device is \
        no reason to expire refresh. Health research: setting `health_needs_idle`.",
    sources: &["BGProcessingTask"],
};

/// The rule EXP-10.
pub static LOST_CONDITION_MAY_EXPIRE: Rule = Rule {
    id: Id::new(Area::Expiration, 10),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: Some(Setting::ExpireOnLostCondition),
    text: "A task whose required power or network goes away while it runs may be expired.",
    sources: &["BGTask.h"],
};

/// The rule EXP-11.
pub static EXPIRATION_TELLS_NO_REASON: Rule = Rule {
    id: Id::new(Area::Expiration, 11),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Staff],
    switch: None,
    text: "The handler gets no argument and no reason: user stop, stall, pressure and time look alike to the \
        app.",
    sources: &[
        "forum 818623",
        "forum 'Feature Request: Reason for taskExpiration' (tag page, Nov 2025)",
    ],
};

/// The rule EXP-12.
pub static MEMORY_AND_CRASH_END_WITHOUT_CALL: Rule = Rule {
    id: Id::new(Area::Expiration, 12),
    bound: Party::Device,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Staff, Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "Memory pressure and crashes end a process, suspended or running, without any expiration call.",
    sources: &["forum 809661", "forum 818623", "cocoabytes guide to BackgroundTasks"],
};

/// The rule EXP-13.
pub static REGISTRATION_QUEUE_NOT_BLOCKED: Rule = Rule {
    id: Id::new(Area::Expiration, 13),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "The app does not block its registration queue while a task runs. While it does, the scheduler's \
        duties to call (EXP-1, EXP-9, UIX-3) wait, unless `expiration_queue` is `background`.",
    sources: &["BGTaskScheduler.h (13 to 16)", "duckduckgo iOS 782"],
};

/// The rule EXP-14.
pub static HANDLER_SET_FIRST: Rule = Rule {
    id: Id::new(Area::Expiration, 14),
    bound: Party::App,
    force: Force::Should,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(4)],
    switch: None,
    text: "The expiration handler is set first thing in the launch handler, cancels the work, and leads to \
        completion at once.",
    sources: &[
        "cocoabytes guide to BackgroundTasks",
        "corona-warn-app 740",
        "SakuraRSS PR 254",
    ],
};

/// The rule EXP-15.
pub static POWERED_PROCESSING_NOT_KILLED_FOR_CPU: Rule = Rule {
    id: Id::new(Area::Expiration, 15),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Staff],
    switch: Some(Setting::CpuMonitor),
    text: "While processing that requires external power runs, the app is not killed for CPU use. (Two reports \
        of iOS 14 show such kills; staff called them a bug: allowed in the field.)",
    sources: &[
        "BGTaskRequest.h",
        "WWDC19 session 707",
        "forum 675166",
        "react-native-background-fetch 323",
    ],
};

fn is_free_of_cpu_monitor(see: &See<'_>) -> bool {
    const ON: u8 = 1;
    let powered = |task: &Task| task.kind == Kind::Processing && task.request.power;
    see.state.tasks.iter().any(powered) && !see.cx.allows(Setting::CpuMonitor, ON)
}

/// The rule EXP-16.
pub static QUEUE_OF_EXPIRATION: Rule = Rule {
    id: Id::new(Area::Expiration, 16),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(2)],
    switch: Some(Setting::ExpirationQueue),
    text: "The expiration handler is called on the registration queue (headers 13 to 16; a blocked queue held \
        it back on 14) or on another background queue (seen on 26).",
    sources: &[
        "BGTaskScheduler.h (13 to 16)",
        "duckduckgo iOS 782",
        "NextSeason crash (26)",
        "cocoabytes guide to BackgroundTasks",
    ],
};

/// Whether the call came where this implementation does not call. A call on another queue than that of the registration,
/// or while that one is blocked, tells `background`; one on a queue that the app gave tells `registration`.
fn is_on_other_queue(see: &mut See<'_>, task: &Task, seen: Seen) -> bool {
    const REGISTRATION: u8 = 0;
    if task.queue == Text::ANY {
        return false;
    }
    let (elsewhere, there) = match seen {
        Seen::No => (false, false),
        Seen::Own => (task.queue != Text::NONE, false),
        Seen::Given(queue) => (task.queue != queue, task.queue == queue),
    };
    // A simulated expiration does not wait.
    let blocked = see.state.blocked.contains(&task.queue) && !task.reasons.has(Reasons::SIMULATED);
    if !elsewhere && !there && !blocked {
        return false;
    }
    see.exercise(&QUEUE_OF_EXPIRATION);
    if see.lacks(&QUEUE_OF_EXPIRATION) {
        return elsewhere && see.forbid(&QUEUE_OF_EXPIRATION);
    }
    let registration = see.setting(Setting::ExpirationQueue, REGISTRATION);
    let refused = registration && (elsewhere || blocked) || !registration && there;
    refused && see.forbid(&QUEUE_OF_EXPIRATION)
}

/// The rule EXP-17.
pub static DRIVEN_EXPIRES_WHEN_TAKEN_BACK: Rule = Rule {
    id: Id::new(Area::Expiration, 17),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "An implementation that leaves the decision to the runner (driven) expires a running task within the \
        answer when the runner takes its time back, and otherwise only where another rule demands or names a \
        reason.",
    sources: &["the adapter contract"],
};

fn was_not_taken_back(see: &mut See<'_>, task: &Task) -> bool {
    let unknown = see.state.unheard || task.in_doubt || task.request.vague;
    if !see.cx.driven || task.taken_back || task.kind == Kind::Continued || unknown {
        return false;
    }
    let budget = match task.kind {
        Kind::Refresh => see.cx.limits.refresh_budget,
        _ => see.cx.limits.processing_budget,
    };
    // A budget that is not known may be over at any moment.
    let over = budget.is_none_or(|budget| see.now.latest >= task.since + budget);
    let demanded = over || task.expire_by.by < FORGIVEN && task.expire_by.why != Why::Budget;
    let named = task.reasons.has(Reasons::LAUNCH) && !see.lacks(&TASKS_OF_LAUNCH_EXPIRE_TOGETHER)
        || task.reasons.has(Reasons::LOST) && !see.lacks(&LOST_CONDITION_MAY_EXPIRE)
        || task.reasons.has(Reasons::USE)
        || task.reasons.has(Reasons::SIMULATED);
    !demanded && !named && see.forbid(&DRIVEN_EXPIRES_WHEN_TAKEN_BACK)
}

/// The runner goes on: what it took back should have been expired.
pub(super) fn settle_taken_back(see: &mut See<'_>) -> bool {
    let owed = see
        .state
        .tasks
        .iter()
        .any(|task| task.taken_back && !task.expired && !task.maybe_over);
    !(owed && see.forbid(&DRIVEN_EXPIRES_WHEN_TAKEN_BACK))
}

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &REFRESH_EXPIRES_BY_BUDGET,
    &PROCESSING_RUNS_FOR_MINUTES,
    &EXPIRES_ONCE,
    &MAY_EXPIRE_ANY_TIME,
    &NO_HANDLER_COMPLETED_BY_SYSTEM,
    &HANDLER_CLEARED,
    &KILLED_ONLY_AFTER_GRACE,
    &TASKS_OF_LAUNCH_EXPIRE_TOGETHER,
    &PROCESSING_EXPIRES_ON_USE,
    &LOST_CONDITION_MAY_EXPIRE,
    &EXPIRATION_TELLS_NO_REASON,
    &MEMORY_AND_CRASH_END_WITHOUT_CALL,
    &REGISTRATION_QUEUE_NOT_BLOCKED,
    &HANDLER_SET_FIRST,
    &POWERED_PROCESSING_NOT_KILLED_FOR_CPU,
    &QUEUE_OF_EXPIRATION,
    &DRIVEN_EXPIRES_WHEN_TAKEN_BACK,
];
