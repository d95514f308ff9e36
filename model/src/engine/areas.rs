//! The systems that the explorer visits: an area each, with a few identifiers, and what may happen to them.
//!
//! The bounds are these identifiers and steps, and nothing else: an area is visited whole. Time passes by one length, and
//! durations are pinned to a few of them, so that of every clock that a rule takes each class is met: before a bound, at
//! it, behind it.

mod table;

pub use table::AREAS;

use crate::op::{Death, Does};
use crate::state::By;
use crate::vocabulary::{
    Area as RuleArea, CardIs, Code, Device, Discretion, Header, KillCause, Kind, Millis, Permitted, Pressure,
    Protection, Version,
};

/// How many launches of one identifier may be under way at once: the debugger and the runner could go on for ever.
pub const LAUNCHES: usize = 2;

/// A closed system, as it is stated.
#[derive(Debug)]
pub struct Area {
    /// Its name.
    pub name: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// The version.
    pub os: (u16, u16),
    /// The identifiers, and as which kind each is submitted.
    pub ids: &'static [(&'static str, Kind)],
    /// Settings that are pinned; the rest are those of the profile contract, each answer free.
    pub pins: &'static [(&'static str, &'static str)],
    /// Areas that the scheduler does not model.
    pub without: &'static [RuleArea],
    /// The runner decides about launches.
    pub driven: bool,
    /// The device is told to be calm, and no other app to take a place for continued tasks.
    pub calm: bool,
    /// How many tasks and cards of one identifier there may be at once.
    pub tasks: usize,
    /// How many asynchronous submissions there may be at once.
    pub flights: usize,
    /// Time passes by so much at once.
    pub tick: Millis,
    /// What may happen.
    pub steps: &'static [Step],
    /// The areas of the rules that it takes in.
    pub about: &'static [RuleArea],
}

/// A request as it is submitted, of each identifier of these kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Of identifiers of these kinds.
    pub kinds: &'static [Kind],
    /// As another kind.
    pub as_kind: Option<Kind>,
    /// Its date lies so far ahead.
    pub in_ms: Option<Millis>,
    /// It requires the network.
    pub network: bool,
    /// It requires external power.
    pub power: bool,
    /// A continued one with strategy `fail`.
    pub fails: bool,
}

/// What may happen.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "each is the event of its name")]
pub enum Step {
    TimePasses,
    Starts(By),
    FinishesLaunching,
    Foreground,
    Background,
    KeptAwake,
    Dies(Death),
    Reboots,
    Updated,
    Uninstalled,
    Installed,
    Device(Device),
    Person(Does),
    Debugger,
    SimulatesLaunch,
    SimulatesExpiration,
    Grants,
    TakesBack,
    Settles,
    Registers,
    Submits(Request),
    SubmitsInFlight(Request),
    Cancels,
    CancelsAll,
    Lists,
    SetsHandler(bool),
    Progresses(Option<i64>, Option<i64>, Option<i64>),
    Completes(bool),
    BlocksQueue,
    UnblocksQueue,
    Reads(Protection),
    Launched,
    Delivered,
    DeliveryRaised,
    Expires,
    CompletedBySystem,
    Suspended,
    Killed(KillCause),
    Card(CardIs),
    SubmissionCompletes(Option<Code>),
}

impl Area {
    /// The version.
    #[must_use]
    pub fn version(&self) -> Version {
        Version::new(self.os.0, self.os.1)
    }

    /// The header of its traces.
    #[must_use]
    pub fn header(&self) -> Header {
        let mut header = Header::new(self.version(), "app");
        header.permitted = Permitted::List(self.ids.iter().map(|(id, _)| (*id).to_owned()).collect());
        header.modes = ["fetch", "processing"].map(str::to_owned).to_vec();
        header.entitlements = vec![crate::context::names::HEALTH.to_owned()];
        header.study_opt_in = true;
        header.passcode = Some(true);
        header.pins = self
            .pins
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        header.without = self.without.to_vec();
        if self.driven {
            header.discretion = Discretion::Driven;
        }
        if self.calm {
            header.device.pressure = Some(Pressure::Calm);
            header.device.places_taken = Some(0);
        }
        header
    }
}
