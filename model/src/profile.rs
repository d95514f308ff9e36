//! A profile: a value for every setting, in one version.
//!
//! Two come built in: `contract`, what Apple's documents and its staff say, and `field`, which allows besides what was
//! seen on devices. Pins lay single values over either.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::facts::{Fact, Facts};
use crate::setting::{Setting, Type};
use crate::vocabulary::{Millis, Version};

/// One of the built-in profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// What Apple's documents and its staff say; both answers where they contradict one another or are silent.
    #[default]
    Contract,
    /// Whatever `contract` allows, and besides it what was seen on devices.
    Field,
}

impl Named {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Contract, Self::Field];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Field => "field",
        }
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Named {
    type Err = ProfileError;
    fn from_str(text: &str) -> Result<Self, ProfileError> {
        Self::ALL
            .into_iter()
            .find(|named| named.name() == text)
            .ok_or_else(|| ProfileError::UnknownProfile(text.to_owned()))
    }
}

/// What is wrong with a profile or a pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileError {
    /// No profile has this name.
    UnknownProfile(String),
    /// No setting has this name.
    UnknownSetting(String),
    /// The setting has no such value.
    UnknownValue {
        /// The setting.
        setting: Setting,
        /// What was given.
        given: String,
    },
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownProfile(given) => write!(f, "no profile {given:?}: expected contract or field"),
            Self::UnknownSetting(given) => {
                write!(f, "no setting {given:?}")?;
                match nearest(given, Setting::ALL.iter().map(|setting| setting.entry().name)) {
                    Some(near) => write!(f, ": did you mean {near}?"),
                    None => Ok(()),
                }
            }
            Self::UnknownValue { setting, given } => {
                write!(f, "{given:?} is no value of {setting}: expected ")?;
                match setting.entry().kind {
                    Type::Choice(values) => write!(f, "{} or either", values.join(", ")),
                    Type::Count => f.write_str("a whole number or unknown"),
                    Type::Duration => f.write_str("a duration such as \"30 s\" or \"500 ms\", or unknown"),
                }
            }
        }
    }
}

impl std::error::Error for ProfileError {}

/// The name nearest to `given` by the number of edits, if one is near.
pub fn nearest<'a>(given: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::levenshtein(given, name), name))
        .filter(|(n, _)| *n <= 2 + given.len() / 4)
        .min()
        .map(|(_, name)| name)
}

/// A value for every setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    named: Named,
    values: Vec<Value>,
    pinned: Vec<Setting>,
}

/// The value of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    /// The mask of a choice's values.
    Choice(u8),
    /// A number: of things, or of milliseconds. None is unknown.
    Number(Option<i64>),
}

impl Profile {
    /// A built-in profile in a version.
    #[must_use]
    pub fn new(named: Named, os: Version) -> Self {
        let values = Setting::ALL
            .iter()
            .map(|setting| {
                let defaults = match named {
                    Named::Contract => setting.entry().contract,
                    Named::Field => setting.entry().field,
                };
                let text = defaults
                    .iter()
                    .rev()
                    .find(|(from, _)| os >= *from)
                    .map_or("either", |(_, value)| value);
                // A test reads every default, so none is without a value.
                parse(*setting, text).unwrap_or(Value::Number(None))
            })
            .collect();
        Self {
            named,
            values,
            pinned: Vec::new(),
        }
    }

    /// The same profile with the same pins in another version.
    #[must_use]
    pub(crate) fn in_version(&self, os: Version) -> Self {
        let mut other = Self::new(self.named, os);
        for setting in &self.pinned {
            other.values[*setting as usize] = self.values[*setting as usize];
        }
        other.pinned.clone_from(&self.pinned);
        other
    }

    /// Pins a setting to a value by name.
    ///
    /// # Errors
    /// The setting or the value does not exist.
    pub fn pin(&mut self, setting: &str, value: &str) -> Result<(), ProfileError> {
        let setting = Setting::named(setting).ok_or_else(|| ProfileError::UnknownSetting(setting.to_owned()))?;
        let parsed = parse(setting, value).ok_or_else(|| ProfileError::UnknownValue {
            setting,
            given: value.to_owned(),
        })?;
        self.values[setting as usize] = parsed;
        if !self.pinned.contains(&setting) {
            self.pinned.push(setting);
        }
        Ok(())
    }

    /// Which settings were pinned.
    #[must_use]
    pub fn pinned(&self) -> &[Setting] {
        &self.pinned
    }

    /// The number that a count has, if it has one.
    #[must_use]
    #[inline]
    pub fn count(&self, setting: Setting) -> Option<i64> {
        match self.values[setting as usize] {
            Value::Number(number) => number,
            Value::Choice(_) => None,
        }
    }

    /// The length of a duration, if it has a number.
    #[must_use]
    #[inline]
    pub fn duration(&self, setting: Setting) -> Option<Millis> {
        self.count(setting)
    }

    /// The masks of the choices, for the facts at time zero.
    pub(crate) fn lay_down(&self, facts: &mut Facts) {
        for setting in Setting::ALL {
            if let Value::Choice(mask) = self.values[*setting as usize] {
                facts.set(Fact::Setting(*setting), mask);
            }
        }
    }

    /// The value of a setting in words.
    #[must_use]
    pub fn value(&self, setting: Setting) -> String {
        match (self.values[setting as usize], setting.entry().kind) {
            (Value::Choice(mask), Type::Choice(values)) => {
                let open: Vec<_> = values
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| mask >> i & 1 == 1)
                    .map(|(_, value)| *value)
                    .collect();
                if open.len() == values.len() {
                    "either".to_owned()
                } else {
                    open.join(" or ")
                }
            }
            (Value::Number(Some(number)), Type::Duration) => span(number),
            (Value::Number(Some(number)), _) => number.to_string(),
            _ => "unknown".to_owned(),
        }
    }
}

/// A length of time as people write it.
#[must_use]
pub fn span(millis: Millis) -> String {
    if millis % 1000 == 0 {
        format!("{} s", millis / 1000)
    } else {
        format!("{millis} ms")
    }
}

fn parse(setting: Setting, text: &str) -> Option<Value> {
    match setting.entry().kind {
        Type::Choice(values) if text == "either" => Some(Value::Choice((1 << values.len()) - 1)),
        Type::Choice(values) => values
            .iter()
            .position(|value| *value == text)
            .map(|at| Value::Choice(1 << at)),
        Type::Count | Type::Duration if text == "unknown" => Some(Value::Number(None)),
        Type::Count => whole(text).filter(|n| *n <= 100_000).map(|n| Value::Number(Some(n))),
        Type::Duration => {
            let (number, factor) = if let Some(number) = text.strip_suffix("ms") {
                (number, 1)
            } else if let Some(number) = text.strip_suffix("min") {
                (number, 60_000)
            } else if let Some(number) = text.strip_suffix('h') {
                (number, 3_600_000)
            } else if let Some(number) = text.strip_suffix('d') {
                (number, 86_400_000)
            } else {
                (text.strip_suffix('s')?, 1000)
            };
            let number = whole(number.trim())?;
            (number <= i64::from(u32::MAX)).then(|| Value::Number(Some(number * factor)))
        }
    }
}

/// A number written in digits alone.
fn whole(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
