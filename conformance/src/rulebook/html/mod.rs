//! Writes pages of HTML that need nothing else: no font, no image and no script from anywhere, and what is linked outside
//! are public pages alone.
//!
//! Everything is written through templates that escape ([`maud`]): whatever stands in a rule, a source, a trace or a
//! feature file stays text. The one script, `page.js`, only hides and
//! opens what is there; the policy in the head forbids every request. [`book()`] is the whole rulebook,
//! [`document()`] the difference of two versions.

mod book;
mod document;
mod rule;

use maud::{DOCTYPE, Markup, PreEscaped, html};

pub use book::write as book;
pub use document::write as document;
pub(crate) use rule::sources_of;
pub use rule::write as rule;

use super::document::{Anchors, Piece};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Nothing is fetched, nothing is sent.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/// A page around what stands in its body.
fn page(title: &str, body: &Markup) -> String {
    page_with(title, "", body)
}

/// A page with a style of its own besides.
pub(crate) fn page_with(title: &str, style: &str, body: &Markup) -> String {
    let whole = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!("bgspec ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(style)) }
            }
            body {
                (body)
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    let mut text = whole.into_string();
    text.push('\n');
    text
}

/// A text with its code set apart and the rules in it linked.
fn inline(text: &str, anchors: &Anchors) -> Markup {
    html! {
        @for piece in anchors.pieces(text) {
            @match piece {
                Piece::Plain(words) => (words),
                Piece::Code(code) => code { (code) },
                Piece::Setting(setting) => a href={ "#" (setting) } { code { (setting) } },
                Piece::Rule(id) => a href={ "#" (id) } { (id) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::document::{Block, Document};

    #[test]
    fn whatever_stands_in_a_text_is_no_markup() {
        let page = document(&Document {
            title: "<b>".to_owned(),
            blocks: vec![
                Block::Paragraph("a & `<i>` \"".to_owned()),
                Block::List(vec!["</li><script>alert(1)</script>".to_owned()]),
                Block::Section {
                    anchor: "\"><img src=x>".to_owned(),
                    title: "' onload='".to_owned(),
                    blocks: Vec::new(),
                },
            ],
        });
        assert!(page.contains("<title>&lt;b&gt;</title>"), "{page}");
        assert!(page.contains("<p>a &amp; <code>&lt;i&gt;</code> &quot;</p>"), "{page}");
        assert_eq!(page.matches("<script>").count(), 1, "our own alone: {page}");
        assert!(!page.contains("<img"), "{page}");
        assert!(page.contains("id=\"&quot;&gt;&lt;img src=x&gt;\""), "{page}");
    }

    /// The script and the style would end where they name their own end.
    #[test]
    fn neither_the_script_nor_the_style_ends_itself() {
        assert!(!SCRIPT.contains("</") && !STYLE.contains("</"));
    }
}
