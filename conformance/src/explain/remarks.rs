//! What was answered or done to the app that it asks about besides its requests: a read that failed, a registration that
//! returned false, a suspension, a second card; each with the rules that allow it.

use std::collections::BTreeSet;

use bgspec_model::rule::Rule;
use bgspec_model::rules;
use bgspec_model::vocabulary::{CardIs, Event, Record, RegisterAnswer, Starter, TaskName, WorkAnswer};

use super::form::{Remark, Story, ids};
use super::refused::first_sentence;
use super::{act, narrate};

/// The remarks on a trace, as they come.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    made: Vec<Remark>,
    /// The tasks whose card says that they failed.
    failed: BTreeSet<TaskName>,
}

/// Whether it is worth asking which rules allow an event.
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

/// What a rule says of an event, where its own words say more than that.
fn because(event: &Event, rules: &[String]) -> Option<&'static str> {
    let has = |rule: &str| rules.iter().any(|other| other == rule);
    if let (Event::Started(_), true) = (event, has("LIF-14")) {
        return Some(
            "that launch was not for a task, and no task comes with it; without a running task the process may be suspended \
             at any time, and a card of another framework (such as a Live Activity), or a launch for another reason, \
             changes nothing here",
        );
    }
    if let (Event::Suspended(_), true) = (event, has("LIF-14")) {
        return Some(
            "the trace has no task that ran then, and a process in the background without a running task may be suspended \
             at any time; a card of another framework (such as a Live Activity) keeps nothing awake",
        );
    }
    if let (Event::ProtectedRead(_), true) = (event, has("DAT-1")) {
        return Some(
            "until the device is unlocked for the first time after a boot, data of class \
             completeUntilFirstUserAuthentication (keychain: afterFirstUnlock) cannot be read; from then on it can, in the \
             background too",
        );
    }
    has("UIX-6").then_some(
        "the card of the attempt that failed is still there; submitting a failed identifier again shows a second card \
         beside the failed one, as was reported, or replaces it, as its reporter expected: both are allowed, and nobody's \
         fault",
    )
}

impl Remarks {
    /// A line was judged; `by` are the rules that allow it, where it was worth asking.
    pub(super) fn see(&mut self, line: u64, record: &Record, by: Option<&[&'static Rule]>) {
        let Some(event) = &record.event else { return };
        let found = self.says(event).and_then(|id| id.parse().ok()).and_then(rules::find);
        match (found, by) {
            (Some(rule), _) => self.add(line, record, &[rule]),
            (None, Some(by)) if is_remarkable(event) => self.add(line, record, by),
            _ => {}
        }
    }

    /// The rule that speaks of an event by itself, whatever allows it.
    fn says(&mut self, event: &Event) -> Option<&'static str> {
        if let Event::MemoryKilled(_) = event {
            return Some("EXP-12");
        }
        // A launch that is none for a task.
        if let Event::Started(started) = event {
            return (started.by == Starter::Other).then_some("LIF-14");
        }
        if let Event::Debugger(debugger) = event {
            return debugger.attached.then_some("DBG-7");
        }
        let Event::Card(card) = event else { return None };
        let is_other = |failed: &TaskName| failed.id == card.task.id && *failed != card.task;
        let is_beside = self.failed.iter().any(is_other);
        match card.is {
            CardIs::Failed => self.failed.insert(card.task.clone()),
            _ => self.failed.remove(&card.task),
        };
        (card.is == CardIs::Shown && is_beside).then_some("UIX-6")
    }

    /// Adds a remark; what was remarked already is counted.
    fn add(&mut self, line: u64, record: &Record, by: &[&'static Rule]) {
        let (what, rules) = (narrate::line(record), ids(by));
        let same = |made: &&mut Remark| made.what == what && made.rules == rules;
        if let Some(same) = self.made.iter_mut().find(same) {
            same.times += 1;
            return;
        }
        let own = record.event.as_ref().and_then(|event| because(event, &rules));
        let told = own
            .map(ToOwned::to_owned)
            .or_else(|| by.first().map(|rule| first_sentence(rule.text)));
        // What the line before it says already.
        let is_new = |to_do: &&str| {
            self.made
                .last()
                .is_none_or(|made| made.to_do.as_deref() != Some(*to_do))
        };
        let to_do = rules.iter().find_map(|rule| act::with(rule)).filter(is_new);
        self.made.push(Remark {
            at: record.at,
            line,
            what,
            because: told.unwrap_or_default(),
            to_do: to_do.map(ToOwned::to_owned),
            rules,
            times: 1,
        });
    }

    /// The remarks beside these stories: how a process without a task begins and ends is of interest only where there is
    /// no other answer.
    pub(super) fn beside(self, stories: &[Story]) -> Vec<Remark> {
        let mut made = self.made;
        let is_of_process = |remark: &Remark| {
            let of_process = |rule: &String| matches!(rule.as_str(), "LIF-14" | "CMP-5" | "EXP-12");
            remark.rules.iter().all(of_process)
        };
        if !stories.is_empty() || !made.iter().all(is_of_process) {
            made.retain(|remark| !is_of_process(remark));
        }
        made
    }
}
