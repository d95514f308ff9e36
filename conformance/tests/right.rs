//! Each right scheduler of `conformance/schedulers` is green: whatever it does differently, no rule forbids it.
//!
//! A red one is either wrong, by a sentence of the rulebook, or accused falsely, which is what this guards against. The
//! cases here are few, spread over seeds and profiles; `.ci/long` plays 12,000 of each.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

#[path = "common/tool.rs"]
mod tool;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

const SCHEDULERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schedulers");
const CASES: usize = 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    scheduler: Vec<Scheduler>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scheduler {
    name: String,
    /// In which legal way it is right.
    way: String,
    profiles: Vec<String>,
    /// How many rules its cases here exercise at the least, over all its profiles.
    exercised: usize,
}

#[derive(Deserialize)]
struct Report {
    cases: usize,
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    rule: String,
    /// `reachable` where its scheduler declares all that the rule needs.
    standing: String,
    exercised: u64,
}

fn schedulers() -> Vec<Scheduler> {
    let text = std::fs::read_to_string(Path::new(SCHEDULERS).join("schedulers.toml")).unwrap();
    toml::from_str::<Table>(&text).unwrap().scheduler
}

/// Plays it, and says which rules it exercised; a red one is told with what `bgspec test` printed.
fn play(name: &str, profile: &str, seed: usize, cases: usize) -> Result<Report, String> {
    let command = |format: &str| {
        Command::new(env!("CARGO_BIN_EXE_bgspec"))
            .args(["test", "--shrink-time", "10s", "--profile", profile, "--format", format])
            .args(["--seed", &seed.to_string(), "--cases", &cases.to_string()])
            .arg("--adapter")
            .arg(format!("python3 '{SCHEDULERS}/{name}.py'"))
            .output()
            .unwrap()
    };
    let output = command("json");
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout).unwrap());
    }
    let told = String::from_utf8_lossy(&command("human").stdout).into_owned();
    Err(format!(
        "{name}, profile {profile}, seed {seed}: {}\n{told}",
        output.status
    ))
}

#[test]
fn every_right_scheduler_is_green() {
    if !tool::is_there("python3") {
        return;
    }
    let schedulers = schedulers();
    let runs: usize = schedulers.iter().map(|scheduler| scheduler.profiles.len()).sum();
    let (mut reds, mut played) = (Vec::new(), 0);
    for (seed, scheduler) in schedulers.iter().enumerate() {
        let mut exercised = BTreeSet::new();
        for profile in &scheduler.profiles {
            match play(&scheduler.name, profile, seed + 1, CASES.div_ceil(runs)) {
                Ok(report) => {
                    played += report.cases;
                    let rules = report.rules.into_iter();
                    let rules = rules.filter(|rule| rule.standing == "reachable" && rule.exercised > 0);
                    exercised.extend(rules.map(|rule| rule.rule));
                }
                Err(red) => reds.push(red),
            }
        }
        let _ = writeln!(
            std::io::stderr(),
            "{}: {} rules exercised",
            scheduler.name,
            exercised.len()
        );
        if exercised.len() < scheduler.exercised {
            let (found, least) = (exercised.len(), scheduler.exercised);
            reds.push(format!(
                "{}: {found} rules exercised, expected {least} at the least",
                scheduler.name
            ));
        }
    }
    assert!(reds.is_empty(), "{}", reds.join("\n\n"));
    assert!(played >= CASES, "{played} cases were played, expected {CASES}");
}

#[test]
fn the_table_names_every_scheduler_once_and_says_its_way() {
    let schedulers = schedulers();
    let named: BTreeSet<_> = schedulers.iter().map(|scheduler| scheduler.name.clone()).collect();
    assert_eq!(named.len(), schedulers.len(), "a name stands twice");
    assert!(named.len() >= 12, "{} schedulers", named.len());
    let files = std::fs::read_dir(SCHEDULERS)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let files: BTreeSet<_> = files
        .filter(|file| file.extension().is_some_and(|extension| extension == "py"))
        .map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(named, files, "the table against the files");
    for Scheduler {
        name, way, profiles, ..
    } in schedulers
    {
        assert!(!way.is_empty(), "{name}: no way");
        assert!(
            !profiles.is_empty()
                && profiles
                    .iter()
                    .all(|profile| profile == "contract" || profile == "field")
        );
    }
}
