//! Which process a line is about, and whether it can be.

use super::Malformed;
use crate::state::By;
use crate::vocabulary::{Device, Event, Record, Role, Started, Starter};

use super::{DEAD, Reader, wrong};

impl Reader {
    /// Which process the line is about. The answer is the process that starts just before it, if the trace leaves
    /// that out.
    pub(super) fn check_process(
        &mut self,
        record: &Record,
        event: &Event,
        role: Role,
    ) -> Result<Option<(u32, By)>, Malformed> {
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

    pub(super) fn living(
        &mut self,
        record: &Record,
        event: &Event,
        role: Role,
    ) -> Result<Option<(u32, By)>, Malformed> {
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
    pub(super) fn look_away(&mut self) {
        self.partial = true;
        self.maybe = Some(self.pid.take().or(self.maybe.flatten()));
        self.installed = None;
        (self.foreground, self.locked, self.unlocked_once) = (None, None, None);
        self.submissions.clear();
    }

    pub(super) fn bury(&mut self) {
        self.maybe = None;
        if let Some(pid) = self.pid.take() {
            if self.dead.len() == DEAD {
                self.dead.remove(0);
            }
            self.dead.push(pid);
        }
        self.foreground = Some(false);
    }

    pub(super) fn comes_to(&mut self, foreground: bool) -> Result<(), Malformed> {
        if foreground && self.locked == Some(true) {
            return wrong("the app comes to the foreground while the device is locked; expected it unlocked before");
        }
        if foreground {
            (self.locked, self.unlocked_once) = (Some(false), Some(true));
        }
        self.foreground = Some(foreground);
        Ok(())
    }

    pub(super) fn device(&mut self, change: Device) -> Result<(), Malformed> {
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
}
