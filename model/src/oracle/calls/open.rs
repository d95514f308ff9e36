//! The calls that have begun and not ended. Each has a place among 64, which is its bit in the states.

use crate::context::Context;
use crate::op::{Ask, Caller, Now, Op};
use crate::state::{State, Sym};

use super::touches::{LIMITS, Touches, within_reach};

/// Sets of open calls, one bit each.
pub(in crate::oracle) type Places = u64;

/// One open call.
#[derive(Debug, Clone)]
pub(in crate::oracle) struct OpenCall {
    number: u32,
    pub(in crate::oracle) ask: Ask,
    caller: Caller,
    pub(super) touches: Touches,
    meets: Meets,
    /// When it ends, as far as that is known: the later, the greater.
    ends: Option<u64>,
    /// The calls like it that end before it. They may as well take effect before it.
    before: Places,
    /// Another was open while it was.
    pub(super) overlaps: bool,
}

/// The open calls on which something depends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meets {
    pub(super) always: Places,
    /// Where the limit is within reach.
    at: [Places; LIMITS],
    /// It is itself one more submission held against a limit, besides the open ones.
    more: [u32; LIMITS],
}

impl OpenCall {
    /// Now, as it calls.
    pub(in crate::oracle) fn at(&self, now: &Now) -> Now {
        Now {
            caller: self.caller,
            ..*now
        }
    }
}

impl OpenCall {
    /// The number that the trace gives it.
    pub(in crate::oracle) const fn number(&self) -> u32 {
        self.number
    }
}

impl Meets {
    /// Depends on every call.
    pub(super) const EVERYTHING: Self = Self {
        always: Places::MAX,
        at: [0; LIMITS],
        more: [0; LIMITS],
    };

    /// How many submissions it is itself that are held against a limit.
    pub(super) const fn more(&self, limit: usize) -> u32 {
        self.more[limit]
    }

    /// The calls, in a state in which these limits are within reach.
    pub(super) fn calls(&self, within_reach: [bool; LIMITS]) -> Places {
        let mut calls = self.always;
        for (at, reached) in self.at.iter().zip(within_reach) {
            calls |= if reached { *at } else { 0 };
        }
        calls
    }
}

/// The open calls.
#[derive(Debug, Clone, Default)]
pub(in crate::oracle) struct OpenCalls {
    calls: Vec<Option<OpenCall>>,
    /// Their places.
    open: Places,
    /// Those that depend on everything.
    entangled: Places,
    /// Those that are held against each limit.
    held: [Places; LIMITS],
    /// Kept for their buffers.
    spare: Vec<Ask>,
}

/// More calls than this cannot be open at once.
const MOST: usize = Places::BITS as usize;

impl OpenCalls {
    #[inline]
    pub(in crate::oracle) const fn is_empty(&self) -> bool {
        self.open == 0
    }

    /// A call begins. None: too many are open.
    pub(in crate::oracle) fn begin(
        &mut self,
        number: u32,
        ask: &Ask,
        caller: Caller,
        ends: Option<u64>,
    ) -> Option<usize> {
        let place = match self.calls.iter().position(Option::is_none) {
            Some(place) => place,
            None if self.calls.len() < MOST => {
                self.calls.push(None);
                self.calls.len() - 1
            }
            None => return None,
        };
        let mut kept = self.spare.pop().unwrap_or_else(|| Ask::of(ask.op.clone()));
        kept.op.clone_from(&ask.op);
        kept.reply = ask.reply;
        kept.listed.clone_from(&ask.listed);
        kept.ids.clone_from(&ask.ids);
        let touches = Touches::of(&ask.op);
        let meets = self.meets(touches);
        let bit = 1 << place;
        let mut before = 0;
        for (other, call) in self.calls.iter_mut().enumerate() {
            let Some(call) = call else { continue };
            call.overlaps = true;
            if let (Some(end), Some(ends)) = (call.ends, ends)
                && call.caller == caller
                && is_alike(&call.ask, ask)
            {
                if end < ends {
                    before |= 1 << other;
                } else {
                    call.before |= bit;
                }
            }
            call.meets.always |= if touches.meets(call.touches) { bit } else { 0 };
            for limit in 0..LIMITS {
                call.meets.at[limit] |= if touches.meets_at(limit, call.touches) { bit } else { 0 };
            }
        }
        self.entangled |= if touches.everything() { bit } else { 0 };
        if let Some(limit) = touches.limit() {
            self.held[limit] |= bit;
        }
        self.open |= bit;
        self.calls[place] = Some(OpenCall {
            number,
            ask: kept,
            caller,
            touches,
            meets,
            ends,
            before,
            overlaps: self.open != bit,
        });
        Some(place)
    }

    /// A call is over.
    pub(in crate::oracle) fn end(&mut self, place: usize) {
        let Some(call) = self.calls.get_mut(place).and_then(Option::take) else {
            return;
        };
        self.spare.push(call.ask);
        let others = !(1 << place);
        for call in self.calls.iter_mut().flatten() {
            call.before &= others;
            call.meets.always &= others;
            call.meets.at.iter_mut().for_each(|at| *at &= others);
        }
        self.open &= others;
        self.entangled &= others;
        self.held.iter_mut().for_each(|held| *held &= others);
    }

    /// The calls, by their places.
    pub(in crate::oracle) fn iter(&self) -> impl Iterator<Item = &OpenCall> {
        self.calls.iter().flatten()
    }

    /// The place of a call.
    pub(in crate::oracle) fn place(&self, number: u32) -> Option<usize> {
        let is_it = |call: &Option<OpenCall>| call.as_ref().is_some_and(|call| call.number == number);
        self.calls.iter().position(is_it)
    }

    pub(in crate::oracle) fn get(&self, place: usize) -> Option<&OpenCall> {
        self.calls.get(place)?.as_ref()
    }

    /// The calls that depend on everything.
    pub(super) fn entangled(&self) -> Places {
        self.entangled
    }

    /// The calls about the request of an identifier and nothing else.
    pub(in crate::oracle) fn of_request(&self, id: Sym) -> Places {
        let own = |call: &OpenCall| call.touches.request_of() == Some(id);
        self.all(own)
    }

    /// The identifiers of which some call is about the request.
    pub(super) fn ids_of_requests(&self) -> Vec<Sym> {
        let calls = self.calls.iter().flatten();
        let mut ids: Vec<_> = calls.filter_map(|call| call.touches.request_of()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The calls that are held against a limit.
    pub(in crate::oracle) fn held_against(&self, limit: usize) -> Places {
        self.held[limit]
    }

    fn all(&self, says: impl Fn(&OpenCall) -> bool) -> Places {
        let mut places = 0;
        for (place, call) in self.calls.iter().enumerate() {
            places |= Places::from(call.as_ref().is_some_and(&says)) << place;
        }
        places
    }

    /// The calls of the app itself.
    pub(super) fn of_app(&self) -> Places {
        self.all(|call| call.caller.app)
    }

    /// The open calls on which an operation depends.
    pub(super) fn meets(&self, touches: Touches) -> Meets {
        let mut meets = self.meets_by(|call| touches.meets(call));
        for (place, call) in self.calls.iter().enumerate() {
            let Some(call) = call else { continue };
            for limit in 0..LIMITS {
                meets.at[limit] |= Places::from(touches.meets_at(limit, call.touches)) << place;
            }
        }
        if let Some(limit) = touches.limit() {
            meets.more[limit] = 1;
        }
        meets
    }

    /// The open calls on which it may depend, in whatever state.
    pub(super) fn may_meet(&self, meets: &Meets) -> Places {
        meets.calls([true; LIMITS])
    }

    /// Whether another call like this one, which is open in a state as well, ends before it: then it takes effect first.
    /// Of two orders that differ in nothing else one is enough.
    pub(in crate::oracle) fn waits_for_its_like(&self, place: usize, open: Places) -> bool {
        self.get(place).is_some_and(|call| call.before & open != 0)
    }

    /// The open calls of which something is said.
    pub(super) fn meets_by(&self, mut says: impl FnMut(Touches) -> bool) -> Meets {
        let mut meets = Meets::default();
        for (place, call) in self.calls.iter().enumerate() {
            let meets_it = call.as_ref().is_some_and(|call| says(call.touches));
            meets.always |= Places::from(meets_it) << place;
        }
        meets
    }

    /// Which limits the open calls of a state may meet, and what comes besides.
    pub(super) fn within_reach(&self, state: &State, cx: &Context, cause: &Meets) -> [bool; LIMITS] {
        let mut more = cause.more;
        for (more, held) in more.iter_mut().zip(self.held) {
            *more += (held & state.open).count_ones();
        }
        within_reach(state, cx, more)
    }

    /// The calls on which one depends.
    pub(super) fn met_by(&self, place: usize, within_reach: [bool; LIMITS]) -> Places {
        self.get(place).map_or(0, |call| call.meets.calls(within_reach))
    }

    /// These calls, and those of the open ones on which they depend, at one or several removes.
    pub(super) fn with_what_they_depend_on(&self, calls: Places, open: Places, within_reach: [bool; LIMITS]) -> Places {
        let mut found = calls & open;
        let mut new = found;
        while new != 0 {
            let place = new.trailing_zeros() as usize;
            let met = self.met_by(place, within_reach) & open & !found;
            found |= met;
            new = (new | met) & !(1 << place);
        }
        found
    }
}

/// Whether two calls do the same and got the same answer.
fn is_alike(one: &Ask, other: &Ask) -> bool {
    let same = match (&one.op, &other.op) {
        (Op::CancelAll, Op::CancelAll) => true,
        (Op::Pending, Op::Pending) => one.listed == other.listed,
        (Op::Cancel(one), Op::Cancel(other)) => one == other,
        (Op::Submit(one), Op::Submit(other)) => {
            (one.number, other.number) == (None, None) && one.request == other.request
        }
        _ => false,
    };
    same && one.reply == other.reply
}
