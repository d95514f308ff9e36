//! Whether a history of overlapping calls is linearizable: whether some order of the calls explains every answer.
//!
//! It says of a whole history what [`super::plain`] says of its lines one after another, with less. Four things make it quick, and
//! no verdict hangs on them:
//! - a call takes effect just in time: where it ends, or where something is seen, and then only what leads there is tried;
//! - of calls that do the same, the one that ends first goes first: any other order can be turned into this one;
//! - a call that never ends (its thread died, its answer was lost) may never take effect, so a possibility in which it
//!   has not is worth every one in which it has, where all else is equal;
//! - equal possibilities are one.
//!
//! There is no clock here: whoever asks says when it has been long enough, and then nothing is known.

use std::fmt;
use std::hash::{BuildHasherDefault, Hash};

use indexmap::IndexMap;

use crate::interner::TextHasher;

use super::Specification;
use super::plain::Line;

/// More calls than this may not be open at once.
pub const MOST_OPEN: usize = 128;

/// How many possibilities are visited between two questions whether to go on.
const STRETCH: usize = 256;

/// Whether an order of the calls explains a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linearizable {
    /// One does.
    Yes,
    /// None does.
    No {
        /// The first line that none explains, counted from 0.
        line: usize,
    },
    /// The search was given up.
    Unknown {
        /// The line that it had come to.
        line: usize,
    },
}

/// A history that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// A call begins that is open.
    BeginsTwice {
        /// Where, counted from 0.
        line: usize,
    },
    /// A call ends that is not open.
    NotOpen {
        /// Where, counted from 0.
        line: usize,
    },
    /// More than [`MOST_OPEN`] calls are open.
    TooManyOpen {
        /// Where, counted from 0.
        line: usize,
    },
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeginsTwice { line } => write!(f, "line {line}: a call begins that is open"),
            Self::NotOpen { line } => write!(f, "line {line}: a call ends that is not open"),
            Self::TooManyOpen { line } => write!(f, "line {line}: more than {MOST_OPEN} calls are open"),
        }
    }
}

impl std::error::Error for Unfit {}

/// Says whether a history is linearizable. `go_on` is told now and then how many possibilities were visited; where it says
/// false the search is given up.
///
/// # Errors
/// Begins and ends do not fit.
///
/// ```
/// use bgspec_model::engine::histories::{Linearizable, linearizable};
/// use bgspec_model::engine::plain::Line;
/// use bgspec_model::engine::workload::{Event, Workload};
///
/// let one_place = Workload { tasks: 2, active: 1 };
/// let submitted = [Event::Network, Event::Submit(0), Event::Submit(1)].map(Line::Event);
/// // While the first completes the second is launched: one place is enough.
/// let launch = [Line::Event(Event::Launch(0)), Line::Begin(1, Event::Complete(0))];
/// let overlap = [Line::Begin(2, Event::Launch(1)), Line::End(2)];
/// let history = [submitted.as_slice(), &launch, &overlap].concat();
/// assert_eq!(linearizable(&one_place, Workload::START, &history, |_| true)?, Linearizable::Yes);
/// // Network was never there for it.
/// let refused = [Line::Event(Event::Submit(1)), Line::Event(Event::Launch(1))];
/// let verdict = linearizable(&one_place, Workload::START, &refused, |_| true)?;
/// assert_eq!(verdict, Linearizable::No { line: 1 });
/// # Ok::<(), bgspec_model::engine::histories::Unfit>(())
/// ```
pub fn linearizable<S>(
    specification: &S,
    start: S::State,
    history: &[Line<S::Event>],
    go_on: impl FnMut(usize) -> bool,
) -> Result<Linearizable, Unfit>
where
    S: Specification,
    S::Event: PartialEq,
{
    let mut search = Search {
        specification,
        slots: Slots::new(history)?,
        now: Possible::default(),
        next: Possible::default(),
        tried: Vec::new(),
        met: Possible::default(),
        visited: 0,
        go_on,
    };
    search.now.insert(start, 0, 0);
    for (line, what) in history.iter().enumerate() {
        if !search.line(line, what) {
            return Ok(Linearizable::Unknown { line });
        }
        if search.now.sets.is_empty() {
            return Ok(Linearizable::No { line });
        }
    }
    Ok(Linearizable::Yes)
}

/// Where a call is over, and whether it has taken effect by then.
type Fate = (usize, bool);

const NEVER: Fate = (usize::MAX, false);

/// The calls, each in a slot of its own while it is open: a bit of the sets of calls.
struct Slots<'a, E> {
    /// The slot of the call that begins or ends at a line.
    of_line: Vec<u8>,
    /// What becomes of the call that begins at a line.
    fates: Vec<Fate>,
    /// Of each slot, the call that is in it or was.
    calls: Vec<&'a E>,
    /// What becomes of it.
    ends: Vec<Fate>,
    /// The open calls that do the same and go first.
    after: Vec<u128>,
    /// Those that are open.
    all: u128,
    /// Those of them that need not take effect.
    optional: u128,
}

impl<'a, E: PartialEq> Slots<'a, E> {
    /// Gives every call a slot and its fate.
    fn new(history: &'a [Line<E>]) -> Result<Self, Unfit> {
        let mut slots = Self {
            of_line: vec![0; history.len()],
            fates: vec![NEVER; history.len()],
            calls: Vec::new(),
            ends: Vec::new(),
            after: Vec::new(),
            all: 0,
            optional: 0,
        };
        // The number, where it began and the slot of each open call.
        let mut began: Vec<Option<(u32, usize)>> = Vec::new();
        for (line, what) in history.iter().enumerate() {
            let place = |number: u32| {
                began
                    .iter()
                    .position(|open| open.is_some_and(|(other, _)| other == number))
            };
            match what {
                Line::Event(_) => {}
                Line::Begin(number, _) if place(*number).is_some() => return Err(Unfit::BeginsTwice { line }),
                Line::Begin(number, _) => {
                    let slot = began.iter().position(Option::is_none).unwrap_or(began.len());
                    if slot == MOST_OPEN {
                        return Err(Unfit::TooManyOpen { line });
                    }
                    began.resize(began.len().max(slot + 1), None);
                    began[slot] = Some((*number, line));
                    slots.of_line[line] = slot as u8;
                }
                Line::End(number) | Line::Gone(number) => {
                    let slot = place(*number).ok_or(Unfit::NotOpen { line })?;
                    if let Some((_, begin)) = began[slot].take() {
                        slots.fates[begin] = (line, matches!(what, Line::End(_)));
                    }
                    slots.of_line[line] = slot as u8;
                }
            }
        }
        Ok(slots)
    }

    fn begin(&mut self, line: usize, call: &'a E) {
        let slot = self.of_line[line] as usize;
        let (bit, fate) = (1 << slot, self.fates[line]);
        let mut after = 0;
        for other in bits(self.all).filter(|other| self.calls[*other] == call) {
            if goes_first((self.ends[other], other), (fate, slot)) {
                after |= 1 << other;
            } else if goes_first((fate, slot), (self.ends[other], other)) {
                self.after[other] |= bit;
            }
        }
        if slot == self.calls.len() {
            self.calls.push(call);
            self.ends.push(fate);
            self.after.push(after);
        } else {
            (self.calls[slot], self.ends[slot], self.after[slot]) = (call, fate, after);
        }
        self.all |= bit;
        if !fate.1 {
            self.optional |= bit;
        }
    }

    /// The call that is over at a line, and its bit.
    fn ends(&self, line: usize) -> (&'a E, u128) {
        let slot = self.of_line[line] as usize;
        (self.calls[slot], 1 << slot)
    }

    /// Frees the slot of the call that is over at a line.
    fn end(&mut self, line: usize) {
        let slot = self.of_line[line] as usize;
        let bit = 1 << slot;
        self.all &= !bit;
        self.optional &= !bit;
        for after in &mut self.after {
            *after &= !bit;
        }
    }

    /// The calls that may take effect where these have: no other that does the same goes first.
    fn may_go(&self, taken: u128) -> impl Iterator<Item = (&'a E, u128)> {
        let open = self.all & !taken;
        bits(open)
            .filter(move |slot| self.after[*slot] & open == 0)
            .map(|slot| (self.calls[slot], 1 << slot))
    }
}

/// The numbers of the bits that are set.
fn bits(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (bit < MOST_OPEN).then_some(bit)
    })
}

/// Whether of two calls that do the same the one may always take effect before the other: it is over earlier, and has to take
/// effect, or need not as little as the other.
fn goes_first(((ends, effective), slot): (Fate, usize), (other, place): (Fate, usize)) -> bool {
    (ends, slot) < (other.0, place) && (effective || !other.1)
}

/// What may hold: states, each with the open calls that have taken effect. Of those that differ only in calls that never
/// end, the ones in which the fewest have.
struct Possible<S> {
    /// By state and by what has taken effect of the calls that end, what has of the others.
    sets: IndexMap<(S, u128), Vec<u128>, BuildHasherDefault<TextHasher>>,
}

impl<S> Default for Possible<S> {
    fn default() -> Self {
        Self {
            sets: IndexMap::default(),
        }
    }
}

impl<S: Eq + Hash> Possible<S> {
    /// Whether this is not yet covered.
    fn insert(&mut self, state: S, taken: u128, optional: u128) -> bool {
        let sets = self.sets.entry((state, taken & !optional)).or_default();
        let new = taken & optional;
        if sets.iter().any(|old| old & !new == 0) {
            return false;
        }
        sets.retain(|old| new & !old != 0);
        sets.push(new);
        true
    }

    fn drain(&mut self) -> impl Iterator<Item = (S, u128)>
    where
        S: Clone,
    {
        self.sets
            .drain(..)
            .flat_map(|((state, taken), sets)| sets.into_iter().map(move |optional| (state.clone(), taken | optional)))
    }
}

struct Search<'a, S: Specification, G> {
    specification: &'a S,
    slots: Slots<'a, S::Event>,
    now: Possible<S::State>,
    next: Possible<S::State>,
    /// What is tried at a line, in the order in which it was met: fewer calls taken first.
    tried: Vec<(S::State, u128)>,
    met: Possible<S::State>,
    visited: usize,
    go_on: G,
}

impl<'a, S, G> Search<'a, S, G>
where
    S: Specification,
    S::Event: PartialEq,
    G: FnMut(usize) -> bool,
{
    /// Takes a line in. False: it was given up.
    fn line(&mut self, line: usize, what: &'a Line<S::Event>) -> bool {
        match what {
            Line::Begin(_, call) => {
                self.slots.begin(line, call);
                true
            }
            Line::Event(event) => self.reach(event, 0, false),
            Line::End(_) | Line::Gone(_) => {
                let (call, bit) = self.slots.ends(line);
                let done = self.reach(call, bit, matches!(what, Line::Gone(_)));
                self.slots.end(line);
                done
            }
        }
    }

    /// Lets an event happen, in every order with the open calls that leads to it; where it is a call of its own, `bit` is
    /// it, and it may have happened, or, if it is gone, need not.
    fn reach(&mut self, event: &S::Event, bit: u128, gone: bool) -> bool {
        let Self {
            specification,
            slots,
            now,
            next,
            tried,
            met,
            ..
        } = self;
        let optional = slots.optional;
        for (state, taken) in now.drain() {
            if bit & taken != 0 || gone {
                next.insert(state.clone(), taken & !bit, optional & !bit);
            }
            if bit & taken == 0 && met.insert(state.clone(), taken, optional) {
                tried.push((state, taken));
            }
        }
        let mut at = 0;
        while let Some((state, taken)) = tried.get(at).cloned() {
            at += 1;
            self.visited += 1;
            if self.visited.is_multiple_of(STRETCH) && !(self.go_on)(self.visited) {
                return false;
            }
            specification.follow(&state, event, |state| {
                next.insert(state, taken, optional & !bit);
            });
            let mut meet = |state: S::State, taken| {
                if met.insert(state.clone(), taken, optional) {
                    tried.push((state, taken));
                }
            };
            specification.unseen(&state, |state| meet(state, taken));
            for (call, other) in slots.may_go(taken | bit) {
                specification.follow(&state, call, |state| meet(state, taken | other));
            }
        }
        tried.clear();
        met.sets.clear();
        std::mem::swap(now, next);
        true
    }
}
