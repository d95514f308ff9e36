//! The engine on specifications that are not the rulebook: a register of thirty lines, and the common workload.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use bgspec_model::engine::Specification;
use bgspec_model::engine::explore::{Stopped, System, explore};
use bgspec_model::engine::plain::{Line, Plain};
use bgspec_model::engine::workload::Workload;

/// A register of one number, which several threads read and write.
struct Register;

#[derive(Debug, Clone, Copy)]
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
#[ignore = "for .ci/long"]
fn with_ten_tasks_too() {
    assert_eq!(
        counts(10, 3, 2_139_136, 30_806_017),
        19,
        "twenty levels, the start included"
    );
}
