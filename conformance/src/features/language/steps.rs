//! The steps of the language: one table, from which reading, writing, `bgspec steps` and the docs all come.

use std::sync::LazyLock;

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
    Event(&'static str),
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

/// A row of the table: keyword, what it is, how it is written, an example.
type Row = (Keyword, What, &'static str, &'static str);

/// Every step, in the order of `bgspec steps`.
pub static STEPS: LazyLock<Vec<Step>> = LazyLock::new(|| {
    let read = |&(keyword, what, text, example): &Row| {
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
    TABLE.iter().filter_map(read).collect()
});

/// The clauses that every When and every observation may have besides its own.
pub const RECORD: &str = "[, caused by a person{^person=true}][, on the main thread{^thread=\"main\"}]\
    [, on the thread {^thread:text}][, as call {^call:integer}][, in process {^pid:integer}][, in no process{^lone=true}]\
    [, or up to {^to:later} later]";

use Keyword::{Given, Then, When};
use What::{End, Event, Header, Verdict};

#[rustfmt::skip]
const TABLE: &[Row] = &[
    // ---- the header
    (Given, Header, "{platform} with iOS {os:name}", "an iPhone with iOS 26.1"),
    (Given, Header, "the device has a GPU for background work{gpu=true}", "the device has a GPU for background work"),
    (Given, Header, "the device has no passcode{passcode=false}", "the device has no passcode"),
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
    (Given, Header, "the implementation declares {pins:settings}", "the implementation declares continued_capacity = \"1\""),
    (Given, Header, "the trace is judged by the profile {profile:text}", "the trace is judged by the profile \"field\""),
    (Given, Header, "the trace is {origin}", "the trace is retold from a report"),
    (Given, Header, "the trace was written by {producer:text}", "the trace was written by \"recorder 1.0\""),
    (Given, Header, "the trace is about {about:text}", "the trace is about \"an upload at night\""),

    // ---- time and the device
    (When, Event("clock"), "{^pass:one} passes", "1 hour passes"),
    (When, Event("clock"), "{^pass:pass} pass", "2 hours pass"),
    (When, Event("clock"), "no time passes", "no time passes"),
    (When, Event("device"), "the device is now {*:device}", "the device is now locked and not in use"),
    (When, Event("reboot"), "the device reboots", "the device reboots"),

    // ---- the app's life
    (When, Event("started"), "the person opens the app{by=\"person\"}", "the person opens the app"),
    (When, Event("started"), "the app is started in the background for another reason{by=\"other\"}", "the app is started in the background for another reason"),
    (When, Event("launch_finished"), "the app finishes launching", "the app finishes launching"),
    (When, Event("foreground"), "the app comes to the foreground", "the app comes to the foreground"),
    (When, Event("background"), "the app leaves the foreground", "the app leaves the foreground"),
    (When, Event("kept_awake"), "something else keeps the app awake{awake=true}", "something else keeps the app awake"),
    (When, Event("kept_awake"), "nothing else keeps the app awake any more{awake=false}", "nothing else keeps the app awake any more"),
    (When, Event("force_quit"), "the person force-quits the app", "the person force-quits the app"),
    (When, Event("crashed"), "the app crashes", "the app crashes"),
    (When, Event("memory_killed"), "memory runs short and the app is killed", "memory runs short and the app is killed"),
    (When, Event("installed"), "the app is installed", "the app is installed"),
    (When, Event("updated"), "the app is updated[, now permitting {permitted:entries}][, with the background modes {modes:texts}]\
        [, with the entitlements {entitlements:texts}][, the person taking part in the study{study_opt_in=true}]\
        [, the person taking no part in the study{study_opt_in=false}]", "the app is updated, now permitting \"news\""),
    (When, Event("uninstalled"), "the app is removed", "the app is removed"),

    // ---- the person at a card
    (When, Event("person_stops"), "the person stops {task}", "the person stops the \"export.1\" task"),
    (When, Event("person_continues"), "the person lets {task} go on", "the person lets the \"export.1\" task go on"),
    (When, Event("person_ignores"), "the person leaves the prompt of {task} unanswered", "the person leaves the prompt of the \"export.1\" task unanswered"),
    (When, Event("person_dismisses"), "the person dismisses the card of {task}", "the person dismisses the card of the \"export.1\" task"),
    (When, Event("person_clears"), "the person clears the card of {task}", "the person clears the card of the \"export.1\" task"),

    // ---- the debugger and the runner
    (When, Event("debugger"), "a debugger is attached{attached=true}", "a debugger is attached"),
    (When, Event("debugger"), "the debugger is detached{attached=false}", "the debugger is detached"),
    (When, Event("simulate_launch"), "the debugger simulates a launch of {id}", "the debugger simulates a launch of \"sync\""),
    (When, Event("simulate_expiration"), "the debugger simulates an expiration of {id}", "the debugger simulates an expiration of \"sync\""),
    (When, Event("grant"), "the runner grants a launch of {id}", "the runner grants a launch of \"sync\""),
    (When, Event("take_back"), "the runner takes back the time of {task}", "the runner takes back the time of the \"sync\" task"),

    // ---- calls of the app
    (When, Event("register"), "{^by:caller} registers a handler for {id}[, on the queue {queue:text}][, and it {answer:registered}]",
        "the app registers a handler for \"sync\", and it returns true"),
    (When, Event("submit"), "{^by:caller} submits {kind:request} for {id}[request][, and it {answer:submitted}]",
        "the app submits a refresh request for \"sync\", earliest in 2 hours, and it is accepted"),
    (When, Event("submit_async"), "{^by:caller} submits, as submission {submission:integer}, {kind:request} for {id}[request][, and it {answer:returned}]",
        "the app submits, as submission 1, a refresh request for \"sync\", and it returns"),
    (When, Event("change_submitted"), "{^by:caller} makes the object that it submitted {kind:request} for {id}[request]",
        "the app makes the object that it submitted a refresh request for \"sync\", earliest now"),
    (When, Event("change_listed"), "{^by:caller} makes an object of the pending list {kind:request} for {id}[request]",
        "the app makes an object of the pending list a refresh request for \"sync\", earliest now"),
    (When, Event("cancel"), "{^by:caller} cancels {id}", "the app cancels \"sync\""),
    (When, Event("cancel_all"), "{^by:caller} cancels every request", "the app cancels every request"),
    (When, Event("pending"), "{^by:caller} asks for the pending requests[, and it gets {answer:list}]",
        "the app asks for the pending requests, and it gets nothing"),
    (When, Event("supported_resources"), "{^by:caller} asks for the supported resources[, and it gets {answer:resources}]",
        "the app asks for the supported resources, and it gets the GPU"),
    (When, Event("set_expiration_handler"), "{^by:caller} sets the expiration handler of {task}", "the app sets the expiration handler of the \"sync\" task"),
    (When, Event("set_expiration_handler"), "{^by:caller} takes away the expiration handler of {task}{set=false}",
        "the app takes away the expiration handler of the \"sync\" task"),
    (When, Event("progress"), "{^by:caller} sets the progress of {task}[, completed {completed:integer}][, total {total:integer}][, by child progress {child:decimal}]",
        "the app sets the progress of the \"export.1\" task, completed 0, total 100"),
    (When, Event("progress"), "every {^every:length}, {^times:integer} times, {^by:caller} sets the progress of {task}, completed {completed:integer} and {^more:integer} more each time",
        "every 8 seconds, 450 times, the app sets the progress of the \"upload\" task, completed 1 and 1 more each time"),
    (When, Event("update_title"), "{^by:caller} titles {task} {title:text} and {subtitle:text}", "the app titles the \"export.1\" task \"Exporting\" and \"3 of 12\""),
    (When, Event("complete"), "{^by:caller} completes {task} as {success}", "the app completes the \"sync\" task as a success"),
    (When, Event("block_queue"), "{^by:caller} blocks the queue {queue:text}", "the app blocks the queue \"work\""),
    (When, Event("unblock_queue"), "{^by:caller} unblocks the queue {queue:text}", "the app unblocks the queue \"work\""),
    (When, Event("work_began"), "{^by:caller} begins the work of {id}", "the app begins the work of \"sync\""),
    (When, Event("work_ended"), "{^by:caller} ends the work of {id}", "the app ends the work of \"sync\""),
    (When, Event("gpu_work"), "{^by:caller} uses the GPU[, and it {answer:work}]", "the app uses the GPU, and it fails"),
    (When, Event("neural_engine_work"), "{^by:caller} uses the Neural Engine[, and it {answer:work}]", "the app uses the Neural Engine, and it succeeds"),
    (When, Event("protected_read"), "{^by:caller} reads data of class {class:protection}[, and it {answer:work}]", "the app reads data of class complete, and it fails"),

    // ---- the ends of calls that overlap
    (When, Event("end"), "the registration ends[, and it {register:registered}]", "the registration ends, and it returns true, as call 1"),
    (When, Event("end"), "the submission ends[, and it {submit:submitted}]", "the submission ends, and it is accepted, as call 1"),
    (When, Event("end"), "the question for the pending requests ends[, and it gets {pending:list}]", "the question for the pending requests ends, and it gets nothing, as call 1"),
    (When, Event("end"), "the question for the resources ends[, and it gets {supported_resources:resources}]", "the question for the resources ends, and it gets nothing, as call 1"),
    (When, Event("end"), "the use ends[, and it {work}]", "the use ends, and it succeeds, as call 1"),
    (When, Event("end"), "the call ends[, and it {void:returned}]", "the call ends, and it returns, as call 1"),

    // ---- observations
    (Then, Event("launched"), "the app is launched in the background[, for {ids}]", "the app is launched in the background, for \"sync\""),
    (Then, Event("delivered"), "{task} is delivered as {kind}[, on the queue {queue:text}]", "the \"sync\" task is delivered as a refresh task"),
    (Then, Event("delivery_raised"), "the launch of {id} raises {text}", "the launch of \"sync\" raises \"No launch handler registered\""),
    (Then, Event("expired"), "{task} is expired[, on the queue {queue:text}]", "the \"sync\" task is expired"),
    (Then, Event("completed_by_system"), "the system completes {task} as a failure", "the system completes the \"sync\" task as a failure"),
    (Then, Event("suspended"), "the app is suspended", "the app is suspended"),
    (Then, Event("killed"), "the system kills the app, for {cause}", "the system kills the app, for overrunning its time"),
    (Then, Event("card"), "the card of {task} {is:card}[, titled {title:text}][, subtitled {subtitle:text}]", "the card of the \"export.1\" task appears, titled \"Exporting\""),
    (Then, Event("submission_completed"), "submission {submission:integer} completes without an error", "submission 1 completes without an error"),
    (Then, Event("submission_completed"), "submission {submission:integer} completes with {error:code}", "submission 1 completes with notPermitted"),
    (Then, Event("gap"), "lines may be missing since {from:date}[, of {events:texts}][, about {ids}]", "lines may be missing since 5 minutes ago, of \"delivered\" and \"expired\", about \"sync\""),
    (Then, End("closed"), "nothing else happens for {^pass:pass}", "nothing else happens for 1 minute"),
    (Then, End("closed"), "nothing else happens", "nothing else happens"),
    (Then, End("cut"), "the recording stops", "the recording stops"),

    // ---- verdicts
    (Then, Verdict, "the oracle says that the trace conforms{says=\"conforms\"}", "the oracle says that the trace conforms"),
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
        assert_eq!(STEPS.len(), TABLE.len());
    }
}
