//! The whole suite as one test of an implementation in Rust: nothing to start, nothing to parse.
//!
//! ```no_run
//! use bgspec_conformance::campaign::suite::{Broken, Config, check};
//! use bgspec_conformance::reference::InProcess;
//!
//! // In a test of your own, with your adapter in the place of the reference scheduler's.
//! let summary = check(&Config { cases: 200, ..Config::default() }, InProcess::new)?;
//! println!("{}", summary.claim);
//! # Ok::<(), Broken>(())
//! ```
//!
//! A crate that does so stands in `conformance/examples/outside`.

use std::fmt;
use std::str::FromStr;

pub use super::generate::Config;
use super::generate::{self, Stopped, Which};
use super::summary::Summary;
use crate::exit::Exit;
use crate::play::adapter::Adapter;

/// Plays the campaign against an implementation, of which `new` makes an instance. In the environment `BGSPEC_SEED` names
/// another seed, and `BGSPEC_CASE` one case to be played alone.
///
/// # Errors
/// A rule is broken, the implementation failed, or nothing was checked.
pub fn check<A: Adapter + 'static>(config: &Config, new: impl Fn() -> A + Sync) -> Result<Summary, Broken> {
    let mut config = config.clone();
    config.seed = from_environment(SEED)?.unwrap_or(config.seed);
    config.only = from_environment(CASE)?.or(config.only);
    let factory = || Ok(Box::new(new()) as Box<dyn Adapter>);
    let outcome = generate::run(&config, &factory, &|_| {})?;
    let rules: Vec<_> = bgspec_model::rules::all().collect();
    let traces = vec![None; outcome.failures.len()];
    let summary = Summary::new(&config, &outcome, &rules, &traces);
    match summary.ends_with() {
        Exit::Conforms => Ok(summary),
        _ => Err(Broken::Rules(Box::new(summary))),
    }
}

const SEED: &str = "BGSPEC_SEED";
const CASE: &str = "BGSPEC_CASE";

/// Why an implementation does not pass. It is told alike for people and for a test that returns it.
#[derive(thiserror::Error)]
pub enum Broken {
    /// What was found.
    #[error("{}", story(.0))]
    Rules(Box<Summary>),
    /// The campaign could not begin.
    #[error(transparent)]
    NotBegun(#[from] Stopped),
    /// What the environment says is no number.
    #[error("{name} is `{found}`, expected a number")]
    Environment {
        /// The variable.
        name: &'static str,
        /// What it is.
        found: String,
    },
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A test that returns an error shows it so.
        fmt::Display::fmt(self, f)
    }
}

fn from_environment<T: FromStr>(name: &'static str) -> Result<Option<T>, Broken> {
    let Ok(found) = std::env::var(name) else {
        return Ok(None);
    };
    let number = found.parse();
    number.map(Some).map_err(|_| Broken::Environment { name, found })
}

fn story(summary: &Summary) -> String {
    let mut text = summary.human();
    for failure in &summary.failures {
        if let Which::Case(case) = &failure.case {
            let (seed, fault) = (summary.seed, &failure.fault);
            text.push_str(&format!(
                "\nplay it again ({fault}): {SEED}={seed} {CASE}={case} cargo test"
            ));
        }
    }
    text
}
