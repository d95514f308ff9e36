//! The index of scenarios in the rulebook is what the feature files say.

#![expect(clippy::expect_used, reason = "a test fails where it expects")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use bgspec_conformance::corpus::{Scenario, scenarios};
use bgspec_conformance::features::file::File;
use bgspec_model::rules;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn feature_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = folder
        .read_dir()
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            feature_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "feature") {
            found.push(path);
        }
    }
}

/// A line for each rule and scenario: rule, file, scenario.
fn index() -> String {
    let mut files = Vec::new();
    feature_files(&top().join("features"), &mut files);
    let mut lines = BTreeSet::new();
    for path in &files {
        let file = File::open(path).expect("a feature file");
        let name = path.strip_prefix(top()).expect("below the top").display().to_string();
        for scenario in &file.scenarios {
            for rule in scenario
                .tags
                .iter()
                .filter_map(|tag| tag.trim_start_matches('@').strip_prefix("rule:"))
            {
                lines.insert(format!("{rule}\t{name}\t{}", scenario.name));
            }
        }
    }
    let mut text = String::new();
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
    text
}

#[test]
fn the_index_of_scenarios_is_up_to_date() {
    let path = top().join("features/INDEX.tsv");
    let index = index();
    if std::env::var_os("BGSPEC_INDEX").is_some_and(|value| value == "write") {
        std::fs::write(&path, &index).expect("the index is written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == index,
        "features/INDEX.tsv is out of date: BGSPEC_INDEX=write cargo test --test scenarios"
    );
}

#[test]
fn every_scenario_of_the_index_is_of_a_rule_of_the_rulebook() {
    let ids: BTreeSet<_> = rules::all().map(|rule| rule.id.to_string()).collect();
    let all: Vec<Scenario<'_>> = scenarios().collect();
    assert!(!all.is_empty(), "no scenario in the index");
    for scenario in all {
        assert!(
            ids.contains(scenario.rule),
            "{} is the id of no rule: {}",
            scenario.rule,
            scenario.file
        );
    }
}
