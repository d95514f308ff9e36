//! Why a submission is refused: one table, asked entry by entry. Each reason stands beside its rule, most of them in the
//! modules of their areas; those that no other module is for stand here.

use super::kinds::Kinds;
use super::{configuration, continued, identifiers, limits, resources, submission};
use crate::context::Named;
use crate::op::Submission;
use crate::rule::Rule;
use crate::see::{Codes, Holds, See};
use crate::setting::LowPowerRefusesSubmit;

use crate::vocabulary::{Condition, Kind};

/// Why a submission is refused. Any reason that holds may be the one reported (SUB-23).
pub(super) struct Reason {
    pub(super) rule: &'static Rule,
    /// Which kinds it concerns.
    pub(super) kinds: Kinds,
    /// Whether it holds.
    pub(super) holds: fn(&mut See<'_>, &Submission) -> Holds,
    /// The codes that may report it.
    pub(super) codes: Codes,
    /// Whether the synchronous submit may report success all the same (SUB-12).
    pub(super) report: Report,
}

/// Whether the synchronous submit reports a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    /// It may keep quiet and report success.
    Quiet,
    /// Not for this reason; where another holds too, it may keep quiet for that one.
    Told,
    /// Always, whatever else holds.
    Always,
}

const ALL_KINDS: &[Kind] = &Kind::ALL;

const PENDING_KINDS: &[Kind] = &[Kind::Refresh, Kind::Processing, Kind::HealthResearch];

/// The reasons that lie in the identifier alone, in no order that matters. None of them holds against one that is
/// [plain](Named::is_plain).
static IN_THE_NAME: &[Reason] = &[
    Reason::always(
        &configuration::CFG_1,
        ALL_KINDS,
        configuration::permits_nothing,
        Codes::NOT_PERMITTED,
    ),
    Reason::always(
        &submission::SUB_3,
        ALL_KINDS,
        submission::is_not_permitted,
        Codes::NOT_PERMITTED,
    ),
    Reason::always(
        &identifiers::IDN_6,
        ALL_KINDS,
        identifiers::is_wildcard_string,
        Codes::ANY,
    ),
    Reason::always(
        &identifiers::IDN_7,
        PENDING_KINDS,
        identifiers::wildcard_is_for_continued,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(
        &identifiers::IDN_8,
        ALL_KINDS,
        identifiers::is_stray_string,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(&identifiers::IDN_9, ALL_KINDS, identifiers::is_very_long, Codes::ANY),
];

/// Every other reason, in no order that matters.
static ELSEWHERE: &[Reason] = &[
    Reason::quiet(
        &configuration::CFG_2,
        PENDING_KINDS,
        configuration::mode_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::quiet(
        &configuration::CFG_4,
        &[Kind::Continued],
        configuration::continued_mode_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(
        &configuration::CFG_3,
        &[Kind::HealthResearch],
        configuration::health_research_is_not_entitled,
        Codes::UNAVAILABLE_OR_NOT_PERMITTED,
    ),
    Reason::always(
        &configuration::CFG_5,
        ALL_KINDS,
        configuration::runs_on_simulator,
        Codes::UNAVAILABLE,
    ),
    Reason::always(
        &configuration::CFG_7,
        ALL_KINDS,
        configuration::caller_may_not_schedule,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &limits::SUB_5,
        &[Kind::Refresh],
        limits::refresh_is_full,
        Codes::TOO_MANY,
    ),
    Reason::quiet(
        &limits::SUB_6,
        &[Kind::Processing],
        limits::processing_is_full,
        Codes::TOO_MANY,
    ),
    Reason::quiet(
        &limits::SUB_7,
        &[Kind::HealthResearch],
        limits::shared_limit_is_full,
        Codes::TOO_MANY,
    ),
    Reason::quiet(&SUB_10, PENDING_KINDS, refresh_is_off, Codes::UNAVAILABLE),
    Reason::quiet(&SUB_28, &[Kind::Refresh], low_power_refuses, Codes::UNAVAILABLE),
    Reason::quiet(&SUB_22, ALL_KINDS, launches_are_denied, Codes::NOT_PERMITTED),
    Reason::quiet(&SUB_22, ALL_KINDS, launches_are_denied_since_27, Codes::UNAVAILABLE),
    Reason::quiet(
        &continued::SUB_29,
        &[Kind::Continued],
        continued::refresh_off_refuses,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &continued::SUB_17,
        &[Kind::Continued],
        continued::queued_in_background,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::quiet(
        &continued::SUB_17,
        &[Kind::Continued],
        continued::failing_in_background,
        Codes::ANY,
    ),
    Reason::quiet(
        &identifiers::IDN_11,
        &[Kind::Continued],
        identifiers::lacks_bundle_prefix,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::SUB_18,
        &[Kind::Continued],
        continued::cannot_start_at_once,
        Codes::INELIGIBLE,
    ),
    Reason::quiet(
        &resources::RES_2,
        &[Kind::Continued],
        resources::gpu_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::quiet(
        &resources::RES_3,
        &[Kind::Continued],
        resources::gpu_is_not_entitled,
        Codes::UNAVAILABLE_OR_NOT_PERMITTED,
    ),
    Reason::quiet(
        &resources::RES_6,
        &[Kind::Continued],
        resources::gpu_may_be_contended,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::SUB_24,
        &[Kind::Continued],
        continued::queued_again_while_running,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::SUB_24,
        &[Kind::Continued],
        continued::failing_again_while_running,
        Codes::ANY,
    ),
    Reason::quiet(
        &continued::SUB_32,
        &[Kind::Continued],
        continued::is_queued,
        Codes::TOO_MANY,
    ),
];

rule! {
    SUB_10, "refused with refresh off": Must Scheduler
    basis Documented
    "With Background App Refresh denied or restricted a refresh, processing or health research submission \
        fails with unavailable (1)."
    from "BGTaskScheduler.h (13, 27)", "UIBackgroundRefreshStatus"
}

pub(super) fn refresh_is_off(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(!see.device(Condition::BackgroundRefresh))
}

rule! {
    SUB_22, "refused with launches denied": Must Scheduler
    since 26.0
    changes 27.0
    basis Documented
    "A user's explicit denial of background launches for the app makes a submission of any kind fail with \
        notPermitted (3); from 27.0 unavailable (1) is allowed too. Before 26.0 there is no such denial."
    from "BGTaskScheduler.h (26, 27)"
}

pub(super) fn launches_are_denied(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(see.cx.since(26) && see.device(Condition::BackgroundLaunches))
}

pub(super) fn launches_are_denied_since_27(see: &mut See<'_>, submission: &Submission) -> Holds {
    if see.cx.since(27) {
        launches_are_denied(see, submission)
    } else {
        Holds::No
    }
}

rule! {
    SUB_23, "any reason may answer": May Scheduler
    basis Inferred
    "Where several reasons hold against a call, any one of them may be the answer: no precedence is \
        documented. This includes the exceptions: a late registration of an unpermitted identifier returns false \
        or raises; a submission of a permitted identifier without a handler that is refused for another reason \
        too raises or fails. A submission of an unpermitted one never raises (SUB-3)."
    from "BGTaskScheduler.h"
}

rule! {
    SUB_28, "low power may refuse": May Scheduler
    basis Documented, Inferred
    decided by LowPowerRefusesSubmit
    "In Low Power Mode a refresh submission may be accepted or fail with unavailable (1): one page says \
        that Background App Refresh is disabled then, none names the error."
    from "UIApplication.backgroundRefreshStatus", "BGTaskScheduler.h", "expo 11505"
}

pub(super) fn low_power_refuses(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(see.device(Condition::LowPower) && see.chose(LowPowerRefusesSubmit::Yes))
}

impl Reason {
    /// Whether it holds against a submission.
    pub(super) fn holds(&self, see: &mut See<'_>, submission: &Submission) -> Holds {
        match (self.holds)(see, submission) {
            Holds::Maybe => Holds::Maybe,
            sure => Holds::when(see.holds(self.rule, sure == Holds::Yes)),
        }
    }

    /// The reasons that may hold against a request of a kind with such an identifier.
    pub(super) fn of(kind: Kind, named: &Named) -> impl Iterator<Item = &'static Self> {
        /// For each kind its reasons, sorted out once: the tables are asked at every submission.
        static NAMES: [OfKind; Kind::ALL.len()] = of_kinds(IN_THE_NAME);
        static OTHERS: [OfKind; Kind::ALL.len()] = of_kinds(ELSEWHERE);
        let names: &[_] = if named.is_plain() { &[] } else { &NAMES[kind as usize] };
        let others = &OTHERS[kind as usize];
        let reasons = |of_kind: &'static [Option<&'static Self>]| of_kind.iter().map_while(|reason| *reason);
        reasons(names).chain(reasons(others))
    }

    /// Whether it holds, where its rule is there. One that is not modelled may be obeyed.
    pub(super) fn in_force(&self, see: &mut See<'_>, submission: &Submission) -> Holds {
        let holds = self.holds(see, submission);
        match holds {
            Holds::No => Holds::No,
            _ if see.cx.is_unmodelled(self.rule) => holds.or_open(),
            _ if see.lacks(self.rule) => Holds::No,
            _ => holds,
        }
    }

    /// A reason that is always reported, whatever else holds.
    const fn always(
        rule: &'static Rule,
        kinds: &'static [Kind],
        holds: fn(&mut See<'_>, &Submission) -> Holds,
        codes: Codes,
    ) -> Self {
        Self {
            rule,
            kinds: Kinds::of(kinds),
            holds,
            codes,
            report: Report::Always,
        }
    }

    /// A reason that the synchronous submit does not keep quiet about.
    const fn reported(
        rule: &'static Rule,
        kinds: &'static [Kind],
        holds: fn(&mut See<'_>, &Submission) -> Holds,
        codes: Codes,
    ) -> Self {
        Self {
            rule,
            kinds: Kinds::of(kinds),
            holds,
            codes,
            report: Report::Told,
        }
    }

    /// A reason that the synchronous submit may keep quiet about.
    const fn quiet(
        rule: &'static Rule,
        kinds: &'static [Kind],
        holds: fn(&mut See<'_>, &Submission) -> Holds,
        codes: Codes,
    ) -> Self {
        Self {
            rule,
            kinds: Kinds::of(kinds),
            holds,
            codes,
            report: Report::Quiet,
        }
    }
}

/// The reasons of a kind, and nothing behind them.
type OfKind = [Option<&'static Reason>; MOST];

/// No kind has more reasons of one table.
const MOST: usize = ELSEWHERE.len();

const fn of_kinds(table: &'static [Reason]) -> [OfKind; Kind::ALL.len()] {
    let mut found = [[None; MOST]; Kind::ALL.len()];
    let mut kind = 0;
    while kind < Kind::ALL.len() {
        let (mut place, mut count) = (0, 0);
        while place < table.len() {
            if table[place].kinds.has(Kind::ALL[kind]) {
                found[kind][count] = Some(&table[place]);
                count += 1;
            }
            place += 1;
        }
        kind += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::op::{Ask, Caller, Now, Op};
    use crate::profile::{self, Profile};
    use crate::see::{Path, Said};
    use crate::state::{Outstanding, State, Sym};
    use crate::vocabulary::{Header, Permitted, Version};

    /// What holds against a name of its own accord, holds against no plain one.
    #[test]
    fn no_reason_in_the_name_holds_against_a_plain_identifier() {
        let long = "x".repeat(200);
        let names = [
            "com.example.a",
            "com.example.*",
            "com.example.a.*",
            "a.*.b",
            "*",
            "",
            &long,
        ];
        let mut plain = 0;
        for listed in names {
            for also in names {
                let mut header = Header::new(Version::new(26, 1), "com.example");
                header.permitted = Permitted::List(vec![listed.into(), also.into()]);
                for profile in [profile::Named::Contract, profile::Named::Field] {
                    let profile = Profile::new(profile, header.os);
                    let mut cx = Context::new(&header, header.os, profile, 0);
                    for name in names {
                        let id = cx.id(name);
                        if !cx.named(id).is_plain() {
                            continue;
                        }
                        plain += 1;
                        for kind in Kind::ALL {
                            holds_not(&cx, id, kind);
                        }
                    }
                }
            }
        }
        assert!(plain > 0, "no identifier is plain");
    }

    fn holds_not(cx: &Context, id: Sym, kind: Kind) {
        let state = State::at_zero(cx);
        let request = Outstanding::of(id, kind);
        let submission = Submission { request, number: None };
        let ask = Ask::of(Op::Submit(submission));
        let caller = Caller {
            app: true,
            schedules: false,
            person: false,
            main_thread: false,
        };
        let now = Now {
            earliest: 0,
            at: 0,
            latest: 0,
            caller,
        };
        let (mut path, mut said) = (Path::default(), Said::default());
        for reason in IN_THE_NAME.iter().filter(|reason| reason.kinds.has(kind)) {
            path.clear();
            let mut see = See::new(&state, cx, &now, &ask, &mut path, &mut said);
            let holds = reason.holds(&mut see, &submission);
            assert_eq!(holds, Holds::No, "{} against {:?}", reason.rule.id, cx.name(id));
        }
    }
}
