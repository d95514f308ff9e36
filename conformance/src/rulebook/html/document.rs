//! A small document as a page.

use maud::{Markup, html};

use super::{inline, page};
use crate::rulebook::document::{Anchors, Block, Document};

/// The document as an HTML page.
#[must_use]
pub fn write(document: &Document) -> String {
    let anchors = Anchors::of(document);
    let body = html! {
        main class="frame" {
            h1 { (document.title) }
            (blocks(&document.blocks, 2, &anchors))
        }
    };
    page(&document.title, &body)
}

/// A heading of a level.
fn heading(level: usize, inner: &Markup) -> Markup {
    html! {
        @match level {
            ..=2 => h2 { (inner) },
            3 => h3 { (inner) },
            _ => h4 { (inner) },
        }
    }
}

fn blocks(list: &[Block], level: usize, anchors: &Anchors) -> Markup {
    html! {
        @for block in list {
            @match block {
                Block::Section { anchor, title, blocks: inner } => section id=(anchor) {
                    (heading(level, &html! { a href={ "#" (anchor) } { (title) } }))
                    (blocks(inner, level + 1, anchors))
                },
                Block::Paragraph(text) => p { (inline(text, anchors)) },
                Block::Sentence(text) => p class="sentence" { (inline(text, anchors)) },
                Block::Facts(facts) => dl {
                    @for (name, value) in facts {
                        dt { (name) }
                        dd { (inline(value, anchors)) }
                    }
                },
                Block::List(items) => ul {
                    @for item in items { li { (inline(item, anchors)) } }
                },
                Block::Contents(links) => nav aria-label="Contents" {
                    ul { @for (anchor, text) in links { li { a href={ "#" (anchor) } { (text) } } } }
                },
                Block::Table { head, rows } => table {
                    thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                    tbody {
                        @for row in rows { tr { @for cell in row { td { (inline(cell, anchors)) } } } }
                    }
                },
            }
        }
    }
}
