//! What a change of the device does.

use crate::context::{Context, tell};
use crate::facts::{Fact, Facts};
use crate::op::Now;
use crate::rules;
use crate::setting::HealthNeedsIdle;
use crate::state::{NEVER, State, Why};
use crate::vocabulary::{Condition, Device, Kind, Millis};

use super::tasks::owe;

pub(super) fn device(state: &mut State, cx: &Context, now: &Now, change: &Device) {
    let was_locked = state.facts.surely(Fact::Device(Condition::Locked));
    let used = state.facts.mask(Fact::Device(Condition::InUse));
    if change.locked.is_some() {
        // Before and behind the change: a lock that ends begins its end.
        rules::progress::lock_changes(state, cx);
    }
    tell(&mut state.facts, change);
    if let Some(places) = change.places_taken {
        state.places_taken = places;
        state.places_open = false;
    }
    match change.locked {
        Some(true) if !was_locked => {
            state.locked_at = Some(now.at);
            rules::progress::lock_changes(state, cx);
        }
        Some(false) => state.locked_at = None,
        _ => {}
    }
    if change.in_use == Some(true) && used != Facts::YES {
        use_begins(state, cx, now, used);
    }
}

/// Somebody uses the device, of which it was known or not before: running processing has to be expired (EXP-9), health
/// research may (CON-16). A simulated launch may have come while it was used already: then nobody starts to use it.
pub(super) fn use_begins(state: &mut State, cx: &Context, now: &Now, before: u8) {
    let by = react(cx, now.at);
    let health = if cx.lacks(&rules::conditions::CON_16) {
        Some(HealthNeedsIdle::Yes)
    } else {
        state.facts.chosen()
    };
    for task in &mut state.tasks {
        let must = match task.kind {
            Kind::Processing => rules::expiration::ends_by_use(cx),
            Kind::HealthResearch => health == Some(HealthNeedsIdle::Yes) && rules::expiration::is_seen(cx),
            Kind::Refresh | Kind::Continued => false,
        };
        let starts = before == Facts::NO || !(task.request.simulated || task.request.vague);
        if must && starts {
            owe(task, by, Why::Use);
        }
    }
}

/// By when a rule is obeyed that demands something at once.
pub(super) fn react(cx: &Context, at: Millis) -> Millis {
    cx.limits.reaction.map_or(NEVER, |reaction| at + reaction)
}
