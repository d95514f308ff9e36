//! Launches at the scheduler's own time, and the real clock.

use std::sync::mpsc;

use super::super::{RealClock, drive};
use super::*;

#[test]
fn by_itself_it_launches_what_was_eligible_for_a_minute_without_a_break() {
    let world = World::of(facts(18), Choices::autonomous()).and_opened();
    let dated = Request {
        earliest: Some(100_000),
        ..refresh("app.a")
    };
    assert_eq!(world.submit(dated), Ok(()));
    assert_eq!(world.submit(processing("app.b")), Ok(()));
    world.leave();
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    world.pass(30_000);
    world.device(Device {
        in_use: Some(true),
        ..Device::default()
    });
    world.device(Device {
        in_use: Some(false),
        ..Device::default()
    });
    world.pass(70_000);
    assert_eq!(world.seen(), ["90000 launched app.b"]);
    world.register_all();
    world.launch_finished();
    world.pass(60_000);
    assert_eq!(world.seen(), ["100000 delivered app.b#1", "160000 delivered app.a#1"]);
}

#[test]
fn what_becomes_due_together_is_launched_together() {
    let world = World::of(facts(18), Choices::autonomous()).and_opened();
    for id in ["app.a", "app.b"] {
        assert_eq!(world.submit(processing(id)), Ok(()));
    }
    world.leave();
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    world.pass(60_000);
    assert_eq!(world.seen(), ["60000 launched app.a app.b"]);
}

/// Tokio's paused clock jumps ahead whenever everybody waits: no real time passes.
#[tokio::test(start_paused = true)]
async fn in_real_time_a_driver_lets_everything_happen_at_its_moment() {
    let clock = RealClock::new();
    let world = World {
        scheduler: Scheduler::with(clock, facts(18), Choices::autonomous()),
    };
    let (say, heard) = mpsc::channel();
    world.scheduler.listen(move |event| say.send(short(event)).unwrap());
    let driver = tokio::spawn(drive(world.scheduler.clone(), clock));
    let world = world.and_opened();
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.leave();
    tokio::time::sleep(std::time::Duration::from_secs(3_600)).await;
    driver.abort();
    let events: Vec<_> = heard.try_iter().collect();
    assert_eq!(
        events,
        [
            "5000 suspended",
            "60000 delivered app.a#1",
            "90000 completed_by_system app.a#1",
            "95000 suspended"
        ]
    );
}
