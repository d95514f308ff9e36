//! What a rule may say of an event: the answers that it allows, and what the event then changes.

use crate::facts::Facts;
use crate::op::{Exception, Reply};
use crate::rule::Rule;
use crate::state::Sym;
use crate::vocabulary::Code;

/// What an event changes, beyond what the event itself says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing.
    Nothing,
    /// It takes place; of the outstanding requests these are dropped.
    Happens(Drops),
    /// The request becomes outstanding, in place of an older one of its identifier.
    Put(Place),
    /// As [`Effect::Put`], at the back, unless it was refused without a word.
    MayPut,
    /// The debugger's launch spends the request.
    Simulates(Sureness),
    /// The asynchronous submission takes effect with this result.
    Lands(Landing),
    /// Cancelled; a running continued task has to be expired.
    Cancels {
        /// It has to be expired.
        expires: bool,
    },
    /// The task is made from the request that was launched before.
    DeliverSpent,
    /// The task is made from the outstanding request.
    DeliverOutstanding,
}

/// What an asynchronous submission comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Landing {
    /// Accepted.
    Kept(Place),
    /// Accepted, and nothing is kept.
    Inert,
    /// Refused with one of these codes.
    Refused(Codes),
    /// Failed with an error of another domain.
    Failed,
}

/// Which requests an event drops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Drops {
    /// Pending refresh requests.
    pub refresh: bool,
    /// Pending processing and health research requests.
    pub processing: bool,
    /// Waiting continued requests.
    pub waiting: bool,
}

impl Drops {
    /// None.
    pub const NONE: Self = Self {
        refresh: false,
        processing: false,
        waiting: false,
    };
    /// All.
    pub const ALL: Self = Self {
        refresh: true,
        processing: true,
        waiting: true,
    };
}

/// Whether an accepted request is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sureness {
    /// It is.
    Sure,
    /// It may have been refused without a word.
    Unsure,
}

/// Whether a reason holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It does not.
    No,
    /// It may: the answer is free.
    Maybe,
    /// It does.
    Yes,
}

impl Holds {
    /// Yes or no.
    #[must_use]
    pub const fn when(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    /// The same of a rule that the implementation does not declare: it may be obeyed.
    #[must_use]
    pub const fn or_open(self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Maybe | Self::Yes => Self::Maybe,
        }
    }
}

/// Where a waiting request goes that replaces another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Where the old one was.
    Kept,
    /// To the back.
    Back,
}

/// An answer that a rule allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Allowed {
    /// The call returns nothing.
    Nothing,
    /// A registration returns this.
    Returns(bool),
    /// This exception.
    Raises(Exception),
    /// A submission succeeds.
    Accepts,
    /// A submission fails with one of these codes.
    Refuses(Codes),
    /// The pending list holds this many requests, as the state has them.
    Lists(u32),
    /// The supported resources.
    Resources(bool),
    /// Work or a read succeeds or fails.
    Works(bool),
    /// Anything.
    Anything,
}

/// A set of error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Codes {
    known: u8,
    others: bool,
}

impl Codes {
    /// Any code.
    pub const ANY: Self = Self {
        known: 0b11110,
        others: true,
    };
    /// Any code but immediateRunIneligible (4).
    pub const ANY_BUT_INELIGIBLE: Self = Self {
        known: 0b01110,
        others: true,
    };
    /// Unavailable (1).
    pub const UNAVAILABLE: Self = Self::of(&[1]);
    /// Too many pending requests (2).
    pub const TOO_MANY: Self = Self::of(&[2]);
    /// Not permitted (3).
    pub const NOT_PERMITTED: Self = Self::of(&[3]);
    /// Cannot run at once (4).
    pub const INELIGIBLE: Self = Self::of(&[4]);
    /// Unavailable (1) or not permitted (3).
    pub const UNAVAILABLE_OR_NOT_PERMITTED: Self = Self::of(&[1, 3]);

    /// These codes, of 1 to 4.
    #[must_use]
    pub const fn of(codes: &[u8]) -> Self {
        let mut known = 0;
        let mut i = 0;
        while i < codes.len() {
            known |= 1 << codes[i];
            i += 1;
        }
        Self { known, others: false }
    }

    /// These and those.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            known: self.known | other.known,
            others: self.others || other.others,
        }
    }

    /// Whether a code is among them.
    #[must_use]
    pub fn has(self, code: Code) -> bool {
        match code.0 {
            1..=4 => self.known >> code.0 & 1 == 1,
            _ => self.others,
        }
    }

    /// The known codes among them.
    pub fn iter(self) -> impl Iterator<Item = Code> {
        (1..=4).map(Code).filter(move |code| self.has(*code))
    }

    /// Whether codes that no rule names are among them.
    #[must_use]
    pub const fn open(self) -> bool {
        self.others
    }
}

impl Allowed {
    /// Whether an answer is this one.
    #[must_use]
    pub fn matches(self, reply: Reply) -> bool {
        match (self, reply) {
            (_, Reply::Open) | (Self::Anything, _) => true,
            (Self::Nothing, Reply::Nothing) => true,
            (Self::Returns(allowed), Reply::Returned(seen)) => allowed == seen,
            (Self::Raises(_), Reply::Raised(Exception::Other)) => true,
            (Self::Raises(allowed), Reply::Raised(seen)) => allowed == seen,
            (Self::Accepts, Reply::Accepted) => true,
            (Self::Refuses(codes), Reply::Refused(code)) => codes.has(code),
            (Self::Resources(allowed), Reply::Resources(seen)) => allowed == seen,
            (Self::Works(allowed), Reply::Worked(seen)) => allowed == seen,
            _ => false,
        }
    }
}

/// One way in which an event may be understood.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The rule that allows it, where one has a say.
    pub by: Option<&'static Rule>,
    /// What it changes.
    pub effect: Effect,
    /// What is known of the facts afterwards.
    pub facts: Facts,
    /// What it shows besides; mostly nothing.
    pub shown: Option<Box<Shown>>,
}

/// What an event shows of things whose presence was open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Requests that it showed to be there, or not.
    pub presence: Vec<(Sym, bool)>,
    /// Handlers that it showed to be there, or not.
    pub handlers: Vec<(Sym, bool)>,
    /// Requests that a process may have been launched for.
    pub marked: Vec<Sym>,
    /// Requests that were launched before, where nobody could see it.
    pub launched: Vec<Sym>,
}

impl Shown {
    pub(super) const NOTHING: &Self = &Self {
        presence: Vec::new(),
        handlers: Vec::new(),
        marked: Vec::new(),
        launched: Vec::new(),
    };
}

impl Outcome {
    /// What it shows besides its facts.
    #[must_use]
    #[inline]
    pub fn shown(&self) -> &Shown {
        self.shown.as_deref().unwrap_or(Shown::NOTHING)
    }
}
