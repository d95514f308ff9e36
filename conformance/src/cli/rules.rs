//! `bgspec rules`: the catalogue, one rule whole, and what changed between two versions.

use std::io::{self, Write};

use anstyle::Style;
use bgspec_model::profile::Named;
use bgspec_model::rule::{Force, Id, Rule};
use bgspec_model::rules;
use bgspec_model::vocabulary::Version;
use serde::Serialize;

use super::print::labelled;
use crate::campaign::filter::{Filter, is_id, nearest};
use crate::corpus::Row;
use crate::exit::Exit;
use crate::info_plist::Versions;
use crate::rulebook::diff::Diff;
use crate::rulebook::page::{self, sentence, what_exists};
use crate::rulebook::{
    EVERY_VERSION, Entry, Rulebook, basis, consistency_says, html, json, markdown, title, value, values, versions,
};
use crate::text::{clip, wrap};

/// Show the rulebook: the list of the rules, one rule whole, or what changed between two versions
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The rule, such as SUB-5; left out, all of them
    #[arg(value_name = "ID", conflicts_with_all = ["diff", "filter"])]
    id: Option<String>,
    /// Only the rules that this version of iOS has
    #[arg(long, value_name = "VERSION")]
    os: Option<Version>,
    /// Only these rules, such as `area(SUB) and not rule(SUB-5)`
    #[arg(long, value_name = "FILTER")]
    filter: Option<String>,
    /// What changed from one version of iOS to another
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with_all = ["os", "filter"])]
    diff: Option<Vec<Version>>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people, on a terminal
    #[default]
    Human,
    /// For programs
    Json,
    /// One document, to read or to commit
    Markdown,
    /// One page that needs nothing else
    Html,
}

const EXAMPLES: &str = "\
Examples:
  bgspec rules
  bgspec rules SUB-5
  bgspec rules --os 26.1 --filter 'area(SUB)'
  bgspec rules --diff 18 26
  bgspec rules --format html > rulebook.html

Exit codes: 0 shown; 2 wrong usage, or what has not the form of an id; 4 no such rule, or the
filter matches nothing.";

/// Prints what was asked for.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    if let Some([from, to]) = args.diff.as_deref() {
        let diff = Diff::new(*from, *to);
        let forms = Forms {
            json: &json::Changes::from(&diff),
            markdown: || markdown::write(&page::changes(&diff)),
            html: || html::document(&page::changes(&diff)),
        };
        return print(args.format, forms, |out| changes(out, &diff));
    }
    let mut book = Rulebook::new(args.os).map_err(io::Error::other)?;
    if let Some(id) = &args.id {
        return match find(id) {
            Ok(rule) => {
                let entry = book.entry(rule);
                let forms = Forms {
                    json: &json::Whole::new(&entry),
                    markdown: || markdown::write(&page::rule(&entry, args.os)),
                    html: || html::rule(&entry, args.os),
                };
                print(args.format, forms, |out| whole(out, &entry, args.os))
            }
            Err(exit) => Ok(exit),
        };
    }
    if let Some(text) = &args.filter {
        let filter = match Filter::read(text, rules::all()) {
            Ok(filter) => filter,
            Err(error) => {
                anstream::eprintln!("error: {error}");
                return Ok(if error.matches_nothing {
                    Exit::NothingChecked
                } else {
                    Exit::Unusable
                });
            }
        };
        let versions = match args.os {
            Some(os) => vec![os],
            None => Versions::every().asked.into_iter().chain(filter.versions()).collect(),
        };
        let meant = |rule: &Rule| {
            let mut in_force = versions.iter().filter(|os| rule.in_force(**os));
            in_force.any(|os| filter.matches(rule, *os))
        };
        book.rules.retain(|rule| meant(rule));
    }
    if book.rules.is_empty() {
        anstream::eprintln!("error: the filter matches nothing: no rule of these versions");
        return Ok(Exit::NothingChecked);
    }
    let forms = Forms {
        json: &json::rules(&book),
        markdown: || markdown::write(&page::book(&book)),
        html: || html::book(&book),
    };
    print(args.format, forms, |out| list(out, &book))
}

/// The rule of an id, or how to end without it.
fn find(id: &str) -> Result<&'static Rule, Exit> {
    if !is_id(id) {
        anstream::eprintln!(
            "error: `{}` has not the form of a rule's id: expected an area and a number, such as SUB-5",
            clip(id, 40)
        );
        return Err(Exit::Unusable);
    }
    id.parse::<Id>().ok().and_then(rules::find).ok_or_else(|| {
        let near = nearest(id, rules::all().map(|rule| rule.id.to_string()));
        anstream::eprintln!("error: no rule has the id `{}`: the nearest are {near}", clip(id, 40));
        Exit::NothingChecked
    })
}

/// The forms that are not for a terminal.
struct Forms<J, M, H> {
    json: J,
    markdown: M,
    html: H,
}

fn print<J: Serialize, M: FnOnce() -> String, H: FnOnce() -> String>(
    format: Format,
    forms: Forms<J, M, H>,
    human: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Exit> {
    let mut out = anstream::stdout().lock();
    match format {
        Format::Human => human(&mut out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &forms.json)?;
            writeln!(out)?;
        }
        Format::Markdown => write!(out, "{}", (forms.markdown)())?,
        Format::Html => write!(out, "{}", (forms.html)())?,
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

// ---- for people

const BOLD: Style = Style::new().bold();

fn list(out: &mut dyn Write, book: &Rulebook) -> io::Result<()> {
    for (number, (area, rules)) in book.areas().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{BOLD}{area}: {}{BOLD:#}", area.title())?;
        for rule in rules {
            line(out, rule)?;
        }
    }
    let of = match book.os {
        Some(os) => format!(" of iOS {os}"),
        None => String::new(),
    };
    let count = book.rules.len();
    writeln!(out, "\n{count} {}{of}", if count == 1 { "rule" } else { "rules" })
}

/// A rule in one line.
fn line(out: &mut dyn Write, rule: &Rule) -> io::Result<()> {
    let (id, bound, force, basis) = (rule.id, rule.bound, rule.force, basis(rule));
    let versions = match versions(rule) {
        every if every == EVERY_VERSION => "all".to_owned(),
        some => some,
    };
    let words = title(rule);
    writeln!(
        out,
        "  {id:<7} {bound:<10} {force:<7} {versions:<12} {basis:<36} {words}"
    )
}

/// One rule: how it is known, what it says, what it hangs on, what shows it.
fn whole(out: &mut dyn Write, entry: &Entry<'_>, os: Option<Version>) -> io::Result<()> {
    let rule = entry.rule;
    writeln!(
        out,
        "{BOLD}{}: {}{BOLD:#} ({})",
        rule.id,
        title(rule),
        rule.id.area.title()
    )?;
    labelled(out, "basis", &basis(rule))?;
    labelled(out, "sources", &rule.sources.join("; "))?;
    labelled(out, "binds", &format!("the {}, {}", rule.bound, rule.force))?;
    labelled(out, "versions", &versions(rule))?;
    if let Some(os) = os.filter(|os| !rule.in_force(*os)) {
        labelled(out, "", &format!("iOS {os} does not have it"))?;
    }
    labelled(out, "rule", rule.text)?;
    for setting in &entry.settings {
        let facts = setting.entry();
        labelled(out, "setting", &format!("{setting}: {}", values(*setting)))?;
        for profile in Named::ALL {
            labelled(out, "", &format!("{profile}: {}", value(*setting, profile, os)))?;
        }
        labelled(out, "", consistency_says(*setting))?;
        if !facts.note.is_empty() {
            labelled(out, "", facts.note)?;
        }
    }
    let example = |row: &Row| format!("{} ({})", row.says, row.trace);
    let kept = if rule.force == Force::May {
        "allowed"
    } else {
        "conforms"
    };
    for row in &entry.conforming {
        labelled(out, kept, &example(row))?;
    }
    if let Some(row) = entry.breaking {
        let label = if rule.force == Force::Should {
            "advised"
        } else {
            "breaks"
        };
        labelled(out, label, &example(row))?;
    }
    for (number, row) in entry.traces.iter().enumerate() {
        let label = if number == 0 { "traces" } else { "" };
        labelled(out, label, &format!("{} ({}: {})", row.trace, row.case, row.variant))?;
    }
    let lists: [(&str, Vec<_>); 2] = [
        ("noticed by", entry.noticing().collect()),
        ("shown by", entry.unaware().collect()),
    ];
    for (label, scenarios) in lists {
        for (number, scenario) in scenarios.iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            let text = format!("{}:{}: {}", scenario.file, scenario.line, scenario.name);
            labelled(out, label, &text)?;
        }
    }
    match entry.besides().count() {
        0 => {}
        1 => labelled(out, "besides", "1 scenario of other rules notices it")?,
        count => labelled(out, "besides", &format!("{count} scenarios of other rules notice it"))?,
    }
    if let Some(refused) = entry.refused {
        labelled(out, "refused", &refused.says)?;
    }
    if let Some(untestable) = entry.untestable {
        labelled(out, "untestable", &sentence(&untestable.reason))?;
        labelled(out, "to test", &sentence(&untestable.testable_by))?;
    }
    Ok(())
}

fn changes(out: &mut dyn Write, diff: &Diff) -> io::Result<()> {
    let (from, to) = (diff.from, diff.to);
    writeln!(out, "{BOLD}From iOS {from} to iOS {to}{BOLD:#}")?;
    if diff.is_empty() {
        return writeln!(out, "  nothing that the catalogue knows of changed");
    }
    let heading = |out: &mut dyn Write, text: &str| writeln!(out, "\n{BOLD}{text}{BOLD:#}");
    let exists = what_exists(diff);
    if !exists.is_empty() {
        heading(out, "What exists")?;
        for change in exists {
            writeln!(out, "  {change}")?;
        }
    }
    if !diff.settings.is_empty() {
        heading(out, "Settings with another default")?;
        for change in &diff.settings {
            let rules = change.setting.entry().rule_ids();
            writeln!(
                out,
                "  {}, {}: {} becomes {} ({rules})",
                change.setting, change.profile, change.from, change.to
            )?;
        }
    }
    let lists = [
        (format!("Rules that came: {}", diff.came.len()), &diff.came),
        (format!("Rules that went: {}", diff.went.len()), &diff.went),
        (
            format!(
                "Rules of both that say something else from a version between on: {}",
                diff.worded.len()
            ),
            &diff.worded,
        ),
    ];
    for (title, rules) in lists {
        if rules.is_empty() {
            continue;
        }
        heading(out, &title)?;
        for rule in rules.iter() {
            let head = format!("  {:<7} {:<10} {:<7} ", rule.id, rule.bound, rule.force);
            for (number, text) in wrap(rule.text, 72).iter().enumerate() {
                let head = if number == 0 { head.as_str() } else { "" };
                writeln!(out, "{head:<28}{text}")?;
            }
        }
    }
    Ok(())
}
