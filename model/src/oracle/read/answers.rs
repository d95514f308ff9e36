//! Answers of calls as replies.

use super::Malformed;
use crate::context::Context;
use crate::op::{Ask, Exception, Reply};
use crate::vocabulary::{Answer, Event, RegisterAnswer, Request, ReturnAnswer, SubmitAnswer, WorkAnswer};

use super::questions::request;
use super::{Reader, wrong};

impl Reader {
    pub(super) fn answer(
        &self,
        event: &Event,
        told: Option<&Answer>,
        begins: bool,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<(), Malformed> {
        if begins {
            if has_answer(event) {
                return wrong(format!(
                    "{} begins with its answer; expected the answer at its end",
                    event.name()
                ));
            }
            ask.reply = match told {
                None => Reply::Open,
                Some(answer) => reply_of(event, answer, cx, ask)?,
            };
            return Ok(());
        }
        ask.reply = match event {
            Event::Register(register) => match &register.answer {
                Some(answer) => register_reply(answer),
                None => return no_answer(event),
            },
            Event::Submit(submit) => match &submit.answer {
                Some(answer) => submit_reply(answer),
                None => return no_answer(event),
            },
            Event::SubmitAsync(submit) => submit.answer.as_ref().map_or(Reply::Nothing, return_reply),
            Event::Pending(pending) => match &pending.answer {
                Some(list) => listed(list, cx, ask)?,
                None => return no_answer(event),
            },
            Event::SupportedResources(supported) => match supported.answer {
                Some(resources) => Reply::Resources(resources.gpu),
                None => return no_answer(event),
            },
            Event::GpuWork(work) | Event::NeuralEngineWork(work) => match work.answer {
                Some(answer) => Reply::Worked(answer == WorkAnswer::Succeeded),
                None => return no_answer(event),
            },
            Event::ProtectedRead(read) => match read.answer {
                Some(answer) => Reply::Worked(answer == WorkAnswer::Succeeded),
                None => return no_answer(event),
            },
            _ => Reply::Nothing,
        };
        Ok(())
    }
}

fn reply_of(event: &Event, answer: &Answer, cx: &mut Context, ask: &mut Ask) -> Result<Reply, Malformed> {
    Ok(match (event, answer) {
        (Event::Register(_), Answer::Register(answer)) => register_reply(answer),
        (Event::Submit(_), Answer::Submit(answer)) => submit_reply(answer),
        (Event::Pending(_), Answer::Pending(list)) => listed(list, cx, ask)?,
        (Event::SupportedResources(_), Answer::SupportedResources(resources)) => Reply::Resources(resources.gpu),
        (Event::GpuWork(_) | Event::NeuralEngineWork(_) | Event::ProtectedRead(_), Answer::Work(answer)) => {
            Reply::Worked(*answer == WorkAnswer::Succeeded)
        }
        (
            Event::Register(_)
            | Event::Submit(_)
            | Event::Pending(_)
            | Event::SupportedResources(_)
            | Event::GpuWork(_)
            | Event::NeuralEngineWork(_)
            | Event::ProtectedRead(_),
            _,
        ) => {
            return wrong(format!(
                "the end of a call of {} holds the answer of another call; expected its own",
                event.name()
            ));
        }
        (_, Answer::Void(answer)) => return_reply(answer),
        _ => return wrong(format!("{} returns nothing; expected the answer void", event.name())),
    })
}

fn register_reply(answer: &RegisterAnswer) -> Reply {
    match answer {
        RegisterAnswer::Returned(value) => Reply::Returned(*value),
        RegisterAnswer::Raised(text) => Reply::Raised(Exception::read(text)),
    }
}

fn submit_reply(answer: &SubmitAnswer) -> Reply {
    match answer {
        SubmitAnswer::Accepted => Reply::Accepted,
        SubmitAnswer::Refused(code) => Reply::Refused(*code),
        SubmitAnswer::Raised(text) => Reply::Raised(Exception::read(text)),
    }
}

fn return_reply(answer: &ReturnAnswer) -> Reply {
    match answer {
        ReturnAnswer::Returned => Reply::Nothing,
        ReturnAnswer::Raised(text) => Reply::Raised(Exception::read(text)),
    }
}

fn listed(list: &[Request], cx: &mut Context, ask: &mut Ask) -> Result<Reply, Malformed> {
    for entry in list {
        let entry = request(entry, cx)?;
        ask.listed.push(entry);
    }
    Ok(Reply::Listed)
}

fn no_answer(event: &Event) -> Result<(), Malformed> {
    wrong(format!(
        "{} without an answer; expected one, or the number of a call that ends later",
        event.name()
    ))
}

fn has_answer(event: &Event) -> bool {
    match event {
        Event::Register(register) => register.answer.is_some(),
        Event::Submit(submit) => submit.answer.is_some(),
        Event::SubmitAsync(submit) => submit.answer.is_some(),
        Event::Pending(pending) => pending.answer.is_some(),
        Event::SupportedResources(supported) => supported.answer.is_some(),
        Event::GpuWork(work) | Event::NeuralEngineWork(work) => work.answer.is_some(),
        Event::ProtectedRead(read) => read.answer.is_some(),
        _ => false,
    }
}
