//! Every input in the words of a trace: which part of the scheduler it goes to, and the form of its answer.

use bgspec_model::vocabulary::{
    Answer, Event, RegisterAnswer, Request, Resources, ReturnAnswer, Role, SubmitAnswer, Through,
};

use super::errors::{Raised, SubmitError};
use super::facts;
use super::faults::Fault;
use super::life::Death;
use super::scheduler::{Caller, NoInput};
use super::state::State;

impl State {
    /// Takes an input of the world, or a call and gives its answer.
    pub fn input(&mut self, caller: &Caller, event: &Event) -> Result<Option<Answer>, NoInput> {
        match event {
            Event::Device(change) => self.device(*change),
            Event::Installed(_) => self.install(),
            Event::Updated(new) => self.update(new.clone()),
            Event::Uninstalled(_) => self.uninstall(),
            Event::Started(started) => self.start(started.by),
            Event::LaunchFinished(_) => self.launch_finished(),
            Event::Foreground(_) => self.foreground(),
            Event::Background(_) => self.background(),
            Event::KeptAwake(kept) => self.keep_awake(kept.awake),
            Event::ForceQuit(_) => self.force_quit(),
            Event::Crashed(_) => self.die(Death::Crashed),
            Event::MemoryKilled(_) => self.die(Death::Memory),
            Event::Reboot(_) => self.reboot(),
            Event::PersonStops(of) => self.person_stops(&of.task),
            Event::PersonContinues(of) => self.person_continues(&of.task),
            Event::PersonIgnores(of) => self.person_ignores(&of.task),
            Event::PersonDismisses(of) => self.person_dismisses(&of.task),
            Event::PersonClears(of) => self.person_clears(&of.task),
            Event::Debugger(debugger) => self.attach_debugger(debugger.attached),
            Event::SimulateLaunch(of) => self.simulate_launch(&of.id),
            Event::SimulateExpiration(of) => self.simulate_expiration(&of.id),
            Event::Grant(of) => self.grant(&of.id),
            Event::TakeBack(of) => self.take_back(&of.task),
            // Time has passed already.
            Event::Clock(_) => {}
            Event::Register(register) => {
                let answer = match self.register(caller, &register.id, register.queue.as_deref()) {
                    Ok(returned) => {
                        if let (true, Some(Through::Swiftui), Some(process)) =
                            (returned, register.through, &mut self.process)
                        {
                            process.swiftui.insert(register.id.clone());
                        }
                        RegisterAnswer::Returned(returned)
                    }
                    Err(Raised { text }) => RegisterAnswer::Raised(text),
                };
                return Ok(Some(Answer::Register(answer)));
            }
            Event::Submit(submit) => {
                let answer = match self.submit(caller, submit.request()) {
                    Ok(()) => SubmitAnswer::Accepted,
                    Err(SubmitError::Refused(code)) => SubmitAnswer::Refused(code.into()),
                    Err(SubmitError::Raised(Raised { text })) => SubmitAnswer::Raised(text),
                };
                return Ok(Some(Answer::Submit(answer)));
            }
            Event::SubmitAsync(submit) => {
                if let Err(Raised { text }) = self.submit_async(caller, submit.request(), submit.submission) {
                    return Ok(Some(Answer::Void(ReturnAnswer::Raised(text))));
                }
            }
            Event::Pending(_) => return Ok(Some(Answer::Pending(self.pending()))),
            Event::SupportedResources(_) => return Ok(Some(Answer::SupportedResources(self.resources()))),
            Event::GpuWork(_) => return Ok(Some(Answer::Work(self.gpu_work()))),
            Event::NeuralEngineWork(_) => return Ok(Some(Answer::Work(self.neural_engine_work()))),
            Event::ProtectedRead(read) => return Ok(Some(Answer::Work(self.protected_read(read.class)))),
            Event::Cancel(of) => self.cancel(caller, &of.id),
            Event::CancelAll(_) => self.cancel_all(caller),
            Event::SetExpirationHandler(call) => self.set_expiration_handler(&call.task, call.set),
            Event::Progress(progress) => {
                let negative = progress.completed.is_some_and(|completed| completed < 0);
                if negative && self.has(Fault::NegativeRaises) {
                    let text = "NSInvalidArgumentException: a negative count".to_owned();
                    return Ok(Some(Answer::Void(ReturnAnswer::Raised(text))));
                }
                self.progress(progress);
            }
            Event::ChangeSubmitted(new) if self.has(Fault::ObjectIsLive) => self.change(new),
            Event::ChangeListed(new) if self.has(Fault::ListedIsLive) => self.change(new),
            Event::UpdateTitle(call) => self.update_title(&call.task, &call.title, &call.subtitle),
            Event::Complete(call) => self.complete(&call.task, call.success),
            Event::BlockQueue(of) => self.block_queue(&of.queue),
            Event::UnblockQueue(of) => self.unblock_queue(&of.queue),
            // The scheduler keeps and gives copies, and does not see the work: these change nothing.
            Event::ChangeSubmitted(_) | Event::ChangeListed(_) | Event::WorkBegan(_) | Event::WorkEnded(_) => {}
            Event::End(_)
            | Event::Launched(_)
            | Event::Delivered(_)
            | Event::DeliveryRaised(_)
            | Event::Expired(_)
            | Event::CompletedBySystem(_)
            | Event::Suspended(_)
            | Event::Killed(_)
            | Event::Card(_)
            | Event::SubmissionCompleted(_)
            | Event::Gap(_) => return Err(NoInput(event.name())),
        }
        // A call that tells nothing returned.
        Ok((event.role() == Role::Call).then_some(Answer::Void(ReturnAnswer::Returned)))
    }

    fn resources(&self) -> Resources {
        let gpu = self.facts.gpu && (!self.has(Fault::GpuByEntitlement) || self.facts.has_entitlement(facts::GPU));
        Resources { gpu }
    }

    /// A request object was changed that the scheduler should not know any more.
    fn change(&mut self, new: &Request) {
        for held in self.book.iter_mut().filter(|held| held.request.id == new.id) {
            held.request = new.clone();
        }
    }
}
