//! The model with one small change: how it is told whether tests hold the model to what it says.
//!
//! Nothing is compiled anew, and no rule is copied: the interpreter asks, wherever it asks a rule, whether it is the one
//! that is changed. A mutant is one of three:
//!
//! - a rule is *taken out*: what is left of the rulebook says [`taken_out`](crate::taken_out);
//! - a rule's guard is *turned round*: where it holds it does not, and where it does not it does ([`See::holds`]). What a rule
//!   permits it is against, and what it is against nothing forbids;
//! - a *limit is moved* by one: a count by one, a length of time by a millisecond, wherever it is known.
//!
//! Not every rule has a guard of its own: what says when an obligation falls due has a limit, and what says what an event
//! does can be taken out. Whether the guard of a rule was asked at all is told by
//! [`Oracle::asked_what_is_turned`](crate::oracle::Oracle::asked_what_is_turned).
//!
//! [`See::holds`]: crate::see::See::holds

use std::fmt;

use crate::context::Limits;
use crate::rule::Rule;
use crate::rules;
use crate::setting::{Setting, Type};

/// One small change of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutant {
    /// A rule is taken out.
    TakenOut(&'static Rule),
    /// The guard of a rule is turned round.
    TurnedRound(&'static Rule),
    /// A limit is moved by this much.
    Moved(Limit, i64),
}

/// A number that rules hold against what they see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The number that a setting has.
    Of(Setting),
    /// How far two deliveries of one launch may lie apart.
    Together,
    /// How soon behind a delivery a crash tells of the queue.
    Soon,
    /// How long after a lock protected data may still be read.
    JustLocked,
    /// How soon progress seeds a task.
    Seeded,
    /// How far ahead a begin date is advised.
    Week,
}

impl Limit {
    /// Every limit.
    pub fn all() -> impl Iterator<Item = Self> {
        let numbers = Setting::ALL.iter().copied();
        let numbers = numbers.filter(|setting| matches!(setting.entry().kind, Type::Count | Type::Duration));
        let lengths = [Self::Together, Self::Soon, Self::JustLocked, Self::Seeded, Self::Week];
        numbers.map(Self::Of).chain(lengths)
    }

    /// The rules that are held to it.
    #[must_use]
    pub fn rules(self) -> &'static [&'static Rule] {
        static TOGETHER: [&Rule; 1] = [&rules::EXP_8];
        static SOON: [&Rule; 1] = [&rules::REG_13];
        static JUST_LOCKED: [&Rule; 1] = [&rules::DAT_2];
        static SEEDED: [&Rule; 1] = [&rules::PRG_11];
        static WEEK: [&Rule; 1] = [&rules::CON_15];
        match self {
            Self::Of(setting) => setting.entry().rules,
            Self::Together => &TOGETHER,
            Self::Soon => &SOON,
            Self::JustLocked => &JUST_LOCKED,
            Self::Seeded => &SEEDED,
            Self::Week => &WEEK,
        }
    }

    /// Moves it, where it has a number.
    pub(crate) fn move_by(self, by: i64, limits: &mut Limits) {
        let number = match self {
            Self::Together => &mut limits.together,
            Self::Soon => &mut limits.soon,
            Self::JustLocked => &mut limits.just_locked,
            Self::Seeded => &mut limits.seeded,
            Self::Week => &mut limits.week,
            Self::Of(setting) => match limits.of_setting(setting) {
                Some(number) => number,
                None => return,
            },
        };
        *number += by;
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Of(setting) => setting.entry().name,
            Self::Together => "together",
            Self::Soon => "soon",
            Self::JustLocked => "just_locked",
            Self::Seeded => "seeded",
            Self::Week => "week",
        })
    }
}

impl Mutant {
    /// Every mutant.
    pub fn all() -> impl Iterator<Item = Self> {
        let of_rules = rules::all().flat_map(|rule| [Self::TakenOut(rule), Self::TurnedRound(rule)]);
        of_rules.chain(Limit::all().flat_map(|limit| [Self::Moved(limit, -1), Self::Moved(limit, 1)]))
    }

    /// The rules that it changes.
    #[must_use]
    pub fn rules(&self) -> &[&'static Rule] {
        match self {
            Self::TakenOut(rule) | Self::TurnedRound(rule) => std::slice::from_ref(rule),
            Self::Moved(limit, _) => limit.rules(),
        }
    }
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TakenOut(rule) => write!(f, "{} taken out", rule.id),
            Self::TurnedRound(rule) => write!(f, "{} turned round", rule.id),
            Self::Moved(limit, by) => write!(f, "{limit} {by:+}"),
        }
    }
}
