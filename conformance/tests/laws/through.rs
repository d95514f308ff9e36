//! How much the oracle lets through: single changes of the corpus, and which share of them is refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bgspec_model::rule::Force;
use bgspec_model::rules;
use bgspec_model::vocabulary::{Area, Event};

use crate::change::changes;
use crate::judge::{conforming_corpus, judge};
use crate::source::Trace;

#[derive(Debug, Default)]
struct Row {
    all: u32,
    refused: u32,
    malformed: u32,
    /// The shortest accepted one, with the rule that allowed it.
    example: Option<(usize, String)>,
}

/// The area that a line is about first of all.
fn area_of(event: &Event) -> Area {
    match event {
        Event::Register(_) => Area::Registration,

        Event::Submit(_) | Event::SubmissionCompleted(_) => Area::Submission,
        Event::Pending(_) => Area::PendingList,
        Event::Launched(_) | Event::Delivered(_) | Event::DeliveryRaised(_) | Event::LaunchFinished(_) => Area::Launch,
        Event::Expired(_) | Event::CompletedBySystem(_) | Event::Killed(_) => Area::Expiration,
        Event::Suspended(_) => Area::Life,
        Event::Card(_) => Area::Card,
        Event::ProtectedRead(_) => Area::Data,
        _ => Area::Resources,
    }
}

/// The `may` rule that had more of a say in the changed trace than in the trace.
fn allowed_by(before: &Trace, after: &Trace) -> Option<String> {
    let (before, after) = (judge(before).ok()?, judge(after).ok()?);
    let count = |rule: &bgspec_model::rule::Rule| {
        let found = before.report.exercised.iter().find(|(other, _)| *other == rule);
        found.map_or(0, |(_, count)| *count)
    };
    let mut more: Vec<_> = after
        .report
        .exercised
        .iter()
        .filter(|(rule, times)| rule.force == Force::May && *times > count(rule))
        .map(|(rule, _)| rule.id)
        .collect();
    more.sort();
    more.first().map(|id| {
        let text = rules::find(*id).map_or("", |rule| rule.text);
        let first = text.split(['.', ';', ':']).next().unwrap_or_default();
        format!("{id}: {first}")
    })
}

#[test]
fn most_single_changes_of_the_corpus_are_refused_and_a_may_allows_the_others() {
    let mut table: BTreeMap<(String, &'static str), Row> = BTreeMap::new();
    // Under contract: what is open there is open to Apple's own words.
    let contract = conforming_corpus()
        .iter()
        .filter(|trace| trace.terms.profile.as_deref() == Some("contract"));
    for trace in contract {
        for change in changes(trace) {
            let event = trace.records[change.place].event.as_ref().unwrap();
            let changed = change.of(trace);
            let area = format!("{:?}", area_of(event));
            let row = table.entry((area, change.sort.name())).or_default();
            row.all += 1;
            match judge(&changed) {
                Err(_) => row.malformed += 1,
                Ok(judged) if judged.first().is_some() => row.refused += 1,
                Ok(_) => {
                    let length = changed.records.len();
                    if row.example.as_ref().is_none_or(|(other, _)| length < *other)
                        && let Some(by) = allowed_by(trace, &changed)
                    {
                        row.example = Some((length, format!("{} ({by})", changed.name)));
                    }
                }
            }
        }
    }
    let mut text = String::new();
    let (mut all, mut stopped) = (0, 0);
    let _ = writeln!(
        text,
        "{:13} {:13} {:>5} {:>8} {:>10} {:>9}",
        "area", "change", "all", "refused", "malformed", "accepted"
    );
    for ((area, sort), row) in &table {
        let accepted = row.all - row.refused - row.malformed;
        let _ = writeln!(
            text,
            "{area:13} {sort:13} {:5} {:8} {:10} {accepted:9}",
            row.all, row.refused, row.malformed
        );
        all += row.all;
        stopped += row.refused + row.malformed;
    }
    let _ = writeln!(
        text,
        "\n{stopped} of {all} are refused or contradict themselves.\n\nAccepted, and the rule that allows it:"
    );
    for ((area, sort), row) in &table {
        if let Some((_, example)) = &row.example {
            let _ = writeln!(text, "{area}, {sort}: {example}");
        }
    }
    insta::assert_snapshot!(text);
}
