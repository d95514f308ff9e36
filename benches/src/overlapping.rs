//! An app whose threads call at once: every call of a round is open before the first of them ends.

use bgspec_model::vocabulary::{
    Answer, Empty, End, Event, Kind, OfIdentifier, Pending, Record, Register, RegisterAnswer, Request, ReturnAnswer,
    Started, Starter, Submit, SubmitAnswer,
};

use crate::{PROCESSING, Trace, header, ids};

/// Rounds of one call by each of so many threads, until there are at least so many events. The calls take effect in
/// the order of the threads; the oracle is not told.
#[must_use]
pub fn overlapping(threads: usize, events: usize) -> Trace {
    let mut records = Vec::new();
    let say = |event: Event, call: Option<u32>, records: &mut Vec<Record>| {
        let at = records.len() as i64;
        records.push(Record {
            call,
            ..Record::of(at, 1, event)
        });
    };
    say(Event::Started(Started { by: Starter::Person }), None, &mut records);
    for id in ids() {
        let register = Register {
            through: None,
            id: id.into(),
            queue: None,
            answer: Some(RegisterAnswer::Returned(true)),
        };
        say(Event::Register(register), None, &mut records);
    }
    say(Event::LaunchFinished(Empty {}), None, &mut records);
    let mut pending: Vec<Request> = Vec::new();
    let mut number = 0;
    let mut round = 0;
    while records.len() < events {
        let mut ends = Vec::new();
        for thread in 0..threads {
            number += 1;
            let id = PROCESSING[(round + thread * round) % PROCESSING.len()];
            let (event, answer) = match (round + thread) % 4 {
                0 | 1 => {
                    let request = Request {
                        power: round % 2 == 0,
                        ..Request::new(id, Kind::Processing)
                    };
                    pending.retain(|other| other.id != request.id);
                    pending.push(request.clone());
                    (
                        Event::Submit(Submit::of(request)),
                        Answer::Submit(SubmitAnswer::Accepted),
                    )
                }
                2 => {
                    pending.retain(|other| other.id.as_str() != id);
                    let cancel = Event::Cancel(OfIdentifier { id: id.into() });
                    (cancel, Answer::Void(ReturnAnswer::Returned))
                }
                _ => (
                    Event::Pending(Pending { answer: None }),
                    Answer::Pending(pending.clone()),
                ),
            };
            say(event, Some(number), &mut records);
            ends.push((number, answer));
        }
        for (number, answer) in ends {
            say(Event::End(answer), Some(number), &mut records);
        }
        round += 1;
    }
    let at = records.len() as i64;
    records.push(Record::end(at, End::Closed));
    Trace {
        header: header(),
        records,
    }
}
