//! Conditions, open facts and states in words.

use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::rule::Rule;
use crate::setting::Setting;
use crate::state::{By, State};
use crate::vocabulary::{Area, Condition, Kind};

use super::note;

/// What a condition is about, and what stands in the way where it does not hold.
pub(super) fn clause(rule: &Rule) -> (&'static str, &'static str) {
    match (rule.id.area, rule.id.number) {
        (Area::Conditions, 1) => ("its earliest begin date", "its earliest begin date had not come"),
        (Area::Conditions, 2) => (
            "external power",
            "it asks for external power, and the device was on battery",
        ),
        (Area::Conditions, 3) => ("the network", "it asks for the network, and there was none"),
        (Area::Conditions, 4) => ("use of the device", "somebody used the device"),
        (Area::Conditions, 5) => (
            "the first unlock",
            "the device had not been unlocked since it was started",
        ),
        (Area::Conditions, 6) => (
            "Background App Refresh",
            "Background App Refresh or background launches were switched off for the app",
        ),
        (Area::Conditions, 7) => ("Low Power Mode", "Low Power Mode was on"),
        (Area::Conditions, 8) => ("the foreground", "the app was in the foreground"),
        (Area::Conditions, 9 | 10) => (
            "force-quit",
            "the person had force-quit the app and not opened it since",
        ),
        (Area::Conditions, 11) => ("its running task", "a task of the same identifier was running"),
        (Area::Conditions, 13) => ("locked data", "the data that it needs was locked away"),
        (Area::Conditions, 16) => ("use of the device, for health research", "somebody used the device"),
        (Area::Launch, 12) => (
            "the background",
            "it was waiting, and may not start while the app is not in the foreground",
        ),
        (Area::Submission, 19) => (
            "its turn",
            "an earlier request was waiting, or no place for a continued task was free",
        ),
        _ => ("a condition", "a condition of its launch did not hold"),
    }
}

/// Which open facts a way has supposed.
pub(super) fn open_facts(before: Facts, after: Facts, open: &mut Vec<String>) {
    let facts = Setting::ALL.iter().map(|setting| Fact::Setting(*setting));
    let facts = facts.chain(Condition::ALL.iter().map(|condition| Fact::Device(*condition)));
    for fact in facts.chain([
        Fact::Foreground,
        Fact::Finished,
        Fact::ForceQuit,
        Fact::Passcode,
        Fact::Simulator,
    ]) {
        if narrowed(before, after, fact) {
            note(open, question(fact));
        }
    }
}

fn narrowed(before: Facts, after: Facts, fact: Fact) -> bool {
    before.mask(fact) != after.mask(fact)
}

/// What is open, as a question.
fn question(fact: Fact) -> String {
    match fact {
        Fact::Setting(setting) => format!("which value {setting} has"),
        Fact::Device(condition) => format!("whether {}", condition_holds(condition, true)),
        Fact::Foreground => "whether the app is in the foreground".to_owned(),
        Fact::Finished => "whether its process has finished launching".to_owned(),
        Fact::ForceQuit => "whether the force-quit still counts".to_owned(),
        Fact::Passcode | Fact::Simulator => format!("whether {}", fact_holds(fact, true)),
    }
}

/// A fact about the device in words.
pub(in crate::oracle) fn fact_holds(fact: Fact, yes: bool) -> &'static str {
    match (fact, yes) {
        (Fact::Device(condition), _) => condition_holds(condition, yes),
        (Fact::Passcode, true) => "the device has a passcode",
        (Fact::Passcode, false) => "the device has no passcode",
        (Fact::Simulator, true) => "it is the simulator",
        (Fact::Simulator, false) => "it is a device, not the simulator",
        (_, true) => "what is not told is so",
        (_, false) => "what is not told is not so",
    }
}

fn condition_holds(condition: Condition, yes: bool) -> &'static str {
    match (condition, yes) {
        (Condition::Network, true) => "there is a network",
        (Condition::Network, false) => "there is no network",
        (Condition::Power, true) => "the device is on external power",
        (Condition::Power, false) => "the device is on battery",
        (Condition::InUse, true) => "somebody uses the device",
        (Condition::InUse, false) => "nobody uses the device",
        (Condition::Locked, true) => "the device is locked",
        (Condition::Locked, false) => "the device is unlocked",
        (Condition::UnlockedOnce, true) => "the device was unlocked since it was started",
        (Condition::UnlockedOnce, false) => "the device was never unlocked since it was started",
        (Condition::LowPower, true) => "Low Power Mode is on",
        (Condition::LowPower, false) => "Low Power Mode is off",
        (Condition::BackgroundRefresh, true) => "Background App Refresh is on",
        (Condition::BackgroundRefresh, false) => "Background App Refresh is off",
        (Condition::BackgroundLaunches, true) => "background launches are denied",
        (Condition::BackgroundLaunches, false) => "background launches are allowed",
        (Condition::Pressure, true) => "the device is under pressure",
        (Condition::Pressure, false) => "the device is calm",
    }
}

/// What a way supposes of an open fact.
pub(super) fn supposed(before: Facts, after: Facts, notes: &mut Vec<String>) {
    for setting in Setting::ALL {
        let fact = Fact::Setting(*setting);
        if narrowed(before, after, fact) {
            let left = after.mask(fact);
            let values = setting.values().iter().enumerate();
            let values: Vec<_> = values.filter(|(place, _)| left >> place & 1 == 1).collect();
            let values: Vec<_> = values.into_iter().map(|(_, value)| *value).collect();
            note(notes, format!("{setting} is {}", values.join(" or ")));
        }
    }
    for condition in Condition::ALL {
        let fact = Fact::Device(condition);
        if narrowed(before, after, fact) {
            note(notes, condition_holds(condition, after.surely(fact)).to_owned());
        }
    }
    let app = [
        (
            Fact::Foreground,
            ["the app is not in the foreground", "the app is in the foreground"],
        ),
        (
            Fact::Finished,
            ["its process is still launching", "its process has finished launching"],
        ),
        (
            Fact::ForceQuit,
            ["the force-quit counts no more", "the force-quit still counts"],
        ),
    ];
    for (fact, words) in app {
        if narrowed(before, after, fact) {
            note(notes, words[usize::from(after.surely(fact))].to_owned());
        }
    }
}

/// What distinguishes a state: its process, and what is outstanding and running.
pub(super) fn state(state: &State, cx: &Context) -> String {
    const MOST: usize = 4;
    let foreground = match state.facts.mask(Fact::Foreground) {
        Facts::YES => "in the foreground",
        Facts::NO => "in the background",
        _ => "in the foreground or not",
    };
    let process = match &state.process {
        None => "no process of the app lives".to_owned(),
        Some(process) if process.suspended => "the app is suspended".to_owned(),
        Some(process) if !state.facts.surely(Fact::Finished) => {
            let by = match process.by {
                By::Person => "by the person",
                By::Scheduler => "by the scheduler",
                By::Other => "for another reason",
            };
            format!("the app is launching, started {by}")
        }
        Some(_) => format!("the app is {foreground}"),
    };
    let mut parts = vec![process];
    let mut list = |what: &str, names: Vec<String>| {
        let more = names.len().saturating_sub(MOST);
        let mut text = names.into_iter().take(MOST).collect::<Vec<_>>().join(", ");
        if more > 0 {
            text.push_str(&format!(" and {more} more"));
        }
        parts.push(format!("{what} {text}"));
    };
    let requests = state.requests.iter().map(|request| {
        let doubt = if request.unsure { "perhaps " } else { "" };
        format!("{doubt}{} ({})", cx.name(request.id), kind(request.kind, request.vague))
    });
    match requests.collect::<Vec<_>>() {
        names if names.is_empty() => list("outstanding:", vec!["nothing".to_owned()]),
        names => list("outstanding:", names),
    }
    let spent = state.spent.iter().map(|spent| cx.name(spent.id).to_owned());
    let spent: Vec<_> = spent.collect();
    if !spent.is_empty() {
        list("launched and not delivered:", spent);
    }
    let tasks = state.tasks.iter().map(|task| {
        let expired = if task.expired { " (expired)" } else { "" };
        format!("{}#{}{expired}", cx.name(task.id), task.n)
    });
    let tasks: Vec<_> = tasks.collect();
    if !tasks.is_empty() {
        list("running:", tasks);
    }
    parts.join("; ")
}

fn kind(kind: Kind, vague: bool) -> String {
    if vague {
        "of which nothing is known".to_owned()
    } else {
        kind.to_string()
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::CLAUSES;

    #[test]
    fn every_condition_of_a_launch_has_words_of_its_own() {
        for clause in CLAUSES {
            let (about, _) = super::clause(clause.rule);
            assert_ne!(about, "a condition", "{} has no words", clause.rule.id);
        }
    }
}
