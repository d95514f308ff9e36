//! Traces as files: a streaming reader and a writer.
//!
//! A trace is one JSON object a line: a [`Header`], [`Record`]s, and at most one end as the last of them. The reader
//! holds one line at a time, so that a trace of any length is read in constant memory, and refuses a line of more than
//! [`LINE_LIMIT`] bytes before it is read to its end. A byte order mark and CRLF are tolerated, blank lines only behind
//! the last record: event `n` stands in line `n + 1` ([`line_of`]).
//!
//! What the records mean together (time going backwards, a call of a dead process) is the oracle's to judge;
//! [`Reader::malformed`] gives its complaint a place.

mod error;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::str;

use bgspec_model::oracle::{Foresight, Malformed};
use bgspec_model::vocabulary::{FORMAT, Header, Record};
use serde::{Deserialize, Serialize};

pub use self::error::{Error, Problem};
use crate::lines::{self, Line};

/// The most bytes that a line of a trace may have.
pub const LINE_LIMIT: usize = 16 << 20;

/// The most bytes of standard input that are held to look for gaps.
pub const HELD: u64 = 256 << 20;

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
    /// The line of the end, once it was read.
    end: Option<u64>,
    /// Nothing more comes: the file is over, or an error was given.
    over: bool,
}

impl Reader<Box<dyn BufRead>> {
    /// Opens a trace and reads its header; `-` is standard input.
    ///
    /// # Errors
    /// The file cannot be read, is empty, or does not begin with a header of this version.
    pub fn open(file: &str) -> Result<Self, Error> {
        if file == "-" {
            return Self::new(Box::new(io::stdin().lock()), "stdin");
        }
        let unreadable = |error| Error {
            file: file.to_owned(),
            line: 0,
            column: 0,
            problem: Problem::unreadable(&error),
        };
        let input = File::open(file).map_err(unreadable)?;
        Self::new(Box::new(BufReader::with_capacity(1 << 16, input)), file)
    }
}

impl Reader<Box<dyn BufRead>> {
    /// Opens a trace and looks through it for what later lines say of earlier ones, before the first of them is read. A
    /// file is read twice; standard input is held, as much of it as [`HELD`], and what follows is read as it comes.
    ///
    /// # Errors
    /// As for [`Reader::open`].
    pub fn open_whole(file: &str) -> Result<(Self, Foresight), Error> {
        if file != "-" {
            let foresight = foresee(Self::open(file)?);
            return Ok((Self::open(file)?, foresight));
        }
        let mut input = io::stdin().lock();
        let mut held = Vec::new();
        let unreadable = |error| Error {
            file: "stdin".to_owned(),
            line: 0,
            column: 0,
            problem: Problem::unreadable(&error),
        };
        (&mut input).take(HELD).read_to_end(&mut held).map_err(unreadable)?;
        let foresight = foresee(Reader::new(held.as_slice(), "stdin")?);
        let input = io::Cursor::new(held).chain(input);
        Ok((Self::new(Box::new(input), "stdin")?, foresight))
    }
}

/// What the lines of a trace say of earlier ones, as far as they can be read.
fn foresee<R: BufRead>(mut trace: Reader<R>) -> Foresight {
    let mut foresight = Foresight::default();
    let all = Foresight::needs_every_line(trace.header());
    while let Ok(true) = trace.lines.advance() {
        if !all && memchr::memmem::find(&trace.lines.buffer, b"\"gap\"").is_none() {
            foresight.skip();
            continue;
        }
        let text = trace.lines.text().ok();
        let Some(record) = text.and_then(|text| lines::parse::<Record>(text).ok()) else {
            break;
        };
        foresight.note(&record);
    }
    foresight
}

impl<R: BufRead> Reader<R> {
    /// Reads the header of a trace; `file` is what errors call it.
    ///
    /// # Errors
    /// As for [`Reader::open`].
    pub fn new(input: R, file: impl Into<String>) -> Result<Self, Error> {
        let mut lines = Lines {
            input,
            file: file.into(),
            buffer: Vec::new(),
            line: 0,
        };
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
        match lines::parse::<Record>(text) {
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
    /// Reads the next line; false where only blank lines are left, or none.
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
                self.line = before + 1;
                return Err(self.error(1, Problem::Blank));
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
        Some(_) => lines::parse(text).map_err(|(column, unfit)| (column, unfit.into())),
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[cfg(test)]
mod tests;
