//! A request that ran, and no other was left behind: how its run ended.

use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{KillCause, Kind};

use super::{SUBMIT_AT_EACH_LAUNCH, say};
use crate::explain::clock;
use crate::explain::form::{Answer, Fault, ids};
use crate::explain::run::{Death, How, Run};
use crate::explain::story::One;
use crate::text::{humane, roughly, time};

const AGAIN: &str = "submit the next request at the start of the handler, where it is to run again (LIF-10)";
const COMPLETE: &str = "complete the task in its expiration handler at once";
const PROGRESS: &str =
    "report progress more often: completedUnitCount has to rise well within 30 s, in bytes and not in files";

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
    // A breach about the task says more than how it ended.
    let of_run = |finding: &&Finding| {
        let of_task = finding.about.task.as_ref() == Some(&run.task);
        finding.at >= run.began.at
            && run.expired.is_none_or(|mark| mark.event != finding.event)
            && (of_task || finding.party == Party::Device && within(run, finding))
    };
    if let Some(finding) = report.findings.iter().find(of_run) {
        let rules = ids(&finding.rules);
        let what = humane(&finding.what);
        answer.text.push_str(&format!(
            " The {} broke {} in line {}: {what}.",
            finding.party,
            rules.join(", "),
            one.places.line(finding.event),
        ));
        answer.rules.extend(rules);
        answer.fault = match finding.party {
            Party::App => Fault::App,
            Party::Device => Fault::Device,
            _ => Fault::Scheduler,
        };
        if ids(&finding.rules).iter().any(|rule| rule == "PRG-1") && !answer.to_do.iter().any(|what| what == PROGRESS) {
            answer.to_do.insert(0, PROGRESS.to_owned());
        }
    }
    Some(answer)
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
                "{began}, and the app completed it as a success after {}. One request is one launch (LAU-2), and no \
                 other was submitted since.",
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

/// The task was taken away.
fn expired(run: &Run, report: &Report) -> Answer {
    let mark = run.expired.unwrap_or(run.began);
    let after = time(mark.at - run.began.at);
    let at = format!("{after} after its delivery, in line {}", mark.line);
    let blamed = |finding: &&Finding| finding.event == mark.event && finding.party == Party::Scheduler;
    let breach = report.findings.iter().find(blamed);
    let stood = mark.at - run.progressed;
    let (fault, why, rules, to_do): (Fault, String, Vec<String>, Option<&str>) = if let Some(finding) = breach {
        let rules = ids(&finding.rules);
        let text = format!("taken away {at}, though nothing allowed it then ({})", rules.join(", "));
        (Fault::Scheduler, text, rules, None)
    } else if let Some(stop) = run.stopped {
        let text = format!("stopped by the person on its card in line {} (UIX-3)", stop.line);
        (Fault::Person, text, vec!["UIX-3".to_owned()], None)
    } else if let Some(cancel) = run.cancelled {
        let text = format!("ended by the app's own cancel in line {} (CAN-4)", cancel.line);
        (
            Fault::App,
            text,
            vec!["CAN-4".to_owned()],
            Some("do not cancel the identifier of a task that runs"),
        )
    } else if let Some(simulated) = run.simulated {
        let text = format!("expired by the debugger in line {} (DBG-3)", simulated.line);
        (Fault::Nobody, text, vec!["DBG-3".to_owned()], None)
    } else if run.kind == Kind::Continued {
        let text = format!("taken away {at}, after {} without progress (PRG-2)", roughly(stood));
        let fault = if stood >= 20_000 { Fault::App } else { Fault::Nobody };
        (fault, text, vec!["PRG-2".to_owned()], Some(PROGRESS))
    } else {
        let (budget, advice) = if run.kind == Kind::Refresh {
            (
                "EXP-1",
                "do less in a refresh: it has seconds; move long work to a processing request",
            )
        } else {
            ("EXP-2", "save the work as it goes, and go on at the next launch")
        };
        let text = format!("taken away {at}: its time was over, and no time is promised ({budget}, EXP-4)");
        (
            Fault::Nobody,
            text,
            vec![budget.to_owned(), "EXP-4".to_owned()],
            Some(advice),
        )
    };
    let then = match run.completed {
        Some((done, success)) => format!(
            " The app completed it as a {} {} later.",
            if success { "success" } else { "failure" },
            time(done.at - mark.at)
        ),
        None if run.by_system => " The app did not complete it, and the system did (EXP-5).".to_owned(),
        None => " The app did not complete it (CMP-1).".to_owned(),
    };
    let mut answer = say(fault, format!("It ran, and was {why}.{then}"), &[]);
    answer.rules = rules;
    if run.completed.is_none() && !run.by_system {
        answer.rules.push("CMP-1".to_owned());
        answer = answer.and_do(COMPLETE);
    }
    match to_do {
        Some(to_do) => answer.and_do(to_do),
        None => answer,
    }
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
    let (fault, to_do): (Fault, Vec<&str>) = match &death.how {
        How::Crash(_) if run.is_bare && at_once => {
            text.push_str(
                " Its handler was registered without a queue, so that it is called on a background queue of the \
                 scheduler's (REG-9): a handler that is confined to the main actor traps there at once (REG-13).",
            );
            rules.extend(["REG-9", "REG-13"]);
            let queue = "register it with a queue of its own, or make the handler `@Sendable` and not confined to the \
                         main actor";
            (Fault::App, vec![queue, SUBMIT_AT_EACH_LAUNCH])
        }
        How::Crash(_) => (Fault::App, vec!["see the crash report", SUBMIT_AT_EACH_LAUNCH]),
        How::Killed(KillCause::Time) => {
            rules.push("CMP-1");
            text.push_str(" A task that is not completed in its time is killed (CMP-1, CMP-7).");
            (Fault::App, vec![COMPLETE])
        }
        How::Killed(KillCause::Cpu) => (Fault::App, vec!["use less CPU in the background"]),
        How::Killed(_) | How::Memory | How::Reboot | How::Update | How::Removal => {
            (Fault::Nobody, vec![SUBMIT_AT_EACH_LAUNCH, "save the work as it goes"])
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
            (Fault::Person, vec![SUBMIT_AT_EACH_LAUNCH])
        }
    };
    let mut answer = say(fault, text, &rules);
    answer.to_do = to_do.into_iter().map(ToOwned::to_owned).collect();
    answer
}
