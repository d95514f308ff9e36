//! How well the suite catches what it should: the campaign against the reference scheduler with one seeded fault.
//!
//! Two runs a fault and seed, each of which ends at its first failure: one in which only the fault's rule counts, which
//! says after how many cases it is found and how short the case is, and one in which every rule counts, as for a user,
//! which says whether the rule is named by the first breach of the first case that fails. Besides, the run scenarios of the
//! rule are played. Every number is a count: the same seed gives the same table on any machine.
//!
//! How short a case can be at all is argued in [`least`]; the table is printed by [`page`].

pub mod least;
pub mod page;

use std::time::Duration;

use bgspec_model::rule::{Id, Rule};
use bgspec_model::rules;
use bgspec_model::vocabulary::Version;
use serde::Serialize;

use super::filter::Filter;
use super::generate::{self, Config, Counterexample, Stopped};
use super::tally::first_broken;
use crate::corpus;
use crate::features::file::File;
use crate::features::judge::Overlay;
use crate::features::run::{Cast, Implementation, Outcome};
use crate::features::script::{self, Script, Sort};
use crate::features::weak;
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
    /// Its rule is named by the first breach of the first case that fails, whatever counts.
    pub first: bool,
    /// The rules of that breach.
    pub first_names: Vec<Id>,
    /// The first run scenario of its rule that fails, where one does.
    pub scenario: Option<String>,
}

/// Shrinking is to end by its plays, which are the same on any machine.
const LONG: Duration = Duration::from_secs(3_600);

/// Runs the campaign against a fault.
///
/// # Errors
/// The campaign could not begin.
pub fn measure(fault: Fault, config: &Config) -> Result<Measured, Stopped> {
    let adapter = || Box::new(InProcess::with(Choices::default().with_fault(fault))) as Box<dyn Adapter>;
    let factory = || Ok(adapter());
    let in_force = |filter: &Filter| -> Vec<Version> {
        let counts = |os: &&_| filter.matches(fault.rule(), **os);
        config.versions.iter().filter(counts).copied().collect()
    };
    // The text is an id of the catalogue: it is always a filter.
    let only = Filter::read(&format!("rule({})", fault.rule().id), rules::all()).unwrap_or(Filter::All);
    let run = |filter: Filter| {
        let config = Config {
            versions: in_force(&filter),
            filter,
            fail_fast: true,
            shrink_time: LONG,
            ..config.clone()
        };
        generate::run(&config, &factory, &|_| {})
    };
    let found = run(only)?;
    let own = found.failures.first();
    let all = run(Filter::All)?;
    let first = all.failures.iter().min_by_key(|failure| &failure.first_case);
    let first_names = first.map(first_names).unwrap_or_default();
    let implementation = Implementation::new(adapter(), Cast::Named)?;
    let fails = |script: &Script| matches!(implementation.run(script, &Overlay::default()), Outcome::Failed(_));
    let scripts = scenarios_of(fault.rule());
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
        scenario: scripts
            .iter()
            .find(|script| fails(script))
            .map(|script| format!("{}:{}", script.file, script.line)),
    })
}

/// The rules that the first breach names in the first case with a failure, as it was played then.
fn first_names(failure: &Counterexample) -> Vec<Id> {
    let first = first_broken(&failure.first.played);
    let rules = first.map(|finding| finding.rules.as_slice()).unwrap_or_default();
    rules.iter().map(|rule| rule.id).collect()
}

/// The run scenarios of a rule.
fn scenarios_of(rule: &Rule) -> Vec<Script> {
    let tag = format!("@rule:{}", rule.id);
    let mentions = |(_, text): &(&str, &str)| text.contains(&tag);
    let mut found = Vec::new();
    for (path, text) in corpus::features().filter(mentions) {
        let Ok(file) = File::parse(path, text) else { continue };
        let scripts = script::of_file(&file).0.into_iter();
        found.extend(scripts.filter(|script| script.sort == Sort::Run && weak::own(script).contains(&rule.id)));
    }
    found
}
