//! Plays a scenario against an adapter.
//!
//! The text gives times from the start ([`crate::play::replay`]). What an implementation does not declare makes a
//! scenario not applicable there, and so does a step that makes no sense in what has come: a task that was never
//! delivered cannot be completed.

use bgspec_model::oracle::Malformed;
use bgspec_model::rule::Id;
use bgspec_model::vocabulary::{Answers, CardIs, Event, Header, Kind, Origin};

use super::script::{Conditions, Once, Order, Placed, Script};
use crate::play::action::{Action, Source};
use crate::play::adapter::{Adapter, Hello};
use crate::play::replay;
use crate::play::runner::{self, Played};
use crate::play::world::World;

/// Plays a scenario.
///
/// # Errors
/// The oracle does not take the header.
pub fn play(adapter: &dyn Adapter, hello: &Hello, script: &Script, terms: &Conditions) -> Result<Played, Malformed> {
    let header = Header {
        os: terms.os.unwrap_or(script.header.os),
        // What is played happens, wherever its story is from: what is not told is ordinary.
        origin: Origin::MadeUp,
        ..runner::header_for(&script.header, hello)
    };
    let mut source = Lines::new(script);
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
        if let Some((rule, word)) = rule.and_then(|rule| Some((rule, hello.leaves_out(rule)?))) {
            return Some(format!("{rule} is declared as not modelled, by `{word}`"));
        }
    }
    for Placed { record, .. } in &script.records {
        let event = record.event.as_ref()?;
        if event.row().answer == Answers::Work && !hello.device {
            return Some("it does not declare that it answers for the device".to_owned());
        }
        let submitted = event.request().filter(|_| event.is_submission());
        if let Some(request) = submitted.filter(|request| !hello.kinds.contains(&request.kind)) {
            return Some(undeclared(request.kind));
        }
    }
    None
}

fn undeclared(kind: Kind) -> String {
    format!("{kind} is not declared")
}

/// The lines of a scenario, one after another, each at its time, and between them what the app does as soon as a task
/// comes so far.
struct Lines<'a> {
    script: &'a Script,
    next: usize,
    /// The orders that were carried out.
    done: Vec<bool>,
}

impl Source for Lines<'_> {
    fn next(&mut self, world: &World) -> Option<Action> {
        loop {
            if let Some(order) = self.ordered(world) {
                return Some(Action::Do(replay::input(&order.deed, order.deed.event.clone()?)));
            }
            let record = &self.script.records.get(self.next)?.record;
            if world.now < record.at {
                return Some(Action::Wait(record.at - world.now));
            }
            self.next += 1;
            let event = record.event.as_ref()?;
            if matches!(event, Event::Clock(_)) || reports_of_the_past(event, world) {
                continue;
            }
            return Some(Action::Do(replay::input(record, event.clone())));
        }
    }
}

impl<'a> Lines<'a> {
    fn new(script: &'a Script) -> Self {
        Self {
            script,
            next: 0,
            done: vec![false; script.orders.len()],
        }
    }

    /// The next order whose task has come so far.
    fn ordered(&mut self, world: &World) -> Option<&'a Order> {
        let is_due = |order: &Order| {
            let task = world.tasks.get(&order.task).filter(|task| !task.completed);
            let so_far = task.is_some_and(|task| match order.once {
                Once::Delivered => true,
                Once::Expired => task.expired,
                Once::Asked => world.cards.get(&order.task) == Some(&CardIs::Prompting),
            });
            so_far && order.after <= self.next
        };
        let mut open = self
            .script
            .orders
            .iter()
            .zip(&mut self.done)
            .filter(|(_, done)| !**done);
        let (order, done) = open.find(|(order, _)| is_due(order))?;
        *done = true;
        Some(order)
    }
}

/// An app reports the progress of a task while it works on it: no more once the task is over.
fn reports_of_the_past(event: &Event, world: &World) -> bool {
    let task = match event {
        Event::Progress(progress) => &progress.task,
        Event::UpdateTitle(title) => &title.task,
        _ => return false,
    };
    let was_delivered = world.deliveries.get(&task.id).is_some_and(|count| *count >= task.n);
    match world.tasks.get(task) {
        Some(task) => task.expired || task.completed,
        None => was_delivered,
    }
}
