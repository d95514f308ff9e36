//! What the suite is worth, on one page: every figure is taken from the page or the output of the command that it names.
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use bgspec_conformance::campaign::measure::{Measured, least, page};
use bgspec_conformance::reference::Fault;

const FAULTS: &str = include_str!("../FAULTS.md");
const MUTANTS: &str = include_str!("../MUTANTS.md");
const MUTATION: &str = include_str!("../MUTATION.md");
const INDEPENDENCE: &str = include_str!("../INDEPENDENCE.md");
const EXPLORED: &str = include_str!("snapshots/explore__all_areas_have_these_states_and_their_invariants_hold.snap");

const PREFACE: &str = "\
# What the suite is worth

<!-- Written by: BGSPEC_README=write cargo test -p bgspec-conformance --test worth -->

A conformance suite is worth what it catches. Each figure is what the command printed; `.ci/run` holds a part of each
against a run of its own, `.ci/long` the whole.

| what | how much | the command | all of it |
|---|---|---|---|
";

/// The first line of a page that holds this, without its stars.
fn line<'a>(page: &'a str, holds: &str) -> &'a str {
    let mut lines = page.lines().filter(|line| line.contains(holds));
    lines.next().unwrap().trim_matches('*').trim_end_matches('.')
}

/// The rules that the default campaign exercises on the reference scheduler, in its claim.
fn coverage() -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(["test", "--format", "json"])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let claim = report["claim"].as_str().unwrap();
    claim.split(": ").last().unwrap().to_owned()
}

fn row(page: &mut String, what: &str, how_much: &str, command: &str, whole: &str) {
    let _ = writeln!(page, "| {what} | {how_much} | `{command}` | {whole} |");
}

fn worth(coverage: &str) -> String {
    let mut page = PREFACE.to_owned();
    row(
        &mut page,
        "seeded faults of the reference scheduler",
        line(FAULTS, "faults are caught"),
        "bgspec faults --measure --format markdown",
        "[FAULTS.md](FAULTS.md)",
    );
    row(
        &mut page,
        "small changes of the model",
        line(MUTANTS, " mutants: "),
        "bgspec mutants",
        "[MUTANTS.md](MUTANTS.md)",
    );
    row(
        &mut page,
        "changes of what the scheduler does in traces that conform",
        line(MUTATION, " changes of what the scheduler does"),
        "bgspec mutate --format markdown",
        "[MUTATION.md](MUTATION.md)",
    );
    row(
        &mut page,
        "pairs of rules of one area, of which a trace breaks one and keeps the other",
        line(INDEPENDENCE, "ordered pairs"),
        "bgspec independence --format markdown",
        "[INDEPENDENCE.md](INDEPENDENCE.md)",
    );
    row(
        &mut page,
        "states of the model in which every invariant holds",
        line(EXPLORED, "all: ").trim_start_matches("all: "),
        "bgspec explore",
        "the command prints each area with its bounds",
    );
    row(
        &mut page,
        "rules that the default campaign exercises",
        coverage,
        "bgspec test",
        "the command prints each rule, and how often",
    );
    page
}

#[test]
fn every_figure_of_the_page_is_what_its_command_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("WORTH.md");
    let writes = std::env::var_os("BGSPEC_README").is_some_and(|value| value == "write");
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    // The campaign takes its time: here what was written of it is kept, and played again in the long run.
    let coverage = if writes || std::env::var_os("BGSPEC_LONG").is_some() {
        coverage()
    } else {
        let row = line(&committed, "| rules that the default campaign exercises |");
        row.split(" | ").nth(1).unwrap().to_owned()
    };
    assert!(coverage.contains("reachable rules exercised, 0 broken"), "{coverage}");
    let page = worth(&coverage);
    if writes {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(
        writes || committed == page,
        "stale; run: BGSPEC_README=write cargo test --test worth"
    );
}

#[test]
fn the_table_has_each_fault_which_is_caught_and_nine_of_ten_are_named_first() {
    let rows: Vec<&str> = FAULTS
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| rule"))
        .collect();
    assert_eq!(rows.len(), Fault::ALL.len());
    for (fault, row) in Fault::ALL.iter().zip(&rows) {
        assert!(
            row.contains(&format!("| {} | {}", fault.rule().id, fault.name())),
            "{row}"
        );
        assert!(!row.contains("not caught"), "{row}");
    }
    let first = rows.iter().filter(|row| row.split(" | ").nth(6) == Some("yes")).count();
    assert!(first * 10 >= rows.len() * 9, "{first} of {}", rows.len());
    assert!(
        !FAULTS.contains("Not explained"),
        "a fault that is named by another rule first has no reason why"
    );
}

#[test]
fn a_case_is_proved_to_be_the_shortest_only_where_it_is_as_short_as_the_argument_says() {
    let row = |inputs| Measured {
        fault: "eleven-processing",
        rule: "SUB-6".parse().unwrap(),
        subtle: false,
        seed: 1,
        cases: Some(1),
        inputs: Some(inputs),
        first: true,
        first_names: Vec::new(),
        scenario: None,
    };
    assert_eq!(page::is_shortest(&row(11)), least::least(Fault::ElevenProcessing));
    assert_eq!(page::is_shortest(&row(12)), None);
    assert!(page::line(&row(12)).contains("| not proved |"));
}

#[test]
fn no_case_of_the_table_is_shorter_than_can_be() {
    for row in FAULTS.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<_> = row.split(" | ").collect();
        let fault = cells[1].trim_end_matches(" (subtle)").parse::<Fault>();
        let Ok((fault, (least, why))) = fault.map(|fault| (fault, least::least(fault).unwrap_or(least::ANY))) else {
            continue;
        };
        assert!(
            cells[4].parse::<usize>().unwrap() >= least,
            "{fault}: {why}, and yet: {row}"
        );
    }
}
