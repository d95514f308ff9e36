//! The kinds of task that a rule speaks of, for the filter of the page.
//!
//! No rule carries its kinds. What is found here is a help for the eye and decides nothing: the kinds that the sentence
//! names, and those of the requests in the rule's own traces. A sentence that names none is about all of them.

use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{Area, Kind};

use super::Entry;
use crate::corpus;

/// How a sentence names a kind; the longer names are looked for first and taken out.
const NAMES: [(&str, Option<Kind>); 9] = [
    ("background app refresh", None),
    ("background processing", Some(Kind::Processing)),
    ("continued processing", Some(Kind::Continued)),
    ("health research", Some(Kind::HealthResearch)),
    ("continued", Some(Kind::Continued)),
    ("refresh off", None),
    ("refresh", Some(Kind::Refresh)),
    ("processing request", Some(Kind::Processing)),
    ("processing", Some(Kind::Processing)),
];

/// The kinds that a rule speaks of, in the order of [`Kind::ALL`].
#[must_use]
pub fn of(entry: &Entry<'_>) -> Vec<Kind> {
    let rule = entry.rule;
    let named = named(rule);
    if named.is_empty() {
        return Kind::ALL.to_vec();
    }
    let own = entry.traces.iter().filter(|row| row.case.parse() == Ok(rule.id));
    let texts: Vec<_> = own.filter_map(|row| corpus::trace(&row.trace)).collect();
    let is_played = |kind: &Kind| {
        let name = serde_json::to_string(kind).unwrap_or_default();
        let said = format!("\"kind\":{name}");
        !continued_only(rule) && texts.iter().any(|text| text.contains(&said))
    };
    Kind::ALL
        .into_iter()
        .filter(|kind| named.contains(kind) || is_played(kind))
        .collect()
}

/// Cards, progress and what the person does with them belong to continued tasks alone (CFG-10).
fn continued_only(rule: &Rule) -> bool {
    matches!(rule.id.area, Area::Card | Area::Progress)
}

fn named(rule: &Rule) -> Vec<Kind> {
    if continued_only(rule) {
        return vec![Kind::Continued];
    }
    let mut text = rule.text.to_lowercase();
    let mut kinds = Vec::new();
    for (name, kind) in NAMES {
        if text.contains(name) {
            kinds.extend(kind);
            text = text.replace(name, "");
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Rulebook;

    #[test]
    fn a_rule_is_found_under_the_kinds_that_it_speaks_of() {
        let book = Rulebook::new(None).unwrap();
        let kinds = |id: &str| {
            let rule = bgspec_model::rules::find(id.parse().unwrap()).unwrap();
            of(&book.entry(rule))
        };
        let all = Kind::ALL.to_vec();
        assert_eq!(kinds("IDN-12"), all, "no kind is named");
        assert_eq!(kinds("UIX-2"), [Kind::Continued]);
        assert_eq!(kinds("CON-7"), [Kind::Refresh]);
        assert!(kinds("SUB-4").contains(&Kind::Refresh), "its own traces submit refresh");
        assert!(!kinds("SUB-20").contains(&Kind::Refresh));
    }
}
