//! What an app's files let it do, for programs.

use bgspec_model::oracle::offers::Offer;
use bgspec_model::oracle::words;
use bgspec_model::profile::Named;
use bgspec_model::rule::Id;
use bgspec_model::see::Allowed;
use bgspec_model::vocabulary::{Kind, Version};
use serde::Serialize;

use super::read::{AppInfo, PermittedIs};
use super::study::{Addition, Answered, Call, Span, Verdict};
use super::{Form, Identifier, Studied};

/// The answers about one app.
#[derive(Debug, Serialize)]
pub struct Json<'a> {
    tool: &'static str,
    file: &'a str,
    profile: &'static str,
    bundle: &'a str,
    modes: &'a [String],
    entitlements: Option<&'a [String]>,
    permitted: &'static str,
    mistakes: Vec<JsonMistake<'a>>,
    identifiers: Vec<JsonIdentifier<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonMistake<'a> {
    surely: bool,
    what: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Id>,
    remedy: &'a str,
}

#[derive(Debug, Serialize)]
struct JsonIdentifier<'a> {
    entry: &'a str,
    form: &'static str,
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
    may_be_refused_at_the_moment_by: Vec<Id>,
    add: Vec<JsonAddition>,
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
    /// The answers in this form; `file` is what they are about.
    #[must_use]
    pub fn new(file: &'a str, profile: Named, info: &'a AppInfo, studied: &'a Studied) -> Self {
        let mistakes = studied.mistakes.iter().map(|mistake| JsonMistake {
            surely: mistake.surely,
            what: &mistake.what,
            rule: mistake.rule.map(|rule| rule.id),
            remedy: &mistake.remedy,
        });
        Self {
            tool: env!("CARGO_PKG_VERSION"),
            file,
            profile: profile.name(),
            bundle: &studied.bundle,
            modes: &info.modes,
            entitlements: info.entitlements.as_deref(),
            permitted: match info.permitted {
                PermittedIs::Malformed(_) => "malformed",
                PermittedIs::Absent | PermittedIs::List(_) => "list",
            },
            mistakes: mistakes.collect(),
            identifiers: studied.identifiers.iter().map(JsonIdentifier::new).collect(),
        }
    }
}

impl<'a> JsonIdentifier<'a> {
    fn new(identifier: &'a Identifier) -> Self {
        Self {
            entry: &identifier.entry,
            form: match identifier.form {
                Form::Exact => "exact",
                Form::Wildcard => "wildcard",
                Form::Stray => "stray",
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
            verdict: match span.verdict {
                Verdict::Works => "works",
                Verdict::Open => "open",
                Verdict::HangsOnEntitlement => "hangs_on_entitlement",
                Verdict::Fails => "fails",
            },
            answers: offers(&span.offers),
            with_every_entitlement: span.entitled.as_deref().map(offers),
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
