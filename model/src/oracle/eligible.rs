//! Which requests could be launched now, for what a scheduler promises and for what it may do unseen.

use crate::context::Context;
use crate::op::{Ask, Now, Op, Reply};
use crate::rules;
use crate::see::{Path, Said, See};
use crate::state::{FORGIVEN, Mark, NEVER, Outstanding, State};
use crate::vocabulary::{Kind, Millis};

/// A declared promptness (CON-12): starts the time of each request that surely meets every condition, and stops it for
/// every other.
pub(crate) fn promise(state: &mut State, cx: &Context, now: &Now, path: &mut Path) {
    let Some(promptness) = cx.limits.promptness else { return };
    // Into a process that is launching it may have been launched already, and nobody saw it.
    let unseen = !cx.driven && state.may_be_launching();
    let at_its_date = Now {
        latest: Millis::MAX,
        ..*now
    };
    let eligible: Vec<bool> = state
        .requests
        .iter()
        .map(|request| {
            // One that may not be there is owed where it is.
            let known = !request.vague && request.mark == Mark::None && !unseen;
            known && each_way(state, cx, &at_its_date, path, request, rules::is_eligible).all()
        })
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

/// An autonomous scheduler may launch into a process that is still launching, which nobody can see until it has
/// finished, or never if it dies: whatever may be eligible may have been launched.
pub(crate) fn suppose_launches(state: &mut State, cx: &Context, now: &Now, path: &mut Path) {
    if !state.may_be_launching() {
        return;
    }
    let eligible: Vec<bool> = state
        .requests
        .iter()
        // Of one of which nothing is known it is not known either what stands in its way.
        .map(|r| r.vague || each_way(state, cx, now, path, r, rules::may_be_eligible).any())
        .collect();
    for (request, eligible) in state.requests.iter_mut().zip(eligible) {
        if eligible && request.mark == Mark::None {
            request.mark = Mark::Later;
        }
    }
}

/// What the ways through the open questions say.
struct Ways {
    some: bool,
    every: bool,
}

impl Ways {
    const fn any(&self) -> bool {
        self.some
    }

    const fn all(&self) -> bool {
        self.every
    }
}

fn each_way(
    state: &State,
    cx: &Context,
    now: &Now,
    path: &mut Path,
    request: &Outstanding,
    is_eligible: fn(&mut See<'_>, &Outstanding) -> bool,
) -> Ways {
    let mut ways = Ways {
        some: false,
        every: request.kind != Kind::Continued,
    };
    if request.kind == Kind::Continued {
        return ways;
    }
    let ask = Ask {
        op: Op::Clock,
        reply: Reply::Nothing,
        listed: Vec::new(),
        ids: Vec::new(),
    };
    let mut said = Said::default();
    path.clear();
    loop {
        let eligible = is_eligible(&mut See::new(state, cx, now, &ask, path, &mut said), request);
        ways.some |= eligible;
        ways.every &= eligible;
        if !path.next_way() {
            return ways;
        }
    }
}
