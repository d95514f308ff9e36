//! The model checker stateright visits the same states: the counts of `bgspec explore` are not our explorer's own.
//!
//! Both ask one and the same system what may follow. What is compared is how each searches: which states are one, when a state
//! was met before, and when there is nothing left.

use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

use bgspec_model::engine::areas::AREAS;
use bgspec_model::engine::explore::{System, explore};
use bgspec_model::engine::workload::Workload;
use bgspec_model::engine::world::World;
use stateright::{Checker, Model, Property};

/// A system as stateright takes it. An action is the state that it leads to: one event may lead to several.
struct Checked<S>(Mutex<S>);

impl<S> Checked<S> {
    fn with<T>(&self, ask: impl FnOnce(&S) -> T) -> T {
        ask(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<S: System> Model for Checked<S> {
    type State = S::State;
    type Action = S::State;

    fn init_states(&self) -> Vec<S::State> {
        vec![self.with(System::start)]
    }

    fn actions(&self, state: &S::State, actions: &mut Vec<S::State>) {
        self.with(|system| {
            let mut events = Vec::new();
            system.events(state, |event| events.push(event));
            for event in &events {
                system.follow(state, event, |next| actions.push(next));
            }
        });
    }

    fn next_state(&self, _: &S::State, action: S::State) -> Option<S::State> {
        Some(action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("every invariant holds", |model, state| {
            model.with(|system| system.broken(state).is_none())
        })]
    }
}

/// How many states and transitions both count.
#[track_caller]
fn both<S>(name: &str, system: impl Fn() -> S) -> (usize, u64)
where
    S: System + Send + 'static,
    S::State: Debug + Send + Sync + 'static,
{
    let ours = explore(&system(), usize::MAX);
    assert!(ours.stopped.is_none(), "{name}: {:?}", ours.stopped);
    let theirs = Checked(Mutex::new(system())).checker().spawn_bfs().join();
    theirs.assert_properties();
    let counts = (theirs.unique_state_count(), theirs.state_count() as u64);
    assert_eq!(
        (ours.states, ours.transitions),
        counts,
        "{name}: states and transitions, ours and stateright's"
    );
    counts
}

#[test]
fn stateright_counts_the_common_workload_as_we_do() {
    let counts = both("6 tasks, 2 active", || Workload { tasks: 6, active: 2 });
    assert_eq!(counts, (11_200, 109_425));
}

#[test]
fn stateright_counts_the_areas_of_the_model_as_we_do() {
    let few = ["hooks", "driven", "data"];
    let mut states = 0;
    for area in AREAS.iter().filter(|area| few.contains(&area.name)) {
        states += both(area.name, || World::new(area).unwrap()).0;
    }
    assert!(states > 20_000, "{few:?} have {states} states");
}

/// The rest: minutes, for `.ci/long`.
#[test]
#[ignore = "minutes; .ci/long runs it"]
fn stateright_counts_everything_as_we_do() {
    for (tasks, active, counts) in [(8, 3, (271_360, 3_341_505)), (10, 3, (2_139_136, 30_806_017))] {
        assert_eq!(both("the common workload", || Workload { tasks, active }), counts);
    }
    for area in AREAS {
        both(area.name, || World::new(area).unwrap());
    }
}
