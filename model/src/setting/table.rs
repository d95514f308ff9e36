//! The table: each setting with its type, whether it is fixed, and its values under both profiles.

use super::{Choice, Entry, Type};
use crate::vocabulary::Version;

settings! {
    UnpermittedRegister "unpermitted_register", for REG_2: Fixed Choice { ReturnsFalse = "returns_false", SilentlyTrue = "silently_true" }
        contract "returns_false"
        field "returns_false";

    LateLaunchRegistration "late_launch_registration", for REG_6: Fixed Choice { Raises = "raises", ReturnsTrue = "returns_true" }
        contract "returns_true"
        field "either";

    WildcardDepth "wildcard_depth", for IDN_3: Fixed Choice { OneComponent = "one_component", Any = "any" }
        contract "either"
        field "either";

    WildcardLiteralRegister "wildcard_literal_register", for IDN_5: Fixed Choice { ReturnsFalse = "returns_false", TrueButUseless = "true_but_useless" }
        contract "returns_false"
        field from 26.0 "either", from 26.1 "returns_false";

    WildcardForOtherKinds "wildcard_for_other_kinds", for IDN_7: Fixed Choice { Refused = "refused", Accepted = "accepted" }
        contract "either"
        field "either";

    ContinuedBundlePrefix "continued_bundle_prefix", for IDN_11: Fixed Choice { Refused = "refused", Dropped = "dropped", Accepted = "accepted" }
        contract "either"
        field "either";

    ContinuedMode "continued_mode", for CFG_4: Fixed Choice { None = "none", Processing = "processing" }
        contract "either"
        field "either";

    RefreshLimit "refresh_limit", for SUB_5: Fixed Count
        contract "1"
        field "1";

    ProcessingLimit "processing_limit", for SUB_6: Fixed Count
        contract "10"
        field "10";

    HealthSharesProcessingLimit "health_shares_processing_limit", for SUB_7: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    HealthNeedsIdle "health_needs_idle", for CON_16 EXP_9: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    ProcessingNeedsIdle "processing_needs_idle", for CON_4 CON_8 EXP_9: Free Choice { Yes = "yes", No = "no" }
        contract "yes"
        field "either";

    SyncSubmitErrors "sync_submit_errors", for SUB_12: Free Choice { Reported = "reported", Lossy = "lossy" }
        contract "reported", from 27.0 "either"
        field "reported", from 26.0 "either";

    ForeignSubmitErrors "foreign_submit_errors", for SUB_34: Free Choice { Never = "never", Possible = "possible" }
        contract "never"
        field "never", from 27.0 "either";

    LowPowerRefusesSubmit "low_power_refuses_submit", for SUB_28: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    BarRefusesContinued "bar_refuses_continued", for SUB_29: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    ContinuedResubmitWhileRunning "continued_resubmit_while_running", for SUB_24: Fixed Choice { Refused = "refused", QueuedAfter = "queued_after" }
        contract "either"
        field "either"
        note "for strategy queue; under fail a refusal is SUB-18";

    CancelRunningContinued "cancel_running_continued", for CAN_4: Fixed Choice { Expires = "expires", Nothing = "nothing" }
        contract "either"
        field "either";

    PendingIncludesRunning "pending_includes_running", for PEN_2: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    ContinuedInPending "continued_in_pending", for PEN_4: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    ContinuedCapacity "continued_capacity", for SUB_18 SUB_19 LAU_7: Free Count
        contract "unknown"
        field "unknown"
        note "of tasks running at once, system-wide; two of one app were seen. A number makes it fixed.";

    WaitingStartsInBackground "waiting_starts_in_background", for LAU_12: Free Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    PendingKeptWhenRefreshOff "pending_kept_when_refresh_off", for CON_17: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    LowPowerBlocksRefresh "low_power_blocks_refresh", for CON_7: Fixed Choice { Yes = "yes", No = "no" }
        contract "yes"
        field "either";

    ProcessingAfterForceQuit "processing_after_force_quit", for CON_10: Fixed Choice { Blocked = "blocked", Allowed = "allowed" }
        contract "blocked", from 17.0 "allowed"
        field "blocked", from 17.0 "allowed";

    ContinuedLaunchLoss "continued_launch_loss", for LAU_7: Free Choice { Never = "never", Possible = "possible" }
        contract "never"
        field "either";

    ReactionTime "reaction_time", for LAU_2 LAU_7 EXP_9 EXP_17 UIX_1 UIX_3 UIX_4 LIF_8 DBG_2 DBG_3 SUB_13 SUB_18 CAN_4 CAN_6 PRG_6: Fixed Duration
        contract "60 s"
        field "60 s"
        note "a convention of this project, no number of Apple's; the longest reaction seen is 10.3 s (Stop)";

    LeavingGrace "leaving_grace", for SUB_17: Fixed Duration
        contract "1 s"
        field "1 s"
        note "a convention of this project, no number of Apple's: how long after the app left the foreground a continued submission may still pass for one in it";

    RefreshBudget "refresh_budget", for EXP_1: Fixed Duration
        contract "30 s"
        field "30 s"
        note "an upper bound; what a launch really gets is free below it (EXP-4)";

    ProcessingBudget "processing_budget", for EXP_2: Free Duration
        contract "unknown"
        field "unknown";

    ExpirationGrace "expiration_grace", for EXP_7 CMP_1: Free Duration
        contract "unknown"
        field "unknown"
        note "unknown: a kill is allowed at any time after the expiration call; about 5 s was seen for the older UIApplication tasks";

    ExpirationQueue "expiration_queue", for EXP_16 EXP_13: Fixed Choice { Registration = "registration", Background = "background" }
        contract "either"
        field "either";

    ExpireOnLostCondition "expire_on_lost_condition", for EXP_10: Free Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    CpuMonitor "cpu_monitor", for EXP_15: Free Choice { Off = "off", On = "on" }
        contract "off"
        field "either";

    StallTimeout "stall_timeout", for PRG_1 PRG_2 PRG_6: Free Duration
        contract "30 s"
        field "30 s"
        note "a lower bound: on a calm device no expiry for a stall before it. About 30 s by staff, unpublished; no clean report is below";

    ChildProgressCounts "child_progress_counts", for PRG_5: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    LockPauses "lock_pauses", for PRG_9: Free Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    PromptIgnored "prompt_ignored", for PRG_7: Free Choice { GoesOn = "goes_on", Expires = "expires" }
        contract "either"
        field "either";

    FinishedCardTime "finished_card_time", for UIX_4: Fixed Duration
        contract "unknown"
        field "unknown"
        note "how long a card that says finished may stay; no source has a number, so nothing is owed unless it is pinned";

    FailedCardReplacedOnRetry "failed_card_replaced_on_retry", for UIX_6: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    RebootClearsForceQuit "reboot_clears_force_quit", for LIF_3: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    PendingSurvivesReboot "pending_survives_reboot", for LIF_4: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    PendingSurvivesUpdate "pending_survives_update", for LIF_5: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    ForceQuitDropsRefresh "force_quit_drops_refresh", for LIF_11: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    WaitingSurvivesProcess "waiting_survives_process", for LIF_15: Fixed Choice { Yes = "yes", No = "no" }
        contract "either"
        field "either";

    MacScheduler "mac_scheduler", for CFG_6: Fixed Choice { Works = "works", Inert = "inert" }
        contract "either"
        field "either";

    Promptness "promptness", for CON_12: Fixed Duration
        contract "unknown"
        field "unknown"
        note "declared by the implementation: an eligible request is launched within it; unknown: a launch is never owed";
}
