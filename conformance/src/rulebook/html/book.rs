//! The whole rulebook as one page: what is in it, a search, the rules by area, the settings, the cases.

use bgspec_model::rule::{Force, Party, Rank};
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::{Kind, Version};
use maud::{Markup, html};

use super::{inline, page, rule};
use crate::corpus::Row;
use crate::features::questions::{self, FOLDERS};
use crate::rulebook::document::Anchors;
use crate::rulebook::page::{book_title, introduction};
use crate::rulebook::shown::{self, Page};
use crate::rulebook::{Rulebook, stamp, title};

/// The rulebook as an HTML page.
#[must_use]
pub fn write(book: &Rulebook) -> String {
    let name = book_title(book);
    let pages = || shown::pages().iter();
    let cases = pages().filter(|page| page.rule().is_none()).map(|page| page.code);
    let anchors = Anchors::of_book(book.rules.iter().map(|rule| rule.id), cases);
    let areas: Vec<_> = book.areas().collect();
    let body = html! {
        a class="skip" href="#rules" { "To the rules" }
        div class="frame wide" {
            header {
                h1 { (name) }
                p class="stamp" { (stamp()) }
                @for text in &introduction(book) { p class="lead" { (inline(text, &anchors)) } }
            }
            (questions_of_all())
            (search(book))
            div class="columns" {
                nav aria-label="Rules" {
                    @for (area, rules) in &areas {
                        details class="area" open {
                            summary { (area) ": " (area.title()) }
                            ul {
                                @for rule in rules {
                                    li data-rule=(rule.id) {
                                        a href={ "#" (rule.id) } { span class="id" { (rule.id) } (title(rule)) }
                                    }
                                }
                            }
                        }
                    }
                    p data-besides { a href="#settings" { "Settings" } }
                    p data-besides { a href="#cases" { "Cases" } }
                }
                main id="rules" tabindex="-1" {
                    @for (area, rules) in &areas {
                        section id=(area) data-area {
                            h2 { a href={ "#" (area) } { (area) ": " (area.title()) } }
                            @for one in rules { (rule::article(&book.entry(one), book.os, &anchors, &rule::heading(one))) }
                        }
                    }
                    (settings(book.os, &anchors))
                    (cases_of(book))
                }
            }
        }
    };
    page(&name, &body)
}

/// What developers ask, with links to the cases that answer it.
fn questions_of_all() -> Markup {
    html! {
        nav aria-label="Questions" {
            details class="asked" {
                summary { "By question" }
                @for (folder, says) in FOLDERS {
                    p class="says" { (says) }
                    ul {
                        @for question in questions::of(folder) {
                            li { a href={ "#" (question.code) } { span class="id" { (question.code) } (question.asks) } }
                        }
                    }
                }
            }
        }
    }
}

/// The form of the search: the script shows it.
fn search(book: &Rulebook) -> Markup {
    let releases = Version::RELEASES.map(|release| Version::new(release, 0));
    let changes = book
        .rules
        .iter()
        .flat_map(|rule| [Some(rule.since), rule.until])
        .flatten();
    let mut versions: Vec<Version> = releases.into_iter().chain(changes).collect();
    versions.sort_unstable();
    versions.dedup();
    let choice = |name: &str, label: &str, options: Vec<(String, String)>| {
        html! {
            label {
                (label)
                select name=(name) {
                    option value="" { "any" }
                    @for (value, text) in options { option value=(value) { (text) } }
                }
            }
        }
    };
    let same = |words: Vec<String>| words.into_iter().map(|word| (word.clone(), word)).collect::<Vec<_>>();
    html! {
        form id="find" class="find" role="search" aria-label="Rules" hidden {
            div class="row" {
                label class="text" { "Search in ids, titles, sentences and sources" input type="search" name="text" autocomplete="off"; }
                @if book.os.is_none() {
                    (choice("version", "Version", versions.iter().map(|os| (rule::number(*os).to_string(), format!("iOS {os}"))).collect()))
                }
                (choice("party", "Party", same(Party::ALL.map(|party| party.to_string()).to_vec())))
                (choice("kind", "Kind of task", Kind::ALL.map(|kind| (rule::kind_word(kind), kind.to_string())).to_vec()))
                (choice("force", "Force", same([Force::Must, Force::May, Force::Should].map(|force| force.to_string()).to_vec())))
                (choice("basis", "Basis", same([Rank::Documented, Rank::Staff, Rank::Observed, Rank::Inferred].map(|rank| rank.to_string()).to_vec())))
                button type="reset" { "Clear" }
            }
            output aria-live="polite" {}
        }
    }
}

fn settings(os: Option<Version>, anchors: &Anchors) -> Markup {
    html! {
        section id="settings" data-besides {
            h2 { a href="#settings" { "Settings" } }
            p {
                "Every point where the sources disagree, are silent, or give no number. " code { "either" }
                " allows every value of a choice; no duty rests on " code { "unknown" }
                ". An implementation may pin a setting, and is then held to it."
            }
            @for setting in Setting::ALL {
                details id=(setting) {
                    summary { (setting) }
                    (rule::setting_facts(*setting, os, anchors))
                }
            }
        }
    }
}

/// The cases, each with its scenarios and its traces.
fn cases_of(book: &Rulebook) -> Markup {
    html! {
        section id="cases" data-besides {
            h2 { a href="#cases" { "Cases" } }
            @for (folder, says) in FOLDERS {
                h3 { (says) }
                @for page in shown::pages().iter().filter(|page| page.folder() == folder) { (case(book, page)) }
            }
        }
    }
}

fn case(book: &Rulebook, page: &Page) -> Markup {
    let mut rows: Vec<&Row> = Vec::new();
    for row in book.rows().filter(|row| row.case == page.code) {
        if !rows.iter().any(|known| known.trace == row.trace) {
            rows.push(row);
        }
    }
    html! {
        details id=(page.code) {
            summary { span class="id" { (page.code) } " " (page.title) }
            p class="says" { (page.prose) }
            (rule::feature(page))
            @if !rows.is_empty() {
                details {
                    summary { "Traces (" (rows.len()) ")" }
                    @for row in rows { (rule::trace(row)) }
                }
            }
        }
    }
}
