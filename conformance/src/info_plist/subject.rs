//! What a file says of an app: the facts that the answers rest on, each with its place.
//!
//! An Info.plist is about one app; an app.json too; a project.yml about several targets. Nothing is judged here:
//! [`super::findings`] says what is wrong, [`mod@super::study`] what the app may do.

pub mod expo;
pub mod xcodegen;

use bgspec_model::vocabulary::{Header, Permitted, Platform};

use super::files::{Kind, Unreadable, What};
use super::tree::{Node, Pair, Place, Value, same};
use super::variables::{BUNDLE as BUNDLE_VARIABLE, Expanded, Variables};

/// The key of the permitted identifiers.
pub const PERMITTED: &str = "BGTaskSchedulerPermittedIdentifiers";
/// The key of the background modes.
pub const MODES: &str = "UIBackgroundModes";
/// The key of the bundle identifier.
pub const BUNDLE: &str = "CFBundleIdentifier";
/// More permitted strings than any app has.
const MOST_ENTRIES: usize = 300;

/// What a person tells besides the file.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The bundle identifier.
    pub bundle: Option<String>,
    /// The entitlements that are true.
    pub entitlements: Option<Vec<String>>,
    /// Build settings of files.
    pub variables: Variables,
    /// Build settings of the command line, which count before all others.
    pub set: Vec<(String, String)>,
    /// The platform.
    pub platform: Option<Platform>,
}

/// A string of a file, with the build variables put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The string; a variable that is not told stands in it as `$(NAME)`.
    pub text: String,
    /// The variables that are not told.
    pub unknown: Vec<String>,
    /// Where it stands.
    pub place: Option<Place>,
}

/// The value of `BGTaskSchedulerPermittedIdentifiers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// The key is not there.
    Absent,
    /// An array of strings.
    Strings(Vec<Written>),
    /// Something else.
    Malformed(Malformed),
}

/// What stands where an array of strings should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// What, in words.
    pub found: String,
    /// Where.
    pub place: Option<Place>,
}

/// Why a file is not about an app that registers and is launched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// It is that of an extension.
    Extension,
    /// It is for a platform that has no scheduler.
    NoScheduler(String),
}

/// A key that stands twice in one dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice {
    /// The key.
    pub key: &'static str,
    /// Where it stands, each time.
    pub places: Vec<Option<Place>>,
    /// Each time with the same value.
    pub alike: bool,
}

/// The facts about one app.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What the file is.
    pub kind: Kind,
    /// The target of a project that this is about.
    pub target: Option<String>,
    /// The bundle identifier; `$(PRODUCT_BUNDLE_IDENTIFIER)` where nobody told it.
    pub bundle: Written,
    /// The permitted identifiers.
    pub permitted: Listed,
    /// Where their key stands.
    pub permitted_at: Option<Place>,
    /// The background modes.
    pub modes: Vec<Written>,
    /// Where their key stands.
    pub modes_at: Option<Place>,
    /// What stands in place of an array of modes, or of a mode in it.
    pub modes_malformed: Option<Malformed>,
    /// The entitlements that are true, if they are told.
    pub entitlements: Option<Vec<String>>,
    /// Why it is not about an app that registers and is launched.
    pub aside: Option<Aside>,
    /// The platforms that it is for; the first one is asked about.
    pub platform: Platform,
    /// The file stands inside a built app: no variable is left in it.
    pub built: bool,
    /// Where else something may come from that is not in the file.
    pub elsewhere: Option<&'static str>,
    /// A key that stands twice.
    pub twice: Vec<Twice>,
    /// Build settings that write one of the two keys.
    pub by_setting: Vec<String>,
}

impl Subject {
    /// The permitted strings.
    #[must_use]
    pub fn entries(&self) -> &[Written] {
        match &self.permitted {
            Listed::Strings(entries) => entries,
            Listed::Absent | Listed::Malformed(_) => &[],
        }
    }

    /// The bundle identifier is known, to its last letter.
    #[must_use]
    pub fn knows_bundle(&self) -> bool {
        !self.bundle.text.is_empty() && self.bundle.unknown.is_empty()
    }

    /// A mode that is not among those of the file may be there all the same.
    #[must_use]
    pub fn may_have_more_modes(&self) -> bool {
        let unclear = self.twice.iter().any(|twice| twice.key == MODES && !twice.alike);
        unclear || self.elsewhere.is_some() || self.modes.iter().any(|mode| !mode.unknown.is_empty())
    }

    /// Every variable that is not told, each once, the bundle identifier apart.
    #[must_use]
    pub fn unknown(&self) -> Vec<&str> {
        let entries = self.entries().iter().chain(&self.modes).chain([&self.bundle]);
        let mut names: Vec<&str> = Vec::new();
        for name in entries.flat_map(|written| &written.unknown) {
            if name != BUNDLE_VARIABLE && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }
}

impl From<&Listed> for Permitted {
    fn from(listed: &Listed) -> Self {
        match listed {
            Listed::Absent => Self::default(),
            Listed::Strings(entries) => Self::List(entries.iter().map(|entry| entry.text.clone()).collect()),
            Listed::Malformed(_) => Self::Malformed,
        }
    }
}

/// The apps that a file is about.
///
/// # Errors
/// The file is about none, or lists more than is read.
pub fn read(file: &str, kind: Kind, node: &Node, given: &Given) -> Result<Vec<Subject>, Unreadable> {
    let wrong = |place, what| Unreadable {
        file: if file == "-" {
            "stdin".to_owned()
        } else {
            file.to_owned()
        },
        place,
        what,
    };
    let subjects = match kind {
        Kind::PropertyList => vec![Subject::of_list(node, given)],
        Kind::Expo => vec![expo::read(node, given).map_err(|what| wrong(node.place, what))?],
        Kind::XcodeGen => xcodegen::read(node, given).map_err(|what| wrong(node.place, what))?,
    };
    for subject in &subjects {
        let found = subject.entries().len();
        if found > MOST_ENTRIES {
            let most = MOST_ENTRIES;
            return Err(wrong(subject.permitted_at, What::TooManyEntries { found, most }));
        }
    }
    Ok(subjects)
}

/// Whether a file says something about background tasks at all.
#[must_use]
pub fn speaks_of_tasks(node: &Node) -> bool {
    let spoken = |pair: &Pair| pair.key == PERMITTED || pair.key == MODES || speaks_of_tasks(&pair.node);
    node.pairs().iter().any(spoken) || node.list().iter().any(speaks_of_tasks)
}

impl Subject {
    fn of_list(node: &Node, given: &Given) -> Self {
        let mut variables = given.variables.clone();
        for (name, value) in &given.set {
            variables.set(name, value);
        }
        let mut subject = Self::new(
            Kind::PropertyList,
            Some(node),
            node.get(BUNDLE).and_then(written),
            variables,
            given,
        );
        subject.built = ["DTSDKName", "DTPlatformName", "BuildMachineOSBuild"]
            .iter()
            .any(|key| node.get(key).is_some());
        if node.get("NSExtension").is_some() || node.get("EXAppExtensionAttributes").is_some() {
            subject.aside = Some(Aside::Extension);
        } else if node.get("WKApplication").is_some() || node.get("WKWatchKitApp").is_some() {
            subject.aside = Some(Aside::NoScheduler("watchOS".to_owned()));
        }
        if given.platform.is_none() {
            let supported = node
                .get("CFBundleSupportedPlatforms")
                .map(Node::list)
                .unwrap_or_default();
            let names: Vec<_> = supported.iter().filter_map(Node::text).collect();
            subject.platform = match names.as_slice() {
                ["AppleTVOS" | "AppleTVSimulator"] => Platform::Tvos,
                ["XROS" | "XRSimulator"] => Platform::Visionos,
                ["MacOSX"] => Platform::Mac,
                _ => Platform::Iphone,
            };
        }
        subject
    }

    /// The facts of one dictionary of keys; `bundle` is the value of the bundle identifier's key.
    fn new(
        kind: Kind,
        keys: Option<&Node>,
        bundle: Option<(String, Option<Place>)>,
        mut variables: Variables,
        given: &Given,
    ) -> Self {
        let by_setting = [PERMITTED, MODES].map(|key| format!("INFOPLIST_KEY_{key}"));
        let by_setting = by_setting.into_iter().filter(|name| variables.names(name)).collect();
        let (text, place) = bundle.unwrap_or_else(|| (format!("$({BUNDLE_VARIABLE})"), None));
        let Expanded { text, unknown } = match &given.bundle {
            Some(told) => variables.expand(told),
            None => variables.expand(&text),
        };
        let bundle = Written { text, unknown, place };
        if given.bundle.is_some()
            || !variables.names(BUNDLE_VARIABLE) && !bundle.unknown.iter().any(|name| name == BUNDLE_VARIABLE)
        {
            variables.set(BUNDLE_VARIABLE, &bundle.text);
        }
        let pair = |key: &str| keys.and_then(|node| node.pairs().iter().rev().find(|pair| pair.key == key));
        let (permitted, modes) = (pair(PERMITTED), pair(MODES));
        let twice = [PERMITTED, MODES, BUNDLE].into_iter();
        let twice = twice
            .filter_map(|key| keys.and_then(|node| Twice::of(node, key)))
            .collect();
        let (listed, modes_malformed) = modes.map_or((Vec::new(), None), |pair| self::modes(&pair.node, &variables));
        Self {
            kind,
            target: None,
            bundle,
            permitted: permitted.map_or(Listed::Absent, |pair| listed_in(&pair.node, &variables)),
            permitted_at: permitted.and_then(|pair| pair.place),
            modes: listed,
            modes_at: modes.and_then(|pair| pair.place),
            modes_malformed,
            entitlements: given.entitlements.clone(),
            aside: None,
            platform: given.platform.unwrap_or_default(),
            built: false,
            elsewhere: None,
            twice,
            by_setting,
        }
    }
}

impl Twice {
    fn of(node: &Node, key: &'static str) -> Option<Self> {
        let there: Vec<&Pair> = node.pairs().iter().filter(|pair| pair.key == key).collect();
        let [first, rest @ ..] = there.as_slice() else {
            return None;
        };
        (!rest.is_empty()).then(|| Self {
            key,
            places: there.iter().map(|pair| pair.place).collect(),
            alike: rest.iter().all(|pair| same(&pair.node, &first.node)),
        })
    }
}

/// A string and its place.
fn written(node: &Node) -> Option<(String, Option<Place>)> {
    node.text().map(|text| (text.to_owned(), node.place))
}

fn expanded(text: &str, place: Option<Place>, variables: &Variables) -> Written {
    let Expanded { text, unknown } = variables.expand(text);
    Written { text, unknown, place }
}

fn listed_in(node: &Node, variables: &Variables) -> Listed {
    let Value::List(entries) = &node.value else {
        return Listed::Malformed(Malformed {
            found: node.kind().to_owned(),
            place: node.place,
        });
    };
    let stranger = entries.iter().enumerate().find(|(_, entry)| entry.text().is_none());
    if let Some((place, other)) = stranger {
        return Listed::Malformed(Malformed {
            found: format!("an array whose entry {} is {}", place + 1, other.kind()),
            place: other.place,
        });
    }
    let strings = entries.iter().filter_map(written);
    Listed::Strings(strings.map(|(text, place)| expanded(&text, place, variables)).collect())
}

fn modes(node: &Node, variables: &Variables) -> (Vec<Written>, Option<Malformed>) {
    let Value::List(entries) = &node.value else {
        let malformed = Malformed {
            found: node.kind().to_owned(),
            place: node.place,
        };
        return (Vec::new(), Some(malformed));
    };
    let strings = entries.iter().filter_map(written);
    let modes = strings.map(|(text, place)| expanded(&text, place, variables)).collect();
    let stranger = entries.iter().enumerate().find(|(_, entry)| entry.text().is_none());
    let malformed = stranger.map(|(at, other)| Malformed {
        found: format!("an array whose entry {} is {}", at + 1, other.kind()),
        place: other.place,
    });
    (modes, malformed)
}

/// The files of an app as the header of a trace tells them.
impl From<&Header> for Subject {
    fn from(header: &Header) -> Self {
        let written = |text: &String| Written {
            text: text.clone(),
            unknown: Vec::new(),
            place: None,
        };
        Self {
            kind: Kind::PropertyList,
            target: None,
            bundle: written(&header.bundle),
            permitted: Listed::Strings(header.permitted.entries().iter().map(written).collect()),
            permitted_at: None,
            modes: header.modes.iter().map(written).collect(),
            modes_at: None,
            modes_malformed: None,
            entitlements: Some(header.entitlements.clone()),
            aside: None,
            platform: header.platform.unwrap_or(Platform::Iphone),
            built: true,
            elsewhere: None,
            twice: Vec::new(),
            by_setting: Vec::new(),
        }
    }
}

/// The entitlements of a dictionary that are true.
#[must_use]
pub fn granted(node: &Node) -> Vec<String> {
    let granted = node
        .pairs()
        .iter()
        .filter(|pair| matches!(pair.node.value, Value::Flag(true)));
    granted.map(|pair| pair.key.clone()).collect()
}
