//! The words of `bgspec plist`: answers, versions, remedies.

use bgspec_model::oracle::offers::Offer;
use bgspec_model::oracle::words;
use bgspec_model::profile::Named;
use bgspec_model::rule::{Id, Rule};
use bgspec_model::see::Allowed;
use bgspec_model::vocabulary::{Kind, Platform, Version};

use crate::info_plist::Studied;
use crate::info_plist::study::{Addition, Call, Span, Verdict};

/// `(CFG-1, CFG-2)` behind a sentence, or nothing.
pub(super) fn by(rules: &[&Rule]) -> String {
    let ids: Vec<_> = rules.iter().map(|rule| rule.id.to_string()).collect();
    if ids.is_empty() {
        String::new()
    } else {
        format!(" ({})", ids.join(", "))
    }
}

/// The versions of a span, in words.
pub(super) fn versions(since: Version, until: Option<Version>) -> String {
    let short = |version: Version| match version.minor {
        0 => version.major.to_string(),
        _ => version.to_string(),
    };
    let last = until.and_then(|until| match until.minor {
        0 => Version::RELEASES
            .into_iter()
            .rev()
            .find(|release| *release < until.major)
            .map(|last| last.to_string()),
        minor => Some(format!("{}.{}", until.major, minor - 1)),
    });
    let first = short(since);
    match last {
        None if since == Version::OLDEST => "all".to_owned(),
        None => format!("{first} on"),
        Some(last) if last == first => last,
        Some(last) => format!("{first} to {last}"),
    }
}

/// What a span says, in words.
pub(super) fn says(span: &Span, call: Call) -> String {
    let answers = in_words(&span.offers);
    let submits = matches!(call, Call::Submit { .. });
    if let Some(inside) = &span.inside {
        let inside = in_words(&inside.offers);
        return format!("hangs on the bundle identifier (--bundle): {inside}, if it begins with that; else {answers}");
    }
    match (&span.entitled, span.verdict) {
        (Some(entitled), _) => {
            let name = |addition: &Addition| match addition {
                Addition::Entitlement(name) => Some(*name),
                _ => None,
            };
            let names: Vec<_> = span.remedy.iter().filter_map(name).collect();
            let entitled = in_words(entitled);
            if names.is_empty() {
                format!("with every entitlement: {entitled}; without them {answers}")
            } else {
                format!(
                    "with the entitlement {}: {entitled}; without it {answers}",
                    names.join(", ")
                )
            }
        }
        (None, Verdict::Works) if submits => format!("yes, {answers}"),
        (None, Verdict::Open) => format!("left open: {answers}"),
        (None, Verdict::HangsOnMode) => {
            format!("hangs on a mode that this file may get from elsewhere: without it {answers}")
        }
        (None, _) if submits => format!("no, {answers}"),
        (None, _) => answers,
    }
}

/// Answers in words, what works first; those of several rules once.
pub(super) fn in_words(offers: &[Offer]) -> String {
    let mut said: Vec<(bool, String, Vec<Id>)> = Vec::new();
    for offer in offers {
        let words = answer(offer);
        match said.iter_mut().find(|(_, other, _)| *other == words) {
            Some((_, _, ids)) => ids.push(offer.rule.id),
            None => said.push((!offer.takes_effect, words, vec![offer.rule.id])),
        }
    }
    said.sort_by_key(|(fails, ..)| *fails);
    let said: Vec<_> = said
        .into_iter()
        .map(|(_, words, ids)| {
            let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
            format!("{words} ({})", ids.join(", "))
        })
        .collect();
    if said.is_empty() {
        "whatever the moment allows".to_owned()
    } else {
        said.join(", or ")
    }
}

/// What to add, in words.
pub(super) fn remedy(span: &Span) -> Option<String> {
    let steps: Vec<_> = span.remedy.iter().map(ToString::to_string).collect();
    if steps.is_empty() {
        return None;
    }
    let aim = if span.verdict == Verdict::Open {
        "to be sure"
    } else {
        "to allow it"
    };
    Some(format!("{aim}: {}", steps.join(" and ")))
}

/// One answer in words.
fn answer(offer: &Offer) -> String {
    match (offer.answer, offer.takes_effect) {
        (Allowed::Accepts, false) => "reported as accepted, and lost".to_owned(),
        (Allowed::Returns(true), false) => "returns true, and the handler is never called".to_owned(),
        (answer, _) => {
            let words = words::allowed(answer);
            let short = words.strip_prefix("it is ").or_else(|| words.strip_prefix("it "));
            short.map(ToOwned::to_owned).unwrap_or(words)
        }
    }
}

/// The profile, what may be lost by it, and what the other one has besides.
pub(super) fn profile(profile: Named, os: Option<Version>, studied: &Studied) -> String {
    let from = |since: Version| if os.is_some() { String::new() } else { from(since) };
    let mut says = profile.name().to_owned();
    let lost = spans(studied)
        .filter(|span| span.offers.iter().any(is_loss))
        .map(|span| span.since);
    if let Some(since) = lost.min() {
        says += &format!(
            ": {}a submission that is refused may be reported as accepted, and is lost (SUB-12)",
            from(since)
        );
    }
    let mut seen: Vec<String> = Vec::new();
    for besides in &studied.besides {
        let text = if is_loss(&besides.offer) {
            format!(
                "{}a refused submission reported as accepted, and lost (SUB-12)",
                from(besides.since)
            )
        } else {
            let call = match besides.calls.first() {
                Some(Call::RegisterString) => "registering the string with the star",
                Some(Call::Register { late: true }) => "a late registration",
                Some(Call::Register { late: false }) => "a registration",
                Some(Call::Submit { .. }) | None => "a submission",
            };
            format!("{}{call}: {}", from(besides.since), brief(&besides.offer))
        };
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    if !seen.is_empty() {
        says += &format!("; seen on devices besides (--profile field): {}", seen.join("; "));
    }
    says
}

fn from(since: Version) -> String {
    match when(since, None) {
        text if text.is_empty() => text,
        text => text + " ",
    }
}

/// A refusal that the synchronous submit does not report (SUB-12): no reason for itself.
pub(super) fn is_loss(offer: &Offer) -> bool {
    offer.answer == Allowed::Accepts && !offer.takes_effect && offer.rule.id.to_string() == "SUB-12"
}

/// One answer in a few words, with its rule.
pub(super) fn brief(offer: &Offer) -> String {
    let id = offer.rule.id;
    match (offer.answer, offer.takes_effect) {
        (Allowed::Returns(true), true) => format!("yes ({id})"),
        (Allowed::Returns(true), false) => format!("true, and the handler is never called ({id})"),
        (Allowed::Returns(false), _) => format!("false ({id})"),
        (Allowed::Raises(_), _) => format!("raises ({id})"),
        _ => in_words(&[*offer]),
    }
}

/// Versions in a sentence: `from 26`, `up to 18`; nothing where it is all of them.
pub(super) fn when(since: Version, until: Option<Version>) -> String {
    let versions = versions(since, until);
    match versions.strip_suffix(" on") {
        _ if versions == "all" => String::new(),
        Some(first) => format!("from {first}"),
        None if since == Version::OLDEST => match versions.split_once(" to ") {
            Some((_, last)) => format!("up to {last}"),
            None => format!("in {versions}"),
        },
        None => format!("in {versions}"),
    }
}

/// The kinds of tasks that an entitlement would allow.
pub(super) fn need_entitlement(studied: &Studied) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    for answered in studied.identifiers.iter().flat_map(|identifier| &identifier.answers) {
        let needs = |span: &Span| span.remedy.iter().any(|one| matches!(one, Addition::Entitlement(_)));
        if answered
            .spans
            .iter()
            .any(|span| needs(span) || span.verdict == Verdict::HangsOnEntitlement)
        {
            let kind = kind(answered.call);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    kinds
}

/// The kind of task that a submission is for.
pub(super) const fn kind(call: Call) -> &'static str {
    match call {
        Call::Submit {
            kind: Kind::Refresh, ..
        } => "refresh",
        Call::Submit {
            kind: Kind::Processing, ..
        } => "processing",
        Call::Submit {
            kind: Kind::HealthResearch,
            ..
        } => "health research",
        Call::Submit {
            kind: Kind::Continued,
            gpu: false,
        } => "continued processing",
        Call::Submit {
            kind: Kind::Continued,
            gpu: true,
        } => "continued processing with the GPU of an iPad",
        Call::Register { .. } | Call::RegisterString => "a registration",
    }
}

/// What the answers take for granted.
pub(super) fn circumstances(platform: Platform, studied: &Studied) -> String {
    let mut says = format!(
        "{platform}, the app in front, its handler registered, the person's switches on, the study opted in to (CFG-3)"
    );
    let mut moment: Vec<_> = spans(studied).flat_map(|span| &span.at_the_moment).copied().collect();
    moment.sort_by_key(|rule: &&Rule| rule.id);
    moment.dedup();
    if !moment.is_empty() {
        says += &format!(
            "; whatever the files say, the moment may refuse a submission{}",
            by(&moment)
        );
    }
    says
}

/// Everything that was answered.
pub(super) fn spans(studied: &Studied) -> impl Iterator<Item = &Span> {
    let answers = studied.identifiers.iter().flat_map(|identifier| &identifier.answers);
    answers.flat_map(|answered| &answered.spans)
}
