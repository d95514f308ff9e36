//! What happens in a run, as one JSON object a line: the form in which a program can watch it.
//!
//! It is the stream that everything else listens to ([`Step`]), put into words: `bgspec test --format ndjson` prints it,
//! and a directory of `--report` keeps it. Its last line is the whole report.

use schemars::JsonSchema;
use serde::Serialize;

use super::generate::{Step, Which};
use super::summary::Summary;

/// A line.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Happened<'a> {
    /// So many cases were played.
    Cases {
        /// How many.
        played: u64,
        /// Of how many, where that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        planned: Option<u64>,
    },
    /// A failure is seen for the first time.
    Found {
        /// What failed, in a few words: failures of the same words are one.
        fault: String,
        /// In which case: its number, or the name of what was stored.
        case: &'a Which,
        /// How the adapter failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        failure: Option<String>,
    },
    /// So many failures are to be shrunk.
    Shrinking {
        /// How many.
        failures: usize,
    },
    /// A failure was shrunk.
    Shrunk {
        /// What failed, as it was found.
        fault: String,
        /// The case that it was shrunk from.
        case: &'a Which,
        /// In how many cases it was found.
        cases: u64,
        /// How many lines the shortest trace has.
        lines: usize,
        /// It did not fail so when it was played anew.
        flaky: bool,
    },
    /// The run is over: what it came to.
    Report(&'a Summary),
}

/// Cases are told by the thousand.
const EVERY: u64 = 1_000;

impl<'a> Happened<'a> {
    /// What a step is worth telling.
    #[must_use]
    pub fn of(step: &Step<'a>) -> Option<Self> {
        Some(match step {
            Step::Played(_) => return None,
            Step::Cases(played, _) if played % EVERY != 0 => return None,
            Step::Cases(played, planned) => Self::Cases {
                played: *played,
                planned: *planned,
            },
            Step::Found(fault, case, tried) => Self::Found {
                fault: fault.to_string(),
                case,
                failure: tried.played.trouble.as_ref().map(ToString::to_string),
            },
            Step::Shrinking(failures) => Self::Shrinking { failures: *failures },
            Step::Shrunk(failure) => Self::Shrunk {
                fault: failure.fault.to_string(),
                case: &failure.case,
                cases: failure.times,
                lines: failure.shown.played.records.len(),
                flaky: failure.flaky.is_some(),
            },
        })
    }

    /// As a line, without its end.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn line(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
