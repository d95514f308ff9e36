//! What came of scenarios, in print: for people, as the JSON of cucumber, as the XML of JUnit.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use bgspec_model::rule::Id;
use gherkin::tagexpr::TagOperation;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use serde_json::json;

use super::file::Error;
use super::run::Outcome;
use super::script::Script;
use super::weak;
use crate::exit::Exit;
use crate::play::adapter::Hello;
use crate::text::{clip, plain, wrap};

/// A scenario and what came of it.
#[derive(Debug)]
pub struct Ran {
    /// The scenario.
    pub script: Script,
    /// What came of it.
    pub outcome: Outcome,
    /// The rule that was taken out of the implementation, where it was played so.
    pub without: Option<Id>,
}

/// Reads an expression over tags.
///
/// # Errors
/// It is none.
pub fn tags(text: &str) -> Result<TagOperation, String> {
    const DEEPEST: usize = 64;
    const LONGEST: usize = 4_096;
    if text.len() > LONGEST || depth(text) > DEEPEST {
        return Err(format!(
            "`{}`: expected an expression over tags of at most {LONGEST} bytes, and at most {DEEPEST} brackets and \
             `not` within one another",
            clip(text, 64)
        ));
    }
    // The parser reads `not @a` behind an `and` only.
    text.parse().map_err(|_| {
        format!(
            "`{}` is no expression over tags: expected one such as `@rule:SUB-4 and not @trace`",
            clip(text, 120)
        )
    })
}

/// How deep brackets and `not` stand within one another, at most.
fn depth(text: &str) -> usize {
    let (mut open, mut nots, mut deepest) = (0_usize, 0_usize, 0_usize);
    for word in text.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
        match word {
            "(" => open += 1,
            ")" => open = open.saturating_sub(1),
            "not" => nots += 1,
            _ => nots = 0,
        }
        deepest = deepest.max(open + nots);
    }
    deepest
}

/// What the program ends with: the gravest; not applicable alone is nothing checked.
#[must_use]
pub fn exit(ran: &[Ran]) -> Exit {
    let (gone, done): (Vec<_>, Vec<_>) = ran
        .iter()
        .partition(|ran| matches!(ran.outcome, Outcome::NotApplicable(_)));
    if done.is_empty() && !gone.is_empty() {
        return Exit::NothingChecked;
    }
    Exit::gravest(done.iter().map(|ran| ran.outcome.exit()))
}

const GREEN: Style = AnsiColor::Green.on_default();
const RED: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// For people: every scenario that did not pass, then the counts by feature file's outcome.
///
/// # Errors
/// The output cannot be written.
pub fn human(out: &mut impl Write, ran: &[Ran], errors: &[Error], hello: &Hello) -> io::Result<()> {
    let mut file = "";
    for Ran {
        script,
        outcome,
        without,
    } in ran
    {
        if script.file != file {
            file = &script.file;
            writeln!(out, "{}: {}", plain(file), plain(&script.feature))?;
        }
        let (style, word, texts) = words(outcome);
        writeln!(out, "  {style}{word:<15}{style:#} {}", plain(&script.name))?;
        if let Some(rule) = without {
            writeln!(out, "                  played with {rule} taken out")?;
        }
        if *outcome != Outcome::Passed {
            for text in texts.iter().flat_map(|text| wrap(&plain(text), 84)) {
                writeln!(out, "                  {text}")?;
            }
            if !matches!(outcome, Outcome::NotApplicable(_)) {
                writeln!(
                    out,
                    "                  {DIM}at {}:{}{DIM:#}",
                    plain(&script.file),
                    script.line
                )?;
                for rule in weak::own(script) {
                    writeln!(out, "                  {DIM}{rule}: {}{DIM:#}", rulebook_link(rule))?;
                }
            }
        }
    }
    let count = |word: &str| ran.iter().filter(|ran| words(&ran.outcome).1 == word).count();
    let kinds = [
        "passed",
        "failed",
        "inconclusive",
        "not applicable",
        "adapter failed",
        "malformed",
    ];
    let counts: Vec<_> = kinds
        .into_iter()
        .map(|word| (count(word), word))
        .filter(|(count, _)| *count > 0)
        .collect();
    let counts: Vec<_> = counts
        .into_iter()
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let scenarios = if ran.len() == 1 { "scenario" } else { "scenarios" };
    let wrong = match by_file(errors).len() {
        0 => String::new(),
        1 => "; something is wrong with 1 file".to_owned(),
        files => format!("; something is wrong with {files} files"),
    };
    writeln!(
        out,
        "\n{} {scenarios} with {} {}: {}{wrong}",
        ran.len(),
        plain(&hello.name),
        plain(&hello.version),
        counts.join(", ")
    )
}

fn words(outcome: &Outcome) -> (Style, &'static str, Vec<String>) {
    match outcome {
        Outcome::Passed => (GREEN, "passed", Vec::new()),
        Outcome::Failed(texts) => (RED, "failed", texts.clone()),
        Outcome::Inconclusive(texts) => (RED, "inconclusive", texts.clone()),
        Outcome::NotApplicable(why) => (DIM, "not applicable", vec![why.clone()]),
        Outcome::AdapterFailed(how) => (RED, "adapter failed", vec![how.clone()]),
        Outcome::Malformed(error) => (RED, "malformed", vec![error.to_string()]),
    }
}

/// As the JSON of cucumber: an array of features with their scenarios as elements; what came of a scenario stands at
/// its last step.
///
/// # Errors
/// The output cannot be written.
pub fn json(out: &mut impl Write, ran: &[Ran], errors: &[Error]) -> io::Result<()> {
    let mut features: Vec<serde_json::Value> = Vec::new();
    let mut uri = "";
    for Ran {
        script,
        outcome,
        without,
    } in ran
    {
        if script.file != uri {
            uri = &script.file;
            features.push(json!({
                "uri": uri, "keyword": "Feature", "name": script.feature, "id": identifier(&script.feature), "line": 1,
                "tags": [], "elements": [],
            }));
        }
        let status = match outcome {
            Outcome::Passed => "passed",
            Outcome::NotApplicable(_) => "skipped",
            _ => "failed",
        };
        let texts = words(outcome).2;
        let mut result = json!({ "status": status, "duration": 0 });
        if let Some(rule) = without {
            result["played_without"] = json!(rule);
        }
        if !texts.is_empty() {
            result["error_message"] = texts.join("\n").into();
        }
        let tags: Vec<_> = script
            .tags
            .iter()
            .map(|tag| json!({ "name": format!("@{tag}"), "line": script.line }))
            .collect();
        let line = script.expected.last().map_or(script.line, |expected| expected.line);
        let element = json!({
            "keyword": "Scenario", "type": "scenario", "name": script.name, "line": script.line, "tags": tags,
            "id": format!("{};{}", identifier(&script.feature), identifier(&script.name)),
            "rules": rules(script),
            "steps": [{ "keyword": "Then ", "name": "what the oracle says", "line": line, "result": result }],
        });
        if let Some(elements) = features
            .last_mut()
            .and_then(|feature| feature["elements"].as_array_mut())
        {
            elements.push(element);
        }
    }
    for (file, errors) in by_file(errors) {
        let steps: Vec<_> = errors
            .iter()
            .map(|error| {
                let result = json!({ "status": "failed", "duration": 0, "error_message": error.to_string() });
                json!({ "keyword": "* ", "name": "the file is read", "line": error.line, "result": result })
            })
            .collect();
        let element = json!({
            "keyword": "Scenario", "type": "scenario", "name": UNREADABLE, "line": errors[0].line, "tags": [],
            "id": identifier(UNREADABLE), "rules": [], "steps": steps,
        });
        features.push(json!({
            "uri": file, "keyword": "Feature", "name": file, "id": identifier(file), "line": 1, "tags": [],
            "elements": [element],
        }));
    }
    serde_json::to_writer_pretty(&mut *out, &features)?;
    writeln!(out)
}

/// The rules that a scenario is tagged with, each with its place in the rulebook.
fn rules(script: &Script) -> Vec<serde_json::Value> {
    let link = |rule: Id| json!({ "id": rule, "rulebook": rulebook_link(rule) });
    weak::own(script).into_iter().map(link).collect()
}

/// Where a rule stands in the rulebook, written by `bgspec rules --format html > rulebook.html`.
#[must_use]
pub fn rulebook_link(rule: Id) -> String {
    format!("rulebook.html#{rule}")
}

fn identifier(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// As the XML of JUnit: a suite a file, a case a scenario.
///
/// # Errors
/// The output cannot be written.
pub fn junit(out: &mut impl Write, ran: &[Ran], errors: &[Error]) -> io::Result<()> {
    let mut report = quick_junit::Report::new("bgspec features");
    for suite in ran.chunk_by(|one, next| one.script.file == next.script.file) {
        let mut of_file = TestSuite::new(suite.first().map_or("", |ran| &ran.script.file));
        of_file.add_test_cases(suite.iter().map(|Ran { script, outcome, .. }| {
            let mut case = TestCase::new(plain(&script.name), status(outcome));
            case.set_classname(plain(&script.feature));
            case
        }));
        report.add_test_suite(of_file);
    }
    for (file, errors) in by_file(errors) {
        let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(message(&texts));
        let mut case = TestCase::new(UNREADABLE, status);
        case.set_classname(plain(file));
        let mut of_file = TestSuite::new(plain(file));
        of_file.add_test_case(case);
        report.add_test_suite(of_file);
    }
    report.serialize(out).map_err(io::Error::other)
}

/// What came of a scenario, in JUnit's words.
fn status(outcome: &Outcome) -> TestCaseStatus {
    let mut status = match outcome {
        Outcome::Passed => return TestCaseStatus::success(),
        Outcome::NotApplicable(_) => TestCaseStatus::skipped(),
        Outcome::Failed(_) | Outcome::Inconclusive(_) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Outcome::AdapterFailed(_) | Outcome::Malformed(_) => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    status.set_message(message(&words(outcome).2));
    status
}

/// Texts on lines of their own, each escaped.
fn message(texts: &[String]) -> String {
    let lines: Vec<_> = texts.iter().flat_map(|text| text.lines()).map(plain).collect();
    lines.join("\n")
}

/// What stands for the scenarios of a file with something wrong in it.
const UNREADABLE: &str = "what is wrong with the file";

/// What is wrong, file by file.
fn by_file(errors: &[Error]) -> BTreeMap<&str, Vec<&Error>> {
    let mut files: BTreeMap<&str, Vec<&Error>> = BTreeMap::new();
    for error in errors {
        files.entry(&error.file).or_default().push(error);
    }
    files
}
