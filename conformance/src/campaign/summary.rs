//! What a campaign came to: a table by area, and one line to paste into a README.
//!
//! Every number and every word about coverage comes from what measured it. What is not applicable is printed and never
//! counted as passed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use bgspec_model::rule::{Id, Party, Rank, Rule};
use bgspec_model::vocabulary::{Area, Version};
use serde::{Deserialize, Serialize};

use super::generate::{Config, Counterexample, Fault, METHOD, Outcome, Stop, Try, Which};
use super::known::{Came, Expected, Known};
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
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    pub method: String,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<String>,
    /// Rules that were broken and do not count, by `--fail-on` or `--filter`.
    pub uncounted: BTreeMap<String, u64>,
    /// How well the rules that count were known at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<Rank>,
    /// The run was interrupted: fewer cases were played than asked for, and failures may be longer than need be.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
    /// Nothing of a default run was left out, the other parts apart.
    pub whole: bool,
    /// Each line of `--known`, and what came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<KnownLine>,
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
#[derive(Debug, Serialize, Deserialize)]
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

/// A line of `--known`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownLine {
    /// The rule.
    pub rule: Id,
    /// What came of it.
    pub came: Came,
    /// What the file says.
    pub expected: Expected,
}

/// What sort of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The scheduler broke a rule.
    Breach,
    /// The adapter failed.
    Adapter,
    /// bgspec itself failed.
    Bgspec,
}

/// One failure.
#[derive(Debug, Serialize, Deserialize)]
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
            method: METHOD.to_owned(),
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
            whole: config.whole && outcome.stopped.is_none(),
            known: Vec::new(),
            stopped: outcome.stopped.map(|stop| why(stop, outcome.cases, config.planned())),
            shard: config.shard,
            shrinking_plays: outcome.shrinking_plays,
            starts: outcome.starts,
            claim: String::new(),
            exit: 0,
            ends_with: Exit::default(),
            seconds: outcome.elapsed.as_secs_f64(),
        };
        summary.settle(None);
        summary
    }

    /// Says what came of the breaches that are expected, and with that what the run ends with.
    pub fn settle(&mut self, known: Option<&Known>) {
        let broken: BTreeSet<Id> = self
            .failures
            .iter()
            .flat_map(|failure| &failure.rules)
            .copied()
            .collect();
        for failure in &mut self.failures {
            failure.known = known.is_some_and(|known| known.expects(&failure.rules));
        }
        let lines = known.into_iter().flat_map(|known| &known.lines);
        self.known = lines
            .map(|(rule, expected)| KnownLine {
                rule: *rule,
                came: self.came(*rule, &broken),
                expected: expected.clone(),
            })
            .collect();
        self.claim = self.claimed();
        self.ends_with = self.gravest();
        self.exit = self.ends_with.code();
    }

    /// What a file of expected breaches is to say after this run: what was broken, and what it cannot tell.
    #[must_use]
    pub fn still_known(&self, found_by: &str) -> Vec<(Id, Expected)> {
        let kept = self
            .known
            .iter()
            .filter(|line| matches!(line.came, Came::Broken | Came::Open));
        let mut lines: BTreeMap<Id, Expected> = kept.map(|line| (line.rule, line.expected.clone())).collect();
        for rule in self.failures.iter().flat_map(|failure| &failure.rules) {
            lines.entry(*rule).or_insert_with(|| Expected {
                reason: format!("not looked at yet; found by {found_by}"),
                link: None,
                expires: None,
                line: 0,
            });
        }
        lines.into_iter().collect()
    }

    /// What came of a breach that is expected.
    fn came(&self, rule: Id, broken: &BTreeSet<Id>) -> Came {
        let whole = self.whole && self.shard.is_none();
        if broken.contains(&rule) {
            return Came::Broken;
        }
        match self.rules.iter().find(|line| line.rule == rule) {
            Some(line) if line.standing == Standing::Reachable && (whole || line.exercised > 0) => Came::Passed,
            _ if whole => Came::Unmatched,
            _ => Came::Open,
        }
    }

    /// Sets the parts' failures against one another, as one run does: where one of several rules was broken, and one of
    /// them is known to be, it is that one.
    pub fn absorb(&mut self) {
        self.failures
            .sort_by(|one, other| (one.rules.len(), &one.fault).cmp(&(other.rules.len(), &other.fault)));
        let mut kept: Vec<FailureLine> = Vec::new();
        for failure in std::mem::take(&mut self.failures) {
            let names = |other: &&mut FailureLine| {
                !other.rules.is_empty() && other.rules.iter().all(|rule| failure.rules.contains(rule))
            };
            match kept.iter_mut().find(names) {
                Some(other) => other.cases += failure.cases,
                None => kept.push(failure),
            }
        }
        for line in &mut self.rules {
            line.broken = kept.iter().any(|failure| failure.rules.contains(&line.rule));
        }
        kept.sort_by(|one, other| one.rules.cmp(&other.rules).then_with(|| one.fault.cmp(&other.fault)));
        self.failures = kept;
    }

    /// Adds another part of the same run.
    ///
    /// # Errors
    /// It is of another run: what differs.
    pub fn add(&mut self, part: Self) -> Result<(), String> {
        let differs = |what: &str, here: &dyn std::fmt::Display, there: &dyn std::fmt::Display| {
            Err(format!("{what} {here}, expected {there}"))
        };
        let versions = |summary: &Self| {
            summary
                .versions
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let pins = |summary: &Self| {
            summary
                .pins
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
        };
        let rank = |summary: &Self| {
            summary
                .fail_on
                .map_or_else(|| "none".to_owned(), |rank| rank.to_string())
        };
        let facts = |summary: &Self| {
            [
                ("made by", summary.tool.clone()),
                ("the implementation", summary.implementation.clone()),
                ("the profile", summary.profile.clone()),
                ("the versions", versions(summary)),
                ("the kinds", summary.kinds.join(" ")),
                ("the settings", pins(summary).join(" ")),
                ("the seed", summary.seed.to_string()),
                ("--fail-on", rank(summary)),
                (
                    "the rules of --filter",
                    summary
                        .rules
                        .iter()
                        .map(|line| line.rule.to_string())
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
            ]
        };
        for ((what, here), (_, there)) in facts(&part).into_iter().zip(facts(self)) {
            if here != there {
                return differs(what, &clip(&here, 200), &clip(&there, 200));
            }
        }
        self.cases += part.cases;
        self.events += part.events;
        self.deliveries += part.deliveries;
        self.most_states = self.most_states.max(part.most_states);
        self.inconclusive += part.inconclusive;
        self.doubt = self.doubt.take().or(part.doubt);
        for (line, other) in self.rules.iter_mut().zip(part.rules) {
            line.exercised += other.exercised;
        }
        for failure in part.failures {
            match self.failures.iter_mut().find(|known| known.fault == failure.fault) {
                Some(known) => {
                    let cases = known.cases + failure.cases;
                    // One that comes again is worth more than one that does not, and a short one more than a long one.
                    if (failure.flaky.is_some(), failure.lines) < (known.flaky.is_some(), known.lines) {
                        *known = failure;
                    }
                    known.cases = cases;
                }
                None => self.failures.push(failure),
            }
        }
        for follower in part.followers {
            if !self.followers.contains(&follower) {
                self.followers.push(follower);
            }
        }
        for (rule, times) in part.uncounted {
            *self.uncounted.entry(rule).or_default() += times;
        }
        self.interrupted |= part.interrupted;
        self.whole &= part.whole;
        if let (Some(why), Some(shard)) = (part.stopped, part.shard) {
            let before = self.stopped.take().map_or_else(String::new, |before| before + "; ");
            self.stopped = Some(format!("{before}part {}: {why}", shard.index));
        }
        Ok(())
    }

    /// What the process ends with.
    #[must_use]
    pub const fn ends_with(&self) -> Exit {
        self.ends_with
    }

    fn gravest(&self) -> Exit {
        let mut exits = vec![Exit::Conforms];
        if self.interrupted {
            exits.push(Exit::Interrupted);
        }
        for failure in self.failures.iter().filter(|failure| !failure.known) {
            exits.push(match failure.sort {
                Sort::Breach => Exit::Breaks,
                Sort::Adapter => Exit::AdapterFailed,
                Sort::Bgspec => Exit::Inconclusive,
            });
        }
        for line in &self.known {
            exits.push(match line.came {
                Came::Broken | Came::Open => Exit::Conforms,
                Came::Passed => Exit::Breaks,
                Came::Unmatched => Exit::Unusable,
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
        self.expected(&mut text);
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

    /// What came of the lines of `--known`.
    fn expected(&self, text: &mut String) {
        let heads = [
            (Came::Broken, "broken, as --known expects:"),
            (
                Came::Passed,
                "not broken, and --known expects it: take the line out, or run with --update:",
            ),
            (
                Came::Unmatched,
                "in --known, and cannot be judged there: expected rules that can:",
            ),
            (Came::Open, "in --known, and not decided by this run:"),
        ];
        for (came, head) in heads {
            let lines = self.known.iter().filter(|line| line.came == came);
            let lines: Vec<_> = lines
                .map(|KnownLine { rule, expected, .. }| {
                    let link = expected
                        .link
                        .as_ref()
                        .map_or_else(String::new, |link| format!(", {link}"));
                    let until = expected
                        .expires
                        .as_ref()
                        .map_or_else(String::new, |date| format!(", until {date}"));
                    format!("{rule} ({}{link}{until})", expected.reason)
                })
                .collect();
            paragraph(text, head, &clip(&lines.join("; "), 4_000));
        }
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
        let word = if self.known { "EXPECTED" } else { "FAILED" };
        let how = match &self.flaky {
            None => format!("shrunk from {}", self.case),
            Some(_) => format!("flaky, first seen in {}", self.first_case),
        };
        let cases = if self.cases == 1 {
            "1 case".to_owned()
        } else {
            format!("{} cases", self.cases)
        };
        let mut text = format!("{word}: {} (in {cases}; {how})\n", clip(what, 2_000));
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
