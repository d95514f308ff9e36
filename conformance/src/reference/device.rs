//! The device: its conditions, and what it answers to work and reads.

use bgspec_model::vocabulary::{BackgroundRefresh, Device, Kind, Pressure, Protection, Version, WorkAnswer};

use super::facts;
use super::faults::Fault;
use super::state::{Running, State};

/// The device's conditions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conditions {
    pub network: bool,
    pub power: bool,
    pub in_use: bool,
    pub locked: bool,
    pub unlocked_once: bool,
    pub low_power: bool,
    pub background_refresh: BackgroundRefresh,
    pub background_launches_denied: bool,
    pub pressure: Pressure,
    pub places_taken: u16,
}

impl Conditions {
    /// Those conditions; what is left out is ordinary: unlocked, unused, on battery, with a network, nothing switched
    /// off, of unknown pressure.
    pub fn of(device: Device) -> Self {
        Self {
            network: true,
            power: false,
            in_use: false,
            locked: false,
            unlocked_once: true,
            low_power: false,
            background_refresh: BackgroundRefresh::Available,
            background_launches_denied: false,
            pressure: Pressure::Unknown,
            places_taken: 0,
        }
        .with(device)
    }

    /// These conditions after a change.
    fn with(self, change: Device) -> Self {
        Self {
            network: change.network.unwrap_or(self.network),
            power: change.power.unwrap_or(self.power),
            in_use: change.in_use.unwrap_or(self.in_use),
            locked: change.locked.unwrap_or(self.locked),
            unlocked_once: change.unlocked_once.unwrap_or(self.unlocked_once),
            low_power: change.low_power.unwrap_or(self.low_power),
            background_refresh: change.background_refresh.unwrap_or(self.background_refresh),
            background_launches_denied: change
                .background_launches_denied
                .unwrap_or(self.background_launches_denied),
            pressure: change.pressure.unwrap_or(self.pressure),
            places_taken: change.places_taken.unwrap_or(self.places_taken),
        }
    }

    /// The device boots: nobody uses it, with a passcode it is locked, and its first unlock is still to come.
    pub fn boot(&mut self, passcode: bool) {
        self.in_use = false;
        self.locked = passcode;
        // Without a passcode there is nothing to wait for (CON-5).
        self.unlocked_once = !passcode;
    }
}

impl State {
    pub fn device(&mut self, change: Device) {
        self.conditions = self.conditions.with(change);
        if change.locked == Some(true) && self.has(Fault::LockExpires) {
            self.expire_where(Running::is_continued);
        }
        if change.in_use == Some(true) {
            self.come_into_use();
        }
        let off = self.conditions.background_refresh != BackgroundRefresh::Available || self.launches_denied();
        if off && !self.choices.pending_kept_when_refresh_off {
            self.book.retain(|held| held.request.kind == Kind::Continued);
        }
        let lost: Vec<_> = self
            .running
            .iter()
            .filter(|task| !self.has_needs(&task.request))
            .collect();
        let lost: Vec<_> = lost.into_iter().map(|task| task.name.clone()).collect();
        for name in &lost {
            self.expire(name);
        }
    }

    /// Somebody begins to use the device: processing has to end. So it is whenever that is told, and whenever the app
    /// comes to the foreground, whether or not the device was in use before.
    pub fn come_into_use(&mut self) {
        self.conditions.in_use = true;
        if self.has(Fault::GoesOnInUse) {
            return;
        }
        if self.has(Fault::UseEndsRefresh) {
            self.expire_where(|task| task.kind() == Kind::Refresh);
        }
        let names: Vec<_> = self
            .running
            .iter()
            .filter(|task| self.needs_idle(task.kind()))
            .collect();
        let names: Vec<_> = names.into_iter().map(|task| task.name.clone()).collect();
        for name in &names {
            self.expire(name);
        }
    }

    /// The person has the app before them: the device is unlocked and in use.
    pub fn come_to_foreground(&mut self) {
        self.conditions.locked = false;
        self.conditions.unlocked_once = true;
        self.come_into_use();
    }

    /// GPU work of the app: always in the foreground, and in the background for a continued task that required it.
    pub fn gpu_work(&self) -> WorkAnswer {
        let granted = self.running.iter().any(|task| task.is_continued() && task.request.gpu);
        answer(self.in_foreground() || granted)
    }

    /// Neural Engine work of the app: from 27.0 it needs an entitlement in the background.
    pub fn neural_engine_work(&self) -> WorkAnswer {
        let free = self.facts.os < Version::new(27, 0) || self.facts.has_entitlement(facts::INFERENCE);
        answer(free || self.in_foreground())
    }

    /// A read of protected data.
    pub fn protected_read(&self, class: Protection) -> WorkAnswer {
        let booted = self.conditions.unlocked_once;
        answer(match class {
            Protection::None => true,
            Protection::CompleteUntilFirstUserAuthentication => booted,
            Protection::Complete | Protection::CompleteUnlessOpen | Protection::CompleteWhenUserInactive => {
                booted && !self.conditions.locked
            }
        })
    }
}

fn answer(done: bool) -> WorkAnswer {
    if done {
        WorkAnswer::Succeeded
    } else {
        WorkAnswer::Failed
    }
}
