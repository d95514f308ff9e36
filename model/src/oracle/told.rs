//! What was found so far. Of the same rules so many findings are told one by one, and the rest is counted, so that a
//! trace of any length needs no more memory.

use crate::report::{Finding, Repeat};
use crate::rule::{Party, Rule};
use crate::vocabulary::Millis;

/// So many findings of the same rules are told one by one.
const ONE_BY_ONE: u64 = 50;

/// What was found.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    findings: Vec<Finding>,
    /// For each set of rules how often it was found, the findings that are told included, and where last.
    counts: Vec<Repeat>,
}

impl Told {
    /// Keeps a finding, or counts it.
    pub(super) fn add(&mut self, finding: Finding) {
        let same = |count: &&mut Repeat| count.party == finding.party && count.rules == finding.rules;
        let times = match self.counts.iter_mut().find(same) {
            Some(count) => {
                count.times += 1;
                (count.event, count.at) = (finding.event, finding.at);
                count.times
            }
            None => {
                self.counts.push(Repeat {
                    party: finding.party,
                    rules: finding.rules.clone(),
                    times: 1,
                    event: finding.event,
                    at: finding.at,
                });
                1
            }
        };
        if times <= ONE_BY_ONE {
            self.findings.push(finding);
        }
    }

    /// Whether so many findings of these rules are told that another is only counted. Of no rules there is nothing to tell.
    pub(super) fn is_told_often(&self, rules: impl Iterator<Item = &'static Rule> + Clone) -> bool {
        rules.clone().next().is_none()
            || self
                .counts
                .iter()
                .any(|count| count.times >= ONE_BY_ONE && is_of(count, rules.clone()))
    }

    /// Counts a finding of rules that are told often.
    pub(super) fn count(&mut self, rules: impl Iterator<Item = &'static Rule> + Clone, event: u64, at: Millis) {
        if let Some(count) = self.counts.iter_mut().find(|count| is_of(count, rules.clone())) {
            count.times += 1;
            (count.event, count.at) = (event, at);
        }
    }

    /// How many breaches there were by others than the app, those that are only counted included.
    pub(super) fn breaches_of_others(&self) -> u64 {
        let by_others = |count: &&Repeat| count.party != Party::App && !count.is_advice();
        self.counts.iter().filter(by_others).map(|count| count.times).sum()
    }

    /// The findings that are told one by one.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings in the order of their events, and what was found more often.
    pub(super) fn take(self) -> (Vec<Finding>, Vec<Repeat>) {
        let Self {
            mut findings,
            mut counts,
        } = self;
        // The app is judged before the answer is looked at.
        findings.sort_by_key(|finding| (finding.event, finding.at, finding.party != Party::App));
        counts.retain_mut(|count| {
            count.times = count.times.saturating_sub(ONE_BY_ONE);
            count.times > 0
        });
        (findings, counts)
    }
}

/// Whether it counts breaches of these rules by the party that they bind.
fn is_of(count: &Repeat, mut rules: impl Iterator<Item = &'static Rule> + Clone) -> bool {
    rules.clone().next().is_some_and(|first| first.bound == count.party)
        && rules.by_ref().eq(count.rules.iter().copied())
}
