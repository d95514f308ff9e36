//! `bgspec test`: the campaign against an implementation, the reference scheduler unless another is named.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use bgspec_model::rule::{Rank, Rule};
use bgspec_model::vocabulary::Version;

use crate::campaign::evidence::Evidence;
use crate::campaign::filter::Filter;
use crate::campaign::generate::{self, Config, Step, Stopped};
use crate::campaign::known::Known;
use crate::campaign::plan::Shard;
use crate::campaign::report;
use crate::campaign::standing::{self, Standing};
use crate::campaign::stored::Stored;
use crate::campaign::stream::Happened;
use crate::campaign::summary::{Summary, chosen};
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::play::adapter::{Adapter, Failure};
use crate::play::subprocess::{Options, Subprocess};
use crate::reference::InProcess;
use crate::text::{plain, roughly, wrap};
use crate::trace::Problem;

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
    /// How many histories of several threads to play, where the implementation takes such calls [default: one for a hundred
    /// cases]
    #[arg(long, value_name = "N", conflicts_with_all = ["case", "replay"])]
    histories: Option<u64>,
    /// Play this generated case alone
    #[arg(long, value_name = "N", conflicts_with_all = ["cases", "time", "shard", "replay"])]
    case: Option<u64>,
    /// Play a stored case alone, or all of a directory; may be repeated
    #[arg(long, value_name = "FILE|DIR", conflicts_with_all = ["cases", "time", "seed"])]
    replay: Vec<PathBuf>,
    /// Play the I-th of N parts of the run: they are disjoint, and together the whole
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// For how long to begin cases, such as 30s or 2min
    #[arg(long, value_name = "TIME", value_parser = duration)]
    time: Option<Duration>,
    /// How long the adapter may take for an answer
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "10s")]
    timeout: Duration,
    /// How long to shrink what failed, all failures together
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "30s")]
    shrink_time: Duration,
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
    /// Keep what is found in this directory, as it comes: traces, feature files, the wire, the report. Cases that an
    /// earlier run left there are played first
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Breaches that are expected: a file in TOML with lines of rule, reason, link and expires
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// Write the file of --known anew: what is broken, and what this run cannot tell
    #[arg(long, requires = "known")]
    update: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// How many cases to play at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: u16,
}

/// How a run is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Form {
    /// For people
    #[default]
    Human,
    /// For programs: the form that `bgspec schema run` describes
    Json,
    /// For programs that watch: what happens, one JSON object a line, as it happens; the last one is the report
    Ndjson,
    /// For build servers: the XML of JUnit, a suite an area and a case a rule
    Junit,
    /// For people elsewhere: one page with nothing to fetch
    Html,
}

const EXAMPLES: &str = "\
Examples:
  bgspec test
  bgspec test --adapter 'python3 adapter.py' --os 26.1 --report found
  bgspec test --filter 'area(SUB) or area(CAN)' --seed 7 --time 1min
  bgspec test --adapter 'python3 adapter.py' --replay found/CAN-1.jsonl
  bgspec test --seed 7 --case 55
  bgspec test --shard 2/8 --report part-2
  bgspec test --adapter 'python3 adapter.py' --known known.toml --update
  bgspec test --adapter 'bgspec serve' --fail-on documented --format json
  bgspec test --adapter 'python3 adapter.py' --format html > run.html

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
    let stored = match args.stored() {
        Ok(stored) => stored,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Ok(Exit::Unusable);
        }
    };
    let known = match args.known() {
        Ok(known) => known,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Ok(Exit::Unusable);
        }
    };
    let interrupt = Interrupt::on_ctrl_c()?;
    let config = args.config(filter, &catalogue, stored, interrupt.clone());
    if !catalogue.is_empty() && chosen(&config, &catalogue).next().is_none() {
        anstream::eprintln!("error: the filter matches nothing: no rule on any version of this run");
        return Ok(Exit::NothingChecked);
    }
    if config.planned() == Some(0) {
        let part = args
            .shard
            .map_or_else(String::new, |shard| format!(" in the part {shard}"));
        anstream::eprintln!("error: there is no case to play{part}");
        return Ok(Exit::NothingChecked);
    }
    let options = Options {
        timeout: args.timeout,
        interrupt,
    };
    let factory = || instance(args.adapter.as_deref(), &options);
    if args.list {
        return list(&config, &factory, &catalogue);
    }
    let evidence = match args
        .report
        .as_deref()
        .map(|directory| (directory, Evidence::open(directory)))
    {
        None => None,
        Some((_, Ok(evidence))) => Some(evidence),
        Some((directory, Err(error))) => {
            let problem = Problem::unreadable(&error);
            let directory = plain(&directory.display().to_string());
            anstream::eprintln!(
                "error: {directory}: no report can be written there: {problem}: expected a directory that can be written"
            );
            return Ok(Exit::Unusable);
        }
    };
    let bar = Bar::new();
    let outcome = generate::run(&config, &factory, &|step| {
        if let Some(evidence) = &evidence {
            evidence.see(&step);
        }
        if let (Form::Ndjson, Some(happened)) = (args.format, Happened::of(&step)) {
            // Whoever reads may have seen enough: the run ends as ever.
            let _ = happened.line().map(|line| anstream::println!("{line}"));
        }
        bar.show(&step);
    });
    bar.clear();
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(stopped) => {
            anstream::eprintln!("error: {stopped}");
            return Ok(match stopped {
                Stopped::Start(Failure::Interrupted { .. }) => {
                    anstream::eprintln!("Interrupted: nothing was played.");
                    Exit::Interrupted
                }
                Stopped::Start(_) => Exit::AdapterFailed,
                Stopped::Terms(_) => Exit::Unusable,
            });
        }
    };
    let traces = outcome.failures.iter().map(|failure| {
        let evidence = evidence.as_ref()?;
        Some(evidence.trace_of(&failure.fault).display().to_string())
    });
    let traces: Vec<_> = traces.collect();
    let mut summary = Summary::new(&config, &outcome, &catalogue, &traces);
    summary.settle(known.as_ref());
    if let (Some(path), true) = (&args.known, args.update) {
        let lines = summary.still_known(&command(args));
        if let Err(error) = fs::write(path, Known::written(&lines)) {
            let problem = Problem::unreadable(&error);
            anstream::eprintln!(
                "error: {}: cannot be written: {problem}",
                plain(&path.display().to_string())
            );
            return Ok(Exit::Unusable);
        }
        let known = Known {
            lines: lines.into_iter().collect(),
        };
        summary.settle(Some(&known));
    }
    print(&summary, args.format, "")?;
    if let Some(evidence) = evidence {
        evidence.finish(&summary)?;
    }
    Ok(summary.ends_with())
}

/// How the run can be had again, in a few words.
fn command(args: &TestArgs) -> String {
    format!("bgspec test --seed {}", args.seed)
}

pub(super) fn print(summary: &Summary, format: Form, parts: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match format {
        Form::Human => {
            let Summary {
                cases,
                events,
                deliveries,
                most_states,
                seconds,
                histories,
                ..
            } = summary;
            writeln!(
                out,
                "{cases} {}{parts} with {events} events and {deliveries} deliveries, played in {}; at most \
                 {most_states} states at once",
                if *cases == 1 { "case" } else { "cases" },
                roughly(
                    Duration::from_secs_f64(*seconds)
                        .as_millis()
                        .try_into()
                        .unwrap_or(i64::MAX)
                )
            )?;
            if *histories > 0 {
                let threads = crate::campaign::histories::THREADS;
                let word = if *histories == 1 { "history" } else { "histories" };
                writeln!(out, "{histories} {word} of {threads} threads that call at once")?;
            }
            write!(out, "\n{}", summary.human())?;
        }
        Form::Json => {
            serde_json::to_writer_pretty(&mut out, summary)?;
            writeln!(out)?;
        }
        Form::Ndjson => writeln!(out, "{}", Happened::Report(summary).line()?)?,
        Form::Junit => report::junit(&mut out, summary)?,
        Form::Html => write!(out, "{}", report::html(summary))?,
    }
    out.flush()
}

impl TestArgs {
    /// The stored cases: those that are to be replayed, or those that an earlier run left where this one reports.
    fn stored(&self) -> Result<Vec<Stored>, crate::trace::Error> {
        let mut stored = Vec::new();
        for path in &self.replay {
            stored.extend(Stored::all(path)?);
        }
        let left = self
            .report
            .as_deref()
            .filter(|directory| self.replay.is_empty() && directory.is_dir());
        if let Some(directory) = left.filter(|_| self.case.is_none()) {
            for file in Stored::files(directory)? {
                // What an earlier run found on other versions is left to runs on those.
                stored.extend(Some(Stored::open(&file)?).filter(|stored| self.os.contains(&stored.header.os)));
            }
        }
        Ok(stored)
    }

    /// The breaches that are expected. A file that is to be written need not be there yet.
    fn known(&self) -> Result<Option<Known>, crate::campaign::known::Error> {
        match &self.known {
            None => Ok(None),
            Some(path) if self.update && !path.exists() => Ok(Some(Known::default())),
            Some(path) => Known::open(path).map(Some),
        }
    }

    fn config(&self, filter: Filter, catalogue: &[&'static Rule], stored: Vec<Stored>, interrupt: Interrupt) -> Config {
        let mut versions = self.os.clone();
        if !self.replay.is_empty() {
            versions = stored.iter().map(|stored| stored.header.os).collect();
            versions.sort_unstable();
        }
        versions.dedup();
        // A version on which the filter leaves nothing is not played.
        versions.retain(|os| catalogue.is_empty() || catalogue.iter().any(|rule| filter.matches(rule, *os)));
        let cases = match (self.time, &self.adapter) {
            (Some(_), _) => u64::MAX,
            (None, None) => CASES,
            (None, Some(_)) => CASES_OUTSIDE,
        };
        let cases = match self.case {
            Some(case) => case.saturating_add(1),
            None if !self.replay.is_empty() => 0,
            None => self.cases.unwrap_or(cases),
        };
        let alone = self.case.is_some() || !self.replay.is_empty();
        let histories = match (self.histories, self.time) {
            (Some(asked), _) => asked,
            (None, None) if !alone => cases.div_ceil(100),
            (None, _) => 0,
        };
        Config {
            histories,
            versions,
            profile: self.profile.clone(),
            pins: self.pins.iter().cloned().collect::<BTreeMap<_, _>>(),
            filter,
            fail_on: self.fail_on,
            seed: self.seed,
            stored,
            cases,
            only: self.case,
            shard: self.shard,
            time: self.time,
            shrink_time: self.shrink_time,
            whole: self.filter.is_none()
                && self.replay.is_empty()
                && self.case.is_none()
                && self
                    .cases
                    .is_none_or(|asked| asked >= if self.adapter.is_some() { CASES_OUTSIDE } else { CASES }),
            jobs: usize::from(self.jobs),
            fail_fast: self.fail_fast,
            interrupt,
        }
    }
}

pub(super) fn instance(command: Option<&str>, options: &Options) -> Result<Box<dyn Adapter>, Failure> {
    Ok(match command {
        None => Box::new(InProcess::new()),
        Some(command) => Box::new(Subprocess::with(command, options.clone())?),
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

/// Reads a length of time: a number and `ms`, `s`, `min` or `h`; a bare number is seconds.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
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

    fn show(&self, step: &Step<'_>) {
        // Findings are told as they are found, terminal or not; the report tells them whole.
        if let Step::Found(fault, which, _) = step {
            self.clear();
            let _ = writeln!(io::stderr(), "found: {fault} ({})", plain(&which.to_string()));
        }
        let Some(last) = &self.last else { return };
        let Ok(mut last) = last.lock() else { return };
        let text = match step {
            Step::Cases(..) if last.elapsed() < Self::EVERY => return,
            Step::Cases(done, None) => format!("{done} cases"),
            Step::Cases(done, Some(all)) => format!("{done} of {all} cases"),
            Step::Played(_) | Step::Shrinking(0) | Step::Found(..) | Step::Shrunk(_) => return,
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
