//! Lines as questions: names become numbers, and a trace that contradicts itself is refused.

mod answers;
mod processes;
mod questions;

use super::Malformed;
use crate::context::Context;
use crate::op::{Ask, Caller, Op, Reply};
use crate::state::By;
use crate::vocabulary::{Answer, Device, End, Event, Extension, Header, Initial, Millis, Record, Role};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// One event; a process started just before it, where the trace leaves that out.
    Event {
        /// The process that starts first.
        starts: Option<(u32, By)>,
        /// It is an input or a call: whatever answered the last one has come.
        settles: bool,
        /// It is the clock and nothing else.
        clock: bool,
        /// A process that may have lived did not.
        buries: bool,
        /// A submission from before was accepted: of which request is not known.
        lands: bool,
    },
    /// A call that overlaps others begins.
    Begin {
        /// Its number.
        number: u32,
    },
    /// Such a call ends.
    End {
        /// Its number.
        number: u32,
    },
    /// Lines may be missing.
    Gap {
        /// Since when.
        from: Millis,
    },
    /// The trace ends.
    Ends(End),
}

impl Line {
    pub(super) const fn starts_first(self) -> Option<(u32, By)> {
        match self {
            Self::Event { starts, .. } => starts,
            _ => None,
        }
    }

    pub(super) const fn settles(self) -> bool {
        match self {
            Self::Event { settles, .. } => settles,
            Self::Begin { .. } | Self::Ends(_) => true,
            Self::End { .. } | Self::Gap { .. } => false,
        }
    }

    /// Since when nothing is known, if that is before the line.
    pub(super) const fn known_until(self) -> Option<Millis> {
        match self {
            Self::Gap { from } => Some(from),
            _ => None,
        }
    }

    pub(super) const fn buries(self) -> bool {
        matches!(self, Self::Event { buries: true, .. })
    }

    pub(super) const fn lands(self) -> bool {
        matches!(self, Self::Event { lands: true, .. })
    }

    pub(super) const fn is_clock(self) -> bool {
        matches!(self, Self::Event { clock: true, .. })
    }
}

/// What every reader of the trace can see, whatever the scheduler did.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// The trace began late, or has a gap.
    partial: bool,
    extensions: Vec<Extension>,
    /// Whether the app is there, where that is known.
    installed: Option<bool>,
    pid: Option<u32>,
    /// Whether a process lives is not known: the one that it would be, or any.
    maybe: Option<Option<u32>>,
    dead: Vec<u32>,
    last_pid: u32,
    foreground: Option<bool>,
    locked: Option<bool>,
    unlocked_once: Option<bool>,
    passcode: bool,
    submissions: Vec<u32>,
}

/// Times that every reader of JSON can hold.
pub(super) const TIMES: std::ops::RangeInclusive<Millis> = -(1 << 53)..=1 << 53;

/// At least so many asynchronous submissions are remembered by their numbers, so that a long trace needs no more memory.
const SUBMISSIONS: usize = 1024;

/// So many dead processes are remembered by their ids.
const DEAD: usize = 64;

impl Reader {
    pub(super) fn new(header: &Header) -> Self {
        let unknown = header.initial == Initial::Unknown;
        let known = |told: Option<bool>, ordinary| told.or(if unknown { None } else { ordinary });
        Self {
            partial: unknown,
            extensions: header.extensions.clone(),
            installed: (!unknown).then_some(true),
            pid: None,
            maybe: unknown.then_some(None),
            dead: Vec::with_capacity(DEAD),
            last_pid: 0,
            foreground: if unknown { None } else { Some(false) },
            locked: known(header.device.locked, Device::ORDINARY.locked),
            unlocked_once: known(header.device.unlocked_once, Device::ORDINARY.unlocked_once),
            passcode: header.passcode,
            submissions: Vec::new(),
        }
    }

    /// Who makes a call.
    pub(super) fn caller(&self, record: &Record) -> Caller {
        let extension = record
            .by
            .as_ref()
            .map(|name| self.extensions.iter().find(|other| other.name == *name));
        Caller {
            app: extension.is_none(),
            schedules: extension.flatten().is_some_and(|extension| extension.schedules),
            person: record.person,
            main_thread: record.thread.as_deref() == Some("main"),
        }
    }

    /// Reads a line into `ask`. One that is refused leaves no trace.
    pub(super) fn read(
        &mut self,
        record: &Record,
        told: Option<&Answer>,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<Line, Malformed> {
        let life = (self.installed, self.pid, self.maybe, self.last_pid);
        let device = (self.foreground, self.locked, self.unlocked_once);
        if self.submissions.len() >= 2 * SUBMISSIONS {
            self.submissions.drain(..SUBMISSIONS);
        }
        let (dead, submissions) = (self.dead.len(), self.submissions.len());
        let line = self.read_line(record, told, cx, ask);
        if line.is_err() {
            (self.installed, self.pid, self.maybe, self.last_pid) = life;
            (self.foreground, self.locked, self.unlocked_once) = device;
            self.dead.truncate(dead);
            self.submissions.truncate(submissions);
        }
        line
    }

    fn read_line(
        &mut self,
        record: &Record,
        told: Option<&Answer>,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<Line, Malformed> {
        for time in [Some(record.at), record.to].into_iter().flatten() {
            if !TIMES.contains(&time) {
                return wrong(format!(
                    "a time of {time} ms: expected at most 2^53 before or after zero"
                ));
            }
        }
        ask.listed.clear();
        ask.ids.clear();
        ask.reply = Reply::Nothing;
        let event = match (&record.event, record.end) {
            (Some(event), None) => event,
            (None, Some(end)) => return Ok(Line::Ends(end)),
            (Some(_), Some(_)) => return wrong("a line with both an event and an end: expected one of them"),
            (None, None) => return wrong("a line with neither an event nor an end: expected one of them"),
        };
        if record.to.is_some_and(|to| to < record.at) {
            return wrong(format!(
                "the latest time, {:?}, lies before at, {}",
                record.to, record.at
            ));
        }
        if let Event::End(_) = event {
            let Some(number) = record.call else {
                return wrong("an end without the number of its call");
            };
            return Ok(Line::End { number });
        }
        if let Event::Gap(gap) = event {
            if gap.from > record.at || !TIMES.contains(&gap.from) {
                return wrong(format!(
                    "a gap from {} to {}: it ends before it begins",
                    gap.from, record.at
                ));
            }
            self.look_away();
            return Ok(Line::Gap { from: gap.from });
        }
        let role = event.role();
        let maybe = self.maybe;
        let starts = self.check_process(record, event, role)?;
        if role == Role::Call
            && let Some(name) = &record.by
            && !self.extensions.iter().any(|extension| extension.name == *name)
        {
            return wrong(format!(
                "a call by the extension {name:?}, which the header does not name"
            ));
        }
        let foreign = self.question(record, event, cx, ask)?;
        if role == Role::Call {
            self.answer(event, told, record.call.is_some(), cx, ask)?;
        }
        if foreign {
            // A task from before the trace: nothing is known of it.
            ask.op = Op::Clock;
            ask.reply = Reply::Nothing;
        }
        if let Some(number) = record.call {
            return Ok(Line::Begin { number });
        }
        let settles = matches!(role, Role::World | Role::Call);
        Ok(Line::Event {
            starts,
            settles,
            clock: matches!(event, Event::Clock(_)),
            lands: foreign && matches!(event, Event::SubmissionCompleted(completed) if completed.error.is_none()),
            buries: maybe.is_some() && matches!(event, Event::Started(_) | Event::Launched(_)),
        })
    }
}

fn wrong<T>(what: impl Into<String>) -> Result<T, Malformed> {
    Err(Malformed::new(what))
}
