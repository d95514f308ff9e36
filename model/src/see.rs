//! How a rule looks at a state, and what it may say.
//!
//! A rule asks plain questions and gets plain answers. Where the answer is open (a setting that may be either, a
//! condition that is not known, a request that may not be there), the question is taken both ways: the whole decision
//! runs once for each way, and what the way assumed is what its outcomes learn. With nothing open it runs once.
//!
//! Rules decide before anything changes: an outcome names an [`Effect`], which `apply` carries out later.

use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::{Ask, Exception, Now, Reply};
use crate::rule::{Force, Id, Rule};
use crate::setting::Setting;
use crate::state::{Handler, Outstanding, Presence, State, Sym, Task, Text};
use crate::vocabulary::{Code, Condition};

/// What an event changes, beyond what the event itself says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing.
    Nothing,
    /// It takes place; of the outstanding requests these are dropped.
    Happens(Drops),
    /// The request becomes outstanding, in place of an older one of its identifier.
    Put(Sureness, Place),
    /// The debugger's launch spends the request.
    Simulates(Sureness),
    /// The asynchronous submission takes effect with this result.
    Lands(Landing),
    /// Cancelled; a running continued task has to be expired.
    Cancels {
        /// It has to be expired.
        expires: bool,
    },
    /// The task is made from the request that was launched before.
    DeliverSpent,
    /// The task is made from the outstanding request.
    DeliverOutstanding,
}

/// What an asynchronous submission comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Landing {
    /// Accepted.
    Kept,
    /// Accepted, and nothing is kept.
    Inert,
    /// Refused with one of these codes.
    Refused(Codes),
}

/// Which requests an event drops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Drops {
    /// Pending refresh requests.
    pub refresh: bool,
    /// Pending processing and health research requests.
    pub processing: bool,
    /// Waiting continued requests.
    pub waiting: bool,
}

impl Drops {
    /// None.
    pub const NONE: Self = Self {
        refresh: false,
        processing: false,
        waiting: false,
    };
    /// All.
    pub const ALL: Self = Self {
        refresh: true,
        processing: true,
        waiting: true,
    };
}

/// Whether an accepted request is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sureness {
    /// It is.
    Sure,
    /// It may have been refused without a word.
    Unsure,
}

/// Whether a reason holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It does not.
    No,
    /// It may: the answer is free.
    Maybe,
    /// It does.
    Yes,
}

impl Holds {
    /// Yes or no.
    #[must_use]
    pub const fn when(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// Where a waiting request goes that replaces another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Where the old one was.
    Kept,
    /// To the back.
    Back,
}

/// An answer that a rule allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Allowed {
    /// The call returns nothing.
    Nothing,
    /// A registration returns this.
    Returns(bool),
    /// This exception.
    Raises(Exception),
    /// A submission succeeds.
    Accepts,
    /// A submission fails with one of these codes.
    Refuses(Codes),
    /// The pending list holds this many requests, as the state has them.
    Lists(u32),
    /// The supported resources.
    Resources(bool),
    /// Work or a read succeeds or fails.
    Works(bool),
    /// Anything.
    Anything,
}

/// A set of error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Codes {
    known: u8,
    others: bool,
}

impl Codes {
    /// Any code.
    pub const ANY: Self = Self {
        known: 0b11110,
        others: true,
    };
    /// Any code but immediateRunIneligible (4).
    pub const ANY_BUT_INELIGIBLE: Self = Self {
        known: 0b01110,
        others: true,
    };
    /// Unavailable (1).
    pub const UNAVAILABLE: Self = Self::of(&[1]);
    /// Too many pending requests (2).
    pub const TOO_MANY: Self = Self::of(&[2]);
    /// Not permitted (3).
    pub const NOT_PERMITTED: Self = Self::of(&[3]);
    /// Cannot run at once (4).
    pub const INELIGIBLE: Self = Self::of(&[4]);
    /// Unavailable (1) or not permitted (3).
    pub const UNAVAILABLE_OR_NOT_PERMITTED: Self = Self::of(&[1, 3]);

    /// These codes, of 1 to 4.
    #[must_use]
    pub const fn of(codes: &[u8]) -> Self {
        let mut known = 0;
        let mut i = 0;
        while i < codes.len() {
            known |= 1 << codes[i];
            i += 1;
        }
        Self { known, others: false }
    }

    /// These and those.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            known: self.known | other.known,
            others: self.others || other.others,
        }
    }

    /// Whether a code is among them.
    #[must_use]
    pub fn has(self, code: Code) -> bool {
        match code.0 {
            1..=4 => self.known >> code.0 & 1 == 1,
            _ => self.others,
        }
    }

    /// The known codes among them.
    pub fn iter(self) -> impl Iterator<Item = Code> {
        (1..=4).map(Code).filter(move |code| self.has(*code))
    }

    /// Whether codes that no rule names are among them.
    #[must_use]
    pub const fn open(self) -> bool {
        self.others
    }
}

impl Allowed {
    /// Whether an answer is this one.
    #[must_use]
    pub fn matches(self, reply: Reply) -> bool {
        match (self, reply) {
            (_, Reply::Open) | (Self::Anything, _) => true,
            (Self::Nothing, Reply::Nothing) => true,
            (Self::Returns(allowed), Reply::Returned(seen)) => allowed == seen,
            (Self::Raises(_), Reply::Raised(Exception::Other)) => true,
            (Self::Raises(allowed), Reply::Raised(seen)) => allowed == seen,
            (Self::Accepts, Reply::Accepted) => true,
            (Self::Refuses(codes), Reply::Refused(code)) => codes.has(code),
            (Self::Resources(allowed), Reply::Resources(seen)) => allowed == seen,
            (Self::Works(allowed), Reply::Worked(seen)) => allowed == seen,
            _ => false,
        }
    }
}

/// One way in which an event may be understood.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The rule that allows it, where one has a say.
    pub by: Option<&'static Rule>,
    /// What it changes.
    pub effect: Effect,
    /// What is known of the facts afterwards.
    pub facts: Facts,
    /// What it shows besides; mostly nothing.
    pub shown: Option<Box<Shown>>,
}

/// What an event shows of things whose presence was open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Requests that it showed to be there, or not.
    pub presence: Vec<(Sym, bool)>,
    /// Handlers that it showed to be there, or not.
    pub handlers: Vec<(Sym, bool)>,
    /// Requests that a process may have been launched for.
    pub marked: Vec<Sym>,
}

impl Shown {
    const NOTHING: &Self = &Self {
        presence: Vec::new(),
        handlers: Vec::new(),
        marked: Vec::new(),
    };
}

impl Outcome {
    /// What it shows besides its facts.
    #[must_use]
    #[inline]
    pub fn shown(&self) -> &Shown {
        self.shown.as_deref().unwrap_or(Shown::NOTHING)
    }
}

/// What the decisions on one event say, for all ways of one state or of several.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The outcomes that fit what was seen.
    pub outcomes: Vec<Outcome>,
    /// The duties that the app broke.
    pub duties: Vec<&'static Rule>,
    /// The rules against what was seen.
    pub forbidden: Vec<&'static Rule>,
    /// Further rules that a finding is about, if it comes to one.
    pub also: Vec<&'static Rule>,
    /// The answers that were allowed instead.
    pub instead: Vec<(Allowed, &'static Rule)>,
    /// How often each rule had a say, by [`Id::index`].
    pub exercised: Counts,
    /// The open choice settings that were asked for, as a set.
    pub asked: u64,
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

    fn fork(&mut self) -> bool {
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
    pub fn setting(&mut self, setting: Setting, value: u8) -> bool {
        let fact = Fact::Setting(setting);
        let mask = self.assumed.mask(fact);
        let asked = 1 << value;
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

    /// Whether the choice that a rule leaves was made this way: the setting has this value, and the rule is there.
    #[inline]
    pub fn chooses(&mut self, rule: &'static Rule, setting: Setting, value: u8) -> bool {
        !self.lacks(rule) && self.setting(setting, value)
    }

    /// Takes a question both ways that teaches nothing.
    pub fn either(&mut self) -> bool {
        self.path.fork()
    }

    /// Whether the device is surely calm: told so, with nothing that counts as pressure.
    #[must_use]
    pub fn calm(&self) -> bool {
        self.assumed.mask(Fact::Device(Condition::Pressure)) == Facts::NO
            && self.assumed.mask(Fact::Device(Condition::LowPower)) == Facts::NO
            && self.assumed.mask(Fact::Device(Condition::BackgroundRefresh)) == Facts::YES
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
        let known = there && self.state.request(id).is_some_and(|request| !request.unsure);
        if !known {
            self.showing().presence.push((id, there));
        }
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
        self.said.exercised.add(rule);
    }

    /// The rule allows this answer, and this is what it means. Taken out, a `may` allows it no more.
    #[inline]
    pub fn allow(&mut self, by: &'static Rule, answer: Allowed, effect: Effect) {
        if self.lacks(by) && by.force == Force::May {
            if answer.matches(self.ask.reply) {
                self.oppose(by);
            }
        } else if answer.matches(self.ask.reply) {
            self.permit(by, effect);
        } else {
            self.instead(answer, by);
        }
    }

    /// The rule allows what was seen. Taken out, a `may` allows no observation.
    #[inline]
    pub fn permit(&mut self, by: &'static Rule, effect: Effect) {
        if self.lacks(by) && by.force == Force::May && self.ask.op.is_observation() {
            return self.oppose(by);
        }
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

    /// The rule is against what was seen, and nothing permits it: every rule that is named so tells of the same breach,
    /// and with any of them taken out it is none.
    pub fn refuse(&mut self, rule: &'static Rule) {
        self.oppose(rule);
    }

    /// The rule leaves the choice that was made. False: it is taken out, and does not.
    #[must_use = "a choice that is not left is a breach"]
    pub fn leaves(&mut self, rule: &'static Rule) -> bool {
        if self.lacks(rule) {
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
        if !self.said.also.contains(&rule) {
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
        if !kept && !self.said.duties.contains(&rule) {
            self.said.duties.push(rule);
        }
    }

    /// An answer of the pending list was compared with the state.
    pub fn lists(&mut self, by: &'static Rule, fits: bool, count: u32) {
        if fits || self.ask.reply == Reply::Open {
            self.permit(by, Effect::Nothing);
        } else {
            self.instead(Allowed::Lists(count), by);
        }
    }
}
