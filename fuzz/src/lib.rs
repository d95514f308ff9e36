//! What is fuzzed, one module a target: each takes bytes that nobody meant, and panics where something is wrong.
//!
//! `fuzz_targets` hands each to libFuzzer. `smoke` runs each over its seeds and a fixed number of changes of them
//! ([`mutator`]), with nothing but a stable compiler. None of it pulls in cucumber.

pub mod campaign;
pub mod feature;
pub mod filter;
pub mod mutator;
pub mod pattern;
pub mod plist;
pub mod protocol;
pub mod render;
pub mod shown;
pub mod trace;
pub mod transitions;

/// A target: its name, how many changed inputs `smoke` gives it, and what takes them.
pub struct Target {
    pub name: &'static str,
    pub inputs: u64,
    pub run: fn(&[u8]),
}

/// Every target. Those that judge whole cases take milliseconds an input.
pub const TARGETS: [Target; 9] = [
    Target {
        name: "trace",
        inputs: 1_500,
        run: trace::run,
    },
    Target {
        name: "protocol",
        inputs: 20_000,
        run: protocol::run,
    },
    Target {
        name: "feature",
        inputs: 600,
        run: feature::run,
    },
    Target {
        name: "filter",
        inputs: 20_000,
        run: filter::run,
    },
    Target {
        name: "plist",
        inputs: 1_500,
        run: plist::run,
    },
    Target {
        name: "pattern",
        inputs: 5_000,
        run: pattern::run,
    },
    Target {
        name: "campaign",
        inputs: 1_000,
        run: campaign::run,
    },
    Target {
        name: "transitions",
        inputs: 1_500,
        run: transitions::run,
    },
    Target {
        name: "render",
        inputs: 1_500,
        run: render::run,
    },
];
