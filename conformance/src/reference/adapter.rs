//! The reference scheduler under a runner: an [`Adapter`] in the same process, in virtual time.
//!
//! It only carries words to [`Scheduler`] and back. Calls of several threads meet in the scheduler's own lock.

use bgspec_model::vocabulary::{Area, Event, Header, Kind, Millis, Record, Role, Started, Starter};

use super::choices::Choices;
use super::clock::{Clock, VirtualClock};
use super::facts::Facts;
use super::scheduler::{Caller, NoInput, Scheduler};
use super::sync::{Arc, Mutex, lock};
#[cfg(test)]
use super::sync::{Race, breathe};
use crate::play::adapter::{Adapter, Applied, Failure, Hello, PROTOCOL};
use crate::play::protocol::every_observation;
use crate::text::time;

/// The reference scheduler as an adapter.
///
/// ```
/// use bgspec_conformance::play::adapter::Adapter;
/// use bgspec_conformance::reference::InProcess;
/// let hello = InProcess::new().hello().unwrap();
/// assert!(hello.concurrent && hello.device);
/// ```
#[derive(Debug)]
pub struct InProcess {
    choices: Choices,
    session: Mutex<Option<Arc<Session>>>,
}

/// What lies between two resets.
#[derive(Debug)]
struct Session {
    scheduler: Scheduler,
    clock: VirtualClock,
    /// The last process that began.
    pid: Mutex<u32>,
}

impl InProcess {
    /// The scheduler with its default choices: the runner grants every launch.
    #[must_use]
    pub fn new() -> Self {
        Self::with(Choices::default())
    }

    /// The scheduler with other choices.
    #[must_use]
    pub fn with(choices: Choices) -> Self {
        Self {
            choices,
            session: Mutex::new(None),
        }
    }
}

impl Default for InProcess {
    fn default() -> Self {
        Self::new()
    }
}

impl Adapter for InProcess {
    fn hello(&self) -> Result<Hello, Failure> {
        Ok(Hello {
            protocol: PROTOCOL,
            name: "bgspec reference scheduler".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            kinds: Kind::ALL.to_vec(),
            areas: Area::ALL.to_vec(),
            unmodelled: Vec::new(),
            observes: every_observation(),
            pins: self.choices.pins(),
            discretion: self.choices.discretion,
            concurrent: true,
            device: true,
            tolerance: 0,
            speed: None,
        })
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        let clock = VirtualClock::new();
        let scheduler = Scheduler::with(clock.clone(), Facts::of(header), self.choices.clone());
        let pid = Mutex::new(0);
        *lock(&self.session) = Some(Arc::new(Session { scheduler, clock, pid }));
        Ok(())
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let session = lock(&self.session).clone();
        let session = session.ok_or_else(|| nonsense("an input before the first reset, expected a reset"))?;
        session.apply(input)
    }
}

impl Session {
    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let event = input
            .event
            .as_ref()
            .ok_or_else(|| nonsense("a record without an event, expected an input"))?;
        if let Event::Clock(_) = event {
            let (reached, observed) = self.scheduler.run_until(input.at.max(self.clock.now()));
            self.note_launches(&observed);
            return Ok(Applied {
                reached: Some(reached),
                answer: None,
                observed,
            });
        }
        let mut observed = self.catch_up(input.at);
        observed.extend(self.start_unsaid(input, event));
        let caller = input.by.clone().map_or(Caller::App, Caller::Extension);
        let (answer, caused) = self.scheduler.apply(&caller, event).map_err(|NoInput(name)| {
            nonsense(&format!(
                "the event `{name}` at {}, expected an input of the world or a call",
                time(input.at)
            ))
        })?;
        self.note_launches(&caused);
        observed.extend(caused);
        Ok(Applied {
            reached: None,
            answer,
            observed,
        })
    }

    /// A runner says `clock` before every later input. Where it does not, time passes all the same.
    fn catch_up(&self, at: Millis) -> Vec<Record> {
        let mut observed = Vec::new();
        while self.clock.now() < at {
            observed.extend(self.scheduler.run_until(at).1);
        }
        self.note_launches(&observed);
        observed
    }

    /// In short hand-written sequences a new process begins unsaid: the person launched it.
    fn start_unsaid(&self, input: &Record, event: &Event) -> Vec<Record> {
        let Some(pid) = input.pid else {
            return Vec::new();
        };
        let last = lock(&self.pid);
        let begins = pid > *last && input.by.is_none();
        if !begins {
            return Vec::new();
        }
        #[cfg(test)]
        let last = breathe(Race::BeginsTwice, last, &self.pid);
        let mut last = last;
        *last = pid;
        let said = matches!(event, Event::Started(_)) || event.role() == Role::Observation;
        if said {
            return Vec::new();
        }
        let started = Event::Started(Started { by: Starter::Person });
        match self.scheduler.apply(&Caller::App, &started) {
            Ok((_, observed)) => observed,
            Err(NoInput(_)) => Vec::new(),
        }
    }

    /// A launch in the background begins the next process.
    fn note_launches(&self, observed: &[Record]) {
        let launches = observed
            .iter()
            .filter(|record| matches!(record.event, Some(Event::Launched(_))))
            .count();
        *lock(&self.pid) += u32::try_from(launches).unwrap_or(u32::MAX);
    }
}

fn nonsense(what: &str) -> Failure {
    Failure::Nonsense { what: what.to_owned() }
}
