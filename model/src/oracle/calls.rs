//! Calls that overlap others, and submissions in flight: each takes effect at one moment between its begin and its end.

use crate::apply::apply;
use crate::op::{Ask, Caller, Now, Op, Reply};
use crate::rules;
use crate::vocabulary::Record;

use super::pass::Pass;
use super::set::Branch;
use super::ways::{decide, land};

impl Pass {
    /// Closes the set under "an open call, or a submission in flight, takes effect now".
    pub(super) fn close(&mut self, now: &Now, record: &Record) {
        let mut from = 0;
        while from < self.set.len() {
            let to = self.set.len();
            for place in from..to {
                self.effects_of(place, now);
            }
            from = to;
            if self.set.len() > self.workings.most_states {
                break;
            }
        }
        let _ = record;
        self.merge_set();
        self.count_states();
    }

    /// Adds to the set what follows the state at `place` if one of its open calls takes effect.
    fn effects_of(&mut self, place: usize, now: &Now) {
        let state = self.set[place].state.clone();
        let pending = state
            .flights
            .iter()
            .filter(|flight| flight.result.is_none())
            .map(|flight| {
                let caller = Caller {
                    app: flight.from_app,
                    schedules: true,
                    person: false,
                    main_thread: false,
                };
                let submission = crate::op::Submission {
                    request: flight.request,
                    number: Some(flight.number),
                };
                let op = Op::Submit(submission);
                (
                    None,
                    Ask {
                        op,
                        reply: Reply::Nothing,
                        listed: Vec::new(),
                        ids: Vec::new(),
                    },
                    Now { caller, ..*now },
                )
            });
        let open = state.open.iter().filter_map(|call| {
            let (ask, begun) = self.reader.call(*call)?;
            Some((
                Some(*call),
                ask.clone(),
                Now {
                    caller: begun.caller,
                    ..*now
                },
            ))
        });
        let ways: Vec<_> = pending.chain(open).collect();
        for (number, ask, now) in &ways {
            self.said.outcomes.clear();
            self.path.clear();
            if number.is_some() {
                decide(&state, &self.cx, now, ask, &mut self.path, &mut self.said);
            } else {
                land(&state, &self.cx, now, ask, &mut self.path, &mut self.said);
            }
            for outcome in &self.said.outcomes {
                let mut next = state.clone();
                apply(&mut next, &self.cx, now, ask, outcome);
                if let Some(number) = number {
                    next.end(*number);
                }
                let Branch { blame, cost, .. } = self.set[place];
                if self.workings.keeps_every_path || !self.set.iter().any(|other| other.state == next) {
                    self.set.push(Branch {
                        state: next,
                        blame,
                        cost,
                    });
                }
            }
        }
    }

    /// The process died: an open call of it took effect before that, or never will (LIF-7).
    pub(super) fn bury_calls(&mut self) {
        let dead: Vec<u32> = self.reader.open_of_app().collect();
        for branch in &mut self.set {
            dead.iter().for_each(|number| branch.state.end(*number));
        }
        self.merge_set();
    }

    /// The end of a call: it has taken effect by now.
    pub(super) fn end_call(&mut self, record: &Record, number: u32, now: &Now) {
        let Some((ask, _)) = self.reader.call(number).cloned() else {
            return;
        };
        if self.set.iter().any(|branch| !branch.state.is_open(number)) {
            self.set.retain(|branch| !branch.state.is_open(number));
        } else {
            self.said.forbidden.clear();
            self.said.instead.clear();
            self.said.also.clear();
            let states: Vec<_> = self.set.iter().map(|branch| branch.state.clone()).collect();
            for state in &states {
                self.said.outcomes.clear();
                decide(state, &self.cx, now, &ask, &mut self.path, &mut self.said);
            }
            self.said.also.push(rules::linearizable());
            self.breach(record, &ask, now);
            self.set.iter_mut().for_each(|branch| branch.state.end(number));
        }
        self.reader.end(number);
    }
}
