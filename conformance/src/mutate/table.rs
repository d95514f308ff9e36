//! What came of the changes: by area, and the accepted ones by reason.

use std::collections::BTreeMap;
use std::io::{self, Write};

use bgspec_model::vocabulary::Area;
use serde::Serialize;

use super::changes::{Change, Sort};
use super::reasons::Reason;
use super::{Base, Outcome};

/// The shares that were not accepted when such a table was first made, in tenths of a percent: none may be lower. Two
/// exceptions that a registration may raise, and the registration of an extension from iOS 27 (CFG-8), were not counted
/// then: with them the share of REG was 991.
pub const LEAST: [(Area, u64); 8] = [
    (Area::Card, 500),
    (Area::Completion, 710),
    (Area::Life, 770),
    (Area::Expiration, 850),
    (Area::Launch, 890),
    (Area::PendingList, 930),
    (Area::Submission, 970),
    (Area::Registration, 991),
];

/// How many changes there were, and what came of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// All.
    pub all: u64,
    /// Those that break a rule.
    pub refused: u64,
    /// Those that contradict themselves.
    pub malformed: u64,
    /// Those that are accepted because the header does not tell what would be against them.
    pub untold: u64,
}

impl Row {
    const fn add(&mut self, other: Self) {
        self.all += other.all;
        self.refused += other.refused;
        self.malformed += other.malformed;
        self.untold += other.untold;
    }

    /// How many are not accepted of those for which enough is told, in tenths of a percent.
    #[must_use]
    pub const fn share(&self) -> u64 {
        let told = self.all - self.untold;
        if told == 0 {
            return 1000;
        }
        (self.refused + self.malformed) * 1000 / told
    }
}

/// What was accepted: which changes of which events, and what allows them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The area of the line.
    pub area: Area,
    /// What the change does.
    pub sort: Sort,
    /// The event.
    pub event: &'static str,
    /// Why it is accepted.
    pub reason: Reason,
}

impl Group {
    /// Whether it says something else of the scheduler, without a reason.
    #[must_use]
    pub fn is_hole(&self) -> bool {
        self.sort.says_otherwise() && self.reason == Reason::None
    }
}

/// How often, and the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// How often.
    pub times: u64,
    /// The first trace with one, its line, and the line that came in its place.
    pub example: String,
}

/// Everything that is counted.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// How many traces.
    pub traces: u64,
    /// Those of the scheduler's doing, by area.
    pub areas: BTreeMap<Area, Row>,
    /// Those of what the app, the person and the device do.
    pub others: Row,
    /// The accepted ones.
    pub accepted: BTreeMap<Group, Accepted>,
}

impl Table {
    /// Counts a change.
    pub fn count(&mut self, base: &Base, change: &Change, outcome: Outcome) {
        let row = if change.is_the_schedulers {
            self.areas.entry(change.area).or_default()
        } else {
            &mut self.others
        };
        row.all += 1;
        let reason = match outcome {
            Outcome::Malformed => return row.malformed += 1,
            Outcome::Refused => return row.refused += 1,
            Outcome::Accepted(reason) => reason,
        };
        row.untold += u64::from(matches!(reason, Reason::Untold(_)));
        let group = Group {
            area: change.area,
            sort: change.sort,
            event: change.event,
            reason,
        };
        let accepted = self.accepted.entry(group).or_insert_with(|| {
            let line = change.line().and_then(|line| serde_json::to_string(line).ok());
            let line = line.map_or_else(String::new, |line| format!(": {line}"));
            Accepted {
                times: 0,
                example: format!("{}, line {}{line}", base.name, change.place + 2),
            }
        });
        accepted.times += 1;
    }

    /// Counts what another table counted.
    pub fn add(&mut self, other: Self) {
        self.traces += other.traces;
        for (area, row) in other.areas {
            self.areas.entry(area).or_default().add(row);
        }
        self.others.add(other.others);
        for (group, accepted) in other.accepted {
            match self.accepted.get_mut(&group) {
                Some(own) => own.times += accepted.times,
                None => drop(self.accepted.insert(group, accepted)),
            }
        }
    }

    /// All areas together.
    #[must_use]
    pub fn whole(&self) -> Row {
        let mut whole = Row::default();
        self.areas.values().for_each(|row| whole.add(*row));
        whole
    }

    /// What says something else of the scheduler, and is accepted without a reason.
    pub fn holes(&self) -> impl Iterator<Item = (&Group, &Accepted)> {
        self.accepted.iter().filter(|(group, _)| group.is_hole())
    }

    /// The areas of which less is refused than before.
    pub fn undercut(&self) -> impl Iterator<Item = (Area, u64, u64)> {
        LEAST.into_iter().filter_map(|(area, least)| {
            let share = self.areas.get(&area)?.share();
            (share < least).then_some((area, share, least))
        })
    }

    /// Writes the table, for people: as columns, or as Markdown.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, out: &mut dyn Write, markdown: bool) -> io::Result<()> {
        let whole = self.whole();
        writeln!(
            out,
            "{} traces; {} changes of what the scheduler does, {} of them not accepted",
            self.traces,
            whole.all,
            percent(whole.share())
        )?;
        writeln!(
            out,
            "(besides, {} of what the app, the person and the device do: {} are not accepted)\n",
            self.others.all,
            percent(self.others.share())
        )?;
        let line = |cells: [String; 7]| match markdown {
            true => format!("| {} |", cells.join(" | ")),
            false => {
                let [area, all, refused, malformed, untold, share, least] = cells;
                let line = format!("{area:<6}{all:>9}{refused:>9}{malformed:>11}{untold:>8}{share:>14}{least:>10}");
                line.trim_end().to_owned()
            }
        };
        let head = [
            "area",
            "changes",
            "refused",
            "malformed",
            "untold",
            "not accepted",
            "at least",
        ];
        writeln!(out, "{}", line(head.map(str::to_owned)))?;
        if markdown {
            writeln!(out, "|---|--:|--:|--:|--:|--:|--:|")?;
        }
        for (area, row) in &self.areas {
            let least = LEAST.iter().find(|(other, _)| other == area);
            let cells = [
                area.to_string(),
                row.all.to_string(),
                row.refused.to_string(),
                row.malformed.to_string(),
                row.untold.to_string(),
                percent(row.share()),
                least.map_or_else(String::new, |(_, least)| percent(*least)),
            ];
            writeln!(out, "{}", line(cells))?;
        }
        writeln!(out, "\nAccepted, by what allows them:\n")?;
        if markdown {
            writeln!(out, "| changes | allowed by | of which |\n|--:|---|---|")?;
        }
        for (reason, (times, which)) in self.by_reason() {
            let words = reason.words();
            let which = which.join(", ");
            match markdown {
                true => writeln!(out, "| {times} | {words} | {which} |")?,
                false => {
                    writeln!(out, "{times:>7}  {words}")?;
                    for part in crate::text::wrap(&which, 88) {
                        writeln!(out, "         {part}")?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The accepted ones of each reason: how many, and the areas and sorts with how many of each.
    fn by_reason(&self) -> Vec<(&Reason, (u64, Vec<String>))> {
        type Which<'a> = BTreeMap<(&'a str, Sort), u64>;
        let mut reasons: BTreeMap<&Reason, (u64, Which<'_>)> = BTreeMap::new();
        let of_the_scheduler = |group: &Group| group.reason != Reason::NotTheSchedulers;
        for (group, accepted) in self.accepted.iter().filter(|(group, _)| of_the_scheduler(group)) {
            let (times, which) = reasons.entry(&group.reason).or_default();
            *times += accepted.times;
            *which.entry((group.event, group.sort)).or_default() += accepted.times;
        }
        let told = |which: Which<'_>| {
            let mut sorts: Vec<_> = which.into_iter().collect();
            sorts.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
            let more = sorts.len().saturating_sub(MOST);
            let mut told: Vec<_> = sorts
                .into_iter()
                .take(MOST)
                .map(|((event, sort), times)| format!("{times} {event} {}", sort.name()))
                .collect();
            if more > 0 {
                told.push(format!("and {more} more sorts"));
            }
            told
        };
        let mut reasons: Vec<_> = reasons
            .into_iter()
            .map(|(reason, (times, which))| (reason, (times, told(which))))
            .collect();
        reasons.sort_by_key(|(_, (times, _))| std::cmp::Reverse(*times));
        reasons
    }
}

/// So many sorts of change are told of a reason.
const MOST: usize = 6;

/// Tenths of a percent as a percentage.
#[must_use]
pub fn percent(tenths: u64) -> String {
    format!("{}.{} %", tenths / 10, tenths % 10)
}
