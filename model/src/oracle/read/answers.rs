//! Answers of calls as replies.

use super::Malformed;
use crate::context::Context;
use crate::op::{Ask, Exception, Reply};
use crate::vocabulary::{
    Answer, Answered, Answers, Event, RegisterAnswer, Request, ReturnAnswer, Row, Subject, SubmitAnswer, WorkAnswer,
};

use super::questions::request;
use super::{Reader, wrong};

impl Reader {
    /// Reads what a call answered: in its own line, or told of the end of one that overlaps others.
    #[inline]
    pub(super) fn answer(
        &self,
        event: &Event,
        row: &Row,
        told: Option<&Answer>,
        begins: bool,
        cx: &mut Context,
        ask: &mut Ask,
    ) -> Result<(), Malformed> {
        let answer = match (event.answer(), begins) {
            (Some(_), true) => {
                return wrong(format!(
                    "{} begins with its answer; expected the answer at its end",
                    row.name
                ));
            }
            (None, true) => match told {
                None => {
                    ask.reply = Reply::Open;
                    return Ok(());
                }
                Some(answer) => answer.answered(),
            },
            (Some(answer), false) => answer,
            (None, false) if row.answer.has_to_be_told() => return no_answer(row),
            (None, false) => {
                ask.reply = Reply::Nothing;
                return Ok(());
            }
        };
        if answer.of() != row.answer {
            return wrong_answer(row);
        }
        ask.reply = match answer {
            Answered::Register(RegisterAnswer::Returned(value)) => Reply::Returned(*value),
            Answered::Submit(SubmitAnswer::Accepted) => Reply::Accepted,
            Answered::Submit(SubmitAnswer::Refused(refusal)) if refusal.is_foreign() => Reply::Failed(refusal.code),
            Answered::Submit(SubmitAnswer::Refused(refusal)) => Reply::Refused(refusal.code),
            Answered::Void(ReturnAnswer::Returned) => Reply::Nothing,
            Answered::Register(RegisterAnswer::Raised(text))
            | Answered::Submit(SubmitAnswer::Raised(text))
            | Answered::Void(ReturnAnswer::Raised(text)) => Reply::Raised(Exception::read(text, subject(event))),
            Answered::Pending(list) => listed(list, cx, ask)?,
            Answered::SupportedResources(resources) => Reply::Resources(resources.gpu),
            Answered::Work(answer) => Reply::Worked(answer == WorkAnswer::Succeeded),
        };
        Ok(())
    }
}

/// The identifier that a call is about; of one about none every text is about it.
fn subject(event: &Event) -> &str {
    match event.subject() {
        Subject::Identifier(id) => id.as_str(),
        Subject::Task(task) => task.id.as_str(),
        Subject::Nothing | Subject::Identifiers(_) | Subject::EveryIdentifier => "",
    }
}

#[cold]
fn wrong_answer(row: &Row) -> Result<(), Malformed> {
    if row.answer == Answers::Void {
        return wrong(format!("{} returns nothing; expected the answer void", row.name));
    }
    wrong(format!(
        "the end of a call of {} holds the answer of another call; expected its own",
        row.name
    ))
}

fn listed(list: &[Request], cx: &mut Context, ask: &mut Ask) -> Result<Reply, Malformed> {
    for entry in list {
        let entry = request(entry, cx)?;
        ask.listed.push(entry);
    }
    Ok(Reply::Listed)
}

#[cold]
fn no_answer(row: &Row) -> Result<(), Malformed> {
    wrong(format!(
        "{} without an answer; expected one, or the number of a call that ends later",
        row.name
    ))
}
