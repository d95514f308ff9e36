//! Which rules a run can judge at all: what is not applicable there, and what cannot be seen there.
//!
//! A rule that is not applicable is printed and never counted as passed. The table of what each rule needs stands here
//! and not in the model: it is about what a campaign can send and see, not about what the rule says.

use std::collections::BTreeSet;

use bgspec_model::rule::{Id, Party, Rule};
use bgspec_model::vocabulary::{Area, Discretion, Kind, Version};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::play::adapter::Hello;

/// How a rule stands in a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "standing", content = "why")]
pub enum Standing {
    /// It can be judged.
    Reachable,
    /// It needs an observation or a capability that the implementation does not declare.
    Untestable(String),
    /// It does not apply there.
    NotApplicable(String),
    /// It binds another party than the scheduler: a campaign does not judge it.
    OtherParty(#[schemars(with = "String")] Party),
}

/// How a rule stands with an implementation on some versions.
#[must_use]
pub fn of(rule: &Rule, hello: &Hello, versions: &[Version]) -> Standing {
    if rule.bound != Party::Scheduler {
        return Standing::OtherParty(rule.bound);
    }
    let not = |why: String| Standing::NotApplicable(why);
    if !versions.iter().any(|os| rule.in_force(*os)) {
        return not("no version of this run has the rule".to_owned());
    }
    if !hello.areas.contains(&rule.id.area) {
        return not(format!("the area {} is not declared", rule.id.area));
    }
    if let Some(word) = hello.leaves_out(rule.id) {
        return not(match word.eq_ignore_ascii_case(&rule.id.to_string()) {
            true => "declared as not modelled".to_owned(),
            false => format!("the condition {word} is declared as not modelled"),
        });
    }
    let needs = needs(rule.id);
    if !needs.kinds.is_empty() && !needs.kinds.iter().any(|kind| hello.kinds.contains(kind)) {
        let kinds: Vec<_> = needs.kinds.iter().map(ToString::to_string).collect();
        return not(format!("{} is not declared", kinds.join(" or ")));
    }
    if needs.driven && hello.discretion != Discretion::Driven {
        return not("the discretion is not driven".to_owned());
    }
    if needs.concurrent && !hello.concurrent {
        return Standing::Untestable("needs calls of several threads (`concurrent`)".to_owned());
    }
    if !needs.sees.is_empty()
        && !needs
            .sees
            .iter()
            .any(|name| hello.observes.iter().any(|seen| seen == name))
    {
        return Standing::Untestable(format!("needs the observation {}", needs.sees.join(" or ")));
    }
    Standing::Reachable
}

/// How a rule stands that no case exercised: what only the implementation shows, of itself, nothing that is played can bring
/// about.
#[must_use]
pub fn unless_shown(id: Id, standing: Standing) -> Standing {
    let why = match (id.area, id.number) {
        (Area::Configuration, 10) => "what does not exist there is refused as malformed before it is judged",
        (Area::Submission, 34) | (Area::Expiration, 15) | (Area::Completion, 9) | (Area::Card, 7 | 8) => {
            "only what an implementation does of itself shows it, and this one did not"
        }
        _ => return standing,
    };
    match standing {
        Standing::Reachable => Standing::Untestable(why.to_owned()),
        other => other,
    }
}

/// What a rule needs beside its area and version.
struct Needs {
    /// One of these kinds; empty: any.
    kinds: &'static [Kind],
    /// One of these observations; empty: none.
    sees: &'static [&'static str],
    /// Driven discretion.
    driven: bool,
    /// Calls of several threads.
    concurrent: bool,
}

const LAUNCH: &[&str] = &["launched", "delivered"];
const DELIVERY: &[&str] = &["delivered"];
const EXPIRY: &[&str] = &["expired", "completed_by_system"];
const CALLED: &[&str] = &["expired"];
const KILL: &[&str] = &["killed"];
const CARD: &[&str] = &["card"];
const SUSPENSION: &[&str] = &["suspended"];
const NOTHING: &[&str] = &[];

const ANY: &[Kind] = &[];
const REFRESH: &[Kind] = &[Kind::Refresh];
const PROCESSING: &[Kind] = &[Kind::Processing];
const HEALTH: &[Kind] = &[Kind::HealthResearch];
const LONG: &[Kind] = &[Kind::Processing, Kind::HealthResearch];
const PENDING: &[Kind] = &[Kind::Refresh, Kind::Processing, Kind::HealthResearch];
const CONTINUED: &[Kind] = &[Kind::Continued];

fn needs(id: Id) -> Needs {
    let (kinds, sees): (&'static [Kind], &'static [&'static str]) = match (id.area, id.number) {
        (Area::Configuration, 3) => (HEALTH, NOTHING),
        (Area::Configuration, 4) => (CONTINUED, NOTHING),
        (Area::Registration, 9) => (ANY, DELIVERY),
        (Area::Identifiers, 7) => (PENDING, NOTHING),
        (Area::Identifiers, 11) => (CONTINUED, NOTHING),
        (Area::Submission, 5 | 28) => (REFRESH, NOTHING),
        (Area::Submission, 6) => (PROCESSING, NOTHING),
        (Area::Submission, 7) => (HEALTH, NOTHING),
        (Area::Submission, 8) => (ANY, DELIVERY),
        (Area::Submission, 13 | 30) => (ANY, &["submission_completed"]),
        (Area::Submission, 20) => (CONTINUED, DELIVERY),
        (Area::Submission, 17..=19 | 24 | 29 | 32) => (CONTINUED, NOTHING),
        (Area::Cancelling, 4) => (CONTINUED, EXPIRY),
        (Area::Cancelling, 6) => (ANY, LAUNCH),
        (Area::PendingList, 2) => (ANY, DELIVERY),
        (Area::PendingList, 4) => (CONTINUED, NOTHING),
        (Area::Conditions, 4) => (PROCESSING, LAUNCH),
        (Area::Conditions, 7 | 9) => (REFRESH, LAUNCH),
        (Area::Conditions, 10) => (LONG, LAUNCH),
        (Area::Conditions, 13 | 16) => (HEALTH, LAUNCH),
        (Area::Conditions, 17) => (PENDING, NOTHING),
        (Area::Conditions, _) => (ANY, LAUNCH),
        (Area::Launch, 3) => (ANY, &["delivery_raised"]),
        (Area::Launch, 7 | 12) => (CONTINUED, DELIVERY),
        (Area::Launch, 6 | 9..=11) => (ANY, LAUNCH),
        (Area::Launch, _) => (ANY, DELIVERY),
        (Area::Expiration, 1) => (REFRESH, EXPIRY),
        (Area::Expiration, 2) => (LONG, EXPIRY),
        (Area::Expiration, 5) => (ANY, &["completed_by_system"]),
        (Area::Expiration, 7) => (ANY, KILL),
        (Area::Expiration, 15) => (PROCESSING, KILL),
        (Area::Expiration, 9) => (LONG, EXPIRY),
        (Area::Expiration, 3 | 6 | 11 | 16) => (ANY, CALLED),
        (Area::Expiration, _) => (ANY, EXPIRY),
        (Area::Completion, 4) => (ANY, LAUNCH),
        (Area::Completion, 5) => (ANY, SUSPENSION),
        (Area::Completion, 6 | 7) => (ANY, KILL),
        (Area::Completion, _) => (ANY, DELIVERY),
        (Area::Life, 2 | 3) => (ANY, LAUNCH),
        (Area::Life, 7 | 9 | 12) => (ANY, DELIVERY),
        (Area::Life, 13 | 14) => (ANY, SUSPENSION),
        (Area::Life, 8 | 15) => (CONTINUED, DELIVERY),
        (Area::Resources, _) => (CONTINUED, NOTHING),
        (Area::Progress, 10) => (CONTINUED, CARD),
        (Area::Progress, _) => (CONTINUED, EXPIRY),
        (Area::Card, 3) => (CONTINUED, EXPIRY),
        (Area::Card, _) => (CONTINUED, CARD),
        (Area::Debugging, 3) => (ANY, EXPIRY),
        (Area::Debugging, _) => (ANY, DELIVERY),
        _ => (ANY, NOTHING),
    };
    let of_threads = (id.area, id.number) == (Area::Submission, 25);
    let driven = matches!((id.area, id.number), (Area::Launch, 10) | (Area::Expiration, 17)) || of_threads;
    Needs {
        kinds,
        sees,
        driven,
        concurrent: of_threads,
    }
}

/// The areas in which an implementation has something to judge.
#[must_use]
pub fn areas<'a>(rules: impl IntoIterator<Item = &'a Rule>) -> BTreeSet<Area> {
    rules.into_iter().map(|rule| rule.id.area).collect()
}
