//! Whether a reply is one at all: hello word by word, and what was applied against what was asked.

use bgspec_model::profile::{Named, Profile};
use bgspec_model::vocabulary::{Answer, Event, Millis, Record, Role, Version};

use super::every_observation;
use crate::play::adapter::{Applied, Hello, PROTOCOL};
use crate::text::clip;

/// Whether an adapter of this protocol says hello, and means something by each word of it.
///
/// # Errors
/// What was found, and what was expected.
pub fn check_hello(hello: &Hello) -> Result<(), String> {
    if hello.protocol != PROTOCOL {
        return Err(format!("protocol {}, expected protocol {PROTOCOL}", hello.protocol));
    }
    let all = every_observation();
    if let Some(name) = hello.observes.iter().find(|name| !all.contains(name)) {
        return Err(format!(
            "`observes` names `{}`, expected names of observations: {}",
            clip(name, 64),
            all.join(", ")
        ));
    }
    bgspec_model::unmodelled::rules_of_all(&hello.unmodelled).map_err(|what| format!("`unmodelled`: {what}"))?;
    let mut profile = Profile::new(Named::Contract, Version::NEWEST);
    for (setting, value) in &hello.pins {
        profile
            .pin(setting, value)
            .map_err(|error| format!("`pins`: {}", clip(&error.to_string(), 300)))?;
    }
    if !(0..=MOST_TOLERANCE).contains(&hello.tolerance) {
        return Err(format!(
            "`tolerance` {}, expected milliseconds from 0 to {MOST_TOLERANCE}, a day",
            hello.tolerance
        ));
    }
    match hello.speed {
        Some(speed) if !(speed.is_finite() && speed > 0.0) => Err(format!(
            "`speed` {speed}, expected a number above 0: how many times faster than the runner's its clock runs"
        )),
        _ => Ok(()),
    }
}

/// The most that an adapter's times may be inexact.
const MOST_TOLERANCE: Millis = 86_400_000;

/// What an adapter says of itself differently than before, the first field that differs; none where nothing does.
#[must_use]
pub fn change_of_hello(before: &Hello, now: &Hello) -> Option<String> {
    let fields = |hello: &Hello| serde_json::to_value(hello).unwrap_or_default();
    let (before, now) = (fields(before), fields(now));
    let names = before
        .as_object()
        .into_iter()
        .chain(now.as_object())
        .flat_map(|fields| fields.keys());
    let absent = serde_json::Value::Null;
    let mut changed = names.filter_map(|name| {
        let (before, now) = (before.get(name).unwrap_or(&absent), now.get(name).unwrap_or(&absent));
        (before != now).then(|| {
            let (before, now) = (clip(&before.to_string(), 120), clip(&now.to_string(), 120));
            format!("`{name}` was {before} and is {now}, expected the same whenever it is asked")
        })
    });
    changed.next()
}

/// Whether what was applied answers this input at all: the answer is of the call's kind, the observations are
/// observations, their times lie in order and not behind the time reached.
///
/// # Errors
/// What was found, and what was expected.
pub fn check(input: &Record, applied: &Applied) -> Result<(), String> {
    let Some(event) = &input.event else { return Ok(()) };
    let asked = event.name();
    let reached = match (event, applied.reached) {
        (Event::Clock(_), None) => return Err("no `reached`, expected the time that `clock` reached".to_owned()),
        (Event::Clock(_), Some(reached)) if reached > input.at => {
            return Err(format!(
                "`reached` {reached}, expected at most {}, the time that `clock` asked for",
                input.at
            ));
        }
        (Event::Clock(_), Some(reached)) => reached,
        (_, Some(reached)) if reached != input.at => {
            return Err(format!(
                "`reached` {reached} in the reply to `{asked}`, expected it of `clock` alone, or {}, its own time",
                input.at
            ));
        }
        (_, _) => input.at,
    };
    check_answer(event, applied.answer.as_ref())?;
    let mut last = None;
    for record in &applied.observed {
        let Some(event) = record.event.as_ref().filter(|event| event.role() == Role::Observation) else {
            let found = record.event.as_ref().map_or("a line without an event", Event::name);
            return Err(format!(
                "`{found}` among what was observed, expected observations, such as `delivered`"
            ));
        };
        let name = event.name();
        if record.pid.is_some() {
            return Err(format!(
                "`{name}` with a `pid`, expected none: the runner numbers the processes"
            ));
        }
        if last.is_some_and(|last| record.at < last) || record.at > reached {
            let least = last.map_or(String::new(), |last| format!("at least {last} and "));
            return Err(format!("`{name}` at {}, expected {least}at most {reached}", record.at));
        }
        last = Some(record.at);
    }
    Ok(())
}

fn check_answer(event: &Event, answer: Option<&Answer>) -> Result<(), String> {
    let expected = event.row().answer.name();
    let found = answer.and_then(|answer| answer.answered().of().name());
    if found == expected {
        return Ok(());
    }
    let words = |name: Option<&str>| name.map_or("no answer".to_owned(), |name| format!("the answer `{name}`"));
    Err(format!(
        "{} to `{}`, expected {}",
        words(found),
        event.name(),
        words(expected)
    ))
}
