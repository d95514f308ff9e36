//! One edit: what it makes of a trace, and how it reads.

use std::borrow::Cow;

use bgspec_model::report::Finding;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Event, Millis, Record, Role};

use crate::explain::form::Edit;
use crate::explain::{Asked, clock, narrate};
use crate::text::time;

/// How small an edit is: the fewer lines it changes the smaller, and of two with as many lines the one that stays nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Size {
    /// How many lines change, come or go.
    pub(super) lines: usize,
    /// How many lines the farthest of them is from the event.
    pub(super) farthest: usize,
}

/// An edit that may be tried.
#[derive(Debug)]
pub(super) enum Plan {
    /// Another line in its place.
    Replace(usize, Box<Record>),
    /// Lines before it.
    Insert(usize, Vec<Record>),
    /// A line comes earlier, to this place and time.
    Advance(usize, usize, Millis),
    /// It and everything behind comes later.
    Delay(usize, Millis),
    /// Lines go.
    Drop(Vec<usize>),
}

impl Plan {
    /// Whether it mends a breach of the app by what no app would do: it takes away a report of progress or the submission
    /// that was asked for, or what the system did.
    pub(super) fn makes_worse(&self, records: &[Record], finding: &Finding) -> bool {
        let Self::Drop(places) = self else { return false };
        let is_kept = |event: &Event| {
            let is_asked_for = matches!(event, Event::Progress(_) | Event::Submit(_) | Event::SubmitAsync(_));
            is_asked_for || event.role() == Role::Observation
        };
        let mut events = places.iter().filter_map(|place| records.get(*place)?.event.as_ref());
        finding.party == Party::App && events.any(is_kept)
    }

    /// Whether the edit has sense: what comes in fits between its neighbours.
    pub(super) fn fits(&self, records: &[Record]) -> bool {
        let Self::Insert(place, lines) = self else { return true };
        let least = records[..*place].last().map_or(0, |record| record.at);
        lines
            .iter()
            .all(|line| line.at >= least && line.at <= records[*place].at)
    }

    /// The first line that is another in the edited trace.
    pub(super) fn first(&self) -> usize {
        match self {
            Self::Replace(place, _) | Self::Insert(place, _) | Self::Advance(_, place, _) | Self::Delay(place, _) => {
                *place
            }
            Self::Drop(places) => places.iter().min().copied().unwrap_or_default(),
        }
    }

    /// How many lines it changes, and how far from the line at `place` it goes.
    pub(super) fn size(&self, records: &[Record], place: usize) -> Size {
        let (lines, farthest) = match self {
            Self::Replace(at, _) => (1, at.abs_diff(place)),
            Self::Insert(at, lines) => (lines.len(), at.abs_diff(place)),
            Self::Advance(from, to, _) => (1, from.abs_diff(place).max(to.abs_diff(place))),
            Self::Delay(at, _) => (records.len() - at, at.abs_diff(place)),
            Self::Drop(places) => {
                let far = places.iter().map(|at| at.abs_diff(place)).max();
                (places.len(), far.unwrap_or_default())
            }
        };
        Size { lines, farthest }
    }

    /// The edited trace, line by line. What the edit leaves alone is not copied.
    pub(super) fn lines<'a>(&'a self, records: &'a [Record]) -> Box<dyn Iterator<Item = Cow<'a, Record>> + 'a> {
        let kept = |part: &'a [Record]| part.iter().map(Cow::Borrowed);
        match self {
            Self::Replace(place, record) => {
                let line = std::iter::once(Cow::Borrowed(&**record));
                Box::new(kept(&records[..*place]).chain(line).chain(kept(&records[place + 1..])))
            }
            Self::Insert(place, lines) => Box::new(
                kept(&records[..*place])
                    .chain(kept(lines))
                    .chain(kept(&records[*place..])),
            ),
            Self::Advance(from, to, at) => {
                let least = records[..*to].last().map_or(0, |record| record.at);
                let line = Record {
                    at: (*at).max(least),
                    ..records[*from].clone()
                };
                let before = kept(&records[..*to]).chain(std::iter::once(Cow::Owned(line)));
                Box::new(
                    before
                        .chain(kept(&records[*to..*from]))
                        .chain(kept(&records[from + 1..])),
                )
            }
            Self::Delay(place, by) => {
                let later = move |record: &Record| Record {
                    at: record.at + by,
                    to: record.to.map(|to| to + by),
                    ..record.clone()
                };
                let behind = records[*place..].iter().map(move |record| Cow::Owned(later(record)));
                Box::new(kept(&records[..*place]).chain(behind))
            }
            Self::Drop(places) => {
                let left = records.iter().enumerate().filter(|(place, _)| !places.contains(place));
                Box::new(left.map(|(_, record)| Cow::Borrowed(record)))
            }
        }
    }

    /// Whether a line of the edited trace is one that the edit itself changes.
    pub(super) fn touches(&self, line: usize) -> bool {
        match self {
            Self::Replace(place, _) | Self::Advance(_, place, _) => line == *place,
            Self::Insert(place, lines) => (*place..place + lines.len()).contains(&line),
            Self::Delay(..) | Self::Drop(_) => false,
        }
    }

    /// The edit in words; `dropped` are later lines that go too.
    pub(super) fn tell(&self, asked: &Asked<'_>, dropped: &[Record], conforms: bool) -> Edit {
        let records = asked.records;
        let line = |place: usize| asked.places.line(place as u64 + 1);
        let json = |record: &Record| serde_json::to_string(record).unwrap_or_default();
        let (what, lines, becomes) = match self {
            Self::Replace(place, record) => {
                let what = format!("in line {} let it be: {}", line(*place), narrate::line(record));
                (what, 1, vec![json(record)])
            }
            Self::Insert(place, lines) => {
                let told: Vec<_> = lines
                    .iter()
                    .map(|record| format!("at {} {}", clock(record.at), narrate::line(record)))
                    .collect();
                let what = format!("before line {} let this happen: {}", line(*place), told.join("; "));
                (what, lines.len(), lines.iter().map(json).collect())
            }
            Self::Advance(from, _, at) => {
                let record = Record {
                    at: *at,
                    ..records[*from].clone()
                };
                let what = format!(
                    "let line {} come at {}: {}",
                    line(*from),
                    clock(*at),
                    narrate::line(&record)
                );
                (what, 1, vec![json(&record)])
            }
            Self::Delay(place, by) => {
                let what = format!(
                    "let line {} and everything behind it come {} later, at {}: {}",
                    line(*place),
                    time(*by),
                    clock(records[*place].at + by),
                    narrate::line(&records[*place])
                );
                (what, records.len() - place, Vec::new())
            }
            Self::Drop(places) => {
                let first = places.first().copied().unwrap_or_default();
                let rest = match places.len() {
                    0 | 1 => String::new(),
                    2 => " and the line that hangs on it".to_owned(),
                    count => format!(" and the {} lines that hang on it", count - 1),
                };
                let what = format!(
                    "leave out line {}{rest}: {}",
                    line(first),
                    narrate::line(&records[first])
                );
                (what, places.len(), Vec::new())
            }
        };
        let also: Vec<_> = dropped
            .iter()
            .map(|record| {
                let place = records.iter().position(|other| other == record);
                let line = place.map_or_else(String::new, |place| format!("line {}, ", line(place)));
                format!("{line}{}", narrate::line(record))
            })
            .collect();
        let what = match also.as_slice() {
            [] => what,
            also => format!("{what}; and leave out what does not follow then: {}", also.join("; ")),
        };
        Edit {
            what,
            lines: lines + dropped.len(),
            becomes,
            conforms,
        }
    }
}
