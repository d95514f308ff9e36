//! Schedulers that others wrote, behind the adapters of `conformance/peers`: each passes on what its library does, is
//! judged by at least fifteen rules, breaks none of them, and is red where one call of the library is left out.
//!
//! The libraries are where their package managers put them: `target/peers`, as `.ci/run` does, or wherever `python3` and
//! `node` find them. Where one is missing its tests say so and are skipped.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

#[path = "common/missing.rs"]
mod missing;

const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers");
const INSTALLED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/peers");
/// The fewest rules that a library is judged by.
const FEWEST: usize = 15;

#[derive(Deserialize)]
struct Report {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    rule: String,
    standing: String,
    exercised: u64,
    broken: bool,
}

/// Whether a command ends well; says what is missing where it does not, and fails where everything is required.
fn is_there(what: &str, command: &mut Command) -> bool {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    missing::or_said(what, status.is_ok_and(|status| status.success()))
}

/// The command of the adapter for APScheduler, where that is installed.
fn apscheduler() -> Option<String> {
    let own = Path::new(INSTALLED).join("python/bin/python");
    let python = if own.exists() { own } else { PathBuf::from("python3") };
    let imports = ["-c", "import apscheduler, sqlalchemy, time_machine"];
    is_there("APScheduler", Command::new(&python).args(imports))
        .then(|| format!("'{}' '{PEERS}/apscheduler/adapter.py'", python.display()))
}

/// The command of the adapter for node-schedule, where that is installed.
fn node_schedule() -> Option<String> {
    let requires = ["-e", "require('node-schedule'); require('@sinonjs/fake-timers')"];
    let mut node = Command::new("node");
    node.args(requires)
        .env("NODE_PATH", node_path())
        .current_dir(format!("{PEERS}/node-schedule"));
    is_there("node-schedule", &mut node).then(|| format!("node '{PEERS}/node-schedule/adapter.js'"))
}

fn node_path() -> PathBuf {
    Path::new(INSTALLED).join("node/node_modules")
}

fn run(adapter: &str, format: &str, cases: u32) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(["test", "--shrink-time", "1s", "--timeout", "1min", "--format", format])
        .args(["--cases", &cases.to_string(), "--adapter", adapter])
        .env("NODE_PATH", node_path())
        .output()
        .unwrap()
}

/// Nothing is broken, and that says something.
fn passes(adapter: &str, cases: u32) {
    let output = run(adapter, "json", cases);
    if !output.status.success() {
        let told = run(adapter, "human", cases);
        panic!(
            "{adapter}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&told.stdout)
        );
    }
    let report: Report = serde_json::from_slice(&output.stdout).unwrap();
    let judged = report.rules.iter();
    let exercised = judged
        .filter(|rule| rule.standing == "reachable" && rule.exercised > 0)
        .count();
    let _ = writeln!(std::io::stderr(), "{adapter}: {exercised} rules exercised");
    assert!(
        exercised >= FEWEST,
        "{exercised} rules exercised, expected {FEWEST} at the least"
    );
}

/// With this option the rule is broken.
fn breaks(adapter: &str, option: &str, rule: &str, cases: u32) {
    let output = run(&format!("{adapter} {option}"), "json", cases);
    assert_eq!(output.status.code(), Some(1), "{option}");
    let report: Report = serde_json::from_slice(&output.stdout).unwrap();
    let broken: Vec<_> = report.rules.iter().filter(|rule| rule.broken).collect();
    assert!(
        broken.iter().any(|broken| broken.rule == rule),
        "{option} breaks {rule}, and {:?} are found",
        broken.iter().map(|broken| &broken.rule).collect::<Vec<_>>()
    );
}

#[test]
fn apscheduler_breaks_nothing_of_what_it_declares() {
    if let Some(adapter) = apscheduler() {
        passes(&adapter, 200);
    }
}

#[test]
fn apscheduler_is_red_where_a_call_or_an_option_of_it_is_left_out() {
    if let Some(adapter) = apscheduler() {
        breaks(&adapter, "--without remove_job", "CAN-1", 300);
        breaks(&adapter, "--without remove_all_jobs", "CAN-2", 150);
        breaks(&adapter, "--without replace_existing", "SUB-4", 100);
        breaks(&adapter, "--without run_date", "CON-1", 100);
        breaks(&adapter, "--without misfire_grace_time", "PEN-1", 200);
        breaks(&adapter, "--without max_instances", "PEN-1", 100);
        breaks(&adapter, "--store memory", "LIF-1", 150);
    }
}

#[test]
fn node_schedule_breaks_nothing_of_what_it_declares() {
    if let Some(adapter) = node_schedule() {
        passes(&adapter, 400);
    }
}

#[test]
fn node_schedule_is_red_where_a_call_of_it_is_left_out() {
    if let Some(adapter) = node_schedule() {
        breaks(&adapter, "--without cancelJob", "CAN-1", 300);
        breaks(&adapter, "--without cancel", "CON-1", 300);
        breaks(&adapter, "--without date", "CON-1", 100);
    }
}

/// The command of the adapter for rexecutor, where that is built.
fn rexecutor() -> Option<String> {
    let path = Path::new(env!("CARGO_BIN_EXE_bgspec")).with_file_name("bgspec-rexecutor");
    is_there("rexecutor", Command::new(&path).arg("--version")).then(|| format!("'{}'", path.display()))
}

#[test]
#[ignore = "its clock is that of the wall: minutes; .ci/long runs it"]
fn rexecutor_breaks_nothing_of_what_it_declares() {
    let Some(adapter) = rexecutor() else { return };
    let output = run(&adapter, "json", 60);
    // What hangs on its tolerance is in doubt, and nothing is broken.
    assert!(matches!(output.status.code(), Some(0 | 5)), "{}", output.status);
    let report: Report = serde_json::from_slice(&output.stdout).unwrap();
    let exercised = report.rules.iter().filter(|rule| rule.exercised > 0).count();
    assert!(exercised >= FEWEST, "{exercised} rules exercised");
    assert!(report.rules.iter().all(|rule| !rule.broken));
}

#[test]
#[ignore = "its clock is that of the wall: minutes; .ci/long runs it"]
fn rexecutor_is_red_where_a_call_of_it_is_left_out() {
    if let Some(adapter) = rexecutor() {
        breaks(&adapter, "--without schedule_at", "CON-1", 60);
        breaks(&adapter, "--without unique", "SUB-4", 60);
    }
}
