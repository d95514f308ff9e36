//! What a run scenario says must be seen: the answer of a call, an observation, or that nothing is delivered.
//!
//! The oracle watches besides; this is what the reader of the scenario waits for. A thing seen has no time of its own:
//! it comes behind the step before it and before the next one. What an implementation does not declare that it observes
//! is not asked for.

use bgspec_model::vocabulary::{Event, Record, Role};
use serde_json::Value;

use super::script::{Conditions, Script};
use crate::play::adapter::Hello;

/// What must be seen, and where the scenario says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Must {
    /// Behind so many inputs of the scenario; passing time and reports of progress are none.
    pub after: usize,
    /// Under which terms.
    pub terms: Conditions,
    /// What it is.
    pub what: What,
    /// The line in the file.
    pub line: usize,
}

/// What is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The call gets one of these answers.
    Answer(Vec<Answer>),
    /// This is observed.
    Observed(Event),
    /// No process is launched and no handler called.
    NothingDelivered,
}

/// An answer that is waited for.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// This one: the call's event, with the answer.
    This(Event),
    /// A refusal, with whatever code.
    Refused,
}

/// The answer that is a refusal with whatever code.
pub const REFUSED: &str = "it is refused";

/// What stands between two answers, either of which may be seen.
pub const OR: &str = ", or ";

/// The step that says that nothing is delivered.
pub const NOTHING: &str = "nothing is delivered";

/// How many inputs there are among these lines.
#[must_use]
pub fn inputs<'a>(records: impl Iterator<Item = &'a Record>) -> usize {
    records.filter(|record| is_input(record)).count()
}

/// Whether it is an input behind which something is waited for: time passes while progress is reported.
fn is_input(record: &Record) -> bool {
    let passes = |event: &Event| matches!(event, Event::Clock(_) | Event::Progress(_) | Event::UpdateTitle(_));
    let event = record.event.as_ref();
    event.is_some_and(|event| matches!(event.role(), Role::World | Role::Call) && !passes(event))
}

/// The first thing that must be seen and was not.
#[must_use]
pub fn unseen(script: &Script, hello: &Hello, played: &[Record], terms: &Conditions) -> Option<String> {
    let windows = windows(script, played);
    let musts = script.musts.iter().filter(|must| must.terms.hold_under(terms));
    musts.into_iter().find_map(|must| {
        let window = windows.get(must.after).copied().unwrap_or_default();
        let events = || window.iter().filter_map(|record| record.event.as_ref());
        let observed = |name: &str| hello.observes.iter().any(|declared| declared == name);
        let instead = match &must.what {
            What::Answer(expected) => {
                let found = answer(events().next()?)?;
                let is_it = |expected: &Answer| match expected {
                    Answer::This(event) => answer(event).is_none_or(|expected| has(&found, &expected)),
                    Answer::Refused => found.get("refused").is_some(),
                };
                let named = |expected: &Answer| match expected {
                    Answer::This(event) => answer(event).unwrap_or_default().to_string(),
                    Answer::Refused => "of a refusal".to_owned(),
                };
                let expects = || expected.iter().map(named).collect::<Vec<_>>().join(" or ");
                (!expected.iter().any(is_it)).then(|| format!("expected the answer {}, and it was {found}", expects()))
            }
            What::Observed(expected) if observed(expected.name()) => {
                let expected = value(expected);
                let seen = events().any(|event| has(&value(event), &expected));
                (!seen).then(|| format!("expected {expected} to be seen, and it was not"))
            }
            What::Observed(_) => None,
            What::NothingDelivered => {
                let delivers = |event: &&Event| {
                    matches!(
                        event,
                        Event::Launched(_) | Event::Delivered(_) | Event::DeliveryRaised(_)
                    )
                };
                let found = events().find(delivers)?;
                Some(format!("expected that nothing is delivered, and saw {}", value(found)))
            }
        };
        instead.map(|instead| format!("line {}: {instead}", must.line))
    })
}

/// The lines of a run behind each input of the scenario, the input itself first. What the runner adds by itself (the
/// crash behind an exception, a call that waited for a task) belongs to the input before.
fn windows<'a>(script: &Script, played: &'a [Record]) -> Vec<&'a [Record]> {
    let mut starts = vec![0];
    let mut last = 0;
    let inputs = script
        .records
        .iter()
        .map(|placed| &placed.record)
        .filter(|record| is_input(record));
    for asked in inputs.filter_map(|record| record.event.as_ref()) {
        let asked = deed(asked);
        let is_it =
            |record: &Record| is_input(record) && record.event.as_ref().is_some_and(|event| deed(event) == asked);
        let from = if starts.len() == 1 { 0 } else { last + 1 };
        let found = played.get(from..).and_then(|rest| rest.iter().position(is_it));
        if let Some(found) = found {
            last = from + found;
        }
        starts.push(last);
    }
    let end = |start: usize| {
        starts
            .iter()
            .copied()
            .find(|other| *other > start)
            .unwrap_or(played.len())
    };
    starts.iter().map(|start| &played[*start..end(*start)]).collect()
}

/// An input without what came of it, and without its date, which counts from the call.
fn deed(event: &Event) -> Value {
    let mut value = value(event);
    if let Some(Value::Object(body)) = value.as_object_mut().and_then(|event| event.values_mut().next()) {
        for decided in ["answer", "earliest", "submission"] {
            body.remove(decided);
        }
    }
    value
}

fn value(event: &Event) -> Value {
    serde_json::to_value(event).unwrap_or_default()
}

/// The answer of a call.
fn answer(event: &Event) -> Option<Value> {
    let Value::Object(event) = value(event) else {
        return None;
    };
    event.into_iter().next()?.1.get("answer").cloned()
}

/// Whether what was found has everything that was expected. An exception is one whatever its text, and a list has no
/// order.
fn has(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected.iter().all(|(name, expected)| {
            let is_text = name == "raised" && found.contains_key(name);
            is_text || is_unsaid(expected) || found.get(name).is_some_and(|found| has(found, expected))
        }),
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len()
                && expected
                    .iter()
                    .all(|expected| found.iter().any(|found| has(found, expected)))
        }
        _ => found == expected,
    }
}

/// Whether a field says nothing.
fn is_unsaid(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_expected_is_a_part_of_what_is_found() {
        let cases = [
            (json!(true), json!(true), true),
            (json!(false), json!(true), false),
            (json!({"refused": 3}), json!({"refused": 3}), true),
            (json!({"refused": 1}), json!({"refused": 3}), false),
            (json!("accepted"), json!({"refused": 3}), false),
            (json!({"raised": "other words"}), json!({"raised": "words"}), true),
            (
                json!({"delivered": {"task": "a#1", "queue": "own"}}),
                json!({"delivered": {"task": "a#1"}}),
                true,
            ),
            (
                json!({"delivered": {"task": "a#2"}}),
                json!({"delivered": {"task": "a#1"}}),
                false,
            ),
            (
                json!([{"id": "a"}, {"id": "b"}]),
                json!([{"id": "b"}, {"id": "a"}]),
                true,
            ),
            (json!([{"id": "a"}]), json!([]), false),
        ];
        for (found, expected, is_there) in cases {
            assert_eq!(has(&found, &expected), is_there, "{expected} in {found}");
        }
    }
}
