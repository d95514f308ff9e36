//! Feature files: scenarios that people read and that any implementation can be held to.
//!
//! [`language`] is the step language.

pub mod file;
pub mod judge;
pub mod language;
mod lint;
pub mod model;
pub mod must;
pub mod otherwise;
pub mod play;
pub mod questions;
pub mod report;
pub mod run;
pub mod script;
pub mod steer;
pub mod weak;
pub mod write;
