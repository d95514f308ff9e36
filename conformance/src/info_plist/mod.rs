//! What an app's files let it register and submit, in every version.
//!
//! [`files`] reads them, [`subject`] takes the facts out, with [`variables`] and [`xcconfig`] put in; [`mod@study`] asks the
//! oracle about them, [`findings`] says what is wrong. No answer is known here by itself: it is what the model allows there,
//! and a remedy is an addition with which the model allows more. What hangs on something that nobody told is never
//! called wrong.

pub mod files;
pub mod findings;
pub mod folder;
pub mod json;
pub mod letters;
pub mod modes;
pub mod study;
pub mod subject;
pub mod tree;
pub mod variables;
pub mod xcconfig;

use bgspec_model::oracle::offers::Offer;
use bgspec_model::profile::Named;
use bgspec_model::rules;
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::{Entry, Version};

use findings::Finding;
use study::{Answered, Call, Student};
use subject::{Subject, Written};

/// What the files let the app do.
#[derive(Debug)]
pub struct Studied {
    /// One for each permitted string, in their order; of equal ones one.
    pub identifiers: Vec<Identifier>,
    /// What is wrong, and what is worth knowing.
    pub findings: Vec<Finding>,
    /// What was seen on devices besides, where it is asked what the documents say.
    pub besides: Vec<Besides>,
}

/// What one permitted string lets the app do.
#[derive(Debug)]
pub struct Identifier {
    /// The string.
    pub entry: Written,
    /// What it is, from iOS 26 on.
    pub form: Form,
    /// The identifier that the answers are about.
    pub tried: String,
    /// Whether it begins with the bundle identifier.
    pub begins: Begins,
    /// The other entries that cover it too.
    pub also: Vec<String>,
    /// The answers; none where it is not told what the string is.
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
    /// It is a wildcard entry if it begins with the bundle identifier, and that is not told.
    NotTold,
}

/// Whether a string begins with the bundle identifier and a dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It may, and that is not told.
    Perhaps,
}

/// An answer that was seen on devices and that the documents do not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Besides {
    /// The answer.
    pub offer: Offer,
    /// The first version with it.
    pub since: Version,
    /// The calls that may get it.
    pub calls: Vec<Call>,
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
pub fn study(subject: &Subject, versions: &Versions, profile: Named) -> Studied {
    let mut identifiers = Vec::new();
    let mut besides = Vec::new();
    if subject.aside.is_none() {
        let student = Student::new(subject, versions, profile);
        identifiers = all(&student, subject);
        if profile == Named::Contract {
            let student = Student::new(subject, versions, Named::Field);
            besides = compare(&identifiers, &all(&student, subject));
        }
    }
    let findings = findings::find(subject, &identifiers, versions, profile);
    Studied {
        identifiers,
        findings,
        besides,
    }
}

fn all(student: &Student<'_>, subject: &Subject) -> Vec<Identifier> {
    let mut seen: Vec<&str> = Vec::new();
    let mut identifiers = Vec::new();
    for entry in subject.entries() {
        if !seen.contains(&entry.text.as_str()) {
            seen.push(&entry.text);
            identifiers.push(one(student, subject, entry));
        }
    }
    identifiers
}

fn one(student: &Student<'_>, subject: &Subject, entry: &Written) -> Identifier {
    let bundle = study::bundle(subject);
    let text = entry.text.as_str();
    let begins = begins(entry, &subject.bundle);
    let (form, tried) = match Entry::read(text, bundle, true) {
        Entry::Exact(_) => (Form::Exact, text.to_owned()),
        Entry::Wildcard(prefix) => (Form::Wildcard, format!("{prefix}1")),
        Entry::Stray(_) if begins == Begins::Perhaps && is_well_formed(text) => (Form::NotTold, text.to_owned()),
        Entry::Stray(_) => (Form::Stray, text.to_owned()),
    };
    let covers = |other: &&str| {
        let read = Entry::read(other, bundle, true);
        read == Entry::Exact(&tried) || read.covered(&tried).is_some()
    };
    let others = subject.entries().iter().map(|other| other.text.as_str());
    let mut also: Vec<String> = others
        .filter(|other| *other != text)
        .filter(covers)
        .map(ToOwned::to_owned)
        .collect();
    also.dedup();
    let mut calls = vec![Call::Register { late: false }, Call::Register { late: true }];
    calls.extend(Call::submissions());
    if form == Form::Wildcard {
        calls.insert(0, Call::RegisterString);
    }
    let may_be_inside = form == Form::Exact && begins == Begins::Perhaps;
    let student = student.with_only([text.to_owned()].into_iter().chain(also.clone()).collect());
    let answer = |call: Call| {
        let id = if call == Call::RegisterString { text } else { &tried };
        student.ask(call, id, may_be_inside)
    };
    let calls = calls.into_iter().filter(|_| form != Form::NotTold);
    Identifier {
        entry: entry.clone(),
        form,
        begins,
        also,
        answers: calls.map(answer).collect(),
        tried,
    }
}

/// Whether a string begins with the bundle identifier and a dot, as far as both are told.
fn begins(entry: &Written, bundle: &Written) -> Begins {
    let behind = entry
        .text
        .strip_prefix(&bundle.text)
        .filter(|_| !bundle.text.is_empty());
    if behind.is_some_and(|rest| rest.starts_with('.')) {
        return Begins::Yes;
    }
    // The bundle identifier, whatever it is, and something else than a dot behind it.
    if behind.is_some_and(|rest| !rest.starts_with("$(")) {
        return Begins::No;
    }
    if entry.text.is_empty() {
        return Begins::No;
    }
    let bundle_told = bundle.unknown.is_empty() && !bundle.text.is_empty();
    if entry.unknown.is_empty() && bundle_told {
        return Begins::No;
    }
    // Before the first variable both have to begin alike.
    let head = |written: &Written| {
        let ends = if written.unknown.is_empty() {
            None
        } else {
            written.text.find("$(")
        };
        ends.map_or(written.text.clone(), |at| written.text[..at].to_owned())
    };
    let (one, other) = (head(entry), head(bundle));
    if one.starts_with(&other) || other.starts_with(&one) {
        Begins::Perhaps
    } else {
        Begins::No
    }
}

/// Whether a string with a star is a wildcard entry of some bundle identifier (IDN-1).
fn is_well_formed(text: &str) -> bool {
    let Some(prefix) = text.strip_suffix(".*") else {
        return false;
    };
    !prefix.contains('*') && prefix.split('.').all(|word| !word.is_empty())
}

/// The answers of the second that the first does not have.
fn compare(first: &[Identifier], second: &[Identifier]) -> Vec<Besides> {
    let mut besides: Vec<Besides> = Vec::new();
    let pairs = first.iter().zip(second);
    for (one, other) in pairs.flat_map(|(one, other)| one.answers.iter().zip(&other.answers)) {
        for span in &other.spans {
            let known = |offer: &Offer| {
                let same = one
                    .spans
                    .iter()
                    .filter(|known| known.since <= span.since && known.until.is_none_or(|until| span.since < until));
                same.flat_map(|known| &known.offers).any(|known| known == offer)
            };
            for offer in span.offers.iter().filter(|offer| !known(offer)) {
                match besides.iter_mut().find(|seen| seen.offer == *offer) {
                    Some(seen) => {
                        seen.since = seen.since.min(span.since);
                        if !seen.calls.contains(&other.call) {
                            seen.calls.push(other.call);
                        }
                    }
                    None => besides.push(Besides {
                        offer: *offer,
                        since: span.since,
                        calls: vec![other.call],
                    }),
                }
            }
        }
    }
    besides
}
