//! Histories: several threads call one implementation at once, and the oracle looks for an order that explains the answers
//! (SUB-25), hidden choices included.
//!
//! They are played where the implementation takes such calls and launches only what is granted: then nothing is observed
//! beside the answers. The app is in the foreground and no time passes. In each round the threads wait for one another and
//! then call; a call's begin is written before it is made and its end when it has returned, so the lines stand in an
//! order that real time allows. Between rounds no call is open, and the list is asked for. What is called hangs on seed
//! and number alone; how the calls overlap does not, so a history is not shrunk, and counts for no rule but SUB-25. What
//! is broken too where the same calls come one after another is no matter of threads, and left to the cases.

use std::sync::{Barrier, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use bgspec_model::oracle::{Malformed, Oracle, Terms};
use bgspec_model::report::{Doubt, Report, Verdict};
use bgspec_model::vocabulary::*;

use super::decode::cast::{PROCESSING, REFRESH};
use super::generate::nothing;
use crate::play::action::Action;
use crate::play::adapter::{Adapter, Applied, Failure, Hello};
use crate::play::protocol::{self, Sort};
use crate::play::runner::{Played, Trouble, guarded};

/// How many threads call.
pub const THREADS: usize = 3;
/// How often they call at once, and how many calls each makes then.
const ROUNDS: usize = 8;
const CALLS: usize = 2;
/// How long a history is judged.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether an implementation can be put to histories.
#[must_use]
pub fn fit(hello: &Hello) -> bool {
    hello.concurrent
        && hello.discretion == Discretion::Driven
        && hello.areas.contains(&Area::Submission)
        && !kinds(hello).is_empty()
}

fn kinds(hello: &Hello) -> Vec<Kind> {
    let waits = [Kind::Refresh, Kind::Processing];
    waits.into_iter().filter(|kind| hello.kinds.contains(kind)).collect()
}

/// What is written while several threads call.
struct History<'a> {
    adapter: &'a dyn Adapter,
    written: Mutex<Written>,
}

#[derive(Default)]
struct Written {
    records: Vec<Record>,
    /// In the order in which they began, and in which they returned.
    actions: Vec<Action>,
    returned: Vec<Action>,
    /// What ended it before its time.
    over: Option<Over>,
}

enum Over {
    Trouble(Box<(Trouble, Option<Record>)>),
    /// Something was observed or raised: the history ends here, as far as it came.
    Early,
}

impl History<'_> {
    fn written<T>(&self, ask: impl FnOnce(&mut Written) -> T) -> T {
        ask(&mut self.written.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A line that overlaps nothing.
    fn line(&self, event: Event) {
        let record = Record::of(0, 1, event);
        if self.written(|written| written.over.is_some()) {
            return;
        }
        let applied = self.ask(&record);
        self.written(|written| {
            let event = written.records.len() as u64 + 1;
            match applied {
                Ok(applied) => {
                    let action = record.event.clone().map(Action::from);
                    written.actions.extend(action.clone());
                    written.returned.extend(action);
                    written.records.push(record);
                    if !applied.observed.is_empty() {
                        written.over = Some(Over::Early);
                    }
                }
                Err(failure) => written.fail(failure, event, record),
            }
        });
    }

    /// A call that may overlap others.
    fn call(&self, event: Event) {
        let record = Record::of(0, 1, event);
        let Some(number) = self.written(|written| {
            if written.over.is_some() {
                return None;
            }
            let number = u32::try_from(written.records.len())
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            written.records.push(Record {
                call: Some(number),
                ..record.clone()
            });
            written.actions.extend(record.event.clone().map(Action::from));
            Some(number)
        }) else {
            return;
        };
        let applied = self.ask(&record);
        self.written(|written| match applied {
            Ok(Applied { answer, observed, .. }) => {
                written.returned.extend(record.event.map(Action::from));
                let raised = answer
                    .as_ref()
                    .is_some_and(|answer| answer.answered().raised().is_some());
                if let Some(answer) = answer {
                    written.records.push(Record {
                        call: Some(number),
                        ..Record::of(0, 1, Event::End(answer))
                    });
                }
                if raised || !observed.is_empty() {
                    written.over.get_or_insert(Over::Early);
                }
            }
            Err(failure) => written.fail(failure, number.into(), record),
        });
    }

    fn ask(&self, record: &Record) -> Result<Applied, Failure> {
        let applied = guarded(|| self.adapter.apply(record))?;
        protocol::check(record, &applied).map_err(|what| Failure::Nonsense {
            what: format!("in its reply to {}: {what}", Sort::applying(record)),
        })?;
        Ok(applied)
    }
}

impl Written {
    /// The first failure counts: others may follow from it.
    fn fail(&mut self, failure: Failure, event: u64, asked: Record) {
        if !matches!(self.over, Some(Over::Trouble(..))) {
            self.over = Some(Over::Trouble(Box::new((
                Trouble::Adapter { failure, event },
                Some(asked),
            ))));
        }
    }
}

/// Plays a history. What is called is drawn from `choices`, over and over. None: something was observed or raised, and
/// nothing can be said. Beside it, its calls in the order in which they returned.
pub fn play(adapter: &dyn Adapter, hello: &Hello, header: &Header, choices: &[u32]) -> Option<(Played, Vec<Action>)> {
    let history = History {
        adapter,
        written: Mutex::default(),
    };
    let reset = guarded(|| adapter.reset(header));
    if let Err(failure) = reset {
        history.written(|written| {
            written.over = Some(Over::Trouble(Box::new((Trouble::Adapter { failure, event: 0 }, None))))
        });
    }
    call_all(&history, hello, choices);
    let settled = guarded(|| adapter.settle());
    let Written {
        mut records,
        actions,
        returned,
        mut over,
    } = history.written.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let (Err(failure), None) = (settled, &over) {
        let event = records.len() as u64;
        over = Some(Over::Trouble(Box::new((Trouble::Adapter { failure, event }, None))));
    }
    let (trouble, asked, end) = match over {
        Some(Over::Trouble(trouble)) => (Some(trouble.0), trouble.1, End::Cut),
        Some(Over::Early) => return None,
        None => (None, None, End::Closed),
    };
    records.push(Record::end(0, end));
    let played = match judge(header, &records) {
        Ok(report) => Played {
            header: header.clone(),
            records,
            actions,
            skipped: Vec::new(),
            report,
            trouble,
            asked,
        },
        Err((event, what)) => Played {
            records,
            ..nothing(header.clone(), Trouble::Runner { what, event })
        },
    };
    Some((played, returned))
}

fn call_all(history: &History<'_>, hello: &Hello, choices: &[u32]) {
    let has = |area| hello.areas.contains(&area);
    let kinds = kinds(hello);
    let ids = ids(&kinds);
    history.line(Event::Started(Started { by: Starter::Person }));
    if has(Area::Registration) {
        for id in &ids {
            let register = Register {
                through: None,
                id: id.clone(),
                queue: None,
                answer: None,
            };
            history.call(Event::Register(register));
        }
    }
    history.line(Event::LaunchFinished(Empty {}));
    let list = || has(Area::PendingList).then(|| Event::Pending(Pending::default()));
    let call = |place: usize| {
        let choice = |n: usize| {
            choices
                .get((place * 3 + n) % choices.len().max(1))
                .map_or(0, |choice| *choice as usize)
        };
        let id = ids[choice(0) % ids.len()].clone();
        let submit = || {
            let kind = kinds[choice(1) % kinds.len()];
            let earliest = Some(Millis::try_from(place).unwrap_or(0));
            Event::Submit(Submit::of(Request {
                earliest,
                ..Request::new(id.clone(), kind)
            }))
        };
        match choice(2) % 6 {
            3 if has(Area::Cancelling) => Event::Cancel(OfIdentifier { id }),
            4 if has(Area::Cancelling) => Event::CancelAll(Empty {}),
            5 => list().unwrap_or_else(submit),
            _ => submit(),
        }
    };
    let barrier = Barrier::new(THREADS);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (barrier, call, list) = (&barrier, &call, &list);
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    barrier.wait();
                    for n in 0..CALLS {
                        history.call(call((round * THREADS + thread) * CALLS + n));
                    }
                    if barrier.wait().is_leader()
                        && let Some(list) = list()
                    {
                        history.call(list);
                    }
                }
            });
        }
    });
}

/// Two of each kind: few, so that the threads meet.
fn ids(kinds: &[Kind]) -> Vec<Identifier> {
    let of = |kind: &Kind| match kind {
        Kind::Refresh => REFRESH[..2].to_vec(),
        _ => PROCESSING[..2].to_vec(),
    };
    kinds.iter().flat_map(of).map(Identifier::from).collect()
}

/// What the oracle says; where it takes too long, that it does not know.
fn judge(header: &Header, records: &[Record]) -> Result<Report, (u64, String)> {
    let malformed = |event| move |malformed: Malformed| (event, malformed.what().to_owned());
    let mut oracle = Oracle::new(header, &Terms::default()).map_err(malformed(0))?;
    let until = Instant::now() + PATIENCE;
    for (number, record) in (1..).zip(records) {
        if Instant::now() > until {
            let mut report = oracle.finish();
            report.doubts.push(Doubt {
                event: number,
                until: None,
                at: record.at,
                why: format!("the order of its calls was not found within {} s", PATIENCE.as_secs()),
                party: None,
            });
            if report.verdict == Verdict::Conforms {
                report.verdict = Verdict::Inconclusive;
            }
            return Ok(report);
        }
        oracle.step(record).map_err(malformed(number))?;
    }
    Ok(oracle.finish())
}
