//! The behaviour of iOS background task scheduling as an executable, nondeterministic state machine.
#![forbid(unsafe_code)]

mod apply;
pub mod context;
pub mod facts;
mod interner;
pub mod op;
pub mod oracle;
pub mod past;
pub mod profile;
pub mod report;
pub mod rule;
pub mod rules;
pub mod see;
pub mod setting;
pub mod state;
pub mod vocabulary;
