//! What `bgspec check` reports, in the one form that `--format json` prints and `bgspec schema report` describes.
//!
//! Everything here is plain data made from the oracle's [`Report`]; the text for people is made from the same in
//! `cli::print`.

use bgspec_model::report::{Assumption, Doubt, Finding, Repeat, Report};
use bgspec_model::rule::{Rank, Rule};
use bgspec_model::vocabulary::{Header, Millis};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exit::Exit;
use crate::trace::{self, Mistakes, Places};

/// The version of this form.
pub const FORM: u32 = 1;

/// Everything that `bgspec check` found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Checked {
    /// The version of this form: 1.
    pub report: u32,
    /// The version of bgspec.
    pub tool: String,
    /// Each trace, in the order of the command line.
    pub files: Vec<CheckedFile>,
    /// All of them together.
    pub summary: Summary,
    /// The exit code.
    pub exit: u8,
}

/// What became of one trace.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckedFile {
    /// The file, as it was named; `stdin` for standard input.
    pub file: String,
    /// The scenario, where the file is a feature file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Named>,
    /// What became of it.
    pub outcome: Outcome,
    /// What it is judged by; absent where its header cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<JudgedBy>,
    /// How many events were checked, the end apart.
    pub events: u64,
    /// Who broke what, in the order of the events.
    pub findings: Vec<Found>,
    /// Advice to the app, which never fails.
    pub advice: Vec<Found>,
    /// What was found more often than is told one by one: of the same rules the first fifty are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repeats: Vec<Repeated>,
    /// Why it cannot be told.
    pub doubts: Vec<Doubted>,
    /// What was not told, and has to have been so where it conforms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumes: Vec<Assumed>,
    /// What is owed at the end and not yet due.
    pub open: Vec<String>,
    /// What is wrong with the file itself; what was found before stands above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Unusable>,
    /// What is wrong with it besides, in the order of the lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more_errors: Vec<Unusable>,
    /// How many errors more there are than stand here.
    #[serde(skip_serializing_if = "is_none")]
    pub errors_left_out: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// A scenario of a feature file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The line that it begins in; one of an outline: that of its row.
    pub line: usize,
}

/// What became of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// No rule that counts was broken: 0.
    Conforms,
    /// A rule that counts was broken: 1.
    Breaks,
    /// It cannot be told: 5.
    Inconclusive,
    /// There is no event in it: 4.
    NothingChecked,
    /// It cannot be read to its end: 2.
    Unusable,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [
        Self::Conforms,
        Self::Breaks,
        Self::Inconclusive,
        Self::NothingChecked,
        Self::Unusable,
    ];

    /// As people read it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::Breaks => "breaks",
            Self::Inconclusive => "inconclusive",
            Self::NothingChecked => "nothing checked",
            Self::Unusable => "unusable",
        }
    }
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Conforms => Self::Conforms,
            Outcome::Breaks => Self::Breaks,
            Outcome::Inconclusive => Self::Inconclusive,
            Outcome::NothingChecked => Self::NothingChecked,
            Outcome::Unusable => Self::Unusable,
        }
    }
}

/// What a trace is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JudgedBy {
    /// The version of iOS.
    pub os: String,
    /// The profile.
    pub profile: String,
    /// Settings pinned by the header and the command line.
    pub pins: Vec<(String, String)>,
    /// Where the trace comes from.
    pub origin: String,
}

/// One breach, or one piece of advice.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// Who broke it: scheduler, app or device.
    pub party: String,
    /// The rules that were surely broken.
    pub breaks: Vec<FoundRule>,
    /// The rules of which one was broken, perhaps.
    pub perhaps: Vec<FoundRule>,
    /// The event's number, from 1 for the first line behind the header.
    pub event: u64,
    /// The line of the file that it stands in.
    pub line: u64,
    /// When, in milliseconds.
    pub at: Millis,
    /// What happened.
    pub what: String,
    /// What was allowed instead.
    pub instead: Vec<Instead>,
    /// The choices of the implementation that it contradicts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<Chosen>,
    /// The earlier line that it contradicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<u64>,
    /// Whether it counts: false where `--blame` or `--fail-on` leave it out, and for advice.
    pub counts: bool,
}

/// A choice that an implementation made, and is held to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Chosen {
    /// The setting.
    pub setting: String,
    /// The value that it showed.
    pub value: String,
    /// The line that showed it.
    pub line: u64,
}

/// The same rules, broken again and again behind the findings that are told one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Repeated {
    /// Who broke them.
    pub party: String,
    /// The ids of the rules, as in the findings.
    pub rules: Vec<String>,
    /// How many times more.
    pub times: u64,
    /// The event of the last time.
    pub event: u64,
    /// The line that it stands in.
    pub line: u64,
    /// When, in milliseconds.
    pub at: Millis,
    /// Whether it is advice.
    pub advice: bool,
}

/// A rule, as a finding names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FoundRule {
    /// Its id, such as SUB-4.
    pub id: String,
    /// Its force: must, may or should.
    pub force: String,
    /// How it is known, such as `documented` or `observed 3`.
    pub basis: Vec<String>,
    /// Its sentence.
    pub text: String,
}

/// Something that was allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instead {
    /// What.
    pub what: String,
    /// The id of the rule that allows it.
    pub rule: String,
}

/// What was not told, and has to have been so for the trace to conform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Assumed {
    /// The event's number, from 1 for the first line behind the header.
    pub event: u64,
    /// The line of the file that it stands in.
    pub line: u64,
    /// When, in milliseconds.
    pub at: Millis,
    /// What, as in "nobody uses the device".
    pub what: String,
}

/// Why something cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Doubted {
    /// The event's number.
    pub event: u64,
    /// The line of the file.
    pub line: u64,
    /// Where a stretch of the file was not judged that begins with this line: its last line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<u64>,
    /// When, in milliseconds.
    pub at: Millis,
    /// Why.
    pub why: String,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unusable {
    /// The line, from 1; 0 where the file cannot be read at all.
    pub line: u64,
    /// The column, in bytes from 1.
    pub column: usize,
    /// What was found, and what was expected.
    pub message: String,
}

/// Several traces together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// How many traces there were.
    pub files: usize,
    /// How many of them conform.
    pub conforms: usize,
    /// How many break a rule.
    pub breaks: usize,
    /// How many are inconclusive.
    pub inconclusive: usize,
    /// How many have no event.
    pub nothing_checked: usize,
    /// How many cannot be read to their end.
    pub unusable: usize,
    /// The findings by how well their rules are known: advice is not among them.
    pub findings: ByBasis,
}

/// How many findings rest on which basis, the best of each counting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ByBasis {
    /// Documented by Apple.
    pub documented: usize,
    /// Said by Apple's staff, or cited so.
    pub staff: usize,
    /// Observed on devices.
    pub observed: usize,
    /// Inferred from other facts.
    pub inferred: usize,
}

impl ByBasis {
    /// How many findings there are.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.documented + self.staff + self.observed + self.inferred
    }

    /// So many findings more.
    pub fn add(&mut self, rank: Rank, times: usize) {
        *match rank {
            Rank::Documented => &mut self.documented,
            Rank::Staff => &mut self.staff,
            Rank::Observed => &mut self.observed,
            Rank::Inferred => &mut self.inferred,
        } += times;
    }
}

/// How well a finding is known: the best of its rules.
#[must_use]
pub fn rank(rules: &[&Rule]) -> Rank {
    rules.iter().map(|rule| rule.rank()).min().unwrap_or(Rank::Inferred)
}

impl CheckedFile {
    /// A file of which nothing is known yet.
    #[must_use]
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            scenario: None,
            outcome: Outcome::NothingChecked,
            terms: None,
            events: 0,
            findings: Vec::new(),
            advice: Vec::new(),
            repeats: Vec::new(),
            doubts: Vec::new(),
            assumes: Vec::new(),
            open: Vec::new(),
            error: None,
            more_errors: Vec::new(),
            errors_left_out: 0,
        }
    }

    /// Takes over what is wrong with the file.
    pub fn fail(&mut self, mistakes: &Mistakes) {
        let mut told = mistakes.told.iter().map(Unusable::from);
        self.error = told.next();
        self.more_errors = told.collect();
        self.errors_left_out = mistakes.more;
        self.outcome = match mistakes.first() {
            Some(error) if error.problem.is_nothing() => Outcome::NothingChecked,
            _ => Outcome::Unusable,
        };
    }

    /// Takes over what the oracle says of events at these places; `counts` decides which findings count.
    pub fn take(&mut self, report: Report, places: &Places, counts: impl Fn(&Finding) -> bool) {
        self.findings = report
            .findings
            .iter()
            .map(|finding| Found::new(finding, counts(finding), places))
            .collect();
        self.advice = report
            .advice
            .iter()
            .map(|advice| Found::new(advice, false, places))
            .collect();
        self.repeats = report
            .repeats
            .iter()
            .map(|repeat| Repeated::new(repeat, places))
            .collect();
        self.doubts = report
            .doubts
            .into_iter()
            .map(|doubt| Doubted::new(doubt, places))
            .collect();
        self.assumes = report
            .assumes
            .into_iter()
            .map(|assumed| Assumed::new(assumed, places))
            .collect();
        self.open = report.open;
    }
}

impl JudgedBy {
    /// What a header says, where the reader says nothing else.
    #[must_use]
    pub fn new(header: &Header, profile: &str, os: String, pins: &[(String, String)]) -> Self {
        let mut all: Vec<_> = header
            .pins
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        all.extend_from_slice(pins);
        let origin = serde_json::to_value(header.origin)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned));
        Self {
            os,
            profile: profile.to_owned(),
            pins: all,
            origin: origin.unwrap_or_default(),
        }
    }
}

impl Found {
    pub(crate) fn new(finding: &Finding, counts: bool, places: &Places) -> Self {
        let Finding {
            party,
            event,
            at,
            what,
            about: _,
            instead,
            fixed,
            earlier,
            ..
        } = finding;
        let rules = |rules: &[&'static Rule]| rules.iter().map(|rule| FoundRule::from(*rule)).collect();
        Self {
            party: party.to_string(),
            breaks: rules(finding.breaks()),
            perhaps: rules(finding.perhaps()),
            event: *event,
            line: places.line(*event),
            at: *at,
            what: what.clone(),
            instead: instead
                .iter()
                .map(|other| Instead {
                    what: other.what.clone(),
                    rule: other.rule.id.to_string(),
                })
                .collect(),
            fixed: fixed
                .iter()
                .map(|fixed| Chosen {
                    setting: fixed.setting.entry().name.to_owned(),
                    value: fixed.value.to_owned(),
                    line: places.line(fixed.event),
                })
                .collect(),
            earlier: earlier.map(|event| places.line(event)),
            counts,
        }
    }

    /// Every rule that it names, those that were surely broken first.
    pub fn rules(&self) -> impl Iterator<Item = &FoundRule> {
        self.breaks.iter().chain(&self.perhaps)
    }

    /// Whether another names the same rules.
    #[must_use]
    pub fn names_the_same(&self, other: &Self) -> bool {
        self.rules().eq(other.rules())
    }
}

impl Repeated {
    fn new(repeat: &Repeat, places: &Places) -> Self {
        Self {
            party: repeat.party.to_string(),
            rules: repeat.rules.iter().map(|rule| rule.id.to_string()).collect(),
            times: repeat.times,
            event: repeat.event,
            line: places.line(repeat.event),
            at: repeat.at,
            advice: repeat.is_advice(),
        }
    }
}

impl From<&Rule> for FoundRule {
    fn from(rule: &Rule) -> Self {
        Self {
            id: rule.id.to_string(),
            force: rule.force.to_string(),
            basis: rule.basis.iter().map(ToString::to_string).collect(),
            text: rule.text.to_owned(),
        }
    }
}

impl Assumed {
    fn new(assumption: Assumption, places: &Places) -> Self {
        Self {
            event: assumption.event,
            line: places.line(assumption.event),
            at: assumption.at,
            what: assumption.what,
        }
    }
}

impl Doubted {
    fn new(
        Doubt {
            event, until, at, why, ..
        }: Doubt,
        places: &Places,
    ) -> Self {
        Self {
            event,
            line: places.line(event),
            until: until.map(|until| places.line(until)),
            at,
            why,
        }
    }
}

impl From<&trace::Error> for Unusable {
    fn from(error: &trace::Error) -> Self {
        Self {
            line: error.line,
            column: error.column,
            message: error.problem.to_string(),
        }
    }
}
