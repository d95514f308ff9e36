//! What was done with the requests of an identifier, as far as the answer needs it.

use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{Code, Event, Kind, Millis, Request};

/// What was done with the requests of an identifier.
#[derive(Debug, Default)]
pub(super) struct Deeds {
    pub(super) accepted: u32,
    pub(super) delivered: u32,
    pub(super) granted: u32,
    /// The last delivery: when, and whether there was a network.
    pub(super) last_delivery: Option<(Millis, Option<bool>)>,
    /// The last request that was accepted.
    pub(super) request: Option<Request>,
    /// When it was submitted first since the last delivery, and how often since then.
    pub(super) first: Option<Millis>,
    pub(super) times: u32,
    /// The replacements since the last delivery.
    pub(super) replaced: Vec<Replaced>,
    /// The last refusal behind the last accepted submission, with its event and the rules that allow it.
    pub(super) refused: Option<(u64, Option<Code>, Vec<&'static Rule>)>,
    /// When it was cancelled, and whether with all the others.
    pub(super) cancelled: Option<(Millis, bool)>,
    /// When and by which line it went, where nobody cancelled it.
    pub(super) went: Option<(Millis, String, Vec<String>)>,
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

/// The rule by which an event may take outstanding requests away.
pub(super) fn drops(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::Device(_) => "CON-17",
        Event::Reboot(_) => "LIF-4",
        Event::Updated(_) => "LIF-5",
        Event::Uninstalled(_) => "LIF-6",
        Event::ForceQuit(_) => "LIF-11",
        Event::Crashed(_) | Event::MemoryKilled(_) | Event::Killed(_) => "LIF-7",
        _ => return None,
    })
}
