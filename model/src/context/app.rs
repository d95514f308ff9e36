//! What the app's bundle says of the app and of each identifier.

use std::collections::{HashMap, HashSet};

use crate::past::Past;
use crate::vocabulary::{Entry, Header, Permitted, Version};

/// What the app's bundle says of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    bundle: String,
    pub(super) permitted: Permitted,
    /// The permitted strings by what they mean.
    entries: Entries,
    /// The background mode `fetch`.
    pub mode_fetch: bool,
    /// The background mode `processing`.
    pub mode_processing: bool,
    /// The entitlement for health research.
    pub health_entitlement: bool,
    /// The entitlement for background GPU.
    pub gpu_entitlement: bool,
    /// The entitlement for background use of the Neural Engine.
    pub inference_entitlement: bool,
    /// The person takes part in the study.
    pub opted_in: bool,
}

/// Permitted strings by what they mean, so that to look at an identifier costs the same however many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Entries {
    exact: HashSet<Box<str>>,
    stray: HashSet<Box<str>>,
    /// The prefixes of wildcard entries, their last dot included.
    prefixes: HashSet<Box<str>>,
    /// By the string in lower case: one of the strings, and whether there are others.
    folded: HashMap<Box<str>, (Box<str>, bool)>,
}

/// A string without what is overlooked in it: its case and its blanks.
fn folded(text: &str) -> String {
    let seen = text.chars().filter(|c| !c.is_whitespace());
    seen.flat_map(char::to_lowercase).collect()
}

impl Entries {
    fn of(permitted: &Permitted, bundle: &str, os: Version) -> Self {
        let mut entries = Self::default();
        for text in permitted.entries() {
            match Entry::read(text, bundle, os >= Version::new(26, 0)) {
                Entry::Exact(exact) => entries.exact.insert(exact.into()),
                Entry::Stray(stray) => entries.stray.insert(stray.into()),
                Entry::Wildcard(prefix) => entries.prefixes.insert(prefix.into()),
            };
            let same = entries.folded.entry(folded(text).into());
            let (one, others) = same.or_insert_with(|| (text.as_str().into(), false));
            *others |= **one != **text;
        }
        entries
    }

    /// Whether another string is the same but for its case and its blanks.
    fn has_twin(&self, id: &str) -> bool {
        let same = self.folded.get(folded(id).as_str());
        same.is_some_and(|(one, others)| *others || **one != *id)
    }

    /// What of an identifier the wildcard entries leave open, for each that covers it.
    fn left_open<'a>(&self, id: &'a str) -> impl Iterator<Item = &'a str> {
        let ends = id.match_indices('.').map(|(dot, _)| dot + 1);
        let covers = |end: &usize| !self.prefixes.is_empty() && self.prefixes.contains(&id[..*end]);
        ends.filter(covers)
            .map(|end| &id[end..])
            .filter(|rest| !rest.is_empty())
    }
}

/// The events of an identifier that a later one may contradict, each 0 where there was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lines {
    /// The last registration that returned true.
    pub registered: u64,
    /// Where a card of it went last.
    pub went: u64,
}

/// What the app's bundle says of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Named {
    /// An exact entry permits it.
    pub exact: bool,
    /// A wildcard entry covers it, with one component left open.
    pub covered: bool,
    /// A wildcard entry covers it, with several components left open.
    pub covered_deep: bool,
    /// It is the string of a wildcard entry.
    pub wildcard_string: bool,
    /// It is the string of an entry with a stray star, or one with a star that only a wider entry covers.
    pub stray: bool,
    /// It is longer than any source has shown.
    pub long: bool,
    /// It is empty.
    pub empty: bool,
    /// It begins with the app's bundle identifier.
    pub prefixed: bool,
    /// How often it was delivered so far in the trace.
    pub deliveries: u32,
    /// More deliveries may have gone unseen since the last one that was seen.
    pub recounts: bool,
    /// The last of its tasks that was completed as a success, and had not expired; 0 for none.
    pub succeeded: u32,
    /// The last of its tasks that expired or was completed; 0 for none.
    pub ended: u32,
    /// The last of its tasks of which lines may be missing; 0 for none.
    pub unfollowed: u32,
    /// Its past.
    pub past: Past,
    /// Where the trace tells what a later line may contradict.
    pub lines: Lines,
    /// A permitted string is the same but for its case and its blanks.
    pub twin: bool,
}

/// The entitlements and modes that the rules name.
pub mod names {
    /// For health research.
    pub const HEALTH: &str = "com.apple.developer.backgroundtasks.healthresearch";
    /// For background GPU.
    pub const GPU: &str = "com.apple.developer.background-tasks.continued-processing.gpu";
    /// For background use of the Neural Engine.
    pub const INFERENCE: &str = "com.apple.developer.background-tasks.continued-processing.inference";
    /// The background mode for refresh.
    pub const FETCH: &str = "fetch";
    /// The background mode for processing and health research.
    pub const PROCESSING: &str = "processing";
}

impl Named {
    /// Whether an exact entry permits it, and nothing else is to be said of it as an identifier.
    #[must_use]
    #[inline]
    pub const fn is_plain(&self) -> bool {
        self.exact && !self.wildcard_string && !self.stray && !self.long && !self.empty
    }
}

impl App {
    /// Info.plist permits no identifier at all.
    #[must_use]
    pub fn permits_nothing(&self) -> bool {
        self.permitted.entries().is_empty()
    }

    /// Info.plist has a wildcard entry.
    #[must_use]
    pub fn has_wildcard(&self, os: Version) -> bool {
        self.permitted.entries().iter().any(|text| self.is_wildcard(text, os))
    }

    /// Info.plist has an entry with a star that is no wildcard entry, or would be one in a later version.
    #[must_use]
    pub fn has_stray_star(&self, os: Version) -> bool {
        self.permitted
            .entries()
            .iter()
            .any(|text| text.contains('*') && !self.is_wildcard(text, os))
    }

    fn is_wildcard(&self, text: &str, os: Version) -> bool {
        matches!(
            Entry::read(text, &self.bundle, os >= Version::new(26, 0)),
            Entry::Wildcard(_)
        )
    }

    pub(super) fn new(header: &Header, os: Version) -> Self {
        let mut app = Self {
            bundle: header.bundle.clone(),
            permitted: header.permitted.clone(),
            entries: Entries::of(&header.permitted, &header.bundle, os),
            mode_fetch: false,
            mode_processing: false,
            health_entitlement: false,
            gpu_entitlement: false,
            inference_entitlement: false,
            opted_in: header.study_opt_in,
        };
        app.set_modes(&header.modes);
        app.set_entitlements(&header.entitlements);
        app
    }

    pub(super) fn permit(&mut self, permitted: &Permitted, os: Version) {
        self.permitted = permitted.clone();
        self.entries = Entries::of(permitted, &self.bundle, os);
    }

    pub(super) fn set_modes(&mut self, modes: &[String]) {
        let has = |name: &str| modes.iter().any(|mode| mode == name);
        self.mode_fetch = has(names::FETCH);
        self.mode_processing = has(names::PROCESSING);
    }

    pub(super) fn set_entitlements(&mut self, entitlements: &[String]) {
        let has = |name: &str| entitlements.iter().any(|entitlement| entitlement == name);
        self.health_entitlement = has(names::HEALTH);
        self.gpu_entitlement = has(names::GPU);
        self.inference_entitlement = has(names::INFERENCE);
    }

    /// What this bundle says of an identifier.
    pub(super) fn read(&self, id: &str) -> Named {
        /// No source shows an identifier longer than this (IDN-9).
        const LONGEST_SHOWN: usize = 100;
        let mut named = Named {
            long: id.chars().count() > LONGEST_SHOWN,
            empty: id.is_empty(),
            prefixed: id.strip_prefix(&self.bundle).is_some_and(|rest| rest.starts_with('.')),
            ..Named::default()
        };
        if named.empty {
            return named;
        }
        named.twin = self.entries.has_twin(id);
        named.exact = self.entries.exact.contains(id);
        named.stray = self.entries.stray.contains(id);
        let prefix = id.strip_suffix('*');
        named.wildcard_string = prefix.is_some_and(|prefix| self.entries.prefixes.contains(prefix));
        for rest in self.entries.left_open(id) {
            if rest.contains('.') {
                named.covered_deep = true;
            } else if rest != "*" || !named.wildcard_string {
                // What it leaves open of its own string is no identifier.
                named.covered = true;
            }
        }
        if named.covered || named.covered_deep {
            // A string with a star is no concrete identifier, and no source says whether a wider entry makes it one.
            named.stray |= id.contains('*') && !named.exact;
        }
        named
    }
}
