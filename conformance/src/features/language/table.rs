//! Data tables: the clauses of a step, one in a row, and lists of requests.
//!
//! A row of clauses is a clause with its first word in a cell of its own: `| earliest | in 2 hours |` for
//! `, earliest in 2 hours`. A list of requests has a column for the first word of each clause that occurs.

use std::sync::LazyLock;

use serde_json::Value;

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

/// The clauses of a table with two columns.
pub(super) fn clauses(rows: &[Vec<String>]) -> Result<Vec<String>, String> {
    let mut clauses = Vec::new();
    for row in rows {
        let [word, rest] = row.as_slice() else {
            return Err(format!("two columns in the table under the step, found {}", row.len()));
        };
        split(word, rest, &mut clauses);
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
pub(super) fn read_list(rows: &[Vec<String>], context: &Context<'_>) -> Result<Value, String> {
    let Some((head, rows)) = rows.split_first() else {
        return Err("a table with a head and a row for each request".to_owned());
    };
    if let Some(unknown) = head.iter().find(|name| !COLUMNS.contains(&name.as_str())) {
        return Err(format!("the columns {}; found `{unknown}`", COLUMNS.join(", ")));
    }
    let mut requests = Vec::new();
    for row in rows {
        let cell = |name: &str| {
            let column = head.iter().position(|column| column == name);
            column.and_then(|column| row.get(column)).map_or("", String::as_str)
        };
        let mut clauses = Vec::new();
        for name in &COLUMNS[2..] {
            if !cell(name).is_empty() {
                split(name, cell(name), &mut clauses);
            }
        }
        let text = format!(
            "{} as a {} request{}",
            cell("identifier"),
            cell("kind"),
            clauses.concat()
        );
        let Some(pattern) = &*LISTED else { break };
        let alone = Context {
            table: None,
            ..*context
        };
        let fields = pattern
            .match_text(&text, &alone)
            .map_err(|expected| format!("a row such as `| \"sync\" | refresh |`; in `{text}` {}", expected.what))?;
        requests.push(Value::Object(fields));
    }
    Ok(Value::Array(requests))
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
