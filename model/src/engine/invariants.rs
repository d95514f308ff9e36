//! What holds in every state of the model, whatever happened before.
//!
//! Each is a sentence and a test. They speak of states as the explorer meets them: everything was seen, so nothing is
//! in doubt. That no more requests are pending than the limits (SUB-5, SUB-6) is none of them: one that may have been launched
//! unseen counts against no limit, and the state keeps it beside the next.

use crate::context::Context;
use crate::facts::Fact;
use crate::rules;
use crate::state::{CardOwes, Excuse, FORGIVEN, Fate, Mark, NEVER, Outstanding, State};
use crate::vocabulary::Kind;

/// A sentence, and whether it holds.
pub(super) type Invariant = (&'static str, fn(&State, &Context) -> bool);

/// Whether things stand in strictly rising order.
fn rises<T, K: Ord>(things: &[T], key: impl Fn(&T) -> K) -> bool {
    things.windows(2).all(|pair| key(&pair[0]) < key(&pair[1]))
}

fn pending(state: &State, kinds: &[Kind]) -> usize {
    state
        .requests
        .iter()
        .filter(|request| kinds.contains(&request.kind) && !request.unsure)
        .count()
}

pub(super) static INVARIANTS: &[Invariant] = &[
    (
        "an identifier has one outstanding request, and requests stand in order",
        |state, _| rises(&state.requests, |request| request.id) && state.spent.is_sorted_by_key(|request| request.id),
    ),
    (
        "an identifier has one handler, and handlers stand in order",
        |state, _| rises(&state.handlers, |handler| handler.id),
    ),
    ("a task has one name, and tasks and cards stand in order", |state, _| {
        rises(&state.tasks, |task| (task.id, task.n)) && rises(&state.cards, |card| (card.id, card.n))
    }),
    (
        "without a process there are no handlers, launched requests, tasks or submissions in flight",
        |state, _| {
            state.process.is_some()
                || state.handlers.is_empty()
                    && state.spent.is_empty()
                    && state.tasks.is_empty()
                    && state.flights.is_empty()
                    && state.blocked.is_empty()
        },
    ),
    (
        "without a process the app is neither in the foreground nor launched",
        |state, _| {
            state.process.is_some() || !state.facts.surely(Fact::Foreground) && !state.facts.surely(Fact::Finished)
        },
    ),
    (
        "an app that is not installed has no process and no request",
        |state, _| state.installed || state.process.is_none() && state.requests.is_empty(),
    ),
    ("an app in the foreground is not suspended", |state, _| {
        !state.facts.surely(Fact::Foreground) || state.process.is_some_and(|process| !process.suspended)
    }),
    (
        "each outstanding continued request has one place in the order, and nothing else has (SUB-19)",
        |state, _| {
            let continued = |id| state.request(id).is_some_and(|request| request.kind == Kind::Continued);
            let once = |place: usize| !state.waiting[..place].contains(&state.waiting[place]);
            let all = (0..state.waiting.len()).all(|place| continued(state.waiting[place]) && once(place));
            all && pending(state, &[Kind::Continued]) <= state.waiting.len()
        },
    ),
    (
        "one continued task of an identifier runs at a time (CON-11)",
        |state, _| {
            let runs = |id| {
                state
                    .tasks
                    .iter()
                    .filter(|task| task.id == id && task.kind == Kind::Continued)
                    .count()
            };
            state
                .tasks
                .iter()
                .all(|task| task.kind != Kind::Continued || runs(task.id) <= 1)
        },
    ),
    (
        "a task is of the kind of the request that it was made from",
        |state, _| {
            state
                .tasks
                .iter()
                .all(|task| task.kind == task.request.kind && task.id == task.request.id)
        },
    ),
    (
        "a task that expired has no expiration handler left and owes no expiration",
        |state, _| {
            let settled = |task: &&crate::state::Task| !task.handler && task.expire_by.by == NEVER;
            state
                .tasks
                .iter()
                .filter(|task| task.expired)
                .all(|task| settled(&task))
        },
    ),
    ("a card that runs is of a task that runs", |state, _| {
        let of_task = |card: &crate::state::CardOf| state.task(card.id, card.n).is_some();
        state.cards.iter().all(|card| card.fate != Fate::Runs || of_task(card))
    }),
    (
        "a card that has to appear is not shown, and one that has to finish, change or go is",
        |state, _| {
            state.cards.iter().all(|card| match card.owes {
                CardOwes::Nothing => true,
                CardOwes::Show => !card.shown,
                CardOwes::Finish | CardOwes::Go | CardOwes::Change | CardOwes::Leave => card.shown,
            })
        },
    ),
    (
        "a request is marked for the launch of a process only while one lives",
        |state, _| state.process.is_some() || state.requests.iter().all(|request| request.mark == Mark::None),
    ),
    (
        "only a continued request under `fail` has an end though it was not launched (SUB-18)",
        |state, _| {
            state
                .requests
                .iter()
                .all(|request| request.until == NEVER || request.starts_at_once())
        },
    ),
    (
        "of a launch that was cancelled or replaced no delivery is owed (CAN-6)",
        |state, _| {
            let freed = |request: &&Outstanding| request.mark == Mark::Free;
            state.requests.iter().all(|request| request.mark != Mark::Free)
                && state.spent.iter().filter(freed).all(|request| request.by == NEVER)
        },
    ),
    (
        "no request is marked any more once unseen launches are over (LAU-2)",
        |state, _| {
            let over = state.process.is_some_and(|process| process.launches_over);
            !over || state.requests.iter().all(|request| request.mark == Mark::None)
        },
    ),
    (
        "a lock begins to excuse and ends by events alone (PRG-9)",
        |state, _| {
            let known = |lock: Excuse| lock == Excuse::NONE || lock.is_open();
            state.tasks.iter().all(|task| known(task.excuses.lock))
        },
    ),
    (
        "only a refresh that runs shares the time of others (EXP-1)",
        |state, _| {
            let mut shares = state.tasks.iter().filter(|task| task.company && !task.expired);
            shares.all(|task| task.kind == Kind::Refresh)
        },
    ),
    ("nothing is in doubt where everything was seen", |state, _| {
        let doubtful = state.requests.iter().any(|request| request.vague)
            || state.tasks.iter().any(|task| task.in_doubt)
            || state.cards.iter().any(|card| card.vague)
            || state.process.is_some_and(|process| process.from_before)
            || state.unheard
            || state.places_open;
        !doubtful
    }),
    (
        "the earliest obligation is the earliest of all, and none is overdue",
        |state, cx| {
            let mut due = NEVER;
            rules::each_debt(state, cx, |by, _| due = due.min(by));
            state.due == due && (due >= 0 || due >= FORGIVEN)
        },
    ),
];
