//! Running time, expiration, grace, completion, suspension.

use bgspec_model::vocabulary::OfQueue;

use super::*;

/// A running task of this request, with its expiration handler set.
fn running(request: Request) -> World {
    let world = World::left(18);
    let id = request.id.clone();
    assert_eq!(world.submit(request), Ok(()));
    assert!(world.granted(id.as_str()));
    world.handles_expiration(&format!("{id}#1"));
    world.seen();
    world
}

#[test]
fn a_refresh_is_expired_30_seconds_after_its_launch_and_killed_after_its_grace() {
    let world = running(refresh("app.a"));
    world.pass(29_999);
    assert!(world.seen().is_empty());
    world.pass(60_000);
    assert_eq!(world.seen(), ["30000 expired app.a#1", "36000 killed"]);
}

#[test]
fn the_budget_counts_from_the_delivery_however_long_launching_takes() {
    let world = World::left(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    assert!(world.granted("app.a"));
    world.pass(20_000);
    world.register_all();
    world.launch_finished();
    world.handles_expiration("app.a#1");
    world.pass(60_000);
    assert_eq!(
        world.tasks(),
        [
            "0 launched app.a",
            "20000 delivered app.a#1",
            "50000 expired app.a#1",
            "56000 killed"
        ]
    );
}

#[test]
fn a_task_expired_without_a_handler_is_completed_by_the_system_and_no_kill_follows() {
    let world = running(refresh("app.a"));
    world.put(serde_json::from_str(r#"{"set_expiration_handler":{"task":"app.a#1","set":false}}"#).unwrap());
    world.pass(60_000);
    assert_eq!(world.seen(), ["30000 completed_by_system app.a#1", "35000 suspended"]);
}

#[test]
fn a_completed_task_is_never_expired_and_its_process_is_suspended() {
    let world = running(refresh("app.a"));
    world.pass(10_000);
    world.complete("app.a#1");
    world.complete("app.a#1");
    world.pass(60_000);
    assert_eq!(world.seen(), ["15000 suspended"]);
}

#[test]
fn completion_within_the_grace_is_accepted_and_the_last_moment_counts() {
    let world = running(refresh("app.a"));
    world.pass(35_000);
    world.complete("app.a#1");
    world.pass(60_000);
    assert_eq!(world.seen(), ["30000 expired app.a#1", "40000 suspended"]);
}

#[test]
fn a_handler_set_after_the_expiration_is_never_called() {
    let world = running(refresh("app.a"));
    world.pass(30_000);
    world.handles_expiration("app.a#1");
    world.put(Event::TakeBack(of_task("app.a#1")));
    world.pass(5_000);
    assert_eq!(world.seen(), ["30000 expired app.a#1"]);
}

#[test]
fn use_of_the_device_expires_processing_and_no_refresh() {
    let used = Device {
        in_use: Some(true),
        ..Device::default()
    };
    for (request, expected) in [
        (processing("app.a"), vec!["0 expired app.a#1"]),
        (health("app.a"), vec!["0 expired app.a#1"]),
        (refresh("app.a"), vec![]),
    ] {
        let world = running(request);
        world.device(used);
        assert_eq!(world.seen(), expected);
    }
    let world = running(processing("app.a"));
    world.put(Event::Foreground(Empty {}));
    assert_eq!(world.seen(), ["0 expired app.a#1"], "coming to the foreground is use");
}

#[test]
fn coming_to_the_foreground_is_use_also_of_a_device_in_use() {
    let world = World::opened(18);
    assert_eq!(world.submit(processing("app.a")), Ok(()));
    world.put(Event::SimulateLaunch(of_id("app.a")));
    world.put(Event::Background(Empty {}));
    world.put(Event::Foreground(Empty {}));
    assert_eq!(world.seen(), ["0 delivered app.a#1", "0 completed_by_system app.a#1"]);
}

#[test]
fn use_that_began_between_launch_and_delivery_expires_processing_too() {
    let world = World::left(18);
    assert_eq!(world.submit(processing("app.a")), Ok(()));
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    assert!(world.granted("app.a"));
    world.device(Device {
        in_use: Some(true),
        ..Device::default()
    });
    world.register_all();
    world.launch_finished();
    assert_eq!(
        world.tasks(),
        [
            "0 launched app.a",
            "0 delivered app.a#1",
            "0 completed_by_system app.a#1"
        ]
    );
}

#[test]
fn a_late_completion_of_an_earlier_task_touches_no_later_one() {
    let world = running(refresh("app.a"));
    world.complete("app.a#1");
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert!(world.granted("app.a"));
    world.complete("app.a#1");
    world.pass(30_000);
    assert_eq!(
        world.tasks(),
        ["0 delivered app.a#2", "30000 completed_by_system app.a#2"]
    );
}

#[test]
fn with_a_debugger_attached_the_process_is_neither_suspended_nor_killed_for_its_time() {
    let world = running(refresh("app.a"));
    world.put(serde_json::from_str(r#"{"debugger":{"attached":true}}"#).unwrap());
    world.pass(600_000);
    assert_eq!(world.seen(), ["30000 expired app.a#1"]);
}

#[test]
fn a_simulated_launch_has_all_the_time_while_its_debugger_is_attached() {
    let world = World::opened(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.put(serde_json::from_str(r#"{"debugger":{"attached":true}}"#).unwrap());
    world.put(Event::SimulateLaunch(of_id("app.a")));
    world.pass(600_000);
    assert_eq!(world.seen(), ["0 delivered app.a#1"]);
    world.put(serde_json::from_str(r#"{"debugger":{"attached":false}}"#).unwrap());
    assert_eq!(world.seen(), ["600000 completed_by_system app.a#1"]);
}

#[test]
fn a_process_kept_awake_or_with_a_running_task_is_not_suspended() {
    let world = running(refresh("app.a"));
    world.put(serde_json::from_str(r#"{"kept_awake":{"awake":true}}"#).unwrap());
    world.pass(10_000);
    world.complete("app.a#1");
    world.pass(600_000);
    assert!(world.seen().is_empty());
    world.put(serde_json::from_str(r#"{"kept_awake":{"awake":false}}"#).unwrap());
    world.pass(600_000);
    assert_eq!(world.seen(), ["615000 suspended"]);
}

#[test]
fn where_handlers_are_called_on_the_registration_queue_a_blocked_one_holds_the_call_back() {
    let choices = Choices {
        expires_on_registration_queue: true,
        ..Choices::default()
    };
    let world = World::of(facts(14), choices).and_opened();
    world.leave();
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert!(world.granted("app.a"));
    world.handles_expiration("app.a#1");
    let own = || OfQueue {
        queue: "own".to_owned(),
    };
    world.put(Event::BlockQueue(own()));
    world.pass(33_000);
    assert_eq!(world.tasks(), ["0 delivered app.a#1"]);
    world.put(Event::UnblockQueue(own()));
    world.complete("app.a#1");
    assert_eq!(world.tasks(), ["33000 expired app.a#1"]);
}
