//! The calls that have begun and not ended. Each has a place among 64, which is its bit in the states.

use crate::context::Context;
use crate::op::{Ask, Caller, Now};
use crate::state::State;

use super::touches::{LIMITS, Touches, within_reach};

/// Sets of open calls, one bit each.
pub(in crate::oracle) type Places = u64;

/// One open call.
#[derive(Debug, Clone)]
pub(in crate::oracle) struct OpenCall {
    number: u32,
    pub(super) ask: Ask,
    caller: Caller,
    touches: Touches,
    meets: Meets,
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
    pub(super) fn at(&self, now: &Now) -> Now {
        Now {
            caller: self.caller,
            ..*now
        }
    }
}

impl Meets {
    /// Depends on every call.
    pub(super) const EVERYTHING: Self = Self {
        always: Places::MAX,
        at: [0; LIMITS],
        more: [0; LIMITS],
    };

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
    pub(in crate::oracle) fn begin(&mut self, number: u32, ask: &Ask, caller: Caller) -> Option<usize> {
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
        for call in self.calls.iter_mut().flatten() {
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
        });
        Some(place)
    }

    /// A call is over.
    pub(in crate::oracle) fn end(&mut self, place: usize) {
        let Some(call) = self.calls[place].take() else { return };
        self.spare.push(call.ask);
        let others = !(1 << place);
        for call in self.calls.iter_mut().flatten() {
            call.meets.always &= others;
            call.meets.at.iter_mut().for_each(|at| *at &= others);
        }
        self.open &= others;
        self.entangled &= others;
        self.held.iter_mut().for_each(|held| *held &= others);
    }

    /// The place of a call.
    pub(in crate::oracle) fn place(&self, number: u32) -> Option<usize> {
        let is_it = |call: &Option<OpenCall>| call.as_ref().is_some_and(|call| call.number == number);
        self.calls.iter().position(is_it)
    }

    pub(super) fn get(&self, place: usize) -> Option<&OpenCall> {
        self.calls.get(place)?.as_ref()
    }

    /// The calls that depend on everything.
    pub(super) fn entangled(&self) -> Places {
        self.entangled
    }

    /// The calls of the app itself.
    pub(super) fn of_app(&self) -> Places {
        let mut places = 0;
        for (place, call) in self.calls.iter().enumerate() {
            places |= Places::from(call.as_ref().is_some_and(|call| call.caller.app)) << place;
        }
        places
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
