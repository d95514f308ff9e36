//! The systems that the explorer visits: an area each, with a few identifiers, and what may happen to them.
//!
//! The bounds are these identifiers and steps, and nothing else: an area is visited whole. Time passes by one length, and
//! durations are pinned to a few of them, so that of every clock that a rule takes each class is met: before a bound, at
//! it, behind it.

use crate::op::{Death, Does};
use crate::state::By;
use crate::vocabulary::{
    Area as RuleArea, BackgroundRefresh, CardIs, Code, Device, Discretion, Header, KillCause, Kind, Millis, Permitted,
    Pressure, Protection, Version,
};

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
    /// The device is told to be calm.
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
        }
        header
    }
}

const DEFAULT: Request = Request {
    kinds: &Kind::ALL,
    as_kind: None,
    in_ms: None,
    network: false,
    power: false,
    fails: false,
};

const UNCHANGED: Device = Device {
    network: None,
    power: None,
    in_use: None,
    locked: None,
    unlocked_once: None,
    low_power: None,
    background_refresh: None,
    background_launches_denied: None,
    pressure: None,
    places_taken: None,
};

macro_rules! when {
    ($($field:ident: $value:expr),+) => {
        Step::Device(Device { $($field: Some($value),)+ ..UNCHANGED })
    };
}

/// Every area.
pub static AREAS: &[Area] = &[
    Area {
        name: "requests",
        title: "submissions, replacements, limits, cancels and lists, by processes that come and go",
        os: (26, 1),
        ids: &[
            ("app.r", Kind::Refresh),
            ("app.s", Kind::Refresh),
            ("app.p", Kind::Processing),
            ("app.q", Kind::Processing),
        ],
        pins: &[
            ("reaction_time", "1 s"),
            ("refresh_budget", "2 s"),
            ("refresh_limit", "1"),
            ("processing_limit", "1"),
            ("sync_submit_errors", "either"),
        ],
        without: &[],
        driven: false,
        calm: false,
        tasks: 1,
        flights: 0,
        tick: 1000,
        steps: &[
            Step::Starts(By::Person),
            Step::FinishesLaunching,
            Step::Starts(By::Other),
            Step::Foreground,
            Step::Background,
            Step::Dies(Death::ForceQuit),
            Step::Dies(Death::Crash),
            Step::Reboots,
            Step::Updated,
            Step::Uninstalled,
            Step::Installed,
            Step::Registers,
            Step::Submits(DEFAULT),
            Step::Submits(Request {
                in_ms: Some(1000),
                kinds: &[Kind::Refresh],
                ..DEFAULT
            }),
            Step::Submits(Request {
                as_kind: Some(Kind::Processing),
                kinds: &[Kind::Refresh],
                ..DEFAULT
            }),
            Step::Cancels,
            Step::CancelsAll,
            Step::Lists,
            Step::TimePasses,
        ],
        about: &[
            RuleArea::Registration,
            RuleArea::Submission,
            RuleArea::Cancelling,
            RuleArea::PendingList,
        ],
    },
    Area {
        name: "launches",
        title: "launches, deliveries, expiry and completion of refresh and processing",
        os: (18, 0),
        ids: &[
            ("app.r", Kind::Refresh),
            ("app.s", Kind::Refresh),
            ("app.p", Kind::Processing),
        ],
        pins: &[
            ("reaction_time", "1 s"),
            ("refresh_budget", "2 s"),
            ("processing_budget", "3 s"),
            ("expiration_grace", "1 s"),
        ],
        without: &[],
        driven: false,
        calm: false,
        tasks: 1,
        flights: 0,
        tick: 1000,
        steps: &[
            Step::Starts(By::Person),
            Step::FinishesLaunching,
            Step::Foreground,
            Step::Background,
            Step::Dies(Death::Crash),
            Step::Registers,
            Step::Submits(DEFAULT),
            Step::Submits(Request {
                in_ms: Some(1000),
                kinds: &[Kind::Processing],
                ..DEFAULT
            }),
            Step::Cancels,
            Step::SetsHandler(true),
            Step::Completes(true),
            Step::Launched,
            Step::Delivered,
            Step::DeliveryRaised,
            Step::Expires,
            Step::CompletedBySystem,
            Step::Suspended,
            Step::Killed(KillCause::Time),
            Step::TimePasses,
        ],
        about: &[
            RuleArea::Launch,
            RuleArea::Expiration,
            RuleArea::Completion,
            RuleArea::Life,
        ],
    },
    Area {
        name: "continued",
        title: "continued requests that wait, start, stall and are cancelled",
        os: (26, 1),
        ids: &[("app.x", Kind::Continued), ("app.y", Kind::Continued)],
        pins: &[
            ("reaction_time", "1 s"),
            ("stall_timeout", "2 s"),
            ("refresh_budget", "2 s"),
            ("continued_capacity", "1"),
            ("refresh_limit", "1"),
        ],
        without: &[RuleArea::Card],
        driven: false,
        calm: true,
        tasks: 1,
        flights: 0,
        tick: 1000,
        steps: &[
            Step::Starts(By::Person),
            Step::FinishesLaunching,
            Step::Foreground,
            Step::Background,
            Step::Registers,
            Step::Submits(Request {
                kinds: &[Kind::Continued],
                ..DEFAULT
            }),
            Step::Submits(Request {
                kinds: &[Kind::Continued],
                fails: true,
                ..DEFAULT
            }),
            Step::Cancels,
            Step::Progresses(None, Some(1), None),
            Step::Completes(true),
            Step::Delivered,
            Step::DeliveryRaised,
            Step::Expires,
            Step::CompletedBySystem,
            Step::TimePasses,
        ],
        about: &[RuleArea::Submission, RuleArea::Launch, RuleArea::Progress],
    },
    Area {
        name: "cards",
        title: "the card of a continued task, and what the person does with it",
        os: (26, 1),
        ids: &[("app.x", Kind::Continued)],
        pins: &[
            ("reaction_time", "1 s"),
            ("stall_timeout", "2 s"),
            ("continued_capacity", "1"),
        ],
        without: &[],
        driven: false,
        calm: true,
        tasks: 1,
        flights: 0,
        tick: 1000,
        steps: &[
            Step::Starts(By::Person),
            Step::FinishesLaunching,
            Step::Foreground,
            Step::Background,
            Step::Dies(Death::Crash),
            Step::Registers,
            Step::Submits(DEFAULT),
            Step::Completes(true),
            Step::Completes(false),
            Step::Delivered,
            Step::DeliveryRaised,
            Step::Expires,
            Step::CompletedBySystem,
            Step::Card(CardIs::Shown),
            Step::Card(CardIs::Changed),
            Step::Card(CardIs::Prompting),
            Step::Card(CardIs::Finished),
            Step::Card(CardIs::Failed),
            Step::Card(CardIs::Gone),
            Step::Person(Does::Stop),
            Step::Person(Does::Continue),
            Step::Person(Does::Ignore),
            Step::Person(Does::Dismiss),
            Step::Person(Does::Clear),
            Step::TimePasses,
        ],
        about: &[RuleArea::Card, RuleArea::Progress],
    },
    Area {
        name: "conditions",
        title: "what the device has to be like, for processing and health research",
        os: (18, 0),
        ids: &[("app.p", Kind::Processing), ("app.h", Kind::HealthResearch)],
        pins: &[
            ("reaction_time", "1 s"),
            ("processing_budget", "2 s"),
            ("expiration_grace", "1 s"),
        ],
        without: &[],
        driven: false,
        calm: false,
        tasks: 1,
        flights: 0,
        tick: 1000,
        steps: &[
            Step::Starts(By::Other),
            Step::FinishesLaunching,
            Step::Registers,
            Step::Submits(Request {
                network: true,
                power: true,
                ..DEFAULT
            }),
            Step::Completes(true),
            Step::Delivered,
            Step::DeliveryRaised,
            Step::Expires,
            Step::CompletedBySystem,
            when!(network: false),
            when!(network: true),
            when!(power: false),
            when!(power: true),
            when!(in_use: false),
            when!(in_use: true),
            when!(background_refresh: BackgroundRefresh::Available),
            when!(background_refresh: BackgroundRefresh::Denied),
            when!(unlocked_once: true, locked: false),
            Step::TimePasses,
        ],
        about: &[RuleArea::Conditions],
    },
    Area {
        name: "in flight",
        title: "asynchronous submissions that take effect at any moment",
        os: (27, 0),
        ids: &[("app.r", Kind::Refresh), ("app.p", Kind::Processing)],
        pins: &[
            ("reaction_time", "1 s"),
            ("refresh_limit", "1"),
            ("processing_limit", "1"),
        ],
        without: &[],
        driven: false,
        calm: false,
        tasks: 1,
        flights: 3,
        tick: 1000,
        steps: &[
            Step::Starts(By::Person),
            Step::FinishesLaunching,
            Step::Foreground,
            Step::Background,
            Step::Dies(Death::Crash),
            Step::Registers,
            Step::SubmitsInFlight(DEFAULT),
            Step::Submits(DEFAULT),
            Step::Cancels,
            Step::CancelsAll,
            Step::SubmissionCompletes(None),
            Step::SubmissionCompletes(Some(Code(1))),
            Step::SubmissionCompletes(Some(Code(3))),
            when!(low_power: true),
            when!(low_power: false),
            Step::TimePasses,
        ],
        about: &[RuleArea::Submission, RuleArea::Cancelling],
    },
    Area {
        name: "hooks",
        title: "the debugger's launches and expirations, and a blocked queue",
        os: (18, 0),
        ids: &[("app.r", Kind::Refresh)],
        pins: &[
            ("reaction_time", "1 s"),
            ("refresh_budget", "2 s"),
            ("expiration_grace", "1 s"),
        ],
        without: &[],
        driven: false,
        calm: false,
        tasks: 1,
        flights: 0,
        tick: 1000,
        steps: &[
            Step::Starts(By::Person),
            Step::FinishesLaunching,
            Step::Debugger,
            Step::Registers,
            Step::Submits(DEFAULT),
            Step::SimulatesLaunch,
            Step::SimulatesExpiration,
            Step::Delivered,
            Step::DeliveryRaised,
            Step::Expires,
            Step::CompletedBySystem,
            Step::SetsHandler(true),
            Step::Completes(true),
            Step::BlocksQueue,
            Step::UnblocksQueue,
            Step::TimePasses,
        ],
        about: &[RuleArea::Debugging, RuleArea::Expiration],
    },
    Area {
        name: "driven",
        title: "a runner that grants launches and takes time back",
        os: (18, 0),
        ids: &[("app.r", Kind::Refresh)],
        pins: &[
            ("reaction_time", "1 s"),
            ("refresh_budget", "2 s"),
            ("expiration_grace", "1 s"),
        ],
        without: &[],
        driven: true,
        calm: false,
        tasks: 1,
        flights: 0,
        tick: 1000,
        steps: &[
            Step::Starts(By::Person),
            Step::FinishesLaunching,
            Step::Starts(By::Other),
            Step::Dies(Death::Memory),
            Step::Registers,
            Step::Submits(DEFAULT),
            Step::Grants,
            Step::TakesBack,
            Step::Settles,
            Step::Launched,
            Step::Delivered,
            Step::DeliveryRaised,
            Step::Expires,
            Step::CompletedBySystem,
            Step::SetsHandler(true),
            Step::Completes(true),
            Step::Background,
            Step::Foreground,
            Step::TimePasses,
        ],
        about: &[RuleArea::Launch, RuleArea::Expiration, RuleArea::Life],
    },
    Area {
        name: "data",
        title: "protected data while the device is locked",
        os: (18, 0),
        ids: &[("app.r", Kind::Refresh), ("app.p", Kind::Processing)],
        pins: &[("reaction_time", "5 s"), ("refresh_budget", "10 s")],
        without: &[],
        driven: false,
        calm: false,
        tasks: 1,
        flights: 0,
        tick: 5000,
        steps: &[
            Step::Starts(By::Other),
            Step::FinishesLaunching,
            Step::Registers,
            Step::Submits(DEFAULT),
            Step::Reboots,
            when!(locked: true),
            when!(locked: false, unlocked_once: true),
            Step::Reads(Protection::Complete),
            Step::Reads(Protection::CompleteUntilFirstUserAuthentication),
            Step::Reads(Protection::None),
            Step::Dies(Death::Crash),
            Step::TimePasses,
        ],
        about: &[RuleArea::Data],
    },
];
