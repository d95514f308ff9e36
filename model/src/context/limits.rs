//! The numbers that rules hold against what they see: those of the profile, read once, and those that no setting changes.

use crate::profile::Profile;
use crate::rules;
use crate::setting::Setting;
use crate::vocabulary::Millis;

/// Counts and durations of the profile. None is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// `refresh_limit`.
    pub refresh: Option<i64>,
    /// `processing_limit`.
    pub processing: Option<i64>,
    /// `continued_capacity`.
    pub capacity: Option<i64>,
    /// `reaction_time`.
    pub reaction: Option<Millis>,
    /// `refresh_budget`.
    pub refresh_budget: Option<Millis>,
    /// `processing_budget`.
    pub processing_budget: Option<Millis>,
    /// `expiration_grace`.
    pub grace: Option<Millis>,
    /// `stall_timeout`.
    pub stall: Option<Millis>,
    /// `promptness`.
    pub promptness: Option<Millis>,
    /// `leaving_grace`.
    pub leaving: Option<Millis>,
    /// `finished_card_time`.
    pub finished_card: Option<Millis>,
    /// How far two deliveries of one launch may lie apart (EXP-8).
    pub together: Millis,
    /// How soon behind a delivery a crash tells of the queue (REG-13).
    pub soon: Millis,
    /// How long after a lock protected data may still be read (DAT-2).
    pub just_locked: Millis,
    /// How soon progress seeds a task (PRG-11).
    pub seeded: Millis,
    /// How far ahead a begin date is advised (CON-15).
    pub week: Millis,
}

impl Limits {
    pub(super) fn of(profile: &Profile) -> Self {
        Self {
            refresh: profile.count(Setting::RefreshLimit),
            processing: profile.count(Setting::ProcessingLimit),
            capacity: profile.count(Setting::ContinuedCapacity),
            reaction: profile.duration(Setting::ReactionTime),
            refresh_budget: profile.duration(Setting::RefreshBudget),
            processing_budget: profile.duration(Setting::ProcessingBudget),
            grace: profile.duration(Setting::ExpirationGrace),
            stall: profile.duration(Setting::StallTimeout),
            promptness: profile.duration(Setting::Promptness),
            leaving: profile.duration(Setting::LeavingGrace),
            finished_card: profile.duration(Setting::FinishedCardTime),
            together: rules::launch::TOGETHER,
            soon: rules::registration::SOON,
            just_locked: rules::data::JUST_LOCKED,
            seeded: crate::apply::SEEDED_BY,
            week: rules::conditions::WEEK,
        }
    }

    /// The number that a setting has, if it has one.
    pub(crate) const fn of_setting(&mut self, setting: Setting) -> Option<&mut i64> {
        let number = match setting {
            Setting::RefreshLimit => &mut self.refresh,
            Setting::ProcessingLimit => &mut self.processing,
            Setting::ContinuedCapacity => &mut self.capacity,
            Setting::ReactionTime => &mut self.reaction,
            Setting::RefreshBudget => &mut self.refresh_budget,
            Setting::ProcessingBudget => &mut self.processing_budget,
            Setting::ExpirationGrace => &mut self.grace,
            Setting::StallTimeout => &mut self.stall,
            Setting::Promptness => &mut self.promptness,
            Setting::LeavingGrace => &mut self.leaving,
            Setting::FinishedCardTime => &mut self.finished_card,
            _ => return None,
        };
        number.as_mut()
    }
}
