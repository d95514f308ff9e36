//! Other values of what a line says, found by the names that they have in its JSON: identifiers, tasks, kinds, numbers,
//! what a card is and shows, answers. What is no line of the format with another value is left out.

use bgspec_model::vocabulary::{CardIs, Event, KillCause, Kind, Record, TaskName};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::changes::Sort;

/// An identifier that no trace has.
const NOBODY: &str = "com.example.nobody";

/// Every other line that differs from this one in one value.
pub(super) fn others(record: &Record, ids: &[String]) -> Vec<(Sort, Record)> {
    let Some(Ok(Value::Object(event))) = record.event.as_ref().map(serde_json::to_value) else {
        return Vec::new();
    };
    let Some((name, Value::Object(body))) = event.iter().next() else {
        return Vec::new();
    };
    let mut bodies = Vec::new();
    for (key, value) in body {
        for (sort, other) in values(name, key, value, body, ids) {
            let mut body = body.clone();
            match other {
                Value::Null => body.remove(key),
                other => body.insert(key.clone(), other),
            };
            bodies.push((sort, body));
        }
    }
    if name == "submission_completed" && !body.contains_key("error") {
        for code in 1..=4 {
            let mut body = body.clone();
            body.insert("error".to_owned(), json!(code));
            bodies.push((Sort::Answer, body));
        }
    }
    let line = |(sort, body): (Sort, Map<String, Value>)| {
        let event: Event = serde_json::from_value(json!({ name: body })).ok()?;
        let record = Record {
            event: Some(event),
            ..record.clone()
        };
        Some((sort, record))
    };
    let is_other = |(_, other): &(Sort, Record)| other != record;
    bodies.into_iter().filter_map(line).filter(is_other).collect()
}

/// A value in JSON.
fn plain(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

fn every<T: Copy + Serialize>(all: &[T], but: &Value) -> Vec<Value> {
    let all = all.iter().map(plain);
    all.filter(|value| value != but).collect()
}

/// The other values that an attribute of an event may have.
fn values(event: &str, key: &str, value: &Value, body: &Map<String, Value>, ids: &[String]) -> Vec<(Sort, Value)> {
    let of = |sort: Sort, values: Vec<Value>| values.into_iter().map(|value| (sort, value)).collect::<Vec<_>>();
    match (key, value) {
        ("answer", _) => of(Sort::Answer, answers(event, value, body, ids)),
        // The end of a call carries nothing but its answer.
        (_, _) if event == "end" => of(Sort::Answer, answers(key, value, body, ids)),
        ("error", _) => {
            let others = (1..=4).map(|code| json!(code)).chain([Value::Null]);
            of(Sort::Answer, others.filter(|other| other != value).collect())
        }
        ("id", Value::String(id)) => of(Sort::Identifier, identifiers(id, ids)),
        ("ids", Value::Array(list)) => {
            let mut others = Vec::new();
            for (place, id) in list.iter().enumerate() {
                let new = identifiers(id.as_str().unwrap_or_default(), ids).into_iter();
                for other in new.filter(|other| !list.contains(other)) {
                    let mut list = list.clone();
                    list[place] = other;
                    others.push(Value::Array(list));
                }
            }
            of(Sort::Identifier, others)
        }
        ("task", Value::String(task)) => {
            let Ok(task) = task.parse::<TaskName>() else {
                return Vec::new();
            };
            let named = |id: &str, n: u32| json!(format!("{id}#{n}"));
            let others = identifiers(task.id.as_str(), ids).into_iter();
            let others = others.filter_map(|id| Some(named(id.as_str()?, task.n))).collect();
            let mut all = of(Sort::Identifier, others);
            let numbers = [task.n.checked_sub(1).filter(|n| *n > 0), task.n.checked_add(1)];
            let numbers = numbers.into_iter().flatten().map(|n| named(task.id.as_str(), n));
            all.extend(of(Sort::Number, numbers.collect()));
            all
        }
        ("submission", Value::Number(number)) => {
            let number = number.as_u64().unwrap_or_default();
            of(Sort::Number, vec![json!(number + 1), json!(number.saturating_sub(1))])
        }
        ("kind", _) => of(Sort::Kind, every(&Kind::ALL, value)),
        ("is", _) => of(Sort::Card, every(&CardIs::ALL, value)),
        ("cause", _) => of(Sort::Kind, every(&KillCause::ALL, value)),
        ("title" | "subtitle", Value::String(_)) => of(Sort::Title, vec![json!("Another"), json!("")]),
        ("queue", Value::String(_)) => of(Sort::Queue, vec![json!("another"), json!("own")]),
        ("text", Value::String(_)) if event == "delivery_raised" => of(Sort::Answer, vec![json!("another")]),
        ("success" | "network" | "power" | "gpu" | "set" | "awake", Value::Bool(yes)) => {
            of(Sort::Attribute, vec![json!(!yes)])
        }
        ("earliest", Value::Number(at)) => {
            let at = at.as_i64().unwrap_or_default();
            of(Sort::Attribute, vec![json!(at + 1000), json!(at - 1000), Value::Null])
        }
        _ => Vec::new(),
    }
}

/// The other identifiers of the trace, one that nobody has, and this one in capitals (IDN-12).
fn identifiers(id: &str, ids: &[String]) -> Vec<Value> {
    let capitals = id.to_uppercase();
    let known = ids.iter().map(String::as_str);
    let others = known.chain([NOBODY, capitals.as_str()]);
    others.filter(|other| *other != id).map(|other| json!(other)).collect()
}

/// The other answers of a call.
fn answers(call: &str, value: &Value, body: &Map<String, Value>, ids: &[String]) -> Vec<Value> {
    let id = body.get("id").and_then(Value::as_str).unwrap_or_default();
    let raised = |text: &str| json!({ "raised": text });
    let all = match call {
        "submit" => {
            let codes = (1..=4).map(|code| json!({ "refused": code }));
            let foreign = json!({ "refused": 4097, "domain": "NSCocoaErrorDomain" });
            let none = raised(&format!("No launch handler registered for task with identifier {id}"));
            codes.chain([json!("accepted"), foreign, none]).collect()
        }
        "register" => vec![
            json!(true),
            json!(false),
            raised(&format!(
                "Launch handler for task with identifier {id} has already been registered"
            )),
            raised("All launch handlers must be registered before application finishes launching"),
        ],
        "pending" => lists(value, ids),
        "supported_resources" => vec![json!({ "gpu": true }), json!({ "gpu": false })],
        "gpu_work" | "neural_engine_work" | "protected_read" | "work" => vec![json!("succeeded"), json!("failed")],
        "submit_async" | "void" => vec![json!("returned"), raised("another")],
        _ => Vec::new(),
    };
    let raises = |answer: &Value| answer.get("raised").is_some();
    let is_other = |answer: &Value| answer != value && !(call == "submit" && raises(answer) && raises(value));
    all.into_iter().filter(is_other).collect()
}

/// A list without one of its requests, with one more, and with one that is another.
fn lists(value: &Value, ids: &[String]) -> Vec<Value> {
    let Value::Array(list) = value else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (place, request) in list.iter().enumerate() {
        let mut less = list.clone();
        less.remove(place);
        all.push(less);
        let mut twice = list.clone();
        twice.push(request.clone());
        all.push(twice);
        let Value::Object(request) = request else { continue };
        let mut with = |key: &str, value: Value| {
            let mut request = request.clone();
            request.insert(key.to_owned(), value);
            let mut list = list.clone();
            list[place] = Value::Object(request);
            all.push(list);
        };
        let kind = request.get("kind").unwrap_or(&Value::Null);
        every(&Kind::ALL, kind).into_iter().for_each(|kind| with("kind", kind));
        let earliest = request.get("earliest").and_then(Value::as_i64);
        with("earliest", json!(earliest.map_or(3_600_000, |at| at + 1000)));
        let is = |key: &str| request.get(key).and_then(Value::as_bool).unwrap_or_default();
        with("power", json!(!is("power")));
        with("network", json!(!is("network")));
    }
    let is_there = |id: &String| {
        list.iter()
            .any(|request| request.get("id").and_then(Value::as_str) == Some(id))
    };
    for id in ids.iter().filter(|id| !is_there(id)) {
        for kind in Kind::ALL {
            let mut more = list.clone();
            more.push(json!({ "id": id, "kind": plain(kind) }));
            all.push(more);
        }
    }
    all.into_iter().map(Value::Array).collect()
}
