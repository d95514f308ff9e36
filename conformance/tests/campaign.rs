//! The campaign finds what is wrong, names every broken rule, and shrinks to a few lines.
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::sync::atomic::{AtomicU32, Ordering};

use bgspec_conformance::campaign::decode::Decoder;
use bgspec_conformance::campaign::decode::cast::Limits;
use bgspec_conformance::campaign::decode::choices::from_bytes;
use bgspec_conformance::campaign::filter::Filter;
use bgspec_conformance::campaign::generate::{self, Config, Counterexample, Fault, Outcome};
use bgspec_conformance::campaign::summary::Summary;
use bgspec_conformance::exit::Exit;
use bgspec_conformance::play::adapter::{Adapter, Applied, Failure, Hello};
use bgspec_conformance::play::runner::play;
use bgspec_conformance::reference::InProcess;
use bgspec_conformance::trace::{Reader, Writer};
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Verdict;
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::*;

/// What the faulty scheduler does wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Wrong {
    /// Nothing.
    Nothing,
    /// It reports a limit as another error (SUB-5, SUB-6), and forgets to list one request (PEN-1).
    CodeAndList,
    /// It dies at the third submission.
    Dies,
    /// It tells of a task that it never delivered.
    Nonsense,
}

/// The reference scheduler with a fault in front of it.
#[derive(Debug)]
struct Faulty {
    inner: InProcess,
    wrong: Wrong,
    submissions: AtomicU32,
}

impl Faulty {
    fn boxed(wrong: Wrong) -> Result<Box<dyn Adapter>, Failure> {
        Ok(Box::new(Self {
            inner: InProcess::new(),
            wrong,
            submissions: AtomicU32::new(0),
        }))
    }
}

impl Adapter for Faulty {
    fn hello(&self) -> Result<Hello, Failure> {
        let hello = self.inner.hello()?;
        Ok(Hello {
            name: "faulty".to_owned(),
            version: "1".to_owned(),
            kinds: vec![Kind::Refresh, Kind::Processing],
            areas: vec![
                Area::Registration,
                Area::Submission,
                Area::Cancelling,
                Area::PendingList,
            ],
            observes: ["delivered", "expired"].map(str::to_owned).to_vec(),
            device: false,
            ..hello
        })
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        self.submissions.store(0, Ordering::Relaxed);
        self.inner.reset(header)
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let mut applied = self.inner.apply(input)?;
        let observes = |record: &Record| matches!(record.event, Some(Event::Delivered(_) | Event::Expired(_)));
        applied.observed.retain(observes);
        match (self.wrong, &mut applied.answer) {
            (Wrong::CodeAndList, Some(Answer::Submit(SubmitAnswer::Refused(refusal))))
                if refusal.code == Code::TOO_MANY_PENDING =>
            {
                refusal.code = Code::UNAVAILABLE;
            }
            (Wrong::CodeAndList, Some(Answer::Pending(listed))) if listed.len() == 2 => {
                listed.pop();
            }
            (Wrong::Dies, Some(Answer::Submit(_))) if self.submissions.fetch_add(1, Ordering::Relaxed) == 2 => {
                let how = "exit status 9".to_owned();
                return Err(Failure::Died {
                    how,
                    stderr: String::new(),
                });
            }
            (Wrong::Nonsense, Some(Answer::Pending(_))) => {
                let task = TaskName::new("com.example.app.sync".into(), 7);
                applied
                    .observed
                    .push(Record::new(input.at, Event::Expired(Expired { task, queue: None })));
            }
            _ => {}
        }
        Ok(applied)
    }
}

fn catalogue() -> Vec<&'static Rule> {
    bgspec_model::rules::all().collect()
}

fn config(cases: u64) -> Config {
    Config {
        versions: vec![Version::new(18, 0), Version::new(26, 1)],
        cases,
        // It ends by its plays, which are the same on any machine.
        shrink_time: std::time::Duration::from_secs(3_600),
        ..Config::default()
    }
}

fn campaign(config: &Config, wrong: Wrong) -> Outcome {
    generate::run(config, &|| Faulty::boxed(wrong), &|_| {}).unwrap()
}

fn broken(outcome: &Outcome) -> Vec<String> {
    let rules = outcome.failures.iter().map(|failure| match &failure.fault {
        Fault::Broken(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
        Fault::Adapter(how) => format!("the adapter {how}"),
        Fault::Runner => "bgspec".to_owned(),
    });
    rules.collect()
}

#[test]
fn one_run_names_every_broken_rule_each_with_a_short_counterexample() {
    let outcome = campaign(&config(200), Wrong::CodeAndList);
    let actions = |failure: &Counterexample| failure.shown.played.actions.len();
    let mut lengths: Vec<_> = outcome.failures.iter().map(actions).collect();
    // Two identifiers registered and submitted in a process; two and the list; eleven of them.
    lengths.sort_unstable();
    assert_eq!(lengths, [5, 6, 23]);
    for rule in ["SUB-5", "SUB-6", "PEN-1"] {
        let named = broken(&outcome).iter().filter(|rules| rules.contains(rule)).count();
        assert_eq!(named, 1, "{rule}");
    }
}

#[test]
fn a_counterexample_is_a_trace_that_the_oracle_judges_in_the_same_way() {
    for failure in campaign(&config(200), Wrong::CodeAndList).failures {
        let mut writer = Writer::new(Vec::new(), &failure.shown.played.header).unwrap();
        failure
            .shown
            .played
            .records
            .iter()
            .for_each(|record| writer.record(record).unwrap());
        let written = writer.finish().unwrap();
        let trace = Reader::new(written.as_slice(), "counterexample").unwrap();
        let mut oracle = Oracle::new(trace.header(), &Terms::default()).unwrap();
        for record in trace {
            oracle.step(&record.unwrap()).unwrap();
        }
        let report = oracle.finish();
        assert_eq!(report.verdict, Verdict::Breaks);
        let again = report
            .findings
            .iter()
            .map(|finding| (finding.event, finding.what.clone()));
        let finding = failure.finding.unwrap();
        assert!(
            again
                .into_iter()
                .any(|again| again == (finding.event, finding.what.clone()))
        );
    }
}

#[test]
fn the_summary_tells_what_was_judged_what_was_not_and_why() {
    let config = config(200);
    let outcome = campaign(&config, Wrong::CodeAndList);
    let summary = Summary::new(&config, &outcome, &catalogue(), &[]);
    assert_eq!(summary.ends_with(), Exit::Breaks);
    let mut settings = insta::Settings::clone_current();
    // What was exercised, and how often, changes with every weight of the generator and every mark in the model.
    settings.add_filter(
        r"(?m)^((?:[A-Z]{3} [a-zA-Z -]+|all) +\d+ +)\d+( +\d+ +\d+ +\d+ +)\d+$",
        "$1[n]$2[n]",
    );
    settings.add_filter(r"(exercised[^\n]*:)\n(?:  [^\n]+\n)+", "$1\n  […]\n");
    settings.add_filter(r"\d+( of \d+ reachable)", "[n]$1");
    settings.add_filter(r"\d+ events", "[n] events");
    settings.add_filter(
        r"in \d+ cases; shrunk from case \d+",
        "in [n] cases; shrunk from case [n]",
    );
    settings.bind(|| insta::assert_snapshot!(summary.human()));
}

#[test]
fn a_filter_and_a_basis_leave_broken_rules_out_and_say_so() {
    let catalogue = catalogue();
    let mut config = config(200);
    config.filter = Filter::read(
        "area(SUB) and not (rule(SUB-6) or rule(SUB-1) or rule(SUB-9))",
        catalogue.iter().copied(),
    )
    .unwrap();
    let outcome = campaign(&config, Wrong::CodeAndList);
    assert_eq!(broken(&outcome), ["SUB-5"]);
    let uncounted: Vec<_> = outcome.uncounted.keys().map(ToString::to_string).collect();
    assert!(
        uncounted.contains(&"SUB-6".to_owned()) && uncounted.contains(&"PEN-1".to_owned()),
        "{uncounted:?}"
    );
}

#[test]
fn the_first_failure_ends_a_run_that_fails_fast() {
    let mut config = config(200);
    config.fail_fast = true;
    let outcome = campaign(&config, Wrong::CodeAndList);
    assert!(!outcome.failures.is_empty());
    assert!(outcome.failures.iter().all(|failure| failure.times == 1));
    assert!(outcome.cases < 200);
}

#[test]
fn a_scheduler_with_nothing_wrong_passes_and_the_number_of_threads_changes_nothing() {
    let one = config(60);
    let mut three = one.clone();
    three.jobs = 3;
    let [one, three] = [one, three].map(|config| {
        let outcome = campaign(&config, Wrong::Nothing);
        serde_json::to_string(&Summary::new(&config, &outcome, &catalogue(), &[])).unwrap()
    });
    assert_eq!(one, three);
    assert!(one.contains("\"exit\":0"), "{one}");
}

#[test]
fn an_adapter_that_dies_or_talks_nonsense_gets_a_verdict_of_its_own_and_the_campaign_goes_on() {
    for (wrong, verdict) in [
        (Wrong::Dies, "the adapter died"),
        (Wrong::Nonsense, "the adapter answered nonsense"),
    ] {
        let config = config(30);
        let outcome = campaign(&config, wrong);
        assert_eq!(broken(&outcome), [verdict]);
        assert!(
            outcome
                .failures
                .iter()
                .all(|failure| failure.times > 1 && failure.shown.played.trouble.is_some())
        );
        let summary = Summary::new(&config, &outcome, &catalogue(), &[]);
        assert_eq!(summary.ends_with(), Exit::AdapterFailed);
    }
}

#[test]
fn a_run_without_cases_has_checked_nothing() {
    let config = config(0);
    let outcome = campaign(&config, Wrong::Nothing);
    assert_eq!(
        Summary::new(&config, &outcome, &catalogue(), &[]).ends_with(),
        Exit::NothingChecked
    );
}

quickcheck::quickcheck! {
    fn no_stream_of_bytes_leads_to_a_malformed_line(bytes: Vec<u8>, more: Vec<u8>) -> bool {
        let adapter = InProcess::new();
        let hello = adapter.hello().unwrap();
        let versions = ["13", "16", "18", "26", "26.1", "27"].map(|version| version.parse().unwrap());
        let limits = Limits {
            versions: versions.to_vec(),
            profile: "field".to_owned(),
            hello: hello.clone(),
        };
        let choices = from_bytes(&[bytes, more].concat());
        let (header, mut source) = Decoder::new(&choices, &limits);
        let played = play(&adapter, &hello, &header, &Terms::default(), &mut source).unwrap();
        played.trouble.is_none() && played.skipped.is_empty()
    }
}
