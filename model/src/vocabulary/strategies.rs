//! Proptest strategies of the vocabulary: anything that can be written, whether it makes sense or not.
//!
//! A trace made of these is seldom well-formed; they are for what must hold of every line, such as that it reads as it
//! was written. Sequences that tell a story are the campaign's. Larger strategies are boxed: the values of a nest of
//! them would not fit on a test's stack.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use super::*;

/// Texts that a person might write, and some that nobody would.
pub fn text() -> BoxedStrategy<String> {
    prop_oneof![4 => "[a-zA-Z0-9 .,*#_-]{0,12}", 1 => any::<String>()].boxed()
}

/// A version of a release that there is.
pub fn version() -> impl Strategy<Value = Version> {
    (select(&Version::RELEASES[..]), 0..=9999u16).prop_map(|(major, minor)| Version::new(major, minor))
}

/// An identifier.
pub fn identifier() -> BoxedStrategy<Identifier> {
    prop_oneof![
        4 => "com\\.example\\.app\\.[a-z]{1,5}(\\.[a-z0-9]{1,3})?".prop_map(Identifier::from),
        1 => text().prop_map(Identifier::from),
    ]
    .boxed()
}

/// The name of a task.
pub fn task_name() -> BoxedStrategy<TaskName> {
    (identifier(), 1..=u32::MAX)
        .prop_map(|(id, n)| TaskName::new(id, n))
        .boxed()
}

/// A kind.
pub fn kind() -> impl Strategy<Value = Kind> {
    select(&Kind::ALL[..])
}

/// A time: of a trace or of a request's date.
pub fn millis() -> impl Strategy<Value = Millis> {
    prop_oneof![4 => 0..100_000_000_000i64, 1 => any::<i64>()]
}

/// A platform.
pub fn platform() -> impl Strategy<Value = Platform> {
    select(vec![
        Platform::Iphone,
        Platform::Ipad,
        Platform::Tvos,
        Platform::Visionos,
        Platform::Mac,
        Platform::Simulator,
    ])
}

/// A class of protected data.
pub fn protection() -> impl Strategy<Value = Protection> {
    select(vec![
        Protection::None,
        Protection::Complete,
        Protection::CompleteUnlessOpen,
        Protection::CompleteUntilFirstUserAuthentication,
        Protection::CompleteWhenUserInactive,
    ])
}

/// A request, whatever its kind and attributes.
pub fn request() -> BoxedStrategy<Request> {
    let conditions = (of(millis()), any::<bool>(), any::<bool>(), protection());
    let continued = (
        select(vec![super::request::Strategy::Fail, super::request::Strategy::Queue]),
        any::<bool>(),
        of(text()),
        of(text()),
    );
    (identifier(), kind(), conditions, continued)
        .prop_map(|(id, kind, conditions, continued)| {
            let (earliest, network, power, protection) = conditions;
            let (strategy, gpu, title, subtitle) = continued;
            Request {
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
            }
        })
        .boxed()
}

/// Conditions of the device.
pub fn device() -> BoxedStrategy<Device> {
    let yes_or_no = || of(any::<bool>());
    let refresh = select(vec![
        BackgroundRefresh::Available,
        BackgroundRefresh::Denied,
        BackgroundRefresh::Restricted,
    ]);
    let pressure = select(vec![Pressure::Calm, Pressure::Pressed, Pressure::Unknown]);
    let first = (yes_or_no(), yes_or_no(), yes_or_no(), yes_or_no(), yes_or_no());
    let second = (yes_or_no(), of(refresh), yes_or_no(), of(pressure), of(any::<u16>()));
    (first, second)
        .prop_map(|(first, second)| {
            let (network, power, in_use, locked, unlocked_once) = first;
            let (low_power, background_refresh, background_launches_denied, pressure, places_taken) = second;
            Device {
                network,
                power,
                in_use,
                locked,
                unlocked_once,
                low_power,
                background_refresh,
                background_launches_denied,
                pressure,
                places_taken,
            }
        })
        .boxed()
}

/// A value of `BGTaskSchedulerPermittedIdentifiers`.
pub fn permitted() -> BoxedStrategy<Permitted> {
    prop_oneof![4 => vec(text(), 0..4).prop_map(Permitted::List), 1 => Just(Permitted::Malformed)].boxed()
}

/// What an update changes.
pub fn app_facts() -> BoxedStrategy<AppFacts> {
    let names = || of(vec(text(), 0..3));
    (of(permitted()), names(), names(), of(any::<bool>()))
        .prop_map(|(permitted, modes, entitlements, study_opt_in)| AppFacts {
            permitted,
            modes,
            entitlements,
            study_opt_in,
        })
        .boxed()
}

/// An extension.
pub fn extension() -> impl Strategy<Value = Extension> {
    (text(), any::<bool>()).prop_map(|(name, schedules)| Extension { name, schedules })
}

/// A header.
pub fn header() -> BoxedStrategy<Header> {
    let origins = vec![
        Origin::Recorded,
        Origin::RebuiltFromSource,
        Origin::FromAReport,
        Origin::MadeUp,
    ];
    let judged = (
        of(text()),
        btree_map(text(), text(), 0..3),
        select(origins),
        of(text()),
        of(text()),
        0..10_000i64,
    );
    let names = || vec(text(), 0..3);
    let app = (
        text(),
        permitted(),
        names(),
        names(),
        any::<bool>(),
        vec(extension(), 0..3),
    );
    let conditions = || vec(select(&Condition::ALL[..]), 0..3);
    let machine = (
        platform(),
        any::<bool>(),
        any::<bool>(),
        device(),
        conditions(),
        conditions(),
    );
    let seen = (
        select(vec![Initial::Known, Initial::Unknown]),
        of(vec(select(Event::NAMES).prop_map(ToOwned::to_owned), 0..4)),
        select(vec![Discretion::Autonomous, Discretion::Driven]),
        vec(select(Area::ALL), 0..3),
    );
    (version(), judged, app, machine, seen)
        .prop_map(|(os, judged, app, machine, seen)| {
            let (profile, pins, origin, about, producer, tolerance) = judged;
            let (bundle, permitted, modes, entitlements, study_opt_in, extensions) = app;
            let (platform, gpu, passcode, device, unknown, untracked) = machine;
            let (initial, recorded, discretion, without) = seen;
            Header {
                bgspec: FORMAT,
                os,
                profile,
                pins,
                origin,
                about,
                platform,
                gpu,
                passcode,
                bundle,
                permitted,
                modes,
                entitlements,
                study_opt_in,
                extensions,
                initial,
                device,
                unknown,
                untracked,
                tolerance,
                recorded,
                discretion,
                without,
                producer,
                x: None,
            }
        })
        .boxed()
}

// ---- answers

/// A code of an error.
pub fn code() -> impl Strategy<Value = Code> {
    prop_oneof![4 => (1..=4i64).prop_map(Code), 1 => any::<i64>().prop_map(Code)]
}

/// The answer of a registration.
pub fn register_answer() -> BoxedStrategy<RegisterAnswer> {
    prop_oneof![
        any::<bool>().prop_map(RegisterAnswer::Returned),
        text().prop_map(RegisterAnswer::Raised)
    ]
    .boxed()
}

/// The answer of a submission.
pub fn submit_answer() -> BoxedStrategy<SubmitAnswer> {
    prop_oneof![
        Just(SubmitAnswer::Accepted),
        code().prop_map(SubmitAnswer::Refused),
        text().prop_map(SubmitAnswer::Raised)
    ]
    .boxed()
}

/// The answer of a call that returns nothing.
pub fn return_answer() -> impl Strategy<Value = ReturnAnswer> {
    prop_oneof![Just(ReturnAnswer::Returned), text().prop_map(ReturnAnswer::Raised)]
}

/// The answer to work or a read.
pub fn work_answer() -> impl Strategy<Value = WorkAnswer> {
    select(vec![WorkAnswer::Succeeded, WorkAnswer::Failed])
}

fn resources() -> impl Strategy<Value = Resources> {
    any::<bool>().prop_map(|gpu| Resources { gpu })
}

/// The answer of a call that overlaps others.
pub fn answer() -> BoxedStrategy<Answer> {
    prop_oneof![
        register_answer().prop_map(Answer::Register),
        submit_answer().prop_map(Answer::Submit),
        vec(request(), 0..3).prop_map(Answer::Pending),
        resources().prop_map(Answer::SupportedResources),
        work_answer().prop_map(Answer::Work),
        return_answer().prop_map(Answer::Void),
    ]
    .boxed()
}

// ---- events

/// Any event.
pub fn event() -> BoxedStrategy<Event> {
    prop_oneof![world(), call(), answer().prop_map(Event::End), observation(), gap()].boxed()
}

fn empty(event: fn(Empty) -> Event) -> Just<Event> {
    Just(event(Empty {}))
}

fn of_task(event: fn(OfTask) -> Event) -> impl Strategy<Value = Event> {
    task_name().prop_map(move |task| event(OfTask { task }))
}

fn of_identifier(event: fn(OfIdentifier) -> Event) -> impl Strategy<Value = Event> {
    identifier().prop_map(move |id| event(OfIdentifier { id }))
}

fn of_queue(event: fn(OfQueue) -> Event) -> impl Strategy<Value = Event> {
    text().prop_map(move |queue| event(OfQueue { queue }))
}

fn world() -> BoxedStrategy<Event> {
    let app = prop_oneof![
        empty(Event::Clock),
        device().prop_map(Event::Device),
        empty(Event::Installed),
        app_facts().prop_map(Event::Updated),
        empty(Event::Uninstalled),
        select(vec![Starter::Person, Starter::Other]).prop_map(|by| Event::Started(Started { by })),
        empty(Event::LaunchFinished),
        empty(Event::Foreground),
        empty(Event::Background),
        any::<bool>().prop_map(|awake| Event::KeptAwake(KeptAwake { awake })),
    ];
    let ends = prop_oneof![
        empty(Event::ForceQuit),
        empty(Event::Crashed),
        empty(Event::MemoryKilled),
        empty(Event::Reboot),
        any::<bool>().prop_map(|attached| Event::Debugger(Debugger { attached })),
    ];
    let tasks = prop_oneof![
        of_task(Event::PersonStops),
        of_task(Event::PersonContinues),
        of_task(Event::PersonIgnores),
        of_task(Event::PersonDismisses),
        of_task(Event::PersonClears),
        of_identifier(Event::SimulateLaunch),
        of_identifier(Event::SimulateExpiration),
        of_identifier(Event::Grant),
        of_task(Event::TakeBack),
    ];
    prop_oneof![app.boxed(), ends.boxed(), tasks.boxed()].boxed()
}

fn call() -> BoxedStrategy<Event> {
    let register = (identifier(), of(text()), of(register_answer()))
        .prop_map(|(id, queue, answer)| Event::Register(Register { id, queue, answer }));
    let submit = (request(), of(submit_answer())).prop_map(|(request, answer)| {
        Event::Submit(Submit {
            answer,
            ..Submit::of(request)
        })
    });
    let submit_async = (request(), any::<u32>(), of(return_answer())).prop_map(|(request, submission, answer)| {
        Event::SubmitAsync(SubmitAsync {
            answer,
            ..SubmitAsync::of(request, submission)
        })
    });
    let requests = prop_oneof![
        register,
        submit,
        submit_async,
        request().prop_map(Event::ChangeSubmitted),
        request().prop_map(Event::ChangeListed),
        of_identifier(Event::Cancel),
        empty(Event::CancelAll),
        of(vec(request(), 0..3)).prop_map(|answer| Event::Pending(Pending { answer })),
        of(resources()).prop_map(|answer| Event::SupportedResources(SupportedResources { answer })),
    ];
    // Fractions that every JSON reader reads exactly.
    let child = of((0..=1024u16).prop_map(|parts| f64::from(parts) / 1024.0));
    let progress =
        (task_name(), of(any::<i64>()), of(any::<i64>()), child).prop_map(|(task, total, completed, child)| {
            Event::Progress(Progress {
                task,
                total,
                completed,
                child,
            })
        });
    let title = (task_name(), text(), text())
        .prop_map(|(task, title, subtitle)| Event::UpdateTitle(UpdateTitle { task, title, subtitle }));
    let tasks = prop_oneof![
        (task_name(), any::<bool>())
            .prop_map(|(task, set)| Event::SetExpirationHandler(SetExpirationHandler { task, set })),
        progress,
        title,
        (task_name(), any::<bool>()).prop_map(|(task, success)| Event::Complete(Complete { task, success })),
        of_queue(Event::BlockQueue),
        of_queue(Event::UnblockQueue),
        of_identifier(Event::WorkBegan),
        of_identifier(Event::WorkEnded),
    ];
    let work = prop_oneof![
        of(work_answer()).prop_map(|answer| Event::GpuWork(Work { answer })),
        of(work_answer()).prop_map(|answer| Event::NeuralEngineWork(Work { answer })),
        (protection(), of(work_answer()))
            .prop_map(|(class, answer)| Event::ProtectedRead(ProtectedRead { class, answer })),
    ];
    prop_oneof![requests.boxed(), tasks.boxed(), work.boxed()].boxed()
}

fn observation() -> BoxedStrategy<Event> {
    let causes = vec![
        KillCause::Time,
        KillCause::Cpu,
        KillCause::Memory,
        KillCause::Other,
        KillCause::Unknown,
    ];
    let states = vec![
        CardIs::Shown,
        CardIs::Changed,
        CardIs::Prompting,
        CardIs::Finished,
        CardIs::Failed,
        CardIs::Gone,
    ];
    prop_oneof![
        of(vec(identifier(), 0..3)).prop_map(|ids| Event::Launched(Launched { ids })),
        (task_name(), kind(), of(text())).prop_map(|(task, kind, queue)| Event::Delivered(Delivered {
            task,
            kind,
            queue
        })),
        (identifier(), text()).prop_map(|(id, text)| Event::DeliveryRaised(DeliveryRaised { id, text })),
        (task_name(), of(text())).prop_map(|(task, queue)| Event::Expired(Expired { task, queue })),
        of_task(Event::CompletedBySystem),
        empty(Event::Suspended),
        select(causes).prop_map(|cause| Event::Killed(Killed { cause })),
        (task_name(), select(states), of(text()), of(text())).prop_map(|(task, is, title, subtitle)| {
            Event::Card(Card {
                task,
                is,
                title,
                subtitle,
            })
        }),
        (any::<u32>(), of(code()))
            .prop_map(|(submission, error)| Event::SubmissionCompleted(SubmissionCompleted { submission, error })),
    ]
    .boxed()
}

fn gap() -> BoxedStrategy<Event> {
    let names = of(vec(select(Event::NAMES).prop_map(ToOwned::to_owned), 0..3));
    (millis(), names, of(vec(identifier(), 0..3)))
        .prop_map(|(from, events, ids)| Event::Gap(Gap { from, events, ids }))
        .boxed()
}

/// A line: an event with whatever may stand beside it, or an end.
pub fn record() -> BoxedStrategy<Record> {
    let ends = select(vec![End::Closed, End::Cut]);
    let what = prop_oneof![9 => event().prop_map(Ok), 1 => ends.prop_map(Err)];
    let who = (
        of(any::<u32>()),
        of(text()),
        of(text()),
        any::<bool>(),
        of(any::<u32>()),
    );
    (millis(), of(millis()), who, what)
        .prop_map(|(at, to, who, what)| {
            let (pid, by, thread, person, call) = who;
            Record {
                at,
                to,
                pid,
                by,
                thread,
                person,
                call,
                event: what.as_ref().ok().cloned(),
                end: what.err(),
                x: None,
            }
        })
        .boxed()
}
