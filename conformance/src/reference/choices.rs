//! Every point where the rules leave a choice, and what this scheduler chooses.
//!
//! A choice is data. Another temper of the scheduler (the least helpful one that still conforms, the most helpful one)
//! is another value of [`Choices`], and so is a seeded fault as far as it is a value out of its bounds.

use std::collections::BTreeMap;

use bgspec_model::vocabulary::{Discretion, Millis};

use super::faults::Fault;

/// What the scheduler does where the rules leave it the choice. Each field names its setting, or says that it has none.
///
/// The default conforms under the profile `contract` for every version of iOS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Who decides when a request is launched. No setting: a declaration. Driven: [`super::Scheduler::grant`].
    pub discretion: Discretion,
    /// What it does wrong on purpose: nothing, unless the suite is measured.
    pub fault: Option<Fault>,
    /// In autonomous mode, how long a request is eligible without a break before it is launched. No setting.
    pub launch_delay: Millis,

    /// `unpermitted_register`: registering an unpermitted identifier returns true and registers nothing.
    pub unpermitted_register_silently_true: bool,
    /// `late_launch_registration`: from 26.0 a late registration of an exactly listed identifier raises.
    pub late_registration_raises: bool,
    /// `wildcard_depth`: what a wildcard covers is one component.
    pub wildcard_covers_one_component: bool,
    /// `wildcard_literal_register`: registering a wildcard entry's own string returns true, to no use.
    pub wildcard_literal_returns_true: bool,
    /// `wildcard_for_other_kinds`: a wildcard permits refresh, processing and health research too.
    pub wildcard_for_other_kinds: bool,
    /// `continued_bundle_prefix`: what becomes of continued requests without the bundle identifier's prefix.
    pub continued_without_prefix: WithoutPrefix,
    /// `continued_mode`: continued requests need the background mode `processing`.
    pub continued_needs_mode: bool,

    /// `refresh_limit`.
    pub refresh_limit: usize,
    /// `processing_limit`.
    pub processing_limit: usize,
    /// `health_shares_processing_limit`.
    pub health_shares_processing_limit: bool,
    /// `sync_submit_errors`: the synchronous submit hides the refusals that it may hide.
    pub lossy_submit: bool,
    /// `low_power_refuses_submit`.
    pub low_power_refuses_submit: bool,
    /// `bar_refuses_continued`.
    pub refresh_off_refuses_continued: bool,
    /// `continued_resubmit_while_running`: it waits until the running one has ended.
    pub resubmit_waits_for_running: bool,
    /// A waiting continued request that is replaced keeps its place in the queue. No setting: SUB-4 allows both.
    pub replacement_keeps_place: bool,
    /// How long an asynchronous submission takes, at most `reaction_time`. No setting of its own.
    pub submission_delay: Millis,

    /// `cancel_running_continued`: a cancel expires the running continued task.
    pub cancel_expires_running: bool,
    /// A cancel between launch and delivery prevents the delivery. No setting: CAN-6 allows both.
    pub cancel_stops_delivery: bool,
    /// `pending_includes_running`.
    pub pending_includes_running: bool,
    /// `continued_in_pending`.
    pub continued_in_pending: bool,
    /// `pending_kept_when_refresh_off`.
    pub pending_kept_when_refresh_off: bool,

    /// `continued_capacity`: how many continued tasks run at once, those of other apps included.
    pub continued_capacity: usize,
    /// `waiting_starts_in_background`.
    pub waiting_starts_in_background: bool,
    /// A continued request that requires the GPU waits, or is refused, while the device is pressed. No setting: RES-6.
    pub pressure_delays_gpu: bool,
    /// `low_power_blocks_refresh`.
    pub low_power_blocks_refresh: bool,
    /// `health_needs_idle`.
    pub health_needs_idle: bool,
    /// `processing_after_force_quit`: allowed, from 17.0; before that it is always blocked.
    pub processing_after_force_quit: bool,

    /// `refresh_budget`: a refresh is expired that long after its delivery.
    pub refresh_budget: Millis,
    /// `processing_budget`: processing and health research are expired that long after their delivery.
    pub processing_budget: Option<Millis>,
    /// `expiration_grace`: how long an expired task may take to complete.
    pub grace: Millis,
    /// How long after the grace the kill comes, if it comes at all. No setting: CMP-7 allows a kill and demands none.
    pub kill_after_grace: Option<Millis>,
    /// `expiration_queue`: the expiration handler is called on the registration queue, and waits while it is blocked.
    pub expires_on_registration_queue: bool,
    /// `expire_on_lost_condition`.
    pub expire_on_lost_condition: bool,
    /// How long a background process without a task runs on before it is suspended; none: for ever. No setting: LIF-14.
    pub suspend_after: Option<Millis>,

    /// `stall_timeout`: a continued task without progress is expired after that long; none: never.
    pub stall_timeout: Option<Millis>,
    /// `child_progress_counts`.
    pub child_progress_counts: bool,
    /// The card of a continued task that is not half done asks the person after that long; none: never. No setting:
    /// PRG-7.
    pub prompt_after: Option<Millis>,
    /// `prompt_ignored`: an ignored prompt expires the task.
    pub ignored_prompt_expires: bool,
    /// A continued task has its card in the foreground too. No setting: UIX-1 allows both.
    pub card_in_foreground: bool,
    /// How long the card of a finished task stays. No setting.
    pub finished_card_stays: Millis,
    /// `failed_card_replaced_on_retry`.
    pub retry_replaces_failed_card: bool,

    /// `reboot_clears_force_quit`.
    pub reboot_clears_force_quit: bool,
    /// `pending_survives_reboot`.
    pub pending_survives_reboot: bool,
    /// `pending_survives_update`.
    pub pending_survives_update: bool,
    /// `force_quit_drops_refresh`: a force-quit drops the requests of the kinds that it blocks.
    pub force_quit_drops_refresh: bool,
    /// `waiting_survives_process`.
    pub waiting_survives_process: bool,
    /// `mac_scheduler`: on the Mac everything is accepted and nothing comes of it.
    pub inert_on_mac: bool,
}

/// What becomes of a continued request that is exactly listed and has not the bundle identifier's prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WithoutPrefix {
    /// It is refused with notPermitted (3).
    Refused,
    /// It is accepted and dropped.
    Dropped,
    /// It is accepted.
    Accepted,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            discretion: Discretion::Driven,
            fault: None,
            launch_delay: 60_000,
            unpermitted_register_silently_true: false,
            late_registration_raises: false,
            wildcard_covers_one_component: false,
            wildcard_literal_returns_true: false,
            wildcard_for_other_kinds: false,
            continued_without_prefix: WithoutPrefix::Refused,
            continued_needs_mode: false,
            refresh_limit: 1,
            processing_limit: 10,
            health_shares_processing_limit: false,
            lossy_submit: false,
            low_power_refuses_submit: false,
            refresh_off_refuses_continued: false,
            resubmit_waits_for_running: false,
            replacement_keeps_place: false,
            submission_delay: 0,
            cancel_expires_running: false,
            cancel_stops_delivery: false,
            pending_includes_running: false,
            continued_in_pending: true,
            pending_kept_when_refresh_off: true,
            continued_capacity: 2,
            waiting_starts_in_background: true,
            pressure_delays_gpu: true,
            low_power_blocks_refresh: true,
            health_needs_idle: true,
            processing_after_force_quit: true,
            refresh_budget: 30_000,
            processing_budget: Some(600_000),
            grace: 5_000,
            kill_after_grace: Some(1_000),
            expires_on_registration_queue: false,
            expire_on_lost_condition: false,
            suspend_after: Some(5_000),
            stall_timeout: Some(30_000),
            child_progress_counts: false,
            prompt_after: Some(300_000),
            ignored_prompt_expires: false,
            card_in_foreground: false,
            finished_card_stays: 3_000,
            retry_replaces_failed_card: false,
            reboot_clears_force_quit: false,
            pending_survives_reboot: true,
            pending_survives_update: true,
            force_quit_drops_refresh: false,
            waiting_survives_process: false,
            inert_on_mac: false,
        }
    }
}

impl Choices {
    /// The same choices with launches at the scheduler's own time, see [`Choices::launch_delay`].
    #[must_use]
    pub fn autonomous() -> Self {
        Self {
            discretion: Discretion::Autonomous,
            ..Self::default()
        }
    }

    /// The same choices with a seeded fault. What it declares stays as it is.
    #[must_use]
    pub fn with_fault(self, fault: Fault) -> Self {
        Self {
            fault: Some(fault),
            ..self
        }
    }

    /// The settings that this scheduler declares to hold to: the numbers and durations, and that a lock pauses nothing,
    /// which no answer shows for the next time. The choices between behaviours that are kept are left for whoever judges
    /// it to find.
    #[must_use]
    pub fn pins(&self) -> BTreeMap<String, String> {
        let duration = |millis: Millis| {
            if millis % 1_000 == 0 {
                format!("{} s", millis / 1_000)
            } else {
                format!("{millis} ms")
            }
        };
        let mut pins = BTreeMap::new();
        let mut pin = |setting: &str, value: String| pins.insert(setting.to_owned(), value);
        pin("reaction_time", duration(self.submission_delay));
        pin("refresh_budget", duration(self.refresh_budget));
        if let Some(budget) = self.processing_budget {
            pin("processing_budget", duration(budget));
        }
        pin("expiration_grace", duration(self.grace));
        if let Some(timeout) = self.stall_timeout {
            pin("stall_timeout", duration(timeout));
        }
        pin("continued_capacity", self.continued_capacity.to_string());
        pin("refresh_limit", self.refresh_limit.to_string());
        pin("processing_limit", self.processing_limit.to_string());
        pin("lock_pauses", "no".to_owned());
        pins
    }
}
