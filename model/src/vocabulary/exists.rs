//! What exists where (CFG-10): one table of features, by platform, version and kind of task.
//!
//! Events name the feature that they need in their row; attributes of requests and conditions of the device are named
//! here. Whatever a trace shows that is not there makes it malformed: [`super::Event::lack`] says so, and a reader asks
//! nothing else. `PROTOCOL.md` prints this table.

use std::fmt;

use super::{Kind, Platform, Protection, Strategy, Version};

/// Where an app runs: what is there hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The platform.
    pub platform: Platform,
    /// The version, of iOS or written as the iOS of its year.
    pub os: Version,
}

/// The columns of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
enum System {
    /// iOS and iPadOS, in the simulator too.
    Ios,
    Tvos,
    Visionos,
    Mac,
}

impl System {
    const ALL: [Self; 4] = [Self::Ios, Self::Tvos, Self::Visionos, Self::Mac];

    const fn of(platform: Platform) -> Self {
        match platform {
            Platform::Iphone | Platform::Ipad | Platform::Simulator => Self::Ios,
            Platform::Tvos => Self::Tvos,
            Platform::Visionos => Self::Visionos,
            Platform::Mac => Self::Mac,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Ios => "iOS and iPadOS",
            Self::Tvos => "tvOS",
            Self::Visionos => "visionOS",
            Self::Mac => "Mac Catalyst",
        }
    }
}

macro_rules! features {
    ($($(#[doc = $means:literal])+ $variant:ident = $words:literal, of $kinds:expr, since $ios:tt $tvos:tt $visionos:tt $mac:tt;)*) => {
        /// A row of the table of what exists where.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Feature { $($(#[doc = $means])+ $variant,)* }

        impl Feature {
            /// Every feature.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name, in words.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }

            /// The kinds of task that have it.
            #[must_use]
            pub const fn kinds(self) -> &'static [Kind] {
                match self { $(Self::$variant => $kinds,)* }
            }

            /// The first version of each system that has it.
            const fn first(self) -> [Option<Version>; 4] {
                match self {
                    $(Self::$variant => [since!($ios), since!($tvos), since!($visionos), since!($mac)],)*
                }
            }
        }
    };
}

macro_rules! since {
    (never) => {
        None
    };
    (($major:literal, $minor:literal)) => {
        Some(Version::new($major, $minor))
    };
}

const ANY: &[Kind] = &Kind::ALL;
const REFRESH_AND_PROCESSING: &[Kind] = &[Kind::Refresh, Kind::Processing];
const PROCESSING_AND_HEALTH: &[Kind] = &[Kind::Processing, Kind::HealthResearch];
const HEALTH: &[Kind] = &[Kind::HealthResearch];
const CONTINUED: &[Kind] = &[Kind::Continued];

// Other systems than iOS are described by the iOS of the same year: visionOS 1 as 17.
features! {
    //                                                                                     iOS     tvOS     visionOS  Mac
    /// The scheduler itself.
    Scheduler = "the scheduler", of ANY, since                                             (13, 0) (13, 0)  (17, 0)   (13, 1);
    /// Refresh and processing.
    RefreshAndProcessing = "refresh and processing", of REFRESH_AND_PROCESSING, since      (13, 0) (13, 0)  (17, 0)   (13, 1);
    /// `requiresNetworkConnectivity` and `requiresExternalPower`.
    Requirements = "network and power requirements", of PROCESSING_AND_HEALTH, since       (13, 0) (13, 0)  (17, 0)   (13, 1);
    /// SwiftUI's `.backgroundTask`.
    SwiftUi = "SwiftUI's background task", of REFRESH_AND_PROCESSING, since                (16, 0) (16, 0)  (17, 0)   (16, 0);
    /// Health research.
    HealthResearch = "health research and its protection class", of HEALTH, since          (17, 0) never    (17, 0)   (17, 0);
    /// Continued processing, with all that only a continued task has.
    Continued = "continued processing", of CONTINUED, since                                (26, 0) never    never     never;
    /// `supportedResources`.
    SupportedResources = "supportedResources", of CONTINUED, since                         (26, 0) never    never     never;
    /// The person's denial of background launches.
    LaunchDenial = "the denial of background launches", of ANY, since                      (26, 0) (26, 0)  (26, 0)   (26, 0);
    /// `submitTaskRequest(_:completionHandler:)`.
    AsyncSubmit = "the asynchronous submit", of ANY, since                                 (27, 0) (27, 0)  (27, 0)   (27, 0);
}

impl Feature {
    /// The feature that a kind of task is.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Refresh | Kind::Processing => Self::RefreshAndProcessing,
            Kind::HealthResearch => Self::HealthResearch,
            Kind::Continued => Self::Continued,
        }
    }

    /// The first version of this platform that has it.
    #[must_use]
    pub const fn since(self, platform: Platform) -> Option<Version> {
        self.first()[System::of(platform) as usize]
    }

    /// The attributes and conditions that are there only with it, by their names in a trace.
    #[must_use]
    pub const fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::Requirements => &["network", "power"],
            Self::HealthResearch => &["protection"],
            Self::Continued => &["strategy", "gpu", "title", "subtitle", "places_taken"],
            Self::LaunchDenial => &["background_launches_denied"],
            Self::SwiftUi => &["through"],
            Self::Scheduler | Self::RefreshAndProcessing | Self::SupportedResources | Self::AsyncSubmit => &[],
        }
    }

    /// Where it is: "iOS and iPadOS 26.0", "iOS and iPadOS, tvOS 13.0, visionOS 17.0, Mac Catalyst 13.1".
    #[must_use]
    pub fn whereabouts(self) -> String {
        let first = self.first();
        let mut parts: Vec<String> = Vec::new();
        let mut open: Vec<&str> = Vec::new();
        for (place, system) in System::ALL.iter().enumerate() {
            let Some(version) = first[place] else { continue };
            open.push(system.words());
            let next = first[place + 1..].iter().flatten().next();
            if next != Some(&version) {
                parts.push(format!("{} {version}", open.join(", ")));
                open.clear();
            }
        }
        parts.join(", ")
    }
}

impl Place {
    /// Whether it lacks a feature.
    #[must_use]
    #[inline]
    pub fn lacks(self, feature: Feature) -> bool {
        feature.since(self.platform).is_none_or(|since| self.os < since)
    }

    /// The lack of a kind of task, where it is not there.
    #[must_use]
    #[inline]
    pub fn lack_of_kind(self, kind: Kind) -> Option<Lack> {
        let feature = Feature::of(kind);
        self.lacks(feature).then_some(Lack {
            what: What::Kind(kind),
            feature,
            kind: None,
        })
    }
}

/// Something that a line shows, and that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    what: What,
    /// What it takes.
    pub feature: Feature,
    /// The kind that has no such thing; otherwise the version and the platform have not.
    kind: Option<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// An event or an attribute, by its name in a trace.
    Named(&'static str),
    /// A kind of task.
    Kind(Kind),
}

impl Lack {
    /// An event or an attribute that the place does not have.
    pub(crate) const fn of(what: &'static str, feature: Feature) -> Self {
        Self {
            what: What::Named(what),
            feature,
            kind: None,
        }
    }

    /// An event or an attribute that a kind of task does not have.
    pub(crate) const fn of_kind(what: &'static str, feature: Feature, kind: Kind) -> Self {
        Self {
            what: What::Named(what),
            feature,
            kind: Some(kind),
        }
    }

    /// What was found and what was expected, with the row of the table.
    #[must_use]
    pub fn words(&self, place: Place) -> String {
        let what = match self.what {
            What::Named(name) => name.to_owned(),
            What::Kind(kind) => format!("a {kind} task"),
        };
        let row = self.feature.words();
        match self.kind {
            Some(kind) => {
                let kinds: Vec<_> = self.feature.kinds().iter().map(ToString::to_string).collect();
                format!(
                    "{what} of a {kind} task, which has none; expected a task of the kind {} (CFG-10: {row})",
                    kinds.join(" or ")
                )
            }
            None => format!(
                "{what}, which {} with iOS {} does not have; expected {} or later (CFG-10: {row})",
                place.platform,
                place.os,
                self.feature.whereabouts()
            ),
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// The attributes of a request that only some kinds have, as the table wants them: name, the feature, and whether the
/// request has another value than the default.
pub(crate) fn attribute_lack(
    place: Place,
    kind: Kind,
    requires: [bool; 2],
    protection: Protection,
    strategy: Strategy,
    continued: [bool; 3],
) -> Option<Lack> {
    if let Some(lack) = place.lack_of_kind(kind) {
        return Some(lack);
    }
    let [network, power] = requires;
    let [gpu, title, subtitle] = continued;
    [
        ("network", Feature::Requirements, network),
        ("power", Feature::Requirements, power),
        (
            "protection",
            Feature::HealthResearch,
            protection != Protection::default(),
        ),
        ("strategy", Feature::Continued, strategy != Strategy::default()),
        ("gpu", Feature::Continued, gpu),
        ("title", Feature::Continued, title),
        ("subtitle", Feature::Continued, subtitle),
    ]
    .into_iter()
    .find(|(_, feature, given)| *given && !feature.kinds().contains(&kind))
    .map(|(name, feature, _)| Lack::of_kind(name, feature, kind))
}
