//! The oracle: carries the set of states that a trace so far allows, and says who broke what.
//!
//! `pass` moves the set on, event by event (`ways` takes an event's open questions both ways, `set` merges what is
//! equal, `factors` keeps apart what does not hang together and `product` moves that on, `calls` closes over overlapping calls, `blame` keeps the app's breaches, `breach` names the others, `verdict` reports); `read` turns
//! lines into questions and refuses a trace that contradicts itself; `time` lets obligations fall due; `recover` goes on
//! after a breach, `lost` where more is possible than can be followed, and `held` says which inferred setting it contradicts; [`offers`] says what a call may answer;
//! [`explain`] says why a request waits and why an event was refused; [`words`] puts things into words.
//!
//! A trace with a tolerance is judged twice: with every bound widened by it, which alone can break, and strictly. What
//! only the strict pass refuses is inconclusive.

mod advance;
mod assumed;
mod blame;
mod breach;
mod calls;
mod earlier;
pub(crate) mod eligible;
pub mod explain;
mod factors;
mod foresight;
mod held;
mod hidden;
mod instead;
mod lost;
mod malformed;
pub mod offers;
mod pass;
mod product;
pub(crate) mod read;
mod recover;
mod set;
mod time;
mod told;
pub(crate) mod unseen;
mod verdict;
mod ways;
mod without;
pub mod words;

use std::collections::HashMap;

use crate::profile::{Named, Profile};
use crate::report::{Doubt, Finding, Report, Verdict};
use crate::rule::Force;
use crate::setting::Setting;
use crate::unmodelled;
use crate::vocabulary::{Answer, Empty, End, Event, FORMAT, Header, Initial, Place, Record, Role, Version};

use pass::Pass;

pub use foresight::Foresight;
pub use malformed::Malformed;

/// What the reader of a trace lays down over its header.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// The profile, in place of the header's.
    pub profile: Option<String>,
    /// The version, in place of the header's.
    pub os: Option<Version>,
    /// Settings pinned besides the header's: name and value.
    pub pins: Vec<(String, String)>,
}

/// How the oracle works inside. No verdict may hang on it: tests turn it and compare.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Workings {
    /// Equal states are not merged, outcomes not joined, and a request that may be there is two states.
    pub keeps_every_path: bool,
    /// More states than this, and the oracle gives up rather than judge a part of them.
    pub most_states: usize,
    /// A call that overlaps others is judged without its answer.
    pub withholds_answers: bool,
    /// Before every event every open call is tried in every order, whether the event depends on it or not.
    pub closes_over_everything: bool,
    /// Sets of no more states than this are not factored, and half as many calls are tried in every order.
    pub few: usize,
}

impl Default for Workings {
    fn default() -> Self {
        Self {
            keeps_every_path: false,
            most_states: 10_000,
            withholds_answers: false,
            closes_over_everything: false,
            few: 8,
        }
    }
}

/// Judges one trace, event by event.
///
/// ```
/// use bgspec_model::oracle::{Oracle, Terms};
/// use bgspec_model::report::Verdict;
/// use bgspec_model::vocabulary::{Empty, End, Event, Header, Permitted, Record, Register, RegisterAnswer, Version};
///
/// let mut header = Header::new(Version::new(26, 1), "com.example.app");
/// header.permitted = Permitted::List(vec!["com.example.app.sync".into()]);
/// let mut oracle = Oracle::new(&header, &Terms::default())?;
/// let register = |answer| {
///     Event::Register(Register { through: None, id: "com.example.app.sync".into(), queue: None, answer: Some(RegisterAnswer::Returned(answer)) })
/// };
/// oracle.step(&Record::of(0, 1, register(false)))?;
/// oracle.step(&Record::end(1, End::Closed))?;
/// let report = oracle.finish();
/// assert_eq!(report.verdict, Verdict::Breaks);
/// assert_eq!(report.findings[0].rules[0].id.to_string(), "REG-1");
/// # Ok::<(), bgspec_model::oracle::Malformed>(())
/// ```
#[derive(Debug, Clone)]
pub struct Oracle {
    /// Every bound widened by the tolerance.
    wide: Pass,
    /// No bound widened, where there is a tolerance.
    strict: Option<Pass>,
    /// Lines that wait until no call is open, so that each call's answer is known at its begin.
    held: Vec<Record>,
    /// Calls that have begun and not ended, in the lines that are held.
    open: HashMap<u32, usize>,
    profile: Named,
    os: Version,
    withholds_answers: bool,
    /// The trace began late, or has a gap: half of a call may be missing.
    misses_lines: bool,
}

/// More lines than this are not held back for the answers of open calls.
const HELD: usize = 10_000;

impl Oracle {
    /// An oracle at time zero of a trace with this header.
    ///
    /// # Errors
    /// A format of another version, an unknown profile or setting, an extension named twice, a negative tolerance,
    /// something `unmodelled` that is no rule and no condition.
    pub fn new(header: &Header, terms: &Terms) -> Result<Self, Malformed> {
        let (named, os, profile) = profile_of(header, terms)?;
        unmodelled::rules_of_all(&header.unmodelled).map_err(|what| Malformed::new(format!("`unmodelled`: {what}")))?;
        let strict = (header.tolerance > 0).then(|| Pass::new(header, os, profile.clone(), 0));
        let wide = Pass::new(header, os, profile, header.tolerance);
        Ok(Self {
            wide,
            strict,
            held: Vec::new(),
            open: HashMap::new(),
            profile: named,
            os,
            withholds_answers: false,
            misses_lines: header.initial == Initial::Unknown,
        })
    }

    /// Turns the workings, before the first line.
    #[doc(hidden)]
    pub fn set_workings(&mut self, workings: Workings) {
        self.withholds_answers = workings.withholds_answers;
        self.wide.set_workings(workings);
        if let Some(strict) = &mut self.strict {
            strict.set_workings(workings);
        }
    }

    /// Says what later lines tell of earlier ones, before the first line: where a gap begins that is told at its end, and
    /// which processes ended unseen. Whoever holds the whole trace says it; without it a gap excuses nothing before its line.
    pub fn foresee(&mut self, foresight: Foresight) {
        self.misses_lines |= foresight.has_gaps();
        let foresight = foresight.ended();
        if let Some(strict) = &mut self.strict {
            strict.foresight = foresight.clone();
        }
        self.wide.foresight = foresight;
    }

    /// The choice settings that were open when a rule asked for them.
    #[doc(hidden)]
    pub fn asked(&self) -> impl Iterator<Item = Setting> + use<> {
        let asked = self.wide.asked();
        let settings = Setting::ALL.iter().copied();
        settings.filter(move |setting| asked >> *setting as u64 & 1 == 1)
    }

    /// The profile that it judges by.
    #[must_use]
    pub fn profile(&self) -> Named {
        self.profile
    }

    /// The version that it judges by.
    #[must_use]
    pub fn os(&self) -> Version {
        self.os
    }

    /// Judges the next line. What is found is kept; see [`Oracle::findings`]. While calls overlap, lines are held until
    /// every open call has ended.
    ///
    /// # Errors
    /// The line contradicts the trace so far. The oracle stays as it was before the line.
    #[inline]
    pub fn step(&mut self, record: &Record) -> Result<(), Malformed> {
        if record.call.is_none() {
            return self.next(record);
        }
        self.hold(record)
    }

    /// A line that is no half of a call.
    #[inline]
    fn next(&mut self, record: &Record) -> Result<(), Malformed> {
        if let Some(Event::Gap(_)) = record.event {
            self.misses_lines = true;
        }
        if self.held.is_empty() {
            self.judge(record, None)
        } else if matches!(record.event, Some(Event::End(_))) {
            self.hold(record)
        } else {
            self.keep(record)
        }
    }

    #[cold]
    fn hold(&mut self, record: &Record) -> Result<(), Malformed> {
        match (record.call, record.event.as_ref()) {
            (Some(call), Some(Event::End(_))) => {
                if self.open.remove(&call).is_none() {
                    if self.misses_lines {
                        // It began where the trace did not look.
                        let passes = Record {
                            call: None,
                            event: Some(Event::Clock(Empty {})),
                            ..record.clone()
                        };
                        return self.next(&passes);
                    }
                    return Err(Malformed::new(format!(
                        "the end of call {call}, which has not begun; expected a line with `call: {call}` before it"
                    )));
                }
            }
            (Some(call), Some(event)) if event.role() == Role::Call => {
                if self.open.insert(call, self.held.len()).is_some() {
                    return Err(Malformed::new(format!(
                        "call {call} begins while call {call} is open; expected its end first, or another number"
                    )));
                }
            }
            (Some(call), _) => {
                return Err(Malformed::new(format!(
                    "call {call} is no call: expected a call of the app, or its end"
                )));
            }
            (None, Some(Event::End(_))) => {
                return Err(Malformed::new("an end without the number of its call: expected `call`"));
            }
            (None, _) => {}
        }
        self.keep(record)
    }

    fn keep(&mut self, record: &Record) -> Result<(), Malformed> {
        self.held.push(record.clone());
        let ends = record.end.is_some();
        if self.open.is_empty() || ends || self.held.len() >= HELD {
            self.release()?;
        }
        Ok(())
    }

    /// Judges the lines that were held, each call with the answer that it turned out to have.
    fn release(&mut self) -> Result<(), Malformed> {
        let held = std::mem::take(&mut self.held);
        for (place, record) in held.iter().enumerate() {
            let begins =
                !self.withholds_answers && record.call.is_some() && !matches!(record.event, Some(Event::End(_)));
            let end = record.call.and_then(|call| end_of(call, &held[place..]));
            let told = end.filter(|_| begins).map(|(_, answer)| answer);
            let passes = self.strict.iter_mut().chain([&mut self.wide]);
            passes.for_each(|pass| pass.ends = end.map(|(after, _)| pass.events + after as u64));
            self.judge(record, told)
                .map_err(|malformed| malformed.earlier_by(held.len() - 1 - place))?;
        }
        Ok(())
    }

    /// Judges the lines that calls without an end still hold, with what is known. To be called where the lines are
    /// over, by whoever wants to know of one that contradicts the trace; [`Oracle::finish`] only doubts.
    ///
    /// # Errors
    /// One of these lines contradicts the trace: how far back it stands says [`Malformed::earlier`].
    pub fn settle(&mut self) -> Result<(), Malformed> {
        if self.held.is_empty() {
            return Ok(());
        }
        self.open.clear();
        self.release()
    }

    /// Judges the lines of a trace, all of which are known beforehand: to be asked before the first line.
    ///
    /// # Errors
    /// A line contradicts the trace.
    pub fn judged(mut self, records: &[Record]) -> Result<Self, Malformed> {
        self.foresee(Foresight::of(records));
        for record in records {
            self.step(record)?;
        }
        self.settle()?;
        Ok(self)
    }

    fn judge(&mut self, record: &Record, told: Option<&Answer>) -> Result<(), Malformed> {
        self.wide.step(record, told)?;
        if let Some(strict) = &mut self.strict {
            strict.step(record, told)?;
        }
        Ok(())
    }

    /// What has been found so far, breaches and advice. Those of the app stand where they are certain. Of the same rules
    /// the first ones are told, and the rest is counted: see [`Report::repeats`].
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.wide.told.findings()
    }

    /// How many breaches there were so far by others than the app, those that are only counted included.
    #[must_use]
    pub fn breaches_of_others(&self) -> u64 {
        self.wide.told.breaches_of_others()
    }

    /// How many states are possible now.
    #[must_use]
    pub fn states(&self) -> usize {
        self.wide.states()
    }

    /// The report. A trace whose end line has not come counts as cut.
    #[must_use]
    pub fn finish(mut self) -> Report {
        if let Err(error) = self.settle() {
            self.wide.doubt(error.what().to_owned());
        }
        let strict = self.strict.map(|strict| strict.report(false));
        let mut report = self.wide.report(true);
        if let Some(strict) = strict {
            let known = |finding: &Finding| {
                report
                    .findings
                    .iter()
                    .any(|other| other.event == finding.event && other.rules == finding.rules)
            };
            let hanging: Vec<_> = strict
                .findings
                .iter()
                .filter(|finding| !known(finding))
                .cloned()
                .collect();
            for finding in hanging {
                let rule = finding
                    .rules
                    .first()
                    .map_or_else(String::new, |rule| rule.id.to_string());
                let why = format!(
                    "whether {rule} is broken hangs on less than the tolerance: {}",
                    finding.what
                );
                report.doubts.push(Doubt {
                    event: finding.event,
                    until: None,
                    at: finding.at,
                    why,
                    party: Some(finding.party),
                });
            }
            if report.verdict == Verdict::Conforms && !report.doubts.is_empty() {
                report.verdict = Verdict::Inconclusive;
            }
        }
        report
    }
}

/// The profile and the version by which a trace with this header is judged.
pub(crate) fn profile_of(header: &Header, terms: &Terms) -> Result<(Named, Version, Profile), Malformed> {
    if header.bgspec != FORMAT {
        return Err(Malformed::new(format!(
            "the trace is of format {}, and this program reads format {FORMAT}",
            header.bgspec
        )));
    }
    let os = terms.os.unwrap_or(header.os);
    let named = match terms.profile.as_ref().or(header.profile.as_ref()) {
        Some(name) => name.parse().map_err(|error| Malformed::new(format!("{error}")))?,
        None => Named::default(),
    };
    let mut profile = Profile::new(named, os);
    let pins = header
        .pins
        .iter()
        .chain(terms.pins.iter().map(|(name, value)| (name, value)));
    for (name, value) in pins {
        profile
            .pin(name, value)
            .map_err(|error| Malformed::new(error.to_string()))?;
    }
    for (place, extension) in header.extensions.iter().enumerate() {
        if header.extensions[..place]
            .iter()
            .any(|other| other.name == extension.name)
        {
            return Err(Malformed::new(format!(
                "the header names the extension {:?} twice: expected each once",
                extension.name
            )));
        }
    }
    if header.tolerance < 0 || !read::TIMES.contains(&header.tolerance) {
        return Err(Malformed::new(format!(
            "a tolerance of {} ms: expected 0 to 2^53",
            header.tolerance
        )));
    }
    let place = Place {
        platform: header.platform(),
        os,
    };
    if let Some(lack) = header.lack(&place) {
        return Err(Malformed::new(lack.words(place)));
    }
    let told = &header.device;
    if header.has_passcode() && told.unlocked_once == Some(false) && told.locked == Some(false) {
        return Err(Malformed::new(
            "the header's device is unlocked before its first unlock; expected unlocked_once, or locked",
        ));
    }
    Ok((named, os, profile))
}

/// The answer of a call among the lines from its begin on, and how many lines later it ends.
pub(crate) fn end_of(call: u32, lines: &[Record]) -> Option<(usize, &Answer)> {
    let mut lines = lines.iter().enumerate();
    lines.find_map(|(after, record)| match &record.event {
        Some(Event::End(answer)) if record.call == Some(call) => Some((after, answer)),
        _ => None,
    })
}

/// Whether a finding fails a trace.
fn fails(finding: &Finding) -> bool {
    finding.rules.iter().any(|rule| rule.force != Force::Should)
}

/// How the trace ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Not yet.
    None,
    /// As its end line says.
    Line(End),
}
