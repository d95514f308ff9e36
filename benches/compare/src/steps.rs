//! Stateful steps: how quickly a tool makes up a run of enabled steps and puts it to a model and to a copy of it.

use std::cell::Cell;

use bgspec_model::engine::histories::{Linearizable, linearizable};
use bgspec_model::engine::plain::Line;
use bgspec_model::engine::workload::{Event, State, Workload};
use hegel::generators as gs;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use crate::explore::ours;
use crate::machine::Since;
use crate::read::pinned;
use crate::table::{Section, Tool};
use crate::{Figure, Measured, Quick, machine, outside};

pub const TEN: Workload = Workload { tasks: 10, active: 3 };
const STEPS: usize = 100;

pub fn section() -> Section {
    Section {
        name: "steps",
        question: "Runs of a hundred enabled steps of the common workload with ten tasks, each put to the model and to a copy of it: 2,000 \
                   runs; 50 of Hypothesis, which would take minutes. Ours chooses as the campaign does and has each run judged by the engine's checker of \
                   histories, which knows nothing of the workload but its forty lines; the second row is proptest-state-machine with that checker too. The \
                   others compare the state of the copy with the state of their model.",
        unit: "steps a second",
        more: true,
        reach: Some((1.0, &["proptest-state-machine-same-checker"])),
        tools: vec![
            Tool {
                name: "bgspec",
                version: ours,
                measure: engine,
            },
            Tool {
                name: "proptest-state-machine-same-checker",
                version: || machine::locked("proptest-state-machine"),
                measure: |quick| state_machine::<Judged>(quick),
            },
            Tool {
                name: "proptest-state-machine",
                version: || machine::locked("proptest-state-machine"),
                measure: |quick| state_machine::<Copy>(quick),
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

pub fn node_version() -> String {
    let list: serde_json::Value = serde_json::from_str(include_str!("../peers/package.json")).unwrap_or_default();
    list["dependencies"]["fast-check"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// What may happen now.
pub fn enabled(workload: Workload, state: State) -> Vec<Event> {
    workload
        .events()
        .filter(|event| workload.next(state, *event).is_some())
        .collect()
}

/// One of them, by a choice.
pub fn chosen(workload: Workload, state: State, choice: u32) -> Event {
    let enabled = enabled(workload, state);
    enabled[choice as usize % enabled.len()]
}

pub fn runner(seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// As many choices.
pub fn choices(runner: &mut TestRunner, count: usize) -> Result<Vec<u32>, String> {
    let tree = proptest::collection::vec(any::<u32>(), count).new_tree(runner);
    Ok(tree.map_err(|reason| reason.to_string())?.current())
}

fn rate(runs: usize, took: f64) -> Measured {
    let steps = runs * STEPS;
    Ok(Figure {
        value: steps as f64 / took,
        note: format!("{runs} runs in {took:.2} s"),
    })
}

fn conforms(lines: &[Line<Event>]) -> bool {
    linearizable(&TEN, Workload::START, lines, |_| true) == Ok(Linearizable::Yes)
}

fn engine(quick: Quick) -> Measured {
    let runs = quick.or(20, 2_000);
    let since = Since::now();
    for run in 0..runs {
        let mut runner = runner(run as u64);
        let choices = choices(&mut runner, STEPS)?;
        let mut copy = Workload::START;
        let mut lines = Vec::with_capacity(STEPS);
        for choice in choices {
            let event = chosen(TEN, copy, choice);
            copy = TEN.next(copy, event).ok_or("a step that is not enabled")?;
            lines.push(Line::Event(event));
        }
        if !conforms(&lines) {
            return Err("the copy is none".into());
        }
    }
    rate(runs, since.seconds())
}

/// The common workload with so many tasks, of which so many may be active, as proptest-state-machine takes it.
pub struct Reference<const TASKS: u32, const ACTIVE: u32>;

impl<const TASKS: u32, const ACTIVE: u32> Reference<TASKS, ACTIVE> {
    const WORKLOAD: Workload = Workload {
        tasks: TASKS,
        active: ACTIVE,
    };
}

/// Its form with the workload of this section.
type Ten = Reference<{ TEN.tasks }, { TEN.active }>;

impl<const TASKS: u32, const ACTIVE: u32> ReferenceStateMachine for Reference<TASKS, ACTIVE> {
    type State = State;
    type Transition = Event;

    fn init_state() -> BoxedStrategy<State> {
        Just(Workload::START).boxed()
    }

    fn transitions(state: &State) -> BoxedStrategy<Event> {
        select(enabled(Self::WORKLOAD, *state)).boxed()
    }

    fn apply(state: State, event: &Event) -> State {
        Self::WORKLOAD.next(state, *event).unwrap_or(state)
    }

    fn preconditions(state: &State, event: &Event) -> bool {
        Self::WORKLOAD.next(*state, *event).is_some()
    }
}

struct Copy;

impl StateMachineTest for Copy {
    type SystemUnderTest = State;
    type Reference = Ten;

    fn init_test(state: &State) -> State {
        *state
    }

    fn apply(state: State, after: &State, event: Event) -> State {
        let next = TEN.next(state, event);
        assert_eq!(next, Some(*after));
        *after
    }
}

/// What was done is judged at the end.
struct Judged;

impl StateMachineTest for Judged {
    type SystemUnderTest = (State, Vec<Line<Event>>);
    type Reference = Ten;

    fn init_test(state: &State) -> Self::SystemUnderTest {
        (*state, Vec::with_capacity(STEPS))
    }

    fn apply((state, mut lines): Self::SystemUnderTest, _: &State, event: Event) -> Self::SystemUnderTest {
        lines.push(Line::Event(event));
        (TEN.next(state, event).unwrap_or(state), lines)
    }

    fn teardown((_, lines): Self::SystemUnderTest, _: State) {
        assert!(conforms(&lines));
    }
}

fn state_machine<Test: StateMachineTest<Reference = Ten>>(quick: Quick) -> Measured {
    let runs = quick.or(20, 2_000);
    let since = Since::now();
    let config = Config {
        cases: runs as u32,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config.clone());
    let strategy = Ten::sequential_strategy(STEPS);
    runner.run(&strategy, |(state, steps, seen)| {
        Test::test_sequential(config.clone(), state, steps, seen);
        Ok(())
    })?;
    rate(runs, since.seconds())
}

fn quickcheck(quick: Quick) -> Measured {
    #[derive(Debug, Clone)]
    struct Run(Vec<u32>);
    impl quickcheck::Arbitrary for Run {
        fn arbitrary(random: &mut quickcheck::Gen) -> Self {
            Self(
                (0..STEPS)
                    .map(|_| <u32 as quickcheck::Arbitrary>::arbitrary(random))
                    .collect(),
            )
        }
    }
    fn holds(Run(choices): Run) -> bool {
        let (mut state, mut copy) = (Workload::START, Workload::START);
        choices.iter().all(|choice| {
            let event = chosen(TEN, copy, *choice);
            copy = TEN.next(copy, event).unwrap_or(copy);
            state = TEN.next(state, event).unwrap_or(state);
            copy == state
        })
    }
    let runs = quick.or(20, 2_000);
    let since = Since::now();
    quickcheck::QuickCheck::new()
        .tests(runs)
        .quickcheck(holds as fn(Run) -> bool);
    rate(runs as usize, since.seconds())
}

pub fn hegel_settings(runs: u64, seed: u64) -> hegel::Settings {
    hegel::Settings::new()
        .test_cases(runs)
        .seed(Some(seed))
        .database(hegel::Database::Disabled)
        .verbosity(hegel::Verbosity::Quiet)
        .suppress_health_check(hegel::HealthCheck::all())
}

fn hegeltest(quick: Quick) -> Measured {
    let runs = quick.or(20, 2_000);
    let played = Cell::new(0);
    let since = Since::now();
    let run = hegel::Hegel::new(|case: hegel::TestCase| {
        let (mut state, mut copy) = (Workload::START, Workload::START);
        for _ in 0..STEPS {
            let event = case.draw_silent(gs::sampled_from(enabled(TEN, copy)));
            copy = TEN.next(copy, event).unwrap_or(copy);
            state = TEN.next(state, event).unwrap_or(state);
            assert_eq!(copy, state);
        }
        played.set(played.get() + 1);
    });
    run.settings(hegel_settings(runs, 1)).run();
    rate(played.get(), since.seconds())
}

/// What a script says of itself: seconds and runs.
fn told(said: &str) -> Measured {
    let mut words = said.split_whitespace();
    let took = words.next().ok_or("it says nothing")?.parse()?;
    let runs = words.next().ok_or("it says no number of runs")?.parse()?;
    rate(runs, took)
}

fn hypothesis(quick: Quick) -> Measured {
    let python = outside::python()?;
    let runs = quick.or("5", "50");
    told(&outside::output(
        &outside::folder("python")?,
        &python,
        &[&outside::script("workload.py"), "steps", runs],
    )?)
}

fn fast_check(quick: Quick) -> Measured {
    let folder = outside::node()?;
    std::fs::copy(outside::script("workload.mjs"), folder.join("workload.mjs"))?;
    let runs = quick.or("20", "2000");
    told(&outside::output(&folder, "node", &["workload.mjs", "steps", runs])?)
}
