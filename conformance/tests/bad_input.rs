//! Every format that is read, with a mistake in it: the file, the line, the column, what was found and what was expected.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A directory of its own for each case, so that no file stands beside another.
fn place(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bad_input").join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    for (file, bytes) in files {
        fs::write(directory.join(file), bytes).unwrap();
    }
    directory
}

/// What the command prints, and how it ends.
fn bgspec(directory: &PathBuf, arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(shlex::split(arguments).unwrap())
        .current_dir(directory)
        .env_remove("COLUMNS")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, errors) = (text(output.stdout), text(output.stderr));
    format!(
        "$ bgspec {arguments}\n{out}{errors}[exit {}]\n",
        output.status.code().unwrap()
    )
}

const HEADER: &str = r#"{"bgspec":1,"os":"26.1","origin":"made up","bundle":"com.example.app","initial":"known"}"#;

const FEATURE: &str = r#"Feature: A feed
  Scenario: Refused
    Given an iPhone with iOS 18.5
    And the app "com.example.app"
    When the person opens the app
    And the app submits a refresh request for "feed", and it is refused with notAllowed
"#;

const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
  <key>BGTaskSchedulerPermittedIdentifiers</key>
  <array><string>com.example.app.feed</string></array>
</dict>
</plist>
"#;

#[test]
fn a_mistake_in_any_format_has_its_file_line_and_column_and_what_was_expected() {
    let line = |line: &str| format!("{HEADER}\n{line}\n");
    let time = line(r#"{"at":"ten seconds","event":{"clock":{}}}"#);
    let code = line(r#"{"at":0,"pid":1,"event":{"submit":{"id":"a","kind":"refresh","answer":{"refused":"no"}}}}"#);
    let late = line("{\"at\":5,\"event\":{\"clock\":{}}}\n{\"at\":4,\"event\":{\"clock\":{}}}");
    let keyword = FEATURE.replace("    When", "    Whenever");
    let cut = LIST.replace("</array>", "");
    let without_value = LIST.replace("<array><string>com.example.app.feed</string></array>", "");
    let list = LIST.as_bytes();
    // What is asked, the files, and the place that the answer names.
    type Case<'a> = (&'a str, Vec<(&'a str, &'a [u8])>, &'a str);
    let cases: Vec<Case<'_>> = vec![
        ("check a.jsonl", vec![("a.jsonl", time.as_bytes())], "a.jsonl:2:7: "),
        ("explain a.jsonl", vec![("a.jsonl", code.as_bytes())], "a.jsonl:2:82: "),
        (
            "convert a.jsonl -",
            vec![("a.jsonl", code.as_bytes())],
            "a.jsonl:2:82: ",
        ),
        ("check a.jsonl", vec![("a.jsonl", late.as_bytes())], "a.jsonl:3:1: "),
        (
            "check a.feature",
            vec![("a.feature", FEATURE.as_bytes())],
            "a.feature:6:78: ",
        ),
        (
            "explain a.feature",
            vec![("a.feature", FEATURE.as_bytes())],
            "a.feature:6:78: ",
        ),
        (
            "convert a.feature -",
            vec![("a.feature", FEATURE.as_bytes())],
            "a.feature:6:78: ",
        ),
        (
            "explain a.feature",
            vec![("a.feature", keyword.as_bytes())],
            "a.feature:5:",
        ),
        (
            "plist Info.plist",
            vec![("Info.plist", cut.as_bytes())],
            "Info.plist:6:",
        ),
        (
            "plist Info.plist --entitlements app.entitlements",
            vec![("Info.plist", list), ("app.entitlements", without_value.as_bytes())],
            "app.entitlements:4:",
        ),
        (
            "plist Info.plist",
            vec![("Info.plist", b"{ a = b; }")],
            "Info.plist:1:1: ",
        ),
        (
            "plist Info.plist",
            vec![("Info.plist", b"bplist00cut short")],
            "Info.plist: ",
        ),
        (
            "plist app.json",
            vec![("app.json", b"{ \"expo\": {\n  \"ios\": { \"infoPlist\": [ }\n} }")],
            "app.json:2:",
        ),
        (
            "plist project.yml",
            vec![("project.yml", b"targets:\n  App:\n\tinfo: {}\n")],
            "project.yml:3:2: ",
        ),
        (
            "plist Info.plist --xcconfig app.xcconfig",
            vec![("Info.plist", list), ("app.xcconfig", b"// ids\nPREFIX com.example\n")],
            "app.xcconfig:2:1: ",
        ),
        ("check none.jsonl", Vec::new(), "none.jsonl: cannot be read: "),
        ("explain none.feature", Vec::new(), "none.feature: cannot be read: "),
        ("plist none.plist", Vec::new(), "none.plist: cannot be read: "),
    ];
    let mut shown = String::new();
    for (number, (arguments, files, place_of)) in cases.iter().enumerate() {
        let directory = place(&number.to_string(), files);
        let said = bgspec(&directory, arguments);
        assert!(said.contains(place_of), "no {place_of}in\n{said}");
        let says_what = said.contains("xpected ") || place_of.contains("cannot be read");
        assert!(says_what && said.ends_with("[exit 2]\n"), "{said}");
        let _ = writeln!(shown, "{said}");
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn the_forms_for_editors_have_the_same_places() {
    let feature = place(
        "editors",
        &[("a.feature", FEATURE.as_bytes()), ("Info.plist", b"{ a = b; }")],
    );
    let shown = bgspec(&feature, "check --format xcode a.feature");
    assert!(
        shown.contains("a.feature:6:78: error: no such step: found `notAllowed`, expected "),
        "{shown}"
    );
    let shown = bgspec(&feature, "check --format github a.feature");
    assert!(shown.contains("::error file=a.feature,line=6,col=78,"), "{shown}");
    let shown = bgspec(&feature, "plist --format xcode Info.plist");
    assert!(shown.contains("Info.plist:1:1: error: "), "{shown}");
}
