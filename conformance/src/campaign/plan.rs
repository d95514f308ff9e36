//! What a campaign is to do: which cases, judged by what, and how long.
//!
//! Stored cases come first, then the generated ones. A shard plays every so manieth round of the versions, so that the
//! shards of a run are disjoint, are the whole together, and each has all versions.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bgspec_model::rule::Rank;
use bgspec_model::vocabulary::Version;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::filter::Filter;
use super::stored::Stored;
use super::tally::Which;
use crate::interrupt::Interrupt;

/// What to run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The versions, each as often as the others.
    pub versions: Vec<Version>,
    /// The profile.
    pub profile: String,
    /// Settings pinned besides those that the implementation declares.
    pub pins: BTreeMap<String, String>,
    /// The rules that count.
    pub filter: Filter,
    /// Only rules known at least so well count.
    pub fail_on: Option<Rank>,
    /// The seed.
    pub seed: u64,
    /// Cases that were stored before; they are played first.
    pub stored: Vec<Stored>,
    /// How many cases are generated, unless time ends them first.
    pub cases: u64,
    /// How many histories of several threads are played, where the implementation takes such calls.
    pub histories: u64,
    /// Of those cases this one alone.
    pub only: Option<u64>,
    /// Of all cases this part alone.
    pub shard: Option<Shard>,
    /// How long cases are begun.
    pub time: Option<Duration>,
    /// How long failures are shrunk, all of them together.
    pub shrink_time: Duration,
    /// How many threads.
    pub jobs: usize,
    /// Stop at the first failure.
    pub fail_fast: bool,
    /// Nothing of a default run is left out, the other parts apart: breaches that are expected have to come.
    pub whole: bool,
    /// Once it is set no case begins, and nothing is shrunk any more.
    pub interrupt: Interrupt,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            versions: vec![Version::NEWEST],
            profile: "contract".to_owned(),
            pins: BTreeMap::new(),
            filter: Filter::All,
            fail_on: None,
            seed: 1,
            stored: Vec::new(),
            cases: 0,
            histories: 0,
            only: None,
            shard: None,
            time: None,
            shrink_time: Duration::from_secs(30),
            jobs: 1,
            fail_fast: false,
            whole: false,
            interrupt: Interrupt::default(),
        }
    }
}

impl Config {
    /// The case that is played as the so manieth; none at the end.
    #[must_use]
    pub fn nth(&self, place: u64) -> Option<Which> {
        let stored = self.stored_here();
        if let Some(stored) = usize::try_from(place).ok().and_then(|place| stored.get(place)) {
            return Some(Which::Stored(stored.name.clone()));
        }
        let place = place - stored.len() as u64;
        let number = match (self.only, self.shard) {
            (Some(only), _) => (place == 0).then_some(only)?,
            (None, None) => place,
            (None, Some(shard)) => {
                let turns = self.versions.len().max(1) as u64;
                let round = (place / turns).checked_mul(shard.of.into())?;
                let round = round.checked_add(u64::from(shard.index) - 1)?;
                round.checked_mul(turns)?.checked_add(place % turns)?
            }
        };
        (number < self.cases).then_some(Which::Case(number))
    }

    /// Whether a history is of this shard.
    #[must_use]
    pub fn has_history(&self, number: u64) -> bool {
        self.shard
            .is_none_or(|shard| number % u64::from(shard.of) == u64::from(shard.index) - 1)
    }

    /// How many cases are to be played; none where time alone ends them.
    #[must_use]
    pub fn planned(&self) -> Option<u64> {
        let stored = self.stored_here().len() as u64;
        let generated = match (self.only, self.shard) {
            (Some(only), _) => u64::from(only < self.cases),
            (None, _) if self.cases == u64::MAX => return None,
            (None, None) => self.cases,
            (None, Some(shard)) => {
                let turns = self.versions.len().max(1) as u64;
                let (of, index) = (u64::from(shard.of), u64::from(shard.index));
                let rounds = self.cases / turns;
                let whole = rounds / of + u64::from(rounds % of >= index);
                let rest = if rounds % of == index - 1 {
                    self.cases % turns
                } else {
                    0
                };
                whole * turns + rest
            }
        };
        Some(stored + generated)
    }

    /// The stored cases of this shard.
    fn stored_here(&self) -> Vec<&Stored> {
        let here = |(place, _): &(usize, &Stored)| {
            self.shard
                .is_none_or(|shard| *place as u64 % u64::from(shard.of) == u64::from(shard.index) - 1)
        };
        self.stored
            .iter()
            .enumerate()
            .filter(here)
            .map(|(_, stored)| stored)
            .collect()
    }
}

/// A part of a run: the so manieth of so many, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Shard {
    /// Which one, from 1.
    pub index: u32,
    /// Of how many.
    pub of: u32,
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("expected I/N with I from 1 to N, such as 1/4; found `{text}`");
        let (index, of) = text.split_once('/').ok_or_else(wrong)?;
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| wrong());
        let (index, of) = (number(index)?, number(of)?);
        if (1..=of).contains(&index) {
            Ok(Self { index, of })
        } else {
            Err(wrong())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(config: &Config) -> Vec<Which> {
        (0..).map_while(|place| config.nth(place)).collect()
    }

    fn config(versions: usize, cases: u64, shard: Option<Shard>) -> Config {
        Config {
            versions: vec![Version::NEWEST; versions],
            cases,
            shard,
            ..Config::default()
        }
    }

    quickcheck::quickcheck! {
        fn shards_are_disjoint_and_together_the_whole(versions: u8, cases: u8, of: u8) -> bool {
            let (versions, cases, of) = (usize::from(versions % 7), u64::from(cases), u32::from(of % 9 + 1));
            let mut parts = Vec::new();
            for index in 1..=of {
                let part = config(versions, cases, Some(Shard { index, of }));
                let played = all(&part);
                if part.planned() != Some(played.len() as u64) {
                    return false;
                }
                parts.extend(played);
            }
            parts.sort();
            parts == all(&config(versions, cases, None))
        }
    }

    #[test]
    fn one_case_is_played_where_one_is_asked_for() {
        let one = Config {
            only: Some(7),
            ..config(2, 100, None)
        };
        assert_eq!((all(&one), one.planned()), (vec![Which::Case(7)], Some(1)));
        let none = Config {
            only: Some(100),
            ..config(2, 100, None)
        };
        assert_eq!((all(&none), none.planned()), (Vec::new(), Some(0)));
    }

    #[test]
    fn a_shard_is_written_as_a_fraction() {
        assert_eq!("2/3".parse(), Ok(Shard { index: 2, of: 3 }));
        for wrong in ["0/3", "4/3", "1", "1/", "a/b", "1/0", "-1/2"] {
            let error = wrong.parse::<Shard>().unwrap_err();
            assert_eq!(
                error,
                format!("expected I/N with I from 1 to N, such as 1/4; found `{wrong}`")
            );
        }
    }
}
