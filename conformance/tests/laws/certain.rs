//! What is certain of the app is told at once, and not only in the report.

use bgspec_model::oracle::Oracle;

use crate::change::some;
use crate::source::{Trace, corpus};

/// With one state left nothing is open: what the report would say of a breach, the findings say.
fn untold(trace: &Trace, alone: &mut u32) -> Option<String> {
    let mut oracle = Oracle::new(&trace.header, &trace.terms).ok()?;
    for (place, record) in trace.records.iter().enumerate() {
        oracle.step(record).ok()?;
        // While calls overlap their lines are held.
        if oracle.states() > 1 || record.end.is_some() || trace.records.iter().any(|record| record.call.is_some()) {
            continue;
        }
        *alone += 1;
        let report = oracle.clone().finish();
        let (told, whole) = (oracle.findings().len(), report.findings.len() + report.advice.len());
        if told != whole {
            return Some(format!("line {}: {told} told of {whole}\n{}", place + 2, trace.lines()));
        }
    }
    None
}

#[test]
fn with_one_state_left_every_breach_is_told() {
    let mut alone = 0;
    let mut untold_in = Vec::new();
    for trace in corpus().iter().chain(&some(corpus(), 4, 11)) {
        untold_in.extend(untold(trace, &mut alone));
    }
    assert!(alone > 10_000, "{alone} moments with one state: the law says nothing");
    untold_in.sort_by_key(String::len);
    assert!(
        untold_in.is_empty(),
        "{} traces, the shortest:\n{}",
        untold_in.len(),
        untold_in[0]
    );
}
