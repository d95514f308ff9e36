//! Submission, replacement, cancelling, and the pending list.

use bgspec_model::vocabulary::{BackgroundRefresh, Extension, Platform, Starter};

use super::*;

#[test]
fn an_accepted_request_is_listed_once_as_last_submitted() {
    let world = World::opened(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    let later = Request {
        earliest: Some(9_000),
        ..processing("app.a")
    };
    assert_eq!(world.submit(later.clone()), Ok(()));
    assert_eq!(world.scheduler.pending(), [later]);
}

#[test]
fn submitting_without_a_handler_raises_and_accepts_nothing() {
    let world = World::new(18);
    world.start(Starter::Person);
    let text = "No launch handler registered for task with identifier app.a";
    assert_eq!(world.submit(refresh("app.a")), raised::<(), SubmitError>(text));
    assert!(world.listed().is_empty());
}

#[test]
fn what_is_not_permitted_or_lacks_its_mode_fails_with_3() {
    let mut facts = facts(18);
    facts.modes.clear();
    let world = World::of(facts, Choices::default()).and_opened();
    for request in [
        refresh("app.unknown"),
        refresh("app.a"),
        processing("app.a"),
        health("app.a"),
    ] {
        assert_eq!(
            world.submit(request.clone()),
            refused(Code::NOT_PERMITTED),
            "{request:?}"
        );
    }
}

#[test]
fn health_research_needs_its_entitlement_and_the_opt_in() {
    let mut without = facts(18);
    without.entitlements.clear();
    let mut no_opt_in = facts(18);
    no_opt_in.study_opt_in = false;
    for (facts, answer) in [
        (without, refused(Code::NOT_PERMITTED)),
        (no_opt_in, refused(Code::NOT_PERMITTED)),
        (facts(18), Ok(())),
    ] {
        let world = World::of(facts, Choices::default()).and_opened();
        assert_eq!(world.submit(health("app.a")), answer);
    }
}

#[test]
fn one_refresh_and_ten_processing_requests_are_pending_at_most() {
    let mut facts = facts(18);
    let ids: Vec<_> = (0..11).map(|n| format!("app.n{n}")).collect();
    for id in &ids {
        facts = facts.permits(id);
    }
    let world = World::of(facts, Choices::default());
    world.start(Starter::Person);
    for id in &ids {
        assert_eq!(world.scheduler.register(id.as_str(), None), Ok(true));
    }
    for id in &ids[..10] {
        assert_eq!(world.submit(processing(id)), Ok(()), "{id}");
    }
    assert_eq!(world.submit(processing(&ids[10])), refused(Code::TOO_MANY_PENDING));
    assert_eq!(
        world.submit(processing(&ids[0])),
        Ok(()),
        "a replacement meets no limit"
    );
    assert_eq!(world.submit(refresh(&ids[10])), Ok(()));
    // By another kind it counts there, and leaves the old one as it was.
    assert_eq!(world.submit(refresh(&ids[0])), refused(Code::TOO_MANY_PENDING));
    assert_eq!(world.submit(processing(&ids[10])), refused(Code::TOO_MANY_PENDING));
    assert_eq!(world.listed().len(), 11);
}

#[test]
fn a_running_task_does_not_count_and_its_identifier_can_be_submitted_again() {
    let world = World::left(18);
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert!(world.granted("app.a"));
    assert!(world.listed().is_empty());
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert!(!world.granted("app.a"), "at most one task of an identifier runs");
    world.complete("app.a#1");
    assert!(world.granted("app.a"));
    assert_eq!(world.tasks(), ["0 delivered app.a#1", "0 delivered app.a#2"]);
}

#[test]
fn with_background_refresh_off_all_but_continued_requests_fail_with_1() {
    for off in [BackgroundRefresh::Denied, BackgroundRefresh::Restricted] {
        let world = World::opened(26);
        world.device(Device {
            background_refresh: Some(off),
            ..Device::default()
        });
        for request in [refresh("app.a"), processing("app.a"), health("app.a")] {
            assert_eq!(world.submit(request), refused(Code::UNAVAILABLE), "{off:?}");
        }
        assert_eq!(world.submit(continued("app.a")), Ok(()), "{off:?}");
    }
}

#[test]
fn a_denial_of_background_launches_fails_with_3_from_26() {
    for (major, answer) in [(18, Ok(())), (26, refused(Code::NOT_PERMITTED))] {
        let world = World::opened(major);
        world.device(Device {
            background_launches_denied: Some(true),
            ..Device::default()
        });
        assert_eq!(world.submit(refresh("app.a")), answer, "{major}");
    }
}

#[test]
fn on_the_simulator_every_submission_fails_with_1_and_registration_works() {
    let mut facts = facts(26);
    facts.platform = Platform::Simulator;
    let world = World::of(facts, Choices::default()).and_opened();
    for request in [refresh("app.a"), processing("app.b"), continued("app.c")] {
        assert_eq!(world.submit(request), refused(Code::UNAVAILABLE));
    }
}

#[test]
fn an_extension_that_may_schedule_submits_for_the_app_without_a_handler() {
    let mut facts = facts(18);
    let extension = |name: &str, schedules| Extension {
        name: name.to_owned(),
        schedules,
    };
    facts.extensions = vec![extension("share", true), extension("keyboard", false)];
    let world = World::of(facts, Choices::default());
    let by = |name: &str| {
        world
            .scheduler
            .submit_by(&Caller::Extension(name.to_owned()), refresh("app.a"))
    };
    assert_eq!(by("keyboard"), refused(Code::UNAVAILABLE));
    assert_eq!(by("share"), Ok(()));
    assert!(world.granted("app.a"));
    assert_eq!(world.seen(), ["0 launched app.a"]);
}

#[test]
fn a_cancel_removes_the_outstanding_request_and_no_running_task() {
    let world = World::left(18);
    assert_eq!(world.submit(processing("app.a")), Ok(()));
    assert!(world.granted("app.a"));
    for id in ["app.a", "app.b", "app.c"] {
        assert_eq!(world.submit(processing(id)), Ok(()));
    }
    world.scheduler.cancel("app.b");
    world.scheduler.cancel("app.unknown");
    assert_eq!(world.listed(), ["app.a", "app.c"]);
    world.scheduler.cancel_all();
    assert!(world.listed().is_empty());
    assert!(!world.granted("app.c"));
    assert_eq!(world.tasks(), ["0 delivered app.a#1"]);
}

#[test]
fn an_asynchronous_submission_completes_once_with_its_outcome() {
    let world = World::opened(27);
    let submit = |id: &str, submission| {
        let line = format!(r#"{{"submit_async":{{"id":"{id}","kind":"refresh","submission":{submission}}}}}"#);
        world.put(serde_json::from_str(&line).unwrap());
    };
    submit("app.a", 1);
    submit("app.b", 2);
    world.pass(60_000);
    assert_eq!(
        world.seen(),
        ["0 submission_completed 1", "0 submission_completed 2 error 2"]
    );
    assert_eq!(world.listed(), ["app.a"]);
}

#[test]
fn a_lossy_submit_hides_a_refusal_and_leaves_the_old_request() {
    let lossy = Choices {
        lossy_submit: true,
        ..Choices::default()
    };
    let world = World::of(facts(18), lossy.clone()).and_opened();
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert_eq!(
        world.submit(refresh("app.b")),
        refused(Code::TOO_MANY_PENDING),
        "only from 26"
    );

    let world = World::of(facts(27), lossy).and_opened();
    assert_eq!(world.submit(refresh("app.a")), Ok(()));
    assert_eq!(world.submit(refresh("app.b")), Ok(()));
    assert_eq!(world.listed(), ["app.a"]);
    assert_eq!(world.submit(refresh("app.unknown")), refused(Code::NOT_PERMITTED));
}

#[test]
fn a_refresh_under_a_wildcard_alone_is_refused() {
    let world = World::opened(26);
    assert_eq!(world.scheduler.register("app.export.1", None), Ok(true));
    assert_eq!(world.submit(refresh("app.export.1")), refused(Code::NOT_PERMITTED));
    assert_eq!(world.submit(continued("app.export.1")), Ok(()));
}
