//! What a person is shown: nothing in it acts on a terminal or hides.

/// Panics where `text` has a character that a terminal acts on, or that turns or hides what is around it.
pub fn is_plain(text: &str) {
    let acts = |c: char| c != '\n' && c.is_control();
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let found = text.chars().find(|c| acts(*c) || turns(*c));
    assert_eq!(found, None, "{text:?}");
}

/// Panics where `text` has more than one line besides.
pub fn is_one_plain_line(text: &str) {
    is_plain(text);
    assert!(!text.contains('\n'), "{text:?}");
}
