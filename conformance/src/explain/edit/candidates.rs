//! The edits that are worth trying for a finding, the smaller first.

use bgspec_model::op::Exception;
use bgspec_model::oracle::explain::Account;
use bgspec_model::report::Finding;
use bgspec_model::vocabulary::{
    Answer, Answers, BackgroundRefresh, Code, Complete, Delivered, Device, Empty, Event, Kind, Millis, Progress,
    Record, Register, RegisterAnswer, Request, Resources, Role, Subject, Submit, SubmitAnswer, TaskName, WorkAnswer,
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
        .find(|task| finding.about.task.as_ref() == Some(task))?;
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
    let raised = |exception: Exception| {
        let id = match event {
            Event::Register(register) => register.id.as_str(),
            Event::Submit(submit) => submit.id.as_str(),
            _ => "",
        };
        exception.text().replace("<id>", id)
    };
    let answers: Vec<Answer> = match event.row().answer {
        Answers::None | Answers::Void => Vec::new(),
        Answers::Register => {
            let raised = [Exception::AlreadyRegistered, Exception::LaunchFinished]
                .map(|exception| RegisterAnswer::Raised(raised(exception)));
            let returned = [true, false].map(RegisterAnswer::Returned);
            returned.into_iter().chain(raised).map(Answer::Register).collect()
        }
        Answers::Submit => {
            let codes = (1..=4).map(|code| SubmitAnswer::Refused(Code(code).into()));
            let raised = SubmitAnswer::Raised(raised(Exception::NoHandler));
            let all = std::iter::once(SubmitAnswer::Accepted).chain(codes).chain([raised]);
            all.map(Answer::Submit).collect()
        }
        Answers::Pending => {
            let states = account.into_iter().flat_map(|account| &account.states);
            states.map(|state| Answer::Pending(state.outstanding.clone())).collect()
        }
        Answers::SupportedResources => [true, false]
            .map(|gpu| Answer::SupportedResources(Resources { gpu }))
            .to_vec(),
        Answers::Work => [WorkAnswer::Succeeded, WorkAnswer::Failed].map(Answer::Work).to_vec(),
    };
    let answered = |answer| {
        let mut other = event.clone();
        other.put_answer(answer).ok().map(|()| other)
    };
    let mut others: Vec<Event> = answers.into_iter().filter_map(answered).collect();
    if let Event::Delivered(delivered) = event {
        for kind in Kind::ALL {
            let mut other = delivered.clone();
            (other.kind, other.queue) = (kind, None);
            others.push(Event::Delivered(other));
        }
    }
    if let Event::SubmissionCompleted(completed) = event {
        for error in std::iter::once(None).chain((1..=4).map(|code| Some(Code(code)))) {
            let mut other = completed.clone();
            other.error = error;
            others.push(Event::SubmissionCompleted(other));
        }
    }
    others.retain(|other| other != event);
    others
}

/// What the device would have had to be like for the conditions that stood in the way to hold.
fn remedies(finding: &Finding, record: &Record) -> Option<Device> {
    record
        .event
        .as_ref()
        .filter(|event| event.role() == Role::Observation)?;
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
        if let Event::Delivered(delivered) = event {
            tasks.insert(0, delivered.task.clone());
        } else if let Event::Complete(complete) = event {
            tasks.retain(|task| *task != complete.task);
        }
    }
    tasks
}

/// A line with all that hangs on it: a launch with its process, a delivery with its task.
fn tied(records: &[Record], place: usize, record: &Record) -> Vec<usize> {
    let behind = records.iter().enumerate().skip(place + 1);
    let with = |hangs: &dyn Fn(&Record) -> bool| {
        let hanging = behind
            .clone()
            .filter(|(_, record)| hangs(record))
            .map(|(place, _)| place);
        std::iter::once(place).chain(hanging).collect()
    };
    if let Some(Event::Launched(_)) = &record.event
        && record.pid.is_some()
    {
        return with(&|other| other.pid == record.pid);
    }
    if let Some(Event::Delivered(delivered)) = &record.event {
        let of_task = |event: &Event| event.subject() == Subject::Task(&delivered.task);
        return with(&|other| other.event.as_ref().is_some_and(of_task));
    }
    Vec::new()
}
