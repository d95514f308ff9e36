//! The holes of a step: how each type of value is read and written.
//!
//! A value is held as it stands in a trace (JSON), so that the vocabulary itself turns it into its types. Reading and
//! writing are inverse: what [`Type::write`] writes, [`Type::read`] reads to the same value.

use bgspec_model::vocabulary::Millis;
use serde_json::{Map, Value, json};

use super::cursor::{Cursor, Expected, quote};
use super::parts::{
    ID, PLACES, and, device, enumerate, identifier, is_name, list, task, word, write_device, write_identifier,
    write_task, write_word,
};
use super::table;
use super::time::{self, LENGTH};
use super::words::{self, Word};

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
    ("through", Type::Words(words::THROUGH), ""),
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
            Self::Submitted => one_of(
                words::SUBMIT,
                &[
                    "is refused with notPermitted",
                    "is refused with code 4097 of the domain \"NSCocoaErrorDomain\"",
                    "is refused with notPermitted saying \"its text\"",
                    "raises \"its text\"",
                ],
            ),
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
                let mut error = json!({ "refused": Self::Code.read(cursor, context)? });
                for (words, field) in words::ERROR {
                    if cursor.eat(words) {
                        error[field] = Self::Text.read(cursor, context)?;
                    }
                }
                Ok(error)
            }
            Self::Submitted => word(cursor, words::SUBMIT).ok_or_else(expected),
            Self::Code if cursor.eat("code ") => Self::Integer.read(cursor, context),
            Self::Code => {
                let name = cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '.');
                let code = name.parse().ok().or_else(|| words::code_named(name));
                // As this program writes it: `notPermitted (3)`.
                if let Some(code) = code {
                    cursor.eat(&format!(" ({code})"));
                }
                code.map(Value::from).ok_or_else(expected)
            }
            Self::List if cursor.eat("nothing") => Ok(json!([])),
            Self::List => {
                cursor.expect("these requests").map_err(|_| expected())?;
                cursor.eat(":");
                let rows = context
                    .table
                    .ok_or_else(|| cursor.expected("a table of requests under the step"))?;
                table::read_list(rows, context).map_err(|amiss| amiss.seen_from(&start))
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
            Self::Task => write_task(value, context.bundle),
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
                Some(code) => {
                    let mut text = format!("is refused with {}", Self::Code.write(code, context, under)?);
                    for (words, field) in words::ERROR {
                        if let Some(told) = value.get(field) {
                            text.push_str(words);
                            text.push_str(&quoted(told)?);
                        }
                    }
                    Some(text)
                }
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
