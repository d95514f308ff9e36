//! Which process a line is about, and whether it can be.

use super::Malformed;
use crate::state::By;
use crate::vocabulary::{Device, Event, Record, Role, Started, Starter};

use super::{Reader, wrong};

impl Reader {
    /// Which process the line is about, and whether one starts just before it, if the trace leaves that out.
    #[inline]
    pub(super) fn check_process(&mut self, record: &Record, event: &Event, role: Role) -> Result<(), Malformed> {
        if role == Role::Call {
            return match record.by {
                None => self.living(record, event, role),
                Some(_) => Ok(()),
            };
        }
        match event {
            Event::Started(_) | Event::Launched(_) => {
                let pid = record.pid.unwrap_or(self.life.last_pid.saturating_add(1));
                if self.life.pid == Some(pid) {
                    return wrong(format!(
                        "process {pid} starts, and lives already; expected its end before, or a new process id"
                    ));
                }
                if self.dead.contains(&pid) {
                    return wrong(format!(
                        "process {pid} starts, and died before; expected a new process id"
                    ));
                }
                if let (Some(alive), Event::Started(_)) = (self.life.pid, event) {
                    return wrong(format!(
                        "process {pid} starts while process {alive} of the app lives; expected the end of that one before"
                    ));
                }
                if self.life.installed == Some(false) {
                    return wrong(
                        "a process of the app starts, and the app is not installed; expected installed before",
                    );
                }
                self.bury();
                self.life.pid = Some(pid);
                self.life.last_pid = self.life.last_pid.max(pid);
                let person = matches!(event, Event::Started(Started { by: Starter::Person }));
                self.comes_to(person)?;
                return Ok(());
            }
            Event::Installed(_) if self.life.installed == Some(true) => {
                return wrong("the app is installed, and is there already; expected uninstalled before, or updated");
            }
            Event::Installed(_) => {
                self.life.installed = Some(true);
                return Ok(());
            }
            Event::Uninstalled(_) | Event::Updated(_) if self.life.installed == Some(false) => {
                return wrong("the app is not installed; expected installed before");
            }
            Event::Uninstalled(_) => {
                self.life.installed = Some(false);
                self.bury();
                return Ok(());
            }
            Event::Updated(_) => {
                self.bury();
                return Ok(());
            }
            Event::Reboot(_) => {
                self.bury();
                self.life.locked = Some(self.passcode);
                self.life.unlocked_once = Some(false);
                return Ok(());
            }
            Event::Device(change) => return self.device(change),
            Event::ForceQuit(_) => {
                // The app may be closed in the switcher while it has no process.
                self.bury();
                return Ok(());
            }
            _ => {}
        }
        let of_app = match role {
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
            Role::Call | Role::End | Role::Gap => false,
        };
        if !of_app {
            return Ok(());
        }
        self.living(record, event, role)?;
        match event {
            Event::Foreground(_) => self.comes_to(true)?,
            Event::Background(_) => self.life.foreground = Some(false),
            Event::Crashed(_) | Event::MemoryKilled(_) | Event::Killed(_) => self.bury(),
            _ => {}
        }
        Ok(())
    }

    pub(super) fn living(&mut self, record: &Record, event: &Event, role: Role) -> Result<(), Malformed> {
        let name = || event.name();
        match (self.life.pid, record.pid) {
            (Some(alive), Some(pid)) if alive != pid => {
                if self.dead.contains(&pid) {
                    wrong(format!(
                        "{} of process {pid}, which is dead; expected process {alive}, which lives",
                        name()
                    ))
                } else {
                    wrong(format!(
                        "{} of process {pid}, which has not started; expected process {alive}, which lives",
                        name()
                    ))
                }
            }
            (Some(_), _) => Ok(()),
            (None, Some(pid))
                if self
                    .life
                    .maybe
                    .is_some_and(|maybe| maybe.is_none_or(|maybe| maybe == pid)) =>
            {
                self.life.maybe = None;
                self.life.pid = Some(pid);
                self.life.last_pid = self.life.last_pid.max(pid);
                Ok(())
            }
            (None, None) if self.life.maybe.is_some() => Ok(()),
            (None, Some(pid)) if self.dead.contains(&pid) => wrong(format!(
                "{} of process {pid}, which is dead; expected the start of a new process before",
                name()
            )),
            (None, _) if role == Role::Observation && self.life.maybe.is_none() => wrong(format!(
                "{}, and no process of the app lives; expected launched or started before it",
                name()
            )),
            (None, _) if self.life.installed == Some(false) => wrong(format!(
                "{}, and the app is not installed; expected installed before",
                name()
            )),
            (None, pid) => {
                let pid = pid.unwrap_or(self.life.last_pid.saturating_add(1));
                self.life.pid = Some(pid);
                self.life.last_pid = self.life.last_pid.max(pid);
                if self.life.maybe.take().is_none() {
                    self.comes_to(true)?;
                }
                self.line.starts = Some((pid, By::Person));
                Ok(())
            }
        }
    }

    /// Lines may be missing: the process may have died, and the device may be in another state.
    pub(super) fn look_away(&mut self) {
        self.partial = true;
        self.life.maybe = Some(self.life.pid.take().or(self.life.maybe.flatten()));
        self.life.installed = None;
        (self.life.foreground, self.life.locked, self.life.unlocked_once) = (None, None, None);
        self.submissions.clear();
    }

    pub(super) fn bury(&mut self) {
        self.life.maybe = None;
        if let Some(pid) = self.life.pid.take() {
            self.dead.push(pid);
        }
        self.life.foreground = Some(false);
    }

    pub(super) fn comes_to(&mut self, foreground: bool) -> Result<(), Malformed> {
        if foreground && self.life.locked == Some(true) {
            return wrong("the app comes to the foreground while the device is locked; expected it unlocked before");
        }
        if foreground {
            (self.life.locked, self.life.unlocked_once) = (Some(false), Some(true));
        }
        self.life.foreground = Some(foreground);
        Ok(())
    }

    pub(super) fn device(&mut self, change: &Device) -> Result<(), Malformed> {
        if change.locked == Some(true) && self.life.foreground == Some(true) {
            return wrong("the device is locked while the app is in the foreground; expected background before");
        }
        let once = change.unlocked_once.or(self.life.unlocked_once);
        let locked = change.locked.or(self.life.locked);
        if locked == Some(false) && once == Some(false) && self.passcode {
            return wrong("the device is unlocked before its first unlock; expected unlocked_once with it");
        }
        self.life.locked = locked;
        self.life.unlocked_once = once;
        Ok(())
    }
}
