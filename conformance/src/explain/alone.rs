//! The answer for a trace in which nothing was submitted: the first breach, or else what the app met.

use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Area, Event};

use super::form::{Answer, Fault, Remark, ids};
use super::refused::first_sentence;
use super::{Asked, act, clock, narrate};
use crate::text::humane;

/// What it came to; none where nothing was met.
pub(super) fn answer(asked: &Asked<'_>, report: &Report, remarks: &[Remark]) -> Option<Answer> {
    match report.findings.first() {
        Some(finding) => Some(broken(asked, finding, remarks)),
        None => met(remarks),
    }
}

/// A rule was broken.
fn broken(asked: &Asked<'_>, finding: &Finding, remarks: &[Remark]) -> Answer {
    let line = asked.places.line(finding.event);
    let mut rules = ids(&finding.rules);
    let mut text = format!("In line {line}, at {}, {}", clock(finding.at), humane(&finding.what));
    let is_data = finding.rules.iter().any(|rule| rule.id.area == Area::Data);
    if let Some(locked) = locked(asked, finding.event).filter(|_| is_data) {
        text.push_str(&format!(", while the device was locked ({})", narrate::since(locked)));
    }
    text.push('.');
    let remark = remarks.iter().find(|remark| remark.line == line);
    if let Some(remark) = remark.filter(|_| !act::is_told(finding)) {
        text.push_str(&format!(" {} ({}).", remark.because, remark.rules.join(", ")));
        rules.extend(remark.rules.iter().cloned());
    }
    let fault = match finding.party {
        Party::App => Fault::App,
        Party::Device => Fault::Device,
        _ => Fault::Scheduler,
    };
    if fault == Fault::App {
        text.push_str(&format!(" {}", act::sentence(finding, line)));
    } else if let Some(rule) = act::plainest(finding) {
        text.push_str(&format!(
            " The {} broke {}: {}.",
            finding.party,
            ids(&finding.rules).join(", "),
            first_sentence(rule.text)
        ));
    }
    Answer {
        fault,
        text,
        rules,
        to_do: vec![act::about(finding).to_owned()],
    }
}

/// No rule was broken: the first thing that was met about which something can be done.
fn met(remarks: &[Remark]) -> Option<Answer> {
    let advised = || remarks.iter().filter(|remark| remark.to_do.is_some());
    // That a process without a task was suspended says least.
    let says_more = |remark: &&Remark| remark.rules.iter().all(|rule| rule != "LIF-14");
    let remark = advised().find(says_more).or_else(|| advised().next());
    let remark = remark.or(remarks.first())?;
    Some(Answer {
        fault: Fault::Nobody,
        text: format!(
            "In line {}, at {}, {}: {} ({}).",
            remark.line,
            clock(remark.at),
            remark.what,
            remark.because,
            remark.rules.join(", ")
        ),
        rules: remark.rules.clone(),
        to_do: remark.to_do.iter().cloned().collect(),
    })
}

/// The line in which the device was locked, if it is at an event; 0 where it was from the beginning.
fn locked(asked: &Asked<'_>, event: u64) -> Option<u64> {
    let mut locked = (asked.header.device.locked == Some(true)).then_some(0);
    for (number, record) in (1..=event).zip(asked.records) {
        let Some(Event::Device(change)) = &record.event else {
            continue;
        };
        match change.locked {
            Some(true) => _ = locked.get_or_insert(asked.places.line(number)),
            Some(false) => locked = None,
            None => {}
        }
    }
    locked
}
