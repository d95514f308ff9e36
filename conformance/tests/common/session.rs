//! A run of `bgspec` as its user sees it: the line that was typed, what was printed, and how it ended.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// What `bgspec` prints to these arguments and this input, started as `prepare` says.
pub fn shown(arguments: &str, input: &str, prepare: impl FnOnce(&mut Command) -> &mut Command) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bgspec"));
    command.env_remove("COLUMNS").env_remove("CLICOLOR_FORCE");
    let mut child = prepare(&mut command)
        .args(shlex::split(arguments).unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may be gone.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let mut shown = format!("$ bgspec {arguments}\n{}", text(output.stdout));
    let errors = text(output.stderr);
    if !errors.is_empty() {
        shown.push_str(&format!("[stderr]\n{errors}"));
    }
    shown + &format!("[exit {}]\n", output.status.code().unwrap())
}
