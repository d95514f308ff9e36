//! The end of a pass: its report.

use crate::report::{Doubt, Report, Verdict};
use crate::rules;
use crate::state::State;
use crate::vocabulary::End;

use super::pass::Pass;
use super::{Ending, fails};

impl Pass {
    pub(super) fn report(mut self, wide: bool) -> Report {
        self.end_lost();
        let cheapest = self
            .set
            .iter()
            .min_by_key(|branch| branch.cost)
            .map_or(0, |branch| branch.blame);
        let rest: Vec<_> = self
            .chain(cheapest)
            .iter()
            .map(|place| self.blames[*place].finding.clone())
            .collect();
        rest.into_iter().for_each(|finding| self.told.add(finding));
        // Where some state owes nothing more, what is seen conforms whatever follows.
        let owed = self.set.iter().map(|branch| {
            let open = super::time::open(&branch.state, &self.cx);
            let unfinished = self.unfinished(&branch.state);
            (branch.cost, open, unfinished)
        });
        let (_, open, unfinished) = owed
            .min_by_key(|(cost, open, unfinished)| (*cost, open.len() + unfinished.len()))
            .unwrap_or_default();
        if self.ending != Ending::Line(End::Closed) {
            for owed in open.iter().chain(&unfinished) {
                self.doubts.push(Doubt {
                    event: self.events,
                    until: None,
                    at: self.at,
                    why: format!("the recording stops before its time is over: {owed}"),
                    party: None,
                });
            }
        }
        let (findings, repeats) = std::mem::take(&mut self.told).take();
        let (findings, advice): (Vec<_>, Vec<_>) = findings.into_iter().partition(fails);
        let verdict = if !findings.is_empty() {
            Verdict::Breaks
        } else if !self.doubts.is_empty() {
            Verdict::Inconclusive
        } else {
            Verdict::Conforms
        };
        let exercised = if wide {
            rules::all()
                .map(|rule| (rule, self.said.exercised.of(rule)))
                .filter(|(rule, count)| *count > 0 && rule.in_force(self.cx.os))
                .collect()
        } else {
            Vec::new()
        };
        let chosen = super::time::chosen(&self.set, &self.cx);
        Report {
            verdict,
            findings,
            advice,
            repeats,
            doubts: self.doubts,
            assumes: if verdict == Verdict::Breaks {
                Vec::new()
            } else {
                self.assumes
            },
            events: self.events,
            open,
            most_states: self.most_states,
            exercised,
            chosen,
        }
    }

    /// What the app owes by the end of a closed trace, and has no time of its own (CMP-1): after a cut it may still come.
    fn unfinished(&self, state: &State) -> Vec<String> {
        if self.cx.limits.grace.is_some() {
            return Vec::new();
        }
        let owed = rules::owed_at_the_end(state);
        owed.map(|(rule, id)| {
            format!(
                "the app has to complete the expired task of {} ({})",
                self.cx.name(id),
                rule.id
            )
        })
        .collect()
    }
}
