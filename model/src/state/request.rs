//! An outstanding request.

use crate::vocabulary::{Kind, Millis, Protection, Strategy};

use super::{NEVER, Sym, Text};

impl Outstanding {
    /// A request that surely is there, with the default of every attribute (SUB-26).
    #[must_use]
    pub fn of(id: Sym, kind: Kind) -> Self {
        Self {
            id,
            kind,
            unsure: false,
            vague: false,
            mark: Mark::None,
            earliest: Millis::MIN,
            network: false,
            power: false,
            protection: Protection::default(),
            strategy: Strategy::default(),
            gpu: false,
            title: Text::NONE,
            subtitle: Text::NONE,
            by: NEVER,
            until: NEVER,
            simulated: false,
            loose: false,
        }
    }

    /// Whether another has the same identifier, kind and attributes.
    #[must_use]
    pub fn same_attributes(&self, other: &Self) -> bool {
        let key = |request: &Self| {
            let Self {
                id,
                kind,
                earliest,
                network,
                power,
                protection,
                strategy,
                gpu,
                title,
                subtitle,
                ..
            } = *request;
            (
                id, kind, earliest, network, power, protection, strategy, gpu, title, subtitle,
            )
        };
        key(self) == key(other)
    }

    /// Whether it is a continued request that waits for nothing.
    #[must_use]
    pub fn starts_at_once(&self) -> bool {
        self.kind == Kind::Continued && self.strategy == Strategy::Fail
    }
}

/// An accepted request that was not launched yet, or (in [`State::spent`](super::State::spent)) not delivered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outstanding {
    /// The identifier.
    pub id: Sym,
    /// The kind.
    pub kind: Kind,
    /// Whether it is there is not known.
    pub unsure: bool,
    /// Its attributes are not known, the kind included.
    pub vague: bool,
    /// What the launch of the process says of it.
    pub mark: Mark,
    /// The earliest begin date; `Millis::MIN` for none.
    pub earliest: Millis,
    /// It requires the network.
    pub network: bool,
    /// It requires external power.
    pub power: bool,
    /// The class of data that health research needs.
    pub protection: Protection,
    /// The strategy of a continued request.
    pub strategy: Strategy,
    /// It requires the GPU.
    pub gpu: bool,
    /// The title.
    pub title: Text,
    /// The subtitle.
    pub subtitle: Text,
    /// When it has to be launched or, once launched, delivered; [`NEVER`] if never.
    pub by: Millis,
    /// When it is over, though nothing was owed: one that may not wait (SUB-18), a launch that a cancel or another
    /// submission may have met (CAN-6); [`NEVER`] for no end.
    pub until: Millis,
    /// The launch was simulated by the debugger.
    pub simulated: bool,
    /// What the scheduler does with it is undefined (SUB-21, DBG-2): it neither waits for others that wait nor holds them up.
    pub loose: bool,
}

/// What the background launch of the process says of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Nothing.
    None,
    /// The process may have been launched for it: every condition held at that moment.
    Maybe,
    /// It may have been launched while the process was launching, which nobody could see.
    Later,
    /// The process was launched for it.
    WithProcess,
    /// It was launched where nobody could see it: another was accepted for which it left no room otherwise (SUB-5, SUB-6).
    MadeRoom,
    /// It was or may have been launched, then cancelled or submitted anew: its delivery is not owed, and is over at
    /// [`Outstanding::until`] (CAN-6).
    Free,
}
