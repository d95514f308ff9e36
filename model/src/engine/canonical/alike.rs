//! Identifiers that mean the same to every rule change places until their states stand in one order.

use std::hash::{BuildHasher, BuildHasherDefault, Hash};

use crate::interner::TextHasher;
use crate::state::{CardOf, Flight, Handler, Outstanding, State, Sym, Task};

/// Lets the identifiers of each group change names until what is held of each stands in one order.
pub(super) fn order(state: &mut State, alike: &[Vec<Sym>]) {
    for group in alike {
        let mut order = group.clone();
        order.sort_by_cached_key(|id| digest(state, *id));
        if order == *group {
            continue;
        }
        each_id(state, |id| {
            if let Some(place) = order.iter().position(|old| *old == *id) {
                *id = group[place];
            }
        });
        sort(state);
    }
}

/// All that a state holds of an identifier, its name apart.
fn digest(state: &State, id: Sym) -> u64 {
    let State {
        open: _,
        facts: _,
        installed: _,
        process: _,
        locked_at: _,
        places_taken: _,
        places_open: _,
        handlers: _,
        requests,
        waiting,
        spent,
        tasks,
        cards,
        flights,
        granted,
        unheard: _,
        working,
        blocked: _,
        due: _,
    } = state;
    let nameless = |request: &Outstanding| Outstanding { id: Sym(0), ..*request };
    let of = |requests: &[Outstanding]| -> Vec<_> {
        let own = requests.iter().filter(|request| request.id == id);
        own.map(nameless).collect()
    };
    let tasks = tasks.iter().filter(|task| task.id == id).map(|task| Task {
        id: Sym(0),
        request: nameless(&task.request),
        ..*task
    });
    let cards = cards.iter().filter(|card| card.id == id);
    let cards = cards.map(|card| CardOf { id: Sym(0), ..*card });
    let flights = flights.iter().filter(|flight| flight.request.id == id);
    let flights = flights.map(|flight| Flight {
        request: nameless(&flight.request),
        ..*flight
    });
    let handler = state.handler(id).map(|handler| Handler { id: Sym(0), ..*handler });
    let waits = waiting.iter().position(|waiting| *waiting == id);
    let all = (
        (of(requests), of(spent), handler, waits),
        (*granted == Some(id), working.contains(&id)),
        (
            tasks.collect::<Vec<_>>(),
            cards.collect::<Vec<_>>(),
            flights.collect::<Vec<_>>(),
        ),
    );
    hash(&all)
}

fn hash(value: &impl Hash) -> u64 {
    BuildHasherDefault::<TextHasher>::default().hash_one(value)
}

fn each_id(state: &mut State, mut visit: impl FnMut(&mut Sym)) {
    let State {
        open: _,
        facts: _,
        installed: _,
        process: _,
        locked_at: _,
        places_taken: _,
        places_open: _,
        handlers,
        requests,
        waiting,
        spent,
        tasks,
        cards,
        flights,
        granted,
        unheard: _,
        working,
        blocked: _,
        due: _,
    } = state;
    handlers.iter_mut().for_each(|handler| visit(&mut handler.id));
    for request in requests.iter_mut().chain(spent) {
        visit(&mut request.id);
    }
    waiting.iter_mut().chain(working).chain(granted).for_each(&mut visit);
    for task in tasks {
        visit(&mut task.id);
        visit(&mut task.request.id);
    }
    cards.iter_mut().for_each(|card| visit(&mut card.id));
    flights.iter_mut().for_each(|flight| visit(&mut flight.request.id));
}

/// Puts every collection back into its order. Launched requests of one identifier stand in an order of their own.
fn sort(state: &mut State) {
    state.handlers.sort_unstable_by_key(|handler| handler.id);
    state.requests.sort_unstable_by_key(|request| request.id);
    state.spent.sort_by_key(|request| request.id);
    state.tasks.sort_unstable_by_key(|task| (task.id, task.n));
    state.cards.sort_unstable_by_key(|card| (card.id, card.n));
    state.working.sort_unstable();
}
