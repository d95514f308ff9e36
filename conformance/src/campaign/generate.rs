//! Generates cases, plays them, and keeps one short counterexample for each rule that the scheduler broke.
//!
//! Every case has a generator of its own, made from the campaign's seed and the case's number, so that the same seed
//! gives the same cases however many threads share them. First all cases are played; then, for each distinct failure,
//! the shortest failing case is shrunk (`reduce`). A failure of the adapter is a verdict of its own and the campaign
//! goes on, with a new instance. Whoever watches hears of each failure when it is first seen, and again when it is
//! shrunk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use bgspec_model::oracle::{Malformed, Terms};
use bgspec_model::report::{Finding, Report, Verdict};
use bgspec_model::rule::{Force, Id, Party, Rank};
use bgspec_model::vocabulary::{Area, Header, Record, Version};
use proptest::prelude::any;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner};

use super::decode::cast::Limits;
use super::decode::choices::{Choices, HEADER, STEP};
use super::decode::{Decoder, cast};
use super::histories;
pub use super::outcome::{Counterexample, Follower, Outcome, Stop, Stopped};
pub use super::plan::Config;
use super::stored::Stored;
pub use super::tally::{Fault, Try, Which};
use super::tally::{Tally, fault_of, first_broken, saw};
use crate::play::action::{Action, Listed, Source};
use crate::play::adapter::{Adapter, Failure, Hello, Trail};
use crate::play::protocol;
use crate::play::replay::Replay;
use crate::play::runner::{Played, Trouble, header_for, play, said_in_panic};
use crate::text::clip;

/// How this campaign covers what it covers.
pub const METHOD: &str = "sampled";

/// Steps of the longest case.
const MOST_STEPS: usize = 24;
/// The rule that calls of several threads have an order.
const SEVERAL_THREADS: Id = Id {
    area: Area::Submission,
    number: 25,
};
/// Cases that may end with a failure of the adapter before the campaign gives up.
const MOST_TROUBLES: u64 = 20;

/// Makes one instance of the implementation: at the start, for each thread, and after each failure.
pub type Factory<'a> = dyn Fn() -> Result<Box<dyn Adapter>, Failure> + Sync + 'a;

/// Where a campaign is.
#[derive(Debug)]
pub enum Step<'a> {
    /// A case was played.
    Played(&'a Try),
    /// Cases were played, of so many where their number is known.
    Cases(u64, Option<u64>),
    /// A failure is seen for the first time.
    Found(&'a Fault, &'a Which, &'a Try),
    /// So many failures are to be shrunk.
    Shrinking(usize),
    /// A failure was shrunk.
    Shrunk(&'a Counterexample),
}

/// Whoever watches a campaign.
pub type Watch<'a> = dyn Fn(Step<'_>) + Sync + 'a;

/// Runs a campaign.
///
/// # Errors
/// It could not begin. What fails later is in the outcome.
pub fn run(config: &Config, factory: &Factory<'_>, watch: &Watch<'_>) -> Result<Outcome, Stopped> {
    let starts = AtomicU64::new(1);
    let first = factory()?;
    let declared = first.hello()?;
    protocol::check_hello(&declared).map_err(|what| Failure::Nonsense {
        what: format!("in its reply to hello: {what}"),
    })?;
    let mut hello = declared.clone();
    hello.pins.extend(config.pins.clone());
    let campaign = Campaign {
        config,
        hello,
        declared,
        factory,
        watch,
        starts,
        shrinking_plays: AtomicU64::new(0),
    };
    let probe = campaign.probe(&config.versions);
    bgspec_model::oracle::Oracle::new(&probe, &Terms::default()).map_err(Stopped::Terms)?;
    let began = Instant::now();
    let (tally, stopped) = campaign.play_all(began, first);
    let elapsed = began.elapsed();
    watch(Step::Shrinking(tally.seen.len()));
    let (failures, followers) = campaign.counterexamples(tally.seen);
    Ok(Outcome {
        hello: campaign.hello,
        cases: tally.cases,
        histories: tally.histories,
        events: tally.events,
        deliveries: tally.deliveries,
        exercised: tally.exercised,
        uncounted: tally.uncounted,
        inconclusive: tally.inconclusive,
        most_states: tally.most_states,
        failures,
        followers,
        stopped,
        shrinking_plays: campaign.shrinking_plays.into_inner(),
        starts: campaign.starts.into_inner(),
        elapsed,
    })
}

/// The instance of a thread, where it has one.
pub(super) type Instance = Option<Box<dyn Adapter>>;

pub(super) struct Campaign<'a> {
    pub(super) config: &'a Config,
    /// What the implementation says of itself, with the settings that it is held to besides.
    hello: Hello,
    /// What it says of itself.
    declared: Hello,
    factory: &'a Factory<'a>,
    pub(super) watch: &'a Watch<'a>,
    starts: AtomicU64,
    pub(super) shrinking_plays: AtomicU64,
}

impl Campaign<'_> {
    fn play_all(&self, began: Instant, first: Box<dyn Adapter>) -> (Tally, Option<Stop>) {
        let next = AtomicU64::new(0);
        let stop = AtomicBool::new(false);
        let stopped = Mutex::new(None);
        let tally = Mutex::new(Tally::default());
        let planned = self.config.planned();
        let end = |why: Stop| {
            stop.store(true, Ordering::Relaxed);
            stopped
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert(why);
        };
        let work = |mut adapter: Instance| {
            while !stop.load(Ordering::Relaxed) {
                if self.config.interrupt.is_set() {
                    end(Stop::Interrupted);
                    break;
                }
                let Some(which) = self.config.nth(next.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                if let Some(time) = self.config.time.filter(|time| began.elapsed() >= *time) {
                    end(Stop::Time(time));
                    break;
                }
                let tried = Arc::new(self.play_case(&which, &mut adapter));
                (self.watch)(Step::Played(&tried));
                let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                self.add(&mut tally, &which, &tried);
                if tally.troubles >= MOST_TROUBLES {
                    end(Stop::Failures(tally.troubles));
                } else if self.config.fail_fast && !tally.seen.is_empty() {
                    end(Stop::FailFast);
                }
                let done = tally.cases;
                drop(tally);
                (self.watch)(Step::Cases(done, planned));
            }
            adapter
        };
        let left = std::thread::scope(|scope| {
            let others: Vec<_> = (1..self.config.jobs.max(1))
                .map(|_| scope.spawn(|| self.close(work(None))))
                .collect();
            let mut mine = work(Some(first));
            if !stop.load(Ordering::Relaxed) {
                self.play_histories(&tally, &mut mine);
            }
            let mine = self.close(mine);
            // A thread that panicked has left nothing that could be told.
            let left = others.into_iter().filter_map(|other| other.join().ok().flatten());
            left.chain(mine).next()
        });
        let mut tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(failure) = left {
            let tried = Arc::new(self.failed(self.probe(&self.config.versions), failure));
            self.add(&mut tally, &Which::Case(0), &tried);
        }
        let mut stopped = stopped.into_inner().unwrap_or_else(PoisonError::into_inner);
        // What was broken off because of the last case left nothing out.
        if planned.is_some_and(|planned| tally.cases >= planned) {
            stopped = stopped.filter(|stop| *stop == Stop::Interrupted);
        }
        (tally, stopped)
    }

    /// Has several threads call at once, where the implementation takes that.
    fn play_histories(&self, tally: &Mutex<Tally>, adapter: &mut Instance) {
        let numbers = (0..self.config.histories).filter(|_| histories::fit(&self.declared));
        for number in numbers.filter(|number| self.config.has_history(*number)) {
            if self.config.interrupt.is_set() {
                return;
            }
            let (mut runner, strategy) = self.generator(number);
            let choices = strategy.new_tree(&mut runner).map(|tree| tree.current());
            let header = cast::header(&mut Choices::new(&[]).header(), &self.limits_of(number));
            let choices = choices.unwrap_or_default();
            let mut returned = Vec::new();
            let tried = self.with_instance(&header, adapter, |instance| {
                let played = histories::play(instance, &self.declared, &header, &choices);
                Ok(played.map(|(played, order)| {
                    returned = order;
                    played
                }))
            });
            let Some(tried) = tried else { continue };
            let is_broken = |played: &Played| first_broken(played).is_some();
            let mut one_by_one =
                |actions: &[Action]| is_broken(&self.play(&header, &mut Listed::new(actions), adapter).played);
            let of_threads = !is_broken(&tried.played) || !one_by_one(&tried.played.actions) && !one_by_one(&returned);
            let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
            let which = Which::History(number);
            if tried.played.trouble.is_none() {
                tally.histories += 1;
                *tally.exercised.entry(SEVERAL_THREADS).or_default() += 1;
            }
            if of_threads {
                self.judge(&mut tally, &which, &Arc::new(tried));
            }
        }
    }

    /// Ends an instance; gives what it left behind.
    pub(super) fn close(&self, instance: Instance) -> Option<Failure> {
        instance.and_then(|instance| instance.end().err())
    }

    fn play_case(&self, which: &Which, adapter: &mut Instance) -> Try {
        match which {
            Which::Case(case) => {
                let (mut runner, strategy) = self.generator(*case);
                let choices = match strategy.new_tree(&mut runner) {
                    Ok(tree) => tree.current(),
                    Err(_) => Vec::new(),
                };
                let limits = self.limits_of(*case);
                let (header, mut source) = Decoder::new(&choices, &limits);
                self.play(&header, &mut source, adapter)
            }
            Which::History(number) => self.failed(
                self.probe(&[]),
                Failure::Nonsense {
                    what: format!("history {number} is no case"),
                },
            ),
            Which::Stored(name) => match self.config.stored.iter().find(|stored| stored.name == *name) {
                Some(stored) => self.play_stored(stored, adapter),
                // The names are those of the plan.
                None => self.failed(
                    self.probe(&[]),
                    Failure::Nonsense {
                        what: format!("no stored case {name}"),
                    },
                ),
            },
        }
    }

    fn play_stored(&self, stored: &Stored, adapter: &mut Instance) -> Try {
        let header = Header {
            profile: Some(self.config.profile.clone()),
            ..header_for(&stored.header, &self.hello)
        };
        self.play(&header, &mut Replay::new(&stored.inputs), adapter)
    }

    /// The header of the plainest case in these versions.
    fn probe(&self, versions: &[Version]) -> Header {
        cast::header(&mut Choices::new(&[]).header(), &self.limits(versions))
    }

    fn limits(&self, versions: &[Version]) -> Limits {
        Limits {
            versions: versions.to_vec(),
            profile: self.config.profile.clone(),
            hello: self.hello.clone(),
        }
    }

    /// Whether the implementation models an area.
    pub(super) fn declares(&self, area: Area) -> bool {
        self.hello.areas.contains(&area)
    }

    /// The choices of a case: a generator, and the strategy that it feeds.
    pub(super) fn generator(&self, case: u64) -> (TestRunner, impl Strategy<Value = Vec<u32>>) {
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
    pub(super) fn limits_of(&self, case: u64) -> Limits {
        let count = self.config.versions.len().max(1) as u64;
        let turn = usize::try_from(case % count).unwrap_or(0);
        let version = self.config.versions.get(turn).copied();
        self.limits(version.as_slice())
    }

    /// Plays with the instance at hand; a new one is made where there is none, and after a failure.
    pub(super) fn play(&self, header: &Header, source: &mut dyn Source, adapter: &mut Instance) -> Try {
        let tried = self.with_instance(header, adapter, |instance| {
            play(instance, &self.declared, header, &Terms::default(), source).map(Some)
        });
        // There is always one.
        tried.unwrap_or_else(|| self.failed(header.clone(), Failure::Interrupted { to: String::new() }))
    }

    fn with_instance(
        &self,
        header: &Header,
        adapter: &mut Instance,
        mut playing: impl FnMut(&dyn Adapter) -> Result<Option<Played>, Malformed>,
    ) -> Option<Try> {
        let instance = match adapter.take().map_or_else(|| self.start(), Ok) {
            Ok(instance) => instance,
            Err(failure) => return Some(self.failed(header.clone(), failure)),
        };
        let played = match catch_unwind(AssertUnwindSafe(|| playing(&*instance))) {
            Ok(Ok(Some(played))) => played,
            Ok(Ok(None)) => {
                *adapter = Some(instance);
                return None;
            }
            Ok(Err(malformed)) => nothing(
                header.clone(),
                Trouble::Adapter {
                    failure: Failure::Nonsense {
                        what: format!("pins or a profile that the oracle does not know: {malformed}"),
                    },
                    event: 0,
                },
            ),
            Err(panic) => nothing(
                header.clone(),
                Trouble::Runner {
                    what: format!("it panicked: {}", said_in_panic(&*panic)),
                    event: 0,
                },
            ),
        };
        let played = with_short_texts(played);
        let mut trail = Trail::default();
        match &played.trouble {
            None => *adapter = Some(instance),
            Some(trouble) => {
                trail = instance.trail();
                // What reports an error in its own words is still there, and knows where it is.
                if matches!(
                    trouble,
                    Trouble::Adapter {
                        failure: Failure::Reports { .. },
                        ..
                    }
                ) {
                    *adapter = Some(instance);
                }
            }
        }
        Some(Try { played, trail })
    }

    /// A new instance, which says of itself what the first one said.
    fn start(&self) -> Result<Box<dyn Adapter>, Failure> {
        self.starts.fetch_add(1, Ordering::Relaxed);
        let instance = (self.factory)()?;
        let hello = instance.hello()?;
        match protocol::change_of_hello(&self.declared, &hello) {
            Some(what) => Err(Failure::Changes { what }),
            None => Ok(instance),
        }
    }

    /// The try of a case that could not begin.
    fn failed(&self, header: Header, failure: Failure) -> Try {
        let trouble = Trouble::Adapter { failure, event: 0 };
        Try {
            played: nothing(header, trouble),
            trail: Trail::default(),
        }
    }

    fn add(&self, tally: &mut Tally, which: &Which, tried: &Arc<Try>) {
        let played = &tried.played;
        if played.is_interrupted() {
            return;
        }
        let begun = !matches!(&played.trouble, Some(Trouble::Adapter { event: 0, .. }));
        tally.cases += u64::from(begun);
        tally.events += played.report.events;
        tally.most_states = tally.most_states.max(played.report.most_states);
        let delivered = |record: &&Record| record.event.as_ref().is_some_and(|event| event.name() == "delivered");
        tally.deliveries += played.records.iter().filter(delivered).count() as u64;
        for (rule, times) in &played.report.exercised {
            *tally.exercised.entry(rule.id).or_default() += times;
        }
        self.judge(tally, which, tried);
    }

    /// Takes in what is in doubt and what is wrong.
    fn judge(&self, tally: &mut Tally, which: &Which, tried: &Arc<Try>) {
        let played = &tried.played;
        // Whether the app broke a rule is not what is tested.
        let mut doubts = played
            .report
            .doubts
            .iter()
            .filter(|doubt| doubt.party != Some(Party::App));
        if let Some(doubt) = doubts.next().filter(|_| played.trouble.is_none()) {
            tally.inconclusive.0 += 1;
            if tally.first_inconclusive.as_ref().is_none_or(|first| which < first) {
                tally.first_inconclusive = Some(which.clone());
                tally.inconclusive.1 = Some(format!("{which}, event {}: {}", doubt.event, doubt.why));
            }
        }
        let mut faults: Vec<(Fault, bool)> = Vec::new();
        let mut behind = false;
        for finding in &played.report.findings {
            match self.fault(finding, played.header.os) {
                Some(fault) if !faults.iter().any(|(other, _)| *other == fault) => faults.push((fault, behind)),
                Some(_) => {}
                None if finding.party == Party::Scheduler => {
                    for rule in &finding.rules {
                        *tally.uncounted.entry(rule.id).or_default() += 1;
                    }
                }
                None => {}
            }
            behind |= finding.party == Party::Scheduler && !finding.is_advice();
        }
        if let Some(trouble) = &played.trouble {
            tally.troubles += match trouble {
                Trouble::Adapter { failure, .. } => weight(failure),
                Trouble::Runner { .. } => 1,
            };
            faults.extend(fault_of(trouble).map(|fault| (fault, false)));
        }
        for (fault, behind) in faults {
            if saw(tally, fault.clone(), which, tried, behind) && !behind {
                (self.watch)(Step::Found(&fault, which, tried));
            }
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

    pub(super) fn has(&self, fault: &Fault, played: &Played) -> bool {
        match fault {
            Fault::Broken(_) => self.finding(fault, played).is_some(),
            Fault::Adapter(_) | Fault::Runner => played
                .trouble
                .as_ref()
                .and_then(fault_of)
                .is_some_and(|it| it == *fault),
        }
    }

    pub(super) fn finding<'p>(&self, fault: &Fault, played: &'p Played) -> Option<&'p Finding> {
        let findings = &mut played.report.findings.iter();
        findings.find(|finding| self.fault(finding, played.header.os).as_ref() == Some(fault))
    }

    /// Whether no other breach comes before it.
    pub(super) fn is_first(&self, fault: &Fault, played: &Played) -> bool {
        let finding = self.finding(fault, played);
        finding.is_none_or(|finding| first_broken(played).is_none_or(|first| finding.event <= first.event))
    }
}

/// How much a failure of the adapter counts: one that hangs is waited for each time.
const fn weight(failure: &Failure) -> u64 {
    match failure {
        Failure::Hangs { .. } => MOST_TROUBLES.div_ceil(3),
        _ => 1,
    }
}

/// A case whose findings quote no more of an adapter's texts than is shown.
fn with_short_texts(mut played: Played) -> Played {
    const MOST: usize = 4_000;
    for finding in &mut played.report.findings {
        if finding.what.len() > MOST {
            finding.what = clip(&finding.what, MOST);
        }
    }
    played
}

/// A case in which nothing was played.
pub(super) fn nothing(header: Header, trouble: Trouble) -> Played {
    Played {
        header,
        records: Vec::new(),
        actions: Vec::new(),
        skipped: Vec::new(),
        report: Report {
            verdict: Verdict::Inconclusive,
            findings: Vec::new(),
            advice: Vec::new(),
            repeats: Vec::new(),
            doubts: Vec::new(),
            assumes: Vec::new(),
            events: 0,
            open: Vec::new(),
            most_states: 0,
            exercised: Vec::new(),
            chosen: Vec::new(),
        },
        trouble: Some(trouble),
        asked: None,
    }
}
