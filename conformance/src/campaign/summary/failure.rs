//! One failure of a campaign: which rules it breaks or what went wrong with the adapter, and its story.

use std::collections::BTreeSet;

use bgspec_model::rule::{Id, Party};
use bgspec_model::vocabulary::{Header, Record};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Sort;
use super::page::WIDTH;
use crate::campaign::generate::{Counterexample, Fault, Try, Which};
use crate::campaign::story;
use crate::play::action::Action;
use crate::play::runner::Trouble;
use crate::report::Found;
use crate::text::clip;
use crate::trace::Places;

/// More characters of one line than anybody reads.
const LONGEST: usize = 600;
/// Lines of the wire that are shown; more of them are stored.
const MOST_WIRE: usize = 6;

/// One failure.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FailureLine {
    /// What failed, in a few words: failures of the same words are one.
    pub fault: String,
    /// What sort of failure it is.
    pub sort: Sort,
    /// Each rule that it names stands in the file of `--known`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub known: bool,
    /// The rules that were broken: one of them, or each. Empty where the adapter failed.
    #[schemars(with = "Vec<String>")]
    pub rules: Vec<Id>,
    /// How the adapter failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// It did not fail so when its case was played anew by a fresh instance, and what came then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flaky: Option<String>,
    /// The case that it was shrunk from.
    pub case: Which,
    /// The first case that it was seen in.
    pub first_case: Which,
    /// In how many cases it was found.
    pub cases: u64,
    /// How many lines the shortest trace has.
    pub lines: usize,
    /// Where the trace was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
    /// The story.
    pub story: Vec<String>,
    /// What is wrong, where a rule was broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Found>,
    /// The app and the device of the shortest case.
    pub header: Header,
    /// Its lines: what the adapter was asked last is one of them.
    pub records: Vec<Record>,
    /// The last lines of the wire, where the adapter failed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wire: Vec<String>,
}

pub(super) fn failure_line(failure: &Counterexample, trace: Option<String>) -> FailureLine {
    let rules = failure.fault.rules().to_vec();
    let played = &failure.shown.played;
    let is_breach = matches!(failure.fault, Fault::Broken(_));
    let trouble = (!is_breach).then(|| match &played.trouble {
        Some(trouble) => trouble.to_string(),
        None => failure.fault.to_string(),
    });
    let mut story = vec![format!("  {}", clip(&story::setting(&played.header), LONGEST))];
    let records = played.records.iter().zip(1..);
    story.extend(records.map(|(record, number)| story::line(number, record)));
    match (&played.asked, &played.trouble) {
        (Some(asked), _) => story.push(story::asked(played.records.len() as u64 + 1, asked)),
        (None, Some(Trouble::Adapter { .. })) => story.push("      then the adapter failed".to_owned()),
        (None, _) => {}
    }
    for (line, action, why) in &played.skipped {
        let event = match action {
            Action::Wait(_) => "wait",
            Action::Do(input) => input.event.name(),
        };
        story.push(format!("  skipped before line {line}: {event}: {why}"));
    }
    if let Some(finding) = &failure.finding {
        story.extend(story::finding(finding));
    }
    if !is_breach && !failure.shown.trail.wire.is_empty() {
        story.push("  the last lines on the wire:".to_owned());
        let wire = &failure.shown.trail.wire;
        let last = &wire[wire.len().saturating_sub(MOST_WIRE)..];
        story.extend(last.iter().map(|line| format!("    {}", clip(line, WIDTH))));
    }
    if failure.cut_short {
        story.push("  it may be longer than need be: the time for its shrinking was over".to_owned());
    }
    FailureLine {
        fault: failure.fault.to_string(),
        sort: match failure.fault {
            Fault::Broken(_) => Sort::Breach,
            Fault::Adapter(_) => Sort::Adapter,
            Fault::Runner => Sort::Bgspec,
        },
        known: false,
        rules,
        trouble,
        flaky: failure.flaky.as_ref().map(|tried| anew(tried)),
        case: failure.case.clone(),
        first_case: failure.first_case.clone(),
        cases: failure.times,
        lines: played.records.len(),
        trace,
        story,
        finding: failure
            .finding
            .as_ref()
            .map(|finding| Found::new(finding, true, &Places::Case)),
        header: played.header.clone(),
        records: played.lines(),
        wire: if is_breach {
            Vec::new()
        } else {
            failure.shown.trail.wire.clone()
        },
    }
}

/// What came of a failing case when it was played anew, and did not fail as before.
fn anew(tried: &Try) -> String {
    if let Some(trouble) = &tried.played.trouble {
        return trouble.to_string();
    }
    let findings = tried.played.report.findings.iter();
    let by_scheduler = findings.filter(|finding| finding.party == Party::Scheduler);
    let rules = by_scheduler
        .flat_map(|finding| &finding.rules)
        .map(|rule| rule.id.to_string());
    let broken: BTreeSet<_> = rules.collect();
    if broken.is_empty() {
        return "the scheduler broke nothing".to_owned();
    }
    format!(
        "the scheduler broke {}",
        broken.into_iter().collect::<Vec<_>>().join(", ")
    )
}
