//! What an app's files let it do, for programs.

use bgspec_model::oracle::offers::Offer;
use bgspec_model::oracle::words;
use bgspec_model::profile::Named;
use bgspec_model::rule::Id;
use bgspec_model::see::Allowed;
use bgspec_model::vocabulary::{Kind, Platform, Version};
use serde::Serialize;

use super::files::Unreadable;
use super::findings::Weight;
use super::study::{Addition, Answered, Call, Span, Verdict};
use super::subject::{Listed, Subject};
use super::{Begins, Form, Identifier, Studied};
use crate::exit::Exit;

/// The answers about every app that was asked about.
#[derive(Debug, Serialize)]
pub struct Json<'a> {
    tool: &'static str,
    profile: &'static str,
    files: Vec<JsonFile<'a>>,
    exit: u8,
}

/// One app, or a file that could not be read.
#[derive(Debug, Serialize)]
pub struct JsonFile<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<JsonError>,
    #[serde(skip_serializing_if = "Option::is_none", flatten)]
    app: Option<JsonApp<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonError {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    message: String,
}

#[derive(Debug, Serialize)]
struct JsonApp<'a> {
    bundle: Option<&'a str>,
    platform: Platform,
    modes: Vec<&'a str>,
    entitlements: Option<&'a [String]>,
    not_told: Vec<&'a str>,
    permitted: &'static str,
    findings: Vec<JsonFinding<'a>>,
    identifiers: Vec<JsonIdentifier<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonFinding<'a> {
    weight: &'static str,
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    what: &'a str,
    rules: Vec<Id>,
    remedy: &'a str,
}

#[derive(Debug, Serialize)]
struct JsonIdentifier<'a> {
    entry: &'a str,
    form: &'static str,
    begins_with_bundle: &'static str,
    tried: &'a str,
    covered_too_by: &'a [String],
    calls: Vec<JsonCall>,
}

#[derive(Debug, Serialize)]
struct JsonCall {
    call: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    gpu: bool,
    versions: Vec<JsonSpan>,
}

#[derive(Debug, Serialize)]
struct JsonSpan {
    since: Version,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Version>,
    verdict: &'static str,
    answers: Vec<JsonOffer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    with_every_entitlement: Option<Vec<JsonOffer>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    if_it_begins_with_the_bundle: Option<JsonInside>,
    may_be_refused_at_the_moment_by: Vec<Id>,
    add: Vec<JsonAddition>,
}

#[derive(Debug, Serialize)]
struct JsonInside {
    verdict: &'static str,
    answers: Vec<JsonOffer>,
}

#[derive(Debug, Serialize)]
struct JsonOffer {
    answer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    codes: Option<Vec<i64>>,
    takes_effect: bool,
    rule: Id,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum JsonAddition {
    Mode(String),
    Entitlement(String),
    Entry(String),
    OtherIdentifier(String),
}

impl<'a> Json<'a> {
    /// The answers in this form.
    #[must_use]
    pub fn new(profile: Named, files: Vec<JsonFile<'a>>, exit: Exit) -> Self {
        Self {
            tool: env!("CARGO_PKG_VERSION"),
            profile: profile.name(),
            files,
            exit: exit.code(),
        }
    }
}

impl<'a> JsonFile<'a> {
    /// What is said of one app.
    #[must_use]
    pub fn new(file: &'a str, subject: &'a Subject, studied: &'a Studied) -> Self {
        let findings = studied.findings.iter().map(|finding| JsonFinding {
            weight: match finding.weight {
                Weight::Wrong => "wrong",
                Weight::NotTold => "not_told",
                Weight::Remark => "remark",
                Weight::Note => "note",
            },
            name: finding.name,
            line: finding.place.map(|place| place.line),
            column: finding.place.map(|place| place.column),
            what: &finding.what,
            rules: finding.rules.iter().map(|rule| rule.id).collect(),
            remedy: &finding.remedy,
        });
        let app = JsonApp {
            bundle: subject.knows_bundle().then_some(subject.bundle.text.as_str()),
            platform: subject.platform,
            modes: subject.modes.iter().map(|mode| mode.text.as_str()).collect(),
            entitlements: subject.entitlements.as_deref(),
            not_told: subject.unknown(),
            permitted: match subject.permitted {
                Listed::Absent => "absent",
                Listed::Malformed(_) => "malformed",
                Listed::Strings(_) => "list",
            },
            findings: findings.collect(),
            identifiers: studied.identifiers.iter().map(JsonIdentifier::new).collect(),
        };
        Self {
            file,
            target: subject.target.as_deref(),
            error: None,
            app: Some(app),
        }
    }

    /// A file that could not be read.
    #[must_use]
    pub fn unreadable(file: &'a str, error: &Unreadable) -> Self {
        Self {
            file,
            target: None,
            error: Some(JsonError {
                line: error.place.map(|place| place.line),
                column: error.place.map(|place| place.column),
                message: error.what.to_string(),
            }),
            app: None,
        }
    }
}

impl<'a> JsonIdentifier<'a> {
    fn new(identifier: &'a Identifier) -> Self {
        Self {
            entry: &identifier.entry.text,
            form: match identifier.form {
                Form::Exact => "exact",
                Form::Wildcard => "wildcard",
                Form::Stray => "stray",
                Form::NotTold => "not_told",
            },
            begins_with_bundle: match identifier.begins {
                Begins::Yes => "yes",
                Begins::No => "no",
                Begins::Perhaps => "not_told",
            },
            tried: &identifier.tried,
            covered_too_by: &identifier.also,
            calls: identifier.answers.iter().map(JsonCall::new).collect(),
        }
    }
}

impl JsonCall {
    fn new(answered: &Answered) -> Self {
        let (call, kind, gpu) = match answered.call {
            Call::RegisterString => ("register_the_wildcard_string", None, false),
            Call::Register { late: false } => ("register_while_launching", None, false),
            Call::Register { late: true } => ("register_after_launch", None, false),
            Call::Submit { kind, gpu } => ("submit", Some(kind), gpu),
        };
        Self {
            call,
            kind,
            gpu,
            versions: answered.spans.iter().map(JsonSpan::new).collect(),
        }
    }
}

impl JsonSpan {
    fn new(span: &Span) -> Self {
        let offers = |offers: &[Offer]| offers.iter().map(JsonOffer::new).collect();
        Self {
            since: span.since,
            until: span.until,
            verdict: verdict(span.verdict),
            answers: offers(&span.offers),
            with_every_entitlement: span.entitled.as_deref().map(offers),
            if_it_begins_with_the_bundle: span.inside.as_ref().map(|inside| JsonInside {
                verdict: verdict(inside.verdict),
                answers: offers(&inside.offers),
            }),
            may_be_refused_at_the_moment_by: span.at_the_moment.iter().map(|rule| rule.id).collect(),
            add: span
                .remedy
                .iter()
                .map(|addition| match addition {
                    Addition::Mode(name) => JsonAddition::Mode((*name).to_owned()),
                    Addition::Entitlement(name) => JsonAddition::Entitlement((*name).to_owned()),
                    Addition::Entry(id) => JsonAddition::Entry(id.clone()),
                    Addition::Rename(id) => JsonAddition::OtherIdentifier(id.clone()),
                })
                .collect(),
        }
    }
}

impl JsonOffer {
    fn new(offer: &Offer) -> Self {
        let codes = match offer.answer {
            Allowed::Refuses(codes) => Some(codes.iter().map(|code| code.0).collect()),
            _ => None,
        };
        Self {
            answer: words::allowed(offer.answer),
            codes,
            takes_effect: offer.takes_effect,
            rule: offer.rule.id,
        }
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Works => "works",
        Verdict::HangsOnBundle => "hangs_on_bundle",
        Verdict::HangsOnMode => "hangs_on_mode",
        Verdict::Open => "open",
        Verdict::HangsOnEntitlement => "hangs_on_entitlement",
        Verdict::Fails => "fails",
    }
}
