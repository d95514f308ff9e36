//! Breaches that are expected: the file of `--known`.
//!
//! ```toml
//! [[known]]
//! rule = "CAN-1"
//! reason = "cancel is not implemented yet"
//! link = "https://example.com/issues/7"
//! expires = "2027-03-31"
//! ```
//!
//! A finding is expected where every rule that it names stands in the file. A line whose rule was exercised and not
//! broken passes unexpectedly; in a whole run so does one whose rule was not broken at all. A line that is expired,
//! stands twice, or names what cannot be judged there is wrong usage: the file would hide nothing, and say it did.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::time::SystemTime;

use bgspec_model::rule::Id;
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// The lines of a file, one a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The rules, each with its line.
    pub lines: BTreeMap<Id, Expected>,
}

/// A rule that is expected to be broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Expected {
    /// Why.
    pub reason: String,
    /// Where more stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// The line of the file.
    pub line: usize,
}

/// What came of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// The rule was broken, as expected.
    Broken,
    /// It was not, and could have been.
    Passed,
    /// It cannot be judged there.
    Unmatched,
    /// This run cannot tell.
    Open,
}

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1; 0 where the file cannot be read at all.
    pub line: usize,
    /// The column, in bytes from 1.
    pub column: usize,
    /// What was found and what was expected.
    pub what: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what),
            line => write!(f, "{}:{line}:{}: {}", self.file, self.column, self.what),
        }
    }
}

impl std::error::Error for Error {}

/// More bytes than such a file needs.
const LIMIT: u64 = 1 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    #[serde(default)]
    known: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    rule: Spanned<String>,
    reason: Spanned<String>,
    link: Option<Spanned<String>>,
    expires: Option<Spanned<String>>,
}

impl Known {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, or a line of it is wrong.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = path.display().to_string();
        let unreadable = |what: String| Error {
            file: file.clone(),
            line: 0,
            column: 0,
            what,
        };
        let size = path.metadata().map(|metadata| (metadata.is_file(), metadata.len()));
        let text = match size {
            Ok((true, size)) if size > LIMIT => Err(format!("more than {LIMIT} bytes, expected a few lines")),
            Ok((false, _)) => Err("no regular file".to_owned()),
            Ok(_) => std::fs::read_to_string(path).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let text = text.map_err(|what| unreadable(format!("cannot be read: {what}")))?;
        Self::read(&file, &text, today())
    }

    /// Reads the text of a file, on this day.
    ///
    /// # Errors
    /// A line of it is wrong.
    pub fn read(file: &str, text: &str, today: NaiveDate) -> Result<Self, Error> {
        let line = |span: Range<usize>| 1 + text.get(..span.start).unwrap_or_default().matches('\n').count();
        let column = |span: &Range<usize>| {
            let before = text.get(..span.start).unwrap_or_default();
            before.len() - before.rfind('\n').map_or(0, |newline| newline + 1) + 1
        };
        let wrong = |span: Range<usize>, what: String| Error {
            file: file.to_owned(),
            column: column(&span),
            line: line(span),
            what,
        };
        let page: Page =
            toml::from_str(text).map_err(|error| wrong(error.span().unwrap_or(0..0), error.message().to_owned()))?;
        let mut known = Self::default();
        for row in page.known {
            let row = row.into_inner();
            let span = row.rule.span();
            let id = rule(row.rule.get_ref()).map_err(|what| wrong(span.clone(), what))?;
            for text in [Some(&row.reason), row.link.as_ref()].into_iter().flatten() {
                if text.get_ref().trim().is_empty() {
                    let what = "an empty text, expected a reason that somebody can check".to_owned();
                    return Err(wrong(text.span(), what));
                }
            }
            if let Some(expires) = &row.expires {
                let date = expires.get_ref().parse::<NaiveDate>().map_err(|_| {
                    let what = format!(
                        "`{}` is no date, expected one such as \"2027-03-31\"",
                        expires.get_ref()
                    );
                    wrong(expires.span(), what)
                })?;
                if date < today {
                    let what = format!("{id} expired on {date}, expected a later date, or no line: look at it again");
                    return Err(wrong(expires.span(), what));
                }
            }
            let expected = Expected {
                reason: row.reason.into_inner(),
                link: row.link.map(Spanned::into_inner),
                expires: row.expires.map(Spanned::into_inner),
                line: line(span.clone()),
            };
            if let Some(first) = known.lines.get(&id) {
                let what = format!("{id} stands in line {} already, expected it once", first.line);
                return Err(wrong(span, what));
            }
            known.lines.insert(id, expected);
        }
        Ok(known)
    }

    /// Whether a finding that names these rules is expected.
    #[must_use]
    pub fn expects(&self, rules: &[Id]) -> bool {
        !rules.is_empty() && rules.iter().all(|rule| self.lines.contains_key(rule))
    }

    /// The text of a file that has exactly these lines.
    #[must_use]
    pub fn written(lines: &[(Id, Expected)]) -> String {
        let mut text =
            "# Breaches that are expected; `bgspec test --known FILE --update` writes this file anew.\n".to_owned();
        for (rule, expected) in lines {
            let _ = writeln!(text, "\n[[known]]\nrule = {}", quoted(&rule.to_string()));
            let _ = writeln!(text, "reason = {}", quoted(&expected.reason));
            for (name, value) in [("link", &expected.link), ("expires", &expected.expires)] {
                if let Some(value) = value {
                    let _ = writeln!(text, "{name} = {}", quoted(value));
                }
            }
        }
        text
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn rule(text: &str) -> Result<Id, String> {
    let all = bgspec_model::rules::all();
    let known = all.map(|rule| rule.id).find(|id| id.to_string() == text);
    known.ok_or_else(|| {
        let ids = bgspec_model::rules::all().map(|rule| rule.id.to_string());
        let nearest = super::filter::nearest(text, ids);
        format!(
            "there is no rule `{}`: the nearest are {nearest}",
            crate::text::clip(text, 40)
        )
    })
}

fn today() -> NaiveDate {
    DateTime::<Utc>::from(SystemTime::now()).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Known, String> {
        let today = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        Known::read("known.toml", text, today).map_err(|error| error.to_string())
    }

    #[test]
    fn a_line_names_a_rule_and_a_reason() {
        let text = "[[known]]\nrule = \"CAN-1\"\nreason = \"not yet\"\nlink = \"https://example.com/7\"\nexpires = \"2026-06-01\"\n";
        let known = read(text).unwrap();
        let can_1 = rule("CAN-1").unwrap();
        assert!(known.expects(&[can_1]));
        assert!(!known.expects(&[can_1, rule("PEN-1").unwrap()]) && !known.expects(&[]));
        let lines: Vec<_> = known.lines.clone().into_iter().collect();
        let again = read(&Known::written(&lines)).unwrap();
        assert_eq!(
            again.lines.keys().collect::<Vec<_>>(),
            known.lines.keys().collect::<Vec<_>>()
        );
        assert_eq!(again.lines[&can_1].link, known.lines[&can_1].link);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let line = |rest: &str| format!("[[known]]\nrule = \"CAN-1\"\n{rest}\n");
        let reason = line("reason = \"not yet\"");
        let wrong = [
            (
                "[[known]]\nrule = \"CAN-99\"\nreason = \"x\"\n".to_owned(),
                "known.toml:2:8: there is no rule `CAN-99`: the nearest are CAN-",
            ),
            (
                format!("{reason}\n{reason}"),
                "known.toml:6:8: CAN-1 stands in line 2 already, expected it once",
            ),
            (
                line("reason = \" \""),
                "known.toml:3:10: an empty text, expected a reason",
            ),
            (
                line("reason = \"x\"\nexpires = \"soon\""),
                "known.toml:4:11: `soon` is no date, expected one such as",
            ),
            (
                line("reason = \"x\"\nexpires = \"2026-05-31\""),
                "known.toml:4:11: CAN-1 expired on 2026-05-31, expected a later date",
            ),
            (line(""), "known.toml:1:1: missing field `reason`"),
            (line("reason = \"x\"\nwhy = 1"), "known.toml:4:1: unknown field `why`"),
            ("[[known]]\nrule = \n".to_owned(), "known.toml:2:"),
        ];
        for (text, expected) in wrong {
            let error = read(&text).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
