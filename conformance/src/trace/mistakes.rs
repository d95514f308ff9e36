//! Everything that is wrong with a trace, and not the first thing only.
//!
//! A line tells its first mistake. To find the next one what is wrong is taken out and the line is read again; what is
//! wrong then because something is missing is a consequence, and is not told. Whether a line fits those before it is the
//! oracle's to say, and is said of the first alone: behind it nothing is certain.

use std::io::BufRead;

use bgspec_model::vocabulary::{Header, Record};
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::{Range, Ranged};
use serde::de::DeserializeOwned;

use super::by_hand::{self, Clock, Plain};
use super::error::{Error, Problem};
use super::{Lines, header};
use crate::lines::{self, Unfit};

/// So many mistakes are told one by one.
pub const MOST: usize = 20;

/// What a header cannot do without.
const REQUIRED: [&str; 5] = ["bgspec", "os", "origin", "bundle", "initial"];

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes {
    /// The first of them, in the order of their places; there is one.
    pub told: Vec<Error>,
    /// How many there are besides.
    pub more: usize,
}

impl Mistakes {
    /// One and no other.
    #[must_use]
    pub fn only(error: Error) -> Self {
        Self {
            told: vec![error],
            more: 0,
        }
    }

    /// Everything that is wrong with the bytes of a file in which something was `found`.
    #[must_use]
    pub fn of(bytes: &[u8], found: Error) -> Self {
        let lines = Lines::new(bytes, found.file.clone());
        all(lines, found)
    }

    /// The first.
    #[must_use]
    pub fn first(&self) -> Option<&Error> {
        self.told.first()
    }

    fn note(&mut self, error: Error) {
        if self.told.len() < MOST {
            self.told.push(error);
        } else {
            self.more += 1;
        }
    }

    /// Adds what was found on another way.
    fn add(&mut self, found: Error) {
        let here = |told: &Error| told.line == found.line;
        let in_shape = !matches!(found.problem, Problem::Contradicts(_));
        if self.told.iter().any(|told| here(told) && (in_shape || *told == found)) {
            return;
        }
        let place = self.told.partition_point(|told| told.line <= found.line);
        self.told.insert(place, found);
        self.more += self.told.len().saturating_sub(MOST);
        self.told.truncate(MOST);
    }
}

/// Every mistake of a file in which one was `found`.
pub(super) fn all<R: BufRead>(mut lines: Lines<R>, found: Error) -> Mistakes {
    let mut mistakes = Mistakes {
        told: Vec::new(),
        more: 0,
    };
    if read(&mut lines, &mut mistakes).is_none() {
        return Mistakes::only(found);
    }
    mistakes.add(found);
    mistakes
}

/// Reads all lines; none where they cannot be told one by one.
fn read<R: BufRead>(lines: &mut Lines<R>, mistakes: &mut Mistakes) -> Option<()> {
    if !lines.advance().ok()? {
        return None;
    }
    let mut clock = Clock::default();
    if let Ok(text) = lines.text()
        && let Err((_, problem)) = header(text)
    {
        // Without a header of ours it is no trace.
        if !matches!(problem, Problem::Unfit(Unfit::Form(_))) {
            return None;
        }
        for (column, unfit) in of_line::<Header>(text, &REQUIRED, &mut clock, false) {
            mistakes.note(lines.error(column, unfit.into()));
        }
    }
    let mut end = None;
    loop {
        match lines.advance() {
            Ok(true) => {}
            Ok(false) => return Some(()),
            Err(error) => {
                let goes_on = matches!(error.problem, Problem::Blank);
                mistakes.note(error);
                if !goes_on {
                    return Some(());
                }
            }
        }
        if let Some(end) = end {
            mistakes.note(lines.error(1, Problem::BehindEnd { end }));
            return Some(());
        }
        let text = match lines.text() {
            Ok(text) => text,
            Err((column, problem)) => {
                mistakes.note(lines.error(column, problem));
                continue;
            }
        };
        match super::record(text, &mut clock, lines.line == 2) {
            Ok(record) => {
                if record.event.is_some() == record.end.is_some() {
                    mistakes.note(lines.error(1, Problem::of_both_or_neither(&record)));
                }
                end = record.end.map(|_| lines.line);
            }
            Err(_) => {
                for (column, unfit) in of_line::<Record>(text, &[], &mut clock, lines.line == 2) {
                    mistakes.note(lines.error(column, unfit.into()));
                }
            }
        }
    }
}

/// Everything that is wrong with a line, with its column, in their order.
fn of_line<T: DeserializeOwned>(text: &str, required: &[&str], clock: &mut Clock, first: bool) -> Vec<(usize, Unfit)> {
    let mut plain = by_hand::plain(text, clock, first).unwrap_or_else(|| Plain::of(text));
    let mut wrong = std::mem::take(&mut plain.wrong);
    let mut taken: Vec<Range> = Vec::new();
    // Each turn takes something out.
    while let Err((column, unfit)) = lines::parse::<T>(&plain.text) {
        let place = by_hand::object(&plain.text).map(|object| around(&object, column - 1));
        let is_consequence = place
            .as_ref()
            .is_some_and(|place| !place.in_member && taken.contains(&place.object));
        let Some(place) = place else {
            wrong.push((plain.column(column), unfit));
            break;
        };
        if !is_consequence {
            let column = plain.column(column);
            match (&place.out, missing(&plain.text, required)) {
                (None, missing) if !missing.is_empty() => {
                    let found = missing
                        .iter()
                        .map(|name| (column, Unfit::Form(format!("missing field `{name}`"))));
                    wrong.extend(found);
                }
                _ => wrong.push((column, unfit)),
            }
        }
        let Some((owner, out)) = place.out else { break };
        taken.push(owner);
        let blank = " ".repeat(out.end - out.start);
        plain.text.replace_range(out.start..out.end, &blank);
    }
    wrong.sort_by_key(|(column, _)| *column);
    wrong
}

/// Which of these fields a line does not have.
fn missing<'a>(text: &str, required: &[&'a str]) -> Vec<&'a str> {
    let object = by_hand::object(text);
    let has = |name: &str| object.as_ref().is_some_and(|object| object.get(name).is_some());
    required.iter().copied().filter(|name| !has(name)).collect()
}

/// What lies around a place in a line.
struct Place {
    /// The innermost object.
    object: Range,
    /// It lies in one of its members.
    in_member: bool,
    /// What can be taken out: the innermost member or element around it, with the comma that goes with it, behind the
    /// object or list that has it.
    out: Option<(Range, Range)>,
}

fn around(object: &Object<'_>, at: usize) -> Place {
    let mut place = Place {
        object: object.range,
        in_member: false,
        out: None,
    };
    place.descend(object, at);
    place
}

impl Place {
    fn descend(&mut self, object: &Object<'_>, at: usize) {
        self.object = object.range;
        let members: Vec<Range> = object.properties.iter().map(|member| member.range).collect();
        let number = self.one_of(object.range, &members, at);
        self.in_member = number.is_some();
        if let Some(member) = number.and_then(|number| object.properties.get(number)) {
            self.through(&member.value, at);
        }
    }

    fn through(&mut self, value: &Value<'_>, at: usize) {
        match value {
            Value::Object(object) if within(object.range, at) => self.descend(object, at),
            Value::Array(array) => {
                let elements: Vec<Range> = array.elements.iter().map(Ranged::range).collect();
                let element = self.one_of(array.range, &elements, at);
                if let Some(element) = element.and_then(|number| array.elements.get(number)) {
                    self.through(element, at);
                }
            }
            _ => {}
        }
    }

    /// Which of these parts it lies in; that one can be taken out.
    fn one_of(&mut self, whole: Range, parts: &[Range], at: usize) -> Option<usize> {
        let number = parts.iter().position(|part| within(*part, at))?;
        let here = parts[number];
        let out = match (parts.get(number + 1), number.checked_sub(1)) {
            (Some(next), _) => Range::new(here.start, next.start),
            (None, Some(before)) => Range::new(parts[before].end, here.end),
            (None, None) => here,
        };
        self.out = Some((whole, out));
        Some(number)
    }
}

fn within(range: Range, at: usize) -> bool {
    range.start <= at && at < range.end
}
