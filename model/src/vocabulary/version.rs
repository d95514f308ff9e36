//! iOS versions, platforms, and what exists where.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Feature, Kind, Place};

/// A version of iOS or iPadOS, such as 26.1. Other platforms are described by the iOS version of the same year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The release of the year: 13 to 18, 26, 27.
    pub major: u16,
    /// The update of that release.
    pub minor: u16,
    /// The correction of that update, such as the 1 of 16.3.1; 0 for none.
    pub patch: u16,
}

impl Version {
    /// The first release with BGTaskScheduler.
    pub const OLDEST: Self = Self::new(13, 0);
    /// The latest release that the catalogue describes.
    pub const NEWEST: Self = Self::new(27, 0);
    /// Every release that the catalogue describes: there is no 19 to 25.
    pub const RELEASES: [u16; 8] = [13, 14, 15, 16, 17, 18, 26, 27];

    /// The version `major.minor`.
    #[must_use]
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor, patch: 0 }
    }

    /// The version that a literal such as `26.1` spells: for tables in the source.
    ///
    /// # Panics
    /// It is no such literal: at compile time, where it stands in a table.
    pub(crate) const fn literal(text: &str) -> Self {
        let (mut major, mut minor, mut in_minor) = (0, 0, false);
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            match (text[at], in_minor) {
                (b'.', false) => in_minor = true,
                (digit @ b'0'..=b'9', false) => major = major * 10 + (digit - b'0') as u16,
                (digit @ b'0'..=b'9', true) => minor = minor * 10 + (digit - b'0') as u16,
                _ => panic!("a version is written as 26.1"),
            }
            at += 1;
        }
        Self::new(major, minor)
    }
}

/// A text that names no version of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoVersion(String);

impl fmt::Display for NoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is no version of iOS that bgspec knows: expected 13 to 18, 26 or 27, such as \"26.1\"",
            self.0
        )
    }
}

impl std::error::Error for NoVersion {}

impl FromStr for Version {
    type Err = NoVersion;
    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let wrong = || NoVersion(text.to_owned());
        let mut parts = text.split('.').map(|part| {
            if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong());
            }
            part.parse::<u16>().map_err(|_| wrong())
        });
        let major = parts.next().ok_or_else(wrong)??;
        let minor = parts.next().transpose()?.unwrap_or(0);
        let patch = parts.next().transpose()?.unwrap_or(0);
        if parts.next().is_some() || !Self::RELEASES.contains(&major) {
            return Err(wrong());
        }
        Ok(Self { major, minor, patch })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        match self.patch {
            0 => Ok(()),
            patch => write!(f, ".{patch}"),
        }
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Version;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a version of iOS as a string, such as \"26.1\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Version, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Version {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Version".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A version of iOS, such as 26.1.",
            "type": "string",
            "pattern": r"^(1[3-8]|26|27)(\.[0-9]{1,4}){0,2}$"
        })
    }
}

/// The kind of device and environment that the app runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// An iPhone.
    #[default]
    Iphone,
    /// An iPad.
    Ipad,
    /// An Apple TV.
    Tvos,
    /// An Apple Vision.
    Visionos,
    /// A Mac: Catalyst, or an iPad app on a Mac.
    Mac,
    /// The simulator.
    Simulator,
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Iphone => "an iPhone",
            Self::Ipad => "an iPad",
            Self::Tvos => "an Apple TV",
            Self::Visionos => "an Apple Vision",
            Self::Mac => "a Mac",
            Self::Simulator => "the simulator",
        })
    }
}

impl Platform {
    /// Every platform.
    pub const ALL: [Self; 6] = [
        Self::Iphone,
        Self::Ipad,
        Self::Tvos,
        Self::Visionos,
        Self::Mac,
        Self::Simulator,
    ];

    /// Whether a feature exists on this platform in this version (CFG-10).
    #[must_use]
    pub fn has(self, feature: Feature, os: Version) -> bool {
        !Place { platform: self, os }.lacks(feature)
    }

    /// Whether a kind of task exists on this platform in this version (CFG-10).
    #[must_use]
    pub fn has_kind(self, kind: Kind, os: Version) -> bool {
        self.has(Feature::of(kind), os)
    }

    /// Whether continued processing and `supportedResources` exist here (CFG-10).
    #[must_use]
    pub fn has_continued(self, os: Version) -> bool {
        self.has(Feature::Continued, os)
    }
}
