//! The step language: plain sentences for every event, every fact of the header, and what the oracle says.
//!
//! One table ([`steps::STEPS`]) says how each step is written; reading ([`Story::read`]), writing ([`Story::write`])
//! and the printed reference all follow it, so that there and back is the same trace. The types of the holes are in
//! [`value`], their words in [`words`], patterns in [`pattern`], data tables in [`table`], lengths of time in
//! [`time`]; which step somebody may have meant in [mod@nearest].
//!
//! Several steps that are usual together are one compound step ([`compound`]).
//!
//! A step may begin with the time since the step before: `2 hours later, the app is suspended`. Identifiers stand
//! behind the app's bundle identifier: `"sync"` in the app `com.example.app` is `com.example.app.sync`.

pub mod compound;
pub mod cursor;
mod facts;
mod nearest;
mod parts;
pub mod pattern;
pub mod reference;
pub mod steps;
mod story;
pub mod table;
pub mod time;
pub mod value;
pub mod words;

pub use facts::{Facts, write_header};
pub use nearest::nearest;
pub use story::{Line, Said, Story, Verdict, Wrong};

#[cfg(test)]
mod tests;
