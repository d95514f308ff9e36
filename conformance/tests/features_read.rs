//! What a reader relies on in the feature files: tags that tell the verdict, names of their own, nothing said twice, and
//! the page of the questions.
//!
//! `BGSPEC_INDEX=write cargo test --test features_read` writes the page anew.

#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bgspec_conformance::features::file::File;
use bgspec_conformance::features::language::Verdict;
use bgspec_conformance::features::questions::{self, FOLDERS};
use bgspec_conformance::features::run;
use bgspec_conformance::features::script::{Script, Sort};

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../features")
}

fn scripts() -> Vec<Script> {
    let (scripts, errors) = run::scripts(&run::files(&[directory()]).unwrap());
    assert!(errors.is_empty(), "{errors:?}");
    scripts
}

fn place(script: &Script) -> String {
    format!("{}:{}: {}", script.file, script.line, script.name)
}

/// The tags of the verdicts: `@conforms`, `@scheduler`, `@app`, `@device`, and `@open` where it cannot be told.
fn verdicts(script: &Script) -> BTreeSet<String> {
    let says = script.expected.iter().flat_map(|expected| &expected.says);
    let tag = |says: &Verdict| match says {
        Verdict::Conforms => Some("conforms".to_owned()),
        Verdict::Blames(party, _) => Some(party.to_string()),
        Verdict::Inconclusive => Some("open".to_owned()),
        Verdict::Clears(_) | Verdict::Advises(_) | Verdict::WouldBlame(..) => None,
    };
    says.filter_map(tag).collect()
}

#[test]
fn each_scenario_is_tagged_with_its_verdicts() {
    let known: BTreeSet<String> = ["conforms", "scheduler", "app", "device", "open"]
        .map(str::to_owned)
        .into();
    let mut wrong = Vec::new();
    for script in scripts() {
        let tags: BTreeSet<String> = script.tags.iter().filter(|tag| known.contains(*tag)).cloned().collect();
        let is = verdicts(&script);
        if tags != is {
            wrong.push(format!("{}: tagged {tags:?}, and it is {is:?}", place(&script)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_outline_has_a_name_of_its_own_and_no_scenario_is_called_by_how_it_is_run() {
    for path in run::files(&[directory()]).unwrap() {
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix("Scenario Outline:") {
                assert!(!name.trim_start().starts_with('<'), "{}: {line}", path.display());
            }
            assert!(!line.contains("Played:"), "{}: {line}", path.display());
        }
    }
}

/// The prose of a file: that of the feature and that under each scenario, a sentence a time.
#[test]
fn no_sentence_stands_twice_in_a_file() {
    let mut twice = Vec::new();
    for path in run::files(&[directory()]).unwrap() {
        let text = fs::read_to_string(&path).unwrap();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut prose: Option<String> = None;
        for line in text.lines().map(str::trim) {
            if line.starts_with("Scenario") || line.starts_with("Feature:") {
                prose = Some(String::new());
            } else if let Some(said) = &mut prose {
                let ends = ["Given ", "When ", "Then ", "And ", "Background:", "@", "|"];
                if ends.iter().any(|end| line.starts_with(end)) {
                    for sentence in said
                        .split_inclusive(". ")
                        .map(str::trim)
                        .filter(|sentence| !sentence.is_empty())
                    {
                        *counts.entry(sentence.trim_end_matches('.').to_owned()).or_default() += 1;
                    }
                    prose = None;
                } else {
                    said.push_str(line);
                    said.push(' ');
                }
            }
        }
        let here = counts.into_iter().filter(|(_, count)| *count > 1);
        twice.extend(here.map(|(sentence, count)| format!("{}: {count} times: {sentence}", path.display())));
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

/// A Background is setup, and is counted by itself; a compound is one step. What an app of the field did from one day to
/// the next is a sequence, and its tag says so.
#[test]
fn each_scenario_has_a_dozen_steps_at_most_but_for_sequences_of_the_field() {
    const MOST: usize = 12;
    let mut wrong = Vec::new();
    let mut sequences = 0;
    let mut scenarios = 0;
    for path in run::files(&[directory()]).unwrap() {
        let told = FOLDERS
            .iter()
            .any(|(folder, _)| path.parent().unwrap().ends_with(folder));
        for scenario in File::open(&path).unwrap().scenarios {
            let before = scenario.steps.iter().filter(|step| step.in_background).count();
            let steps = scenario.steps.len() - before;
            let is_sequence = scenario.tags.iter().any(|tag| tag == "sequence");
            let why = match (steps > MOST, is_sequence) {
                _ if before > MOST => "a Background of more than twelve steps",
                (true, false) => "more than twelve steps",
                (false, true) => "tagged @sequence, and short",
                (true, true) if !told => "tagged @sequence, and no case of the forum, a claim or the field",
                _ => {
                    sequences += usize::from(is_sequence);
                    scenarios += 1;
                    continue;
                }
            };
            wrong.push(format!(
                "{}:{}: {}: {steps} steps: {why}",
                path.display(),
                scenario.line,
                scenario.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        scenarios > 800 && sequences < 70,
        "{scenarios}, of which {sequences} are sequences"
    );
}

/// What comes of a request without a title is undefined (SUB-21): nothing must be seen of it.
const UNDEFINED: [&str; 1] = ["SUB-21.feature"];

#[test]
fn every_run_scenario_says_what_must_be_seen() {
    let scripts = scripts();
    let run: Vec<_> = scripts.iter().filter(|script| script.sort == Sort::Run).collect();
    assert!(run.len() > 200, "{}", run.len());
    let is_defined = |script: &&&Script| UNDEFINED.iter().all(|file| !script.file.ends_with(file));
    let silent = run.iter().filter(|script| script.musts.is_empty()).filter(is_defined);
    let silent: Vec<_> = silent.map(|script| place(script)).collect();
    assert!(
        silent.is_empty(),
        "these say only what the oracle says:\n{}",
        silent.join("\n")
    );
}

#[test]
fn each_file_for_reading_answers_a_question_and_the_page_is_up_to_date() {
    for (folder, _) in FOLDERS {
        for path in run::files(&[directory().join(folder)]).unwrap() {
            let text = fs::read_to_string(&path).unwrap();
            let asks = questions::asked(&text).unwrap_or_default();
            assert!(asks.len() > 10, "{} has no line `# Asked: …`", path.display());
        }
        assert!(questions::of(folder).count() > 10);
    }
    let path = directory().join("QUESTIONS.md");
    let page = questions::markdown();
    if std::env::var_os("BGSPEC_INDEX").is_some_and(|value| value == "write") {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "features/QUESTIONS.md is out of date: BGSPEC_INDEX=write cargo test --test features_read"
    );
}
