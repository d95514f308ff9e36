//! Letters that a person does not see as they are: of another script, invisible, spaces at an end.
//!
//! Identifiers are compared exactly (IDN-12), so that one such letter makes another identifier. What looks alike is the
//! Unicode Consortium's table (UTS 39).

use unicode_script::UnicodeScript;
use unicode_security::confusable_detection::skeleton;

/// A letter that is not what it seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// Its place in the text, from 1.
    pub place: usize,
    /// What it is, in words.
    pub what: String,
}

/// A text as it looks: letters of other scripts as the Latin ones that they look like, invisible ones left out.
#[must_use]
pub fn alike(text: &str) -> String {
    // The table takes `m` for `rn` and the like: of ASCII nothing is changed.
    text.chars()
        .flat_map(|letter| {
            let kept = letter.is_ascii().then_some(letter);
            let seen: Vec<char> = if kept.is_some() {
                Vec::new()
            } else {
                skeleton(letter.encode_utf8(&mut [0; 4])).collect()
            };
            kept.into_iter().chain(seen)
        })
        .collect()
}

/// The letters of an identifier that are outside of ASCII, or control characters.
#[must_use]
pub fn odd(text: &str) -> Vec<Odd> {
    let letters = text.chars().enumerate();
    letters
        .filter(|(_, letter)| !letter.is_ascii_graphic() && *letter != ' ')
        .map(|(at, letter)| Odd {
            place: at + 1,
            what: words(letter),
        })
        .collect()
}

fn words(letter: char) -> String {
    let code = u32::from(letter);
    let looks = alike(letter.encode_utf8(&mut [0; 4]));
    if looks.is_empty() {
        return format!("U+{code:04X}, which is not seen");
    }
    if letter.is_control() || letter.is_whitespace() {
        return format!("U+{code:04X}, a kind of space or a control character");
    }
    let script = letter.script().full_name();
    if looks.is_ascii() && looks.len() == 1 {
        format!("`{letter}` (U+{code:04X}, {script}), which looks like `{looks}`")
    } else {
        format!("`{letter}` (U+{code:04X}, {script})")
    }
}

/// A text with what is not seen written out, for people.
#[must_use]
pub fn shown(text: &str) -> String {
    let is_hidden = |letter: char| !letter.is_ascii() && alike(letter.encode_utf8(&mut [0; 4])).is_empty();
    let mut shown = String::new();
    for letter in text.chars() {
        if is_hidden(letter) || letter.is_control() || letter.is_whitespace() && letter != ' ' {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    if shown.is_empty() || shown.trim() != shown {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_script_are_told_by_what_they_look_like() {
        let odd = odd("\u{441}om.example.sync");
        assert_eq!(odd.len(), 1);
        assert_eq!(odd[0].place, 1);
        assert_eq!(odd[0].what, "`\u{441}` (U+0441, Cyrillic), which looks like `c`");
        assert_eq!(alike("\u{441}om.ex\u{430}mple"), "com.example");
        assert_eq!(alike("com.example.m1"), "com.example.m1");
    }

    #[test]
    fn what_is_not_seen_is_written_out() {
        assert_eq!(shown("a\u{200b}b"), "a\\u{200b}b");
        assert_eq!(odd("a\u{200b}b")[0].what, "U+200B, which is not seen");
        assert_eq!(shown("a.b "), "\"a.b \"");
        assert_eq!(shown(""), "\"\"");
        assert_eq!(shown("a\tb"), "a\\tb");
    }
}
