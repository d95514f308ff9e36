//! The seeded faults of the reference scheduler are caught by the campaign. All of them under three seeds: `.ci/long`.

use bgspec_conformance::campaign::generate::Config;
use bgspec_conformance::campaign::measure::measure;
use bgspec_conformance::reference::Fault;
use bgspec_model::vocabulary::Version;

/// One fault of each area that the first few hundred cases find.
const SAMPLE: [&str; 14] = [
    "simulator-accepts",
    "registers-twice",
    "wildcard-covers-its-prefix",
    "eleven-processing",
    "keeps-the-old-date",
    "cancel-forgets",
    "list-repeats",
    "a-millisecond-early",
    "no-handler-is-quiet",
    "refresh-runs-on",
    "failure-is-retried",
    "uninstall-keeps",
    "gpu-by-entitlement",
    "shows-no-card",
];

#[test]
fn a_fault_of_each_area_is_caught_in_the_first_cases_and_its_rule_stands_in_the_first_finding() {
    for name in SAMPLE {
        let fault: Fault = name.parse().unwrap();
        let config = Config {
            versions: [13, 18, 26, 27].map(|major| Version::new(major, 0)).to_vec(),
            seed: 1,
            cases: 3_000,
            fail_fast: true,
            ..Config::default()
        };
        let row = measure(fault, &config).unwrap();
        let rule = fault.rule();
        assert!(
            row.cases.is_some(),
            "{name} is not caught in 3,000 cases: {}: {}",
            rule.id,
            rule.text
        );
        assert!(
            row.first,
            "{name} breaks {}, and the first finding names {:?}",
            rule.id, row.first_names
        );
    }
}

#[test]
fn what_a_scheduler_with_a_fault_declares_is_what_it_declares_without() {
    use bgspec_conformance::play::adapter::Adapter;
    use bgspec_conformance::reference::{Choices, InProcess};
    let right = InProcess::new().hello().unwrap();
    for fault in Fault::ALL {
        let wrong = InProcess::with(Choices::default().with_fault(*fault));
        assert_eq!(wrong.hello().unwrap().pins, right.pins, "{fault}");
    }
}
