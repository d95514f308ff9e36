//! Closing a set over calls of several identifiers: of each identifier by itself where its calls hang on no other, then
//! over those that read more (a list, a cancel of all, a submission near a limit), one after another.
//!
//! Every open call is tried, before and after each of those that read more; of one identifier every order. What this
//! leads to is kept factored, so that it grows with the sum of what the identifiers may do.

use crate::op::Now;
use crate::state::Sym;

use super::super::factors::{align, covers, unfold};
use super::super::pass::Pass;
use super::super::set::Branch;
use super::touches::LIMITS;
use super::{Cause, Places, forget, places};

/// The states found so far: as they are, and all in the same form, for comparison.
struct Found {
    ids: Vec<Sym>,
    branches: Vec<Branch>,
    aligned: Vec<Branch>,
    alternatives: usize,
}

impl Pass {
    /// Whether what has to be tried for a cause goes beyond one identifier in a set that is large, or may become so.
    pub(super) fn spreads(&self, cause: &Cause) -> bool {
        if self.set.iter().any(|branch| self.is_whole(&branch.state)) {
            return false;
        }
        self.set.iter().any(|branch| {
            let tried = self.tried_for(branch, cause);
            if !branch.is_factored() {
                let is_small = tried.count_ones() as usize <= self.workings.few / 2;
                return !is_small && self.identifier_of(tried).is_none();
            }
            // How many requests there are is not seen in what is factored.
            let near = self.limits_reached(branch);
            let counts = (0..LIMITS).any(|limit| near[limit] && self.calls.held_against(limit) & tried != 0);
            counts || self.identifier_of(tried).is_none() && tried != 0
        })
    }

    /// What has to be tried in a branch.
    fn tried_for(&self, branch: &Branch, cause: &Cause) -> Places {
        let open = branch.may_be_open();
        if cause.others {
            return open;
        }
        let within_reach = self.reach(branch, cause);
        let goal = open & cause.end.map_or(cause.meets.calls(within_reach), |end| 1 << end);
        self.calls.with_what_they_depend_on(goal, open, within_reach)
    }

    /// The identifier about whose request all of these calls are.
    fn identifier_of(&self, calls: Places) -> Option<Sym> {
        let mut ids = places(calls).map(|place| self.calls.get(place)?.touches.request_of());
        let first = ids.next()??;
        ids.all(|id| id == Some(first)).then_some(first)
    }

    /// Unfolds, in what is factored, the identifiers whose calls have to be tried. What one branch has to try another may have
    /// tried already, so each is asked for itself; none, and the branch is not factored in what it needs.
    pub(super) fn unfold_tried(&mut self, cause: &Cause) {
        if !self.is_factored() {
            return;
        }
        if self.set.iter().any(|branch| self.is_whole(&branch.state)) {
            return self.unfold_everything();
        }
        let factored = self.set.iter().filter(|branch| branch.is_factored());
        let mut ids: Vec<Sym> = factored
            .filter_map(|branch| self.identifier_of(self.tried_for(branch, cause)))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            unfold(&mut self.set, id);
        }
    }

    /// Lets every open call take effect, or not. Answers false where the cause is the end of a call, and it can take
    /// effect in no state: then the set is as before.
    pub(super) fn close_spread(&mut self, cause: &Cause, now: &Now) -> bool {
        forget(&mut self.said);
        self.leaves_open = false;
        let starts = std::mem::take(&mut self.set);
        let mut near = [false; LIMITS];
        for branch in &starts {
            let reached = self.limits_reached(branch);
            near.iter_mut()
                .zip(reached)
                .for_each(|(near, reached)| *near |= reached);
        }
        let mut ids = self.calls.ids_of_requests();
        for branch in &starts {
            ids.extend(branch.state.requests.iter().map(|request| request.id));
            ids.extend(branch.factors.iter().map(|factor| factor.id));
        }
        ids.sort_unstable();
        ids.dedup();
        let mut found = Found {
            ids,
            branches: Vec::new(),
            aligned: Vec::new(),
            alternatives: 0,
        };
        // Nothing is tried behind the end of a call: it may as well take effect later.
        let last = cause.end.map_or(0, |end| 1 << end);
        let mut reached = Vec::new();
        let mut open = starts.clone();
        if let Some(end) = cause.end {
            if let Some(id) = self.calls.get(end).and_then(|call| call.touches.request_of()) {
                unfold(&mut open, id);
            }
            reached.extend(open.extract_if(.., |branch| !branch.state.is_open(end)));
        }
        for branch in open {
            let after = self.saturate(branch, near, last, now);
            self.add(&mut found, after);
        }
        let mut at = 0;
        while at < found.branches.len() {
            let overflows = std::mem::take(&mut self.overflows);
            if overflows || found.alternatives > self.workings.most_states {
                self.set = starts;
                self.give_up_on_states();
                return true;
            }
            self.follow_readers(&mut found, &mut reached, at, near, last, now);
            at += 1;
        }
        if std::mem::take(&mut self.overflows) {
            self.set = starts;
            self.give_up_on_states();
            return true;
        }
        if last == 0 {
            reached = found.branches;
        }
        let some = !reached.is_empty();
        let mut set = if some { reached } else { starts };
        self.fold(&mut set);
        self.set = set;
        self.count_states();
        some
    }

    /// Adds what follows a branch if a call takes effect that reads more than its identifier, or is the last.
    fn follow_readers(
        &mut self,
        found: &mut Found,
        reached: &mut Vec<Branch>,
        at: usize,
        near: [bool; LIMITS],
        last: Places,
        now: &Now,
    ) {
        let branch = found.branches[at].clone();
        let open = branch.may_be_open();
        for place in places(open) {
            let Some(call) = self.calls.get(place) else { continue };
            let is_last = last >> place & 1 == 1;
            let is_local = call.touches.request_of().is_some();
            let reads_more = !is_local || call.touches.limit().is_some_and(|limit| near[limit]);
            if !reads_more && !is_last
                || !is_local
                    && (!branch.state.is_open(place) || self.calls.waits_for_its_like(place, branch.state.open))
            {
                continue;
            }
            let (ask, now) = (call.ask.clone(), call.at(now));
            let mut next = Vec::new();
            self.follow_factored(&branch, &ask, &now, Some(place), &mut next);
            if is_last {
                reached.append(&mut next);
                continue;
            }
            for branch in next {
                let after = self.saturate(branch, near, last, &now);
                self.add(found, after);
            }
        }
    }

    /// The open calls about the request of an identifier that read no more than it.
    fn local_calls(&self, id: Sym, near: [bool; LIMITS]) -> Places {
        let held = (0..LIMITS).filter(|limit| near[*limit]);
        let held = held.fold(0, |held, limit| held | self.calls.held_against(limit));
        self.calls.of_request(id) & !held
    }

    /// Lets the calls about each identifier's request take effect, or not, in every order: those that read no more.
    fn saturate(&mut self, branch: Branch, near: [bool; LIMITS], last: Places, now: &Now) -> Vec<Branch> {
        let mut set = vec![branch];
        for id in self.calls.ids_of_requests() {
            let own = self.local_calls(id, near) & !last;
            if set.iter().all(|branch| branch.may_be_open() & own == 0) {
                continue;
            }
            unfold(&mut set, id);
            let mut at = 0;
            while at < set.len() {
                for place in places(set[at].state.open & own) {
                    let Some(call) = self.calls.get(place) else { continue };
                    if self.calls.waits_for_its_like(place, set[at].state.open) {
                        continue;
                    }
                    let (ask, now) = (call.ask.clone(), call.at(now));
                    let branch = set[at].clone();
                    let mut next = Vec::new();
                    self.follow_one(&branch, &branch.state, &ask, &now, Some(place), &mut next);
                    for branch in next {
                        let like = |other: &Branch| {
                            other.cost <= branch.cost && other.state == branch.state && other.factors == branch.factors
                        };
                        if !set.iter().any(like) {
                            set.push(branch);
                        }
                    }
                }
                at += 1;
            }
            self.fold(&mut set);
        }
        set
    }

    /// Adds those that say something new.
    fn add(&self, found: &mut Found, branches: Vec<Branch>) {
        for branch in branches {
            let mut aligned = branch.clone();
            align(&mut aligned, &found.ids, |id| self.calls.of_request(id));
            if !found.aligned.iter().any(|other| covers(other, &aligned)) {
                found.alternatives += branch.alternatives();
                found.aligned.push(aligned);
                found.branches.push(branch);
            }
        }
    }
}
