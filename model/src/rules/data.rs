//! Data protection.

use super::prelude::*;

/// The rule DAT-1.
pub static AFTER_FIRST_UNLOCK_READABLE: Rule = Rule {
    id: Id::new(Area::Data, 1),
    bound: Party::Device,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Data of class completeUntilFirstUserAuthentication (keychain: afterFirstUnlock) is readable from the \
        first unlock after a boot until the next boot, in the background too.",
    sources: &[
        "kSecAttrAccessibleAfterFirstUnlock",
        "forum 809534",
        "forum 'Unexpected errSecInteractionNotAllowed (-25308)' (tag page, Nov 2025)",
    ],
};

/// The app read protected data.
pub(super) fn read(see: &mut See<'_>, class: Protection) {
    match class {
        Protection::CompleteUntilFirstUserAuthentication => {
            let readable = see.device(Condition::UnlockedOnce);
            see.allow(&AFTER_FIRST_UNLOCK_READABLE, Allowed::Works(readable), Effect::Nothing);
        }
        Protection::Complete => complete(see),
        Protection::None | Protection::CompleteUnlessOpen | Protection::CompleteWhenUserInactive => {
            see.allow(&COMPLETE_WHILE_UNLOCKED, Allowed::Anything, Effect::Nothing);
        }
    }
}

/// The rule DAT-2.
pub static COMPLETE_WHILE_UNLOCKED: Rule = Rule {
    id: Id::new(Area::Data, 2),
    bound: Party::Device,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented, Basis::Observed(1)],
    switch: None,
    text: "Data of class complete (keychain: whenUnlocked) can be read while the device is unlocked; while it \
        is locked or booting the read fails, a keychain item with errSecInteractionNotAllowed (-25308), a \
        file with a file error. In the first 10 seconds of a lock either answer is allowed, and on a device \
        without a passcode always.",
    sources: &[
        "FileProtectionType.complete",
        "kSecAttrAccessibleWhenUnlocked",
        "forum 114159",
        "forum 682669",
    ],
};

fn complete(see: &mut See<'_>) {
    if !must_fail(see) {
        see.allow(&COMPLETE_WHILE_UNLOCKED, Allowed::Works(true), Effect::Nothing);
    }
    if !see.cx.passcode || see.device(Condition::Locked) {
        see.allow(&COMPLETE_WHILE_UNLOCKED, Allowed::Works(false), Effect::Nothing);
    }
}

fn must_fail(see: &mut See<'_>) -> bool {
    /// So long after a lock either answer is allowed.
    const JUST_LOCKED: Millis = 10_000;
    let just_locked = see
        .state
        .locked_at
        .is_none_or(|locked| see.now.earliest <= locked + JUST_LOCKED);
    see.device(Condition::Locked) && see.cx.passcode && !just_locked
}

/// The rule DAT-3.
pub static LOCKED_WORK_NEEDS_NO_COMPLETE: Rule = Rule {
    id: Id::new(Area::Data, 3),
    bound: Party::App,
    force: Force::Must,
    since: Version::OLDEST,
    until: None,
    basis: &[Basis::Documented],
    switch: None,
    text: "Work that may run while the device is locked needs no data of class complete. Judged where DAT-2 \
        leaves no choice.",
    sources: &["WWDC19 session 707"],
};

/// What an app owes when it reads: data of class complete is read while the device is unlocked.
pub(super) fn duties(see: &mut See<'_>, class: Protection) {
    let forbidden = class == Protection::Complete && must_fail(see);
    see.duty(&LOCKED_WORK_NEEDS_NO_COMPLETE, !forbidden);
}

/// Every rule here, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &AFTER_FIRST_UNLOCK_READABLE,
    &COMPLETE_WHILE_UNLOCKED,
    &LOCKED_WORK_NEEDS_NO_COMPLETE,
];
