//! A model with one rule less: what is left of the rulebook when a rule is taken out.
//!
//! It is how tests are tested. A scenario, a trace or an adapter that is judged alike with a rule and without it does
//! not notice that rule; an implementation that obeys the model without a rule is one with the fault of that rule.
//! [`Oracle::without`](crate::oracle::Oracle::without) takes a rule out.
//!
//! What taking a rule out means hangs on what the rule is:
//!
//! - A `must` that is against an observation is against it no more: the observation passes, with the effect that it
//!   would have had ([`See::forbid`](crate::see::See::forbid), [`See::refuse`](crate::see::See::refuse)). Where a
//!   finding names several rules for one and the same breach, the breach passes with any of them taken out; rules that
//!   are broken side by side stay broken.
//! - A `must` that demands an answer demands it no more: any other answer passes too, and does what it means
//!   ([`See::allow`](crate::see::See::allow)).
//! - A reason for a refusal does not hold; so the submission is to be accepted, unless another reason holds.
//! - A condition of a launch counts as met; one that a `may` leaves open stands in the way.
//! - An obligation is not owed, and no duty of the app is.
//! - A rule that says what an event does leaves open whether it does it: the older request stays or is replaced
//!   (SUB-4), a cancelled request goes or stays (CAN-1).
//! - A `may` loses its choice: what it allows an implementation to do is a breach, and names it. What the world does
//!   happens all the same, in its plain form (an update keeps the pending requests: LIF-5).
//! - A `should` is no advice.
//!
//! CON-12 is a case of its own: without it nothing is left of what it says, so that an eligible request has to be
//! launched at once by a scheduler that decides for itself, and a declared promptness binds nobody.

use crate::rule::Rule;

/// Which rule is taken out of the model, if one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TakenOut(Option<&'static Rule>);

impl TakenOut {
    /// No rule.
    pub const NONE: Self = Self(None);

    /// This rule.
    #[must_use]
    pub const fn of(rule: &'static Rule) -> Self {
        Self(Some(rule))
    }

    /// Whether it is this rule.
    #[must_use]
    #[inline]
    pub fn is(self, rule: &'static Rule) -> bool {
        // Each rule is a static of its own: comparing where they stand is the cheapest way.
        self.0.is_some_and(|out| std::ptr::eq(out, rule))
    }

    /// Whether it is a rule of this id.
    #[must_use]
    pub fn is_named(self, rule: &Rule) -> bool {
        self.0.is_some_and(|out| out == rule)
    }

    /// Whether a rule is taken out at all.
    #[must_use]
    #[inline]
    pub const fn any(self) -> bool {
        self.0.is_some()
    }
}
