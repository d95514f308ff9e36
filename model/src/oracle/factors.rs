//! Requests that do not hang on each other, kept apart within one branch.
//!
//! Where one thing or another may be true of the request of an identifier, whatever is true of the others, a branch
//! holds the variants of each such identifier, and stands for every choice of one variant for each: the sum of the
//! variants is kept in place of their product. Invariants:
//! - what a variant says (the request, and which open calls about it have not taken effect) is not in the branch's
//!   state: for the identifier of a factor the state has no request, and no bit of an open call of its own;
//! - a factor has two variants or more, in order, each once; factors stand in the order of their identifiers;
//! - only branches in which nothing is entangled have factors (see [`super::calls`]).
//!
//! Whoever reads or changes the request of an identifier unfolds it first: see [`super::product`].

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use crate::interner::TextHasher;
use crate::state::{Outstanding, State, Sym};
use crate::vocabulary::Kind;

use super::calls::Places;
use super::set::Branch;

/// What may be true of one identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Factor {
    pub(super) id: Sym,
    pub(super) variants: Vec<Variant>,
}

/// One thing that may be true of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Variant {
    /// By which variants are ordered, so that equal sets of them compare equal.
    key: u64,
    /// The open calls about its request that have not taken effect.
    pub(super) open: Places,
    /// Its outstanding request.
    pub(super) request: Option<Outstanding>,
}

impl Variant {
    pub(super) fn new(open: Places, request: Option<Outstanding>) -> Self {
        let hasher = BuildHasherDefault::<TextHasher>::default();
        Self {
            key: hasher.hash_one((open, request)),
            open,
            request,
        }
    }
}

impl Factor {
    /// A factor of these variants, each once.
    pub(super) fn of(id: Sym, mut variants: Vec<Variant>) -> Self {
        variants.sort_unstable_by_key(|variant| (variant.key, variant.open));
        variants.dedup();
        Self { id, variants }
    }

    fn hash(&self) -> u64 {
        let keys = self.variants.iter().map(|variant| variant.key);
        let sum = keys.fold(u64::from(self.id.0), u64::wrapping_add);
        sum.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
    }

    fn has_all(&self, other: &Self) -> bool {
        other.variants.iter().all(|variant| self.variants.contains(variant))
    }
}

impl Branch {
    /// Whether some identifier has variants.
    #[inline]
    pub(super) fn is_factored(&self) -> bool {
        !self.factors.is_empty()
    }

    /// How many alternatives it keeps.
    pub(super) fn alternatives(&self) -> usize {
        let more = self.factors.iter().map(|factor| factor.variants.len() - 1);
        1 + more.sum::<usize>()
    }

    /// How many states it stands for.
    fn states(&self) -> usize {
        let variants = self.factors.iter().map(|factor| factor.variants.len());
        variants.fold(1, usize::saturating_mul)
    }

    /// The calls that have not taken effect in one of its states or another.
    pub(super) fn may_be_open(&self) -> Places {
        let variants = self.factors.iter().flat_map(|factor| &factor.variants);
        variants.fold(self.state.open, |open, variant| open | variant.open)
    }

    /// Lets one variant be true.
    pub(super) fn settle_on(&mut self, id: Sym, variant: &Variant) {
        self.state.open |= variant.open;
        if let Some(request) = variant.request {
            let place = self.state.requests.partition_point(|other| other.id < id);
            self.state.requests.insert(place, request);
        }
    }

    /// Where a factor has one variant, it is true.
    pub(super) fn settle_single(&mut self) {
        let mut factors = std::mem::take(&mut self.factors);
        factors.retain(|factor| match factor.variants.as_slice() {
            [only] => {
                self.settle_on(factor.id, only);
                false
            }
            _ => true,
        });
        self.factors = factors;
    }

    /// A branch for each variant of an identifier.
    pub(super) fn unfold_into(mut self, id: Sym, out: &mut Vec<Self>) {
        let Some(place) = self.factors.iter().position(|factor| factor.id == id) else {
            return out.push(self);
        };
        let factor = self.factors.remove(place);
        if let Some((last, others)) = factor.variants.split_last() {
            for variant in others {
                let mut branch = self.clone();
                branch.settle_on(id, variant);
                out.push(branch);
            }
            self.settle_on(id, last);
            out.push(self);
        }
    }

    /// Takes what is true of an identifier out of the state.
    fn take_apart(&mut self, id: Sym, own: Places) -> Factor {
        if let Some(place) = self.factors.iter().position(|factor| factor.id == id) {
            return self.factors.remove(place);
        }
        let open = self.state.open & own;
        self.state.open &= !own;
        let place = self.state.requests.iter().position(|request| request.id == id);
        let request = place.map(|place| self.state.requests.remove(place));
        Factor {
            id,
            variants: vec![Variant::new(open, request)],
        }
    }
}

/// A branch for each variant of an identifier.
pub(super) fn unfold(set: &mut Vec<Branch>, id: Sym) {
    if set.iter().any(Branch::is_factored) {
        let branches: Vec<_> = std::mem::take(set);
        branches.into_iter().for_each(|branch| branch.unfold_into(id, set));
    }
}

/// A branch for each state. False, and nothing is done, where they would be more than so many.
#[must_use]
pub(super) fn unfold_all(set: &mut Vec<Branch>, most: usize) -> bool {
    if set.iter().map(Branch::states).fold(0, usize::saturating_add) > most {
        return false;
    }
    while let Some(id) = set.iter().find_map(|branch| Some(branch.factors.first()?.id)) {
        unfold(set, id);
    }
    true
}

/// Joins branches that differ in what is true of one identifier only, until there are none. `own` are the open calls
/// about the request of an identifier; branches for which `may` is false stay as they are.
pub(super) fn fold(set: &mut Vec<Branch>, own: impl Fn(Sym) -> Places, may: impl Fn(&State) -> bool) {
    let mut ids: Vec<Sym> = Vec::new();
    let mut branches: Vec<Branch> = Vec::new();
    let mut others: Vec<Branch> = Vec::new();
    for branch in set.drain(..) {
        if may(&branch.state) {
            ids.extend(branch.factors.iter().map(|factor| factor.id));
            ids.extend(branch.state.requests.iter().map(|request| request.id));
            branches.push(branch);
        } else {
            others.push(branch);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    // Every branch in the same form: what is true of each of the identifiers, in their order.
    let mut hashes: Vec<u64> = Vec::new();
    let hasher = BuildHasherDefault::<TextHasher>::default();
    for branch in &mut branches {
        align(branch, &ids, &own);
        let of_factors = branch.factors.iter().map(Factor::hash);
        hashes.push(of_factors.fold(hasher.hash_one((&branch.state, branch.blame)), u64::wrapping_add));
    }
    while join(&mut branches, &mut hashes, ids.len()) {}
    drop_covered(&mut branches);
    branches.iter_mut().for_each(Branch::settle_single);
    set.append(&mut branches);
    set.append(&mut others);
}

/// Brings a branch into the form in which each of these identifiers is apart, variants or not, and no other.
pub(super) fn align(branch: &mut Branch, ids: &[Sym], own: impl Fn(Sym) -> Places) {
    let factors: Vec<_> = ids.iter().map(|id| branch.take_apart(*id, own(*id))).collect();
    branch.factors = factors;
}

/// Joins what differs in one identifier only, identifier by identifier. Says whether anything was joined.
fn join(branches: &mut Vec<Branch>, hashes: &mut Vec<u64>, ids: usize) -> bool {
    let before = branches.len();
    for place in 0..ids {
        let mut seen: HashMap<u64, usize, BuildHasherDefault<TextHasher>> = HashMap::default();
        let mut kept = 0;
        for at in 0..branches.len() {
            let rest = hashes[at].wrapping_sub(branches[at].factors[place].hash());
            let found = seen.get(&rest).copied();
            match found.filter(|found| same_but(&branches[*found], &branches[at], place)) {
                Some(found) => {
                    let variants = std::mem::take(&mut branches[at].factors[place].variants);
                    let factor = &mut branches[found].factors[place];
                    factor.variants.extend(variants);
                }
                None => {
                    seen.entry(rest).or_insert(kept);
                    branches.swap(kept, at);
                    hashes.swap(kept, at);
                    // For now without what is joined.
                    hashes[kept] = rest;
                    kept += 1;
                }
            }
        }
        branches.truncate(kept);
        hashes.truncate(kept);
        for (branch, hash) in branches.iter_mut().zip(hashes.iter_mut()) {
            let factor = &mut branch.factors[place];
            *factor = Factor::of(factor.id, std::mem::take(&mut factor.variants));
            *hash = hash.wrapping_add(factor.hash());
        }
    }
    branches.len() < before
}

/// Whether two branches differ in one factor only, if at all.
fn same_but(one: &Branch, other: &Branch, place: usize) -> bool {
    let apart = |branch: &Branch, at: usize| at == place || branch.factors[at] == other.factors[at];
    one.blame == other.blame
        && one.cost == other.cost
        && (0..one.factors.len()).all(|at| apart(one, at))
        && one.state == other.state
}

/// Drops a branch all of whose states another has, at no greater cost.
fn drop_covered(branches: &mut Vec<Branch>) {
    let mut at = 0;
    while at < branches.len() {
        let covered = (0..branches.len()).any(|other| other != at && covers(&branches[other], &branches[at]));
        if covered {
            branches.swap_remove(at);
        } else {
            at += 1;
        }
    }
}

/// Whether one has every state of the other, at no greater cost. Both are [aligned](align).
pub(super) fn covers(one: &Branch, other: &Branch) -> bool {
    let has = |(one, other): (&Factor, &Factor)| one.id == other.id && one.has_all(other);
    one.cost <= other.cost
        && one.factors.len() == other.factors.len()
        && one.factors.iter().zip(&other.factors).all(has)
        && one.state == other.state
}

/// Whether a request counts as one of these kinds; one of which nothing is known may.
pub(super) fn counts(request: &Outstanding, kind: Kind) -> bool {
    let same = match kind {
        Kind::Refresh => request.kind == Kind::Refresh,
        _ => request.kind != Kind::Refresh,
    };
    request.vague || same
}
