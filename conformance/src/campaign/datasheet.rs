//! The datasheet of an implementation: which of the legal choices it makes, each with the line that showed it.
//!
//! A choice is shown by a case that conforms and would break a rule under every other value: each setting is put to each
//! of its values, and the traces are judged anew. What no trace refutes was not shown. Two values that are both refuted
//! are a choice that is made now this way, now the other: each value has the case that shows it.

use std::sync::{Mutex, PoisonError};

use bgspec_model::oracle::{Oracle, Terms};
use bgspec_model::rule::Party;
use bgspec_model::setting::{Setting, Type};
use bgspec_model::vocabulary::{Event, Header, Millis, Record, Role};
use schemars::JsonSchema;
use serde::Serialize;

use super::generate::{self, Config, Factory, Step, Stopped};
use super::shrink::{Case, Ways, shrink};
use super::story;
use crate::play::action::Listed;
use crate::play::adapter::{Adapter, Failure, Hello};
use crate::play::protocol;
use crate::play::runner::{Played, header_for, play};

/// Plays that shrinking a difference may take.
const PLAYS: usize = 2_000;

/// What an implementation was seen to choose.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Datasheet {
    /// The implementation and its version.
    pub implementation: String,
    /// How many cases were played.
    pub cases: usize,
    /// In how many of them it broke a rule, or failed, or nothing could be told: they show nothing.
    pub unfit: usize,
    /// Each setting.
    pub choices: Vec<Choice>,
    /// Another implementation, and where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Compared>,
}

/// Another implementation, played with the same cases.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Compared {
    /// It and its version.
    pub implementation: String,
    /// Where the two differ; none where they are alike in every case.
    pub difference: Option<Difference>,
}

/// A setting, and what was chosen.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Choice {
    /// The setting.
    pub setting: &'static str,
    /// The rules that hang on it.
    pub rules: String,
    /// The value that the implementation declares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// What was seen.
    pub shown: Shown,
}

/// What a run shows of a setting.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// A number or a length of time, which is declared and not found out.
    Declared,
    /// Every value would do: nothing hung on it.
    Nothing,
    /// Not these values, and no single one that is left.
    Not(Vec<Against>),
    /// This value, each other being refuted.
    Always {
        /// The value.
        value: &'static str,
        /// What refutes the others.
        against: Vec<Against>,
    },
    /// Every value is refuted somewhere: it is made now this way, now the other.
    Varies(Vec<Against>),
}

/// What refutes a value.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Against {
    /// The value.
    pub value: &'static str,
    /// The number of the line in the case, from 1 for the first behind the header.
    pub line: u64,
    /// When, in milliseconds.
    pub at: Millis,
    /// What stands in the line.
    pub what: String,
    /// The case: its lines up to there, as they are told.
    pub story: Vec<String>,
}

/// A case as it was played.
struct Trace {
    header: Header,
    records: Vec<Record>,
}

/// Plays a run, and finds out what the implementation chooses.
///
/// # Errors
/// The run could not begin.
pub fn of(config: &Config, factory: &Factory<'_>) -> Result<(Datasheet, Vec<Case>), Stopped> {
    let played = Mutex::new((Vec::new(), Vec::new(), 0));
    let outcome = generate::run(config, factory, &|step| {
        if let Step::Played(tried) = step {
            let mut all = played.lock().unwrap_or_else(PoisonError::into_inner);
            keep(&mut all, &tried.played);
        }
    })?;
    let (mut traces, cases, unfit) = played.into_inner().unwrap_or_else(PoisonError::into_inner);
    // What shows a choice in the fewest lines shows it best.
    traces.sort_by_key(|trace| trace.records.len());
    let choices = Setting::ALL
        .iter()
        .map(|setting| choice(*setting, &outcome.hello, &traces));
    let sheet = Datasheet {
        implementation: format!("{} {}", outcome.hello.name, outcome.hello.version),
        cases: traces.len() + unfit,
        unfit,
        choices: choices.collect(),
        against: None,
    };
    Ok((sheet, cases))
}

fn keep(all: &mut (Vec<Trace>, Vec<Case>, usize), played: &Played) {
    let fits = played.trouble.is_none()
        && played.report.doubts.is_empty()
        && !played
            .report
            .findings
            .iter()
            .any(|finding| finding.party == Party::Scheduler);
    if fits {
        all.0.push(Trace {
            header: played.header.clone(),
            records: played.records.clone(),
        });
    } else {
        all.2 += 1;
    }
    all.1.push(Case {
        header: played.header.clone(),
        actions: played.actions.clone(),
    });
}

fn choice(setting: Setting, hello: &Hello, traces: &[Trace]) -> Choice {
    let entry = setting.entry();
    let shown = match entry.kind {
        Type::Count | Type::Duration => Shown::Declared,
        Type::Choice(values) => shown(entry.name, values, traces),
    };
    Choice {
        setting: entry.name,
        rules: entry.rule_ids(),
        declared: hello.pins.get(entry.name).cloned(),
        shown,
    }
}

fn shown(name: &'static str, values: &'static [&'static str], traces: &[Trace]) -> Shown {
    // Only what asks for the setting can tell.
    let asking: Vec<&Trace> = traces.iter().filter(|trace| asks(trace, name)).collect();
    let against = |value: &&'static str| asking.iter().find_map(|trace| refuted(trace, name, value));
    let refuted: Vec<Against> = values.iter().filter_map(against).collect();
    let mut left = values
        .iter()
        .filter(|value| !refuted.iter().any(|other| other.value == **value));
    match (left.next(), left.next(), refuted.is_empty()) {
        (_, _, true) => Shown::Nothing,
        (None, _, _) => Shown::Varies(refuted),
        (Some(value), None, _) => Shown::Always {
            value,
            against: refuted,
        },
        (Some(_), Some(_), _) => Shown::Not(refuted),
    }
}

/// The oracle that has judged a trace under a value.
fn pinned(trace: &Trace, name: &str, value: &str) -> Option<Oracle> {
    let mut header = trace.header.clone();
    header.pins.insert(name.to_owned(), value.to_owned());
    let oracle = Oracle::new(&header, &Terms::default()).ok()?;
    oracle.judged(&trace.records).ok()
}

/// Whether a rule asks for the setting when the trace is judged.
fn asks(trace: &Trace, name: &str) -> bool {
    let oracle = pinned(trace, name, "either");
    oracle.is_some_and(|oracle| oracle.asked().any(|setting| setting.entry().name == name))
}

/// How a trace that conforms breaks under a value.
fn refuted(trace: &Trace, name: &str, value: &'static str) -> Option<Against> {
    let report = pinned(trace, name, value)?.finish();
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.party == Party::Scheduler)?;
    let lines = usize::try_from(finding.event)
        .unwrap_or(usize::MAX)
        .min(trace.records.len());
    let record = trace.records.get(lines.checked_sub(1)?)?;
    let mut told = vec![story::setting(&trace.header)];
    told.extend(
        (1..)
            .zip(&trace.records[..lines])
            .map(|(number, record)| story::line(number, record)),
    );
    Some(Against {
        value,
        line: finding.event,
        at: finding.at,
        what: story::what(record),
        story: told,
    })
}

/// The shortest sequence on which two implementations differ.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Difference {
    /// In how many of the cases they differ.
    pub cases: usize,
    /// Of how many.
    pub of: usize,
    /// The lines that they have in common, as they are told; the setting first.
    pub common: Vec<String>,
    /// What the first one goes on with.
    pub one: Vec<String>,
    /// What the other goes on with.
    pub other: Vec<String>,
}

/// One of two that are compared.
struct Player<'a> {
    factory: &'a Factory<'a>,
    adapter: Box<dyn Adapter>,
    hello: Hello,
}

impl<'a> Player<'a> {
    fn new(factory: &'a Factory<'a>) -> Result<Self, Failure> {
        let adapter = factory()?;
        let hello = adapter.hello()?;
        protocol::check_hello(&hello).map_err(|what| Failure::Nonsense {
            what: format!("in its reply to hello: {what}"),
        })?;
        Ok(Self {
            factory,
            adapter,
            hello,
        })
    }

    /// Plays a case; none where the implementation failed, which gets a fresh instance.
    fn play(&mut self, case: &Case) -> Result<Option<Played>, Failure> {
        let header = header_for(&case.header, &self.hello);
        let terms = Terms::default();
        let played = play(
            &*self.adapter,
            &self.hello,
            &header,
            &terms,
            &mut Listed::new(&case.actions),
        );
        let played = played.ok().filter(|played| played.trouble.is_none());
        if played.is_none() {
            self.adapter = (self.factory)()?;
            self.adapter.hello()?;
        }
        Ok(played)
    }
}

/// Plays these cases with both, and shrinks the plainest on which they differ.
///
/// # Errors
/// One of them does not start.
pub fn compare(cases: &[Case], one: &Factory<'_>, other: &Factory<'_>) -> Result<Compared, Failure> {
    let (one, other) = (Player::new(one)?, Player::new(other)?);
    Ok(Compared {
        implementation: format!("{} {}", other.hello.name, other.hello.version),
        difference: difference(cases, one, other)?,
    })
}

fn difference(cases: &[Case], mut one: Player<'_>, mut other: Player<'_>) -> Result<Option<Difference>, Failure> {
    // What only one of them lets be seen is no difference in what they do.
    let both = |player: &Player<'_>, rest: &Player<'_>| {
        let seen = &player.hello.observes;
        seen.iter()
            .filter(|name| rest.hello.observes.contains(name))
            .cloned()
            .collect::<Vec<_>>()
    };
    let seen = both(&one, &other);
    let mut broken = None;
    let mut differ = |case: &Case| -> Option<Case> {
        let mut both = || Ok::<_, Failure>((one.play(case)?, other.play(case)?));
        match both() {
            Ok((Some(first), Some(second))) => parting(&first.records, &second.records, &seen).map(|_| Case {
                header: case.header.clone(),
                actions: first.actions,
            }),
            Ok(_) => None,
            Err(failure) => {
                broken.get_or_insert(failure);
                None
            }
        }
    };
    let mut found: Vec<Case> = cases.iter().filter_map(&mut differ).collect();
    let count = found.len();
    found.sort_by_key(Case::cost);
    found.truncate(5);
    let shortest = shrink(found, &Ways::default(), PLAYS, &mut differ);
    if let Some(failure) = broken {
        return Err(failure);
    }
    let Some(case) = shortest else { return Ok(None) };
    let (Some(first), Some(second)) = (one.play(&case)?, other.play(&case)?) else {
        return Ok(None);
    };
    let Some(place) = parting(&first.records, &second.records, &seen) else {
        return Ok(None);
    };
    let told = |records: &[Record], from: usize| {
        let lines = records.iter().enumerate().skip(from);
        lines
            .map(|(place, record)| story::line(place as u64 + 1, record))
            .collect::<Vec<_>>()
    };
    let mut common = vec![story::setting(&case.header)];
    common.extend(told(&first.records[..place.0], 0));
    Ok(Some(Difference {
        cases: count,
        of: cases.len(),
        common,
        one: told(&first.records, place.0),
        other: told(&second.records, place.1),
    }))
}

/// The first line of each in which two cases differ: in an answer or in what was seen, not in the text of an exception.
fn parting(one: &[Record], other: &[Record], seen: &[String]) -> Option<(usize, usize)> {
    let shows = |record: &Record| {
        record
            .event
            .as_ref()
            .is_none_or(|event| event.role() != Role::Observation || seen.iter().any(|name| name == event.name()))
    };
    let shown =
        |records: &[Record]| -> Vec<usize> { (0..records.len()).filter(|place| shows(&records[*place])).collect() };
    let (first, second) = (shown(one), shown(other));
    let both = first.iter().zip(&second);
    let alike = both
        .take_while(|(left, right)| alike(&one[**left], &other[**right]))
        .count();
    if alike == first.len() && alike == second.len() {
        return None;
    }
    let line = |places: &[usize], records: &[Record]| places.get(alike).copied().unwrap_or(records.len());
    Some((line(&first, one), line(&second, other)))
}

fn alike(one: &Record, other: &Record) -> bool {
    one.at == other.at && one.end == other.end && plain(one.event.as_ref()) == plain(other.event.as_ref())
}

/// An event without what nobody promises: the text of an exception, the domain and the text of an error, and the order
/// of a list.
fn plain(event: Option<&Event>) -> Option<serde_json::Value> {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                fields.remove("domain");
                if fields.contains_key("refused") {
                    fields.remove("text");
                }
                for name in ["raised", "text"] {
                    if let Some(text) = fields.get_mut(name) {
                        *text = serde_json::Value::Null;
                    }
                }
                fields.values_mut().for_each(strip);
            }
            serde_json::Value::Array(items) => {
                items.iter_mut().for_each(strip);
                items.sort_by_cached_key(ToString::to_string);
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(event?).ok()?;
    strip(&mut value);
    Some(value)
}
