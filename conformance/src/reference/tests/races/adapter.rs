//! The adapter: its own locks, around the scheduler's.

use bgspec_model::vocabulary::SubmitAnswer;
use serde_json::json;

use super::*;

#[test]
fn the_first_calls_of_a_process_that_nobody_said_has_begun() {
    let register = |id| vec![line(0, 1, "register", json!({"id": id}))];
    let work = move || {
        let adapter = InProcess::new();
        let mut header = Header::new(Version::new(18, 0), "app");
        header.permitted = Permitted::List(["app.a", "app.b"].map(str::to_owned).to_vec());
        header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
        adapter.reset(&header).unwrap();
        let adapter = Arc::new(adapter);
        let threads = ["app.a", "app.b"].map(|id| {
            let adapter = Arc::clone(&adapter);
            loom::thread::spawn(move || {
                for input in register(id) {
                    adapter.apply(&input).unwrap();
                }
            })
        });
        for thread in threads {
            thread.join().unwrap();
        }
        // Who has a handler may submit.
        ["app.a", "app.b"].map(|id| {
            let submit = line(0, 1, "submit", json!({"id": id, "kind": "processing"}));
            adapter.apply(&submit).unwrap().answer
        })
    };
    finds("the first calls of a process", &[Race::BeginsTwice], work, |answers| {
        *answers == [const { Some(Answer::Submit(SubmitAnswer::Accepted)) }; 2]
    });
}

#[test]
fn a_call_against_another_through_the_adapter() {
    let mut before: Vec<_> = ["app.a", "app.b"]
        .map(|id| line(0, 1, "register", json!({"id": id})))
        .to_vec();
    before.insert(0, line(0, 1, "started", json!({"by": "person"})));
    before.push(line(0, 1, "submit", json!({"id": "app.a", "kind": "refresh"})));
    Scene {
        name: "submission against cancel through the adapter".to_owned(),
        os: 18,
        choices: Choices::default(),
        before,
        threads: vec![
            vec![line(0, 1, "submit", json!({"id": "app.b", "kind": "processing"}))],
            vec![line(0, 1, "cancel", json!({"id": "app.a"}))],
        ],
        after: vec![line(0, 1, "pending", json!({}))],
    }
    .explore_through(Scene::adapter, &[0, 1]);
}

/// A call that a reset overtakes ends in the session that it began in, and the new session knows nothing of it.
#[test]
fn a_call_against_a_reset() {
    let work = || {
        let adapter = InProcess::new();
        let mut header = Header::new(Version::new(18, 0), "app");
        header.permitted = Permitted::List(vec!["app.a".to_owned()]);
        header.modes = vec!["processing".to_owned()];
        adapter.reset(&header).unwrap();
        let adapter = Arc::new(adapter);
        adapter.apply(&line(0, 1, "register", json!({"id": "app.a"}))).unwrap();
        let resets = loom::thread::spawn({
            let adapter = Arc::clone(&adapter);
            move || adapter.reset(&header).unwrap()
        });
        let submit = line(0, 1, "submit", json!({"id": "app.a", "kind": "processing"}));
        let answer = adapter.apply(&submit).unwrap().answer;
        resets.join().unwrap();
        let pending = adapter.apply(&line(0, 1, "pending", json!({}))).unwrap().answer;
        (answer, pending)
    };
    let sound = explored(Bounds::NONE, work, |outcome| format!("{outcome:?}"), |_| false);
    let nothing = Some(Answer::Pending(Vec::new()));
    for (answer, pending) in sound.outcomes.values() {
        assert_eq!(*pending, nothing, "{answer:?}");
    }
    // Accepted before the reset; after it there is no handler.
    assert_eq!(sound.outcomes.len(), 2, "{:?}", sound.outcomes);
    println!(
        "races: a call against a reset: {} executions, {}",
        sound.executions,
        Bounds::NONE.words()
    );
}
