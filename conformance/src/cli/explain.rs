//! `bgspec explain`: why a request was not launched, and how a verdict came about.

use std::io::{self, Write};

use bgspec_model::oracle::Terms;
use bgspec_model::report::{Finding, Verdict};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Header, Record, Version};

use super::{Format, story};
use crate::exit::Exit;
use crate::explain::form::{Explanation, FORM};
use crate::explain::origin::from_the_first_line;
use crate::explain::{Asked, Told, explain, known};
use crate::report::{CheckedFile, JudgedBy, Outcome, Unusable};
use crate::text::{clip, plain};
use crate::trace::{self, Problem, Reader};

/// Tell why a task never ran and whose doing it was, or how the verdict on a trace came about
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The trace, one JSON object a line; `-` is standard input
    #[arg(value_name = "TRACE")]
    trace: String,
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
  bgspec explain --profile field trace.jsonl
  gunzip -c trace.jsonl.gz | bgspec explain --format json -

Exit codes: 0 the trace conforms; 1 it breaks a rule; 2 unreadable or malformed; 4 no event in it,
or nothing known of the identifier; 5 inconclusive.";

/// Explains one trace.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    if let Some(exit) = super::contradiction(&args.pins) {
        return Ok(exit);
    }
    let name = if args.trace == "-" { "stdin" } else { &args.trace };
    let mut file = CheckedFile::new(name);
    let told = match read(args) {
        Ok((header, records, error)) => {
            let records = match args.format {
                Format::Human => from_the_first_line(records),
                Format::Json => records,
            };
            tell(args, &header, records, error, &mut file)
        }
        Err(error) => Err(error),
    };
    let told = match told {
        Ok(Some((told, error))) => {
            // What lies before a line that is wrong is explained all the same.
            if let Some(error) = error {
                anstream::eprintln!("error: {error}");
                file.error = Some(Unusable::from(&error));
                file.outcome = Outcome::Unusable;
            }
            told
        }
        Ok(None) => return Ok(Exit::NothingChecked),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            let nothing = matches!(error.problem, Problem::Nothing);
            return Ok(if nothing { Exit::NothingChecked } else { Exit::Unusable });
        }
    };
    let exit = Exit::from(file.outcome);
    let explanation = Explanation {
        explanation: FORM,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        judged: file,
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
fn read(args: &Args) -> Result<(Header, Vec<Record>, Option<trace::Error>), trace::Error> {
    let mut trace = Reader::open(&args.trace)?;
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

/// Explains the trace up to the first line that is wrong. None where it has nothing to explain, which was said.
fn tell(
    args: &Args,
    header: &Header,
    mut records: Vec<Record>,
    mut error: Option<trace::Error>,
    file: &mut CheckedFile,
) -> Result<Option<(Told, Option<trace::Error>)>, trace::Error> {
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
        let (name, id) = (plain(&file.file), clip(id, 120));
        anstream::eprintln!("{name} says nothing of {id}; {near}");
        return Ok(None);
    }
    if file.events == 0 {
        anstream::eprintln!("{}: there is no event behind the header", plain(&file.file));
        return Ok(None);
    }
    let terms = Terms {
        profile: args.profile.clone(),
        os: args.os,
        pins: args.pins.clone(),
    };
    let mut told = loop {
        let asked = Asked {
            header,
            records: &records,
            terms: &terms,
            request: args.request.as_deref(),
        };
        match explain(&asked) {
            Ok(told) => break told,
            Err((place, malformed)) => {
                let contradicts = trace::Error {
                    file: file.file.clone(),
                    line: place.map_or(1, |place| place as u64 + 2),
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
    let profile = terms
        .profile
        .as_deref()
        .or(header.profile.as_deref())
        .unwrap_or("contract");
    let os = terms.os.unwrap_or(header.os).to_string();
    file.terms = Some(JudgedBy::new(header, profile, os, &terms.pins));
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
    file.take(told.report.clone(), counts);
    Ok(Some((told, error)))
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
