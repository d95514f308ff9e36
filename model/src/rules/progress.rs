//! Progress of continued tasks, and what keeps them alive.

use super::prelude::*;

/// The app reports progress; negative and empty values are no error (PRG-10).
pub(super) fn report(see: &mut See<'_>, task: TaskRef, completed: Option<i64>, child: bool) {
    if let Some(task) = see.state.task(task.id, task.n) {
        if completed == Some(task.completed) {
            see.exercise(&SAME_VALUE_IS_NO_PROGRESS);
        }
        if see
            .cx
            .limits
            .stall
            .is_some_and(|stall| see.now.at >= task.maybe_progress_at + stall)
        {
            see.exercise(&STALLED_MAY_RUN_ON);
        }
    }
    if child {
        see.exercise(&CHILD_PROGRESS);
    }
    if completed.is_some_and(|count| count <= 0) {
        see.exercise(&INDETERMINATE_IS_NO_ERROR);
        see.also(Allowed::Nothing, &INDETERMINATE_IS_NO_ERROR);
    }
    see.allow(&RISE_IS_PROGRESS, Allowed::Nothing, Effect::Happens(Drops::NONE));
}

/// The rule PRG-1.
pub static REPORT_PROGRESS: Rule = Rule {
    id: Id::new(Area::Progress, 1),
    bound: Party::App,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A continued task reports progress for as long as it runs: judged where `stall_timeout` has a number: \
        a task that runs, has not expired and whose process is not suspended, without progress (PRG-3 to \
        PRG-5; what may count counts) for that long or longer; once for each stall.",
    sources: &["BGTask.h (26)", "WWDC25 session 227"],
};

/// The rule PRG-2.
pub static STALL_MAY_EXPIRE: Rule = Rule {
    id: Id::new(Area::Progress, 2),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::StaffCited, Basis::Observed(6)],
    switch: None,
    text: "A continued task may be expired once the stall time-out has passed since its delivery or its last \
        progress, time in the foreground included; it may also be left running (longer in the foreground and \
        on the charger were seen). Staff: about 30 seconds, unpublished; seen after 30 to 90 seconds without \
        progress, once after 676 in the foreground.",
    sources: &[
        "BGTask.h (26)",
        "forum 805554",
        "EhPanda 15-UAT",
        "Voicely roadmap",
        "Inkstone sync",
    ],
};

/// The rule PRG-3.
pub static RISE_IS_PROGRESS: Rule = Rule {
    id: Id::new(Area::Progress, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::StaffCited, Basis::Observed(4)],
    switch: None,
    text: "A completedUnitCount above the highest one so far is progress and starts the stall time-out anew. A \
        rise that stays below it, after a fall, may or may not count.",
    sources: &["forum 809182", "WWDC25 session 227", "phovo README"],
};

/// The rule PRG-4.
pub static SAME_VALUE_IS_NO_PROGRESS: Rule = Rule {
    id: Id::new(Area::Progress, 4),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Observed(1)],
    switch: None,
    text: "Setting the same completedUnitCount again is no progress. Whether a new total, a new title or a fall \
        counts is not known: both are allowed.",
    sources: &["phovo README (device table, 26.x)"],
};

/// The rule PRG-5.
pub static CHILD_PROGRESS: Rule = Rule {
    id: Id::new(Area::Progress, 5),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::StaffCited, Basis::Observed(3)],
    switch: Some(Setting::ChildProgressCounts),
    text: "A rise of fractionCompleted through child progress alone may or may not count (reported as not \
        counting; earlier advice was to use it).",
    sources: &[
        "forum 'does not respect fractionCompleted to keep alive' (tag page, Nov 2025)",
        "forum 805554",
        "FB21338185",
    ],
};

/// Whether a rise of child progress alone may count, as far as the implementation has shown.
pub(crate) fn child_may_count(state: &State, cx: &Context) -> bool {
    const NO: u8 = 0b10;
    !cx.lacks(&CHILD_PROGRESS) && state.facts.mask(Fact::Setting(Setting::ChildProgressCounts)) != NO
}

/// Whether a task has stalled for `stall`. Where that hangs on child progress alone, and nothing else excuses the
/// expiry, the expiry tells whether it counts.
fn has_stalled(see: &mut See<'_>, task: &Task, stall: Millis, excused: bool) -> bool {
    const YES: u8 = 0;
    let over = |since: Millis| see.now.latest >= since.saturating_add(stall);
    if !over(task.progress_at) || over(task.child_at) {
        return over(task.progress_at);
    }
    if excused {
        return false;
    }
    if see.lacks(&CHILD_PROGRESS) {
        return true;
    }
    see.exercise(&CHILD_PROGRESS);
    let counts = see.setting(Setting::ChildProgressCounts, YES);
    if counts {
        see.also_breaks(&CHILD_PROGRESS);
    }
    !counts
}

/// The rule PRG-6.
pub static CALM_EXPIRES_ONLY_FOR_REASON: Rule = Rule {
    id: Id::new(Area::Progress, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Staff, Basis::Inferred],
    switch: Some(Setting::StallTimeout),
    text: "On a device that the trace calls calm, a continued task is expired only for a stall of at least \
        `stall_timeout` (PRG-2), the person's Stop, an ignored prompt (PRG-7), a cancel (CAN-4), a lock \
        where PRG-9 leaves it open, or a simulated expiration. There is no run limit. Binding where \
        `stall_timeout` has a number.",
    sources: &[
        "forum 818623",
        "BGTask.h (26)",
        "EhPanda 15-UAT (31 min), phovo README (over an hour)",
    ],
};

/// Whether an expiry of a continued task lacks every reason that a calm device may have.
pub(super) fn has_no_reason(see: &mut See<'_>, task: &Task) -> bool {
    const EXPIRES: u8 = 1;
    let Some(stall) = see.cx.limits.stall else { return false };
    if !see.calm() || task.in_doubt || task.taken_back {
        return false;
    }
    see.exercise(&CALM_EXPIRES_ONLY_FOR_REASON);
    let ignored = task.reasons.has(Reasons::IGNORED) && see.cx.allows(Setting::PromptIgnored, EXPIRES);
    let locked = task.reasons.has(Reasons::LOCK) && lock_may_pause(see);
    let named =
        task.reasons.has(Reasons::STOP) || task.reasons.has(Reasons::CANCEL) || task.reasons.has(Reasons::SIMULATED);
    let excused = ignored || locked || named;
    if !see.lacks(&STALL_MAY_EXPIRE) && has_stalled(see, task, stall, excused) {
        see.exercise(&STALL_MAY_EXPIRE);
        return false;
    }
    if excused {
        return false;
    }
    let refused = see.forbid(&CALM_EXPIRES_ONLY_FOR_REASON);
    if task.highest > 0 {
        see.also_breaks(&RISE_IS_PROGRESS);
    }
    if task.reasons.has(Reasons::LOCK) {
        see.also_breaks(&LOCK_DOES_NOT_STOP);
    }
    if task.reasons.has(Reasons::CONTINUED) {
        see.also_breaks(&CONTINUE_GOES_ON);
    }
    if task.reasons.has(Reasons::FOREGROUND) {
        see.also_breaks(&life::TASKS_GO_ON_IN_FOREGROUND);
    }
    refused
}

/// The rule by which a calm device expires a continued task.
pub(super) fn reason_of(task: &Task) -> &'static Rule {
    if task.reasons.has(Reasons::IGNORED) {
        &PROMPT_MAY_APPEAR
    } else if task.reasons.has(Reasons::LOCK) {
        &LOCK_DOES_NOT_STOP
    } else {
        &STALL_MAY_EXPIRE
    }
}

/// The rule PRG-7.
pub static PROMPT_MAY_APPEAR: Rule = Rule {
    id: Id::new(Area::Progress, 7),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(2)],
    switch: Some(Setting::PromptIgnored),
    text: "Where progress is slower than expected the system may ask the person whether to go on (seen at five \
        minutes); the app is told neither of the question nor of the answer. Stop expires the task (UIX-3). \
        An unanswered question may or may not lead to expiry: no source says.",
    sources: &["WWDC25 session 227", "OpenReader ADR 0053 (27.0)", "forum 805554"],
};

/// The rule PRG-8.
pub static STALLED_MAY_RUN_ON: Rule = Rule {
    id: Id::new(Area::Progress, 8),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Observed(3)],
    switch: None,
    text: "A stalled task may be left running: follows from PRG-2; seen in the foreground and on the charger.",
    sources: &["EhPanda 15-UAT (26.6)", "phovo README (26.x)"],
};

/// The rule PRG-9.
pub static LOCK_DOES_NOT_STOP: Rule = Rule {
    id: Id::new(Area::Progress, 9),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Observed(3)],
    switch: Some(Setting::LockPauses),
    text: "A lock of the device alone neither suspends nor expires a continued task. One thread reports a pause \
        and then failure: allowed where the setting says `yes` or `either`.",
    sources: &[
        "forum 'code pauses when device is locked' (tag page, Nov 2025)",
        "OpenReader ADR 0053 (27.0)",
        "Voicely roadmap (26)",
    ],
};

/// Whether a lock of the device may pause or expire a continued task.
pub(super) fn lock_may_pause(see: &See<'_>) -> bool {
    const YES: u8 = 0;
    see.cx.allows(Setting::LockPauses, YES) || see.lacks(&LOCK_DOES_NOT_STOP)
}

/// The rule PRG-10.
pub static INDETERMINATE_IS_NO_ERROR: Rule = Rule {
    id: Id::new(Area::Progress, 10),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(2)],
    switch: None,
    text: "Progress whose total or completed count is negative, or whose both are zero, is indeterminate and no \
        error; the card may look indeterminate until the first unit too. Completed beyond total is shown as \
        full.",
    sources: &["Progress.isIndeterminate", "phovo README", "EhPanda 15-UAT"],
};

/// The rule PRG-11.
pub static FINE_PROGRESS: Rule = Rule {
    id: Id::new(Area::Progress, 11),
    bound: Party::App,
    force: Force::Should,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::StaffCited, Basis::Observed(3)],
    switch: None,
    text: "Progress is fine enough to move well within the stall time-out (bytes, not files), written to \
        completedUnitCount directly, and seeded at the start.",
    sources: &["forum 805554", "forum 809182", "forum 805088"],
};

/// The rule PRG-12.
pub static CONTINUE_GOES_ON: Rule = Rule {
    id: Id::new(Area::Progress, 12),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "Continue neither expires nor pauses the task; the stall rules go on as before.",
    sources: &["WWDC25 session 227", "OpenReader ADR 0053 (27.0)"],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &REPORT_PROGRESS,
    &STALL_MAY_EXPIRE,
    &RISE_IS_PROGRESS,
    &SAME_VALUE_IS_NO_PROGRESS,
    &CHILD_PROGRESS,
    &CALM_EXPIRES_ONLY_FOR_REASON,
    &PROMPT_MAY_APPEAR,
    &STALLED_MAY_RUN_ON,
    &LOCK_DOES_NOT_STOP,
    &INDETERMINATE_IS_NO_ERROR,
    &FINE_PROGRESS,
    &CONTINUE_GOES_ON,
];
