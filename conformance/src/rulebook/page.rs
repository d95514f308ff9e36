//! The rulebook, one rule, or the difference of two versions as a document, for Markdown; and words that both writers need.

use bgspec_model::profile::Named;
use bgspec_model::rule::{Force, Id, Party, Rank, Rule};
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::{Platform, Version};

use super::diff::{Diff, PLATFORMS};
use super::document::{Block, Document};
use super::{Entry, Rulebook, basis, consistency, consistency_says, stamp, title, value, values, versions};
use crate::corpus::{Row, Scenario};

/// The whole book.
#[must_use]
pub fn book(book: &Rulebook) -> Document {
    let title = book_title(book);
    let mut blocks = vec![Block::Paragraph(stamp())];
    blocks.extend(introduction(book).into_iter().map(Block::Paragraph));
    let areas: Vec<_> = book.areas().collect();
    let mut links: Vec<_> = areas
        .iter()
        .map(|(area, _)| (heading_anchor(&area_title(*area)), area_title(*area)))
        .collect();
    links.push(("settings".to_owned(), "Settings".to_owned()));
    links.push(("scenarios".to_owned(), "Scenarios".to_owned()));
    blocks.push(Block::Contents(links));
    for (area, rules) in areas {
        let title = area_title(area);
        let sections = rules.into_iter().map(|rule| Block::Section {
            anchor: rule.id.to_string(),
            title: heading(rule),
            blocks: rule_blocks(&book.entry(rule), book.os),
        });
        blocks.push(Block::Section {
            anchor: heading_anchor(&title),
            title,
            blocks: sections.collect(),
        });
    }
    blocks.push(settings(book.os));
    blocks.push(scenarios(book));
    Document { title, blocks }
}

fn area_title(area: bgspec_model::vocabulary::Area) -> String {
    format!("{area}: {}", area.title())
}

/// The anchor that Markdown gives a heading of these words.
fn heading_anchor(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-');
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// What a rule's section is headed by.
fn heading(rule: &Rule) -> String {
    format!("{}: {}", rule.id, title(rule))
}

/// The name of the book.
#[must_use]
pub fn book_title(book: &Rulebook) -> String {
    match book.os {
        None => "The rules of background task scheduling".to_owned(),
        Some(os) => format!("The rules of background task scheduling on iOS {os}"),
    }
}

/// What the book holds and how its words are meant, a paragraph each.
#[must_use]
pub fn introduction(book: &Rulebook) -> Vec<String> {
    let count = |holds: &dyn Fn(&Rule) -> bool| book.rules.iter().filter(|rule| holds(rule)).count();
    let party = |party: Party| count(&|rule| rule.bound == party);
    let force = |force: Force| count(&|rule| rule.force == force);
    let rank = |rank: Rank| count(&|rule| rule.rank() == rank);
    vec![
        format!(
            "{} rules: what a scheduler, an app and the device owe each other when iOS runs an app's background tasks. \
             {} bind the scheduler, {} the app, {} the device; {} are `must`, {} `may`, {} `should`. At best {} are \
             documented, {} said by Apple's staff, {} observed on devices, {} inferred from the others.",
            book.rules.len(),
            party(Party::Scheduler),
            party(Party::App),
            party(Party::Device),
            force(Force::Must),
            force(Force::May),
            force(Force::Should),
            rank(Rank::Documented),
            rank(Rank::Staff),
            rank(Rank::Observed),
            rank(Rank::Inferred),
        ),
        "`must`: breaking it is a violation by the party that it binds. `may`: the behaviour is allowed, and nobody can \
         break it. `should`: advice to the app, reported and never a failure. Of the profiles, `contract` is what Apple's \
         documents and staff say, and `field` allows besides what was seen on devices."
            .to_owned(),
    ]
}

/// One rule.
#[must_use]
pub fn rule(entry: &Entry<'_>, os: Option<Version>) -> Document {
    Document {
        title: heading(entry.rule),
        blocks: rule_blocks(entry, os),
    }
}

fn rule_blocks(entry: &Entry<'_>, os: Option<Version>) -> Vec<Block> {
    let rule = entry.rule;
    let mut blocks = vec![
        Block::Facts(vec![
            ("basis", basis(rule)),
            ("sources", rule.sources.join("; ")),
            ("binds", format!("the {}", rule.bound)),
            ("force", rule.force.to_string()),
            ("versions", versions(rule)),
        ]),
        Block::Sentence(rule.text.to_owned()),
    ];
    if !entry.settings.is_empty() {
        let row = |setting: &Setting| {
            vec![
                format!("`{setting}`"),
                values(*setting),
                value(*setting, Named::Contract, os),
                value(*setting, Named::Field, os),
                consistency(*setting).to_owned(),
            ]
        };
        blocks.push(Block::Table {
            head: vec!["setting", "values", "contract", "field", "consistency"],
            rows: entry.settings.iter().map(row).collect(),
        });
    }
    let example = |name: &str, row: &Row| format!("{name}: {} (`{}`)", row.says, row.trace);
    let kept = if rule.force == Force::May {
        "Allowed"
    } else {
        "Conforms"
    };
    let mut examples: Vec<_> = entry.conforming.iter().map(|row| example(kept, row)).collect();
    let breaks = if rule.force == Force::Should {
        "Advised"
    } else {
        "Breaks"
    };
    examples.extend(entry.breaking.map(|row| example(breaks, row)));
    let shown = || entry.conforming.iter().chain(&entry.breaking);
    let others: Vec<_> = entry
        .traces
        .iter()
        .filter(|row| !shown().any(|shown| shown.trace == row.trace))
        .map(|row| format!("`{}`", row.trace))
        .collect();
    if !others.is_empty() {
        examples.push(format!("Also shown by {}", others.join(", ")));
    }
    if !examples.is_empty() {
        blocks.push(Block::List(examples));
    }
    blocks.extend(scenarios_of(entry));
    if let Some(refused) = entry.refused {
        blocks.push(Block::Paragraph(format!(
            "A rule of the format: {}",
            sentence(&refused.says)
        )));
    }
    if let Some(untestable) = entry.untestable {
        blocks.push(Block::Paragraph(format!(
            "No trace can show it: {} What would make it testable: {}",
            sentence(&untestable.reason),
            sentence(&untestable.testable_by)
        )));
    }
    blocks
}

/// A scenario in a list.
fn place(before: &str, scenario: &Scenario<'_>) -> String {
    format!("{before}{} (`{}:{}`)", scenario.name, scenario.file, scenario.line)
}

/// The scenarios of a rule: those that would miss it apart from those that only show it.
fn scenarios_of(entry: &Entry<'_>) -> Vec<Block> {
    let noticing = entry.noticing().map(|scenario| place("Noticed by: ", scenario));
    let unaware = entry.unaware().map(|scenario| place("Shown by: ", scenario));
    let places: Vec<_> = noticing.chain(unaware).collect();
    let mut blocks = Vec::new();
    if !places.is_empty() {
        blocks.push(Block::List(places));
    }
    match entry.besides().count() {
        0 => {}
        1 => blocks.push(Block::Paragraph("1 scenario of other rules notices it too.".to_owned())),
        count => blocks.push(Block::Paragraph(format!(
            "{count} scenarios of other rules notice it too."
        ))),
    }
    blocks
}

/// Every scenario by its file, with the rules that it notices.
fn scenarios(book: &Rulebook) -> Block {
    let mut files: Vec<(&str, Vec<String>)> = Vec::new();
    let ids = |rules: &[Id]| rules.iter().map(Id::to_string).collect::<Vec<_>>().join(", ");
    for scenario in crate::corpus::scenarios() {
        let has = |rule: &&Id| book.rules.iter().any(|other| other.id == **rule);
        let noticed: Vec<Id> = scenario.noticed.iter().filter(has).copied().collect();
        let missed = scenario
            .tagged
            .iter()
            .filter(has)
            .filter(|rule| !noticed.contains(rule));
        let missed: Vec<Id> = missed.copied().collect();
        let mut text = String::new();
        if !noticed.is_empty() {
            text.push_str(&format!(": notices {}", ids(&noticed)));
        }
        if !missed.is_empty() {
            let but = if noticed.is_empty() { ": " } else { "; " };
            text.push_str(&format!("{but}shows {}", ids(&missed)));
        }
        if text.is_empty() {
            continue;
        }
        let line = format!("line {}, {}{text}", scenario.line, scenario.name);
        match files.last_mut() {
            Some((file, lines)) if *file == scenario.file => lines.push(line),
            _ => files.push((scenario.file, vec![line])),
        }
    }
    let says = "What the feature files tell. A scenario notices a rule where it would not pass without it: with the rule \
                taken out of the model, it gets another verdict, or an implementation that breaks nothing but this rule \
                does. It shows a rule where it is about it and would pass all the same, such as a choice that is not \
                made, or a duty of the app that is kept.";
    let sections = files.into_iter().map(|(file, lines)| Block::Section {
        anchor: file.replace(['/', '.'], "-").to_lowercase(),
        title: file.to_owned(),
        blocks: vec![Block::List(lines)],
    });
    Block::Section {
        anchor: "scenarios".to_owned(),
        title: "Scenarios".to_owned(),
        blocks: std::iter::once(Block::Paragraph(says.to_owned()))
            .chain(sections)
            .collect(),
    }
}

/// With a full stop at its end.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn settings(os: Option<Version>) -> Block {
    let sections = Setting::ALL.iter().map(|setting| {
        let entry = setting.entry();
        let mut facts = vec![
            ("decides", entry.rule_ids()),
            ("values", values(*setting)),
            ("contract", value(*setting, Named::Contract, os)),
            ("field", value(*setting, Named::Field, os)),
            (
                "consistency",
                format!("{}: {}", consistency(*setting), consistency_says(*setting)),
            ),
        ];
        if !entry.note.is_empty() {
            facts.push(("note", entry.note.to_owned()));
        }
        Block::Section {
            anchor: entry.name.to_owned(),
            title: entry.name.to_owned(),
            blocks: vec![Block::Facts(facts)],
        }
    });
    let says = "Every point where the sources disagree, are silent, or give no number. `either` allows every value of a \
                choice; no duty rests on `unknown`. An implementation may pin a setting, and is then held to it.";
    let blocks = std::iter::once(Block::Paragraph(says.to_owned())).chain(sections);
    Block::Section {
        anchor: "settings".to_owned(),
        title: "Settings".to_owned(),
        blocks: blocks.collect(),
    }
}

/// What changed between two versions.
#[must_use]
pub fn changes(diff: &Diff) -> Document {
    let (from, to) = (diff.from, diff.to);
    let mut blocks = Vec::new();
    if diff.is_empty() {
        blocks.push(Block::Paragraph(format!(
            "Nothing that the catalogue knows of changed between iOS {from} and iOS {to}."
        )));
    }
    let mut section = |title: String, inner: Vec<Block>| {
        blocks.push(Block::Section {
            anchor: heading_anchor(&title),
            title,
            blocks: inner,
        });
    };
    let items = what_exists(diff);
    if !items.is_empty() {
        section("What exists".to_owned(), vec![Block::List(items)]);
    }
    if !diff.settings.is_empty() {
        let rows = diff.settings.iter().map(|change| {
            vec![
                format!("`{}`", change.setting),
                change.profile.to_string(),
                change.from.clone(),
                change.to.clone(),
                change.setting.entry().rule_ids(),
            ]
        });
        let table = Block::Table {
            head: vec!["setting", "profile", "before", "after", "decides"],
            rows: rows.collect(),
        };
        section("Settings with another default".to_owned(), vec![table]);
    }
    let lists = [
        (format!("Rules that iOS {to} has and iOS {from} has not"), &diff.came),
        (format!("Rules that iOS {from} has and iOS {to} has not"), &diff.went),
        (
            "Rules of both that say something else from a version between on".to_owned(),
            &diff.worded,
        ),
    ];
    for (title, rules) in lists {
        if !rules.is_empty() {
            let rules = rules.iter().map(|rule| Block::Section {
                anchor: rule.id.to_string(),
                title: heading(rule),
                blocks: vec![
                    Block::Facts(vec![
                        ("basis", basis(rule)),
                        ("binds", format!("the {}", rule.bound)),
                        ("force", rule.force.to_string()),
                    ]),
                    Block::Sentence(rule.text.to_owned()),
                ],
            });
            section(title, rules.collect());
        }
    }
    Document {
        title: format!("From iOS {from} to iOS {to}"),
        blocks,
    }
}

/// Where kinds of task and calls came or went, in words.
#[must_use]
pub fn what_exists(diff: &Diff) -> Vec<String> {
    let kinds = diff.kinds.iter().map(|change| {
        let kind = format!("{} tasks are", change.kind);
        came_and_went(&kind, &change.came, &change.went)
    });
    let calls = diff.calls.iter().map(|change| {
        let call = format!("{} is", change.call);
        came_and_went(&call, &change.came, &change.went)
    });
    kinds.chain(calls).collect()
}

fn came_and_went(what: &str, came: &[Platform], went: &[Platform]) -> String {
    let names = |platforms: &[Platform]| {
        let there = PLATFORMS.iter().filter(|(platform, _)| platforms.contains(platform));
        there.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
    };
    let mut parts = Vec::new();
    if !came.is_empty() {
        parts.push(format!("{what} new on {}", names(came)));
    }
    if !went.is_empty() {
        parts.push(format!("{what} gone on {}", names(went)));
    }
    parts.join("; ")
}
