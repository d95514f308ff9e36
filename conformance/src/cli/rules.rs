//! `bgspec rules`: the catalogue.

use std::io::{self, Write};

use bgspec_model::profile::nearest;
use bgspec_model::rule::{Id, Rule};
use bgspec_model::rules;

use super::{Format, print};
use crate::exit::Exit;
use crate::text::clip;

/// List the rules, or show one with its sentence, its basis and its sources
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The id of a rule, such as SUB-4
    #[arg(value_name = "ID")]
    id: Option<Id>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  bgspec rules
  bgspec rules SUB-4
  bgspec rules --format json

Exit codes: 0 shown; 2 no id at all; 4 an id that no rule has.";

/// Prints rules.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let mut out = anstream::stdout().lock();
    let shown: Vec<&Rule> = rules::all()
        .filter(|rule| args.id.is_none_or(|id| id == rule.id))
        .collect();
    if let (Some(id), []) = (args.id, &*shown) {
        let (id, all) = (
            id.to_string(),
            rules::all().map(|rule| rule.id.to_string()).collect::<Vec<_>>(),
        );
        let meant = nearest(&id, all.iter().map(String::as_str));
        let meant = meant.map_or(String::new(), |meant| format!(": did you mean {meant}?"));
        anstream::eprintln!("there is no rule {id}{meant}");
        return Ok(Exit::NothingChecked);
    }
    match (args.format, &*shown) {
        (Format::Json, shown) => {
            serde_json::to_writer_pretty(&mut out, shown)?;
            writeln!(out)?;
        }
        (Format::Human, [rule]) => show(&mut out, rule)?,
        (Format::Human, rules) => {
            for rule in rules {
                let text = clip(rule.text, 72);
                writeln!(out, "{:<7} {:<10} {:<7} {text}", rule.id, rule.bound, rule.force)?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

fn show(out: &mut impl Write, rule: &Rule) -> io::Result<()> {
    let versions = match rule.until {
        Some(until) => format!("from iOS {} until before {until}", rule.since),
        None => format!("from iOS {}", rule.since),
    };
    let basis: Vec<_> = rule.basis.iter().map(ToString::to_string).collect();
    writeln!(out, "{}", rule.id)?;
    print::labelled(out, "rule", rule.text)?;
    print::labelled(out, "binds", &format!("the {}", rule.bound))?;
    print::labelled(out, "force", &rule.force.to_string())?;
    print::labelled(out, "versions", &versions)?;
    print::labelled(out, "basis", &basis.join(", "))?;
    if let Some(switch) = rule.switch {
        print::labelled(out, "setting", &switch.to_string())?;
    }
    for (index, source) in rule.sources.iter().enumerate() {
        print::labelled(out, if index == 0 { "sources" } else { "" }, source)?;
    }
    Ok(())
}
