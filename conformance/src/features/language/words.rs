//! The fixed words of the step language: what stands for which value of the vocabulary.

use serde_json::Value;

/// A few words, and the value that they stand for, as it stands in a trace.
pub type Word = (&'static str, &'static str);

/// The value of a word. Every literal of this module is tested to be JSON.
pub(super) fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or(Value::Null)
}

pub(super) const REQUEST: &[Word] = &[
    ("a refresh request", r#""refresh""#),
    ("a processing request", r#""processing""#),
    ("a health research request", r#""health_research""#),
    ("a continued request", r#""continued""#),
];

pub(super) const TASK: &[Word] = &[
    ("a refresh task", r#""refresh""#),
    ("a processing task", r#""processing""#),
    ("a health research task", r#""health_research""#),
    ("a continued task", r#""continued""#),
];

pub(super) const PLATFORM: &[Word] = &[
    ("an iPhone", r#""iphone""#),
    ("an iPad", r#""ipad""#),
    ("an Apple TV", r#""tvos""#),
    ("an Apple Vision", r#""visionos""#),
    ("a Mac", r#""mac""#),
    ("the simulator", r#""simulator""#),
];

pub(super) const ORIGIN: &[Word] = &[
    ("recorded", r#""recorded""#),
    ("rebuilt from an app's source", r#""rebuilt from source""#),
    ("retold from a report", r#""from a report""#),
    ("made up", r#""made up""#),
];

// The longer comes before what it begins with.
pub(super) const PROTECTION: &[Word] = &[
    ("none", r#""none""#),
    ("completeUnlessOpen", r#""complete_unless_open""#),
    (
        "completeUntilFirstUserAuthentication",
        r#""complete_until_first_user_authentication""#,
    ),
    ("completeWhenUserInactive", r#""complete_when_user_inactive""#),
    ("complete", r#""complete""#),
];

pub(super) const SUCCESS: &[Word] = &[("a success", "true"), ("a failure", "false")];

pub(super) const CARD: &[Word] = &[
    ("appears", r#""shown""#),
    ("changes", r#""changed""#),
    ("asks whether to go on", r#""prompting""#),
    ("says that it finished", r#""finished""#),
    ("says that it failed", r#""failed""#),
    ("goes away", r#""gone""#),
];

pub(super) const CAUSE: &[Word] = &[
    ("overrunning its time", r#""time""#),
    ("using too much CPU", r#""cpu""#),
    ("its memory", r#""memory""#),
    ("launching for too long", r#""launch_watchdog""#),
    ("another reason", r#""other""#),
    ("an unknown reason", r#""unknown""#),
];

pub(super) const CODE: &[Word] = &[
    ("unavailable", "1"),
    ("tooManyPendingTaskRequests", "2"),
    ("notPermitted", "3"),
    ("immediateRunIneligible", "4"),
];

/// What stands before the name of a code in the headers and in Swift.
const BEFORE_CODE: [&str; 4] = [
    "BGTaskSchedulerErrorCode",
    "BGTaskScheduler.Error.Code.",
    "BGTaskScheduler.Error.",
    ".",
];

/// The code of this name, as Swift, the header or this program writes it: `notPermitted`,
/// `BGTaskSchedulerErrorCodeNotPermitted`, `notPermitted (3)`.
#[must_use]
pub fn code_named(text: &str) -> Option<i64> {
    let (name, number) = match text.strip_suffix(')').and_then(|text| text.split_once(" (")) {
        Some((name, number)) => (name, Some(number.parse().ok()?)),
        None => (text, None),
    };
    let name = BEFORE_CODE
        .iter()
        .find_map(|before| name.strip_prefix(before))
        .unwrap_or(name);
    let is_named = |known: &&Word| known.0.eq_ignore_ascii_case(name);
    let code = CODE.iter().find(is_named)?.1.parse().ok()?;
    number.is_none_or(|number: i64| number == code).then_some(code)
}

pub(super) const THROUGH: &[Word] = &[("SwiftUI", r#""swiftui""#)];
pub(super) const REGISTER: &[Word] = &[("returns true", "true"), ("returns false", "false")];
pub(super) const SUBMIT: &[Word] = &[("is accepted", r#""accepted""#)];
/// What may stand behind the code of an error, and the field that it is.
pub(super) const ERROR: [(&str, &str); 2] = [(" of the domain ", "domain"), (" saying ", "text")];
pub(super) const RETURN: &[Word] = &[("returns", r#""returned""#)];
pub(super) const WORK: &[Word] = &[("succeeds", r#""succeeded""#), ("fails", r#""failed""#)];
pub(super) const RESOURCES: &[Word] = &[("the GPU", r#"{"gpu":true}"#), ("nothing", r#"{"gpu":false}"#)];

pub(super) const PROFILE: &[Word] = &[("contract", r#""contract""#), ("field", r#""field""#)];
pub(super) const PARTY: &[Word] = &[
    ("the scheduler", r#""scheduler""#),
    ("the app", r#""app""#),
    ("the device", r#""device""#),
];

/// The device's conditions: the words, the condition, its value.
pub(super) const DEVICE: &[(&str, &str, &str)] = &[
    ("online", "network", "true"),
    ("offline", "network", "false"),
    ("on external power", "power", "true"),
    ("on battery", "power", "false"),
    ("in use", "in_use", "true"),
    ("not in use", "in_use", "false"),
    // The same in the field's words.
    ("idle", "in_use", "false"),
    ("locked", "locked", "true"),
    ("unlocked for the first time", "unlocked_once", "true"),
    ("not yet unlocked since it booted", "unlocked_once", "false"),
    ("unlocked", "locked", "false"),
    ("in Low Power Mode", "low_power", "true"),
    ("out of Low Power Mode", "low_power", "false"),
    ("with Background App Refresh on", "background_refresh", r#""available""#),
    ("with Background App Refresh off", "background_refresh", r#""denied""#),
    (
        "with Background App Refresh restricted",
        "background_refresh",
        r#""restricted""#,
    ),
    ("with background launches denied", "background_launches_denied", "true"),
    (
        "with background launches allowed",
        "background_launches_denied",
        "false",
    ),
    ("calm", "pressure", r#""calm""#),
    ("under pressure", "pressure", r#""pressed""#),
    ("of unknown pressure", "pressure", r#""unknown""#),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_by_each_of_its_names() {
        for name in [
            "notPermitted",
            ".notPermitted",
            "BGTaskScheduler.Error.notPermitted",
            "BGTaskScheduler.Error.Code.notPermitted",
            "BGTaskSchedulerErrorCodeNotPermitted",
            "notPermitted (3)",
        ] {
            assert_eq!(code_named(name), Some(3), "{name}");
        }
        for other in ["", "permitted", "notPermitted (2)", "3", "BGTaskSchedulerErrorCode"] {
            assert_eq!(code_named(other), None, "{other}");
        }
    }

    #[test]
    fn every_word_stands_for_a_value() {
        let words = [
            REQUEST, TASK, PLATFORM, ORIGIN, PROTECTION, SUCCESS, CARD, CAUSE, CODE, REGISTER, SUBMIT, RETURN, WORK,
            RESOURCES, PROFILE, PARTY, THROUGH,
        ];
        for (text, json) in words.into_iter().flatten() {
            assert!(!value(json).is_null(), "{text}");
        }
        for (text, _, json) in DEVICE {
            assert!(!value(json).is_null(), "{text}");
        }
    }
}
