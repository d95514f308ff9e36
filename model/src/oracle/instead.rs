//! What was allowed instead of a breach, with its values: which requests a list holds, which error a submission ends with,
//! which words a card shows.

use crate::context::Context;
use crate::op::{Ask, Op, TaskRef};
use crate::report::Alternative;
use crate::rules;
use crate::see::Allowed;
use crate::state::{FlightResult, Outstanding, State, Text};
use crate::vocabulary::{Kind, Millis};

use super::pass::Pass;
use super::words;

/// What was allowed instead, each once.
pub(super) fn instead(pass: &Pass, ask: &Ask) -> Vec<Alternative> {
    let cx = &pass.cx;
    let states = || pass.set.iter().map(|branch| &branch.state);
    let mut all: Vec<Alternative> = Vec::new();
    let mut add = |what: String, rule| {
        let one = Alternative { what, rule };
        if !all.contains(&one) {
            all.push(one);
        }
    };
    for (allowed, rule) in &pass.said.instead {
        let what = match allowed {
            // One of them, and the same in whatever order the states were met.
            Allowed::Lists(count) => states().filter_map(|state| list(cx, state, *count)).min(),
            _ => None,
        };
        add(what.unwrap_or_else(|| words::allowed(*allowed)), rule);
    }
    if let Op::SubmissionCompleted { number, .. } = &ask.op {
        for state in states() {
            let flight = state.flights.iter().find(|flight| flight.number == *number);
            if let Some(what) = flight.and_then(|flight| flight.result).and_then(completion) {
                add(what, rules::completion_of_submissions());
            }
        }
    }
    if let Op::Card { task, .. } = &ask.op
        && pass.said.forbidden.contains(&rules::words_of_cards())
    {
        for state in states() {
            if let Some(what) = words_on(cx, state, *task) {
                add(what, rules::words_of_cards());
            }
        }
    }
    all
}

/// The requests of a list of this length, if these are the ones that a state has.
fn list(cx: &Context, state: &State, count: u32) -> Option<String> {
    let pending = state.requests.iter().filter(|request| request.kind != Kind::Continued);
    let waiting = state.requests.iter().filter(|request| request.kind == Kind::Continued);
    let fits = |listed: &Vec<&Outstanding>| listed.len() == count as usize && count > 0;
    let listed = [pending.clone().collect(), pending.chain(waiting).collect()]
        .into_iter()
        .find(fits)?;
    let listed: Vec<_> = listed.into_iter().map(|request| one_listed(cx, request)).collect();
    Some(format!("a list of {}", listed.join(", ")))
}

fn one_listed(cx: &Context, request: &Outstanding) -> String {
    let name = cx.name(request.id);
    if request.vague {
        return format!("perhaps {name} (of which nothing is known)");
    }
    let earliest = (request.earliest != Millis::MIN).then_some(request.earliest);
    let told = words::attributes(request.kind, earliest, request.network, request.power);
    let perhaps = if request.unsure { "perhaps " } else { "" };
    format!("{perhaps}{name} ({told})")
}

fn completion(result: FlightResult) -> Option<String> {
    match result {
        FlightResult::Accepted => Some("it completes without an error".to_owned()),
        FlightResult::Refused(codes) => Some(format!("it completes with {}", words::these(codes))),
        FlightResult::Failed => Some("it completes with an error of another domain".to_owned()),
        FlightResult::Unheard => None,
    }
}

fn words_on(cx: &Context, state: &State, task: TaskRef) -> Option<String> {
    let card = state.card(task.id, task.n)?;
    let text = |text: Text| cx.text_of(text).map(|text| format!("{text:?}"));
    let (title, subtitle) = (text(card.texts.0)?, text(card.texts.1)?);
    Some(format!("it shows {title} and {subtitle}"))
}
