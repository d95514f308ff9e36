//! What a person writes: times and errors in words, stories as features, and mistakes, of which each is told at once.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

#[path = "common/session.rs"]
mod session;

use std::fs;
use std::path::PathBuf;

use bgspec_conformance::trace::{Error, MOST, Mistakes, Reader, Source};
use bgspec_model::vocabulary::{Event, Record, SubmitAnswer};

fn data() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/by_hand")
}

fn bgspec(arguments: &str) -> String {
    bgspec_with(arguments, "")
}

/// What the command prints on a page of 80 columns, and how it ends.
fn bgspec_with(arguments: &str, input: &str) -> String {
    session::shown(arguments, input, |command| {
        command.current_dir(data()).env("COLUMNS", "80")
    })
}

const HEADER: &str = r#"{"bgspec":1,"os":"18.5","origin":"made up","bundle":"a","initial":"known"}"#;

/// A trace with a first line at this time, and a second one that submits, earliest then.
fn submitted(at: &str, then: &str, earliest: &str) -> String {
    format!(
        "{HEADER}\n{{\"at\":{at},\"pid\":1,\"event\":{{\"started\":{{\"by\":\"person\"}}}}}}\n\
         {{\"event\":{{\"submit\":{{\"id\":\"a.b\",\"kind\":\"refresh\",\"earliest\":{earliest}}}}},\"at\":{then},\"pid\":1}}\n"
    )
}

/// When the second line happened, and its earliest begin date; else what is wrong.
fn read(text: &str) -> Result<(i64, Option<i64>), String> {
    let records: Vec<Record> = Reader::new(text.as_bytes(), "t.jsonl")
        .unwrap()
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    match &records[1].event {
        Some(Event::Submit(submit)) => Ok((records[1].at, submit.earliest)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_time_is_taken_as_a_person_writes_it() {
    let cases = [
        ("0", "10", "20", 10, 20),
        ("\"0 s\"", "\"10 s\"", "\"2 min\"", 10_000, 120_000),
        ("0", "\"1 h 30 min\"", "\"in 2 h\"", 5_400_000, 12_600_000),
        // As this program prints them.
        ("0", "\"1 d 30 min 0.250 s\"", "\"in 0 s\"", 88_200_250, 88_200_250),
        (
            "\"2026-03-01T10:00:00Z\"",
            "\"2026-03-01T11:00:01.5+01:00\"",
            "\"2026-03-01T09:59:59Z\"",
            1_500,
            -1_000,
        ),
        // Beside a date a number or a length counts from it too.
        ("\"2026-03-01T10:00:00Z\"", "\"2 s\"", "3000", 2_000, 3_000),
    ];
    for (at, then, earliest, expected_at, expected_earliest) in cases {
        let text = submitted(at, then, earliest);
        assert_eq!(read(&text), Ok((expected_at, Some(expected_earliest))), "{text}");
    }
}

#[test]
fn a_time_that_is_none_is_told_with_the_column_where_it_begins() {
    let cases = [
        (
            "0",
            "1.5",
            "0",
            "3:69: found `1.5`, expected a whole number of milliseconds",
        ),
        (
            "0",
            "\"soon\"",
            "0",
            "3:69: found `\"soon\"`, expected a whole number of milliseconds",
        ),
        ("0", "\"1 ns\"", "0", "3:69: found `\"1 ns\"`"),
        ("0", "\"in 2 s\"", "0", "3:69: found `\"in 2 s\"`"),
        (
            "0",
            "5",
            "\"2026-03-01T10:00:00Z\"",
            "3:60: the date `2026-03-01T10:00:00Z`: expected milliseconds",
        ),
        // The date of a later line sets no clock.
        ("0", "\"2026-03-01T10:00:00Z\"", "0", "3:69: the date"),
        (
            "\"2026-03-01T10:00:00Z\"",
            "\"2026-03-01T10:00:00\"",
            "0",
            "3:69: found",
        ),
    ];
    for (at, then, earliest, expected) in cases {
        let text = submitted(at, then, earliest);
        let error = read(&text).unwrap_err();
        assert!(error.starts_with(&format!("t.jsonl:{expected}")), "{text}{error}");
    }
}

#[test]
fn the_columns_behind_a_text_are_those_of_the_line_as_it_was_written() {
    let text = submitted("0", "5", "\"2 h\"")
        .replace("\"kind\":\"refresh\",", "")
        .replace("}},\"at\"", ",\"kind\":7}},\"at\"");
    let error = read(&text).unwrap_err();
    let line = text.lines().nth(2).unwrap();
    let column = line.find(":7}").unwrap() + 2;
    assert!(error.starts_with(&format!("t.jsonl:3:{column}: ")), "{line}\n{error}");
}

#[test]
fn a_refusal_is_known_by_name_and_by_number() {
    for (code, number) in [
        ("3", 3),
        ("\"notPermitted\"", 3),
        ("\"BGTaskSchedulerErrorCodeTooManyPendingTaskRequests\"", 2),
        ("\".unavailable\"", 1),
        ("\"immediateRunIneligible (4)\"", 4),
    ] {
        let text = submitted("0", "5", "0").replace("\"earliest\":0", &format!("\"answer\":{{\"refused\":{code}}}"));
        let record = Reader::new(text.as_bytes(), "t.jsonl")
            .unwrap()
            .nth(1)
            .unwrap()
            .unwrap();
        let Some(Event::Submit(submit)) = record.event else {
            panic!("{text}")
        };
        assert!(
            matches!(submit.answer, Some(SubmitAnswer::Refused(refusal)) if refusal.code.0 == number),
            "{text}"
        );
    }
}

#[test]
fn a_trace_by_hand_has_a_plain_form_and_both_are_judged_alike() {
    let plain = bgspec("convert --to trace hand.jsonl -");
    insta::assert_snapshot!(plain);
    let written = plain
        .lines()
        .filter(|line| line.starts_with('{'))
        .map(|line| format!("{line}\n"));
    let judged = |shown: String| shown.split_once('\n').unwrap().1.replace("stdin", "hand.jsonl");
    assert_eq!(
        judged(bgspec("check hand.jsonl")),
        judged(bgspec_with("check -", &written.collect::<String>()))
    );
    // A scenario that it becomes says the same again.
    let feature = bgspec("convert hand.jsonl -");
    assert!(feature.contains("earliest in 2 hours, and it is accepted"), "{feature}");
}

#[test]
fn every_mistake_is_told_at_once_up_to_a_number_and_the_rest_is_counted() {
    insta::assert_snapshot!(bgspec("check mistakes.jsonl") + &bgspec("convert mistakes.jsonl -"));
    let text = fs::read_to_string(data().join("mistakes.jsonl")).unwrap();
    assert_eq!(
        bgspec_with("explain -", &text)
            .replace("stdin", "mistakes.jsonl")
            .split_once('\n')
            .unwrap()
            .1,
        bgspec("explain mistakes.jsonl").split_once('\n').unwrap().1
    );
    let source = Source::new(data().join("mistakes.jsonl").to_str().unwrap()).unwrap();
    let mistakes = source.mistakes(source.reader().map(drop).unwrap_err());
    assert_eq!((mistakes.told.len(), mistakes.more > 0), (MOST, true), "{mistakes:?}");
    let places: Vec<_> = mistakes.told.iter().map(|error| (error.line, error.column)).collect();
    assert!(
        places.is_sorted() && places.windows(2).all(|pair| pair[0] != pair[1]),
        "{places:?}"
    );
}

#[test]
fn whatever_byte_is_wrong_its_line_is_told_and_no_other_line() {
    let text = fs::read_to_string(data().join("hand.jsonl")).unwrap();
    let mut wrong = 0;
    for place in 0..text.len() {
        for byte in ["\"", "{", "7", "x", ",", ""] {
            let line = 1 + text[..place].matches('\n').count() as u64;
            let mut text = text.clone();
            text.replace_range(place..=place, byte);
            let read = |mut trace: Reader<&[u8]>| trace.find_map(Result::err);
            let error = match Reader::new(text.as_bytes(), "t.jsonl") {
                Ok(trace) => read(trace),
                Err(error) => Some(error),
            };
            let Some(error) = error else { continue };
            wrong += 1;
            let mistakes = Mistakes::of(text.as_bytes(), error);
            let told = |error: &Error| error.line == line || error.line == line + 1;
            assert!(told(&mistakes.told[0]), "{place} {byte}: {mistakes:?}");
            // Where the first line has lost its date, the dates behind it mean nothing.
            let is_alone = mistakes.told.iter().all(told) && mistakes.more == 0;
            assert!(is_alone || line == 2, "{place} {byte}: {mistakes:?}");
        }
    }
    assert!(wrong > 1_000, "{wrong}");
}

#[test]
fn a_line_that_contradicts_those_before_it_is_told_with_the_mistakes_behind_it() {
    let text = format!(
        "{HEADER}\n{}",
        "{\"at\":5,\"event\":{\"clock\":{}}}\n{\"at\":1,\"event\":{\"clock\":{}}}\n{\"at\":2,\"event\":{\"clok\":{}}}\n"
    );
    let shown = bgspec_with("check -", &text);
    for part in ["stdin:3:1: time goes backwards", "stdin:4:23: unknown name `clok`"] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
}

#[test]
fn the_scenarios_of_a_feature_are_judged_and_explained_each_by_itself() {
    insta::assert_snapshot!(bgspec("check scenarios.feature") + &bgspec("explain scenarios.feature"));
}

#[test]
fn a_scenario_is_chosen_by_its_name_its_line_or_its_row() {
    let head = |arguments: &str| {
        let shown = bgspec(arguments);
        let heads = shown.lines().filter(|line| line.starts_with("scenarios.feature"));
        heads.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(head("check scenarios.feature:13"), ["scenarios.feature:10: conforms"]);
    assert_eq!(head("check scenarios.feature:10"), ["scenarios.feature:10: conforms"]);
    assert_eq!(head("explain scenarios.feature:33"), ["scenarios.feature:33: breaks"]);
    assert_eq!(
        head("check scenarios.feature:27"),
        ["scenarios.feature:32: breaks", "scenarios.feature:33: breaks"]
    );
    assert_eq!(
        head("explain --scenario 'Refused (a refresh request)' scenarios.feature"),
        ["scenarios.feature:32: breaks"]
    );
    let text = fs::read_to_string(data().join("scenarios.feature")).unwrap();
    assert!(bgspec_with("check --scenario 'Submitted and killed' -", &text).contains("stdin:10: conforms"));
}

#[test]
fn what_cannot_be_chosen_or_judged_is_told_with_what_can() {
    let asked = [
        "check scenarios.feature:21",
        "explain scenarios.feature:21",
        "check scenarios.feature:3",
        "explain --scenario Refusd scenarios.feature",
        "check --scenario Refused hand.jsonl",
        "explain nowhere.feature:3",
        "convert scenarios.feature other.feature",
    ];
    insta::assert_snapshot!(asked.map(bgspec).join("\n"));
}

#[test]
fn the_forms_for_programs_name_the_scenario_and_its_lines() {
    let shown = bgspec("check --format xcode scenarios.feature:33");
    assert!(
        shown.contains("scenarios.feature:28:1: error: the app breaks SUB-27"),
        "{shown}"
    );
    let shown = bgspec("explain --format json scenarios.feature:33");
    let json = shown.split_once('\n').unwrap().1.split("[exit").next().unwrap();
    let told: serde_json::Value = serde_json::from_str(json).unwrap();
    let judged = &told["judged"];
    assert_eq!(judged["scenario"]["name"], "Refused (a processing request)");
    assert_eq!(judged["scenario"]["line"], 33);
    assert_eq!(judged["findings"][0]["line"], 28);
}
