//! The behaviour of iOS background task scheduling as an executable, nondeterministic state machine.
#![forbid(unsafe_code)]

pub mod oracle;
pub mod report;
pub mod rule;
pub mod vocabulary;
