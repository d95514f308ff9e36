//! How short a case of a fault can be at all, where there is an argument. What has none is not proved.
//!
//! A case is as long as its inputs: what the app calls, and what the person, the device and the runner do. What the header
//! says of the device, and time, are not among them. Each argument counts what a breach of that fault cannot do without.

use crate::reference::Fault;
use crate::reference::Fault::*;

/// The least number of inputs of a case that shows a fault, and why there is none with fewer; none where that is open.
#[must_use]
pub fn least(fault: Fault) -> Option<(usize, &'static str)> {
    let of = |(faults, least, why): &(&[Fault], usize, &'static str)| faults.contains(&fault).then_some((*least, *why));
    // Of what is shown by one input there is nothing shorter, whatever the fault.
    LEAST.iter().find_map(of)
}

/// Without an input nothing happens: one is the least of all.
pub const ANY: (usize, &str) = (1, "nothing happens without an input");

const LEAST: &[(&[Fault], usize, &str)] = &[
    (
        &[
            RegistrationReturnsFalse,
            UnpermittedRegisters,
            UnpermittedRaises,
            RefreshOffRegistersNothing,
            SimulatorRegistersNothing,
            WildcardStringRegisters,
        ],
        2,
        "a process, which does not start by itself, and its registration",
    ),
    (
        &[RegistersTwice, SecondReturnsFalse],
        3,
        "a process and two registrations",
    ),
    (
        &[RegistersLate, LateWildcardRaises, LateExactRaises],
        3,
        "a process, the end of its launching, and the registration",
    ),
    (
        &[NoHandlerAccepts, NoHandlerRefuses],
        2,
        "a process of the app, of which alone a handler is asked, and its submission",
    ),
    (
        &[TwoRefreshRequests],
        2,
        "the limit is one, and each submission adds one",
    ),
    (
        &[NineProcessing],
        10,
        "the limit is ten, and each submission adds one: the tenth is refused",
    ),
    (
        &[ElevenProcessing],
        11,
        "the limit is ten, and each submission adds one: the eleventh is accepted",
    ),
    (
        &[KeepsTheOld, KeepsTheOldDate],
        4,
        "a process, two submissions, and what shows which of them is there: a list or a grant",
    ),
    (
        &[CancelForgets],
        4,
        "a process, the submission, the cancel, and what shows the request: a list or a grant",
    ),
    (
        &[ListRepeats, ListWithoutDates],
        3,
        "a process, a submission, and the list",
    ),
    (&[ListIsShort], 4, "a process, two submissions, and the list"),
    (
        &[CancelledForGood],
        3,
        "a process, which alone cancels, the cancel, and the submission",
    ),
    (
        &[
            LaunchesBeforeDate,
            AMillisecondEarly,
            LaunchesOnBattery,
            LaunchesOffline,
            LaunchesInUse,
            LaunchesBeforeUnlock,
            LaunchesWithRefreshOff,
            LaunchesWhenDenied,
            LaunchesInLowPower,
            DeliversWhileLaunching,
            IgnoresGrants,
        ],
        2,
        "a submission and the grant",
    ),
    (&[LaunchesUngranted], 3, "two submissions, and the grant of one of them"),
    (
        &[LaunchesTheCancelled],
        4,
        "a process, a submission, the cancel, and the grant",
    ),
    (
        &[LaunchesAfterForceQuit],
        4,
        "a process, which is closed, a submission, and the grant",
    ),
    (
        &[CrashBlocks],
        4,
        "a process, which crashes, a submission, and the grant",
    ),
];
