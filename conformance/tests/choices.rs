//! Whatever the rules leave open, the reference scheduler can choose either way, and every choice conforms in the field.

use bgspec_conformance::campaign::generate::{self, Config};
use bgspec_conformance::campaign::summary::Summary;
use bgspec_conformance::reference::{Choices, InProcess, WithoutPrefix};
use bgspec_model::vocabulary::Discretion;

type Change = fn(&mut Choices);

/// Each choice turned the other way. Two are left out: `unpermitted_register_silently_true` and
/// `wildcard_literal_returns_true` conform only where an implementation pins them.
const CHANGES: &[(&str, Change)] = &[
    ("launches by itself", |c| c.discretion = Discretion::Autonomous),
    ("launches a second later", |c| {
        (c.discretion, c.launch_delay) = (Discretion::Autonomous, 1000)
    }),
    ("late registration raises", |c| c.late_registration_raises = true),
    ("wildcards cover one component", |c| {
        c.wildcard_covers_one_component = true
    }),
    ("wildcards are for every kind", |c| c.wildcard_for_other_kinds = true),
    ("without the prefix it is dropped", |c| {
        c.continued_without_prefix = WithoutPrefix::Dropped
    }),
    ("without the prefix it is accepted", |c| {
        c.continued_without_prefix = WithoutPrefix::Accepted
    }),
    ("continued needs a mode", |c| c.continued_needs_mode = true),
    ("health research shares the limit", |c| {
        c.health_shares_processing_limit = true
    }),
    ("refusals go unreported", |c| c.lossy_submit = true),
    ("Low Power Mode at submission", |c| {
        c.low_power_refuses_submit = !c.low_power_refuses_submit
    }),
    ("refresh off and continued", |c| {
        c.refresh_off_refuses_continued = !c.refresh_off_refuses_continued
    }),
    ("resubmission while running", |c| {
        c.resubmit_waits_for_running = !c.resubmit_waits_for_running
    }),
    ("a replacement's place", |c| {
        c.replacement_keeps_place = !c.replacement_keeps_place
    }),
    ("completions come late", |c| c.submission_delay = 5000),
    ("a cancel expires", |c| {
        c.cancel_expires_running = !c.cancel_expires_running
    }),
    ("a cancel stops a delivery", |c| {
        c.cancel_stops_delivery = !c.cancel_stops_delivery
    }),
    ("running tasks are listed", |c| {
        c.pending_includes_running = !c.pending_includes_running
    }),
    ("waiting requests are listed", |c| {
        c.continued_in_pending = !c.continued_in_pending
    }),
    ("refresh off and the pending", |c| {
        c.pending_kept_when_refresh_off = !c.pending_kept_when_refresh_off
    }),
    ("one place", |c| c.continued_capacity = 1),
    ("waiting in the background", |c| {
        c.waiting_starts_in_background = !c.waiting_starts_in_background
    }),
    ("pressure and the GPU", |c| {
        c.pressure_delays_gpu = !c.pressure_delays_gpu
    }),
    ("Low Power Mode at the launch", |c| {
        c.low_power_blocks_refresh = !c.low_power_blocks_refresh
    }),
    ("health research and use", |c| {
        c.health_needs_idle = !c.health_needs_idle
    }),
    ("processing after a force-quit", |c| {
        c.processing_after_force_quit = !c.processing_after_force_quit
    }),
    ("short budgets", |c| {
        (c.refresh_budget, c.processing_budget) = (10_000, Some(60_000))
    }),
    ("no budget for processing", |c| c.processing_budget = None),
    ("never kills", |c| (c.grace, c.kill_after_grace) = (1000, None)),
    ("the queue of expiration", |c| {
        c.expires_on_registration_queue = !c.expires_on_registration_queue
    }),
    ("lost conditions", |c| {
        c.expire_on_lost_condition = !c.expire_on_lost_condition
    }),
    ("never suspends", |c| c.suspend_after = None),
    ("suspends late", |c| c.suspend_after = Some(5000)),
    ("never minds a stall", |c| c.stall_timeout = None),
    ("child progress", |c| c.child_progress_counts = !c.child_progress_counts),
    ("prompts", |c| c.prompt_after = Some(5000)),
    ("ignored prompts", |c| {
        (c.prompt_after, c.ignored_prompt_expires) = (Some(5000), !c.ignored_prompt_expires);
    }),
    ("cards in the foreground", |c| {
        c.card_in_foreground = !c.card_in_foreground
    }),
    ("a card and its retry", |c| {
        c.retry_replaces_failed_card = !c.retry_replaces_failed_card
    }),
    ("a boot and the force-quit", |c| {
        c.reboot_clears_force_quit = !c.reboot_clears_force_quit
    }),
    ("a boot and the pending", |c| {
        c.pending_survives_reboot = !c.pending_survives_reboot
    }),
    ("an update and the pending", |c| {
        c.pending_survives_update = !c.pending_survives_update
    }),
    ("a force-quit and the pending", |c| {
        c.force_quit_drops_refresh = !c.force_quit_drops_refresh
    }),
    ("waiting and the process", |c| {
        c.waiting_survives_process = !c.waiting_survives_process
    }),
    ("the Mac", |c| c.inert_on_mac = !c.inert_on_mac),
];

#[test]
fn every_choice_that_the_rules_leave_open_conforms_in_the_field() {
    let rules: Vec<_> = bgspec_model::rules::all().collect();
    let mut complaints = String::new();
    for (name, change) in CHANGES {
        let mut choices = Choices::default();
        change(&mut choices);
        let config = Config {
            versions: ["13", "17", "18", "26", "26.1", "27"]
                .map(|v| v.parse().expect("a version"))
                .to_vec(),
            profile: "field".to_owned(),
            seed: 7,
            cases: 150,
            ..Config::default()
        };
        let start =
            || Ok(Box::new(InProcess::with(choices.clone())) as Box<dyn bgspec_conformance::play::adapter::Adapter>);
        let outcome = generate::run(&config, &start, &|_| {}).expect("a campaign");
        let summary = Summary::new(&config, &outcome, &rules, &[]);
        assert!(outcome.deliveries > 0, "{name}: no task was ever delivered");
        for failure in &summary.failures {
            complaints.push_str(&format!(
                "== {name}: {:?} {:?}\n{}\n",
                failure.rules,
                failure.trouble,
                failure.story.join("\n")
            ));
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}
