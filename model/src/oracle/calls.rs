//! Calls that overlap others, and submissions in flight: each takes effect at one moment between its begin and its end.
//!
//! A state says which calls have not taken effect in it. Before each event the set is closed under "one of them takes
//! effect", but not under every order of all of them: a call that is independent of the event may as well take effect
//! after it, so it stays open. What is tried before an event is a chain of calls of which each depends on a later one
//! or on the event itself; before the end of a call, a chain that the call closes. Of two neighbours that are
//! independent of each other only one order is tried. What depends on what is said in [`touches`].
//!
//! Where calls of several identifiers have to be tried in a large set, `spread` tries them for each identifier by itself.
//!
//! Where nothing is left that can follow an event, every call is tried before it: a breach is judged on the states that
//! an oracle has that always tries everything, and those states go on.

mod open;
mod spread;
mod touches;

pub(super) use open::{OpenCalls, Places};
pub(super) use touches::{LIMITS, Requests, Touches};

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use crate::apply::apply;
use crate::interner::TextHasher;
use crate::op::{Ask, Caller, Now, Op, Submission};
use crate::rules;
use crate::see::Said;
use crate::state::State;
use crate::vocabulary::Record;

use super::factors::unfold;
use super::pass::Pass;
use super::read::Is;
use super::set::Branch;
use super::ways::{decide, land};
use open::Meets;
use touches::entangles;

/// A state in which some calls may take effect before an event.
#[derive(Debug, Clone)]
pub(super) struct Node {
    branch: Branch,
    /// Everything is tried, in every order.
    whole: bool,
    /// The limits within reach.
    within_reach: [bool; LIMITS],
    /// The calls taken for this event on which nothing depends that was taken later, nor the event.
    loose: Places,
    /// The call taken last for this event, if one was.
    last: Option<usize>,
}

/// What calls are tried for.
#[derive(Debug, Clone, Copy)]
struct Cause {
    /// What it depends on.
    meets: Meets,
    /// It is the end of this call.
    end: Option<usize>,
    /// All others are tried, and not those on which it depends: they were.
    others: bool,
}

impl Cause {
    const fn of(meets: Meets) -> Self {
        Self {
            meets,
            end: None,
            others: false,
        }
    }
}

impl Pass {
    /// Before a line: lets the calls take effect on which it depends.
    pub(super) fn close_before(&mut self, op: &Op, now: &Now) {
        let touches = Touches::of(op);
        let meets = match self.reader.line.is {
            Is::Event | Is::Clock => self.calls.meets(touches),
            Is::Begin(_) if touches.everything() => Meets::EVERYTHING,
            Is::Begin(_) if rules::has_duties(op) => self.calls.meets_by(|call| call.changes_duties_of(touches)),
            Is::Begin(_) | Is::End(_) => Meets::default(),
            Is::Gap(_) | Is::Ends(_) => Meets::EVERYTHING,
        };
        self.close_for(Cause::of(meets), now);
    }

    /// Lets every open call take effect, or not.
    pub(super) fn close(&mut self, now: &Now) {
        self.close_for(Cause::of(Meets::EVERYTHING), now);
    }

    /// Nothing can follow the event so far: lets the calls take effect, or not, that were left out since it does not
    /// depend on them. What the app owed was judged already, and hangs on none of them.
    pub(super) fn close_over_others(&mut self, op: &Op, now: &Now) {
        let meets = self.calls.meets(Touches::of(op));
        let others = true;
        self.close_for(
            Cause {
                others,
                ..Cause::of(meets)
            },
            now,
        );
        self.leaves_open = false;
    }

    /// A call begins.
    pub(super) fn begin_call(&mut self, number: u32, ask: &Ask, now: &Now) {
        let Some(place) = self.calls.begin(number, ask, now.caller, self.ends) else {
            self.give_up("more calls are open at once than can be followed".to_owned());
            return;
        };
        for branch in &mut self.set {
            branch.state.begin(place);
        }
        // What leaves a time behind may take effect at once.
        let meets = Meets::default();
        self.close_for(Cause::of(meets), now);
    }

    /// The process died: an open call of it took effect before that, or never will (LIF-7).
    pub(super) fn bury_calls(&mut self) {
        let dead = self.calls.of_app();
        for branch in &mut self.set {
            branch.state.open &= !dead;
        }
        places(dead).for_each(|place| self.calls.end(place));
        self.merge_set();
    }

    /// The end of a call: it has taken effect by now.
    pub(super) fn end_call(&mut self, record: &Record, number: u32, now: &Now) {
        let Some(place) = self.calls.place(number) else { return };
        let end = Some(place);
        let ended = self.close_for(
            Cause {
                end,
                ..Cause::of(Meets::default())
            },
            now,
        );
        if self.gave_up {
            return;
        }
        if !ended {
            self.close(now);
            if let Some(id) = self.calls.get(place).and_then(|call| call.touches.request_of()) {
                unfold(&mut self.set, id);
            }
            if self.set.iter().any(|branch| !branch.state.is_open(place)) {
                self.set.retain(|branch| !branch.state.is_open(place));
            } else {
                self.refuse_end(record, place, now);
            }
        }
        self.calls.end(place);
    }

    fn refuse_end(&mut self, record: &Record, place: usize, now: &Now) {
        let Some((ask, overlaps)) = self.calls.get(place).map(|call| (call.ask.clone(), call.overlaps)) else {
            return;
        };
        self.unfold_for_breach();
        forget(&mut self.said);
        for branch in &self.set {
            self.said.outcomes.clear();
            decide(&branch.state, &self.cx, now, &ask, &mut self.path, &mut self.said);
        }
        if overlaps {
            self.said.also.push(rules::linearizable());
        }
        self.breach(record, &ask, now);
        self.doubt_after_breach();
        self.set.iter_mut().for_each(|branch| branch.state.end(place));
    }

    /// Lets calls take effect on which something depends. Answers false where the cause is the end of a call, and it can
    /// take effect in no state: then the set is as before.
    fn close_for(&mut self, cause: Cause, now: &Now) -> bool {
        if !self.has_to_close(&cause) {
            return true;
        }
        if self.spreads(&cause) {
            return self.close_spread(&cause, now);
        }
        self.unfold_tried(&cause);
        if self.gave_up {
            return true;
        }
        let mut nodes = std::mem::take(&mut self.nodes);
        let mut set = std::mem::take(&mut self.set);
        nodes.extend(set.drain(..).map(|branch| self.node(branch, &cause)));
        self.set = set;
        let starts = nodes.len();
        forget(&mut self.said);
        self.seen.clear();
        let mut at = 0;
        while at < nodes.len() && nodes.len() <= self.workings.most_states && !self.tried_enough() {
            let state = &nodes[at].branch.state;
            self.tries += state.open.count_ones() as usize + state.flights.len();
            self.follow(&mut nodes, at, &cause, now);
            at += 1;
        }
        let too_many = at < nodes.len();
        let reached = |node: &Node| match cause.end {
            Some(end) => !node.branch.state.is_open(end),
            None => node.loose == 0,
        };
        let some = too_many || nodes.iter().any(reached);
        if !some {
            nodes.truncate(starts);
        }
        let kept = nodes.drain(..).filter(|node| !some || too_many || reached(node));
        self.set.extend(kept.map(|node| node.branch));
        self.nodes = nodes;
        if too_many {
            // What was not tried may be what follows, however few states those that were found would fold to.
            self.count_states();
            self.give_up_on_tries();
            return true;
        }
        self.merge_set();
        if cause.end.is_some() {
            // Nothing is read behind the end of a call.
            self.fold_many();
        }
        self.count_states();
        some
    }

    /// Whether no more is tried for this line: few states at each of many moments are as much work as many states at one.
    const fn tried_enough(&self) -> bool {
        /// For each state that may be kept.
        const TRIES: usize = 32;
        self.tries > TRIES * self.workings.most_states
    }

    /// Gives up where enough was tried.
    pub(super) fn give_up_on_tries(&mut self) {
        if self.tried_enough() {
            self.give_up("too many possibilities: open calls may have taken effect at too many moments".to_owned());
        }
    }

    /// Whether any call may have to take effect for this cause. Notes whether some are left open.
    fn has_to_close(&mut self, cause: &Cause) -> bool {
        self.leaves_open = false;
        let met = self.calls.may_meet(&cause.meets);
        let mut has_to = false;
        for branch in &self.set {
            let open = branch.may_be_open();
            if open != 0 || branch.state.is_in_flight() {
                let whole = self.is_whole(&branch.state);
                has_to |= whole || cause.others || cause.end.is_some() || met & open != 0;
                self.leaves_open |= !whole && open & !cause.meets.always != 0;
            }
        }
        has_to
    }

    /// Whether every call is tried in a state, whatever it is for.
    pub(super) fn is_whole(&self, state: &State) -> bool {
        self.workings.closes_over_everything
            || self.workings.keeps_every_path
            || state.open & self.calls.entangled() != 0
            || entangles(state, &self.cx)
    }

    /// Which limits are within reach in a branch, of its open calls and of the cause.
    fn reach(&self, branch: &Branch, cause: &Cause) -> [bool; LIMITS] {
        if !branch.is_factored() {
            return self.calls.within_reach(&branch.state, &self.cx, &cause.meets);
        }
        std::array::from_fn(|limit| self.may_reach(branch, limit, i64::from(cause.meets.more(limit))))
    }

    fn node(&self, branch: Branch, cause: &Cause) -> Node {
        Node {
            whole: self.is_whole(&branch.state),
            within_reach: self.reach(&branch, cause),
            loose: 0,
            last: None,
            branch,
        }
    }

    /// Adds what follows a state if one call takes effect in it.
    fn follow(&mut self, nodes: &mut Vec<Node>, at: usize, cause: &Cause, now: &Now) {
        let Node {
            whole,
            within_reach,
            loose,
            last,
            ..
        } = nodes[at];
        let open = nodes[at].branch.state.open;
        if whole && cause.others {
            return;
        }
        if whole {
            places(open).for_each(|place| self.take_effect(nodes, at, place, 0, now));
            self.land_flights(nodes, at, now);
            return;
        }
        let goal = open & cause.end.map_or(cause.meets.calls(within_reach), |end| 1 << end);
        let tried = self.calls.with_what_they_depend_on(goal, open, within_reach);
        let (goal, tried) = if cause.others {
            (open, open & !tried)
        } else {
            (goal, tried)
        };
        for place in places(tried) {
            let bit = 1 << place;
            let met = self.calls.met_by(place, within_reach);
            // Of two neighbours that are independent of each other, the one with the lower place comes first.
            if last.is_some_and(|last| last > place && met >> last & 1 == 0)
                || self.calls.waits_for_its_like(place, open)
            {
                continue;
            }
            let loose = loose & !met | if goal & bit == 0 { bit } else { 0 };
            if cause.end != Some(place) {
                self.take_effect(nodes, at, place, loose, now);
            } else if loose == 0 && (tried != bit || !self.take_effect_in_place(&mut nodes[at], place, now)) {
                self.take_effect(nodes, at, place, 0, now);
            }
        }
    }

    /// A call takes effect in a state that is not needed without it. Answers false where it is not one state that
    /// follows.
    fn take_effect_in_place(&mut self, node: &mut Node, place: usize, now: &Now) -> bool {
        let Some(call) = self.calls.get(place) else {
            return false;
        };
        let now = call.at(now);
        let state = &mut node.branch.state;
        self.said.outcomes.clear();
        decide(state, &self.cx, &now, &call.ask, &mut self.path, &mut self.said);
        let [outcome] = self.said.outcomes.as_slice() else {
            return false;
        };
        apply(state, &self.cx, &now, &call.ask, outcome);
        state.end(place);
        true
    }

    /// Adds the states that follow if a call takes effect.
    fn take_effect(&mut self, nodes: &mut Vec<Node>, at: usize, place: usize, loose: Places, now: &Now) {
        let Some(call) = self.calls.get(place) else { return };
        let now = call.at(now);
        self.said.outcomes.clear();
        let state = &nodes[at].branch.state;
        decide(state, &self.cx, &now, &call.ask, &mut self.path, &mut self.said);
        for outcome in &self.said.outcomes {
            let mut next = nodes[at].clone();
            apply(&mut next.branch.state, &self.cx, &now, &call.ask, outcome);
            next.branch.state.end(place);
            (next.loose, next.last) = (loose, Some(place));
            if self.workings.keeps_every_path || self.seen.is_new(nodes, &next) {
                nodes.push(next);
            }
        }
    }

    /// Adds the states that follow if a submission in flight takes effect.
    fn land_flights(&mut self, nodes: &mut Vec<Node>, at: usize, now: &Now) {
        for place in 0..nodes[at].branch.state.flights.len() {
            let state = &nodes[at].branch.state;
            let flight = state.flights[place];
            if flight.result.is_some() {
                continue;
            }
            let ask = Ask::of(Op::Submit(Submission {
                request: flight.request,
                number: Some(flight.number),
            }));
            let caller = Caller {
                app: flight.from_app,
                schedules: true,
                person: false,
                main_thread: false,
            };
            let now = Now { caller, ..*now };
            self.said.outcomes.clear();
            land(state, &self.cx, &now, &ask, &mut self.path, &mut self.said);
            for outcome in &self.said.outcomes {
                let mut next = nodes[at].clone();
                apply(&mut next.branch.state, &self.cx, &now, &ask, outcome);
                if self.workings.keeps_every_path || self.seen.is_new(nodes, &next) {
                    nodes.push(next);
                }
            }
        }
    }
}

/// Forgets what was said of an event.
fn forget(said: &mut Said) {
    said.forbidden.clear();
    said.instead.clear();
    said.also.clear();
}

/// The places in a set, lowest first.
fn places(mut set: Places) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(place)
    })
}

/// Finds a node again.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// The last node of each hash.
    last: HashMap<u64, usize, BuildHasherDefault<TextHasher>>,
    /// For each node the one before it of the same hash.
    before: Vec<Option<usize>>,
}

impl Seen {
    fn clear(&mut self) {
        self.last.clear();
        self.before.clear();
    }

    /// Whether no node is like this one, at no greater cost.
    fn is_new(&mut self, nodes: &[Node], new: &Node) -> bool {
        /// Up to so many nodes a look at each is the fastest.
        const FEW: usize = 48;
        let like = |node: &Node| {
            node.loose == new.loose
                && node.branch.cost <= new.branch.cost
                && node.branch.state == new.branch.state
                && node.branch.factors == new.branch.factors
        };
        if nodes.len() <= FEW {
            return !nodes.iter().any(like);
        }
        let hasher = BuildHasherDefault::<TextHasher>::default();
        for (place, node) in nodes.iter().enumerate().skip(self.before.len()) {
            let before = self.last.insert(hasher.hash_one(&node.branch.state), place);
            self.before.push(before);
        }
        let mut at = self.last.get(&hasher.hash_one(&new.branch.state)).copied();
        while let Some(place) = at {
            if like(&nodes[place]) {
                return false;
            }
            at = self.before[place];
        }
        true
    }
}
