//! The rulebook as a specification, and a trace as the lines of its history.
//!
//! A state is one of the model's, and whether the app broke a rule on the way to it: the app's breach forbids nothing,
//! but a trace conforms only where some state is left in which it broke none. What a trace does not tell (an unknown
//! beginning, a gap) is in the model's states as it is for the fast oracle; whatever else is open is a choice here.

use crate::apply::{apply, finish, remove};
use crate::context::Context;
use crate::op::{Ask, Caller, Now, Op, Submission};
use crate::oracle::read::{Is, Reader};
use crate::oracle::unseen::{self, Missing};
use crate::oracle::{Foresight, Malformed, Terms, eligible, end_of, profile_of};
use crate::report::Verdict;
use crate::rule::{Force, Party, Rule};
use crate::rules::{self, Debt};
use crate::see::{Effect, Outcome, Path, Place, Said, See};
use crate::state::{NEVER, State};
use crate::vocabulary::{End, Event, Gap, Header, Millis, Record};

use super::Specification;
use super::plain::{Line, Plain, TooMany};

/// The rules, with what all states of a trace share, at the time of the line that is read.
#[derive(Debug)]
pub struct Rulebook {
    cx: Context,
    now: Now,
}

/// A state of the model.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Held {
    state: State,
    /// On the way here the app broke a rule.
    app_broke: bool,
}

/// What happens.
#[derive(Debug)]
pub enum Happening {
    /// An event takes place, or a call takes effect.
    Is(Box<Ask>, Caller),
    /// An event is about to take place or a call to begin, and the app owes something there.
    Owes(Box<Ask>, Caller),
    /// What is due at this moment was not done, and the line is of that time.
    FallsDue(Millis),
}

impl Specification for Rulebook {
    type State = Held;
    type Event = Happening;

    fn follow(&self, held: &Held, event: &Happening, mut each: impl FnMut(Held)) {
        match event {
            Happening::Is(ask, caller) => self.decide(held, ask, *caller, rules::decide, each),
            Happening::Owes(ask, caller) => each(Held {
                app_broke: held.app_broke || !self.may_be_innocent(&held.state, ask, *caller),
                ..held.clone()
            }),
            Happening::FallsDue(line) => self.fall_due(held.clone(), *line).into_iter().for_each(each),
        }
    }

    /// An asynchronous submission takes effect at any moment.
    fn unseen(&self, held: &Held, mut each: impl FnMut(Held)) {
        for flight in held.state.flights.iter().filter(|flight| flight.result.is_none()) {
            let ask = Ask::of(Op::Submit(Submission {
                request: flight.request,
                number: Some(flight.number),
            }));
            let caller = Caller {
                app: flight.from_app,
                schedules: true,
                person: false,
                main_thread: false,
            };
            self.decide(held, &ask, caller, land, &mut each);
        }
    }
}

pub(super) fn land(see: &mut See<'_>) {
    if let Op::Submit(submission) = &see.ask.op {
        rules::land(see, submission);
    }
}

impl Rulebook {
    /// Decide, change: a state for each way through what is open and each outcome on it.
    fn decide(&self, held: &Held, ask: &Ask, caller: Caller, rule: fn(&mut See<'_>), mut each: impl FnMut(Held)) {
        let now = Now { caller, ..self.now };
        let mut change = |outcome: &Outcome| {
            let mut next = held.clone();
            apply(&mut next.state, &self.cx, &now, ask, outcome);
            each(next);
        };
        for outcome in self.outcomes(&held.state, ask, &now, rule) {
            // The model keeps a request that may have been refused without a word as one state with a flag.
            if outcome.effect == Effect::MayPut {
                change(&Outcome {
                    effect: Effect::Nothing,
                    ..outcome.clone()
                });
                change(&Outcome {
                    effect: Effect::Put(Place::Back),
                    ..outcome
                });
            } else {
                change(&outcome);
            }
        }
    }

    fn outcomes(&self, state: &State, ask: &Ask, now: &Now, rule: fn(&mut See<'_>)) -> Vec<Outcome> {
        let (mut path, mut said) = (Path::default(), Said::default());
        rule(&mut See::new(state, &self.cx, now, ask, &mut path, &mut said));
        while path.next_way() {
            rule(&mut See::new(state, &self.cx, now, ask, &mut path, &mut said));
        }
        said.outcomes
    }

    /// Whether on some way through what is open the app broke nothing.
    fn may_be_innocent(&self, state: &State, ask: &Ask, caller: Caller) -> bool {
        let now = Now { caller, ..self.now };
        let mut path = Path::default();
        loop {
            let mut said = Said::default();
            rules::duties(&mut See::new(state, &self.cx, &now, ask, &mut path, &mut said));
            if !said.duties.iter().any(|rule| self.counts(rule)) {
                return true;
            }
            if !path.next_way() {
                return false;
            }
        }
    }

    fn counts(&self, rule: &Rule) -> bool {
        rule.force != Force::Should && self.cx.models_rule(rule)
    }

    /// What is due by now was not done. None: the scheduler owed it.
    fn fall_due(&self, mut held: Held, line: Millis) -> Option<Held> {
        let due = self.now.at;
        let now = Now { at: line, ..self.now };
        while held.state.due <= due {
            let mut debts = Vec::new();
            rules::each_debt(&held.state, &self.cx, |by, debt| {
                if by <= due {
                    debts.push(debt);
                }
            });
            if debts.iter().any(|debt| debt.only_tells()) {
                debts.retain(|debt| debt.only_tells());
            }
            for debt in debts {
                let (party, rule) = rules::blame_of(&held.state, &self.cx, debt);
                match debt {
                    Debt::Absence(id) => remove(&mut held.state, id),
                    Debt::Over(..) | Debt::LaunchesOver | Debt::Landing(_) => rules::pass_over(&mut held.state, debt),
                    Debt::Wait(_) => rules::learn_to_wait(&mut held.state),
                    _ if party == Party::Scheduler => return None,
                    _ => {
                        held.app_broke |= self.counts(rule);
                        rules::forgive(&mut held.state, debt);
                    }
                }
            }
            finish(&mut held.state, &self.cx, &now);
        }
        Some(held)
    }
}

/// What the plain oracle says of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The line at which the scheduler or the device first broke a rule, if one did; there the account ends. The first
    /// line behind the header is 1.
    pub breach: Option<u64>,
    /// The line from which on it is certain that somebody broke a rule, the app included.
    pub certain: Option<u64>,
    /// The most states that were possible at once.
    pub most_states: usize,
}

/// Why the plain oracle says nothing of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unjudged {
    /// It contradicts itself.
    Malformed(Malformed),
    /// More states are possible than it was to follow.
    TooMany(TooMany),
}

impl From<Malformed> for Unjudged {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl From<TooMany> for Unjudged {
    fn from(too_many: TooMany) -> Self {
        Self::TooMany(too_many)
    }
}

/// Judges a whole trace plainly, following at most so many states. Which calls overlap is taken from the trace as it
/// stands: that begins and ends fit is for the fast oracle to check.
///
/// # Errors
/// The trace contradicts itself, or has too many possibilities.
pub fn judge(header: &Header, terms: &Terms, records: &[Record], most: usize) -> Result<Judgement, Unjudged> {
    let tolerant = Judge::new(header, terms, header.tolerance, most)?.judge(records)?;
    if header.tolerance == 0 || tolerant.verdict != Verdict::Conforms {
        return Ok(tolerant);
    }
    // What only exact times refuse hangs on the tolerance.
    let exact = Judge::new(header, terms, 0, most)?.judge(records)?;
    let verdict = match exact.verdict {
        Verdict::Breaks => Verdict::Inconclusive,
        Verdict::Conforms | Verdict::Inconclusive => tolerant.verdict,
    };
    Ok(Judgement { verdict, ..tolerant })
}

/// One pass over a trace.
struct Judge {
    plain: Plain<Rulebook>,
    reader: Reader,
    /// How many identifiers were met.
    met: u32,
    /// What later lines say of earlier ones.
    foresight: Foresight,
    /// The gaps since the last input, while it is not answered.
    unsettled: Vec<Gap>,
    /// The process may have been killed where nobody would see it.
    may_be_dead: bool,
    end: Option<End>,
    judgement: Judgement,
}

impl Judge {
    fn new(header: &Header, terms: &Terms, tolerance: Millis, most: usize) -> Result<Self, Malformed> {
        let (_, os, profile) = profile_of(header, terms)?;
        let cx = Context::new(header, os, profile, tolerance);
        let start = Held {
            state: State::at_zero(&cx),
            app_broke: false,
        };
        let app = Caller {
            app: true,
            schedules: false,
            person: false,
            main_thread: false,
        };
        let now = Now::moment(Millis::MIN, app);
        Ok(Self {
            plain: Plain::new(Rulebook { cx, now }, start, most),
            reader: Reader::new(header),
            met: 0,
            foresight: Foresight::default(),
            unsettled: Vec::new(),
            may_be_dead: false,
            end: None,
            judgement: Judgement {
                verdict: Verdict::Conforms,
                breach: None,
                certain: None,
                most_states: 1,
            },
        })
    }

    fn judge(mut self, records: &[Record]) -> Result<Judgement, Unjudged> {
        self.foresight = Foresight::of(records).ended();
        let mut before = Millis::MIN;
        for (place, record) in records.iter().enumerate() {
            let line = place as u64 + 1;
            let goes_on = self.take(line, before, &records[place..])?;
            before = record.at;
            let states = self.plain.states().count();
            self.judgement.most_states = self.judgement.most_states.max(states);
            if self.plain.states().all(|held| held.app_broke) {
                self.judgement.certain.get_or_insert(line);
            }
            if !goes_on {
                self.judgement.breach = Some(line);
                break;
            }
        }
        self.judgement.verdict = if self.judgement.certain.is_some() {
            Verdict::Breaks
        } else if self.end != Some(End::Closed) && self.may_be_innocent().all(|held| self.owes(held)) {
            Verdict::Inconclusive
        } else {
            Verdict::Conforms
        };
        Ok(self.judgement)
    }

    /// Takes the first of the lines in. Answers false where no state allows it.
    fn take(&mut self, line: u64, before: Millis, lines: &[Record]) -> Result<bool, Unjudged> {
        let Some(record) = lines.first() else { return Ok(true) };
        let begins = record.call.filter(|_| !matches!(record.event, Some(Event::End(_))));
        let told = begins.and_then(|call| end_of(call, lines)).map(|(_, answer)| answer);
        let mut ask = Ask::of(Op::Clock);
        let gaps: Vec<Gap> = self.foresight.gaps_at(line, record.at).cloned().collect();
        gaps.iter().for_each(|gap| self.reader.miss(Missing::of(gap)));
        self.reader
            .read(record, told, &mut self.plain.specification.cx, &mut ask)?;
        let tolerance = self.plain.specification.cx.tolerance;
        let now = Now {
            earliest: record.at - 2 * tolerance,
            at: record.at,
            latest: record.to.unwrap_or(record.at) + 2 * tolerance,
            caller: self.reader.caller(record),
        };
        let known = self.reader.line.known_until();
        if self.plain.specification.cx.partial {
            self.look_back(line, &now);
        }
        if let Op::Device(change) = &ask.op {
            self.plain.specification.cx.follow(change);
        }
        if ask.op.boots() {
            self.plain.specification.cx.reboot();
        }
        for gap in &gaps {
            if !self.time_passes(now.earliest.min(gap.from - 2 * tolerance), &now)? {
                return Ok(false);
            }
            self.look_away(gap, Missing::of(gap), &now);
        }
        if unseen::looks_past(&self.plain.specification.cx) {
            let may_be_dead = self.may_be_dead;
            self.each(|cx, state| unseen::look_past(state, cx, &now, may_be_dead));
        }
        self.may_be_dead = unseen::may_be_dead(&self.plain.specification.cx, &ask.op, self.may_be_dead);
        // What the last input asked for has to have been answered by now.
        let later = before.saturating_add(2 * tolerance) < record.at && line > 1 && known.is_none();
        if (self.reader.line.settles || later) && self.plain.states().any(|held| held.state.awaits_answer()) {
            let then = Now::moment(before.saturating_sub(2 * tolerance), now.caller);
            self.plain.specification.now = Now { at: before, ..then };
            if !self.happens(Ask::of(Op::Settle), now.caller)? {
                return Ok(false);
            }
            // What the answer taught held before what is missing.
            let unsettled = std::mem::take(&mut self.unsettled);
            gaps.iter().for_each(|gap| self.look_away(gap, Missing::of(gap), &now));
            for gap in &unsettled {
                self.look_away(gap, Missing::of(gap).again(), &now);
            }
        }
        if self.reader.line.ends {
            self.each(|cx, state| unseen::end_unseen(state, cx, &now));
        }
        if self.reader.line.buries {
            self.each(|_, state| unseen::lose_process(state));
        }
        if let Some((pid, by)) = self.reader.line.starts {
            if !self.time_passes(now.earliest, &now)? || !self.happens(Ask::of(Op::Started { pid, by }), now.caller)? {
                return Ok(false);
            }
            if !self.plain.specification.cx.records("launched") {
                self.each(|cx, state| unseen::start_unseen(state, cx, &now));
            } else if self.plain.specification.cx.partial {
                self.each(|cx, state| unseen::forget_process(state, cx, &now));
            }
        }
        if self.reader.line.lands {
            self.each(|cx, state| unseen::doubt_requests(state, cx));
        }
        let since = known.map_or(now.earliest, |from| now.earliest.min(from - 2 * tolerance));
        if !self.time_passes(since, &now)? {
            return Ok(false);
        }
        self.plain.close()?;
        if ask.op.may_have_launched() && !self.plain.specification.cx.driven {
            let mut path = Path::default();
            self.each(|cx, state| eligible::suppose_launches(state, cx, &now, &mut path));
        }
        let goes_on = self.happens_as_told(record, ask, &now)?;
        if self.foresight.is_last(line) && !self.reader.tells_ends() {
            self.each(|cx, state| unseen::end_unseen(state, cx, &now));
            self.reader.ends_unseen();
        }
        if self.plain.specification.cx.limits.promptness.is_some() {
            let mut path = Path::default();
            self.each(|cx, state| {
                eligible::promise(state, cx, &now, &mut path);
                finish(state, cx, &now);
            });
        }
        Ok(goes_on)
    }

    fn happens_as_told(&mut self, record: &Record, ask: Ask, now: &Now) -> Result<bool, TooMany> {
        match self.reader.line.is {
            Is::Event | Is::Clock => {
                let ends = ask.op.ends_process();
                self.owes_at(&ask, now.caller)?;
                let goes_on = self.happens(ask, now.caller)?;
                if ends {
                    // An open call of the process took effect before its death, or never will (LIF-7).
                    let of_app = |event: &Happening| matches!(event, Happening::Is(_, caller) if caller.app);
                    let calls = self.plain.calls().filter(|(_, event)| of_app(event));
                    for number in calls.map(|(number, _)| number).collect::<Vec<_>>() {
                        self.plain.step(Line::Gone(number))?;
                    }
                }
                Ok(goes_on)
            }
            Is::Begin(number) => {
                self.owes_at(&ask, now.caller)?;
                self.plain
                    .step(Line::Begin(number, Happening::Is(Box::new(ask), now.caller)))
            }
            Is::End(number) => self.plain.step(Line::End(number)),
            Is::Gap(_) => {
                if let Some(Event::Gap(gap)) = &record.event {
                    self.look_away(gap, Missing::of(gap), now);
                    if self.plain.states().any(|held| held.state.awaits_answer()) {
                        self.unsettled.push(gap.clone());
                    }
                }
                Ok(true)
            }
            Is::Ends(end) => {
                self.end = Some(end);
                if end == End::Closed {
                    self.plain.change(|rulebook, held| {
                        let mut owed = rules::owed_at_the_end(&held.state);
                        held.app_broke |= owed.any(|(rule, _)| rulebook.counts(rule));
                    });
                }
                Ok(true)
            }
        }
    }

    fn happens(&mut self, ask: Ask, caller: Caller) -> Result<bool, TooMany> {
        self.plain.step(Line::Event(Happening::Is(Box::new(ask), caller)))
    }

    fn owes_at(&mut self, ask: &Ask, caller: Caller) -> Result<(), TooMany> {
        if rules::has_duties(&ask.op) {
            let owes = Happening::Owes(Box::new(ask.clone()), caller);
            self.plain.step(Line::Event(owes))?;
        }
        Ok(())
    }

    /// Time passes until the line: what falls due before is due at its own moment.
    fn time_passes(&mut self, until: Millis, now: &Now) -> Result<bool, TooMany> {
        loop {
            let due = self.plain.states().map(|held| held.state.due).min().unwrap_or(NEVER);
            if due >= until {
                self.plain.specification.now = *now;
                return Ok(true);
            }
            self.plain.specification.now = Now::moment(due, now.caller);
            if !self.plain.step(Line::Event(Happening::FallsDue(now.at)))? {
                return Ok(false);
            }
        }
    }

    /// What a gap may have hidden is open.
    fn look_away(&mut self, gap: &Gap, missing: Missing, now: &Now) {
        let cx = &mut self.plain.specification.cx;
        let ids: Option<Vec<crate::state::Sym>> = gap
            .ids
            .as_ref()
            .map(|ids| ids.iter().map(|id| cx.id(id.as_str())).collect());
        cx.miss(missing.life, missing.facts, missing.device);
        self.each(|cx, state| unseen::look_away(state, cx, now, missing, ids.as_deref()));
    }

    /// What the trace did not look at may matter from now on.
    fn look_back(&mut self, line: u64, now: &Now) {
        if line == 1 {
            self.each(|cx, state| unseen::begin_late(state, cx, now));
        }
        let met = std::mem::replace(&mut self.met, self.plain.specification.cx.count_ids());
        for id in (met..self.met).map(crate::state::Sym) {
            self.each(|_, state| unseen::meet(state, id));
        }
    }

    fn may_be_innocent(&self) -> impl Iterator<Item = &Held> {
        self.plain.states().filter(|held| !held.app_broke)
    }

    fn each(&mut self, mut change: impl FnMut(&mut Context, &mut State)) {
        self.plain
            .change(|rulebook, held| change(&mut rulebook.cx, &mut held.state));
    }

    /// Whether something is still owed in a state: what a recording that stops here leaves open.
    fn owes(&self, held: &Held) -> bool {
        let cx = &self.plain.specification.cx;
        let mut owes = cx.limits.grace.is_none() && rules::owed_at_the_end(&held.state).next().is_some();
        rules::each_debt(&held.state, cx, |by, debt| {
            owes |= by != NEVER && !matches!(debt, Debt::Progress(_)) && !debt.only_tells();
        });
        owes
    }
}
