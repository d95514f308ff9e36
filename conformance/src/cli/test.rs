//! `bgspec test`: the campaign against an implementation, the reference scheduler unless another is named.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use bgspec_model::rule::{Rank, Rule};
use bgspec_model::vocabulary::Version;

use super::Format;
use crate::campaign::filter::Filter;
use crate::campaign::generate::{self, Config, Counterexample, Fault, Step, Stopped};
use crate::campaign::standing::{self, Standing};
use crate::campaign::summary::{Summary, chosen};
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::play::adapter::{Adapter, Failure};
use crate::play::subprocess::Subprocess;
use crate::reference::InProcess;
use crate::text::wrap;
use crate::trace::Writer;

/// Cases of a run in this process that names neither `--cases` nor `--time`: about a quarter of a minute in a debug
/// build.
pub(super) const CASES: u64 = 12_000;
/// The versions of a run that names none.
pub(super) const VERSIONS: [&str; 6] = ["13", "16", "18", "26", "26.1", "27"];
/// The same for a run with `--adapter`, where each input goes through a pipe.
const CASES_OUTSIDE: u64 = 1_000;

/// Test an implementation by generated sequences: which rules it keeps, which it breaks, and the shortest way there
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct TestArgs {
    /// The implementation: a command that speaks the adapter protocol; left out, the reference scheduler
    #[arg(long, value_name = "CMD …")]
    adapter: Option<String>,
    /// How many cases to play [default: 12000; 1000 with --adapter]
    #[arg(long, value_name = "N")]
    cases: Option<u64>,
    /// For how long to begin cases, such as 30s or 2min
    #[arg(long, value_name = "TIME", value_parser = duration)]
    time: Option<Duration>,
    /// The seed: the same one gives the same cases
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// A version of iOS; may be repeated
    #[arg(long, value_name = "VERSION", default_values = VERSIONS)]
    os: Vec<Version>,
    /// Judge by this profile
    #[arg(long, value_parser = ["contract", "field"], default_value = "contract")]
    profile: String,
    /// Hold the implementation to one value of a setting; may be repeated
    #[arg(long = "pin", value_name = "SETTING=VALUE", value_parser = super::pin)]
    pins: Vec<(String, String)>,
    /// Judge only these rules, such as `area(SUB) and not rule(SUB-5)` or `os(26)`
    #[arg(long, value_name = "FILTER")]
    filter: Option<String>,
    /// List the rules that would be judged, and play nothing
    #[arg(long)]
    list: bool,
    /// Stop at the first failure
    #[arg(long)]
    fail_fast: bool,
    /// Count only rules that are known at least so well
    #[arg(long, value_name = "BASIS", value_parser = super::rank())]
    fail_on: Option<Rank>,
    /// Write the counterexamples as traces, and the report, into this directory
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// How many cases to play at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: u16,
}

const EXAMPLES: &str = "\
Examples:
  bgspec test
  bgspec test --adapter 'python3 adapter.py' --os 26.1 --report found
  bgspec test --filter 'area(SUB) or area(CAN)' --seed 7 --time 1min
  bgspec test --adapter 'bgspec serve' --fail-on documented --format json

A breach of the scheduler's makes it fail, never the app's: the runner breaks the app's rules on
purpose.
Exit codes: 0 conforms; 1 breaks; 2 wrong usage; 3 the adapter failed; 4 nothing was checked, or
the filter matches nothing; 5 inconclusive. Several at once: 2, then 1, 3, 5, 4, 0. Ctrl-C ends
the cases and reports: 130.";

/// Runs the campaign.
///
/// # Errors
/// The result cannot be written.
pub fn run(args: &TestArgs) -> io::Result<Exit> {
    if let Some(exit) = super::contradiction(&args.pins) {
        return Ok(exit);
    }
    let catalogue = catalogue();
    let filter = match args
        .filter
        .as_deref()
        .map(|text| Filter::read(text, catalogue.iter().copied()))
    {
        None => Filter::All,
        Some(Ok(filter)) => filter,
        Some(Err(error)) => {
            anstream::eprintln!("error: {error}");
            return Ok(if error.matches_nothing {
                Exit::NothingChecked
            } else {
                Exit::Unusable
            });
        }
    };
    let config = args.config(filter, &catalogue, Interrupt::on_ctrl_c()?);
    if !catalogue.is_empty() && chosen(&config, &catalogue).next().is_none() {
        anstream::eprintln!("error: the filter matches nothing: no rule on any version of this run");
        return Ok(Exit::NothingChecked);
    }
    let factory = || instance(args.adapter.as_deref());
    if args.list {
        return list(&config, &factory, &catalogue);
    }
    let bar = Bar::new();
    let outcome = generate::run(&config, &factory, &|step| bar.show(step));
    bar.clear();
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(stopped) => {
            anstream::eprintln!("error: {stopped}");
            return Ok(match stopped {
                Stopped::Start(_) => Exit::AdapterFailed,
                Stopped::Terms(_) => Exit::Unusable,
            });
        }
    };
    let traces = match &args.report {
        Some(directory) => write_traces(directory, &outcome.failures)?,
        None => Vec::new(),
    };
    let summary = Summary::new(&config, &outcome, &catalogue, &traces);
    if let Some(directory) = &args.report {
        let file = File::create(directory.join("report.json"))?;
        serde_json::to_writer_pretty(BufWriter::new(file), &summary)?;
    }
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Human => {
            let Summary {
                cases,
                events,
                deliveries,
                most_states,
                seconds,
                ..
            } = &summary;
            writeln!(
                out,
                "{cases} cases with {events} events and {deliveries} deliveries, played in {seconds:.1} s; at most \
                 {most_states} states at once"
            )?;
            write!(out, "\n{}", summary.human())?;
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &summary)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(summary.ends_with())
}

impl TestArgs {
    fn config(&self, filter: Filter, catalogue: &[&'static Rule], interrupt: Interrupt) -> Config {
        let mut versions = self.os.clone();
        versions.dedup();
        // A version on which the filter leaves nothing is not played.
        versions.retain(|os| catalogue.is_empty() || catalogue.iter().any(|rule| filter.matches(rule, *os)));
        let cases = match (self.time, &self.adapter) {
            (Some(_), _) => u64::MAX,
            (None, None) => CASES,
            (None, Some(_)) => CASES_OUTSIDE,
        };
        Config {
            versions,
            profile: self.profile.clone(),
            pins: self.pins.iter().cloned().collect::<BTreeMap<_, _>>(),
            filter,
            fail_on: self.fail_on,
            seed: self.seed,
            cases: self.cases.unwrap_or(cases),
            time: self.time,
            jobs: usize::from(self.jobs),
            fail_fast: self.fail_fast,
            interrupt,
        }
    }
}

fn instance(command: Option<&str>) -> Result<Box<dyn Adapter>, Failure> {
    Ok(match command {
        None => Box::new(InProcess::new()),
        Some(command) => Box::new(Subprocess::start(command)?),
    })
}

fn catalogue() -> Vec<&'static Rule> {
    bgspec_model::rules::all().collect()
}

/// Prints the rules that a run would judge.
fn list(config: &Config, factory: &generate::Factory<'_>, catalogue: &[&'static Rule]) -> io::Result<Exit> {
    let hello = match factory().and_then(|adapter| adapter.hello()) {
        Ok(hello) => hello,
        Err(failure) => {
            anstream::eprintln!("error: {failure}");
            return Ok(Exit::AdapterFailed);
        }
    };
    let mut out = anstream::stdout().lock();
    let mut some = false;
    for (rule, versions) in chosen(config, catalogue) {
        if standing::of(rule, &hello, &versions) != Standing::Reachable {
            continue;
        }
        some = true;
        let head = format!("{:<7} {:<5} {:<11}", rule.id, rule.force, rule.rank());
        for (n, line) in wrap(rule.text, 75).iter().enumerate() {
            let head = if n == 0 { head.as_str() } else { "" };
            writeln!(out, "{head:<26}{line}")?;
        }
    }
    out.flush()?;
    if !some {
        anstream::eprintln!("error: nothing to judge: no rule of the filter can be reached in these versions");
        return Ok(Exit::NothingChecked);
    }
    Ok(Exit::Conforms)
}

/// Writes each counterexample as a trace; gives the files' names.
fn write_traces(directory: &Path, failures: &[Counterexample]) -> io::Result<Vec<Option<String>>> {
    fs::create_dir_all(directory)?;
    let write = |failure: &Counterexample| {
        let name = match &failure.fault {
            Fault::Broken(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("-or-"),
            Fault::Adapter(how) => format!("adapter-{}", how.replace(' ', "-")),
            Fault::Runner => "bgspec".to_owned(),
        };
        let path = directory.join(format!("{name}.jsonl"));
        let mut writer = Writer::new(BufWriter::new(File::create(&path)?), &failure.played.header)?;
        for record in &failure.played.records {
            writer.record(record)?;
        }
        writer.finish()?.flush()?;
        Ok(Some(path.display().to_string()))
    };
    failures.iter().map(write).collect()
}

/// Reads a length of time: a number and `ms`, `s`, `min` or `h`; a bare number is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("expected a number and ms, s, min or h, such as 30s; found `{text}`");
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let millis = match unit.trim() {
        "ms" => 1,
        "" | "s" => 1_000,
        "min" | "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err(wrong()),
    };
    number.checked_mul(millis).map(Duration::from_millis).ok_or_else(wrong)
}

/// Where the campaign is, in one line that is written again and again; on a terminal only.
struct Bar {
    last: Option<Mutex<Instant>>,
}

impl Bar {
    const EVERY: Duration = Duration::from_millis(100);

    fn new() -> Self {
        let last = io::stderr().is_terminal().then(|| Mutex::new(Instant::now()));
        Self { last }
    }

    fn show(&self, step: Step) {
        let Some(last) = &self.last else { return };
        let Ok(mut last) = last.lock() else { return };
        let text = match step {
            Step::Cases(..) if last.elapsed() < Self::EVERY => return,
            Step::Cases(done, u64::MAX) => format!("{done} cases"),
            Step::Cases(done, all) => format!("{done} of {all} cases"),
            Step::Shrinking(0) => return,
            Step::Shrinking(count) => format!("shrinking {count} failures"),
        };
        *last = Instant::now();
        // Nobody is hurt where the terminal is gone.
        let _ = write!(io::stderr(), "\r\x1b[K{text}");
    }

    fn clear(&self) {
        if self.last.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_have_a_unit() {
        let read = ["30s", "2min", "500ms", "7", "1 h"].map(|text| duration(text).map(|time| time.as_millis()));
        assert_eq!(read, [Ok(30_000), Ok(120_000), Ok(500), Ok(7_000), Ok(3_600_000)]);
        assert!(
            ["", "s", "5 days", "-1s", "99999999999999999999s"]
                .iter()
                .all(|text| duration(text).is_err())
        );
    }
}
