//! The engine: what it needs to know of a specification, and what it does with one.
//!
//! A [`Specification`] says which states may follow a state by an event; it knows nothing of sets, of branches, of calls
//! that overlap, or of a search. The rulebook ([`rulebook`]) is one, the workload by which tools are compared
//! ([`workload`]) is another, and a register of thirty lines in the tests is a third.
//!
//! - [`plain`]: judges what was seen, in a page: every state, every choice, every order of the open calls. It is what
//!   the fast [`crate::oracle`] means, and tests hold the two against each other.
//! - [`histories`]: says of a whole history of overlapping calls whether it is linearizable, quickly.
//! - [`explore`]: visits every state that a closed system can reach; [`world`] closes the rulebook, by [`areas`], and
//!   [`canonical`] makes its states finitely many.

pub mod areas;
mod canonical;
pub mod explore;
pub mod histories;
mod invariants;
pub(crate) mod names;
pub mod plain;
pub mod rulebook;
pub mod workload;
pub mod world;

use std::hash::Hash;

/// What may happen: states, events, and which state may follow which.
pub trait Specification {
    /// Everything that decides what may follow. Equal states have the same future.
    type State: Clone + Eq + Hash;
    /// Something that is seen, its answer included.
    type Event;

    /// Each state that may follow by an event, one for each choice that the rules leave. None: the rules forbid the
    /// event in this state.
    fn follow(&self, state: &Self::State, event: &Self::Event, each: impl FnMut(Self::State));

    /// Each state that may follow by something that nobody sees.
    fn unseen(&self, state: &Self::State, each: impl FnMut(Self::State)) {
        let _ = (state, each);
    }
}
