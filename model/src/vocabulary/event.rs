//! Everything that can happen: inputs of the world, calls of the app with their answers, observations.

use serde::{Deserialize, Serialize, de};

use super::request::is_default;
use super::*;

/// One line of a trace behind the header: an event, or the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// When it happened. Never less than the line before.
    pub at: Millis,
    /// The latest time at which it may have happened, where the recorder's clock is uncertain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Millis>,
    /// The process: of every call, of every observation that concerns a process, and of its start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// The extension that calls, by the name that the header gives it; left out for the app itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The thread that calls, where it matters: `main` is the main thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// A person's action caused the call.
    #[serde(default, skip_serializing_if = "is_default")]
    pub person: bool,
    /// Names a call that overlaps others: a call line with it is the call's begin, and an `end` line with the same
    /// number its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<u32>,
    /// What happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// The end of the trace, in place of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
    /// For whatever a producer wants to note; read by nobody.
    #[serde(default, skip_serializing)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json_any::Any>"))]
    pub x: Option<de::IgnoredAny>,
}

#[cfg(feature = "schema")]
pub(super) mod serde_json_any {
    /// Any JSON value.
    pub(in super::super) struct Any;
    impl schemars::JsonSchema for Any {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Any".into()
        }
        fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
            true.into()
        }
        fn inline_schema() -> bool {
            true
        }
    }
}

impl Record {
    /// An event at a time, of no process.
    #[must_use]
    pub fn new(at: Millis, event: Event) -> Self {
        Self {
            at,
            to: None,
            pid: None,
            by: None,
            thread: None,
            person: false,
            call: None,
            event: Some(event),
            end: None,
            x: None,
        }
    }

    /// An event of a process at a time.
    #[must_use]
    pub fn of(at: Millis, pid: u32, event: Event) -> Self {
        Self {
            pid: Some(pid),
            ..Self::new(at, event)
        }
    }

    /// The end of a trace.
    #[must_use]
    pub fn end(at: Millis, end: End) -> Self {
        Self {
            event: None,
            end: Some(end),
            ..Self::new(at, Event::Clock(Empty {}))
        }
    }
}

/// How a trace ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Nothing else happened until then.
    Closed,
    /// The recording stops here; what is still owed makes the verdict inconclusive.
    Cut,
}

/// An event or answer that carries nothing, written `{}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// Who an event belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// An input of the world: clock, device, person, process, debugger, or the runner.
    World,
    /// A call of the app or one of its extensions, with its answer.
    Call,
    /// The end of a call that overlaps others.
    End,
    /// What the scheduler was seen to do.
    Observation,
    /// A declared hole in the recording.
    Gap,
}

macro_rules! events {
    ($($(#[$meta:meta])* $role:ident $variant:ident($body:ty) = $name:literal,)*) => {
        /// One event. Its JSON form is an object with the event's name as its only key.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Event { $($(#[$meta])* #[serde(rename = $name)] $variant($body),)* }

        impl Event {
            /// The names of all events, as they stand in a trace.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The names of the observations: what the scheduler is seen to do.
            pub fn observations() -> impl Iterator<Item = &'static str> {
                let names = [$(($name, Role::$role)),*].into_iter();
                names.filter(|(_, role)| *role == Role::Observation).map(|(name, _)| name)
            }

            /// The event's name, as it stands in a trace.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            /// Who the event belongs to.
            #[must_use]
            #[inline]
            pub fn role(&self) -> Role {
                match self { $(Self::$variant(_) => Role::$role,)* }
            }
        }
    };
}

events! {
    // ---- inputs of the world
    /// Time passes until `at`, and nothing else happens.
    World Clock(Empty) = "clock",
    /// Conditions of the device change.
    World Device(Device) = "device",
    /// The app is installed anew.
    World Installed(Empty) = "installed",
    /// The app is updated; what is left out of its facts stays as it was. Its process ends.
    World Updated(AppFacts) = "updated",
    /// The app is removed. Its process ends.
    World Uninstalled(Empty) = "uninstalled",
    /// A process of the app starts, launched by the person or for another reason than the scheduler's.
    World Started(Started) = "started",
    /// The app's process has finished launching.
    World LaunchFinished(Empty) = "launch_finished",
    /// The app comes to the foreground.
    World Foreground(Empty) = "foreground",
    /// The app leaves the foreground.
    World Background(Empty) = "background",
    /// Something else begins or ceases to keep the process awake.
    World KeptAwake(KeptAwake) = "kept_awake",
    /// The person closes the app in the app switcher. Its process ends.
    World ForceQuit(Empty) = "force_quit",
    /// The process crashes, an exception that nobody caught included.
    World Crashed(Empty) = "crashed",
    /// The system ends the process for memory.
    World MemoryKilled(Empty) = "memory_killed",
    /// The device boots anew; it is locked and not yet unlocked.
    World Reboot(Empty) = "reboot",
    /// The person stops a continued task on its card.
    World PersonStops(OfTask) = "person_stops",
    /// The person answers a prompt with Continue.
    World PersonContinues(OfTask) = "person_continues",
    /// The person leaves a prompt unanswered.
    World PersonIgnores(OfTask) = "person_ignores",
    /// The person dismisses the card of a running task.
    World PersonDismisses(OfTask) = "person_dismisses",
    /// The person clears the card of a failed task.
    World PersonClears(OfTask) = "person_clears",
    /// A debugger is attached or detached.
    World Debugger(Debugger) = "debugger",
    /// The debugger simulates a launch.
    World SimulateLaunch(OfIdentifier) = "simulate_launch",
    /// The debugger simulates an expiration.
    World SimulateExpiration(OfIdentifier) = "simulate_expiration",
    /// Driven mode: the runner grants a launch.
    World Grant(OfIdentifier) = "grant",
    /// Driven mode: the runner takes the time of a running task back.
    World TakeBack(OfTask) = "take_back",

    // ---- calls of the app
    /// `register(forTaskWithIdentifier:using:launchHandler:)`.
    Call Register(Register) = "register",
    /// `submit(_:)`.
    Call Submit(Submit) = "submit",
    /// `submitTaskRequest(_:completionHandler:)` (from iOS 27): the call itself. Its outcome is `submission_completed`.
    Call SubmitAsync(SubmitAsync) = "submit_async",
    /// The app changes the request object that it submitted.
    Call ChangeSubmitted(Request) = "change_submitted",
    /// The app changes a request object that the pending list gave it.
    Call ChangeListed(Request) = "change_listed",
    /// `cancel(taskRequestWithIdentifier:)`.
    Call Cancel(OfIdentifier) = "cancel",
    /// `cancelAllTaskRequests()`.
    Call CancelAll(Empty) = "cancel_all",
    /// `getPendingTaskRequests`.
    Call Pending(Pending) = "pending",
    /// `supportedResources` (from iOS 26).
    Call SupportedResources(SupportedResources) = "supported_resources",
    /// The app sets a task's expiration handler, or takes it away.
    Call SetExpirationHandler(SetExpirationHandler) = "set_expiration_handler",
    /// The app reports progress of a continued task.
    Call Progress(Progress) = "progress",
    /// `updateTitle(_:subtitle:)` of a continued task.
    Call UpdateTitle(UpdateTitle) = "update_title",
    /// `setTaskCompleted(success:)`.
    Call Complete(Complete) = "complete",
    /// The app blocks a registration queue: nothing else runs on it until `unblock_queue`.
    Call BlockQueue(OfQueue) = "block_queue",
    /// The app unblocks a registration queue.
    Call UnblockQueue(OfQueue) = "unblock_queue",
    /// The work that a task is for begins.
    Call WorkBegan(OfIdentifier) = "work_began",
    /// The work that a task is for ends.
    Call WorkEnded(OfIdentifier) = "work_ended",
    /// The app uses the GPU.
    Call GpuWork(Work) = "gpu_work",
    /// The app uses the Neural Engine.
    Call NeuralEngineWork(Work) = "neural_engine_work",
    /// The app reads protected data.
    Call ProtectedRead(ProtectedRead) = "protected_read",

    /// The end of a call that overlaps others, with its answer.
    End End(Answer) = "end",

    // ---- observations
    /// The scheduler launched the app in the background.
    Observation Launched(Launched) = "launched",
    /// A task was delivered to its launch handler.
    Observation Delivered(Delivered) = "delivered",
    /// A launch found no handler: an exception in place of the delivery (LAU-3).
    Observation DeliveryRaised(DeliveryRaised) = "delivery_raised",
    /// A task's expiration handler was called.
    Observation Expired(Expired) = "expired",
    /// The system completed a task as unsuccessful (EXP-5).
    Observation CompletedBySystem(OfTask) = "completed_by_system",
    /// The process was suspended.
    Observation Suspended(Empty) = "suspended",
    /// The system killed the process.
    Observation Killed(Killed) = "killed",
    /// What a continued task's card shows.
    Observation Card(Card) = "card",
    /// An asynchronous submission completed.
    Observation SubmissionCompleted(SubmissionCompleted) = "submission_completed",

    /// From `from` to the line's `at` lines may be missing.
    Gap Gap(Gap) = "gap",
}
