//! `bgspec steps`: the step language in print.

use std::io::{self, Write};

use anstyle::Style;

use crate::exit::Exit;
use crate::features::language::reference::{clauses, sections, shown, types};
use crate::text::wrap;

/// Print the step language of the feature files: every step with an example, and what stands in its holes
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {}

const EXAMPLES: &str = "\
Examples:
  bgspec steps
  bgspec steps | grep submits";

const BOLD: Style = Style::new().bold();
const WIDTH: usize = 96;

/// Prints the language.
pub(super) fn run(_: &Args) -> io::Result<Exit> {
    let mut out = anstream::stdout().lock();
    for section in sections() {
        writeln!(out, "{BOLD}{}{BOLD:#}", section.title)?;
        paragraph(&mut out, section.note, "  ")?;
        for (text, example) in section.steps {
            writeln!(out, "\n  {}", shown(text))?;
            if shown(text) != example {
                writeln!(out, "      {example}")?;
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{BOLD}Clauses{BOLD:#}")?;
    paragraph(
        &mut out,
        "What stands in brackets may be left out; clauses may come in any order. Many of them may stand in a table under the \
         step, one in a row, the first word in a cell of its own.",
        "  ",
    )?;
    for (name, texts) in clauses() {
        writeln!(out, "\n  {name}")?;
        for text in texts {
            writeln!(out, "      {}", shown(&text).trim_start_matches(", "))?;
        }
    }
    writeln!(out, "\n{BOLD}Holes{BOLD:#}")?;
    for (name, text) in types() {
        writeln!(out, "\n  {{{name}}}")?;
        paragraph(&mut out, &text, "      ")?;
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

fn paragraph(out: &mut impl Write, text: &str, indent: &str) -> io::Result<()> {
    wrap(text, WIDTH - indent.len())
        .iter()
        .try_for_each(|line| writeln!(out, "{indent}{line}"))
}
