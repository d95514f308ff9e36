//! The table of events in print: what stands in `PROTOCOL.md` between its markers, and what a reader of the vocabulary
//! looks up.
//!
//! Everything here is read from [`Row`] and [`Feature`]; what an event carries comes from its schema. A test compares
//! the page with it.

use std::fmt::Write as _;

use bgspec_model::vocabulary::{Answers, Feature, Kind, Name, Role, Row};
use serde_json::Value;

use crate::schema;

/// The tables, as Markdown.
#[must_use]
pub fn markdown() -> String {
    let schema = schema::trace();
    let carries = |row: &Row| carries(schema.as_value(), row.name);
    let mut text = String::new();
    for (role, title) in [
        (Role::World, "Inputs of the world"),
        (Role::Call, "Calls of the app"),
        (Role::End, "The end of a call that overlaps others"),
        (Role::Observation, "Observations"),
        (Role::Gap, "What was not recorded"),
    ] {
        let _ = writeln!(
            text,
            "### {title}\n\n| event | means | carries | process | about | answers |\n|---|---|---|---|---|---|"
        );
        for row in Name::of(role).map(Name::row) {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} | {} |",
                row.name,
                cell(row.means.trim()),
                carries(row),
                row.process.words(),
                row.about.words(),
                answer(row.answer),
            );
        }
        text.push('\n');
    }
    text.push_str(EXISTS);
    for feature in Feature::ALL {
        let events = Name::ALL.iter().map(|name| name.row());
        let events = events
            .filter(|row| row.exists == *feature && *feature != Feature::Scheduler)
            .map(|row| row.name);
        let _ = writeln!(
            text,
            "| {feature} | {} | {} | {} | {} |",
            feature.whereabouts(),
            kinds(*feature),
            list(events),
            list(feature.attributes().iter().copied()),
        );
    }
    text
}

const EXISTS: &str = "\
### What exists where

CFG-10. Another system than iOS is described by the iOS of its year. What a trace shows beyond this table is malformed: it is
refused with its line and the row, and so is a reply of an adapter. The runner sends nothing of the kind.

| what | from | kinds | events | attributes |
|---|---|---|---|---|
";

fn kinds(feature: Feature) -> String {
    let kinds = feature.kinds();
    if kinds == Kind::ALL {
        return "every".to_owned();
    }
    let kinds: Vec<_> = kinds.iter().map(ToString::to_string).collect();
    kinds.join(", ")
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn answer(answers: Answers) -> String {
    match (answers, answers.name()) {
        (Answers::Void, _) => "nothing".to_owned(),
        (_, Some(name)) => format!("`{name}`"),
        (_, None) => String::new(),
    }
}

/// The fields of an event: those that it must have, and in brackets those that it may have.
fn carries(schema: &Value, name: &str) -> String {
    let event = schema.pointer("/$defs/Event/oneOf").and_then(Value::as_array);
    let body = event
        .into_iter()
        .flatten()
        .find_map(|one| one.pointer(&format!("/properties/{name}")));
    let body = body.and_then(|body| match body.get("$ref").and_then(Value::as_str) {
        Some(link) => schema.pointer(link.trim_start_matches('#')),
        None => Some(body),
    });
    let Some(body) = body else { return String::new() };
    if let Some(choices) = body.get("oneOf").and_then(Value::as_array) {
        let names = choices.iter().filter_map(|one| one.get("properties")?.as_object());
        let names: Vec<_> = names
            .flat_map(|one| one.keys())
            .map(|name| format!("`{name}`"))
            .collect();
        return format!("one of {}", names.join(", "));
    }
    let required: Vec<&str> = body
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let fields = body.get("properties").and_then(Value::as_object);
    let may = fields.into_iter().flat_map(|fields| fields.keys());
    let may = may.map(String::as_str).filter(|name| !required.contains(name));
    let (must, may) = (list(required.iter().copied()), list(may));
    match (must.as_str(), may.as_str()) {
        (_, "") => must,
        ("", _) => format!("[{may}]"),
        _ => format!("{must} [{may}]"),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
