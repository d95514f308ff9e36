//! What belongs to an adapter's process: the group of processes that it leads.
//!
//! A Ctrl-C in the terminal reaches another group, so that bgspec ends its adapters itself. Whatever an adapter starts
//! stays in its group unless it takes pains to leave it. Where there are no groups, nothing is known and nothing ended.

use tokio::process::{Child, Command};

/// The group of processes that a process leads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

#[cfg(unix)]
impl Group {
    /// Makes a command lead a group of its own.
    pub(super) fn lead(command: &mut Command) {
        command.process_group(0);
    }

    /// The group that this process leads.
    pub(super) fn of(child: &Child) -> Self {
        let number = child.id().and_then(|id| i32::try_from(id).ok());
        let leader = number.and_then(rustix::process::Pid::from_raw);
        Self { leader }
    }

    /// Whether a process of it lives; of its leader, once that has been waited for, nothing is left.
    pub(super) fn lives(self) -> bool {
        self.leader
            .is_some_and(|leader| rustix::process::test_kill_process_group(leader).is_ok())
    }

    /// Kills every process of it.
    pub(super) fn kill(self) {
        if let Some(leader) = self.leader {
            // Where nobody is left there is nobody to kill.
            let _ = rustix::process::kill_process_group(leader, rustix::process::Signal::KILL);
        }
    }
}

#[cfg(not(unix))]
impl Group {
    pub(super) fn lead(_: &mut Command) {}

    pub(super) fn of(_: &Child) -> Self {
        Self {}
    }

    pub(super) fn lives(self) -> bool {
        false
    }

    pub(super) fn kill(self) {}
}
