//! The smallest edit of a trace by which one finding disappears and no new one comes.
//!
//! The smallest is the one that changes the fewest lines; of those, the one that stays nearest to the event; of those,
//! the one that says most. The edits that are worth trying are tried in this order, each judged by an oracle of its own;
//! one after which later lines contradict the trace is tried once more without them, as long as that changes no more
//! lines than the best so far. The search is bounded by the lines that are judged: what it finds is the smallest way out
//! of those that it tried, not the only one. No edit copies the trace, and what lies before the event is judged once.

mod candidates;
mod plan;

use std::collections::BTreeMap;

use bgspec_model::oracle::explain::Account;
use bgspec_model::oracle::{Foresight, Oracle};
use bgspec_model::report::{Finding, Report, Verdict};
use bgspec_model::vocabulary::Record;

use self::plan::{Plan, Size};
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
    let mut plans = candidates::plans(asked.records, place, record, finding, account);
    plans.retain(|plan| plan.fits(asked.records) && !plan.makes_worse(asked.records, finding));
    // A stable order: of edits of one size the first says most.
    plans.sort_by_key(|plan| plan.size(asked.records, place));
    let mut best: Option<(Size, Edit)> = None;
    for plan in &plans {
        if let Outcome::Gone { conforms } = search.judge(plan, &[]) {
            let size = plan.size(asked.records, place);
            best = Some((size, plan.tell(asked, &[], conforms)));
            break;
        }
    }
    for plan in &plans {
        let size = plan.size(asked.records, place);
        let most = match &best {
            Some((best, _)) => best.lines.saturating_sub(size.lines).min(FOLLOWING),
            None => FOLLOWING,
        };
        let Some((dropped, conforms)) = search.clear(plan, most) else {
            continue;
        };
        let farthest = dropped.iter().map(|(line, _)| line.abs_diff(place)).max();
        let size = Size {
            lines: size.lines + dropped.len(),
            farthest: size.farthest.max(farthest.unwrap_or_default()),
        };
        if best.as_ref().is_none_or(|(best, _)| size < *best) {
            let dropped: Vec<_> = dropped.into_iter().map(|(_, record)| record).collect();
            best = Some((size, plan.tell(asked, &dropped, conforms)));
        }
    }
    (best.map(|(_, edit)| edit), search.tried)
}

type Counts = BTreeMap<(String, Vec<String>), u64>;

/// How often each was broken, what is only counted included.
fn counts(report: &Report) -> Counts {
    let mut counts = Counts::new();
    for finding in &report.findings {
        *counts.entry(key(finding.party, &finding.rules)).or_default() += 1;
    }
    for repeat in report.repeats.iter().filter(|repeat| !repeat.is_advice()) {
        *counts.entry(key(repeat.party, &repeat.rules)).or_default() += repeat.times;
    }
    counts
}

struct Search<'a> {
    asked: &'a Asked<'a>,
    /// The findings that may stay.
    allowed: Counts,
    /// The place of the finding that is to go.
    place: usize,
    doubts: usize,
    /// An oracle that has judged what lies before the place.
    before: Option<Oracle>,
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
        let mut allowed = counts(report);
        if let Some(count) = allowed.get_mut(&key(finding.party, &finding.rules)) {
            *count -= 1;
        }
        Self {
            asked,
            allowed,
            place: finding.event as usize - 1,
            doubts: report.doubts.len(),
            before: None,
            judged: 0,
            tried: 0,
        }
    }

    /// Judges the edited trace without the lines that stand in `gone`, by their places in it.
    fn judge(&mut self, plan: &Plan, gone: &[usize]) -> Outcome {
        let from = if plan.first() >= self.place { self.place } else { 0 };
        let lines = self.asked.records.len() - from;
        if self.judged + lines > BUDGET {
            return Outcome::No;
        }
        self.judged += lines;
        self.tried += 1;
        let Some(mut oracle) = self.oracle_at(from) else {
            return Outcome::No;
        };
        if !Foresight::of(self.asked.records).is_empty() {
            let lines: Vec<_> = plan.lines(self.asked.records).collect();
            let left = lines.iter().enumerate().filter(|(place, _)| !gone.contains(place));
            oracle.foresee(Foresight::of(left.map(|(_, record)| record.as_ref())));
        }
        let left = plan.lines(self.asked.records).enumerate().skip(from);
        for (place, record) in left.filter(|(place, _)| !gone.contains(place)) {
            if oracle.step(&record).is_err() {
                return Outcome::Against(place);
            }
        }
        let report = oracle.finish();
        let found = counts(&report);
        let more = |finding: &&Finding| {
            let key = key(finding.party, &finding.rules);
            found.get(&key) > self.allowed.get(&key).or(Some(&0))
        };
        if let Some(new) = report.findings.iter().find(more) {
            // Events are counted without the lines that are gone.
            let mut line = new.event as usize - 1;
            gone.iter().for_each(|gone| line += usize::from(*gone <= line));
            return Outcome::Against(line);
        }
        if report.doubts.len() > self.doubts {
            return Outcome::No;
        }
        Outcome::Gone {
            conforms: report.verdict == Verdict::Conforms,
        }
    }

    /// An oracle that has judged the lines before the place, or none of them.
    fn oracle_at(&mut self, place: usize) -> Option<Oracle> {
        let new = || Oracle::new(self.asked.header, self.asked.terms).ok();
        if place == 0 {
            return new();
        }
        if self.before.is_none() {
            let mut oracle = new()?;
            oracle.foresee(Foresight::of(self.asked.records));
            for record in &self.asked.records[..place] {
                oracle.step(record).ok()?;
            }
            self.before = Some(oracle);
        }
        self.before.clone()
    }

    /// Tries an edit and leaves out the later lines that are against it, at most so many: which, with their places in
    /// the edited trace, and whether the trace conforms then.
    fn clear(&mut self, plan: &Plan, most: usize) -> Option<(Vec<(usize, Record)>, bool)> {
        let mut gone: Vec<usize> = Vec::new();
        let mut dropped = Vec::new();
        if most == 0 {
            return None;
        }
        loop {
            match self.judge(plan, &gone) {
                Outcome::Gone { conforms } => return Some((dropped, conforms)),
                Outcome::Against(line) if line >= self.place && gone.len() < most && !plan.touches(line) => {
                    let record = plan.lines(self.asked.records).nth(line)?.into_owned();
                    if record.end.is_some() {
                        return None;
                    }
                    gone.push(line);
                    gone.sort_unstable();
                    dropped.push((line, record));
                }
                Outcome::Against(_) | Outcome::No => return None,
            }
        }
    }
}
