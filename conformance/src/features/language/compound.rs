//! Compound steps: one step for several that are usual together, in the field's words.
//!
//! `the person opens the app, which registers "sync" while it launches` stands for three steps of the language. A
//! compound is text for text: reading writes it out ([`written_out`]) before any step is read, and writing puts together
//! what one step says ([`put_together`]), only where writing that out gives the same steps again. The steps themselves
//! are in [`super::steps`], the compounds in [`TABLE`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::cursor::Cursor;
use super::pattern::Written;
use super::steps::Keyword;
use super::story::Line;
use super::time::read_length;

mod table;
#[cfg(test)]
mod tests;

pub use table::TABLE;

/// A row of the table of compounds.
#[derive(Debug)]
pub struct Row {
    /// The keyword that it stands under: that of its first step.
    pub keyword: Keyword,
    /// How it is written. `{name}` is a hole of the type of that name, `{name:type}` one of another type.
    pub text: &'static str,
    /// The steps that it stands for, with their keywords. `{name*}` is each item of a list: one step for each.
    pub steps: &'static [(Keyword, &'static str)],
    /// One of its kind.
    pub example: &'static str,
}

/// A compound, taken apart.
struct Compound {
    row: &'static Row,
    text: Vec<Part>,
    steps: Vec<(Keyword, Vec<Part>)>,
}

enum Part {
    Words(&'static str),
    Hole { name: &'static str, ty: Type, each: bool },
}

/// What stands in a hole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    /// A text or an identifier in quotes.
    Text,
    /// Several of them, or `nothing`.
    Texts,
    /// A task: `the 2nd "sync" task`.
    Task,
    /// A whole number.
    Number,
    /// A length of time.
    Length,
    /// Small words: a kind, a sort of request, a platform.
    Words,
    /// The name of a version.
    Version,
    /// Anything.
    Rest,
}

const TYPES: [(&str, Type); 12] = [
    ("id", Type::Text),
    ("ids", Type::Texts),
    ("text", Type::Text),
    ("texts", Type::Texts),
    ("task", Type::Task),
    ("integer", Type::Number),
    ("length", Type::Length),
    ("kind", Type::Words),
    ("request", Type::Words),
    ("success", Type::Words),
    ("platform", Type::Words),
    ("name", Type::Version),
];

/// The compounds, those of the most steps first.
static COMPOUNDS: LazyLock<Vec<Compound>> = LazyLock::new(|| {
    let taken_apart = |row: &'static Row| Compound {
        row,
        text: parts(row.text),
        steps: row
            .steps
            .iter()
            .map(|(keyword, text)| (*keyword, parts(text)))
            .collect(),
    };
    let mut compounds: Vec<_> = TABLE.iter().map(taken_apart).collect();
    compounds.sort_by_key(|compound| std::cmp::Reverse(compound.steps.len()));
    compounds
});

/// A compound of more characters than this says less than its steps.
const LONGEST: usize = 200;

/// What the holes of a text hold.
type Bound<'t> = BTreeMap<&'static str, &'t str>;

/// The steps that a compound stands for; nothing where the text is none. The keyword is that of the step.
#[must_use]
pub fn written_out(keyword: Keyword, text: &str) -> Option<Vec<(Keyword, String)>> {
    let (time, body) = timed(text);
    let found = COMPOUNDS
        .iter()
        .filter(|compound| compound.row.keyword == keyword)
        .find_map(|compound| {
            let mut bound = Bound::new();
            fits(&compound.text, body, &mut bound).then_some((compound, bound))
        });
    let (compound, bound) = found?;
    let mut steps = Vec::new();
    for (keyword, parts) in &compound.steps {
        match parts.iter().find_map(each) {
            Some(name) => {
                for item in items(bound.get(name).copied().unwrap_or_default()) {
                    steps.push((*keyword, filled(parts, &bound, item)));
                }
            }
            None => steps.push((*keyword, filled(parts, &bound, ""))),
        }
    }
    if let Some((_, first)) = steps.first_mut() {
        first.insert_str(0, time);
    }
    Some(steps)
}

/// The keyword that a compound stands under, where a text is one.
#[must_use]
pub fn keyword_of(text: &str) -> Option<Keyword> {
    let keywords = [Keyword::Given, Keyword::When, Keyword::Then];
    keywords
        .into_iter()
        .find(|keyword| written_out(*keyword, text).is_some())
}

/// The same steps, with those put together that a compound says.
#[must_use]
pub fn put_together(lines: Vec<Line>) -> Vec<Line> {
    let mut together = Vec::new();
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        let found = COMPOUNDS.iter().find_map(|compound| compound.of(rest));
        let (line, count) = found.unwrap_or_else(|| (first.clone(), 1));
        together.push(line);
        rest = &rest[count..];
    }
    together
}

/// The compound whose example is most like a text, and how like they are, in thousandths.
#[must_use]
pub fn nearest(keyword: Keyword, text: &str) -> Option<(&'static Row, usize)> {
    let rows = TABLE.iter().filter(|row| row.keyword == keyword);
    let likeness = |row: &'static Row| (row, super::nearest::likeness(text, row.example));
    rows.map(likeness).max_by_key(|(_, likeness)| *likeness)
}

impl Compound {
    /// The line that says the first of these, and how many it says.
    fn of(&self, lines: &[Line]) -> Option<(Line, usize)> {
        let mut bound = Bound::new();
        let mut lists: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
        let mut time = "";
        let mut count = 0;
        for (place, (keyword, parts)) in self.steps.iter().enumerate() {
            let several = parts.iter().find_map(each);
            while let Some(line) = lines.get(count).filter(|line| line.keyword == *keyword) {
                let (before, body) = match (place, count) {
                    (0, 0) => timed(&line.written.text),
                    _ => ("", line.written.text.as_str()),
                };
                let mut now = bound.clone();
                if !fits(parts, body, &mut now) {
                    break;
                }
                if let Some(name) = several {
                    lists.entry(name).or_default().extend(now.remove(name));
                }
                bound = now;
                if count == 0 {
                    time = before;
                }
                count += 1;
                if several.is_none() {
                    break;
                }
            }
            match several {
                Some(name) => drop(lists.entry(name).or_default()),
                None if bound_all(parts, &bound) && count > 0 => {}
                None => return None,
            }
        }
        let mut text = time.to_owned();
        for part in &self.text {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Hole { name, .. } => match lists.get(name) {
                    Some(items) => text.push_str(&listed(items)),
                    None => text.push_str(bound.get(name)?),
                },
            }
        }
        let (said, _) = lines.split_at_checked(count).filter(|_| count > 1)?;
        if self.row.keyword != Keyword::Given && text.chars().count() > LONGEST {
            return None;
        }
        let mut tables = said.iter().filter_map(|line| line.written.table.as_ref());
        let line = Line {
            keyword: self.row.keyword,
            written: Written {
                text,
                table: tables.next().cloned(),
            },
        };
        let again = written_out(line.keyword, &line.written.text)?;
        let steps = said.iter().map(|line| (line.keyword, line.written.text.clone()));
        let under = said.iter().position(|line| line.written.table.is_some());
        let at_home = under.is_none_or(|place| place == table_of(&again));
        (tables.next().is_none() && at_home && again.into_iter().eq(steps)).then_some((line, count))
    }
}

/// Under which of these steps the table of their compound stands: the one that ends in a colon, else the last.
#[must_use]
pub fn table_of(steps: &[(Keyword, String)]) -> usize {
    let colon = steps.iter().position(|(_, text)| text.ends_with(':'));
    colon.unwrap_or(steps.len().saturating_sub(1))
}

/// A text, and the time before it: `2 hours later, `.
fn timed(text: &str) -> (&str, &str) {
    let mut cursor = Cursor::new(text);
    let behind = cursor.eat("after ");
    if !cursor.rest().starts_with(|c: char| c.is_ascii_digit()) || read_length(&mut cursor).is_err() {
        return ("", text);
    }
    let is_time = behind || cursor.eat(" later") || cursor.eat(" earlier");
    cursor.eat(",");
    if is_time && cursor.eat(" ") {
        text.split_at(cursor.at())
    } else {
        ("", text)
    }
}

fn parts(text: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((words, behind)) = rest.split_once('{') {
        let (hole, behind) = behind.split_once('}').unwrap_or((behind, ""));
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
        let (hole, each) = hole.strip_suffix('*').map_or((hole, false), |hole| (hole, true));
        let (name, ty) = hole.split_once(':').unwrap_or((hole, hole));
        let ty = TYPES
            .iter()
            .find(|(known, _)| *known == ty)
            .map_or(Type::Rest, |(_, ty)| *ty);
        parts.push(Part::Hole { name, ty, each });
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest));
    }
    parts
}

fn each(part: &Part) -> Option<&'static str> {
    match part {
        Part::Hole { name, each: true, .. } => Some(name),
        _ => None,
    }
}

fn bound_all(parts: &[Part], bound: &Bound<'_>) -> bool {
    parts.iter().all(|part| match part {
        Part::Words(_) => true,
        Part::Hole { name, .. } => bound.contains_key(name),
    })
}

/// Whether a text is of these parts, its holes filled as they are bound; binds the others.
fn fits<'t>(parts: &[Part], text: &'t str, bound: &mut Bound<'t>) -> bool {
    let Some((part, others)) = parts.split_first() else {
        return text.is_empty();
    };
    match part {
        Part::Words(words) => text.strip_prefix(words).is_some_and(|rest| fits(others, rest, bound)),
        Part::Hole { name, ty, each } => {
            if let (Some(held), false) = (bound.get(name), *each) {
                return text.strip_prefix(held).is_some_and(|rest| fits(others, rest, bound));
            }
            // The shortest that fits; most types have one length only.
            let ends = ty.ends(text, *each);
            ends.into_iter().any(|end| {
                let (held, rest) = text.split_at(end);
                let mut more = bound.clone();
                more.insert(name, held);
                let fits = fits(others, rest, &mut more);
                if fits {
                    *bound = more;
                }
                fits
            })
        }
    }
}

impl Type {
    /// Where what stands in a hole of this type may end.
    fn ends(self, text: &str, each: bool) -> Vec<usize> {
        let mut cursor = Cursor::new(text);
        let mut list = Vec::new();
        let is_there = match self {
            Self::Texts if !each => {
                if cursor.eat("nothing") {
                    return vec![cursor.at()];
                }
                while quoted(&mut cursor) {
                    list.push(cursor.at());
                    if !cursor.eat(", ") && !cursor.eat(" and ") {
                        break;
                    }
                }
                list.reverse();
                return list;
            }
            Self::Text | Self::Texts => quoted(&mut cursor),
            Self::Task => {
                let begins = cursor.eat("the ");
                if !cursor.take_while(|c| c.is_ascii_digit()).is_empty() {
                    cursor.take_while(|c| c.is_ascii_lowercase());
                    cursor.eat(" ");
                }
                begins && quoted(&mut cursor) && cursor.eat(" task")
            }
            Self::Number => {
                cursor.eat("-");
                !cursor.take_while(|c| c.is_ascii_digit()).is_empty()
            }
            Self::Length => read_length(&mut cursor).is_ok(),
            Self::Version => !cursor.take_while(|c| c.is_ascii_digit() || c == '.').is_empty(),
            Self::Words => {
                let end = text
                    .find(|c: char| !c.is_alphabetic() && c != ' ')
                    .unwrap_or(text.len());
                return (1..=end).filter(|end| text.is_char_boundary(*end)).collect();
            }
            Self::Rest => return (0..=text.len()).filter(|end| text.is_char_boundary(*end)).collect(),
        };
        if is_there { vec![cursor.at()] } else { list }
    }
}

fn quoted(cursor: &mut Cursor<'_>) -> bool {
    cursor.quoted('"', "").is_ok() || cursor.quoted('\'', "").is_ok()
}

/// The items of a list as it is written.
fn items(text: &str) -> Vec<&str> {
    let mut cursor = Cursor::new(text);
    let mut items = Vec::new();
    loop {
        let start = cursor.at();
        if !quoted(&mut cursor) {
            return items;
        }
        items.push(&text[start..cursor.at()]);
        if !cursor.eat(", ") && !cursor.eat(" and ") {
            return items;
        }
    }
}

/// The list of these items.
fn listed(items: &[&str]) -> String {
    match items {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn filled(parts: &[Part], bound: &Bound<'_>, item: &str) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(match part {
            Part::Words(words) => words,
            Part::Hole { each: true, .. } => item,
            Part::Hole { name, .. } => bound.get(name).copied().unwrap_or_default(),
        });
    }
    text
}
