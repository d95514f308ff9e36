//! Why did it never run, and whose doing was it? One answer, made from the whole story.

mod outstanding;

use bgspec_model::oracle::explain::Standing;
use bgspec_model::past::Fate;
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::Area;

use super::clock;
use super::deeds::Gone;
use super::form::{Answer, Fault, ids};
use super::story::One;
use crate::text::humane;

/// The answer. What was asked for first counts: a breach, then what the app did, then what stood in the way.
pub(super) fn answer(one: &One, report: &Report) -> Answer {
    let answers: [fn(&One, &Report) -> Option<Answer>; 12] = [
        unknown,
        broken_by_scheduler,
        never_submitted,
        refused,
        cancelled,
        gone,
        no_handler,
        ran,
        outstanding::starved,
        outstanding::free,
        outstanding::not_known,
        outstanding::blocked,
    ];
    let answer = answers.into_iter().find_map(|answer| answer(one, report));
    let mut answer = answer.unwrap_or_else(|| {
        if one.now.as_ref().is_some_and(|now| now.may_be(Standing::Launched)) {
            let text = "It was launched when the trace ended, and its handler had not run yet (LAU-2).";
            return say(Fault::Nobody, text.to_owned(), &["LAU-2"]);
        }
        let text = "No request is outstanding any more, and the trace does not show what became of it.";
        say(Fault::NotKnown, text.to_owned(), &[])
    });
    if let Some((at, _)) = one.deeds.last_delivery.filter(|_| one.deeds.times > 0) {
        answer.text = format!("It last ran at {}, and was submitted again. {}", clock(at), answer.text);
    }
    answer
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
        let named = names(&finding.what, one.id.as_str()) || one.events.contains(&finding.event);
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

/// Whether a text names an identifier, and not only a longer one.
fn names(text: &str, id: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut found = text.match_indices(id);
    found.any(|(place, _)| !text[place + id.len()..].starts_with(goes_on))
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
        "The app cancelled {what} at {} ({rule}), before its handler ran.",
        clock(at)
    );
    Some(say(Fault::App, text, &[rule]))
}

/// It went with a boot, an update, a removal, or never was there.
fn gone(one: &One, _: &Report) -> Option<Answer> {
    let Gone { text, rules } = one.deeds.went.as_ref().filter(|_| !one.is_there())?;
    Some(Answer {
        fault: Fault::Nobody,
        text: text.clone(),
        rules: rules.clone(),
    })
}

/// A launch found no handler.
fn no_handler(one: &One, _: &Report) -> Option<Answer> {
    let at = one.deeds.raised.filter(|_| !one.is_there())?;
    let text = format!(
        "It was launched at {}, and the app had registered no launch handler for it: that raises, ends the process and \
         spends the request (LAU-3). The app registers one in each process, before it has finished launching (CFG-9).",
        clock(at)
    );
    Some(say(Fault::App, text, &["LAU-3", "CFG-9"]))
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
    if let Some((at, what)) = &one.deeds.crashed {
        let says = what.as_ref().map_or(String::new(), |what| format!(": '{what}'"));
        text.push_str(&format!(" The app crashed at {} while its task ran{says}.", clock(*at)));
    }
    text.push_str(" It was not submitted again since, and one request is one launch (LAU-2).");
    Some(say(Fault::Ran, text, &rules))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn an_identifier_is_not_named_by_a_longer_one() {
        assert!(names(
            "submitting com.example.job (refresh) was accepted",
            "com.example.job"
        ));
        assert!(names("com.example.job.1 and com.example.job", "com.example.job"));
        assert!(!names("submitting com.example.job.1 was accepted", "com.example.job"));
        assert!(names("com.example.job#1 was delivered", "com.example.job"));
    }
}
