//! What must hold of every word of the vocabulary: it reads as it was written, and permitted strings cover what a
//! plain matcher says that they cover.

#![expect(clippy::unwrap_used, reason = "what cannot be written or read fails the test")]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use bgspec_model::rule::Id;
use bgspec_model::vocabulary::strategies::{self, *};
use bgspec_model::vocabulary::{Area, Entry, Identifier, Name, TaskName, Version};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Written and read again it is the same, and so is what is written then.
fn reads_as_written<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let written = serde_json::to_string(value).unwrap();
    let read: T = serde_json::from_str(&written).map_err(|error| TestCaseError::fail(format!("{error}: {written}")))?;
    prop_assert_eq!(&read, value, "{}", written);
    prop_assert_eq!(serde_json::to_string(&read).unwrap(), written);
    Ok(())
}

fn parses_as_shown<T: Display + FromStr + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError>
where
    T::Err: Debug,
{
    let shown = value.to_string();
    prop_assert_eq!(&shown.parse::<T>().unwrap(), value, "{}", shown);
    Ok(())
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
    fn headers_read_as_written(header in header()) {
        reads_as_written(&header)?;
    }

    #[test]
    fn lines_read_as_written(record in record()) {
        reads_as_written(&record)?;
    }

    #[test]
    fn words_read_as_written(
        words in (request(), device(), permitted(), app_facts(), extension(), answer(), version(), task_name(), identifier())
    ) {
        let (request, device, permitted, app_facts, extension, answer, version, task_name, identifier) = words;
        reads_as_written(&request)?;
        reads_as_written(&device)?;
        reads_as_written(&permitted)?;
        reads_as_written(&app_facts)?;
        reads_as_written(&extension)?;
        reads_as_written(&answer)?;
        reads_as_written(&version)?;
        reads_as_written(&task_name)?;
        reads_as_written(&identifier)?;
    }

    #[test]
    fn names_parse_as_shown(version in version(), task in task_name(), area in 0..Area::ALL.len(), number in 0..Id::PER_AREA as u8) {
        parses_as_shown(&version)?;
        parses_as_shown(&task)?;
        let id = Id::new(Area::ALL[area], number);
        parses_as_shown(&id)?;
        prop_assert_eq!(id.to_string().to_lowercase().parse::<Id>().unwrap(), id);
        prop_assert!(id.index() < Id::TABLE);
    }

    /// Whatever is parsed from a text, however odd, is shown in a form that parses to the same.
    #[test]
    fn what_parses_is_shown_in_a_form_that_parses(text in "[0-9A-Za-z.#+-]{0,8}|[1-2][0-9](\\.[0-9]{0,2}){0,3}|[A-Z]{3}-[0-9+]{1,3}") {
        if let Ok(version) = text.parse::<Version>() {
            prop_assert!(Version::RELEASES.contains(&version.major), "{}", text);
            parses_as_shown(&version)?;
        }
        if let Ok(task) = text.parse::<TaskName>() {
            prop_assert!(task.n > 0 && task.to_string() == text, "{}", text);
        }
        if let Ok(id) = text.parse::<Id>() {
            parses_as_shown(&id)?;
        }
    }

    #[test]
    fn a_release_that_there_is_not_is_no_version(major in 0..200u16, minor in 0..100u16) {
        let parsed = format!("{major}.{minor}").parse::<Version>();
        prop_assert_eq!(parsed.is_ok(), Version::RELEASES.contains(&major));
    }

    #[test]
    fn a_task_is_named_by_the_last_number_sign(id in strategies::text(), n in 1..u32::MAX) {
        let name: TaskName = format!("{id}#{n}").parse().unwrap();
        prop_assert_eq!(name, TaskName::new(Identifier::from(id.clone()), n));
        for wrong in [format!("{id}#0"), format!("{id}#+1"), format!("{id}#01"), format!("{id}#"), format!("{id}#-1")] {
            prop_assert!(wrong.parse::<TaskName>().is_err(), "{}", wrong);
        }
    }
}

// ---- permitted strings

/// Whether a string is a wildcard entry, word by word: the words of the bundle identifier, words of its own, a star.
fn is_wildcard(entry: &str, bundle: &str) -> bool {
    let (words, own): (Vec<_>, Vec<_>) = (entry.split('.').collect(), bundle.split('.').collect());
    let Some((star, words)) = words.split_last() else {
        return false;
    };
    let Some(context) = words.strip_prefix(own.as_slice()) else {
        return false;
    };
    *star == "*" && !words.iter().any(|word| word.contains('*')) && !context.contains(&"")
}

/// Whether a wildcard entry covers an identifier, character by character.
fn is_covered(entry: &str, id: &str) -> bool {
    let mut rest = id.chars();
    let mut given = entry.chars().peekable();
    while let Some(c) = given.next() {
        if given.peek().is_none() {
            break;
        }
        if rest.next() != Some(c) {
            return false;
        }
    }
    rest.next().is_some()
}

/// Strings over few letters, so that they meet often.
fn few_letters() -> impl Strategy<Value = String> {
    "[ab.*]{0,9}|a\\.b(\\.[ab*]{0,2}){0,3}(\\.\\*)?|[ab.*é]{0,5}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..config() })]

    #[test]
    fn entries_cover_what_a_plain_matcher_says(
        entry in few_letters(),
        bundle in prop_oneof![3 => Just("a.b".to_owned()), 1 => few_letters()],
        id in few_letters(),
        wildcards in any::<bool>(),
    ) {
        let read = Entry::read(&entry, &bundle, wildcards);
        let expected = match () {
            () if !wildcards || !entry.contains('*') => Entry::Exact(&entry),
            () if is_wildcard(&entry, &bundle) => Entry::Wildcard(&entry[..entry.len() - 1]),
            () => Entry::Stray(&entry),
        };
        prop_assert_eq!(read, expected);
        let is_one = matches!(read, Entry::Wildcard(_));
        prop_assert_eq!(read.covered(&id).is_some(), is_one && is_covered(&entry, &id));
    }
}

quickcheck::quickcheck! {
    /// What a wildcard entry leaves open is the identifier less the entry's beginning.
    fn an_entry_and_what_it_leaves_open_make_the_identifier(bundle: String, context: String, rest: String) -> bool {
        let entry = format!("{bundle}.{context}.*");
        let id = format!("{bundle}.{context}.{rest}");
        match Entry::read(&entry, &bundle, true) {
            Entry::Wildcard(prefix) => {
                let read = Entry::Wildcard(prefix);
                read.covered(&id) == (!rest.is_empty()).then_some(rest.as_str()) && read.covered(prefix).is_none()
            }
            Entry::Stray(text) => text == entry && (entry.matches('*').count() > 1 || format!(".{context}.").contains("..")),
            Entry::Exact(_) => false,
        }
    }

    fn identifiers_are_compared_exactly(text: String) -> bool {
        let id = Identifier::from(text.as_str());
        let upper = Identifier::from(text.to_uppercase());
        id.as_str() == text && (id == upper) == (text == text.to_uppercase())
    }
}

/// The strategies make every event that there is.
#[test]
fn every_event_is_made() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut missing: Vec<Name> = Name::ALL.to_vec();
    for _ in 0..5000 {
        let made = event().new_tree(&mut runner).unwrap().current();
        missing.retain(|name| *name != made.name_of());
    }
    assert_eq!(missing, []);
}

/// Where each event and each kind is, by hand: the table may not drift from what the documents say (CFG-10).
#[test]
fn what_exists_where_is_what_the_documents_say() {
    use bgspec_model::vocabulary::{Feature, Kind, Platform};
    let first = |feature: Feature| {
        let since = |platform: Platform| feature.since(platform).map_or("never".to_owned(), |os| os.to_string());
        [
            Platform::Iphone,
            Platform::Ipad,
            Platform::Tvos,
            Platform::Visionos,
            Platform::Mac,
        ]
        .map(since)
    };
    let scheduler = ["13.0", "13.0", "13.0", "17.0", "13.1"];
    let only_ios = ["26.0", "26.0", "never", "never", "never"];
    assert_eq!(first(Feature::Scheduler), scheduler);
    assert_eq!(first(Feature::of(Kind::Refresh)), scheduler);
    assert_eq!(first(Feature::of(Kind::Processing)), scheduler);
    assert_eq!(
        first(Feature::of(Kind::HealthResearch)),
        ["17.0", "17.0", "never", "17.0", "17.0"]
    );
    assert_eq!(first(Feature::of(Kind::Continued)), only_ios);
    assert_eq!(first(Feature::SupportedResources), only_ios);
    assert_eq!(first(Feature::LaunchDenial), ["26.0"; 5]);
    assert_eq!(first(Feature::AsyncSubmit), ["27.0"; 5]);
    assert_eq!(first(Feature::SwiftUi), ["16.0", "16.0", "16.0", "17.0", "16.0"]);
    for feature in Feature::ALL {
        assert_eq!(
            feature.since(Platform::Simulator),
            feature.since(Platform::Iphone),
            "{feature}"
        );
    }
    let only_continued = Name::ALL.iter().filter(|name| name.row().exists == Feature::Continued);
    let only_continued: Vec<_> = only_continued.map(|name| name.text()).collect();
    assert_eq!(
        only_continued,
        [
            "person_stops",
            "person_continues",
            "person_ignores",
            "person_dismisses",
            "person_clears",
            "progress",
            "update_title",
            "card"
        ]
    );
}
