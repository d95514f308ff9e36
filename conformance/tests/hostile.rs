//! Texts of a file that act on a terminal, or look like the form that they stand in, in everything that is printed of it.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Clears the screen, turns the line round, breaks it in two ways, and closes a tag, an attribute and a command.
const HOSTILE: &str = "\u{1b}[2J\u{202e}\u{2028}\r\n::error::</b>\"]]>%0A&";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The traces of a folder with a hostile text behind the bundle identifier wherever it stands, and in every title.
fn traces(into: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(into);
    fs::create_dir_all(&folder).unwrap();
    let mut paths: Vec<_> = fs::read_dir(root().join("conformance/traces/field"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    paths.sort();
    let written = paths.iter().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        let header: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        let bundle = header["bundle"].as_str().unwrap();
        let escaped = serde_json::to_string(HOSTILE).unwrap();
        let escaped = escaped.trim_matches('"');
        let hostile = text
            .replace(bundle, &format!("{bundle}{escaped}"))
            .replace("\"title\":\"", &format!("\"title\":\"{escaped}"));
        assert_ne!(hostile, text);
        let path = folder.join(path.file_name().unwrap());
        fs::write(&path, hostile).unwrap();
        path
    });
    written.collect()
}

/// What a command prints, with whatever exit code.
fn printed(arguments: &[&str], files: &[PathBuf]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(arguments)
        .args(files)
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn is_plain(text: &str) {
    let acts = |c: &char| *c != '\n' && c.is_control() || matches!(c, '\u{2028}'..='\u{202e}');
    for line in text.split('\n') {
        let found = line.chars().find(acts);
        assert_eq!(found, None, "{line:?}");
    }
}

#[test]
fn check_and_explain_print_no_character_that_acts() {
    let traces = traces("hostile-people");
    let told = printed(&["check"], &traces);
    let explained: Vec<_> = traces
        .iter()
        .step_by(6)
        .map(|trace| printed(&["explain"], std::slice::from_ref(trace)))
        .collect();
    for text in [told, explained.concat()] {
        assert!(text.contains(r"\u{1b}[2J\u{202e}"), "it is shown, escaped");
        is_plain(&text);
    }
}

/// One line a finding, however many the text would break it into, and none that begins where the text does.
#[test]
fn annotations_stay_on_their_lines() {
    let traces = traces("hostile-forms");
    let lines = |form: &str| {
        let text = printed(&["check", "--format", form], &traces);
        is_plain(&text);
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (github, xcode) = (lines("github"), lines("xcode"));
    assert!(github.len() > 10, "{github:?}");
    assert_eq!(github.len(), xcode.len());
    for line in &github {
        let level = ["::error file=", "::warning file=", "::notice file="].iter();
        assert!(level.clone().any(|level| line.starts_with(level)), "{line}");
    }
    for line in &xcode {
        let levels = [": error: ", ": warning: ", ": note: "].iter();
        assert!(levels.clone().any(|level| line.contains(level)), "{line}");
    }
    let sarif: Value = serde_json::from_str(&printed(&["check", "--format", "sarif"], &traces)).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), github.len());
}

#[test]
fn the_study_of_a_list_prints_no_character_that_acts() {
    // XML has no escape for what XML cannot hold: an Expo file says the same in JSON.
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile-list");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("app.json");
    let list = serde_json::json!({"expo": {"name": HOSTILE, "ios": {
        "bundleIdentifier": format!("com.example.app{HOSTILE}"),
        "infoPlist": {
            "BGTaskSchedulerPermittedIdentifiers": [format!("com.example.app{HOSTILE}.sync"), HOSTILE],
            "UIBackgroundModes": ["fetch", HOSTILE],
        },
    }}});
    fs::write(&file, list.to_string()).unwrap();
    for arguments in [
        &["plist"][..],
        &["plist", "--all"],
        &["plist", "--format", "xcode"],
        &["plist", "--format", "github"],
    ] {
        let text = printed(arguments, std::slice::from_ref(&file));
        assert!(text.contains(r"\u{1b}[2J"), "{arguments:?}: {text}");
        is_plain(&text);
    }
}
