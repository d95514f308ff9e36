//! A counterexample as a readable story: times as people write them, the events, the finding.

use std::fmt::Write as _;

use bgspec_model::report::Finding;
use bgspec_model::vocabulary::*;

use crate::text::{clip, time, wrap};

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
    facts.join("; ")
}

/// One line of the story.
#[must_use]
pub fn line(number: u64, record: &Record) -> String {
    let mut text = format!("{number:>4}  {:>16}  ", time(record.at));
    match (&record.event, record.end) {
        (Some(event), _) => {
            if let Some(by) = &record.by {
                let _ = write!(text, "extension {by}: ");
            }
            text.push_str(&described(event, record.at));
        }
        (None, Some(End::Closed)) => text.push_str("the end: nothing else happened"),
        (None, _) => text.push_str("the recording stops"),
    }
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
        finding.what
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
            alternative.what, alternative.rule.id
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

fn described(event: &Event, at: Millis) -> String {
    match event {
        Event::Clock(_) => "time has passed".to_owned(),
        Event::Device(change) => format!("device: {}", changes(change)),
        Event::Started(started) => match started.by {
            Starter::Person => "the person opens the app".to_owned(),
            Starter::Other => "the app is started in the background for another reason".to_owned(),
        },
        Event::Register(call) => {
            let queue = call
                .queue
                .as_ref()
                .map(|queue| format!(" on queue {queue}"))
                .unwrap_or_default();
            let answer = match &call.answer {
                Some(RegisterAnswer::Returned(value)) => value.to_string(),
                Some(RegisterAnswer::Raised(text)) => format!("raises {text:?}"),
                None => "no answer".to_owned(),
            };
            format!("registers {}{queue} -> {answer}", named(&call.id))
        }
        Event::Submit(call) => {
            let answer = match &call.answer {
                Some(SubmitAnswer::Accepted) => "accepted".to_owned(),
                Some(SubmitAnswer::Refused(code)) => code.to_string(),
                Some(SubmitAnswer::Raised(text)) => format!("raises {text:?}"),
                None => "no answer".to_owned(),
            };
            format!("submits {} -> {answer}", request(&call.request(), at))
        }
        Event::SubmitAsync(call) => {
            format!(
                "submits, asynchronously, no. {}: {}",
                call.submission,
                request(&call.request(), at)
            )
        }
        Event::SubmissionCompleted(done) => match done.refusal() {
            Some(refusal) => format!("* submission {} completes: {refusal}", done.submission),
            None => format!("* submission {} completes: no error", done.submission),
        },
        Event::ChangeSubmitted(changed) => format!("changes the submitted object: {}", request(changed, at)),
        Event::ChangeListed(changed) => format!("changes the listed object: {}", request(changed, at)),
        Event::Pending(call) => {
            let listed: Vec<_> = call.answer.iter().flatten().map(|listed| request(listed, at)).collect();
            format!(
                "asks for the pending list -> {}",
                if listed.is_empty() {
                    "empty".into()
                } else {
                    listed.join("; ")
                }
            )
        }
        Event::Launched(launched) => {
            let ids: Vec<_> = launched.ids.iter().flatten().map(named).collect();
            format!("* the app is launched in the background for {}", ids.join(", "))
        }
        Event::Delivered(delivered) => format!("* {} is delivered ({})", delivered.task, delivered.kind),
        Event::DeliveryRaised(raised) => format!("* the launch for {} raises {:?}", named(&raised.id), raised.text),
        Event::Expired(expired) => format!("* {} is expired", expired.task),
        Event::CompletedBySystem(of) => format!("* {} is completed by the system", of.task),
        Event::Suspended(_) => "* the process is suspended".to_owned(),
        Event::Killed(killed) => format!("* the process is killed: {:?}", killed.cause).to_lowercase(),
        Event::Complete(complete) => {
            let outcome = if complete.success { "a success" } else { "a failure" };
            format!("completes {} as {outcome}", complete.task)
        }
        Event::Grant(of) => format!("a launch of {} is granted", named(&of.id)),
        other => plainly(other),
    }
}

/// The name and the JSON of an event that needs no sentence of its own.
fn plainly(event: &Event) -> String {
    let name = event.name().replace('_', " ");
    let star = if event.role() == Role::Observation { "* " } else { "" };
    let body = serde_json::to_value(event)
        .ok()
        .and_then(|value| value.as_object()?.values().next().cloned());
    let fields = body.as_ref().and_then(|body| body.as_object());
    let words: Vec<_> = fields
        .into_iter()
        .flatten()
        .map(|(name, value)| match value {
            serde_json::Value::String(text) => format!("{name} {text}"),
            other => format!("{name} {other}"),
        })
        .collect();
    if words.is_empty() {
        format!("{star}{name}")
    } else {
        format!("{star}{name}: {}", words.join(", "))
    }
}

fn named(id: &Identifier) -> String {
    match id.as_str() {
        "" => "the empty identifier".to_owned(),
        long if long.len() > 100 => format!("an identifier of {} characters", long.len()),
        id => id.to_owned(),
    }
}

fn request(request: &Request, at: Millis) -> String {
    let mut text = format!("{} ({}", named(&request.id), request.kind);
    if let Some(earliest) = request.earliest {
        let _ = write!(text, ", not before {}", time(earliest));
        if earliest <= at {
            text.push_str(", which is past");
        }
    }
    for (holds, what) in [
        (request.network, "network"),
        (request.power, "power"),
        (request.gpu, "GPU"),
        (
            request.kind == Kind::Continued && request.strategy == Strategy::Fail,
            "strategy fail",
        ),
    ] {
        if holds {
            let _ = write!(text, ", {what}");
        }
    }
    if request.protection != Protection::default() {
        let _ = write!(text, ", protection {:?}", request.protection);
    }
    text.push(')');
    text
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
