//! A run as the XML of JUnit: a suite an area, a case a rule, so that a build server shows which rule went red when.
//!
//! Nothing counts as passed that was not exercised: what could not be judged, and what no case exercised, is skipped,
//! with the reason.

use std::collections::BTreeMap;
use std::io::{self, Write};

use bgspec_model::rule::{Id, Party};
use bgspec_model::vocabulary::Area;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::campaign::known::Came;
use crate::campaign::standing::Standing;
use crate::campaign::summary::{FailureLine, Line, Sort, Summary};
use crate::rulebook::title;
use crate::text::plain;

/// The suite of what is no rule's: the adapter, and the run itself.
const RUN: &str = "run";

/// Writes it.
///
/// # Errors
/// The output cannot be written.
pub fn write(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let mut report = Report::new("bgspec test");
    let mut areas: BTreeMap<Area, Vec<&Line>> = BTreeMap::new();
    for line in &summary.rules {
        areas.entry(line.rule.area).or_default().push(line);
    }
    for (area, lines) in areas {
        let mut suite = TestSuite::new(format!("{area} {}", area.title()));
        suite.add_test_cases(lines.into_iter().map(|line| case(summary, line)));
        report.add_test_suite(suite);
    }
    report.add_test_suite(run(summary));
    report.serialize(out).map_err(io::Error::other)
}

fn case(summary: &Summary, line: &Line) -> TestCase {
    let words = bgspec_model::rules::find(line.rule).map_or_else(String::new, |rule| format!(" {}", title(rule)));
    let mut case = TestCase::new(format!("{}{words}", line.rule), status(summary, line));
    case.set_classname(line.rule.area.to_string());
    case
}

fn status(summary: &Summary, line: &Line) -> TestCaseStatus {
    let known = summary.known.iter().find(|known| known.rule == line.rule);
    match known.map(|known| (known.came, &known.expected.reason)) {
        Some((Came::Broken, reason)) => return skipped(&format!("broken, as expected: {reason}")),
        Some((Came::Passed, reason)) => {
            let text = format!("not broken, and expected to be: {reason}");
            return failed(NonSuccessKind::Failure, &text, "");
        }
        Some((Came::Unmatched | Came::Open, _)) | None => {}
    }
    let of = |failure: &&FailureLine| failure.rules.contains(&line.rule);
    if let Some(failure) = summary.failures.iter().find(of) {
        return failed(NonSuccessKind::Failure, &breaks(&failure.rules), &story(failure));
    }
    match &line.standing {
        Standing::Reachable if line.exercised > 0 => TestCaseStatus::success(),
        Standing::Reachable => skipped("no case exercised it"),
        Standing::NotApplicable(why) => skipped(&format!("not applicable: {why}")),
        Standing::Untestable(why) => skipped(&format!("untestable there: {why}")),
        Standing::OtherParty(Party::App) => skipped("the app's to keep"),
        Standing::OtherParty(_) => skipped("the device's to keep"),
    }
}

/// What no rule says: how the adapter failed, what is inconclusive, and what was not played.
fn run(summary: &Summary) -> TestSuite {
    let mut suite = TestSuite::new(RUN);
    let mut add = |name: &str, status| {
        let mut case = TestCase::new(plain(name), status);
        case.set_classname(RUN);
        suite.add_test_case(case);
    };
    let adapter = summary.failures.iter().filter(|failure| failure.sort != Sort::Breach);
    for failure in adapter {
        let what = failure.trouble.as_deref().unwrap_or_default();
        add(&failure.fault, failed(NonSuccessKind::Error, what, &story(failure)));
    }
    if let Some(doubt) = &summary.doubt {
        let text = format!("{} cases are inconclusive; the first: {doubt}", summary.inconclusive);
        add("no case is inconclusive", failed(NonSuccessKind::Error, &text, ""));
    }
    match &summary.stopped {
        Some(stopped) => add("every case is played", failed(NonSuccessKind::Error, stopped, "")),
        None if summary.cases == 0 => add(
            "every case is played",
            failed(NonSuccessKind::Error, "no case was played", ""),
        ),
        None => add("every case is played", TestCaseStatus::success()),
    }
    suite
}

fn breaks(rules: &[Id]) -> String {
    let ids: Vec<_> = rules.iter().map(ToString::to_string).collect();
    format!("the scheduler breaks {}", ids.join(" or "))
}

fn story(failure: &FailureLine) -> String {
    failure.story.join("\n")
}

fn skipped(why: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(plain(why));
    status
}

fn failed(kind: NonSuccessKind, message: &str, story: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(plain(message));
    let lines: Vec<_> = story.lines().map(plain).collect();
    status.set_description(lines.join("\n"));
    status
}
