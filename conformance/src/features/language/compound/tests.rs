//! Compounds against the language.

use super::super::{Facts, Said, Story};
use super::*;

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
