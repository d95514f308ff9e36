//! JSON Schema of the trace, the adapter protocol, the report and the explanation, made from the types themselves.
//!
//! The files in `conformance/schema` are these, and a test compares them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::{Value, json};

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

/// What `bgspec explain --format json` prints.
#[must_use]
pub fn explanation() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Explanation>();
    schema.insert("title".to_owned(), "An explanation of bgspec explain".into());
    schema
}

/// A schema as it is printed.
#[must_use]
pub fn text(schema: &Schema) -> String {
    format!("{:#}\n", schema.as_value())
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
