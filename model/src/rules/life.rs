//! The life of the app: its processes, suspension, what survives what.

use super::prelude::*;

/// The rule LIF-1.
pub static PENDING_SURVIVES_PROCESS: Rule = Rule {
    id: Id::new(Area::Life, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(2)],
    switch: None,
    text: "Pending requests survive backgrounding, suspension, a crash and the end of the process. (Force-quit: \
        LIF-11; reboot: LIF-4; update: LIF-5.)",
    sources: &["WordPress-iOS PR 18162", "cocoabytes guide to BackgroundTasks"],
};

/// The process ends. Pending requests survive; waiting continued ones may (LIF-15).
pub(super) fn ends(see: &mut See<'_>, by: &'static Rule) {
    see.exercise(&PENDING_SURVIVES_PROCESS);
    see.exercise(&DEATH_ENDS_TASKS);
    let waiting = drops_waiting_on_death(see);
    see.permit(by, Effect::Happens(Drops { waiting, ..Drops::NONE }));
    if see.lacks(&PENDING_SURVIVES_PROCESS) {
        see.permit(by, Effect::Happens(Drops::ALL));
    }
}

/// The rule LIF-2.
pub static DEATH_LEAVES_ELIGIBLE: Rule = Rule {
    id: Id::new(Area::Life, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Staff],
    switch: None,
    text: "A crash, memory pressure or a system kill leaves the app eligible for background launches.",
    sources: &["forum 701945", "forum 685525"],
};

/// The rule LIF-3.
pub static FORCE_QUIT_MARK: Rule = Rule {
    id: Id::new(Area::Life, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Staff],
    switch: Some(Setting::RebootClearsForceQuit),
    text: "The force-quit mark is cleared by the user's next launch, and not by a reboot (older text says a \
        reboot clears it).",
    sources: &["forum 685525", "forum 15808"],
};

/// The device boots anew.
pub(super) fn reboot(see: &mut See<'_>) {
    const YES: u8 = 0;
    if see.is(Fact::ForceQuit) {
        see.exercise(&FORCE_QUIT_MARK);
        if see.lacks(&FORCE_QUIT_MARK) {
            see.learn(Fact::ForceQuit, Facts::OPEN);
        } else if see.setting(Setting::RebootClearsForceQuit, YES) {
            see.learn(Fact::ForceQuit, Facts::NO);
        }
    }
    let drops = drops_over_reboot(see);
    see.permit(&REBOOT_ENDS_EVERYTHING_RUNNING, Effect::Happens(drops));
}

/// The rule LIF-4.
pub static PENDING_OVER_REBOOT: Rule = Rule {
    id: Id::new(Area::Life, 4),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Observed(3)],
    switch: Some(Setting::PendingSurvivesReboot),
    text: "Whether pending requests survive a reboot is undocumented.",
    sources: &["dp3t-sdk-ios 183"],
};

fn drops_over_reboot(see: &mut See<'_>) -> Drops {
    const NO: u8 = 1;
    let lost = has_pending(see) && see.chooses(&PENDING_OVER_REBOOT, Setting::PendingSurvivesReboot, NO);
    see.exercise(&PENDING_OVER_REBOOT);
    Drops {
        refresh: lost,
        processing: lost,
        waiting: true,
    }
}

/// The rule LIF-5.
pub static PENDING_OVER_UPDATE: Rule = Rule {
    id: Id::new(Area::Life, 5),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Observed(3)],
    switch: Some(Setting::PendingSurvivesUpdate),
    text: "Whether pending requests survive an app update is undocumented: one field case kept them (15.4), one \
        lost them (2026-03). Where they survive, an identifier that the new version dropped still takes its \
        place in the limits, and its launch is LAU-3.",
    sources: &[
        "WordPress-iOS PR 18162",
        "PodHaven background task investigation",
        "ente PR 12858",
    ],
};

/// The app is updated.
pub(super) fn update(see: &mut See<'_>) {
    const NO: u8 = 1;
    let lost = has_pending(see) && see.chooses(&PENDING_OVER_UPDATE, Setting::PendingSurvivesUpdate, NO);
    see.permit(
        &PENDING_OVER_UPDATE,
        Effect::Happens(Drops {
            refresh: lost,
            processing: lost,
            waiting: true,
        }),
    );
}

/// The rule LIF-6.
pub static UNINSTALL_REMOVES: Rule = Rule {
    id: Id::new(Area::Life, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "Uninstalling removes every request of the app.",
    sources: &["LIF-1"],
};

/// The app is removed.
pub(super) fn uninstall(see: &mut See<'_>) {
    see.permit(&UNINSTALL_REMOVES, Effect::Happens(Drops::ALL));
    if see.lacks(&UNINSTALL_REMOVES) {
        see.occurs(Drops::NONE);
    }
}

/// The rule LIF-7.
pub static DEATH_ENDS_TASKS: Rule = Rule {
    id: Id::new(Area::Life, 7),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "The death of the process ends its tasks; their requests are spent and are not restored. A call open \
        at the death took effect before it or not at all.",
    sources: &[
        "WWDC19 session 707: one request, one launch",
        "cocoabytes guide to BackgroundTasks",
    ],
};

/// The rule LIF-8.
pub static FORCE_QUIT_ENDS_CONTINUED: Rule = Rule {
    id: Id::new(Area::Life, 8),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(3)],
    switch: None,
    text: "Closing the app in the app switcher ends its waiting and running continued tasks within \
        `reaction_time`, without any call to the app.",
    sources: &[
        "BGTaskRequest.h (26): queued requests",
        "article Performing long-running tasks on iOS and iPadOS: running ones",
        "OpenReader ADR 0053",
    ],
};

/// The person closes the app in the app switcher.
pub(super) fn force_quit(see: &mut See<'_>) {
    let drops = drops_on_force_quit(see);
    see.permit(&FORCE_QUIT_ENDS_CONTINUED, Effect::Happens(drops));
}

/// The app comes to the foreground: what runs goes on.
pub(super) fn comes_to_foreground(see: &mut See<'_>) {
    let state = see.state;
    if state
        .tasks
        .iter()
        .any(|task| matches!(task.kind, Kind::Refresh | Kind::Continued))
    {
        see.exercise(&TASKS_GO_ON_IN_FOREGROUND);
    }
    if state.tasks.iter().any(|task| task.kind == Kind::Continued) {
        see.exercise(&BOOST_ON_RETURN);
    }
    see.happens();
}

/// The rule LIF-9.
pub static TASKS_GO_ON_IN_FOREGROUND: Rule = Rule {
    id: Id::new(Area::Life, 9),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "When the app comes to the foreground a running refresh task goes on under its own clock; a continued \
        task goes on too.",
    sources: &["BGTask", "expo 44709"],
};

/// Whether a submission that moves the floor of a pending request of its own was preceded by a look at the list.
pub(super) fn asked_before_replacing(see: &mut See<'_>, request: &Outstanding) -> bool {
    let replaces = see
        .outstanding(request.id)
        .is_some_and(|older| older.kind == request.kind && !older.vague);
    let runs = see.state.running(request.id).is_some();
    !replaces || runs || see.cx.named(request.id).past.was_looked_up(&see.cx.story)
}

/// Whether a refresh that completes has a successor, or needs none.
pub(super) fn has_successor(see: &mut See<'_>, task: &Task) -> bool {
    task.kind != Kind::Refresh || task.expired || see.outstanding(task.id).is_some()
}

/// The rule LIF-10.
pub static RESUBMIT_IN_HANDLER: Rule = Rule {
    id: Id::new(Area::Life, 10),
    bound: Party::App,
    force: Force::Should,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(3)],
    switch: None,
    text: "A recurring task is submitted again at the start of its handler, and not at every launch or visit \
        (each submission moves the floor): the pending list is asked first.",
    sources: &[
        "cocoabytes guide to BackgroundTasks",
        "corona-warn-app PR 824",
        "StreetComplete PR 7124",
    ],
};

/// The rule LIF-11.
pub static FORCE_QUIT_MAY_DROP_REFRESH: Rule = Rule {
    id: Id::new(Area::Life, 11),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::ForceQuitDropsRefresh),
    text: "Whether a force-quit drops the pending requests of a kind that it blocks (refresh, and processing \
        where CON-10 blocks it) or only holds them back is undocumented.",
    sources: &["CON-9"],
};

fn drops_on_force_quit(see: &mut See<'_>) -> Drops {
    const YES: u8 = 0;
    const BLOCKED: u8 = 0;
    if !has_pending(see) {
        return Drops {
            waiting: true,
            ..Drops::NONE
        };
    }
    see.exercise(&FORCE_QUIT_MAY_DROP_REFRESH);
    let refresh = see.chooses(&FORCE_QUIT_MAY_DROP_REFRESH, Setting::ForceQuitDropsRefresh, YES);
    let processing = refresh && see.setting(Setting::ProcessingAfterForceQuit, BLOCKED);
    Drops {
        refresh,
        processing,
        waiting: true,
    }
}

fn has_pending(see: &See<'_>) -> bool {
    see.state.requests.iter().any(|request| request.kind != Kind::Continued)
}

/// The rule LIF-12.
pub static BOOST_ON_RETURN: Rule = Rule {
    id: Id::new(Area::Life, 12),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A running task's work may get a lower priority in the background and is boosted when the app returns \
        to the foreground; the task itself goes on, the same one.",
    sources: &["WWDC25 session 227"],
};

/// The rule LIF-13.
pub static NOT_SUSPENDED_WHILE_RUNNING: Rule = Rule {
    id: Id::new(Area::Life, 13),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "While a task runs and has not expired its process is not suspended. (A continued task on a locked \
        device: PRG-9.)",
    sources: &[
        "BGTask.setTaskCompleted: suspended as soon as all background tasks are complete",
        "WWDC19 session 707",
    ],
};

/// The process was suspended.
pub(super) fn suspended(see: &mut See<'_>) {
    let state = see.state;
    see.exercise(&NOT_SUSPENDED_WHILE_RUNNING);
    if see.cx.story.completed && !see.leaves(&completion::SUSPENDED_AFTER_COMPLETION) {
        return;
    }
    if see.foreground() {
        return see.refuse(&IDLE_MAY_BE_SUSPENDED);
    }
    if state.process.is_some_and(|process| process.kept_awake) {
        return see.refuse(&completion::SUSPENDED_AFTER_COMPLETION);
    }
    let mut only_locked = false;
    for task in state.tasks.iter().filter(|task| !task.expired) {
        if task.maybe_over && see.either() {
            continue;
        }
        if task.kind != Kind::Continued || !see.device(Condition::Locked) {
            if see.cx.named(task.id).past.completed_late {
                see.refuse(&completion::LATE_COMPLETION_TOUCHES_NO_LATER_TASK);
            }
            return see.refuse(&NOT_SUSPENDED_WHILE_RUNNING);
        }
        see.exercise(&progress::LOCK_DOES_NOT_STOP);
        only_locked = true;
    }
    if only_locked && !progress::lock_may_pause(see) {
        return see.refuse(&progress::LOCK_DOES_NOT_STOP);
    }
    see.permit(&IDLE_MAY_BE_SUSPENDED, Effect::Happens(Drops::NONE));
}

/// The rule LIF-14.
pub static IDLE_MAY_BE_SUSPENDED: Rule = Rule {
    id: Id::new(Area::Life, 14),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Staff],
    switch: None,
    text: "A background process without a running task may be suspended at any time; a card of another \
        framework, or a launch for another reason, changes nothing here.",
    sources: &["WWDC25 session 227", "forum 85066"],
};

/// The rule LIF-15.
pub static WAITING_OVER_DEATH: Rule = Rule {
    id: Id::new(Area::Life, 15),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::WaitingSurvivesProcess),
    text: "A waiting continued request whose process died (crash, memory, kill) may be dropped or kept: no \
        source says. (A reboot and an update end it: LIF-16; an uninstall: LIF-6.)",
    sources: &["BGTaskRequest.h (26) names the app switcher only"],
};

fn drops_waiting_on_death(see: &mut See<'_>) -> bool {
    const NO: u8 = 1;
    let waits = see.state.requests.iter().any(|request| request.kind == Kind::Continued);
    if waits {
        see.exercise(&WAITING_OVER_DEATH);
    }
    waits && see.chooses(&WAITING_OVER_DEATH, Setting::WaitingSurvivesProcess, NO)
}

/// The rule LIF-16.
pub static REBOOT_ENDS_EVERYTHING_RUNNING: Rule = Rule {
    id: Id::new(Area::Life, 16),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "A reboot ends every process, running task and waiting continued request, and an update the waiting \
        continued requests; nothing is launched before the first unlock (CON-5).",
    sources: &["WWDC19 session 707"],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &PENDING_SURVIVES_PROCESS,
    &DEATH_LEAVES_ELIGIBLE,
    &FORCE_QUIT_MARK,
    &PENDING_OVER_REBOOT,
    &PENDING_OVER_UPDATE,
    &UNINSTALL_REMOVES,
    &DEATH_ENDS_TASKS,
    &FORCE_QUIT_ENDS_CONTINUED,
    &TASKS_GO_ON_IN_FOREGROUND,
    &RESUBMIT_IN_HANDLER,
    &FORCE_QUIT_MAY_DROP_REFRESH,
    &BOOST_ON_RETURN,
    &NOT_SUSPENDED_WHILE_RUNNING,
    &IDLE_MAY_BE_SUSPENDED,
    &WAITING_OVER_DEATH,
    &REBOOT_ENDS_EVERYTHING_RUNNING,
];
