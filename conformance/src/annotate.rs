//! Findings where developers look: in Xcode's editor, in code scanning, beside the lines of a pull request.
//!
//! `bgspec plist` and `bgspec check` make [`Annotation`]s; [`xcode`], [`github`] and [`sarif`] write them. Nothing is
//! judged here, and each form escapes what it has to.

pub mod github;
pub mod sarif;
pub mod xcode;

use bgspec_model::rule::Rule;

/// Something to show at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1, if there is one.
    pub line: Option<usize>,
    /// The column, from 1, if it is known.
    pub column: Option<usize>,
    /// How much it weighs.
    pub level: Level,
    /// Its sort: the id of a rule, or a word that stays the same.
    pub sort: Sort,
    /// What it says, in one line.
    pub text: String,
}

/// How much an annotation weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Likely a slip, or not told.
    Warning,
    /// Wrong.
    Error,
}

/// The sort of an annotation.
#[derive(Debug, Clone, Copy)]
pub enum Sort {
    /// A rule of the catalogue.
    Rule(&'static Rule),
    /// Something that no rule names, such as a file that cannot be read: its name, and what it is about.
    Named(&'static str, &'static str),
}

impl Sort {
    /// A name that stays the same.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Rule(rule) => rule.id.to_string(),
            Self::Named(name, _) => (*name).to_owned(),
        }
    }

    /// What it is about.
    #[must_use]
    pub const fn about(&self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.text,
            Self::Named(_, about) => about,
        }
    }
}

impl PartialEq for Sort {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Sort {}

impl Annotation {
    /// A file that cannot be read.
    #[must_use]
    pub fn unreadable(file: &str, line: Option<usize>, column: Option<usize>, text: String) -> Self {
        Self {
            file: file.to_owned(),
            line,
            column,
            level: Level::Error,
            sort: Sort::Named("unreadable", "A file that cannot be read is not judged."),
            text,
        }
    }
}
