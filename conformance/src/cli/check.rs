//! `bgspec check`: the verdict on traces.

use std::io::{self, Write};

use bgspec_model::oracle::{Foresight, Malformed, Oracle};
use bgspec_model::report::{Finding, Verdict};
use bgspec_model::rule::{Party, Rank};
use bgspec_model::vocabulary::Version;

use super::annotations::{self, Form};
use super::input::{self, Asked, Input, Told};
use super::print;
use crate::exit::Exit;
use crate::report::{self, ByBasis, Checked, CheckedFile, Outcome, Summary};
use crate::trace::{self, Mistakes, Places, Problem, Source};

/// Judge recorded traces: the verdict, who broke which rule where, and what was allowed instead
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Traces, one JSON object a line, or feature files; `file.feature:12` is the scenario there, `-` standard input
    #[arg(required = true, value_name = "TRACE")]
    traces: Vec<String>,
    /// Of feature files only the scenarios of this name
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
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
    /// Count only rules that are known at least so well
    #[arg(long, value_name = "BASIS", value_parser = super::rank())]
    fail_on: Option<Rank>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

const EXAMPLES: &str = "\
Examples:
  bgspec check trace.jsonl
  bgspec check --profile field --os 26.1 traces/*.jsonl
  bgspec check story.feature other.feature:12
  bgspec check --blame scheduler --fail-on documented trace.jsonl
  gunzip -c trace.jsonl.gz | bgspec check --format json -
  bgspec check --format sarif traces/*.jsonl > bgspec.sarif

In a trace by hand a time may be \"10 s\" or \"1 h 30 min\", `earliest` \"in 2 h\" (from its line), each
a date such as \"2026-03-01T10:00:00Z\" where the first line has one, and an error \"notPermitted\". A feature
file says the same in sentences (`bgspec steps`); its trace scenarios are judged, whatever its last
steps say of the oracle.

Exit codes: 0 conforms; 1 breaks; 2 unreadable or malformed; 4 no event in it; 5 inconclusive.
Of several traces the gravest counts: 2, then 1, 5, 4, 0.";

/// Checks every trace.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    if let Some(exit) = super::contradiction(&args.pins) {
        return Ok(exit);
    }
    let mut out = anstream::stdout().lock();
    let mut files = Vec::new();
    let mut summary = Summary::default();
    for name in &args.traces {
        for (file, ranks) in check(name, args) {
            summary.add(&file, ranks);
            match args.format {
                Form::Human => print::file(&mut out, &file, files.is_empty())?,
                Form::Json | Form::Xcode | Form::Sarif | Form::Github => {}
            }
            files.push(file);
        }
    }
    let exit = Exit::gravest(files.iter().map(|file| file.outcome.into()));
    match args.format {
        Form::Human => print::summary(&mut out, &summary)?,
        Form::Xcode | Form::Sarif | Form::Github => {
            let annotations: Vec<_> = files.iter().flat_map(annotations::of_trace).collect();
            annotations::write(args.format, &mut out, &annotations)?;
        }
        Form::Json => {
            let tool = env!("CARGO_PKG_VERSION").to_owned();
            let checked = Checked {
                report: report::FORM,
                tool,
                files,
                summary,
                exit: exit.code(),
            };
            serde_json::to_writer_pretty(&mut out, &checked)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Checks one trace, or each scenario of a feature file, as far as it can be read.
fn check(name: &str, args: &Args) -> Vec<(CheckedFile, ByBasis)> {
    let failed = |mistakes: &Mistakes| {
        let mut file = CheckedFile::new(mistakes.first().map_or(name, |error| &error.file));
        file.fail(mistakes);
        (file, ByBasis::default())
    };
    match input::open(name, args.scenario.as_deref()) {
        Ok(Input::Trace(source)) => vec![of_trace(&source, args)],
        Ok(Input::Feature(scenarios)) => scenarios.iter().map(|told| of_scenario(told, args)).collect(),
        Err(mistakes) => vec![failed(&mistakes)],
    }
}

fn of_trace(source: &Source, args: &Args) -> (CheckedFile, ByBasis) {
    let mut file = CheckedFile::new(source.name());
    let mut ranks = ByBasis::default();
    if let Err(error) = judge(source, args, &mut file, &mut ranks) {
        file.fail(&source.mistakes(error));
    }
    (file, ranks)
}

fn of_scenario(told: &Told, args: &Args) -> (CheckedFile, ByBasis) {
    let mut file = told.file();
    let mut ranks = ByBasis::default();
    if let Err(error) = judge_scenario(told, args, &mut file, &mut ranks) {
        file.fail(&Mistakes::only(error));
    }
    (file, ranks)
}

fn judge(source: &Source, args: &Args, file: &mut CheckedFile, ranks: &mut ByBasis) -> Result<(), trace::Error> {
    let terms = args.asked().terms();
    let foresight = source.foresight()?;
    let mut trace = source.reader()?;
    file.terms = Some(input::judged_by(trace.header(), &terms));
    let mut oracle = Oracle::new(trace.header(), &terms).map_err(|malformed| trace.malformed(malformed))?;
    oracle.foresee(foresight);
    let mut read = Ok(());
    let mut last = trace.line();
    while let Some(record) = trace.next() {
        let stepped = record.and_then(|record| {
            oracle.step(&record).map_err(|malformed| trace.malformed(malformed))?;
            Ok(record.event.is_some())
        });
        match stepped {
            Ok(is_event) => {
                file.events += u64::from(is_event);
                last = trace.line();
            }
            Err(error) => {
                read = Err(error);
                break;
            }
        }
    }
    // Lines that an open call still holds stand before whatever ended the reading.
    if let Err(malformed) = oracle.settle() {
        let line = last.saturating_sub(malformed.earlier() as u64);
        read = Err(trace::Error {
            line,
            ..trace.malformed(malformed)
        });
    }
    // What was found before an error is reported with it.
    conclude(oracle, args, &Places::Trace, file, ranks);
    read
}

fn judge_scenario(told: &Told, args: &Args, file: &mut CheckedFile, ranks: &mut ByBasis) -> Result<(), trace::Error> {
    let terms = told.terms(&args.asked());
    let contradicts = |event: u64, malformed: &Malformed| {
        let event = event.saturating_sub(malformed.earlier() as u64);
        told.error(event, Problem::Contradicts(malformed.what().to_owned()))
    };
    file.terms = Some(input::judged_by(told.header(), &terms));
    let mut oracle = Oracle::new(told.header(), &terms).map_err(|malformed| contradicts(1, &malformed))?;
    oracle.foresee(Foresight::of(&told.records));
    let mut read = Ok(());
    let mut last = 0;
    for record in &told.records {
        last += 1;
        if let Err(malformed) = oracle.step(record) {
            read = Err(contradicts(last, &malformed));
            break;
        }
        file.events += u64::from(record.event.is_some());
    }
    if let Err(malformed) = oracle.settle() {
        read = Err(contradicts(last, &malformed));
    }
    conclude(oracle, args, &told.places, file, ranks);
    read
}

/// Takes over what the oracle says in the end.
fn conclude(oracle: Oracle, args: &Args, places: &Places, file: &mut CheckedFile, ranks: &mut ByBasis) {
    let report = oracle.finish();
    report
        .findings
        .iter()
        .for_each(|finding| ranks.add(report::rank(&finding.rules), 1));
    let more = report.repeats.iter().filter(|repeat| !repeat.is_advice());
    more.for_each(|repeat| ranks.add(report::rank(&repeat.rules), repeat.times as usize));
    let uncertain = !report.doubts.is_empty();
    let counts = |finding: &Finding| args.counts(finding);
    file.outcome = match report.verdict {
        _ if file.events == 0 => Outcome::NothingChecked,
        Verdict::Breaks if report.findings.iter().any(counts) => Outcome::Breaks,
        Verdict::Inconclusive => Outcome::Inconclusive,
        Verdict::Breaks if uncertain => Outcome::Inconclusive,
        Verdict::Breaks | Verdict::Conforms => Outcome::Conforms,
    };
    file.take(report, places, counts);
}

impl Args {
    fn asked(&self) -> Asked<'_> {
        Asked {
            profile: self.profile.as_ref(),
            os: self.os,
            pins: &self.pins,
        }
    }

    /// Whether a finding makes the verdict.
    fn counts(&self, finding: &Finding) -> bool {
        let blamed = self.blame.is_empty() || self.blame.contains(&finding.party);
        blamed && self.fail_on.is_none_or(|least| report::rank(&finding.rules) <= least)
    }
}

impl Summary {
    fn add(&mut self, file: &CheckedFile, ranks: ByBasis) {
        self.files += 1;
        *match file.outcome {
            Outcome::Conforms => &mut self.conforms,
            Outcome::Breaks => &mut self.breaks,
            Outcome::Inconclusive => &mut self.inconclusive,
            Outcome::NothingChecked => &mut self.nothing_checked,
            Outcome::Unusable => &mut self.unusable,
        } += 1;
        self.findings.documented += ranks.documented;
        self.findings.staff += ranks.staff;
        self.findings.observed += ranks.observed;
        self.findings.inferred += ranks.inferred;
    }
}
