//! Which fixed settings a breach is about: those that an implementation has shown, and that this event contradicts.

use crate::context::Context;
use crate::facts::Fact;
use crate::op::{Ask, Now, Op, Reply};
use crate::report::Fixed;
use crate::rule::Rule;
use crate::rules;
use crate::see::{Path, Said};
use crate::setting::Setting;
use crate::state::State;
use crate::vocabulary::Code;

use super::pass::Pass;
use super::unseen;
use super::ways::decide;

/// Notes which fixed settings have been decided by the event that was just judged.
#[cold]
pub(super) fn note_fixed(pass: &mut Pass) {
    let open = |setting: &&Setting| setting.entry().fixed && !pass.fixed.iter().any(|fixed| fixed.setting == **setting);
    for setting in Setting::ALL.iter().filter(open).copied().collect::<Vec<_>>() {
        let fact = Fact::Setting(setting);
        let left = pass
            .set
            .iter()
            .fold(0, |mask, branch| mask | branch.state.facts.mask(fact));
        if pass.cx.at_zero.mask(fact).count_ones() > 1 && left.count_ones() == 1 {
            let value = setting.values()[left.trailing_zeros() as usize];
            pass.fixed.push(Fixed {
                setting,
                value,
                event: pass.events,
            });
        }
    }
}

/// The rules that a fixed setting decides.
pub(super) fn rules_of(setting: Setting) -> impl Iterator<Item = &'static Rule> {
    rules::all().filter(move |rule| rule.switch == Some(setting))
}

/// One of two answers was wrong, and it need not be this one: what the other taught is not believed either, nor that the
/// submission was refused or accepted which it answered.
pub(super) fn forget(state: &mut State, cx: &Context, held: &[Setting], ask: &Ask) {
    for setting in held {
        let fact = Fact::Setting(*setting);
        state.facts.set(fact, cx.at_zero.mask(fact));
    }
    if !held.is_empty() && matches!(ask.op, Op::Submit(_)) {
        state.requests.iter_mut().for_each(|request| request.unsure = true);
    }
    // A wrong refusal for too many tells of more than was seen.
    let too_many = ask.reply == Reply::Refused(Code::TOO_MANY_PENDING);
    if (!held.is_empty() || too_many) && matches!(ask.op, Op::Submit(_)) {
        for id in cx.known_ids() {
            // What was launched is known, and comes to its delivery all the same.
            let is_launched = state.spent.iter().any(|spent| spent.id == id);
            if state.request(id).is_none() && state.running(id).is_none() && !is_launched {
                unseen::meet(state, id);
            }
        }
    }
}

/// A card went that had to stay beside a retry, which can only have been refused (UIX-6).
#[inline]
pub(super) fn note_card(pass: &mut Pass, op: &Op) {
    if let Op::Card { task, .. } = op {
        let stays = rules::second_card();
        if pass.said.forbidden.contains(&stays) {
            pass.cx.past_mut(task.id).overdue = Some(stays);
        }
    }
}

/// Each fixed setting without whose inferred value the event would be allowed.
pub(super) fn against(pass: &Pass, ask: &Ask, now: &Now) -> Vec<Setting> {
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
            held.push(setting);
        }
    }
    held
}
