//! The rulebook as a page, in a browser: nothing that an audit of accessibility objects to, and a search that finds.
//!
//! Chromium is run without a window, and axe-core is read from `target/npm` (or where `BGSPEC_AXE` says); where either is
//! missing the tests say so and pass, unless `BGSPEC_REQUIRE_ALL` is set. `.ci/run` installs both.

#![expect(clippy::unwrap_used, reason = "a browser that does not answer fails the test")]

use std::process::Command;

#[path = "common/browser.rs"]
mod browser;

use browser::{axe, chromium, said};

fn rulebook(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .arg("rules")
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// Every violation, with the first place of each, in the colours of the day and of the night, folded and unfolded.
#[test]
fn an_audit_of_accessibility_objects_to_nothing() {
    let (Some(chromium), Some(axe)) = (chromium(), axe()) else {
        return;
    };
    let audit = "document.querySelectorAll('details').forEach((fold, index) => { if (index % 9 === 0) fold.open = true; });\n\
                 axe.run(document).then((found) => say({ passes: found.passes.length, violations: found.violations.map( \
                 (one) => [one.id, one.help, one.nodes.length, one.nodes[0].html, one.nodes[0].failureSummary]) }));";
    let script = format!("{axe}\n{audit}");
    let night = |page: &str| page.replacen("@media (prefers-color-scheme: dark)", "@media all", 1);
    let (book, one, changes) = (
        rulebook(&["--format", "html"]),
        rulebook(&["SUB-12", "--format", "html"]),
        rulebook(&["--diff", "18", "26", "--format", "html"]),
    );
    let pages = [
        ("book", book.clone()),
        ("book-at-night", night(&book)),
        ("rule", one.clone()),
        ("rule-at-night", night(&one)),
        ("changes", changes),
    ];
    for (name, page) in pages {
        let found = said(chromium, &format!("axe-{name}"), &page, "", &script);
        assert!(found["passes"].as_u64().unwrap() > 10, "{name}: {found}");
        assert_eq!(found["violations"], serde_json::json!([]), "{name}");
    }
}

#[test]
fn the_audit_finds_what_is_wrong() {
    let (Some(chromium), Some(axe)) = (chromium(), axe()) else {
        return;
    };
    let page = rulebook(&["SUB-12", "--format", "html"]).replacen("<main", "<img src=\"\"><main", 1);
    let script = format!("{axe}\naxe.run(document).then((found) => say(found.violations.map((one) => one.id)));");
    let found = said(chromium, "axe-wrong", &page, "", &script);
    assert!(found.as_array().unwrap().iter().any(|id| id == "image-alt"), "{found}");
}

#[test]
fn the_search_leaves_the_rules_that_are_meant() {
    let Some(chromium) = chromium() else {
        return;
    };
    let script = "
        const form = document.getElementById('find');
        const shown = () => [...document.querySelectorAll('article')].filter((one) => one.checkVisibility()).map((one) => one.id);
        const listed = () => [...document.querySelectorAll('nav li[data-rule]')].filter((one) => !one.hidden).map((one) => one.dataset.rule);
        const areas = () => [...document.querySelectorAll('section[data-area]')].filter((one) => !one.hidden).map((one) => one.id);
        const ask = (asked) => {
            for (const field of form.elements) if (field.name) field.value = asked[field.name] ?? '';
            form.dispatchEvent(new Event('input'));
            return { shown: shown(), listed: listed(), areas: areas(), says: form.querySelector('output').value };
        };
        const all = shown().length;
        say({
            all, form: form.checkVisibility(),
            words: ask({ text: 'Force QUIT' }),
            version: ask({ version: '1800', text: 'REG-4' }), later: ask({ version: '2600', text: 'REG-4' }),
            several: ask({ party: 'app', force: 'should' }),
            kind: ask({ kind: 'continued', basis: 'inferred' }),
            nothing: ask({ text: 'no such words' }),
            again: ask({}).shown.length,
        });";
    let found = said(chromium, "search", &rulebook(&["--format", "html"]), "", script);
    let ids = |value: &serde_json::Value| serde_json::from_value::<Vec<String>>(value.clone()).unwrap();
    let all = found["all"].as_u64().unwrap();
    assert!(all > 180 && found["form"] == true && found["again"] == all, "{found}");
    for asked in ["words", "version", "several", "kind"] {
        let asked = &found[asked];
        let shown = ids(&asked["shown"]);
        assert!(!shown.is_empty() && shown == ids(&asked["listed"]), "{asked}");
        assert_eq!(asked["says"], format!("{} of {all} rules", shown.len()));
        let mut areas: Vec<_> = shown.iter().map(|id| id[..3].to_owned()).collect();
        areas.dedup();
        assert_eq!(areas, ids(&asked["areas"]), "an area without a rule is hidden");
    }
    assert!(ids(&found["words"]["shown"]).contains(&"CON-9".to_owned()), "{found}");
    assert_eq!(ids(&found["version"]["shown"])[0], "REG-4");
    assert!(
        !ids(&found["later"]["shown"]).contains(&"REG-4".to_owned()),
        "gone with 26"
    );
    assert!(ids(&found["nothing"]["shown"]).is_empty());
}

#[test]
fn a_link_leads_to_a_rule_as_it_is_printed_and_into_what_is_folded() {
    let Some(chromium) = chromium() else {
        return;
    };
    let page = rulebook(&["--format", "html"]);
    let script = "setTimeout(() => { const found = document.querySelector(':target'); \
                  const folds = (one) => one ? [...(one.matches('details') ? [one] : []), ...folds(one.parentElement)] : []; \
                  say({ hash: location.hash, found: found?.id, folded: folds(found).filter((one) => !one.open).length, \
                  top: found ? Math.round(found.getBoundingClientRect().top) : null }); }, 500);";
    for (place, expected) in [
        ("#SUB-4", "SUB-4"),
        ("#sub-4", "SUB-4"),
        ("#F04.2", "F04.2"),
        ("#refresh_limit", "refresh_limit"),
    ] {
        let found = said(chromium, "links", &page, place, script);
        assert_eq!(found["found"], expected, "{place}: {found}");
        assert_eq!(found["folded"], 0, "{place}: {found}");
        assert!(
            found["top"].as_i64().is_some_and(|top| (-5..900).contains(&top)),
            "{place}: {found}"
        );
    }
}

/// The policy in the head and the page itself: nothing is asked of anybody.
#[test]
fn nothing_is_fetched() {
    let Some(chromium) = chromium() else {
        return;
    };
    let script = "setTimeout(() => say(performance.getEntriesByType('resource').map((one) => one.name)), 200);";
    let found = said(chromium, "fetched", &rulebook(&["--format", "html"]), "", script);
    assert_eq!(found, serde_json::json!([]));
}
