//! Proptest strategies of the vocabulary: anything that can be written, whether it makes sense or not.
//!
//! A trace made of these is seldom well-formed; they are for what must hold of every line, such as that it reads as it
//! was written. Sequences that tell a story are the campaign's. Larger strategies are boxed: the values of a nest of
//! them would not fit on a test's stack.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::Union;

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
    select(&Platform::ALL[..])
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
    (of(version()), of(permitted()), names(), names(), of(any::<bool>()))
        .prop_map(|(os, permitted, modes, entitlements, study_opt_in)| AppFacts {
            os,
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
    let texts = || vec(text(), 0..3);
    let app = (
        text(),
        permitted(),
        texts(),
        texts(),
        any::<bool>(),
        vec(extension(), 0..3),
    );
    let conditions = || vec(select(&Condition::ALL[..]), 0..3);
    let machine = (
        of(platform()),
        any::<bool>(),
        of(any::<bool>()),
        device(),
        conditions(),
        conditions(),
    );
    let seen = (
        select(vec![Initial::Known, Initial::Unknown]),
        of(names()),
        select(vec![Discretion::Autonomous, Discretion::Driven]),
        vec(select(Area::ALL), 0..3),
        vec(select(vec!["SUB-5", "CON-4", "in_use"]), 0..3),
    );
    (version(), judged, app, machine, seen)
        .prop_map(|(os, judged, app, machine, seen)| {
            let (profile, pins, origin, about, producer, tolerance) = judged;
            let (bundle, permitted, modes, entitlements, study_opt_in, extensions) = app;
            let (platform, gpu, passcode, device, unknown, untracked) = machine;
            let (initial, recorded, discretion, without, unmodelled) = seen;
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
                unmodelled: unmodelled.into_iter().map(str::to_owned).collect(),
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

/// The error of a refused submission.
pub fn refusal() -> impl Strategy<Value = Refusal> {
    let domain = of(select(vec![Refusal::DOMAIN, "NSCocoaErrorDomain"]).prop_map(str::to_owned));
    (code(), domain, of(text())).prop_map(|(code, domain, text)| Refusal { code, domain, text })
}

/// The answer of a submission.
pub fn submit_answer() -> BoxedStrategy<SubmitAnswer> {
    prop_oneof![
        Just(SubmitAnswer::Accepted),
        refusal().prop_map(SubmitAnswer::Refused),
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
    Union::new(Name::ALL.iter().map(|name| name.strategy())).boxed()
}

/// Anything that an event of this body may carry. A body without it does not compile.
pub trait Sample: Sized {
    /// The strategy.
    fn sample() -> BoxedStrategy<Self>;
}

macro_rules! samples {
    ($($body:ty: $strategy:expr;)*) => {
        $(impl Sample for $body {
            fn sample() -> BoxedStrategy<Self> {
                $strategy.boxed()
            }
        })*
    };
}

samples! {
    Empty: Just(Empty {});
    Device: device();
    AppFacts: app_facts();
    Started: select(vec![Starter::Person, Starter::Other]).prop_map(|by| Started { by });
    KeptAwake: any::<bool>().prop_map(|awake| KeptAwake { awake });
    Debugger: any::<bool>().prop_map(|attached| Debugger { attached });
    OfTask: task_name().prop_map(|task| OfTask { task });
    OfIdentifier: identifier().prop_map(|id| OfIdentifier { id });
    OfQueue: text().prop_map(|queue| OfQueue { queue });
    Register: (identifier(), of(text()), of(Just(Through::Swiftui)), of(register_answer()))
        .prop_map(|(id, queue, through, answer)| Register { id, queue, through, answer });
    Crashed: of(text()).prop_map(|what| Crashed { what });
    Submit: (request(), of(submit_answer())).prop_map(|(request, answer)| Submit { answer, ..Submit::of(request) });
    SubmitAsync: (request(), any::<u32>(), of(return_answer())).prop_map(|(request, submission, answer)| SubmitAsync {
        answer,
        ..SubmitAsync::of(request, submission)
    });
    Request: request();
    Pending: of(vec(request(), 0..3)).prop_map(|answer| Pending { answer });
    SupportedResources: of(resources()).prop_map(|answer| SupportedResources { answer });
    SetExpirationHandler: (task_name(), any::<bool>()).prop_map(|(task, set)| SetExpirationHandler { task, set });
    Progress: (task_name(), of(any::<i64>()), of(any::<i64>()), child())
        .prop_map(|(task, total, completed, child)| Progress { task, total, completed, child });
    UpdateTitle: (task_name(), text(), text()).prop_map(|(task, title, subtitle)| UpdateTitle { task, title, subtitle });
    Complete: (task_name(), any::<bool>()).prop_map(|(task, success)| Complete { task, success });
    Work: of(work_answer()).prop_map(|answer| Work { answer });
    ProtectedRead: (protection(), of(work_answer())).prop_map(|(class, answer)| ProtectedRead { class, answer });
    Answer: answer();
    Launched: of(vec(identifier(), 0..3)).prop_map(|ids| Launched { ids });
    Delivered: (task_name(), kind(), of(text())).prop_map(|(task, kind, queue)| Delivered { task, kind, queue });
    DeliveryRaised: (identifier(), text()).prop_map(|(id, text)| DeliveryRaised { id, text });
    Expired: (task_name(), of(text())).prop_map(|(task, queue)| Expired { task, queue });
    Killed: select(&KillCause::ALL[..]).prop_map(|cause| Killed { cause });
    Card: (task_name(), select(&CardIs::ALL[..]), of(text()), of(text()))
        .prop_map(|(task, is, title, subtitle)| Card { task, is, title, subtitle });
    SubmissionCompleted: (any::<u32>(), of(refusal())).prop_map(|(submission, refusal)| {
        let (error, domain, text) = refusal.map_or((None, None, None), |refusal| {
            (Some(refusal.code), refusal.domain, refusal.text)
        });
        SubmissionCompleted { submission, error, domain, text }
    });
    Gap: (millis(), of(names()), of(vec(identifier(), 0..3)))
        .prop_map(|(from, events, ids)| Gap { from, events, ids });
}

/// Fractions that every JSON reader reads exactly.
fn child() -> impl Strategy<Value = Option<f64>> {
    of((0..=1024u16).prop_map(|parts| f64::from(parts) / 1024.0))
}

/// Names of events.
fn names() -> impl Strategy<Value = Vec<String>> {
    vec(select(Name::ALL).prop_map(|name| name.text().to_owned()), 0..4)
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
