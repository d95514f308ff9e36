//! Why did it never run, and whose doing was it? One answer, made from the whole story.

use bgspec_model::oracle::explain::Standing;
use bgspec_model::past::Fate;
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Area, Request};

use super::clock;
use super::form::{Answer, Fault, Obstacle, asks_for, ids};
use super::story::One;
use crate::text::{humane, roughly};

/// The answer. What was asked for first counts: a breach, then what the app did, then what stood in the way.
pub(super) fn answer(one: &One, report: &Report) -> Answer {
    let answers: [fn(&One, &Report) -> Option<Answer>; 11] = [
        unknown,
        broken_by_scheduler,
        never_submitted,
        refused,
        cancelled,
        gone,
        ran,
        starved,
        free,
        not_known,
        blocked,
    ];
    answers
        .into_iter()
        .find_map(|answer| answer(one, report))
        .unwrap_or_else(|| {
            let text = "It was launched when the trace ended, and its handler had not run yet (LAU-2).";
            say(Fault::Nobody, text.to_owned(), &["LAU-2"])
        })
}

fn say(fault: Fault, text: String, rules: &[&str]) -> Answer {
    Answer {
        fault,
        text,
        rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
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
    let since = one.deeds.last_delivery.map_or(i64::MIN, |(at, _)| at);
    let decides = |finding: &Finding| {
        finding.rules.iter().any(|rule| {
            matches!(
                rule.id.area,
                Area::Launch | Area::Submission | Area::Conditions | Area::Debugging
            )
        })
    };
    let concerns = |finding: &&Finding| {
        let named = finding.what.contains(one.id.as_str()) || one.events.contains(&finding.event);
        finding.party == Party::Scheduler && finding.at > since && named && decides(finding)
    };
    let finding = report.findings.iter().find(concerns)?;
    let mut rules = ids(&finding.rules);
    let (rule, at, what) = (rules.join(", "), clock(finding.at), humane(&finding.what));
    let (_, broke) = breach_of_app(report, finding.event);
    let (fault, text) = if broke.is_empty() {
        (Fault::Scheduler, format!("The scheduler broke {rule} at {at}: {what}."))
    } else {
        let text = format!("At {at}: {what}.{broke} That answer of the scheduler is wrong too ({rule}).");
        (Fault::App, text)
    };
    rules.dedup();
    Some(Answer { fault, text, rules })
}

fn never_submitted(one: &One, _: &Report) -> Option<Answer> {
    let deeds = &one.deeds;
    let may_be = one.is_there() || deeds.delivered > 0;
    (deeds.accepted == 0 && deeds.refused.is_none() && !may_be).then(|| {
        let text = "The app never submitted a request for it, and nothing is launched without one (LAU-9).".to_owned();
        say(Fault::App, text, &["LAU-9"])
    })
}

/// The last submission was refused, with a word or without.
fn refused(one: &One, report: &Report) -> Option<Answer> {
    let there = one.is_there();
    if let Some((event, code, by)) = &one.deeds.refused
        && !there
        && one.deeds.times == 0
    {
        let answered = match code {
            Some(code) => format!("was refused with {code}"),
            None => "raised an exception".to_owned(),
        };
        let (fault, broke) = breach_of_app(report, *event);
        let mut rules = ids(by);
        let why = if rules.is_empty() {
            String::new()
        } else {
            format!(" ({})", rules.join(", "))
        };
        let text = format!("Its submission {answered}{why}, so that there was nothing to launch (LAU-9).{broke}");
        rules.push("LAU-9".to_owned());
        return Some(Answer { fault, text, rules });
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

fn first_sentence(text: &str) -> String {
    let end = text.find(". ").unwrap_or(text.len());
    text[..end].trim_end_matches('.').to_owned()
}

fn cancelled(one: &One, _: &Report) -> Option<Answer> {
    let (at, all) = one.deeds.cancelled.filter(|_| !one.is_there())?;
    let (what, rule) = if all {
        ("all its requests", "CAN-2")
    } else {
        ("it", "CAN-1")
    };
    let text = format!(
        "The app cancelled {what} at {} ({rule}), before it was launched.",
        clock(at)
    );
    Some(say(Fault::App, text, &[rule]))
}

/// It went with a boot, an update, a removal.
fn gone(one: &One, _: &Report) -> Option<Answer> {
    let (at, what, rules) = one.deeds.went.as_ref().filter(|_| !one.is_there())?;
    let text = format!(
        "The request went at {}, when {what} ({}), and the app did not submit it again.",
        clock(*at),
        rules.join(", ")
    );
    Some(Answer {
        fault: Fault::Nobody,
        text,
        rules: rules.clone(),
    })
}

/// It did run, and no request was left behind.
fn ran(one: &One, _: &Report) -> Option<Answer> {
    let (at, network) = one
        .deeds
        .last_delivery
        .filter(|_| !one.is_there() && one.deeds.times == 0)?;
    let mut text = format!("It ran: its handler was called at {}.", clock(at));
    let mut rules = vec!["LAU-2"];
    let request = one.deeds.request.as_ref();
    if let (Some(request), Some(false)) = (request, network)
        && !request.network
    {
        let power = if request.power { "external power and not " } else { "" };
        text.push_str(&format!(
            " There was no network then: the app asked for {power}{}the network, so that none was waited for (CON-14).",
            if request.power { "" } else { "nothing, and so not for " }
        ));
        rules.push("CON-14");
        return Some(say(Fault::App, text, &rules));
    }
    text.push_str(" It was not submitted again since, and one request is one launch (LAU-2).");
    Some(say(Fault::Ran, text, &rules))
}

/// Each submission moved the earliest begin date on before it had come.
fn starved(one: &One, report: &Report) -> Option<Answer> {
    let deeds = &one.deeds;
    let moved = |replaced: &&super::deeds::Replaced| replaced.was_early && replaced.to > replaced.from;
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
fn free(one: &One, _: &Report) -> Option<Answer> {
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
fn not_known(one: &One, _: &Report) -> Option<Answer> {
    let length = one.tally.not_known;
    if length == 0 || !one.is_there() {
        return None;
    }
    let doubted = one.tally.obstacles.iter().filter(|obstacle| obstacle.not_known > 0);
    let mut rules: Vec<String> = doubted.clone().map(|obstacle| obstacle.rule.clone()).collect();
    let mut open: Vec<String> = Vec::new();
    doubted.for_each(|obstacle| open.extend(obstacle.open.iter().cloned()));
    open.dedup();
    if rules.is_empty() {
        let text = "It cannot be told: what the request asks for is not certain, since an answer about it broke a rule or \
                    lines are missing. Where every condition held, a launch was still not owed (CON-12).";
        return Some(say(Fault::NotKnown, text.to_owned(), &["CON-12"]));
    }
    let text = format!(
        "It cannot be told. For {} nothing surely stood in the way, and the trace does not say {} ({}). Where every \
         condition held, a launch was still not owed (CON-12).",
        roughly(length),
        open.join(", "),
        rules.join(", ")
    );
    rules.push("CON-12".to_owned());
    Some(Answer {
        fault: Fault::NotKnown,
        text,
        rules,
    })
}

/// At no time did every condition hold.
fn blocked(one: &One, report: &Report) -> Option<Answer> {
    if !one.is_there() && !one.now.as_ref()?.may_be(Standing::Outstanding) {
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
