//! Expo's app.json and app.config.json: `expo.ios.infoPlist`, or `ios.infoPlist` at the top.
//!
//! Config plugins write more into the Info.plist when the project is built: what is not in the file may be there all
//! the same.

use super::{Given, Kind, Node, Subject, What, granted, written};

/// Where the rest comes from.
const PLUGINS: &str = "a config plugin may add it when `npx expo prebuild` writes ios/NAME/Info.plist, which is the \
                       file to ask about";

/// The app that a configuration describes.
pub(super) fn read(node: &Node, given: &Given) -> Result<Subject, What> {
    let config = node.get("expo").unwrap_or(node);
    let is_one = node.get("expo").is_some_and(|expo| !expo.pairs().is_empty())
        || ["ios", "slug"].iter().any(|key| node.get(key).is_some());
    if !is_one {
        return Err(What::NoApp {
            expected: "an Expo configuration with `expo`, or `ios` and `slug` at the top",
        });
    }
    let mut variables = given.variables.clone();
    for (name, value) in &given.set {
        variables.set(name, value);
    }
    let bundle = config.at(&["ios", "bundleIdentifier"]).and_then(written);
    let mut subject = Subject::new(Kind::Expo, config.at(&["ios", "infoPlist"]), bundle, variables, given);
    if subject.entitlements.is_none() {
        subject.entitlements = config.at(&["ios", "entitlements"]).map(granted);
    }
    subject.elsewhere = Some(PLUGINS);
    Ok(subject)
}
