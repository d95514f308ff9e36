//! What a trace does not tell is held against nobody, and named where the verdict hangs on it.
#![expect(clippy::unwrap_used, reason = "a test fails where a trace cannot be read")]

use bgspec_conformance::trace::Source;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::{Report, Verdict};

/// What the oracle says of a trace among the data, by the profile.
fn judge(name: &str, profile: &str) -> Report {
    let path = format!("{}/tests/data/untold/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let source = Source::new(&path).unwrap();
    let (reader, foresight) = (source.reader().unwrap(), source.foresight().unwrap());
    let terms = Terms {
        profile: Some(profile.to_owned()),
        ..Terms::default()
    };
    let mut oracle = Oracle::new(reader.header(), &terms).unwrap();
    oracle.foresee(foresight);
    for record in reader {
        oracle.step(&record.unwrap()).unwrap();
    }
    oracle.finish()
}

fn conforms_if(name: &str, profile: &str, assumed: &[&str]) {
    let report = judge(name, profile);
    assert_eq!(report.verdict, Verdict::Conforms, "{name}: {:?}", report.findings);
    let what: Vec<_> = report.assumes.iter().map(|assumed| assumed.what.as_str()).collect();
    assert_eq!(what, assumed, "{name}");
}

#[test]
fn a_refusal_as_unavailable_shows_that_the_switch_was_off_where_nobody_told() {
    for profile in ["contract", "field"] {
        for name in [
            "refused-as-unavailable-and-retold",
            "refused-as-unavailable-in-a-recording",
        ] {
            conforms_if(name, profile, &["Background App Refresh is off"]);
        }
    }
}

#[test]
fn processing_shows_that_nobody_used_the_device_where_nobody_told() {
    conforms_if(
        "processing-at-night-and-nobody-told-of-use",
        "contract",
        &["nobody uses the device"],
    );
}

#[test]
fn processing_that_needs_power_shows_that_there_was_power_where_nobody_told() {
    let name = "processing-with-power-and-nobody-told-of-power";
    let report = judge(name, "contract");
    assert_eq!(report.verdict, Verdict::Conforms, "{:?}", report.findings);
    let power = |assumed: &str| assumed == "the device is on external power";
    assert!(
        report.assumes.iter().any(|assumed| power(&assumed.what)),
        "{:?}",
        report.assumes
    );
}

#[test]
fn a_new_process_shows_that_the_old_one_ended_where_no_end_is_recorded() {
    for profile in ["contract", "field"] {
        for name in [
            "launched-into-a-new-process-and-no-kill-recorded",
            "started-again-and-no-end-recorded",
        ] {
            assert_eq!(judge(name, profile).verdict, Verdict::Conforms, "{name}");
        }
    }
}

#[test]
fn a_device_without_a_passcode_waits_for_no_first_unlock() {
    assert_eq!(
        judge("no-passcode-launched-after-a-boot", "contract").verdict,
        Verdict::Conforms
    );
}

#[test]
fn a_gap_excuses_the_line_before_it_that_stands_in_its_span() {
    for profile in ["contract", "field"] {
        let name = "gap-line-behind-the-line-that-it-explains";
        assert_eq!(judge(name, profile).verdict, Verdict::Conforms);
    }
}

#[test]
fn what_a_gap_hid_obeys_the_rules_from_then_on() {
    for profile in ["contract", "field"] {
        let name = "gap-hides-a-request-and-refresh-goes-off";
        assert_eq!(judge(name, profile).verdict, Verdict::Conforms);
    }
}

#[test]
fn a_gap_of_a_cancel_excuses_no_submission() {
    for profile in ["contract", "field"] {
        let report = judge("gap-of-a-cancel-excuses-a-submission", profile);
        assert_eq!(report.verdict, Verdict::Breaks);
        assert_eq!(report.findings[0].rules[0].id.to_string(), "PEN-1");
    }
}

#[test]
fn with_an_unknown_beginning_a_list_may_or_may_not_show_what_waits() {
    let name = "unknown-beginning-waiting-request-not-listed";
    assert_eq!(judge(name, "field").verdict, Verdict::Conforms);
}

/// At each of thousands of moments the open call may have taken effect: a test that does not end tries them all.
#[test]
fn a_call_that_is_open_for_ages_is_given_up_and_not_tried_at_every_moment() {
    let report = judge("a-call-is-open-for-ages", "contract");
    assert_eq!(report.verdict, Verdict::Inconclusive, "{:?}", report.findings);
    let why = |doubt: &bgspec_model::report::Doubt| doubt.why.contains("at too many moments");
    assert!(report.doubts.iter().any(why), "{:?}", report.doubts);
}
