//! `bgspec plist --all`: every call in every version, and the rules that the answers name.

use std::io::{self, Write};

use anstyle::Style;
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::Version;

use super::super::page::Page;
use super::words;
use crate::info_plist::study::{Addition, Answered, Call};
use crate::info_plist::subject::{MODES, Subject};
use crate::info_plist::{Form, Identifier, Studied, letters};
use crate::text::plain;

/// Prints the table of each identifier.
pub(super) fn identifiers<W: Write>(
    page: &mut Page<'_, W>,
    os: Option<Version>,
    subject: &Subject,
    studied: &Studied,
) -> io::Result<()> {
    let bold = Style::new().bold();
    for identifier in &studied.identifiers {
        one(page, os, identifier)?;
    }
    let additions = modes_to_add(studied);
    if !additions.is_empty() {
        page.line("")?;
        page.paragraph(bold, "The modes, with those that a line above asks for")?;
        page.line(&format!("  <key>{MODES}</key>\n  <array>"))?;
        for mode in super::known_modes(subject).into_iter().chain(additions) {
            page.line(&format!("    <string>{}</string>", plain(mode)))?;
        }
        page.line("  </array>")?;
    }
    let rules = rules_named(studied);
    if !rules.is_empty() {
        page.line("")?;
        page.paragraph(bold, "The rules")?;
        for rule in rules {
            page.labelled(&rule.id.to_string(), rule.text)?;
        }
    }
    Ok(())
}

fn one<W: Write>(page: &mut Page<'_, W>, os: Option<Version>, identifier: &Identifier) -> io::Result<()> {
    let Identifier { entry, tried, .. } = identifier;
    page.line("")?;
    page.paragraph(Style::new().bold(), &letters::shown(&entry.text))?;
    let says = match identifier.form {
        Form::Exact if entry.text.is_empty() => "an empty string: it permits nothing (REG-11)".to_owned(),
        Form::Exact => "an exact entry: it permits this identifier and no other (IDN-12)".to_owned(),
        Form::Wildcard => format!(
            "a wildcard entry, from iOS 26: it covers every identifier that begins like it and goes on, such as {} \
             (IDN-1, IDN-2). Each is registered and submitted by its whole name; the answers are about that one",
            plain(tried)
        ),
        Form::Stray => "a stray star: no wildcard entry, and no identifier of an app".to_owned(),
        Form::NotTold => "a wildcard entry if it begins with the bundle identifier, which is not told".to_owned(),
    };
    page.labelled("entry", &says)?;
    if !identifier.also.is_empty() {
        page.labelled("", &format!("covered by {} too", plain(&identifier.also.join(", "))))?;
    }
    for answered in &identifier.answers {
        answer(page, os, answered)?;
    }
    Ok(())
}

fn answer<W: Write>(page: &mut Page<'_, W>, os: Option<Version>, answered: &Answered) -> io::Result<()> {
    page.line(&format!("  {}", call(answered.call)))?;
    if answered.spans.is_empty() {
        return page.labelled("", "does not exist there (CFG-10)");
    }
    for span in &answered.spans {
        let versions = os.map_or_else(|| words::versions(span.since, span.until), |os| os.to_string());
        page.labelled(&versions, &plain(&words::says(span, answered.call)))?;
        if let Some(remedy) = words::remedy(span) {
            page.labelled("", &plain(&remedy))?;
        }
    }
    Ok(())
}

pub(super) fn call(call: Call) -> String {
    match call {
        Call::RegisterString => "register the string with the star itself".to_owned(),
        Call::Register { late: false } => "register while the app is launching".to_owned(),
        Call::Register { late: true } => "register after launch has finished".to_owned(),
        Call::Submit { kind, gpu: false } => format!("submit as {kind}"),
        Call::Submit { kind, gpu: true } => format!("submit as {kind} with the GPU, on an iPad that has it"),
    }
}

/// The background modes that a remedy asks for.
fn modes_to_add(studied: &Studied) -> Vec<&'static str> {
    let mut modes = Vec::new();
    for addition in words::spans(studied).flat_map(|span| &span.remedy) {
        if let Addition::Mode(name) = addition
            && !modes.contains(name)
        {
            modes.push(*name);
        }
    }
    modes
}

/// The rules that the answers name, in the order of the book.
fn rules_named(studied: &Studied) -> Vec<&'static Rule> {
    let offers = words::spans(studied).flat_map(|span| span.offers.iter().chain(span.entitled.iter().flatten()));
    let findings = studied
        .findings
        .iter()
        .flat_map(|finding| finding.rules.iter().copied());
    let mut rules: Vec<_> = offers.map(|offer| offer.rule).chain(findings).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    rules
}
