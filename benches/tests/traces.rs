//! The traces that are measured conform, and the oracle carries one state where it can.

use bgspec_benches::{LEFT_OPEN, overlapping, sequential};
use bgspec_model::report::Verdict;

#[test]
fn the_sequential_trace_conforms_in_one_state() {
    for lists in [true, false] {
        let report = sequential(3_000, lists).judge();
        assert_eq!(report.verdict, Verdict::Conforms, "{report:#?}");
        assert_eq!(report.most_states, 1);
    }
}

#[test]
fn with_settings_left_open_it_takes_more_than_one() {
    let report = sequential(3_000, true).with_open(&LEFT_OPEN).judge();
    assert_eq!(report.verdict, Verdict::Conforms, "{report:#?}");
    assert!(report.chosen.len() > 1, "{:?}", report.chosen);
}

#[test]
fn overlapping_calls_conform() {
    for threads in [2, 4] {
        let report = overlapping(threads, 1_000).judge();
        assert_eq!(report.verdict, Verdict::Conforms, "{report:#?}");
        assert!(report.most_states > 1, "no call overlapped another");
    }
}
