//! `bgspec features --weak`: which rules each scenario would miss.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use bgspec_model::rule::Id;
use serde_json::json;

use crate::exit::Exit;
use crate::features::judge::Overlay;
use crate::features::run::Outcome;
use crate::features::script::{Script, Sort};
use crate::features::weak::{self, Probed};
use crate::play::adapter::Failure;
use crate::text::{plain, wrap};

const RED: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// Probes the scenarios and prints what they notice.
///
/// # Errors
/// The output cannot be written.
pub(super) fn run(scripts: &[Script], overlay: &Overlay, as_json: bool) -> io::Result<Exit> {
    let probed = match weak::probe_all(scripts, overlay) {
        Ok(probed) => probed,
        Err(failure) => return adapter_failed(&failure),
    };
    let mut out = anstream::stdout().lock();
    if as_json {
        serde_json::to_writer_pretty(&mut out, &json(&probed))?;
        writeln!(out)?;
    } else {
        human(&mut out, &probed)?;
    }
    out.flush()?;
    let (gone, done): (Vec<_>, Vec<_>) = probed.iter().partition(|probed| is_inapplicable(probed));
    if done.is_empty() && !gone.is_empty() {
        return Ok(Exit::NothingChecked);
    }
    Ok(Exit::gravest(done.into_iter().map(Probed::exit)))
}

fn adapter_failed(failure: &Failure) -> io::Result<Exit> {
    anstream::eprintln!("error: {failure}");
    Ok(Exit::AdapterFailed)
}

const fn is_inapplicable(probed: &Probed) -> bool {
    matches!(probed.outcome, Outcome::NotApplicable(_))
}

/// How often each rule is noticed that some scenario consulted.
fn noticed(probed: &[Probed]) -> BTreeMap<Id, usize> {
    let consulted = probed.iter().flat_map(|probed| &probed.consulted);
    let mut counts: BTreeMap<Id, usize> = consulted.map(|rule| (*rule, 0)).collect();
    for rule in probed.iter().flat_map(|probed| &probed.noticed) {
        *counts.entry(*rule).or_default() += 1;
    }
    counts
}

fn human(out: &mut impl Write, probed: &[Probed]) -> io::Result<()> {
    let mut file = "";
    for each in probed {
        let script = &each.script;
        if script.file != file {
            file = &script.file;
            writeln!(out, "{}: {}", plain(file), plain(&script.feature))?;
        }
        let (style, word) = match &each.outcome {
            Outcome::Passed if each.is_weak() => (RED, "weak"),
            Outcome::Passed => (Style::new(), "notices"),
            Outcome::NotApplicable(_) => (DIM, "not applicable"),
            _ => (RED, "does not pass"),
        };
        writeln!(out, "  {style}{word:<15}{style:#} {}", plain(&script.name))?;
        let text = match &each.outcome {
            Outcome::Passed if each.is_weak() => {
                format!(
                    "it would pass without any of the {} rules that it consults",
                    each.consulted.len()
                )
            }
            Outcome::Passed => list(&each.noticed),
            Outcome::NotApplicable(why) => why.clone(),
            _ => "nothing is taken out of a scenario that does not pass as it stands".to_owned(),
        };
        lines(out, &text)?;
        let missed: Vec<_> = each.missed().collect();
        if !missed.is_empty() {
            let own = if missed.len() == 1 {
                "its own rule"
            } else {
                "its own rules"
            };
            lines(out, &format!("does not notice {own} {}", list(&missed)))?;
        }
        if each.exit() == Exit::Breaks {
            writeln!(
                out,
                "                  {DIM}at {}:{}{DIM:#}",
                plain(&script.file),
                script.line
            )?;
        }
    }
    summary(out, probed)
}

fn lines(out: &mut impl Write, text: &str) -> io::Result<()> {
    wrap(&plain(text), 82)
        .iter()
        .try_for_each(|line| writeln!(out, "                  {line}"))
}

fn list(rules: &[Id]) -> String {
    rules.iter().map(Id::to_string).collect::<Vec<_>>().join(", ")
}

fn summary(out: &mut impl Write, probed: &[Probed]) -> io::Result<()> {
    let counts = noticed(probed);
    let unnoticed: Vec<Id> = counts
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(rule, _)| *rule)
        .collect();
    let weak: Vec<_> = probed.iter().filter(|probed| probed.is_weak()).collect();
    let missing = probed.iter().filter(|probed| probed.missed().next().is_some()).count();
    let other_side = probed.iter().filter(|each| each.shows_other_side(probed)).count();
    let other_side = match other_side {
        0 => String::new(),
        count => format!(", {count} of which show the other side of a choice that their file shows"),
    };
    let scenarios = if probed.len() == 1 { "scenario" } else { "scenarios" };
    writeln!(
        out,
        "\n{} {scenarios}: {} of {} consulted rules are noticed; {} weak; {missing} without notice of a rule of their \
         own{other_side}",
        probed.len(),
        counts.len() - unnoticed.len(),
        counts.len(),
        weak.len(),
    )?;
    if !unnoticed.is_empty() {
        writeln!(out, "\nconsulted, and noticed by no scenario:")?;
        for line in wrap(&list(&unnoticed), 96) {
            writeln!(out, "  {line}")?;
        }
    }
    for probed in weak {
        let script = &probed.script;
        writeln!(
            out,
            "{RED}weak:{RED:#} {}:{} {}",
            plain(&script.file),
            script.line,
            plain(&script.name)
        )?;
    }
    Ok(())
}

fn json(probed: &[Probed]) -> serde_json::Value {
    let scenarios: Vec<_> = probed
        .iter()
        .map(|probed| {
            let script = &probed.script;
            let outcome = match &probed.outcome {
                Outcome::Passed if probed.is_weak() => "weak",
                Outcome::Passed => "notices",
                Outcome::NotApplicable(_) => "not applicable",
                _ => "does not pass",
            };
            json!({
                "file": script.file, "line": script.line, "feature": script.feature, "scenario": script.name,
                "sort": if script.sort == Sort::Trace { "trace" } else { "run" },
                "outcome": outcome, "own": probed.own, "consulted": probed.consulted, "notices": probed.noticed,
                "misses": probed.missed().collect::<Vec<_>>(),
            })
        })
        .collect();
    let rules: Vec<_> = noticed(probed)
        .into_iter()
        .map(|(rule, count)| json!({ "rule": rule, "noticed_by": count }))
        .collect();
    json!({
        "scenarios": scenarios,
        "rules": rules,
        "weak": probed.iter().filter(|probed| probed.is_weak()).count(),
    })
}
