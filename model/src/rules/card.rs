//! What the person sees of a continued task: its card.

use super::{completion, progress};
use crate::op::TaskRef;
use crate::see::{Drops, Effect, See};
use crate::setting::FailedCardReplacedOnRetry;
use crate::state::{CardOf, CardOwes, Fate};
use crate::state::{State, Sym, Task, Text};
use crate::vocabulary::CardIs;
use crate::vocabulary::Kind;

/// Title and subtitle, as far as they were seen.
pub(crate) type Seen = (Option<Text>, Option<Text>);

/// A card did something.
pub(super) fn card(see: &mut See<'_>, task: TaskRef, is: CardIs, texts: Seen) {
    let state = see.state;
    let of = state.task(task.id, task.n);
    if of.is_some_and(|task| task.kind != Kind::Continued && !task.kind_in_doubt()) {
        // The other kinds have none.
        return see.refuse(&UIX_1);
    }
    if !see.cx.follows_cards() || of.is_some_and(Task::kind_in_doubt) {
        return see.permit(&UIX_5, Effect::Happens(Drops::NONE));
    }
    let Some(card) = state.card(task.id, task.n).copied() else {
        return was_not_there(see, task, is, texts);
    };
    if shows_other_texts(see, &card, texts) {
        if is == CardIs::Shown {
            see.also_breaks(&UIX_1);
        }
        return see.refuse(if card.fate == Fate::Waits { &UIX_1 } else { &UIX_2 });
    }
    // Where lines may be missing, it may have been shown before.
    let there = card.shown || card.vague || see.cx.partial;
    let against = match (is, card.fate) {
        (CardIs::Shown, _) if card.shown => Some(&UIX_1),
        (CardIs::Changed | CardIs::Finished | CardIs::Gone, _) if !there => Some(&UIX_1),
        (CardIs::Shown | CardIs::Prompting, Fate::Succeeded) => Some(&UIX_4),
        (CardIs::Prompting, Fate::Expired | Fate::Failed | Fate::Waits) => Some(&UIX_1),
        (CardIs::Finished, Fate::Waits) => Some(&UIX_1),
        (CardIs::Finished, Fate::Runs | Fate::Failed) if !card.vague => Some(&UIX_4),
        (CardIs::Failed, _) if card.vague => None,
        (CardIs::Failed, Fate::Succeeded) => return fails_after_success(see, &card),
        (CardIs::Failed, Fate::Runs) => Some(&UIX_1),
        // What waits has not failed; what was cancelled or lost may have.
        (CardIs::Failed, Fate::Waits) if see.outstanding(card.id).is_some() => Some(&UIX_1),
        (CardIs::Gone, _) => return goes(see, &card),
        _ => None,
    };
    let by = match is {
        CardIs::Shown if card.fate == Fate::Waits => &UIX_7,
        CardIs::Shown => &UIX_1,
        CardIs::Changed => &UIX_2,
        CardIs::Prompting => &progress::PRG_7,
        CardIs::Finished => &UIX_4,
        CardIs::Failed | CardIs::Gone => &UIX_5,
    };
    match against {
        Some(rule) if see.holds(rule, true) => see.refuse(rule),
        Some(_) => see.permit(by, Effect::Happens(Drops::NONE)),
        None => see.permit(by, Effect::Happens(Drops::NONE)),
    }
}

/// A card that was not there: of a request that waits, of a task that is over, or of one that is not known.
fn was_not_there(see: &mut See<'_>, task: TaskRef, is: CardIs, texts: Seen) {
    let named = *see.cx.named(task.id);
    if named.recounts {
        // Lines may be missing.
        return see.permit(&UIX_5, Effect::Happens(Drops::NONE));
    }
    if task.n <= named.deliveries {
        // After a success nothing is seen of a card that is gone; after a failure a failed one may come.
        let succeeded = named.succeeded == task.n;
        let unfollowed = see.cx.partial || !see.cx.records("killed") || task.n <= named.unfollowed;
        return match is {
            CardIs::Shown | CardIs::Prompting if succeeded => see.refuse(&UIX_4),
            CardIs::Failed if succeeded && !unfollowed => see.refuse(&UIX_4),
            CardIs::Shown | CardIs::Failed => see.permit(&UIX_5, Effect::Happens(Drops::NONE)),
            CardIs::Changed | CardIs::Prompting | CardIs::Finished | CardIs::Gone if unfollowed => {
                see.permit(&UIX_5, Effect::Happens(Drops::NONE));
            }
            CardIs::Changed | CardIs::Prompting | CardIs::Finished | CardIs::Gone => see.refuse(&UIX_1),
        };
    }
    let waits = see.outstanding(task.id).copied();
    let Some(request) = waits.filter(|request| request.kind == Kind::Continued || request.vague) else {
        return see.refuse(&UIX_1);
    };
    let fits = request.vague || fits((request.title, request.subtitle), texts);
    match is {
        CardIs::Shown if fits => see.permit(&UIX_7, Effect::Happens(Drops::NONE)),
        _ => see.refuse(&UIX_1),
    }
}

/// Whether what was seen is this title and this subtitle, both of them.
pub(crate) fn fits(texts: (Text, Text), seen: Seen) -> bool {
    seen.0.is_none_or(|title| title == texts.0) && seen.1.is_none_or(|subtitle| subtitle == texts.1)
}

/// Whether it shows neither what was set last nor, for a while, what was there before: both texts of one update.
fn shows_other_texts(see: &See<'_>, card: &CardOf, seen: Seen) -> bool {
    let settled = see.now.earliest > card.settled;
    let before = !settled && (fits(card.before, seen) || fits(card.painted, seen));
    !card.vague && !fits(card.texts, seen) && !before
}

fn fails_after_success(see: &mut See<'_>, card: &CardOf) {
    see.refuse(&UIX_4);
    if see.cx.named(card.id).past.completed_late {
        see.refuse(&completion::CMP_2);
    }
}

fn goes(see: &mut See<'_>, card: &CardOf) {
    let foreground = see.foreground();
    let (earliest, latest) = (see.now.earliest, see.now.latest);
    let stopped = see
        .state
        .task(card.id, card.n)
        .is_some_and(|task| task.excuses.stop.holds(earliest));
    match card.fate {
        Fate::Runs if stopped => see.permit(&UIX_8, Effect::Happens(Drops::NONE)),
        Fate::Runs if !card.dismissed && !foreground && !card.vague => see.refuse(&UIX_1),
        Fate::Succeeded if card.owes == CardOwes::Finish => see.refuse(&UIX_4),
        Fate::Failed if see.holds(&UIX_6, latest <= card.stays) => see.refuse(&UIX_6),
        Fate::Failed | Fate::Expired => see.permit(&UIX_5, Effect::Happens(Drops::NONE)),
        Fate::Waits => see.permit(&UIX_7, Effect::Happens(Drops::NONE)),
        Fate::Runs | Fate::Succeeded => see.permit(&UIX_4, Effect::Happens(Drops::NONE)),
    }
}

rule! {
    UIX_1, "card in background": Must Scheduler
    since 26.0
    basis Documented
    "Within `reaction_time` of the app leaving the foreground, a running continued task has one card with its \
        title, subtitle, progress and a way to stop it, unless the person dismissed it; in the foreground it may \
        have one. A card belongs to a continued task or request that runs, waits (UIX-7), has failed (UIX-5) or \
        has just succeeded (UIX-4); only one that runs and has not expired prompts, and only a card that is \
        there changes, finishes or goes. The other kinds have none (CFG-10)."
    from "article Performing long-running tasks on iOS and iPadOS", "BGContinuedProcessingTask"
}

rule! {
    UIX_2, "update title replaces": Must Scheduler
    since 26.0
    basis Documented, Inferred
    "updateTitle replaces title and subtitle of the running task's card; after completion it has no \
        effect. (An update right before completion may not be painted.)"
    from "BGContinuedProcessingTask.updateTitle", "EhPanda 15-UAT"
}

rule! {
    UIX_3, "stop expires": Must Scheduler
    since 26.0
    basis Documented, Observed(4)
    "The person's Stop expires the task within `reaction_time`: its handler is called, or it is completed \
        as unsuccessful where none is set."
    from "article Performing long-running tasks on iOS and iPadOS", "OpenReader ADR 0053"
}

rule! {
    UIX_4, "success shows finished": Must Scheduler
    since 26.0
    basis Documented
    "On success a card that is shown says that it finished, within `reaction_time`, and goes away by itself, \
        after `finished_card_time` at the latest where that has a number; once gone, nothing of it is seen. It \
        never turns to failed, prompting or shown after success."
    from "WWDC25 session 227"
}

rule! {
    UIX_5, "failed card may stay": May Scheduler
    since 26.0
    basis Staff, Observed(4)
    "After failure, expiry or the app's death a failed card may stay until the person clears it; no call \
        of the app clears it."
    from "forum 808756"
}

rule! {
    UIX_6, "second card on retry": May Scheduler
    since 26.0
    basis Observed(2)
    decided by FailedCardReplacedOnRetry
    "Submitting a failed identifier again shows a second card beside the failed one (reported), or \
        replaces it (what its reporter expected)."
    from "forum 808756", "forum 'Behavior of BGContinuedProcessingTask on Failure' (tag page, Nov 2025)"
}

/// Whether a retry of a failed identifier takes its card away. Asked where there is one.
pub(super) fn retries(see: &mut See<'_>, id: Sym) {
    if has_failed(see.state, id) {
        see.exercise(&UIX_6);
        see.chose(FailedCardReplacedOnRetry::Yes);
    }
}

/// Whether the card of a failed task of the identifier is shown.
pub(super) fn has_failed(state: &State, id: Sym) -> bool {
    state.cards.iter().any(|card| card.id == id && card.shows_failure())
}

rule! {
    UIX_7, "waiting may show card": May Scheduler
    since 26.0
    basis Documented
    "A waiting request may show a card with its title and subtitle; whether the person can stop it there \
        is not documented."
    from "BGContinuedProcessingTaskRequest.init: displayed before the task begins running"
}

rule! {
    UIX_8, "stop may bring to foreground": May Scheduler
    since 26.0
    basis Observed(2)
    "Stop may bring the app to the foreground for some seconds before the task is expired; the card of a \
        stopped task may go at once."
    from "OpenReader ADR 0053"
}
