//! A trace that contradicts itself is malformed at its line; an exception that names something else than the call is about
//! is the scheduler's breach.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::path::Path;
use std::process::Command;

fn checked(name: &str, profile: &str) -> (Option<i32>, String) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/contradictions/{name}.jsonl"));
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(["check", "--profile", profile])
        .arg(file)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    (
        output.status.code(),
        said.split_whitespace().collect::<Vec<_>>().join(" "),
    )
}

#[test]
fn what_contradicts_the_lines_before_is_refused_at_its_line() {
    for (name, line) in [
        ("launching-finished-twice", 5),
        ("foreground-while-in-the-foreground", 7),
        ("never-unlocked-and-not-locked", 1),
    ] {
        let (status, said) = checked(name, "contract");
        assert_eq!(status, Some(2), "{name}: {said}");
        assert!(said.contains(&format!("{name}.jsonl:{line}:")), "{name}: {said}");
        assert!(said.contains("expected"), "{name}: {said}");
    }
}

#[test]
fn an_exception_names_the_identifier_of_its_call() {
    for (name, rule) in [
        ("exception-names-another-identifier", "SUB-2"),
        ("second-registration-raises-with-another-identifier", "REG-3"),
    ] {
        for profile in ["contract", "field"] {
            let (status, said) = checked(name, profile);
            assert_eq!(status, Some(1), "{name}: {said}");
            let blamed = said
                .split("the scheduler breaks ")
                .nth(1)
                .unwrap_or_else(|| panic!("{name}: {said}"));
            let first = blamed.split(" where ").next().unwrap();
            assert!(first.contains(rule), "{name}: {said}");
        }
    }
}

#[test]
fn a_time_that_is_none_is_told_with_its_unit() {
    for (name, line) in [("times-in-seconds", 3), ("date-as-text", 5)] {
        let (status, said) = checked(name, "contract");
        assert_eq!(status, Some(2), "{name}: {said}");
        assert!(said.contains(&format!("{name}.jsonl:{line}:")), "{name}: {said}");
        assert!(said.contains("milliseconds"), "{name}: {said}");
    }
}
