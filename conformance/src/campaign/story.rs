//! A counterexample as a readable story: times as people write them, the events, the finding.

mod events;

use bgspec_model::report::Finding;
use bgspec_model::vocabulary::*;

use events::described;
pub use events::named;

use crate::text::{clip, humane, plain, time, wrap};

/// The facts of a header that are out of the ordinary, in one line.
#[must_use]
pub fn setting(header: &Header) -> String {
    let mut facts = vec![format!("iOS {}", header.os)];
    if header.platform() != Platform::Iphone {
        facts.push(format!("{:?}", header.platform()).to_lowercase());
    }
    facts.push(format!(
        "profile {}",
        header.profile.as_deref().unwrap_or("of the reader")
    ));
    if header.gpu {
        facts.push("background GPU".to_owned());
    }
    if !header.has_passcode() {
        facts.push("no passcode".to_owned());
    }
    match &header.permitted {
        Permitted::Malformed => facts.push("permitted identifiers malformed".to_owned()),
        Permitted::List(entries) if entries.is_empty() => facts.push("nothing permitted".to_owned()),
        Permitted::List(entries) if entries.len() > 4 => facts.push(format!("{} permitted", entries.len())),
        Permitted::List(entries) => facts.push(format!("permitted {}", entries.join(", "))),
    }
    let modes = if header.modes.is_empty() {
        "none".to_owned()
    } else {
        header.modes.join(", ")
    };
    facts.push(format!("background modes {modes}"));
    if header.device != Device::default() {
        facts.push(changes(&header.device));
    }
    plain(&facts.join("; "))
}

/// One line of the story.
#[must_use]
pub fn line(number: u64, record: &Record) -> String {
    format!("{number:>4}  {:>16}  {}", time(record.at), what(record))
}

/// What a line says.
#[must_use]
pub fn what(record: &Record) -> String {
    let text = match (&record.event, record.end) {
        (Some(event), _) => {
            let by = record.by.as_ref().map(|by| format!("extension {by}: "));
            by.unwrap_or_default() + &described(event, record.at)
        }
        (None, Some(End::Closed)) => "the end: nothing else happened".to_owned(),
        (None, _) => "the recording stops".to_owned(),
    };
    clip(&text, LONGEST)
}

/// More characters of one line than anybody reads.
const LONGEST: usize = 600;

/// The line that the adapter failed at: what it was asked.
#[must_use]
pub fn asked(number: u64, record: &Record) -> String {
    let mut text = line(number, record);
    for (answered, not) in [(" -> no answer", ""), (" -> empty", "")] {
        if let Some(before) = text.strip_suffix(answered) {
            text = format!("{before}{not}");
        }
    }
    text + " -> the adapter failed"
}

/// A finding: what was broken, where, and what was allowed instead.
#[must_use]
pub fn finding(finding: &Finding) -> Vec<String> {
    let mut lines = indented(&format!(
        "line {}, {}: {}",
        finding.event,
        time(finding.at),
        humane(&finding.what)
    ));
    for rule in &finding.rules {
        let basis: Vec<_> = rule.basis.iter().map(ToString::to_string).collect();
        let breaks = format!(
            "{} breaks {} ({}): {}",
            finding.party,
            rule.id,
            basis.join(", "),
            rule.text
        );
        lines.extend(indented(&breaks));
    }
    for alternative in &finding.instead {
        lines.extend(indented(&format!(
            "allowed: {} ({})",
            humane(&alternative.what),
            alternative.rule.id
        )));
    }
    lines
}

fn indented(text: &str) -> Vec<String> {
    const WIDTH: usize = 104;
    const MOST: usize = 2_000;
    let lines = wrap(&clip(text, MOST), WIDTH);
    let indent = |(n, line)| {
        if n == 0 {
            format!("  {line}")
        } else {
            format!("    {line}")
        }
    };
    lines.into_iter().enumerate().map(indent).collect()
}

fn changes(change: &Device) -> String {
    let body = serde_json::to_value(change).ok();
    let fields = body.as_ref().and_then(|body| body.as_object());
    let words: Vec<_> = fields
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            let name = name.replace('_', " ");
            match value {
                serde_json::Value::Bool(true) => name,
                serde_json::Value::Bool(false) => format!("not {name}"),
                serde_json::Value::String(text) => format!("{name} {text}"),
                other => format!("{name} {other}"),
            }
        })
        .collect();
    if words.is_empty() {
        "nothing changes".to_owned()
    } else {
        words.join(", ")
    }
}
