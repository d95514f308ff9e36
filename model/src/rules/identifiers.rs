//! Which identifiers an app's permitted strings cover.
//!
//! The strings are read once for each identifier, in [`crate::context`]; here stands what a rule makes of the reading.

use super::configuration;
use crate::op::{Exception, Submission};
use crate::see::{Allowed, Effect, Holds, See};
use crate::setting::{ContinuedBundlePrefix, WildcardDepth, WildcardForOtherKinds, WildcardLiteralRegister};
use crate::state::Sym;
use crate::vocabulary::{Area, Kind};

rule! {
    IDN_1, "wildcard entry form": Must Scheduler
    since 26.0
    basis Documented
    "A wildcard entry is the app's bundle identifier, an optional context, and a final `.*`: \
        `com.foo.App.export.*`, `com.foo.App.*`."
    from "BGTaskRequest.h (26)", "BGContinuedProcessingTaskRequest.init"
}

rule! {
    IDN_2, "wildcard covers one character more": Must Scheduler
    since 26.0
    basis Documented, Inferred
    "A wildcard entry covers an identifier that starts with the entry less its `*` and goes on for at \
        least one character: `com.foo.App.export.*` covers `com.foo.App.export.A1`, and neither \
        `com.foo.App.export`, `com.foo.App.export.` nor `com.foo.App.exporter.A1`."
    from "BGTaskRequest.h (26)"
}

/// Whether Info.plist permits an identifier at all, by an exact entry or a wildcard.
pub(super) fn permits(see: &mut See<'_>, id: Sym) -> bool {
    let named = *see.cx.named(id);
    if see.cx.facts_open {
        return see.either();
    }
    if named.exact {
        see.exercise(&IDN_12);
        return true;
    }
    if !see.cx.models(Area::Configuration) || !see.cx.models(Area::Identifiers) {
        // Whether it looks at the list, and how, is not declared.
        return see.either();
    }
    if named.covered && named.stray {
        return see.either();
    }
    if named.covered {
        see.exercise(&IDN_1);
        see.exercise(&IDN_2);
        return true;
    }
    let unlisted = see.cx.app.permits_nothing() && see.goes_without(&configuration::CFG_1);
    unlisted || named.covered_deep && covers_several_components(see) && (!named.stray || see.either())
}

rule! {
    IDN_3, "wildcard depth": May Scheduler
    since 26.0
    basis Inferred
    decided by WildcardDepth
    "Whether the covered part may hold several components (`export.A.1`) is not documented: both readings \
        are allowed."
    from "examples show a single component"
}

/// Names the rules that an identifier breaks which is permitted though no entry covers it.
pub(super) fn not_covered(see: &mut See<'_>, id: Sym) {
    let not_permitted = Allowed::Returns(false);
    if see.cx.app.has_wildcard(see.cx.os) {
        see.also(not_permitted, &IDN_2);
    }
    if see.cx.app.has_stray_star(see.cx.os) {
        see.also(not_permitted, &IDN_8);
    }
    if see.cx.named(id).twin {
        see.also(not_permitted, &IDN_12);
    }
}

/// Whether a wildcard entry covers an identifier, whatever exact entries permit.
pub(super) fn is_covered(see: &mut See<'_>, id: Sym) -> bool {
    let named = *see.cx.named(id);
    if named.stray {
        return (named.covered || named.covered_deep) && see.either();
    }
    named.covered || named.covered_deep && covers_several_components(see)
}

fn covers_several_components(see: &mut See<'_>) -> bool {
    see.exercise(&IDN_3);
    see.chooses(&IDN_3, WildcardDepth::Any)
}

rule! {
    IDN_4, "handler serves exact identifier": Must Scheduler
    since 26.0
    basis Documented, StaffCited, Observed(2)
    "A handler serves exactly the identifier it was registered under. A handler registered under a \
        wildcard string serves no concrete identifier."
    from "forum 799126", "forum 796944", "forum 'How is BGContinuedProcessingTask intended to be used?' (tag page, Nov 2025)"
}

rule! {
    IDN_5, "wildcard string registers false": Must Scheduler
    since 26.0
    basis Observed(3)
    decided by WildcardLiteralRegister
    "Registering the string of a wildcard entry itself returns false. (One report of a 26.0 beta had \
        true, and the handler was never used: `true_but_useless`.)"
    from "forum 796944 (rejected)", "phovo README (rejected, 26.x)", "forum 799126 (true, 26.0 beta)"
}

pub(super) fn register_wildcard_string(see: &mut See<'_>) {
    let returns = see.chose(WildcardLiteralRegister::TrueButUseless);
    see.allow(&IDN_5, Allowed::Returns(returns), Effect::Nothing);
}

rule! {
    IDN_6, "wildcard string not submittable": Must Scheduler
    since 26.0
    basis Inferred
    "A wildcard string is no identifier to submit: it is refused with any code or raises as SUB-2, and \
        nothing is launched for it."
    from "BGTaskRequest.h (26): a submitted identifier is concrete"
}

pub(super) fn is_wildcard_string(see: &mut See<'_>, submission: &Submission) -> Holds {
    let is_one =
        see.cx.named(submission.request.id).wildcard_string && (!see.lacks(&IDN_6) || see.cx.is_unmodelled(&IDN_6));
    if is_one {
        see.allow(&IDN_6, Allowed::Raises(Exception::NoHandler), Effect::Nothing);
    }
    Holds::when(is_one)
}

rule! {
    IDN_7, "wildcard for other kinds": May Scheduler
    since 26.0
    basis Documented, Inferred
    decided by WildcardForOtherKinds
    "A refresh, processing or health research request under an identifier that only a wildcard covers is \
        refused with notPermitted (3) or accepted: wildcards are described for continued processing only, a \
        refusal is not."
    from "BGTaskRequest.h (26)", "WWDC25 session 227"
}

pub(super) fn wildcard_is_for_continued(see: &mut See<'_>, submission: &Submission) -> Holds {
    let id = submission.request.id;
    let named = *see.cx.named(id);
    if see.cx.facts_open || !see.cx.models(Area::Configuration) || !see.cx.models(Area::Identifiers) {
        return Holds::when(see.cx.facts_open || !named.exact).or_open();
    }
    let by_wildcard_only = !named.exact && permits(see, id);
    Holds::when(by_wildcard_only && see.chose(WildcardForOtherKinds::Refused))
}

rule! {
    IDN_8, "stray star covers nothing": Must Scheduler
    changes 26.0
    basis Documented, Inferred
    "An entry with a star that is no wildcard entry by IDN-1 (`*`, `.*`, `com.*.foo`, two stars, no dot \
        before the star, a prefix other than the bundle identifier) covers no identifier but, at most, the \
        same string: registering exactly that string may return either. Before 26.0 every entry is a \
        literal."
    from "BGTaskRequest.h (26)", "BGContinuedProcessingTaskRequest.init"
}

pub(super) fn is_stray_string(see: &mut See<'_>, submission: &Submission) -> Holds {
    if see.cx.named(submission.request.id).stray {
        Holds::Maybe
    } else {
        Holds::No
    }
}

rule! {
    IDN_9, "long identifiers may be refused": May Scheduler
    basis Inferred
    "No length of identifiers is documented: a very long one (over 100 characters) may be refused at \
        registration and submission."
    from "no source names a limit"
}

pub(super) fn is_very_long(see: &mut See<'_>, submission: &Submission) -> Holds {
    if see.cx.named(submission.request.id).long {
        Holds::Maybe
    } else {
        Holds::No
    }
}

rule! {
    IDN_10, "exact entry permits every kind": Must Scheduler
    since 26.0
    basis Inferred
    "An exact entry permits its identifier for every kind, whatever wildcards also cover it."
    from "IDN-7"
}

rule! {
    IDN_11, "continued bundle prefix": May Scheduler
    since 26.0
    basis Documented, Observed(2)
    decided by ContinuedBundlePrefix
    "A continued processing identifier outside the bundle identifier's prefix, exactly listed, has its \
        submission refused (any code but 4), or accepted and never listed or launched even with strategy \
        `fail` (seen with re-signed apps), or accepted. Other kinds need no prefix: many field identifiers \
        have another one. (SideStore 1475 claims the same loss for them: not taken over.)"
    from "BGTaskRequest.h (26)", "SideStore 1475", "iloader 649"
}

pub(super) fn lacks_bundle_prefix(see: &mut See<'_>, submission: &Submission) -> Holds {
    let foreign = !see.cx.named(submission.request.id).prefixed;
    Holds::when(foreign && see.chose(ContinuedBundlePrefix::Refused))
}

/// The request is accepted, and never listed nor launched.
pub(super) fn is_dropped_for_prefix(see: &mut See<'_>, submission: &Submission) -> bool {
    submission.request.kind == Kind::Continued
        && !see.cx.named(submission.request.id).prefixed
        && see.chooses(&IDN_11, ContinuedBundlePrefix::Dropped)
}

rule! {
    IDN_12, "identifiers compared exactly": Must Scheduler
    basis Inferred
    "Identifiers are compared exactly, case and all."
    from "cuplivo PR 382"
}

rule! {
    IDN_13, "fresh identifier each continued task": Should App
    since 26.0
    basis StaffCited, Observed(1)
    "Each continued processing task gets a fresh concrete identifier, registered just before its \
        submission; names made of second-resolution times collide."
    from "forum 807370"
}
