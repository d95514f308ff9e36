//! Continued processing: room, the queue, progress, cards, and the person.

use bgspec_model::vocabulary::{Pressure, Starter, Strategy};

use super::*;

fn or_fail(request: Request) -> Request {
    Request {
        strategy: Strategy::Fail,
        ..request
    }
}

fn progress(world: &World, task: &str, completed: i64) {
    let line = format!(r#"{{"progress":{{"task":"{task}","total":1000,"completed":{completed}}}}}"#);
    world.put(serde_json::from_str(&line).unwrap());
}

#[test]
fn a_continued_request_starts_at_once_in_the_foreground() {
    let world = World::opened(26);
    let dated = Request {
        earliest: Some(1_000_000),
        ..or_fail(continued("app.a"))
    };
    assert_eq!(world.submit(dated), Ok(()));
    assert_eq!(world.seen(), ["0 delivered app.a#1"]);
}

#[test]
fn outside_the_foreground_it_is_refused() {
    let world = World::left(26);
    assert_eq!(world.submit(continued("app.a")), refused(Code::NOT_PERMITTED));
}

#[test]
fn without_room_it_waits_in_order_or_fails_with_4() {
    let world = World::opened(26);
    for id in ["app.a", "app.b"] {
        assert_eq!(world.submit(continued(id)), Ok(()));
    }
    for id in ["app.c", "app.export.1", "app.export.2"] {
        let _ = world.scheduler.register(id, None);
        assert_eq!(
            world.submit(or_fail(continued(id))),
            refused(Code::IMMEDIATE_RUN_INELIGIBLE),
            "{id}"
        );
        assert_eq!(world.submit(continued(id)), Ok(()), "{id}");
    }
    world.scheduler.cancel("app.export.1");
    assert_eq!(world.listed(), ["app.c", "app.export.2"]);
    world.complete("app.a#1");
    world.complete("app.c#1");
    let deliveries = ["app.a#1", "app.b#1", "app.c#1", "app.export.2#1"].map(|task| format!("0 delivered {task}"));
    assert_eq!(world.seen(), deliveries);
}

/// There is room, so it is not refused; and it neither runs beside the other task nor after it (SUB-18, CON-11).
#[test]
fn one_that_must_not_wait_for_another_kind_of_its_identifier_is_accepted_and_never_runs() {
    let world = World::left(26);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert!(world.granted("app.a"));
    world.put(Event::Foreground(Empty {}));
    assert_eq!(world.submit(or_fail(continued("app.a"))), Ok(()));
    world.complete("app.a#1");
    assert_eq!(world.tasks(), ["0 delivered app.a#1"]);
    assert_eq!(world.listed(), ["app.a"], "at this moment it is still outstanding");
    world.pass(1);
    assert!(world.listed().is_empty(), "it does not wait");
    assert_eq!(world.submit(or_fail(continued("app.a"))), Ok(()));
    assert_eq!(world.tasks(), ["1 delivered app.a#2"]);
}

#[test]
fn while_the_app_launches_places_are_promised_and_kept() {
    let world = World::new(26);
    world.start(Starter::Person);
    world.register_all();
    for id in ["app.a", "app.b"] {
        assert_eq!(world.submit(or_fail(continued(id))), Ok(()), "{id}");
    }
    assert_eq!(
        world.submit(or_fail(continued("app.c"))),
        refused(Code::IMMEDIATE_RUN_INELIGIBLE)
    );
    assert_eq!(
        world.submit(or_fail(continued("app.a"))),
        Ok(()),
        "a replacement keeps the place"
    );
    assert_eq!(world.listed(), ["app.b", "app.a"]);
    assert!(world.seen().is_empty());
    world.launch_finished();
    assert_eq!(world.seen(), ["0 delivered app.b#1", "0 delivered app.a#1"]);
}

#[test]
fn other_apps_take_places_too() {
    let world = World::opened(26);
    let places = |taken| Device {
        places_taken: Some(taken),
        ..Device::default()
    };
    world.device(places(2));
    assert_eq!(
        world.submit(or_fail(continued("app.a"))),
        refused(Code::IMMEDIATE_RUN_INELIGIBLE)
    );
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    assert!(world.seen().is_empty());
    world.device(places(1));
    assert_eq!(world.seen(), ["0 delivered app.a#1"]);
}

#[test]
fn a_request_that_requires_the_gpu_needs_the_entitlement_and_waits_under_pressure_alone() {
    let gpu = |id| Request {
        gpu: true,
        ..continued(id)
    };
    let mut without = facts(26);
    without.entitlements.clear();
    let world = World::of(without, Choices::default()).and_opened();
    assert_eq!(world.submit(gpu("app.a")), refused(Code::NOT_PERMITTED));

    let world = World::opened(26);
    world.device(Device {
        pressure: Some(Pressure::Pressed),
        ..Device::default()
    });
    assert_eq!(world.submit(gpu("app.a")), Ok(()));
    assert_eq!(world.submit(continued("app.b")), Ok(()));
    assert_eq!(world.seen(), ["0 delivered app.b#1"]);
    world.device(Device {
        pressure: Some(Pressure::Calm),
        ..Device::default()
    });
    assert_eq!(world.seen(), ["0 delivered app.a#1"]);
}

#[test]
fn progress_keeps_it_alive_and_a_stall_of_30_seconds_expires_it() {
    let world = World::opened(26);
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    world.handles_expiration("app.a#1");
    for step in 1..=100 {
        world.pass(29_000);
        progress(&world, "app.a#1", step);
    }
    assert_eq!(world.seen(), ["0 delivered app.a#1"]);
    world.pass(10_000);
    progress(&world, "app.a#1", 100);
    progress(&world, "app.a#1", 50);
    progress(&world, "app.a#1", 99);
    world.pass(20_000);
    assert_eq!(
        world.seen(),
        ["2930000 expired app.a#1"],
        "only a count above the highest is progress"
    );
}

#[test]
fn the_card_appears_when_the_app_leaves_and_follows_the_task() {
    let world = World::opened(26);
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    world.seen();
    world.leave();
    let title = r#"{"update_title":{"task":"app.a#1","title":"Export","subtitle":"1 of 2"}}"#;
    world.put(serde_json::from_str(title).unwrap());
    world.complete("app.a#1");
    world.put(serde_json::from_str(title).unwrap());
    world.pass(60_000);
    assert_eq!(
        world.seen(),
        [
            "0 card app.a#1 shown",
            "0 card app.a#1 changed",
            "0 card app.a#1 finished",
            "3000 card app.a#1 gone",
            "5000 suspended"
        ]
    );
}

#[test]
fn the_card_asks_after_five_minutes_and_no_answer_changes_nothing() {
    let world = World::opened(26);
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    world.leave();
    for step in 1..=20 {
        world.pass(20_000);
        progress(&world, "app.a#1", step);
    }
    world.put(Event::PersonIgnores(of_task("app.a#1")));
    assert_eq!(world.seen()[2..], ["300000 card app.a#1 prompting"]);
}

#[test]
fn stop_expires_it_and_a_dismissed_card_does_not_come_back() {
    let world = World::opened(26);
    for id in ["app.a", "app.b"] {
        assert_eq!(world.submit(continued(id)), Ok(()));
        world.handles_expiration(&format!("{id}#1"));
    }
    world.leave();
    world.seen();
    world.put(Event::PersonStops(of_task("app.a#1")));
    world.put(Event::PersonDismisses(of_task("app.b#1")));
    world.put(Event::Foreground(Empty {}));
    world.leave();
    world.scheduler.complete(&name("app.a#1"), false);
    world.complete("app.b#1");
    assert_eq!(world.seen(), ["0 expired app.a#1", "0 card app.a#1 failed"]);
}

#[test]
fn the_identifier_of_a_running_one_is_refused_and_can_be_submitted_after_its_end() {
    let world = World::opened(26);
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    assert_eq!(world.submit(continued("app.a")), refused(Code::TOO_MANY_PENDING));
    assert_eq!(
        world.submit(or_fail(continued("app.a"))),
        refused(Code::IMMEDIATE_RUN_INELIGIBLE)
    );
    world.scheduler.complete(&name("app.a#1"), false);
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    assert_eq!(world.seen(), ["0 delivered app.a#1", "0 delivered app.a#2"]);
}

#[test]
fn closing_the_app_ends_running_and_waiting_ones_without_a_call_to_it() {
    let world = World::opened(26);
    for id in ["app.a", "app.b", "app.c"] {
        assert_eq!(world.submit(continued(id)), Ok(()));
    }
    world.leave();
    world.seen();
    world.put(Event::ForceQuit(Empty {}));
    world.pass(60_000);
    assert_eq!(world.seen(), ["0 card app.a#1 gone", "0 card app.b#1 gone"]);
    assert!(world.listed().is_empty());
}
