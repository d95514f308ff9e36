//! Calls of several threads at once on the reference scheduler, judged by the oracle (SUB-25).
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::sync::{Barrier, Mutex};
use std::thread;

use bgspec_conformance::play::adapter::Adapter;
use bgspec_conformance::reference::InProcess;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::{Report, Verdict};
use bgspec_model::vocabulary::*;

const IDS: [&str; 3] = ["app.a", "app.b", "app.c"];
const THREADS: usize = 3;
const ROUNDS: usize = 40;
const CALLS: usize = 2;

fn header() -> Header {
    let mut header = Header::new(Version::new(18, 0), "app");
    header.permitted = Permitted::List(IDS.map(str::to_owned).to_vec());
    header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
    header.discretion = Discretion::Driven;
    header
}

/// The lines of a history, in the order in which they were written.
struct History {
    adapter: InProcess,
    lines: Mutex<Vec<Record>>,
}

impl History {
    /// A call that may overlap others: its begin is written before it is made, and its end after it returned.
    fn call(&self, event: Event) {
        let begin = Record::of(0, 1, event);
        let number = {
            let mut lines = self.lines.lock().unwrap();
            let number = u32::try_from(lines.len()).unwrap() + 1;
            lines.push(Record {
                call: Some(number),
                ..begin.clone()
            });
            number
        };
        let applied = self.adapter.apply(&begin).unwrap();
        assert!(applied.observed.is_empty(), "nothing here is due: {applied:?}");
        self.lines.lock().unwrap().push(Record {
            call: Some(number),
            ..Record::of(0, 1, Event::End(applied.answer.unwrap()))
        });
    }

    /// A line that overlaps nothing.
    fn line(&self, event: Event) {
        let record = Record::of(0, 1, event);
        self.adapter.apply(&record).unwrap();
        self.lines.lock().unwrap().push(record);
    }
}

/// What a thread calls: each thread another mixture, the same in every run.
fn calls(thread: usize, round: usize) -> impl Iterator<Item = Event> {
    (0..CALLS).map(move |n| {
        let pick = thread * 7 + round * 5 + n * 3;
        let id = IDS[pick % IDS.len()];
        match pick % 5 {
            0 | 1 => {
                let kind = if pick.is_multiple_of(2) {
                    Kind::Refresh
                } else {
                    Kind::Processing
                };
                let earliest = Some(Millis::try_from(round).unwrap());
                Event::Submit(Submit::of(Request {
                    earliest,
                    ..Request::new(id, kind)
                }))
            }
            2 => Event::Cancel(OfIdentifier { id: id.into() }),
            3 => Event::Pending(Pending::default()),
            _ => Event::CancelAll(Empty {}),
        }
    })
}

fn history() -> Vec<Record> {
    let history = History {
        adapter: InProcess::new(),
        lines: Mutex::default(),
    };
    history.adapter.reset(&header()).unwrap();
    history.line(Event::Started(Started { by: Starter::Person }));
    for id in IDS {
        history.call(Event::Register(Register {
            through: None,
            id: id.into(),
            queue: None,
            answer: None,
        }));
    }
    history.line(Event::LaunchFinished(Empty {}));
    let barrier = Barrier::new(THREADS);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (history, barrier) = (&history, &barrier);
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    barrier.wait();
                    calls(thread, round).for_each(|call| history.call(call));
                    // Where no call is open one thread looks at what is left.
                    if barrier.wait().is_leader() {
                        history.call(Event::Pending(Pending::default()));
                    }
                }
            });
        }
    });
    history.lines.into_inner().unwrap()
}

fn judge(lines: &[Record]) -> Report {
    let mut oracle = Oracle::new(&header(), &Terms::default()).unwrap();
    for line in lines {
        oracle.step(line).unwrap();
    }
    oracle.step(&Record::end(0, End::Closed)).unwrap();
    oracle.finish()
}

#[test]
fn a_history_of_several_threads_has_an_order_that_explains_it() {
    let lines = history();
    let report = judge(&lines);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.verdict, Verdict::Conforms, "{:?}", report.doubts);
    let calls = ROUNDS * (THREADS * CALLS + 1) + IDS.len();
    assert_eq!(lines.len(), calls * 2 + 2, "every call began and ended");
}

#[test]
fn a_list_that_no_order_explains_is_found() {
    let mut lines = history();
    let last = lines.last_mut().unwrap();
    let Some(Event::End(Answer::Pending(list))) = &mut last.event else {
        panic!("the history ends with a list, not with {last:?}");
    };
    let stranger = IDS
        .iter()
        .find(|id| list.iter().all(|request| request.id.as_str() != **id));
    match stranger {
        Some(id) => list.push(Request::new(*id, Kind::HealthResearch)),
        None => list.clear(),
    }
    assert_eq!(judge(&lines).verdict, Verdict::Breaks);
}
