//! The smallest edit of a trace by which one finding disappears and no new one comes.
//!
//! Edits are tried in a fixed order, smaller ones first, each judged by an oracle of its own over the whole trace. Where
//! none does it alone, each is tried once more, and the later lines that then contradict it are left out too. The search
//! is bounded by the lines that are judged. What it finds is a way out, not the only one.

mod candidates;
mod plan;

use std::collections::BTreeMap;

use bgspec_model::oracle::Oracle;
use bgspec_model::oracle::explain::Account;
use bgspec_model::report::{Finding, Report, Verdict};
use bgspec_model::vocabulary::Record;

use self::plan::Plan;
use super::form::Edit;
use super::{Asked, key};

/// So many lines are judged at most for one finding.
const BUDGET: usize = 400_000;
/// So many later lines are left out at most.
const FOLLOWING: usize = 6;

/// The smallest edit that was found, and how many were tried.
pub(super) fn smallest(
    asked: &Asked<'_>,
    report: &Report,
    finding: &Finding,
    account: Option<&Account>,
) -> (Option<Edit>, usize) {
    let place = finding.event as usize - 1;
    let Some(record) = asked.records.get(place) else {
        return (None, 0);
    };
    let mut search = Search::new(asked, report, finding);
    let plans = candidates::plans(asked.records, place, record, finding, account);
    for plan in &plans {
        let Some(records) = plan.apply(asked.records) else {
            continue;
        };
        if let Outcome::Gone { conforms } = search.judge(&records) {
            return (Some(plan.tell(asked.records, &[], conforms)), search.tried);
        }
    }
    let mut best: Option<(usize, Edit)> = None;
    for plan in &plans {
        let most = best.as_ref().map_or(FOLLOWING, |(dropped, _)| dropped - 1);
        if let Some((dropped, conforms)) = search.clear(plan, most) {
            best = Some((dropped.len(), plan.tell(asked.records, &dropped, conforms)));
        }
        if best.as_ref().is_some_and(|(dropped, _)| *dropped <= 1) {
            break;
        }
    }
    (best.map(|(_, edit)| edit), search.tried)
}

type Counts = BTreeMap<(String, Vec<String>), usize>;

fn counts<'a>(findings: impl Iterator<Item = &'a Finding>) -> Counts {
    let mut counts = Counts::new();
    findings.for_each(|finding| *counts.entry(key(finding)).or_default() += 1);
    counts
}

struct Search<'a> {
    asked: &'a Asked<'a>,
    /// The findings that may stay.
    allowed: Counts,
    /// The place of the finding that is to go.
    place: usize,
    doubts: usize,
    judged: usize,
    tried: usize,
}

/// What became of an edited trace.
enum Outcome {
    /// The finding is gone and no other came.
    Gone {
        /// There is no finding at all.
        conforms: bool,
    },
    /// This line is against it.
    Against(usize),
    /// It is no way out.
    No,
}

impl<'a> Search<'a> {
    fn new(asked: &'a Asked<'a>, report: &Report, finding: &Finding) -> Self {
        let mut allowed = counts(report.findings.iter());
        if let Some(count) = allowed.get_mut(&key(finding)) {
            *count -= 1;
        }
        Self {
            asked,
            allowed,
            place: finding.event as usize - 1,
            doubts: report.doubts.len(),
            judged: 0,
            tried: 0,
        }
    }

    fn judge(&mut self, records: &[Record]) -> Outcome {
        self.judged += records.len();
        if self.judged > BUDGET {
            return Outcome::No;
        }
        self.tried += 1;
        let Ok(mut oracle) = Oracle::new(self.asked.header, self.asked.terms) else {
            return Outcome::No;
        };
        for (place, record) in records.iter().enumerate() {
            if oracle.step(record).is_err() {
                return Outcome::Against(place);
            }
        }
        let report = oracle.finish();
        let found = counts(report.findings.iter());
        let more = |finding: &&Finding| {
            let key = key(finding);
            found.get(&key) > self.allowed.get(&key).or(Some(&0))
        };
        if let Some(new) = report.findings.iter().find(more) {
            return Outcome::Against(new.event as usize - 1);
        }
        if report.doubts.len() > self.doubts {
            return Outcome::No;
        }
        Outcome::Gone {
            conforms: report.verdict == Verdict::Conforms,
        }
    }

    /// Tries an edit and leaves out the later lines that are against it: which, by their places in the edited trace, and
    /// whether the trace conforms then.
    fn clear(&mut self, plan: &Plan, most: usize) -> Option<(Vec<Record>, bool)> {
        let mut records = plan.apply(self.asked.records)?;
        let mut dropped = Vec::new();
        loop {
            match self.judge(&records) {
                Outcome::Gone { conforms } => return Some((dropped, conforms)),
                Outcome::Against(line) if line >= self.place && dropped.len() < most => {
                    let is_event = records.get(line).is_some_and(|record| record.end.is_none());
                    if !is_event || plan.touches(line) {
                        return None;
                    }
                    dropped.push(records.remove(line));
                }
                Outcome::Against(_) | Outcome::No => return None,
            }
        }
    }
}
