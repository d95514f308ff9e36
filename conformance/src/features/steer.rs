//! A breach of a trace scenario, played: the model without the rule is the implementation, and does what stands in the text.
//!
//! A correct scheduler cannot be made to misbehave, so with an adapter a trace scenario is not applicable. The model with
//! the scenario's rule taken out is a scheduler with just that fault: its choices are steered by the answers and
//! observations of the text, as far as it would make them, and the true oracle watches and has to name the rule.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bgspec_model::oracle::{Malformed, Oracle, words};
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::*;

use super::judge::{self, Overlay};
use super::language::Verdict;
use super::play;
use super::run::Outcome;
use super::script::{Conditions, Placed, Script};
use crate::play::adapter::{Adapter, Applied, Failure, Hello, PROTOCOL};
use crate::play::protocol::every_observation;
use crate::play::replay;
use crate::text::{plain, time};

/// The model without a rule, steered by a text.
#[derive(Debug)]
struct Steered<'a> {
    rule: &'static Rule,
    script: &'a Script,
    terms: &'a Conditions,
    session: Mutex<Option<Session>>,
}

#[derive(Debug)]
struct Session {
    /// The model without the rule.
    oracle: Oracle,
    /// The next line of the text.
    next: usize,
    /// What stands in the text and the model without the rule does not do.
    refused: Option<String>,
}

/// Plays a trace scenario in which the rule is broken.
#[must_use]
pub fn play_without(rule: &'static Rule, script: &Script, overlay: &Overlay) -> Outcome {
    let blames = |says: &[Verdict]| {
        says.iter()
            .any(|says| matches!(says, Verdict::Blames(_, id) if *id == rule.id))
    };
    let rounds = judge::rounds(script, overlay);
    let rounds: Vec<_> = rounds
        .into_iter()
        .filter(|(_, expected)| blames(&expected.says))
        .collect();
    if rounds.is_empty() {
        return Outcome::NotApplicable(format!("a trace scenario, and nobody breaks {} in it", rule.id));
    }
    if let Some(why) = obstacle(script) {
        return Outcome::NotApplicable(format!("a trace scenario, and {why}: it cannot be played"));
    }
    let mut wrong = Vec::new();
    for (terms, expected) in &rounds {
        let steered = Steered {
            rule,
            script,
            terms,
            session: Mutex::default(),
        };
        match steered.play(&expected.says) {
            Ok(None) => {}
            Ok(Some(what)) => wrong.push(what),
            Err(malformed) => wrong.push(malformed.to_string()),
        }
    }
    wrong.dedup();
    if wrong.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Failed(wrong)
    }
}

/// Why a trace scenario cannot be played, if it cannot.
fn obstacle(script: &Script) -> Option<&'static str> {
    if script.header.initial == Initial::Unknown {
        return Some("what came before is not known");
    }
    script
        .records
        .iter()
        .find_map(|Placed { record, .. }| match &record.event {
            _ if record.call.is_some() => Some("its calls overlap"),
            _ if record.to.is_some() => Some("its times are not exact"),
            Some(Event::Gap(_)) => Some("lines may be missing"),
            _ => None,
        })
}

impl Steered<'_> {
    /// What is wrong with it, if something is.
    fn play(&self, says: &[Verdict]) -> Result<Option<String>, Malformed> {
        let records = self.script.records.iter().map(|placed| placed.record.clone()).collect();
        let inputs = replay::inputs(records).into_iter();
        let script = Script {
            records: inputs
                .map(|record| Placed {
                    record,
                    line: self.script.line,
                })
                .collect(),
            ..self.script.clone()
        };
        let played = play::play(self, &self.described(), &script, self.terms)?;
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(refused) = session.as_ref().and_then(|session| session.refused.clone()) {
            return Ok(Some(format!(
                "the model without {} does not do this: {}",
                self.rule.id,
                crate::text::humane(&refused)
            )));
        }
        if let Some(trouble) = played.trouble {
            return Ok(Some(trouble.to_string()));
        }
        if let Some((line, _, why)) = played.skipped.first() {
            return Ok(Some(format!("line {line} makes no sense in what came of it: {why}")));
        }
        let told: Vec<Verdict> = says
            .iter()
            .copied()
            .filter(|says| !matches!(says, Verdict::WouldBlame(..)))
            .collect();
        let agrees = judge::agrees(&played.report, &told);
        Ok((!agrees).then(|| judge::difference(&played.report, &told)))
    }

    fn described(&self) -> Hello {
        let header = &self.script.header;
        let observes = header.recorded.clone();
        let areas = Area::ALL.iter().copied().filter(|area| !header.without.contains(area));
        Hello {
            protocol: PROTOCOL,
            name: format!("bgspec model without {}", self.rule.id),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            kinds: Kind::ALL.to_vec(),
            areas: areas.collect(),
            unmodelled: header.unmodelled.clone(),
            observes: observes.unwrap_or_else(every_observation),
            pins: BTreeMap::new(),
            discretion: header.discretion,
            concurrent: false,
            device: true,
            tolerance: header.tolerance,
            speed: None,
        }
    }
}

impl Adapter for Steered<'_> {
    fn hello(&self) -> Result<Hello, Failure> {
        Ok(self.described())
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        let oracle = Oracle::new(header, &self.terms.terms()).map_err(|malformed| fails("reset", &malformed))?;
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(Session {
            oracle: oracle.without(self.rule),
            next: 0,
            refused: None,
        });
        Ok(())
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let session = session.as_mut().ok_or_else(|| Failure::Nonsense {
            what: "an input before the first reset, expected a reset".to_owned(),
        })?;
        let event = input.event.as_ref().map_or("end", Event::name);
        let applied = session.apply(input, &self.script.records);
        applied.map_err(|malformed| fails(event, &malformed))
    }
}

fn fails(to: &str, malformed: &Malformed) -> Failure {
    Failure::Reports {
        to: to.to_owned(),
        text: malformed.to_string(),
    }
}

impl Session {
    fn apply(&mut self, input: &Record, text: &[Placed]) -> Result<Applied, Malformed> {
        let is_clock = matches!(input.event, Some(Event::Clock(_)));
        let mut applied = Applied {
            reached: is_clock.then_some(input.at),
            answer: None,
            observed: Vec::new(),
        };
        if is_clock {
            let stops = self.ahead(text).filter(|next| next.at < input.at).map(|next| next.at);
            applied.reached = Some(stops.unwrap_or(input.at));
            self.take(&Record::new(stops.unwrap_or(input.at), Event::Clock(Empty {})))?;
        } else {
            let told = self.told(input, text);
            applied.answer = told
                .as_ref()
                .and_then(|record| record.event.as_ref())
                .and_then(answer_of);
            self.take(told.as_ref().unwrap_or(input))?;
        }
        let now = applied.reached.unwrap_or(input.at);
        while let Some(next) = self.ahead(text).filter(|next| next.at <= now).cloned() {
            self.next += 1;
            self.take(&next)?;
            applied.observed.push(Record { pid: None, ..next });
        }
        Ok(applied)
    }

    /// The next line of the text, if it is an observation.
    fn ahead<'a>(&mut self, text: &'a [Placed]) -> Option<&'a Record> {
        while matches!(text.get(self.next)?.record.event, Some(Event::Clock(_))) {
            self.next += 1;
        }
        let record = &text[self.next].record;
        let role = record.event.as_ref().map(Event::role);
        (role == Some(Role::Observation)).then_some(record)
    }

    /// The line of the text that an input is.
    fn told(&mut self, input: &Record, text: &[Placed]) -> Option<Record> {
        let _ = self.ahead(text);
        let record = &text.get(self.next)?.record;
        let name = |record: &Record| record.event.as_ref().map(Event::name);
        (name(record) == name(input)).then(|| {
            self.next += 1;
            record.clone()
        })
    }

    /// Takes a line in; notes what the model without the rule would not have done.
    fn take(&mut self, record: &Record) -> Result<(), Malformed> {
        let before = self.oracle.breaches_of_others();
        self.oracle.step(record)?;
        if self.oracle.breaches_of_others() > before && self.refused.is_none() {
            let what = record.event.as_ref().map_or_else(String::new, words::describe);
            let rules = self.oracle.findings().last().map_or_else(String::new, |finding| {
                let ids: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
                ids.join(", ")
            });
            self.refused = Some(format!("{} at {}, against {rules}", plain(&what), time(record.at)));
        }
        Ok(())
    }
}

/// The answer that stands in a call; a call without a place for one returned.
fn answer_of(event: &Event) -> Option<Answer> {
    match (event.answer(), event.row().answer) {
        (_, Answers::None) => None,
        (Some(answer), _) => Some(answer.to_answer()),
        (None, Answers::Void) => Some(Answer::Void(ReturnAnswer::Returned)),
        (None, _) => None,
    }
}
