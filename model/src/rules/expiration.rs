//! Running time: expiration, the completion by the system, suspension and kills.

use super::{cancelling, card, completion, debugging, launch, life, progress};
use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::{Now, Seen, TaskRef};
use crate::see::{Drops, Effect, See};
use crate::setting::{CpuMonitor, ExpirationQueue, ExpireOnLostCondition, HealthNeedsIdle, ProcessingNeedsIdle};
use crate::state::{Excuse, FORGIVEN, NEVER, State, Task, Text, Why};
use crate::vocabulary::{Area, Condition, KillCause, Kind};

/// A task's expiration handler was called.
pub(super) fn expired(see: &mut See<'_>, task: TaskRef, queue: Seen) {
    let state = see.state;
    if state.process.is_none() {
        // A process that the person closed is called no more.
        see.refuse(&life::LIF_7);
        return see.refuse(&life::LIF_8);
    }
    let Some(task) = state.task(task.id, task.n) else {
        see.refuse(&EXP_3);
        return see.refuse(&EXP_6);
    };
    let mut refused = false;
    see.exercise(&EXP_3);
    refused |= see.forbids(&EXP_3, task.expired) & see.forbids(&EXP_6, task.expired);
    if !task.expired {
        let unhandled = !task.handler && !task.in_doubt;
        refused |= see.forbids(&EXP_6, unhandled) & see.forbids(&EXP_5, unhandled);
    }
    refused |= is_on_other_queue(see, task, queue);
    may_expire(see, task, refused);
}

/// The system completed a task as unsuccessful: only one without an expiration handler.
pub(super) fn completed_by_system(see: &mut See<'_>, task: TaskRef) {
    let state = see.state;
    let Some(task) = state.task(task.id, task.n) else {
        return see.refuse(&completion::CMP_2);
    };
    let handled = task.handler && !task.in_doubt || task.expired;
    let refused = see.forbids(&EXP_5, handled);
    if !handled {
        see.exercise(&EXP_5);
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
        (task.excuses.launch.holds(see.now.earliest), &EXP_8),
        (lost_a_condition(see.state, see.cx, task), &EXP_10),
        (task.excuses.lock != Excuse::NONE, &progress::PRG_9),
    ];
    for (_, rule) in named.into_iter().filter(|(holds, _)| *holds) {
        see.exercise(rule);
    }
    if task.taken_back {
        see.exercise(&EXP_17);
    }
    if !refused {
        let by = match task.expire_by.why {
            _ if task.expire_by.by == NEVER && task.kind == Kind::Continued && see.calm() => {
                progress::reason_of(see, task)
            }
            _ if task.expire_by.by == NEVER => &EXP_4,
            Why::Budget if see.now.latest < task.expire_by.by => &EXP_4,
            Why::Budget if task.kind == Kind::Refresh => &EXP_1,
            Why::Budget => &EXP_2,
            Why::Use => &EXP_9,
            Why::Stop => &card::UIX_3,
            Why::Cancel => &cancelling::CAN_4,
            Why::Simulated => &debugging::DBG_3,
            Why::TakenBack => &EXP_17,
        };
        see.exercise(&EXP_11);
        see.permit(by, Effect::Happens(Drops::NONE));
    }
}

rule! {
    EXP_1, "refresh expires by budget": Must Scheduler
    basis Documented
    decided by RefreshBudget
    "A refresh task is expired 30 seconds after its delivery at the latest, if it still runs. While a \
        processing or health research task of the same launch runs or is still to be delivered it may share that \
        one's time: it then has until the last of them ends or its own 30 seconds are over, whichever is later. \
        Whether the time to wrap up lies within the 30 seconds or after them is not documented."
    from "Choosing Background Strategies for Your App", "WWDC19 session 707", "BGTask.expirationHandler"
}

/// Whether a refresh has company: another task of its launch, whose time it may share, runs or is still to be delivered.
fn has_company(state: &State, cx: &Context, task: &Task) -> bool {
    let shares = |other: &Task| {
        let long = matches!(other.kind, Kind::Processing | Kind::HealthResearch) || other.kind_in_doubt();
        long && (other.id, other.n) != (task.id, task.n) && launch::are_of_one_launch(cx, other, task)
    };
    state.tasks.iter().any(shares) || task.with_start && launch::has_more_to_deliver(state)
}

/// Company came or went: with the last of it the time that a refresh shared is over, and its own may be since long.
pub(crate) fn share_time(state: &mut State, cx: &Context, now: &Now) {
    for place in 0..state.tasks.len() {
        let task = &state.tasks[place];
        if task.kind != Kind::Refresh || task.expired {
            continue;
        }
        let company = has_company(state, cx, task);
        let task = &mut state.tasks[place];
        if task.company && !company && task.expire_by.why == Why::Budget && task.expire_by.by < FORGIVEN {
            task.expire_by.by = task.expire_by.by.max(now.at);
        }
        task.company = company;
    }
}

rule! {
    EXP_2, "processing runs for minutes": May Scheduler
    basis Documented
    decided by ProcessingBudget
    "A processing or health research task runs for minutes; no number is documented. Where the setting \
        has a number the task is expired by then."
    from "BGProcessingTask", "WWDC19 session 707"
}

rule! {
    EXP_3, "expires once": Must Scheduler
    basis Documented, Inferred
    "The expiration handler of a task is called once at most, and never after the task completed."
    from "BGTask.h (26)"
}

rule! {
    EXP_4, "may expire any time": May Scheduler
    basis Documented, Observed(2)
    "A task may be expired at any time, well before its budget (2 to 5 seconds were seen for refresh). A \
        continued task on a calm device is excepted: PRG-6."
    from "BGTask.h", "forum 780956"
}

rule! {
    EXP_5, "no handler completed by system": Must Scheduler
    basis Documented
    "A task expired with no handler set is completed as unsuccessful, without a warning. Where that \
        completion cannot be observed, such a task may be over at any moment."
    from "BGTask.expirationHandler", "BGTask.h (26)"
}

rule! {
    EXP_6, "handler cleared": Must Scheduler
    basis Documented, Inferred
    "The handler is cleared by its call and by completion; one set later is never called."
    from "BGTask.h (13, 26)"
}

rule! {
    EXP_7, "killed only after grace": Must Scheduler
    basis Documented, Inferred
    decided by ExpirationGrace
    "For overrunning its time an app is killed only after the expiration handler of the task was called, or \
        could not be called because the app blocks that task's registration queue (EXP-13), and the grace is \
        over. Where the device is not calm the process of a running continued task may be ended abruptly, \
        without the call. The grace is not documented: a setting, one for all tasks of the app. A task completed \
        by the system (EXP-5) is no reason to kill. A kill of unknown cause is never a breach."
    from "BGTask.h", "BGTask.expirationHandler", "SakuraRSS PR 254", "BGContinuedProcessingTask"
}

/// Whether a task expired and may have had its grace, so that the app may be killed for it.
pub(super) fn is_grace_over(now: &crate::op::Now, cx: &Context, task: &Task) -> bool {
    task.expired && now.latest >= task.expired_at + cx.limits.grace.unwrap_or(0)
}

/// The system killed the process.
pub(super) fn killed(see: &mut See<'_>, cause: KillCause) {
    let state = see.state;
    see.exercise(&EXP_7);
    if cause == KillCause::Cpu {
        see.exercise(&EXP_15);
    }
    let allowed = match cause {
        KillCause::Time => {
            // Whose queue the app blocks could not be called.
            let blocked = state.tasks.iter().any(|task| is_blocked(state, task));
            let unseen = |task: &Task| task.in_doubt || !see.cx.sees_expiry;
            let over = |task: &Task| unseen(task) || is_grace_over(see.now, see.cx, task);
            let ran_out = state.tasks.iter().any(over);
            // Where the device is not calm, a continued task may end abruptly with its process.
            let abrupt = |task: &Task| task.kind == Kind::Continued || task.kind_in_doubt();
            let abruptly = !see.calm() && state.tasks.iter().any(abrupt);
            let allowed = ran_out || blocked || abruptly || see.from_before();
            (!see.holds(&EXP_7, !allowed)).then_some(&completion::CMP_7)
        }
        KillCause::Cpu => {
            let free = is_free_of_cpu_monitor(see);
            (!see.holds(&EXP_15, free)).then_some(&EXP_7)
        }
        KillCause::Memory | KillCause::LaunchWatchdog | KillCause::Other | KillCause::Unknown => Some(&EXP_12),
    };
    match allowed {
        Some(by) => life::ends(see, by),
        None if cause == KillCause::Cpu => see.refuse(&EXP_15),
        None => {
            see.refuse(&EXP_7);
            if state.tasks.is_empty() {
                see.refuse(&completion::CMP_6);
            }
            if see.cx.story.completed_late {
                see.also_breaks(&completion::CMP_2);
            }
        }
    }
}

rule! {
    EXP_8, "tasks of launch expire together": May Scheduler
    basis Documented, Inferred
    "The time is given to the launch, not to the task: tasks of one launch may expire together, at any \
        moment that one of them may."
    from "WWDC19 session 707"
}

rule! {
    EXP_9, "processing expires on use": Must Scheduler
    basis Documented, Inferred
    "Processing that runs when somebody starts to use the device is expired within `reaction_time`, through \
        its expiration handler; coming to the foreground is use of the device. Where `processing_needs_idle` is \
        `no` it may go on as well. Use of the device is no reason to expire refresh. Health research: setting \
        `health_needs_idle`."
    from "BGProcessingTask"
}

/// Whether use of the device has to end processing: where it may go on as well, nothing is owed.
pub(crate) fn ends_by_use(cx: &Context) -> bool {
    is_seen(cx) && !cx.allows(ProcessingNeedsIdle::No)
}

/// Whether an expiry would be seen in the trace.
pub(crate) fn is_seen(cx: &Context) -> bool {
    cx.models(Area::Expiration) && cx.records("expired")
}

/// Whether somebody uses the device, or may, and that is a reason to expire this task.
fn is_used(state: &State, cx: &Context, task: &Task) -> bool {
    let used = !is_surely(state, cx, Condition::InUse, Facts::NO);
    used && match task.kind {
        Kind::Processing => true,
        Kind::HealthResearch => state.facts.chosen() != Some(HealthNeedsIdle::No),
        Kind::Refresh | Kind::Continued => false,
    }
}

rule! {
    EXP_10, "lost condition may expire": May Scheduler
    basis Documented, Inferred
    decided by ExpireOnLostCondition
    "A task whose required power or network goes away while it runs may be expired while it is gone; under \
        `no` that is no reason (EXP-17; elsewhere EXP-4 allows any expiry)."
    from "BGTask.h"
}

/// Whether the network or the power that a task requires is gone, or may be, and that is a reason. With Background App
/// Refresh off what happens to running tasks is unspecified (CON-6).
fn lost_a_condition(state: &State, cx: &Context, task: &Task) -> bool {
    let lacks = |condition| !is_surely(state, cx, condition, Facts::YES);
    task.request.network && lacks(Condition::Network) || task.request.power && lacks(Condition::Power)
}

fn is_switched_off(state: &State, cx: &Context) -> bool {
    !is_surely(state, cx, Condition::BackgroundRefresh, Facts::YES)
        || !is_surely(state, cx, Condition::BackgroundLaunches, Facts::NO)
}

/// Whether a condition is known to be so: of one that nobody told, what the launch rested on says nothing of later.
fn is_surely(state: &State, cx: &Context, condition: Condition, mask: u8) -> bool {
    let fact = Fact::Device(condition);
    state.facts.mask(fact) == mask && !cx.is_untold(fact)
}

rule! {
    EXP_11, "expiration tells no reason": Must Scheduler
    basis Documented, Staff
    "The handler gets no argument and no reason: user stop, stall, pressure and time look alike to the \
        app."
    from "forum 818623", "forum 'Feature Request: Reason for taskExpiration' (tag page, Nov 2025)"
}

rule! {
    EXP_12, "memory and crash end without call": May Device
    basis Staff, Documented, Observed(1)
    "Memory pressure and crashes end a process, suspended or running, without any expiration call; so does \
        the watchdog one that takes too long to launch."
    from "forum 809661", "forum 818623", "cocoabytes guide to BackgroundTasks", "article Addressing watchdog terminations"
}

rule! {
    EXP_13, "registration queue not blocked": Must App
    basis Documented, Observed(1)
    "The app does not block the registration queue of a task while that task runs. While it does, the \
        scheduler's duties to call for that task (EXP-1, EXP-9, UIX-3) wait, unless `expiration_queue` is \
        `background`. Other queues do not count."
    from "BGTaskScheduler.h (13 to 16)", "duckduckgo iOS 782"
}

/// Whether the app may block the registration queue of a task. Other queues do not count.
pub(super) fn is_blocked(state: &State, task: &Task) -> bool {
    is_held_back(&state.blocked, task)
}

/// Whether its registration queue is, or may be, one of those that are blocked.
pub(crate) fn is_held_back(blocked: &[Text], task: &Task) -> bool {
    let unknown = task.queue == Text::ANY && !blocked.is_empty();
    unknown || blocked.contains(&task.queue) || task.queue != Text::NONE && blocked.contains(&Text::ANY)
}

rule! {
    EXP_14, "handler set first": Should App
    basis Documented, Observed(4)
    "The expiration handler is set first thing in the launch handler, cancels the work, and leads to \
        completion at once. (SwiftUI's `.backgroundTask` sets one by itself: no advice there.)"
    from "cocoabytes guide to BackgroundTasks", "corona-warn-app 740", "SakuraRSS PR 254"
}

rule! {
    EXP_15, "powered processing not killed for cpu": Must Scheduler
    basis Documented, Staff, Inferred
    decided by CpuMonitor
    "While processing or health research that requires external power runs, the app is not killed for CPU \
        use. (Two reports of iOS 14 show such kills; staff called them a bug: allowed in the field.)"
    from "BGTaskRequest.h", "WWDC19 session 707", "forum 675166", "react-native-background-fetch 323"
}

fn is_free_of_cpu_monitor(see: &See<'_>) -> bool {
    let powered = |task: &Task| matches!(task.kind, Kind::Processing | Kind::HealthResearch) && task.request.power;
    see.state.tasks.iter().any(powered) && !see.cx.allows(CpuMonitor::On)
}

rule! {
    EXP_16, "queue of expiration": May Scheduler
    basis Documented, Observed(2)
    decided by ExpirationQueue
    "The expiration handler is called on the registration queue (headers 13 to 16; a blocked queue held \
        it back on 14) or on another background queue (seen on 26)."
    from "BGTaskScheduler.h (13 to 16)", "duckduckgo iOS 782", "NextSeason crash (26)", "cocoabytes guide to BackgroundTasks"
}

/// Whether the call came where this implementation does not call. A call on another queue than that of the registration,
/// or while that one is blocked, tells `background`; one on a queue that the app gave tells `registration`.
fn is_on_other_queue(see: &mut See<'_>, task: &Task, seen: Seen) -> bool {
    if task.queue == Text::ANY {
        return false;
    }
    let (elsewhere, there) = match seen {
        Seen::No => (false, false),
        Seen::Own => (task.queue != Text::NONE, false),
        Seen::Given(queue) => (task.queue != queue, task.queue == queue),
    };
    // A simulated expiration does not wait.
    let blocked = see.state.blocked.contains(&task.queue) && !task.excuses.simulated.holds(see.now.earliest);
    if !elsewhere && !there && !blocked {
        return false;
    }
    see.exercise(&EXP_16);
    if see.lacks(&EXP_16) {
        return elsewhere && see.forbid(&EXP_16);
    }
    let registration = see.chose(ExpirationQueue::Registration);
    let refused = registration && (elsewhere || blocked) || !registration && there;
    see.forbids(&EXP_16, refused)
}

rule! {
    EXP_17, "driven expires when taken back": Must Scheduler
    basis Inferred
    "An implementation that leaves the decision to the runner (driven) expires a running task within the \
        answer when the runner takes its time back, and otherwise only where another rule demands or names a \
        reason. A reason counts while it lasts: a budget with a number from when it is over, an unknown one at \
        any moment; use of the device while it is used; a lost condition (EXP-10) while it is lost; a simulated \
        expiration, or the expiry of a task of the same launch (EXP-8), for `reaction_time`."
    from "the adapter contract"
}

fn was_not_taken_back(see: &mut See<'_>, task: &Task) -> bool {
    // Where launches are not recorded its time may have begun before its delivery.
    let unknown = see.state.unheard || task.in_doubt || task.request.vague || see.cx.hides_answers;
    if !see.cx.driven || task.kind == Kind::Continued || unknown {
        return false;
    }
    let (state, cx) = (see.state, see.cx);
    // At any moment that one task of a launch may expire, the others may (EXP-8).
    let together = |other: &Task| {
        let same = (other.id, other.n) == (task.id, task.n);
        same || !cx.lacks(&EXP_8) && launch::are_of_one_launch(cx, other, task)
    };
    let mut company = state.tasks.iter().filter(|other| together(other));
    let may = company.clone().any(|other| has_reason(see, other))
        // Use of the device is a reason for health research only where it needs an idle one: an expiry for it says so.
        || company.any(|other| other.kind == Kind::HealthResearch && is_used(state, cx, other))
            && see.chose(HealthNeedsIdle::Yes);
    let refused = see.forbids(&EXP_17, !may);
    if refused {
        names_of_no_reason(see, task);
    }
    refused
}

/// Names the rules that say of something that it is no reason to expire this task.
fn names_of_no_reason(see: &mut See<'_>, task: &Task) {
    if task.cancelled {
        see.also_breaks(&cancelling::CAN_3);
    }
    if task.kind != Kind::Refresh {
        return;
    }
    if see.state.facts.surely(Fact::Device(Condition::InUse)) {
        see.also_breaks(&EXP_9);
    }
    // None is launched into the foreground.
    if see.state.facts.surely(Fact::Foreground) {
        see.also_breaks(&life::LIF_9);
    }
}

/// Whether a rule demands that a task expires now, or names a reason: a reason counts while it lasts.
fn has_reason(see: &See<'_>, task: &Task) -> bool {
    let (state, cx, now) = (see.state, see.cx, see.now);
    if task.taken_back {
        return true;
    }
    let budget = match task.kind {
        Kind::Refresh => cx.limits.refresh_budget,
        Kind::Processing | Kind::HealthResearch | Kind::Continued => cx.limits.processing_budget,
    };
    // A budget that is not known may be over at any moment.
    let over = budget.is_none_or(|budget| now.latest >= task.since + budget);
    let demanded = over || task.expire_by.by < FORGIVEN && task.expire_by.why != Why::Budget;
    demanded
        || task.excuses.launch.holds(now.earliest) && !see.lacks(&EXP_8)
        || lost_a_condition(state, cx, task) && cx.allows(ExpireOnLostCondition::Yes) && !see.lacks(&EXP_10)
        || task.excuses.lost.holds(now.earliest) && cx.allows(ExpireOnLostCondition::Yes)
        || task.excuses.used.holds(now.earliest)
        || is_switched_off(state, cx)
        || task.kind == Kind::Processing && is_used(state, cx, task)
        || task.excuses.simulated.holds(now.earliest)
}

/// The runner goes on: what it took back should have been expired, but for what waits for its blocked queue (EXP-13).
pub(super) fn settle_taken_back(see: &mut See<'_>) -> bool {
    let state = see.state;
    let is_owed = |task: &&Task| task.taken_back && !task.expired && !task.maybe_over && see.cx.sees_expiry;
    let (mut held, mut owed) = (false, false);
    for task in state.tasks.iter().filter(is_owed) {
        let waits = is_blocked(state, task);
        held |= waits;
        owed |= !waits;
    }
    let broken = owed || held && !see.chose(ExpirationQueue::Registration);
    !see.forbids(&EXP_17, broken)
}
