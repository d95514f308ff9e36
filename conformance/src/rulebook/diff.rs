//! What changed between two versions, in behaviour and in force.
//!
//! A rule that came or went changes force. Behaviour changes with a setting's default, with what exists, and inside a
//! sentence that says from which version on something holds: such rules name these versions (`changes`).

use bgspec_model::profile::{Named, Profile};
use bgspec_model::rule::Rule;
use bgspec_model::rules;
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::{Kind, Platform, Version};

/// What changed between two versions.
#[derive(Debug)]
pub struct Diff {
    /// The one version.
    pub from: Version,
    /// The other.
    pub to: Version,
    /// Kinds of task that came or went.
    pub kinds: Vec<KindChange>,
    /// Calls of the scheduler that came or went.
    pub calls: Vec<CallChange>,
    /// Rules that only the other version has.
    pub came: Vec<&'static Rule>,
    /// Rules that only the one version has.
    pub went: Vec<&'static Rule>,
    /// Settings whose default differs.
    pub settings: Vec<SettingChange>,
    /// Rules of both whose sentence names a version behind the earlier one, up to the later one.
    pub worded: Vec<&'static Rule>,
}

/// Where a kind of task came or went.
#[derive(Debug)]
pub struct KindChange {
    /// The kind.
    pub kind: Kind,
    /// The platforms that have it only in the other version.
    pub came: Vec<Platform>,
    /// The platforms that have it only in the one version.
    pub went: Vec<Platform>,
}

/// Where a call of the scheduler came or went.
#[derive(Debug)]
pub struct CallChange {
    /// The call.
    pub call: &'static str,
    /// The platforms that have it only in the other version.
    pub came: Vec<Platform>,
    /// The platforms that have it only in the one version.
    pub went: Vec<Platform>,
}

/// Whether a call is there.
type IsThere = fn(Platform, Version) -> bool;

/// The calls that not every version has, and where each is (CFG-10).
const CALLS: [(&str, IsThere); 2] = [
    ("supportedResources", Platform::has_continued),
    ("submitTaskRequest(_:completionHandler:)", |_, os| {
        os >= Version::new(27, 0)
    }),
];

/// A default that differs.
#[derive(Debug)]
pub struct SettingChange {
    /// The setting.
    pub setting: Setting,
    /// The profile whose default it is.
    pub profile: Named,
    /// Its value in the one version.
    pub from: String,
    /// Its value in the other.
    pub to: String,
}

/// The platforms, with their names in words.
pub const PLATFORMS: [(Platform, &str); 6] = [
    (Platform::Iphone, "iPhone"),
    (Platform::Ipad, "iPad"),
    (Platform::Tvos, "Apple TV"),
    (Platform::Visionos, "Apple Vision"),
    (Platform::Mac, "Mac"),
    (Platform::Simulator, "simulator"),
];

impl Diff {
    /// What changed from one version to another.
    #[must_use]
    pub fn new(from: Version, to: Version) -> Self {
        let only = |here: Version, there: Version| {
            rules::all()
                .filter(|rule| rule.in_force(here) && !rule.in_force(there))
                .collect()
        };
        let between = |version: Version| version > from.min(to) && version <= from.max(to);
        let in_both = |rule: &&Rule| rule.in_force(from) && rule.in_force(to);
        Self {
            from,
            to,
            kinds: kinds(from, to),
            calls: calls(from, to),
            came: only(to, from),
            went: only(from, to),
            settings: settings(from, to),
            worded: rules::all()
                .filter(in_both)
                .filter(|rule| rule.changes.iter().copied().any(between))
                .collect(),
        }
    }

    /// Nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let rules = self.came.len() + self.went.len() + self.worded.len();
        rules == 0 && self.kinds.is_empty() && self.calls.is_empty() && self.settings.is_empty()
    }
}

/// The platforms where something is in one version and not in another.
fn only(is_there: impl Fn(Platform, Version) -> bool, here: Version, there: Version) -> Vec<Platform> {
    let has = |platform: &Platform| is_there(*platform, here) && !is_there(*platform, there);
    PLATFORMS.iter().map(|(platform, _)| *platform).filter(has).collect()
}

fn kinds(from: Version, to: Version) -> Vec<KindChange> {
    let changes = Kind::ALL.into_iter().map(|kind| {
        let is_there = |platform: Platform, os| platform.has_kind(kind, os);
        KindChange {
            kind,
            came: only(is_there, to, from),
            went: only(is_there, from, to),
        }
    });
    changes
        .filter(|change| !change.came.is_empty() || !change.went.is_empty())
        .collect()
}

fn calls(from: Version, to: Version) -> Vec<CallChange> {
    let changes = CALLS.into_iter().map(|(call, is_there)| CallChange {
        call,
        came: only(is_there, to, from),
        went: only(is_there, from, to),
    });
    changes
        .filter(|change| !change.came.is_empty() || !change.went.is_empty())
        .collect()
}

fn settings(from: Version, to: Version) -> Vec<SettingChange> {
    let mut changes = Vec::new();
    for setting in Setting::ALL {
        for profile in Named::ALL {
            let value = |os| Profile::new(profile, os).value(*setting);
            let (from, to) = (value(from), value(to));
            if from != to {
                changes.push(SettingChange {
                    setting: *setting,
                    profile,
                    from,
                    to,
                });
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_changes_with_a_version_names_it() {
        for rule in rules::all() {
            for version in rule.changes {
                assert!(
                    rule.text.contains(&version.major.to_string()),
                    "{}: {version}: {}",
                    rule.id,
                    rule.text
                );
            }
        }
    }

    #[test]
    fn a_difference_the_other_way_round_swaps_what_came_and_what_went() {
        let (there, back) = (
            Diff::new(Version::new(18, 0), Version::new(26, 0)),
            Diff::new(Version::new(26, 0), Version::new(18, 0)),
        );
        assert_eq!((&there.came, &there.went), (&back.went, &back.came));
        assert!(!there.came.is_empty() && !there.went.is_empty() && !there.kinds.is_empty());
        assert!(Diff::new(Version::new(26, 1), Version::new(26, 1)).is_empty());
    }

    #[test]
    fn versions_without_a_difference_have_none() {
        assert!(Diff::new(Version::new(14, 0), Version::new(15, 0)).is_empty());
    }
}
