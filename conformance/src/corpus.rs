//! The manifests of the corpus: which verdict each recorded trace must get, and which rules it shows.
//!
//! They stand in `traces/*.toml`, beside the traces, and in the program itself, so that the rulebook names the traces
//! of a rule wherever it is printed. The traces themselves are read from the directory, by the tests alone.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use bgspec_model::rule::{Id, Party};
use serde::Deserialize;

/// Every manifest: its file's name, and its text.
pub const MANIFESTS: &[(&str, &str)] = &[
    ("cases.toml", include_str!("../traces/cases.toml")),
    ("rules.toml", include_str!("../traces/rules.toml")),
];

/// One manifest.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The verdicts.
    pub expect: Vec<Row>,
    /// Rules that no trace can show.
    #[serde(default)]
    pub untestable: Vec<Untestable>,
    /// Rules of the format: what breaks one is malformed.
    #[serde(default)]
    pub refused: Vec<Refused>,
}

/// What one trace must get under one profile.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The documented case, or the rule, that the trace belongs to.
    pub case: String,
    /// Which variant of it.
    pub variant: String,
    /// The file, from the directory of the manifests.
    pub trace: String,
    /// The version of iOS, in place of the header's.
    #[serde(default)]
    pub os: Option<String>,
    /// The profile.
    pub profile: String,
    /// Settings that are pinned: name and value.
    #[serde(default)]
    pub pins: BTreeMap<String, String>,
    /// The verdict: `conforms`, `breaks` or `inconclusive`.
    pub verdict: String,
    /// Every breach, in the order of their events.
    #[serde(default)]
    pub findings: Vec<Breach>,
    /// The rules of every piece of advice, in the order of its events.
    #[serde(default)]
    pub advice: Vec<String>,
    /// The rules that allow what looks wrong at first sight.
    #[serde(default)]
    pub allowed_by: Vec<String>,
    /// What happens in the trace, in a sentence.
    pub says: String,
}

/// One finding that must be made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// Who breaks it.
    pub party: Party,
    /// The rule.
    pub rule: String,
}

/// A rule that no trace can show.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Untestable {
    /// The rule.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// What would make it testable.
    pub testable_by: String,
}

/// A rule of the format.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// The rule.
    pub rule: String,
    /// What is refused, in a sentence.
    pub says: String,
}

/// A manifest that cannot be read.
#[derive(Debug)]
pub struct Unreadable(toml::de::Error);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no manifest of traces: {}", self.0)
    }
}

impl std::error::Error for Unreadable {}

/// Reads a manifest.
///
/// # Errors
/// It is no TOML, or it has not the form of a manifest.
pub fn read(text: &str) -> Result<Manifest, Unreadable> {
    toml::from_str(text).map_err(Unreadable)
}

/// The manifests that the program carries, as one.
///
/// # Errors
/// One of them cannot be read. A test reads them all.
pub fn embedded() -> Result<Manifest, Unreadable> {
    let mut all = Manifest {
        expect: Vec::new(),
        untestable: Vec::new(),
        refused: Vec::new(),
    };
    for (_, text) in MANIFESTS {
        let manifest = read(text)?;
        all.expect.extend(manifest.expect);
        all.untestable.extend(manifest.untestable);
        all.refused.extend(manifest.refused);
    }
    Ok(all)
}

impl Row {
    /// How a message names the row.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = format!("{} [{}", self.trace, self.profile);
        if let Some(os) = &self.os {
            let _ = write!(name, ", os {os}");
        }
        for (setting, value) in &self.pins {
            let _ = write!(name, ", {setting} = {value}");
        }
        name + "]"
    }

    /// Whether the row shows a rule: it is about it, breaks it, advises it, or names it as what allows the trace.
    #[must_use]
    pub fn shows(&self, rule: Id) -> bool {
        self.rules().any(|name| name.parse() == Ok(rule))
    }

    /// Whether somebody breaks a rule in the trace.
    #[must_use]
    pub fn breaks(&self, rule: Id) -> bool {
        self.findings.iter().any(|breach| breach.rule.parse() == Ok(rule))
    }

    /// The rules that it names: what it is about, breaks, advises, or is allowed by.
    pub fn named(&self) -> impl Iterator<Item = Id> {
        self.rules().filter_map(|name| name.parse().ok())
    }

    fn rules(&self) -> impl Iterator<Item = &str> {
        let breaches = self.findings.iter().map(|breach| breach.rule.as_str());
        let named = self.advice.iter().chain(&self.allowed_by).map(String::as_str);
        std::iter::once(self.case.as_str()).chain(breaches).chain(named)
    }
}

/// A scenario of the feature files, as the index of them knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario<'a> {
    /// The feature file, from the project's root.
    pub file: &'a str,
    /// The line at which it begins.
    pub line: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The rules that it is tagged with.
    pub tagged: Vec<Id>,
    /// The rules without which it would not pass.
    pub noticed: Vec<Id>,
}

/// Every scenario of the feature files, in the order of the files. A test keeps the index.
pub fn scenarios() -> impl Iterator<Item = Scenario<'static>> {
    const INDEX: &str = include_str!("../../features/INDEX.tsv");
    let ids = |field: &str| field.split(' ').filter_map(|id| id.parse().ok()).collect();
    INDEX.lines().filter_map(move |line| {
        let mut fields = line.split('\t');
        Some(Scenario {
            file: fields.next()?,
            line: fields.next()?,
            name: fields.next()?,
            tagged: ids(fields.next()?),
            noticed: ids(fields.next()?),
        })
    })
}

impl Scenario<'_> {
    /// Whether it is about a rule: it is tagged with it, or would not pass without it.
    #[must_use]
    pub fn concerns(&self, rule: Id) -> bool {
        self.tagged.contains(&rule) || self.noticed.contains(&rule)
    }

    /// Where it stands, as a link from the project's root.
    #[must_use]
    pub fn link(&self) -> String {
        format!("{}#L{}", self.file, self.line)
    }
}

/// Every feature file and every trace: its path from the project's root, and its text; sorted within each.
const TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The feature files: the path from the project's root, and the text.
pub fn features() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.iter().copied().filter(|(path, _)| path.ends_with(".feature"))
}

/// The text of a feature file.
#[must_use]
pub fn feature(named: &str) -> Option<&'static str> {
    features().find(|(path, _)| *path == named).map(|(_, text)| text)
}

/// The text of a trace that a manifest names.
#[must_use]
pub fn trace(named: &str) -> Option<&'static str> {
    let is_meant = |path: &str| path.strip_prefix("conformance/traces/") == Some(named);
    TEXTS.iter().find(|(path, _)| is_meant(path)).map(|(_, text)| *text)
}
