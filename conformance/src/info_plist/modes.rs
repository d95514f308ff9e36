//! The values of `UIBackgroundModes`, and what was meant by one that is none.

/// Values that Apple's pages name, for any of its platforms.
const KNOWN: [&str; 14] = [
    "audio",
    "bluetooth-central",
    "bluetooth-peripheral",
    "external-accessory",
    FETCH,
    "location",
    "nearby-interaction",
    "network-authentication",
    "newsstand-content",
    PROCESSING,
    "push-to-talk",
    "remote-notification",
    "voip",
    "workout-processing",
];
const FETCH: &str = "fetch";
const PROCESSING: &str = "processing";

/// What a value of `UIBackgroundModes` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A background mode.
    Known,
    /// None, and this one is meant.
    Meant(&'static str),
    /// None that is known here, and like none.
    Unknown,
}

/// Reads a value.
#[must_use]
pub fn read(value: &str) -> Mode {
    if KNOWN.contains(&value) {
        return Mode::Known;
    }
    let words: String = super::letters::alike(value)
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let plain = |known: &str| known.replace('-', "");
    let same = KNOWN.into_iter().find(|known| plain(known) == words);
    let near = || {
        KNOWN
            .into_iter()
            .find(|known| known.len() > 4 && is_near(&plain(known), &words))
    };
    let about = || {
        if words.contains(FETCH) || words.contains("refresh") {
            Some(FETCH)
        } else if words.contains("process") {
            Some(PROCESSING)
        } else {
            None
        }
    };
    same.or_else(near).or_else(about).map_or(Mode::Unknown, Mode::Meant)
}

/// Whether one letter more, less or changed, or two that changed places, make one text of the other.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let before = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[before..], &other[before..]);
    let behind = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (one, other) = (&one[..one.len() - behind], &other[..other.len() - behind]);
    match (one, other) {
        ([a, b], [c, d]) => a == d && b == c,
        _ => one.len() <= 1 && other.len() <= 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_no_mode_is_told_with_the_one_that_is_meant() {
        for (value, meant) in [
            ("background-fetch", "fetch"),
            ("Fetch", "fetch"),
            (" fetch", "fetch"),
            ("fecth", "fetch"),
            ("app-refresh", "fetch"),
            ("background-processing", "processing"),
            ("proccessing", "processing"),
            ("BGProcessingTask", "processing"),
            ("remote-notifications", "remote-notification"),
            ("bluetooth_central", "bluetooth-central"),
            ("\u{440}rocessing", "processing"),
        ] {
            assert_eq!(read(value), Mode::Meant(meant), "{value}");
        }
    }

    #[test]
    fn what_is_a_mode_or_like_none_is_left_alone() {
        for value in KNOWN {
            assert_eq!(read(value), Mode::Known, "{value}");
        }
        for value in ["", "bluetooth", "spaceflight", "background-task"] {
            assert_eq!(read(value), Mode::Unknown, "{value}");
        }
    }
}
