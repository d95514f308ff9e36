//! Feature files: scenarios that people read and that any implementation can be held to.
//!
//! [`language`] is the step language.

pub mod language;
