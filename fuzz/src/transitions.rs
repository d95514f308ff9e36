//! The fast oracle and the plain one say the same of what the reference scheduler does, and of what it does with a line
//! left out, said twice, moved or answered otherwise.

use bgspec_model::engine::rulebook::{Unjudged, judge};
use bgspec_model::oracle::{Foresight, Oracle, Terms};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Event, Header, Record, RegisterAnswer, SubmitAnswer};

use crate::campaign::{played, shown};

/// More states than this, and the plain oracle has no say.
const MOST: usize = 1_000;

/// The first three bytes say what is changed, the rest are choices.
pub fn run(bytes: &[u8]) {
    let Some((change, choices)) = bytes.split_first_chunk::<3>() else {
        return;
    };
    let played = played(choices);
    let mut records = played.records;
    // The judges differ in speed: a long case has nothing more to show.
    records.truncate(120);
    compare(&played.header, &records);
    if changed(&mut records, *change) {
        compare(&played.header, &records);
    }
}

/// Changes one line; false where there is nothing to change.
fn changed(records: &mut Vec<Record>, [what, place, high]: [u8; 3]) -> bool {
    if records.is_empty() {
        return false;
    }
    let at = usize::from(u16::from_le_bytes([place, high])) % records.len();
    match what % 4 {
        0 => drop(records.remove(at)),
        1 => {
            let twice = records[at].clone();
            records.insert(at, twice);
        }
        2 => {
            let next = records.get(at + 1).map(|next| next.at);
            records[at].at = next.unwrap_or(records[at].at + 1);
        }
        _ => {
            let answered = records.iter_mut().skip(at).find_map(|record| match &mut record.event {
                Some(Event::Submit(submit)) => Some(match &mut submit.answer {
                    Some(answer @ SubmitAnswer::Refused(_)) => *answer = SubmitAnswer::Accepted,
                    answer => {
                        *answer = Some(SubmitAnswer::Refused(
                            bgspec_model::vocabulary::Code::UNAVAILABLE.into(),
                        ))
                    }
                }),
                Some(Event::Register(register)) => Some(match &mut register.answer {
                    Some(RegisterAnswer::Returned(returned)) => *returned = !*returned,
                    answer => *answer = Some(RegisterAnswer::Returned(true)),
                }),
                Some(Event::Pending(pending)) => Some(pending.answer = Some(Vec::new())),
                _ => None,
            });
            return answered.is_some();
        }
    }
    true
}

fn compare(header: &Header, records: &[Record]) {
    let terms = Terms::default();
    let plain = match judge(header, &terms, records, MOST) {
        Ok(plain) => plain,
        Err(Unjudged::TooMany(_)) => return,
        Err(Unjudged::Malformed(_)) => {
            let mut oracle = Oracle::new(header, &terms).expect("a header that was judged before");
            oracle.foresee(Foresight::of(records));
            let refused = records.iter().any(|record| oracle.step(record).is_err());
            assert!(
                refused,
                "only the plain oracle takes it for malformed: {}",
                shown(header, records)
            );
            return;
        }
    };
    let mut oracle = Oracle::new(header, &terms).expect("a header that was judged before");
    oracle.foresee(Foresight::of(records));
    // That begins and ends fit the plain oracle leaves to the fast one.
    if records.iter().any(|record| oracle.step(record).is_err()) {
        return;
    }
    let report = oracle.finish();
    let gave_up = report
        .doubts
        .iter()
        .any(|doubt| doubt.why.contains("too many possibilities"));
    let first = report
        .findings
        .iter()
        .filter(|finding| finding.party != Party::App)
        .map(|finding| finding.event)
        .min();
    assert!(
        gave_up || report.verdict == plain.verdict && first == plain.breach,
        "plain: {plain:?}\nfast: {:?}, {first:?}\n{}",
        report.verdict,
        shown(header, records)
    );
}
