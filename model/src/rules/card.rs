//! What the person sees of a continued task: its card.

use super::prelude::*;
use crate::state::{CardOf, CardOwes, Fate};
use crate::vocabulary::CardIs;

/// A card did something.
pub(super) fn card(see: &mut See<'_>, task: TaskRef, is: CardIs, texts: (Option<Text>, Option<Text>)) {
    let state = see.state;
    if state
        .task(task.id, task.n)
        .is_some_and(|task| task.kind != Kind::Continued)
    {
        // The other kinds have none.
        return see.refuse(&CARD_IN_BACKGROUND);
    }
    let Some(card) = state.card(task.id, task.n).copied() else {
        return before_its_task(see, task, is, texts);
    };
    if shows_other_texts(see, &card, texts) {
        return see.refuse(&UPDATE_TITLE_REPLACES);
    }
    match is {
        CardIs::Shown if card.shown => see.refuse(&CARD_IN_BACKGROUND),
        CardIs::Shown => see.permit(&CARD_IN_BACKGROUND, Effect::Happens(Drops::NONE)),
        CardIs::Changed => see.permit(&UPDATE_TITLE_REPLACES, Effect::Happens(Drops::NONE)),
        CardIs::Prompting if card.fate == Fate::Runs => {
            see.permit(&progress::PROMPT_MAY_APPEAR, Effect::Happens(Drops::NONE));
        }
        CardIs::Prompting => see.refuse(&progress::PROMPT_MAY_APPEAR),
        CardIs::Finished if matches!(card.fate, Fate::Succeeded | Fate::Expired) || card.vague => {
            see.permit(&SUCCESS_SHOWS_FINISHED, Effect::Happens(Drops::NONE));
        }
        CardIs::Finished => see.refuse(&SUCCESS_SHOWS_FINISHED),
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
        _ if known => see.permit(&FAILED_CARD_MAY_STAY, Effect::Happens(Drops::NONE)),
        Some(request) if request.kind == Kind::Continued || request.vague => {
            let same = |seen: Option<Text>, text| seen.is_none_or(|seen| seen == text);
            if request.vague || same(texts.0, request.title) && same(texts.1, request.subtitle) {
                see.permit(&WAITING_MAY_SHOW_CARD, Effect::Happens(Drops::NONE));
            } else {
                see.refuse(&WAITING_MAY_SHOW_CARD);
            }
        }
        // The card of a waiting request that was cancelled or lost goes.
        _ if is == CardIs::Gone => see.permit(&WAITING_MAY_SHOW_CARD, Effect::Happens(Drops::NONE)),
        _ => see.refuse(&CARD_IN_BACKGROUND),
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
        Fate::Failed | Fate::Expired => see.permit(&FAILED_CARD_MAY_STAY, Effect::Happens(Drops::NONE)),
        _ if card.vague => see.permit(&FAILED_CARD_MAY_STAY, Effect::Happens(Drops::NONE)),
        Fate::Succeeded => {
            see.refuse(&SUCCESS_SHOWS_FINISHED);
            if see.cx.named(card.id).past.completed_late {
                see.refuse(&completion::FIRST_COMPLETION_COUNTS);
            }
        }
        Fate::Runs | Fate::Waits => see.refuse(&CARD_IN_BACKGROUND),
    }
}

fn goes(see: &mut See<'_>, card: &CardOf) {
    let foreground = see.foreground();
    let stopped = see
        .state
        .task(card.id, card.n)
        .is_some_and(|task| task.reasons.has(Reasons::STOP));
    match card.fate {
        Fate::Runs if stopped => see.permit(&STOP_MAY_BRING_TO_FOREGROUND, Effect::Happens(Drops::NONE)),
        Fate::Runs if !card.dismissed && !foreground && !card.vague => see.refuse(&CARD_IN_BACKGROUND),
        Fate::Succeeded if card.owes == CardOwes::Finish => see.refuse(&SUCCESS_SHOWS_FINISHED),
        Fate::Failed if card.stays => see.refuse(&SECOND_CARD_ON_RETRY),
        Fate::Failed | Fate::Expired => see.permit(&FAILED_CARD_MAY_STAY, Effect::Happens(Drops::NONE)),
        Fate::Waits => see.permit(&WAITING_MAY_SHOW_CARD, Effect::Happens(Drops::NONE)),
        Fate::Runs | Fate::Succeeded => see.permit(&SUCCESS_SHOWS_FINISHED, Effect::Happens(Drops::NONE)),
    }
}

/// The rule UIX-1.
pub static CARD_IN_BACKGROUND: Rule = Rule {
    id: Id::new(Area::Card, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Within `reaction_time` of the app leaving the foreground, a running continued task has one card with \
        its title, subtitle, progress and a way to stop it, unless the person dismissed it; in the \
        foreground it may have one. The other kinds have none.",
    sources: &[
        "article Performing long-running tasks on iOS and iPadOS",
        "BGContinuedProcessingTask",
    ],
};

/// The rule UIX-2.
pub static UPDATE_TITLE_REPLACES: Rule = Rule {
    id: Id::new(Area::Card, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "updateTitle replaces title and subtitle of the running task's card; after completion it has no \
        effect. (An update right before completion may not be painted.)",
    sources: &["BGContinuedProcessingTask.updateTitle", "EhPanda 15-UAT"],
};

/// The rule UIX-3.
pub static STOP_EXPIRES: Rule = Rule {
    id: Id::new(Area::Card, 3),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(4)],
    switch: None,
    text: "The person's Stop expires the task within `reaction_time`: its handler is called, or it is completed \
        as unsuccessful where none is set.",
    sources: &[
        "article Performing long-running tasks on iOS and iPadOS",
        "OpenReader ADR 0053",
    ],
};

/// The rule UIX-4.
pub static SUCCESS_SHOWS_FINISHED: Rule = Rule {
    id: Id::new(Area::Card, 4),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "On success a card that is shown says that it finished, within `reaction_time`, and goes away by \
        itself.",
    sources: &["WWDC25 session 227"],
};

/// The rule UIX-5.
pub static FAILED_CARD_MAY_STAY: Rule = Rule {
    id: Id::new(Area::Card, 5),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Staff, Basis::Observed(4)],
    switch: None,
    text: "After failure, expiry or the app's death a failed card may stay until the person clears it; no call \
        of the app clears it.",
    sources: &["forum 808756"],
};

/// The rule UIX-6.
pub static SECOND_CARD_ON_RETRY: Rule = Rule {
    id: Id::new(Area::Card, 6),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Observed(2)],
    switch: Some(Setting::FailedCardReplacedOnRetry),
    text: "Submitting a failed identifier again shows a second card beside the failed one (reported), or \
        replaces it (what its reporter expected).",
    sources: &[
        "forum 808756",
        "forum 'Behavior of BGContinuedProcessingTask on Failure' (tag page, Nov 2025)",
    ],
};

/// Whether a retry of a failed identifier takes its card away. Asked where there is one.
pub(super) fn retries(see: &mut See<'_>, id: Sym) {
    const YES: u8 = 0;
    let shown = |card: &CardOf| card.id == id && card.shown && card.fate == Fate::Failed;
    if see.state.cards.iter().any(shown) {
        see.exercise(&SECOND_CARD_ON_RETRY);
        see.setting(Setting::FailedCardReplacedOnRetry, YES);
    }
}

/// The rule UIX-7.
pub static WAITING_MAY_SHOW_CARD: Rule = Rule {
    id: Id::new(Area::Card, 7),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A waiting request may show a card with its title and subtitle; whether the person can stop it there \
        is not documented.",
    sources: &["BGContinuedProcessingTaskRequest.init: displayed before the task begins running"],
};

/// The rule UIX-8.
pub static STOP_MAY_BRING_TO_FOREGROUND: Rule = Rule {
    id: Id::new(Area::Card, 8),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Observed(2)],
    switch: None,
    text: "Stop may bring the app to the foreground for some seconds before the task is expired; the card of a \
        stopped task may go at once.",
    sources: &["OpenReader ADR 0053"],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &CARD_IN_BACKGROUND,
    &UPDATE_TITLE_REPLACES,
    &STOP_EXPIRES,
    &SUCCESS_SHOWS_FINISHED,
    &FAILED_CARD_MAY_STAY,
    &SECOND_CARD_ON_RETRY,
    &WAITING_MAY_SHOW_CARD,
    &STOP_MAY_BRING_TO_FOREGROUND,
];
