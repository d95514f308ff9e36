//! The end of the process against every call in turn.

use serde_json::{Value, json};

use super::*;

/// The ends of a process: the event that brings each about, and what comes before the next process.
fn deaths() -> Vec<(&'static str, Record, Option<Record>)> {
    vec![
        ("a crash", line(0, 1, "crashed", json!({})), None),
        ("a kill for memory", line(0, 1, "memory_killed", json!({})), None),
        // It does not come where the task is completed.
        (
            "a kill for time",
            line(36_000, None, "clock", json!({})),
            Some(line(0, 1, "crashed", json!({}))),
        ),
        ("a force-quit", line(0, 1, "force_quit", json!({})), None),
        (
            "a reboot",
            line(0, None, "reboot", json!({})),
            Some(line(0, None, "device", json!({"locked": false, "unlocked_once": true}))),
        ),
        ("an update", line(0, None, "updated", json!({})), None),
        (
            "an uninstall",
            line(0, None, "uninstalled", json!({})),
            Some(line(0, None, "installed", json!({}))),
        ),
    ]
}

/// Every call of an app, and what else is told of its process.
fn calls() -> Vec<(&'static str, Value)> {
    vec![
        ("register", json!({"id": "app.d"})),
        ("submit", json!({"id": "app.c", "kind": "processing"})),
        (
            "submit_async",
            json!({"id": "app.c", "kind": "processing", "submission": 1}),
        ),
        ("cancel", json!({"id": "app.b"})),
        ("cancel_all", json!({})),
        ("pending", json!({})),
        ("set_expiration_handler", json!({"task": "app.a#1", "set": false})),
        ("progress", json!({"task": "app.a#1", "completed": 10, "total": 100})),
        (
            "update_title",
            json!({"task": "app.a#1", "title": "Other", "subtitle": "Words"}),
        ),
        ("complete", json!({"task": "app.a#1", "success": true})),
        ("foreground", json!({})),
    ]
}

/// The app in the background, with a running task that has expired at the beginning where time is to kill it, and a
/// pending request.
fn before(expired: bool) -> Vec<Record> {
    let mut lines = vec![line(0, 1, "started", json!({"by": "person"}))];
    for id in ["app.a", "app.b", "app.c"] {
        lines.push(line(0, 1, "register", json!({"id": id})));
    }
    lines.extend([
        line(0, 1, "launch_finished", json!({})),
        line(
            0,
            1,
            "submit",
            json!({"id": "app.a", "kind": "continued", "title": "Title", "subtitle": "Subtitle"}),
        ),
        line(0, 1, "submit", json!({"id": "app.b", "kind": "processing"})),
    ]);
    lines.push(line(0, 1, "background", json!({})));
    if expired {
        lines.push(line(0, 1, "set_expiration_handler", json!({"task": "app.a#1"})));
        lines.push(line(30_000, None, "clock", json!({})));
    }
    lines
}

/// What an extension sees: it lives on beside the app.
fn pending_of_the_extension() -> Record {
    Record {
        by: Some("share".to_owned()),
        ..line(0, None, "pending", json!({}))
    }
}

/// Time passes for nobody, and the next process looks at what is left.
fn after(first: Option<Record>) -> Vec<Record> {
    let mut lines = vec![line(80_000, None, "clock", json!({})); 4];
    lines.extend(first);
    lines.extend([
        line(0, 2, "started", json!({"by": "person"})),
        line(0, 2, "pending", json!({})),
        line(0, 2, "register", json!({"id": "app.d"})),
        line(0, 2, "launch_finished", json!({})),
        line(0, 2, "background", json!({})),
    ]);
    lines.extend(vec![line(120_000, None, "clock", json!({})); 3]);
    lines
}

/// Whether it shows that the end of a process beside a call was torn, and undid it. What the call changed has to outlive
/// the process; or the process itself lives on, since the kill goes by what it does.
fn outlives(call: &str, death: &str) -> bool {
    let kept = matches!(call, "submit" | "submit_async" | "cancel" | "cancel_all");
    // The card of a task that the process leaves behind says how it ended.
    let card = call == "complete" && matches!(death, "a crash" | "a kill for memory" | "an update");
    death == "a kill for time" || card || kept && death != "an uninstall"
}

#[test]
fn the_end_of_the_process_against_every_call() {
    let (mut executions, mut histories, mut noticed) = (0, 0, 0);
    for (death, end, first) in deaths() {
        for (call, body) in calls() {
            let scene = Arc::new(Scene {
                name: format!("{call} against {death}"),
                os: 27,
                choices: Choices::default(),
                before: before(death == "a kill for time"),
                threads: vec![
                    vec![line(0, 1, call, body), pending_of_the_extension()],
                    vec![end.clone()],
                ],
                after: after(first.clone()),
            });
            let (explored, explained) = scene.sound(Scene::scheduler);
            executions += explored;
            histories += explained;
            // A torn call brings the process back to life.
            for (torn, is_noticed) in [(0, true), (1, outlives(call, death))] {
                let (_, wrong) = scene.torn(Scene::scheduler, torn);
                assert_eq!(
                    wrong.is_some(),
                    is_noticed,
                    "{}: thread {torn} is torn: {wrong:?}",
                    scene.name
                );
                noticed += usize::from(is_noticed);
            }
        }
    }
    println!(
        "races: the end of the process against every call: {executions} executions, {}; {histories} histories, \
         each has an order that conforms; {noticed} torn calls are found",
        Bounds::NONE.words()
    );
}
