//! What can be wrong with a trace, and where.

use std::fmt;
use std::io;

use bgspec_model::vocabulary::{FORMAT, Record};

use crate::text::plain;

/// What is wrong with a trace, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1; 0 where the file could not be read at all.
    pub line: u64,
    /// The column, in bytes from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a trace: what was found and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file cannot be opened or read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The file holds nothing at all.
    #[error("nothing in it: expected a header, {HEADER}")]
    Nothing,
    /// The first line is an object, and no header.
    #[error("no header: found {found}, expected {HEADER}")]
    NoHeader {
        /// The beginning of the line.
        found: String,
    },
    /// The header is of another version of the format.
    #[error("a trace of format {found}: this bgspec reads format {FORMAT}{}", newer(*.found))]
    Version {
        /// The version that it names.
        found: u64,
    },
    /// A line is longer than a line may be.
    #[error("a line of more than {limit} bytes: expected one JSON object a line")]
    LongLine {
        /// The limit.
        limit: usize,
    },
    /// A line is no UTF-8.
    #[error("no UTF-8: found the byte 0x{byte:02x}")]
    NotUtf8 {
        /// The first byte that is wrong.
        byte: u8,
    },
    /// A blank line between others.
    #[error("a blank line: expected a record, or the end of the file")]
    Blank,
    /// A line is no JSON object, or none of this form.
    #[error(transparent)]
    Unfit(#[from] crate::lines::Unfit),
    /// A line has no event and no end, or both.
    #[error("{found}: expected one of `event` and `end`")]
    OneOf {
        /// Which of the two it is.
        found: &'static str,
    },
    /// A line stands behind the end.
    #[error("a line behind the end of the trace: the end stands in line {end}")]
    BehindEnd {
        /// The line of the end.
        end: u64,
    },
    /// Something is wrong with a feature file.
    #[error("{what}")]
    Feature {
        /// What was found and what was expected.
        what: String,
        /// There is nothing in it to judge, and nothing else is wrong.
        nothing: bool,
    },
    /// The line contradicts the trace before it.
    #[error("{0}")]
    Contradicts(String),
}

/// The text of a trace may be in it, and acts on no terminal.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            problem,
        } = self;
        match line {
            0 => write!(f, "{}: {}", plain(file), plain(&problem.to_string())),
            _ => write!(f, "{}:{line}:{column}: {}", plain(file), plain(&problem.to_string())),
        }
    }
}

impl std::error::Error for Error {}

impl Problem {
    /// There is nothing to judge, and nothing else is wrong.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing | Self::Feature { nothing: true, .. })
    }

    /// The system's reason, without the number of the error.
    pub(crate) fn unreadable(error: &io::Error) -> Self {
        let whole = error.to_string();
        let reason = whole
            .split_once(" (os error")
            .map_or(whole.as_str(), |(reason, _)| reason);
        Self::Unreadable(reason.to_owned())
    }

    /// Of a record that has not exactly one of event and end.
    #[cold]
    pub(super) const fn of_both_or_neither(record: &Record) -> Self {
        Self::OneOf {
            found: if record.event.is_some() {
                "an event and an end in one line"
            } else {
                "neither an event nor an end"
            },
        }
    }
}

const HEADER: &str =
    r#"such as {"bgspec":1,"os":"26.1","origin":"recorded","bundle":"com.example.app","initial":"known"}"#;

fn newer(found: u64) -> &'static str {
    if found > FORMAT.into() {
        "; a newer bgspec is needed"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_trace_says_acts_on_no_terminal() {
        let error = Error {
            file: "a\u{1b}[2J.jsonl".to_owned(),
            line: 3,
            column: 7,
            problem: Problem::Contradicts("app.a\u{202e}#1 does not run".to_owned()),
        };
        assert_eq!(error.to_string(), r"a\u{1b}[2J.jsonl:3:7: app.a\u{202e}#1 does not run");
    }
}
