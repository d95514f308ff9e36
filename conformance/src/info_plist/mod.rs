//! What an app's Info.plist lets it register and submit, in every version.
//!
//! [`mod@read`] takes the facts out of the files, [`mod@study`] asks the oracle about them. Nothing here knows a rule: an
//! answer is what the model allows there, and a remedy is an addition with which the model allows more.

pub mod json;
pub mod read;
pub mod study;

use bgspec_model::profile::Named;
use bgspec_model::rule::Rule;
use bgspec_model::rules;
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::{Entry, Version};

use read::{AppInfo, PermittedIs};
use study::{Answered, Call, Verdict};

/// What the files let the app do.
#[derive(Debug)]
pub struct Studied {
    /// The bundle identifier that wildcards were read by; empty if none is known.
    pub bundle: String,
    /// One for each permitted string, in their order.
    pub identifiers: Vec<Identifier>,
    /// What is wrong.
    pub mistakes: Vec<Mistake>,
}

/// What one permitted string lets the app do.
#[derive(Debug)]
pub struct Identifier {
    /// The string.
    pub entry: String,
    /// What it is, from iOS 26 on.
    pub form: Form,
    /// The identifier that the answers are about.
    pub tried: String,
    /// The other entries that cover it too.
    pub also: Vec<String>,
    /// The answers.
    pub answers: Vec<Answered>,
}

/// What a permitted string is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// It permits exactly itself.
    Exact,
    /// It covers what begins like it (IDN-1).
    Wildcard,
    /// It has a star and covers nothing (IDN-8).
    Stray,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// It surely is; otherwise it cannot be told without the bundle identifier.
    pub surely: bool,
    /// What was found.
    pub what: String,
    /// The rule that makes it one, if there is one.
    pub rule: Option<&'static Rule>,
    /// What to write instead.
    pub remedy: String,
}

/// The versions that are asked about.
#[derive(Debug, Clone)]
pub struct Versions {
    /// Those at which an answer may change, in order.
    pub asked: Vec<Version>,
}

impl Versions {
    /// One version.
    #[must_use]
    pub fn only(os: Version) -> Self {
        Self { asked: vec![os] }
    }

    /// Every version at which a release begins, a rule comes or goes, or a default changes.
    #[must_use]
    pub fn every() -> Self {
        let releases = Version::RELEASES.map(|release| Version::new(release, 0));
        let of_rules = rules::all().flat_map(|rule| [Some(rule.since), rule.until]).flatten();
        let defaults = Setting::ALL.iter().flat_map(|setting| {
            let entry = setting.entry();
            entry.contract.iter().chain(entry.field).map(|(from, _)| *from)
        });
        let mut asked: Vec<_> = releases.into_iter().chain(of_rules).chain(defaults).collect();
        asked.sort_unstable();
        asked.dedup();
        Self { asked }
    }
}

/// Asks the oracle about every permitted string.
#[must_use]
pub fn study(info: &AppInfo, versions: &Versions, profile: Named) -> Studied {
    let mut studied = Studied {
        bundle: info.bundle.clone(),
        identifiers: Vec::new(),
        mistakes: Vec::new(),
    };
    if let PermittedIs::Malformed(found) = &info.permitted {
        studied.mistakes.push(Mistake {
            surely: true,
            what: format!("BGTaskSchedulerPermittedIdentifiers is {found}: it permits nothing"),
            rule: rule("CFG-1"),
            remedy: "make it an array of strings, one for each identifier".to_owned(),
        });
    }
    let student = study::Student::new(info, versions, profile);
    let mut seen: Vec<&str> = Vec::new();
    for entry in info.permitted.entries() {
        if seen.contains(&entry.as_str()) {
            continue;
        }
        seen.push(entry);
        let identifier = one(&student, info, entry);
        studied.mistakes.extend(mistake(info, &identifier));
        studied.identifiers.push(identifier);
    }
    studied
}

fn one(student: &study::Student<'_>, info: &AppInfo, entry: &str) -> Identifier {
    let (form, tried) = match Entry::read(entry, &info.bundle, true) {
        Entry::Exact(_) => (Form::Exact, entry.to_owned()),
        Entry::Wildcard(prefix) => (Form::Wildcard, format!("{prefix}1")),
        Entry::Stray(_) => (Form::Stray, entry.to_owned()),
    };
    let covers = |other: &&String| {
        let read = Entry::read(other, &info.bundle, true);
        read == Entry::Exact(&tried) || read.covered(&tried).is_some()
    };
    let others = info.permitted.entries().iter().filter(|other| *other != entry);
    let mut also: Vec<String> = others.filter(covers).cloned().collect();
    also.dedup();
    let mut calls = vec![Call::Register { late: false }, Call::Register { late: true }];
    calls.extend(Call::submissions());
    let mut answers: Vec<_> = calls.into_iter().map(|call| student.ask(call, &tried)).collect();
    if form == Form::Wildcard {
        answers.insert(0, student.ask(Call::RegisterString, entry));
    }
    Identifier {
        entry: entry.to_owned(),
        form,
        tried,
        also,
        answers,
    }
}

/// What is wrong with an entry: a stray star, or nothing that could ever be submitted.
fn mistake(info: &AppInfo, identifier: &Identifier) -> Option<Mistake> {
    let entry = &identifier.entry;
    // A build variable may stand for any beginning.
    let unknown = info.bundle.is_empty() || info.bundle.contains("$(") && !entry.starts_with(&info.bundle);
    if identifier.form == Form::Stray && unknown {
        return Some(Mistake {
            surely: false,
            what: format!("whether `{entry}` is a wildcard entry hangs on the bundle identifier"),
            rule: rule("IDN-1"),
            remedy: "give --bundle".to_owned(),
        });
    }
    if identifier.form == Form::Stray {
        let remedy = match wildcard_like(entry, &info.bundle) {
            Some(meant) => format!("write `{meant}` for a wildcard entry, or the identifier without a star"),
            None => {
                "write the identifier without a star: no bundle identifier is known for a wildcard entry".to_owned()
            }
        };
        return Some(Mistake {
            surely: true,
            what: format!("`{entry}` has a star and is no wildcard entry: it covers no identifier"),
            rule: rule("IDN-8"),
            remedy,
        });
    }
    let newest = |answered: &&Answered| matches!(answered.call, Call::Submit { .. });
    let usable = identifier.answers.iter().filter(newest).any(|answered| {
        let last = answered.spans.last();
        last.is_some_and(|span| {
            matches!(
                span.verdict,
                Verdict::Works | Verdict::Open | Verdict::HangsOnEntitlement
            )
        })
    });
    if usable {
        return None;
    }
    Some(Mistake {
        surely: true,
        what: if entry.is_empty() {
            "an empty string stands among the identifiers".to_owned()
        } else {
            format!("`{entry}` can be submitted as no kind of task")
        },
        rule: None,
        remedy: if entry.is_empty() {
            "remove it: an empty identifier is never permitted".to_owned()
        } else {
            "see what is missing for each kind below".to_owned()
        },
    })
}

/// A wildcard entry that may have been meant by a string with a stray star.
fn wildcard_like(entry: &str, bundle: &str) -> Option<String> {
    let words: Vec<_> = entry
        .strip_prefix(bundle)
        .unwrap_or(entry)
        .split('.')
        .filter(|word| !word.is_empty() && !word.contains('*'))
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
    let is_one = !bundle.is_empty() && matches!(Entry::read(&meant, bundle, true), Entry::Wildcard(_));
    is_one.then_some(meant)
}

/// A rule of the catalogue by its id.
fn rule(id: &str) -> Option<&'static Rule> {
    id.parse().ok().and_then(rules::find)
}
