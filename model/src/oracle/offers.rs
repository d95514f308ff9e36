//! What a call may answer, asked before it is made.
//!
//! The rules are asked as for a line of a trace, with an answer that no rule allows: they then say what they allow
//! instead. Nothing is remembered, and the oracle stays where it was.

use crate::op::{Ask, Exception, Now, Op, Reply};
use crate::rule::Rule;
use crate::rules;
use crate::see::{Allowed, Effect, Path, Said, See};
use crate::state::State;
use crate::vocabulary::{Code, Event, Record, Role};

use super::pass::Pass;
use super::{Malformed, Oracle};

/// An answer that a call may get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The answer.
    pub answer: Allowed,
    /// The rule that allows it.
    pub rule: &'static Rule,
    /// The call changes something: a handler is registered, a request becomes outstanding. A submission that is
    /// reported as accepted and lost (SUB-12, IDN-11, CFG-6) does not take effect.
    pub takes_effect: bool,
}

impl Oracle {
    /// The answers that a call may get if it is made now, in any of the states that are possible. An answer that
    /// `record` holds already is not looked at.
    ///
    /// ```
    /// use bgspec_model::oracle::{Oracle, Terms};
    /// use bgspec_model::see::Allowed;
    /// use bgspec_model::vocabulary::{Event, Header, Permitted, Record, Register, Started, Starter, Version};
    ///
    /// let mut header = Header::new(Version::new(26, 1), "com.example.app");
    /// header.permitted = Permitted::List(vec!["com.example.app.sync".into()]);
    /// let mut oracle = Oracle::new(&header, &Terms::default())?;
    /// oracle.step(&Record::of(0, 1, Event::Started(Started { by: Starter::Person })))?;
    /// let register = |id: &str| Record::of(0, 1, Event::Register(Register { through: None, id: id.into(), queue: None, answer: None }));
    /// let offers = oracle.offers(&register("com.example.app.sync"))?;
    /// assert_eq!(offers[0].answer, Allowed::Returns(true));
    /// assert_eq!(offers[0].rule.id.to_string(), "REG-1");
    /// let offers = oracle.offers(&register("com.example.app.Sync"))?;
    /// assert_eq!(offers[0].answer, Allowed::Returns(false));
    /// # Ok::<(), bgspec_model::oracle::Malformed>(())
    /// ```
    ///
    /// # Errors
    /// The line is no call, it is the pending list (whose answers are lists of requests), it contradicts the trace so
    /// far, or calls are still open.
    pub fn offers(&self, record: &Record) -> Result<Vec<Offer>, Malformed> {
        if !self.held.is_empty() {
            return Err(Malformed::new("a call is still open: expected its end first"));
        }
        match &record.event {
            Some(event) if event.role() == Role::Call && !matches!(event, Event::Pending(_)) => {
                self.wide.offers(record)
            }
            _ => Err(Malformed::new("expected a call of the app other than pending")),
        }
    }

    /// The rules that allow a line if it comes next, in any of the states that are possible; none where nothing does.
    /// What falls due before it is not looked at.
    ///
    /// # Errors
    /// The line contradicts the trace so far, or calls are still open.
    pub fn allowed_by(&self, record: &Record) -> Result<Vec<&'static Rule>, Malformed> {
        if !self.held.is_empty() || record.call.is_some() {
            return Err(Malformed::new("a call is still open: expected its end first"));
        }
        self.wide.allowed_by(record)
    }
}

/// A question of nothing.
fn no_ask() -> Ask {
    Ask {
        op: Op::Clock,
        reply: Reply::Nothing,
        listed: Vec::new(),
        ids: Vec::new(),
    }
}

impl Pass {
    fn offers(&self, record: &Record) -> Result<Vec<Offer>, Malformed> {
        // As the begin of a call: such a line needs no answer.
        let mut record = record.clone();
        record.call = Some(u32::MAX);
        record.event.iter_mut().for_each(Event::unanswer);
        let (mut reader, mut cx) = (self.reader.clone(), self.cx.clone());
        let mut ask = no_ask();
        reader.read(&record, None, &mut cx, &mut ask)?;
        let now = Now::moment(record.at, reader.caller(&record));
        let said = |state: &State, reply: Reply| {
            let (mut said, mut path) = (Said::default(), Path::default());
            let ask = Ask { reply, ..ask.clone() };
            loop {
                rules::decide(&mut See::new(state, &cx, &now, &ask, &mut path, &mut said));
                if !path.next_way() {
                    break said;
                }
            }
        };
        let mut offers: Vec<Offer> = Vec::new();
        for branch in &self.set {
            let asked = said(&branch.state, NEVER_SEEN);
            let anything = asked.outcomes.iter().filter_map(|outcome| outcome.by);
            let named = asked.instead.iter().copied();
            for (answer, rule) in named.chain(anything.map(|rule| (Allowed::Anything, rule))) {
                let takes_effect = example(answer).is_some_and(|reply| {
                    let answered = said(&branch.state, reply);
                    let mut outcomes = answered.outcomes.iter();
                    outcomes.any(|outcome| outcome.by == Some(rule) && outcome.effect != Effect::Nothing)
                });
                match offers
                    .iter_mut()
                    .find(|offer| offer.answer == answer && offer.rule == rule)
                {
                    Some(offer) => offer.takes_effect |= takes_effect,
                    None => offers.push(Offer {
                        answer,
                        rule,
                        takes_effect,
                    }),
                }
            }
        }
        Ok(offers)
    }

    fn allowed_by(&self, record: &Record) -> Result<Vec<&'static Rule>, Malformed> {
        let (mut reader, mut cx, mut ask) = (self.reader.clone(), self.cx.clone(), no_ask());
        reader.read(record, None, &mut cx, &mut ask)?;
        let latest = record.to.unwrap_or(record.at);
        let now = Now {
            earliest: record.at,
            at: latest,
            latest,
            caller: reader.caller(record),
        };
        let mut allowed: Vec<&'static Rule> = Vec::new();
        for branch in &self.set {
            let (mut said, mut path) = (Said::default(), Path::default());
            loop {
                rules::decide(&mut See::new(&branch.state, &cx, &now, &ask, &mut path, &mut said));
                if !path.next_way() {
                    break;
                }
            }
            for rule in said.outcomes.iter().filter_map(|outcome| outcome.by) {
                if !allowed.contains(&rule) {
                    allowed.push(rule);
                }
            }
        }
        Ok(allowed)
    }
}

/// The answer of the pending list, which no other call gives.
const NEVER_SEEN: Reply = Reply::Listed;

/// One reply that an answer allows.
fn example(answer: Allowed) -> Option<Reply> {
    Some(match answer {
        Allowed::Nothing => Reply::Nothing,
        Allowed::Returns(value) => Reply::Returned(value),
        Allowed::Raises(exception) => Reply::Raised(exception),
        Allowed::Accepts => Reply::Accepted,
        Allowed::Refuses(codes) => Reply::Refused(codes.iter().next().unwrap_or(Code(0))),
        Allowed::Lists(_) => return None,
        Allowed::Resources(gpu) => Reply::Resources(gpu),
        Allowed::Works(works) => Reply::Worked(works),
        Allowed::Anything => Reply::Raised(Exception::Other),
    })
}
