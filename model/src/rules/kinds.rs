//! Sets of kinds: one bit each, since the tables of rules are asked at every submission and every launch.

use crate::vocabulary::Kind;

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Every kind.
    pub const ALL: Self = Self::of(&Kind::ALL);

    /// These kinds.
    #[must_use]
    pub const fn of(kinds: &[Kind]) -> Self {
        let mut set = 0;
        let mut place = 0;
        while place < kinds.len() {
            set |= 1 << kinds[place] as u8;
            place += 1;
        }
        Self(set)
    }

    /// Whether a kind is among them.
    #[must_use]
    #[inline]
    pub const fn has(self, kind: Kind) -> bool {
        self.0 >> kind as u8 & 1 == 1
    }
}
