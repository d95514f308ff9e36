//! Data tables: the clauses of a step, one in a row, and lists of requests.
//!
//! A row of clauses is a clause with its first word in a cell of its own: `| earliest | in 2 hours |` for
//! `, earliest in 2 hours`. A list of requests has a column for the first word of each clause that occurs.

use std::sync::LazyLock;

use serde_json::Value;

use super::cursor::{Cursor, Expected};
use super::pattern::{Fields, Pattern};
use super::value::Context;
use super::words;

/// The rows of a table.
pub type Rows = Vec<Vec<String>>;

/// The attributes of a request, as clauses.
pub(super) const REQUEST: &str = "[, earliest {earliest:date}][, requiring the network{network=true}]\
    [, requiring external power{power=true}][, requiring the GPU{gpu=true}][, with strategy fail{strategy=\"fail\"}]\
    [, with protection {protection}][, titled {title:text}][, subtitled {subtitle:text}]";

/// A request as the pending list shows it.
static LISTED: LazyLock<Option<Pattern>> =
    LazyLock::new(|| Pattern::read(&format!("{{id}} as {{kind:request}}{REQUEST}")).ok());

const COLUMNS: [&str; 7] = [
    "identifier",
    "kind",
    "earliest",
    "requiring",
    "with",
    "titled",
    "subtitled",
];

/// What was expected in a cell of a table, and what was found.
pub(super) struct Amiss {
    cell: (usize, usize),
    what: String,
}

impl Amiss {
    /// The same, of the step that the table stands under.
    pub(super) fn seen_from(self, step: &Cursor<'_>) -> Expected {
        Expected {
            cell: Some(self.cell),
            ..step.expected(self.what)
        }
    }
}

/// The clauses of a table with two columns, each with its row.
pub(super) fn clauses(rows: &[Vec<String>]) -> Result<Vec<(usize, String)>, Amiss> {
    let mut clauses = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let [word, rest] = row.as_slice() else {
            return Err(Amiss {
                cell: (place, 0),
                what: format!("two columns in the table under the step, found {}", row.len()),
            });
        };
        let mut more = Vec::new();
        split(word, rest, &mut more);
        clauses.extend(more.into_iter().map(|clause| (place, clause)));
    }
    Ok(clauses)
}

/// A cell may hold several clauses of one first word, unless it holds a text.
fn split(word: &str, cell: &str, clauses: &mut Vec<String>) {
    if cell.starts_with('"') {
        clauses.push(format!(", {word} {cell}"));
    } else {
        clauses.extend(cell.split(" and ").map(|one| format!(", {word} {one}")));
    }
}

/// The table of clauses.
pub(super) fn rows(clauses: &[String]) -> Rows {
    clauses
        .iter()
        .map(|clause| cells(clause).map(str::to_owned).to_vec())
        .collect()
}

fn cells(clause: &str) -> [&str; 2] {
    let clause = clause.strip_prefix(", ").unwrap_or(clause);
    clause.split_once(' ').map_or([clause, ""], |(word, rest)| [word, rest])
}

/// The requests of a table.
pub(super) fn read_list(rows: &[Vec<String>], context: &Context<'_>) -> Result<Value, Amiss> {
    let at_top = |column: usize, what: String| Amiss {
        cell: (0, column),
        what,
    };
    let Some((head, rows)) = rows.split_first() else {
        return Err(at_top(0, "a head and a row for each request".to_owned()));
    };
    for (place, name) in head.iter().enumerate() {
        if !COLUMNS.contains(&name.as_str()) {
            let what = format!("one of the columns {}, found `{name}`", COLUMNS.join(", "));
            return Err(at_top(place, what));
        }
        if head[..place].contains(name) {
            return Err(at_top(place, format!("the column `{name}` once, found it again")));
        }
    }
    if let Some(missing) = COLUMNS[..2].iter().find(|name| !head.iter().any(|it| it == *name)) {
        let what = format!("the columns identifier and kind, found no `{missing}`");
        return Err(at_top(0, what));
    }
    let mut requests = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let cell = |name: &str| {
            let column = head.iter().position(|column| column == name);
            column.and_then(|column| row.get(column)).map_or("", String::as_str)
        };
        // The text of the request, and where in it the text of each column ends.
        let mut text = cell("identifier").to_owned();
        let mut ends = vec![("identifier", text.len())];
        text.push_str(&format!(" as a {} request", cell("kind")));
        ends.push(("kind", text.len()));
        for name in &COLUMNS[2..] {
            if !cell(name).is_empty() {
                let mut clauses = Vec::new();
                split(name, cell(name), &mut clauses);
                text.push_str(&clauses.concat());
                ends.push((name, text.len()));
            }
        }
        let Some(pattern) = &*LISTED else { break };
        let alone = Context {
            table: None,
            ..*context
        };
        let fields = pattern.match_text(&text, &alone).map_err(|expected| {
            let name = ends.iter().find(|(_, end)| expected.at < *end);
            let name = name.map_or("identifier", |(name, _)| *name);
            let column = head.iter().position(|column| column == name).unwrap_or(0);
            let what = match name {
                "kind" => format!("a kind: {}", kinds()),
                _ => expected.what,
            };
            Amiss {
                cell: (place + 1, column),
                what: format!("{what}, found `{}`", row.get(column).map_or("", String::as_str)),
            }
        })?;
        requests.push(Value::Object(fields));
    }
    Ok(Value::Array(requests))
}

/// The kinds as the table has them.
fn kinds() -> String {
    let kinds = words::REQUEST.iter().map(|(text, _)| {
        let text = text.strip_suffix(" request").unwrap_or(text);
        text.strip_prefix("a ").unwrap_or(text)
    });
    kinds.collect::<Vec<_>>().join(", ")
}

/// The table of requests.
pub(super) fn write_list(requests: &[Value], context: &Context<'_>) -> Option<Rows> {
    let mut rows = vec![vec![String::new(); COLUMNS.len()]; requests.len()];
    for (row, request) in rows.iter_mut().zip(requests) {
        let mut fields: Fields = request.as_object()?.clone();
        let (fixed, clauses) = LISTED.as_ref()?.write_clauses(&mut fields, context)?;
        let (_, kind) = fixed.rsplit_once(" as a ")?;
        row[0] = fixed[..fixed.len() - kind.len() - " as a ".len()].to_owned();
        row[1] = kind.strip_suffix(" request")?.to_owned();
        for (column, name) in COLUMNS.iter().enumerate().skip(2) {
            let cells: Vec<_> = clauses.iter().map(|clause| cells(clause)).collect();
            let found: Vec<_> = cells
                .iter()
                .filter(|[word, _]| word == name)
                .map(|[_, rest]| (*rest).to_owned())
                .collect();
            row[column] = found.join(" and ");
        }
    }
    let used: Vec<_> = (0..COLUMNS.len())
        .filter(|c| *c < 2 || rows.iter().any(|row| !row[*c].is_empty()))
        .collect();
    let head = used.iter().map(|column| COLUMNS[*column].to_owned()).collect();
    let body = rows
        .iter()
        .map(|row| used.iter().map(|column| row[*column].clone()).collect());
    debug_assert!(words::REQUEST.iter().all(|(text, _)| text.ends_with(" request")));
    Some(std::iter::once(head).chain(body).collect())
}
