//! What a trace can say besides: a system that is upgraded, the text of a crash, a kill while launching, the domain and
//! the text of an error, SwiftUI's task. Each is read, judged, said in the step language and read again.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::path::{Path, PathBuf};
use std::process::Command;

use bgspec_conformance::features::language::{Said, Story, steps::Keyword};
use bgspec_conformance::trace::Reader;
use bgspec_model::vocabulary::Record;
use serde_json::Value;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/vocabulary/{name}.jsonl"))
}

fn bgspec(arguments: &[&str], file: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(arguments)
        .arg(file)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code(), said)
}

/// The rules of every breach and of all advice, under a profile.
fn rules(name: &str, profile: &str) -> (String, Vec<String>) {
    let (_, said) = bgspec(&["check", "--format", "json", "--profile", profile], &file(name));
    let checked: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"));
    let report = &checked["files"][0];
    let verdict = report["outcome"]
        .as_str()
        .unwrap_or_else(|| panic!("{said}"))
        .to_owned();
    let found = ["findings", "advice"]
        .into_iter()
        .flat_map(|list| report[list].as_array().cloned().unwrap_or_default());
    let of = |found: Value, which: &str| found[which].as_array().cloned().unwrap_or_default();
    let rules = found.flat_map(|found| [of(found.clone(), "breaks"), of(found, "perhaps")].concat());
    let rules = rules.map(|rule| rule["id"].as_str().unwrap().to_owned()).collect();
    (verdict, rules)
}

#[test]
fn a_task_of_swiftui_sets_no_handler_and_is_not_advised_to() {
    for profile in ["contract", "field"] {
        assert_eq!(
            rules("swiftui-background-task", profile),
            ("conforms".to_owned(), Vec::new())
        );
    }
}

#[test]
fn the_expiration_of_a_task_of_swiftui_may_go_unseen() {
    for profile in ["contract", "field"] {
        let (verdict, rules) = rules("swiftui-task-returns-after-thirty-seconds", profile);
        assert_eq!(verdict, "conforms");
        assert!(!rules.contains(&"EXP-1".to_owned()), "{rules:?}");
    }
}

#[test]
fn an_upgraded_system_is_judged_by_its_new_version() {
    // Before 26 the late registration would have to raise (REG-4); from 26 it returns true (REG-6).
    assert_eq!(
        rules("updated-to-another-ios", "contract"),
        ("conforms".to_owned(), Vec::new())
    );
}

#[test]
fn a_kill_while_launching_is_not_laid_to_the_scheduler() {
    for profile in ["contract", "field"] {
        let (verdict, rules) = rules("killed-while-launching", profile);
        assert_eq!((verdict.as_str(), rules.len()), ("conforms", 0), "{rules:?}");
    }
}

#[test]
fn a_refusal_may_carry_its_text() {
    for profile in ["contract", "field"] {
        let (verdict, rules) = rules("refused-with-a-text", profile);
        assert_eq!((verdict.as_str(), rules), ("breaks", vec!["SUB-27".to_owned()]));
    }
    let (_, said) = bgspec(&["check"], &file("refused-with-a-text"));
    assert!(said.contains("Unrecognized"), "{said}");
}

#[test]
fn what_a_crash_says_is_quoted() {
    let (status, said) = bgspec(
        &["explain", "--request", "com.example.app.refresh"],
        &file("crash-with-its-text"),
    );
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("isolation check at the entry of the handler"), "{said}");
}

#[test]
fn each_is_said_in_the_step_language_and_read_again() {
    for entry in std::fs::read_dir(file("x").parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let trace = Reader::open(path.to_str().unwrap()).unwrap();
        let bundle = trace.header().bundle.clone();
        let (mut writer, mut reader) = (Story::new(&bundle), Story::new(&bundle));
        for record in trace {
            let record: Record = record.unwrap();
            let line = writer.write(&record).unwrap_or_else(|| panic!("{record:?}"));
            let read = reader.read(line.keyword, &line.written.text, line.written.table.as_deref());
            assert_eq!(read, Ok(Said::Record(record)), "{}", line.written.text);
        }
    }
}

#[test]
fn an_error_of_another_domain_is_said_with_its_domain() {
    let text = "the app submits a refresh request for \"sync\", and it is refused with code 4097 of the domain \
        \"NSCocoaErrorDomain\" saying \"connection invalid\"";
    let said = Story::new("com.example.app").read(Keyword::When, text, None).unwrap();
    let Said::Record(record) = said else { panic!("{said:?}") };
    let json = serde_json::to_value(&record).unwrap();
    assert_eq!(
        json["event"]["submit"]["answer"],
        serde_json::json!({"refused": 4097, "domain": "NSCocoaErrorDomain", "text": "connection invalid"})
    );
    assert_eq!(Story::new("com.example.app").write(&record).unwrap().written.text, text);
}
