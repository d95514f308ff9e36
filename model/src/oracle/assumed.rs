//! What was not told, and has to have been so: named where an event is allowed for one value of it alone.

use crate::facts::{Fact, Facts};
use crate::op::{Ask, Now};
use crate::report::Assumption;
use crate::see::{Path, Said};
use crate::state::State;
use crate::vocabulary::Condition;

use super::explain::fact_holds;
use super::pass::Pass;
use super::ways::decide;

/// So many are named.
const MOST: usize = 50;

impl Pass {
    /// Names what has to have been out of the ordinary for this event, which was allowed. To be called before the event
    /// changes anything.
    #[cold]
    pub(super) fn name_assumptions(&mut self, ask: &Ask, now: &Now) {
        if self.assumes.len() >= MOST {
            return;
        }
        let hinges = self.said.hinges;
        let (mut path, mut said) = (Path::default(), Said::default());
        let mut states: Vec<State> = self.set.iter().map(|branch| branch.state.clone()).collect();
        for fact in Fact::told().filter(|fact| hinges >> fact.place() & 1 == 1) {
            let mut usually = states.clone();
            usually
                .iter_mut()
                .for_each(|state| settle(state, fact, is_usual(fact, state)));
            let allowed = usually.iter().any(|state| {
                said.outcomes.clear();
                decide(state, &self.cx, now, ask, &mut path, &mut said);
                !said.outcomes.is_empty()
            });
            if allowed {
                states = usually;
                continue;
            }
            let holds = states.first().is_some_and(|state| !is_usual(fact, state));
            states
                .iter_mut()
                .for_each(|state| settle(state, fact, !is_usual(fact, state)));
            let what = fact_holds(fact, holds).to_owned();
            let last = self.assumes.iter().rev().find(|other| {
                [true, false]
                    .into_iter()
                    .any(|holds| other.what == fact_holds(fact, holds))
            });
            if last.is_none_or(|last| last.what != what) {
                let (event, at) = (self.events, now.at);
                self.assumes.push(Assumption { event, at, what });
            }
        }
    }
}

impl Pass {
    /// Asks once more what is against an event that nothing allows, with everything ordinary that nobody told: a rule about
    /// a condition is named only where the condition is there.
    #[cold]
    pub(super) fn refuse_as_usual(&mut self, ask: &Ask, now: &Now) {
        let hinges = self.said.hinges;
        let (mut path, mut said) = (Path::default(), Said::default());
        for branch in &self.set {
            let mut state = branch.state.clone();
            for fact in Fact::told().filter(|fact| hinges >> fact.place() & 1 == 1) {
                settle(&mut state, fact, is_usual(fact, &branch.state));
            }
            decide(&state, &self.cx, now, ask, &mut path, &mut said);
        }
        if !said.forbidden.is_empty() || !said.instead.is_empty() {
            (self.said.forbidden, self.said.instead, self.said.also) = (said.forbidden, said.instead, said.also);
        }
    }
}

/// Sets an open fact.
fn settle(state: &mut State, fact: Fact, holds: bool) {
    if state.facts.mask(fact) == Facts::OPEN {
        state.facts.tell(fact, holds);
    }
}

/// What a fact is where nothing is out of the ordinary: somebody who used the app goes on using the device.
fn is_usual(fact: Fact, state: &State) -> bool {
    match fact {
        Fact::Device(Condition::InUse) => state
            .process
            .is_some_and(|process| process.left_foreground.is_some() && !process.from_before),
        Fact::Device(Condition::Network | Condition::UnlockedOnce | Condition::BackgroundRefresh) | Fact::Passcode => {
            true
        }
        _ => false,
    }
}
