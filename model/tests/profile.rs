//! What must hold of the settings and of the built-in profiles in every version.

use bgspec_model::profile::{Named, Profile};
use bgspec_model::rules;
use bgspec_model::setting::{Setting, Type};
use bgspec_model::vocabulary::Version;
use bgspec_model::vocabulary::strategies::version;
use proptest::prelude::*;

/// The value that leaves everything open.
fn open(setting: Setting) -> &'static str {
    match setting.entry().kind {
        Type::Choice(_) => "either",
        Type::Count | Type::Duration => "unknown",
    }
}

#[test]
fn every_default_is_a_value_of_its_setting() {
    for setting in Setting::ALL {
        let entry = setting.entry();
        for (profile, defaults) in [("contract", entry.contract), ("field", entry.field)] {
            for (from, value) in defaults {
                let mut pinned = Profile::new(Named::Contract, Version::OLDEST);
                pinned
                    .pin(entry.name, value)
                    .unwrap_or_else(|error| panic!("{profile} from {from}: {error}"));
                assert_eq!(pinned.value(*setting), *value, "{setting}, {profile} from {from}");
            }
        }
    }
}

#[test]
fn every_setting_names_a_rule_and_the_rules_that_hang_on_it_are_among_them() {
    for setting in Setting::ALL {
        let entry = setting.entry();
        assert_eq!(Setting::named(entry.name), Some(*setting));
        assert!(!entry.rules.is_empty(), "{setting} decides no rule");
    }
    for rule in rules::all() {
        if let Some(switch) = rule.switch {
            assert!(
                switch.entry().rules.contains(&rule),
                "{} hangs on {switch}, which does not name it",
                rule.id
            );
        }
    }
}

/// What a value allows, as far as its words tell: the values of a choice, or a number.
fn allows(setting: Setting, value: &str) -> Vec<String> {
    match setting.entry().kind {
        Type::Choice(values) if value == "either" => values.iter().map(|value| (*value).to_owned()).collect(),
        _ => value.split(" or ").map(ToOwned::to_owned).collect(),
    }
}

/// A failure is shown and not kept in a file: what is worth keeping becomes a test of its own.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn field_is_never_narrower_than_contract(os in version()) {
        let (contract, field) = (Profile::new(Named::Contract, os), Profile::new(Named::Field, os));
        for setting in Setting::ALL {
            let (narrow, wide) = (contract.value(*setting), field.value(*setting));
            let allowed = allows(*setting, &wide);
            let within = wide == "unknown" || allows(*setting, &narrow).iter().all(|value| allowed.contains(value));
            prop_assert!(within, "{} on {}: contract {}, field {}", setting, os, narrow, wide);
        }
    }

    #[test]
    fn every_value_can_be_pinned_and_is_told_as_it_was_pinned(os in version(), place in 0..Setting::ALL.len(), number in 0..100_000u32) {
        let setting = Setting::ALL[place];
        let mut values = vec![open(setting).to_owned()];
        match setting.entry().kind {
            Type::Choice(choices) => values.extend(choices.iter().map(|value| (*value).to_owned())),
            Type::Count => values.push(number.to_string()),
            Type::Duration => values.extend([format!("{number} s"), format!("{number}001 ms")]),
        }
        for named in Named::ALL {
            for value in &values {
                let mut profile = Profile::new(named, os);
                profile.pin(setting.entry().name, value).unwrap();
                prop_assert_eq!(&profile.value(setting), value);
                prop_assert_eq!(profile.pinned(), &[setting]);
                for other in Setting::ALL.iter().filter(|other| **other != setting) {
                    prop_assert_eq!(profile.value(*other), Profile::new(named, os).value(*other));
                }
            }
        }
    }

    #[test]
    fn what_is_no_value_is_refused_by_name(place in 0..Setting::ALL.len(), given in "[a-z_]{0,12}|-[0-9]{1,4}|[1-9][0-9]{11} s") {
        let setting = Setting::ALL[place];
        let mut profile = Profile::new(Named::Contract, Version::NEWEST);
        let before = profile.clone();
        let known = given == open(setting) || setting.values().contains(&given.as_str());
        let pinned = profile.pin(setting.entry().name, &given);
        prop_assert_eq!(pinned.is_ok(), known, "{} = {}", setting, given);
        if let Err(error) = pinned {
            prop_assert_eq!(&profile, &before);
            let named = error.to_string();
            prop_assert!(named.contains(setting.entry().name), "{}", named);
        }
    }
}
