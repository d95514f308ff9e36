//! Blame that can be counted: `breaks` are the rules that were surely broken, `perhaps` those of which one was.
//!
//! What holds for every finding is asked of every trace of the corpus, under both profiles. For the traces whose findings
//! named too much once, what each finding names stands in a snapshot, whole.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::profile::{Named, Profile};
use bgspec_model::report::Report;
use bgspec_model::rule::{Force, Party, Rule};
use bgspec_model::setting::Type;
use bgspec_model::vocabulary::{Header, Record};

fn traces() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces");
    let mut found = Vec::new();
    for folder in ["claims", "field", "forum", "rules"] {
        found.extend(
            fs::read_dir(corpus.join(folder))
                .unwrap()
                .map(|entry| entry.unwrap().path()),
        );
    }
    found.sort();
    found
}

struct Trace {
    header: Header,
    records: Vec<Record>,
}

fn read(path: &Path) -> Trace {
    let text = fs::read_to_string(path).unwrap();
    let (header, records) = text.split_once('\n').unwrap();
    Trace {
        header: serde_json::from_str(header).unwrap(),
        records: records
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    }
}

/// What the oracle says; nothing where the trace is malformed there, as one that is told of another version.
fn judge(trace: &Trace, profile: Named, pins: &[(String, String)]) -> Option<Report> {
    let terms = Terms {
        profile: Some(profile.name().to_owned()),
        os: None,
        pins: pins.to_vec(),
    };
    let mut oracle = Oracle::new(&trace.header, &terms).ok()?;
    trace.records.iter().try_for_each(|record| oracle.step(record)).ok()?;
    Some(oracle.finish())
}

/// Whether a value binds the point that a `may` leaves open: the header's pin, or the profile's.
fn is_bound(trace: &Trace, profile: Named, rule: &Rule) -> bool {
    let Some(setting) = rule.switch else { return false };
    let mut values = Profile::new(profile, trace.header.os);
    for (name, value) in &trace.header.pins {
        values.pin(name, value).unwrap();
    }
    match setting.entry().kind {
        Type::Choice(_) => values.value(setting) != "either",
        Type::Count | Type::Duration => values.value(setting) != "unknown",
    }
}

#[test]
fn what_is_surely_broken_stands_first_and_no_free_may_is_named_beside_a_must() {
    let mut findings = 0;
    let mut complaints = Vec::new();
    for path in traces() {
        let trace = read(&path);
        for profile in Named::ALL {
            let Some(report) = judge(&trace, profile, &[]) else {
                continue;
            };
            for finding in &report.findings {
                findings += 1;
                let ids: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
                let mut wrong = |what: &str| {
                    complaints.push(format!("{} [{profile}]: {what}: {ids:?}", path.display()));
                };
                if finding.breaks().len() + finding.perhaps().len() != finding.rules.len() {
                    wrong("neither sure nor perhaps");
                }
                if finding.breaks().is_empty() && finding.perhaps().len() < 2 {
                    wrong("nothing is sure, and one rule is left");
                }
                if (1..ids.len()).any(|place| ids[..place].contains(&ids[place])) {
                    wrong("a rule is named twice");
                }
                let musts = finding.rules.iter().any(|rule| rule.force == Force::Must);
                let free = |rule: &&&Rule| rule.force == Force::May && !is_bound(&trace, profile, rule);
                if musts && finding.rules.iter().any(|rule| free(&rule)) {
                    wrong("a may that nothing binds");
                }
            }
        }
    }
    assert!(findings > 400, "{findings} findings only");
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The traces whose findings named rules that had no part in the breach.
const NAMED_TOO_MUCH: [&str; 21] = [
    "CON-5-breaks-with-passcode",
    "IDN-6-breaks-delivered",
    "LAU-3-breaks-before-launch-finished",
    "LIF-17-breaks",
    "LIF-17-breaks-kept-awake",
    "LIF-8-breaks-called",
    "PEN-1-breaks-behind-another",
    "PRG-12-breaks-ignored-before",
    "REG-1-breaks-plain",
    "REG-8-breaks-launch-raises",
    "RES-2-breaks-under-fail",
    "RES-3-breaks-run",
    "RES-3-breaks-under-fail",
    "RES-5-breaks-granted",
    "SUB-1-breaks-plain",
    "SUB-17-breaks-under-fail",
    "SUB-18-breaks-waits",
    "SUB-2-breaks-under-fail",
    "SUB-3-breaks-under-fail",
    "UIX-1-breaks-another-title-while-it-waits",
    "UIX-1-breaks-prompt-after-expiration",
];

#[test]
fn a_finding_names_only_rules_that_have_a_part_in_it() {
    let mut said = String::new();
    for name in NAMED_TOO_MUCH {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("traces/rules/{name}.jsonl"));
        let trace = read(&path);
        for profile in Named::ALL {
            let report = judge(&trace, profile, &[]).unwrap();
            for finding in &report.findings {
                let ids = |rules: &[&Rule]| {
                    rules
                        .iter()
                        .map(|rule| rule.id.to_string())
                        .collect::<Vec<_>>()
                        .join(" ")
                };
                let (line, party) = (finding.event + 1, finding.party);
                let (breaks, perhaps) = (ids(finding.breaks()), ids(finding.perhaps()));
                let _ = writeln!(
                    said,
                    "{name} [{profile}] line {line}: {party} breaks {breaks}; perhaps {perhaps}"
                );
            }
        }
    }
    insta::assert_snapshot!(said);
}

/// What an earlier line fixed is told where a later one contradicts it.
#[test]
fn a_finding_says_which_line_fixed_the_choice_that_it_contradicts() {
    let text = r#"{"bgspec":1,"os":"26.1","origin":"made up","bundle":"app","permitted":["app.*"],"modes":["processing"],"initial":"known"}
{"at":0,"pid":1,"event":{"started":{"by":"person"}}}
{"at":1,"pid":1,"event":{"register":{"id":"app.a.b","answer":true}}}
{"at":2,"pid":1,"event":{"register":{"id":"app.c.d","answer":false}}}
{"at":3,"end":"closed"}"#;
    let (header, records) = text.split_once('\n').unwrap();
    let trace = Trace {
        header: serde_json::from_str(header).unwrap(),
        records: records
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    };
    let report = judge(&trace, Named::Contract, &[]).unwrap();
    let [finding] = report.findings.as_slice() else {
        panic!("{:?}", report.findings)
    };
    let fixed: Vec<_> = finding
        .fixed
        .iter()
        .map(|fixed| (fixed.setting.entry().name, fixed.value, fixed.event))
        .collect();
    assert_eq!(fixed, [("wildcard_depth", "any", 2)]);
    assert!(
        finding.rules.iter().all(|rule| rule.force == Force::Must),
        "{:?}",
        finding.rules
    );
}

/// A value that refuses nothing which another allows, since it allows more and demands nothing.
const PERMISSIVE: [(&str, &str); 10] = [
    ("continued_launch_loss", "possible"),
    ("cpu_monitor", "on"),
    ("expire_on_lost_condition", "yes"),
    ("foreign_submit_errors", "possible"),
    ("lock_pauses", "yes"),
    ("processing_after_force_quit", "allowed"),
    ("processing_needs_idle", "no"),
    ("prompt_ignored", "expires"),
    ("sync_submit_errors", "lossy"),
    ("waiting_starts_in_background", "yes"),
];

/// Numbers that are tried for a count or a duration.
const COUNTS: [&str; 4] = ["0", "2", "100", "unknown"];
const DURATIONS: [&str; 5] = ["0 s", "2 s", "45 s", "10 d", "unknown"];

/// Every setting changes some verdict, and each of its values: a trace that this value allows and another refuses, of the same party. One that
/// only allows more than the other value needs no trace that it alone refuses.
#[test]
fn each_value_of_each_setting_allows_a_trace_that_another_refuses() {
    use bgspec_model::setting::Setting;
    let corpus: Vec<_> = traces().iter().map(|path| read(path)).collect();
    let mut missing = Vec::new();
    for setting in Setting::ALL {
        let entry = setting.entry();
        let values: Vec<&str> = match entry.kind {
            Type::Choice(values) => values.to_vec(),
            Type::Count => COUNTS.to_vec(),
            Type::Duration => DURATIONS.to_vec(),
        };
        let permissive = PERMISSIVE
            .iter()
            .find(|(name, _)| *name == entry.name)
            .map(|(_, value)| *value);
        let wanted: Vec<&str> = match (entry.kind, permissive) {
            (Type::Choice(_), Some(value)) => vec![value],
            (Type::Choice(_), None) => values.clone(),
            // Of two numbers one has to differ from another.
            (Type::Count | Type::Duration, _) => vec!["any"],
        };
        let mut shown: BTreeMap<&str, bool> = wanted.iter().map(|value| (*value, false)).collect();
        'traces: for (trace, profile) in corpus
            .iter()
            .flat_map(|trace| Named::ALL.map(|profile| (trace, profile)))
        {
            // What the header pins is pinned for a reason.
            if trace.header.pins.contains_key(entry.name) {
                continue;
            }
            let verdicts: Vec<Option<[bool; 3]>> = values
                .iter()
                .map(|value| {
                    let pins = [(entry.name.to_owned(), (*value).to_owned())];
                    let report = judge(trace, profile, &pins)?;
                    Some(Party::ALL.map(|party| report.findings.iter().any(|finding| finding.party == party)))
                })
                .collect();
            for party in 0..Party::ALL.len() {
                let breaks: Vec<_> = verdicts
                    .iter()
                    .map(|verdict| verdict.map(|parties| parties[party]))
                    .collect();
                if !breaks.contains(&Some(true)) {
                    continue;
                }
                for (value, breaks) in values.iter().zip(&breaks) {
                    let name = if wanted == ["any"] { "any" } else { value };
                    if *breaks == Some(false)
                        && let Some(shown) = shown.get_mut(name)
                    {
                        *shown = true;
                    }
                }
            }
            if shown.values().all(|shown| *shown) {
                break 'traces;
            }
        }
        for (value, shown) in shown {
            if !shown {
                missing.push(format!("{} = {value}: no trace", entry.name));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
