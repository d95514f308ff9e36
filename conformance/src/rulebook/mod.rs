//! The rulebook: every rule with how it is known, the settings that it depends on, and the traces that show it.
//!
//! Rules and settings are the model's; traces and scenarios are those of [`crate::corpus`]. [`html`] writes a page for
//! people; [`page`] makes a document that [`markdown`] writes; [`json`] is the form for programs, and [`diff`] sets two
//! versions side by side.

pub mod diff;
pub mod document;
pub mod html;
pub mod json;
pub mod kinds;
pub mod markdown;
pub mod page;
pub mod shown;
pub mod sources;

use bgspec_model::profile::{Named, Profile};
use bgspec_model::rule::{Force, Rule};
use bgspec_model::rules;
use bgspec_model::setting::{Setting, Type};
use bgspec_model::vocabulary::{Area, Version};

use crate::corpus::{self, Manifest, Refused, Row, Scenario, Unreadable, Untestable};

/// The rules that are to be shown, with what belongs to them.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// The rules, in the order of the book.
    pub rules: Vec<&'static Rule>,
    /// The one version that it is about, if it is about one.
    pub os: Option<Version>,
    corpus: Manifest,
}

/// What belongs to one rule.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// The settings that it depends on, its switch first.
    pub settings: Vec<Setting>,
    /// The traces that show it, each once.
    pub traces: Vec<&'a Row>,
    /// The scenarios of the feature files that are tagged with it or notice it.
    pub scenarios: Vec<Scenario<'static>>,
    /// Traces in which it is kept: one, or of a `may` rule one for each answer that it allows.
    pub conforming: Vec<&'a Row>,
    /// A trace in which somebody breaks it, or is advised by it.
    pub breaking: Option<&'a Row>,
    /// Why no trace can show it, if none can.
    pub untestable: Option<&'a Untestable>,
    /// What is refused, where it is a rule of the format: what breaks it is malformed.
    pub refused: Option<&'a Refused>,
}

impl Entry<'_> {
    /// The scenarios that are tagged with the rule and would not pass without it.
    pub fn noticing(&self) -> impl Iterator<Item = &Scenario<'static>> {
        let rule = self.rule.id;
        self.tagged().filter(move |scenario| scenario.noticed.contains(&rule))
    }

    /// The scenarios that are tagged with the rule and would pass without it.
    pub fn unaware(&self) -> impl Iterator<Item = &Scenario<'static>> {
        let rule = self.rule.id;
        self.tagged().filter(move |scenario| !scenario.noticed.contains(&rule))
    }

    /// The scenarios of other rules that would not pass without this one.
    pub fn besides(&self) -> impl Iterator<Item = &Scenario<'static>> {
        let rule = self.rule.id;
        self.scenarios
            .iter()
            .filter(move |scenario| !scenario.tagged.contains(&rule))
    }

    fn tagged(&self) -> impl Iterator<Item = &Scenario<'static>> {
        let rule = self.rule.id;
        self.scenarios
            .iter()
            .filter(move |scenario| scenario.tagged.contains(&rule))
    }
}

impl Rulebook {
    /// Every rule, or those in force in one version.
    ///
    /// # Errors
    /// A manifest of the corpus cannot be read.
    pub fn new(os: Option<Version>) -> Result<Self, Unreadable> {
        let in_force = |rule: &&Rule| os.is_none_or(|os| rule.in_force(os));
        Ok(Self {
            rules: rules::all().filter(in_force).collect(),
            os,
            corpus: corpus::embedded()?,
        })
    }

    /// The areas that have rules here, with their rules.
    pub fn areas(&self) -> impl Iterator<Item = (Area, Vec<&'static Rule>)> + '_ {
        Area::ALL.iter().filter_map(|area| {
            let rules: Vec<_> = self
                .rules
                .iter()
                .copied()
                .filter(|rule| rule.id.area == *area)
                .collect();
            (!rules.is_empty()).then_some((*area, rules))
        })
    }

    /// Every row of the corpus: what a trace must get.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.corpus.expect.iter()
    }

    /// What belongs to a rule.
    #[must_use]
    pub fn entry(&self, rule: &'static Rule) -> Entry<'_> {
        let mut traces: Vec<&Row> = Vec::new();
        for row in self.corpus.expect.iter().filter(|row| row.shows(rule.id)) {
            if !traces.iter().any(|other| other.trace == row.trace) {
                traces.push(row);
            }
        }
        let rows = || self.corpus.expect.iter().filter(|row| row.shows(rule.id));
        let own = |row: &&Row| row.case.parse() == Ok(rule.id);
        let advises = |row: &Row| row.advice.iter().any(|advice| advice.parse() == Ok(rule.id));
        let offends = |row: &&Row| row.breaks(rule.id) || advises(row);
        // Where the rule is about what follows an app's breach, the trace breaks another rule.
        let is_kept = |row: &&Row| !offends(row) && row.verdict != "inconclusive";
        let conforms = |row: &&Row| is_kept(row) && row.verdict == "conforms";
        let mut conforming: Vec<&Row> = Vec::new();
        if rule.force == Force::May {
            for row in rows().filter(own).filter(is_kept) {
                if !conforming.iter().any(|other| other.trace == row.trace) {
                    conforming.push(row);
                }
            }
        }
        if conforming.is_empty() {
            let one = (rows().filter(own).find(conforms))
                .or_else(|| rows().filter(own).find(is_kept))
                .or_else(|| rows().find(conforms));
            conforming.extend(one);
        }
        Entry {
            rule,
            settings: settings_of(rule),
            conforming,
            breaking: rows().filter(own).find(offends).or_else(|| rows().find(offends)),
            traces,
            scenarios: crate::corpus::scenarios()
                .filter(|scenario| scenario.concerns(rule.id))
                .collect(),
            untestable: self
                .corpus
                .untestable
                .iter()
                .find(|one| one.rule.parse() == Ok(rule.id)),
            refused: self.corpus.refused.iter().find(|one| one.rule.parse() == Ok(rule.id)),
        }
    }
}

/// The settings that a rule depends on: its switch, those that its sentence names, and those that name it.
#[must_use]
pub fn settings_of(rule: &Rule) -> Vec<Setting> {
    let quoted = rule.text.split('`').skip(1).step_by(2).filter_map(Setting::named);
    let naming = Setting::ALL
        .iter()
        .copied()
        .filter(|setting| setting.entry().rules.contains(&rule));
    let mut found: Vec<Setting> = Vec::new();
    for setting in rule.switch.into_iter().chain(quoted).chain(naming) {
        if !found.contains(&setting) {
            found.push(setting);
        }
    }
    found
}

/// What a rule is about, in a few words that begin with a capital.
#[must_use]
pub fn title(rule: &Rule) -> String {
    let mut letters = rule.title.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The changelog, whose first heading says which version this is, and of which day.
const CHANGELOG: &str = include_str!("../../../CHANGELOG.md");

/// The version of the rulebook and its day: that of the changelog, or of `SOURCE_DATE_EPOCH` where it is set.
///
/// Nothing asks a clock: the same source and the same settings give the same page.
#[must_use]
pub fn stamp() -> String {
    let epoch = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let set = epoch.and_then(|seconds| time::OffsetDateTime::from_unix_timestamp(seconds).ok());
    let day = set
        .map(|at| at.date().to_string())
        .or_else(|| changelog_day(CHANGELOG).map(str::to_owned));
    let of = day.map_or(String::new(), |day| format!(", {day}"));
    let (first, last) = (Version::OLDEST, Version::NEWEST);
    format!(
        "bgspec {}{of}; iOS {} to {}",
        env!("CARGO_PKG_VERSION"),
        first.major,
        last.major
    )
}

/// The day in the first heading of a changelog, such as `2026-11-28`.
fn changelog_day(changelog: &str) -> Option<&str> {
    let heading = changelog.lines().find(|line| line.starts_with("## "))?;
    let is_day = |word: &&str| {
        let parts: Vec<&str> = word.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        lengths == [4, 2, 2] && parts.concat().bytes().all(|byte| byte.is_ascii_digit())
    };
    heading.split(|c: char| !(c.is_ascii_digit() || c == '-')).find(is_day)
}

/// The words for a rule that has neither come nor gone.
pub const EVERY_VERSION: &str = "every version";

/// The versions that have a rule, in words.
#[must_use]
pub fn versions(rule: &Rule) -> String {
    match (rule.since > Version::OLDEST, rule.until) {
        (false, None) => EVERY_VERSION.to_owned(),
        (true, None) => format!("from {}", rule.since),
        (false, Some(until)) => format!("before {until}"),
        (true, Some(until)) => format!("from {}, before {until}", rule.since),
    }
}

/// The bases of a rule, in words.
#[must_use]
pub fn basis(rule: &Rule) -> String {
    let words: Vec<_> = rule.basis.iter().map(ToString::to_string).collect();
    words.join(", ")
}

/// The values that a setting takes, in words.
#[must_use]
pub fn values(setting: Setting) -> String {
    match setting.entry().kind {
        Type::Choice(values) => format!("{} or either", values.join(", ")),
        Type::Count => "a number or unknown".to_owned(),
        Type::Duration => "a duration or unknown".to_owned(),
    }
}

/// What a profile sets a setting to: in one version, or from which version on.
#[must_use]
pub fn value(setting: Setting, profile: Named, os: Option<Version>) -> String {
    if let Some(os) = os {
        return Profile::new(profile, os).value(setting);
    }
    let defaults = match profile {
        Named::Contract => setting.entry().contract,
        Named::Field => setting.entry().field,
    };
    let first = Profile::new(profile, Version::OLDEST).value(setting);
    let later = defaults
        .iter()
        .filter(|(from, _)| *from > Version::OLDEST)
        .map(|(from, value)| format!("from {from} {value}"));
    std::iter::once(first).chain(later).collect::<Vec<_>>().join("; ")
}

/// Whether an implementation answers the same way each time, in a word.
#[must_use]
pub fn consistency(setting: Setting) -> &'static str {
    if setting.entry().fixed { "fixed" } else { "free" }
}

/// What `consistency` says, in a sentence.
#[must_use]
pub fn consistency_says(setting: Setting) -> &'static str {
    if setting.entry().fixed {
        "an implementation answers the same way each time"
    } else {
        "each answer stands alone"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_changelog_says_of_which_day_the_rulebook_is() {
        assert!(
            changelog_day(CHANGELOG).is_some(),
            "the first heading of CHANGELOG.md has no day"
        );
        let heading = CHANGELOG.lines().find(|line| line.starts_with("## ")).unwrap();
        assert!(
            heading.contains(env!("CARGO_PKG_VERSION")),
            "{heading} is of another version"
        );
        assert_eq!(
            changelog_day("# Changelog\n\n## 0.2.0 (2027-01-05)\n## 0.1.0 (2026-01-01)"),
            Some("2027-01-05")
        );
        assert_eq!(changelog_day("## 0.2.0, not yet released"), None);
    }
}
