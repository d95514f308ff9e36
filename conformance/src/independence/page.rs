//! The page of the pairs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::Area;

use super::Row;

/// The page.
#[must_use]
pub fn markdown(tables: &BTreeMap<Area, Vec<Row>>) -> String {
    let mut page = String::from(PREFACE);
    let sum = |of: fn(&Row) -> usize| -> usize { tables.values().flatten().map(of).sum() };
    let (shown, not) = (sum(shown), sum(|row| row.not.len()));
    let perhaps = sum(|row| if row.perhaps { self::shown(row) } else { 0 });
    let argued = sum(|row| row.not.iter().filter(|(_, why)| why.is_some()).count());
    let _ = writeln!(
        page,
        "**{} ordered pairs: {shown} have a trace, {perhaps} of them of a rule that is broken perhaps and never surely; {argued} \
         have none, with the argument; of {} none is known.**",
        shown + not,
        not - argued
    );
    for (area, rows) in tables.iter().filter(|(_, rows)| rows.len() > 1) {
        page.push_str(&table(*area, rows));
    }
    page
}

fn shown(row: &Row) -> usize {
    row.shown.iter().map(|(_, kept)| kept.len()).sum()
}

/// The part of the page that is about one area.
#[must_use]
pub fn table(area: Area, rows: &[Row]) -> String {
    let mut page = String::new();
    let (all, not): (usize, usize) = (rows.iter().map(shown).sum(), rows.iter().map(|row| row.not.len()).sum());
    let _ = writeln!(page, "\n## {area}\n\n{} pairs, {all} with a trace.\n", all + not);
    page.push_str("| breaks | keeps | lines | of |\n|---|---|--:|---|\n");
    for row in rows {
        for (place, (trace, kept)) in row.shown.iter().enumerate() {
            let others = rows.len() - 1;
            let kept = if place == 0 && kept.len() == others {
                "all others".to_owned()
            } else if place == 0 && kept.len() * 2 > others {
                let but = rows
                    .iter()
                    .map(|other| other.rule)
                    .filter(|other| *other != row.rule && !kept.contains(other));
                format!("all others but {}", ids(but))
            } else {
                ids(kept.iter().copied())
            };
            let _ = writeln!(
                page,
                "| {}{} | {kept} | {} | {} |",
                row.rule.id,
                if row.perhaps { " (perhaps)" } else { "" },
                trace.len(),
                trace.name
            );
        }
    }
    let open: Vec<&Row> = rows.iter().filter(|row| !row.not.is_empty()).collect();
    if !open.is_empty() {
        page.push_str("\nNone is known that breaks\n\n");
    }
    for row in open {
        let mut told: Vec<(String, Vec<&Rule>)> = Vec::new();
        for (other, why) in &row.not {
            let why = why.clone().unwrap_or_else(|| seen(row));
            match told.iter_mut().find(|(known, _)| *known == why) {
                Some((_, others)) => others.push(other),
                None => told.push((why, vec![other])),
            }
        }
        for (why, others) in told {
            let _ = writeln!(page, "- {} and keeps {}: {why}.", row.rule.id, ids(others.into_iter()));
        }
    }
    page
}

/// What was seen where there is no argument.
fn seen(row: &Row) -> String {
    match (row.breaches, row.perhaps) {
        (0, _) => "no trace breaks it".to_owned(),
        (1, false) => "seen in the one breach of it that was looked at".to_owned(),
        (breaches, false) => format!("seen in {breaches} breaches of it that were looked at"),
        (breaches, true) => format!("seen in {breaches} traces that perhaps break it"),
    }
}

fn ids<'a>(rules: impl Iterator<Item = &'a Rule>) -> String {
    rules.map(|rule| rule.id.to_string()).collect::<Vec<_>>().join(", ")
}

const PREFACE: &str = "\
# Whether the rules stand each for itself

<!-- Written by: bgspec independence --format markdown -->

Of each two `must` rules of one area: a trace that surely breaks the one, in which the other is in force and no finding names
it, not even as one that perhaps is broken. Of a rule that no trace surely breaks (another one could always be the cause) the
trace breaks it *perhaps*. The traces are those of the corpus and of the scenarios, cases on the reference
scheduler with each of its seeded faults, and changes of traces that conform; each is shortened by every line that it does not
need: the shortest that is known, which is not proved to be the shortest there is. `bgspec independence SUB-1 SUB-4` prints
the trace that breaks SUB-1 and keeps SUB-4. Where none is known, that is what was seen, and no proof that there is none.

";
