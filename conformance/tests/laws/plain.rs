//! The plain oracle is the meaning of the fast one: the same verdict, and the same line of the first breach, on the
//! corpus, on the feature files, on recorded traces, on changes of all of them, and where calls overlap.
//!
//! `BGSPEC_PLAIN=N` compares N times as many changed and overlapping traces.

use std::path::PathBuf;
use std::sync::OnceLock;

use bgspec_conformance::features::run::{files, scripts};
use bgspec_conformance::features::script::Sort;
use bgspec_model::engine::rulebook::{Judgement, Unjudged, judge as judge_plainly};
use bgspec_model::oracle::{Oracle, Terms, Workings};
use bgspec_model::report::Verdict;

use crate::change::some;
use crate::judge::{Judged, judge, judge_by, no_complaints, sort_of};
use crate::overlaps::{busy, open_at_once, overlapped};
use crate::source::{Random, Trace, corpus, recorded};

/// The told scenarios of the feature files, under each profile.
fn told() -> &'static [Trace] {
    static TRACES: OnceLock<Vec<Trace>> = OnceLock::new();
    TRACES.get_or_init(|| {
        let features = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../features");
        let (scripts, errors) = scripts(&files(&[features]).unwrap());
        assert!(errors.is_empty(), "{errors:?}");
        let told = scripts.iter().filter(|script| script.sort == Sort::Trace);
        let each = told.flat_map(|script| {
            ["contract", "field"].map(|profile| Trace {
                name: format!("{}:{} under {profile}", script.file, script.line),
                header: script.header.clone(),
                records: script.records.iter().map(|placed| placed.record.clone()).collect(),
                terms: Terms {
                    profile: Some(profile.to_owned()),
                    ..Terms::default()
                },
            })
        });
        each.collect()
    })
}

fn rounds() -> u64 {
    std::env::var("BGSPEC_PLAIN").map_or(1, |rounds| rounds.parse().unwrap())
}

/// The line after which the fast oracle is certain of a breach, whoever's it is.
fn certain(trace: &Trace) -> Option<u64> {
    let mut oracle = Oracle::new(&trace.header, &trace.terms).unwrap();
    (1..).zip(&trace.records).find_map(|(line, record)| {
        oracle.step(record).unwrap();
        let breach = |finding: &&bgspec_model::report::Finding| {
            let should = bgspec_model::rule::Force::Should;
            finding.rules.iter().any(|rule| rule.force != should)
        };
        oracle.findings().iter().find(breach).map(|_| line)
    })
}

struct Compared {
    traces: usize,
    /// The scheduler or the device broke a rule.
    refused: usize,
    /// Only the app did.
    app: usize,
    inconclusive: usize,
    /// Too many possibilities for the plain oracle.
    left_out: usize,
    most: usize,
    /// More states than this, and the plain oracle has no say.
    most_allowed: usize,
    complaints: Vec<(usize, String, String)>,
}

impl Default for Compared {
    fn default() -> Self {
        Self {
            traces: 0,
            refused: 0,
            app: 0,
            inconclusive: 0,
            left_out: 0,
            most: 0,
            most_allowed: 2_000,
            complaints: Vec::new(),
        }
    }
}

impl Compared {
    fn compare_all<'a>(mut self, traces: impl IntoIterator<Item = &'a Trace>) -> Self {
        traces.into_iter().for_each(|trace| self.compare(trace));
        self
    }

    fn compare(&mut self, trace: &Trace) {
        let Ok(fast) = judge(trace) else { return };
        self.hold_against(trace, &fast);
    }

    fn hold_against(&mut self, trace: &Trace, fast: &Judged) {
        let plain = match judge_plainly(&trace.header, &trace.terms, &trace.records, self.most_allowed) {
            Ok(plain) => plain,
            Err(Unjudged::TooMany(_)) => {
                self.left_out += 1;
                return;
            }
            Err(Unjudged::Malformed(error)) => panic!("{error}\n{}", trace.lines()),
        };
        self.count(&plain);
        let overlaps = trace.records.iter().any(|record| record.call.is_some());
        let same = fast.gave_up()
            || fast.report.verdict == plain.verdict
                && fast.first() == plain.breach
                && (overlaps || plain.breach.is_some() || certain(trace) == plain.certain);
        if same {
            return;
        }
        let sort = fast.report.findings.first().map_or_else(String::new, sort_of);
        let what = format!("plain: {plain:?}\nfast: {}\n{}", fast.short(), trace.lines());
        self.complaints.push((trace.records.len(), sort, what));
    }

    fn count(&mut self, plain: &Judgement) {
        self.traces += 1;
        self.refused += usize::from(plain.breach.is_some());
        self.app += usize::from(plain.breach.is_none() && plain.verdict == Verdict::Breaks);
        self.inconclusive += usize::from(plain.verdict == Verdict::Inconclusive);
        self.most = self.most.max(plain.most_states);
    }

    fn amounts_to(self, what: &str, traces: usize, refused: usize) {
        println!(
            "{what}: {} compared, {} of them refused, {} broken by the app alone, {} inconclusive, at most {} states; \
             {} left out",
            self.traces, self.refused, self.app, self.inconclusive, self.most, self.left_out
        );
        no_complaints(what, self.complaints);
        assert!(self.traces >= traces, "{what}: {} traces are too few", self.traces);
        assert!(self.refused >= refused, "{what}: {} refused are too few", self.refused);
        assert!(
            self.left_out * 50 <= self.traces,
            "{what}: {} left out are too many",
            self.left_out
        );
    }
}

#[test]
fn plain_and_fast_say_the_same_of_the_corpus() {
    Compared::default().compare_all(corpus()).amounts_to("corpus", 400, 100);
}

#[test]
fn plain_and_fast_say_the_same_of_told_scenarios() {
    Compared::default().compare_all(told()).amounts_to("features", 400, 100);
}

#[test]
fn plain_and_fast_say_the_same_of_recorded_traces() {
    Compared::default()
        .compare_all(recorded())
        .amounts_to("recorded", 300, 0);
}

#[test]
fn plain_and_fast_say_the_same_of_changed_traces() {
    for round in 0..rounds() {
        let changed = [
            some(recorded(), 3, 1000 * round + 91),
            some(corpus(), 2, 1000 * round + 92),
            some(told(), 1, 1000 * round + 93),
        ];
        let changed = changed.concat();
        Compared::default()
            .compare_all(&changed)
            .amounts_to("changed", 1_000, 300);
    }
}

/// The end of a trace is missing: what is still owed leaves the verdict open.
#[test]
fn plain_and_fast_say_the_same_of_cut_traces() {
    let mut random = Random::new(95);
    let cut = |trace: &Trace| {
        let records = trace.records[..random.below(trace.records.len())].to_vec();
        Trace {
            name: format!("{}, cut", trace.name),
            records,
            ..trace.clone()
        }
    };
    let traces: Vec<_> = recorded().iter().chain(corpus()).map(cut).collect();
    let compared = Compared::default().compare_all(&traces);
    assert!(compared.inconclusive > 60, "{}", compared.inconclusive);
    compared.amounts_to("cut", 1_000, 30);
}

#[test]
fn plain_and_fast_say_the_same_where_calls_overlap() {
    let mut random = Random::new(97);
    let mut compared = Compared {
        most_allowed: 300,
        ..Compared::default()
    };
    let workings = Workings {
        most_states: 2_000,
        ..Workings::default()
    };
    for round in 0..rounds() {
        let changed = some(corpus(), 1, 1000 * round + 94);
        let first = usize::try_from(round).unwrap() % 4;
        let told = recorded()
            .iter()
            .chain(corpus())
            .chain(&changed)
            .skip(first)
            .step_by(4)
            .cloned();
        let busy = (20 * round..20 * (round + 1)).flat_map(|seed| {
            let trace = busy(seed);
            let changed = some(std::slice::from_ref(&trace), 2, seed);
            std::iter::once(trace).chain(changed)
        });
        for trace in told.chain(busy) {
            let trace = overlapped(&trace, 2, &mut random);
            if open_at_once(&trace.records) < 2 {
                continue;
            }
            if let Ok(fast) = judge_by(&trace, workings) {
                compared.hold_against(&trace, &fast);
            }
        }
    }
    compared.amounts_to("overlapping", 250, 50);
}
