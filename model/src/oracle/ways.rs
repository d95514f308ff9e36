//! Every way through the open questions of an event in one state, and which of them are one.

use crate::context::Context;
use crate::facts::Fact;
use crate::op::{Ask, Now, Op};
use crate::rules;
use crate::see::{Effect, Outcome, Path, Place, Said, See, Shown};
use crate::setting::Setting;
use crate::state::{State, Sym};

/// Every way through the open questions of an event in a state.
#[inline(always)]
pub(super) fn decide(state: &State, cx: &Context, now: &Now, ask: &Ask, path: &mut Path, said: &mut Said) {
    each_way(state, cx, now, ask, path, said, rules::decide);
}

pub(super) fn land(state: &State, cx: &Context, now: &Now, ask: &Ask, path: &mut Path, said: &mut Said) {
    each_way(state, cx, now, ask, path, said, land_one);
}

fn land_one(see: &mut See<'_>) {
    let ask = see.ask;
    if let Op::Submit(submission) = &ask.op {
        rules::land(see, submission);
    }
}

#[inline(always)]
fn each_way(
    state: &State,
    cx: &Context,
    now: &Now,
    ask: &Ask,
    path: &mut Path,
    said: &mut Said,
    decide: fn(&mut See<'_>),
) {
    path.clear();
    decide(&mut See::new(state, cx, now, ask, path, said));
    // Mostly nothing is open, and one answer fits.
    if path.has_forked() || said.outcomes.len() > 1 || said.keeps_every_path {
        other_ways(state, cx, now, ask, path, said, decide);
    }
}

#[inline(never)]
fn other_ways(
    state: &State,
    cx: &Context,
    now: &Now,
    ask: &Ask,
    path: &mut Path,
    said: &mut Said,
    decide: fn(&mut See<'_>),
) {
    while path.next_way() {
        decide(&mut See::new(state, cx, now, ask, path, said));
    }
    if said.keeps_every_path {
        spread(&mut said.outcomes);
    } else {
        join(&mut said.outcomes);
    }
}

/// Takes apart what is kept as one state with a flag: a request that may be there is there, or it is not.
fn spread(outcomes: &mut Vec<Outcome>) {
    for place in 0..outcomes.len() {
        if outcomes[place].effect == Effect::MayPut {
            outcomes[place].effect = Effect::Put(Place::Back);
            outcomes.push(Outcome {
                effect: Effect::Nothing,
                ..outcomes[place].clone()
            });
        }
    }
}

/// Joins outcomes that differ in one open question only: its answer did not matter.
fn join(outcomes: &mut Vec<Outcome>) {
    let mut place = 0;
    while place < outcomes.len() {
        let mut other = place + 1;
        let mut joined = false;
        while other < outcomes.len() {
            if let Some(both) = joined_pair(&outcomes[place], &outcomes[other]) {
                outcomes[place] = both;
                outcomes.swap_remove(other);
                joined = true;
            } else {
                other += 1;
            }
        }
        // A join may make another possible.
        place = if joined { 0 } else { place + 1 };
    }
}

/// Settings by which the effect itself differs, though it has one name.
const READ_WHEN_APPLIED: [Setting; 2] = [Setting::FailedCardReplacedOnRetry, Setting::HealthNeedsIdle];

fn joined_pair(a: &Outcome, b: &Outcome) -> Option<Outcome> {
    let apart = READ_WHEN_APPLIED.map(Fact::Setting);
    let (of_a, of_b) = (a.shown(), b.shown());
    if a.effect != b.effect
        || of_a.marked != of_b.marked
        || of_a.launched != of_b.launched
        || apart.iter().any(|fact| a.facts.mask(*fact) != b.facts.mask(*fact))
    {
        return None;
    }
    for (wide, narrow) in [(a, b), (b, a)] {
        let includes = |told: &[(Sym, bool)], more: &[(Sym, bool)]| told.iter().all(|one| more.contains(one));
        if wide.facts.covers(narrow.facts)
            && includes(&wide.shown().presence, &narrow.shown().presence)
            && includes(&wide.shown().handlers, &narrow.shown().handlers)
        {
            return Some(wide.clone());
        }
    }
    if of_a.presence == of_b.presence && of_a.handlers == of_b.handlers {
        return a.facts.joined(b.facts).map(|facts| Outcome { facts, ..a.clone() });
    }
    if a.facts != b.facts {
        return None;
    }
    let shown = if of_a.handlers == of_b.handlers {
        let presence = without_one(&of_a.presence, &of_b.presence)?;
        Shown {
            presence,
            ..of_a.clone()
        }
    } else if of_a.presence == of_b.presence {
        let handlers = without_one(&of_a.handlers, &of_b.handlers)?;
        Shown {
            handlers,
            ..of_a.clone()
        }
    } else {
        return None;
    };
    Some(Outcome {
        shown: Some(Box::new(shown)),
        ..a.clone()
    })
}

/// Where two lists differ in one answer only, the list without it.
fn without_one<T: PartialEq + Copy>(a: &[(T, bool)], b: &[(T, bool)]) -> Option<Vec<(T, bool)>> {
    if a.len() != b.len() || a.iter().zip(b).any(|(a, b)| a.0 != b.0) {
        return None;
    }
    let differs: Vec<_> = (0..a.len()).filter(|i| a[*i].1 != b[*i].1).collect();
    let [place] = differs.as_slice() else { return None };
    Some(
        a.iter()
            .enumerate()
            .filter(|(i, _)| i != place)
            .map(|(_, pair)| *pair)
            .collect(),
    )
}
