//! `bgspec features`: the feature files, played against an implementation and judged by the oracle.

use std::io::{self, Write};
use std::path::PathBuf;

use bgspec_model::profile::Named;
use bgspec_model::rule::{Id, Rule};
use bgspec_model::rules;
use clap::ValueEnum;
use gherkin::tagexpr::TagOperation;

use super::weak;
use crate::exit::Exit;
use crate::features::judge::{Overlay, Release};
use crate::features::model::{Model, Part};
use crate::features::report::{self, Ran};
use crate::features::run::{self, Cast, Implementation, Outcome};
use crate::features::script::{Script, Sort};
use crate::features::steer;
use crate::play::adapter::Failure;
use crate::play::subprocess::Subprocess;
use crate::reference::InProcess;

/// Run feature files: run scenarios against an implementation, trace scenarios against the oracle alone
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Feature files, or directories with such
    #[arg(value_name = "PATH", default_value = "features")]
    paths: Vec<PathBuf>,
    /// The implementation: a command that speaks the adapter protocol, or `model` for the model itself; left out, the
    /// reference scheduler
    #[arg(long, value_name = "CMD …")]
    adapter: Option<String>,
    /// Run only what is stated for this profile
    #[arg(long, value_parser = ["contract", "field"])]
    profile: Option<String>,
    /// Run only what is stated for this version of iOS; 26 stands for every 26.x
    #[arg(long, value_name = "VERSION", value_parser = Release::read)]
    os: Option<Release>,
    /// Hold the implementation to one value of a setting; may be repeated
    #[arg(long = "pin", value_name = "SETTING=VALUE", value_parser = super::pin)]
    pins: Vec<(String, String)>,
    /// Run only the scenarios with these tags, such as `@rule:SUB-4 and not @trace`
    #[arg(long, value_name = "TAGS")]
    tags: Option<String>,
    /// With `--adapter model`: the model without this rule; trace scenarios in which it is broken are played
    #[arg(long, value_name = "RULE", value_parser = rule, requires = "adapter", conflicts_with = "weak")]
    without: Option<&'static Rule>,
    /// Which rules each scenario would miss: it is run again without each rule that it consulted
    #[arg(long, conflicts_with = "adapter")]
    weak: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How the command prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// The JSON of cucumber
    Json,
    /// The XML of JUnit
    Junit,
}

const EXAMPLES: &str = "\
Examples:
  bgspec features
  bgspec features --adapter model
  bgspec features --adapter 'python3 adapter.py' features/submission
  bgspec features --tags '@rule:LAU-7 or @case:F01' --profile field --os 26
  bgspec features --format junit > features.xml
  bgspec features --weak features/submission
  bgspec features --adapter model --without CAN-1 --tags '@rule:CAN-1 and @trace'

A trace scenario states what was observed: with --adapter it is not applicable.

With --without the adapter is the model with one rule taken out. A trace scenario in which that
rule is broken is then played: the model does what stands in the text, and the oracle has to name
the rule. The other trace scenarios are not applicable; run scenarios run as ever.

A scenario that notices no rule is weak: it would pass whatever the rulebook said. With --weak the
model plays; the exit code is 1 where a scenario is weak or does not pass as it stands.
Exit codes: 0 every verdict is the stated one; 1 one is not; 2 something is wrong with a file; 3
the adapter failed; 4 nothing was run, or a file has no scenario; 5 inconclusive. Several at once:
2, then 1, 3, 5, 4, 0.";

/// Runs the feature files.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    if let Some(exit) = super::contradiction(&args.pins) {
        return Ok(exit);
    }
    let tags = match args.tags.as_deref().map(report::tags) {
        None => None,
        Some(Ok(tags)) => Some(tags),
        Some(Err(what)) => {
            anstream::eprintln!("error: {what}");
            return Ok(Exit::Unusable);
        }
    };
    let paths = match run::files(&args.paths) {
        Ok(paths) => paths,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Ok(Exit::Unusable);
        }
    };
    if paths.is_empty() {
        anstream::eprintln!("error: no feature file there");
        return Ok(Exit::NothingChecked);
    }
    let (scripts, errors) = run::scripts(&paths);
    for error in &errors {
        anstream::eprintln!("error: {error}");
    }
    let wrong = errors.iter().map(|error| {
        if error.is_empty {
            Exit::NothingChecked
        } else {
            Exit::Unusable
        }
    });
    let wrong = Exit::gravest(wrong);
    let chosen: Vec<Script> = scripts
        .into_iter()
        .filter(|script| tags.as_ref().is_none_or(|tags| has(tags, &script.tags)))
        .collect();
    if chosen.is_empty() {
        if wrong != Exit::Unusable {
            let which = if tags.is_some() { " has these tags" } else { "" };
            anstream::eprintln!("error: no scenario{which}");
        }
        let mut out = anstream::stdout().lock();
        match args.format {
            Format::Json if !args.weak => report::json(&mut out, &[], &errors)?,
            Format::Junit => report::junit(&mut out, &[], &errors)?,
            Format::Human | Format::Json => {}
        }
        return Ok(Exit::gravest([wrong, Exit::NothingChecked]));
    }
    let overlay = Overlay {
        profile: args.profile.as_deref().and_then(|name| name.parse::<Named>().ok()),
        os: args.os,
        pins: args.pins.clone(),
    };
    if args.weak {
        if args.format == Format::Junit {
            anstream::eprintln!("error: --weak has no JUnit report: expected --format human or json");
            return Ok(Exit::Unusable);
        }
        let exit = weak::run(&chosen, &overlay, args.format == Format::Json)?;
        return Ok(Exit::gravest([wrong, exit]));
    }
    if args.without.is_some() && args.adapter.as_deref() != Some("model") {
        anstream::eprintln!("error: --without takes a rule out of the model: expected --adapter model");
        return Ok(Exit::Unusable);
    }
    let implementation = match implementation(args.adapter.as_deref(), args.without) {
        Ok(implementation) => implementation,
        Err(failure) => {
            anstream::eprintln!("error: {failure}");
            return Ok(Exit::AdapterFailed);
        }
    };
    let ran: Vec<Ran> = chosen
        .into_iter()
        .map(|script| {
            let (outcome, without) = run_one(&implementation, &script, &overlay, args.without);
            Ran {
                script,
                outcome,
                without,
            }
        })
        .collect();
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Human => report::human(&mut out, &ran, &errors, implementation.hello())?,
        Format::Json => report::json(&mut out, &ran, &errors)?,
        Format::Junit => report::junit(&mut out, &ran, &errors)?,
    }
    out.flush()?;
    Ok(Exit::gravest([wrong, report::exit(&ran)]))
}

/// Reads the id of a rule.
fn rule(text: &str) -> Result<&'static Rule, String> {
    let id = text.parse::<Id>().map_err(|error| error.to_string())?;
    rules::find(id).ok_or_else(|| format!("there is no rule {id}"))
}

/// Runs one scenario; with a rule taken out, tells whether it was played so.
fn run_one(
    implementation: &Implementation,
    script: &Script,
    overlay: &Overlay,
    without: Option<&'static Rule>,
) -> (Outcome, Option<Id>) {
    let outcome = match without {
        Some(rule) if script.sort == Sort::Trace => steer::play_without(rule, script, overlay),
        _ => implementation.run(script, overlay),
    };
    let was_played = !matches!(outcome, Outcome::NotApplicable(_));
    (outcome, without.map(|rule| rule.id).filter(|_| was_played))
}

fn implementation(command: Option<&str>, without: Option<&'static Rule>) -> Result<Implementation, Failure> {
    match command {
        None => Implementation::new(Box::new(InProcess::new()), Cast::Own),
        Some("model") => {
            let (part, cast) = without.map_or((Part::Obedient, Cast::Own), |rule| (Part::Without(rule), Cast::Named));
            Implementation::new(Box::new(Model::playing(part)), cast)
        }
        Some(command) => Implementation::new(Box::new(Subprocess::start(command)?), Cast::Named),
    }
}

/// Whether a scenario with these tags is meant.
fn has(expression: &TagOperation, tags: &[String]) -> bool {
    match expression {
        TagOperation::And(a, b) => has(a, tags) && has(b, tags),
        TagOperation::Or(a, b) => has(a, tags) || has(b, tags),
        TagOperation::Not(a) => !has(a, tags),
        TagOperation::Tag(tag) => tags.contains(tag),
    }
}
