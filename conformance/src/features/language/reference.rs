//! The language in print: what `bgspec steps` says.

use super::steps::{Keyword, RECORD, STEPS};
use super::table::REQUEST;
use super::value::{TYPES, Type};

/// A part of the language under its heading.
#[derive(Debug)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// What is to be known of it.
    pub note: &'static str,
    /// How each of its steps is written, with an example.
    pub steps: Vec<(&'static str, &'static str)>,
}

/// The steps by keyword.
#[must_use]
pub fn sections() -> Vec<Section> {
    let of = |keyword, title, note| Section {
        title,
        note,
        steps: STEPS
            .iter()
            .filter(|step| step.keyword == keyword)
            .map(|step| (step.text, step.example))
            .collect(),
    };
    vec![
        of(
            Keyword::Given,
            "Given",
            "What is known before anything happens. The device and the app must be named; the rest is ordinary.",
        ),
        of(
            Keyword::When,
            "When",
            "What the world and the app do, each at the time of the step before unless it begins with a time: \
             `2 hours later, …` or `after 31 seconds, …`. In a told scenario a call says what came of it.",
        ),
        of(
            Keyword::Then,
            "Then",
            "What is observed (in told scenarios), and what the oracle says in the end: every breach and every advice, \
             in the order of the trace. `in the field profile, …`, `on iOS 27.0, …` and `with refresh_limit = \"2\", …` \
             before it say under which terms.",
        ),
    ]
}

/// The clauses that stand in several steps: their name, what they are.
#[must_use]
pub fn clauses() -> [(&'static str, Vec<String>); 2] {
    let split = |text: &str| {
        let clauses = text.split(']').filter(|clause| !clause.is_empty());
        clauses
            .map(|clause| clause.trim_start_matches('[').to_owned())
            .collect()
    };
    [("[request]", split(REQUEST)), ("any event", split(RECORD))]
}

/// The types of holes: name, what they look like.
#[must_use]
pub fn types() -> Vec<(&'static str, String)> {
    TYPES.iter().map(|(name, ty, _)| (*name, Type::describe(*ty))).collect()
}

/// A pattern as people read it: what goes without saying left out.
#[must_use]
pub fn shown(pattern: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        let (hole, behind) = behind.split_once('}').unwrap_or((behind, ""));
        if !hole.contains('=') {
            let name = hole.split_once(':').map_or(hole, |(_, ty)| ty);
            text.push_str(&format!("{{{}}}", name.trim_start_matches('^')));
        }
        rest = behind;
    }
    text + rest
}
