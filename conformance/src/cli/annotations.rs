//! The forms in which `plist` and `check` print, and the findings of `check` as annotations.

use std::io::{self, Write};

use bgspec_model::rules;
use clap::ValueEnum;

use crate::annotate::{Annotation, Level, Sort, github, sarif, xcode};
use crate::report::{CheckedFile, Found, Outcome};

/// How a command prints that has findings at places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
    /// For a Run Script phase: `file:line:column: error: text`, which Xcode shows in the editor
    Xcode,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For a step of GitHub Actions: annotations of the lines
    Github,
}

/// Writes annotations in a form that is one of theirs.
pub(super) fn write(form: Form, out: &mut impl Write, annotations: &[Annotation]) -> io::Result<()> {
    match form {
        Form::Xcode => xcode::write(out, annotations),
        Form::Sarif => sarif::write(out, annotations),
        Form::Github => github::write(out, annotations),
        Form::Human | Form::Json => Ok(()),
    }
}

/// What was found in a trace.
pub(super) fn of_trace(file: &CheckedFile) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    let at = |line: u64, level: Level, sort: Sort, text: String| Annotation {
        file: file.file.clone(),
        line: usize::try_from(line).ok().filter(|line| *line > 0),
        column: (line > 0).then_some(1),
        level,
        sort,
        text,
    };
    for found in &file.findings {
        let level = if found.counts { Level::Error } else { Level::Warning };
        annotations.push(at(found.line, level, sort(found), words(found, "breaks")));
    }
    for found in &file.advice {
        annotations.push(at(
            found.line,
            Level::Note,
            sort(found),
            words(found, "is advised otherwise by"),
        ));
    }
    for doubt in &file.doubts {
        let sort = Sort::Named("inconclusive", "What cannot be told from the trace.");
        annotations.push(at(
            doubt.line,
            Level::Warning,
            sort,
            format!("cannot be told: {}", doubt.why),
        ));
    }
    for error in file.error.iter().chain(&file.more_errors) {
        let line = usize::try_from(error.line).ok().filter(|line| *line > 0);
        let column = line.map(|_| error.column.max(1));
        annotations.push(Annotation::unreadable(&file.file, line, column, error.message.clone()));
    }
    if file.error.is_none() && file.outcome == Outcome::NothingChecked {
        let sort = Sort::Named("nothing-checked", "A trace without an event shows nothing.");
        annotations.push(at(
            1,
            Level::Error,
            sort,
            "there is no event behind the header".to_owned(),
        ));
    }
    annotations.sort_by_key(|annotation| annotation.line);
    annotations
}

fn sort(found: &Found) -> Sort {
    let rule = found
        .rules()
        .next()
        .and_then(|rule| rule.id.parse().ok())
        .and_then(rules::find);
    rule.map_or(Sort::Named("finding", "A rule that was broken."), Sort::Rule)
}

fn words(found: &Found, verb: &str) -> String {
    let ids: Vec<_> = found.rules().map(|rule| rule.id.as_str()).collect();
    let instead = found.instead.first();
    let instead = instead.map_or_else(String::new, |instead| {
        format!("; allowed: {} ({})", instead.what, instead.rule)
    });
    format!("the {} {verb} {}: {}{instead}", found.party, ids.join(", "), found.what)
}
