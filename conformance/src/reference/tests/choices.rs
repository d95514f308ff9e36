//! Each choice beside the default does what its field says.

use bgspec_model::vocabulary::{BackgroundRefresh, Permitted, Platform, Pressure, Starter, Strategy};

use super::super::{Obstacle, WithoutPrefix};
use super::*;

/// The app in the foreground of a scheduler with other choices.
fn opened(major: u16, choose: impl FnOnce(&mut Choices)) -> World {
    of(facts(major), choose).and_opened()
}

fn of(facts: Facts, choose: impl FnOnce(&mut Choices)) -> World {
    let mut choices = Choices::default();
    choose(&mut choices);
    World::of(facts, choices)
}

#[test]
fn registration() {
    let world = of(facts(26), |choices| {
        choices.unpermitted_register_silently_true = true;
        choices.wildcard_literal_returns_true = true;
        choices.wildcard_covers_one_component = true;
        choices.late_registration_raises = true;
    });
    world.start(Starter::Person);
    for id in ["app.unknown", "app.unknown", "app.export.*", "app.export.a.b"] {
        assert_eq!(world.scheduler.register(id, None), Ok(true), "{id}");
    }
    assert_eq!(world.submit(continued("app.export.a.b")), refused(Code::NOT_PERMITTED));
    world.launch_finished();
    assert_eq!(world.scheduler.register("app.export.a", None), Ok(true));
    assert!(world.scheduler.register("app.a", None).is_err());
}

#[test]
fn reasons_to_refuse() {
    let world = opened(26, |choices| {
        choices.wildcard_for_other_kinds = true;
        choices.low_power_refuses_submit = true;
        choices.refresh_off_refuses_continued = true;
    });
    assert_eq!(world.scheduler.register("app.export.1", None), Ok(true));
    assert_eq!(world.submit(processing("app.export.1")), Ok(()));
    world.device(Device {
        low_power: Some(true),
        ..Device::default()
    });
    assert_eq!(world.submit(refresh("app.a")), refused(Code::UNAVAILABLE));
    world.device(Device {
        background_refresh: Some(BackgroundRefresh::Denied),
        ..Device::default()
    });
    assert_eq!(world.submit(continued("app.a")), refused(Code::UNAVAILABLE));

    let mut modeless = facts(26);
    modeless.modes.clear();
    let world = of(modeless, |choices| choices.continued_needs_mode = true).and_opened();
    assert_eq!(world.submit(continued("app.a")), refused(Code::NOT_PERMITTED));
}

#[test]
fn health_research_may_share_the_limit_of_processing() {
    for (shares, answer) in [(false, Ok(())), (true, refused(Code::TOO_MANY_PENDING))] {
        let world = opened(18, |choices| {
            choices.health_shares_processing_limit = shares;
            choices.processing_limit = 1;
        });
        assert_eq!(world.submit(processing("app.a")), Ok(()));
        assert_eq!(world.submit(health("app.b")), answer);
        assert_eq!(
            world.submit(health("app.a")),
            Ok(()),
            "it does not compete with what it replaces"
        );
    }
}

#[test]
fn continued_requests_without_the_prefix() {
    for (choice, answer, seen) in [
        (WithoutPrefix::Refused, refused(Code::NOT_PERMITTED), vec![]),
        (WithoutPrefix::Dropped, Ok(()), vec![]),
        (WithoutPrefix::Accepted, Ok(()), vec!["0 delivered other.x#1"]),
    ] {
        let world = opened(26, |choices| choices.continued_without_prefix = choice);
        assert_eq!(world.submit(continued("other.x")), answer);
        assert_eq!(world.seen(), seen);
        assert!(world.listed().is_empty());
    }
}

#[test]
fn the_queue_of_continued_requests() {
    let world = opened(26, |choices| {
        choices.continued_capacity = 1;
        choices.resubmit_waits_for_running = true;
        choices.replacement_keeps_place = true;
        choices.continued_in_pending = false;
        choices.waiting_starts_in_background = false;
        choices.waiting_survives_process = true;
    });
    for id in ["app.a", "app.a", "app.b", "app.a"] {
        assert_eq!(world.submit(continued(id)), Ok(()), "{id}");
    }
    assert!(world.listed().is_empty());
    world.leave();
    world.complete("app.a#1");
    assert_eq!(world.tasks(), ["0 delivered app.a#1"]);
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    let world = world.and_opened();
    assert_eq!(world.tasks(), ["0 delivered app.a#2"]);
    world.complete("app.a#2");
    assert_eq!(world.tasks(), ["0 delivered app.b#1"]);
}

#[test]
fn what_waits_for_its_own_identifier_holds_back_what_waits_behind_it() {
    let world = opened(26, |choices| {
        choices.continued_capacity = 3;
        choices.resubmit_waits_for_running = true;
    });
    for id in ["app.a", "app.a", "app.b"] {
        assert_eq!(world.submit(continued(id)), Ok(()), "{id}");
    }
    let now = Request {
        strategy: Strategy::Fail,
        ..continued("app.c")
    };
    assert_eq!(world.submit(now), Ok(()), "what never waits may pass");
    world.complete("app.a#1");
    let deliveries = ["app.a#1", "app.c#1", "app.a#2", "app.b#1"].map(|task| format!("0 delivered {task}"));
    assert_eq!(world.seen(), deliveries);
}

#[test]
fn pressure_need_not_delay_the_gpu() {
    let world = opened(26, |choices| choices.pressure_delays_gpu = false);
    world.device(Device {
        pressure: Some(Pressure::Pressed),
        ..Device::default()
    });
    let request = Request {
        gpu: true,
        strategy: Strategy::Fail,
        ..continued("app.a")
    };
    assert_eq!(world.submit(request), Ok(()));
}

#[test]
fn a_cancel_may_reach_the_running_and_the_launched() {
    let cancelling = |choices: &mut Choices| {
        choices.cancel_expires_running = true;
        choices.cancel_stops_delivery = true;
    };
    let world = opened(26, cancelling);
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    world.handles_expiration("app.a#1");
    world.scheduler.cancel("app.a");
    assert_eq!(world.seen(), ["0 delivered app.a#1", "0 expired app.a#1"]);

    let world = opened(26, cancelling);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.leave();
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    assert!(world.granted("app.a"));
    world.register_all();
    world.scheduler.cancel_all();
    world.launch_finished();
    assert_eq!(world.seen(), ["0 launched app.a"]);
}

#[test]
fn what_is_listed_and_kept() {
    let world = opened(26, |choices| {
        choices.pending_includes_running = true;
        choices.pending_kept_when_refresh_off = false;
    });
    for id in ["app.a", "app.b"] {
        assert_eq!(world.submit(processing(id)), Ok(()));
    }
    world.leave();
    assert!(world.granted("app.a"));
    assert_eq!(world.listed(), ["app.b", "app.a"]);
    world.device(Device {
        background_refresh: Some(BackgroundRefresh::Restricted),
        ..Device::default()
    });
    assert_eq!(world.listed(), ["app.a"]);
}

#[test]
fn what_holds_back_a_launch() {
    let world = opened(26, |choices| {
        choices.low_power_blocks_refresh = false;
        choices.health_needs_idle = false;
        choices.processing_after_force_quit = false;
    });
    for request in [refresh("app.a"), health("app.b"), processing("app.c")] {
        assert_eq!(world.submit(request), Ok(()));
    }
    world.put(Event::Background(Empty {}));
    world.device(Device {
        low_power: Some(true),
        ..Device::default()
    });
    assert_eq!(world.scheduler.obstacle("app.a"), None);
    assert_eq!(world.scheduler.obstacle("app.b"), None);
    world.put(Event::ForceQuit(Empty {}));
    assert_eq!(world.scheduler.obstacle("app.b"), Some(Obstacle::ForceQuit));
}

#[test]
fn what_survives_what() {
    let kept = |choose: fn(&mut Choices), end: Event| {
        let world = opened(26, choose);
        assert_eq!(world.submit(refresh("app.a")), Ok(()));
        assert_eq!(world.submit(processing("app.b")), Ok(()));
        world.put(end);
        world.listed().len()
    };
    let reboot = || Event::Reboot(Empty {});
    let update = || Event::Updated(bgspec_model::vocabulary::AppFacts::default());
    let force_quit = || Event::ForceQuit(Empty {});
    assert_eq!(
        [reboot(), update(), force_quit()].map(|end| kept(|_| {}, end)),
        [2, 2, 2]
    );
    assert_eq!(kept(|choices| choices.pending_survives_reboot = false, reboot()), 0);
    assert_eq!(kept(|choices| choices.pending_survives_update = false, update()), 0);
    assert_eq!(kept(|choices| choices.force_quit_drops_refresh = true, force_quit()), 1);

    let world = opened(26, |choices| choices.reboot_clears_force_quit = true);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.put(force_quit());
    world.put(reboot());
    world.device(Device {
        locked: Some(false),
        unlocked_once: Some(true),
        ..Device::default()
    });
    assert!(world.granted("app.a"));
}

#[test]
fn reasons_to_expire() {
    let world = opened(26, |choices| {
        choices.expire_on_lost_condition = true;
        choices.child_progress_counts = true;
        choices.prompt_after = Some(20_000);
        choices.ignored_prompt_expires = true;
        choices.card_in_foreground = true;
    });
    let online = Request {
        network: true,
        ..processing("app.a")
    };
    assert_eq!(world.submit(online), Ok(()));
    world.leave();
    assert!(world.granted("app.a"));
    world.device(Device {
        network: Some(false),
        ..Device::default()
    });
    assert_eq!(world.seen(), ["0 delivered app.a#1", "0 completed_by_system app.a#1"]);

    world.put(Event::Foreground(Empty {}));
    assert_eq!(world.submit(continued("app.b")), Ok(()));
    world.pass(20_000);
    world.put(serde_json::from_str(r#"{"progress":{"task":"app.b#1","child":0.5}}"#).unwrap());
    world.pass(20_000);
    world.put(Event::PersonIgnores(of_task("app.b#1")));
    assert_eq!(
        world.seen(),
        [
            "0 delivered app.b#1",
            "0 card app.b#1 shown",
            "20000 card app.b#1 prompting",
            "40000 completed_by_system app.b#1",
            "40000 card app.b#1 failed"
        ]
    );
}

#[test]
fn a_retry_may_replace_the_failed_card() {
    let world = opened(26, |choices| choices.retry_replaces_failed_card = true);
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    world.leave();
    world.scheduler.complete(&name("app.a#1"), false);
    world.put(Event::Foreground(Empty {}));
    assert_eq!(world.submit(continued("app.a")), Ok(()));
    assert_eq!(
        world.seen()[2..],
        ["0 card app.a#1 failed", "0 delivered app.a#2", "0 card app.a#1 gone"]
    );
}

#[test]
fn an_asynchronous_submission_takes_effect_when_it_completes() {
    let world = opened(27, |choices| choices.submission_delay = 1_000);
    let line = r#"{"submit_async":{"id":"app.a","kind":"refresh","submission":7}}"#;
    world.put(serde_json::from_str(line).unwrap());
    assert!(world.listed().is_empty());
    world.pass(1_000);
    assert_eq!(world.listed(), ["app.a"]);
    assert_eq!(world.seen(), ["1000 submission_completed 7"]);
    world.put(serde_json::from_str(line).unwrap());
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    world.pass(60_000);
    assert!(world.seen().is_empty(), "the process died first");
}

#[test]
fn a_process_that_awaits_a_completion_is_not_suspended() {
    let world = opened(27, |choices| choices.submission_delay = 20_000);
    let line = r#"{"submit_async":{"id":"app.a","kind":"refresh","submission":7}}"#;
    world.put(serde_json::from_str(line).unwrap());
    world.leave();
    world.pass(60_000);
    assert_eq!(world.seen(), ["20000 submission_completed 7", "20000 suspended"]);
}

#[test]
fn a_mac_may_be_inert() {
    let mut mac = facts(26);
    mac.platform = Platform::Mac;
    for (inert, listed) in [(false, 1), (true, 0)] {
        let world = of(mac.clone(), |choices| choices.inert_on_mac = inert).and_opened();
        assert_eq!(world.submit(processing("app.a")), Ok(()));
        assert_eq!(world.listed().len(), listed);
    }
    mac.permitted = Permitted::default();
    let world = of(mac, |choices| choices.inert_on_mac = true);
    world.start(Starter::Person);
    assert_eq!(world.submit(processing("app.a")), refused(Code::NOT_PERMITTED));
}

#[test]
fn without_a_kill_an_expired_task_stays_open() {
    let world = opened(18, |choices| choices.kill_after_grace = None);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    world.leave();
    assert!(world.granted("app.a"));
    world.handles_expiration("app.a#1");
    world.pass(900_000);
    assert_eq!(world.seen(), ["0 delivered app.a#1", "30000 expired app.a#1"]);
}
