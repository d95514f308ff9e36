//! Which rules there are: what the implementation models, and the one change by which tests are tested.

use crate::mutant::Mutant;
use crate::rule::{Force, Rule};
use crate::taken_out::TakenOut;
use crate::vocabulary::Area;

use super::Context;

impl Context {
    /// Whether the implementation models an area.
    #[must_use]
    #[inline]
    pub fn models(&self, area: Area) -> bool {
        self.without >> area as u32 & 1 == 0
    }

    /// Whether the implementation models a rule: its area, and the rule itself.
    #[must_use]
    #[inline]
    pub fn models_rule(&self, rule: &Rule) -> bool {
        self.models(rule.id.area) && !self.is_unmodelled(rule)
    }

    /// Whether it is one of the single rules that the implementation does not model.
    #[must_use]
    #[inline]
    pub fn is_unmodelled(&self, rule: &Rule) -> bool {
        !self.unmodelled.is_empty() && self.unmodelled.iter().any(|other| other.id == rule.id)
    }

    /// Takes a rule out of the model: see [`crate::taken_out`].
    pub(crate) fn take_out(&mut self, rule: &'static Rule) {
        self.out = TakenOut::of(rule);
        if self.lacks(&crate::rules::CON_12) {
            let at_once = self.limits.reaction.unwrap_or(0);
            self.limits.promptness = match self.limits.promptness {
                None if !self.driven => Some(at_once),
                _ => None,
            };
        }
    }

    /// Changes the model a little: see [`crate::mutant`].
    pub(crate) fn mutate(&mut self, mutant: Mutant) {
        match mutant {
            Mutant::TakenOut(rule) => self.take_out(rule),
            Mutant::TurnedRound(rule) => self.turned = TakenOut::of(rule),
            Mutant::Moved(limit, by) => limit.move_by(by, &mut self.limits),
        }
    }

    /// Whether the guard of this rule is turned round.
    #[must_use]
    #[inline]
    pub fn turns(&self, rule: &'static Rule) -> bool {
        self.turned.is(rule)
    }

    /// Whether this rule is taken out of the model, or a `must` that the implementation does not model: what it says is open.
    #[must_use]
    #[inline]
    pub fn lacks(&self, rule: &'static Rule) -> bool {
        self.out.is(rule) || self.is_unmodelled(rule) && rule.force == Force::Must
    }

    /// Whether any rule is taken out, or single ones are not modelled.
    #[must_use]
    #[inline]
    pub fn lacks_any(&self) -> bool {
        self.out.any() || !self.unmodelled.is_empty()
    }

    /// Whether this rule is taken out, or not modelled as its area or by itself, and forbids or demands something when it is there.
    #[must_use]
    #[inline]
    pub fn lacks_must(&self, rule: &'static Rule) -> bool {
        rule.force == Force::Must && (self.out.is(rule) || !self.models_rule(rule))
    }

    /// The rule that is taken out of the model, if one is.
    #[must_use]
    #[inline]
    pub const fn taken_out(&self) -> TakenOut {
        self.out
    }
}
