//! `bgspec mutants`: small changes of the model, and what notices each.

use std::io::{self, Write};

use bgspec_model::mutant::Mutant;
use bgspec_model::rule::{Id, Rule};
use bgspec_model::rules;
use clap::ValueEnum;

use crate::exit::Exit;
use crate::mutants::{Fate, cases, equivalents, judge, markdown, summary};

/// Change the model a little, each rule and each limit, and show which trace or scenario notices it
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only the mutants of these rules
    #[arg(value_name = "RULE", value_parser = rule)]
    rules: Vec<&'static Rule>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How the mutants are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: of each rule that is named what notices it, or else what survives
    #[default]
    Human,
    /// The page of the documentation
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  bgspec mutants
  bgspec mutants SUB-6 EXP-1
  bgspec mutants --format markdown

Exit codes: 0 each is noticed, or equivalent with the argument; 1 one survives; 2 wrong usage.";

pub(super) fn rule(text: &str) -> Result<&'static Rule, String> {
    let id: Id = text
        .parse()
        .map_err(|error: bgspec_model::rule::NoRuleId| error.to_string())?;
    rules::find(id).ok_or_else(|| format!("there is no rule {id}: `bgspec rules` lists them"))
}

/// Judges the mutants and prints what became of them.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let (cases, equivalents) = match (cases(), equivalents()) {
        (Ok(cases), Ok(equivalents)) => (cases, equivalents),
        (Err(error), _) | (_, Err(error)) => return Err(io::Error::other(error)),
    };
    let chosen = |mutant: &Mutant| {
        let changed = mutant.rules();
        args.rules.is_empty() || args.rules.iter().any(|rule| changed.contains(rule))
    };
    let mutants: Vec<Mutant> = Mutant::all().filter(chosen).collect();
    let judged = judge(&mutants, &cases, &equivalents);
    let mut out = anstream::stdout().lock();
    if args.format == Format::Markdown {
        write!(out, "{}", markdown(&judged))?;
    } else {
        for each in &judged {
            let fate = match &each.fate {
                Fate::Noticed { .. } | Fate::Unasked if args.rules.is_empty() => continue,
                Fate::Noticed { by, .. } => format!("noticed by {by}"),
                Fate::Equivalent(why) => format!("equivalent: {why}"),
                Fate::Unasked => "no guard".to_owned(),
                Fate::Survives => "SURVIVES".to_owned(),
            };
            writeln!(out, "{:<28} {fate}", each.mutant.to_string())?;
        }
        writeln!(out, "{}", summary(&judged))?;
    }
    out.flush()?;
    let survives = judged.iter().any(|judged| judged.fate == Fate::Survives);
    Ok(if survives { Exit::Breaks } else { Exit::Conforms })
}
