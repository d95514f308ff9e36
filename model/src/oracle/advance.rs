//! One event: every state that is possible is moved on by it, and what can no longer be told apart is merged.

use crate::apply::apply;
use crate::op::{Ask, Now};
use crate::rules;
use crate::see::Effect;
use crate::vocabulary::Record;

use super::held;
use super::pass::Pass;
use super::set::{Branch, merge};
use super::ways::decide;

impl Pass {
    /// Moves every state on by an event. If none can follow, the event breaks a rule, and the oracle recovers.
    pub(super) fn advance(&mut self, record: &Record, ask: &Ask, now: &Now) {
        self.said.forbidden.clear();
        self.said.suspected.clear();
        self.said.demanded.clear();
        self.said.instead.clear();
        self.said.also.clear();
        self.said.hinges = 0;
        if self.is_factored() {
            return self.advance_apart(record, ask, now);
        }
        if let [branch] = self.set.as_mut_slice() {
            self.said.outcomes.clear();
            decide(&branch.state, &self.cx, now, ask, &mut self.path, &mut self.said);
            if let [outcome] = self.said.outcomes.as_slice() {
                if outcome.effect == Effect::Nothing && outcome.by.is_some_and(rules::is_unreported_refusal) {
                    let demanded = self.said.demanded.first().copied();
                    self.unreported = demanded.or(self.said.instead.first().map(|(_, rule)| *rule));
                }
                if self.said.hinges != 0 {
                    let outcome = outcome.clone();
                    self.name_assumptions(ask, now);
                    if let [branch] = self.set.as_mut_slice() {
                        apply(&mut branch.state, &self.cx, now, ask, &outcome);
                    }
                    return;
                }
                let learned = outcome.facts != branch.state.facts;
                apply(&mut branch.state, &self.cx, now, ask, outcome);
                if learned {
                    held::note_fixed(self);
                }
                return;
            }
        }
        self.advance_each(record, ask, now);
    }

    #[cold]
    fn advance_apart(&mut self, record: &Record, ask: &Ask, now: &Now) {
        if self.advance_factored(ask, now) || self.gave_up {
            return;
        }
        if self.leaves_open {
            self.close_over_others(&ask.op, now);
            return self.advance(record, ask, now);
        }
        self.breach_of_factored(record, ask, now);
    }

    pub(super) fn advance_each(&mut self, record: &Record, ask: &Ask, now: &Now) {
        let mut next = std::mem::take(&mut self.next);
        let mut learned = false;
        next.clear();
        for branch in &self.set {
            self.said.outcomes.clear();
            decide(&branch.state, &self.cx, now, ask, &mut self.path, &mut self.said);
            for outcome in &self.said.outcomes {
                learned |= outcome.facts != branch.state.facts;
                let mut state = branch.state.clone();
                apply(&mut state, &self.cx, now, ask, outcome);
                next.push(Branch {
                    state,
                    factors: Vec::new(),
                    ..*branch
                });
            }
        }
        if next.is_empty() {
            self.next = next;
            if self.leaves_open {
                self.close_over_others(&ask.op, now);
                return self.advance(record, ask, now);
            }
            return self.breach(record, ask, now);
        }
        if self.said.hinges != 0 {
            self.name_assumptions(ask, now);
        }
        self.merge(&mut next);
        self.next = std::mem::replace(&mut self.set, next);
        if learned {
            held::note_fixed(self);
        }
        self.count_states();
    }

    pub(super) fn count_states(&mut self) {
        let states = self.states();
        self.most_states = self.most_states.max(states);
        if states > self.workings.most_states {
            self.give_up_on_states();
        }
    }

    /// More states are possible than can be followed.
    pub(super) fn give_up_on_states(&mut self) {
        let most = self.workings.most_states;
        self.give_up(format!("too many possibilities: more than {most} states are possible"));
    }

    pub(super) fn merge(&self, set: &mut Vec<Branch>) {
        if !self.workings.keeps_every_path {
            merge(set);
        }
    }

    pub(super) fn merge_set(&mut self) {
        let mut set = std::mem::take(&mut self.set);
        self.merge(&mut set);
        self.set = set;
    }
}
