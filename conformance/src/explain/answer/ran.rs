//! A request that ran, and no other was left behind: how its run ended.

use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Area, KillCause, Kind, Millis};

use super::{SUBMIT_AT_EACH_LAUNCH, say};
use crate::explain::form::{Answer, Fault, ids};
use crate::explain::refused::first_sentence;
use crate::explain::run::{Death, How, Run};
use crate::explain::story::One;
use crate::explain::{act, clock, narrate};
use crate::text::{humane, roughly, time};

const AGAIN: &str = "submit the next request at the start of the handler, where it is to run again (LIF-10)";

const ONE_LAUNCH: &str = " One request is one launch (LAU-2), and no other was submitted since.";

/// It did run, and no request was left behind.
pub(super) fn ran(one: &One, report: &Report) -> Option<Answer> {
    let run = one.run.as_ref().filter(|_| !one.is_there() && one.deeds.times == 0)?;
    let mut answer = ended(run, report);
    let request = one.deeds.request.as_ref();
    if let (Some(request), Some(false), Fault::Ran) = (request, run.network, answer.fault)
        && !request.network
        && run.kind != Kind::Continued
    {
        let power = if request.power { "external power and not " } else { "" };
        answer.text.push_str(&format!(
            " There was no network then: the app asked for {power}{}the network, so that none was waited for (CON-14).",
            if request.power { "" } else { "nothing, and so not for " }
        ));
        answer.rules.push("CON-14".to_owned());
        answer.fault = Fault::App;
        answer.to_do.insert(
            0,
            "ask for it: requiresNetworkConnectivity of a processing request".to_owned(),
        );
        return Some(answer);
    }
    if let Some(before) = &one.before {
        run_before(before, report, &mut answer);
    }
    let is_stall = |finding: &Finding| ids(&finding.rules).contains(&"PRG-1".to_owned());
    let is_told = answer.rules.iter().any(|rule| rule == "PRG-2");
    if let Some(finding) = broken(one, run, report).filter(|finding| !(is_told && is_stall(finding))) {
        answer.text = answer.text.replace(ONE_LAUNCH, "");
        blame(&mut answer, one, finding);
    }
    Some(answer)
}

/// The run before this one expired by the app's doing: how, and what to do about that.
fn run_before(before: &Run, report: &Report, answer: &mut Answer) {
    if before.expired.is_none() {
        return;
    }
    let cause = cause(before, report);
    if cause.fault != Fault::App {
        return;
    }
    answer.text.push_str(&format!(
        " The run before it, {}, was {}: that was the app's doing.",
        before.task, cause.text
    ));
    answer.rules.extend(cause.rules);
    answer.to_do.extend(cause.to_do.map(ToOwned::to_owned));
}

/// A breach about the run says more than how it ended: about its task, or about its launch.
fn broken<'a>(one: &One, run: &Run, report: &'a Report) -> Option<&'a Finding> {
    let since = run.submitted.map_or(0, |mark| mark.event);
    let until = run.end().map_or(u64::MAX, |mark| mark.event);
    let of_run = |finding: &&Finding| {
        let of_task = finding.about.task.as_ref() == Some(&run.task);
        let of_device = finding.party == Party::Device && within(run, finding);
        // The process was killed where that was not allowed.
        let ends = run
            .death
            .as_ref()
            .is_some_and(|death| death.mark.event == finding.event);
        let of_death = finding.party == Party::Scheduler && ends;
        let of_launch = finding.party == Party::Scheduler
            && one.is_about(finding)
            && (since..=until).contains(&finding.event)
            && finding.rules.iter().any(|rule| launches(rule.id.area));
        let is_its_end = run.expired.is_some_and(|mark| mark.event == finding.event);
        !is_its_end && (finding.at >= run.began.at && (of_task || of_device || of_death) || of_launch)
    };
    report.findings.iter().find(of_run)
}

/// Whether rules of an area say what is launched.
fn launches(area: Area) -> bool {
    matches!(
        area,
        Area::Launch | Area::Conditions | Area::Identifiers | Area::Configuration | Area::Resources | Area::Life
    )
}

fn blame(answer: &mut Answer, one: &One, finding: &Finding) {
    let rules = ids(&finding.rules);
    answer.text.push_str(&format!(
        " The {} broke {} in line {}: {}.",
        finding.party,
        rules.join(", "),
        one.places.line(finding.event),
        humane(&finding.what)
    ));
    if let Some(rule) = act::plainest(finding).filter(|_| finding.party == Party::Scheduler) {
        answer
            .text
            .push_str(&format!(" {}: {}.", rule.id, first_sentence(rule.text)));
    }
    answer.rules.extend(rules);
    answer.fault = match finding.party {
        Party::App => Fault::App,
        Party::Device => Fault::Device,
        _ => Fault::Scheduler,
    };
    answer.first_do(act::about(finding));
}

/// It ran before, and was submitted again: how that run ended comes first.
pub(super) fn before(one: &One, run: &Run, report: &Report, answer: &mut Answer) {
    let at = clock(run.began.at);
    let waits = std::mem::take(&mut answer.text);
    let is_open = answer.fault == Fault::Nobody;
    answer.text = if run.expired.is_some() {
        let cause = cause(run, report);
        answer.rules.extend(cause.rules);
        if let (true, Some(to_do)) = (is_open, &cause.to_do) {
            answer.first_do(to_do);
        }
        format!("It last ran at {at}, and was {}. It was submitted again.", cause.text)
    } else {
        format!("It last ran at {at}, and was submitted again.")
    };
    if let Some(finding) = broken(one, run, report).filter(|_| is_open) {
        blame(answer, one, finding);
    }
    answer.text.push(' ');
    answer.text.push_str(&waits);
}

/// Whether a finding falls into the time of the run.
fn within(run: &Run, finding: &Finding) -> bool {
    let death = run.death.as_ref().map(|death| death.mark);
    let end = run.completed.map(|(mark, _)| mark).or(death);
    end.is_none_or(|end| finding.at <= end.at)
}

fn ended(run: &Run, report: &Report) -> Answer {
    let began = format!(
        "It ran: its handler was called at {} (line {})",
        clock(run.began.at),
        run.began.line
    );
    if let Some(death) = &run.death {
        return died(run, death);
    }
    if run.expired.is_some() {
        return expired(run, report);
    }
    match run.completed {
        Some((mark, true)) => {
            let text = format!(
                "{began}, and the app completed it as a success after {}.{ONE_LAUNCH}",
                time(mark.at - run.began.at)
            );
            let answer = say(Fault::Ran, text, &["LAU-2"]);
            if run.kind == Kind::Continued {
                answer
            } else {
                answer.and_do(AGAIN)
            }
        }
        Some((mark, false)) => {
            let text = format!(
                "{began}, and the app completed it as a failure after {} (line {}). A failure is not run again unless it \
                 is submitted again (CMP-4).",
                time(mark.at - run.began.at),
                mark.line
            );
            say(Fault::Ran, text, &["CMP-4"]).and_do("submit it again where the work is to be tried again")
        }
        None => {
            let text = format!("{began}, and its task was still running when the trace ended.");
            say(Fault::Ran, text, &["LAU-2"])
        }
    }
}

/// The task expired.
fn expired(run: &Run, report: &Report) -> Answer {
    let mark = run.expired.unwrap_or(run.began);
    let cause = cause(run, report);
    let then = match run.completed {
        Some((done, success)) => format!(
            " The app completed it as a {} {} later.",
            if success { "success" } else { "failure" },
            time(done.at - mark.at)
        ),
        None if run.by_system => " The app did not complete it, and the system did (EXP-5).".to_owned(),
        None => " The app did not complete it (CMP-1).".to_owned(),
    };
    let mut answer = say(cause.fault, format!("It ran, and was {}.{then}", cause.text), &[]);
    answer.rules = cause.rules;
    if run.completed.is_none() && !run.by_system {
        answer.rules.push("CMP-1".to_owned());
        answer = answer.and_do(act::COMPLETE);
    }
    match cause.to_do {
        Some(to_do) => answer.and_do(to_do),
        None => answer,
    }
}

/// Why a task expired.
struct Cause {
    fault: Fault,
    /// Behind "it was".
    text: String,
    rules: Vec<String>,
    to_do: Option<&'static str>,
}

fn cause(run: &Run, report: &Report) -> Cause {
    let mark = run.expired.unwrap_or(run.began);
    let at = format!(
        "{} after its delivery, in line {}",
        time(mark.at - run.began.at),
        mark.line
    );
    let say = |fault, text: String, rules: &[&str], to_do| Cause {
        fault,
        text,
        rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        to_do,
    };
    let blamed = |finding: &&Finding| finding.event == mark.event && finding.party == Party::Scheduler;
    if let Some(finding) = report.findings.iter().find(blamed) {
        let rules = ids(&finding.rules);
        return Cause {
            fault: Fault::Scheduler,
            text: format!(
                "expired by the system {at}, though nothing allowed it then ({})",
                rules.join(", ")
            ),
            rules,
            to_do: Some(act::about(finding)),
        };
    }
    if let Some(stop) = run.stopped {
        let text = format!("stopped by the person on its card in line {} (UIX-3)", stop.line);
        return say(Fault::Person, text, &["UIX-3"], Some(STOPPED));
    }
    if let Some(cancel) = run.cancelled {
        let text = format!("ended by the app's own cancel in line {} (CAN-4)", cancel.line);
        let to_do = "do not cancel the identifier of a task that runs";
        return say(Fault::App, text, &["CAN-4"], Some(to_do));
    }
    if let Some(simulated) = run.simulated {
        let text = format!("expired by the debugger in line {} (DBG-3)", simulated.line);
        return say(Fault::Nobody, text, &["DBG-3"], Some(SIMULATED));
    }
    match run.kind {
        Kind::Continued => stalled(run, report, &at, mark.at - run.progressed),
        Kind::Refresh => {
            let text = format!("expired by the system {at}: its time was over, and no time is promised (EXP-1, EXP-4)");
            let to_do = "do less in a refresh: it has seconds; move long work to a processing request";
            say(Fault::Nobody, text, &["EXP-1", "EXP-4"], Some(to_do))
        }
        Kind::Processing | Kind::HealthResearch => {
            let text = format!("expired by the system {at}: its time was over, and no time is promised (EXP-2, EXP-4)");
            let to_do = "save the work as it goes, and go on at the next launch";
            say(Fault::Nobody, text, &["EXP-2", "EXP-4"], Some(to_do))
        }
    }
}

/// So long without progress is a stall, where nothing else is known.
const STALL: Millis = 20_000;
const IN_FRONT_AGAIN: &str = "submit it again at each launch of the app, once the app is in the foreground and if the \
                              pending list does not have it";
const STOPPED: &str = "nothing in the app: the person wanted it so; submit it again when the person asks for it";
const SIMULATED: &str = "nothing: this is what the debugger is for";
const SAVE: &str = "save the work as it goes, and submit it again: it may expire at any time";

/// Why a continued task expired after it stood for so long.
fn stalled(run: &Run, report: &Report, at: &str, stood: Millis) -> Cause {
    let by = |rule: &str| run.expired_by.iter().any(|by| by == rule);
    let say = |fault, text: String, rules: &[&str], to_do| Cause {
        fault,
        text,
        rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        to_do: Some(to_do),
    };
    if let (Some(ignored), true) = (run.ignored, by("PRG-7")) {
        let text = format!(
            "expired by the system {at}, after the person left the question whether to go on unanswered in line {} (PRG-7)",
            ignored.line
        );
        let to_do = "let progress rise faster: the system asks where it is slower than expected";
        return say(Fault::Person, text, &["PRG-7"], to_do);
    }
    let stood_for = format!(
        "expired by the system {at}, after {} without progress (PRG-2)",
        roughly(stood)
    );
    if let Some(suspended) = run.suspended.filter(|_| stood >= STALL) {
        let allowed = match run.suspended_by.as_slice() {
            [] => String::new(),
            rules => format!(" ({})", rules.join(", ")),
        };
        let mut text = format!(
            "{stood_for}: its process was suspended in line {}{allowed}, so that it could not report any",
            suspended.line
        );
        let mut rules = vec!["PRG-2".to_owned()];
        rules.extend(run.suspended_by.clone());
        let mut fault = Fault::Nobody;
        if let Some(finding) = report.findings.iter().find(|finding| finding.event == suspended.event) {
            rules.extend(ids(&finding.rules));
            text.push_str(&format!(", and that broke {}", ids(&finding.rules).join(", ")));
            fault = Fault::Scheduler;
        } else if let Some(locked) = run.suspended_locked {
            text.push_str(&format!(
                ". The system did that while the device was locked ({}): the documents are silent about it, and \
                 one report tells the same (PRG-9)",
                narrate::since(locked)
            ));
            rules.push("PRG-9".to_owned());
        }
        return Cause {
            fault,
            text,
            rules,
            to_do: Some(
                "report progress as soon as the app runs again, and do not count on running on while locked (PRG-9)",
            ),
        };
    }
    if run.pressed && !by("PRG-2") {
        let text = format!(
            "expired by the system {at}: the device was under pressure, and then a task may end at any time (EXP-4)"
        );
        return say(Fault::Nobody, text, &["EXP-4"], SAVE);
    }
    if stood >= STALL {
        let mut text = stood_for.replace("(PRG-2)", "(PRG-2: about 30 s may be enough)");
        let mut rules = vec!["PRG-2"];
        if run.idle_reports > 0 {
            let reports = match run.idle_reports {
                1 => "the one report".to_owned(),
                several => format!("the {several} reports"),
            };
            let (why, by): (&str, &[&str]) = if run.idle_child == run.idle_reports {
                (
                    ": they told child progress alone, which was reported as not counting (PRG-5)",
                    &["PRG-5"],
                )
            } else if run.idle_counts == run.idle_reports {
                (
                    " above what it had been, and the same count again is no progress (PRG-4)",
                    &["PRG-4"],
                )
            } else {
                (" above what it had been (PRG-4, PRG-5)", &["PRG-4", "PRG-5"])
            };
            text.push_str(&format!(
                "; {reports} in that time did not raise completedUnitCount{why}"
            ));
            rules.extend(by);
        }
        let to_do = if run.idle_reports > 0 {
            act::COUNT
        } else {
            act::PROGRESS
        };
        return say(Fault::App, text, &rules, to_do);
    }
    let text = format!(
        "expired by the system {at}, though its last progress was {} old: where the device is not told to be calm it may be under \
         pressure, and then a task may end at any time (EXP-4)",
        roughly(stood)
    );
    say(Fault::NotKnown, text, &["EXP-4"], SAVE)
}

/// Its process died with the task open.
fn died(run: &Run, death: &Death) -> Answer {
    let after = time(death.mark.at - run.began.at);
    let mut text = format!(
        "It ran, and its process died {after} after its delivery with the task open: {} (line {}). The request is spent \
         with it, and is not restored (LIF-7).",
        death.how.words(),
        death.mark.line
    );
    let mut rules = vec!["LIF-7"];
    // So soon after its delivery, the work has hardly begun.
    let at_once = death.mark.at - run.began.at <= 1000;
    let again = if run.kind == Kind::Continued {
        IN_FRONT_AGAIN
    } else {
        SUBMIT_AT_EACH_LAUNCH
    };
    let (fault, to_do): (Fault, Vec<&str>) = match &death.how {
        How::Crash(_) if run.is_bare && at_once => {
            text.push_str(
                " Its handler was registered without a queue, so that it is called on a background queue of the \
                 scheduler's (REG-9): a handler that is confined to the main actor traps there at once (REG-13).",
            );
            rules.extend(["REG-9", "REG-13"]);
            let queue = "register it with a queue of its own, or make the handler `@Sendable` and not confined to the \
                         main actor";
            (Fault::App, vec![queue, again])
        }
        How::Crash(_) => (Fault::App, vec!["see the crash report", again]),
        How::Killed(KillCause::Time) => {
            rules.push("CMP-1");
            text.push_str(" A task that is not completed in its time is killed (CMP-1, CMP-7).");
            (Fault::App, vec![act::COMPLETE])
        }
        How::Killed(KillCause::Cpu) => (Fault::App, vec!["use less CPU in the background"]),
        How::Memory => (
            Fault::Nobody,
            vec![again, "save the work as it goes, and use less memory while it runs"],
        ),
        How::Killed(_) | How::Reboot | How::Update | How::Removal => {
            (Fault::Nobody, vec![again, "save the work as it goes"])
        }
        How::ForceQuit => {
            if run.kind == Kind::Continued {
                rules.push("LIF-8");
                text.push_str(
                    " Closing the app ends its continued tasks (LIF-8); a failed card may stay until the person clears \
                     it (UIX-5), beside the card of the next task.",
                );
                rules.push("UIX-5");
            }
            (Fault::Person, vec![again])
        }
    };
    let mut answer = say(fault, text, &rules);
    answer.to_do = to_do.into_iter().map(ToOwned::to_owned).collect();
    answer
}
