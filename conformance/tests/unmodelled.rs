//! What an implementation declares as not modelled, a rule or a condition, is not judged, and what hangs on it is open.
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::time::Duration;

use bgspec_conformance::campaign::generate::{self, Config, Outcome};
use bgspec_conformance::campaign::standing::{self, Standing};
use bgspec_conformance::play::adapter::{Adapter, Applied, Failure, Hello};
use bgspec_conformance::play::protocol::check_hello;
use bgspec_conformance::reference::{Choices, Fault, InProcess};
use bgspec_model::rule::Force;
use bgspec_model::rules;
use bgspec_model::vocabulary::{Header, Record, Version};

/// The reference scheduler with a fault, and what it says that it does not model.
#[derive(Debug)]
struct Frank {
    inner: InProcess,
    unmodelled: Vec<String>,
}

impl Adapter for Frank {
    fn hello(&self) -> Result<Hello, Failure> {
        Ok(Hello {
            unmodelled: self.unmodelled.clone(),
            ..self.inner.hello()?
        })
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        self.inner.reset(header)
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        self.inner.apply(input)
    }
}

/// The first failure is enough.
fn campaign(fault: Option<Fault>, unmodelled: &[&str], cases: u64) -> Outcome {
    let config = Config {
        versions: [13, 18, 26, 27].map(|major| Version::new(major, 0)).to_vec(),
        seed: 1,
        cases,
        fail_fast: true,
        shrink_time: Duration::ZERO,
        ..Config::default()
    };
    let adapter = || {
        let choices = fault.map_or_else(Choices::default, |fault| Choices::default().with_fault(fault));
        Ok(Box::new(Frank {
            inner: InProcess::with(choices),
            unmodelled: unmodelled.iter().map(|name| (*name).to_owned()).collect(),
        }) as Box<dyn Adapter>)
    };
    generate::run(&config, &adapter, &|_| {}).unwrap()
}

fn findings(outcome: &Outcome) -> Vec<String> {
    let failures = outcome.failures.iter();
    failures.map(|failure| format!("{:?}", failure.fault)).collect()
}

#[test]
fn the_fault_of_a_rule_is_none_where_the_rule_is_not_modelled() {
    let faults = [
        "keeps-the-old-date",
        "cancel-forgets",
        "a-millisecond-early",
        "eleven-processing",
        "uninstall-keeps",
        "simulator-accepts",
        "registers-twice",
        "list-repeats",
    ];
    for name in faults {
        let fault: Fault = name.parse().unwrap();
        let rule = fault.rule().id.to_string();
        let judged = findings(&campaign(Some(fault), &[], 1_500));
        assert!(!judged.is_empty(), "{name} is not caught where {rule} is modelled");
        let frank = findings(&campaign(Some(fault), &[&rule], 300));
        assert!(frank.is_empty(), "{name}, without {rule}: {frank:?}");
    }
}

#[test]
fn who_keeps_a_rule_that_it_says_it_does_not_model_is_accused_of_nothing() {
    let musts: Vec<String> = rules::all()
        .filter(|rule| rule.force == Force::Must)
        .map(|rule| rule.id.to_string())
        .collect();
    for names in musts.chunks(8) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let accused = findings(&campaign(None, &names, 60));
        assert!(accused.is_empty(), "without {names:?}: {accused:?}");
    }
}

#[test]
fn a_rule_that_is_not_modelled_is_printed_as_not_applicable_with_the_word_that_says_so() {
    let hello = Hello {
        unmodelled: vec!["SUB-5".to_owned(), "in_use".to_owned()],
        ..InProcess::new().hello().unwrap()
    };
    let standing = |id: &str| {
        let rule = rules::find(id.parse().unwrap()).unwrap();
        standing::of(rule, &hello, &[Version::new(26, 1)])
    };
    let not = |why: &str| Standing::NotApplicable(why.to_owned());
    assert_eq!(standing("SUB-5"), not("declared as not modelled"));
    assert_eq!(
        standing("CON-4"),
        not("the condition in_use is declared as not modelled")
    );
    assert_eq!(standing("SUB-6"), Standing::Reachable);
}

#[test]
fn a_name_that_is_neither_a_rule_nor_a_condition_is_refused_in_the_reply_to_hello() {
    let hello = |name: &str| Hello {
        unmodelled: vec![name.to_owned()],
        ..InProcess::new().hello().unwrap()
    };
    assert_eq!(check_hello(&hello("CON-4")), Ok(()));
    let wrong = check_hello(&hello("low_powr")).unwrap_err();
    assert!(wrong.starts_with("`unmodelled`: `low_powr` is neither"), "{wrong}");
    assert!(wrong.ends_with("did you mean `low_power`?"), "{wrong}");
}
