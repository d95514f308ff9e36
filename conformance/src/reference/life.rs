//! The life of the app: its process, and what the end of it takes along.

use bgspec_model::vocabulary::{AppFacts, Kind, Starter, TaskName};

use super::faults::Fault;
use super::state::{Process, Running, State};

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Death {
    /// A crash, an uncaught exception included.
    Crashed,
    /// The system ended it for memory.
    Memory,
    /// The scheduler killed it for its time.
    Killed,
    /// The person closed the app in the app switcher.
    ForceQuit,
    /// The device booted anew.
    Reboot,
    /// The app was updated.
    Updated,
    /// The app was removed.
    Uninstalled,
}

impl State {
    /// A process of the app starts. One that still lived has ended unseen.
    pub fn start(&mut self, by: Starter) {
        if self.process.is_some() {
            self.end_process(Death::Crashed);
        }
        let person = by == Starter::Person;
        self.process = Some(self.new_process(person));
        if person {
            self.force_quit &= self.has(Fault::OpeningForgivesNothing);
            self.come_to_foreground();
        }
    }

    /// A process of the app, with nothing registered.
    pub fn new_process(&self, foreground: bool) -> Process {
        let mut process = Process::new(foreground, self.now);
        if self.has(Fault::HandlersOutliveProcess) {
            process.handlers.clone_from(&self.outlived);
        }
        process
    }

    pub fn foreground(&mut self) {
        let Some(process) = &mut self.process else {
            return;
        };
        process.foreground = true;
        process.suspended = false;
        self.come_to_foreground();
        if self.has(Fault::ForegroundEndsRefresh) {
            self.expire_where(|task| task.kind() == Kind::Refresh);
        }
    }

    pub fn background(&mut self) {
        let now = self.now;
        let Some(process) = &mut self.process else {
            return;
        };
        process.foreground = false;
        process.idle_since = now;
        if self.choices.fault == Some(Fault::BackgroundUnregisters) {
            process.handlers.clear();
        }
        self.show_cards();
    }

    pub fn keep_awake(&mut self, awake: bool) {
        let now = self.now;
        if let Some(process) = &mut self.process {
            process.kept_awake = awake;
            process.suspended &= !awake;
            process.idle_since = now;
        }
    }

    pub fn attach_debugger(&mut self, attached: bool) {
        self.debugger = attached;
        if let Some(process) = &mut self.process {
            process.idle_since = self.now;
        }
    }

    pub fn die(&mut self, death: Death) {
        self.end_process(death);
    }

    pub fn force_quit(&mut self) {
        if self.has(Fault::ForceQuitExpires) {
            self.expire_where(Running::is_continued);
        }
        self.end_process(Death::ForceQuit);
        self.force_quit = true;
        if self.choices.force_quit_drops_refresh {
            let mut book = std::mem::take(&mut self.book);
            book.retain(|held| !self.force_quit_blocks(held.request.kind));
            self.book = book;
        }
    }

    pub fn reboot(&mut self) {
        self.end_process(Death::Reboot);
        self.cards.clear();
        self.conditions.boot(self.facts.passcode);
        self.debugger = false;
        self.force_quit &= !self.choices.reboot_clears_force_quit;
        if !self.choices.pending_survives_reboot {
            self.book.clear();
        }
    }

    pub fn update(&mut self, new: AppFacts) {
        // Who upgrades the system boots it.
        if new.os.is_some() {
            self.reboot();
        }
        self.end_process(Death::Updated);
        self.facts.update(new);
        if !self.choices.pending_survives_update {
            self.book.clear();
        }
    }

    pub fn uninstall(&mut self) {
        self.end_process(Death::Uninstalled);
        self.installed = false;
        self.force_quit = false;
        if !self.has(Fault::UninstallKeeps) {
            self.book.clear();
        }
        self.cards.clear();
    }

    pub fn install(&mut self) {
        self.installed = true;
    }

    /// The end of the process: its registrations and its tasks go with it, unrestored, and nothing more is said to it.
    pub fn end_process(&mut self, death: Death) {
        if let Some(process) = self.process.take() {
            let continued = |task: &TaskName, state: &mut Self| match death {
                Death::ForceQuit => state.card_gone(task),
                Death::Crashed | Death::Memory | Death::Killed | Death::Updated => state.card_at_end(task, false),
                Death::Reboot | Death::Uninstalled => {}
            };
            self.outlived = process.handlers;
            self.in_flight.clear();
            for task in std::mem::take(&mut self.running) {
                continued(&task.name, self);
                if self.has(Fault::DeathRestores) && !task.is_continued() {
                    self.put(task.request);
                }
            }
        }
        match (self.choices.fault, death) {
            (Some(Fault::CrashLosesRequests), Death::Crashed) | (Some(Fault::MemoryLosesRequests), Death::Memory) => {
                self.book.clear();
            }
            (Some(Fault::CrashBlocks), Death::Crashed) => self.force_quit = true,
            _ => {}
        }
        let lost = match death {
            Death::Crashed | Death::Memory | Death::Killed => !self.choices.waiting_survives_process,
            Death::ForceQuit => !self.has(Fault::WaitsOverForceQuit),
            Death::Reboot => !self.has(Fault::WaitsOverReboot),
            Death::Updated | Death::Uninstalled => true,
        };
        if lost {
            self.book.retain(|held| held.request.kind != Kind::Continued);
        }
    }
}
