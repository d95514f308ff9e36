//! A breach of the scheduler's or the device's: named, and gone on from.

use crate::op::{Ask, Now, Op};
use crate::report::{About, Alternative, Finding};
use crate::rule::{Force, Rule};
use crate::setting::Setting;
use crate::state::NEVER;
use crate::vocabulary::{Identifier, Millis, Record};

use super::pass::Pass;
use super::{explain, held, recover, words};

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
        let mut rules: Vec<&'static Rule> = self.said.forbidden.clone();
        if self.cx.taken_out().any() && self.passes_without() {
            return self.carry_on(ask, now, &[]);
        }
        if rules.is_empty() {
            let offered: Vec<_> = self.said.instead.iter().map(|(_, rule)| *rule).collect();
            let binds = |rule: &&'static Rule| rule.force == Force::Must;
            let is_held = |rule: &&'static Rule| rule.switch.is_some_and(|setting| setting.entry().fixed);
            rules = offered.iter().copied().filter(binds).collect();
            if rules.is_empty() {
                rules = offered.iter().copied().filter(is_held).collect();
            }
            if rules.is_empty() {
                rules = offered;
            }
        }
        let mut distinct: Vec<&'static Rule> = Vec::new();
        let held = held::against(self, ask, now);
        for rule in rules
            .into_iter()
            .chain(self.said.also.iter().copied())
            .chain(held.iter().copied().flat_map(held::rules_of))
        {
            if !distinct.contains(&rule) {
                distinct.push(rule);
            }
        }
        let instead = self.said.instead.iter().map(|(allowed, rule)| Alternative {
            what: words::allowed(*allowed),
            rule,
        });
        let instead = instead.collect();
        if self.accounts.is_some() {
            explain::account(self, ask, now);
        }
        let what = words::record(record, &ask.op);
        self.find(distinct, record.at, self.about(record, ask), what, instead);
        self.carry_on(ask, now, &held);
    }

    /// Goes on from what was observed, whatever the rules say; of the settings that it contradicts nothing is believed.
    fn carry_on(&mut self, ask: &Ask, now: &Now, held: &[Setting]) {
        let mut ids: Vec<_> = Vec::new();
        for branch in &mut self.set {
            held::forget(&mut branch.state, &self.cx, held, ask);
            recover::carry_on(&mut branch.state, &self.cx, now, ask, &mut ids);
        }
        self.merge_set();
        self.due = self.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
    }

    /// Notes a breach, unless the implementation does not model any of the rules' areas.
    pub(super) fn find(
        &mut self,
        rules: Vec<&'static Rule>,
        at: Millis,
        about: About,
        what: String,
        instead: Vec<Alternative>,
    ) {
        if self.gave_up {
            // A part of the states proves nothing.
            return;
        }
        let judged: Vec<_> = rules
            .into_iter()
            .filter(|rule| rule.in_force(self.cx.os) && self.cx.models(rule.id.area))
            .collect();
        let Some(first) = judged.iter().find(|rule| rule.force == Force::Must).or(judged.first()) else {
            return;
        };
        let party = first.bound;
        self.told.add(Finding {
            party,
            rules: judged,
            event: self.events,
            at,
            about,
            what,
            instead,
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
}
