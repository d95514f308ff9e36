//! Shrinking: how often a tool comes from a failing run to the shortest, and how many executions that takes.
//!
//! The implementation is the common workload with four tasks, of which two may be active; it fails where a task completes that has
//! expired twice. The shortest way there has ten steps.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

use bgspec_conformance::campaign::shrink::{Case, Ways, shrink};
use bgspec_conformance::play::action::{Action, Input};
use bgspec_model::engine::workload::{Event, State, Workload};
use bgspec_model::vocabulary::{
    self as words, Complete, Device, Header, Identifier, Kind, OfIdentifier, Permitted, Progress, Request, Submit,
    TaskName, Version,
};
use hegel::generators as gs;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use crate::explore::ours;
use crate::read::pinned;
use crate::steps::{Reference, choices, chosen, enabled, hegel_settings, node_version, runner};
use crate::table::{Section, Tool};
use crate::{Figure, Measured, Quick, machine, outside};

const FOUR: Workload = Workload { tasks: 4, active: 2 };
const STEPS: usize = 150;
const SHORTEST: usize = 10;
/// Runs that may be tried until one fails.
const TRIES: u32 = 10_000;

pub fn section() -> Section {
    Section {
        name: "shrink",
        question: "The common workload with four tasks, two active, fails at the completion of a task that expired twice; runs have 150 steps, the shortest \
                   that fails has ten. The figure counts how many plays a tool takes from a first failure to its last word, the median over its seeds; the \
                   note in how many seeds that was the shortest. Ours is the shrinker of `bgspec test`, told in its words. hegeltest and the tools of other languages have fewer seeds.",
        unit: "plays",
        more: false,
        reach: Some((2.0, &["fast-check"])),
        tools: vec![
            Tool {
                name: "bgspec",
                version: ours,
                measure: campaign,
            },
            Tool {
                name: "proptest-state-machine",
                version: || machine::locked("proptest-state-machine"),
                measure: state_machine,
            },
            Tool {
                name: "quickcheck",
                version: || machine::locked("quickcheck"),
                measure: quickcheck,
            },
            Tool {
                name: "hegeltest",
                version: || machine::locked("hegeltest"),
                measure: hegeltest,
            },
            Tool {
                name: "hypothesis",
                version: || pinned("hypothesis"),
                measure: hypothesis,
            },
            Tool {
                name: "fast-check",
                version: node_version,
                measure: fast_check,
            },
        ],
    }
}

/// The implementation with the fault.
#[derive(Debug, Clone)]
struct Faulty {
    state: State,
    expired: [u32; 4],
}

impl Faulty {
    fn new() -> Self {
        Self {
            state: Workload::START,
            expired: [0; 4],
        }
    }

    /// Does a step. None: it is not enabled; false: it fails.
    fn step(&mut self, event: Event) -> Option<bool> {
        let next = FOUR.next(self.state, event)?;
        for task in 0..FOUR.tasks {
            // A stale task takes a report; after the tick that makes it expire it does not.
            let stale = |state| FOUR.next(state, Event::Report(task)).is_some();
            self.expired[task as usize] += u32::from(event == Event::Tick && stale(self.state) && !stale(next));
        }
        self.state = next;
        Some(!matches!(event, Event::Complete(task) if self.expired[task as usize] >= 2))
    }

    /// Plays a list; the steps that were enabled, up to the failure, where there is one.
    fn fails(steps: impl IntoIterator<Item = Event>) -> Option<Vec<Event>> {
        let mut faulty = Self::new();
        let mut played = Vec::new();
        for event in steps {
            match faulty.step(event) {
                None => {}
                Some(true) => played.push(event),
                Some(false) => {
                    played.push(event);
                    return Some(played);
                }
            }
        }
        None
    }
}

/// What came of each seed: how long the result is, and after how many plays.
fn told(mut results: Vec<(usize, usize)>) -> Measured {
    let seeds = results.len();
    if seeds == 0 {
        return Err("no seed found the fault".into());
    }
    let reached = results.iter().filter(|(length, _)| *length == SHORTEST).count();
    let longest = results.iter().map(|(length, _)| *length).max().unwrap_or(0);
    results.sort_by_key(|(_, plays)| *plays);
    let most = results.last().map_or(0, |(_, plays)| *plays);
    let note = format!("shortest in {reached} of {seeds} seeds, longest {longest} steps, at most {most} plays");
    Ok(Figure {
        value: results[seeds / 2].1 as f64,
        note,
    })
}

fn seeds(quick: Quick) -> u64 {
    quick.or(5, 1_000)
}

// ---- ours: the steps in the words of the campaign

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

fn said(event: Event) -> Action {
    let id = |task: u32| Identifier::from(NAMES[task as usize]);
    let task = |task: u32| TaskName::new(id(task), 1);
    let device = |device: Device| Action::from(words::Event::Device(device));
    match event {
        Event::Network => device(Device {
            network: Some(true),
            ..Device::default()
        }),
        Event::Power => device(Device {
            power: Some(true),
            ..Device::default()
        }),
        Event::Submit(of) => {
            words::Event::Submit(Submit::of(Request::new(NAMES[of as usize], Kind::Processing))).into()
        }
        Event::Cancel(of) => words::Event::Cancel(OfIdentifier { id: id(of) }).into(),
        Event::Launch(of) => words::Event::Grant(OfIdentifier { id: id(of) }).into(),
        Event::Report(of) => words::Event::Progress(Progress {
            task: task(of),
            total: None,
            completed: Some(1),
            child: None,
        })
        .into(),
        Event::Tick => Action::Wait(1),
        Event::Complete(of) => words::Event::Complete(Complete {
            task: task(of),
            success: true,
        })
        .into(),
    }
}

fn heard(action: &Action) -> Option<Event> {
    let of = |id: &Identifier| {
        NAMES
            .iter()
            .position(|name| *name == id.as_str())
            .map(|task| task as u32)
    };
    let Action::Do(Input { event, .. }) = action else {
        return Some(Event::Tick);
    };
    Some(match event {
        words::Event::Device(Device { network: Some(_), .. }) => Event::Network,
        words::Event::Device(_) => Event::Power,
        words::Event::Submit(submit) => Event::Submit(of(&submit.request().id)?),
        words::Event::Cancel(cancel) => Event::Cancel(of(&cancel.id)?),
        words::Event::Grant(grant) => Event::Launch(of(&grant.id)?),
        words::Event::Progress(progress) => Event::Report(of(&progress.task.id)?),
        words::Event::Complete(complete) => Event::Complete(of(&complete.task.id)?),
        _ => return None,
    })
}

/// The campaign keeps the four shortest of its failing cases to begin from.
fn campaign(quick: Quick) -> Measured {
    const KEPT: usize = 4;
    let mut results = Vec::new();
    for seed in 0..seeds(quick) {
        let mut runner = runner(seed);
        let mut found = Vec::new();
        for _ in 0..TRIES {
            let choices = choices(&mut runner, STEPS)?;
            let mut state = Workload::START;
            let steps = choices.into_iter().map(|choice| {
                let event = chosen(FOUR, state, choice);
                state = FOUR.next(state, event).unwrap_or(state);
                event
            });
            found.extend(Faulty::fails(steps));
            if found.len() == KEPT {
                break;
            }
        }
        found.sort_by_key(Vec::len);
        let mut header = Header::new(Version::NEWEST, "app");
        header.permitted = Permitted::List(NAMES.map(str::to_owned).to_vec());
        let case = |steps: &Vec<Event>| Case {
            header: header.clone(),
            actions: steps.iter().copied().map(said).collect(),
        };
        let mut plays = 0;
        let shrunk = shrink(
            found.iter().map(case).collect(),
            &Ways::default(),
            1_500,
            &mut |tried| {
                plays += 1;
                let steps = Faulty::fails(tried.actions.iter().filter_map(heard))?;
                Some(case(&steps))
            },
        );
        results.extend(shrunk.map(|shrunk| (shrunk.actions.len(), plays)));
    }
    told(results)
}

// ---- proptest-state-machine

type Four = Reference<{ FOUR.tasks }, { FOUR.active }>;

struct Test;

impl StateMachineTest for Test {
    type SystemUnderTest = Faulty;
    type Reference = Four;

    fn init_test(_: &State) -> Faulty {
        Faulty::new()
    }

    fn apply(mut faulty: Faulty, _: &State, event: Event) -> Faulty {
        assert!(faulty.step(event) != Some(false), "it fails");
        faulty
    }
}

/// Counts plays from the first failure on.
#[derive(Default)]
struct Plays {
    failed: Cell<bool>,
    count: Cell<usize>,
}

impl Plays {
    fn play(&self) {
        self.count.set(self.count.get() + usize::from(self.failed.get()));
    }
}

fn silent<T>(run: impl FnOnce() -> T) -> std::thread::Result<T> {
    catch_unwind(AssertUnwindSafe(run))
}

fn state_machine(quick: Quick) -> Measured {
    std::panic::set_hook(Box::new(|_| {}));
    let mut results = Vec::new();
    for seed in 0..seeds(quick) {
        let config = Config {
            cases: TRIES,
            failure_persistence: None,
            ..Config::default()
        };
        let mut runner = TestRunner::new_with_rng(config.clone(), runner(seed).rng().clone());
        let plays = Plays::default();
        let strategy = Four::sequential_strategy(STEPS);
        let result = runner.run(&strategy, |(state, steps, seen)| {
            plays.play();
            let run = silent(|| Test::test_sequential(config.clone(), state, steps, seen));
            run.map_err(|_| {
                plays.failed.set(true);
                TestCaseError::fail("it fails")
            })
        });
        if let Err(TestError::Fail(_, (_, steps, _))) = result {
            results.push((steps.len(), plays.count.get()));
        }
    }
    told(results)
}

// ---- quickcheck

fn quickcheck(quick: Quick) -> Measured {
    #[derive(Debug, Clone)]
    struct Run(Vec<Event>);
    impl quickcheck::Arbitrary for Run {
        fn arbitrary(random: &mut quickcheck::Gen) -> Self {
            let mut state = Workload::START;
            let step = |_| {
                let event = chosen(FOUR, state, <u32 as quickcheck::Arbitrary>::arbitrary(random));
                state = FOUR.next(state, event).unwrap_or(state);
                event
            };
            Self((0..STEPS).map(step).collect())
        }

        fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
            // As for its vectors, but that a step has no smaller one.
            let steps = self.0.clone();
            let sizes = std::iter::successors(Some(steps.len() / 2), |size| (*size > 1).then_some(size / 2));
            let tries = sizes.flat_map(move |size| {
                let steps = steps.clone();
                (0..steps.len().div_ceil(size.max(1))).map(move |place| {
                    let mut fewer = steps.clone();
                    fewer.drain(place * size..((place + 1) * size).min(steps.len()));
                    Self(fewer)
                })
            });
            Box::new(tries)
        }
    }
    thread_local! {
        static FOUND: RefCell<(Vec<Event>, usize, bool)> = const { RefCell::new((Vec::new(), 0, false)) };
    }
    fn holds(Run(steps): Run) -> bool {
        FOUND.with_borrow_mut(|(least, plays, failed)| {
            *plays += usize::from(*failed);
            let fails = Faulty::fails(steps.iter().copied());
            // It shows the case, steps that were not enabled included.
            if fails.is_some() {
                *failed = true;
                *least = steps;
            }
            fails.is_none()
        })
    }
    let mut results = Vec::new();
    for _ in 0..seeds(quick) {
        FOUND.set((Vec::new(), 0, false));
        let mut run = quickcheck::QuickCheck::new()
            .tests(u64::from(TRIES))
            .max_tests(u64::from(TRIES));
        if run.quicktest(holds as fn(Run) -> bool).is_err() {
            results.push(FOUND.with_borrow(|(least, plays, _)| (least.len(), *plays)));
        }
    }
    told(results)
}

// ---- hegeltest

fn hegeltest(quick: Quick) -> Measured {
    std::panic::set_hook(Box::new(|_| {}));
    let mut results = Vec::new();
    for seed in 0..quick.or(1, 20) {
        let plays = Plays::default();
        let last = RefCell::new(Vec::new());
        let run = hegel::Hegel::new(|case: hegel::TestCase| {
            plays.play();
            let mut faulty = Faulty::new();
            let mut steps = Vec::new();
            let count = case.draw_silent(gs::integers::<usize>().min_value(0).max_value(STEPS));
            for _ in 0..count {
                let event = case.draw_silent(gs::sampled_from(enabled(FOUR, faulty.state)));
                steps.push(event);
                if faulty.step(event) == Some(false) {
                    plays.failed.set(true);
                    last.replace(steps);
                    panic!("it fails");
                }
            }
        });
        let run = run.settings(hegel_settings(u64::from(TRIES), seed));
        if silent(|| run.run()).is_err() && plays.failed.get() {
            results.push((last.borrow().len(), plays.count.get()));
        }
    }
    told(results)
}

// ---- other languages: the length and the plays of each seed, a line each

fn lines(said: &str) -> Measured {
    let pair = |line: &str| {
        let (length, plays) = line.split_once(' ')?;
        Some((length.parse().ok()?, plays.parse().ok()?))
    };
    told(said.lines().filter_map(pair).collect())
}

fn hypothesis(quick: Quick) -> Measured {
    let python = outside::python()?;
    let seeds = quick.or("1", "2");
    lines(&outside::output(
        &outside::folder("python")?,
        &python,
        &[&outside::script("workload.py"), "shrink", seeds],
    )?)
}

fn fast_check(quick: Quick) -> Measured {
    let folder = outside::node()?;
    std::fs::copy(outside::script("workload.mjs"), folder.join("workload.mjs"))?;
    lines(&outside::output(
        &folder,
        "node",
        &["workload.mjs", "shrink", quick.or("5", "200")],
    )?)
}
