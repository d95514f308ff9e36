//! `bgspec plist`: what an app's Info.plist lets it register and submit.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use bgspec_model::oracle::offers::Offer;
use bgspec_model::oracle::words;
use bgspec_model::profile::Named;
use bgspec_model::rule::{Id, Rule};
use bgspec_model::see::Allowed;
use bgspec_model::vocabulary::Version;

use super::Format;
use super::print::labelled;
use crate::exit::Exit;
use crate::info_plist::json::Json;
use crate::info_plist::read::{self, AppInfo, BUNDLE_VARIABLE, MODES, PERMITTED, PermittedIs};
use crate::info_plist::study::{Addition, Answered, Call, Span, Verdict};
use crate::info_plist::{Form, Identifier, Studied, Versions, study};
use crate::text::{plain, wrap};

/// Say what an app's Info.plist lets it register and submit, in which version, and what is missing
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The app's Info.plist, XML or binary; `-` is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// The app's entitlements; left out, what hangs on them is said
    #[arg(long, value_name = "FILE")]
    entitlements: Option<String>,
    /// Only this version of iOS; left out, every version
    #[arg(long, value_name = "VERSION")]
    os: Option<Version>,
    /// Judge by this profile
    #[arg(long, default_value = "contract")]
    profile: Named,
    /// The bundle identifier, where the file has a build variable or none
    #[arg(long, value_name = "ID")]
    bundle: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  bgspec plist App/Info.plist
  bgspec plist App/Info.plist --entitlements App/App.entitlements --os 26.1
  bgspec plist App/Info.plist --bundle com.example.app --format json

Exit codes: 0 nothing is wrong; 1 the list or an entry of it is of no use; 2 unreadable; 4 nothing
is permitted at all: the key is missing, or its array is empty; 5 a wildcard entry, and no bundle
identifier is known.";

/// Prints what the files let the app do.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let info = match read::read(&args.file, args.entitlements.as_deref(), args.bundle.as_deref()) {
        Ok(info) => info,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Ok(Exit::Unusable);
        }
    };
    if let Some(what) = nothing(&info.permitted) {
        anstream::eprintln!("error: {}: {what}\n{ADD_IDENTIFIERS}", plain(&args.file));
        return Ok(Exit::NothingChecked);
    }
    let versions = args.os.map_or_else(Versions::every, Versions::only);
    let studied = study(&info, &versions, args.profile);
    let exit = Exit::gravest(studied.mistakes.iter().map(|mistake| {
        if mistake.surely {
            Exit::Breaks
        } else {
            Exit::Inconclusive
        }
    }));
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Human => human(&mut out, args, &info, &studied)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &Json::new(&args.file, args.profile, &info, &studied))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Why there is nothing to check, if there is nothing.
fn nothing(permitted: &PermittedIs) -> Option<String> {
    match permitted {
        PermittedIs::Absent => Some(format!(
            "there is no key {PERMITTED}, and so nothing is permitted (CFG-1)"
        )),
        PermittedIs::List(entries) if entries.is_empty() => {
            Some(format!("{PERMITTED} is empty, and so nothing is permitted (CFG-1)"))
        }
        PermittedIs::List(_) | PermittedIs::Malformed(_) => None,
    }
}

const ADD_IDENTIFIERS: &str = "\
To run background tasks, list every identifier that the app registers:
  <key>BGTaskSchedulerPermittedIdentifiers</key>
  <array>
    <string>com.example.app.refresh</string>
  </array>";

// ---- for people

const BOLD: Style = Style::new().bold();

fn human(out: &mut impl Write, args: &Args, info: &AppInfo, studied: &Studied) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", plain(&args.file))?;
    head(out, args, info)?;
    for mistake in &studied.mistakes {
        let (colour, word) = if mistake.surely {
            (AnsiColor::Red, "wrong")
        } else {
            (AnsiColor::Yellow, "not told")
        };
        let style = colour.on_default().bold();
        let rule = mistake.rule.map_or_else(String::new, |rule| format!(" ({})", rule.id));
        writeln!(out, "\n  {style}{word}{style:#}: {}{rule}", plain(&mistake.what))?;
        labelled(out, "to do", &plain(&mistake.remedy))?;
    }
    for identifier in &studied.identifiers {
        one(out, args, identifier)?;
    }
    let additions = modes_to_add(studied);
    if !additions.is_empty() {
        let mut modes: Vec<&str> = info.modes.iter().map(String::as_str).collect();
        modes.extend(additions);
        writeln!(out, "\n{BOLD}The modes, with those that a line above asks for{BOLD:#}")?;
        writeln!(out, "  <key>{MODES}</key>\n  <array>")?;
        for mode in modes {
            writeln!(out, "    <string>{}</string>", plain(mode))?;
        }
        writeln!(out, "  </array>")?;
    }
    writeln!(out)?;
    if studied.identifiers.is_empty() {
        writeln!(out, "{ADD_IDENTIFIERS}")?;
    } else {
        for line in wrap(&circumstances(studied), 98) {
            writeln!(out, "{line}")?;
        }
    }
    let rules = rules_named(studied);
    if !rules.is_empty() {
        writeln!(out, "\n{BOLD}The rules{BOLD:#}")?;
        for rule in rules {
            for (number, line) in wrap(rule.text, 86).iter().enumerate() {
                let id = if number == 0 {
                    rule.id.to_string()
                } else {
                    String::new()
                };
                writeln!(out, "  {id:<8}{line}")?;
            }
        }
    }
    Ok(())
}

fn head(out: &mut impl Write, args: &Args, info: &AppInfo) -> io::Result<()> {
    let listed = |list: &[String]| {
        if list.is_empty() {
            "none".to_owned()
        } else {
            plain(&list.join(", "))
        }
    };
    let bundle = if info.bundle.is_empty() {
        "not known: no wildcard entry can be told; give --bundle".to_owned()
    } else {
        plain(&info.bundle)
    };
    labelled(out, "bundle", &bundle)?;
    if info.variables {
        let says = format!(
            "build variables are read as they are written; --bundle puts the bundle identifier in place of {BUNDLE_VARIABLE}"
        );
        labelled(out, "", &says)?;
    }
    match info.modes_malformed {
        Some(found) => labelled(
            out,
            "modes",
            &format!("{MODES} is {found}, not an array: it counts as none"),
        )?,
        None => labelled(out, "modes", &listed(&info.modes))?,
    }
    match &info.entitlements {
        Some(entitlements) => labelled(out, "entitled", &listed(entitlements))?,
        None => labelled(
            out,
            "entitled",
            "not told; give --entitlements, and what hangs on them is decided",
        )?,
    }
    labelled(out, "profile", args.profile.name())
}

fn one(out: &mut impl Write, args: &Args, identifier: &Identifier) -> io::Result<()> {
    let Identifier { entry, tried, .. } = identifier;
    let shown = if entry.is_empty() { "\"\"" } else { entry };
    writeln!(out, "\n{BOLD}{}{BOLD:#}", plain(shown))?;
    let says = match identifier.form {
        Form::Exact if entry.is_empty() => "an empty string: it permits nothing (REG-11)".to_owned(),
        Form::Exact => "an exact entry: it permits this identifier and no other (IDN-12)".to_owned(),
        Form::Wildcard => format!(
            "a wildcard entry, from iOS 26: it covers every identifier that begins like it and goes on, such as {} \
             (IDN-1, IDN-2). Each is registered and submitted by its whole name; the answers are about that one",
            plain(tried)
        ),
        Form::Stray => "a stray star: no wildcard entry, and no identifier of an app".to_owned(),
    };
    labelled(out, "entry", &says)?;
    if !identifier.also.is_empty() {
        labelled(
            out,
            "",
            &format!("covered by {} too", plain(&identifier.also.join(", "))),
        )?;
    }
    if entry.trim() != entry {
        labelled(out, "", "it begins or ends with a space, which is part of it (IDN-12)")?;
    }
    for answered in &identifier.answers {
        answer(out, args.os, answered)?;
    }
    Ok(())
}

fn answer(out: &mut impl Write, os: Option<Version>, answered: &Answered) -> io::Result<()> {
    writeln!(out, "  {}", call(answered.call))?;
    if answered.spans.is_empty() {
        return labelled(out, "", "does not exist in this version (CFG-10)");
    }
    for span in &answered.spans {
        let versions = os.map_or_else(|| versions(span), |os| os.to_string());
        labelled(out, &versions, &plain(&says(span, answered.call)))?;
        if let Some(remedy) = remedy(span) {
            labelled(out, "", &plain(&remedy))?;
        }
    }
    Ok(())
}

fn call(call: Call) -> String {
    match call {
        Call::RegisterString => "register the string with the star itself".to_owned(),
        Call::Register { late: false } => "register while the app is launching".to_owned(),
        Call::Register { late: true } => "register after launch has finished".to_owned(),
        Call::Submit { kind, gpu: false } => format!("submit as {kind}"),
        Call::Submit { kind, gpu: true } => format!("submit as {kind} with the GPU, on an iPad that has it"),
    }
}

/// The versions of a span, in words.
fn versions(span: &Span) -> String {
    let short = |version: Version| match version.minor {
        0 => version.major.to_string(),
        _ => version.to_string(),
    };
    let last = span.until.and_then(|until| match until.minor {
        0 => Version::RELEASES
            .into_iter()
            .rev()
            .find(|release| *release < until.major)
            .map(|last| last.to_string()),
        minor => Some(format!("{}.{}", until.major, minor - 1)),
    });
    let since = short(span.since);
    match last {
        None if span.since == Version::OLDEST => "all".to_owned(),
        None => format!("{since} on"),
        Some(last) if last == since => last,
        Some(last) => format!("{since} to {last}"),
    }
}

/// What a span says, in words.
fn says(span: &Span, call: Call) -> String {
    let answers = in_words(&span.offers);
    let submits = matches!(call, Call::Submit { .. });
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
        (None, _) if submits => format!("no, {answers}"),
        (None, _) => answers,
    }
}

/// Answers in words, what works first; those of several rules once.
fn in_words(offers: &[Offer]) -> String {
    let mut said: Vec<(bool, String, Vec<Id>)> = Vec::new();
    for offer in offers {
        let words = match (offer.answer, offer.takes_effect) {
            (Allowed::Accepts, false) => "reported as accepted, and lost".to_owned(),
            (Allowed::Returns(true), false) => "returns true, and the handler is never called".to_owned(),
            (answer, _) => {
                let words = words::allowed(answer);
                let short = words.strip_prefix("it is ").or_else(|| words.strip_prefix("it "));
                short.map(ToOwned::to_owned).unwrap_or(words)
            }
        };
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
fn remedy(span: &Span) -> Option<String> {
    let steps: Vec<_> = span
        .remedy
        .iter()
        .map(|addition| match addition {
            Addition::Mode(name) => format!("add `{name}` to {MODES}"),
            Addition::Entitlement(name) => format!("get the entitlement {name}"),
            Addition::Entry(id) => format!("list `{id}` itself in {PERMITTED}"),
            Addition::Rename(id) => format!("use an identifier such as `{id}`, and list it in {PERMITTED}"),
        })
        .collect();
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

/// What the answers take for granted.
fn circumstances(studied: &Studied) -> String {
    let mut says =
        "The answers are those of an app in the foreground of an ordinary device, with the person's switches \
                    on, and its handler registered. A health research request needs the person's opt-in to the study \
                    besides (CFG-3)."
            .to_owned();
    let mut moment: Vec<_> = spans(studied).flat_map(|span| &span.at_the_moment).collect();
    moment.sort_by_key(|rule| rule.id);
    moment.dedup();
    if !moment.is_empty() {
        let ids: Vec<_> = moment.iter().map(|rule| rule.id.to_string()).collect();
        says += &format!(
            " Whatever the files say, the moment may refuse a submission by {}.",
            ids.join(", ")
        );
    }
    says
}

fn spans(studied: &Studied) -> impl Iterator<Item = &Span> {
    let answers = studied.identifiers.iter().flat_map(|identifier| &identifier.answers);
    answers.flat_map(|answered| &answered.spans)
}

/// The background modes that a remedy asks for.
fn modes_to_add(studied: &Studied) -> Vec<&'static str> {
    let mut modes = Vec::new();
    for addition in spans(studied).flat_map(|span| &span.remedy) {
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
    let offers = spans(studied).flat_map(|span| span.offers.iter().chain(span.entitled.iter().flatten()));
    let mistakes = studied.mistakes.iter().filter_map(|mistake| mistake.rule);
    let mut rules: Vec<_> = offers.map(|offer| offer.rule).chain(mistakes).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    rules
}
