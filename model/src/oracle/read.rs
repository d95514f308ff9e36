//! Lines as questions: names become numbers, and a trace that contradicts itself is refused.

mod answers;
mod kinds;
mod processes;
mod questions;

use super::Malformed;
use super::foresight::tells_ends;
use super::unseen::Missing;
use crate::context::Context;
use crate::op::{Ask, Caller, Op, Reply};
use crate::state::By;
use crate::vocabulary::{
    Answer, Condition, Device, End, Event, Extension, Header, Initial, Millis, Name, Process, Record, Role,
};

/// The line that was read last: what it is, besides its question. Its fields are read where they stand: a copy of the
/// whole would wait for each of them.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// What it is.
    pub(crate) is: Is,
    /// A process started just before it, where the trace leaves that out.
    pub(crate) starts: Option<(u32, By)>,
    /// It is an input or a call, or the end: whatever answered the last one has come.
    pub(crate) settles: bool,
    /// A process that may have lived did not.
    pub(crate) buries: bool,
    /// A process ended before, and no line told.
    pub(crate) ends: bool,
    /// A submission from before was accepted: of which request is not known.
    pub(crate) lands: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Is {
    /// An event.
    Event,
    /// The clock and nothing else.
    Clock,
    /// A call that overlaps others begins: its number.
    Begin(u32),
    /// Such a call ends.
    End(u32),
    /// Lines may be missing, since then.
    Gap(Millis),
    /// The trace ends.
    Ends(End),
}

impl Line {
    /// Since when nothing is known, if that is before the line.
    pub(crate) const fn known_until(&self) -> Option<Millis> {
        match self.is {
            Is::Gap(from) => Some(from),
            Is::Event | Is::Clock | Is::Begin(_) | Is::End(_) | Is::Ends(_) => None,
        }
    }
}

/// What every reader of the trace can see, whatever the scheduler did.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    /// The trace began late, or has a gap.
    partial: bool,
    extensions: Vec<Extension>,
    life: Life,
    dead: Vec<u32>,
    passcode: Option<bool>,
    /// Whether a lock is followed, and the first unlock.
    follows: [bool; 2],
    /// The end of a process would be told.
    tells_ends: bool,
    /// The lock and the app's coming and going are told in the order in which they happened: the lines of a recording come
    /// from notifications of two sources.
    orders_locks: bool,
    /// The start of a process by the scheduler would be told.
    tells_launches: bool,
    /// The line that was read last.
    pub(crate) line: Line,
    submissions: Vec<u32>,
    kinds: kinds::Kinds,
}

/// The app and the device, as every line tells of them. None is unknown.
#[derive(Debug, Clone, Copy)]
struct Life {
    /// Whether the app is there.
    installed: Option<bool>,
    pid: Option<u32>,
    /// Whether a process lives is not known: the one that it would be, or any.
    maybe: Option<Option<u32>>,
    last_pid: u32,
    foreground: Option<bool>,
    /// Whether its process has finished launching.
    finished: Option<bool>,
    /// The process that the person closed, as long as no other has started.
    closed: Option<u32>,
    locked: Option<bool>,
    unlocked_once: Option<bool>,
}

/// Times that every reader of JSON can hold.
pub(crate) const TIMES: std::ops::RangeInclusive<Millis> = -(1 << 53)..=1 << 53;

/// At least so many asynchronous submissions are remembered by their numbers, so that a long trace needs no more memory.
const SUBMISSIONS: usize = 1024;

/// At least so many dead processes are remembered by their ids.
const DEAD: usize = 64;

impl Reader {
    pub(crate) fn new(header: &Header) -> Self {
        let unknown = header.initial == Initial::Unknown;
        let open = unknown || !header.is_made_up();
        let follows = |condition| !header.untracked.contains(&condition) && !header.unknown.contains(&condition);
        let known = |told: Option<bool>, ordinary, condition| {
            told.or(if open { None } else { ordinary })
                .filter(|_| follows(condition))
        };
        Self {
            partial: unknown,
            extensions: header.extensions.clone(),
            life: Life {
                installed: (!unknown).then_some(true),
                pid: None,
                maybe: unknown.then_some(None),
                last_pid: 0,
                foreground: if unknown { None } else { Some(false) },
                finished: None,
                closed: None,
                locked: known(header.device.locked, Device::ORDINARY.locked, Condition::Locked),
                unlocked_once: known(
                    header.device.unlocked_once,
                    Device::ORDINARY.unlocked_once,
                    Condition::UnlockedOnce,
                ),
            },
            dead: Vec::with_capacity(2 * DEAD + 1),
            passcode: header.passcode.or(header.is_made_up().then_some(true)),
            follows: [
                (Condition::Locked, header.device.locked),
                (Condition::UnlockedOnce, header.device.unlocked_once),
            ]
            .map(|(condition, told)| {
                let untracked = header.untracked.contains(&condition);
                let named = header.is_made_up() || told.is_some() || header.unknown.contains(&condition);
                named && !untracked
            }),
            tells_ends: tells_ends(header),
            orders_locks: header.is_made_up(),
            tells_launches: header.records("launched"),
            line: Line {
                is: Is::Clock,
                starts: None,
                settles: false,
                buries: false,
                ends: false,
                lands: false,
            },
            submissions: Vec::new(),
            kinds: kinds::Kinds::default(),
        }
    }

    /// Whether the end of a process would be told.
    pub(crate) const fn tells_ends(&self) -> bool {
        self.tells_ends
    }

    /// Who makes a call.
    #[inline]
    pub(crate) fn caller(&self, record: &Record) -> Caller {
        Caller {
            app: record.by.is_none(),
            schedules: record.by.as_ref().is_some_and(|name| self.schedules(name)),
            person: record.person,
            main_thread: record.thread.as_ref().is_some_and(|thread| thread == "main"),
        }
    }

    #[cold]
    fn schedules(&self, name: &str) -> bool {
        self.extensions
            .iter()
            .any(|extension| extension.name == name && extension.schedules)
    }

    /// Reads a line into `ask` and [`Reader::line`]. One that is refused leaves no trace.
    #[inline]
    pub(crate) fn read(
        &mut self,
        record: &Record,
        told: Option<&Answer>,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<(), Malformed> {
        let life = self.life;
        if self.submissions.len() >= 2 * SUBMISSIONS {
            self.submissions.drain(..SUBMISSIONS);
        }
        // Within a line the lists only grow, so that one that is refused can be taken back.
        if self.dead.len() >= 2 * DEAD {
            self.dead.drain(..DEAD);
        }
        let (dead, submissions) = (self.dead.len(), self.submissions.len());
        let read = self.read_line(record, told, cx, ask);
        if read.is_err() {
            self.life = life;
            self.dead.truncate(dead);
            self.submissions.truncate(submissions);
        }
        read
    }

    #[inline]
    fn read_line(
        &mut self,
        record: &Record,
        told: Option<&Answer>,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<(), Malformed> {
        if !TIMES.contains(&record.at) || record.to.is_some_and(|to| to < record.at || !TIMES.contains(&to)) {
            return wrong_times(record);
        }
        ask.listed.clear();
        ask.ids.clear();
        ask.reply = Reply::Nothing;
        self.line.starts = None;
        (self.line.settles, self.line.buries, self.line.lands) = (false, false, false);
        self.line.ends = false;
        let event = match (&record.event, record.end) {
            (Some(event), None) => event,
            (None, Some(end)) => {
                self.line.is = Is::Ends(end);
                self.line.settles = true;
                return Ok(());
            }
            (Some(_), Some(_)) => return wrong("a line with both an event and an end: expected one of them"),
            (None, None) => return wrong("a line with neither an event nor an end: expected one of them"),
        };
        let row = event.row();
        let role = row.role;
        if let Event::End(_) = event {
            let Some(number) = record.call else {
                return wrong("an end without the number of its call: expected `call`");
            };
            self.line.is = Is::End(number);
            return Ok(());
        }
        if let Event::Gap(gap) = event {
            if gap.from > record.at || !TIMES.contains(&gap.from) {
                return wrong(format!(
                    "a gap from {} to {}: it ends before it begins; expected `from` at most `at`",
                    gap.from, record.at
                ));
            }
            let names = gap.events.iter().flatten();
            if let Some(name) = names.into_iter().find(|name| Name::find(name).is_none()) {
                return wrong(format!("a gap in {name:?}, which is the name of no event"));
            }
            self.miss(Missing::of(gap));
            self.line.is = Is::Gap(gap.from);
            return Ok(());
        }
        self.line.buries = row.process == Process::Starts && self.life.maybe.is_some();
        self.check_process(record, event, row)?;
        if role == Role::Call
            && let Some(name) = &record.by
            && !self.extensions.iter().any(|extension| extension.name == *name)
        {
            return wrong(format!(
                "a call by the extension {name:?}, which the header does not name; expected one of its `extensions`"
            ));
        }
        let foreign = self.question(event, cx, ask)?;
        if row.process.ends() {
            let closed = self.life.pid.filter(|_| row.process == Process::Closes);
            self.bury();
            self.life.closed = closed;
        }
        if role == Role::Call {
            self.answer(event, row, told, record.call.is_some(), cx, ask)?;
        }
        if foreign {
            // A task from before the trace: nothing is known of it.
            ask.op = Op::Clock;
            ask.reply = Reply::Nothing;
            self.line.lands = matches!(event, Event::SubmissionCompleted(completed) if completed.error.is_none());
        }
        self.kinds.note(ask);
        self.line.settles = matches!(role, Role::World | Role::Call);
        self.line.is = match record.call {
            Some(number) => Is::Begin(number),
            None if event.name_of() == Name::Clock => Is::Clock,
            None => Is::Event,
        };
        Ok(())
    }
}

#[cold]
fn wrong_times<T>(record: &Record) -> Result<T, Malformed> {
    for time in [Some(record.at), record.to].into_iter().flatten() {
        if !TIMES.contains(&time) {
            return wrong(format!(
                "a time of {time} ms: expected at most 2^53 before or after zero"
            ));
        }
    }
    wrong(format!(
        "the latest time, {}, lies before the time, {}; expected `to` at or after `at`",
        record.to.unwrap_or(record.at),
        record.at
    ))
}

#[cold]
fn wrong<T>(what: impl Into<Box<str>>) -> Result<T, Malformed> {
    Err(Malformed::new(what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Version;

    #[test]
    fn what_a_refused_line_buried_is_dug_out_again_however_many_are_dead() {
        let mut reader = Reader::new(&Header::new(Version::OLDEST, "app"));
        for pid in 1..=4 * DEAD as u32 {
            let dead = reader.dead.clone();
            reader.life.pid = Some(pid);
            reader.bury();
            assert_eq!(reader.dead[..dead.len()], dead, "burying {pid} lost another");
            reader.dead.truncate(dead.len());
            assert_eq!(reader.dead, dead);
            reader.life.pid = Some(pid);
            reader.bury();
        }
    }
}
