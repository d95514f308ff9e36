//! The device's conditions, as inputs of the world tell them.

use serde::{Deserialize, Serialize};

use super::request::is_default;

/// A change of the device's conditions; what is left out stays as it was. In a header: the conditions at time zero,
/// where what is left out is ordinary if the trace is made up, and else not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// A network connection is there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub network: Option<bool>,
    /// External power is connected.
    #[serde(default, skip_serializing_if = "is_default")]
    pub power: Option<bool>,
    /// Somebody uses the device. Coming to the foreground is use (EXP-9).
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_use: Option<bool>,
    /// The device is locked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub locked: Option<bool>,
    /// It has been unlocked once since it booted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unlocked_once: Option<bool>,
    /// Low Power Mode is on.
    #[serde(default, skip_serializing_if = "is_default")]
    pub low_power: Option<bool>,
    /// Background App Refresh, for this app.
    #[serde(default, skip_serializing_if = "is_default")]
    pub background_refresh: Option<BackgroundRefresh>,
    /// The person denied background launches to this app (from iOS 26).
    #[serde(default, skip_serializing_if = "is_default")]
    pub background_launches_denied: Option<bool>,
    /// Pressure: contention and load.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pressure: Option<Pressure>,
    /// How many places for continued tasks other apps take.
    #[serde(default, skip_serializing_if = "is_default")]
    pub places_taken: Option<u16>,
}

impl Device {
    /// The conditions that a header does not name: unlocked, in nobody's use, on battery, with a network, nothing
    /// switched off, and of unknown pressure.
    pub const ORDINARY: Self = Self {
        network: Some(true),
        power: Some(false),
        in_use: Some(false),
        locked: Some(false),
        unlocked_once: Some(true),
        low_power: Some(false),
        background_refresh: Some(BackgroundRefresh::Available),
        background_launches_denied: Some(false),
        pressure: Some(Pressure::Unknown),
        places_taken: Some(0),
    };

    /// A change of nothing: what is added to it changes. The same as the default, for tables.
    pub const UNCHANGED: Self = Self {
        network: None,
        power: None,
        in_use: None,
        locked: None,
        unlocked_once: None,
        low_power: None,
        background_refresh: None,
        background_launches_denied: None,
        pressure: None,
        places_taken: None,
    };

    /// Whether it says what a condition is.
    #[must_use]
    pub const fn tells(&self, condition: Condition) -> bool {
        match condition {
            Condition::Network => self.network.is_some(),
            Condition::Power => self.power.is_some(),
            Condition::InUse => self.in_use.is_some(),
            Condition::Locked => self.locked.is_some(),
            Condition::UnlockedOnce => self.unlocked_once.is_some(),
            Condition::LowPower => self.low_power.is_some(),
            Condition::BackgroundRefresh => self.background_refresh.is_some(),
            Condition::BackgroundLaunches => self.background_launches_denied.is_some(),
            Condition::Pressure => self.pressure.is_some(),
        }
    }
}

/// `UIApplication.backgroundRefreshStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BackgroundRefresh {
    /// On.
    Available,
    /// Switched off by the person.
    Denied,
    /// Not the person's to switch on.
    Restricted,
}

/// How loaded the device is, as the trace tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Pressure {
    /// No reason to take anything away.
    Calm,
    /// Contention, thermal trouble, or memory pressure.
    Pressed,
    /// Not told.
    Unknown,
}

/// A condition of the device by name, for the header's `unknown` and `untracked`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// As [`Device::network`] of a device.
    Network,
    /// As [`Device::power`] of a device.
    Power,
    /// As [`Device::in_use`] of a device.
    InUse,
    /// As [`Device::locked`] of a device.
    Locked,
    /// As [`Device::unlocked_once`] of a device.
    UnlockedOnce,
    /// As [`Device::low_power`] of a device.
    LowPower,
    /// As [`Device::background_refresh`] of a device.
    BackgroundRefresh,
    /// As [`Device::background_launches_denied`] of a device.
    BackgroundLaunches,
    /// As [`Device::pressure`] of a device.
    Pressure,
}

impl Condition {
    /// Every condition.
    pub const ALL: [Self; 9] = [
        Self::Network,
        Self::Power,
        Self::InUse,
        Self::Locked,
        Self::UnlockedOnce,
        Self::LowPower,
        Self::BackgroundRefresh,
        Self::BackgroundLaunches,
        Self::Pressure,
    ];

    /// Its name, as in `unknown`, `untracked` and `unmodelled`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Power => "power",
            Self::InUse => "in_use",
            Self::Locked => "locked",
            Self::UnlockedOnce => "unlocked_once",
            Self::LowPower => "low_power",
            Self::BackgroundRefresh => "background_refresh",
            Self::BackgroundLaunches => "background_launches",
            Self::Pressure => "pressure",
        }
    }
}
