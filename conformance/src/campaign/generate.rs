//! Generates cases, plays them, and keeps one short counterexample for each rule that the scheduler broke.
//!
//! Every case has a generator of its own, made from the campaign's seed and the case's number, so that the same seed
//! gives the same cases however many threads share them. First all cases are played; then, for each distinct failure,
//! the shortest failing case is shrunk. A failure of the adapter is a verdict of its own and the campaign goes on.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bgspec_model::oracle::Terms;
use bgspec_model::report::Finding;
use bgspec_model::rule::{Force, Id, Party, Rank};
use bgspec_model::vocabulary::{Header, Version};
use proptest::prelude::any;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner};

use super::decode::cast::Limits;
use super::decode::choices::{HEADER, STEP};
use super::decode::{Decoder, cast};
use super::filter::Filter;
use super::shrink::{Case, shrink};
pub use super::tally::Fault;
use super::tally::{Seen, Tally, fault_of, first_broken, kind_of, saw};
use crate::interrupt::Interrupt;
use crate::play::action::{Listed, Source};
use crate::play::adapter::{Adapter, Failure, Hello};
use crate::play::runner::{Played, Trouble, play};

/// How this campaign covers what it covers.
pub const METHOD: &str = "sampled";

/// Steps of the longest case.
const MOST_STEPS: usize = 24;
/// Plays that proptest's shrinking may take for one failure.
const CHOICE_PLAYS: usize = 80;
/// Plays that shrinking the actions may take: for one failure, and for all together.
const ACTION_PLAYS: usize = 1_500;
const ALL_ACTION_PLAYS: usize = 12_000;
/// Cases that may end with a failure of the adapter before the campaign gives up.
const MOST_TROUBLES: u64 = 20;

pub use super::outcome::{Counterexample, Follower, Outcome, Stopped};

/// What to run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The versions, each as often as the others.
    pub versions: Vec<Version>,
    /// The profile.
    pub profile: String,
    /// Settings pinned besides those that the implementation declares.
    pub pins: BTreeMap<String, String>,
    /// The rules that count.
    pub filter: Filter,
    /// Only rules known at least so well count.
    pub fail_on: Option<Rank>,
    /// The seed.
    pub seed: u64,
    /// How many cases, unless time ends them first.
    pub cases: u64,
    /// How long cases are begun.
    pub time: Option<Duration>,
    /// How many threads.
    pub jobs: usize,
    /// Stop at the first failure.
    pub fail_fast: bool,
    /// Once it is set no case begins, and nothing is shrunk any more.
    pub interrupt: Interrupt,
}

/// Makes one instance of the implementation: at the start, for each thread, and after each failure.
pub type Factory<'a> = dyn Fn() -> Result<Box<dyn Adapter>, Failure> + Sync + 'a;

/// Where a campaign is.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Cases were played, of so many where their number is known.
    Cases(u64, u64),
    /// So many failures are shrunk.
    Shrinking(usize),
}

/// Runs a campaign.
///
/// # Errors
/// It could not begin. What fails later is in the outcome.
pub fn run(config: &Config, factory: &Factory<'_>, progress: &(dyn Fn(Step) + Sync)) -> Result<Outcome, Stopped> {
    let mut hello = factory()?.hello()?;
    hello.pins.extend(config.pins.clone());
    let limits = limits(config, &hello, &config.versions);
    let probe = cast::header(&mut super::decode::choices::Choices::new(&[]).header(), &limits);
    bgspec_model::oracle::Oracle::new(&probe, &Terms::default()).map_err(Stopped::Terms)?;
    let campaign = Campaign { config, hello, factory };
    let began = Instant::now();
    let tally = campaign.play_all(began, progress);
    let elapsed = began.elapsed();
    progress(Step::Shrinking(tally.seen.len()));
    let (failures, followers) = campaign.counterexamples(tally.seen);
    Ok(Outcome {
        hello: campaign.hello,
        cases: tally.cases,
        events: tally.events,
        deliveries: tally.deliveries,
        exercised: tally.exercised,
        uncounted: tally.uncounted,
        inconclusive: tally.inconclusive,
        most_states: tally.most_states,
        failures,
        followers,
        elapsed,
    })
}

fn limits(config: &Config, hello: &Hello, versions: &[Version]) -> Limits {
    Limits {
        versions: versions.to_vec(),
        profile: config.profile.clone(),
        hello: hello.clone(),
    }
}

struct Campaign<'a> {
    config: &'a Config,
    hello: Hello,
    factory: &'a Factory<'a>,
}

impl Campaign<'_> {
    fn play_all(&self, began: Instant, progress: &(dyn Fn(Step) + Sync)) -> Tally {
        let next = AtomicU64::new(0);
        let stop = AtomicBool::new(false);
        let tally = Mutex::new(Tally::default());
        let work = || {
            let mut adapter = None;
            while !stop.load(Ordering::Relaxed) && !self.config.interrupt.is_set() {
                if self.config.time.is_some_and(|time| began.elapsed() >= time) {
                    break;
                }
                let case = next.fetch_add(1, Ordering::Relaxed);
                if case >= self.config.cases {
                    break;
                }
                let played = self.play_case(case, &mut adapter);
                let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                self.add(&mut tally, case, &played);
                let enough = tally.troubles >= MOST_TROUBLES || self.config.fail_fast && !tally.seen.is_empty();
                let done = tally.cases;
                drop(tally);
                if enough {
                    stop.store(true, Ordering::Relaxed);
                }
                progress(Step::Cases(done, self.config.cases));
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..self.config.jobs.max(1) {
                scope.spawn(work);
            }
            work();
        });
        tally.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn play_case(&self, case: u64, adapter: &mut Option<Box<dyn Adapter>>) -> Result<Played, Failure> {
        let (mut runner, strategy) = self.generator(case);
        let choices = match strategy.new_tree(&mut runner) {
            Ok(tree) => tree.current(),
            Err(_) => Vec::new(),
        };
        let limits = self.limits_of(case);
        let (header, mut source) = Decoder::new(&choices, &limits);
        self.play(&header, &mut source, adapter)
    }

    /// The choices of a case: a generator, and the strategy that it feeds.
    fn generator(&self, case: u64) -> (TestRunner, impl Strategy<Value = Vec<u32>>) {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.config.seed.to_le_bytes());
        seed[8..16].copy_from_slice(&case.to_le_bytes());
        let config = Proptest {
            failure_persistence: None,
            ..Proptest::default()
        };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let header = proptest::collection::vec(any::<u32>(), HEADER);
        let steps = proptest::collection::vec(any::<[u32; STEP]>(), 1..=MOST_STEPS);
        let strategy = (header, steps).prop_map(|(header, steps)| {
            let steps = steps.into_iter().flatten();
            header.into_iter().chain(steps).collect::<Vec<u32>>()
        });
        (TestRunner::new_with_rng(config, rng), strategy)
    }

    /// Versions take turns.
    fn limits_of(&self, case: u64) -> Limits {
        let count = self.config.versions.len().max(1) as u64;
        let turn = usize::try_from(case % count).unwrap_or(0);
        let versions = self.config.versions.get(turn).copied();
        limits(self.config, &self.hello, versions.as_slice())
    }

    /// Plays with the instance at hand; a new one is made where there is none, and after a failure.
    fn play(
        &self,
        header: &Header,
        source: &mut dyn Source,
        adapter: &mut Option<Box<dyn Adapter>>,
    ) -> Result<Played, Failure> {
        let instance = match adapter.take() {
            Some(instance) => instance,
            None => {
                let instance = (self.factory)()?;
                instance.hello()?;
                instance
            }
        };
        let played = play(&*instance, &self.hello, header, &Terms::default(), source).map_err(|malformed| {
            let what = format!("pins or a profile that the oracle does not know: {malformed}");
            Failure::Nonsense { what }
        })?;
        if played.trouble.is_none() {
            *adapter = Some(instance);
        }
        Ok(played)
    }

    fn add(&self, tally: &mut Tally, case: u64, played: &Result<Played, Failure>) {
        let played = match played {
            Ok(played) => played,
            Err(failure) => {
                tally.troubles += weight(failure);
                let header = cast::header(
                    &mut super::decode::choices::Choices::new(&[]).header(),
                    &self.limits_of(case),
                );
                let first = Case {
                    header,
                    actions: Vec::new(),
                };
                saw(tally, Fault::Adapter(kind_of(failure)), case, first);
                return;
            }
        };
        tally.cases += 1;
        tally.events += played.report.events;
        tally.most_states = tally.most_states.max(played.report.most_states);
        for record in &played.records {
            let name = record.event.as_ref().map(bgspec_model::vocabulary::Event::name);
            tally.deliveries += u64::from(name == Some("delivered"));
        }
        for (rule, times) in &played.report.exercised {
            *tally.exercised.entry(rule.id).or_default() += times;
        }
        if let Some(doubt) = played.report.doubts.first() {
            tally.inconclusive.0 += 1;
            if tally.first_inconclusive.is_none_or(|first| case < first) {
                tally.first_inconclusive = Some(case);
                tally.inconclusive.1 = Some(format!("case {case}, event {}: {}", doubt.event, doubt.why));
            }
        }
        let mut faults: Vec<Fault> = Vec::new();
        for finding in &played.report.findings {
            match self.fault(finding, played.header.os) {
                Some(fault) if !faults.contains(&fault) => faults.push(fault),
                Some(_) => {}
                None if finding.party == Party::Scheduler => {
                    for rule in &finding.rules {
                        *tally.uncounted.entry(rule.id).or_default() += 1;
                    }
                }
                None => {}
            }
        }
        if let Some(trouble) = &played.trouble {
            tally.troubles += match trouble {
                Trouble::Adapter { failure, .. } => weight(failure),
                _ => 1,
            };
            faults.push(fault_of(trouble));
        }
        for fault in faults {
            let first = Case {
                header: played.header.clone(),
                actions: played.actions.clone(),
            };
            saw(tally, fault, case, first);
        }
    }

    /// What a finding counts as; none where it does not count.
    fn fault(&self, finding: &Finding, os: Version) -> Option<Fault> {
        if finding.party != Party::Scheduler || finding.is_advice() {
            return None;
        }
        let known = |rank: Rank| self.config.fail_on.is_none_or(|least| rank <= least);
        let mut ids: Vec<Id> = finding
            .rules
            .iter()
            .filter(|rule| rule.force != Force::Should && known(rule.rank()))
            .filter(|rule| self.config.filter.matches(rule, os))
            .map(|rule| rule.id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        (!ids.is_empty()).then_some(Fault::Broken(ids))
    }

    fn has(&self, fault: &Fault, played: &Played) -> bool {
        match fault {
            Fault::Broken(_) => self.finding(fault, played).is_some(),
            Fault::Adapter(_) | Fault::Runner => played.trouble.as_ref().is_some_and(|it| fault_of(it) == *fault),
        }
    }

    fn finding<'p>(&self, fault: &Fault, played: &'p Played) -> Option<&'p Finding> {
        let findings = &mut played.report.findings.iter();
        findings.find(|finding| self.fault(finding, played.header.os).as_ref() == Some(fault))
    }

    /// Shrinks every failure, and sets those apart that only follow from another.
    fn counterexamples(&self, seen: BTreeMap<Fault, Seen>) -> (Vec<Counterexample>, Vec<Follower>) {
        let share = (ALL_ACTION_PLAYS / seen.len().max(1)).min(ACTION_PLAYS);
        let mut seen: Vec<_> = seen.into_iter().collect();
        // What is certain comes first: a finding that names fewer rules.
        seen.sort_by_key(|(fault, _)| fault.rules().len());
        let (mut failures, mut followers) = (Vec::<Counterexample>::new(), Vec::new());
        for (fault, seen) in seen {
            // One of several rules was broken, and one of them is known to be.
            let known = |other: &Counterexample| {
                let rules = other.fault.rules();
                !rules.is_empty() && rules.iter().all(|rule| fault.rules().contains(rule))
            };
            if let Some(other) = failures.iter_mut().find(|other| known(other)) {
                other.times += seen.times;
                continue;
            }
            let failure = self.counterexample(fault, &seen, share);
            match first_broken(&failure.played) {
                Some(first)
                    if failure
                        .finding
                        .as_ref()
                        .is_some_and(|finding| finding.event > first.event) =>
                {
                    let mut behind: Vec<Id> = first.rules.iter().map(|rule| rule.id).collect();
                    behind.sort_unstable();
                    let rules = failure.fault.rules().to_vec();
                    followers.push(Follower { rules, behind });
                }
                _ => failures.push(failure),
            }
        }
        failures.sort_by(|one, other| one.fault.cmp(&other.fault));
        (failures, followers)
    }

    /// Shrinks a failure and plays what is left once more.
    fn counterexample(&self, fault: Fault, seen: &Seen, plays: usize) -> Counterexample {
        let mut adapter = None;
        let mut best = seen.first.clone();
        // An implementation that hangs would be waited for at each play.
        let patient = fault != Fault::Adapter("hangs") && !self.config.interrupt.is_set();
        if patient {
            if let Some(case) = self.shrink_choices(&fault, seen.case, &mut adapter)
                && case.cost() < best.cost()
            {
                best = case;
            }
            best = shrink(best, plays, &mut |case| {
                if self.config.interrupt.is_set() {
                    return None;
                }
                let played = self
                    .play(&case.header, &mut Listed::new(&case.actions), &mut adapter)
                    .ok()?;
                self.has(&fault, &played).then(|| Case {
                    header: case.header.clone(),
                    actions: played.actions,
                })
            });
        }
        let played = self.play(&best.header, &mut Listed::new(&best.actions), &mut adapter);
        let played = played.unwrap_or_else(|failure| Played {
            header: best.header.clone(),
            records: Vec::new(),
            actions: Vec::new(),
            skipped: Vec::new(),
            report: empty_report(),
            trouble: Some(Trouble::Adapter { failure, event: 0 }),
        });
        let finding = self.finding(&fault, &played).cloned();
        Counterexample {
            finding,
            played,
            case: seen.case,
            times: seen.times,
            fault,
        }
    }

    /// proptest's own shrinking, over the choices of the case.
    fn shrink_choices(&self, fault: &Fault, case: u64, adapter: &mut Option<Box<dyn Adapter>>) -> Option<Case> {
        let (mut runner, strategy) = self.generator(case);
        let limits = self.limits_of(case);
        let mut tree = strategy.new_tree(&mut runner).ok()?;
        let mut best = None;
        let mut plays = 0;
        if !tree.simplify() {
            return None;
        }
        while plays < CHOICE_PLAYS && !self.config.interrupt.is_set() {
            plays += 1;
            let choices = tree.current();
            let (header, mut source) = Decoder::new(&choices, &limits);
            let played = self.play(&header, &mut source, adapter).ok();
            let failing = played.filter(|played| self.has(fault, played));
            let goes_on = match failing {
                Some(played) => {
                    let actions = played.actions;
                    best = Some(Case { header, actions });
                    tree.simplify()
                }
                None => tree.complicate(),
            };
            if !goes_on {
                break;
            }
        }
        best
    }
}

/// How much a failure of the adapter counts: one that hangs is waited for each time.
const fn weight(failure: &Failure) -> u64 {
    match failure {
        Failure::Hangs { .. } => MOST_TROUBLES.div_ceil(3),
        _ => 1,
    }
}

fn empty_report() -> bgspec_model::report::Report {
    bgspec_model::report::Report {
        verdict: bgspec_model::report::Verdict::Inconclusive,
        findings: Vec::new(),
        advice: Vec::new(),
        repeats: Vec::new(),
        doubts: Vec::new(),
        events: 0,
        open: Vec::new(),
        most_states: 0,
        exercised: Vec::new(),
        chosen: Vec::new(),
    }
}
