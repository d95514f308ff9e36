//! The settings: every point where the sources disagree, are silent, or give no number.
//!
//! A choice has values and, besides, `either`; a count or a duration has a number or `unknown`. *Fixed*: an
//! implementation answers the same way each time, and the oracle holds it to its first answer. *Free*: each answer
//! stands alone. How a version and a profile set them is resolved in [`crate::profile`].

use std::fmt;

use crate::rule::Rule;
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
    /// The rules that it decides.
    pub rules: &'static [&'static Rule],
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

impl Entry {
    /// The ids of the rules that it decides, in one line.
    #[must_use]
    pub fn rule_ids(&self) -> String {
        let ids: Vec<_> = self.rules.iter().map(|rule| rule.id.to_string()).collect();
        ids.join(", ")
    }
}

/// A value of a choice setting.
pub trait Choice: Copy + Eq + 'static {
    /// The setting.
    const SETTING: Setting;
    /// Its values, in their order.
    const ALL: &'static [Self];
    /// The value's place among them.
    fn place(self) -> u8;

    /// The mask that leaves only this value.
    #[must_use]
    #[inline]
    fn mask(self) -> u8 {
        1 << self.place()
    }

    /// The only value that a mask leaves, if it leaves one.
    #[must_use]
    #[inline]
    fn only(mask: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.mask() == mask)
    }
}

/// The table of the settings. An entry reads
///
/// ```text
/// SyncSubmitErrors "sync_submit_errors", for SUB_12: Free Choice { Reported = "reported", Lossy = "lossy" }
///     contract "either"                      its value in each profile: from the version on that stands before it
///     field "reported", from 26.0 "either"
///     note "a remark, where there is one"
/// ```
///
/// and makes a variant of [`Setting`] and, for a choice, an enum of the same name.
macro_rules! settings {
    ($(
        $variant:ident $name:literal, for $($rule:ident)*: $held:ident $kind:ident $({ $($value:ident = $word:literal),+ })?
        contract $($(from $contract_from:literal)? $contract:literal),+
        field $($(from $field_from:literal)? $field:literal),+
        $(note $note:literal)?;
    )*) => {
        /// A setting by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Setting { $(#[doc = concat!("`", $name, "`")] $variant,)* }

        impl Setting {
            /// Every setting.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its entry.
            #[must_use]
            pub fn entry(self) -> &'static Entry {
                &ENTRIES[self as usize]
            }
        }

        $($(
            #[doc = concat!("A value of `", $name, "`.")]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum $variant { $(#[doc = concat!("`", $word, "`")] $value),+ }

            impl Choice for $variant {
                const SETTING: Setting = Setting::$variant;
                const ALL: &'static [Self] = &[$(Self::$value),+];
                #[inline]
                fn place(self) -> u8 {
                    self as u8
                }
            }
        )?)*

        static ENTRIES: &[Entry] = &[$(Entry {
            name: $name,
            rules: &[$(&crate::rules::$rule),*],
            kind: Type::$kind $((&[$($word),+]))?,
            fixed: settings!(@ $held),
            note: concat!($($note)?),
            contract: &[$((settings!(@from $($contract_from)?), $contract)),+],
            field: &[$((settings!(@from $($field_from)?), $field)),+],
        },)*];
    };
    (@ Fixed) => { true };
    (@ Free) => { false };
    (@from) => { Version::OLDEST };
    (@from $version:literal) => { Version::literal(stringify!($version)) };
}

mod table;

pub use table::*;

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
