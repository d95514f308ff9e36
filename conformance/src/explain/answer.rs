//! Why did it never run, or what became of its run, and whose doing was it? One answer, made from the whole story.

mod outstanding;
mod ran;

use std::collections::BTreeSet;

use bgspec_model::oracle::explain::Standing;
use bgspec_model::past::Fate;
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::Area;

use super::deeds::Gone;
use super::form::{Answer, Fault, ids};
use super::refused::first_sentence;
use super::run::How;
use super::story::One;
use super::{act, clock};
use crate::info_plist::letters::shown;
use crate::text::humane;

const SUBMIT_AT_EACH_LAUNCH: &str = "submit it again at each launch of the app, if the pending list does not have it";

/// The answer. What was asked for first counts: a breach, then what the app did, then what stood in the way.
pub(super) fn answer(one: &One, report: &Report) -> Answer {
    let answers: [fn(&One, &Report) -> Option<Answer>; 16] = [
        unknown,
        broken_by_scheduler,
        unanswered,
        never_submitted,
        refused,
        cancelled,
        no_handler,
        lost_in_its_launch,
        gone,
        ran::ran,
        outstanding::starved,
        outstanding::mostly_blocked,
        outstanding::free,
        outstanding::not_known,
        outstanding::blocked,
        outstanding::never_started,
    ];
    let answer = answers.into_iter().find_map(|answer| answer(one, report));
    let mut answer = answer.unwrap_or_else(|| {
        if one.now.as_ref().is_some_and(|now| now.may_be(Standing::Launched)) {
            let text = "It was launched when the trace ended, and its handler had not run yet (LAU-2).";
            return say(Fault::Nobody, text.to_owned(), &["LAU-2"]);
        }
        let text = "No request is outstanding any more, and the trace does not show what became of it.";
        say(Fault::NotKnown, text.to_owned(), &[]).and_do(SUBMIT_AT_EACH_LAUNCH)
    });
    if let Some(run) = one.run.as_ref().filter(|_| one.deeds.times > 0) {
        ran::before(one, run, report, &mut answer);
    }
    if let Some(finding) = broken_by_app(one, report) {
        let rules = ids(&finding.rules);
        let is_told = rules.iter().any(|rule| answer.text.contains(rule));
        // Without progress for so long says it already.
        let is_stall = rules.iter().any(|rule| rule == "PRG-1") && answer.rules.iter().any(|rule| rule == "PRG-2");
        if !is_told && !is_stall {
            answer.blame_app(one, finding);
        }
    }
    let mut seen = BTreeSet::new();
    answer.rules.retain(|rule| seen.insert(rule.clone()));
    answer
}

/// A breach of the app that concerns the last request.
fn broken_by_app<'a>(one: &One, report: &'a Report) -> Option<&'a Finding> {
    let run = one.run.as_ref().and_then(|run| run.submitted);
    let refused = one.deeds.refused.as_ref().map(|refused| refused.called);
    let since = refused.or(one.deeds.submitted).or(run).map_or(0, |mark| mark.event);
    let concerns = |finding: &&Finding| finding.party == Party::App && finding.event >= since && one.is_about(finding);
    report.findings.iter().find(concerns)
}

fn say(fault: Fault, text: String, rules: &[&str]) -> Answer {
    Answer {
        fault,
        text,
        rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        to_do: Vec::new(),
    }
}

impl Answer {
    /// It was the app's own doing besides.
    fn blame_app(&mut self, one: &One, finding: &Finding) {
        let sentence = act::sentence(finding, one.places.line(finding.event));
        self.rules.extend(ids(&finding.rules));
        if matches!(self.fault, Fault::Nobody | Fault::NotKnown) && self.rules.iter().all(|rule| rule != "LAU-9") {
            self.fault = Fault::App;
            self.text = format!("{sentence} {}", self.text);
        } else {
            if self.fault != Fault::Ran && self.fault != Fault::Scheduler {
                self.fault = Fault::App;
            }
            self.text = format!("{} {sentence}", self.text).trim_start().to_owned();
        }
        self.first_do(act::about(finding));
    }

    /// What to do before the rest.
    fn first_do(&mut self, what: &str) {
        if !self.to_do.iter().any(|known| known == what) {
            self.to_do.insert(0, what.to_owned());
        }
    }

    fn and_do(mut self, what: impl Into<String>) -> Self {
        self.to_do.push(what.into());
        self
    }
}

fn unknown(one: &One, _: &Report) -> Option<Answer> {
    let gave_up = one.now.as_ref().is_some_and(|now| now.gave_up);
    gave_up.then(|| {
        let text = "It cannot be told: too much is unknown in this trace to follow every possibility.".to_owned();
        say(Fault::NotKnown, text, &[])
    })
}

/// A breach of the scheduler that concerns the last request.
fn broken_by_scheduler(one: &One, report: &Report) -> Option<Answer> {
    if one.deeds.times == 0 && one.deeds.refused.is_none() {
        return None;
    }
    let since = one.run.as_ref().map_or(i64::MIN, |run| run.began.at);
    // What happens to a task that runs says nothing of a request that does not.
    let decides = |finding: &Finding| {
        finding.rules.iter().any(|rule| match rule.id.area {
            Area::Expiration | Area::Completion | Area::Progress | Area::Card | Area::Data => false,
            // The simulated launch.
            Area::Debugging => rule.id.number == 2,
            _ => true,
        })
    };
    let concerns = |finding: &&Finding| {
        finding.party == Party::Scheduler && finding.at > since && one.is_about(finding) && decides(finding)
    };
    let finding = report.findings.iter().find(concerns)?;
    let mut rules = ids(&finding.rules);
    let (rule, at, what) = (rules.join(", "), clock(finding.at), humane(&finding.what));
    let by_app = broken_by_app(one, report).filter(|by_app| by_app.event <= finding.event);
    if let Some(by_app) = by_app {
        // Where one line did both, what the app did there says it, unless it was refused for another reason.
        let text = if by_app.event == finding.event && one.deeds.refused.is_none() {
            String::new()
        } else {
            format!("In line {}, at {at}: {what}.", one.places.line(finding.event))
        };
        let mut answer = say(Fault::App, text, &[]);
        // What the scheduler did wrong then stands below: the request was wrong before.
        answer.blame_app(one, by_app);
        answer.rules.append(&mut rules);
        return Some(answer);
    }
    let is_owed = rules.iter().any(|rule| rule == "LAU-7");
    let text = match one.deeds.submitted.filter(|_| is_owed) {
        Some(mark) => format!(
            "It was submitted in line {}, and nothing stood in the way of its launch: {what}, and it was not. The scheduler \
             broke {rule}.",
            mark.line
        ),
        None => format!("The scheduler broke {rule} at {at}: {what}."),
    };
    rules.dedup();
    let to_do = if is_owed {
        outstanding::OWED
    } else {
        act::about(finding)
    };
    Some(
        Answer {
            fault: Fault::Scheduler,
            text,
            rules,
            to_do: Vec::new(),
        }
        .and_do(to_do),
    )
}

/// It was submitted, and what the call answered is not told.
fn unanswered(one: &One, report: &Report) -> Option<Answer> {
    let mark = one.deeds.unanswered?;
    let never_completed = one.deeds.flight.and_then(|number| {
        let owed = format!("submission {number} had to complete");
        let is_it = |finding: &&Finding| finding.party == Party::Scheduler && finding.what.starts_with(&owed);
        report.findings.iter().find(is_it)
    });
    if let Some(finding) = never_completed {
        let text = format!(
            "It was submitted asynchronously in line {}, and its completion handler was never called, which had to be by {} \
             (SUB-13): whether it was accepted or refused is not known, and it did not run before the trace ended.",
            mark.line,
            clock(finding.at)
        );
        return Some(say(Fault::Scheduler, text, &["SUB-13"]).and_do(act::about(finding)));
    }
    let text = format!(
        "It was submitted in line {}, at {}, and the trace does not tell what the call answered: whether it was accepted \
         or refused is not known, and it did not run before the trace ended (SUB-25).",
        mark.line,
        clock(mark.at)
    );
    Some(say(Fault::NotKnown, text, &["SUB-25"]).and_do("write down what submit answered, or the error that it threw"))
}

fn never_submitted(one: &One, _: &Report) -> Option<Answer> {
    let deeds = &one.deeds;
    let may_be = one.is_there() || deeds.delivered > 0 || deeds.listed || deeds.raised.is_some();
    (deeds.accepted == 0 && deeds.refused.is_none() && !may_be).then(|| {
        let text = "The app never submitted a request for it, and nothing is launched without one (LAU-9).".to_owned();
        say(Fault::App, text, &["LAU-9"]).and_do("submit a request for it, and look at the error that submit throws")
    })
}

/// The last submission was refused, with a word or without.
fn refused(one: &One, report: &Report) -> Option<Answer> {
    let there = one.is_there();
    if let Some(refused) = one.deeds.refused.as_ref().filter(|_| !there && one.deeds.times == 0) {
        let answered = match refused.code {
            Some(code) => format!("was refused with {code}"),
            None => "raised an exception".to_owned(),
        };
        let events = [refused.mark.event, refused.called.event];
        let breaches = events.map(|event| breach_of_app(report, event));
        let blamed = breaches.into_iter().find(|(_, broke)| !broke.is_empty());
        let (blamed, broke) = blamed.unwrap_or((Fault::Nobody, String::new()));
        let line = refused.mark.line;
        let Some(reason) = refused.reason() else {
            let text = format!("Its submission in line {line} {answered}: there was nothing to launch (LAU-9).");
            return Some(say(Fault::Nobody, text, &["LAU-9"]).and_do("submit it again later"));
        };
        let mut rules = reason.rules;
        rules.extend(ids(&refused.by));
        let mut seen = BTreeSet::new();
        rules.retain(|rule| seen.insert(rule.clone()));
        let text = format!(
            "Its submission in line {line} {answered}: {} ({}). There was nothing to launch (LAU-9).{broke}",
            reason.text,
            rules.join(", ")
        );
        rules.push("LAU-9".to_owned());
        return Some(Answer {
            fault: if broke.is_empty() { reason.fault } else { blamed },
            text,
            rules,
            to_do: reason.to_do,
        });
    }
    let now = one.now.as_ref()?;
    let Fate::Unreported(rule) = now.fate else { return None };
    (!there && (one.deeds.delivered == 0 || one.deeds.times > 0)).then(|| {
        let last = one.events.iter().rev().find(|event| {
            let blamed = |finding: &Finding| finding.event == **event && finding.party == Party::App;
            report.findings.iter().any(blamed)
        });
        let (fault, broke) = last.map_or((Fault::Nobody, String::new()), |event| breach_of_app(report, *event));
        let id = rule.id;
        let text = format!(
            "Its submission reported success and was refused all the same, which is allowed (SUB-12), for this reason: \
             {} ({id}). There was nothing to launch (LAU-9).{broke}",
            first_sentence(rule.text)
        );
        say(fault, text, &["SUB-12", &id.to_string(), "LAU-9"])
            .and_do("ask the pending list after submit: what is not there was refused")
    })
}

fn breach_of_app(report: &Report, event: u64) -> (Fault, String) {
    let blamed = |finding: &&Finding| finding.event == event && finding.party == Party::App;
    match report.findings.iter().find(blamed) {
        Some(finding) => (
            Fault::App,
            format!(" The app broke {}.", ids(&finding.rules).join(", ")),
        ),
        None => (Fault::Nobody, String::new()),
    }
}

fn cancelled(one: &One, _: &Report) -> Option<Answer> {
    let (mark, all) = one.deeds.cancelled.filter(|_| !one.is_there())?;
    let (what, rule) = if all {
        ("all its requests", "CAN-2")
    } else {
        ("it", "CAN-1")
    };
    let text = format!(
        "The app cancelled {what} in line {}, at {} ({rule}), before its handler ran.",
        mark.line,
        clock(mark.at)
    );
    Some(
        say(Fault::App, text, &[rule])
            .and_do("do not cancel what is still to run, or submit it again behind the cancel"),
    )
}

/// It went with a boot, an update, a removal, or never was there.
fn gone(one: &One, _: &Report) -> Option<Answer> {
    let Gone { text, rules } = one.deeds.went.as_ref().filter(|_| !one.is_there())?;
    if rules.iter().any(|rule| rule == "CFG-6") {
        let text = format!(
            "{text} The device is a Mac. On a Mac, Apple's staff say, nothing is pending and nothing is ever launched (CFG-6)."
        );
        let to_do = "do the work while the app runs: on a Mac no launch is to be expected";
        return Some(say(Fault::Nobody, text, &["CFG-6"]).and_do(to_do));
    }
    Some(Answer {
        fault: Fault::Nobody,
        text: text.clone(),
        rules: rules.clone(),
        to_do: vec![SUBMIT_AT_EACH_LAUNCH.to_owned()],
    })
}

/// A launch found no handler.
fn no_handler(one: &One, _: &Report) -> Option<Answer> {
    let mark = one.deeds.raised.filter(|_| !one.is_there())?;
    let text = format!(
        "It was launched at {} (line {}), and that process had registered no launch handler for it: the launch raises, \
         ends the process and spends the request (LAU-3). The app registers one in each process for every identifier \
         that may be pending, one of an older version too (CFG-9).",
        clock(mark.at),
        mark.line
    );
    Some(say(Fault::App, text, &["LAU-3", "CFG-9"]).and_do(format!(
        "{}; or cancel {} there, where it is not used any more",
        act::REGISTER,
        shown(one.id.as_str())
    )))
}

/// It was launched, and its process died before the task was delivered.
fn lost_in_its_launch(one: &One, _: &Report) -> Option<Answer> {
    let death = one.deeds.lost.as_ref().filter(|_| !one.is_there())?;
    let launched = one.deeds.launched.map_or_else(String::new, |mark| {
        format!(" at {} (line {})", clock(mark.at), mark.line)
    });
    let text = format!(
        "It was launched{launched}, and its process died before the task could be delivered: {} at {} (line {}). A \
         launched request is spent (LAU-2), and is not restored (LIF-7).",
        death.how.words(),
        clock(death.mark.at),
        death.mark.line
    );
    let (fault, to_do) = match death.how {
        How::Crash(_) => (
            Fault::App,
            "mend the crash while launching; see the crash report of that launch",
        ),
        How::Killed(_) => (Fault::App, "let the app finish launching quickly in the background"),
        How::ForceQuit => (Fault::Person, SUBMIT_AT_EACH_LAUNCH),
        How::Memory | How::Reboot | How::Update | How::Removal => (Fault::Nobody, SUBMIT_AT_EACH_LAUNCH),
    };
    let answer = say(fault, text, &["LAU-2", "LIF-7"]).and_do(to_do);
    Some(if to_do == SUBMIT_AT_EACH_LAUNCH {
        answer
    } else {
        answer.and_do(SUBMIT_AT_EACH_LAUNCH)
    })
}
