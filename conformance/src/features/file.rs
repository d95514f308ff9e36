//! Feature files: their scenarios, with every outline written out.
//!
//! The file is looked over line by line first ([`super::lint`]), since the parser takes a misspelt keyword for prose and
//! drops the cells of a row that is too long; only then is it parsed.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Read;
use std::path::Path;

use gherkin::{Examples, Feature, GherkinEnv, StepType};

use super::language::steps::Keyword;
use super::language::table::Rows;
use super::lint;
use crate::text::{clip, plain};

/// A feature file.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path, as it was named.
    pub path: String,
    /// The name of the feature.
    pub name: String,
    /// Its scenarios.
    pub scenarios: Vec<Scenario>,
}

/// A scenario; one of an outline has the values of its row.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Its tags and those around it, without `@`.
    pub tags: Vec<String>,
    /// The prose under its name, in one line.
    pub description: Option<String>,
    /// The line that it begins in.
    pub line: usize,
    /// The line of its row among the examples of an outline; else the one that it begins in.
    pub row: usize,
    /// Its steps, those of the background first.
    pub steps: Vec<Step>,
}

/// A step.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its keyword.
    pub keyword: Keyword,
    /// Its text behind the keyword.
    pub text: String,
    /// The table under it.
    pub table: Option<Rows>,
    /// The line.
    pub line: usize,
    /// The column of the text, in bytes from 1.
    pub column: usize,
    /// It stands in a Background.
    pub in_background: bool,
    /// The compound step that it was written out of.
    pub compound: Option<String>,
    /// The line and the column of each cell of the table.
    pub cells: Vec<Vec<(usize, usize)>>,
}

/// What is wrong with a feature file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1; 0 where the file could not be read at all.
    pub line: usize,
    /// The column, in bytes from 1.
    pub column: usize,
    /// What was found and what was expected.
    pub what: String,
    /// There is nothing in it to run, and nothing else is wrong.
    pub is_empty: bool,
}

impl Error {
    /// Something wrong at a place.
    pub(super) fn at(file: &str, line: usize, column: usize, what: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            column,
            what: what.into(),
            is_empty: false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", plain(&self.file), clip(&self.what, MOST_SHOWN)),
            line => {
                let what = clip(&self.what, MOST_SHOWN);
                write!(f, "{}:{line}:{}: {what}", plain(&self.file), self.column)
            }
        }
    }
}

impl std::error::Error for Error {}

/// More characters of what is wrong than anybody reads.
const MOST_SHOWN: usize = 1_000;

/// The most bytes that a feature file may have.
const LIMIT: u64 = 16 << 20;

impl File {
    /// Reads a feature file.
    ///
    /// # Errors
    /// It cannot be read, or it is no feature file: everything that is wrong with it.
    pub fn open(path: &Path) -> Result<Self, Vec<Error>> {
        let name = path.display().to_string();
        let unreadable = |what: String| vec![Error::at(&name, 0, 0, what)];
        let mut bytes = Vec::new();
        // The size in the directory says nothing of a file without an end.
        fs::File::open(path)
            .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
            .map_err(|error| unreadable(crate::trace::Problem::unreadable(&error).to_string()))?;
        if bytes.len() as u64 > LIMIT {
            let what = format!("a file of more than {LIMIT} bytes, which nobody reads");
            return Err(unreadable(what));
        }
        Self::read(&name, &bytes)
    }

    /// Reads the bytes of a feature file; `path` is what errors call it.
    ///
    /// # Errors
    /// As for [`File::open`].
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, Vec<Error>> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(path, text),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
                let begin = before
                    .iter()
                    .rposition(|byte| *byte == b'\n')
                    .map_or(0, |newline| newline + 1);
                let column = before.len() - begin + 1;
                Err(vec![Error::at(path, line, column, "no UTF-8: expected a text file")])
            }
        }
    }

    /// Reads the text of a feature file; `path` is what errors call it.
    ///
    /// # Errors
    /// As for [`File::open`].
    pub fn parse(path: &str, text: &str) -> Result<Self, Vec<Error>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let complaints = lint::look_over(path, &text);
        if !complaints.is_empty() {
            return Err(complaints);
        }
        let feature =
            Feature::parse(&text, GherkinEnv::default()).map_err(|error| vec![of_parser(path, &error.to_string())])?;
        let lines: Vec<&str> = text.lines().collect();
        let reading = Reading { path, lines: &lines };
        let mut file = Self {
            path: path.to_owned(),
            name: feature.name.trim().to_owned(),
            scenarios: Vec::new(),
        };
        let mut errors = Vec::new();
        let background: Vec<_> = feature
            .background
            .iter()
            .flat_map(|background| &background.steps)
            .collect();
        for scenario in &feature.scenarios {
            reading.scenario(scenario, &feature.tags, &background, &mut file.scenarios, &mut errors);
        }
        for rule in &feature.rules {
            let mut tags = feature.tags.clone();
            tags.extend(rule.tags.iter().cloned());
            let mut steps = background.clone();
            steps.extend(rule.background.iter().flat_map(|background| &background.steps));
            for scenario in &rule.scenarios {
                reading.scenario(scenario, &tags, &steps, &mut file.scenarios, &mut errors);
            }
        }
        same_names(path, &file.scenarios, &mut errors);
        if file.scenarios.is_empty() && errors.is_empty() {
            let line = feature.position.line;
            errors.push(Error {
                is_empty: true,
                ..Error::at(path, line, 1, "no scenario in it: expected `Scenario:`")
            });
        }
        if errors.is_empty() { Ok(file) } else { Err(errors) }
    }
}

/// The parser says its place in words only.
fn of_parser(path: &str, said: &str) -> Error {
    let place = said.strip_prefix("Error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, rest) = rest.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, rest.trim()))
    });
    match place {
        Some((line, column, "{}")) => {
            Error::at(path, line, column, "not Gherkin: expected a keyword, a step or a table")
        }
        Some((line, column, expected)) => {
            Error::at(path, line, column, format!("not Gherkin: expected one of {expected}"))
        }
        None => Error::at(path, 1, 1, said),
    }
}

fn same_names(path: &str, scenarios: &[Scenario], errors: &mut Vec<Error>) {
    let mut seen = BTreeMap::new();
    for scenario in scenarios {
        if scenario.name.is_empty() {
            errors.push(Error::at(
                path,
                scenario.line,
                1,
                "a scenario without a name: expected one behind the colon",
            ));
        } else if let Some(first) = seen.insert(&scenario.name, scenario.line) {
            let what = format!(
                "two scenarios of the name `{}`: the first is in line {first}",
                scenario.name
            );
            errors.push(Error::at(path, scenario.line, 1, what));
        }
    }
}

struct Reading<'a> {
    path: &'a str,
    lines: &'a [&'a str],
}

impl Reading<'_> {
    fn scenario(
        &self,
        scenario: &gherkin::Scenario,
        around: &[String],
        background: &[&gherkin::Step],
        into: &mut Vec<Scenario>,
        errors: &mut Vec<Error>,
    ) {
        let line = scenario.position.line;
        let mut wrong = |line: usize, what: String| errors.push(Error::at(self.path, line, 1, what));
        let mut tags = around.to_vec();
        tags.extend(scenario.tags.iter().cloned());
        let description = scenario
            .description
            .as_deref()
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let whole = Scenario {
            name: scenario.name.trim().to_owned(),
            tags,
            description,
            line,
            row: line,
            steps: background
                .iter()
                .map(|step| self.step(step, true))
                .chain(scenario.steps.iter().map(|step| self.step(step, false)))
                .collect(),
        };
        let is_outline = scenario.keyword.contains("Outline") || scenario.keyword.contains("Template");
        if whole.steps.is_empty() {
            return wrong(line, "a scenario without a step".to_owned());
        }
        match (is_outline, scenario.examples.is_empty()) {
            (false, true) => into.push(whole),
            (false, false) => wrong(
                line,
                "Examples under a Scenario: expected `Scenario Outline:`".to_owned(),
            ),
            (true, true) => wrong(
                line,
                "an outline without Examples: expected `Examples:` and a table under it".to_owned(),
            ),
            (true, false) => {
                for examples in &scenario.examples {
                    if let Err((line, what)) = self.outline(&whole, examples, into) {
                        wrong(line, what);
                    }
                }
            }
        }
    }

    fn step(&self, step: &gherkin::Step, in_background: bool) -> Step {
        let line = step.position.line;
        let text = step.value.trim_end().to_owned();
        let column = self.lines.get(line - 1).and_then(|line| line.find(&text)).unwrap_or(0) + 1;
        let keyword = match step.ty {
            StepType::Given => Keyword::Given,
            StepType::When => Keyword::When,
            StepType::Then => Keyword::Then,
        };
        Step {
            keyword,
            text,
            table: step.table.as_ref().map(|table| table.rows.clone()),
            line,
            column,
            in_background,
            compound: None,
            cells: self.cells(line, step.table.as_ref().map_or(0, |table| table.rows.len())),
        }
    }

    /// Where the cells of the rows below a line stand.
    fn cells(&self, below: usize, rows: usize) -> Vec<Vec<(usize, usize)>> {
        let lines = self.lines.iter().enumerate().skip(below);
        lines
            .filter(|(_, text)| text.trim_start().starts_with('|'))
            .take(rows)
            .map(|(index, text)| starts(text).map(|column| (index + 1, column)).collect())
            .collect()
    }

    /// Writes an outline out.
    fn outline(
        &self,
        outline: &Scenario,
        examples: &Examples,
        into: &mut Vec<Scenario>,
    ) -> Result<(), (usize, String)> {
        let line = examples.position.line;
        let rows = examples.table.as_ref().map_or(&[][..], |table| &table.rows);
        let Some((head, rows)) = rows.split_first().filter(|(_, rows)| !rows.is_empty()) else {
            return Err((
                line,
                "Examples without a row: expected a head and a row for each example".to_owned(),
            ));
        };
        let unknown = |text: &str| {
            let unknown = holes(text).find(|hole| !head.iter().any(|column| column == hole))?;
            Some(format!(
                "`<{unknown}>` has no column in the Examples of line {line}: expected one of {}",
                head.join(", ")
            ))
        };
        for step in &outline.steps {
            let cells = step.table.iter().flatten().flatten();
            for text in std::iter::once(&step.text).chain(cells) {
                if let Some(what) = unknown(text) {
                    return Err((step.line, what));
                }
            }
        }
        if let Some(what) = unknown(&outline.name) {
            return Err((outline.line, what));
        }
        for (place, column) in head.iter().enumerate() {
            if head[..place].contains(column) {
                return Err((line, format!("two columns `{column}` in the Examples: expected one")));
            }
        }
        // The head is the first row.
        let places = self.cells(line, rows.len() + 1);
        for (row, place) in rows.iter().zip(places.iter().skip(1)) {
            let fill = |text: &str| {
                let columns = head.iter().zip(row);
                columns.fold(text.to_owned(), |text, (column, value)| {
                    text.replace(&format!("<{column}>"), value)
                })
            };
            let mut scenario = outline.clone();
            scenario.row = place.first().map_or(outline.line, |(line, _)| *line);
            scenario.name = fill(&outline.name);
            if scenario.name == outline.name {
                scenario.name = format!("{} ({})", outline.name, row.first().map_or("", String::as_str));
            }
            scenario.tags.extend(examples.tags.iter().cloned());
            scenario.tags = scenario.tags.iter().map(|tag| fill(tag)).collect();
            scenario.description = outline.description.as_deref().map(fill);
            for step in &mut scenario.steps {
                step.text = fill(&step.text);
                for cell in step.table.iter_mut().flatten().flatten() {
                    *cell = fill(cell);
                }
            }
            into.push(scenario);
        }
        Ok(())
    }
}

/// The columns at which the cells of a row begin, in bytes from 1.
fn starts(row: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    let bars = row.char_indices().filter(move |(_, c)| {
        let is_bar = *c == '|' && !escaped;
        escaped = *c == '\\' && !escaped;
        is_bar
    });
    bars.map(|(bar, _)| {
        let behind = &row[bar + 1..];
        bar + 1 + (behind.len() - behind.trim_start().len()) + 1
    })
}

/// The names between angle brackets.
fn holes(text: &str) -> impl Iterator<Item = &str> {
    text.split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(name, _)| name)
}
