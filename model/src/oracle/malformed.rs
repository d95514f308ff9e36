//! A line that cannot be judged.

use std::fmt;

/// A trace that contradicts itself or speaks of what the version does not have. Never a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    // One word, so that every step returns in a register.
    told: Box<Told>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    what: Box<str>,
    earlier: usize,
}

impl Malformed {
    /// A refusal with its reason.
    #[cold]
    pub fn new(what: impl Into<Box<str>>) -> Self {
        let what = what.into();
        Self {
            told: Box::new(Told { what, earlier: 0 }),
        }
    }

    #[cold]
    pub(super) fn earlier_by(mut self, lines: usize) -> Self {
        self.told.earlier += lines;
        self
    }

    /// What is wrong: what was found and what was expected.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.told.what
    }

    /// How many lines before the one that was given last the wrong line stands: while calls are open the lines are
    /// held, and judged when the last of them has ended.
    #[must_use]
    pub fn earlier(&self) -> usize {
        self.told.earlier
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told.what)
    }
}

impl std::error::Error for Malformed {}
