//! A property list in XML.

use roxmltree::{Document, Node as Element, ParsingOptions};

use super::{What, Wrong};
use crate::info_plist::tree::{DEEPEST, Node, Pair, Place, Value};

const FORM: &str = "a property list, such as `<plist version=\"1.0\"><dict>…</dict></plist>`";

/// Reads the value of a property list.
pub(super) fn read(text: &str) -> Result<Node, Wrong> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        // An element that is never closed is missed at the end.
        if matches!(error, roxmltree::Error::UnclosedRootNode) {
            return (
                Some(Place::of(text, text.trim_end().len())),
                syntax("cut short: an element is not closed"),
            );
        }
        let at = error.pos();
        let place = Place {
            line: at.row as usize,
            column: at.col as usize,
        };
        let words = error.to_string();
        let found = words.rsplit_once(" at ").map_or(words.as_str(), |(found, _)| found);
        (Some(place), syntax(found))
    })?;
    let root = document.root_element();
    let top = if root.has_tag_name("plist") {
        let mut values = root.children().filter(Element::is_element);
        let first = values.next().ok_or_else(|| wrong(root, "`<plist>` holds no value"))?;
        if let Some(second) = values.next() {
            return Err(wrong(second, "a second value in `<plist>`"));
        }
        first
    } else if matches!(root.tag_name().name(), "dict" | "array") {
        root
    } else {
        return Err(wrong(
            root,
            &format!("`<{}>` is no property list", root.tag_name().name()),
        ));
    };
    value(top, 0)
}

fn value(element: Element<'_, '_>, depth: usize) -> Result<Node, Wrong> {
    let read = match element.tag_name().name() {
        "string" => Value::Text(text(element)),
        "true" => Value::Flag(true),
        "false" => Value::Flag(false),
        "integer" | "real" => Value::Other("a number"),
        "date" => Value::Other("a date"),
        "data" => Value::Other("data"),
        "array" if depth >= DEEPEST => Value::List(Vec::new()),
        "dict" if depth >= DEEPEST => Value::Map(Vec::new()),
        "array" => Value::List(
            element
                .children()
                .filter(Element::is_element)
                .map(|child| value(child, depth + 1))
                .collect::<Result<_, _>>()?,
        ),
        "dict" => Value::Map(pairs(element, depth)?),
        "key" => return Err(wrong(element, "a `<key>` outside of a `<dict>`")),
        other => return Err(wrong(element, &format!("`<{other}>` is no value of a property list"))),
    };
    Ok(Node {
        place: Some(place(element)),
        value: read,
    })
}

fn pairs(element: Element<'_, '_>, depth: usize) -> Result<Vec<Pair>, Wrong> {
    let mut pairs = Vec::new();
    let mut children = element.children().filter(Element::is_element);
    while let Some(key) = children.next() {
        if !key.has_tag_name("key") {
            let found = format!("`<{}>` where a `<key>` has to stand", key.tag_name().name());
            return Err(wrong(key, &found));
        }
        let name = text(key);
        let behind = children.next().filter(|value| !value.has_tag_name("key"));
        let behind =
            behind.ok_or_else(|| wrong(key, &format!("the key `{}` has no value", crate::text::clip(&name, 80))))?;
        pairs.push(Pair {
            key: name,
            place: Some(place(key)),
            node: value(behind, depth + 1)?,
        });
    }
    Ok(pairs)
}

/// The text of an element, comments left out.
fn text(element: Element<'_, '_>) -> String {
    element
        .children()
        .filter_map(|child| child.is_text().then(|| child.text()).flatten())
        .collect()
}

fn place(element: Element<'_, '_>) -> Place {
    let at = element.document().text_pos_at(element.range().start);
    Place {
        line: at.row as usize,
        column: at.col as usize,
    }
}

fn syntax(found: &str) -> What {
    What::Syntax {
        form: FORM,
        found: crate::text::clip(found, 300),
    }
}

fn wrong(element: Element<'_, '_>, found: &str) -> Wrong {
    (Some(place(element)), syntax(found))
}
