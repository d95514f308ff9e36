//! The `bgspec` command.
fn main() {}
