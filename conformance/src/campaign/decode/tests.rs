//! The decoder is total, prefix-stable, and leads to deliveries.

use std::collections::BTreeSet;

use bgspec_model::vocabulary::*;
use quickcheck::quickcheck;

use super::cast::Limits;
use super::choices::{HEADER, STEP, from_bytes};
use super::{Decoder, SETTLINGS};
use crate::play::action::{Action, Source};
use crate::play::adapter::{Hello, PROTOCOL};
use crate::play::world::World;

fn limits(discretion: Discretion, areas: &[Area]) -> Limits {
    Limits {
        versions: vec![Version::new(18, 0), Version::new(26, 1), Version::new(27, 0)],
        profile: "contract".to_owned(),
        hello: Hello {
            protocol: PROTOCOL,
            name: "obliging".to_owned(),
            version: "1".to_owned(),
            kinds: Kind::ALL.to_vec(),
            areas: areas.to_vec(),
            unmodelled: Vec::new(),
            observes: vec!["launched".to_owned(), "delivered".to_owned()],
            pins: Default::default(),
            discretion,
            concurrent: false,
            device: true,
            tolerance: 0,
            speed: None,
        },
    }
}

/// What was decoded where an obliging scheduler accepts and launches everything.
struct Decoded {
    header: Header,
    actions: Vec<Action>,
    records: Vec<Record>,
}

fn decode(choices: &[u32], limits: &Limits) -> Decoded {
    let (header, mut source) = Decoder::new(choices, limits);
    let mut world = World::new(&header);
    let (mut actions, mut records) = (Vec::new(), Vec::new());
    while let Some(action) = source.next(&world) {
        assert_eq!(world.admits(&action), Ok(()), "{action:?}");
        for record in oblige(&action, &world) {
            world.note(&record);
            records.push(record);
        }
        actions.push(action);
    }
    Decoded {
        header,
        actions,
        records,
    }
}

/// The lines that an action leads to.
fn oblige(action: &Action, world: &World) -> Vec<Record> {
    let input = match action {
        Action::Wait(millis) => return vec![Record::new(world.now + millis, Event::Clock(Empty {}))],
        Action::Do(input) => input,
    };
    let mut event = input.event_at(world.now);
    let mut observed = Vec::new();
    let deliver = |id: &Identifier, kind| {
        let n = world.deliveries.get(id).copied().unwrap_or(0) + 1;
        let task = TaskName::new(id.clone(), n);
        let queue = None;
        Event::Delivered(Delivered { task, kind, queue })
    };
    match &mut event {
        Event::Register(call) => call.answer = Some(RegisterAnswer::Returned(true)),
        Event::Submit(call) => {
            call.answer = Some(SubmitAnswer::Accepted);
            if call.kind == Kind::Continued && input.by.is_none() && !world.is_launching() {
                observed.push(deliver(&call.id, call.kind));
            }
        }
        Event::Pending(call) => {
            call.answer = Some(world.outstanding.values().map(|(request, _)| request.clone()).collect());
        }
        Event::Grant(of) if world.process.is_none() && world.outstanding.contains_key(&of.id) => {
            let ids = Some(vec![of.id.clone()]);
            observed.push(Event::Launched(Launched { ids }));
        }
        Event::Grant(of) if !world.is_launching() => {
            observed.extend(
                world
                    .outstanding
                    .get(&of.id)
                    .map(|(request, _)| deliver(&of.id, request.kind)),
            );
        }
        Event::LaunchFinished(_) => {
            observed.extend(world.launched.iter().map(|id| deliver(id, Kind::Refresh)));
        }
        _ => {}
    }
    let mut records = vec![Record::new(world.now, event)];
    records.extend(observed.into_iter().map(|event| Record::new(world.now, event)));
    records
}

/// The actions without the settling at the end.
fn unsettled(decoded: &Decoded) -> &[Action] {
    let settling = decoded.actions.iter().rev().take(usize::from(SETTLINGS));
    let waits = settling.take_while(|action| matches!(action, Action::Wait(_))).count();
    &decoded.actions[..decoded.actions.len() - waits]
}

quickcheck! {
    fn every_stream_of_bytes_decodes_to_what_makes_sense(bytes: Vec<u8>, driven: bool, declared: u16, kinds: u8) -> bool {
        let discretion = if driven { Discretion::Driven } else { Discretion::Autonomous };
        let areas: Vec<Area> =
            Area::ALL.iter().enumerate().filter(|(n, _)| declared >> n & 1 == 1).map(|(_, area)| *area).collect();
        let mut limits = limits(discretion, &areas);
        limits.hello.kinds = Kind::ALL.into_iter().enumerate().filter(|(n, _)| kinds >> n & 1 == 1).map(|(_, kind)| kind).collect();
        let decoded = decode(&from_bytes(&bytes), &limits);
        // `decode` asserts that each action makes sense where it stands.
        let submits_what_is_not_there = decoded.actions.iter().any(|action| match action {
            Action::Do(input) => matches!(&input.event, Event::Submit(submit)
                if !decoded.header.platform().has_kind(submit.kind, decoded.header.os)
                    || !limits.hello.kinds.contains(&submit.kind)),
            Action::Wait(_) => false,
        });
        !submits_what_is_not_there
    }

    fn a_longer_stream_begins_as_its_beginning_does(choices: Vec<u32>, more: Vec<u32>) -> bool {
        let limits = limits(Discretion::Driven, Area::ALL);
        // The header has a block of its own: it must be whole to be the same.
        let mut short = vec![0; HEADER];
        short.extend(choices.iter().flat_map(|choice| std::iter::repeat_n(*choice, STEP)));
        let mut long = short.clone();
        long.extend(more);
        let (short, long) = (decode(&short, &limits), decode(&long, &limits));
        short.header == long.header && long.actions.starts_with(unsettled(&short))
    }
}

#[test]
fn the_empty_stream_is_an_ordinary_case_in_which_nothing_happens() {
    let decoded = decode(&[], &limits(Discretion::Driven, Area::ALL));
    assert_eq!(decoded.header.os, Version::new(18, 0));
    assert!(decoded.actions.iter().all(|action| matches!(action, Action::Wait(_))));
    assert_eq!(decoded.records.len(), decoded.actions.len());
}

/// A stream of mixed choices, the same for the same number.
fn stream(number: u32) -> Vec<u32> {
    let mut word = number.wrapping_mul(0x9e37_79b9) | 1;
    let mut next = || {
        word ^= word << 13;
        word ^= word >> 17;
        word ^= word << 5;
        word
    };
    (0..HEADER + 20 * STEP).map(|_| next()).collect()
}

#[test]
fn most_cases_reach_a_delivery_and_together_they_do_everything_that_a_runner_can_do() {
    let limits = limits(Discretion::Driven, Area::ALL);
    let mut names = BTreeSet::new();
    let mut delivering = 0;
    for number in 0..300 {
        let decoded = decode(&stream(number), &limits);
        let seen: BTreeSet<_> = decoded
            .records
            .iter()
            .filter_map(|record| Some(record.event.as_ref()?.name()))
            .collect();
        delivering += u32::from(seen.contains("delivered"));
        names.extend(seen);
    }
    let observed_only = |name: &str| {
        let observations = [
            "delivery_raised",
            "expired",
            "completed_by_system",
            "suspended",
            "killed",
            "card",
            "submission_completed",
            // These answer a card that asks or has failed.
            "person_continues",
            "person_ignores",
            "person_clears",
            "person_dismisses",
            "end",
            "gap",
        ];
        observations.contains(&name)
    };
    let missing: Vec<_> = Name::ALL
        .iter()
        .map(|name| name.text())
        .filter(|name| !names.contains(name) && !observed_only(name))
        .collect();
    assert_eq!(missing, [""; 0]);
    assert!(delivering > 200, "{delivering} of 300 cases reach a delivery");
}

/// The names of the events in three hundred cases.
fn played(areas: &[Area]) -> BTreeSet<&'static str> {
    let limits = limits(Discretion::Driven, areas);
    let records = (0..300).flat_map(|number| decode(&stream(number), &limits).records);
    records.filter_map(|record| Some(record.event?.name())).collect()
}

#[test]
fn what_a_declared_rule_looks_at_is_played_whoever_models_it() {
    let with = |area| played(&[Area::Submission, Area::Launch, area]);
    for area in [Area::Conditions, Area::Life] {
        let names = with(area);
        assert!(
            names.contains("force_quit") && names.contains("reboot"),
            "{area:?}: {names:?}"
        );
    }
    let names = with(Area::PendingList);
    assert!(!names.contains("force_quit"), "{names:?}");
    // Submissions look at the person's switches (SUB-10), whoever models the other conditions.
    assert!(names.contains("device"), "{names:?}");
    // A process that is launching when a grant comes is what LAU-1 is about.
    assert!(names.contains("memory_killed"), "{names:?}");
}
