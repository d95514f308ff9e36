//! Progress of continued tasks, and what keeps them alive.

use super::life;
use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::TaskRef;
use crate::rule::Rule;
use crate::see::{Allowed, Drops, Effect, See};
use crate::setting::{ChildProgressCounts, LockPauses, PromptIgnored};
use crate::state::{Excuse, State, Task, Text};
use crate::vocabulary::{Area, Condition, Kind, Millis};

/// The app reports progress; negative and empty values are no error (PRG-10).
pub(super) fn report(see: &mut See<'_>, task: TaskRef, completed: Option<i64>, child: bool) {
    if let Some(task) = see.state.task(task.id, task.n) {
        if completed == Some(task.completed) {
            see.exercise(&PRG_4);
        }
        if see
            .cx
            .limits
            .stall
            .is_some_and(|stall| see.now.at >= task.maybe_progress_at + stall)
        {
            see.exercise(&PRG_8);
        }
    }
    if child {
        see.exercise(&PRG_5);
    }
    if completed.is_some_and(|count| count <= 0) {
        see.exercise(&PRG_10);
        see.also(Allowed::Nothing, &PRG_10);
    }
    see.allow(&PRG_3, Allowed::Nothing, Effect::Happens(Drops::NONE));
}

rule! {
    PRG_1, "report progress": Must App
    since 26.0
    basis Documented
    "A continued task reports progress for as long as it runs: judged where `stall_timeout` has a number: a \
        task that runs and has not expired, without progress (PRG-3 to PRG-5; what may count counts, a new title \
        or total too) for that long or longer, the time in which its process was suspended not counted; once for \
        each stall."
    from "BGTask.h (26)", "WWDC25 session 227"
}

/// The process was suspended for so long: it could report nothing.
pub(crate) fn sleeps(state: &mut State, slept: Millis) {
    for task in &mut state.tasks {
        task.maybe_progress_at += slept;
    }
}

/// The app changed the title: that may count (PRG-4), so it counts for the app.
pub(crate) fn retitled(task: &mut Task, cx: &Context, texts: (Text, Text), at: Millis) {
    let new = task.texts != texts;
    task.texts = texts;
    if new && !cx.lacks(&PRG_4) {
        task.maybe_progress_at = at;
        task.stall_blamed = false;
    }
}

rule! {
    PRG_2, "stall may expire": May Scheduler
    since 26.0
    basis Documented, StaffCited, Observed(6)
    "A continued task may be expired once the stall time-out has passed since its delivery or its last \
        progress, time in the foreground and in a suspension included; it may also be left running (longer in \
        the foreground and on the charger were seen). Staff: about 30 seconds, unpublished; seen after 30 to 90 \
        seconds without progress, once after 676 in the foreground."
    from "BGTask.h (26)", "forum 805554", "EhPanda 15-UAT", "Voicely roadmap", "Inkstone sync"
}

rule! {
    PRG_3, "rise is progress": Must Scheduler
    since 26.0
    basis Documented, StaffCited, Observed(4)
    "A completedUnitCount above the highest one so far is progress and starts the stall time-out anew. A \
        rise that stays below it, after a fall, may or may not count."
    from "forum 809182", "WWDC25 session 227", "phovo README"
}

rule! {
    PRG_4, "same value is no progress": May Scheduler
    since 26.0
    basis Observed(1)
    "Setting the same completedUnitCount again is no progress. Whether a new total, a new title or a fall \
        counts is not known: both are allowed."
    from "phovo README (device table, 26.x)"
}

rule! {
    PRG_5, "child progress": May Scheduler
    since 26.0
    basis StaffCited, Observed(3)
    decided by ChildProgressCounts
    "A rise of fractionCompleted through child progress alone may or may not count (reported as not \
        counting; earlier advice was to use it)."
    from "forum 'does not respect fractionCompleted to keep alive' (tag page, Nov 2025)", "forum 805554", "FB21338185"
}

/// Whether a rise of child progress alone may count, as far as the implementation has shown.
pub(crate) fn child_may_count(state: &State, cx: &Context) -> bool {
    !cx.lacks(&PRG_5) && state.facts.chosen() != Some(ChildProgressCounts::No)
}

/// Whether a task has stalled for `stall`. Where that hangs on child progress alone, and nothing else excuses the
/// expiry, the expiry tells whether it counts.
fn has_stalled(see: &mut See<'_>, task: &Task, stall: Millis, excused: bool) -> bool {
    let over = |since: Millis| see.now.latest >= since.saturating_add(stall);
    if !over(task.progress_at) || over(task.child_at) {
        return over(task.progress_at);
    }
    if excused {
        return false;
    }
    if see.lacks(&PRG_5) {
        return true;
    }
    see.exercise(&PRG_5);
    let counts = see.chooses(&PRG_5, ChildProgressCounts::Yes);
    if counts {
        see.also_breaks(&PRG_5);
    }
    !counts
}

rule! {
    PRG_6, "calm expires only for reason": Must Scheduler
    since 26.0
    basis Documented, Staff, Inferred
    decided by StallTimeout
    "On a device that the trace calls calm, a continued task is expired only for a stall of at least \
        `stall_timeout` (PRG-2), the person's Stop, an ignored prompt (PRG-7), a cancel (CAN-4), a lock where \
        PRG-9 leaves it open, or a simulated expiration. There is no run limit. Each reason has an end: Stop, a \
        cancel and a simulated expiration `reaction_time` after it; a prompt, if one was shown (or cards are not \
        recorded), at Continue, or `reaction_time` after the next progress; a lock at the first progress after \
        the unlock. Binding where `stall_timeout` has a number."
    from "forum 818623", "BGTask.h (26)", "EhPanda 15-UAT (31 min), phovo README (over an hour)"
}

/// Whether an expiry of a continued task lacks every reason that a calm device may have.
pub(super) fn has_no_reason(see: &mut See<'_>, task: &Task) -> bool {
    let Some(stall) = see.cx.limits.stall else { return false };
    if !see.calm() || task.in_doubt || task.taken_back {
        return false;
    }
    see.exercise(&PRG_6);
    let excused = excuse_of(see.state, see.cx, task, see.now.earliest).is_some();
    let stalled = !see.lacks(&PRG_2) && has_stalled(see, task, stall, excused);
    if see.holds(&PRG_2, stalled) {
        see.exercise(&PRG_2);
        return false;
    }
    if !see.holds(&PRG_6, !excused) {
        return false;
    }
    let refused = see.forbid(&PRG_6);
    if task.highest > 0 {
        see.also_breaks(&PRG_3);
    }
    if is_locked_for(see.state, see.cx, task) {
        see.also_breaks(&PRG_9);
    }
    if task.continued {
        see.also_breaks(&PRG_12);
    }
    if task.returned {
        see.also_breaks(&life::LIF_9);
    }
    refused
}

/// Which rule excuses the expiry of a continued task at that time, a stall apart. Each excuse has an end.
fn excuse_of(state: &State, cx: &Context, task: &Task, earliest: Millis) -> Option<&'static Rule> {
    let excuses = task.excuses;
    let reasons: [(bool, &'static Rule); 5] = [
        (excuses.stop.holds(earliest), &super::card::UIX_3),
        (excuses.cancel.holds(earliest), &super::cancelling::CAN_4),
        (excuses.simulated.holds(earliest), &super::debugging::DBG_3),
        (is_asked(cx, task, earliest), &PRG_7),
        (is_locked_for(state, cx, task) && lock_may_pause(cx), &PRG_9),
    ];
    reasons.into_iter().find(|(holds, _)| *holds).map(|(_, rule)| rule)
}

/// The rule by which a calm device expires a continued task.
pub(super) fn reason_of(see: &See<'_>, task: &Task) -> &'static Rule {
    excuse_of(see.state, see.cx, task, see.now.earliest).unwrap_or(&PRG_2)
}

/// A continued task is delivered: on a device that is or may be locked, the lock excuses it from the first.
pub(crate) fn begins(task: &mut Task, state: &State, cx: &Context) {
    if may_be_locked(state.facts, cx) {
        task.excuses.lock = Excuse::OPEN;
    }
}

/// It made progress that surely counts: a question that was open ends `reaction_time` later, and a lock that is over is no
/// excuse any more.
pub(crate) fn moves(task: &mut Task, cx: &Context, facts: Facts, by: Millis) {
    task.excuses.prompt.ends_by(by);
    if !may_be_locked(facts, cx) {
        task.excuses.lock = Excuse::NONE;
    }
}

rule! {
    PRG_7, "prompt may appear": May Scheduler
    since 26.0
    basis Documented, Observed(2)
    decided by PromptIgnored
    "Where progress is slower than expected the system may ask the person whether to go on (seen at five \
        minutes); the app is told neither of the question nor of the answer. Stop expires the task (UIX-3). A \
        question that nobody has answered, told as ignored or not, may or may not lead to expiry: no source \
        says."
    from "WWDC25 session 227", "OpenReader ADR 0053 (27.0)", "forum 805554"
}

/// The card of a running task asks the person.
pub(crate) fn asks(task: &mut Task) {
    task.excuses.prompt = Excuse::OPEN;
}

/// Whether a question may stand unanswered. Where cards are not shown in the trace it may have been asked at any moment.
fn is_asked(cx: &Context, task: &Task, earliest: Millis) -> bool {
    let unseen = !cx.records("card") || !cx.models(Area::Card);
    cx.allows(PromptIgnored::Expires) && !cx.lacks(&PRG_7) && (unseen || task.excuses.prompt.holds(earliest))
}

rule! {
    PRG_8, "stalled may run on": May Scheduler
    since 26.0
    basis Observed(3)
    "A stalled task may be left running: follows from PRG-2; seen in the foreground and on the charger."
    from "EhPanda 15-UAT (26.6)", "phovo README (26.x)"
}

rule! {
    PRG_9, "lock does not stop": Must Scheduler
    since 26.0
    basis Observed(3)
    decided by LockPauses
    "A lock of the device alone neither suspends nor expires a continued task. One thread reports a pause \
        and then failure: allowed where the setting says `yes` or `either`."
    from "forum 'code pauses when device is locked' (tag page, Nov 2025)", "OpenReader ADR 0053 (27.0)", "Voicely roadmap (26)"
}

/// Whether a lock of the device may pause or expire a continued task.
pub(super) fn lock_may_pause(cx: &Context) -> bool {
    cx.allows(LockPauses::Yes) || cx.lacks(&PRG_9)
}

/// Whether the device is locked, or may be. A lock of which a trace says nothing at all is none.
fn may_be_locked(facts: Facts, cx: &Context) -> bool {
    match facts.mask(Fact::Device(Condition::Locked)) {
        Facts::NO => false,
        Facts::YES => true,
        _ => !cx.is_unmentioned(Condition::Locked),
    }
}

/// Whether a lock excuses a task: it is or may be there, or is over and nothing has moved since.
fn is_locked_for(state: &State, cx: &Context, task: &Task) -> bool {
    may_be_locked(state.facts, cx) || task.excuses.lock != Excuse::NONE
}

/// The device is locked or unlocked, or may be: what runs while it may be locked is excused until it moves again.
pub(crate) fn lock_changes(state: &mut State, cx: &Context) {
    if may_be_locked(state.facts, cx) {
        for task in state.tasks.iter_mut().filter(|task| task.kind == Kind::Continued) {
            task.excuses.lock = Excuse::OPEN;
        }
    }
}

rule! {
    PRG_10, "indeterminate is no error": Must Scheduler
    since 26.0
    basis Documented, Observed(2)
    "Progress whose total or completed count is negative, or whose both are zero, is indeterminate and no \
        error; the card may look indeterminate until the first unit too. Completed beyond total is shown as \
        full."
    from "Progress.isIndeterminate", "phovo README", "EhPanda 15-UAT"
}

rule! {
    PRG_11, "fine progress": Should App
    since 26.0
    basis StaffCited, Observed(3)
    "Progress is fine enough to move well within the stall time-out (bytes, not files), written to \
        completedUnitCount directly, and seeded at the start."
    from "forum 805554", "forum 809182", "forum 805088"
}

rule! {
    PRG_12, "continue goes on": Must Scheduler
    since 26.0
    basis Documented, Observed(1)
    "Continue neither expires nor pauses the task; the stall rules go on as before."
    from "WWDC25 session 227", "OpenReader ADR 0053 (27.0)"
}
