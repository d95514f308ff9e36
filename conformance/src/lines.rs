//! JSON, one object a line: bounded reading of lines, and parsing with errors that people can use.

use std::io::{self, BufRead};

use bgspec_model::profile::nearest;
use serde::de::DeserializeOwned;

use crate::text::{clip, plain};

/// What reading a line came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A line is in the buffer, without its line feed.
    Read,
    /// The input is over.
    Over,
    /// The line has more bytes than the limit; the buffer holds its beginning.
    TooLong,
}

/// Reads one line of at most `limit` bytes into the buffer, which is cleared first. A longer one is not read to its
/// end, so that no input exhausts the memory.
///
/// # Errors
/// The input cannot be read.
pub fn read_line(input: &mut impl BufRead, buffer: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
    buffer.clear();
    loop {
        let there = match input.fill_buf() {
            Ok(there) => there,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if there.is_empty() {
            return Ok(if buffer.is_empty() { Line::Over } else { Line::Read });
        }
        let end = memchr::memchr(b'\n', there);
        let (line, used) = match end {
            Some(end) => (&there[..end], end + 1),
            None => (there, there.len()),
        };
        let room = limit - buffer.len();
        if line.len() > room {
            buffer.extend_from_slice(&line[..room]);
            input.consume(room);
            return Ok(Line::TooLong);
        }
        buffer.extend_from_slice(line);
        input.consume(used);
        if end.is_some() {
            return Ok(Line::Read);
        }
    }
}

/// Why a line is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is no JSON object.
    #[error("no JSON object: {what}, found {found}")]
    Json {
        /// What the parser says.
        what: String,
        /// The text there.
        found: String,
    },
    /// It is JSON of another form: what was found, and what was expected.
    #[error("{0}")]
    Form(String),
}

/// Parses one JSON object. The error comes with its column, in bytes from 1.
///
/// # Errors
/// The text is no JSON object, or one of another form.
#[inline]
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, (usize, Unfit)> {
    let start = text.len() - text.trim_ascii_start().len();
    if !text[start..].starts_with('{') {
        let what = "expected `{`".to_owned();
        return Err((
            start + 1,
            Unfit::Json {
                what,
                found: quote(&text[start..]),
            },
        ));
    }
    match serde_json::from_str(text) {
        Ok(parsed) => Ok(parsed),
        Err(error) => Err(unfit(text, &error)),
    }
}

/// What a parser's error says, in words for people.
#[cold]
fn unfit(text: &str, error: &serde_json::Error) -> (usize, Unfit) {
    let column = error.column().max(1);
    let whole = error.to_string();
    let what = in_words(whole.rsplit_once(" at line ").map_or(whole.as_str(), |(what, _)| what));
    if error.is_eof() {
        let found = "the end of the line".to_owned();
        return (text.trim_end().len() + 1, Unfit::Json { what, found });
    }
    if error.is_data() {
        let what = match field_before(text, column) {
            Some(field) if TIMES.contains(&field) => what.replace(
                "expected a whole number",
                "expected a whole number of milliseconds since the trace's zero",
            ),
            Some(_) | None => what,
        };
        return (column, Unfit::Form(plain(&with_nearest(what))));
    }
    let rest = text.get(column - 1..).unwrap_or_default();
    (
        column,
        Unfit::Json {
            what,
            found: quote(rest),
        },
    )
}

/// Fields that are times, in a header, a line or a request.
const TIMES: [&str; 4] = ["at", "to", "from", "earliest"];

/// The field whose value ends at a column.
fn field_before(text: &str, column: usize) -> Option<&str> {
    let before = text.get(..column.min(text.len()))?;
    let (before, _) = before.rsplit_once("\":")?;
    before.rsplit_once('"').map(|(_, field)| field)
}

/// What the parser says, where it leaves out what it expected.
fn in_words(what: &str) -> String {
    if let Some(of) = what.strip_prefix("EOF while parsing ") {
        let of = of.strip_prefix("a ").or(of.strip_prefix("an ")).unwrap_or(of);
        return format!("expected the rest of the {of}");
    }
    if what == "trailing characters" {
        return "expected nothing behind the object".to_owned();
    }
    if what.starts_with("duplicate field") {
        return format!("{what}, expected it once");
    }
    match what.rsplit_once(", expected ") {
        Some((found, "i64" | "i32")) => format!("{found}, expected a whole number"),
        Some((found, "u64" | "u32" | "u16" | "u8")) => format!("{found}, expected a whole number from 0"),
        Some((found, rust)) if rust.starts_with("struct ") => format!("{found}, expected an object"),
        _ => what.to_owned(),
    }
}

/// The beginning of a text in backquotes, or the words for none.
#[must_use]
pub fn quote(text: &str) -> String {
    match text.trim_end() {
        "" => "the end of the line".to_owned(),
        text => format!("`{}`", clip(text, 40)),
    }
}

/// Adds to `unknown variant …, expected one of …` which of them may have been meant, in place of a long list of them.
fn with_nearest(what: String) -> String {
    const LONG: usize = 12;
    let Some((found, expected)) = what.split_once(", expected ").filter(|_| what.starts_with("unknown ")) else {
        return what;
    };
    let found = found.replace("variant", "name");
    let words: Vec<_> = expected.split('`').skip(1).step_by(2).collect();
    let given = clip(found.split('`').nth(1).unwrap_or_default(), 64);
    match nearest(&given, words.iter().copied()) {
        Some(meant) if words.len() > LONG => format!("{found}, did you mean `{meant}`?"),
        Some(meant) => format!("{found}, did you mean `{meant}`? Expected {expected}"),
        None => format!("{found}, expected {expected}"),
    }
}

#[cfg(test)]
mod tests {
    use bgspec_model::vocabulary::Record;

    use super::*;

    #[test]
    fn a_line_ends_at_its_line_feed_or_with_the_input_and_is_bounded() {
        let mut input: &[u8] = b"ab\ncde\nfghi";
        let mut buffer = Vec::new();
        let mut next = || {
            (
                read_line(&mut input, &mut buffer, 3).unwrap(),
                String::from_utf8(buffer.clone()).unwrap(),
            )
        };
        assert_eq!(next(), (Line::Read, "ab".into()));
        assert_eq!(next(), (Line::Read, "cde".into()));
        assert_eq!(next(), (Line::TooLong, "fgh".into()));
    }

    #[test]
    fn a_misspelt_event_is_answered_with_the_nearest() {
        let error = parse::<Record>(r#"{"at":1,"event":{"submitt":{}}}"#).unwrap_err();
        let (column, Unfit::Form(text)) = error else {
            panic!("{error:?}")
        };
        assert_eq!(column, 26);
        assert_eq!(text, "unknown name `submitt`, did you mean `submit`?");
    }

    #[test]
    fn what_was_found_acts_on_no_terminal() {
        let error = parse::<crate::play::protocol::Reply>("{\"id\":1,\"do\u{202e}\u{2028}ne\":{}}").unwrap_err();
        let (_, Unfit::Form(text)) = error else {
            panic!("{error:?}")
        };
        assert!(text.contains(r"`do\u{202e}\u{2028}ne`"), "{text}");
    }

    #[test]
    fn what_is_no_object_is_quoted_where_it_goes_wrong() {
        let error = |text| {
            let (column, unfit) = parse::<Record>(text).unwrap_err();
            format!("{column}: {unfit}")
        };
        assert_eq!(error("  hello"), "3: no JSON object: expected `{`, found `hello`");
        assert_eq!(
            error(r#"{"at":1.5}"#),
            "9: invalid type: floating point `1.5`, expected a whole number of milliseconds since the trace's zero"
        );
        assert_eq!(
            error(r#"{"at":1,"at":2}"#),
            "12: duplicate field `at`, expected it once"
        );
        assert_eq!(error("[1]"), "1: no JSON object: expected `{`, found `[1]`");
        assert_eq!(error(r#"{"at":x}"#), "7: no JSON object: expected value, found `x}`");
        assert_eq!(
            error(r#"{"at":1"#),
            "8: no JSON object: expected the rest of the object, found the end of the line"
        );
    }
}
