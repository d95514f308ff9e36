//! GitHub's workflow commands: what a step prints so stands beside the line in a pull request.
//!
//! `::error file=FILE,line=LINE,col=COLUMN,title=TITLE::TEXT`; in the text `%`, line feed and carriage return are
//! escaped, in a property `:` and `,` too.

use std::io::{self, Write};

use super::{Annotation, Level};
use crate::text::plain;

/// Writes annotations.
///
/// # Errors
/// The output cannot be written.
pub fn write(out: &mut impl Write, annotations: &[Annotation]) -> io::Result<()> {
    for annotation in annotations {
        let command = match annotation.level {
            Level::Note => "notice",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let mut properties = vec![format!("file={}", property(&annotation.file))];
        properties.extend(annotation.line.map(|line| format!("line={line}")));
        properties.extend(annotation.column.map(|column| format!("col={column}")));
        properties.push(format!(
            "title={}",
            property(&format!("bgspec {}", annotation.sort.id()))
        ));
        writeln!(out, "::{command} {}::{}", properties.join(","), data(&annotation.text))?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    plain(&text)
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
