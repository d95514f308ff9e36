//! What tests need that a user with Rust alone may lack.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Whether there is such a program; says so where there is none, and fails where everything is required.
pub fn is_there(program: &str) -> bool {
    let version = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    let found = version.is_ok_and(|status| status.success());
    if !found {
        assert!(
            std::env::var_os("BGSPEC_REQUIRE_ALL").is_none(),
            "{program} not found, and everything is required"
        );
        // Not by a macro, whose output the harness would keep to itself.
        let _ = writeln!(std::io::stderr(), "skipped: {program} not found");
    }
    found
}
