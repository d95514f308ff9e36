//! Told otherwise: what a trace scenario would get if one thing in it were different.
//!
//! A trace that conforms says little of a rule that it keeps: it would conform without the rule as well. So a scenario
//! may state what keeps it from going otherwise: `otherwise the oracle would blame the scheduler under SUB-4`. That
//! holds where some change of one line is a breach of that rule: a call gets another answer, something else is observed
//! behind it, the app leaves the foreground before it, the device is in another state when it comes, the line is left out (and perhaps nothing follows any more), comes
//! twice, or changes places with the next one.

use bgspec_model::oracle::{Foresight, Malformed, Oracle};
use bgspec_model::rule::{Id, Party, Rule};
use bgspec_model::vocabulary::{BackgroundRefresh, Device, Empty, Event, Millis, Pressure, Record, Role};

use super::model::memory::Memory;
use super::model::{placed, tempt};
use super::script::{Conditions, Script};
use crate::play::world::World;

/// Whether some change of one line is a breach of this rule by this party, for an oracle with all rules or without one.
///
/// # Errors
/// The oracle does not take the header.
pub fn would_blame(
    script: &Script,
    terms: &Conditions,
    (party, rule): (Party, Id),
    without: Option<&'static Rule>,
) -> Result<bool, Malformed> {
    let mut oracle = Oracle::new(&script.header, &terms.terms())?;
    if let Some(rule) = without {
        oracle = oracle.without(rule);
    }
    let mut told = Told {
        blamed: (party, rule),
        world: World::new(&script.header),
        memory: Memory::default(),
        oracle,
    };
    let records: Vec<&Record> = script.records.iter().map(|placed| &placed.record).collect();
    told.oracle.foresee(Foresight::of(records.iter().copied()));
    for (place, record) in records.iter().enumerate() {
        if told.goes_otherwise(record, &records[place + 1..]) {
            return Ok(true);
        }
        told.oracle.step(record)?;
        told.world.note(record);
        told.memory.note(record);
        if told.sees_something_else() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Longer than anything is owed.
const DAY: Millis = 24 * 3_600_000;

/// What may be different about the device, one thing at a time.
const OTHER_DEVICES: [Device; 10] = [
    Device {
        network: Some(false),
        ..Device::UNCHANGED
    },
    Device {
        power: Some(false),
        ..Device::UNCHANGED
    },
    Device {
        in_use: Some(true),
        ..Device::UNCHANGED
    },
    Device {
        locked: Some(true),
        ..Device::UNCHANGED
    },
    Device {
        locked: Some(false),
        ..Device::UNCHANGED
    },
    Device {
        low_power: Some(true),
        ..Device::UNCHANGED
    },
    Device {
        background_refresh: Some(BackgroundRefresh::Denied),
        ..Device::UNCHANGED
    },
    Device {
        background_launches_denied: Some(true),
        ..Device::UNCHANGED
    },
    Device {
        pressure: Some(Pressure::Calm),
        ..Device::UNCHANGED
    },
    Device {
        places_taken: Some(u16::MAX),
        ..Device::UNCHANGED
    },
];

struct Told {
    blamed: (Party, Id),
    world: World,
    memory: Memory,
    oracle: Oracle,
}

impl Told {
    /// Whether it is blamed for a change of this line. A line behind the change may make no sense any more: what came
    /// before it counts.
    fn goes_otherwise(&self, record: &Record, rest: &[&Record]) -> bool {
        let Some(event) = &record.event else { return false };
        if event.role() == Role::Call && record.call.is_none() {
            for answer in self.memory.answers(event, true) {
                let mut other = record.clone();
                let merged = other
                    .event
                    .as_mut()
                    .is_some_and(|event| event.put_answer(answer).is_ok());
                if merged && other != *record && self.blames([&other].into_iter().chain(rest.iter().copied())) {
                    return true;
                }
            }
        }
        let nothing = Record::new(record.at.saturating_add(DAY), Event::Clock(Empty {}));
        if event.role() == Role::Observation && self.blames([&nothing].into_iter()) {
            return true;
        }
        if event.role() == Role::Call && self.world.is_foreground() {
            let leaves = Record {
                at: record.at,
                ..placed(&self.world, Event::Background(Empty {}))
            };
            if self.blames([&leaves, record].into_iter()) {
                return true;
            }
        }
        if matches!(event.role(), Role::Call | Role::Observation) && self.meets_another_device(record, rest) {
            return true;
        }
        let left_out = rest.iter().copied();
        let twice = [record, record].into_iter().chain(rest.iter().copied());
        self.blames(left_out) || self.blames(twice) || self.changes_places(record, rest)
    }

    /// Whether it is blamed if the device is in another state when this line comes.
    fn meets_another_device(&self, record: &Record, rest: &[&Record]) -> bool {
        OTHER_DEVICES.iter().any(|device| {
            let changes = Record {
                at: record.at,
                ..placed(&self.world, Event::Device(*device))
            };
            self.blames([&changes, record].into_iter().chain(rest.iter().copied()))
        })
    }

    fn changes_places(&self, record: &Record, rest: &[&Record]) -> bool {
        let Some((next, rest)) = rest.split_first() else {
            return false;
        };
        if next.event.is_none() {
            return false;
        }
        let first = Record {
            at: record.at,
            to: record.to,
            ..(*next).clone()
        };
        let second = Record {
            at: next.at,
            to: next.to,
            ..record.clone()
        };
        self.blames([&first, &second].into_iter().chain(rest.iter().copied()))
    }

    /// Whether it is blamed if something else is observed now.
    fn sees_something_else(&self) -> bool {
        let events = tempt::temptations(&self.world, &self.memory);
        events
            .into_iter()
            .any(|event| self.blames([&placed(&self.world, event)].into_iter()))
    }

    fn blames<'a>(&self, records: impl Iterator<Item = &'a Record>) -> bool {
        let (party, rule) = self.blamed;
        // Advice is no breach, and hides none.
        let breaches = |oracle: &Oracle| oracle.findings().iter().filter(|finding| !finding.is_advice()).count();
        let before = breaches(&self.oracle);
        let mut oracle = self.oracle.clone();
        for record in records {
            if oracle.step(record).is_err() || breaches(&oracle) > before {
                break;
            }
        }
        let found = oracle.findings().iter().filter(|finding| !finding.is_advice());
        let mut found = found.skip(before);
        let names = |rules: &[&Rule]| rules.iter().any(|named| named.id == rule);
        found.any(|finding| finding.party == party && names(&finding.rules))
    }
}
