//! `bgspec test` has several threads call one implementation at once, where it takes that (SUB-25).
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use bgspec_conformance::campaign::generate::{self, Config, Fault, Outcome, Which};
use bgspec_conformance::campaign::histories;
use bgspec_conformance::play::adapter::{Adapter, Applied, Failure, Hello};
use bgspec_conformance::reference::InProcess;
use bgspec_model::vocabulary::*;

/// The reference scheduler behind a door that loses a submission where two come at once.
struct Racy {
    inner: InProcess,
    submitting: AtomicUsize,
}

impl Racy {
    fn new() -> Self {
        Self {
            inner: InProcess::new(),
            submitting: AtomicUsize::new(0),
        }
    }
}

impl Adapter for Racy {
    fn hello(&self) -> Result<Hello, Failure> {
        self.inner.hello()
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        self.inner.reset(header)
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        if !matches!(input.event, Some(Event::Submit(_))) {
            return self.inner.apply(input);
        }
        let others = self.submitting.fetch_add(1, Ordering::SeqCst);
        // Long enough for another to come, where one is about to.
        (0..50).for_each(|_| thread::yield_now());
        let applied = if others > 0 {
            Ok(Applied {
                answer: Some(Answer::Submit(SubmitAnswer::Accepted)),
                ..Applied::default()
            })
        } else {
            self.inner.apply(input)
        };
        self.submitting.fetch_sub(1, Ordering::SeqCst);
        applied
    }
}

fn run(cases: u64, factory: impl Fn() -> Box<dyn Adapter> + Sync) -> Outcome {
    let config = Config {
        cases,
        histories: 12,
        ..Config::default()
    };
    generate::run(&config, &|| Ok(factory()), &|_| {}).unwrap()
}

#[test]
fn the_reference_scheduler_has_an_order_for_every_history() {
    let outcome = run(1, || Box::new(InProcess::new()));
    assert!(outcome.failures.is_empty(), "{:?}", outcome.failures);
    assert_eq!((outcome.histories, outcome.inconclusive.0), (12, 0));
    let several_threads = outcome.exercised.iter().find(|(rule, _)| rule.to_string() == "SUB-25");
    assert_eq!(several_threads.map(|(_, times)| *times), Some(12));
}

#[test]
fn a_submission_that_is_lost_between_two_threads_is_found_and_its_history_is_kept() {
    let outcome = run(1, || Box::new(Racy::new()));
    let failure = outcome.failures.first().expect("the lost submission is found");
    assert!(matches!(failure.case, Which::History(_)), "{:?}", failure.case);
    assert!(matches!(failure.fault, Fault::Broken(_)), "{:?}", failure.fault);
    let lines = &failure.shown.played.records;
    let begins = lines.iter().filter(|line| line.call.is_some()).count();
    assert!(begins > 40, "the history stands whole in the finding: {lines:?}");
    assert!(failure.flaky.is_none(), "it is not played again");
}

#[test]
fn histories_are_for_implementations_that_take_them_and_launch_only_what_is_granted() {
    let hello = InProcess::new().hello().unwrap();
    assert!(histories::fit(&hello));
    let one_at_a_time = Hello {
        concurrent: false,
        ..hello.clone()
    };
    let autonomous = Hello {
        discretion: Discretion::Autonomous,
        ..hello
    };
    assert!(!histories::fit(&one_at_a_time) && !histories::fit(&autonomous));
}
