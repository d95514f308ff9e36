//! The smallest edit of a trace by which one finding disappears and no new one comes.
//!
//! Edits are tried in a fixed order, smaller ones first, each judged by an oracle of its own over the whole trace. The
//! search is bounded by the lines that are judged; the first edit that does it is told. It is a way out, not the only one.

use std::collections::BTreeMap;

use bgspec_model::oracle::Oracle;
use bgspec_model::oracle::explain::Account;
use bgspec_model::report::{Finding, Report, Verdict};
use bgspec_model::vocabulary::{
    BackgroundRefresh, Code, Complete, Device, Empty, Event, Kind, Millis, Record, RegisterAnswer, Request, Resources,
    Submit, SubmitAnswer, TaskName, WorkAnswer,
};

use super::form::Edit;
use super::{Asked, breach, clock, key, narrate};
use crate::text::time;
use crate::trace::line_of;

/// So many lines are judged at most for one finding.
const BUDGET: usize = 400_000;
/// So many earlier lines are left out in turn.
const EARLIER: usize = 200;

/// An edit that may be tried.
#[derive(Debug)]
enum Plan {
    /// Another line in its place.
    Replace(usize, Record),
    /// Lines before it.
    Insert(usize, Vec<Record>),
    /// A line comes earlier, to this place and time.
    Advance(usize, usize, Millis),
    /// It and everything behind comes later.
    Delay(usize, Millis),
    /// Lines go.
    Drop(Vec<usize>),
}

/// The smallest edit that was found, and how many were tried.
pub(super) fn smallest(
    asked: &Asked<'_>,
    report: &Report,
    finding: &Finding,
    account: Option<&Account>,
) -> (Option<Edit>, usize) {
    let place = finding.event as usize - 1;
    let Some(record) = asked.records.get(place) else {
        return (None, 0);
    };
    let mut allowed = counts(report);
    if let Some(count) = allowed.get_mut(&key(finding)) {
        *count -= 1;
    }
    let mut judged = 0;
    let mut tried = 0;
    for plan in plans(asked.records, place, record, finding, account) {
        let Some(records) = plan.apply(asked.records) else {
            continue;
        };
        judged += records.len();
        if judged > BUDGET {
            break;
        }
        tried += 1;
        if let Some(conforms) = judge(asked, &records, &allowed, report.doubts.len()) {
            return (Some(plan.tell(asked.records, conforms)), tried);
        }
    }
    (None, tried)
}

type Counts = BTreeMap<(String, Vec<String>), usize>;

fn counts(report: &Report) -> Counts {
    let mut counts = Counts::new();
    report
        .findings
        .iter()
        .for_each(|finding| *counts.entry(key(finding)).or_default() += 1);
    counts
}

/// Whether an edited trace has no finding but these; if so, whether it conforms.
fn judge(asked: &Asked<'_>, records: &[Record], allowed: &Counts, doubts: usize) -> Option<bool> {
    let mut oracle = Oracle::new(asked.header, asked.terms).ok()?;
    for record in records {
        oracle.step(record).ok()?;
    }
    let report = oracle.finish();
    let found = counts(&report);
    let known = |(key, count): (&(String, Vec<String>), &usize)| allowed.get(key).is_some_and(|most| count <= most);
    (report.doubts.len() <= doubts && found.iter().all(known)).then_some(report.verdict == Verdict::Conforms)
}

/// Every edit that is worth trying, the smaller first.
fn plans(records: &[Record], place: usize, record: &Record, finding: &Finding, account: Option<&Account>) -> Vec<Plan> {
    let mut plans = Vec::new();
    let pid = records[..place].iter().rev().find_map(|record| record.pid);
    let of = |at, event| Record {
        pid,
        ..Record::new(at, event)
    };
    for event in record.event.iter().flat_map(|event| other_answers(event, account)) {
        let other = Record {
            event: Some(event),
            ..record.clone()
        };
        plans.push(Plan::Replace(place, other));
    }
    for owed in account
        .into_iter()
        .flat_map(|account| &account.states)
        .flat_map(|state| &state.owed)
    {
        let late = records[place..]
            .iter()
            .position(|record| record.event.as_ref() == Some(owed));
        match late {
            Some(ahead) => plans.push(Plan::Advance(place + ahead, place, finding.at)),
            None => plans.push(Plan::Insert(place, vec![of(finding.at, owed.clone())])),
        }
        if let (Event::Delivered(delivered), None) = (owed, late) {
            let complete = completes(delivered.task.clone());
            plans.push(Plan::Insert(
                place,
                vec![of(finding.at, owed.clone()), of(finding.at, complete)],
            ));
        }
    }
    if record.end.is_none() {
        plans.push(Plan::Drop(vec![place]));
    }
    for task in uncompleted(&records[..place]) {
        plans.push(Plan::Insert(place, vec![of(record.at, completes(task))]));
    }
    for at in breach::floors(account, record.at) {
        plans.push(Plan::Delay(place, at - record.at));
    }
    let before = records[..place].last().map_or(record.at, |record| record.at);
    let remedies = remedies(finding, record);
    if let Some(device) = remedies {
        plans.push(Plan::Insert(place, vec![Record::new(record.at, Event::Device(device))]));
        plans.push(Plan::Insert(
            place,
            vec![
                of(before, Event::Background(Empty {})),
                Record::new(before, Event::Device(device)),
            ],
        ));
    }
    plans.push(Plan::Insert(place, vec![of(before, Event::Background(Empty {}))]));
    if let Some(Event::Delivered(delivered)) = &record.event {
        let request = Request::new(delivered.task.id.clone(), delivered.kind);
        let submit = Submit {
            answer: Some(SubmitAnswer::Accepted),
            ..Submit::of(request)
        };
        plans.push(Plan::Insert(place, vec![of(before, Event::Submit(submit))]));
    }
    for earlier in (0..place).rev().take(EARLIER) {
        plans.push(Plan::Drop(vec![earlier]));
    }
    let tied = tied(records, place, record);
    if tied.len() > 1 {
        plans.push(Plan::Drop(tied));
    }
    plans
}

fn completes(task: TaskName) -> Event {
    Event::Complete(Complete { task, success: false })
}

/// The same event with each other answer that it may have.
fn other_answers(event: &Event, account: Option<&Account>) -> Vec<Event> {
    let mut others = Vec::new();
    match event {
        Event::Register(register) => {
            for value in [true, false] {
                let mut other = register.clone();
                other.answer = Some(RegisterAnswer::Returned(value));
                others.push(Event::Register(other));
            }
            for text in [
                "Launch handler for task with identifier has already been registered",
                "All launch handlers must be registered before application finishes launching",
            ] {
                let mut other = register.clone();
                other.answer = Some(RegisterAnswer::Raised(text.to_owned()));
                others.push(Event::Register(other));
            }
        }
        Event::Submit(submit) => {
            let codes = (1..=4).map(|code| SubmitAnswer::Refused(Code(code)));
            let raised = SubmitAnswer::Raised("No launch handler registered for task with identifier".to_owned());
            for answer in std::iter::once(SubmitAnswer::Accepted).chain(codes).chain([raised]) {
                let mut other = submit.clone();
                other.answer = Some(answer);
                others.push(Event::Submit(other));
            }
        }
        Event::Pending(pending) => {
            for state in account.into_iter().flat_map(|account| &account.states) {
                let mut other = pending.clone();
                other.answer = Some(state.outstanding.clone());
                others.push(Event::Pending(other));
            }
        }
        Event::SupportedResources(supported) => {
            for gpu in [true, false] {
                let mut other = *supported;
                other.answer = Some(Resources { gpu });
                others.push(Event::SupportedResources(other));
            }
        }
        Event::GpuWork(work) => {
            for answer in [WorkAnswer::Succeeded, WorkAnswer::Failed] {
                let mut other = *work;
                other.answer = Some(answer);
                others.push(Event::GpuWork(other));
            }
        }
        Event::NeuralEngineWork(work) => {
            for answer in [WorkAnswer::Succeeded, WorkAnswer::Failed] {
                let mut other = *work;
                other.answer = Some(answer);
                others.push(Event::NeuralEngineWork(other));
            }
        }
        Event::ProtectedRead(read) => {
            for answer in [WorkAnswer::Succeeded, WorkAnswer::Failed] {
                let mut other = *read;
                other.answer = Some(answer);
                others.push(Event::ProtectedRead(other));
            }
        }
        Event::Delivered(delivered) => {
            for kind in Kind::ALL {
                let mut other = delivered.clone();
                (other.kind, other.queue) = (kind, None);
                others.push(Event::Delivered(other));
            }
        }
        Event::SubmissionCompleted(completed) => {
            for error in std::iter::once(None).chain((1..=4).map(|code| Some(Code(code)))) {
                let mut other = *completed;
                other.error = error;
                others.push(Event::SubmissionCompleted(other));
            }
        }
        _ => {}
    }
    others.retain(|other| other != event);
    others
}

/// What the device would have had to be like for the conditions that stood in the way to hold.
fn remedies(finding: &Finding, record: &Record) -> Option<Device> {
    if !matches!(
        record.event,
        Some(Event::Launched(_) | Event::Delivered(_) | Event::DeliveryRaised(_))
    ) {
        return None;
    }
    let mut device = Device::default();
    for rule in &finding.rules {
        match rule.id.to_string().as_str() {
            "CON-2" => device.power = Some(true),
            "CON-3" => device.network = Some(true),
            "CON-4" | "CON-8" | "CON-16" => device.in_use = Some(false),
            "CON-5" => (device.locked, device.unlocked_once) = (Some(false), Some(true)),
            "CON-6" => {
                device.background_refresh = Some(BackgroundRefresh::Available);
                device.background_launches_denied = Some(false);
            }
            "CON-7" => device.low_power = Some(false),
            "CON-13" => device.locked = Some(false),
            _ => {}
        }
    }
    (device != Device::default()).then_some(device)
}

/// Tasks that were delivered and not completed, the latest first.
fn uncompleted(records: &[Record]) -> Vec<TaskName> {
    let mut tasks = Vec::new();
    for event in records.iter().filter_map(|record| record.event.as_ref()) {
        match event {
            Event::Delivered(delivered) => tasks.insert(0, delivered.task.clone()),
            Event::Complete(complete) => tasks.retain(|task| *task != complete.task),
            _ => {}
        }
    }
    tasks
}

/// A line with all that hangs on it: a launch with its process, a delivery with its task.
fn tied(records: &[Record], place: usize, record: &Record) -> Vec<usize> {
    let of_task = |task: &TaskName, event: &Event| {
        let named = match event {
            Event::Expired(expired) => &expired.task,
            Event::Complete(complete) => &complete.task,
            Event::SetExpirationHandler(handler) => &handler.task,
            Event::Progress(progress) => &progress.task,
            Event::UpdateTitle(update) => &update.task,
            Event::Card(card) => &card.task,
            Event::PersonStops(of) | Event::PersonContinues(of) | Event::PersonIgnores(of) => &of.task,
            Event::CompletedBySystem(of) => &of.task,
            _ => return false,
        };
        named == task
    };
    let behind = records.iter().enumerate().skip(place + 1);
    let with = |hangs: &dyn Fn(&Record) -> bool| {
        let hanging = behind
            .clone()
            .filter(|(_, record)| hangs(record))
            .map(|(place, _)| place);
        std::iter::once(place).chain(hanging).collect()
    };
    match &record.event {
        Some(Event::Launched(_)) if record.pid.is_some() => with(&|other| other.pid == record.pid),
        Some(Event::Delivered(delivered)) => with(&|other| {
            other
                .event
                .as_ref()
                .is_some_and(|event| of_task(&delivered.task, event))
        }),
        _ => Vec::new(),
    }
}

impl Plan {
    /// The trace with this edit; none where it has no sense.
    fn apply(&self, records: &[Record]) -> Option<Vec<Record>> {
        let mut edited = records.to_vec();
        match self {
            Self::Replace(place, record) => edited[*place] = record.clone(),
            Self::Insert(place, lines) => {
                let least = edited[..*place].last().map_or(0, |record| record.at);
                if lines.iter().any(|line| line.at < least || line.at > edited[*place].at) {
                    return None;
                }
                edited.splice(*place..*place, lines.iter().cloned());
            }
            Self::Advance(from, to, at) => {
                let least = edited[..*to].last().map_or(0, |record| record.at);
                let mut record = edited.remove(*from);
                record.at = (*at).max(least);
                edited.insert(*to, record);
            }
            Self::Delay(place, by) => {
                for record in &mut edited[*place..] {
                    record.at += by;
                    record.to = record.to.map(|to| to + by);
                }
            }
            Self::Drop(places) => {
                let mut place = 0;
                edited.retain(|_| {
                    place += 1;
                    !places.contains(&(place - 1))
                });
            }
        }
        Some(edited)
    }

    fn tell(&self, records: &[Record], conforms: bool) -> Edit {
        let line = |place: usize| line_of(place as u64 + 1);
        let json = |record: &Record| serde_json::to_string(record).unwrap_or_default();
        let (what, lines, becomes) = match self {
            Self::Replace(place, record) => {
                let what = format!("in line {} let it be: {}", line(*place), narrate::line(record));
                (what, 1, vec![json(record)])
            }
            Self::Insert(place, lines) => {
                let told: Vec<_> = lines
                    .iter()
                    .map(|record| format!("at {} {}", clock(record.at), narrate::line(record)))
                    .collect();
                let what = format!("before line {} let this happen: {}", line(*place), told.join("; "));
                (what, lines.len(), lines.iter().map(json).collect())
            }
            Self::Advance(from, _, at) => {
                let record = Record {
                    at: *at,
                    ..records[*from].clone()
                };
                let what = format!(
                    "let line {} come at {}: {}",
                    line(*from),
                    clock(*at),
                    narrate::line(&record)
                );
                (what, 1, vec![json(&record)])
            }
            Self::Delay(place, by) => {
                let what = format!(
                    "let line {} and everything behind it come {} later, at {}: {}",
                    line(*place),
                    time(*by),
                    clock(records[*place].at + by),
                    narrate::line(&records[*place])
                );
                (what, records.len() - place, Vec::new())
            }
            Self::Drop(places) => {
                let first = places.first().copied().unwrap_or_default();
                let rest = match places.len() {
                    0 | 1 => String::new(),
                    2 => " and the line that hangs on it".to_owned(),
                    count => format!(" and the {} lines that hang on it", count - 1),
                };
                let what = format!(
                    "leave out line {}{rest}: {}",
                    line(first),
                    narrate::line(&records[first])
                );
                (what, places.len(), Vec::new())
            }
        };
        Edit {
            what,
            lines,
            becomes,
            conforms,
        }
    }
}
