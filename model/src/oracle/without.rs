//! The oracle of a model with one rule less, or another small change: see [`taken_out`](crate::taken_out) and
//! [`mutant`](crate::mutant).

use crate::mutant::Mutant;
use crate::rule::Rule;
use crate::rules;

use super::Oracle;
use super::pass::Pass;
use super::set::Branch;

impl Oracle {
    /// Judges by the model without this rule: see [`taken_out`](crate::taken_out) for what that means. To be said before
    /// the first line; of several rules the last is the one that is out.
    ///
    /// ```
    /// use bgspec_model::oracle::{Oracle, Terms};
    /// use bgspec_model::report::Verdict;
    /// use bgspec_model::rules;
    /// use bgspec_model::vocabulary::{Event, Header, Permitted, Record, Register, RegisterAnswer, Version};
    ///
    /// let mut header = Header::new(Version::new(26, 1), "com.example.app");
    /// header.permitted = Permitted::List(vec!["com.example.app.sync".into()]);
    /// let register = Register { through: None, id: "com.example.app.sync".into(), queue: None, answer: Some(RegisterAnswer::Returned(false)) };
    /// let record = Record::of(0, 1, Event::Register(register));
    /// let promise = rules::find("REG-1".parse()?).ok_or("no such rule")?;
    ///
    /// let mut with = Oracle::new(&header, &Terms::default())?;
    /// with.step(&record)?;
    /// assert!(with.findings()[0].rules.contains(&promise));
    /// let mut without = Oracle::new(&header, &Terms::default())?.without(promise);
    /// without.step(&record)?;
    /// assert!(without.findings().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn without(self, rule: &'static Rule) -> Self {
        self.mutated(Mutant::TakenOut(rule))
    }

    /// Judges by the model with a small change: see [`mutant`](crate::mutant). To be said before the first line.
    #[must_use]
    pub fn mutated(mut self, mutant: Mutant) -> Self {
        self.wide.cx.mutate(mutant);
        if let Some(strict) = &mut self.strict {
            strict.cx.mutate(mutant);
        }
        self
    }

    /// Whether the guard that is turned round was asked so far.
    #[must_use]
    pub fn asked_what_is_turned(&self) -> bool {
        self.wide.said.turned
    }
}

impl Pass {
    /// Without the rule that leaves the moment open, what is in flight has taken effect before anything else happens.
    pub(super) fn land_at_once(&mut self) {
        if !self.cx.lacks(rules::moment_is_open()) {
            return;
        }
        let has_landed = |branch: &Branch| branch.state.flights.iter().all(|flight| flight.result.is_some());
        if self.set.iter().any(has_landed) {
            self.set.retain(has_landed);
        }
    }

    /// Whether a rule that is not modelled is against what was seen. In the state in which it is nothing else need
    /// be, and who lacks the rule may be in that one.
    pub(super) fn is_undeclared(&self) -> bool {
        let mut against = self.said.forbidden.iter();
        against.any(|rule| !self.cx.models_rule(rule))
    }

    /// Whether one of the rules against what was seen is taken out, or a `must` that is not modelled.
    #[cold]
    pub(super) fn passes_without(&self) -> bool {
        let offered = self.said.instead.iter().map(|(_, rule)| rule);
        let mut against = self.said.forbidden.iter().chain(&self.said.also).chain(offered);
        against.any(|rule| self.cx.lacks(rule) && self.cx.lacks_must(rule))
    }
}
