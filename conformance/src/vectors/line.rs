//! What is allowed at each line of a vector: every answer of a call, and what may be observed right then.
//!
//! Nothing is read off the rules: each answer and each observation of a list is put to the oracle, as if it had come, and is
//! allowed where nobody but the app breaks a rule by it. The list of answers is whole but for words: any text of an
//! exception will do, one error of another domain stands for all, and of the pending list each subset of what was submitted is
//! tried. Of what may be observed these sorts
//! are tried: `launched`, `delivered`, `delivery_raised`, `expired`, `completed_by_system`, `suspended`, `killed`.

use std::collections::BTreeSet;

use bgspec_model::oracle::{Foresight, Oracle, Terms};
use bgspec_model::report::Finding;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Answers, Empty, Event, Header, Kind, Record, Role};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// An answer that is allowed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Answer {
    /// The answer, as in a trace; of an exception any text will do.
    pub answer: Value,
    /// The rules that allow it; none where no rule has a say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// The person, the device or the runner does it: whoever drives the scheduler.
    Input,
    /// The app calls it: whoever drives the scheduler, which answers.
    Call,
    /// The scheduler does it.
    Observation,
    /// A call that overlaps others ends.
    EndOfCall,
    /// The trace is over.
    End,
}

/// One line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Line {
    /// When, in milliseconds from the beginning.
    pub at: i64,
    /// Who does it.
    pub does: Does,
    /// The line as it stands in a trace; of a call without its answer.
    pub record: Value,
    /// The answer with which the trace goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Value>,
    /// Every answer that is allowed. Of a call that overlaps others nothing is said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Answer>,
    /// The observation has to come before the next line that is none; else it may.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub owed: bool,
    /// What may be observed right after this line, at its time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub may: Vec<Value>,
}

/// The lines of a trace that conforms.
pub(super) fn all(header: &Header, records: &[Record]) -> Vec<Line> {
    let Ok(mut oracle) = Oracle::new(header, &Terms::default()) else {
        return Vec::new();
    };
    oracle.foresee(Foresight::of(records));
    let mut known = Known::default();
    let mut lines = Vec::new();
    for (place, record) in records.iter().enumerate() {
        let (answer, asked) = parted(record);
        let open = known.open > 0 || record.call.is_some();
        let allowed = match &answer {
            Some(_) if !open => allowed(&oracle, record, &known),
            _ => Vec::new(),
        };
        let observed = record
            .event
            .as_ref()
            .is_some_and(|event| event.role() == Role::Observation);
        let owed = observed && !open && is_owed(&oracle, &records[place + 1..]);
        if oracle.step(record).is_err() {
            return lines;
        }
        known.note(record);
        let over = record.end.is_some();
        lines.push(Line {
            at: record.at,
            does: does(record),
            record: asked,
            answer,
            allowed,
            owed,
            may: if over || known.open > 0 {
                Vec::new()
            } else {
                known
                    .may(record.at)
                    .into_iter()
                    .filter(|other| is_allowed(&oracle, other))
                    .map(|other| json!(other.event))
                    .collect()
            },
        });
    }
    lines
}

fn does(record: &Record) -> Does {
    match record.event.as_ref().map(Event::role) {
        None => Does::End,
        Some(Role::Call) => Does::Call,
        Some(Role::Observation) => Does::Observation,
        Some(Role::End) => Does::EndOfCall,
        Some(Role::World | Role::Gap) => Does::Input,
    }
}

/// The answer of a line, and the line without it.
fn parted(record: &Record) -> (Option<Value>, Value) {
    let mut whole = json!(record);
    let call = record.event.as_ref().filter(|event| event.role() == Role::Call);
    let Some(event) = call.filter(|_| record.call.is_none()) else {
        return (None, whole);
    };
    let answer = match whole["event"][event.name()].as_object_mut() {
        Some(body) => body.remove("answer"),
        None => None,
    };
    // What returns nothing says nothing of it in a trace.
    (Some(answer.unwrap_or_else(|| json!("returned"))), whole)
}

fn others(oracle: &Oracle) -> usize {
    let by_others = |finding: &&Finding| finding.party != Party::App && !finding.is_advice();
    oracle.findings().iter().filter(by_others).count()
}

/// Whether a line may come next, and nobody but the app breaks a rule by it.
fn is_allowed(oracle: &Oracle, record: &Record) -> bool {
    let mut oracle = oracle.clone();
    oracle.step(record).is_ok() && others(&oracle) == 0
}

/// Whether an observation has to come before the next line that is none: without it time cannot pass to there, or what comes
/// then shows that it is missing.
fn is_owed(oracle: &Oracle, rest: &[Record]) -> bool {
    let Some(next) = rest.iter().find(|record| does(record) != Does::Observation) else {
        return false;
    };
    let clock = Record::new(next.at, Event::Clock(Empty {}));
    let misses = |record: &Record| {
        let mut oracle = oracle.clone();
        oracle.step(record).is_ok() && others(&oracle) > 0
    };
    misses(&clock) || misses(next)
}

/// The answers that a call may have at all; none where it has no answer but that it returns.
fn answers(event: &Event, known: &Known) -> Option<Vec<Value>> {
    let raised = |text: &str| json!({ "raised": text });
    let unhandled = || raised("No launch handler registered for task with identifier");
    match event.row().answer {
        Answers::Register => Some(vec![
            json!(true),
            json!(false),
            raised("Launch handler for task with identifier has already been registered"),
            raised("All launch handlers must be registered before application finishes launching"),
        ]),
        Answers::Submit => {
            let refused = (1..=4).map(|code| json!({ "refused": code }));
            let elsewhere = json!({"refused": 4097, "domain": "NSCocoaErrorDomain"});
            let other = [json!("accepted"), unhandled(), elsewhere];
            Some(other.into_iter().chain(refused).collect())
        }
        Answers::Pending => Some(known.lists()),
        Answers::SupportedResources => Some(vec![json!({"gpu": false}), json!({"gpu": true})]),
        Answers::Work => Some(vec![json!("succeeded"), json!("failed")]),
        Answers::None | Answers::Void => event.is_submission().then(|| vec![json!("returned"), unhandled()]),
    }
}

/// Every answer of a call that is allowed, with the rules that allow it.
fn allowed(oracle: &Oracle, record: &Record, known: &Known) -> Vec<Answer> {
    let Some(event) = &record.event else { return Vec::new() };
    let name = event.name();
    let Some(tried) = answers(event, known) else {
        return vec![Answer {
            answer: json!("returned"),
            rules: by(oracle, record),
        }];
    };
    let line = json!(record);
    let with = |answer: &Value| {
        let mut line = line.clone();
        line["event"][name]["answer"] = answer.clone();
        serde_json::from_value::<Record>(line).ok()
    };
    let told = tried.into_iter().filter_map(|answer| Some((with(&answer)?, answer)));
    let fits = told.filter(|(record, _)| is_allowed(oracle, record));
    fits.map(|(record, answer)| Answer {
        rules: by(oracle, &record),
        answer,
    })
    .collect()
}

fn by(oracle: &Oracle, record: &Record) -> Vec<String> {
    let rules = oracle.allowed_by(record).unwrap_or_default();
    let mut ids: Vec<_> = rules.into_iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| id.to_string()).collect()
}

/// What the lines so far tell of: whom an observation could be about.
#[derive(Debug, Default)]
struct Known {
    ids: BTreeSet<String>,
    /// How often each was delivered.
    tasks: Vec<(String, u32)>,
    /// What was submitted last of each.
    requests: Vec<Value>,
    pid: u32,
    open: usize,
}

/// Of more requests than these not every list is tried.
const LISTED: usize = 6;

impl Known {
    fn note(&mut self, record: &Record) {
        self.pid = self.pid.max(record.pid.unwrap_or(0));
        let Some(event) = &record.event else { return };
        if let Event::End(_) = event {
            self.open = self.open.saturating_sub(1);
        } else if record.call.is_some() {
            self.open += 1;
        }
        if let Event::Register(register) = event {
            self.ids.insert(register.id.to_string());
        }
        if let Event::Delivered(delivered) = event {
            let id = delivered.task.id.to_string();
            self.ids.insert(id.clone());
            match self.tasks.iter_mut().find(|(other, _)| *other == id) {
                Some((_, n)) => *n = delivered.task.n,
                None => self.tasks.push((id, delivered.task.n)),
            }
        }
        if let Some(request) = event.request().filter(|_| event.is_submission()) {
            self.submitted(json!(request));
        }
    }

    fn submitted(&mut self, request: Value) {
        let id = request["id"].clone();
        self.ids.extend(id.as_str().map(str::to_owned));
        self.requests.retain(|other| other["id"] != id);
        self.requests.push(request);
    }

    /// Lists of what was submitted: every subset of few, of many all and all but one.
    fn lists(&self) -> Vec<Value> {
        let all = &self.requests;
        if all.len() > LISTED {
            let but = |gone: usize| {
                all.iter()
                    .enumerate()
                    .filter(move |(place, _)| *place != gone)
                    .map(|(_, one)| one)
            };
            return (0..=all.len())
                .rev()
                .map(|gone| json!(but(gone).collect::<Vec<_>>()))
                .collect();
        }
        let subset = |mask: usize| {
            let within = all.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
            json!(within.map(|(_, one)| one).collect::<Vec<_>>())
        };
        (0..1_usize << all.len()).map(subset).collect()
    }

    /// What could be observed.
    fn may(&self, at: i64) -> Vec<Record> {
        let mut events: Vec<Value> = Vec::new();
        let mut launched = Vec::new();
        for id in &self.ids {
            let n = self.tasks.iter().find(|(other, _)| other == id).map_or(0, |(_, n)| *n);
            launched.push(json!({"launched": {"ids": [id]}}));
            for kind in Kind::ALL {
                events.push(json!({"delivered": {"task": format!("{id}#{}", n + 1), "kind": kind}}));
            }
            events.push(json!({"delivery_raised": {"id": id, "text": format!("No launch handler registered for task with identifier {id}")}}));
            if n > 0 {
                events.push(json!({"expired": {"task": format!("{id}#{n}")}}));
                events.push(json!({"completed_by_system": {"task": format!("{id}#{n}")}}));
            }
        }
        events.push(json!({"suspended": {}}));
        for cause in ["time", "cpu", "memory", "launch_watchdog"] {
            events.push(json!({"killed": {"cause": cause}}));
        }
        let line =
            |pid: u32| move |event: Value| serde_json::from_value(json!({"at": at, "pid": pid, "event": event})).ok();
        let new = launched.into_iter().filter_map(line(self.pid + 1));
        new.chain(events.into_iter().filter_map(line(self.pid.max(1))))
            .collect()
    }
}
