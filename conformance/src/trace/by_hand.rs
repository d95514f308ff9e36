//! What a person writes in a trace by hand, where a recorder writes a number: `10 s`, `in 2 h`, a date, the name of a code.
//!
//! A line is looked at here only where it cannot be read as it stands, so that numbers cost nothing. Each such text is put
//! in its plain form in place, and a column of the plain line is that of the line as it was written ([`Plain::column`]).
//!
//! A date needs an origin: the trace's first line is dated, and its date is the trace's zero ([`Clock`]).

use bgspec_model::vocabulary::Millis;
use chrono::DateTime;
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::features::language::words::code_named;
use crate::lines::{Unfit, quote};

/// Where the trace's zero lies, in milliseconds since 1970, once a line told it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clock {
    zero: Option<Millis>,
}

/// A line in its plain form.
#[derive(Debug)]
pub(super) struct Plain {
    /// The line, as a recorder would have written it.
    pub(super) text: String,
    /// What could not be put in its plain form, with its column in the line as it was written; a zero stands for it.
    pub(super) wrong: Vec<(usize, Unfit)>,
    /// Where a text stood, and how long it is now.
    changes: Vec<(Range, usize)>,
}

impl Plain {
    /// A line that is plain already.
    pub(super) fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            wrong: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// The column in the line as it was written, from the one in the plain line.
    pub(super) fn column(&self, plain: usize) -> usize {
        let mut at = plain - 1;
        for (was, is) in &self.changes {
            if at < was.start {
                break;
            }
            if at < was.start + is {
                at = was.start;
                break;
            }
            at = at + (was.end - was.start) - is;
        }
        at + 1
    }
}

/// The object of a line; none where it is no JSON.
pub(super) fn object(text: &str) -> Option<Object<'_>> {
    // It bounds how deep a line may be.
    serde_json::from_str::<serde_json::Value>(text).ok()?;
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
    match parsed.value {
        Some(Value::Object(object)) => Some(object),
        _ => None,
    }
}

/// The plain form of a line; none where nothing in it is written by hand. The `first` line behind the header may set the
/// clock.
pub(super) fn plain(text: &str, clock: &mut Clock, first: bool) -> Option<Plain> {
    let object = object(text)?;
    let mut found = Vec::new();
    collect(&object, true, &mut found);
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|found| found.range.start);
    let mut at = object
        .get_number("at")
        .and_then(|at| at.value.parse().ok())
        .unwrap_or(0);
    // A line's own time first: its other times may be seen from it.
    if let Some(own) = found.iter().find(|found| found.sort == Sort::Own) {
        if first
            && let Written::Text(text) = &own.written
            && let Some(date) = date(text)
        {
            clock.zero = Some(date);
        }
        at = own.read(*clock, 0).unwrap_or(0);
    }
    let mut plain = Plain::of("");
    let mut from = 0;
    for found in found {
        let number = found.read(*clock, at).unwrap_or_else(|what| {
            plain.wrong.push((found.range.start + 1, Unfit::Form(what)));
            0
        });
        plain.text.push_str(&text[from..found.range.start]);
        let before = plain.text.len();
        plain.text.push_str(&number.to_string());
        plain.changes.push((found.range, plain.text.len() - before));
        from = found.range.end;
    }
    plain.text.push_str(&text[from..]);
    Some(plain)
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// The line's own time.
    Own,
    /// Another time.
    Time,
    /// A length of time.
    Length,
    /// The code of an error.
    Code,
}

/// Something that is no whole number where one belongs.
#[derive(Debug)]
struct Found {
    sort: Sort,
    range: Range,
    written: Written,
}

#[derive(Debug)]
enum Written {
    Text(String),
    Number(String),
}

/// What a field of this name holds; `outer`: of the line itself.
fn sort(name: &str, outer: bool) -> Option<Sort> {
    Some(match name {
        "at" if outer => Sort::Own,
        "to" | "from" | "earliest" => Sort::Time,
        "tolerance" => Sort::Length,
        "refused" | "error" => Sort::Code,
        _ => return None,
    })
}

fn collect(object: &Object<'_>, outer: bool, found: &mut Vec<Found>) {
    for property in &object.properties {
        let name = property.name.as_str();
        // What a producer notes is read by nobody.
        if outer && name == "x" {
            continue;
        }
        let written = match &property.value {
            Value::StringLit(text) => Written::Text(text.value.to_string()),
            Value::NumberLit(number) if number.value.contains(['.', 'e', 'E']) => {
                Written::Number(number.value.to_owned())
            }
            inner => {
                descend(inner, found);
                continue;
            }
        };
        if let Some(sort) = sort(name, outer) {
            let range = property.value.range();
            found.push(Found { sort, range, written });
        }
    }
}

fn descend(value: &Value<'_>, found: &mut Vec<Found>) {
    match value {
        Value::Object(object) => collect(object, false, found),
        Value::Array(array) => array.elements.iter().for_each(|element| descend(element, found)),
        _ => {}
    }
}

impl Found {
    /// The number that it stands for in a line at a time; else what was found and what was expected.
    fn read(&self, clock: Clock, at: Millis) -> Result<i64, String> {
        let text = match (&self.written, self.sort) {
            (Written::Text(text), _) => text.trim(),
            (Written::Number(number), Sort::Code) => {
                return Err(format!(
                    "found `{number}`, expected the code of an error, a whole number"
                ));
            }
            (Written::Number(number), sort) => {
                return Err(format!(
                    "found `{number}`, expected {}; seconds are written \"{number} s\"",
                    expected(sort)
                ));
            }
        };
        let none = || {
            format!(
                "found {}, expected {}",
                quote(&format!("\"{text}\"")),
                expected(self.sort)
            )
        };
        match self.sort {
            Sort::Code => code_named(text).ok_or_else(none),
            Sort::Length => length(text).ok_or_else(none),
            Sort::Own | Sort::Time => {
                if let Some(date) = date(text) {
                    let zero = clock.zero.ok_or_else(|| {
                        format!(
                            "the date {}: expected milliseconds since the trace's zero, unless the first line's `at` is \
                             a date too, from which the times then count",
                            quote(text)
                        )
                    })?;
                    return date.checked_sub(zero).ok_or_else(none);
                }
                if let Some(ahead) = text.strip_prefix("in ").filter(|_| self.sort == Sort::Time) {
                    return length(ahead).and_then(|ahead| at.checked_add(ahead)).ok_or_else(none);
                }
                length(text).ok_or_else(none)
            }
        }
    }
}

/// What a field holds, in words.
fn expected(sort: Sort) -> &'static str {
    match sort {
        Sort::Own | Sort::Time => {
            "a whole number of milliseconds since the trace's zero, or a time such as \"10 s\", \"2 min\", \"1 h\" or \
             \"2026-03-01T10:00:00Z\""
        }
        Sort::Length => "a whole number of milliseconds, or a length of time such as \"500 ms\", \"10 s\" or \"2 min\"",
        Sort::Code => {
            "the code of an error: a whole number, or unavailable, tooManyPendingTaskRequests, notPermitted or \
             immediateRunIneligible"
        }
    }
}

/// A length of time as people write it, such as `10 s` or `1 h 30 min`, in whole milliseconds.
fn length(text: &str) -> Option<Millis> {
    let length = humantime::parse_duration(text).ok()?;
    let is_whole = length.subsec_nanos().is_multiple_of(1_000_000);
    Millis::try_from(length.as_millis()).ok().filter(|_| is_whole)
}

/// A date with its zone, in milliseconds since 1970.
fn date(text: &str) -> Option<Millis> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|date| date.timestamp_millis())
}
