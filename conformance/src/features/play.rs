//! Plays a scenario against an adapter.
//!
//! The text gives times from the start ([`crate::play::replay`]). What an implementation does not declare makes a
//! scenario not applicable there, and so does a step that makes no sense in what has come: a task that was never
//! delivered cannot be completed.

use bgspec_model::oracle::Malformed;
use bgspec_model::rule::Id;
use bgspec_model::vocabulary::{Event, Header, Kind};

use super::script::{Conditions, Placed, Script};
use crate::play::adapter::{Adapter, Hello};
use crate::play::replay::Replay;
use crate::play::runner::{self, Played};

/// Plays a scenario.
///
/// # Errors
/// The oracle does not take the header.
pub fn play(adapter: &dyn Adapter, hello: &Hello, script: &Script, terms: &Conditions) -> Result<Played, Malformed> {
    let header = Header {
        os: terms.os.unwrap_or(script.header.os),
        ..runner::header_for(&script.header, hello)
    };
    let mut source = Replay::new(script.records.iter().map(|placed| &placed.record));
    runner::play(adapter, hello, &header, &terms.terms(), &mut source)
}

/// Why a scenario cannot be played against an implementation, if it cannot.
#[must_use]
pub fn obstacle(script: &Script, hello: &Hello) -> Option<String> {
    for (setting, value) in &hello.pins {
        let asked = script.header.pins.get(setting).or_else(|| {
            let pins = script.expected.iter().map(|expected| &expected.terms.pins);
            pins.filter_map(|pins| pins.get(setting)).next()
        });
        if let Some(asked) = asked.filter(|asked| *asked != value) {
            return Some(format!(
                "it declares {setting} = {value}, and the scenario is about {asked}"
            ));
        }
    }
    for tag in &script.tags {
        let rule = tag.strip_prefix("rule:").and_then(|id| id.parse::<Id>().ok());
        if let Some(rule) = rule.filter(|rule| !hello.areas.contains(&rule.area)) {
            return Some(format!("the area {} is not declared", rule.area));
        }
    }
    for Placed { record, .. } in &script.records {
        match record.event.as_ref()? {
            Event::Submit(submit) if !hello.kinds.contains(&submit.kind) => return Some(undeclared(submit.kind)),
            Event::SubmitAsync(submit) if !hello.kinds.contains(&submit.kind) => return Some(undeclared(submit.kind)),
            Event::GpuWork(_) | Event::NeuralEngineWork(_) | Event::ProtectedRead(_) if !hello.device => {
                return Some("it does not declare that it answers for the device".to_owned());
            }
            _ => {}
        }
    }
    None
}

fn undeclared(kind: Kind) -> String {
    format!("{kind} is not declared")
}
