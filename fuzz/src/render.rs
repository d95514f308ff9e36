//! Texts that come from elsewhere never leave their place in what is rendered: a page, JUnit's XML, a picture, a terminal,
//! the annotations of Xcode and GitHub, SARIF.
//!
//! Each is rendered twice, with the hostile text and with a harmless one in its place: the marks of the form are the same.

use std::sync::LazyLock;

use bgspec_conformance::annotate::{Annotation, Level, Sort, github, sarif, xcode};
use bgspec_conformance::campaign::report::{Timeline, html, junit, picture};
use bgspec_conformance::campaign::summary::Summary;
use bgspec_model::vocabulary::Record;
use serde_json::Value;

use crate::shown::{is_one_plain_line, is_plain};

/// The report of a small run with a breach in it.
static REPORT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../report.json")).expect("the report is JSON"));
/// A trace with texts of an app in it, its header apart.
static LINES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let lines = include_str!("../seeds/trace/S19-gopeed-two-cards.jsonl")
        .lines()
        .skip(1);
    let lines = lines.filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).expect("the lines are JSON"))
        .collect()
});

/// The first two bytes say which strings are replaced, the rest is what they are replaced by.
pub fn run(bytes: &[u8]) {
    let Some((places, text)) = bytes.split_first_chunk::<2>() else {
        return;
    };
    let hostile = String::from_utf8_lossy(text);
    // As long, and broken at the same places.
    let harmless: String = hostile.chars().map(|c| if c == ' ' { ' ' } else { 'x' }).collect();
    annotations(&hostile);
    summary(places, &hostile, &harmless);
    pictured(places, &hostile, &harmless);
}

fn annotations(hostile: &str) {
    let annotation = Annotation {
        file: hostile.to_owned(),
        line: Some(3),
        column: Some(4),
        level: Level::Error,
        sort: Sort::Named("named", "About."),
        text: hostile.to_owned(),
    };
    let all = [annotation.clone(), annotation];
    let lines = |written: Vec<u8>| {
        let written = String::from_utf8(written).expect("text");
        assert_eq!(written.lines().count(), all.len(), "{written}");
        written.lines().for_each(is_one_plain_line);
        written
    };
    let mut out = Vec::new();
    github::write(&mut out, &all).expect("memory is written");
    for line in lines(out).lines() {
        let (command, _) = line
            .strip_prefix("::error ")
            .and_then(|rest| rest.split_once("::"))
            .expect(line);
        let names: Vec<_> = command
            .split(',')
            .filter_map(|pair| Some(pair.split_once('=')?.0))
            .collect();
        assert_eq!(names, ["file", "line", "col", "title"], "{line}");
    }
    let mut out = Vec::new();
    xcode::write(&mut out, &all).expect("memory is written");
    assert!(
        lines(out)
            .lines()
            .all(|line| line.contains(":3:4: error: ") && line.ends_with(" [named]"))
    );
    let mut out = Vec::new();
    sarif::write(&mut out, &all).expect("memory is written");
    let log: Value = serde_json::from_slice(&out).expect("SARIF is JSON");
    assert_eq!(
        log["runs"][0]["results"].as_array().map(Vec::len),
        Some(all.len()),
        "{log}"
    );
}

fn summary(places: &[u8; 2], hostile: &str, harmless: &str) {
    let read = |text: &str| {
        let mut report = REPORT.clone();
        replace(&mut report, places, &mut 0, text);
        serde_json::from_value::<Summary>(report).ok()
    };
    // In the place of a word of a closed list neither is a report.
    let (Some(hostile), Some(harmless)) = (read(hostile), read(harmless)) else {
        return;
    };
    is_plain(&hostile.human());
    assert_eq!(marks(&html(&hostile)), marks(&html(&harmless)));
    let xml = |summary: &Summary| {
        let mut out = Vec::new();
        junit(&mut out, summary).expect("memory is written");
        elements(std::str::from_utf8(&out).expect("text"))
    };
    assert_eq!(xml(&hostile), xml(&harmless));
}

fn pictured(places: &[u8; 2], hostile: &str, harmless: &str) {
    let picture = |text: &str| {
        let mut lines = Value::Array(LINES.clone());
        replace(&mut lines, places, &mut 0, text);
        let records: Vec<Record> = serde_json::from_value(lines).ok()?;
        Some(elements(&picture(text, &Timeline::of(&records), Some(2))))
    };
    if let (Some(hostile), Some(harmless)) = (picture(hostile), picture(harmless)) {
        assert_eq!(hostile.first(), harmless.first());
    }
}

/// Replaces some of the strings of a value: those whose number fits the pattern.
fn replace(value: &mut Value, places: &[u8; 2], number: &mut usize, by: &str) {
    match value {
        Value::String(text) => {
            let every = usize::from(places[1] % 8) * 8 + 1;
            if *number % every == usize::from(places[0]) % every {
                *text = by.to_owned();
            }
            *number += 1;
        }
        Value::Array(list) => list.iter_mut().for_each(|value| replace(value, places, number, by)),
        Value::Object(map) => map.values_mut().for_each(|value| replace(value, places, number, by)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// How often each character stands in it that makes the form of HTML.
fn marks(page: &str) -> [usize; 3] {
    ['<', '>', '"'].map(|mark| page.matches(mark).count())
}

/// The elements of well-formed XML in their order, with the names of their attributes.
fn elements(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    elements
        .map(|element| {
            let names: Vec<_> = element.attributes().map(|attribute| attribute.name()).collect();
            format!("{} {}", element.tag_name().name(), names.join(" "))
        })
        .collect()
}
