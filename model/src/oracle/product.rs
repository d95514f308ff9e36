//! Events in a set of states some of which are factored: what an event reads is unfolded before it, and what it does
//! not read stays apart.
//!
//! What reads the requests of all identifiers for no more than one thing of each (how many are of a kind, what a list
//! shows of it) is asked once for each combination of *parts*: sets of variants that are the same to it. For a part one
//! variant stands in the state that the rules see, and all of them go on. A list is held against each variant by itself
//! first, so that mostly one part is left of each.

use crate::apply::apply;
use crate::op::{Ask, Now, Op, Reply};
use crate::see::Said;
use crate::state::{Mark, Outstanding, State, Sym};
use crate::vocabulary::{Kind, Record};

use super::calls::{LIMITS, Requests, Touches};
use super::factors::{Factor, Variant, counts, fold, unfold, unfold_all};
use super::pass::Pass;
use super::read::Is;
use super::set::Branch;
use super::unseen;
use super::ways::decide;

/// What an operation reads or changes of the requests, limits apart.
fn requests_of(ask: &Ask) -> Requests {
    match &ask.op {
        // These read nothing of them, and change nothing.
        Op::Clock
        | Op::Foreground
        | Op::Background
        | Op::KeptAwake(_)
        | Op::Debugger(_)
        | Op::SupportedResources
        | Op::BlockQueue(_)
        | Op::UnblockQueue(_)
        | Op::WorkBegan(_)
        | Op::WorkEnded(_)
        | Op::GpuWork
        | Op::NeuralEngineWork
        | Op::ProtectedRead(_) => Requests::None,
        // Where they may be dropped, whether there are any matters (CON-17).
        Op::Device(device) if device.background_refresh.is_none() && device.background_launches_denied.is_none() => {
            Requests::None
        }
        // The answer is not known: any list fits.
        Op::Pending if ask.reply == Reply::Open => Requests::None,
        op => Touches::of(op).requests(),
    }
}

/// A set of variants of an identifier that are the same to an operation.
#[derive(Debug, Clone)]
struct Part {
    /// What stands for them; where it is one variant only, it is true.
    variants: Vec<Variant>,
    alone: bool,
}

impl Pass {
    /// Whether some branch is factored.
    #[inline]
    pub(super) fn is_factored(&self) -> bool {
        self.set.iter().any(Branch::is_factored)
    }

    /// Before a line: unfolds what it reads.
    pub(super) fn unfold_for(&mut self, ask: &Ask) {
        let line = &self.reader.line;
        let requests = match line.is {
            _ if line.starts.is_some() || line.buries || line.lands => Requests::All,
            Is::Gap(_) => Requests::All,
            Is::Clock | Is::Ends(_) | Is::End(_) => Requests::None,
            // It changes nothing yet, and what the app owes is judged.
            Is::Begin(_) => match requests_of(ask) {
                Requests::Each => Requests::None,
                requests => requests,
            },
            Is::Event => requests_of(ask),
        };
        match requests {
            Requests::None | Requests::Each => {}
            Requests::Of(id) => unfold(&mut self.set, id),
            Requests::All => self.unfold_everything(),
        }
    }

    /// A branch for each state, or the oracle gives up.
    pub(super) fn unfold_everything(&mut self) {
        let most = self.workings.most_states;
        if !unfold_all(&mut self.set, most) {
            self.give_up_on_states();
        }
    }

    /// After a line: many states are factored. A few are quicker as they are.
    #[inline]
    pub(super) fn fold_many(&mut self) {
        if self.set.len() > self.workings.few {
            self.fold_set();
        }
    }

    #[cold]
    fn fold_set(&mut self) {
        let mut set = std::mem::take(&mut self.set);
        self.fold(&mut set);
        self.set = set;
    }

    pub(super) fn fold(&self, set: &mut Vec<Branch>) {
        fold(set, |id| self.calls.of_request(id), |state| !self.is_whole(state));
    }

    /// Moves a factored set on by an event. Answers false where no state can follow: then the set is as before.
    pub(super) fn advance_factored(&mut self, ask: &Ask, now: &Now) -> bool {
        let set = std::mem::take(&mut self.set);
        let mut next = Vec::new();
        for branch in &set {
            self.follow_factored(branch, ask, now, None, &mut next);
        }
        let overflows = std::mem::take(&mut self.overflows);
        let follows = !next.is_empty() && !overflows;
        self.set = if follows { next } else { set };
        if overflows {
            self.give_up_on_states();
        }
        if follows {
            self.fold_set();
            self.count_states();
        }
        follows
    }

    /// Nothing follows in a factored set: brings it to a size at which the breach can be told. Where the states are too
    /// many, what was open is not believed afterwards: see [`Pass::doubt_after_breach`].
    pub(super) fn unfold_for_breach(&mut self) {
        if unfold_all(&mut self.set, self.workings.most_states / 4) {
            return;
        }
        for branch in &mut self.set {
            let open = branch.factors.iter().map(|factor| factor.id);
            self.unbelieved.extend(open);
            branch.factors.iter_mut().for_each(|factor| factor.variants.truncate(1));
            branch.settle_single();
        }
        self.merge_set();
    }

    /// Of the identifiers that were not told apart at a breach nothing is believed.
    pub(super) fn doubt_after_breach(&mut self) {
        let unbelieved = std::mem::take(&mut self.unbelieved);
        for branch in &mut self.set {
            unbelieved.iter().for_each(|id| unseen::meet(&mut branch.state, *id));
        }
    }

    /// Adds what may follow in a branch: an event, or an open call that takes effect.
    pub(super) fn follow_factored(
        &mut self,
        branch: &Branch,
        ask: &Ask,
        now: &Now,
        call: Option<usize>,
        next: &mut Vec<Branch>,
    ) {
        match requests_of(ask) {
            Requests::None => self.follow_one(branch, &branch.state, ask, now, call, next),
            Requests::Of(id) => {
                let mut unfolded = Vec::new();
                branch.clone().unfold_into(id, &mut unfolded);
                if let Some(place) = call {
                    let calls = &self.calls;
                    unfolded.retain(|branch| {
                        branch.state.is_open(place) && !calls.waits_for_its_like(place, branch.state.open)
                    });
                }
                let limit = Touches::of(&ask.op).limit();
                for branch in &unfolded {
                    match limit.filter(|limit| self.may_reach(branch, *limit, 1)) {
                        Some(limit) => {
                            let kind = if limit == 0 { Kind::Refresh } else { Kind::Processing };
                            // Whether it may have been launched unseen hangs on all that it is.
                            let whole = !self.cx.driven && branch.state.may_be_launching();
                            let counted = |request: Option<Outstanding>| {
                                request
                                    .filter(|request| counts(request, kind))
                                    .map(|request| (request.kind, whole.then_some(request)))
                            };
                            self.follow_parts(branch, &counted, ask, now, call, next);
                        }
                        None => self.follow_one(branch, &branch.state, ask, now, call, next),
                    }
                }
            }
            Requests::Each if matches!(ask.op, Op::CancelAll) => {
                let mut branch = branch.clone();
                let marked = |variant: &Variant| variant.request.is_some_and(|request| request.mark != Mark::None);
                let mut unfolded = vec![];
                let has_marks = branch.factors.iter().any(|factor| factor.variants.iter().any(marked));
                if has_marks {
                    unfolded.push(branch);
                    if !unfold_all(&mut unfolded, self.workings.most_states) {
                        self.overflows = true;
                        return;
                    }
                } else {
                    for factor in &mut branch.factors {
                        let cancelled = factor.variants.iter().map(|variant| Variant::new(variant.open, None));
                        *factor = Factor::of(factor.id, cancelled.collect());
                    }
                    branch.settle_single();
                    unfolded.push(branch);
                }
                for branch in &unfolded {
                    self.follow_one(branch, &branch.state, ask, now, call, next);
                }
            }
            Requests::Each => {
                if let Some(narrowed) = self.narrow(branch, ask, now) {
                    let whole = |request: Option<Outstanding>| request.map(|request| (request.kind, Some(request)));
                    self.follow_parts(&narrowed, &whole, ask, now, call, next);
                }
            }
            Requests::All => {
                let mut unfolded = vec![branch.clone()];
                if !unfold_all(&mut unfolded, self.workings.most_states) {
                    self.overflows = true;
                    return;
                }
                for branch in &unfolded {
                    self.follow_one(branch, &branch.state, ask, now, call, next);
                }
            }
        }
    }

    /// Adds what may follow in a branch, decided by a state in which something stands for what is apart.
    pub(super) fn follow_one(
        &mut self,
        branch: &Branch,
        shown: &State,
        ask: &Ask,
        now: &Now,
        call: Option<usize>,
        next: &mut Vec<Branch>,
    ) {
        self.said.outcomes.clear();
        decide(shown, &self.cx, now, ask, &mut self.path, &mut self.said);
        for outcome in &self.said.outcomes {
            let mut following = branch.clone();
            apply(&mut following.state, &self.cx, now, ask, outcome);
            if let Some(place) = call {
                following.state.end(place);
            }
            next.push(following);
        }
    }

    /// Adds what may follow in a branch, each combination of parts by itself.
    fn follow_parts<C: PartialEq>(
        &mut self,
        branch: &Branch,
        class: &dyn Fn(Option<Outstanding>) -> C,
        ask: &Ask,
        now: &Now,
        call: Option<usize>,
        next: &mut Vec<Branch>,
    ) {
        let parts: Vec<Vec<Part>> = branch.factors.iter().map(|factor| parts_of(factor, class)).collect();
        let combinations = parts.iter().map(Vec::len).fold(1, usize::saturating_mul);
        if combinations > self.workings.most_states {
            self.overflows = true;
            return;
        }
        for combination in 0..combinations {
            let mut rest = combination;
            let mut one = Branch {
                factors: Vec::new(),
                ..branch.clone()
            };
            let mut shown = Vec::new();
            for (factor, parts) in branch.factors.iter().zip(&parts) {
                let part = &parts[rest % parts.len()];
                rest /= parts.len();
                match part.variants.as_slice() {
                    [only] if part.alone => one.settle_on(factor.id, only),
                    variants => {
                        shown.extend(variants.first().and_then(|variant| variant.request));
                        one.factors.push(Factor::of(factor.id, variants.to_vec()));
                    }
                }
            }
            let mut state = one.state.clone();
            for request in shown {
                let place = state.requests.partition_point(|other| other.id < request.id);
                state.requests.insert(place, request);
            }
            one.settle_single();
            self.follow_one(&one, &state, ask, now, call, next);
        }
    }

    /// Of each identifier the variants that the list allows. None: of some identifier there is none.
    fn narrow(&self, branch: &Branch, ask: &Ask, now: &Now) -> Option<Branch> {
        let mut said = Said::default();
        let mut path = self.path.clone();
        let mut narrowed = branch.clone();
        let apart = |id: Sym| branch.factors.iter().any(|factor| factor.id == id);
        let mut state = branch.state.clone();
        for factor in &mut narrowed.factors {
            let mut of_it = ask.clone();
            of_it.listed.retain(|seen| seen.id == factor.id || !apart(seen.id));
            let place = state.requests.partition_point(|other| other.id < factor.id);
            factor.variants.retain(|variant| {
                if let Some(request) = variant.request {
                    state.requests.insert(place, request);
                }
                said.outcomes.clear();
                decide(&state, &self.cx, now, &of_it, &mut path, &mut said);
                if variant.request.is_some() {
                    state.requests.remove(place);
                }
                !said.outcomes.is_empty()
            });
            if factor.variants.is_empty() {
                return None;
            }
        }
        narrowed.settle_single();
        Some(narrowed)
    }

    /// Whether a limit may be within reach in some state of a branch, with so many submissions to come.
    pub(super) fn may_reach(&self, branch: &Branch, limit: usize, more: i64) -> bool {
        let (kind, most) = match limit {
            0 => (Kind::Refresh, self.cx.limits.refresh),
            _ => (Kind::Processing, self.cx.limits.processing),
        };
        let held = self.calls.held_against(limit);
        let may_count = |variant: &Variant| {
            variant.open & held != 0 || variant.request.is_some_and(|request| counts(&request, kind))
        };
        let requests = branch
            .state
            .requests
            .iter()
            .filter(|request| counts(request, kind))
            .count();
        let factors = branch
            .factors
            .iter()
            .filter(|factor| factor.variants.iter().any(may_count))
            .count();
        let open = (held & branch.state.open).count_ones() as usize;
        most.is_some_and(|most| (requests + factors + open) as i64 + more > most)
    }

    /// Which limits may be within reach.
    pub(super) fn limits_reached(&self, branch: &Branch) -> [bool; LIMITS] {
        std::array::from_fn(|limit| self.may_reach(branch, limit, 0))
    }

    /// Judges a line of which nothing can follow in a factored set: with every state by itself.
    pub(super) fn breach_of_factored(&mut self, record: &Record, ask: &Ask, now: &Now) {
        self.unfold_for_breach();
        self.said.forbidden.clear();
        self.said.instead.clear();
        self.said.also.clear();
        self.advance_each(record, ask, now);
        self.doubt_after_breach();
    }
}

/// The parts of a factor. What a variant that may be there or not turns out to be is written down in it: it is a part
/// of its own.
fn parts_of<C: PartialEq>(factor: &Factor, class: &dyn Fn(Option<Outstanding>) -> C) -> Vec<Part> {
    let mut parts: Vec<(Option<C>, Part)> = Vec::new();
    for variant in &factor.variants {
        let open = |request: Outstanding| request.unsure || request.vague || request.mark != Mark::None;
        let alone = variant.request.is_some_and(open);
        let of = (!alone).then(|| class(variant.request));
        match parts.iter_mut().find(|(other, _)| of.is_some() && *other == of) {
            Some((_, part)) => part.variants.push(*variant),
            None => {
                let variants = vec![*variant];
                parts.push((of, Part { variants, alone }));
            }
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}
