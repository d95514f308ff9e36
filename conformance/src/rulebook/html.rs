//! Writes a document as one HTML page that needs nothing else: no script, no font, no image from anywhere.

use std::fmt::Write as _;

use super::document::{Anchors, Block, Document, Piece};

const STYLE: &str = "
:root { color-scheme: light dark; --text: #1c1c1e; --dim: #5b5b63; --back: #fff; --soft: #f4f4f7; --line: #d9d9e0; --link: #0a58ca; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e6ea; --dim: #a0a0ab; --back: #17171a; --soft: #222228; --line: #3a3a43; --link: #8ab4ff; }
}
body { margin: 0 auto; padding: 2rem 1rem 6rem; max-width: 52rem; color: var(--text); background: var(--back); font: 1rem/1.55 system-ui, sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
h1 { line-height: 1.2; }
h2 { margin-top: 3rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { margin: 2rem 0 .5rem; }
:target > h2, :target > h3 { color: var(--link); }
code { padding: .1em .3em; border-radius: .25rem; background: var(--soft); font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
blockquote { margin: .8rem 0; padding: .6rem 1rem; border-left: .25rem solid var(--link); background: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0; font-size: .93rem; }
dt { color: var(--dim); }
dd { margin: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .93rem; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td code { overflow-wrap: normal; white-space: nowrap; }
a[href^='#'] { white-space: nowrap; }
nav a, h2 a, h3 a { white-space: normal !important; }
li { overflow-wrap: anywhere; }
nav ul { columns: 14rem; padding-left: 1.2rem; }
@media print { body { max-width: none; } section { break-inside: avoid; } }
";

/// The document as an HTML page.
#[must_use]
pub fn write(document: &Document) -> String {
    let anchors = Anchors::of(document);
    let title = escape(&document.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    blocks(&mut out, &document.blocks, 2, &anchors);
    out.push_str("</body>\n</html>\n");
    out
}

fn blocks(out: &mut String, list: &[Block], level: usize, anchors: &Anchors) {
    for block in list {
        match block {
            Block::Section {
                anchor,
                title,
                blocks: inner,
            } => {
                let (anchor, title, level) = (escape(anchor), escape(title), level.min(6));
                let _ = writeln!(
                    out,
                    "<section id=\"{anchor}\">\n<h{level}><a href=\"#{anchor}\">{title}</a></h{level}>"
                );
                blocks(out, inner, level + 1, anchors);
                out.push_str("</section>\n");
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "<p>{}</p>", inline(text, anchors));
            }
            Block::Sentence(text) => {
                let _ = writeln!(out, "<blockquote>{}</blockquote>", inline(text, anchors));
            }
            Block::Facts(facts) => {
                out.push_str("<dl>\n");
                for (name, value) in facts {
                    let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escape(name), inline(value, anchors));
                }
                out.push_str("</dl>\n");
            }
            Block::List(items) => {
                out.push_str("<ul>\n");
                for item in items {
                    let _ = writeln!(out, "<li>{}</li>", inline(item, anchors));
                }
                out.push_str("</ul>\n");
            }
            Block::Places(places) => {
                out.push_str("<ul>\n");
                for place in places {
                    let before = escape(place.before);
                    let (link, title) = (escape(&place.link), escape(&place.title));
                    let text = inline(&place.text, anchors);
                    let _ = writeln!(out, "<li>{before}<a href=\"{link}\">{title}</a>{text}</li>");
                }
                out.push_str("</ul>\n");
            }
            Block::Contents(links) => {
                out.push_str("<nav><ul>\n");
                for (anchor, text) in links {
                    let _ = writeln!(out, "<li><a href=\"#{}\">{}</a></li>", escape(anchor), escape(text));
                }
                out.push_str("</ul></nav>\n");
            }
            Block::Table { head, rows } => table(out, head, rows, anchors),
        }
    }
}

fn table(out: &mut String, head: &[&str], rows: &[Vec<String>], anchors: &Anchors) {
    out.push_str("<div class=\"wide\"><table>\n<tr>");
    for cell in head {
        let _ = write!(out, "<th>{}</th>", escape(cell));
    }
    out.push_str("</tr>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td>{}</td>", inline(cell, anchors));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></div>\n");
}

fn inline(text: &str, anchors: &Anchors) -> String {
    anchors
        .pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(words) => escape(words),
            Piece::Code(code) => format!("<code>{}</code>", escape(code)),
            Piece::Rule(id) => format!("<a href=\"#{}\">{id}</a>", id.to_string().to_lowercase()),
        })
        .collect()
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_in_a_text_is_no_markup() {
        let page = write(&Document {
            title: "<b>".to_owned(),
            blocks: vec![
                Block::Paragraph("a & `<i>` \"".to_owned()),
                Block::Contents(vec![("\"x".to_owned(), "'".to_owned())]),
            ],
        });
        assert!(page.contains("<title>&lt;b&gt;</title>"), "{page}");
        assert!(page.contains("<p>a &amp; <code>&lt;i&gt;</code> &quot;</p>"), "{page}");
        assert!(page.contains("<a href=\"#&quot;x\">&#39;</a>"), "{page}");
    }
}
