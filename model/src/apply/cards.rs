//! What happens to cards. They are followed only where the trace would show them.

use super::react;
use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::{Does, Now, TaskRef};
use crate::rules;
use crate::setting::FailedCardReplacedOnRetry;
use crate::state::{CardOf, CardOwes, FORGIVEN, Fate, NEVER, State, Sym, Task};
use crate::vocabulary::{Area, CardIs, Millis};

fn follows(cx: &Context) -> bool {
    cx.records("card") && cx.models(Area::Card)
}

fn find(state: &mut State, name: TaskRef) -> Option<&mut CardOf> {
    state
        .cards
        .iter_mut()
        .find(|card| (card.id, card.n) == (name.id, name.n))
}

/// A continued task runs: it has a card, shown or not.
pub(super) fn delivered(state: &mut State, cx: &Context, now: &Now, task: &Task) {
    if !follows(cx) {
        return;
    }
    let shown = find(state, TaskRef { id: task.id, n: task.n }).is_some_and(|card| card.shown);
    let hidden = state.facts.mask(Fact::Foreground) == Facts::NO;
    let texts = (task.request.title, task.request.subtitle);
    let card = CardOf {
        id: task.id,
        n: task.n,
        shown,
        owes: CardOwes::Nothing,
        by: NEVER,
        texts,
        before: texts,
        settled: Millis::MIN,
        fate: Fate::Runs,
        dismissed: false,
        stays: false,
        vague: task.request.vague,
    };
    state.cards.retain(|card| (card.id, card.n) != (task.id, task.n));
    let place = state
        .cards
        .partition_point(|other| (other.id, other.n) < (card.id, card.n));
    state.cards.insert(place, card);
    if hidden {
        left_foreground(state, cx, now);
    }
}

/// The app is not in the foreground: each running task's card has to be shown.
pub(super) fn left_foreground(state: &mut State, cx: &Context, now: &Now) {
    let by = react(cx, now.at);
    for card in state
        .cards
        .iter_mut()
        .filter(|card| card.fate == Fate::Runs && !card.shown && !card.dismissed)
    {
        if card.owes == CardOwes::Nothing && !card.vague {
            (card.owes, card.by) = (CardOwes::Show, by);
        }
    }
}

/// In the foreground a card may be shown or not.
pub(super) fn came_to_foreground(state: &mut State) {
    settle(state, |card| card.owes == CardOwes::Show);
}

fn settle(state: &mut State, which: impl Fn(&CardOf) -> bool) {
    for card in state.cards.iter_mut().filter(|card| which(card)) {
        (card.owes, card.by) = (CardOwes::Nothing, NEVER);
    }
}

/// A task was completed.
pub(super) fn completed(state: &mut State, cx: &Context, now: &Now, name: TaskRef, success: bool) {
    let Some(expired) = state.task(name.id, name.n).map(|task| task.expired) else {
        return;
    };
    let by = react(cx, now.at);
    if let Some(card) = find(state, name) {
        (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        card.fate = match (success, expired) {
            (true, false) => Fate::Succeeded,
            (true, true) => Fate::Expired,
            (false, _) => Fate::Failed,
        };
        if card.fate == Fate::Succeeded && card.shown && !card.dismissed && !card.vague {
            (card.owes, card.by) = (CardOwes::Finish, by);
        }
    }
    forget(state);
}

/// A task expired.
pub(super) fn expired(state: &mut State, name: TaskRef) {
    if let Some(card) = find(state, name) {
        card.fate = Fate::Expired;
        (card.owes, card.by) = (CardOwes::Nothing, NEVER);
    }
}

/// The process is gone, and its tasks with it: those that were not completed have failed.
pub(super) fn process_ended(state: &mut State) {
    let State { cards, tasks, .. } = state;
    for card in cards.iter_mut() {
        let runs = tasks.iter().any(|task| (task.id, task.n) == (card.id, card.n));
        if runs {
            card.fate = Fate::Failed;
            (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        }
    }
    forget(state);
}

/// Cards of tasks that are over, and that are not shown, are of no interest any more.
fn forget(state: &mut State) {
    state
        .cards
        .retain(|card| card.shown || !matches!(card.fate, Fate::Succeeded | Fate::Failed));
}

/// The app changed title and subtitle.
pub(super) fn retitled(
    state: &mut State,
    cx: &Context,
    now: &Now,
    name: TaskRef,
    texts: (crate::state::Text, crate::state::Text),
) {
    let settled = react(cx, now.at);
    if let Some(card) = find(state, name)
        && matches!(card.fate, Fate::Runs | Fate::Expired)
    {
        card.before = card.texts;
        card.texts = texts;
        card.settled = settled;
    }
}

/// A card was seen to do something.
pub(super) fn seen(state: &mut State, name: TaskRef, is: CardIs) {
    let Some(card) = find(state, name) else { return };
    match is {
        CardIs::Shown | CardIs::Changed | CardIs::Prompting => {
            card.shown = true;
            if card.owes == CardOwes::Show {
                (card.owes, card.by) = (CardOwes::Nothing, NEVER);
            }
        }
        CardIs::Finished | CardIs::Failed => {
            card.shown = true;
            if card.fate == Fate::Expired {
                // A completion after the expiry may show or not: now it is seen.
                card.fate = if is == CardIs::Finished {
                    Fate::Succeeded
                } else {
                    Fate::Failed
                };
            }
            if card.owes == CardOwes::Finish {
                (card.owes, card.by) = (CardOwes::Nothing, NEVER);
            }
        }
        CardIs::Gone => {
            card.shown = false;
            (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        }
    }
    forget(state);
}

/// The person does something with a card.
pub(super) fn person(state: &mut State, does: Does, name: TaskRef) {
    let Some(card) = find(state, name) else { return };
    match does {
        Does::Dismiss => {
            card.dismissed = true;
            card.stays = false;
            (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        }
        Does::Clear => {
            card.stays = false;
            (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        }
        Does::Stop | Does::Continue | Does::Ignore => {}
    }
}

/// A failed identifier is submitted again: its card goes, or stays beside the new one (UIX-6).
pub(super) fn retried(state: &mut State, cx: &Context, now: &Now, id: Sym) {
    let replaced = if cx.lacks(&rules::card::UIX_6) {
        Some(FailedCardReplacedOnRetry::No)
    } else {
        state.facts.chosen()
    };
    let by = react(cx, now.at);
    let failed = |card: &&mut CardOf| card.id == id && card.shown && card.fate == Fate::Failed;
    for card in state.cards.iter_mut().filter(failed) {
        match replaced {
            Some(FailedCardReplacedOnRetry::Yes) if card.by < FORGIVEN || card.owes == CardOwes::Nothing => {
                (card.owes, card.by) = (CardOwes::Go, by);
            }
            Some(FailedCardReplacedOnRetry::No) => card.stays = true,
            Some(FailedCardReplacedOnRetry::Yes) | None => {}
        }
    }
}
