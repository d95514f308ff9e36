//! Writes a document as Markdown (CommonMark with tables).

use std::fmt::Write as _;

use bgspec_model::rule::Id;

use super::document::{Anchors, Block, Document, Piece};

/// The document as Markdown.
#[must_use]
pub fn write(document: &Document) -> String {
    let anchors = Anchors::of(document);
    let mut out = format!("# {}\n", escape(&document.title));
    blocks(&mut out, &document.blocks, 2, &anchors);
    out
}

fn blocks(out: &mut String, list: &[Block], level: usize, anchors: &Anchors) {
    for block in list {
        out.push('\n');
        match block {
            Block::Section {
                anchor,
                title,
                blocks: inner,
            } => {
                let marks = "#".repeat(level.min(6));
                // A rule's anchor is its id as it is printed; a heading alone would give a longer one.
                let own = match anchor.parse::<Id>() {
                    Ok(id) => format!("<a id=\"{id}\"></a>"),
                    Err(_) => String::new(),
                };
                let _ = writeln!(out, "{marks} {own}{}", escape(title));
                blocks(out, inner, level + 1, anchors);
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "{}", inline(text, anchors));
            }
            Block::Sentence(text) => {
                let _ = writeln!(out, "> {}", inline(text, anchors));
            }
            Block::Facts(facts) => {
                for (name, value) in facts {
                    let _ = writeln!(out, "- **{}**: {}", escape(name), inline(value, anchors));
                }
            }
            Block::List(items) => {
                for item in items {
                    let _ = writeln!(out, "- {}", inline(item, anchors));
                }
            }
            Block::Contents(links) => {
                for (anchor, text) in links {
                    let _ = writeln!(out, "- [{}](#{anchor})", escape(text));
                }
            }
            Block::Table { head, rows } => {
                let row = |out: &mut String, cells: Vec<String>| {
                    let _ = writeln!(out, "| {} |", cells.join(" | "));
                };
                row(out, head.iter().map(|cell| escape(cell)).collect());
                row(out, head.iter().map(|_| "---".to_owned()).collect());
                for cells in rows {
                    row(out, cells.iter().map(|cell| inline(cell, anchors)).collect());
                }
            }
        }
    }
}

fn inline(text: &str, anchors: &Anchors) -> String {
    anchors
        .pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(words) => escape(words),
            // A bar would end a table's cell even in code.
            Piece::Code(code) => format!("`{}`", code.replace('|', "\\|")),
            Piece::Rule(id) => format!("[{id}](#{id})"),
            Piece::Setting(setting) => format!("[`{setting}`](#{setting})"),
        })
        .collect()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}
