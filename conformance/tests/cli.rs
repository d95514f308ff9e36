//! The command line, run as a user runs it: what it prints, and the exit code.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

#[path = "common/session.rs"]
mod session;

use std::fs;
use std::path::PathBuf;

const HEADER: &str = r#"{"bgspec":1,"os":"26.1","profile":"contract","origin":"made up","bundle":"com.example.app","permitted":["com.example.app.sync"],"modes":["fetch"],"initial":"known"}"#;

/// Registered, launched, and submitted with a floor of a minute.
const SUBMITTED: &str = r#"{"at":0,"pid":1,"event":{"register":{"id":"com.example.app.sync","answer":true}}}
{"at":5,"pid":1,"event":{"launch_finished":{}}}
{"at":10,"pid":1,"event":{"submit":{"id":"com.example.app.sync","kind":"refresh","earliest":60000,"answer":"accepted"}}}
"#;

/// Submitted again with a floor of two minutes, and the list shows the old one.
const OLD_DATE_LISTED: &str = r#"{"at":11,"pid":1,"event":{"submit":{"id":"com.example.app.sync","kind":"refresh","earliest":120000,"answer":"accepted"}}}
{"at":12,"pid":1,"event":{"pending":{"answer":[{"id":"com.example.app.sync","kind":"refresh","earliest":60000}]}}}
"#;

const CLOSED: &str = "{\"at\":7200000,\"end\":\"closed\"}\n";

fn trace(parts: &[&str]) -> String {
    format!("{HEADER}\n{}", parts.concat())
}

/// A directory of its own, with these files.
struct Place {
    directory: PathBuf,
}

impl Place {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        fs::create_dir_all(&directory).unwrap();
        for (file, text) in files {
            fs::write(directory.join(file), text).unwrap();
        }
        Self { directory }
    }

    /// What a command prints, and how it ends.
    fn bgspec(&self, arguments: &str) -> String {
        self.bgspec_with(arguments, "")
    }

    fn bgspec_with(&self, arguments: &str, input: &str) -> String {
        session::shown(arguments, input, |command| command.current_dir(&self.directory))
    }
}

/// Checks one trace from a file of its own.
fn check(name: &str, text: &str) -> String {
    Place::new(name, &[("trace.jsonl", text)]).bgspec("check trace.jsonl")
}

#[test]
fn a_conforming_trace() {
    let text = r#"{"bgspec":1,"os":"26.1","profile":"field","origin":"rebuilt from source","bundle":"com.example.app","permitted":["com.example.app.sync"],"modes":["fetch"],"initial":"known"}
{"at":0,"pid":1,"event":{"register":{"id":"com.example.app.sync","answer":true}}}
{"at":5,"pid":1,"event":{"launch_finished":{}}}
{"at":10,"pid":1,"event":{"submit":{"id":"com.example.app.sync","kind":"refresh","answer":"accepted"}}}
{"at":20,"pid":1,"event":{"background":{}}}
{"at":7200000,"pid":1,"event":{"delivered":{"task":"com.example.app.sync#1","kind":"refresh"}}}
{"at":7205000,"pid":1,"event":{"complete":{"task":"com.example.app.sync#1","success":true}}}
{"at":7230000,"end":"closed"}
"#;
    insta::assert_snapshot!(check("conforms", text));
}

#[test]
fn a_breach_with_what_was_allowed_instead() {
    insta::assert_snapshot!(check("breaks", &trace(&[SUBMITTED, OLD_DATE_LISTED, CLOSED])));
}

#[test]
fn a_breach_that_does_not_count_is_printed_all_the_same() {
    let place = Place::new(
        "blame",
        &[("trace.jsonl", &trace(&[SUBMITTED, OLD_DATE_LISTED, CLOSED]))],
    );
    insta::assert_snapshot!(place.bgspec("check --blame app --blame device trace.jsonl"));
    assert!(
        place
            .bgspec("check --blame scheduler --fail-on documented trace.jsonl")
            .ends_with("[exit 1]\n")
    );
}

#[test]
fn the_terms_of_the_command_line_go_before_the_header() {
    let place = Place::new(
        "terms",
        &[("trace.jsonl", &trace(&[SUBMITTED, OLD_DATE_LISTED, CLOSED]))],
    );
    insta::assert_snapshot!(place.bgspec("check --profile field --os 26.0 --pin refresh_limit=2 trace.jsonl"));
}

/// An identifier that nobody permitted is submitted and accepted, seventy times.
fn again_and_again() -> String {
    let line = |n: u32| {
        let at = 1000 * n;
        format!(
            r#"{{"at":{at},"pid":1,"event":{{"submit":{{"id":"com.example.app.other","kind":"refresh","answer":"accepted"}}}}}}"#
        )
    };
    let lines: Vec<_> = (1..=70).map(line).collect();
    trace(&[&lines.join("\n"), "\n", CLOSED])
}

#[test]
fn what_is_broken_again_and_again_is_told_a_few_times_and_counted() {
    let place = Place::new("again", &[("trace.jsonl", &again_and_again())]);
    insta::assert_snapshot!(place.bgspec("check trace.jsonl"));
    let json = place.bgspec("check --format json trace.jsonl");
    let json = json.split_once('\n').unwrap().1.split("[exit").next().unwrap();
    let report: serde_json::Value = serde_json::from_str(json).unwrap();
    let file = &report["files"][0];
    assert_eq!(file["findings"].as_array().unwrap().len(), 100, "fifty of each");
    assert_eq!(file["repeats"].as_array().unwrap().len(), 2);
    assert!(
        file["repeats"]
            .as_array()
            .unwrap()
            .iter()
            .all(|repeat| repeat["times"] == 20 && repeat["line"] == 71)
    );
}

#[test]
fn several_traces_have_each_its_verdict_and_a_total() {
    let place = Place::new(
        "several",
        &[
            ("a.jsonl", &trace(&[SUBMITTED, CLOSED])),
            ("b.jsonl", &trace(&[SUBMITTED, OLD_DATE_LISTED, CLOSED])),
            ("c.jsonl", &trace(&[])),
            ("d.jsonl", "hello\n"),
        ],
    );
    insta::assert_snapshot!(place.bgspec("check a.jsonl b.jsonl c.jsonl d.jsonl none.jsonl"));
    assert!(place.bgspec("check a.jsonl b.jsonl").ends_with("[exit 1]\n"));
    assert!(place.bgspec("check a.jsonl c.jsonl").ends_with("[exit 4]\n"));
}

#[test]
fn json_has_the_documented_form() {
    let cut = format!("{}nonsense\n", trace(&[SUBMITTED, OLD_DATE_LISTED]));
    let place = Place::new("json", &[("trace.jsonl", &cut)]);
    insta::assert_snapshot!(place.bgspec("check --format json trace.jsonl"));
}

#[test]
fn standard_input_is_a_trace() {
    let place = Place::new("stdin", &[]);
    insta::assert_snapshot!(place.bgspec_with("check -", &trace(&[SUBMITTED, CLOSED])));
}

#[test]
fn what_was_found_before_a_bad_line_is_kept() {
    let text = format!(
        "{}{{\"at\":13,\"event\":{{\"sumbit\":{{}}}}}}\n",
        trace(&[SUBMITTED, OLD_DATE_LISTED])
    );
    insta::assert_snapshot!(check("kept", &text));
}

#[test]
fn each_bad_input_is_told_with_its_place_and_what_was_expected() {
    let with = |line: &str| trace(&[SUBMITTED, line, "\n"]);
    let cases = [
        ("no JSON", with("at 5: submit")),
        ("JSON cut short", with(r#"{"at":11,"event":"#)),
        ("an unknown field", with(r#"{"at":11,"pid":1,"event":{"cancel":{"id":"a","force":true}}}"#)),
        ("time going backwards", with(r#"{"at":9,"pid":1,"event":{"cancel_all":{}}}"#)),
        ("an answer without a call", with(r#"{"at":11,"pid":1,"call":7,"event":{"end":{"submit":"accepted"}}}"#)),
        ("a task never delivered", with(r#"{"at":11,"pid":1,"event":{"expired":{"task":"com.example.app.sync#1"}}}"#)),
        (
            "a kind that the version lacks",
            with(r#"{"at":11,"pid":1,"event":{"submit":{"id":"com.example.app.sync","kind":"continued","answer":"accepted"}}}"#)
                .replace("26.1", "18.4"),
        ),
        ("a call of a dead process", with("{\"at\":11,\"pid\":1,\"event\":{\"crashed\":{}}}\n{\"at\":12,\"pid\":1,\"event\":{\"cancel_all\":{}}}")),
        (
            "a task never delivered while a call is open",
            with("{\"at\":11,\"pid\":1,\"call\":1,\"event\":{\"cancel_all\":{}}}\n{\"at\":12,\"pid\":1,\"event\":{\"expired\":{\"task\":\"com.example.app.sync#1\"}}}\n{\"at\":13,\"pid\":1,\"call\":1,\"event\":{\"end\":{\"void\":\"returned\"}}}"),
        ),
        (
            "a task never delivered while a call is open that never ends",
            with("{\"at\":11,\"pid\":1,\"call\":1,\"event\":{\"cancel_all\":{}}}\n{\"at\":12,\"pid\":1,\"event\":{\"expired\":{\"task\":\"com.example.app.sync#1\"}}}\nhello"),
        ),
        ("a line behind the end", trace(&[SUBMITTED, CLOSED, CLOSED])),
        ("a newer version", trace(&[]).replace("\"bgspec\":1", "\"bgspec\":2")),
        ("an unknown version of iOS", trace(&[]).replace("26.1", "20.0")),
        ("an unknown setting", trace(&[]).replace("\"initial\"", "\"pins\":{\"refresh_limt\":\"2\"},\"initial\"")),
        ("an unknown profile", trace(&[]).replace("contract", "lenient")),
        ("no header", SUBMITTED.to_owned()),
        ("an empty file", String::new()),
        ("no event", trace(&[CLOSED])),
    ];
    let mut shown = String::new();
    for (name, text) in cases {
        shown.push_str(&format!("## {name}\n{}\n", check("bad", &text)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn wrong_usage_is_told_and_ends_with_2() {
    let place = Place::new("usage", &[("trace.jsonl", &trace(&[SUBMITTED, CLOSED]))]);
    let mut shown = String::new();
    for arguments in [
        "check",
        "check --os 19 trace.jsonl",
        "check --pin refresh_limit trace.jsonl",
        "check --pin refresh_limt=2 trace.jsonl",
        "check --pin refresh_limit=1 --pin refresh_limit=2 trace.jsonl",
        "check --profile lenient trace.jsonl",
        "check --blame apple trace.jsonl",
        "check --fail-on rumours trace.jsonl",
        "schema traces",
        "chekc trace.jsonl",
    ] {
        let output = place.bgspec(arguments);
        assert!(output.ends_with("[exit 2]\n"), "{output}");
        shown.push_str(&output);
        shown.push('\n');
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn help_has_examples() {
    let place = Place::new("help", &[]);
    let commands = ["check", "rules", "schema", "serve"];
    insta::assert_snapshot!(commands.map(|name| place.bgspec(&format!("{name} --help"))).join("\n"));
}

#[test]
fn requests_that_are_none_are_answered_and_serving_goes_on() {
    let place = Place::new("serve", &[]);
    insta::assert_snapshot!(place.bgspec_with("serve", "hello\n{\"id\":4}\n"));
}
