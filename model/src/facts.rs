//! What is known of each fact that can be open: choice settings, conditions of the device, the life of the app.
//!
//! A fact has up to four values; [`Facts`] holds for each the mask of those still possible, all in three words, so
//! that equal knowledge is equal bits. Rules never read a mask: they ask through [`crate::see::See`], which takes an
//! open fact both ways and notes what each way learns.

use crate::setting::{Choice, Setting};
use crate::vocabulary::Condition;

/// A fact by name. Settings come first, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// A choice setting; the value is its place in [`Setting::values`].
    Setting(Setting),
    /// A condition of the device: 0 no, 1 yes. Background App Refresh is "on", background launches "denied", pressure
    /// "pressed".
    Device(Condition),
    /// The app is in the foreground.
    Foreground,
    /// Its process has finished launching.
    Finished,
    /// It was force-quit and not launched by the person since.
    ForceQuit,
    /// The device has a passcode.
    Passcode,
    /// It is the simulator.
    Simulator,
}

impl Fact {
    const DEVICE: usize = Setting::ALL.len();
    const APP: usize = Self::DEVICE + Condition::ALL.len();
    /// The number of places.
    pub const COUNT: usize = Self::APP + 5;

    /// The facts about the device, which a trace tells or not: the unlikelier ones come first.
    pub fn told() -> impl Iterator<Item = Self> {
        let denied = Self::Device(Condition::BackgroundLaunches);
        let others = Condition::ALL.into_iter().map(Self::Device);
        let others = others.filter(move |fact| *fact != denied);
        [Self::Simulator, Self::Passcode, denied].into_iter().chain(others)
    }

    /// The fact's place.
    #[must_use]
    pub const fn place(self) -> usize {
        match self {
            Self::Setting(setting) => setting as usize,
            Self::Device(condition) => Self::DEVICE + condition as usize,
            Self::Foreground => Self::APP,
            Self::Finished => Self::APP + 1,
            Self::ForceQuit => Self::APP + 2,
            Self::Passcode => Self::APP + 3,
            Self::Simulator => Self::APP + 4,
        }
    }
}

const _: () = assert!(Fact::COUNT <= Facts::WORDS * Facts::PER_WORD, "raise Facts::WORDS");

/// The masks of possible values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Facts([u64; Facts::WORDS]);

impl Facts {
    const WORDS: usize = 4;
    const PER_WORD: usize = 16;
    /// The mask of a yes-or-no fact that is false.
    pub const NO: u8 = 0b01;
    /// The mask of a yes-or-no fact that is true.
    pub const YES: u8 = 0b10;
    /// The mask of a yes-or-no fact that is open.
    pub const OPEN: u8 = 0b11;

    /// Every fact with an empty mask, to be filled.
    #[must_use]
    pub const fn empty() -> Self {
        Self([0; Self::WORDS])
    }

    /// The values still possible.
    #[must_use]
    #[inline]
    pub const fn mask(self, fact: Fact) -> u8 {
        let place = fact.place();
        ((self.0[place / Self::PER_WORD] >> (place % Self::PER_WORD * 4)) & 0xF) as u8
    }

    /// The value of a choice setting, if only one is still possible.
    #[must_use]
    #[inline]
    pub fn chosen<C: Choice>(self) -> Option<C> {
        C::only(self.mask(Fact::Setting(C::SETTING)))
    }

    /// Leaves a choice setting only this value.
    #[inline]
    pub fn choose<C: Choice>(&mut self, value: C) {
        self.set(Fact::Setting(C::SETTING), value.mask());
    }

    /// Sets the values still possible.
    #[inline]
    pub const fn set(&mut self, fact: Fact, mask: u8) {
        let place = fact.place();
        let shift = place % Self::PER_WORD * 4;
        let word = &mut self.0[place / Self::PER_WORD];
        *word = *word & !(0xF << shift) | ((mask as u64 & 0xF) << shift);
    }

    /// Sets a yes-or-no fact.
    #[inline]
    pub const fn tell(&mut self, fact: Fact, yes: bool) {
        self.set(fact, if yes { Self::YES } else { Self::NO });
    }

    /// Whether a yes-or-no fact is known to be true.
    #[must_use]
    pub const fn surely(self, fact: Fact) -> bool {
        self.mask(fact) == Self::YES
    }

    /// Whether all that the other allows is allowed here too.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(mine, other)| other & !mine == 0)
    }

    /// The union of two masks where they differ in one fact only, or where one covers the other; then "either of both"
    /// is exactly the union.
    #[must_use]
    pub fn joined(self, other: Self) -> Option<Self> {
        let mut differing = 0;
        let mut union = self;
        for (word, (a, b)) in union.0.iter_mut().zip(self.0.iter().zip(other.0)) {
            let mut difference = a ^ b;
            while difference != 0 {
                differing += 1;
                difference &= !(0xF << (difference.trailing_zeros() / 4 * 4));
            }
            *word = a | b;
        }
        (differing <= 1 || union == self || union == other).then_some(union)
    }
}
