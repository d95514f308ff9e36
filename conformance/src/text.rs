//! Small helpers for texts that people read: times, clipped quotations, wrapped sentences.
//!
//! Whatever comes from a file or an adapter passes through [`plain`] or [`clip`] before it is printed, so that no
//! control sequence reaches a terminal.

use bgspec_model::vocabulary::Millis;

/// A time or a duration as people read it: `0 s`, `2 h 5 s`, `1 d 30 min 0.250 s`.
#[must_use]
pub fn time(ms: Millis) -> String {
    let mut rest = ms.unsigned_abs();
    let mut text = String::new();
    for (unit, name) in [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min")] {
        if rest >= unit {
            text.push_str(&format!("{} {name} ", rest / unit));
            rest %= unit;
        }
    }
    if !rest.is_multiple_of(1000) {
        text.push_str(&format!("{}.{:03} s", rest / 1000, rest % 1000));
    } else if rest > 0 || text.is_empty() {
        text.push_str(&format!("{} s", rest / 1000));
    }
    let sign = if ms < 0 { "-" } else { "" };
    format!("{sign}{}", text.trim_end())
}

/// A duration to its two greatest units, rounded: `6 h 50 min`, `3 d`, `58 s`. Below a second it is exact.
#[must_use]
pub fn roughly(ms: Millis) -> String {
    const STEPS: [(Millis, Millis); 3] = [(86_400_000, 3_600_000), (3_600_000, 60_000), (1000, 1000)];
    let step = STEPS
        .iter()
        .find(|(least, _)| ms >= *least)
        .map_or(1, |(_, step)| *step);
    time((ms + step / 2) / step * step)
}

/// A text in which times are as people read them: `by 80007 ms` becomes `by 1 min 20.007 s`.
#[must_use]
pub fn humane(text: &str) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for place in (1..words.len()).rev() {
        let unit = words[place].clone();
        if let (Some(behind), Ok(ms)) = (unit.strip_prefix("ms"), words[place - 1].parse())
            && behind.chars().all(|c| c.is_ascii_punctuation())
        {
            words[place - 1] = time(ms) + behind;
            words.remove(place);
        }
    }
    words.join(" ")
}

/// The text with every character escaped that a terminal acts on or that nobody sees: controls, and those that turn the
/// direction of a line, join or part letters, or end a line.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let escaped = (c.is_control() || is_unseen(c)).then(|| c.escape_default());
            let kept = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(kept)
        })
        .collect()
}

/// Whether a character has no shape of its own: Unicode's format characters and separators of lines.
const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// At most `most` characters of a text, escaped, with `…` where something was left out.
#[must_use]
pub fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => plain(&text[..end]) + "…",
        None => plain(text),
    }
}

/// Breaks a text into lines of at most `width` characters, at spaces only.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_say_them() {
        let texts = [0, 10, 30_000, 7_200_000, 7_205_000, 90_061_001, -5000].map(time);
        assert_eq!(
            texts,
            [
                "0 s",
                "0.010 s",
                "30 s",
                "2 h",
                "2 h 5 s",
                "1 d 1 h 1 min 1.001 s",
                "-5 s"
            ]
        );
    }

    #[test]
    fn rough_durations_have_two_units_at_most() {
        let texts = [0, 250, 58_400, 211_108, 24_599_358, 259_198_758].map(roughly);
        assert_eq!(texts, ["0 s", "0.250 s", "58 s", "3 min 31 s", "6 h 50 min", "3 d"]);
    }

    #[test]
    fn milliseconds_in_a_text_become_times() {
        assert_eq!(
            humane("it had to be expired by 80007 ms, since 3 ms went"),
            "it had to be expired by 1 min 20.007 s, since 0.003 s went"
        );
        assert_eq!(humane("nothing ms"), "nothing ms");
    }

    #[test]
    fn quotations_are_clipped_and_escaped() {
        assert_eq!(clip("abcdef", 4), "abcd…");
        assert_eq!(clip("äöü", 3), "äöü");
        assert_eq!(plain("a\u{1b}[31m\t"), "a\\u{1b}[31m\\t");
        assert_eq!(plain("a\u{202e}b\u{2066}c\u{200b}ä"), "a\\u{202e}b\\u{2066}c\\u{200b}ä");
    }

    #[test]
    fn sentences_are_wrapped_at_spaces() {
        assert_eq!(wrap("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrap("", 7), [""; 0]);
    }
}
