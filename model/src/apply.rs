//! Carries out what was decided: total, without a guard of its own.

mod cards;
mod device;
mod processes;
mod requests;
mod tasks;

use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::{Ask, Death, Now, Op, Reply, Submission};
use crate::rules;
use crate::see::{Drops, Effect, Outcome, Place, Sureness};
use crate::setting::ExpirationQueue;
use crate::state::{Excuse, Flight, FlightResult, Handler, Mark, NEVER, Presence, State, Task, Why};
use crate::vocabulary::{Condition, Kind, Millis};

use device::{device, react};
use processes::{background, die, finish_launching, foreground, launch, set_handler, start, wake};
pub(crate) use processes::{end_process, leave_device};
use requests::{
    Continued, cancel, doubt_unheard, drop_requests, go_on_launched, land, launch_unseen, put, start_waiting,
};
pub(crate) use requests::{doubt_request, remove, vague};
pub(crate) use tasks::SEEDED_BY;
use tasks::{
    deliver, expire, owe, person, progress, settle_launch, simulate_launch, take_grant, take_request, with_task,
};

pub(crate) fn apply(state: &mut State, cx: &Context, now: &Now, ask: &Ask, outcome: &Outcome) {
    #[cfg(test)]
    crate::reach::carried_out(ask, outcome.effect);
    state.facts = outcome.facts;
    learn(state, cx, outcome);
    match outcome.effect {
        Effect::Nothing => {}
        Effect::Happens(drops) => happens(state, cx, now, ask, outcome, drops),
        Effect::Put(_) | Effect::MayPut => {
            if let Op::Submit(submission) = &ask.op {
                let (sureness, place) = match outcome.effect {
                    Effect::Put(place) => (Sureness::Sure, place),
                    _ => (Sureness::Unsure, Place::Back),
                };
                let raced = &outcome.shown().marked;
                put(state, cx, now, submission.request, (sureness, place), raced);
            }
        }
        Effect::Lands(landing) => {
            if let Op::Submit(submission) = &ask.op {
                land(state, cx, now, submission, landing, &outcome.shown().marked);
            }
        }
        Effect::Cancels { expires } => cancel(state, cx, now, &ask.op, expires, &outcome.shown().marked),
        Effect::Simulates(sureness) => simulate_launch(state, cx, now, &ask.op, sureness),
        Effect::DeliverSpent | Effect::DeliverOutstanding => match &ask.op {
            Op::Delivered { task, kind, .. } => deliver(state, cx, now, *task, *kind, outcome.effect),
            Op::DeliveryRaised(id, _) => {
                take_request(state, *id, outcome.effect);
                settle_launch(state);
            }
            _ => {}
        },
    }
    if !state.flights.is_empty() {
        doubt_unheard(state);
    }
    bring_up_to_date(state, cx, now);
}

/// Brings what hangs on several parts of the state up to date: who may start, and when the next obligation falls due.
pub(crate) fn finish(state: &mut State, cx: &Context, now: &Now) {
    bring_up_to_date(state, cx, now);
}

#[inline(always)]
fn bring_up_to_date(state: &mut State, cx: &Context, now: &Now) {
    let mut due = NEVER;
    let mut continued = Continued::default();
    for request in &state.requests {
        let by = rules::launch_owed_by(request);
        due = due.min(rules::request_due(state, request));
        if request.kind == Kind::Continued {
            continued.requests += 1;
            continued.at_once += usize::from(request.starts_at_once());
            continued.timed += usize::from(by != NEVER && !request.starts_at_once());
        }
    }
    if continued.requests > 0 && start_waiting(state, cx, now, continued) {
        let owed = state.requests.iter().map(|request| rules::request_due(state, request));
        due = owed.min().unwrap_or(NEVER);
    }
    if !state.tasks.is_empty() {
        rules::expiration::share_time(state, cx, now);
    }
    state.due = if rules::owes_besides_launches(state) {
        due.min(earliest_besides_launches(state, cx))
    } else {
        due
    };
    if cx.lacks_any() {
        state.due = earliest_with_rule_out(state, cx);
    }
    #[cfg(test)]
    crate::reach::passed(state);
}

#[cold]
fn earliest_with_rule_out(state: &State, cx: &Context) -> Millis {
    let mut due = NEVER;
    rules::each_debt(state, cx, |by, _| due = due.min(by));
    due
}

#[inline(never)]
fn earliest_besides_launches(state: &State, cx: &Context) -> Millis {
    let mut due = NEVER;
    rules::each_debt_besides_launches(state, cx, |by, _| due = due.min(by));
    due
}

fn learn(state: &mut State, cx: &Context, outcome: &Outcome) {
    let Some(shown) = &outcome.shown else { return };
    for (id, there) in &shown.presence {
        if *there {
            // What is there was not launched: a launch spends it. The one that the process was launched for may still be
            // listed until it is delivered, as where it is known which it is.
            let launches_are_seen = state.facts.surely(Fact::Finished) || state.process.is_none();
            let owed = state.process.is_some_and(|process| process.owes_delivery.is_some());
            for request in state.requests.iter_mut().filter(|request| request.id == *id) {
                request.unsure = false;
                if launches_are_seen && (request.mark == Mark::Maybe && !owed || request.mark == Mark::Later) {
                    request.mark = Mark::None;
                }
            }
        } else {
            // Where the process may have been launched for it, its delivery may come all the same.
            let gone = state.request(*id).copied();
            remove(state, *id);
            if let Some(gone) = gone {
                go_on_launched(state, cx, gone);
            }
        }
    }
    shown.launched.iter().for_each(|id| launch_unseen(state, *id));
    for (id, there) in &shown.handlers {
        let there = if *there { Presence::Yes } else { Presence::No };
        set_handler(
            state,
            Handler {
                id: *id,
                there,
                late: false,
                queue: crate::state::Text::ANY,
                swiftui: false,
            },
        );
    }
}

fn happens(state: &mut State, cx: &Context, now: &Now, ask: &Ask, outcome: &Outcome, drops: Drops) {
    drop_requests(state, cx, drops);
    match &ask.op {
        Op::Device(change) => device(state, cx, now, change),
        Op::Installed => state.installed = true,
        Op::Updated { upgrades } => {
            die(state, cx);
            cards::may_be_wiped(state);
            if *upgrades {
                boot(state, cx);
                // What was learned of the system holds no more.
                cx.profile.lay_down(&mut state.facts);
            }
        }
        Op::Dies(Death::Crash | Death::Memory) | Op::Killed(_) => die(state, cx),
        Op::Uninstalled => {
            die(state, cx);
            cards::may_be_wiped(state);
            state.installed = false;
            state.facts.tell(Fact::ForceQuit, false);
        }
        Op::Dies(Death::ForceQuit) => {
            die(state, cx);
            state.facts.tell(Fact::ForceQuit, true);
        }
        Op::Reboot => {
            end_process(state);
            cards::may_be_wiped(state);
            boot(state, cx);
        }
        Op::Started { pid, by } => start(state, cx, now, *pid, *by),
        Op::Launched { pid, known } => launch(state, cx, now, *pid, known.then_some(&ask.ids), &outcome.shown().marked),
        Op::LaunchFinished => finish_launching(state, cx, now),
        Op::Foreground => foreground(state, cx, now),
        Op::Background => background(state, cx, now),
        Op::KeptAwake(awake) => {
            if *awake {
                wake(state, now.at);
            }
            if let Some(process) = &mut state.process {
                process.kept_awake = *awake;
            }
        }
        Op::Debugger(attached) => {
            if let Some(process) = &mut state.process {
                process.debugger = *attached;
            }
        }
        Op::Person(does, task) => person(state, cx, now, *does, *task),
        Op::SimulateLaunch(id) => rules::debugging::meets_running(state, *id, react(cx, now.at)),
        Op::SimulateExpiration(id) => {
            let by = react(cx, now.at);
            for task in state.tasks.iter_mut().filter(|task| task.id == *id && !task.expired) {
                task.excuses.simulated = Excuse::until(by);
                if task.request.simulated {
                    owe(task, by, Why::Simulated);
                }
            }
        }
        Op::Grant(id) => state.granted = Some(*id),
        Op::TakeBack(name) => with_task(state, *name, |task| task.taken_back = true),
        Op::Settle => {
            take_grant(state, outcome);
            state.granted = None;
            state.unheard = false;
            // Where calls do not wait for a blocked queue, that none came was a breach.
            let waits = state.facts.chosen() != Some(ExpirationQueue::Background);
            let State { tasks, blocked, .. } = state;
            for task in tasks {
                if std::mem::take(&mut task.taken_back) && waits && rules::expiration::is_held_back(blocked, task) {
                    owe(task, now.at, Why::TakenBack);
                }
            }
        }
        Op::Register { id, queue, swiftui } => {
            let late = state.facts.surely(Fact::Finished);
            set_handler(
                state,
                Handler {
                    id: *id,
                    there: Presence::Yes,
                    late,
                    queue: *queue,
                    swiftui: *swiftui,
                },
            );
        }
        Op::Submit(Submission {
            request,
            number: Some(number),
        }) => {
            // Of one without a title nothing is owed (SUB-21).
            let by = if rules::continued::lacks_title(request) {
                NEVER
            } else {
                react(cx, now.at)
            };
            let from_app = now.caller.app;
            let heard = cx.records("submission_completed") || cx.records("delivered");
            let flight = Flight {
                number: *number,
                request: *request,
                result: (!heard).then_some(FlightResult::Unheard),
                by,
                from_app,
            };
            let place = state.flights.partition_point(|other| other.number < *number);
            state.flights.insert(place, flight);
        }
        Op::SubmissionCompleted { number, .. } => {
            rules::continued::completes(state, cx, now, *number);
            state.flights.retain(|flight| flight.number != *number);
        }
        Op::SupportedResources => {
            if let (Some(process), Reply::Resources(gpu)) = (&mut state.process, ask.reply) {
                process.gpu_told = Some(gpu);
            }
        }
        Op::SetExpirationHandler { task, set } => {
            let unseen = !cx.records("completed_by_system");
            with_task(state, *task, |task| {
                task.handler = *set && !task.expired;
                // One that may have ended unseen before may still have.
                task.maybe_over |= !*set && !task.expired && unseen;
            });
        }
        Op::Progress {
            task,
            total,
            completed,
            child,
        } => {
            let child_may_count = rules::progress::child_may_count(state, cx);
            let facts = state.facts;
            with_task(state, *task, |task| {
                progress(task, cx, facts, child_may_count, now.at, *total, *completed, *child)
            });
        }
        Op::Complete { task, success } => {
            cards::completed(state, cx, now, *task, *success);
            state.tasks.retain(|other| (other.id, other.n) != (task.id, task.n));
        }
        Op::UpdateTitle { task, title, subtitle } => {
            with_task(state, *task, |task| {
                rules::progress::retitled(task, cx, (*title, *subtitle), now.at)
            });
            cards::retitled(state, cx, now, *task, (*title, *subtitle));
        }
        Op::Card {
            task,
            is,
            title,
            subtitle,
        } => cards::seen(state, cx, now, *task, *is, (*title, *subtitle)),
        Op::CompletedBySystem(task) => {
            expire(state, cx, now, *task);
            cards::completed(state, cx, now, *task, false);
            state.tasks.retain(|other| (other.id, other.n) != (task.id, task.n));
        }
        Op::BlockQueue(queue) if !state.blocked.contains(queue) => {
            state.blocked.push(*queue);
            state.blocked.sort_unstable();
        }
        Op::UnblockQueue(queue) => {
            state.blocked.retain(|blocked| blocked != queue);
            let by = react(cx, now.at);
            let held = |task: &&mut Task| rules::expiration::is_held_back(&[*queue], task);
            for task in state.tasks.iter_mut().filter(held) {
                task.held_until = by;
            }
        }
        Op::WorkEnded(id) => state.working.retain(|working| working != id),
        Op::WorkBegan(id) => {
            if let Err(place) = state.working.binary_search(id) {
                state.working.insert(place, *id);
            }
            if let Some(process) = &mut state.process {
                process.work_began = true;
            }
        }
        Op::Expired { task, .. } => expire(state, cx, now, *task),
        Op::Suspended => {
            if let Some(process) = &mut state.process
                && !process.suspended
            {
                (process.suspended, process.suspended_at) = (true, now.at);
            }
        }
        _ => {}
    }
}

/// The device boots: it is locked where it has a passcode. Whether somebody uses it no source says: that is open until it is
/// told.
fn boot(state: &mut State, cx: &Context) {
    let passcode = state.facts.mask(Fact::Passcode);
    let boots = [
        (Condition::Locked, passcode),
        (Condition::UnlockedOnce, Facts::NO),
        (Condition::InUse, Facts::OPEN),
    ];
    for (condition, mask) in boots {
        // One that nobody follows may have changed before the next line.
        let mask = if cx.tracks(condition) { mask } else { Facts::OPEN };
        state.facts.set(Fact::Device(condition), mask);
    }
    // As if it had been locked for ever: no time of grace for protected data.
    state.locked_at = (passcode != Facts::NO).then_some(Millis::MIN / 2);
}
