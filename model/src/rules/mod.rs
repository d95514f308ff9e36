//! The rulebook: every rule with its sentence, basis and sources, beside the code that enforces it.
//!
//! One module an area. *Reasons for a refusal* and *conditions of a launch* are tables; everything else is a short
//! function for each event. Rule code reads guard, effect, answer, in that order; it asks [`See`] and changes nothing.

pub(crate) mod asynchronous;
pub(crate) mod cancelling;
pub(crate) mod card;
mod clauses;
mod completion;
pub(crate) mod conditions;
mod configuration;
mod continued;
mod data;
pub(crate) mod debugging;
mod expiration;
mod identifiers;
mod kinds;
pub(crate) mod launch;
mod life;
mod limits;
mod pending;
pub(crate) mod progress;
mod reasons;
mod registration;
pub(crate) mod resources;
mod submission;

mod debts;

pub(crate) use asynchronous::land;
pub(crate) use clauses::{CLAUSES, Clause};
pub(crate) use debts::{
    Debt, also_of, blame_of, each_debt, each_debt_besides_launches, forgive, launch_owed_by, learn_to_wait,
    owes_besides_launches,
};
pub(crate) use kinds::Kinds;

use crate::context::Context;
use crate::op::{Ask, Death, Does, Op};
use crate::past::Fate;
use crate::rule::{Id, Rule};
use crate::see::{Allowed, Drops, Effect, See};
use crate::state::{Outstanding, State, Sym, Text};
use crate::vocabulary::Area;

/// What every rule module uses.
mod prelude {
    pub(super) use super::kinds::Kinds;
    pub(super) use super::{
        asynchronous, cancelling, card, clauses, completion, conditions, configuration, continued, debugging,
        expiration, identifiers, launch, life, limits, pending, progress, reasons, registration, resources, submission,
    };
    pub(super) use crate::context::Context;
    pub(super) use crate::facts::{Fact, Facts};
    pub(super) use crate::op::{Exception, Reply, Seen, Submission, TaskRef};
    pub(super) use crate::past::Fate;
    pub(super) use crate::rule::{Basis, Force, Id, Party, Rule};
    pub(super) use crate::see::{Allowed, Codes, Drops, Effect, Holds, Landing, Place, See, Sureness};
    pub(super) use crate::setting::Setting;
    pub(super) use crate::state::{
        FORGIVEN, FlightResult, Handler, Mark, NEVER, Outstanding, Owed, Reasons, State, Sym, Task, Text, Why,
    };
    pub(super) use crate::vocabulary::{
        Area, Code, Condition, KillCause, Kind, Millis, Platform, Protection, Strategy, Version,
    };
}

/// Every rule, in the order of the rulebook.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let mut rules: Vec<_> = AREAS.iter().flat_map(|area| area.iter().copied()).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.into_iter()
}

/// The rule with this id.
#[must_use]
pub fn find(id: Id) -> Option<&'static Rule> {
    AREAS
        .iter()
        .flat_map(|area| area.iter().copied())
        .find(|rule| rule.id == id)
}

static AREAS: &[&[&Rule]] = &[
    configuration::ALL,
    registration::ALL,
    identifiers::ALL,
    submission::ALL,
    reasons::ALL,
    limits::ALL,
    asynchronous::ALL,
    continued::ALL,
    cancelling::ALL,
    pending::ALL,
    conditions::ALL,
    launch::ALL,
    expiration::ALL,
    completion::ALL,
    life::ALL,
    resources::ALL,
    progress::ALL,
    card::ALL,
    debugging::ALL,
    data::ALL,
];

/// What the app owes at this event, whatever is answered.
pub(crate) fn duties(see: &mut See<'_>) {
    let ask: &Ask = see.ask;
    match &ask.op {
        Op::Register { id, .. } => registration::duties(see, *id),
        Op::Submit(submission) => submission::duties(see, submission),
        Op::Expired { task, .. } => {
            let unset = see
                .state
                .task(task.id, task.n)
                .is_some_and(|task| !task.handler && !task.expired);
            see.duty(&expiration::HANDLER_SET_FIRST, !unset);
        }
        Op::Complete { task, success } => completion::duties(see, *task, *success),
        Op::ProtectedRead(class) => data::duties(see, *class),
        Op::DeliveryRaised(..) => see.duty(&configuration::EVERY_LAUNCHABLE_IDENTIFIER_HAS_HANDLER, false),
        Op::CompletedBySystem(task) => {
            // Where the app had a handler, or has completed, it is the scheduler that left it no time (EXP-5, CMP-2).
            let task = see.state.task(task.id, task.n);
            let kept = task.is_none_or(|task| task.handler || task.expired);
            see.duty(&completion::EVERY_TASK_IS_COMPLETED, kept);
            see.duty(&expiration::HANDLER_SET_FIRST, kept);
        }
        Op::Killed(crate::vocabulary::KillCause::Time) => {
            let open = |task: &crate::state::Task| !task.blamed && expiration::is_grace_over(see.now, see.cx, task);
            let open = see.state.tasks.iter().any(open);
            see.duty(&completion::EVERY_TASK_IS_COMPLETED, !open);
        }
        Op::BlockQueue(queue) => {
            let runs = see.state.tasks.iter().any(|task| task.queue == *queue);
            see.duty(&expiration::REGISTRATION_QUEUE_NOT_BLOCKED, !runs);
        }
        Op::Delivered { task, .. } => {
            let state = see.state;
            let mut launchable = state.requests.iter().chain(&state.spent);
            let launchable = launchable.any(|request| request.id == task.id && !request.vague);
            let handled = !see.cx.models(Area::Registration) || see.handler(task.id).is_some() || !launchable;
            see.duty(&configuration::EVERY_LAUNCHABLE_IDENTIFIER_HAS_HANDLER, handled);
            let blocked = see.state.blocked.iter().all(|queue| *queue == Text::ANY);
            see.duty(&expiration::REGISTRATION_QUEUE_NOT_BLOCKED, blocked);
        }
        _ => {}
    }
}

/// Whether an op can break a duty of the app at all.
pub(crate) const fn has_duties(op: &Op) -> bool {
    matches!(
        op,
        Op::Register { .. }
            | Op::Submit(_)
            | Op::Complete { .. }
            | Op::Expired { .. }
            | Op::ProtectedRead(_)
            | Op::DeliveryRaised(..)
            | Op::CompletedBySystem(_)
            | Op::Killed(_)
            | Op::BlockQueue(_)
            | Op::Delivered { .. }
    )
}

/// What may follow an event in a state: the outcomes that fit what was seen, or the rules against it.
pub(crate) fn decide(see: &mut See<'_>) {
    let ask: &Ask = see.ask;
    match &ask.op {
        Op::Clock
        | Op::Started { .. }
        | Op::LaunchFinished
        | Op::Background
        | Op::KeptAwake(_)
        | Op::Debugger(_)
        | Op::Grant(_)
        | Op::TakeBack(_)
        | Op::Installed => see.happens(),
        Op::Device(change) => conditions::device_changes(see, change),
        Op::Foreground => {
            conditions::asks_whether_use_expires_health_research(see);
            life::comes_to_foreground(see);
        }
        Op::Updated => life::update(see),
        Op::Uninstalled => life::uninstall(see),
        Op::Dies(Death::ForceQuit) => life::force_quit(see),
        Op::Dies(Death::Crash | Death::Memory) => life::ends(see, &expiration::MEMORY_AND_CRASH_END_WITHOUT_CALL),
        Op::Reboot => life::reboot(see),
        Op::Person(Does::Continue, _) => see.permit(&progress::CONTINUE_GOES_ON, Effect::Happens(Drops::NONE)),
        Op::Person(..) => see.happens(),
        Op::SimulateLaunch(id) => debugging::simulate_launch(see, *id),
        Op::SimulateExpiration(id) => debugging::simulate_expiration(see, *id),
        Op::Settle => settle(see),
        Op::Register { id, .. } => registration::register(see, *id),
        Op::Submit(submission) => submission::submit(see, submission),
        Op::ChangeObject { .. } => submission::change_object(see),
        Op::Cancel(id) => cancelling::cancel(see, *id),
        Op::CancelAll => cancelling::cancel_all(see),
        Op::Pending => pending::list(see),
        Op::SupportedResources => resources::supported(see),
        Op::SetExpirationHandler { .. } => {
            see.allow(
                &expiration::HANDLER_CLEARED,
                Allowed::Nothing,
                Effect::Happens(Drops::NONE),
            );
        }
        Op::Progress {
            task, completed, child, ..
        } => progress::report(see, *task, *completed, child.is_some()),
        Op::UpdateTitle { .. } => {
            see.allow(
                &card::UPDATE_TITLE_REPLACES,
                Allowed::Nothing,
                Effect::Happens(Drops::NONE),
            );
        }
        Op::Complete { task, success } => completion::complete(see, *task, *success),
        Op::BlockQueue(_) | Op::UnblockQueue(_) | Op::WorkBegan(_) | Op::WorkEnded(_) => see.happens(),
        Op::GpuWork => resources::gpu_work(see),
        Op::NeuralEngineWork => resources::neural_engine_work(see),
        Op::ProtectedRead(class) => data::read(see, *class),
        Op::Launched { known, .. } => launch::launched(see, *known),
        Op::Delivered { task, kind, queue } => launch::delivered(see, *task, *kind, *queue),
        Op::DeliveryRaised(id, exception) => launch::raised(see, *id, *exception),
        Op::Expired { task, queue } => expiration::expired(see, *task, *queue),
        Op::CompletedBySystem(task) => expiration::completed_by_system(see, *task),
        Op::Suspended => life::suspended(see),
        Op::Killed(cause) => expiration::killed(see, *cause),
        Op::Card {
            task,
            is,
            title,
            subtitle,
        } => card::card(see, *task, *is, (*title, *subtitle)),
        Op::SubmissionCompleted { number, error } => asynchronous::completes(see, *number, *error),
    }
}

/// What the app owes at the end of a closed trace, whatever the time: expired tasks that it never completed (CMP-1).
pub(crate) fn owed_at_the_end(state: &State) -> impl Iterator<Item = (&'static Rule, Sym)> {
    let tasks = state.tasks.iter().filter(|task| task.expired && !task.blamed);
    tasks.map(|task| (&completion::EVERY_TASK_IS_COMPLETED, task.id))
}

/// Whether every condition of a launch holds, its date and the grant apart.
pub(crate) fn is_eligible(see: &mut See<'_>, request: &Outstanding) -> bool {
    conditions::is_demanded(see, request)
}

/// Whether every condition of a launch holds, on this way through what is open.
pub(crate) fn may_be_eligible(see: &mut See<'_>, request: &Outstanding) -> bool {
    clauses::is_eligible(see, request)
}

/// What the app is advised at the end of a closed trace: not to let work wait for a handler that never runs (LAU-8).
pub(crate) fn advice_at_the_end(state: &State, cx: &Context) -> Vec<(&'static Rule, Sym)> {
    if state.process.is_none_or(|process| process.work_began) {
        return Vec::new();
    }
    let waits = |id: &Sym| {
        let past = cx.named(*id).past;
        past.continued && !past.outlived_process(&cx.story) && matches!(past.fate, Fate::Open | Fate::Unreported(_))
    };
    cx.known_ids()
        .filter(waits)
        .map(|id| (&launch::WORK_DOES_NOT_WAIT_FOR_HANDLER, id))
        .collect()
}

/// The rule that calls of several threads have an order.
pub(crate) fn linearizable() -> &'static Rule {
    &submission::CALLS_ARE_LINEARIZABLE
}

/// The rule of the card of a failed task when it is tried again.
pub(crate) fn second_card() -> &'static Rule {
    &card::SECOND_CARD_ON_RETRY
}

/// The rule that an asynchronous submission takes effect at any moment.
pub(crate) fn moment_is_open() -> &'static Rule {
    &asynchronous::ASYNC_TAKES_EFFECT_ONCE
}

/// The rule by which a refusal may go unreported.
pub(crate) fn is_unreported_refusal(by: &Rule) -> bool {
    *by == submission::REFUSAL_MAY_GO_UNREPORTED
}

/// The runner goes on to the next input: what it granted and took back should have been answered.
fn settle(see: &mut See<'_>) {
    let granted = see.state.granted.is_none_or(|id| launch::settle_grant(see, id));
    let taken_back = expiration::settle_taken_back(see);
    if granted && taken_back {
        see.happens();
    }
}
