//! Conditions of a launch, launch and delivery.

use bgspec_model::vocabulary::{BackgroundRefresh, Protection, Starter};

use super::super::Obstacle;
use super::*;

/// What stands in the way of `request` after a change of the device.
fn obstacle(major: u16, request: Request, change: Device) -> Option<Obstacle> {
    let world = World::left(major);
    let id = request.id.clone();
    assert_eq!(world.submit(request), Ok(()));
    world.device(change);
    world.scheduler.obstacle(id)
}

#[test]
fn each_condition_holds_back_what_it_is_for() {
    let device = Device::default();
    let low_power = Device {
        low_power: Some(true),
        ..device
    };
    let in_use = Device {
        in_use: Some(true),
        ..device
    };
    let no_network = Device {
        network: Some(false),
        ..device
    };
    let off = Device {
        background_refresh: Some(BackgroundRefresh::Denied),
        ..device
    };
    let not_unlocked = Device {
        unlocked_once: Some(false),
        locked: Some(true),
        ..device
    };
    let locked = Device {
        locked: Some(true),
        ..device
    };
    let charged = Request {
        power: true,
        ..processing("app.a")
    };
    let online = Request {
        network: true,
        ..processing("app.a")
    };
    let unlocked = Request {
        protection: Protection::Complete,
        ..health("app.a")
    };
    for (request, change, expected) in [
        (refresh("app.a"), device, None),
        (refresh("app.a"), in_use, None),
        (refresh("app.a"), low_power, Some(Obstacle::LowPower)),
        (processing("app.a"), low_power, None),
        (processing("app.a"), in_use, Some(Obstacle::InUse)),
        (processing("app.a"), no_network, None),
        (online, no_network, Some(Obstacle::NoNetwork)),
        (charged.clone(), device, Some(Obstacle::NoPower)),
        (
            charged,
            Device {
                power: Some(true),
                ..device
            },
            None,
        ),
        (refresh("app.a"), off, Some(Obstacle::RefreshOff)),
        (refresh("app.a"), not_unlocked, Some(Obstacle::NotUnlockedSinceBoot)),
        (health("app.a"), locked, None),
        (unlocked, locked, Some(Obstacle::DataLocked)),
    ] {
        assert_eq!(
            obstacle(18, request.clone(), change),
            expected,
            "{request:?} {change:?}"
        );
    }
}

#[test]
fn a_request_is_launched_at_its_date_or_later() {
    let world = World::left(18);
    let request = Request {
        earliest: Some(1_000),
        ..refresh("app.a")
    };
    assert_eq!(world.submit(request), Ok(()));
    world.pass(999);
    assert!(!world.granted("app.a"));
    world.pass(1);
    assert!(world.granted("app.a"));
    assert_eq!(world.seen(), ["1000 delivered app.a#1"]);
}

#[test]
fn nothing_is_launched_into_the_foreground() {
    let world = World::opened(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert_eq!(world.scheduler.obstacle("app.a"), Some(Obstacle::InForeground));
    assert_eq!(world.listed(), ["app.a"]);
}

#[test]
fn a_launch_is_delivered_after_the_end_of_launching() {
    let world = World::left(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    assert!(world.granted("app.a"));
    assert!(!world.granted("app.a"), "a launched request is spent");
    assert_eq!(world.scheduler.register("app.a", Some("work")), Ok(true));
    assert_eq!(world.seen(), ["0 launched app.a"]);
    world.launch_finished();
    assert_eq!(world.seen(), ["0 delivered app.a#1"]);
}

#[test]
fn a_handler_runs_on_its_queue_or_on_the_schedulers_own() {
    for (queue, expected) in [(Some("work"), "work"), (None, "own")] {
        let world = World::new(18);
        world.start(Starter::Person);
        assert_eq!(world.scheduler.register("app.a", queue), Ok(true));
        world.launch_finished();
        world.leave();
        assert_eq!(world.submit(refresh("app.a")), Ok(()));
        assert!(world.granted("app.a"));
        match &world.scheduler.take_events()[0].event {
            Some(Event::Delivered(delivered)) => assert_eq!(delivered.queue.as_deref(), Some(expected)),
            other => panic!("expected a delivery, found {other:?}"),
        }
    }
}

#[test]
fn what_a_launching_process_is_granted_is_delivered_when_it_has_launched() {
    let world = World::left(18);
    for id in ["app.a", "app.b"] {
        assert_eq!(world.submit(processing(id)), Ok(()));
    }
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    assert!(world.granted("app.a"));
    assert!(world.granted("app.b"));
    world.register_all();
    world.launch_finished();
    assert_eq!(
        world.seen(),
        ["0 launched app.a", "0 delivered app.a#1", "0 delivered app.b#1"]
    );
}

#[test]
fn a_launch_without_a_handler_raises_at_the_end_of_launching_and_is_spent() {
    let world = World::of(facts(18), Choices::autonomous()).and_opened();
    world.leave();
    for id in ["app.a", "app.b"] {
        assert_eq!(world.submit(processing(id)), Ok(()));
    }
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    world.pass(60_000);
    assert_eq!(world.scheduler.register("app.b", None), Ok(true));
    world.launch_finished();
    assert_eq!(
        world.seen(),
        ["60000 launched app.a app.b", "60000 delivery_raised app.a"]
    );
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    world.pass(60_000);
    assert!(world.listed().is_empty());
    assert!(world.seen().is_empty());
}

#[test]
fn nothing_happens_to_a_process_that_an_exception_has_ended() {
    let world = World::of(facts(18), Choices::autonomous()).and_opened();
    world.leave();
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert_eq!(world.submit(processing("app.b")), Ok(()));
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    world.pass(60_000);
    assert_eq!(world.scheduler.register("app.a", None), Ok(true));
    world.pass(40_000);
    world.launch_finished();
    world.pass(40_000);
    assert_eq!(
        world.seen(),
        [
            "60000 launched app.a app.b",
            "100000 delivered app.a#1",
            "100000 delivery_raised app.b"
        ]
    );
}

#[test]
fn a_suspended_process_is_used_as_it_is() {
    let world = World::left(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.pass(10_000);
    assert_eq!(world.seen(), ["5000 suspended"]);
    assert!(world.granted("app.a"));
    assert_eq!(world.seen(), ["10000 delivered app.a#1"]);
}

#[test]
fn a_simulated_launch_asks_for_no_condition_and_starts_no_second_task() {
    let world = World::opened(18);
    let far = Request {
        earliest: Some(1_000_000),
        power: true,
        ..processing("app.a")
    };
    world.put(Event::SimulateLaunch(of_id("app.a")));
    assert!(world.seen().is_empty(), "without a request nothing happens");
    assert_eq!(world.submit(far.clone()), Ok(()));
    world.put(Event::SimulateLaunch(of_id("app.a")));
    assert_eq!(world.submit(far), Ok(()));
    world.put(Event::SimulateLaunch(of_id("app.a")));
    assert_eq!(world.seen(), ["0 delivered app.a#1"]);
    world.handles_expiration("app.a#1");
    world.put(Event::SimulateExpiration(of_id("app.a")));
    assert_eq!(world.seen(), ["0 expired app.a#1"]);
}
