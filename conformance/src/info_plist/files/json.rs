//! Expo's app.json: JSON in which Expo allows comments, trailing commas and the like, too.

use jsonc_parser::ast;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::{What, Wrong};
use crate::info_plist::tree::{DEEPEST, Node, Pair, Place, Value};

const FORM: &str = "JSON, such as `{\"expo\": {\"ios\": {\"infoPlist\": {…}}}}`";

/// Reads a value.
pub(super) fn read(text: &str) -> Result<Node, Wrong> {
    let options = ParseOptions {
        allow_missing_commas: false,
        ..ParseOptions::default()
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &options).map_err(|error| {
        let syntax = What::Syntax {
            form: FORM,
            found: lowered(&error.kind().to_string()),
        };
        (Some(Place::of(text, error.range().start)), syntax)
    })?;
    let lines = Lines::of(text);
    parsed
        .value
        .map(|read| value(&lines, &read, 0))
        .ok_or((None, What::Empty))
}

fn value(lines: &Lines<'_>, read: &ast::Value<'_>, depth: usize) -> Node {
    let (start, value) = match read {
        ast::Value::StringLit(text) => (text.range.start, Value::Text(text.value.clone().into_owned())),
        ast::Value::BooleanLit(flag) => (flag.range.start, Value::Flag(flag.value)),
        ast::Value::NumberLit(number) => (number.range.start, Value::Other("a number")),
        ast::Value::NullKeyword(null) => (null.range.start, Value::Other("null")),
        ast::Value::Array(array) => {
            let elements = array.elements.iter().filter(|_| depth < DEEPEST);
            let elements = elements.map(|element| self::value(lines, element, depth + 1));
            (array.range.start, Value::List(elements.collect()))
        }
        ast::Value::Object(object) => {
            let properties = object.properties.iter().filter(|_| depth < DEEPEST);
            let pairs = properties.map(|property| Pair {
                key: property.name.as_str().to_owned(),
                place: Some(lines.place(property.range.start)),
                node: self::value(lines, &property.value, depth + 1),
            });
            (object.range.start, Value::Map(pairs.collect()))
        }
    };
    Node {
        place: Some(lines.place(start)),
        value,
    }
}

/// A text with the bytes at which its lines begin: a place is found without reading everything before it.
struct Lines<'a> {
    text: &'a str,
    begin: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            text,
            begin: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect(),
        }
    }

    fn place(&self, byte: usize) -> Place {
        let line = self.begin.partition_point(|begin| *begin <= byte);
        let begin = self.begin[line.saturating_sub(1)];
        let column = self.text.get(begin..byte).map_or(0, |before| before.chars().count());
        Place {
            line: line.max(1),
            column: column + 1,
        }
    }
}

fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + letters.as_str()
    })
}
