//! The conditions of a launch as one table, asked entry by entry. Each stands beside its rule, most of them in
//! `conditions`.

use super::kinds::Kinds;
use super::{conditions, continued, launch, life};
use crate::facts::Fact;
use crate::rule::Rule;
use crate::see::See;
use crate::state::Outstanding;
use crate::vocabulary::Kind;

/// One condition of a launch.
pub struct Clause {
    /// Its rule.
    pub rule: &'static Rule,
    /// Which kinds it concerns.
    pub kinds: Kinds,
    /// Whether it stands in the way.
    pub blocks: fn(&mut See<'_>, &Outstanding) -> bool,
}

const PENDING_KINDS: &[Kind] = &[Kind::Refresh, Kind::Processing, Kind::HealthResearch];
pub(super) const LONG_KINDS: &[Kind] = &[Kind::Processing, Kind::HealthResearch];

/// Every condition, in the order of the rulebook.
pub static CLAUSES: &[Clause] = &[
    Clause {
        rule: &conditions::CON_1,
        kinds: Kinds::of(PENDING_KINDS),
        blocks: conditions::is_too_early,
    },
    Clause {
        rule: &conditions::CON_2,
        kinds: Kinds::of(LONG_KINDS),
        blocks: conditions::lacks_power,
    },
    Clause {
        rule: &conditions::CON_3,
        kinds: Kinds::of(LONG_KINDS),
        blocks: conditions::lacks_network,
    },
    Clause {
        rule: &conditions::CON_4,
        kinds: Kinds::of(&[Kind::Processing]),
        blocks: conditions::device_is_in_use,
    },
    Clause {
        rule: &conditions::CON_5,
        kinds: Kinds::ALL,
        blocks: conditions::was_never_unlocked,
    },
    Clause {
        rule: &conditions::CON_6,
        kinds: Kinds::of(PENDING_KINDS),
        blocks: conditions::refresh_is_off,
    },
    Clause {
        rule: &conditions::CON_7,
        kinds: Kinds::of(&[Kind::Refresh]),
        blocks: conditions::low_power_blocks,
    },
    Clause {
        rule: &conditions::CON_8,
        kinds: Kinds::of(PENDING_KINDS),
        blocks: conditions::is_in_foreground,
    },
    Clause {
        rule: &conditions::CON_9,
        kinds: Kinds::of(&[Kind::Refresh]),
        blocks: conditions::was_force_quit,
    },
    Clause {
        rule: &conditions::CON_10,
        kinds: Kinds::of(LONG_KINDS),
        blocks: conditions::force_quit_blocks_processing,
    },
    Clause {
        rule: &conditions::CON_11,
        kinds: Kinds::ALL,
        blocks: conditions::runs_already,
    },
    Clause {
        rule: &conditions::CON_13,
        kinds: Kinds::of(&[Kind::HealthResearch]),
        blocks: conditions::data_is_locked,
    },
    Clause {
        rule: &conditions::CON_16,
        kinds: Kinds::of(&[Kind::HealthResearch]),
        blocks: conditions::use_blocks_health_research,
    },
    Clause {
        rule: &launch::LAU_12,
        kinds: Kinds::of(&[Kind::Continued]),
        blocks: launch::background_blocks_waiting,
    },
    Clause {
        rule: &continued::SUB_19,
        kinds: Kinds::of(&[Kind::Continued]),
        blocks: launch::has_to_wait,
    },
];

impl Clause {
    /// Whether it stands in the way of a launch.
    fn blocks(&self, see: &mut See<'_>, request: &Outstanding) -> bool {
        let blocks = (self.blocks)(see, request);
        see.holds(self.rule, blocks)
    }
}

/// Which conditions stand in the way of a launch, each with whether it does. A vague request may be of any kind.
pub(super) fn blockers(
    see: &mut See<'_>,
    request: &Outstanding,
    found: impl FnMut(&mut See<'_>, &'static Rule),
) -> bool {
    let kind = (!request.vague).then_some(request.kind);
    blockers_of(see, request, kind, found)
}

/// The same where the kind is shown by the task, or not known at all. A vague request has no attributes to ask.
pub(super) fn blockers_of(
    see: &mut See<'_>,
    request: &Outstanding,
    kind: Option<Kind>,
    mut found: impl FnMut(&mut See<'_>, &'static Rule),
) -> bool {
    let concerns = |clause: &&Clause| match kind {
        Some(kind) => clause.kinds.has(kind),
        None => clause.kinds == Kinds::ALL,
    };
    let mut blocked = false;
    for clause in CLAUSES.iter().filter(concerns) {
        see.exercise(clause.rule);
        let binds = see.cx.models_rule(clause.rule) && !see.cx.lacks_must(clause.rule);
        if binds && clause.blocks(see, request) {
            found(see, clause.rule);
            if see.cx.story.rebooted && see.state.facts.surely(Fact::ForceQuit) {
                see.also_breaks(&life::LIF_3);
            }
            blocked = true;
        }
    }
    blocked
}

/// Whether every condition holds. One of an area that is not declared stands in nobody's way.
pub(crate) fn is_eligible(see: &mut See<'_>, request: &Outstanding) -> bool {
    !blockers(see, request, |_, _| {})
}

/// Whether every condition holds, those of areas that are not declared too: the implementation may have them.
pub(crate) fn is_surely_eligible(see: &mut See<'_>, request: &Outstanding) -> bool {
    let concerns = |clause: &&Clause| match request.vague {
        false => clause.kinds.has(request.kind),
        true => clause.kinds == Kinds::ALL,
    };
    let undeclared = |clause: &&Clause| !see.cx.models_rule(clause.rule);
    let undeclared: Vec<_> = CLAUSES.iter().filter(concerns).filter(undeclared).collect();
    !undeclared.into_iter().any(|clause| clause.blocks(see, request)) && is_eligible(see, request)
}
