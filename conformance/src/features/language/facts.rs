//! The header, as Given steps say it.

use bgspec_model::vocabulary::{FORMAT, Header};
use serde_json::{Map, Value};

use super::pattern::{Fields, Written};
use super::steps::{Keyword, STEPS, What};
use super::story::{Said, Story, Wrong};
use super::value::Context;

/// What goes without saying: in a header it must stand, in a feature file it need not.
const UNSAID: [(&str, &str); 2] = [("initial", "known"), ("origin", "made up")];

/// Facts as they come, step by step.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    fields: Fields,
}

impl Facts {
    /// The bundle identifier that a step gives, if it gives one: every identifier hangs on it.
    #[must_use]
    pub fn bundle_in(text: &str) -> Option<String> {
        match Story::new("").read(Keyword::Given, text, None) {
            Ok(Said::Facts(fields)) => fields.get("bundle").and_then(Value::as_str).map(str::to_owned),
            _ => None,
        }
    }

    /// Adds the facts of a step.
    ///
    /// # Errors
    /// A fact was given before.
    pub fn add(&mut self, more: Fields) -> Result<(), Wrong> {
        for (name, value) in more {
            if self.fields.insert(name.clone(), value).is_some() {
                return Err(Wrong {
                    at: 0,
                    cell: None,
                    what: format!("`{name}` was said before: expected each fact once"),
                });
            }
        }
        Ok(())
    }

    /// The header of these facts; `about` where the text says what the trace is about.
    ///
    /// # Errors
    /// What is missing, or none of the vocabulary's.
    pub fn header(self, about: Option<String>) -> Result<Header, String> {
        let mut fields = self.fields;
        for (name, what) in [
            ("os", "such as `Given an iPhone with iOS 26.1`"),
            ("bundle", "such as `Given the app \"com.example.app\"`"),
        ] {
            if !fields.contains_key(name) {
                return Err(format!("the scenario does not say its {name}: expected a step {what}"));
            }
        }
        fields.insert("bgspec".to_owned(), FORMAT.into());
        for (name, value) in UNSAID {
            fields.entry(name).or_insert_with(|| value.into());
        }
        if !fields.contains_key("origin") || fields.get("origin") == Some(&"made up".into()) {
            fields.retain(|name, value| name != "platform" || *value != "iphone");
        }
        if let Some(about) = about {
            fields.entry("about").or_insert_with(|| about.into());
        }
        serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())
    }
}

/// The Given steps of a header, in the order of the language. What the header is about is left out where it is
/// `described` elsewhere.
pub fn write_header(header: &Header, described: bool) -> Option<Vec<Written>> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(header) else {
        return None;
    };
    fields.remove("bgspec");
    if header.is_made_up() {
        // The ordinary one.
        fields.entry("platform").or_insert_with(|| "iphone".into());
    }
    for (name, value) in UNSAID {
        if fields.get(name).is_some_and(|given| given == value) {
            fields.remove(name);
        }
    }
    if described {
        fields.remove("about");
    }
    if fields
        .get("device")
        .is_some_and(|device| *device == Value::Object(Map::new()))
    {
        fields.remove("device");
    }
    let context = Context {
        bundle: &header.bundle,
        at: 0,
        table: None,
    };
    let mut steps = Vec::new();
    for step in STEPS.iter().filter(|step| step.what == What::Header) {
        let mut attempt = fields.clone();
        if let Some(written) = step.pattern.write(&mut attempt, &context) {
            fields = attempt;
            steps.push(written);
        }
    }
    fields.is_empty().then_some(steps)
}
