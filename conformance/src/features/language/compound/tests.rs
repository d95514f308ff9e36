//! Compounds against the language.

use super::super::{Facts, Said, Story};
use super::*;
use crate::features::file::{Error, File};
use crate::features::must;
use crate::features::script::{self, Script};

/// The steps of a compound's example, each read.
fn steps(row: &Row) -> Vec<Line> {
    let steps = written_out(row.keyword, row.example).unwrap_or_else(|| panic!("{}", row.example));
    assert!(steps.len() > 1, "{}", row.example);
    let line = |(keyword, text)| Line {
        keyword,
        written: Written { text, table: None },
    };
    steps.into_iter().map(line).collect()
}

#[test]
fn each_stands_for_steps_of_the_language_and_they_are_put_together_again() {
    for row in TABLE {
        let lines = steps(row);
        let mut story = Story::new("com.example.app");
        for line in &lines {
            // What waits for a task is read with the scenario.
            let text = line.written.text.split(", as soon as ").next().unwrap();
            let said = story.read(line.keyword, text, None);
            assert!(said.is_ok(), "{}: {said:?}", line.written.text);
        }
        let again = put_together(lines.clone());
        let again: Vec<_> = again.iter().map(|line| line.written.text.as_str()).collect();
        assert_eq!(again, [row.example], "{lines:?}");
    }
}

#[test]
fn none_is_a_step_besides() {
    for row in TABLE {
        let said = Story::new("com.example.app").read(row.keyword, row.example, None);
        assert!(said.is_err(), "{}", row.example);
    }
}

#[test]
fn the_time_before_it_is_that_of_its_first_step() {
    let text = "2 minutes later, the app completes the \"sync\" task as a success, and is suspended";
    let steps = written_out(Keyword::When, text).unwrap();
    let expected = [
        (
            Keyword::When,
            "2 minutes later, the app completes the \"sync\" task as a success".to_owned(),
        ),
        (Keyword::Then, "the app is suspended".to_owned()),
    ];
    assert_eq!(steps, expected);
}

#[test]
fn identifiers_may_hold_what_separates_them() {
    let text = "the person opens the app, which registers \"a and b\", \"c, d\" and 'e \"f\"' while it launches";
    let steps = written_out(Keyword::When, text).unwrap();
    assert_eq!(steps.len(), 5, "{steps:?}");
    assert_eq!(
        steps[3].1,
        "the app registers a handler for 'e \"f\"', and it returns true"
    );
}

#[test]
fn what_another_step_stands_between_stays_apart() {
    let lines: Vec<_> = steps(&TABLE[0]).into_iter().rev().collect();
    assert_eq!(put_together(lines.clone()), lines);
}

#[test]
fn facts_are_facts() {
    let facts = TABLE.iter().filter(|row| row.keyword == Keyword::Given);
    for row in facts {
        let mut facts = Facts::default();
        for line in steps(row) {
            match Story::new("com.example.app").read(Keyword::Given, &line.written.text, None) {
                Ok(Said::Facts(more)) => facts.add(more).unwrap(),
                other => panic!("{other:?}"),
            }
        }
    }
}

/// The only scenario of a feature with these steps, read.
fn scenario(sort: &str, steps: &str) -> Result<Script, Vec<Error>> {
    let text = format!(
        "Feature: A\n  @{sort} @conforms\n  Scenario: S\n    Given an iPhone with iOS 18.0\n    And the app \"com.example.app\" \
         permits \"sync\"\n{steps}    Then the oracle says that the trace conforms\n"
    );
    let file = File::parse("a.feature", &text)?;
    script::read(&file, &file.scenarios[0], true)
}

#[test]
fn in_a_run_scenario_the_answers_that_it_says_must_be_seen() {
    let steps = "    When the person opens the app, which registers \"sync\" while it launches\n";
    let run = scenario("run", steps).unwrap();
    let answers = run
        .musts
        .iter()
        .filter(|must| matches!(must.what, must::What::Answer(_)));
    assert_eq!((run.records.len(), answers.count()), (3, 1), "{run:?}");
    let told = scenario("trace", steps).unwrap();
    assert_eq!((told.records.len(), told.musts.len()), (3, 0), "{told:?}");
}

#[test]
fn what_is_wrong_in_it_is_told_at_its_place() {
    let wrong = |step: &str| scenario("trace", &format!("    When {step}\n")).unwrap_err()[0].clone();
    let step =
        "the app registers and submits a refresh request for \"sync\", earliest in 2 fortnights, and it is accepted";
    let error = wrong(step);
    assert_eq!(
        (error.line, error.column),
        (6, 10 + step.find("fortnights").unwrap()),
        "{error}"
    );
    let error = wrong("the person opens the app, wich registers \"sync\" while it launches");
    assert!(
        error.what.contains("`the person opens the app, which registers {ids}"),
        "{error}"
    );
    let error = wrong("the card of the \"sync\" task says that it finished, and goes away 4 seconds later");
    assert!(error.what.starts_with("a Then stands under When"), "{error}");
}
