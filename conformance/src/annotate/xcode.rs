//! Xcode's form: what a Run Script phase prints so stands in the editor, at its line.
//!
//! `FILE:LINE:COLUMN: error|warning|note: TEXT`, one a line. Xcode opens files by absolute paths.

use std::io::{self, Write};
use std::path;

use super::{Annotation, Level};
use crate::text::plain;

/// Writes annotations.
///
/// # Errors
/// The output cannot be written.
pub fn write(out: &mut impl Write, annotations: &[Annotation]) -> io::Result<()> {
    for annotation in annotations {
        let level = match annotation.level {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let file = path::absolute(&annotation.file)
            .map_or_else(|_| annotation.file.clone(), |path| path.to_string_lossy().into_owned());
        let file = if annotation.file == "stdin" {
            "stdin".to_owned()
        } else {
            file
        };
        let (line, column) = (annotation.line.unwrap_or(1), annotation.column.unwrap_or(1));
        let (file, text, sort) = (plain(&file), plain(&annotation.text), annotation.sort.id());
        writeln!(out, "{file}:{line}:{column}: {level}: {text} [{sort}]")?;
    }
    Ok(())
}
