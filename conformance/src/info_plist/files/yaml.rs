//! XcodeGen's project.yml.
//!
//! The parser gives events with places; what an anchor names is copied where an alias stands, up to a bound, and
//! a merge key (`<<`) brings the pairs that are not there.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{What, Wrong};
use crate::info_plist::tree::{DEEPEST, Node, Pair, Place, Value};

const FORM: &str = "YAML, such as `targets:` with a target and its `info:`";
/// More values than any project has: aliases of aliases would fill any memory.
const MOST_VALUES: usize = 1 << 18;

/// Reads the first document.
pub(super) fn read(text: &str) -> Result<Node, Wrong> {
    // Where a text breaks off the parser may count lines that are not there.
    let end = Place::of(text, text.len());
    let within = |place: Place| if place.line > end.line { end } else { place };
    document(text).map_err(|(place, what)| (place.map(within), what))
}

fn document(text: &str) -> Result<Node, Wrong> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        anchors: HashMap::new(),
        values: 0,
    };
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamEnd => return Err((None, What::Empty)),
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            event => return reader.value(event, span, 0),
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: HashMap<usize, Node>,
    values: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), Wrong> {
        match self.parser.next_event() {
            Some(Ok(read)) => Ok(read),
            Some(Err(error)) => Err(wrong(marked(error.marker()), error.info())),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Wrong> {
        let place = marked(&span.start);
        self.count(1, place)?;
        if depth > DEEPEST {
            return Err(wrong(place, &format!("nested more than {DEEPEST} deep")));
        }
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor),
            Event::SequenceStart(anchor, _) => (self.list(depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.map(depth)?, anchor),
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let node = node.ok_or_else(|| wrong(place, "an alias of an anchor that is not complete"))?;
                self.count(size(&node), place)?;
                return Ok(node);
            }
            _ => return Err(wrong(place, "the document ends here")),
        };
        let node = Node {
            place: Some(place),
            value,
        };
        if anchor > 0 {
            self.count(size(&node), place)?;
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn count(&mut self, more: usize, place: Place) -> Result<(), Wrong> {
        self.values += more;
        if self.values > MOST_VALUES {
            return Err(wrong(
                place,
                &format!("more than {MOST_VALUES} values, those of aliases with them"),
            ));
        }
        Ok(())
    }

    fn list(&mut self, depth: usize) -> Result<Value, Wrong> {
        let mut nodes = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::List(nodes)),
                (event, span) => nodes.push(self.value(event, span, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, Wrong> {
        let (mut pairs, mut merged) = (Vec::<Pair>::new(), Vec::new());
        loop {
            let key = match self.next()? {
                (Event::MappingEnd, _) => break,
                (event, span) => self.value(event, span, depth + 1)?,
            };
            let (event, span) = self.next()?;
            let node = self.value(event, span, depth + 1)?;
            match key.value {
                Value::Text(name) if name == "<<" => merged.push(node),
                Value::Text(name) => pairs.push(Pair {
                    key: name,
                    place: key.place,
                    node,
                }),
                // `true:` and `1:` are no keys of a project.
                _ => {}
            }
        }
        for node in merged {
            let sources = if node.list().is_empty() {
                vec![node]
            } else {
                node.list().to_vec()
            };
            for pair in sources.iter().flat_map(Node::pairs) {
                if !pairs.iter().any(|there| there.key == pair.key) {
                    self.count(size(&pair.node), pair.place.unwrap_or(Place { line: 1, column: 1 }))?;
                    pairs.push(pair.clone());
                }
            }
        }
        Ok(Value::Map(pairs))
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    let is_plain = style == ScalarStyle::Plain;
    match text {
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" if is_plain => Value::Flag(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" if is_plain => Value::Flag(false),
        "" | "~" | "null" | "Null" | "NULL" if is_plain => Value::Other("nothing"),
        _ if is_plain && text.parse::<f64>().is_ok() => Value::Other("a number"),
        _ => Value::Text(text.to_owned()),
    }
}

fn size(node: &Node) -> usize {
    let inside: usize = match &node.value {
        Value::List(nodes) => nodes.iter().map(size).sum(),
        Value::Map(pairs) => pairs.iter().map(|pair| size(&pair.node)).sum(),
        _ => 0,
    };
    inside + 1
}

fn marked(marker: &saphyr_parser::Marker) -> Place {
    Place {
        line: marker.line().max(1),
        column: marker.col() + 1,
    }
}

fn wrong(place: Place, found: &str) -> Wrong {
    let syntax = What::Syntax {
        form: FORM,
        found: crate::text::clip(found, 300),
    };
    (Some(place), syntax)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn where_a_text_breaks_off_the_mistake_lies_in_it() {
        let (place, _) = read("{\n  \"targets\": {\n    \"a\": [1,\n ").unwrap_err();
        let place = place.unwrap();
        assert!(place.line <= 4, "{place}");
    }
}
