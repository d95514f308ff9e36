//! Judges any implementation of iOS background task scheduling by the `bgspec-model` state machine.
#![forbid(unsafe_code)]

pub mod adapter;
pub mod campaign;
