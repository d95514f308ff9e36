//! The feature files: every scenario agrees, every rule has its scenarios, and there and back is the same.

#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bgspec_conformance::campaign::decode::Decoder;
use bgspec_conformance::campaign::decode::cast::Limits;
use bgspec_conformance::features::file::File;
use bgspec_conformance::features::judge::Overlay;
use bgspec_conformance::features::language::{Verdict, reference};
use bgspec_conformance::features::model::Model;
use bgspec_conformance::features::run::{self, Cast, Implementation, Outcome};
use bgspec_conformance::features::script::{self, Script, Sort};
use bgspec_conformance::features::write::{Tale, feature};
use bgspec_conformance::play::adapter::Adapter as _;
use bgspec_conformance::play::runner;
use bgspec_conformance::play::subprocess::Subprocess;
use bgspec_conformance::reference::InProcess;
use bgspec_conformance::trace::Reader;
use bgspec_model::oracle::Terms;
use bgspec_model::rule::{Force, Id};
use bgspec_model::rules;
use bgspec_model::vocabulary::{Header, Record, Version};

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../features")
}

/// The scripts of a part of the feature files.
fn scripts(part: &str) -> Vec<Script> {
    let paths = run::files(&[directory().join(part)]).unwrap();
    let (scripts, errors) = run::scripts(&paths);
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert!(!scripts.is_empty(), "no scenario in {part}");
    scripts
}

/// Every scenario of a part must pass, or be told where an implementation is named.
fn all_pass(implementation: &Implementation, scripts: &[Script], cast: Cast) {
    let mut complaints = Vec::new();
    for script in scripts {
        let outcome = implementation.run(script, &Overlay::default());
        let untold = cast == Cast::Named && script.sort == Sort::Trace;
        if outcome != Outcome::Passed && !untold {
            complaints.push(format!("{}:{}: {}: {outcome:?}", script.file, script.line, script.name));
        }
    }
    assert!(
        complaints.is_empty(),
        "{} of {}:\n{}",
        complaints.len(),
        scripts.len(),
        complaints.join("\n")
    );
}

#[test]
fn every_scenario_agrees_with_the_reference_scheduler() {
    let reference = Implementation::new(Box::new(InProcess::new()), Cast::Own).unwrap();
    all_pass(&reference, &scripts(""), Cast::Own);
}

#[test]
fn every_scenario_agrees_with_the_model() {
    let model = Implementation::new(Box::new(Model::default()), Cast::Own).unwrap();
    all_pass(&model, &scripts(""), Cast::Own);
}

#[test]
fn every_run_scenario_agrees_over_the_wire() {
    let serve = format!("'{}' serve", env!("CARGO_BIN_EXE_bgspec"));
    let served = Implementation::new(Box::new(Subprocess::start(&serve).unwrap()), Cast::Named).unwrap();
    let scripts = scripts("");
    assert!(scripts.iter().any(|script| script.sort == Sort::Run));
    all_pass(&served, &scripts, Cast::Named);
}

/// The rules that no trace can show, and those of the format: what breaks one is no trace.
fn untestable() -> BTreeSet<Id> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("traces/rules.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&text).unwrap();
    let rules = ["untestable", "refused"].map(|list| manifest[list].as_array().unwrap());
    rules
        .into_iter()
        .flatten()
        .map(|row| row["rule"].as_str().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn every_rule_has_a_scenario_that_keeps_it_and_one_that_breaks_it() {
    let scripts = scripts("");
    let mut conforming: BTreeSet<Id> = BTreeSet::new();
    let mut broken: BTreeMap<Id, usize> = BTreeMap::new();
    for script in &scripts {
        let about = script
            .tags
            .iter()
            .filter_map(|tag| tag.strip_prefix("rule:")?.parse::<Id>().ok());
        let says = || script.expected.iter().flat_map(|expected| &expected.says);
        // Advice fails nobody. Where the app is at fault, what the scheduler answers to it may be right all the same.
        for rule in about {
            let keeps = |verdict: &Verdict| !matches!(verdict, Verdict::Blames(_, broken) if *broken == rule);
            if script.expected.iter().any(|expected| expected.says.iter().all(keeps)) {
                conforming.insert(rule);
            }
        }
        for verdict in says() {
            if let Verdict::Blames(_, rule) | Verdict::Advises(rule) = verdict {
                *broken.entry(*rule).or_default() += 1;
            }
        }
    }
    let untestable = untestable();
    let missing = |has: &dyn Fn(Id) -> bool, binding: bool| -> Vec<String> {
        let rules = rules::all().filter(|rule| !untestable.contains(&rule.id));
        let rules = rules.filter(|rule| !binding || rule.force != Force::May);
        rules
            .map(|rule| rule.id)
            .filter(|id| !has(*id))
            .map(|id| id.to_string())
            .collect()
    };
    assert_eq!(
        missing(&|id| conforming.contains(&id), false),
        Vec::<String>::new(),
        "no scenario that keeps it"
    );
    assert_eq!(
        missing(&|id| broken.contains_key(&id), true),
        Vec::<String>::new(),
        "no scenario whose verdict is the breach"
    );
}

/// Writes a trace as a feature and reads it again.
fn there_and_back(name: &str, header: &Header, records: &[Record]) {
    let tale = Tale {
        name: "a trace",
        tags: &["trace".to_owned()],
        header,
        records,
        verdicts: &[],
    };
    let text = feature("a feature", None, &[tale]).unwrap_or_else(|line| panic!("{name}: line {line} cannot be said"));
    let file = File::parse(name, &text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
    let script = script::read(&file, &file.scenarios[0], false).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
    assert_eq!(script.header, *header, "{name}\n{text}");
    let read: Vec<_> = script.records.into_iter().map(|placed| placed.record).collect();
    assert_eq!(read, records, "{name}\n{text}");
}

#[test]
fn every_trace_goes_to_a_feature_file_and_back() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("traces");
    let mut count = 0;
    for folder in ["claims", "field", "forum", "rules"] {
        for entry in fs::read_dir(corpus.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let trace = Reader::open(path.to_str().unwrap()).unwrap();
            let header = trace.header().clone();
            let records: Vec<_> = trace.collect::<Result<_, _>>().unwrap();
            there_and_back(&path.display().to_string(), &header, &records);
            count += 1;
        }
    }
    assert!(count > 500, "{count} traces only");
}

#[test]
fn every_trace_scenario_goes_to_a_trace_and_back() {
    for script in scripts("").into_iter().filter(|script| script.sort == Sort::Trace) {
        let records: Vec<_> = script.records.into_iter().map(|placed| placed.record).collect();
        there_and_back(&format!("{}:{}", script.file, script.line), &script.header, &records);
    }
}

#[test]
fn the_page_of_the_steps_is_up_to_date() {
    let page = fs::read_to_string(directory().join("STEPS.md")).unwrap();
    assert!(
        page == reference::markdown(),
        "run: bgspec steps --format markdown > features/STEPS.md"
    );
}

/// What the reference scheduler makes of any sequence can be said in steps.
#[test]
fn every_case_of_the_campaign_goes_to_a_feature_file_and_back() {
    let reference = InProcess::new();
    let hello = reference.hello().unwrap();
    let limits = Limits {
        versions: vec![Version::new(16, 0), Version::new(26, 1), Version::new(27, 0)],
        profile: "contract".to_owned(),
        hello: hello.clone(),
    };
    let mut state = 1_u64;
    let mut lines = 0;
    for case in 0..150 {
        let choices: Vec<u32> = std::iter::repeat_with(|| next(&mut state)).take(400).collect();
        let (header, mut source) = Decoder::new(&choices, &limits);
        let played = runner::play(&reference, &hello, &header, &Terms::default(), &mut source).unwrap();
        assert_eq!(played.trouble, None);
        there_and_back(&format!("case {case}"), &header, &played.records);
        lines += played.records.len();
    }
    assert!(lines > 1_000, "{lines} lines only");
}

/// The next of a fixed sequence of numbers.
fn next(state: &mut u64) -> u32 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as u32
}

/// A damaged feature file is refused with its place, or read; nothing else.
#[test]
fn no_feature_file_is_too_broken_to_be_answered() {
    let path = directory().join("submission/SUB-5.feature");
    let whole: Vec<char> = fs::read_to_string(path).unwrap().chars().collect();
    let marks: Vec<char> = "\"'\\|<>@#:,{}[] \n\u{e9}\u{1f600}09-".chars().collect();
    let mut state = 7_u64;
    let mut refused = 0;
    for _ in 0..400 {
        let mut text = whole.clone();
        for _ in 0..1 + next(&mut state) % 4 {
            let at = next(&mut state) as usize % text.len();
            let mark = marks[next(&mut state) as usize % marks.len()];
            match next(&mut state) % 3 {
                0 => text[at] = mark,
                1 => text.insert(at, mark),
                _ => drop(text.drain(at..(at + 5).min(text.len()))),
            }
        }
        let text: String = text.into_iter().collect();
        match File::parse("a.feature", &text) {
            Ok(file) => refused += usize::from(!script::of_file(&file).1.is_empty()),
            Err(errors) => {
                assert!(
                    errors.iter().all(|error| error.line > 0 && error.column > 0),
                    "{errors:?}"
                );
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused} refused only");
}
