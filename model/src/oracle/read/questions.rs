//! Events as operations, names as numbers.

use super::Malformed;
use crate::context::Context;
use crate::op::{Ask, Death, Does, Exception, Op, Seen, Submission, TaskRef};
use crate::state::{By, Mark, NEVER, Outstanding};
use crate::vocabulary::{Event, Kind, Millis, Record, Request, Starter, Submit, TaskName};

use super::{Reader, wrong};

impl Reader {
    /// Fills in the op. The answer says whether it is about a task from before the trace.
    pub(super) fn question(
        &mut self,
        record: &Record,
        event: &Event,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<bool, Malformed> {
        let partial = self.partial;
        let mut foreign = false;
        let mut task = |name: &TaskName, cx: &mut Context, ahead: u32| {
            let id = cx.id(name.id.as_str());
            let (delivered, recounts) = (cx.named(id).deliveries, cx.named(id).recounts);
            if name.n == 0 || name.n > delivered.saturating_add(ahead) {
                if !recounts {
                    return Err(Malformed::new(format!(
                        "{} is about {name}, and {} of that identifier came so far",
                        event.name(),
                        deliveries(delivered)
                    )));
                }
                foreign = true;
            }
            Ok(TaskRef { id, n: name.n })
        };
        ask.op = match event {
            Event::Clock(_) => Op::Clock,
            Event::Device(change) => Op::Device(*change),
            Event::Installed(_) => Op::Installed,
            Event::Updated(facts) => {
                cx.update(facts);
                Op::Updated
            }
            Event::Uninstalled(_) => Op::Uninstalled,
            Event::Started(started) => {
                let by = match started.by {
                    Starter::Person => By::Person,
                    Starter::Other => By::Other,
                };
                Op::Started {
                    pid: self.life.pid.unwrap_or_default(),
                    by,
                }
            }
            Event::LaunchFinished(_) => Op::LaunchFinished,
            Event::Foreground(_) => Op::Foreground,
            Event::Background(_) => Op::Background,
            Event::KeptAwake(kept) => Op::KeptAwake(kept.awake),
            Event::ForceQuit(_) => Op::Dies(Death::ForceQuit),
            Event::Crashed(_) => Op::Dies(Death::Crash),
            Event::MemoryKilled(_) => Op::Dies(Death::Memory),
            Event::Reboot(_) => Op::Reboot,
            Event::PersonStops(of) => Op::Person(Does::Stop, task(&of.task, cx, 0)?),
            Event::PersonContinues(of) => Op::Person(Does::Continue, task(&of.task, cx, 0)?),
            Event::PersonIgnores(of) => Op::Person(Does::Ignore, task(&of.task, cx, 0)?),
            Event::PersonDismisses(of) => Op::Person(Does::Dismiss, task(&of.task, cx, 1)?),
            Event::PersonClears(of) => Op::Person(Does::Clear, task(&of.task, cx, 1)?),
            Event::Debugger(debugger) => Op::Debugger(debugger.attached),
            Event::SimulateLaunch(of) => Op::SimulateLaunch(cx.id(of.id.as_str())),
            Event::SimulateExpiration(of) => Op::SimulateExpiration(cx.id(of.id.as_str())),
            Event::Grant(of) => Op::Grant(cx.id(of.id.as_str())),
            Event::TakeBack(of) => Op::TakeBack(task(&of.task, cx, 0)?),
            Event::Register(register) => Op::Register {
                id: cx.id(register.id.as_str()),
                queue: cx.text(register.queue.as_deref()),
            },
            Event::Submit(submit) => {
                let request = self.submitted(submit, cx)?;
                Op::Submit(Submission { request, number: None })
            }
            Event::SubmitAsync(submit) => {
                if !cx.since(27) {
                    return wrong(format!(
                        "submit_async, which iOS {} does not have; expected 27.0 or later",
                        cx.os
                    ));
                }
                if self.submissions.contains(&submit.submission) {
                    return wrong(format!("submission {} is submitted twice", submit.submission));
                }
                let request = request(&submit.request(), cx)?;
                self.submissions.push(submit.submission);
                Op::Submit(Submission {
                    request,
                    number: Some(submit.submission),
                })
            }
            Event::ChangeSubmitted(changed) => Op::ChangeObject {
                id: cx.id(changed.id.as_str()),
                listed: false,
            },
            Event::ChangeListed(changed) => Op::ChangeObject {
                id: cx.id(changed.id.as_str()),
                listed: true,
            },
            Event::Cancel(of) => Op::Cancel(cx.id(of.id.as_str())),
            Event::CancelAll(_) => Op::CancelAll,
            Event::Pending(_) => Op::Pending,
            Event::SupportedResources(_) => {
                if !cx.platform.has_continued(cx.os) {
                    let (os, platform) = (cx.os, cx.platform);
                    return wrong(format!(
                        "supported_resources, which {platform:?} on iOS {os} does not have"
                    ));
                }
                Op::SupportedResources
            }
            Event::SetExpirationHandler(handler) => Op::SetExpirationHandler {
                task: task(&handler.task, cx, 0)?,
                set: handler.set,
            },
            Event::Progress(progress) => {
                /// Child progress is kept in millionths.
                const MILLIONTHS: f64 = 1_000_000.0;
                if progress.child.is_some_and(|child| !(0.0..=1.0).contains(&child)) {
                    return wrong(format!("child progress of {:?}: expected 0 to 1", progress.child));
                }
                let child = progress.child.map(|child| (child * MILLIONTHS).round() as i64);
                let (total, completed) = (progress.total, progress.completed);
                Op::Progress {
                    task: task(&progress.task, cx, 0)?,
                    total,
                    completed,
                    child,
                }
            }
            Event::UpdateTitle(update) => Op::UpdateTitle {
                task: task(&update.task, cx, 0)?,
                title: cx.text(Some(&update.title)),
                subtitle: cx.text(Some(&update.subtitle)),
            },
            Event::Complete(complete) => Op::Complete {
                task: task(&complete.task, cx, 0)?,
                success: complete.success,
            },
            Event::BlockQueue(of) => Op::BlockQueue(cx.text(Some(&of.queue))),
            Event::UnblockQueue(of) => Op::UnblockQueue(cx.text(Some(&of.queue))),
            Event::WorkBegan(of) => Op::WorkBegan(cx.id(of.id.as_str())),
            Event::WorkEnded(of) => Op::WorkEnded(cx.id(of.id.as_str())),
            Event::GpuWork(_) => Op::GpuWork,
            Event::NeuralEngineWork(_) => Op::NeuralEngineWork,
            Event::ProtectedRead(read) => Op::ProtectedRead(read.class),
            Event::Launched(launched) => {
                let ids = launched.ids.as_deref().unwrap_or_default();
                ask.ids.extend(ids.iter().map(|id| cx.id(id.as_str())));
                Op::Launched {
                    pid: self.life.pid.unwrap_or_default(),
                    known: launched.ids.is_some(),
                }
            }
            Event::Delivered(delivered) => {
                let name = &delivered.task;
                has_kind(delivered.kind, cx)?;
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
                Op::Delivered {
                    task: TaskRef { id, n: name.n },
                    kind: delivered.kind,
                    queue,
                }
            }
            Event::DeliveryRaised(raised) => {
                Op::DeliveryRaised(cx.id(raised.id.as_str()), Exception::read(&raised.text))
            }
            Event::Expired(expired) => {
                let queue = seen(expired.queue.as_deref(), cx);
                Op::Expired {
                    task: task(&expired.task, cx, 0)?,
                    queue,
                }
            }
            Event::CompletedBySystem(of) => Op::CompletedBySystem(task(&of.task, cx, 0)?),
            Event::Suspended(_) => Op::Suspended,
            Event::Killed(killed) => Op::Killed(killed.cause),
            Event::Card(card) => {
                let title = card.title.as_deref().map(|title| cx.text(Some(title)));
                let subtitle = card.subtitle.as_deref().map(|subtitle| cx.text(Some(subtitle)));
                Op::Card {
                    task: task(&card.task, cx, 1)?,
                    is: card.is,
                    title,
                    subtitle,
                }
            }
            Event::SubmissionCompleted(completed) => {
                if partial && !self.submissions.contains(&completed.submission) {
                    foreign = true;
                } else if !self.submissions.contains(&completed.submission) {
                    return wrong(format!(
                        "submission {} completes, and was never submitted",
                        completed.submission
                    ));
                }
                Op::SubmissionCompleted {
                    number: completed.submission,
                    error: completed.error,
                }
            }
            Event::End(_) | Event::Gap(_) => Op::Clock,
        };
        let _ = record;
        Ok(foreign)
    }

    pub(super) fn submitted(&self, submit: &Submit, cx: &mut Context) -> Result<Outstanding, Malformed> {
        has_kind(submit.kind, cx)?;
        let title = if submit.kind == Kind::Continued {
            submit.title.as_deref()
        } else {
            None
        };
        let subtitle = if submit.kind == Kind::Continued {
            submit.subtitle.as_deref()
        } else {
            None
        };
        Ok(Outstanding {
            id: cx.id(submit.id.as_str()),
            kind: submit.kind,
            unsure: false,
            vague: false,
            mark: Mark::None,
            earliest: submit.earliest.unwrap_or(Millis::MIN),
            network: submit.network,
            power: submit.power,
            protection: submit.protection,
            strategy: submit.strategy,
            gpu: submit.gpu,
            title: cx.text(title),
            subtitle: cx.text(subtitle),
            by: NEVER,
            simulated: false,
        })
    }
}

pub(super) fn request(request: &Request, cx: &mut Context) -> Result<Outstanding, Malformed> {
    has_kind(request.kind, cx)?;
    let continued = request.kind == Kind::Continued;
    Ok(Outstanding {
        id: cx.id(request.id.as_str()),
        kind: request.kind,
        unsure: false,
        vague: false,
        mark: Mark::None,
        earliest: request.earliest.unwrap_or(Millis::MIN),
        network: request.network,
        power: request.power,
        protection: request.protection,
        strategy: request.strategy,
        gpu: request.gpu,
        title: cx.text(request.title.as_deref().filter(|_| continued)),
        subtitle: cx.text(request.subtitle.as_deref().filter(|_| continued)),
        by: NEVER,
        simulated: false,
    })
}

fn has_kind(kind: Kind, cx: &Context) -> Result<(), Malformed> {
    if cx.has_kind(kind) {
        return Ok(());
    }
    wrong(format!(
        "a {kind} task, which {:?} on iOS {} does not have",
        cx.platform, cx.os
    ))
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
