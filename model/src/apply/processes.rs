//! What an event does to the processes of the app.

use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::Now;
use crate::rules;
use crate::state::{By, Handler, Mark, NEVER, Outstanding, Process, State, Sym};
use crate::vocabulary::{Condition, Kind, Millis};

use super::cards;
use super::device::{react, use_begins};
use super::requests::insert;
use super::tasks::take_outstanding;

pub(super) fn start(state: &mut State, cx: &Context, now: &Now, pid: u32, by: By) {
    end_process(state);
    let person = by == By::Person;
    state.process = Some(Process {
        pid,
        by,
        suspended: false,
        suspended_at: Millis::MIN,
        delivered_on_own: None,
        left_foreground: None,
        owes_delivery: None,
        launches_until: NEVER,
        launches_over: false,
        kept_awake: false,
        debugger: false,
        gpu_told: None,
        from_before: false,
        work_began: false,
    });
    state.facts.tell(Fact::Finished, false);
    state.facts.tell(Fact::Foreground, person);
    if person {
        state.facts.tell(Fact::ForceQuit, false);
        come_to_foreground(state, cx, now);
    }
}

pub(super) fn launch(state: &mut State, cx: &Context, now: &Now, pid: u32, known: Option<&Vec<Sym>>, marked: &[Sym]) {
    start(state, cx, now, pid, By::Scheduler);
    match known {
        Some(ids) => {
            for id in ids {
                if let Some(request) = take_outstanding(state, *id) {
                    let mark = Mark::WithProcess;
                    insert(
                        &mut state.spent,
                        Outstanding {
                            mark,
                            by: NEVER,
                            unsure: false,
                            ..request
                        },
                    );
                }
            }
        }
        None => {
            for request in state.requests.iter_mut().filter(|request| marked.contains(&request.id)) {
                request.mark = Mark::Maybe;
            }
            if let Some(process) = &mut state.process {
                process.owes_delivery = Some(NEVER);
            }
        }
    }
    if known.is_some_and(|ids| state.granted.is_some_and(|granted| ids.contains(&granted))) {
        state.granted = None;
    }
}

pub(super) fn finish_launching(state: &mut State, cx: &Context, now: &Now) {
    state.facts.tell(Fact::Finished, true);
    let by = react(cx, now.at);
    for spent in &mut state.spent {
        if spent.mark == Mark::Free {
            spent.until = by;
        } else {
            spent.by = by;
        }
    }
    if let Some(process) = &mut state.process {
        process.launches_until = by;
        process.launches_over = false;
    }
    if let Some(process) = &mut state.process
        && process.owes_delivery == Some(NEVER)
    {
        process.owes_delivery = Some(by);
    }
}

pub(super) fn come_to_foreground(state: &mut State, cx: &Context, now: &Now) {
    state.facts.tell(Fact::Foreground, true);
    let used = state.facts.mask(Fact::Device(Condition::InUse));
    state.facts.tell(Fact::Device(Condition::InUse), true);
    state.facts.tell(Fact::Device(Condition::Locked), false);
    state.facts.tell(Fact::Device(Condition::UnlockedOnce), true);
    state.locked_at = None;
    use_begins(state, cx, now, used);
}

pub(super) fn foreground(state: &mut State, cx: &Context, now: &Now) {
    come_to_foreground(state, cx, now);
    if state.facts.surely(Fact::ForceQuit) {
        // The person opens an app whose process another reason had started: whether that is the launch that clears the
        // mark, no source says.
        state.facts.set(Fact::ForceQuit, Facts::OPEN);
    }
    cards::came_to_foreground(state);
    wake(state, now.at);
    if let Some(process) = &mut state.process {
        process.left_foreground = None;
    }
    for task in state.tasks.iter_mut().filter(|task| task.kind == Kind::Continued) {
        task.returned = true;
    }
}

pub(super) fn background(state: &mut State, cx: &Context, now: &Now) {
    let was_there = state.facts.mask(Fact::Foreground) != Facts::NO;
    state.facts.tell(Fact::Foreground, false);
    rules::launch::leaves_foreground(state);
    leave_device(state, cx);
    cards::left_foreground(state, cx, now);
    if let Some(process) = &mut state.process
        && was_there
    {
        process.left_foreground = Some(now.at);
    }
}

/// The app is not in front any more: what is done with the device is not known where nobody follows it.
pub(crate) fn leave_device(state: &mut State, cx: &Context) {
    for condition in [Condition::InUse, Condition::Locked] {
        if !cx.tracks(condition) {
            state.facts.set(Fact::Device(condition), Facts::OPEN);
        }
    }
    rules::progress::lock_changes(state, cx);
}

/// The process ends, as a line tells.
pub(super) fn die(state: &mut State, cx: &Context) {
    if state.process.is_some() && state.facts.mask(Fact::Foreground) != Facts::NO {
        leave_device(state, cx);
    }
    end_process(state);
}

/// The process is suspended no more: the time of it is nobody's (PRG-1).
pub(super) fn wake(state: &mut State, at: Millis) {
    let Some(process) = &mut state.process else { return };
    if !process.suspended {
        return;
    }
    let slept = at - process.suspended_at;
    (process.suspended, process.suspended_at) = (false, Millis::MIN);
    rules::progress::sleeps(state, slept);
}

/// The process is gone, and with it handlers, tasks, launched requests and calls.
pub(crate) fn end_process(state: &mut State) {
    rules::launch::leaves_foreground(state);
    rules::continued::process_ends(state);
    let owed = state.process.is_some_and(|process| process.owes_delivery.is_some());
    let only = state
        .requests
        .iter()
        .filter(|request| request.mark == Mark::Maybe)
        .count()
        == 1;
    if owed && only {
        // It was launched for this one and nothing else: the request is spent.
        state.requests.retain(|request| request.mark != Mark::Maybe);
    }
    for request in &mut state.requests {
        if matches!(request.mark, Mark::Maybe | Mark::Later) {
            request.mark = Mark::None;
            request.unsure = true;
        }
    }
    cards::process_ended(state);
    state.process = None;
    state.handlers.clear();
    state.spent.clear();
    state.tasks.clear();
    state.working.clear();
    state.blocked.clear();
    state.flights.clear();
    state.granted = None;
    state.facts.tell(Fact::Finished, false);
    state.facts.tell(Fact::Foreground, false);
}

pub(super) fn set_handler(state: &mut State, handler: Handler) {
    match state.handlers.binary_search_by_key(&handler.id, |other| other.id) {
        Ok(place) => state.handlers[place] = handler,
        Err(place) => state.handlers.insert(place, handler),
    }
}
