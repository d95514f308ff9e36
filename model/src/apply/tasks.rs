//! What an event does to the tasks.

use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::{Does, Now, Op, TaskRef};
use crate::rules;
use crate::see::{Effect, Outcome, Sureness};
use crate::state::{Excuse, Excuses, FORGIVEN, Mark, NEVER, Outstanding, Owed, State, Sym, Task, Text, Why};
use crate::vocabulary::{Condition, Kind, Millis};

use super::cards;
use super::device::react;
use super::processes::wake;
use super::requests::insert;

/// A launch that was granted while the process was launching is delivered when it has finished (LAU-1).
pub(super) fn take_grant(state: &mut State, outcome: &Outcome) {
    for id in &outcome.shown().marked {
        if let Some(request) = take_outstanding(state, *id) {
            insert(
                &mut state.spent,
                Outstanding {
                    by: NEVER,
                    unsure: false,
                    ..request
                },
            );
        }
    }
}

pub(super) fn take_outstanding(state: &mut State, id: Sym) -> Option<Outstanding> {
    let place = state.requests.iter().position(|request| request.id == id)?;
    let request = state.requests.remove(place);
    state.waiting.retain(|waiting| *waiting != id);
    Some(request)
}

pub(super) fn take_request(state: &mut State, id: Sym, effect: Effect) -> Option<Outstanding> {
    if effect == Effect::DeliverSpent {
        let place = state.spent.iter().position(|request| request.id == id)?;
        return Some(state.spent.remove(place));
    }
    if state.granted == Some(id) {
        state.granted = None;
    }
    take_outstanding(state, id)
}

/// Something came of the launch of the process.
pub(super) fn settle_launch(state: &mut State) {
    if let Some(process) = &mut state.process {
        process.owes_delivery = None;
    }
}

pub(super) fn deliver(state: &mut State, cx: &Context, now: &Now, name: TaskRef, kind: Kind, effect: Effect) {
    let Some(request) = take_request(state, name.id, effect) else {
        return;
    };
    settle_launch(state);
    let handler = state.handler(name.id);
    let queue = handler.map_or(Text::NONE, |handler| handler.queue);
    let swiftui = handler.is_some_and(|handler| handler.swiftui);
    wake(state, now.at);
    if let Some(process) = &mut state.process
        && queue == Text::NONE
        && !swiftui
    {
        process.delivered_on_own = Some(now.at);
    }
    let with_start = rules::launch::delivers_with_start(state, now);
    let mut task = Task {
        id: name.id,
        n: name.n,
        kind,
        request: Outstanding {
            kind,
            mark: Mark::None,
            unsure: false,
            by: NEVER,
            until: NEVER,
            ..request
        },
        handler: swiftui,
        expired: false,
        expires_unseen: swiftui && !cx.surely_records("expired"),
        expired_at: 0,
        queue,
        since: now.at,
        with_start,
        company: false,
        maybe_over: !swiftui && !cx.records("completed_by_system"),
        taken_back: false,
        expire_by: Owed::NOTHING,
        held_until: Millis::MIN,
        excuses: Excuses::default(),
        texts: (request.title, request.subtitle),
        cancelled: false,
        continued: false,
        returned: false,
        hook_raises: Millis::MIN,
        progress_at: now.at,
        maybe_progress_at: now.at,
        child_at: Millis::MIN,
        highest: 0,
        completed: 0,
        total: 0,
        seeded: false,
        child: 0,
        stall_blamed: false,
        blamed: false,
        in_doubt: false,
    };
    owe_budget(&mut task, state, cx);
    use_between(&mut task, state, cx, now.at);
    if kind == Kind::Continued {
        rules::progress::begins(&mut task, state, cx);
    }
    let place = state
        .tasks
        .partition_point(|other| (other.id, other.n) < (name.id, name.n));
    state.tasks.insert(place, task);
    if kind == Kind::Continued {
        cards::delivered(state, cx, now, &task);
    }
}

/// The time that the task has from its delivery on (EXP-1, EXP-2), unless a debugger lifts it (DBG-7).
pub(super) fn owe_budget(task: &mut Task, state: &State, cx: &Context) {
    let debugged = !cx.lacks(&rules::debugging::DBG_7)
        && (task.request.simulated || task.request.vague)
        && state.process.is_some_and(|process| process.debugger);
    let budget = match task.kind {
        Kind::Refresh => cx.limits.refresh_budget,
        Kind::Processing | Kind::HealthResearch => cx.limits.processing_budget,
        Kind::Continued => None,
    };
    let modelled = cx.models(crate::vocabulary::Area::Expiration) && cx.records("expired");
    if let Some(budget) = budget
        && modelled
        && !debugged
    {
        owe(task, task.since + budget, Why::Budget);
    }
}

/// Somebody began to use the device between the launch and the delivery (EXP-9). A simulated launch asks for nothing.
fn use_between(task: &mut Task, state: &State, cx: &Context, at: Millis) {
    let used = state.facts.surely(Fact::Device(Condition::InUse));
    if used && task.kind == Kind::Processing && !task.request.simulated && rules::expiration::ends_by_use(cx) {
        owe(task, react(cx, at), Why::Use);
    }
}

/// The task has to be expired by then, unless it has to be earlier.
pub(super) fn owe(task: &mut Task, by: Millis, why: Why) {
    if !task.expired && !task.expires_unseen && by < task.expire_by.by {
        task.expire_by = Owed { by, why };
    }
}

pub(super) fn expire(state: &mut State, cx: &Context, now: &Now, name: TaskRef) {
    cards::expired(state, name);
    let Some(expired) = state.task(name.id, name.n).copied() else {
        return;
    };
    let by = react(cx, now.at);
    for task in &mut state.tasks {
        if (task.id, task.n) == (name.id, name.n) {
            task.expired = true;
            task.expired_at = now.at;
            task.handler = false;
            task.expire_by = Owed::NOTHING;
            task.taken_back = false;
        } else if rules::launch::are_of_one_launch(cx, task, &expired) {
            task.excuses.launch = Excuse::until(by);
        }
    }
}

/// Progress that was set this soon after the delivery was seeded at the start.
pub(crate) const SEEDED_BY: Millis = 10_000;

#[expect(clippy::too_many_arguments, reason = "the three counts of a report are told apart")]
pub(super) fn progress(
    task: &mut Task,
    cx: &Context,
    facts: Facts,
    child_may_count: bool,
    at: Millis,
    total: Option<i64>,
    completed: Option<i64>,
    child: Option<i64>,
) {
    task.seeded |= at <= task.progress_at + cx.limits.seeded;
    let mut sure = false;
    let mut maybe = false;
    if let Some(completed) = completed {
        sure |= completed > task.highest;
        maybe |= completed != task.completed;
        task.highest = task.highest.max(completed);
        task.completed = completed;
    }
    if let Some(total) = total {
        maybe |= total != task.total;
        task.total = total;
    }
    // Only a new count is no progress, and nothing else may count.
    maybe &= !cx.lacks(&rules::progress::PRG_4);
    if let Some(child) = child {
        let rises = child > task.child;
        maybe |= rises && child_may_count;
        if rises {
            task.child_at = at;
        }
        task.child = child;
    }
    if sure {
        task.progress_at = at;
        rules::progress::moves(task, cx, facts, react(cx, at));
    }
    if sure || maybe {
        task.maybe_progress_at = at;
        task.stall_blamed = false;
    }
}

pub(super) fn with_task(state: &mut State, name: TaskRef, change: impl FnOnce(&mut Task)) {
    if let Some(task) = state
        .tasks
        .iter_mut()
        .find(|task| (task.id, task.n) == (name.id, name.n))
    {
        change(task);
    }
}

pub(super) fn person(state: &mut State, cx: &Context, now: &Now, does: Does, name: TaskRef) {
    let by = react(cx, now.at);
    cards::person(state, does, name);
    with_task(state, name, |task| match does {
        Does::Stop => {
            task.excuses.stop = Excuse::until(by);
            owe(task, by, Why::Stop);
        }
        Does::Continue => {
            task.excuses.prompt = Excuse::NONE;
            task.continued = true;
        }
        Does::Ignore | Does::Dismiss | Does::Clear => {}
    });
}

pub(super) fn simulate_launch(state: &mut State, cx: &Context, now: &Now, op: &Op, sureness: Sureness) {
    let Op::SimulateLaunch(id) = op else { return };
    let finished = state.facts.surely(Fact::Finished);
    if sureness == Sureness::Unsure {
        // Undefined: it may come at once, in its turn or never.
        for request in state.requests.iter_mut().filter(|request| request.id == *id) {
            (request.unsure, request.loose) = (true, true);
            (request.by, request.until) = (FORGIVEN, NEVER);
        }
        return;
    }
    let Some(request) = take_outstanding(state, *id) else {
        return;
    };
    let by = if finished { react(cx, now.at) } else { NEVER };
    insert(
        &mut state.spent,
        Outstanding {
            by,
            simulated: true,
            unsure: false,
            ..request
        },
    );
}
