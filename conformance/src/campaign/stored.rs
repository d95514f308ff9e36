//! Cases that were stored as traces, to be played again: what an earlier run found, or any trace at all.
//!
//! Of a trace the header and the inputs count; what the scheduler did in it is left out.

use std::path::{Path, PathBuf};

use bgspec_model::vocabulary::{Header, Record};

use crate::play::replay;
use crate::trace::{Error, Problem, Reader};

/// A stored case.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// The file, as it was named.
    pub name: String,
    /// Its header.
    pub header: Header,
    /// What the world and the app did, without the answers.
    pub inputs: Vec<Record>,
}

/// More traces in a directory, or lines in one of them, than anybody stores.
const MOST_FILES: usize = 10_000;
const MOST_LINES: usize = 1_000_000;

impl Stored {
    /// Reads a trace.
    ///
    /// # Errors
    /// It is none, with the place.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let unusable = |problem: String| Error {
            file: name.clone(),
            line: 0,
            column: 0,
            problem: Problem::Unreadable(problem),
        };
        if !path.is_file() {
            let found = if path.exists() {
                "it is no regular file"
            } else {
                "No such file or directory"
            };
            return Err(unusable(found.to_owned()));
        }
        let trace = Reader::open(&name)?;
        let header = trace.header().clone();
        let records: Vec<Record> = trace.take(MOST_LINES + 1).collect::<Result<_, _>>()?;
        if records.len() > MOST_LINES {
            return Err(unusable(format!("more than {MOST_LINES} lines")));
        }
        let inputs = replay::inputs(records);
        Ok(Self { name, header, inputs })
    }

    /// Reads a trace, or every trace that a directory has on its first level, sorted by name.
    ///
    /// # Errors
    /// One that is named cannot be read, or the directory has none.
    pub fn all(path: &Path) -> Result<Vec<Self>, Error> {
        if !path.is_dir() {
            return Self::open(path).map(|stored| vec![stored]);
        }
        let files = Self::files(path)?;
        if files.is_empty() {
            return Err(Error {
                file: path.display().to_string(),
                line: 0,
                column: 0,
                problem: Problem::Unreadable("no stored case in it, expected files such as CAN-1.jsonl".to_owned()),
            });
        }
        files.iter().map(|file| Self::open(file)).collect()
    }

    /// The traces that a directory has on its first level, sorted by name.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn files(directory: &Path) -> Result<Vec<PathBuf>, Error> {
        let unreadable = |error: std::io::Error| Error {
            file: directory.display().to_string(),
            line: 0,
            column: 0,
            problem: Problem::unreadable(&error),
        };
        let mut files = Vec::new();
        for entry in directory.read_dir().map_err(unreadable)?.take(MOST_FILES) {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|extension| extension == "jsonl") && path.is_file() {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }
}
