//! `bgspec explore`: every state of the model within stated bounds.

use std::io::{self, Write};

use bgspec_model::engine::areas::{AREAS, Area, LAUNCHES};
use bgspec_model::engine::explore::{Explored, Stopped, explore};
use bgspec_model::engine::world::{Packed, World, all_parts, invariants, rules_of};
use bgspec_model::rule::Rule;
use clap::builder::PossibleValuesParser;

use crate::exit::Exit;
use crate::text::wrap;

/// Visit every state of the model within stated bounds, and say what holds in all of them and what is never reached
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only these areas
    #[arg(value_name = "AREA", value_parser = PossibleValuesParser::new(AREAS.iter().map(|area| area.name)))]
    areas: Vec<String>,
    /// Give up after so many states of an area
    #[arg(long, value_name = "N", default_value_t = 20_000_000)]
    most: usize,
}

const EXAMPLES: &str = "\
Examples:
  bgspec explore
  bgspec explore requests

Exit codes: 0 every state was visited and every invariant holds; 1 one does not; 5 more states than
--most.";

/// Visits the areas.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let mut out = io::stdout().lock();
    let (mut states, mut transitions) = (0, 0);
    let (mut exits, mut missing) = (Vec::new(), all_parts());
    let asked = |area: &&Area| args.areas.is_empty() || args.areas.iter().any(|name| name == area.name);
    for area in AREAS.iter().filter(asked) {
        let world = match World::new(area) {
            Ok(world) => world,
            Err(error) => {
                anstream::eprintln!("error: the area {}: {error}", area.name);
                return Ok(Exit::Unusable);
            }
        };
        let explored = explore(&world, args.most);
        write_area(&mut out, area, &world, &explored)?;
        out.flush()?;
        states += explored.states;
        transitions += explored.transitions;
        exits.push(match explored.stopped {
            None => Exit::Conforms,
            Some(Stopped::Broken { .. }) => Exit::Breaks,
            Some(Stopped::TooMany) => Exit::Inconclusive,
        });
        let met = world.parts();
        missing.retain(|part| !met.contains(part));
    }
    let exit = Exit::gravest(exits);
    let word = if exit == Exit::Conforms {
        "exhaustive"
    } else {
        "bounded"
    };
    writeln!(
        out,
        "all: {states} states, {transitions} transitions; {word} within these bounds"
    )?;
    if exit == Exit::Conforms && args.areas.is_empty() {
        writeln!(out, "parts of the model that no area reaches: {}", missing.len())?;
        let names: Vec<_> = missing.into_iter().collect();
        write_list(&mut out, "", &names)?;
    }
    Ok(exit)
}

fn write_area(out: &mut impl Write, area: &Area, world: &World, explored: &Explored<Packed>) -> io::Result<()> {
    writeln!(out, "{}: {} (iOS {})", area.name, area.title, area.version())?;
    let ids: Vec<_> = area.ids.iter().map(|(id, kind)| format!("{id} ({kind})")).collect();
    let pins: Vec<_> = area
        .pins
        .iter()
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    let of_each = format!("at most {} task and {LAUNCHES} launches of each at once", area.tasks);
    let steps = format!("{} things may happen", area.steps.len());
    let bounds = [&[steps, of_each][..], &ids, &pins].concat();
    write_list(out, "bounds", &bounds)?;
    let word = match explored.stopped {
        None => "exhaustive",
        Some(_) => "bounded",
    };
    writeln!(
        out,
        "    {word:<11} {} states, {} transitions, the farthest {} steps away",
        explored.states, explored.transitions, explored.depth
    )?;
    match &explored.stopped {
        None => writeln!(out, "    invariants  {} hold in every state", invariants().count())?,
        Some(Stopped::TooMany) => writeln!(out, "    gave up     more states than --most")?,
        Some(Stopped::Broken { what, way }) => {
            writeln!(out, "    BROKEN      {what}")?;
            for packed in way {
                writeln!(out, "      {:?}", world.unpack(*packed))?;
            }
        }
    }
    if world.cornered() > 0 {
        let cornered = world.cornered();
        writeln!(
            out,
            "    cornered    in {cornered} states the scheduler can no longer do what it owes at once"
        )?;
    }
    let exercised = world.exercised();
    let (silent, heard): (Vec<&Rule>, Vec<&Rule>) = rules_of(area).partition(|rule| exercised.of(rule) == 0);
    writeln!(out, "    outcomes    {}", world.outcomes().len())?;
    writeln!(
        out,
        "    rules       {} of {} have a say",
        heard.len(),
        heard.len() + silent.len()
    )?;
    let silent: Vec<_> = silent.iter().map(|rule| rule.id.to_string()).collect();
    write_list(out, "never", &silent)?;
    writeln!(out)
}

/// A label, and a list behind it in as many lines as it needs.
fn write_list(out: &mut impl Write, label: &str, words: &[impl AsRef<str>]) -> io::Result<()> {
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    for (place, line) in wrap(&words.join(", "), 84).iter().enumerate() {
        let label = if place == 0 { label } else { "" };
        writeln!(out, "    {label:<11} {line}")?;
    }
    Ok(())
}
