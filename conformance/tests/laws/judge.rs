//! Judging a trace, whole or until it contradicts itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use bgspec_model::oracle::{Foresight, Malformed, Oracle, Workings};
use bgspec_model::report::{Finding, Report, Verdict};
use bgspec_model::rule::Party;
use bgspec_model::setting::Setting;

use crate::source::{self, Trace};

/// What the oracle made of a trace.
#[derive(Debug, Clone)]
pub struct Judged {
    pub report: Report,
    /// The settings that were open when a rule asked for them.
    pub asked: Vec<Setting>,
}

impl Judged {
    /// The findings that are not the app's.
    pub fn scheduler(&self) -> impl Iterator<Item = &Finding> {
        self.report
            .findings
            .iter()
            .filter(|finding| finding.party != Party::App)
    }

    /// The event of the first finding that is not the app's.
    pub fn first(&self) -> Option<u64> {
        self.scheduler().map(|finding| finding.event).min()
    }

    /// It has too many possibilities to be judged.
    pub fn gave_up(&self) -> bool {
        self.report
            .doubts
            .iter()
            .any(|doubt| doubt.why.contains("too many possibilities"))
    }

    /// The findings in short.
    pub fn short(&self) -> String {
        let line = |finding: &Finding| {
            let rules: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
            format!(
                "  line {}: {} {}: {}",
                finding.event + 1,
                finding.party,
                rules.join(" "),
                finding.what
            )
        };
        let findings: Vec<_> = self.report.findings.iter().map(line).collect();
        format!("{}\n{}", self.report.verdict, findings.join("\n"))
    }
}

/// Judges a trace.
pub fn judge(trace: &Trace) -> Result<Judged, Malformed> {
    judge_by(trace, Workings::default())
}

/// Judges a trace with the workings turned.
pub fn judge_by(trace: &Trace, workings: Workings) -> Result<Judged, Malformed> {
    let mut oracle = Oracle::new(&trace.header, &trace.terms)?;
    oracle.set_workings(workings);
    oracle.foresee(Foresight::of(&trace.records));
    for (place, record) in trace.records.iter().enumerate() {
        oracle
            .step(record)
            .map_err(|error| Malformed::new(format!("line {}: {error}", place + 2)))?;
    }
    let asked = oracle.asked().collect();
    Ok(Judged {
        report: oracle.finish(),
        asked,
    })
}

/// Judges a trace that cannot be malformed.
pub fn judged(trace: &Trace) -> Judged {
    judge(trace).unwrap_or_else(|error| panic!("{error}\n{}", trace.lines()))
}

/// The recorded traces to which the oracle has nothing to say against the scheduler.
pub fn conforming() -> &'static [Trace] {
    static TRACES: OnceLock<Vec<Trace>> = OnceLock::new();
    TRACES.get_or_init(|| {
        let traces = source::recorded().iter();
        let good = traces.filter(|trace| judged(trace).first().is_none());
        good.cloned().collect()
    })
}

/// The traces of the corpus in which the scheduler does nothing wrong.
pub fn conforming_corpus() -> &'static [Trace] {
    static TRACES: OnceLock<Vec<Trace>> = OnceLock::new();
    TRACES.get_or_init(|| {
        let traces = source::corpus().iter();
        let good = traces.filter(|trace| judge(trace).is_ok_and(|judged| judged.first().is_none()));
        good.cloned().collect()
    })
}

/// Fails with the number of complaints, by what they complain of, and the shortest trace of each sort. A complaint is
/// the length of its trace, what is wrong in a few words, and all that is to be said.
pub fn no_complaints(law: &str, complaints: Vec<(usize, String, String)>) {
    let mut sorts: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (length, sort, text) in complaints {
        sorts.entry(sort).or_default().push((length, text));
    }
    let mut said = String::new();
    for (sort, mut complaints) in sorts {
        complaints.sort();
        let (_, shortest) = &complaints[0];
        let _ = writeln!(said, "{} times {sort}, the shortest:\n{shortest}\n", complaints.len());
    }
    assert!(said.is_empty(), "{law}:\n{said}");
}

/// A finding in a few words: which rules.
pub fn sort_of(finding: &Finding) -> String {
    let rules: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
    rules.join(" ")
}

#[test]
fn there_are_enough_traces_to_judge_by() {
    let recorded = source::recorded();
    let lines: usize = recorded.iter().map(|trace| trace.records.len()).sum();
    let states = recorded.iter().map(|trace| judged(trace).report.most_states).max();
    println!(
        "{} recorded, {} without a breach, {lines} lines, at most {states:?} states; {} of {} of the corpus without one",
        recorded.len(),
        conforming().len(),
        conforming_corpus().len(),
        source::corpus().len()
    );
    for trace in recorded {
        let judged = judged(trace);
        if judged.first().is_some() {
            println!("{} {}", trace.name, judged.short());
        }
        assert_ne!(judged.report.verdict, Verdict::Inconclusive, "{}", trace.lines());
    }
    assert!(conforming().len() * 10 >= recorded.len() * 9);
    assert!(conforming_corpus().len() >= 300);
}
