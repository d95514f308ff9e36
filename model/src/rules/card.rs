//! What the person sees of a continued task: its card.

use super::prelude::*;

/// A card did something.
pub(super) fn card(see: &mut See<'_>) {
    see.permit(&CARD_IN_BACKGROUND, Effect::Happens(Drops::NONE));
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
