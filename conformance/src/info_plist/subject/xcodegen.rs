//! XcodeGen's project.yml: each target whose `info` has one of the two keys.
//!
//! Settings of the project and of a target are build variables; the bundle identifier is a setting, or the prefix of
//! the options and the target's name. Templates lend what a target does not say itself; included files are not opened.

use bgspec_model::vocabulary::Platform;

use super::super::tree::Pair;
use super::super::variables::{BUNDLE as BUNDLE_VARIABLE, Variables};
use super::{Aside, BUNDLE, Given, Kind, MODES, Node, PERMITTED, Subject, Value, What, granted, written};

const INCLUDED: &str = "a file that the project includes, or a template, may add it; the Info.plist that `xcodegen \
                        generate` writes says it all";

/// The targets that say something of background tasks.
pub(super) fn read(node: &Node, given: &Given) -> Result<Vec<Subject>, What> {
    let Some(targets) = node.get("targets") else {
        return Err(What::NoApp {
            expected: "an XcodeGen project with `targets`",
        });
    };
    let mut subjects = Vec::new();
    for Pair { key, node: target, .. } in targets.pairs() {
        let target = Target::new(node, key, target);
        for platform in target.platforms() {
            subjects.extend(target.subject(platform.as_deref(), given));
        }
    }
    Ok(subjects)
}

struct Target<'a> {
    project: &'a Node,
    name: &'a str,
    /// The target, and behind it its templates: what comes first counts.
    layers: Vec<&'a Node>,
}

impl<'a> Target<'a> {
    fn new(project: &'a Node, name: &'a str, target: &'a Node) -> Self {
        let mut layers = vec![target];
        let mut at = 0;
        // A template may name templates.
        while at < layers.len() && layers.len() < 100 {
            let named = layers[at].get("templates").map(Node::list).unwrap_or_default();
            for name in named.iter().rev().filter_map(Node::text) {
                layers.extend(project.at(&["targetTemplates", name]));
            }
            at += 1;
        }
        Self { project, name, layers }
    }

    fn get(&self, path: &[&str]) -> Option<&'a Node> {
        self.layers.iter().find_map(|layer| layer.at(path))
    }

    /// The platforms that it is built for.
    fn platforms(&self) -> Vec<Option<String>> {
        let told = self.get(&["platform"]).map(|platform| match &platform.value {
            Value::Text(name) => vec![name.clone()],
            _ => platform
                .list()
                .iter()
                .filter_map(Node::text)
                .map(ToOwned::to_owned)
                .collect(),
        });
        let several = self.get(&["supportedDestinations"]).map(Node::list).unwrap_or_default();
        match told {
            Some(names) if names.iter().any(|name| name == "auto") || names.is_empty() => {
                let has = |name: &str| several.iter().any(|one| one.text() == Some(name));
                vec![
                    Some(
                        if several.is_empty() || has("iOS") {
                            "iOS"
                        } else {
                            "other"
                        }
                        .to_owned(),
                    )
                    .filter(|name| name != "other"),
                ]
            }
            Some(names) => names.into_iter().map(Some).collect(),
            None => vec![None],
        }
    }

    fn subject(&self, platform: Option<&str>, given: &Given) -> Option<Subject> {
        let key_at = |key: &str| {
            let has = |layer: &&&Node| layer.at(&["info", "properties", key]).is_some();
            self.layers.iter().filter(has).copied().collect::<Vec<_>>()
        };
        let (permitted, modes) = (key_at(PERMITTED), key_at(MODES));
        let variables = self.variables(platform, given);
        let by_setting = [PERMITTED, MODES]
            .iter()
            .any(|key| variables.names(&format!("INFOPLIST_KEY_{key}")));
        if permitted.is_empty() && modes.is_empty() && !by_setting {
            return None;
        }
        let keys = self.properties();
        let bundle = keys.get(BUNDLE).and_then(written);
        let mut subject = Subject::new(Kind::XcodeGen, Some(&keys), bundle, variables, given);
        subject.target = Some(self.name.to_owned());
        if subject.entitlements.is_none() {
            subject.entitlements = self.get(&["entitlements", "properties"]).map(granted);
        }
        let kind = self.get(&["type"]).and_then(Node::text).unwrap_or_default();
        let known = match platform {
            None => None,
            Some("iOS") => Some(Platform::Iphone),
            Some("tvOS") => Some(Platform::Tvos),
            Some("visionOS") => Some(Platform::Visionos),
            Some(other) => {
                subject.aside = Some(Aside::NoScheduler(other.to_owned()));
                None
            }
        };
        subject.platform = given.platform.or(known).unwrap_or_default();
        if kind.contains("extension") {
            subject.aside = Some(Aside::Extension);
        }
        let lent = permitted.len() > 1 || modes.len() > 1 || self.project.get("include").is_some();
        subject.elsewhere = lent.then_some(INCLUDED);
        Some(subject)
    }

    /// The keys of its Info.plist: its own, and those of its templates that it has not.
    fn properties(&self) -> Node {
        let mut pairs: Vec<Pair> = Vec::new();
        for properties in self.layers.iter().filter_map(|layer| layer.at(&["info", "properties"])) {
            let known: Vec<String> = pairs.iter().map(|pair| pair.key.clone()).collect();
            let more = properties.pairs().iter().filter(|pair| !known.contains(&pair.key));
            pairs.extend(more.cloned());
        }
        Node {
            place: None,
            value: Value::Map(pairs),
        }
    }

    fn variables(&self, platform: Option<&str>, given: &Given) -> Variables {
        let mut variables = given.variables.clone();
        let attributes = self
            .layers
            .iter()
            .rev()
            .filter_map(|layer| layer.get("templateAttributes"));
        for pair in attributes.flat_map(Node::pairs) {
            if let Some(value) = text(&pair.node) {
                variables.assign(&pair.key, &value);
            }
        }
        variables.assign("target_name", self.name);
        variables.assign("platform", platform.unwrap_or("iOS"));
        settings(self.project.get("settings"), &mut variables);
        for layer in self.layers.iter().rev() {
            settings(layer.get("settings"), &mut variables);
        }
        for (name, value) in &given.set {
            variables.set(name, value);
        }
        variables.assign_default("TARGET_NAME", self.name);
        variables.assign_default("PRODUCT_NAME", "$(TARGET_NAME)");
        let prefix = self.project.at(&["options", "bundleIdPrefix"]).and_then(Node::text);
        let grouped = self
            .layers
            .iter()
            .chain([&self.project])
            .any(|layer| layer.at(&["settings", "groups"]).is_some());
        if let Some(prefix) = prefix
            && !grouped
            && self.get(&["configFiles"]).is_none()
            && self.project.get("configFiles").is_none()
        {
            let allowed = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '.';
            let name: String = self.name.replace('_', "-").chars().filter(allowed).collect();
            variables.assign_default(BUNDLE_VARIABLE, &format!("{prefix}.{name}"));
        }
        variables
    }
}

/// Settings: flat, or `base` and those of each configuration.
fn settings(node: Option<&Node>, variables: &mut Variables) {
    let Some(node) = node else {
        return;
    };
    let parted = ["base", "configs", "groups"]
        .iter()
        .any(|part| node.get(part).is_some());
    let base = if parted { node.get("base") } else { Some(node) };
    for pair in base.map(Node::pairs).unwrap_or_default() {
        assign(pair, variables, false);
    }
    for config in node.get("configs").map(Node::pairs).unwrap_or_default() {
        for pair in config.node.pairs() {
            assign(pair, variables, true);
        }
    }
}

fn assign(pair: &Pair, variables: &mut Variables, conditional: bool) {
    let Some(value) = text(&pair.node) else {
        return;
    };
    match pair.key.split_once('[') {
        Some((name, _)) => variables.assign_where(name.trim(), &value),
        None if conditional => variables.assign_where(&pair.key, &value),
        None => variables.assign(&pair.key, &value),
    }
}

/// A setting's value as text; an array is written with spaces.
fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::List(nodes) => Some(nodes.iter().filter_map(Node::text).collect::<Vec<_>>().join(" ")),
        _ => None,
    }
}
