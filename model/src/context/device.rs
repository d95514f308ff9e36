//! What a trace follows of the device: what its header lays down, what its lines tell, and what may change untold.

use crate::facts::{Fact, Facts};
use crate::vocabulary::{Area, BackgroundRefresh, Condition, Device, Header, Initial, Platform, Pressure};

use super::Context;

impl Context {
    pub(super) fn lay_down_device(&mut self, header: &Header) {
        let silent = |condition: &Condition| is_untracked(header, *condition) && !header.untracked.contains(condition);
        self.unmentioned = Condition::ALL
            .into_iter()
            .filter(silent)
            .fold(0, |set, condition| set | 1 << Fact::Device(condition).place());
        let device = self.whole(&header.device);
        self.follow(&device);
        let mut facts = self.at_zero;
        tell(&mut facts, &Device::ORDINARY);
        tell(&mut facts, &device);
        if header.initial == Initial::Unknown {
            let told = device;
            let mut all = facts;
            for condition in Condition::ALL {
                all.set(Fact::Device(condition), Facts::OPEN);
            }
            tell(&mut all, &told);
            facts = all;
        }
        for condition in Condition::ALL {
            if header.unknown.contains(&condition) || !self.tracks(condition) {
                facts.set(Fact::Device(condition), Facts::OPEN);
            }
        }
        match header.passcode {
            None if !header.is_made_up() => facts.set(Fact::Passcode, Facts::OPEN),
            _ => facts.tell(Fact::Passcode, header.has_passcode()),
        }
        match header.platform {
            None if !header.is_made_up() => facts.set(Fact::Simulator, Facts::OPEN),
            _ => facts.tell(Fact::Simulator, header.platform() == Platform::Simulator),
        }
        if facts.surely(Fact::Simulator) && !self.models(Area::Configuration) {
            // Whether it obeys the rules of the simulator is not declared, and neither is what follows from it.
            facts.set(Fact::Simulator, Facts::OPEN);
            self.untracked |= 1 << Fact::Simulator.place();
        }
        let app = if header.initial == Initial::Unknown {
            Facts::OPEN
        } else {
            Facts::NO
        };
        for fact in [Fact::Foreground, Fact::Finished, Fact::ForceQuit] {
            facts.set(fact, app);
        }
        let named = |condition: &Condition| *condition != Condition::Pressure;
        let conditions = Condition::ALL.into_iter().filter(named).map(Fact::Device);
        let open = conditions
            .chain([Fact::Passcode, Fact::Simulator])
            .filter(|fact| facts.mask(*fact) == Facts::OPEN)
            .fold(0, |set, fact| set | 1 << fact.place());
        self.untold = open | self.untracked & !(1 << Fact::Device(Condition::Pressure).place());
        self.at_zero = facts;
    }

    /// What a line tells of the device, with what it tells by the way: who says calm says that neither Low Power Mode
    /// nor a switch stands in the way, unless they are named.
    pub(crate) fn whole(&self, device: &Device) -> Device {
        let mut whole = *device;
        let silent =
            |condition| self.unmentioned >> Fact::Device(condition).place() & 1 == 1 && !self.tracks(condition);
        if device.pressure == Some(Pressure::Calm) {
            if silent(Condition::LowPower) {
                whole.low_power = whole.low_power.or(Some(false));
            }
            if silent(Condition::BackgroundRefresh) {
                whole.background_refresh = whole.background_refresh.or(Some(BackgroundRefresh::Available));
            }
        }
        whole
    }

    /// Whether the header says of a condition that it is not followed. Of one that nobody mentions it may be asked what
    /// it was, but not supposed that it went and came back between two lines.
    #[must_use]
    pub(crate) const fn loses(&self, condition: Condition) -> bool {
        (self.untracked & !self.unmentioned) >> Fact::Device(condition).place() & 1 == 1
    }

    /// Whether the header says so of any condition.
    #[must_use]
    pub(crate) const fn loses_any(&self) -> bool {
        self.untracked & !self.unmentioned != 0
    }

    /// The device boots: from now on it is followed whether it was unlocked, and nobody tells whether it is used.
    pub(crate) fn reboot(&mut self) {
        self.untold |= 1 << Fact::Device(Condition::InUse).place();
        let place = self.unmentioned & 1 << Fact::Device(Condition::UnlockedOnce).place();
        self.untracked &= !place;
        self.untold &= !place;
    }

    /// A line tells these conditions: they are followed from now on.
    pub(crate) fn follow(&mut self, device: &Device) {
        if self.untold == 0 && self.untracked == 0 {
            return;
        }
        for condition in Condition::ALL.into_iter().filter(|condition| device.tells(*condition)) {
            let place = 1 << Fact::Device(condition).place();
            self.untracked &= !place;
            self.untold &= !place;
        }
    }

    /// Nothing is known of the device any more.
    pub(super) fn look_away_from_device(&mut self) {
        for condition in Condition::ALL
            .into_iter()
            .filter(|condition| *condition != Condition::Pressure)
        {
            self.untold |= 1 << Fact::Device(condition).place();
        }
    }

    /// Whether the trace follows this condition.
    #[must_use]
    #[inline]
    pub fn tracks(&self, condition: Condition) -> bool {
        self.untracked >> Fact::Device(condition).place() & 1 == 0
    }

    /// Whether neither the header nor a line mentions this condition.
    #[must_use]
    pub fn is_unmentioned(&self, condition: Condition) -> bool {
        self.unmentioned >> Fact::Device(condition).place() & 1 == 1
    }
}

/// Whether nothing in the header says what a condition is, or it says that it is not followed.
pub(super) fn is_untracked(header: &Header, condition: Condition) -> bool {
    let named = header.unknown.contains(&condition) || header.device.tells(condition);
    header.untracked.contains(&condition) || !header.is_made_up() && !named
}

/// Lays what a device event tells over the facts.
pub(crate) fn tell(facts: &mut Facts, device: &Device) {
    let yes_or_no = [
        (Condition::Network, device.network),
        (Condition::Power, device.power),
        (Condition::InUse, device.in_use),
        (Condition::Locked, device.locked),
        (Condition::UnlockedOnce, device.unlocked_once),
        (Condition::LowPower, device.low_power),
        (
            Condition::BackgroundRefresh,
            device
                .background_refresh
                .map(|status| status == BackgroundRefresh::Available),
        ),
        (Condition::BackgroundLaunches, device.background_launches_denied),
    ];
    for (condition, told) in yes_or_no {
        if let Some(yes) = told {
            facts.tell(Fact::Device(condition), yes);
        }
    }
    match device.pressure {
        Some(Pressure::Calm) => facts.tell(Fact::Device(Condition::Pressure), false),
        Some(Pressure::Pressed) => facts.tell(Fact::Device(Condition::Pressure), true),
        Some(Pressure::Unknown) => facts.set(Fact::Device(Condition::Pressure), Facts::OPEN),
        None => {}
    }
}
