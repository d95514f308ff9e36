//! A call against whatever else a call or the world brings about.

use serde_json::json;

use super::*;

/// The app, opened, with its handlers registered, and left; the device at rest, the app kept awake.
fn left() -> Vec<Record> {
    vec![
        line(0, 1, "started", json!({"by": "person"})),
        line(0, 1, "register", json!({"id": "app.a"})),
        line(0, 1, "register", json!({"id": "app.b"})),
        line(0, 1, "launch_finished", json!({})),
        line(0, 1, "background", json!({})),
        line(0, 1, "kept_awake", json!({"awake": true})),
        line(0, None, "device", json!({"in_use": false})),
    ]
}

fn submitted(id: &str, kind: &str) -> Record {
    line(0, 1, "submit", json!({"id": id, "kind": kind}))
}

fn grant(id: &str) -> Record {
    line(0, None, "grant", json!({"id": id}))
}

fn clock(at: Millis) -> Record {
    line(at, None, "clock", json!({}))
}

fn with(mut lines: Vec<Record>, more: impl IntoIterator<Item = Record>) -> Vec<Record> {
    lines.extend(more);
    lines
}

/// The app dies with what it may have raised, and a new process looks at what is left.
fn looked_at_anew(pid: u32) -> Vec<Record> {
    vec![
        line(0, pid, "crashed", json!({})),
        line(0, pid + 1, "started", json!({"by": "person"})),
        line(0, pid + 1, "register", json!({"id": "app.a"})),
        line(0, pid + 1, "pending", json!({})),
        line(0, pid + 1, "launch_finished", json!({})),
        line(0, pid + 1, "pending", json!({})),
    ]
}

#[test]
fn completion_against_expiration_by_time() {
    let handled = [
        submitted("app.a", "refresh"),
        grant("app.a"),
        line(0, 1, "set_expiration_handler", json!({"task": "app.a#1"})),
    ];
    Scene {
        name: "completion against expiration".to_owned(),
        os: 18,
        choices: Choices::default(),
        before: with(left(), handled),
        threads: vec![
            vec![line(0, 1, "complete", json!({"task": "app.a#1", "success": true}))],
            vec![clock(30_000)],
        ],
        after: vec![clock(60_000), clock(60_000)],
    }
    .explore(&[0, 1]);
}

#[test]
fn completion_against_expiration_by_the_person() {
    Scene {
        name: "completion against the person's stop".to_owned(),
        os: 26,
        choices: Choices::default(),
        before: vec![
            line(0, 1, "started", json!({"by": "person"})),
            line(0, 1, "register", json!({"id": "app.a"})),
            line(0, 1, "launch_finished", json!({})),
            submitted("app.a", "continued"),
            line(0, 1, "background", json!({})),
        ],
        threads: vec![
            vec![line(0, 1, "complete", json!({"task": "app.a#1", "success": true}))],
            vec![line(0, None, "person_stops", json!({"task": "app.a#1"}))],
        ],
        after: vec![clock(60_000), clock(60_000)],
    }
    .explore(&[0, 1]);
}

#[test]
fn submission_against_cancel_of_another() {
    Scene {
        name: "submission against cancel".to_owned(),
        os: 18,
        choices: Choices::default(),
        before: with(left(), [submitted("app.a", "refresh")]),
        threads: vec![
            vec![submitted("app.b", "processing")],
            vec![line(0, 1, "cancel", json!({"id": "app.a"}))],
        ],
        after: vec![line(0, 1, "pending", json!({}))],
    }
    .explore(&[0, 1]);
}

#[test]
fn submission_against_cancel_of_what_it_replaces() {
    let again = line(
        0,
        1,
        "submit",
        json!({"id": "app.a", "kind": "refresh", "earliest": 1_000}),
    );
    Scene {
        name: "replacement against cancel".to_owned(),
        os: 18,
        choices: Choices::default(),
        before: with(left(), [submitted("app.a", "refresh")]),
        threads: vec![
            vec![again, line(0, 1, "pending", json!({}))],
            vec![
                line(0, 1, "cancel", json!({"id": "app.a"})),
                submitted("app.b", "refresh"),
            ],
        ],
        after: vec![line(0, 1, "pending", json!({}))],
    }
    .explore(&[0, 1]);
}

#[test]
fn submission_against_launch() {
    Scene {
        name: "submission against launch".to_owned(),
        os: 18,
        choices: Choices::default(),
        before: with(left(), [submitted("app.a", "refresh")]),
        threads: vec![vec![submitted("app.a", "processing")], vec![grant("app.a")]],
        after: vec![line(0, 1, "pending", json!({})), clock(60_000), clock(60_000)],
    }
    .explore(&[0, 1]);
}

/// Nobody grants it: what is eligible for a minute is launched by whoever lets the minute pass.
#[test]
fn cancel_against_a_launch_at_the_schedulers_own_time() {
    Scene {
        name: "cancel against a launch at its own time".to_owned(),
        os: 18,
        choices: Choices::autonomous(),
        before: with(
            left(),
            [submitted("app.a", "refresh"), submitted("app.b", "processing")],
        ),
        threads: vec![vec![line(0, 1, "cancel", json!({"id": "app.a"}))], vec![clock(60_000)]],
        after: vec![
            line(0, 1, "pending", json!({})),
            clock(80_000),
            line(0, 1, "pending", json!({})),
            clock(200_000),
            clock(200_000),
        ],
    }
    .explore(&[0, 1]);
}

#[test]
fn submission_against_a_launch_at_the_schedulers_own_time() {
    Scene {
        name: "submission against a launch at its own time".to_owned(),
        os: 18,
        choices: Choices::autonomous(),
        before: with(left(), [submitted("app.a", "refresh")]),
        threads: vec![
            vec![submitted("app.a", "processing"), line(0, 1, "pending", json!({}))],
            vec![clock(60_000)],
        ],
        after: vec![line(0, 1, "pending", json!({})), clock(200_000), clock(200_000)],
    }
    .explore(&[0, 1]);
}

#[test]
fn cancel_all_against_delivery_in_a_living_process() {
    Scene {
        name: "cancel-all against delivery".to_owned(),
        os: 18,
        choices: Choices::default(),
        before: with(
            left(),
            [submitted("app.a", "refresh"), submitted("app.b", "processing")],
        ),
        threads: vec![vec![line(0, 1, "cancel_all", json!({}))], vec![grant("app.a")]],
        after: vec![line(0, 1, "pending", json!({})), clock(60_000), clock(60_000)],
    }
    .explore(&[0, 1]);
}

#[test]
fn cancel_all_against_delivery_after_a_launch() {
    let launched = [
        submitted("app.a", "refresh"),
        line(0, 1, "crashed", json!({})),
        grant("app.a"),
        line(0, 2, "register", json!({"id": "app.a"})),
        line(0, 2, "register", json!({"id": "app.b"})),
        line(0, 2, "submit", json!({"id": "app.b", "kind": "processing"})),
    ];
    Scene {
        name: "cancel-all against the end of launching".to_owned(),
        os: 18,
        choices: Choices::default(),
        before: with(left(), launched),
        threads: vec![
            vec![line(0, 2, "cancel_all", json!({}))],
            vec![line(0, 2, "launch_finished", json!({}))],
        ],
        after: vec![line(0, 2, "pending", json!({})), clock(60_000), clock(60_000)],
    }
    .explore(&[0, 1]);
}

#[test]
fn registration_against_the_end_of_launching() {
    let launched = [
        submitted("app.a", "refresh"),
        line(0, 1, "crashed", json!({})),
        grant("app.a"),
    ];
    Scene {
        name: "registration against the end of launching".to_owned(),
        os: 18,
        choices: Choices::default(),
        before: with(left(), launched),
        threads: vec![
            vec![line(0, 2, "register", json!({"id": "app.a"}))],
            vec![line(0, 2, "launch_finished", json!({}))],
        ],
        after: looked_at_anew(2),
    }
    .explore(&[0, 1]);
}

#[test]
fn registration_against_launch_in_a_living_process() {
    let awake = [
        submitted("app.a", "refresh"),
        line(0, 1, "crashed", json!({})),
        line(0, 2, "started", json!({"by": "other"})),
        line(0, 2, "launch_finished", json!({})),
    ];
    Scene {
        name: "registration against launch".to_owned(),
        os: 26,
        choices: Choices::default(),
        before: with(left(), awake),
        threads: vec![
            vec![line(0, 2, "register", json!({"id": "app.a"}))],
            vec![grant("app.a")],
        ],
        after: with(vec![line(0, 2, "register", json!({"id": "app.a"}))], looked_at_anew(2)),
    }
    .explore(&[0, 1]);
}

#[test]
fn three_threads_at_once() {
    Scene {
        name: "submission against cancel against launch".to_owned(),
        os: 18,
        choices: Choices::default(),
        before: with(left(), [submitted("app.a", "refresh")]),
        threads: vec![
            vec![submitted("app.b", "refresh"), line(0, 1, "pending", json!({}))],
            vec![line(0, 1, "cancel", json!({"id": "app.a"}))],
            vec![grant("app.a")],
        ],
        after: vec![line(0, 1, "pending", json!({})), clock(60_000), clock(60_000)],
    }
    .explore(&[2]);
}
