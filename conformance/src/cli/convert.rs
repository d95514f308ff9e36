//! `bgspec convert`: a trace to a feature file, and a feature file to a trace.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use bgspec_model::oracle::{Foresight, Malformed, Oracle};
use bgspec_model::profile::Named;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Header, Record};
use clap::ValueEnum;

use crate::exit::Exit;
use crate::features::file::{Error, File};
use crate::features::judge;
use crate::features::language::Verdict;
use crate::features::script::{self, Conditions, Script, Sort};
use crate::features::write::{Tale, feature};
use crate::play::replay;
use crate::text::clip;
use crate::trace::{LINE_LIMIT, Mistakes, Reader, Writer};

/// Turn a trace into a feature file that people read, a scenario of a feature file into a trace, or a trace that was
/// written by hand into its plain form
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A trace or a feature file; `-` is standard input
    #[arg(value_name = "IN")]
    input: String,
    /// Where to write: a name that ends in `.feature` is a feature file, any other a trace; `-` is standard output
    #[arg(value_name = "OUT")]
    output: String,
    /// What to write, where the name of OUT does not say it; left out, a feature file of a trace and a trace of a feature
    /// file
    #[arg(long, value_enum)]
    to: Option<To>,
    /// Which scenario of a feature file with several
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Leave out what the scheduler did: a scenario that any implementation can play, and that says of the scheduler that
    /// it breaks nothing
    #[arg(long)]
    run: bool,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// A feature file
    Feature,
    /// A trace, in its plain form: times in milliseconds, errors by their numbers
    Trace,
}

const EXAMPLES: &str = "\
Examples:
  bgspec convert found/LAU-7.jsonl features/launch/lost.feature
  bgspec convert --run found/LAU-7.jsonl features/launch/lost.feature
  bgspec convert --scenario 'The second is refused' features/field/S03.feature -
  bgspec convert by-hand.jsonl plain.jsonl

There and back is the same trace. In its plain form a trace has its times in milliseconds. What the oracle says of a trace stands in its feature file; of a case that is to be
run it stands there that the scheduler breaks nothing.
Exit codes: 0 written; 2 unreadable, malformed, or nothing that a trace can say.";

/// Converts.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let converted = text(&args.input).and_then(|text| match (is_feature(&args.input, &text), args.to()) {
        (true, None | Some(To::Trace)) => to_trace(args, &text),
        (false, None | Some(To::Feature)) => to_feature(args, &text),
        (false, Some(To::Trace)) => to_plain(args, &text),
        (true, Some(To::Feature)) => Err(vec![format!(
            "{}: a feature file already: expected OUT to be a trace, or `-`",
            args.input
        )]),
    });
    match converted {
        Ok(bytes) if args.output == "-" => {
            let mut out = anstream::stdout().lock();
            out.write_all(&bytes)?;
            out.flush()?;
        }
        Ok(bytes) => {
            if let Err(error) = fs::write(&args.output, bytes) {
                let why = without_number(&error);
                anstream::eprintln!("error: {}: cannot be written: {why}", args.output);
                return Ok(Exit::Unusable);
            }
        }
        Err(errors) => {
            for error in errors {
                anstream::eprintln!("error: {error}");
            }
            return Ok(Exit::Unusable);
        }
    }
    Ok(Exit::Conforms)
}

impl Args {
    /// What is to be written; none where nothing says it.
    fn to(&self) -> Option<To> {
        let by_name = match self.output.as_str() {
            "-" => None,
            name if name.ends_with(".feature") => Some(To::Feature),
            _ => Some(To::Trace),
        };
        self.to.or(by_name)
    }
}

/// Complaints, each with its place.
type Complaints = Vec<String>;

fn text(input: &str) -> Result<String, Complaints> {
    let limit = LINE_LIMIT as u64;
    let read = |mut from: &mut dyn Read| {
        let mut bytes = Vec::new();
        (&mut from).take(limit + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    let read = if input == "-" {
        read(&mut io::stdin().lock())
    } else {
        fs::File::open(input).and_then(|mut file| read(&mut file))
    };
    let bytes = read.map_err(|error| vec![format!("{input}: cannot be read: {}", without_number(&error))])?;
    if bytes.len() as u64 > limit {
        return Err(vec![format!(
            "{input}: more than {limit} bytes, expected a trace or a feature file of at most that"
        )]);
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.len() - before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1;
        vec![format!("{input}:{line}:{column}: no UTF-8: expected a text file")]
    })
}

/// The system's reason, without the number of the error.
fn without_number(error: &io::Error) -> String {
    let whole = error.to_string();
    whole
        .split_once(" (os error")
        .map_or(whole.as_str(), |(reason, _)| reason)
        .to_owned()
}

/// A trace begins with an object.
fn is_feature(name: &str, text: &str) -> bool {
    name.ends_with(".feature") || !text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

fn to_trace(args: &Args, text: &str) -> Result<Vec<u8>, Complaints> {
    let said = |errors: Vec<Error>| errors.iter().map(Error::to_string).collect::<Complaints>();
    let file = File::parse(&args.input, text).map_err(said)?;
    let names = || {
        file.scenarios
            .iter()
            .map(|scenario| format!("  {}", scenario.name))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let chosen = match &args.scenario {
        Some(name) => file.scenarios.iter().find(|scenario| scenario.name == *name),
        None if file.scenarios.len() > 1 => {
            return Err(vec![format!(
                "{}: {} scenarios: expected --scenario with one of\n{}",
                args.input,
                file.scenarios.len(),
                names()
            )]);
        }
        None => file.scenarios.first(),
    };
    let chosen = chosen.ok_or_else(|| {
        let wanted = args
            .scenario
            .as_deref()
            .map_or_else(String::new, |name| format!(" of the name `{}`", clip(name, 120)));
        vec![format!(
            "{}: no scenario{wanted}: expected one of\n{}",
            args.input,
            names()
        )]
    })?;
    let script: Script = script::read(&file, chosen, false).map_err(said)?;
    if script.sort == Sort::Run {
        return Err(vec![format!(
            "{}:{}:1: a run scenario says nothing of the scheduler: expected a trace scenario",
            args.input, script.line
        )]);
    }
    written(&script.header, script.records.iter().map(|placed| &placed.record))
}

/// The header and the lines of a trace.
fn trace(args: &Args, text: &str) -> Result<(Header, Vec<Record>), Complaints> {
    let said = |error| {
        let mistakes = Mistakes::of(text.as_bytes(), error);
        let told = mistakes.told.iter().map(ToString::to_string);
        let more = (mistakes.more > 0).then(|| format!("and {} more", mistakes.more));
        told.chain(more).collect::<Complaints>()
    };
    let trace = Reader::new(text.as_bytes(), args.input.as_str()).map_err(said)?;
    let header = trace.header().clone();
    let records = trace.collect::<Result<_, _>>().map_err(said)?;
    Ok((header, records))
}

fn to_plain(args: &Args, text: &str) -> Result<Vec<u8>, Complaints> {
    let (header, records) = trace(args, text)?;
    written(&header, &records)
}

fn written<'a>(header: &Header, records: impl IntoIterator<Item = &'a Record>) -> Result<Vec<u8>, Complaints> {
    let written = || -> io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new(), header)?;
        for record in records {
            writer.record(record)?;
        }
        writer.finish()
    };
    written().map_err(|error| vec![error.to_string()])
}

fn to_feature(args: &Args, text: &str) -> Result<Vec<u8>, Complaints> {
    let (header, mut records) = trace(args, text)?;
    let name = Path::new(&args.input)
        .file_stem()
        .map_or_else(|| "A trace".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let verdicts = if args.run {
        records = replay::inputs(records);
        vec![(Conditions::default(), vec![Verdict::Clears(Party::Scheduler)])]
    } else {
        verdicts(&header, &records).map_err(|what| vec![format!("{}:{what}", args.input)])?
    };
    let tale = Tale {
        name: &name,
        tags: &[if args.run { "run" } else { "trace" }.to_owned()],
        header: &header,
        records: &records,
        verdicts: &verdicts,
    };
    feature(&name, None, &[tale]).map(String::into_bytes).map_err(|line| {
        vec![format!(
            "{}:{line}:1: this line cannot be said in a step; `bgspec steps` has them all",
            args.input
        )]
    })
}

/// What the oracle says under each profile.
fn verdicts(header: &Header, records: &[Record]) -> Result<Vec<(Conditions, Vec<Verdict>)>, String> {
    let at =
        |index: usize, malformed: &Malformed| format!("{}:1: {}", index + 2 - malformed.earlier(), malformed.what());
    let judged = |profile: Named| {
        let terms = Conditions {
            profile: Some(profile),
            ..Conditions::default()
        };
        let mut oracle =
            Oracle::new(header, &terms.terms()).map_err(|malformed| format!("1:1: {}", malformed.what()))?;
        oracle.foresee(Foresight::of(records));
        for (index, record) in records.iter().enumerate() {
            oracle.step(record).map_err(|malformed| at(index, &malformed))?;
        }
        oracle
            .settle()
            .map_err(|malformed| at(records.len().saturating_sub(1), &malformed))?;
        Ok::<_, String>((terms, judge::verdicts(&oracle.finish())))
    };
    let [contract, field] = [judged(Named::Contract)?, judged(Named::Field)?];
    Ok(if contract.1 == field.1 {
        vec![(Conditions::default(), contract.1)]
    } else {
        vec![contract, field]
    })
}
