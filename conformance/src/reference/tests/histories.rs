//! Histories of real threads, judged by the oracle (SUB-25): by its own reading of calls that overlap, and by an order
//! that explains them, which takes in what the world does and what is observed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::{Report, Verdict};
use bgspec_model::vocabulary::{
    Complete, Discretion, End, Header, KeptAwake, Permitted, Register, SetExpirationHandler, Submit,
};

use super::super::InProcess;
use super::super::sync::tear_here;
use super::history::{Done, explain};
use super::*;
use crate::play::adapter::Adapter;
use crate::play::runner::header_for;

const IDS: [&str; 3] = ["app.a", "app.b", "app.c"];
const THREADS: usize = 3;
const ROUNDS: usize = 40;
const CALLS: usize = 2;

fn header() -> Header {
    let mut header = Header::new(Version::new(18, 0), "app");
    header.permitted = Permitted::List(IDS.map(str::to_owned).to_vec());
    header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
    header.discretion = Discretion::Driven;
    header_for(&header, &InProcess::new().hello().unwrap())
}

/// What was called, by whatever thread, in two forms.
struct History {
    adapter: InProcess,
    /// Lines in the order in which they were written: a call's begin before it is made, its end after it returned.
    lines: Mutex<Vec<Record>>,
    /// The same and more, each with the moments of its begin and its end.
    done: Mutex<Vec<Done>>,
    moments: AtomicU64,
    /// Tasks that were delivered and nobody has completed.
    tasks: Mutex<Vec<TaskName>>,
}

impl History {
    /// The app in the foreground with its handlers registered.
    fn opened() -> Self {
        let history = Self {
            adapter: InProcess::new(),
            lines: Mutex::default(),
            done: Mutex::default(),
            moments: AtomicU64::new(0),
            tasks: Mutex::default(),
        };
        history.adapter.reset(&header()).unwrap();
        history.world(0, Event::Started(Started { by: Starter::Person }));
        for id in IDS {
            history.call(Event::Register(Register {
                through: None,
                id: id.into(),
                queue: None,
                answer: None,
            }));
        }
        history.world(0, Event::LaunchFinished(Empty {}));
        history
    }

    fn apply(&self, input: Record) -> Option<Answer> {
        let begun = self.moments.fetch_add(1, Ordering::SeqCst);
        let applied = self.adapter.apply(&input).unwrap();
        let ended = self.moments.fetch_add(1, Ordering::SeqCst);
        let answer = applied.answer.clone();
        let delivered = applied.observed.iter().filter_map(|record| match &record.event {
            Some(Event::Delivered(delivered)) => Some(delivered.task.clone()),
            _ => None,
        });
        self.tasks.lock().unwrap().extend(delivered);
        self.done.lock().unwrap().push(Done {
            begun,
            ended,
            input,
            applied,
        });
        answer
    }

    /// A call that may overlap others.
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
        let answer = self.apply(begin);
        self.lines.lock().unwrap().push(Record {
            call: Some(number),
            ..Record::of(0, 1, Event::End(answer.unwrap()))
        });
    }

    /// What the world does.
    fn world(&self, at: Millis, event: Event) {
        let mut input = Record::new(at, event);
        input.pid =
            (input.event.as_ref().unwrap().row().process != bgspec_model::vocabulary::Process::None).then_some(1);
        self.lines.lock().unwrap().push(input.clone());
        self.apply(input);
    }

    /// Runs `work` in every thread and every round; between two rounds one thread looks at what is left.
    fn at_once(&self, work: impl Fn(usize, usize) + Sync) {
        let barrier = Barrier::new(THREADS);
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let (barrier, work) = (&barrier, &work);
                scope.spawn(move || {
                    for round in 0..ROUNDS {
                        barrier.wait();
                        work(thread, round);
                        if barrier.wait().is_leader() {
                            self.call(pending());
                        }
                    }
                });
            }
        });
    }

    /// What the oracle says of the lines, whose calls overlap.
    fn judged(&self) -> Report {
        judge(&self.lines.lock().unwrap())
    }
}

fn judge(lines: &[Record]) -> Report {
    let mut oracle = Oracle::new(&header(), &Terms::default()).unwrap();
    for line in lines {
        oracle.step(line).unwrap();
    }
    oracle.step(&Record::end(0, End::Closed)).unwrap();
    oracle.finish()
}

fn pending() -> Event {
    Event::Pending(bgspec_model::vocabulary::Pending::default())
}

fn submit(id: &str, kind: Kind, earliest: Millis) -> Event {
    let earliest = Some(earliest);
    Event::Submit(Submit::of(Request {
        earliest,
        ..Request::new(id, kind)
    }))
}

/// What a thread calls: each thread another mixture, the same in every run.
fn calls(thread: usize, round: usize) -> impl Iterator<Item = Event> {
    (0..CALLS).map(move |n| {
        let pick = thread * 7 + round * 5 + n * 3;
        let id = IDS[pick % IDS.len()];
        match pick % 5 {
            0 | 1 => {
                let kind = [Kind::Refresh, Kind::Processing][pick % 2];
                submit(id, kind, Millis::try_from(round).unwrap())
            }
            2 => Event::Cancel(of_id(id)),
            3 => pending(),
            _ => Event::CancelAll(Empty {}),
        }
    })
}

fn of_calls() -> History {
    let history = History::opened();
    history.at_once(|thread, round| calls(thread, round).for_each(|call| history.call(call)));
    history
}

#[test]
fn a_history_of_several_threads_has_an_order_that_explains_it() {
    let history = of_calls();
    let report = history.judged();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert_eq!(report.verdict, Verdict::Conforms, "{:?}", report.doubts);
    let calls = ROUNDS * (THREADS * CALLS + 1) + IDS.len();
    assert_eq!(
        history.lines.lock().unwrap().len(),
        calls * 2 + 2,
        "every call began and ended"
    );
    explain(&header(), &history.done.lock().unwrap()).unwrap();
}

/// Launches, completions and the passing of time among the calls. What is observed stands behind what brought it about.
#[test]
fn a_history_with_launches_and_time_has_an_order_that_explains_it() {
    let history = History::opened();
    history.world(0, Event::Background(Empty {}));
    history.world(0, Event::KeptAwake(KeptAwake { awake: true }));
    history.world(
        0,
        Event::Device(Device {
            in_use: Some(false),
            ..Device::default()
        }),
    );
    history.at_once(|thread, round| {
        let id = IDS[(thread + round) % IDS.len()];
        match (thread, round % 4) {
            (0, _) => history.world(Millis::try_from(round).unwrap() * 1_000, Event::Clock(Empty {})),
            (1, 0 | 2) => history.world(0, Event::Grant(of_id(id))),
            (1, _) => history.call(submit(id, Kind::Refresh, 0)),
            (_, 0) => history.call(Event::Cancel(of_id(id))),
            (_, _) => history.call(submit(id, Kind::Processing, 0)),
        }
        let task = history.tasks.lock().unwrap().pop();
        match (task, round % 2) {
            (Some(task), 0) => history.call(Event::Complete(Complete { task, success: true })),
            (Some(task), _) => {
                history.call(Event::SetExpirationHandler(SetExpirationHandler {
                    task: task.clone(),
                    set: true,
                }));
                history.tasks.lock().unwrap().push(task);
            }
            (None, _) => history.call(pending()),
        }
    });
    let done = history.done.into_inner().unwrap();
    let order = explain(&header(), &done).unwrap_or_else(|what| panic!("no order explains it: {what}"));
    assert_eq!(order.len(), done.len());
    let deliveries = done.iter().flat_map(|done| &done.applied.observed);
    let deliveries = deliveries.filter(|record| matches!(record.event, Some(Event::Delivered(_))));
    assert!(deliveries.count() > 5, "something was launched");
}

#[test]
fn a_list_that_no_order_explains_is_found() {
    let history = of_calls();
    let mut lines = history.lines.into_inner().unwrap();
    let Some(Event::End(Answer::Pending(list))) = &mut lines.last_mut().unwrap().event else {
        panic!("the history ends with a list");
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

/// A thread that works on a copy of the state loses what another does meanwhile. Both readings notice.
#[test]
fn a_seeded_race_of_real_threads_is_noticed() {
    let history = Arc::new(History::opened());
    history.call(submit("app.b", Kind::Processing, 0));
    let meet = Arc::new(Barrier::new(2));
    let torn = thread::spawn({
        let (history, meet) = (Arc::clone(&history), Arc::clone(&meet));
        move || {
            tear_here(move || {
                meet.wait();
                meet.wait();
            });
            history.call(Event::Cancel(of_id("app.b")));
        }
    });
    meet.wait();
    history.call(submit("app.a", Kind::Refresh, 0));
    meet.wait();
    torn.join().unwrap();
    history.call(pending());
    let report = history.judged();
    let rules: Vec<_> = report.findings.iter().flat_map(|finding| &finding.rules).collect();
    assert_eq!(report.verdict, Verdict::Breaks);
    assert!(rules.iter().any(|rule| rule.id.to_string() == "PEN-1"), "{rules:?}");
    let refused = explain(&header(), &history.done.lock().unwrap()).unwrap_err();
    assert!(refused.starts_with("PEN-1"), "{refused}");
}
