//! Events as the rules see them: identifiers and texts interned, answers apart from calls.

use crate::state::{By, Outstanding, Sym, Text};
use crate::vocabulary::{CardIs, Code, Device, KillCause, Kind, Millis, Name, Protection, Role};

/// When an event happens, and who causes it.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// The earliest time at which it may have happened, the tolerance taken off: what a deadline is held against.
    pub earliest: Millis,
    /// The time that the trace gives.
    pub at: Millis,
    /// The latest time at which it may have happened, the tolerance put on: what a floor is held against.
    pub latest: Millis,
    /// The caller.
    pub caller: Caller,
}

impl Now {
    /// One moment, known exactly.
    pub(crate) const fn moment(at: Millis, caller: Caller) -> Self {
        Self {
            earliest: at,
            at,
            latest: at,
            caller,
        }
    }
}

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The app itself; otherwise one of its extensions.
    pub app: bool,
    /// An extension of a kind that may schedule.
    pub schedules: bool,
    /// A person's action caused the call: yes, or not told.
    pub person: bool,
    /// It calls on the main thread.
    pub main_thread: bool,
}

/// A task by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskRef {
    /// The identifier.
    pub id: Sym,
    /// Which delivery of it.
    pub n: u32,
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Op {
    /// Time passes.
    Clock,
    /// Conditions of the device change.
    Device(Device),
    /// The app is installed.
    Installed,
    /// The app is updated.
    Updated {
        /// The system is upgraded with it.
        upgrades: bool,
    },
    /// The app is removed.
    Uninstalled,
    /// A process starts.
    Started {
        /// Its id.
        pid: u32,
        /// Who started it.
        by: By,
    },
    /// The process has finished launching.
    LaunchFinished,
    /// The app comes to the foreground.
    Foreground,
    /// The app leaves the foreground.
    Background,
    /// Something else keeps the process awake, or no longer.
    KeptAwake(bool),
    /// The process ends.
    Dies(Death),
    /// The device boots anew.
    Reboot,
    /// The person does something with a card.
    Person(Does, TaskRef),
    /// A debugger comes or goes.
    Debugger(bool),
    /// The debugger simulates a launch.
    SimulateLaunch(Sym),
    /// The debugger simulates an expiration.
    SimulateExpiration(Sym),
    /// The runner grants a launch.
    Grant(Sym),
    /// The runner takes the time of a task back.
    TakeBack(TaskRef),
    /// Nothing that was observed answers the last input any more.
    Settle,

    /// The app registers a handler.
    Register {
        /// The identifier.
        id: Sym,
        /// The queue.
        queue: Text,
        /// Through SwiftUI's `.backgroundTask`.
        swiftui: bool,
    },
    /// The app submits.
    Submit(Submission),
    /// The app changes a request object of its own or of the list.
    ChangeObject {
        /// The identifier.
        id: Sym,
        /// It was given by the pending list.
        listed: bool,
    },
    /// The app cancels.
    Cancel(Sym),
    /// The app cancels everything.
    CancelAll,
    /// The app asks for the pending list.
    Pending,
    /// The app asks for the supported resources.
    SupportedResources,
    /// The app sets or clears an expiration handler.
    SetExpirationHandler {
        /// The task.
        task: TaskRef,
        /// Set, or cleared.
        set: bool,
    },
    /// The app reports progress.
    Progress {
        /// The task.
        task: TaskRef,
        /// The new total.
        total: Option<i64>,
        /// The new completed count.
        completed: Option<i64>,
        /// The new child progress, in millionths.
        child: Option<i64>,
    },
    /// The app changes a title.
    UpdateTitle {
        /// The task.
        task: TaskRef,
        /// The title.
        title: Text,
        /// The subtitle.
        subtitle: Text,
    },
    /// The app completes a task.
    Complete {
        /// The task.
        task: TaskRef,
        /// As a success.
        success: bool,
    },
    /// The app blocks a queue.
    BlockQueue(Text),
    /// The app unblocks a queue.
    UnblockQueue(Text),
    /// Work begins.
    WorkBegan(Sym),
    /// Work ends.
    WorkEnded(Sym),
    /// The app uses the GPU.
    GpuWork,
    /// The app uses the Neural Engine.
    NeuralEngineWork,
    /// The app reads protected data.
    ProtectedRead(Protection),

    /// The scheduler launched the app; for which identifiers stands in [`Ask::ids`], where it is known.
    Launched {
        /// The new process.
        pid: u32,
        /// It is known for which.
        known: bool,
    },
    /// A task was delivered.
    Delivered {
        /// The task.
        task: TaskRef,
        /// Its kind.
        kind: Kind,
        /// The queue, where it was seen.
        queue: Seen,
    },
    /// A launch found no handler.
    DeliveryRaised(Sym, Exception),
    /// A task was expired.
    Expired {
        /// The task.
        task: TaskRef,
        /// The queue, where it was seen.
        queue: Seen,
    },
    /// The system completed a task.
    CompletedBySystem(TaskRef),
    /// The process was suspended.
    Suspended,
    /// The process was killed.
    Killed(KillCause),
    /// A card did something.
    Card {
        /// Its task.
        task: TaskRef,
        /// What it did.
        is: CardIs,
        /// The title seen.
        title: Option<Text>,
        /// The subtitle seen.
        subtitle: Option<Text>,
    },
    /// An asynchronous submission completed.
    SubmissionCompleted {
        /// Its number.
        number: u32,
        /// Its error.
        error: Option<Code>,
        /// The error is of another domain than the scheduler's.
        foreign: bool,
    },
}

impl Op {
    /// The event that it comes from; none for what the oracle asks of its own.
    #[must_use]
    pub const fn name(&self) -> Option<Name> {
        Some(match self {
            Self::Settle => return None,
            Self::Clock => Name::Clock,
            Self::Device(_) => Name::Device,
            Self::Installed => Name::Installed,
            Self::Updated { .. } => Name::Updated,
            Self::Uninstalled => Name::Uninstalled,
            Self::Started { .. } => Name::Started,
            Self::LaunchFinished => Name::LaunchFinished,
            Self::Foreground => Name::Foreground,
            Self::Background => Name::Background,
            Self::KeptAwake(_) => Name::KeptAwake,
            Self::Dies(Death::ForceQuit) => Name::ForceQuit,
            Self::Dies(Death::Crash) => Name::Crashed,
            Self::Dies(Death::Memory) => Name::MemoryKilled,
            Self::Reboot => Name::Reboot,
            Self::Person(Does::Stop, _) => Name::PersonStops,
            Self::Person(Does::Continue, _) => Name::PersonContinues,
            Self::Person(Does::Ignore, _) => Name::PersonIgnores,
            Self::Person(Does::Dismiss, _) => Name::PersonDismisses,
            Self::Person(Does::Clear, _) => Name::PersonClears,
            Self::Debugger(_) => Name::Debugger,
            Self::SimulateLaunch(_) => Name::SimulateLaunch,
            Self::SimulateExpiration(_) => Name::SimulateExpiration,
            Self::Grant(_) => Name::Grant,
            Self::TakeBack(_) => Name::TakeBack,
            Self::Register { .. } => Name::Register,
            Self::Submit(Submission { number: None, .. }) => Name::Submit,
            Self::Submit(Submission { number: Some(_), .. }) => Name::SubmitAsync,
            Self::ChangeObject { listed: false, .. } => Name::ChangeSubmitted,
            Self::ChangeObject { listed: true, .. } => Name::ChangeListed,
            Self::Cancel(_) => Name::Cancel,
            Self::CancelAll => Name::CancelAll,
            Self::Pending => Name::Pending,
            Self::SupportedResources => Name::SupportedResources,
            Self::SetExpirationHandler { .. } => Name::SetExpirationHandler,
            Self::Progress { .. } => Name::Progress,
            Self::UpdateTitle { .. } => Name::UpdateTitle,
            Self::Complete { .. } => Name::Complete,
            Self::BlockQueue(_) => Name::BlockQueue,
            Self::UnblockQueue(_) => Name::UnblockQueue,
            Self::WorkBegan(_) => Name::WorkBegan,
            Self::WorkEnded(_) => Name::WorkEnded,
            Self::GpuWork => Name::GpuWork,
            Self::NeuralEngineWork => Name::NeuralEngineWork,
            Self::ProtectedRead(_) => Name::ProtectedRead,
            Self::Launched { .. } => Name::Launched,
            Self::Delivered { .. } => Name::Delivered,
            Self::DeliveryRaised(..) => Name::DeliveryRaised,
            Self::Expired { .. } => Name::Expired,
            Self::CompletedBySystem(_) => Name::CompletedBySystem,
            Self::Suspended => Name::Suspended,
            Self::Killed(_) => Name::Killed,
            Self::Card { .. } => Name::Card,
            Self::SubmissionCompleted { .. } => Name::SubmissionCompleted,
        })
    }

    /// Whether it is a call.
    #[must_use]
    pub(crate) const fn is_call(&self) -> bool {
        matches!(
            self,
            Self::Register { .. }
                | Self::Submit(_)
                | Self::ChangeObject { .. }
                | Self::Cancel(_)
                | Self::CancelAll
                | Self::Pending
                | Self::SupportedResources
                | Self::SetExpirationHandler { .. }
                | Self::Progress { .. }
                | Self::UpdateTitle { .. }
                | Self::Complete { .. }
                | Self::GpuWork
                | Self::NeuralEngineWork
                | Self::ProtectedRead(_)
        )
    }

    /// Whether it tells what the scheduler did, and not what the world or the app does.
    #[must_use]
    pub fn is_observation(&self) -> bool {
        self.name().is_some_and(|name| name.row().role == Role::Observation)
    }

    /// Whether it matters that a launch may have gone before it which nobody could see: it ends the launching of a process,
    /// or the process, or what a launch waits for may be there before it and not behind it.
    pub(crate) fn may_have_launched(&self) -> bool {
        match self {
            Self::LaunchFinished | Self::Foreground | Self::Device(_) => true,
            _ => self.ends_process(),
        }
    }

    /// Whether the device boots with it.
    pub(crate) const fn boots(&self) -> bool {
        matches!(self, Self::Reboot) || matches!(self, Self::Updated { upgrades: true })
    }

    /// Whether it ends the app's process.
    pub(crate) fn ends_process(&self) -> bool {
        self.name().is_some_and(|name| name.row().process.ends())
    }
}

/// A submission.
#[derive(Debug, Clone, Copy)]
pub struct Submission {
    /// The request, as it would stand.
    pub request: Outstanding,
    /// The number of an asynchronous one.
    pub number: Option<u32>,
}

/// How a process ends, besides a kill by the system's scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// The person closed the app.
    ForceQuit,
    /// It crashed.
    Crash,
    /// For memory.
    Memory,
}

/// What a person does with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Stops the task.
    Stop,
    /// Lets it go on.
    Continue,
    /// Leaves the prompt unanswered.
    Ignore,
    /// Dismisses the card.
    Dismiss,
    /// Clears a failed card.
    Clear,
}

/// A queue as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Not seen.
    No,
    /// The scheduler's own.
    Own,
    /// One that the app gave.
    Given(Text),
}

/// Which exception was raised, by its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exception {
    /// A handler is registered already.
    AlreadyRegistered,
    /// Launching has finished.
    LaunchFinished,
    /// No handler is registered.
    NoHandler,
    /// A text that no rule names: it passes for any of them.
    Other,
    /// A documented text with the identifier of something else: it passes for none.
    Misnamed,
}

impl Exception {
    /// Reads the text of an exception that a call about `id` raised, by its telling words. One that names another
    /// identifier is none of the documented ones (REG-3, SUB-2).
    #[must_use]
    pub fn read(text: &str, id: &str) -> Self {
        let named = if text.contains("already been registered") {
            Self::AlreadyRegistered
        } else if text.contains("must be registered before") {
            return Self::LaunchFinished;
        } else if text.contains("No launch handler registered") {
            Self::NoHandler
        } else {
            return Self::Other;
        };
        match text.split_once("identifier ").map(|(_, rest)| rest.trim()) {
            // A log may leave the identifier out, or write `<private>` in its place.
            Some(rest) if rest.is_empty() || rest.starts_with("has already") || rest.starts_with('<') => named,
            Some(_) if !text.contains(id) => Self::Misnamed,
            Some(_) | None => named,
        }
    }

    /// The documented text, `<id>` for the identifier.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::AlreadyRegistered => "Launch handler for task with identifier <id> has already been registered",
            Self::LaunchFinished => "All launch handlers must be registered before application finishes launching",
            Self::NoHandler => "No launch handler registered for task with identifier <id>",
            Self::Other => "an exception",
            Self::Misnamed => "an exception that names another identifier",
        }
    }
}

/// What a call answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It was no call, or it returned nothing.
    Nothing,
    /// It raised.
    Raised(Exception),
    /// A registration returned.
    Returned(bool),
    /// A submission reported success.
    Accepted,
    /// A submission failed.
    Refused(Code),
    /// A submission failed with an error of another domain than the scheduler's, which has this code there.
    Failed(Code),
    /// The pending list stands in [`Ask::listed`].
    Listed,
    /// The supported resources, with the GPU or without.
    Resources(bool),
    /// Work or a read succeeded or failed.
    Worked(bool),
    /// The call has not ended: any answer may come.
    Open,
}

/// An event with its answer and lists.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What happens.
    pub op: Op,
    /// What was answered.
    pub reply: Reply,
    /// The pending list that was answered.
    pub listed: Vec<Outstanding>,
    /// The identifiers that a process was launched for.
    pub ids: Vec<Sym>,
}

impl Ask {
    /// An event without an answer and lists.
    #[must_use]
    pub const fn of(op: Op) -> Self {
        Self {
            op,
            reply: Reply::Nothing,
            listed: Vec::new(),
            ids: Vec::new(),
        }
    }
}
