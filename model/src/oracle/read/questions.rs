//! Events as operations, names as numbers.

use super::Malformed;
use crate::context::Context;
use crate::op::{Ask, Death, Does, Exception, Op, Seen, Submission, TaskRef};
use crate::state::{By, Outstanding};
use crate::vocabulary::{Event, Millis, Request, Starter, Subject, Submit, TaskName, Through};

use super::{Reader, wrong};

impl Reader {
    /// Fills in the op. The answer says whether it is about a task from before the trace.
    pub(super) fn question(&mut self, event: &Event, cx: &mut Context, ask: &mut Ask) -> Result<bool, Malformed> {
        let place = cx.place();
        if let Some(lack) = event.lack(&place) {
            return wrong(lack.words(place));
        }
        if let Subject::Task(task) = event.subject()
            && let Some(lack) = self.kinds.lack(event, task, self.partial, cx)
        {
            return wrong(lack.words(place));
        }
        let partial = self.partial;
        let mut foreign = false;
        let mut task = |name: &TaskName, cx: &mut Context, ahead: u32| {
            let id = cx.id(name.id.as_str());
            let (delivered, recounts) = (cx.named(id).deliveries, cx.named(id).recounts);
            if name.n == 0 || name.n > delivered.saturating_add(ahead) {
                if !recounts {
                    return Err(Malformed::new(format!(
                        "{} is about {name}, and {} of that identifier came so far; expected {}",
                        event.name(),
                        deliveries(delivered),
                        match delivered {
                            0 => format!("delivered of {}#1 before", name.id),
                            last => format!("{}#{last} or an earlier one", name.id),
                        }
                    )));
                }
                foreign = true;
            }
            Ok(TaskRef { id, n: name.n })
        };
        match event {
            Event::Clock(_) => ask.op = Op::Clock,
            Event::Device(change) => {
                self.device(change)?;
                ask.op = Op::Device(cx.whole(change));
            }
            Event::Installed(_) => {
                self.installs()?;
                ask.op = Op::Installed;
            }
            Event::Updated(facts) => {
                self.is_installed()?;
                cx.update(facts);
                let upgrades = facts.os.is_some();
                if upgrades {
                    self.boots();
                }
                ask.op = Op::Updated { upgrades };
            }
            Event::Uninstalled(_) => {
                self.is_installed()?;
                self.life.installed = Some(false);
                ask.op = Op::Uninstalled;
            }
            Event::Started(started) => {
                self.comes_to(started.by == Starter::Person)?;
                let by = match started.by {
                    Starter::Person => By::Person,
                    Starter::Other => By::Other,
                };
                ask.op = Op::Started {
                    pid: self.life.pid.unwrap_or_default(),
                    by,
                };
            }
            Event::LaunchFinished(_) => {
                self.finishes()?;
                ask.op = Op::LaunchFinished;
            }
            Event::Foreground(_) => {
                self.comes_forward()?;
                ask.op = Op::Foreground;
            }
            Event::Background(_) => {
                self.leaves();
                ask.op = Op::Background;
            }
            Event::KeptAwake(kept) => ask.op = Op::KeptAwake(kept.awake),
            Event::ForceQuit(_) => ask.op = Op::Dies(Death::ForceQuit),
            Event::Crashed(_) => ask.op = Op::Dies(Death::Crash),
            Event::MemoryKilled(_) => ask.op = Op::Dies(Death::Memory),
            Event::Reboot(_) => {
                self.boots();
                ask.op = Op::Reboot;
            }
            Event::PersonStops(of) => ask.op = Op::Person(Does::Stop, task(&of.task, cx, 0)?),
            Event::PersonContinues(of) => ask.op = Op::Person(Does::Continue, task(&of.task, cx, 0)?),
            Event::PersonIgnores(of) => ask.op = Op::Person(Does::Ignore, task(&of.task, cx, 0)?),
            Event::PersonDismisses(of) => ask.op = Op::Person(Does::Dismiss, task(&of.task, cx, 1)?),
            Event::PersonClears(of) => ask.op = Op::Person(Does::Clear, task(&of.task, cx, 1)?),
            Event::Debugger(debugger) => ask.op = Op::Debugger(debugger.attached),
            Event::SimulateLaunch(of) => ask.op = Op::SimulateLaunch(cx.id(of.id.as_str())),
            Event::SimulateExpiration(of) => ask.op = Op::SimulateExpiration(cx.id(of.id.as_str())),
            Event::Grant(of) => ask.op = Op::Grant(cx.id(of.id.as_str())),
            Event::TakeBack(of) => ask.op = Op::TakeBack(task(&of.task, cx, 0)?),
            Event::Register(register) => {
                ask.op = Op::Register {
                    id: cx.id(register.id.as_str()),
                    queue: cx.text(register.queue.as_deref()),
                    swiftui: register.through == Some(Through::Swiftui),
                }
            }
            Event::Submit(submit) => {
                let request = self.submitted(submit, cx)?;
                ask.op = Op::Submit(Submission { request, number: None });
            }
            Event::SubmitAsync(submit) => {
                if self.submissions.contains(&submit.submission) {
                    return wrong(format!(
                        "submission {} is submitted twice; expected another number",
                        submit.submission
                    ));
                }
                let request = request(&submit.request(), cx)?;
                self.submissions.push(submit.submission);
                ask.op = Op::Submit(Submission {
                    request,
                    number: Some(submit.submission),
                });
            }
            Event::ChangeSubmitted(changed) => {
                ask.op = Op::ChangeObject {
                    id: cx.id(changed.id.as_str()),
                    listed: false,
                }
            }
            Event::ChangeListed(changed) => {
                ask.op = Op::ChangeObject {
                    id: cx.id(changed.id.as_str()),
                    listed: true,
                }
            }
            Event::Cancel(of) => ask.op = Op::Cancel(cx.id(of.id.as_str())),
            Event::CancelAll(_) => ask.op = Op::CancelAll,
            Event::Pending(_) => ask.op = Op::Pending,
            Event::SupportedResources(_) => ask.op = Op::SupportedResources,
            Event::SetExpirationHandler(handler) => {
                ask.op = Op::SetExpirationHandler {
                    task: task(&handler.task, cx, 0)?,
                    set: handler.set,
                }
            }
            Event::Progress(progress) => {
                /// Child progress is kept in millionths.
                const MILLIONTHS: f64 = 1_000_000.0;
                if progress.child.is_some_and(|child| !(0.0..=1.0).contains(&child)) {
                    return wrong(format!("child progress of {:?}: expected 0 to 1", progress.child));
                }
                let child = progress.child.map(|child| (child * MILLIONTHS).round() as i64);
                let (total, completed) = (progress.total, progress.completed);
                ask.op = Op::Progress {
                    task: task(&progress.task, cx, 0)?,
                    total,
                    completed,
                    child,
                };
            }
            Event::UpdateTitle(update) => {
                ask.op = Op::UpdateTitle {
                    task: task(&update.task, cx, 0)?,
                    title: cx.text(Some(&update.title)),
                    subtitle: cx.text(Some(&update.subtitle)),
                }
            }
            Event::Complete(complete) => {
                let (task, success) = (task(&complete.task, cx, 0)?, complete.success);
                cx.note_end(task, success);
                ask.op = Op::Complete { task, success };
            }
            Event::BlockQueue(of) => ask.op = Op::BlockQueue(cx.text(Some(&of.queue))),
            Event::UnblockQueue(of) => ask.op = Op::UnblockQueue(cx.text(Some(&of.queue))),
            Event::WorkBegan(of) => ask.op = Op::WorkBegan(cx.id(of.id.as_str())),
            Event::WorkEnded(of) => ask.op = Op::WorkEnded(cx.id(of.id.as_str())),
            Event::GpuWork(_) => ask.op = Op::GpuWork,
            Event::NeuralEngineWork(_) => ask.op = Op::NeuralEngineWork,
            Event::ProtectedRead(read) => ask.op = Op::ProtectedRead(read.class),
            Event::Launched(launched) => {
                self.comes_to(false)?;
                let ids = launched.ids.as_deref().unwrap_or_default();
                ask.ids.extend(ids.iter().map(|id| cx.id(id.as_str())));
                ask.op = Op::Launched {
                    pid: self.life.pid.unwrap_or_default(),
                    known: launched.ids.is_some(),
                };
            }
            Event::Delivered(delivered) => {
                let name = &delivered.task;
                let id = cx.id(name.id.as_str());
                let came = cx.named(id).deliveries;
                let unseen = cx.named(id).recounts && name.n > came;
                if came.checked_add(1) != Some(name.n) && !unseen {
                    return wrong(format!(
                        "{name} is delivered, and {} of that identifier came so far; expected {}#{}",
                        deliveries(came),
                        name.id,
                        came.saturating_add(1)
                    ));
                }
                cx.count_delivery(id, name.n);
                let queue = seen(delivered.queue.as_deref(), cx);
                ask.op = Op::Delivered {
                    task: TaskRef { id, n: name.n },
                    kind: delivered.kind,
                    queue,
                };
            }
            Event::DeliveryRaised(raised) => {
                ask.op = Op::DeliveryRaised(
                    cx.id(raised.id.as_str()),
                    Exception::read(&raised.text, raised.id.as_str()),
                );
            }
            Event::Expired(expired) => {
                let queue = seen(expired.queue.as_deref(), cx);
                let task = task(&expired.task, cx, 0)?;
                cx.note_end(task, false);
                ask.op = Op::Expired { task, queue };
            }
            Event::CompletedBySystem(of) => {
                let task = task(&of.task, cx, 0)?;
                cx.note_end(task, false);
                ask.op = Op::CompletedBySystem(task);
            }
            Event::Suspended(_) => ask.op = Op::Suspended,
            Event::Killed(killed) => ask.op = Op::Killed(killed.cause),
            Event::Card(card) => {
                let title = card.title.as_deref().map(|title| cx.text(Some(title)));
                let subtitle = card.subtitle.as_deref().map(|subtitle| cx.text(Some(subtitle)));
                ask.op = Op::Card {
                    task: task(&card.task, cx, 1)?,
                    is: card.is,
                    title,
                    subtitle,
                };
            }
            Event::SubmissionCompleted(completed) => {
                if partial && !self.submissions.contains(&completed.submission) {
                    foreign = true;
                } else if !self.submissions.contains(&completed.submission) {
                    return wrong(format!(
                        "submission {} completes, and was never submitted; expected submit_async before",
                        completed.submission
                    ));
                }
                ask.op = Op::SubmissionCompleted {
                    number: completed.submission,
                    error: completed.error,
                    foreign: completed.refusal().is_some_and(|refusal| refusal.is_foreign()),
                };
            }
            Event::End(_) | Event::Gap(_) => ask.op = Op::Clock,
        }
        Ok(foreign)
    }

    pub(super) fn submitted(&self, submit: &Submit, cx: &mut Context) -> Result<Outstanding, Malformed> {
        let id = cx.id(submit.id.as_str());
        Ok(Outstanding {
            earliest: submit.earliest.unwrap_or(Millis::MIN),
            network: submit.network,
            power: submit.power,
            protection: submit.protection,
            strategy: submit.strategy,
            gpu: submit.gpu,
            title: cx.text(submit.title.as_deref()),
            subtitle: cx.text(submit.subtitle.as_deref()),
            ..Outstanding::of(id, submit.kind)
        })
    }
}

pub(super) fn request(request: &Request, cx: &mut Context) -> Result<Outstanding, Malformed> {
    let place = cx.place();
    if let Some(lack) = request.attribute_lack(&place) {
        return wrong(lack.words(place));
    }
    let id = cx.id(request.id.as_str());
    Ok(Outstanding {
        earliest: request.earliest.unwrap_or(Millis::MIN),
        network: request.network,
        power: request.power,
        protection: request.protection,
        strategy: request.strategy,
        gpu: request.gpu,
        title: cx.text(request.title.as_deref()),
        subtitle: cx.text(request.subtitle.as_deref()),
        ..Outstanding::of(id, request.kind)
    })
}

fn seen(queue: Option<&str>, cx: &mut Context) -> Seen {
    match queue {
        None => Seen::No,
        Some("own") => Seen::Own,
        Some(name) => Seen::Given(cx.text(Some(name))),
    }
}

fn deliveries(count: u32) -> String {
    match count {
        0 => "no delivery".to_owned(),
        1 => "one delivery".to_owned(),
        more => format!("{more} deliveries"),
    }
}
