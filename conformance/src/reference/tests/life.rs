//! The life of the app: what survives what.

use bgspec_model::vocabulary::{AppFacts, Permitted, Starter};

use super::super::Obstacle;
use super::*;

#[test]
fn pending_requests_survive_the_end_of_the_process_and_running_tasks_do_not() {
    for end in [
        Event::Crashed(bgspec_model::vocabulary::Crashed::default()),
        Event::MemoryKilled(Empty {}),
        Event::ForceQuit(Empty {}),
    ] {
        let world = World::left(18);
        assert_eq!(world.submit(refresh("app.a")), Ok(()));
        assert_eq!(world.submit(processing("app.b")), Ok(()));
        assert!(world.granted("app.b"));
        world.handles_expiration("app.b#1");
        world.put(end);
        world.pass(900_000);
        assert_eq!(world.tasks(), ["0 delivered app.b#1"]);
        assert_eq!(world.listed(), ["app.a"]);
    }
}

#[test]
fn after_a_force_quit_nothing_of_a_blocked_kind_is_launched_until_the_person_opens_the_app() {
    for (major, processing_too) in [(16, true), (17, false)] {
        let world = World::left(major);
        assert_eq!(world.submit(refresh("app.a")), Ok(()));
        assert_eq!(world.submit(processing("app.b")), Ok(()));
        world.put(Event::ForceQuit(Empty {}));
        world.start(Starter::Other);
        world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
        let blocked = Some(Obstacle::ForceQuit);
        assert_eq!(world.scheduler.obstacle("app.a"), blocked, "{major}");
        assert_eq!(
            world.scheduler.obstacle("app.b"),
            blocked.filter(|_| processing_too),
            "{major}"
        );
        let world = world.and_opened();
        world.leave();
        assert_eq!(world.scheduler.obstacle("app.a"), None, "{major}");
    }
}

#[test]
fn after_a_reboot_nothing_is_launched_before_the_first_unlock() {
    for passcode in [false, true] {
        let mut facts = facts(18);
        facts.passcode = passcode;
        let world = World::of(facts, Choices::default()).and_opened();
        assert_eq!(world.submit(refresh("app.a")), Ok(()));
        world.put(Event::Reboot(Empty {}));
        let obstacle = world.scheduler.obstacle("app.a");
        // Without a passcode there is nothing to wait for.
        let waits = passcode.then_some(Obstacle::NotUnlockedSinceBoot);
        assert_eq!(obstacle, waits, "{passcode}");
        world.device(Device {
            locked: Some(false),
            unlocked_once: Some(true),
            ..Device::default()
        });
        assert!(world.granted("app.a"), "{passcode}");
    }
}

#[test]
fn who_opens_the_app_has_unlocked_the_device() {
    let world = World::left(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.put(Event::Reboot(Empty {}));
    let world = world.and_opened();
    world.leave();
    assert_eq!(world.scheduler.obstacle("app.a"), None);
}

#[test]
fn an_identifier_that_an_update_dropped_is_launched_and_raises() {
    let world = World::left(18);
    assert_eq!(world.submit(processing("app.a")), Ok(()));
    world.put(Event::Updated(AppFacts {
        permitted: Some(Permitted::List(vec!["app.b".to_owned()])),
        ..AppFacts::default()
    }));
    assert!(world.granted("app.a"));
    assert_eq!(world.scheduler.register("app.a", None), Ok(false));
    world.launch_finished();
    assert_eq!(world.seen(), ["0 launched app.a", "0 delivery_raised app.a"]);
}

#[test]
fn an_uninstalled_app_leaves_nothing() {
    let world = World::left(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.put(Event::Uninstalled(Empty {}));
    world.put(Event::Installed(Empty {}));
    assert!(world.listed().is_empty());
}
