//! The details of actions: attributes of requests, lengths of waits, changes of the device. They seek the boundaries.

use bgspec_model::vocabulary::*;

use super::cast;
use super::choices::Block;
use crate::play::world::World;

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/// A request of this kind under this identifier. Its date counts from the call.
pub(super) fn request(block: &mut Block, id: Identifier, kind: Kind) -> Request {
    let mut request = Request::new(id, kind);
    request.earliest = match block.below(16) {
        6 => Some(0),
        7 => Some(1),
        8 => Some(-1),
        9 => Some(10 * SECOND),
        10 | 11 => Some(15 * MINUTE),
        12 => Some(4 * HOUR),
        13 => Some(DAY),
        14 => Some(block.of(&[30 * DAY, 60 * DAY])),
        15 => Some(-DAY),
        _ => None,
    };
    match kind {
        Kind::Refresh => {}
        Kind::Processing | Kind::HealthResearch => {
            request.network = block.once_in(3);
            request.power = block.once_in(3);
            if kind == Kind::HealthResearch {
                request.protection = block.of(&[
                    Protection::CompleteUntilFirstUserAuthentication,
                    Protection::Complete,
                    Protection::None,
                    Protection::CompleteUnlessOpen,
                    Protection::CompleteWhenUserInactive,
                ]);
            }
        }
        Kind::Continued => {
            request.strategy = block.of(&[Strategy::Queue, Strategy::Fail]);
            request.gpu = block.once_in(6);
            let text = |word: &str| Some(word.to_owned());
            (request.title, request.subtitle) = match block.below(8) {
                6 => (text(""), text("")),
                7 => (None, text("Three files")),
                _ => (text("Exporting"), text("Three files")),
            };
        }
    }
    request
}

/// A length of time: next to something that falls due where anything does, or one that people use.
pub(super) fn wait(block: &mut Block, world: &World) -> Millis {
    let mut due = Vec::new();
    let mut around = |time: Millis| due.extend([time, time - 1, time + 1].map(|time| time - world.now));
    for (request, submitted) in world.outstanding.values() {
        if let Some(earliest) = request.earliest {
            around(earliest);
        }
        if request.kind == Kind::Continued {
            around(submitted + MINUTE);
        }
    }
    for (_, task) in world.running() {
        around(task.since + 30 * SECOND);
    }
    if let Some(left) = world.left {
        around(left + SECOND);
    }
    due.retain(|length| *length > 0);
    if !due.is_empty() && block.below(3) < 2 {
        return block.of(&due);
    }
    block.of(&[
        SECOND,
        1,
        10,
        SECOND - 1,
        5 * SECOND,
        30 * SECOND,
        MINUTE,
        MINUTE + 1,
        15 * MINUTE,
        HOUR,
        DAY,
        8 * DAY,
    ])
}

/// A change of the device.
pub(super) fn change(block: &mut Block, world: &World) -> Device {
    let now = &world.device;
    let flip = |value: Option<bool>| Some(value != Some(true));
    let mut change = Device::default();
    match block.below(13) {
        0 => change.network = flip(now.network),
        1 => change.power = flip(now.power),
        2 | 3 => change.in_use = flip(now.in_use),
        4 | 5 if world.is_locked() => {
            change.locked = Some(false);
            change.unlocked_once = Some(true);
        }
        4 | 5 => change.locked = Some(true),
        6 => change.low_power = flip(now.low_power),
        7 | 8 => change.background_refresh = Some(switched(block, now)),
        9 if world.header.os >= Version::new(26, 0) => {
            change.background_launches_denied = flip(now.background_launches_denied);
        }
        9 | 10 => {
            change.pressure = Some(block.of(&[Pressure::Calm, Pressure::Pressed, Pressure::Unknown]));
        }
        11 if world.has_continued() => change.places_taken = Some(block.of(&[0, 1, 2, 8])),
        _ => {
            change.network = Some(true);
            change.power = Some(true);
        }
    }
    change
}

/// The other state of Background App Refresh.
fn switched(block: &mut Block, now: &Device) -> BackgroundRefresh {
    match (now.background_refresh, block.below(2)) {
        (Some(BackgroundRefresh::Available), 0) => BackgroundRefresh::Denied,
        (Some(BackgroundRefresh::Available), _) => BackgroundRefresh::Restricted,
        _ => BackgroundRefresh::Available,
    }
}

/// A change of one of the person's switches that refuse submissions (SUB-10, SUB-22).
pub(super) fn switch(block: &mut Block, world: &World) -> Device {
    let now = &world.device;
    let mut change = Device::default();
    match block.below(4) {
        3 if world.header.os >= Version::new(26, 0) => {
            change.background_launches_denied = Some(now.background_launches_denied != Some(true));
        }
        _ => change.background_refresh = Some(switched(block, now)),
    }
    change
}

/// What must change on the device for a pending request to be launched; none where nothing must.
pub(super) fn suit(world: &World, request: &Request) -> Option<Device> {
    let now = &world.device;
    let mut change = Device::default();
    if request.network && now.network != Some(true) {
        change.network = Some(true);
    }
    if request.power && now.power != Some(true) {
        change.power = Some(true);
    }
    if request.kind != Kind::Refresh && now.in_use != Some(false) && !world.is_foreground() {
        change.in_use = Some(false);
    }
    if now.low_power != Some(false) {
        change.low_power = Some(false);
    }
    if now.background_refresh != Some(BackgroundRefresh::Available) {
        change.background_refresh = Some(BackgroundRefresh::Available);
    }
    if now.background_launches_denied != Some(false) {
        change.background_launches_denied = Some(false);
    }
    let readable = request.protection == Protection::CompleteUntilFirstUserAuthentication;
    if now.unlocked_once != Some(true) || (!readable && world.is_locked()) {
        change.locked = Some(false);
        change.unlocked_once = Some(true);
    }
    (change != Device::default()).then_some(change)
}

/// The new facts of an update.
pub(super) fn facts(block: &mut Block, limits: &cast::Limits) -> AppFacts {
    let mut facts = AppFacts::default();
    if !limits.has(Area::Configuration) {
        return facts;
    }
    match block.below(6) {
        2 => facts.permitted = Some(cast::permitted(block, limits)),
        3 => facts.modes = Some(cast::modes(block)),
        4 => facts.entitlements = Some(cast::entitlements(block)),
        5 => facts.study_opt_in = Some(block.below(2) == 0),
        _ => {}
    }
    facts
}
