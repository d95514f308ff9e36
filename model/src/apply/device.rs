//! What a change of the device does.

use crate::context::{Context, tell};
use crate::facts::Fact;
use crate::op::Now;
use crate::rules;
use crate::setting::HealthNeedsIdle;
use crate::state::{NEVER, Outstanding, Reasons, State, Why};
use crate::vocabulary::{BackgroundRefresh, Condition, Device, Kind, Millis};

use super::tasks::owe;

pub(super) fn device(state: &mut State, cx: &Context, now: &Now, change: &Device) {
    let was_locked = state.facts.surely(Fact::Device(Condition::Locked));
    let was_used = state.facts.surely(Fact::Device(Condition::InUse));
    tell(&mut state.facts, change);
    if let Some(places) = change.places_taken {
        state.places_taken = places;
        state.places_open = false;
    }
    match change.locked {
        Some(true) if !was_locked => {
            state.locked_at = Some(now.at);
            for task in state.tasks.iter_mut().filter(|task| task.kind == Kind::Continued) {
                task.reasons.add(Reasons::LOCK);
            }
        }
        Some(false) => state.locked_at = None,
        _ => {}
    }
    if change.in_use == Some(true) && !was_used {
        use_begins(state, cx, now);
    }
    let lost = |request: &Outstanding| {
        request.network && change.network == Some(false) || request.power && change.power == Some(false)
    };
    for task in state.tasks.iter_mut().filter(|task| lost(&task.request)) {
        task.reasons.add(Reasons::LOST);
    }
    if change
        .background_refresh
        .is_some_and(|status| status != BackgroundRefresh::Available)
    {
        // What happens to running tasks is unspecified (CON-6).
        state.tasks.iter_mut().for_each(|task| task.reasons.add(Reasons::LOST));
    }
}

/// Somebody uses the device: running processing has to be expired (EXP-9), health research may (CON-16).
pub(super) fn use_begins(state: &mut State, cx: &Context, now: &Now) {
    let by = react(cx, now.at);
    let health = if cx.lacks(&rules::conditions::CON_16) {
        Some(HealthNeedsIdle::Yes)
    } else {
        state.facts.chosen()
    };
    for task in &mut state.tasks {
        let (may, must) = match task.kind {
            Kind::Processing => (true, true),
            Kind::HealthResearch => (
                health != Some(HealthNeedsIdle::No),
                health == Some(HealthNeedsIdle::Yes),
            ),
            Kind::Refresh | Kind::Continued => (false, false),
        };
        if may {
            task.reasons.add(Reasons::USE);
        }
        if must && cx.models(crate::vocabulary::Area::Expiration) && cx.records("expired") {
            owe(task, by, Why::Use);
        }
    }
}

/// By when a rule is obeyed that demands something at once.
pub(super) fn react(cx: &Context, at: Millis) -> Millis {
    cx.limits.reaction.map_or(NEVER, |reaction| at + reaction)
}
