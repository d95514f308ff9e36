//! What a rule is: its id, the party it binds, its force, versions, basis, sources and sentence.
//!
//! The rules themselves stand in [`crate::rules`], each beside the code that enforces it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::setting::Setting;
use crate::vocabulary::{Area, Version};

/// A rule's facts, in one place; guard and effect are plain functions right below it.
///
/// ```text
/// rule! {
///     CAN_1, "cancel removes": Must Scheduler      its id, what it says in a few words, force, whom it binds
///     since 26.0                                   the first version with it; left out: every version
///     until 27.0                                   the first version without it; left out: none
///     basis Documented, Observed(2)
///     decided by SyncSubmitErrors                  the setting that decides its open point; left out: none
///     "Its sentence."
///     from "its", "sources"
/// }
/// ```
///
/// The id becomes a public static, which [`crate::rules`] lists in its catalogue.
macro_rules! rule {
    (
        $id:ident, $title:literal: $force:ident $party:ident
        $(since $since:literal)?
        $(until $until:literal)?
        $(changes $($change:literal),+)?
        basis $($basis:ident $(($reports:literal))?),+
        $(decided by $setting:ident)?
        $text:literal
        from $($source:literal),+
    ) => {
        #[doc = concat!("The rule ", stringify!($id), ": ", $title, ".")]
        #[doc(alias = $title)]
        pub static $id: $crate::rule::Rule = $crate::rule::Rule {
            id: $crate::rule::Id::named(stringify!($id)),
            title: $title,
            bound: $crate::rule::Party::$party,
            force: $crate::rule::Force::$force,
            since: rule!(@or $crate::vocabulary::Version::OLDEST, $($crate::vocabulary::Version::literal(stringify!($since)))?),
            until: rule!(@or None, $(Some($crate::vocabulary::Version::literal(stringify!($until))))?),
            changes: &[$($($crate::vocabulary::Version::literal(stringify!($change))),+)?],
            basis: &[$($crate::rule::Basis::$basis $(($reports))?),+],
            switch: rule!(@or None, $(Some($crate::setting::Setting::$setting))?),
            text: $text,
            sources: &[$($source),+],
        };
    };
    (@or $default:expr,) => { $default };
    (@or $default:expr, $given:expr) => { $given };
}

/// The id of a rule, such as SUB-4. Ids stay for ever.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// The area.
    pub area: Area,
    /// The number within the area, from 1.
    pub number: u8,
}

impl Id {
    /// More than the number of rules that any area has.
    pub const PER_AREA: usize = 48;
    /// The size of a table with a place for every id.
    pub const TABLE: usize = Area::ALL.len() * Self::PER_AREA;

    /// The id `area-number`.
    #[must_use]
    pub const fn new(area: Area, number: u8) -> Self {
        assert!((number as usize) < Self::PER_AREA, "raise Id::PER_AREA");
        Self { area, number }
    }

    /// The id that a constant's name spells, such as `SUB_4`.
    ///
    /// # Panics
    /// The name has not the form of an id, or no area has these letters: at compile time, where it is a rule's name.
    pub(crate) const fn named(name: &str) -> Self {
        let name = name.as_bytes();
        assert!(
            name.len() > 4 && name[3] == b'_',
            "a rule is named by its id, such as SUB_4"
        );
        let mut place = 0;
        while place < Area::ALL.len() {
            let code = Area::ALL[place].code().as_bytes();
            if code[0] == name[0] && code[1] == name[1] && code[2] == name[2] {
                return Self::new(Area::ALL[place], number(name, 4) as u8);
            }
            place += 1;
        }
        panic!("no area has these letters")
    }

    /// The id's place in a table of [`Id::TABLE`] places.
    #[must_use]
    pub const fn index(self) -> usize {
        self.area as usize * Self::PER_AREA + self.number as usize
    }
}

/// The decimal number that stands in a text from a place on, to its end.
pub(crate) const fn number(text: &[u8], from: usize) -> u16 {
    let mut number = 0;
    let mut at = from;
    while at < text.len() {
        assert!(text[at].is_ascii_digit(), "digits only");
        number = number * 10 + (text[at] - b'0') as u16;
        at += 1;
    }
    number
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Padded as one word, so that tables can align ids.
        f.pad(&format!("{}-{}", self.area, self.number))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text that has not the form of a rule's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRuleId(String);

impl fmt::Display for NoRuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} has not the form of a rule's id: expected an area and a number, such as SUB-4",
            self.0
        )
    }
}

impl std::error::Error for NoRuleId {}

impl FromStr for Id {
    type Err = NoRuleId;
    fn from_str(text: &str) -> Result<Self, NoRuleId> {
        let wrong = || NoRuleId(text.to_owned());
        let (area, number) = text.split_once('-').ok_or_else(wrong)?;
        let area = Area::ALL
            .iter()
            .find(|a| a.code().eq_ignore_ascii_case(area))
            .ok_or_else(wrong)?;
        let number = number
            .parse()
            .ok()
            .filter(|n| (*n as usize) < Self::PER_AREA)
            .ok_or_else(wrong)?;
        Ok(Self::new(*area, number))
    }
}

/// Who breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The implementation under test.
    Scheduler,
    /// Its client.
    App,
    /// The platform around both.
    Device,
}

impl Party {
    /// Every party.
    pub const ALL: [Self; 3] = [Self::Scheduler, Self::App, Self::Device];
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Scheduler => "scheduler",
            Self::App => "app",
            Self::Device => "device",
        })
    }
}

/// What a rule demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// Breaking it is a violation by the bound party.
    Must,
    /// The behaviour is allowed: nobody can break it on the point that it leaves open.
    May,
    /// Advice to the app: reported, never a failure.
    Should,
}

impl fmt::Display for Force {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Must => "must",
            Self::May => "may",
            Self::Should => "should",
        })
    }
}

/// How a rule is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Apple's reference pages, headers, talks.
    Documented,
    /// Apple's staff, on the forums.
    Staff,
    /// Apple's staff, seen in a third party's citation only.
    StaffCited,
    /// Independent reports, and how many.
    Observed(u8),
    /// From the other facts.
    Inferred,
}

impl Basis {
    /// How well a rule on this basis is known: 0 is best. The ranks are those of `--fail-on`.
    #[must_use]
    pub const fn rank(self) -> Rank {
        match self {
            Self::Documented => Rank::Documented,
            Self::Staff | Self::StaffCited => Rank::Staff,
            Self::Observed(_) => Rank::Observed,
            Self::Inferred => Rank::Inferred,
        }
    }
}

/// How well a rule is known, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// Documented by Apple.
    Documented,
    /// Said by Apple's staff, or cited so.
    Staff,
    /// Observed on devices.
    Observed,
    /// Inferred from other facts.
    Inferred,
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Documented => "documented",
            Self::Staff => "staff",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
        })
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documented => f.write_str("documented"),
            Self::Staff => f.write_str("staff"),
            Self::StaffCited => f.write_str("staff-cited"),
            Self::Observed(reports) => write!(f, "observed {reports}"),
            Self::Inferred => f.write_str("inferred"),
        }
    }
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One rule of the rulebook.
#[derive(Debug, Serialize)]
pub struct Rule {
    /// Its id.
    pub id: Id,
    /// What it says, in a few words.
    #[serde(skip)]
    pub title: &'static str,
    /// Who breaks it.
    pub bound: Party,
    /// What it demands.
    pub force: Force,
    /// The first version with the rule.
    pub since: Version,
    /// The first version without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Version>,
    /// The versions from which its sentence says something else than before.
    #[serde(skip)]
    pub changes: &'static [Version],
    /// How it is known.
    pub basis: &'static [Basis],
    /// The setting that decides its open point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub switch: Option<Setting>,
    /// Its sentence.
    pub text: &'static str,
    /// Where it is written.
    pub sources: &'static [&'static str],
}

impl Rule {
    /// Whether this version has the rule.
    #[must_use]
    pub fn in_force(&self, os: Version) -> bool {
        os >= self.since && self.until.is_none_or(|until| os < until)
    }

    /// How well the rule is known: the best of its bases.
    #[must_use]
    pub fn rank(&self) -> Rank {
        self.basis
            .iter()
            .map(|basis| basis.rank())
            .min()
            .unwrap_or(Rank::Inferred)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}
