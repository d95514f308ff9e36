//! `bgspec explain`: why a request was not launched, and how a verdict came about.

use std::io::{self, Write};

use bgspec_model::oracle::Terms;
use bgspec_model::report::{Finding, Verdict};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Header, Record, Version};

use super::input::{self, Input};
use super::{Format, print, story};
use crate::exit::Exit;
use crate::explain::form::{Explanation, FORM};
use crate::explain::origin::from_the_first_line;
use crate::explain::{Asked, Told, explain, known};
use crate::report::{CheckedFile, Outcome};
use crate::text::{clip, plain};
use crate::trace::{self, Mistakes, Places, Problem, Source};

/// Tell why a task never ran and whose doing it was, or how the verdict on a trace came about
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A trace, one JSON object a line, or a feature file; `file.feature:12` is the scenario there, `-` standard input
    #[arg(value_name = "TRACE")]
    trace: String,
    /// Of a feature file only the scenario of this name
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// The identifier of the task; left out, every identifier with an undelivered request, and every breach
    #[arg(long, value_name = "ID")]
    request: Option<String>,
    /// Judge by this profile, whatever the header says
    #[arg(long, value_parser = ["contract", "field"])]
    profile: Option<String>,
    /// Judge by this version of iOS, whatever the header says
    #[arg(long, value_name = "VERSION")]
    os: Option<Version>,
    /// Hold the implementation to one value of a setting; may be repeated
    #[arg(long = "pin", value_name = "SETTING=VALUE", value_parser = super::pin)]
    pins: Vec<(String, String)>,
    /// Count the breaches of this party alone; may be repeated
    #[arg(long, value_name = "PARTY", value_parser = super::party())]
    blame: Vec<Party>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  bgspec explain trace.jsonl --request com.example.app.sync
  bgspec explain story.feature
  bgspec explain story.feature:12 --profile field
  gunzip -c trace.jsonl.gz | bgspec explain --format json -

A feature file tells in sentences what happened (`bgspec steps` lists them); each of its trace scenarios
is explained, with --format json in an object of its own. For times and codes as people write them in a
trace see `bgspec check --help`.

Exit codes: 0 the trace conforms; 1 it breaks a rule; 2 unreadable or malformed; 4 no event in it,
or nothing known of the identifier; 5 inconclusive.";

/// Explains a trace, or each scenario of a feature file.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    if let Some(exit) = super::contradiction(&args.pins) {
        return Ok(exit);
    }
    match input::open(&args.trace, args.scenario.as_deref()) {
        Ok(Input::Trace(source)) => trace(&source, args),
        Ok(Input::Feature(scenarios)) => {
            let mut exits = Vec::new();
            for (number, told) in scenarios.iter().enumerate() {
                if number > 0 && args.format == Format::Human {
                    anstream::println!();
                }
                exits.push(scenario(told, args)?);
            }
            Ok(Exit::gravest(exits))
        }
        Err(mistakes) => Ok(complain(&mistakes)),
    }
}

/// Says what is wrong, and how to end where nothing else can be said.
fn complain(mistakes: &Mistakes) -> Exit {
    for error in &mistakes.told {
        anstream::eprintln!("error: {error}");
    }
    if mistakes.more > 0 {
        anstream::eprintln!("error: and {} more", mistakes.more);
    }
    let nothing = mistakes.first().is_some_and(|error| error.problem.is_nothing());
    if nothing { Exit::NothingChecked } else { Exit::Unusable }
}

fn trace(source: &Source, args: &Args) -> io::Result<Exit> {
    let mut file = CheckedFile::new(source.name());
    let (header, records, error) = match read(source) {
        Ok(read) => read,
        Err(error) => return Ok(complain(&source.mistakes(error))),
    };
    let records = match args.format {
        Format::Human => from_the_first_line(records),
        Format::Json => records,
    };
    let what = What {
        header: &header,
        terms: args.asked().terms(),
        places: &Places::Trace,
    };
    let (told, contradicts) = match tell(args, &what, records, &mut file) {
        Ok(Some(told)) => told,
        Ok(None) => {
            return Ok(error.map_or(Exit::NothingChecked, |error| complain(&source.mistakes(error))));
        }
        Err(error) => return Ok(complain(&source.mistakes(error))),
    };
    // What lies before a line that is wrong is explained all the same.
    if let Some(error) = contradicts.or(error) {
        let mistakes = source.mistakes(error);
        complain(&mistakes);
        file.fail(&mistakes);
    }
    write(args, file, told)
}

fn scenario(told: &input::Told, args: &Args) -> io::Result<Exit> {
    let mut file = told.file();
    let what = What {
        header: told.header(),
        terms: told.terms(&args.asked()),
        places: &told.places,
    };
    match tell(args, &what, told.records.clone(), &mut file) {
        Ok(Some((explained, error))) => {
            if let Some(error) = error {
                let mistakes = Mistakes::only(error);
                complain(&mistakes);
                file.fail(&mistakes);
            }
            write(args, file, explained)
        }
        Ok(None) => Ok(Exit::NothingChecked),
        Err(error) => Ok(complain(&Mistakes::only(error))),
    }
}

fn write(args: &Args, file: CheckedFile, told: Told) -> io::Result<Exit> {
    let exit = Exit::from(file.outcome);
    let explanation = Explanation {
        explanation: FORM,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        judged: file,
        answer: told.answer,
        requests: told.stories,
        breaches: told.breaches,
        remarks: told.remarks,
        exit: exit.code(),
    };
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Human => story::print(&mut out, &explanation, args.request.is_some())?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &explanation)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Reads the trace, as far as it can be read: then with what is wrong with the next line.
fn read(source: &Source) -> Result<(Header, Vec<Record>, Option<trace::Error>), trace::Error> {
    let mut trace = source.reader()?;
    let header = trace.header().clone();
    let mut records = Vec::new();
    for record in trace.by_ref() {
        match record {
            Ok(record) => records.push(record),
            Err(error) if records.is_empty() => return Err(error),
            Err(error) => return Ok((header, records, Some(error))),
        }
    }
    Ok((header, records, None))
}

/// What is explained, its lines apart.
struct What<'a> {
    header: &'a Header,
    terms: Terms,
    places: &'a Places,
}

/// What was explained, and the first line that contradicts those before it.
type Explained = (Told, Option<trace::Error>);

/// Explains the trace up to the first line that is wrong. None where it has nothing to explain, which was said.
fn tell(
    args: &Args,
    what: &What<'_>,
    mut records: Vec<Record>,
    file: &mut CheckedFile,
) -> Result<Option<Explained>, trace::Error> {
    let What { header, terms, places } = what;
    file.events = events(&records);
    if let Some(id) = &args.request
        && let ids = known(header, &records)
        && !ids.iter().any(|known| known.as_str() == id)
    {
        let near = nearest(id, ids.iter().map(|id| id.as_str()));
        let near: Vec<_> = near.iter().map(|id| clip(id, 120)).collect();
        let near = match near.as_slice() {
            [] => "it names no identifier at all".to_owned(),
            near => format!("nearest: {}", near.join(", ")),
        };
        anstream::eprintln!("{} says nothing of {}; {near}", print::named(file), clip(id, 120));
        return Ok(None);
    }
    if file.events == 0 {
        anstream::eprintln!("{}: there is no event behind the header", plain(&file.file));
        return Ok(None);
    }
    let mut error = None;
    let mut told = loop {
        let asked = Asked {
            header,
            records: &records,
            terms,
            places,
            request: args.request.as_deref(),
        };
        match explain(&asked) {
            Ok(told) => break told,
            Err((place, malformed)) => {
                let contradicts = trace::Error {
                    file: file.file.clone(),
                    line: match (place, places) {
                        (None, Places::Trace) => 1,
                        (place, _) => places.line(place.map_or(0, |place| place as u64 + 1)),
                    },
                    column: 1,
                    problem: Problem::Contradicts(malformed.what().to_owned()),
                };
                match place {
                    Some(place) if place > 0 => records.truncate(place),
                    _ => return Err(contradicts),
                }
                file.events = events(&records);
                error = Some(contradicts);
            }
        }
    };
    file.terms = Some(input::judged_by(header, terms));
    let counts = |finding: &Finding| args.blame.is_empty() || args.blame.contains(&finding.party);
    file.outcome = match told.report.verdict {
        Verdict::Breaks if told.report.findings.iter().any(counts) => Outcome::Breaks,
        Verdict::Inconclusive => Outcome::Inconclusive,
        Verdict::Breaks if !told.report.doubts.is_empty() => Outcome::Inconclusive,
        Verdict::Breaks | Verdict::Conforms => Outcome::Conforms,
    };
    for (breach, finding) in told.breaches.iter_mut().zip(&told.report.findings) {
        breach.finding.counts = counts(finding);
    }
    file.take(told.report.clone(), places, counts);
    Ok(Some((told, error)))
}

impl Args {
    fn asked(&self) -> input::Asked<'_> {
        input::Asked {
            profile: self.profile.as_ref(),
            os: self.os,
            pins: &self.pins,
        }
    }
}

fn events(records: &[Record]) -> u64 {
    records.iter().filter(|record| record.event.is_some()).count() as u64
}

/// The identifiers most like one, at most three: by the ending that they share, then by the beginning.
fn nearest<'a>(id: &str, ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    const MOST: usize = 3;
    let mut ids: Vec<_> = ids.collect();
    let near = bgspec_model::profile::nearest(id, ids.iter().copied());
    let shared = |other: &str| {
        let forward = id.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        let backward = id
            .chars()
            .rev()
            .zip(other.chars().rev())
            .take_while(|(a, b)| a == b)
            .count();
        forward + backward
    };
    ids.sort_by_key(|other| (Some(*other) != near, std::cmp::Reverse(shared(other))));
    ids.truncate(MOST);
    ids
}
