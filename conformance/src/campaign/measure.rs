//! How well the suite catches what it should: the campaign against the reference scheduler with one seeded fault.
//!
//! Two runs a fault and seed, each of which ends at its first failure: one in which only the fault's rule counts, which
//! says after how many cases it is found and how short the case is, and one in which every rule counts, as for a user,
//! which says whether the rule is named in the first finding.

use bgspec_model::rule::Id;
use bgspec_model::rules;
use serde::Serialize;

use super::filter::Filter;
use super::generate::{self, Config, Stopped};
use super::tally::Fault as Kind;
use crate::play::adapter::Adapter;
use crate::reference::{Choices, Fault, InProcess};

/// What became of a fault under one seed.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    /// The fault's name.
    pub fault: &'static str,
    /// The rule that it breaks.
    pub rule: Id,
    /// It lies beside a plainer fault of its rule.
    pub subtle: bool,
    /// The seed.
    pub seed: u64,
    /// After how many cases its rule was named as broken; none: not at all.
    pub cases: Option<u64>,
    /// The inputs of the shrunk case, the end apart.
    pub inputs: Option<usize>,
    /// Its rule is among those of the first finding, whatever counts.
    pub first: bool,
    /// The rules of the first finding, whatever counts.
    pub first_names: Vec<Id>,
}

/// Runs the campaign against a fault.
///
/// # Errors
/// The campaign could not begin.
pub fn measure(fault: Fault, config: &Config) -> Result<Measured, Stopped> {
    let factory = || {
        let choices = Choices::default().with_fault(fault);
        Ok(Box::new(InProcess::with(choices)) as Box<dyn Adapter>)
    };
    let versions = &config.versions;
    let in_force = |filter: &Filter| -> Vec<_> {
        let counts = |os: &&_| filter.matches(fault.rule(), **os);
        versions.iter().filter(counts).copied().collect()
    };
    // The text is an id of the catalogue: it is always a filter.
    let only = Filter::read(&format!("rule({})", fault.rule().id), rules::all()).unwrap_or(Filter::All);
    let run = |filter: Filter| {
        let config = Config {
            versions: in_force(&filter),
            filter,
            fail_fast: true,
            ..config.clone()
        };
        generate::run(&config, &factory, &|_| {})
    };
    let found = run(only)?;
    let own = found.failures.first();
    let all = run(Filter::All)?;
    let first_names = match all.failures.first().map(|failure| &failure.fault) {
        Some(Kind::Broken(ids)) => ids.clone(),
        _ => Vec::new(),
    };
    Ok(Measured {
        fault: fault.name(),
        rule: fault.rule().id,
        subtle: fault.is_subtle(),
        seed: config.seed,
        cases: own
            .and_then(|failure| failure.first_case.number())
            .map(|number| number + 1),
        inputs: own.map(|failure| failure.shown.played.actions.len()),
        first: first_names.contains(&fault.rule().id),
        first_names,
    })
}
