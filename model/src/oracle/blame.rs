//! What the app has to answer for. Each possible state keeps its own breaches of the app; those that all share are
//! certain, and of the rest the state with the least is believed.

use crate::op::{Ask, Now};
use crate::report::{About, Finding};
use crate::rule::{Force, Rule};
use crate::rules;
use crate::see::See;
use crate::vocabulary::{Millis, Record};

use super::earlier;
use super::pass::Pass;
use super::words;

/// A breach of the app on some branches.
#[derive(Debug, Clone)]
pub(super) struct Blame {
    pub(super) before: usize,
    pub(super) finding: Finding,
}

impl Pass {
    /// What the app owes at this event. On each state the app is believed innocent if it can be.
    #[inline]
    pub(super) fn judge_app(&mut self, record: &Record, ask: &Ask, now: &Now) {
        let blames = self.blames.len();
        for place in 0..self.set.len() {
            let state = &self.set[place].state;
            self.path.clear();
            self.said.duties.clear();
            rules::duties(&mut See::new(state, &self.cx, now, ask, &mut self.path, &mut self.said));
            // Innocent on one way is innocent.
            if !self.said.duties.is_empty() {
                self.judge_guilt(place, record, ask, now);
            }
        }
        if blames != self.blames.len() {
            self.settle_blame();
        }
    }

    /// The app broke a duty on the first way: whether it did on the others, and what least.
    #[cold]
    fn judge_guilt(&mut self, place: usize, record: &Record, ask: &Ask, now: &Now) {
        let mut least = weight(&self.said.duties);
        std::mem::swap(&mut self.owed, &mut self.said.duties);
        while self.path.next_way() {
            self.said.duties.clear();
            let state = &self.set[place].state;
            rules::duties(&mut See::new(state, &self.cx, now, ask, &mut self.path, &mut self.said));
            let weight = weight(&self.said.duties);
            if weight < least {
                least = weight;
                std::mem::swap(&mut self.owed, &mut self.said.duties);
            }
        }
        if least == 0 || self.is_told_often(record) {
            return;
        }
        for rules in split(&self.owed) {
            if !rules.is_empty() {
                self.blame(place, record, rules);
            }
        }
    }

    /// Whether the breach is certain, and only counted since the same was told so often: then nothing is put into words.
    fn is_told_often(&mut self, record: &Record) -> bool {
        if self.set.len() > 1 || !self.blames.is_empty() || self.gave_up {
            return false;
        }
        let cx = &self.cx;
        let owed = self.owed.iter().copied().filter(|rule| cx.models_rule(rule));
        let is_advice = |rule: &&'static Rule| rule.force == Force::Should;
        let musts = owed.clone().filter(|rule| !is_advice(rule));
        let advice = owed.filter(is_advice);
        let often = self.told.is_told_often(musts.clone()) && self.told.is_told_often(advice.clone());
        if often {
            self.told.count(musts, self.events, record.at);
            self.told.count(advice, self.events, record.at);
        }
        often
    }

    fn blame(&mut self, place: usize, record: &Record, rules: Vec<&'static Rule>) {
        let what = record.event.as_ref().map_or_else(String::new, words::describe);
        let about = record.event.as_ref().map_or_else(About::default, About::of);
        self.blame_for(place, record.at, rules, about, what);
    }

    /// Lays a breach to the app on one branch.
    pub(super) fn blame_for(
        &mut self,
        place: usize,
        at: Millis,
        rules: Vec<&'static Rule>,
        about: About,
        what: String,
    ) {
        let rules: Vec<_> = rules.into_iter().filter(|rule| self.cx.models_rule(rule)).collect();
        let Some(first) = rules.first() else { return };
        let cost: u64 = rules.iter().map(|rule| cost_of(rule)).sum();
        let earlier = earlier::contradicted(&self.cx, &rules, &about);
        let finding = Finding {
            party: first.bound,
            sure: rules.len(),
            rules,
            event: self.events,
            at,
            about,
            what,
            instead: Vec::new(),
            fixed: Vec::new(),
            earlier,
        };
        let branch = &mut self.set[place];
        self.blames.push(Blame {
            before: branch.blame,
            finding,
        });
        branch.blame = self.blames.len();
        branch.cost += cost;
    }

    /// Breaches that every possible state shares are certain.
    #[inline(always)]
    pub(super) fn settle_blame(&mut self) {
        if !self.blames.is_empty() && !self.gave_up {
            self.settle_open_blame();
        }
    }

    #[cold]
    fn settle_open_blame(&mut self) {
        // Blames are only added: where every branch has the last that it had, nothing can have become certain.
        let whose = || self.set.iter().map(|branch| branch.blame);
        if whose().eq(self.settled.iter().copied()) {
            return;
        }
        self.settled.clear();
        self.settled.extend(self.set.iter().map(|branch| branch.blame));
        let chains: Vec<Vec<usize>> = self.set.iter().map(|branch| self.chain(branch.blame)).collect();
        let Some((first, rest)) = chains.split_first() else {
            return;
        };
        // Equal breaches were noted once for each branch: compare what they say.
        let same = |a: usize, b: usize| {
            let (a, b) = (&self.blames[a].finding, &self.blames[b].finding);
            a.event == b.event && a.rules == b.rules && a.at == b.at && a.what == b.what
        };
        let mut certain = first.len();
        for chain in rest {
            let common = first.iter().zip(chain).take_while(|(a, b)| same(**a, **b)).count();
            certain = certain.min(common);
        }
        if certain == 0 && !first.is_empty() {
            return;
        }
        let found: Vec<_> = first[..certain]
            .iter()
            .map(|place| self.blames[*place].finding.clone())
            .collect();
        found.into_iter().for_each(|finding| self.told.add(finding));
        if chains.iter().all(|chain| chain.len() == certain) {
            self.blames.clear();
            self.settled.clear();
            self.set
                .iter_mut()
                .for_each(|branch| (branch.blame, branch.cost) = (0, 0));
        } else if certain > 0 {
            for (branch, chain) in self.set.iter_mut().zip(&chains) {
                if chain.len() == certain {
                    branch.blame = 0;
                }
                for (place, name) in chain.iter().enumerate().skip(certain) {
                    self.blames[*name].before = if place == certain { 0 } else { chain[place - 1] + 1 };
                }
            }
            self.tidy_blames();
        }
    }

    /// Forgets the breaches that no branch has any more.
    fn tidy_blames(&mut self) {
        const MANY: usize = 64;
        if self.blames.len() < MANY {
            return;
        }
        let mut moved = vec![0; self.blames.len()];
        for branch in &self.set {
            for place in self.chain(branch.blame) {
                moved[place] = 1;
            }
        }
        let mut kept = 0;
        for place in &mut moved {
            kept += *place;
            *place *= kept;
        }
        // They get new numbers.
        self.settled.clear();
        let blames = std::mem::take(&mut self.blames);
        for (mut blame, place) in blames.into_iter().zip(&moved) {
            if *place > 0 {
                // What it stands behind is older: it was moved already.
                blame.before = blame.before.checked_sub(1).map_or(0, |before| moved[before]);
                self.blames.push(blame);
            }
        }
        for branch in &mut self.set {
            branch.blame = branch.blame.checked_sub(1).map_or(0, |place| moved[place]);
        }
    }

    /// The places of a branch's breaches, oldest first.
    pub(super) fn chain(&self, blame: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut at = blame;
        while at != 0 {
            chain.push(at - 1);
            at = self.blames[at - 1].before;
        }
        chain.reverse();
        chain
    }
}

fn weight(duties: &[&'static Rule]) -> usize {
    duties
        .iter()
        .map(|rule| if rule.force == Force::Should { 1 } else { 1000 })
        .sum()
}

/// What a breach of a rule costs: much more than advice. Of rules that weigh the same the first of the book is believed,
/// so that no report hangs on the order of the states.
fn cost_of(rule: &Rule) -> u64 {
    let weight = if rule.force == Force::Should { 1 << 16 } else { 1 << 32 };
    weight + rule.id.index() as u64
}

/// What has to be kept, and what is advice.
fn split(duties: &[&'static Rule]) -> [Vec<&'static Rule>; 2] {
    let (advice, musts) = duties.iter().partition(|rule| rule.force == Force::Should);
    [musts, advice]
}
