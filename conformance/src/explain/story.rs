//! What is known of the requests of one identifier, line by line: what became of them, and what stands in their way.

use bgspec_model::oracle::explain::{Standing, Waiting};
use bgspec_model::past::Fate;
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{
    BackgroundRefresh, Discretion, Event, Header, Identifier, Kind, Millis, Record, Request, SubmitAnswer,
};

use super::answer::answer;
use super::clock;
use super::deeds::{Deeds, Gone, Replaced, drops, is_continued};
use super::form::{Entry, Story, Then, ids};
use super::narrate;
use super::refused::Refused;
use super::run::{Death, How, Mark, Run};
use super::tally::Tally;
use crate::trace::Places;

/// A submission whose answer a line tells.
pub(super) struct Submission {
    pub(super) called: Mark,
    pub(super) request: Request,
    pub(super) answer: Option<SubmitAnswer>,
    /// The other requests of its kind that are or may be outstanding.
    pub(super) holders: Vec<Identifier>,
}

/// What is known of one identifier.
#[derive(Debug)]
pub(super) struct One {
    pub(super) id: Identifier,
    pub(super) places: Places,
    pub(super) driven: bool,
    pub(super) now: Option<Waiting>,
    pub(super) since: Millis,
    pub(super) deeds: Deeds,
    pub(super) run: Option<Run>,
    /// The run before that one.
    pub(super) before: Option<Run>,
    /// Its handler was registered last without a queue, and not through SwiftUI.
    is_bare: bool,
    pub(super) tally: Tally,
    /// The numbers of the lines that are about it.
    pub(super) events: Vec<u64>,
    shown: Option<Then>,
    entries: Vec<Entry>,
}

/// A line that was judged.
pub(super) struct Line<'a> {
    pub(super) record: &'a Record,
    pub(super) number: u64,
    pub(super) event: u64,
    pub(super) by: &'a [&'static Rule],
    pub(super) network: Option<bool>,
    pub(super) pressed: bool,
    /// The line in which the device was locked, if it is; 0 where it was from the beginning.
    pub(super) locked: Option<u64>,
    pub(super) files: &'a Header,
}

impl Line<'_> {
    fn mark(&self) -> Mark {
        Mark {
            at: self.record.at,
            event: self.event,
            line: self.number,
        }
    }
}

impl One {
    /// Nothing is known yet.
    pub(super) fn new(id: &Identifier, header: &Header, places: &Places) -> Self {
        Self {
            id: id.clone(),
            places: places.clone(),
            driven: header.discretion == Discretion::Driven,
            now: None,
            since: 0,
            deeds: Deeds::default(),
            run: None,
            before: None,
            is_bare: false,
            tally: Tally::default(),
            events: Vec::new(),
            shown: None,
            entries: Vec::new(),
        }
    }

    /// Whether a request may be outstanding.
    pub(super) fn is_there(&self) -> bool {
        self.now.as_ref().is_some_and(|now| now.may_be(Standing::Outstanding))
    }

    /// Whether a finding is about it: by whom the finding is about, and where that is nobody by its line.
    pub(super) fn is_about(&self, finding: &Finding) -> bool {
        if finding.about.ids.is_empty() {
            // A grant that was not answered is found at another line.
            let names = || finding.what.contains(&format!("the grant of {} was", self.id));
            self.events.contains(&finding.event) || names()
        } else {
            finding.about.concerns(self.id.as_str())
        }
    }

    pub(super) fn see(
        &mut self,
        line: &Line<'_>,
        waiting: Option<Waiting>,
        about: bool,
        submission: Option<&Submission>,
    ) {
        let at = line.record.at;
        let before = self.now.clone();
        let was_there = self.is_there();
        if let Some(waiting) = waiting {
            self.goes_on(at, waiting);
        }
        let mut rules = ids(line.by);
        let mut what = narrate::line(line.record);
        let mark = line.mark();
        let was_running = self.run.as_ref().is_some_and(Run::is_open);
        let was_launched = before.as_ref().is_some_and(|before| before.may_be(Standing::Launched));
        if let (Some(run), Some(event)) = (self.run.as_mut(), &line.record.event) {
            run.see(mark, event, &rules);
            if run.expired == Some(mark) {
                run.pressed = line.pressed;
            }
            if run.suspended == Some(mark) {
                run.suspended_locked = line.locked;
            }
        }
        let how = line.record.event.as_ref().and_then(How::of);
        let ends_it = how.is_some() && (was_there || was_running || was_launched);
        if let Some(how) = how.filter(|_| was_launched && !was_there) {
            self.deeds.lost = Some(Death { mark, how });
        }
        if let Some(submission) = submission {
            let old = before
                .as_ref()
                .filter(|_| was_there && submission.called == mark)
                .and_then(|before| before.request.as_ref());
            self.note_submission(line, submission, old);
            let request = &submission.request;
            if submission.answer == Some(SubmitAnswer::Accepted) {
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
        let pauses = was_running && self.pauses(line);
        if pauses {
            // While a task runs, what allows the suspension of a process without one explains nothing.
            rules.retain(|rule| rule != "LIF-14");
        }
        let said = ends_it
            || pauses
            || submission.is_some()
            || about && !matches!(line.record.event, Some(Event::CancelAll(_)) if !was_there);
        let ends = line.record.end.is_some() && is_there;
        if ends {
            what = "the trace ends, and it was not launched".to_owned();
        }
        if said || changed || ends {
            rules.dedup();
            self.write(at, Some(line.number), what, rules);
        }
    }

    /// Whether a line tells why a running task may stand still: its process was suspended, or the device was locked.
    fn pauses(&self, line: &Line<'_>) -> bool {
        let Some(run) = &self.run else { return false };
        let locks = if let Some(Event::Device(change)) = &line.record.event {
            change.locked.is_some()
        } else {
            false
        };
        run.suspended == Some(line.mark()) || locks && run.kind == Kind::Continued
    }

    /// Time goes on to `at`, from where on this is known.
    pub(super) fn goes_on(&mut self, at: Millis, waiting: Waiting) {
        if let Some(before) = self.now.replace(waiting) {
            self.tally.add(&before, self.since, at);
        }
        self.since = at;
    }

    pub(super) fn write(&mut self, at: Millis, line: Option<u64>, what: String, rules: Vec<String>) {
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

    fn note_submission(&mut self, line: &Line<'_>, submission: &Submission, old: Option<&Request>) {
        let code = match &submission.answer {
            Some(SubmitAnswer::Refused(refusal)) => Some(refusal.code),
            Some(SubmitAnswer::Raised(_)) => None,
            Some(SubmitAnswer::Accepted) | None => return self.note_acceptance(line, submission, old),
        };
        self.deeds.refused = Some(Refused {
            mark: line.mark(),
            called: submission.called,
            code,
            by: line.by.to_vec(),
            request: submission.request.clone(),
            caller: line.record.by.clone(),
            files: line.files.clone(),
            holders: submission.holders.clone(),
            switched_on: None,
            in_front: None,
        });
    }

    fn note_acceptance(&mut self, line: &Line<'_>, submission: &Submission, old: Option<&Request>) {
        let deeds = &mut self.deeds;
        let new = &submission.request;
        deeds.accepted += 1;
        deeds.request = Some(new.clone());
        // The launch may come before the completion of the call (SUB-13): one request, and no second one.
        if self
            .run
            .as_ref()
            .is_some_and(|run| run.began.event > submission.called.event)
        {
            if let Some(run) = &mut self.run {
                run.submitted.get_or_insert(submission.called);
            }
            return;
        }
        deeds.submitted = Some(submission.called);
        deeds.times += 1;
        deeds.first.get_or_insert(line.record.at);
        (deeds.refused, deeds.cancelled, deeds.raised) = (None, None, None);
        (deeds.doubt, deeds.went, deeds.lost, deeds.launched) = (None, None, None, None);
        if let Some(old) = old {
            deeds.replaced.push(Replaced {
                from: old.earliest,
                to: new.earliest,
                was_early: old.earliest.is_some_and(|earliest| earliest > line.record.at),
            });
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
            let mut rules = by.to_vec();
            rules.push("LAU-9".to_owned());
            // On a Mac nothing is refused, and nothing is kept.
            let (may, came_to) = if rules.iter().any(|rule| rule == "CFG-6") {
                ("; on a Mac it may never be pending", "nothing was pending all the same")
            } else {
                (
                    "; it may have been refused without a word",
                    "it was refused all the same, without a word",
                )
            };
            if self.deeds.request.as_ref().is_some_and(is_continued) {
                *what = what.replacen("submitted and accepted", "submitted, and reported as accepted", 1);
            }
            what.push_str(may);
            let text = format!(
                "Its submission at {} reported success, and {came_to} ({}). There was nothing to launch.",
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
        let mark = line.mark();
        let deeds = &mut self.deeds;
        if let Some(refused) = &mut deeds.refused {
            match event {
                Event::Device(change) => match change.background_refresh {
                    Some(BackgroundRefresh::Available) => refused.switched_on = Some(mark),
                    Some(_) => (refused.switched_on, refused.in_front) = (None, None),
                    None => {}
                },
                Event::Foreground(_) | Event::Started(_) if refused.switched_on.is_some() => {
                    refused.in_front.get_or_insert(mark);
                }
                _ => {}
            }
        }
        match event {
            Event::Cancel(of) if of.id == self.id => {
                let is_launched = self.now.as_ref().is_some_and(|now| now.may_be(Standing::Launched));
                deeds.cancelled = (was_there || is_launched).then_some((mark, false));
            }
            Event::DeliveryRaised(raised) if raised.id == self.id => {
                deeds.raised = Some(mark);
                (deeds.doubt, deeds.went) = (None, None);
            }
            Event::CancelAll(_) if was_there => deeds.cancelled = Some((mark, true)),
            Event::Register(register) if register.id == self.id => {
                self.is_bare = register.queue.is_none() && register.through.is_none();
            }
            Event::Grant(of) if of.id == self.id => deeds.granted += 1,
            Event::Launched(launched) if launched.ids.as_ref().is_some_and(|ids| ids.contains(&self.id)) => {
                deeds.launched = Some(mark);
                (deeds.doubt, deeds.went) = (None, None);
            }
            Event::Pending(pending) => {
                deeds.listed |= pending.answer.iter().flatten().any(|request| request.id == self.id);
            }
            Event::Delivered(delivered) if delivered.task.id == self.id => {
                deeds.delivered += 1;
                self.before = self.run.take();
                self.run = Some(Run {
                    submitted: deeds.submitted.take(),
                    network: line.network,
                    is_bare: self.is_bare,
                    ..Run::new(delivered.task.clone(), delivered.kind, mark)
                });
                (deeds.first, deeds.times) = (None, 0);
                (deeds.doubt, deeds.went, deeds.lost, deeds.launched) = (None, None, None, None);
                // It came too late, or was of no use.
                deeds.cancelled = None;
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

    pub(super) fn story(mut self, report: &Report) -> Story {
        let end = self.since;
        self.tally.obstacles.sort_by_key(|obstacle| {
            (
                -(obstacle.in_the_way + obstacle.not_known),
                obstacle.spans.first().map_or(end, |span| span.0),
            )
        });
        for entry in &mut self.entries {
            let here = |finding: &&Finding| Some(self.places.line(finding.event)) == entry.line;
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
            is_named: self.deeds.accepted > 0
                || self.deeds.refused.is_some()
                || self.deeds.unanswered.is_some()
                || self.deeds.listed
                || self.deeds.delivered > 0
                || self.deeds.raised.is_some(),
            submitted: self.deeds.accepted,
            delivered: self.deeds.delivered,
            outstanding: self.tally.outstanding,
            nothing_in_the_way: self.tally.free,
            obstacles: self.tally.obstacles,
            entries: self.entries,
        }
    }
}
