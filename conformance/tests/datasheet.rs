//! `bgspec datasheet`: which legal choices an implementation makes, what showed each, and where another one differs.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use insta::assert_snapshot;

#[path = "common/session.rs"]
mod session;
#[path = "common/tool.rs"]
mod tool;

const BGSPEC: &str = env!("CARGO_BIN_EXE_bgspec");

fn shown(arguments: &str) -> String {
    let schedulers = concat!(env!("CARGO_MANIFEST_DIR"), "/schedulers");
    let text = session::shown(arguments, "", |command| command.current_dir(schedulers));
    text.replace(BGSPEC, "bgspec")
}

#[test]
fn each_choice_stands_with_the_line_that_showed_it() {
    assert_snapshot!(shown("datasheet --cases 60 --os 26.1"));
}

/// It is a choice of the implementation that is told, not one of the profile: the same setting, another scheduler.
#[test]
fn another_choice_is_told_of_another_implementation() {
    if !tool::is_there("python3") {
        return;
    }
    let text = shown("datasheet --adapter 'python3 running_listed.py' --cases 100 --os 26.1");
    assert!(
        text.contains("\n  pending_includes_running = yes (PEN-2)\n    not no: asks for"),
        "{text}"
    );
    let text = shown("datasheet --cases 100 --os 26.1");
    assert!(
        text.contains("\n  pending_includes_running = no (PEN-2)\n    not yes: asks for"),
        "{text}"
    );
}

#[test]
fn two_are_compared_by_the_shortest_sequence_on_which_they_differ() {
    let both = format!(
        "datasheet --cases 60 --os 27 --adapter '{BGSPEC} serve --fault title-stays' --against '{BGSPEC} serve'"
    );
    let text = shown(&both);
    let (_, difference) = text.split_once("\nThey differ").unwrap();
    assert_snapshot!(difference);
    let same = shown(&format!("datasheet --cases 10 --os 27 --against '{BGSPEC} serve'"));
    assert!(same.contains("does the same in every case"), "{same}");
}

#[test]
fn what_shows_nothing_is_an_error() {
    let told = [
        shown("datasheet --cases 0"),
        shown("datasheet --adapter no-such-command"),
        shown("datasheet --against no-such-command --cases 1"),
        shown(&format!(
            "datasheet --adapter '{BGSPEC} serve --fault returns-wrong' --cases 1"
        )),
        shown(&format!(
            "datasheet --adapter '{BGSPEC} serve --fault registration-returns-false' --cases 1 --os 18"
        )),
    ];
    assert_snapshot!(told.join("\n"));
}
