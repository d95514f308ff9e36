//! The settings: every point where the sources disagree, are silent, or give no number.
//!
//! A choice has values and, besides, `either`; a count or a duration has a number or `unknown`. *Fixed*: an
//! implementation answers the same way each time, and the oracle holds it to its first answer. *Free*: each answer
//! stands alone. How a version and a profile set them is resolved in [`crate::profile`].

use std::fmt;

use crate::vocabulary::Version;

/// What values a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// One of these, or `either`.
    Choice(&'static [&'static str]),
    /// A number of things, or `unknown`.
    Count,
    /// A length of time, or `unknown`.
    Duration,
}

/// A default: from this version on, this value.
pub type Default = (Version, &'static str);

/// Everything about a setting but the value that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// The ids of the rules that it decides.
    pub rules: &'static [&'static str],
    /// What values it takes.
    pub kind: Type,
    /// Whether an implementation answers the same way each time.
    pub fixed: bool,
    /// A remark.
    pub note: &'static str,
    /// Its values in the profile `contract`.
    pub contract: &'static [Default],
    /// Its values in the profile `field`.
    pub field: &'static [Default],
}

const FIRST: Version = Version::OLDEST;

macro_rules! settings {
    ($($(#[$meta:meta])* $variant:ident = {
        name: $name:literal,
        rules: $rules:expr,
        kind: $kind:expr,
        fixed: $fixed:expr,
        note: $note:literal,
        contract: $contract:expr,
        field: $field:expr,
    })*) => {
        /// A setting by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Setting { $($(#[$meta])* $variant,)* }

        impl Setting {
            /// Every setting.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its entry.
            #[must_use]
            pub fn entry(self) -> &'static Entry {
                &ENTRIES[self as usize]
            }
        }

        static ENTRIES: &[Entry] = &[$(Entry {
            name: $name,
            rules: &$rules,
            kind: $kind,
            fixed: $fixed,
            note: $note,
            contract: $contract,
            field: $field,
        },)*];
    };
}

mod table;

pub use table::Setting;

impl Setting {
    /// The setting of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|setting| setting.entry().name == name)
    }

    /// Its values, if it is a choice.
    #[must_use]
    pub fn values(self) -> &'static [&'static str] {
        match self.entry().kind {
            Type::Choice(values) => values,
            Type::Count | Type::Duration => &[],
        }
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.entry().name)
    }
}

impl serde::Serialize for Setting {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.entry().name)
    }
}
