//! The holes of a step: how each type of value is read and written.
//!
//! A value is held as it stands in a trace (JSON), so that the vocabulary itself turns it into its types. Reading and
//! writing are inverse: what [`Type::write`] writes, [`Type::read`] reads to the same value.

use bgspec_model::vocabulary::{Millis, TaskName};
use serde_json::{Map, Value, json};

use super::cursor::{Cursor, Expected, quote};
use super::table;
use super::time::{self, LENGTH};
use super::words::{self, Word, value};

/// What a step is read and written against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The app's bundle identifier.
    pub bundle: &'a str,
    /// The time of the step.
    pub at: Millis,
    /// The data table under the step.
    pub table: Option<&'a [Vec<String>]>,
}

/// The type of a hole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Type {
    /// An identifier.
    Identifier,
    /// Identifiers.
    Identifiers,
    /// The entries of the Info.plist, which may be no array of strings.
    Entries,
    /// A task by name.
    Task,
    /// A text.
    Text,
    /// Texts, or `nothing`.
    Texts,
    /// Bare words.
    Names,
    /// One bare word.
    Name,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A length of time that passes.
    Pass,
    /// One unit of time that passes.
    One,
    /// A length of time behind the step's.
    Later,
    /// A length of time by itself.
    Length,
    /// A time seen from the step's.
    Date,
    /// Who calls.
    Caller,
    /// One of these words.
    Words(&'static [Word]),
    /// One of these words, or an exception.
    Answer(&'static [Word]),
    /// One of these words, a refusal, or an exception.
    Submitted,
    /// The code of an error.
    Code,
    /// A list of requests, in a table.
    List,
    /// Conditions of the device.
    Device,
    /// Settings with values.
    Settings,
    /// Extensions.
    Extensions,
}

/// The types by the names that patterns give them, with what they look like.
pub const TYPES: &[(&str, Type, &str)] = &[
    ("caller", Type::Caller, "`the app` or `the extension \"share\"`"),
    ("id", Type::Identifier, ID),
    (
        "ids",
        Type::Identifiers,
        "identifiers: `\"sync\", \"news\" and \"export.1\"`, or `nothing`",
    ),
    ("entries", Type::Entries, "identifiers, or `no array of strings`"),
    (
        "task",
        Type::Task,
        "the first task of an identifier: `the \"sync\" task`; a later one: `the 2nd \"sync\" task`",
    ),
    (
        "text",
        Type::Text,
        "a text in double quotes, with \\\" \\\\ \\n \\t \\u{…} in it",
    ),
    ("texts", Type::Texts, "texts: `\"a\", \"b\" and \"c\"`, or `nothing`"),
    ("name", Type::Name, "a name as a trace has it: `in_use`"),
    (
        "names",
        Type::Names,
        "names as a trace has them: `network, in_use and power`",
    ),
    ("integer", Type::Integer, "a whole number"),
    ("decimal", Type::Decimal, "a number: `0.25`"),
    ("pass", Type::Pass, LENGTH),
    ("one", Type::One, "one unit of time: `1 hour`"),
    ("later", Type::Later, LENGTH),
    ("length", Type::Length, LENGTH),
    (
        "date",
        Type::Date,
        "a time seen from that of the step: `in 2 hours`, `now`, `5 minutes ago`",
    ),
    ("request", Type::Words(words::REQUEST), ""),
    ("kind", Type::Words(words::TASK), ""),
    ("platform", Type::Words(words::PLATFORM), ""),
    ("origin", Type::Words(words::ORIGIN), ""),
    ("protection", Type::Words(words::PROTECTION), ""),
    ("success", Type::Words(words::SUCCESS), ""),
    ("card", Type::Words(words::CARD), ""),
    ("cause", Type::Words(words::CAUSE), ""),
    ("resources", Type::Words(words::RESOURCES), ""),
    ("work", Type::Words(words::WORK), ""),
    ("profile", Type::Words(words::PROFILE), ""),
    ("party", Type::Words(words::PARTY), ""),
    ("registered", Type::Answer(words::REGISTER), ""),
    ("returned", Type::Answer(words::RETURN), ""),
    ("submitted", Type::Submitted, ""),
    ("code", Type::Code, ""),
    (
        "list",
        Type::List,
        "`nothing`, or `these requests:` with a table under the step",
    ),
    ("device", Type::Device, ""),
    (
        "settings",
        Type::Settings,
        "settings with their values: `refresh_limit = \"2\" and stall_timeout = \"30 s\"`",
    ),
    (
        "extensions",
        Type::Extensions,
        "`\"share\" that schedules`, `\"keyboard\" that may not schedule`; several with `and`",
    ),
];

const ID: &str =
    "an identifier behind the app's bundle identifier and a dot: `\"sync\"`; another in full: `'com.other.sync'`";
const CONDITION: &str = "a condition of the device, such as `locked`, `not in use` or `on external power`";
const PLACES: (&str, &str) = ("with ", " places taken by other apps");

impl Type {
    /// What it looks like, in words.
    #[must_use]
    pub fn describe(self) -> String {
        let one_of = |words: &[Word], more: &[&str]| {
            let words = words.iter().map(|(text, _)| *text).chain(more.iter().copied());
            words.map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Words(words) => one_of(words, &[]),
            Self::Answer(words) => one_of(words, &["raises \"its text\""]),
            Self::Submitted => one_of(words::SUBMIT, &["is refused with notPermitted", "raises \"its text\""]),
            Self::Code => one_of(words::CODE, &["code 7"]),
            Self::Device => {
                let words = words::DEVICE.iter().map(|(text, ..)| format!("`{text}`"));
                let places = format!("`{}2{}`", PLACES.0, PLACES.1);
                format!(
                    "{}; several with `and`",
                    words.chain([places]).collect::<Vec<_>>().join(", ")
                )
            }
            _ => TYPES
                .iter()
                .find(|(_, ty, _)| *ty == self)
                .map_or("", |(.., text)| text)
                .to_owned(),
        }
    }

    /// Reads a value.
    ///
    /// # Errors
    /// Something else stands there.
    pub(super) fn read(self, cursor: &mut Cursor<'_>, context: &Context<'_>) -> Result<Value, Expected> {
        let start = *cursor;
        let expected = || start.expected(self.describe());
        match self {
            Self::Identifier => identifier(cursor, context.bundle).map(Value::from),
            Self::Identifiers => list(cursor, |cursor| identifier(cursor, context.bundle).map(Value::from)),
            Self::Entries if cursor.eat("no array of strings") => Ok("".into()),
            Self::Entries => Self::Identifiers.read(cursor, context),
            Self::Task => task(cursor, context.bundle),
            Self::Text => cursor.quoted('"', "a text in double quotes").map(Value::from),
            Self::Texts => list(cursor, |cursor| {
                cursor.quoted('"', "a text in double quotes").map(Value::from)
            }),
            Self::Name => match cursor.take_while(is_name) {
                "" => Err(expected()),
                name => Ok(name.into()),
            },
            Self::Names => list(cursor, |cursor| Self::Name.read(cursor, context)),
            Self::Integer => {
                let number = cursor.take_while(|c| c.is_ascii_digit() || c == '-');
                number.parse::<i64>().map(Value::from).map_err(|_| expected())
            }
            Self::Decimal => {
                let number = cursor.take_while(|c| c.is_ascii_digit() || "+-.eE".contains(c));
                number
                    .parse::<f64>()
                    .ok()
                    .filter(|n| n.is_finite())
                    .map(Value::from)
                    .ok_or_else(expected)
            }
            Self::Pass | Self::One | Self::Length => {
                let length = time::read_length(cursor)?;
                Millis::try_from(length).map(Value::from).map_err(|_| expected())
            }
            Self::Later => {
                let length = time::read_length(cursor)?;
                let time = Millis::try_from(i128::from(context.at) + length);
                time.map(Value::from)
                    .map_err(|_| start.expected("a time that the clock can show"))
            }
            Self::Date => time::read_date(cursor, context.at).map(Value::from),
            Self::Caller => {
                if cursor.eat("the app") {
                    return Ok(Value::Null);
                }
                if cursor.eat("the extension ") {
                    return Self::Text.read(cursor, context);
                }
                Err(expected())
            }
            Self::Words(words) => word(cursor, words).ok_or_else(expected),
            Self::Answer(_) | Self::Submitted if cursor.eat("raises ") => {
                Self::Text.read(cursor, context).map(|text| json!({ "raised": text }))
            }
            Self::Answer(words) => word(cursor, words).ok_or_else(expected),
            Self::Submitted if cursor.eat("is refused with ") => {
                Self::Code.read(cursor, context).map(|code| json!({ "refused": code }))
            }
            Self::Submitted => word(cursor, words::SUBMIT).ok_or_else(expected),
            Self::Code if cursor.eat("code ") => Self::Integer.read(cursor, context),
            Self::Code => word(cursor, words::CODE).ok_or_else(expected),
            Self::List if cursor.eat("nothing") => Ok(json!([])),
            Self::List => {
                cursor.expect("these requests").map_err(|_| expected())?;
                cursor.eat(":");
                let rows = context
                    .table
                    .ok_or_else(|| cursor.expected("a table of requests under the step"))?;
                table::read_list(rows, context).map_err(|what| start.expected(what))
            }
            Self::Device => device(cursor),
            Self::Settings => {
                let mut settings = Map::new();
                list(cursor, |cursor| {
                    let name = cursor.take_while(is_name);
                    cursor.expect(" = ")?;
                    let text = cursor.quoted('"', "the value in double quotes")?;
                    settings.insert(name.to_owned(), text.into());
                    Ok(Value::Null)
                })?;
                Ok(Value::Object(settings))
            }
            Self::Extensions => list(cursor, |cursor| {
                let name = cursor.quoted('"', "the name of an extension in double quotes")?;
                let schedules = cursor.eat(" that schedules");
                if !schedules {
                    cursor.expect(" that may not schedule")?;
                }
                Ok(json!({ "name": name, "schedules": schedules }))
            }),
        }
    }

    /// Writes a value; nothing where it is none of this type. A table goes under the step.
    pub(super) fn write(self, value: &Value, context: &Context<'_>, under: &mut Option<table::Rows>) -> Option<String> {
        let quoted = |value: &Value| value.as_str().map(|text| quote(text, '"'));
        match self {
            Self::Identifier => value.as_str().map(|id| write_identifier(id, context.bundle)),
            Self::Identifiers => enumerate(value, |id| Self::Identifier.write(id, context, &mut None)),
            Self::Entries if value.is_string() => Some("no array of strings".to_owned()),
            Self::Entries => Self::Identifiers.write(value, context, under),
            Self::Task => {
                let task: TaskName = value.as_str()?.parse().ok()?;
                let id = write_identifier(task.id.as_str(), context.bundle);
                Some(match task.n {
                    1 => format!("the {id} task"),
                    n => format!("the {n}{} {id} task", ordinal(n)),
                })
            }
            Self::Text => quoted(value),
            Self::Texts => enumerate(value, quoted),
            Self::Name => value.as_str().map(str::to_owned),
            Self::Names => enumerate(value, |name| name.as_str().map(str::to_owned)),
            Self::Integer => value.as_i64().map(|number| number.to_string()),
            Self::Decimal => value.as_f64().map(|number| number.to_string()),
            Self::Pass | Self::Length => value.as_i64().filter(|ms| *ms >= 0).map(|ms| time::length(ms.into())),
            Self::One => {
                let text = Self::Pass.write(value, context, under)?;
                let single = text.starts_with("1 ") && text.matches(' ').count() == 1 && !text.ends_with("ms");
                single.then_some(text)
            }
            Self::Later => {
                let length = i128::from(value.as_i64()?) - i128::from(context.at);
                (length >= 0).then(|| time::length(length))
            }
            Self::Date => Some(time::date(value.as_i64()?, context.at)),
            Self::Caller => Some(match value {
                Value::Null => "the app".to_owned(),
                name => format!("the extension {}", quoted(name)?),
            }),
            Self::Words(words) => write_word(value, words),
            Self::Answer(words) => {
                write_word(value, words).or_else(|| Some(format!("raises {}", quoted(value.get("raised")?)?)))
            }
            Self::Submitted => match value.get("refused") {
                Some(code) => Self::Code
                    .write(code, context, under)
                    .map(|code| format!("is refused with {code}")),
                None => Self::Answer(words::SUBMIT).write(value, context, under),
            },
            Self::Code => write_word(value, words::CODE).or_else(|| Some(format!("code {}", value.as_i64()?))),
            Self::List => {
                let requests = value.as_array()?;
                if requests.is_empty() {
                    return Some("nothing".to_owned());
                }
                *under = Some(table::write_list(requests, context)?);
                Some("these requests:".to_owned())
            }
            Self::Device => write_device(value),
            Self::Settings => {
                let items: Option<Vec<_>> = value
                    .as_object()?
                    .iter()
                    .map(|(name, value)| Some(format!("{name} = {}", quoted(value)?)))
                    .collect();
                items.map(|items| and(&items))
            }
            Self::Extensions => enumerate(value, |extension| {
                let schedules = extension.get("schedules")?.as_bool()?;
                let which = if schedules { "schedules" } else { "may not schedule" };
                Some(format!("{} that {which}", quoted(extension.get("name")?)?))
            }),
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '-'
}

fn word(cursor: &mut Cursor<'_>, words: &[Word]) -> Option<Value> {
    let (text, json) = words.iter().find(|(text, _)| cursor.rest().starts_with(text))?;
    cursor.eat(text).then(|| value(json))
}

fn write_word(given: &Value, words: &[Word]) -> Option<String> {
    let (text, _) = words.iter().find(|(_, json)| value(json) == *given)?;
    Some((*text).to_owned())
}

fn identifier(cursor: &mut Cursor<'_>, bundle: &str) -> Result<String, Expected> {
    let start = *cursor;
    if cursor.rest().starts_with('\'') {
        return cursor.quoted('\'', "an identifier in single quotes");
    }
    let short = cursor.quoted('"', ID)?;
    match short.strip_prefix(bundle).and_then(|rest| rest.strip_prefix('.')) {
        Some(rest) => Err(start.expected(format!(
            "{} (the bundle identifier goes without saying), or the whole in single quotes",
            quote(rest, '"')
        ))),
        None => Ok(format!("{bundle}.{short}")),
    }
}

fn write_identifier(id: &str, bundle: &str) -> String {
    let behind = |text: &'_ str| {
        text.strip_prefix(bundle)
            .and_then(|rest| rest.strip_prefix('.'))
            .map(str::to_owned)
    };
    match behind(id).filter(|rest| !rest.is_empty() && behind(rest).is_none()) {
        Some(rest) => quote(&rest, '"'),
        None => quote(id, '\''),
    }
}

fn task(cursor: &mut Cursor<'_>, bundle: &str) -> Result<Value, Expected> {
    let start = *cursor;
    cursor
        .expect("the ")
        .map_err(|_| start.expected("a task, such as `the \"sync\" task`"))?;
    let place = *cursor;
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    let n = if digits.is_empty() {
        1
    } else {
        let n = digits.parse::<u32>().ok().filter(|n| *n > 0);
        let n = n.ok_or_else(|| place.expected("which task it is, from 1st"))?;
        cursor.expect(ordinal(n))?;
        cursor.expect(" ")?;
        n
    };
    let id = identifier(cursor, bundle)?;
    cursor.expect(" task")?;
    Ok(format!("{id}#{n}").into())
}

fn ordinal(n: u32) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Items between commas and an `and`, or `nothing`.
fn list(
    cursor: &mut Cursor<'_>,
    mut item: impl FnMut(&mut Cursor<'_>) -> Result<Value, Expected>,
) -> Result<Value, Expected> {
    if cursor.eat("nothing") {
        return Ok(json!([]));
    }
    let mut items = vec![item(cursor)?];
    loop {
        let before = *cursor;
        if !cursor.eat(" and ") && !cursor.eat(", ") {
            break;
        }
        match item(cursor) {
            Ok(value) => items.push(value),
            Err(_) => {
                *cursor = before;
                break;
            }
        }
    }
    Ok(Value::Array(items))
}

fn enumerate(value: &Value, item: impl Fn(&Value) -> Option<String>) -> Option<String> {
    let items = value.as_array()?.iter().map(item).collect::<Option<Vec<_>>>()?;
    Some(if items.is_empty() {
        "nothing".to_owned()
    } else {
        and(&items)
    })
}

/// `a, b and c`.
pub(super) fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn device(cursor: &mut Cursor<'_>) -> Result<Value, Expected> {
    let mut conditions = Map::new();
    list(cursor, |cursor| {
        let start = *cursor;
        if let Some((text, condition, json)) = words::DEVICE.iter().find(|(text, ..)| cursor.rest().starts_with(text)) {
            cursor.eat(text);
            if conditions.insert((*condition).to_owned(), value(json)).is_some() {
                return Err(start.expected("each condition once"));
            }
            return Ok(Value::Null);
        }
        cursor.expect(PLACES.0).map_err(|_| start.expected(CONDITION))?;
        let digits = cursor.take_while(|c| c.is_ascii_digit());
        let places = digits.parse::<u16>().map_err(|_| start.expected(CONDITION))?;
        cursor.expect(PLACES.1)?;
        conditions.insert("places_taken".to_owned(), places.into());
        Ok(Value::Null)
    })?;
    Ok(Value::Object(conditions))
}

fn write_device(conditions: &Value) -> Option<String> {
    let conditions = conditions.as_object()?;
    let mut items = Vec::new();
    for (text, condition, json) in words::DEVICE {
        if conditions.get(*condition).is_some_and(|given| *given == value(json)) {
            items.push((*text).to_owned());
        }
    }
    if let Some(places) = conditions.get("places_taken") {
        items.push(format!("{}{places}{}", PLACES.0, PLACES.1));
    }
    match items.len() {
        0 => Some("nothing".to_owned()),
        n => (n == conditions.len()).then(|| and(&items)),
    }
}
