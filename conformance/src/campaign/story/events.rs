//! An event in words, as the story of a case and its timeline have it.

use std::fmt::Write as _;

use bgspec_model::vocabulary::*;

use super::changes;
use crate::text::time;

/// An event in a sentence without its subject, which is the app where it is a call; a star stands before what the
/// scheduler was seen to do.
pub(super) fn described(event: &Event, at: Millis) -> String {
    match event {
        Event::Clock(_) => "time has passed".to_owned(),
        Event::Device(change) => format!("device: {}", changes(change)),
        Event::Started(started) => match started.by {
            Starter::Person => "the person opens the app".to_owned(),
            Starter::Other => "the app is started in the background for another reason".to_owned(),
        },
        Event::Register(call) => {
            let queue = call
                .queue
                .as_ref()
                .map(|queue| format!(" on queue {queue}"))
                .unwrap_or_default();
            let answer = call.answer.as_ref().map(Answered::Register);
            format!(
                "registers {}{queue} -> {}",
                named(&call.id),
                answered(answer.as_ref(), at)
            )
        }
        Event::Submit(call) => {
            let answer = call.answer.as_ref().map(Answered::Submit);
            format!(
                "submits {} -> {}",
                request(&call.request(), at),
                answered(answer.as_ref(), at)
            )
        }
        Event::SubmitAsync(call) => {
            format!(
                "submits, asynchronously, no. {}: {}",
                call.submission,
                request(&call.request(), at)
            )
        }
        Event::SubmissionCompleted(done) => match done.refusal() {
            Some(refusal) => format!("* submission {} completes: {refusal}", done.submission),
            None => format!("* submission {} completes: no error", done.submission),
        },
        Event::ChangeSubmitted(changed) => format!("changes the submitted object: {}", request(changed, at)),
        Event::ChangeListed(changed) => format!("changes the listed object: {}", request(changed, at)),
        Event::Pending(call) => {
            let answer = call.answer.as_deref().map(Answered::Pending);
            format!("asks for the pending list -> {}", answered(answer.as_ref(), at))
        }
        Event::Launched(launched) => {
            let ids: Vec<_> = launched.ids.iter().flatten().map(named).collect();
            format!("* the app is launched in the background for {}", ids.join(", "))
        }
        Event::Delivered(delivered) => format!("* {} is delivered ({})", task(&delivered.task), delivered.kind),
        Event::DeliveryRaised(raised) => format!("* the launch for {} raises {:?}", named(&raised.id), raised.text),
        Event::Expired(expired) => format!("* {} is expired", task(&expired.task)),
        Event::CompletedBySystem(of) => format!("* {} is completed by the system", task(&of.task)),
        Event::Suspended(_) => "* the process is suspended".to_owned(),
        Event::Killed(killed) => format!("* the process is killed: {:?}", killed.cause).to_lowercase(),
        Event::Complete(complete) => {
            let outcome = if complete.success { "a success" } else { "a failure" };
            format!("completes {} as {outcome}", task(&complete.task))
        }
        Event::Grant(of) => format!("a launch of {} is granted", named(&of.id)),
        Event::Installed(_) => "the app is installed".to_owned(),
        Event::Updated(facts) => match facts.os {
            Some(os) => format!("the system is updated to iOS {os}"),
            None => "the app is updated".to_owned(),
        },
        Event::Uninstalled(_) => "the app is removed".to_owned(),
        Event::LaunchFinished(_) => "the app has finished launching".to_owned(),
        Event::Foreground(_) => "the app comes to the foreground".to_owned(),
        Event::Background(_) => "the app leaves the foreground".to_owned(),
        Event::KeptAwake(kept) if kept.awake => "something else keeps the process awake".to_owned(),
        Event::KeptAwake(_) => "nothing else keeps the process awake any more".to_owned(),
        Event::ForceQuit(_) => "the person closes the app in the app switcher (force-quit)".to_owned(),
        Event::Crashed(crashed) => match &crashed.what {
            Some(what) => format!("the process crashes: {}", quote(what)),
            None => "the process crashes".to_owned(),
        },
        Event::MemoryKilled(_) => "the system ends the process for memory".to_owned(),
        Event::Reboot(_) => "the device is restarted".to_owned(),
        Event::PersonStops(of) => format!("the person stops {} on its card", task(&of.task)),
        Event::PersonContinues(of) => format!("the person answers the question about {} with Continue", task(&of.task)),
        Event::PersonIgnores(of) => format!("the person leaves the question about {} unanswered", task(&of.task)),
        Event::PersonDismisses(of) => format!("the person dismisses the card of {}", task(&of.task)),
        Event::PersonClears(of) => format!("the person clears the card of {}", task(&of.task)),
        Event::Debugger(debugger) if debugger.attached => "a debugger is attached".to_owned(),
        Event::Debugger(_) => "the debugger is detached".to_owned(),
        Event::SimulateLaunch(of) => format!("the debugger simulates a launch of {}", named(&of.id)),
        Event::SimulateExpiration(of) => format!("the debugger simulates an expiration of {}", named(&of.id)),
        Event::TakeBack(of) => format!("the time of {} is taken back", task(&of.task)),
        Event::Cancel(of) => format!("cancels {}", named(&of.id)),
        Event::CancelAll(_) => "cancels all requests".to_owned(),
        Event::SupportedResources(call) => match call.answer {
            Some(resources) if resources.gpu => "asks for the supported resources -> GPU".to_owned(),
            Some(_) => "asks for the supported resources -> none".to_owned(),
            None => "asks for the supported resources -> no answer".to_owned(),
        },
        Event::SetExpirationHandler(set) if set.set => format!("sets an expiration handler for {}", task(&set.task)),
        Event::SetExpirationHandler(set) => format!("takes the expiration handler of {} away", task(&set.task)),
        Event::Progress(progress) => reported(progress),
        Event::UpdateTitle(update) => {
            let texts = texts(Some(&update.title), Some(&update.subtitle));
            format!("updates the title of {}{texts}", task(&update.task))
        }
        Event::BlockQueue(of) => format!("blocks the queue {}", quote(&of.queue)),
        Event::UnblockQueue(of) => format!("unblocks the queue {}", quote(&of.queue)),
        Event::WorkBegan(of) => format!("the work for {} begins", named(&of.id)),
        Event::WorkEnded(of) => format!("the work for {} ends", named(&of.id)),
        Event::GpuWork(work) => format!("uses the GPU -> {}", outcome(work.answer)),
        Event::NeuralEngineWork(work) => format!("uses the Neural Engine -> {}", outcome(work.answer)),
        Event::ProtectedRead(read) => {
            let class = format!("{:?}", read.class).to_lowercase();
            format!("reads data of the protection class {class} -> {}", outcome(read.answer))
        }
        Event::End(answer) => format!("a call returns -> {}", returned(&answer.answered(), at)),
        Event::Card(card) => {
            let texts = texts(card.title.as_ref(), card.subtitle.as_ref());
            let is = match card.is {
                CardIs::Shown => "is shown",
                CardIs::Changed => "is changed",
                CardIs::Prompting => "asks whether to go on",
                CardIs::Finished => "shows that it finished",
                CardIs::Failed => "shows that it failed",
                CardIs::Gone => "goes",
            };
            format!("* the card of {} {is}{texts}", task(&card.task))
        }
        Event::Gap(gap) => {
            let of = gap.ids.iter().flatten().map(named).collect::<Vec<_>>().join(", ");
            let of = if of.is_empty() { of } else { format!(" of {of}") };
            format!("lines{of} since {} may be missing", time(gap.from))
        }
    }
}

/// An identifier as a reader can see it.
#[must_use]
pub fn named(id: &Identifier) -> String {
    match id.as_str() {
        "" => "the empty identifier".to_owned(),
        long if long.len() > 100 => format!("an identifier of {} characters", long.len()),
        id => id.to_owned(),
    }
}

/// A task as a reader can see it.
fn task(task: &TaskName) -> String {
    format!("{}#{}", named(&task.id), task.n)
}

/// What a call answers.
fn answered(answer: Option<&Answered<'_>>, at: Millis) -> String {
    answer.map_or_else(|| "no answer".to_owned(), |answer| returned(answer, at))
}

fn returned(answer: &Answered<'_>, at: Millis) -> String {
    if let Some(text) = answer.raised() {
        return format!("raises {text:?}");
    }
    match answer {
        Answered::Register(RegisterAnswer::Returned(value)) => value.to_string(),
        Answered::Submit(SubmitAnswer::Accepted) => "accepted".to_owned(),
        Answered::Submit(SubmitAnswer::Refused(code)) => code.to_string(),
        Answered::Pending([]) => "empty".to_owned(),
        Answered::Pending(listed) => {
            let listed: Vec<_> = listed.iter().map(|listed| request(listed, at)).collect();
            listed.join("; ")
        }
        Answered::SupportedResources(resources) if resources.gpu => "GPU".to_owned(),
        Answered::SupportedResources(_) => "none".to_owned(),
        Answered::Work(answer) => outcome(Some(*answer)).to_owned(),
        // What is raised was said above.
        Answered::Void(_) | Answered::Register(_) | Answered::Submit(_) => "nothing".to_owned(),
    }
}

const fn outcome(answer: Option<WorkAnswer>) -> &'static str {
    match answer {
        Some(WorkAnswer::Succeeded) => "succeeds",
        Some(WorkAnswer::Failed) => "fails",
        None => "no answer",
    }
}

/// A text as somebody wrote it.
fn quote(text: &str) -> String {
    format!("“{text}”")
}

/// The texts of a card.
fn texts(title: Option<&String>, subtitle: Option<&String>) -> String {
    let text = |what: &str, text: Option<&String>| text.map(|text| format!("{what} {}", quote(text)));
    let both: Vec<_> = [text("title", title), text("subtitle", subtitle)]
        .into_iter()
        .flatten()
        .collect();
    if both.is_empty() {
        String::new()
    } else {
        format!(": {}", both.join(", "))
    }
}

fn reported(progress: &Progress) -> String {
    let count = |what: &str, count: Option<i64>| count.map(|count| format!("{what} {count}"));
    let child = progress.child.map(|child| format!("child progress {child}"));
    let all = [
        count("completed", progress.completed),
        count("total", progress.total),
        child,
    ];
    let all: Vec<_> = all.into_iter().flatten().collect();
    format!("reports progress of {}: {}", task(&progress.task), all.join(", "))
}

fn request(request: &Request, at: Millis) -> String {
    let mut text = format!("{} ({}", named(&request.id), request.kind);
    if let Some(earliest) = request.earliest {
        let _ = write!(text, ", not before {}", time(earliest));
        if earliest <= at {
            text.push_str(", which is past");
        }
    }
    for (holds, what) in [
        (request.network, "network"),
        (request.power, "power"),
        (request.gpu, "GPU"),
        (
            request.kind == Kind::Continued && request.strategy == Strategy::Fail,
            "strategy fail",
        ),
    ] {
        if holds {
            let _ = write!(text, ", {what}");
        }
    }
    if request.protection != Protection::default() {
        let _ = write!(text, ", protection {:?}", request.protection);
    }
    text.push(')');
    text
}
