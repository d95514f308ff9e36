//! When a request may be launched, and by whose decision.

use std::fmt;

use bgspec_model::vocabulary::{BackgroundRefresh, Identifier, Kind, Millis, Protection, Request, Version};

use super::faults::Fault;
use super::state::State;

/// What stands in the way of a launch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Obstacle {
    /// No request of the identifier is outstanding.
    NotOutstanding,
    /// It is a continued request: it waits for room.
    NoRoom,
    /// Its `earliestBeginDate` has not come.
    TooEarly,
    /// It requires external power.
    NoPower,
    /// It requires a network.
    NoNetwork,
    /// Somebody uses the device.
    InUse,
    /// The device has not been unlocked since it booted.
    NotUnlockedSinceBoot,
    /// Background App Refresh is not available to the app.
    RefreshOff,
    /// Background launches are denied to the app.
    LaunchesDenied,
    /// Low Power Mode is on.
    LowPower,
    /// The app is in the foreground.
    InForeground,
    /// The person closed the app and has not opened it since.
    ForceQuit,
    /// A task of the identifier runs already.
    AlreadyRunning,
    /// The device is locked, and the data that the task needs with it.
    DataLocked,
    /// An exception has ended the app's process.
    ProcessEnds,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotOutstanding => "no request is outstanding",
            Self::NoRoom => "there is no room for a continued task",
            Self::TooEarly => "its earliest begin date has not come",
            Self::NoPower => "it requires external power",
            Self::NoNetwork => "it requires a network",
            Self::InUse => "somebody uses the device",
            Self::NotUnlockedSinceBoot => "the device has not been unlocked since it booted",
            Self::RefreshOff => "Background App Refresh is not available",
            Self::LaunchesDenied => "background launches are denied",
            Self::LowPower => "Low Power Mode is on",
            Self::InForeground => "the app is in the foreground",
            Self::ForceQuit => "the app was closed in the app switcher",
            Self::AlreadyRunning => "a task of this identifier runs",
            Self::DataLocked => "its data is locked",
            Self::ProcessEnds => "the app's process ends of an exception",
        })
    }
}

impl State {
    /// What stands in the way of launching the request of this identifier now.
    pub fn obstacle(&self, id: &Identifier) -> Option<Obstacle> {
        match self.held(id) {
            None => Some(Obstacle::NotOutstanding),
            Some(held) if held.request.kind == Kind::Continued => Some(Obstacle::NoRoom),
            Some(held) if !self.has_come(&held.request) => Some(Obstacle::TooEarly),
            Some(held) => self.unready(&held.request),
        }
    }

    fn has_come(&self, request: &Request) -> bool {
        let early = match self.choices.fault {
            Some(Fault::LaunchesBeforeDate) => Millis::MAX,
            Some(Fault::AMillisecondEarly) => 1,
            _ => 0,
        };
        request
            .earliest
            .is_none_or(|earliest| earliest <= self.now.saturating_add(early))
    }

    /// What besides its date stands in the way of a launch.
    pub fn unready(&self, request: &Request) -> Option<Obstacle> {
        let device = &self.conditions;
        let refresh = request.kind == Kind::Refresh;
        let unsafe_data = request.kind == Kind::HealthResearch
            && !matches!(
                request.protection,
                Protection::None | Protection::CompleteUntilFirstUserAuthentication
            );
        let refresh_off = device.background_refresh != BackgroundRefresh::Available;
        let booting = !device.unlocked_once && !self.has(Fault::LaunchesBeforeUnlock);
        let in_use = self.needs_idle(request.kind) && device.in_use && !self.has(Fault::LaunchesInUse);
        let obstacles = [
            (
                request.power && !device.power && !self.has(Fault::LaunchesOnBattery),
                Obstacle::NoPower,
            ),
            (
                request.network && !device.network && !self.has(Fault::LaunchesOffline),
                Obstacle::NoNetwork,
            ),
            (in_use, Obstacle::InUse),
            (booting, Obstacle::NotUnlockedSinceBoot),
            (
                refresh_off && !self.has(Fault::LaunchesWithRefreshOff),
                Obstacle::RefreshOff,
            ),
            (
                self.launches_denied() && !self.has(Fault::LaunchesWhenDenied),
                Obstacle::LaunchesDenied,
            ),
            (
                refresh && device.low_power && self.choices.low_power_blocks_refresh,
                Obstacle::LowPower,
            ),
            (
                self.in_foreground() && !self.has(Fault::LaunchesIntoForeground),
                Obstacle::InForeground,
            ),
            (
                self.force_quit && self.force_quit_blocks(request.kind) && !self.has(Fault::LaunchesAfterForceQuit),
                Obstacle::ForceQuit,
            ),
            (
                self.is_busy(&request.id) && !self.has(Fault::TwoOfOneIdentifier),
                Obstacle::AlreadyRunning,
            ),
            (
                unsafe_data && device.locked && !self.has(Fault::LaunchesWithLockedData),
                Obstacle::DataLocked,
            ),
            (
                self.process.as_ref().is_some_and(|process| process.doomed),
                Obstacle::ProcessEnds,
            ),
        ];
        obstacles
            .into_iter()
            .find(|(holds, _)| *holds)
            .map(|(_, obstacle)| obstacle)
    }

    /// Whether a kind waits for an unused device, and ends when somebody starts to use it.
    pub fn needs_idle(&self, kind: Kind) -> bool {
        match kind {
            Kind::Processing => true,
            Kind::HealthResearch => self.choices.health_needs_idle,
            Kind::Refresh | Kind::Continued => false,
        }
    }

    pub fn force_quit_blocks(&self, kind: Kind) -> bool {
        match kind {
            Kind::Refresh => true,
            Kind::Processing | Kind::HealthResearch => {
                self.facts.os < Version::new(17, 0) || !self.choices.processing_after_force_quit
            }
            Kind::Continued => false,
        }
    }

    /// The person denied background launches; there is no such denial before 26.0.
    pub fn launches_denied(&self) -> bool {
        self.conditions.background_launches_denied && self.facts.os >= Version::new(26, 0)
    }

    /// Keeps up since when each request waits for nothing but its date and the scheduler's mood.
    pub fn note_ready(&mut self) {
        if self.is_driven() {
            return;
        }
        for index in 0..self.book.len() {
            let request = &self.book[index].request;
            let ready = request.kind != Kind::Continued && self.unready(request).is_none();
            let since = self.book[index].ready_since;
            self.book[index].ready_since = ready.then(|| since.unwrap_or(self.now));
        }
    }

    /// When the scheduler launches a request by itself.
    fn launch_time(&self, request: &Request, ready_since: Option<Millis>) -> Option<Millis> {
        let from = ready_since?.max(request.earliest.unwrap_or(Millis::MIN));
        Some(from.saturating_add(self.choices.launch_delay))
    }

    pub fn next_launch(&self) -> Option<Millis> {
        let times = self.book.iter();
        times
            .filter_map(|held| self.launch_time(&held.request, held.ready_since))
            .min()
    }

    /// The identifiers that the scheduler launches by itself now.
    pub fn launches_due(&self) -> Vec<Identifier> {
        let due = self.book.iter().filter(|held| {
            let time = self.launch_time(&held.request, held.ready_since);
            time.is_some_and(|time| time <= self.now)
        });
        due.map(|held| held.request.id.clone()).collect()
    }
}
