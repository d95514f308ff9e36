//! Obligations fall due: by the clock, and at the end of the trace.

use crate::apply::finish;
use crate::context::Context;
use crate::facts::Fact;
use crate::op::{Now, TaskRef};
use crate::rule::{Party, Rule};
use crate::rules::{self, Debt};
use crate::setting::Setting;
use crate::state::{CardOwes, NEVER, State, Sym};
use crate::vocabulary::Millis;

use super::breach::Found;
use super::pass::Pass;
use super::set::Branch;
use super::words;

/// Lets everything fall due whose time was over before now. A state in which the scheduler failed an obligation is no
/// longer possible; if none is left, the scheduler broke the rule, and is forgiven, so that it is named once.
pub(super) fn fall_due(pass: &mut Pass, now: &Now) {
    loop {
        let due = pass.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
        if due >= now.earliest {
            return;
        }
        let at_due = Now {
            at: due,
            earliest: due,
            latest: due,
            ..*now
        };
        if learn_by_silence(pass, due, &Now { at: now.at, ..at_due }) {
            continue;
        }
        let broken: Vec<Vec<Debt>> = pass
            .set
            .iter()
            .map(|branch| debts_at(&branch.state, &pass.cx, due))
            .collect();
        lay_to_the_app(pass, &broken, due);
        let by_scheduler = |place: usize, pass: &Pass| {
            let state = &pass.set[place].state;
            broken[place]
                .iter()
                .any(|debt| rules::blame_of(state, &pass.cx, *debt).0 == Party::Scheduler)
        };
        let fails: Vec<bool> = (0..pass.set.len()).map(|place| by_scheduler(place, pass)).collect();
        if fails.iter().all(|fails| *fails) {
            if pass.accounts.is_some() {
                super::explain::account_debts(pass, &broken, due);
            }
            let cheapest = (0..pass.set.len())
                .min_by_key(|place| pass.set[*place].cost)
                .unwrap_or(0);
            let shared = |debt: &&Debt| broken.iter().all(|debts| debts.contains(debt));
            let is_shared = broken[cheapest]
                .iter()
                .any(|debt| shared(&debt) && is_scheduler(pass, cheapest, *debt));
            for debt in broken[cheapest].iter().filter(|debt| !is_shared || shared(debt)) {
                let (party, rule) = rules::blame_of(&pass.set[cheapest].state, &pass.cx, *debt);
                if party == Party::Scheduler {
                    let what = words::debt(&pass.cx, *debt, due);
                    let also = rules::also_of(&pass.set[cheapest].state, *debt);
                    let found = Found {
                        about: words::about(&pass.cx, *debt),
                        rules: std::iter::once(rule).chain(also).collect(),
                        // Where it was not launched it is the limit that is broken.
                        sure: usize::from(!matches!(debt, Debt::MadeRoom(_))),
                        instead: Vec::new(),
                        fixed: Vec::new(),
                    };
                    pass.find(found, due, what);
                }
            }
        } else {
            for place in (0..fails.len()).filter(|place| fails[*place]) {
                broken[place].iter().for_each(|debt| note_overdue(pass, place, *debt));
            }
            let mut fails = fails.iter();
            pass.set.retain(|_| !fails.next().copied().unwrap_or(false));
        }
        for branch in &mut pass.set {
            for debt in debts_at(&branch.state, &pass.cx, due) {
                rules::forgive(&mut branch.state, debt);
            }
            // With a reaction time of zero a new obligation may fall due at once: it counts from now.
            finish(&mut branch.state, &pass.cx, &Now { at: now.at, ..at_due });
        }
    }
}

/// What was due and is nobody's debt tells something by not having come.
fn learn_by_silence(pass: &mut Pass, due: Millis, now: &Now) -> bool {
    let mut learned = false;
    for place in 0..pass.set.len() {
        let mut told = debts_at(&pass.set[place].state, &pass.cx, due);
        told.retain(|debt| debt.only_tells());
        for debt in &told {
            note_overdue(pass, place, *debt);
            let state = &mut pass.set[place].state;
            match debt {
                Debt::Absence(id) => crate::apply::remove(state, *id),
                Debt::Over(..) | Debt::LaunchesOver | Debt::Landing(_) => rules::pass_over(state, *debt),
                _ => {
                    rules::learn_to_wait(state);
                    pass.said.asked |= 1 << Setting::ExpirationQueue as u64;
                }
            }
        }
        if !told.is_empty() {
            learned = true;
            finish(&mut pass.set[place].state, &pass.cx, now);
        }
    }
    learned
}

/// From now on a request can only have been refused without a word, by the rule that it would have broken.
fn note_overdue(pass: &mut Pass, place: usize, debt: Debt) {
    if let Debt::Absence(id) | Debt::Launch(id) | Debt::Card(TaskRef { id, .. }, CardOwes::Go) = debt {
        let (_, rule) = rules::blame_of(&pass.set[place].state, &pass.cx, debt);
        pass.cx.past_mut(id).overdue = Some(rule);
    }
}

fn is_scheduler(pass: &Pass, place: usize, debt: Debt) -> bool {
    rules::blame_of(&pass.set[place].state, &pass.cx, debt).0 == Party::Scheduler
}

fn lay_to_the_app(pass: &mut Pass, broken: &[Vec<Debt>], due: Millis) {
    for (place, debts) in broken.iter().enumerate() {
        for debt in debts {
            let (party, rule) = rules::blame_of(&pass.set[place].state, &pass.cx, *debt);
            if party == Party::App {
                let what = words::debt(&pass.cx, *debt, due);
                let about = words::about(&pass.cx, *debt);
                // A task that reports at the last moment has not stalled: the stall is there a millisecond later.
                let since = if let Debt::Progress(_) = debt { due + 1 } else { due };
                pass.blame_for(place, since, vec![rule], about, what);
            }
        }
    }
}

fn debts_at(state: &State, cx: &Context, due: Millis) -> Vec<Debt> {
    let mut debts = Vec::new();
    rules::each_debt(state, cx, |by, debt| {
        if by <= due {
            debts.push(debt);
        }
    });
    debts
}

/// What the app owes at the end of a closed trace, whatever the time.
pub(super) fn owed_at_the_end(state: &State, cx: &Context) -> Vec<(&'static Rule, Sym, String)> {
    let advice = rules::advice_at_the_end(state, cx);
    rules::owed_at_the_end(state)
        .chain(advice)
        .filter(|(rule, _)| !cx.lacks(rule))
        .map(|(rule, id)| (rule, id, words::at_the_end(cx, rule, id)))
        .collect()
}

/// What is still owed, in words.
pub(super) fn open(state: &State, cx: &Context) -> Vec<String> {
    let mut open = Vec::new();
    rules::each_debt(state, cx, |by, debt| {
        if by != NEVER && !matches!(debt, Debt::Progress(_)) && !debt.only_tells() {
            open.push(words::debt(cx, debt, by));
        }
    });
    open
}

/// Which value of each fixed choice setting the trace has decided.
pub(super) fn chosen(set: &[Branch], cx: &Context) -> Vec<(&'static str, &'static str)> {
    let mut chosen = Vec::new();
    for setting in Setting::ALL.iter().filter(|setting| setting.entry().fixed) {
        let fact = Fact::Setting(*setting);
        let open = cx.at_zero.mask(fact);
        let left = set.iter().fold(0, |mask, branch| mask | branch.state.facts.mask(fact));
        if open.count_ones() > 1 && left.count_ones() == 1 {
            let value = setting.values()[left.trailing_zeros() as usize];
            chosen.push((setting.entry().name, value));
        }
    }
    chosen
}
