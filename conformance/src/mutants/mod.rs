//! How well the traces and scenarios hold the model to its rules: every small change of the model, and what notices it.
//!
//! A [`Mutant`] is noticed where some case of the *deciding set* does not get what it states: a trace of the corpus under a
//! row of its manifest, or the lines of a feature scenario under its terms, those of a run as the model plays it. The cases
//! that name the changed rule are asked first, the shortest first, then those in which the rule had a say, then the rest;
//! the first that notices is enough. What no case notices *survives*: it is killed by a case that names the rule, or it
//! stands in `equivalent.toml` with the argument why no case can.

mod cases;
mod page;

pub use cases::{Case, Unusable, cases};
pub use page::{markdown, summary};

use bgspec_model::mutant::Mutant;
use bgspec_model::rule::Rule;
use serde::Deserialize;

use crate::parallel;

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A case gets something else.
    Noticed {
        /// The first that was asked.
        by: String,
        /// Whether it names a rule that is changed.
        names: bool,
    },
    /// Every case gets what it states, and the argument why none can notice.
    Equivalent(String),
    /// The rule is turned round, and no case asks a guard of it: it has none.
    Unasked,
    /// Every case gets what it states.
    Survives,
}

/// A mutant, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The mutant.
    pub mutant: Mutant,
    /// What became of it.
    pub fate: Fate,
}

/// A mutant that no case can notice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalent {
    /// The mutant, as it is printed.
    pub mutant: String,
    /// Why.
    pub why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Equivalents {
    equivalent: Vec<Equivalent>,
}

/// The mutants that are known to be equivalent.
///
/// # Errors
/// The list is no TOML of its form.
pub fn equivalents() -> Result<Vec<Equivalent>, Unusable> {
    let read: Result<Equivalents, _> = toml::from_str(include_str!("equivalent.toml"));
    match read {
        Ok(read) => Ok(read.equivalent),
        Err(error) => Err(Unusable::new("equivalent.toml", &error)),
    }
}

/// Judges mutants by the deciding set, as many at once as there are processors.
#[must_use]
pub fn judge(mutants: &[Mutant], cases: &[Case], equivalents: &[Equivalent]) -> Vec<Judged> {
    parallel::map(mutants, |mutant| Judged {
        mutant: *mutant,
        fate: fate(*mutant, cases, equivalents),
    })
}

/// The first case that notices a mutant, or what else became of it.
fn fate(mutant: Mutant, cases: &[Case], equivalents: &[Equivalent]) -> Fate {
    let mut asked = false;
    for case in in_order(mutant, cases) {
        let (noticed, asks) = case.notices(mutant);
        asked |= asks;
        if noticed {
            let names = mutant.rules().iter().any(|rule| case.names(rule));
            let by = case.name.clone();
            return Fate::Noticed { by, names };
        }
    }
    let name = mutant.to_string();
    match equivalents.iter().find(|known| known.mutant == name) {
        Some(known) => Fate::Equivalent(known.why.clone()),
        None if matches!(mutant, Mutant::TurnedRound(_)) && !asked => Fate::Unasked,
        None => Fate::Survives,
    }
}

/// Every case: those that name a changed rule first, then those in which one had a say.
fn in_order(mutant: Mutant, cases: &[Case]) -> Vec<&Case> {
    let rules: Vec<&Rule> = mutant.rules().to_vec();
    let rank = |case: &Case| match () {
        () if rules.iter().any(|rule| case.names(rule)) || case.pins(mutant) => 0,
        () if rules.iter().any(|rule| case.consults(rule)) => 1,
        () => 2,
    };
    let mut order: Vec<&Case> = cases.iter().collect();
    order.sort_by_key(|case| (rank(case), case.len()));
    order
}
