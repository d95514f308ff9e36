//! Which step somebody may have meant.

use std::collections::HashSet;

use super::steps::{Keyword, STEPS, Step};

/// The step whose words are most like these, of this keyword rather than of another.
///
/// # Panics
/// Never: the language has steps.
#[must_use]
pub fn nearest(keyword: Keyword, text: &str) -> &'static Step {
    let given = pairs(text);
    let likeness = |step: &Step| (alike(&given, step.example), u32::from(step.keyword == keyword));
    STEPS
        .iter()
        .rev()
        .max_by_key(|step| likeness(step))
        .unwrap_or(&STEPS[0])
}

/// How like two texts are, in thousandths.
pub(super) fn likeness(text: &str, other: &str) -> usize {
    alike(&pairs(text), other)
}

fn alike(given: &HashSet<(char, char)>, other: &str) -> usize {
    let other = pairs(other);
    let shared = given.intersection(&other).count();
    2_000 * shared / (given.len() + other.len()).max(1)
}

/// The pairs of neighbouring letters outside quotation marks.
fn pairs(text: &str) -> HashSet<(char, char)> {
    let outside = text.split('"').step_by(2);
    let letters: Vec<char> = outside
        .flat_map(str::chars)
        .filter(|c| c.is_alphabetic() || *c == ' ')
        .collect();
    letters
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .collect()
}
