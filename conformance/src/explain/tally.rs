//! How long each condition stood in the way of a launch.

use bgspec_model::oracle::explain::{Condition, Holds, Standing, Waiting};
use bgspec_model::vocabulary::Millis;

use super::form::Obstacle;

/// How long what stood in the way, since the last delivery.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) outstanding: Millis,
    pub(super) free: Millis,
    pub(super) first_free: Option<Millis>,
    pub(super) not_known: Millis,
    pub(super) obstacles: Vec<Obstacle>,
}

impl Tally {
    /// From one time to another this was known.
    pub(super) fn add(&mut self, known: &Waiting, from: Millis, to: Millis) {
        if to <= from || !known.may_be(Standing::Outstanding) {
            return;
        }
        let length = to - from;
        self.outstanding += length;
        let surely = known.that(Holds::InTheWay).count();
        let perhaps = known.that(Holds::NotKnown).count();
        if surely == 0 && perhaps == 0 && !known.vague {
            self.free += length;
            self.first_free.get_or_insert(from);
        } else if surely == 0 {
            self.not_known += length;
        }
        let doubted = conditions(known, Holds::NotKnown);
        for condition in conditions(known, Holds::InTheWay).chain(doubted) {
            let rule = condition.rule.id.to_string();
            let place = self.obstacles.iter().position(|obstacle| obstacle.rule == rule);
            let place = place.unwrap_or_else(|| {
                self.obstacles.push(Obstacle {
                    rule,
                    about: condition.about.to_owned(),
                    obstacle: condition.obstacle.to_owned(),
                    in_the_way: 0,
                    not_known: 0,
                    open: Vec::new(),
                    spans: Vec::new(),
                });
                self.obstacles.len() - 1
            });
            let obstacle = &mut self.obstacles[place];
            match condition.holds {
                Holds::InTheWay => obstacle.in_the_way += length,
                _ => obstacle.not_known += length,
            }
            for open in &condition.open {
                if !obstacle.open.contains(open) {
                    obstacle.open.push(open.clone());
                }
            }
            match obstacle.spans.last_mut() {
                Some(last) if last.1 == from => last.1 = to,
                _ => obstacle.spans.push((from, to)),
            }
        }
    }
}

/// The conditions of which this is known; not those of which nothing is known because nothing is known of the request.
pub(super) fn conditions(waiting: &Waiting, holds: Holds) -> impl Iterator<Item = &Condition> {
    let vague = waiting.vague && holds == Holds::NotKnown;
    waiting.that(holds).filter(move |_| !vague)
}
