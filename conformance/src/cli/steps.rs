//! `bgspec steps`: the step language in print.

use std::io::{self, Write};

use anstyle::Style;
use clap::ValueEnum;

use crate::exit::Exit;
use crate::features::language::reference::{CLAUSES, clauses, markdown, sections, shown, types};
use crate::text::wrap;

/// Print the step language of the feature files: every step with an example, and what stands in its holes
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How the command prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// A page of Markdown
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  bgspec steps
  bgspec steps | grep submits
  bgspec steps --format markdown > features/STEPS.md";

const BOLD: Style = Style::new().bold();
const WIDTH: usize = 96;

/// Prints the language.
pub(super) fn run(args: &Args) -> io::Result<Exit> {
    let mut out = anstream::stdout().lock();
    if args.format == Format::Markdown {
        out.write_all(markdown().as_bytes())?;
        out.flush()?;
        return Ok(Exit::Conforms);
    }
    for section in sections() {
        writeln!(out, "{BOLD}{}{BOLD:#}", section.title)?;
        paragraph(&mut out, section.note, "  ")?;
        for (text, beside) in section.steps {
            writeln!(out, "\n  {}", shown(text))?;
            for example in beside.iter().filter(|example| **example != shown(text)) {
                writeln!(out, "      {example}")?;
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "{BOLD}Clauses{BOLD:#}")?;
    paragraph(&mut out, CLAUSES, "  ")?;
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
