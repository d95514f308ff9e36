//! Three lines an identifier: how it registers, as what it can be submitted, as what not and what is missing.
//!
//! Identifiers with one answer are told once. What a version changes is said beside it.

use std::io::{self, Write};

use anstyle::Style;
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::Version;

use super::super::page::Page;
use super::words;
use crate::info_plist::study::{Addition, Answered, Call, Span, Verdict};
use crate::info_plist::subject::{MODES, Subject};
use crate::info_plist::{Form, Identifier, Studied, letters};
use crate::text::plain;

/// What is said of one identifier: a label and a text, in order.
type Lines = Vec<(&'static str, String)>;

/// Prints what is said of each identifier.
pub(super) fn identifiers<W: Write>(
    page: &mut Page<'_, W>,
    os: Option<Version>,
    subject: &Subject,
    studied: &Studied,
) -> io::Result<()> {
    let mut groups: Vec<(Vec<String>, Lines)> = Vec::new();
    for identifier in &studied.identifiers {
        let (name, lines) = (heading(identifier), lines(identifier, subject, os));
        match groups.iter_mut().find(|(_, known)| *known == lines) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], lines)),
        }
    }
    for (names, lines) in groups {
        page.line("")?;
        page.paragraph(Style::new().bold(), &names.join(", "))?;
        for (label, text) in lines {
            page.labelled(label, &plain(&text))?;
        }
    }
    if !studied.identifiers.is_empty() {
        page.line("")?;
        page.paragraph(
            Style::new().dimmed(),
            "--all shows every call in every version; `bgspec rules ID` a rule.",
        )?;
    }
    Ok(())
}

fn heading(identifier: &Identifier) -> String {
    let shown = letters::shown(&identifier.entry.text);
    match identifier.form {
        Form::Wildcard => format!("{shown} (a wildcard entry from 26, for such as {})", identifier.tried),
        Form::Exact | Form::Stray | Form::NotTold => shown,
    }
}

fn lines(identifier: &Identifier, subject: &Subject, os: Option<Version>) -> Lines {
    match identifier.form {
        Form::Stray => return vec![("", "permits no identifier: see above (IDN-8)".to_owned())],
        Form::NotTold => {
            return vec![(
                "",
                "what it permits hangs on the bundle identifier: see above (IDN-1)".to_owned(),
            )];
        }
        Form::Exact if identifier.entry.text.is_empty() => {
            return vec![("", "permits nothing: see above (REG-11)".to_owned())];
        }
        Form::Wildcard if os.is_some_and(|os| os < Version::new(26, 0)) => {
            return vec![(
                "",
                "before 26 no entry is a wildcard: it permits no identifier of an app (IDN-8)".to_owned(),
            )];
        }
        Form::Exact | Form::Wildcard => {}
    }
    // The heading of a wildcard entry says from when on.
    let os = os.or_else(|| (identifier.form == Form::Wildcard).then_some(Version::NEWEST));
    let mut lines = vec![("register", register(identifier, os))];
    let mut sorted = Sorted::default();
    for answered in &identifier.answers {
        if let Call::Submit { .. } = answered.call {
            sorted.add(answered.call, &spans(answered, identifier), subject, os);
        }
    }
    let submit = sorted.yes.into_iter().chain(sorted.perhaps).collect::<Vec<_>>();
    if submit.is_empty() {
        lines.push(("submit", "as nothing".to_owned()));
    } else {
        lines.push(("submit", submit.join("; ")));
    }
    let mut not = sorted.no;
    if !sorted.absent.is_empty() {
        let verb = if sorted.absent.len() == 1 { "does" } else { "do" };
        not.push(format!("{} {verb} not exist there (CFG-10)", in_a_row(&sorted.absent)));
    }
    if !not.is_empty() {
        lines.push(("not", not.join("; ")));
    }
    if !identifier.also.is_empty() {
        lines.push(("", format!("{} covers it too", identifier.also.join(", "))));
    }
    lines
}

/// The versions that an identifier is asked about: a wildcard entry is one from 26 on.
fn spans<'a>(answered: &'a Answered, identifier: &Identifier) -> Vec<&'a Span> {
    let is_one = |span: &&Span| identifier.form != Form::Wildcard || span.since >= Version::new(26, 0);
    answered.spans.iter().filter(is_one).collect()
}

fn register(identifier: &Identifier, os: Option<Version>) -> String {
    let of = |call: Call| identifier.answers.iter().find(|answered| answered.call == call);
    let asked = [
        ("while the app launches", Call::Register { late: false }),
        ("later", Call::Register { late: true }),
        ("the string with the star", Call::RegisterString),
    ];
    let says = asked.into_iter().filter_map(|(when, call)| {
        let spans = spans(of(call)?, identifier).into_iter();
        let spans = spans.map(|span| with_versions(answers(span), span.since, span.until, os));
        Some(format!("{when}: {}", spans.collect::<Vec<_>>().join(", ")))
    });
    says.collect::<Vec<_>>().join("; ")
}

/// What a registration answers, in a few words.
fn answers(span: &Span) -> String {
    if span.verdict == Verdict::Works {
        return "yes".to_owned();
    }
    let mut said: Vec<String> = Vec::new();
    for words in span.offers.iter().map(words::brief) {
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said.join(" or ")
}

fn with_versions(text: String, since: Version, until: Option<Version>, os: Option<Version>) -> String {
    let when = words::when(since, until);
    if os.is_some() || when.is_empty() {
        text
    } else {
        format!("{text} {when}")
    }
}

/// The kinds of tasks by what became of their submission.
#[derive(Default)]
struct Sorted {
    yes: Vec<String>,
    perhaps: Vec<String>,
    no: Vec<String>,
    absent: Vec<String>,
}

impl Sorted {
    fn add(&mut self, call: Call, answers: &[&Span], subject: &Subject, os: Option<Version>) {
        let kind = words::kind(call);
        if answers.is_empty() {
            self.absent.push(kind.to_owned());
            return;
        }
        // Spans that differ only in words are told as one.
        let mut told: Vec<(Verdict, Version, Option<Version>, Vec<&Span>)> = Vec::new();
        for span in answers.iter().copied() {
            match told.last_mut() {
                Some((verdict, _, until, spans)) if *verdict == span.verdict => {
                    *until = span.until;
                    spans.push(span);
                }
                _ => told.push((span.verdict, span.since, span.until, vec![span])),
            }
        }
        for (verdict, since, until, spans) in told {
            let text = with_versions(kind.to_owned(), since, until, os);
            let needs_entitlement = spans
                .iter()
                .flat_map(|span| &span.remedy)
                .any(|one| matches!(one, Addition::Entitlement(_)));
            let (because, remedy) = (because(&spans), remedy(&spans, subject));
            match verdict {
                Verdict::Works => self.yes.push(format!("as {text}")),
                // Told once, in the head.
                _ if needs_entitlement => {}
                Verdict::HangsOnEntitlement => {}
                Verdict::HangsOnBundle => self.perhaps.push(format!(
                    "perhaps as {text}: it hangs on the bundle identifier, which is not told ({because})"
                )),
                Verdict::HangsOnMode => self.perhaps.push(format!(
                    "perhaps as {text}: it hangs on a mode that this file may get from elsewhere ({because}){remedy}"
                )),
                Verdict::Open => self.perhaps.push(format!("perhaps as {text} ({because}){remedy}")),
                Verdict::Fails => self.no.push(format!("as {text} ({because}){remedy}")),
            }
        }
    }
}

/// `a, b and c`.
pub(super) fn in_a_row<T: AsRef<str>>(words: &[T]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.join(", "),
    }
}

/// The rules by which it is refused or lost.
fn because(spans: &[&Span]) -> String {
    let mut rules: Vec<&'static Rule> = Vec::new();
    for offer in spans
        .iter()
        .flat_map(|span| &span.offers)
        .filter(|offer| !offer.takes_effect && !words::is_loss(offer))
    {
        if !rules.contains(&offer.rule) {
            rules.push(offer.rule);
        }
    }
    let ids: Vec<_> = rules.iter().map(|rule| rule.id.to_string()).collect();
    ids.join(", ")
}

/// What to add, in a few words.
fn remedy(spans: &[&Span], subject: &Subject) -> String {
    let steps = spans.last().map(|span| span.remedy.as_slice()).unwrap_or_default();
    let steps: Vec<_> = steps
        .iter()
        .map(|addition| match addition {
            Addition::Mode(name) => format!("add `{name}` to {MODES}"),
            Addition::Entitlement(name) => format!("get the entitlement {name}"),
            Addition::Entry(_) => "list it by its whole name".to_owned(),
            Addition::Rename(_) => format!("let it begin with `{}.`", subject.bundle.text),
        })
        .collect();
    if steps.is_empty() {
        String::new()
    } else {
        format!(": {}", steps.join(" and "))
    }
}
