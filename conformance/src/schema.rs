//! JSON Schema of the trace, the adapter protocol, the report, the run, the datasheet and the explanation, made from the types themselves.
//!
//! The files in `conformance/schema` are these, and a test compares them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::{Value, json};

use crate::campaign::datasheet::Datasheet;
use crate::campaign::summary::Summary;
use crate::explain::form::Explanation;
use crate::play::protocol::{Reply, Request};
use crate::report::Checked;
use bgspec_model::vocabulary::{Header, Record};

/// One line of a trace: the first is a header, the others are records.
#[must_use]
pub fn trace() -> Schema {
    one_of::<Header, Record>(
        "A line of a bgspec trace",
        "The first line is a header, every other a record; an end is the last of them.",
    )
}

/// One line of the adapter protocol, in either direction.
#[must_use]
pub fn protocol() -> Schema {
    one_of::<Request, Reply>(
        "A line of the bgspec adapter protocol",
        "The runner sends requests, the adapter sends replies; each line holds one.",
    )
}

/// What `bgspec check --format json` prints.
#[must_use]
pub fn report() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Checked>();
    schema.insert("title".to_owned(), "A report of bgspec check".into());
    schema
}

/// What `bgspec test --format json` prints.
#[must_use]
pub fn run() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Summary>();
    schema.insert("title".to_owned(), "A report of bgspec test".into());
    schema
}

/// What `bgspec datasheet --format json` prints.
#[must_use]
pub fn datasheet() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Datasheet>();
    schema.insert("title".to_owned(), "A datasheet of bgspec datasheet".into());
    schema
}

/// What `bgspec explain --format json` prints.
#[must_use]
pub fn explanation() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Explanation>();
    schema.insert("title".to_owned(), "An explanation of bgspec explain".into());
    schema
}

/// A schema as it is printed, for readers who know no Rust.
#[must_use]
pub fn text(schema: &Schema) -> String {
    let mut schema = schema.as_value().clone();
    reword(&mut schema);
    format!("{schema:#}\n")
}

/// Words each description without its examples in Rust, and names what it links to by its last name.
fn reword(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                match value {
                    Value::String(text) if name == "description" => *text = plain(text),
                    value => reword(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(reword),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn plain(text: &str) -> String {
    let prose = text
        .split("```")
        .step_by(2)
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ");
    let mut parts = prose.split("[`");
    let mut worded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (link, rest) = part.split_once("`]").unwrap_or((part, ""));
        // Behind the text of a link may stand where it leads.
        let rest = match rest.strip_prefix('(').and_then(|target| target.split_once(')')) {
            Some((_, rest)) => rest,
            None => rest,
        };
        let name = link.rsplit("::").next().unwrap_or(link);
        worded.push_str(&format!("`{name}`{rest}"));
    }
    worded.trim().to_owned()
}

fn one_of<A: JsonSchema, B: JsonSchema>(title: &str, description: &str) -> Schema {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let lines = [generator.subschema_for::<A>(), generator.subschema_for::<B>()];
    let mut definitions = generator.take_definitions(true);
    // A record has an event or an end.
    if let Some(Value::Object(record)) = definitions.get_mut("Record") {
        record.insert(
            "oneOf".to_owned(),
            json!([{ "required": ["event"] }, { "required": ["end"] }]),
        );
    }
    json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
        "oneOf": lines,
        "$defs": definitions,
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_description_has_no_rust_in_it() {
        let doc = "As [`Header::modes`] in the first line, or [`none`](super::NONE).\n\n```\nuse it;\n```\nMore.";
        assert_eq!(plain(doc), "As `modes` in the first line, or `none`. More.");
        assert_eq!(plain("`at` is in milliseconds."), "`at` is in milliseconds.");
    }
}
