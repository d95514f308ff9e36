//! A call that is open when its process dies took effect before, or not at all (LIF-7).

#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps")]

use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::{Report, Verdict};
use bgspec_model::vocabulary::{
    Crashed, End, Event, Header, Kind, Pending, Permitted, Record, Register, RegisterAnswer, Request, Started, Starter,
    Submit, Version,
};

const ID: &str = "com.example.app.sync";

/// A submission is open when the process crashes; then the next process lists what is pending, twice.
fn report(first: Vec<Request>, second: Vec<Request>) -> Report {
    let mut header = Header::new(Version::new(18, 0), "com.example.app");
    header.permitted = Permitted::List(vec![ID.into()]);
    header.modes = vec!["processing".into()];
    let mut oracle = Oracle::new(&header, &Terms::default()).unwrap();
    let start = || Event::Started(Started { by: Starter::Person });
    let register = || {
        let answer = Some(RegisterAnswer::Returned(true));
        Event::Register(Register {
            through: None,
            id: ID.into(),
            queue: None,
            answer,
        })
    };
    let submit = Record {
        call: Some(1),
        ..Record::of(2, 1, Event::Submit(Submit::of(Request::new(ID, Kind::Processing))))
    };
    let list = |at, list| Record::of(at, 2, Event::Pending(Pending { answer: Some(list) }));
    let records = [
        Record::of(0, 1, start()),
        Record::of(1, 1, register()),
        submit,
        Record::of(3, 1, Event::Crashed(Crashed::default())),
        Record::of(4, 2, start()),
        Record::of(5, 2, register()),
        list(6, first),
        list(7, second),
        Record::end(8, End::Closed),
    ];
    for record in &records {
        oracle.step(record).unwrap();
    }
    oracle.finish()
}

fn pending() -> Vec<Request> {
    vec![Request::new(ID, Kind::Processing)]
}

#[test]
fn it_took_effect_before_the_death() {
    assert_eq!(report(pending(), pending()).verdict, Verdict::Conforms);
}

#[test]
fn or_it_took_none() {
    assert_eq!(report(Vec::new(), Vec::new()).verdict, Verdict::Conforms);
}

#[test]
fn and_it_takes_none_afterwards() {
    assert_eq!(report(Vec::new(), pending()).verdict, Verdict::Breaks);
}
