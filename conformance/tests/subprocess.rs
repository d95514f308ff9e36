//! Every way in which an adapter's process fails gets its own name, and the next start is fresh.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::time::Duration;

use bgspec_conformance::play::adapter::{Adapter, Failure};
use bgspec_conformance::play::subprocess::{Options, Subprocess};
use bgspec_model::vocabulary::{Empty, Event, Header, Record, Version};

fn header() -> Header {
    Header::new(Version::new(26, 1), "com.example.app")
}

fn start(script: &str) -> Subprocess {
    Subprocess::start(&format!("sh -c {}", shlex::try_quote(script).unwrap())).unwrap()
}

/// What a script that reads one request and then does this comes to.
fn reset(script: &str) -> String {
    start(&format!("read request; {script}"))
        .reset(&header())
        .unwrap_err()
        .to_string()
}

#[test]
fn a_command_that_cannot_start_is_named_with_the_reason() {
    let failure = |command| Subprocess::start(command).map(drop).unwrap_err().to_string();
    assert_eq!(
        failure("no-such-adapter --fast"),
        "the adapter did not start: `no-such-adapter --fast`: No such file or directory (os error 2)"
    );
    assert_eq!(failure("  "), "the adapter did not start: `  `: it is empty");
    assert_eq!(
        failure("adapter 'one"),
        "the adapter did not start: `adapter 'one`: a quotation mark is not closed"
    );
}

#[test]
fn a_death_is_told_with_its_status_and_the_end_of_stderr() {
    let failure = reset("echo first >&2; echo 'it broke' >&2; exit 3");
    let expected = "the adapter died: exit status: 3, before it answered\n  stderr: first\n  stderr: it broke";
    assert_eq!(failure, expected);
    assert_eq!(
        reset("kill -9 $$"),
        "the adapter died: signal: 9 (SIGKILL), before it answered"
    );
    assert_eq!(
        reset("exec >&-; read more"),
        "the adapter died: it closed its output and went on"
    );
}

#[test]
fn an_adapter_that_does_not_answer_hangs() {
    let options = Options {
        timeout: Duration::from_millis(300),
        ..Options::default()
    };
    let adapter = Subprocess::with("sh -c 'exec cat > /dev/null'", options).unwrap();
    let failure = adapter.reset(&header()).unwrap_err();
    assert_eq!(failure.to_string(), "the adapter hung: no answer to reset within 0.3 s");
    assert_eq!(adapter.hello().unwrap_err(), failure, "a failure stays");
}

#[test]
fn garbage_is_quoted_with_its_line_and_what_was_expected() {
    assert_eq!(
        reset("echo Listening..."),
        "the adapter answered nonsense: in line 1 of its output: column 1: no JSON object: expected `{`, \
         found `Listening...`, expected a reply, such as {\"id\":1,\"done\":{}}"
    );
    assert_eq!(
        reset(r#"echo; echo '{"id":7,"done":{}}'"#),
        "the adapter answered nonsense: in line 2 of its output: a reply to request 7, expected one to request 1, reset, \
         such as {\"id\":1,\"done\":{}}"
    );
    assert_eq!(
        reset(r#"echo '{"id":1,"applied":{}}'"#),
        "the adapter answered nonsense: in its reply to reset: `applied`, expected `done`; \
         a right reply: {\"id\":1,\"done\":{}}"
    );
    let long = reset(r#"echo '{"id":1,"dnoe":{}}'; cat"#);
    assert!(long.contains("unknown field `dnoe`, did you mean `done`?"), "{long}");
}

#[test]
fn an_answer_that_does_not_fit_its_question_is_nonsense() {
    let adapter = start(r#"read request; echo '{"id":1,"applied":{"reached":5}}'; cat"#);
    let failure = adapter
        .apply(&Record::new(9, Event::CancelAll(Empty {})))
        .unwrap_err()
        .to_string();
    assert_eq!(
        failure,
        "the adapter answered nonsense: in its reply to apply cancel_all: `reached` 5 in the reply to `cancel_all`, \
         expected it of `clock` alone, or 9, its own time; a right reply: {\"id\":1,\"applied\":{\"answer\":{\"void\":\"returned\"}}}"
    );
}

#[test]
fn a_newer_protocol_is_named_as_such() {
    let script = r#"read request; echo '{"id":1,"hello":{"protocol":2,"colour":"blue"}}'; cat"#;
    let failure = start(script).hello().unwrap_err().to_string();
    assert_eq!(
        failure,
        "the adapter answered nonsense: in line 1 of its output: protocol 2, expected protocol 1"
    );
}

#[test]
fn a_line_of_a_hundred_megabytes_is_a_flood() {
    let failure = reset("head -c 100000000 /dev/zero | tr '\\0' x");
    assert_eq!(failure, "the adapter flooded: a line of more than 8388608 bytes");
}

#[test]
fn an_error_that_the_adapter_reports_ends_nothing() {
    let script = r#"read a; echo '{"id":1,"error":"no such bundle"}'; read b; echo '{"id":2,"done":{}}'; cat"#;
    let adapter = start(script);
    let failure = adapter.reset(&header()).unwrap_err();
    assert_eq!(
        failure.to_string(),
        "the adapter reported an error at reset: no such bundle"
    );
    assert_eq!(adapter.reset(&header()), Ok(()));
}

#[test]
fn stderr_is_kept_and_is_no_failure() {
    let failure = Failure::Died {
        how: "exit status: 4, before it answered".to_owned(),
        stderr: "\n  stderr: a warning".to_owned(),
    };
    let adapter = start(r#"read a; echo 'a warning' >&2; echo '{"id":1,"done":{}}'; read b; exit 4"#);
    assert_eq!(adapter.reset(&header()), Ok(()));
    assert_eq!(adapter.reset(&header()), Err(failure));
    assert_eq!(adapter.stderr(), "a warning\n");
}

#[test]
fn an_adapter_that_has_failed_can_be_restarted() {
    let adapter = start(r#"read a; echo '{"id":1,"done":{}}'; read b; exit 1"#);
    for _ in 0..3 {
        assert_eq!(adapter.reset(&header()), Ok(()));
        assert!(matches!(adapter.reset(&header()), Err(Failure::Died { .. })));
        assert_eq!(adapter.restart(), Ok(()));
    }
}

#[test]
fn replies_may_come_in_another_order() {
    let script =
        r#"read a; read b; echo '{"id":2,"applied":{"reached":2}}'; echo '{"id":1,"applied":{"reached":1}}'; cat"#;
    let adapter = start(script);
    let clock = Record::new(9, Event::Clock(Empty {}));
    let mut reached = std::thread::scope(|scope| {
        let calls = [(); 2].map(|()| scope.spawn(|| adapter.apply(&clock).unwrap().reached.unwrap()));
        calls.map(|call| call.join().unwrap())
    });
    reached.sort_unstable();
    assert_eq!(reached, [1, 2]);
}

/// The adapter interrupts the run itself, when it has answered hello and is asked for more, so that nothing hangs on when.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_cases_and_what_was_played_is_reported() {
    let bgspec = env!("CARGO_BIN_EXE_bgspec");
    let passes_on = r#"IFS= read -r line; printf '%s\n' "$line";"#;
    let serve = shlex::try_quote(bgspec).unwrap();
    let script = format!("{{ {passes_on} {passes_on} kill -INT $PPID; cat; }} | {serve} serve");
    let adapter = format!("sh -c {}", shlex::try_quote(&script).unwrap());
    let run = std::process::Command::new(bgspec)
        .args(["test", "--time", "1h", "--adapter", &adapter])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(130), "{run:?}");
    let report = String::from_utf8(run.stdout).unwrap();
    assert!(
        report.contains("Interrupted: this is what the cases showed that were played until then."),
        "{report}"
    );
}
