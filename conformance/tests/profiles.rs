//! Laws of the profiles over the whole corpus: what a narrower profile accepts, a wider one does not refuse.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use bgspec_conformance::corpus;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::profile::Named;
use bgspec_model::report::{Report, Verdict};
use bgspec_model::rule::Party;
use bgspec_model::setting::{Setting, Type};
use bgspec_model::vocabulary::{Header, Record, Version};

/// A trace and how it is judged, the profile apart.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Judged {
    trace: String,
    os: Option<Version>,
    pins: BTreeMap<String, String>,
}

/// The traces of the corpus, read once.
struct Corpus {
    traces: BTreeMap<String, (Header, Vec<Record>)>,
    rows: BTreeSet<Judged>,
}

impl Corpus {
    fn read() -> Self {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces");
        let mut traces = BTreeMap::new();
        let mut rows = BTreeSet::new();
        for row in corpus::embedded().unwrap().expect {
            traces.entry(row.trace.clone()).or_insert_with(|| {
                let text = fs::read_to_string(directory.join(&row.trace)).unwrap();
                let (header, records) = text.split_once('\n').unwrap();
                let records = records.lines().map(|line| serde_json::from_str(line).unwrap());
                (serde_json::from_str(header).unwrap(), records.collect())
            });
            rows.insert(Judged {
                trace: row.trace,
                os: row.os.map(|os| os.parse().unwrap()),
                pins: row.pins,
            });
        }
        Self { traces, rows }
    }

    /// Whether a trace is accepted: nobody breaks anything in it, as far as can be told.
    fn accepts(&self, row: &Judged, profile: Named, pin: Option<(Setting, &str)>) -> bool {
        self.judge(row, profile, pin).verdict != Verdict::Breaks
    }

    fn judge(&self, row: &Judged, profile: Named, pin: Option<(Setting, &str)>) -> Report {
        let (header, records) = &self.traces[&row.trace];
        let own = row.pins.iter().map(|(name, value)| (name.clone(), value.clone()));
        let further = pin.map(|(setting, value)| (setting.entry().name.to_owned(), value.to_owned()));
        let terms = Terms {
            profile: Some(profile.to_string()),
            os: row.os,
            pins: own.chain(further).collect(),
        };
        let mut oracle = Oracle::new(header, &terms).unwrap();
        for record in records {
            oracle.step(record).unwrap();
        }
        oracle.finish()
    }
}

/// How a complaint names a row.
fn name(row: &Judged, profile: Named) -> String {
    let os = row.os.map_or_else(String::new, |os| format!(", os {os}"));
    format!("{} [{profile}{os}, {:?}]", row.trace, row.pins)
}

fn none(complaints: &[String], checked: usize) {
    assert!(checked > 100, "only {checked} judgements");
    let count = complaints.len();
    assert!(
        complaints.is_empty(),
        "{count} of {checked}:\n{}",
        complaints.join("\n")
    );
}

#[test]
fn what_contract_accepts_field_accepts() {
    let corpus = Corpus::read();
    let (mut complaints, mut checked) = (Vec::new(), 0);
    for row in &corpus.rows {
        if corpus.accepts(row, Named::Contract, None) {
            checked += 1;
            if !corpus.accepts(row, Named::Field, None) {
                complaints.push(name(row, Named::Field));
            }
        }
    }
    none(&complaints, checked);
}

/// Values to pin a setting to, and the value that leaves it open.
fn values(setting: Setting) -> (Vec<&'static str>, &'static str) {
    match setting.entry().kind {
        Type::Choice(values) => (values.to_vec(), "either"),
        Type::Count => (vec!["1", "2", "10"], "unknown"),
        Type::Duration => (vec!["5 s", "30 s", "60 s"], "unknown"),
    }
}

/// What a pinned value accepts, the setting left open accepts too.
#[test]
fn widening_a_setting_never_refuses_what_was_accepted() {
    let corpus = Corpus::read();
    let (mut complaints, mut checked) = (Vec::new(), 0);
    for row in corpus.rows.iter().filter(|row| row.pins.is_empty()) {
        for setting in Setting::ALL {
            let (narrow, open) = values(*setting);
            if corpus.accepts(row, Named::Contract, Some((*setting, open))) {
                checked += narrow.len();
                continue;
            }
            for value in narrow {
                checked += 1;
                if corpus.accepts(row, Named::Contract, Some((*setting, value))) {
                    complaints.push(format!(
                        "{}: {setting} = {value}, and not {open}",
                        name(row, Named::Contract)
                    ));
                }
            }
        }
    }
    none(&complaints, checked);
}

/// Of a fixed setting `either` accepts nothing that each of its choices refuses of the whole trace.
///
/// The scheduler and the device answer for that. The app does not: where the setting is open it is judged by the choice
/// that is best for it (PRG-1: what may count counts), and the choice that the scheduler made may be another.
#[test]
fn a_fixed_setting_left_open_accepts_only_what_one_of_its_choices_accepts() {
    let corpus = Corpus::read();
    let (mut complaints, mut checked) = (Vec::new(), 0);
    let fixed = |setting: &&Setting| setting.entry().fixed && !setting.values().is_empty();
    for row in corpus.rows.iter().filter(|row| row.pins.is_empty()) {
        for setting in Setting::ALL.iter().filter(fixed) {
            checked += 1;
            let is_kept = |value: &&str| {
                let report = corpus.judge(row, Named::Contract, Some((*setting, value)));
                report.findings.iter().all(|finding| finding.party == Party::App)
            };
            let open = corpus.accepts(row, Named::Contract, Some((*setting, "either")));
            if open && !setting.values().iter().any(is_kept) {
                complaints.push(format!("{}: {setting} = either alone", name(row, Named::Contract)));
            }
        }
    }
    none(&complaints, checked);
}
