//! Histories of etcd, a key-value store, as Jepsen recorded them: what the crate todc-utils ships to test its own checker.
//!
//! Five clients read, write, and compare
//! and swap one register; some calls were never answered. Of log 95, during which etcd did not start, it has no verdict.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use bgspec_model::engine::Specification;
use bgspec_model::engine::plain::Line;

/// One register with a number, or none yet.
#[derive(Debug, Clone, Copy)]
pub struct Register;

/// A call, with what it answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// A read that answered this.
    Read(Option<u32>),
    /// A write.
    Write(u32),
    /// The first number was replaced by the second, if it was there.
    Swap(u32, u32),
    /// This number was not there.
    Not(u32),
}

impl Specification for Register {
    type State = Option<u32>;
    type Event = Call;

    fn follow(&self, value: &Option<u32>, call: &Call, mut each: impl FnMut(Option<u32>)) {
        match *call {
            Call::Write(new) => each(Some(new)),
            Call::Swap(old, new) if *value == Some(old) => each(Some(new)),
            Call::Read(answer) if *value == answer => each(*value),
            Call::Not(number) if *value != Some(number) => each(*value),
            Call::Swap(..) | Call::Read(_) | Call::Not(_) => {}
        }
    }
}

/// A log with the verdict that it has.
#[derive(Debug, Clone)]
pub struct Log {
    /// Where it stands.
    pub file: PathBuf,
    /// What todc-utils' own tests expect of it.
    pub linearizable: bool,
}

/// Every log that has a verdict.
///
/// # Errors
/// The package is not where cargo has packages, or is another than is expected.
pub fn logs() -> Result<Vec<Log>, String> {
    let folder = package()?.join("tests/linearizability");
    let table = folder.join("etcd.rs");
    let table = std::fs::read_to_string(&table).map_err(|error| format!("{}: {error}", table.display()))?;
    let rows = table.lines().filter_map(|line| {
        let row = line.trim().strip_prefix("test_")?.strip_suffix("),")?;
        let (number, verdict) = row.split_once(": (\"")?.1.split_once("\", ")?;
        Some((number, verdict.parse().ok()?))
    });
    let log = |(number, linearizable): (&str, bool)| Log {
        file: folder.join(format!("etcd/etcd_{number}.log")),
        linearizable,
    };
    Ok(rows.map(log).collect())
}

/// Where cargo has the package of todc-utils.
fn package() -> Result<PathBuf, String> {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let asked = Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--manifest-path",
            manifest,
        ])
        .output()
        .map_err(|error| format!("{cargo} metadata: {error}"))?;
    let failed = || format!("{cargo} metadata: {}", String::from_utf8_lossy(&asked.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&asked.stdout).map_err(|_| failed())?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let found = packages.find(|package| package["name"] == "todc-utils");
    let manifest = found.and_then(|package| package["manifest_path"].as_str());
    let folder = manifest.and_then(|manifest| Path::new(manifest).parent());
    folder.map(Path::to_owned).ok_or_else(failed)
}

impl Log {
    /// The history. A call that was never answered begins and does not end; one that failed and tells nothing is left out.
    ///
    /// # Errors
    /// The log cannot be read.
    pub fn history(&self) -> Result<Vec<Line<Call>>, String> {
        let text = std::fs::read_to_string(&self.file).map_err(|error| format!("{}: {error}", self.file.display()))?;
        let mut lines: Vec<Option<Line<Call>>> = Vec::new();
        // By client, where its call begins.
        let mut open = BTreeMap::new();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let ["INFO", "jepsen.util", "-", client, status, what, values @ ..] = words.as_slice() else {
                continue;
            };
            let Some(numbers) = (*client != ":nemesis").then(|| numbers(values)) else {
                continue;
            };
            let number = lines.len() as u32;
            if *status == ":invoke" {
                open.insert(*client, lines.len());
                lines.push(call(what, status, &numbers).map(|call| Line::Begin(number, call)));
                continue;
            }
            let Some(begin) = open.remove(client) else { continue };
            if *status == ":info" {
                continue;
            }
            // What it did is known by its answer only.
            let call = call(what, status, &numbers);
            lines.push(call.map(|_| Line::End(begin as u32)));
            lines[begin] = call.map(|call| Line::Begin(begin as u32, call));
        }
        Ok(lines.into_iter().flatten().collect())
    }
}

/// The numbers of `4`, of `[3 0]`, and of `nil`.
fn numbers(values: &[&str]) -> Vec<u32> {
    let bare = values.iter().map(|value| value.trim_matches(['[', ']']));
    bare.filter_map(|value| value.parse().ok()).collect()
}

/// What a call did, by its answer or, where it has none, by what was asked. None: it tells nothing.
fn call(what: &str, status: &str, numbers: &[u32]) -> Option<Call> {
    match (what, status, numbers) {
        (":read", ":ok", numbers) => Some(Call::Read(numbers.first().copied())),
        (":write", ":ok" | ":invoke", [value]) => Some(Call::Write(*value)),
        (":cas", ":ok" | ":invoke", [old, new]) => Some(Call::Swap(*old, *new)),
        (":cas", ":fail", [old, _]) => Some(Call::Not(*old)),
        _ => None,
    }
}
