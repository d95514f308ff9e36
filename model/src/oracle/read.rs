//! Lines as questions: names become numbers, and a trace that contradicts itself is refused.

use std::collections::HashMap;

use crate::context::Context;
use crate::op::{Ask, Caller, Death, Does, Exception, Now, Op, Reply, Seen, Submission, TaskRef};
use crate::state::{By, Mark, NEVER, Outstanding};
use crate::vocabulary::{
    Answer, Device, End, Event, Extension, Header, Initial, Kind, Millis, Record, RegisterAnswer, Request,
    ReturnAnswer, Role, Started, Starter, Submit, SubmitAnswer, TaskName, WorkAnswer,
};

use super::Malformed;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// One event; a process started just before it, where the trace leaves that out.
    Event {
        /// The process that starts first.
        starts: Option<(u32, By)>,
        /// It is an input or a call: whatever answered the last one has come.
        settles: bool,
        /// It is the clock and nothing else.
        clock: bool,
        /// A process that may have lived did not.
        buries: bool,
        /// A submission from before was accepted: of which request is not known.
        lands: bool,
    },
    /// A call that overlaps others begins.
    Begin {
        /// Its number.
        number: u32,
    },
    /// Such a call ends.
    End {
        /// Its number.
        number: u32,
    },
    /// Lines may be missing.
    Gap {
        /// Since when.
        from: Millis,
    },
    /// The trace ends.
    Ends(End),
}

impl Line {
    pub(super) const fn starts_first(self) -> Option<(u32, By)> {
        match self {
            Self::Event { starts, .. } => starts,
            _ => None,
        }
    }

    pub(super) const fn settles(self) -> bool {
        match self {
            Self::Event { settles, .. } => settles,
            Self::Begin { .. } | Self::Ends(_) => true,
            Self::End { .. } | Self::Gap { .. } => false,
        }
    }

    /// Since when nothing is known, if that is before the line.
    pub(super) const fn known_until(self) -> Option<Millis> {
        match self {
            Self::Gap { from } => Some(from),
            _ => None,
        }
    }

    pub(super) const fn buries(self) -> bool {
        matches!(self, Self::Event { buries: true, .. })
    }

    pub(super) const fn lands(self) -> bool {
        matches!(self, Self::Event { lands: true, .. })
    }

    pub(super) const fn is_clock(self) -> bool {
        matches!(self, Self::Event { clock: true, .. })
    }
}

/// What every reader of the trace can see, whatever the scheduler did.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// The trace began late, or has a gap.
    partial: bool,
    extensions: Vec<Extension>,
    /// Whether the app is there, where that is known.
    installed: Option<bool>,
    pid: Option<u32>,
    /// Whether a process lives is not known: the one that it would be, or any.
    maybe: Option<Option<u32>>,
    dead: Vec<u32>,
    last_pid: u32,
    foreground: Option<bool>,
    locked: Option<bool>,
    unlocked_once: Option<bool>,
    passcode: bool,
    calls: HashMap<u32, (Ask, Now)>,
    submissions: Vec<u32>,
}

/// Times that every reader of JSON can hold.
pub(super) const TIMES: std::ops::RangeInclusive<Millis> = -(1 << 53)..=1 << 53;

/// At least so many asynchronous submissions are remembered by their numbers, so that a long trace needs no more memory.
const SUBMISSIONS: usize = 1024;

/// So many dead processes are remembered by their ids.
const DEAD: usize = 64;

impl Reader {
    pub(super) fn new(header: &Header) -> Self {
        let unknown = header.initial == Initial::Unknown;
        let known = |told: Option<bool>, ordinary| told.or(if unknown { None } else { ordinary });
        Self {
            partial: unknown,
            extensions: header.extensions.clone(),
            installed: (!unknown).then_some(true),
            pid: None,
            maybe: unknown.then_some(None),
            dead: Vec::with_capacity(DEAD),
            last_pid: 0,
            foreground: if unknown { None } else { Some(false) },
            locked: known(header.device.locked, Device::ORDINARY.locked),
            unlocked_once: known(header.device.unlocked_once, Device::ORDINARY.unlocked_once),
            passcode: header.passcode,
            calls: HashMap::new(),
            submissions: Vec::new(),
        }
    }

    /// Who makes a call.
    pub(super) fn caller(&self, record: &Record) -> Caller {
        let extension = record
            .by
            .as_ref()
            .map(|name| self.extensions.iter().find(|other| other.name == *name));
        Caller {
            app: extension.is_none(),
            schedules: extension.flatten().is_some_and(|extension| extension.schedules),
            person: record.person,
            main_thread: record.thread.as_deref() == Some("main"),
        }
    }

    pub(super) fn begin(&mut self, number: u32, ask: Ask, now: Now) {
        self.calls.insert(number, (ask, now));
    }

    pub(super) fn call(&self, number: u32) -> Option<&(Ask, Now)> {
        self.calls.get(&number)
    }

    pub(super) fn end(&mut self, number: u32) {
        self.calls.remove(&number);
    }

    /// The open calls of the app itself, by number.
    pub(super) fn open_of_app(&self) -> impl Iterator<Item = u32> + '_ {
        self.calls
            .iter()
            .filter(|(_, (_, begun))| begun.caller.app)
            .map(|(number, _)| *number)
    }

    pub(super) fn has_open_calls(&self) -> bool {
        !self.calls.is_empty()
    }

    /// Reads a line into `ask`. One that is refused leaves no trace.
    pub(super) fn read(
        &mut self,
        record: &Record,
        told: Option<&Answer>,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<Line, Malformed> {
        let life = (self.installed, self.pid, self.maybe, self.last_pid);
        let device = (self.foreground, self.locked, self.unlocked_once);
        if self.submissions.len() >= 2 * SUBMISSIONS {
            self.submissions.drain(..SUBMISSIONS);
        }
        let (dead, submissions) = (self.dead.len(), self.submissions.len());
        let line = self.read_line(record, told, cx, ask);
        if line.is_err() {
            (self.installed, self.pid, self.maybe, self.last_pid) = life;
            (self.foreground, self.locked, self.unlocked_once) = device;
            self.dead.truncate(dead);
            self.submissions.truncate(submissions);
        }
        line
    }

    fn read_line(
        &mut self,
        record: &Record,
        told: Option<&Answer>,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<Line, Malformed> {
        for time in [Some(record.at), record.to].into_iter().flatten() {
            if !TIMES.contains(&time) {
                return wrong(format!(
                    "a time of {time} ms: expected at most 2^53 before or after zero"
                ));
            }
        }
        ask.listed.clear();
        ask.ids.clear();
        ask.reply = Reply::Nothing;
        let event = match (&record.event, record.end) {
            (Some(event), None) => event,
            (None, Some(end)) => return Ok(Line::Ends(end)),
            (Some(_), Some(_)) => return wrong("a line with both an event and an end: expected one of them"),
            (None, None) => return wrong("a line with neither an event nor an end: expected one of them"),
        };
        if record.to.is_some_and(|to| to < record.at) {
            return wrong(format!(
                "the latest time, {:?}, lies before at, {}",
                record.to, record.at
            ));
        }
        if let Event::End(_) = event {
            let Some(number) = record.call else {
                return wrong("an end without the number of its call");
            };
            return Ok(Line::End { number });
        }
        if let Event::Gap(gap) = event {
            if gap.from > record.at || !TIMES.contains(&gap.from) {
                return wrong(format!(
                    "a gap from {} to {}: it ends before it begins",
                    gap.from, record.at
                ));
            }
            self.look_away();
            return Ok(Line::Gap { from: gap.from });
        }
        let role = event.role();
        let maybe = self.maybe;
        let starts = self.check_process(record, event, role)?;
        if role == Role::Call
            && let Some(name) = &record.by
            && !self.extensions.iter().any(|extension| extension.name == *name)
        {
            return wrong(format!(
                "a call by the extension {name:?}, which the header does not name"
            ));
        }
        let foreign = self.question(record, event, cx, ask)?;
        if role == Role::Call {
            self.answer(event, told, record.call.is_some(), cx, ask)?;
        }
        if foreign {
            // A task from before the trace: nothing is known of it.
            ask.op = Op::Clock;
            ask.reply = Reply::Nothing;
        }
        if let Some(number) = record.call {
            return Ok(Line::Begin { number });
        }
        let settles = matches!(role, Role::World | Role::Call);
        Ok(Line::Event {
            starts,
            settles,
            clock: matches!(event, Event::Clock(_)),
            lands: foreign && matches!(event, Event::SubmissionCompleted(completed) if completed.error.is_none()),
            buries: maybe.is_some() && matches!(event, Event::Started(_) | Event::Launched(_)),
        })
    }

    // ---- processes

    /// Which process the line is about. The answer is the process that starts just before it, if the trace leaves
    /// that out.
    fn check_process(&mut self, record: &Record, event: &Event, role: Role) -> Result<Option<(u32, By)>, Malformed> {
        match event {
            Event::Started(_) | Event::Launched(_) => {
                let pid = record.pid.unwrap_or(self.last_pid.saturating_add(1));
                if self.pid == Some(pid) {
                    return wrong(format!("process {pid} starts, and lives already"));
                }
                if self.dead.contains(&pid) {
                    return wrong(format!(
                        "process {pid} starts, and died before; expected a new process id"
                    ));
                }
                if let (Some(alive), Event::Started(_)) = (self.pid, event) {
                    return wrong(format!("process {pid} starts while process {alive} of the app lives"));
                }
                if self.installed == Some(false) {
                    return wrong("a process of the app starts, and the app is not installed");
                }
                self.bury();
                self.pid = Some(pid);
                self.last_pid = self.last_pid.max(pid);
                let person = matches!(event, Event::Started(Started { by: Starter::Person }));
                self.comes_to(person)?;
                return Ok(None);
            }
            Event::Installed(_) if self.installed == Some(true) => {
                return wrong("the app is installed, and is there already");
            }
            Event::Installed(_) => {
                self.installed = Some(true);
                return Ok(None);
            }
            Event::Uninstalled(_) | Event::Updated(_) if self.installed == Some(false) => {
                return wrong("the app is not installed");
            }
            Event::Uninstalled(_) => {
                self.installed = Some(false);
                self.bury();
                return Ok(None);
            }
            Event::Updated(_) => {
                self.bury();
                return Ok(None);
            }
            Event::Reboot(_) => {
                self.bury();
                self.locked = Some(self.passcode);
                self.unlocked_once = Some(false);
                return Ok(None);
            }
            Event::Device(change) => return self.device(*change).map(|()| None),
            Event::ForceQuit(_) => {
                // The app may be closed in the switcher while it has no process.
                self.bury();
                return Ok(None);
            }
            _ => {}
        }
        let of_app = match role {
            Role::Call => record.by.is_none(),
            Role::Observation => !matches!(event, Event::Card(_)),
            Role::World => matches!(
                event,
                Event::LaunchFinished(_)
                    | Event::Foreground(_)
                    | Event::Background(_)
                    | Event::KeptAwake(_)
                    | Event::Crashed(_)
                    | Event::MemoryKilled(_)
                    | Event::Debugger(_)
            ),
            Role::End | Role::Gap => false,
        };
        if !of_app {
            return Ok(None);
        }
        let starts = self.living(record, event, role)?;
        match event {
            Event::Foreground(_) => self.comes_to(true)?,
            Event::Background(_) => self.foreground = Some(false),
            Event::Crashed(_) | Event::MemoryKilled(_) | Event::Killed(_) => self.bury(),
            _ => {}
        }
        Ok(starts)
    }

    fn living(&mut self, record: &Record, event: &Event, role: Role) -> Result<Option<(u32, By)>, Malformed> {
        let name = || event.name();
        match (self.pid, record.pid) {
            (Some(alive), Some(pid)) if alive != pid => {
                if self.dead.contains(&pid) {
                    wrong(format!(
                        "{} of process {pid}, which is dead; process {alive} lives",
                        name()
                    ))
                } else {
                    wrong(format!(
                        "{} of process {pid}, which has not started; process {alive} lives",
                        name()
                    ))
                }
            }
            (Some(_), _) => Ok(None),
            (None, Some(pid)) if self.maybe.is_some_and(|maybe| maybe.is_none_or(|maybe| maybe == pid)) => {
                self.maybe = None;
                self.pid = Some(pid);
                self.last_pid = self.last_pid.max(pid);
                Ok(None)
            }
            (None, None) if self.maybe.is_some() => Ok(None),
            (None, Some(pid)) if self.dead.contains(&pid) => {
                wrong(format!("{} of process {pid}, which is dead", name()))
            }
            (None, _) if role == Role::Observation && self.maybe.is_none() => wrong(format!(
                "{}, and no process of the app lives; expected launched or started before it",
                name()
            )),
            (None, _) if self.installed == Some(false) => wrong(format!("{}, and the app is not installed", name())),
            (None, pid) => {
                let pid = pid.unwrap_or(self.last_pid.saturating_add(1));
                self.pid = Some(pid);
                self.last_pid = self.last_pid.max(pid);
                if self.maybe.take().is_none() {
                    self.comes_to(true)?;
                }
                Ok(Some((pid, By::Person)))
            }
        }
    }

    /// Lines may be missing: the process may have died, and the device may be in another state.
    fn look_away(&mut self) {
        self.partial = true;
        self.maybe = Some(self.pid.take().or(self.maybe.flatten()));
        self.installed = None;
        (self.foreground, self.locked, self.unlocked_once) = (None, None, None);
        self.submissions.clear();
    }

    fn bury(&mut self) {
        self.maybe = None;
        if let Some(pid) = self.pid.take() {
            if self.dead.len() == DEAD {
                self.dead.remove(0);
            }
            self.dead.push(pid);
        }
        self.foreground = Some(false);
    }

    fn comes_to(&mut self, foreground: bool) -> Result<(), Malformed> {
        if foreground && self.locked == Some(true) {
            return wrong("the app comes to the foreground while the device is locked; expected it unlocked before");
        }
        if foreground {
            (self.locked, self.unlocked_once) = (Some(false), Some(true));
        }
        self.foreground = Some(foreground);
        Ok(())
    }

    fn device(&mut self, change: Device) -> Result<(), Malformed> {
        if change.locked == Some(true) && self.foreground == Some(true) {
            return wrong("the device is locked while the app is in the foreground; expected background before");
        }
        let once = change.unlocked_once.or(self.unlocked_once);
        let locked = change.locked.or(self.locked);
        if locked == Some(false) && once == Some(false) && self.passcode {
            return wrong("the device is unlocked before its first unlock; expected unlocked_once with it");
        }
        self.locked = locked;
        self.unlocked_once = once;
        Ok(())
    }

    // ---- questions

    /// Fills in the op. The answer says whether it is about a task from before the trace.
    fn question(&mut self, record: &Record, event: &Event, cx: &mut Context, ask: &mut Ask) -> Result<bool, Malformed> {
        let partial = self.partial;
        let mut foreign = false;
        let mut task = |name: &TaskName, cx: &mut Context, ahead: u32| {
            let id = cx.id(name.id.as_str());
            let (delivered, recounts) = (cx.named(id).deliveries, cx.named(id).recounts);
            if name.n == 0 || name.n > delivered.saturating_add(ahead) {
                if !recounts {
                    return Err(Malformed::new(format!(
                        "{} is about {name}, and {} of that identifier came so far",
                        event.name(),
                        deliveries(delivered)
                    )));
                }
                foreign = true;
            }
            Ok(TaskRef { id, n: name.n })
        };
        ask.op = match event {
            Event::Clock(_) => Op::Clock,
            Event::Device(change) => Op::Device(*change),
            Event::Installed(_) => Op::Installed,
            Event::Updated(facts) => {
                cx.update(facts);
                Op::Updated
            }
            Event::Uninstalled(_) => Op::Uninstalled,
            Event::Started(started) => {
                let by = match started.by {
                    Starter::Person => By::Person,
                    Starter::Other => By::Other,
                };
                Op::Started {
                    pid: self.pid.unwrap_or_default(),
                    by,
                }
            }
            Event::LaunchFinished(_) => Op::LaunchFinished,
            Event::Foreground(_) => Op::Foreground,
            Event::Background(_) => Op::Background,
            Event::KeptAwake(kept) => Op::KeptAwake(kept.awake),
            Event::ForceQuit(_) => Op::Dies(Death::ForceQuit),
            Event::Crashed(_) => Op::Dies(Death::Crash),
            Event::MemoryKilled(_) => Op::Dies(Death::Memory),
            Event::Reboot(_) => Op::Reboot,
            Event::PersonStops(of) => Op::Person(Does::Stop, task(&of.task, cx, 0)?),
            Event::PersonContinues(of) => Op::Person(Does::Continue, task(&of.task, cx, 0)?),
            Event::PersonIgnores(of) => Op::Person(Does::Ignore, task(&of.task, cx, 0)?),
            Event::PersonDismisses(of) => Op::Person(Does::Dismiss, task(&of.task, cx, 1)?),
            Event::PersonClears(of) => Op::Person(Does::Clear, task(&of.task, cx, 1)?),
            Event::Debugger(debugger) => Op::Debugger(debugger.attached),
            Event::SimulateLaunch(of) => Op::SimulateLaunch(cx.id(of.id.as_str())),
            Event::SimulateExpiration(of) => Op::SimulateExpiration(cx.id(of.id.as_str())),
            Event::Grant(of) => Op::Grant(cx.id(of.id.as_str())),
            Event::TakeBack(of) => Op::TakeBack(task(&of.task, cx, 0)?),
            Event::Register(register) => Op::Register {
                id: cx.id(register.id.as_str()),
                queue: cx.text(register.queue.as_deref()),
            },
            Event::Submit(submit) => {
                let request = self.submitted(submit, cx)?;
                Op::Submit(Submission { request, number: None })
            }
            Event::SubmitAsync(submit) => {
                if !cx.since(27) {
                    return wrong(format!(
                        "submit_async, which iOS {} does not have; expected 27.0 or later",
                        cx.os
                    ));
                }
                if self.submissions.contains(&submit.submission) {
                    return wrong(format!("submission {} is submitted twice", submit.submission));
                }
                let request = request(&submit.request(), cx)?;
                self.submissions.push(submit.submission);
                Op::Submit(Submission {
                    request,
                    number: Some(submit.submission),
                })
            }
            Event::ChangeSubmitted(changed) => Op::ChangeObject {
                id: cx.id(changed.id.as_str()),
                listed: false,
            },
            Event::ChangeListed(changed) => Op::ChangeObject {
                id: cx.id(changed.id.as_str()),
                listed: true,
            },
            Event::Cancel(of) => Op::Cancel(cx.id(of.id.as_str())),
            Event::CancelAll(_) => Op::CancelAll,
            Event::Pending(_) => Op::Pending,
            Event::SupportedResources(_) => {
                if !cx.platform.has_continued(cx.os) {
                    let (os, platform) = (cx.os, cx.platform);
                    return wrong(format!(
                        "supported_resources, which {platform:?} on iOS {os} does not have"
                    ));
                }
                Op::SupportedResources
            }
            Event::SetExpirationHandler(handler) => Op::SetExpirationHandler {
                task: task(&handler.task, cx, 0)?,
                set: handler.set,
            },
            Event::Progress(progress) => {
                /// Child progress is kept in millionths.
                const MILLIONTHS: f64 = 1_000_000.0;
                if progress.child.is_some_and(|child| !(0.0..=1.0).contains(&child)) {
                    return wrong(format!("child progress of {:?}: expected 0 to 1", progress.child));
                }
                let child = progress.child.map(|child| (child * MILLIONTHS).round() as i64);
                let (total, completed) = (progress.total, progress.completed);
                Op::Progress {
                    task: task(&progress.task, cx, 0)?,
                    total,
                    completed,
                    child,
                }
            }
            Event::UpdateTitle(update) => Op::UpdateTitle {
                task: task(&update.task, cx, 0)?,
                title: cx.text(Some(&update.title)),
                subtitle: cx.text(Some(&update.subtitle)),
            },
            Event::Complete(complete) => Op::Complete {
                task: task(&complete.task, cx, 0)?,
                success: complete.success,
            },
            Event::BlockQueue(of) => Op::BlockQueue(cx.text(Some(&of.queue))),
            Event::UnblockQueue(of) => Op::UnblockQueue(cx.text(Some(&of.queue))),
            Event::WorkBegan(of) => Op::WorkBegan(cx.id(of.id.as_str())),
            Event::WorkEnded(of) => Op::WorkEnded(cx.id(of.id.as_str())),
            Event::GpuWork(_) => Op::GpuWork,
            Event::NeuralEngineWork(_) => Op::NeuralEngineWork,
            Event::ProtectedRead(read) => Op::ProtectedRead(read.class),
            Event::Launched(launched) => {
                let ids = launched.ids.as_deref().unwrap_or_default();
                ask.ids.extend(ids.iter().map(|id| cx.id(id.as_str())));
                Op::Launched {
                    pid: self.pid.unwrap_or_default(),
                    known: launched.ids.is_some(),
                }
            }
            Event::Delivered(delivered) => {
                let name = &delivered.task;
                has_kind(delivered.kind, cx)?;
                let id = cx.id(name.id.as_str());
                let came = cx.named(id).deliveries;
                let unseen = cx.named(id).recounts && name.n > came;
                if came.checked_add(1) != Some(name.n) && !unseen {
                    return wrong(format!(
                        "{name} is delivered, and {} of that identifier came so far; expected {}#{}",
                        deliveries(came),
                        name.id,
                        came.saturating_add(1)
                    ));
                }
                cx.count_delivery(id, name.n);
                let queue = seen(delivered.queue.as_deref(), cx);
                Op::Delivered {
                    task: TaskRef { id, n: name.n },
                    kind: delivered.kind,
                    queue,
                }
            }
            Event::DeliveryRaised(raised) => {
                Op::DeliveryRaised(cx.id(raised.id.as_str()), Exception::read(&raised.text))
            }
            Event::Expired(expired) => {
                let queue = seen(expired.queue.as_deref(), cx);
                Op::Expired {
                    task: task(&expired.task, cx, 0)?,
                    queue,
                }
            }
            Event::CompletedBySystem(of) => Op::CompletedBySystem(task(&of.task, cx, 0)?),
            Event::Suspended(_) => Op::Suspended,
            Event::Killed(killed) => Op::Killed(killed.cause),
            Event::Card(card) => {
                let title = card.title.as_deref().map(|title| cx.text(Some(title)));
                let subtitle = card.subtitle.as_deref().map(|subtitle| cx.text(Some(subtitle)));
                Op::Card {
                    task: task(&card.task, cx, 1)?,
                    is: card.is,
                    title,
                    subtitle,
                }
            }
            Event::SubmissionCompleted(completed) => {
                if partial && !self.submissions.contains(&completed.submission) {
                    foreign = true;
                } else if !self.submissions.contains(&completed.submission) {
                    return wrong(format!(
                        "submission {} completes, and was never submitted",
                        completed.submission
                    ));
                }
                Op::SubmissionCompleted {
                    number: completed.submission,
                    error: completed.error,
                }
            }
            Event::End(_) | Event::Gap(_) => Op::Clock,
        };
        let _ = record;
        Ok(foreign)
    }

    fn submitted(&self, submit: &Submit, cx: &mut Context) -> Result<Outstanding, Malformed> {
        has_kind(submit.kind, cx)?;
        let title = if submit.kind == Kind::Continued {
            submit.title.as_deref()
        } else {
            None
        };
        let subtitle = if submit.kind == Kind::Continued {
            submit.subtitle.as_deref()
        } else {
            None
        };
        Ok(Outstanding {
            id: cx.id(submit.id.as_str()),
            kind: submit.kind,
            unsure: false,
            vague: false,
            mark: Mark::None,
            earliest: submit.earliest.unwrap_or(Millis::MIN),
            network: submit.network,
            power: submit.power,
            protection: submit.protection,
            strategy: submit.strategy,
            gpu: submit.gpu,
            title: cx.text(title),
            subtitle: cx.text(subtitle),
            by: NEVER,
            simulated: false,
        })
    }

    // ---- answers

    fn answer(
        &self,
        event: &Event,
        told: Option<&Answer>,
        begins: bool,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<(), Malformed> {
        if begins {
            if has_answer(event) {
                return wrong(format!(
                    "{} begins with its answer; expected the answer at its end",
                    event.name()
                ));
            }
            ask.reply = match told {
                None => Reply::Open,
                Some(answer) => reply_of(event, answer, cx, ask)?,
            };
            return Ok(());
        }
        ask.reply = match event {
            Event::Register(register) => match &register.answer {
                Some(answer) => register_reply(answer),
                None => return no_answer(event),
            },
            Event::Submit(submit) => match &submit.answer {
                Some(answer) => submit_reply(answer),
                None => return no_answer(event),
            },
            Event::SubmitAsync(submit) => submit.answer.as_ref().map_or(Reply::Nothing, return_reply),
            Event::Pending(pending) => match &pending.answer {
                Some(list) => listed(list, cx, ask)?,
                None => return no_answer(event),
            },
            Event::SupportedResources(supported) => match supported.answer {
                Some(resources) => Reply::Resources(resources.gpu),
                None => return no_answer(event),
            },
            Event::GpuWork(work) | Event::NeuralEngineWork(work) => match work.answer {
                Some(answer) => Reply::Worked(answer == WorkAnswer::Succeeded),
                None => return no_answer(event),
            },
            Event::ProtectedRead(read) => match read.answer {
                Some(answer) => Reply::Worked(answer == WorkAnswer::Succeeded),
                None => return no_answer(event),
            },
            _ => Reply::Nothing,
        };
        Ok(())
    }
}

fn wrong<T>(what: impl Into<String>) -> Result<T, Malformed> {
    Err(Malformed::new(what))
}

fn no_answer(event: &Event) -> Result<(), Malformed> {
    wrong(format!(
        "{} without an answer; expected one, or the number of a call that ends later",
        event.name()
    ))
}

fn has_answer(event: &Event) -> bool {
    match event {
        Event::Register(register) => register.answer.is_some(),
        Event::Submit(submit) => submit.answer.is_some(),
        Event::SubmitAsync(submit) => submit.answer.is_some(),
        Event::Pending(pending) => pending.answer.is_some(),
        Event::SupportedResources(supported) => supported.answer.is_some(),
        Event::GpuWork(work) | Event::NeuralEngineWork(work) => work.answer.is_some(),
        Event::ProtectedRead(read) => read.answer.is_some(),
        _ => false,
    }
}

fn reply_of(event: &Event, answer: &Answer, cx: &mut Context, ask: &mut Ask) -> Result<Reply, Malformed> {
    Ok(match (event, answer) {
        (Event::Register(_), Answer::Register(answer)) => register_reply(answer),
        (Event::Submit(_), Answer::Submit(answer)) => submit_reply(answer),
        (Event::Pending(_), Answer::Pending(list)) => listed(list, cx, ask)?,
        (Event::SupportedResources(_), Answer::SupportedResources(resources)) => Reply::Resources(resources.gpu),
        (Event::GpuWork(_) | Event::NeuralEngineWork(_) | Event::ProtectedRead(_), Answer::Work(answer)) => {
            Reply::Worked(*answer == WorkAnswer::Succeeded)
        }
        (
            Event::Register(_)
            | Event::Submit(_)
            | Event::Pending(_)
            | Event::SupportedResources(_)
            | Event::GpuWork(_)
            | Event::NeuralEngineWork(_)
            | Event::ProtectedRead(_),
            _,
        ) => {
            return wrong(format!(
                "the end of a call of {} holds the answer of another call",
                event.name()
            ));
        }
        (_, Answer::Void(answer)) => return_reply(answer),
        _ => return wrong(format!("{} returns nothing; expected the answer void", event.name())),
    })
}

fn register_reply(answer: &RegisterAnswer) -> Reply {
    match answer {
        RegisterAnswer::Returned(value) => Reply::Returned(*value),
        RegisterAnswer::Raised(text) => Reply::Raised(Exception::read(text)),
    }
}

fn submit_reply(answer: &SubmitAnswer) -> Reply {
    match answer {
        SubmitAnswer::Accepted => Reply::Accepted,
        SubmitAnswer::Refused(code) => Reply::Refused(*code),
        SubmitAnswer::Raised(text) => Reply::Raised(Exception::read(text)),
    }
}

fn return_reply(answer: &ReturnAnswer) -> Reply {
    match answer {
        ReturnAnswer::Returned => Reply::Nothing,
        ReturnAnswer::Raised(text) => Reply::Raised(Exception::read(text)),
    }
}

fn listed(list: &[Request], cx: &mut Context, ask: &mut Ask) -> Result<Reply, Malformed> {
    for entry in list {
        let entry = request(entry, cx)?;
        ask.listed.push(entry);
    }
    Ok(Reply::Listed)
}

fn request(request: &Request, cx: &mut Context) -> Result<Outstanding, Malformed> {
    has_kind(request.kind, cx)?;
    let continued = request.kind == Kind::Continued;
    Ok(Outstanding {
        id: cx.id(request.id.as_str()),
        kind: request.kind,
        unsure: false,
        vague: false,
        mark: Mark::None,
        earliest: request.earliest.unwrap_or(Millis::MIN),
        network: request.network,
        power: request.power,
        protection: request.protection,
        strategy: request.strategy,
        gpu: request.gpu,
        title: cx.text(request.title.as_deref().filter(|_| continued)),
        subtitle: cx.text(request.subtitle.as_deref().filter(|_| continued)),
        by: NEVER,
        simulated: false,
    })
}

fn has_kind(kind: Kind, cx: &Context) -> Result<(), Malformed> {
    if cx.has_kind(kind) {
        return Ok(());
    }
    wrong(format!(
        "a {kind} task, which {:?} on iOS {} does not have",
        cx.platform, cx.os
    ))
}

fn seen(queue: Option<&str>, cx: &mut Context) -> Seen {
    match queue {
        None => Seen::No,
        Some("own") => Seen::Own,
        Some(name) => Seen::Given(cx.text(Some(name))),
    }
}

fn deliveries(count: u32) -> String {
    match count {
        0 => "no delivery".to_owned(),
        1 => "one delivery".to_owned(),
        more => format!("{more} deliveries"),
    }
}
