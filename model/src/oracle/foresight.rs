//! What later lines of a trace say of earlier ones: where lines may be missing, and which process nobody saw end.
//!
//! A `gap` stands at its end and speaks of its whole span, lines that stand in it included; and that a process ended
//! unseen shows in the start of the next one. Whoever holds the whole trace notes its lines here first and gives this to
//! the oracle before the first of them. Without it a gap excuses what comes behind its line alone.

use std::collections::VecDeque;

use crate::vocabulary::{End, Event, Gap, Header, Millis, Origin, Process, Record};

/// What later lines say of earlier ones.
#[derive(Debug, Clone, Default)]
pub struct Foresight {
    /// The gaps, in the order of their lines, each with the number of its line.
    gaps: VecDeque<(u64, Gap)>,
    /// The lines behind which the process that lived may have ended, in their order.
    last: VecDeque<u64>,
    /// The process that lives, and the last line about it.
    lives: Option<(u32, u64)>,
    lines: u64,
    last_pid: u32,
    closed: bool,
}

impl Foresight {
    /// What the lines of a whole trace say.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut foresight = Self::default();
        lines.into_iter().for_each(|record| foresight.note(record));
        foresight
    }

    /// Whether every line has to be noted; otherwise the gaps do, and the others are [skipped](Self::skip).
    #[must_use]
    pub fn needs_every_line(header: &Header) -> bool {
        !tells_ends(header)
    }

    /// Passes the next line over, which is no gap.
    pub fn skip(&mut self) {
        self.lines += 1;
    }

    /// Notes the next line.
    pub fn note(&mut self, record: &Record) {
        self.lines += 1;
        self.closed |= record.end == Some(End::Closed);
        let Some(event) = &record.event else { return };
        if let Event::Gap(gap) = event {
            return self.gaps.push_back((self.lines, gap.clone()));
        }
        let process = event.row().process;
        match process {
            Process::None => {}
            Process::Starts => self.lives(record.pid.unwrap_or(self.last_pid.saturating_add(1))),
            Process::Closes | Process::Ends => self.lives = None,
            Process::Lives | Process::Dies if record.by.is_some() => {}
            Process::Lives | Process::Dies => match (record.pid, self.lives) {
                (Some(pid), _) => self.lives(pid),
                (None, Some((pid, _))) => self.lives = Some((pid, self.lines)),
                (None, None) => {}
            },
        }
        if process == Process::Dies {
            self.lives = None;
        }
    }

    /// A line is about this process.
    fn lives(&mut self, pid: u32) {
        if let Some((other, last)) = self.lives
            && other != pid
        {
            self.last.push_back(last);
        }
        self.last_pid = self.last_pid.max(pid);
        self.lives = Some((pid, self.lines));
    }

    /// The same where the lines are over: of a trace that is not closed the last process may have ended too, unless its
    /// line is the last of all.
    pub(crate) fn ended(mut self) -> Self {
        if let (false, Some((_, last))) = (self.closed, self.lives.take())
            && last < self.lines
        {
            self.last.push_back(last);
        }
        self
    }

    /// Whether later lines say nothing of earlier ones.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gaps.is_empty() && self.last.is_empty() && (self.closed || self.lives.is_none())
    }

    /// Whether lines may be missing anywhere from now on.
    pub(crate) fn has_gaps(&self) -> bool {
        !self.gaps.is_empty()
    }

    /// The gap that a line at this time stands in, the gap's own line apart.
    pub(crate) fn gaps_at(&mut self, line: u64, at: Millis) -> impl Iterator<Item = &Gap> {
        while self.gaps.front().is_some_and(|(place, _)| *place < line) {
            self.gaps.pop_front();
        }
        let spans = self
            .gaps
            .iter()
            .filter(move |(place, gap)| *place > line && gap.from <= at);
        spans.map(|(_, gap)| gap)
    }

    /// Whether this line is the last about a process that may have ended behind it.
    pub(crate) fn is_last(&mut self, line: u64) -> bool {
        while self.last.front().is_some_and(|last| *last < line) {
            self.last.pop_front();
        }
        self.last.front() == Some(&line)
    }
}

/// Whether every end of a process would be told: in a made-up trace, and in any other that records kills.
pub(crate) fn tells_ends(header: &Header) -> bool {
    match &header.recorded {
        Some(names) => names.iter().any(|name| name == "killed"),
        None => header.origin == Origin::MadeUp,
    }
}
