//! What is kept of what went over the pipes: the last lines both ways, and the end of stderr.
//!
//! Bounded in lines and in bytes, whatever an adapter writes.

use std::collections::VecDeque;

use crate::play::adapter::Trail;
use crate::text::{clip, plain};

/// How many lines of the wire are kept, and how many bytes of each.
const LINES: usize = 40;
const LINE_BYTES: usize = 2 << 10;
/// How many bytes of stderr are kept, and how many lines of them a message ends with.
const STDERR_BYTES: usize = 8 << 10;
const STDERR_LINES: usize = 10;

/// Which way a line went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To the adapter.
    To,
    /// From it.
    From,
}

/// What is kept.
#[derive(Debug, Default)]
pub(super) struct Wire {
    lines: VecDeque<(Way, Vec<u8>, usize)>,
    stderr: VecDeque<u8>,
}

impl Wire {
    /// Keeps a line.
    pub(super) fn line(&mut self, way: Way, line: &[u8]) {
        let mut kept = match self.lines.len() {
            LINES => self.lines.pop_front().map(|(_, kept, _)| kept).unwrap_or_default(),
            _ => Vec::new(),
        };
        kept.clear();
        kept.extend_from_slice(&line[..line.len().min(LINE_BYTES)]);
        self.lines.push_back((way, kept, line.len()));
    }

    /// Keeps a part of stderr.
    pub(super) fn stderr(&mut self, part: &[u8]) {
        self.stderr.extend(part);
        let surplus = self.stderr.len().saturating_sub(STDERR_BYTES);
        self.stderr.drain(..surplus);
    }

    /// All that is kept.
    pub(super) fn trail(&self) -> Trail {
        let lines = self.lines.iter().map(|(way, line, bytes)| {
            let way = match way {
                Way::To => '>',
                Way::From => '<',
            };
            let text = plain(&String::from_utf8_lossy(line));
            match *bytes > LINE_BYTES {
                true => format!("{way} {text}… ({bytes} bytes)"),
                false => format!("{way} {text}"),
            }
        });
        Trail {
            wire: lines.collect(),
            stderr: self.errors(),
        }
    }

    /// The last lines of stderr as a message ends with them, or nothing.
    pub(super) fn last_words(&self) -> String {
        let text = self.errors();
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = &lines[lines.len().saturating_sub(STDERR_LINES)..];
        last.iter()
            .map(|line| format!("\n  stderr: {}", clip(line, 200)))
            .collect()
    }

    fn errors(&self) -> String {
        let bytes: Vec<u8> = self.stderr.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_kept_and_long_ones_are_cut() {
        let mut wire = Wire::default();
        for n in 0..100 {
            wire.line(Way::To, format!("{n}").as_bytes());
        }
        wire.line(Way::From, &[b'x'; 5000]);
        let trail = wire.trail();
        assert_eq!(trail.wire.len(), LINES);
        assert_eq!(trail.wire[0], "> 61");
        assert!(trail.wire[LINES - 1].starts_with("< xxx") && trail.wire[LINES - 1].ends_with("… (5000 bytes)"));
    }

    #[test]
    fn the_end_of_stderr_is_kept() {
        let mut wire = Wire::default();
        wire.stderr(&[b'a'; STDERR_BYTES]);
        wire.stderr(b"\nthe last\n");
        assert_eq!(wire.trail().stderr.len(), STDERR_BYTES);
        assert!(wire.last_words().ends_with("\n  stderr: the last"));
    }
}
