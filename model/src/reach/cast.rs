//! Who a walk is about: the app, the device, and the identifiers.

use crate::oracle::Terms;
use crate::vocabulary::*;

/// A small generator of numbers, the same in every run.
#[derive(Debug, Clone)]
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % n.max(1) as u64).unwrap_or(0)
    }

    pub(super) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(super) fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }
}

/// Longer than any identifier that a source shows.
pub(super) const LONG: &str =
    "app.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long";

pub(super) const IDS: [(&str, Kind); 9] = [
    ("app.r", Kind::Refresh),
    ("app.s", Kind::Refresh),
    ("app.p", Kind::Processing),
    ("app.h", Kind::HealthResearch),
    ("app.x.1", Kind::Continued),
    ("app.x.2", Kind::Continued),
    ("app.x.exact", Kind::Continued),
    ("app.x.deep.1", Kind::Continued),
    ("other.job", Kind::Continued),
];

/// Identifiers that nothing permits, or that mean something of their own.
pub(super) const ODD: [&str; 6] = [LONG, "app.none", "app.x.*", "app.*stray", "", "app.R"];

/// What a walk is about: any few identifiers, or continued ones alone, which have more to show.
pub(super) fn about(random: &mut Random, os: Version) -> Vec<(&'static str, Kind)> {
    let continued = os.major >= 26 && random.once_in(2);
    let all: Vec<_> = IDS
        .into_iter()
        .filter(|(_, kind)| !continued || *kind == Kind::Continued)
        .collect();
    let count = 1 + random.below(3);
    let first = random.below(all.len());
    let apart = 1 + random.below(2);
    (0..count)
        .map(|place| all[(first + place * apart) % all.len()])
        .collect()
}

pub(super) fn header(random: &mut Random) -> (Header, Terms) {
    let os: Version = random
        .of(&["13.0", "17.0", "18.0", "26.0", "26.1", "26.1", "27.0", "27.0"])
        .parse()
        .unwrap_or(Version::OLDEST);
    let mut header = Header::new(os, "app");
    let permitted = [
        "app.r",
        "app.s",
        "app.p",
        "app.h",
        "app.x.*",
        "app.x.exact",
        LONG,
        "other.job",
        "app.*stray",
    ]
    .map(str::to_owned);
    header.permitted = Permitted::List(if random.once_in(30) {
        Vec::new()
    } else {
        permitted.to_vec()
    });
    header.modes = if random.once_in(6) {
        Vec::new()
    } else {
        ["fetch", "processing"].map(str::to_owned).to_vec()
    };
    header.entitlements = if random.once_in(3) {
        Vec::new()
    } else {
        use crate::context::names::{GPU, HEALTH, INFERENCE};
        [HEALTH, GPU, INFERENCE].map(str::to_owned).to_vec()
    };
    header.study_opt_in = !random.once_in(6);
    header.gpu = random.once_in(2);
    header.passcode = Some(!random.once_in(3));
    if random.once_in(12) {
        header.platform = Some(random.of(&[
            Platform::Ipad,
            Platform::Mac,
            Platform::Simulator,
            Platform::Tvos,
            Platform::Visionos,
        ]));
        let first = Feature::Scheduler.since(header.platform());
        header.os = first.map_or(header.os, |first| header.os.max(first));
    }
    if random.once_in(5) {
        let extension = |name: &str, schedules| Extension {
            name: name.to_owned(),
            schedules,
        };
        header.extensions = vec![extension("share", false), extension("provider", true)];
    }
    header.initial = if random.once_in(6) {
        Initial::Unknown
    } else {
        Initial::Known
    };
    header.device.pressure = random.of(&[None, Some(Pressure::Calm)]);
    if random.once_in(4) {
        header.unknown = vec![random.of(&Condition::ALL)];
    }
    if random.once_in(8) {
        header.untracked = vec![random.of(&Condition::ALL)];
    }
    if random.once_in(2) {
        header.discretion = Discretion::Driven;
    }
    if random.once_in(10) {
        let names = [
            "launched",
            "delivered",
            "delivery_raised",
            "expired",
            "suspended",
            "killed",
            "card",
            "submission_completed",
        ];
        header.recorded = Some(names.map(str::to_owned).to_vec());
    }
    let mut pins: Vec<(String, String)> = Vec::new();
    for (name, value) in PINS {
        if random.once_in(4) {
            pins.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    let profile = random.of(&["contract", "field"]).to_owned();
    (
        header,
        Terms {
            profile: Some(profile),
            pins,
            ..Terms::default()
        },
    )
}

const PINS: &[(&str, &str)] = &[
    ("promptness", "100 s"),
    ("processing_budget", "60 s"),
    ("expiration_grace", "5 s"),
    ("continued_capacity", "1"),
    ("continued_capacity", "2"),
    ("processing_limit", "1"),
    ("late_launch_registration", "either"),
    ("unpermitted_register", "either"),
    ("wildcard_literal_register", "either"),
    ("processing_after_force_quit", "either"),
    ("low_power_blocks_refresh", "either"),
    ("mac_scheduler", "either"),
    ("cancel_running_continued", "expires"),
    ("failed_card_replaced_on_retry", "yes"),
    ("failed_card_replaced_on_retry", "no"),
    ("health_needs_idle", "yes"),
    ("finished_card_time", "3 s"),
];
