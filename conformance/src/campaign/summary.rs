//! What a campaign came to: a table by area, and one line to paste into a README.
//!
//! Every number and every word about coverage comes from what measured it. What is not applicable is printed and never
//! counted as passed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use bgspec_model::rule::{Id, Party, Rank, Rule};
use bgspec_model::vocabulary::{Area, Version};
use serde::Serialize;

use super::generate::{Config, Counterexample, Fault, METHOD, Outcome, Stop, Try, Which};
use super::plan::Shard;
use super::standing::{self, Standing};
use super::story;
use crate::exit::Exit;
use crate::play::action::Action;
use crate::play::runner::Trouble;
use crate::text::{clip, plain, time, wrap};

const WIDTH: usize = 110;
/// More characters of one line than anybody reads.
const LONGEST: usize = 600;
/// Lines of the wire that are shown; more of them are stored.
const MOST_WIRE: usize = 6;

/// A campaign's result, for people and for programs.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// This program and its version.
    pub tool: String,
    /// The implementation and its version.
    pub implementation: String,
    /// The profile.
    pub profile: String,
    /// The versions.
    pub versions: Vec<Version>,
    /// The kinds that the implementation declares.
    pub kinds: Vec<String>,
    /// The settings that it is held to.
    pub pins: BTreeMap<String, String>,
    /// The seed.
    pub seed: u64,
    /// How the cases were chosen.
    pub method: &'static str,
    /// How many cases.
    pub cases: u64,
    /// How many events were judged.
    pub events: u64,
    /// How many tasks were delivered.
    pub deliveries: u64,
    /// The largest set of states that was possible at once.
    pub most_states: usize,
    /// How many cases are inconclusive.
    pub inconclusive: u64,
    /// Why the first of them is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
    /// Each rule that the filter chose.
    pub rules: Vec<Line>,
    /// Each failure.
    pub failures: Vec<FailureLine>,
    /// Breaches that were seen only behind another one, with that other one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<String>,
    /// Rules that were broken and do not count, by `--fail-on` or `--filter`.
    pub uncounted: BTreeMap<String, u64>,
    /// How well the rules that count were known at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<Rank>,
    /// The run was interrupted: fewer cases were played than asked for, and failures may be longer than need be.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
    /// Why not all cases were played.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
    /// The part of the run that this is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// How often cases were played to shrink failures.
    #[serde(skip)]
    pub shrinking_plays: u64,
    /// How often the implementation was started.
    #[serde(skip)]
    pub starts: u64,
    /// The line to paste.
    pub claim: String,
    /// What the process ends with.
    pub exit: u8,
    #[serde(skip)]
    ends_with: Exit,
    /// Seconds that the cases took.
    #[serde(skip)]
    pub seconds: f64,
}

/// One rule.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its id.
    pub rule: Id,
    /// How it stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// How often it was exercised.
    pub exercised: u64,
    /// Whether the scheduler broke it.
    pub broken: bool,
}

impl Line {
    /// What was broken was exercised too.
    const fn is_exercised(&self) -> bool {
        self.exercised > 0 || self.broken
    }
}

/// One failure.
#[derive(Debug, Serialize)]
pub struct FailureLine {
    /// The rules that were broken: one of them, or each. Empty where the adapter failed.
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
}

impl Summary {
    /// Puts a campaign's result together. `traces` are the files of its counterexamples, where they were written.
    #[must_use]
    pub fn new(config: &Config, outcome: &Outcome, catalogue: &[&'static Rule], traces: &[Option<String>]) -> Self {
        let broken: BTreeSet<Id> = outcome
            .failures
            .iter()
            .flat_map(|failure| failure.fault.rules())
            .copied()
            .collect();
        let rules = chosen(config, catalogue)
            .map(|(rule, versions)| Line {
                rule: rule.id,
                standing: standing::of(rule, &outcome.hello, &versions),
                exercised: outcome.exercised.get(&rule.id).copied().unwrap_or(0),
                broken: broken.contains(&rule.id),
            })
            .collect();
        let failures = outcome
            .failures
            .iter()
            .enumerate()
            .map(|(n, failure)| failure_line(failure, traces.get(n).cloned().flatten()))
            .collect();
        let uncounted = outcome
            .uncounted
            .iter()
            .map(|(id, times)| (id.to_string(), *times))
            .collect();
        let words = |ids: &[Id]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
        let followers = outcome
            .followers
            .iter()
            .map(|follower| format!("{} behind {}", words(&follower.rules), words(&follower.behind)));
        let mut summary = Self {
            followers: followers.collect(),
            tool: concat!("bgspec ", env!("CARGO_PKG_VERSION")).to_owned(),
            implementation: clip(&format!("{} {}", outcome.hello.name, outcome.hello.version), 120),
            profile: config.profile.clone(),
            versions: config.versions.clone(),
            kinds: outcome.hello.kinds.iter().map(ToString::to_string).collect(),
            pins: outcome.hello.pins.clone(),
            seed: config.seed,
            method: METHOD,
            cases: outcome.cases,
            events: outcome.events,
            deliveries: outcome.deliveries,
            most_states: outcome.most_states,
            inconclusive: outcome.inconclusive.0,
            doubt: outcome.inconclusive.1.clone(),
            rules,
            failures,
            uncounted,
            fail_on: config.fail_on,
            interrupted: config.interrupt.is_set(),
            stopped: outcome.stopped.map(|stop| why(stop, outcome.cases, config.planned())),
            shard: config.shard,
            shrinking_plays: outcome.shrinking_plays,
            starts: outcome.starts,
            claim: String::new(),
            exit: 0,
            ends_with: Exit::default(),
            seconds: outcome.elapsed.as_secs_f64(),
        };
        summary.claim = summary.claimed();
        summary.ends_with = summary.gravest(outcome);
        summary.exit = summary.ends_with.code();
        summary
    }

    /// What the process ends with.
    #[must_use]
    pub const fn ends_with(&self) -> Exit {
        self.ends_with
    }

    fn gravest(&self, outcome: &Outcome) -> Exit {
        let mut exits = vec![Exit::Conforms];
        if self.interrupted {
            exits.push(Exit::Interrupted);
        }
        for failure in &outcome.failures {
            exits.push(match failure.fault {
                Fault::Broken(_) => Exit::Breaks,
                Fault::Adapter(_) => Exit::AdapterFailed,
                Fault::Runner => Exit::Inconclusive,
            });
        }
        if self.inconclusive > 0 {
            exits.push(Exit::Inconclusive);
        }
        if self.cases == 0 || self.events == 0 || self.count(None, Column::Reachable) == 0 {
            exits.push(Exit::NothingChecked);
        }
        Exit::gravest(exits)
    }

    fn claimed(&self) -> String {
        let versions: Vec<_> = self.versions.iter().map(ToString::to_string).collect();
        let count = |column| self.count(None, column);
        format!(
            "{}: {}, profile {}, iOS {}, {}: {} of {} reachable rules exercised, {} broken, {} not applicable, {} \
             untestable there; {} {} cases, {} events, seed {}",
            self.tool,
            self.implementation,
            self.profile,
            versions.join(" "),
            self.kinds.join(" "),
            count(Column::Exercised),
            count(Column::Reachable),
            count(Column::Broken),
            count(Column::NotApplicable),
            count(Column::Untestable),
            self.cases,
            self.method,
            self.events,
            self.seed,
        )
    }

    fn count(&self, area: Option<Area>, column: Column) -> u64 {
        let lines = self
            .rules
            .iter()
            .filter(|line| area.is_none_or(|area| line.rule.area == area));
        lines.map(|line| column.of(line)).sum()
    }

    /// The result as people read it.
    #[must_use]
    pub fn human(&self) -> String {
        let mut text = String::new();
        for failure in &self.failures {
            text.push_str(&failure.human());
            text.push('\n');
        }
        self.table(&mut text);
        self.lists(&mut text);
        if let Some(stopped) = self.stopped.as_ref().filter(|_| !self.interrupted) {
            paragraph(&mut text, "stopped before all cases were played:", stopped);
        }
        if self.shrinking_plays > 0 {
            let _ = writeln!(
                text,
                "\nshrinking took {} plays; the implementation was started {} times",
                self.shrinking_plays, self.starts
            );
        }
        if self.interrupted {
            text.push_str("\nInterrupted: this is what the cases showed that were played until then.\n");
        }
        let _ = writeln!(text, "\n{}", self.claim);
        text
    }

    fn table(&self, text: &mut String) {
        let _ = write!(text, "{:<37}", "area");
        for column in Column::ALL {
            let _ = write!(text, "  {:>width$}", column.title(), width = column.title().len());
        }
        text.push('\n');
        let mut row = |name: String, area| {
            let _ = write!(text, "{name:<37}");
            for column in Column::ALL {
                let _ = write!(
                    text,
                    "  {:>width$}",
                    self.count(area, column),
                    width = column.title().len()
                );
            }
            text.push('\n');
        };
        let areas: BTreeSet<Area> = self.rules.iter().map(|line| line.rule.area).collect();
        for area in &areas {
            row(format!("{area} {}", area.title()), Some(*area));
        }
        row("all".to_owned(), None);
    }

    fn lists(&self, text: &mut String) {
        let reachable = || self.rules.iter().filter(|line| line.standing == Standing::Reachable);
        let times: Vec<_> = reachable()
            .filter(|line| line.is_exercised())
            .map(|line| format!("{} {}", line.rule, line.exercised))
            .collect();
        let never: Vec<_> = reachable()
            .filter(|line| !line.is_exercised())
            .map(|line| line.rule.to_string())
            .collect();
        paragraph(text, "exercised, with how often:", &times.join(", "));
        paragraph(text, "never exercised:", &never.join(", "));
        let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in &self.rules {
            let reason = match &line.standing {
                Standing::Reachable => continue,
                Standing::NotApplicable(why) => format!("not applicable: {why}:"),
                Standing::Untestable(why) => format!("untestable there: {why}:"),
                Standing::OtherParty(Party::App) => "not judged here, the app's to keep:".to_owned(),
                Standing::OtherParty(_) => "not judged here, the device's to keep:".to_owned(),
            };
            reasons.entry(reason).or_default().push(line.rule.to_string());
        }
        for (reason, rules) in reasons {
            paragraph(text, &reason, &rules.join(", "));
        }
        let uncounted: Vec<_> = self
            .uncounted
            .iter()
            .map(|(rule, times)| format!("{rule} {times}"))
            .collect();
        paragraph(
            text,
            "broken, and left out by --fail-on or --filter:",
            &uncounted.join(", "),
        );
        paragraph(
            text,
            "seen only behind another breach, which may be the reason, and not counted:",
            &self.followers.join(", "),
        );
        if let Some(doubt) = &self.doubt {
            paragraph(
                text,
                &format!("inconclusive cases: {}; the first:", self.inconclusive),
                doubt,
            );
        }
    }
}

impl FailureLine {
    fn human(&self) -> String {
        let rules: Vec<_> = self.rules.iter().map(ToString::to_string).collect();
        let what = match &self.trouble {
            Some(trouble) => trouble.clone(),
            None => format!("the scheduler breaks {}", rules.join(" or ")),
        };
        // What an adapter wrote to stderr stands in lines of its own.
        let (what, below) = what.split_once('\n').unwrap_or((&what, ""));
        let how = match &self.flaky {
            None => format!("shrunk from {}", self.case),
            Some(_) => format!("flaky, first seen in {}", self.first_case),
        };
        let cases = if self.cases == 1 {
            "1 case".to_owned()
        } else {
            format!("{} cases", self.cases)
        };
        let mut text = format!("FAILED: {} (in {cases}; {how})\n", clip(what, 2_000));
        for line in below.lines() {
            let _ = writeln!(text, "{}", plain(line));
        }
        for line in &self.story {
            text.push_str(line);
            text.push('\n');
        }
        if let Some(anew) = &self.flaky {
            let anew = anew.lines().next().unwrap_or_default();
            let _ = writeln!(text, "  flaky: when it was played anew, {}", clip(anew, 300));
        }
        if let Some(trace) = &self.trace {
            let _ = writeln!(text, "  written to {trace}");
        }
        text
    }
}

/// The rules that the filter chose, each with the versions for which it did.
pub fn chosen<'a>(
    config: &'a Config,
    catalogue: &'a [&'static Rule],
) -> impl Iterator<Item = (&'static Rule, Vec<Version>)> + 'a {
    catalogue.iter().filter_map(|rule| {
        let versions = config.versions.iter().copied();
        let versions: Vec<_> = versions.filter(|os| config.filter.matches(rule, *os)).collect();
        (!versions.is_empty()).then_some((*rule, versions))
    })
}

/// Why not all cases were played.
fn why(stop: Stop, cases: u64, planned: Option<u64>) -> String {
    let of = planned.map_or_else(
        || format!("after {cases} cases"),
        |planned| format!("after {cases} of {planned} cases"),
    );
    match stop {
        Stop::Failures(times) => {
            format!("{of}: given up after {times} failures of the adapter, where one that hung counts several times")
        }
        Stop::FailFast => format!("{of}: at the first failure, as --fail-fast asks for"),
        Stop::Time(limit) => format!(
            "{of}: {}, the time that --time gives, was over",
            time(limit.as_millis().try_into().unwrap_or(i64::MAX))
        ),
        Stop::Interrupted => format!("{of}: interrupted"),
    }
}

fn failure_line(failure: &Counterexample, trace: Option<String>) -> FailureLine {
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
        rules,
        trouble,
        flaky: failure.flaky.as_ref().map(|tried| anew(tried)),
        case: failure.case.clone(),
        first_case: failure.first_case.clone(),
        cases: failure.times,
        lines: played.records.len(),
        trace,
        story,
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

fn paragraph(text: &mut String, head: &str, body: &str) {
    if body.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{head}");
    for line in wrap(&plain(body), WIDTH - 2) {
        let _ = writeln!(text, "  {line}");
    }
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Reachable,
    Exercised,
    Broken,
    NotApplicable,
    Untestable,
    Times,
}

impl Column {
    const ALL: [Self; 6] = [
        Self::Reachable,
        Self::Exercised,
        Self::Broken,
        Self::NotApplicable,
        Self::Untestable,
        Self::Times,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Exercised => "exercised",
            Self::Broken => "broken",
            Self::NotApplicable => "not applicable",
            Self::Untestable => "untestable",
            Self::Times => "     times",
        }
    }

    fn of(self, line: &Line) -> u64 {
        let reachable = line.standing == Standing::Reachable;
        match self {
            Self::Reachable => u64::from(reachable),
            Self::Exercised => u64::from(reachable && line.is_exercised()),
            Self::Broken => u64::from(line.broken),
            Self::NotApplicable => u64::from(matches!(line.standing, Standing::NotApplicable(_))),
            Self::Untestable => u64::from(matches!(line.standing, Standing::Untestable(_))),
            Self::Times if reachable => line.exercised,
            Self::Times => 0,
        }
    }
}
