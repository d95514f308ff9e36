//! `bgspec faults`: the seeded faults of the reference scheduler, and how well the suite catches them.

use std::io::{self, Write};

use bgspec_model::rule::Id;
use clap::ValueEnum;
use serde::Serialize;

use super::test::{CASES, VERSIONS};
use crate::campaign::generate::Config;
use crate::campaign::measure::{Measured, measure, page};
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::reference::{BEYOND_REACH, Fault};
use crate::text::wrap;

/// List the seeded faults of the reference scheduler, or measure how well the suite catches them
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only these faults
    #[arg(value_name = "FAULT", value_parser = fault)]
    faults: Vec<Fault>,
    /// Run the campaign against each, and print the table
    #[arg(long)]
    measure: bool,
    /// With --measure: a seed; may be repeated
    #[arg(long = "seed", value_name = "N", default_values_t = [1], requires = "measure")]
    seeds: Vec<u64>,
    /// With --measure: how many cases to play against a fault at most
    #[arg(long, value_name = "N", default_value_t = CASES, requires = "measure")]
    cases: u64,
    /// With --measure: only every Nth fault, beginning with the Ith
    #[arg(long, value_name = "I/N", value_parser = slice, requires = "measure")]
    slice: Option<(usize, usize)>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How the faults are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
    /// With --measure: the page of the documentation; of some of the faults their lines alone
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  bgspec faults
  bgspec test --adapter 'bgspec serve --fault cancel-forgets'
  bgspec faults --measure cancel-forgets a-millisecond-early --seed 1 --seed 2
  bgspec faults --measure --slice 1/8
  bgspec faults --measure --format markdown

Exit codes: 0 each fault that was measured is caught under each seed; 1 one is not; 2 wrong usage.";

/// Reads the name of a fault.
pub(super) fn fault(text: &str) -> Result<Fault, String> {
    text.parse()
        .map_err(|error: crate::reference::NoFault| error.to_string())
}

/// Reads `I/N`.
pub(super) fn slice(text: &str) -> Result<(usize, usize), String> {
    let read = |text: &str| text.parse::<usize>().ok().filter(|number| *number > 0);
    let parts = text.split_once('/');
    let parts = parts.and_then(|(place, of)| Some((read(place)?, read(of)?)));
    let parts = parts.filter(|(place, of)| place <= of);
    parts.ok_or_else(|| format!("expected a place and a number, such as 1/8; found `{text}`"))
}

/// A fault for programs.
#[derive(Serialize)]
struct Entry {
    name: &'static str,
    rule: Id,
    subtle: bool,
    sentence: &'static str,
}

/// Lists or measures.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let chosen: Vec<Fault> = if args.faults.is_empty() {
        Fault::ALL.to_vec()
    } else {
        args.faults.clone()
    };
    if args.format == Format::Markdown && (!args.measure || args.seeds.len() > 1) {
        anstream::eprintln!(
            "error: the page is a table of what was measured under one seed: expected --measure and one --seed with \
             --format markdown"
        );
        return Ok(Exit::Unusable);
    }
    let (place, of) = args.slice.unwrap_or((1, 1));
    let chosen: Vec<_> = chosen.into_iter().skip(place - 1).step_by(of).collect();
    if args.measure {
        return measured(args, &chosen);
    }
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Json => {
            let entry = |fault: &Fault| Entry {
                name: fault.name(),
                rule: fault.rule().id,
                subtle: fault.is_subtle(),
                sentence: fault.sentence(),
            };
            let entries: Vec<_> = chosen.iter().map(entry).collect();
            serde_json::to_writer_pretty(&mut out, &entries)?;
            writeln!(out)?;
        }
        Format::Human | Format::Markdown => {
            for fault in &chosen {
                let rule = fault.rule().id.to_string();
                line(&mut out, &rule, fault.name(), fault.sentence())?;
            }
            if args.faults.is_empty() && args.slice.is_none() {
                writeln!(out, "\nno adapter can be caught at:")?;
                for (rule, why) in BEYOND_REACH {
                    line(&mut out, &rule.id.to_string(), "", why)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

fn line(out: &mut impl Write, rule: &str, name: &str, text: &str) -> io::Result<()> {
    for (n, part) in wrap(text, 58).iter().enumerate() {
        let (rule, name) = if n == 0 { (rule, name) } else { ("", "") };
        writeln!(out, "{rule:<7} {name:<32} {part}")?;
    }
    Ok(())
}

fn measured(args: &Args, chosen: &[Fault]) -> io::Result<Exit> {
    if chosen.is_empty() {
        anstream::eprintln!("error: nothing to measure: the slice holds no fault");
        return Ok(Exit::NothingChecked);
    }
    let interrupt = Interrupt::on_ctrl_c()?;
    let mut rows: Vec<Measured> = Vec::new();
    let mut out = anstream::stdout().lock();
    if args.format == Format::Human {
        writeln!(
            out,
            "{:<7} {:<32} {:>5} {:>7} {:>7}  first finding",
            "rule", "fault", "seed", "cases", "inputs"
        )?;
    }
    'all: for fault in chosen {
        for seed in &args.seeds {
            if interrupt.is_set() {
                break 'all;
            }
            let config = Config {
                versions: VERSIONS.iter().filter_map(|os| os.parse().ok()).collect(),
                seed: *seed,
                cases: args.cases,
                fail_fast: true,
                interrupt: interrupt.clone(),
                ..Config::default()
            };
            let row = match measure(*fault, &config) {
                Ok(row) => row,
                Err(stopped) => {
                    anstream::eprintln!("error: {fault}: {stopped}");
                    return Ok(Exit::AdapterFailed);
                }
            };
            if args.format == Format::Human {
                told(&mut out, &row)?;
                out.flush()?;
            }
            rows.push(row);
        }
    }
    let missed = rows.iter().filter(|row| row.cases.is_none()).count();
    match args.format {
        Format::Markdown if chosen.len() == Fault::ALL.len() && !interrupt.is_set() => {
            write!(out, "{}", page::markdown(&rows, args.cases))?;
        }
        Format::Markdown => rows
            .iter()
            .try_for_each(|row| out.write_all(page::line(row).as_bytes()))?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &rows)?;
            writeln!(out)?;
        }
        Format::Human => {
            let (all, first) = (rows.len(), rows.iter().filter(|row| row.first).count());
            writeln!(
                out,
                "\n{} of {all} caught, {first} with the rule in the first finding; at most {} cases each",
                all - missed,
                args.cases
            )?;
        }
    }
    out.flush()?;
    Ok(if interrupt.is_set() {
        Exit::Interrupted
    } else if missed > 0 {
        Exit::Breaks
    } else {
        Exit::Conforms
    })
}

fn told(out: &mut impl Write, row: &Measured) -> io::Result<()> {
    let number = |number: Option<u64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    let names: Vec<_> = row.first_names.iter().map(ToString::to_string).collect();
    let names = if row.cases.is_none() && names.is_empty() {
        "NOT CAUGHT".to_owned()
    } else {
        format!("{}{}", if row.first { "" } else { "not its rule: " }, names.join(" "))
    };
    writeln!(
        out,
        "{:<7} {:<32} {:>5} {:>7} {:>7}  {names}",
        row.rule.to_string(),
        row.fault,
        row.seed,
        number(row.cases),
        number(row.inputs.map(|inputs| inputs as u64)),
    )
}
