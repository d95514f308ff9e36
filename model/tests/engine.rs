//! The engine on specifications that are not the rulebook: a register of thirty lines, and the common workload.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use bgspec_model::engine::Specification;
use bgspec_model::engine::explore::{Stopped, System, explore};
use bgspec_model::engine::histories::{Linearizable, Unfit, linearizable};
use bgspec_model::engine::plain::{Line, Plain};
use bgspec_model::engine::workload::{Event, State, Workload};
use proptest::prelude::*;

/// A register of one number, which several threads read and write.
struct Register;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Call {
    Write(u8),
    /// It answered this.
    Read(u8),
}

impl Specification for Register {
    type State = u8;
    type Event = Call;

    fn follow(&self, value: &u8, call: &Call, mut each: impl FnMut(u8)) {
        match call {
            Call::Write(new) => each(*new),
            Call::Read(answer) if answer == value => each(*value),
            Call::Read(_) => {}
        }
    }
}

impl System for Register {
    fn start(&self) -> u8 {
        0
    }

    fn events(&self, _: &u8, each: impl FnMut(Call)) {
        (0..4)
            .flat_map(|value| [Call::Write(value), Call::Read(value)])
            .for_each(each);
    }

    fn broken(&self, value: &u8) -> Option<&'static str> {
        (*value == 3).then_some("nobody writes a three")
    }
}

fn conforms(history: impl IntoIterator<Item = Line<Call>>) -> bool {
    let mut oracle = Plain::new(Register, 0, 1_000);
    history.into_iter().all(|line| oracle.step(line).unwrap())
}

#[test]
fn a_read_that_overlaps_a_write_answers_the_old_value_or_the_new_one() {
    for (answer, allowed) in [(0, true), (1, true), (2, false)] {
        let history = [
            Line::Begin(1, Call::Write(1)),
            Line::Begin(2, Call::Read(answer)),
            Line::End(2),
            Line::End(1),
        ];
        assert_eq!(conforms(history), allowed, "{answer}");
    }
}

#[test]
fn two_reads_behind_one_another_do_not_see_a_write_come_and_go() {
    let history = |first, second| {
        [
            Line::Begin(1, Call::Write(1)),
            Line::Event(Call::Read(first)),
            Line::Event(Call::Read(second)),
            Line::End(1),
        ]
    };
    assert!(conforms(history(0, 1)));
    assert!(!conforms(history(1, 0)));
}

#[test]
fn a_call_that_never_ends_took_effect_or_never_will() {
    for (answer, allowed) in [(0, true), (1, true), (2, false)] {
        let history = [
            Line::Begin(1, Call::Write(1)),
            Line::Gone(1),
            Line::Event(Call::Read(answer)),
        ];
        assert_eq!(conforms(history), allowed, "{answer}");
    }
    let history = [
        Line::Begin(1, Call::Write(1)),
        Line::Gone(1),
        Line::Event(Call::Read(1)),
        Line::Event(Call::Read(0)),
    ];
    assert!(!conforms(history));
}

#[test]
fn more_states_than_it_follows_are_an_error_and_no_verdict() {
    let mut oracle = Plain::new(Register, 0, 3);
    assert!(oracle.step(Line::Begin(1, Call::Write(1))).is_ok());
    assert!(oracle.step(Line::Begin(2, Call::Write(2))).is_err());
}

/// The common workload where nobody sees the network and time.
struct Blind(Workload);

impl Specification for Blind {
    type State = State;
    type Event = Event;

    fn follow(&self, state: &State, event: &Event, each: impl FnMut(State)) {
        self.0.follow(state, event, each);
    }

    fn unseen(&self, state: &State, mut each: impl FnMut(State)) {
        for event in [Event::Network, Event::Tick] {
            self.0.follow(state, &event, &mut each);
        }
    }
}

/// What four threads do one after another: each begins a call or ends the one that it has begun; some are never heard of
/// again, and some things happen beside them.
fn history<E: Copy + std::fmt::Debug + 'static>(
    event: impl Strategy<Value = E>,
) -> impl Strategy<Value = Vec<Line<E>>> {
    let step = (0..4_usize, 0..12_u8, event);
    prop::collection::vec(step, 0..40).prop_map(|steps| {
        let mut open = [None; 4];
        let mut lines = Vec::new();
        for (number, (thread, what, event)) in (0..).zip(steps) {
            lines.push(match (open[thread], what) {
                (Some(call), 0) => {
                    open[thread] = None;
                    Line::Gone(call)
                }
                // Nobody waits for it any more.
                (Some(_), 1) => {
                    open[thread] = None;
                    continue;
                }
                (Some(call), _) => {
                    open[thread] = None;
                    Line::End(call)
                }
                (None, 0) => Line::Event(event),
                (None, _) => {
                    open[thread] = Some(number);
                    Line::Begin(number, event)
                }
            });
        }
        lines
    })
}

/// What the plain oracle says: the first line that nothing explains.
fn plainly<S: Specification>(specification: S, start: S::State, history: &[Line<S::Event>]) -> Linearizable
where
    S::Event: Clone,
{
    let mut oracle = Plain::new(specification, start, usize::MAX);
    let mut lines = history.iter().cloned();
    lines
        .position(|line| !oracle.step(line).unwrap())
        .map_or(Linearizable::Yes, |line| Linearizable::No { line })
}

fn call() -> impl Strategy<Value = Call> {
    (any::<bool>(), 0..3_u8).prop_map(|(write, value)| if write { Call::Write(value) } else { Call::Read(value) })
}

fn event() -> impl Strategy<Value = Event> {
    (0..5, 0..3_u32).prop_map(|(what, task)| match what {
        0 => Event::Submit(task),
        1 => Event::Cancel(task),
        2 => Event::Launch(task),
        3 => Event::Report(task),
        _ => Event::Complete(task),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_history_of_a_register_is_linearizable_where_the_plain_oracle_follows_it(history in history(call())) {
        let quick = linearizable(&Register, 0, &history, |_| true).unwrap();
        prop_assert_eq!(quick, plainly(Register, 0, &history));
    }

    #[test]
    fn a_history_of_what_is_half_unseen_is_linearizable_where_the_plain_oracle_follows_it(history in history(event())) {
        let blind = || Blind(Workload { tasks: 3, active: 1 });
        let quick = linearizable(&blind(), Workload::START, &history, |_| true).unwrap();
        prop_assert_eq!(quick, plainly(blind(), Workload::START, &history));
    }
}

#[test]
fn a_search_for_an_order_ends_when_it_is_told_to_and_knows_nothing_then() {
    // Every order of twelve different writes, none of which ends before the read.
    let begins = (0..12).map(|call| Line::Begin(u32::from(call), Call::Write(call)));
    let history: Vec<_> = begins
        .chain((0..12).map(Line::End))
        .chain([Line::Event(Call::Read(99))])
        .collect();
    let mut asked = 0;
    let verdict = linearizable(&Register, 0, &history, |visited| {
        asked = visited;
        visited < 1_000
    });
    assert!(matches!(verdict, Ok(Linearizable::Unknown { .. })), "{verdict:?}");
    assert!(asked >= 1_000);
    let verdict = linearizable(&Register, 0, &history, |_| true);
    assert_eq!(verdict, Ok(Linearizable::No { line: 24 }));
}

#[test]
fn begins_and_ends_that_do_not_fit_are_no_history() {
    let verdict = |history: &[Line<Call>]| linearizable(&Register, 0, history, |_| true);
    let begin = Line::Begin(1, Call::Write(1));
    assert_eq!(verdict(&[begin.clone(), begin]), Err(Unfit::BeginsTwice { line: 1 }));
    assert_eq!(verdict(&[Line::End(1)]), Err(Unfit::NotOpen { line: 0 }));
    let many: Vec<_> = (0..129).map(|call| Line::Begin(call, Call::Write(0))).collect();
    assert_eq!(verdict(&many), Err(Unfit::TooManyOpen { line: 128 }));
    assert_eq!(verdict(&many[..128]), Ok(Linearizable::Yes));
}

#[test]
fn a_search_stops_where_something_does_not_hold_and_says_the_shortest_way_there() {
    let explored = explore(&Register, 100);
    let Some(Stopped::Broken { what, way }) = explored.stopped else {
        panic!("{explored:?}")
    };
    assert_eq!((what, way.as_slice()), ("nobody writes a three", [0, 3].as_slice()));
}

#[test]
fn a_search_that_is_told_too_few_states_says_so() {
    let explored = explore(&Workload { tasks: 3, active: 1 }, 10);
    assert!(matches!(explored.stopped, Some(Stopped::TooMany)), "{explored:?}");
}

/// How many states and transitions the common workload has, as every other tool counts them.
#[track_caller]
fn counts(tasks: u32, active: u32, states: usize, transitions: u64) -> usize {
    let explored = explore(&Workload { tasks, active }, usize::MAX);
    assert!(explored.stopped.is_none(), "{explored:?}");
    assert_eq!(
        (explored.states, explored.transitions),
        (states, transitions),
        "{tasks}, {active}"
    );
    explored.depth
}

#[test]
fn the_common_workload_has_as_many_states_and_transitions_as_it_should() {
    counts(6, 2, 11_200, 109_425);
    counts(8, 3, 271_360, 3_341_505);
}

#[test]
fn with_ten_tasks_too() {
    assert_eq!(
        counts(10, 3, 2_139_136, 30_806_017),
        19,
        "twenty levels, the start included"
    );
}
