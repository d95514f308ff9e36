//! The one-line filters of `--filter`: which rules, and on which versions.
//!
//! ```text
//! filter := and ("or" and)*        and := not ("and" not)*
//! not    := "not" not | "(" filter ")" | rule(SUB-5) | area(SUB) | os(26) | os(26.1)
//! ```
//!
//! `os(26)` is every 26.x, `os(26.0)` the one version. A filter is read against the catalogue: an id or an area that
//! is not there is not malformed, it matches nothing, and the nearest ones are named.

use std::fmt;

use bgspec_model::rule::{Id, Rule};
use bgspec_model::vocabulary::{Area, Version};

use crate::text::{clip, plain};

/// A filter that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Everything.
    All,
    /// One rule.
    Rule(Id),
    /// One area.
    Area(Area),
    /// A release, or one version of it.
    Os {
        /// The release.
        major: u16,
        /// The version of it, if one is named.
        minor: Option<u16>,
    },
    /// Not this.
    Not(Box<Filter>),
    /// Both.
    And(Box<Filter>, Box<Filter>),
    /// Either.
    Or(Box<Filter>, Box<Filter>),
}

impl Filter {
    /// Reads a filter; `catalogue` is every rule that there is.
    ///
    /// # Errors
    /// It is malformed, or it names a rule or an area that does not exist.
    pub fn read<'a>(text: &str, catalogue: impl IntoIterator<Item = &'a Rule>) -> Result<Self, FilterError> {
        let mut ids: Vec<Id> = catalogue.into_iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        let mut reader = Reader { text, at: 0, ids: &ids };
        let filter = reader.either()?;
        match reader.word() {
            None => Ok(filter),
            Some((at, word)) => Err(reader.error(at, &quoted(word), "`and`, `or` or the end")),
        }
    }

    /// Whether a rule on a version is meant.
    #[must_use]
    pub fn matches(&self, rule: &Rule, os: Version) -> bool {
        match self {
            Self::All => true,
            Self::Rule(id) => rule.id == *id,
            Self::Area(area) => rule.id.area == *area,
            Self::Os { major, minor } => os.major == *major && minor.is_none_or(|minor| os.minor == minor),
            Self::Not(inner) => !inner.matches(rule, os),
            Self::And(one, other) => one.matches(rule, os) && other.matches(rule, os),
            Self::Or(one, other) => one.matches(rule, os) || other.matches(rule, os),
        }
    }

    /// The versions that it names.
    #[must_use]
    pub fn versions(&self) -> Vec<Version> {
        match self {
            Self::All | Self::Rule(_) | Self::Area(_) => Vec::new(),
            Self::Os { major, minor } => vec![Version::new(*major, minor.unwrap_or(0))],
            Self::Not(inner) => inner.versions(),
            Self::And(one, other) | Self::Or(one, other) => [one.versions(), other.versions()].concat(),
        }
    }
}

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError {
    text: String,
    /// The character at which it is wrong, from 1.
    pub column: usize,
    found: String,
    expected: String,
    /// It is well-formed, and names what does not exist: it matches nothing.
    pub matches_nothing: bool,
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            text,
            column,
            found,
            expected,
            ..
        } = self;
        let kind = if self.matches_nothing {
            "the filter matches nothing"
        } else {
            "the filter is malformed"
        };
        writeln!(
            f,
            "{kind}: column {column}: found {}, expected {expected}",
            clip(found, BEFORE)
        )?;
        // Of a long filter what lies around the place.
        let start = column.saturating_sub(BEFORE);
        let part = |from: usize, count: usize| plain(&text.chars().skip(from).take(count).collect::<String>());
        let before = part(start, column.saturating_sub(1) - start);
        let dots = if start > 0 { "…" } else { "" };
        let rest = if text.chars().count() > column + BEHIND {
            "…"
        } else {
            ""
        };
        writeln!(
            f,
            "  {dots}{before}{}{rest}",
            part(column.saturating_sub(1), BEHIND + 1)
        )?;
        let place = dots.chars().count() + before.chars().count() + 1;
        write!(f, "  {:>place$}", "^")
    }
}

/// How much of a filter is shown around the place at which it is wrong, in characters.
const BEFORE: usize = 64;
const BEHIND: usize = 32;

impl std::error::Error for FilterError {}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    ids: &'a [Id],
}

const EXPECTED: &str = "`rule(…)`, `area(…)`, `os(…)`, `not` or `(`";

impl<'a> Reader<'a> {
    fn either(&mut self) -> Result<Filter, FilterError> {
        let mut filter = self.both()?;
        while self.takes("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.both()?));
        }
        Ok(filter)
    }

    fn both(&mut self) -> Result<Filter, FilterError> {
        let mut filter = self.negated()?;
        while self.takes("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.negated()?));
        }
        Ok(filter)
    }

    /// A term with the `not`s before it. They are counted, so that no number of them is too many.
    fn negated(&mut self) -> Result<Filter, FilterError> {
        let mut odd = false;
        while self.takes("not") {
            odd = !odd;
        }
        let term = self.term()?;
        Ok(if odd { Filter::Not(Box::new(term)) } else { term })
    }

    fn term(&mut self) -> Result<Filter, FilterError> {
        let Some((at, word)) = self.word() else {
            return Err(self.error(self.text.len(), "the end", EXPECTED));
        };
        if word == "(" {
            self.ensure_shallow(at)?;
            self.at = at + 1;
            let filter = self.either()?;
            self.closing()?;
            return Ok(filter);
        }
        if !matches!(word, "rule" | "area" | "os") {
            return Err(self.error(at, &quoted(word), EXPECTED));
        }
        self.at = at + word.len();
        match self.word() {
            Some((at, "(")) => self.at = at + 1,
            Some((at, other)) => return Err(self.error(at, &quoted(other), &format!("`(` after `{word}`"))),
            None => return Err(self.error(self.text.len(), "the end", &format!("`(` after `{word}`"))),
        }
        let rest = &self.text[self.at..];
        let length = rest.find([')', '(']).unwrap_or(rest.len());
        let start = self.at + (rest[..length].len() - rest[..length].trim_start().len());
        let value = rest[..length].trim();
        self.at += length;
        let filter = match word {
            "rule" => self.rule(start, value),
            "area" => self.area(start, value),
            _ => self.os(start, value),
        }?;
        self.closing()?;
        Ok(filter)
    }

    fn closing(&mut self) -> Result<(), FilterError> {
        match self.word() {
            Some((at, ")")) => {
                self.at = at + 1;
                Ok(())
            }
            Some((at, other)) => Err(self.error(at, &quoted(other), "`)`")),
            None => Err(self.error(self.text.len(), "the end", "`)`")),
        }
    }

    /// Parentheses are as deep as a person writes them, so that reading needs little stack.
    fn ensure_shallow(&self, at: usize) -> Result<(), FilterError> {
        const DEEPEST: usize = 64;
        let open = self.text[..at].bytes().filter(|byte| *byte == b'(').count();
        let closed = self.text[..at].bytes().filter(|byte| *byte == b')').count();
        if open - closed.min(open) < DEEPEST {
            return Ok(());
        }
        Err(self.error(at, "`(`", &format!("at most {DEEPEST} parentheses in one another")))
    }

    fn rule(&self, at: usize, value: &str) -> Result<Filter, FilterError> {
        let formed = is_id(value);
        if !formed {
            return Err(self.error(at, &quoted(value), "the id of a rule, such as SUB-5"));
        }
        match value.parse::<Id>() {
            Ok(id) if self.ids.binary_search(&id).is_ok() => Ok(Filter::Rule(id)),
            _ => {
                let nearest = nearest(value, self.ids.iter().map(ToString::to_string));
                Err(self.nothing(at, value, &format!("the id of a rule: the nearest are {nearest}")))
            }
        }
    }

    fn area(&self, at: usize, value: &str) -> Result<Filter, FilterError> {
        let formed = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !formed {
            return Err(self.error(at, &quoted(value), "an area, such as SUB"));
        }
        match Area::ALL.iter().find(|area| area.code().eq_ignore_ascii_case(value)) {
            Some(area) => Ok(Filter::Area(*area)),
            None => {
                let nearest = nearest(value, Area::ALL.iter().map(|area| area.code().to_owned()));
                Err(self.nothing(at, value, &format!("an area: the nearest are {nearest}")))
            }
        }
    }

    fn os(&self, at: usize, value: &str) -> Result<Filter, FilterError> {
        match value.parse::<Version>() {
            Ok(version) => Ok(Filter::Os {
                major: version.major,
                minor: value.contains('.').then_some(version.minor),
            }),
            Err(_) => Err(self.error(
                at,
                &quoted(value),
                "a version of iOS that bgspec knows: 13 to 18, 26 or 27, such as 26 or 26.1",
            )),
        }
    }

    /// Takes a word if it comes next.
    fn takes(&mut self, expected: &str) -> bool {
        match self.word() {
            Some((at, word)) if word == expected => {
                self.at = at + word.len();
                true
            }
            _ => false,
        }
    }

    /// The next word or sign, and where it begins; it is not taken.
    fn word(&self) -> Option<(usize, &'a str)> {
        let rest = &self.text[self.at..];
        let at = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.text[at..];
        let first = rest.chars().next()?;
        let length = if matches!(first, '(' | ')') {
            1
        } else {
            rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
                .unwrap_or(rest.len())
        };
        Some((at, &rest[..length]))
    }

    fn error(&self, at: usize, found: &str, expected: &str) -> FilterError {
        FilterError {
            text: self.text.to_owned(),
            column: self.text[..at].chars().count() + 1,
            found: found.to_owned(),
            expected: expected.to_owned(),
            matches_nothing: false,
        }
    }

    fn nothing(&self, at: usize, value: &str, expected: &str) -> FilterError {
        FilterError {
            matches_nothing: true,
            ..self.error(at, &quoted(value), expected)
        }
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() {
        "nothing".to_owned()
    } else {
        format!("`{text}`")
    }
}

/// Whether a text has the form of a rule's id, whether there is such a rule or not.
pub(crate) fn is_id(text: &str) -> bool {
    text.split_once('-').is_some_and(|(area, number)| {
        !area.is_empty()
            && area.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The three names that take the fewest changes to come from `text`.
pub(crate) fn nearest(text: &str, names: impl Iterator<Item = String>) -> String {
    const LONGEST: usize = 32;
    let text: String = text.chars().take(LONGEST).collect::<String>().to_ascii_uppercase();
    let mut names: Vec<_> = names.map(|name| (strsim::osa_distance(&text, &name), name)).collect();
    names.sort_by_key(|(distance, _)| *distance);
    names
        .into_iter()
        .take(3)
        .map(|(_, name)| name)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use bgspec_model::rule::{Basis, Force, Party};

    use super::*;

    fn catalogue() -> Vec<Rule> {
        let ids = [
            (Area::Submission, 1),
            (Area::Submission, 4),
            (Area::Submission, 5),
            (Area::Card, 1),
            (Area::Conditions, 5),
        ];
        ids.into_iter()
            .map(|(area, number)| Rule {
                id: Id::new(area, number),
                bound: Party::Scheduler,
                force: Force::Must,
                since: Version::OLDEST,
                until: None,
                changes: &[],
                basis: &[Basis::Documented],
                switch: None,
                text: "",
                sources: &[],
                title: "",
            })
            .collect()
    }

    fn matched(text: &str, os: &str) -> Vec<String> {
        let catalogue = catalogue();
        let filter = Filter::read(text, &catalogue).unwrap();
        let os = os.parse().unwrap();
        catalogue
            .iter()
            .filter(|rule| filter.matches(rule, os))
            .map(|rule| rule.id.to_string())
            .collect()
    }

    #[test]
    fn not_binds_closer_than_and_and_and_closer_than_or() {
        assert_eq!(
            matched("area(SUB) and not rule(SUB-5) or area(UIX)", "26"),
            ["SUB-1", "SUB-4", "UIX-1"]
        );
        assert_eq!(
            matched("area(SUB) and not (rule(SUB-5) or rule(SUB-4))", "26"),
            ["SUB-1"]
        );
        assert_eq!(matched("not not rule( con-5 )", "26"), ["CON-5"]);
    }

    #[test]
    fn a_release_is_all_of_its_versions_and_a_version_is_one() {
        assert_eq!(matched("rule(SUB-1) and os(26)", "26.1"), ["SUB-1"]);
        assert_eq!(matched("rule(SUB-1) and os(26.0)", "26.1"), [""; 0]);
        assert_eq!(matched("rule(SUB-1) and not os(26)", "27"), ["SUB-1"]);
    }

    #[test]
    fn an_error_shows_its_column_and_what_was_expected() {
        let wrong = [
            "",
            "rule",
            "rule SUB-5",
            "rule(SUB-5",
            "rule()",
            "rule(SUB5)",
            "rule(SUB-5) adn area(SUB)",
            "rule(SUB-5))",
            "not",
            "(rule(SUB-5)",
            "os(19)",
            "os(ünf)  and",
            "area(7)",
            "id(SUB-5)",
            "ärea(SUB)",
        ];
        let messages: Vec<_> = wrong
            .map(|text| Filter::read(text, &catalogue()).unwrap_err().to_string())
            .into();
        insta::assert_snapshot!(messages.join("\n\n"));
    }

    #[test]
    fn an_id_or_an_area_that_is_not_there_is_answered_with_the_nearest() {
        let errors = ["rule(SUB-55)", "rule(SBU-4)", "rule(SUB-999)", "area(CNO)"];
        let errors = errors.map(|text| Filter::read(text, &catalogue()).unwrap_err());
        assert!(errors.iter().all(|error| error.matches_nothing));
        insta::assert_snapshot!(errors.map(|error| error.to_string()).join("\n\n"));
    }

    #[test]
    fn however_deep_a_filter_is_nested_reading_it_ends() {
        let deep = "(".repeat(100_000);
        assert!(Filter::read(&deep, &catalogue()).is_err());
        let nots = format!("{} rule(SUB-5)", "not ".repeat(100_001));
        assert_eq!(
            Filter::read(&nots, &catalogue()).map(|filter| matches!(filter, Filter::Not(_))),
            Ok(true)
        );
    }

    quickcheck::quickcheck! {
        fn any_text_is_read_or_refused(text: String) -> bool {
            Filter::read(&text, &catalogue()).is_ok_and(|_| true) || Filter::read(&text, &catalogue()).is_err()
        }
    }
}
