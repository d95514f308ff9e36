//! Data protection.

use crate::facts::Fact;
use crate::see::{Allowed, Effect, See};
use crate::vocabulary::{Condition, Millis, Protection};

rule! {
    DAT_1, "after first unlock readable": Must Device
    basis Documented
    "Data of class completeUntilFirstUserAuthentication (keychain: afterFirstUnlock) is readable from the \
        first unlock after a boot until the next boot, in the background too."
    from "kSecAttrAccessibleAfterFirstUnlock", "forum 809534", "forum 'Unexpected errSecInteractionNotAllowed (-25308)' (tag page, Nov 2025)"
}

/// The app read protected data.
pub(super) fn read(see: &mut See<'_>, class: Protection) {
    match class {
        Protection::CompleteUntilFirstUserAuthentication => {
            let readable = see.device(Condition::UnlockedOnce);
            see.allow(&DAT_1, Allowed::Works(readable), Effect::Nothing);
        }
        Protection::Complete => complete(see),
        Protection::None | Protection::CompleteUnlessOpen | Protection::CompleteWhenUserInactive => {
            see.allow(&DAT_2, Allowed::Anything, Effect::Nothing);
        }
    }
}

rule! {
    DAT_2, "complete while unlocked": Must Device
    basis Documented, Observed(1)
    "Data of class complete (keychain: whenUnlocked) can be read while the device is unlocked; while it \
        is locked or booting the read fails, a keychain item with errSecInteractionNotAllowed (-25308), a \
        file with a file error. In the first 10 seconds of a lock either answer is allowed, and on a device \
        without a passcode always."
    from "FileProtectionType.complete", "kSecAttrAccessibleWhenUnlocked", "forum 114159", "forum 682669"
}

fn complete(see: &mut See<'_>) {
    if !must_fail(see) {
        see.allow(&DAT_2, Allowed::Works(true), Effect::Nothing);
    }
    if !see.is(Fact::Passcode) || see.device(Condition::Locked) {
        see.allow(&DAT_2, Allowed::Works(false), Effect::Nothing);
    }
}

/// So long after a lock either answer is allowed.
pub(crate) const JUST_LOCKED: Millis = 10_000;

fn must_fail(see: &mut See<'_>) -> bool {
    let just_locked = see
        .state
        .locked_at
        .is_none_or(|locked| see.now.earliest <= locked + see.cx.limits.just_locked);
    !just_locked && see.device(Condition::Locked) && see.is(Fact::Passcode)
}

rule! {
    DAT_3, "locked work needs no complete": Must App
    basis Documented
    "Work that may run while the device is locked needs no data of class complete. Judged where DAT-2 \
        leaves no choice."
    from "WWDC19 session 707"
}

/// What an app owes when it reads: data of class complete is read while the device is unlocked.
pub(super) fn duties(see: &mut See<'_>, class: Protection) {
    let forbidden = class == Protection::Complete && must_fail(see);
    see.duty(&DAT_3, !forbidden);
}
