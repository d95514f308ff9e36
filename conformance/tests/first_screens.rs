//! What developers asked on the forums, and the first screen of the answer: 24 lines of 80 columns that name the cause,
//! whose doing it was, and what to do next.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

/// A trace of the corpus, and of its first screen the cause, the party and the next act.
const ANSWERS: [(&str, &str, &str, &str); 42] = [
    (
        "F01-accepted-never-delivered",
        "had to be launched by 1 min 20.007 s",
        "the scheduler's",
        "begin the work at once and attach the task when it comes",
    ),
    (
        "F01-submitted-in-background-refused",
        "the app was not in the foreground",
        "the app's",
        "submit it while the app is in the foreground",
    ),
    (
        "F01-submitted-in-background",
        "it submitted continued processing while it was not in the foreground",
        "the app's",
        "submit it while the app is in the foreground",
    ),
    (
        "F01-async-in-background-error",
        "it submitted continued processing while it was not in the foreground",
        "the app's",
        "submit it while the app is in the foreground",
    ),
    (
        "F01-async-in-background-no-error",
        "it submitted continued processing while it was not in the foreground",
        "the app's",
        "submit it while the app is in the foreground",
    ),
    (
        "F01-tapped-again",
        "it registered an identifier a second time in one process",
        "the app's",
        "register each identifier once in a process, and not at each tap",
    ),
    (
        "F02-no-gpu-no-entitlement-3",
        "the device has none for background work; the app has no entitlement for it either",
        "the app's",
        "require the GPU only where supportedResources has it, and with the entitlement",
    ),
    (
        "F02-ipad-no-entitlement-refused",
        "without the entitlement com.apple.developer.background-tasks.continued-processing.gpu",
        "the app's",
        "get the entitlement com.apple.developer.background-tasks.continued-processing.gpu",
    ),
    (
        "F02-no-gpu-told",
        "GPU work failed: GPU work from the background outside a running continued task",
        "nobody's",
        "use the GPU in the background only while a continued task runs whose request requires it",
    ),
    (
        "F03-before-first-unlock",
        "until the device is unlocked for the first time after a boot, data of class",
        "fault nobody's",
        "read it later",
    ),
    (
        "F03-when-unlocked-a-minute-later",
        "failed, while the device was locked (since line 7)",
        "fault the app's",
        "store what is needed there as afterFirstUnlock",
    ),
    (
        "F03-launched-before-first-unlock",
        "Nothing is launched between a boot and the first unlock",
        "the scheduler's",
        "report it to the maker of that scheduler",
    ),
    (
        "F04-never-runs",
        "the person had force-quit the app and not opened it since",
        "the person's (whoever uses the device)",
        "it waits until the person opens the app; submit again at each launch",
    ),
    (
        "F04-runs-after-force-quit",
        "Between a force-quit and the user's next launch of the app no refresh request is launched",
        "the scheduler's",
        "report it to the maker of that scheduler",
    ),
    (
        "F05-suspended-killed",
        "the app was ended for memory",
        "Nobody broke a rule",
        "submit again at the next launch what is not pending any more",
    ),
    (
        "F05-running-killed",
        "its process died 20.705 s after its delivery with the task open: the app was ended for memory",
        "nobody's",
        "submit it again at each launch of the app",
    ),
    (
        "F05-interrupted-runs-again",
        "their requests are spent and are not restored",
        "the scheduler's",
        "report it to the maker of that scheduler",
    ),
    (
        "F06-large-files-pause-expired",
        "after 40 s without progress",
        "the app's",
        "in bytes and not in files",
    ),
    (
        "F06-prompt-ignored-expires",
        "after the person left the question whether to go on unanswered",
        "the person's (whoever uses the device)",
        "let progress rise faster",
    ),
    (
        "F06-small-files-expired",
        "though nothing allowed it then",
        "the scheduler's",
        "report it to the maker of that scheduler",
    ),
    (
        "F06-small-files-expired-pressure-unknown",
        "where the device is not told to be calm it may be under pressure",
        "not known",
        "save the work as it goes",
    ),
    (
        "F07-child-progress-only",
        "the 9 reports in that time did not raise completedUnitCount: they told child progress alone",
        "the app's, though it broke no rule",
        "set completedUnitCount of the task's own progress",
    ),
    (
        "F08-wildcard-registered-false",
        "Registering the string of a wildcard entry itself returns false",
        "Nobody broke a rule",
        "register each whole identifier that is submitted",
    ),
    (
        "F08-wildcard-only-raises",
        "a handler registered under the wildcard itself serves none of the identifiers that it permits",
        "the app's",
        "register its launch handler in each process before it is submitted, under the whole identifier",
    ),
    (
        "F09-user-stop",
        "stopped by the person on its card",
        "the person's (whoever uses the device)",
        "submit it again when the person asks for it",
    ),
    (
        "F09-stall",
        "after 50 s without progress",
        "the app's",
        "report progress more often",
    ),
    (
        "F09-pressure",
        "the device was under pressure",
        "nobody's",
        "save the work as it goes",
    ),
    (
        "F09-refresh-time",
        "its time was over, and no time is promised",
        "nobody's",
        "move long work to a processing request",
    ),
    (
        "F09-simulated",
        "expired by the debugger",
        "nobody's",
        "this is what the debugger is for",
    ),
    (
        "F10-retry-two-cards",
        "the card of the attempt that failed is still there",
        "nobody's",
        "a failed card goes when the person clears it",
    ),
    (
        "F10-retry-in-background-refused",
        "the app was not in the foreground",
        "the app's",
        "submit it while the app is in the foreground",
    ),
    (
        "F11-registers-after-the-wake-26",
        "it registered the handler after it had finished launching",
        "the app's",
        "register while the app launches, in each launch: those in the background too",
    ),
    (
        "F11-registers-after-the-wake-18",
        "it registered the handler after it had finished launching",
        "fault the app's",
        "refresh and processing may then be submitted from the background",
    ),
    (
        "F11-registers-while-launching",
        "whether there is a network",
        "not known",
        "write down whether there is a network",
    ),
    (
        "F12-suspended-while-unlocked",
        "its process was suspended in line 18, so that it could not report any",
        "the scheduler's",
        "report progress as soon as the app runs again",
    ),
    (
        "F12-suspended-while-locked",
        "The system did that while the device was locked (since line 18)",
        "nobody's",
        "do not count on running on while locked",
    ),
    (
        "F13-accepted-not-listed",
        "On a Mac, Apple's staff say, nothing is pending and nothing is ever launched",
        "nobody's",
        "do the work while the app runs",
    ),
    (
        "F13-accepted-listed",
        "its earliest begin date, 15 min, had not come",
        "nobody's",
        "the trace ends before that date",
    ),
    (
        "F14-debugger-attached",
        "what works there proves nothing for a release",
        "nobody's",
        "try it without a debugger",
    ),
    (
        "F15-launched-for-another-reason",
        "that launch was not for a task, and no task comes with it",
        "fault nobody's",
        "submit a request for work that is to go on in the background",
    ),
    (
        "F16-live-activity-keeps-nothing-awake",
        "the trace has no task that ran then, and a process in the background without a running task may be suspended",
        "fault nobody's",
        "submit a request for work that is to go on in the background",
    ),
    (
        "F17-extension-refused",
        "an extension whose kind may not schedule background tasks, background-upload",
        "the app's",
        "submit it from the app",
    ),
];

/// The first screen, its lines joined again.
fn first_screen(trace: &str) -> String {
    first_screen_with(trace, &[])
}

fn first_screen_with(trace: &str, options: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(["explain", &format!("forum/{trace}.jsonl")])
        .args(options)
        .current_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("traces"))
        .env("COLUMNS", "80")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().take(24).flat_map(str::split_whitespace);
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn whoever_reads_the_first_screen_knows_the_cause_the_party_and_the_next_act() {
    let mut missing = Vec::new();
    for (trace, cause, party, act) in ANSWERS {
        let screen = first_screen(trace);
        for part in [cause, party, act] {
            if !screen.contains(part) {
                missing.push(format!("{trace} does not say `{part}`:\n{screen}\n"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The run before the last one is asked about too, and a running task that stands still.
#[test]
fn the_first_screen_tells_why_the_run_before_expired_and_when_a_running_task_was_suspended() {
    let retried = first_screen("F10-retry-two-cards");
    assert!(
        retried.contains("The run before it, com.example.cloud.file.42#1, was expired"),
        "{retried}"
    );
    assert!(retried.contains("report progress more often"), "{retried}");
    let paused = first_screen("F12-suspended-while-locked");
    assert!(
        paused.contains("line 18 nobody used the device any more, the device was locked"),
        "{paused}"
    );
    assert!(paused.contains("line 19 the app was suspended"), "{paused}");
}

/// A breach that is not counted is a breach all the same.
#[test]
fn nobody_is_cleared_where_the_breaches_of_another_party_are_asked_for() {
    let screen = first_screen_with("F03-when-unlocked-a-minute-later", &["--blame", "scheduler"]);
    assert!(screen.contains(": conforms"), "{screen}");
    assert!(screen.contains("The app broke DAT-3 in line 8"), "{screen}");
    assert!(
        !screen.contains("broke no rule") && !screen.contains("Nobody broke"),
        "{screen}"
    );
}

#[test]
fn every_question_of_the_forums_has_its_answer() {
    let asked: BTreeSet<_> = (1..=17).map(|number| format!("F{number:02}")).collect();
    let answered: BTreeSet<_> = ANSWERS.iter().map(|(trace, ..)| trace[..3].to_owned()).collect();
    assert_eq!(asked, answered);
}

/// All that is said of traces of the forums, at the width of a terminal.
#[test]
fn no_line_is_longer_than_the_terminal_is_wide() {
    let forum = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("traces/forum");
    let mut names: Vec<_> = std::fs::read_dir(&forum)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    let mut told = 0;
    let mut long = Vec::new();
    let at_80 = names.iter().map(|name| (name, 80_usize));
    let at_200 = names.iter().step_by(10).map(|name| (name, 200));
    for (name, columns) in at_80.chain(at_200) {
        let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
            .arg("explain")
            .arg(name)
            .current_dir(&forum)
            .env("COLUMNS", columns.to_string())
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        told += text.lines().count();
        // A line that an edit writes is copied whole.
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("{\"at\""));
        let lines = lines.filter(|line| line.chars().count() > columns);
        long.extend(lines.map(|line| format!("{columns}: {line}")));
    }
    assert!(told > 1_000, "{told} lines only");
    assert!(long.is_empty(), "{}", long.join("\n"));
}
