//! `bgspec plist` on the files that people have: of each shape what is right, predicted from the rules, and no more.
//!
//! The files and what is right stand in `data/apps`.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    app: Vec<App>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct App {
    file: String,
    #[serde(default)]
    args: Vec<String>,
    exit: i32,
    bundle: Option<String>,
    findings: Option<Vec<String>>,
    can: Option<BTreeMap<String, String>>,
    #[serde(default)]
    tells: Vec<String>,
    #[serde(default)]
    never_tells: Vec<String>,
    at_most_lines: Option<usize>,
    columns: Option<usize>,
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/apps")
}

fn expected() -> Vec<App> {
    let text = fs::read_to_string(data().join("expected.toml")).unwrap();
    toml::from_str::<Expected>(&text).unwrap().app
}

/// What the command prints, errors behind it, and how it ends.
fn run(app: &App, more: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bgspec"));
    command
        .arg("plist")
        .arg(&app.file)
        .args(&app.args)
        .args(more)
        .current_dir(data());
    match app.columns {
        Some(columns) => command.env("COLUMNS", columns.to_string()),
        None => command.env_remove("COLUMNS"),
    };
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// White space and capitals apart.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn differs(app: &App) -> Vec<String> {
    let mut wrong = Vec::new();
    let (out, errors, exit) = run(app, &[]);
    if exit != app.exit {
        wrong.push(format!("exit {exit}, not {}", app.exit));
    }
    let told = folded(&(out.clone() + &errors));
    let tells = |phrase: &String| phrase.split('|').any(|one| told.contains(&folded(one)));
    wrong.extend(
        app.tells
            .iter()
            .filter(|phrase| !tells(phrase))
            .map(|phrase| format!("does not tell: {phrase}")),
    );
    wrong.extend(
        app.never_tells
            .iter()
            .filter(|phrase| tells(phrase))
            .map(|phrase| format!("tells: {phrase}")),
    );
    if app.at_most_lines.is_some_and(|most| out.lines().count() > most) {
        wrong.push(format!("{} lines", out.lines().count()));
    }
    if let Some(columns) = app.columns {
        let long = out.lines().filter(|line| line.chars().count() > columns);
        wrong.extend(long.map(|line| format!("over {columns} columns: {line}")));
    }
    let (json, _, _) = run(app, &["--format", "json"]);
    if app.exit == 2 && json.is_empty() {
        return wrong;
    }
    let json: Value = serde_json::from_str(&json).unwrap();
    let files = json["files"].as_array().unwrap();
    if let Some(bundle) = &app.bundle {
        let found = files[0]["bundle"].as_str().unwrap_or_default();
        if found != bundle {
            wrong.push(format!("the bundle is {found:?}, not {bundle:?}"));
        }
    }
    if let Some(findings) = &app.findings {
        let found: Vec<String> = files
            .iter()
            .flat_map(|file| file["findings"].as_array().unwrap())
            .map(finding)
            .collect();
        if found != *findings {
            wrong.push(format!("findings {found:?}, not {findings:?}"));
        }
    }
    if let Some(can) = &app.can {
        let identifiers = files[0]["identifiers"].as_array().unwrap();
        let found: BTreeMap<String, String> = identifiers
            .iter()
            .map(|one| (one["entry"].as_str().unwrap().to_owned(), kinds(one)))
            .collect();
        if found != *can {
            wrong.push(format!("can be submitted: {found:?}, not {can:?}"));
        }
    }
    wrong
}

fn finding(finding: &Value) -> String {
    let word = |key: &str| finding[key].as_str().unwrap().to_owned();
    format!(
        "{} {} {}",
        word("weight"),
        word("name"),
        finding["line"].as_u64().unwrap_or(0)
    )
}

/// As what an identifier can be submitted in the newest version.
fn kinds(identifier: &Value) -> String {
    let mut kinds = Vec::new();
    for call in identifier["calls"].as_array().unwrap() {
        let Some(kind @ ("refresh" | "processing" | "continued")) = call["kind"].as_str() else {
            continue;
        };
        let newest = call["versions"].as_array().unwrap().last();
        if call["gpu"].as_bool() == Some(true) || newest.is_none() {
            continue;
        }
        match newest.unwrap()["verdict"].as_str().unwrap() {
            "works" => kinds.push(kind.to_owned()),
            "open" => kinds.push(format!("{kind}?")),
            "hangs_on_mode" => kinds.push(format!("{kind}!")),
            "hangs_on_bundle" => kinds.push(format!("{kind}~")),
            _ => {}
        }
    }
    kinds.join(" ")
}

#[test]
fn of_each_shape_what_is_right_is_said_and_nothing_else() {
    let mut failed = Vec::new();
    for app in expected() {
        let wrong = differs(&app);
        if !wrong.is_empty() {
            failed.push(format!(
                "{} {}\n    {}",
                app.file,
                app.args.join(" "),
                wrong.join("\n    ")
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_file_of_the_folder_is_asked_about() {
    let expected = expected();
    let named: BTreeSet<_> = expected
        .iter()
        .flat_map(|app| [&app.file].into_iter().chain(&app.args))
        .cloned()
        .collect();
    let included = ["Base.xcconfig", "expected.toml"];
    let mut shapes = 0;
    for entry in fs::read_dir(data()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            named.contains(&name) || included.contains(&name.as_str()),
            "{name} is asked about by no entry"
        );
        shapes += usize::from(!name.ends_with("xcconfig"));
    }
    assert!(shapes > 30, "{shapes} shapes");
}
