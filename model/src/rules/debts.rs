//! What is owed by a time: the obligations that a state holds, which rule each comes from, and how each is forgiven.
//!
//! Nothing here is a list of its own: obligations are read off the state, so that they cannot go out of step with it.

use super::{
    asynchronous, cancelling, card, completion, conditions, continued, debugging, expiration, launch, limits, progress,
};
use crate::context::Context;
use crate::facts::Fact;
use crate::op::TaskRef;
use crate::rule::{Party, Rule};
use crate::setting::ExpirationQueue;
use crate::state::CardOwes;
use crate::state::{FORGIVEN, Mark, NEVER, Outstanding, Owed, State, Sym, Task, Why};
use crate::vocabulary::{Area, Kind, Millis};

/// One obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Debt {
    /// An outstanding request has to be launched.
    Launch(Sym),
    /// A launched request has to be delivered.
    Delivery(Sym),
    /// A request has to be delivered that was launched unseen: another was accepted for which it left no room otherwise.
    MadeRoom(Sym),
    /// A process was launched for a task: one has to be delivered.
    SomeDelivery,
    /// A task has to be expired.
    Expiry(TaskRef, Why),
    /// An outstanding request has to be launched, if it is there. If it is not launched, it is not there: this is nobody's
    /// breach, and the state learns it.
    Absence(Sym),
    /// What may not wait, or was launched unseen, is over: what has not come by then does not come (SUB-18, CAN-6). Nobody's
    /// breach: the state learns it.
    Over(Sym, Millis),
    /// The time is over in which a launch that nobody saw is delivered (LAU-2): nothing was launched so.
    LaunchesOver,
    /// A task has to be expired only where the call does not wait for the blocked registration queue. If it does not
    /// come, it waits: this is nobody's breach, and the state learns it.
    Wait(TaskRef),
    /// A stalled task has to be expired: only where PRG-8 is taken out.
    StallExpiry(TaskRef),
    /// A continued task has to report progress.
    Progress(TaskRef),
    /// An expired task has to be completed.
    Completion(TaskRef),
    /// An asynchronous submission has to complete.
    SubmissionCompletion(u32),
    /// An asynchronous submission has to have taken effect, and nobody would see it complete (SUB-13). Where it has not, it
    /// does not any more.
    Landing(u32),
    /// A card has to appear, to say that its task finished, or to go.
    Card(TaskRef, CardOwes),
}

/// By when an outstanding request has to be launched, if it is there; [`NEVER`] if never.
#[inline]
pub(crate) fn launch_owed_by(request: &Outstanding) -> Millis {
    if request.by < FORGIVEN { request.by } else { NEVER }
}

/// When something falls due for an outstanding request.
#[inline]
pub(crate) fn request_due(state: &State, request: &Outstanding) -> Millis {
    let over = if request.mark == Mark::None {
        NEVER
    } else {
        launches_over(state)
    };
    launch_owed_by(request).min(request.until).min(over)
}

/// When the time is over in which a launch that nobody saw is delivered, if that has not passed.
fn launches_over(state: &State) -> Millis {
    let process = state.process.as_ref().filter(|process| !process.launches_over);
    // One that lived before may still be launching: its end of launching is told, if it comes.
    let process = process.filter(|process| !process.from_before || state.facts.surely(Fact::Finished));
    process.map_or(NEVER, |process| process.launches_until)
}

/// Visits every obligation with its latest time, but those of a rule that is taken out.
pub(crate) fn each_debt(state: &State, cx: &Context, mut visit: impl FnMut(Millis, Debt)) {
    if cx.lacks_any() {
        each_debt_but(state, cx, &mut visit);
    } else {
        every_debt(state, cx, visit);
    }
}

#[cold]
fn each_debt_but(state: &State, cx: &Context, visit: &mut dyn FnMut(Millis, Debt)) {
    every_debt(state, cx, |by, debt| {
        let rule = blame_of(state, cx, debt).1;
        // What taking CON-12 out means for promptness stands in the limits.
        let lacks = |rule: &'static Rule| cx.lacks(rule) && *rule != conditions::CON_12;
        if !lacks(rule) && !also_of(state, debt).is_some_and(lacks) {
            visit(by, debt);
        }
    });
    if let (true, Some(stall), Some(reaction)) = (cx.lacks(&progress::PRG_8), cx.limits.stall, cx.limits.reaction) {
        let stalls = |task: &&Task| task.kind == Kind::Continued && !task.expired && !task.in_doubt;
        for task in state.tasks.iter().filter(stalls) {
            let name = TaskRef { id: task.id, n: task.n };
            visit(task.maybe_progress_at + stall + reaction, Debt::StallExpiry(name));
        }
    }
}

fn every_debt(state: &State, cx: &Context, mut visit: impl FnMut(Millis, Debt)) {
    for request in &state.requests {
        let by = launch_owed_by(request);
        if by != NEVER && by <= request.until {
            let debt = if request.unsure {
                Debt::Absence(request.id)
            } else {
                Debt::Launch(request.id)
            };
            visit(by, debt);
        } else if request.until != NEVER {
            // What is owed is named first.
            visit(request.until, Debt::Over(request.id, request.until));
        }
    }
    let marked = |request: &Outstanding| request.mark != Mark::None;
    if launches_over(state) != NEVER && state.requests.iter().any(marked) {
        visit(launches_over(state), Debt::LaunchesOver);
    }
    each_debt_besides_launches(state, cx, visit);
}

/// Whether anything is there that an obligation but those to launch a request could be read off.
#[inline]
pub(crate) fn owes_besides_launches(state: &State) -> bool {
    let delivery = match &state.process {
        Some(process) => process.owes_delivery.is_some(),
        None => false,
    };
    delivery
        || !state.tasks.is_empty()
        || !state.spent.is_empty()
        || !state.cards.is_empty()
        || !state.flights.is_empty()
}

/// Visits every obligation but those to launch a request.
#[inline]
pub(crate) fn each_debt_besides_launches(state: &State, cx: &Context, mut visit: impl FnMut(Millis, Debt)) {
    for request in &state.spent {
        if request.by < FORGIVEN && !request.unsure {
            let debt = if request.mark == Mark::MadeRoom {
                Debt::MadeRoom(request.id)
            } else {
                Debt::Delivery(request.id)
            };
            visit(request.by, debt);
        } else if request.mark == Mark::Free && request.until != NEVER {
            visit(request.until, Debt::Over(request.id, request.until));
        }
    }
    if let Some(process) = &state.process
        && let Some(by) = process.owes_delivery
        && by < FORGIVEN
    {
        visit(by, Debt::SomeDelivery);
    }
    for task in state.tasks.iter().filter(|task| !task.in_doubt && !task.maybe_over) {
        let name = TaskRef { id: task.id, n: task.n };
        if cx.sees_expiry
            && task.expire_by.by < FORGIVEN
            && let Some((by, waits)) = expiry_due(state, task)
        {
            let debt = if waits {
                Debt::Wait(name)
            } else {
                Debt::Expiry(name, task.expire_by.why)
            };
            visit(by, debt);
        }
        if task.kind == Kind::Continued
            && !task.expired
            && !task.stall_blamed
            && !is_suspended(state)
            && let Some(stall) = cx.limits.stall
        {
            visit(task.maybe_progress_at + stall - 1, Debt::Progress(name));
        }
        if task.expired
            && !task.blamed
            && let Some(grace) = cx.limits.grace
        {
            visit(task.expired_at + grace, Debt::Completion(name));
        }
    }
    for card in state.cards.iter().filter(|card| card.by < FORGIVEN) {
        visit(card.by, Debt::Card(TaskRef { id: card.id, n: card.n }, card.owes));
    }
    for flight in &state.flights {
        if flight.by != NEVER {
            let debt = if cx.records("submission_completed") {
                Debt::SubmissionCompletion(flight.number)
            } else {
                Debt::Landing(flight.number)
            };
            visit(flight.by, debt);
        }
    }
}

fn is_suspended(state: &State) -> bool {
    state.process.as_ref().is_some_and(|process| process.suspended)
}

/// When a call to expire is owed, if it is, and whether its absence only shows that it waits for the registration queue,
/// which the app blocks or did (EXP-13).
fn expiry_due(state: &State, task: &Task) -> Option<(Millis, bool)> {
    let Owed { by, why } = task.expire_by;
    if task.company && why == Why::Budget {
        return None;
    }
    let held = why != Why::Simulated
        && (task.held_until > by || !state.blocked.is_empty() && expiration::is_blocked(state, task));
    if !held {
        return Some((by, false));
    }
    match state.facts.chosen() {
        Some(ExpirationQueue::Background) => Some((by, false)),
        Some(ExpirationQueue::Registration) if expiration::is_blocked(state, task) => None,
        Some(ExpirationQueue::Registration) => Some((task.held_until, false)),
        None => Some((by, true)),
    }
}

impl Debt {
    /// Whether nobody owes it, and that it is not done only tells something.
    pub(crate) const fn only_tells(self) -> bool {
        matches!(
            self,
            Self::Wait(_) | Self::Absence(_) | Self::Over(..) | Self::LaunchesOver | Self::Landing(_)
        )
    }
}

/// What a state learns from something that was due and did not come: that the call to expire waits for the blocked
/// registration queue (EXP-16).
pub(crate) fn learn_to_wait(state: &mut State) {
    state.facts.choose(ExpirationQueue::Registration);
}

/// What has not come does not come any more: it is gone, and excuses nothing.
pub(crate) fn pass_over(state: &mut State, debt: Debt) {
    match debt {
        Debt::Over(id, until) => {
            let over = |request: &Outstanding| request.id == id && request.until == until;
            state.spent.retain(|spent| !(over(spent) && spent.mark == Mark::Free));
            let gone = state.requests.extract_if(.., |request| over(request));
            for gone in gone {
                state.waiting.retain(|id| *id != gone.id);
            }
        }
        Debt::Landing(number) => state.flights.retain(|flight| flight.number != number),
        Debt::LaunchesOver => {
            state.requests.iter_mut().for_each(|request| request.mark = Mark::None);
            if let Some(process) = &mut state.process {
                process.launches_over = true;
            }
        }
        Debt::Launch(_)
        | Debt::Delivery(_)
        | Debt::MadeRoom(_)
        | Debt::SomeDelivery
        | Debt::Expiry(..)
        | Debt::Absence(_)
        | Debt::Wait(_)
        | Debt::StallExpiry(_)
        | Debt::Progress(_)
        | Debt::Completion(_)
        | Debt::SubmissionCompletion(_)
        | Debt::Card(..) => {}
    }
}

/// Whose the obligation is, and by which rule.
pub(crate) fn blame_of(state: &State, cx: &Context, debt: Debt) -> (Party, &'static Rule) {
    match debt {
        Debt::Launch(id) | Debt::Absence(id) => match state.request(id).map(|request| request.kind) {
            Some(Kind::Continued) => (Party::Scheduler, &launch::LAU_7),
            _ => (Party::Scheduler, &conditions::CON_12),
        },
        Debt::Delivery(id) | Debt::MadeRoom(id) => {
            let simulated = state.spent.iter().any(|request| request.id == id && request.simulated);
            let rule = if simulated {
                &debugging::DBG_2
            } else if is_unhandled(state, cx, id) {
                &launch::LAU_3
            } else {
                &launch::LAU_2
            };
            (Party::Scheduler, rule)
        }
        Debt::SomeDelivery => (Party::Scheduler, &launch::LAU_2),
        // Never broken: what is learned comes first.
        Debt::Over(..) | Debt::LaunchesOver => (Party::Scheduler, &launch::LAU_2),
        Debt::Wait(_) => (Party::Scheduler, &expiration::EXP_16),
        Debt::Expiry(task, why) => {
            let kind = state.task(task.id, task.n).map(|task| task.kind);
            let rule = match why {
                Why::Budget if kind == Some(Kind::Refresh) => &expiration::EXP_1,
                Why::Budget => &expiration::EXP_2,
                Why::Use => &expiration::EXP_9,
                Why::Stop => &card::UIX_3,
                Why::Cancel => &cancelling::CAN_4,
                Why::Simulated => &debugging::DBG_3,
                Why::TakenBack => &expiration::EXP_17,
            };
            (Party::Scheduler, rule)
        }
        Debt::StallExpiry(_) => (Party::Scheduler, &progress::PRG_8),
        Debt::Progress(_) => (Party::App, &progress::PRG_1),
        Debt::Card(_, owes) => {
            let rule = match owes {
                CardOwes::Show | CardOwes::Nothing => &card::UIX_1,
                CardOwes::Finish | CardOwes::Leave => &card::UIX_4,
                CardOwes::Change => &card::UIX_2,
                CardOwes::Go => &card::UIX_6,
            };
            (Party::Scheduler, rule)
        }
        Debt::Completion(_) => (Party::App, &completion::CMP_1),
        Debt::SubmissionCompletion(_) | Debt::Landing(_) => (Party::Scheduler, &asynchronous::SUB_13),
    }
}

/// Whether an identifier surely has no handler in the process.
fn is_unhandled(state: &State, cx: &Context, id: Sym) -> bool {
    let from_before = state.process.is_none_or(|process| process.from_before);
    !from_before && cx.models(Area::Registration) && state.handler(id).is_none()
}

/// A further rule that the broken obligation is about.
pub(crate) fn also_of(state: &State, debt: Debt) -> Option<&'static Rule> {
    match debt {
        Debt::Launch(id) => state
            .request(id)
            .filter(|request| request.kind == Kind::Continued && request.earliest != Millis::MIN)
            .map(|_| &continued::SUB_20),
        // Or there was no room for the one that was accepted.
        Debt::MadeRoom(id) => state
            .spent
            .iter()
            .find(|spent| spent.id == id)
            .map(|spent| limits::of(spent.kind)),
        Debt::Expiry(name, _) => state
            .task(name.id, name.n)
            .filter(|task| expiration::is_blocked(state, task) || task.held_until > task.expire_by.by)
            .map(|_| &expiration::EXP_16),
        _ => None,
    }
}

/// The obligation was broken and named: it is owed no more.
pub(crate) fn forgive(state: &mut State, debt: Debt) {
    match debt {
        Debt::Launch(id) | Debt::Absence(id) => {
            for request in state.requests.iter_mut().filter(|request| request.id == id) {
                request.by = FORGIVEN;
            }
        }
        Debt::Delivery(id) | Debt::MadeRoom(id) => {
            for request in state.spent.iter_mut().filter(|request| request.id == id) {
                request.by = FORGIVEN;
            }
        }
        Debt::Over(..) | Debt::LaunchesOver | Debt::Landing(_) => pass_over(state, debt),
        Debt::SomeDelivery => {
            if let Some(process) = &mut state.process {
                process.owes_delivery = Some(FORGIVEN);
            }
        }
        Debt::Expiry(name, _) | Debt::Wait(name) => {
            for task in state
                .tasks
                .iter_mut()
                .filter(|task| (task.id, task.n) == (name.id, name.n))
            {
                task.expire_by = Owed::NOTHING;
            }
        }
        Debt::StallExpiry(name) => {
            for task in state
                .tasks
                .iter_mut()
                .filter(|task| (task.id, task.n) == (name.id, name.n))
            {
                task.in_doubt = true;
            }
        }
        Debt::Progress(name) => {
            for task in state
                .tasks
                .iter_mut()
                .filter(|task| (task.id, task.n) == (name.id, name.n))
            {
                task.stall_blamed = true;
            }
        }
        Debt::Completion(name) => {
            for task in state
                .tasks
                .iter_mut()
                .filter(|task| (task.id, task.n) == (name.id, name.n))
            {
                task.blamed = true;
            }
        }
        Debt::Card(name, _) => {
            for card in state
                .cards
                .iter_mut()
                .filter(|card| (card.id, card.n) == (name.id, name.n))
            {
                card.by = NEVER;
                card.owes = CardOwes::Nothing;
            }
        }
        Debt::SubmissionCompletion(number) => {
            for flight in state.flights.iter_mut().filter(|flight| flight.number == number) {
                flight.by = NEVER;
            }
        }
    }
}
