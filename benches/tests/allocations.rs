//! One state in the set costs no allocation a step, but where a launch that nobody saw may have come before.
//!
//! A cancel or a replacement may come too late for such a launch (CAN-6), which is noted until its time is over; so is what
//! happens beside the note.
//!
//! One test alone in its file: what others allocate at the same time would be counted, too.

use std::alloc::System;
use std::collections::BTreeSet;

use bgspec_benches::{sequential, step};
use bgspec_model::vocabulary::{Event, Record};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[test]
fn a_step_of_one_state_allocates_nothing() {
    // Long enough for every buffer to have its size.
    const WARM: usize = 5_000;
    let trace = sequential(3 * WARM, true);
    let mut oracle = trace.oracle();
    let (warm, rest) = trace.records.split_at(WARM);
    warm.iter().for_each(|record| step(&mut oracle, record));
    let mut costly = Vec::with_capacity(rest.len());
    for record in rest {
        let found = oracle.findings().len();
        let region = Region::new(ALLOCATOR);
        step(&mut oracle, record);
        let count = region.change().allocations + region.change().reallocations;
        assert_eq!(
            oracle.states(),
            1,
            "more than one state: the test measures something else"
        );
        // Advice to the app is written down.
        if count > 0 && oracle.findings().len() == found {
            costly.push((record, count));
        }
    }
    assert!(rest.len() > WARM, "nothing was measured");
    let name = |record: &Record| record.event.as_ref().map_or("end", Event::name);
    /// What may note a launch that nobody saw, or stands beside such a note.
    const NOTES: [&str; 5] = ["cancel", "cancel_all", "delivered", "device", "submit"];
    let names: BTreeSet<_> = costly.iter().map(|(record, count)| (name(record), *count)).collect();
    assert!(
        names.iter().all(|(name, _)| NOTES.contains(name)) && costly.len() * 10 < rest.len(),
        "{} of {} steps allocate: {names:?}",
        costly.len(),
        rest.len()
    );
}
