//! What the README shows is what the commands print.
//!
//! Every block that begins with `$ bgspec` is run from the top of the repository and compared, and one that begins with
//! `$ cat` shows a file. A pipe to `head -n` is understood here, so that no shell is needed. With `BGSPEC_README=write` the blocks are written anew.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const OPEN: &str = "```console\n$ ";
const CLOSE: &str = "```\n";

#[test]
fn what_the_readme_shows_is_what_the_commands_print() {
    let file = top().join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let mut fresh = String::new();
    let mut rest = readme.as_str();
    let mut blocks = 0;
    while let Some(start) = rest.find(OPEN) {
        let (before, block) = rest.split_at(start + OPEN.len());
        let (command, behind) = block.split_once('\n').unwrap();
        let end = behind.find(CLOSE).unwrap();
        fresh.push_str(before);
        fresh.push_str(command);
        fresh.push('\n');
        match printed(command) {
            Some(text) => fresh.push_str(&text),
            None => fresh.push_str(&behind[..end]),
        }
        rest = &behind[end..];
        blocks += 1;
    }
    fresh.push_str(rest);
    assert!(blocks > 3, "the README shows {blocks} commands");
    let story = fresh
        .split("$ cat ")
        .nth(1)
        .and_then(|rest| rest.split_once('\n'))
        .unwrap()
        .1;
    let story = story.split(CLOSE).next().unwrap();
    assert_eq!(story.lines().count(), 9, "a story is told in nine lines");
    if env::var_os("BGSPEC_README").is_some_and(|value| value == "write") {
        fs::write(&file, &fresh).unwrap();
    }
    let differs = readme.lines().zip(fresh.lines()).find(|(old, new)| old != new);
    assert!(
        readme == fresh,
        "README.md is out of date, first at {differs:#?}; BGSPEC_README=write cargo test --test readme"
    );
}

#[test]
fn what_the_readme_links_to_is_there() {
    let readme = fs::read_to_string(top().join("README.md")).unwrap();
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let local: Vec<_> = links.filter(|link| !link.contains("://")).collect();
    assert!(local.len() > 5, "{local:?}");
    for link in local {
        let path = link.split('#').next().unwrap();
        assert!(
            top().join(path).exists(),
            "README.md links to {path}, which is not there"
        );
    }
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What a command prints, with what differs from run to run taken out. None: it needs a Python, and there is none.
fn printed(command: &str) -> Option<String> {
    let (command, lines) = match command.split_once(" | head -n ") {
        Some((command, lines)) => (command, lines.parse().unwrap()),
        None => (command, usize::MAX),
    };
    if command.contains("python3") && !has_python() {
        return None;
    }
    let command = match command.split_once(' ').unwrap() {
        ("bgspec", arguments) => arguments,
        ("cat", file) => return Some(fs::read_to_string(top().join(file)).unwrap()),
        _ => panic!("$ {command}: expected bgspec or cat"),
    };
    let run = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(shlex::split(command).unwrap())
        .current_dir(top())
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(!text.is_empty(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
    let lines = text.lines().take(lines).map(|line| format!("{}\n", steady(line)));
    Some(lines.collect())
}

/// A line without the time that the run took.
fn steady(line: &str) -> String {
    match line.split_once(", played in ") {
        Some((before, after)) => {
            let after = after.split_once(';').map_or("", |(_, after)| after);
            format!("{before};{after}")
        }
        None => line.trim_end().to_owned(),
    }
}

fn has_python() -> bool {
    let version = Command::new("python3").arg("--version").stdout(Stdio::null()).status();
    let found = version.is_ok_and(|status| status.success());
    assert!(
        found || env::var_os("BGSPEC_REQUIRE_ALL").is_none(),
        "python3 not found, and everything is required"
    );
    found
}
