//! What the oracle offers before a call is what it accepts of the call, and nothing else.

#![expect(clippy::unwrap_used, reason = "a trace that is malformed fails the test")]

use bgspec_model::context::names;
use bgspec_model::op::{Exception, Reply};
use bgspec_model::oracle::offers::Offer;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::strategies::{device, platform, request, version};
use bgspec_model::vocabulary::{
    Code, Empty, Event, Feature, Header, Kind, Permitted, Place, Record, Register, RegisterAnswer, Started, Starter,
    Submit, SubmitAnswer,
};
use proptest::prelude::*;
use proptest::sample::subsequence;

const ENTRIES: [&str; 6] = [
    "com.example.app.sync",
    "com.example.app.export.*",
    "com.example.app.export.1",
    "com.other.sync",
    "com.*.sync",
    "",
];
const IDS: [&str; 9] = [
    "com.example.app.sync",
    "com.example.app.Sync",
    "com.example.app.export.*",
    "com.example.app.export.1",
    "com.example.app.export.2",
    "com.example.app.export.2.3",
    "com.other.sync",
    "com.*.sync",
    "",
];

fn header() -> impl Strategy<Value = Header> {
    let named = |all: Vec<&'static str>| subsequence(all.clone(), 0..=all.len());
    let modes = named(vec![names::FETCH, names::PROCESSING]);
    let entitlements = named(vec![names::HEALTH, names::GPU, names::INFERENCE]);
    let app = (named(ENTRIES.to_vec()), modes, entitlements, any::<bool>());
    (version(), platform(), any::<bool>(), device(), app).prop_map(|(os, platform, gpu, device, app)| {
        let owned = |list: Vec<&str>| list.into_iter().map(ToOwned::to_owned).collect::<Vec<_>>();
        let (permitted, modes, entitlements, study_opt_in) = app;
        let mut header = Header::new(os, "com.example.app");
        header.permitted = Permitted::List(owned(permitted));
        header.modes = owned(modes);
        header.entitlements = owned(entitlements);
        header.study_opt_in = study_opt_in;
        header.platform = Some(platform);
        header.gpu = gpu;
        header.device = device;
        // A person launches the app, which nobody does on a locked device.
        header.device.locked = None;
        header.device.unlocked_once = None;
        header
    })
}

const EXCEPTIONS: [Exception; 3] = [
    Exception::AlreadyRegistered,
    Exception::LaunchFinished,
    Exception::NoHandler,
];

fn registrations() -> Vec<(RegisterAnswer, Reply)> {
    let returned = [true, false].map(|value| (RegisterAnswer::Returned(value), Reply::Returned(value)));
    let raised = EXCEPTIONS.map(|one| (RegisterAnswer::Raised(one.text().to_owned()), Reply::Raised(one)));
    returned.into_iter().chain(raised).collect()
}

fn submissions() -> Vec<(SubmitAnswer, Reply)> {
    let refused = [0, 1, 2, 3, 4, 5].map(|code| (SubmitAnswer::Refused(Code(code).into()), Reply::Refused(Code(code))));
    let raised = EXCEPTIONS.map(|one| (SubmitAnswer::Raised(one.text().to_owned()), Reply::Raised(one)));
    let accepted = [(SubmitAnswer::Accepted, Reply::Accepted)];
    accepted.into_iter().chain(refused).chain(raised).collect()
}

/// What the scheduler breaks if the line behind these is this one.
fn scheduler_breaks(header: &Header, before: &[Record], line: Record) -> bool {
    let mut oracle = Oracle::new(header, &Terms::default()).unwrap();
    for record in before.iter().chain([&line]) {
        oracle.step(record).unwrap();
    }
    let event = before.len() as u64 + 1;
    let findings = oracle.finish().findings;
    findings
        .iter()
        .any(|finding| finding.event == event && finding.party == Party::Scheduler)
}

fn offers(header: &Header, before: &[Record], line: &Record) -> Vec<Offer> {
    let mut oracle = Oracle::new(header, &Terms::default()).unwrap();
    for record in before {
        oracle.step(record).unwrap();
    }
    let states = oracle.states();
    let offers = oracle.offers(line).unwrap();
    assert_eq!(oracle.states(), states, "asking changes nothing");
    offers
}

fn of(event: Event) -> Record {
    Record::of(0, 1, event)
}

fn register(id: &str, answer: Option<RegisterAnswer>) -> Record {
    of(Event::Register(Register {
        through: None,
        id: id.into(),
        queue: None,
        answer,
    }))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_offered_is_what_is_accepted(
        header in header(),
        id in proptest::sample::select(&IDS[..]),
        registered in any::<bool>(),
        finished in any::<bool>(),
        request in request(),
    ) {
        let mut header = header;
        header.os = Feature::Scheduler.since(header.platform()).map_or(header.os, |first| header.os.max(first));
        // What does not exist is malformed, and so is a device that was unlocked before its first unlock.
        let place = Place { platform: header.platform(), os: header.os };
        if header.lack(&place).is_some() {
            (header.device.background_launches_denied, header.device.places_taken) = (None, None);
        }
        header.device.unlocked_once = None;
        let mut before = vec![of(Event::Started(Started { by: Starter::Person }))];
        if registered {
            before.push(register(id, Some(RegisterAnswer::Returned(true))));
        }
        if finished {
            before.push(of(Event::LaunchFinished(Empty {})));
        }
        let offered = offers(&header, &before, &register(id, None));
        prop_assert!(!offered.is_empty());
        for (answer, reply) in registrations() {
            let breaks = scheduler_breaks(&header, &before, register(id, Some(answer)));
            let matches = offered.iter().any(|offer| offer.answer.matches(reply));
            prop_assert_eq!(matches, !breaks, "{}: {:?} of {:?}", id, reply, offered);
        }
        if !header.platform().has_kind(request.kind, header.os) {
            return Ok(());
        }
        let mut submit = Submit::of(request);
        if !Feature::Requirements.kinds().contains(&submit.kind) {
            (submit.network, submit.power) = (false, false);
        }
        if submit.kind != Kind::HealthResearch {
            submit.protection = Default::default();
        }
        if submit.kind != Kind::Continued {
            (submit.strategy, submit.gpu, submit.title, submit.subtitle) = (Default::default(), false, None, None);
        }
        submit.id = id.into();
        // Undefined without a title: any answer is accepted then.
        if submit.kind == Kind::Continued {
            submit.title.get_or_insert_default();
        }
        let line = of(Event::Submit(submit.clone()));
        let offered = offers(&header, &before, &line);
        prop_assert!(!offered.is_empty());
        for (answer, reply) in submissions() {
            let mut submit = submit.clone();
            submit.answer = Some(answer);
            let breaks = scheduler_breaks(&header, &before, of(Event::Submit(submit)));
            let matches = offered.iter().any(|offer| offer.answer.matches(reply));
            prop_assert_eq!(matches, !breaks, "{}: {:?} of {:?}", id, reply, offered);
        }
    }
}

#[test]
fn only_calls_with_an_answer_are_asked_about() {
    let oracle = Oracle::new(
        &Header::new(bgspec_model::vocabulary::Version::NEWEST, "a"),
        &Terms::default(),
    )
    .unwrap();
    for event in [Event::Background(Empty {}), Event::Pending(Default::default())] {
        let error = oracle.offers(&of(event)).unwrap_err();
        assert_eq!(error.to_string(), "expected a call of the app other than pending");
    }
}
