//! Playing an implementation: who the runner speaks to, in which words, what it sends, and when that makes sense.
//!
//! The campaign and the feature files stand on this room. [`runner`] plays actions ([`action`]) against an [`adapter`]
//! and has the oracle judge each line; `preconditions` says which action makes sense in the [`world`] as the runner
//! believes it to be. An adapter is a Rust type, or a program behind a pipe ([`subprocess`]) that speaks [`protocol`];
//! [`serve`] is the far side of that pipe.
//!
//! Invariants: nothing here knows a rule, and no failure of an adapter is a finding. Where actions come from is in
//! [`crate::campaign`] and [`crate::features`].

pub mod action;
pub mod adapter;
mod preconditions;
pub mod protocol;
pub mod replay;
pub mod runner;
pub mod serve;
pub mod subprocess;
pub mod world;
