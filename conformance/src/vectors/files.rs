//! The vectors as files of a directory, in which nothing of others is touched.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use super::{Set, Vector};

/// Why the vectors were not written; nothing was.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// A file of that name is there and is none of the vectors.
    #[error("{}: a file that is none of the vectors; expected a directory without it", .0.display())]
    Foreign(PathBuf),
    /// The directory or a file cannot be read or written.
    #[error("{}: {error}", path.display())]
    Unwritable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A vector has no JSON form.
    #[error("a vector has no JSON form: {0}")]
    Form(#[from] serde_json::Error),
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files were written.
    pub files: usize,
    /// Vectors of an older set, which were removed.
    pub removed: Vec<String>,
    /// Files of others, which were left alone.
    pub left: Vec<String>,
}

/// Every file of a set: its name, and its text.
///
/// # Errors
/// A vector has no JSON form.
pub fn texts(set: &Set) -> Result<BTreeMap<String, String>, serde_json::Error> {
    let mut files = BTreeMap::new();
    for vector in &set.vectors {
        files.insert(format!("{}.json", vector.name), a_line_each(vector)?);
    }
    files.insert(
        "index.json".to_owned(),
        serde_json::to_string_pretty(&set.index)? + "\n",
    );
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Vector>();
    schema.insert("title".to_owned(), TITLE.into());
    files.insert("schema.json".to_owned(), serde_json::to_string_pretty(&schema)? + "\n");
    files.insert("README.md".to_owned(), readme(set));
    Ok(files)
}

/// Makes the directory where there is none, and looks whether anything is in the way.
///
/// # Errors
/// A file that is none of the vectors has the name of one, or the directory cannot be read.
pub fn prepare(directory: &Path) -> Result<(), NotWritten> {
    look(directory).map(|_| ())
}

/// What is there: names of ours, and of others.
fn look(directory: &Path) -> Result<(Vec<String>, Vec<String>), NotWritten> {
    let at = |error| NotWritten::Unwritable {
        path: directory.to_owned(),
        error,
    };
    fs::create_dir_all(directory).map_err(at)?;
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(directory).map_err(at)? {
        let path = entry.map_err(at)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let is_one = path.is_file() && is_ours(&name, &fs::read_to_string(&path).unwrap_or_default());
        if !is_one && may_be_ours(&name) {
            return Err(NotWritten::Foreign(path));
        }
        if is_one { &mut ours } else { &mut others }.push(name);
    }
    ours.sort();
    others.sort();
    Ok((ours, others))
}

/// Whether a file of this name is, or may be, one of a set.
fn may_be_ours(name: &str) -> bool {
    let number = name.strip_suffix(".json");
    let number = number.is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()));
    number || ["README.md", "index.json", "schema.json"].contains(&name)
}

/// Writes a set. Whatever is in the way is found before anything is written.
///
/// # Errors
/// A file that is none of the vectors is in the way, or the directory cannot be written.
pub fn write(set: &Set, directory: &Path) -> Result<Written, NotWritten> {
    let texts = texts(set)?;
    let (ours, left) = look(directory)?;
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| NotWritten::Unwritable { path, error }
    };
    for (name, text) in &texts {
        let path = directory.join(name);
        fs::write(&path, text).map_err(at(&path))?;
    }
    let removed: Vec<String> = ours.into_iter().filter(|name| !texts.contains_key(name)).collect();
    for name in &removed {
        let path = directory.join(name);
        fs::remove_file(&path).map_err(at(&path))?;
    }
    Ok(Written {
        files: texts.len(),
        removed,
        left,
    })
}

/// Whether a file was written as one of a set.
fn is_ours(name: &str, text: &str) -> bool {
    if name == "README.md" {
        return text.starts_with(HEADING);
    }
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return false;
    };
    match name {
        "index.json" => value["bgspec_vectors"].is_number(),
        "schema.json" => value["title"] == TITLE,
        _ => value["bgspec_vector"].is_number(),
    }
}

/// The JSON of a vector: a line of the file for each line of its trace.
fn a_line_each(vector: &Vector) -> Result<String, serde_json::Error> {
    fn compact(value: &impl Serialize) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
    let lines: Result<Vec<String>, _> = vector.lines.iter().map(compact).collect();
    Ok(format!(
        "{{\n\"bgspec_vector\":{},\n\"name\":{},\n\"rules\":{},\n\"outcomes\":{},\n\"header\":{},\n\"lines\":[\n{}\n]\n}}\n",
        vector.bgspec_vector,
        compact(&vector.name)?,
        compact(&vector.rules)?,
        compact(&vector.outcomes)?,
        compact(&vector.header)?,
        lines?.join(",\n"),
    ))
}

const TITLE: &str = "A frozen vector of bgspec";
const HEADING: &str = "# Frozen vectors";

fn readme(set: &Set) -> String {
    let lines: usize = set.vectors.iter().map(|vector| vector.lines.len()).sum();
    let unreachable: Vec<_> = set
        .index
        .unreachable
        .iter()
        .map(|one| format!("- {}: {}.\n", one.rule, one.why.trim_end_matches('.')))
        .collect();
    format!(
        "{HEADING}

<!-- Written by: bgspec vectors DIR -->

{} traces with {lines} lines that together put {} rules to use and show {} outcomes: everything that {} candidates
do. They are for whoever tests a scheduler without this program. Each file is one trace; `schema.json` is its JSON Schema, and
`index.json` says which vector has which rule and outcome. Rulebook {} of {} rules, hash `{}`: another hash, other rules.

How small: {}.

## How to read one

`header` says what the device and the app are, as an adapter is told at its reset. Then line by line:

- `does: input`: do it to your scheduler at the time `at`. `clock` only lets time pass.
- `does: call`: call it. Your answer has to be one of `allowed`; of an exception (`raised`) any text will do, of a
  list any order, of an error with a `domain` any code and any other domain. `answer` is the one with which the trace goes on: where yours is another that is allowed, you are right, and the
  rest of the trace tells of somebody else: stop there.
- `does: observation`: your scheduler did it. Where it is `owed` and does not come before the next line that is none, your
  scheduler is wrong; where it is not, it may leave it out, and the trace ends for you.
- `may`: what may be observed right after a line, at its time. Of these sorts nothing else may: `launched`, `delivered`,
  `delivery_raised`, `expired`, `completed_by_system`, `suspended`, `killed`. The queue of a call does not count.
- `does: end_of_call`: a call with a number (`call`) overlaps others; nothing is said of its answer.

A vector allows what any implementation may do. The settings that it was judged by stand in its header: `profile`, and `pins`
where one is held to a value: such a vector is for a scheduler that holds to it. Nothing here comes from a device.

[A consumer in Python](../examples/vectors/consume.py) drives any adapter through them.

## Rules that no vector puts to use

{}",
        set.vectors.len(),
        set.index.rules.len(),
        set.index.outcomes.len(),
        set.index.candidates,
        set.index.rulebook.version,
        set.index.rulebook.rules,
        set.index.rulebook.hash,
        set.index.method,
        unreachable.concat(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ours_is_told_by_what_it_holds() {
        assert!(is_ours("007.json", r#"{"bgspec_vector":1}"#));
        assert!(!is_ours("007.json", r#"{"bgspec":1}"#));
        assert!(!is_ours("007.json", "no JSON"));
        assert!(!is_ours("README.md", "# My project"));
        assert!(!is_ours("index.json", r#"{"bgspec_vector":1}"#));
    }
}
