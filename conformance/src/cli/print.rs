//! Reports for people: plain, aligned, with colour where the output is a terminal.
//!
//! Everything that comes from a trace passes through [`plain`] on its way out.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::report::{ByBasis, CheckedFile, Found, FoundRule, Outcome, Repeated, Summary};
use crate::text::{humane, plain, time, wrap};

/// Where the text behind a label begins.
const INDENT: usize = 15;
/// So many breaches of the same rules are told whole.
const BREACHES: usize = 3;

/// One trace.
pub(super) fn file(out: &mut impl Write, file: &CheckedFile, is_first: bool) -> io::Result<()> {
    if !is_first {
        writeln!(out)?;
    }
    let style = match file.outcome {
        Outcome::Conforms => AnsiColor::Green.on_default().bold(),
        Outcome::Breaks | Outcome::Unusable => AnsiColor::Red.on_default().bold(),
        Outcome::Inconclusive | Outcome::NothingChecked => AnsiColor::Yellow.on_default().bold(),
    };
    writeln!(out, "{}: {style}{}{style:#}", named(file), file.outcome.words())?;
    terms(out, file)?;
    again_and_again(out, &file.findings, &file.repeats, BREACHES, |out, found| {
        let left_out = if found.counts { "" } else { " (not counted here)" };
        finding(out, found, "breaks", left_out)
    })?;
    again_and_again(out, &file.advice, &file.repeats, 1, |out, found| {
        finding(out, found, "is advised otherwise by", "")
    })?;
    // What follows hangs on it.
    unreadable(out, file)?;
    if !file.doubts.is_empty() {
        heading(out, "cannot be told")?;
        for doubt in &file.doubts {
            let place = place(doubt.line, doubt.event, doubt.at);
            labelled(out, "why", &format!("{}, {place}", humane(&plain(&doubt.why))))?;
        }
    }
    if !file.assumes.is_empty() && file.outcome != Outcome::Breaks {
        heading(out, "if")?;
        for assumed in &file.assumes {
            let place = place(assumed.line, assumed.event, assumed.at);
            labelled(out, "not told", &format!("{}, {place}", plain(&assumed.what)))?;
        }
    }
    if !file.open.is_empty() {
        heading(out, "open at the end, and not yet due")?;
        for open in &file.open {
            labelled(out, "", &humane(&plain(open)))?;
        }
    }
    if file.error.is_none() && file.events == 0 {
        heading(out, "there is no event behind the header")?;
    }
    Ok(())
}

/// Why a trace is not read to its end.
fn unreadable(out: &mut impl Write, file: &CheckedFile) -> io::Result<()> {
    let Some(error) = &file.error else { return Ok(()) };
    let reads = if file.events == 0 {
        "it cannot be read"
    } else {
        "it cannot be read any further"
    };
    heading(out, reads)?;
    for error in std::iter::once(error).chain(&file.more_errors) {
        let place = match error.line {
            0 => plain(&file.file),
            line => format!("{}:{line}:{}", plain(&file.file), error.column),
        };
        labelled(out, "error", &format!("{place}: {}", plain(&error.message)))?;
    }
    if file.errors_left_out > 0 {
        labelled(
            out,
            "",
            &format!("and {} more", counted(file.errors_left_out, "error", "errors")),
        )?;
    }
    Ok(())
}

/// Prints findings in their order: the first of the same rules whole, and behind them where the others stand.
fn again_and_again<W: Write>(
    out: &mut W,
    found: &[Found],
    repeats: &[Repeated],
    whole: usize,
    mut print: impl FnMut(&mut W, &Found) -> io::Result<()>,
) -> io::Result<()> {
    const LINES: usize = 12;
    for (place, this) in found.iter().enumerate() {
        let alike = |other: &&Found| other.party == this.party && other.names_the_same(this);
        let before = found[..place].iter().filter(alike).count();
        let rest: Vec<_> = found[place + 1..]
            .iter()
            .filter(alike)
            .map(|found| found.line)
            .collect();
        let repeat = repeats
            .iter()
            .find(|repeat| repeat.party == this.party && this.rules().map(|rule| &rule.id).eq(&repeat.rules));
        let more = repeat.map_or(0, |repeat| repeat.times as usize);
        // One more block says no less than a line about it.
        let whole = whole + usize::from(before + rest.len() + more == whole);
        if before < whole {
            print(out, this)?;
        }
        if before + 1 == whole && !rest.is_empty() {
            let lines: Vec<_> = rest.iter().take(LINES).map(ToString::to_string).collect();
            let mut text = format!("in lines {}", lines.join(", "));
            let unnamed = rest.len().saturating_sub(LINES) + more;
            let last = repeat.map_or(rest.last().copied(), |repeat| Some(repeat.line));
            if let Some(last) = last.filter(|_| unnamed > 0) {
                text.push_str(&format!(", and {unnamed} times more, the last in line {last}"));
            }
            labelled(out, "again", &text)?;
        }
    }
    Ok(())
}

/// A file by its name, and by its line where a scenario of it is meant.
pub(super) fn named(file: &CheckedFile) -> String {
    match &file.scenario {
        Some(scenario) => format!("{}:{}", plain(&file.file), scenario.line),
        None => plain(&file.file),
    }
}

/// What a trace was judged by; before it the name of a scenario.
pub(super) fn terms(out: &mut impl Write, file: &CheckedFile) -> io::Result<()> {
    if let Some(scenario) = &file.scenario {
        for line in wrap(&plain(&scenario.name), super::page::width() - 2) {
            writeln!(out, "  {line}")?;
        }
    }
    if let Some(terms) = &file.terms {
        let mut words = vec![
            format!("iOS {}", terms.os),
            format!("profile {}", plain(&terms.profile)),
        ];
        words.extend(
            terms
                .pins
                .iter()
                .map(|(name, value)| format!("{}={}", plain(name), plain(value))),
        );
        words.push(terms.origin.clone());
        words.push(counted(file.events as usize, "event", "events"));
        writeln!(out, "  {}", words.join(", "))?;
    }
    Ok(())
}

pub(super) fn finding(out: &mut impl Write, found: &Found, verb: &str, remark: &str) -> io::Result<()> {
    let ids = |rules: &[FoundRule]| rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>().join(", ");
    let named = match (found.breaks.as_slice(), found.perhaps.as_slice()) {
        (sure, []) => ids(sure),
        ([], [perhaps]) => perhaps.id.clone(),
        ([], perhaps) => format!("one of {}", ids(perhaps)),
        (sure, perhaps) => format!("{}, perhaps {}", ids(sure), ids(perhaps)),
    };
    heading(out, &format!("the {} {verb} {named}{remark}", found.party))?;
    labelled(out, "where", &place(found.line, found.event, found.at))?;
    labelled(out, "happened", &humane(&plain(&found.what)))?;
    for (index, other) in found.instead.iter().enumerate() {
        let label = if index == 0 { "allowed" } else { "or" };
        labelled(out, label, &format!("{} ({})", humane(&plain(&other.what)), other.rule))?;
    }
    if let Some(line) = found.earlier {
        labelled(out, "earlier", &format!("line {line}"))?;
    }
    for fixed in &found.fixed {
        let text = format!("line {} showed {} = {}", fixed.line, fixed.setting, fixed.value);
        labelled(out, "held to", &text)?;
    }
    for rule in found.rules() {
        let text = format!("{} [{}; {}; {}]", rule.text, rule.id, rule.force, rule.basis.join(", "));
        labelled(out, "rule", &text)?;
    }
    Ok(())
}

/// A finding with the first sentence of each rule.
pub(super) fn short(out: &mut impl Write, found: &Found, verb: &str, remark: &str) -> io::Result<()> {
    let mut short = found.clone();
    for rule in short.breaks.iter_mut().chain(&mut short.perhaps) {
        if let Some(end) = rule.text.find(". ") {
            rule.text.truncate(end + 1);
        }
    }
    finding(out, &short, verb, remark)
}

/// All traces together.
pub(super) fn summary(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let outcomes = [
        (summary.conforms, Outcome::Conforms),
        (summary.breaks, Outcome::Breaks),
        (summary.inconclusive, Outcome::Inconclusive),
        (summary.nothing_checked, Outcome::NothingChecked),
        (summary.unusable, Outcome::Unusable),
    ];
    writeln!(out)?;
    if summary.files > 1 {
        let there = outcomes.iter().filter(|(count, _)| *count > 0);
        let words: Vec<_> = there
            .map(|(count, outcome)| format!("{count} {}", outcome.words()))
            .collect();
        writeln!(out, "{} traces: {}", summary.files, words.join(", "))?;
    }
    writeln!(
        out,
        "{}{}",
        counted(summary.findings.total(), "finding", "findings"),
        by_basis(&summary.findings)
    )
}

/// `: 1 documented, 2 staff`, or nothing.
fn by_basis(findings: &ByBasis) -> String {
    let counts = [
        (findings.documented, "documented"),
        (findings.staff, "staff"),
        (findings.observed, "observed"),
        (findings.inferred, "inferred"),
    ];
    let there: Vec<_> = counts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, basis)| format!("{n} {basis}"))
        .collect();
    if there.is_empty() {
        String::new()
    } else {
        format!(": {}", there.join(", "))
    }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

pub(super) fn place(line: u64, event: u64, at: i64) -> String {
    format!("line {line} (event {event}), at {}", time(at))
}

pub(super) fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out)?;
    wrap(text, super::page::width() - 2)
        .iter()
        .try_for_each(|line| writeln!(out, "  {bold}{line}{bold:#}"))
}

/// A text behind its label, wrapped and indented.
pub(super) fn labelled(out: &mut (impl Write + ?Sized), label: &str, text: &str) -> io::Result<()> {
    let dim = Style::new().dimmed();
    for (index, line) in wrap(text, super::page::width() - INDENT).iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        writeln!(out, "    {dim}{label:<width$}{dim:#}{line}", width = INDENT - 4)?;
    }
    Ok(())
}
