//! `bgspec datasheet`: which legal choices an implementation makes, and where two of them differ.

use std::io::{self, Write};
use std::time::Duration;

use bgspec_model::vocabulary::Version;

use super::Format;
use super::test::{VERSIONS, duration, instance};
use crate::campaign::datasheet::{self, Against, Choice, Compared, Datasheet, Difference, Shown};
use crate::campaign::filter::Filter;
use crate::campaign::generate::{Config, Stopped};
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::play::adapter::Failure;
use crate::play::subprocess::Options;
use crate::text::{plain, wrap};

/// Say which of the legal choices an implementation makes, each with the line that showed it, and where another one differs
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The implementation: a command that speaks the adapter protocol; left out, the reference scheduler
    #[arg(long, value_name = "CMD …")]
    adapter: Option<String>,
    /// Another implementation: the shortest sequence on which the two differ is printed too
    #[arg(long, value_name = "CMD …")]
    against: Option<String>,
    /// How many cases to play
    #[arg(long, value_name = "N", default_value_t = 600)]
    cases: u64,
    /// How long an adapter may take for an answer
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "10s")]
    timeout: Duration,
    /// The seed: the same one gives the same cases
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// A version of iOS; may be repeated
    #[arg(long, value_name = "VERSION", default_values = VERSIONS)]
    os: Vec<Version>,
    /// Judge by this profile
    #[arg(long, value_parser = ["contract", "field"], default_value = "contract")]
    profile: String,
    /// How to print; the form for programs is the one that `bgspec schema datasheet` describes
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  bgspec datasheet
  bgspec datasheet --adapter 'python3 adapter.py' --cases 2000
  bgspec datasheet --adapter 'python3 old.py' --against 'python3 new.py'

A choice is shown by a case that would break a rule under every other value; that nothing showed a choice does not
mean that none is made. Cases in which the implementation breaks a rule show nothing: see `bgspec test`.
Exit codes: 0 it was told; 2 wrong usage; 3 an adapter failed; 4 no case showed anything.";

/// Makes the datasheet.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let interrupt = Interrupt::on_ctrl_c()?;
    let options = Options {
        timeout: args.timeout,
        interrupt: interrupt.clone(),
    };
    let mut versions = args.os.clone();
    versions.dedup();
    let config = Config {
        histories: 0,
        versions,
        profile: args.profile.clone(),
        pins: Default::default(),
        filter: Filter::All,
        fail_on: None,
        seed: args.seed,
        stored: Vec::new(),
        cases: args.cases,
        only: None,
        shard: None,
        time: None,
        // What breaks a rule is told by `bgspec test`.
        shrink_time: Duration::ZERO,
        whole: false,
        jobs: 1,
        fail_fast: false,
        interrupt,
    };
    let one = || instance(args.adapter.as_deref(), &options);
    let (mut sheet, cases) = match datasheet::of(&config, &one) {
        Ok(told) => told,
        Err(Stopped::Terms(malformed)) => {
            anstream::eprintln!("error: {malformed}");
            return Ok(Exit::Unusable);
        }
        Err(Stopped::Start(failure)) => return Ok(failed(&failure)),
    };
    if sheet.cases == sheet.unfit {
        let why = match sheet.cases {
            0 => "none was played".to_owned(),
            cases => format!(
                "in each of the {cases} that were played a rule was broken, the adapter failed, or it could not be told: see \
                 bgspec test"
            ),
        };
        anstream::eprintln!("error: no case showed anything: {why}");
        return Ok(Exit::NothingChecked);
    }
    if let Some(command) = &args.against {
        let other = || instance(Some(command), &options);
        match datasheet::compare(&cases, &one, &other) {
            Ok(compared) => sheet.against = Some(compared),
            Err(failure) => return Ok(failed(&failure)),
        }
    }
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Human => human(&mut out, &sheet)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &sheet)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

fn failed(failure: &Failure) -> Exit {
    anstream::eprintln!("error: {failure}");
    match failure {
        Failure::Interrupted { .. } => Exit::Interrupted,
        _ => Exit::AdapterFailed,
    }
}

fn human(out: &mut impl Write, sheet: &Datasheet) -> io::Result<()> {
    write!(
        out,
        "{}: what {} cases showed",
        plain(&sheet.implementation),
        sheet.cases - sheet.unfit
    )?;
    match sheet.unfit {
        0 => writeln!(out)?,
        unfit => writeln!(
            out,
            "; {unfit} more showed nothing: a rule was broken, the adapter failed, or it could not be told"
        )?,
    }
    let of = |is: fn(&Shown) -> bool| sheet.choices.iter().filter(move |choice| is(&choice.shown));
    writeln!(out, "\nShown")?;
    for choice in of(|shown| matches!(shown, Shown::Always { .. } | Shown::Varies(_) | Shown::Not(_))) {
        one(out, choice)?;
    }
    let names = |choices: Vec<&Choice>| {
        choices
            .iter()
            .map(|choice| choice.setting)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let list = |out: &mut dyn Write, head: &str, text: &str| -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{head}")?;
        wrap(text, 96).iter().try_for_each(|line| writeln!(out, "  {line}"))
    };
    list(
        out,
        "Not shown: each value would do",
        &names(of(|shown| *shown == Shown::Nothing).collect()),
    )?;
    let declared = of(|shown| *shown == Shown::Declared);
    let declared: Vec<_> = declared
        .map(|choice| match &choice.declared {
            Some(value) => format!("{} = {}", choice.setting, plain(value)),
            None => format!("{} not declared", choice.setting),
        })
        .collect();
    list(
        out,
        "Numbers and lengths of time, as they are declared",
        &declared.join(", "),
    )?;
    match &sheet.against {
        None => Ok(()),
        Some(Compared {
            implementation,
            difference: None,
        }) => writeln!(out, "\n{} does the same in every case", plain(implementation)),
        Some(Compared {
            implementation,
            difference: Some(difference),
        }) => differ(out, &sheet.implementation, implementation, difference),
    }
}

fn one(out: &mut impl Write, choice: &Choice) -> io::Result<()> {
    let (value, against): (String, &[Against]) = match &choice.shown {
        Shown::Always { value, against } => ((*value).to_owned(), against),
        Shown::Varies(against) => ("now one, now the other".to_owned(), against),
        Shown::Not(against) => {
            let not: Vec<_> = against.iter().map(|against| against.value).collect();
            (format!("not {}", not.join(", not ")), against)
        }
        Shown::Declared | Shown::Nothing => return Ok(()),
    };
    let declared = choice
        .declared
        .as_ref()
        .map(|value| format!(", declared {}", plain(value)));
    writeln!(
        out,
        "  {} = {value} ({}{})",
        choice.setting,
        choice.rules,
        declared.unwrap_or_default()
    )?;
    for against in against {
        writeln!(out, "    not {}: {}", against.value, against.what)?;
    }
    Ok(())
}

fn differ(out: &mut impl Write, one: &str, other: &str, difference: &Difference) -> io::Result<()> {
    let Difference { cases, of, .. } = difference;
    writeln!(out, "\nThey differ in {cases} of {of} cases; the shortest:")?;
    difference
        .common
        .iter()
        .enumerate()
        .try_for_each(|(place, line)| match place {
            0 => writeln!(out, "  {line}"),
            _ => writeln!(out, "{line}"),
        })?;
    for (option, name, lines) in [
        ("--adapter", one, &difference.one),
        ("--against", other, &difference.other),
    ] {
        writeln!(out, "  {} ({option}):", plain(name))?;
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(())
}
