//! What is wrong with the permitted strings.

use bgspec_model::profile::{Named, Profile};
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::{Entry, Platform, Version};

use super::{Finding, Weight};
use crate::info_plist::study::{Call, Verdict};
use crate::info_plist::subject::{Subject, Written};
use crate::info_plist::{Form, Identifier, Versions, letters};

/// What is wrong with each.
pub(super) fn find(subject: &Subject, identifiers: &[Identifier], versions: &Versions, found: &mut Vec<Finding>) {
    for entry in subject.entries() {
        found.extend(odd_letters(entry));
    }
    duplicates(subject.entries(), found);
    for identifier in identifiers {
        found.extend(of_no_use(subject, identifier, versions));
    }
}

fn odd_letters(entry: &Written) -> Vec<Finding> {
    let mut found = Vec::new();
    let shown = letters::shown(&entry.text);
    let odd = letters::odd(&entry.text);
    if !odd.is_empty() {
        let letters: Vec<_> = odd
            .iter()
            .map(|odd| format!("letter {} is {}", odd.place, odd.what))
            .collect();
        let finding = Finding::new(
            Weight::Remark,
            "look-alike-letter",
            entry.place,
            format!(
                "in `{shown}` {}: identifiers are compared exactly, so that it permits no other",
                letters.join("; ")
            ),
            "type the identifier anew, in plain letters",
        );
        found.push(finding.by(&["IDN-12"]));
    } else if entry.text.trim() != entry.text {
        let finding = Finding::new(
            Weight::Remark,
            "space-at-an-end",
            entry.place,
            format!("{shown} begins or ends with a space, which is part of it"),
            "take the space out",
        );
        found.push(finding.by(&["IDN-12"]));
    }
    found
}

fn duplicates(entries: &[Written], found: &mut Vec<Finding>) {
    for (at, entry) in entries.iter().enumerate() {
        let shown = letters::shown(&entry.text);
        if entries[..at].contains(entry) || entries[..at].iter().any(|other| other.text == entry.text) {
            found.push(Finding::new(
                Weight::Remark,
                "entry-twice",
                entry.place,
                format!("`{shown}` stands in the list more than once: it is one entry"),
                "keep one",
            ));
            continue;
        }
        let like = |other: &&Written| {
            let folded = |text: &str| letters::alike(text).trim().to_lowercase();
            other.text != entry.text && folded(&other.text) == folded(&entry.text)
        };
        if let Some(other) = entries[..at].iter().find(like) {
            let finding = Finding::new(
                Weight::Remark,
                "entries-alike",
                entry.place,
                format!(
                    "`{shown}` looks like `{}` and is another identifier",
                    letters::shown(&other.text)
                ),
                "keep the one that the app registers, letter by letter",
            );
            found.push(finding.by(&["IDN-12"]));
        }
    }
}

/// A stray star, an empty string, an identifier that can be submitted as nothing.
fn of_no_use(subject: &Subject, identifier: &Identifier, versions: &Versions) -> Option<Finding> {
    let entry = &identifier.entry;
    let shown = letters::shown(&entry.text);
    if identifier.form == Form::NotTold {
        let finding = Finding::new(
            Weight::NotTold,
            "wildcard-not-told",
            entry.place,
            format!("whether `{shown}` is a wildcard entry hangs on the bundle identifier"),
            if entry.unknown.is_empty() {
                "give --bundle"
            } else {
                "give --bundle, and the variable by --set or --xcconfig"
            },
        );
        return Some(finding.by(&["IDN-1"]));
    }
    if identifier.form == Form::Stray {
        let bundle = subject.knows_bundle().then_some(subject.bundle.text.as_str());
        let remedy = match bundle.and_then(|bundle| wildcard_like(&entry.text, bundle)) {
            Some(meant) => format!("write `{meant}` for a wildcard entry, or the identifier without a star"),
            None => {
                "for a wildcard entry write `$(PRODUCT_BUNDLE_IDENTIFIER).NAME.*`; else the identifier without a star"
                    .to_owned()
            }
        };
        let finding = Finding::new(
            Weight::Wrong,
            "stray-star",
            entry.place,
            format!("`{shown}` has a star and is no wildcard entry: it covers no identifier"),
            remedy,
        );
        return Some(finding.by(&["IDN-8"]));
    }
    if entry.text.is_empty() {
        let finding = Finding::new(
            Weight::Wrong,
            "empty-entry",
            entry.place,
            "an empty string stands among the identifiers".to_owned(),
            "remove it: an empty identifier is never permitted",
        );
        return Some(finding.by(&["REG-11"]));
    }
    // A wildcard entry is of use from 26 on, and on the simulator nothing is: that is not the file's fault.
    let newest = versions.asked.last().copied().unwrap_or(Version::NEWEST);
    let is_asked = identifier.form != Form::Wildcard || newest >= Version::new(26, 0);
    if !is_asked || subject.platform == Platform::Simulator || is_usable(identifier) {
        return None;
    }
    Some(Finding::new(
        Weight::Wrong,
        "of-no-use",
        entry.place,
        format!(
            "`{shown}` can be submitted as no kind of task{}",
            if versions.asked.len() == 1 {
                format!(" in {newest}")
            } else {
                String::new()
            }
        ),
        "see what is missing for each kind below",
    ))
}

/// Whether it can be submitted as something, in the newest version that is asked about.
fn is_usable(identifier: &Identifier) -> bool {
    let submissions = identifier
        .answers
        .iter()
        .filter(|answered| matches!(answered.call, Call::Submit { .. }));
    submissions
        .filter_map(|answered| answered.spans.last())
        .any(|span| span.verdict != Verdict::Fails)
}

/// A wildcard entry that may have been meant by a string with a stray star.
fn wildcard_like(entry: &str, bundle: &str) -> Option<String> {
    let words: Vec<_> = entry
        .strip_prefix(bundle)
        .unwrap_or(entry)
        .split('.')
        .filter(|word| !word.is_empty() && !word.contains(['*', '$']))
        .collect();
    let context = if entry.starts_with(bundle) {
        words.join(".")
    } else {
        words.last().copied().unwrap_or_default().to_owned()
    };
    let meant = if context.is_empty() {
        format!("{bundle}.*")
    } else {
        format!("{bundle}.{context}.*")
    };
    matches!(Entry::read(&meant, bundle, true), Entry::Wildcard(_)).then_some(meant)
}

/// More identifiers than requests of a kind may be pending.
pub(super) fn limits(subject: &Subject, identifiers: &[Identifier], profile: Named) -> Option<Finding> {
    let profile = Profile::new(profile, Version::NEWEST);
    let exact: Vec<_> = identifiers
        .iter()
        .filter(|identifier| identifier.form == Form::Exact && !identifier.entry.text.is_empty())
        .collect();
    let has = |mode: &str| subject.modes.iter().any(|one| one.text == mode);
    let count = i64::try_from(exact.len()).unwrap_or(i64::MAX);
    let mut says = Vec::new();
    let mut rules = Vec::new();
    let kinds = [
        ("fetch", Setting::RefreshLimit, "refresh", "SUB-5"),
        ("processing", Setting::ProcessingLimit, "processing", "SUB-6"),
    ];
    for (mode, setting, kind, rule) in kinds {
        if let Some(limit) = profile.count(setting)
            && has(mode)
            && count > limit
        {
            says.push(format!("{limit} {kind} request{}", if limit == 1 { "" } else { "s" }));
            rules.push(rule);
        }
    }
    if says.is_empty() {
        return None;
    }
    let finding = Finding::new(
        Weight::Note,
        "limits",
        subject.permitted_at,
        format!(
            "of the {count} identifiers at most {} may be pending at a time: one more fails with tooManyPendingTaskRequests (2)",
            says.join(" and ")
        ),
        "",
    );
    Some(finding.by(&rules))
}
