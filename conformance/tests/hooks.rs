//! The hooks for pre-commit and the action: what their files say is run as those would run it, with a Cargo that stands
//! for the build.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use bgspec_conformance::info_plist::files;
use bgspec_conformance::info_plist::tree::{Node, Value};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A directory of its own with files of apps in it, and a Cargo beside them that runs what is built already.
fn place(name: &str) -> PathBuf {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hooks").join(name);
    fs::create_dir_all(place.join("App")).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/apps");
    fs::copy(data.join("modes-that-do-not-exist.plist"), place.join("App/Info.plist")).unwrap();
    fs::copy(data.join("bare-react-native.json"), place.join("app.json")).unwrap();
    let cargo = place.join("cargo");
    let bgspec = env!("CARGO_BIN_EXE_bgspec");
    let script = format!(
        "#!/usr/bin/env bash\nmanifest=\nwhile [ \"$1\" != -- ]; do\n  \
         if [ \"$1\" = --manifest-path ]; then manifest=$2; fi\n  shift\ndone\nshift\n\
         [ -f \"$manifest\" ] || exit 99\nexec '{bgspec}' \"$@\"\n"
    );
    fs::write(&cargo, script).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    place
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The hooks: a list at the top, read below a key.
fn hooks() -> Vec<Node> {
    let text = fs::read_to_string(top().join(".pre-commit-hooks.yaml")).unwrap();
    let file = place("list").join("hooks.yml");
    fs::write(&file, format!("hooks:\n{text}")).unwrap();
    let (_, node) = files::read(&file.to_string_lossy()).unwrap();
    node.get("hooks").unwrap().list().to_vec()
}

fn word<'a>(node: &'a Node, key: &str) -> &'a str {
    node.get(key).and_then(Node::text).unwrap_or_else(|| panic!("no {key}"))
}

/// Whether pre-commit would hand a file to a hook.
fn takes(hook: &Node, name: &str) -> bool {
    let pattern = word(hook, "files");
    let status = Command::new("bash")
        .args(["-c", "[[ $1 =~ $2 ]]", "bash", name, pattern])
        .status();
    status.unwrap().success()
}

fn hooked(hook: &Node, place: &Path, names: &[&str]) -> Output {
    let args = hook.get("args").unwrap().list().iter().map(|arg| arg.text().unwrap());
    Command::new(top().join(word(hook, "entry")))
        .args(args)
        .args(names)
        .current_dir(place)
        .env("CARGO", place.join("cargo"))
        .output()
        .unwrap()
}

#[test]
fn the_hook_takes_the_files_of_apps_and_judges_them() {
    let hooks = hooks();
    let hook = hooks.iter().find(|hook| word(hook, "id") == "bgspec-plist").unwrap();
    assert_eq!(word(hook, "language"), "script");
    for name in [
        "Info.plist",
        "ios/Runner/Info.plist",
        "App/App-Info.plist",
        "app.json",
        "app.config.json",
        "project.yml",
    ] {
        assert!(takes(hook, name), "{name}");
    }
    for name in [
        "Info.plist.in",
        "my-app.json",
        "InfoPlist.strings",
        "docs/project.md",
        "package.json",
    ] {
        assert!(!takes(hook, name), "{name}");
    }
    let place = place("hook");
    let output = hooked(hook, &place, &["App/Info.plist", "app.json"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("`fetch` is meant"), "{}", said(&output));
    // What says nothing of background tasks stops nobody.
    let output = hooked(hook, &place, &["app.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn the_hook_for_traces_judges_them() {
    let hooks = hooks();
    let hook = hooks.iter().find(|hook| word(hook, "id") == "bgspec-check").unwrap();
    assert!(takes(hook, "traces/field.bgspec.jsonl") && !takes(hook, "data.jsonl"));
    let trace = top().join("conformance/traces/field/S04-expo-submit-before-register.jsonl");
    let output = hooked(hook, &place("check"), &[&trace.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("SUB-27"), "{}", said(&output));
}

/// Runs the step of action.yml with these inputs, the others by their defaults.
fn action(place: &Path, inputs: &[(&str, &str)]) -> Output {
    let (_, action) = files::read(&top().join("action.yml").to_string_lossy()).unwrap();
    let value = |input: &str| {
        let told = inputs
            .iter()
            .find(|(name, _)| *name == input)
            .map(|(_, value)| (*value).to_owned());
        told.unwrap_or_else(|| word(action.at(&["inputs", input]).unwrap(), "default").to_owned())
    };
    assert_eq!(word(action.get("runs").unwrap(), "using"), "composite");
    let [step] = action.at(&["runs", "steps"]).unwrap().list() else {
        panic!("one step is run");
    };
    assert_eq!(word(step, "shell"), "bash");
    // An input that stood in the command itself would be run.
    assert!(!word(step, "run").contains("${{"), "{}", word(step, "run"));
    let output = place.join("output");
    fs::write(&output, "").unwrap();
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", word(step, "run")]);
    command.current_dir(place).env("CARGO", place.join("cargo"));
    command.env("GITHUB_ACTION_PATH", top()).env("GITHUB_OUTPUT", &output);
    for pair in step.get("env").unwrap().pairs() {
        let Value::Text(expression) = &pair.node.value else {
            panic!("{} is no text", pair.key);
        };
        let input = expression
            .strip_prefix("${{ inputs.")
            .unwrap()
            .strip_suffix(" }}")
            .unwrap();
        command.env(&pair.key, value(input));
    }
    command.output().unwrap()
}

#[test]
fn the_action_annotates_the_lines_and_tells_its_exit_code() {
    let place = place("action");
    let output = action(&place, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("::error file=./App/Info.plist,line=12,"),
        "{}",
        said(&output)
    );
    assert_eq!(fs::read_to_string(place.join("output")).unwrap(), "exit=1\n");
}

#[test]
fn the_action_writes_a_file_for_code_scanning() {
    let place = place("scanning");
    let output = action(
        &place,
        &[
            ("format", "sarif"),
            ("output", "bgspec.sarif"),
            ("paths", "App/Info.plist\n"),
            ("arguments", "--os=26.1\n"),
        ],
    );
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let log: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(place.join("bgspec.sarif")).unwrap()).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "CFG-2");
}

#[test]
fn nothing_of_what_the_action_is_given_is_run() {
    let place = place("safe");
    let output = action(&place, &[("paths", "$(touch pwned); touch pwned\n`touch pwned`")]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(!place.join("pwned").exists());
}
