//! Declaring less accuses nobody: the reference scheduler and the model keep every rule, and they do so too where they
//! declare fewer areas, kinds and observations, and report only what they declare.

use std::env;

use bgspec_conformance::campaign::decode::Decoder;
use bgspec_conformance::campaign::decode::cast::Limits;
use bgspec_conformance::campaign::decode::choices::{HEADER, STEP};
use bgspec_conformance::features::model::{Model, Part};
use bgspec_conformance::play::action::Listed;
use bgspec_conformance::play::adapter::{Adapter, Applied, Failure, Hello};
use bgspec_conformance::play::runner::{Played, play};
use bgspec_conformance::reference::InProcess;
use bgspec_model::oracle::Terms;
use bgspec_model::report::Finding;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::*;

use crate::judge::no_complaints;
use crate::source::Random;

/// What an adapter does not declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Silent {
    Area(Area),
    Kind(Kind),
    Observation(&'static str),
}

/// Declares less than what stands behind it, and reports no more than it declares.
struct Less<'a> {
    behind: &'a dyn Adapter,
    silent: Vec<Silent>,
}

impl Less<'_> {
    fn hides(&self, observation: &str) -> bool {
        self.silent
            .iter()
            .any(|silent| matches!(silent, Silent::Observation(name) if *name == observation))
    }
}

impl Adapter for Less<'_> {
    fn hello(&self) -> Result<Hello, Failure> {
        let mut hello = self.behind.hello()?;
        hello.areas.retain(|area| !self.silent.contains(&Silent::Area(*area)));
        hello.kinds.retain(|kind| !self.silent.contains(&Silent::Kind(*kind)));
        hello.observes.retain(|name| !self.hides(name));
        Ok(hello)
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        self.behind.reset(header)
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let mut applied = self.behind.apply(input)?;
        let shown = |record: &Record| record.event.as_ref().is_none_or(|event| !self.hides(event.name()));
        applied.observed.retain(shown);
        Ok(applied)
    }
}

fn everything() -> Vec<Silent> {
    let areas = Area::ALL.iter().map(|area| Silent::Area(*area));
    let kinds = Kind::ALL.iter().map(|kind| Silent::Kind(*kind));
    areas
        .chain(kinds)
        .chain(Name::of(Role::Observation).map(|name| Silent::Observation(name.text())))
        .collect()
}

/// Each alone, and pairs of them: all where `BGSPEC_LONG` is set, else so many.
fn combinations(pairs: usize) -> Vec<Vec<Silent>> {
    let all = everything();
    let mut both = Vec::new();
    for (place, one) in all.iter().enumerate() {
        both.extend(all[place + 1..].iter().map(|other| vec![*one, *other]));
    }
    let mut random = Random::new(77);
    if env::var_os("BGSPEC_LONG").is_none() {
        while both.len() > pairs {
            both.swap_remove(random.below(both.len()));
        }
    }
    all.into_iter().map(|one| vec![one]).chain(both).collect()
}

const VERSIONS: [&str; 6] = ["13", "16", "18", "26", "26.1", "27"];

/// Whether the adapter that declares everything keeps every rule in the same case.
fn keeps_every_rule(behind: &dyn Adapter, case: &Played) -> bool {
    let hello = behind.hello().unwrap();
    let mut header = case.header.clone();
    header.without.clear();
    header.recorded = Some(hello.observes.clone());
    let mut actions = Listed::new(&case.actions);
    let whole = play(behind, &hello, &header, &Terms::default(), &mut actions).unwrap();
    let told = |record: &&Record| {
        let observation = record.event.as_ref().filter(|event| event.role() == Role::Observation);
        observation.is_none_or(|event| case.header.records(event.name()))
    };
    if !whole.records.iter().filter(told).eq(&case.records) {
        // It chose otherwise, which is another case.
        return false;
    }
    let by_scheduler = |finding: &Finding| finding.party == Party::Scheduler;
    whole.trouble.is_none() && !whole.report.findings.iter().any(by_scheduler)
}

fn accuses_nobody(name: &str, behind: &dyn Adapter, cases: u64, pairs: usize) {
    const STEPS: usize = 12;
    let mut complaints = Vec::new();
    let mut compared = 0;
    for (turn, silent) in combinations(pairs).into_iter().enumerate() {
        let adapter = Less {
            behind,
            silent: silent.clone(),
        };
        let hello = adapter.hello().unwrap();
        if hello.kinds.is_empty() || hello.areas.is_empty() {
            continue;
        }
        for case in 0..cases {
            let mut random = Random::new(turn as u64 * 10_007 + case);
            let version = VERSIONS[random.below(VERSIONS.len())].parse().unwrap();
            let limits = Limits {
                versions: vec![version],
                profile: if random.once_in(2) { "contract" } else { "field" }.to_owned(),
                hello: hello.clone(),
            };
            let stream: Vec<u32> = (0..HEADER + STEPS * STEP)
                .map(|_| u32::try_from(random.next() >> 32).unwrap())
                .collect();
            let (header, mut source) = Decoder::new(&stream, &limits);
            let case = play(&adapter, &hello, &header, &Terms::default(), &mut source).unwrap();
            let lines = || {
                let header = serde_json::to_string(&case.header).unwrap();
                let records = case.records.iter().map(|record| serde_json::to_string(record).unwrap());
                let lines: Vec<_> = std::iter::once(header).chain(records).collect();
                format!("{silent:?}\n{}", lines.join("\n"))
            };
            let length = case.records.len();
            if !keeps_every_rule(behind, &case) {
                continue;
            }
            compared += 1;
            if let Some(trouble) = &case.trouble {
                let sort = format!("trouble without {silent:?}");
                complaints.push((length, sort, format!("{trouble}\n{}", lines())));
            }
            let by_scheduler = case
                .report
                .findings
                .iter()
                .find(|finding| finding.party == Party::Scheduler);
            if let Some(finding) = by_scheduler {
                let ids: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
                let sort = format!("{} without {silent:?}", ids.join(" "));
                let text = format!("line {}: {}\n{}", finding.event + 1, finding.what, lines());
                complaints.push((length, sort, text));
            }
        }
    }
    println!("{name}: {compared} cases");
    assert!(compared >= 2000, "{compared} cases");
    no_complaints(name, complaints);
}

#[test]
fn the_reference_that_declares_less_breaks_nothing() {
    accuses_nobody("the reference", &InProcess::new(), 30, 60);
}

#[test]
fn the_model_that_declares_less_breaks_nothing() {
    accuses_nobody("the model", &Model::playing(Part::Obedient), 42, 60);
}
