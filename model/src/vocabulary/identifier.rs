//! Task identifiers, the entries of Info.plist that permit them, and the names of tasks.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The identifier of a background task, as the app spells it. Compared exactly, case and all (IDN-12).
///
/// ```
/// use bgspec_model::vocabulary::Identifier;
/// let sync = Identifier::from("com.example.app.sync");
/// assert_ne!(sync, Identifier::from("com.example.app.Sync"));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Identifier(#[cfg_attr(feature = "schema", schemars(with = "String"))] Arc<str>);

impl Identifier {
    /// The identifier's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Identifier {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Identifier {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<'de> Deserialize<'de> for Identifier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Identifier;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an identifier, a string such as \"com.example.app.sync\"")
            }
            fn visit_str<E>(self, text: &str) -> Result<Identifier, E> {
                Ok(Identifier::from(text))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// The name of a task: `identifier#n`, the n-th delivery of that identifier in the trace, counted from 1.
///
/// A task can be named before it exists, and the name survives the removal of other tasks.
///
/// ```
/// use bgspec_model::vocabulary::TaskName;
/// let second: TaskName = "com.example.app.sync#2".parse().unwrap();
/// assert_eq!((second.id.as_str(), second.n), ("com.example.app.sync", 2));
/// assert!("com.example.app.sync".parse::<TaskName>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskName {
    /// The identifier that the task was delivered under.
    pub id: Identifier,
    /// Which delivery of that identifier it is, from 1.
    pub n: u32,
}

impl TaskName {
    /// The `n`-th task of `id`.
    #[must_use]
    pub fn new(id: Identifier, n: u32) -> Self {
        Self { id, n }
    }
}

/// A text that is no task name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoTaskName(String);

impl fmt::Display for NoTaskName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is no task name: expected identifier#n with n from 1, such as \"com.example.app.sync#1\"",
            self.0
        )
    }
}

impl std::error::Error for NoTaskName {}

impl FromStr for TaskName {
    type Err = NoTaskName;
    fn from_str(text: &str) -> Result<Self, NoTaskName> {
        let wrong = || NoTaskName(text.to_owned());
        let (id, n) = text.rsplit_once('#').ok_or_else(wrong)?;
        if n.starts_with(['+', '0']) {
            return Err(wrong());
        }
        let n = n.parse().map_err(|_| wrong())?;
        Ok(Self { id: id.into(), n })
    }
}

impl fmt::Display for TaskName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.id, self.n)
    }
}

impl fmt::Debug for TaskName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for TaskName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TaskName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl de::Visitor<'_> for Name {
            type Value = TaskName;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a task name, a string such as \"com.example.app.sync#1\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<TaskName, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Name)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for TaskName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TaskName".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "identifier#n: the n-th delivery of that identifier, from 1.",
            "type": "string",
            "pattern": "^.*#[1-9][0-9]*$"
        })
    }
}

/// What one string of `BGTaskSchedulerPermittedIdentifiers` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// Permits exactly this identifier.
    Exact(&'a str),
    /// A wildcard entry (IDN-1): covers what begins with this prefix, its last dot included, and goes on (IDN-2).
    Wildcard(&'a str),
    /// A string with a star that is no wildcard entry (IDN-8): covers nothing but, at most, the same string.
    Stray(&'a str),
}

impl<'a> Entry<'a> {
    /// Reads one permitted string of the app with this bundle identifier. `wildcards` is false before iOS 26, where
    /// every entry is a literal.
    ///
    /// ```
    /// use bgspec_model::vocabulary::Entry;
    /// let app = "com.foo.App";
    /// assert_eq!(Entry::read("com.foo.App.export.*", app, true), Entry::Wildcard("com.foo.App.export."));
    /// assert_eq!(Entry::read("com.foo.App.export.*", app, false), Entry::Exact("com.foo.App.export.*"));
    /// assert_eq!(Entry::read("com.bar.*", app, true), Entry::Stray("com.bar.*"));
    /// ```
    #[must_use]
    pub fn read(text: &'a str, bundle: &str, wildcards: bool) -> Self {
        if !wildcards || !text.contains('*') {
            return Self::Exact(text);
        }
        // A star may stand before a letter of several bytes.
        let Some(prefix) = text.strip_suffix('*') else {
            return Self::Stray(text);
        };
        let context = prefix.strip_prefix(bundle).and_then(|rest| rest.strip_prefix('.'));
        let well_formed = prefix.ends_with('.')
            && !prefix.contains('*')
            && context.is_some_and(|context| context.is_empty() || !context.split_terminator('.').any(str::is_empty));
        if well_formed {
            Self::Wildcard(prefix)
        } else {
            Self::Stray(text)
        }
    }

    /// What of `id` this wildcard entry leaves open: the part behind the prefix, of at least one character.
    #[must_use]
    pub fn covered<'b>(&self, id: &'b str) -> Option<&'b str> {
        match self {
            Self::Wildcard(prefix) => id.strip_prefix(prefix).filter(|rest| !rest.is_empty()),
            Self::Exact(_) | Self::Stray(_) => None,
        }
    }
}
