//! Lists the feature files and the traces, so that the program carries their texts and the rulebook needs no other file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The directories whose files are carried, from the project's root, and how the names of those files end.
const CARRIED: [(&str, &str); 2] = [("features", "feature"), ("conformance/traces", "jsonl")];

fn main() -> io::Result<()> {
    let variable = |name| env::var_os(name).map(PathBuf::from).ok_or(io::ErrorKind::NotFound);
    let top = variable("CARGO_MANIFEST_DIR")?.join("..").canonicalize()?;
    let mut list = String::from("&[\n");
    for (directory, ends) in CARRIED {
        println!("cargo::rerun-if-changed={}", top.join(directory).display());
        let mut files = Vec::new();
        collect(&top.join(directory), ends, &mut files)?;
        files.sort();
        for file in files {
            let below = file.strip_prefix(&top).unwrap_or(&file).display();
            let _ = writeln!(
                list,
                "({:?}, include_str!({file:?})),",
                below.to_string().replace('\\', "/")
            );
        }
    }
    list.push(']');
    fs::write(variable("OUT_DIR")?.join("texts.rs"), list)
}

fn collect(directory: &Path, ends: &str, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, ends, into)?;
        } else if path.extension().is_some_and(|extension| extension == ends) {
            into.push(path);
        }
    }
    Ok(())
}
