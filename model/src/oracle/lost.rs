//! Where more is possible than can be followed: a stretch of the trace is not judged, and judging goes on behind it.
//!
//! What was certain before was told. While calls are open, any of them may have taken effect or not: the lines go by,
//! and one state takes what they show without a guard, as after a breach. Where no call is open any more it is enough
//! to believe nothing of the requests, of what the calls of the stretch named, and of the settings: one state is left
//! that leaves all of that open, and the next list tells what is pending. The report names the lines that went by.
//!
//! What the states did not share besides (a task, a card, a submission in flight) ends with the process at the latest:
//! then it is waited for that.

use crate::facts::Fact;
use crate::op::{Ask, Now, Op, TaskRef};
use crate::rules;
use crate::setting::Setting;
use crate::state::{Mark, NEVER, Outstanding, State, Sym};
use crate::vocabulary::{Condition, Event, Kind, Millis, Record};

use super::Ending;
use super::calls::OpenCalls;
use super::pass::Pass;
use super::read::Is;
use super::recover;
use super::set::Branch;
use super::unseen::{self, Missing};

/// A stretch that is not judged.
#[derive(Debug, Clone)]
pub(super) struct Lost {
    /// Its first line.
    event: u64,
    at: Millis,
    why: String,
    /// What all states before it had in common.
    state: State,
    /// The calls that are open.
    open: Vec<u32>,
    /// The identifiers that its calls name.
    touched: Vec<Sym>,
    /// What the debugger launched in it, and until when that may be delivered.
    simulated: Vec<(Sym, Millis)>,
    /// The states did not share more than that: the stretch lasts until the process ends.
    until_death: bool,
}

impl Pass {
    /// More is possible than can be followed: this line and those behind it are not judged.
    pub(super) fn give_up(&mut self, why: String) {
        if self.gave_up {
            return;
        }
        self.gave_up = true;
        let mut touched = Vec::new();
        let mut open = Vec::new();
        for call in self.calls.iter() {
            open.push(call.number());
            touched.extend(named_by(&call.ask.op));
        }
        let shares = |other: &Branch| shares_all_but(&self.set[0].state, &other.state, &touched);
        let until_death = !self.set.iter().all(shares);
        self.lost = Some(Box::new(Lost {
            event: self.events,
            at: self.at,
            why,
            state: self.in_common(),
            open,
            touched,
            simulated: Vec::new(),
            until_death,
        }));
        // What is not certain of the app by now never will be.
        self.blames.clear();
        self.settled.clear();
        self.calls = OpenCalls::default();
    }

    /// What the states have in common, and of the facts all that any of them allows.
    fn in_common(&self) -> State {
        let mut state = match self.set.first() {
            Some(branch) => branch.state.clone(),
            None => State::at_zero(&self.cx),
        };
        state.open = 0;
        for branch in &self.set {
            for fact in every_fact() {
                let mask = state.facts.mask(fact) | branch.state.facts.mask(fact);
                state.facts.set(fact, mask);
            }
        }
        state
    }

    /// A line of the stretch goes by.
    #[cold]
    pub(super) fn go_by(&mut self, record: &Record, ask: &Ask, now: &Now) {
        let Some(mut lost) = self.lost.take() else { return };
        self.blames.clear();
        let mut ids = Vec::new();
        let state = &mut lost.state;
        if self.reader.line.ends {
            unseen::end_unseen(state, &self.cx, now);
        }
        if self.reader.line.buries {
            unseen::lose_process(state);
        }
        if let Some((pid, by)) = self.reader.line.starts {
            recover::carry_on(state, &self.cx, now, &Ask::of(Op::Started { pid, by }), &mut ids);
        }
        match self.reader.line.is {
            Is::Event => {
                lost.touched.extend(named_by(&ask.op));
                recover::carry_on(state, &self.cx, now, ask, &mut ids);
                if let Op::SimulateLaunch(id) = ask.op {
                    lost.simulated.retain(|(other, _)| *other != id);
                    let until = rules::cancelling::too_late_until(state, &self.cx, now);
                    lost.simulated.push((id, until));
                }
                if ask.op.ends_process() {
                    lost.open.clear();
                    lost.simulated.clear();
                    lost.until_death = !state.cards.is_empty();
                }
            }
            Is::Begin(number) => {
                lost.open.push(number);
                lost.touched.extend(named_by(&ask.op));
                lost.until_death |= matches!(ask.op, Op::Submit(submission) if submission.number.is_some());
            }
            Is::End(number) => lost.open.retain(|open| *open != number),
            Is::Gap(_) => {
                if let Some(Event::Gap(gap)) = &record.event {
                    let missing = Missing::of(gap);
                    let ids = self.ids_of(gap);
                    self.miss(missing);
                    unseen::look_away(&mut lost.state, &mut self.cx, now, missing, ids.as_deref());
                    // Where anything may be missing, nothing is believed of anything.
                    lost.until_death &= !missing.life;
                }
            }
            Is::Ends(end) => self.ending = Ending::Line(end),
            Is::Clock => {}
        }
        let over = self.ending != Ending::None;
        if over || lost.open.is_empty() && !lost.until_death {
            self.go_on(*lost, now);
        } else {
            self.set = vec![Branch::of(lost.state.clone())];
            self.lost = Some(lost);
        }
    }

    /// The stretch is over.
    fn go_on(&mut self, lost: Lost, now: &Now) {
        let Lost {
            event,
            at,
            why,
            mut state,
            touched,
            simulated,
            ..
        } = lost;
        let launched = std::mem::take(&mut state.spent);
        for id in touched {
            unseen::disbelieve(&mut state, id);
            self.cx.miss_cards(id);
        }
        // What was launched before may be delivered, and what the debugger launched if a request was there.
        state.spent = launched;
        for (id, until) in simulated {
            let place = state.spent.partition_point(|spent| spent.id < id);
            if state.spent.get(place).is_none_or(|spent| spent.id != id) {
                let spent = Outstanding {
                    vague: true,
                    simulated: true,
                    until,
                    ..Outstanding::of(id, Kind::Refresh)
                };
                state.spent.insert(place, spent);
            }
        }
        unseen::doubt_requests(&mut state, &self.cx);
        state.waiting.clear();
        state.granted = None;
        // What the runner asked for before may be answered now.
        state.unheard = true;
        if let Some(process) = &mut state.process {
            process.owes_delivery = None;
            state.requests.iter_mut().for_each(|request| request.mark = Mark::Maybe);
        }
        for spent in &mut state.spent {
            (spent.mark, spent.unsure, spent.by) = (Mark::Free, true, NEVER);
        }
        for task in &mut state.tasks {
            task.taken_back = false;
            // How it was told apart from others is not known.
            task.request.vague = true;
        }
        for setting in Setting::ALL.iter().copied().map(Fact::Setting) {
            state.facts.set(setting, self.cx.at_zero.mask(setting));
        }
        crate::apply::finish(&mut state, &self.cx, now);
        self.due = state.due;
        self.set = vec![Branch::of(state)];
        self.gave_up = false;
        let lines = match (event + 1, self.events + 1) {
            (from, to) if from == to => format!("line {from} was not judged"),
            (from, to) => format!("lines {from} to {to} were not judged"),
        };
        self.doubts.push(crate::report::Doubt {
            event,
            until: Some(self.events),
            at,
            why: format!("{why}; {lines}"),
            party: None,
        });
    }

    /// The trace is over while a stretch is not judged.
    pub(super) fn end_lost(&mut self) {
        if let Some(lost) = self.lost.take() {
            let now = Now {
                earliest: self.at,
                at: self.at,
                latest: self.at,
                caller: crate::op::Caller {
                    app: true,
                    schedules: false,
                    person: false,
                    main_thread: false,
                },
            };
            self.go_on(*lost, &now);
        }
    }
}

/// Every fact there is.
fn every_fact() -> impl Iterator<Item = Fact> {
    let settings = Setting::ALL.iter().copied().map(Fact::Setting);
    let device = Condition::ALL.into_iter().map(Fact::Device);
    settings
        .chain(device)
        .chain([Fact::Foreground, Fact::Finished, Fact::ForceQuit])
}

/// The identifier of which a call may change more than the request.
fn named_by(op: &Op) -> Option<Sym> {
    match op {
        Op::Register { id, .. } | Op::Cancel(id) | Op::ChangeObject { id, .. } => Some(*id),
        Op::Submit(submission) => Some(submission.request.id),
        Op::SetExpirationHandler {
            task: TaskRef { id, .. },
            ..
        }
        | Op::Progress {
            task: TaskRef { id, .. },
            ..
        }
        | Op::UpdateTitle {
            task: TaskRef { id, .. },
            ..
        }
        | Op::Complete {
            task: TaskRef { id, .. },
            ..
        }
        | Op::Delivered {
            task: TaskRef { id, .. },
            ..
        } => Some(*id),
        _ => None,
    }
}

/// Whether two states differ in the requests, in what is known of facts, and of these identifiers only.
fn shares_all_but(one: &State, other: &State, ids: &[Sym]) -> bool {
    fn without<'a, T>(all: &'a [T], ids: &'a [Sym], id: fn(&T) -> Sym) -> impl Iterator<Item = &'a T> {
        all.iter().filter(move |item| !ids.contains(&id(item)))
    }
    one.installed == other.installed
        && one.process == other.process
        && one.locked_at == other.locked_at
        && (one.places_taken, one.places_open) == (other.places_taken, other.places_open)
        && without(&one.handlers, ids, |handler| handler.id).eq(without(&other.handlers, ids, |handler| handler.id))
        && without(&one.tasks, ids, |task| task.id).eq(without(&other.tasks, ids, |task| task.id))
        && one.cards == other.cards
        && one.flights.is_empty()
        && other.flights.is_empty()
        && one.blocked == other.blocked
        && !one.awaits_answer()
        && !other.awaits_answer()
}
