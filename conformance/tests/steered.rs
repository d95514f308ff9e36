//! Breaches of trace scenarios, played: the model with the rule taken out does what stands in the text, and the true oracle names it.

#![expect(clippy::expect_used, reason = "a test fails where it expects")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use bgspec_conformance::features::judge::Overlay;
use bgspec_conformance::features::run::{self, Outcome};
use bgspec_conformance::features::script::{Script, Sort};
use bgspec_conformance::features::{steer, weak};
use bgspec_model::rule::{Force, Rule};
use bgspec_model::rules;

fn scripts() -> Vec<Script> {
    let top: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = run::files(&[top.join("features")]).expect("the feature files");
    let (mut scripts, errors) = run::scripts(&files);
    assert!(errors.is_empty(), "{errors:?}");
    for script in &mut scripts {
        let below = Path::new(&script.file).strip_prefix(&top).expect("below the top");
        script.file = below.display().to_string();
    }
    scripts
}

/// The rules that bind the scheduler or the device, and that the scenario is tagged with: the app plays itself.
fn seeded(script: &Script) -> impl Iterator<Item = &'static Rule> {
    let rules = weak::own(script).into_iter().filter_map(rules::find);
    rules.filter(|rule| rule.force == Force::Must && rule.bound != bgspec_model::rule::Party::App)
}

#[test]
fn a_breach_of_a_trace_scenario_is_played_with_its_rule_taken_out() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text = String::new();
    for script in scripts().iter().filter(|script| script.sort == Sort::Trace) {
        for rule in seeded(script) {
            let outcome = steer::play_without(rule, script, &Overlay::default());
            let word = match &outcome {
                Outcome::Passed => "played",
                Outcome::NotApplicable(why) if why.contains("nobody breaks") => continue,
                Outcome::NotApplicable(_) => "not applicable",
                _ => "cannot be played",
            };
            *counts.entry(word).or_default() += 1;
            if let Outcome::NotApplicable(why) = &outcome {
                let _ = writeln!(text, "{} {}: {} ({why})", rule.id, script.file, script.name);
            } else if let Outcome::Failed(what) = &outcome {
                let _ = writeln!(
                    text,
                    "{} {}: {} ({})",
                    rule.id,
                    script.file,
                    script.name,
                    what.join("; ")
                );
            }
        }
    }
    insta::assert_snapshot!(format!("{counts:?}\n{text}"));
}
