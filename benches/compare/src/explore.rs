//! Every state that can be reached: our explorer, stateright, and SPIN.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::{Mutex, PoisonError};

use bgspec_model::engine::areas::AREAS;
use bgspec_model::engine::explore::{System, explore};
use bgspec_model::engine::workload::{Event, State, Workload};
use bgspec_model::engine::world::World;
use stateright::{Checker, Model, Property};

use crate::machine::Since;
use crate::table::{Section, Tool};
use crate::{Figure, Measured, Quick, machine, outside};

pub fn workload() -> Section {
    Section {
        name: "explore-workload",
        question: "Every state of the common workload with ten tasks of which three may be active: 2,139,136 states and \
                   30,806,017 transitions, the initial state included. stateright and ours ask the same forty lines; SPIN has \
                   them in Promela. One thread each. The row `no-search` is what every \
                   search asks of the forty lines, without the search: no tool that asks them can be quicker.",
        unit: "seconds",
        more: false,
        reach: Some((10.0, &["stateright-bfs"])),
        tools: vec![
            Tool {
                name: "bgspec",
                version: ours,
                measure: |quick| {
                    explored(quick, |workload| {
                        let found = explore(&workload, usize::MAX);
                        (found.states as u64, found.transitions)
                    })
                },
            },
            Tool {
                name: "no-search",
                version: ours,
                measure: |quick| {
                    let (tasks, active) = quick.or((6, 2), (10, 3));
                    alone(vec![Workload { tasks, active }])
                },
            },
            Tool {
                name: "stateright-bfs",
                version: stateright,
                measure: |quick| explored(quick, checked),
            },
            Tool {
                name: "stateright-dfs",
                version: stateright,
                measure: |quick| {
                    explored(quick, |workload| {
                        let found = Direct(workload).checker().spawn_dfs().join();
                        (found.unique_state_count() as u64, found.state_count() as u64)
                    })
                },
            },
            Tool {
                name: "spin",
                version: || machine::said("spin", &["-V"]).replace("Spin Version ", ""),
                measure: spin,
            },
        ],
    }
}

pub fn rules() -> Section {
    Section {
        name: "explore-rules",
        question: "Every state of the whole rulebook within the bounds of three areas of `bgspec explore`, hooks, driven and data. \
                   Both ask the same model what may follow; the row `no-search` is that asking \
                   alone, and no search through the model can be quicker.",
        unit: "seconds",
        more: false,
        reach: Some((3.0, &["stateright-bfs"])),
        tools: vec![
            Tool {
                name: "bgspec",
                version: ours,
                measure: |quick| {
                    areas(quick, |world| {
                        let found = explore(&world, usize::MAX);
                        (found.states as u64, found.transitions)
                    })
                },
            },
            Tool {
                name: "no-search",
                version: ours,
                measure: |quick| alone(worlds(quick)?),
            },
            Tool {
                name: "stateright-bfs",
                version: stateright,
                measure: |quick| areas(quick, checked_rules),
            },
        ],
    }
}

pub fn ours() -> String {
    machine::locked("bgspec-model")
}

fn stateright() -> String {
    machine::locked("stateright")
}

/// The common workload as stateright takes it.
struct Direct(Workload);

impl Model for Direct {
    type State = State;
    type Action = Event;

    fn init_states(&self) -> Vec<State> {
        vec![Workload::START]
    }

    fn actions(&self, _: &State, actions: &mut Vec<Event>) {
        actions.extend(self.0.events());
    }

    fn next_state(&self, state: &State, event: Event) -> Option<State> {
        self.0.next(*state, event)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("no more are active than may be", |model, state| {
            model.0.keeps_limit(*state)
        })]
    }
}

fn checked(workload: Workload) -> (u64, u64) {
    let found = Direct(workload).checker().spawn_bfs().join();
    (found.unique_state_count() as u64, found.state_count() as u64)
}

fn explored(quick: Quick, search: fn(Workload) -> (u64, u64)) -> Measured {
    let (tasks, active, expected) = quick.or((6, 2, (11_200, 109_425)), (10, 3, (2_139_136, 30_806_017)));
    let since = Since::now();
    let counts = search(Workload { tasks, active });
    let value = since.seconds();
    if counts != expected {
        return Err(format!("{counts:?} states and transitions, expected {expected:?}").into());
    }
    Ok(Figure {
        value,
        note: format!("peak {}", machine::peak()),
    })
}

/// The world of the rules as stateright takes it. An action is the state that it leads to: one event may lead to several.
struct Rules(Mutex<World>);

type Held = <World as bgspec_model::engine::Specification>::State;

impl Rules {
    fn with<T>(&self, ask: impl FnOnce(&World) -> T) -> T {
        ask(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Model for Rules {
    type State = Held;
    type Action = Held;

    fn init_states(&self) -> Vec<Held> {
        vec![self.with(System::start)]
    }

    fn actions(&self, state: &Held, actions: &mut Vec<Held>) {
        use bgspec_model::engine::Specification as _;
        self.with(|world| {
            let mut events = Vec::new();
            world.events(state, |event| events.push(event));
            for event in &events {
                world.follow(state, event, |next| actions.push(next));
            }
        });
    }

    fn next_state(&self, _: &Held, action: Held) -> Option<Held> {
        Some(action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("every invariant holds", |model, state| {
            model.with(|world| world.broken(state).is_none())
        })]
    }
}

fn checked_rules(world: World) -> (u64, u64) {
    let found = Rules(Mutex::new(world)).checker().spawn_bfs().join();
    (found.unique_state_count() as u64, found.state_count() as u64)
}

fn worlds(quick: Quick) -> Result<Vec<World>, String> {
    let names = quick.or(&["driven"][..], &["hooks", "driven", "data"][..]);
    let areas = AREAS.iter().filter(|area| names.contains(&area.name));
    areas
        .map(|area| World::new(area).map_err(|error| format!("{}: {error:?}", area.name)))
        .collect()
}

/// What every search asks, without a search: each state that can be reached is put every event once more.
fn alone<S: System>(systems: Vec<S>) -> Measured {
    let mut all = Vec::new();
    for system in systems {
        let mut met = HashSet::from([system.start()]);
        let mut states = vec![system.start()];
        let mut at = 0;
        while let Some(state) = states.get(at).cloned() {
            at += 1;
            put(&system, &state, |next| {
                if met.insert(next.clone()) {
                    states.push(next);
                }
            });
        }
        all.push((system, states));
    }
    let since = Since::now();
    let mut transitions = 0_u64;
    for (system, states) in &all {
        for state in states {
            put(system, state, |next| {
                black_box(next);
                transitions += 1;
            });
        }
    }
    let value = since.seconds();
    Ok(Figure {
        value,
        note: format!("{transitions} transitions, asked once more when every state is known"),
    })
}

fn put<S: System>(system: &S, state: &S::State, mut each: impl FnMut(S::State)) {
    let mut events = Vec::new();
    system.events(state, |event| events.push(event));
    for event in &events {
        system.follow(state, event, &mut each);
    }
}

fn areas(quick: Quick, search: fn(World) -> (u64, u64)) -> Measured {
    let (mut states, mut transitions) = (0, 0);
    let worlds = worlds(quick)?;
    let since = Since::now();
    for world in worlds {
        let counts = search(world);
        states += counts.0;
        transitions += counts.1;
    }
    let value = since.seconds();
    Ok(Figure {
        value,
        note: format!("{states} states, {transitions} transitions, peak {}", machine::peak()),
    })
}

/// The common workload in Promela: one process, each event a step of its own.
fn promela(tasks: u32, active: u32) -> String {
    let mut text = format!("byte t[{tasks}]; bool net, pow; byte act;\nactive proctype scheduler() {{ do\n");
    text.push_str(":: d_step { net = !net }\n:: d_step { pow = !pow }\n");
    let any = |state: u32| {
        (0..tasks)
            .map(|task| format!("t[{task}] == {state}"))
            .collect::<Vec<_>>()
            .join(" || ")
    };
    let _ = writeln!(text, ":: d_step {{ ({} || {}) ->", any(2), any(3));
    for task in 0..tasks {
        let _ = writeln!(
            text,
            "if :: t[{task}] == 3 -> t[{task}] = 4 :: t[{task}] == 2 -> t[{task}] = 3 :: else fi;"
        );
    }
    text.push_str("}\n");
    for task in 0..tasks {
        let network = if task & 1 == 1 { " && net" } else { "" };
        let power = if task & 2 == 2 { " && pow" } else { "" };
        let _ = write!(
            text,
            ":: d_step {{ t[{task}] == 0 -> t[{task}] = 1 }}
:: d_step {{ t[{task}] == 1 -> t[{task}] = 0 }}
:: d_step {{ (t[{task}] == 1 && act < {active}{network}{power}) -> t[{task}] = 2; act++; assert(act <= {active}) }}
:: d_step {{ t[{task}] == 3 -> t[{task}] = 2 }}
:: d_step {{ t[{task}] >= 2 -> t[{task}] = 0; act-- }}
"
        );
    }
    text.push_str("od }\n");
    text
}

fn spin(quick: Quick) -> Measured {
    outside::apt("spin", "spin")?;
    outside::apt("gcc", "gcc")?;
    let (tasks, active, expected) = quick.or((6, 2, 11_200), (10, 3, 2_139_136));
    let folder = outside::folder("spin")?;
    std::fs::write(folder.join("workload.pml"), promela(tasks, active))?;
    outside::output(&folder, "spin", &["-a", "workload.pml"])?;
    // Collapse and bit-state hashing lose nothing or something; this is the plain search with its fastest settings.
    outside::output(
        &folder,
        "gcc",
        &[
            "-O2",
            "-DSAFETY",
            "-DNOREDUCE",
            "-DNOCLAIM",
            "-DMEMLIM=6000",
            "-o",
            "pan",
            "pan.c",
        ],
    )?;
    let since = Since::now();
    let said = outside::output(&folder, "./pan", &["-m5000000", "-w24"])?;
    let value = since.seconds();
    let count = |what: &str| {
        let line = said.lines().find(|line| line.contains(what))?;
        line.split_whitespace().next()?.parse::<f64>().ok()
    };
    let states = count("states, stored").ok_or("pan says no number of states")? as u64;
    let transitions = count("transitions (").unwrap_or(0.0) as u64;
    let memory = count("total actual memory usage").unwrap_or(0.0);
    if states != expected {
        return Err(format!("{states} states, expected {expected}").into());
    }
    Ok(Figure {
        value,
        note: format!("{transitions} transitions, peak {memory:.0} MB; compiled before"),
    })
}
