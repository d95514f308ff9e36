//! Names for every part of a state. The matches are exhaustive: a new variant has to be named here.

use crate::facts::{Fact, Facts};
use crate::op::{Death, Does, Exception, Op, Seen};
use crate::see::{Effect, Landing, Place, Sureness};
use crate::setting::Setting;
use crate::state::{
    By, CardOwes, Excuse, FORGIVEN, Fate, FlightResult, Mark, NEVER, Outstanding, Presence, Process, State, Task, Text,
    Why,
};
use crate::vocabulary::Millis;

macro_rules! names {
    ($(#[$meta:meta])* $vis:vis fn $name:ident, $all:ident: $ty:ty { $($pattern:pat => $label:literal),* $(,)? }) => {
        const $all: &[&str] = &[$($label),*];

        $(#[$meta])*
        $vis fn $name(value: &$ty) -> &'static str {
            match value { $($pattern => $label),* }
        }
    };
}

names! { fn by, BY: By { By::Person => "By::Person", By::Scheduler => "By::Scheduler", By::Other => "By::Other" } }
names! { fn presence, PRESENCE: Presence {
    Presence::Yes => "Presence::Yes", Presence::No => "Presence::No", Presence::Open => "Presence::Open",
} }
names! { fn mark, MARK: Mark {
    Mark::None => "Mark::None", Mark::Maybe => "Mark::Maybe", Mark::Later => "Mark::Later",
    Mark::WithProcess => "Mark::WithProcess", Mark::MadeRoom => "Mark::MadeRoom",
    Mark::Free => "Mark::Free",
} }
names! { fn why, WHY: Why {
    Why::Budget => "Why::Budget", Why::Use => "Why::Use", Why::Stop => "Why::Stop", Why::Cancel => "Why::Cancel",
    Why::Simulated => "Why::Simulated", Why::TakenBack => "Why::TakenBack",
} }
names! { fn owes, OWES: CardOwes {
    CardOwes::Nothing => "CardOwes::Nothing", CardOwes::Show => "CardOwes::Show",
    CardOwes::Finish => "CardOwes::Finish", CardOwes::Go => "CardOwes::Go",
    CardOwes::Change => "CardOwes::Change", CardOwes::Leave => "CardOwes::Leave",
} }
names! { fn fate, FATE: Fate {
    Fate::Waits => "Fate::Waits", Fate::Runs => "Fate::Runs", Fate::Succeeded => "Fate::Succeeded",
    Fate::Failed => "Fate::Failed", Fate::Expired => "Fate::Expired",
} }
names! { fn result, RESULT: FlightResult {
    FlightResult::Accepted => "FlightResult::Accepted", FlightResult::Refused(_) => "FlightResult::Refused",
    FlightResult::Failed => "FlightResult::Failed", FlightResult::Unheard => "FlightResult::Unheard",
} }
names! {
    /// What an event does.
    pub(crate) fn effect, EFFECT: Effect {
    Effect::Nothing => "Effect::Nothing",
    Effect::Happens(_) => "Effect::Happens",
    Effect::Put(Place::Kept) => "Effect::Put(Kept)",
    Effect::Put(Place::Back) => "Effect::Put(Back)",
    Effect::MayPut => "Effect::MayPut",
    Effect::Simulates(Sureness::Sure) => "Effect::Simulates(Sure)",
    Effect::Simulates(Sureness::Unsure) => "Effect::Simulates(Unsure)",
    Effect::Lands(Landing::Kept(Place::Back)) => "Effect::Lands(Kept, Back)",
    Effect::Lands(Landing::Kept(Place::Kept)) => "Effect::Lands(Kept, Kept)",
    Effect::Lands(Landing::Inert) => "Effect::Lands(Inert)",
    Effect::Lands(Landing::Failed) => "Landing::Failed", Effect::Lands(Landing::Refused(_)) => "Effect::Lands(Refused)",
    Effect::Cancels { expires: true } => "Effect::Cancels(expires)",
    Effect::Cancels { expires: false } => "Effect::Cancels",
    Effect::DeliverSpent => "Effect::DeliverSpent",
    Effect::DeliverOutstanding => "Effect::DeliverOutstanding",
} }
names! {
    /// An event.
    pub(crate) fn op, OP: Op {
    Op::Clock => "Op::Clock", Op::Device(_) => "Op::Device", Op::Installed => "Op::Installed",
    Op::Updated { .. } => "Op::Updated", Op::Uninstalled => "Op::Uninstalled", Op::Started { .. } => "Op::Started",
    Op::LaunchFinished => "Op::LaunchFinished", Op::Foreground => "Op::Foreground",
    Op::Background => "Op::Background", Op::KeptAwake(_) => "Op::KeptAwake",
    Op::Dies(Death::ForceQuit) => "Op::Dies(ForceQuit)", Op::Dies(Death::Crash) => "Op::Dies(Crash)",
    Op::Dies(Death::Memory) => "Op::Dies(Memory)", Op::Reboot => "Op::Reboot",
    Op::Person(Does::Stop, _) => "Op::Person(Stop)", Op::Person(Does::Continue, _) => "Op::Person(Continue)",
    Op::Person(Does::Ignore, _) => "Op::Person(Ignore)", Op::Person(Does::Dismiss, _) => "Op::Person(Dismiss)",
    Op::Person(Does::Clear, _) => "Op::Person(Clear)", Op::Debugger(_) => "Op::Debugger",
    Op::SimulateLaunch(_) => "Op::SimulateLaunch", Op::SimulateExpiration(_) => "Op::SimulateExpiration",
    Op::Grant(_) => "Op::Grant", Op::TakeBack(_) => "Op::TakeBack", Op::Settle => "Op::Settle",
    Op::Register { .. } => "Op::Register", Op::Submit(_) => "Op::Submit", Op::ChangeObject { .. } => "Op::ChangeObject",
    Op::Cancel(_) => "Op::Cancel", Op::CancelAll => "Op::CancelAll", Op::Pending => "Op::Pending",
    Op::SupportedResources => "Op::SupportedResources",
    Op::SetExpirationHandler { .. } => "Op::SetExpirationHandler", Op::Progress { .. } => "Op::Progress",
    Op::UpdateTitle { .. } => "Op::UpdateTitle", Op::Complete { .. } => "Op::Complete",
    Op::BlockQueue(_) => "Op::BlockQueue", Op::UnblockQueue(_) => "Op::UnblockQueue",
    Op::WorkBegan(_) => "Op::WorkBegan", Op::WorkEnded(_) => "Op::WorkEnded", Op::GpuWork => "Op::GpuWork",
    Op::NeuralEngineWork => "Op::NeuralEngineWork", Op::ProtectedRead(_) => "Op::ProtectedRead",
    Op::Launched { .. } => "Op::Launched",
    Op::Delivered { queue: Seen::No, .. } => "Op::Delivered", Op::Delivered { .. } => "Op::Delivered(queue)",
    Op::DeliveryRaised(_, Exception::NoHandler) => "Op::DeliveryRaised(NoHandler)",
    Op::DeliveryRaised(..) => "Op::DeliveryRaised(other text)",
    Op::Expired { queue: Seen::No, .. } => "Op::Expired", Op::Expired { .. } => "Op::Expired(queue)",
    Op::CompletedBySystem(_) => "Op::CompletedBySystem", Op::Suspended => "Op::Suspended",
    Op::Killed(_) => "Op::Killed", Op::Card { .. } => "Op::Card",
    Op::SubmissionCompleted { .. } => "Op::SubmissionCompleted",
} }

type Flag<T> = (&'static str, fn(&T) -> bool);

const STATE: &[Flag<State>] = &[
    ("State::installed, not", |state| !state.installed),
    ("State::locked_at", |state| state.locked_at.is_some()),
    ("State::places_taken", |state| state.places_taken > 0),
    ("State::places_open", |state| state.places_open),
    ("State::waiting, two", |state| state.waiting.len() > 1),
    ("State::open, two", |state| state.open.count_ones() > 1),
    ("State::granted", |state| state.granted.is_some()),
    ("State::unheard", |state| state.unheard),
    ("State::working", |state| !state.working.is_empty()),
    ("State::blocked", |state| {
        state.blocked.iter().any(|queue| *queue != Text::ANY)
    }),
    ("State::blocked, any", |state| state.blocked.contains(&Text::ANY)),
    ("Handler::late", |state| {
        state.handlers.iter().any(|handler| handler.late)
    }),
    ("Handler::queue", |state| {
        state.handlers.iter().any(|handler| handler.queue != Text::NONE)
    }),
    ("Handler::queue, any", |state| {
        state.handlers.iter().any(|handler| handler.queue == Text::ANY)
    }),
    ("Flight::from_app, not", |state| {
        state.flights.iter().any(|flight| !flight.from_app)
    }),
    ("Flight::result, none", |state| {
        state.flights.iter().any(|flight| flight.result.is_none())
    }),
    ("CardOf::shown", |state| state.cards.iter().any(|card| card.shown)),
    ("CardOf::before", |state| {
        state.cards.iter().any(|card| card.before != card.texts)
    }),
    ("CardOf::dismissed", |state| {
        state.cards.iter().any(|card| card.dismissed)
    }),
    ("CardOf::painted", |state| {
        state.cards.iter().any(|card| card.painted != card.texts)
    }),
    ("CardOf::maybe_gone", |state| {
        state.cards.iter().any(|card| card.maybe_gone)
    }),
    ("Outstanding::loose", |state| {
        state.requests.iter().any(|request| request.loose)
    }),
    ("CardOf::stays", |state| {
        state.cards.iter().any(|card| card.stays != Millis::MIN)
    }),
    ("CardOf::vague", |state| state.cards.iter().any(|card| card.vague)),
];

const PROCESS: &[Flag<Process>] = &[
    ("Process::suspended", |process| process.suspended),
    ("Process::left_foreground", |process| process.left_foreground.is_some()),
    ("Process::owes_delivery, no time", |process| {
        process.owes_delivery == Some(NEVER)
    }),
    ("Process::owes_delivery", |process| {
        process.owes_delivery.is_some_and(|by| by < FORGIVEN)
    }),
    ("Process::owes_delivery, forgiven", |process| {
        process.owes_delivery == Some(FORGIVEN)
    }),
    ("Process::launches_until", |process| process.launches_until < FORGIVEN),
    ("Process::launches_over", |process| process.launches_over),
    ("Process::delivered_on_own", |process| {
        process.delivered_on_own.is_some()
    }),
    ("Process::kept_awake", |process| process.kept_awake),
    ("Process::debugger", |process| process.debugger),
    ("Process::gpu_told, yes", |process| process.gpu_told == Some(true)),
    ("Process::gpu_told, no", |process| process.gpu_told == Some(false)),
    ("Process::from_before", |process| process.from_before),
    ("Process::work_began", |process| process.work_began),
];

const REQUEST: &[Flag<Outstanding>] = &[
    ("Outstanding::unsure", |request| request.unsure),
    ("Outstanding::vague", |request| request.vague),
    ("Outstanding::by", |request| request.by < FORGIVEN),
    ("Outstanding::by, forgiven", |request| request.by == FORGIVEN),
    ("Outstanding::until", |request| request.until < NEVER),
];

const SPENT: &[Flag<Outstanding>] = &[
    ("spent Outstanding::unsure", |request| request.unsure),
    ("spent Outstanding::by", |request| request.by < FORGIVEN),
    ("spent Outstanding::until", |request| request.until < NEVER),
    ("spent Outstanding::by, forgiven", |request| request.by == FORGIVEN),
    ("spent Outstanding::simulated", |request| request.simulated),
];

const TASK: &[Flag<Task>] = &[
    ("Task::handler", |task| task.handler),
    ("Task::expired", |task| task.expired),
    ("Task::company", |task| task.company),
    ("Task::maybe_over", |task| task.maybe_over),
    ("Task::taken_back", |task| task.taken_back),
    ("Task::held_until", |task| task.held_until > 0),
    ("Task::child_at", |task| task.child_at > 0),
    ("Task::seeded", |task| task.seeded),
    ("Task::stall_blamed", |task| task.stall_blamed),
    ("Task::blamed", |task| task.blamed),
    ("Task::in_doubt", |task| task.in_doubt),
    ("Task::with_start", |task| task.with_start),
    ("Task::cancelled", |task| task.cancelled),
    ("Task::continued", |task| task.continued),
    ("Task::returned", |task| task.returned),
    ("Task::hook_raises", |task| task.hook_raises > 0),
    ("Excuses::stop", |task| task.excuses.stop != Excuse::NONE),
    ("Excuses::cancel", |task| task.excuses.cancel != Excuse::NONE),
    ("Excuses::simulated", |task| task.excuses.simulated != Excuse::NONE),
    ("Excuses::launch", |task| task.excuses.launch != Excuse::NONE),
    ("Excuses::prompt", |task| task.excuses.prompt != Excuse::NONE),
    ("Excuses::lock", |task| task.excuses.lock != Excuse::NONE),
];

const FACTS: [(&str, Fact); 3] = [
    ("Fact::Foreground, open", Fact::Foreground),
    ("Fact::Finished, open", Fact::Finished),
    ("Fact::ForceQuit, open", Fact::ForceQuit),
];

fn flags<T>(flags: &[Flag<T>], value: &T, visit: &mut impl FnMut(&'static str)) {
    flags
        .iter()
        .filter(|(_, holds)| holds(value))
        .for_each(|(name, _)| visit(name));
}

/// Every part of the vocabulary that a state shows.
pub(crate) fn each_of(state: &State, mut visit: impl FnMut(&'static str)) {
    flags(STATE, state, &mut visit);
    for (name, fact) in FACTS {
        if state.facts.mask(fact) == Facts::OPEN {
            visit(name);
        }
    }
    for setting in Setting::ALL {
        if state.facts.mask(Fact::Setting(*setting)).count_ones() == 1 {
            visit(setting.entry().name);
        }
    }
    if let Some(process) = &state.process {
        visit(by(&process.by));
        flags(PROCESS, process, &mut visit);
    }
    state
        .handlers
        .iter()
        .for_each(|handler| visit(presence(&handler.there)));
    for request in state.requests.iter().chain(&state.spent) {
        visit(mark(&request.mark));
    }
    state
        .requests
        .iter()
        .for_each(|request| flags(REQUEST, request, &mut visit));
    state.spent.iter().for_each(|request| flags(SPENT, request, &mut visit));
    for task in &state.tasks {
        if task.expire_by.by != NEVER {
            visit(why(&task.expire_by.why));
        }
        flags(TASK, task, &mut visit);
    }
    for card in &state.cards {
        visit(owes(&card.owes));
        visit(fate(&card.fate));
    }
    state
        .flights
        .iter()
        .filter_map(|flight| flight.result.as_ref())
        .for_each(|known| visit(result(known)));
}

/// Every name.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    let variants = [BY, PRESENCE, MARK, WHY, OWES, FATE, RESULT, EFFECT, OP];
    let flags = STATE.iter().map(|flag| flag.0).chain(PROCESS.iter().map(|flag| flag.0));
    let flags = flags
        .chain(REQUEST.iter().chain(SPENT).map(|flag| flag.0))
        .chain(TASK.iter().map(|flag| flag.0));
    let settings = Setting::ALL
        .iter()
        .filter(|setting| setting.entry().fixed && !setting.values().is_empty());
    let drops = ["Drops::refresh", "Drops::processing", "Drops::waiting"];
    variants
        .into_iter()
        .flatten()
        .copied()
        .chain(flags)
        .chain(FACTS.map(|(name, _)| name))
        .chain(settings.map(|setting| setting.entry().name))
        .chain(drops)
}
