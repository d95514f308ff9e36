//! Traces to measure the oracle by: made up, deterministic, and conforming.
//!
//! [`sequential()`] is the everyday life of one app over many visits; [`overlapping()`] is an app whose threads call at
//! once. What is measured, and with which settings, stands in `benches/oracle.rs`.

pub mod etcd;
pub mod growth;
mod overlapping;
mod sequential;

use std::collections::BTreeMap;

use bgspec_conformance::trace::Writer;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Report;
use bgspec_model::setting::{Setting, Type};
use bgspec_model::vocabulary::{Condition, Header, Permitted, Record, Version};

pub use overlapping::overlapping;
pub use sequential::sequential;

/// A header and the records behind it, the end included.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The header.
    pub header: Header,
    /// The records.
    pub records: Vec<Record>,
}

/// Settings whose value the bench `fixed settings unknown` leaves open. An implementation answers the same way each
/// time, and the oracle does not know which.
pub const LEFT_OPEN: [Setting; 8] = [
    Setting::ContinuedMode,
    Setting::LowPowerRefusesSubmit,
    Setting::CancelRunningContinued,
    Setting::ChildProgressCounts,
    Setting::PendingIncludesRunning,
    Setting::ExpirationQueue,
    Setting::LowPowerBlocksRefresh,
    Setting::ForceQuitDropsRefresh,
];

impl Trace {
    /// The oracle after every record, and its set of states at its largest.
    ///
    /// # Panics
    /// If the trace contradicts itself: the generators are wrong then.
    #[must_use]
    pub fn judge(&self) -> Report {
        let mut oracle = self.oracle();
        for record in &self.records {
            step(&mut oracle, record);
        }
        oracle.finish()
    }

    /// An oracle at time zero.
    ///
    /// # Panics
    /// If the header is wrong.
    #[must_use]
    pub fn oracle(&self) -> Oracle {
        match Oracle::new(&self.header, &Terms::default()) {
            Ok(oracle) => oracle,
            Err(malformed) => panic!("the header: {malformed}"),
        }
    }

    /// The trace as a file.
    ///
    /// # Panics
    /// If memory cannot be written.
    #[must_use]
    pub fn file(&self) -> Vec<u8> {
        let write = || {
            let mut writer = Writer::new(Vec::new(), &self.header)?;
            self.records.iter().try_for_each(|record| writer.record(record))?;
            writer.finish()
        };
        match write() {
            Ok(file) => file,
            Err(error) => panic!("a vector refuses bytes: {error}"),
        }
    }

    /// The same events with these settings left open.
    #[must_use]
    pub fn with_open(mut self, settings: &[Setting]) -> Self {
        for setting in settings {
            self.header
                .pins
                .insert(setting.entry().name.to_owned(), "either".to_owned());
        }
        self
    }

    /// The same events with conditions of the device that nobody told.
    #[must_use]
    pub fn with_hidden(mut self, unknown: &[Condition], untracked: &[Condition]) -> Self {
        self.header.unknown = unknown.to_vec();
        self.header.untracked = untracked.to_vec();
        self
    }
}

/// Steps an oracle.
///
/// # Panics
/// If the record contradicts the trace so far.
pub fn step(oracle: &mut Oracle, record: &Record) {
    if let Err(malformed) = oracle.step(record) {
        panic!("{record:?}: {malformed}");
    }
}

const REFRESH: [&str; 2] = ["com.example.app.sync", "com.example.app.feed"];
const PROCESSING: [&str; 6] = [
    "com.example.app.clean",
    "com.example.app.index",
    "com.example.app.train",
    "com.example.app.backup",
    "com.example.app.prune",
    "com.example.app.report",
];
const CONTINUED: [&str; 2] = ["com.example.app.export", "com.example.app.import"];

fn ids() -> impl Iterator<Item = &'static str> {
    REFRESH.into_iter().chain(PROCESSING).chain(CONTINUED)
}

/// The app of every trace, on an implementation that declares all of its settings.
fn header() -> Header {
    let mut header = Header::new(Version::new(26, 1), "com.example.app");
    header.permitted = Permitted::List(ids().map(str::to_owned).collect());
    header.modes = ["fetch", "processing"].map(str::to_owned).to_vec();
    header.pins = pins();
    header
}

/// A value for every choice that is open by default: the first.
fn pins() -> BTreeMap<String, String> {
    let entries = Setting::ALL.iter().map(|setting| setting.entry());
    let open = entries.filter_map(|entry| match entry.kind {
        Type::Choice(values) if entry.contract.iter().any(|(_, value)| *value == "either") => {
            Some((entry.name.to_owned(), values[0].to_owned()))
        }
        _ => None,
    });
    open.collect()
}
