//! The traces in `traces/` and the verdicts that `traces/*.toml` expect of them.
//!
//! A row names a trace, a profile and, where they matter, a version and pinned settings. The corpus and the manifests
//! must cover each other, every line must be written as the vocabulary writes it, and the oracle must say exactly what
//! the rows say. A failing test prints every difference, not the first one.

#![expect(clippy::unwrap_used, reason = "a corpus that cannot be read fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bgspec_conformance::corpus::{self, MANIFESTS, Manifest, Row};
use bgspec_model::oracle::{Foresight, Malformed, Oracle, Terms};
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::{Force, Id, Party};
use bgspec_model::rules;
use bgspec_model::vocabulary::{Header, Record, Version};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("traces")
}

/// Every manifest with its file name.
fn manifests() -> Vec<(String, Manifest)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let manifest = corpus::read(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            found.push((name, manifest));
        }
    }
    assert!(!found.is_empty(), "no manifest in {}", corpus().display());
    found
}

/// Every trace file, by its path from the corpus.
fn traces() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in fs::read_dir(corpus()).unwrap() {
        let folder = folder.unwrap().path();
        if folder.is_dir() {
            for file in fs::read_dir(&folder).unwrap() {
                let file = file.unwrap().path();
                let name = file
                    .strip_prefix(corpus())
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.insert(name);
            }
        }
    }
    found
}

/// Fails with every complaint, one a line.
fn no_complaints(complaints: &[String]) {
    assert!(
        complaints.is_empty(),
        "{} complaints:\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}

/// Reads one line and says where it is not written as the vocabulary would write it.
fn read_line<T: DeserializeOwned + Serialize>(
    name: &str,
    number: usize,
    line: &str,
    complaints: &mut Vec<String>,
) -> Option<T> {
    match serde_json::from_str::<T>(line) {
        Ok(read) => {
            let written = serde_json::to_string(&read).unwrap();
            if written != line {
                complaints.push(format!(
                    "{name}:{number}: found    {line}\n{name}:{number}: expected {written}"
                ));
            }
            Some(read)
        }
        Err(error) => {
            complaints.push(format!("{name}:{number}: {error}"));
            None
        }
    }
}

#[test]
fn every_line_is_written_as_the_vocabulary_writes_it() {
    let mut complaints = Vec::new();
    let mut lines = 0;
    for name in traces() {
        let text = fs::read_to_string(corpus().join(&name)).unwrap();
        let mut ended = false;
        let mut before = 0;
        for (number, line) in (1..).zip(text.lines()) {
            lines += 1;
            if number == 1 {
                let header = read_line::<Header>(&name, number, line, &mut complaints);
                if header.is_some_and(|header| header.about.is_none()) {
                    complaints.push(format!("{name}:1: the header has no `about`"));
                }
                continue;
            }
            let Some(record) = read_line::<Record>(&name, number, line, &mut complaints) else {
                continue;
            };
            if record.at < before {
                complaints.push(format!("{name}:{number}: time {} after {before}", record.at));
            }
            if ended {
                complaints.push(format!("{name}:{number}: a line behind the end"));
            }
            if record.event.is_some() == record.end.is_some() {
                complaints.push(format!("{name}:{number}: expected an event or an end"));
            }
            before = record.at;
            ended |= record.end.is_some();
        }
        if !ended {
            complaints.push(format!("{name}: no end"));
        }
    }
    assert!(lines > 0, "no trace in {}", corpus().display());
    no_complaints(&complaints);
}

#[test]
fn the_manifests_and_the_corpus_cover_each_other() {
    let mut complaints = Vec::new();
    let mut rows = BTreeSet::new();
    let mut variants: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut judged: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, manifest) in manifests() {
        for row in manifest.expect {
            if !rows.insert(row.name()) {
                complaints.push(format!("{}: stands twice", row.name()));
            }
            let variant = format!("{}: {}", row.case, row.variant);
            variants.entry(variant).or_default().insert(row.trace.clone());
            judged.entry(row.trace).or_default().insert(row.profile);
        }
    }
    for (variant, named) in variants {
        if named.len() > 1 {
            complaints.push(format!("{variant}: names several traces: {named:?}"));
        }
    }
    let traces = traces();
    for name in judged.keys().filter(|name| !traces.contains(*name)) {
        complaints.push(format!("{name}: named by a manifest, and no such file"));
    }
    let both = BTreeSet::from(["contract".to_owned(), "field".to_owned()]);
    for name in &traces {
        match judged.get(name) {
            None => complaints.push(format!("{name}: named by no manifest")),
            Some(profiles) if *profiles != both => {
                complaints.push(format!("{name}: expected rows for {both:?}, found {profiles:?}"));
            }
            Some(_) => {}
        }
    }
    no_complaints(&complaints);
}

#[test]
fn every_manifest_is_in_the_binary() {
    let read: BTreeSet<_> = manifests().into_iter().map(|(name, _)| name).collect();
    let embedded = MANIFESTS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(
        read, embedded,
        "the manifests of the directory, and those that the program carries"
    );
}

#[test]
fn every_row_agrees_with_itself() {
    let mut complaints = Vec::new();
    for (_, manifest) in manifests() {
        for row in manifest.expect {
            let name = row.name();
            let breaches = !row.findings.is_empty();
            match row.verdict.as_str() {
                "breaks" if breaches => {}
                "conforms" | "inconclusive" if !breaches => {}
                verdict => complaints.push(format!("{name}: {verdict} with {} findings", row.findings.len())),
            }
            let rules = row.findings.iter().map(|breach| &breach.rule);
            for rule in rules.chain(&row.advice).chain(&row.allowed_by) {
                if let Err(error) = rule.parse::<Id>() {
                    complaints.push(format!("{name}: {error}"));
                }
            }
            if let Some(Err(error)) = row.os.map(|os| os.parse::<Version>()) {
                complaints.push(format!("{name}: {error}"));
            }
            if !row.says.ends_with('.') {
                complaints.push(format!("{name}: `says` is no sentence: {}", row.says));
            }
        }
        for entry in manifest.untestable {
            if let Err(error) = entry.rule.parse::<Id>() {
                complaints.push(format!("untestable: {error}"));
            }
            if entry.reason.is_empty() || entry.testable_by.is_empty() {
                complaints.push(format!(
                    "untestable {}: expected a reason and what would make it testable",
                    entry.rule
                ));
            }
        }
    }
    no_complaints(&complaints);
}

#[test]
fn every_rule_has_its_traces_or_a_reason_why_not() {
    let text = fs::read_to_string(corpus().join("rules.toml")).unwrap();
    let manifest = corpus::read(&text).unwrap();
    let untestable: BTreeSet<_> = manifest.untestable.iter().map(|entry| entry.rule.as_str()).collect();
    let refused: BTreeSet<_> = manifest.refused.iter().map(|entry| entry.rule.as_str()).collect();
    let mut complaints = Vec::new();
    for rule in rules::all() {
        let id = rule.id.to_string();
        let rows = || manifest.expect.iter().filter(|row| row.case == id);
        let shown = match rule.force {
            Force::Must => {
                let conforms = rows().any(|row| row.variant.starts_with("conforms"));
                conforms && rows().any(|row| row.findings.iter().any(|breach| breach.rule == id))
            }
            Force::May => rows().next().is_some(),
            Force::Should => rows().any(|row| row.advice.contains(&id)),
        };
        match (shown || refused.contains(id.as_str()), untestable.contains(id.as_str())) {
            (false, false) => complaints.push(format!("{id} ({}): no trace, and not untestable", rule.force)),
            (true, true) => complaints.push(format!("{id}: untestable, and shown all the same")),
            _ => {}
        }
    }
    for row in &manifest.expect {
        if row.case.parse().ok().and_then(rules::find).is_none() {
            complaints.push(format!("{}: {} is no rule", row.name(), row.case));
        }
    }
    let (out, of) = (untestable.len(), rules::all().count());
    assert!(
        out * 10 <= of,
        "{out} of {of} rules are untestable: at most one in ten may be"
    );
    no_complaints(&complaints);
}

/// What the oracle says of a row's trace.
fn judge(row: &Row) -> Result<Report, Malformed> {
    let text = fs::read_to_string(corpus().join(&row.trace)).unwrap();
    let (header, records) = text.split_once('\n').unwrap();
    let terms = Terms {
        profile: Some(row.profile.clone()),
        os: row.os.as_ref().map(|os| os.parse().unwrap()),
        pins: row.pins.clone().into_iter().collect(),
    };
    let mut oracle = Oracle::new(&serde_json::from_str(header).unwrap(), &terms)?;
    let records: Vec<Record> = records
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    oracle.foresee(Foresight::of(&records));
    for (number, record) in (2..).zip(&records) {
        oracle
            .step(record)
            .map_err(|error| Malformed::new(format!("line {number}: {error}")))?;
    }
    Ok(oracle.finish())
}

/// The finding's rules, as a message shows them.
fn rules_of(finding: &Finding) -> String {
    let rules: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
    rules.join(" ")
}

/// Whether each finding names, in order, the rule that was expected.
fn names<'a>(found: &[Finding], expected: impl ExactSizeIterator<Item = (Option<Party>, &'a String)>) -> bool {
    found.len() == expected.len()
        && found.iter().zip(expected).all(|(finding, (party, rule))| {
            party.is_none_or(|party| party == finding.party)
                && finding.rules.iter().any(|named| named.id.to_string() == *rule)
        })
}

/// The differences between a row and what the oracle says of its trace, or nothing.
fn differences(row: &Row) -> Option<String> {
    let report = match judge(row) {
        Ok(report) => report,
        Err(malformed) => return Some(format!("{}\n  malformed {malformed}\n", row.name())),
    };
    let findings = row.findings.iter().map(|breach| (Some(breach.party), &breach.rule));
    let agrees = report.verdict.to_string() == row.verdict
        && names(&report.findings, findings)
        && names(&report.advice, row.advice.iter().map(|rule| (None, rule)));
    if agrees {
        return None;
    }
    let mut text = format!("{}\n  expected {}", row.name(), row.verdict);
    for breach in &row.findings {
        let _ = write!(text, ", {} {}", breach.party, breach.rule);
    }
    for rule in &row.advice {
        let _ = write!(text, ", advice {rule}");
    }
    let _ = writeln!(text, "\n  found    {}", report.verdict);
    for finding in report.findings.iter().chain(&report.advice) {
        let who = if finding.is_advice() {
            "advice".to_owned()
        } else {
            finding.party.to_string()
        };
        let line = finding.event + 1;
        let _ = writeln!(text, "    line {line}: {who} {}: {}", rules_of(finding), finding.what);
    }
    for doubt in &report.doubts {
        let _ = writeln!(text, "    line {}: doubt: {}", doubt.event + 1, doubt.why);
    }
    Some(text)
}

#[test]
fn every_trace_gets_its_verdict() {
    let rows: Vec<_> = manifests()
        .into_iter()
        .flat_map(|(_, manifest)| manifest.expect)
        .collect();
    assert!(!rows.is_empty(), "no row to judge");
    let complaints: Vec<_> = rows.iter().filter_map(differences).collect();
    let (count, of) = (complaints.len(), rows.len());
    assert!(
        complaints.is_empty(),
        "{count} complaints about {of} rows:\n\n{}",
        complaints.join("\n")
    );
}
