//! Shrinking failing cases: the fewest inputs, then the least time, then the plainest, then the first in a fixed order.
//!
//! proptest has shrunk the choices before; here the actions themselves are taken away, exchanged and made plainer, which
//! no re-reading of choices can disturb. What still fails in the same way is kept. Several cases are begun from, for a
//! short way is not always a part of a long one; an exchange puts one action in the place of several, as one look at the
//! list in place of leaving, a grant and a delivery. No case is played twice. The number of plays is bounded, so the
//! result is short and not proven to be the shortest.

mod plainer;

use std::collections::HashSet;

use bgspec_model::vocabulary::{Event, Header, Millis, Pending, Starter, Version};

use super::decode::cast::{self, EXTENSION};
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

/// What may be tried beside what the cases have.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ways<'a> {
    /// The versions, the first one first.
    pub versions: &'a [Version],
    /// An extension may call in the app's place.
    pub by_extension: bool,
}

/// What is less is shorter, then plainer, then first in a fixed order.
type Rank = (usize, Millis, usize, String);

fn rank(case: &Case) -> Rank {
    let (actions, time) = case.cost();
    let text = text(case);
    (actions, time, text.len(), text)
}

/// A case as one text: two that are alike have the same.
fn text(case: &Case) -> String {
    let mut text = serde_json::to_string(&case.header).unwrap_or_default();
    for action in &case.actions {
        text.push('\n');
        match action {
            Action::Wait(millis) => text.push_str(&format!("wait {millis}")),
            // Nothing is plainer than that the person opens the app.
            Action::Do(input) if is_opened(&input.event) => text.push_str(input.event.name()),
            Action::Do(input) => {
                text.push_str(&serde_json::to_string(&input.event).unwrap_or_default());
                for (holds, word) in [(input.person, " person"), (input.main, " main")] {
                    if holds {
                        text.push_str(word);
                    }
                }
                text.push_str(input.by.map_or("", |by| by));
            }
        }
    }
    text
}

fn is_opened(event: &Event) -> bool {
    matches!(event, Event::Started(start) if start.by == Starter::Person)
}

/// Shrinks cases that fail in one way by at most `plays` plays, and gives the shortest; none where there is no case.
pub fn shrink(cases: Vec<Case>, ways: &Ways<'_>, plays: usize, fails: &mut Fails<'_>) -> Option<Case> {
    let starts = cases.len();
    let mut played = HashSet::new();
    let mut left = plays;
    let mut shortest: Vec<Case> = Vec::new();
    for (begun, case) in cases.into_iter().enumerate() {
        // Half of the plays are for the shortest of them.
        let share = left.saturating_sub(plays / 2) / (starts - begun);
        let mut search = Search::new(case, share, &mut played, &[], ways.versions, fails);
        search.delete();
        left -= share - search.left;
        shortest.push(search.best);
    }
    let alphabet = alphabet(&shortest, ways.by_extension);
    let mut best = shortest.into_iter().min_by_key(rank)?;
    if let Some(other) = elsewhere(&best).filter(|_| ways.by_extension && left > 0) {
        left -= 1;
        if let Some(other) = fails(&other) {
            let mut search = Search::new(other, left, &mut played, &[], ways.versions, fails);
            search.delete();
            left = search.left;
            best = [best, search.best].into_iter().min_by_key(rank)?;
        }
    }
    let mut search = Search::new(best, left, &mut played, &alphabet, ways.versions, fails);
    loop {
        let before = search.best.clone();
        search.delete();
        search.delete_pairs();
        search.exchange();
        search.shorten();
        search.plainer_actions();
        search.plainer_header();
        search.first_names();
        search.first_order();
        if search.left == 0 || search.best == before {
            return Some(search.best);
        }
    }
}

/// What an exchange puts in the place of several: a look at the list, each action of the cases, and each submission by an
/// extension, which needs no process of the app.
fn alphabet(cases: &[Case], by_extension: bool) -> Vec<Action> {
    const MOST: usize = 24;
    let mut alphabet = vec![Action::from(Event::Pending(Pending::default()))];
    let inputs = cases
        .iter()
        .flat_map(|case| &case.actions)
        .filter_map(|action| match action {
            Action::Do(input) => Some(input),
            Action::Wait(_) => None,
        });
    for input in inputs {
        let mut other = input.clone();
        other.by = Some(EXTENSION);
        let also = (by_extension && input.by.is_none() && input.event.is_submission()).then_some(other);
        for input in [input.clone()].into_iter().chain(also) {
            let action = Action::Do(input);
            if !alphabet.contains(&action) {
                alphabet.push(action);
            }
        }
    }
    alphabet.truncate(MOST);
    alphabet
}

/// A case whose requests an extension submits: each may then do without what only the app needs for it.
fn elsewhere(case: &Case) -> Option<Case> {
    let mut other = case.clone();
    let mut moved = false;
    for action in &mut other.actions {
        if let Action::Do(input) = action
            && input.event.is_submission()
            && input.by.is_none()
        {
            input.by = Some(EXTENSION);
            moved = true;
        }
    }
    extend(&mut other);
    moved.then_some(other)
}

/// Gives the app the extension that calls.
fn extend(case: &mut Case) {
    let calls = |action: &Action| matches!(action, Action::Do(input) if input.by == Some(EXTENSION));
    let extensions = &mut case.header.extensions;
    if case.actions.iter().any(calls) && !extensions.iter().any(|extension| extension.name == EXTENSION) {
        extensions.push(cast::extension(EXTENSION, true));
    }
}

struct Search<'a, 'b> {
    best: Case,
    left: usize,
    /// What was played already.
    played: &'a mut HashSet<String>,
    alphabet: &'a [Action],
    versions: &'a [Version],
    fails: &'a mut Fails<'b>,
}

impl<'a, 'b> Search<'a, 'b> {
    fn new(
        best: Case,
        left: usize,
        played: &'a mut HashSet<String>,
        alphabet: &'a [Action],
        versions: &'a [Version],
        fails: &'a mut Fails<'b>,
    ) -> Self {
        played.insert(text(&best));
        Self {
            best,
            left,
            played,
            alphabet,
            versions,
            fails,
        }
    }

    /// Plays a case that was not played yet, and keeps it where it fails as before and is less.
    fn keeps(&mut self, case: Case) -> bool {
        if self.left == 0 || !self.played.insert(text(&case)) {
            return false;
        }
        self.left -= 1;
        match (self.fails)(&case) {
            Some(played) if rank(&played) < rank(&self.best) => {
                self.best = played;
                true
            }
            _ => false,
        }
    }

    fn keeps_actions(&mut self, actions: Vec<Action>) -> bool {
        let header = self.best.header.clone();
        let mut case = Case { header, actions };
        extend(&mut case);
        self.keeps(case)
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

    /// Puts one action in the place of a stretch of several, long stretches first.
    fn exchange(&mut self) {
        const LONGEST: usize = 12;
        const MOST: usize = 300;
        let least = self.left.saturating_sub(MOST);
        'again: loop {
            let count = self.best.actions.len();
            if count > LONGEST {
                return;
            }
            for length in (2..=count).rev() {
                for start in (0..=count - length).rev() {
                    for action in self.alphabet {
                        if self.left <= least {
                            return;
                        }
                        let mut actions = self.best.actions.clone();
                        actions.splice(start..start + length, [action.clone()]);
                        if self.keeps_actions(actions) {
                            continue 'again;
                        }
                    }
                }
            }
            return;
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
}

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
        let shrunk = shrink(vec![case], &Ways::default(), 1_000, &mut fails).unwrap();
        assert_eq!(shrunk.actions, [grant("a"), Action::Wait(30_000), grant("b")]);
    }

    /// A play leaves out what it skips, so what is kept may be shorter than what was tried, in every pass.
    #[test]
    fn what_is_kept_may_be_shorter_than_what_was_tried() {
        let mut random = 1_u64;
        for length in 1..40 {
            let names = ["c", "b", "a"];
            let actions: Vec<Action> = (0..length)
                .map(|place| match place % 4 {
                    3 => Action::Wait(5),
                    name => grant(names[name]),
                })
                .collect();
            let header = Header::new(Version::NEWEST, "com.example.app");
            let shrunk = shrink(vec![Case { header, actions }], &Ways::default(), 2_000, &mut |case| {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let mut played = case.clone();
                for _ in 0..random >> 61 {
                    played.actions.pop();
                }
                Some(played)
            });
            assert!(shrunk.is_some());
        }
    }

    #[test]
    fn the_number_of_plays_is_bounded() {
        let actions = vec![grant("a"), Action::Wait(86_400_000), grant("b")];
        let header = Header::new(Version::NEWEST, "com.example.app");
        let mut plays = 0;
        shrink(vec![Case { header, actions }], &Ways::default(), 7, &mut |case| {
            plays += 1;
            fails(case)
        });
        assert_eq!(plays, 7);
    }
}
