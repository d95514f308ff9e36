//! What became of the mutants, for people and for the documentation.

use std::fmt::Write as _;

use bgspec_model::mutant::{Limit, Mutant};
use bgspec_model::rule::Rule;
use bgspec_model::rules;

use super::{Fate, Judged};

/// How many there are, and how many were noticed, in a line.
#[must_use]
pub fn summary(judged: &[Judged]) -> String {
    let count = |is: fn(&Fate) -> bool| judged.iter().filter(|judged| is(&judged.fate)).count();
    let unasked = count(|fate| *fate == Fate::Unasked);
    let noticed = count(|fate| matches!(fate, Fate::Noticed { .. }));
    let named = count(|fate| matches!(fate, Fate::Noticed { names: true, .. }));
    let equivalent = count(|fate| matches!(fate, Fate::Equivalent(_)));
    let survives = count(|fate| *fate == Fate::Survives);
    format!(
        "{} mutants: {noticed} noticed, {named} of them by a case that names the rule; {survives} survive; {equivalent} \
         equivalent, with the argument; {unasked} rules have no guard to turn round",
        judged.len() - unasked,
    )
}

/// The page of the documentation.
#[must_use]
pub fn markdown(judged: &[Judged]) -> String {
    let mut page = String::from(PREFACE);
    let _ = writeln!(page, "**{}.**\n", summary(judged));
    page.push_str("| rule | taken out | turned round |\n|---|---|---|\n");
    for rule in rules::all() {
        let cell = |mutant: Mutant| judged.iter().find(|judged| judged.mutant == mutant).map(cell);
        let cells = [Mutant::TakenOut(rule), Mutant::TurnedRound(rule)].map(|mutant| cell(mutant).unwrap_or_default());
        let _ = writeln!(page, "| {} | {} | {} |", rule.id, cells[0], cells[1]);
    }
    page.push_str("\n| limit | of | by | moved |\n|---|---|---|---|\n");
    for limit in Limit::all() {
        for by in [-1, 1] {
            let Some(judged) = judged.iter().find(|judged| judged.mutant == Mutant::Moved(limit, by)) else {
                continue;
            };
            let ids: Vec<String> = limit.rules().iter().map(|rule: &&Rule| rule.id.to_string()).collect();
            let _ = writeln!(page, "| {limit} | {} | {by:+} | {} |", ids.join(", "), cell(judged));
        }
    }
    page.push_str("\nNo case can notice these:\n\n");
    for judged in judged {
        if let Fate::Equivalent(why) = &judged.fate {
            let _ = writeln!(page, "- {}: {why}.", judged.mutant);
        }
    }
    page
}

const PREFACE: &str = "\
# Mutants of the model

<!-- Written by: BGSPEC_README=write cargo test -p bgspec-conformance --test mutants -->

Each rule of the model is taken out, its guard is turned round, and each limit is moved by one, a count by one and a length
of time by a millisecond, without compiling anything: the interpreter does it. A mutant is noticed where a trace of the
corpus or a feature scenario does not get the verdict that it states: one that names the rule, or else another's.
`bgspec mutants` counts them, `bgspec mutants RULE` says what notices the mutants of a rule. A test fails where one survives.

";

const fn cell(judged: &Judged) -> &'static str {
    match &judged.fate {
        Fate::Noticed { names: true, .. } => "noticed",
        Fate::Noticed { names: false, .. } => "noticed by another's",
        Fate::Equivalent(_) => "equivalent",
        Fate::Unasked => "no guard",
        Fate::Survives => "**survives**",
    }
}
