//! The `bgspec` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    bgspec_conformance::cli::main()
}
