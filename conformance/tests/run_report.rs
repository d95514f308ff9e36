//! What `bgspec test` leaves to be read: the page in a browser, JUnit's XML, the lines as they come, the picture.
//!
//! Every test plays one stored case, in which the card keeps its old title (UIX-2), against the reference with that fault.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

#[path = "common/browser.rs"]
mod browser;

use browser::{axe, chromium, said};

const BGSPEC: &str = env!("CARGO_BIN_EXE_bgspec");
const CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/run/title-stays.jsonl");

/// What a run of the one case prints.
fn run(arguments: &[&str]) -> Output {
    Command::new(BGSPEC)
        .args([
            "test",
            "--adapter",
            &format!("'{BGSPEC}' serve --fault title-stays"),
            "--replay",
            CASE,
        ])
        .args(arguments)
        .output()
        .unwrap()
}

fn printed(form: &str) -> String {
    let output = run(&["--format", form]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The page of a run about whose adapter, rules and trace every text says something hostile.
fn hostile_page() -> String {
    const HOSTILE: &str =
        "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u{202e}\u{7}";
    let mut report: Value = serde_json::from_str(&printed("json")).unwrap();
    report["implementation"] = HOSTILE.into();
    report["claim"] = HOSTILE.into();
    report["shard"] = json!({ "index": 1, "of": 1 });
    report["pins"][HOSTILE] = HOSTILE.into();
    report["stopped"] = HOSTILE.into();
    report["doubt"] = HOSTILE.into();
    report["followers"] = json!([HOSTILE]);
    let failure = &mut report["failures"][0];
    failure["flaky"] = HOSTILE.into();
    failure["trace"] = HOSTILE.into();
    failure["story"] = json!([HOSTILE]);
    failure["wire"] = json!([HOSTILE]);
    failure["finding"]["what"] = HOSTILE.into();
    failure["finding"]["instead"] = json!([{ "what": HOSTILE, "rule": HOSTILE }]);
    failure["finding"]["fixed"] = json!([{ "setting": HOSTILE, "value": HOSTILE, "line": 1 }]);
    failure["header"]["permitted"] = json!([HOSTILE]);
    failure["records"][7]["event"]["update_title"]["title"] = HOSTILE.into();
    failure["records"][3]["event"]["submit"]["id"] = HOSTILE.into();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile.json");
    fs::write(&path, report.to_string()).unwrap();
    let merged = Command::new(BGSPEC)
        .arg("merge")
        .arg(&path)
        .args(["--format", "html"])
        .output()
        .unwrap();
    assert_eq!(
        merged.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&merged.stderr)
    );
    String::from_utf8(merged.stdout).unwrap()
}

#[test]
fn an_audit_of_accessibility_objects_to_nothing() {
    let (Some(chromium), Some(axe)) = (chromium(), axe()) else {
        return;
    };
    let page = printed("html");
    let night = page.replacen("@media (prefers-color-scheme: dark)", "@media all", 1);
    let audit = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; });\n\
                 axe.run(document).then((found) => say({ passes: found.passes.length, violations: found.violations.map( \
                 (one) => [one.id, one.help, one.nodes.length, one.nodes[0].html, one.nodes[0].failureSummary]) }));";
    for (name, page) in [("day", page), ("night", night)] {
        let found = said(
            chromium,
            &format!("run-audit-{name}"),
            &page,
            "",
            &format!("{axe}\n{audit}"),
        );
        assert!(found["passes"].as_u64().unwrap() > 15, "{name}: {found}");
        assert_eq!(found["violations"], json!([]), "{name}");
    }
}

/// On a phone the page itself does not move sideways: the timeline does, in its own frame.
#[test]
fn a_phone_shows_it_without_moving_sideways_and_nothing_is_fetched() {
    let Some(chromium) = chromium() else {
        return;
    };
    let script = "const frame = document.createElement('iframe'); frame.style.cssText = 'width: 360px; height: 640px'; \
                  const page = document.documentElement.outerHTML; \
                  const wide = [...document.querySelectorAll('main *')].filter((one) => !one.closest('.course') && \
                  one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline').map((one) => one.outerHTML.slice(0, 80)); \
                  document.body.style.width = '360px'; \
                  say({ wide: document.body.scrollWidth, fetched: performance.getEntriesByType('resource').length, \
                  rows: document.querySelectorAll('.finding tbody tr').length, \
                  deciding: document.querySelector('.deciding .what').textContent, overflowing: wide });";
    let found = said(chromium, "run-phone", &printed("html"), "", script);
    assert!(found["wide"].as_u64().unwrap() <= 400, "{found}");
    assert_eq!(found["fetched"], 0, "{found}");
    assert_eq!(
        (found["rows"].as_u64(), &found["overflowing"]),
        (Some(11), &json!([])),
        "{found}"
    );
    assert!(
        found["deciding"].as_str().unwrap().contains("time has passed"),
        "{found}"
    );
}

#[test]
fn hostile_texts_never_leave_their_text() {
    let page = hostile_page();
    assert_eq!(page.matches("<script>").count(), 1, "our own alone");
    assert!(
        !page.contains("<img") && !page.contains('\u{202e}') && !page.contains('\u{7}'),
        "{page}"
    );
    let Some(chromium) = chromium() else {
        return;
    };
    let script = "setTimeout(() => say({ title: document.title, images: document.images.length }), 300);";
    let found = said(chromium, "run-hostile", &page, "", script);
    assert!(found["title"].as_str().unwrap().starts_with("bgspec: "), "{found}");
    assert_eq!(found["images"], 0, "{found}");
}

/// JUnit's XML says of each rule what the report says.
#[test]
fn junit_has_a_case_for_each_rule_and_passes_none_that_was_not_exercised() {
    let report: Value = serde_json::from_str(&printed("json")).unwrap();
    let text = printed("junit");
    let xml = roxmltree::Document::parse(&text).unwrap();
    let cases: Vec<_> = xml.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    let rules = report["rules"].as_array().unwrap();
    let is_rule = |case: &&roxmltree::Node<'_, '_>| case.attribute("classname") != Some("run");
    assert_eq!(cases.iter().filter(is_rule).count(), rules.len());
    for rule in rules {
        let id = rule["rule"].as_str().unwrap();
        let named = |case: &&roxmltree::Node<'_, '_>| case.attribute("name").unwrap().split(' ').next() == Some(id);
        let case = cases.iter().find(named).unwrap();
        let child = |name: &str| case.children().any(|child| child.has_tag_name(name));
        let exercised = rule["standing"] == "reachable" && rule["exercised"].as_u64().unwrap() > 0;
        assert_eq!(child("failure"), rule["broken"] == true, "{id}");
        assert_eq!(child("skipped"), rule["broken"] != true && !exercised, "{id}");
    }
    let story = xml.descendants().find(|node| node.has_tag_name("failure")).unwrap();
    assert!(story.text().unwrap().contains("updates the title"), "{text}");
}

/// The stream is the run: what was found, what was shrunk, and at the end the report, which is the one of `--format json`.
#[test]
fn the_lines_of_a_run_end_with_its_report() {
    let text = printed("ndjson");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<_> = lines
        .iter()
        .map(|line| line.as_object().unwrap().keys().next().unwrap().as_str())
        .collect();
    assert_eq!(names, ["found", "shrinking", "shrunk", "report"]);
    let report: Value = serde_json::from_str(&printed("json")).unwrap();
    assert_eq!(lines[3]["report"], report);
}

/// `--report` keeps each of them, and a picture of each counterexample.
#[test]
fn a_directory_keeps_every_form_and_a_picture_of_each_counterexample() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("run-report");
    let _ = fs::remove_dir_all(&directory);
    let output = run(&["--report", directory.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let read = |name: &str| fs::read_to_string(directory.join(name)).unwrap();
    let report: Value = serde_json::from_str(&read("report.json")).unwrap();
    let last = read("progress.ndjson")
        .lines()
        .last()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    assert_eq!(last.unwrap()["report"], report);
    assert!(read("report.html").contains("The scheduler breaks"));
    assert!(roxmltree::Document::parse(&read("report.xml")).is_ok());
    let picture = read("UIX-2.svg");
    assert!(roxmltree::Document::parse(&picture).is_ok());
    insta::assert_snapshot!(picture);
}
