//! Build variables: `$(NAME)` and `${NAME}`, with modifiers, as Xcode expands them in an Info.plist.
//!
//! A variable that nobody told stays in the text as `$(NAME)` and is named: what hangs on it is never answered as if it
//! were text. Settings come from an `.xcconfig` ([`super::xcconfig`]), from a project ([`super::subject`]) and from the
//! command line; the last one counts.

use std::collections::BTreeMap;

/// The variable that is the bundle identifier.
pub const BUNDLE: &str = "PRODUCT_BUNDLE_IDENTIFIER";
/// Variables inside of variables; nobody nests any deeper.
const DEEPEST: usize = 32;
/// So many variables are put in for one text: settings may double one another over and over.
const MOST: usize = 4096;
/// No name of a variable, with its modifiers, is longer.
const LONGEST_NAME: usize = 1024;
/// No identifier is longer; a setting that doubles another over and over would be.
const LONGEST: usize = 1 << 14;

/// Build settings, as far as they are told.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    settings: BTreeMap<String, Setting>,
}

#[derive(Debug, Clone, Default)]
struct Setting {
    /// What holds where no condition does.
    value: Option<String>,
    /// What holds under a condition, such as `[config=Debug]`.
    conditional: Vec<String>,
}

/// A text with what is known put in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expanded {
    /// The text; a variable that is not told stands in it as `$(NAME)`.
    pub text: String,
    /// The names of those that are not told.
    pub unknown: Vec<String>,
}

impl Variables {
    /// Gives a setting a value. `$(inherited)`, or the setting itself, is what it was before.
    pub fn assign(&mut self, name: &str, value: &str) {
        let setting = self.settings.entry(name.to_owned()).or_default();
        let before = setting.value.take();
        setting.value = Some(inherit(value, name, before.as_deref()));
    }

    /// Gives a setting the value that it has, whatever a condition says.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.remove(name);
        self.assign(name, value);
    }

    /// Gives a setting a value that holds under a condition only.
    pub fn assign_where(&mut self, name: &str, value: &str) {
        let setting = self.settings.entry(name.to_owned()).or_default();
        let value = inherit(value, name, setting.value.as_deref());
        setting.conditional.push(value);
    }

    /// Gives a setting a value, if it has none.
    pub fn assign_default(&mut self, name: &str, value: &str) {
        if !self.settings.contains_key(name) {
            self.assign(name, value);
        }
    }

    /// Whether something is said of a setting.
    #[must_use]
    pub fn names(&self, name: &str) -> bool {
        self.settings.contains_key(name)
    }

    /// A setting has several values, and which of them holds is not told.
    #[must_use]
    pub fn is_conditional(&self, name: &str) -> bool {
        self.settings
            .get(name)
            .is_some_and(|setting| setting.certain().is_none())
    }

    /// A text with its variables put in.
    #[must_use]
    pub fn expand(&self, text: &str) -> Expanded {
        let mut expanded = Expanded::default();
        let mut work = Work {
            left: MOST,
            open: Vec::new(),
        };
        self.put_in(text, &mut work, &mut expanded);
        expanded
    }

    fn put_in(&self, text: &str, work: &mut Work, into: &mut Expanded) {
        let mut rest = text;
        while let Some(start) = rest.find('$') {
            let (before, dollar) = rest.split_at(start);
            into.text.push_str(before);
            let Some((inside, behind)) = bracketed(dollar) else {
                into.text.push('$');
                rest = &dollar[1..];
                continue;
            };
            self.variable(inside, work, into);
            rest = behind;
        }
        into.text.push_str(rest);
    }

    /// One variable: what stands between its brackets.
    fn variable(&self, inside: &str, work: &mut Work, into: &mut Expanded) {
        // A name may be put together: `$(ID_$(CONFIGURATION))`.
        let mut inner = Expanded::default();
        if !inside.contains('$') {
            inside.clone_into(&mut inner.text);
        } else if work.goes_into(&format!("$({inside})")) {
            self.put_in(inside, work, &mut inner);
            work.open.pop();
        } else {
            inside.clone_into(&mut inner.text);
            inner.unknown.push(inside.to_owned());
        }
        if !inner.unknown.is_empty() {
            into.text.push_str(&format!("$({})", inner.text));
            note(&mut into.unknown, inner.unknown);
            return;
        }
        let mut parts = inner.text.split(':');
        let name = parts.next().unwrap_or_default().trim();
        let modifiers: Vec<&str> = parts.collect();
        let value = self.settings.get(name).and_then(Setting::certain);
        let mut value = value.filter(|_| work.goes_into(name)).map(|value| {
            let mut expanded = Expanded::default();
            self.put_in(value, work, &mut expanded);
            work.open.pop();
            expanded
        });
        if value
            .as_ref()
            .is_some_and(|value| value.text.len() + into.text.len() > LONGEST)
        {
            value = None;
        }
        // A bundle identifier holds nothing that these modifiers would change.
        let modifiers: &[&str] = if name == BUNDLE && modifiers.iter().all(|one| one.trim() == "rfc1034identifier") {
            &[]
        } else {
            &modifiers
        };
        let modified = value.and_then(|value| {
            if modifiers.is_empty() {
                return Some(value);
            }
            let known = value.unknown.is_empty().then_some(value.text)?;
            let text = modifiers
                .iter()
                .try_fold(known, |text, modifier| modify(&text, modifier.trim()))?;
            Some(Expanded {
                text,
                unknown: Vec::new(),
            })
        });
        match modified {
            Some(Expanded { text, unknown }) => {
                into.text.push_str(&text);
                note(&mut into.unknown, unknown);
            }
            None => {
                let written: String = std::iter::once(name)
                    .chain(modifiers.iter().copied())
                    .collect::<Vec<_>>()
                    .join(":");
                into.text.push_str(&format!("$({written})"));
                note(&mut into.unknown, vec![name.to_owned()]);
            }
        }
    }
}

/// What is being put in.
struct Work {
    /// How many variables more.
    left: usize,
    /// Those that are being put in, the outer ones first.
    open: Vec<String>,
}

impl Work {
    /// Begins with a variable, unless it stands in itself, or there is no end of them.
    fn goes_into(&mut self, name: &str) -> bool {
        let allowed = self.left > 0 && self.open.len() < DEEPEST && !self.open.iter().any(|open| open == name);
        if allowed {
            self.left -= 1;
            self.open.push(name.to_owned());
        }
        allowed
    }
}

impl Setting {
    /// The value, if it does not hang on a condition.
    fn certain(&self) -> Option<&str> {
        let value = self.value.as_deref()?;
        self.conditional.iter().all(|other| other == value).then_some(value)
    }
}

fn note(unknown: &mut Vec<String>, names: Vec<String>) {
    for name in names {
        if !unknown.contains(&name) {
            unknown.push(name);
        }
    }
}

/// The value with what the setting was before in place of `$(inherited)` and of itself.
fn inherit(value: &str, name: &str, before: Option<&str>) -> String {
    let Some(before) = before else {
        return value.to_owned();
    };
    let mut text = value.to_owned();
    for own in ["inherited", name] {
        for written in [format!("$({own})"), format!("${{{own}}}")] {
            text = text.replace(&written, before);
        }
    }
    if text.len() > LONGEST { value.to_owned() } else { text }
}

/// What stands in the brackets behind a `$`, and what stands behind them.
fn bracketed(dollar: &str) -> Option<(&str, &str)> {
    let (open, close) = match dollar.as_bytes().get(1)? {
        b'(' => ('(', ')'),
        b'{' => ('{', '}'),
        _ => return None,
    };
    let mut depth = 0;
    for (at, letter) in dollar.char_indices().skip(1).take(LONGEST_NAME) {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth -= 1;
            if depth == 0 {
                return Some((&dollar[2..at], &dollar[at + 1..]));
            }
        }
    }
    None
}

/// One of the modifiers that may stand in an identifier; any other leaves the variable untold.
fn modify(text: &str, modifier: &str) -> Option<String> {
    let kept =
        |keep: fn(char) -> bool, instead: char| text.chars().map(|c| if keep(c) { c } else { instead }).collect();
    Some(match modifier {
        "rfc1034identifier" => kept(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.', '-'),
        "c99extidentifier" | "identifier" => kept(|c| c.is_ascii_alphanumeric() || c == '_', '_'),
        "lower" => text.to_lowercase(),
        "upper" => text.to_uppercase(),
        "quote" if !text.contains(|c: char| !(c.is_ascii_alphanumeric() || "-._*".contains(c))) => text.to_owned(),
        _ => match modifier.strip_prefix("default=") {
            Some(default) if text.is_empty() => default.to_owned(),
            Some(_) => text.to_owned(),
            None => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Variables {
        let mut variables = Variables::default();
        variables.assign("PRODUCT_BUNDLE_IDENTIFIER", "com.example.$(APP_NAME:lower)$(SUFFIX)");
        variables.assign("APP_NAME", "My App");
        variables.assign("SUFFIX", "");
        variables
    }

    #[test]
    fn both_brackets_and_modifiers_are_read() {
        let mut variables = settings();
        let told = |variables: &Variables, text: &str| variables.expand(text).text;
        assert_eq!(
            told(&variables, "com.x.${APP_NAME:rfc1034identifier}.a"),
            "com.x.My-App.a"
        );
        assert_eq!(told(&variables, "$(APP_NAME:c99extidentifier:upper)"), "MY_APP");
        assert_eq!(told(&variables, "$(SUFFIX:default=none)"), "none");
        assert_eq!(
            told(&variables, "costs 5 $ and $(unfinished"),
            "costs 5 $ and $(unfinished"
        );
        variables.assign("APP_NAME", "app");
        assert_eq!(
            told(&variables, "$(PRODUCT_BUNDLE_IDENTIFIER).sync"),
            "com.example.app.sync"
        );
        variables.assign("WHICH", "NAME");
        assert_eq!(told(&variables, "$(APP_$(WHICH))"), "app");
    }

    #[test]
    fn a_variable_that_nobody_told_is_named_and_stays() {
        let variables = settings();
        let expanded = variables.expand("${APP_ID}.sync.$(APP_ID).$(OTHER:rfc1034identifier)");
        assert_eq!(expanded.text, "$(APP_ID).sync.$(APP_ID).$(OTHER:rfc1034identifier)");
        assert_eq!(expanded.unknown, ["APP_ID", "OTHER"]);
        assert_eq!(variables.expand("$(APP_NAME:dir)").unknown, ["APP_NAME"]);
        let nobody = Variables::default();
        let bundle = nobody.expand("$(PRODUCT_BUNDLE_IDENTIFIER:rfc1034identifier).a");
        assert_eq!(bundle.text, "$(PRODUCT_BUNDLE_IDENTIFIER).a");
    }

    #[test]
    fn what_a_setting_was_before_is_inherited() {
        let mut variables = Variables::default();
        variables.assign("ID", "com.example");
        variables.assign("ID", "$(inherited).app");
        variables.assign("ID", "$(ID).beta");
        assert_eq!(variables.expand("$(ID)").text, "com.example.app.beta");
        variables.assign("FIRST", "$(inherited).app");
        assert_eq!(variables.expand("$(FIRST)").unknown, ["inherited"]);
    }

    #[test]
    fn a_condition_that_may_hold_leaves_the_setting_untold() {
        let mut variables = settings();
        variables.assign("APP_NAME", "app");
        variables.assign_where("APP_NAME", "app");
        assert!(variables.expand("$(APP_NAME)").unknown.is_empty());
        variables.assign_where("APP_NAME", "beta");
        assert_eq!(variables.expand("$(PRODUCT_BUNDLE_IDENTIFIER)").unknown, ["APP_NAME"]);
        assert!(variables.is_conditional("APP_NAME"));
        variables.assign("APP_NAME", "again");
        assert_eq!(variables.expand("$(APP_NAME)").unknown, ["APP_NAME"]);
        variables.set("APP_NAME", "told");
        assert_eq!(variables.expand("$(APP_NAME)").text, "told");
    }

    #[test]
    fn settings_that_go_round_in_a_circle_come_to_an_end() {
        let mut variables = Variables::default();
        variables.assign("A", "$(B)$(B)");
        variables.assign("B", "$(A)$(A)");
        assert_eq!(variables.expand("$(A)").text, "$(A)$(A)$(A)$(A)");
        assert_eq!(variables.expand("$(A)").unknown, ["A"]);
        variables.assign("C0", "xxxxxxxxxxxxxxxx");
        for n in 1..40 {
            let before = format!("$(C{})", n - 1);
            variables.assign(&format!("C{n}"), &(before.clone() + &before));
        }
        assert!(variables.expand("$(C39)").text.len() <= 4 * LONGEST);
        let nested = "$(".repeat(5000) + &")".repeat(5000);
        assert!(variables.expand(&nested).text.len() <= nested.len());
    }
}
