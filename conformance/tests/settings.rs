//! Every fixed setting is inferred from what tells its values apart, and held: a small trace teaches each value, and
//! what shows another value afterwards is refused under a rule that the setting decides.
//!
//! The traces stand in `data/settings.toml`. What cannot be inferred, or cannot be contradicted, is listed there and in
//! a snapshot, with the reason.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Report;
use bgspec_model::rule::Party;
use bgspec_model::setting::{Setting, Type};
use bgspec_model::vocabulary::{End, Event, Header, Record};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Entry {
    header: serde_json::Map<String, serde_json::Value>,
    pins: BTreeMap<String, String>,
    start: Vec<String>,
    shows: BTreeMap<String, Vec<String>>,
    /// Where a value is shown another way after another was taught.
    again: BTreeMap<String, Vec<String>>,
    /// Values that nothing shows.
    silent: BTreeMap<String, String>,
    /// Another way to show the values.
    seen: Option<Box<Entry>>,
}

/// The lines with their times, behind a line at `at`.
fn lines(lines: &[String], n: u32, at: &mut i64) -> Vec<Record> {
    let read = |line: &String| {
        let line = line.replace("{n}", &n.to_string());
        let (apart, event) = line.split_once(' ').unwrap();
        *at += apart.parse::<i64>().unwrap();
        let event: Event = serde_json::from_str(event).unwrap_or_else(|error| panic!("{error}: {line}"));
        Record::new(*at, event)
    };
    lines.iter().map(read).collect()
}

struct Case<'a> {
    setting: Setting,
    entry: &'a Entry,
    shows: &'a BTreeMap<String, Vec<String>>,
    again: &'a BTreeMap<String, Vec<String>>,
}

impl Case<'_> {
    fn header(&self) -> Header {
        let mut header = self.entry.header.clone();
        for (key, value) in [
            ("bundle", "app".into()),
            ("bgspec", 1.into()),
            ("origin", "made up".into()),
            ("initial", "known".into()),
        ] {
            header.insert(key.to_owned(), value);
        }
        serde_json::from_value(header.into()).unwrap()
    }

    /// Judges the trace that teaches a value, with another shown behind it, and perhaps a pin.
    fn judge(&self, taught: &str, then: Option<&str>, pin: Option<&str>) -> (Report, u64) {
        let mut at = 0;
        let mut records = lines(&self.entry.start, 0, &mut at);
        records.extend(lines(&self.shows[taught], 1, &mut at));
        let before = records.len() as u64;
        if let Some(then) = then {
            let again = self.again.get(then).unwrap_or_else(|| &self.shows[then]);
            records.extend(lines(again, 2, &mut at));
        }
        at += 100;
        records.push(Record::end(at, End::Closed));
        let name = self.setting.entry().name;
        let mut pins: Vec<_> = self.entry.pins.clone().into_iter().collect();
        pins.extend(pin.map(|value| (name.to_owned(), value.to_owned())));
        let terms = Terms {
            profile: Some("contract".to_owned()),
            pins,
            ..Terms::default()
        };
        let mut oracle = Oracle::new(&self.header(), &terms).unwrap();
        for record in &records {
            if let Err(error) = oracle.step(record) {
                panic!("{name}, {taught}, then {then:?}: {error}: {record:?}");
            }
        }
        (oracle.finish(), before)
    }
}

fn by_scheduler(report: &Report) -> Vec<(u64, Vec<String>)> {
    let found = report
        .findings
        .iter()
        .filter(|finding| finding.party == Party::Scheduler);
    found
        .map(|finding| {
            (
                finding.event,
                finding.rules.iter().map(|rule| rule.id.to_string()).collect(),
            )
        })
        .collect()
}

#[test]
fn every_fixed_setting_is_inferred_and_held() {
    let text = include_str!("data/settings.toml");
    let entries: BTreeMap<String, Entry> = toml::from_str(text).unwrap();
    let mut said = String::new();
    let mut complaints = Vec::new();
    for setting in Setting::ALL.iter().copied().filter(|setting| setting.entry().fixed) {
        let name = setting.entry().name;
        let entry = entries.get(name).unwrap_or_else(|| panic!("{name} has no entry"));
        for (value, reason) in &entry.silent {
            let _ = writeln!(said, "{name} = {value} is never inferred: {reason}");
        }
        if !matches!(setting.entry().kind, Type::Choice(_)) {
            assert!(entry.silent.contains_key("number"), "{name}");
            continue;
        }
        for value in setting.values() {
            let here = entry.shows.contains_key(*value) != entry.silent.contains_key(*value);
            assert!(here, "{name} = {value} is either shown or silent");
        }
        let other = entry.seen.as_deref().map(|seen| (&seen.shows, &seen.again));
        for (shows, again) in std::iter::once((&entry.shows, &entry.again)).chain(other) {
            let case = Case {
                setting,
                entry,
                shows,
                again,
            };
            complaints.extend(held(&case, &mut said));
        }
    }
    for name in entries.keys() {
        assert!(
            Setting::named(name).is_some_and(|setting| setting.entry().fixed),
            "{name}"
        );
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    insta::assert_snapshot!(said);
}

/// What is wrong with a setting; under which rules another value is refused is noted where it is not its own.
fn held(case: &Case<'_>, said: &mut String) -> Vec<String> {
    let name = case.setting.entry().name;
    let own = case.setting.entry().rules;
    let mut complaints = Vec::new();
    for value in case.shows.keys() {
        let (taught, _) = case.judge(value, None, None);
        let chosen = taught.chosen.iter().find(|(other, _)| *other == name);
        if chosen.map(|(_, value)| *value) != Some(value) || !by_scheduler(&taught).is_empty() {
            let found = by_scheduler(&taught);
            complaints.push(format!("{name} = {value}: chosen {chosen:?}, found {found:?}"));
        }
        for other in case.shows.keys().filter(|other| *other != value) {
            // Whoever is known for another value is refused here at once.
            let (pinned, _) = case.judge(value, None, Some(other));
            if by_scheduler(&pinned).is_empty() {
                complaints.push(format!("{name} = {value}: not refused where {other} is pinned"));
            }
            let (report, before) = case.judge(value, Some(other), None);
            match by_scheduler(&report).as_slice() {
                [(event, rules), ..] if *event > before => {
                    if !own.iter().any(|rule| rules.contains(&rule.id.to_string())) {
                        let rules = rules.join(" ");
                        let _ = writeln!(
                            said,
                            "{name} = {value}, then {other}: refused by its consequence, {rules}"
                        );
                    }
                }
                found => complaints.push(format!("{name} = {value}, then {other}: {found:?}, behind {before}")),
            }
        }
    }
    complaints
}
