//! What a campaign came to: a table by area, and one line to paste into a README.
//!
//! Every number and every word about coverage comes from what measured it. What is not applicable is printed and never
//! counted as passed.

mod failure;
mod page;

use std::collections::{BTreeMap, BTreeSet};

use bgspec_model::rule::{Id, Rank, Rule};
use bgspec_model::vocabulary::{Area, Version};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use failure::FailureLine;
use failure::failure_line;

use super::generate::{Config, METHOD, Outcome, Stop};
use super::known::{Came, Expected, Known};
use super::plan::Shard;
use super::standing::{self, Standing};
use crate::exit::Exit;
use crate::text::{clip, time};

/// A campaign's result, for people and for programs.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
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
    /// How many histories of several threads were judged.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub histories: u64,
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
    #[schemars(with = "Option<String>")]
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

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// One rule.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// Its id.
    #[schemars(with = "String")]
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
    #[must_use]
    pub const fn is_exercised(&self) -> bool {
        self.exercised > 0 || self.broken
    }
}

/// A line of `--known`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownLine {
    /// The rule.
    #[schemars(with = "String")]
    pub rule: Id,
    /// What came of it.
    pub came: Came,
    /// What the file says.
    pub expected: Expected,
}

/// What sort of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The scheduler broke a rule.
    Breach,
    /// The adapter failed.
    Adapter,
    /// bgspec itself failed.
    Bgspec,
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
            .map(|(rule, versions)| {
                let exercised = outcome.exercised.get(&rule.id).copied().unwrap_or(0);
                let standing = standing::of(rule, &outcome.hello, &versions);
                Line {
                    rule: rule.id,
                    standing: match exercised {
                        0 => standing::unless_shown(rule.id, standing),
                        _ => standing,
                    },
                    exercised,
                    broken: broken.contains(&rule.id),
                }
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
            histories: outcome.histories,
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
