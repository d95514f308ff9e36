//! Programs that tests need and a user with Rust alone may lack.

use std::process::{Command, Stdio};

#[path = "missing.rs"]
mod missing;

/// Whether there is such a program; says so where there is none, and fails where everything is required.
pub fn is_there(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    missing::or_said(program, version.is_ok_and(|status| status.success()))
}
