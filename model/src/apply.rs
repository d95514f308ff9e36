//! Carries out what was decided: total, without a guard of its own.

mod cards;

use crate::context::{Context, tell};
use crate::facts::{Fact, Facts};
use crate::op::{Ask, Death, Does, Now, Op, Reply, Submission, TaskRef};
use crate::rules;
use crate::see::{Drops, Effect, Landing, Outcome, Place, Sureness};
use crate::state::{
    By, FORGIVEN, Flight, FlightResult, Handler, Mark, NEVER, Outstanding, Owed, Presence, Process, Reasons, State,
    Sym, Task, Why,
};
use crate::vocabulary::{BackgroundRefresh, Condition, Device, Kind, Millis, Strategy};

/// Carries out an outcome of an event.
pub(crate) fn apply(state: &mut State, cx: &Context, now: &Now, ask: &Ask, outcome: &Outcome) {
    state.facts = outcome.facts;
    learn(state, outcome);
    match outcome.effect {
        Effect::Nothing => {}
        Effect::Happens(drops) => happens(state, cx, now, ask, outcome, drops),
        Effect::Put(sureness, place) => {
            if let Op::Submit(submission) = &ask.op {
                put(state, cx, now, submission.request, sureness, place);
            }
        }
        Effect::Lands(landing) => {
            if let Op::Submit(submission) = &ask.op {
                land(state, cx, now, submission, landing);
            }
        }
        Effect::Cancels { expires } => cancel(state, cx, now, &ask.op, expires),
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
    finish(state, cx, now);
}

/// Brings what hangs on several parts of the state up to date: who may start, and when the next obligation falls due.
pub(crate) fn finish(state: &mut State, cx: &Context, now: &Now) {
    start_waiting(state, cx, now);
    let mut due = NEVER;
    rules::each_debt(state, cx, |by, _| due = due.min(by));
    state.due = due;
}

fn learn(state: &mut State, outcome: &Outcome) {
    let Some(shown) = &outcome.shown else { return };
    for (id, there) in &shown.presence {
        if *there {
            state
                .requests
                .iter_mut()
                .filter(|request| request.id == *id)
                .for_each(|request| request.unsure = false);
        } else {
            // Where the process may have been launched for it, its delivery may come all the same.
            let gone = state.request(*id).copied();
            remove(state, *id);
            if let Some(gone) = gone {
                free_launch(state, gone);
            }
        }
    }
    for (id, there) in &shown.handlers {
        let there = if *there { Presence::Yes } else { Presence::No };
        set_handler(
            state,
            Handler {
                id: *id,
                there,
                late: false,
                queue: crate::state::Text::ANY,
            },
        );
    }
}

fn happens(state: &mut State, cx: &Context, now: &Now, ask: &Ask, outcome: &Outcome, drops: Drops) {
    drop_requests(state, drops);
    match &ask.op {
        Op::Device(change) => device(state, cx, now, change),
        Op::Installed => state.installed = true,
        Op::Updated | Op::Dies(Death::Crash | Death::Memory) | Op::Killed(_) => end_process(state),
        Op::Uninstalled => {
            end_process(state);
            state.installed = false;
            state.facts.tell(Fact::ForceQuit, false);
        }
        Op::Dies(Death::ForceQuit) => {
            end_process(state);
            state.facts.tell(Fact::ForceQuit, true);
        }
        Op::Reboot => {
            end_process(state);
            state.facts.tell(Fact::Device(Condition::Locked), cx.passcode);
            state.facts.tell(Fact::Device(Condition::UnlockedOnce), false);
            state.facts.tell(Fact::Device(Condition::InUse), false);
            // As if it had been locked for ever: no time of grace for protected data.
            state.locked_at = cx.passcode.then_some(Millis::MIN / 2);
        }
        Op::Started { pid, by } => start(state, cx, now, *pid, *by),
        Op::Launched { pid, known } => launch(state, cx, now, *pid, known.then_some(&ask.ids), &outcome.shown().marked),
        Op::LaunchFinished => finish_launching(state, cx, now),
        Op::Foreground => foreground(state, cx, now),
        Op::Background => background(state, cx, now),
        Op::KeptAwake(awake) => {
            if let Some(process) = &mut state.process {
                process.kept_awake = *awake;
                process.suspended &= !*awake;
            }
        }
        Op::Debugger(attached) => {
            if let Some(process) = &mut state.process {
                process.debugger = *attached;
            }
        }
        Op::Person(does, task) => person(state, cx, now, *does, *task),
        Op::SimulateExpiration(id) => {
            let by = react(cx, now.at);
            for task in state.tasks.iter_mut().filter(|task| task.id == *id && !task.expired) {
                task.reasons.add(Reasons::SIMULATED);
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
            state.tasks.iter_mut().for_each(|task| task.taken_back = false);
        }
        Op::Register { id, queue } => {
            let late = state.facts.surely(Fact::Finished);
            set_handler(
                state,
                Handler {
                    id: *id,
                    there: Presence::Yes,
                    late,
                    queue: *queue,
                },
            );
        }
        Op::Submit(Submission {
            request,
            number: Some(number),
        }) => {
            let by = react(cx, now.at);
            let from_app = now.caller.app;
            let flight = Flight {
                number: *number,
                request: *request,
                result: None,
                by,
                from_app,
            };
            let place = state.flights.partition_point(|other| other.number < *number);
            state.flights.insert(place, flight);
        }
        Op::SubmissionCompleted { number, .. } => state.flights.retain(|flight| flight.number != *number),
        Op::SupportedResources => {
            if let (Some(process), Reply::Resources(gpu)) = (&mut state.process, ask.reply) {
                process.gpu_told = Some(gpu);
            }
        }
        Op::SetExpirationHandler { task, set } => {
            let unseen = !cx.records("completed_by_system");
            with_task(state, *task, |task| {
                task.handler = *set && !task.expired;
                task.maybe_over = !*set && !task.expired && unseen;
            });
        }
        Op::Progress {
            task,
            total,
            completed,
            child,
        } => {
            with_task(state, *task, |task| {
                progress(task, cx, now.at, *total, *completed, *child)
            });
        }
        Op::Complete { task, success } => {
            cards::completed(state, cx, now, *task, *success);
            state.tasks.retain(|other| (other.id, other.n) != (task.id, task.n));
        }
        Op::UpdateTitle { task, title, subtitle } => cards::retitled(state, cx, now, *task, (*title, *subtitle)),
        Op::Card { task, is, .. } => cards::seen(state, *task, *is),
        Op::CompletedBySystem(task) => {
            expire(state, now, *task);
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
            for task in state
                .tasks
                .iter_mut()
                .filter(|task| task.queue == *queue && task.expire_by.by != NEVER)
            {
                task.expire_by.by = task.expire_by.by.max(by);
            }
        }
        Op::WorkBegan(_) => {
            if let Some(process) = &mut state.process {
                process.work_began = true;
            }
        }
        Op::Expired { task, .. } => expire(state, now, *task),
        Op::Suspended => {
            if let Some(process) = &mut state.process {
                process.suspended = true;
            }
        }
        _ => {}
    }
}

// ---- requests

fn remove(state: &mut State, id: Sym) {
    state.requests.retain(|request| request.id != id);
    state.waiting.retain(|waiting| *waiting != id);
}

fn drop_requests(state: &mut State, drops: Drops) {
    if drops == Drops::NONE {
        return;
    }
    state.requests.retain(|request| match request.kind {
        _ if request.vague && drops != Drops::ALL => true,
        Kind::Refresh => !drops.refresh,
        Kind::Processing | Kind::HealthResearch => !drops.processing,
        Kind::Continued => !drops.waiting,
    });
    if drops.waiting {
        state.waiting.clear();
    }
}

fn put(state: &mut State, cx: &Context, now: &Now, request: Outstanding, sureness: Sureness, place: Place) {
    let older = state.requests.iter().position(|other| other.id == request.id);
    if let Some(older) = older {
        let older = state.requests.remove(older);
        free_launch(state, older);
    }
    for spent in state.spent.iter_mut().filter(|spent| spent.id == request.id) {
        spent.by = NEVER;
        spent.mark = Mark::Free;
    }
    let request = Outstanding {
        unsure: sureness == Sureness::Unsure,
        ..request
    };
    if request.kind == Kind::Continued {
        cards::retried(state, cx, now, request.id);
        if place == Place::Back || !state.waiting.contains(&request.id) {
            state.waiting.retain(|waiting| *waiting != request.id);
            if request.strategy == Strategy::Queue {
                state.waiting.push(request.id);
            }
        }
    } else {
        state.waiting.retain(|waiting| *waiting != request.id);
    }
    insert(&mut state.requests, request);
}

fn insert(requests: &mut Vec<Outstanding>, request: Outstanding) {
    let place = requests.partition_point(|other| other.id < request.id);
    requests.insert(place, request);
}

/// A request for which the process may have been launched goes: its delivery may come all the same (CAN-6).
fn free_launch(state: &mut State, request: Outstanding) {
    if matches!(request.mark, Mark::Maybe | Mark::Later) && !state.spent.iter().any(|spent| spent.id == request.id) {
        insert(
            &mut state.spent,
            Outstanding {
                mark: Mark::Free,
                by: NEVER,
                unsure: true,
                ..request
            },
        );
    }
}

fn land(state: &mut State, cx: &Context, now: &Now, submission: &Submission, landing: Landing) {
    let result = match landing {
        Landing::Kept | Landing::Inert => FlightResult::Accepted,
        Landing::Refused(codes) => FlightResult::Refused(codes),
    };
    for flight in state
        .flights
        .iter_mut()
        .filter(|flight| Some(flight.number) == submission.number)
    {
        flight.result = Some(result);
    }
    if landing == Landing::Kept {
        put(state, cx, now, submission.request, Sureness::Sure, Place::Back);
    }
}

fn cancel(state: &mut State, cx: &Context, now: &Now, op: &Op, expires: bool) {
    let one = match op {
        Op::Cancel(id) => Some(*id),
        _ => None,
    };
    let concerned = |id: Sym| one.is_none_or(|one| one == id);
    let gone = state.requests.extract_if(.., |request| concerned(request.id));
    let gone: Vec<_> = gone.filter(|request| request.mark == Mark::Maybe).collect();
    state.waiting.retain(|id| !concerned(*id));
    for spent in state.spent.iter_mut().filter(|spent| concerned(spent.id)) {
        spent.by = NEVER;
        spent.mark = Mark::Free;
    }
    for request in gone {
        free_launch(state, request);
    }
    if expires {
        let by = react(cx, now.at);
        let running = |task: &&mut Task| task.kind == Kind::Continued && !task.expired && concerned(task.id);
        for task in state.tasks.iter_mut().filter(running) {
            task.reasons.add(Reasons::CANCEL);
            owe(task, by, Why::Cancel);
        }
    }
}

/// Accepted continued requests for which there is room have to start, as long as the app stays in the foreground and
/// no task of the identifier runs (LAU-7, CON-11).
fn start_waiting(state: &mut State, cx: &Context, now: &Now) {
    if state.requests.iter().all(|request| request.kind != Kind::Continued) {
        return;
    }
    let foreground = starts_continued(state);
    let running = state.tasks.iter().filter(|task| task.kind == Kind::Continued).count();
    let starting = state.requests.iter().filter(|request| request.starts_at_once()).count();
    let taken = (running + starting + usize::from(state.places_taken)) as i64;
    let capacity = cx.limits.capacity.filter(|_| !state.places_open);
    let mut room = capacity.map_or(0, |capacity| capacity - taken);
    for id in state.waiting.clone() {
        room -= 1;
        for request in state.requests.iter_mut().filter(|request| request.id == id) {
            if request.by == FORGIVEN {
                continue;
            }
            if !foreground || room < 0 || request.gpu || state.tasks.iter().any(|task| task.id == id) {
                request.by = NEVER;
            } else if request.by == NEVER {
                request.by = rules::launch::continued_start_by(cx, request, true, now.at);
            }
        }
    }
    let running: Vec<_> = state.tasks.iter().map(|task| task.id).collect();
    let at_once = |request: &&mut Outstanding| request.starts_at_once() && request.by != FORGIVEN;
    for request in state.requests.iter_mut().filter(at_once) {
        if !foreground || running.contains(&request.id) {
            request.by = NEVER;
        } else if request.by == NEVER {
            request.by = rules::launch::continued_start_by(cx, request, true, now.at);
        }
    }
}

/// Whether an accepted continued request has to start now: the app is in the foreground and has finished launching.
/// Where tasks may run unseen, one of its identifier may be among them.
fn starts_continued(state: &State) -> bool {
    state.process.is_some_and(|process| !process.from_before)
        && state.facts.surely(Fact::Foreground)
        && state.facts.surely(Fact::Finished)
}

// ---- processes

fn start(state: &mut State, cx: &Context, now: &Now, pid: u32, by: By) {
    end_process(state);
    let person = by == By::Person;
    state.process = Some(Process {
        pid,
        by,
        started: now.at,
        suspended: false,
        left_foreground: None,
        came_foreground: person.then_some(now.at),
        owes_delivery: None,
        marks_until: NEVER,
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

fn launch(state: &mut State, cx: &Context, now: &Now, pid: u32, known: Option<&Vec<Sym>>, marked: &[Sym]) {
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

fn finish_launching(state: &mut State, cx: &Context, now: &Now) {
    state.facts.tell(Fact::Finished, true);
    let by = react(cx, now.at);
    for spent in state.spent.iter_mut().filter(|spent| spent.mark != Mark::Free) {
        spent.by = by;
    }
    if let Some(process) = &mut state.process {
        process.marks_until = by;
    }
    if let Some(process) = &mut state.process
        && process.owes_delivery == Some(NEVER)
    {
        process.owes_delivery = Some(by);
    }
}

fn come_to_foreground(state: &mut State, cx: &Context, now: &Now) {
    state.facts.tell(Fact::Foreground, true);
    state.facts.tell(Fact::Device(Condition::InUse), true);
    state.facts.tell(Fact::Device(Condition::Locked), false);
    state.facts.tell(Fact::Device(Condition::UnlockedOnce), true);
    state.locked_at = None;
    use_begins(state, cx, now);
}

fn foreground(state: &mut State, cx: &Context, now: &Now) {
    come_to_foreground(state, cx, now);
    if state.facts.surely(Fact::ForceQuit) {
        // The person opens an app whose process another reason had started: whether that is the launch that clears the
        // mark, no source says.
        state.facts.set(Fact::ForceQuit, Facts::OPEN);
    }
    cards::came_to_foreground(state);
    if let Some(process) = &mut state.process {
        process.suspended = false;
        process.left_foreground = None;
        process.came_foreground = Some(now.at);
    }
    for task in state.tasks.iter_mut().filter(|task| task.kind == Kind::Continued) {
        task.reasons.add(Reasons::FOREGROUND);
    }
}

fn background(state: &mut State, cx: &Context, now: &Now) {
    state.facts.tell(Fact::Foreground, false);
    for condition in [Condition::InUse, Condition::Locked] {
        if !cx.tracks(condition) {
            state.facts.set(Fact::Device(condition), Facts::OPEN);
        }
    }
    cards::left_foreground(state, cx, now);
    if let Some(process) = &mut state.process {
        process.left_foreground = Some(now.at);
        process.came_foreground = None;
    }
}

/// The process is gone, and with it handlers, tasks, launched requests and calls.
pub(crate) fn end_process(state: &mut State) {
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
        if request.kind == Kind::Continued {
            request.by = NEVER;
        }
    }
    cards::process_ended(state);
    state.process = None;
    state.handlers.clear();
    state.spent.clear();
    state.tasks.clear();
    state.blocked.clear();
    state.flights.clear();
    state.granted = None;
    state.facts.tell(Fact::Finished, false);
    state.facts.tell(Fact::Foreground, false);
}

fn set_handler(state: &mut State, handler: Handler) {
    match state.handlers.binary_search_by_key(&handler.id, |other| other.id) {
        Ok(place) => state.handlers[place] = handler,
        Err(place) => state.handlers.insert(place, handler),
    }
}

// ---- tasks

/// A launch that was granted while the process was launching is delivered when it has finished (LAU-1).
fn take_grant(state: &mut State, outcome: &Outcome) {
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

fn take_outstanding(state: &mut State, id: Sym) -> Option<Outstanding> {
    let place = state.requests.iter().position(|request| request.id == id)?;
    let request = state.requests.remove(place);
    state.waiting.retain(|waiting| *waiting != id);
    Some(request)
}

fn take_request(state: &mut State, id: Sym, effect: Effect) -> Option<Outstanding> {
    if effect == Effect::DeliverSpent {
        let place = state.spent.iter().position(|request| request.id == id)?;
        let spent = state.spent.remove(place);
        if spent.mark == Mark::Free && spent.unsure {
            // It may have been the later request.
            let later = state.requests.iter_mut().filter(|request| request.id == id);
            later.for_each(|request| request.unsure = true);
        }
        return Some(spent);
    }
    if state.granted == Some(id) {
        state.granted = None;
    }
    take_outstanding(state, id)
}

/// Something came of the launch of the process.
fn settle_launch(state: &mut State) {
    if let Some(process) = &mut state.process {
        process.owes_delivery = None;
    }
}

fn deliver(state: &mut State, cx: &Context, now: &Now, name: TaskRef, kind: Kind, effect: Effect) {
    let Some(request) = take_request(state, name.id, effect) else {
        return;
    };
    settle_launch(state);
    let queue = state
        .handler(name.id)
        .map_or(crate::state::Text::NONE, |handler| handler.queue);
    let with_process = matches!(request.mark, Mark::WithProcess | Mark::Maybe);
    let since = match &mut state.process {
        Some(process) => {
            process.suspended = false;
            if with_process && process.by == By::Scheduler {
                process.started
            } else {
                now.at
            }
        }
        None => now.at,
    };
    let shares = |other: &Task| other.kind != kind && other.kind != Kind::Continued && kind != Kind::Continued;
    let shared = state.tasks.iter().any(shares);
    state.tasks.iter_mut().filter(|other| shares(other)).for_each(|other| {
        other.shared = true;
        if other.kind == Kind::Refresh && other.expire_by.why == Why::Budget {
            other.expire_by = Owed::NOTHING;
        }
    });
    let mut task = Task {
        id: name.id,
        n: name.n,
        kind,
        request: Outstanding {
            kind,
            mark: Mark::None,
            unsure: false,
            by: NEVER,
            ..request
        },
        handler: false,
        expired: false,
        expired_at: 0,
        queue,
        since,
        shared,
        maybe_over: !cx.records("completed_by_system"),
        taken_back: false,
        expire_by: Owed::NOTHING,
        reasons: Reasons::default(),
        progress_at: now.at,
        maybe_progress_at: now.at,
        highest: 0,
        completed: 0,
        total: 0,
        seeded: false,
        child: 0,
        stall_blamed: false,
        blamed: false,
        in_doubt: false,
    };
    owe_budget(&mut task, state, cx, now.at);
    lose_between(&mut task, state, cx, now.at);
    let place = state
        .tasks
        .partition_point(|other| (other.id, other.n) < (name.id, name.n));
    state.tasks.insert(place, task);
    if kind == Kind::Continued {
        cards::delivered(state, cx, now, &task);
    }
}

/// The time that the task has from its launch on (EXP-1, EXP-2), unless a debugger lifts it (DBG-7).
fn owe_budget(task: &mut Task, state: &State, cx: &Context, at: Millis) {
    let debugged =
        (task.request.simulated || task.request.vague) && state.process.is_some_and(|process| process.debugger);
    let budget = match task.kind {
        Kind::Refresh if !task.shared => cx.limits.refresh_budget,
        Kind::Processing | Kind::HealthResearch => cx.limits.processing_budget,
        Kind::Refresh | Kind::Continued => None,
    };
    let modelled = cx.models(crate::vocabulary::Area::Expiration) && cx.records("expired");
    if let Some(budget) = budget
        && modelled
        && !debugged
    {
        // A process that took its time to launch may have used it all up.
        owe(task, (task.since + budget).max(at), Why::Budget);
    }
}

/// What was lost between the launch and the delivery is a lost condition (EXP-9, EXP-10). A simulated launch asks for
/// none.
fn lose_between(task: &mut Task, state: &State, cx: &Context, at: Millis) {
    if task.request.simulated {
        return;
    }
    let mask = |condition| state.facts.mask(Fact::Device(condition));
    if task.kind == Kind::Processing && mask(Condition::InUse) != Facts::NO {
        task.reasons.add(Reasons::USE);
        let modelled = cx.models(crate::vocabulary::Area::Expiration) && cx.records("expired");
        if mask(Condition::InUse) == Facts::YES && modelled {
            owe(task, react(cx, at), Why::Use);
        }
    }
    if task.kind == Kind::HealthResearch && mask(Condition::InUse) != Facts::NO {
        task.reasons.add(Reasons::USE);
    }
    let network = task.request.network && mask(Condition::Network) != Facts::YES;
    let power = task.request.power && mask(Condition::Power) != Facts::YES;
    if network || power {
        task.reasons.add(Reasons::LOST);
    }
}

/// The task has to be expired by then, unless it has to be earlier.
fn owe(task: &mut Task, by: Millis, why: Why) {
    if !task.expired && by < task.expire_by.by {
        task.expire_by = Owed { by, why };
    }
}

fn expire(state: &mut State, now: &Now, name: TaskRef) {
    cards::expired(state, name);
    let Some(since) = state.task(name.id, name.n).map(|task| task.since) else {
        return;
    };
    for task in &mut state.tasks {
        if (task.id, task.n) == (name.id, name.n) {
            task.expired = true;
            task.expired_at = now.at;
            task.handler = false;
            task.expire_by = Owed::NOTHING;
            task.taken_back = false;
        } else if task.since == since {
            task.reasons.add(Reasons::LAUNCH);
        }
    }
}

fn progress(task: &mut Task, cx: &Context, at: Millis, total: Option<i64>, completed: Option<i64>, child: Option<i64>) {
    /// Progress that was set this soon after the delivery was seeded at the start.
    const START: Millis = 10_000;
    task.seeded |= at <= task.progress_at + START;
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
    if let Some(child) = child {
        let (counts, counts_not) = rules::progress::child_may_count(cx);
        let rises = child > task.child;
        sure |= rises && counts && !counts_not;
        maybe |= rises && counts;
        task.child = child;
    }
    if sure {
        task.progress_at = at;
    }
    if sure || maybe {
        task.maybe_progress_at = at;
        task.stall_blamed = false;
    }
}

fn with_task(state: &mut State, name: TaskRef, change: impl FnOnce(&mut Task)) {
    if let Some(task) = state
        .tasks
        .iter_mut()
        .find(|task| (task.id, task.n) == (name.id, name.n))
    {
        change(task);
    }
}

fn person(state: &mut State, cx: &Context, now: &Now, does: Does, name: TaskRef) {
    let by = react(cx, now.at);
    cards::person(state, does, name);
    with_task(state, name, |task| match does {
        Does::Stop => {
            task.reasons.add(Reasons::STOP);
            owe(task, by, Why::Stop);
        }
        Does::Ignore => task.reasons.add(Reasons::IGNORED),
        Does::Continue => task.reasons.add(Reasons::CONTINUED),
        Does::Dismiss | Does::Clear => {}
    });
}

fn simulate_launch(state: &mut State, cx: &Context, now: &Now, op: &Op, sureness: Sureness) {
    let Op::SimulateLaunch(id) = op else { return };
    let finished = state.facts.surely(Fact::Finished);
    let Some(request) = take_outstanding(state, *id) else {
        return;
    };
    let by = if finished { react(cx, now.at) } else { NEVER };
    if sureness == Sureness::Unsure {
        // Undefined: it may come at once, or stay where it was.
        insert(
            &mut state.requests,
            Outstanding {
                unsure: true,
                by: NEVER,
                ..request
            },
        );
        return;
    }
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

// ---- the device

fn device(state: &mut State, cx: &Context, now: &Now, change: &Device) {
    let was_locked = state.facts.surely(Fact::Device(Condition::Locked));
    let was_used = state.facts.surely(Fact::Device(Condition::InUse));
    tell(&mut state.facts, change);
    if let Some(places) = change.places_taken {
        state.places_taken = places;
        state.places_open = false;
    }
    match change.locked {
        Some(true) if !was_locked => {
            state.locked_at = Some(now.at);
            for task in state.tasks.iter_mut().filter(|task| task.kind == Kind::Continued) {
                task.reasons.add(Reasons::LOCK);
            }
        }
        Some(false) => state.locked_at = None,
        _ => {}
    }
    if change.in_use == Some(true) && !was_used {
        use_begins(state, cx, now);
    }
    let lost = |request: &Outstanding| {
        request.network && change.network == Some(false) || request.power && change.power == Some(false)
    };
    for task in state.tasks.iter_mut().filter(|task| lost(&task.request)) {
        task.reasons.add(Reasons::LOST);
    }
    if change
        .background_refresh
        .is_some_and(|status| status != BackgroundRefresh::Available)
    {
        // What happens to running tasks is unspecified (CON-6).
        state.tasks.iter_mut().for_each(|task| task.reasons.add(Reasons::LOST));
    }
}

/// Somebody uses the device: running processing has to be expired (EXP-9), health research may (CON-16).
fn use_begins(state: &mut State, cx: &Context, now: &Now) {
    const YES: u8 = 0b01;
    const NO: u8 = 0b10;
    let by = react(cx, now.at);
    let health = state
        .facts
        .mask(Fact::Setting(crate::setting::Setting::HealthNeedsIdle));
    for task in &mut state.tasks {
        let (may, must) = match task.kind {
            Kind::Processing => (true, true),
            Kind::HealthResearch => (health != NO, health == YES),
            Kind::Refresh | Kind::Continued => (false, false),
        };
        if may {
            task.reasons.add(Reasons::USE);
        }
        if must && cx.models(crate::vocabulary::Area::Expiration) && cx.records("expired") {
            owe(task, by, Why::Use);
        }
    }
}

/// By when a rule is obeyed that demands something at once.
fn react(cx: &Context, at: Millis) -> Millis {
    cx.limits.reaction.map_or(NEVER, |reaction| at + reaction)
}
