//! The language in print: what `bgspec steps` says.

use super::compound::{Row, TABLE, written_out};
use super::steps::{Keyword, RECORD, STEPS};
use super::table::REQUEST;
use super::value::{TYPES, Type};

/// A part of the language under its heading.
#[derive(Debug)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// What is to be known of it.
    pub note: &'static str,
    /// What stands beside each step.
    pub beside: &'static str,
    /// How each of its steps is written, with an example, or with the steps that the example stands for.
    pub steps: Vec<(&'static str, Vec<String>)>,
}

/// The steps by keyword.
#[must_use]
pub fn sections() -> Vec<Section> {
    let of = |keyword, title, note| Section {
        title,
        note,
        beside: "example",
        steps: STEPS
            .iter()
            .filter(|step| step.keyword == keyword)
            .map(|step| (step.text, vec![step.example.to_owned()]))
            .collect(),
    };
    let stands_for = |row: &'static Row| {
        let steps = written_out(row.keyword, row.example).unwrap_or_default();
        let said = steps.into_iter().map(|(keyword, text)| format!("{keyword:?} {text}"));
        (row.text, std::iter::once(row.example.to_owned()).chain(said).collect())
    };
    let compounds = Section {
        title: "Compounds",
        note: "One step for several that are usual together, under the keyword of the first of them; a time before it is \
               that of the first. What it says came of a call must be seen in a run scenario. `bgspec convert` writes them \
               wherever they fit.",
        beside: "example, and the steps that it stands for",
        steps: TABLE.iter().map(stands_for).collect(),
    };
    vec![
        of(
            Keyword::Given,
            "Given",
            "What is known before anything happens. The device and the app must be named; the rest is ordinary.",
        ),
        of(
            Keyword::When,
            "When",
            "What the world and the app do, each at the time of the step before unless it begins with a time: \
             `2 hours later, …` or `after 31 seconds, …`. In a trace scenario a call says what came of it. \
             In a run scenario it may wait for a task: `…, as soon as the \"sync\" task is delivered`, or `expires`, or `asks \
             whether to go on`; and progress is reported while the task runs, no longer.",
        ),
        of(
            Keyword::Then,
            "Then",
            "What is observed (in trace scenarios), and what the oracle says in the end: every breach and every advice, \
             in the order of the trace. In a run scenario what must be seen stands here too, without a time, behind the \
             step that leads to it: `it returns false` for the answer of the last call (`it is refused`, with whatever \
             code; `it is accepted, or it is refused with notPermitted`, where a rule leaves it open), an observation, or \
             `nothing is delivered`. `in the field profile, …`, `on iOS 27.0, …` and `with refresh_limit = \"2\", …` \
             before it say under which terms. In a Background a call has its answer behind it, as in a trace scenario: \
             there it must be seen.",
        ),
        compounds,
    ]
}

/// The clauses that stand in several steps: their name, what they are.
#[must_use]
pub fn clauses() -> [(&'static str, Vec<String>); 2] {
    let split = |text: &str| {
        let clauses = text.split(']').filter(|clause| !clause.is_empty());
        clauses
            .map(|clause| clause.trim_start_matches('[').to_owned())
            .collect()
    };
    [("[request]", split(REQUEST)), ("any event", split(RECORD))]
}

/// The types of holes: name, what they look like.
#[must_use]
pub fn types() -> Vec<(&'static str, String)> {
    TYPES.iter().map(|(name, ty, _)| (*name, Type::describe(*ty))).collect()
}

/// A pattern as people read it: what goes without saying left out.
#[must_use]
pub fn shown(pattern: &str) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        let (hole, behind) = behind.split_once('}').unwrap_or((behind, ""));
        if !hole.contains('=') {
            let name = hole.split_once(':').map_or(hole, |(_, ty)| ty);
            text.push_str(&format!("{{{}}}", name.trim_start_matches('^')));
        }
        rest = behind;
    }
    text + rest
}

/// The language as a page.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from(HEAD);
    for section in sections() {
        text.push_str(&format!(
            "\n## {}\n\n{}\n\n| step | {} |\n|---|---|\n",
            section.title, section.note, section.beside
        ));
        for (step, beside) in section.steps {
            let beside: Vec<_> = beside.iter().map(|text| cell(text)).collect();
            text.push_str(&format!("| {} | {} |\n", cell(&shown(step)), beside.join("; ")));
        }
    }
    text.push_str(&format!("\n## Clauses\n\n{CLAUSES}\n"));
    for (name, clauses) in clauses() {
        text.push_str(&format!("\n{}:\n\n", cell(name)));
        for clause in clauses {
            text.push_str(&format!("- {}\n", cell(shown(&clause).trim_start_matches(", "))));
        }
    }
    text.push_str("\n## Holes\n\n| hole | what stands there |\n|---|---|\n");
    for (name, what) in types() {
        text.push_str(&format!("| `{{{name}}}` | {} |\n", what.replace('|', "\\|")));
    }
    text
}

fn cell(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

/// What is to be known of clauses.
pub const CLAUSES: &str = "What stands in brackets may be left out; clauses may come in any order. Many of them may stand \
    in a table under the step, one in a row, the first word in a cell of its own.";

const HEAD: &str = "\
# The step language

Generated by `bgspec steps --format markdown`; do not edit.

A scenario is `@trace` or `@run`. A trace scenario says what every call came to and what was observed, and the oracle alone
judges it. A run scenario says only what the world and the app do; any implementation plays the scheduler. In both, the
last steps say what the oracle must say: every breach and every piece of advice, in the order of the trace.

Times are counted from the step before. Identifiers stand behind the app's bundle identifier and a dot.
";
