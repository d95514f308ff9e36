//! The cast of a generated case: its few identifiers, and the header that permits some of them.
//!
//! The vocabulary is small and fixed, so that sequences meet themselves: the same identifier is submitted again,
//! cancelled, granted. Beside the exact ones it has the identifiers next to each boundary of the wildcard rules.

use bgspec_model::vocabulary::{
    Area, BackgroundRefresh, Device, Discretion, Extension, Feature, Header, Identifier, Kind, Origin, Permitted,
    Platform, Pressure, Version,
};

use super::choices::Block;
use crate::play::adapter::Hello;

/// The app's bundle identifier in every generated case.
pub const BUNDLE: &str = "com.example.app";
/// The app's extension that may schedule tasks.
pub const EXTENSION: &str = "share";
/// The app's extension of a kind that may not.
pub const BARRED_EXTENSION: &str = "keyboard";

/// Identifiers that Info.plist lists exactly, for refresh first of all.
pub const REFRESH: [&str; 3] = ["com.example.app.sync", "com.example.app.feed", "com.example.app.news"];
/// Identifiers that Info.plist lists exactly, for processing first of all: one more than may be pending.
pub const PROCESSING: [&str; 11] = [
    "com.example.app.job1",
    "com.example.app.job2",
    "com.example.app.job3",
    "com.example.app.job4",
    "com.example.app.job5",
    "com.example.app.job6",
    "com.example.app.job7",
    "com.example.app.job8",
    "com.example.app.job9",
    "com.example.app.job10",
    "com.example.app.job11",
];
/// Identifiers that Info.plist lists exactly, for health research first of all.
pub const HEALTH: [&str; 2] = ["com.example.app.study", "com.example.app.study2"];
/// Identifiers for continued processing: two that only a wildcard covers, and one that is listed exactly.
pub const CONTINUED: [&str; 3] = [
    "com.example.app.export.A1",
    "com.example.app.export.B2",
    "com.example.app.render",
];
/// Listed exactly, outside the bundle identifier's prefix.
pub const ELSEWHERE: &str = "org.elsewhere.task";
/// Identifiers at the boundaries of what is permitted.
const ODD: [&str; 14] = [
    "com.example.app.unlisted",
    "com.example.app.Sync",
    "com.example.app.export.A.1",
    "com.example.app.export",
    "com.example.app.export.",
    "com.example.app.exporter.A1",
    "com.example.app.export.*",
    "com.*.odd",
    "*",
    "",
    " com.example.app.sync",
    "com.example.app.sync ",
    "com.example.app.cafe\u{301}",
    "com.example.app.\u{441}ync",
];

/// Listed exactly, and longer than anybody documents.
fn long() -> String {
    format!("{BUNDLE}.{}", "long".repeat(30))
}

/// An identifier at a boundary: unpermitted, almost covered, a pattern, empty, very long, or of another prefix.
pub fn odd(block: &mut Block) -> Identifier {
    match block.below(ODD.len() + 2) {
        n if n < ODD.len() => Identifier::from(ODD[n]),
        n if n == ODD.len() => Identifier::from(ELSEWHERE),
        _ => Identifier::from(long()),
    }
}

/// An identifier that a kind is at home with.
pub fn usual(block: &mut Block, kind: Kind) -> Identifier {
    Identifier::from(match kind {
        Kind::Refresh => block.of(&REFRESH),
        Kind::Processing => block.of(&PROCESSING),
        Kind::HealthResearch => block.of(&HEALTH),
        Kind::Continued => block.of(&CONTINUED),
    })
}

/// What the app registers at each launch: whatever may be launched, wildcard-covered ones apart (they are registered
/// when they are needed).
pub fn handlers(header: &Header, kinds: &[Kind]) -> Vec<Identifier> {
    let exact = |names: &[&str]| names.iter().map(|name| Identifier::from(*name)).collect::<Vec<_>>();
    let mut all = Vec::new();
    for kind in kinds {
        match kind {
            Kind::Refresh => all.extend(exact(&REFRESH[..2])),
            Kind::Processing => all.extend(exact(&PROCESSING[..2])),
            Kind::HealthResearch => all.extend(exact(&HEALTH[..1])),
            Kind::Continued => all.extend(exact(&CONTINUED[2..])),
        }
    }
    // An identifier that a good app knows not to be permitted is not registered as a matter of course.
    all.retain(|id| header.permitted.entries().iter().any(|entry| entry == id.as_str()));
    all
}

/// What the campaign may draw headers from.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The versions.
    pub versions: Vec<Version>,
    /// The profile that the trace is judged by.
    pub profile: String,
    /// What the implementation says of itself.
    pub hello: Hello,
}

impl Limits {
    /// Whether the implementation declares an area.
    #[must_use]
    pub fn has(&self, area: Area) -> bool {
        self.hello.areas.contains(&area)
    }

    /// Whether a force-quit and a reboot are played: rules of the app's life look at them, and those of the conditions (CON-5,
    /// CON-9, CON-10).
    #[must_use]
    pub fn looks_at_quits_and_boots(&self) -> bool {
        self.has(Area::Life) || self.has(Area::Conditions)
    }
}

/// The header of a case.
pub fn header(block: &mut Block, limits: &Limits) -> Header {
    let os = match limits.versions.as_slice() {
        [] => Version::NEWEST,
        versions => block.of(versions),
    };
    let platform = platform(block);
    // The scheduler came later to some: their first version, where the block gives an older one.
    let os = Feature::Scheduler.since(platform).map_or(os, |first| os.max(first));
    let mut header = Header {
        profile: Some(limits.profile.clone()),
        pins: limits.hello.pins.clone(),
        origin: Origin::MadeUp,
        platform: Some(platform).filter(|platform| *platform != Platform::Iphone),
        gpu: platform == Platform::Ipad && block.below(2) == 1,
        passcode: block.once_in(6).then_some(false),
        permitted: permitted(block, limits),
        tolerance: limits.hello.tolerance,
        recorded: Some(limits.hello.observes.clone()),
        discretion: limits.hello.discretion,
        without: Area::ALL.iter().copied().filter(|area| !limits.has(*area)).collect(),
        unmodelled: limits.hello.unmodelled.clone(),
        producer: Some(concat!("bgspec ", env!("CARGO_PKG_VERSION")).to_owned()),
        device: device(block, limits, os),
        ..Header::new(os, BUNDLE)
    };
    facts(block, limits, &mut header);
    header
}

fn platform(block: &mut Block) -> Platform {
    let weights = [
        (24, Platform::Iphone),
        (8, Platform::Ipad),
        (2, Platform::Simulator),
        (2, Platform::Mac),
        (1, Platform::Tvos),
        (1, Platform::Visionos),
    ];
    block.weighted(&weights).unwrap_or_default()
}

/// `BGTaskSchedulerPermittedIdentifiers`: mostly all of the cast, sometimes wrong in one of the known ways.
pub fn permitted(block: &mut Block, limits: &Limits) -> Permitted {
    let mut entries: Vec<String> = REFRESH
        .iter()
        .chain(&PROCESSING)
        .chain(&HEALTH)
        .chain(&CONTINUED[2..])
        .chain(&[ELSEWHERE])
        .map(|id| (*id).to_owned())
        .collect();
    entries.push(long());
    let wildcard = format!("{BUNDLE}.export.*");
    if !limits.has(Area::Identifiers) || !limits.has(Area::Configuration) {
        // Everything that a case may speak of is listed as it stands.
        entries.extend(CONTINUED[..2].iter().map(|id| (*id).to_owned()));
        return Permitted::List(entries);
    }
    match block.below(48) {
        40 => entries.extend([wildcard, "com.*.odd".to_owned(), "*".to_owned()]),
        41 => entries.push(format!("{BUNDLE}.*")),
        42 => {}
        43 => entries = vec![wildcard],
        44 => entries = vec![format!("{BUNDLE}.*")],
        45 => entries.extend([wildcard, String::new()]),
        46 => return Permitted::Malformed,
        47 => entries.clear(),
        _ => entries.push(wildcard),
    }
    Permitted::List(entries)
}

/// Background modes.
pub fn modes(block: &mut Block) -> Vec<String> {
    let modes: &[&str] = match block.below(32) {
        29 => &["fetch"],
        30 => &["processing"],
        31 => &[],
        _ => &["fetch", "processing"],
    };
    modes.iter().map(|mode| (*mode).to_owned()).collect()
}

/// Entitlements.
pub fn entitlements(block: &mut Block) -> Vec<String> {
    let all = [
        "com.apple.developer.backgroundtasks.healthresearch",
        "com.apple.developer.background-tasks.continued-processing.gpu",
        "com.apple.developer.background-tasks.continued-processing.inference",
    ];
    let mask = block.below(32);
    let kept = |n: usize| mask >= 8 || mask >> n & 1 == 0;
    all.iter()
        .enumerate()
        .filter(|(n, _)| kept(*n))
        .map(|(_, name)| (*name).to_owned())
        .collect()
}

fn facts(block: &mut Block, limits: &Limits, header: &mut Header) {
    if !limits.has(Area::Configuration) {
        header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
        header.study_opt_in = true;
        header.entitlements = entitlements(&mut super::choices::Choices::new(&[]).header());
        return;
    }
    header.modes = modes(block);
    header.entitlements = entitlements(block);
    header.study_opt_in = !block.once_in(12);
    header.extensions = vec![extension(EXTENSION, true), extension(BARRED_EXTENSION, false)];
}

/// An extension of the app.
pub fn extension(name: &str, schedules: bool) -> Extension {
    Extension {
        name: name.to_owned(),
        schedules,
    }
}

/// The device at time zero: mostly ordinary or calm, sometimes with something amiss.
fn device(block: &mut Block, limits: &Limits, os: Version) -> Device {
    let mut device = Device::default();
    if block.below(2) == 1 {
        device.pressure = Some(Pressure::Calm);
    }
    if !limits.has(Area::Conditions) {
        return device;
    }
    match block.below(32) {
        8 => device.network = Some(false),
        9 | 10 => device.power = Some(true),
        11 => device.in_use = Some(true),
        12 => device.low_power = Some(true),
        13 => device.background_refresh = Some(BackgroundRefresh::Denied),
        14 => device.background_refresh = Some(BackgroundRefresh::Restricted),
        15 if os >= Version::new(26, 0) => device.background_launches_denied = Some(true),
        _ => {}
    }
    device
}

/// Whether the runner decides about launches.
#[must_use]
pub fn is_driven(limits: &Limits) -> bool {
    limits.hello.discretion == Discretion::Driven
}
