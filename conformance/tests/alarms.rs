//! False alarms that were raised once, as small traces: what a right scheduler did there conforms, by the fast oracle and the
//! plain one, and a neighbour of each that breaks the rule is still found.
#![expect(clippy::unwrap_used, reason = "a test fails where a trace cannot be read")]

use bgspec_conformance::trace::Source;
use bgspec_model::engine::rulebook;
use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::report::{Report, Verdict};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Header, Record};

fn read(name: &str) -> (Header, Vec<Record>, Oracle) {
    let path = format!("{}/tests/data/right/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let source = Source::new(&path).unwrap();
    let (reader, foresight) = (source.reader().unwrap(), source.foresight().unwrap());
    let header = reader.header().clone();
    let mut oracle = Oracle::new(&header, &Terms::default()).unwrap();
    oracle.foresee(foresight);
    (header, reader.map(Result::unwrap).collect(), oracle)
}

/// What the fast oracle says, and whether the plain one found a breach by the scheduler.
fn judge(name: &str) -> (Report, bool) {
    let (header, records, mut oracle) = read(name);
    for record in &records {
        oracle.step(record).unwrap();
    }
    let plain = rulebook::judge(&header, &Terms::default(), &records, 100_000).unwrap();
    (oracle.finish(), plain.breach.is_some())
}

/// The scheduler broke nothing, whatever the app did.
#[track_caller]
fn is_right(names: &[&str]) {
    for name in names {
        let (report, breach) = judge(name);
        let by_others = report.findings.iter().filter(|finding| finding.party != Party::App);
        let by_others: Vec<_> = by_others.collect();
        assert!(by_others.is_empty(), "{name}: {by_others:?}");
        assert!(report.doubts.is_empty(), "{name}: {:?}", report.doubts);
        assert!(!breach, "{name}: the plain oracle finds a breach");
    }
}

/// The scheduler broke this rule, surely or perhaps.
#[track_caller]
fn breaks(name: &str, rule: &str) {
    let (report, breach) = judge(name);
    let names = |id: &str| id == rule;
    let mut found = report
        .findings
        .iter()
        .filter(|finding| finding.party == Party::Scheduler);
    let named = found.any(|finding| finding.rules.iter().any(|other| names(&other.id.to_string())));
    assert!(named, "{name}: expected {rule}, found {:?}", report.findings);
    assert!(breach, "{name}: the plain oracle finds no breach");
}

#[test]
fn after_a_boot_nobody_knows_whether_the_device_is_in_use_until_it_is_told() {
    is_right(&["declined-after-a-boot", "launched-after-a-boot"]);
    breaks("declined-after-a-boot-and-nobody-uses-it", "LAU-10");
}

#[test]
fn a_device_that_is_in_use_already_is_not_begun_to_be_used_by_the_foreground() {
    is_right(&[
        "foreground-of-a-device-in-use-already",
        "foreground-of-a-device-in-use-already-expires",
    ]);
    breaks("foreground-of-a-device-that-nobody-used", "EXP-9");
}

#[test]
fn a_failed_card_that_goes_with_a_boot_or_the_app_tells_nothing_of_a_retry() {
    is_right(&["failed-card-goes-with-the-app", "failed-card-goes-at-a-boot"]);
    breaks("failed-card-goes-at-a-retry-and-may-not", "UIX-6");
}

#[test]
fn a_failed_card_may_go_by_itself_later_than_a_retry_would_take_it() {
    is_right(&["failed-card-goes-later"]);
    breaks("failed-card-stays-at-a-retry-and-may-not", "UIX-6");
}

#[test]
fn a_card_that_the_person_cleared_or_dismissed_tells_nothing_of_a_retry_and_owes_nothing() {
    is_right(&["cleared-card-tells-nothing", "dismissed-card-owes-nothing"]);
    breaks("failed-card-stays-and-another-goes", "UIX-6");
    breaks("failed-card-goes-and-another-stays", "UIX-6");
}

#[test]
fn a_request_without_a_title_has_any_place_among_those_that_wait() {
    is_right(&[
        "replaced-without-a-title-keeps-its-place",
        "replaced-without-a-title-stays-as-it-was",
    ]);
    breaks("the-later-of-two-starts-first", "SUB-19");
}

#[test]
fn a_request_under_fail_that_has_not_started_keeps_its_place_where_it_is_replaced() {
    is_right(&[
        "replaced-fail-keeps-its-place",
        "replaced-fail-keeps-its-place-asynchronously",
    ]);
    breaks("replaced-fail-goes-to-the-front", "UIX-2");
}

#[test]
fn a_simulated_launch_of_a_continued_request_leaves_open_when_it_starts_and_of_no_other() {
    is_right(&["simulated-launch-does-nothing", "simulated-launch-goes-to-the-back"]);
    breaks("simulated-launch-lets-no-other-pass", "SUB-19");
}

#[test]
fn a_mac_on_which_no_condition_is_declared_may_launch_under_any() {
    is_right(&["launched-on-a-mac-without-conditions"]);
    breaks("launched-on-a-mac-in-use", "CON-4");
}

#[test]
fn submissions_that_nobody_sees_complete_are_followed() {
    is_right(&["seven-submissions-and-no-completion-seen"]);
    breaks("seven-submissions-and-one-is-listed-twice", "PEN-1");
}

#[test]
fn a_request_that_may_have_been_launched_unseen_counts_against_no_limit_for_sure() {
    is_right(&[
        "launched-unseen-makes-room",
        "launched-unseen-behind-an-unknown-beginning",
    ]);
    breaks("launched-unseen-and-too-early", "SUB-5");
    breaks("second-refresh-behind-an-unknown-beginning", "SUB-5");
}

#[test]
fn what_left_no_room_for_the_next_was_launched_unseen_and_is_delivered_or_was_in_its_way() {
    is_right(&[
        "two-accepted-while-launching-and-the-earlier-delivered",
        "two-accepted-while-launching-and-the-earlier-cancelled",
        "two-accepted-while-launching-and-it-dies",
        "eleven-accepted-while-launching-and-one-delivered",
    ]);
    breaks("two-accepted-while-launching-and-neither-delivered", "SUB-5");
    breaks("two-accepted-while-launching-and-neither-delivered", "LAU-2");
    breaks("two-accepted-while-launching-and-the-later-delivered", "SUB-5");
    breaks("eleven-accepted-while-launching-and-none-delivered", "SUB-6");
    breaks("eleven-accepted-while-launching-and-the-last-delivered", "SUB-6");
}

#[test]
fn what_a_process_was_launched_for_may_be_listed_until_it_is_delivered_whether_it_is_known_or_not() {
    is_right(&[
        "launched-for-a-known-one-that-is-listed-until-it-is-delivered",
        "launched-for-one-that-is-listed-until-it-is-delivered",
    ]);
    breaks("launched-for-one-that-is-listed-and-never-delivered", "LAU-2");
}

#[test]
fn an_identifier_that_runs_and_is_pending_may_be_listed_as_both() {
    is_right(&[
        "listed-as-running-and-as-pending",
        "listed-as-running-and-as-pending-with-power",
    ]);
    breaks("listed-twice-as-running", "PEN-1");
}

#[test]
fn a_doubt_says_whose_breach_hangs_on_the_tolerance() {
    for (name, party) in [
        ("stalled-by-less-than-the-tolerance", Party::App),
        ("expired-late-by-less-than-the-tolerance", Party::Scheduler),
    ] {
        let (report, _) = judge(name);
        assert_eq!(report.verdict, Verdict::Inconclusive, "{name}");
        let parties: Vec<_> = report.doubts.iter().map(|doubt| doubt.party).collect();
        assert_eq!(parties, [Some(party)], "{name}");
    }
}

#[test]
fn a_launch_that_nobody_saw_raises_or_is_delivered_though_a_condition_was_lost_since() {
    is_right(&[
        "hidden-launch-then-refresh-off-then-raise",
        "hidden-launch-then-network-lost-then-raise",
        "hidden-launch-then-use-of-the-device-then-delivery",
        "hidden-launch-then-to-the-front-then-delivery",
    ]);
}

#[test]
fn a_cancel_may_come_too_late_for_a_launch_that_nobody_saw() {
    is_right(&[
        "hidden-launch-then-cancel-then-delivery",
        "hidden-launch-then-cancel-then-raise",
        "hidden-launch-then-network-lost-then-cancel-then-delivery",
    ]);
}

#[test]
fn another_submission_may_come_too_late_for_a_launch_that_nobody_saw() {
    is_right(&[
        "hidden-launch-then-submitted-anew-then-delivery",
        "hidden-launch-then-submitted-anew-asynchronously-then-delivery",
    ]);
}

#[test]
fn a_promise_may_be_kept_by_a_launch_that_nobody_sees_before_launching_has_finished() {
    is_right(&["hidden-launch-within-a-promise-and-a-long-launching"]);
}

#[test]
fn what_a_gap_hid_may_have_changed_again_since_a_grant_that_was_not_followed() {
    is_right(&["grant-then-gap-of-device-lines-then-grant-and-delivery"]);
}

#[test]
fn a_request_that_was_submitted_after_the_grant_is_not_what_was_granted() {
    is_right(&["granted-while-a-submission-is-open"]);
}

#[test]
fn what_was_lost_or_cancelled_before_the_process_was_launched_is_not_launched_into_it() {
    breaks("lost-before-the-launch-then-raise", "CON-3");
    breaks("cancelled-before-the-launch-then-delivery", "CAN-1");
}

#[test]
fn what_was_launched_unseen_before_the_pending_requests_were_dropped_is_delivered_all_the_same() {
    is_right(&["dropped-with-refresh-off-and-launched-before"]);
    breaks("dropped-with-refresh-off-and-one-of-two-kept", "PEN-1");
}

#[test]
fn a_new_title_is_that_of_the_card_and_not_of_the_listed_request() {
    is_right(&["listed-as-submitted-after-an-update-of-its-title"]);
    breaks("listed-with-the-title-of-its-card", "PEN-1");
}

#[test]
fn a_request_under_fail_is_gone_with_its_process_and_one_without_a_title_may_be() {
    is_right(&[
        "fail-is-gone-with-its-process",
        "fail-without-a-title-is-gone-with-its-process",
    ]);
    breaks("fail-listed-after-its-process", "PEN-1");
}

#[test]
fn a_recording_tells_the_lock_and_the_app_in_either_order() {
    is_right(&[
        "locked-before-the-app-left-in-a-recording",
        "in-front-before-it-was-unlocked-in-a-recording",
        "opened-while-locked-in-a-recording",
    ]);
}

/// An app cannot log its own death: a process whose later lines are there lives, whatever `recorded` names.
#[test]
fn ends_that_a_recording_leaves_out_excuse_nothing_before_the_last_line_of_a_process() {
    breaks("never-expired-and-ends-not-recorded", "EXP-1");
    breaks("never-expired-while-the-process-speaks", "EXP-1");
    breaks("never-delivered-and-ends-not-recorded", "LAU-2");
    breaks("suspended-in-its-task-and-ends-not-recorded", "LIF-13");
}
