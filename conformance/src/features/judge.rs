//! Holds what the oracle says against what a scenario states.

use std::fmt::Write as _;

use bgspec_model::oracle::{Foresight, Malformed, Oracle};
use bgspec_model::profile::Named;
use bgspec_model::report::{Doubt, Finding, Report, Verdict as Whole};
use bgspec_model::vocabulary::Version;

use super::language::Verdict;
use super::script::{Conditions, Expected, Script};
use crate::text::plain;

/// What a run lays over the terms of every scenario.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// Only this profile.
    pub profile: Option<Named>,
    /// Only what is stated for this version, or for any update of it.
    pub os: Option<Release>,
    /// Settings pinned, over each scenario's.
    pub pins: Vec<(String, String)>,
}

/// A version, or every update of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Release {
    /// The version.
    pub version: Version,
    /// This update of it and no other.
    pub exact: bool,
}

impl Release {
    /// Reads `26.1`, or `26` for every update of it.
    ///
    /// # Errors
    /// No such version.
    pub fn read(text: &str) -> Result<Self, String> {
        let version = text.parse::<Version>().map_err(|error| error.to_string())?;
        let exact = text.contains('.');
        Ok(Self { version, exact })
    }

    fn has(self, os: Version) -> bool {
        if self.exact {
            os == self.version
        } else {
            os.major == self.version.major
        }
    }
}

/// The terms under which a scenario is judged, one after another, each with what it is to get.
#[must_use]
pub fn rounds<'a>(script: &'a Script, overlay: &Overlay) -> Vec<(Conditions, &'a Expected)> {
    let mut rounds = Vec::new();
    let stated = |expected: &&Expected| {
        let os = expected.terms.os.unwrap_or(script.header.os);
        overlay.os.is_none_or(|release| release.has(os))
    };
    for expected in script.expected.iter().filter(stated) {
        let elsewhere = |profile: Named| {
            let same =
                |other: &Expected| other.terms.os == expected.terms.os && other.terms.pins == expected.terms.pins;
            script
                .expected
                .iter()
                .any(|other| same(other) && other.terms.profile == Some(profile))
        };
        let profiles: Vec<Named> = match expected.terms.profile {
            Some(profile) => vec![profile],
            None => Named::ALL.into_iter().filter(|profile| !elsewhere(*profile)).collect(),
        };
        for profile in profiles
            .into_iter()
            .filter(|profile| overlay.profile.is_none_or(|only| only == *profile))
        {
            let terms = Conditions {
                profile: Some(profile),
                os: expected.terms.os,
                pins: expected
                    .terms
                    .pins
                    .clone()
                    .into_iter()
                    .chain(overlay.pins.clone())
                    .collect(),
            };
            rounds.push((terms, expected));
        }
    }
    rounds
}

/// What the oracle says of a trace scenario under these terms.
///
/// # Errors
/// The scenario contradicts itself: the line in the file, and how.
pub fn told(script: &Script, terms: &Conditions) -> Result<Report, (usize, String)> {
    let mut oracle =
        Oracle::new(&script.header, &terms.terms()).map_err(|malformed| (script.line, malformed.what().to_owned()))?;
    let at = |index: usize, malformed: &Malformed| {
        let place = index - malformed.earlier();
        let line = script.records.get(place).map_or(script.line, |placed| placed.line);
        (line, malformed.what().to_owned())
    };
    oracle.foresee(Foresight::of(script.records.iter().map(|placed| &placed.record)));
    for (index, placed) in script.records.iter().enumerate() {
        oracle.step(&placed.record).map_err(|malformed| at(index, &malformed))?;
    }
    let last = script.records.len().saturating_sub(1);
    oracle.settle().map_err(|malformed| at(last, &malformed))?;
    Ok(oracle.finish())
}

/// Whether a report says what is expected of it: every breach and every advice, in their order, and the verdict; or
/// that one party broke nothing, whatever the others did.
#[must_use]
pub fn agrees(report: &Report, says: &[Verdict]) -> bool {
    if let [Verdict::Clears(party)] = says {
        let broken = report.findings.iter().any(|finding| finding.party == *party);
        let concerns = |doubt: &Doubt| doubt.party.is_none_or(|other| other == *party);
        let unsure = report.verdict == Whole::Inconclusive && report.doubts.iter().any(concerns);
        return !broken && !unsure;
    }
    let names = |finding: &Finding, verdict: &Verdict| match verdict {
        Verdict::Blames(party, rule) => finding.party == *party && finding.rules.iter().any(|other| other.id == *rule),
        Verdict::Advises(rule) => finding.rules.iter().any(|other| other.id == *rule),
        _ => false,
    };
    let all = |findings: &[Finding], verdicts: Vec<&Verdict>| {
        findings.len() == verdicts.len()
            && findings
                .iter()
                .zip(verdicts)
                .all(|(finding, verdict)| names(finding, verdict))
    };
    let blames = says.iter().filter(|says| matches!(says, Verdict::Blames(..))).collect();
    let advises = says.iter().filter(|says| matches!(says, Verdict::Advises(_))).collect();
    report.verdict == whole(says) && all(&report.findings, blames) && all(&report.advice, advises)
}

/// The verdict as a whole.
fn whole(says: &[Verdict]) -> Whole {
    if says.contains(&Verdict::Inconclusive) {
        Whole::Inconclusive
    } else if says.iter().any(|says| matches!(says, Verdict::Blames(..))) {
        Whole::Breaks
    } else {
        Whole::Conforms
    }
}

/// What the oracle says, as steps say it.
#[must_use]
pub fn verdicts(report: &Report) -> Vec<Verdict> {
    let mut says = Vec::new();
    match report.verdict {
        Whole::Conforms => says.push(Verdict::Conforms),
        Whole::Inconclusive => says.push(Verdict::Inconclusive),
        Whole::Breaks => {}
    }
    let first = |finding: &Finding| finding.rules.first().map(|rule| rule.id);
    says.extend(
        report
            .findings
            .iter()
            .filter_map(|finding| Some(Verdict::Blames(finding.party, first(finding)?))),
    );
    says.extend(
        report
            .advice
            .iter()
            .filter_map(|finding| Some(Verdict::Advises(first(finding)?))),
    );
    says
}

/// What was expected, and what the oracle said instead.
#[must_use]
pub fn difference(report: &Report, says: &[Verdict]) -> String {
    let mut text = "expected ".to_owned();
    for (index, verdict) in says.iter().enumerate() {
        let before = if index > 0 { ", " } else { "" };
        let _ = match verdict {
            Verdict::Conforms => write!(text, "{before}conforms"),
            Verdict::Inconclusive => write!(text, "{before}cannot be told"),
            Verdict::Clears(party) => write!(text, "{before}nothing that the {party} breaks"),
            Verdict::Blames(party, rule) => write!(text, "{before}the {party} breaks {rule}"),
            Verdict::WouldBlame(party, rule) => write!(text, "{before}otherwise the {party} would break {rule}"),
            Verdict::Advises(rule) => write!(text, "{before}advice {rule}"),
        };
    }
    let _ = write!(text, "; the oracle says that it {}", report.verdict);
    for finding in report.findings.iter().chain(&report.advice) {
        let ids: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
        let who = if finding.is_advice() {
            "advice".to_owned()
        } else {
            format!("the {} breaks", finding.party)
        };
        let _ = write!(
            text,
            "; {who} {} at event {}: {}",
            ids.join(", "),
            finding.event,
            plain(&finding.what)
        );
    }
    for doubt in &report.doubts {
        let _ = write!(text, "; cannot be told at event {}: {}", doubt.event, plain(&doubt.why));
    }
    text
}
