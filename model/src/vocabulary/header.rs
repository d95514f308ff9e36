//! The first line of a trace: what is known before anything happens.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::request::is_default;
use super::*;

/// The version of the trace format that this crate reads and writes.
pub const FORMAT: u32 = 1;

/// The header of a trace, and what an adapter is told at `reset`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of the format: 1.
    pub bgspec: u32,
    /// The version of iOS.
    pub os: Version,
    /// The profile that the trace is judged by, unless the reader says otherwise: `contract` or `field`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Settings that the implementation declares: name and value. It is held to them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pins: BTreeMap<String, String>,
    /// Where the trace comes from.
    pub origin: Origin,
    /// A line for the reader: which app, which thread, which device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The kind of device and environment. Left out: an iPhone, or, where the trace is not made up, the simulator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// Whether the device supports background GPU.
    #[serde(default, skip_serializing_if = "is_default")]
    pub gpu: bool,
    /// Whether the device has a passcode. Left out: it has, or, where the trace is not made up, it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passcode: Option<bool>,
    /// The app's bundle identifier.
    pub bundle: String,
    /// `BGTaskSchedulerPermittedIdentifiers`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub permitted: Permitted,
    /// `UIBackgroundModes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<String>,
    /// The app's entitlements, those that are true.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entitlements: Vec<String>,
    /// The person takes part in the study of a health research app.
    #[serde(default, skip_serializing_if = "is_default")]
    pub study_opt_in: bool,
    /// The app's extensions that call the scheduler.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
    /// Whether the state at time zero is known: nothing outstanding, no process.
    pub initial: Initial,
    /// The device's conditions at time zero. What is left out is ordinary in a made-up trace, and untracked in any
    /// other.
    #[serde(default, skip_serializing_if = "is_default")]
    pub device: Device,
    /// Conditions that are not known at time zero; every later change is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Condition>,
    /// Conditions that the trace does not follow: they may be anything at every moment until a line tells them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub untracked: Vec<Condition>,
    /// How exact the times are: a verdict that hangs on less is inconclusive. In milliseconds.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tolerance: Millis,
    /// The names of the observations that would be there; left out: all that the version has, but in a trace that is not
    /// made up the end of a process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Vec<String>>,
    /// Who decides when a request is launched.
    #[serde(default, skip_serializing_if = "is_default")]
    pub discretion: Discretion,
    /// Areas that the implementation does not model: without REG every identifier has a handler, without CFG
    /// everything is permitted, without EXP nothing expires. Their rules are not applicable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<Area>,
    /// What else the implementation does not model: single rules by id, and conditions of the device by name, which stand
    /// for the rules that look at them. They are not applicable, and what hangs on them is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmodelled: Vec<String>,
    /// What wrote the trace, with its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    /// For whatever a producer wants to note; read by nobody.
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::event::serde_json_any::Any>"))]
    pub x: Option<de::IgnoredAny>,
}

impl Header {
    /// What it tells that is not there in this version and on this platform (CFG-10).
    #[must_use]
    pub fn lack(&self, place: &Place) -> Option<Lack> {
        if place.lacks(Feature::Scheduler) {
            return Some(Lack::of("the scheduler", Feature::Scheduler));
        }
        self.device.lack(place)
    }

    /// A header for made-up traces: an iPhone in ordinary condition, known from the start, with nothing permitted.
    #[must_use]
    pub fn new(os: Version, bundle: &str) -> Self {
        Self {
            bgspec: FORMAT,
            os,
            profile: None,
            pins: BTreeMap::new(),
            origin: Origin::MadeUp,
            about: None,
            platform: None,
            gpu: false,
            passcode: None,
            bundle: bundle.to_owned(),
            permitted: Permitted::default(),
            modes: Vec::new(),
            entitlements: Vec::new(),
            study_opt_in: false,
            extensions: Vec::new(),
            initial: Initial::Known,
            device: Device::default(),
            unknown: Vec::new(),
            untracked: Vec::new(),
            tolerance: 0,
            recorded: None,
            discretion: Discretion::Autonomous,
            without: Vec::new(),
            unmodelled: Vec::new(),
            producer: None,
            x: None,
        }
    }

    /// The platform, an iPhone where the header does not say.
    #[must_use]
    pub fn platform(&self) -> Platform {
        self.platform.unwrap_or_default()
    }

    /// Whether the device has a passcode; it has one where the header does not say.
    #[must_use]
    pub fn has_passcode(&self) -> bool {
        self.passcode.unwrap_or(true)
    }

    /// Whether an observation of this name would be in the trace.
    #[must_use]
    pub fn records(&self, observation: &str) -> bool {
        let names = self.recorded.as_ref();
        names.is_none_or(|names| names.iter().any(|name| name == observation))
    }

    /// Whether what the header does not say is ordinary. In any other trace it is open.
    #[must_use]
    pub fn is_made_up(&self) -> bool {
        self.origin == Origin::MadeUp
    }
}

/// What an update changes of the app, and of the system; what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AppFacts {
    /// The version of the system from now on, where the system is upgraded with it: a reboot and an update (LIF-4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os: Option<Version>,
    /// As [`Header::permitted`] in the first line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permitted: Option<Permitted>,
    /// As [`Header::modes`] in the first line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modes: Option<Vec<String>>,
    /// As [`Header::entitlements`] in the first line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entitlements: Option<Vec<String>>,
    /// As [`Header::study_opt_in`] in the first line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study_opt_in: Option<bool>,
}

/// The value of `BGTaskSchedulerPermittedIdentifiers`: an array of strings, or something that permits nothing (CFG-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Permitted {
    /// An array of strings.
    List(Vec<String>),
    /// Present, and no array of strings: a string, a dictionary.
    Malformed,
}

impl Permitted {
    /// The strings that permit something.
    #[must_use]
    pub fn entries(&self) -> &[String] {
        match self {
            Self::List(entries) => entries,
            Self::Malformed => &[],
        }
    }
}

impl Default for Permitted {
    /// Absent: permits nothing.
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Serialize for Permitted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::List(entries) => entries.serialize(serializer),
            Self::Malformed => serializer.serialize_str(""),
        }
    }
}

impl<'de> Deserialize<'de> for Permitted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Permitted;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the value of BGTaskSchedulerPermittedIdentifiers: an array of strings, or the string or dictionary that stands in its place")
            }
            fn visit_str<E>(self, _: &str) -> Result<Permitted, E> {
                Ok(Permitted::Malformed)
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Permitted, A::Error> {
                while map.next_entry::<de::IgnoredAny, de::IgnoredAny>()?.is_some() {}
                Ok(Permitted::Malformed)
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Permitted, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = seq.next_element()? {
                    entries.push(entry);
                }
                Ok(Permitted::List(entries))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Permitted {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Permitted".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An array of strings; a string or a dictionary in its place permits nothing.",
            "oneOf": [
                { "type": "array", "items": { "type": "string" } },
                { "type": "string" },
                { "type": "object" }
            ]
        })
    }
}

/// Where a trace comes from: how much it proves about a real device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Origin {
    /// Recorded as it happened.
    #[serde(rename = "recorded")]
    Recorded,
    /// Rebuilt from an app's source: what the app does is real, what the scheduler does is supposed.
    #[serde(rename = "rebuilt from source")]
    RebuiltFromSource,
    /// Rebuilt from a written report.
    #[serde(rename = "from a report")]
    FromAReport,
    /// Made up to show a rule.
    #[serde(rename = "made up")]
    MadeUp,
}

/// Whether the state at time zero is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Initial {
    /// The app is installed, has no process, and nothing is outstanding.
    Known,
    /// Requests may be outstanding, and a process may live.
    Unknown,
}

/// Who decides when a request is launched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Discretion {
    /// The implementation launches when it likes.
    #[default]
    Autonomous,
    /// The runner grants launches (LAU-10) and takes time back (EXP-17).
    Driven,
}

/// An app extension that calls the scheduler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The name that calls give in `by`.
    pub name: String,
    /// Whether an extension of this kind may schedule background tasks; a keyboard may with open access (CFG-7).
    pub schedules: bool,
}
