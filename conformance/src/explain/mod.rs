//! `bgspec explain`: why a request was never launched, and how a verdict came about.
//!
//! The trace is judged once more from its beginning. [`story`] asks the oracle after each line what stands in the way of
//! a launch and writes down what changed; [`answer`] says in one sentence what it came to; [`breach`] tells for each
//! breach which state refused it, [`nearest`] what was allowed; [`edit`] looks for the smallest edit of the trace that conforms.
//! The whole trace is held in memory once, since edits are judged anew; no edit copies it. Everything that is told stands in [`form`].

mod answer;
mod breach;
mod deeds;
mod edit;
pub mod form;
mod narrate;
mod nearest;
mod story;
mod tally;

use std::collections::BTreeSet;

use bgspec_model::oracle::{Foresight, Malformed, Oracle, Terms};
use bgspec_model::report::Report;
use bgspec_model::rule::{Party, Rule};
use bgspec_model::vocabulary::{Event, Header, Identifier, Millis, Permitted, Record, Subject};

use self::form::{Breach, Story};

/// What is asked of a trace.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The header.
    pub header: &'a Header,
    /// Everything behind the header.
    pub records: &'a [Record],
    /// What it is judged by.
    pub terms: &'a Terms,
    /// The one identifier that is asked for; none: every identifier with an undelivered request.
    pub request: Option<&'a str>,
}

/// What the explanation of a trace consists of.
#[derive(Debug)]
pub struct Told {
    /// What the oracle says of the whole trace.
    pub report: Report,
    /// The story of each request.
    pub stories: Vec<Story>,
    /// How each breach came about.
    pub breaches: Vec<Breach>,
}

/// Explains a trace.
///
/// # Errors
/// The header or a line contradicts itself: its place among the records, none for the header, and what is wrong.
pub fn explain(asked: &Asked<'_>) -> Result<Told, (Option<usize>, Malformed)> {
    let new = || Oracle::new(asked.header, asked.terms).map_err(|malformed| (None, malformed));
    let mut oracle = new()?;
    oracle.watch();
    oracle.foresee(Foresight::of(asked.records));
    let ids: Vec<Identifier> = match asked.request {
        Some(id) => vec![id.into()],
        None => submitted(asked.records).into_iter().collect(),
    };
    let mut follow = story::Follow::new(asked.header, &ids);
    for (place, record) in asked.records.iter().enumerate() {
        let malformed = |malformed: Malformed| (Some(place - malformed.earlier()), malformed);
        follow.time_passes(&oracle, record.at);
        let by = if follow.concerns(record) {
            oracle.allows(record)
        } else {
            None
        };
        oracle.step(record).map_err(malformed)?;
        follow.see(&oracle, place, record, by.unwrap_or_default());
    }
    let last = asked.records.len().saturating_sub(1);
    oracle
        .settle()
        .map_err(|malformed| (Some(last - malformed.earlier()), malformed))?;
    let accounts = oracle.take_accounts();
    let report = oracle.finish();
    let mut stories = follow.stories(&report);
    if asked.request.is_none() {
        stories.retain(|story| story.is_undelivered);
    }
    let breaches = breach::tell(asked, &report, &accounts);
    Ok(Told {
        report,
        stories,
        breaches,
    })
}

/// Every identifier that a trace names, or its header permits.
#[must_use]
pub fn known(header: &Header, records: &[Record]) -> BTreeSet<Identifier> {
    let mut known = submitted(records);
    if let Permitted::List(entries) = &header.permitted {
        known.extend(entries.iter().map(|entry| Identifier::from(entry.as_str())));
    }
    for event in records.iter().filter_map(|record| record.event.as_ref()) {
        match event.subject() {
            Subject::Nothing | Subject::Identifiers(None) | Subject::EveryIdentifier => {}
            Subject::Identifier(id) => _ = known.insert(id.clone()),
            Subject::Identifiers(Some(ids)) => known.extend(ids.iter().cloned()),
            Subject::Task(task) => _ = known.insert(task.id.clone()),
        }
        if let Event::Pending(pending) = event {
            let listed = pending.answer.iter().flatten();
            known.extend(listed.map(|request| request.id.clone()));
        }
    }
    known
}

fn submitted(records: &[Record]) -> BTreeSet<Identifier> {
    let events = records.iter().filter_map(|record| record.event.as_ref());
    let submissions = events.filter(|event| event.is_submission());
    let ids = submissions.filter_map(|event| event.request().map(|request| request.id));
    ids.collect()
}

/// A finding by its party and rules: what an edited trace is compared by.
fn key(party: Party, rules: &[&Rule]) -> (String, Vec<String>) {
    (
        party.to_string(),
        rules.iter().map(|rule| rule.id.to_string()).collect(),
    )
}

/// A time as a clock shows it, with days before it from the second day on: `07:05:00`, `2 d 07:05:00`.
#[must_use]
pub fn clock(at: Millis) -> String {
    const DAY: Millis = 86_400_000;
    let seconds = at.rem_euclid(DAY) / 1000;
    let text = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match at.div_euclid(DAY) {
        0 => text,
        days => format!("{days} d {text}"),
    }
}
