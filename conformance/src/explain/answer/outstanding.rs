//! Why a request that was outstanding to the end was not launched.

use bgspec_model::oracle::explain::{Standing, Waiting};
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Kind, Request, Strategy};

use super::{SUBMIT_AT_EACH_LAUNCH, say};
use crate::explain::deeds::Replaced;
use crate::explain::form::{Answer, Fault, Obstacle, asks_for, ids, owed_by};
use crate::explain::story::One;
use crate::explain::{act, clock};
use crate::text::{humane, roughly};

/// What an app does about a continued request that is owed and does not come.
pub(super) const OWED: &str = "begin the work at once and attach the task when it comes (LAU-8); submit it again with the \
                               next tap";
const SIMULATE: &str = "nothing in the app: do the work at the next visit too, since no launch is promised; a debugger's \
                        simulated launch shows whether the handler works";

const NO_PROMISE: &str = "do the work at the next visit too; that a debugger's simulated launch works says nothing of when \
                          the system launches";

/// Each submission moved the earliest begin date on before it had come.
pub(super) fn starved(one: &One, report: &Report) -> Option<Answer> {
    let deeds = &one.deeds;
    let moved = |replaced: &&Replaced| replaced.was_early && replaced.to > replaced.from;
    let moves: Vec<_> = deeds.replaced.iter().filter(moved).collect();
    let waited = one.tally.obstacles.iter().find(|obstacle| obstacle.rule == "CON-1")?;
    let known = deeds.replaced.iter().filter(|replaced| replaced.from.is_some()).count();
    if moves.is_empty() || moves.len() != known || 2 * waited.in_the_way < one.tally.outstanding {
        return None;
    }
    let dates = moves
        .first()?
        .from
        .into_iter()
        .chain(moves.iter().filter_map(|moved| moved.to));
    let dates: Vec<_> = dates.map(clock).collect();
    let is_advised = report
        .advice
        .iter()
        .any(|finding| one.is_about(finding) && ids(&finding.rules).contains(&"LIF-10".into()));
    let text = format!(
        "The app submitted it {} times, and each submission replaced the request before (SUB-4) and moved its earliest \
         begin date on before it had come: {}. Before that date nothing is launched (CON-1).",
        deeds.times,
        dates.join(", ")
    );
    let mut rules = vec!["SUB-4", "CON-1"];
    let mut to_do = "ask the pending list first, and submit only what is not there".to_owned();
    if is_advised {
        to_do.push_str(" (LIF-10)");
        rules.push("LIF-10");
    }
    Some(say(Fault::App, text, &rules).and_do(to_do))
}

/// Every condition held, and it was not launched.
pub(super) fn free(one: &One, report: &Report) -> Option<Answer> {
    let first = one.tally.first_free.filter(|_| one.is_there())?;
    let mut text = format!(
        "Every condition of its launch held from {} on, for {} in all.",
        clock(first),
        roughly(one.tally.free)
    );
    if one.driven && one.deeds.granted == 0 {
        text.push_str(" The runner decides here about launches, and never granted one (LAU-10).");
        return Some(say(Fault::Nobody, text, &["LAU-10"]).and_do("let the runner grant it"));
    }
    let waits = |now: &Waiting| {
        now.request
            .as_ref()
            .is_some_and(|request| request.kind == Kind::Continued)
    };
    let may_be_gone = |now: &Waiting| waits(now) && now.may_be(Standing::Absent);
    let doubt = one
        .deeds
        .doubt
        .as_ref()
        .filter(|_| one.now.as_ref().is_some_and(may_be_gone));
    if let Some(doubt) = doubt {
        let names = |rule: &str| doubt.rules.iter().any(|other| other == rule);
        if names("LIF-15") {
            text.push_str(
                " Its process ended while it waited: the duty to start it was over with that (LAU-7), and whether it \
                 outlived the process, no source says (LIF-15).",
            );
            return Some(say(Fault::Nobody, text, &["LIF-15", "LAU-7"]).and_do(SUBMIT_AT_EACH_LAUNCH));
        }
        if names("IDN-11") {
            text.push_str(
                " Its identifier does not begin with the app's bundle identifier, and continued processing under such a one \
                 may be accepted and never run (IDN-11).",
            );
            return Some(
                say(Fault::App, text, &["IDN-11"])
                    .and_do("let its identifier begin with the bundle identifier and a dot"),
            );
        }
    }
    Some(not_owed(one, report, text))
}

/// Nothing stood in the way: whether a launch was owed then.
fn not_owed(one: &One, report: &Report, mut text: String) -> Answer {
    let now = one
        .now
        .as_ref()
        .and_then(|now| now.request.as_ref())
        .or(one.deeds.request.as_ref());
    if owed_by(now) != "LAU-7" {
        text.push_str(" A launch is never owed: the scheduler may wait as long as it likes (CON-12).");
        return say(Fault::Nobody, text, &["CON-12"]).and_do(SIMULATE);
    }
    let open = report.open.iter().find(|open| open.starts_with(one.id.as_str()));
    match open {
        Some(open) => text.push_str(&format!(
            " Its launch is owed (LAU-7), and was not due when the trace ended: {}.",
            humane(open)
        )),
        None if now.is_some_and(|request| request.strategy == Strategy::Queue) => {
            text.push_str(
                " Under the strategy `queue` it may wait for room (SUB-19): a launch is owed only where it is known how much \
                 room there is, and only while the app is in the foreground (LAU-7).",
            );
            return say(Fault::Nobody, text, &["SUB-19", "LAU-7"]).and_do(OWED);
        }
        None => text.push_str(
            " Its launch is owed only while the app is in the foreground, and in the field one in several is accepted \
             and never delivered (LAU-7).",
        ),
    }
    say(Fault::Nobody, text, &["LAU-7"]).and_do(OWED)
}

/// Continued work that does not wait was accepted, and did not start while it could.
pub(super) fn never_started(one: &One, _: &Report) -> Option<Answer> {
    let waits_not = |request: &&Request| request.kind == Kind::Continued && request.strategy == Strategy::Fail;
    one.deeds.request.as_ref().filter(waits_not)?;
    let text = "It was accepted under the strategy `fail`, which never waits (SUB-18), and was not delivered within the time \
                in which that is owed (LAU-7): it is not outstanding any more. The system may have refused it and reported \
                success all the same (SUB-12), and in the field one in several is accepted and never delivered.";
    Some(say(Fault::Nobody, text.to_owned(), &["LAU-7", "SUB-18", "SUB-12"]).and_do(OWED))
}

/// Every condition held for a small part of the time: what stood in the way for the rest comes first.
pub(super) fn mostly_blocked(one: &One, report: &Report) -> Option<Answer> {
    let tally = &one.tally;
    if tally.free == 0 || 2 * tally.free >= tally.outstanding || tally.obstacles.iter().all(|each| each.in_the_way == 0)
    {
        return None;
    }
    let mut answer = blocked(one, report)?;
    answer.text.push_str(&format!(
        " Every condition held for {} in all, and a launch is not owed then (CON-12).",
        roughly(tally.free)
    ));
    answer.rules.push("CON-12".to_owned());
    Some(answer)
}

/// Nothing surely stood in the way for a time, and something may have.
pub(super) fn not_known(one: &One, report: &Report) -> Option<Answer> {
    let length = one.tally.not_known;
    if length == 0 || !one.is_there() {
        return None;
    }
    let doubted = one.tally.obstacles.iter().filter(|obstacle| obstacle.not_known > 0);
    let mut rules: Vec<String> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for obstacle in doubted {
        rules.push(obstacle.rule.clone());
        let new: Vec<_> = obstacle
            .open
            .iter()
            .filter(|what| !open.contains(what))
            .cloned()
            .collect();
        open.extend(new);
    }
    if rules.is_empty() {
        return Some(vague(report));
    }
    let open = if open.is_empty() {
        "enough of the time before it".to_owned()
    } else {
        listed(&open)
    };
    let text = format!(
        "It was not launched, and why cannot be told: for {} nothing is known to have stood in the way, but {open} is not \
         told ({}). Even where every condition holds, the system promises no launch (CON-12).",
        roughly(length),
        rules.join(", ")
    );
    let to_do = format!("write down {open}, in the recording");
    rules.push("CON-12".to_owned());
    let mut to_do = vec![to_do];
    if owed_by(one.deeds.request.as_ref()) != "LAU-7" {
        to_do.push(NO_PROMISE.to_owned());
    }
    Some(Answer {
        fault: Fault::NotKnown,
        text,
        rules,
        to_do,
    })
}

/// Nothing is certain of the request any more: an answer broke a rule, or lines are missing.
fn vague(report: &Report) -> Answer {
    let by_scheduler = |finding: &&Finding| finding.party == Party::Scheduler;
    let Some(finding) = report.findings.iter().rfind(by_scheduler) else {
        let text = "It cannot be told: lines may be missing, and what is outstanding since then is not certain.";
        return say(Fault::NotKnown, text.to_owned(), &[]).and_do(SUBMIT_AT_EACH_LAUNCH);
    };
    let rules = ids(&finding.rules);
    let text = format!(
        "The scheduler broke {} at {}: {}. What became of the request is not certain since.",
        rules.join(", "),
        clock(finding.at),
        humane(&finding.what)
    );
    Answer {
        fault: Fault::Scheduler,
        text,
        rules,
        to_do: vec![act::about(finding).to_owned()],
    }
}

/// At no time did every condition hold.
pub(super) fn blocked(one: &One, _: &Report) -> Option<Answer> {
    if !one.is_there() {
        return None;
    }
    let mut obstacles: Vec<_> = one
        .tally
        .obstacles
        .iter()
        .filter(|obstacle| obstacle.in_the_way > 0)
        .collect();
    let whole: Vec<_> = obstacles
        .iter()
        .copied()
        .filter(|obstacle| obstacle.in_the_way == one.tally.outstanding)
        .collect();
    if let (false, Some(request)) = (whole.is_empty(), &one.deeds.request) {
        return Some(always(one, request, &whole));
    }
    if obstacles.is_empty() {
        let text = "The trace ends before any time has passed in which it is known to wait, so that nothing can be said to \
                    stand in its way.";
        return Some(say(Fault::NotKnown, text.to_owned(), &[]));
    }
    // What stood in the way longest comes first.
    obstacles.sort_by_key(|obstacle| std::cmp::Reverse(obstacle.in_the_way));
    let names: Vec<_> = obstacles
        .iter()
        .map(|obstacle| {
            format!(
                "{}, for {} ({})",
                obstacle.obstacle,
                roughly(obstacle.in_the_way),
                obstacle.rule
            )
        })
        .collect();
    let rules: Vec<_> = obstacles.iter().map(|obstacle| obstacle.rule.clone()).collect();
    let text = format!(
        "Of the {} that it waited, this is known to have stood in the way, the longest first: {}.",
        roughly(one.tally.outstanding),
        names.join("; ")
    );
    let first = rules.first().map_or("", String::as_str);
    let fault = if is_persons(first) {
        Fault::Person
    } else {
        Fault::Nobody
    };
    let to_do = about(first);
    Some(Answer {
        fault,
        text,
        rules,
        to_do: to_do.map(ToOwned::to_owned).into_iter().collect(),
    })
}

/// Whether it is the person who ends it.
fn is_persons(rule: &str) -> bool {
    matches!(rule, "CON-6" | "CON-9" | "CON-10")
}

/// What an app does about a condition that does not hold.
fn about(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "CON-1" => "ask for an earlier begin date, or wait for it",
        "CON-2" => "ask for external power only where the work needs it",
        "CON-3" => "ask for the network only where the work needs it",
        "CON-4" => "nothing in the app: processing is for the time in which nobody uses the device",
        "CON-5" => "nothing in the app: it waits until the device is unlocked for the first time",
        "CON-6" => "look at backgroundRefreshStatus, and tell the person that Background App Refresh is off",
        "CON-7" => "nothing in the app: it waits until Low Power Mode is off",
        "CON-8" => "nothing in the app: a launch comes when the app is in the background",
        "CON-9" | "CON-10" => {
            "nothing helps before that: it waits until the person opens the app; submit again at each launch, if the pending \
             list does not have it"
        }
        "CON-11" => "complete the task that runs",
        _ => return None,
    })
}

/// Something stood in the way all the time.
fn always(one: &One, request: &Request, whole: &[&Obstacle]) -> Answer {
    let mut rules: Vec<_> = whole.iter().map(|obstacle| obstacle.rule.clone()).collect();
    let names: Vec<_> = whole
        .iter()
        .map(|obstacle| format!("{} ({})", obstacle.obstacle, obstacle.rule))
        .collect();
    let has = |rule: &str| whole.iter().any(|obstacle| obstacle.rule == rule);
    let is_ahead = request
        .earliest
        .filter(|earliest| has("CON-1") && *earliest > one.since);
    let date = is_ahead.map_or_else(String::new, |date| format!(", {},", clock(date)));
    let names: Vec<_> = names
        .iter()
        .map(|name| {
            name.replace(
                "its earliest begin date had",
                &format!("its earliest begin date{date} had"),
            )
        })
        .collect();
    let mut text = format!(
        "In the whole time that it waited, {}, this stood in the way: {}.",
        roughly(one.tally.outstanding),
        listed(&names)
    );
    let other = match (has("CON-2"), has("CON-3")) {
        (true, false) if !request.network => Some("the network"),
        (false, true) if !request.power => Some("external power"),
        _ => None,
    };
    if let Some(other) = other {
        text.push_str(&format!(
            " The app asked for {} and not for {other}, and only what it asks for is waited for (CON-14).",
            asks_for(request)
        ));
        rules.push("CON-14".to_owned());
    }
    // Whether the work needs the other one instead, the trace does not tell.
    let fault = match other {
        None if rules.iter().all(|rule| is_persons(rule)) => Fault::Person,
        _ => Fault::Nobody,
    };
    let to_do = match other {
        None if is_ahead.is_some() => Some("nothing yet: the trace ends before that date".to_owned()),
        Some(other) => Some(format!(
            "ask for {} only where the work needs it, and for {other} where it needs that",
            asks_for(request)
        )),
        None => rules.first().and_then(|rule| about(rule)).map(ToOwned::to_owned),
    };
    Answer {
        fault,
        text,
        rules,
        to_do: to_do.into_iter().collect(),
    }
}

/// `a, b and c`.
fn listed(names: &[String]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
    }
}
