//! A campaign's result as people read it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use bgspec_model::rule::Party;
use bgspec_model::vocabulary::Area;

use super::{Column, FailureLine, KnownLine, Summary};
use crate::campaign::known::Came;
use crate::campaign::standing::Standing;
use crate::text::{clip, plain, wrap};

/// Characters of a line.
pub(super) const WIDTH: usize = 110;

impl Summary {
    /// The result as people read it.
    #[must_use]
    pub fn human(&self) -> String {
        // The report of a part may have been written by anybody.
        let lines = self.page();
        lines.split('\n').map(plain).collect::<Vec<_>>().join("\n")
    }

    fn page(&self) -> String {
        let mut text = String::new();
        for failure in &self.failures {
            text.push_str(&failure.human());
            text.push('\n');
        }
        self.table(&mut text);
        self.lists(&mut text);
        self.expected(&mut text);
        if let Some(stopped) = self.stopped.as_ref().filter(|_| !self.interrupted) {
            paragraph(&mut text, "stopped before all cases were played:", stopped);
        }
        if self.shrinking_plays > 0 {
            let _ = writeln!(
                text,
                "\nshrinking took {} plays; the implementation was started {} times",
                self.shrinking_plays, self.starts
            );
        }
        if self.interrupted {
            text.push_str("\nInterrupted: this is what the cases showed that were played until then.\n");
        }
        let _ = writeln!(text, "\n{}", self.claim);
        text
    }

    /// What came of the lines of `--known`.
    fn expected(&self, text: &mut String) {
        let heads = [
            (Came::Broken, "broken, as --known expects:"),
            (
                Came::Passed,
                "not broken, and --known expects it: take the line out, or run with --update:",
            ),
            (
                Came::Unmatched,
                "in --known, and cannot be judged there: expected rules that can:",
            ),
            (Came::Open, "in --known, and not decided by this run:"),
        ];
        for (came, head) in heads {
            let lines = self.known.iter().filter(|line| line.came == came);
            let lines: Vec<_> = lines
                .map(|KnownLine { rule, expected, .. }| {
                    let link = expected
                        .link
                        .as_ref()
                        .map_or_else(String::new, |link| format!(", {link}"));
                    let until = expected
                        .expires
                        .as_ref()
                        .map_or_else(String::new, |date| format!(", until {date}"));
                    format!("{rule} ({}{link}{until})", expected.reason)
                })
                .collect();
            paragraph(text, head, &clip(&lines.join("; "), 4_000));
        }
    }

    fn table(&self, text: &mut String) {
        let _ = write!(text, "{:<37}", "area");
        for column in Column::ALL {
            let _ = write!(text, "  {:>width$}", column.title(), width = column.title().len());
        }
        text.push('\n');
        let mut row = |name: String, area| {
            let _ = write!(text, "{name:<37}");
            for column in Column::ALL {
                let _ = write!(
                    text,
                    "  {:>width$}",
                    self.count(area, column),
                    width = column.title().len()
                );
            }
            text.push('\n');
        };
        let areas: BTreeSet<Area> = self.rules.iter().map(|line| line.rule.area).collect();
        for area in &areas {
            row(format!("{area} {}", area.title()), Some(*area));
        }
        row("all".to_owned(), None);
    }

    fn lists(&self, text: &mut String) {
        let reachable = || self.rules.iter().filter(|line| line.standing == Standing::Reachable);
        let times: Vec<_> = reachable()
            .filter(|line| line.is_exercised())
            .map(|line| format!("{} {}", line.rule, line.exercised))
            .collect();
        let never: Vec<_> = reachable()
            .filter(|line| !line.is_exercised())
            .map(|line| line.rule.to_string())
            .collect();
        paragraph(text, "exercised, with how often:", &times.join(", "));
        paragraph(text, "never exercised:", &never.join(", "));
        let rarest = reachable().filter(|_| self.cases > 0).min_by_key(|line| line.exercised);
        if let Some(line) = rarest {
            let rate = line.exercised as f64 * 1_000.0 / self.cases as f64;
            let _ = writeln!(text, "\nthe rarest: {}, {rate:.1} times in 1,000 cases", line.rule);
        }
        let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in &self.rules {
            let reason = match &line.standing {
                Standing::Reachable => continue,
                Standing::NotApplicable(why) => format!("not applicable: {why}:"),
                Standing::Untestable(why) => format!("untestable there: {why}:"),
                Standing::OtherParty(Party::App) => "not judged here, the app's to keep:".to_owned(),
                Standing::OtherParty(_) => "not judged here, the device's to keep:".to_owned(),
            };
            reasons.entry(reason).or_default().push(line.rule.to_string());
        }
        for (reason, rules) in reasons {
            paragraph(text, &reason, &rules.join(", "));
        }
        let uncounted: Vec<_> = self
            .uncounted
            .iter()
            .map(|(rule, times)| format!("{rule} {times}"))
            .collect();
        paragraph(
            text,
            "broken, and left out by --fail-on or --filter:",
            &uncounted.join(", "),
        );
        paragraph(
            text,
            "seen only behind another breach, which may be the reason, and not counted:",
            &self.followers.join(", "),
        );
        if let Some(doubt) = &self.doubt {
            paragraph(
                text,
                &format!("inconclusive cases: {}; the first:", self.inconclusive),
                doubt,
            );
        }
    }
}

impl FailureLine {
    fn human(&self) -> String {
        let rules: Vec<_> = self.rules.iter().map(ToString::to_string).collect();
        let what = match &self.trouble {
            Some(trouble) => trouble.clone(),
            None => format!("the scheduler breaks {}", rules.join(" or ")),
        };
        // What an adapter wrote to stderr stands in lines of its own.
        let (what, below) = what.split_once('\n').unwrap_or((&what, ""));
        let word = if self.known { "EXPECTED" } else { "FAILED" };
        let how = match &self.flaky {
            None => format!("shrunk from {}", self.case),
            Some(_) => format!("flaky, first seen in {}", self.first_case),
        };
        let cases = if self.cases == 1 {
            "1 case".to_owned()
        } else {
            format!("{} cases", self.cases)
        };
        let mut text = format!("{word}: {} (in {cases}; {how})\n", clip(what, 2_000));
        for line in below.lines() {
            let _ = writeln!(text, "{}", plain(line));
        }
        for line in &self.story {
            text.push_str(line);
            text.push('\n');
        }
        if let Some(anew) = &self.flaky {
            let anew = anew.lines().next().unwrap_or_default();
            let _ = writeln!(text, "  flaky: when it was played anew, {}", clip(anew, 300));
        }
        if let Some(trace) = &self.trace {
            let _ = writeln!(text, "  written to {trace}");
        }
        text
    }
}

fn paragraph(text: &mut String, head: &str, body: &str) {
    if body.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{head}");
    for line in wrap(&plain(body), WIDTH - 2) {
        let _ = writeln!(text, "  {line}");
    }
}
