//! The life of the app: its processes, suspension, what survives what.

use super::{completion, progress};
use crate::facts::{Fact, Facts};
use crate::rule::Rule;
use crate::see::{Drops, Effect, See};
use crate::setting::{
    ForceQuitDropsRefresh, PendingSurvivesReboot, PendingSurvivesUpdate, ProcessingAfterForceQuit,
    RebootClearsForceQuit, WaitingSurvivesProcess,
};
use crate::state::{Outstanding, Task};
use crate::vocabulary::{Condition, Kind};

rule! {
    LIF_1, "pending survives process": Must Scheduler
    basis Documented, Observed(2)
    "Pending requests survive backgrounding, suspension, a crash and the end of the process. (Force-quit: \
        LIF-11; reboot: LIF-4; update: LIF-5.)"
    from "WordPress-iOS PR 18162", "cocoabytes guide to BackgroundTasks"
}

/// The process ends. Pending requests survive; waiting continued ones may (LIF-15).
pub(super) fn ends(see: &mut See<'_>, by: &'static Rule) {
    see.exercise(&LIF_1);
    see.exercise(&LIF_7);
    let waiting = drops_waiting_on_death(see);
    let survive = see.holds(&LIF_1, true);
    if survive {
        see.permit(by, Effect::Happens(Drops { waiting, ..Drops::NONE }));
    }
    if !survive || see.lacks(&LIF_1) {
        see.permit(by, Effect::Happens(Drops::ALL));
    }
}

rule! {
    LIF_2, "death leaves eligible": Must Scheduler
    basis Staff
    "A crash, memory pressure or a system kill leaves the app eligible for background launches."
    from "forum 701945", "forum 685525"
}

rule! {
    LIF_3, "force quit mark": Must Scheduler
    basis Staff
    decided by RebootClearsForceQuit
    "The force-quit mark is cleared by the user's next launch, and not by a reboot (older text says a \
        reboot clears it)."
    from "forum 685525", "forum 15808"
}

/// The device boots anew.
pub(super) fn reboot(see: &mut See<'_>) {
    clears_force_quit(see);
    let drops = drops_over_reboot(see);
    see.permit(&LIF_16, Effect::Happens(drops));
}

/// The system is upgraded: the device boots, and the app is as after an update (LIF-4).
pub(super) fn upgrade(see: &mut See<'_>) {
    clears_force_quit(see);
    let drops = drops_over_reboot(see);
    let lost = has_pending(see) && see.chooses(&LIF_5, PendingSurvivesUpdate::No);
    let drops = Drops {
        refresh: drops.refresh || lost,
        processing: drops.processing || lost,
        waiting: true,
    };
    see.permit(&LIF_16, Effect::Happens(drops));
}

fn clears_force_quit(see: &mut See<'_>) {
    if see.is(Fact::ForceQuit) {
        see.exercise(&LIF_3);
        if see.lacks(&LIF_3) {
            see.learn(Fact::ForceQuit, Facts::OPEN);
        } else if see.chooses(&LIF_3, RebootClearsForceQuit::Yes) {
            see.learn(Fact::ForceQuit, Facts::NO);
        }
    }
}

rule! {
    LIF_4, "pending over reboot": May Scheduler
    basis Observed(4)
    decided by PendingSurvivesReboot
    "Whether pending requests survive a reboot is undocumented. (Processing survived one on 18.7.10.) An \
        upgrade of the system is a reboot, and an update too (LIF-5)."
    from "dp3t-sdk-ios 183", "Athan runbook (18.7.10, 2026-09)"
}

fn drops_over_reboot(see: &mut See<'_>) -> Drops {
    let lost = has_pending(see) && see.chooses(&LIF_4, PendingSurvivesReboot::No);
    see.exercise(&LIF_4);
    Drops {
        refresh: lost,
        processing: lost,
        waiting: true,
    }
}

rule! {
    LIF_5, "pending over update": May Scheduler
    basis Observed(3)
    decided by PendingSurvivesUpdate
    "Whether pending requests survive an app update is undocumented: one field case kept them (15.4), one \
        lost them (2026-03). Where they survive, an identifier that the new version dropped still takes its \
        place in the limits, and its launch is LAU-3."
    from "WordPress-iOS PR 18162", "PodHaven background task investigation", "ente PR 12858"
}

/// The app is updated.
pub(super) fn update(see: &mut See<'_>) {
    let lost = has_pending(see) && see.chooses(&LIF_5, PendingSurvivesUpdate::No);
    see.permit(
        &LIF_5,
        Effect::Happens(Drops {
            refresh: lost,
            processing: lost,
            waiting: true,
        }),
    );
}

rule! {
    LIF_6, "uninstall removes": Must Scheduler
    basis Inferred
    "Uninstalling removes every request of the app."
    from "LIF-1"
}

/// The app is removed.
pub(super) fn uninstall(see: &mut See<'_>) {
    see.permit(&LIF_6, Effect::Happens(Drops::ALL));
    if see.lacks(&LIF_6) {
        see.occurs(Drops::NONE);
    }
}

rule! {
    LIF_7, "death ends tasks": Must Scheduler
    basis Documented, Inferred
    "The death of the process ends its tasks; their requests are spent and are not restored. A call open \
        at the death took effect before it or not at all."
    from "WWDC19 session 707: one request, one launch", "cocoabytes guide to BackgroundTasks"
}

rule! {
    LIF_8, "force quit ends continued": Must Scheduler
    since 26.0
    basis Documented, Observed(3)
    "Closing the app in the app switcher ends its waiting and running continued tasks within \
        `reaction_time`, without any call to the app."
    from "BGTaskRequest.h (26): queued requests", "article Performing long-running tasks on iOS and iPadOS: running ones", "OpenReader ADR 0053"
}

/// The person closes the app in the app switcher.
pub(super) fn force_quit(see: &mut See<'_>) {
    let drops = drops_on_force_quit(see);
    see.permit(&LIF_8, Effect::Happens(drops));
}

/// The app comes to the foreground: what runs goes on.
pub(super) fn comes_to_foreground(see: &mut See<'_>) {
    let state = see.state;
    if state
        .tasks
        .iter()
        .any(|task| matches!(task.kind, Kind::Refresh | Kind::Continued))
    {
        see.exercise(&LIF_9);
    }
    if state.tasks.iter().any(|task| task.kind == Kind::Continued) {
        see.exercise(&LIF_12);
    }
    see.happens();
}

rule! {
    LIF_9, "tasks go on in foreground": Must Scheduler
    basis Documented, Inferred
    "When the app comes to the foreground a running refresh task goes on under its own clock; a continued \
        task goes on too."
    from "BGTask", "expo 44709"
}

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

rule! {
    LIF_10, "resubmit in handler": Should App
    basis Documented, Observed(3)
    "A recurring task is submitted again at the start of its handler, and not at every launch or visit \
        (each submission moves the floor): the pending list is asked first."
    from "cocoabytes guide to BackgroundTasks", "corona-warn-app PR 824", "StreetComplete PR 7124"
}

rule! {
    LIF_11, "force quit may drop refresh": May Scheduler
    basis Inferred
    decided by ForceQuitDropsRefresh
    "Whether a force-quit drops the pending requests of a kind that it blocks (refresh, and processing \
        where CON-10 blocks it) or only holds them back is undocumented."
    from "CON-9"
}

fn drops_on_force_quit(see: &mut See<'_>) -> Drops {
    if !has_pending(see) {
        return Drops {
            waiting: true,
            ..Drops::NONE
        };
    }
    see.exercise(&LIF_11);
    let refresh = see.chooses(&LIF_11, ForceQuitDropsRefresh::Yes);
    let processing = refresh && see.chose(ProcessingAfterForceQuit::Blocked);
    Drops {
        refresh,
        processing,
        waiting: true,
    }
}

fn has_pending(see: &See<'_>) -> bool {
    see.state.requests.iter().any(|request| request.kind != Kind::Continued)
}

rule! {
    LIF_12, "boost on return": May Scheduler
    since 26.0
    basis Documented
    "A running task's work may get a lower priority in the background and is boosted when the app returns \
        to the foreground; the task itself goes on, the same one."
    from "WWDC25 session 227"
}

rule! {
    LIF_13, "not suspended while running": Must Scheduler
    basis Documented, Inferred
    "While a task runs and has not expired its process is not suspended. (A continued task on a locked \
        device: PRG-9.)"
    from "BGTask.setTaskCompleted: suspended as soon as all background tasks are complete", "WWDC19 session 707"
}

/// The process was suspended.
pub(super) fn suspended(see: &mut See<'_>) {
    let state = see.state;
    see.exercise(&LIF_13);
    if see.cx.story.completed && !see.leaves(&completion::CMP_5) {
        return;
    }
    see.exercise(&LIF_17);
    let kept_awake = see.foreground() || state.process.is_some_and(|process| process.kept_awake);
    if see.holds(&LIF_17, kept_awake) {
        return see.refuse(&LIF_17);
    }
    let mut only_locked = false;
    for task in state.tasks.iter().filter(|task| !task.expired) {
        if (task.maybe_over || task.kind_in_doubt()) && see.either() {
            continue;
        }
        let runs = task.kind != Kind::Continued || !see.device(Condition::Locked);
        if see.holds(&LIF_13, runs) {
            if see.cx.named(task.id).past.completed_late {
                see.refuse(&completion::CMP_8);
            }
            return see.refuse(&LIF_13);
        }
        see.exercise(&progress::PRG_9);
        only_locked = true;
    }
    let may_pause = progress::lock_may_pause(see.cx);
    if only_locked && see.holds(&progress::PRG_9, !may_pause) {
        return see.refuse(&progress::PRG_9);
    }
    see.permit(&LIF_14, Effect::Happens(Drops::NONE));
}

rule! {
    LIF_14, "idle may be suspended": May Scheduler
    basis Documented, Staff
    "A background process without a running task may be suspended at any time; a card of another \
        framework, or a launch for another reason, changes nothing here."
    from "WWDC25 session 227", "forum 85066"
}

rule! {
    LIF_15, "waiting over death": May Scheduler
    since 26.0
    basis Inferred
    decided by WaitingSurvivesProcess
    "A waiting continued request whose process died (crash, memory, kill) may be dropped or kept: no source \
        says. (A reboot and an update end it: LIF-16; an uninstall: LIF-6.) One under `fail` does not wait and \
        is gone with its process (SUB-18)."
    from "BGTaskRequest.h (26) names the app switcher only"
}

fn drops_waiting_on_death(see: &mut See<'_>) -> bool {
    let waits = see.state.requests.iter().any(|request| request.kind == Kind::Continued);
    if waits {
        see.exercise(&LIF_15);
    }
    waits && see.chooses(&LIF_15, WaitingSurvivesProcess::No)
}

rule! {
    LIF_16, "reboot ends everything running": Must Scheduler
    basis Documented, Inferred
    "A reboot ends every process, running task and waiting continued request, and an update the waiting \
        continued requests; nothing is launched before the first unlock (CON-5)."
    from "WWDC19 session 707"
}

rule! {
    LIF_17, "foreground is not suspended": Must Scheduler
    basis Documented, Inferred
    "An app in the foreground is not suspended, nor a process that something else keeps awake (CMP-5)."
    from "article Managing your app's life cycle", "BGTask.setTaskCompleted"
}
