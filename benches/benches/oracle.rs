//! How many events a second the oracle judges on one core.
//!
//! The times of the first two are promises: eight million events a second in memory, two million lines a second from
//! a file, parsing included.

use std::hint::black_box;
use std::time::Duration;

use bgspec_benches::{LEFT_OPEN, Trace, overlapping, sequential, step};
use bgspec_conformance::trace::Reader;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Verdict;
use bgspec_model::vocabulary::{Condition, Record};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

/// A test of the benches, which is unoptimised, is content with less.
const MILLION: usize = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };

fn steps(trace: &Trace) -> Oracle {
    let mut oracle = trace.oracle();
    for record in &trace.records {
        step(&mut oracle, record);
    }
    oracle
}

/// The trace conforms, with at most so many states at once; otherwise the bench measures something else. Prints its
/// largest set of states.
fn conforms(name: &str, trace: &Trace, states: usize) {
    let report = trace.judge();
    assert_eq!(report.verdict, Verdict::Conforms, "{report:#?}");
    assert!(
        report.most_states <= states,
        "{} states at once, expected {states} at most",
        report.most_states
    );
    assert!(!report.exercised.is_empty(), "no rule was exercised");
    println!(
        "{name}: {} events, at most {} states at once",
        report.events, report.most_states
    );
}

fn in_memory(c: &mut Criterion) {
    let trace = sequential(MILLION, true);
    conforms("sequential", &trace, 1);
    let mut group = c.benchmark_group("sequential");
    group.throughput(Throughput::Elements(trace.records.len() as u64));
    group.sample_size(10).measurement_time(Duration::from_secs(4));
    group.bench_function("in memory", |b| b.iter(|| steps(black_box(&trace)).states()));
    let file = trace.file();
    group.bench_function("as a file", |b| b.iter(|| check(black_box(&file))));
    group.finish();
}

fn check(file: &[u8]) -> u64 {
    let reading = |file: &[u8]| -> Result<u64, Box<dyn std::error::Error>> {
        let mut reader = Reader::new(file, "bench.jsonl")?;
        let mut oracle = Oracle::new(reader.header(), &Terms::default())?;
        for record in reader.by_ref() {
            oracle.step(&record?)?;
        }
        Ok(oracle.finish().events)
    };
    match reading(file) {
        Ok(events) => events,
        Err(error) => panic!("{error}"),
    }
}

fn open_settings(c: &mut Criterion) {
    const NAME: &str = "eight fixed settings unknown";
    let trace = sequential(MILLION / 10, true).with_open(&LEFT_OPEN);
    conforms(NAME, &trace, 64);
    let mut group = c.benchmark_group(NAME);
    group.throughput(Throughput::Elements(trace.records.len() as u64));
    group.sample_size(10);
    group.bench_function("in memory", |b| b.iter(|| steps(black_box(&trace)).states()));
    group.finish();
}

fn hidden_conditions(c: &mut Criterion) {
    const NAME: &str = "hidden device conditions";
    const TRACES: usize = MILLION / 1000;
    let unknown = [Condition::LowPower, Condition::Network, Condition::BackgroundLaunches];
    let untracked = [
        Condition::Power,
        Condition::InUse,
        Condition::Pressure,
        Condition::Locked,
    ];
    let trace = sequential(360, true).with_hidden(&unknown, &untracked);
    conforms(NAME, &trace, 64);
    let mut group = c.benchmark_group(NAME);
    group.throughput(Throughput::Elements((TRACES * trace.records.len()) as u64));
    group.sample_size(10);
    group.bench_function("a thousand short traces", |b| {
        b.iter(|| (0..TRACES).map(|_| steps(black_box(&trace)).states()).sum::<usize>());
    });
    group.finish();
}

fn histories(c: &mut Criterion) {
    let mut group = c.benchmark_group("overlapping calls");
    group.sample_size(10);
    for threads in [2, 3, 4] {
        let trace = overlapping(threads, 10_000);
        conforms(&format!("{threads} threads"), &trace, 10_000);
        group.throughput(Throughput::Elements(trace.records.len() as u64));
        let copy = || (trace.oracle(), trace.records.clone());
        let judge = |(mut oracle, records): (Oracle, Vec<Record>)| {
            records.iter().for_each(|record| step(&mut oracle, record));
            oracle
        };
        group.bench_function(format!("{threads} threads"), |b| {
            b.iter_batched(copy, judge, BatchSize::LargeInput);
        });
    }
    group.finish();
}

criterion_group!(benches, in_memory, open_settings, hidden_conditions, histories);
criterion_main!(benches);
