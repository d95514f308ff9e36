//! Weak scenarios are found, not trusted: which rules a scenario would miss.
//!
//! A scenario is run as it stands, and then again for each rule that it consulted, with that rule taken out
//! ([`bgspec_model::taken_out`] says what that means). It notices the rule where it does not pass any more:
//!
//! - the lines of a run (those of the text where it is told, those that the model played where it is played), judged by
//!   the oracle without the rule, get another verdict than the one that it states;
//! - what would be blamed on the rule if one line were different ([`otherwise`]) is not blamed without it;
//! - played by the model without the rule, which does what the rule is against as soon as it can, the true oracle blames
//!   it, or what must be seen is not;
//! - played by the model that makes the choice which a `may` leaves, the oracle without the rule blames it.
//!
//! A scenario that notices no rule is weak: it would pass whatever the rulebook said.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use bgspec_model::oracle::{Malformed, Oracle};
use bgspec_model::report::Report;
use bgspec_model::rule::{Force, Id, Rule};
use bgspec_model::rules;
use bgspec_model::vocabulary::{Event, Header, Record};

use super::judge::{self, Overlay};
use super::language::Verdict;
use super::model::{Model, Part};
use super::must;
use super::otherwise;
use super::play;
use super::run::{Cast, Implementation, Outcome};
use super::script::{Conditions, Script, Sort};
use crate::corpus;
use crate::exit::Exit;
use crate::parallel;
use crate::play::adapter::{Adapter, Applied, Failure, Hello};
use crate::play::runner::Played;

/// What a scenario would notice.
#[derive(Debug)]
pub struct Probed {
    /// The scenario.
    pub script: Script,
    /// What came of it as it stands: nothing is taken out of one that does not pass.
    pub outcome: Outcome,
    /// The rules that it is tagged with.
    pub own: Vec<Id>,
    /// The rules that it consulted, its own included.
    pub consulted: Vec<Id>,
    /// The rules without which it would not pass.
    pub noticed: Vec<Id>,
}

impl Probed {
    /// Whether it passes and would pass without any of the rules.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.outcome == Outcome::Passed && self.noticed.is_empty()
    }

    /// The rules that it is tagged with and does not notice, though a scenario could.
    pub fn missed(&self) -> impl Iterator<Item = Id> {
        let passed = self.outcome == Outcome::Passed;
        self.own
            .iter()
            .copied()
            .filter(move |rule| passed && !self.noticed.contains(rule) && is_noticeable(*rule))
    }

    /// Whether it shows the other side of a choice: every rule that it misses leaves a choice, and another scenario of
    /// its file notices it. The side that is open without the rule too cannot.
    #[must_use]
    pub fn shows_other_side(&self, all: &[Self]) -> bool {
        let is_choice = |id: Id| rules::find(id).is_some_and(|rule| rule.force == Force::May);
        let beside = |id: Id| {
            let noticed = |other: &Self| other.script.file == self.script.file && other.noticed.contains(&id);
            all.iter().any(noticed)
        };
        self.missed().next().is_some() && self.missed().all(|id| is_choice(id) && beside(id))
    }

    /// What the program ends with for it.
    #[must_use]
    pub fn exit(&self) -> Exit {
        if self.is_weak() {
            Exit::Breaks
        } else {
            self.outcome.exit()
        }
    }
}

/// The rules that no scenario can notice, and why. Those that the corpus calls untestable or refused come on top.
pub const UNNOTICEABLE: [(&str, &str); 3] = [
    (
        "EXP-8",
        "EXP-4 lets each task expire at any moment; it counts where a runner decides, who grants one task at a time",
    ),
    ("CMP-9", "nothing of it is promised, and no code enforces it"),
    ("LIF-12", "a priority is no event of the format"),
];

/// Whether some scenario could notice a rule.
fn is_noticeable(rule: Id) -> bool {
    static NOT: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let (untestable, refused) = corpus::embedded()
            .map(|corpus| (corpus.untestable, corpus.refused))
            .unwrap_or_default();
        let untestable = untestable.into_iter().map(|entry| entry.rule);
        let refused = refused.into_iter().map(|entry| entry.rule);
        let known = UNNOTICEABLE.iter().map(|(rule, _)| (*rule).to_owned());
        untestable.chain(refused).chain(known).collect()
    });
    !NOT.contains(&rule.to_string())
}

/// A run under one of a scenario's terms, and what it is to get.
struct Round<'a> {
    terms: Conditions,
    says: &'a [Verdict],
    header: Header,
    records: Vec<Record>,
    report: Report,
}

impl Round<'_> {
    /// Whether the oracle without the rule says something else of these lines than the scenario states.
    fn changes(&self, rule: &'static Rule, header: &Header, records: &[Record]) -> bool {
        without(rule, header, records, &self.terms).is_ok_and(|report| !judge::agrees(&report, self.says))
    }
}

/// Probes scenarios, as many at once as there are processors.
///
/// # Errors
/// As [`probe`].
pub fn probe_all(scripts: &[Script], overlay: &Overlay) -> Result<Vec<Probed>, Failure> {
    parallel::map(scripts, |script| probe(script, overlay))
        .into_iter()
        .collect()
}

/// Runs a scenario as it stands and without each rule that it consulted.
///
/// # Errors
/// The model fails as an adapter.
pub fn probe(script: &Script, overlay: &Overlay) -> Result<Probed, Failure> {
    let model = Implementation::new(Box::new(Model::default()), Cast::Own)?;
    let mut probed = Probed {
        own: own(script),
        consulted: Vec::new(),
        noticed: Vec::new(),
        outcome: model.run(script, overlay),
        script: script.clone(),
    };
    if probed.outcome != Outcome::Passed {
        return Ok(probed);
    }
    let mut rounds = Vec::new();
    for (terms, expected) in judge::rounds(script, overlay) {
        rounds.extend(round(script, terms, &expected.says)?);
    }
    let consulted = consulted(&rounds, &probed.own);
    for rule in rules::all().filter(|rule| consulted.contains(&rule.id)) {
        let mut noticed = rounds.iter().any(|round| judged_otherwise(script, round, rule));
        // The model plays by one profile, whatever the terms: the first of them will do.
        if let (false, Sort::Run, Some(round)) = (noticed, script.sort, rounds.first()) {
            noticed = played_otherwise(script, round, rule, model.hello())?;
        }
        if noticed {
            probed.noticed.push(rule.id);
        }
    }
    probed.consulted = consulted.into_iter().collect();
    Ok(probed)
}

/// The lines of a scenario with the terms under which they are judged and what they are to get: those of the text where it is
/// told, those that the model plays where it is played.
///
/// # Errors
/// The model fails as an adapter.
pub fn lines(script: &Script) -> Result<Vec<Lines>, Failure> {
    let mut lines = Vec::new();
    for (terms, expected) in judge::rounds(script, &Overlay::default()) {
        let round = round(script, terms, &expected.says)?;
        lines.extend(round.map(|round| Lines {
            terms: round.terms,
            says: expected.says.clone(),
            header: round.header,
            records: round.records,
        }));
    }
    Ok(lines)
}

/// The lines of a scenario under some of its terms.
#[derive(Debug)]
pub struct Lines {
    /// The terms.
    pub terms: Conditions,
    /// What the lines are to get.
    pub says: Vec<Verdict>,
    /// The header.
    pub header: Header,
    /// The records.
    pub records: Vec<Record>,
}

/// Whether a run scenario that an implementation passed would miss a rule of an area that it declares: the model plays
/// it, declaring no more than the implementation does.
///
/// # Errors
/// The model fails as an adapter.
pub fn notices_declared(script: &Script, hello: &Hello, terms: &Conditions, says: &[Verdict]) -> Result<bool, Failure> {
    let Some(played) = played_as(hello, Part::Obedient, script, terms)? else {
        return Ok(false);
    };
    let round = Round {
        says,
        header: played.header,
        records: played.records,
        report: played.report,
        terms: terms.clone(),
    };
    let own = own(script);
    let consulted = consulted(std::slice::from_ref(&round), &own);
    let declared = rules::all().filter(|rule| consulted.contains(&rule.id) && hello.models(rule.id));
    // Its own first: one is enough.
    let mut declared: Vec<_> = declared.collect();
    declared.sort_by_key(|rule| !own.contains(&rule.id));
    for rule in declared {
        if round.changes(rule, &round.header, &round.records) || played_otherwise(script, &round, rule, hello)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The index of scenarios: a line for each, with its file, its line, its name, the rules that it is tagged with and those
/// that it notices. The examples of an outline are one.
#[must_use]
pub fn index(probed: &[Probed]) -> String {
    let mut lines: BTreeMap<(&str, usize, &str), [BTreeSet<Id>; 2]> = BTreeMap::new();
    for each in probed {
        let script = &each.script;
        let [tagged, noticed] = lines.entry((&script.file, script.line, &script.name)).or_default();
        tagged.extend(&each.own);
        noticed.extend(&each.noticed);
    }
    let list = |rules: &BTreeSet<Id>| rules.iter().map(Id::to_string).collect::<Vec<_>>().join(" ");
    let line = |((file, line, name), [tagged, noticed]): (&(&str, usize, &str), &[BTreeSet<Id>; 2])| {
        format!("{file}\t{line}\t{name}\t{}\t{}\n", list(tagged), list(noticed))
    };
    lines.iter().map(line).collect()
}

/// The rules that a scenario is tagged with.
#[must_use]
pub fn own(script: &Script) -> Vec<Id> {
    let ids = script
        .tags
        .iter()
        .filter_map(|tag| tag.strip_prefix("rule:")?.parse().ok());
    let known: BTreeSet<Id> = ids.filter(|id| rules::find(*id).is_some()).collect();
    known.into_iter().collect()
}

fn round<'a>(script: &Script, terms: Conditions, says: &'a [Verdict]) -> Result<Option<Round<'a>>, Failure> {
    let round = match script.sort {
        Sort::Trace => judge::told(script, &terms).ok().map(|report| Round {
            says,
            header: script.header.clone(),
            records: script.records.iter().map(|placed| placed.record.clone()).collect(),
            report,
            terms,
        }),
        Sort::Run => played_as(&Model::default().hello()?, Part::Obedient, script, &terms)?.map(|played| Round {
            says,
            header: played.header,
            records: played.records,
            report: played.report,
            terms,
        }),
    };
    Ok(round)
}

/// Has the model play, declaring what somebody else declares.
fn played_as(hello: &Hello, part: Part, script: &Script, terms: &Conditions) -> Result<Option<Played>, Failure> {
    let model = Declaring {
        model: Model::playing(part),
        hello,
    };
    let played = play::play(&model, hello, script, terms).ok();
    Ok(played.filter(|played| played.trouble.is_none()))
}

/// The model, silent on what an implementation does not declare that it observes.
struct Declaring<'a> {
    model: Model,
    hello: &'a Hello,
}

impl Adapter for Declaring<'_> {
    fn hello(&self) -> Result<Hello, Failure> {
        Ok(self.hello.clone())
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        self.model.reset(header)
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let mut applied = self.model.apply(input)?;
        let is_declared = |record: &Record| {
            let name = record.event.as_ref().map(Event::name);
            name.is_some_and(|name| self.hello.observes.iter().any(|declared| declared == name))
        };
        applied.observed.retain(is_declared);
        Ok(applied)
    }
}

/// The rules that had a say, were broken, or stand in its tags. A rule without a say cannot be noticed.
fn consulted(rounds: &[Round<'_>], own: &[Id]) -> BTreeSet<Id> {
    let mut ids: BTreeSet<Id> = own.iter().copied().collect();
    for Round { report, .. } in rounds {
        ids.extend(report.exercised.iter().map(|(rule, _)| rule.id));
        let found = report.findings.iter().chain(&report.advice);
        ids.extend(found.flat_map(|finding| &finding.rules).map(|rule| rule.id));
    }
    ids
}

/// Whether the lines of the run get another verdict without the rule.
fn judged_otherwise(script: &Script, round: &Round<'_>, rule: &'static Rule) -> bool {
    round.changes(rule, &round.header, &round.records) || turns_out_otherwise(script, round, rule)
}

/// Whether an implementation that does not obey the rule, or makes the choice that it leaves, gets another verdict.
fn played_otherwise(script: &Script, round: &Round<'_>, rule: &'static Rule, hello: &Hello) -> Result<bool, Failure> {
    match rule.force {
        Force::Should => Ok(false),
        Force::Must => {
            let played = played_as(hello, Part::Without(rule), script, &round.terms)?;
            let fails = |played: Played| {
                !judge::agrees(&played.report, round.says)
                    || must::unseen(script, hello, &played.records, &round.terms).is_some()
            };
            Ok(played.is_some_and(fails))
        }
        Force::May => {
            let played = played_as(hello, Part::Choosing(rule), script, &round.terms)?;
            Ok(played.is_some_and(|played| round.changes(rule, &played.header, &played.records)))
        }
    }
}

/// Whether what would be blamed on the rule if the scenario went otherwise is not blamed without it.
fn turns_out_otherwise(script: &Script, round: &Round<'_>, rule: &'static Rule) -> bool {
    round.says.iter().any(|says| match says {
        Verdict::WouldBlame(party, id) if *id == rule.id => {
            let blamed = otherwise::would_blame(script, &round.terms, (*party, *id), Some(rule));
            blamed.is_ok_and(|blamed| !blamed)
        }
        _ => false,
    })
}

/// What the oracle without a rule says of the lines of a run.
fn without(rule: &'static Rule, header: &Header, records: &[Record], terms: &Conditions) -> Result<Report, Malformed> {
    let oracle = Oracle::new(header, &terms.terms())?.without(rule);
    Ok(oracle.judged(records)?.finish())
}
