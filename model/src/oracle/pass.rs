//! One pass over a trace: the set of possible states, moved on by each event.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use crate::apply::{apply, finish};
use crate::context::Context;
use crate::facts::Fact;
use crate::interner::TextHasher;
use crate::op::{Ask, Caller, Now, Op, Reply};
use crate::past;
use crate::profile::Profile;
use crate::report::{Alternative, Doubt, Finding, Report, Verdict};
use crate::rule::{Force, Party, Rule};
use crate::rules;
use crate::see::{Effect, Outcome, Path, Said, See, Shown, Sureness};
use crate::setting::Setting;
use crate::state::{NEVER, State, Sym};
use crate::vocabulary::{Answer, End, Header, Millis, Record, Version};

use super::explain::{self, Account};
use super::read::{Line, Reader};
use super::{Ending, Malformed, Workings, eligible, fails, recover, words};

/// One possible state, with what the app has to answer for if it is the true one.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    pub(super) state: State,
    /// The last of the app's breaches that this branch alone has, by its place in [`Pass::blames`] plus one.
    pub(super) blame: usize,
    /// How much the app has to answer for. Of equal states the cheaper is kept.
    pub(super) cost: u32,
}

/// A breach of the app on some branches.
#[derive(Debug, Clone)]
struct Blame {
    before: usize,
    finding: Finding,
}

/// A pass.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    pub(super) cx: Context,
    pub(super) reader: Reader,
    pub(super) set: Vec<Branch>,
    next: Vec<Branch>,
    blames: Vec<Blame>,
    pub(super) findings: Vec<Finding>,
    doubts: Vec<Doubt>,
    path: Path,
    said: Said,
    /// The duties broken on the way on which the app broke least.
    owed: Vec<&'static Rule>,
    /// The event, kept for its buffers.
    ask: Option<Box<Ask>>,
    pub(super) events: u64,
    pub(super) at: Millis,
    /// How often nothing allowed what was seen.
    breaches: u64,
    /// For which rule an accepted submission was refused all the same.
    unreported: Option<&'static Rule>,
    due: Millis,
    most_states: usize,
    ending: Ending,
    pub(super) gave_up: bool,
    /// How each breach was refused, where somebody wants to know.
    pub(super) accounts: Option<Vec<Account>>,
    /// So many identifiers were met.
    met: u32,
    workings: Workings,
}

impl Pass {
    pub(super) fn new(header: &Header, os: Version, profile: Profile, tolerance: Millis) -> Self {
        let cx = Context::new(header, os, profile, tolerance);
        let reader = Reader::new(header);
        let state = State::at_zero(&cx);
        Self {
            cx,
            reader,
            set: vec![Branch {
                state,
                blame: 0,
                cost: 0,
            }],
            next: Vec::new(),
            blames: Vec::new(),
            findings: Vec::new(),
            doubts: Vec::new(),
            path: Path::default(),
            said: Said::default(),
            owed: Vec::new(),
            ask: None,
            events: 0,
            at: Millis::MIN,
            breaches: 0,
            unreported: None,
            due: NEVER,
            most_states: 1,
            ending: Ending::None,
            met: 0,
            gave_up: false,
            accounts: None,
            workings: Workings::default(),
        }
    }

    pub(super) fn set_workings(&mut self, workings: Workings) {
        self.workings = workings;
        self.said.keeps_every_path = workings.keeps_every_path;
    }

    pub(super) fn asked(&self) -> u64 {
        self.said.asked
    }

    pub(super) fn states(&self) -> usize {
        self.set.len()
    }

    pub(super) fn step(&mut self, record: &Record, told: Option<&Answer>) -> Result<(), Malformed> {
        if self.ending != Ending::None {
            return Err(Malformed::new("a line behind the end of the trace"));
        }
        if record.at < self.at {
            let (at, last) = (record.at, self.at);
            return Err(Malformed::new(format!(
                "time goes backwards: at {at} behind a line at {last}; expected {last} or later"
            )));
        }
        let mut ask = self.ask.take().unwrap_or_else(|| Box::new(Ask::of(Op::Clock)));
        let line = self.reader.read(record, told, &mut self.cx, &mut ask);
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                self.ask = Some(ask);
                return Err(error);
            }
        };
        self.events += 1;
        let before = std::mem::replace(&mut self.at, record.at);
        let caller = self.reader.caller(record);
        // Two times of which each is exact to the tolerance lie apart by as much as twice that more or less.
        let apart = 2 * self.cx.tolerance;
        let now = Now {
            earliest: record.at - apart,
            at: record.at,
            latest: record.to.map_or(record.at, |to| to.max(record.at)) + apart,
            caller,
        };
        if self.cx.partial {
            self.look_back(&now);
        }
        if !self.gave_up {
            let looks = self.events > 1 && line.known_until().is_none();
            if line.settles() || before.saturating_add(apart) < record.at && looks {
                self.settle(record, before, &now);
            }
            self.unreported = None;
            let breaches = self.breaches;
            self.take(record, line, &ask, &now);
            if breaches != self.breaches {
                // What a breach leaves behind is not believed.
                past::note_breach(&mut self.cx, &ask.op);
            } else if matches!(line, Line::Event { .. } | Line::Begin { .. }) {
                past::note(&mut self.cx, &ask.op, ask.reply, &now, self.unreported);
            }
        }
        self.ask = Some(ask);
        self.tidy_texts();
        Ok(())
    }

    /// What the trace did not look at may matter from now on: at its first line everything, later the identifiers that
    /// it names for the first time.
    fn look_back(&mut self, now: &Now) {
        if self.events == 1 {
            for branch in &mut self.set {
                recover::begin_late(&mut branch.state, &mut self.cx, now);
            }
        }
        let met = std::mem::replace(&mut self.met, self.cx.count_ids());
        for id in (met..self.met).map(Sym) {
            for branch in &mut self.set {
                recover::meet(&mut branch.state, id);
            }
        }
    }

    fn take(&mut self, record: &Record, line: Line, ask: &Ask, now: &Now) {
        if line.buries() {
            for branch in &mut self.set {
                recover::lose_process(&mut branch.state);
            }
        }
        if let Some((pid, by)) = line.starts_first() {
            let start = Ask::of(Op::Started { pid, by });
            self.time_passes(now);
            self.advance(record, &start, now);
            if self.cx.partial {
                for branch in &mut self.set {
                    recover::forget_process(&mut branch.state, now);
                }
            }
        }
        let known = line
            .known_until()
            .map_or(now.earliest, |from| from - 2 * self.cx.tolerance);
        if line.lands() {
            for branch in &mut self.set {
                recover::doubt_requests(&mut branch.state, &self.cx);
            }
        }
        self.time_passes(&Now {
            earliest: known.min(now.earliest),
            ..*now
        });
        if !line.is_clock() && self.set.iter().any(|branch| branch.state.is_in_flight()) {
            self.close(now, record);
        }
        if matches!(ask.op, Op::LaunchFinished | Op::Dies(_) | Op::Killed(_)) && !self.cx.driven {
            for branch in &mut self.set {
                eligible::suppose_launches(&mut branch.state, &self.cx, now, &mut self.path);
            }
        }
        match line {
            Line::Event { .. } => {
                if rules::has_duties(&ask.op) {
                    self.judge_app(record, ask, now);
                }
                self.advance(record, ask, now);
                if ask.op.ends_process() && self.reader.has_open_calls() {
                    self.bury_calls();
                }
            }
            Line::Begin { number } => {
                self.said.exercised.add(rules::linearizable());
                if rules::has_duties(&ask.op) {
                    self.judge_app(record, ask, now);
                }
                self.reader.begin(number, ask.clone(), *now);
                for branch in &mut self.set {
                    branch.state.begin(number);
                }
                self.close(now, record);
            }
            Line::End { number } => self.end_call(record, number, now),
            Line::Gap { .. } => {
                self.cx.look_away();
                for branch in &mut self.set {
                    recover::forget(&mut branch.state, &mut self.cx, now);
                    finish(&mut branch.state, &self.cx, now);
                }
            }
            Line::Ends(end) => {
                self.ending = Ending::Line(end);
                if end == End::Closed {
                    self.close_trace(record, now);
                }
            }
        }
        if self.cx.limits.promptness.is_some() {
            self.promise(now);
        }
        self.due = self.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
        self.settle_blame();
    }

    /// A declared promptness (CON-12): a request that surely meets every condition has to be launched within it.
    fn promise(&mut self, now: &Now) {
        for branch in &mut self.set {
            eligible::promise(&mut branch.state, &self.cx, now, &mut self.path);
            finish(&mut branch.state, &self.cx, now);
        }
    }

    /// What the last input asked for has to have been answered by then.
    fn settle(&mut self, record: &Record, before: Millis, now: &Now) {
        if self.set.iter().any(|branch| branch.state.awaits_answer()) {
            let ask = Ask::of(Op::Settle);
            // What was owed at the earliest time at which it may have been asked for was owed at any rate.
            let then = before.saturating_sub(2 * self.cx.tolerance);
            let then = Now {
                earliest: then,
                at: before,
                latest: then,
                ..*now
            };
            self.advance(record, &ask, &then);
        }
    }

    // ---- one event

    /// Moves every state on by an event. If none can follow, the event breaks a rule, and the oracle recovers.
    pub(super) fn advance(&mut self, record: &Record, ask: &Ask, now: &Now) {
        self.said.forbidden.clear();
        self.said.instead.clear();
        self.said.also.clear();
        if let [branch] = self.set.as_mut_slice() {
            self.said.outcomes.clear();
            decide(&branch.state, &self.cx, now, ask, &mut self.path, &mut self.said);
            if let [outcome] = self.said.outcomes.as_slice() {
                if outcome.by.is_some_and(rules::is_unreported_refusal) && outcome.effect == Effect::Nothing {
                    self.unreported = self.said.instead.first().map(|(_, rule)| *rule);
                }
                apply(&mut branch.state, &self.cx, now, ask, outcome);
                return;
            }
        }
        let mut next = std::mem::take(&mut self.next);
        next.clear();
        for branch in &self.set {
            self.said.outcomes.clear();
            decide(&branch.state, &self.cx, now, ask, &mut self.path, &mut self.said);
            for outcome in &self.said.outcomes {
                let mut state = branch.state.clone();
                apply(&mut state, &self.cx, now, ask, outcome);
                next.push(Branch { state, ..*branch });
            }
        }
        if next.is_empty() {
            self.next = next;
            return self.breach(record, ask, now);
        }
        self.merge(&mut next);
        self.next = std::mem::replace(&mut self.set, next);
        self.count_states();
    }

    fn count_states(&mut self) {
        self.most_states = self.most_states.max(self.set.len());
        let most = self.workings.most_states;
        if self.set.len() > most {
            self.gave_up = true;
            self.doubt(format!("too many possibilities: more than {most} states are possible"));
            self.set.truncate(1);
        }
    }

    fn merge(&self, set: &mut Vec<Branch>) {
        if !self.workings.keeps_every_path {
            merge(set);
        }
    }

    fn merge_set(&mut self) {
        let mut set = std::mem::take(&mut self.set);
        self.merge(&mut set);
        self.set = set;
    }

    fn breach(&mut self, record: &Record, ask: &Ask, now: &Now) {
        self.breaches += 1;
        let mut rules: Vec<&'static Rule> = self.said.forbidden.clone();
        if rules.is_empty() {
            let offered: Vec<_> = self.said.instead.iter().map(|(_, rule)| *rule).collect();
            let binds = |rule: &&'static Rule| rule.force == Force::Must;
            let is_held = |rule: &&'static Rule| rule.switch.is_some_and(|setting| setting.entry().fixed);
            rules = offered.iter().copied().filter(binds).collect();
            if rules.is_empty() {
                rules = offered.iter().copied().filter(is_held).collect();
            }
            if rules.is_empty() {
                rules = offered;
            }
        }
        let mut distinct: Vec<&'static Rule> = Vec::new();
        for rule in rules.into_iter().chain(self.said.also.iter().copied()) {
            if !distinct.contains(&rule) {
                distinct.push(rule);
            }
        }
        let instead = self.said.instead.iter().map(|(allowed, rule)| Alternative {
            what: words::allowed(*allowed),
            rule,
        });
        let instead = instead.collect();
        if self.accounts.is_some() {
            explain::account(self, ask, now);
        }
        let what = words::record(record, &ask.op);
        self.find(distinct, record.at, what, instead);
        let mut ids: Vec<_> = Vec::new();
        for branch in &mut self.set {
            recover::carry_on(&mut branch.state, &self.cx, now, ask, &mut ids);
        }
        self.merge_set();
        self.due = self.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
    }

    /// Notes a breach, unless the implementation does not model any of the rules' areas.
    pub(super) fn find(&mut self, rules: Vec<&'static Rule>, at: Millis, what: String, instead: Vec<Alternative>) {
        if self.gave_up {
            // A part of the states proves nothing.
            return;
        }
        let judged: Vec<_> = rules
            .into_iter()
            .filter(|rule| rule.in_force(self.cx.os) && self.cx.models(rule.id.area))
            .collect();
        let Some(first) = judged.iter().find(|rule| rule.force == Force::Must).or(judged.first()) else {
            return;
        };
        let party = first.bound;
        self.findings.push(Finding {
            party,
            rules: judged,
            event: self.events,
            at,
            what,
            instead,
        });
    }

    // ---- overlapping calls and asynchronous submissions

    /// Closes the set under "an open call, or a submission in flight, takes effect now".
    fn close(&mut self, now: &Now, record: &Record) {
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
    fn bury_calls(&mut self) {
        let dead: Vec<u32> = self.reader.open_of_app().collect();
        for branch in &mut self.set {
            dead.iter().for_each(|number| branch.state.end(*number));
        }
        self.merge_set();
    }

    /// The end of a call: it has taken effect by now.
    fn end_call(&mut self, record: &Record, number: u32, now: &Now) {
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

    // ---- blame

    /// What the app owes at this event. On each state the app is believed innocent if it can be.
    fn judge_app(&mut self, record: &Record, ask: &Ask, now: &Now) {
        for place in 0..self.set.len() {
            let mut least: Option<usize> = None;
            self.path.clear();
            loop {
                self.said.duties.clear();
                self.said.outcomes.clear();
                let state = &self.set[place].state;
                let mut see = See::new(state, &self.cx, now, ask, &mut self.path, &mut self.said);
                rules::duties(&mut see);
                let weight = weight(&self.said.duties);
                if least.is_none_or(|least| weight < least) {
                    least = Some(weight);
                    std::mem::swap(&mut self.owed, &mut self.said.duties);
                }
                if !self.path.next_way() {
                    break;
                }
            }
            if least.is_none_or(|least| least == 0) {
                continue;
            }
            for (advice, rules) in split(&self.owed) {
                if !rules.is_empty() {
                    self.blame(place, record, rules, if advice { 1 } else { 1000 });
                }
            }
        }
        self.settle_blame();
    }

    fn blame(&mut self, place: usize, record: &Record, rules: Vec<&'static Rule>, cost: u32) {
        let what = record.event.as_ref().map_or_else(String::new, words::describe);
        self.blame_for(place, record.at, rules, what, cost);
    }

    /// Lays a breach to the app on one branch.
    pub(super) fn blame_for(&mut self, place: usize, at: Millis, rules: Vec<&'static Rule>, what: String, cost: u32) {
        let rules: Vec<_> = rules.into_iter().filter(|rule| self.cx.models(rule.id.area)).collect();
        let Some(first) = rules.first() else { return };
        let finding = Finding {
            party: first.bound,
            rules,
            event: self.events,
            at,
            what,
            instead: Vec::new(),
        };
        let branch = &mut self.set[place];
        self.blames.push(Blame {
            before: branch.blame,
            finding,
        });
        branch.blame = self.blames.len();
        branch.cost += cost;
    }

    /// Breaches that every possible state shares are certain.
    #[inline]
    fn settle_blame(&mut self) {
        if !self.blames.is_empty() && !self.gave_up {
            self.settle_open_blame();
        }
    }

    fn settle_open_blame(&mut self) {
        let chains: Vec<Vec<usize>> = self.set.iter().map(|branch| self.chain(branch.blame)).collect();
        let Some((first, rest)) = chains.split_first() else {
            return;
        };
        // Equal breaches were noted once for each branch: compare what they say.
        let same = |a: usize, b: usize| {
            let (a, b) = (&self.blames[a].finding, &self.blames[b].finding);
            a.event == b.event && a.rules == b.rules && a.at == b.at && a.what == b.what
        };
        let mut certain = first.len();
        for chain in rest {
            let common = first.iter().zip(chain).take_while(|(a, b)| same(**a, **b)).count();
            certain = certain.min(common);
        }
        if certain == 0 && !first.is_empty() {
            return;
        }
        let found: Vec<_> = first[..certain]
            .iter()
            .map(|place| self.blames[*place].finding.clone())
            .collect();
        self.findings.extend(found);
        if chains.iter().all(|chain| chain.len() == certain) {
            self.blames.clear();
            self.set
                .iter_mut()
                .for_each(|branch| (branch.blame, branch.cost) = (0, 0));
        } else if certain > 0 {
            for chain in &chains {
                for (place, name) in chain.iter().enumerate().skip(certain) {
                    self.blames[*name].before = if place == certain { 0 } else { chain[place - 1] + 1 };
                }
            }
        }
    }

    /// The places of a branch's breaches, oldest first.
    fn chain(&self, blame: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut at = blame;
        while at != 0 {
            chain.push(at - 1);
            at = self.blames[at - 1].before;
        }
        chain.reverse();
        chain
    }

    pub(super) fn doubt(&mut self, why: String) {
        self.doubts.push(Doubt {
            event: self.events,
            at: self.at,
            why,
        });
    }

    // ---- time

    #[inline]
    fn time_passes(&mut self, now: &Now) {
        if self.due < now.earliest {
            super::time::fall_due(self, now);
            self.due = self.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
        }
    }

    fn close_trace(&mut self, record: &Record, now: &Now) {
        let _ = now;
        for place in 0..self.set.len() {
            for (rule, what) in super::time::owed_at_the_end(&self.set[place].state, &self.cx) {
                let cost = if rule.force == Force::Should { 1 } else { 1000 };
                self.blame_for(place, record.at, vec![rule], what, cost);
            }
        }
    }

    /// Titles and queues that no state holds any more are forgotten, so that a long trace needs no more memory.
    fn tidy_texts(&mut self) {
        const MANY: usize = 4096;
        if self.cx.texts.len() < MANY || self.reader.has_open_calls() {
            return;
        }
        let mut keep = vec![false; self.cx.texts.len()];
        let branches = || self.set.iter();
        for branch in branches() {
            branch.state.each_text(|text| {
                if let Some(place) = keep.get_mut(text.0 as usize) {
                    *place = true;
                }
            });
        }
        let moved = self.cx.texts.compact(&keep);
        for branch in &mut self.set {
            branch.state.move_texts(&moved);
        }
    }

    // ---- the end

    pub(super) fn report(mut self, wide: bool) -> Report {
        let cheapest = self
            .set
            .iter()
            .min_by_key(|branch| branch.cost)
            .map_or(0, |branch| branch.blame);
        let cheapest = if self.gave_up { 0 } else { cheapest };
        let rest: Vec<_> = self
            .chain(cheapest)
            .iter()
            .map(|place| self.blames[*place].finding.clone())
            .collect();
        self.findings.extend(rest);
        self.findings.sort_by_key(|finding| finding.event);
        let open = self
            .set
            .first()
            .map_or_else(Vec::new, |branch| super::time::open(&branch.state, &self.cx));
        if self.ending != Ending::Line(End::Closed) {
            for owed in &open {
                self.doubts.push(Doubt {
                    event: self.events,
                    at: self.at,
                    why: format!("the recording stops before its time is over: {owed}"),
                });
            }
        }
        let (findings, advice): (Vec<_>, Vec<_>) = std::mem::take(&mut self.findings).into_iter().partition(fails);
        let verdict = if !findings.is_empty() {
            Verdict::Breaks
        } else if !self.doubts.is_empty() {
            Verdict::Inconclusive
        } else {
            Verdict::Conforms
        };
        let exercised = if wide {
            rules::all()
                .map(|rule| (rule, self.said.exercised.of(rule)))
                .filter(|(rule, count)| *count > 0 && rule.in_force(self.cx.os))
                .collect()
        } else {
            Vec::new()
        };
        let chosen = super::time::chosen(&self.set, &self.cx);
        Report {
            verdict,
            findings,
            advice,
            doubts: self.doubts,
            events: self.events,
            open,
            most_states: self.most_states,
            exercised,
            chosen,
        }
    }
}

/// Every way through the open questions of an event in a state.
fn decide(state: &State, cx: &Context, now: &Now, ask: &Ask, path: &mut Path, said: &mut Said) {
    each_way(state, cx, now, ask, path, said, rules::decide);
}

fn land(state: &State, cx: &Context, now: &Now, ask: &Ask, path: &mut Path, said: &mut Said) {
    each_way(state, cx, now, ask, path, said, |see| {
        if let Op::Submit(submission) = &ask.op {
            rules::land(see, submission);
        }
    });
}

#[inline]
fn each_way(
    state: &State,
    cx: &Context,
    now: &Now,
    ask: &Ask,
    path: &mut Path,
    said: &mut Said,
    mut decide: impl FnMut(&mut See<'_>),
) {
    path.clear();
    loop {
        decide(&mut See::new(state, cx, now, ask, path, said));
        if !path.next_way() {
            break;
        }
    }
    if said.keeps_every_path {
        spread(&mut said.outcomes);
    } else if said.outcomes.len() > 1 {
        join(&mut said.outcomes);
    }
}

/// Takes apart what is kept as one state with a flag: a request that may be there is there, or it is not.
fn spread(outcomes: &mut Vec<Outcome>) {
    for place in 0..outcomes.len() {
        if let Effect::Put(Sureness::Unsure, at) = outcomes[place].effect {
            outcomes[place].effect = Effect::Put(Sureness::Sure, at);
            outcomes.push(Outcome {
                effect: Effect::Nothing,
                ..outcomes[place].clone()
            });
        }
    }
}

/// Joins outcomes that differ in one open question only: its answer did not matter.
fn join(outcomes: &mut Vec<Outcome>) {
    let mut place = 0;
    while place < outcomes.len() {
        let mut other = place + 1;
        let mut joined = false;
        while other < outcomes.len() {
            if let Some(both) = joined_pair(&outcomes[place], &outcomes[other]) {
                outcomes[place] = both;
                outcomes.swap_remove(other);
                joined = true;
            } else {
                other += 1;
            }
        }
        // A join may make another possible.
        place = if joined { 0 } else { place + 1 };
    }
}

/// Settings by which the effect itself differs, though it has one name.
const READ_WHEN_APPLIED: [Setting; 2] = [Setting::FailedCardReplacedOnRetry, Setting::HealthNeedsIdle];

fn joined_pair(a: &Outcome, b: &Outcome) -> Option<Outcome> {
    let apart = READ_WHEN_APPLIED.map(Fact::Setting);
    let (of_a, of_b) = (a.shown(), b.shown());
    if a.effect != b.effect
        || of_a.marked != of_b.marked
        || apart.iter().any(|fact| a.facts.mask(*fact) != b.facts.mask(*fact))
    {
        return None;
    }
    for (wide, narrow) in [(a, b), (b, a)] {
        let includes = |told: &[(Sym, bool)], more: &[(Sym, bool)]| told.iter().all(|one| more.contains(one));
        if wide.facts.covers(narrow.facts)
            && includes(&wide.shown().presence, &narrow.shown().presence)
            && includes(&wide.shown().handlers, &narrow.shown().handlers)
        {
            return Some(wide.clone());
        }
    }
    if of_a.presence == of_b.presence && of_a.handlers == of_b.handlers {
        return a.facts.joined(b.facts).map(|facts| Outcome { facts, ..a.clone() });
    }
    if a.facts != b.facts {
        return None;
    }
    let shown = if of_a.handlers == of_b.handlers {
        let presence = without_one(&of_a.presence, &of_b.presence)?;
        Shown {
            presence,
            ..of_a.clone()
        }
    } else if of_a.presence == of_b.presence {
        let handlers = without_one(&of_a.handlers, &of_b.handlers)?;
        Shown {
            handlers,
            ..of_a.clone()
        }
    } else {
        return None;
    };
    Some(Outcome {
        shown: Some(Box::new(shown)),
        ..a.clone()
    })
}

/// Where two lists differ in one answer only, the list without it.
fn without_one<T: PartialEq + Copy>(a: &[(T, bool)], b: &[(T, bool)]) -> Option<Vec<(T, bool)>> {
    if a.len() != b.len() || a.iter().zip(b).any(|(a, b)| a.0 != b.0) {
        return None;
    }
    let differs: Vec<_> = (0..a.len()).filter(|i| a[*i].1 != b[*i].1).collect();
    let [place] = differs.as_slice() else { return None };
    Some(
        a.iter()
            .enumerate()
            .filter(|(i, _)| i != place)
            .map(|(_, pair)| *pair)
            .collect(),
    )
}

/// Merges equal states, and states that differ in what is known of one fact only.
fn merge(set: &mut Vec<Branch>) {
    const FEW: usize = 8;
    if set.len() < 2 {
        return;
    }
    if set.len() <= FEW {
        let mut kept = 1;
        for place in 1..set.len() {
            let found = (0..kept).find(|other| set[*other].state == set[place].state);
            match found {
                Some(other) => keep_cheaper(set, other, place),
                None => {
                    set.swap(kept, place);
                    kept += 1;
                }
            }
        }
        set.truncate(kept);
    } else {
        let hasher = BuildHasherDefault::<TextHasher>::default();
        let mut seen: HashMap<u64, Vec<usize>, BuildHasherDefault<TextHasher>> = HashMap::default();
        let mut kept = 0;
        for place in 0..set.len() {
            let same_hash = seen.entry(hasher.hash_one(&set[place].state)).or_default();
            match same_hash
                .iter()
                .copied()
                .find(|other| set[*other].state == set[place].state)
            {
                Some(other) => keep_cheaper(set, other, place),
                None => {
                    same_hash.push(kept);
                    set.swap(kept, place);
                    kept += 1;
                }
            }
        }
        set.truncate(kept);
    }
    join_facts(set);
}

fn keep_cheaper(set: &mut [Branch], kept: usize, other: usize) {
    if set[other].cost < set[kept].cost {
        (set[kept].blame, set[kept].cost) = (set[other].blame, set[other].cost);
    }
}

fn join_facts(set: &mut Vec<Branch>) {
    /// Beyond this many states the search for pairs costs more than it saves.
    const MANY: usize = 64;
    if set.len() > MANY {
        return;
    }
    let mut place = 0;
    while place < set.len() {
        let mut other = place + 1;
        while other < set.len() {
            let joined = set[place].state.facts.joined(set[other].state.facts);
            let same = joined.is_some() && set[place].blame == set[other].blame && {
                let facts = set[other].state.facts;
                let mut alike = set[place].state.clone();
                alike.facts = facts;
                alike == set[other].state
            };
            match joined {
                Some(facts) if same => {
                    set[place].state.facts = facts;
                    set.swap_remove(other);
                    other = place + 1;
                }
                _ => other += 1,
            }
        }
        place += 1;
    }
}

fn weight(duties: &[&'static Rule]) -> usize {
    duties
        .iter()
        .map(|rule| if rule.force == Force::Should { 1 } else { 1000 })
        .sum()
}

fn split(duties: &[&'static Rule]) -> [(bool, Vec<&'static Rule>); 2] {
    let (advice, musts) = duties.iter().partition(|rule| rule.force == Force::Should);
    [(false, musts), (true, advice)]
}

impl Party {
    /// Every party.
    pub const ALL: [Self; 3] = [Self::Scheduler, Self::App, Self::Device];
}
