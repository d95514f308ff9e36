//! One pass over a trace: the set of possible states, moved on by each event.

use crate::apply::finish;
use crate::context::Context;
use crate::op::{Ask, Now, Op};
use crate::profile::Profile;
use crate::report::{About, Assumption, Doubt, Fixed};
use crate::rule::Rule;
use crate::see::{Path, Said};
use crate::state::{NEVER, State, Sym};
use crate::vocabulary::{Answer, End, Header, Identifier, Millis, Record, Version};
use crate::{past, rules};

use super::blame::Blame;
use super::calls::{Node, OpenCalls, Seen};
use super::explain::Account;
use super::foresight::Foresight;
use super::lost::Lost;
use super::read::{Is, Reader};
use super::set::Branch;
use super::told::Told;
use super::unseen::{self, Missing};
use super::{Ending, Malformed, Workings, earlier, eligible, held};

/// What may be missing: since when, what, and about which identifiers (none: any).
pub(super) type Hidden = (Millis, Missing, Option<Vec<Sym>>);

/// A pass.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    pub(super) cx: Context,
    pub(super) reader: Reader,
    pub(super) set: Vec<Branch>,
    pub(super) next: Vec<Branch>,
    /// The calls that have begun and not ended.
    pub(super) calls: OpenCalls,
    /// When the call that begins now ends, where that is known.
    pub(super) ends: Option<u64>,
    /// The states that calls lead to, kept for its buffer.
    pub(super) nodes: Vec<Node>,
    pub(super) seen: Seen,
    /// Calls were left open of which nothing that was tried depended.
    pub(super) leaves_open: bool,
    /// Identifiers that were not told apart at a breach: there were too many states.
    pub(super) unbelieved: Vec<Sym>,
    pub(super) blames: Vec<Blame>,
    pub(super) told: Told,
    /// The last blame of each branch, when they were settled last.
    pub(super) settled: Vec<usize>,
    pub(super) doubts: Vec<Doubt>,
    /// What was not told, and has to have been so.
    pub(super) assumes: Vec<Assumption>,
    /// What later lines say of earlier ones.
    pub(super) foresight: Foresight,
    pub(super) path: Path,
    pub(super) said: Said,
    /// The duties broken on the way on which the app broke least.
    pub(super) owed: Vec<&'static Rule>,
    /// The event, kept for its buffers.
    ask: Option<Box<Ask>>,
    pub(super) events: u64,
    pub(super) at: Millis,
    /// How often nothing allowed what was seen.
    pub(super) breaches: u64,
    /// Which fixed settings the trace has decided, and where.
    pub(super) fixed: Vec<Fixed>,
    /// For which rule an accepted submission was refused all the same.
    pub(super) unreported: Option<&'static Rule>,
    pub(super) due: Millis,
    pub(super) most_states: usize,
    /// How many ways out of a state were tried for this line.
    pub(super) tries: usize,
    pub(super) ending: Ending,
    pub(super) gave_up: bool,
    /// The stretch that is not judged, while it lasts.
    pub(super) lost: Option<Box<Lost>>,
    /// What follows from a branch is more than can be followed.
    pub(super) overflows: bool,
    /// The gaps since the last input, while it is not answered.
    pub(super) unsettled: Vec<Hidden>,
    /// The process may have been killed where nobody would see it.
    pub(super) may_be_dead: bool,
    /// How each breach was refused, where somebody wants to know.
    pub(super) accounts: Option<Vec<Account>>,
    /// So many identifiers were met.
    pub(super) met: u32,
    pub(super) workings: Workings,
}

/// With so many titles and queues, those that no state holds any more are forgotten.
const MANY_TEXTS: usize = 4096;

impl Pass {
    pub(super) fn new(header: &Header, os: Version, profile: Profile, tolerance: Millis) -> Self {
        let cx = Context::new(header, os, profile, tolerance);
        let reader = Reader::new(header);
        let state = State::at_zero(&cx);
        Self {
            cx,
            reader,
            set: vec![Branch::of(state)],
            next: Vec::new(),
            calls: OpenCalls::default(),
            ends: None,
            nodes: Vec::new(),
            seen: Seen::default(),
            leaves_open: false,
            unbelieved: Vec::new(),
            blames: Vec::new(),
            told: Told::default(),
            settled: Vec::new(),
            doubts: Vec::new(),
            assumes: Vec::new(),
            foresight: Foresight::default(),
            path: Path::default(),
            said: Said::default(),
            owed: Vec::new(),
            ask: None,
            events: 0,
            at: Millis::MIN,
            breaches: 0,
            fixed: Vec::new(),
            unreported: None,
            due: NEVER,
            most_states: 1,
            tries: 0,
            ending: Ending::None,
            met: 0,
            gave_up: false,
            lost: None,
            overflows: false,
            unsettled: Vec::new(),
            may_be_dead: false,
            accounts: None,
            workings: Workings::default(),
        }
    }

    pub(super) fn set_workings(&mut self, workings: Workings) {
        self.workings = workings;
        self.said.keeps_every_path = workings.keeps_every_path;
    }

    pub(super) fn asked(&self) -> u64 {
        self.said.asked
    }

    pub(super) fn states(&self) -> usize {
        self.set.iter().map(Branch::alternatives).sum()
    }

    pub(super) fn step(&mut self, record: &Record, told: Option<&Answer>) -> Result<(), Malformed> {
        if self.ending != Ending::None {
            return Err(Malformed::new(
                "a line behind the end of the trace: expected nothing more",
            ));
        }
        if record.at < self.at {
            let (at, last) = (record.at, self.at);
            return Err(Malformed::new(format!(
                "time goes backwards: at {at} behind a line at {last}; expected {last} or later"
            )));
        }
        let missing = self.missing_at(record);
        let mut ask = self.ask.take().unwrap_or_else(|| Box::new(Ask::of(Op::Clock)));
        if let Err(error) = self.reader.read(record, told, &mut self.cx, &mut ask) {
            self.ask = Some(ask);
            return Err(error);
        }
        self.events += 1;
        let before = std::mem::replace(&mut self.at, record.at);
        let caller = self.reader.caller(record);
        // Two times of which each is exact to the tolerance lie apart by as much as twice that more or less.
        let apart = 2 * self.cx.tolerance;
        let now = Now {
            earliest: record.at - apart,
            at: record.at,
            latest: record.to.map_or(record.at, |to| to.max(record.at)) + apart,
            caller,
        };
        if self.cx.partial {
            self.look_back(&now);
        }
        if let Op::Device(change) = &ask.op {
            self.cx.follow(change);
        }
        if ask.op.boots() {
            self.cx.reboot();
        }
        if !self.gave_up {
            self.look_past(&missing, &now);
        }
        if !self.gave_up {
            let line = &self.reader.line;
            let looks = self.events > 1 && line.known_until().is_none();
            if line.settles || before.saturating_add(apart) < record.at && looks {
                self.settle(record, before, &now);
                // What the answer taught held before what is missing.
                if !missing.is_empty() {
                    self.look_past(&missing, &now);
                }
                if !self.unsettled.is_empty() {
                    let unsettled = std::mem::take(&mut self.unsettled);
                    self.look_past(&unsettled, &now);
                }
            }
            self.unreported = None;
            let breaches = self.breaches;
            self.tries = 0;
            self.take(record, &ask, &now);
            self.may_be_dead = unseen::may_be_dead(&self.cx, &ask.op, self.may_be_dead);
            if breaches != self.breaches {
                // What a breach leaves behind is not believed.
                past::note_breach(&mut self.cx, &ask.op);
            } else if matches!(self.reader.line.is, Is::Event | Is::Clock | Is::Begin(_)) {
                past::note(&mut self.cx, &ask.op, ask.reply, &now, self.unreported);
                held::note_card(self, &ask.op);
                earlier::note(self, &ask);
            }
            if self.foresight.is_last(self.events) && !self.reader.tells_ends() {
                self.end_process_unseen(&now);
                self.reader.ends_unseen();
            }
            if self.gave_up {
                self.go_by(record, &ask, &now);
            }
        } else {
            if matches!(self.reader.line.is, Is::Event | Is::Begin(_)) {
                past::note(&mut self.cx, &ask.op, ask.reply, &now, None);
            }
            self.go_by(record, &ask, &now);
        }
        self.ask = Some(ask);
        if self.cx.texts.len() >= MANY_TEXTS {
            self.tidy_texts();
        }
        Ok(())
    }

    #[inline]
    fn take(&mut self, record: &Record, ask: &Ask, now: &Now) {
        if self.is_factored() {
            self.unfold_for(ask);
        }
        if self.gave_up {
            return;
        }
        if self.is_plain(ask, now) {
            self.judge_event(record, ask, now);
        } else {
            self.take_apart(record, ask, now);
        }
        self.due = match self.set.as_slice() {
            [branch] => branch.state.due,
            set => set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER),
        };
        self.settle_blame();
        self.fold_many();
    }

    /// Whether a line is one event and nothing else may have happened since the line before: most are.
    #[inline]
    fn is_plain(&self, ask: &Ask, now: &Now) -> bool {
        let line = &self.reader.line;
        matches!(line.is, Is::Event | Is::Clock)
            && line.starts.is_none()
            && !line.buries
            && !line.ends
            && !line.lands
            && self.due >= now.earliest
            && self.cx.limits.promptness.is_none()
            && !self.hides_launches(&ask.op)
            && self.calls.is_empty()
            && self.set.iter().all(|branch| !branch.state.is_in_flight())
    }

    /// Whether a launch that nobody saw may have gone before this line.
    #[inline]
    fn hides_launches(&self, op: &Op) -> bool {
        !self.cx.driven && op.may_have_launched() && self.set.iter().any(|branch| branch.state.may_be_launching())
    }

    #[inline]
    fn judge_event(&mut self, record: &Record, ask: &Ask, now: &Now) {
        if rules::has_duties(&ask.op) {
            self.judge_app(record, ask, now);
        }
        self.advance(record, ask, now);
    }

    #[inline(never)]
    fn take_apart(&mut self, record: &Record, ask: &Ask, now: &Now) {
        if self.reader.line.ends {
            self.end_process_unseen(now);
        }
        if self.reader.line.buries {
            for branch in &mut self.set {
                unseen::lose_process(&mut branch.state);
            }
        }
        if let Some((pid, by)) = self.reader.line.starts {
            let start = Ask::of(Op::Started { pid, by });
            self.time_passes(now);
            self.close(now);
            self.advance(record, &start, now);
            let hidden = !self.cx.records("launched");
            if self.cx.partial || hidden {
                for branch in &mut self.set {
                    if hidden {
                        unseen::start_unseen(&mut branch.state, &self.cx, now);
                    } else {
                        unseen::forget_process(&mut branch.state, &self.cx, now);
                    }
                }
            }
        }
        let known = self
            .reader
            .line
            .known_until()
            .map_or(now.earliest, |from| from - 2 * self.cx.tolerance);
        if self.reader.line.lands {
            for branch in &mut self.set {
                unseen::doubt_requests(&mut branch.state, &self.cx);
            }
        }
        self.time_passes(&Now {
            earliest: known.min(now.earliest),
            ..*now
        });
        let in_flight = |branch: &Branch| branch.may_be_open() != 0 || branch.state.is_in_flight();
        if self.reader.line.is != Is::Clock && self.set.iter().any(in_flight) {
            self.close_before(&ask.op, now);
            self.land_at_once();
        }
        if self.is_factored() {
            // What time and calls led to may be factored anew.
            self.unfold_for(ask);
        }
        if self.gave_up {
            return;
        }
        if self.hides_launches(&ask.op) {
            for branch in &mut self.set {
                eligible::suppose_launches(&mut branch.state, &self.cx, now, &mut self.path);
            }
        }
        match self.reader.line.is {
            Is::Event | Is::Clock => {
                self.judge_event(record, ask, now);
                if ask.op.ends_process() && !self.calls.is_empty() {
                    self.bury_calls();
                }
            }
            Is::Begin(number) => {
                self.said.exercised.add(rules::linearizable());
                if rules::has_duties(&ask.op) {
                    self.judge_app(record, ask, now);
                }
                self.begin_call(number, ask, now);
            }
            Is::End(number) => self.end_call(record, number, now),
            Is::Gap(_) => self.take_gap(record, now),
            Is::Ends(end) => {
                self.ending = Ending::Line(end);
                if end == End::Closed {
                    self.close_trace(record, now);
                }
            }
        }
        if self.cx.limits.promptness.is_some() {
            self.promise(now);
        }
    }

    /// A declared promptness (CON-12): a request that surely meets every condition has to be launched within it.
    fn promise(&mut self, now: &Now) {
        for branch in &mut self.set {
            eligible::promise(&mut branch.state, &self.cx, now, &mut self.path);
            finish(&mut branch.state, &self.cx, now);
        }
    }

    /// What the last input asked for has to have been answered by then.
    fn settle(&mut self, record: &Record, before: Millis, now: &Now) {
        if self.set.iter().any(|branch| branch.state.awaits_answer()) {
            let ask = Ask::of(Op::Settle);
            // What was owed at the earliest time at which it may have been asked for was owed at any rate.
            let then = before.saturating_sub(2 * self.cx.tolerance);
            let then = Now {
                earliest: then,
                at: before,
                latest: then,
                ..*now
            };
            self.advance(record, &ask, &then);
        }
    }

    pub(super) fn doubt(&mut self, why: String) {
        self.doubts.push(Doubt {
            event: self.events,
            until: None,
            at: self.at,
            why,
            party: None,
        });
    }

    // ---- time

    #[inline]
    pub(super) fn time_passes(&mut self, now: &Now) {
        while self.due < now.earliest {
            let mut until = now.earliest;
            let lands = |branch: &Branch| branch.state.flights.iter().any(|flight| flight.result.is_none());
            if !self.calls.is_empty() || self.set.iter().any(lands) {
                // At each moment at which something falls due, a call may have taken effect before.
                let then = Now {
                    earliest: self.due,
                    at: self.due,
                    latest: self.due,
                    ..*now
                };
                until = self.due + 1;
                self.tries += self.set.len();
                self.give_up_on_tries();
                self.close(&then);
            }
            super::time::fall_due(
                self,
                &Now {
                    earliest: until,
                    ..*now
                },
            );
            self.due = self.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
        }
    }

    fn close_trace(&mut self, record: &Record, now: &Now) {
        let _ = now;
        for place in 0..self.set.len() {
            for (rule, id, what) in super::time::owed_at_the_end(&self.set[place].state, &self.cx) {
                let about = About::id(Identifier::from(self.cx.name(id)));
                self.blame_for(place, record.at, vec![rule], about, what);
            }
        }
    }

    #[cold]
    /// Titles and queues that no state holds any more are forgotten, so that a long trace needs no more memory.
    fn tidy_texts(&mut self) {
        if !self.calls.is_empty() {
            return;
        }
        let mut keep = vec![false; self.cx.texts.len()];
        let branches = || self.set.iter();
        for branch in branches() {
            branch.state.each_text(|text| {
                if let Some(place) = keep.get_mut(text.0 as usize) {
                    *place = true;
                }
            });
        }
        let moved = self.cx.texts.compact(&keep);
        for branch in &mut self.set {
            branch.state.move_texts(&moved);
        }
    }
}
