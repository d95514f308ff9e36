//! Why a request that was outstanding to the end was not launched.

use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::Request;

use super::say;
use crate::explain::clock;
use crate::explain::deeds::Replaced;
use crate::explain::form::{Answer, Fault, Obstacle, asks_for, ids};
use crate::explain::story::One;
use crate::text::{humane, roughly};

/// Each submission moved the earliest begin date on before it had come.
pub(super) fn starved(one: &One, report: &Report) -> Option<Answer> {
    let deeds = &one.deeds;
    let moved = |replaced: &&Replaced| replaced.was_early && replaced.to > replaced.from;
    let moves: Vec<_> = deeds.replaced.iter().filter(moved).collect();
    let waited = one.tally.obstacles.iter().find(|obstacle| obstacle.rule == "CON-1")?;
    if moves.is_empty() || moves.len() != deeds.replaced.len() || waited.in_the_way < one.tally.outstanding {
        return None;
    }
    let dates = moves
        .first()?
        .from
        .into_iter()
        .chain(moves.iter().filter_map(|moved| moved.to));
    let dates: Vec<_> = dates.map(clock).collect();
    let advised =
        |finding: &Finding| one.events.contains(&finding.event) && ids(&finding.rules).contains(&"LIF-10".into());
    let mut text = format!(
        "The app submitted it {} times, and each submission replaced the request before (SUB-4) and moved its earliest \
         begin date on before it had come: {}. Before that date nothing is launched (CON-1).",
        deeds.times,
        dates.join(", ")
    );
    let mut rules = vec!["SUB-4", "CON-1"];
    if report.advice.iter().any(advised) {
        text.push_str(" Ask the pending list first, and submit only what is not there (LIF-10).");
        rules.push("LIF-10");
    }
    Some(say(Fault::App, text, &rules))
}

/// Every condition held, and it was not launched.
pub(super) fn free(one: &One, _: &Report) -> Option<Answer> {
    let first = one.tally.first_free.filter(|_| one.is_there())?;
    let mut text = format!(
        "Every condition of its launch held from {} on, for {} in all.",
        clock(first),
        roughly(one.tally.free)
    );
    if one.driven && one.deeds.granted == 0 {
        text.push_str(" The runner decides here about launches, and never granted one (LAU-10).");
        return Some(say(Fault::Nobody, text, &["LAU-10"]));
    }
    text.push_str(" A launch is never owed: the scheduler may wait as long as it likes (CON-12).");
    Some(say(Fault::Nobody, text, &["CON-12"]))
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
    let text = format!(
        "It cannot be told: for {} nothing surely stood in the way, and the trace does not say {} ({}). Where every \
         condition held, a launch was still not owed (CON-12).",
        roughly(length),
        listed(&open),
        rules.join(", ")
    );
    rules.push("CON-12".to_owned());
    Some(Answer {
        fault: Fault::NotKnown,
        text,
        rules,
    })
}

/// Nothing is certain of the request any more: an answer broke a rule, or lines are missing.
fn vague(report: &Report) -> Answer {
    let by_scheduler = |finding: &&Finding| finding.party == Party::Scheduler;
    let Some(finding) = report.findings.iter().rfind(by_scheduler) else {
        let text = "It cannot be told: lines may be missing, and what is outstanding since then is not certain.";
        return say(Fault::NotKnown, text.to_owned(), &[]);
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
    }
}

/// At no time did every condition hold.
pub(super) fn blocked(one: &One, report: &Report) -> Option<Answer> {
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
    // In the order in which each stood in the way for its longest time.
    let longest = |obstacle: &&Obstacle| {
        let longest = obstacle.spans.iter().max_by_key(|(from, to)| (to - from, -from));
        longest.map_or(0, |span| span.0)
    };
    obstacles.sort_by_key(longest);
    let names: Vec<_> = obstacles
        .iter()
        .map(|obstacle| format!("{} ({})", obstacle.about, obstacle.rule))
        .collect();
    let rules = obstacles.iter().map(|obstacle| obstacle.rule.clone()).collect();
    let list = listed(&names);
    let text = format!(
        "At no time in the {} that it waited did every condition hold. In its way stood, in turn or together: {list}.{}",
        roughly(one.tally.outstanding),
        if report.findings.is_empty() {
            " Nobody broke a rule."
        } else {
            ""
        }
    );
    Some(Answer {
        fault: Fault::Nobody,
        text,
        rules,
    })
}

/// Something stood in the way all the time.
fn always(one: &One, request: &Request, whole: &[&Obstacle]) -> Answer {
    let mut rules: Vec<_> = whole.iter().map(|obstacle| obstacle.rule.clone()).collect();
    let names: Vec<_> = whole
        .iter()
        .map(|obstacle| format!("{} ({})", obstacle.obstacle, obstacle.rule))
        .collect();
    let mut text = format!(
        "In the whole time that it waited, {}, this stood in the way: {}.",
        roughly(one.tally.outstanding),
        listed(&names)
    );
    let has = |rule: &str| whole.iter().any(|obstacle| obstacle.rule == rule);
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
    let fault = match other {
        Some(_) => Fault::App,
        None if rules
            .iter()
            .all(|rule| matches!(rule.as_str(), "CON-6" | "CON-9" | "CON-10")) =>
        {
            Fault::Person
        }
        None => Fault::Nobody,
    };
    Answer { fault, text, rules }
}

/// `a, b and c`.
fn listed(names: &[String]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
    }
}
