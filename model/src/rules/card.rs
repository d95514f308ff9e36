//! What the person sees of a continued task: its card.

use super::{completion, progress};
use crate::op::TaskRef;
use crate::see::{Drops, Effect, See};
use crate::setting::FailedCardReplacedOnRetry;
use crate::state::{CardOf, CardOwes, Fate};
use crate::state::{Reasons, State, Sym, Text};
use crate::vocabulary::CardIs;
use crate::vocabulary::Kind;

/// A card did something.
pub(super) fn card(see: &mut See<'_>, task: TaskRef, is: CardIs, texts: (Option<Text>, Option<Text>)) {
    let state = see.state;
    if state
        .task(task.id, task.n)
        .is_some_and(|task| task.kind != Kind::Continued && !task.kind_in_doubt())
    {
        // The other kinds have none.
        return see.refuse(&UIX_1);
    }
    let Some(card) = state.card(task.id, task.n).copied() else {
        return before_its_task(see, task, is, texts);
    };
    if shows_other_texts(see, &card, texts) {
        return see.refuse(&UIX_2);
    }
    match is {
        CardIs::Shown if card.shown => see.refuse(&UIX_1),
        CardIs::Shown => see.permit(&UIX_1, Effect::Happens(Drops::NONE)),
        CardIs::Changed => see.permit(&UIX_2, Effect::Happens(Drops::NONE)),
        CardIs::Prompting if card.fate == Fate::Runs => {
            see.permit(&progress::PRG_7, Effect::Happens(Drops::NONE));
        }
        CardIs::Prompting => see.refuse(&progress::PRG_7),
        CardIs::Finished if matches!(card.fate, Fate::Succeeded | Fate::Expired) || card.vague => {
            see.permit(&UIX_4, Effect::Happens(Drops::NONE));
        }
        CardIs::Finished => see.refuse(&UIX_4),
        CardIs::Failed => fails(see, &card),
        CardIs::Gone => goes(see, &card),
    }
}

/// A card of a request that waits, or of a task that is not known.
fn before_its_task(see: &mut See<'_>, task: TaskRef, is: CardIs, texts: (Option<Text>, Option<Text>)) {
    let waits = see.outstanding(task.id).copied();
    let named = see.cx.named(task.id);
    let known = task.n <= named.deliveries || named.recounts;
    match waits {
        _ if known => see.permit(&UIX_5, Effect::Happens(Drops::NONE)),
        Some(request) if request.kind == Kind::Continued || request.vague => {
            let same = |seen: Option<Text>, text| seen.is_none_or(|seen| seen == text);
            if request.vague || same(texts.0, request.title) && same(texts.1, request.subtitle) {
                see.permit(&UIX_7, Effect::Happens(Drops::NONE));
            } else {
                see.refuse(&UIX_7);
            }
        }
        // The card of a waiting request that was cancelled or lost goes.
        _ if is == CardIs::Gone => see.permit(&UIX_7, Effect::Happens(Drops::NONE)),
        _ => see.refuse(&UIX_1),
    }
}

fn shows_other_texts(see: &See<'_>, card: &CardOf, texts: (Option<Text>, Option<Text>)) -> bool {
    let settled = see.now.earliest > card.settled;
    let same = |seen: Option<Text>, now, before| {
        seen.is_none_or(|seen| card.vague || seen == now || !settled && seen == before)
    };
    !same(texts.0, card.texts.0, card.before.0) || !same(texts.1, card.texts.1, card.before.1)
}

fn fails(see: &mut See<'_>, card: &CardOf) {
    match card.fate {
        Fate::Failed | Fate::Expired => see.permit(&UIX_5, Effect::Happens(Drops::NONE)),
        _ if card.vague => see.permit(&UIX_5, Effect::Happens(Drops::NONE)),
        Fate::Succeeded => {
            see.refuse(&UIX_4);
            if see.cx.named(card.id).past.completed_late {
                see.refuse(&completion::CMP_2);
            }
        }
        Fate::Runs => see.refuse(&UIX_1),
    }
}

fn goes(see: &mut See<'_>, card: &CardOf) {
    let foreground = see.foreground();
    let stopped = see
        .state
        .task(card.id, card.n)
        .is_some_and(|task| task.reasons.has(Reasons::STOP));
    match card.fate {
        Fate::Runs if stopped => see.permit(&UIX_8, Effect::Happens(Drops::NONE)),
        Fate::Runs if !card.dismissed && !foreground && !card.vague => see.refuse(&UIX_1),
        Fate::Succeeded if card.owes == CardOwes::Finish => see.refuse(&UIX_4),
        Fate::Failed if card.stays => see.refuse(&UIX_6),
        Fate::Failed | Fate::Expired => see.permit(&UIX_5, Effect::Happens(Drops::NONE)),
        Fate::Runs | Fate::Succeeded => see.permit(&UIX_4, Effect::Happens(Drops::NONE)),
    }
}

rule! {
    UIX_1, "card in background": Must Scheduler
    since 26.0
    basis Documented
    "Within `reaction_time` of the app leaving the foreground, a running continued task has one card with \
        its title, subtitle, progress and a way to stop it, unless the person dismissed it; in the \
        foreground it may have one. The other kinds have none."
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
    "On success a card that is shown says that it finished, within `reaction_time`, and goes away by \
        itself."
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
    let shown = |card: &CardOf| card.id == id && card.shown && card.fate == Fate::Failed;
    state.cards.iter().any(shown)
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
