//! Reads an `.xcconfig`: build settings, a line each, with includes, comments and conditions.

use std::path::Path;

use super::files::{self, Unreadable, What};
use super::tree::Place;
use super::variables::Variables;
use crate::text::clip;

/// Files that include one another any deeper go round in a circle.
const DEEPEST: usize = 32;
/// More files than any project includes.
const MOST_FILES: usize = 1000;

/// Adds the settings of a file, and of those that it includes, in their order.
///
/// # Errors
/// A file cannot be read, or a line of it is no setting.
pub fn read(file: &str, variables: &mut Variables) -> Result<(), Unreadable> {
    let mut left = MOST_FILES;
    one(file, variables, 0, &mut left)
}

fn one(file: &str, variables: &mut Variables, depth: usize, left: &mut usize) -> Result<(), Unreadable> {
    let wrong = |(place, what)| Unreadable {
        file: file.to_owned(),
        place,
        what,
    };
    let bytes = files::bytes(file).map_err(|what| wrong((None, what)))?;
    let text = &*files::text(&bytes).map_err(wrong)?;
    for (number, line) in text.lines().enumerate() {
        let code = line.split_once("//").map_or(line, |(code, _)| code);
        let begins = code.len() - code.trim_start().len();
        let code = code.trim();
        let place = Some(Place {
            line: number + 1,
            column: line[..begins].chars().count() + 1,
        });
        if code.is_empty() {
            continue;
        }
        if let Some((name, needed)) = included(code) {
            let found = resolved(file, name);
            *left = left.saturating_sub(1);
            let found = match found {
                Some(_) if depth >= DEEPEST || *left == 0 => {
                    Err("includes itself, or others that do: expected an end of that")
                }
                Some(path) => Ok(path),
                None if needed => Err("is not there: expected a file beside this one; `#include?` would do without"),
                None => continue,
            };
            match found {
                Ok(path) => one(&path, variables, depth + 1, left)?,
                Err(found) => {
                    let include = What::Include {
                        name: name.to_owned(),
                        found: found.to_owned(),
                    };
                    return Err(wrong((place, include)));
                }
            }
            continue;
        }
        let (name, conditional, value) =
            setting(code).ok_or_else(|| wrong((place, What::NoSetting(clip(code, 80)))))?;
        if conditional {
            variables.assign_where(name, value);
        } else {
            variables.assign(name, value);
        }
    }
    Ok(())
}

/// The file that a line includes, and whether it has to be there.
fn included(code: &str) -> Option<(&str, bool)> {
    let rest = code.strip_prefix("#include")?;
    let (rest, needed) = rest.strip_prefix('?').map_or((rest, true), |rest| (rest, false));
    let rest = rest.trim();
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let name = quoted.or_else(|| rest.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')))?;
    Some((name, needed))
}

/// An included file, beside the one that includes it, if it is there.
fn resolved(file: &str, name: &str) -> Option<String> {
    let beside = Path::new(file).parent().unwrap_or(Path::new("")).join(name);
    beside.is_file().then(|| beside.to_string_lossy().into_owned())
}

/// `NAME = VALUE` or `NAME[sdk=iphoneos*] = VALUE`.
fn setting(code: &str) -> Option<(&str, bool, &str)> {
    let ends = code
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(code.len());
    let (name, mut rest) = code.split_at(ends);
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut conditional = false;
    rest = rest.trim_start();
    while let Some(inside) = rest.strip_prefix('[') {
        let (_, behind) = inside.split_once(']')?;
        conditional = true;
        rest = behind.trim_start();
    }
    let value = rest.strip_prefix('=')?.trim();
    Some((name, conditional, value.trim_end_matches(';').trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_settings_with_or_without_a_condition() {
        assert_eq!(
            setting("APP_ID = com.example.app;"),
            Some(("APP_ID", false, "com.example.app"))
        );
        assert_eq!(setting("A[sdk=iphoneos*][arch=arm64]=b"), Some(("A", true, "b")));
        assert_eq!(setting("EMPTY ="), Some(("EMPTY", false, "")));
        assert_eq!(setting("1A = b"), None);
        assert_eq!(setting("APP_ID com.example.app"), None);
        assert_eq!(setting("A[sdk = b"), None);
        assert_eq!(
            included("#include? \"Local.xcconfig\""),
            Some(("Local.xcconfig", false))
        );
        assert_eq!(included("#include Local.xcconfig"), None);
    }
}
