//! Plays a scenario against an adapter.
//!
//! The text gives times from the start; where an adapter lets something be seen on the way, the wait goes on to its
//! end. What an implementation does not declare makes a scenario not applicable there, and so does a step that makes
//! no sense in what has come: a task that was never delivered cannot be completed.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use bgspec_model::oracle::Malformed;
use bgspec_model::rule::Id;
use bgspec_model::vocabulary::{Empty, Event, Header, Kind, Record, Role};

use super::script::{Conditions, Placed, Script};
use crate::play::action::{Action, Input, Source, earliest};
use crate::play::adapter::{Adapter, Hello};
use crate::play::runner::{self, Played};
use crate::play::world::World;

/// Plays a scenario.
///
/// # Errors
/// The oracle does not take the header.
pub fn play(adapter: &dyn Adapter, hello: &Hello, script: &Script, terms: &Conditions) -> Result<Played, Malformed> {
    let header = Header {
        pins: script
            .header
            .pins
            .clone()
            .into_iter()
            .chain(hello.pins.clone())
            .collect(),
        os: terms.os.unwrap_or(script.header.os),
        tolerance: hello.tolerance,
        recorded: Some(hello.observes.clone()),
        discretion: hello.discretion,
        without: missing_areas(hello),
        ..script.header.clone()
    };
    let mut source = Lines {
        records: &script.records,
        next: 0,
    };
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

/// What the world and the app do in a trace, without the answers; the time until its end passes.
#[must_use]
pub fn inputs(records: Vec<Record>) -> Vec<Record> {
    let mut inputs: Vec<Record> = Vec::new();
    for mut record in records {
        let last = inputs.last().map_or(0, |record| record.at);
        match &mut record.event {
            None if record.at > last => inputs.push(Record::new(record.at, Event::Clock(Empty {}))),
            Some(event) if matches!(event.role(), Role::World | Role::Call) => {
                unanswer(event);
                record.call = None;
                inputs.push(record);
            }
            _ => {}
        }
    }
    inputs
}

fn unanswer(event: &mut Event) {
    match event {
        Event::Register(call) => call.answer = None,
        Event::Submit(call) => call.answer = None,
        Event::SubmitAsync(call) => call.answer = None,
        Event::Pending(call) => call.answer = None,
        Event::SupportedResources(call) => call.answer = None,
        Event::GpuWork(call) | Event::NeuralEngineWork(call) => call.answer = None,
        Event::ProtectedRead(call) => call.answer = None,
        _ => {}
    }
}

fn undeclared(kind: Kind) -> String {
    format!("{kind} is not declared")
}

fn missing_areas(hello: &Hello) -> Vec<bgspec_model::vocabulary::Area> {
    let all = bgspec_model::vocabulary::Area::ALL.iter().copied();
    all.filter(|area| !hello.areas.contains(area)).collect()
}

/// The lines of a scenario, one after another, each at its time.
struct Lines<'a> {
    records: &'a [Placed],
    next: usize,
}

impl Source for Lines<'_> {
    fn next(&mut self, world: &World) -> Option<Action> {
        loop {
            let record = &self.records.get(self.next)?.record;
            if world.now < record.at {
                return Some(Action::Wait(record.at - world.now));
            }
            self.next += 1;
            let event = record.event.as_ref()?;
            if matches!(event, Event::Clock(_)) {
                continue;
            }
            let mut event = event.clone();
            // The runner counts dates from the call.
            if let Some(date) = earliest(&mut event) {
                *date = date.saturating_sub(record.at);
            }
            return Some(Action::Do(Input {
                event,
                by: record.by.as_deref().map(lasting),
                person: record.person,
                main: record.thread.as_deref() == Some("main"),
            }));
        }
    }
}

/// The name of an extension for as long as the program runs: there are as many as the feature files name.
fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(name);
    name
}
