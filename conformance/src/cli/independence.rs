//! `bgspec independence`: for two rules of an area a trace that breaks the one and keeps the other.

use std::io::{self, Write};

use bgspec_model::rule::{Force, Rule};
use bgspec_model::vocabulary::Area;
use clap::ValueEnum;

use crate::exit::Exit;
use crate::independence::{Row, markdown, of};
use crate::trace::Writer;

/// Show whether the rules stand each for itself: a trace that breaks one rule and keeps another of its area
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The rule that is broken, then the one that is kept: prints the trace
    #[arg(value_name = "RULE", value_parser = super::mutants::rule, num_args = 2)]
    rules: Vec<&'static Rule>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How the pairs are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: each area in a line, and the pairs of which no trace is known
    #[default]
    Human,
    /// The page of the documentation
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  bgspec independence
  bgspec independence SUB-1 SUB-4
  bgspec independence --format markdown

Exit codes: 0 what was asked for was found; 4 no trace of the two rules is known; 2 wrong usage.";

/// Searches, and prints what was found.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    if let [broken, kept] = args.rules.as_slice() {
        return pair(broken, kept);
    }
    let tables = of(Area::ALL).map_err(io::Error::other)?;
    let mut out = anstream::stdout().lock();
    if args.format == Format::Markdown {
        write!(out, "{}", markdown(&tables))?;
        out.flush()?;
        return Ok(Exit::Conforms);
    }
    for (area, rows) in &tables {
        let shown = |row: &Row| row.shown.iter().map(|(_, kept)| kept.len()).sum::<usize>();
        let (all, not): (usize, usize) = (rows.iter().map(shown).sum(), rows.iter().map(|row| row.not.len()).sum());
        writeln!(out, "{area}  {all} of {} pairs have a trace", all + not)?;
        for row in rows.iter().filter(|row| !row.not.is_empty()) {
            let ids: Vec<String> = row.not.iter().map(|(rule, _)| rule.id.to_string()).collect();
            writeln!(
                out,
                "     none known that breaks {} and keeps {}",
                row.rule.id,
                ids.join(", ")
            )?;
        }
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

fn pair(broken: &'static Rule, kept: &'static Rule) -> io::Result<Exit> {
    let wrong = [broken, kept].into_iter().find(|rule| rule.force != Force::Must);
    let what = match wrong {
        Some(rule) => Some(format!(
            "{} is no `must`: nothing breaks it, or only as advice",
            rule.id
        )),
        None if broken == kept => Some(format!("{} twice: expected two rules", broken.id)),
        None if broken.id.area != kept.id.area => {
            Some(format!("{} and {} are of two areas: expected one", broken.id, kept.id))
        }
        None => None,
    };
    if let Some(what) = what {
        anstream::eprintln!("error: {what}");
        return Ok(Exit::Unusable);
    }
    let tables = of(&[broken.id.area]).map_err(io::Error::other)?;
    let rows = tables.values().flatten().filter(|row| row.rule == broken);
    let mut shown = rows.flat_map(|row| &row.shown);
    let Some((trace, _)) = shown.find(|(_, others)| others.contains(&kept)) else {
        anstream::eprintln!("no trace is known that breaks {} and keeps {}", broken.id, kept.id);
        return Ok(Exit::NothingChecked);
    };
    let mut header = trace.header.clone();
    header.about = Some(format!("breaks {} and keeps {} ({})", broken.id, kept.id, trace.name));
    let mut writer = Writer::new(anstream::stdout().lock(), &header)?;
    for record in &trace.records {
        writer.record(record)?;
    }
    writer.finish()?;
    Ok(Exit::Conforms)
}
