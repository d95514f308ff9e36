//! What the recording did not see is never held against the scheduler: a late start, and a declared gap.

use std::collections::BTreeSet;

use bgspec_model::vocabulary::*;

use crate::change::{Sort, changes};
use crate::judge::{conforming, conforming_corpus, judge, no_complaints, sort_of};
use crate::source::{Random, Trace};

/// Whether some call has begun and not ended, at each cut.
fn open_calls(records: &[Record]) -> Vec<bool> {
    let mut open = BTreeSet::new();
    let mut at_cut = vec![false];
    for record in records {
        match (record.call, &record.event) {
            (Some(call), Some(Event::End(_))) => {
                open.remove(&call);
            }
            (Some(call), _) => {
                open.insert(call);
            }
            _ => {}
        }
        at_cut.push(!open.is_empty());
    }
    at_cut
}

/// The header of a recording that starts behind these lines: of the device nothing is known, of the app what its last
/// update made of it.
fn header_behind(header: &Header, lines: &[Record]) -> Header {
    let mut header = header.clone();
    header.initial = Initial::Unknown;
    header.device = Device::default();
    for line in lines {
        if let Some(Event::Updated(facts)) = &line.event {
            let facts = facts.clone();
            header.permitted = facts.permitted.unwrap_or(header.permitted);
            header.modes = facts.modes.unwrap_or(header.modes);
            header.entitlements = facts.entitlements.unwrap_or(header.entitlements);
            header.study_opt_in = facts.study_opt_in.unwrap_or(header.study_opt_in);
        }
    }
    header
}

/// Whether the app is there behind these lines: a recording says nothing of an app that is not.
fn is_installed(lines: &[Record]) -> bool {
    lines.iter().fold(true, |installed, line| match line.event {
        Some(Event::Uninstalled(_)) => false,
        Some(Event::Installed(_)) => true,
        _ => installed,
    })
}

fn started_at(trace: &Trace, cut: usize) -> Trace {
    let (before, rest) = trace.records.split_at(cut);
    Trace {
        name: format!("{} from line {}", trace.name, cut + 2),
        header: header_behind(&trace.header, before),
        records: rest.to_vec(),
        terms: trace.terms.clone(),
    }
}

/// The trace without the lines from `from` to `to`, and a gap in their place.
fn with_gap(trace: &Trace, from: usize, to: usize) -> Trace {
    let mut records = trace.records.clone();
    let since = from.checked_sub(1).map_or(0, |before| records[before].at);
    let gap = Event::Gap(Gap {
        from: since,
        events: None,
        ids: None,
    });
    let until = records[to - 1].at;
    records.splice(from..to, [Record::new(until, gap)]);
    Trace {
        name: format!("{} with a gap for lines {} to {}", trace.name, from + 2, to + 1),
        records,
        ..trace.clone()
    }
}

/// What is open does not multiply: so many states and no more, a few times what was measured.
const MOST_STATES: usize = 1000;

fn complaint(trace: &Trace, most: &mut usize) -> Option<(usize, String, String)> {
    let (sort, said) = match judge(trace) {
        Ok(judged) => {
            *most = (*most).max(judged.report.most_states);
            (judged.scheduler().next().map(sort_of)?, judged.short())
        }
        Err(malformed) => ("malformed".to_owned(), malformed.what().to_owned()),
    };
    Some((trace.records.len(), sort, format!("{said}\n{}", trace.lines())))
}

/// Traces that know their beginning, and the places where each can be cut.
fn cuts(traces: &[Trace]) -> impl Iterator<Item = (&Trace, Vec<usize>)> {
    let known = traces.iter().filter(|trace| trace.header.initial == Initial::Known);
    known.map(|trace| {
        let open = open_calls(&trace.records);
        let last = trace.records.len().saturating_sub(1);
        let cuts = (1..last).filter(|cut| !open[*cut] && is_installed(&trace.records[..*cut]));
        (trace, cuts.collect())
    })
}

#[test]
fn a_recording_that_starts_late_holds_nothing_against_the_scheduler() {
    let mut complaints = Vec::new();
    let mut started = 0;
    let mut most = 0;
    for (trace, cuts) in cuts(conforming()) {
        for cut in cuts.iter().copied().filter(|cut| cut % 3 == trace.records.len() % 3) {
            started += 1;
            complaints.extend(complaint(&started_at(trace, cut), &mut most));
        }
    }
    for (trace, cuts) in cuts(conforming_corpus()) {
        for cut in cuts.into_iter().filter(|cut| cut % 2 == trace.records.len() % 2) {
            started += 1;
            complaints.extend(complaint(&started_at(trace, cut), &mut most));
        }
    }
    println!("{started} recordings that start late, at most {most} states");
    assert!(most <= MOST_STATES, "{most} states");
    no_complaints("a late start", complaints);
}

#[test]
fn lines_that_a_gap_declares_missing_are_not_held_against_the_scheduler() {
    let mut complaints = Vec::new();
    let mut gaps = 0;
    let mut most = 0;
    let mut random = Random::new(5);
    for traces in [conforming(), conforming_corpus()] {
        for (trace, cuts) in cuts(traces) {
            for _ in 0..4 {
                let (from, to) = (random.below(cuts.len()), random.below(cuts.len()));
                let (from, to) = (from.min(to), from.max(to));
                let (Some(from), Some(to)) = (cuts.get(from), cuts.get(to)) else {
                    continue;
                };
                // Of an update among the missing lines the oracle cannot know what it made of the app.
                let updates = |line: &Record| matches!(line.event, Some(Event::Updated(_)));
                if from == to || !is_installed(&trace.records[..*to]) || trace.records[*from..*to].iter().any(updates) {
                    continue;
                }
                gaps += 1;
                complaints.extend(complaint(&with_gap(trace, *from, *to), &mut most));
            }
        }
    }
    println!("{gaps} gaps, at most {most} states");
    assert!(most <= MOST_STATES, "{most} states");
    no_complaints("a gap", complaints);
}

#[test]
fn a_late_start_still_finds_most_wrong_answers() {
    let mut random = Random::new(55);
    let (mut whole, mut late) = (0, 0);
    for (trace, cuts) in cuts(conforming()) {
        let Some(cut) = cuts.get(random.below(cuts.len() / 2 + 1)) else {
            continue;
        };
        let wrong: Vec<_> = changes(trace)
            .into_iter()
            .filter(|change| change.sort == Sort::OtherAnswer && change.place >= *cut)
            .collect();
        for _ in 0..wrong.len().min(6) {
            let changed = wrong[random.below(wrong.len())].of(trace);
            if judge(&changed).is_ok_and(|judged| judged.first().is_some()) {
                whole += 1;
                late += u32::from(judge(&started_at(&changed, *cut)).is_ok_and(|judged| judged.first().is_some()));
            }
        }
    }
    println!("of {whole} wrong answers {late} are found by a recording that starts late");
    assert!(whole > 500, "{whole}");
    assert!(late * 100 >= whole * FOUND_IN_A_HUNDRED, "{late} of {whole}");
}

/// Measured: 1,201 of 1,655.
const FOUND_IN_A_HUNDRED: u32 = 65;
