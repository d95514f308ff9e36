//! What is wrong in the files of an app, what nobody told, and what is worth a remark: each with its place.
//!
//! Wrong is only what is wrong whatever is not told. The order is that of the file: the list, the modes, the entries.

mod entries;

use bgspec_model::profile::Named;
use bgspec_model::rule::Rule;
use bgspec_model::rules;

use super::modes::{self, Mode};
use super::subject::{Aside, Listed, MODES, Malformed, PERMITTED, Subject};
use super::tree::Place;
use super::variables::BUNDLE;
use super::{Begins, Form, Identifier, Versions};

/// Something about the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// Its sort, in a word that stays the same.
    pub name: &'static str,
    /// What was found.
    pub what: String,
    /// The rules that make it one.
    pub rules: Vec<&'static Rule>,
    /// What to do about it; may be empty.
    pub remedy: String,
    /// Where it stands.
    pub place: Option<Place>,
}

/// How much a finding weighs. The order is that of gravity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Worth knowing; nothing is amiss.
    Note,
    /// Likely a slip; what the file says holds all the same.
    Remark,
    /// Whether it is of any use hangs on something that is not told.
    NotTold,
    /// It is of no use.
    Wrong,
}

impl Weight {
    /// As people read it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Remark => "remark",
            Self::NotTold => "not told",
            Self::Wrong => "wrong",
        }
    }
}

impl Finding {
    fn new(weight: Weight, name: &'static str, place: Option<Place>, what: String, remedy: impl Into<String>) -> Self {
        Self {
            weight,
            name,
            what,
            rules: Vec::new(),
            remedy: remedy.into(),
            place,
        }
    }

    fn by(mut self, ids: &[&str]) -> Self {
        self.rules
            .extend(ids.iter().filter_map(|id| id.parse().ok()).filter_map(rules::find));
        self
    }
}

/// Everything about the files of an app.
pub(super) fn find(subject: &Subject, identifiers: &[Identifier], versions: &Versions, profile: Named) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(aside(subject));
    found.extend(twice(subject));
    found.extend(malformed(subject));
    found.extend(by_setting(subject));
    found.extend(store(subject));
    modes_that_are_none(subject, &mut found);
    entries::find(subject, identifiers, versions, &mut found);
    found.extend(entries::limits(subject, identifiers, profile));
    found.extend(untold(subject, identifiers));
    found
}

fn aside(subject: &Subject) -> Option<Finding> {
    match subject.aside.as_ref()? {
        Aside::Extension => Some(
            Finding::new(
                Weight::Remark,
                "extension",
                subject.permitted_at,
                "this is the file of an extension: it may submit and does not register, and only the containing app is \
                 launched for a task"
                    .to_owned(),
                "list the identifiers in the Info.plist of the app, and ask about that file",
            )
            .by(&["CFG-7", "CFG-8"]),
        ),
        Aside::NoScheduler(platform) => Some(
            Finding::new(
                Weight::Remark,
                "no-scheduler",
                subject.permitted_at,
                format!("{platform} is not among the platforms that have a scheduler of background tasks"),
                "",
            )
            .by(&["CFG-10"]),
        ),
    }
}

fn twice(subject: &Subject) -> Vec<Finding> {
    let found = subject.twice.iter().map(|twice| {
        let lines: Vec<_> = twice
            .places
            .iter()
            .flatten()
            .map(|place| place.line.to_string())
            .collect();
        let at = if lines.is_empty() {
            String::new()
        } else {
            format!(" (lines {})", lines.join(", "))
        };
        let last = twice.places.last().copied().flatten();
        let (weight, so) = if twice.alike {
            (Weight::Remark, "each time with the same value")
        } else {
            (
                Weight::NotTold,
                "which of them counts is not said anywhere; the answers below are those of the last one",
            )
        };
        Finding::new(
            weight,
            "key-twice",
            last,
            format!("{} stands in the dictionary more than once{at}: {so}", twice.key),
            "keep one, with everything that belongs in it",
        )
    });
    found.collect()
}

fn malformed(subject: &Subject) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Listed::Malformed(Malformed { found: is, place }) = &subject.permitted {
        let what = format!("{PERMITTED} is {is}: it permits nothing");
        let finding = Finding::new(
            Weight::Wrong,
            "list-malformed",
            *place,
            what,
            "make it an array of strings, one for each identifier",
        );
        found.push(finding.by(&["CFG-1"]));
    }
    if let Some(Malformed { found: is, place }) = &subject.modes_malformed {
        let so = if is.starts_with("an array") {
            "that entry is no mode"
        } else {
            "not an array of strings: it counts as none"
        };
        let finding = Finding::new(
            Weight::Wrong,
            "modes-malformed",
            *place,
            format!("{MODES} is {is}, {so}"),
            "make it an array of strings, one for each mode",
        );
        found.push(finding.by(&["CFG-2"]));
    }
    found
}

fn by_setting(subject: &Subject) -> Option<Finding> {
    let named = subject.by_setting.first()?;
    let finding = Finding::new(
        Weight::Remark,
        "by-build-setting",
        None,
        format!("the build setting {named} writes a string where an array has to stand, as two reports show"),
        "write the array in the Info.plist itself",
    );
    Some(finding.by(&["CFG-1"]))
}

/// The store refuses an upload with the mode `processing` and no list.
fn store(subject: &Subject) -> Option<Finding> {
    let processing = subject.modes.iter().find(|mode| mode.text == "processing")?;
    if !subject.entries().is_empty() || subject.aside.is_some() {
        return None;
    }
    let unless = subject
        .elsewhere
        .map_or_else(String::new, |elsewhere| format!("; {elsewhere}"));
    Some(Finding::new(
        Weight::Remark,
        "mode-without-identifiers",
        processing.place,
        format!(
            "the App Store refuses an upload (error 90771) with the mode `processing` and no list of identifiers in {PERMITTED}"
        ),
        format!("list the identifiers, or take `processing` out of {MODES}{unless}"),
    ))
}

fn modes_that_are_none(subject: &Subject, found: &mut Vec<Finding>) {
    let mut seen: Vec<&str> = Vec::new();
    for mode in &subject.modes {
        let text = mode.text.as_str();
        if seen.contains(&text) {
            found.push(Finding::new(
                Weight::Remark,
                "mode-twice",
                mode.place,
                format!("`{text}` stands in {MODES} more than once"),
                "keep one",
            ));
            continue;
        }
        seen.push(text);
        if !mode.unknown.is_empty() {
            continue;
        }
        let shown = super::letters::shown(text);
        match modes::read(text) {
            Mode::Known => {}
            Mode::Meant(meant) => found.push(
                Finding::new(
                    Weight::Wrong,
                    "no-background-mode",
                    mode.place,
                    format!("`{shown}` is no background mode: `{meant}` is meant"),
                    format!("write `{meant}` in {MODES}"),
                )
                .by(if matches!(meant, "fetch" | "processing") {
                    &["CFG-2"]
                } else {
                    &[]
                }),
            ),
            Mode::Unknown => found.push(Finding::new(
                Weight::Remark,
                "unknown-background-mode",
                mode.place,
                format!("`{shown}` is no background mode that is known here"),
                "those of background tasks are `fetch` and `processing`",
            )),
        }
    }
}

/// What nobody told, and where it is told best.
fn untold(subject: &Subject, identifiers: &[Identifier]) -> Option<Finding> {
    if subject.aside.is_some() {
        return None;
    }
    let unknown = subject.unknown();
    let hangs = |identifier: &Identifier| identifier.begins == Begins::Perhaps && identifier.form != Form::Stray;
    let bundle_matters = !subject.knows_bundle() && identifiers.iter().any(hangs);
    if unknown.is_empty() && !bundle_matters {
        return None;
    }
    let mut options = Vec::new();
    if let Some(first) = unknown.first() {
        options.push(format!("--set {first}=VALUE or --xcconfig FILE"));
    }
    if bundle_matters {
        options.push("--bundle ID".to_owned());
    }
    let names: Vec<_> = unknown.iter().map(|name| format!("$({name})")).collect();
    let what = match (names.is_empty(), bundle_matters) {
        (true, _) => format!("the bundle identifier is not told ($({BUNDLE})), and which identifiers begin with it"),
        (false, true) => format!("not told: {}, and the bundle identifier", names.join(", ")),
        (false, false) => format!("not told: {}", names.join(", ")),
    };
    let place = subject
        .entries()
        .iter()
        .chain(&subject.modes)
        .find(|entry| !entry.unknown.is_empty());
    let place = place.or(subject.entries().first()).and_then(|entry| entry.place);
    let remedy = format!(
        "surest is the Info.plist inside the built app (NAME.app/Info.plist), where every variable has its value; or {} tells it",
        options.join(", and ")
    );
    Some(Finding::new(Weight::Note, "not-told", place, what, remedy))
}
