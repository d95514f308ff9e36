//! The rulebook for programs.

use bgspec_model::profile::Named;
use bgspec_model::rule::{Basis, Force, Id, Party, Rule};
use bgspec_model::setting::{Default, Setting, Type};
use bgspec_model::vocabulary::{Kind, Platform, Version};
use serde::Serialize;

use super::diff::Diff;
use super::{Entry, Rulebook, consistency};
use crate::corpus::Row;

/// The facts of one rule: what the catalogue holds of it.
#[derive(Debug, Serialize)]
pub struct RuleFacts {
    id: Id,
    title: &'static str,
    basis: &'static [Basis],
    sources: &'static [&'static str],
    bound: Party,
    force: Force,
    /// The first version with the rule; left out: from the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Version>,
    /// The first version without it; left out: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Version>,
    #[serde(skip_serializing_if = "Option::is_none")]
    switch: Option<Setting>,
    text: &'static str,
}

impl From<&'static Rule> for RuleFacts {
    fn from(rule: &'static Rule) -> Self {
        Self {
            id: rule.id,
            title: rule.title,
            basis: rule.basis,
            sources: rule.sources,
            bound: rule.bound,
            force: rule.force,
            since: Some(rule.since).filter(|since| *since > Version::OLDEST),
            until: rule.until,
            switch: rule.switch,
            text: rule.text,
        }
    }
}

/// One value of a setting, from a version on.
#[derive(Debug, Serialize)]
pub struct Since {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Version>,
    value: &'static str,
}

/// The facts of one setting.
#[derive(Debug, Serialize)]
pub struct SettingFacts {
    name: &'static str,
    rule: Vec<Id>,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    values: &'static [&'static str],
    consistency: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'static str,
    contract: Vec<Since>,
    field: Vec<Since>,
}

impl From<Setting> for SettingFacts {
    fn from(setting: Setting) -> Self {
        let entry = setting.entry();
        let read = |defaults: &'static [Default]| {
            let defaults = defaults.iter().map(|(from, value)| Since {
                from: Some(*from).filter(|from| *from > Version::OLDEST),
                value,
            });
            defaults.collect()
        };
        Self {
            name: entry.name,
            rule: entry.rules.iter().map(|rule| rule.id).collect(),
            kind: match entry.kind {
                Type::Choice(_) => "choice",
                Type::Count => "count",
                Type::Duration => "duration",
            },
            values: setting.values(),
            consistency: consistency(setting),
            note: entry.note,
            contract: read(entry.contract),
            field: read(entry.field),
        }
    }
}

/// The rules of a book, each whole.
#[must_use]
pub fn rules(book: &Rulebook) -> Vec<Whole<'_>> {
    book.rules.iter().map(|rule| Whole::new(&book.entry(rule))).collect()
}

/// A trace that shows a rule.
#[derive(Debug, Serialize)]
pub struct Trace<'a> {
    case: &'a str,
    variant: &'a str,
    trace: &'a str,
    verdict: &'a str,
    says: &'a str,
}

impl<'a> From<&'a Row> for Trace<'a> {
    fn from(row: &'a Row) -> Self {
        Self {
            case: &row.case,
            variant: &row.variant,
            trace: &row.trace,
            verdict: &row.verdict,
            says: &row.says,
        }
    }
}

/// One rule whole.
#[derive(Debug, Serialize)]
pub struct Whole<'a> {
    #[serde(flatten)]
    facts: RuleFacts,
    settings: Vec<SettingFacts>,
    conforming: Vec<Trace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    breaking: Option<Trace<'a>>,
    traces: Vec<&'a str>,
    scenarios: Vec<Scenario<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    untestable: Option<Untestable<'a>>,
}

/// A scenario that is tagged with a rule, or notices it, or both.
#[derive(Debug, Serialize)]
struct Scenario<'a> {
    file: &'a str,
    line: usize,
    name: &'a str,
    tagged: bool,
    /// It would not pass without the rule.
    notices: bool,
}

/// Why no trace can show a rule.
#[derive(Debug, Serialize)]
struct Untestable<'a> {
    reason: &'a str,
    testable_by: &'a str,
}

impl<'a> Whole<'a> {
    /// A rule in this form.
    #[must_use]
    pub fn new(entry: &Entry<'a>) -> Self {
        Self {
            facts: entry.rule.into(),
            settings: entry.settings.iter().map(|setting| (*setting).into()).collect(),
            conforming: entry.conforming.iter().map(|row| Trace::from(*row)).collect(),
            breaking: entry.breaking.map(Trace::from),
            traces: entry.traces.iter().map(|row| row.trace.as_str()).collect(),
            scenarios: entry
                .scenarios
                .iter()
                .map(|scenario| Scenario {
                    file: scenario.file,
                    line: scenario.line.parse().unwrap_or_default(),
                    name: scenario.name,
                    tagged: scenario.tagged.contains(&entry.rule.id),
                    notices: scenario.noticed.contains(&entry.rule.id),
                })
                .collect(),
            refused: entry.refused.map(|one| one.says.as_str()),
            untestable: entry.untestable.map(|one| Untestable {
                reason: &one.reason,
                testable_by: &one.testable_by,
            }),
        }
    }
}

/// What changed between two versions.
#[derive(Debug, Serialize)]
pub struct Changes {
    from: Version,
    to: Version,
    kinds: Vec<KindChange>,
    calls: Vec<CallChange>,
    came: Vec<RuleFacts>,
    went: Vec<RuleFacts>,
    settings: Vec<SettingChange>,
    /// Rules of both versions whose sentence names one of the versions between.
    worded: Vec<RuleFacts>,
}

#[derive(Debug, Serialize)]
struct KindChange {
    kind: Kind,
    came: Vec<Platform>,
    went: Vec<Platform>,
}

#[derive(Debug, Serialize)]
struct CallChange {
    call: &'static str,
    came: Vec<Platform>,
    went: Vec<Platform>,
}

#[derive(Debug, Serialize)]
struct SettingChange {
    name: &'static str,
    rule: Vec<Id>,
    profile: Named,
    from: String,
    to: String,
}

impl From<&Diff> for Changes {
    fn from(diff: &Diff) -> Self {
        let facts = |rules: &[&'static Rule]| rules.iter().map(|rule| RuleFacts::from(*rule)).collect();
        let kinds = diff.kinds.iter().map(|change| KindChange {
            kind: change.kind,
            came: change.came.clone(),
            went: change.went.clone(),
        });
        let calls = diff.calls.iter().map(|change| CallChange {
            call: change.call,
            came: change.came.clone(),
            went: change.went.clone(),
        });
        let settings = diff.settings.iter().map(|change| SettingChange {
            name: change.setting.entry().name,
            rule: change.setting.entry().rules.iter().map(|rule| rule.id).collect(),
            profile: change.profile,
            from: change.from.clone(),
            to: change.to.clone(),
        });
        Self {
            from: diff.from,
            to: diff.to,
            kinds: kinds.collect(),
            calls: calls.collect(),
            came: facts(&diff.came),
            went: facts(&diff.went),
            settings: settings.collect(),
            worded: facts(&diff.worded),
        }
    }
}
