//! Which fixed settings a breach is about: those that an implementation has shown, and that this event contradicts.

use crate::facts::Fact;
use crate::op::{Ask, Now};
use crate::rule::Rule;
use crate::rules;
use crate::see::{Path, Said};
use crate::setting::Setting;

use super::pass::Pass;
use super::ways::decide;

/// The rules of each fixed setting without whose inferred value the event would be allowed.
pub(super) fn against(pass: &Pass, ask: &Ask, now: &Now) -> Vec<&'static Rule> {
    let mut held = Vec::new();
    let (mut path, mut said) = (Path::default(), Said::default());
    for setting in Setting::ALL.iter().copied().filter(|setting| setting.entry().fixed) {
        let fact = Fact::Setting(setting);
        let open = pass.cx.at_zero.mask(fact);
        let inferred = |facts: crate::facts::Facts| facts.mask(fact) != open;
        let allowed = pass.set.iter().any(|branch| {
            inferred(branch.state.facts) && {
                let mut state = branch.state.clone();
                state.facts.set(fact, open);
                said.outcomes.clear();
                decide(&state, &pass.cx, now, ask, &mut path, &mut said);
                !said.outcomes.is_empty()
            }
        });
        if allowed {
            held.extend(rules::all().filter(|rule| rule.switch == Some(setting)));
        }
    }
    held
}
