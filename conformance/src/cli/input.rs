//! What `check` and `explain` read: a trace, or the trace scenarios of a feature file, each of which is a trace that a
//! person wrote without processes and milliseconds.

use std::path::Path;

use bgspec_model::oracle::Terms;
use bgspec_model::vocabulary::{Header, Record, Version};

use crate::features::file::{self, File, Scenario};
use crate::features::script::{self, Script, Sort};
use crate::report::{CheckedFile, JudgedBy, Named};
use crate::text::clip;
use crate::trace::{self, MOST, Mistakes, Places, Problem, Source};

/// What there is to be judged.
#[derive(Debug)]
pub(super) enum Input {
    /// A trace.
    Trace(Source),
    /// Scenarios of a feature file.
    Feature(Vec<Told>),
}

/// A trace scenario.
#[derive(Debug)]
pub(super) struct Told {
    script: Script,
    /// Its lines.
    pub(super) records: Vec<Record>,
    /// Where they stand.
    pub(super) places: Places,
}

/// The terms of the command line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) profile: Option<&'a String>,
    pub(super) os: Option<Version>,
    pub(super) pins: &'a [(String, String)],
}

impl Asked<'_> {
    /// As terms of the oracle.
    pub(super) fn terms(&self) -> Terms {
        Terms {
            profile: self.profile.cloned(),
            os: self.os,
            pins: self.pins.to_vec(),
        }
    }
}

/// What a trace with this header is judged by.
pub(super) fn judged_by(header: &Header, terms: &Terms) -> JudgedBy {
    let profile = terms
        .profile
        .as_deref()
        .or(header.profile.as_deref())
        .unwrap_or("contract");
    let os = terms.os.unwrap_or(header.os).to_string();
    JudgedBy::new(header, profile, os, &terms.pins)
}

impl Told {
    /// What is known before anything happens.
    pub(super) fn header(&self) -> &Header {
        &self.script.header
    }

    /// The terms: those of the command line over those of its tags.
    pub(super) fn terms(&self, asked: &Asked<'_>) -> Terms {
        let tagged = self.script.terms.terms();
        let told = |name: &String| asked.pins.iter().any(|(other, _)| other == name);
        let mut pins = tagged.pins;
        pins.retain(|(name, _)| !told(name));
        pins.extend_from_slice(asked.pins);
        Terms {
            profile: asked.profile.cloned().or(tagged.profile),
            os: asked.os.or(tagged.os),
            pins,
        }
    }

    /// Nothing is known of it yet.
    pub(super) fn file(&self) -> CheckedFile {
        let mut file = CheckedFile::new(&self.script.file);
        file.scenario = Some(Named {
            name: self.script.name.clone(),
            line: self.script.row,
        });
        file
    }

    /// Something wrong behind so many of its events.
    pub(super) fn error(&self, event: u64, problem: Problem) -> trace::Error {
        trace::Error {
            file: self.script.file.clone(),
            line: self.places.line(event),
            column: 1,
            problem,
        }
    }
}

/// Opens what is named: a trace, a feature file, or `file.feature:12`, the scenario of that line. Of a feature file with
/// both sorts the trace scenarios are meant; whoever left some out is told so.
///
/// # Errors
/// Everything that is wrong with a feature file, or that there is no trace scenario in it.
pub(super) fn open(named: &str, scenario: Option<&str>) -> Result<Input, Mistakes> {
    let (name, line) = split(named);
    let is_named_so = |name: &str| {
        Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "feature")
    };
    let file = if is_named_so(name) {
        File::open(Path::new(name))
    } else {
        let source = Source::new(name).map_err(Mistakes::only)?;
        match source.held().filter(|held| begins_a_feature(held)) {
            Some(held) => File::read("stdin", held),
            None if scenario.is_some() => {
                let what = "a trace has no scenarios: expected --scenario with a feature file";
                return Err(wrong(source.name(), 0, what, false));
            }
            None => return Ok(Input::Trace(source)),
        }
    };
    let file = file.map_err(of_features)?;
    let chosen = choose(&file, line, scenario)?;
    let (mut scripts, mut errors) = (Vec::new(), Vec::new());
    for scenario in chosen {
        match script::read(&file, scenario, false) {
            Ok(script) => scripts.push(script),
            Err(more) => more.into_iter().for_each(|error| {
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }),
        }
    }
    if !errors.is_empty() {
        return Err(of_features(errors));
    }
    let (told, run): (Vec<_>, Vec<_>) = scripts.into_iter().partition(|script| script.sort == Sort::Trace);
    let path = &file.path;
    if let (true, Some(first)) = (told.is_empty(), run.first()) {
        let what = format!(
            "a run scenario says only what the app does, so that there is nothing to judge: \
             `bgspec features --adapter CMD {path}` plays it against an implementation"
        );
        return Err(wrong(path, first.row, what, true));
    }
    if !run.is_empty() {
        let (count, them) = match run.len() {
            1 => ("1 run scenario is".to_owned(), "it"),
            several => (format!("{several} run scenarios are"), "them"),
        };
        anstream::eprintln!("note: {count} left out; `bgspec features --adapter CMD {path}` plays {them}");
    }
    Ok(Input::Feature(told.into_iter().map(Told::from).collect()))
}

impl From<Script> for Told {
    fn from(script: Script) -> Self {
        let lines = script.records.iter().map(|placed| placed.line as u64);
        Self {
            records: script.records.iter().map(|placed| placed.record.clone()).collect(),
            places: Places::Feature(lines.collect()),
            script,
        }
    }
}

/// A name and the line behind it; a file may be called so.
fn split(named: &str) -> (&str, Option<usize>) {
    let line = |line: &str| line.parse().ok();
    match named.rsplit_once(':').map(|(name, behind)| (name, line(behind))) {
        Some((name, Some(line))) if name.ends_with(".feature") && !Path::new(named).exists() => (name, Some(line)),
        _ => (named, None),
    }
}

/// A trace begins with an object.
fn begins_a_feature(held: &[u8]) -> bool {
    let text = held.strip_prefix(b"\xef\xbb\xbf").unwrap_or(held).trim_ascii_start();
    [&b"@"[..], b"#", b"Feature:"]
        .iter()
        .any(|begin| text.starts_with(begin))
}

/// The scenarios that are meant: all, those of a name, or those of a line.
fn choose<'a>(file: &'a File, line: Option<usize>, name: Option<&str>) -> Result<Vec<&'a Scenario>, Mistakes> {
    let all = || file.scenarios.iter();
    let begins = line.and_then(|line| all().map(|scenario| scenario.line).filter(|begin| *begin <= line).max());
    let is_row = |scenario: &Scenario| Some(scenario.row) == line;
    let some_row = all().any(is_row);
    let is_meant = |scenario: &&Scenario| {
        let here = if some_row {
            is_row(scenario)
        } else {
            line.is_none() || Some(scenario.line) == begins
        };
        here && name.is_none_or(|name| scenario.name == name)
    };
    let chosen: Vec<_> = all().filter(is_meant).collect();
    if chosen.is_empty() {
        let asked = match (name, line) {
            (Some(name), _) => format!("of the name `{}`", clip(name, 120)),
            (None, line) => format!("at line {}", line.unwrap_or_default()),
        };
        let most = file.scenarios.iter().take(MOST);
        let there: Vec<_> = most
            .map(|scenario| format!("line {}, `{}`", scenario.row, clip(&scenario.name, 120)))
            .collect();
        let more = file.scenarios.len().saturating_sub(MOST);
        let more = if more > 0 {
            format!("; and {more} more")
        } else {
            String::new()
        };
        let what = format!("no scenario {asked}: expected one of {}{more}", there.join("; "));
        return Err(wrong(&file.path, 0, what, false));
    }
    Ok(chosen)
}

fn wrong(file: &str, line: usize, what: impl Into<String>, nothing: bool) -> Mistakes {
    Mistakes::only(trace::Error {
        file: file.to_owned(),
        line: line as u64,
        column: usize::from(line > 0),
        problem: Problem::Feature {
            what: what.into(),
            nothing,
        },
    })
}

fn of_features(errors: Vec<file::Error>) -> Mistakes {
    let more = errors.len().saturating_sub(MOST);
    let told = errors.into_iter().take(MOST).map(|error| trace::Error {
        file: error.file,
        line: error.line as u64,
        column: error.column,
        problem: Problem::Feature {
            what: error.what,
            nothing: error.is_empty,
        },
    });
    Mistakes {
        told: told.collect(),
        more,
    }
}
