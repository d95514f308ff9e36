//! Whatever the records say: the oracle judges them or calls them malformed, and does not panic. A number in a line is
//! never a number of steps: a test of this module that does not end has found one that is.

use bgspec_model::oracle::Oracle;
use bgspec_model::vocabulary::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::judge::{conforming, conforming_corpus};
use crate::source::{Random, Trace};

/// Extremes that a file can hold, and ordinary times.
const TIMES: [Millis; 8] = [0, 1, 999, 30_000, -5, i64::MAX, i64::MIN, 1 << 53];

/// A trace whose lines are shuffled, repeated, dropped, and changed in whatever may be changed.
fn scrambled(traces: &[&Trace], seed: u64) -> Trace {
    let mut random = Random::new(seed);
    let mut trace = traces[random.below(traces.len())].clone();
    let other = traces[random.below(traces.len())];
    let mut records = Vec::new();
    let rounds = 1 + random.below(40);
    let mut at = 0;
    for _ in 0..rounds {
        let from = if random.once_in(4) {
            &other.records
        } else {
            &trace.records
        };
        let mut record = from[random.below(from.len())].clone();
        if random.once_in(3) {
            record.at = at;
        } else {
            at = record.at.max(at);
            record.at = at;
        }
        if random.once_in(40) {
            record.at = TIMES[random.below(TIMES.len())];
            at = at.max(record.at);
        }
        if random.once_in(20) {
            record.to = Some(TIMES[random.below(TIMES.len())]);
        }
        if random.once_in(6) {
            record.pid = [None, Some(0), Some(1), Some(2), Some(u32::MAX)][random.below(5)];
        }
        if random.once_in(6) {
            record.call = [None, Some(1), Some(2), Some(u32::MAX)][random.below(4)];
        }
        if random.once_in(12) {
            let from = TIMES[random.below(TIMES.len())].min(record.at);
            record.event = Some(Event::Gap(Gap {
                from,
                events: None,
                ids: None,
            }));
        }
        if random.once_in(12) {
            record.event = Some(Event::End(Answer::Void(ReturnAnswer::Returned)));
        }
        if random.once_in(15) {
            extreme(&mut record, &mut random);
        }
        if record.end.is_some() && !random.once_in(20) {
            continue;
        }
        records.push(record);
    }
    trace.records = records;
    trace.terms.profile = [None, Some("contract".to_owned()), Some("field".to_owned())][random.below(3)].clone();
    if random.once_in(2) {
        let os = ["13", "14.5", "17", "18", "26", "26.1", "27"][random.below(7)];
        trace.terms.os = Some(os.parse().unwrap());
    }
    if random.once_in(4) {
        trace.header.initial = Initial::Unknown;
    }
    if random.once_in(6) {
        trace.header.tolerance = [1, 500, i64::MAX][random.below(3)];
    }
    if random.once_in(6) {
        let pins = [
            ("reaction_time", "0 s"),
            ("promptness", "5 s"),
            ("continued_capacity", "0"),
            ("refresh_limit", "unknown"),
        ];
        let (name, value) = pins[random.below(pins.len())];
        trace.terms.pins.push((name.to_owned(), value.to_owned()));
    }
    trace
}

/// A value at the end of its range.
fn extreme(record: &mut Record, random: &mut Random) {
    let time = TIMES[random.below(TIMES.len())];
    match &mut record.event {
        Some(Event::Submit(submit)) => submit.earliest = Some(time),
        Some(Event::Delivered(delivered)) => delivered.task.n = [0, u32::MAX, u32::MAX - 1][random.below(3)],
        Some(Event::Complete(complete)) => complete.task.n = [0, u32::MAX][random.below(2)],
        Some(Event::Card(card)) => card.task.n = [0, u32::MAX][random.below(2)],
        Some(Event::Progress(progress)) => {
            (progress.total, progress.completed) = (Some(time), Some(time));
            progress.child = Some([f64::NAN, f64::INFINITY, -1.0, 0.5][random.below(4)]);
        }
        Some(Event::Device(device)) => device.places_taken = Some(u16::MAX),
        _ => {}
    }
}

/// Feeds the records to the oracle; a malformed line is left out.
fn feed(trace: &Trace) -> (u64, u32) {
    let Ok(mut oracle) = Oracle::new(&trace.header, &trace.terms) else {
        return (0, 0);
    };
    let mut malformed = 0;
    for record in &trace.records {
        malformed += u32::from(oracle.step(record).is_err());
    }
    (oracle.finish().events, malformed)
}

fn traces() -> Vec<&'static Trace> {
    conforming()
        .iter()
        .step_by(3)
        .chain(conforming_corpus().iter().step_by(2))
        .collect()
}

proptest! {
    // The same traces in every run, as in every other law; fuzzing looks for others.
    #![proptest_config(ProptestConfig {
        cases: 1_500,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_sequence_of_records_makes_the_oracle_panic(seed in any::<u64>()) {
        let trace = scrambled(&traces(), seed);
        let judged = std::panic::catch_unwind(|| feed(&trace));
        prop_assert!(judged.is_ok(), "{}", trace.lines());
    }
}

#[test]
fn scrambled_traces_are_judged_and_not_only_refused() {
    let traces = traces();
    let (mut events, mut malformed) = (0, 0);
    for seed in 0..500 {
        let (judged, refused) = feed(&scrambled(&traces, seed));
        events += judged;
        malformed += refused;
    }
    println!("{events} events judged, {malformed} malformed");
    assert!(events > 2_000 && malformed > 2_000);
}

#[test]
fn a_line_that_is_refused_changes_nothing() {
    let traces = traces();
    for seed in 0..1_000 {
        let trace = scrambled(&traces, seed);
        // Lines of overlapping calls are read when the calls have ended: not one by one.
        if trace.records.iter().any(|record| record.call.is_some()) {
            continue;
        }
        let Ok(mut with) = Oracle::new(&trace.header, &trace.terms) else {
            continue;
        };
        let taken: Vec<_> = trace
            .records
            .iter()
            .filter(|record| with.step(record).is_ok())
            .collect();
        let mut without = Oracle::new(&trace.header, &trace.terms).unwrap();
        for record in taken {
            let taken = without.step(record);
            assert!(taken.is_ok(), "{taken:?}: {record:?}\n{}", trace.lines());
        }
        let (with, without) = (with.finish(), without.finish());
        assert_eq!(with.verdict, without.verdict, "{}", trace.lines());
        assert_eq!(with.findings.len(), without.findings.len(), "{}", trace.lines());
    }
}
