//! Every scenario notices a rule, and the index of scenarios in the rulebook says which.
//!
//! `BGSPEC_INDEX=write cargo test --test scenarios` writes the index anew.

#![expect(clippy::expect_used, reason = "a test fails where it expects")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bgspec_conformance::corpus;
use bgspec_conformance::features::judge::Overlay;
use bgspec_conformance::features::run::Outcome;
use bgspec_conformance::features::weak::{self, Probed};
use bgspec_conformance::features::{run, script::Script};
use bgspec_model::rule::Id;
use bgspec_model::rules;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every scenario, its file named from the top.
fn scripts() -> Vec<Script> {
    let files = run::files(&[top().join("features")]).expect("the feature files");
    let (mut scripts, errors) = run::scripts(&files);
    assert!(errors.is_empty(), "{errors:?}");
    for script in &mut scripts {
        let below = Path::new(&script.file).strip_prefix(top()).expect("below the top");
        script.file = below.display().to_string();
    }
    scripts
}

fn place(probed: &Probed) -> String {
    let script = &probed.script;
    format!("{}:{} {}", script.file, script.line, script.name)
}

#[test]
fn each_scenario_notices_a_rule_and_the_index_says_which() {
    let probed = weak::probe_all(&scripts(), &Overlay::default()).expect("the model as an adapter");
    assert!(!probed.is_empty(), "no scenario");
    let failed: Vec<_> = probed
        .iter()
        .filter(|probed| probed.outcome != Outcome::Passed)
        .map(place)
        .collect();
    assert!(
        failed.is_empty(),
        "these do not pass as they stand:\n{}",
        failed.join("\n")
    );
    let weak: Vec<_> = probed.iter().filter(|probed| probed.is_weak()).map(place).collect();
    assert!(
        weak.is_empty(),
        "these would pass whatever the rules said:\n{}",
        weak.join("\n")
    );

    let path = top().join("features/INDEX.tsv");
    let index = weak::index(&probed);
    if std::env::var_os("BGSPEC_INDEX").is_some_and(|value| value == "write") {
        std::fs::write(&path, &index).expect("the index is written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (committed.lines().collect(), index.lines().collect());
    let gone = old.difference(&new).map(|line| format!("- {line}"));
    let come = new.difference(&old).map(|line| format!("+ {line}"));
    let changes: Vec<_> = gone.chain(come).collect();
    assert!(
        changes.is_empty() && committed == index,
        "features/INDEX.tsv is out of date: BGSPEC_INDEX=write cargo test --test scenarios\n{}",
        changes.join("\n")
    );
}

#[test]
fn each_rule_is_noticed_by_a_scenario_or_has_a_reason() {
    let noticed: BTreeSet<Id> = corpus::scenarios().flat_map(|scenario| scenario.noticed).collect();
    let manifest = corpus::embedded().expect("the manifests");
    let testable = |id: &Id| {
        let id = id.to_string();
        manifest.untestable.iter().all(|entry| entry.rule != id)
            && manifest.refused.iter().all(|entry| entry.rule != id)
    };
    let unnoticed = rules::all()
        .map(|rule| rule.id)
        .filter(|id| !noticed.contains(id))
        .filter(testable);
    let unnoticed: Vec<_> = unnoticed.map(|id| id.to_string()).collect();
    let expected: Vec<_> = weak::UNNOTICEABLE.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(unnoticed, expected, "the rules that no scenario notices");
}
