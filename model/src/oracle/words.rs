//! Events, answers and obligations in words.

use crate::context::Context;
use crate::op::{Exception, Op};
use crate::report::About;
use crate::rule::Rule;
use crate::rules::Debt;
use crate::see::{Allowed, Codes};
use crate::state::{CardOwes, Sym, Why};
use crate::vocabulary::ReturnAnswer;
use crate::vocabulary::{
    Answer, CardIs, Crashed, Event, Identifier, KillCause, Kind, Millis, Record, RegisterAnswer, Request, Starter,
    SubmitAnswer, TaskName, WorkAnswer,
};

/// An answer that was allowed.
#[must_use]
pub fn allowed(allowed: Allowed) -> String {
    match allowed {
        Allowed::Nothing => "it returns".to_owned(),
        Allowed::Returns(value) => format!("it returns {value}"),
        Allowed::Raises(Exception::Other) => "it raises".to_owned(),
        Allowed::Raises(exception) => format!("it raises '{}'", exception.text()),
        Allowed::Accepts => "it is accepted".to_owned(),
        Allowed::Refuses(codes) => format!("it is refused with {}", these(codes)),
        Allowed::Lists(0) => "an empty list".to_owned(),
        Allowed::Lists(1) => "a list of one request".to_owned(),
        Allowed::Lists(count) => format!("a list of {count} requests"),
        Allowed::Resources(true) => "the GPU is supported".to_owned(),
        Allowed::Resources(false) => "the GPU is not supported".to_owned(),
        Allowed::Works(true) => "it succeeds".to_owned(),
        Allowed::Works(false) => "it fails".to_owned(),
        Allowed::Anything => "anything".to_owned(),
    }
}

pub(super) fn these(codes: Codes) -> String {
    if codes == Codes::ANY {
        return "any code".to_owned();
    }
    if codes == Codes::ANY_BUT_INELIGIBLE {
        return "any code but immediateRunIneligible (4)".to_owned();
    }
    let named: Vec<_> = codes.iter().map(|code| code.to_string()).collect();
    named.join(" or ")
}

/// What happened, in one line.
#[must_use]
pub(super) fn record(record: &Record, op: &Op, granted: Option<&str>) -> String {
    let input = granted.map_or_else(|| "its last input".to_owned(), |id| format!("the grant of {id}"));
    match (op, &record.event) {
        (Op::Settle, None) if granted.is_some() => format!("the trace ends before {input} was answered by a launch"),
        (_, None) => "the trace ends".to_owned(),
        (Op::Settle, Some(event)) => format!("the runner went on to {} before {input} was answered", event.name()),
        (_, Some(event)) => describe(event),
    }
}

/// An event in words.
#[must_use]
pub fn describe(event: &Event) -> String {
    match event {
        Event::Register(register) => {
            let answer = match &register.answer {
                Some(RegisterAnswer::Returned(value)) => format!(" returned {value}"),
                Some(RegisterAnswer::Raised(text)) => format!(" raised '{text}'"),
                None => String::new(),
            };
            format!("registering {}{answer}", shown(&register.id))
        }
        Event::Submit(submit) => {
            let answer = match &submit.answer {
                Some(SubmitAnswer::Accepted) => " was accepted".to_owned(),
                Some(SubmitAnswer::Refused(code)) => format!(" was refused with {code}"),
                Some(SubmitAnswer::Raised(text)) => format!(" raised '{text}'"),
                None => String::new(),
            };
            format!("submitting {} ({}){answer}", shown(&submit.id), submit.kind)
        }
        Event::SubmitAsync(submit) => format!("submitting {} ({}) asynchronously", shown(&submit.id), submit.kind),
        Event::Cancel(of) => format!("cancelling {}", shown(&of.id)),
        Event::CancelAll(_) => "cancelling all".to_owned(),
        Event::Pending(pending) => match pending.answer.as_deref() {
            Some([]) => "the pending list was empty".to_owned(),
            Some(list) => {
                let ids: Vec<_> = list
                    .iter()
                    .map(|request| format!("{} ({})", shown(&request.id), listed(request)))
                    .collect();
                format!("the pending list held {}", ids.join(", "))
            }
            None => "asking for the pending list".to_owned(),
        },
        Event::SupportedResources(supported) => match supported.answer {
            Some(resources) if resources.gpu => "supportedResources had the GPU".to_owned(),
            Some(_) => "supportedResources lacked the GPU".to_owned(),
            None => "asking for supportedResources".to_owned(),
        },
        Event::GpuWork(work) => format!("GPU work{}", worked(work.answer)),
        Event::NeuralEngineWork(work) => format!("Neural Engine work{}", worked(work.answer)),
        Event::ProtectedRead(read) => format!("reading protected data ({:?}){}", read.class, worked(read.answer)),
        Event::Complete(complete) => {
            format!(
                "completing {} as {}",
                complete.task,
                if complete.success { "a success" } else { "a failure" }
            )
        }
        Event::Progress(progress) => format!("progress of {}", progress.task),
        Event::SetExpirationHandler(handler) => format!("setting the expiration handler of {}", handler.task),
        Event::UpdateTitle(update) => format!("changing the title of {}", update.task),
        Event::Launched(launched) => match launched.ids.as_deref() {
            Some(ids) => {
                let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
                format!("the app was launched in the background for {}", ids.join(", "))
            }
            None => "the app was launched in the background".to_owned(),
        },
        Event::Delivered(delivered) => {
            let queue = delivered.queue.as_deref();
            let queue = queue.map_or_else(String::new, |queue| format!(" on the queue {queue}"));
            format!("{} ({}) was delivered{queue}", delivered.task, delivered.kind)
        }
        Event::DeliveryRaised(raised) => format!("the launch of {} raised '{}'", raised.id, raised.text),
        Event::Expired(expired) => format!("the expiration handler of {} was called", expired.task),
        Event::CompletedBySystem(of) => format!("the system completed {}", of.task),
        Event::Suspended(_) => "the process was suspended".to_owned(),
        Event::Killed(killed) => format!(
            "the system killed the process for {}",
            match killed.cause {
                KillCause::Time => "overrunning its time",
                KillCause::Cpu => "its use of the CPU",
                KillCause::Memory => "memory",
                KillCause::LaunchWatchdog => "launching for too long",
                KillCause::Other => "another reason",
                KillCause::Unknown => "an unknown reason",
            }
        ),
        Event::Card(card) => format!(
            "the card of {} {}{}",
            card.task,
            match card.is {
                CardIs::Shown => "appeared",
                CardIs::Changed => "changed",
                CardIs::Prompting => "asked whether to go on",
                CardIs::Finished => "said that the task finished",
                CardIs::Failed => "said that the task failed",
                CardIs::Gone => "went away",
            },
            match (&card.title, &card.subtitle) {
                (Some(title), Some(subtitle)) => format!(" with {title:?} and {subtitle:?}"),
                (Some(one), None) | (None, Some(one)) => format!(" with {one:?}"),
                (None, None) => String::new(),
            }
        ),
        Event::SubmissionCompleted(completed) => match completed.refusal() {
            None => format!("submission {} completed without an error", completed.submission),
            Some(refusal) => format!("submission {} completed with {refusal}", completed.submission),
        },
        Event::Crashed(Crashed { what: Some(what) }) => format!("the app crashed: '{what}'"),
        Event::Started(started) => match started.by {
            Starter::Person => "the person launched the app".to_owned(),
            Starter::Other => "the app was launched for another reason".to_owned(),
        },
        Event::Grant(of) => format!("a launch of {} was granted", shown(&of.id)),
        Event::TakeBack(of) => format!("the time of {} was taken back", of.task),
        Event::PersonStops(of) => format!("the person stopped {}", of.task),
        Event::BlockQueue(of) => format!("the app blocked the queue {}", of.queue),
        Event::End(answer) => format!("a call {}", answered(answer)),
        Event::Clock(_) => "time passed".to_owned(),
        Event::Device(_) => "the device changed".to_owned(),
        Event::Installed(_) => "the app was installed".to_owned(),
        Event::Updated(facts) => match facts.os {
            Some(os) => format!("the system was upgraded to iOS {os}"),
            None => "the app was updated".to_owned(),
        },
        Event::Uninstalled(_) => "the app was removed".to_owned(),
        Event::LaunchFinished(_) => "the app finished launching".to_owned(),
        Event::Foreground(_) => "the app came to the foreground".to_owned(),
        Event::Background(_) => "the app left the foreground".to_owned(),
        Event::KeptAwake(kept) if kept.awake => "something else kept the app awake".to_owned(),
        Event::KeptAwake(_) => "nothing else kept the app awake any more".to_owned(),
        Event::ForceQuit(_) => "the person force-quit the app".to_owned(),
        Event::Crashed(Crashed { what: None }) => "the app crashed".to_owned(),
        Event::MemoryKilled(_) => "the app was ended for memory".to_owned(),
        Event::Reboot(_) => "the device rebooted".to_owned(),
        Event::PersonContinues(of) => format!("the person let {} go on", of.task),
        Event::PersonIgnores(of) => format!("the person left the prompt of {} unanswered", of.task),
        Event::PersonDismisses(of) => format!("the person dismissed the card of {}", of.task),
        Event::PersonClears(of) => format!("the person cleared the card of {}", of.task),
        Event::Debugger(debugger) if debugger.attached => "a debugger was attached".to_owned(),
        Event::Debugger(_) => "the debugger was detached".to_owned(),
        Event::SimulateLaunch(of) => format!("the debugger simulated a launch of {}", of.id),
        Event::SimulateExpiration(of) => format!("the debugger simulated an expiration of {}", of.id),
        Event::ChangeSubmitted(request) => format!("changing the submitted object of {}", request.id),
        Event::ChangeListed(request) => format!("changing the listed object of {}", request.id),
        Event::UnblockQueue(of) => format!("the app unblocked the queue {}", of.queue),
        Event::WorkBegan(of) => format!("the work of {} began", of.id),
        Event::WorkEnded(of) => format!("the work of {} ended", of.id),
        Event::Gap(_) => "lines may be missing".to_owned(),
    }
}

/// An identifier, in quotes where one could not see it whole: where it is empty, or has a blank or a letter beyond ASCII.
/// What a list shows of a request.
fn listed(request: &Request) -> String {
    attributes(request.kind, request.earliest, request.network, request.power)
}

/// The attributes of a request that a list shows, by which two that differ can be told apart.
pub(super) fn attributes(kind: Kind, earliest: Option<Millis>, network: bool, power: bool) -> String {
    let mut told = kind.to_string();
    if let Some(earliest) = earliest {
        told.push_str(&format!(", not before {earliest} ms"));
    }
    if network {
        told.push_str(", with a network");
    }
    if power {
        told.push_str(", with external power");
    }
    told
}

fn shown(id: &Identifier) -> String {
    let text = id.as_str();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.to_owned();
    }
    let escaped = text.chars().flat_map(|c| {
        let is_seen = c == ' ' || c.is_alphanumeric() || c.is_ascii_graphic();
        let kept = is_seen.then_some(c);
        kept.into_iter()
            .chain((!is_seen).then(|| c.escape_default()).into_iter().flatten())
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn answered(answer: &Answer) -> String {
    match answer {
        Answer::Register(RegisterAnswer::Returned(value)) => format!("ended with {value}"),
        Answer::Submit(SubmitAnswer::Accepted) => "ended with success".to_owned(),
        Answer::Submit(SubmitAnswer::Refused(code)) => format!("ended with {code}"),
        Answer::Pending(list) => format!("ended with a list of {}", list.len()),
        Answer::SupportedResources(resources) if resources.gpu => "ended with the GPU".to_owned(),
        Answer::SupportedResources(_) => "ended without the GPU".to_owned(),
        Answer::Work(answer) => worked(Some(*answer)).trim_start().to_owned(),
        Answer::Void(ReturnAnswer::Returned) => "returned".to_owned(),
        Answer::Register(RegisterAnswer::Raised(text))
        | Answer::Submit(SubmitAnswer::Raised(text))
        | Answer::Void(ReturnAnswer::Raised(text)) => format!("raised '{text}'"),
    }
}

fn worked(answer: Option<WorkAnswer>) -> &'static str {
    match answer {
        Some(WorkAnswer::Succeeded) => " succeeded",
        Some(WorkAnswer::Failed) => " failed",
        None => "",
    }
}

/// An obligation in words.
pub(super) fn debt(cx: &Context, debt: Debt, by: Millis) -> String {
    let task = |id: Sym, n: u32| format!("{}#{n}", cx.name(id));
    let by = if by == Millis::MAX {
        String::new()
    } else {
        format!(" by {by} ms")
    };
    match debt {
        Debt::Launch(id) => format!("{} had to be launched{by}", cx.name(id)),
        Debt::Absence(id) => format!("{} had to be launched{by}, if it was accepted", cx.name(id)),
        Debt::Delivery(id) => format!("{} was launched and had to be delivered{by}", cx.name(id)),
        Debt::MadeRoom(id) => format!(
            "{} was neither launched and delivered{by} nor in the way of what was accepted after it",
            cx.name(id)
        ),
        Debt::Over(id, _) => format!("{} is over{by}", cx.name(id)),
        Debt::LaunchesOver => format!("what was launched unseen had to be delivered{by}"),
        Debt::SomeDelivery => format!("the app was launched for a task, and one had to be delivered{by}"),
        Debt::Expiry(name, why) => format!(
            "{} had to be expired{by}, since {}",
            task(name.id, name.n),
            match why {
                Why::Budget => "its time was over",
                Why::Use => "somebody uses the device",
                Why::Stop => "the person stopped it",
                Why::Cancel => "it was cancelled",
                Why::Simulated => "the debugger simulated an expiration",
                Why::TakenBack => "its time was taken back",
            }
        ),
        Debt::Wait(name) => format!(
            "{} had to be expired{by}, unless the call waits for its queue",
            task(name.id, name.n)
        ),
        Debt::Card(name, owes) => format!(
            "the card of {} had to {}{by}",
            task(name.id, name.n),
            match owes {
                CardOwes::Show | CardOwes::Nothing => "appear",
                CardOwes::Finish => "say that the task finished",
                CardOwes::Go => "go, since a retry replaced it",
                CardOwes::Change => "show the title and subtitle that were set",
                CardOwes::Leave => "go, since the task finished",
            }
        ),
        Debt::StallExpiry(name) => format!("{} stalled and had to be expired{by}", task(name.id, name.n)),
        Debt::Progress(name) => format!("{} reported no progress for the stall time-out", task(name.id, name.n)),
        Debt::Completion(name) => format!("{} expired and had to be completed{by}", task(name.id, name.n)),
        Debt::SubmissionCompletion(number) | Debt::Landing(number) => {
            format!("submission {number} had to complete{by}")
        }
    }
}

/// Whom an obligation is about.
pub(super) fn about(cx: &Context, debt: Debt) -> About {
    let id = |id| Identifier::from(cx.name(id));
    match debt {
        Debt::Launch(of) | Debt::Absence(of) | Debt::Delivery(of) | Debt::MadeRoom(of) | Debt::Over(of, _) => {
            About::id(id(of))
        }
        Debt::SomeDelivery | Debt::LaunchesOver | Debt::SubmissionCompletion(_) | Debt::Landing(_) => About::default(),
        Debt::Expiry(task, _)
        | Debt::Wait(task)
        | Debt::Card(task, _)
        | Debt::StallExpiry(task)
        | Debt::Progress(task)
        | Debt::Completion(task) => About::task(TaskName::new(id(task.id), task.n)),
    }
}

/// What the app owes at the end.
pub(super) fn at_the_end(cx: &Context, rule: &Rule, id: Sym) -> String {
    if rule.force == crate::rule::Force::Should {
        format!("{} was accepted, not delivered, and its work never began", cx.name(id))
    } else {
        format!("a task of {} expired and was never completed", cx.name(id))
    }
}

/// A kind as an adjective of a request.
#[must_use]
pub fn kind(kind: Kind) -> String {
    kind.to_string()
}
