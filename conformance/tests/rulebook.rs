//! `bgspec rules`: what it prints, and that no rule can vanish from the catalogue.

#![expect(clippy::unwrap_used, reason = "a command that does not run fails the test")]

#[path = "common/session.rs"]
mod session;

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};

use bgspec_conformance::corpus;
use bgspec_conformance::rulebook::{Rulebook, shown};
use bgspec_model::rule::Force;
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::Version;

fn run(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(shlex::split(arguments).unwrap())
        .output()
        .unwrap()
}

/// What a command prints, and how it ends.
fn bgspec(arguments: &str) -> String {
    session::shown(arguments, "", |command| command)
}

fn stdout(arguments: &str) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", bgspec(arguments));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &str) -> serde_json::Value {
    serde_json::from_str(&stdout(arguments)).unwrap()
}

/// Each rule in one line: what an id stands for must not change, and no id may go.
#[test]
fn the_catalogue_keeps_its_ids() {
    let book = json("rules --format json");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let line = |rule: &serde_json::Value| {
        let basis: Vec<_> = rule["basis"].as_array().unwrap().iter().map(text).collect();
        let sources = rule["sources"].as_array().unwrap().len();
        let fields = ["id", "bound", "force", "since", "until", "switch"].map(|name| text(&rule[name]));
        format!("{} [{}] {sources}", fields.join(" "), basis.join(", "))
    };
    let lines: Vec<_> = book.as_array().unwrap().iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_book_for_programs_has_each_rule_whole() {
    let book = json("rules --format json --filter area(SUB)");
    for rule in book.as_array().unwrap() {
        let id = rule["id"].as_str().unwrap();
        let shown = !rule["traces"].as_array().unwrap().is_empty();
        assert!(shown || rule["untestable"].is_object(), "{id} is shown by no trace");
        assert!(
            !rule["scenarios"].as_array().unwrap().is_empty(),
            "{id} has no scenario"
        );
    }
}

#[test]
fn one_area_is_listed() {
    insta::assert_snapshot!(bgspec("rules --filter area(CAN)"));
}

#[test]
fn rules_are_shown_whole() {
    insta::assert_snapshot!(
        [
            "rules CFG-11",
            "rules SUB-12",
            "rules sub-5 --os 26.1",
            "rules REG-4 --os 26"
        ]
        .map(bgspec)
        .join("\n")
    );
}

#[test]
fn one_rule_has_its_json_markdown_and_html() {
    insta::assert_snapshot!(
        ["json", "markdown", "html"]
            .map(|format| bgspec(&format!("rules IDN-3 --format {format}")))
            .map(|shown| readable(&shown))
            .join("\n")
    );
}

/// Without the style and the script, and with each element of HTML in a line of its own.
fn readable(shown: &str) -> String {
    let mut text = shown.to_owned();
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
        if let (Some(from), Some(to)) = (text.find(start), text.find(end)) {
            text.replace_range(from + start.len()..to, "...");
        }
    }
    text.replace("><", ">\n<")
}

#[test]
fn what_changed_from_18_to_26() {
    insta::assert_snapshot!(bgspec("rules --diff 18 26"));
}

#[test]
fn what_changed_has_the_other_forms() {
    insta::assert_snapshot!(
        [
            "rules --diff 26.0 26.1",
            "rules --diff 14 15",
            "rules --diff 26.0 26.1 --format markdown",
            "rules --diff 26.0 26.1 --format json"
        ]
        .map(bgspec)
        .join("\n")
    );
}

#[test]
fn wrong_ids_and_filters_are_told_apart() {
    insta::assert_snapshot!(
        [
            "rules SUB-99",
            "rules ABC-1",
            "rules SUB",
            "rules SUB-5x",
            "rules --filter rule(SUB-77)",
            "rules --filter area(SUB) --os 12",
            "rules --filter 'area(SUB) and'",
            "rules --filter 'rule(REG-4)' --os 26",
            "rules --diff 18",
            "rules SUB-5 --diff 18 26",
        ]
        .map(bgspec)
        .join("\n")
    );
}

#[test]
fn a_version_has_the_rules_that_are_in_force() {
    let ids = |arguments: &str| -> Vec<String> {
        let book = json(arguments);
        let rules = book.as_array().unwrap().iter();
        rules.map(|rule| rule["id"].as_str().unwrap().to_owned()).collect()
    };
    let on = |os: &str| ids(&format!("rules --os {os} --format json"));
    assert!(on("18").contains(&"REG-4".to_owned()) && !on("18").contains(&"SUB-12".to_owned()));
    assert!(!on("26").contains(&"REG-4".to_owned()) && on("26").contains(&"SUB-12".to_owned()));
    assert_eq!(
        ids("rules --format json --filter os(26.1)"),
        on("26.1"),
        "a filter by version leaves the rules that the version has"
    );
}

/// The whole book in both forms: a section for each rule and each setting, links that lead somewhere, nothing from elsewhere.
#[test]
fn the_book_is_whole_and_needs_nothing_else() {
    let (html, markdown) = (stdout("rules --format html"), stdout("rules --format markdown"));
    let book = Rulebook::new(None).unwrap();
    let ids = ids(&html);
    for rule in &book.rules {
        let id = rule.id.to_string();
        assert!(html.contains(&format!("<article id=\"{id}\" ")), "{id}");
        assert!(markdown.contains(&format!("\n### <a id=\"{id}\"></a>{id}: ")), "{id}");
    }
    for setting in Setting::ALL {
        assert!(ids.contains_key(&*setting.to_string()), "{setting}");
    }
    let twice: Vec<_> = ids.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    for link in attributes(&html, " href=\"") {
        let Some(anchor) = link.strip_prefix('#') else {
            let public = ["https://developer.apple.com/", "https://github.com/"];
            assert!(
                public.iter().any(|start| link.starts_with(start)),
                "a link to elsewhere: {link}"
            );
            continue;
        };
        assert!(ids.contains_key(anchor), "a link to nowhere: {link}");
    }
    let heading = |line: &str| {
        let kept = line.trim_start_matches('#').trim().chars();
        let kept: String = kept.filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect();
        kept.to_lowercase().replace(' ', "-")
    };
    let headings: BTreeSet<_> = markdown
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(heading)
        .collect();
    let own: BTreeSet<_> = attributes(&markdown, "<a id=\"").collect();
    for anchor in markdown.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(
            own.contains(anchor) || headings.contains(anchor),
            "a link to nowhere: #{anchor}"
        );
    }
    for forbidden in [
        "<link",
        " src=",
        "@import",
        "url(",
        "fetch(",
        "XMLHttpRequest",
        "import(",
    ] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert_eq!(html.matches("<script>").count(), 1);
    let colours = "@media (prefers-color-scheme: dark)";
    assert!(html.contains(colours) && html.contains("color-scheme: light dark"));
}

/// Each scenario and each trace of the corpus stands in the page once, folded.
#[test]
fn the_book_carries_its_scenarios_and_its_traces() {
    let html = stdout("rules --format html");
    let ids = ids(&html);
    for block in shown::pages().iter().flat_map(|page| &page.blocks) {
        assert_eq!(ids.get(&*block.anchor), Some(&1), "{}", block.anchor);
    }
    let mut carried: BTreeMap<&str, usize> = BTreeMap::new();
    for trace in html
        .split("<pre><code>")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
    {
        *carried.entry(trace).or_default() += 1;
    }
    for row in corpus::embedded().unwrap().expect {
        assert_eq!(carried.get(&*row.trace), Some(&1), "{}", row.trace);
    }
}

/// The values of an attribute.
fn attributes<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next())
}

/// Every id of a page, and how often it stands there.
fn ids(html: &str) -> BTreeMap<&str, usize> {
    let mut ids = BTreeMap::new();
    for id in attributes(html, " id=\"") {
        *ids.entry(id).or_default() += 1;
    }
    ids
}

#[test]
fn the_same_source_gives_the_same_page_and_the_day_is_told() {
    let page = || stdout("rules SUB-4 --format html");
    assert_eq!(page(), page());
    let on = |epoch: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
            .args(["rules", "SUB-4", "--format", "html"])
            .env("SOURCE_DATE_EPOCH", epoch)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(
        on("1700000000").contains(", 2023-11-14; iOS 13 to 27"),
        "{}",
        on("1700000000")
    );
    assert_eq!(on("not a number"), page(), "what is no time is passed over");
}

/// Rules and the corpus: who has no example says why.
#[test]
fn every_must_rule_shows_a_conforming_and_a_breaking_trace_or_why_it_cannot() {
    let book = Rulebook::new(None).unwrap();
    let lacking: Vec<_> = book
        .rules
        .iter()
        .map(|rule| book.entry(rule))
        .filter(|entry| entry.rule.force == Force::Must && entry.untestable.is_none() && entry.refused.is_none())
        .filter(|entry| entry.conforming.is_empty() || entry.breaking.is_none())
        .map(|entry| entry.rule.id.to_string())
        .collect();
    assert_eq!(lacking, [""; 0]);
}

#[test]
fn the_manifests_can_be_read_and_name_versions_that_exist() {
    let manifest = corpus::embedded().unwrap();
    assert!(!manifest.expect.is_empty() && !manifest.untestable.is_empty());
    for os in manifest.expect.iter().filter_map(|row| row.os.as_ref()) {
        assert!(os.parse::<Version>().is_ok(), "{os}");
    }
}
