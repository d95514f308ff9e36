//! Lines of a trace as an iOS developer would tell them.

use bgspec_model::oracle::words::describe;
use bgspec_model::vocabulary::{
    Answer, BackgroundRefresh, Crashed, Device, Event, Identifier, Kind, Millis, Record, Request, Starter, Strategy,
    SubmitAnswer,
};

use super::clock;
use super::form::asks_for;

/// Whether a line is about the requests or tasks of an identifier.
pub(super) fn is_about(event: &Event, id: &Identifier) -> bool {
    match event {
        Event::Submit(submit) => submit.id == *id,
        Event::SubmitAsync(submit) => submit.id == *id,
        Event::ChangeSubmitted(request) | Event::ChangeListed(request) => request.id == *id,
        Event::Cancel(of) | Event::Grant(of) | Event::SimulateLaunch(of) => of.id == *id,
        Event::CancelAll(_) => true,
        Event::Delivered(delivered) => delivered.task.id == *id,
        Event::DeliveryRaised(raised) => raised.id == *id,
        Event::Expired(expired) => expired.task.id == *id,
        Event::Complete(complete) => complete.task.id == *id,
        Event::CompletedBySystem(of) => of.task.id == *id,
        Event::Launched(launched) => launched.ids.as_ref().is_some_and(|ids| ids.contains(id)),
        _ => false,
    }
}

/// What a submission asks for: "processing, not before 02:00:00, asks for the network".
pub(super) fn request(request: &Request) -> String {
    let begin = match request.earliest {
        Some(_) => format!("earliest begin date {}", date(request.earliest)),
        None => "no earliest begin date".to_owned(),
    };
    match request.kind {
        Kind::Continued => {
            let strategy = match request.strategy {
                Strategy::Fail => "fail",
                Strategy::Queue => "queue",
            };
            let gpu = if request.gpu { ", asks for the GPU" } else { "" };
            format!("{}, strategy {strategy}{gpu}", request.kind)
        }
        Kind::Refresh => format!("{}, {begin}", request.kind),
        Kind::Processing | Kind::HealthResearch => {
            format!("{}, {begin}, asks for {}", request.kind, asks_for(request))
        }
    }
}

/// An earliest begin date; one before the trace means no delay (SUB-14).
fn date(earliest: Option<Millis>) -> String {
    match earliest {
        None => "none".to_owned(),
        Some(earliest) if earliest < 0 => "in the past, which means no delay (SUB-14)".to_owned(),
        Some(earliest) => clock(earliest),
    }
}

/// A submission that was accepted, in place of an older request or not.
pub(super) fn submitted(new: &Request, old: Option<&Request>) -> String {
    let Some(old) = old else {
        return format!("submitted and accepted: {}", request(new));
    };
    let moved = if old.earliest == new.earliest {
        String::new()
    } else {
        format!(
            "; its earliest begin date moves from {} to {}",
            date(old.earliest),
            date(new.earliest)
        )
    };
    format!("submitted again, which replaces the request{moved}: {}", request(new))
}

/// A line in words.
pub(super) fn line(record: &Record) -> String {
    record.event.as_ref().map_or_else(|| "the trace ends".to_owned(), event)
}

/// An event in words.
pub(super) fn event(event: &Event) -> String {
    match event {
        Event::Device(change) => device(change),
        Event::Foreground(_) => "the person opened the app".to_owned(),
        Event::Background(_) => "the app left the foreground".to_owned(),
        Event::Started(started) => match started.by {
            Starter::Person => "the person opened the app".to_owned(),
            Starter::Other => "the system started the app for another reason".to_owned(),
        },
        Event::ForceQuit(_) => "the person closed the app in the app switcher (force-quit)".to_owned(),
        Event::Reboot(_) => "the device was restarted".to_owned(),
        Event::Updated(_) => "the app was updated".to_owned(),
        Event::Uninstalled(_) => "the app was removed".to_owned(),
        Event::Crashed(Crashed { what: None }) => "the app crashed".to_owned(),
        Event::MemoryKilled(_) => "the app was ended for memory".to_owned(),
        Event::Suspended(_) => "the app was suspended".to_owned(),
        Event::Gap(_) => "lines may be missing from the recording here".to_owned(),
        Event::Submit(submit) => match &submit.answer {
            Some(SubmitAnswer::Refused(code)) => {
                format!("submitted, and refused with {code}: {}", request(&submit.request()))
            }
            Some(SubmitAnswer::Raised(text)) => format!("submitted, which raised '{text}'"),
            Some(SubmitAnswer::Accepted) | None => format!("submitted: {}", request(&submit.request())),
        },
        Event::SubmitAsync(submit) => format!("submitted asynchronously: {}", request(&submit.request())),
        Event::Cancel(_) => "the app cancelled it".to_owned(),
        Event::CancelAll(_) => "the app cancelled all its requests".to_owned(),
        Event::ChangeSubmitted(_) => {
            "the app changed the request object that it had submitted, which changes nothing".to_owned()
        }
        Event::ChangeListed(_) => {
            "the app changed a request object of the pending list, which changes nothing".to_owned()
        }
        Event::Delivered(delivered) => format!("delivered: its handler ran ({})", delivered.task),
        Event::Complete(complete) => format!(
            "the app completed {} as a {}",
            complete.task,
            if complete.success { "success" } else { "failure" }
        ),
        Event::Expired(expired) => format!("its expiration handler was called ({})", expired.task),
        Event::Launched(_) => "the scheduler launched the app in the background for it".to_owned(),
        Event::End(Answer::Submit(SubmitAnswer::Refused(code))) => format!("the submission was refused with {code}"),
        other => describe(other),
    }
}

/// Since when something is so: since a line, or from the beginning (0).
pub(super) fn since(line: u64) -> String {
    match line {
        0 => "from the beginning".to_owned(),
        line => format!("since line {line}"),
    }
}

/// A change of the device's conditions.
fn device(change: &Device) -> String {
    let mut words = Vec::new();
    let mut tell = |told: Option<bool>, yes: &'static str, no: &'static str| {
        if let Some(is) = told {
            words.push(if is { yes } else { no });
        }
    };
    tell(change.network, "a network was there", "the network went away");
    tell(
        change.power,
        "external power was connected",
        "external power was taken away",
    );
    tell(
        change.in_use,
        "somebody began to use the device",
        "nobody used the device any more",
    );
    tell(change.locked, "the device was locked", "the device was unlocked");
    tell(
        change.unlocked_once,
        "for the first time since it was started",
        "the device had no unlock since it was started",
    );
    tell(
        change.low_power,
        "Low Power Mode was switched on",
        "Low Power Mode was switched off",
    );
    let refresh = change.background_refresh;
    tell(
        refresh.map(|status| status == BackgroundRefresh::Available),
        "Background App Refresh was switched on",
        "Background App Refresh was switched off",
    );
    tell(
        change.background_launches_denied,
        "background launches were denied",
        "background launches were allowed",
    );
    if words.is_empty() {
        "the device changed".to_owned()
    } else {
        words.join(", ")
    }
}
