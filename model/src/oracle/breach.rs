//! A breach of the scheduler's or the device's: named, and gone on from.

use crate::facts::Fact;
use crate::op::{Ask, Now, Op};
use crate::report::{About, Alternative, Finding, Fixed};
use crate::rule::{Force, Rule};
use crate::rules;
use crate::see::{Path, Said, See};
use crate::setting::{Setting, Type};
use crate::state::NEVER;
use crate::vocabulary::{Identifier, Millis, Record};

use super::instead::instead;
use super::pass::Pass;
use super::{earlier, explain, held, recover, words};

impl Pass {
    /// Nothing allows what was seen: names the rules, and goes on.
    pub(super) fn breach(&mut self, record: &Record, ask: &Ask, now: &Now) {
        let calls = now.caller.app && ask.op.is_call() || matches!(ask.op, Op::SubmissionCompleted { .. });
        if self.may_be_dead && !self.cx.records("killed") && calls {
            // A call of a process that may be dead.
            return self.carry_on(ask, now, &[]);
        }
        self.breaches += 1;
        if self.said.hinges != 0 {
            self.refuse_as_usual(ask, now);
        }
        if self.cx.lacks_any() && self.passes_without() || self.is_undeclared() {
            return self.carry_on(ask, now, &[]);
        }
        let rules = against(&self.said);
        let sure = self.surely_broken(ask, now);
        let held = held::against(self, ask, now);
        // What is surely broken stands first.
        let mut distinct: Vec<&'static Rule> = rules.iter().copied().filter(|rule| sure.contains(rule)).collect();
        let sure = distinct.len();
        let others = rules.into_iter().chain(self.said.also.iter().copied());
        for rule in others.chain(held.iter().copied().flat_map(held::rules_of)) {
            if !distinct.contains(&rule) {
                distinct.push(rule);
            }
        }
        let instead = instead(self, ask);
        if self.accounts.is_some() {
            explain::account(self, ask, now);
        }
        let granted = self.set.iter().find_map(|branch| branch.state.granted);
        let what = words::record(record, &ask.op, granted.map(|id| self.cx.name(id)));
        let fixed = self.fixed.iter().copied().filter(|fixed| held.contains(&fixed.setting));
        let fixed = fixed.collect();
        self.find(
            Found {
                about: self.about(record, ask),
                rules: distinct,
                sure,
                instead,
                fixed,
            },
            record.at,
            what,
        );
        self.carry_on(ask, now, &held);
    }

    /// The rules that are against what was seen in every state and on every way: surely broken, where the others only may
    /// be.
    fn surely_broken(&self, ask: &Ask, now: &Now) -> Vec<&'static Rule> {
        let (mut path, mut said) = (Path::default(), Said::default());
        let mut sure: Option<Vec<&'static Rule>> = None;
        for branch in &self.set {
            path.clear();
            loop {
                said.forbidden.clear();
                said.suspected.clear();
                said.demanded.clear();
                said.instead.clear();
                rules::decide(&mut See::new(&branch.state, &self.cx, now, ask, &mut path, &mut said));
                let mut here = against(&said);
                here.retain(|rule| !said.suspected.contains(rule));
                match &mut sure {
                    None => sure = Some(here),
                    Some(sure) => sure.retain(|rule| here.contains(rule)),
                }
                if sure.as_ref().is_some_and(Vec::is_empty) || !path.next_way() {
                    break;
                }
            }
        }
        sure.unwrap_or_default()
    }

    /// Goes on from what was observed, whatever the rules say; of the settings that it contradicts nothing is believed.
    fn carry_on(&mut self, ask: &Ask, now: &Now, held: &[Setting]) {
        let mut ids: Vec<_> = Vec::new();
        self.fixed.retain(|fixed| !held.contains(&fixed.setting));
        for branch in &mut self.set {
            held::forget(&mut branch.state, &self.cx, held, ask);
            recover::carry_on(&mut branch.state, &self.cx, now, ask, &mut ids);
        }
        self.merge_set();
        self.due = self.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
    }

    /// Notes a breach, unless the implementation does not model any of the rules' areas. A `may` is named only where what
    /// binds it is all that there is.
    pub(super) fn find(&mut self, found: Found, at: Millis, what: String) {
        if self.gave_up {
            // A part of the states proves nothing.
            return;
        }
        let binds = |rule: &Rule| rule.force == Force::Must || self.is_bound(rule);
        let bound = found.rules.iter().any(|rule| binds(rule));
        let judged =
            |rule: &&'static Rule| rule.in_force(self.cx.os) && self.cx.models_rule(rule) && (!bound || binds(rule));
        let (sure, perhaps) = found.rules.split_at(found.sure);
        let mut rules: Vec<_> = sure.iter().copied().filter(judged).collect();
        let sure = rules.len();
        rules.extend(perhaps.iter().copied().filter(judged));
        let Some(first) = rules.iter().find(|rule| rule.force == Force::Must).or(rules.first()) else {
            return;
        };
        let party = first.bound;
        let earlier = earlier::contradicted(&self.cx, &rules, &found.about);
        self.told.add(Finding {
            earlier,
            party,
            rules,
            sure,
            event: self.events,
            at,
            about: found.about,
            what,
            instead: found.instead,
            fixed: found.fixed,
        });
    }

    /// Whom a line is about; the end of a call that overlaps others is about what the call was about.
    fn about(&self, record: &Record, ask: &Ask) -> About {
        let about = record.event.as_ref().map_or_else(About::default, About::of);
        let id = match &ask.op {
            Op::Submit(submission) => submission.request.id,
            Op::Register { id, .. } | Op::Cancel(id) => *id,
            _ => return about,
        };
        if about.ids.is_empty() {
            About::id(Identifier::from(self.cx.name(id)))
        } else {
            about
        }
    }

    /// Whether a `may` is bound by the value that its setting has, or is taken out.
    fn is_bound(&self, rule: &Rule) -> bool {
        let Some(setting) = rule.switch else {
            return self.cx.taken_out().is_named(rule);
        };
        let value = match setting.entry().kind {
            Type::Choice(_) => self.cx.at_zero.mask(Fact::Setting(setting)).count_ones() == 1,
            Type::Count | Type::Duration => self.cx.profile.count(setting).is_some(),
        };
        value || self.cx.taken_out().is_named(rule)
    }
}

/// What a breach is about.
pub(super) struct Found {
    /// Whom it is about.
    pub(super) about: About,
    /// The rules, those that are surely broken first.
    pub(super) rules: Vec<&'static Rule>,
    /// So many are surely broken.
    pub(super) sure: usize,
    /// What was allowed instead.
    pub(super) instead: Vec<Alternative>,
    /// The choices that it contradicts.
    pub(super) fixed: Vec<Fixed>,
}

/// The rules against what was seen: those that forbid it, or else those that demand another answer, or else those that
/// offer one.
fn against(said: &Said) -> Vec<&'static Rule> {
    if !said.forbidden.is_empty() {
        return said.forbidden.clone();
    }
    if !said.demanded.is_empty() {
        return said.demanded.clone();
    }
    let mut offered: Vec<&'static Rule> = Vec::new();
    for (_, rule) in &said.instead {
        if !offered.contains(rule) {
            offered.push(rule);
        }
    }
    let binds = |rule: &&'static Rule| rule.force == Force::Must;
    let is_held = |rule: &&'static Rule| rule.switch.is_some_and(|setting| setting.entry().fixed);
    let mut rules: Vec<_> = offered.iter().copied().filter(binds).collect();
    if rules.is_empty() {
        rules = offered.iter().copied().filter(is_held).collect();
    }
    if rules.is_empty() { offered } else { rules }
}
