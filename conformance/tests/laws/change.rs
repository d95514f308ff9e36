//! Single changes of a trace: an answer that is another, a line that is gone, twice there, or where its neighbour was.

use bgspec_model::vocabulary::*;

use crate::source::{Random, Trace};

/// What a change does to its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// An observation is gone.
    Dropped,
    /// An observation comes twice.
    Twice,
    /// A call has another answer.
    OtherAnswer,
    /// A task is delivered as another kind.
    OtherKind,
    /// A list lacks its first entry.
    Shortened,
    /// A list has an entry more.
    Lengthened,
    /// An observation comes at the time of the line before.
    Earlier,
    /// An observation, and all that follows, comes a day later.
    Later,
    /// An observation changes places with the line before.
    Swapped,
    /// A task is delivered that nobody asked for.
    Spurious,
}

impl Sort {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::Twice => "twice",
            Self::OtherAnswer => "other answer",
            Self::OtherKind => "other kind",
            Self::Shortened => "shortened",
            Self::Lengthened => "lengthened",
            Self::Earlier => "earlier",
            Self::Later => "later",
            Self::Swapped => "swapped",
            Self::Spurious => "spurious",
        }
    }
}

/// A change of the line at this place.
#[derive(Debug, Clone)]
pub struct Change {
    pub sort: Sort,
    pub place: usize,
    /// The line in its place, where it is only another.
    with: Option<Record>,
}

const DAY: Millis = 24 * 3_600_000;

/// The other answers that a call could have had.
fn other_answers(record: &Record) -> Vec<Record> {
    let with = |event| Record {
        event: Some(event),
        ..record.clone()
    };
    let mut others = Vec::new();
    match record.event.as_ref() {
        Some(Event::Submit(submit)) => {
            let refused = (1..=4).map(|code| SubmitAnswer::Refused(Code(code).into()));
            let raised = "No launch handler registered for task with identifier x".to_owned();
            let all = [SubmitAnswer::Accepted, SubmitAnswer::Raised(raised)]
                .into_iter()
                .chain(refused);
            let raises = |answer: &Option<SubmitAnswer>| matches!(answer, Some(SubmitAnswer::Raised(_)));
            for answer in all.map(Some) {
                let same = answer == submit.answer || raises(&answer) && raises(&submit.answer);
                if !same {
                    let submit = submit.clone();
                    others.push(with(Event::Submit(Submit { answer, ..submit })));
                }
            }
        }
        Some(Event::Register(register)) => {
            let raised = "Launch handler for task with identifier x has already been registered".to_owned();
            let all = [
                RegisterAnswer::Returned(true),
                RegisterAnswer::Returned(false),
                RegisterAnswer::Raised(raised),
            ];
            let raises = |answer: &Option<RegisterAnswer>| matches!(answer, Some(RegisterAnswer::Raised(_)));
            for answer in all.map(Some) {
                if answer != register.answer && !(raises(&answer) && raises(&register.answer)) {
                    let register = register.clone();
                    others.push(with(Event::Register(Register { answer, ..register })));
                }
            }
        }
        Some(Event::SupportedResources(SupportedResources { answer: Some(answer) })) => {
            let answer = Some(Resources { gpu: !answer.gpu });
            others.push(with(Event::SupportedResources(SupportedResources { answer })));
        }
        Some(Event::GpuWork(work)) => others.push(with(Event::GpuWork(other_work(*work)))),
        Some(Event::NeuralEngineWork(work)) => others.push(with(Event::NeuralEngineWork(other_work(*work)))),
        Some(Event::ProtectedRead(read)) => {
            let answer = other_work(Work { answer: read.answer }).answer;
            others.push(with(Event::ProtectedRead(ProtectedRead { answer, ..*read })));
        }
        Some(Event::SubmissionCompleted(completed)) => {
            for error in [None, Some(Code(1)), Some(Code(2)), Some(Code(3))] {
                if error != completed.error {
                    others.push(with(Event::SubmissionCompleted(SubmissionCompleted {
                        error,
                        ..completed.clone()
                    })));
                }
            }
        }
        _ => {}
    }
    others
}

fn other_work(work: Work) -> Work {
    let answer = match work.answer {
        Some(WorkAnswer::Succeeded) => Some(WorkAnswer::Failed),
        _ => Some(WorkAnswer::Succeeded),
    };
    Work { answer }
}

/// Every change of this trace that makes another story of the scheduler.
pub fn changes(trace: &Trace) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut tasks: Vec<(Identifier, u32)> = Vec::new();
    for (place, record) in trace.records.iter().enumerate() {
        let Some(event) = &record.event else { continue };
        let mut change = |sort, with| changes.push(Change { sort, place, with });
        for other in other_answers(record) {
            change(Sort::OtherAnswer, Some(other));
        }
        match event {
            Event::Pending(Pending { answer: Some(list) }) => {
                let with = |list: Vec<Request>| Record {
                    event: Some(Event::Pending(Pending { answer: Some(list) })),
                    ..record.clone()
                };
                if let Some((_, rest)) = list.split_first() {
                    change(Sort::Shortened, Some(with(rest.to_vec())));
                }
                let permitted = trace.header.permitted.entries().iter();
                let mut other =
                    permitted.filter(|id| !id.contains('*') && list.iter().all(|entry| entry.id.as_str() != **id));
                if let Some(id) = other.next_back() {
                    let more = Request::new(id.as_str(), Kind::Processing);
                    change(Sort::Lengthened, Some(with([list.clone(), vec![more]].concat())));
                }
            }
            Event::Delivered(delivered) => {
                match tasks.iter_mut().find(|(id, _)| *id == delivered.task.id) {
                    Some((_, n)) => *n = delivered.task.n,
                    None => tasks.push((delivered.task.id.clone(), delivered.task.n)),
                }
                let kind = match delivered.kind {
                    Kind::Refresh => Kind::Processing,
                    _ => Kind::Refresh,
                };
                let other = Event::Delivered(Delivered {
                    kind,
                    ..delivered.clone()
                });
                change(
                    Sort::OtherKind,
                    Some(Record {
                        event: Some(other),
                        ..record.clone()
                    }),
                );
            }
            Event::LaunchFinished(_) => {
                if let Some(id) = trace.header.permitted.entries().iter().find(|id| !id.contains('*')) {
                    let id = Identifier::from(id.as_str());
                    let n = tasks.iter().find(|(other, _)| *other == id).map_or(1, |(_, n)| n + 1);
                    let delivered = Event::Delivered(Delivered {
                        task: TaskName::new(id, n),
                        kind: Kind::Refresh,
                        queue: None,
                    });
                    change(
                        Sort::Spurious,
                        Some(Record {
                            event: Some(delivered),
                            ..record.clone()
                        }),
                    );
                }
            }
            _ => {}
        }
        if event.role() == Role::Observation {
            change(Sort::Dropped, None);
            change(Sort::Twice, None);
            change(Sort::Later, None);
            if place > 0 && trace.records[place - 1].call.is_none() {
                change(Sort::Swapped, None);
                if trace.records[place - 1].at < record.at {
                    change(Sort::Earlier, None);
                }
            }
        }
    }
    changes
}

impl Change {
    /// The trace with this change.
    pub fn of(&self, trace: &Trace) -> Trace {
        let mut records = trace.records.clone();
        let place = self.place;
        match self.sort {
            Sort::OtherAnswer | Sort::OtherKind | Sort::Shortened | Sort::Lengthened => {
                records[place] = self.with.clone().unwrap();
            }
            Sort::Spurious => records.insert(place + 1, self.with.clone().unwrap()),
            Sort::Dropped => {
                records.remove(place);
            }
            Sort::Twice => records.insert(place + 1, records[place].clone()),
            Sort::Earlier => {
                let at = records[place - 1].at;
                records[place].at = at;
            }
            Sort::Later => records[place..].iter_mut().for_each(|record| record.at += DAY),
            Sort::Swapped => {
                let (before, after) = (records[place - 1].at, records[place].at);
                records.swap(place - 1, place);
                (records[place - 1].at, records[place].at) = (before, after);
            }
        }
        Trace {
            name: format!("{}, line {} {}", trace.name, place + 2, self.sort.name()),
            records,
            ..trace.clone()
        }
    }
}

/// Some of the changes of each of these traces.
pub fn some(traces: &[Trace], each: usize, seed: u64) -> Vec<Trace> {
    let mut random = Random::new(seed);
    let mut changed = Vec::new();
    for trace in traces {
        let changes = changes(trace);
        for _ in 0..each.min(changes.len()) {
            changed.push(changes[random.below(changes.len())].of(trace));
        }
    }
    changed
}
