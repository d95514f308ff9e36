//! The laws of the oracle, held against traces that nobody wrote for them.
//!
//! A law says how two verdicts hang together (of a trace and a changed one, under one profile and a wider one, with
//! the workings turned), not what either is: what a rule demands is said by the corpus in `traces/`. The traces come
//! from the campaign's generator and the reference scheduler, from the corpus, and from changes of both; all of them
//! are the same in every run. A failing law prints the trace, one JSON object a line, and what to look at.

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

mod arbitrary;
mod certain;
mod change;
mod declared;
mod faults;
mod judge;
mod late;
mod less;
mod lost;
mod overlaps;
mod paths;
mod pins;
mod plain;
mod races;
mod source;
mod threads;
mod tolerance;
