//! Parts of values: identifiers, tasks, lists, conditions of the device.

use bgspec_model::vocabulary::TaskName;
use serde_json::{Map, Value, json};

use super::cursor::{Cursor, Expected, quote};
use super::words::{self, Word, value};

/// What an identifier looks like.
pub(super) const ID: &str = "an identifier behind the app's bundle identifier and a dot: `\"sync\"`; another in full: \
    `'com.other.sync'`";
/// What a condition of the device looks like.
pub(super) const CONDITION: &str = "a condition of the device, such as `locked`, `not in use` or `on external power`";
/// What stands around the number of places that other apps take.
pub(super) const PLACES: (&str, &str) = ("with ", " places taken by other apps");

pub(super) fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '-'
}

pub(super) fn word(cursor: &mut Cursor<'_>, words: &[Word]) -> Option<Value> {
    let (text, json) = words.iter().find(|(text, _)| cursor.rest().starts_with(text))?;
    cursor.eat(text).then(|| value(json))
}

pub(super) fn write_word(given: &Value, words: &[Word]) -> Option<String> {
    let (text, _) = words.iter().find(|(_, json)| value(json) == *given)?;
    Some((*text).to_owned())
}

pub(super) fn identifier(cursor: &mut Cursor<'_>, bundle: &str) -> Result<String, Expected> {
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

pub(super) fn write_identifier(id: &str, bundle: &str) -> String {
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

pub(super) fn task(cursor: &mut Cursor<'_>, bundle: &str) -> Result<Value, Expected> {
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

/// The task's name in words.
pub(super) fn write_task(task: &Value, bundle: &str) -> Option<String> {
    let task: TaskName = task.as_str()?.parse().ok()?;
    let id = write_identifier(task.id.as_str(), bundle);
    Some(match task.n {
        1 => format!("the {id} task"),
        n => format!("the {n}{} {id} task", ordinal(n)),
    })
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
pub(super) fn list(
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

pub(super) fn enumerate(value: &Value, item: impl Fn(&Value) -> Option<String>) -> Option<String> {
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

pub(super) fn device(cursor: &mut Cursor<'_>) -> Result<Value, Expected> {
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

pub(super) fn write_device(conditions: &Value) -> Option<String> {
    let conditions = conditions.as_object()?;
    let mut items = Vec::new();
    let mut said = "";
    for (text, condition, json) in words::DEVICE {
        // Two words may say the same: the first is written.
        if said != *condition && conditions.get(*condition).is_some_and(|given| *given == value(json)) {
            items.push((*text).to_owned());
            said = condition;
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
