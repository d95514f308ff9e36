//! `bgspec explain`: why a request was never launched, and how a verdict came about.
//!
//! The trace is judged once more from its beginning. [`follow`] asks the oracle after each line what stands in the way of
//! a launch and writes down what changed; [`answer`] says in one sentence what it came to; [`breach`] tells for each
//! breach which state refused it, [`nearest`] what was allowed; [`edit`] looks for the smallest edit of the trace that conforms.
//! The whole trace is held in memory once, since edits are judged anew; no edit copies it. Everything that is told stands in [`form`].

mod act;
mod alone;
mod answer;
mod breach;
mod deeds;
mod edit;
mod follow;
pub mod form;
mod narrate;
mod nearest;
pub mod origin;
mod refused;
mod remarks;
mod run;
mod story;
mod tally;

use std::borrow::Cow;
use std::collections::BTreeSet;

use bgspec_model::oracle::{Foresight, Malformed, Oracle, Terms};
use bgspec_model::report::Report;
use bgspec_model::rule::{Party, Rule};
use bgspec_model::vocabulary::{Event, Header, Identifier, Millis, Permitted, Record, Subject};

use self::form::{Answer, Breach, Remark, Story};
use crate::trace::Places;

/// What is asked of a trace.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The header.
    pub header: &'a Header,
    /// Everything behind the header.
    pub records: &'a [Record],
    /// What it is judged by.
    pub terms: &'a Terms,
    /// Where the records stand in their file.
    pub places: &'a Places,
    /// The one identifier that is asked for; none: every identifier with an undelivered request.
    pub request: Option<&'a str>,
}

/// What the explanation of a trace consists of.
#[derive(Debug)]
pub struct Told {
    /// What the oracle says of the whole trace.
    pub report: Report,
    /// What it came to, where there is no story.
    pub answer: Option<Answer>,
    /// The story of each request.
    pub stories: Vec<Story>,
    /// How each breach came about.
    pub breaches: Vec<Breach>,
    /// What was answered or done that an app asks about, with the rules that allow it.
    pub remarks: Vec<Remark>,
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
        None => known(asked.header, asked.records).into_iter().collect(),
    };
    let everyone = known(asked.header, asked.records).into_iter().collect();
    let mut follow = follow::Follow::new(asked.header, &ids, everyone, asked.places);
    let endless = endless(asked.records);
    let mut is_open = false;
    let mut remarks = remarks::Remarks::default();
    for (place, record) in asked.records.iter().enumerate() {
        let malformed = |malformed: Malformed| (Some(place - malformed.earlier()), malformed);
        follow.time_passes(&settled(&oracle, is_open), record.at);
        let is_remarkable = record.event.as_ref().is_some_and(remarks::is_remarkable);
        let by = if is_remarkable || follow.concerns(record) {
            oracle.allows(record)
        } else {
            None
        };
        oracle.step(record).map_err(malformed)?;
        remarks.see(asked.places.line(place as u64 + 1), record, by.as_deref());
        is_open |= endless.contains(&place);
        follow.see(&settled(&oracle, is_open), place, record, by.unwrap_or_default());
    }
    let last = asked.records.len().saturating_sub(1);
    oracle
        .settle()
        .map_err(|malformed| (Some(last - malformed.earlier()), malformed))?;
    let accounts = oracle.take_accounts();
    let report = oracle.finish();
    let mut stories = follow.stories(&report);
    if asked.request.is_none() {
        stories.retain(|story| story.is_named);
    }
    let breaches = breach::tell(asked, &report, &accounts);
    let remarks = remarks.beside(&stories);
    let answer = if stories.is_empty() {
        alone::answer(asked, &report, &remarks)
    } else {
        None
    };
    Ok(Told {
        answer,
        remarks,
        report,
        stories,
        breaches,
    })
}

/// A call that never ends holds back all lines behind it: they are asked about in a copy in which it is settled.
fn settled(oracle: &Oracle, is_open: bool) -> Cow<'_, Oracle> {
    if is_open && oracle.is_holding() {
        let mut copy = oracle.clone();
        if copy.settle().is_ok() {
            return Cow::Owned(copy);
        }
    }
    Cow::Borrowed(oracle)
}

/// The places of calls whose end the trace does not have. None in a long trace: each line behind one costs a judgement of
/// all lines since.
fn endless(records: &[Record]) -> Vec<usize> {
    const MOST: usize = 2000;
    if records.len() > MOST {
        return Vec::new();
    }
    let mut open: Vec<(Option<u32>, usize)> = Vec::new();
    for (place, record) in records.iter().enumerate().filter(|(_, record)| record.call.is_some()) {
        match record.event {
            Some(Event::End(_)) => open.retain(|(call, _)| *call != record.call),
            _ => open.push((record.call, place)),
        }
    }
    open.into_iter().map(|(_, place)| place).collect()
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

/// A time of the trace, as every command writes it.
fn clock(at: Millis) -> String {
    crate::text::time(at)
}
