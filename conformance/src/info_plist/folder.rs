//! Finds the files of apps in folders.

use std::fs;
use std::io;
use std::path::Path;

/// Folders of others' files, or of what a build writes.
const PASSED_OVER: [&str; 10] = [
    ".git",
    ".build",
    "build",
    "Build",
    "Carthage",
    "DerivedData",
    "Pods",
    "SourcePackages",
    "node_modules",
    "vendor",
];
/// Nobody nests folders any deeper.
const DEEPEST: usize = 40;

/// The files of a folder, and of those in it, that may describe an app; sorted. Links are not followed.
///
/// # Errors
/// A folder cannot be read.
pub fn files(folder: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut work = vec![(Path::new(folder).to_path_buf(), 0)];
    while let Some((folder, depth)) = work.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if kind.is_dir() && depth < DEEPEST && !PASSED_OVER.contains(&name.as_str()) {
                work.push((entry.path(), depth + 1));
            } else if kind.is_file() && is_one(&name) {
                found.push(entry.path().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file of this name may describe an app.
#[must_use]
pub fn is_one(name: &str) -> bool {
    matches!(name, "app.json" | "app.config.json" | "project.yml" | "project.yaml") || name.ends_with("Info.plist")
}
