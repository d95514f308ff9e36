//! What `bgspec explain` tells, in the one form that `--format json` prints and the text for people is made from.

use bgspec_model::oracle::explain::{Condition, Holds, Standing};
use bgspec_model::rule::Rule;
use bgspec_model::vocabulary::{Kind, Millis, Request};
use schemars::JsonSchema;
use serde::Serialize;

use crate::report::{CheckedFile, Found, Instead};

/// The version of this form.
pub const FORM: u32 = 1;

/// An explanation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Explanation {
    /// The version of this form: 1.
    pub explanation: u32,
    /// The version of bgspec.
    pub tool: String,
    /// The verdict, as `bgspec check` gives it.
    pub judged: CheckedFile,
    /// What it came to, where no request was submitted that has a story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// The story of each request that was asked for.
    pub requests: Vec<Story>,
    /// How each breach came about.
    pub breaches: Vec<Breach>,
    /// What was answered or done that an app asks about, with the rules that allow it.
    pub remarks: Vec<Remark>,
    /// The exit code.
    pub exit: u8,
}

/// What became of the requests of one identifier.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Story {
    /// The identifier.
    pub id: String,
    /// Why its last request did not run, or that it did, and whose doing it was.
    pub answer: Answer,
    /// A request is undelivered at the end, or none was ever delivered.
    pub is_undelivered: bool,
    /// The trace shows that a request of it was submitted, listed, launched or delivered.
    pub is_named: bool,
    /// How often it was submitted and accepted.
    pub submitted: u32,
    /// How often it was delivered.
    pub delivered: u32,
    /// Since its last delivery: for how long a request was or may have been outstanding.
    pub outstanding: Millis,
    /// Of that, for how long nothing stood in the way.
    pub nothing_in_the_way: Millis,
    /// What stood in the way in that time, the longest first.
    pub obstacles: Vec<Obstacle>,
    /// What happened, in order.
    pub entries: Vec<Entry>,
}

/// Why a request did not run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    /// Whose doing it was.
    pub fault: Fault,
    /// Why, in one or two sentences with their rules.
    pub text: String,
    /// The rules that it names.
    pub rules: Vec<String>,
    /// What to change, where something can be changed.
    pub to_do: Vec<String>,
}

/// Whose doing it was that a request did not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It ran.
    Ran,
    /// Nobody broke a rule, and nobody asked for the wrong thing.
    Nobody,
    /// The app's.
    App,
    /// The scheduler's.
    Scheduler,
    /// The person's who uses the device.
    Person,
    /// The device's.
    Device,
    /// The trace does not say enough.
    NotKnown,
}

/// What stood in the way of a launch, over time.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Obstacle {
    /// The rule.
    pub rule: String,
    /// What it is about.
    pub about: String,
    /// What stood in the way.
    pub obstacle: String,
    /// For how long it surely did.
    pub in_the_way: Millis,
    /// For how long it is not known whether it did.
    pub not_known: Millis,
    /// What was not known.
    pub open: Vec<String>,
    /// From when to when it did or may have done, in milliseconds.
    pub spans: Vec<(Millis, Millis)>,
}

/// Something that happened to a request, or that changed what stands in its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Entry {
    /// When.
    pub at: Millis,
    /// The line of the file; none where only time passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What happened.
    pub what: String,
    /// The rules of it.
    pub rules: Vec<String>,
    /// What stands in the way from now on; none where that did not change, or nothing is outstanding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Then>,
}

/// What stands in the way from a moment on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Then {
    /// Where the request may be: outstanding, in_flight, launched, running, absent.
    pub may_be: Vec<String>,
    /// What surely stands in the way.
    pub in_the_way: Vec<Blocker>,
    /// What may stand in the way.
    pub not_known: Vec<Blocker>,
    /// What the request asks for is not certain any more.
    pub is_vague: bool,
    /// The rule that says whether a launch is owed once nothing stands in the way.
    pub owed_by: String,
}

/// One condition that does not surely hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Blocker {
    /// The rule.
    pub rule: String,
    /// What it is about.
    pub about: String,
}

/// How a breach came about.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Breach {
    /// The finding.
    pub finding: Found,
    /// What to do about it.
    pub to_do: String,
    /// Each state that was still possible, and what it says; empty for a breach of the app, which is the same in each.
    pub states: Vec<Refused>,
    /// What was allowed at that place, or nearest to it in time.
    pub nearest: Vec<Instead>,
    /// The smallest edit of the trace that makes this finding disappear and brings no new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<Edit>,
    /// How many edits were tried.
    pub tried: usize,
}

/// How one possible state refused an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Refused {
    /// The state.
    pub state: String,
    /// What is supposed of what is not known.
    pub supposes: Vec<String>,
    /// The rules against the event.
    pub rules: Vec<String>,
    /// The answers that were allowed.
    pub instead: Vec<Instead>,
    /// What was owed and did not come in time.
    pub owed: Vec<String>,
}

/// Something that was answered or done to the app, and why that is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Remark {
    /// When, for the first time.
    pub at: Millis,
    /// The line of the file.
    pub line: u64,
    /// What happened.
    pub what: String,
    /// What the first of the rules says.
    pub because: String,
    /// What an app does about it, where it can do something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_do: Option<String>,
    /// The rules that allow it.
    pub rules: Vec<String>,
    /// How often.
    pub times: u32,
}

/// An edit of a trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edit {
    /// What to change.
    pub what: String,
    /// How many lines it touches.
    pub lines: usize,
    /// The lines as they would then stand; empty where lines only go.
    pub becomes: Vec<String>,
    /// Whether the whole trace conforms then.
    pub conforms: bool,
}

impl From<&Condition> for Blocker {
    fn from(condition: &Condition) -> Self {
        Self {
            rule: condition.rule.id.to_string(),
            about: condition.about.to_owned(),
        }
    }
}

impl Then {
    /// What is known of a request now.
    pub(super) fn new(waiting: &bgspec_model::oracle::explain::Waiting) -> Self {
        let that = |holds| super::tally::conditions(waiting, holds).map(Blocker::from).collect();
        let standing = |standing: &Standing| match standing {
            Standing::Outstanding => "outstanding".to_owned(),
            Standing::InFlight => "in_flight".to_owned(),
            Standing::Launched => "launched".to_owned(),
            Standing::Running => "running".to_owned(),
            Standing::Absent => "absent".to_owned(),
        };
        Self {
            may_be: waiting.standings.iter().map(standing).collect(),
            in_the_way: that(Holds::InTheWay),
            not_known: that(Holds::NotKnown),
            is_vague: waiting.vague && waiting.may_be(Standing::Outstanding),
            owed_by: owed_by(waiting.request.as_ref()).to_owned(),
        }
    }

    /// Whether a request may be there.
    pub(super) fn is_there(&self) -> bool {
        self.may_be.iter().any(|place| place == "outstanding")
    }

    /// Whether it may also be gone.
    #[must_use]
    pub fn may_be_gone(&self) -> bool {
        self.is_there() && self.may_be.iter().any(|place| place == "absent")
    }
}

/// The ids of rules.
pub(super) fn ids(rules: &[&Rule]) -> Vec<String> {
    rules.iter().map(|rule| rule.id.to_string()).collect()
}

/// The rule that says whether a launch is owed once nothing stands in the way.
pub(super) fn owed_by(request: Option<&Request>) -> &'static str {
    match request {
        Some(request) if request.kind == Kind::Continued => "LAU-7",
        _ => "CON-12",
    }
}

/// What a request asks for, in words.
pub(super) fn asks_for(request: &Request) -> String {
    let wants: Vec<_> = [
        (request.network, "the network"),
        (request.power, "external power"),
        (request.gpu, "the GPU"),
    ]
    .into_iter()
    .filter_map(|(wants, what)| wants.then_some(what))
    .collect();
    match wants.as_slice() {
        [] => "no network and no power".to_owned(),
        wants => wants.join(" and "),
    }
}
