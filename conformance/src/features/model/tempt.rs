//! What an implementation may be tempted to do: everything that can be observed at a moment, likely or not.
//!
//! The model without a rule does what that rule is against, and the model that makes a choice makes it: the two models,
//! with the rule and without it, are asked for each of these, and where they differ it is done.

use std::collections::BTreeSet;

use bgspec_model::vocabulary::*;

use super::memory::Memory;
use super::no_handler;
use crate::play::world::World;

/// Everything that may be observed now, of every identifier that is registered or was ever submitted.
pub(in crate::features) fn temptations(world: &World, memory: &Memory) -> Vec<Event> {
    let submitted = &memory.submitted;
    let mut events = Vec::new();
    for (task, known) in &world.tasks {
        of_task(task, known.kind, submitted, &mut events);
    }
    // Tasks that are over, and their cards.
    for (id, deliveries) in &world.deliveries {
        for n in 1..=*deliveries {
            let task = TaskName { id: id.clone(), n };
            if !world.tasks.contains_key(&task) {
                let kind = submitted.iter().rev().find(|request| request.id == *id);
                of_task(
                    &task,
                    kind.map_or(Kind::Refresh, |request| request.kind),
                    submitted,
                    &mut events,
                );
            }
        }
    }
    let registered = world.process.iter().flat_map(|process| process.registered.keys());
    let ids: BTreeSet<_> = submitted.iter().map(|request| &request.id).chain(registered).collect();
    for id in ids {
        let n = world.deliveries.get(id).map_or(1, |n| n + 1);
        let task = TaskName { id: id.clone(), n };
        let last = submitted.iter().rev().find(|request| request.id == *id);
        let kinds = last.map(|request| request.kind).into_iter().chain(Kind::ALL);
        for kind in kinds {
            events.push(Event::Delivered(Delivered {
                task: task.clone(),
                kind,
                queue: None,
            }));
        }
        if let Some(request) = last {
            for queue in queues(world) {
                events.push(Event::Delivered(Delivered {
                    task: task.clone(),
                    kind: request.kind,
                    queue: Some(queue),
                }));
            }
            if request.kind == Kind::Continued {
                events.push(card(&task, CardIs::Shown, Some(request)));
                events.push(card(&task, CardIs::Gone, None));
            }
        }
        events.push(Event::Launched(Launched {
            ids: Some(vec![id.clone()]),
        }));
        events.push(Event::DeliveryRaised(DeliveryRaised {
            id: id.clone(),
            text: no_handler(id),
        }));
    }
    events.push(Event::Suspended(Empty {}));
    for cause in [KillCause::Time, KillCause::Cpu, KillCause::Memory, KillCause::Other] {
        events.push(Event::Killed(Killed { cause }));
    }
    for submission in 1..=memory.submissions {
        for error in [
            None,
            Some(Code::TOO_MANY_PENDING),
            Some(Code::NOT_PERMITTED),
            Some(Code::UNAVAILABLE),
        ] {
            events.push(Event::SubmissionCompleted(SubmissionCompleted::new(submission, error)));
        }
    }
    events
}

fn of_task(task: &TaskName, kind: Kind, submitted: &[Request], events: &mut Vec<Event>) {
    for queue in [None, Some("own".to_owned())] {
        events.push(Event::Expired(Expired {
            task: task.clone(),
            queue,
        }));
    }
    events.push(Event::CompletedBySystem(OfTask { task: task.clone() }));
    if kind != Kind::Continued {
        return events.push(card(task, CardIs::Shown, None));
    }
    let states = [
        CardIs::Prompting,
        CardIs::Failed,
        CardIs::Gone,
        CardIs::Finished,
        CardIs::Shown,
        CardIs::Changed,
    ];
    events.extend(states.map(|is| card(task, is, None)));
    for request in submitted.iter().filter(|request| request.id == task.id) {
        events.push(card(task, CardIs::Changed, Some(request)));
    }
}

fn card(task: &TaskName, is: CardIs, texts: Option<&Request>) -> Event {
    Event::Card(Card {
        task: task.clone(),
        is,
        title: texts.and_then(|request| request.title.clone()),
        subtitle: texts.and_then(|request| request.subtitle.clone()),
    })
}

/// Every queue that a handler was registered with, and the scheduler's own.
fn queues(world: &World) -> Vec<String> {
    let given = world.process.iter().flat_map(|process| process.registered.values());
    let mut queues: Vec<_> = given.flatten().cloned().collect();
    queues.sort();
    queues.dedup();
    queues.push("own".to_owned());
    queues
}
