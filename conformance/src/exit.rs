//! The exit codes of `bgspec`: part of its interface, and the only place where they are numbers.
//!
//! Where several hold at once the gravest counts: unusable input, then a breach, a failed adapter, an inconclusive
//! verdict, nothing checked, and only then success (2, 1, 3, 5, 4, 0). A run that was interrupted says so before all.

use std::process::ExitCode;

/// What `bgspec` ends with. The order of the variants is the order of gravity: the greatest of several counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Exit {
    /// Everything that was checked conforms: 0.
    #[default]
    Conforms,
    /// Nothing was checked: an empty trace, a well-formed filter that matches nothing: 4.
    NothingChecked,
    /// It cannot be told: 5.
    Inconclusive,
    /// The adapter failed: it could not start, died, hung, flooded, or answered nonsense: 3.
    AdapterFailed,
    /// A rule was broken: 1.
    Breaks,
    /// Wrong usage or unreadable input: 2.
    Unusable,
    /// Ended by Ctrl-C, after a report of what was done: 130.
    Interrupted,
}

impl Exit {
    /// The number that the process ends with.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Conforms => 0,
            Self::Breaks => 1,
            Self::Unusable => 2,
            Self::AdapterFailed => 3,
            Self::NothingChecked => 4,
            Self::Inconclusive => 5,
            Self::Interrupted => 130,
        }
    }

    /// The gravest of several; [`Exit::Conforms`] of none.
    #[must_use]
    pub fn gravest(exits: impl IntoIterator<Item = Self>) -> Self {
        exits.into_iter().max().unwrap_or_default()
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn the_gravest_counts_in_the_documented_order() {
        let mut codes = [
            Exit::Conforms,
            Exit::Breaks,
            Exit::Unusable,
            Exit::AdapterFailed,
            Exit::NothingChecked,
            Exit::Inconclusive,
        ];
        codes.sort();
        codes.reverse();
        assert_eq!(codes.map(Exit::code), [2, 1, 3, 5, 4, 0]);
        assert_eq!(
            Exit::gravest([Exit::AdapterFailed, Exit::Breaks, Exit::Conforms]),
            Exit::Breaks
        );
        assert_eq!(Exit::gravest([]), Exit::Conforms);
    }
}
