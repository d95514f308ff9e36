//! Every small change of the model is noticed: each rule taken out, each guard turned round, each limit moved by one.
#![expect(clippy::unwrap_used, reason = "a deciding set that cannot be read fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use bgspec_conformance::mutants::{Fate, Judged, cases, equivalents, judge, markdown};
use bgspec_model::mutant::Mutant;
use bgspec_model::rules;

/// Every mutant, judged once for all tests.
static JUDGED: LazyLock<Vec<Judged>> = LazyLock::new(|| {
    let mutants: Vec<Mutant> = Mutant::all().collect();
    judge(&mutants, &cases().unwrap(), &equivalents().unwrap())
});

#[test]
fn no_small_change_of_the_model_survives() {
    let survive = JUDGED.iter().filter(|judged| judged.fate == Fate::Survives);
    let named = |judged: &Judged| {
        let ids: Vec<_> = judged.mutant.rules().iter().map(|rule| rule.id.to_string()).collect();
        format!(
            "{}: no trace and no scenario notices it ({})",
            ids.join(", "),
            judged.mutant
        )
    };
    let survive: Vec<_> = survive.map(named).collect();
    assert!(
        survive.is_empty(),
        "{} survive; each is killed by a case that names the rule, or listed with the argument in \
         conformance/src/mutants/equivalent.toml:\n{}",
        survive.len(),
        survive.join("\n")
    );
}

#[test]
fn every_rule_has_a_mutant_that_is_noticed_or_a_reason_why_not() {
    let mut noticed: BTreeMap<_, bool> = rules::all().map(|rule| (rule.id, false)).collect();
    for judged in JUDGED.iter() {
        let counts = !matches!(judged.fate, Fate::Survives | Fate::Unasked);
        for rule in judged.mutant.rules() {
            *noticed.get_mut(&rule.id).unwrap() |= counts;
        }
    }
    let unnoticed: Vec<_> = noticed
        .iter()
        .filter(|(_, noticed)| !**noticed)
        .map(|(id, _)| id.to_string())
        .collect();
    assert!(
        unnoticed.is_empty(),
        "whatever these say, nothing notices: {unnoticed:?}"
    );
}

#[test]
fn what_is_called_equivalent_is_a_mutant_that_nothing_notices() {
    let equivalent = |judged: &&Judged| matches!(judged.fate, Fate::Equivalent(_));
    let found: BTreeSet<String> = JUDGED
        .iter()
        .filter(equivalent)
        .map(|judged| judged.mutant.to_string())
        .collect();
    let listed: BTreeSet<String> = equivalents().unwrap().into_iter().map(|known| known.mutant).collect();
    assert_eq!(listed, found, "listed, and what is not noticed of them");
}

#[test]
fn the_page_shows_what_became_of_each() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("MUTANTS.md");
    let page = markdown(&JUDGED);
    if std::env::var_os("BGSPEC_README").is_some_and(|value| value == "write") {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(
        committed == page,
        "stale; run: BGSPEC_README=write cargo test --test mutants"
    );
}
