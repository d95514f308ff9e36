//! Going on after a breach: nothing that was touched is believed any more. Where the trace did not look: [`super::unseen`].

use crate::apply::{apply, doubt_request, finish, vague};
use crate::context::Context;
use crate::facts::Fact;
use crate::op::{Ask, Now, Op, Reply};
use crate::see::{Drops, Effect, Outcome};
use crate::setting::Setting;
use crate::state::{CardOwes, Handler, Mark, NEVER, Outstanding, Owed, Presence, State, Sym, Text};
use crate::vocabulary::Kind;

/// Goes on from what was observed: its effect takes place without its guard, and what it named is in doubt.
pub(super) fn carry_on(state: &mut State, cx: &Context, now: &Now, ask: &Ask, ids: &mut Vec<Sym>) {
    ids.clear();
    if let Op::Card { task, .. } = &ask.op
        && state.request(task.id).is_none()
        && task.n > cx.named(task.id).deliveries
    {
        // A card of a request that nobody made: perhaps somebody did.
        doubt_request(state, task.id);
    }
    let effect = forced(state, ask, ids);
    let pending = pending_without_handler(state, &ask.op, effect);
    if let Op::Delivered { task, kind, .. } = &ask.op
        && effect == Effect::DeliverOutstanding
        && state.request(task.id).is_none()
    {
        // A task without a request is a task all the same. Perhaps it was never refused.
        unlearn(state, cx);
        let place = state.requests.partition_point(|request| request.id < task.id);
        state.requests.insert(
            place,
            Outstanding {
                kind: *kind,
                unsure: false,
                ..vague(task.id)
            },
        );
    }
    if let Op::Launched { known, .. } = &ask.op {
        suppose_launch(state, ask, *known);
    }
    let unhandled = launched_without_handler(state, &ask.op);
    let outcome = Outcome {
        by: None,
        effect,
        facts: state.facts,
        shown: None,
    };
    apply(state, cx, now, ask, &outcome);
    if let Some(spent) = unhandled {
        let place = state.spent.partition_point(|other| other.id < spent.id);
        state.spent.insert(place, spent);
    }
    if let Some(request) = pending {
        let place = state.requests.partition_point(|other| other.id < request.id);
        state.requests.insert(place, request);
    }
    match &ask.op {
        Op::Register { id, .. } => doubt_handler(state, *id),
        Op::Delivered { task, .. } => {
            // Of its kind and its attributes nothing is believed, and so nothing is owed.
            for other in state.tasks.iter_mut().filter(|other| other.id == task.id) {
                other.in_doubt = true;
                other.maybe_over = true;
                other.request.vague = true;
                other.expire_by = Owed::NOTHING;
            }
            for card in state.cards.iter_mut().filter(|card| card.id == task.id) {
                card.vague = true;
                (card.owes, card.by) = (CardOwes::Nothing, NEVER);
            }
        }
        Op::Launched { known: false, .. } => {
            state.requests.iter_mut().for_each(|request| request.mark = Mark::Maybe);
            if let Some(process) = &mut state.process {
                process.owes_delivery = None;
            }
        }
        Op::Launched { known: true, .. } => {
            state
                .spent
                .iter_mut()
                .filter(|spent| ask.ids.contains(&spent.id))
                .for_each(|spent| {
                    spent.mark = Mark::Free;
                });
        }
        Op::Settle
        | Op::Clock
        | Op::Device(_)
        | Op::Installed
        | Op::Updated { .. }
        | Op::Uninstalled
        | Op::Started { .. }
        | Op::LaunchFinished
        | Op::Foreground
        | Op::Background
        | Op::KeptAwake(_)
        | Op::Dies(_)
        | Op::Reboot
        | Op::Person(..)
        | Op::Debugger(_)
        | Op::SimulateLaunch(_)
        | Op::SimulateExpiration(_)
        | Op::Grant(_)
        | Op::TakeBack(_)
        | Op::Submit(_)
        | Op::ChangeObject { .. }
        | Op::Cancel(_)
        | Op::CancelAll
        | Op::Pending
        | Op::SupportedResources
        | Op::SetExpirationHandler { .. }
        | Op::Progress { .. }
        | Op::UpdateTitle { .. }
        | Op::Complete { .. }
        | Op::BlockQueue(_)
        | Op::UnblockQueue(_)
        | Op::WorkBegan(_)
        | Op::WorkEnded(_)
        | Op::GpuWork
        | Op::NeuralEngineWork
        | Op::ProtectedRead(_)
        | Op::DeliveryRaised(..)
        | Op::Expired { .. }
        | Op::CompletedBySystem(_)
        | Op::Suspended
        | Op::Killed(_)
        | Op::Card { .. }
        | Op::SubmissionCompleted { .. } => {}
    }
    let known = ids.iter().all(|id| state.request(*id).is_some());
    for id in ids.iter() {
        // What was launched before may be delivered all the same.
        let launched = state.spent.iter().find(|spent| spent.id == *id).copied();
        doubt_request(state, *id);
        if let (Some(spent), Op::Submit(_)) = (launched, &ask.op) {
            let place = state.spent.partition_point(|other| other.id < spent.id);
            let free = Outstanding {
                mark: Mark::Free,
                unsure: true,
                by: NEVER,
                ..spent
            };
            state.spent.insert(place, free);
        }
    }
    if let Op::Submit(submission) = &ask.op
        && !known
    {
        // If it is there after all, it is what was submitted.
        let (id, kind) = (submission.request.id, submission.request.kind);
        let submitted = state.requests.iter_mut().filter(|request| request.id == id);
        submitted.for_each(|request| request.kind = kind);
    }
    if let Op::Pending = ask.op {
        doubt_list(state, cx, ask);
    }
    finish(state, cx, now);
}

/// What is pending and is delivered though nothing handles it: perhaps it never came, and is pending still.
fn pending_without_handler(state: &State, op: &Op, effect: Effect) -> Option<Outstanding> {
    let Op::Delivered { task, .. } = op else { return None };
    if effect != Effect::DeliverOutstanding || state.handler(task.id).is_some() {
        return None;
    }
    let request = state
        .request(task.id)
        .filter(|request| request.kind != Kind::Continued)?;
    Some(Outstanding {
        mark: Mark::None,
        unsure: true,
        by: NEVER,
        until: NEVER,
        ..*request
    })
}

/// What was launched and is delivered though nothing handles it: the exception may still come.
fn launched_without_handler(state: &State, op: &Op) -> Option<Outstanding> {
    let Op::Delivered { task, .. } = op else { return None };
    let spent = state.spent.iter().find(|spent| spent.id == task.id)?;
    let free = Outstanding {
        mark: Mark::Free,
        unsure: true,
        by: NEVER,
        ..*spent
    };
    state.handler(task.id).is_none().then_some(free)
}

/// What the event does without its guard, and which requests it puts in doubt.
fn forced(state: &State, ask: &Ask, ids: &mut Vec<Sym>) -> Effect {
    match &ask.op {
        Op::Submit(submission) if submission.number.is_none() => {
            ids.push(submission.request.id);
            if ask.reply == Reply::Accepted {
                return Effect::MayPut;
            }
            Effect::Nothing
        }
        Op::Cancel(id) => {
            ids.push(*id);
            Effect::Nothing
        }
        Op::Delivered { task, .. } => {
            if state.spent.iter().any(|spent| spent.id == task.id) {
                return Effect::DeliverSpent;
            }
            Effect::DeliverOutstanding
        }
        Op::DeliveryRaised(id, _) => {
            ids.push(*id);
            Effect::Nothing
        }
        Op::Register { .. } => match ask.reply {
            Reply::Returned(true) => Effect::Happens(Drops::NONE),
            _ => Effect::Nothing,
        },
        Op::Pending => Effect::Nothing,
        Op::Settle
        | Op::Clock
        | Op::Device(_)
        | Op::Installed
        | Op::Updated { .. }
        | Op::Uninstalled
        | Op::Started { .. }
        | Op::LaunchFinished
        | Op::Foreground
        | Op::Background
        | Op::KeptAwake(_)
        | Op::Dies(_)
        | Op::Reboot
        | Op::Person(..)
        | Op::Debugger(_)
        | Op::SimulateLaunch(_)
        | Op::SimulateExpiration(_)
        | Op::Grant(_)
        | Op::TakeBack(_)
        | Op::Submit(_)
        | Op::ChangeObject { .. }
        | Op::CancelAll
        | Op::SupportedResources
        | Op::SetExpirationHandler { .. }
        | Op::Progress { .. }
        | Op::UpdateTitle { .. }
        | Op::Complete { .. }
        | Op::BlockQueue(_)
        | Op::UnblockQueue(_)
        | Op::WorkBegan(_)
        | Op::WorkEnded(_)
        | Op::GpuWork
        | Op::NeuralEngineWork
        | Op::ProtectedRead(_)
        | Op::Launched { .. }
        | Op::Expired { .. }
        | Op::CompletedBySystem(_)
        | Op::Suspended
        | Op::Killed(_)
        | Op::Card { .. }
        | Op::SubmissionCompleted { .. } => Effect::Happens(Drops::NONE),
    }
}

/// A launch that nothing allowed: whatever is delivered next was launched by it.
fn suppose_launch(state: &mut State, ask: &Ask, known: bool) {
    if known {
        for id in &ask.ids {
            if state.request(*id).is_none() {
                let place = state.requests.partition_point(|request| request.id < *id);
                state.requests.insert(
                    place,
                    Outstanding {
                        unsure: false,
                        ..vague(*id)
                    },
                );
            }
        }
    }
}

pub(super) fn doubt_handler(state: &mut State, id: Sym) {
    let known = state.handler(id);
    let doubtful = Handler {
        id,
        there: Presence::Open,
        late: false,
        queue: known.map_or(Text::ANY, |handler| handler.queue),
        swiftui: known.is_some_and(|handler| handler.swiftui),
    };
    match state.handlers.binary_search_by_key(&id, |handler| handler.id) {
        Ok(place) => state.handlers[place] = doubtful,
        Err(place) => state.handlers.insert(place, doubtful),
    }
}

/// The fixed settings that decide whether a submission is accepted.
const TAUGHT_BY_SUBMISSIONS: [Setting; 7] = [
    Setting::WildcardForOtherKinds,
    Setting::ContinuedBundlePrefix,
    Setting::ContinuedMode,
    Setting::HealthSharesProcessingLimit,
    Setting::LowPowerRefusesSubmit,
    Setting::BarRefusesContinued,
    Setting::ContinuedResubmitWhileRunning,
];

/// The settings that decide whether a request stays, or is listed.
const TAUGHT_BY_LISTS: [Setting; 7] = [
    Setting::PendingKeptWhenRefreshOff,
    Setting::PendingSurvivesReboot,
    Setting::PendingSurvivesUpdate,
    Setting::ForceQuitDropsRefresh,
    Setting::WaitingSurvivesProcess,
    Setting::PendingIncludesRunning,
    Setting::ContinuedInPending,
];

/// Forgets what answers to submissions taught.
fn unlearn(state: &mut State, cx: &Context) {
    for setting in TAUGHT_BY_SUBMISSIONS.map(Fact::Setting) {
        state.facts.set(setting, cx.at_zero.mask(setting));
    }
}

/// What a list contradicts is in doubt; the rest stands.
fn doubt_list(state: &mut State, cx: &Context, ask: &Ask) {
    let listed = |request: &Outstanding| ask.listed.iter().any(|seen| seen.same_attributes(request));
    let missing: Vec<_> = state
        .requests
        .iter()
        .filter(|request| !listed(request))
        .map(|request| request.id)
        .collect();
    let known = |seen: &Outstanding| state.requests.iter().any(|request| request.same_attributes(seen));
    let extra: Vec<_> = ask
        .listed
        .iter()
        .filter(|seen| !known(seen))
        .map(|seen| seen.id)
        .collect();
    if !missing.is_empty() || !extra.is_empty() {
        // What is missing was perhaps never accepted, and what is there never lost: nor is believed what that taught.
        unlearn(state, cx);
        for setting in TAUGHT_BY_LISTS.map(Fact::Setting) {
            state.facts.set(setting, cx.at_zero.mask(setting));
        }
    }
    for id in missing.into_iter().chain(extra) {
        doubt_request(state, id);
    }
}
