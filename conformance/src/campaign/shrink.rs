//! Shrinking a failing case: the fewest inputs, then the least time.
//!
//! proptest has shrunk the choices before; here the actions themselves are taken away and made plainer, which no
//! re-reading of choices can disturb. What still fails in the same way is kept. The number of plays is bounded, so the
//! result is short and not proven to be the shortest.

use std::collections::BTreeSet;

use bgspec_model::vocabulary::{Device, Event, Header, Millis, Permitted};

use crate::play::action::Action;

/// A case that can be played again: its header and its actions.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The header.
    pub header: Header,
    /// The actions.
    pub actions: Vec<Action>,
}

impl Case {
    /// What shrinking lessens: the number of actions, then the time that is waited.
    #[must_use]
    pub fn cost(&self) -> (usize, Millis) {
        let time = self.actions.iter().map(|action| match action {
            Action::Wait(millis) => *millis,
            Action::Do(_) => 0,
        });
        (self.actions.len(), time.fold(0, Millis::saturating_add))
    }
}

/// Plays a case; where it fails as before, the case as it was really played: without what was skipped.
pub type Fails<'a> = dyn FnMut(&Case) -> Option<Case> + 'a;

/// Shrinks a failing case by at most `plays` plays.
pub fn shrink(case: Case, plays: usize, fails: &mut Fails<'_>) -> Case {
    let mut search = Search {
        best: case,
        left: plays,
        fails,
    };
    loop {
        let before = search.best.clone();
        search.delete();
        search.delete_pairs();
        search.shorten();
        search.plainer_actions();
        search.plainer_header();
        if search.left == 0 || search.best == before {
            return search.best;
        }
    }
}

struct Search<'a, 'b> {
    best: Case,
    left: usize,
    fails: &'a mut Fails<'b>,
}

impl Search<'_, '_> {
    /// Plays a case, and keeps it where it fails as before and is no dearer.
    fn keeps(&mut self, case: Case) -> bool {
        if self.left == 0 || case == self.best {
            return false;
        }
        self.left -= 1;
        match (self.fails)(&case) {
            Some(played) if played.cost() <= self.best.cost() => {
                self.best = played;
                true
            }
            _ => false,
        }
    }

    fn keeps_actions(&mut self, actions: Vec<Action>) -> bool {
        let header = self.best.header.clone();
        self.keeps(Case { header, actions })
    }

    /// Takes stretches of actions away, long ones first, the last ones first.
    fn delete(&mut self) {
        let mut length = self.best.actions.len();
        while length > 0 {
            let mut end = self.best.actions.len();
            while end > 0 && self.left > 0 {
                let start = end.saturating_sub(length);
                let mut actions = self.best.actions.clone();
                actions.drain(start..end.min(actions.len()));
                self.keeps_actions(actions);
                end = start.min(self.best.actions.len());
            }
            length /= 2;
        }
    }

    /// Takes two actions away that need one another, such as leaving and coming back.
    fn delete_pairs(&mut self) {
        const LONGEST: usize = 24;
        let mut second = self.best.actions.len();
        while self.best.actions.len() <= LONGEST && self.left > 0 {
            // What was kept may be shorter by more than was taken away, and empty.
            second = second.min(self.best.actions.len());
            if second < 2 {
                return;
            }
            second -= 1;
            for first in (0..second).rev() {
                let mut actions = self.best.actions.clone();
                actions.remove(second);
                actions.remove(first);
                if self.keeps_actions(actions) {
                    break;
                }
            }
        }
    }

    /// Makes each wait as short as it may be.
    fn shorten(&mut self) {
        for place in 0..self.best.actions.len() {
            let Some(Action::Wait(length)) = self.best.actions.get(place) else {
                continue;
            };
            let (mut fails_not, mut fails) = (0, *length);
            while fails - fails_not > 1 && self.left > 0 {
                let between = fails_not + (fails - fails_not) / 2;
                let mut actions = self.best.actions.clone();
                actions[place] = Action::Wait(between);
                let count = self.best.actions.len();
                if self.keeps_actions(actions) {
                    if self.best.actions.len() != count {
                        return;
                    }
                    fails = between;
                } else {
                    fails_not = between;
                }
            }
        }
    }

    /// Takes the attributes of requests and of calls away.
    fn plainer_actions(&mut self) {
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
    fn plainer_header(&mut self) {
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

const PLAINER: [fn(&mut Event); 5] = [
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
];

#[cfg(test)]
mod tests {
    use bgspec_model::vocabulary::{Empty, Identifier, OfIdentifier, Version};

    use super::*;

    fn grant(id: &str) -> Action {
        let id = Identifier::from(id);
        Event::Grant(OfIdentifier { id }).into()
    }

    /// Fails where `a` is granted, and later, after at least 30 s, `b`.
    fn fails(case: &Case) -> Option<Case> {
        let place = |wanted: &Action| case.actions.iter().position(|action| action == wanted);
        let (first, last) = (place(&grant("a"))?, place(&grant("b"))?);
        let waited: Millis = case
            .actions
            .get(first..last)?
            .iter()
            .fold(0, |sum, action| match action {
                Action::Wait(millis) => sum + millis,
                Action::Do(_) => sum,
            });
        (waited >= 30_000).then(|| case.clone())
    }

    #[test]
    fn what_is_left_is_the_fewest_actions_and_the_least_time() {
        let noise = || Action::from(Event::CancelAll(Empty {}));
        let mut actions = vec![noise(); 20];
        actions.extend([
            grant("a"),
            Action::Wait(86_400_000),
            noise(),
            noise(),
            Action::Wait(7),
            grant("b"),
            noise(),
        ]);
        let header = Header::new(Version::NEWEST, "com.example.app");
        let case = Case { header, actions };
        let shrunk = shrink(case, 1_000, &mut fails);
        assert_eq!(shrunk.actions, [grant("a"), Action::Wait(30_000), grant("b")]);
    }

    #[test]
    fn the_number_of_plays_is_bounded() {
        let actions = vec![grant("a"), Action::Wait(86_400_000), grant("b")];
        let header = Header::new(Version::NEWEST, "com.example.app");
        let mut plays = 0;
        shrink(Case { header, actions }, 7, &mut |case| {
            plays += 1;
            fails(case)
        });
        assert_eq!(plays, 7);
    }
}
