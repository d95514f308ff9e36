//! Everything that can happen: inputs of the world, calls of the app with their answers, observations.
//!
//! The table of events is at the end: one row an event, and nothing of it is said a second time. A row is
//!
//! - what it means, as its documentation;
//! - role, variant, what it carries, and its name in a trace;
//! - in braces the columns in which it is not as most of its role are ([`Row`]);
//! - how it is said in the step language, with an example of each.

use serde::{Deserialize, Serialize, de};

use super::request::is_default;
use super::*;

/// One line of a trace behind the header: an event, or the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// When it happened, in milliseconds since the trace's zero. Never less than the line before.
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

impl Role {
    /// Whether the runner does it: an input of the world, or a call of the app.
    #[must_use]
    pub const fn is_an_input(self) -> bool {
        match self {
            Self::World | Self::Call => true,
            Self::End | Self::Observation | Self::Gap => false,
        }
    }
}

macro_rules! events {
    ($(
        $(#[doc = $means:literal])+
        $role:ident $variant:ident($body:ty) = $name:literal { $($column:ident: $value:expr,)* }
        $($written:literal like $example:literal)+;
    )*) => {
        /// One event. Its JSON form is an object with the event's name as its only key.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Event { $($(#[doc = $means])+ #[serde(rename = $name)] $variant($body),)* }

        /// The name of an event.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Name { $($(#[doc = $means])+ $variant,)* }

        static ROWS: &[Row] = &[$(Row {
            name: $name,
            means: concat!($($means),+),
            steps: &[$(($written, $example)),+],
            $($column: $value,)*
            ..Row::usual(Role::$role, <$body as Body>::ABOUT, <$body as Body>::ANSWER)
        },)*];

        impl Name {
            /// Every event, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Anything that an event of this name may carry.
            #[cfg(feature = "strategies")]
            pub fn strategy(self) -> proptest::strategy::BoxedStrategy<Event> {
                use proptest::strategy::Strategy as _;
                match self {
                    $(Self::$variant => <$body as strategies::Sample>::sample().prop_map(Event::$variant).boxed(),)*
                }
            }
        }

        impl Event {
            /// Its name, and with it its row of the table.
            #[must_use]
            #[inline]
            pub const fn name_of(&self) -> Name {
                match self { $(Self::$variant(_) => Name::$variant,)* }
            }

            /// Who the event belongs to.
            #[must_use]
            #[inline]
            pub const fn role(&self) -> Role {
                match self { $(Self::$variant(_) => Role::$role,)* }
            }

            /// Whom it is about.
            #[must_use]
            pub fn subject(&self) -> Subject<'_> {
                if self.row().about == About::EveryIdentifier {
                    return Subject::EveryIdentifier;
                }
                match self { $(Self::$variant(body) => body.subject(),)* }
            }

            /// Its answer, where it is a call that tells one in its own line.
            #[must_use]
            #[inline]
            pub fn answer(&self) -> Option<Answered<'_>> {
                match self { $(Self::$variant(body) => body.answer(),)* }
            }

            /// Fills in the answer of a call.
            ///
            /// # Errors
            /// It has no place for this answer, which is given back: a call that returns nothing has none for an exception.
            pub fn put_answer(&mut self, answer: Answer) -> Result<(), Answer> {
                match self { $(Self::$variant(body) => body.put_answer(answer),)* }
            }

            /// Takes the answer of a call away.
            pub fn unanswer(&mut self) {
                match self { $(Self::$variant(body) => Body::unanswer(body),)* }
            }

            /// Whether it submits a request.
            #[must_use]
            pub const fn is_submission(&self) -> bool {
                match self { $(Self::$variant(_) => <$body as Body>::SUBMITS,)* }
            }

            /// The request that it submits or changes.
            #[must_use]
            pub fn request(&self) -> Option<Request> {
                match self { $(Self::$variant(body) => Body::request(body),)* }
            }

            /// Changes the request that it submits or changes, where it carries one.
            pub fn change_request(&mut self, change: impl FnOnce(&mut Request)) {
                let Some(mut request) = self.request() else { return };
                change(&mut request);
                match self { $(Self::$variant(body) => Body::put_request(body, request),)* }
            }

            /// The date of the request that it carries, where it has one.
            pub fn date_mut(&mut self) -> Option<&mut Millis> {
                match self { $(Self::$variant(body) => body.date_mut(),)* }
            }

            #[inline]
            fn lack_of_body(&self, place: &Place) -> Option<Lack> {
                match self { $(Self::$variant(body) => body.lack(place),)* }
            }
        }
    };
}

impl Name {
    /// Its row of the table.
    #[must_use]
    #[inline]
    pub fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// As it stands in a trace.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.row().name
    }

    /// The event that stands by this name in a trace.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.text() == text)
    }

    /// The events of a role.
    pub fn of(role: Role) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |name| name.row().role == role)
    }
}

impl Event {
    /// Its row of the table.
    #[must_use]
    #[inline]
    pub fn row(&self) -> &'static Row {
        self.name_of().row()
    }

    /// Its name, as it stands in a trace.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.row().name
    }

    /// What it shows that is not there in this version and on this platform (CFG-10).
    #[must_use]
    pub fn lack(&self, place: &Place) -> Option<Lack> {
        let row = self.row();
        if place.lacks(row.exists) {
            return Some(Lack::of(row.name, row.exists));
        }
        self.lack_of_body(place)
    }

    /// What it shows that a task of this kind does not have (CFG-10).
    #[must_use]
    pub fn lack_of_kind(&self, kind: Kind) -> Option<Lack> {
        let row = self.row();
        (row.about == About::Task && !row.exists.kinds().contains(&kind))
            .then(|| Lack::of_kind(row.name, row.exists, kind))
    }
}

events! {
    // ---- inputs of the world
    /// Time passes until `at`, and nothing else happens.
    World Clock(Empty) = "clock" {}
        "{^pass:one} passes" like "1 hour passes"
        "{^pass:pass} pass" like "2 hours pass"
        "no time passes" like "no time passes";
    /// Conditions of the device change.
    World Device(Device) = "device" {}
        "the device is now {*:device}" like "the device is now locked and not in use";
    /// The app is installed anew.
    World Installed(Empty) = "installed" {}
        "the app is installed" like "the app is installed";
    /// The app is updated, or with `os` the system; what is left out of its facts stays as it was. Its process ends.
    World Updated(AppFacts) = "updated" { process: Process::Ends, }
        "the app is updated[, with iOS {os:name}][, now permitting {permitted:entries}][, with the background modes {modes:texts}][, with the entitlements {entitlements:texts}][, the person taking part in the study{study_opt_in=true}][, the person taking no part in the study{study_opt_in=false}]"
            like "the app is updated, now permitting \"news\"";
    /// The app is removed. Its process ends.
    World Uninstalled(Empty) = "uninstalled" { process: Process::Ends, }
        "the app is removed" like "the app is removed";
    /// A process of the app starts, launched by the person or for another reason than the scheduler's.
    World Started(Started) = "started" { process: Process::Starts, }
        "the person opens the app{by=\"person\"}" like "the person opens the app"
        "the app is started in the background for another reason{by=\"other\"}"
            like "the app is started in the background for another reason";
    /// The app's process has finished launching.
    World LaunchFinished(Empty) = "launch_finished" { process: Process::Lives, }
        "the app finishes launching" like "the app finishes launching";
    /// The app comes to the foreground.
    World Foreground(Empty) = "foreground" { process: Process::Lives, }
        "the app comes to the foreground" like "the app comes to the foreground";
    /// The app leaves the foreground.
    World Background(Empty) = "background" { process: Process::Lives, }
        "the app leaves the foreground" like "the app leaves the foreground";
    /// Something else begins or ceases to keep the process awake.
    World KeptAwake(KeptAwake) = "kept_awake" { process: Process::Lives, }
        "something else keeps the app awake{awake=true}" like "something else keeps the app awake"
        "nothing else keeps the app awake any more{awake=false}" like "nothing else keeps the app awake any more";
    /// The person closes the app in the app switcher. Its process ends.
    World ForceQuit(Empty) = "force_quit" { process: Process::Closes, }
        "the person force-quits the app" like "the person force-quits the app";
    /// The process crashes, an exception that nobody caught included.
    World Crashed(Crashed) = "crashed" { process: Process::Dies, }
        "the app crashes[, saying {what:text}]" like "the app crashes, saying \"index out of range\"";
    /// The system ends the process for memory.
    World MemoryKilled(Empty) = "memory_killed" { process: Process::Dies, }
        "memory runs short and the app is killed" like "memory runs short and the app is killed";
    /// The device boots anew; it is locked and not yet unlocked.
    World Reboot(Empty) = "reboot" { process: Process::Ends, }
        "the device reboots" like "the device reboots";
    /// The person stops a continued task on its card.
    World PersonStops(OfTask) = "person_stops" { exists: Feature::Continued, }
        "the person stops {task}" like "the person stops the \"export.1\" task";
    /// The person answers a prompt with Continue.
    World PersonContinues(OfTask) = "person_continues" { exists: Feature::Continued, }
        "the person lets {task} go on" like "the person lets the \"export.1\" task go on";
    /// The person leaves a prompt unanswered.
    World PersonIgnores(OfTask) = "person_ignores" { exists: Feature::Continued, }
        "the person leaves the prompt of {task} unanswered"
            like "the person leaves the prompt of the \"export.1\" task unanswered";
    /// The person dismisses the card of a running task.
    World PersonDismisses(OfTask) = "person_dismisses" { exists: Feature::Continued, }
        "the person dismisses the card of {task}" like "the person dismisses the card of the \"export.1\" task";
    /// The person clears the card of a failed task.
    World PersonClears(OfTask) = "person_clears" { exists: Feature::Continued, }
        "the person clears the card of {task}" like "the person clears the card of the \"export.1\" task";
    /// A debugger is attached or detached.
    World Debugger(Debugger) = "debugger" { process: Process::Lives, }
        "a debugger is attached{attached=true}" like "a debugger is attached"
        "the debugger is detached{attached=false}" like "the debugger is detached";
    /// The debugger simulates a launch.
    World SimulateLaunch(OfIdentifier) = "simulate_launch" {}
        "the debugger simulates a launch of {id}" like "the debugger simulates a launch of \"sync\"";
    /// The debugger simulates an expiration.
    World SimulateExpiration(OfIdentifier) = "simulate_expiration" {}
        "the debugger simulates an expiration of {id}" like "the debugger simulates an expiration of \"sync\"";
    /// Driven mode: the runner grants a launch.
    World Grant(OfIdentifier) = "grant" {}
        "the runner grants a launch of {id}" like "the runner grants a launch of \"sync\"";
    /// Driven mode: the runner takes the time of a running task back.
    World TakeBack(OfTask) = "take_back" {}
        "the runner takes back the time of {task}" like "the runner takes back the time of the \"sync\" task";

    // ---- calls of the app
    /// `register(forTaskWithIdentifier:using:launchHandler:)`.
    Call Register(Register) = "register" {}
        "{^by:caller} registers a handler for {id}[, on the queue {queue:text}][, through {through:through}][, and it {answer:registered}]"
            like "the app registers a handler for \"sync\", and it returns true";
    /// `submit(_:)`.
    Call Submit(Submit) = "submit" {}
        "{^by:caller} submits {kind:request} for {id}[request][, and it {answer:submitted}]"
            like "the app submits a refresh request for \"sync\", earliest in 2 hours, and it is accepted";
    /// `submitTaskRequest(_:completionHandler:)` (from iOS 27): the call itself. Its outcome is `submission_completed`.
    Call SubmitAsync(SubmitAsync) = "submit_async" { exists: Feature::AsyncSubmit, is_narrow: false, }
        "{^by:caller} submits, as submission {submission:integer}, {kind:request} for {id}[request][, and it {answer:returned}]"
            like "the app submits, as submission 1, a refresh request for \"sync\", and it returns";
    /// The app changes the request object that it submitted.
    Call ChangeSubmitted(Request) = "change_submitted" {}
        "{^by:caller} makes the object that it submitted {kind:request} for {id}[request]"
            like "the app makes the object that it submitted a refresh request for \"sync\", earliest now";
    /// The app changes a request object that the pending list gave it.
    Call ChangeListed(Request) = "change_listed" {}
        "{^by:caller} makes an object of the pending list {kind:request} for {id}[request]"
            like "the app makes an object of the pending list a refresh request for \"sync\", earliest now";
    /// `cancel(taskRequestWithIdentifier:)`.
    Call Cancel(OfIdentifier) = "cancel" {}
        "{^by:caller} cancels {id}" like "the app cancels \"sync\"";
    /// `cancelAllTaskRequests()`.
    Call CancelAll(Empty) = "cancel_all" { about: About::EveryIdentifier, }
        "{^by:caller} cancels every request" like "the app cancels every request";
    /// `getPendingTaskRequests`.
    Call Pending(Pending) = "pending" { is_narrow: true, }
        "{^by:caller} asks for the pending requests[, and it gets {answer:list}]"
            like "the app asks for the pending requests, and it gets nothing";
    /// `supportedResources` (from iOS 26).
    Call SupportedResources(SupportedResources) = "supported_resources" { exists: Feature::SupportedResources, is_narrow: true, }
        "{^by:caller} asks for the supported resources[, and it gets {answer:resources}]"
            like "the app asks for the supported resources, and it gets the GPU";
    /// The app sets a task's expiration handler, or takes it away.
    Call SetExpirationHandler(SetExpirationHandler) = "set_expiration_handler" {}
        "{^by:caller} sets the expiration handler of {task}"
            like "the app sets the expiration handler of the \"sync\" task"
        "{^by:caller} takes away the expiration handler of {task}{set=false}"
            like "the app takes away the expiration handler of the \"sync\" task";
    /// The app reports progress of a continued task.
    Call Progress(Progress) = "progress" { exists: Feature::Continued, }
        "{^by:caller} sets the progress of {task}[, completed {completed:integer}][, total {total:integer}][, by child progress {child:decimal}]"
            like "the app sets the progress of the \"export.1\" task, completed 0, total 100"
        "every {^every:length}, {^times:integer} times, {^by:caller} sets the progress of {task}, completed {completed:integer} and {^more:integer} more each time"
            like "every 8 seconds, 450 times, the app sets the progress of the \"upload\" task, completed 1 and 1 more each time";
    /// `updateTitle(_:subtitle:)` of a continued task.
    Call UpdateTitle(UpdateTitle) = "update_title" { exists: Feature::Continued, }
        "{^by:caller} titles {task} {title:text} and {subtitle:text}"
            like "the app titles the \"export.1\" task \"Exporting\" and \"3 of 12\"";
    /// `setTaskCompleted(success:)`.
    Call Complete(Complete) = "complete" {}
        "{^by:caller} completes {task} as {success}" like "the app completes the \"sync\" task as a success";
    /// The app blocks a registration queue: nothing else runs on it until `unblock_queue`.
    Call BlockQueue(OfQueue) = "block_queue" {}
        "{^by:caller} blocks the queue {queue:text}" like "the app blocks the queue \"work\"";
    /// The app unblocks a registration queue.
    Call UnblockQueue(OfQueue) = "unblock_queue" {}
        "{^by:caller} unblocks the queue {queue:text}" like "the app unblocks the queue \"work\"";
    /// The work that a task is for begins.
    Call WorkBegan(OfIdentifier) = "work_began" { is_narrow: false, }
        "{^by:caller} begins the work of {id}" like "the app begins the work of \"sync\"";
    /// The work that a task is for ends.
    Call WorkEnded(OfIdentifier) = "work_ended" {}
        "{^by:caller} ends the work of {id}" like "the app ends the work of \"sync\"";
    /// The app uses the GPU.
    Call GpuWork(Work) = "gpu_work" {}
        "{^by:caller} uses the GPU[, and it {answer:work}]" like "the app uses the GPU, and it fails";
    /// The app uses the Neural Engine.
    Call NeuralEngineWork(Work) = "neural_engine_work" {}
        "{^by:caller} uses the Neural Engine[, and it {answer:work}]"
            like "the app uses the Neural Engine, and it succeeds";
    /// The app reads protected data.
    Call ProtectedRead(ProtectedRead) = "protected_read" {}
        "{^by:caller} reads data of class {class:protection}[, and it {answer:work}]"
            like "the app reads data of class complete, and it fails";

    /// The end of a call that overlaps others, with its answer.
    End End(Answer) = "end" {}
        "the registration ends[, and it {register:registered}]"
            like "the registration ends, and it returns true, as call 1"
        "the submission ends[, and it {submit:submitted}]" like "the submission ends, and it is accepted, as call 1"
        "the question for the pending requests ends[, and it gets {pending:list}]"
            like "the question for the pending requests ends, and it gets nothing, as call 1"
        "the question for the resources ends[, and it gets {supported_resources:resources}]"
            like "the question for the resources ends, and it gets nothing, as call 1"
        "the use ends[, and it {work}]" like "the use ends, and it succeeds, as call 1"
        "the call ends[, and it {void:returned}]" like "the call ends, and it returns, as call 1";

    // ---- observations
    /// The scheduler launched the app in the background.
    Observation Launched(Launched) = "launched" { process: Process::Starts, }
        "the app is launched in the background[, for {ids}]"
            like "the app is launched in the background, for \"sync\"";
    /// A task was delivered to its launch handler.
    Observation Delivered(Delivered) = "delivered" {}
        "{task} is delivered as {kind}[, on the queue {queue:text}]"
            like "the \"sync\" task is delivered as a refresh task";
    /// A launch found no handler: an exception in place of the delivery (LAU-3).
    Observation DeliveryRaised(DeliveryRaised) = "delivery_raised" {}
        "the launch of {id} raises {text}" like "the launch of \"sync\" raises \"No launch handler registered\"";
    /// A task's expiration handler was called.
    Observation Expired(Expired) = "expired" {}
        "{task} is expired[, on the queue {queue:text}]" like "the \"sync\" task is expired";
    /// The system completed a task as unsuccessful (EXP-5).
    Observation CompletedBySystem(OfTask) = "completed_by_system" {}
        "the system completes {task} as a failure" like "the system completes the \"sync\" task as a failure";
    /// The process was suspended.
    Observation Suspended(Empty) = "suspended" {}
        "the app is suspended" like "the app is suspended";
    /// The system killed the process.
    Observation Killed(Killed) = "killed" { process: Process::Dies, }
        "the system kills the app, for {cause}" like "the system kills the app, for overrunning its time";
    /// What a continued task's card shows.
    Observation Card(Card) = "card" { process: Process::None, exists: Feature::Continued, }
        "the card of {task} {is:card}[, titled {title:text}][, subtitled {subtitle:text}]"
            like "the card of the \"export.1\" task appears, titled \"Exporting\"";
    /// An asynchronous submission completed.
    Observation SubmissionCompleted(SubmissionCompleted) = "submission_completed" { exists: Feature::AsyncSubmit, }
        "submission {submission:integer} completes without an error" like "submission 1 completes without an error"
        "submission {submission:integer} completes with {error:code}[, of the domain {domain:text}][, saying {text:text}]" like "submission 1 completes with notPermitted";

    /// From `from` to the line's `at` lines may be missing.
    Gap Gap(Gap) = "gap" {}
        "lines may be missing since {from:date}[, of {events:texts}][, about {ids}]"
            like "lines may be missing since 5 minutes ago, of \"delivered\" and \"expired\", about \"sync\"";
}
