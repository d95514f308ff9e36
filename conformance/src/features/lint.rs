//! What the parser of Gherkin takes and should not, or refuses without a word of help.

use bgspec_model::profile::nearest;

use super::file::Error;

/// The keywords that stand before a colon.
const HEADS: [&str; 7] = [
    "Feature",
    "Background",
    "Rule",
    "Scenario",
    "Scenario Outline",
    "Examples",
    "Example",
];
/// The keywords of steps.
const STEPS: [&str; 5] = ["Given", "When", "Then", "And", "But"];

/// Where in the file a line stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Before the feature.
    Start,
    /// Under a head, where prose may stand.
    Prose,
    /// Under a step.
    Steps,
    /// Under `Examples:`.
    Examples,
}

/// Everything that is wrong with the lines of a file.
pub(super) fn look_over(path: &str, text: &str) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut place = Place::Start;
    let mut cells: Option<(usize, usize)> = None;
    let mut last_tag = None;
    for (index, whole) in text.lines().enumerate() {
        let line = index + 1;
        let trimmed = whole.trim();
        let column = whole.len() - whole.trim_start().len() + 1;
        let mut wrong = |column: usize, what: String| errors.push(Error::at(path, line, column, what));
        if !trimmed.starts_with('|') && !trimmed.is_empty() && !trimmed.starts_with('#') {
            cells = None;
        }
        if trimmed.is_empty() {
            continue;
        }
        if let Some(comment) = trimmed.strip_prefix('#') {
            if comment
                .trim()
                .strip_prefix("language:")
                .is_some_and(|language| language.trim() != "en")
            {
                wrong(column, format!("found `{trimmed}`: the steps are written in English"));
            }
            continue;
        }
        if trimmed.starts_with('@') {
            if let Some(word) = trimmed
                .split_whitespace()
                .find(|word| !word.starts_with('@') || word.len() == 1)
            {
                wrong(
                    column,
                    format!("`{word}` among the tags: expected tags such as `@trace @rule:SUB-4`"),
                );
            }
            last_tag = Some(line);
            continue;
        }
        if let Some(head) = HEADS
            .iter()
            .find(|head| trimmed.strip_prefix(**head).is_some_and(|rest| rest.starts_with(':')))
        {
            match (place, *head) {
                (Place::Start, "Feature") | (Place::Prose | Place::Steps | Place::Examples, _)
                    if *head != "Feature" || place == Place::Start => {}
                (Place::Start, _) => wrong(column, format!("found `{head}:`, expected `Feature:` before it")),
                _ => wrong(column, "a second `Feature:` in one file: expected one".to_owned()),
            }
            place = if head.starts_with("Examples") {
                Place::Examples
            } else {
                Place::Prose
            };
            last_tag = None;
            continue;
        }
        if trimmed.starts_with('|') {
            let found = count(trimmed);
            match (found, cells, place) {
                (_, _, Place::Start | Place::Prose) => {
                    wrong(
                        column,
                        "a table that belongs to no step: expected it under a step or under `Examples:`".to_owned(),
                    );
                }
                (None, ..) => wrong(
                    column,
                    "a row of a table that is not closed: expected `|` at its end".to_owned(),
                ),
                (Some(found), Some((first, of)), _) if of != found => {
                    wrong(
                        column,
                        format!("a row of {found} cells in a table of {of} columns (line {first})"),
                    );
                }
                (Some(found), None, _) => cells = Some((line, found)),
                _ => {}
            }
            continue;
        }
        if STEPS
            .iter()
            .any(|step| trimmed.strip_prefix(step).is_some_and(|rest| rest.starts_with(' ')))
        {
            match place {
                Place::Start => {
                    wrong(column, "a step before the feature: expected `Feature:`".to_owned());
                    return errors;
                }
                Place::Examples => wrong(
                    column,
                    "a step under `Examples:`: expected a row of the table, or `Scenario:`".to_owned(),
                ),
                Place::Prose | Place::Steps => place = Place::Steps,
            }
            continue;
        }
        match (place, like_keyword(trimmed)) {
            (_, Some(meant)) => wrong(
                column,
                format!("`{}` looks like a keyword: expected `{meant}`", first_words(trimmed)),
            ),
            // It is no feature file, and what follows says nothing more.
            (Place::Start, None) => {
                wrong(column, format!("found `{}`, expected `Feature:`", first_words(trimmed)));
                return errors;
            }
            (Place::Steps, None) => wrong(
                column,
                format!(
                    "found `{}`, expected a step (Given, When, Then, And, But), a row of a table, or the next scenario",
                    first_words(trimmed)
                ),
            ),
            _ => {}
        }
    }
    if let Some(line) = last_tag {
        errors.push(Error::at(
            path,
            line,
            1,
            "tags that nothing follows: expected a scenario under them",
        ));
    }
    if place == Place::Start && errors.is_empty() {
        errors.push(Error {
            is_empty: true,
            ..Error::at(path, 1, 1, "nothing in it: expected `Feature:`")
        });
    }
    errors
}

/// The number of cells of a row, if it is closed.
fn count(row: &str) -> Option<usize> {
    let mut bars = 0;
    let mut escaped = false;
    let mut last = ' ';
    for c in row.chars() {
        if c == '|' && !escaped {
            bars += 1;
        }
        last = if escaped && c == '|' { ' ' } else { c };
        escaped = c == '\\' && !escaped;
    }
    (last == '|' && bars > 1).then(|| bars - 1)
}

/// The keyword that a line of prose was perhaps meant to begin with.
fn like_keyword(line: &str) -> Option<String> {
    if let Some((word, _)) = line.split_once(':') {
        let word = word.trim();
        let same = |head: &&&str| head.eq_ignore_ascii_case(word);
        let near = || nearest(word, HEADS.into_iter()).filter(|head| word.len() > 6 || near(word, head));
        if word.split_whitespace().count() <= 2
            && let Some(head) = HEADS.iter().find(same).copied().or_else(near)
        {
            return Some(format!("{head}:"));
        }
    }
    let word = line.split_whitespace().next()?;
    // A head whose colon was left out.
    if let Some(head) = ["Feature", "Scenario", "Background", "Examples"]
        .into_iter()
        .find(|head| *head == word)
    {
        return Some(format!("{head}:"));
    }
    let capital = word.starts_with(char::is_uppercase);
    let prose = [
        "The", "They", "Them", "Than", "Ten", "Wen", "Give", "Hen", "An", "Any", "But", "Bus", "Buy", "By", "Ant",
    ];
    if !capital || prose.contains(&word) {
        return None;
    }
    let step = STEPS.into_iter().take(3).find(|step| near(word, step))?;
    Some(step.to_owned())
}

/// Whether two words differ by one letter, or by two neighbours that changed places.
fn near(a: &str, b: &str) -> bool {
    // A letter has at most four bytes: words of very different lengths need not be compared.
    a.len().abs_diff(b.len()) <= 4 && strsim::osa_distance(a, b) == 1
}

fn first_words(line: &str) -> String {
    crate::text::clip(line, 40)
}
