//! One edit: what it makes of a trace, and how it reads.

use bgspec_model::vocabulary::{Millis, Record};

use crate::explain::form::Edit;
use crate::explain::{clock, narrate};
use crate::text::time;
use crate::trace::line_of;

/// An edit that may be tried.
#[derive(Debug)]
pub(super) enum Plan {
    /// Another line in its place.
    Replace(usize, Record),
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
    /// The trace with this edit; none where it has no sense.
    pub(super) fn apply(&self, records: &[Record]) -> Option<Vec<Record>> {
        let mut edited = records.to_vec();
        match self {
            Self::Replace(place, record) => edited[*place] = record.clone(),
            Self::Insert(place, lines) => {
                let least = edited[..*place].last().map_or(0, |record| record.at);
                if lines.iter().any(|line| line.at < least || line.at > edited[*place].at) {
                    return None;
                }
                edited.splice(*place..*place, lines.iter().cloned());
            }
            Self::Advance(from, to, at) => {
                let least = edited[..*to].last().map_or(0, |record| record.at);
                let mut record = edited.remove(*from);
                record.at = (*at).max(least);
                edited.insert(*to, record);
            }
            Self::Delay(place, by) => {
                for record in &mut edited[*place..] {
                    record.at += by;
                    record.to = record.to.map(|to| to + by);
                }
            }
            Self::Drop(places) => {
                let mut place = 0;
                edited.retain(|_| {
                    place += 1;
                    !places.contains(&(place - 1))
                });
            }
        }
        Some(edited)
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
    pub(super) fn tell(&self, records: &[Record], dropped: &[Record], conforms: bool) -> Edit {
        let line = |place: usize| line_of(place as u64 + 1);
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
