//! Which identifiers an app's permitted strings cover.
//!
//! The strings are read once for each identifier, in [`crate::context`]; here stands what a rule makes of the reading.

use super::prelude::*;

/// The rule IDN-1.
pub static WILDCARD_ENTRY_FORM: Rule = Rule {
    id: Id::new(Area::Identifiers, 1),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "A wildcard entry is the app's bundle identifier, an optional context, and a final `.*`: \
        `com.foo.App.export.*`, `com.foo.App.*`.",
    sources: &["BGTaskRequest.h (26)", "BGContinuedProcessingTaskRequest.init"],
};

/// The rule IDN-2.
pub static WILDCARD_COVERS_ONE_CHARACTER_MORE: Rule = Rule {
    id: Id::new(Area::Identifiers, 2),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "A wildcard entry covers an identifier that starts with the entry less its `*` and goes on for at \
        least one character: `com.foo.App.export.*` covers `com.foo.App.export.A1`, and neither \
        `com.foo.App.export`, `com.foo.App.export.` nor `com.foo.App.exporter.A1`.",
    sources: &["BGTaskRequest.h (26)"],
};

/// Whether Info.plist permits an identifier at all, by an exact entry or a wildcard.
pub(super) fn permits(see: &mut See<'_>, id: Sym) -> bool {
    if !see.cx.models(Area::Configuration) {
        return true;
    }
    let named = *see.cx.named(id);
    if named.exact {
        see.exercise(&IDENTIFIERS_COMPARED_EXACTLY);
        return true;
    }
    if named.covered {
        see.exercise(&WILDCARD_ENTRY_FORM);
        see.exercise(&WILDCARD_COVERS_ONE_CHARACTER_MORE);
        return true;
    }
    let unlisted = see.cx.app.permits_nothing() && see.lacks(&configuration::MALFORMED_LIST_PERMITS_NOTHING);
    unlisted || named.covered_deep && covers_several_components(see)
}

/// The rule IDN-3.
pub static WILDCARD_DEPTH: Rule = Rule {
    id: Id::new(Area::Identifiers, 3),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: Some(Setting::WildcardDepth),
    text: "Whether the covered part may hold several components (`export.A.1`) is not documented: both readings \
        are allowed.",
    sources: &["examples show a single component"],
};

/// Names the rules that an identifier breaks which is permitted though no entry covers it.
pub(super) fn not_covered(see: &mut See<'_>, id: Sym) {
    let not_permitted = Allowed::Returns(false);
    if see.cx.app.has_wildcard(see.cx.os) {
        see.also(not_permitted, &WILDCARD_COVERS_ONE_CHARACTER_MORE);
    }
    if see.cx.app.has_stray_star(see.cx.os) {
        see.also(not_permitted, &STRAY_STAR_COVERS_NOTHING);
    }
    if see.cx.named(id).twin {
        see.also(not_permitted, &IDENTIFIERS_COMPARED_EXACTLY);
    }
}

/// Whether a wildcard entry covers an identifier, whatever exact entries permit.
pub(super) fn is_covered(see: &mut See<'_>, id: Sym) -> bool {
    let named = *see.cx.named(id);
    named.covered || named.covered_deep && covers_several_components(see)
}

fn covers_several_components(see: &mut See<'_>) -> bool {
    const ANY: u8 = 1;
    see.exercise(&WILDCARD_DEPTH);
    see.chooses(&WILDCARD_DEPTH, Setting::WildcardDepth, ANY)
}

/// The rule IDN-4.
pub static HANDLER_SERVES_EXACT_IDENTIFIER: Rule = Rule {
    id: Id::new(Area::Identifiers, 4),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::StaffCited, Basis::Observed(2)],
    switch: None,
    text: "A handler serves exactly the identifier it was registered under. A handler registered under a \
        wildcard string serves no concrete identifier.",
    sources: &[
        "forum 799126",
        "forum 796944",
        "forum 'How is BGContinuedProcessingTask intended to be used?' (tag page, Nov 2025)",
    ],
};

/// The rule IDN-5.
pub static WILDCARD_STRING_REGISTERS_FALSE: Rule = Rule {
    id: Id::new(Area::Identifiers, 5),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Observed(3)],
    switch: Some(Setting::WildcardLiteralRegister),
    text: "Registering the string of a wildcard entry itself returns false. (One report of a 26.0 beta had \
        true, and the handler was never used: `true_but_useless`.)",
    sources: &[
        "forum 796944 (rejected)",
        "phovo README (rejected, 26.x)",
        "forum 799126 (true, 26.0 beta)",
    ],
};

pub(super) fn register_wildcard_string(see: &mut See<'_>) {
    const USELESS: u8 = 1;
    let returns = see.setting(Setting::WildcardLiteralRegister, USELESS);
    see.allow(
        &WILDCARD_STRING_REGISTERS_FALSE,
        Allowed::Returns(returns),
        Effect::Nothing,
    );
}

/// The rule IDN-6.
pub static WILDCARD_STRING_NOT_SUBMITTABLE: Rule = Rule {
    id: Id::new(Area::Identifiers, 6),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "A wildcard string is no identifier to submit: it is refused with any code or raises as SUB-2, and \
        nothing is launched for it.",
    sources: &["BGTaskRequest.h (26): a submitted identifier is concrete"],
};

pub(super) fn is_wildcard_string(see: &mut See<'_>, submission: &Submission) -> Holds {
    let is_one = see.cx.named(submission.request.id).wildcard_string && !see.lacks(&WILDCARD_STRING_NOT_SUBMITTABLE);
    if is_one {
        see.allow(
            &WILDCARD_STRING_NOT_SUBMITTABLE,
            Allowed::Raises(Exception::NoHandler),
            Effect::Nothing,
        );
    }
    Holds::when(is_one)
}

/// The rule IDN-7.
pub static WILDCARD_FOR_OTHER_KINDS: Rule = Rule {
    id: Id::new(Area::Identifiers, 7),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: Some(Setting::WildcardForOtherKinds),
    text: "A refresh, processing or health research request under an identifier that only a wildcard covers is \
        refused with notPermitted (3) or accepted: wildcards are described for continued processing only, a \
        refusal is not.",
    sources: &["BGTaskRequest.h (26)", "WWDC25 session 227"],
};

pub(super) fn wildcard_is_for_continued(see: &mut See<'_>, submission: &Submission) -> Holds {
    const REFUSED: u8 = 0;
    let id = submission.request.id;
    let named = *see.cx.named(id);
    let by_wildcard_only = !named.exact && permits(see, id) && see.cx.models(Area::Configuration);
    Holds::when(by_wildcard_only && see.setting(Setting::WildcardForOtherKinds, REFUSED))
}

/// The rule IDN-8.
pub static STRAY_STAR_COVERS_NOTHING: Rule = Rule {
    id: Id::new(Area::Identifiers, 8),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Inferred],
    switch: None,
    text: "An entry with a star that is no wildcard entry by IDN-1 (`*`, `.*`, `com.*.foo`, two stars, no dot \
        before the star, a prefix other than the bundle identifier) covers no identifier but, at most, the \
        same string: registering exactly that string may return either. Before 26.0 every entry is a \
        literal.",
    sources: &["BGTaskRequest.h (26)", "BGContinuedProcessingTaskRequest.init"],
};

pub(super) fn is_stray_string(see: &mut See<'_>, submission: &Submission) -> Holds {
    if see.cx.named(submission.request.id).stray {
        Holds::Maybe
    } else {
        Holds::No
    }
}

/// The rule IDN-9.
pub static LONG_IDENTIFIERS_MAY_BE_REFUSED: Rule = Rule {
    id: Id::new(Area::Identifiers, 9),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "No length of identifiers is documented: a very long one (over 100 characters) may be refused at \
        registration and submission.",
    sources: &["no source names a limit"],
};

pub(super) fn is_very_long(see: &mut See<'_>, submission: &Submission) -> Holds {
    if see.cx.named(submission.request.id).long {
        Holds::Maybe
    } else {
        Holds::No
    }
}

/// The rule IDN-10.
pub static EXACT_ENTRY_PERMITS_EVERY_KIND: Rule = Rule {
    id: Id::new(Area::Identifiers, 10),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "An exact entry permits its identifier for every kind, whatever wildcards also cover it.",
    sources: &["IDN-7"],
};

/// The rule IDN-11.
pub static CONTINUED_BUNDLE_PREFIX: Rule = Rule {
    id: Id::new(Area::Identifiers, 11),
    bound: Party::Scheduler,
    force: Force::May,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::Documented, Basis::Observed(2)],
    switch: Some(Setting::ContinuedBundlePrefix),
    text: "A continued processing identifier outside the bundle identifier's prefix, exactly listed, has its \
        submission refused (any code but 4), or accepted and never listed or launched even with strategy \
        `fail` (seen with re-signed apps), or accepted. Other kinds need no prefix: many field identifiers \
        have another one. (SideStore 1475 claims the same loss for them: not taken over.)",
    sources: &["BGTaskRequest.h (26)", "SideStore 1475", "iloader 649"],
};

pub(super) fn lacks_bundle_prefix(see: &mut See<'_>, submission: &Submission) -> Holds {
    const REFUSED: u8 = 0;
    let foreign = !see.cx.named(submission.request.id).prefixed;
    Holds::when(foreign && see.setting(Setting::ContinuedBundlePrefix, REFUSED))
}

/// The request is accepted, and never listed nor launched.
pub(super) fn is_dropped_for_prefix(see: &mut See<'_>, submission: &Submission) -> bool {
    const DROPPED: u8 = 1;
    submission.request.kind == Kind::Continued
        && !see.cx.named(submission.request.id).prefixed
        && see.chooses(&CONTINUED_BUNDLE_PREFIX, Setting::ContinuedBundlePrefix, DROPPED)
}

/// The rule IDN-12.
pub static IDENTIFIERS_COMPARED_EXACTLY: Rule = Rule {
    id: Id::new(Area::Identifiers, 12),
    bound: Party::Scheduler,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Inferred],
    switch: None,
    text: "Identifiers are compared exactly, case and all.",
    sources: &["cuplivo PR 382"],
};

/// The rule IDN-13.
pub static FRESH_IDENTIFIER_EACH_CONTINUED_TASK: Rule = Rule {
    id: Id::new(Area::Identifiers, 13),
    bound: Party::App,
    force: Force::Should,
    since: Version::new(26, 0),
    until: None,
    basis: &[Basis::StaffCited, Basis::Observed(1)],
    switch: None,
    text: "Each continued processing task gets a fresh concrete identifier, registered just before its \
        submission; names made of second-resolution times collide.",
    sources: &["forum 807370"],
};

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &WILDCARD_ENTRY_FORM,
    &WILDCARD_COVERS_ONE_CHARACTER_MORE,
    &WILDCARD_DEPTH,
    &HANDLER_SERVES_EXACT_IDENTIFIER,
    &WILDCARD_STRING_REGISTERS_FALSE,
    &WILDCARD_STRING_NOT_SUBMITTABLE,
    &WILDCARD_FOR_OTHER_KINDS,
    &STRAY_STAR_COVERS_NOTHING,
    &LONG_IDENTIFIERS_MAY_BE_REFUSED,
    &EXACT_ENTRY_PERMITS_EVERY_KIND,
    &CONTINUED_BUNDLE_PREFIX,
    &IDENTIFIERS_COMPARED_EXACTLY,
    &FRESH_IDENTIFIER_EACH_CONTINUED_TASK,
];
