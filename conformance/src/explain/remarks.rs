//! What was answered or done to the app that it asks about besides its requests: a read that failed, a registration that
//! returned false, a suspension; each with the rules that allow it.

use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{Event, Record, RegisterAnswer, WorkAnswer};

use super::form::{Remark, ids};
use super::narrate;
use super::refused::first_sentence;

/// Whether an event is worth a remark.
pub(super) fn is_remarkable(event: &Event) -> bool {
    match event {
        Event::GpuWork(work) | Event::NeuralEngineWork(work) => work.answer == Some(WorkAnswer::Failed),
        Event::ProtectedRead(read) => read.answer == Some(WorkAnswer::Failed),
        Event::Register(register) => !matches!(register.answer, None | Some(RegisterAnswer::Returned(true))),
        Event::SupportedResources(resources) => resources.answer.is_some_and(|answer| !answer.gpu),
        Event::Suspended(_) | Event::CompletedBySystem(_) => true,
        _ => false,
    }
}

/// Adds a remark; what was remarked already is counted.
pub(super) fn add(remarks: &mut Vec<Remark>, line: u64, record: &Record, by: &[&'static Rule]) {
    let (what, rules) = (narrate::line(record), ids(by));
    if let Some(same) = remarks.iter_mut().find(|same| same.what == what && same.rules == rules) {
        same.times += 1;
        return;
    }
    let told = by.first().map(|rule| first_sentence(rule.text));
    remarks.push(Remark {
        at: record.at,
        line,
        what,
        because: told.unwrap_or_default(),
        rules,
        times: 1,
    });
}
