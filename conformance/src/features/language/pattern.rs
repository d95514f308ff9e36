//! The pattern of a step: literal words, `{holes}`, and `[clauses]` at its end that may be left out.
//!
//! `{field}` is a hole of the type of that name, `{field:type}` one of another type, `{field=json}` nothing that is
//! written but a value that goes without saying. A `*` for the field is the whole body, `^` before it a field of the
//! record and not of its event. Clauses may come in any order; they are written in the order of the pattern.

use serde_json::{Map, Value};

use super::cursor::{Cursor, Expected};
use super::table::{self, Rows};
use super::value::{Context, TYPES, Type};

/// A pattern, taken apart.
#[derive(Debug)]
pub struct Pattern {
    fixed: Vec<Part>,
    clauses: Vec<Vec<Part>>,
}

#[derive(Debug)]
enum Part {
    Words(String),
    Hole(String, Type),
    Constant(String, Value),
}

impl Part {
    /// Whether it is of the record and not of its event.
    fn is_around(&self) -> bool {
        matches!(self, Self::Hole(field, _) | Self::Constant(field, _) if field.starts_with('^'))
    }
}

/// The fields that a step fills.
pub type Fields = Map<String, Value>;

/// What a step came to: its text, and its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The table under it.
    pub table: Option<Rows>,
}

/// More clauses than this go into a table.
const INLINE: usize = 2;
/// A clause that begins so says what came of a call, and stays in the text.
const OUTCOME: &str = ", and it ";
/// The field that is the whole body.
pub(super) const BODY: &str = "*";

impl Pattern {
    /// Takes a pattern apart.
    ///
    /// # Errors
    /// It is none; a test reads every pattern of the language.
    pub fn read(text: &str) -> Result<Self, String> {
        let (fixed, mut rest) = text.split_at(text.find('[').unwrap_or(text.len()));
        let mut clauses = Vec::new();
        while !rest.is_empty() {
            let clause = rest
                .strip_prefix('[')
                .and_then(|rest| rest.split_once(']'))
                .ok_or_else(|| format!("`{rest}` behind the clauses of `{text}`"))?;
            clauses.push(parts(clause.0)?);
            rest = clause.1;
        }
        Ok(Self {
            fixed: parts(fixed)?,
            clauses,
        })
    }

    /// Reads a step into its fields.
    ///
    /// # Errors
    /// The place that was reached, and what was expected there.
    pub fn match_text(&self, text: &str, context: &Context<'_>) -> Result<Fields, Expected> {
        let mut cursor = Cursor::new(text);
        let mut fields = Fields::new();
        read_parts(&self.fixed, &mut cursor, context, &mut fields)?;
        let mut open: Vec<_> = self.clauses.iter().collect();
        let listed = self.takes_list() && context.table.is_some();
        self.clauses_of(&mut cursor, context, &mut fields, &mut open)?;
        match context.table {
            Some(rows) if !listed => {
                cursor.eat(":");
                over(&cursor, None)?;
                let clauses = table::clauses(rows).map_err(|amiss| amiss.seen_from(&cursor))?;
                for (row, clause) in clauses {
                    let mut inner = Cursor::new(&clause);
                    let word = clause.trim_start_matches(", ").split(' ').next().unwrap_or_default();
                    let inside = |expected: Expected| Expected {
                        cell: Some((row, usize::from(expected.at > word.len() + 1))),
                        ..cursor.expected(format!(
                            "{}, found `{}`",
                            expected.what,
                            clause.trim_start_matches(", ")
                        ))
                    };
                    self.clauses_of(&mut inner, context, &mut fields, &mut open)
                        .map_err(inside)?;
                }
                Ok(fields)
            }
            _ => Ok(fields),
        }
    }

    fn clauses_of(
        &self,
        cursor: &mut Cursor<'_>,
        context: &Context<'_>,
        fields: &mut Fields,
        open: &mut Vec<&Vec<Part>>,
    ) -> Result<(), Expected> {
        loop {
            let mut furthest: Option<Expected> = None;
            let taken = open.iter().position(|clause| {
                let (mut ahead, mut more) = (*cursor, Fields::new());
                match read_parts(clause, &mut ahead, context, &mut more) {
                    Ok(()) => {
                        *cursor = ahead;
                        fields.append(&mut more);
                        true
                    }
                    Err(expected) => {
                        if furthest.as_ref().is_none_or(|far| far.at < expected.at) {
                            furthest = Some(expected);
                        }
                        false
                    }
                }
            });
            match taken {
                Some(taken) => drop(open.remove(taken)),
                None if cursor.rest() == ":" && context.table.is_some() => return Ok(()),
                None => return over(cursor, furthest),
            }
        }
    }

    /// Whether one of its holes is filled from the table under the step.
    fn takes_list(&self) -> bool {
        let parts = self.fixed.iter().chain(self.clauses.iter().flatten());
        parts.into_iter().any(|part| matches!(part, Part::Hole(_, Type::List)))
    }

    /// Writes a step; nothing where these fields are not all of this pattern. What is written is taken out of them.
    #[must_use]
    pub fn write(&self, fields: &mut Fields, context: &Context<'_>) -> Option<Written> {
        let mut left = fields.clone();
        let mut under = None;
        let mut text = write_parts(&self.fixed, &mut left, context, &mut under)?;
        let mut rows = Vec::new();
        let mut outcome = String::new();
        for parts in &self.clauses {
            let mut attempt = left.clone();
            let Some(clause) = write_parts(parts, &mut attempt, context, &mut under) else {
                continue;
            };
            left = attempt;
            if clause.starts_with(OUTCOME) {
                outcome = clause;
            } else if parts.iter().any(Part::is_around) {
                text.push_str(&clause);
            } else {
                rows.push(clause);
            }
        }
        if rows.len() > INLINE && under.is_none() && !self.takes_list() {
            under = Some(table::rows(&rows));
            text.push_str(&outcome);
            text.push(':');
        } else {
            text.push_str(&rows.concat());
            text.push_str(&outcome);
        }
        *fields = left;
        Some(Written { text, table: under })
    }

    /// Every clause of these fields by itself, in the order of the pattern.
    pub(super) fn write_clauses(&self, fields: &mut Fields, context: &Context<'_>) -> Option<(String, Vec<String>)> {
        let fixed = write_parts(&self.fixed, fields, context, &mut None)?;
        let mut clauses = Vec::new();
        for clause in &self.clauses {
            let mut attempt = fields.clone();
            if let Some(clause) = write_parts(clause, &mut attempt, context, &mut None) {
                *fields = attempt;
                clauses.push(clause);
            }
        }
        fields.is_empty().then_some((fixed, clauses))
    }

    /// The types of its holes, each once.
    pub fn types(&self) -> impl Iterator<Item = Type> {
        let parts = self.fixed.iter().chain(self.clauses.iter().flatten());
        let mut seen = Vec::new();
        for part in parts {
            if let Part::Hole(_, ty) = part
                && !seen.contains(ty)
            {
                seen.push(*ty);
            }
        }
        seen.into_iter()
    }

    /// Whether it lets time pass.
    #[must_use]
    pub fn passes_time(&self) -> bool {
        self.types().any(|ty| matches!(ty, Type::Pass | Type::One))
    }
}

fn over(cursor: &Cursor<'_>, furthest: Option<Expected>) -> Result<(), Expected> {
    match furthest {
        _ if cursor.is_over() => Ok(()),
        Some(far) if far.at > cursor.at() => Err(far),
        _ => Err(cursor.expected("the end of the step")),
    }
}

fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((words, behind)) = rest.split_once('{') {
        if !words.is_empty() {
            parts.push(Part::Words(words.to_owned()));
        }
        let (hole, behind) = behind
            .split_once('}')
            .ok_or_else(|| format!("an open hole in `{text}`"))?;
        rest = behind;
        if let Some((field, json)) = hole.split_once('=') {
            let value = serde_json::from_str(json).map_err(|error| format!("{hole}: {error}"))?;
            parts.push(Part::Constant(field.to_owned(), value));
            continue;
        }
        let (field, ty) = hole.split_once(':').unwrap_or((hole, hole));
        let ty = TYPES.iter().find(|(name, ..)| *name == ty);
        let (_, ty, _) = ty.ok_or_else(|| format!("no type `{hole}`"))?;
        parts.push(Part::Hole(field.to_owned(), *ty));
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest.to_owned()));
    }
    Ok(parts)
}

fn read_parts(
    parts: &[Part],
    cursor: &mut Cursor<'_>,
    context: &Context<'_>,
    fields: &mut Fields,
) -> Result<(), Expected> {
    for part in parts {
        match part {
            Part::Words(words) => {
                // A step that goes wrong in the middle of a word is pointed at where it does.
                let shared = words.chars().zip(cursor.rest().chars()).take_while(|(a, b)| a == b);
                let shared: usize = shared.map(|(c, _)| c.len_utf8()).sum();
                if shared < words.len() {
                    let at = cursor.at() + words[..shared].rfind(' ').map_or(0, |space| space + 1);
                    let what = words[at - cursor.at()..].trim();
                    return Err(Expected {
                        at,
                        what: format!("`{what}`"),
                        cell: None,
                    });
                }
                cursor.expect(words)?;
            }
            Part::Hole(field, ty) => {
                let value = ty.read(cursor, context)?;
                if field == BODY {
                    if let Value::Object(mut body) = value {
                        fields.append(&mut body);
                    }
                } else if !value.is_null() {
                    fields.insert(field.clone(), value);
                }
            }
            Part::Constant(field, value) => {
                fields.insert(field.clone(), value.clone());
            }
        }
    }
    Ok(())
}

fn write_parts(parts: &[Part], fields: &mut Fields, context: &Context<'_>, under: &mut Option<Rows>) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Words(words) => text.push_str(words),
            Part::Hole(field, ty) if field == BODY => {
                let (record, body) = std::mem::take(fields)
                    .into_iter()
                    .partition(|(name, _)| name.starts_with('^'));
                *fields = record;
                text.push_str(&ty.write(&Value::Object(body), context, under)?);
            }
            Part::Hole(field, Type::Caller) => {
                let by = fields.remove(field).unwrap_or(Value::Null);
                text.push_str(&Type::Caller.write(&by, context, under)?);
            }
            Part::Hole(field, ty) => text.push_str(&ty.write(&fields.remove(field)?, context, under)?),
            Part::Constant(field, value) => {
                if fields.remove(field)? != *value {
                    return None;
                }
            }
        }
    }
    Some(text)
}
