//! A value out of a file, with its place in it: what the four forms (XML, binary, JSON, YAML) have in common.
//!
//! Only what describes an app is told apart; a number, a date or data is [`Value::Other`]. What is nested more deeply
//! than [`DEEPEST`] is left out by those that read: nothing of an app stands there.

use std::fmt;

/// No key of an app is nested more deeply.
pub const DEEPEST: usize = 64;

/// A line and a column, from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A value and where it stands; a binary file has no places.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it begins.
    pub place: Option<Place>,
    /// What it is.
    pub value: Value,
}

/// A value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A string.
    Text(String),
    /// True or false.
    Flag(bool),
    /// An array.
    List(Vec<Node>),
    /// A dictionary, its keys in their order: one may stand in it twice.
    Map(Vec<Pair>),
    /// Anything else, in words.
    Other(&'static str),
}

/// A key of a dictionary and its value.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub place: Option<Place>,
    /// The value.
    pub node: Node,
}

impl Place {
    /// The place of a byte of a text.
    #[must_use]
    pub fn of(text: &str, byte: usize) -> Self {
        let before = text.get(..byte.min(text.len())).unwrap_or(text);
        let line_begins = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_begins..].chars().count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl Node {
    /// The pairs of a dictionary; none of anything else.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        match &self.value {
            Value::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The value of a key; of several the last.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pairs()
            .iter()
            .rev()
            .find(|pair| pair.key == key)
            .map(|pair| &pair.node)
    }

    /// The value behind several keys.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// A string.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array; none of anything else.
    #[must_use]
    pub fn list(&self) -> &[Node] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    /// What it is, in words.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match &self.value {
            Value::Text(_) => "a string",
            Value::Flag(_) => "a boolean",
            Value::List(_) => "an array",
            Value::Map(_) => "a dictionary",
            Value::Other(kind) => kind,
        }
    }
}

/// Whether two values say the same, wherever they stand.
#[must_use]
pub fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Text(one), Value::Text(other)) => one == other,
        (Value::Flag(one), Value::Flag(other)) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            let equal = |(one, other): (&Pair, &Pair)| one.key == other.key && same(&one.node, &other.node);
            one.len() == other.len() && one.iter().zip(other).all(equal)
        }
        // What is not told apart here may differ.
        _ => false,
    }
}
