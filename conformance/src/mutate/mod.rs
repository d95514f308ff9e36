//! Mutation of traces: how much the oracle lets through, and what allows it.
//!
//! A trace that conforms is changed in one place, in every way that a wrong scheduler could have made it ([`changes`]),
//! and judged anew. What is still accepted must have a reason that the model itself gives: a rule or a setting without
//! which the changed trace is refused or told from the other one ([`reasons`]). An answer, a kind, a number, a card or a
//! title that is changed and accepted without such a reason is a *hole*: something of the scheduler's that no rule looks
//! at. What the app, the person and the device do is theirs: another deed of theirs that conforms needs no reason.
//!
//! The command is in [`cli`](crate::cli); [`table`] counts.

pub mod changes;
mod json;
pub mod reasons;
pub mod table;

use bgspec_model::oracle::{Foresight, Malformed, Oracle, Terms};
use bgspec_model::report::{Report, Verdict};
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{Event, Header, Record};

use self::reasons::{Reason, Reasons};
use self::table::Table;
use crate::corpus;
use crate::features::file::File;
use crate::features::script::{self, Sort as Script};
use crate::parallel;
use crate::trace::Reader;

/// A trace that is changed, and the terms that it is judged by.
#[derive(Debug, Clone)]
pub struct Base {
    /// Where it comes from.
    pub name: String,
    /// Its first line.
    pub header: Header,
    /// The other lines.
    pub records: Vec<Record>,
    /// The terms.
    pub terms: Terms,
    /// The rule without which the model judges, where one is out: so a test makes a hole.
    pub without: Option<&'static Rule>,
}

/// What the oracle says of a changed trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It contradicts itself, or shows what does not exist.
    Malformed,
    /// A rule is broken.
    Refused,
    /// It is allowed, for this reason.
    Accepted(Reason),
}

/// Judges a trace whole.
///
/// # Errors
/// It contradicts itself.
pub fn judge(
    header: &Header,
    terms: &Terms,
    records: &[Record],
    without: Option<&'static Rule>,
) -> Result<Report, Malformed> {
    let mut oracle = Oracle::new(header, terms)?;
    if let Some(rule) = without {
        oracle = oracle.without(rule);
    }
    Ok(oracle.judged(records)?.finish())
}

impl Base {
    /// Whether nobody breaks a rule in it.
    #[must_use]
    pub fn conforms(&self) -> bool {
        judge(&self.header, &self.terms, &self.records, self.without)
            .is_ok_and(|report| report.verdict == Verdict::Conforms)
    }

    /// An oracle for it, before its first line.
    fn oracle(&self) -> Result<Oracle, Malformed> {
        let oracle = Oracle::new(&self.header, &self.terms)?;
        Ok(match self.without {
            Some(rule) => oracle.without(rule),
            None => oracle,
        })
    }

    /// Whether a later line can say something of an earlier one, so that a changed trace has to be judged from its
    /// beginning.
    fn looks_ahead(&self) -> bool {
        let is_gap = |record: &Record| matches!(record.event, Some(Event::Gap(_)));
        !self.header.is_made_up() || self.records.iter().any(is_gap)
    }
}

/// The traces of the corpus and the trace scenarios of the features that conform under the profile that they are
/// expected under; of those that name none, under `contract`.
///
/// # Errors
/// Something that the program carries cannot be read.
pub fn carried() -> Result<Vec<Base>, String> {
    let mut bases = Vec::new();
    let manifest = corpus::embedded().map_err(|error| error.to_string())?;
    for row in manifest.expect.iter().filter(|row| row.verdict == "conforms") {
        let text = corpus::trace(&row.trace).ok_or_else(|| format!("{}: not carried", row.trace))?;
        let os = row.os.as_ref().map(|os| os.parse()).transpose();
        let terms = Terms {
            profile: Some(row.profile.clone()),
            os: os.map_err(|error| format!("{}: {error}", row.name()))?,
            pins: row.pins.clone().into_iter().collect(),
        };
        bases.push(read(row.name(), &row.trace, text, terms)?);
    }
    for (path, text) in corpus::features() {
        bases.extend(told(path, text)?);
    }
    bases.retain(Base::conforms);
    Ok(bases)
}

/// Reads a trace.
///
/// # Errors
/// It is none.
pub fn read(name: String, file: &str, text: &str, terms: Terms) -> Result<Base, String> {
    let reader = Reader::new(text.as_bytes(), file).map_err(|error| error.to_string())?;
    let header = reader.header().clone();
    let records = reader.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    Ok(Base {
        name,
        header,
        records,
        terms,
        without: None,
    })
}

/// The trace scenarios of a feature file.
///
/// # Errors
/// It is none.
pub fn told(path: &str, text: &str) -> Result<Vec<Base>, String> {
    let said = |errors: Vec<crate::features::file::Error>| {
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        errors.join("\n")
    };
    let file = File::parse(path, text).map_err(said)?;
    let mut bases = Vec::new();
    for scenario in &file.scenarios {
        let script = script::read(&file, scenario, false).map_err(said)?;
        if script.sort == Script::Trace {
            bases.push(Base {
                name: format!("{path}:{}", script.row),
                header: script.header,
                records: script.records.into_iter().map(|placed| placed.record).collect(),
                terms: script.terms.terms(),
                without: None,
            });
        }
    }
    Ok(bases)
}

/// Changes a trace in every way and counts what comes of it.
pub fn mutate(base: &Base, table: &mut Table) {
    table.traces += 1;
    let mut reasons = Reasons::of(base);
    let looks_ahead = base.looks_ahead();
    let Ok(mut before) = base.oracle() else {
        return;
    };
    let changes = changes::of(base);
    let mut done = 0;
    for change in changes {
        while !looks_ahead && done < change.begins() {
            if before.step(&base.records[done]).is_err() {
                return;
            }
            done += 1;
        }
        let changed = change.apply(&base.records);
        let from = (!looks_ahead).then(|| (before.clone(), done));
        let outcome = match judge_changed(base, from, &changed) {
            Ok(None) => Outcome::Refused,
            Ok(Some(report)) => Outcome::Accepted(reasons.find(&change, &changed, &report)),
            Err(_) => Outcome::Malformed,
        };
        table.count(base, &change, outcome);
    }
}

/// What the oracle says of it, from where it was before the change; none as soon as a rule is broken.
fn judge_changed(base: &Base, from: Option<(Oracle, usize)>, changed: &[Record]) -> Result<Option<Report>, Malformed> {
    let (mut oracle, done) = match from {
        Some(from) => from,
        None => {
            let mut oracle = base.oracle()?;
            oracle.foresee(Foresight::of(changed));
            (oracle, 0)
        }
    };
    for record in &changed[done..] {
        oracle.step(record)?;
        if oracle.findings().iter().any(|finding| !finding.is_advice()) {
            return Ok(None);
        }
    }
    oracle.settle()?;
    let report = oracle.finish();
    Ok((report.verdict != Verdict::Breaks).then_some(report))
}

/// Changes each of these traces, on as many threads as the machine has; the table is the same however many.
#[must_use]
pub fn mutate_all(bases: &[Base]) -> Table {
    let parts = parallel::map(bases, |base| {
        let mut table = Table::default();
        mutate(base, &mut table);
        table
    });
    let mut whole = Table::default();
    parts.into_iter().for_each(|part| whole.add(part));
    whole
}
