//! Traces: recorded from the reference scheduler, and read from the corpus.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use bgspec_conformance::campaign::decode::Decoder;
use bgspec_conformance::campaign::decode::cast::Limits;
use bgspec_conformance::campaign::decode::choices::{HEADER, STEP};
use bgspec_conformance::play::adapter::Adapter;
use bgspec_conformance::play::runner::play;
use bgspec_conformance::reference::{Choices, InProcess};
use bgspec_conformance::trace::Reader;
use bgspec_model::oracle::Terms;
use bgspec_model::vocabulary::*;

use crate::judge::{Judged, judged};

/// A trace and the terms that it is judged by.
#[derive(Debug, Clone)]
pub struct Trace {
    /// Where it comes from.
    pub name: String,
    pub header: Header,
    pub records: Vec<Record>,
    pub terms: Terms,
}

impl Trace {
    /// The trace as a file, for a message.
    pub fn lines(&self) -> String {
        let mut lines = format!("{} {:?}\n", self.name, self.terms);
        let _ = writeln!(lines, "{}", serde_json::to_string(&self.header).unwrap());
        for record in &self.records {
            let _ = writeln!(lines, "{}", serde_json::to_string(record).unwrap());
        }
        lines
    }
}

/// A small generator of numbers, the same in every run.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678)
    }

    /// A number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(n.max(1)).unwrap()).unwrap()
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

const VERSIONS: [&str; 6] = ["13", "16", "18", "26", "26.1", "27"];
const MOST_STEPS: usize = 16;

/// What a reference scheduler chooses where it has the choice: another temper for each seed.
fn temper(random: &mut Random) -> Choices {
    let plain = Choices::default();
    if random.once_in(3) {
        return plain;
    }
    Choices {
        discretion: if random.once_in(3) {
            Discretion::Autonomous
        } else {
            Discretion::Driven
        },
        wildcard_covers_one_component: random.once_in(2),
        wildcard_for_other_kinds: random.once_in(2),
        health_shares_processing_limit: random.once_in(2),
        lossy_submit: random.once_in(2),
        low_power_refuses_submit: random.once_in(2),
        refresh_off_refuses_continued: random.once_in(2),
        resubmit_waits_for_running: random.once_in(2),
        replacement_keeps_place: random.once_in(2),
        submission_delay: if random.once_in(2) { 2_000 } else { 0 },
        cancel_expires_running: random.once_in(2),
        cancel_stops_delivery: random.once_in(2),
        pending_includes_running: random.once_in(2),
        continued_in_pending: random.once_in(2),
        pending_kept_when_refresh_off: random.once_in(2),
        waiting_starts_in_background: random.once_in(2),
        health_needs_idle: random.once_in(2),
        expires_on_registration_queue: random.once_in(2),
        expire_on_lost_condition: random.once_in(2),
        child_progress_counts: random.once_in(2),
        ignored_prompt_expires: random.once_in(2),
        card_in_foreground: random.once_in(2),
        retry_replaces_failed_card: random.once_in(2),
        reboot_clears_force_quit: random.once_in(2),
        pending_survives_reboot: random.once_in(2),
        pending_survives_update: random.once_in(2),
        force_quit_drops_refresh: random.once_in(2),
        waiting_survives_process: random.once_in(2),
        ..plain
    }
}

/// Plays one case against the reference scheduler.
fn record(seed: u64) -> Trace {
    let mut random = Random::new(seed);
    let mut choices = temper(&mut random);
    let version: Version = VERSIONS[random.below(VERSIONS.len())].parse().unwrap();
    let profile = if random.once_in(2) { "contract" } else { "field" };
    // Contract keeps the errors of the synchronous submit before 27.
    choices.lossy_submit &= version >= Version::new(27, 0) || version >= Version::new(26, 0) && profile == "field";
    let adapter = InProcess::with(choices);
    let hello = adapter.hello().unwrap();
    let limits = Limits {
        versions: vec![version],
        profile: profile.to_owned(),
        hello: hello.clone(),
    };
    let steps = 3 + random.below(MOST_STEPS - 2);
    let stream: Vec<u32> = (0..HEADER + steps * STEP)
        .map(|_| u32::try_from(random.next() >> 32).unwrap())
        .collect();
    let (header, mut source) = Decoder::new(&stream, &limits);
    let played = play(&adapter, &hello, &header, &Terms::default(), &mut source).unwrap();
    assert!(played.trouble.is_none(), "seed {seed}: {:?}", played.trouble);
    Trace {
        name: format!("seed {seed}"),
        header: played.header,
        records: played.records,
        terms: Terms::default(),
    }
}

const SEEDS: u64 = 300;
/// At least so many traces a law of what is not told is tried on.
const MANY: u64 = 2_100;

/// What the reference scheduler did in some hundreds of generated cases. It may have done wrong: see [`crate::judge`].
pub fn recorded() -> &'static [Trace] {
    static TRACES: OnceLock<Vec<Trace>> = OnceLock::new();
    TRACES.get_or_init(|| (0..SEEDS).map(record).collect())
}

/// More of them, for laws that judge each only once or twice, each with what the oracle says of it.
pub fn many() -> &'static [(Trace, Judged)] {
    static TRACES: OnceLock<Vec<(Trace, Judged)>> = OnceLock::new();
    TRACES.get_or_init(|| {
        let more = (SEEDS..MANY).map(record);
        let all = recorded().iter().cloned().chain(more);
        all.map(|trace| {
            let judged = judged(&trace);
            (trace, judged)
        })
        .collect()
    })
}

/// The traces of the corpus, each under the terms of each row of its manifests.
pub fn corpus() -> &'static [Trace] {
    static TRACES: OnceLock<Vec<Trace>> = OnceLock::new();
    TRACES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces");
        let mut traces = Vec::new();
        let mut manifests: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        manifests.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        manifests.sort();
        for manifest in manifests {
            let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
            for row in manifest["expect"].as_array().unwrap() {
                let text = |key: &str| row.get(key).and_then(|value| value.as_str()).map(str::to_owned);
                let name = text("trace").unwrap();
                let pins = row.get("pins").and_then(|pins| pins.as_table()).into_iter().flatten();
                let terms = Terms {
                    profile: text("profile"),
                    os: text("os").map(|os| os.parse().unwrap()),
                    pins: pins
                        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
                        .collect(),
                };
                let reader = Reader::open(folder.join(&name).to_str().unwrap()).unwrap();
                let header = reader.header().clone();
                let records = reader.map(|record| record.unwrap()).collect();
                traces.push(Trace {
                    name,
                    header,
                    records,
                    terms,
                });
            }
        }
        assert!(!traces.is_empty());
        traces
    })
}
