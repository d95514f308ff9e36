//! What `bgspec plist` says for people: of each app its facts, what was found, and its identifiers.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::super::page::Page;
use super::{Answer, Args, Asked, short, table, words};
use crate::exit::Exit;
use crate::info_plist::files::Kind;
use crate::info_plist::findings::{Finding, Weight};
use crate::info_plist::subject::{Listed, PERMITTED, Subject};
use crate::info_plist::{Studied, letters};
use crate::text::plain;

/// Prints what is said of each app.
pub(super) fn write(out: &mut impl Write, args: &Args, answers: &[Answer], passed_over: usize) -> io::Result<()> {
    let bold = Style::new().bold();
    let mut page = Page::new(out);
    for (number, answer) in answers.iter().enumerate() {
        if number > 0 {
            page.line("")?;
        }
        match answer {
            Ok(asked) => one(&mut page, args, asked)?,
            Err((_, error)) => {
                anstream::eprintln!("error: {error}");
            }
        }
    }
    if answers.is_empty() {
        page.paragraph(
            Style::new(),
            &format!("nothing says anything of background tasks: {passed_over} files passed over"),
        )?;
    } else if answers.len() > 1 {
        let count = |exit: Exit| {
            answers
                .iter()
                .filter(|answer| answer.as_ref().map_or(Exit::Unusable, |asked| asked.exit) == exit)
                .count()
        };
        let counts = [
            (Exit::Conforms, "nothing wrong"),
            (Exit::Breaks, "something wrong"),
            (Exit::Inconclusive, "not told"),
            (Exit::NothingChecked, "nothing permitted"),
            (Exit::Unusable, "unreadable"),
        ];
        let there = counts
            .iter()
            .map(|(exit, words)| (count(*exit), *words))
            .filter(|(count, _)| *count > 0);
        let words: Vec<_> = there.map(|(count, words)| format!("{count} {words}")).collect();
        page.line("")?;
        page.paragraph(bold, &format!("{} apps: {}", answers.len(), words.join(", ")))?;
    }
    Ok(())
}

fn one<W: Write>(page: &mut Page<'_, W>, args: &Args, asked: &Asked) -> io::Result<()> {
    let Asked { subject, studied, .. } = asked;
    let target = subject
        .target
        .as_ref()
        .map_or_else(String::new, |target| format!(", target {}", plain(target)));
    page.paragraph(Style::new().bold(), &format!("{}{target}", plain(&asked.file)))?;
    head(page, args, subject, studied)?;
    for finding in &studied.findings {
        page.line("")?;
        self::finding(page, finding)?;
    }
    if subject.entries().is_empty() && subject.aside.is_none() && !matches!(subject.permitted, Listed::Malformed(_)) {
        nothing(page, subject)?;
    }
    if args.all {
        table::identifiers(page, args.os, subject, studied)
    } else {
        short::identifiers(page, args.os, subject, studied)
    }
}

fn head<W: Write>(page: &mut Page<'_, W>, args: &Args, subject: &Subject, studied: &Studied) -> io::Result<()> {
    let listed = |list: &[&str]| {
        if list.is_empty() {
            "none".to_owned()
        } else {
            list.iter()
                .map(|text| letters::shown(text))
                .collect::<Vec<_>>()
                .join(", ")
        }
    };
    let bundle = match subject.bundle.text.as_str() {
        "" => "not told".to_owned(),
        text if subject.knows_bundle() => plain(text),
        text => format!("not told: {}", plain(text)),
    };
    page.labelled("bundle", &bundle)?;
    let modes: Vec<&str> = subject.modes.iter().map(|mode| mode.text.as_str()).collect();
    page.labelled("modes", &listed(&modes))?;
    let need = match words::need_entitlement(studied).as_slice() {
        [] => String::new(),
        [one] => format!("; {one} needs one"),
        several => format!("; {} need one each", short::in_a_row(several)),
    };
    match &subject.entitlements {
        Some(entitlements) => {
            let entitlements: Vec<&str> = entitlements.iter().map(String::as_str).collect();
            page.labelled("entitled", &(listed(&entitlements) + &need))?;
        }
        None => page.labelled("entitled", &format!("not told: --entitlements FILE tells{need}"))?,
    }
    if !studied.identifiers.is_empty() {
        page.labelled("profile", &words::profile(args.profile, args.os, studied))?;
        page.labelled("assumed", &words::circumstances(subject.platform, studied))?;
    }
    Ok(())
}

fn finding<W: Write>(page: &mut Page<'_, W>, finding: &Finding) -> io::Result<()> {
    let style = match finding.weight {
        Weight::Wrong => AnsiColor::Red.on_default().bold(),
        Weight::NotTold | Weight::Remark => AnsiColor::Yellow.on_default().bold(),
        Weight::Note => AnsiColor::Cyan.on_default().bold(),
    };
    let line = finding
        .place
        .map_or_else(String::new, |place| format!("line {}: ", place.line));
    let text = format!("{line}{}{}", plain(&finding.what), words::by(&finding.rules));
    page.remark(style, finding.weight.word(), &text)?;
    if finding.remedy.is_empty() {
        return Ok(());
    }
    page.labelled("to do", &plain(&finding.remedy))
}

/// Why nothing is permitted, and what to write.
fn nothing<W: Write>(page: &mut Page<'_, W>, subject: &Subject) -> io::Result<()> {
    let found = match subject.permitted {
        Listed::Absent => format!("there is no key {PERMITTED}"),
        _ => format!("{PERMITTED} is empty"),
    };
    let (so, sure) = match subject.elsewhere {
        None => ("and so nothing is permitted (CFG-1)", true),
        Some(_) => ("in this file", false),
    };
    page.line("")?;
    page.remark(
        AnsiColor::Yellow.on_default().bold(),
        "nothing",
        &format!("{found}, {so}"),
    )?;
    if let Some(elsewhere) = subject.elsewhere.filter(|_| !sure) {
        page.labelled("", elsewhere)?;
    }
    page.line("")?;
    page.paragraph(
        Style::new(),
        "To run background tasks, list every identifier that the app registers:",
    )?;
    let example = match subject.kind {
        Kind::PropertyList => {
            "  <key>BGTaskSchedulerPermittedIdentifiers</key>\n  <array>\n    <string>com.example.app.refresh</string>\n  </array>"
        }
        Kind::Expo => {
            "  \"ios\": {\n    \"infoPlist\": {\n      \"BGTaskSchedulerPermittedIdentifiers\": [\"com.example.app.refresh\"]\n    }\n  }"
        }
        Kind::XcodeGen => {
            "  info:\n    properties:\n      BGTaskSchedulerPermittedIdentifiers:\n        - com.example.app.refresh"
        }
    };
    page.line(example)
}
