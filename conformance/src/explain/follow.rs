//! Follows requests through a trace: after each line the oracle is asked what stands in the way, and what changed is
//! written down ([`super::story`]). Between two lines nothing changes but the time, and with it an earliest begin date that
//! comes.

use std::collections::HashMap;

use bgspec_model::oracle::Oracle;
use bgspec_model::oracle::explain::Standing;
use bgspec_model::report::Report;
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{
    Answer, Device, Event, Header, Identifier, Initial, Millis, Pressure, Record, Request, SubmitAnswer,
};

use super::form::Story;
use super::narrate;
use super::run::Mark;
use super::story::{Line, One, Submission};
use crate::trace::Places;

/// Follows some identifiers.
#[derive(Debug)]
pub(super) struct Follow {
    each: Vec<One>,
    places: Places,
    at: Millis,
    network: Option<bool>,
    /// The device is told to be under pressure.
    pressed: bool,
    /// The line in which the device was locked, if it is; 0 where it was from the beginning.
    locked: Option<u64>,
    /// The app's files, as they are now.
    files: Header,
    /// Every identifier that the trace names.
    known: Vec<Identifier>,
    /// The requests of calls that overlap others, and of asynchronous submissions, each with its call.
    calls: HashMap<u32, (Mark, Request)>,
    flights: HashMap<u32, (Mark, Request)>,
}

impl Follow {
    pub(super) fn new(header: &Header, ids: &[Identifier], known: Vec<Identifier>, places: &Places) -> Self {
        let ordinary = match header.initial {
            Initial::Unknown => None,
            Initial::Known => Device::ORDINARY.network,
        };
        Self {
            each: ids.iter().map(|id| One::new(id, header, places)).collect(),
            places: places.clone(),
            at: 0,
            network: header.device.network.or(ordinary),
            pressed: header.device.pressure == Some(Pressure::Pressed),
            locked: (header.device.locked == Some(true)).then_some(0),
            files: header.clone(),
            known,
            calls: HashMap::new(),
            flights: HashMap::new(),
        }
    }

    /// Whether a line is about what is followed, so that it is worth asking which rules allow it.
    pub(super) fn concerns(&self, record: &Record) -> bool {
        let Some(event) = &record.event else { return false };
        let about = |one: &One| narrate::is_about(event, &one.id);
        matches!(event, Event::Pending(_) | Event::SubmissionCompleted(_) | Event::End(_))
            || self.each.iter().any(about)
    }

    /// Time passes until the next line.
    pub(super) fn time_passes(&mut self, oracle: &Oracle, to: Millis) {
        for one in &mut self.each {
            let floor = one.now.as_ref().and_then(|now| now.request.as_ref()?.earliest);
            let Some(floor) = floor.filter(|floor| *floor > self.at && *floor <= to) else {
                continue;
            };
            if oracle.is_holding() || !one.is_there() {
                continue;
            }
            if let Some(waiting) = oracle.why_not(one.id.as_str(), floor) {
                one.goes_on(floor, waiting);
                one.write(
                    floor,
                    None,
                    "its earliest begin date came".to_owned(),
                    vec!["CON-1".to_owned()],
                );
            }
        }
        self.at = to;
    }

    /// A line was judged; `by` are the rules that allowed it.
    pub(super) fn see(&mut self, oracle: &Oracle, place: usize, record: &Record, by: Vec<&'static Rule>) {
        let event = place as u64 + 1;
        let mark = Mark {
            at: record.at,
            event,
            line: self.places.line(event),
        };
        match &record.event {
            Some(Event::Device(change)) => {
                self.network = change.network.or(self.network);
                match change.locked {
                    Some(true) => _ = self.locked.get_or_insert(mark.line),
                    Some(false) => self.locked = None,
                    None => {}
                }
                self.pressed = change
                    .pressure
                    .map_or(self.pressed, |pressure| pressure == Pressure::Pressed);
            }
            Some(Event::Updated(facts)) => {
                let files = &mut self.files;
                files.os = facts.os.unwrap_or(files.os);
                files.permitted = facts.permitted.clone().unwrap_or_else(|| files.permitted.clone());
                files.modes = facts.modes.clone().unwrap_or_else(|| files.modes.clone());
                files.entitlements = facts.entitlements.clone().unwrap_or_else(|| files.entitlements.clone());
            }
            _ => {}
        }
        let mut submission = self.submission(mark, record);
        if let Some(submission) = submission.as_mut()
            && matches!(submission.answer, Some(SubmitAnswer::Refused(_)))
        {
            submission.holders = self.holders(oracle, record.at, &submission.request);
        }
        for one in &mut self.each {
            let about = record
                .event
                .as_ref()
                .is_some_and(|event| narrate::is_about(event, &one.id));
            let submission = submission.as_ref().filter(|submission| submission.request.id == one.id);
            if about || submission.is_some() {
                one.events.push(event);
            }
            let waiting = if oracle.is_holding() {
                None
            } else {
                oracle.why_not(one.id.as_str(), record.at)
            };
            let line = Line {
                record,
                number: mark.line,
                event,
                by: &by,
                network: self.network,
                pressed: self.pressed,
                locked: self.locked,
                files: &self.files,
            };
            one.see(&line, waiting, about, submission);
        }
    }

    /// The submission that a line answers, and its answer.
    fn submission(&mut self, mark: Mark, record: &Record) -> Option<Submission> {
        let (called, request, answer) = match (record.event.as_ref()?, record.call) {
            (Event::Submit(submit), Some(call)) => {
                self.calls.insert(call, (mark, submit.request()));
                return None;
            }
            (Event::Submit(submit), None) => (mark, submit.request(), submit.answer.clone()),
            (Event::End(Answer::Submit(answer)), Some(call)) => {
                let (called, request) = self.calls.remove(&call)?;
                (called, request, Some(answer.clone()))
            }
            (Event::SubmitAsync(submit), _) => {
                self.flights.insert(submit.submission, (mark, submit.request()));
                return None;
            }
            (Event::SubmissionCompleted(completed), _) => {
                let (called, request) = self.flights.remove(&completed.submission)?;
                let answer = completed
                    .refusal()
                    .map_or(SubmitAnswer::Accepted, SubmitAnswer::Refused);
                (called, request, Some(answer))
            }
            _ => return None,
        };
        Some(Submission {
            called,
            request,
            answer,
            holders: Vec::new(),
        })
    }

    /// The other identifiers with a request of this kind.
    fn holders(&self, oracle: &Oracle, at: Millis, request: &Request) -> Vec<Identifier> {
        let holds = |id: &&Identifier| {
            let waiting = oracle.why_not(id.as_str(), at);
            waiting.is_some_and(|waiting| {
                let other = waiting.request.as_ref();
                waiting.may_be(Standing::Outstanding) && other.is_some_and(|other| other.kind == request.kind)
            })
        };
        self.known
            .iter()
            .filter(|id| **id != request.id)
            .filter(holds)
            .cloned()
            .collect()
    }

    /// The stories, at the end.
    pub(super) fn stories(mut self, report: &Report) -> Vec<Story> {
        let calls = self
            .calls
            .into_values()
            .map(|(called, request)| (None, called, request));
        let flights = self.flights.into_iter();
        let flights = flights.map(|(number, (called, request))| (Some(number), called, request));
        for (flight, called, request) in calls.chain(flights) {
            let mut each = self.each.iter_mut();
            if let Some(one) = each.find(|one| one.id == request.id)
                && one.run.as_ref().is_none_or(|run| run.began.event < called.event)
            {
                one.deeds.unanswered = Some(called);
                one.deeds.flight = flight;
            }
        }
        self.each.into_iter().map(|one| one.story(report)).collect()
    }
}
