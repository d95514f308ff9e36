//! One fault is named once, and two that lie far apart are both named.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{Change, Sort, changes};
use crate::judge::{conforming, conforming_corpus, judge};
use crate::source::{Random, Trace};

/// The events of the findings against the scheduler, if the changed trace can be judged.
fn found(trace: &Trace) -> Option<BTreeSet<u64>> {
    let judged = judge(trace).ok()?;
    (!judged.gave_up()).then(|| judged.scheduler().map(|finding| finding.event).collect())
}

/// Changes that are one fault: a line dropped or swapped may leave a trace in which much is missing.
fn is_one_fault(sort: Sort) -> bool {
    matches!(
        sort,
        Sort::OtherAnswer | Sort::OtherKind | Sort::Shortened | Sort::Lengthened | Sort::Twice | Sort::Spurious
    )
}

#[test]
fn one_fault_gives_one_finding() {
    let mut random = Random::new(6);
    let mut counts: BTreeMap<Sort, [u32; 2]> = BTreeMap::new();
    let mut worst: Option<(usize, String)> = None;
    for trace in conforming().iter().chain(conforming_corpus().iter().step_by(3)) {
        let all: Vec<Change> = changes(trace)
            .into_iter()
            .filter(|change| is_one_fault(change.sort))
            .collect();
        for _ in 0..all.len().min(30) {
            let change = &all[random.below(all.len())];
            let changed = change.of(trace);
            let Some(events) = found(&changed).filter(|events| !events.is_empty()) else {
                continue;
            };
            let [found, once] = counts.entry(change.sort).or_default();
            *found += 1;
            if events.len() == 1 {
                *once += 1;
            } else if worst.as_ref().is_none_or(|(length, _)| changed.records.len() < *length) {
                worst = Some((
                    changed.records.len(),
                    format!("{}\n{}", judge(&changed).unwrap().short(), changed.lines()),
                ));
            }
        }
    }
    let [found, once] = counts.values().fold([0, 0], |[a, b], [c, d]| [a + c, b + d]);
    for (sort, [found, once]) in &counts {
        println!("{:14} {found:5} found, {once:5} once", sort.name());
    }
    println!("one fault, one finding: {once} of {found}");
    let (_, worst) = worst.unwrap_or_default();
    assert!(found >= 5_000, "{found}");
    assert!(
        once == found,
        "{once} of {found}, the shortest named more often:\n{worst}"
    );
}

#[test]
fn two_faults_far_apart_are_both_found() {
    let mut random = Random::new(66);
    let (mut pairs, mut both) = (0, 0);
    let mut missed = String::new();
    for trace in conforming() {
        let all: Vec<Change> = changes(trace)
            .into_iter()
            .filter(|change| matches!(change.sort, Sort::OtherAnswer | Sort::OtherKind | Sort::Lengthened))
            .collect();
        for _ in 0..all.len().min(6) {
            let (first, second) = (&all[random.below(all.len())], &all[random.below(all.len())]);
            if second.place < first.place + trace.records.len() / 3 + 1 {
                continue;
            }
            let (Some(one), Some(two)) = (found(&first.of(trace)), found(&second.of(trace))) else {
                continue;
            };
            // Both changes keep the number of lines, so that the places stay.
            if one.len() != 1 || two.len() != 1 {
                continue;
            }
            let changed = second.of(&first.of(trace));
            let Some(events) = found(&changed) else { continue };
            pairs += 1;
            if events.is_superset(&one) && events.is_superset(&two) {
                both += 1;
            } else if missed.is_empty() {
                missed = format!(
                    "expected {one:?} and {two:?}: {}\n{}",
                    judge(&changed).unwrap().short(),
                    changed.lines()
                );
            }
        }
    }
    println!("two faults: both found in {both} of {pairs}");
    assert!(pairs >= 80, "{pairs}");
    assert!(
        both * 100 >= pairs * BOTH_IN_A_HUNDRED,
        "{both} of {pairs}, the first missed:\n{missed}"
    );
}

/// Measured: 252 of 255. A fault may put in doubt what the second is about.
const BOTH_IN_A_HUNDRED: u32 = 95;
