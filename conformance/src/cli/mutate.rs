//! `bgspec mutate`: how much the oracle lets through, and what allows it.

use std::io::{self, Write};

use bgspec_model::oracle::Terms;
use serde::Serialize;

use super::faults::slice;
use crate::exit::Exit;
use crate::mutate::table::{Accepted, Group, Row, Table, percent};
use crate::mutate::{self, Base};

/// Change traces that conform, one line at a time, and say how much of it is noticed and what allows the rest
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Traces; left out, those that the program carries, and the trace scenarios of its features
    #[arg(value_name = "TRACE")]
    traces: Vec<String>,
    /// Judge by this profile: of the traces that the program carries those with this one
    #[arg(long, value_parser = ["contract", "field"])]
    profile: Option<String>,
    /// Only every Nth trace, beginning with the Ith
    #[arg(long, value_name = "I/N", value_parser = slice)]
    slice: Option<(usize, usize)>,
    /// Name each sort of accepted change, with the first of it
    #[arg(long)]
    all: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How it prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
    /// A table to commit
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  bgspec mutate trace.jsonl
  bgspec mutate --slice 1/40 --all
  bgspec mutate --format markdown > mutation.md

Each line is left out, doubled, exchanged with the next, put at its predecessor's time, and moved with all
after it by 31 s, 61 s, an hour and 30 hours; it gets each other answer, identifier, kind, number, card and
title; and each observation is inserted that nothing led to. An answer, a kind, a number, a card or a title
that is changed and accepted though no rule and no setting allows it is a hole.

Exit codes: 0 no hole; 1 a hole, or less is refused in an area than before; 2 wrong usage or unreadable
input; 4 no trace that conforms.";

/// What stands above the table.
const HEAD: &str = "\
# What the oracle lets through

Each line of each trace that conforms, in the corpus and in the trace scenarios of the features, is changed in one place
and judged anew: left out, doubled, exchanged with the next, at its predecessor's time, with all after it 31 s, 61 s, an
hour or 30 hours later, with each other answer, identifier, kind, number, card and title; and each observation is put in
that nothing led to. What is accepted all the same is allowed by a rule or a setting: the reason is asked of the model, by
taking the rule away or pinning the setting. *Untold*: the header of the trace tells too little for anything to be against
it; such changes are left out of the share.

`bgspec mutate --format markdown` prints this page; `bgspec mutate --all` names each sort of change with an example.
";

/// A group for programs.
#[derive(Serialize)]
struct Entry<'a> {
    area: String,
    event: &'a str,
    change: String,
    allowed_by: String,
    times: u64,
    example: &'a str,
    hole: bool,
}

impl<'a> Entry<'a> {
    fn of((group, accepted): (&Group, &'a Accepted)) -> Self {
        Self {
            area: group.area.to_string(),
            event: group.event,
            change: group.sort.name(),
            allowed_by: group.reason.words(),
            times: accepted.times,
            example: &accepted.example,
            hole: group.is_hole(),
        }
    }
}

/// The table for programs.
#[derive(Serialize)]
struct Whole<'a> {
    traces: u64,
    areas: Vec<(String, Row)>,
    accepted: Vec<Entry<'a>>,
}

/// Changes and counts.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let mut bases = match bases(args) {
        Ok(bases) => bases,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Ok(Exit::Unusable);
        }
    };
    let (place, of) = args.slice.unwrap_or((1, 1));
    bases = bases.into_iter().skip(place - 1).step_by(of).collect();
    if bases.is_empty() {
        anstream::eprintln!("error: no trace that conforms: nothing was changed");
        return Ok(Exit::NothingChecked);
    }
    let table = mutate::mutate_all(&bases);
    let is_whole = args.traces.is_empty() && args.slice.is_none();
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Human => {
            table.write(&mut out, false)?;
            if args.all {
                groups(&mut out, &table)?;
            }
        }
        Format::Markdown => {
            writeln!(out, "{HEAD}")?;
            table.write(&mut out, true)?;
        }
        Format::Json => {
            let whole = Whole {
                traces: table.traces,
                areas: table.areas.iter().map(|(area, row)| (area.to_string(), *row)).collect(),
                accepted: table.accepted.iter().map(Entry::of).collect(),
            };
            serde_json::to_writer_pretty(&mut out, &whole)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    let mut exit = Exit::Conforms;
    for (group, accepted) in table.holes() {
        let (event, change, times) = (group.event, group.sort.name(), accepted.times);
        anstream::eprintln!(
            "hole: {times} times {event}, {change}, accepted by no rule: {}",
            accepted.example
        );
        exit = Exit::Breaks;
    }
    for (area, share, least) in table.undercut().filter(|_| is_whole) {
        let (share, least) = (percent(share), percent(least));
        anstream::eprintln!("less than before: of {area} {share} is not accepted, expected {least} at the least");
        exit = Exit::Breaks;
    }
    Ok(exit)
}

fn groups(out: &mut impl Write, table: &Table) -> io::Result<()> {
    writeln!(out)?;
    for (group, accepted) in &table.accepted {
        let (area, event, sort) = (group.area, group.event, group.sort.name());
        writeln!(
            out,
            "{area} {event}, {sort}: {} times, {}",
            accepted.times,
            group.reason.words()
        )?;
        writeln!(out, "    {}", accepted.example)?;
    }
    Ok(())
}

/// The traces that are named, or those that the program carries.
fn bases(args: &Args) -> Result<Vec<Base>, String> {
    let mut bases = Vec::new();
    for name in &args.traces {
        let text = std::fs::read_to_string(name).map_err(|error| format!("{name}: cannot be read: {error}"))?;
        if name.ends_with(".feature") {
            bases.extend(mutate::told(name, &text)?);
        } else {
            bases.push(mutate::read(name.clone(), name, &text, Terms::default())?);
        }
    }
    if args.traces.is_empty() {
        bases = mutate::carried()?;
        bases.retain(|base| {
            args.profile.is_none() || base.terms.profile.is_none() || base.terms.profile == args.profile
        });
    } else if let Some(profile) = &args.profile {
        bases
            .iter_mut()
            .for_each(|base| base.terms.profile = Some(profile.clone()));
    }
    bases.retain(Base::conforms);
    Ok(bases)
}
