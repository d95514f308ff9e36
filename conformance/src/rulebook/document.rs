//! A small document: sections, paragraphs, lists and tables, for [`super::markdown`] and [`super::html`] to write.
//!
//! Texts are plain, as the rules have them: what stands in backquotes is code, and the id of a rule that has a section
//! in the document is a link to it. Nothing in a text is markup; both writers escape.

use std::collections::BTreeSet;

use bgspec_model::rule::Id;
use bgspec_model::setting::Setting;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A section with a heading.
    Section {
        /// What a link to it names.
        anchor: String,
        /// Its heading.
        title: String,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// A paragraph.
    Paragraph(String),
    /// The sentence that a section is about.
    Sentence(String),
    /// Names with what they stand for.
    Facts(Vec<(&'static str, String)>),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table {
        /// The names of its columns.
        head: Vec<&'static str>,
        /// Its rows, each as long as the head.
        rows: Vec<Vec<String>>,
    },
    /// A list of links to sections: anchor and text.
    Contents(Vec<(String, String)>),
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Plain(&'a str),
    /// Code.
    Code(&'a str),
    /// A rule that has a section.
    Rule(Id),
    /// A setting that has a section.
    Setting(Setting),
}

/// What a document has a section for, and a text in it can link: rules, settings, cases.
///
/// The anchor of a rule is its id as it is printed.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    rules: BTreeSet<Id>,
    cases: BTreeSet<&'static str>,
    settings: bool,
}

impl Anchors {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut anchors = Self::default();
        anchors.collect(&document.blocks);
        anchors
    }

    /// One rule, which stands alone.
    #[must_use]
    pub fn only(rule: Id) -> Self {
        Self {
            rules: BTreeSet::from([rule]),
            ..Self::default()
        }
    }

    /// Those of a book with these rules and cases, and with every setting.
    #[must_use]
    pub fn of_book(rules: impl Iterator<Item = Id>, cases: impl Iterator<Item = &'static str>) -> Self {
        Self {
            rules: rules.collect(),
            cases: cases.collect(),
            settings: true,
        }
    }

    /// Whether scenarios and cases stand elsewhere in the same page.
    #[must_use]
    pub fn is_book(&self) -> bool {
        self.settings
    }

    /// Whether there is a case of that name.
    #[must_use]
    pub fn has(&self, case: &str) -> bool {
        self.cases.contains(case)
    }

    fn collect(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Block::Section { anchor, blocks, .. } = block {
                self.rules
                    .extend(anchor.parse::<Id>().ok().filter(|id| id.to_string() == *anchor));
                self.settings |= Setting::named(anchor).is_some();
                self.collect(blocks);
            }
        }
    }

    /// The pieces of a text.
    #[must_use]
    pub fn pieces<'a>(&self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        // An odd backquote at the end opens nothing.
        let quotes = text.matches('`').count() / 2 * 2;
        for (number, part) in text.splitn(quotes + 1, '`').enumerate() {
            if number % 2 == 1 {
                let setting = Setting::named(part).filter(|_| self.settings);
                pieces.push(setting.map_or(Piece::Code(part), Piece::Setting));
            } else {
                self.words(part, &mut pieces);
            }
        }
        pieces
    }

    /// Finds the ids of rules among words.
    fn words<'a>(&self, text: &'a str, pieces: &mut Vec<Piece<'a>>) {
        let mut rest = text;
        let mut from = 0;
        while let Some(found) = rest[from..].find('-') {
            let dash = from + found;
            let before = rest[..dash].len() - rest[..dash].trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
            let behind = rest[dash + 1..].bytes().take_while(u8::is_ascii_digit).count();
            let (start, end) = (dash - before, dash + 1 + behind);
            let inside = rest[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-')
                || rest[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
            let id = rest[start..end].parse::<Id>().ok().filter(|id| self.rules.contains(id));
            match id {
                Some(id) if !inside => {
                    if start > 0 {
                        pieces.push(Piece::Plain(&rest[..start]));
                    }
                    pieces.push(Piece::Rule(id));
                    rest = &rest[end..];
                    from = 0;
                }
                _ => from = dash + 1,
            }
        }
        if !rest.is_empty() {
            pieces.push(Piece::Plain(rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_rules_are_found_in_a_text() {
        let section = Block::Section {
            anchor: "SUB-5".to_owned(),
            title: "SUB-5: one refresh pending".to_owned(),
            blocks: Vec::new(),
        };
        let anchors = Anchors::of(&Document {
            title: String::new(),
            blocks: vec![section],
        });
        let id: Id = "SUB-5".parse().unwrap();
        assert_eq!(
            anchors.pieces("see `SUB-5`, SUB-5 (SUB-6, SUB-55, X-SUB-5): `odd"),
            [
                Piece::Plain("see "),
                Piece::Code("SUB-5"),
                Piece::Plain(", "),
                Piece::Rule(id),
                Piece::Plain(" (SUB-6, SUB-55, X-SUB-5): `odd"),
            ]
        );
        assert_eq!(anchors.pieces("SUB-5"), [Piece::Rule(id)]);
        assert_eq!(anchors.pieces(""), []);
    }
}
