//! What was done with the requests of an identifier, as far as the answer needs it.

use bgspec_model::vocabulary::{Event, Kind, Millis, Request};

use super::refused::Refused;
use super::run::{Death, Mark};

/// What was done with the requests of an identifier.
#[derive(Debug, Default)]
pub(super) struct Deeds {
    pub(super) accepted: u32,
    pub(super) delivered: u32,
    pub(super) granted: u32,
    /// The last request that was accepted.
    pub(super) request: Option<Request>,
    /// The call of the last submission that was accepted, until its delivery.
    pub(super) submitted: Option<Mark>,
    /// When it was submitted first since the last delivery, and how often since then.
    pub(super) first: Option<Millis>,
    pub(super) times: u32,
    /// The replacements since the last delivery.
    pub(super) replaced: Vec<Replaced>,
    /// The last refusal behind the last accepted submission.
    pub(super) refused: Option<Refused>,
    /// A submission whose answer the trace does not tell.
    pub(super) unanswered: Option<Mark>,
    /// Its number, where it was asynchronous.
    pub(super) flight: Option<u32>,
    /// The pending list showed it.
    pub(super) listed: bool,
    /// When it was cancelled, and whether with all the others.
    pub(super) cancelled: Option<(Mark, bool)>,
    /// A launch found no handler.
    pub(super) raised: Option<Mark>,
    /// A process was launched for it.
    pub(super) launched: Option<Mark>,
    /// The process that was launched for it died before the delivery.
    pub(super) lost: Option<Death>,
    /// Why it may be gone, where nobody cancelled it.
    pub(super) doubt: Option<Gone>,
    /// Why it is gone.
    pub(super) went: Option<Gone>,
}

/// Why a request is not there, without the app's doing.
#[derive(Debug, Clone)]
pub(super) struct Gone {
    /// In a sentence.
    pub(super) text: String,
    /// The rules that allow it.
    pub(super) rules: Vec<String>,
}

/// A request that was submitted anew while it was outstanding.
#[derive(Debug)]
pub(super) struct Replaced {
    pub(super) from: Option<Millis>,
    pub(super) to: Option<Millis>,
    /// The old date had not come.
    pub(super) was_early: bool,
}

/// Whether it is a request for continued processing.
pub(super) fn is_continued(request: &Request) -> bool {
    request.kind == Kind::Continued
}

/// The rule by which an event may take outstanding requests away, continued ones or others.
pub(super) fn drops(event: &Event, continued: bool) -> Option<&'static str> {
    Some(match (event, continued) {
        (Event::Device(_), _) => "CON-17",
        (Event::Reboot(_), true) => "LIF-16",
        (Event::Reboot(_), false) => "LIF-4",
        (Event::Updated(_), _) => "LIF-5",
        (Event::Uninstalled(_), _) => "LIF-6",
        (Event::ForceQuit(_), true) => "LIF-8",
        (Event::ForceQuit(_), false) => "LIF-11",
        (Event::Crashed(_) | Event::MemoryKilled(_) | Event::Killed(_), true) => "LIF-15",
        (Event::Crashed(_) | Event::MemoryKilled(_) | Event::Killed(_), false) => "LIF-7",
        _ => return None,
    })
}
