//! Explanations for people: first the answer, then what led to it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::print::{self, heading, labelled};
use crate::explain::clock;
use crate::explain::form::{Breach, Entry, Explanation, Fault, Obstacle, Story, Then};
use crate::report::{Found, FoundRule, Outcome};
use crate::text::{plain, roughly, wrap};

/// The width of a line of text.
const WIDTH: usize = 100;
/// So much of a long story is shown, of its beginning and of its end.
const SHOWN: usize = 60;
/// The width of the column for the line.
const LINE: usize = 9;
/// Where the text behind time and line begins.
const INDENT: usize = 27;

/// Prints an explanation.
pub(super) fn print(out: &mut impl Write, told: &Explanation) -> io::Result<()> {
    head(out, told)?;
    for story in &told.requests {
        request(out, story)?;
    }
    for breach in &told.breaches {
        how(out, breach)?;
    }
    advised(out, &told.judged.advice)?;
    for doubt in &told.judged.doubts {
        heading(out, "cannot be told")?;
        labelled(out, "where", &print::place(doubt.line, doubt.event, doubt.at))?;
        labelled(out, "why", &plain(&doubt.why))?;
    }
    if told.requests.is_empty() && told.breaches.is_empty() {
        writeln!(out, "\n  Every request that was submitted ran, and no rule was broken.")?;
    }
    Ok(())
}

/// The advice, each rule once.
fn advised(out: &mut impl Write, advice: &[Found]) -> io::Result<()> {
    let mut told: Vec<&FoundRule> = Vec::new();
    for rule in advice.iter().flat_map(|advice| &advice.rules) {
        if told.contains(&rule) {
            continue;
        }
        told.push(rule);
        let concerned = advice.iter().filter(|other| other.rules.contains(rule));
        let places: Vec<_> = concerned.map(|other| format!("line {}", other.line)).collect();
        heading(out, &format!("advice to the app: {}", rule.id))?;
        labelled(out, "advice", &rule.text)?;
        labelled(out, "where", &places.join(", "))?;
    }
    Ok(())
}

fn head(out: &mut impl Write, told: &Explanation) -> io::Result<()> {
    let judged = &told.judged;
    let style = match judged.outcome {
        Outcome::Conforms => AnsiColor::Green.on_default().bold(),
        Outcome::Breaks | Outcome::Unusable => AnsiColor::Red.on_default().bold(),
        Outcome::Inconclusive | Outcome::NothingChecked => AnsiColor::Yellow.on_default().bold(),
    };
    writeln!(
        out,
        "{}: {style}{}{style:#}",
        plain(&judged.file),
        judged.outcome.words()
    )?;
    print::terms(out, judged)
}

fn request(out: &mut impl Write, story: &Story) -> io::Result<()> {
    heading(out, &plain(&story.id))?;
    labelled(out, "why", &plain(&story.answer.text))?;
    labelled(out, "fault", story.answer.fault.words())?;
    if !story.obstacles.is_empty() {
        heading(
            out,
            &format!(
                "what stood in its way, of the {} that it waited",
                roughly(story.outstanding)
            ),
        )?;
        for obstacle in &story.obstacles {
            obstructed(out, obstacle, story)?;
        }
        if story.nothing_in_the_way > 0 {
            let length = roughly(story.nothing_in_the_way);
            row(out, &length, "", "nothing: every condition of its launch held")?;
        }
    }
    if !story.entries.is_empty() {
        heading(out, "what happened (times count from the beginning of the trace)")?;
        let count = story.entries.len();
        let left_out = if count > 2 * SHOWN { SHOWN..count - SHOWN } else { 0..0 };
        for (place, entry) in story.entries.iter().enumerate() {
            if place == left_out.start && !left_out.is_empty() {
                row(
                    out,
                    "…",
                    "",
                    &format!("{} lines more: --format json has them all", left_out.len()),
                )?;
            }
            if !left_out.contains(&place) {
                happened(out, entry)?;
            }
        }
    }
    Ok(())
}

impl Fault {
    /// As people read it.
    const fn words(self) -> &'static str {
        match self {
            Self::Ran => "nobody's: it ran",
            Self::Nobody => "nobody's",
            Self::App => "the app's",
            Self::Scheduler => "the scheduler's",
            Self::Person => "the person's who uses the device",
            Self::NotKnown => "not known",
        }
    }
}

fn obstructed(out: &mut impl Write, obstacle: &Obstacle, story: &Story) -> io::Result<()> {
    const MOST: usize = 4;
    let whole = obstacle.in_the_way == story.outstanding;
    let length = match (obstacle.in_the_way, obstacle.not_known) {
        (0, _) => "perhaps".to_owned(),
        (surely, _) => roughly(surely),
    };
    let mut text = format!("{} ({})", obstacle.obstacle, obstacle.rule);
    if whole {
        text.push_str(": all the time");
    } else {
        let spans = obstacle.spans.iter().take(MOST);
        let spans: Vec<_> = spans
            .map(|(from, to)| format!("{} to {}", clock(*from), clock(*to)))
            .collect();
        let more = obstacle.spans.len().saturating_sub(MOST);
        let more = if more > 0 {
            format!(" and {more} times more")
        } else {
            String::new()
        };
        text.push_str(&format!(": {}{more}", spans.join(", ")));
    }
    if obstacle.not_known > 0 {
        let open = obstacle.open.join(", ");
        text.push_str(&format!(
            "; for {} not known, since the trace does not say {open}",
            roughly(obstacle.not_known)
        ));
    }
    row(out, &length, "", &plain(&text))
}

fn happened(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let line = entry.line.map_or(String::new(), |line| format!("line {line}"));
    let rules = if entry.rules.is_empty() {
        String::new()
    } else {
        format!(" ({})", entry.rules.join(", "))
    };
    row(out, &clock(entry.at), &line, &format!("{}{rules}", plain(&entry.what)))?;
    match &entry.then {
        Some(then) => row(out, "", "", &format!("→ {}", waits(then))),
        None => Ok(()),
    }
}

/// What stands in the way from now on.
fn waits(then: &Then) -> String {
    let names = |blockers: &[crate::explain::form::Blocker]| -> String {
        let names: Vec<_> = blockers
            .iter()
            .map(|blocker| format!("{} ({})", blocker.about, blocker.rule))
            .collect();
        names.join(", ")
    };
    let mut text = match (then.in_the_way.as_slice(), then.not_known.as_slice()) {
        ([], []) if then.is_vague => "what the request asks for is not certain any more".to_owned(),
        ([], []) => "nothing stands in the way: every condition holds, and a launch is not owed (CON-12)".to_owned(),
        (surely, []) => format!("in the way: {}", names(surely)),
        ([], perhaps) => format!("perhaps in the way: {}", names(perhaps)),
        (surely, perhaps) => format!("in the way: {}; perhaps: {}", names(surely), names(perhaps)),
    };
    if then.may_be_gone() {
        text.push_str("; if it is still there");
    }
    text
}

/// A breach, and what each state says of it.
fn how(out: &mut impl Write, breach: &Breach) -> io::Result<()> {
    let found = &breach.finding;
    let left_out = if found.counts { "" } else { " (not counted here)" };
    print::finding(out, found, "breaks", left_out)?;
    let several = breach.states.len() > 1;
    for (number, state) in breach.states.iter().enumerate() {
        let mut text = state.state.clone();
        if !state.supposes.is_empty() {
            text = format!("if {}: {text}", state.supposes.join(" and "));
        }
        let label = match (several, number) {
            (true, _) => format!("state {}", number + 1),
            (false, _) => "state".to_owned(),
        };
        labelled(out, &label, &plain(&text))?;
        let rules = state.rules.join(", ");
        match (state.rules.as_slice(), state.owed.as_slice()) {
            ([], _) => {}
            (_, []) => labelled(out, "", &format!("refused by {rules}"))?,
            (_, owed) => labelled(out, "", &format!("owed by {rules}: {}", plain(&owed.join("; "))))?,
        }
        for other in &state.instead {
            labelled(out, "", &format!("allowed: {} ({})", plain(&other.what), other.rule))?;
        }
    }
    for (number, near) in breach.nearest.iter().enumerate() {
        let label = if number == 0 { "nearest" } else { "or" };
        let rule = if near.rule.is_empty() {
            String::new()
        } else {
            format!(" ({})", near.rule)
        };
        labelled(out, label, &format!("{}{rule}", plain(&near.what)))?;
    }
    match &breach.edit {
        Some(edit) => {
            labelled(out, "edit", &plain(&edit.what))?;
            let then = if edit.conforms {
                "then the trace conforms"
            } else {
                "then this finding is gone; others stay"
            };
            for line in &edit.becomes {
                verbatim(out, &plain(line))?;
            }
            labelled(out, "", then)?;
        }
        None if breach.tried > 0 => {
            let text = format!("none of the {} edits that were tried makes it conform", breach.tried);
            labelled(out, "edit", &text)?;
        }
        None => {}
    }
    Ok(())
}

/// A line of a trace, not wrapped, so that it can be copied.
fn verbatim(out: &mut impl Write, line: &str) -> io::Result<()> {
    let dim = Style::new().dimmed();
    writeln!(out, "               {dim}{line}{dim:#}")
}

/// Time, line, and a text that is wrapped behind them.
fn row(out: &mut impl Write, time: &str, line: &str, text: &str) -> io::Result<()> {
    let dim = Style::new().dimmed();
    for (index, part) in wrap(text, WIDTH - INDENT).iter().enumerate() {
        let (time, mut line) = if index == 0 {
            (time, line.to_owned())
        } else {
            ("", String::new())
        };
        if line.len() >= LINE {
            line.push(' ');
        }
        writeln!(out, "    {time:<14}{dim}{line:<LINE$}{dim:#}{part}")?;
    }
    Ok(())
}
