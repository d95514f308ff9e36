//! What an implementation does not model, beside whole areas: single rules, and conditions of the device.
//!
//! A rule is named by its id; a condition by its name, and stands for the rules that look at it. None of them is judged,
//! and what they say is open: a refusal that one gives a reason for may come or not, a condition of a launch may be met
//! or not, an obligation is not owed, and an event that one says what it does for may do it or not.
//!
//! Where that is asked: [`Context::models_rule`](crate::context::Context::models_rule) and
//! [`lacks`](crate::context::Context::lacks). What taking one rule out for a test means is in
//! [`taken_out`](crate::taken_out).

use crate::profile::nearest;
use crate::rule::Rule;
use crate::rules::{
    self, CON_2, CON_3, CON_4, CON_5, CON_6, CON_7, CON_13, CON_16, CON_17, EXP_9, PRG_6, PRG_9, SUB_10, SUB_22,
    SUB_28, SUB_29,
};
use crate::vocabulary::Condition;

/// The rules that a name stands for: one by its id, or those that look at a condition of the device.
///
/// # Errors
/// It is neither: what was found, and what is near.
pub fn rules_of(name: &str) -> Result<Vec<&'static Rule>, String> {
    if let Some(rule) = name.parse().ok().and_then(rules::find) {
        return Ok(vec![rule]);
    }
    if let Some(condition) = Condition::ALL.into_iter().find(|condition| condition.name() == name) {
        return Ok(that_look_at(condition));
    }
    let ids: Vec<_> = rules::all().map(|rule| rule.id.to_string()).collect();
    let conditions = Condition::ALL.map(Condition::name);
    let known = ids.iter().map(String::as_str).chain(conditions);
    let meant = nearest(name, known).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    Err(format!(
        "`{}` is neither the id of a rule, such as SUB-5, nor a condition of the device: {}{meant}",
        name.chars().take(40).flat_map(char::escape_debug).collect::<String>(),
        conditions.join(", ")
    ))
}

/// The rules that these names stand for.
///
/// # Errors
/// One of them stands for nothing.
pub fn rules_of_all(names: &[String]) -> Result<Vec<&'static Rule>, String> {
    let mut rules = Vec::new();
    for name in names {
        rules.extend(rules_of(name)?);
    }
    Ok(rules)
}

/// The scheduler's rules that hang on a condition of the device.
fn that_look_at(condition: Condition) -> Vec<&'static Rule> {
    match condition {
        Condition::Network => vec![&CON_3],
        Condition::Power => vec![&CON_2],
        Condition::InUse => vec![&CON_4, &CON_16, &EXP_9],
        Condition::Locked => vec![&CON_13, &PRG_9],
        Condition::UnlockedOnce => vec![&CON_5],
        Condition::LowPower => vec![&CON_7, &SUB_28],
        Condition::BackgroundRefresh => vec![&CON_6, &CON_17, &SUB_10, &SUB_29],
        Condition::BackgroundLaunches => vec![&CON_6, &SUB_22],
        Condition::Pressure => vec![&PRG_6],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_named_by_its_id_and_a_condition_stands_for_the_rules_that_look_at_it() {
        let ids =
            |name: &str| rules_of(name).map(|rules| rules.iter().map(|rule| rule.id.to_string()).collect::<Vec<_>>());
        assert_eq!(ids("SUB-5"), Ok(vec!["SUB-5".to_owned()]));
        assert_eq!(
            ids("in_use"),
            Ok(vec!["CON-4".to_owned(), "CON-16".to_owned(), "EXP-9".to_owned()])
        );
        assert!(
            Condition::ALL
                .into_iter()
                .all(|condition| !that_look_at(condition).is_empty())
        );
    }

    #[test]
    fn a_condition_is_named_as_the_header_names_it() {
        for condition in Condition::ALL {
            assert_eq!(serde_json::to_value(condition).unwrap(), condition.name());
        }
    }

    #[test]
    fn what_is_neither_is_answered_with_what_is_near() {
        let wrong = |name: &str| rules_of(name).expect_err("neither");
        assert!(wrong("SUB-99").contains("`SUB-99` is neither the id of a rule"));
        assert!(
            wrong("low_pwer").ends_with("did you mean `low_power`?"),
            "{}",
            wrong("low_pwer")
        );
        assert_eq!(rules_of("sub-5"), rules_of("SUB-5"));
    }
}
