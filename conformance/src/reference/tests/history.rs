//! Histories: what several threads called and saw, and the order that explains it.
//!
//! A history is explained by an order of its calls and inputs that keeps whatever ended before another began, and that
//! the oracle takes for a trace that conforms: what each answered and let be seen stands right behind it. The oracle
//! shares nothing with the scheduler but the vocabulary.

use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Verdict;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Code, End, Header, Process, Role, SubmitAnswer};

use super::*;
use crate::play::adapter::Applied;
use crate::play::world::World;

/// A call or an input, from its begin to its end.
#[derive(Debug, Clone)]
pub(super) struct Done {
    pub begun: u64,
    pub ended: u64,
    pub input: Record,
    pub applied: Applied,
}

/// An order that explains a history: places in it.
///
/// # Errors
/// No order does: what is wrong with the one that goes furthest.
pub(super) fn explain(header: &Header, history: &[Done]) -> Result<Vec<usize>, String> {
    let mut order: Vec<usize> = Vec::new();
    let mut furthest = (0, String::new());
    // What was told so far, and what may come next; one more than there is in the order.
    let mut tried = vec![(Teller::new(header), next(history, &order))];
    while let Some((told, left)) = tried.last_mut() {
        let outcome = if order.len() == history.len() {
            match told.clone().end() {
                Ok(()) => return Ok(order),
                Err(what) => Err(what),
            }
        } else if let Some(index) = left.pop() {
            order.push(index);
            let mut told = told.clone();
            told.tell(&history[index]).map(|()| told)
        } else {
            tried.pop();
            order.pop();
            continue;
        };
        match outcome {
            Ok(told) => tried.push((told, next(history, &order))),
            Err(what) => {
                if order.len() >= furthest.0 {
                    furthest = (order.len(), what);
                }
                if order.len() == history.len() && tried.len() > order.len() {
                    tried.pop();
                }
                order.pop();
            }
        }
    }
    Err(furthest.1)
}

/// What may come next: whatever began before anything that is left ended.
fn next(history: &[Done], order: &[usize]) -> Vec<usize> {
    let left: Vec<_> = (0..history.len()).filter(|index| !order.contains(index)).collect();
    let first_end = left.iter().map(|index| history[*index].ended).min();
    let may = |index: &usize| first_end.is_some_and(|end| history[*index].begun <= end);
    left.into_iter().filter(may).rev().collect()
}

/// Tells the oracle one thing after another.
#[derive(Clone)]
struct Teller {
    oracle: Oracle,
    world: World,
    calls: u32,
}

impl Teller {
    fn new(header: &Header) -> Self {
        Self {
            oracle: Oracle::new(header, &Terms::default()).unwrap(),
            world: World::new(header),
            calls: 0,
        }
    }

    fn tell(&mut self, done: &Done) -> Result<(), String> {
        let (mut input, applied) = (done.input.clone(), &done.applied);
        input.at = input.at.max(self.world.now);
        let event = input.event.clone().unwrap();
        if let Event::Clock(_) = event {
            self.observations(&applied.observed)?;
            input.at = applied.reached.unwrap();
            return self.line(input);
        }
        if self.is_of_the_dead(&input) {
            return nobody(&event, applied);
        }
        if event.role() == Role::Call {
            self.calls += 1;
            input.call = Some(self.calls);
            let mut end = Record::new(input.at, Event::End(applied.answer.clone().unwrap()));
            (end.pid, end.by, end.call) = (input.pid, input.by.clone(), input.call);
            self.line(input)?;
            self.line(end)?;
        } else {
            self.line(input)?;
        }
        self.observations(&applied.observed)
    }

    /// The process that it names has ended.
    fn is_of_the_dead(&self, input: &Record) -> bool {
        let starts = input
            .event
            .as_ref()
            .is_some_and(|event| event.row().process == Process::Starts);
        let living = self.world.process.as_ref().map(|process| process.pid);
        input.by.is_none() && input.pid.is_some() && input.pid != living && !starts
    }

    fn observations(&mut self, observed: &[Record]) -> Result<(), String> {
        for record in observed {
            let mut record = record.clone();
            record.pid = self.world.pid_of(record.event.as_ref().unwrap());
            self.line(record)?;
        }
        Ok(())
    }

    fn line(&mut self, record: Record) -> Result<(), String> {
        let line = serde_json::to_string(&record).unwrap();
        self.oracle
            .step(&record)
            .map_err(|malformed| format!("{}: {line}", malformed.what()))?;
        self.world.note(&record);
        let theirs = self
            .oracle
            .findings()
            .iter()
            .find(|finding| finding.party == Party::Scheduler);
        match theirs {
            Some(finding) => {
                let rules: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
                Err(format!("{}: {line}", rules.join(", ")))
            }
            None => Ok(()),
        }
    }

    fn end(mut self) -> Result<(), String> {
        self.line(Record::end(self.world.now, End::Closed))?;
        let report = self.oracle.finish();
        match report.verdict {
            Verdict::Conforms | Verdict::Breaks => Ok(()),
            verdict => Err(format!("{verdict:?}: {:?}", report.doubts)),
        }
    }
}

/// What comes of a call or an input of a process that is gone: nothing.
fn nobody(event: &Event, applied: &Applied) -> Result<(), String> {
    let refused = SubmitAnswer::Refused(Code::UNAVAILABLE.into());
    let to_nobody = match &applied.answer {
        Some(Answer::Submit(answer)) => *answer == refused,
        _ => true,
    };
    let refusal = |record: &Record| match &record.event {
        Some(Event::SubmissionCompleted(completed)) => completed.error == Some(Code::UNAVAILABLE),
        _ => false,
    };
    if to_nobody && applied.observed.iter().all(refusal) {
        Ok(())
    } else {
        Err(format!("a dead process called {}: {applied:?}", event.name()))
    }
}
