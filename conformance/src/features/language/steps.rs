//! The steps of the language: one list, from which reading, writing, `bgspec steps` and the docs all come. How an event
//! is said stands in its row of the table of events; here are the header, the ends and the verdicts.

use std::sync::LazyLock;

use bgspec_model::vocabulary::{Name, Role};

use super::pattern::Pattern;
use super::table::REQUEST;

/// Which keyword a step stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// What is known before anything happens.
    Given,
    /// What the world and the app do.
    When,
    /// What is observed, and what the oracle says of it all.
    Then,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Fields of the header.
    Header,
    /// The event of this name.
    Event(Name),
    /// The end of this name.
    End(&'static str),
    /// What the oracle says.
    Verdict,
}

/// A step of the language.
#[derive(Debug)]
pub struct Step {
    /// Its keyword.
    pub keyword: Keyword,
    /// What it is.
    pub what: What,
    /// How it is written.
    pub text: &'static str,
    /// One of its kind, for the app `com.example.app`.
    pub example: &'static str,
    /// The pattern, taken apart.
    pub pattern: Pattern,
}

/// A row of the tables here: keyword, what it is, how it is written, an example.
type Row = (Keyword, What, &'static str, &'static str);

/// Every step, in the order of `bgspec steps`: the header's, those of the table of events, ends and verdicts.
pub static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    let read = |(keyword, what, text, example): Row| {
        // Clauses that every event may have: the record's fields around it.
        let whole = match what {
            What::Header | What::Verdict => text.to_owned(),
            What::Event(_) | What::End(_) => text.replace("[request]", REQUEST) + RECORD,
        };
        let pattern = Pattern::read(&whole).ok()?;
        Some(Step {
            keyword,
            what,
            text,
            example,
            pattern,
        })
    };
    rows().filter_map(read).collect()
});

fn rows() -> impl Iterator<Item = Row> {
    let of_events = Name::ALL.iter().flat_map(|name| {
        let keyword = keyword(name.row().role);
        let steps = name.row().steps.iter();
        steps.map(move |(text, example)| (keyword, Event(*name), *text, *example))
    });
    HEADER.iter().copied().chain(of_events).chain(VERDICTS.iter().copied())
}

/// Under which keyword events of a role stand.
const fn keyword(role: Role) -> Keyword {
    match role {
        Role::World | Role::Call | Role::End => When,
        Role::Observation | Role::Gap => Then,
    }
}

/// The clauses that every When and every observation may have besides its own.
pub const RECORD: &str = "[, caused by a person{^person=true}][, on the main thread{^thread=\"main\"}]\
    [, on the thread {^thread:text}][, as call {^call:integer}][, in process {^pid:integer}][, in no process{^lone=true}]\
    [, or up to {^to:later} later]";

use Keyword::{Given, Then, When};
use What::{End, Event, Header, Verdict};

#[rustfmt::skip]
const HEADER: &[Row] = &[
    (Given, Header, "a Mac with Mac Catalyst {os:name}{platform=\"mac\"}", "a Mac with Mac Catalyst 18.1"),
    (Given, Header, "an Apple TV with tvOS {os:name}{platform=\"tvos\"}", "an Apple TV with tvOS 18.0"),
    (Given, Header, "{platform} with iOS {os:name}", "an iPhone with iOS 26.1"),
    (Given, Header, "iOS {os:name}, on what is not told", "iOS 26.1, on what is not told"),
    (Given, Header, "the device has a GPU for background work{gpu=true}", "the device has a GPU for background work"),
    (Given, Header, "the device has no passcode{passcode=false}", "the device has no passcode"),
    (Given, Header, "the device has a passcode{passcode=true}", "the device has a passcode"),
    (Given, Header, "the device is {device}", "the device is on external power and calm"),
    (Given, Header, "the app {bundle:text}", "the app \"com.example.app\""),
    (Given, Header, "it permits {permitted:entries}", "it permits \"sync\" and \"export.*\""),
    (Given, Header, "its background modes: {modes:texts}", "its background modes: \"fetch\" and \"processing\""),
    (Given, Header, "its entitlements: {entitlements:texts}", "its entitlements: \"com.apple.developer.backgroundtasks.healthresearch\""),
    (Given, Header, "the person takes part in the study{study_opt_in=true}", "the person takes part in the study"),
    (Given, Header, "it has the extension {extensions}", "it has the extension \"share\" that schedules"),
    (Given, Header, "nothing is known of what came before{initial=\"unknown\"}", "nothing is known of what came before"),
    (Given, Header, "it is not known at first: {unknown:names}", "it is not known at first: network and low_power"),
    (Given, Header, "it is not followed: {untracked:names}", "it is not followed: background_refresh"),
    (Given, Header, "only these observations are recorded: {recorded:names}", "only these observations are recorded: delivered and expired"),
    (Given, Header, "the times are exact to {tolerance:length}", "the times are exact to 500 ms"),
    (Given, Header, "the runner decides when a request is launched{discretion=\"driven\"}", "the runner decides when a request is launched"),
    (Given, Header, "the implementation leaves out {without:names}", "the implementation leaves out CFG and EXP"),
    (Given, Header, "the implementation does not model {unmodelled:names}", "the implementation does not model SUB-5 and in_use"),
    (Given, Header, "the implementation declares {pins:settings}", "the implementation declares continued_capacity = \"1\""),
    (Given, Header, "the trace is judged by the profile {profile:text}", "the trace is judged by the profile \"field\""),
    (Given, Header, "the trace is {origin}", "the trace is retold from a report"),
    (Given, Header, "the trace was written by {producer:text}", "the trace was written by \"recorder 1.0\""),
    (Given, Header, "the trace is about {about:text}", "the trace is about \"an upload at night\""),
];

#[rustfmt::skip]
const VERDICTS: &[Row] = &[
    // ---- the end
    (Then, End("closed"), "nothing else happens for {^pass:pass}", "nothing else happens for 1 minute"),
    (Then, End("closed"), "nothing else happens", "nothing else happens"),
    (Then, End("cut"), "the recording stops", "the recording stops"),

    // ---- verdicts
    (Then, Verdict, "the oracle says that the trace conforms{says=\"conforms\"}", "the oracle says that the trace conforms"),
    (Then, Verdict, "the oracle blames {party} for nothing{says=\"clears\"}", "the oracle blames the scheduler for nothing"),
    (Then, Verdict, "the oracle blames {party} under {rule:name}", "the oracle blames the app under SUB-27"),
    (Then, Verdict, "the oracle advises {rule:name}{says=\"advises\"}", "the oracle advises CMP-3"),
    (Then, Verdict, "otherwise the oracle would blame {party} under {rule:name}{says=\"otherwise\"}", "otherwise the oracle would blame the scheduler under SUB-4"),
    (Then, Verdict, "the oracle cannot tell{says=\"inconclusive\"}", "the oracle cannot tell"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_pattern() {
        assert_eq!(STEPS.len(), rows().count());
    }
}
