//! Files that describe an app, opened and read into a [`Node`]: XML, binary, JSON, YAML.
//!
//! Files come from anywhere: they are bounded in size and depth, and an error says where it is and what was expected.
//! What the values mean is read in [`super::subject`].

mod binary;
mod json;
mod xml;
mod yaml;

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::tree::{Node, Place, Value};
use crate::text::plain;
use crate::trace::Problem;

/// No file that describes an app is larger.
const LARGEST: u64 = 4 << 20;

/// What a file is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An Info.plist or entitlements.
    PropertyList,
    /// Expo's app.json or app.config.json.
    Expo,
    /// XcodeGen's project.yml.
    XcodeGen,
}

impl Kind {
    /// What a file of this name is.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("json") => Self::Expo,
            Some("yml" | "yaml") => Self::XcodeGen,
            _ => Self::PropertyList,
        }
    }
}

/// A file that cannot be used.
#[derive(Debug)]
pub struct Unreadable {
    /// The file, as it was named; `stdin` for standard input.
    pub file: String,
    /// Where in it.
    pub place: Option<Place>,
    /// What is wrong, and what was expected.
    pub what: What,
}

/// What is wrong with a file.
#[derive(Debug)]
pub enum What {
    /// It cannot be opened or read.
    Io(io::Error),
    /// It is too large.
    TooLarge,
    /// There is nothing in it.
    Empty,
    /// Its bytes are no text.
    NotUtf8,
    /// It is a property list of the old form, or none.
    NeitherForm,
    /// It is a program, not data.
    Program,
    /// It is not well-formed.
    Syntax {
        /// The form that it should have.
        form: &'static str,
        /// What is wrong.
        found: String,
    },
    /// A binary property list whose objects hold too much of one another.
    Tangled,
    /// Its value is no dictionary.
    NoDictionary(&'static str),
    /// There are too many permitted strings.
    TooManyEntries {
        /// How many there are.
        found: usize,
        /// How many are read.
        most: usize,
    },
    /// An included file that is not there, or that includes itself.
    Include {
        /// Its name.
        name: String,
        /// What is wrong with it.
        found: String,
    },
    /// A line of build settings that is none.
    NoSetting(String),
    /// Data that describe no app.
    NoApp {
        /// What was expected.
        expected: &'static str,
    },
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{}", Problem::unreadable(error)),
            Self::TooLarge => write!(
                f,
                "larger than {} MiB: expected a file that describes an app",
                LARGEST >> 20
            ),
            Self::Empty => f.write_str("the file is empty: expected an Info.plist, an app.json or a project.yml"),
            Self::NotUtf8 => {
                f.write_str("a byte that is no text: expected UTF-8, or UTF-16 behind its byte order mark")
            }
            Self::NeitherForm => f.write_str(
                "neither XML nor a binary property list: expected `<?xml` or `bplist00`; `plutil -convert xml1 FILE` \
                 writes the one from the old form",
            ),
            Self::Program => f.write_str(
                "a program, which is not run here: expected data; `npx expo config --json > app.config.json` writes \
                 what it says",
            ),
            Self::Syntax { form, found } => write!(f, "{found}: expected {form}"),
            Self::Tangled => f.write_str(
                "a binary property list whose objects hold too much of one another: expected that of an app",
            ),
            Self::NoDictionary(found) => write!(
                f,
                "the file holds {found}: expected a dictionary with the keys of an app"
            ),
            Self::TooManyEntries { found, most } => {
                write!(
                    f,
                    "BGTaskSchedulerPermittedIdentifiers has {found} entries: expected at most {most}"
                )
            }
            Self::Include { name, found } => {
                write!(f, "the included file `{}` {found}", plain(name))
            }
            Self::NoSetting(found) => write!(
                f,
                "`{}`: expected NAME = VALUE, #include \"FILE\" or a comment",
                plain(found)
            ),
            Self::NoApp { expected } => write!(f, "it describes no app: expected {expected}"),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", plain(&self.file))?;
        if let Some(place) = self.place {
            write!(f, ":{place}")?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for Unreadable {}

/// What is wrong inside a text, and where; the caller knows the file.
pub(super) type Wrong = (Option<Place>, What);

/// Reads the dictionary that a file holds; `-` is standard input.
///
/// # Errors
/// The file cannot be opened, is not well-formed, or holds no dictionary.
pub fn read(name: &str) -> Result<(Kind, Node), Unreadable> {
    let bytes = bytes(name).map_err(|what| unreadable(name, (None, what)))?;
    read_bytes(name, &bytes)
}

/// Reads the dictionary that a file of this name and these bytes holds.
///
/// # Errors
/// As for [`read`].
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<(Kind, Node), Unreadable> {
    let mut kind = Kind::of(name);
    let wrong = |wrong| unreadable(name, wrong);
    if name == "-" && bytes.trim_ascii_start().starts_with(b"{") {
        kind = Kind::Expo;
    }
    let node = parse(name, kind, bytes).map_err(wrong)?;
    match node.value {
        Value::Map(_) => Ok((kind, node)),
        _ => Err(wrong((node.place, What::NoDictionary(node.kind())))),
    }
}

fn unreadable(name: &str, (place, what): Wrong) -> Unreadable {
    Unreadable {
        file: if name == "-" { "stdin" } else { name }.to_owned(),
        place,
        what,
    }
}

fn parse(name: &str, kind: Kind, bytes: &[u8]) -> Result<Node, Wrong> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err((None, What::Empty));
    }
    if kind == Kind::PropertyList && bytes.starts_with(b"bplist") {
        return binary::read(bytes);
    }
    let text = &*text(bytes)?;
    match kind {
        Kind::Expo => json::read(text),
        Kind::XcodeGen => yaml::read(text),
        Kind::PropertyList if text.trim_start().starts_with('<') => xml::read(text),
        Kind::PropertyList if is_program(name) => Err((None, What::Program)),
        Kind::PropertyList => Err((Some(Place { line: 1, column: 1 }), What::NeitherForm)),
    }
}

fn is_program(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("js" | "ts" | "cjs" | "mjs" | "cts" | "mts"))
}

/// The bytes of a file, up to a bound.
pub(super) fn bytes(name: &str) -> Result<Vec<u8>, What> {
    let mut bytes = Vec::new();
    let input: Box<dyn Read> = match name {
        "-" => Box::new(io::stdin()),
        _ => Box::new(File::open(name).map_err(What::Io)?),
    };
    input.take(LARGEST + 1).read_to_end(&mut bytes).map_err(What::Io)?;
    if bytes.len() as u64 > LARGEST {
        return Err(What::TooLarge);
    }
    Ok(bytes)
}

/// The text of a file, without the mark that some editors put before it: UTF-8, or UTF-16 behind such a mark.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Wrong> {
    let wide: Option<fn([u8; 2]) -> u16> = match bytes {
        [0xFF, 0xFE, ..] => Some(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => Some(u16::from_be_bytes),
        _ => None,
    };
    if let Some(read) = wide {
        let units = bytes[2..].chunks(2).map(|unit| match unit {
            [one, other] => read([*one, *other]),
            // Half of one is none.
            _ => 0xD800,
        });
        let mut text = String::new();
        for character in char::decode_utf16(units) {
            text.push(character.map_err(|_| (Some(Place::of(&text, text.len())), What::NotUtf8))?);
        }
        return Ok(Cow::Owned(text));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let sound = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        (Some(Place::of(sound, sound.len())), What::NotUtf8)
    })?;
    Ok(Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)))
}
