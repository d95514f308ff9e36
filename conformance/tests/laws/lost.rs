//! Where more is possible than can be followed, a stretch is not judged: what lies before it and behind it is, and the
//! report names its lines.

use bgspec_model::oracle::{Terms, Workings};
use bgspec_model::report::Verdict;
use bgspec_model::vocabulary::*;

use crate::change::some;
use crate::judge::{Judged, conforming, conforming_corpus, judge, judge_by, no_complaints, sort_of};
use crate::overlaps::{busy, overlapped};
use crate::races::{beginning, list, request, some_races, submit, three_ways, trace};
use crate::source::{Random, Trace, corpus};

fn bound(most_states: usize) -> Workings {
    Workings {
        most_states,
        ..Workings::default()
    }
}

fn call((event, answer): (Event, Answer)) -> Record {
    let mut event = event;
    if let (Event::Submit(submit), Answer::Submit(answer)) = (&mut event, answer) {
        submit.answer = Some(answer);
    }
    Record::of(0, 1, event)
}

/// Each finding with the line that it is about.
fn found(judged: &Judged) -> Vec<(u64, String)> {
    let findings = judged.report.findings.iter();
    findings.map(|finding| (finding.event + 1, sort_of(finding))).collect()
}

#[test]
fn what_lies_before_and_behind_a_stretch_with_too_many_possibilities_is_judged() {
    const IDS: usize = 4;
    let mut records = beginning(IDS);
    // Before: nobody permitted this one.
    records.push(Record::of(
        0,
        1,
        Event::Submit(Submit {
            answer: Some(SubmitAnswer::Refused(Code::NOT_PERMITTED.into())),
            ..Submit::of(Request::new("app.other", Kind::Processing))
        }),
    ));
    let before = u64::try_from(records.len()).unwrap() + 1;
    let first = before + 1;
    records.extend((0..IDS).flat_map(three_ways));
    let last = u64::try_from(records.len()).unwrap() + 1;
    // Behind: a list that fits, a submission, and a list that lacks it.
    records.push(list(vec![request(0, 1), request(2, 2)]));
    records.push(call(submit(1, 5)));
    records.push(list(vec![request(0, 1), request(2, 2)]));
    let behind = last + 3;
    let trace = trace("races in the middle", IDS, records);

    let whole = judge(&trace).unwrap();
    let expected = [(before, "SUB-27".to_owned()), (behind, "PEN-1 SUB-9".to_owned())];
    assert_eq!(found(&whole), expected, "{}", whole.short());
    assert!(whole.report.doubts.is_empty(), "{:?}", whole.report.doubts);

    let lost = judge_by(&trace, bound(4)).unwrap();
    assert_eq!(found(&lost), expected, "{}\n{:?}", lost.short(), lost.report.doubts);
    assert_eq!(lost.report.verdict, Verdict::Breaks);
    let mut told = 0;
    for doubt in &lost.report.doubts {
        let (from, to) = (doubt.event + 1, doubt.until.unwrap() + 1);
        assert!(first <= from && from <= to && to <= last, "{doubt:?}");
        let lines = [
            format!("lines {from} to {to} were not judged"),
            format!("line {from} was not judged"),
        ];
        assert!(lines.iter().any(|lines| doubt.why.ends_with(lines)), "{doubt:?}");
        told += 1;
    }
    assert!(told > 0);
}

#[test]
fn a_stretch_that_the_end_cuts_off_is_named_to_the_end() {
    let mut records = beginning(2);
    let mut races = three_ways(0);
    races.truncate(4);
    records.extend(races);
    let lines = u64::try_from(records.len()).unwrap() + 2;
    let trace = trace("cut off", 2, records);
    let judged = judge_by(&trace, bound(2)).unwrap();
    assert_eq!(judged.report.verdict, Verdict::Inconclusive, "{}", judged.short());
    let until = judged.report.doubts.iter().filter_map(|doubt| doubt.until);
    assert_eq!(until.max().unwrap() + 1, lines, "{:?}", judged.report.doubts);
}

#[derive(Default)]
struct Compared {
    lost: usize,
    broken: usize,
    found_behind: usize,
    complaints: Vec<(usize, String, String)>,
}

impl Compared {
    /// Where the oracle follows less, it finds nothing against the scheduler that is not there, and says what it left out.
    fn compare(&mut self, trace: &Trace, most_states: usize) {
        let (Ok(whole), Ok(bound)) = (judge(trace), judge_by(trace, bound(most_states))) else {
            return;
        };
        if whole.gave_up() {
            return;
        }
        if !bound.gave_up() {
            assert_eq!(whole.report.verdict, bound.report.verdict, "{}", trace.lines());
            return;
        }
        self.lost += 1;
        self.broken += usize::from(whole.first().is_some());
        self.found_behind += usize::from(bound.first().is_some());
        let stretches: Vec<_> = bound
            .report
            .doubts
            .iter()
            .filter(|doubt| doubt.until.is_some())
            .collect();
        let sound = match (whole.first(), bound.first()) {
            (_, None) => true,
            (None, Some(_)) => false,
            // Behind a breach that it did not see it may be the next one that is seen.
            (Some(first), Some(found)) => first <= found,
        };
        let said = bound.report.verdict != Verdict::Conforms && !stretches.is_empty();
        if sound && said {
            return;
        }
        let sort = bound.scheduler().map(sort_of).next().unwrap_or_default();
        let what = format!(
            "at most {most_states} states: {}\n{:?}\nwhole: {}\n{}",
            bound.short(),
            bound.report.doubts,
            whole.short(),
            trace.lines()
        );
        self.complaints.push((trace.records.len(), sort, what));
    }
}

/// Eleven processing requests of four threads are accepted: one too many. A search for an order that is cut off is no order.
#[test]
fn a_search_that_was_cut_off_is_never_a_pass() {
    let text = include_str!("../data/eleven-accepted-by-threads.jsonl");
    let (header, records) = text.split_once('\n').unwrap();
    let records = records.lines().map(|line| serde_json::from_str(line).unwrap());
    let trace = Trace {
        name: "eleven accepted by threads".to_owned(),
        header: serde_json::from_str(header).unwrap(),
        records: records.collect(),
        terms: Terms::default(),
    };
    assert_eq!(judge(&trace).unwrap().report.verdict, Verdict::Breaks);
    for most in 1..=64 {
        let judged = judge_by(&trace, bound(most)).unwrap();
        assert_ne!(
            judged.report.verdict,
            Verdict::Conforms,
            "at most {most} states: {}",
            judged.short()
        );
    }
}

#[test]
fn an_oracle_that_follows_less_finds_nothing_that_is_not_there() {
    let mut compared = Compared::default();
    let mut random = Random::new(37);
    for trace in conforming().iter().chain(corpus().iter().step_by(2)) {
        compared.compare(trace, 1 + random.below(4));
        compared.compare(
            &overlapped(trace, 2 + random.below(3), &mut random),
            1 + random.below(8),
        );
    }
    for trace in &some(conforming_corpus(), 1, 91) {
        compared.compare(
            &overlapped(trace, 2 + random.below(3), &mut random),
            1 + random.below(8),
        );
    }
    for seed in 0..100 {
        let trace = busy(2000 + seed);
        compared.compare(&overlapped(&trace, 4, &mut random), 1 + random.below(8));
    }
    for _ in 0..150 {
        let (ids, threads) = (1 + random.below(3), 2 + random.below(4));
        let trace = some_races(&mut random, ids, threads);
        compared.compare(&trace, 1 + random.below(8));
    }
    println!(
        "{} traces with lines that were not judged, {} of them broken, {} found to be",
        compared.lost, compared.broken, compared.found_behind
    );
    assert!(compared.lost > 200, "{}", compared.lost);
    assert!(compared.found_behind * 3 > compared.broken, "{}", compared.found_behind);
    no_complaints("lost", compared.complaints);
}
