//! The last run of a task, and how it ended: by the app, by the system, by the person, or with its process.
//!
//! Only what the trace shows stands here; whose doing it was is [`super::answer`]'s to say.

use bgspec_model::vocabulary::{Event, KillCause, Kind, Millis, TaskName};

/// A moment of the trace, and its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// When.
    pub(super) at: Millis,
    /// The event's number.
    pub(super) event: u64,
    /// The line of the file that it stands in.
    pub(super) line: u64,
}

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum How {
    /// It crashed, and says this.
    Crash(Option<String>),
    /// For memory.
    Memory,
    /// The system killed it.
    Killed(KillCause),
    /// The person closed the app in the app switcher.
    ForceQuit,
    /// With a boot.
    Reboot,
    /// With an update.
    Update,
    /// With the app.
    Removal,
}

impl How {
    /// How an event ends a process, if it does.
    pub(super) fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::Crashed(crashed) => Self::Crash(crashed.what.clone()),
            Event::MemoryKilled(_) => Self::Memory,
            Event::Killed(killed) if killed.cause == KillCause::Memory => Self::Memory,
            Event::Killed(killed) => Self::Killed(killed.cause),
            Event::ForceQuit(_) => Self::ForceQuit,
            Event::Reboot(_) => Self::Reboot,
            Event::Updated(_) => Self::Update,
            Event::Uninstalled(_) => Self::Removal,
            _ => return None,
        })
    }

    /// In words: "the app crashed".
    pub(super) fn words(&self) -> String {
        match self {
            Self::Crash(None) => "the app crashed".to_owned(),
            Self::Crash(Some(what)) => format!("the app crashed: '{what}'"),
            Self::Memory => "the app was ended for memory".to_owned(),
            Self::Killed(KillCause::Time) => "the system killed it for overrunning its time".to_owned(),
            Self::Killed(KillCause::Cpu) => "the system killed it for using too much CPU".to_owned(),
            Self::Killed(KillCause::LaunchWatchdog) => "the system killed it for launching too slowly".to_owned(),
            Self::Killed(_) => "the system killed it".to_owned(),
            Self::ForceQuit => "the person closed the app in the app switcher (force-quit)".to_owned(),
            Self::Reboot => "the device was restarted".to_owned(),
            Self::Update => "the app was updated".to_owned(),
            Self::Removal => "the app was removed".to_owned(),
        }
    }
}

/// The end of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Death {
    pub(super) mark: Mark,
    pub(super) how: How,
}

/// A run.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) task: TaskName,
    pub(super) kind: Kind,
    /// The submission that it came of, where the trace has it.
    pub(super) submitted: Option<Mark>,
    /// Its delivery.
    pub(super) began: Mark,
    /// Whether there was a network then.
    pub(super) network: Option<bool>,
    /// Its handler was registered without a queue.
    pub(super) is_bare: bool,
    /// When its completed unit count last rose, or its delivery.
    pub(super) progressed: Millis,
    /// How often it rose.
    pub(super) rises: u32,
    pub(super) highest: i64,
    /// How often progress was reported since that did not raise it.
    pub(super) idle_reports: u32,
    /// Of these, how many told child progress alone, and how many a count.
    pub(super) idle_child: u32,
    pub(super) idle_counts: u32,
    /// A report came already.
    pub(super) is_seeded: bool,
    /// Its process was suspended, and no progress came since.
    pub(super) suspended: Option<Mark>,
    /// The line in which the device had been locked by then; 0 where it was from the beginning.
    pub(super) suspended_locked: Option<u64>,
    /// The rules that allowed its suspension.
    pub(super) suspended_by: Vec<String>,
    /// The device was under pressure when it expired.
    pub(super) pressed: bool,
    /// The rules that allowed its expiration.
    pub(super) expired_by: Vec<String>,
    /// The person stopped it.
    pub(super) stopped: Option<Mark>,
    /// The person left a question whether to go on unanswered.
    pub(super) ignored: Option<Mark>,
    /// The app cancelled its identifier while it ran.
    pub(super) cancelled: Option<Mark>,
    /// The debugger simulated its expiration.
    pub(super) simulated: Option<Mark>,
    pub(super) expired: Option<Mark>,
    /// Its first completion, and whether as a success; the system's is none.
    pub(super) completed: Option<(Mark, bool)>,
    pub(super) by_system: bool,
    /// The end of its process while it was open.
    pub(super) death: Option<Death>,
}

impl Run {
    pub(super) fn new(task: TaskName, kind: Kind, began: Mark) -> Self {
        Self {
            task,
            kind,
            submitted: None,
            began,
            network: None,
            is_bare: false,
            progressed: began.at,
            rises: 0,
            highest: 0,
            idle_reports: 0,
            idle_child: 0,
            idle_counts: 0,
            is_seeded: false,
            suspended: None,
            suspended_locked: None,
            suspended_by: Vec::new(),
            pressed: false,
            expired_by: Vec::new(),
            stopped: None,
            ignored: None,
            cancelled: None,
            simulated: None,
            expired: None,
            completed: None,
            by_system: false,
            death: None,
        }
    }

    /// Whether the task is neither completed nor lost.
    pub(super) fn is_open(&self) -> bool {
        self.completed.is_none() && !self.by_system && self.death.is_none()
    }

    /// When it was over, as far as the trace shows.
    pub(super) fn end(&self) -> Option<Mark> {
        let completed = self.completed.map(|(mark, _)| mark);
        completed.or(self.death.as_ref().map(|death| death.mark))
    }

    /// Something happened while the run was, or after it; `by` are the rules that allow it.
    pub(super) fn see(&mut self, mark: Mark, event: &Event, by: &[String]) {
        if !self.is_open() {
            return;
        }
        if let Some(how) = How::of(event) {
            self.death = Some(Death { mark, how });
            return;
        }
        match event {
            Event::Progress(progress) if progress.task == self.task => {
                match progress.completed.filter(|completed| *completed > self.highest) {
                    Some(completed) => {
                        self.highest = completed;
                        self.rises += 1;
                        (self.progressed, self.idle_reports, self.suspended) = (mark.at, 0, None);
                        (self.idle_child, self.idle_counts) = (0, 0);
                    }
                    // The first one says where it begins.
                    None if self.is_seeded => {
                        self.idle_reports += 1;
                        self.idle_child += u32::from(progress.child.is_some() && progress.completed.is_none());
                        self.idle_counts += u32::from(progress.completed.is_some() && progress.child.is_none());
                    }
                    None => {}
                }
                self.is_seeded = true;
            }
            Event::PersonStops(of) if of.task == self.task => self.stopped = Some(mark),
            Event::PersonIgnores(of) if of.task == self.task => self.ignored = Some(mark),
            Event::Cancel(of) if of.id == self.task.id => self.cancelled = Some(mark),
            Event::CancelAll(_) => self.cancelled = Some(mark),
            Event::SimulateExpiration(of) if of.id == self.task.id => self.simulated = Some(mark),
            Event::Suspended(_) if self.expired.is_none() => {
                self.suspended = Some(mark);
                // While a task runs, what allows the suspension of a process without one explains nothing.
                self.suspended_by = by.iter().filter(|rule| *rule != "LIF-14").cloned().collect();
            }
            Event::Expired(expired) if expired.task == self.task => {
                self.expired = Some(mark);
                self.expired_by = by.to_vec();
            }
            Event::CompletedBySystem(of) if of.task == self.task => self.by_system = true,
            Event::Complete(complete) if complete.task == self.task => {
                self.completed = Some((mark, complete.success));
            }
            _ => {}
        }
    }
}
