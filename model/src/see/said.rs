//! What was said on the ways through one event, and which ways are left.

use crate::rule::{Id, Rule};

use super::{Allowed, Outcome};

/// What the decisions on one event say, for all ways of one state or of several.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The outcomes that fit what was seen.
    pub outcomes: Vec<Outcome>,
    /// The duties that the app broke.
    pub duties: Vec<&'static Rule>,
    /// The rules against what was seen.
    pub forbidden: Vec<&'static Rule>,
    /// Of those the rules that only may be broken.
    pub suspected: Vec<&'static Rule>,
    /// The rules that demand another answer.
    pub demanded: Vec<&'static Rule>,
    /// Further rules that a finding is about, if it comes to one.
    pub also: Vec<&'static Rule>,
    /// The answers that were allowed instead.
    pub instead: Vec<(Allowed, &'static Rule)>,
    /// How often each rule had a say, by [`Id::index`].
    pub exercised: Counts,
    /// The open choice settings that were asked for, as a set.
    pub asked: u64,
    /// The facts that nobody told and that were asked for, as a set of places.
    pub hinges: u64,
    /// The guard that is turned round was asked.
    pub turned: bool,
    /// A question is asked aside: nothing is exercised by it.
    pub silent: bool,
    /// Nothing is joined that could be told apart: for tests.
    pub keeps_every_path: bool,
}

/// A count for each rule.
#[derive(Clone)]
pub struct Counts(Box<[u64; Id::TABLE]>);

impl Default for Counts {
    fn default() -> Self {
        Self(Box::new([0; Id::TABLE]))
    }
}

impl std::fmt::Debug for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Counts({} rules)", self.0.iter().filter(|count| **count > 0).count())
    }
}

impl Counts {
    /// Counts one.
    #[inline]
    pub fn add(&mut self, rule: &Rule) {
        self.0[rule.id.index()] += 1;
    }

    /// The count of a rule.
    #[must_use]
    pub fn of(&self, rule: &Rule) -> u64 {
        self.0[rule.id.index()]
    }
}

/// The ways taken so far through the open questions of one decision.
#[derive(Debug, Clone, Default)]
pub struct Path {
    script: Vec<bool>,
    at: usize,
}

impl Path {
    /// Starts over, for another decision.
    #[inline]
    pub fn clear(&mut self) {
        self.script.clear();
        self.at = 0;
    }

    /// Whether a question was open.
    #[inline]
    #[must_use]
    pub fn has_forked(&self) -> bool {
        !self.script.is_empty()
    }

    pub(super) fn fork(&mut self) -> bool {
        if self.at == self.script.len() {
            self.script.push(true);
        }
        self.at += 1;
        self.script[self.at - 1]
    }

    /// Goes on to the next way. False: all were taken.
    #[inline]
    pub fn next_way(&mut self) -> bool {
        self.at = 0;
        while let Some(last) = self.script.pop() {
            if last {
                self.script.push(false);
                return true;
            }
        }
        false
    }
}
