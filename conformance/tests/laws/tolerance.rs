//! Times that are exact to a tolerance only: what hangs on less is inconclusive, and never breaks.

use bgspec_model::report::Verdict;
use bgspec_model::vocabulary::*;

use crate::judge::{conforming, conforming_corpus, judge, no_complaints, sort_of};
use crate::source::{Random, Trace};

/// The trace as a recorder would have written it whose clock is off by so much at most, this way and that.
fn jittered(trace: &Trace, by: Millis, tolerance: Millis, random: &mut Random) -> Trace {
    let mut trace = trace.clone();
    let width = usize::try_from(2 * by + 1).unwrap();
    let mut last = Millis::MIN;
    for record in &mut trace.records {
        let off = Millis::try_from(random.below(width)).unwrap() - by;
        record.at = (record.at + off).max(last);
        record.to = None;
        last = record.at;
    }
    trace.header.tolerance = tolerance;
    trace.name = format!("{}, off by {by} ms, tolerance {tolerance} ms", trace.name);
    trace
}

#[test]
fn times_within_the_tolerance_never_break() {
    let mut complaints = Vec::new();
    let (mut judged, mut inconclusive) = (0, 0);
    let mut random = Random::new(4);
    for trace in conforming().iter().chain(conforming_corpus()) {
        let by = [20, 400, 3_000][random.below(3)];
        let trace = jittered(trace, by, by, &mut random);
        let Ok(wide) = judge(&trace) else { continue };
        judged += 1;
        inconclusive += u32::from(wide.report.verdict == Verdict::Inconclusive);
        if let Some(finding) = wide.scheduler().next() {
            complaints.push((
                trace.records.len(),
                sort_of(finding),
                format!("{}\n{}", wide.short(), trace.lines()),
            ));
        }
    }
    println!("{judged} jittered traces, {inconclusive} inconclusive");
    assert!(inconclusive > 5, "{inconclusive}");
    no_complaints("the tolerance", complaints);
}

#[test]
fn a_breach_that_a_tolerance_takes_away_leaves_a_doubt() {
    let (mut kept, mut doubted) = (0, 0);
    for trace in crate::source::corpus().iter().step_by(2) {
        let Ok(strict) = judge(trace) else { continue };
        if strict.first().is_none() || trace.header.tolerance > 0 {
            continue;
        }
        let mut loose = trace.clone();
        loose.header.tolerance = 2_000;
        let wide = judge(&loose).unwrap();
        match wide.report.verdict {
            Verdict::Conforms => panic!("{}\n{}", strict.short(), loose.lines()),
            Verdict::Inconclusive => doubted += 1,
            Verdict::Breaks => kept += 1,
        }
    }
    println!("{kept} breaches stand, {doubted} are doubted");
    assert!(kept > 100 && doubted > 0);
}
