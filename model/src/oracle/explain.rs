//! Why a request waits, and why an event was refused: asked of the states that are still possible.
//!
//! Nothing is noted while a trace is judged. [`Oracle::why_not`] asks every condition of a launch anew, none left out
//! because another stands in the way. [`Oracle::watch`] lets each breach be decided a second time, state by state and
//! way by way, so that it can be told which rule refused it where. What happened in between is the reader's to tell: he
//! has the trace.

mod refusal;
mod words;

pub(super) use words::fact_holds;

use serde::Serialize;

use crate::context::Context;
use crate::op::{Ask, Caller, Now, Op, Reply};
use crate::past::Fate;
use crate::rule::Rule;
use crate::rules::{CLAUSES, Clause, Kinds};
use crate::see::{Path, Said, See};
use crate::state::{Outstanding, State, Sym, Text};
use crate::vocabulary::{Identifier, Millis, Protection, Record, Request};

use refusal::allows;
pub use refusal::{Account, Refusal};
pub(super) use refusal::{account, account_debts};

use super::Oracle;

/// What is known of a request at one time, over every state that is still possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Where it may be. One entry where that is known.
    pub standings: Vec<Standing>,
    /// The outstanding request, where there may be one: as one of the states has it.
    pub request: Option<Request>,
    /// Its attributes are not known.
    pub vague: bool,
    /// Every condition of its launch, in the order of the rulebook; none where nothing is outstanding.
    pub conditions: Vec<Condition>,
    /// What became of the last request of the identifier, as the trace shows it.
    pub fate: Fate,
    /// There were too many possibilities: nothing here is certain.
    pub gave_up: bool,
}

/// Where a request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is outstanding: pending, or waiting for its turn.
    Outstanding,
    /// Its submission has not taken effect yet.
    InFlight,
    /// It was launched and not delivered yet.
    Launched,
    /// It was delivered, and its task runs.
    Running,
    /// It is not there.
    Absent,
}

/// One condition of a launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Its rule.
    pub rule: &'static Rule,
    /// Whether it holds.
    pub holds: Holds,
    /// What is not known, where that decides whether it holds.
    pub open: Vec<String>,
    /// What it is about, in few words: "its earliest begin date".
    pub about: &'static str,
    /// What stands in the way, as a sentence: "somebody used the device".
    pub obstacle: &'static str,
}

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// It does.
    Holds,
    /// It stands in the way.
    InTheWay,
    /// It does in one possible state, and does not in another.
    NotKnown,
}

impl Waiting {
    /// Whether the request is surely outstanding.
    #[must_use]
    pub fn is_outstanding(&self) -> bool {
        self.standings == [Standing::Outstanding]
    }

    /// Whether the request may be there.
    #[must_use]
    pub fn may_be(&self, standing: Standing) -> bool {
        self.standings.contains(&standing)
    }

    /// The conditions of which this is known.
    pub fn that(&self, holds: Holds) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().filter(move |condition| condition.holds == holds)
    }
}

impl Oracle {
    /// What stands in the way of a launch of this identifier at a time not before the last line. None for an
    /// identifier that the trace has not named.
    ///
    /// ```
    /// # use bgspec_model::oracle::{Malformed, Oracle, Terms, explain::Holds};
    /// # use bgspec_model::vocabulary::*;
    /// # let mut header = Header::new(Version::new(26, 1), "com.example.app");
    /// # header.permitted = Permitted::List(vec!["com.example.app.sync".into()]);
    /// # header.modes = vec!["fetch".into()];
    /// # let mut oracle = Oracle::new(&header, &Terms::default())?;
    /// # let id = Identifier::from("com.example.app.sync");
    /// # oracle.step(&Record::of(0, 1, Event::Register(Register { through: None, id: id.clone(), queue: None, answer: Some(RegisterAnswer::Returned(true)) })))?;
    /// # oracle.step(&Record::of(5, 1, Event::LaunchFinished(Empty {})))?;
    /// let request = Request { earliest: Some(60_000), ..Request::new(id, Kind::Refresh) };
    /// let submit = Submit { answer: Some(SubmitAnswer::Accepted), ..Submit::of(request) };
    /// oracle.step(&Record::of(10, 1, Event::Submit(submit)))?;
    /// let blockers = |at| -> Vec<String> {
    ///     let waiting = oracle.why_not("com.example.app.sync", at).unwrap();
    ///     waiting.that(Holds::InTheWay).map(|condition| condition.rule.id.to_string()).collect()
    /// };
    /// assert_eq!(blockers(10), ["CON-1", "CON-8"]);
    /// assert_eq!(blockers(60_000), ["CON-8"]);
    /// # Ok::<(), Malformed>(())
    /// ```
    #[must_use]
    pub fn why_not(&self, id: &str, at: Millis) -> Option<Waiting> {
        let cx = &self.wide.cx;
        let id = cx.find_id(id)?;
        let mut waiting = Waiting {
            standings: Vec::new(),
            request: None,
            vague: false,
            conditions: Vec::new(),
            fate: cx.past(id).fate,
            gave_up: self.wide.gave_up,
        };
        for branch in &self.wide.set {
            look(&branch.state, cx, id, at, &mut waiting);
        }
        waiting.standings.sort_unstable();
        waiting.standings.dedup();
        waiting.conditions.sort_by_key(|condition| condition.rule.id);
        Some(waiting)
    }

    /// The rules by which this line may come next, without overlapping calls. None where no possible state allows it, or
    /// it contradicts the trace.
    #[must_use]
    pub fn allows(&self, record: &Record) -> Option<Vec<&'static Rule>> {
        allows(&self.wide, record)
    }

    /// Whether lines are held back until overlapping calls have ended: [`Oracle::why_not`] does not know of them yet.
    #[must_use]
    pub fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// From now on each breach of the scheduler is accounted for, state by state; see [`Oracle::accounts`].
    pub fn watch(&mut self) {
        self.wide.accounts.get_or_insert_default();
    }

    /// The breaches since [`Oracle::watch`], in the order of the lines.
    #[must_use]
    pub fn accounts(&self) -> &[Account] {
        self.wide.accounts.as_deref().unwrap_or_default()
    }

    /// Takes these breaches out; those of later lines are accounted for as before.
    pub fn take_accounts(&mut self) -> Vec<Account> {
        self.wide.accounts.as_mut().map(std::mem::take).unwrap_or_default()
    }
}

/// Adds what one state says.
fn look(state: &State, cx: &Context, id: Sym, at: Millis, waiting: &mut Waiting) {
    let mut stands = |standing| waiting.standings.push(standing);
    let request = state.request(id);
    let spent = state.spent.iter().any(|spent| spent.id == id && !spent.unsure);
    let flies = state
        .flights
        .iter()
        .any(|flight| flight.request.id == id && flight.result.is_none());
    let runs = state.running(id).is_some();
    match request {
        Some(request) => {
            stands(Standing::Outstanding);
            if request.unsure {
                stands(Standing::Absent);
            }
        }
        None if spent => stands(Standing::Launched),
        None if flies => stands(Standing::InFlight),
        None if runs => stands(Standing::Running),
        None => stands(Standing::Absent),
    }
    let Some(request) = request else { return };
    waiting.request.get_or_insert_with(|| as_request(request, cx));
    waiting.vague |= request.vague;
    let now = Now::moment(at, NOBODY);
    for clause in CLAUSES.iter().filter(|clause| clause.rule.in_force(cx.os)) {
        if !request.vague && !clause.kinds.has(request.kind) {
            continue;
        }
        let found = condition(clause, state, cx, now, request);
        match waiting.conditions.iter_mut().find(|known| known.rule == clause.rule) {
            None => waiting.conditions.push(found),
            Some(known) if known.holds == found.holds => {}
            Some(known) => {
                known.holds = Holds::NotKnown;
                found.open.into_iter().for_each(|open| note(&mut known.open, open));
            }
        }
    }
}

/// Asks one condition on every way through what is open.
fn condition(clause: &Clause, state: &State, cx: &Context, now: Now, request: &Outstanding) -> Condition {
    // Of a request of which nothing is known the worst is supposed: what does not stand in its way stands in no way.
    let worst = Outstanding {
        vague: false,
        earliest: Millis::MAX,
        network: true,
        power: true,
        protection: Protection::Complete,
        ..*request
    };
    let asked = if request.vague { &worst } else { request };
    let ask = clock();
    let (mut path, mut said) = (Path::default(), Said::default());
    let (mut blocks, mut holds) = (false, false);
    let mut open = Vec::new();
    loop {
        let mut see = See::new(state, cx, &now, &ask, &mut path, &mut said);
        let way_blocks = (clause.blocks)(&mut see, asked);
        let (facts, shown) = see.supposed();
        words::open_facts(state.facts, facts, &mut open);
        for (id, _) in &shown.presence {
            note(&mut open, format!("whether {} is outstanding", cx.name(*id)));
        }
        (blocks, holds) = (blocks | way_blocks, holds | !way_blocks);
        if !path.next_way() {
            break;
        }
    }
    if request.vague && blocks && clause.kinds != Kinds::ALL {
        holds = true;
        note(&mut open, "what the request asks for".to_owned());
    }
    let holds = match (blocks, holds) {
        (true, true) => Holds::NotKnown,
        (true, false) => Holds::InTheWay,
        (false, _) => Holds::Holds,
    };
    if holds != Holds::NotKnown {
        open.clear();
    }
    let (about, obstacle) = words::clause(clause.rule);
    Condition {
        rule: clause.rule,
        holds,
        open,
        about,
        obstacle,
    }
}

fn note(notes: &mut Vec<String>, more: String) {
    if !notes.contains(&more) {
        notes.push(more);
    }
}

/// A request as a trace writes it.
fn as_request(request: &Outstanding, cx: &Context) -> Request {
    let text = |text: Text| (text != Text::NONE).then(|| cx.texts.text(text.0).to_owned());
    Request {
        id: Identifier::from(cx.name(request.id)),
        kind: request.kind,
        earliest: (request.earliest != Millis::MIN).then_some(request.earliest),
        network: request.network,
        power: request.power,
        protection: request.protection,
        strategy: request.strategy,
        gpu: request.gpu,
        title: text(request.title),
        subtitle: text(request.subtitle),
    }
}

/// Nothing happens; the conditions are asked all the same.
fn clock() -> Ask {
    Ask {
        op: Op::Clock,
        reply: Reply::Nothing,
        listed: Vec::new(),
        ids: Vec::new(),
    }
}

const NOBODY: Caller = Caller {
    app: true,
    schedules: false,
    person: false,
    main_thread: false,
};
