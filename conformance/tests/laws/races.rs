//! Races over many identifiers: what became of each is kept apart from what became of the others, so that the set of
//! states grows with their sum and not with their product.

use bgspec_model::oracle::{Terms, Workings};
use bgspec_model::report::Verdict;
use bgspec_model::vocabulary::*;

use crate::change::some;
use crate::judge::{conforming, conforming_corpus, judge_by, judged, no_complaints, sort_of};
use crate::overlaps::{busy, open_at_once, overlapped, said};
use crate::source::{Random, Trace};

pub fn id(n: usize) -> String {
    format!("app.{n}")
}

pub fn header(ids: usize) -> Header {
    let mut header = Header::new(Version::new(18, 0), "app");
    header.permitted = Permitted::List((0..ids).map(id).collect());
    header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
    header.discretion = Discretion::Driven;
    header
}

/// A process with a handler for each identifier.
pub fn beginning(ids: usize) -> Vec<Record> {
    let mut records = vec![Record::of(0, 1, Event::Started(Started { by: Starter::Person }))];
    records.extend((0..ids).map(|n| {
        let register = Register {
            through: None,
            id: id(n).as_str().into(),
            queue: None,
            answer: Some(RegisterAnswer::Returned(true)),
        };
        Record::of(0, 1, Event::Register(register))
    }));
    records.push(Record::of(0, 1, Event::LaunchFinished(Empty {})));
    records
}

pub fn request(n: usize, earliest: Millis) -> Request {
    Request {
        earliest: Some(earliest),
        ..Request::new(id(n).as_str(), Kind::Processing)
    }
}

fn refresh(n: usize) -> Request {
    Request::new(id(n).as_str(), Kind::Refresh)
}

pub fn submit(n: usize, earliest: Millis) -> (Event, Answer) {
    let submit = Event::Submit(Submit::of(request(n, earliest)));
    (submit, Answer::Submit(SubmitAnswer::Accepted))
}

pub fn cancel(n: usize) -> (Event, Answer) {
    let cancel = Event::Cancel(OfIdentifier {
        id: id(n).as_str().into(),
    });
    (cancel, Answer::Void(ReturnAnswer::Returned))
}

/// Calls that overlap, all of them with each other.
pub fn at_once(calls: Vec<(Event, Answer)>) -> Vec<Record> {
    let numbered = || calls.iter().zip(0_u32..);
    let line = |event: &Event, call| Record {
        call: Some(call),
        ..Record::of(0, 1, event.clone())
    };
    let begins = numbered().map(|((call, _), number)| line(call, number));
    let ends = numbered().map(|((_, answer), number)| line(&Event::End(answer.clone()), number));
    begins.chain(ends).collect()
}

/// Two submissions and a cancel of one identifier: afterwards either request is there, or none.
pub fn three_ways(n: usize) -> Vec<Record> {
    at_once(vec![submit(n, 1), submit(n, 2), cancel(n)])
}

pub fn list(requests: Vec<Request>) -> Record {
    Record::of(0, 1, Event::Pending(Pending { answer: Some(requests) }))
}

pub fn trace(name: &str, ids: usize, mut records: Vec<Record>) -> Trace {
    records.push(Record::end(0, End::Closed));
    Trace {
        name: name.to_owned(),
        header: header(ids),
        records,
        terms: Terms::default(),
    }
}

#[test]
fn eight_identifiers_with_a_three_way_race_each_take_some_dozens_of_states() {
    const IDS: usize = 8;
    let mut records = beginning(IDS);
    records.extend((0..IDS).flat_map(three_ways));
    for (shows, verdict) in [(1, Verdict::Conforms), (2, Verdict::Conforms), (3, Verdict::Breaks)] {
        let mut records = records.clone();
        records.push(list((0..IDS).step_by(2).map(|n| request(n, shows)).collect()));
        let trace = trace("eight three-way races", IDS, records);
        let judged = judged(&trace);
        assert_eq!(judged.report.verdict, verdict, "{}", judged.short());
        assert!(judged.report.most_states <= 100, "{}", judged.report.most_states);
    }
}

/// Whatever can be factored is.
const EAGER: Workings = Workings {
    keeps_every_path: false,
    most_states: 10_000,
    withholds_answers: false,
    closes_over_everything: false,
    few: 1,
};

#[derive(Default)]
struct Compared {
    traces: usize,
    broken: usize,
    /// Histories of which fewer alternatives are kept than there are states.
    fewer: usize,
    complaints: Vec<(usize, String, String)>,
}

impl Compared {
    /// Whether the verdict and the findings are those of an oracle that tries everything and factors nothing.
    fn compare(&mut self, trace: &Trace, withholds_answers: bool) {
        let eager = Workings {
            withholds_answers,
            ..EAGER
        };
        let everything = Workings {
            closes_over_everything: true,
            most_states: 3_000,
            ..eager
        };
        // What tries everything gives up much sooner than what factors gets through: it goes first.
        let Ok(every) = judge_by(trace, everything) else { return };
        if every.gave_up() {
            return;
        }
        let Ok(some) = judge_by(trace, eager) else { return };
        self.traces += 1;
        self.broken += usize::from(every.report.verdict == Verdict::Breaks);
        self.fewer += usize::from(some.report.most_states < every.report.most_states);
        if said(&some) == said(&every) && some.report.verdict == every.report.verdict {
            return;
        }
        let findings = some.report.findings.iter().chain(&every.report.findings);
        let sort = findings.map(sort_of).next().unwrap_or_default();
        let what = format!(
            "factored:\n{}\n{:#?}\n{:?}\neverything:\n{}\n{:#?}\n{}",
            some.short(),
            said(&some),
            some.report.doubts,
            every.short(),
            said(&every),
            trace.lines()
        );
        self.complaints.push((trace.records.len(), sort, what));
    }
}

/// Races over a few identifiers, at most `threads` calls at once, answered as if each call took effect in the order in
/// which they begin; now and then a list that may be wrong.
pub fn some_races(random: &mut Random, ids: usize, threads: usize) -> Trace {
    let mut records = beginning(ids);
    let mut kept: Vec<Option<Request>> = vec![None; ids];
    let listed = |kept: &[Option<Request>]| kept.iter().flatten().cloned().collect();
    let with_refresh = random.once_in(2);
    for _ in 0..3 + random.below(5) {
        let mut calls = Vec::new();
        for _ in 0..1 + random.below(threads) {
            let n = random.below(ids);
            calls.push(match random.below(8) {
                0 if with_refresh => {
                    // One refresh at most is pending.
                    let is_other = |(other, request): (usize, &Option<Request>)| {
                        other != n && request.as_ref().is_some_and(|request| request.kind == Kind::Refresh)
                    };
                    let answer = if kept.iter().enumerate().any(is_other) {
                        SubmitAnswer::Refused(Code::TOO_MANY_PENDING.into())
                    } else {
                        kept[n] = Some(refresh(n));
                        SubmitAnswer::Accepted
                    };
                    (Event::Submit(Submit::of(refresh(n))), Answer::Submit(answer))
                }
                0..4 => {
                    let earliest = Millis::try_from(random.below(3)).unwrap();
                    kept[n] = Some(request(n, earliest));
                    submit(n, earliest)
                }
                4..6 => {
                    kept[n] = None;
                    cancel(n)
                }
                6 => (Event::Pending(Pending::default()), Answer::Pending(listed(&kept))),
                _ => {
                    kept.fill(None);
                    (Event::CancelAll(Empty {}), Answer::Void(ReturnAnswer::Returned))
                }
            });
        }
        records.extend(at_once(calls));
        if random.once_in(3) {
            if random.once_in(3) {
                let n = random.below(ids);
                kept[n] = Some(request(n, 7));
            }
            records.push(list(listed(&kept)));
        }
    }
    trace(&format!("races of {ids} identifiers"), ids, records)
}

#[test]
fn factoring_the_requests_changes_neither_the_verdict_nor_a_finding() {
    let mut compared = Compared::default();
    let mut random = Random::new(23);
    let rounds: u64 = std::env::var("BGSPEC_OVERLAPS").map_or(1, |rounds| rounds.parse().unwrap());
    for round in 0..rounds {
        let changed = some(conforming_corpus(), 1, 1000 * round + 82);
        let kept = conforming().iter().chain(conforming_corpus()).step_by(3);
        for trace in kept.chain(changed.iter().step_by(3)) {
            let threads = 2 + random.below(3);
            let trace = overlapped(trace, threads, &mut random);
            if open_at_once(&trace.records) > 1 {
                compared.compare(&trace, random.once_in(3));
            }
        }
    }
    for seed in 0..60 * rounds {
        let trace = busy(1000 + seed);
        let changed = some(std::slice::from_ref(&trace), 2, seed);
        for trace in std::iter::once(&trace).chain(&changed) {
            let threads = 2 + random.below(4);
            compared.compare(&overlapped(trace, threads, &mut random), random.once_in(3));
        }
    }
    for _ in 0..300 * rounds {
        let (ids, threads) = (1 + random.below(3), 2 + random.below(4));
        let trace = some_races(&mut random, ids, threads);
        compared.compare(&trace, random.once_in(3));
    }
    println!(
        "{} histories, {} of them broken, {} with fewer alternatives than states",
        compared.traces, compared.broken, compared.fewer
    );
    assert!(compared.traces > 500, "{}", compared.traces);
    assert!(compared.broken > 100, "{}", compared.broken);
    assert!(compared.fewer * 4 > compared.traces, "{}", compared.fewer);
    no_complaints("factored", compared.complaints);
}

#[test]
fn eight_threads_with_eight_calls_at_once_are_judged() {
    let mut random = Random::new(31);
    let (mut most, mut broken) = (0, 0);
    for round in 0..60 {
        let ids = [1, 3, 8][round % 3];
        let trace = some_races(&mut random, ids, 8);
        let judged = judged(&trace);
        assert!(!judged.gave_up(), "{:?}\n{}", judged.report.doubts, trace.lines());
        broken += usize::from(judged.report.verdict == Verdict::Breaks);
        most = most.max(judged.report.most_states);
    }
    println!("eight threads: {broken} of 60 broken, at most {most} states");
    assert!((5..55).contains(&broken), "{broken}");
}
