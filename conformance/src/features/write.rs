//! Writes a trace as a scenario, as a person would have written it.

use bgspec_model::vocabulary::{Header, Record};

use super::language::compound::put_together;
use super::language::pattern::Written;
use super::language::steps::Keyword;
use super::language::{Line, Story, Verdict, write_header};
use super::script::Conditions;
use crate::text::wrap;

/// A scenario to be written.
#[derive(Debug)]
pub struct Tale<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its tags, without `@`.
    pub tags: &'a [String],
    /// The header.
    pub header: &'a Header,
    /// The lines.
    pub records: &'a [Record],
    /// What the oracle says under which terms.
    pub verdicts: &'a [(Conditions, Vec<Verdict>)],
}

/// The width of a line of prose.
const WIDTH: usize = 100;

/// A feature with these scenarios.
///
/// # Errors
/// A line that the language cannot say: its number, from 1 for the header.
pub fn feature(name: &str, description: Option<&str>, tales: &[Tale<'_>]) -> Result<String, usize> {
    let mut text = format!("Feature: {}\n", one_line(name));
    for line in description.iter().flat_map(|description| wrap(description, WIDTH)) {
        text.push_str(&format!("  {line}\n"));
    }
    for tale in tales {
        text.push('\n');
        scenario(&mut text, tale)?;
    }
    Ok(text)
}

fn scenario(text: &mut String, tale: &Tale<'_>) -> Result<(), usize> {
    if !tale.tags.is_empty() {
        let tags: Vec<_> = tale.tags.iter().map(|tag| format!("@{tag}")).collect();
        text.push_str(&format!("  {}\n", tags.join(" ")));
    }
    text.push_str(&format!("  Scenario: {}\n", one_line(tale.name)));
    let about = tale.header.about.as_deref();
    let described = about.is_some_and(is_prose);
    if let Some(about) = about.filter(|_| described) {
        for line in wrap(about, WIDTH) {
            text.push_str(&format!("    {line}\n"));
        }
        text.push('\n');
    }
    let header = write_header(tale.header, described).ok_or(1_usize)?;
    let fact = |written| Line {
        keyword: Keyword::Given,
        written,
    };
    let mut lines: Vec<_> = header.into_iter().map(fact).collect();
    let mut story = Story::new(&tale.header.bundle);
    let mut index = 0;
    while let Some(record) = tale.records.get(index) {
        let (line, count) = match story.write_series(&tale.records[index..]) {
            Some(series) => series,
            None => (story.write(record).ok_or(index + 2)?, 1),
        };
        lines.push(line);
        index += count;
    }
    for (terms, says) in tale.verdicts {
        for verdict in says {
            let written = Written {
                text: terms.prefix() + &says_what(*verdict),
                table: None,
            };
            lines.push(Line {
                keyword: Keyword::Then,
                written,
            });
        }
    }
    let mut last = None;
    for line in put_together(lines) {
        step(text, line.keyword, &line.written, &mut last);
    }
    Ok(())
}

fn says_what(verdict: Verdict) -> String {
    match verdict {
        Verdict::Conforms => "the oracle says that the trace conforms".to_owned(),
        Verdict::Clears(party) => format!("the oracle blames the {party} for nothing"),
        Verdict::Blames(party, rule) => format!("the oracle blames the {party} under {rule}"),
        Verdict::WouldBlame(party, rule) => format!("otherwise the oracle would blame the {party} under {rule}"),
        Verdict::Advises(rule) => format!("the oracle advises {rule}"),
        Verdict::Inconclusive => "the oracle cannot tell".to_owned(),
    }
}

fn step(text: &mut String, keyword: Keyword, written: &Written, last: &mut Option<Keyword>) {
    let word = match keyword {
        _ if *last == Some(keyword) => "And",
        Keyword::Given => "Given",
        Keyword::When => "When",
        Keyword::Then => "Then",
    };
    *last = Some(keyword);
    text.push_str(&format!("    {word} {}\n", written.text));
    let Some(rows) = &written.table else { return };
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| escaped(cell)).collect())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!(" {cell:width$} |"));
        text.push_str(&format!("      |{}\n", cells.collect::<String>()));
    }
}

/// A cell of a table: its bars and backslashes escaped.
fn escaped(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('|', "\\|")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text can stand as prose under a scenario and be read again as it is.
fn is_prose(text: &str) -> bool {
    let words: Vec<_> = text.split(' ').collect();
    let plain = one_line(text) == text && !text.is_empty();
    let lines = wrap(text, WIDTH);
    let lint = format!("Feature: f\n  Scenario: s\n    {}\n    Given g\n", lines.join("\n    "));
    let begins = |line: &String| {
        line.starts_with(['#', '@', '|', '*', '"', '`']) || STEPS.iter().any(|step| line.starts_with(step))
    };
    plain && !words.is_empty() && !lines.iter().any(begins) && super::lint::look_over("", &lint).is_empty()
}

const STEPS: [&str; 5] = ["Given", "When", "Then", "And", "But"];
