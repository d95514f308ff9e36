//! How a rule looks at a state, and what it may say.
//!
//! A rule asks plain questions and gets plain answers. Where the answer is open (a setting that may be either, a
//! condition that is not known, a request that may not be there), the question is taken both ways: the whole decision
//! runs once for each way, and what the way assumed is what its outcomes learn. With nothing open it runs once.
//!
//! Rules decide before anything changes: an outcome names an [`Effect`], which `apply` carries out later.

mod outcome;
mod said;

use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::{Ask, Now, Reply};
use crate::rule::{Force, Rule};
use crate::setting::Choice;
use crate::state::{Handler, Mark, Outstanding, Presence, State, Sym, Task, Text};
use crate::vocabulary::{Condition, Platform};

pub use outcome::{Allowed, Codes, Drops, Effect, Holds, Landing, Outcome, Place, Shown, Sureness};
pub use said::{Counts, Path, Said};

/// A rule's view of a state, on one way through its open questions.
pub struct See<'a> {
    /// The state.
    pub state: &'a State,
    /// What every state shares.
    pub cx: &'a Context,
    /// When, and who.
    pub now: &'a Now,
    /// The event.
    pub ask: &'a Ask,
    path: &'a mut Path,
    said: &'a mut Said,
    /// The facts as this way assumes them.
    assumed: Facts,
    /// The facts as this way leaves them.
    learned: Facts,
    shown: Option<Box<Shown>>,
}

impl<'a> See<'a> {
    /// A view at the start of a way.
    #[inline]
    pub fn new(
        state: &'a State,
        cx: &'a Context,
        now: &'a Now,
        ask: &'a Ask,
        path: &'a mut Path,
        said: &'a mut Said,
    ) -> Self {
        Self {
            state,
            cx,
            now,
            ask,
            path,
            said,
            assumed: state.facts,
            learned: state.facts,
            shown: None,
        }
    }

    fn showing(&mut self) -> &mut Shown {
        self.shown.get_or_insert_default()
    }

    fn shown(&self) -> &Shown {
        self.shown.as_deref().unwrap_or(Shown::NOTHING)
    }

    // ---- questions

    /// Whether a yes-or-no fact is true.
    #[inline]
    pub fn is(&mut self, fact: Fact) -> bool {
        match self.assumed.mask(fact) {
            Facts::NO => false,
            Facts::YES => true,
            _ => self.fork_on(fact, Facts::YES),
        }
    }

    /// Whether a condition of the device holds.
    #[inline]
    pub fn device(&mut self, condition: Condition) -> bool {
        self.is(Fact::Device(condition))
    }

    /// Whether a fixed choice setting has this value.
    #[inline]
    pub fn chose<C: Choice>(&mut self, value: C) -> bool {
        let fact = Fact::Setting(C::SETTING);
        let mask = self.assumed.mask(fact);
        let asked = value.mask();
        if mask & asked == 0 {
            false
        } else if mask == asked {
            true
        } else {
            self.fork_on(fact, asked)
        }
    }

    fn fork_on(&mut self, fact: Fact, asked: u8) -> bool {
        let yes = self.path.fork();
        if let Fact::Setting(setting) = fact {
            self.said.asked |= 1 << setting as u64;
        }
        if self.cx.is_untold(fact) {
            self.said.hinges |= 1 << fact.place();
        }
        let mask = self.assumed.mask(fact);
        let rest = if yes { mask & asked } else { mask & !asked };
        self.assumed.set(fact, rest);
        if !self.cx.forgets(fact) {
            self.learned.set(fact, rest);
        }
        yes
    }

    /// Whether the app is in the foreground.
    #[inline]
    pub fn foreground(&mut self) -> bool {
        self.state.process.is_some() && self.is(Fact::Foreground)
    }

    /// Tells what a fact is from now on, where that is what the way assumes.
    pub fn learn(&mut self, fact: Fact, mask: u8) {
        self.learned.set(fact, mask);
    }

    /// Whether a rule is taken out of the model.
    #[must_use]
    #[inline]
    pub fn lacks(&self, rule: &'static Rule) -> bool {
        self.cx.lacks(rule)
    }

    /// The guard of a rule: whether it holds, or does not where the rule is turned round (see [`crate::mutant`]).
    #[inline]
    pub fn holds(&mut self, rule: &'static Rule, guard: bool) -> bool {
        if self.cx.turns(rule) { self.turn(guard) } else { guard }
    }

    #[cold]
    fn turn(&mut self, guard: bool) -> bool {
        self.said.turned = true;
        !guard
    }

    /// Whether what a rule says is not so: it is taken out, or is not modelled and this way takes it for missing.
    pub fn goes_without(&mut self, rule: &'static Rule) -> bool {
        self.lacks(rule) && (!self.cx.is_unmodelled(rule) || self.either())
    }

    /// Whether the choice that a rule leaves was made this way: the setting has this value, and the rule is there.
    #[inline]
    pub fn chooses(&mut self, rule: &'static Rule, value: impl Choice) -> bool {
        if self.lacks(rule) {
            return false;
        }
        let chosen = self.chose(value);
        self.holds(rule, chosen)
    }

    /// Takes a question both ways that teaches nothing.
    pub fn either(&mut self) -> bool {
        self.path.fork()
    }

    /// Whether something holds on some way through what is open: a question aside, by which nothing is exercised and nothing
    /// learned.
    pub fn any_way(&mut self, holds: impl Fn(&mut See<'_>) -> bool) -> bool {
        let mut path = Path::default();
        let silent = std::mem::replace(&mut self.said.silent, true);
        let any = loop {
            let mut aside = See::new(self.state, self.cx, self.now, self.ask, &mut path, self.said);
            if holds(&mut aside) {
                break true;
            }
            if !path.next_way() {
                break false;
            }
        };
        self.said.silent = silent;
        any
    }

    /// Whether the device is surely calm: told so, with nothing that counts as pressure.
    #[must_use]
    pub fn calm(&self) -> bool {
        self.assumed.mask(Fact::Device(Condition::Pressure)) == Facts::NO
            && self.assumed.mask(Fact::Device(Condition::LowPower)) == Facts::NO
            && self.assumed.mask(Fact::Device(Condition::BackgroundRefresh)) == Facts::YES
    }

    /// Whether it is the simulator, or a condition of the device is known to be out of the ordinary, use and power apart.
    #[must_use]
    pub fn is_out_of_the_ordinary(&self) -> bool {
        const ORDINARY: [(Condition, u8); 7] = [
            (Condition::Network, Facts::YES),
            (Condition::Locked, Facts::NO),
            (Condition::UnlockedOnce, Facts::YES),
            (Condition::LowPower, Facts::NO),
            (Condition::BackgroundRefresh, Facts::YES),
            (Condition::BackgroundLaunches, Facts::NO),
            (Condition::Pressure, Facts::NO),
        ];
        let other = |(condition, mask): &(Condition, u8)| {
            let told = self.assumed.mask(Fact::Device(*condition));
            told != *mask && told != Facts::OPEN
        };
        self.cx.platform == Platform::Simulator || ORDINARY.iter().any(other)
    }

    /// The outstanding request of an identifier, if it is there.
    pub fn outstanding(&mut self, id: Sym) -> Option<&'a Outstanding> {
        let state = self.state;
        let request = state.request(id)?;
        let there = !request.unsure
            || match self.shown().presence.iter().find(|(known, _)| *known == id) {
                Some((_, there)) => *there,
                None => {
                    let there = self.path.fork();
                    self.showing().presence.push((id, there));
                    there
                }
            };
        there.then_some(request)
    }

    /// Tells that a request is there, or not, where that is what the event shows.
    pub fn shows(&mut self, id: Sym, there: bool) {
        let certain = |request: &Outstanding| !request.unsure && !matches!(request.mark, Mark::Maybe | Mark::Later);
        let known = there && self.state.request(id).is_some_and(certain);
        if !known {
            self.showing().presence.push((id, there));
        }
    }

    /// Takes both ways whether a request was launched where nobody could see it.
    pub fn suppose_launched(&mut self, id: Sym) -> bool {
        let launched = self.path.fork();
        if launched {
            self.showing().launched.push(id);
        }
        launched
    }

    /// Whether this way supposes that a request was launched where nobody could see it.
    #[must_use]
    pub fn supposes_launched(&self, id: Sym) -> bool {
        self.shown().launched.contains(&id)
    }

    /// The handler of an identifier in the app's process, if it is there.
    pub fn handler(&mut self, id: Sym) -> Option<Handler> {
        let state = self.state;
        match state.handler(id) {
            Some(handler) if handler.there == Presence::Yes => return Some(*handler),
            Some(handler) if handler.there == Presence::No => return None,
            Some(_) => {}
            None if state.process.is_some_and(|process| process.from_before) => {}
            None => return None,
        }
        let there = match self.shown().handlers.iter().find(|(known, _)| *known == id) {
            Some((_, there)) => *there,
            None => {
                let there = self.path.fork();
                self.showing().handlers.push((id, there));
                there
            }
        };
        there.then_some(Handler {
            id,
            there: Presence::Yes,
            late: false,
            queue: Text::ANY,
            swiftui: false,
        })
    }

    /// Whether something may run in the process that the trace did not show.
    #[must_use]
    pub fn from_before(&self) -> bool {
        self.state.process.is_some_and(|process| process.from_before)
    }

    /// The running task of an identifier. One that may be over is taken both ways.
    pub fn running(&mut self, id: Sym) -> Option<&'a Task> {
        let state = self.state;
        let task = state.running(id)?;
        (!task.maybe_over || self.path.fork()).then_some(task)
    }

    /// What this way has supposed so far: the facts, and which requests and handlers are there.
    pub(crate) fn supposed(&self) -> (Facts, &Shown) {
        (self.assumed, self.shown())
    }

    // ---- what a rule says

    /// The rule had a say.
    #[inline]
    pub fn exercise(&mut self, rule: &'static Rule) {
        if !self.said.silent {
            self.said.exercised.add(rule);
        }
    }

    /// The rule allows this answer, and this is what it means. Taken out, a `may` allows it no more.
    #[inline]
    pub fn allow(&mut self, by: &'static Rule, answer: Allowed, effect: Effect) {
        if self.lacks(by) && by.force == Force::May {
            if answer.matches(self.ask.reply) {
                self.oppose(by);
            }
        } else if self.fits(by, answer) {
            self.permitted(by, effect);
        } else {
            self.instead(answer, by);
        }
    }

    /// Whether an answer that a rule allows is what was seen. One that is not known is any.
    #[inline]
    fn fits(&mut self, by: &'static Rule, answer: Allowed) -> bool {
        let fits = answer.matches(self.ask.reply);
        if self.ask.reply == Reply::Open {
            fits
        } else {
            self.holds(by, fits)
        }
    }

    /// The rule allows what was seen. Taken out, a `may` allows no observation.
    #[inline]
    pub fn permit(&mut self, by: &'static Rule, effect: Effect) {
        if self.lacks(by) && by.force == Force::May && self.ask.op.is_observation() {
            return self.oppose(by);
        }
        if self.holds(by, true) {
            self.permitted(by, effect);
        } else {
            self.oppose(by);
        }
    }

    #[inline]
    fn permitted(&mut self, by: &'static Rule, effect: Effect) {
        self.said.exercised.add(by);
        self.may_be(Some(by), effect);
    }

    fn may_be(&mut self, by: Option<&'static Rule>, effect: Effect) {
        self.said.outcomes.push(Outcome {
            by,
            effect,
            facts: self.learned,
            shown: self.shown.clone(),
        });
    }

    /// The rule is against what was seen, beside whatever else is. False: it is taken out, and is not. A `may` that
    /// bounds its own choice stays where the choice goes.
    #[must_use = "what is forbidden is not permitted; where nothing else is asked, refuse"]
    pub fn forbid(&mut self, rule: &'static Rule) -> bool {
        if self.cx.lacks_must(rule) {
            return false;
        }
        self.oppose(rule);
        true
    }

    /// As [`See::forbid`], where the guard of the rule holds.
    #[inline]
    #[must_use = "what is forbidden is not permitted; where nothing else is asked, refuse"]
    pub fn forbids(&mut self, rule: &'static Rule, guard: bool) -> bool {
        self.holds(rule, guard) && self.forbid(rule)
    }

    /// The rule is against what was seen, and nothing permits it: every rule that is named so tells of the same breach,
    /// and with any of them taken out it is none.
    pub fn refuse(&mut self, rule: &'static Rule) {
        self.oppose(rule);
    }

    /// The rule demands another answer than the one that was seen: a finding is about it, if it comes to one. What only may be
    /// the answer is offered instead, and not named.
    pub fn demands(&mut self, rule: &'static Rule) {
        if !self.said.demanded.contains(&rule) {
            self.said.demanded.push(rule);
        }
    }

    /// As [`See::refuse`], of a rule that only may be the one that was broken.
    pub fn suspect(&mut self, rule: &'static Rule) {
        if !self.said.suspected.contains(&rule) {
            self.said.suspected.push(rule);
        }
        self.oppose(rule);
    }

    /// The rule leaves the choice that was made. False: it is taken out, and does not.
    #[must_use = "a choice that is not left is a breach"]
    pub fn leaves(&mut self, rule: &'static Rule) -> bool {
        if self.lacks(rule) || !self.holds(rule, true) {
            self.oppose(rule);
            return false;
        }
        self.exercise(rule);
        true
    }

    fn oppose(&mut self, rule: &'static Rule) {
        self.said.exercised.add(rule);
        if !self.said.forbidden.contains(&rule) {
            self.said.forbidden.push(rule);
        }
    }

    /// The rule allows this answer, which was not seen.
    pub fn instead(&mut self, answer: Allowed, by: &'static Rule) {
        if !self.said.instead.contains(&(answer, by)) {
            self.said.instead.push((answer, by));
        }
    }

    /// If this answer is missing, the finding is about this rule too.
    pub fn also(&mut self, answer: Allowed, rule: &'static Rule) {
        if !answer.matches(self.ask.reply) {
            self.also_breaks(rule);
        }
    }

    /// If nothing allows what was seen, the finding is about this rule too.
    pub fn also_breaks(&mut self, rule: &'static Rule) {
        if !self.said.silent && !self.said.also.contains(&rule) {
            self.said.also.push(rule);
        }
    }

    /// It takes place; no rule has a say.
    #[inline]
    pub fn happens(&mut self) {
        self.occurs(Drops::NONE);
    }

    /// It takes place and drops requests.
    pub fn occurs(&mut self, drops: Drops) {
        self.may_be(None, Effect::Happens(drops));
    }

    /// A process may have been launched for this request.
    pub fn mark(&mut self, id: Sym) {
        self.showing().marked.push(id);
    }

    /// What the app owes.
    #[inline]
    pub fn duty(&mut self, rule: &'static Rule, kept: bool) {
        if !rule.in_force(self.cx.os) || self.lacks(rule) {
            return;
        }
        self.said.exercised.add(rule);
        if self.holds(rule, !kept) && !self.said.duties.contains(&rule) {
            self.said.duties.push(rule);
        }
    }

    /// An answer of the pending list was compared with the state.
    pub fn lists(&mut self, by: &'static Rule, fits: bool, count: u32) {
        if self.ask.reply == Reply::Open || self.holds(by, fits) {
            self.permitted(by, Effect::Nothing);
        } else {
            self.instead(Allowed::Lists(count), by);
        }
    }
}
