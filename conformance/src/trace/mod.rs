//! Traces as files: a streaming reader and a writer.
//!
//! A trace is one JSON object a line: a [`Header`], [`Record`]s, and at most one end as the last of them. The reader
//! holds one line at a time, so that a trace of any length is read in constant memory, and refuses a line of more than
//! [`LINE_LIMIT`] bytes before it is read to its end. A byte order mark and CRLF are tolerated, blank lines only behind
//! the last record: event `n` stands in line `n + 1` ([`line_of`]).
//!
//! What the records mean together (time going backwards, a call of a dead process) is the oracle's to judge;
//! [`Reader::malformed`] gives its complaint a place.

mod by_hand;
mod error;
mod mistakes;
mod places;
mod source;

use std::io::{self, BufRead, Write};
use std::str;

use bgspec_model::oracle::Malformed;
use bgspec_model::vocabulary::{FORMAT, Header, Record};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use self::by_hand::Clock;
pub use self::error::{Error, Problem};
pub use self::mistakes::{MOST, Mistakes};
pub use self::places::Places;
pub use self::source::{HELD, Source};
use crate::lines::{self, Line, Unfit};

/// The most bytes that a line of a trace may have.
pub const LINE_LIMIT: usize = 16 << 20;

/// The line in which an event stands, from its number in the trace.
#[must_use]
pub const fn line_of(event: u64) -> u64 {
    event + 1
}

/// Reads a trace line by line. As an iterator it gives the records, the end included, and stops at the first error.
///
/// ```
/// use bgspec_conformance::trace::Reader;
/// let file = "{\"bgspec\":1,\"os\":\"26.1\",\"origin\":\"made up\",\"bundle\":\"com.example.app\",\"initial\":\"known\"}
/// {\"at\":0,\"pid\":1,\"event\":{\"launch_finished\":{}}}
/// {\"at\":5000,\"end\":\"closed\"}
/// ";
/// let trace = Reader::new(file.as_bytes(), "a.jsonl")?;
/// assert_eq!(trace.header().bundle, "com.example.app");
/// assert_eq!(trace.collect::<Result<Vec<_>, _>>()?.len(), 2);
/// # Ok::<(), bgspec_conformance::trace::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    lines: Lines<R>,
    header: Header,
    clock: Clock,
    /// The line of the end, once it was read.
    end: Option<u64>,
    /// Nothing more comes: the file is over, or an error was given.
    over: bool,
}

impl Reader<Box<dyn BufRead>> {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// It cannot be read, is empty, or does not begin with a header of this version.
    pub fn open(file: &str) -> Result<Self, Error> {
        Self::new(source::open(file)?, file)
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads the header of a trace; `file` is what errors call it.
    ///
    /// # Errors
    /// It cannot be read, is empty, or does not begin with a header of this version.
    pub fn new(input: R, file: impl Into<String>) -> Result<Self, Error> {
        let mut lines = Lines::new(input, file);
        if !lines.advance()? {
            lines.line = 1;
            return Err(lines.error(1, Problem::Nothing));
        }
        let header = lines
            .text()
            .and_then(header)
            .map_err(|(column, problem)| lines.error(column, problem))?;
        Ok(Self {
            lines,
            header,
            clock: Clock::default(),
            end: None,
            over: false,
        })
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The number of the line that was read last, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.lines.line
    }

    /// What the oracle says against the line that was read last, or an earlier one that it held, with its place.
    #[must_use]
    pub fn malformed(&self, malformed: Malformed) -> Error {
        let mut error = self.lines.error(1, Problem::Contradicts(malformed.what().to_owned()));
        error.line = error.line.saturating_sub(malformed.earlier() as u64);
        error
    }

    #[inline]
    fn record(&mut self) -> Option<Result<Record, Error>> {
        match self.lines.advance() {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Err(error)),
        }
        if let Some(end) = self.end {
            return Some(Err(self.lines.error(1, Problem::BehindEnd { end })));
        }
        let text = match self.lines.text() {
            Ok(text) => text,
            Err((column, problem)) => return Some(Err(self.lines.error(column, problem))),
        };
        match record(text, &mut self.clock, self.lines.line == 2) {
            Ok(record) => {
                if record.event.is_some() == record.end.is_some() {
                    return Some(Err(self.lines.error(1, Problem::of_both_or_neither(&record))));
                }
                if record.end.is_some() {
                    self.end = Some(self.lines.line);
                }
                Some(Ok(record))
            }
            Err((column, unfit)) => Some(Err(self.lines.error(column, unfit.into()))),
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.record();
        self.over = !matches!(next, Some(Ok(_)));
        next
    }
}

/// Writes a trace line by line.
#[derive(Debug)]
pub struct Writer<W> {
    output: W,
}

impl<W: Write> Writer<W> {
    /// Writes the header of a trace.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn new(output: W, header: &Header) -> io::Result<Self> {
        let mut writer = Self { output };
        writer.line(header)?;
        Ok(writer)
    }

    /// Writes the next record; the end is one.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn record(&mut self, record: &Record) -> io::Result<()> {
        self.line(record)
    }

    /// Flushes the output and gives it back.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.output.flush()?;
        Ok(self.output)
    }

    fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.output, line)?;
        self.output.write_all(b"\n")
    }
}

/// Reads lines of a file into the one buffer.
#[derive(Debug)]
struct Lines<R> {
    input: R,
    file: String,
    buffer: Vec<u8>,
    line: u64,
}

impl<R: BufRead> Lines<R> {
    fn new(input: R, file: impl Into<String>) -> Self {
        Self {
            input,
            file: file.into(),
            buffer: Vec::new(),
            line: 0,
        }
    }

    /// Reads the next line; false where only blank lines are left, or none. Where blank lines stand before it, it is read
    /// all the same.
    fn advance(&mut self) -> Result<bool, Error> {
        let before = self.line;
        loop {
            let read = lines::read_line(&mut self.input, &mut self.buffer, LINE_LIMIT)
                .map_err(|error| self.error(1, Problem::unreadable(&error)))?;
            if read == Line::Over {
                return Ok(false);
            }
            self.line += 1;
            if read == Line::TooLong {
                return Err(self.error(1, Problem::LongLine { limit: LINE_LIMIT }));
            }
            if self.line == 1 && self.buffer.starts_with(BYTE_ORDER_MARK) {
                self.buffer.drain(..BYTE_ORDER_MARK.len());
            }
            if self.buffer.first() != Some(&b'{') && self.buffer.trim_ascii().is_empty() {
                continue;
            }
            if self.line > before + 1 {
                let line = before + 1;
                return Err(Error {
                    line,
                    ..self.error(1, Problem::Blank)
                });
            }
            return Ok(true);
        }
    }

    fn text(&self) -> Result<&str, (usize, Problem)> {
        str::from_utf8(&self.buffer).map_err(|error| {
            let place = error.valid_up_to();
            (
                place + 1,
                Problem::NotUtf8 {
                    byte: self.buffer[place],
                },
            )
        })
    }
}

impl<R> Lines<R> {
    fn error(&self, column: usize, problem: Problem) -> Error {
        // A file that cannot even be read has no line: a directory, say.
        let column = if self.line == 0 { 0 } else { column };
        Error {
            file: self.file.clone(),
            line: self.line,
            column,
            problem,
        }
    }
}

/// Looks at the version before anything else, so that a newer format is named as such.
fn header(text: &str) -> Result<Header, (usize, Problem)> {
    #[derive(Deserialize)]
    struct Version {
        bgspec: Option<u64>,
    }
    let Version { bgspec } = lines::parse(text).map_err(|(column, unfit)| (column, unfit.into()))?;
    match bgspec {
        None => Err((
            1,
            Problem::NoHeader {
                found: lines::quote(text),
            },
        )),
        Some(found) if found != u64::from(FORMAT) => Err((1, Problem::Version { found })),
        Some(_) => written(text, &mut Clock::default(), false).map_err(|(column, unfit)| (column, unfit.into())),
    }
}

/// Reads a line behind the header.
#[inline]
fn record(text: &str, clock: &mut Clock, first: bool) -> Result<Record, (usize, Unfit)> {
    written(text, clock, first)
}

/// Reads a line as a recorder writes it, or else as a person does.
#[inline]
fn written<T: DeserializeOwned>(text: &str, clock: &mut Clock, first: bool) -> Result<T, (usize, Unfit)> {
    lines::parse(text).or_else(|unfit| by_person(text, clock, first).unwrap_or(Err(unfit)))
}

/// Reads a line as a person writes it; none where nothing in it is so written.
#[cold]
fn by_person<T: DeserializeOwned>(text: &str, clock: &mut Clock, first: bool) -> Option<Result<T, (usize, Unfit)>> {
    let mut plain = by_hand::plain(text, clock, first)?;
    if !plain.wrong.is_empty() {
        return Some(Err(plain.wrong.swap_remove(0)));
    }
    Some(lines::parse(&plain.text).map_err(|(column, unfit)| (plain.column(column), unfit)))
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[cfg(test)]
mod tests;
