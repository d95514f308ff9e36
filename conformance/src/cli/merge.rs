//! `bgspec merge`: the reports of the parts of a run, put together again.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::test;
use crate::campaign::known::Known;
use crate::campaign::merge::merge;
use crate::campaign::summary::Summary;
use crate::exit::Exit;
use crate::text::plain;
use crate::trace::Problem;

/// More bytes than a report has.
const LIMIT: u64 = 64 << 20;

/// Put the reports of the parts of a run together, which ends as the whole run would
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The report of each part: a file, or the directory of its --report
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// Breaches that are expected: a file in TOML
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: test::Form,
}

const EXAMPLES: &str = "\
Examples:
  bgspec test --shard 1/2 --report parts/1
  bgspec test --shard 2/2 --report parts/2
  bgspec merge parts/1 parts/2
  bgspec merge parts/1 parts/2 --format html > run.html

Exit codes: those of `bgspec test`; 2 where a part is missing, stands twice or is of another run.";

/// Merges.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let known = match args.known.as_deref().map(Known::open).transpose() {
        Ok(known) => known,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Ok(Exit::Unusable);
        }
    };
    let parts: Result<Vec<_>, String> = args.reports.iter().map(|path| read(path)).collect();
    match parts.and_then(|parts| merge(parts, known.as_ref())) {
        Ok(whole) => {
            test::print(&whole, args.format, &format!(" in {} parts", args.reports.len()))?;
            Ok(whole.ends_with())
        }
        Err(what) => {
            anstream::eprintln!("error: {what}");
            Ok(Exit::Unusable)
        }
    }
}

/// A report, with what it is called.
fn read(path: &Path) -> Result<(String, Summary), String> {
    let path = if path.is_dir() {
        path.join("report.json")
    } else {
        path.to_owned()
    };
    let name = plain(&path.display().to_string());
    let mut text = String::new();
    std::fs::File::open(&path)
        .and_then(|file| file.take(LIMIT + 1).read_to_string(&mut text))
        .map_err(|error| format!("{name}: {}", Problem::unreadable(&error)))?;
    if text.len() as u64 > LIMIT {
        return Err(format!(
            "{name}: more than {LIMIT} bytes, expected a report of bgspec test"
        ));
    }
    serde_json::from_str(&text)
        .map(|summary| (name.clone(), summary))
        .map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let what = error.to_string();
            let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what);
            format!(
                "{name}:{line}:{column}: no report of bgspec test: {}",
                crate::text::clip(what, 300)
            )
        })
}
