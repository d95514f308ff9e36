//! The forms for other tools, of `plist` and of `check`: each read back by its own rules.
//!
//! SARIF by the types that are generated from its schema; GitHub's commands and Xcode's lines by readers of their
//! documented form, which stand below.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use serde_sarif::sarif::Sarif;

/// Something at a place, as a reader of a form gets it.
#[derive(Debug, PartialEq, Eq, Clone)]
struct Read {
    level: String,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    sort: String,
    text: String,
}

const PLIST: [&str; 6] = [
    "modes-that-do-not-exist.plist",
    "flutter-runner.plist",
    "an-entry-twice.plist",
    "cut-short.plist",
    "old-fetch.plist",
    "strange, name: 100%.plist",
];

/// The example files, and one with a name that has to be escaped.
fn folder() -> PathBuf {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/apps");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("annotations");
    fs::create_dir_all(&folder).unwrap();
    for name in &PLIST[..5] {
        fs::copy(data.join(name), folder.join(name)).unwrap();
    }
    fs::copy(data.join("an-entry-twice.plist"), folder.join(PLIST[5])).unwrap();
    folder
}

fn run(folder: &Path, command: &str, files: &[String], form: &str) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .arg(command)
        .args(["--format", form])
        .args(files)
        .current_dir(folder)
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

/// The commands that are asked for annotations: `plist` on files of every sort, `check` on traces with findings, with
/// advice, cut short and unreadable.
fn asked() -> [(PathBuf, &'static str, Vec<String>); 2] {
    let traces = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces");
    let folder = folder();
    fs::write(folder.join("broken.jsonl"), "{\"bgspec\":1}\n").unwrap();
    fs::write(folder.join("empty.jsonl"), "").unwrap();
    let mut files: Vec<String> = fs::read_dir(traces.join("field"))
        .unwrap()
        .map(|entry| entry.unwrap().path().to_string_lossy().into_owned())
        .collect();
    files.sort();
    // What does not count is a warning.
    files.extend(["broken.jsonl", "empty.jsonl", "--blame", "scheduler"].map(str::to_owned));
    [
        (folder.clone(), "plist", PLIST.map(str::to_owned).to_vec()),
        (folder, "check", files),
    ]
}

#[test]
fn every_form_says_the_same_at_the_same_places() {
    for (folder, command, files) in asked() {
        let read = |form: &str| {
            let (text, exit) = run(&folder, command, &files, form);
            let read = match form {
                "xcode" => text.lines().map(|line| xcode(line, &folder)).collect::<Vec<_>>(),
                "github" => text.lines().map(github).collect(),
                _ => sarif(&text),
            };
            (read, exit)
        };
        let (by_github, exit) = read("github");
        assert_eq!(exit, 2, "{command}");
        assert!(by_github.len() > 5, "{command}: {by_github:#?}");
        for level in ["error", "warning", "note"] {
            assert!(
                by_github.iter().any(|read| read.level == level),
                "{command}: no {level}"
            );
        }
        let (by_sarif, exit) = read("sarif");
        assert_eq!(exit, 2, "{command}");
        assert_eq!(by_sarif, by_github, "{command}");
        let (by_xcode, exit) = read("xcode");
        assert_eq!(exit, 2, "{command}");
        // Xcode needs a line and a column.
        let placed = by_github.into_iter().map(|read| Read {
            line: read.line.or(Some(1)),
            column: read.column.or(Some(1)),
            ..read
        });
        assert_eq!(by_xcode, placed.collect::<Vec<_>>(), "{command}");
    }
}

#[test]
fn a_finding_is_at_its_line_in_every_form() {
    let folder = folder();
    let files = ["modes-that-do-not-exist.plist".to_owned()];
    let (text, exit) = run(&folder, "plist", &files, "xcode");
    assert_eq!(exit, 1);
    let path = folder.join(&files[0]);
    assert!(
        text.starts_with(&format!(
            "{}:12:9: error: `background-fetch` is no background mode",
            path.display()
        )),
        "{text}"
    );
    let (text, _) = run(&folder, "plist", &files, "github");
    assert!(
        text.starts_with("::error file=modes-that-do-not-exist.plist,line=12,col=9,title=bgspec CFG-2::"),
        "{text}"
    );
    let trace = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces/field/S04-expo-submit-before-register.jsonl");
    let (text, exit) = run(&folder, "check", &[trace.to_string_lossy().into_owned()], "github");
    assert_eq!(exit, 1);
    assert!(
        text.contains(",line=3,col=1,title=bgspec SUB-27::the app breaks SUB-27"),
        "{text}"
    );
}

#[test]
fn where_nothing_is_found_nothing_is_annotated() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/apps");
    let files = ["identifier-by-the-bundle-variable.plist".to_owned()];
    assert_eq!(run(&folder, "plist", &files, "github"), (String::new(), 0));
    assert_eq!(run(&folder, "plist", &files, "xcode"), (String::new(), 0));
    assert_eq!(sarif(&run(&folder, "plist", &files, "sarif").0), []);
}

/// `FILE:LINE:COLUMN: LEVEL: TEXT [SORT]`.
fn xcode(line: &str, folder: &Path) -> Read {
    let level = ["error", "warning", "note"]
        .into_iter()
        .find_map(|level| Some((level, line.find(&format!(": {level}: "))?)))
        .unwrap_or_else(|| panic!("no level in {line}"));
    let (place, rest) = line.split_at(level.1);
    let text = rest[level.0.len() + 4..].to_owned();
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next().unwrap().parse().unwrap();
    let line = parts.next().unwrap().parse().unwrap();
    let file = parts.next().unwrap();
    assert!(Path::new(file).is_absolute(), "Xcode opens absolute paths: {file}");
    let beside = Path::new(file).strip_prefix(folder).unwrap_or(Path::new(file));
    let (text, sort) = text.strip_suffix(']').unwrap().rsplit_once(" [").unwrap();
    Read {
        level: level.0.to_owned(),
        file: beside.to_string_lossy().into_owned(),
        line: Some(line),
        column: Some(column),
        sort: sort.to_owned(),
        text: text.to_owned(),
    }
}

/// A workflow command, read as the runner reads it: what is escaped is put back, in properties more than in the text.
fn github(line: &str) -> Read {
    let rest = line.strip_prefix("::").unwrap();
    let (head, data) = rest.split_once("::").unwrap();
    let (command, properties) = head.split_once(' ').unwrap();
    let unescaped = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |name: &str| {
        let mut all = properties.split(',').map(|one| one.split_once('=').unwrap());
        let value = all.find(|(key, _)| *key == name)?.1;
        Some(unescaped(&value.replace("%3A", ":").replace("%2C", ",")))
    };
    Read {
        level: match command {
            "notice" => "note",
            "warning" | "error" => command,
            other => panic!("no such command: {other}"),
        }
        .to_owned(),
        file: property("file").unwrap(),
        line: property("line").map(|line| line.parse().unwrap()),
        column: property("col").map(|column| column.parse().unwrap()),
        sort: property("title").unwrap().strip_prefix("bgspec ").unwrap().to_owned(),
        text: unescaped(data),
    }
}

/// SARIF, read by the types of its schema: what they do not know would be missing when they are written again.
fn sarif(text: &str) -> Vec<Read> {
    let written: Value = serde_json::from_str(text).unwrap();
    let log: Sarif = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_value(&log).unwrap(), written);
    assert_eq!(written["version"], "2.1.0");
    let run = &written["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let read = results.iter().map(|result| {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(!rule["shortDescription"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let number = |key: &str| {
            place["region"][key]
                .as_u64()
                .map(|number| usize::try_from(number).unwrap())
        };
        Read {
            level: result["level"].as_str().unwrap().to_owned(),
            file: path(place["artifactLocation"]["uri"].as_str().unwrap()),
            line: number("startLine"),
            column: number("startColumn"),
            sort: result["ruleId"].as_str().unwrap().to_owned(),
            text: result["message"]["text"].as_str().unwrap().to_owned(),
        }
    });
    read.collect()
}

/// The path that a URI reference names.
fn path(uri: &str) -> String {
    let uri = uri.strip_prefix("file://").unwrap_or(uri);
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            assert!(!b" ,:<>\"".contains(&byte), "{uri} is no URI reference");
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}
