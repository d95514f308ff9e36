//! What may have happened where the trace did not look: before its beginning, in a gap, of a kind that it does not
//! record, and the end of a process that no line told.
//!
//! Nothing here accuses: each function opens what unseen events may have changed, and no more than that, so that what
//! was told from then on is judged again as soon as nothing older can explain it.

use crate::apply::{apply, doubt_request, end_process, finish, leave_device};
use crate::context::Context;
use crate::facts::{Fact, Facts};
use crate::op::{Ask, Now, Op};
use crate::see::{Drops, Effect, Outcome};
use crate::setting::Setting;
use crate::state::{By, CardOwes, Excuse, Mark, NEVER, Outstanding, Owed, Presence, State, Sym, Text};
use crate::vocabulary::{Condition, Gap, Kind, Millis, Name};

use super::recover::doubt_handler;

/// Which events may be missing, by what they touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Submissions.
    pub(crate) puts: bool,
    /// Cancellations.
    takes: bool,
    /// Cancellations of everything, whatever identifiers the gap names.
    takes_all: bool,
    /// Registrations.
    registers: bool,
    /// What only running tasks and their cards know of.
    tasks: bool,
    /// An update of the app, with other facts.
    pub(crate) facts: bool,
    /// Changes of the device.
    pub(crate) device: bool,
    /// Anything of the life of the app: nothing of it is known any more.
    pub(crate) life: bool,
    /// Where no process lives, none may have started.
    dead_stays: bool,
}

impl Missing {
    /// The same once more, behind lines that followed it: where they end the process, none lives any more.
    pub(crate) const fn again(self) -> Self {
        Self {
            dead_stays: true,
            ..self
        }
    }

    /// What a gap says that may be missing.
    pub(crate) fn of(gap: &Gap) -> Self {
        let Some(names) = &gap.events else {
            return Self {
                puts: true,
                takes: true,
                takes_all: true,
                registers: true,
                tasks: true,
                facts: true,
                device: true,
                life: true,
                dead_stays: false,
            };
        };
        let mut missing = Self {
            puts: false,
            takes: false,
            takes_all: false,
            registers: false,
            tasks: false,
            facts: false,
            device: false,
            life: false,
            dead_stays: false,
        };
        for name in names {
            match name.as_str() {
                "submit" | "submit_async" | "submission_completed" => missing.puts = true,
                "cancel" => missing.takes = true,
                "cancel_all" => (missing.takes, missing.takes_all) = (true, true),
                "register" => missing.registers = true,
                "complete"
                | "set_expiration_handler"
                | "progress"
                | "update_title"
                | "work_began"
                | "work_ended"
                | "expired"
                | "completed_by_system"
                | "card"
                | "simulate_expiration"
                | "person_stops"
                | "person_continues"
                | "person_ignores"
                | "person_dismisses"
                | "person_clears" => missing.tasks = true,
                "device" => missing.device = true,
                "end" | "clock" | "gap" => {}
                name if Name::find(name).is_some_and(|name| name.row().is_narrow) => {}
                "updated" => (missing.facts, missing.life) = (true, true),
                _ => missing.life = true,
            }
        }
        // A submission of any identifier is as good as a trace that began later.
        missing.life |= gap.ids.is_none() && (missing.puts || missing.registers);
        if missing.life {
            (missing.puts, missing.takes, missing.registers, missing.tasks) = (true, true, true, true);
        }
        missing
    }
}

/// The trace begins late: of what came before nothing is known.
pub(crate) fn begin_late(state: &mut State, cx: &mut Context, now: &Now) {
    // Perhaps a process lives. If one starts, it did not.
    let start = Ask::of(Op::Started { pid: 0, by: By::Other });
    let facts = state.facts;
    let outcome = Outcome {
        by: None,
        effect: Effect::Happens(Drops::NONE),
        facts,
        shown: None,
    };
    apply(state, cx, now, &start, &outcome);
    state.facts = facts;
    state.places_open = cx.places_taken.is_none();
    for id in cx.exact_ids() {
        doubt_request(state, id);
    }
    forget_process(state, cx, now);
}

/// Some request became outstanding, and which is not known.
pub(crate) fn doubt_requests(state: &mut State, cx: &Context) {
    for id in cx.known_ids() {
        let spent = state.spent.iter().find(|spent| spent.id == id).copied();
        doubt_request(state, id);
        state.spent.extend(spent);
    }
    state.spent.sort_unstable_by_key(|spent| spent.id);
    mark_vague(state);
}

/// An identifier is met for the first time in a trace that did not look at everything: it may have a request.
pub(crate) fn meet(state: &mut State, id: Sym) {
    doubt_request(state, id);
    mark_vague(state);
}

/// A process that lives may have been launched for any request of which nothing is known.
fn mark_vague(state: &mut State) {
    if state
        .process
        .is_some_and(|process| process.from_before && !process.launches_over)
    {
        state
            .requests
            .iter_mut()
            .filter(|request| request.vague && request.unsure)
            .for_each(|request| request.mark = Mark::Maybe);
    }
}

/// It is not known whether a process lives, and it does not.
pub(crate) fn lose_process(state: &mut State) {
    let granted = state.granted;
    end_process(state);
    state.granted = granted;
}

/// A process started unseen, for whatever reason: any request may have been launched with it.
pub(crate) fn start_unseen(state: &mut State, cx: &Context, now: &Now) {
    forget_process(state, cx, now);
    for request in &mut state.requests {
        if request.kind != Kind::Continued && request.mark == Mark::None {
            request.mark = Mark::Maybe;
        }
    }
}

/// Nothing is known of the process but that it lives.
pub(crate) fn forget_process(state: &mut State, cx: &Context, now: &Now) {
    if let Some(process) = &mut state.process {
        process.from_before = true;
        // It may have left the foreground just now, and whatever keeps a process alive may do so.
        process.left_foreground = Some(now.at);
        process.kept_awake = false;
        process.debugger = true;
        process.work_began = true;
        process.owes_delivery = None;
        // What was launched before is delivered within the time that a launch has, or behind the end of launching.
        process.launches_until = cx.limits.reaction.map_or(NEVER, |reaction| now.at + reaction);
        process.launches_over = false;
        state.blocked.clear();
        state.blocked.push(Text::ANY);
    }
    state.unheard = true;
    mark_vague(state);
    for fact in [Fact::Foreground, Fact::Finished, Fact::ForceQuit] {
        state.facts.set(fact, Facts::OPEN);
    }
    for condition in [Condition::InUse, Condition::Locked, Condition::UnlockedOnce] {
        state.facts.set(Fact::Device(condition), Facts::OPEN);
    }
}

/// A process ended at some time after its last line, and for which cause is not known.
pub(crate) fn end_unseen(state: &mut State, cx: &Context, now: &Now) {
    let (force_quit, foreground) = (state.facts.mask(Fact::ForceQuit), state.facts.mask(Fact::Foreground));
    lose_process(state);
    state.facts.set(Fact::ForceQuit, force_quit | Facts::YES);
    if foreground != Facts::NO {
        leave_device(state, cx);
    }
    // A force-quit, a boot or an update may have ended any of them.
    for request in &mut state.requests {
        request.unsure = true;
    }
    for card in &mut state.cards {
        card.vague = true;
        (card.owes, card.by) = (CardOwes::Nothing, NEVER);
    }
    finish(state, cx, now);
}

/// Events may be missing, of these identifiers or of any.
pub(crate) fn look_away(state: &mut State, cx: &mut Context, now: &Now, missing: Missing, ids: Option<&[Sym]>) {
    if missing.device {
        for condition in Condition::ALL {
            state.facts.set(Fact::Device(condition), Facts::OPEN);
        }
        state.locked_at = None;
        (state.places_taken, state.places_open) = (0, true);
        look_past_device(state, cx, now, |_| true);
    }
    if missing.life && !(missing.dead_stays && state.process.is_none()) {
        forget(state, cx, now);
    } else {
        let all: Vec<Sym> = cx.known_ids().collect();
        for id in ids.unwrap_or(&all) {
            forget_id(state, *id, missing);
            if missing.tasks {
                cx.miss_cards(*id);
            }
        }
        if missing.takes_all {
            all.iter().for_each(|id| take_unseen(state, *id));
        }
    }
    finish(state, cx, now);
}

/// Anything about the app may be missing: nothing stands.
fn forget(state: &mut State, cx: &mut Context, now: &Now) {
    if state.process.is_none() {
        begin_late(state, cx, now);
    }
    cx.exact_ids();
    let spent = std::mem::take(&mut state.spent);
    for id in cx.known_ids() {
        doubt_request(state, id);
    }
    // What was launched may come to its delivery or not.
    state.spent = spent;
    for spent in &mut state.spent {
        (spent.mark, spent.by, spent.unsure) = (Mark::Free, NEVER, true);
    }
    forget_process(state, cx, now);
    for handler in &mut state.handlers {
        handler.there = Presence::Open;
    }
    state.tasks.iter_mut().for_each(doubt_task);
    state.cards.clear();
    state.working.clear();
    state.flights.clear();
    state.granted = None;
    state.locked_at = None;
}

/// It may be over, or have been expired, or have reported something: it owes nothing, and nothing is owed to it.
fn doubt_task(task: &mut crate::state::Task) {
    task.in_doubt = true;
    task.maybe_over = true;
    task.expire_by = Owed::NOTHING;
    task.blamed = true;
}

/// Events about this identifier may be missing.
fn forget_id(state: &mut State, id: Sym, missing: Missing) {
    if missing.puts {
        put_unseen(state, id);
    }
    if missing.takes {
        take_unseen(state, id);
    }
    if missing.puts || missing.takes {
        // A launch that went before is not owed its delivery any more, and may come to it all the same (CAN-6).
        for spent in state.spent.iter_mut().filter(|spent| spent.id == id) {
            (spent.mark, spent.by, spent.unsure) = (Mark::Free, NEVER, true);
        }
    }
    if missing.registers && state.handler(id).is_none_or(|handler| handler.there != Presence::Yes) {
        doubt_handler(state, id);
    }
    if missing.tasks {
        state.tasks.iter_mut().filter(|task| task.id == id).for_each(doubt_task);
        for card in state.cards.iter_mut().filter(|card| card.id == id) {
            card.vague = true;
            (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        }
    }
}

/// It may have been submitted: what is there may be another, and something may be there.
fn put_unseen(state: &mut State, id: Sym) {
    let there = state.request(id).is_some_and(|request| !request.unsure);
    let spent = state.spent.iter().find(|spent| spent.id == id).copied();
    doubt_request(state, id);
    state.spent.extend(spent);
    state.spent.sort_unstable_by_key(|spent| spent.id);
    for request in state.requests.iter_mut().filter(|request| request.id == id) {
        request.unsure = !there;
    }
}

/// It may have been cancelled: what is there may be gone, and a running continued task may be expired for it.
fn take_unseen(state: &mut State, id: Sym) {
    for request in state.requests.iter_mut().filter(|request| request.id == id) {
        request.unsure = true;
        request.by = NEVER;
    }
    for task in state.tasks.iter_mut().filter(|task| task.id == id) {
        task.excuses.cancel = Excuse::OPEN;
    }
}

/// Observations that are not recorded may have happened since the line before.
pub(crate) fn look_past(state: &mut State, cx: &Context, now: &Now, may_be_dead: bool) {
    if !cx.records("delivery_raised") || !cx.records("delivered") {
        for request in state
            .requests
            .iter_mut()
            .filter(|request| may_be_launched(cx, state.granted, request))
        {
            request.unsure = true;
            request.by = NEVER;
        }
        state
            .spent
            .iter_mut()
            .for_each(|spent| (spent.by, spent.unsure) = (NEVER, true));
        if let Some(process) = &mut state.process {
            process.owes_delivery = None;
        }
    }
    if !cx.records("delivered")
        && let Some(process) = &mut state.process
    {
        process.from_before = true;
        process.work_began = true;
    }
    if !cx.records("launched") && state.process.is_none() {
        let granted = state.granted;
        let launched =
            |request: &&mut Outstanding| request.kind != Kind::Continued && may_be_launched(cx, granted, request);
        for request in state.requests.iter_mut().filter(launched) {
            request.unsure = true;
        }
    }
    if !cx.sees_expiry || !cx.records("completed_by_system") {
        for card in &mut state.cards {
            (card.vague, card.stays) = (true, Millis::MIN);
            (card.owes, card.by) = (CardOwes::Nothing, NEVER);
        }
    }
    look_past_device(state, cx, now, |condition| cx.loses(condition));
    if !cx.records("killed") && state.process.is_some() {
        if may_be_dead {
            for handler in &mut state.handlers {
                handler.there = Presence::Open;
            }
        }
        state.tasks.iter_mut().for_each(doubt_task);
        let waits = |request: &&mut Outstanding| request.kind == Kind::Continued;
        for request in state.requests.iter_mut().filter(waits) {
            request.unsure = true;
            request.by = NEVER;
        }
        state.cards.clear();
        state.flights.iter_mut().for_each(|flight| flight.by = NEVER);
        for spent in &mut state.spent {
            (spent.by, spent.unsure) = (NEVER, true);
        }
        if let Some(process) = &mut state.process {
            process.owes_delivery = None;
            process.from_before |= may_be_dead;
        }
    }
    finish(state, cx, now);
}

/// Whether a request may have been launched since the line before: where the runner decides, the one that it granted.
fn may_be_launched(cx: &Context, granted: Option<Sym>, request: &Outstanding) -> bool {
    !cx.driven || request.kind == Kind::Continued || request.vague || granted == Some(request.id)
}

/// What conditions that nobody follows may have done since the line before.
fn look_past_device(state: &mut State, cx: &Context, now: &Now, lost: impl Fn(Condition) -> bool) {
    let off = lost(Condition::BackgroundRefresh) || cx.since(26) && lost(Condition::BackgroundLaunches);
    if off && cx.at_zero.mask(Fact::Setting(Setting::PendingKeptWhenRefreshOff)) & DROPPED != 0 {
        for request in state
            .requests
            .iter_mut()
            .filter(|request| request.kind != Kind::Continued)
        {
            request.unsure = true;
        }
    }
    for task in &mut state.tasks {
        let required = task.request.network && lost(Condition::Network) || task.request.power && lost(Condition::Power);
        if off || required {
            task.excuses.lost = Excuse::until(now.latest);
        }
        if lost(Condition::Locked) && task.kind == Kind::Continued {
            task.excuses.lock = Excuse::OPEN;
        }
        if lost(Condition::InUse) {
            task.excuses.used = Excuse::until(now.latest);
        }
    }
}

/// The mask of the value that lets pending requests be dropped.
const DROPPED: u8 = 0b10;

/// Whether observations may have happened unseen that [`look_past`] opens anything for.
pub(crate) fn looks_past(cx: &Context) -> bool {
    let names = [
        "submission_completed",
        "delivery_raised",
        "delivered",
        "launched",
        "killed",
        "completed_by_system",
    ];
    cx.loses_any() || !cx.sees_expiry || names.into_iter().any(|name| !cx.records(name))
}

/// Whether a process may be dead after this, where nobody would see its end: a task that was expired, a launch without a
/// handler and a blocked queue may be what it was killed for.
pub(crate) fn may_be_dead(cx: &Context, op: &Op, before: bool) -> bool {
    match op {
        Op::Started { .. } | Op::Launched { .. } => false,
        Op::Expired { .. } | Op::CompletedBySystem(_) | Op::DeliveryRaised(..) | Op::BlockQueue(_) => true,
        Op::Delivered { .. } => before || !cx.sees_expiry,
        Op::Grant(_) | Op::SimulateLaunch(_) => before || !cx.records("delivered"),
        Op::Submit(submission) if !cx.driven || submission.request.kind == Kind::Continued => {
            before || !cx.records("delivered")
        }
        _ => before,
    }
}

/// Nothing is believed any more of what concerns an identifier.
pub(crate) fn disbelieve(state: &mut State, id: Sym) {
    doubt_request(state, id);
    doubt_handler(state, id);
    state.tasks.iter_mut().filter(|task| task.id == id).for_each(doubt_task);
    state.cards.retain(|card| card.id != id);
}
