//! What was found so far. Of the same rules so many findings are told one by one, and the rest is counted, so that a
//! trace of any length needs no more memory.

use crate::report::{Finding, Repeat};
use crate::rule::Party;

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
