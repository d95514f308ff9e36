//! The traces that break something.

use std::sync::Mutex;

use bgspec_model::vocabulary::{Event, Header, Record};

use super::Breaking;
use crate::campaign::generate::{self, Config, Step};
use crate::mutate::{Base, changes};
use crate::parallel;
use crate::play::adapter::Adapter;
use crate::reference::{Choices, Fault, InProcess};
use crate::vectors::carried;

/// How many cases are played against each fault.
const CASES: u64 = 60;
/// Every so-manieth trace that conforms is changed in every way.
const CHANGED: usize = 24;
const VERSIONS: [&str; 6] = ["13", "16", "18", "26", "26.1", "27"];

/// Every trace that surely breaks a `must`, in the same order each time, the given ones first.
pub(super) fn all() -> Result<Vec<Breaking>, String> {
    let bases: Vec<Base> = carried()?.into_iter().map(with_terms).collect();
    let given = parallel::map(&bases, |base| Breaking::of(&base.name, &base.header, &base.records));
    let played = parallel::map(Fault::ALL, |fault| against(*fault));
    let conforming: Vec<&Base> = bases.iter().filter(|base| base.conforms()).step_by(CHANGED).collect();
    let changed = parallel::map(&conforming, |base| changed(base));
    let mut all: Vec<Breaking> = given.into_iter().flatten().collect();
    all.extend(played.into_iter().flatten());
    all.extend(changed.into_iter().flatten());
    Ok(all)
}

/// A trace whose header says by what it is judged.
fn with_terms(base: Base) -> Base {
    let mut header = base.header;
    header.profile = base.terms.profile.or(header.profile);
    header.os = base.terms.os.unwrap_or(header.os);
    header.pins.extend(base.terms.pins);
    Base {
        header,
        terms: bgspec_model::oracle::Terms::default(),
        ..base
    }
}

/// Cases on the reference scheduler with a fault.
fn against(fault: Fault) -> Vec<Breaking> {
    let config = Config {
        versions: VERSIONS.iter().filter_map(|os| os.parse().ok()).collect(),
        cases: CASES,
        ..Config::default()
    };
    let broken: Mutex<Vec<(Header, Vec<Record>)>> = Mutex::new(Vec::new());
    let factory = || Ok(Box::new(InProcess::with(Choices::default().with_fault(fault))) as Box<dyn Adapter>);
    let watch = |step: Step<'_>| {
        if let (Step::Played(tried), Ok(mut broken)) = (step, broken.lock())
            && !tried.played.report.findings.is_empty()
        {
            broken.push((tried.played.header.clone(), tried.played.records.clone()));
        }
    };
    // Nothing is shrunk here: what is too long is shortened where it is needed.
    let config = Config {
        shrink_time: std::time::Duration::ZERO,
        ..config
    };
    if generate::run(&config, &factory, &watch).is_err() {
        return Vec::new();
    }
    let broken = broken.into_inner().unwrap_or_default();
    let name = format!("fault {fault}");
    let of = |(header, records): &(Header, Vec<Record>)| Breaking::of(&name, header, records);
    broken.iter().filter_map(of).collect()
}

/// Every change of a trace that conforms.
fn changed(base: &Base) -> Vec<Breaking> {
    if base
        .records
        .iter()
        .any(|record| matches!(record.event, Some(Event::Gap(_))))
    {
        return Vec::new();
    }
    let name = format!("{}, changed", base.name);
    let of = |change: changes::Change| Breaking::of(&name, &base.header, &change.apply(&base.records));
    changes::of(base).into_iter().filter_map(of).collect()
}
