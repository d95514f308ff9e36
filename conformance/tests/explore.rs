//! `bgspec explore`: what it prints of each area is what it printed when somebody looked, the counts included.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::process::Command;

fn explore(areas: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .arg("explore")
        .args(areas)
        .output()
        .unwrap();
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    format!(
        "{}exit code: {:?}\n",
        String::from_utf8(run.stdout).unwrap(),
        run.status.code()
    )
}

#[test]
fn the_smallest_areas_have_these_states_and_their_invariants_hold() {
    insta::assert_snapshot!(explore(&["hooks", "driven", "data"]));
}

#[test]
#[ignore = "two million states: minutes; .ci/long runs it"]
fn all_areas_have_these_states_and_their_invariants_hold() {
    insta::assert_snapshot!(explore(&[]));
}

#[test]
fn the_invariants_hold_in_the_first_states_of_every_area() {
    let said = explore(&["--most", "3000"]);
    assert!(!said.contains("BROKEN"), "{said}");
    assert!(said.contains("requests: ") && said.contains("data: "), "{said}");
    assert!(said.contains("bounded within these bounds"), "{said}");
}

#[test]
fn a_search_that_is_told_too_few_states_is_bounded_and_inconclusive() {
    insta::assert_snapshot!(explore(&["data", "--most", "100"]));
}
