//! Feature files on the command line: what is printed, what is wrong with a file and where, and the exit code.

#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A directory of its own, with these files.
struct Place {
    directory: PathBuf,
}

impl Place {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("features").join(name);
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        for (file, text) in files {
            fs::write(directory.join(file), text).unwrap();
        }
        Self { directory }
    }

    /// What a command prints, and how it ends.
    fn bgspec(&self, arguments: &str) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
            .args(shlex::split(arguments).unwrap())
            .current_dir(&self.directory)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        format!("$ bgspec {arguments}\n{out}{err}[exit {code}]\n")
    }
}

/// What is known of the app in every scenario below.
const GIVEN: &str = r#"    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch"
"#;

fn scenario(steps: &str) -> String {
    format!("@trace\nFeature: A refresh\n  Scenario: One\n{GIVEN}{steps}")
}

const TOLD: &str = r#"    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And 1 second later, the app submits a refresh request for "sync", earliest in 2 hours, and it is accepted
    And the app asks for the pending requests, and it gets nothing
    Then nothing else happens for 1 minute
    And the oracle blames the scheduler under PEN-1
"#;

const PLAYED: &str = r#"@run @rule:SUB-27
Feature: A request without a handler
  Scenario Outline: Submitted as <kind>
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch" and "processing"
    When the person opens the app
    And the app finishes launching
    And after 2 seconds, the app submits <kind> for "sync"
    Then the oracle blames the app under SUB-27

    Examples:
      | kind                 |
      | a refresh request    |
      | a processing request |
"#;

#[test]
fn scenarios_pass_fail_and_are_not_applicable() {
    let wrong = scenario(&TOLD.replace("blames the scheduler under PEN-1", "says that the trace conforms"));
    let place = Place::new(
        "outcomes",
        &[
            ("told.feature", &scenario(TOLD)),
            ("played.feature", PLAYED),
            ("wrong.feature", &wrong.replace("A refresh", "Another")),
        ],
    );
    let serve = format!("'{}' serve", env!("CARGO_BIN_EXE_bgspec"));
    let mut shown = place.bgspec("features told.feature played.feature");
    shown += &place.bgspec("features --adapter model played.feature");
    shown += &place.bgspec("features wrong.feature");
    shown += &place.bgspec("features --tags @trace --profile field .");
    shown += &place.bgspec("features --os 18 told.feature");
    shown += &place.bgspec("features --os 26.1 told.feature");
    shown += &place
        .bgspec(&format!("features --adapter \"{serve}\" told.feature played.feature"))
        .replace(&serve, "bgspec serve");
    shown += &place
        .bgspec(&format!("features --adapter \"{serve}\" told.feature"))
        .replace(&serve, "bgspec serve");
    insta::assert_snapshot!(shown);
}

#[test]
fn what_must_be_seen_may_be_one_of_several_answers_and_hold_under_some_terms_alone() {
    let scenario = |must: &str| {
        PLAYED
            .replace("@rule:SUB-27", "")
            .replace(
                "\n    And after 2 seconds, the app submits <kind> for \"sync\"",
                "\n    And the app submits <kind> for \"sync\"",
            )
            .replace("    Then the oracle", &format!("    Then {must}\n    And the oracle"))
    };
    let refused = "it is refused with notPermitted";
    let raises = "it raises \"No launch handler registered\"";
    for (must, passes) in [
        (raises.to_owned(), true),
        (refused.to_owned(), false),
        ("it is refused".to_owned(), false),
        (format!("{refused}, or {raises}"), true),
        (format!("it is accepted, or {refused}"), false),
        (format!("in the field profile, {raises}"), true),
        (format!("in the field profile, {refused}"), false),
        // No round is judged on that version.
        (format!("on iOS 17.0, {refused}"), true),
    ] {
        let place = Place::new("musts", &[("a.feature", &scenario(&must))]);
        let shown = place.bgspec("features a.feature");
        let ends = if passes { "[exit 0]\n" } else { "[exit 1]\n" };
        assert!(shown.ends_with(ends), "{must}\n{shown}");
    }
    let place = Place::new("musts", &[("a.feature", &scenario("it is refused, or it is fine"))]);
    let shown = place.bgspec("features a.feature");
    assert!(
        shown.contains("a.feature:11:31: no such step: found `is fine`"),
        "{shown}"
    );
    let shown = Place::new("musts", &[("a.feature", &scenario(refused))]).bgspec("features a.feature");
    assert!(
        shown.contains("line 11: expected the answer {\"refused\":3}, and it was {\"raised\":"),
        "{shown}"
    );
}

#[test]
fn a_background_tells_its_calls_with_their_answers_which_must_be_seen_where_they_are_played() {
    let feature = r#"Feature: A refresh
  Background:
    Given an iPhone with iOS 18.0
    And the app "com.example.app"
    And it permits "sync"
    And its background modes: "fetch"
    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    And the app finishes launching
    And the app submits a refresh request for "sync", and it is accepted
    And 1 minute later, the app leaves the foreground
    And 8 seconds later, the device is now idle and locked

  @trace
  Scenario: Told
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms

  @run
  Scenario: Played
    When 1 minute passes
    Then nothing is delivered
    And the oracle says that the trace conforms
"#;
    let place = Place::new(
        "background",
        &[
            ("a.feature", feature),
            (
                "b.feature",
                &feature.replace("it is accepted", "it is refused with unavailable"),
            ),
            ("c.feature", &feature.replace("it is accepted", "it is fine")),
        ],
    );
    let shown = place.bgspec("features a.feature");
    assert!(shown.contains("2 passed") && shown.ends_with("[exit 0]\n"), "{shown}");
    let shown = place.bgspec("features --tags @run b.feature");
    assert!(
        shown.contains("line 10: expected the answer {\"refused\":1}"),
        "{shown}"
    );
    let shown = place.bgspec("features --tags @run c.feature");
    assert!(
        shown.contains("c.feature:10:62: no such step: found `is fine`"),
        "{shown}"
    );
}

#[test]
fn weak_scenarios_are_found() {
    // It is told, conforms, and would conform whatever the rules said.
    let weak = "@trace @rule:REG-1\nFeature: A registration\n  Scenario: Weak\n".to_owned()
        + GIVEN
        + r#"    When the person opens the app
    And the app registers a handler for "sync", and it returns true
    Then nothing else happens for 1 minute
    And the oracle says that the trace conforms
"#;
    let strong = weak.replace("Weak", "Strong").replace("A registration", "Another")
        + "    And otherwise the oracle would blame the scheduler under REG-1\n";
    let wrong = strong
        .replace("under REG-1", "under UIX-3")
        .replace("Another", "A third");
    let place = Place::new(
        "weak",
        &[
            ("weak.feature", &weak),
            ("strong.feature", &strong),
            ("wrong.feature", &wrong),
            ("told.feature", &scenario(TOLD)),
            ("played.feature", PLAYED),
        ],
    );
    let mut shown = place.bgspec("features --weak told.feature played.feature strong.feature");
    shown += &place.bgspec("features --weak weak.feature");
    shown += &place.bgspec("features --weak wrong.feature");
    shown += &place.bgspec("features wrong.feature");
    shown += &place.bgspec("features --weak --format json weak.feature strong.feature");
    shown += &place.bgspec("features --weak --tags @rule:SUB-4 .");
    shown += &place.bgspec("features --weak --format junit .");
    shown += &place.bgspec("features --weak --adapter model .");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_breach_of_a_trace_scenario_is_played_with_its_rule_taken_out() {
    let place = Place::new(
        "without",
        &[("told.feature", &scenario(TOLD)), ("played.feature", PLAYED)],
    );
    let mut shown = place.bgspec("features --adapter model --without PEN-1 told.feature played.feature");
    shown += &place.bgspec("features --adapter model --without SUB-2 told.feature played.feature");
    shown += &place.bgspec("features --adapter model --without PEN-1 --format json told.feature");
    shown += &place.bgspec("features --without PEN-1 told.feature");
    shown += &place.bgspec("features --adapter 'sh x' --without PEN-1 told.feature");
    shown += &place.bgspec("features --adapter model --without PEN-40 told.feature");
    // The model without another rule does not do what stands in the text.
    let other = scenario(&TOLD.replace("under PEN-1", "under SUB-9"));
    let place = Place::new("without-other", &[("told.feature", &other)]);
    shown += &place.bgspec("features --adapter model --without SUB-9 told.feature");
    insta::assert_snapshot!(shown);
}

#[test]
fn reports_are_those_of_cucumber_and_junit() {
    let wrong = scenario(&TOLD.replace("blames the scheduler under PEN-1", "says that the trace conforms"));
    let place = Place::new("reports", &[("a.feature", PLAYED), ("b.feature", &wrong)]);
    let mut shown = place.bgspec("features --format json .");
    shown += &place.bgspec("features --format junit .");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_file_that_is_wrong_takes_nothing_from_the_others_and_stands_in_every_report() {
    let wrong = scenario(TOLD).replace("Scenario:", "Scenaro:");
    let place = Place::new("beside", &[("a.feature", PLAYED), ("b.feature", &wrong)]);
    let mut shown = String::new();
    for format in ["human", "json", "junit"] {
        shown += &place.bgspec(&format!("features --format {format} ."));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn each_bad_file_is_told_with_its_place_and_what_was_expected() {
    let cases: &[(&str, String)] = &[
        ("nothing", String::new()),
        ("no scenario", "@trace\nFeature: Nothing\n".to_owned()),
        ("a misspelt scenario", scenario(TOLD).replace("Scenario:", "Scenaro:")),
        ("a misspelt feature", scenario(TOLD).replace("Feature:", "Feture:")),
        ("a misspelt step", scenario(TOLD).replace("    Given", "    Gven")),
        ("no colon", scenario(TOLD).replace("Scenario:", "Scenario")),
        (
            "prose among the steps",
            scenario(&TOLD.replace("    Then", "    nothing is left\n    Then")),
        ),
        (
            "an unknown step",
            scenario(&TOLD.replace("the person opens the app", "the user opens the app")),
        ),
        (
            "an unknown answer",
            scenario(&TOLD.replace("it is accepted", "it is fine")),
        ),
        (
            "a time that is none",
            scenario(&TOLD.replace("1 second later", "1 moment later")),
        ),
        (
            "a date that is none",
            scenario(&TOLD.replace("earliest in 2 hours", "earliest tomorrow")),
        ),
        (
            "the bundle identifier twice",
            scenario(&TOLD.replace("handler for \"sync\"", "handler for \"com.example.app.sync\"")),
        ),
        (
            "a text that is not closed",
            scenario(&TOLD.replace("handler for \"sync\"", "handler for \"sync")),
        ),
        (
            "the wrong keyword",
            scenario(&TOLD.replace("    Then nothing", "    And nothing")),
        ),
        ("an unknown rule", scenario(&TOLD.replace("PEN-1", "PEN-40"))),
        ("no rule", scenario(&TOLD.replace("PEN-1", "PEN"))),
        (
            "an unknown setting",
            scenario(&TOLD.replace("And the oracle", "And with refresh_limt = \"2\", the oracle")),
        ),
        ("no Then", scenario("    When the person opens the app\n")),
        (
            "no verdict",
            scenario("    When the person opens the app\n    Then nothing else happens\n"),
        ),
        (
            "an unanswered call",
            scenario(&TOLD.replace(", and it returns true", "")),
        ),
        ("an answer that is played", scenario(TOLD).replace("@trace", "@run")),
        ("neither trace nor run", scenario(TOLD).replace("@trace\n", "")),
        ("an unknown tag", scenario(TOLD).replace("@trace", "@trace @rul:PEN-1")),
        ("no version", scenario(TOLD).replace("iOS 18.0", "iOS 19.0")),
        (
            "two of one name",
            format!(
                "{}\n{}",
                scenario(TOLD),
                scenario(TOLD).replace("@trace\nFeature: A refresh\n", "")
            ),
        ),
        (
            "a table under no step",
            scenario(TOLD).replace("  Scenario: One\n", "  Scenario: One\n    | a | b |\n"),
        ),
        (
            "a row too long",
            scenario(&TOLD.replace(
                "gets nothing",
                "gets these requests:\n      | identifier | kind |\n      | \"sync\" | refresh | now |",
            )),
        ),
        (
            "a column that is none",
            scenario(&TOLD.replace(
                "gets nothing",
                "gets these requests:\n      | identifier | sort |\n      | \"sync\" | refresh |",
            )),
        ),
        (
            "a request that is none",
            scenario(&TOLD.replace(
                "gets nothing",
                "gets these requests:\n      | identifier | kind |\n      | \"sync\" | fast |",
            )),
        ),
        (
            "a column twice",
            scenario(&TOLD.replace(
                "gets nothing",
                "gets these requests:\n      | identifier | kind | kind |\n      | \"sync\" | refresh | refresh |",
            )),
        ),
        (
            "a time in a table that is none",
            scenario(&TOLD.replace(
                "gets nothing",
                "gets these requests:\n      | identifier | kind | earliest |\n      | \"sync\" | refresh | in a while |",
            )),
        ),
        (
            "a time without a number",
            scenario(&TOLD.replace("the person opens the app", "soon later, the person opens the app")),
        ),
        (
            "a time before zero",
            scenario(&TOLD.replace("the person opens the app", "-2 hours later, the person opens the app")),
        ),
        ("an outline whose name has no column", PLAYED.replace("Outline: ", "Outline: <sort> ")),
        ("an outline without a column", PLAYED.replace("| kind ", "| sort ")),
        (
            "an outline without a row",
            PLAYED.replace("      | a refresh request    |\n      | a processing request |\n", ""),
        ),
        ("another language", format!("# language: de\n{PLAYED}")),
        (
            "a scenario that contradicts itself",
            scenario(&TOLD.replace("    Then nothing", "    And the person opens the app\n    Then nothing")),
        ),
    ];
    let mut shown = String::new();
    let place = Place::new("errors", &[]);
    for (name, text) in cases {
        fs::write(place.directory.join("a.feature"), text).unwrap();
        let _ = writeln!(
            shown,
            "# {name}\n{}",
            place.bgspec("features a.feature").split_once('\n').unwrap().1
        );
    }
    let _ = writeln!(shown, "# no such file\n{}", place.bgspec("features absent.feature"));
    let _ = writeln!(
        shown,
        "# no such tags\n{}",
        place.bgspec("features --tags '@trace and' a.feature")
    );
    let prose = "A page of prose,\nof several lines,\nand no feature.\n";
    fs::write(place.directory.join("prose.md"), prose).unwrap();
    let _ = writeln!(shown, "# no feature file at all\n{}", place.bgspec("features prose.md"));
    insta::assert_snapshot!(shown);
}

#[test]
fn what_cannot_be_converted_is_told_with_its_place() {
    let undelivered = "{\"at\":5000,\"event\":{\"expired\":{\"task\":\"a#1\"}}}\n{\"at\":64400,\"end\"";
    let place = Place::new(
        "unconvertible",
        &[
            ("bad.jsonl", &TRACE.replace("{\"at\":64400,\"end\"", undelivered)),
            ("good.jsonl", TRACE),
        ],
    );
    fs::write(place.directory.join("bytes.jsonl"), b"{\n\xff").unwrap();
    let shown = [
        "bad.jsonl -",
        "bytes.jsonl -",
        "none.jsonl -",
        "good.jsonl no/such/place.feature",
    ]
    .map(|arguments| place.bgspec(&format!("convert {arguments}")));
    insta::assert_snapshot!(shown.concat());
}

const TRACE: &str = r#"{"bgspec":1,"os":"26.1","origin":"from a report","about":"An export that is lost","bundle":"com.example.app","permitted":["com.example.app.export.*"],"modes":["processing"],"initial":"known","device":{"pressure":"calm"}}
{"at":0,"pid":1,"event":{"started":{"by":"person"}}}
{"at":300,"pid":1,"event":{"launch_finished":{}}}
{"at":4340,"pid":1,"event":{"register":{"id":"com.example.app.export.1","answer":true}}}
{"at":4342,"pid":1,"person":true,"event":{"submit":{"id":"com.example.app.export.1","kind":"continued","strategy":"fail","gpu":true,"title":"Export","subtitle":"a | b","answer":{"refused":3}}}}
{"at":4400,"pid":1,"event":{"pending":{"answer":[{"id":"com.other.sync","kind":"refresh","earliest":3604400},{"id":"com.example.app.clean","kind":"processing","network":true,"power":true}]}}}
{"at":64400,"end":"closed"}
"#;

#[test]
fn a_trace_becomes_a_feature_file_and_a_trace_again() {
    let place = Place::new(
        "convert",
        &[("lost.jsonl", TRACE), ("played.feature", PLAYED), ("bad.jsonl", "{}\n")],
    );
    let mut shown = place.bgspec("convert lost.jsonl -");
    shown += &place.bgspec("convert --run lost.jsonl -");
    shown += &place.bgspec("convert lost.jsonl lost.feature");
    shown += &place.bgspec("convert lost.feature again.jsonl");
    shown += &place.bgspec("convert played.feature -");
    shown += &place.bgspec("convert --scenario 'Submitted as a refresh request' played.feature -");
    shown += &place.bgspec("convert bad.jsonl -");
    insta::assert_snapshot!(shown);
    assert_eq!(fs::read_to_string(place.directory.join("again.jsonl")).unwrap(), TRACE);
}

#[test]
fn the_language_is_printed() {
    insta::assert_snapshot!(Place::new("steps", &[]).bgspec("steps"));
}
