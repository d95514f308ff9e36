//! The example adapter in Python conforms where it says that it does, and each of its faults is caught by its rule.
//!
//! The runner here is the smallest that there can be: one fixed sequence, every call written as its begin and its end.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

#[path = "common/tool.rs"]
mod tool;

use bgspec_conformance::play::adapter::Adapter;
use bgspec_conformance::play::subprocess::Subprocess;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Report;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Area, Discretion, Header, Kind, Permitted, Record, Version};

const ADAPTER: &str = concat!("python3 '", env!("CARGO_MANIFEST_DIR"), "/examples/python/adapter.py'");

/// Everything that a fault can be seen in: a replacement, the limit, a cancel, a date, a second registration.
fn inputs() -> Vec<Record> {
    let processing =
        |n| format!(r#"{{"at":10,"event":{{"submit":{{"id":"com.example.app.p{n}","kind":"processing"}}}}}}"#);
    let register = |id: &str| format!(r#"{{"at":0,"event":{{"register":{{"id":"com.example.app.{id}"}}}}}}"#);
    let mut lines = vec![
        r#"{"at":0,"event":{"started":{"by":"person"}}}"#.to_owned(),
        register("sync"),
    ];
    lines.extend((1..=11).map(|n| register(&format!("p{n}"))));
    let words = [
        r#"{"at":5,"event":{"launch_finished":{}}}"#,
        r#"{"at":5,"event":{"submit":{"id":"com.example.app.sync","kind":"refresh","earliest":60000}}}"#,
        r#"{"at":6,"event":{"submit":{"id":"com.example.app.sync","kind":"refresh","earliest":120000}}}"#,
        r#"{"at":6,"event":{"pending":{}}}"#,
    ];
    lines.extend(words.map(str::to_owned));
    lines.extend((1..=11).map(processing));
    let words = [
        r#"{"at":20,"event":{"cancel":{"id":"com.example.app.p1"}}}"#,
        r#"{"at":20,"event":{"pending":{}}}"#,
        r#"{"at":30,"event":{"background":{}}}"#,
        r#"{"at":40,"event":{"device":{"in_use":false}}}"#,
        r#"{"at":90000,"event":{"clock":{}}}"#,
        r#"{"at":90000,"event":{"grant":{"id":"com.example.app.sync"}}}"#,
        r#"{"at":120000,"event":{"clock":{}}}"#,
        r#"{"at":120000,"event":{"grant":{"id":"com.example.app.sync"}}}"#,
        r#"{"at":125000,"event":{"complete":{"task":"com.example.app.sync#1","success":true}}}"#,
        r#"{"at":125000,"event":{"register":{"id":"com.example.app.sync"}}}"#,
    ];
    lines.extend(words.map(str::to_owned));
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn judge(command: &str) -> Report {
    let adapter = Subprocess::start(command).unwrap();
    let hello = adapter.hello().unwrap();
    assert_eq!(hello.kinds, [Kind::Refresh, Kind::Processing]);
    let ids = (1..=11).map(|n| format!("p{n}")).chain(["sync".to_owned()]);
    let mut header = Header::new(Version::new(26, 1), "com.example.app");
    header.permitted = Permitted::List(ids.map(|id| format!("com.example.app.{id}")).collect());
    header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
    header.discretion = Discretion::Driven;
    // The example ends no process: one that it ended unseen would excuse the second registration.
    let ends = ["killed".to_owned()];
    header.recorded = Some(hello.observes.into_iter().chain(ends).collect());
    header.without = Area::ALL
        .iter()
        .copied()
        .filter(|area| !hello.areas.contains(area))
        .collect();
    adapter.reset(&header).unwrap();

    let mut oracle = Oracle::new(&header, &Terms::default()).unwrap();
    let mut step = |line: &str| {
        oracle
            .step(&serde_json::from_str(line).unwrap())
            .unwrap_or_else(|e| panic!("{line}: {e}"))
    };
    for (number, mut input) in inputs().into_iter().enumerate() {
        let applied = adapter.apply(&input).unwrap();
        input.pid = Some(1);
        input.call = applied.answer.is_some().then_some(number as u32);
        step(&serde_json::to_string(&input).unwrap());
        let at = input.at;
        if let Some(answer) = &applied.answer {
            let answer = serde_json::to_string(answer).unwrap();
            step(&format!(
                r#"{{"at":{at},"pid":1,"call":{number},"event":{{"end":{answer}}}}}"#
            ));
        }
        for mut observed in applied.observed {
            observed.pid = Some(1);
            step(&serde_json::to_string(&observed).unwrap());
        }
    }
    step(r#"{"at":125000,"end":"cut"}"#);
    oracle.finish()
}

#[test]
fn without_a_fault_it_breaks_nothing() {
    if tool::is_there("python3") {
        let report = judge(ADAPTER);
        let by_scheduler: Vec<_> = report.findings.iter().filter(|f| f.party == Party::Scheduler).collect();
        assert!(by_scheduler.is_empty(), "{by_scheduler:#?}");
    }
}

#[test]
fn each_fault_is_caught_by_its_rule() {
    let faults = [
        ("replace-keeps-old-date", "SUB-4"),
        ("eleventh-processing-accepted", "SUB-6"),
        ("cancel-forgets", "CAN-1"),
        ("launch-before-date", "CON-1"),
        ("register-twice-quietly", "REG-3"),
    ];
    if !tool::is_there("python3") {
        return;
    }
    for (fault, rule) in faults {
        let report = judge(&format!("{ADAPTER} --fault {fault}"));
        let first = report.findings.iter().find(|finding| finding.party == Party::Scheduler);
        let rules: Vec<_> = first
            .iter()
            .flat_map(|f| &f.rules)
            .map(|rule| rule.id.to_string())
            .collect();
        assert!(
            rules.iter().any(|found| found == rule),
            "{fault} is to be caught by {rule}: {:#?}",
            report.findings
        );
    }
}

#[test]
fn what_it_does_not_declare_it_reports_as_an_error() {
    if tool::is_there("python3") {
        let adapter = Subprocess::start(ADAPTER).unwrap();
        adapter
            .reset(&Header::new(Version::new(26, 1), "com.example.app"))
            .unwrap();
        let input = serde_json::from_str(r#"{"at":0,"event":{"gpu_work":{}}}"#).unwrap();
        assert_eq!(
            adapter.apply(&input).unwrap_err().to_string(),
            "the adapter reported an error at apply gpu_work: ValueError: gpu_work is more than this adapter declares"
        );
    }
}
