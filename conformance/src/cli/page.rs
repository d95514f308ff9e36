//! Text on a page of a width: that of the terminal, or of `COLUMNS`, at most what reads well.

use std::env;
use std::io::{self, Write};

use anstyle::Style;

use crate::text::wrap;

/// The width where nobody says another one, and the greatest: longer lines are hard to read.
const WIDTH: usize = 100;
/// The least width that is kept to.
const LEAST: usize = 40;
/// Where the text behind a label begins.
const INDENT: usize = 15;

/// The width of a page: that of the terminal or of `COLUMNS`, within what reads well.
pub(super) fn width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    let width = told.or_else(terminal).filter(|width| *width > 0).unwrap_or(WIDTH);
    width.clamp(LEAST, WIDTH)
}

/// A page that is written on.
pub(super) struct Page<'a, W: Write> {
    out: &'a mut W,
    width: usize,
}

impl<'a, W: Write> Page<'a, W> {
    /// A page as wide as the terminal.
    pub(super) fn new(out: &'a mut W) -> Self {
        Self { out, width: width() }
    }

    /// One line as it is.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// A text from the margin, in a style.
    pub(super) fn paragraph(&mut self, style: Style, text: &str) -> io::Result<()> {
        for line in wrap(text, self.width) {
            writeln!(self.out, "{style}{line}{style:#}")?;
        }
        Ok(())
    }

    /// A text behind a word of its own, the other lines below the text.
    pub(super) fn remark(&mut self, style: Style, word: &str, text: &str) -> io::Result<()> {
        for (number, line) in wrap(text, self.width.saturating_sub(word.len() + 4)).iter().enumerate() {
            if number == 0 {
                writeln!(self.out, "  {style}{word}{style:#}: {line}")?;
            } else {
                writeln!(self.out, "    {line}")?;
            }
        }
        Ok(())
    }

    /// A text behind its label, wrapped and indented.
    pub(super) fn labelled(&mut self, label: &str, text: &str) -> io::Result<()> {
        let dim = Style::new().dimmed();
        for (number, line) in wrap(text, self.width - INDENT).iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            writeln!(self.out, "    {dim}{label:<width$}{dim:#}{line}", width = INDENT - 4)?;
        }
        Ok(())
    }
}
