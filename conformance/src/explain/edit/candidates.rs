//! The edits that are worth trying for a finding, the smaller first.

use bgspec_model::oracle::explain::Account;
use bgspec_model::report::Finding;
use bgspec_model::vocabulary::{
    BackgroundRefresh, Code, Complete, Delivered, Device, Empty, Event, Kind, Millis, Progress, Record, Register,
    RegisterAnswer, Request, Resources, Submit, SubmitAnswer, TaskName, WorkAnswer,
};

use super::plan::Plan;
use crate::explain::breach;

/// So many earlier lines are left out in turn.
const EARLIER: usize = 200;

/// Every edit that is worth trying, the smaller first.
pub(super) fn plans(
    records: &[Record],
    place: usize,
    record: &Record,
    finding: &Finding,
    account: Option<&Account>,
) -> Vec<Plan> {
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
        plans.push(Plan::Replace(place, Box::new(other)));
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
    if let Some(reports) = progress(&records[..place], finding, record) {
        plans.push(Plan::Insert(
            place,
            reports.into_iter().map(|(at, event)| of(at, event)).collect(),
        ));
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
    if let Some(Event::Delivered(Delivered { task, .. })) = &record.event {
        let finished = records[..place]
            .iter()
            .rposition(|record| matches!(record.event, Some(Event::LaunchFinished(_))));
        if let Some(finished) = finished {
            let register = Register {
                through: None,
                id: task.id.clone(),
                queue: None,
                answer: Some(RegisterAnswer::Returned(true)),
            };
            let register = of(records[finished].at, Event::Register(register));
            plans.push(Plan::Insert(finished, vec![register]));
        }
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

/// Reports of progress from a stall on, as often as the app should have made them.
fn progress(before: &[Record], finding: &Finding, record: &Record) -> Option<Vec<(Millis, Event)>> {
    const APART: Millis = 20_000;
    const MOST: Millis = 50;
    if !finding.rules.iter().any(|rule| rule.id.to_string() == "PRG-1") {
        return None;
    }
    let task = uncompleted(before)
        .into_iter()
        .find(|task| finding.what.contains(&task.to_string()))?;
    let reached = before.iter().filter_map(|record| match &record.event {
        Some(Event::Progress(progress)) if progress.task == task => progress.completed,
        _ => None,
    });
    let reached = reached.max().unwrap_or(0);
    let report = |number: Millis| {
        let event = Event::Progress(Progress {
            task: task.clone(),
            total: None,
            completed: Some(reached + number + 1),
            child: None,
        });
        (finding.at + number * APART, event)
    };
    let reports: Vec<_> = (0..MOST).map(report).take_while(|(at, _)| *at <= record.at).collect();
    (!reports.is_empty()).then_some(reports)
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
            let codes = (1..=4).map(|code| SubmitAnswer::Refused(Code(code).into()));
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
                let mut other = completed.clone();
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
