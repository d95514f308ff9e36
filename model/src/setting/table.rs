//! The table: each setting with its type, whether it is fixed, and its values under both profiles.

use super::{Entry, FIRST, Type};
use crate::vocabulary::Version;

settings! {
    /// See REG-2.
    UnpermittedRegister = {
        name: "unpermitted_register",
        rules: ["REG-2"],
        kind: Type::Choice(&["returns_false", "silently_true"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "returns_false")],
        field: &[(FIRST, "returns_false")],
    }
    /// See REG-6.
    LateLaunchRegistration = {
        name: "late_launch_registration",
        rules: ["REG-6"],
        kind: Type::Choice(&["raises", "returns_true"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "returns_true")],
        field: &[(FIRST, "either")],
    }
    /// See IDN-3.
    WildcardDepth = {
        name: "wildcard_depth",
        rules: ["IDN-3"],
        kind: Type::Choice(&["one_component", "any"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See IDN-5.
    WildcardLiteralRegister = {
        name: "wildcard_literal_register",
        rules: ["IDN-5"],
        kind: Type::Choice(&["returns_false", "true_but_useless"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "returns_false")],
        field: &[(Version::new(26, 0), "either"), (Version::new(26, 1), "returns_false")],
    }
    /// See IDN-7.
    WildcardForOtherKinds = {
        name: "wildcard_for_other_kinds",
        rules: ["IDN-7"],
        kind: Type::Choice(&["refused", "accepted"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See IDN-11.
    ContinuedBundlePrefix = {
        name: "continued_bundle_prefix",
        rules: ["IDN-11"],
        kind: Type::Choice(&["refused", "dropped", "accepted"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See CFG-4.
    ContinuedMode = {
        name: "continued_mode",
        rules: ["CFG-4"],
        kind: Type::Choice(&["none", "processing"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See SUB-5.
    RefreshLimit = {
        name: "refresh_limit",
        rules: ["SUB-5"],
        kind: Type::Count,
        fixed: true,
        note: "",
        contract: &[(FIRST, "1")],
        field: &[(FIRST, "1")],
    }
    /// See SUB-6.
    ProcessingLimit = {
        name: "processing_limit",
        rules: ["SUB-6"],
        kind: Type::Count,
        fixed: true,
        note: "",
        contract: &[(FIRST, "10")],
        field: &[(FIRST, "10")],
    }
    /// See SUB-7.
    HealthSharesProcessingLimit = {
        name: "health_shares_processing_limit",
        rules: ["SUB-7"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See CON-16, EXP-9.
    HealthNeedsIdle = {
        name: "health_needs_idle",
        rules: ["CON-16", "EXP-9"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See SUB-12.
    SyncSubmitErrors = {
        name: "sync_submit_errors",
        rules: ["SUB-12"],
        kind: Type::Choice(&["reported", "lossy"]),
        fixed: false,
        note: "",
        contract: &[(FIRST, "reported"), (Version::new(27, 0), "either")],
        field: &[(FIRST, "reported"), (Version::new(26, 0), "either")],
    }
    /// See SUB-28.
    LowPowerRefusesSubmit = {
        name: "low_power_refuses_submit",
        rules: ["SUB-28"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See SUB-29.
    BarRefusesContinued = {
        name: "bar_refuses_continued",
        rules: ["SUB-29"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// for strategy queue; under fail a refusal is SUB-18
    ContinuedResubmitWhileRunning = {
        name: "continued_resubmit_while_running",
        rules: ["SUB-24"],
        kind: Type::Choice(&["refused", "queued_after"]),
        fixed: true,
        note: "for strategy queue; under fail a refusal is SUB-18",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See CAN-4.
    CancelRunningContinued = {
        name: "cancel_running_continued",
        rules: ["CAN-4"],
        kind: Type::Choice(&["expires", "nothing"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See PEN-2.
    PendingIncludesRunning = {
        name: "pending_includes_running",
        rules: ["PEN-2"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See PEN-4.
    ContinuedInPending = {
        name: "continued_in_pending",
        rules: ["PEN-4"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// of tasks running at once, system-wide; two of one app were seen. A number makes it fixed.
    ContinuedCapacity = {
        name: "continued_capacity",
        rules: ["SUB-18", "SUB-19", "LAU-7"],
        kind: Type::Count,
        fixed: false,
        note: "of tasks running at once, system-wide; two of one app were seen. A number makes it fixed.",
        contract: &[(FIRST, "unknown")],
        field: &[(FIRST, "unknown")],
    }
    /// See LAU-12.
    WaitingStartsInBackground = {
        name: "waiting_starts_in_background",
        rules: ["LAU-12"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: false,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See CON-17.
    PendingKeptWhenRefreshOff = {
        name: "pending_kept_when_refresh_off",
        rules: ["CON-17"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See CON-7.
    LowPowerBlocksRefresh = {
        name: "low_power_blocks_refresh",
        rules: ["CON-7"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "yes")],
        field: &[(FIRST, "either")],
    }
    /// See CON-10.
    ProcessingAfterForceQuit = {
        name: "processing_after_force_quit",
        rules: ["CON-10"],
        kind: Type::Choice(&["blocked", "allowed"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "blocked"), (Version::new(17, 0), "allowed")],
        field: &[(FIRST, "blocked"), (Version::new(17, 0), "allowed")],
    }
    /// See LAU-7.
    ContinuedLaunchLoss = {
        name: "continued_launch_loss",
        rules: ["LAU-7"],
        kind: Type::Choice(&["never", "possible"]),
        fixed: false,
        note: "",
        contract: &[(FIRST, "never")],
        field: &[(FIRST, "either")],
    }
    /// a convention of this project, no number of Apple's; the longest reaction seen is 10.3 s (Stop)
    ReactionTime = {
        name: "reaction_time",
        rules: ["LAU-2", "LAU-7", "EXP-9", "UIX-1", "UIX-3", "UIX-4", "LIF-8", "DBG-2", "DBG-3", "SUB-13", "CAN-4"],
        kind: Type::Duration,
        fixed: true,
        note: "a convention of this project, no number of Apple's; the longest reaction seen is 10.3 s (Stop)",
        contract: &[(FIRST, "60 s")],
        field: &[(FIRST, "60 s")],
    }
    /// an upper bound; what a launch really gets is free below it (EXP-4)
    RefreshBudget = {
        name: "refresh_budget",
        rules: ["EXP-1"],
        kind: Type::Duration,
        fixed: true,
        note: "an upper bound; what a launch really gets is free below it (EXP-4)",
        contract: &[(FIRST, "30 s")],
        field: &[(FIRST, "30 s")],
    }
    /// See EXP-2.
    ProcessingBudget = {
        name: "processing_budget",
        rules: ["EXP-2"],
        kind: Type::Duration,
        fixed: false,
        note: "",
        contract: &[(FIRST, "unknown")],
        field: &[(FIRST, "unknown")],
    }
    /// unknown: a kill is allowed at any time after the expiration call; about 5 s was seen for the older UIApplication tasks
    ExpirationGrace = {
        name: "expiration_grace",
        rules: ["EXP-7", "CMP-1"],
        kind: Type::Duration,
        fixed: false,
        note: "unknown: a kill is allowed at any time after the expiration call; about 5 s was seen for the older UIApplication tasks",
        contract: &[(FIRST, "unknown")],
        field: &[(FIRST, "unknown")],
    }
    /// See EXP-16, EXP-13.
    ExpirationQueue = {
        name: "expiration_queue",
        rules: ["EXP-16", "EXP-13"],
        kind: Type::Choice(&["registration", "background"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See EXP-10.
    ExpireOnLostCondition = {
        name: "expire_on_lost_condition",
        rules: ["EXP-10"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: false,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See EXP-15.
    CpuMonitor = {
        name: "cpu_monitor",
        rules: ["EXP-15"],
        kind: Type::Choice(&["off", "on"]),
        fixed: false,
        note: "",
        contract: &[(FIRST, "off")],
        field: &[(FIRST, "either")],
    }
    /// a lower bound: on a calm device no expiry for a stall before it. About 30 s by staff, unpublished; no clean report is below
    StallTimeout = {
        name: "stall_timeout",
        rules: ["PRG-1", "PRG-2", "PRG-6"],
        kind: Type::Duration,
        fixed: false,
        note: "a lower bound: on a calm device no expiry for a stall before it. About 30 s by staff, unpublished; no clean report is below",
        contract: &[(FIRST, "30 s")],
        field: &[(FIRST, "30 s")],
    }
    /// See PRG-5.
    ChildProgressCounts = {
        name: "child_progress_counts",
        rules: ["PRG-5"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See PRG-9.
    LockPauses = {
        name: "lock_pauses",
        rules: ["PRG-9"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: false,
        note: "",
        contract: &[(FIRST, "no")],
        field: &[(FIRST, "either")],
    }
    /// See PRG-7.
    PromptIgnored = {
        name: "prompt_ignored",
        rules: ["PRG-7"],
        kind: Type::Choice(&["goes_on", "expires"]),
        fixed: false,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See UIX-6.
    FailedCardReplacedOnRetry = {
        name: "failed_card_replaced_on_retry",
        rules: ["UIX-6"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See LIF-3.
    RebootClearsForceQuit = {
        name: "reboot_clears_force_quit",
        rules: ["LIF-3"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See LIF-4.
    PendingSurvivesReboot = {
        name: "pending_survives_reboot",
        rules: ["LIF-4"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See LIF-5.
    PendingSurvivesUpdate = {
        name: "pending_survives_update",
        rules: ["LIF-5"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See LIF-11.
    ForceQuitDropsRefresh = {
        name: "force_quit_drops_refresh",
        rules: ["LIF-11"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See LIF-15.
    WaitingSurvivesProcess = {
        name: "waiting_survives_process",
        rules: ["LIF-15"],
        kind: Type::Choice(&["yes", "no"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "either")],
        field: &[(FIRST, "either")],
    }
    /// See CFG-6.
    MacScheduler = {
        name: "mac_scheduler",
        rules: ["CFG-6"],
        kind: Type::Choice(&["works", "inert"]),
        fixed: true,
        note: "",
        contract: &[(FIRST, "works")],
        field: &[(FIRST, "either")],
    }
    /// declared by the implementation: an eligible request is launched within it; unknown: a launch is never owed
    Promptness = {
        name: "promptness",
        rules: ["CON-12"],
        kind: Type::Duration,
        fixed: true,
        note: "declared by the implementation: an eligible request is launched within it; unknown: a launch is never owed",
        contract: &[(FIRST, "unknown")],
        field: &[(FIRST, "unknown")],
    }
}
