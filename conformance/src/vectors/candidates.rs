//! The traces that the set is chosen from.

use std::sync::Mutex;

use bgspec_model::oracle::Terms;
use bgspec_model::vocabulary::{Event, Header, Initial, Record};

use super::Trace;
use crate::campaign::generate::{self, Config, Step};
use crate::corpus;
use crate::mutate::{self, Base};
use crate::parallel;
use crate::play::adapter::Adapter;
use crate::reference::InProcess;

/// How many cases of the campaign are candidates, the first ones of seed 1.
const CASES: u64 = 6_000;
const VERSIONS: [&str; 6] = ["13", "16", "18", "26", "26.1", "27"];

/// Every candidate, in the same order each time.
pub(super) fn all() -> Result<Vec<Trace>, String> {
    let mut sources: Vec<(Header, Vec<Record>, bool)> = Vec::new();
    sources.extend(carried()?.into_iter().filter_map(alone));
    sources.extend(played()?);
    let traces = parallel::map(&sources, |(header, records, played)| {
        Trace::of(header, records, *played)
    });
    Ok(traces.into_iter().flatten().collect())
}

/// Every trace of the corpus under each row of its manifest, and every trace scenario.
pub(crate) fn carried() -> Result<Vec<Base>, String> {
    let manifest = corpus::embedded().map_err(|error| error.to_string())?;
    let mut bases = Vec::new();
    for row in &manifest.expect {
        let text = corpus::trace(&row.trace).ok_or_else(|| format!("{}: not carried", row.trace))?;
        let os = row.os.as_ref().map(|os| os.parse()).transpose();
        let terms = Terms {
            profile: Some(row.profile.clone()),
            os: os.map_err(|error| format!("{}: {error}", row.name()))?,
            pins: row.pins.clone().into_iter().collect(),
        };
        bases.push(mutate::read(row.name(), &row.trace, text, terms)?);
    }
    for (path, text) in corpus::features() {
        bases.extend(mutate::told(path, text)?);
    }
    Ok(bases)
}

/// A trace of the corpus that stands alone, its terms in its header. What was not made up leaves too much open to drive
/// anything by it.
fn alone(base: Base) -> Option<(Header, Vec<Record>, bool)> {
    let gap = |record: &Record| matches!(record.event, Some(Event::Gap(_)));
    let usable = base.header.is_made_up() && base.header.initial == Initial::Known && base.header.without.is_empty();
    if !usable || base.records.iter().any(gap) {
        return None;
    }
    let mut header = base.header;
    header.profile = base.terms.profile.or(header.profile);
    header.os = base.terms.os.unwrap_or(header.os);
    header.pins.extend(base.terms.pins);
    header.about = None;
    Some((header, base.records, false))
}

/// Cases on the reference scheduler. What it declares is taken out, so that others may be held against them.
fn played() -> Result<Vec<(Header, Vec<Record>, bool)>, String> {
    let config = Config {
        versions: VERSIONS.iter().filter_map(|os| os.parse().ok()).collect(),
        seed: 1,
        cases: CASES,
        ..Config::default()
    };
    let cases = Mutex::new(Vec::new());
    let factory = || Ok(Box::new(InProcess::new()) as Box<dyn Adapter>);
    let watch = |step: Step<'_>| {
        if let (Step::Played(tried), Ok(mut cases)) = (step, cases.lock()) {
            let mut header = tried.played.header.clone();
            header.pins.clear();
            cases.push((header, tried.played.records.clone(), true));
        }
    };
    generate::run(&config, &factory, &watch).map_err(|stopped| stopped.to_string())?;
    cases.into_inner().map_err(|error| error.to_string())
}
