//! The world as the runner believes it to be: what it needs to choose the next action and to send nothing malformed.
//!
//! It is a belief, not a model: it knows no rule. What it takes for outstanding was reported as accepted, what it takes
//! for running was observed. The oracle alone judges. Which action makes sense now is said in
//! `admits`.

use std::collections::{BTreeMap, BTreeSet};

use bgspec_model::vocabulary::*;

/// A process of the app that lives.
#[derive(Debug, Clone)]
pub struct Process {
    /// Its number.
    pub pid: u32,
    /// It has finished launching.
    pub finished: bool,
    /// Where it is.
    pub place: Place,
    /// Something else keeps it awake.
    pub awake: bool,
    /// The identifiers that it registered, and their queues.
    pub registered: BTreeMap<Identifier, Option<String>>,
    /// What it submitted: its request objects.
    pub submitted: BTreeMap<Identifier, Request>,
    /// What the pending list last gave it.
    pub listed: Vec<Request>,
    /// The queues that it blocks.
    pub blocked: BTreeSet<String>,
}

/// Where a process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the foreground.
    Foreground,
    /// In the background.
    Background,
    /// Suspended.
    Suspended,
}

/// A task of the process that lives.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its kind.
    pub kind: Kind,
    /// Since when its time counts: the start of its process in the background, or its delivery.
    pub since: Millis,
    /// Its expiration handler was set, or it was looked after.
    pub served: bool,
    /// It was expired.
    pub expired: bool,
    /// It was completed.
    pub completed: bool,
    /// The completed units that it reported.
    pub units: i64,
}

/// The world as the runner believes it to be.
#[derive(Debug, Clone)]
pub struct World {
    /// The facts at time zero, the app's as they were last updated.
    pub header: Header,
    /// The time.
    pub now: Millis,
    /// The app is installed.
    pub installed: bool,
    /// The app's process, if it lives.
    pub process: Option<Process>,
    /// How many processes there were.
    pub pids: u32,
    /// The device's conditions; each is there.
    pub device: Device,
    /// What was accepted and neither launched nor cancelled, and when it was submitted.
    pub outstanding: BTreeMap<Identifier, (Request, Millis)>,
    /// What was launched and not yet delivered.
    pub launched: BTreeSet<Identifier>,
    /// When the living process was launched in the background, until its first delivery.
    pub launched_at: Option<Millis>,
    /// The tasks of the living process.
    pub tasks: BTreeMap<TaskName, Task>,
    /// Deliveries of each identifier so far.
    pub deliveries: BTreeMap<Identifier, u32>,
    /// What each card last did.
    pub cards: BTreeMap<TaskName, CardIs>,
    /// A debugger is attached to the living process.
    pub debugger: bool,
    /// The app left the foreground at this time.
    pub left: Option<Millis>,
}

impl World {
    /// The world at time zero.
    #[must_use]
    pub fn new(header: &Header) -> Self {
        let ordinary = Device::ORDINARY;
        let mut world = Self {
            header: header.clone(),
            now: 0,
            installed: true,
            process: None,
            pids: 0,
            device: ordinary,
            outstanding: BTreeMap::new(),
            launched: BTreeSet::new(),
            launched_at: None,
            tasks: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            cards: BTreeMap::new(),
            debugger: false,
            left: None,
        };
        world.change(&header.device);
        world
    }

    fn change(&mut self, change: &Device) {
        let Device {
            network,
            power,
            in_use,
            locked,
            unlocked_once,
            low_power,
            background_refresh,
            background_launches_denied,
            pressure,
            places_taken,
        } = self.device;
        self.device = Device {
            network: change.network.or(network),
            power: change.power.or(power),
            in_use: change.in_use.or(in_use),
            locked: change.locked.or(locked),
            unlocked_once: change.unlocked_once.or(unlocked_once),
            low_power: change.low_power.or(low_power),
            background_refresh: change.background_refresh.or(background_refresh),
            background_launches_denied: change.background_launches_denied.or(background_launches_denied),
            pressure: change.pressure.or(pressure),
            places_taken: change.places_taken.or(places_taken),
        };
    }

    /// The device is locked.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.device.locked == Some(true) || self.device.unlocked_once == Some(false)
    }

    /// The process that a line of this event names: a new one, the one that lives, or, of an observation, the last one,
    /// which may be dead: the oracle says that it contradicts the trace.
    #[must_use]
    pub fn pid_of(&self, event: &Event) -> Option<u32> {
        let row = event.row();
        match (row.process, row.role) {
            (bgspec_model::vocabulary::Process::None | bgspec_model::vocabulary::Process::Ends, _) => None,
            (bgspec_model::vocabulary::Process::Starts, _) => Some(self.pids + 1),
            (_, Role::Observation) => Some(self.pids).filter(|pid| *pid > 0),
            (_, Role::World | Role::Call | Role::End | Role::Gap) => self.process.as_ref().map(|process| process.pid),
        }
    }

    /// The app is in the foreground.
    #[must_use]
    pub fn is_foreground(&self) -> bool {
        self.process
            .as_ref()
            .is_some_and(|process| process.place == Place::Foreground)
    }

    /// The app's process lives and has not finished launching.
    #[must_use]
    pub fn is_launching(&self) -> bool {
        self.process.as_ref().is_some_and(|process| !process.finished)
    }

    /// The app's process can call.
    #[must_use]
    pub fn can_call(&self) -> bool {
        self.process
            .as_ref()
            .is_some_and(|process| process.place != Place::Suspended)
    }

    /// The living process has registered this identifier.
    #[must_use]
    pub fn is_registered(&self, id: &Identifier) -> bool {
        self.process
            .as_ref()
            .is_some_and(|process| process.registered.contains_key(id))
    }

    /// The tasks that run.
    pub fn running(&self) -> impl Iterator<Item = (&TaskName, &Task)> {
        self.tasks.iter().filter(|(_, task)| !task.completed)
    }

    /// Whether the version and the platform have continued processing.
    #[must_use]
    pub fn has_continued(&self) -> bool {
        self.header.platform().has_continued(self.header.os)
    }

    /// The world after a line of the trace.
    pub fn note(&mut self, record: &Record) {
        self.now = self.now.max(record.at);
        let Some(event) = &record.event else { return };
        let app = record.by.is_none();
        match event {
            Event::Device(change) => self.change(change),
            Event::Installed(_) => self.installed = true,
            Event::Updated(facts) => self.update(facts),
            Event::Uninstalled(_) => {
                self.installed = false;
                self.outstanding.clear();
                self.die();
            }
            Event::Started(started) => self.start(record.pid, started.by == Starter::Person),
            Event::Launched(launched) => {
                self.start(record.pid, false);
                self.launched_at = Some(record.at);
                self.launch(launched.ids.as_deref().unwrap_or_default());
            }
            Event::LaunchFinished(_) => self.with_process(|process| process.finished = true),
            Event::Foreground(_) => {
                self.device.in_use = Some(true);
                self.with_process(|process| process.place = Place::Foreground);
            }
            Event::Background(_) => {
                self.left = Some(record.at);
                self.with_process(|process| process.place = Place::Background);
            }
            Event::Suspended(_) => self.with_process(|process| process.place = Place::Suspended),
            Event::KeptAwake(kept) => self.with_process(|process| {
                process.awake = kept.awake;
                if kept.awake && process.place == Place::Suspended {
                    process.place = Place::Background;
                }
            }),
            Event::ForceQuit(_) | Event::Crashed(_) | Event::MemoryKilled(_) | Event::Killed(_) => self.die(),
            Event::Reboot(_) => {
                self.die();
                self.device.locked = Some(self.header.has_passcode());
                self.device.unlocked_once = Some(false);
                self.device.in_use = None;
            }
            Event::Debugger(debugger) => self.debugger = debugger.attached,
            Event::Delivered(delivered) => self.deliver(record.at, delivered),
            Event::DeliveryRaised(raised) => {
                self.launched.remove(&raised.id);
                self.outstanding.remove(&raised.id);
            }
            Event::Expired(expired) => self.with_task(&expired.task, |task| task.expired = true),
            Event::CompletedBySystem(of) => self.with_task(&of.task, |task| {
                task.expired = true;
                task.completed = true;
            }),
            Event::Card(card) => {
                self.cards.insert(card.task.clone(), card.is);
            }
            Event::Register(register) if register.answer == Some(RegisterAnswer::Returned(true)) => {
                self.with_process(|process| {
                    process
                        .registered
                        .entry(register.id.clone())
                        .or_insert(register.queue.clone());
                });
            }
            Event::Submit(submit) => {
                let request = submit.request();
                if app {
                    self.with_process(|process| {
                        process.submitted.insert(request.id.clone(), request.clone());
                    });
                }
                if submit.answer == Some(SubmitAnswer::Accepted) && self.header.platform() != Platform::Simulator {
                    self.outstanding.insert(request.id.clone(), (request, record.at));
                }
            }
            Event::SubmitAsync(submit) => {
                let request = submit.request();
                self.outstanding.insert(request.id.clone(), (request, record.at));
            }
            Event::Cancel(of) => {
                self.outstanding.remove(&of.id);
            }
            Event::CancelAll(_) => self.outstanding.clear(),
            Event::Pending(pending) if app => {
                let listed = pending.answer.clone().unwrap_or_default();
                self.with_process(|process| process.listed = listed);
            }
            Event::SetExpirationHandler(set) => self.with_task(&set.task, |task| task.served = true),
            Event::Complete(complete) => self.with_task(&complete.task, |task| {
                task.served = true;
                task.completed = true;
            }),
            Event::Progress(progress) => {
                self.with_task(&progress.task, |task| {
                    task.units = progress.completed.unwrap_or(task.units)
                });
            }
            Event::BlockQueue(of) => self.with_process(|process| {
                process.blocked.insert(of.queue.clone());
            }),
            Event::UnblockQueue(of) => self.with_process(|process| {
                process.blocked.remove(&of.queue);
            }),
            // Nothing that the next action hangs on.
            Event::Clock(_)
            | Event::PersonStops(_)
            | Event::PersonContinues(_)
            | Event::PersonIgnores(_)
            | Event::PersonDismisses(_)
            | Event::PersonClears(_)
            | Event::SimulateLaunch(_)
            | Event::SimulateExpiration(_)
            | Event::Grant(_)
            | Event::TakeBack(_)
            | Event::Register(_)
            | Event::ChangeSubmitted(_)
            | Event::ChangeListed(_)
            | Event::Pending(_)
            | Event::SupportedResources(_)
            | Event::UpdateTitle(_)
            | Event::WorkBegan(_)
            | Event::WorkEnded(_)
            | Event::GpuWork(_)
            | Event::NeuralEngineWork(_)
            | Event::ProtectedRead(_)
            | Event::End(_)
            | Event::SubmissionCompleted(_)
            | Event::Gap(_) => {}
        }
    }

    fn update(&mut self, facts: &AppFacts) {
        let header = &mut self.header;
        if let Some(os) = facts.os {
            header.os = os;
            self.device.locked = Some(header.has_passcode());
            self.device.unlocked_once = Some(false);
            self.device.in_use = None;
        }
        header.permitted = facts.permitted.clone().unwrap_or(std::mem::take(&mut header.permitted));
        header.modes = facts.modes.clone().unwrap_or(std::mem::take(&mut header.modes));
        header.entitlements = facts
            .entitlements
            .clone()
            .unwrap_or(std::mem::take(&mut header.entitlements));
        header.study_opt_in = facts.study_opt_in.unwrap_or(header.study_opt_in);
        self.die();
    }

    fn start(&mut self, pid: Option<u32>, by_person: bool) {
        self.die();
        self.pids = pid.unwrap_or(self.pids + 1);
        if by_person {
            self.device.in_use = Some(true);
        }
        self.process = Some(Process {
            pid: self.pids,
            finished: false,
            place: if by_person {
                Place::Foreground
            } else {
                Place::Background
            },
            awake: false,
            registered: BTreeMap::new(),
            submitted: BTreeMap::new(),
            listed: Vec::new(),
            blocked: BTreeSet::new(),
        });
    }

    fn die(&mut self) {
        self.process = None;
        self.tasks.clear();
        self.launched.clear();
        self.launched_at = None;
        self.debugger = false;
        self.left = None;
    }

    fn launch(&mut self, ids: &[Identifier]) {
        for id in ids {
            self.outstanding.remove(id);
            self.launched.insert(id.clone());
        }
    }

    fn deliver(&mut self, at: Millis, delivered: &Delivered) {
        let id = &delivered.task.id;
        self.outstanding.remove(id);
        self.launched.remove(id);
        let n = self.deliveries.entry(id.clone()).or_default();
        *n = (*n).max(delivered.task.n);
        self.with_process(|process| {
            if process.place == Place::Suspended {
                process.place = Place::Background;
            }
        });
        let task = Task {
            kind: delivered.kind,
            since: self.launched_at.unwrap_or(at),
            served: false,
            expired: false,
            completed: false,
            units: 0,
        };
        self.tasks.insert(delivered.task.clone(), task);
        if self.launched.is_empty() {
            self.launched_at = None;
        }
    }

    fn with_process(&mut self, change: impl FnOnce(&mut Process)) {
        if let Some(process) = &mut self.process {
            change(process);
        }
    }

    fn with_task(&mut self, name: &TaskName, change: impl FnOnce(&mut Task)) {
        if let Some(task) = self.tasks.get_mut(name) {
            change(task);
        }
    }
}
