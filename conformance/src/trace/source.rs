//! Where a trace comes from, so that it can be read more than once: for what later lines say of earlier ones, and for
//! everything that is wrong with it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use bgspec_model::oracle::Foresight;
use bgspec_model::vocabulary::Record;

use super::error::{Error, Problem};
use super::mistakes::{self, Mistakes};
use super::{Lines, Reader};

/// The most bytes of standard input that are held to be read again.
pub const HELD: u64 = 256 << 20;

/// A file, or standard input.
#[derive(Debug)]
pub struct Source {
    name: String,
    /// The beginning of standard input.
    held: Option<Vec<u8>>,
}

impl Source {
    /// A file by its name; `-` is standard input, of which as much is held as [`HELD`]. What follows is read as it comes,
    /// by the first reader that gets so far.
    ///
    /// # Errors
    /// Standard input cannot be read.
    pub fn new(file: &str) -> Result<Self, Error> {
        if file != "-" {
            return Ok(Self {
                name: file.to_owned(),
                held: None,
            });
        }
        let name = "stdin".to_owned();
        let mut held = Vec::new();
        match io::stdin().lock().take(HELD).read_to_end(&mut held) {
            Ok(_) => Ok(Self { name, held: Some(held) }),
            Err(error) => Err(unreadable(&name, &error)),
        }
    }

    /// What errors call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is held of standard input.
    #[must_use]
    pub fn held(&self) -> Option<&[u8]> {
        self.held.as_deref()
    }

    /// Reads its header.
    ///
    /// # Errors
    /// It cannot be read, is empty, or does not begin with a header of this version.
    pub fn reader(&self) -> Result<Reader<Box<dyn BufRead + '_>>, Error> {
        Reader::new(self.input()?, self.name.as_str())
    }

    /// What later lines say of earlier ones.
    ///
    /// # Errors
    /// As for [`reader`](Self::reader).
    pub fn foresight(&self) -> Result<Foresight, Error> {
        match &self.held {
            Some(held) => Ok(foresee(Reader::new(held.as_slice(), self.name.as_str())?)),
            None => Ok(foresee(self.reader()?)),
        }
    }

    /// Everything that is wrong with it, since something was `found`.
    #[must_use]
    pub fn mistakes(&self, found: Error) -> Mistakes {
        match &self.held {
            Some(held) => Mistakes::of(held, found),
            None => match self.input() {
                Ok(input) => mistakes::all(Lines::new(input, &self.name), found),
                Err(_) => Mistakes::only(found),
            },
        }
    }

    fn input(&self) -> Result<Box<dyn BufRead + '_>, Error> {
        if let Some(held) = &self.held {
            return Ok(Box::new(Cursor::new(held).chain(io::stdin().lock())));
        }
        open(&self.name).map(|input| -> Box<dyn BufRead + '_> { input })
    }
}

pub(super) fn open(file: &str) -> Result<Box<dyn BufRead>, Error> {
    match File::open(file) {
        Ok(input) => Ok(Box::new(BufReader::with_capacity(1 << 16, input))),
        Err(error) => Err(unreadable(file, &error)),
    }
}

fn unreadable(file: &str, error: &io::Error) -> Error {
    Error {
        file: file.to_owned(),
        line: 0,
        column: 0,
        problem: Problem::unreadable(error),
    }
}

/// What the lines of a trace say of earlier ones, as far as they can be read.
fn foresee<R: BufRead>(mut trace: Reader<R>) -> Foresight {
    let mut foresight = Foresight::default();
    let all = Foresight::needs_every_line(trace.header());
    while let Ok(true) = trace.lines.advance() {
        // The first line may set the clock.
        let is_first = trace.lines.line == 2;
        if !all && !is_first && memchr::memmem::find(&trace.lines.buffer, b"\"gap\"").is_none() {
            foresight.skip();
            continue;
        }
        let Ok(text) = trace.lines.text() else { break };
        let Ok::<Record, _>(record) = super::record(text, &mut trace.clock, is_first) else {
            break;
        };
        foresight.note(&record);
    }
    foresight
}
