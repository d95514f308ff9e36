//! Which process a line is about, and whether it can be.

use super::Malformed;
use crate::oracle::unseen::Missing;
use crate::state::By;
use crate::vocabulary::{Device, Event, Process, Record, Role, Row};

use super::{Reader, wrong};

impl Reader {
    /// Which process the line is about, and whether one starts just before it, if the trace leaves that out.
    #[inline]
    pub(super) fn check_process(&mut self, record: &Record, event: &Event, row: &Row) -> Result<(), Malformed> {
        if row.role == Role::Call && record.by.is_some() {
            return Ok(());
        }
        if let (Event::Expired(_), None, Some(closed)) = (event, self.life.pid, self.life.closed)
            && record.pid.is_none_or(|pid| pid == closed)
        {
            // Closed in the switcher just now: a call to it can be told, and is judged (LIF-8).
            return Ok(());
        }
        match row.process {
            Process::Starts => self.starts(record, event),
            Process::Lives | Process::Dies => self.living(record, row),
            // The app may be closed in the switcher while it has no process.
            Process::None | Process::Closes | Process::Ends => Ok(()),
        }
    }

    fn starts(&mut self, record: &Record, event: &Event) -> Result<(), Malformed> {
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
        if self.life.pid.is_some() && !self.tells_ends {
            self.ends_unseen();
        }
        if let (Some(alive), Role::World) = (self.life.pid, event.role()) {
            return wrong(format!(
                "process {pid} starts while process {alive} of the app lives; expected the end of that one before"
            ));
        }
        if self.life.installed == Some(false) {
            return wrong("a process of the app starts, and the app is not installed; expected installed before");
        }
        self.bury();
        self.life.pid = Some(pid);
        self.life.last_pid = self.life.last_pid.max(pid);
        self.life.finished = Some(false);
        Ok(())
    }

    /// The process that lives has finished launching.
    pub(super) fn finishes(&mut self) -> Result<(), Malformed> {
        if self.life.finished == Some(true) {
            return wrong("the app finishes launching, and has finished already; expected it once in a process");
        }
        self.life.finished = Some(true);
        Ok(())
    }

    /// The app, which runs already, comes to the foreground.
    pub(super) fn comes_forward(&mut self) -> Result<(), Malformed> {
        // A person's start that the trace leaves out leads there too.
        if self.life.foreground == Some(true) && self.line.starts.is_none() {
            return wrong("the app comes to the foreground, and is there already; expected background before");
        }
        self.comes_to(true)
    }

    /// The app is installed.
    pub(super) fn installs(&mut self) -> Result<(), Malformed> {
        if self.life.installed == Some(true) {
            return wrong("the app is installed, and is there already; expected uninstalled before, or updated");
        }
        self.life.installed = Some(true);
        Ok(())
    }

    /// The app is updated or removed.
    pub(super) fn is_installed(&self) -> Result<(), Malformed> {
        if self.life.installed == Some(false) {
            return wrong("the app is not installed; expected installed before");
        }
        Ok(())
    }

    /// The app leaves the foreground: what is done with the device then is not known where nobody follows it.
    pub(super) fn leaves(&mut self) {
        self.life.foreground = Some(false);
        if !self.follows[0] {
            self.life.locked = None;
        }
    }

    /// The device boots.
    pub(super) fn boots(&mut self) {
        // Where nobody follows them they may be otherwise before the next line.
        self.life.locked = self.follows[0].then_some(self.passcode).flatten();
        self.life.unlocked_once = self.follows[1].then_some(false);
    }

    pub(super) fn living(&mut self, record: &Record, row: &Row) -> Result<(), Malformed> {
        let name = || row.name;
        if let (Some(alive), Some(pid)) = (self.life.pid, record.pid)
            && alive != pid
            && !self.tells_ends
            && !self.dead.contains(&pid)
        {
            self.ends_unseen();
        }
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
            (None, _) if row.role == Role::Observation && self.life.maybe.is_none() && self.tells_launches => {
                wrong(format!(
                    "{}, and no process of the app lives; expected launched or started before it",
                    name()
                ))
            }
            (None, _) if self.life.installed == Some(false) => wrong(format!(
                "{}, and the app is not installed; expected installed before",
                name()
            )),
            (None, pid) => {
                let pid = pid.unwrap_or(self.life.last_pid.saturating_add(1));
                self.life.pid = Some(pid);
                self.life.last_pid = self.life.last_pid.max(pid);
                if self.life.maybe.take().is_none() {
                    if self.tells_launches {
                        self.comes_to(true)?;
                        self.life.finished = Some(false);
                    } else {
                        (self.life.foreground, self.life.finished) = (None, None);
                    }
                }
                let by = if self.tells_launches { By::Person } else { By::Other };
                self.line.starts = Some((pid, by));
                Ok(())
            }
        }
    }

    /// The process ended at some time after its last line.
    pub(crate) fn ends_unseen(&mut self) {
        self.line.ends = true;
        let foreground = self.life.foreground;
        self.bury();
        if foreground != Some(false) && !self.follows[0] {
            self.life.locked = None;
        }
    }

    /// Lines may be missing.
    pub(crate) fn miss(&mut self, missing: Missing) {
        self.partial |= missing.puts;
        if missing.device {
            (self.life.locked, self.life.unlocked_once) = (None, None);
        }
        if missing.life {
            self.look_away();
        }
    }

    /// Anything may be missing: the process may have died, and the device may be in another state.
    fn look_away(&mut self) {
        self.partial = true;
        self.life.maybe = Some(self.life.pid.take().or(self.life.maybe.flatten()));
        (self.life.installed, self.life.finished) = (None, None);
        (self.life.foreground, self.life.locked, self.life.unlocked_once) = (None, None, None);
        self.life.finished = None;
        self.submissions.clear();
    }

    pub(super) fn bury(&mut self) {
        self.life.maybe = None;
        (self.life.closed, self.life.finished) = (None, None);
        if let Some(pid) = self.life.pid.take() {
            self.dead.push(pid);
        }
        self.life.foreground = Some(false);
        self.life.finished = None;
    }

    pub(super) fn comes_to(&mut self, foreground: bool) -> Result<(), Malformed> {
        if foreground && self.life.locked == Some(true) && self.orders_locks {
            return wrong("the app comes to the foreground while the device is locked; expected it unlocked before");
        }
        if foreground {
            (self.life.locked, self.life.unlocked_once) = (Some(false), Some(true));
        }
        self.life.foreground = Some(foreground);
        Ok(())
    }

    pub(super) fn device(&mut self, change: &Device) -> Result<(), Malformed> {
        if change.locked == Some(true) && self.life.foreground == Some(true) && self.orders_locks {
            return wrong("the device is locked while the app is in the foreground; expected background before");
        }
        let once = change.unlocked_once.or(self.life.unlocked_once);
        let locked = change.locked.or(self.life.locked);
        if locked == Some(false) && once == Some(false) && self.passcode == Some(true) {
            return wrong("the device is unlocked before its first unlock; expected unlocked_once with it");
        }
        self.follows[0] |= change.locked.is_some();
        self.follows[1] |= change.unlocked_once.is_some();
        self.life.locked = locked;
        self.life.unlocked_once = once;
        Ok(())
    }
}
