//! Where a source can be read, for the sources that are public pages.
//!
//! An address is made only where its form is certain: a thread of Apple's forums, a session of WWDC, a page of Apple's
//! reference that is named by its symbol or its title, an issue or a pull request of a repository whose owner is known.
//! Everything else stays text: headers of an SDK (no page shows one version of them), blogs, runbooks, reports without an
//! address, feedback numbers, and what says that there is no source. A wrong link is worse than none.

use bgspec_model::rule::Id;

/// A source, cut where its link ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// What is linked; the whole of it, if nothing is.
    pub text: &'a str,
    /// Where it leads.
    pub link: Option<Link>,
    /// What stands behind it.
    pub rest: &'a str,
}

/// Where a source leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A public page.
    Page(String),
    /// A rule from which another one follows.
    Rule(Id),
}

/// Apple's reference, from which the pages below are named.
const REFERENCE: &str = "https://developer.apple.com/documentation/";

/// Articles and symbols with the pages that they have of their own.
const PAGES: &[(&str, &str)] = &[
    (
        "article Performing long-running tasks on iOS and iPadOS",
        "backgroundtasks/performing-long-running-tasks-on-ios-and-ipados",
    ),
    (
        "article Using background tasks to update your app",
        "uikit/using-background-tasks-to-update-your-app",
    ),
    (
        "Starting and Terminating Tasks During Development",
        "backgroundtasks/starting-and-terminating-tasks-during-development",
    ),
    (
        "Choosing Background Strategies for Your App",
        "backgroundtasks/choosing-background-strategies-for-your-app",
    ),
    (
        "BGTaskSchedulerPermittedIdentifiers",
        "bundleresources/information-property-list/bgtaskschedulerpermittedidentifiers",
    ),
    ("BGTaskScheduler.submit", "backgroundtasks/bgtaskscheduler/submit(_:)"),
    (
        "BGTaskScheduler.register",
        "backgroundtasks/bgtaskscheduler/register(fortaskwithidentifier:using:launchhandler:)",
    ),
    (
        "BGTaskScheduler.supportedResources",
        "backgroundtasks/bgtaskscheduler/supportedresources",
    ),
    (
        "BGTaskRequest.earliestBeginDate",
        "backgroundtasks/bgtaskrequest/earliestbegindate",
    ),
    ("UIBackgroundRefreshStatus", "uikit/uibackgroundrefreshstatus"),
    (
        "UIApplication.backgroundRefreshStatus",
        "uikit/uiapplication/backgroundrefreshstatus",
    ),
    ("FileProtectionType", "foundation/fileprotectiontype"),
    ("Progress.isIndeterminate", "foundation/progress/isindeterminate"),
    (
        "kSecAttrAccessibleAfterFirstUnlock",
        "security/ksecattraccessibleafterfirstunlock",
    ),
    (
        "kSecAttrAccessibleWhenUnlocked",
        "security/ksecattraccessiblewhenunlocked",
    ),
];

/// The types of the framework: a member without a page above is described on the page of its type.
const TYPES: [&str; 10] = [
    "BGAppRefreshTask",
    "BGAppRefreshTaskRequest",
    "BGContinuedProcessingTask",
    "BGContinuedProcessingTaskRequest",
    "BGHealthResearchTask",
    "BGHealthResearchTaskRequest",
    "BGProcessingTask",
    "BGTask",
    "BGTaskRequest",
    "BGTaskScheduler",
];

/// Repositories as the sources call them, with their owners. A name that several repositories could mean is not here.
const REPOSITORIES: &[(&str, &str)] = &[
    ("SideStore", "SideStore/SideStore"),
    ("StreetComplete", "streetcomplete/StreetComplete"),
    ("WordPress-iOS", "wordpress-mobile/WordPress-iOS"),
    ("bhaval-patel/BackgroundTask", "bhaval-patel/BackgroundTask"),
    ("cocoa", "cocoa-mhlw/cocoa"),
    ("cwa-app-ios", "corona-warn-app/cwa-app-ios"),
    ("dp3t-sdk-ios", "DP-3T/dp3t-sdk-ios"),
    ("duckduckgo iOS", "duckduckgo/iOS"),
    ("ente", "ente-io/ente"),
    ("expo", "expo/expo"),
    ("firefox-ios", "mozilla-mobile/firefox-ios"),
    ("flutter_background_fetch", "transistorsoft/flutter_background_fetch"),
    (
        "flutter_background_geolocation",
        "transistorsoft/flutter_background_geolocation",
    ),
    ("flutter_background_service", "ekasetiawans/flutter_background_service"),
    ("flutter_workmanager", "fluttercommunity/flutter_workmanager"),
    ("immich", "immich-app/immich"),
    ("kmpworkmanager", "brewkits/kmpworkmanager"),
    ("mlx-swift", "ml-explore/mlx-swift"),
    ("nextcloud", "nextcloud/ios"),
    ("openclaw", "openclaw/openclaw"),
    (
        "react-native-background-fetch",
        "transistorsoft/react-native-background-fetch",
    ),
    ("simplex-chat", "simplex-chat/simplex-chat"),
    (
        "transistor-background-fetch",
        "transistorsoft/transistor-background-fetch",
    ),
];

/// Reads a source.
#[must_use]
pub fn read(source: &str) -> Source<'_> {
    let found = rule(source)
        .or_else(|| forum(source))
        .or_else(|| session(source))
        .or_else(|| page(source))
        .or_else(|| member(source))
        .or_else(|| issue(source));
    let Some((length, link)) = found else {
        return Source {
            text: source,
            link: None,
            rest: "",
        };
    };
    let (text, rest) = source.split_at(length);
    Source {
        text,
        link: Some(link),
        rest,
    }
}

type Found = Option<(usize, Link)>;

fn rule(source: &str) -> Found {
    Some((source.len(), Link::Rule(source.parse().ok()?)))
}

fn forum(source: &str) -> Found {
    let number = number(source.strip_prefix("forum ")?)?;
    let address = format!("https://developer.apple.com/forums/thread/{number}");
    Some(("forum ".len() + number.len(), Link::Page(address)))
}

/// `WWDC19 session 707`.
fn session(source: &str) -> Found {
    let year = number(source.strip_prefix("WWDC")?).filter(|year| year.len() == 2)?;
    let before = "WWDC".len() + year.len();
    let session = number(source[before..].strip_prefix(" session ")?)?;
    let address = format!("https://developer.apple.com/videos/play/wwdc20{year}/{session}/");
    Some((before + " session ".len() + session.len(), Link::Page(address)))
}

fn page(source: &str) -> Found {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '.');
    let (name, page) = PAGES
        .iter()
        .find(|(name, _)| source.strip_prefix(name).is_some_and(ends))?;
    Some((name.len(), Link::Page(format!("{REFERENCE}{page}"))))
}

/// A type of the framework, or a member of one; never its header.
fn member(source: &str) -> Found {
    let end = source
        .find(|c: char| !(c.is_alphanumeric() || "._(:)".contains(c)))
        .unwrap_or(source.len());
    let name = source[..end].trim_end_matches(':');
    let (owner, member) = name.split_once('.').unwrap_or((name, ""));
    let owner = TYPES.into_iter().find(|known| *known == owner && member != "h")?;
    let address = format!("{REFERENCE}backgroundtasks/{}", owner.to_lowercase());
    Some((name.len(), Link::Page(address)))
}

/// `expo 39406` or `expo PR 39769`: of several numbers the first.
fn issue(source: &str) -> Found {
    let behind = |name: &str| source.strip_prefix(name)?.strip_prefix(' ');
    let (name, repository) = REPOSITORIES.iter().find(|(name, _)| behind(name).is_some())?;
    let rest = behind(name)?;
    let (kind, word) = match rest.strip_prefix("PR ") {
        Some(_) => ("pull", "PR "),
        None => ("issues", ""),
    };
    let number = number(&rest[word.len()..])?;
    let address = format!("https://github.com/{repository}/{kind}/{number}");
    Some((name.len() + 1 + word.len() + number.len(), Link::Page(address)))
}

/// The number that a text begins with, if nothing else hangs on it.
fn number(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let hangs = text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '.');
    (end > 0 && !hangs).then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        let Source { text, link, rest } = read(source);
        match link {
            None => format!("{text}{rest}: no link"),
            Some(Link::Page(address)) => format!("[{text}]{rest}: {address}"),
            Some(Link::Rule(id)) => format!("[{text}]{rest}: the rule {id}"),
        }
    }

    #[test]
    fn a_source_that_is_a_public_page_has_its_link_and_no_other_has_one() {
        let cases = [
            (
                "forum 807370",
                "[forum 807370]: https://developer.apple.com/forums/thread/807370",
            ),
            (
                "forum 799126 (true, 26.0 beta)",
                "[forum 799126] (true, 26.0 beta): https://developer.apple.com/forums/thread/799126",
            ),
            (
                "WWDC19 session 707: one request, one launch",
                "[WWDC19 session 707]: one request, one launch: https://developer.apple.com/videos/play/wwdc2019/707/",
            ),
            (
                "article Performing long-running tasks on iOS and iPadOS: running ones",
                "[article Performing long-running tasks on iOS and iPadOS]: running ones: \
                 https://developer.apple.com/documentation/backgroundtasks/performing-long-running-tasks-on-ios-and-ipados",
            ),
            (
                "BGTaskScheduler.submit: 'a previously registered background task'",
                "[BGTaskScheduler.submit]: 'a previously registered background task': \
                 https://developer.apple.com/documentation/backgroundtasks/bgtaskscheduler/submit(_:)",
            ),
            (
                "BGTaskScheduler.submitTaskRequest(_:completionHandler:)",
                "[BGTaskScheduler.submitTaskRequest(_:completionHandler:)]: \
                 https://developer.apple.com/documentation/backgroundtasks/bgtaskscheduler",
            ),
            (
                "BGHealthResearchTask is a BGProcessingTask",
                "[BGHealthResearchTask] is a BGProcessingTask: \
                 https://developer.apple.com/documentation/backgroundtasks/bghealthresearchtask",
            ),
            (
                "expo 39406 and PR 39769",
                "[expo 39406] and PR 39769: https://github.com/expo/expo/issues/39406",
            ),
            (
                "WordPress-iOS PR 18162",
                "[WordPress-iOS PR 18162]: https://github.com/wordpress-mobile/WordPress-iOS/pull/18162",
            ),
            ("LIF-1", "[LIF-1]: the rule LIF-1"),
            ("BGTaskScheduler.h (26)", "BGTaskScheduler.h (26): no link"),
            (
                "forum 'code pauses' (tag page)",
                "forum 'code pauses' (tag page): no link",
            ),
            ("corona-warn-app 740", "corona-warn-app 740: no link"),
            ("EhPanda 15-UAT", "EhPanda 15-UAT: no link"),
            ("no source says", "no source says: no link"),
            (
                "forum 12<script>",
                "[forum 12]<script>: https://developer.apple.com/forums/thread/12",
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(shown(source), expected);
        }
    }

    #[test]
    fn every_page_and_every_repository_is_named_by_a_source_of_a_rule() {
        let sources = || bgspec_model::rules::all().flat_map(|rule| rule.sources);
        let unused = |names: &[(&'static str, &str)]| -> Vec<&'static str> {
            let is_used = |name: &str| sources().any(|source| read(source).text.starts_with(name));
            names
                .iter()
                .map(|(name, _)| *name)
                .filter(|name| !is_used(name))
                .collect()
        };
        assert_eq!([unused(PAGES), unused(REPOSITORIES)].concat(), [""; 0]);
    }
}
