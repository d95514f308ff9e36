//! Judges any implementation of iOS background task scheduling by the `bgspec-model` state machine.
#![forbid(unsafe_code)]

pub mod adapter;
pub mod campaign;
pub mod cli;
pub mod corpus;
pub mod exit;
pub mod explain;
pub mod features;
pub mod info_plist;
pub mod lines;
pub mod protocol;
pub mod reference;
pub mod report;
pub mod rulebook;
pub mod schema;
pub mod serve;
pub mod subprocess;
pub mod text;
pub mod trace;
