//! Calls of several threads at once.

use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use super::*;

#[test]
fn calls_of_several_threads_behave_as_if_one_came_after_another() {
    let world = World::opened(18);
    let rounds = 200;
    let start = Barrier::new(4);
    let refresh_accepted = thread::scope(|scope| {
        // Two threads submit a refresh of their own and cancel it where it was accepted.
        let submitters = ["app.a", "app.b"].map(|id| {
            let (world, start) = (&world, &start);
            scope.spawn(move || {
                start.wait();
                let mut accepted = 0;
                for _ in 0..rounds {
                    match world.submit(refresh(id)) {
                        Ok(()) => {
                            accepted += 1;
                            assert!(world.listed().contains(&id.to_owned()), "nobody else cancels {id}");
                            world.scheduler.cancel(id);
                        }
                        refusal => assert_eq!(refusal, refused(Code::TOO_MANY_PENDING)),
                    }
                }
                accepted
            })
        });
        // One moves a processing request to and fro, one watches.
        scope.spawn(|| {
            start.wait();
            for n in 0..rounds {
                let earliest = Some(n);
                assert_eq!(
                    world.submit(Request {
                        earliest,
                        ..processing("app.c")
                    }),
                    Ok(())
                );
            }
        });
        scope.spawn(|| {
            start.wait();
            let mut latest = None;
            for _ in 0..rounds {
                let pending = world.scheduler.pending();
                let refreshes = pending.iter().filter(|request| request.kind == Kind::Refresh).count();
                assert!(refreshes <= 1, "at most one refresh is pending: {pending:?}");
                let date = pending
                    .iter()
                    .find(|request| request.id.as_str() == "app.c")
                    .and_then(|found| found.earliest);
                assert!(
                    date >= latest,
                    "replaced requests do not come back: {latest:?}, then {date:?}"
                );
                latest = date;
            }
        });
        submitters.map(|submitter| submitter.join().unwrap())
    });
    assert!(
        refresh_accepted.iter().sum::<i32>() > 0,
        "nothing was accepted, so nothing was tested"
    );
    assert_eq!(world.listed(), ["app.c"]);
}

#[test]
fn a_listener_hears_every_event_in_order_and_may_call_the_scheduler() {
    let world = World::opened(26);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (scheduler, log) = (world.scheduler.clone(), Arc::clone(&heard));
    world.scheduler.listen(move |record| {
        if let Some(Event::Delivered(delivered)) = &record.event {
            scheduler.complete(&delivered.task, true);
            log.lock().unwrap().push(delivered.task.clone());
        }
    });
    thread::scope(|scope| {
        for id in ["app.a", "app.b"] {
            let world = &world;
            scope.spawn(move || {
                for _ in 0..50 {
                    // Refused only while the other threads' turn at the listener has not completed the last one yet.
                    let _ = world.submit(continued(id));
                }
            });
        }
    });
    let mut next = [1, 1];
    for task in heard.lock().unwrap().iter() {
        let counter = &mut next[usize::from(task.id.as_str() == "app.b")];
        assert_eq!(task.n, *counter, "{task}");
        *counter += 1;
    }
    assert!(next[0] > 1 && next[1] > 1, "both were delivered: {next:?}");
}

#[test]
fn what_a_listener_causes_it_hears_after_it_has_returned() {
    let world = World::opened(26);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (scheduler, log) = (world.scheduler.clone(), Arc::clone(&heard));
    world.scheduler.listen(move |record| {
        log.lock().unwrap().push(format!("begin {}", short(record)));
        if matches!(&record.event, Some(Event::Delivered(_))) {
            scheduler.background();
        }
        log.lock().unwrap().push(format!("end {}", short(record)));
    });
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    let events = ["0 delivered app.a#1", "0 card app.a#1 shown"];
    let turns: Vec<_> = events
        .iter()
        .flat_map(|event| [format!("begin {event}"), format!("end {event}")])
        .collect();
    assert_eq!(*heard.lock().unwrap(), turns);
}
