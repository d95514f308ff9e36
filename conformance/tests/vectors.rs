//! The frozen vectors are those that the program writes; a consumer that knows nothing of it drives a scheduler through them.
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

#[path = "common/tool.rs"]
mod tool;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use bgspec_conformance::vectors::files::{NotWritten, texts, write};
use bgspec_conformance::vectors::{Set, build};
use bgspec_model::rules;
use serde_json::Value;

/// Made once for all tests.
static SET: LazyLock<Set> = LazyLock::new(|| build().unwrap());

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// An empty directory of a test.
fn directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vectors").join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    directory
}

#[test]
fn the_committed_vectors_are_those_that_the_command_writes() {
    let made = texts(&SET).unwrap();
    let there = fs::read_dir(committed()).unwrap().map(|entry| entry.unwrap());
    let there: BTreeMap<String, String> = there
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read_to_string(entry.path()).unwrap(),
            )
        })
        .collect();
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&there),
        names(&made),
        "stale; run: bgspec vectors conformance/vectors"
    );
    let stale: Vec<_> = made
        .iter()
        .filter(|(name, text)| there[*name] != **text)
        .map(|(name, _)| name)
        .collect();
    assert!(
        stale.is_empty(),
        "stale: {stale:?}; run: bgspec vectors conformance/vectors"
    );
}

#[test]
fn every_rule_is_in_a_vector_or_has_the_reason_why_not() {
    let missing: BTreeSet<_> = SET.index.unreachable.iter().map(|one| one.rule.as_str()).collect();
    for rule in rules::all() {
        let id = rule.id.to_string();
        assert!(
            SET.index.rules.contains_key(&id) != missing.contains(id.as_str()),
            "{id}"
        );
    }
    for one in &SET.index.unreachable {
        assert!(!one.why.contains("is open"), "{}: {}", one.rule, one.why);
    }
}

#[test]
fn no_vector_can_be_left_out() {
    for vector in &SET.vectors {
        let others = SET.vectors.iter().filter(|other| other.name != vector.name);
        let others: BTreeSet<&String> = others
            .flat_map(|other| other.rules.iter().chain(&other.outcomes))
            .collect();
        let own = vector
            .rules
            .iter()
            .chain(&vector.outcomes)
            .filter(|item| !others.contains(item))
            .count();
        assert!(own > 0, "{}", vector.name);
    }
}

#[test]
fn the_answer_with_which_a_vector_goes_on_is_one_of_those_that_are_allowed() {
    let mut answers = 0;
    for vector in &SET.vectors {
        for line in &vector.lines {
            let Some(answer) = &line.answer else { continue };
            answers += 1;
            let kind = |answer: &Value| {
                if answer["raised"].is_string() {
                    "raised".into()
                } else {
                    plain(answer)
                }
            };
            let allowed: Vec<Value> = line.allowed.iter().map(|one| kind(&one.answer)).collect();
            assert!(
                allowed.contains(&kind(answer)),
                "{}: {}: {answer} is none of {allowed:?}",
                vector.name,
                line.record
            );
        }
    }
    assert!(answers > 200, "{answers}");
}

/// A list in any order, and a refusal without its text.
fn plain(answer: &Value) -> Value {
    match answer {
        Value::Array(list) => {
            let mut list: Vec<String> = list.iter().map(ToString::to_string).collect();
            list.sort();
            list.into()
        }
        Value::Object(_) if answer["domain"].is_string() => "refused elsewhere".into(),
        Value::Object(_) if answer["refused"].is_number() => answer["refused"].clone(),
        other => other.clone(),
    }
}

fn consume(scheduler: &[&str]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/vectors/consume.py");
    Command::new("python3")
        .arg(script)
        .arg(committed())
        .arg("--")
        .args(scheduler)
        .output()
        .unwrap()
}

#[test]
fn a_consumer_in_python_finds_nothing_wrong_with_the_reference_scheduler() {
    if !tool::is_there("python3") {
        return;
    }
    let output = consume(&[env!("CARGO_BIN_EXE_bgspec"), "serve"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let driven: usize = said.split(' ').next().unwrap().parse().unwrap();
    assert!(driven >= 30, "{said}");
}

#[test]
fn a_consumer_in_python_notices_an_answer_an_observation_and_a_silence_that_are_not_allowed() {
    if !tool::is_there("python3") {
        return;
    }
    for (fault, says) in [
        ("registers-twice", "answered true to {\"register\""),
        ("expires-twice", "observed {\"expired\""),
        ("ignores-grants", "owes {\"launched\""),
    ] {
        let output = consume(&[env!("CARGO_BIN_EXE_bgspec"), "serve", "--fault", fault]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{fault}: {said}");
        assert!(said.contains(says), "{fault}: {said}");
    }
}

#[test]
fn files_of_others_are_left_alone_and_vectors_of_an_older_set_go() {
    let directory = directory("others");
    fs::write(directory.join("notes.txt"), "mine").unwrap();
    fs::write(directory.join("999.json"), r#"{"bgspec_vector":1}"#).unwrap();
    let written = write(&SET, &directory).unwrap();
    assert_eq!(
        (written.removed, written.left),
        (vec!["999.json".to_owned()], vec!["notes.txt".to_owned()])
    );
    assert_eq!(fs::read_to_string(directory.join("notes.txt")).unwrap(), "mine");
    assert_eq!(fs::read_dir(&directory).unwrap().count(), written.files + 1);
}

#[test]
fn where_a_file_of_others_has_the_name_of_a_vector_nothing_is_written() {
    for name in ["README.md", "index.json", "007.json"] {
        let directory = directory("foreign");
        fs::write(directory.join(name), "{}").unwrap();
        assert!(matches!(write(&SET, &directory), Err(NotWritten::Foreign(path)) if path.ends_with(name)));
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
    }
}

#[test]
fn the_command_says_which_place_cannot_be_written_before_it_searches() {
    let file = directory("file").join("a");
    fs::write(&file, "").unwrap();
    let foreign = directory("named");
    fs::write(foreign.join("index.json"), "[]").unwrap();
    for (place, says) in [
        (&file, "a: "),
        (&foreign, "index.json: a file that is none of the vectors"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
            .arg("vectors")
            .arg(place)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(says), "{output:?}");
    }
}
