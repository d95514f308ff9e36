//! Which action makes sense in the world as it is: the gate before everything that the runner sends.
//!
//! What passes leads to no malformed line. The gate is narrower than the format where that costs nothing: it never
//! locks a device without a passcode, and closes no app while the device is locked.

use bgspec_model::vocabulary::{self, *};

use super::action::{Action, Input};
use super::world::{Process, World};

impl World {
    /// Whether this action makes sense now: no sensible one leads to a malformed line.
    ///
    /// # Errors
    /// Why it makes none.
    pub fn admits(&self, action: &Action) -> Result<(), &'static str> {
        match action {
            Action::Wait(_) => Ok(()),
            Action::Do(input) => {
                let place = vocabulary::Place {
                    platform: self.header.platform(),
                    os: self.header.os,
                };
                ensure(input.event.lack(&place).is_none(), "it does not exist there")?;
                if input.event.role() == Role::Call {
                    self.admits_caller(input)?;
                }
                self.admits_event(&input.event)
            }
        }
    }

    fn admits_event(&self, event: &Event) -> Result<(), &'static str> {
        let task = |name: &TaskName| ensure(self.tasks.contains_key(name), "that task never came to this process");
        let continued = |name: &TaskName| {
            let found = self.tasks.get(name).is_some_and(|task| task.kind == Kind::Continued);
            ensure(found, "that continued task never came to this process")
        };
        let blocked = |queue: &String| {
            self.process
                .as_ref()
                .is_some_and(|process| process.blocked.contains(queue))
        };
        let installed = || ensure(self.installed, "the app is not installed");
        let lives = || ensure(self.process.is_some(), "no process of the app lives");
        let unlocked = || ensure(!self.is_locked(), "the device is locked");
        let driven = || {
            ensure(
                self.header.discretion == Discretion::Driven,
                "it takes driven discretion",
            )
        };
        match event {
            Event::Clock(_) => Err("time passes by waiting"),
            Event::Device(change) => self.admits_device(change),
            Event::Installed(_) => ensure(!self.installed, "the app is installed already"),
            Event::Updated(_) | Event::Uninstalled(_) => installed(),
            Event::Started(started) => {
                installed()?;
                ensure(self.process.is_none(), "a process of the app lives already")?;
                if started.by == Starter::Person {
                    unlocked()
                } else {
                    Ok(())
                }
            }
            Event::LaunchFinished(_) => ensure(self.is_launching(), "no process of the app is launching"),
            Event::Foreground(_) => {
                lives()?;
                ensure(!self.is_launching(), "the app is still launching")?;
                ensure(!self.is_foreground(), "the app is in the foreground already")?;
                unlocked()
            }
            Event::Background(_) => {
                ensure(!self.is_launching(), "the app is still launching")?;
                ensure(self.is_foreground(), "the app is not in the foreground")
            }
            Event::KeptAwake(kept) => {
                let awake = self.process.as_ref().map(|process| process.awake);
                ensure(awake == Some(!kept.awake), "no process is there, or nothing changes")
            }
            Event::ForceQuit(_) => lives().and_then(|()| unlocked()),
            Event::Crashed(_) => ensure(self.can_call(), "no process of the app runs"),
            Event::MemoryKilled(_) => lives(),
            Event::Reboot(_) => Ok(()),
            Event::PersonStops(of) => self.admits_person(&of.task, |card| {
                !matches!(card, Some(CardIs::Gone | CardIs::Finished | CardIs::Failed))
            }),
            Event::PersonDismisses(of) => {
                self.admits_person(&of.task, |card| matches!(card, Some(CardIs::Shown | CardIs::Changed)))
            }
            Event::PersonContinues(of) | Event::PersonIgnores(of) => {
                self.admits_person(&of.task, |card| card == Some(CardIs::Prompting))
            }
            Event::PersonClears(of) => ensure(
                self.cards.get(&of.task) == Some(&CardIs::Failed),
                "it has no failed card",
            ),
            Event::Debugger(debugger) => {
                lives()?;
                ensure(self.debugger != debugger.attached, "nothing changes")
            }
            Event::SimulateLaunch(_) | Event::SimulateExpiration(_) => {
                ensure(self.can_call(), "no process of the app runs")?;
                ensure(!self.is_launching(), "the app is still launching")?;
                ensure(self.debugger, "no debugger is attached")
            }
            Event::Grant(_) => driven().and_then(|()| installed()),
            Event::TakeBack(of) => {
                driven()?;
                ensure(
                    self.running().any(|(name, _)| *name == of.task),
                    "that task does not run",
                )
            }
            Event::ChangeSubmitted(request) => {
                let known = self
                    .process
                    .as_ref()
                    .is_some_and(|process| process.submitted.contains_key(&request.id));
                ensure(known, "this process submitted no such request")
            }
            Event::ChangeListed(request) => {
                let listed = |process: &Process| process.listed.iter().any(|listed| listed.id == request.id);
                ensure(self.process.as_ref().is_some_and(listed), "no such request was listed")
            }
            Event::SetExpirationHandler(set) => task(&set.task),
            Event::Complete(complete) => task(&complete.task),
            Event::Progress(progress) => continued(&progress.task),
            Event::UpdateTitle(update) => continued(&update.task),
            Event::BlockQueue(of) => ensure(!blocked(&of.queue), "the queue is blocked already"),
            Event::UnblockQueue(of) => ensure(blocked(&of.queue), "the queue is not blocked"),
            Event::Register(_)
            | Event::Submit(_)
            | Event::SubmitAsync(_)
            | Event::Cancel(_)
            | Event::CancelAll(_)
            | Event::Pending(_)
            | Event::SupportedResources(_)
            | Event::WorkBegan(_)
            | Event::WorkEnded(_)
            | Event::GpuWork(_)
            | Event::NeuralEngineWork(_)
            | Event::ProtectedRead(_) => Ok(()),
            Event::End(_)
            | Event::Launched(_)
            | Event::Delivered(_)
            | Event::DeliveryRaised(_)
            | Event::Expired(_)
            | Event::CompletedBySystem(_)
            | Event::Suspended(_)
            | Event::Killed(_)
            | Event::Card(_)
            | Event::SubmissionCompleted(_)
            | Event::Gap(_) => Err("it is not the runner's to do"),
        }
    }

    fn admits_person(&self, task: &TaskName, card: impl Fn(Option<CardIs>) -> bool) -> Result<(), &'static str> {
        let found = self
            .tasks
            .get(task)
            .is_some_and(|task| task.kind == Kind::Continued && !task.completed);
        ensure(found, "no such continued task runs")?;
        let seen = self
            .header
            .recorded
            .as_ref()
            .is_none_or(|names| names.iter().any(|name| name == "card"));
        ensure(
            !seen || card(self.cards.get(task).copied()),
            "its card is in no state for that",
        )
    }

    fn admits_device(&self, change: &Device) -> Result<(), &'static str> {
        let after_unlock = change.unlocked_once == Some(true) || self.device.unlocked_once == Some(true);
        ensure(
            change.unlocked_once != Some(false),
            "only a boot undoes the first unlock",
        )?;
        ensure(
            change.unlocked_once != Some(true) || change.locked == Some(false),
            "the first unlock unlocks",
        )?;
        ensure(
            change.locked != Some(false) || after_unlock,
            "the first unlock is still to come",
        )?;
        if change.locked == Some(true) {
            ensure(self.header.has_passcode(), "without a passcode nothing is locked")?;
            ensure(!self.is_foreground(), "the app is in the foreground")?;
        }
        ensure(
            change.in_use != Some(false) || !self.is_foreground(),
            "the app is in the foreground",
        )?;
        ensure(
            change.in_use != Some(true) || !self.is_locked() || change.locked == Some(false),
            "the device is locked",
        )
    }

    fn admits_caller(&self, input: &Input) -> Result<(), &'static str> {
        ensure(self.installed, "the app is not installed")?;
        if input.by.is_some() {
            let known = self.header.extensions.iter().any(|e| Some(e.name.as_str()) == input.by);
            return ensure(known, "there is no such extension");
        }
        ensure(self.can_call(), "no process of the app runs")
    }
}

fn ensure(holds: bool, otherwise: &'static str) -> Result<(), &'static str> {
    if holds { Ok(()) } else { Err(otherwise) }
}
