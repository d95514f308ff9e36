//! Seeded faults: what the reference scheduler does wrong on purpose, one at a time, to measure the suite by.
//!
//! Each fault names the rule that it breaks, and is caught where a finding names that rule. A *subtle* one lies beside a
//! plainer fault of the same rule: off by one at a limit, a millisecond early, half an update, only the second time. The
//! code of a fault stands where the right behaviour does, behind [`State::has`]; a fault that is only a value out of its
//! bounds is in [`Choices::go_wrong`]. What a scheduler declares stays what it would be without the fault.
//!
//! Rules at which no adapter can be caught are in [`BEYOND_REACH`], each with the reason.

use std::fmt;
use std::str::FromStr;

use bgspec_model::rule::Rule;
use bgspec_model::rules::*;

use super::choices::Choices;
use super::state::State;

macro_rules! faults {
    ($($variant:ident $name:literal, $rule:ident $($subtle:ident)?: $sentence:literal;)*) => {
        /// Something that the reference scheduler does wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault { $(#[doc = $sentence] $variant,)* }

        impl Fault {
            /// Every fault, in the order of the rulebook.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The rule that it breaks.
            #[must_use]
            pub fn rule(self) -> &'static Rule {
                match self { $(Self::$variant => &$rule,)* }
            }

            /// What the scheduler does wrong, in a sentence.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)* }
            }

            /// Whether a plainer fault of the same rule stands beside it.
            #[must_use]
            pub const fn is_subtle(self) -> bool {
                match self { $(Self::$variant => faults!(@subtle $($subtle)?),)* }
            }
        }
    };
    (@subtle subtle) => { true };
    (@subtle) => { false };
}

faults! {
    PermitsWithoutList "permits-without-list", CFG_1: "A permitted list that is no array of strings permits everything.";
    IgnoresModes "ignores-modes", CFG_2: "A missing background mode refuses nothing.";
    HealthNeedsNoMode "health-needs-no-mode", CFG_2 subtle: "Health research needs no background mode.";
    HealthForEverybody "health-for-everybody", CFG_3: "Health research needs neither the entitlement nor the study.";
    HealthWithoutOptIn "health-without-opt-in", CFG_3 subtle: "Health research asks for the entitlement and not for the study.";
    SimulatorAccepts "simulator-accepts", CFG_5: "The simulator accepts submissions.";
    AnyExtensionSchedules "any-extension-schedules", CFG_7: "An extension of any kind may submit.";
    RegistrationReturnsFalse "registration-returns-false", REG_1: "Registering a permitted identifier returns false, and registers it.";
    UnpermittedRegisters "unpermitted-registers", REG_2: "Registering an identifier that is not permitted returns true.";
    UnpermittedRaises "unpermitted-registration-raises", REG_2 subtle: "Registering an identifier that is not permitted raises.";
    RegistersTwice "registers-twice", REG_3: "A second registration of an identifier returns true.";
    SecondReturnsFalse "second-registration-returns-false", REG_3 subtle: "A second registration of an identifier returns false.";
    RegistersLate "registers-late", REG_4: "Before iOS 26 a registration after launch returns true.";
    LateWildcardRaises "late-wildcard-raises", REG_5: "From iOS 26 a late registration under a wildcard raises.";
    LateExactRaises "late-exact-raises", REG_6: "From iOS 26 a late registration of an exactly permitted identifier raises.";
    BackgroundUnregisters "background-unregisters", REG_8: "Registrations are gone when the app leaves the foreground.";
    HandlersOutliveProcess "handlers-outlive-process", REG_8 subtle: "Registrations are still there in the next process.";
    OwnQueueAlways "own-queue-always", REG_9: "Every handler runs on the scheduler's own queue.";
    RefreshOffRegistersNothing "refresh-off-registers-nothing", REG_10: "With Background App Refresh off registration returns false.";
    SimulatorRegistersNothing "simulator-registers-nothing", REG_10 subtle: "On the simulator registration returns false.";
    EmptyIsPermitted "empty-is-permitted", REG_11: "The empty identifier is permitted.";
    BundleWildcardCoversNothing "bundle-wildcard-covers-nothing", IDN_1: "A wildcard entry right below the bundle identifier covers nothing.";
    WildcardCoversItsPrefix "wildcard-covers-its-prefix", IDN_2: "A wildcard covers its prefix with nothing behind the dot.";
    WildcardCoversLetters "wildcard-covers-letters", IDN_2 subtle: "A wildcard covers what begins with its prefix, the dot apart.";
    NeighbourServes "neighbour-serves", IDN_4: "A handler serves every identifier of its wildcard.";
    WildcardStringRegisters "wildcard-string-registers", IDN_5: "Registering the string of a wildcard entry returns true.";
    WildcardStringSubmits "wildcard-string-submits", IDN_6: "The string of a wildcard entry can be submitted.";
    StrayStarCovers "stray-star-covers", IDN_8: "Any entry that ends with a star covers what begins like it.";
    WildcardHidesExact "wildcard-hides-exact", IDN_10: "An exact entry that a wildcard covers too permits continued processing only.";
    IgnoresCase "ignores-case", IDN_12: "Identifiers are compared without regard to case.";
    TrimsSpace "trims-space", IDN_12 subtle: "White space around an identifier is ignored.";
    AcceptedAndForgotten "accepted-and-forgotten", SUB_1: "An accepted refresh request is not kept.";
    ForgottenWhileLaunching "forgotten-while-launching", SUB_1 subtle: "What is accepted while the app launches is not kept.";
    NoHandlerAccepts "no-handler-accepts", SUB_2: "A submission without a handler is accepted.";
    NoHandlerRefuses "no-handler-refuses", SUB_2 subtle: "A submission without a handler is refused with unavailable (1).";
    UnpermittedSubmits "unpermitted-submits", SUB_3: "Submitting an identifier that is not permitted is accepted.";
    UnpermittedIsUnavailable "unpermitted-is-unavailable", SUB_3 subtle: "Submitting an identifier that is not permitted is refused with unavailable (1).";
    KeepsTheOld "keeps-the-old", SUB_4: "A second submission of an identifier is accepted, and the first one stays.";
    KeepsTheOldDate "keeps-the-old-date", SUB_4 subtle: "A replacement keeps the old request's begin date.";
    TwoRefreshRequests "two-refresh-requests", SUB_5: "Two refresh requests may be pending.";
    ElevenProcessing "eleven-processing", SUB_6: "Eleven processing requests may be pending.";
    NineProcessing "nine-processing", SUB_6 subtle: "The tenth processing request is refused.";
    RunningCounts "running-counts", SUB_8: "A running refresh task takes the place of a pending request.";
    RefusalRemoves "refusal-removes", SUB_9: "A refused submission removes the outstanding request of its identifier.";
    RefusalMovesTheDate "refusal-moves-the-date", SUB_9 subtle: "A refused submission moves the date of the outstanding request.";
    RefreshOffAccepts "refresh-off-accepts", SUB_10: "With Background App Refresh off submissions are accepted.";
    RestrictedAccepts "restricted-accepts", SUB_10 subtle: "With Background App Refresh restricted submissions are accepted.";
    NoNetworkRefuses "no-network-refuses", SUB_11: "Without a network no submission is accepted.";
    LockRefuses "lock-refuses", SUB_11 subtle: "On a locked device no submission that requires power is accepted.";
    NeverCompletes "never-completes", SUB_13: "An asynchronous submission never completes.";
    CompletesTwice "completes-twice", SUB_13 subtle: "An asynchronous submission completes twice.";
    PastDateRefuses "past-date-refuses", SUB_14: "A begin date in the past is refused.";
    FarDateRefuses "far-date-refuses", SUB_14 subtle: "A begin date more than thirty days ahead is refused.";
    ObjectIsLive "object-is-live", SUB_15: "Changing the submitted object changes the request.";
    BackgroundContinues "background-continues", SUB_17: "Continued processing may be submitted from the background.";
    FailWaits "fail-waits", SUB_18: "A continued request that must not wait is accepted without room, and waits.";
    RefusesTheLastPlace "refuses-the-last-place", SUB_18 subtle: "The last free place is not given to a request that must not wait.";
    QueueIsAStack "queue-is-a-stack", SUB_19: "Of the requests that wait the last one starts first.";
    ContinuedWaitsForDate "continued-waits-for-date", SUB_20: "Continued processing waits for its begin date.";
    DeniedAccepts "denied-accepts", SUB_22: "With background launches denied submissions are accepted.";
    DeniedIsTooMany "denied-is-too-many", SUB_22 subtle: "With background launches denied submissions are refused with tooManyPendingTaskRequests (2).";
    NeedsNetworkByDefault "needs-network-by-default", SUB_26: "Processing requires the network where it does not say so.";
    CancelForgets "cancel-forgets", CAN_1: "Cancelling an identifier does nothing.";
    CancelLeavesWaiting "cancel-leaves-waiting", CAN_1 subtle: "Cancelling leaves a waiting continued request.";
    CancelAllLeavesOne "cancel-all-leaves-one", CAN_2: "Cancelling everything leaves the oldest request.";
    CancelAllLeavesProcessing "cancel-all-leaves-processing", CAN_2 subtle: "Cancelling everything leaves processing requests.";
    CancelEndsTheTask "cancel-ends-the-task", CAN_3: "Cancelling expires a running refresh task.";
    CancelUnregisters "cancel-unregisters", CAN_3 subtle: "Cancelling unregisters the handler.";
    CancelledForGood "cancelled-for-good", CAN_5: "What was cancelled once is refused when it is submitted again.";
    ListRepeats "list-repeats", PEN_1: "The pending list holds its first request twice.";
    ListIsShort "list-is-short", PEN_1 subtle: "The pending list leaves its last request out where there are several.";
    ListWithoutDates "list-without-dates", PEN_1 subtle: "The pending list leaves out the begin dates.";
    ListedIsLive "listed-is-live", PEN_3: "Changing a listed object changes the request.";
    LaunchesBeforeDate "launches-before-date", CON_1: "A request is launched before its begin date.";
    AMillisecondEarly "a-millisecond-early", CON_1 subtle: "A request is launched a millisecond before its begin date.";
    LaunchesOnBattery "launches-on-battery", CON_2: "A request that requires power is launched on battery.";
    LaunchesOffline "launches-offline", CON_3: "A request that requires the network is launched without one.";
    LaunchesInUse "launches-in-use", CON_4: "Processing is launched while somebody uses the device.";
    LaunchesBeforeUnlock "launches-before-unlock", CON_5: "Requests are launched before the first unlock after a boot.";
    LaunchesWithRefreshOff "launches-with-refresh-off", CON_6: "Requests are launched with Background App Refresh off.";
    LaunchesWhenDenied "launches-when-denied", CON_6 subtle: "Requests are launched with background launches denied.";
    LaunchesInLowPower "launches-in-low-power", CON_7: "Refresh is launched in Low Power Mode.";
    LaunchesIntoForeground "launches-into-foreground", CON_8: "Requests are launched into the app in the foreground.";
    LaunchesAfterForceQuit "launches-after-force-quit", CON_9: "Refresh is launched after a force-quit.";
    TwoOfOneIdentifier "two-of-one-identifier", CON_11: "A second task of an identifier runs beside the first.";
    LaunchesWithLockedData "launches-with-locked-data", CON_13: "Health research is launched while its data is locked.";
    DeliversWhileLaunching "delivers-while-launching", LAU_1: "A handler runs before the app has finished launching.";
    LaunchWithoutDelivery "launch-without-delivery", LAU_2: "What was launched with the process is never delivered.";
    DeliveredTwice "delivered-twice", LAU_2 subtle: "A processing request is launched again by the next grant.";
    NoHandlerIsQuiet "no-handler-is-quiet", LAU_3: "A launch without a handler raises nothing.";
    DeliversRefresh "delivers-refresh", LAU_5: "Processing is delivered as refresh.";
    LaunchesTheLiving "launches-the-living", LAU_6: "A suspended process is not used: the app is launched anew.";
    FailIsLost "fail-is-lost", LAU_7: "A continued request that must not wait is accepted and never delivered.";
    LaunchesTheCancelled "launches-the-cancelled", LAU_9: "What was cancelled is launched when it is granted.";
    IgnoresGrants "ignores-grants", LAU_10: "A granted refresh request is not launched.";
    LaunchesUngranted "launches-ungranted", LAU_10 subtle: "With one grant everything that is eligible is launched.";
    RefreshRunsOn "refresh-runs-on", EXP_1: "A refresh task may run for a minute.";
    AMillisecondLong "a-millisecond-long", EXP_1 subtle: "A refresh task is expired a millisecond late.";
    ExpiresTheCompleted "expires-the-completed", EXP_3: "A task that was completed is expired all the same.";
    ExpiresTwice "expires-twice", EXP_3 subtle: "The expiration handler is called twice.";
    CallsNoHandler "calls-no-handler", EXP_5: "A task without an expiration handler is expired as if it had one.";
    CallsTheLateHandler "calls-the-late-handler", EXP_6: "A handler that is set after the expiration is called.";
    KillsWithoutCall "kills-without-call", EXP_7: "The app is killed when a task's time is over, without the call.";
    KillsInTheGrace "kills-in-the-grace", EXP_7 subtle: "The app is killed a millisecond before the grace is over.";
    GoesOnInUse "goes-on-in-use", EXP_9: "Processing goes on when somebody starts to use the device.";
    UseEndsRefresh "use-ends-refresh", EXP_9 subtle: "Refresh is expired when somebody starts to use the device.";
    KillsForCpu "kills-for-cpu", EXP_15: "Processing that requires power is killed for CPU use.";
    KeepsTheTime "keeps-the-time", EXP_17: "A task whose time is taken back runs on.";
    ExpiresAtWill "expires-at-will", EXP_17 subtle: "Processing is expired after a minute, for no reason.";
    LateCompletionKills "late-completion-kills", CMP_2: "A second completion of a task ends the process.";
    FailureIsRetried "failure-is-retried", CMP_4: "A task that failed is pending again.";
    GraceIsOver "grace-is-over", CMP_6: "The app is killed after the grace though it completed in it.";
    CompletesTheNext "completes-the-next", CMP_8: "A late completion completes the next task of its identifier.";
    CrashLosesRequests "crash-loses-requests", LIF_1: "Pending requests are lost in a crash.";
    MemoryLosesRequests "memory-loses-requests", LIF_1 subtle: "Pending requests are lost when the process is ended for memory.";
    CrashBlocks "crash-blocks", LIF_2: "After a crash nothing is launched until the person opens the app.";
    OpeningForgivesNothing "opening-forgives-nothing", LIF_3: "The person's next launch does not clear the mark of a force-quit.";
    UninstallKeeps "uninstall-keeps", LIF_6: "Pending requests outlive an uninstall.";
    DeathRestores "death-restores", LIF_7: "The requests of tasks that died with their process are pending again.";
    WaitsOverForceQuit "waits-over-force-quit", LIF_8: "A waiting continued request outlives a force-quit.";
    ForceQuitExpires "force-quit-expires", LIF_8 subtle: "The app's handlers are called when it is closed in the switcher.";
    ForegroundEndsRefresh "foreground-ends-refresh", LIF_9: "A running refresh task is expired when the app comes to the foreground.";
    SuspendsTheRunning "suspends-the-running", LIF_13: "The process is suspended while a task runs.";
    WaitsOverReboot "waits-over-reboot", LIF_16: "A waiting continued request outlives a reboot.";
    SuspendsTheAwake "suspends-the-awake", LIF_17: "A process that something else keeps awake is suspended all the same.";
    GpuByEntitlement "gpu-by-entitlement", RES_1: "supportedResources names the GPU only with the entitlement.";
    GpuEverywhere "gpu-everywhere", RES_2: "A request for the GPU is accepted on a device without it.";
    GpuRaises "gpu-raises", RES_2 subtle: "A request for the GPU on a device without it raises.";
    GpuForEverybody "gpu-for-everybody", RES_3: "A request for the GPU needs no entitlement.";
    ProgressCountsNothing "progress-counts-nothing", PRG_3: "Progress does not start the stall time-out anew.";
    OnlyTheFirstProgress "only-the-first-progress", PRG_3 subtle: "Only the first unit of progress counts.";
    HasARunLimit "has-a-run-limit", PRG_6: "A continued task is expired after ten minutes.";
    StallsEarly "stalls-early", PRG_6 subtle: "A stalled task is expired a millisecond early.";
    LockExpires "lock-expires", PRG_9: "A lock expires running continued tasks.";
    NegativeRaises "negative-raises", PRG_10: "Negative progress raises.";
    ContinueExpires "continue-expires", PRG_12: "The person's Continue expires the task.";
    ShowsNoCard "shows-no-card", UIX_1: "Continued tasks have no card.";
    CardWithoutTitles "card-without-titles", UIX_1 subtle: "The card of a task has empty titles.";
    TitleStays "title-stays", UIX_2: "A new title does not reach the card.";
    HalfATitle "half-a-title", UIX_2 subtle: "A new title reaches the card without its subtitle.";
    StopDoesNothing "stop-does-nothing", UIX_3: "The person's Stop does nothing.";
    StopNeedsAHandler "stop-needs-a-handler", UIX_3 subtle: "Stop does nothing to a task without an expiration handler.";
    SuccessLooksFailed "success-looks-failed", UIX_4: "The card of a task that succeeded says that it failed.";
    FinishedTurnsFailed "finished-turns-failed", UIX_4 subtle: "A card that said finished turns to failed.";
    SimulatesFromNothing "simulates-from-nothing", DBG_1: "A simulated launch runs a registered handler without a pending request.";
    SimulationWaits "simulation-waits", DBG_2: "A simulated launch waits for the conditions.";
    SimulationKeeps "simulation-keeps", DBG_2 subtle: "A simulated launch leaves the request pending.";
    SimulatedExpiryWaits "simulated-expiry-waits", DBG_3: "A simulated expiration does nothing.";
    SimulatedExpiryBlocks "simulated-expiry-blocks", DBG_3 subtle: "A simulated expiration waits for a blocked queue.";
    SimulatesASecond "simulates-a-second", DBG_4: "A simulated launch starts a second task of an identifier that runs.";
    SimulatesOnSimulator "simulates-on-simulator", DBG_6: "Simulated launches run on the simulator.";
}

/// The `must` rules of the scheduler at which no adapter can be caught, and why.
pub static BEYOND_REACH: &[(&Rule, &str)] = &[
    (
        &CFG_10,
        "it binds whoever writes a trace: what does not exist is malformed, and is never sent to an adapter",
    ),
    (
        &EXP_11,
        "what a handler is told has no place in the vocabulary: there is no argument to observe",
    ),
    (
        &SUB_25,
        "only calls that overlap can show it, and the runner makes none: the races of the reference scheduler are explored by loom, and seeded there",
    ),
];

impl Choices {
    /// The same scheduler with its fault, where that is a value out of its bounds.
    pub(super) fn go_wrong(mut self) -> Self {
        match self.fault {
            Some(Fault::TwoRefreshRequests) => self.refresh_limit += 1,
            Some(Fault::ElevenProcessing) => self.processing_limit += 1,
            Some(Fault::NineProcessing) => self.processing_limit -= 1,
            Some(Fault::LateExactRaises) => self.late_registration_raises = true,
            Some(Fault::UnpermittedRegisters) => self.unpermitted_register_silently_true = true,
            Some(Fault::WildcardStringRegisters) => self.wildcard_literal_returns_true = true,
            Some(Fault::LaunchesInLowPower) => self.low_power_blocks_refresh = false,
            Some(Fault::RefreshRunsOn) => self.refresh_budget *= 2,
            Some(Fault::AMillisecondLong) => self.refresh_budget += 1,
            Some(Fault::ExpiresAtWill) => self.processing_budget = Some(60_000),
            Some(Fault::KillsInTheGrace) => (self.grace, self.kill_after_grace) = (self.grace - 1, Some(0)),
            Some(Fault::StallsEarly) => self.stall_timeout = self.stall_timeout.map(|timeout| timeout - 1),
            Some(_) | None => {}
        }
        self
    }
}

impl State {
    /// Whether the scheduler has this fault.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.choices.fault == Some(fault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// No fault has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no fault {given:?}{}; `bgspec faults` lists them", near.map(|near| format!(": did you mean {near}?")).unwrap_or_default())]
pub struct NoFault {
    given: String,
    near: Option<&'static str>,
}

impl FromStr for Fault {
    type Err = NoFault;
    fn from_str(given: &str) -> Result<Self, NoFault> {
        let found = Self::ALL.iter().copied().find(|fault| fault.name() == given);
        found.ok_or_else(|| NoFault {
            given: given.to_owned(),
            near: bgspec_model::profile::nearest(given, Self::ALL.iter().map(|fault| fault.name())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bgspec_model::rule::{Force, Party};
    use bgspec_model::rules;

    /// The `must` rules of the scheduler that no fault breaks and that are not listed as beyond reach.
    fn unseeded() -> impl Iterator<Item = &'static Rule> {
        rules::all()
            .filter(|rule| rule.bound == Party::Scheduler && rule.force == Force::Must)
            .filter(|rule| !Fault::ALL.iter().any(|fault| fault.rule() == *rule))
            .filter(|rule| !BEYOND_REACH.iter().any(|(beyond, _)| beyond == rule))
    }

    #[test]
    fn every_must_rule_of_the_scheduler_has_a_fault_or_the_reason_why_not() {
        let missing: Vec<_> = unseeded().map(|rule| rule.id).collect();
        assert!(missing.is_empty(), "no fault in reference/faults.rs breaks {missing:?}");
    }

    #[test]
    fn a_subtle_fault_stands_beside_a_plain_one_of_its_rule_and_names_are_told_apart() {
        for fault in Fault::ALL {
            let plain = |other: &&Fault| other.rule() == fault.rule() && !other.is_subtle();
            assert!(
                Fault::ALL.iter().any(|other| plain(&other)),
                "{fault} has no plain fault of {} beside it",
                fault.rule().id
            );
            assert_eq!(fault.name().parse(), Ok(*fault));
        }
        assert!(Fault::ALL.iter().filter(|fault| fault.is_subtle()).count() >= 30);
    }
}
