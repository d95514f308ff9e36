//! Races, explored by loom: every interleaving of a few calls of several threads, to the end.
//!
//! Each call of the scheduler is one critical section of one lock, so for the calls themselves (`calls`, `deaths`) the
//! interleavings come down to their orders. What is explored there is that this is so: that no call looks in one section
//! and acts in another. Where threads really meet otherwise is the queue of the events and the turn at the listener
//! (`outlet`), the clock and the driver in real time (`driver`), and the beginning of a process that nobody said
//! (`adapter`).
//!
//! Every exploration is complete, with no bound on preemptions, on executions or on time; that of the driver alone has a
//! bound on preemptions. It prints how many executions there were. For each one a race is seeded, and has to be found: a call that works on a copy of the state ("torn"), or a
//! [`Race`].

mod adapter;
mod calls;
mod deaths;
mod driver;
mod outlet;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};

use bgspec_model::vocabulary::{Extension, Header, Permitted};
use serde_json::Value;

use super::super::InProcess;
use super::super::sync::{self, Race};
use super::history::{Done, explain};
use super::*;
use crate::play::adapter::{Adapter, Applied};
use crate::play::runner::header_for;

/// What came of an exploration: how many executions there were, and what came out of them.
struct Explored<T> {
    executions: usize,
    outcomes: BTreeMap<String, T>,
}

/// How far to look.
#[derive(Clone, Copy)]
struct Bounds {
    /// At most so many times a thread is stopped that could go on; none: any number of times.
    preemptions: Option<usize>,
    race: Option<Race>,
}

impl Bounds {
    const NONE: Self = Self {
        preemptions: None,
        race: None,
    };

    /// What an exploration that came to its end has seen.
    fn words(self) -> String {
        match self.preemptions {
            None => "every one".to_owned(),
            Some(most) => format!("every one with at most {most} preemptions"),
        }
    }
}

/// Stops an exploration.
struct Enough;

/// Runs `work` in every interleaving of its threads within the bounds, or until `enough` says so of what came out of one.
/// `key` tells apart what comes out.
fn explored<T: Send + 'static>(
    bounds: Bounds,
    work: impl Fn() -> T + Send + Sync + 'static,
    key: impl Fn(&T) -> String + Send + Sync + 'static,
    enough: impl Fn(&T) -> bool + Send + Sync + 'static,
) -> Explored<T> {
    let found = Arc::new(Mutex::new(Explored {
        executions: 0,
        outcomes: BTreeMap::new(),
    }));
    let notes = Arc::clone(&found);
    let mut model = loom::model::Builder::new();
    // Whatever the environment says.
    (model.preemption_bound, model.max_permutations, model.max_duration) = (bounds.preemptions, None, None);
    (model.max_threads, model.max_branches) = (4, 10_000);
    let explores = || {
        model.check(move || {
            let outcome = work();
            let mut notes = notes.lock().unwrap();
            notes.executions += 1;
            let key = key(&outcome);
            let ends = !notes.outcomes.contains_key(&key) && enough(&outcome);
            notes.outcomes.insert(key, outcome);
            drop(notes);
            if ends {
                resume_unwind(Box::new(Enough));
            }
        });
    };
    let ended = sync::explore(bounds.race, || catch_unwind(AssertUnwindSafe(explores)));
    if let Err(payload) = ended
        && !payload.is::<Enough>()
    {
        resume_unwind(payload);
    }
    let mut found = found.lock().unwrap();
    assert!(found.executions > 0, "nothing was explored");
    Explored {
        executions: found.executions,
        outcomes: std::mem::take(&mut found.outcomes),
    }
}

/// Explores `work` without a race and with each of `races`. `right` says what comes out of it: never anything else
/// without a race, and something else with one.
fn finds<T: std::fmt::Debug + Send + 'static>(
    name: &str,
    races: &[Race],
    work: impl Fn() -> T + Clone + Send + Sync + 'static,
    right: impl Fn(&T) -> bool + Copy + Send + Sync + 'static,
) {
    finds_within(None, name, races, work, right);
}

/// As [`finds`], with a bound on the preemptions.
fn finds_within<T: std::fmt::Debug + Send + 'static>(
    preemptions: Option<usize>,
    name: &str,
    races: &[Race],
    work: impl Fn() -> T + Clone + Send + Sync + 'static,
    right: impl Fn(&T) -> bool + Copy + Send + Sync + 'static,
) {
    let show = |outcome: &T| format!("{outcome:?}");
    let bounds = Bounds {
        preemptions,
        race: None,
    };
    let sound = explored(bounds, work.clone(), show, |_| false);
    for outcome in sound.outcomes.values() {
        assert!(right(outcome), "{name}: {outcome:#?}");
    }
    assert!(sound.executions > 1, "{name}: nothing was interleaved");
    println!(
        "races: {name}: {} executions, {}; outcomes: {}",
        sound.executions,
        bounds.words(),
        sound.outcomes.len()
    );
    for race in races {
        let bounds = Bounds {
            race: Some(*race),
            ..bounds
        };
        let raced = explored(bounds, work.clone(), show, move |outcome| !right(outcome));
        let wrong = raced.outcomes.values().find(|outcome| !right(outcome));
        let Some(wrong) = wrong else {
            panic!("{name}: nobody notices {race:?} in {} executions", raced.executions);
        };
        println!(
            "races: {name}: {race:?} is found in execution {}: {wrong:?}",
            raced.executions
        );
    }
}

/// Whose locks are explored: the scheduler's alone, or the adapter's too.
enum Door {
    Scheduler(Scheduler),
    Adapter(Box<InProcess>),
}

impl Door {
    fn apply(&self, input: &Record) -> Applied {
        match self {
            Self::Adapter(adapter) => adapter.apply(input).unwrap(),
            Self::Scheduler(scheduler) => {
                let event = input.event.as_ref().unwrap();
                if let Event::Clock(_) = event {
                    let (reached, observed) = scheduler.run_until(input.at);
                    return Applied {
                        reached: Some(reached),
                        answer: None,
                        observed,
                    };
                }
                let caller = input.by.clone().map_or(Caller::App, Caller::Extension);
                let (answer, observed) = scheduler.apply(&caller, event).unwrap();
                Applied {
                    reached: None,
                    answer,
                    observed,
                }
            }
        }
    }

    /// A call or an input, with the moments of its first lock and of its return.
    fn call(&self, input: &Record) -> Done {
        sync::begins();
        let applied = self.apply(input);
        let ended = sync::tick();
        Done {
            begun: sync::begun().unwrap(),
            ended,
            input: input.clone(),
            applied,
        }
    }
}

/// Threads that call at once: what was before, what each does, and a look at what is left.
struct Scene {
    name: String,
    os: u16,
    choices: Choices,
    before: Vec<Record>,
    threads: Vec<Vec<Record>>,
    after: Vec<Record>,
}

/// A line at a time, of a process where it names one.
fn line(at: Millis, pid: impl Into<Option<u32>>, name: &str, body: Value) -> Record {
    let mut record = Record::new(at, serde_json::from_value(serde_json::json!({ name: body })).unwrap());
    record.pid = pid.into();
    record
}

impl Scene {
    fn header(&self) -> Header {
        let mut header = Header::new(Version::new(self.os, 0), "app");
        header.permitted = Permitted::List(["app.a", "app.b", "app.c", "app.d"].map(str::to_owned).to_vec());
        header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
        header.extensions.push(Extension {
            name: "share".to_owned(),
            schedules: true,
        });
        header_for(&header, &InProcess::with(self.choices.clone()).hello().unwrap())
    }

    fn scheduler(&self) -> Door {
        let choices = self.choices.clone();
        Door::Scheduler(Scheduler::with(VirtualClock::new(), Facts::of(&self.header()), choices))
    }

    fn adapter(&self) -> Door {
        let adapter = InProcess::with(self.choices.clone());
        adapter.reset(&self.header()).unwrap();
        Door::Adapter(Box::new(adapter))
    }

    /// Plays it once under loom. The calls of the thread `torn` are torn.
    fn play(&self, door: Door, torn: Option<usize>) -> Vec<Done> {
        let door = Arc::new(door);
        let mut history: Vec<_> = self.before.iter().map(|input| door.call(input)).collect();
        let threads: Vec<_> = self
            .threads
            .iter()
            .enumerate()
            .map(|(index, inputs)| {
                let (door, inputs) = (Arc::clone(&door), inputs.clone());
                loom::thread::spawn(move || {
                    if torn == Some(index) {
                        sync::tear();
                    }
                    let history: Vec<_> = inputs.iter().map(|input| door.call(input)).collect();
                    history
                })
            })
            .collect();
        for thread in threads {
            history.extend(thread.join().unwrap());
        }
        history.extend(self.after.iter().map(|input| door.call(input)));
        history
    }

    /// Every history that comes out. They are explained afterwards: the stacks under loom are small.
    fn explored(self: &Arc<Self>, open: fn(&Self) -> Door, torn: Option<usize>) -> Explored<Vec<Done>> {
        let scene = Arc::clone(self);
        explored(
            Bounds::NONE,
            move || scene.play(open(&scene), torn),
            |history| key(history),
            |_| false,
        )
    }

    /// Explores it. In every interleaving the oracle has an order that explains what came out, each thread comes first in
    /// one of them, and where the calls of a thread in `noticed` are torn, no order explains some interleaving.
    fn explore(self, noticed: &[usize]) {
        self.explore_through(Self::scheduler, noticed);
    }

    /// The same, through a door.
    fn explore_through(self, open: fn(&Self) -> Door, noticed: &[usize]) {
        let scene = Arc::new(self);
        let (executions, histories) = scene.sound(open);
        println!(
            "races: {}: {executions} executions, {}; {histories} histories, each has an order that conforms",
            scene.name,
            Bounds::NONE.words()
        );
        assert!(!noticed.is_empty(), "{}: no race is seeded", scene.name);
        for torn in noticed {
            let call = scene.threads[*torn][0].event.as_ref().unwrap().name();
            let (executions, wrong) = scene.torn(open, *torn);
            let wrong = wrong.unwrap_or_else(|| panic!("{}: nobody notices that {call} is torn", scene.name));
            println!(
                "races: {}: a torn {call} is found in {executions} executions: {wrong}",
                scene.name
            );
        }
    }

    /// How many executions there are, and how many histories that an order explains.
    fn sound(self: &Arc<Self>, open: fn(&Self) -> Door) -> (usize, usize) {
        let (name, header) = (&self.name, self.header());
        let sound = self.explored(open, None);
        let mut first = BTreeSet::new();
        for history in sound.outcomes.values() {
            let order = explain(&header, history).unwrap_or_else(|what| panic!("{name}: {what}\n{}", shown(history)));
            first.insert(order[self.before.len()]);
        }
        assert_eq!(first.len(), self.threads.len(), "{name}: somebody never comes first");
        (sound.executions, sound.outcomes.len())
    }

    /// How many executions there are where the calls of a thread are torn, and what no order explains.
    fn torn(self: &Arc<Self>, open: fn(&Self) -> Door, torn: usize) -> (usize, Option<String>) {
        let (header, raced) = (self.header(), self.explored(open, Some(torn)));
        let wrong = raced
            .outcomes
            .values()
            .find_map(|history| explain(&header, history).err());
        (raced.executions, wrong)
    }
}

/// Equal for histories that differ in nothing that an explanation looks at.
fn key(history: &[Done]) -> String {
    let mut moments: Vec<_> = history.iter().flat_map(|done| [done.begun, done.ended]).collect();
    moments.sort_unstable();
    let place = |moment| moments.binary_search(&moment).unwrap();
    let shown = |done: &Done| format!("{} {} {:?}", place(done.begun), place(done.ended), done.applied);
    history.iter().map(shown).collect::<Vec<_>>().join("\n")
}

/// One a line: its moments, what was said, what came of it.
fn shown(history: &[Done]) -> String {
    let json = |done: &Done| {
        let input = serde_json::to_string(&done.input).unwrap();
        format!(
            "{}-{} {input} -> {}",
            done.begun,
            done.ended,
            serde_json::to_string(&done.applied).unwrap()
        )
    };
    history.iter().map(json).collect::<Vec<_>>().join("\n")
}
