//! Whether the rules of an area stand each for itself: for two `must` rules of one area a trace that breaks the one and keeps
//! the other.
//!
//! Breaks: a finding says that the rule is surely broken; of a rule that no trace surely breaks, that it perhaps is. Keeps: the rule is in force, and no finding names it, not even as
//! one that perhaps is broken. Traces are taken from three places ([`candidates`]): the corpus with the trace scenarios,
//! cases on the reference scheduler with each of its seeded faults, and changes of traces that conform. Of those that show a
//! pair the shortest is kept, and every line is left out that it does not need. It is the shortest that is known; and where
//! no trace is found, there is an argument why there can be none ([`arguments`]), or none of so many breaches of the one rule kept the other: more is not claimed.

mod arguments;
mod candidates;
mod page;

pub use page::markdown;

use std::collections::BTreeMap;

use bgspec_model::oracle::Terms;
use bgspec_model::rule::{Force, Id, Rule};
use bgspec_model::rules;
use bgspec_model::vocabulary::{Area, Header, Record};

use crate::mutate::judge;
use crate::parallel;

/// A trace in which rules are broken, surely or perhaps.
#[derive(Debug, Clone)]
pub struct Breaking {
    /// Where it comes from.
    pub name: String,
    /// Its first line; the terms that it is judged by are in it.
    pub header: Header,
    /// The other lines.
    pub records: Vec<Record>,
    /// The `must` rules that it surely breaks, sorted.
    pub breaks: Vec<Id>,
    /// Every rule that a finding names, sorted.
    named: Vec<Id>,
}

impl Breaking {
    /// A trace of these lines, where a `must` is surely broken in it.
    fn of(name: &str, header: &Header, records: &[Record]) -> Option<Self> {
        let report = judge(header, &Terms::default(), records, None).ok()?;
        let mut breaks: Vec<Id> = Vec::new();
        let mut named: Vec<Id> = Vec::new();
        for finding in report.findings.iter() {
            named.extend(finding.rules.iter().map(|rule| rule.id));
            let musts = finding.breaks().iter().filter(|rule| rule.force == Force::Must);
            breaks.extend(musts.map(|rule| rule.id));
        }
        for ids in [&mut breaks, &mut named] {
            ids.sort_unstable();
            ids.dedup();
        }
        (!named.is_empty()).then(|| Self {
            name: name.to_owned(),
            header: header.clone(),
            records: records.to_vec(),
            breaks,
            named,
        })
    }

    /// Whether a rule is surely broken in it, or perhaps, where that is enough.
    fn is_broken(&self, rule: &Rule, perhaps: bool) -> bool {
        let among = if perhaps { &self.named } else { &self.breaks };
        among.binary_search(&rule.id).is_ok()
    }

    /// Whether a rule is in force in it, and no finding names it.
    fn keeps(&self, rule: &Rule) -> bool {
        rule.in_force(self.header.os)
            && !self.header.without.contains(&rule.id.area)
            && self.named.binary_search(&rule.id).is_err()
    }

    /// How many lines it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.iter().filter(|record| record.event.is_some()).count()
    }

    /// Whether it has no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What was found of one rule of an area.
#[derive(Debug, Clone)]
pub struct Row {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// No trace surely breaks it: those that are shown perhaps do.
    pub perhaps: bool,
    /// How many breaches of it were looked at.
    pub breaches: usize,
    /// Traces that break it, each with the rules of its area that it keeps and no earlier one does.
    pub shown: Vec<(Breaking, Vec<&'static Rule>)>,
    /// The rules of its area that no trace keeps in which it is broken, each with the argument why there can be none,
    /// where there is one.
    pub not: Vec<(&'static Rule, Option<String>)>,
}

/// The `must` rules of an area.
pub fn musts(area: Area) -> impl Iterator<Item = &'static Rule> {
    rules::all().filter(move |rule| rule.id.area == area && rule.force == Force::Must)
}

/// The ordered pairs of each area.
///
/// # Errors
/// Something that the program carries cannot be read.
pub fn of(areas: &[Area]) -> Result<BTreeMap<Area, Vec<Row>>, String> {
    let breaking = candidates::all()?;
    let asked: Vec<&'static Rule> = areas.iter().flat_map(|area| musts(*area)).collect();
    let rows = parallel::map(&asked, |rule| row(rule, &breaking));
    let mut tables: BTreeMap<Area, Vec<Row>> = BTreeMap::new();
    for row in rows {
        tables.entry(row.rule.id.area).or_default().push(row);
    }
    Ok(tables)
}

/// Takes the trace that keeps most of the others, the shortest of those, until nothing is added.
fn row(rule: &'static Rule, all: &[Breaking]) -> Row {
    let perhaps = !all.iter().any(|trace| trace.is_broken(rule, false));
    let breaching: Vec<&Breaking> = all.iter().filter(|trace| trace.is_broken(rule, perhaps)).collect();
    let mut open: Vec<&'static Rule> = musts(rule.id.area).filter(|other| *other != rule).collect();
    let mut shown = Vec::new();
    while !open.is_empty() {
        let keeps = |trace: &Breaking| open.iter().filter(|other| trace.keeps(other)).count();
        let rank = |trace: &&&Breaking| (keeps(trace), std::cmp::Reverse(trace.len()));
        // Of equals the first.
        let Some(best) = breaching.iter().rev().max_by_key(rank).filter(|best| keeps(best) > 0) else {
            break;
        };
        let (kept, rest) = open.iter().copied().partition(|other| best.keeps(other));
        open = rest;
        shown.push((shorter((*best).clone(), rule, perhaps, &kept), kept));
    }
    Row {
        rule,
        perhaps,
        breaches: breaching.len(),
        shown,
        not: open
            .into_iter()
            .map(|other| (other, arguments::why_none(rule, other)))
            .collect(),
    }
}

/// The trace without the lines that it does not need to break the one and to keep the others.
fn shorter(mut trace: Breaking, rule: &Rule, perhaps: bool, kept: &[&Rule]) -> Breaking {
    loop {
        let before = trace.records.len();
        for place in (0..before).rev() {
            let mut records = trace.records.clone();
            if records.len() < 2 || place >= records.len() {
                continue;
            }
            records.remove(place);
            let less = Breaking::of(&trace.name, &trace.header, &records);
            let does = |less: &Breaking| less.is_broken(rule, perhaps) && kept.iter().all(|other| less.keeps(other));
            if let Some(less) = less.filter(does) {
                trace = less;
            }
        }
        if trace.records.len() == before {
            return trace;
        }
    }
}
