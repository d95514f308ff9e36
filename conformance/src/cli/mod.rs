//! The `bgspec` command line: one module a command, and what several of them share.

mod annotations;
mod check;
mod convert;
mod datasheet;
mod explain;
mod explore;
mod faults;
mod features;
mod independence;
mod input;
mod merge;
mod mutants;
mod mutate;
mod page;
mod plist;
mod print;
mod rules;
mod schema;
mod serve;
mod smoke;
mod steps;
mod story;
mod test;
mod vectors;
mod weak;

use std::io;
use std::process::ExitCode;

use bgspec_model::profile::{Named, Profile};
use bgspec_model::rule::{Party, Rank};
use bgspec_model::vocabulary::Version;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use crate::exit::Exit;

/// The behaviour of iOS background task scheduling as an executable specification: judges traces and implementations
#[derive(Debug, Parser)]
#[command(name = "bgspec", version, arg_required_else_help = true, after_help = EXIT_CODES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Explain(explain::Args),
    Smoke(smoke::Args),
    Test(Box<test::TestArgs>),
    Merge(merge::Args),
    Datasheet(datasheet::Args),
    Plist(plist::Args),
    Serve(serve::Args),
    Faults(faults::Args),
    Mutate(mutate::Args),
    Mutants(mutants::Args),
    Vectors(vectors::Args),
    Independence(independence::Args),
    Rules(rules::Args),
    Features(features::Args),
    Steps(steps::Args),
    Explore(explore::Args),
    Convert(convert::Args),
    Schema(schema::Args),
}

const EXIT_CODES: &str = "\
Exit codes: 0 conforms; 1 breaks; 2 wrong usage or unreadable input; 3 the adapter failed;
4 nothing was checked; 5 inconclusive. Several at once: 2, then 1, 3, 5, 4, 0.";

/// How a command prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Human,
    /// For programs: the form that `bgspec schema report` describes
    Json,
}

/// Runs the command that the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Smoke(args) => smoke::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Datasheet(args) => datasheet::run(&args),
        Command::Plist(args) => plist::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Faults(args) => faults::run(&args),
        Command::Mutate(args) => mutate::run(&args),
        Command::Mutants(args) => mutants::run(&args),
        Command::Vectors(args) => vectors::run(&args),
        Command::Independence(args) => independence::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Features(args) => features::run(&args),
        Command::Steps(args) => steps::run(&args),
        Command::Explore(args) => explore::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Schema(args) => schema::run(&args),
    };
    match done {
        Ok(exit) => exit.into(),
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Conforms.into(),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            Exit::Unusable.into()
        }
    }
}

/// Reads `SETTING=VALUE`, of a setting and a value that there are.
pub(crate) fn pin(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("expected SETTING=VALUE, such as refresh_limit=2")?;
    let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
    let mut profile = Profile::new(Named::Contract, Version::NEWEST);
    profile.pin(&name, &value).map_err(|error| error.to_string())?;
    Ok((name, value))
}

/// How to end where a setting is pinned to two values.
pub(crate) fn contradiction(pins: &[(String, String)]) -> Option<Exit> {
    let other = |(name, value): &&(String, String)| {
        let before = pins.iter().find(|(known, _)| known == name);
        before.is_some_and(|(_, first)| first != value)
    };
    let (name, value) = pins.iter().find(other)?;
    let (_, first) = pins.iter().find(|(known, _)| known == name)?;
    anstream::eprintln!("error: {name} is pinned to {first} and to {value}: expected one value");
    Some(Exit::Unusable)
}

/// Reads a party.
pub(crate) fn party() -> impl TypedValueParser<Value = Party> {
    let parties = [
        ("scheduler", Party::Scheduler),
        ("app", Party::App),
        ("device", Party::Device),
    ];
    named(parties)
}

/// Reads a profile.
pub(crate) fn profile() -> impl TypedValueParser<Value = Named> {
    named(Named::ALL.map(|profile| (profile.name(), profile)))
}

/// Reads how well a rule is to be known.
pub(crate) fn rank() -> impl TypedValueParser<Value = Rank> {
    let ranks = [
        ("documented", Rank::Documented),
        ("staff", Rank::Staff),
        ("observed", Rank::Observed),
        ("inferred", Rank::Inferred),
    ];
    named(ranks)
}

/// Reads one of these by its name.
fn named<T, const N: usize>(values: [(&'static str, T); N]) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(values.map(|(name, _)| name)).try_map(move |given| {
        let found = values.into_iter().find(|(name, _)| *name == given);
        found
            .map(|(_, value)| value)
            .ok_or_else(|| format!("`{given}` is none of them"))
    })
}
