//! A binary property list: it has no lines; an error says the byte, where that is known.
//!
//! Objects may share objects: what they hold in full is counted before it is read, so that a small file fills no memory.

use std::io::Cursor;

use super::{What, Wrong};
use crate::info_plist::tree::{DEEPEST, Node, Pair, Value};

const FORM: &str = "a binary property list that is whole";

/// Reads the value.
pub(super) fn read(bytes: &[u8]) -> Result<Node, Wrong> {
    if is_tangled(bytes) {
        return Err((None, What::Tangled));
    }
    let read = plist::Value::from_reader(Cursor::new(bytes)).map_err(|error| {
        // A cut file also shows as a place that lies outside of it.
        let found = if error.is_eof() || error.is_io() {
            "cut short, or no property list behind `bplist00`"
        } else {
            "damaged"
        };
        // The library tells the byte in its text only.
        let text = error.to_string();
        let byte = text.split_once("(offset ").and_then(|(_, rest)| rest.split_once(')'));
        let at = byte.map_or_else(String::new, |(byte, _)| format!(", at byte {byte}"));
        let syntax = What::Syntax {
            form: FORM,
            found: format!("{found}{at}"),
        };
        (None, syntax)
    })?;
    let node = value(&read, 0);
    dismantle(read);
    Ok(node)
}

fn value(read: &plist::Value, depth: usize) -> Node {
    let value = match read {
        plist::Value::String(text) => Value::Text(text.clone()),
        plist::Value::Boolean(flag) => Value::Flag(*flag),
        plist::Value::Real(_) | plist::Value::Integer(_) => Value::Other("a number"),
        plist::Value::Date(_) => Value::Other("a date"),
        plist::Value::Data(_) => Value::Other("data"),
        plist::Value::Array(values) => {
            let values = values.iter().filter(|_| depth < DEEPEST);
            Value::List(values.map(|read| self::value(read, depth + 1)).collect())
        }
        plist::Value::Dictionary(values) => {
            let values = values.iter().filter(|_| depth < DEEPEST);
            let pairs = values.map(|(key, read)| Pair {
                key: key.clone(),
                place: None,
                node: self::value(read, depth + 1),
            });
            Value::Map(pairs.collect())
        }
        _ => Value::Other("something else"),
    };
    Node { place: None, value }
}

/// Drops a value level by level: one that is nested deeply would overflow the stack.
fn dismantle(value: plist::Value) {
    let mut work = vec![value];
    while let Some(value) = work.pop() {
        match value {
            plist::Value::Array(values) => work.extend(values),
            plist::Value::Dictionary(values) => work.extend(values.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}

/// Whether a binary property list says the same objects over and over: read out in full it would not fit anywhere.
///
/// Objects may share objects, and a reader that copies them needs a multiple of the file. This counts what would be
/// read, and gives up at a bound. What it does not understand it leaves to the reader.
fn is_tangled(bytes: &[u8]) -> bool {
    const MOST_OBJECTS: u64 = 1 << 20;
    bytes.starts_with(b"bplist00") && Binary::open(bytes).is_some_and(|binary| binary.objects_in_full() > MOST_OBJECTS)
}

/// The object table of a binary property list.
struct Binary<'a> {
    bytes: &'a [u8],
    offset_size: usize,
    ref_size: usize,
    count: usize,
    top: usize,
    table: usize,
}

impl<'a> Binary<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let trailer = bytes.get(bytes.len().checked_sub(32)?..)?;
        let number = |at: usize| usize::try_from(unsigned(trailer.get(at..at + 8)?)?).ok();
        let binary = Self {
            bytes,
            offset_size: usize::from(*trailer.get(6)?),
            ref_size: usize::from(*trailer.get(7)?),
            count: number(8)?,
            top: number(16)?,
            table: number(24)?,
        };
        (binary.count <= bytes.len()).then_some(binary)
    }

    /// How many objects a reader would make that copies what is shared. A cycle counts as without end.
    fn objects_in_full(&self) -> u64 {
        let mut sizes: Vec<Option<u64>> = vec![None; self.count];
        let mut begun = vec![false; self.count];
        let mut work = vec![self.top];
        while let Some(object) = work.last().copied() {
            if object >= self.count || sizes[object].is_some() {
                work.pop();
                continue;
            }
            let children = self.children(object).unwrap_or_default();
            if begun[object] {
                let size = |child: &usize| sizes.get(*child).map_or(0, |size| size.unwrap_or(u64::MAX));
                let all = children.iter().map(size).fold(1, u64::saturating_add);
                sizes[object] = Some(all);
                work.pop();
            } else {
                begun[object] = true;
                work.extend(children.into_iter().filter(|child| begun.get(*child) == Some(&false)));
            }
        }
        sizes.get(self.top).copied().flatten().unwrap_or(0)
    }

    /// The objects that an array, a set or a dictionary refers to.
    fn children(&self, object: usize) -> Option<Vec<usize>> {
        let at = self.table.checked_add(object.checked_mul(self.offset_size)?)?;
        let mut at = usize::try_from(unsigned(self.bytes.get(at..at.checked_add(self.offset_size)?)?)?).ok()?;
        let marker = *self.bytes.get(at)?;
        at += 1;
        let factor = match marker >> 4 {
            0xA | 0xC => 1,
            0xD => 2,
            _ => return Some(Vec::new()),
        };
        let mut length = usize::from(marker & 0xF);
        if length == 0xF {
            let size = 1usize << (self.bytes.get(at)? & 0xF).min(3);
            length = usize::try_from(unsigned(self.bytes.get(at + 1..at + 1 + size)?)?).ok()?;
            at += 1 + size;
        }
        let length = length.checked_mul(factor)?;
        let refs = self
            .bytes
            .get(at..at.checked_add(length.checked_mul(self.ref_size)?)?)?;
        let read = |part: &[u8]| usize::try_from(unsigned(part)?).ok();
        refs.chunks(self.ref_size.max(1)).map(read).collect()
    }
}

/// A number of at most eight bytes, the greatest first.
fn unsigned(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
