//! A large file: ours judges what it reads, the others read it.

use std::path::PathBuf;

use bgspec_benches::sequential;
use bgspec_conformance::trace::Reader;
use bgspec_model::oracle::{Oracle, Terms};

use crate::explore::ours;
use crate::machine::Since;
use crate::table::{Section, Tool};
use crate::{Figure, Measured, Quick, machine, outside};

pub fn section() -> Section {
    Section {
        name: "read",
        question: "A trace of a million events, one JSON object a line, from the disk's cache. Ours reads and judges it; the others read each line and \
                   throw it away. One core each. The time counts from before the file is opened; starting the program of a peer is in it.",
        unit: "lines a second",
        more: true,
        reach: Some((2.0, &["orjson"])),
        tools: vec![
            Tool {
                name: "bgspec",
                version: ours,
                measure: judged,
            },
            Tool {
                name: "bgspec-reading-alone",
                version: ours,
                measure: read,
            },
            Tool {
                name: "serde_json",
                version: || machine::locked("serde_json"),
                measure: serde,
            },
            Tool {
                name: "orjson",
                version: || pinned("orjson"),
                measure: |quick| python(quick, "orjson"),
            },
            Tool {
                name: "python-json",
                version: || machine::said("python3", &["--version"]),
                measure: |quick| python(quick, "json"),
            },
            Tool {
                name: "jq",
                version: || machine::said("jq", &["--version"]),
                measure: jq,
            },
        ],
    }
}

/// The version of a package of Python.
pub fn pinned(package: &str) -> String {
    let list = include_str!("../peers/requirements.txt");
    let version = |line: &str| line.strip_prefix(package)?.strip_prefix("==").map(str::to_owned);
    list.lines().find_map(version).unwrap_or_default()
}

/// The file, and how many lines it has.
fn file(quick: Quick) -> Result<(PathBuf, usize), Box<dyn std::error::Error>> {
    let events = quick.or(10_000, 1_000_000);
    let path = outside::folder("read")?.join(format!("{events}.jsonl"));
    if !path.exists() {
        std::fs::write(&path, sequential(events, true).file())?;
    }
    let lines = std::fs::read(&path)?.iter().filter(|byte| **byte == b'\n').count();
    Ok((path, lines))
}

fn timed(lines: usize, since: Since, note: &str) -> Measured {
    let value = lines as f64 / since.seconds();
    Ok(Figure {
        value,
        note: format!("{lines} lines{note}, peak {}", machine::peak()),
    })
}

fn judged(quick: Quick) -> Measured {
    let (path, lines) = file(quick)?;
    let since = Since::now();
    let file = std::fs::read(&path)?;
    let mut reader = Reader::new(file.as_slice(), "bench.jsonl")?;
    let mut oracle = Oracle::new(reader.header(), &Terms::default())?;
    for record in reader.by_ref() {
        oracle.step(&record?)?;
    }
    let report = oracle.finish();
    if !report.findings.is_empty() || report.events == 0 {
        return Err(format!("{:?}: the trace should conform", report.verdict).into());
    }
    timed(lines, since, ", each judged")
}

fn read(quick: Quick) -> Measured {
    let (path, lines) = file(quick)?;
    let since = Since::now();
    let file = std::fs::read(&path)?;
    let mut records = 0;
    for record in Reader::new(file.as_slice(), "bench.jsonl")?.by_ref() {
        record?;
        records += 1;
    }
    if records + 1 < lines {
        return Err(format!("{records} records of {lines} lines").into());
    }
    timed(lines, since, ", not judged")
}

fn serde(quick: Quick) -> Measured {
    let (path, lines) = file(quick)?;
    let since = Since::now();
    let text = std::fs::read_to_string(&path)?;
    for line in text.lines() {
        serde_json::from_str::<serde_json::Value>(line)?;
    }
    timed(lines, since, ", into values of any form")
}

fn python(quick: Quick, module: &str) -> Measured {
    let python = outside::python()?;
    let (path, lines) = file(quick)?;
    let since = Since::now();
    let said = outside::output(
        &outside::folder("read")?,
        &python,
        &[&outside::script("read.py"), module, &path.display().to_string()],
    )?;
    if said.trim() != lines.to_string() {
        return Err(format!("it read {} of {lines} lines", said.trim()).into());
    }
    timed(lines, since, "")
}

fn jq(quick: Quick) -> Measured {
    outside::apt("jq", "jq")?;
    let (path, lines) = file(quick)?;
    let since = Since::now();
    outside::output(&outside::folder("read")?, "jq", &["empty", &path.display().to_string()])?;
    timed(lines, since, "")
}
