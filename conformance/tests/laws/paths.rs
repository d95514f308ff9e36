//! The set of states says what an oracle says that keeps every path, and says when it is too large to be judged.

use bgspec_model::oracle::Workings;
use bgspec_model::report::Verdict;
use bgspec_model::vocabulary::*;

use crate::change::some;
use crate::judge::{conforming, conforming_corpus, judge, judge_by, judged, no_complaints, sort_of};
use crate::source::{Trace, corpus};

/// The same in both: the verdict, and where the scheduler is refused first.
fn against_naive(trace: &Trace, compared: &mut u32, most: &mut usize) -> Option<(usize, String, String)> {
    let naive = Workings {
        keeps_every_path: true,
        most_states: 3_000,
        ..Workings::default()
    };
    let (merged, naive) = (judge(trace).ok()?, judge_by(trace, naive).ok()?);
    if naive.gave_up() {
        return None;
    }
    *compared += 1;
    *most = (*most).max(naive.report.most_states);
    let same = merged.first() == naive.first() && merged.report.verdict == naive.report.verdict;
    if same {
        return None;
    }
    let sort = merged
        .scheduler()
        .chain(naive.scheduler())
        .next()
        .map_or_else(String::new, sort_of);
    let what = format!(
        "merged: {}\nevery path: {}\n{}",
        merged.short(),
        naive.short(),
        trace.lines()
    );
    Some((trace.records.len(), sort, what))
}

/// Settings under which more is owed, or hangs together: each trace with one line of these, in turn.
const PINS: &[&[(&str, &str)]] = &[
    &[],
    &[("promptness", "20 s")],
    &[("continued_capacity", "1")],
    &[("failed_card_replaced_on_retry", "no"), ("continued_capacity", "2")],
    &[("failed_card_replaced_on_retry", "yes"), ("promptness", "90 s")],
    &[("sync_submit_errors", "either"), ("continued_launch_loss", "never")],
    &[
        ("sync_submit_errors", "either"),
        ("continued_capacity", "2"),
        ("promptness", "5 s"),
    ],
];

#[test]
fn merging_and_factoring_change_neither_the_verdict_nor_its_place() {
    let mut complaints = Vec::new();
    let (mut compared, mut most) = (0, 0);
    let changed = [some(conforming(), 6, 41), some(conforming_corpus(), 2, 42)].concat();
    let traces = conforming().iter().chain(corpus().iter().step_by(2)).chain(&changed);
    for (trace, pins) in traces.zip(PINS.iter().cycle()) {
        let mut trace = trace.clone();
        let pins = pins
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        trace.terms.pins.extend(pins);
        complaints.extend(against_naive(&trace, &mut compared, &mut most));
    }
    println!("{compared} traces against every path, at most {most} paths");
    assert!(compared >= 1500, "{compared}");
    assert!(most > 100, "{most}");
    no_complaints("merging", complaints);
}

/// Continued requests without a title: what becomes of each is undefined, so each may be there or not.
fn many_unsure() -> Trace {
    let mut header = Header::new(Version::new(26, 1), "app");
    header.permitted = Permitted::List(vec!["app.x.*".to_owned()]);
    header.unknown = vec![
        Condition::BackgroundRefresh,
        Condition::LowPower,
        Condition::Power,
        Condition::Network,
    ];
    let mut records = vec![Record::of(0, 1, Event::Started(Started { by: Starter::Person }))];
    for n in 0..6 {
        let id = format!("app.x.{n}");
        records.push(Record {
            call: Some(n),
            ..Record::of(
                0,
                1,
                Event::Register(Register {
                    through: None,
                    id: id.as_str().into(),
                    queue: None,
                    answer: None,
                }),
            )
        });
    }
    for n in 0..6 {
        let end = Event::End(Answer::Register(RegisterAnswer::Returned(true)));
        records.push(Record {
            call: Some(n),
            ..Record::of(0, 1, end)
        });
    }
    records.push(Record::end(0, End::Closed));
    Trace {
        name: "many open calls".to_owned(),
        header,
        records,
        terms: bgspec_model::oracle::Terms::default(),
    }
}

#[test]
fn more_states_than_the_bound_are_inconclusive_and_never_a_silent_pass() {
    let trace = many_unsure();
    let everything = Workings {
        closes_over_everything: true,
        ..Workings::default()
    };
    let whole = judge_by(&trace, everything).unwrap();
    assert_eq!(whole.report.verdict, Verdict::Conforms);
    assert_eq!(
        whole.report.most_states, 64,
        "each of six calls has taken effect, or not yet"
    );
    for most_states in [1, 2, 8, 63] {
        let workings = Workings {
            most_states,
            ..everything
        };
        let bound = judge_by(&trace, workings).unwrap();
        assert_eq!(bound.report.verdict, Verdict::Inconclusive, "{most_states}");
        assert!(bound.gave_up(), "{:?}", bound.report.doubts);
        assert!(bound.report.most_states > most_states);
    }
    let workings = Workings {
        most_states: 64,
        ..everything
    };
    assert_eq!(judge_by(&trace, workings).unwrap().report.verdict, Verdict::Conforms);
    // None of them depends on another.
    assert_eq!(judged(&trace).report.most_states, 1);
}
