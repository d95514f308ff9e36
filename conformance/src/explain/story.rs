//! Follows requests through a trace: after each line the oracle is asked what stands in the way, and what changed is
//! written down. Between two lines nothing changes but the time, and with it an earliest begin date that comes.

use std::collections::HashMap;

use bgspec_model::oracle::Oracle;
use bgspec_model::oracle::explain::{Standing, Waiting};
use bgspec_model::past::Fate;
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{
    Answer, Device, Discretion, Event, Header, Identifier, Initial, Millis, Record, Request, SubmitAnswer,
};

use super::answer::answer;
use super::clock;
use super::deeds::{Deeds, Gone, Replaced, drops, is_continued};
use super::form::{Entry, Story, Then, ids};
use super::narrate;
use super::tally::Tally;
use crate::trace::line_of;

/// Follows some identifiers.
#[derive(Debug)]
pub(super) struct Follow {
    each: Vec<One>,
    at: Millis,
    network: Option<bool>,
    /// The requests of calls that overlap others, and of asynchronous submissions.
    calls: HashMap<u32, Request>,
    flights: HashMap<u32, Request>,
}

/// What is known of one identifier.
#[derive(Debug)]
pub(super) struct One {
    pub(super) id: Identifier,
    pub(super) driven: bool,
    pub(super) now: Option<Waiting>,
    pub(super) since: Millis,
    pub(super) deeds: Deeds,
    pub(super) tally: Tally,
    /// The numbers of the lines that are about it.
    pub(super) events: Vec<u64>,
    shown: Option<Then>,
    entries: Vec<Entry>,
}

impl Follow {
    pub(super) fn new(header: &Header, ids: &[Identifier]) -> Self {
        let ordinary = match header.initial {
            Initial::Unknown => None,
            Initial::Known => Device::ORDINARY.network,
        };
        let one = |id: &Identifier| One {
            id: id.clone(),
            driven: header.discretion == Discretion::Driven,
            now: None,
            since: 0,
            deeds: Deeds::default(),
            tally: Tally::default(),
            events: Vec::new(),
            shown: None,
            entries: Vec::new(),
        };
        Self {
            each: ids.iter().map(one).collect(),
            at: 0,
            network: header.device.network.or(ordinary),
            calls: HashMap::new(),
            flights: HashMap::new(),
        }
    }

    /// Whether a line is about what is followed, so that it is worth asking which rules allow it.
    pub(super) fn concerns(&self, record: &Record) -> bool {
        let Some(event) = &record.event else { return false };
        let about = |one: &One| narrate::is_about(event, &one.id);
        matches!(event, Event::Pending(_)) || self.each.iter().any(about)
    }

    /// Time passes until the next line.
    pub(super) fn time_passes(&mut self, oracle: &Oracle, to: Millis) {
        for one in &mut self.each {
            let floor = one.now.as_ref().and_then(|now| now.request.as_ref()?.earliest);
            let Some(floor) = floor.filter(|floor| *floor > self.at && *floor <= to) else {
                continue;
            };
            if oracle.is_holding() || !one.is_there() {
                continue;
            }
            if let Some(waiting) = oracle.why_not(one.id.as_str(), floor) {
                one.goes_on(floor, waiting);
                one.write(
                    floor,
                    None,
                    "its earliest begin date came".to_owned(),
                    vec!["CON-1".to_owned()],
                );
            }
        }
        self.at = to;
    }

    /// A line was judged; `by` are the rules that allowed it.
    pub(super) fn see(&mut self, oracle: &Oracle, place: usize, record: &Record, by: Vec<&'static Rule>) {
        if let Some(Event::Device(change)) = &record.event {
            self.network = change.network.or(self.network);
        }
        let submission = self.submission(record);
        let event = place as u64 + 1;
        for one in &mut self.each {
            let about = record
                .event
                .as_ref()
                .is_some_and(|event| narrate::is_about(event, &one.id));
            let submission = submission.as_ref().filter(|(request, _)| request.id == one.id);
            if about || submission.is_some() {
                one.events.push(event);
            }
            let waiting = if oracle.is_holding() {
                None
            } else {
                oracle.why_not(one.id.as_str(), record.at)
            };
            let line = Line {
                record,
                number: line_of(event),
                event,
                by: &by,
                network: self.network,
            };
            one.see(&line, waiting, about, submission);
        }
    }

    /// The submission that a line answers, and its answer.
    fn submission(&mut self, record: &Record) -> Option<(Request, Option<SubmitAnswer>)> {
        match (record.event.as_ref()?, record.call) {
            (Event::Submit(submit), Some(call)) => {
                self.calls.insert(call, submit.request());
                None
            }
            (Event::Submit(submit), None) => Some((submit.request(), submit.answer.clone())),
            (Event::End(Answer::Submit(answer)), Some(call)) => Some((self.calls.remove(&call)?, Some(answer.clone()))),
            (Event::SubmitAsync(submit), _) => {
                self.flights.insert(submit.submission, submit.request());
                None
            }
            (Event::SubmissionCompleted(completed), _) => {
                let request = self.flights.remove(&completed.submission)?;
                let answer = completed
                    .refusal()
                    .map_or(SubmitAnswer::Accepted, SubmitAnswer::Refused);
                Some((request, Some(answer)))
            }
            _ => None,
        }
    }

    /// The stories, at the end.
    pub(super) fn stories(self, report: &Report) -> Vec<Story> {
        self.each.into_iter().map(|one| one.story(report)).collect()
    }
}

/// A line that was judged.
struct Line<'a> {
    record: &'a Record,
    number: u64,
    event: u64,
    by: &'a [&'static Rule],
    network: Option<bool>,
}

impl One {
    /// Whether a request may be outstanding.
    pub(super) fn is_there(&self) -> bool {
        self.now.as_ref().is_some_and(|now| now.may_be(Standing::Outstanding))
    }

    fn see(
        &mut self,
        line: &Line<'_>,
        waiting: Option<Waiting>,
        about: bool,
        submission: Option<&(Request, Option<SubmitAnswer>)>,
    ) {
        let at = line.record.at;
        let before = self.now.clone();
        let was_there = self.is_there();
        if let Some(waiting) = waiting {
            self.goes_on(at, waiting);
        }
        let mut rules = ids(line.by);
        let mut what = narrate::line(line.record);
        if let Some((request, answer)) = submission {
            let old = before
                .as_ref()
                .filter(|_| was_there)
                .and_then(|before| before.request.as_ref());
            self.note_submission(line, request, answer.as_ref(), old);
            if answer == &Some(SubmitAnswer::Accepted) {
                what = narrate::submitted(request, old);
                rules.extend(self.doubt_acceptance(at, &mut what, &rules));
            }
        } else if let Some(event) = &line.record.event {
            self.note_deed(line, event, was_there, &mut what, &mut rules);
        }
        let then = self.now.as_ref().map(Then::new);
        let is_there = self.is_there();
        let nowhere = self.now.as_ref().is_some_and(|now| now.standings == [Standing::Absent]);
        if was_there && nowhere && self.deeds.went.is_none() {
            self.deeds.went = self.deeds.doubt.take();
        }
        let changed = then != self.shown && (was_there || is_there);
        let said =
            submission.is_some() || about && !matches!(line.record.event, Some(Event::CancelAll(_)) if !was_there);
        let ends = line.record.end.is_some() && is_there;
        if ends {
            what = "the trace ends, and it was not launched".to_owned();
        }
        if said || changed || ends {
            rules.dedup();
            self.write(at, Some(line.number), what, rules);
        }
    }

    /// Time goes on to `at`, from where on this is known.
    fn goes_on(&mut self, at: Millis, waiting: Waiting) {
        if let Some(before) = self.now.replace(waiting) {
            self.tally.add(&before, self.since, at);
        }
        self.since = at;
    }

    fn write(&mut self, at: Millis, line: Option<u64>, what: String, rules: Vec<String>) {
        let then = self.now.as_ref().map(Then::new);
        let shown = then
            .clone()
            .filter(|then| then.is_there() && self.shown.as_ref() != Some(then));
        self.shown = then;
        self.entries.push(Entry {
            at,
            line,
            what,
            rules,
            then: shown,
        });
    }

    fn note_submission(
        &mut self,
        line: &Line<'_>,
        new: &Request,
        answer: Option<&SubmitAnswer>,
        old: Option<&Request>,
    ) {
        let deeds = &mut self.deeds;
        match answer {
            Some(SubmitAnswer::Refused(refusal)) => {
                deeds.refused = Some((line.event, Some(refusal.code), line.by.to_vec()));
            }
            Some(SubmitAnswer::Raised(_)) => deeds.refused = Some((line.event, None, line.by.to_vec())),
            Some(SubmitAnswer::Accepted) | None => {
                deeds.accepted += 1;
                deeds.times += 1;
                deeds.first.get_or_insert(line.record.at);
                (deeds.refused, deeds.cancelled, deeds.raised) = (None, None, None);
                (deeds.doubt, deeds.went) = (None, None);
                deeds.request = Some(new.clone());
                if let Some(old) = old {
                    deeds.replaced.push(Replaced {
                        from: old.earliest,
                        to: new.earliest,
                        was_early: old.earliest.is_some_and(|earliest| earliest > line.record.at),
                    });
                }
            }
        }
    }

    /// What an accepted submission may have come to, and the rules for that; `by` are those that allow the answer.
    fn doubt_acceptance(&mut self, at: Millis, what: &mut String, by: &[String]) -> Vec<String> {
        let Some(now) = &self.now else { return Vec::new() };
        if let (Fate::Unreported(rule), [Standing::Absent]) = (now.fate, now.standings.as_slice()) {
            what.push_str("; it was refused all the same, without a word");
            return vec!["SUB-12".to_owned(), rule.id.to_string()];
        }
        if now.may_be(Standing::Outstanding) && now.may_be(Standing::Absent) {
            what.push_str("; it may have been refused without a word");
            let mut rules = by.to_vec();
            rules.push("LAU-9".to_owned());
            let text = format!(
                "Its submission at {} reported success, and it was refused all the same, without a word ({}). There was \
                 nothing to launch.",
                clock(at),
                rules.join(", ")
            );
            self.deeds.doubt = Some(Gone { text, rules });
        }
        Vec::new()
    }

    fn note_deed(
        &mut self,
        line: &Line<'_>,
        event: &Event,
        was_there: bool,
        what: &mut String,
        rules: &mut Vec<String>,
    ) {
        let at = line.record.at;
        let deeds = &mut self.deeds;
        if let Event::Crashed(crashed) = event
            && deeds.runs
        {
            deeds.crashed = Some((at, crashed.what.clone()));
        }
        if let Event::Delivered(delivered) = event
            && delivered.task.id == self.id
        {
            (deeds.runs, deeds.crashed) = (true, None);
        } else if let Event::Complete(complete) = event
            && complete.task.id == self.id
        {
            deeds.runs = false;
        } else if event.row().process.ends() {
            deeds.runs = false;
        }
        match event {
            Event::Cancel(of) if of.id == self.id => {
                let is_launched = self.now.as_ref().is_some_and(|now| now.may_be(Standing::Launched));
                deeds.cancelled = (was_there || is_launched).then_some((at, false));
            }
            Event::DeliveryRaised(raised) if raised.id == self.id => deeds.raised = Some(at),
            Event::CancelAll(_) if was_there => deeds.cancelled = Some((at, true)),
            Event::Grant(of) if of.id == self.id => deeds.granted += 1,
            Event::Delivered(delivered) if delivered.task.id == self.id => {
                deeds.delivered += 1;
                deeds.last_delivery = Some((at, line.network));
                (deeds.first, deeds.times) = (None, 0);
                deeds.replaced.clear();
                self.tally = Tally::default();
            }
            Event::Device(_)
            | Event::Reboot(_)
            | Event::Updated(_)
            | Event::Uninstalled(_)
            | Event::ForceQuit(_)
            | Event::Crashed(_)
            | Event::MemoryKilled(_)
            | Event::Killed(_) => {
                let now = self.now.as_ref();
                let may_be_gone = now.is_some_and(|now| was_there && now.may_be(Standing::Absent));
                let doubted = self.shown.as_ref().is_some_and(Then::may_be_gone);
                let continued = deeds.request.as_ref().is_some_and(is_continued);
                if let (true, false, Some(rule)) = (may_be_gone, doubted, drops(event, continued)) {
                    *rules = vec![rule.to_owned()];
                    let text = format!(
                        "The request went at {}, when {what} ({rule}), and the app did not submit it again.",
                        clock(at)
                    );
                    self.deeds.doubt = Some(Gone {
                        text,
                        rules: vec![rule.to_owned()],
                    });
                    what.push_str(if self.is_there() {
                        "; whether the request outlived that is not known"
                    } else {
                        "; the request is gone"
                    });
                }
            }
            _ => {}
        }
    }

    fn story(mut self, report: &Report) -> Story {
        let end = self.since;
        self.tally.obstacles.sort_by_key(|obstacle| {
            (
                -(obstacle.in_the_way + obstacle.not_known),
                obstacle.spans.first().map_or(end, |span| span.0),
            )
        });
        for entry in &mut self.entries {
            let here = |finding: &&Finding| Some(line_of(finding.event)) == entry.line;
            for finding in report.findings.iter().filter(here) {
                let broken = ids(&finding.rules).join(", ");
                entry
                    .what
                    .push_str(&format!("; here the {} breaks {broken}", finding.party));
            }
        }
        let answer = answer(&self, report);
        let never_ran = self.deeds.delivered == 0;
        Story {
            id: self.id.to_string(),
            answer,
            is_undelivered: self.is_there() || never_ran || self.deeds.times > 0 && self.deeds.cancelled.is_none(),
            submitted: self.deeds.accepted,
            delivered: self.deeds.delivered,
            outstanding: self.tally.outstanding,
            nothing_in_the_way: self.tally.free,
            obstacles: self.tally.obstacles,
            entries: self.entries,
        }
    }
}
