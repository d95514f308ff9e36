//! Whatever an adapter does, the run ends with a verdict that names it, and keeps what shows it.
//!
//! Each adapter is the reference scheduler behind `adapters/misbehave.py`, which is right but in one way.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

#[path = "common/tool.rs"]
mod tool;

use std::path::{Path, PathBuf};
use std::process::Command;

const BGSPEC: &str = env!("CARGO_BIN_EXE_bgspec");

/// The command of an adapter that misbehaves in this way.
fn adapter(way: &str, arguments: &[&str]) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/adapters/misbehave.py");
    let words = ["python3", script, BGSPEC, way]
        .into_iter()
        .chain(arguments.iter().copied());
    words
        .map(|word| shlex::try_quote(word).unwrap().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A place for files that is gone after the test.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let place = std::env::temp_dir().join(format!("bgspec-adapters-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&place);
        std::fs::create_dir_all(&place).unwrap();
        Self(place)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a command came to: the exit code, and both streams, white space made single.
struct Ran {
    exit: i32,
    text: String,
}

fn bgspec(arguments: &[&str]) -> Ran {
    let output = Command::new(BGSPEC)
        .args(arguments)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    Ran {
        exit: output.status.code().unwrap(),
        text,
    }
}

/// A short run against an adapter that misbehaves in this way.
fn test(way: &str, arguments: &[&str], more: &[&str]) -> Ran {
    let adapter = adapter(way, arguments);
    let mut all = vec!["test", "--adapter", &adapter, "--os", "26.1", "--shrink-time", "2s"];
    if !more.iter().any(|word| ["--cases", "--replay", "--case"].contains(word)) {
        all.extend(["--cases", "10"]);
    }
    all.extend(more);
    bgspec(&all)
}

impl Ran {
    /// It ended so, and says each of these.
    #[track_caller]
    fn tells(self, exit: i32, phrases: &[&str]) -> Self {
        assert_eq!(self.exit, exit, "{}", self.text);
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for phrase in phrases {
            assert!(text.contains(phrase), "`{phrase}` is missing in {}", self.text);
        }
        assert!(!text.contains("panicked"), "{}", self.text);
        self
    }
}

fn read(place: &Path) -> String {
    std::fs::read_to_string(place).unwrap_or_else(|error| panic!("{}: {error}", place.display()))
}

#[test]
fn a_death_is_told_with_its_status_its_last_words_and_the_input_that_it_met() {
    if !tool::is_there("python3") {
        return;
    }
    test("dies", &["cancel"], &[]).tells(
        3,
        &[
            "the adapter died: exit status: 7, before it answered",
            "stderr: no more paper",
            "-> the adapter failed",
            "> {\"id\":",
        ],
    );
    test("dies", &["cancel", "9"], &[]).tells(3, &["the adapter died: signal: 9 (SIGKILL), before it answered"]);
    test("dies", &["1"], &[]).tells(3, &["the adapter died: exit status: 7"]);
}

/// What a process has seen in earlier cases decides: such a failure comes again in a process of its own, or is flaky.
#[test]
fn a_death_at_the_so_manieth_request_is_shown_with_a_case_that_meets_it() {
    if !tool::is_there("python3") {
        return;
    }
    for at in ["12", "20"] {
        let ran = test("dies", &[at], &["--cases", "4"]).tells(3, &["exit status: 7", "line"]);
        assert!(
            ran.text.contains("the adapter failed") || ran.text.contains("flaky"),
            "{}",
            ran.text
        );
    }
}

#[test]
fn what_goes_wrong_once_is_flaky_and_keeps_both_tries() {
    if !tool::is_there("python3") {
        return;
    }
    for (how, verdict) in [
        ("dies", "the adapter died: exit status: 9"),
        (
            "reports",
            "the adapter reported an error at apply cancel: no more paper",
        ),
        ("writes", "found `no more paper`"),
    ] {
        let place = Place::new(how);
        let (mark, report) = (place.file("mark"), place.file("report"));
        test("fails_once", &[&mark, how], &["--cases", "40", "--report", &report]).tells(
            3,
            &[
                verdict,
                "no more paper",
                "flaky, first seen in case",
                "when it was played anew, the scheduler broke nothing",
            ],
        );
        let name = std::fs::read_dir(&report).unwrap().map(|entry| entry.unwrap().path());
        let rooms: Vec<_> = name.filter(|path| path.is_dir()).collect();
        assert_eq!(rooms.len(), 1);
        let first = read(&rooms[0].join("first.jsonl"));
        assert!(
            first.lines().rev().nth(1).unwrap().contains("\"cancel\""),
            "the deciding input: {first}"
        );
        assert!(read(&rooms[0].join("anew.jsonl")).ends_with("\"end\":\"closed\"}\n"));
        let wire = read(&rooms[0].join("first.wire"));
        assert!(wire.lines().rev().take(2).any(|line| line.contains("cancel")), "{wire}");
        assert!(read(&Path::new(&report).join("report.json")).contains("no more paper"));
    }
}

#[test]
fn a_reply_too_many_is_told_where_it_came() {
    if !tool::is_there("python3") {
        return;
    }
    for event in ["register", "clock"] {
        let request = format!("apply {event}, expected one");
        test("answers_twice", &[event], &[]).tells(
            3,
            &["the adapter answered twice", "is a second reply to request", &request],
        );
    }
    test("answers_another", &[], &[]).tells(
        3,
        &[
            "the adapter answered nonsense",
            "a reply to request 10",
            "apply cancel, such as",
        ],
    );
}

#[test]
fn an_adapter_that_hangs_is_waited_for_as_long_as_the_command_says() {
    let mute = "sh -c 'cat >/dev/null'";
    bgspec(&["test", "--adapter", mute, "--timeout", "100ms"])
        .tells(3, &["the adapter hung: no answer to hello within 0.1 s"]);
    let script = format!("read hello; echo \"$hello\" | '{BGSPEC}' serve; cat >/dev/null");
    let deaf = format!("sh -c {}", shlex::try_quote(&script).unwrap());
    bgspec(&["test", "--adapter", &deaf, "--timeout", "5s", "--fail-fast"]).tells(
        3,
        &[
            "at the start of the case the adapter hung: no answer to reset within 5 s",
            "at the first failure",
        ],
    );
}

#[test]
fn a_process_that_is_left_behind_is_named_and_ended() {
    if !tool::is_there("python3") {
        return;
    }
    test("leaks", &[], &["--cases", "2"]).tells(
        3,
        &["the adapter leaked a child: exit status: 0; a process that it had started still ran"],
    );
    test("leaks_and_dies", &[], &[]).tells(
        3,
        &["the adapter leaked a child: exit status: 0; a process that it had started still held its output"],
    );
    test("closes", &[], &[]).tells(3, &["the adapter died: it closed its output and went on"]);
}

#[test]
fn more_than_anybody_reads_is_a_flood() {
    if !tool::is_there("python3") {
        return;
    }
    test("floods", &[], &[]).tells(3, &["the adapter flooded: a line of more than 8388608 bytes"]);
    test("floods_observations", &[], &[]).tells(
        3,
        &["the adapter flooded: 20000 observations in one reply, expected at most 10000"],
    );
    test("floods_the_list", &[], &[]).tells(
        3,
        &["the adapter flooded: 20000 entries in a pending list, expected at most 10000"],
    );
}

#[test]
fn what_the_hello_does_not_declare_is_a_lie_and_another_hello_is_a_change() {
    if !tool::is_there("python3") {
        return;
    }
    test("lies", &[], &[]).tells(
        3,
        &[
            "the adapter lied about a capability",
            "was observed, and its hello declares launched",
        ],
    );
    test("changes", &[], &[]).tells(
        3,
        &[
            "the adapter changed its hello: `version` was \"1\" and is \"",
            "expected the same whenever it is asked",
        ],
    );
}

#[test]
fn each_word_of_a_hello_is_checked_before_anything_is_played() {
    if !tool::is_there("python3") {
        return;
    }
    let wrong = [
        (r#"{"pins":{"nonsense":"1"}}"#, "`pins`: no setting"),
        (r#"{"pins":{"refresh_limit":"many"}}"#, "is no value of refresh_limit"),
        (
            r#"{"tolerance":-1}"#,
            "`tolerance` -1, expected milliseconds from 0 to 86400000",
        ),
        (
            r#"{"tolerance":4611686018427387904}"#,
            "`tolerance` 4611686018427387904, expected",
        ),
        (r#"{"speed":0}"#, "`speed` 0, expected a number above 0"),
        (r#"{"speed":-1}"#, "`speed` -1, expected a number above 0"),
        (
            r#"{"observes":["submit"]}"#,
            "`observes` names `submit`, expected names of observations: launched",
        ),
        (
            r#"{"unmodelled":["SUB-99"]}"#,
            "`unmodelled`: `SUB-99` is neither the id of a rule",
        ),
        (r#"{"protocol":9}"#, "protocol 9, expected protocol 1"),
    ];
    for (hello, what) in wrong {
        let ran = test("says_hello", &[hello], &[]).tells(
            3,
            &["in its reply to hello", what, "a right reply: {\"id\":1,\"hello\":"],
        );
        assert!(!ran.text.contains("cases with"), "{}", ran.text);
    }
    let empty = test("empty_hello", &[], &[]).tells(
        3,
        &[
            "missing field `protocol`",
            "such as {\"id\":1,\"hello\":{\"protocol\":1",
        ],
    );
    assert!(!empty.text.contains("\"done\""), "{}", empty.text);
}

#[test]
fn a_clock_that_does_not_move_is_nonsense_at_the_clock() {
    if !tool::is_there("python3") {
        return;
    }
    for reached in ["-5", "0"] {
        let what = format!("in its reply to apply clock: `reached` {reached}, expected more than 0");
        test("reaches", &[reached], &[]).tells(3, &[&what]);
    }
}

#[test]
fn a_run_that_gives_up_says_why() {
    if !tool::is_there("python3") {
        return;
    }
    test("reports", &[], &["--cases", "200"]).tells(
        3,
        &["stopped before all cases were played: after 20 of 200 cases: given up after 20 failures of the adapter"],
    );
}

#[test]
fn texts_of_an_adapter_are_cut_and_nothing_in_them_acts_on_a_terminal() {
    if !tool::is_there("python3") {
        return;
    }
    let odd = r#""a\u202eb\u001b[31m\u2066""#;
    for (way, exit) in [("raises", 1), ("is_named", 0)] {
        let ran = test(way, &[odd, "1"], &["--cases", "5"]).tells(exit, &["a\\u{202e}b\\u{1b}[31m\\u{2066}"]);
        assert!(!ran.text.contains(['\u{202e}', '\u{1b}', '\u{2066}']), "{}", ran.text);
    }
    let ran = test("errs", &[odd], &["--cases", "5"]).tells(3, &["a\\u{202e}b"]);
    assert!(!ran.text.contains(['\u{202e}', '\u{1b}', '\u{2066}']), "{}", ran.text);
    for way in ["raises", "is_named"] {
        let ran = test(way, &["\"x\"", "300000"], &["--cases", "5"]);
        assert!(ran.text.len() < 40_000, "{way}: {} bytes", ran.text.len());
    }
}

#[test]
fn a_task_that_is_delivered_before_any_process_was_there_is_nonsense_of_the_adapters() {
    if !tool::is_there("python3") {
        return;
    }
    test("delivers_to_nobody", &[], &["--cases", "40"]).tells(
        3,
        &["`delivered` before any process of the app was there", "found `{\"at\":"],
    );
}

#[test]
fn a_line_that_makes_no_sense_is_shown_as_it_stood_on_the_wire() {
    if !tool::is_there("python3") {
        return;
    }
    let ran = test("is_early", &[], &[]);
    assert_eq!(ran.exit, 3, "{}", ran.text);
    assert!(
        !ran.text.contains("Record {") && !ran.text.contains("Some("),
        "{}",
        ran.text
    );
}

#[test]
fn a_stored_case_is_played_first_next_time_and_again_with_another_adapter() {
    if !tool::is_there("python3") {
        return;
    }
    let place = Place::new("stored");
    let report = place.file("found");
    let found = test("hides_a_request", &[], &["--cases", "100", "--report", &report])
        .tells(1, &["the scheduler breaks PEN-1"]);
    assert!(
        found.text.contains("found: the scheduler breaks ") && found.text.contains("PEN-1 (case "),
        "as it is found: {}",
        found.text
    );
    let trace = format!("{report}/PEN-1.jsonl");
    let stored = format!("stored case {trace}");
    // One generated case, in which it need not come up.
    test("hides_a_request", &[], &["--cases", "1", "--report", &report])
        .tells(1, &["the scheduler breaks PEN-1", &stored]);
    test("hides_a_request", &[], &["--replay", &trace]).tells(1, &["the scheduler breaks PEN-1", "1 case with"]);
    // What is found there is right in the reference scheduler, alone and as a directory.
    bgspec(&["test", "--replay", &trace]).tells(0, &["1 case with"]);
    bgspec(&["test", "--replay", &report]).tells(0, &[" 0 broken"]);
    let feature = format!("{report}/PEN-1.feature");
    bgspec(&["features", "--adapter", &format!("'{BGSPEC}' serve"), &feature]).tells(0, &["1 passed"]);
    bgspec(&["features", "--adapter", &adapter("hides_a_request", &[]), &feature]).tells(1, &["1 failed"]);
    let progress = read(&Path::new(&report).join("progress.ndjson"));
    assert!(
        progress
            .lines()
            .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()),
        "{progress}"
    );
}

#[test]
fn a_stored_death_is_a_case_that_meets_it_again() {
    if !tool::is_there("python3") {
        return;
    }
    let place = Place::new("death");
    let report = place.file("found");
    test("dies", &["cancel"], &["--report", &report]).tells(3, &["the adapter died"]);
    let trace = format!("{report}/adapter-died.jsonl");
    test("dies", &["cancel"], &["--replay", &trace]).tells(3, &["the adapter died"]);
    // Which case meets it first is a matter of luck, and in some the app breaks a rule of its own.
    let judged = bgspec(&["check", &trace]);
    assert!(
        judged.exit <= 1 && !judged.text.contains("the scheduler breaks"),
        "{}",
        judged.text
    );
    let feature = place.file("death.feature");
    bgspec(&["convert", "--run", &trace, &feature]).tells(0, &[]);
    bgspec(&["features", "--adapter", &adapter("dies", &["cancel"]), &feature]).tells(3, &["1 adapter failed"]);
}

#[test]
fn one_generated_case_can_be_played_alone() {
    if !tool::is_there("python3") {
        return;
    }
    let found = test("hides_a_request", &[], &["--cases", "60"]).tells(1, &["found: the scheduler breaks"]);
    let (_, number) = found.text.split_once("(case ").unwrap();
    let (number, _) = number.split_once(')').unwrap();
    let from = format!("shrunk from case {number}");
    test("hides_a_request", &[], &["--case", number]).tells(1, &["the scheduler breaks", &from, "1 case with"]);
}

#[test]
fn what_cannot_be_replayed_is_told_with_its_place_and_what_was_expected() {
    let place = Place::new("bad");
    let missing = place.file("none.jsonl");
    bgspec(&["test", "--replay", &missing]).tells(2, &["none.jsonl: cannot be read: No such file or directory"]);
    bgspec(&["test", "--replay", &place.file("")])
        .tells(2, &["no stored case in it, expected files such as CAN-1.jsonl"]);
    let other = place.file("other.jsonl");
    std::fs::write(&other, "{\"bgspec\":9,\"os\":\"26.1\"}\n").unwrap();
    bgspec(&["test", "--replay", &other])
        .tells(2, &["other.jsonl:1:1: a trace of format 9: this bgspec reads format 1"]);
    bgspec(&["test", "--cases", "5", "--report", &format!("{other}/report")]).tells(
        2,
        &[
            "no report can be written there",
            "expected a directory that can be written",
        ],
    );
    let pipe = place.file("pipe.jsonl");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    bgspec(&["test", "--replay", &pipe]).tells(2, &["pipe.jsonl: cannot be read: it is no regular file"]);
}

/// The adapter interrupts the run itself, as soon as it is started, so that nothing hangs on when.
#[test]
fn ctrl_c_is_heard_while_hello_is_waited_for_and_while_a_call_is() {
    let hello = "sh -c 'kill -INT $PPID; cat >/dev/null'";
    bgspec(&["test", "--adapter", hello]).tells(
        130,
        &[
            "interrupted before the adapter answered hello",
            "Interrupted: nothing was played.",
        ],
    );
    // It answers hello and reset, and leaves the third request open.
    let script = format!(
        "read hello; echo \"$hello\" | '{BGSPEC}' serve; read reset; echo '{{\"id\":2,\"done\":{{}}}}'; read call; \
         kill -INT $PPID; cat >/dev/null"
    );
    let call = format!("sh -c {}", shlex::try_quote(&script).unwrap());
    bgspec(&["test", "--adapter", &call, "--timeout", "1h"]).tells(
        130,
        &["0 cases with 0 events", "Interrupted: this is what the cases showed"],
    );
}

#[test]
fn smoke_tells_step_by_step_that_an_adapter_speaks_the_protocol() {
    let serve = format!("'{BGSPEC}' serve");
    bgspec(&["smoke", "--timeout", "1min", "--adapter", &serve]).tells(
        0,
        &[
            "hello bgspec reference scheduler",
            "apply submit {\"submit\":\"accepted\"}",
            "apply grant observed delivered",
            "It speaks the protocol. Next: bgspec test --adapter",
        ],
    );
}

#[test]
fn smoke_shows_a_right_reply_of_the_sort_that_was_wrong() {
    let wrong = [
        (
            "read hello; echo 'Listening on 8080'; cat",
            "such as {\"id\":1,\"hello\":{\"protocol\":1",
        ),
        (
            r#"read hello; echo '{"id":1,"hello":{}}'; cat"#,
            "missing field `protocol`",
        ),
        (
            r#"read hello; echo '{"id":1,"done":{}}'; cat"#,
            "`done`, expected `hello`; a right reply: {\"id\":1,\"hello\":",
        ),
    ];
    for (script, phrase) in wrong {
        let adapter = format!("sh -c {}", shlex::try_quote(script).unwrap());
        bgspec(&["smoke", "--timeout", "1min", "--adapter", &adapter])
            .tells(3, &["the adapter answered nonsense", phrase])
            // All of them at the first mistake, not one a run.
            .tells(
                3,
                &[
                    "Right replies, by what is asked:",
                    r#"reset {"id":2,"done":{}}"#,
                    r#"clock {"id":3,"applied":{"reached":60000}}"#,
                    r#""applied":{"answer":{"submit":"accepted"}}}"#,
                    r#""applied":{"answer":{"void":"returned"}}}"#,
                    r#""observed":[{"at":60000,"event":{"delivered""#,
                ],
            );
    }
    if !tool::is_there("python3") {
        return;
    }
    let adapter = adapter("reaches", &["-5"]);
    bgspec(&["smoke", "--timeout", "1min", "--adapter", &adapter])
        .tells(3, &["in its reply to apply clock", "PROTOCOL.md"]);
}

/// The adapter of PROTOCOL.md, as it stands there, and the one in JavaScript.
#[test]
fn the_worked_adapters_speak_the_protocol() {
    let page = include_str!("../PROTOCOL.md");
    let first = include_str!("../examples/first/adapter.py");
    assert!(
        page.contains(&format!("```python\n{first}```")),
        "PROTOCOL.md shows examples/first/adapter.py"
    );
    assert!(
        first.lines().filter(|line| !line.is_empty()).count() <= 20,
        "twenty lines"
    );
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    if tool::is_there("python3") {
        let first = format!("python3 '{examples}/first/adapter.py'");
        bgspec(&["smoke", "--timeout", "1min", "--adapter", &first]).tells(0, &["It speaks the protocol"]);
        let ran = bgspec(&["test", "--adapter", &first, "--cases", "60"]);
        assert!(
            [0, 1].contains(&ran.exit) && ran.text.contains("60 cases"),
            "{}",
            ran.text
        );
    }
    if tool::is_there("node") {
        let worked = format!("node '{examples}/javascript/adapter.js'");
        bgspec(&["smoke", "--timeout", "1min", "--adapter", &worked]).tells(0, &["It speaks the protocol"]);
        bgspec(&["test", "--adapter", &worked, "--cases", "200"]).tells(0, &["0 broken"]);
        for (fault, rule) in [
            ("cancel-forgets", "CAN-1"),
            ("no-limit", "SUB-5"),
            ("launch-before-date", "CON-1"),
        ] {
            let faulty = format!("{worked} --fault {fault}");
            let breaks = format!("breaks {rule}");
            bgspec(&["test", "--adapter", &faulty, "--cases", "200", "--os", "26.1"]).tells(1, &[&breaks]);
        }
    }
}
