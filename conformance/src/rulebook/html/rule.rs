//! One rule, as it stands in the book and on a page of its own.

use bgspec_model::profile::Named;
use bgspec_model::rule::{Force, Rule};
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::Version;
use maud::{Markup, html};

use super::{inline, page};
use crate::corpus::{self, Row};
use crate::rulebook::document::Anchors;
use crate::rulebook::page::sentence;
use crate::rulebook::shown::{self, Block};
use crate::rulebook::sources::{self, Link};
use crate::rulebook::{Entry, basis, consistency, consistency_says, kinds, stamp, title, value, values, versions};

/// One rule as an HTML page.
#[must_use]
pub fn write(entry: &Entry<'_>, os: Option<Version>) -> String {
    let name = format!("{}: {}", entry.rule.id, title(entry.rule));
    let body = html! {
        main class="frame" {
            h1 { (name) }
            p class="stamp" { (stamp()) }
            // What it refers to stands in the book.
            (article(entry, os, &Anchors::only(entry.rule.id), &html! {}))
        }
    };
    page(&name, &body)
}

/// What a rule is headed by in the book.
pub(super) fn heading(rule: &Rule) -> Markup {
    html! {
        h3 {
            a href={ "#" (rule.id) } {
                span class="id searched" { (rule.id) }
                " " span class="searched" { (title(rule)) }
            }
        }
    }
}

/// One rule below its heading, with everything that shows it folded.
pub(super) fn article(entry: &Entry<'_>, os: Option<Version>, anchors: &Anchors, heading: &Markup) -> Markup {
    let rule = entry.rule;
    let until = rule
        .until
        .map_or("Infinity".to_owned(), |until| number(until).to_string());
    html! {
        article id=(rule.id) data-since=(number(rule.since)) data-until=(until) data-party=(rule.bound)
            data-force=(rule.force) data-kinds=(words(kinds::of(entry).iter().map(|kind| kind_word(*kind))))
            data-basis=(words(rule.basis.iter().map(|basis| basis.rank().to_string()))) {
            (heading)
            p class="sentence searched" { (inline(rule.text, anchors)) }
            ul class="badges" {
                li { "the " (rule.bound) " " span class=(rule.force) { (rule.force) } }
                li { (versions(rule)) }
                li { (basis(rule)) }
            }
            (sources_of(rule, anchors))
            (examples(entry))
            @if let Some(untestable) = entry.untestable {
                p class="says" {
                    b { "No trace can show it." } " " (inline(&sentence(&untestable.reason), anchors))
                    " " b { "To test it:" } " " (inline(&sentence(&untestable.testable_by), anchors))
                }
            }
            @if !entry.settings.is_empty() {
                details {
                    summary { "Settings that it hangs on (" (entry.settings.len()) ")" }
                    @for setting in &entry.settings { (setting_facts(*setting, os, anchors)) }
                }
            }
            (scenarios(entry, anchors))
            (traces(entry, anchors))
        }
    }
}

/// A version as a number that a script can compare.
pub(super) fn number(version: Version) -> u32 {
    u32::from(version.major) * 100 + u32::from(version.minor)
}

/// A kind as one word.
pub(super) fn kind_word(kind: bgspec_model::vocabulary::Kind) -> String {
    kind.to_string().replace(' ', "-")
}

fn words(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// Where a rule is from.
pub(crate) fn sources_of(rule: &Rule, anchors: &Anchors) -> Markup {
    html! {
        p class="sources" {
            b { "Sources" } ": "
            @for (index, source) in rule.sources.iter().enumerate() {
                @let source = sources::read(source);
                @if index > 0 { "; " }
                span class="searched" {
                    @match &source.link {
                        None => (source.text),
                        Some(Link::Page(address)) => a href=(address) rel="noreferrer" { (source.text) },
                        Some(Link::Rule(_)) => (inline(source.text, anchors)),
                    }
                    (source.rest)
                }
            }
        }
    }
}

/// What keeps the rule and what breaks it, in a sentence each.
fn examples(entry: &Entry<'_>) -> Markup {
    let (kept, broken) = match entry.rule.force {
        Force::Must => ("Conforms", "Breaks"),
        Force::May => ("Allowed", "Breaks"),
        Force::Should => ("Conforms", "Advised"),
    };
    let kept = entry.conforming.iter().map(|row| (kept, *row));
    let all: Vec<(&str, &Row)> = kept.chain(entry.breaking.map(|row| (broken, row))).collect();
    html! {
        @if !all.is_empty() {
            ul class="says" { @for (word, row) in all { li { b { (word) } ": " (row.says) } } }
        }
    }
}

/// What a setting decides, and to what the profiles set it.
pub(super) fn setting_facts(setting: Setting, os: Option<Version>, anchors: &Anchors) -> Markup {
    let entry = setting.entry();
    html! {
        dl {
            dt { "setting" } dd { (inline(&format!("`{}`", entry.name), anchors)) }
            dt { "decides" } dd { (inline(&entry.rule_ids(), anchors)) }
            dt { "values" } dd { (values(setting)) }
            dt { "contract" } dd { (value(setting, Named::Contract, os)) }
            dt { "field" } dd { (value(setting, Named::Field, os)) }
            dt { (consistency(setting)) } dd { (consistency_says(setting)) }
            @if !entry.note.is_empty() { dt { "note" } dd { (inline(entry.note, anchors)) } }
        }
    }
}

/// The scenarios of the rule's own file, folded, and links to the others.
fn scenarios(entry: &Entry<'_>, anchors: &Anchors) -> Markup {
    let id = entry.rule.id;
    let own = shown::of_rule(id);
    let is_own = |file: &str| own.is_some_and(|page| page.file == file);
    let tagged = entry.noticing().chain(entry.unaware());
    let mut others: Vec<&'static Block> = Vec::new();
    for block in tagged
        .filter(|scenario| !is_own(scenario.file))
        .filter_map(shown::block_of)
    {
        if !others.iter().any(|known| known.anchor == block.anchor) {
            others.push(block);
        }
    }
    let besides = entry.besides().count();
    let count = own.map_or(0, |page| page.blocks.len()) + others.len();
    html! {
        @if count > 0 {
            details {
                summary { "Scenarios (" (count) ")" }
                @if let Some(page) = own { (feature(page)) }
                @if !others.is_empty() && anchors.is_book() {
                    ul class="places" {
                        @for block in &others { li { (linked(block)) } }
                    }
                } @else if !others.is_empty() {
                    @for block in &others { (folded(block)) }
                }
                @if besides > 0 {
                    p class="says" { (besides) " " (if besides == 1 { "scenario of other rules notices it too." } else { "scenarios of other rules notice it too." }) }
                }
            }
        }
    }
}

/// What a feature file says before its scenarios, and each of these, folded.
pub(super) fn feature(page: &shown::Page) -> Markup {
    html! {
        @if !page.background.is_empty() {
            details { summary { "Background of the scenarios" } pre { (page.background) } }
        }
        @for block in &page.blocks { (folded(block)) }
    }
}

fn folded(block: &Block) -> Markup {
    html! {
        details id=(block.anchor) {
            summary { span class="id" { (block.anchor) } " " (block.names.join(" · ")) }
            pre { (block.text) }
        }
    }
}

/// A link to a scenario that stands elsewhere in the page.
pub(super) fn linked(block: &Block) -> Markup {
    html! { a href={ "#" (block.anchor) } { span class="id" { (block.anchor) } } " " (block.names.join(" · ")) }
}

/// The traces of the rule's own, folded; those of cases stand with their case.
fn traces(entry: &Entry<'_>, anchors: &Anchors) -> Markup {
    let id = entry.rule.id;
    let (own, others): (Vec<&Row>, Vec<&Row>) = entry
        .traces
        .iter()
        .partition(|row| row.case.parse() == Ok(id) || !anchors.is_book());
    let mut cases: Vec<&str> = others.iter().map(|row| row.case.as_str()).collect();
    cases.dedup();
    html! {
        @if !own.is_empty() || !cases.is_empty() {
            details {
                summary { "Traces (" (entry.traces.len()) ")" }
                @for row in &own { (trace(row)) }
                @if !cases.is_empty() {
                    p class="says" {
                        "With "
                        @for (index, case) in cases.iter().enumerate() {
                            @if index > 0 { ", " }
                            @if anchors.has(case) { a href={ "#" (case) } { (case) } } @else { (case) }
                        }
                        "."
                    }
                }
            }
        }
    }
}

/// A trace, folded.
pub(super) fn trace(row: &Row) -> Markup {
    html! {
        details {
            summary { (row.variant) ": " (row.says) }
            pre { code { (row.trace) } "\n" (corpus::trace(&row.trace).unwrap_or_default()) }
        }
    }
}
