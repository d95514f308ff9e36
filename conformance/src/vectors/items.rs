//! What a trace puts to use: its rules, and its outcomes, which are what a line shows and a rule that allows it.

use std::collections::BTreeSet;

use bgspec_model::oracle::{Foresight, Oracle, Terms};
use bgspec_model::report::Verdict;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{End, Event, Header, Process, Record, Role};
use serde_json::Value;

/// The items of a trace in which nobody but the app breaks a rule, sorted; none of any other.
pub(super) fn of(header: &Header, records: &[Record]) -> Option<Vec<String>> {
    if !stands_alone(records) {
        return None;
    }
    let mut oracle = Oracle::new(header, &Terms::default()).ok()?;
    oracle.foresee(Foresight::of(records));
    let mut items = BTreeSet::new();
    let mut open = 0_u32;
    for record in records {
        match (&record.event, record.call) {
            (Some(Event::End(_)), Some(_)) => open = open.saturating_sub(1),
            (Some(_), Some(_)) => open += 1,
            // What overlaps is allowed by an order, not by a line.
            (Some(event), None) if open == 0 && matches!(event.role(), Role::Call | Role::Observation) => {
                let shows = shows(event);
                let by = oracle.allowed_by(record).unwrap_or_default();
                items.extend(by.into_iter().map(|rule| format!("{shows} ({})", rule.id)));
            }
            _ => {}
        }
        oracle.step(record).ok()?;
    }
    oracle.settle().ok()?;
    let report = oracle.finish();
    let by_others = report.findings.iter().any(|finding| finding.party != Party::App);
    if by_others || report.verdict == Verdict::Inconclusive {
        return None;
    }
    items.extend(report.exercised.iter().map(|(rule, _)| rule.id.to_string()));
    let by_the_app = report.findings.iter().chain(&report.advice);
    items.extend(
        by_the_app
            .flat_map(|finding| &finding.rules)
            .map(|rule| rule.id.to_string()),
    );
    Some(items.into_iter().collect())
}

/// Whether the lines can be driven: each process begins in them, each call that begins ends, and the trace is closed.
fn stands_alone(records: &[Record]) -> bool {
    let mut begun = BTreeSet::new();
    let mut open = BTreeSet::new();
    for record in records {
        let event = record.event.as_ref();
        if event.is_some_and(|event| event.row().process == Process::Starts) {
            begun.extend(record.pid);
        } else if let Some(call) = record.call {
            if matches!(event, Some(Event::End(_))) {
                open.remove(&call);
            } else {
                open.insert(call);
            }
        }
        if record.pid.is_some_and(|pid| !begun.contains(&pid)) {
            return false;
        }
    }
    open.is_empty() && records.last().is_some_and(|last| last.end == Some(End::Closed))
}

/// What an event shows, in a few words.
fn shows(event: &Event) -> String {
    let value = serde_json::to_value(event).unwrap_or_default();
    let name = event.name();
    let body = &value[name];
    let detail = match &body["answer"] {
        Value::Null => ["kind", "cause", "is"]
            .iter()
            .find_map(|key| body[*key].as_str())
            .unwrap_or_default()
            .to_owned(),
        Value::Bool(answer) => answer.to_string(),
        Value::String(answer) => answer.clone(),
        Value::Array(listed) if listed.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(answer) => match answer.iter().next() {
            Some((word, Value::Number(code))) => format!("{word} {code}"),
            Some((word, Value::Bool(yes))) => format!("{word} {yes}"),
            Some((word, _)) => word.clone(),
            None => String::new(),
        },
        other => other.to_string(),
    };
    format!("{name} {detail}").trim_end().to_owned()
}
