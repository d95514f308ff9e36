//! The model as an implementation: it answers what the oracle allows, and does what the oracle would miss.
//!
//! It asks a copy of the oracle what each answer would bring, and takes the first that breaks nothing. Time passes up
//! to the next moment at which the scheduler would owe something; what it owes is found by trial as well. Launches,
//! deliveries and cards come at once where they are owed soon, expirations and suspensions no sooner than they must.
//! A scenario that it cannot pass shows a fault of the scenario or of the rules.
//!
//! It has other [`Part`]s to play: an implementation that obeys every rule but one, or one that makes a choice which a
//! rule leaves. Either does so as soon as it can, once: `tempt` lists what it may be tempted to do.

pub(super) mod memory;
pub(super) mod tempt;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bgspec_model::oracle::{Malformed, Oracle, Terms};
use bgspec_model::report::Finding;
use bgspec_model::rule::{Party, Rule};
use bgspec_model::vocabulary::*;

use crate::play::adapter::{Adapter, Applied, Failure, Hello, PROTOCOL};
use crate::play::protocol::every_observation;
use crate::play::world::World;

use memory::Memory;

/// The model as an adapter.
#[derive(Debug, Default)]
pub struct Model {
    part: Part,
    session: Mutex<Option<Session>>,
}

/// Which implementation the model plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// One that obeys every rule, and is as helpful as it may be.
    #[default]
    Obedient,
    /// One that obeys every rule but this, and does what this one is against as soon as it can.
    Without(&'static Rule),
    /// One that obeys every rule, and makes the choice that this one leaves as soon as it can.
    Choosing(&'static Rule),
}

#[derive(Debug)]
struct Session {
    /// What it obeys.
    oracle: Oracle,
    /// What it is tempted to breach, until it did.
    tempter: Option<Oracle>,
    world: World,
    /// What it was given.
    memory: Memory,
}

/// How far ahead it looks for what it may as well do at once.
const SOON: Millis = 60_000;
/// More things than are ever owed at one moment.
const MOST: usize = 64;

impl Model {
    /// The model in a part.
    #[must_use]
    pub fn playing(part: Part) -> Self {
        Self {
            part,
            session: Mutex::default(),
        }
    }
}

impl Adapter for Model {
    fn hello(&self) -> Result<Hello, Failure> {
        Ok(Hello {
            protocol: PROTOCOL,
            name: match self.part {
                Part::Without(rule) => format!("bgspec model without {}", rule.id),
                Part::Obedient | Part::Choosing(_) => "bgspec model".to_owned(),
            },
            version: env!("CARGO_PKG_VERSION").to_owned(),
            kinds: Kind::ALL.to_vec(),
            areas: Area::ALL.to_vec(),
            unmodelled: Vec::new(),
            observes: every_observation(),
            pins: BTreeMap::new(),
            discretion: Discretion::Driven,
            concurrent: false,
            device: true,
            tolerance: 0,
            speed: None,
        })
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        // What the contract allows the field allows too.
        let terms = Terms {
            profile: Some("contract".to_owned()),
            ..Terms::default()
        };
        let whole = Oracle::new(header, &terms).map_err(|malformed| fails("reset", &malformed))?;
        let (oracle, tempter) = match self.part {
            Part::Obedient => (whole, None),
            Part::Without(rule) => (whole.clone().without(rule), Some(whole)),
            Part::Choosing(rule) => (whole.clone(), Some(whole.without(rule))),
        };
        let session = Session {
            oracle,
            tempter,
            world: World::new(header),
            memory: Memory::default(),
        };
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        Ok(())
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let session = session.as_mut().ok_or_else(|| Failure::Nonsense {
            what: "an input before the first reset, expected a reset".to_owned(),
        })?;
        let event = input.event.as_ref().map_or("end", Event::name);
        session.apply(input).map_err(|malformed| fails(event, &malformed))
    }
}

fn fails(to: &str, malformed: &Malformed) -> Failure {
    Failure::Reports {
        to: to.to_owned(),
        text: malformed.to_string(),
    }
}

impl Session {
    fn apply(&mut self, input: &Record) -> Result<Applied, Malformed> {
        if matches!(input.event, Some(Event::Clock(_))) {
            return self.wait(input.at);
        }
        let answer = self.answer(input)?;
        let observed = self.settle()?;
        Ok(Applied {
            reached: None,
            answer,
            observed,
        })
    }

    /// Takes an input in, with the first answer that breaks nothing.
    fn answer(&mut self, input: &Record) -> Result<Option<Answer>, Malformed> {
        let Some(event) = input.event.as_ref().filter(|event| event.role() == Role::Call) else {
            return self.take(input).map(|()| None);
        };
        let mut best: Option<((u64, bool), Record, Answer)> = None;
        for answer in self.memory.answers(event, self.tempter.is_some()) {
            let mut record = input.clone();
            if let Some(event) = &mut record.event {
                // An answer that has no place goes without saying.
                let _ = event.put_answer(answer.clone());
            }
            let mut oracle = self.oracle.clone();
            oracle.step(&record)?;
            let worth = (oracle.breaches_of_others(), !self.tempts(&record));
            if best.as_ref().is_none_or(|(best, ..)| worth < *best) {
                best = Some((worth, record, answer));
            }
        }
        let Some((_, record, answer)) = best else {
            return self.take(input).map(|()| None);
        };
        self.take(&record)?;
        Ok(Some(answer))
    }

    /// Lets time pass until something must happen.
    fn wait(&mut self, target: Millis) -> Result<Applied, Malformed> {
        let mut observed = self.settle()?;
        let mut reached = self.world.now;
        while observed.is_empty() && reached < target {
            reached = match self.owed(target)? {
                Some((due, _)) if due < target => due.max(reached),
                _ => target,
            };
            self.take(&Record::new(reached, Event::Clock(Empty {})))?;
            observed = self.settle()?;
            if observed.is_empty() && reached < target {
                // What is owed cannot be done: time goes on, and the oracle says so.
                reached = target;
                self.take(&Record::new(target, Event::Clock(Empty {})))?;
            }
        }
        Ok(Applied {
            reached: Some(reached),
            answer: None,
            observed,
        })
    }

    /// Does everything that is owed now, and what is owed soon and may as well be done at once.
    fn settle(&mut self) -> Result<Vec<Record>, Malformed> {
        let now = self.world.now;
        let mut observed = Vec::new();
        while observed.len() < MOST {
            if let Some(record) = self.temptation() {
                self.take(&record)?;
                observed.push(record);
                continue;
            }
            let until = now.saturating_add(SOON);
            let before = self.oracle.breaches_of_others();
            let owed = self.owed(until)?;
            let must = owed.is_some_and(|(due, _)| due <= now.saturating_add(1));
            let mut done = None;
            for event in self.candidates(must) {
                // What waits for room starts as soon as it may, and everything else when it is owed.
                let starts = matches!(&event, Event::Delivered(delivered) if delivered.kind == Kind::Continued);
                if owed.is_none() && (!starts || self.tempts_to_wait(until)?) {
                    continue;
                }
                let record = placed(&self.world, event);
                let mut oracle = self.oracle.clone();
                if oracle.step(&record).is_err() || oracle.breaches_of_others() > before {
                    continue;
                }
                let left = ahead(&oracle, now, until)?;
                let helps = owed.is_some_and(|(due, owed)| left.is_none_or(|(next, left)| left < owed || next > due));
                if helps || (starts && left.is_none_or(|(next, _)| next > now)) {
                    done = Some(record);
                    break;
                }
            }
            let Some(record) = done else { break };
            self.take(&record)?;
            observed.push(record);
        }
        Ok(observed
            .into_iter()
            .map(|record| Record { pid: None, ..record })
            .collect())
    }

    /// Whether a line is a breach for the tempter.
    fn tempts(&self, record: &Record) -> bool {
        let Some(tempter) = &self.tempter else { return false };
        let before = tempter.breaches_of_others();
        let mut tempter = tempter.clone();
        tempter.step(record).is_ok() && tempter.breaches_of_others() > before
    }

    /// Whether it is a breach for the tempter alone if nothing happens.
    fn tempts_to_wait(&self, until: Millis) -> Result<bool, Malformed> {
        let Some(tempter) = &self.tempter else { return Ok(false) };
        Ok(ahead(tempter, self.world.now, until)?.is_some())
    }

    /// Something that it may do and that is a breach for the tempter.
    fn temptation(&self) -> Option<Record> {
        self.tempter.as_ref()?;
        let before = self.oracle.breaches_of_others();
        tempt::temptations(&self.world, &self.memory)
            .into_iter()
            .map(|event| placed(&self.world, event))
            .find(|record| {
                let mut oracle = self.oracle.clone();
                oracle.step(record).is_ok() && oracle.breaches_of_others() <= before && self.tempts(record)
            })
    }

    /// What may be seen next: what begins something at any time, what ends something only where it must.
    fn candidates(&self, must: bool) -> Vec<Event> {
        let mut events = Vec::new();
        let ids = self.world.outstanding.keys().chain(&self.world.launched);
        for id in ids {
            let n = self.world.deliveries.get(id).map_or(1, |n| n + 1);
            let Some(request) = self.memory.requests.get(id) else {
                continue;
            };
            let task = TaskName { id: id.clone(), n };
            events.push(Event::Delivered(Delivered {
                task: task.clone(),
                kind: request.kind,
                queue: None,
            }));
            events.push(Event::Launched(Launched {
                ids: Some(vec![id.clone()]),
            }));
            events.push(Event::DeliveryRaised(DeliveryRaised {
                id: id.clone(),
                text: no_handler(id),
            }));
        }
        for submission in &self.memory.open {
            for error in [
                None,
                Some(Code::TOO_MANY_PENDING),
                Some(Code::NOT_PERMITTED),
                Some(Code::UNAVAILABLE),
                Some(Code::IMMEDIATE_RUN_INELIGIBLE),
            ] {
                events.push(Event::SubmissionCompleted(SubmissionCompleted::new(*submission, error)));
            }
        }
        for (task, known) in &self.world.tasks {
            if known.kind == Kind::Continued {
                let request = self.memory.requests.get(&task.id);
                let card = |is, texts: bool| {
                    Event::Card(Card {
                        task: task.clone(),
                        is,
                        title: request.filter(|_| texts).and_then(|request| request.title.clone()),
                        subtitle: request.filter(|_| texts).and_then(|request| request.subtitle.clone()),
                    })
                };
                events.extend([
                    card(CardIs::Shown, true),
                    card(CardIs::Changed, true),
                    card(CardIs::Finished, false),
                ]);
                if must {
                    events.extend([card(CardIs::Gone, false), card(CardIs::Failed, false)]);
                }
            }
            if must {
                events.push(Event::Expired(Expired {
                    task: task.clone(),
                    queue: None,
                }));
                events.push(Event::CompletedBySystem(OfTask { task: task.clone() }));
            }
        }
        if must {
            events.push(Event::Suspended(Empty {}));
            events.push(Event::Killed(Killed { cause: KillCause::Time }));
        }
        events
    }

    fn owed(&self, until: Millis) -> Result<Option<(Millis, usize)>, Malformed> {
        ahead(&self.oracle, self.world.now, until)
    }

    fn take(&mut self, record: &Record) -> Result<(), Malformed> {
        self.oracle.step(record)?;
        if let Some(mut tempter) = self.tempter.take() {
            let before = tempter.breaches_of_others();
            tempter.step(record)?;
            // Once is enough.
            self.tempter = (tempter.breaches_of_others() <= before).then_some(tempter);
        }
        self.world.note(record);
        self.memory.note(record);
        Ok(())
    }
}

/// An observation now, with the process that the runner will give it.
pub(super) fn placed(world: &World, event: Event) -> Record {
    Record {
        pid: world.pid_of(&event),
        ..Record::new(world.now, event)
    }
}

/// What the scheduler will have broken if nothing happens until then: when first, and how much.
fn ahead(oracle: &Oracle, now: Millis, until: Millis) -> Result<Option<(Millis, usize)>, Malformed> {
    let told = faults(oracle).count();
    let mut oracle = oracle.clone();
    // What the last input is owed at once shows before time passes.
    oracle.step(&Record::new(now, Event::Clock(Empty {})))?;
    oracle.step(&Record::new(until, Event::Clock(Empty {})))?;
    let new: Vec<_> = faults(&oracle).skip(told).map(|finding| finding.at).collect();
    Ok(new.iter().min().map(|first| (*first, new.len())))
}

/// The breaches that are told, those of the app left aside.
fn faults(oracle: &Oracle) -> impl Iterator<Item = &Finding> {
    oracle
        .findings()
        .iter()
        .filter(|finding| finding.party != Party::App && !finding.is_advice())
}

fn no_handler(id: &Identifier) -> String {
    format!("No launch handler registered for task with identifier {id}")
}
