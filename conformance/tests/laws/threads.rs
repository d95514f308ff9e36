//! Calls that overlap: an order explains what was answered, or none does.

use std::collections::BTreeMap;
use std::sync::{Barrier, Mutex};
use std::thread;

use bgspec_conformance::play::adapter::Adapter;
use bgspec_conformance::reference::InProcess;
use bgspec_model::oracle::{Oracle, Terms, Workings};
use bgspec_model::report::Verdict;
use bgspec_model::vocabulary::*;

use crate::judge::{judge_by, judged};
use crate::source::{Random, Trace};

const IDS: [&str; 3] = ["app.a", "app.b", "app.c"];

fn header() -> Header {
    let mut header = Header::new(Version::new(18, 0), "app");
    header.permitted = Permitted::List(IDS.map(str::to_owned).to_vec());
    header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
    header.discretion = Discretion::Driven;
    header
}

fn trace(name: String, records: Vec<Record>) -> Trace {
    let mut records = records;
    records.push(Record::end(0, End::Closed));
    Trace {
        name,
        header: header(),
        records,
        terms: Terms::default(),
    }
}

/// A process with a handler for each identifier.
fn beginning() -> Vec<Record> {
    let register = |id: &&str| {
        Event::Register(Register {
            through: None,
            id: (*id).into(),
            queue: None,
            answer: Some(RegisterAnswer::Returned(true)),
        })
    };
    let mut records = vec![Record::of(0, 1, Event::Started(Started { by: Starter::Person }))];
    records.extend(IDS.iter().map(|id| Record::of(0, 1, register(id))));
    records.push(Record::of(0, 1, Event::LaunchFinished(Empty {})));
    records
}

fn some_call(random: &mut Random) -> Event {
    let id = IDS[random.below(IDS.len())];
    match random.below(6) {
        0..3 => Event::Submit(Submit::of(Request {
            earliest: Some(Millis::try_from(random.below(4)).unwrap()),
            ..Request::new(
                id,
                if random.once_in(2) {
                    Kind::Refresh
                } else {
                    Kind::Processing
                },
            )
        })),
        3 => Event::Cancel(OfIdentifier { id: id.into() }),
        4 => Event::Pending(Pending::default()),
        _ => Event::CancelAll(Empty {}),
    }
}

/// Calls of several threads at once on the reference scheduler, as they were recorded: begins and ends in the order in
/// which they were written. How the threads meet is another thing in every run; what holds of it is not.
fn history(threads: usize, rounds: usize, seed: u64) -> Vec<Record> {
    let adapter = InProcess::new();
    adapter.reset(&header()).unwrap();
    let beginning = beginning();
    for record in &beginning {
        let mut record = record.clone();
        if let Some(Event::Register(register)) = &mut record.event {
            register.answer = None;
        }
        adapter.apply(&record).unwrap();
    }
    let lines = Mutex::new(beginning);
    let call = |event: Event| {
        let begin = Record::of(0, 1, event);
        let number = {
            let mut lines = lines.lock().unwrap();
            let number = Some(u32::try_from(lines.len()).unwrap());
            lines.push(Record {
                call: number,
                ..begin.clone()
            });
            number
        };
        let applied = adapter.apply(&begin).unwrap();
        lines.lock().unwrap().push(Record {
            call: number,
            ..Record::of(0, 1, Event::End(applied.answer.unwrap()))
        });
    };
    let barrier = Barrier::new(threads);
    thread::scope(|scope| {
        for thread in 0..threads {
            let (call, barrier) = (&call, &barrier);
            scope.spawn(move || {
                let mut random = Random::new(seed * 100 + u64::try_from(thread).unwrap());
                for _ in 0..rounds {
                    barrier.wait();
                    (0..2).for_each(|_| call(some_call(&mut random)));
                    if barrier.wait().is_leader() {
                        call(Event::Pending(Pending::default()));
                    }
                }
            });
        }
    });
    lines.into_inner().unwrap()
}

/// The same history as if all of a thread's turn had overlapped: each round's begins before its ends.
fn overlapped(records: &[Record]) -> Vec<Record> {
    let mut out = Vec::new();
    let mut ends = Vec::new();
    for record in records {
        match &record.event {
            // A list is asked where no call is open: the round is over.
            Some(Event::Pending(_)) if record.call.is_some() && ends.len() >= 4 => {
                out.append(&mut ends);
                out.push(record.clone());
            }
            Some(Event::End(_)) => ends.push(record.clone()),
            _ => out.push(record.clone()),
        }
    }
    out.append(&mut ends);
    out
}

const UNTOLD: Workings = Workings {
    keeps_every_path: false,
    most_states: 10_000,
    withholds_answers: true,
    closes_over_everything: false,
    few: 8,
};

#[test]
fn histories_of_the_reference_have_an_order_told_and_untold() {
    let (mut most, mut most_untold) = (0, 0);
    for (seed, threads) in (1..).zip([2, 2, 3, 3, 4, 4, 6, 8]) {
        let recorded = history(threads, 8, seed);
        // More threads overlap enough by themselves.
        let longer = (threads <= 4).then(|| overlapped(&recorded));
        for records in longer.into_iter().chain([recorded]) {
            let trace = trace(format!("{threads} threads, seed {seed}"), records);
            let told = judged(&trace);
            assert_eq!(
                told.report.verdict,
                Verdict::Conforms,
                "{}\n{}",
                told.short(),
                trace.lines()
            );
            most = most.max(told.report.most_states);
            let untold = judge_by(&trace, UNTOLD).unwrap();
            assert!(untold.first().is_none(), "{}\n{}", untold.short(), trace.lines());
            most_untold = most_untold.max(untold.report.most_states);
        }
    }
    println!("histories: at most {most} states told, {most_untold} untold");
    assert!(most < 10_000, "{most}");
}

/// A history with one answer that no order explains.
fn tampered(records: &[Record], random: &mut Random) -> Option<Vec<Record>> {
    let mut records = records.to_vec();
    let lists = records.iter_mut().filter_map(|record| match &mut record.event {
        Some(Event::End(Answer::Pending(list))) => Some(list),
        _ => None,
    });
    let mut lists: Vec<_> = lists.collect();
    let place = random.below(lists.len());
    let list = lists.get_mut(place)?;
    // Health research was never submitted, and no two requests share an identifier.
    list.push(Request::new(IDS[random.below(IDS.len())], Kind::HealthResearch));
    Some(records)
}

#[test]
fn an_answer_that_no_order_explains_is_refused_and_withheld_answers_refuse_no_more() {
    let mut random = Random::new(7);
    for seed in 20..32 {
        let threads = 2 + random.below(3);
        let records = history(threads, 6, seed);
        let Some(records) = tampered(&records, &mut random) else {
            panic!("a history without a list")
        };
        let trace = trace(format!("tampered, {threads} threads, seed {seed}"), records);
        let told = judged(&trace);
        let rules: Vec<_> = told
            .scheduler()
            .flat_map(|finding| &finding.rules)
            .map(|rule| rule.id.to_string())
            .collect();
        assert!(
            rules.iter().any(|rule| rule == "PEN-1" || rule == "SUB-25"),
            "{}\n{}",
            told.short(),
            trace.lines()
        );
        assert_eq!(told.scheduler().count(), 1, "{}\n{}", told.short(), trace.lines());
        let untold = judge_by(&trace, UNTOLD).unwrap();
        assert!(untold.scheduler().count() <= 1, "{}\n{}", untold.short(), trace.lines());
    }
}

#[test]
fn many_submissions_of_one_identifier_at_once_keep_the_set_small() {
    let mut sizes = BTreeMap::new();
    for k in [2_u32, 3, 4, 6, 8] {
        let mut records = beginning();
        for n in 0..k {
            let request = Request {
                earliest: Some(Millis::from(n)),
                ..Request::new(IDS[0], Kind::Refresh)
            };
            records.push(Record {
                call: Some(n),
                ..Record::of(0, 1, Event::Submit(Submit::of(request)))
            });
        }
        for n in 0..k {
            records.push(Record {
                call: Some(n),
                ..Record::of(0, 1, Event::End(Answer::Submit(SubmitAnswer::Accepted)))
            });
        }
        let trace = trace(format!("{k} submissions at once"), records);
        let everything = Workings {
            closes_over_everything: true,
            ..Workings::default()
        };
        let most = [everything, Workings::default()].map(|workings| {
            let judged = judge_by(&trace, workings).unwrap();
            assert_eq!(judged.report.verdict, Verdict::Conforms);
            judged.report.most_states
        });
        sizes.insert(k, most);
    }
    println!("submissions of one identifier at once: {sizes:?}");
    for (k, [everything, needed]) in sizes {
        // Which of them came last, and which have not come yet: k * 2^(k-1) + 1.
        let states = |k: u32| usize::try_from(k * 2_u32.pow(k - 1) + 1).unwrap();
        assert_eq!(everything, states(k), "{k} submissions");
        // The first end is known to have come last of those before it.
        assert_eq!(needed, states(k - 1), "{k} submissions");
    }
}

#[test]
fn a_call_that_never_ends_holds_no_later_line_back_for_ever_and_its_late_end_is_no_contradiction() {
    let mut records = beginning();
    records.push(Record {
        call: Some(1),
        ..Record::of(0, 1, Event::Cancel(OfIdentifier { id: IDS[0].into() }))
    });
    records.extend((0..10_050).map(|_| Record::of(0, 1, Event::CancelAll(Empty {}))));
    records.push(Record {
        call: Some(1),
        ..Record::of(0, 1, Event::End(Answer::Void(ReturnAnswer::Returned)))
    });
    let trace = trace("a call that overlaps ten thousand others".to_owned(), records);
    assert_eq!(judged(&trace).report.verdict, Verdict::Conforms);
}

/// The second cancel of all takes effect before the submissions that the last list shows, and after the first one.
#[test]
fn two_overlapping_cancels_of_all_have_an_order_though_both_may_have_come_late() {
    let text = include_str!("../data/histories/two-cancels-of-all-around-a-list.jsonl");
    let mut lines = text.lines();
    let header = serde_json::from_str(lines.next().unwrap()).unwrap();
    let mut oracle = Oracle::new(&header, &Terms::default()).unwrap();
    for line in lines {
        oracle.step(&serde_json::from_str(line).unwrap()).unwrap();
    }
    let report = oracle.finish();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
}

/// One registration was tried before the launch was over and another not: the submission that was accepted in both is there.
#[test]
fn what_an_overlapping_submission_made_is_missed_in_the_list_whatever_was_tried_before() {
    let text = include_str!("../data/histories/accepted-beside-registrations-and-not-listed.jsonl");
    let mut lines = text.lines();
    let header = serde_json::from_str(lines.next().unwrap()).unwrap();
    let mut oracle = Oracle::new(&header, &Terms::default()).unwrap();
    for line in lines {
        oracle.step(&serde_json::from_str(line).unwrap()).unwrap();
    }
    let findings = oracle.finish().findings;
    let named: Vec<_> = findings
        .iter()
        .map(|finding| (finding.event, finding.rules[0].id.to_string()))
        .collect();
    assert_eq!(named, [(10, "PEN-1".to_owned())], "{findings:#?}");
}
