//! The campaign of `bgspec test`.
pub mod action;
mod admits;
pub mod decode;
pub mod filter;
pub mod runner;
pub mod world;
