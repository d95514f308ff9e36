//! From failing cases to counterexamples: is it there again, what is the shortest case, and is it a failure of its own.
//!
//! A failure that does not come again when its case is played anew by a fresh instance is flaky: both tries are kept,
//! and nothing is shrunk. A breach is shrunk by proptest over the choices and then over the actions, with instances
//! that are reset; a failure of the adapter may hang on all that its process has seen, so each play gets a fresh one.
//! Shrinking has a limit of plays, so that the same seed gives the same result, and one of time for slow adapters.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use bgspec_model::rule::Id;
use bgspec_model::vocabulary::Area;
use proptest::strategy::{Strategy, ValueTree};

use super::decode::Decoder;
use super::generate::{Campaign, Counterexample, Fault, Follower, Instance, Step, Try, Which};
use super::shrink::{Case, Ways, shrink};
use super::tally::{Seen, first_broken};
use crate::play::action::Listed;
use crate::play::adapter::Manner;

/// Plays that proptest's shrinking may take for one failure.
const CHOICE_PLAYS: usize = 80;
/// Plays that shrinking the actions may take: for one failure, and for all together.
const ACTION_PLAYS: usize = 1_500;
const ALL_ACTION_PLAYS: usize = 12_000;
/// Plays and time for a failure of the adapter, of which each costs a start.
const ADAPTER_PLAYS: usize = 200;
const ADAPTER_TIME: Duration = Duration::from_secs(8);

impl Campaign<'_> {
    /// Shrinks every failure, and sets those apart that only follow from another.
    pub(super) fn counterexamples(&self, seen: BTreeMap<Fault, Seen>) -> (Vec<Counterexample>, Vec<Follower>) {
        let plays = (ALL_ACTION_PLAYS / seen.len().max(1)).min(ACTION_PLAYS);
        let until = Instant::now() + self.config.shrink_time;
        let mut seen: Vec<_> = seen.into_iter().collect();
        // What is certain comes first: a finding that names fewer rules.
        seen.sort_by_key(|(fault, _)| fault.rules().len());
        let (mut failures, mut followers) = (Vec::<Counterexample>::new(), Vec::new());
        let mut rest = u32::try_from(seen.len()).unwrap_or(u32::MAX);
        for (fault, seen) in seen {
            let share = until.saturating_duration_since(Instant::now()) / rest.max(1);
            rest -= 1;
            // One of several rules was broken, and one of them is known to be.
            let known = |other: &Counterexample| {
                let rules = other.fault.rules();
                !rules.is_empty() && rules.iter().all(|rule| fault.rules().contains(rule))
            };
            if let Some(other) = failures.iter_mut().find(|other| known(other)) {
                other.times += seen.times;
                continue;
            }
            let failure = self.counterexample(fault, &seen, plays, share);
            let played = &failure.shown.played;
            match first_broken(played) {
                Some(first) if !self.is_first(&failure.fault, played) => {
                    let mut behind: Vec<Id> = first.rules.iter().map(|rule| rule.id).collect();
                    behind.sort_unstable();
                    let rules = failure.fault.rules().to_vec();
                    followers.push(Follower { rules, behind });
                }
                _ => {
                    (self.watch)(Step::Shrunk(&failure));
                    failures.push(failure);
                }
            }
        }
        failures.sort_by(|one, other| one.fault.cmp(&other.fault));
        (failures, followers)
    }

    /// Plays a failing case anew, and shrinks it where it fails again.
    fn counterexample(&self, fault: Fault, seen: &Seen, plays: usize, time: Duration) -> Counterexample {
        let is_adapter = matches!(fault, Fault::Adapter(_));
        let time = if is_adapter { time.min(ADAPTER_TIME) } else { time };
        let mut search = Search {
            campaign: self,
            fault: &fault,
            instance: None,
            fresh: is_adapter,
            strict: false,
            until: Instant::now() + time,
            cut_short: false,
        };
        let shortest = seen.least();
        let mut flaky = None;
        let mut shown = Arc::clone(&seen.first);
        if matches!(shortest.which, Which::History(_)) {
            // The threads would not meet so again.
        } else if !self.config.interrupt.is_set() {
            let again = search.anew(&shortest.case);
            if self.has(&fault, &again.played) {
                shown = Arc::new(again);
                // An adapter that hangs would be waited for at each play.
                if fault != Fault::Adapter(Manner::Hung) {
                    let best = search.shortest(seen, plays);
                    let last = best.map(|best| search.anew(&best));
                    shown = last
                        .filter(|last| self.has(&fault, &last.played))
                        .map_or(shown, Arc::new);
                }
            } else if !again.played.is_interrupted() {
                flaky = Some(Arc::new(again));
            }
        }
        let cut_short = search.cut_short;
        let _ = self.close(search.instance.take());
        drop(search);
        Counterexample {
            finding: self.finding(&fault, &shown.played).cloned(),
            shown,
            first: Arc::clone(&seen.first),
            first_case: seen.first_which.clone(),
            flaky,
            case: shortest.which.clone(),
            times: seen.times,
            cut_short,
            fault,
        }
    }
}

/// The search for the shortest case with a failure.
struct Search<'a, 'b> {
    campaign: &'a Campaign<'b>,
    fault: &'a Fault,
    instance: Instance,
    /// Each play gets a fresh instance.
    fresh: bool,
    /// A case is known in which no other breach comes before it: only such ones count from then on.
    strict: bool,
    until: Instant,
    cut_short: bool,
}

impl Search<'_, '_> {
    /// Plays a case with a fresh instance.
    fn anew(&mut self, case: &Case) -> Try {
        let _ = self.campaign.close(self.instance.take());
        self.play(case)
    }

    fn play(&mut self, case: &Case) -> Try {
        self.campaign.shrinking_plays.fetch_add(1, Ordering::Relaxed);
        let mut actions = Listed::new(&case.actions);
        self.campaign.play(&case.header, &mut actions, &mut self.instance)
    }

    /// Whether there is no time left to play.
    fn is_over(&mut self) -> bool {
        if self.campaign.config.interrupt.is_set() {
            return true;
        }
        self.cut_short |= Instant::now() >= self.until;
        self.cut_short
    }

    /// Whether a try fails as before.
    fn fails(&mut self, tried: &Try) -> bool {
        if !self.campaign.has(self.fault, &tried.played) {
            return false;
        }
        let first = self.campaign.is_first(self.fault, &tried.played);
        self.strict |= first;
        first || !self.strict
    }

    fn shortest(&mut self, seen: &Seen, plays: usize) -> Option<Case> {
        self.strict = seen.shortest.iter().any(|short| !short.cost.0);
        let mut cases: Vec<Case> = seen.shortest.iter().map(|short| short.case.clone()).collect();
        let numbers = seen.shortest.iter().filter_map(|short| short.which.number());
        if let (Some(number), false) = (numbers.clone().next(), self.fresh) {
            // Choices that were shrunk have a plainer world.
            cases.splice(0..0, self.shrink_choices(number));
        }
        let plays = if self.fresh { plays.min(ADAPTER_PLAYS) } else { plays };
        let campaign = self.campaign;
        let ways = Ways {
            versions: &campaign.config.versions,
            by_extension: campaign.declares(Area::Configuration),
        };
        shrink(cases, &ways, plays, &mut |case| {
            if self.is_over() {
                return None;
            }
            let tried = if self.fresh { self.anew(case) } else { self.play(case) };
            self.fails(&tried).then(|| Case {
                header: case.header.clone(),
                actions: tried.played.actions,
            })
        })
    }

    /// proptest's own shrinking, over the choices of the case.
    fn shrink_choices(&mut self, case: u64) -> Option<Case> {
        let (mut runner, strategy) = self.campaign.generator(case);
        let limits = self.campaign.limits_of(case);
        let mut tree = strategy.new_tree(&mut runner).ok()?;
        let mut best = None;
        if !tree.simplify() {
            return None;
        }
        for _ in 0..CHOICE_PLAYS {
            if self.is_over() {
                break;
            }
            let choices = tree.current();
            let (header, mut source) = Decoder::new(&choices, &limits);
            self.campaign.shrinking_plays.fetch_add(1, Ordering::Relaxed);
            let tried = self.campaign.play(&header, &mut source, &mut self.instance);
            let goes_on = if self.fails(&tried) {
                let actions = tried.played.actions;
                best = Some(Case { header, actions });
                tree.simplify()
            } else {
                tree.complicate()
            };
            if !goes_on {
                break;
            }
        }
        best
    }
}
