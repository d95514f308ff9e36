//! Why a submission is refused: one table, asked entry by entry. Each reason stands beside its rule, most of them in the
//! modules of their areas; those that no other module is for stand here.

use super::prelude::*;
use crate::context::Named;

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
        &configuration::MALFORMED_LIST_PERMITS_NOTHING,
        ALL_KINDS,
        configuration::permits_nothing,
        Codes::NOT_PERMITTED,
    ),
    Reason::always(
        &submission::UNPERMITTED_REFUSED,
        ALL_KINDS,
        submission::is_not_permitted,
        Codes::NOT_PERMITTED,
    ),
    Reason::always(
        &identifiers::WILDCARD_STRING_NOT_SUBMITTABLE,
        ALL_KINDS,
        identifiers::is_wildcard_string,
        Codes::ANY,
    ),
    Reason::always(
        &identifiers::WILDCARD_FOR_OTHER_KINDS,
        PENDING_KINDS,
        identifiers::wildcard_is_for_continued,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(
        &identifiers::STRAY_STAR_COVERS_NOTHING,
        ALL_KINDS,
        identifiers::is_stray_string,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(
        &identifiers::LONG_IDENTIFIERS_MAY_BE_REFUSED,
        ALL_KINDS,
        identifiers::is_very_long,
        Codes::ANY,
    ),
];

/// Every other reason, in no order that matters.
static ELSEWHERE: &[Reason] = &[
    Reason::quiet(
        &configuration::KINDS_NEED_BACKGROUND_MODES,
        PENDING_KINDS,
        configuration::mode_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::quiet(
        &configuration::CONTINUED_MODE,
        &[Kind::Continued],
        configuration::continued_mode_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::reported(
        &configuration::HEALTH_RESEARCH_NEEDS_ENTITLEMENT,
        &[Kind::HealthResearch],
        configuration::health_research_is_not_entitled,
        Codes::UNAVAILABLE_OR_NOT_PERMITTED,
    ),
    Reason::always(
        &configuration::SIMULATOR_REFUSES_SUBMISSION,
        ALL_KINDS,
        configuration::runs_on_simulator,
        Codes::UNAVAILABLE,
    ),
    Reason::always(
        &configuration::EXTENSIONS_SUBMIT_FOR_THE_APP,
        ALL_KINDS,
        configuration::caller_may_not_schedule,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &limits::ONE_REFRESH_PENDING,
        &[Kind::Refresh],
        limits::refresh_is_full,
        Codes::TOO_MANY,
    ),
    Reason::quiet(
        &limits::TEN_PROCESSING_PENDING,
        &[Kind::Processing],
        limits::processing_is_full,
        Codes::TOO_MANY,
    ),
    Reason::quiet(
        &limits::HEALTH_RESEARCH_COUNTS_WITH_PROCESSING,
        &[Kind::HealthResearch],
        limits::shared_limit_is_full,
        Codes::TOO_MANY,
    ),
    Reason::quiet(
        &REFUSED_WITH_REFRESH_OFF,
        PENDING_KINDS,
        refresh_is_off,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &LOW_POWER_MAY_REFUSE,
        &[Kind::Refresh],
        low_power_refuses,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &REFUSED_WITH_LAUNCHES_DENIED,
        ALL_KINDS,
        launches_are_denied,
        Codes::NOT_PERMITTED,
    ),
    Reason::quiet(
        &REFUSED_WITH_LAUNCHES_DENIED,
        ALL_KINDS,
        launches_are_denied_since_27,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &continued::REFRESH_OFF_MAY_REFUSE_CONTINUED,
        &[Kind::Continued],
        continued::refresh_off_refuses,
        Codes::UNAVAILABLE,
    ),
    Reason::quiet(
        &continued::CONTINUED_REFUSED_IN_BACKGROUND,
        &[Kind::Continued],
        continued::queued_in_background,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::quiet(
        &continued::CONTINUED_REFUSED_IN_BACKGROUND,
        &[Kind::Continued],
        continued::failing_in_background,
        Codes::ANY,
    ),
    Reason::quiet(
        &identifiers::CONTINUED_BUNDLE_PREFIX,
        &[Kind::Continued],
        identifiers::lacks_bundle_prefix,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::FAIL_IS_REFUSED_WITHOUT_ROOM,
        &[Kind::Continued],
        continued::cannot_start_at_once,
        Codes::INELIGIBLE,
    ),
    Reason::quiet(
        &resources::GPU_REFUSED_WITHOUT_HARDWARE,
        &[Kind::Continued],
        resources::gpu_is_missing,
        Codes::NOT_PERMITTED,
    ),
    Reason::quiet(
        &resources::GPU_REFUSED_WITHOUT_ENTITLEMENT,
        &[Kind::Continued],
        resources::gpu_is_not_entitled,
        Codes::UNAVAILABLE_OR_NOT_PERMITTED,
    ),
    Reason::quiet(
        &resources::GPU_CONTENTION,
        &[Kind::Continued],
        resources::gpu_may_be_contended,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::RESUBMISSION_WHILE_RUNNING,
        &[Kind::Continued],
        continued::queued_again_while_running,
        Codes::ANY_BUT_INELIGIBLE,
    ),
    Reason::reported(
        &continued::RESUBMISSION_WHILE_RUNNING,
        &[Kind::Continued],
        continued::failing_again_while_running,
        Codes::ANY,
    ),
    Reason::quiet(
        &continued::QUEUE_MAY_BE_FULL,
        &[Kind::Continued],
        continued::is_queued,
        Codes::TOO_MANY,
    ),
];

/// The rule SUB-10.
pub static REFUSED_WITH_REFRESH_OFF: Rule = Rule {
    id: Id::new(Area::Submission, 10),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "With Background App Refresh denied or restricted a refresh, processing or health research submission \
        fails with unavailable (1).",
    sources: &["BGTaskScheduler.h (13, 27)", "UIBackgroundRefreshStatus"],
};

pub(super) fn refresh_is_off(see: &mut See<'_>, _: &Submission) -> Holds {
    Holds::when(!see.device(Condition::BackgroundRefresh))
}

/// The rule SUB-22.
pub static REFUSED_WITH_LAUNCHES_DENIED: Rule = Rule {
    id: Id::new(Area::Submission, 22),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A user's explicit denial of background launches for the app makes a submission of any kind fail with \
        notPermitted (3); from 27.0 unavailable (1) is allowed too. Before 26.0 there is no such denial.",
    sources: &["BGTaskScheduler.h (26, 27)"],
};

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

/// The rule SUB-23.
pub static ANY_REASON_MAY_ANSWER: Rule = Rule {
    id: Id::new(Area::Submission, 23),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "Where several reasons hold against a call, any one of them may be the answer: no precedence is \
        documented. This includes the exceptions: a late registration of an unpermitted identifier returns \
        false or raises; a submission without a handler that is refused for another reason too raises or \
        fails.",
    sources: &["BGTaskScheduler.h"],
};

/// The rule SUB-28.
pub static LOW_POWER_MAY_REFUSE: Rule = Rule {
    id: Id::new(Area::Submission, 28),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: Some(Setting::LowPowerRefusesSubmit),
    text: "In Low Power Mode a refresh submission may be accepted or fail with unavailable (1): one page says \
        that Background App Refresh is disabled then, none names the error.",
    sources: &[
        "UIApplication.backgroundRefreshStatus",
        "BGTaskScheduler.h",
        "expo 11505",
    ],
};

pub(super) fn low_power_refuses(see: &mut See<'_>, _: &Submission) -> Holds {
    const YES: u8 = 0;
    Holds::when(see.device(Condition::LowPower) && see.setting(Setting::LowPowerRefusesSubmit, YES))
}

impl Reason {
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

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &REFUSED_WITH_REFRESH_OFF,
    &REFUSED_WITH_LAUNCHES_DENIED,
    &ANY_REASON_MAY_ANSWER,
    &LOW_POWER_MAY_REFUSE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Ask, Caller, Now, Op};
    use crate::profile::{self, Profile};
    use crate::see::{Path, Said};
    use crate::vocabulary::{Header, Permitted};

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
            let holds = (reason.holds)(&mut see, &submission);
            assert_eq!(holds, Holds::No, "{} against {:?}", reason.rule.id, cx.name(id));
        }
    }
}
