//! Registration and identifiers.

use bgspec_model::vocabulary::{Permitted, Starter};

use super::*;

/// An app that is still launching.
fn launching(major: u16) -> World {
    let world = World::new(major);
    world.start(Starter::Person);
    world
}

#[test]
fn registering_a_permitted_identifier_while_launching_returns_true() {
    assert_eq!(launching(18).scheduler.register("app.a", None), Ok(true));
}

#[test]
fn registering_an_unpermitted_identifier_returns_false_and_registers_nothing() {
    let world = launching(18);
    for id in ["app.unknown", "App.a", ""] {
        assert_eq!(world.scheduler.register(id, None), Ok(false), "{id:?}");
        assert_eq!(world.scheduler.register(id, None), Ok(false), "{id:?} again");
    }
}

#[test]
fn a_permitted_list_that_is_no_array_permits_nothing() {
    let mut facts = facts(18);
    facts.permitted = Permitted::Malformed;
    let world = World::of(facts, Choices::default());
    world.start(Starter::Person);
    assert_eq!(world.scheduler.register("app.a", None), Ok(false));
    assert_eq!(world.submit(refresh("app.a")), refused(Code::NOT_PERMITTED));
}

#[test]
fn registering_twice_in_one_process_raises() {
    let world = launching(26);
    assert_eq!(world.scheduler.register("app.a", None), Ok(true));
    let text = "Launch handler for task with identifier app.a has already been registered";
    assert_eq!(world.scheduler.register("app.a", None), raised::<bool, Raised>(text));
}

#[test]
fn a_late_registration_raises_up_to_18_and_returns_true_from_26() {
    let text = "All launch handlers must be registered before application finishes launching";
    for (major, answer) in [(13, raised(text)), (18, raised(text)), (26, Ok(true)), (27, Ok(true))] {
        let world = launching(major);
        world.launch_finished();
        assert_eq!(world.scheduler.register("app.a", None), answer, "{major}");
    }
}

#[test]
fn what_a_wildcard_covers_is_registered_at_any_time_from_26() {
    let world = launching(26);
    world.launch_finished();
    for (id, answer) in [
        ("app.export.1", true),
        ("app.export.", false),
        ("app.export", false),
        ("app.exporter.1", false),
        ("app.export.*", false),
    ] {
        assert_eq!(world.scheduler.register(id, None), Ok(answer), "{id}");
    }
}

#[test]
fn before_26_a_wildcard_entry_is_a_literal() {
    let world = launching(18);
    assert_eq!(world.scheduler.register("app.export.1", None), Ok(false));
    assert_eq!(world.scheduler.register("app.export.*", None), Ok(true));
}

#[test]
fn a_registration_lasts_for_its_process() {
    let world = World::opened(18);
    world.put(Event::Crashed(bgspec_model::vocabulary::Crashed::default()));
    world.start(Starter::Person);
    assert_eq!(world.scheduler.register("app.a", None), Ok(true));
}
