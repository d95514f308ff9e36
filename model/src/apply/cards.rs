//! What happens to cards. They are followed only where the trace would show them.

use super::react;
use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::{Does, Now, TaskRef};
use crate::rules;
use crate::rules::card::{Seen, fits};
use crate::setting::FailedCardReplacedOnRetry;
use crate::state::{CardOf, CardOwes, FORGIVEN, Fate, NEVER, Outstanding, State, Sym, Task, Text};
use crate::vocabulary::{CardIs, Millis};

fn find(state: &mut State, name: TaskRef) -> Option<&mut CardOf> {
    state
        .cards
        .iter_mut()
        .find(|card| (card.id, card.n) == (name.id, name.n))
}

/// A continued task runs: it has a card, shown or not.
pub(super) fn delivered(state: &mut State, cx: &Context, now: &Now, task: &Task) {
    if !cx.follows_cards() {
        return;
    }
    let shown = find(state, TaskRef { id: task.id, n: task.n }).is_some_and(|card| card.shown);
    let hidden = state.facts.mask(Fact::Foreground) == Facts::NO;
    let texts = (task.request.title, task.request.subtitle);
    let card = CardOf {
        shown,
        fate: Fate::Runs,
        vague: task.request.vague,
        ..CardOf::new(task.id, task.n, texts)
    };
    state.cards.retain(|card| (card.id, card.n) != (task.id, task.n));
    insert(state, card);
    if hidden {
        left_foreground(state, cx, now);
    }
}

fn insert(state: &mut State, card: CardOf) {
    let place = state
        .cards
        .partition_point(|other| (other.id, other.n) < (card.id, card.n));
    state.cards.insert(place, card);
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

/// The process is gone, and its tasks with it: those that were not completed have failed. A card that goes now or stays
/// tells nothing of a retry before (UIX-6).
pub(super) fn process_ended(state: &mut State) {
    settle(state, |card| card.owes == CardOwes::Go);
    let State { cards, tasks, .. } = state;
    for card in cards.iter_mut() {
        card.stays = Millis::MIN;
        let runs = tasks.iter().any(|task| (task.id, task.n) == (card.id, card.n));
        if runs {
            card.fate = Fate::Failed;
            (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        }
    }
    forget(state);
}

/// The device boots, or the app is updated or removed: whether a card outlives that no source says.
pub(super) fn may_be_wiped(state: &mut State) {
    settle(state, |_| true);
    state.cards.iter_mut().for_each(|card| card.maybe_gone = true);
}

/// Cards of tasks that are over, and that are not shown, are of no interest any more.
fn forget(state: &mut State) {
    state
        .cards
        .retain(|card| card.shown || !matches!(card.fate, Fate::Succeeded | Fate::Failed | Fate::Waits));
}

/// The app changed title and subtitle.
pub(super) fn retitled(state: &mut State, cx: &Context, now: &Now, name: TaskRef, texts: (Text, Text)) {
    if let Some(card) = find(state, name)
        && matches!(card.fate, Fate::Runs | Fate::Expired)
    {
        set_texts(card, cx, now, texts);
    }
}

/// It gets other texts, and shows them within `reaction_time` if it is shown (UIX-2).
fn set_texts(card: &mut CardOf, cx: &Context, now: &Now, texts: (Text, Text)) {
    let settled = react(cx, now.at);
    (card.before, card.texts, card.settled) = (card.texts, texts, settled);
    let runs = card.fate == Fate::Runs && card.shown && !card.dismissed && !card.vague;
    if runs && card.painted != texts && !cx.lacks(&rules::card::UIX_2) {
        (card.owes, card.by) = (CardOwes::Change, settled);
    } else if card.owes == CardOwes::Change {
        (card.owes, card.by) = (CardOwes::Nothing, NEVER);
    }
}

/// A request that waits is submitted anew, with other texts perhaps.
pub(super) fn submitted(state: &mut State, cx: &Context, now: &Now, request: &Outstanding) {
    let waits = |card: &&mut CardOf| card.id == request.id && card.fate == Fate::Waits;
    for card in state.cards.iter_mut().filter(waits) {
        set_texts(card, cx, now, (request.title, request.subtitle));
    }
}

/// A card was seen to do something, with these texts.
pub(super) fn seen(state: &mut State, cx: &Context, now: &Now, name: TaskRef, is: CardIs, texts: Seen) {
    if is == CardIs::Prompting {
        super::tasks::with_task(state, name, rules::progress::asks);
    }
    if find(state, name).is_none() {
        appears(state, cx, name, is);
    }
    let Some(card) = find(state, name) else { return };
    if is != CardIs::Gone {
        card.maybe_gone = false;
        card.painted = if fits(card.texts, texts) {
            card.texts
        } else {
            card.before
        };
    }
    match is {
        CardIs::Shown | CardIs::Changed | CardIs::Prompting => {
            card.shown = true;
            let painted = card.owes == CardOwes::Change && card.painted == card.texts;
            if card.owes == CardOwes::Show || painted {
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
            let leaves = cx
                .limits
                .finished_card
                .filter(|_| is == CardIs::Finished && !card.dismissed);
            if let Some(stays) = leaves {
                (card.owes, card.by) = (CardOwes::Leave, now.at + stays);
            }
        }
        CardIs::Gone => {
            card.shown = false;
            (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        }
    }
    forget(state);
}

/// A card comes where none was followed: of a request that waits, or of a task that failed unseen.
fn appears(state: &mut State, cx: &Context, name: TaskRef, is: CardIs) {
    if !cx.follows_cards() || !matches!(is, CardIs::Shown | CardIs::Failed) || cx.named(name.id).recounts {
        return;
    }
    if name.n <= cx.named(name.id).deliveries {
        let card = CardOf {
            fate: Fate::Failed,
            vague: true,
            ..CardOf::new(name.id, name.n, (Text::NONE, Text::NONE))
        };
        insert(state, card);
    } else if let Some(request) = state.request(name.id).copied() {
        let card = CardOf {
            fate: Fate::Waits,
            vague: request.vague,
            ..CardOf::new(name.id, name.n, (request.title, request.subtitle))
        };
        insert(state, card);
    }
}

/// The person does something with a card.
pub(super) fn person(state: &mut State, does: Does, name: TaskRef) {
    let Some(card) = find(state, name) else { return };
    match does {
        Does::Dismiss => {
            card.dismissed = true;
            taken_away(card);
        }
        Does::Clear => taken_away(card),
        Does::Stop | Does::Continue | Does::Ignore => {}
    }
}

/// By the input itself it is gone: nobody has to tell so.
fn taken_away(card: &mut CardOf) {
    (card.stays, card.maybe_gone) = (Millis::MIN, true);
    (card.owes, card.by) = (CardOwes::Nothing, NEVER);
}

/// A failed identifier is submitted again: its card goes within `reaction_time`, or stays beside the new one for as long
/// (UIX-6). What it does later tells nothing of the retry: a failed card may go by itself (UIX-5).
pub(super) fn retried(state: &mut State, cx: &Context, now: &Now, id: Sym) {
    let replaced = if cx.lacks(&rules::card::UIX_6) {
        Some(FailedCardReplacedOnRetry::No)
    } else {
        state.facts.chosen()
    };
    let by = react(cx, now.at);
    let failed = |card: &&mut CardOf| card.id == id && card.shows_failure();
    for card in state.cards.iter_mut().filter(failed) {
        match replaced {
            Some(FailedCardReplacedOnRetry::Yes) if card.by < FORGIVEN || card.owes == CardOwes::Nothing => {
                (card.owes, card.by) = (CardOwes::Go, by);
            }
            Some(FailedCardReplacedOnRetry::No) if by != NEVER => card.stays = by,
            Some(_) | None => {}
        }
    }
}
