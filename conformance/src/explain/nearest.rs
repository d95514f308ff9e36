//! The nearest events that were allowed in place of one that broke a rule: the same later, the same about something else,
//! the same after something else. The oracle is asked of each; nothing is offered that it does not allow.

use bgspec_model::oracle::Oracle;
use bgspec_model::vocabulary::{
    CardIs, Code, Complete, DeliveryRaised, Empty, Event, KillCause, Kind, Millis, Process, Record, TaskName,
};

use super::form::ids;
use super::{Asked, narrate};
use crate::report::Instead;

/// So far ahead a later time is looked for, the nearer first.
const AHEAD: [Millis; 3] = [60_000, 600_000, 3_600_000];

/// The same event at the first moment at which it would have been allowed, if that comes by time alone.
pub(super) fn later(oracle: &Oracle, record: &Record, event: &Event) -> Option<Record> {
    let waits = matches!(event, Event::Expired(_) | Event::Killed(_) | Event::ProtectedRead(_));
    let at = |at| Record {
        at,
        to: None,
        ..record.clone()
    };
    let allowed = |time| oracle.allows(&at(time)).is_some();
    let mut refused = record.at;
    for ahead in AHEAD.into_iter().filter(|_| waits) {
        let mut open = record.at.checked_add(ahead)?;
        if !allowed(open) {
            refused = open;
            continue;
        }
        while open - refused > 1 {
            let middle = refused + (open - refused) / 2;
            if allowed(middle) {
                open = middle;
            } else {
                refused = middle;
            }
        }
        return Some(at(open));
    }
    None
}

/// Events of the same sort about something else.
pub(super) fn others(event: &Event, asked: &Asked<'_>) -> Vec<Event> {
    let mut others = Vec::new();
    if let Event::Delivered(delivered) = event {
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != delivered.kind) {
            let mut other = delivered.clone();
            other.kind = kind;
            others.push(Event::Delivered(other));
        }
        let id = delivered.task.id.clone();
        others.push(Event::DeliveryRaised(DeliveryRaised {
            text: format!("No launch handler registered for task with identifier {id}"),
            id,
        }));
        for id in super::submitted(asked.records)
            .into_iter()
            .filter(|id| *id != delivered.task.id)
        {
            let mut other = delivered.clone();
            other.task = TaskName::new(id, 1);
            others.push(Event::Delivered(other));
        }
    }
    if let Event::Launched(launched) = event {
        let ids = launched.ids.clone().unwrap_or_default();
        for id in super::submitted(asked.records)
            .into_iter()
            .filter(|id| !ids.contains(id))
        {
            let mut other = launched.clone();
            other.ids = Some(vec![id]);
            others.push(Event::Launched(other));
        }
    }
    if let Event::Killed(killed) = event {
        let causes = [KillCause::Memory, KillCause::Other];
        for cause in causes.into_iter().filter(|cause| *cause != killed.cause) {
            let mut other = *killed;
            other.cause = cause;
            others.push(Event::Killed(other));
        }
    }
    if let Event::Card(card) = event {
        for (title, subtitle) in titles(asked, &card.task) {
            let mut other = card.clone();
            (other.title, other.subtitle) = (Some(title), Some(subtitle));
            others.push(Event::Card(other));
        }
        for is in [CardIs::Finished, CardIs::Failed, CardIs::Gone] {
            let mut other = card.clone();
            (other.is, other.title, other.subtitle) = (is, None, None);
            others.push(Event::Card(other));
        }
        others.retain(|other| other != event);
    }
    if let Event::SubmissionCompleted(completed) = event {
        for error in [None, Some(1), Some(2), Some(3), Some(4)] {
            let mut other = completed.clone();
            other.error = error.map(Code);
            others.push(Event::SubmissionCompleted(other));
        }
        others.retain(|other| other != event);
    }
    others
}

/// The titles and subtitles that the app gave, the last first.
fn titles(asked: &Asked<'_>, task: &TaskName) -> Vec<(String, String)> {
    let given = |record: &Record| {
        let event = record.event.as_ref()?;
        if let Event::UpdateTitle(update) = event {
            return (update.task == *task).then(|| (update.title.clone(), update.subtitle.clone()));
        }
        let request = event.request().filter(|request| request.id == task.id)?;
        event.is_submission().then_some((request.title?, request.subtitle?))
    };
    let mut titles: Vec<_> = asked.records.iter().rev().filter_map(given).collect();
    titles.dedup();
    titles
}

/// The same event, had something else come before it: the end of launching, or the completion of every task.
pub(super) fn after(oracle: &Oracle, record: &Record, event: &Event, earlier: &[Record]) -> Option<Instead> {
    let (firsts, first) = if let Event::Delivered(_) = event {
        let finished = Event::LaunchFinished(Empty {});
        (vec![finished], "once the app has finished launching")
    } else if let Event::Suspended(_) = event {
        (open_tasks(earlier), "once every task is completed")
    } else {
        return None;
    };
    let mut later = oracle.clone();
    for first in &firsts {
        let first = Record {
            event: Some(first.clone()),
            ..record.clone()
        };
        let before = later.findings().len();
        later.step(&first).ok()?;
        if later.findings().len() > before {
            return None;
        }
    }
    let by = later.allows(record).filter(|_| !firsts.is_empty())?;
    Some(Instead {
        what: format!("{first}: {}", narrate::line(record)),
        rule: ids(&by).join(", "),
    })
}

/// The completion of each task that was delivered and not completed.
fn open_tasks(earlier: &[Record]) -> Vec<Event> {
    let mut open: Vec<&TaskName> = Vec::new();
    for event in earlier.iter().filter_map(|record| record.event.as_ref()) {
        if let Event::Delivered(delivered) = event {
            open.push(&delivered.task);
        } else if let Event::Complete(complete) = event {
            open.retain(|task| **task != complete.task);
        } else if let Event::CompletedBySystem(of) = event {
            open.retain(|task| **task != of.task);
        } else if event.row().process == Process::Starts {
            open.clear();
        }
    }
    let complete = |task: &TaskName| {
        Event::Complete(Complete {
            task: task.clone(),
            success: true,
        })
    };
    open.into_iter().map(complete).collect()
}
