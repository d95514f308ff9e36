//! What an event does to the outstanding requests.

use crate::context::Context;
use crate::op::{Now, Op, Submission};
use crate::rules;
use crate::see::{Drops, Landing, Place, Sureness};
use crate::state::{Excuse, FORGIVEN, Flight, FlightResult, Mark, NEVER, Outstanding, State, Sym, Task, Why};
use crate::vocabulary::Kind;

use super::cards;
use super::device::react;
use super::tasks::{owe, settle_launch, take_outstanding};

/// Takes a request away.
pub(crate) fn remove(state: &mut State, id: Sym) {
    state.requests.retain(|request| request.id != id);
    state.waiting.retain(|waiting| *waiting != id);
}

/// A request that may be there or not, and of which nothing is known.
pub(crate) fn vague(id: Sym) -> Outstanding {
    Outstanding {
        unsure: true,
        vague: true,
        ..Outstanding::of(id, Kind::Refresh)
    }
}

/// Nothing is known of the request of an identifier.
pub(crate) fn doubt_request(state: &mut State, id: Sym) {
    state.spent.retain(|spent| spent.id != id);
    state.waiting.retain(|waiting| *waiting != id);
    match state.requests.binary_search_by_key(&id, |request| request.id) {
        Ok(place) => {
            let kind = state.requests[place].kind;
            state.requests[place] = Outstanding { kind, ..vague(id) };
        }
        Err(place) => state.requests.insert(place, vague(id)),
    }
}

/// Of what a submission may have put, at a moment that nobody would see, nothing is known.
pub(super) fn doubt_unheard(state: &mut State) {
    let unheard = |flight: &&Flight| flight.result == Some(FlightResult::Unheard);
    let ids: Vec<_> = state
        .flights
        .iter()
        .filter(unheard)
        .map(|flight| flight.request.id)
        .collect();
    ids.into_iter().for_each(|id| doubt_request(state, id));
}

/// Requests are dropped. What was launched with the process, unseen, is pending no more: its delivery comes all the same.
pub(super) fn drop_requests(state: &mut State, cx: &Context, drops: Drops) {
    if drops == Drops::NONE {
        return;
    }
    let before = if state.requests.iter().any(|request| request.mark != Mark::None) {
        state.requests.clone()
    } else {
        Default::default()
    };
    for request in state.requests.iter_mut().filter(|request| request.vague) {
        // Of its kind nothing is known.
        request.unsure = true;
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
    for gone in before {
        if state.request(gone.id).is_none() {
            go_on_launched(state, cx, gone);
        }
    }
}

pub(super) fn put(
    state: &mut State,
    cx: &Context,
    now: &Now,
    request: Outstanding,
    (sureness, place): (Sureness, Place),
    raced: &[Sym],
) {
    let older = state.requests.iter().position(|other| other.id == request.id);
    if let Some(older) = older {
        free_launch(state, cx, now, state.requests[older], raced);
    }
    free_spent(state, cx, now, |id| id == request.id);
    if state.granted == Some(request.id) {
        // What was granted is what was there before.
        state.granted = None;
    }
    let mut request = Outstanding {
        unsure: sureness == Sureness::Unsure,
        ..request
    };
    rules::continued::is_accepted(state, cx, now, &mut request);
    if request.kind == Kind::Continued {
        cards::retried(state, cx, now, request.id);
        cards::submitted(state, cx, now, &request);
        if place == Place::Back || !state.waiting.contains(&request.id) {
            state.waiting.retain(|waiting| *waiting != request.id);
            state.waiting.push(request.id);
        } else {
            request.loose |= older.is_some_and(|older| state.requests[older].loose);
        }
    } else {
        state.waiting.retain(|waiting| *waiting != request.id);
    }
    match older {
        Some(older) => state.requests[older] = request,
        None => insert(&mut state.requests, request),
    }
}

pub(super) fn insert(requests: &mut Vec<Outstanding>, request: Outstanding) {
    let place = requests.partition_point(|other| other.id < request.id);
    requests.insert(place, request);
}

/// A request goes that may have been launched, with the process or (`raced`) just before: its delivery may come all the
/// same, for a while (CAN-6).
pub(super) fn free_launch(state: &mut State, cx: &Context, now: &Now, request: Outstanding, raced: &[Sym]) {
    if cx.lacks(&rules::cancelling::CAN_6) {
        return;
    }
    let marked = matches!(request.mark, Mark::Maybe | Mark::Later);
    if (marked || raced.contains(&request.id)) && !state.spent.iter().any(|spent| spent.id == request.id) {
        let until = rules::cancelling::too_late_until(state, cx, now);
        insert(
            &mut state.spent,
            Outstanding {
                mark: Mark::Free,
                by: NEVER,
                until,
                unsure: true,
                ..request
            },
        );
    }
}

/// A request is not there after all: where it may have been launched unseen, its delivery may come until that is over.
pub(super) fn go_on_launched(state: &mut State, cx: &Context, request: Outstanding) {
    let marked = matches!(request.mark, Mark::Maybe | Mark::Later) && !cx.lacks(&rules::cancelling::CAN_6);
    if marked && !state.spent.iter().any(|spent| spent.id == request.id) {
        let until = state.process.map_or(NEVER, |process| process.launches_until);
        let free = Outstanding {
            mark: Mark::Free,
            by: NEVER,
            until,
            unsure: true,
            ..request
        };
        insert(&mut state.spent, free);
    }
}

/// A request was launched into a process that is launching, as something shows that needed its place: its delivery is owed.
pub(super) fn launch_unseen(state: &mut State, id: Sym) {
    let (Some(process), Some(request)) = (state.process, take_outstanding(state, id)) else {
        return;
    };
    if request.mark == Mark::Maybe {
        // Something came of the launch of the process.
        settle_launch(state);
    }
    let launched = Outstanding {
        mark: Mark::MadeRoom,
        by: process.launches_until,
        unsure: false,
        ..request
    };
    insert(&mut state.spent, launched);
}

/// Launched requests are cancelled or submitted anew: their delivery is not owed, and may come for a while (CAN-6).
fn free_spent(state: &mut State, cx: &Context, now: &Now, concerned: impl Fn(Sym) -> bool) {
    let until = rules::cancelling::too_late_until(state, cx, now);
    let launched = |spent: &&mut Outstanding| concerned(spent.id) && spent.mark != Mark::Free;
    for spent in state.spent.iter_mut().filter(launched) {
        (spent.by, spent.until) = (NEVER, until);
        spent.mark = Mark::Free;
    }
}

pub(super) fn land(
    state: &mut State,
    cx: &Context,
    now: &Now,
    submission: &Submission,
    landing: Landing,
    raced: &[Sym],
) {
    let result = match landing {
        Landing::Kept(_) | Landing::Inert => FlightResult::Accepted,
        Landing::Refused(codes) => FlightResult::Refused(codes),
        Landing::Failed => FlightResult::Failed,
    };
    for flight in state
        .flights
        .iter_mut()
        .filter(|flight| Some(flight.number) == submission.number)
    {
        flight.result = Some(result);
    }
    if !cx.records("submission_completed") {
        // What it came to nobody would see.
        state.flights.retain(|flight| flight.result.is_none());
    }
    if let Landing::Kept(place) = landing {
        put(state, cx, now, submission.request, (Sureness::Sure, place), raced);
    }
}

pub(super) fn cancel(state: &mut State, cx: &Context, now: &Now, op: &Op, expires: bool, raced: &[Sym]) {
    let one = match op {
        Op::Cancel(id) => Some(*id),
        _ => None,
    };
    let concerned = |id: Sym| one.is_none_or(|one| one == id);
    let gone = state.requests.extract_if(.., |request| concerned(request.id));
    let gone: Vec<_> = gone.collect();
    state.waiting.retain(|id| !concerned(*id));
    if cx.lacks(&rules::cancelling::CAN_6) {
        state.spent.retain(|spent| !concerned(spent.id));
    }
    free_spent(state, cx, now, concerned);
    for request in gone {
        free_launch(state, cx, now, request, raced);
    }
    for task in state.tasks.iter_mut().filter(|task| concerned(task.id)) {
        task.cancelled = true;
    }
    if expires {
        let by = react(cx, now.at);
        let running = |task: &&mut Task| task.kind == Kind::Continued && !task.expired && concerned(task.id);
        for task in state.tasks.iter_mut().filter(running) {
            task.excuses.cancel = Excuse::until(by);
            owe(task, by, Why::Cancel);
        }
    }
}

/// How many continued requests there are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Continued {
    pub(super) requests: usize,
    /// Those that wait for nothing.
    pub(super) at_once: usize,
    /// Those of the others that have to start by a time.
    pub(super) timed: usize,
}

/// Accepted continued requests for which there is room have to start, as long as the app stays in the foreground and
/// no task of the identifier runs (LAU-7, CON-11). Answers whether a time changed.
///
/// However many wait, no more are looked at than there is room for, and those that had to start by a time.
#[inline(never)]
pub(super) fn start_waiting(state: &mut State, cx: &Context, now: &Now, continued: Continued) -> bool {
    let foreground = rules::launch::starts_continued(state);
    // One whose kind is in doubt may have a place.
    let has_place = |task: &&Task| task.kind == Kind::Continued || task.kind_in_doubt();
    let running = state.tasks.iter().filter(has_place).count();
    let taken = (running + continued.at_once + usize::from(state.places_taken)) as i64;
    let capacity = cx.limits.capacity.filter(|_| !state.places_open);
    let mut room = if foreground {
        capacity.map_or(0, |capacity| capacity - taken)
    } else {
        0
    };
    let mut timed = continued.timed;
    let mut changes = false;
    for place in 0..state.waiting.len() {
        let id = state.waiting[place];
        // Those that wait for nothing are counted already.
        let Some(request) = find(&mut state.requests, id).filter(|request| !request.starts_at_once()) else {
            continue;
        };
        room -= 1;
        if room < 0 && timed == 0 {
            break;
        }
        if request.by == FORGIVEN {
            continue;
        }
        timed -= usize::from(request.by != NEVER && timed > 0);
        let contended = request.gpu && !cx.lacks(&rules::resources::RES_6);
        let by = if room < 0 || contended || state.tasks.iter().any(|task| task.id == id) {
            NEVER
        } else if request.by == NEVER {
            rules::launch::continued_start_by(cx, request, true, now.at)
        } else {
            request.by
        };
        changes |= request.by != by;
        request.by = by;
    }
    if continued.at_once == 0 {
        return changes;
    }
    let at_once = |request: &&mut Outstanding| request.starts_at_once() && request.by != FORGIVEN;
    for request in state.requests.iter_mut().filter(at_once) {
        let by = if !foreground || state.tasks.iter().any(|task| task.id == request.id) {
            NEVER
        } else if request.by == NEVER {
            rules::launch::continued_start_by(cx, request, true, now.at)
        } else {
            request.by
        };
        changes |= request.by != by;
        request.by = by;
    }
    changes
}

fn find(requests: &mut [Outstanding], id: Sym) -> Option<&mut Outstanding> {
    let place = requests.binary_search_by_key(&id, |request| request.id).ok()?;
    Some(&mut requests[place])
}
