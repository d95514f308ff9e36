//! A breach, state by state: which rule refused it where, and what was allowed or owed instead.

use serde::Serialize;

use crate::context::Context;
use crate::op::{Ask, Now, TaskRef};
use crate::oracle::pass::Pass;
use crate::oracle::read::Is;
use crate::oracle::words as told;
use crate::report::Alternative;
use crate::rule::{Party, Rule};
use crate::rules::{self, Debt};
use crate::see::{Path, Said, See};
use crate::state::{CardOwes, State, Sym};
use crate::vocabulary::{
    Card, CardIs, Complete, Delivered, Event, Expired, Identifier, Kind, Millis, Progress, Record, Request,
    SubmissionCompleted, TaskName,
};

use super::{as_request, clock, words};

/// How one breach was refused.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    /// The event's number, as in [`crate::report::Finding::event`].
    pub event: u64,
    /// When the rule was broken: for an obligation the time at which it fell due.
    pub at: Millis,
    /// Each state that was still possible, and each way through what is open in it.
    pub states: Vec<Refusal>,
}

/// How one state refused it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refusal {
    /// The state in words.
    pub state: String,
    /// What this way supposes of what is not known; empty where nothing was open.
    pub supposes: Vec<String>,
    /// The rules against it.
    pub rules: Vec<&'static Rule>,
    /// The answers that were allowed instead.
    pub instead: Vec<Alternative>,
    /// The events that were owed, by their latest time.
    pub owed: Vec<Event>,
    /// The requests that were outstanding: what a pending list would have shown.
    pub outstanding: Vec<Request>,
}

/// Decides an event that nothing allowed once more in each state, and keeps what each says.
pub(in crate::oracle) fn account(pass: &mut Pass, ask: &Ask, now: &Now) {
    let mut states: Vec<Refusal> = Vec::new();
    let (mut path, mut said) = (Path::default(), Said::default());
    for branch in &pass.set {
        path.clear();
        loop {
            said.forbidden.clear();
            said.instead.clear();
            said.also.clear();
            said.outcomes.clear();
            let mut see = See::new(&branch.state, &pass.cx, now, ask, &mut path, &mut said);
            rules::decide(&mut see);
            let supposes = supposes(&see, &branch.state, &pass.cx);
            keep(&mut states, refusal(&branch.state, &pass.cx, supposes, &said));
            if !path.next_way() {
                break;
            }
        }
    }
    push(pass, now.at, states);
}

/// Keeps what each state says of an obligation of the scheduler that fell due.
pub(in crate::oracle) fn account_debts(pass: &mut Pass, broken: &[Vec<Debt>], due: Millis) {
    let mut states: Vec<Refusal> = Vec::new();
    for (branch, debts) in pass.set.iter().zip(broken) {
        let state = &branch.state;
        let blamed = |debt: &&Debt| rules::blame_of(state, &pass.cx, **debt).0 == Party::Scheduler;
        let debts: Vec<_> = debts.iter().filter(blamed).collect();
        let mut rules = Vec::new();
        for debt in &debts {
            let (_, rule) = rules::blame_of(state, &pass.cx, **debt);
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        let refusal = Refusal {
            state: words::state(state, &pass.cx),
            supposes: Vec::new(),
            rules,
            instead: Vec::new(),
            owed: debts.iter().filter_map(|debt| pays(state, &pass.cx, **debt)).collect(),
            outstanding: outstanding(state, &pass.cx),
        };
        keep(&mut states, refusal);
    }
    push(pass, due, states);
}

fn push(pass: &mut Pass, at: Millis, states: Vec<Refusal>) {
    let event = pass.events;
    if let Some(accounts) = &mut pass.accounts {
        accounts.push(Account { event, at, states });
    }
}

/// Keeps a refusal. Where another says the same, what only one of them supposes did not matter.
fn keep(states: &mut Vec<Refusal>, refusal: Refusal) {
    let same = |other: &&mut Refusal| {
        other.state == refusal.state && other.rules == refusal.rules && other.instead == refusal.instead
    };
    match states.iter_mut().find(same) {
        Some(other) => other.supposes.retain(|note| refusal.supposes.contains(note)),
        None => states.push(refusal),
    }
}

/// The rules by which a line may come next; none where no state allows it.
pub(in crate::oracle) fn allows(pass: &Pass, record: &Record) -> Option<Vec<&'static Rule>> {
    let (mut cx, mut reader, mut ask) = (pass.cx.clone(), pass.reader.clone(), clock());
    reader.read(record, None, &mut cx, &mut ask).ok()?;
    if !matches!(reader.line.is, Is::Event | Is::Clock) || reader.line.starts.is_some() {
        return None;
    }
    let now = Now {
        earliest: record.at - cx.tolerance,
        at: record.at,
        latest: record.to.map_or(record.at, |to| to.max(record.at)) + cx.tolerance,
        caller: reader.caller(record),
    };
    let (mut path, mut said) = (Path::default(), Said::default());
    for branch in &pass.set {
        path.clear();
        loop {
            rules::decide(&mut See::new(&branch.state, &cx, &now, &ask, &mut path, &mut said));
            if !path.next_way() {
                break;
            }
        }
    }
    let mut by = Vec::new();
    for rule in said.outcomes.iter().filter_map(|outcome| outcome.by) {
        if !by.contains(&rule) {
            by.push(rule);
        }
    }
    (!said.outcomes.is_empty()).then_some(by)
}

fn refusal(state: &State, cx: &Context, supposes: Vec<String>, said: &Said) -> Refusal {
    let instead = said.instead.iter().map(|(allowed, rule)| Alternative {
        what: told::allowed(*allowed),
        rule,
    });
    let judged = |rule: &&&'static Rule| rule.in_force(cx.os) && cx.models_rule(rule);
    Refusal {
        state: words::state(state, cx),
        supposes,
        rules: said.forbidden.iter().filter(judged).copied().collect(),
        instead: instead.collect(),
        owed: Vec::new(),
        outstanding: outstanding(state, cx),
    }
}

fn supposes(see: &See<'_>, state: &State, cx: &Context) -> Vec<String> {
    let mut notes = Vec::new();
    let (facts, shown) = see.supposed();
    words::supposed(state.facts, facts, &mut notes);
    for (id, there) in &shown.presence {
        let is = if *there { "is still" } else { "is not" };
        notes.push(format!("the request of {} {is} outstanding", cx.name(*id)));
    }
    for id in &shown.launched {
        notes.push(format!("{} was launched while the process was launching", cx.name(*id)));
    }
    for (id, there) in &shown.handlers {
        let has = if *there { "has a" } else { "has no" };
        notes.push(format!("{} {has} launch handler", cx.name(*id)));
    }
    notes
}

fn outstanding(state: &State, cx: &Context) -> Vec<Request> {
    let sure = state
        .requests
        .iter()
        .filter(|request| !request.unsure && !request.vague);
    sure.map(|request| as_request(request, cx)).collect()
}

/// The event that pays an obligation.
fn pays(state: &State, cx: &Context, debt: Debt) -> Option<Event> {
    let id = |id: Sym| Identifier::from(cx.name(id));
    let task = |name: TaskRef| TaskName::new(id(name.id), name.n);
    let next = |name: Sym| TaskName::new(id(name), cx.named(name).deliveries + 1);
    let delivered = |name: Sym, kind: Kind| {
        Event::Delivered(Delivered {
            task: next(name),
            kind,
            queue: None,
        })
    };
    Some(match debt {
        Debt::Launch(name) | Debt::Absence(name) => delivered(name, state.request(name)?.kind),
        Debt::Delivery(name) | Debt::MadeRoom(name) => {
            delivered(name, state.spent.iter().find(|spent| spent.id == name)?.kind)
        }
        Debt::SomeDelivery | Debt::Over(..) | Debt::LaunchesOver => return None,
        Debt::Expiry(name, _) | Debt::Wait(name) | Debt::StallExpiry(name) => Event::Expired(Expired {
            task: task(name),
            queue: None,
        }),
        Debt::Progress(name) => Event::Progress(Progress {
            task: task(name),
            total: None,
            completed: Some(state.task(name.id, name.n)?.highest + 1),
            child: None,
        }),
        Debt::Completion(name) => Event::Complete(Complete {
            task: task(name),
            success: false,
        }),
        Debt::SubmissionCompletion(submission) | Debt::Landing(submission) => {
            Event::SubmissionCompleted(SubmissionCompleted::new(submission, None))
        }
        Debt::Card(name, owes) => Event::Card(Card {
            task: task(name),
            is: match owes {
                CardOwes::Show | CardOwes::Nothing => CardIs::Shown,
                CardOwes::Finish => CardIs::Finished,
                CardOwes::Change => CardIs::Changed,
                CardOwes::Go | CardOwes::Leave => CardIs::Gone,
            },
            title: None,
            subtitle: None,
        }),
    })
}
