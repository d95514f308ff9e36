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
pub(crate) mod continued;
pub(crate) mod data;
pub(crate) mod debugging;
pub(crate) mod expiration;
mod identifiers;
mod kinds;
pub(crate) mod launch;
mod life;
mod limits;
mod pending;
pub(crate) mod progress;
mod reasons;
pub(crate) mod registration;
pub(crate) mod resources;
mod submission;

mod debts;

pub(crate) use asynchronous::land;
pub(crate) use clauses::{CLAUSES, Clause};
pub(crate) use debts::{
    Debt, also_of, blame_of, each_debt, each_debt_besides_launches, forgive, launch_owed_by, learn_to_wait,
    owes_besides_launches, pass_over, request_due,
};
pub(crate) use kinds::Kinds;

use crate::context::Context;
use crate::op::{Ask, Death, Does, Op};
use crate::past::Fate;
use crate::rule::{Id, Rule};
use crate::see::{Allowed, Drops, Effect, See};
use crate::state::{Outstanding, State, Sym, Text};
use crate::vocabulary::Area;

/// Every rule, in the order of the rulebook.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    BY_ID.iter().copied().flatten()
}

/// The rule with this id.
#[must_use]
pub fn find(id: Id) -> Option<&'static Rule> {
    BY_ID[id.index()]
}

/// Every rule has a line here, under the module that enforces it; what is forgotten is dead code.
macro_rules! catalogue {
    ($($module:ident: $($id:ident)+;)+) => {
        $(pub use $module::{$($id),+};)+

        static BY_ID: [Option<&Rule>; Id::TABLE] = {
            let mut by_id: [Option<&Rule>; Id::TABLE] = [None; Id::TABLE];
            let all: &[&Rule] = &[$($(&$id),+),+];
            let mut place = 0;
            while place < all.len() {
                assert!(by_id[all[place].id.index()].is_none(), "an id stands for one rule");
                by_id[all[place].id.index()] = Some(all[place]);
                place += 1;
            }
            by_id
        };
    };
}

catalogue! {
    configuration: CFG_1 CFG_2 CFG_3 CFG_4 CFG_5 CFG_6 CFG_7 CFG_8 CFG_9 CFG_10 CFG_11;
    registration: REG_1 REG_2 REG_3 REG_4 REG_5 REG_6 REG_7 REG_8 REG_9 REG_10 REG_11 REG_12 REG_13;
    identifiers: IDN_1 IDN_2 IDN_3 IDN_4 IDN_5 IDN_6 IDN_7 IDN_8 IDN_9 IDN_10 IDN_11 IDN_12 IDN_13;
    submission: SUB_1 SUB_2 SUB_3 SUB_4 SUB_9 SUB_11 SUB_12 SUB_14 SUB_15 SUB_25 SUB_26 SUB_27;
    reasons: SUB_10 SUB_22 SUB_23 SUB_28;
    limits: SUB_5 SUB_6 SUB_7 SUB_8;
    asynchronous: SUB_13 SUB_30 SUB_31 SUB_34;
    continued: SUB_16 SUB_17 SUB_18 SUB_19 SUB_20 SUB_21 SUB_24 SUB_29 SUB_32 SUB_33;
    cancelling: CAN_1 CAN_2 CAN_3 CAN_4 CAN_5 CAN_6;
    pending: PEN_1 PEN_2 PEN_3 PEN_4;
    conditions: CON_1 CON_2 CON_3 CON_4 CON_5 CON_6 CON_7 CON_8 CON_9 CON_10 CON_11 CON_12 CON_13 CON_14
        CON_15 CON_16 CON_17;
    launch: LAU_1 LAU_2 LAU_3 LAU_4 LAU_5 LAU_6 LAU_7 LAU_8 LAU_9 LAU_10 LAU_11 LAU_12;
    expiration: EXP_1 EXP_2 EXP_3 EXP_4 EXP_5 EXP_6 EXP_7 EXP_8 EXP_9 EXP_10 EXP_11 EXP_12 EXP_13 EXP_14
        EXP_15 EXP_16 EXP_17;
    completion: CMP_1 CMP_2 CMP_3 CMP_4 CMP_5 CMP_6 CMP_7 CMP_8 CMP_9;
    life: LIF_1 LIF_2 LIF_3 LIF_4 LIF_5 LIF_6 LIF_7 LIF_8 LIF_9 LIF_10 LIF_11 LIF_12 LIF_13 LIF_14 LIF_15
        LIF_16 LIF_17;
    resources: RES_1 RES_2 RES_3 RES_4 RES_5 RES_6 RES_7 RES_8 RES_9;
    progress: PRG_1 PRG_2 PRG_3 PRG_4 PRG_5 PRG_6 PRG_7 PRG_8 PRG_9 PRG_10 PRG_11 PRG_12;
    card: UIX_1 UIX_2 UIX_3 UIX_4 UIX_5 UIX_6 UIX_7 UIX_8;
    debugging: DBG_1 DBG_2 DBG_3 DBG_4 DBG_5 DBG_6 DBG_7;
    data: DAT_1 DAT_2 DAT_3;
}

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
            see.duty(&expiration::EXP_14, !unset);
        }
        Op::Complete { task, success } => completion::duties(see, *task, *success),
        Op::ProtectedRead(class) => data::duties(see, *class),
        Op::DeliveryRaised(id, _) => {
            // Where the process has a handler, or is still launching, it is the scheduler that raises.
            let without = see.is(crate::facts::Fact::Finished) && see.handler(*id).is_none();
            let kept = !without || debugging::answers_hook(see, *id);
            see.duty(&configuration::CFG_9, kept);
        }
        Op::CompletedBySystem(task) => {
            // Where the app had a handler, or has completed, it is the scheduler that left it no time (EXP-5, CMP-2).
            let task = see.state.task(task.id, task.n);
            let kept = task.is_none_or(|task| task.handler || task.expired);
            see.duty(&completion::CMP_1, kept);
            see.duty(&expiration::EXP_14, kept);
        }
        Op::Killed(crate::vocabulary::KillCause::Time) => {
            let open = |task: &crate::state::Task| !task.blamed && expiration::is_grace_over(see.now, see.cx, task);
            let open = see.state.tasks.iter().any(open);
            see.duty(&completion::CMP_1, !open);
        }
        Op::Dies(Death::Crash) => registration::crashes(see),
        Op::BlockQueue(queue) => {
            let runs = see.state.tasks.iter().any(|task| task.queue == *queue);
            see.duty(&expiration::EXP_13, !runs);
        }
        Op::Delivered { task, .. } => {
            let state = see.state;
            let mut launchable = state.requests.iter().chain(&state.spent);
            let launchable = launchable.any(|request| request.id == task.id && !request.vague);
            let handled = !see.cx.models(Area::Registration) || see.handler(task.id).is_some() || !launchable;
            see.duty(&configuration::CFG_9, handled);
            let queue = see.state.handler(task.id).map_or(Text::NONE, |handler| handler.queue);
            let blocked = queue != Text::ANY && see.state.blocked.contains(&queue);
            see.duty(&expiration::EXP_13, !blocked);
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
            | Op::Dies(Death::Crash)
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
        Op::Updated { upgrades: false } => life::update(see),
        Op::Updated { upgrades: true } => life::upgrade(see),
        Op::Uninstalled => life::uninstall(see),
        Op::Dies(Death::ForceQuit) => life::force_quit(see),
        Op::Dies(Death::Crash | Death::Memory) => life::ends(see, &expiration::EXP_12),
        Op::Reboot => life::reboot(see),
        Op::Person(Does::Continue, _) => see.permit(&progress::PRG_12, Effect::Happens(Drops::NONE)),
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
            see.allow(&expiration::EXP_6, Allowed::Nothing, Effect::Happens(Drops::NONE));
        }
        Op::Progress {
            task, completed, child, ..
        } => progress::report(see, *task, *completed, child.is_some()),
        Op::UpdateTitle { .. } => {
            see.allow(&card::UIX_2, Allowed::Nothing, Effect::Happens(Drops::NONE));
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
        Op::SubmissionCompleted { number, error, foreign } => asynchronous::completes(see, *number, *error, *foreign),
    }
}

/// What the app owes at the end of a closed trace, whatever the time: expired tasks that it never completed (CMP-1).
pub(crate) fn owed_at_the_end(state: &State) -> impl Iterator<Item = (&'static Rule, Sym)> {
    let tasks = state.tasks.iter().filter(|task| task.expired && !task.blamed);
    tasks.map(|task| (&completion::CMP_1, task.id))
}

/// Whether every condition of a launch holds, its date and the grant apart.
pub(crate) fn is_eligible(see: &mut See<'_>, request: &Outstanding) -> bool {
    conditions::is_demanded(see, request)
}

/// Whether a request may be launched where nobody sees it, on this way through what is open.
pub(crate) fn may_be_eligible(see: &mut See<'_>, request: &Outstanding) -> bool {
    conditions::may_launch_unseen(see, request)
}

/// What the app is advised at the end of a closed trace: not to let work wait for a handler that never runs (LAU-8).
pub(crate) fn advice_at_the_end(state: &State, cx: &Context) -> Vec<(&'static Rule, Sym)> {
    if state.process.is_none_or(|process| process.work_began) {
        return Vec::new();
    }
    let waits = |id: &Sym| {
        let past = cx.past(*id);
        past.continued && !past.outlived_process(&cx.story) && matches!(past.fate, Fate::Open | Fate::Unreported(_))
    };
    cx.known_ids().filter(waits).map(|id| (&launch::LAU_8, id)).collect()
}

/// The rule that calls of several threads have an order.
pub(crate) fn linearizable() -> &'static Rule {
    &submission::SUB_25
}

/// The rule of the card of a failed task when it is tried again.
pub(crate) fn second_card() -> &'static Rule {
    &card::UIX_6
}

/// The rule that an asynchronous submission completes, with the reason of its refusal or without an error.
pub(crate) fn completion_of_submissions() -> &'static Rule {
    &asynchronous::SUB_13
}

/// The rule of what stands on a card.
pub(crate) fn words_of_cards() -> &'static Rule {
    &card::UIX_2
}

/// The rule that an asynchronous submission takes effect at any moment.
pub(crate) fn moment_is_open() -> &'static Rule {
    &asynchronous::SUB_30
}

/// The rule by which a refusal may go unreported.
pub(crate) fn is_unreported_refusal(by: &Rule) -> bool {
    *by == submission::SUB_12
}

/// The runner goes on to the next input: what it granted and took back should have been answered.
fn settle(see: &mut See<'_>) {
    let granted = see.state.granted.is_none_or(|id| launch::settle_grant(see, id));
    let taken_back = expiration::settle_taken_back(see);
    if granted && taken_back {
        see.happens();
    }
}
