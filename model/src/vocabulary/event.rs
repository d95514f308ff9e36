//! Everything that can happen: inputs of the world, calls of the app with their answers, observations.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::request::{is_default, with_request_attributes};
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

            /// The event's name, as it stands in a trace.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            /// Who the event belongs to.
            #[must_use]
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

/// A process starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Started {
    /// Who launched it.
    pub by: Starter,
}

/// Who launched a process, the scheduler apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Starter {
    /// The person, into the foreground.
    Person,
    /// The system, into the background, for another reason than a task.
    Other,
}

/// Something else keeps the process awake, or no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeptAwake {
    /// Whether it is kept awake from now on.
    pub awake: bool,
}

/// A debugger comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Debugger {
    /// Whether it is attached from now on.
    pub attached: bool,
}

/// An event about one identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OfIdentifier {
    /// The identifier.
    pub id: Identifier,
}

/// An event about one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OfTask {
    /// The task.
    pub task: TaskName,
}

/// An event about one registration queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OfQueue {
    /// The queue's name, as in `register`.
    pub queue: String,
}

/// A registration of a launch handler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The identifier.
    pub id: Identifier,
    /// The queue that the handler is to run on; none given means the scheduler's own (REG-9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// What the call answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<RegisterAnswer>,
}

/// The answer of a registration: `true`, `false`, or `{"raised":"…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RegisterAnswer {
    /// It returned.
    Returned(bool),
    /// It raised an exception with this text.
    Raised(String),
}

impl Serialize for RegisterAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Returned(value) => serializer.serialize_bool(*value),
            Self::Raised(text) => serializer.serialize_newtype_variant("RegisterAnswer", 1, "raised", text),
        }
    }
}

impl<'de> Deserialize<'de> for RegisterAnswer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = RegisterAnswer;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the answer of a registration: true, false, or {\"raised\":\"text\"}")
            }
            fn visit_bool<E>(self, value: bool) -> Result<RegisterAnswer, E> {
                Ok(RegisterAnswer::Returned(value))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<RegisterAnswer, A::Error> {
                const ONLY: &[&str] = &["raised"];
                let Some(key) = map.next_key::<String>()? else {
                    return Err(de::Error::missing_field("raised"));
                };
                if key != "raised" {
                    return Err(de::Error::unknown_field(&key, ONLY));
                }
                let text = map.next_value()?;
                if let Some(key) = map.next_key::<String>()? {
                    return Err(de::Error::unknown_field(&key, ONLY));
                }
                Ok(RegisterAnswer::Raised(text))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RegisterAnswer {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RegisterAnswer".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "true, false, or the text of the exception.",
            "oneOf": [
                { "type": "boolean" },
                {
                    "type": "object",
                    "properties": { "raised": { "type": "string" } },
                    "required": ["raised"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

with_request_attributes! {
    /// A submission, synchronous.
    pub struct Submit {
        /// What the call answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub answer: Option<SubmitAnswer>,
    }
}

with_request_attributes! {
    /// A submission, asynchronous. The call itself returns nothing or raises.
    pub struct SubmitAsync {
        /// A number that its `submission_completed` repeats; no two submissions of a trace share one.
        pub submission: u32,
        /// What the call answered: nothing, or an exception.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub answer: Option<ReturnAnswer>,
    }
}

macro_rules! carries_request {
    ($($name:ident),*) => {$(
        impl $name {
            /// The request that is submitted.
            #[must_use]
            pub fn request(&self) -> Request {
                Request {
                    id: self.id.clone(),
                    kind: self.kind,
                    earliest: self.earliest,
                    network: self.network,
                    power: self.power,
                    protection: self.protection,
                    strategy: self.strategy,
                    gpu: self.gpu,
                    title: self.title.clone(),
                    subtitle: self.subtitle.clone(),
                }
            }
        }
    )*};
}
carries_request!(Submit, SubmitAsync);

impl Submit {
    /// The submission of a request, not yet answered.
    #[must_use]
    pub fn of(request: Request) -> Self {
        let Request {
            id,
            kind,
            earliest,
            network,
            power,
            protection,
            strategy,
            gpu,
            title,
            subtitle,
        } = request;
        Self {
            id,
            kind,
            earliest,
            network,
            power,
            protection,
            strategy,
            gpu,
            title,
            subtitle,
            answer: None,
        }
    }
}

/// The answer of a synchronous submission.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubmitAnswer {
    /// It reported success.
    Accepted,
    /// It failed with this code.
    Refused(Code),
    /// It raised an exception with this text.
    Raised(String),
}

/// The code of a `BGTaskScheduler.Error`, as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Code(pub i64);

impl Code {
    /// Background scheduling is not available to the app or in this environment.
    pub const UNAVAILABLE: Self = Self(1);
    /// A limit of pending requests is reached.
    pub const TOO_MANY_PENDING: Self = Self(2);
    /// The app may not schedule this.
    pub const NOT_PERMITTED: Self = Self(3);
    /// A continued request with strategy `fail` cannot start at once (from iOS 26).
    pub const IMMEDIATE_RUN_INELIGIBLE: Self = Self(4);
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UNAVAILABLE => f.write_str("unavailable (1)"),
            Self::TOO_MANY_PENDING => f.write_str("tooManyPendingTaskRequests (2)"),
            Self::NOT_PERMITTED => f.write_str("notPermitted (3)"),
            Self::IMMEDIATE_RUN_INELIGIBLE => f.write_str("immediateRunIneligible (4)"),
            Self(other) => write!(f, "code {other}"),
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The answer of a call that returns nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnAnswer {
    /// It returned.
    Returned,
    /// It raised an exception with this text.
    Raised(String),
}

/// The app asks for the pending list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pending {
    /// The list that it got, in any order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Vec<Request>>,
}

/// The app asks which resources the device supports for background work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SupportedResources {
    /// What it got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Resources>,
}

/// What `supportedResources` contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Resources {
    /// The GPU, in the background.
    pub gpu: bool,
}

/// The app sets a task's expiration handler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SetExpirationHandler {
    /// The task.
    pub task: TaskName,
    /// Whether a handler is set from now on; `false` takes it away.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub set: bool,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_yes(set: &bool) -> bool {
    *set
}

/// The app sets the progress of a continued task; what is left out stays as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// The task.
    pub task: TaskName,
    /// `totalUnitCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// `completedUnitCount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<i64>,
    /// What child progress alone contributes to `fractionCompleted`, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<f64>,
}

/// The app changes the texts of a continued task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateTitle {
    /// The task.
    pub task: TaskName,
    /// The new title.
    pub title: String,
    /// The new subtitle.
    pub subtitle: String,
}

/// The app completes a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Complete {
    /// The task.
    pub task: TaskName,
    /// Whether it reports success.
    pub success: bool,
}

/// The app uses a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// Whether the device did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<WorkAnswer>,
}

/// What the device answers to work or a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WorkAnswer {
    /// Done.
    Succeeded,
    /// Refused for lack of permission or protection.
    Failed,
}

/// The app reads protected data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProtectedRead {
    /// The class of the data.
    pub class: Protection,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<WorkAnswer>,
}

/// The answer of a call that overlaps others: the call's name, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Of `register`.
    Register(RegisterAnswer),
    /// Of `submit`.
    Submit(SubmitAnswer),
    /// Of `pending`.
    Pending(Vec<Request>),
    /// Of `supported_resources`.
    SupportedResources(Resources),
    /// Of `gpu_work`, `neural_engine_work` and `protected_read`.
    Work(WorkAnswer),
    /// Of every call that returns nothing.
    Void(ReturnAnswer),
}

/// The scheduler launched the app in the background.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Launched {
    /// The identifiers that it was launched for, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<Identifier>>,
}

/// A task was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    /// The task's name.
    pub task: TaskName,
    /// Its kind.
    pub kind: Kind,
    /// The queue that its handler ran on, where it is seen: a name given to `register`, or `own` for the scheduler's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
}

/// An exception in place of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeliveryRaised {
    /// The identifier that was launched.
    pub id: Identifier,
    /// The exception's text.
    pub text: String,
}

/// An expiration handler was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Expired {
    /// The task.
    pub task: TaskName,
    /// The queue that its expiration handler ran on, where it is seen: a name given to `register`, or `own`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
}

/// The system killed the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Killed {
    /// Why.
    pub cause: KillCause,
}

/// Why the system killed a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum KillCause {
    /// It overran the time of its tasks.
    Time,
    /// It used too much CPU.
    Cpu,
    /// Memory.
    Memory,
    /// Something else that is known.
    Other,
    /// Not known: never a breach.
    Unknown,
}

/// What is seen of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The task that the card is of; for a waiting request, the task that it would become.
    pub task: TaskName,
    /// What happened to it.
    pub is: CardIs,
    /// The title that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The subtitle that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
}

/// What happened to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CardIs {
    /// It appeared.
    Shown,
    /// It shows something else.
    Changed,
    /// It asks the person whether to go on.
    Prompting,
    /// It says that the task finished.
    Finished,
    /// It says that the task failed.
    Failed,
    /// It went away.
    Gone,
}

/// An asynchronous submission completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmissionCompleted {
    /// The number that `submit_async` gave.
    pub submission: u32,
    /// The reason of the refusal; none where it reports success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Code>,
}

/// Lines may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Since when; until the line's `at`.
    pub from: Millis,
    /// The names of the events that may be missing; left out: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<String>>,
    /// The identifiers that missing lines may be about; left out: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Vec<Identifier>>,
}
