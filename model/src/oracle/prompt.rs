//! A declared promptness (CON-12): since when each pending request could have been launched.

use crate::context::Context;
use crate::op::{Ask, Now, Op, Reply};
use crate::rules;
use crate::see::{Path, Said, See};
use crate::state::{FORGIVEN, Mark, NEVER, Outstanding, State};
use crate::vocabulary::{Kind, Millis};

/// Starts the time of each request that surely meets every condition, and stops it for every other.
pub(super) fn promise(state: &mut State, cx: &Context, now: Now, path: &mut Path) {
    let Some(promptness) = cx.limits.promptness else { return };
    let ask = Ask {
        op: Op::Clock,
        reply: Reply::Nothing,
        listed: Vec::new(),
        ids: Vec::new(),
    };
    let eligible: Vec<bool> = state
        .requests
        .iter()
        .map(|request| surely_eligible(state, cx, now, &ask, path, request))
        .collect();
    for (request, eligible) in state.requests.iter_mut().zip(eligible) {
        if request.kind == Kind::Continued || request.by == FORGIVEN {
            continue;
        }
        let from = request.earliest.max(now.at);
        request.by = match request.by {
            _ if !eligible => NEVER,
            NEVER => from.saturating_add(promptness),
            by => by,
        };
    }
}

/// Whether a request meets every condition but its date, whatever is open.
fn surely_eligible(state: &State, cx: &Context, now: Now, ask: &Ask, path: &mut Path, request: &Outstanding) -> bool {
    if request.unsure || request.vague || request.mark != Mark::None || request.kind == Kind::Continued {
        return false;
    }
    let mut said = Said::default();
    let at_its_date = Now {
        latest: Millis::MAX,
        ..now
    };
    path.clear();
    loop {
        let mut see = See::new(state, cx, at_its_date, ask, path, &mut said);
        if !rules::is_eligible(&mut see, request) {
            return false;
        }
        if !path.next_way() {
            return true;
        }
    }
}
