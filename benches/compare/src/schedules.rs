//! Schedules of threads: loom, which explores the locks of our reference scheduler in its tests, and shuttle, on the same few
//! lines.
//!
//! Nothing of ours explores schedules; the first row is the tool that we use.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::machine::Since;
use crate::table::{Section, Tool};
use crate::{Figure, Measured, Quick, machine};

pub fn section() -> Section {
    Section {
        name: "schedules",
        question: "Three threads that each take one lock twice and add one behind it: until no schedule is new, or so many were played. Nothing of ours explores schedules; the \
                   first row is the tool that our tests use, and the others are to it. loom leaves out schedules that differ in nothing that can be seen; \
                   shuttle tries each, here at most 100,000, or so many by chance.",
        unit: "seconds",
        more: false,
        reach: None,
        tools: vec![
            Tool {
                name: "loom",
                version: || machine::locked("loom"),
                measure: |quick| measured(|| loom(quick)),
            },
            Tool {
                name: "shuttle-dfs-100000",
                version: || machine::locked("shuttle"),
                measure: |quick| measured(|| shuttle_dfs(quick)),
            },
            Tool {
                name: "shuttle-random-10000",
                version: || machine::locked("shuttle"),
                measure: |quick| measured(|| shuttle_random(quick)),
            },
        ],
    }
}

/// How many schedules were played.
static PLAYED: AtomicU64 = AtomicU64::new(0);

fn measured(explore: impl FnOnce()) -> Measured {
    let since = Since::now();
    explore();
    let (value, played) = (since.seconds(), PLAYED.load(Ordering::Relaxed));
    Ok(Figure {
        value,
        note: format!("{played} schedules, {:.0} a second", played as f64 / value),
    })
}

/// The lock code, once, over the threads and locks of either tool.
macro_rules! locked {
    ($tool:ident, $threads:expr) => {{
        PLAYED.fetch_add(1, Ordering::Relaxed);
        let count = $tool::sync::Arc::new($tool::sync::Mutex::new(0));
        let threads: Vec<_> = (0..$threads)
            .map(|_| {
                let count = count.clone();
                $tool::thread::spawn(move || {
                    for _ in 0..2 {
                        *count.lock().unwrap() += 1;
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(*count.lock().unwrap(), 2 * $threads);
    }};
}

fn loom(quick: Quick) {
    let threads = quick.or(2, 3);
    loom::model(move || locked!(loom, threads));
}

fn shuttle_dfs(quick: Quick) {
    let threads = quick.or(2, 3);
    // It leaves no schedule out: all of three threads are more than anybody waits for.
    shuttle::check_dfs(move || locked!(shuttle, threads), Some(quick.or(1_000, 100_000)));
}

fn shuttle_random(quick: Quick) {
    let threads = quick.or(2, 3);
    shuttle::check_random(move || locked!(shuttle, threads), quick.or(100, 10_000));
}
