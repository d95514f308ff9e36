//! Cases of one length: the plainer one, and of those that are as plain the first in a fixed order.

use std::collections::BTreeSet;

use bgspec_model::vocabulary::{Device, Event, Header, Permitted, Starter};

use super::{Case, Search, rank};
use crate::play::action::Action;

impl Search<'_, '_> {
    /// Takes the attributes of requests and of calls away.
    pub(super) fn plainer_actions(&mut self) {
        for place in 0..self.best.actions.len() {
            for plainer in PLAINER {
                let mut actions = self.best.actions.clone();
                if let Some(Action::Do(input)) = actions.get_mut(place) {
                    plainer(&mut input.event);
                    self.keeps_actions(actions);
                }
            }
        }
    }

    /// Makes the header ordinary, one fact after the other.
    pub(super) fn plainer_header(&mut self) {
        let mentioned = self.mentioned();
        let facts: [&dyn Fn(&mut Header); 9] = [
            &|header| header.device = Device::default(),
            &|header| header.device.pressure = None,
            &|header| header.platform = None,
            &|header| header.gpu = false,
            &|header| header.passcode = None,
            &|header| header.extensions.clear(),
            &|header| header.entitlements.clear(),
            &|header| header.study_opt_in = false,
            &|header| {
                if let Permitted::List(entries) = &mut header.permitted {
                    entries.retain(|entry| entry.contains('*') || mentioned.contains(entry));
                }
            },
        ];
        for plainer in facts {
            let mut case = self.best.clone();
            plainer(&mut case.header);
            self.keeps(case);
        }
        let stars = |entry: &String| entry.contains('*');
        let mut case = self.best.clone();
        if let Permitted::List(entries) = &mut case.header.permitted {
            entries.retain(|entry| !stars(entry) || mentioned.contains(entry));
            self.keeps(case);
        }
    }

    /// Gives each identifier the first name, and the case the first version, under which it fails too.
    pub(super) fn first_names(&mut self) {
        let Permitted::List(entries) = &self.best.header.permitted else {
            return;
        };
        let mut names: Vec<String> = entries.iter().filter(|entry| !entry.contains('*')).cloned().collect();
        names.sort_unstable();
        for name in self.mentioned() {
            for first in names.iter().filter(|first| **first < name) {
                if let Some(case) = renamed(&self.best, &name, first)
                    && self.keeps(case)
                {
                    break;
                }
            }
        }
        for os in self.versions {
            let mut case = self.best.clone();
            case.header.os = *os;
            if self.keeps(case) {
                break;
            }
        }
    }

    /// Exchanges neighbours while that gives the first of several orders.
    pub(super) fn first_order(&mut self) {
        let mut swapped = true;
        while swapped && self.left > 0 {
            swapped = false;
            for place in 1..self.best.actions.len() {
                let mut actions = self.best.actions.clone();
                // What was kept may be shorter: what was skipped when it was played is gone.
                if place >= actions.len() {
                    break;
                }
                actions.swap(place - 1, place);
                let header = self.best.header.clone();
                let case = Case { header, actions };
                if rank(&case) < rank(&self.best) {
                    swapped |= self.keeps(case);
                }
            }
        }
    }

    /// Every identifier that an action names.
    fn mentioned(&self) -> BTreeSet<String> {
        let events = self.best.actions.iter().filter_map(|action| match action {
            Action::Do(input) => serde_json::to_value(&input.event).ok(),
            Action::Wait(_) => None,
        });
        let mut names = BTreeSet::new();
        for event in events {
            let body = event.as_object().and_then(|event| event.values().next());
            for field in ["id", "task"] {
                if let Some(name) = body.and_then(|body| body.get(field)).and_then(|name| name.as_str()) {
                    let id = if field == "task" {
                        name.rsplit_once('#').map_or(name, |(id, _)| id)
                    } else {
                        name
                    };
                    names.insert(id.to_owned());
                }
            }
        }
        names
    }
}

/// A case with two identifiers exchanged.
fn renamed(case: &Case, one: &str, other: &str) -> Option<Case> {
    let swap = |id: &str| match id {
        id if id == one => Some(other),
        id if id == other => Some(one),
        _ => None,
    };
    let mut renamed = case.clone();
    for action in &mut renamed.actions {
        let Action::Do(input) = action else { continue };
        let mut value = serde_json::to_value(&input.event).ok()?;
        let body = value.as_object_mut()?.values_mut().next()?;
        for field in ["id", "task"] {
            let Some(serde_json::Value::String(name)) = body.get_mut(field) else {
                continue;
            };
            let (id, number) = match name.rsplit_once('#') {
                Some((id, number)) if field == "task" => (id.to_owned(), Some(number.to_owned())),
                _ => (name.clone(), None),
            };
            if let Some(id) = swap(&id) {
                *name = number.map_or_else(|| id.to_owned(), |number| format!("{id}#{number}"));
            }
        }
        input.event = serde_json::from_value(value).ok()?;
    }
    Some(renamed)
}

const PLAINER: [fn(&mut Event); 6] = [
    |event| event.change_request(|request| request.earliest = None),
    |event| {
        if let Some(date) = event.date_mut() {
            *date = (*date).clamp(0, 1);
        }
    },
    |event| event.change_request(|request| (request.network, request.power) = (false, false)),
    |event| event.change_request(|request| request.protection = Default::default()),
    |event| {
        if let Event::Register(call) = event {
            call.queue = None;
        }
    },
    |event| {
        if let Event::Started(start) = event {
            start.by = Starter::Person;
        }
    },
];
