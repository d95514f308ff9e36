//! Under which terms a scenario says something: a profile, a version, settings pinned.

use std::collections::BTreeMap;

use bgspec_model::oracle::Terms;
use bgspec_model::profile::Named;
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::Version;

use crate::features::language::cursor::Cursor;

/// Terms as a scenario gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// The profile.
    pub profile: Option<Named>,
    /// The version.
    pub os: Option<Version>,
    /// Settings pinned.
    pub pins: BTreeMap<String, String>,
}

impl Conditions {
    /// Whether what is said under these terms holds under others.
    #[must_use]
    pub fn hold_under(&self, others: &Self) -> bool {
        let profile = self.profile.is_none() || self.profile == others.profile;
        let os = self.os.is_none() || self.os == others.os;
        let pinned = |(name, value): (&String, &String)| others.pins.get(name) == Some(value);
        profile && os && self.pins.iter().all(pinned)
    }

    /// The oracle's terms.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms {
            profile: self.profile.map(|profile| profile.name().to_owned()),
            os: self.os,
            pins: self.pins.clone().into_iter().collect(),
        }
    }

    /// What stands before `the oracle …`.
    #[must_use]
    pub fn prefix(&self) -> String {
        let mut text = String::new();
        if let Some(profile) = self.profile {
            text.push_str(&format!("in the {profile} profile, "));
        }
        if let Some(os) = self.os {
            text.push_str(&format!("on iOS {os}, "));
        }
        for (setting, value) in &self.pins {
            text.push_str(&format!("with {setting} = \"{value}\", "));
        }
        text
    }

    /// Reads what stands before `the oracle …`; gives how long it is.
    pub(super) fn read(text: &str) -> Result<(Self, usize), (usize, String)> {
        let mut terms = Self::default();
        let mut cursor = Cursor::new(text);
        loop {
            let place = cursor.at();
            let wrong = |what: String| (place, what);
            if cursor.eat("in the ") {
                let name = cursor.take_while(char::is_alphanumeric);
                terms.profile = Some(name.parse().map_err(|error| wrong(format!("{error}")))?);
                cursor
                    .expect(" profile")
                    .map_err(|expected| (expected.at, format!("expected {}", expected.what)))?;
            } else if cursor.eat("on iOS ") {
                let name = cursor.take_while(|c| c.is_ascii_digit() || c == '.');
                terms.os = Some(name.parse::<Version>().map_err(|error| wrong(error.to_string()))?);
            } else if cursor.eat("with ") {
                let name = cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '_').to_owned();
                if Setting::named(&name).is_none() {
                    let mut profile = bgspec_model::profile::Profile::new(Named::Contract, Version::NEWEST);
                    let what = profile
                        .pin(&name, "")
                        .err()
                        .map_or_else(String::new, |error| error.to_string());
                    return Err(wrong(what));
                }
                let value = cursor
                    .expect(" = ")
                    .and_then(|()| cursor.quoted('"', "the setting's value in double quotes"));
                let value = value.map_err(|expected| (expected.at, format!("expected {}", expected.what)))?;
                terms.pins.insert(name, value);
            } else {
                return Ok((terms, place));
            }
            cursor
                .expect(", ")
                .map_err(|expected| (expected.at, format!("expected {}", expected.what)))?;
        }
    }

    /// These terms over others, which hold where these are silent.
    pub(super) fn over(self, others: &Self) -> Self {
        let mut pins = others.pins.clone();
        pins.extend(self.pins);
        Self {
            profile: self.profile.or(others.profile),
            os: self.os.or(others.os),
            pins,
        }
    }
}
