//! Plays actions against an adapter, has the oracle judge each line, and keeps the trace.
//!
//! The runner fills in what an adapter does not say (the numbers of processes), merges each answer into its call, and
//! after an exception lets the app crash. An action that makes no sense any more, such as one on a task that never
//! came, is skipped and noted. A failure of the adapter ends the case with a verdict of its own and is never a finding;
//! what it was asked then is kept beside the trace. An adapter in this process that panics has died.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bgspec_model::oracle::{Malformed, Oracle, Terms};
use bgspec_model::report::Report;
use bgspec_model::vocabulary::*;

use super::action::{Action, Input, Source};
use super::world::World;
use crate::play::adapter::{Adapter, Applied, Failure, Hello};
use crate::play::protocol::{self, Sort};
use crate::text::clip;

/// More observations in one reply, or entries in a pending list, than any scheduler needs.
const MOST_OBSERVATIONS: usize = 10_000;
const MOST_ENTRIES: usize = 10_000;

/// What came of a case.
#[derive(Debug)]
pub struct Played {
    /// The header.
    pub header: Header,
    /// The lines behind it, the end included.
    pub records: Vec<Record>,
    /// The actions that were played, in their order.
    pub actions: Vec<Action>,
    /// The actions that were skipped, with the number of the line that they would have been, and why.
    pub skipped: Vec<(u64, Action, &'static str)>,
    /// What the oracle says.
    pub report: Report,
    /// What ended the case before its time.
    pub trouble: Option<Trouble>,
    /// What the adapter was asked when it failed, and never answered rightly.
    pub asked: Option<Record>,
}

impl Played {
    /// The lines that a trace of this case has: what was asked last is one of them, and a trace that the adapter broke
    /// off ends as one that was cut.
    #[must_use]
    pub fn lines(&self) -> Vec<Record> {
        let mut lines = self.records.clone();
        let ended = lines.last().is_some_and(|last| last.end.is_some());
        if let Some(mut asked) = self.asked.clone().filter(|_| !ended) {
            if asked.event.as_ref().is_some_and(|event| event.role() == Role::Call) {
                // A call that never came back.
                asked.call = u32::try_from(lines.len() + 1).ok();
            }
            lines.push(asked);
        }
        if !ended {
            let at = lines.last().map_or(0, |last| last.at);
            lines.push(Record::end(at, End::Cut));
        }
        lines
    }

    /// Whether the run was interrupted while this case was played: then it says nothing.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        matches!(
            &self.trouble,
            Some(Trouble::Adapter {
                failure: Failure::Interrupted { .. },
                ..
            })
        )
    }
}

/// Why a case ended before its time. It says nothing about the rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The adapter failed.
    #[error("{}{failure}", place(*.event))]
    Adapter {
        /// How.
        failure: Failure,
        /// The number of the line that it failed at, from 1; 0 at the start.
        event: u64,
    },
    /// The runner wrote something malformed.
    #[error("bgspec itself is at fault, please report this: it wrote a malformed line {event}: {what}")]
    Runner {
        /// What is malformed.
        what: String,
        /// The number of the line.
        event: u64,
    },
}

/// The header of a case, as it is for an implementation: what that declares and can let be seen counts.
#[must_use]
pub fn header_for(header: &Header, hello: &Hello) -> Header {
    let mut pins = header.pins.clone();
    pins.extend(hello.pins.clone());
    let without = Area::ALL.iter().copied().filter(|area| !hello.areas.contains(area));
    Header {
        pins,
        tolerance: hello.tolerance,
        recorded: Some(hello.observes.clone()),
        discretion: hello.discretion,
        without: without.collect(),
        unmodelled: hello.unmodelled.clone(),
        ..header.clone()
    }
}

/// Plays one case from its reset to its end.
///
/// # Errors
/// The oracle does not take the header: a profile or a setting that it does not know.
pub fn play(
    adapter: &dyn Adapter,
    hello: &Hello,
    header: &Header,
    terms: &Terms,
    source: &mut dyn Source,
) -> Result<Played, Malformed> {
    let mut run = Run {
        adapter,
        hello,
        oracle: Oracle::new(header, terms)?,
        world: World::new(header),
        records: Vec::new(),
        asked: None,
        submissions: 0,
    };
    let mut actions = Vec::new();
    let mut skipped = Vec::new();
    let mut trouble = guarded(|| adapter.reset(header))
        .map_err(|failure| Trouble::Adapter { failure, event: 0 })
        .err();
    while trouble.is_none() {
        let Some(action) = source.next(&run.world) else { break };
        if let Err(why) = run.world.admits(&action) {
            skipped.push((run.next_line(), action, why));
            continue;
        }
        trouble = run.perform(&action).err();
        actions.push(action);
    }
    if trouble.is_none() {
        trouble = guarded(|| adapter.settle())
            .map_err(|failure| run.failed(failure))
            .err();
    }
    if trouble.is_none() {
        trouble = run.line(Record::end(run.world.now, End::Closed)).err();
    }
    Ok(Played {
        header: header.clone(),
        records: run.records,
        actions,
        skipped,
        report: run.oracle.finish(),
        asked: run.asked.filter(|_| trouble.is_some()),
        trouble,
    })
}

fn place(event: u64) -> String {
    match event {
        0 => "at the start of the case ".to_owned(),
        line => format!("at line {line} of the case "),
    }
}

/// A line as it stands in a trace, cut where it is long.
fn as_json(record: &Record) -> String {
    const MOST: usize = 300;
    serde_json::to_string(record).map_or_else(|error| error.to_string(), |line| clip(&line, MOST))
}

/// Asks an adapter. One that panics has died.
pub(crate) fn guarded<T>(ask: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(ask)).unwrap_or_else(|panic| {
        Err(Failure::Died {
            how: format!("it panicked: {}", clip(&said_in_panic(&*panic), 300)),
            stderr: String::new(),
        })
    })
}

/// What a panic says.
pub(crate) fn said_in_panic(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a text")
        .to_owned()
}

struct Run<'a> {
    adapter: &'a dyn Adapter,
    hello: &'a Hello,
    oracle: Oracle,
    world: World,
    records: Vec<Record>,
    /// What the adapter is asked, until its answer has been taken for a line.
    asked: Option<Record>,
    submissions: u32,
}

impl Run<'_> {
    fn perform(&mut self, action: &Action) -> Result<(), Trouble> {
        match action {
            Action::Wait(millis) => self.wait(*millis),
            Action::Do(input) => self.input(input),
        }
    }

    fn wait(&mut self, millis: Millis) -> Result<(), Trouble> {
        let target = self.world.now.saturating_add(millis.max(0));
        let mut clock = Record::new(target, Event::Clock(Empty {}));
        let applied = self.apply(&clock)?;
        let reached = applied.reached.unwrap_or(target);
        let stood = reached == self.world.now && target > reached && applied.observed.is_empty();
        if reached < self.world.now || stood {
            return Err(self.nonsense(format!(
                "in its reply to apply clock: `reached` {reached}, expected more than {}, the time before it: the first \
                 moment with observations, or {target}, the time asked for",
                self.world.now
            )));
        }
        // An implementation with a clock of its own may have seen something on the way.
        let first = applied
            .observed
            .first()
            .map_or(reached, |record| record.at.clamp(self.world.now, reached));
        clock.at = first;
        self.line(clock)?;
        self.observations(applied.observed)?;
        if reached > self.world.now {
            self.line(Record::new(reached, Event::Clock(Empty {})))?;
        }
        Ok(())
    }

    fn input(&mut self, input: &Input) -> Result<(), Trouble> {
        let mut event = input.event_at(self.world.now);
        if let Event::SubmitAsync(submit) = &mut event {
            self.submissions += 1;
            submit.submission = self.submissions;
        }
        let mut record = Record::new(self.world.now, event);
        record.pid = self.world.pid_of(&input.event).filter(|_| input.by.is_none());
        record.by = input.by.map(str::to_owned);
        record.person = input.person;
        record.thread = input.main.then(|| "main".to_owned());
        let applied = self.apply(&record)?;
        let raised = if input.event.role() == Role::Call {
            self.call(record, applied.answer)?
        } else {
            self.line(record)?;
            false
        };
        self.observations(applied.observed)?;
        // An app does not survive an exception that nobody catches.
        if raised && input.by.is_none() && self.world.process.is_some() {
            self.crash()
        } else {
            Ok(())
        }
    }

    /// Writes a call with its answer; true where it raised.
    fn call(&mut self, mut record: Record, answer: Option<Answer>) -> Result<bool, Trouble> {
        let raised = answer
            .as_ref()
            .is_some_and(|answer| answer.answered().raised().is_some());
        // A call that returns nothing has no place for an exception: it stands in an end of its own.
        if let (Some(event), Some(answer)) = (&mut record.event, answer)
            && let Err(answer) = event.put_answer(answer)
            && raised
        {
            let number = u32::try_from(self.next_line()).unwrap_or(u32::MAX);
            record.call = Some(number);
            let mut end = Record::new(record.at, Event::End(answer));
            end.pid = record.pid;
            end.by = record.by.clone();
            end.call = Some(number);
            self.line(record)?;
            return self.line(end).map(|()| true);
        }
        self.line(record).map(|()| raised)
    }

    fn crash(&mut self) -> Result<(), Trouble> {
        self.input(&Input {
            event: Event::Crashed(Crashed::default()),
            by: None,
            person: false,
            main: false,
        })
    }

    fn observations(&mut self, observed: Vec<Record>) -> Result<(), Trouble> {
        if observed.len() > MOST_OBSERVATIONS {
            let what = format!(
                "{} observations in one reply, expected at most {MOST_OBSERVATIONS}",
                observed.len()
            );
            return Err(self.failed(Failure::Floods { what }));
        }
        for mut record in observed {
            let Some(event) = &record.event else { continue };
            let name = event.name();
            if !self.hello.observes.iter().any(|declared| declared == name) {
                let what = format!(
                    "`{name}` was observed, and its hello declares {}",
                    match self.hello.observes.as_slice() {
                        [] => "no observation".to_owned(),
                        names => clip(&names.join(", "), 300),
                    }
                );
                return Err(self.failed(Failure::Lies { what }));
            }
            let raised = matches!(event, Event::DeliveryRaised(_));
            record.pid = self.world.pid_of(event);
            if record.pid.is_none() && matches!(event.row().process, Process::Lives | Process::Dies) {
                return Err(self.nonsense(format!(
                    "`{name}` before any process of the app was there, expected `launched` or a process that was started \
                     before it; found `{}` among what was observed",
                    as_json(&record)
                )));
            }
            let late = self.world.now - record.at;
            if late > 0 && late <= self.hello.tolerance {
                record.at = self.world.now;
            }
            let shown = record.clone();
            self.line(record).map_err(|trouble| match trouble {
                Trouble::Runner { what, event } => Trouble::Adapter {
                    failure: Failure::Nonsense {
                        what: format!("{what}; found `{}` among what was observed", as_json(&shown)),
                    },
                    event,
                },
                adapter @ Trouble::Adapter { .. } => adapter,
            })?;
            if raised && self.world.process.is_some() {
                self.crash()?;
            }
        }
        Ok(())
    }

    fn apply(&mut self, record: &Record) -> Result<Applied, Trouble> {
        self.asked = Some(record.clone());
        let applied = guarded(|| self.adapter.apply(record)).map_err(|failure| self.failed(failure))?;
        protocol::check(record, &applied)
            .map_err(|what| self.nonsense(format!("in its reply to {}: {what}", Sort::applying(record))))?;
        match &applied.answer {
            Some(Answer::Pending(entries)) if entries.len() > MOST_ENTRIES => {
                let what = format!(
                    "{} entries in a pending list, expected at most {MOST_ENTRIES}",
                    entries.len()
                );
                Err(self.failed(Failure::Floods { what }))
            }
            _ => Ok(applied),
        }
    }

    /// Has the oracle judge a line, and keeps it.
    fn line(&mut self, record: Record) -> Result<(), Trouble> {
        if let Err(malformed) = self.oracle.step(&record) {
            let event = self.next_line();
            let what = malformed.what().to_owned();
            return Err(Trouble::Runner { what, event });
        }
        self.world.note(&record);
        self.records.push(record);
        self.asked = None;
        Ok(())
    }

    fn next_line(&self) -> u64 {
        self.records.len() as u64 + 1
    }

    fn failed(&self, failure: Failure) -> Trouble {
        let event = self.next_line();
        Trouble::Adapter { failure, event }
    }

    fn nonsense(&self, what: String) -> Trouble {
        self.failed(Failure::Nonsense { what })
    }
}
