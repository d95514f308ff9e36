//! Reads Info.plist and entitlements, in XML or binary.
//!
//! Files come from anywhere: they are bounded in size, and nothing in them is taken for a fact that is not one.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read};

use bgspec_model::vocabulary::Permitted;
use plist::{Dictionary, Value};

/// The key of the permitted identifiers.
pub const PERMITTED: &str = "BGTaskSchedulerPermittedIdentifiers";
/// The key of the background modes.
pub const MODES: &str = "UIBackgroundModes";
/// The key of the bundle identifier.
pub const BUNDLE: &str = "CFBundleIdentifier";
/// The build variable that usually stands for the bundle identifier in a project's Info.plist.
pub const BUNDLE_VARIABLE: &str = "$(PRODUCT_BUNDLE_IDENTIFIER)";
/// No property list that describes an app is larger.
const LARGEST: u64 = 4 << 20;
/// More permitted strings than any app has.
const MOST_ENTRIES: usize = 300;

/// What the files say of an app.
#[derive(Debug, Clone)]
pub struct AppInfo {
    /// The bundle identifier; empty if none is known.
    pub bundle: String,
    /// The permitted identifiers.
    pub permitted: PermittedIs,
    /// The background modes.
    pub modes: Vec<String>,
    /// What stands in place of an array of background modes.
    pub modes_malformed: Option<&'static str>,
    /// The entitlements that are true, if a file was given.
    pub entitlements: Option<Vec<String>>,
    /// A build variable, `$(…)`, stands in the bundle identifier or in an entry.
    pub variables: bool,
}

/// The value of `BGTaskSchedulerPermittedIdentifiers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PermittedIs {
    /// The key is not there.
    Absent,
    /// An array of strings.
    List(Vec<String>),
    /// Something else, in words.
    Malformed(String),
}

impl PermittedIs {
    /// The strings.
    #[must_use]
    pub fn entries(&self) -> &[String] {
        match self {
            Self::List(entries) => entries,
            Self::Absent | Self::Malformed(_) => &[],
        }
    }
}

impl From<&PermittedIs> for Permitted {
    fn from(permitted: &PermittedIs) -> Self {
        match permitted {
            PermittedIs::Absent => Self::default(),
            PermittedIs::List(entries) => Self::List(entries.clone()),
            PermittedIs::Malformed(_) => Self::Malformed,
        }
    }
}

/// A file that cannot be used.
#[derive(Debug)]
pub struct Unreadable {
    file: String,
    what: What,
}

#[derive(Debug)]
enum What {
    Io(io::Error),
    TooLarge,
    Empty,
    NeitherForm,
    NoPlist(plist::Error),
    Tangled,
    NoDictionary(&'static str),
    TooManyEntries(usize),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", crate::text::plain(&self.file))?;
        match &self.what {
            What::Io(error) => write!(f, "{error}"),
            What::TooLarge => write!(
                f,
                "larger than {} MiB: expected a property list of an app",
                LARGEST >> 20
            ),
            What::Empty => f.write_str("the file is empty: expected a property list, XML or binary"),
            What::NeitherForm => f.write_str("neither XML nor a binary property list"),
            What::NoPlist(error) => {
                let error = error.to_string();
                if error.starts_with("UnexpectedEndOf") {
                    f.write_str("a property list that is cut short")
                } else {
                    write!(f, "no property list: {error}")
                }
            }
            What::Tangled => f.write_str("a binary property list whose objects hold too much of one another"),
            What::NoDictionary(found) => write!(
                f,
                "the property list holds {found}: expected a dictionary with the keys of an app"
            ),
            What::TooManyEntries(found) => {
                write!(f, "{PERMITTED} has {found} entries: expected at most {MOST_ENTRIES}")
            }
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads the facts of an app.
///
/// # Errors
/// A file cannot be opened, or is no property list with a dictionary.
pub fn read(info: &str, entitlements: Option<&str>, bundle: Option<&str>) -> Result<AppInfo, Unreadable> {
    let value = dictionary(info)?;
    let replaced = |text: &str| match bundle {
        Some(bundle) => text.replace(BUNDLE_VARIABLE, bundle),
        None => text.to_owned(),
    };
    let permitted = permitted(value.get(PERMITTED), &replaced);
    let given = permitted.entries().len();
    if given > MOST_ENTRIES {
        return Err(Unreadable {
            file: info.to_owned(),
            what: What::TooManyEntries(given),
        });
    }
    let named = value.get(BUNDLE).and_then(Value::as_string).map(&replaced);
    let bundle = bundle.map(ToOwned::to_owned).or(named).unwrap_or_default();
    let (modes, modes_malformed) = match value.get(MODES) {
        None => (Vec::new(), None),
        Some(Value::Array(modes)) => (
            modes
                .iter()
                .filter_map(Value::as_string)
                .map(ToOwned::to_owned)
                .collect(),
            None,
        ),
        Some(other) => (Vec::new(), Some(kind(other))),
    };
    let variables = bundle.contains("$(") || permitted.entries().iter().any(|entry| entry.contains("$("));
    dismantle(value);
    Ok(AppInfo {
        bundle,
        permitted,
        modes,
        modes_malformed,
        entitlements: entitlements.map(granted).transpose()?,
        variables,
    })
}

fn permitted(value: Option<&Value>, replaced: &impl Fn(&str) -> String) -> PermittedIs {
    let entries = match value {
        None => return PermittedIs::Absent,
        Some(Value::Array(entries)) => entries,
        Some(other) => return PermittedIs::Malformed(kind(other).to_owned()),
    };
    if let Some((place, other)) = entries
        .iter()
        .enumerate()
        .find(|(_, entry)| entry.as_string().is_none())
    {
        return PermittedIs::Malformed(format!("an array whose entry {} is {}", place + 1, kind(other)));
    }
    PermittedIs::List(entries.iter().filter_map(Value::as_string).map(replaced).collect())
}

/// The entitlements of a file that are true.
fn granted(file: &str) -> Result<Vec<String>, Unreadable> {
    let value = dictionary(file)?;
    let granted = value
        .iter()
        .filter(|(_, value)| value.as_boolean() == Some(true))
        .map(|(name, _)| name.clone())
        .collect();
    dismantle(value);
    Ok(granted)
}

fn dictionary(file: &str) -> Result<Dictionary, Unreadable> {
    let wrong = |what| Unreadable {
        file: if file == "-" {
            "stdin".to_owned()
        } else {
            file.to_owned()
        },
        what,
    };
    let mut bytes = Vec::new();
    let input: Box<dyn Read> = match file {
        "-" => Box::new(io::stdin()),
        _ => Box::new(File::open(file).map_err(|error| wrong(What::Io(error)))?),
    };
    input
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| wrong(What::Io(error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(wrong(What::TooLarge));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(wrong(What::Empty));
    }
    if is_tangled(&bytes) {
        return Err(wrong(What::Tangled));
    }
    let mut text = bytes.trim_ascii_start();
    text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    if !text.starts_with(b"<") && !bytes.starts_with(b"bplist") {
        return Err(wrong(What::NeitherForm));
    }
    match Value::from_reader(Cursor::new(bytes)).map_err(|error| wrong(What::NoPlist(error)))? {
        Value::Dictionary(dictionary) => Ok(dictionary),
        other => {
            let found = kind(&other);
            let mut around = Dictionary::new();
            around.insert(String::new(), other);
            dismantle(around);
            Err(wrong(What::NoDictionary(found)))
        }
    }
}

/// Drops a value level by level: one that is nested deeply would overflow the stack.
fn dismantle(dictionary: Dictionary) {
    let mut work: Vec<Value> = dictionary.into_iter().map(|(_, value)| value).collect();
    while let Some(value) = work.pop() {
        match value {
            Value::Array(values) => work.extend(values),
            Value::Dictionary(values) => work.extend(values.into_iter().map(|(_, value)| value)),
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

/// What a value is, in words.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "an array",
        Value::Dictionary(_) => "a dictionary",
        Value::Boolean(_) => "a boolean",
        Value::Data(_) => "data",
        Value::Date(_) => "a date",
        Value::Real(_) | Value::Integer(_) => "a number",
        Value::String(_) => "a string",
        _ => "something else",
    }
}
