//! `bgspec explain`, run as a user runs it, and over the whole corpus.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

#[path = "common/session.rs"]
mod session;

use std::fs;
use std::path::{Path, PathBuf};

use bgspec_conformance::explain::form::Fault;
use bgspec_conformance::explain::{Asked, Told, explain};
use bgspec_conformance::trace::{Places, Reader};
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::Verdict;
use bgspec_model::vocabulary::{Header, Record};

/// What the command prints, run among the traces.
fn bgspec(arguments: &str) -> String {
    session::shown(arguments, "", |command| command.current_dir(corpus()))
}

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("traces")
}

/// Every trace of the corpus.
fn traces() -> Vec<PathBuf> {
    let mut traces = Vec::new();
    let mut directories = vec![corpus()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "jsonl") {
                traces.push(path);
            }
        }
    }
    traces.sort();
    assert!(!traces.is_empty(), "no trace in {}", corpus().display());
    traces
}

fn read(path: &Path) -> (Header, Vec<Record>) {
    let trace = Reader::open(path.to_str().unwrap()).unwrap();
    let header = trace.header().clone();
    (header, trace.collect::<Result<_, _>>().unwrap())
}

fn told(header: &Header, records: &[Record], terms: &Terms) -> Told {
    let asked = Asked {
        header,
        records,
        terms,
        places: &Places::Trace,
        request: None,
    };
    explain(&asked).unwrap()
}

fn verdict(header: &Header, records: &[Record], terms: &Terms) -> Verdict {
    let mut oracle = Oracle::new(header, terms).unwrap();
    records.iter().for_each(|record| oracle.step(record).unwrap());
    oracle.finish().verdict
}

#[test]
fn the_starving_request() {
    insta::assert_snapshot!(bgspec("explain field/S23-submits-at-each-visit.jsonl"));
}

#[test]
fn the_wrong_flag_never_launched() {
    insta::assert_snapshot!(bgspec(
        "explain field/S07-workmanager-flags-swapped-never-launched.jsonl --request com.example.workmanager.upload"
    ));
}

#[test]
fn the_wrong_flag_launched_without_a_network() {
    insta::assert_snapshot!(bgspec(
        "explain field/S07-workmanager-flags-swapped.jsonl --request com.example.workmanager.upload"
    ));
}

#[test]
fn blocked_in_turn_by_date_power_use_and_force_quit() {
    insta::assert_snapshot!(bgspec("explain --profile field claims/G7-blocked-in-turn.jsonl"));
}

#[test]
fn a_breach_state_by_state_with_an_edit() {
    insta::assert_snapshot!(bgspec("explain forum/F03-launched-before-first-unlock.jsonl"));
}

#[test]
fn an_obligation_that_was_not_kept() {
    insta::assert_snapshot!(bgspec("explain forum/F01-accepted-never-delivered.jsonl"));
}

#[test]
fn everything_held_and_nothing_was_owed() {
    insta::assert_snapshot!(bgspec("explain forum/F14-never-launched.jsonl"));
}

#[test]
fn an_unknown_identifier_is_answered_with_the_nearest() {
    insta::assert_snapshot!(bgspec(
        "explain field/S03-home-assistant-both-listed.jsonl --request com.example.home.refesh"
    ));
}

#[test]
fn json_has_everything() {
    insta::assert_snapshot!(bgspec("explain --format json claims/G6-before-the-floor.jsonl"));
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    insta::assert_snapshot!(bgspec("explain nowhere.jsonl") + &bgspec("explain cases.toml"));
}

#[test]
fn what_lies_before_a_line_that_is_wrong_is_explained_all_the_same() {
    let whole = fs::read_to_string(corpus().join("field/S23-submits-at-each-visit.jsonl")).unwrap();
    let begun: Vec<_> = whole.lines().take(9).collect();
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("explain");
    fs::create_dir_all(&directory).unwrap();
    for (name, line, complaint) in [
        ("cut", "{\"at\":5", "cut.jsonl:10:8: no JSON object"),
        (
            "back",
            r#"{"at":-1,"event":{"clock":{}}}"#,
            "back.jsonl:10:1: time goes backwards",
        ),
    ] {
        let file = directory.join(format!("{name}.jsonl"));
        fs::write(&file, format!("{}\n{line}\n", begun.join("\n"))).unwrap();
        let said = bgspec(&format!(
            "explain {}",
            shlex::try_quote(file.to_str().unwrap()).unwrap()
        ));
        for part in [complaint, "unusable", "8 events", "    why ", "[exit 2]"] {
            assert!(said.contains(part), "{part} is not in:\n{said}");
        }
    }
}

#[test]
fn a_party_that_is_not_asked_for_fails_nothing() {
    let trace = "forum/F03-launched-before-first-unlock.jsonl";
    let others = bgspec(&format!("explain --blame app {trace}"));
    assert!(others.contains("(not counted here)"), "{others}");
    assert!(others.ends_with("[exit 0]\n"), "{others}");
    assert!(bgspec(&format!("explain --blame scheduler {trace}")).ends_with("[exit 1]\n"));
}

/// What each trace answers to "why did it never run, and whose doing was it?"
#[test]
fn the_answer_names_whose_doing_it_was_and_the_rules() {
    let answers = [
        ("field/S04-expo-fixed.jsonl", Fault::App, "CAN-1"),
        ("field/S09-firefox-switched-on-later.jsonl", Fault::App, "SUB-2"),
        ("forum/F01-accepted-never-delivered.jsonl", Fault::Scheduler, "LAU-7"),
        ("forum/F01-submitted-in-background-refused.jsonl", Fault::App, "SUB-17"),
        ("forum/F04-never-runs.jsonl", Fault::Person, "CON-9"),
        ("claims/G10-not-registered-again.jsonl", Fault::App, "LAU-3"),
        ("rules/LIF-4-no.jsonl", Fault::Nobody, "LIF-4"),
        ("rules/LIF-15-no.jsonl", Fault::Nobody, "LIF-15"),
        ("rules/IDN-11-dropped.jsonl", Fault::Nobody, "IDN-11"),
        ("rules/CON-13-unless-open-not-launched.jsonl", Fault::NotKnown, "CON-13"),
        ("rules/SUB-9-breaks.jsonl", Fault::Scheduler, "SUB-9"),
    ];
    for (name, fault, rule) in answers {
        let (header, records) = read(&corpus().join(name));
        let told = told(&header, &records, &Terms::default());
        let answer = told
            .stories
            .iter()
            .map(|story| &story.answer)
            .find(|answer| answer.fault == fault);
        let answer = answer.unwrap_or_else(|| panic!("{name}: {:#?}", told.stories));
        assert!(answer.rules.iter().any(|id| id == rule), "{name}: {answer:?}");
        assert!(answer.text.contains(rule), "{name}: {answer:?}");
    }
}

/// The verdict is that of `check`; the account of time adds up; entries stand in order.
#[test]
fn every_trace_is_explained_as_it_is_judged() {
    let terms = Terms::default();
    for path in traces() {
        let name = path.display();
        let (header, records) = read(&path);
        let told = told(&header, &records, &terms);
        assert_eq!(told.report.verdict, verdict(&header, &records, &terms), "{name}");
        assert_eq!(told.breaches.len(), told.report.findings.len(), "{name}");
        for story in &told.stories {
            let most = story
                .obstacles
                .iter()
                .map(|obstacle| obstacle.in_the_way + obstacle.not_known)
                .max();
            assert!(most.unwrap_or(0) <= story.outstanding, "{name}: {story:?}");
            assert!(story.nothing_in_the_way <= story.outstanding, "{name}: {story:?}");
            assert!(story.entries.is_sorted_by_key(|entry| entry.at), "{name}: {story:?}");
            assert!(!story.answer.text.is_empty(), "{name}");
            if story.answer.fault == Fault::Scheduler {
                assert_eq!(told.report.verdict, Verdict::Breaks, "{name}: {:?}", story.answer);
            }
        }
    }
}

/// Of the breaches of the corpus all but two can be mended by an edit; of those of the app the ones that are mended by
/// what an app would do.
#[test]
fn nearly_every_breach_has_an_edit_that_mends_it() {
    let terms = Terms::default();
    let (mut breaches, mut without) = (0, Vec::new());
    for path in traces() {
        let (header, records) = read(&path);
        for breach in told(&header, &records, &terms).breaches {
            breaches += 1;
            match breach.edit {
                Some(edit) => assert!(edit.lines > 0, "{}: {edit:?}", path.display()),
                None if breach.finding.party == "app" => {}
                None => without.push(format!(
                    "{}: {:?}",
                    path.display(),
                    breach.finding.rules().next().map(|rule| rule.id.clone())
                )),
            }
        }
    }
    assert!(breaches > 200, "only {breaches} breaches in the corpus");
    assert!(without.len() <= 2, "no edit for {without:#?}");
}

/// What the edit says is so: made by hand, it conforms.
#[test]
fn an_edit_does_what_it_says() {
    let path = corpus().join("forum/F03-launched-before-first-unlock.jsonl");
    let (header, mut records) = read(&path);
    let terms = Terms::default();
    let mut told = told(&header, &records, &terms);
    let breach = told.breaches.remove(0);
    assert!(
        breach.states.len() >= 2,
        "the request outlived the boot or not: {breach:?}"
    );
    let edit = breach.edit.unwrap();
    assert!(edit.what.starts_with("before line 10 "), "{edit:?}");
    let line: Record = serde_json::from_str(&edit.becomes[0]).unwrap();
    records.insert(8, line);
    assert_eq!(verdict(&header, &records, &terms), Verdict::Conforms);
}

/// By hand: where leaving out one line mends a trace, no larger edit is told, and none that is farther away.
#[test]
fn no_smaller_edit_is_missed() {
    let terms = Terms::default();
    let (mut compared, mut one) = (0, 0);
    for path in traces() {
        let (header, records) = read(&path);
        let told = told(&header, &records, &terms);
        let [breach] = told.breaches.as_slice() else { continue };
        let Some(edit) = &breach.edit else { continue };
        let event = usize::try_from(breach.finding.event).unwrap() - 1;
        let without = |place: usize| {
            let mut left = records.clone();
            left.remove(place);
            let mut oracle = Oracle::new(&header, &terms).unwrap();
            left.iter().all(|record| oracle.step(record).is_ok()) && oracle.finish().verdict == Verdict::Conforms
        };
        let events = records.iter().enumerate().filter(|(_, record)| record.event.is_some());
        // What an app would not do is no edit for its breach.
        let nearest = events
            .filter(|_| breach.finding.party != "app")
            .map(|(place, _)| place)
            .filter(|place| without(*place))
            .map(|place| place.abs_diff(event))
            .min();
        compared += 1;
        if let Some(nearest) = nearest.filter(|_| edit.conforms) {
            one += 1;
            assert_eq!(edit.lines, 1, "{}: {edit:?}", path.display());
            if let Some(line) = edit.what.strip_prefix("leave out line ") {
                let line: usize = line.split([':', ' ']).next().unwrap().parse().unwrap();
                assert!((line - 2).abs_diff(event) <= nearest, "{}: {edit:?}", path.display());
            }
        }
    }
    assert!(compared > 100 && one > 60, "{one} of {compared}");
}

/// For each sort of a breach there is a nearest event that the oracle allows.
#[test]
fn the_nearest_allowed_event_is_told() {
    let nearest = |trace: &str| {
        let told = bgspec(&format!("explain rules/{trace}"));
        let lines = told.lines().skip_while(|line| !line.starts_with("    nearest"));
        let lines = lines.take_while(|line| !line.starts_with("    edit"));
        lines.map(str::trim).collect::<Vec<_>>().join("\n")
    };
    let told: Vec<_> = [
        "PRG-6-breaks.jsonl",
        "LIF-13-breaks.jsonl",
        "LAU-1-breaks.jsonl",
        "UIX-2-breaks.jsonl",
        "EXP-15-breaks.jsonl",
        "SUB-13-breaks.jsonl",
    ]
    .map(|trace| format!("{trace}\n{}", nearest(trace)))
    .to_vec();
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_trace_that_ends_within_the_submission_names_nothing_in_its_way() {
    let header = r#"{"bgspec":1,"os":"16.0","origin":"made up","bundle":"app","permitted":["a"],"modes":["fetch"],"initial":"known"}"#;
    let records = [
        r#"{"at":0,"pid":1,"event":{"started":{"by":"person"}}}"#,
        r#"{"at":10,"pid":1,"event":{"register":{"id":"a","answer":true}}}"#,
        r#"{"at":20,"pid":1,"event":{"launch_finished":{}}}"#,
        r#"{"at":30,"pid":1,"call":1,"event":{"submit":{"id":"a","kind":"refresh"}}}"#,
        r#"{"at":9000,"end":"closed"}"#,
    ]
    .map(|line| serde_json::from_str(line).unwrap());
    let told = told(&serde_json::from_str(header).unwrap(), &records, &Terms::default());
    let story = &told.stories[0];
    assert!(
        story
            .answer
            .text
            .contains("line 5, at 0.030 s, and the trace does not tell what the call answered"),
        "{}",
        story.answer.text
    );
    assert!(
        story.obstacles.is_empty() || story.outstanding > 0,
        "{:?}",
        story.obstacles
    );
}

/// A trace of `tests/data/explain`, and what is right to say of it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    trace: String,
    request: Option<String>,
    profile: Option<String>,
    #[serde(default)]
    why: Vec<String>,
    #[serde(default)]
    never_why: Vec<String>,
    #[serde(default)]
    tells: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    order: Vec<String>,
    fault: Option<String>,
    at_most_lines: Option<usize>,
}

#[derive(serde::Deserialize)]
struct Expectations {
    case: Vec<Expected>,
}

/// White space and case apart.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Where one of the words between `|` stands.
fn place(text: &str, words: &str) -> Option<usize> {
    words.split('|').filter_map(|word| text.find(&plain(word))).min()
}

#[test]
fn answers_that_misled_somebody_say_what_is_right() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/explain");
    let text = fs::read_to_string(folder.join("expected.toml")).unwrap();
    let expectations: Expectations = toml::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for case in &expectations.case {
        let path = folder.join(&case.trace);
        let mut arguments = format!("explain {}", shlex::try_quote(path.to_str().unwrap()).unwrap());
        for (name, value) in [("request", &case.request), ("profile", &case.profile)] {
            if let Some(value) = value {
                arguments.push_str(&format!(" --{name} {value}"));
            }
        }
        let shown = bgspec(&arguments).replace(path.to_str().unwrap(), "TRACE");
        let behind = shown.split_once("    why ").map_or("", |(_, behind)| behind);
        let answer = behind.split("\n\n").next().unwrap();
        let (why, fault) = answer.split_once("    fault ").unwrap_or((answer, ""));
        let (all, why, fault) = (plain(&shown), plain(why), plain(fault));
        let mut complain = |what: &str, words: &str| wrong.push(format!("{}: {what} {words:?}\n{shown}", case.trace));
        for words in case.why.iter().filter(|words| place(&why, words).is_none()) {
            complain("its why does not tell", words);
        }
        for words in case.never_why.iter().filter(|words| place(&why, words).is_some()) {
            complain("its why tells", words);
        }
        for words in case.tells.iter().filter(|words| place(&all, words).is_none()) {
            complain("it does not tell", words);
        }
        for words in case.never.iter().filter(|words| place(&all, words).is_some()) {
            complain("it tells", words);
        }
        let places: Vec<_> = case.order.iter().map(|words| place(&why, words)).collect();
        if places.contains(&None) || !places.is_sorted() {
            complain("its why does not tell in this order", &case.order.join(", "));
        }
        if let Some(words) = case.fault.as_ref().filter(|words| place(&fault, words).is_none()) {
            complain("the fault is not that of", words);
        }
        if case.at_most_lines.is_some_and(|most| shown.lines().count() > most) {
            complain("it is longer than", "a few screens");
        }
    }
    assert!(expectations.case.len() > 30, "only {}", expectations.case.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
