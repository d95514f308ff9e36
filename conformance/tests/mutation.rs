//! What the oracle lets through is allowed by a rule or a setting: no answer, kind, number, card or title of the scheduler's
//! is without one. `bgspec mutate` prints the whole table, which stands in `MUTATION.md`; here are a slice of it and the
//! proof that a hole would be seen. `BGSPEC_LONG` compares the whole page, as `.ci/long` does.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::process::Command;

use bgspec_conformance::mutate::changes::Sort;
use bgspec_conformance::mutate::reasons::Reason;
use bgspec_conformance::mutate::table::{LEAST, percent};
use bgspec_conformance::mutate::{Base, carried, mutate_all};
use bgspec_model::rules;

const PAGE: &str = include_str!("../MUTATION.md");

/// Every so-manieth trace is changed here.
const SLICE: usize = 15;

#[test]
fn each_accepted_change_has_a_rule_or_a_setting_that_allows_it() {
    let bases: Vec<Base> = carried().unwrap().into_iter().step_by(SLICE).collect();
    let table = mutate_all(&bases);
    let whole = table.whole();
    assert!(whole.all > 15_000, "{} changes", whole.all);
    let mut none = table.accepted.iter().filter(|(group, _)| group.reason == Reason::None);
    assert!(none.next().is_none(), "without a reason: {none:?}");
    assert!(whole.share() >= 850, "{} are not accepted", percent(whole.share()));
}

/// The trace of this rule, judged by a model that has forgotten it.
fn without(name: &str, rule: &str) -> Base {
    let rule = rules::find(rule.parse().unwrap());
    let mut found = carried().unwrap().into_iter().filter(|base| base.name.contains(name));
    Base {
        without: rule,
        ..found.next().unwrap()
    }
}

#[test]
fn a_rule_that_nothing_looks_at_is_a_hole() {
    for (name, rule, sort) in [
        ("rules/UIX-2-conforms", "UIX-2", Sort::Title),
        ("rules/PEN-1-conforms", "PEN-1", Sort::Answer),
        ("rules/REG-1-conforms", "REG-1", Sort::Answer),
    ] {
        let table = mutate_all(&[without(name, rule)]);
        let found: Vec<_> = table.holes().map(|(group, _)| group.sort).collect();
        assert!(found.contains(&sort), "{name} without {rule}: {found:?}");
    }
}

#[test]
fn the_page_undercuts_no_area_and_names_a_reason_for_everything() {
    for (area, least) in LEAST {
        let mut rows = PAGE.lines().filter(|line| line.starts_with(&format!("| {area} |")));
        let row = rows.next().unwrap();
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let share: f64 = cells[6].trim_end_matches(" %").parse().unwrap();
        assert_eq!(cells[7], percent(least), "{row}");
        assert!(share * 10.0 >= f64::from(u32::try_from(least).unwrap()), "{row}");
    }
    assert!(!PAGE.contains(&Reason::None.words()));
}

#[test]
fn the_page_is_what_the_command_prints() {
    if std::env::var_os("BGSPEC_LONG").is_none() {
        return;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(["mutate", "--format", "markdown"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        PAGE,
        "bgspec mutate --format markdown > conformance/MUTATION.md"
    );
}
