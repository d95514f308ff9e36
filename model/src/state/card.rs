//! Cards, and asynchronous submissions on their way.

use crate::vocabulary::Millis;

use super::{NEVER, Outstanding, Sym, Text};

/// A card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CardOf {
    /// The identifier of its task.
    pub id: Sym,
    /// The number of its task.
    pub n: u32,
    /// It is shown.
    pub shown: bool,
    /// What it has to do.
    pub owes: CardOwes,
    /// The latest time for that; [`NEVER`] if nothing is owed.
    pub by: Millis,
    /// Title and subtitle, as last set.
    pub texts: (Text, Text),
    /// Title and subtitle before, which it may show until `settled`.
    pub before: (Text, Text),
    /// Title and subtitle, as it was last seen to show them.
    pub painted: (Text, Text),
    /// When the last change of the texts has to have arrived.
    pub settled: Millis,
    /// What became of its task.
    pub fate: Fate,
    /// The person dismissed it.
    pub dismissed: bool,
    /// Until then it may not go, since a retry does not take it away (UIX-6); `Millis::MIN` if it may.
    pub stays: Millis,
    /// Something else than a retry may have taken it away: the person, a boot, an update, an uninstall.
    pub maybe_gone: bool,
    /// Its texts are not known.
    pub vague: bool,
}

impl CardOf {
    /// Whether it surely shows that its task failed.
    #[must_use]
    pub fn shows_failure(&self) -> bool {
        self.shown && self.fate == Fate::Failed && !self.maybe_gone
    }

    /// A card that is not shown and owes nothing.
    #[must_use]
    pub const fn new(id: Sym, n: u32, texts: (Text, Text)) -> Self {
        Self {
            id,
            n,
            shown: false,
            owes: CardOwes::Nothing,
            by: NEVER,
            texts,
            before: texts,
            painted: texts,
            settled: Millis::MIN,
            fate: Fate::Runs,
            dismissed: false,
            stays: Millis::MIN,
            maybe_gone: false,
            vague: false,
        }
    }
}

/// What a card has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardOwes {
    /// Nothing.
    Nothing,
    /// Appear.
    Show,
    /// Say that the task finished, or go.
    Finish,
    /// Go, since a retry replaces it.
    Go,
    /// Show the texts that were set last.
    Change,
    /// Go, since it said long enough that the task finished.
    Leave,
}

/// What became of the task of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is a request, and waits.
    Waits,
    /// It runs.
    Runs,
    /// It succeeded.
    Succeeded,
    /// It failed or died.
    Failed,
    /// It expired; how it was completed may show or not.
    Expired,
}

/// An asynchronous submission between its call and its completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flight {
    /// The number that the trace gives it.
    pub number: u32,
    /// The request.
    pub request: Outstanding,
    /// It has taken effect, and with which result.
    pub result: Option<FlightResult>,
    /// By when it has to complete.
    pub by: Millis,
    /// The submission came from the app itself, not from an extension.
    pub from_app: bool,
}

/// What an asynchronous submission came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlightResult {
    /// The request was accepted.
    Accepted,
    /// The request was refused with one of these codes.
    Refused(crate::see::Codes),
    /// The submission failed with an error of another domain.
    Failed,
    /// Nobody would see, neither by its completion nor by a delivery: until it has to have completed nothing is known of the
    /// request of its identifier.
    Unheard,
}
