//! The feature files as the rulebook shows them: whole, cut into what can be folded, each with an anchor.

use std::sync::LazyLock;

use bgspec_model::rule::Id;

use crate::corpus::{self, Scenario};

/// A feature file.
#[derive(Debug)]
pub struct Page {
    /// Its path from the project's root.
    pub file: &'static str,
    /// What it is called by: the rule, such as `SUB-4`, or the case, such as `F04`.
    pub code: &'static str,
    /// What it is about, without the code.
    pub title: &'static str,
    /// The prose under its name.
    pub prose: String,
    /// The steps before each scenario.
    pub background: String,
    /// Its scenarios.
    pub blocks: Vec<Block>,
}

/// A scenario, or an outline with all its rows.
#[derive(Debug)]
pub struct Block {
    /// What a link to it names: the code and a number, such as `SUB-4.1`.
    pub anchor: String,
    /// Its names: one, or of an outline one for each row.
    pub names: Vec<&'static str>,
    /// The line at which it begins, as the index of the scenarios counts it.
    line: usize,
    /// Its text, with its tags.
    pub text: String,
}

impl Page {
    /// The folder below `features/`.
    #[must_use]
    pub fn folder(&self) -> &'static str {
        self.file.split('/').nth(1).unwrap_or_default()
    }

    /// G2 stands before G10.
    fn order(&self) -> (&'static str, u32) {
        let letters = self.code.trim_end_matches(|c: char| c.is_ascii_digit());
        (letters, self.code[letters.len()..].parse().unwrap_or(0))
    }

    /// The rule whose file it is.
    #[must_use]
    pub fn rule(&self) -> Option<Id> {
        self.code.parse().ok()
    }
}

/// Every feature file, by folder and number.
pub fn pages() -> &'static [Page] {
    static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
        let index: Vec<_> = corpus::scenarios().collect();
        let mut pages: Vec<_> = corpus::features()
            .map(|(file, text)| page(file, text, &index))
            .collect();
        pages.sort_by_key(|page| (page.folder(), page.order()));
        pages
    });
    &PAGES
}

/// The feature file of a rule.
#[must_use]
pub fn of_rule(rule: Id) -> Option<&'static Page> {
    pages().iter().find(|page| page.rule() == Some(rule))
}

/// The place of a scenario of the index.
#[must_use]
pub fn block_of(scenario: &Scenario<'_>) -> Option<&'static Block> {
    let page = pages().iter().find(|page| page.file == scenario.file)?;
    let line: usize = scenario.line.parse().ok()?;
    page.blocks.iter().find(|block| block.line == line)
}

/// Whether a line begins a scenario.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("Scenario:") || line.starts_with("Scenario Outline:")
}

fn page(file: &'static str, text: &'static str, index: &[Scenario<'static>]) -> Page {
    let of_file: Vec<_> = index.iter().filter(|scenario| scenario.file == file).collect();
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".feature");
    let code = if stem.parse::<Id>().is_ok() {
        stem
    } else {
        stem.split('-').next().unwrap_or(stem)
    };
    let lines: Vec<&'static str> = text.lines().collect();
    // Tags and comments above a scenario are its own.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for index in (0..lines.len()).filter(|index| begins(lines[*index])) {
        let is_own = |above: &usize| lines[*above].trim_start().starts_with(['@', '#']);
        let above = (0..index).rev().take_while(is_own).count();
        starts.push((index - above, index));
    }
    let head_end = starts.first().map_or(lines.len(), |(start, _)| *start);
    let (head, background) = match lines[..head_end].iter().position(|line| line.trim() == "Background:") {
        Some(at) => (&lines[..at], &lines[at + 1..head_end]),
        None => (&lines[..head_end], &lines[..0]),
    };
    let name = head
        .iter()
        .find_map(|line| line.strip_prefix("Feature: "))
        .unwrap_or(stem);
    let prose = head.iter().skip_while(|line| !line.starts_with("Feature:")).skip(1);
    let blocks = starts.iter().enumerate().map(|(number, (start, at))| {
        let end = starts.get(number + 1).map_or(lines.len(), |(next, _)| *next);
        let line = at + 1;
        let of_index = of_file.iter().filter(|scenario| scenario.line.parse() == Ok(line));
        Block {
            anchor: format!("{code}.{}", number + 1),
            names: of_index.map(|scenario| scenario.name).collect(),
            line,
            text: outdented(&lines[*start..end]),
        }
    });
    Page {
        file,
        code,
        title: name.strip_prefix(code).unwrap_or(name).trim_start(),
        prose: prose
            .map(|line| line.trim())
            .collect::<Vec<_>>()
            .join(" ")
            .trim()
            .to_owned(),
        background: outdented(background),
        blocks: blocks.collect(),
    }
}

/// Lines without the space that they all begin with, and without empty ones at the end.
fn outdented(lines: &[&str]) -> String {
    let indent = |line: &&&str| line.len() - line.trim_start().len();
    let least = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| indent(&line))
        .min();
    let cut = lines
        .iter()
        .map(|line| line.get(least.unwrap_or(0)..).unwrap_or_default());
    cut.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_of_the_index_has_its_place_and_every_place_a_scenario() {
        let lost: Vec<_> = corpus::scenarios()
            .filter(|scenario| block_of(scenario).is_none())
            .map(|scenario| format!("{}:{}", scenario.file, scenario.line))
            .collect();
        assert_eq!(lost, [""; 0]);
        for page in pages() {
            assert!(!page.blocks.is_empty() && !page.title.is_empty(), "{}", page.file);
            for block in &page.blocks {
                assert!(!block.names.is_empty(), "{} has no scenario in the index", block.anchor);
            }
        }
    }

    #[test]
    fn what_a_page_is_called_by_is_told_once() {
        let mut codes: Vec<_> = pages().iter().map(|page| page.code).collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }

    #[test]
    fn a_scenario_has_its_tags_and_no_indent() {
        let text = "@a\nFeature: SUB-4 Replaces\n  Prose\n  of two.\n\n  Background:\n    Given x\n\n  @b\n  Scenario: One\n    When y\n";
        let page = page("features/submission/SUB-4.feature", text, &[]);
        assert_eq!(
            (page.code, page.title, page.prose.as_str()),
            ("SUB-4", "Replaces", "Prose of two.")
        );
        assert_eq!((page.background.as_str(), page.folder()), ("Given x", "submission"));
        assert_eq!(page.blocks[0].text, "@b\nScenario: One\n  When y");
        assert_eq!(page.blocks[0].anchor, "SUB-4.1");
    }
}
